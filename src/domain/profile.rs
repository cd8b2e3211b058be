//! A company as the person who keeps its books has named it, before anybody was asked.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a profile is called in the config, on the command line and in the chooser: ASCII letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProfileName(String);

/// Longer names are cut when one is made of a company's.
const LONGEST: usize = 24;

impl ProfileName {
    /// The name, where it is one.
    pub fn new(name: &str) -> Option<Self> {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        (!name.is_empty() && name.chars().all(fits)).then(|| Self(name.to_owned()))
    }

    /// A name made of a company's own, whole words as long as there is room; its RFC where no letter is left of it.
    pub fn of_company(name: &str, rfc: &str) -> Option<Self> {
        let plain = |letter: char| match letter {
            'á' | 'Á' => 'a',
            'é' | 'É' => 'e',
            'í' | 'Í' => 'i',
            'ó' | 'Ó' => 'o',
            'ú' | 'ü' | 'Ú' | 'Ü' => 'u',
            'ñ' | 'Ñ' => 'n',
            other => other.to_ascii_lowercase(),
        };
        let clean = |text: &str| -> String {
            text.chars()
                .map(plain)
                .filter(char::is_ascii_alphanumeric)
                .collect()
        };
        let mut made = String::new();
        for word in name
            .split_whitespace()
            .map(clean)
            .filter(|word| !word.is_empty())
        {
            if !made.is_empty() && made.len() + 1 + word.len() > LONGEST {
                break;
            }
            if !made.is_empty() {
                made.push('-');
            }
            made.push_str(&word);
        }
        Self::new(&made).or_else(|| Self::new(&clean(rfc)))
    }

    /// The name of a company that nothing can be made of.
    pub fn fallback() -> Self {
        Self("empresa".to_owned())
    }

    /// The same name with a number behind it, for when it is taken.
    pub fn numbered(&self, number: usize) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A colour that tells a company from the others at a glance; the name and the RFC tell it without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hue {
    Blue,
    Green,
    Magenta,
    Yellow,
    Cyan,
    Red,
}

impl Hue {
    /// All of them, in the order in which they are given to new companies: red, which warns elsewhere, last.
    pub const ALL: [Self; 6] = [
        Self::Blue,
        Self::Green,
        Self::Magenta,
        Self::Yellow,
        Self::Cyan,
        Self::Red,
    ];

    /// As the config writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Magenta => "magenta",
            Self::Yellow => "yellow",
            Self::Cyan => "cyan",
            Self::Red => "red",
        }
    }
}

/// What is known of a company before its server is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What it is called.
    pub name: ProfileName,
    /// Razón social when it was connected; may be empty.
    pub company: String,
    /// RFC when it was connected; may be empty.
    pub rfc: String,
    /// Its colour, where one was chosen.
    pub hue: Option<Hue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_gives_its_profile_a_name_that_can_be_typed() {
        let made = |name: &str| ProfileName::of_company(name, "EKU9003173C9").map(|name| name.0);
        assert_eq!(
            made("ESCUELA KEMPER URGATE").as_deref(),
            Some("escuela-kemper-urgate")
        );
        assert_eq!(
            made("Ñandú & Compañía, S.A.").as_deref(),
            Some("nandu-compania-sa")
        );
        assert_eq!(
            made("COMERCIALIZADORA INTERNACIONAL DEL BAJIO").as_deref(),
            Some("comercializadora")
        );
        assert_eq!(made("株式会社").as_deref(), Some("eku9003173c9"));
        assert_eq!(ProfileName::of_company("", ""), None);
    }

    #[test]
    fn what_cannot_be_typed_is_no_name() {
        for name in ["", "dos palabras", "a/b", "ñ", "a.b"] {
            assert_eq!(ProfileName::new(name), None, "{name}");
        }
        assert!(ProfileName::new("cliente_9-b").is_some());
    }
}
