//! From the server's refusal to the field that has to be corrected, where the code is well attested.

use crate::domain::field::Field;
use crate::domain::intent::Refusal;

/// What has to be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A field of the document.
    Document(Field),
    /// A field of the receiver's contact.
    Receiver(Field),
}

/// Codes of the SAT's matrix that name one field (SAT rules §2–§6). Longest runs of digits first, because a gateway
/// wraps them in texts of its own.
const FAULTS: &[(&str, Fault)] = &[
    ("40101", Fault::Document(Field::Date)),
    ("40105", Fault::Document(Field::PaymentMethod)),
    ("40124", Fault::Document(Field::PaymentType)),
    ("40143", Fault::Receiver(Field::Rfc)),
    ("40144", Fault::Receiver(Field::Name)),
    ("40145", Fault::Receiver(Field::Name)),
    ("40147", Fault::Receiver(Field::Zip)),
    ("40148", Fault::Receiver(Field::Zip)),
    ("40149", Fault::Receiver(Field::Zip)),
    ("40157", Fault::Document(Field::Regime)),
    ("40158", Fault::Document(Field::Regime)),
    ("40159", Fault::Document(Field::Regime)),
    ("40160", Fault::Document(Field::CfdiUse)),
    ("40161", Fault::Document(Field::CfdiUse)),
];

/// The field at fault, or nothing where the refusal names none that is known.
pub fn fault(refusal: &Refusal) -> Option<Fault> {
    [refusal.code.as_str(), refusal.text.as_str()]
        .into_iter()
        .flat_map(|text| text.split(|letter: char| !letter.is_ascii_digit()))
        .find_map(|digits| {
            FAULTS
                .iter()
                .find(|(code, _)| *code == digits)
                .map(|(_, fault)| *fault)
        })
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
}
