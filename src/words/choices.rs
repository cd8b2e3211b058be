//! The words of the wire that a field takes only a few of.

use super::Words;
use crate::domain::field::Field;

impl Words {
    /// What people call a word of the wire (`inventory`); the word itself where nobody calls it otherwise.
    pub fn choice(&self, field: Field, word: &str) -> String {
        key(field, word)
            .filter(|key| self.has(key))
            .map_or_else(|| word.to_owned(), |key| self.text(&key))
    }
}

/// The key of a word, should it be known; nothing where the field holds free text.
fn key(field: Field, word: &str) -> Option<String> {
    let name = match field {
        Field::AccountType => "type-of-account",
        Field::Classification => "class",
        Field::Individual => "person",
        Field::ItemType => "type-of-item",
        Field::Nature => "nature",
        Field::TaxType => "type-of-tax",
        _ => return None,
    };
    let word = word.to_ascii_lowercase().replace('_', "-");
    Some(format!("value-{name}-{word}"))
}
