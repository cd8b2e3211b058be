//! Régimen fiscal: SAT codes on our side, Alegra's words on the wire (contract D.7).

/// Alegra's word and the SAT's code. `SIMPLIFIED_REGIME` is 616, not RESICO; RESICO is `REGIME_OF_TRUST`.
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

/// The SAT code of a word, or of a code that Alegra kept as a number; `None` for `NO_REGIME` and unknown words.
pub(super) fn code(word: &str) -> Option<String> {
    let word = word.trim();
    if word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(word.to_owned());
    }
    WORDS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(word))
        .map(|(_, code)| (*code).to_owned())
}

/// Alegra's word for a SAT code; `None` where it has none (607, 608, 610, 614, 615).
pub(super) fn word(code: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(_, known)| *known == code.trim())
        .map(|(word, _)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_its_code_find_each_other() {
        for (name, number) in WORDS {
            assert_eq!(code(name).as_deref(), Some(number));
            assert_eq!(word(number), Some(name));
        }
        assert_eq!(code("601").as_deref(), Some("601"));
        assert_eq!(code("NO_REGIME"), None);
        assert_eq!(word("607"), None);
    }

    #[test]
    fn resico_is_trust_and_simplified_is_without_obligations() {
        assert_eq!(code("REGIME_OF_TRUST").as_deref(), Some("626"));
        assert_eq!(code("SIMPLIFIED_REGIME").as_deref(), Some("616"));
    }
}
