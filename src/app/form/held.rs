//! How much of the changes to a record holds on the server, by what was read after no clear answer came.
//!
//! Names of other records count for nothing: the form has them from where they were chosen, the wire tells other ones, or
//! ids only. Neither does the order of allocations and postings, which nobody promises to keep.

use crate::domain::edit::Edit;
use crate::domain::field::Value;
use crate::domain::record::{Allocation, Id, Line, Link, Posting, Record, Side};

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
    let edit = Edit::between(base, asked);
    let rest = |from: &Record| -> usize {
        let values = edit
            .values
            .iter()
            .filter(|(field, value)| !same_value(value.as_ref(), from.get(**field)))
            .count();
        let lines = edit
            .lines
            .as_ref()
            .is_some_and(|lines| !same_lines(lines, &from.lines));
        let allocations = edit
            .allocations
            .as_ref()
            .is_some_and(|asked| !same_allocations(asked, &from.allocations));
        let postings = edit
            .postings
            .as_ref()
            .is_some_and(|asked| !same_postings(asked, &from.postings));
        values + usize::from(lines) + usize::from(allocations) + usize::from(postings)
    };
    match rest(now) {
        0 => Held::All,
        left if left == rest(base) => Held::Nothing,
        _ => Held::Some,
    }
}

fn same_value(asked: Option<&Value>, told: Option<&Value>) -> bool {
    match (asked, told) {
        (Some(Value::Link(asked)), Some(Value::Link(told))) => asked.id == told.id,
        (asked, told) => asked == told,
    }
}

/// Whether the same is billed; what the server computes or fills in by itself does not count.
fn same_lines(asked: &[Line], now: &[Line]) -> bool {
    let billed = |line: &Line| {
        let zero = line.discount_pct.filter(|percent| !percent.is_zero());
        let taxes: Vec<Id> = line.taxes.iter().map(|tax| tax.id.clone()).collect();
        (id_of(&line.item), line.quantity, line.price, zero, taxes)
    };
    asked.iter().map(billed).eq(now.iter().map(billed))
}

/// Whether the same goes to the same documents.
fn same_allocations(asked: &[Allocation], now: &[Allocation]) -> bool {
    let given = |allocation: &Allocation| {
        let document = id_of(&allocation.document);
        (document, allocation.kind, allocation.amount)
    };
    sorted(asked, given) == sorted(now, given)
}

/// Whether the same is debited and credited.
fn same_postings(asked: &[Posting], now: &[Posting]) -> bool {
    let entered = |posting: &Posting| {
        (
            id_of(&posting.account),
            posting.side.map(|side| side == Side::Debit),
            posting.amount,
            posting.description.trim().to_owned(),
            [&posting.customer, &posting.supplier, &posting.department].map(id_of),
        )
    };
    sorted(asked, entered) == sorted(now, entered)
}

fn id_of(link: &Option<Link>) -> Option<Id> {
    link.as_ref().map(|link| link.id.clone())
}

fn sorted<Row, What: Ord>(rows: &[Row], what: impl Fn(&Row) -> What) -> Vec<What> {
    let mut rows: Vec<What> = rows.iter().map(what).collect();
    rows.sort();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::kind::Kind;
    use crate::domain::money::Money;

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
    fn what_was_taken_is_known_again_by_ids_and_in_whatever_order() {
        let base = Record::new(Kind::Payments, Id::from("5"));
        let documents = [link("61", "A61"), link("62", "A62")];
        let asked = payment(link("7", "XENON"), documents);
        let nameless = [link("62", ""), link("61", "")];
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
