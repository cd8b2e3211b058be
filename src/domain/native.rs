//! Places in Alegra's own record, and what is to be written there where no field of ours stands for them (contract C.1).
//!
//! A place is named as the page of the native record names it: `anotation`, `items[0].unit`, `$.seller.id`. What is
//! written there is a JSON text, kept digit by digit. Nothing here knows which places have a field of their own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// More steps than this in one path have no meaning in Alegra's records.
const DEEPEST: usize = 12;
/// More digits than this are no number of a row.
const INDEX_DIGITS: usize = 4;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The member with this name.
    Key(String),
    /// The row with this number, from 0.
    Index(usize),
}

/// A place in a native record: a name, then names and numbers of rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NativePath {
    steps: Vec<Step>,
}

/// A text that names no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no path such as $.items[0].unit")]
pub struct NoPath;

impl NativePath {
    /// Its steps, from the record inwards; the first is a name.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Its name, where it is a member of the record itself.
    pub fn member(&self) -> Option<&str> {
        match self.steps.as_slice() {
            [Step::Key(name)] => Some(name),
            _ => None,
        }
    }

    /// Whether one of the two is the other, or leads through it: what is written at one would touch the other.
    pub fn touches(&self, other: &NativePath) -> bool {
        self.steps.starts_with(&other.steps) || other.steps.starts_with(&self.steps)
    }
}

impl FromStr for NativePath {
    type Err = NoPath;

    /// Reads `items[0].unit`, with or without `$.` before it.
    fn from_str(text: &str) -> Result<Self, NoPath> {
        let text = text.trim();
        let text = text.strip_prefix("$.").unwrap_or(text);
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (name, rest) = match part.find('[') {
                Some(at) => part.split_at_checked(at).ok_or(NoPath)?,
                None => (part, ""),
            };
            steps.push(Step::Key(read_name(name)?));
            let mut rest = rest;
            while !rest.is_empty() {
                let inside = rest.strip_prefix('[').ok_or(NoPath)?;
                let (digits, after) = inside.split_once(']').ok_or(NoPath)?;
                steps.push(Step::Index(read_index(digits)?));
                rest = after;
            }
        }
        match steps.len() {
            1..=DEEPEST => Ok(Self { steps }),
            _ => Err(NoPath),
        }
    }
}

fn read_name(name: &str) -> Result<String, NoPath> {
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let goes_on = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    match begins && name.chars().all(goes_on) {
        true => Ok(name.to_owned()),
        false => Err(NoPath),
    }
}

fn read_index(digits: &str) -> Result<usize, NoPath> {
    let is_number = digits.len() <= INDEX_DIGITS && digits.chars().all(|one| one.is_ascii_digit());
    match is_number {
        true => digits.parse().map_err(|_| NoPath),
        false => Err(NoPath),
    }
}

/// As the wire wants it: `$.items[0].unit`.
impl fmt::Display for NativePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("$")?;
        for step in &self.steps {
            match step {
                Step::Key(name) => write!(out, ".{name}")?,
                Step::Index(number) => write!(out, "[{number}]")?,
            }
        }
        Ok(())
    }
}

impl TryFrom<String> for NativePath {
    type Error = NoPath;

    fn try_from(text: String) -> Result<Self, NoPath> {
        text.parse()
    }
}

impl From<NativePath> for String {
    fn from(path: NativePath) -> String {
        path.to_string()
    }
}

/// Something to be written into the native record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NativeValue {
    /// Where.
    pub path: NativePath,
    /// What, as a JSON text.
    pub json: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Result<String, NoPath> {
        text.parse::<NativePath>().map(|path| path.to_string())
    }

    #[test]
    fn a_path_is_read_with_and_without_its_sign_and_written_with_it() {
        for (typed, written) in [
            ("anotation", "$.anotation"),
            (" $.observations ", "$.observations"),
            ("items[0].unit", "$.items[0].unit"),
            (
                "$.purchases.items[12].tax[0].id",
                "$.purchases.items[12].tax[0].id",
            ),
        ] {
            assert_eq!(path(typed).as_deref(), Ok(written));
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        let deep = vec!["a"; DEEPEST + 1].join(".");
        for typed in [
            "", "$", "$.", ".", "a.", ".a", "a..b", "a b", "[0]", "$[0]", "a[", "a[]", "a[x]",
            "a[0", "a[0]b", "a[12345]", "a[-1]", "año", "a['b']", "a*", "9a", "a\nb", &deep,
        ] {
            assert_eq!(path(typed), Err(NoPath), "{typed:?}");
        }
    }

    #[test]
    fn a_place_touches_what_is_inside_it_and_what_it_is_in() {
        let touches = |one: &str, other: &str| {
            let read = |text: &str| text.parse::<NativePath>().expect("a path");
            read(one).touches(&read(other))
        };
        assert!(touches("items[0]", "items[0].unit"));
        assert!(touches("items[0].unit", "items[0]"));
        assert!(!touches("items[0].unit", "items[1].unit"));
        assert!(!touches("seller", "sellers"));
    }
}
