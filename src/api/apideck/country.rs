//! Countries: the SAT's codes of three letters on our side, those of two letters on the wire (contract B.2).
//!
//! Both are ISO 3166-1. What is no code of a country is handed on as it was told, never guessed at.

use celes::Country;

/// The code of three letters; a text that is no code of two stays as it is.
pub(super) fn code(told: &str) -> String {
    let told = told.trim();
    match Country::from_alpha2(told) {
        Ok(country) if told.len() == 2 => country.alpha3.to_owned(),
        _ => told.to_owned(),
    }
}

/// The code of two letters; `None` for what is no code of three.
pub(super) fn word(code: &str) -> Option<&'static str> {
    let code = code.trim();
    Country::from_alpha3(code)
        .ok()
        .filter(|country| country.alpha3 == code)
        .map(|country| country.alpha2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_codes_of_a_country_find_each_other() {
        for (two, three) in [("MX", "MEX"), ("US", "USA"), ("ES", "ESP"), ("GT", "GTM")] {
            assert_eq!(code(two), three);
            assert_eq!(word(three), Some(two));
        }
        for country in Country::get_countries() {
            assert_eq!(code(country.alpha2), country.alpha3);
            assert_eq!(word(country.alpha3), Some(country.alpha2));
        }
    }

    #[test]
    fn what_is_no_code_is_left_as_it_was_told() {
        for told in ["México", "MEX", "", "Q9"] {
            assert_eq!(code(told), told);
        }
        for told in ["ZZZ", "MX", "mex", ""] {
            assert_eq!(word(told), None);
        }
    }
}
