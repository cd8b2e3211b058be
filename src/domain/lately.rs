//! What was looked for lately, so that it need not be typed again. A question is kept as it was typed: `este mes` means
//! the month in which it is asked again, in whatever language the screen is.

use serde::{Deserialize, Serialize};

/// Questions of one company that led to something, the last one first, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lately(Vec<String>);

impl Lately {
    /// Questions that are kept: about as many as a screen of 24 rows has room for.
    pub const MOST: usize = 16;
    /// Letters of one that is kept; what is longer was pasted and is no question that anybody would choose again.
    pub const LONGEST: usize = 120;

    /// Puts a question in front. Blanks are one each, and of questions that differ in case alone the last one stays.
    pub fn note(&mut self, text: &str) {
        let typed: Vec<&str> = text.split_whitespace().collect();
        let text = typed.join(" ");
        if text.is_empty() || text.chars().count() > Self::LONGEST {
            return;
        }
        let key = text.to_lowercase();
        self.0.retain(|known| known.to_lowercase() != key);
        self.0.insert(0, text);
        self.0.truncate(Self::MOST);
    }

    /// The last one first.
    pub fn texts(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_question_stands_first_and_none_stands_twice() {
        let mut lately = Lately::default();
        for text in ["11600 mar", "jimena", " 11600   MAR ", "", "   ", "A-101"] {
            lately.note(text);
        }
        assert_eq!(lately.texts(), ["A-101", "11600 MAR", "jimena"]);
    }

    #[test]
    fn they_are_bounded_in_number_and_length() {
        let mut lately = Lately::default();
        for n in 0..100 {
            lately.note(&format!("cliente {n}"));
        }
        assert_eq!(lately.texts().len(), Lately::MOST);
        assert_eq!(lately.texts()[0], "cliente 99");
        lately.note(&"ñ".repeat(Lately::LONGEST + 1));
        assert_eq!(lately.texts()[0], "cliente 99");
        lately.note(&"ñ".repeat(Lately::LONGEST));
        assert_eq!(lately.texts()[0].chars().count(), Lately::LONGEST);
    }
}
