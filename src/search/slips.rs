//! Slips of a typing hand: whether somebody who typed one word may have meant another.
//!
//! A slip is a letter too many, one too few, a wrong one, or two that changed places. How many are forgiven grows with
//! the word, because nearly any short word is one slip away from another. What holds a digit is never forgiven: a folio
//! or an amount that differs is another one. Only of a whole RFC one slip is, because hardly two parties have RFCs that
//! are so near. Distances are those of `strsim`; here is only what may be asked.

use std::ops::RangeInclusive;

/// Fewer letters than these have to be right.
const LEAST: usize = 4;
/// From so many letters on the beginning of a word is enough: of a shorter one half would be guessed.
const LEAST_BEGINNING: usize = 5;
/// From so many letters on two slips are forgiven.
const LEAST_FOR_TWO: usize = 8;
/// From so many letters on a word is forgiven although others are spelled as it was typed.
const LEAST_BESIDE: usize = 6;

/// Beside what a slip is forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing was found as it was typed.
    Nothing,
    /// Something was, so that only what nearly is the word itself may stand below it.
    Something,
}

/// A word that was typed, ready to be compared with many.
#[derive(Clone, Debug)]
pub struct Typed {
    word: String,
    count: usize,
    letters: u32,
    most: usize,
    may_begin: bool,
}

impl Typed {
    /// A folded word; `None` where no slip of it is forgiven.
    pub fn new(word: &str, beside: Beside) -> Option<Self> {
        let count = word.chars().count();
        let least = match beside {
            Beside::Nothing => LEAST,
            Beside::Something => LEAST_BESIDE,
        };
        let most = match beside {
            Beside::Nothing if count >= LEAST_FOR_TWO => 2,
            _ => 1,
        };
        (count >= least && is_compared(word)).then(|| Self {
            word: word.to_owned(),
            count,
            letters: letters(word),
            most,
            may_begin: beside == Beside::Nothing && count >= LEAST_BEGINNING,
        })
    }

    /// What was typed.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// How many slips lie between what was typed and this folded word, or its beginning; `None` where there are more
    /// than are forgiven, and where it begins as it was typed.
    pub fn slips(&self, word: &str) -> Option<u8> {
        // A slip brings at most one letter that was not meant; most words are left out by that alone.
        let strange = (self.letters & !letters(word)).count_ones() as usize;
        if strange > self.most || word.starts_with(&self.word) {
            return None;
        }
        let ends: Vec<usize> = word
            .char_indices()
            .map(|(at, letter)| at + letter.len_utf8())
            .collect();
        if ends.len() + self.most < self.count {
            return None;
        }
        let whole = ends.len() <= self.count + self.most;
        let least = self.count.saturating_sub(self.most).max(1);
        let beginnings = ends
            .iter()
            .enumerate()
            .filter(|(at, _)| {
                self.may_begin && (least..=self.count + self.most).contains(&(at + 1))
            })
            .filter_map(|(_, end)| word.get(..*end));
        beginnings
            .chain(whole.then_some(word))
            .map(|meant| strsim::osa_distance(&self.word, meant))
            .min()
            .filter(|slips| *slips <= self.most)
            .and_then(|slips| u8::try_from(slips).ok())
    }
}

/// Letters and digits of a whole RFC that was typed with a slip; of three with an `&` eleven are left of twelve.
const RFC: RangeInclusive<usize> = 10..=14;
/// So many of them are digits, or letters: of the day and of the name, less a slip.
const LEAST_DIGITS_OF_RFC: usize = 5;
const LEAST_LETTERS_OF_RFC: usize = 2;

/// Whether a folded word may be a whole RFC that was typed with a slip.
pub fn may_be_rfc(word: &str) -> bool {
    let of = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    RFC.contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && of(u8::is_ascii_digit) >= LEAST_DIGITS_OF_RFC
        && of(u8::is_ascii_alphabetic) >= LEAST_LETTERS_OF_RFC
}

/// Whether one slip lies between what was typed and this folded RFC: no less, and no more.
pub fn is_slip_of_rfc(typed: &str, rfc: &str) -> bool {
    let same = |(typed, rfc): &(u8, u8)| typed == rfc;
    let begins = typed.bytes().zip(rfc.bytes()).take_while(same).count();
    let ends = (typed.bytes().rev().zip(rfc.bytes().rev()).take_while(same)).count();
    // All but what a slip touches is the same at both ends; nearly all RFCs are left out by that alone.
    let touched = 2;
    begins + ends + touched >= typed.len().max(rfc.len()) && strsim::osa_distance(typed, rfc) == 1
}

/// Whether a word is one that may have been meant: long enough, and letters alone.
pub fn is_compared(word: &str) -> bool {
    word.chars().nth(LEAST - 2).is_some() && word.chars().all(char::is_alphabetic)
}

/// Which letters a word has, a bit each; those beyond the Latin ones share the bits that are left.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |letters, letter| {
        let bit = match letter {
            'a'..='z' => u32::from(letter) - u32::from('a'),
            _ => 26 + u32::from(letter) % 6,
        };
        letters | 1 << bit
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(typed: &str, meant: &str) -> Option<u8> {
        Typed::new(typed, Beside::Nothing).and_then(|typed| typed.slips(meant))
    }

    #[test]
    fn what_fingers_do_is_forgiven() {
        for (typed, meant, count) in [
            // a wrong letter, one too few, one too many, two that changed places
            ("gonsalez", "gonzalez", 1),
            ("gonzlez", "gonzalez", 1),
            ("gonzzalez", "gonzalez", 1),
            ("gnozalez", "gonzalez", 1),
            ("papeleira", "papeleria", 1),
            ("comercialisadora", "comercializadora", 1),
            ("comercialsadora", "comercializadora", 2),
            ("comercializdaora", "comercializadora", 1),
            ("ernandez", "hernandez", 1),
            ("hernandes", "hernandez", 1),
            ("gimenes", "jimenez", 2),
            ("vasques", "vazquez", 2),
            ("xochit", "xochilt", 1),
            ("lopz", "lopez", 1),
            ("univercidad", "universidad", 1),
            ("unversiadd", "universidad", 2),
            // of a longer word the beginning is enough
            ("gonsa", "gonzalez", 1),
            ("comercialisa", "comercializadora", 1),
            ("univr", "universidad", 1),
            ("inudstri", "industrial", 1),
        ] {
            let forgiven = if typed.chars().count() < 8 { 1 } else { 2 };
            let expected = (count <= forgiven).then_some(count);
            assert_eq!(slips(typed, meant), expected, "{typed} for {meant}");
        }
    }

    #[test]
    fn what_is_another_word_is_not_forgiven() {
        for (typed, meant) in [
            // too short to guess
            ("sa", "sal"),
            ("mar", "marzo"),
            ("ana", "ona"),
            ("paz", "pas"),
            // of four letters the whole word is wanted
            ("gons", "gonzalez"),
            ("lope", "lara"),
            // another name
            ("garcia", "garza"),
            ("ramirez", "martinez"),
            ("gonzalez", "gomez"),
            ("norte", "nortena"),
            ("sanchez", "chavez"),
            ("robotica", "logistica"),
            ("papeleria", "cafeteria"),
            // it is the word already
            ("gonza", "gonzalez"),
            ("gonzalez", "gonzalez"),
            // digits are never guessed
            ("xia190128j61", "xia190128j16"),
            ("a1010", "a1011"),
            ("5f3c1a90", "5f3c1a91"),
            ("11600", "11601"),
            ("", "gonzalez"),
            ("gonzalez", ""),
        ] {
            assert_eq!(slips(typed, meant), None, "{typed} for {meant}");
        }
    }

    #[test]
    fn beside_what_was_found_only_the_word_itself_is_forgiven_once() {
        let beside = |typed: &str, meant: &str| {
            Typed::new(typed, Beside::Something).and_then(|typed| typed.slips(meant))
        };
        assert_eq!(beside("hernandes", "hernandez"), Some(1));
        assert_eq!(beside("gonsale", "gonzalez"), None);
        assert_eq!(beside("hernades", "hernandez"), None);
        assert_eq!(beside("maria", "mario"), None);
    }

    #[test]
    fn of_a_whole_rfc_one_slip_is_forgiven_and_no_more() {
        let rfc = "xia190128j61";
        for (typed, is_meant) in [
            // a wrong character, one missing, one doubled, two that changed places
            ("xia190129j61", true),
            ("x1a190128j61", true),
            ("yia190128j61", true),
            ("xia190128j6o", true),
            ("xia19128j61", true),
            ("ia190128j61", true),
            ("xia190128j6", true),
            ("xiaa190128j61", true),
            ("xia190128j611", true),
            ("xai190128j61", true),
            ("xia190128j16", true),
            // it is the RFC already, or two slips away
            ("xia190128j61", false),
            ("xia190129j16", false),
            ("xia190821j61", false),
            ("yia190128j60", false),
            ("xia19128j611", false),
            ("xi190128j6", false),
            ("cacx7605101p8", false),
            ("", false),
        ] {
            assert_eq!(is_slip_of_rfc(typed, rfc), is_meant, "{typed}");
            assert!(!is_meant || may_be_rfc(typed), "{typed}");
        }
        assert!(may_be_rfc("cacx7605101p8") && may_be_rfc("nb010101aa1"));
        for word in [
            "xia190128",
            "universidad2000",
            "bodega24horas",
            "1234567890123",
            "5f3c1a907b2e4d11",
            "gonzalezpena",
            "",
        ] {
            assert!(!may_be_rfc(word), "{word}");
        }
    }

    proptest::proptest! {
        /// Whatever the letters, one slip made on purpose is forgiven, and the filter before the distance hides nothing.
        #[test]
        fn any_one_slip_in_any_word_is_forgiven(
            word in "[a-zñç]{5,12}", at in 0_usize..12, letter in "[a-zñ]", sort in 0..4
        ) {
            let mut typed: Vec<char> = word.chars().collect();
            let at = at % (typed.len() - 1);
            match sort {
                0 => typed.extend(letter.chars()),
                1 => drop(typed.remove(at)),
                2 => typed.splice(at..=at, letter.chars()).for_each(drop),
                _ => typed.swap(at, at + 1),
            }
            let typed: String = typed.into_iter().collect();
            proptest::prop_assume!(!word.starts_with(&typed));
            proptest::prop_assert_eq!(slips(&typed, &word), Some(1), "{} for {}", typed, word);
        }
    }
}
