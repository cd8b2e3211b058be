//! Which régimen is whose, and which use of the CFDI goes with it (SAT catalogues c_RegimenFiscal and
//! c_UsoCFDI), with the words that Alegra has for them (contract D.7).

use super::rfc::Person;

/// Alegra's word and the SAT's key. Five keys have no word.
const WORDS: [(&str, &str); 14] = [
    ("GENERAL_REGIME_OF_MORAL_PEOPLE_LAW", "601"),
    ("REGIME_OF_MORAL_PEOPLE_NOT_PROFIT", "603"),
    ("SALARIED_REGIME", "605"),
    ("LEASEHOLD_REGIME", "606"),
    ("DIVIDEND_INCOME", "611"),
    ("BUSINESS_ACTIVITIES_REGIME", "612"),
    ("SIMPLIFIED_REGIME", "616"),
    ("REGIME_OF_COOPERATIVE_PRODUCTION_SOCIETIES", "620"),
    ("FISCAL_INCORPORATION_REGIME", "621"),
    ("PRIMARY_SECTOR_REGIME", "622"),
    ("SOCIETIES_OPTIONAL_REGIME", "623"),
    ("REGIME_OF_THE_COORDINATED", "624"),
    (
        "REGIME_OF_THE_TECHNOLOGICAL_PLATFORMS_INCOME_ACTIVITIES",
        "625",
    ),
    ("REGIME_OF_TRUST", "626"),
];

/// The SAT's key behind a word of Alegra's.
pub fn key_of(word: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, key)| *key)
}

/// Alegra's word for a key of the SAT's.
pub fn word_of(key: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(_, known)| *known == key)
        .map(|(word, _)| *word)
}

/// Whether the SAT lets this kind of taxpayer have the régimen.
pub fn fits_person(key: &str, person: Person) -> bool {
    match key {
        "610" | "626" => true,
        "601" | "603" | "620" | "622" | "623" | "624" => person == Person::Company,
        "605" | "606" | "607" | "608" | "611" | "612" | "614" | "615" | "616" | "621" | "625" => {
            person == Person::Natural
        }
        _ => false,
    }
}

/// Whether a use of the CFDI exists in version 4.0.
pub fn is_use(code: &str) -> bool {
    matches!(
        code,
        "G01" | "G02" | "G03" | "S01" | "CP01" | "CN01" | "D10"
    ) || matches!(
        code.as_bytes(),
        [b'I', b'0', b'1'..=b'8'] | [b'D', b'0', b'1'..=b'9']
    )
}

/// Whether the use goes with the receiver's régimen and kind of person on an invoice.
pub fn use_fits(code: &str, key: &str, person: Person) -> bool {
    let trade = matches!(
        key,
        "601" | "603" | "606" | "612" | "620" | "621" | "622" | "623" | "624" | "625" | "626"
    );
    let personal = matches!(
        key,
        "605" | "606" | "607" | "608" | "611" | "612" | "614" | "615" | "625"
    );
    match code.as_bytes() {
        b"G02" => trade || key == "616",
        b"G01" | b"G03" | [b'I', ..] => trade,
        [b'D', ..] => personal && person == Person::Natural,
        b"S01" | b"CP01" => true,
        // Payroll is no invoice.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_and_its_key_lead_to_each_other() {
        for (word, key) in WORDS {
            assert_eq!(key_of(word), Some(key));
            assert_eq!(word_of(key), Some(word));
        }
        assert_eq!(key_of("601"), None);
        assert_eq!(key_of("NO_REGIME"), None);
    }

    #[test]
    fn a_salaried_person_deducts_but_does_not_trade() {
        assert!(use_fits("D01", "605", Person::Natural));
        assert!(!use_fits("G03", "605", Person::Natural));
        assert!(!use_fits("D01", "601", Person::Company));
        assert!(use_fits("S01", "616", Person::Natural));
        assert!(!use_fits("G01", "616", Person::Natural));
    }

    #[test]
    fn the_retired_use_is_no_use() {
        assert!(!is_use("P01"));
        assert!(!is_use("I09"));
        assert!(is_use("D10") && is_use("I08") && is_use("CP01"));
    }
}
