//! A list that was given a name: what it shows, in which order, and what it is narrowed to. Days that are named from
//! today (`este mes`) are kept as they were typed and mean what they mean on the day on which the view is opened.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::list::ListQuery;

/// What a view is called: one line, without control characters, at most [`ViewName::LONGEST`] letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ViewName(String);

/// Why a text is no name of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAViewName {
    /// Nothing is left of it that could be seen.
    #[error("a view needs a name")]
    Empty,
    /// It has more letters than a row has room for.
    #[error("the name of a view has at most {} letters", ViewName::LONGEST)]
    TooLong,
}

impl ViewName {
    /// Letters of a name at most: what a row of eighty columns has room for, beside what the view shows.
    pub const LONGEST: usize = 40;

    /// The name that a text makes: blanks are one each, and what cannot be seen, or would turn the line around, is left
    /// out.
    ///
    /// # Errors
    /// Why it makes none.
    pub fn new(text: &str) -> Result<Self, NotAViewName> {
        let seen: String = text
            .nfc()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|c| !c.is_control() && !is_unseen(*c))
            .collect();
        let name = seen.split(' ').filter(|word| !word.is_empty());
        let name = name.collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(NotAViewName::Empty),
            letters if letters > Self::LONGEST => Err(NotAViewName::TooLong),
            _ => Ok(Self(name)),
        }
    }

    /// As a person reads it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By what two names are the same: case is no difference, because nobody could tell them apart by saying them.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Marks that have no width, or change the direction in which a line runs.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

impl fmt::Display for ViewName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ViewName {
    type Error = NotAViewName;

    fn try_from(text: String) -> Result<Self, NotAViewName> {
        Self::new(&text)
    }
}

impl From<ViewName> for String {
    fn from(name: ViewName) -> Self {
        name.0
    }
}

/// A list with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// What it is called.
    pub name: ViewName,
    /// What it shows.
    pub query: ListQuery,
    /// What was typed to narrow it, badges included.
    pub typed: String,
    /// The name of the record that all its rows name, where the list was opened from one.
    pub about: String,
}

/// A change to the views of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewChange {
    /// It is kept, in place of one of the same name.
    Keep(Box<View>),
    /// It is called otherwise from now on; one of that name goes.
    Rename {
        /// What it was called.
        from: ViewName,
        /// What it is called.
        to: ViewName,
    },
    /// It goes.
    Drop(ViewName),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Result<String, NotAViewName> {
        ViewName::new(text).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn a_name_is_one_line_of_what_can_be_seen() {
        assert_eq!(
            name("  Vencidas   de\tKemper \n"),
            Ok("Vencidas de Kemper".into())
        );
        assert_eq!(name("a\u{1b}[2Jb\u{0}"), Ok("a[2Jb".into()));
        assert_eq!(name("\u{202e}adicnev\u{200b}"), Ok("adicnev".into()));
        assert_eq!(
            name("'; DROP TABLE view; --"),
            Ok("'; DROP TABLE view; --".into())
        );
        assert_eq!(name("🦆 ñ"), Ok("🦆 ñ".into()));
        for text in ["", "   ", "\u{200b}", "\n\t\u{7f}"] {
            assert_eq!(name(text), Err(NotAViewName::Empty), "{text:?}");
        }
        assert_eq!(name(&"ñ".repeat(40)), Ok("ñ".repeat(40)));
        assert_eq!(name(&"ñ".repeat(41)), Err(NotAViewName::TooLong));
    }

    #[test]
    fn names_that_sound_the_same_are_the_same() {
        let key = |text: &str| ViewName::new(text).map(|name| name.key());
        assert_eq!(key("Vencidas  Ñandú"), key("VENCIDAS ñANDÚ"));
        // The same letters, written in two ways.
        assert_eq!(key("cafe\u{301}"), key("café"));
        assert_ne!(key("vencidas"), key("vencida"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_a_name_stays_the_same_name(text in "\\PC{0,60}") {
            if let Ok(name) = ViewName::new(&text) {
                proptest::prop_assert_eq!(ViewName::new(name.as_str()), Ok(name.clone()));
                proptest::prop_assert_eq!(ViewName::try_from(String::from(name.clone())), Ok(name));
            }
        }
    }
}
