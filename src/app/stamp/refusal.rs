//! From the server's refusal to the field that has to be corrected, where the code is well attested.

use crate::domain::field::Field;
use crate::domain::intent::Refusal;
use crate::domain::spec::Cell;

/// What has to be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A field of the document.
    Document(Field),
    /// A field of the receiver's contact.
    Receiver(Field),
    /// A column of the lines; which line, no code tells.
    Lines(Cell),
}

/// Codes of the SAT's matrix and of Alegra that name one place (SAT rules §2–§9, §11). Codes of the issuer, of the export,
/// of the global invoice, of schema and seal (301–308) and of the PAC's own window (401–403, which HTTP has too) name
/// none that a form has.
const FAULTS: &[(Fault, &[&str])] = &[
    (Fault::Document(Field::Date), &["40101"]),
    (Fault::Document(Field::PaymentMethod), &["40104", "40105"]),
    (Fault::Document(Field::Currency), &["40113"]),
    (
        Fault::Document(Field::ExchangeRate),
        &["40114", "40115", "40117", "40118"],
    ),
    (Fault::Document(Field::PaymentType), &["40124"]),
    (Fault::Document(Field::Relation), &["40137"]),
    (Fault::Receiver(Field::Rfc), &["40143"]),
    (Fault::Receiver(Field::Name), &["40144", "40145", "40146"]),
    (Fault::Receiver(Field::Zip), &["40147", "40148", "40149"]),
    (Fault::Document(Field::Regime), &["40157", "40158", "40159"]),
    (Fault::Document(Field::CfdiUse), &["40160", "40161"]),
    (
        Fault::Lines(Cell::Item),
        &["40162", "40163", "40164", "40165", "1035"],
    ),
    (
        Fault::Lines(Cell::Price),
        &["40107", "40108", "40119", "40166", "40167"],
    ),
    (
        Fault::Lines(Cell::Discount),
        &["40110", "40111", "40112", "40168", "40169"],
    ),
    (
        Fault::Lines(Cell::Taxes),
        &[
            "40170", "40171", "40172", "40173", "40174", "40179", "40180", "40181", "40184",
            "40185", "40186", "40203", "40205", "40208", "40211", "40212", "40214", "40215",
            "40216", "40217", "40218", "40219", "40220", "40221", "40223", "40224", "40225",
            "40226", "40227",
        ],
    ),
];

/// The last codes of the matrix have six digits, which some PACs shorten to five (SAT rules §0).
const LONG: &str = "14022";

/// The place at fault, or nothing where the refusal names none that is known.
pub fn fault(refusal: &Refusal) -> Option<Fault> {
    [refusal.code.as_str(), refusal.text.as_str()]
        .into_iter()
        .flat_map(|text| text.split(|letter: char| !letter.is_ascii_digit()))
        .find_map(of_code)
}

fn of_code(digits: &str) -> Option<Fault> {
    let digits = match digits.strip_prefix('1') {
        Some(short) if digits.starts_with(LONG) => short,
        _ => digits,
    };
    FAULTS
        .iter()
        .find(|(_, codes)| codes.contains(&digits))
        .map(|(fault, _)| *fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: &str, text: &str) -> Refusal {
        Refusal {
            status: 400,
            code: code.into(),
            text: text.into(),
            draft: None,
        }
    }

    #[test]
    fn the_code_inside_the_text_names_the_field() {
        assert_eq!(
            fault(&refusal(
                "3051",
                "CFDI40147: el código postal no corresponde"
            )),
            Some(Fault::Receiver(Field::Zip))
        );
        assert_eq!(
            fault(&refusal("40161", "")),
            Some(Fault::Document(Field::CfdiUse))
        );
    }

    #[test]
    fn an_unknown_code_names_none() {
        assert_eq!(fault(&refusal("3051", "El RFC no está inscrito")), None);
        assert_eq!(fault(&refusal("", "140147")), None);
    }

    #[test]
    fn every_rule_of_the_matrix_that_a_form_can_show_leads_to_its_field() {
        // Issuer, export, global invoice: no form has them.
        let elsewhere = [
            "CFDI40122",
            "CFDI40123",
            "CFDI40126",
            "CFDI40130",
            "CFDI40131",
            "CFDI40132",
            "CFDI40133",
            "CFDI40134",
            "CFDI40135",
            "CFDI40136",
            "CFDI40140",
            "CFDI40141",
        ];
        let mut led = 0;
        for rule in crate::sat::rules::RULES {
            if rule.code.starts_with("CFDI") {
                let place = fault(&refusal(rule.code, ""));
                let none = elsewhere.contains(&rule.code);
                assert_eq!(place.is_none(), none, "{}", rule.code);
                led += usize::from(place.is_some());
            }
        }
        assert!(led > 40);
    }

    #[test]
    fn codes_lead_to_the_fields_that_the_matrix_means() {
        for (code, place) in [
            ("40101", Fault::Document(Field::Date)),
            ("40104", Fault::Document(Field::PaymentMethod)),
            ("40105", Fault::Document(Field::PaymentMethod)),
            ("40113", Fault::Document(Field::Currency)),
            ("40114", Fault::Document(Field::ExchangeRate)),
            ("40124", Fault::Document(Field::PaymentType)),
            ("40137", Fault::Document(Field::Relation)),
            ("40143", Fault::Receiver(Field::Rfc)),
            ("40144", Fault::Receiver(Field::Name)),
            ("40146", Fault::Receiver(Field::Name)),
            ("40149", Fault::Receiver(Field::Zip)),
            ("40157", Fault::Document(Field::Regime)),
            ("40160", Fault::Document(Field::CfdiUse)),
            ("1035", Fault::Lines(Cell::Item)),
            ("40165", Fault::Lines(Cell::Item)),
            ("40166", Fault::Lines(Cell::Price)),
            ("40119", Fault::Lines(Cell::Price)),
            ("40169", Fault::Lines(Cell::Discount)),
            ("40172", Fault::Lines(Cell::Taxes)),
            ("40221", Fault::Lines(Cell::Taxes)),
            ("40226", Fault::Lines(Cell::Taxes)),
            ("CFDI140226", Fault::Lines(Cell::Taxes)),
        ] {
            assert_eq!(fault(&refusal(code, "")), Some(place), "{code}");
            assert_eq!(fault(&refusal("3051", code)), Some(place), "{code}");
        }
        for unknown in [
            "301", "307", "401", "402", "14016", "140161", "40228", "3051",
        ] {
            assert_eq!(fault(&refusal(unknown, "")), None, "{unknown}");
        }
    }
}
