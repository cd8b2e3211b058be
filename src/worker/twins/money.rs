//! What makes a payment or a póliza the same as another one: everything that is money in it. A doubled payment is money
//! lost, so that here nothing is nearly the same.

use std::collections::BTreeMap;

use super::Likeness;
use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::money::Money;
use crate::domain::record::{Allocation, Id, Posting, Record, Side};

/// A payment: same contact, day and amount, and the same documents with the same shares.
pub(super) fn payment(record: &Record, edit: &Edit) -> Likeness {
    let allocations = match record.allocations.as_slice() {
        // Bill payments need not tell theirs (contract B.13).
        [] => None,
        told => Some(shares(told) == shares(edit.allocations.as_deref().unwrap_or_default())),
    };
    all(&[
        same(record, edit, Field::Contact),
        same(record, edit, Field::Date),
        same(record, edit, Field::Total),
        allocations,
    ])
}

/// A póliza: same day and title, and the same debits and credits on the same accounts.
pub(super) fn journal(record: &Record, edit: &Edit) -> Likeness {
    let title = match edit.values.get(&Field::Name) {
        Some(Some(Value::Text(title))) => title.trim(),
        _ => "",
    };
    let movements = match record.postings.as_slice() {
        [] => None,
        told => Some(postings(told) == postings(edit.postings.as_deref().unwrap_or_default())),
    };
    all(&[
        Some(record.text(Field::Name).trim() == title),
        same(record, edit, Field::Date),
        movements,
    ])
}

/// The same where all is the same, another where one thing is another, unsure where one thing is not known.
fn all(answers: &[Option<bool>]) -> Likeness {
    if answers.contains(&Some(false)) {
        Likeness::Other
    } else if answers.contains(&None) {
        Likeness::Unsure
    } else {
        Likeness::Same
    }
}

/// Whether a value is the one that was asked for; nothing where either is unknown. Records are the same by their id.
fn same(record: &Record, edit: &Edit, field: Field) -> Option<bool> {
    let asked = edit.values.get(&field)?.as_ref()?;
    let told = record.get(field)?;
    Some(match (told, asked) {
        (Value::Link(told), Value::Link(asked)) => told.id == asked.id,
        (told, asked) => told == asked,
    })
}

/// How much went to each document; in no order.
fn shares(allocations: &[Allocation]) -> BTreeMap<Option<&Id>, Money> {
    let mut shares = BTreeMap::new();
    for allocation in allocations {
        let document = allocation.document.as_ref().map(|link| &link.id);
        let share = shares.entry(document).or_insert(Money::ZERO);
        *share = *share + allocation.amount.unwrap_or(Money::ZERO);
    }
    shares
}

/// The movements; in no order, because nobody promises to keep it.
fn postings(postings: &[Posting]) -> Vec<(Option<&Id>, bool, Option<Money>)> {
    let mut movements: Vec<_> = postings
        .iter()
        .map(|posting| {
            let account = posting.account.as_ref().map(|link| &link.id);
            (account, posting.side == Some(Side::Debit), posting.amount)
        })
        .collect();
    movements.sort();
    movements
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Kind;
    use crate::domain::record::Link;

    fn link(id: &str) -> Link {
        Link {
            id: Id::from(id),
            name: String::new(),
        }
    }

    fn money(text: &str) -> Money {
        text.parse().expect("an amount")
    }

    fn paid(shares: &[(&str, &str)]) -> Record {
        let mut payment = Record::new(Kind::Payments, Id::from("31"));
        payment.set(Field::Contact, Value::Link(link("7")));
        let day = jiff::civil::date(2026, 6, 2);
        payment.set(Field::Date, Value::Date(day));
        payment.set(Field::Total, Value::Money(money("580.00")));
        payment.allocations = shares
            .iter()
            .map(|(id, amount)| Allocation {
                document: Some(link(id)),
                kind: Some(Kind::Invoices),
                amount: Some(money(amount)),
            })
            .collect();
        payment
    }

    fn entry(title: &str, movements: &[(&str, Side, &str)]) -> Record {
        let mut entry = Record::new(Kind::JournalEntries, Id::from("9"));
        entry.set(Field::Name, Value::Text(title.into()));
        let day = jiff::civil::date(2026, 5, 31);
        entry.set(Field::Date, Value::Date(day));
        entry.postings = movements
            .iter()
            .map(|(account, side, amount)| Posting {
                account: Some(link(account)),
                side: Some(*side),
                amount: Some(money(amount)),
                ..Posting::default()
            })
            .collect();
        entry
    }

    #[test]
    fn a_payment_is_the_same_only_with_the_same_shares() {
        let asked = Edit::creating(&paid(&[("6", "500"), ("8", "80")]));
        let is = |record: &Record| payment(record, &asked);
        let turned = paid(&[("8", "80.00"), ("6", "500.00")]);
        assert_eq!(
            is(&turned),
            Likeness::Same,
            "order and decimals say nothing"
        );
        assert_eq!(is(&paid(&[("6", "580")])), Likeness::Other);
        let mut cheaper = turned.clone();
        cheaper.set(Field::Total, Value::Money(money("579.99")));
        assert_eq!(is(&cheaper), Likeness::Other, "a cent is a cent");
        let mut later = turned.clone();
        later.set(Field::Date, Value::Date(jiff::civil::date(2026, 6, 3)));
        assert_eq!(is(&later), Likeness::Other);
        let mut other = turned;
        other.set(Field::Contact, Value::Link(link("9")));
        assert_eq!(is(&other), Likeness::Other);
    }

    #[test]
    fn a_payment_that_does_not_tell_its_shares_may_be_it() {
        let asked = Edit::creating(&paid(&[("6", "580")]));
        assert_eq!(payment(&paid(&[]), &asked), Likeness::Unsure);
    }

    #[test]
    fn a_poliza_is_the_same_only_with_the_same_movements() {
        let movements = [("5101", Side::Debit, "900"), ("5044", Side::Credit, "900")];
        let asked = Edit::creating(&entry("Depreciación mayo", &movements));
        let is = |record: &Record| journal(record, &asked);
        let turned = [movements[1], movements[0]];
        assert_eq!(is(&entry("Depreciación mayo ", &turned)), Likeness::Same);
        assert_eq!(
            is(&entry("Depreciación abril", &movements)),
            Likeness::Other
        );
        let swapped = [("5101", Side::Credit, "900"), ("5044", Side::Debit, "900")];
        assert_eq!(is(&entry("Depreciación mayo", &swapped)), Likeness::Other);
        assert_eq!(is(&entry("Depreciación mayo", &[])), Likeness::Unsure);
    }
}
