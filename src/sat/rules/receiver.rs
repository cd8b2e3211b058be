//! Receiver and issuer: RFC, name, zip (SAT rules §2, §3).

use super::super::finding::{Field, Finding, Value};
use super::super::rfc::{self, Flaw, Person};
use super::{Case, PUBLIC_NAME, table, text_fault};

/// Longest name that the schema admits.
const NAME_LIMIT: usize = 300;

/// Kinds of company that the SAT does not register as part of the name, in capitals without dots, blanks
/// and commas; the longer before those that end them.
const SUFFIXES: [&[&str]; 17] = [
    &["SAPI", "DE", "CV"],
    &["SAB", "DE", "CV"],
    &["S", "DE", "RL", "DE", "CV"],
    &["SC", "DE", "RL", "DE", "CV"],
    &["SA", "DE", "CV"],
    &["SAS", "DE", "CV"],
    &["SPR", "DE", "RL"],
    &["SC", "DE", "RL"],
    &["S", "DE", "RL"],
    &["S", "EN", "C"],
    &["SAPI"],
    &["SAB"],
    &["SAS"],
    &["IAP"],
    &["SA"],
    &["SC"],
    &["AC"],
];

/// Judges both parties.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    let receiver = &case.draft.receiver;
    receiver_rfc(&receiver.rfc, found);
    if !receiver.rfc.is_empty() && receiver.rfc == case.draft.issuer.rfc {
        found.push(
            Finding::new(&table::RFC_SELF, Field::ReceiverRfc).with("found", receiver.rfc.as_str()),
        );
    }
    if receiver.rfc == rfc::GENERIC_NATIONAL {
        found.push(Finding::new(&table::GENERIC_RFC, Field::ReceiverRfc));
    }
    name(case, found);
    zip(case, found);
    issuer(case, found);
}

fn receiver_rfc(rfc: &str, found: &mut Vec<Finding>) {
    let field = Field::ReceiverRfc;
    for flaw in rfc::flaws(rfc) {
        found.push(match flaw {
            Flaw::Shape => Finding::new(&table::RFC_SHAPE, field).with_found(rfc),
            Flaw::Day(day) => Finding::new(&table::RFC_DAY, field)
                .with("found", rfc)
                .with("day", day_month_year(&day)),
            Flaw::CheckDigit { expected } => Finding::new(&table::RFC_DIGIT, field)
                .with("found", rfc)
                .with("expected", expected),
            Flaw::Letters(letters) => {
                Finding::new(&table::RFC_LETTERS, field).with("found", letters)
            }
        });
    }
}

/// `aammdd` as `dd/mm/aa`.
fn day_month_year(day: &str) -> String {
    let part = |from: usize| day.get(from..from + 2).unwrap_or_default();
    format!("{}/{}/{}", part(4), part(2), part(0))
}

fn name(case: &Case, found: &mut Vec<Finding>) {
    let name = case.draft.receiver.name.as_str();
    let rfc = case.draft.receiver.rfc.as_str();
    if let Some(reason) = text_fault(name, NAME_LIMIT) {
        found.push(
            Finding::new(&table::NAME, Field::ReceiverName).with("reason", Value::Choice(reason)),
        );
        return;
    }
    if name == PUBLIC_NAME {
        if rfc != rfc::GENERIC_NATIONAL {
            found.push(Finding::new(&table::NAME_PUBLIC, Field::ReceiverName).with("found", rfc));
        }
        return;
    }
    if rfc == rfc::GENERIC_NATIONAL && nearly_public(name) {
        found.push(
            Finding::new(&table::NAME_NEARLY_PUBLIC, Field::ReceiverName).with("found", name),
        );
        return;
    }
    if case.receiver == Some(Person::Moral)
        && let Some((bare, suffix)) = split_suffix(name)
    {
        found.push(
            Finding::new(&table::NAME_SUFFIX, Field::ReceiverName)
                .with("found", suffix)
                .with("expected", bare.to_uppercase()),
        );
    }
    let registered = as_registered(name);
    if registered != name {
        found.push(
            Finding::new(&table::NAME_FORM, Field::ReceiverName)
                .with("found", name)
                .with("expected", registered),
        );
    }
}

/// The name as the SAT writes names: capitals, single blanks, plain quotes. Accents and Ñ stay as they are.
fn as_registered(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            '\u{201c}' | '\u{201d}' | '«' | '»' | '\u{201e}' => '"',
            '\u{2018}' | '\u{2019}' | '\u{b4}' | '`' => '\'',
            other => other,
        })
        .collect();
    plain
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_uppercase()
}

/// Whether the words are those of PUBLICO EN GENERAL but for accents, plurals, capitals, dots or the EN.
fn nearly_public(name: &str) -> bool {
    let plain: String = name
        .to_uppercase()
        .chars()
        .filter_map(|letter| match letter {
            'Ú' => Some('U'),
            'É' => Some('E'),
            '\u{300}'..='\u{36f}' => None,
            other if other.is_alphanumeric() => Some(other),
            _ => Some(' '),
        })
        .collect();
    plain
        .split_whitespace()
        .filter(|word| *word != "EN" && *word != "AL")
        .map(|word| {
            word.strip_suffix("ES")
                .filter(|stem| stem.ends_with("GENERAL"))
                .or_else(|| word.strip_suffix('S'))
                .unwrap_or(word)
        })
        .eq(["PUBLICO", "GENERAL"])
}

/// The name without its kind of company, and that kind as written; nothing where none ends the name.
///
/// A suffix begins after a comma or a blank: CASA is no S.A. A name that is nothing but a suffix is left alone.
fn split_suffix(name: &str) -> Option<(&str, &str)> {
    let starts = name
        .char_indices()
        .filter(|(_, letter)| *letter == ',' || letter.is_whitespace())
        .map(|(at, _)| at);
    for at in starts {
        let (bare, rest) = name.split_at_checked(at)?;
        let bare = bare.trim_end_matches([',', ' ', '.']).trim_end();
        let suffix = rest.trim_start_matches([',', ' ']).trim();
        if !bare.is_empty() && is_suffix(suffix) {
            return Some((bare, suffix));
        }
    }
    None
}

/// Whether the text is a kind of company, dots and blanks aside. It stands after a blank or a comma, so that
/// only its letters need to be compared.
fn is_suffix(text: &str) -> bool {
    let squeezed: String = text
        .to_uppercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || *letter == '&')
        .collect();
    SUFFIXES.iter().any(|parts| parts.concat() == squeezed)
}

fn zip(case: &Case, found: &mut Vec<Finding>) {
    let zip = case.draft.receiver.zip.as_str();
    let issue_place = case.draft.issuer.zip.as_str();
    if zip.len() != 5 || !zip.bytes().all(|digit| digit.is_ascii_digit()) {
        found.push(Finding::new(&table::ZIP_SHAPE, Field::ReceiverZip).with_found(zip));
    } else if case.is_generic() {
        // Without a known place of issue there is nothing to compare; that finding is the issuer's.
        if zip != issue_place && case.catalogs.zip(issue_place).is_some() {
            found.push(
                Finding::new(&table::ZIP_GENERIC, Field::ReceiverZip)
                    .with("found", zip)
                    .with("expected", issue_place),
            );
        }
    } else if case.catalogs.zip(zip).is_none() {
        found.push(Finding::new(&table::ZIP_UNKNOWN, Field::ReceiverZip).with("found", zip));
    }
}

fn issuer(case: &Case, found: &mut Vec<Finding>) {
    let issuer = &case.draft.issuer;
    // Only the shape: the SAT gave the company its RFC, and nobody mistypes it on an invoice.
    if rfc::person(&issuer.rfc).is_none() {
        found.push(Finding::new(&table::RFC_SHAPE, Field::IssuerRfc).with_found(&issuer.rfc));
    }
    if let Some(reason) = text_fault(&issuer.name, NAME_LIMIT) {
        found.push(
            Finding::new(&table::NAME, Field::IssuerName).with("reason", Value::Choice(reason)),
        );
    }
    if case.catalogs.zip(&issuer.zip).is_none() {
        found.push(Finding::new(&table::ISSUER_ZIP, Field::IssuerZip).with_found(&issuer.zip));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_company_is_found_however_it_is_dotted() {
        for (name, bare, suffix) in [
            ("ACME SA DE CV", "ACME", "SA DE CV"),
            ("ACME, S.A. DE C.V.", "ACME", "S.A. DE C.V."),
            ("ACME S. DE R.L. DE C.V.", "ACME", "S. DE R.L. DE C.V."),
            ("ACME S.A.P.I. DE C.V.", "ACME", "S.A.P.I. DE C.V."),
            ("ACME S A B", "ACME", "S A B"),
            ("CASA DEL NIÑO A.C.", "CASA DEL NIÑO", "A.C."),
            ("DESPACHO Y ASOCIADOS, S.C.", "DESPACHO Y ASOCIADOS", "S.C."),
            ("TIENDA S. EN C.", "TIENDA", "S. EN C."),
            ("RANCHO S.P.R. DE R.L.", "RANCHO", "S.P.R. DE R.L."),
            ("AYUDA I.A.P.", "AYUDA", "I.A.P."),
            ("UNION S.C. DE R.L.", "UNION", "S.C. DE R.L."),
            ("NUEVA S.A.S.", "NUEVA", "S.A.S."),
            ("NUEVA SAS DE CV", "NUEVA", "SAS DE CV"),
            ("ACME SA", "ACME", "SA"),
            ("ACME SAPI", "ACME", "SAPI"),
            ("ACME SAB DE CV", "ACME", "SAB DE CV"),
            ("ACME S DE RL", "ACME", "S DE RL"),
            ("UNION SC DE RL DE CV", "UNION", "SC DE RL DE CV"),
        ] {
            assert_eq!(split_suffix(name), Some((bare, suffix)), "{name}");
        }
        for name in [
            "CASA",
            "MUEBLES DE LA CASA",
            "SA DE CV",
            "MARISCOS DEL PACIFICO",
            "COMPAÑIA SABAC",
        ] {
            assert_eq!(split_suffix(name), None, "{name}");
        }
    }

    #[test]
    fn nearly_publico_en_general_is_told_from_a_buyers_own_name() {
        for name in [
            "Público en General",
            "PÚBLICO EN GENERAL",
            "PUBLICO GENERAL",
            "PUBLICOS EN GENERALES",
        ] {
            assert!(nearly_public(name), "{name}");
        }
        for name in ["PUBLICIDAD GENERAL", "GENERAL PUBLICO", "JUAN PEREZ"] {
            assert!(!nearly_public(name), "{name}");
        }
    }
}
