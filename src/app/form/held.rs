//! How much of the changes to a record holds on the server, by what was read after no clear answer came.
//!
//! Names of other records count for nothing: the form has them from where they were chosen, the wire tells other ones, or
//! ids only.

use crate::domain::changes::changed;
use crate::domain::record::Record;

/// How much of the changes holds on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// All of them.
    All,
    /// None of them.
    Nothing,
    /// Some of them.
    Some,
    /// It could not be read.
    Unknown,
}

/// Compares what was changed with what was read afterwards. Only what was changed counts: the server may have moved on
/// in all else.
pub fn held(base: &Record, asked: &Record, now: &Record) -> Held {
    let parts = changed(base, asked);
    let rest = |from: &Record| parts.iter().filter(|part| !part.same(asked, from)).count();
    match rest(now) {
        0 => Held::All,
        left if left == parts.len() => Held::Nothing,
        _ => Held::Some,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::{Field, Value};
    use crate::domain::kind::Kind;
    use crate::domain::money::Money;
    use crate::domain::record::{Allocation, Id, Link, Posting, Side};

    fn link(id: &str, name: &str) -> Link {
        Link {
            id: Id::from(id),
            name: name.into(),
        }
    }

    fn payment(contact: Link, documents: [Link; 2]) -> Record {
        let mut payment = Record::new(Kind::Payments, Id::from("5"));
        payment.set(Field::Contact, Value::Link(contact));
        payment.allocations = documents
            .map(|document| Allocation {
                document: Some(document),
                kind: Some(Kind::Invoices),
                amount: Some(Money::new(100.into())),
            })
            .to_vec();
        payment
    }

    #[test]
    fn what_was_taken_is_known_again_by_ids() {
        let base = Record::new(Kind::Payments, Id::from("5"));
        let documents = [link("61", "A61"), link("62", "A62")];
        let asked = payment(link("7", "XENON"), documents);
        let nameless = [link("61", ""), link("62", "")];
        let now = payment(link("7", "XENON INDUSTRIAL ARTICLES"), nameless);
        assert_eq!(held(&base, &asked, &now), Held::All);
        assert_eq!(held(&base, &asked, &base), Held::Nothing);
        let mut other = now.clone();
        other.set(Field::Contact, Value::Link(link("8", "XENON")));
        assert_eq!(held(&base, &asked, &other), Held::Some);
    }

    #[test]
    fn a_poliza_that_was_taken_is_known_again_without_the_names_of_its_accounts() {
        let entry = |name: &str| {
            let mut entry = Record::new(Kind::JournalEntries, Id::from("5"));
            entry.postings = vec![Posting {
                account: Some(link("50", name)),
                side: Some(Side::Debit),
                amount: Some(Money::new(100.into())),
                ..Posting::default()
            }];
            entry
        };
        let base = Record::new(Kind::JournalEntries, Id::from("5"));
        assert_eq!(held(&base, &entry("102-01 Bancos"), &entry("")), Held::All);
    }
}
