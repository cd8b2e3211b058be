//! Texts without what people do not type: case, accents, punctuation.
//!
//! Both sides of every comparison go through here, so that what is typed and what is stored differ in nothing else.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text in lower case, without accents, separated by single spaces.
///
/// Everything that is neither letter nor digit parts words: `S.A. de C.V.` gives `s a de c v`, and `ESPAÑOLA` gives
/// `espanola`, because those who search leave out the tilde.
pub fn words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in letters(text) {
        match letter {
            Some(letter) => {
                if gap && !folded.is_empty() {
                    folded.push(' ');
                }
                gap = false;
                folded.push(letter);
            }
            None => gap = true,
        }
    }
    folded
}

/// The same letters and digits without any gap: codes, series and RFCs, whose punctuation nobody agrees on.
pub fn squeezed(text: &str) -> String {
    letters(text).flatten().collect()
}

/// Folded letters; `None` where something stands that is neither letter nor digit.
fn letters(text: &str) -> impl Iterator<Item = Option<char>> + '_ {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(|c| c.to_lowercase())
        .filter(|c| !is_combining_mark(*c))
        .map(|c| c.is_alphanumeric().then_some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_and_punctuation() {
        assert_eq!(
            words("  Universidad ROBÓTICA Española, S.A. "),
            "universidad robotica espanola s a"
        );
        assert_eq!(words("JOHNSON & JOHNSON"), "johnson johnson");
        assert_eq!(words("ÑANDÚ 🦆 <b>\"x\"</b>"), "nandu b x b");
        assert_eq!(words("🦆"), "");
    }

    #[test]
    fn codes_lose_their_punctuation() {
        assert_eq!(squeezed("101-01-001"), "10101001");
        assert_eq!(squeezed("Ñ&B010101AA1"), "nb010101aa1");
    }
}
