//! The sandbox's own check of an RFC: shape, calendar day and check digit (SAT rules of the registry).

use jiff::civil::Date;

/// A buyer in Mexico without RFC, and the global invoice.
pub const GENERIC: &str = "XAXX010101000";
/// A buyer who resides abroad.
pub const FOREIGN: &str = "XEXX010101000";

/// Whose kind of RFC it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// Twelve characters: persona moral.
    Company,
    /// Thirteen characters: persona física.
    Natural,
}

/// The kind of a well-formed RFC; `None` when the SAT's pattern or the calendar refuse it.
pub fn person(rfc: &str) -> Option<Person> {
    let letters: Vec<char> = rfc.chars().collect();
    let (person, initials) = match letters.len() {
        12 => (Person::Company, 3),
        13 => (Person::Natural, 4),
        _ => return None,
    };
    let (name, rest) = letters.split_at(initials);
    let (day, key) = rest.split_at(6);
    let named = name
        .iter()
        .all(|letter| letter.is_ascii_uppercase() || matches!(letter, '&' | 'Ñ'));
    let keyed = match key {
        [first, second, last] => {
            let free = |c: &char| c.is_ascii_uppercase() || c.is_ascii_digit();
            free(first) && free(second) && (last.is_ascii_digit() || *last == 'A')
        }
        _ => false,
    };
    (named && keyed && is_day(day)).then_some(person)
}

/// A two-digit year stands for either century: a day is good if it exists in one of them.
fn is_day(digits: &[char]) -> bool {
    let pair = |from: usize| -> Option<i16> {
        let tens = digits.get(from)?.to_digit(10)?;
        let ones = digits.get(from + 1)?.to_digit(10)?;
        i16::try_from(tens * 10 + ones).ok()
    };
    let (Some(year), Some(month), Some(day)) = (pair(0), pair(2), pair(4)) else {
        return false;
    };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return false;
    };
    [1900, 2000]
        .iter()
        .any(|century| Date::new(century + year, month, day).is_ok())
}

/// The check digit that belongs to the first eleven or twelve characters of an RFC.
pub fn check_digit(stem: &str) -> Option<char> {
    let length = stem.chars().count();
    if length != 11 && length != 12 {
        return None;
    }
    // A company's RFC is one character short; the blank that pads it counts too.
    let padded = std::iter::repeat_n(' ', 12 - length).chain(stem.chars());
    let mut sum = 0;
    for (weight, letter) in (2..=13_u32).rev().zip(padded) {
        sum += weight * value(letter)?;
    }
    match sum % 11 {
        0 => Some('0'),
        1 => Some('A'),
        rest => char::from_digit(11 - rest, 10),
    }
}

fn value(letter: char) -> Option<u32> {
    match letter {
        '0'..='9' => letter.to_digit(10),
        'A'..='N' => Some(u32::from(letter) - u32::from('A') + 10),
        '&' => Some(24),
        'O'..='Z' => Some(u32::from(letter) - u32::from('O') + 25),
        ' ' => Some(37),
        'Ñ' => Some(38),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SAT's own test taxpayers and the worked examples of the check digit.
    const GOOD: [&str; 8] = [
        "EKU9003173C9",
        "XIA190128J61",
        "CACX7605101P8",
        "H&E951128469",
        "OÑO120726RX3",
        "ABC970528UHA",
        "JES900109Q90",
        "SAT970701NN3",
    ];

    #[test]
    fn the_check_digit_of_known_taxpayers_fits() {
        for rfc in GOOD {
            let mut stem: Vec<char> = rfc.chars().collect();
            let last = stem.pop();
            assert_eq!(check_digit(&stem.iter().collect::<String>()), last, "{rfc}");
            assert!(person(rfc).is_some(), "{rfc}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_rfc() {
        assert_eq!(person("EKU9902303C9"), None);
        assert_eq!(person("EKU0002293C9"), Some(Person::Company));
        assert_eq!(person("EKU9902293C9"), None);
    }

    #[test]
    fn length_is_counted_in_characters_and_case_matters() {
        assert_eq!(person("OÑO120726RX3"), Some(Person::Company));
        assert_eq!(person("eku9003173c9"), None);
        assert_eq!(person(""), None);
        assert_eq!(person("EKU9003173CB"), None);
    }
}
