//! Words that name one record or one party: folios, UUIDs, RFCs, codes.

use crate::domain::stamp::Uuid;
use crate::search::facts::Folio;
use crate::search::fold::squeezed;

/// A UUID or a part of it, in upper case, with the hyphens that were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UuidPart {
    typed: String,
}

/// Hexadecimal digits of a whole UUID.
const WHOLE: usize = 32;
/// Fewer digits than these are no part of a UUID: they would be found by chance.
const LEAST: usize = 4;
/// From so many digits on a part is found wherever it stands; fewer must stand at the beginning, at the end, or where
/// a group of four begins, as they do when a group is copied.
const ANYWHERE_FROM: usize = 7;
/// Fewer digits than these with a hyphen are a folio.
const LEAST_WITH_HYPHEN: usize = 8;

impl UuidPart {
    /// The part that a word is, where it has the shape of one.
    pub fn of(word: &str) -> Option<Self> {
        let hyphens = word.bytes().filter(|b| *b == b'-').count();
        let digits = word.bytes().filter(u8::is_ascii_hexdigit).count();
        let least = if hyphens > 0 {
            LEAST_WITH_HYPHEN
        } else {
            LEAST
        };
        (hyphens + digits == word.len() && (least..=WHOLE).contains(&digits)).then(|| Self {
            typed: word.to_ascii_uppercase(),
        })
    }

    /// Whether it has all the digits of a UUID.
    pub fn is_whole(&self) -> bool {
        self.digits().len() == WHOLE
    }

    /// Its hexadecimal digits in upper case.
    pub fn digits(&self) -> String {
        self.typed.chars().filter(|c| *c != '-').collect()
    }

    /// Whether it is a part of this UUID.
    pub fn is_of(&self, uuid: &Uuid) -> bool {
        let digits = self.digits();
        if self.typed.contains('-') && digits.len() < WHOLE {
            return uuid.as_str().contains(self.typed.as_str());
        }
        let whole: String = uuid.as_str().chars().filter(|c| *c != '-').collect();
        let step = if digits.len() < ANYWHERE_FROM {
            LEAST
        } else {
            1
        };
        let begins = |at| {
            whole
                .get(at..)
                .is_some_and(|rest| rest.starts_with(digits.as_str()))
        };
        whole.ends_with(digits.as_str()) || (0..WHOLE).step_by(step).any(begins)
    }
}

/// Serie and number, where the word is made like them: letters, digits and hyphens, with digits at the end.
pub(super) fn folio(word: &str) -> Option<Folio> {
    const LONGEST_SERIE: usize = 10;
    let made_like_one = word
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '_'));
    let folio = Folio::of(word);
    (made_like_one && folio.number.is_some() && folio.serie.chars().count() <= LONGEST_SERIE)
        .then_some(folio)
}

/// The beginning of an RFC: three or four letters, then up to six digits, then up to three letters or digits.
///
/// Fewer than three characters are left to the names.
pub(super) fn rfc(word: &str) -> Option<String> {
    let letters = word
        .chars()
        .take_while(|c| c.is_alphabetic() || *c == '&')
        .count();
    let (day, key) = (6, 3);
    let rest: Vec<char> = word.chars().skip(letters).collect();
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let tail = rest.len() - digits.min(day);
    let shaped = (3..=4).contains(&letters)
        && (digits >= day || digits == rest.len())
        && tail <= key
        && rest.iter().all(|c| c.is_ascii_alphanumeric());
    shaped.then(|| squeezed(word)).filter(|rfc| rfc.len() >= 2)
}

/// The beginning of a code: anything with a digit or a hyphen in it.
pub(super) fn code(word: &str) -> Option<String> {
    const LEAST: usize = 2;
    word.contains(|c: char| c.is_ascii_digit() || c == '-')
        .then(|| squeezed(word))
        .filter(|code| code.len() >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str) -> bool {
        let uuid: Uuid = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
            .parse()
            .expect("a UUID");
        UuidPart::of(word).is_some_and(|part| part.is_of(&uuid))
    }

    #[test]
    fn a_uuid_is_found_by_its_beginning_its_end_and_its_middle() {
        for word in [
            "5f3c1a90-7b2e-4d11-9c55-0a1b2c3d4e5f",
            "5F3C1A907B2E4D119C550A1B2C3D4E5F",
            "5f3c",
            "5f3c1",
            "4e5f",
            "d4e5f",
            "3d4e5f",
            "2c3d4e5f",
            "7b2e",
            "9c55",
            "1a907b2",
            "3c1a907",
            "1a90-7b2e",
            "2e-4d11-9c5",
        ] {
            assert!(found(word), "{word}");
        }
    }

    #[test]
    fn a_few_digits_from_the_midst_are_no_part_of_a_uuid() {
        for word in [
            "f3c1",
            "b2e4",
            "5f3",
            "e5f",
            "7b2e-4d1",
            "5f3c1a9-07b2e",
            "1b2e-4d11",
            "zzzz",
        ] {
            assert!(!found(word), "{word}");
        }
    }

    #[test]
    fn an_rfc_may_be_typed_in_part_and_in_any_case() {
        assert_eq!(rfc("eku9003173c9").as_deref(), Some("eku9003173c9"));
        assert_eq!(rfc("XIA19").as_deref(), Some("xia19"));
        assert_eq!(rfc("Ñ&B010101aa1").as_deref(), Some("nb010101aa1"));
        assert_eq!(rfc("CACX7605101P8").as_deref(), Some("cacx7605101p8"));
        assert_eq!(rfc("eku").as_deref(), Some("eku"));
        for word in [
            "ek",
            "universidad",
            "eku90a",
            "eku9003173c99",
            "a101",
            "101",
        ] {
            assert_eq!(rfc(word), None, "{word}");
        }
    }
}
