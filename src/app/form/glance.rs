//! What an unfinished form is about, told from what is kept of it, so that two of them are told apart.
//!
//! It reads and never opens the form.

use serde::Deserialize;

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::Record;

use super::content::Content;

/// What a kept form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Of which resource.
    pub kind: Kind,
    /// The record under edit; none for a new one.
    pub base: Option<Record>,
    /// The other party by name, or the name of what is made; may be empty.
    pub name: String,
    /// What its first line bills; may be empty.
    pub line: String,
    /// How many more lines there are.
    pub more_lines: usize,
}

/// The members that tell it; the others are passed over unread.
#[derive(Deserialize)]
struct Kept {
    kind: Kind,
    base: Option<Record>,
    content: Content,
}

/// Looks at a kept form; nothing where it cannot be read.
pub fn glance(body: &str) -> Option<Glance> {
    let Kept {
        kind,
        base,
        content,
    } = serde_json::from_str(body).ok()?;
    let name = match content.link(Field::Contact) {
        Some(contact) => contact.name.clone(),
        None => content.text_of(Field::Name).trim().to_owned(),
    };
    let filled = content.rows.lines().iter().filter(|row| !row.is_blank());
    let mut lines = filled.map(|row| {
        let item = row.on.as_ref().map_or("", |on| &on.link().name);
        match row.description.trim() {
            "" => item.to_owned(),
            text => text.to_owned(),
        }
    });
    let line = lines.next().unwrap_or_default();
    let more_lines = lines.count();
    Some(Glance {
        kind,
        base,
        name,
        line,
        more_lines,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{editing, form, new_invoice};
    use super::*;
    use crate::domain::record::Id;

    #[test]
    fn a_kept_form_names_its_record_its_party_and_what_it_bills() {
        let model = editing();
        let seen = glance(&form(&model).body()).expect("a form");
        assert_eq!(seen.kind, Kind::Invoices);
        assert_eq!(seen.base.map(|base| base.id), Some(Id::from("41")));
        assert_eq!(seen.name, "XENON INDUSTRIAL ARTICLES");
        assert_eq!(seen.line, "Taladro 1/2");
        assert_eq!(seen.more_lines, 0);
    }

    #[test]
    fn an_empty_form_is_new_and_names_nobody() {
        let seen = glance(&form(&new_invoice()).body()).expect("a form");
        assert_eq!(seen.base, None);
        assert_eq!((seen.name.as_str(), seen.line.as_str()), ("", ""));
        assert_eq!(glance("{"), None);
    }
}
