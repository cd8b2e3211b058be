//! Our reading of what the SAT says no to a cancellation with, where its code is well attested.

use crate::domain::intent::Refusal;

/// Codes of the SAT's cancellation service, as its guide for PACs lists them, with the key of the words. Gateways wrap
/// them in texts of their own.
const READINGS: &[(&str, &str)] = &[
    ("202", "cancel-reading-already"),
    ("203", "cancel-reading-issuer"),
    ("204", "cancel-reading-related"),
    ("205", "cancel-reading-not-there"),
    ("207", "cancel-reading-cause"),
    ("208", "cancel-reading-substitute"),
    ("209", "cancel-reading-substitute-unwanted"),
    ("210", "cancel-reading-late"),
    ("212", "cancel-reading-relation"),
];

/// The key of our reading; one that claims nothing where no code is known.
pub fn reading(refusal: &Refusal) -> &'static str {
    [refusal.code.as_str(), refusal.text.as_str()]
        .into_iter()
        .flat_map(|text| text.split(|letter: char| !letter.is_ascii_digit()))
        .find_map(|digits| {
            READINGS
                .iter()
                .find(|(code, _)| *code == digits)
                .map(|(_, words)| *words)
        })
        .unwrap_or("cancel-reading-unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: &str, text: &str) -> &'static str {
        reading(&Refusal {
            status: 400,
            code: code.into(),
            text: text.into(),
            draft: None,
        })
    }

    #[test]
    fn a_code_is_read_wherever_it_stands_and_an_unknown_one_is_no_claim() {
        assert_eq!(said("204", "no cancelable"), "cancel-reading-related");
        assert_eq!(
            said("400", "SAT 208 - Folio de sustitución inválido"),
            "cancel-reading-substitute"
        );
        assert_eq!(said("400", "La factura…"), "cancel-reading-unknown");
        assert_eq!(said("", "12045"), "cancel-reading-unknown");
    }
}
