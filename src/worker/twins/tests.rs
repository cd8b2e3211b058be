//! A record asked for, one that is there, and whether it could be that one.

use jiff::Timestamp;

use super::*;
use crate::domain::company::CompanyId;
use crate::domain::intent::{Act, IntentId, Progress, Snapshot};
use crate::domain::money::Money;
use crate::domain::record::Side;

fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn link(id: &str) -> Link {
    Link {
        id: Id::from(id),
        name: String::new(),
    }
}

/// A record of a kind with all that tells it apart.
fn sample(kind: Kind) -> Record {
    let mut record = Record::new(kind, Id::from("77"));
    let day = jiff::civil::date(2026, 3, 18);
    for field in telling(kind) {
        let value = match field.shape() {
            crate::domain::field::Shape::Link => Value::Link(link("7")),
            crate::domain::field::Shape::Date => Value::Date(day),
            crate::domain::field::Shape::Money => Value::Money(money("580")),
            crate::domain::field::Shape::Number => Value::Number(16.into()),
            _ => Value::Text("Uno".into()),
        };
        record.set(*field, value);
    }
    match kind {
        Kind::Invoices | Kind::CreditNotes | Kind::Quotes | Kind::Bills | Kind::PurchaseOrders => {
            record.set(Field::Total, Value::Money(money("580")));
            record.lines = vec![Line {
                item: Some(link("12")),
                quantity: Some(1.into()),
                ..Line::default()
            }];
        }
        Kind::Payments | Kind::BillPayments => {
            record.allocations = vec![Allocation {
                document: Some(link("6")),
                amount: Some(money("580")),
                ..Allocation::default()
            }];
        }
        Kind::JournalEntries => {
            record.postings = vec![Posting {
                account: Some(link("5101")),
                side: Some(Side::Debit),
                amount: Some(money("900")),
                ..Posting::default()
            }];
        }
        _ => {}
    }
    record
}

fn intent(asked: &Record) -> Intent {
    Intent {
        id: IntentId("run-1".into()),
        company: CompanyId("demo".into()),
        kind: asked.kind,
        act: Act::Create(Box::new(Edit::creating(asked))),
        snapshot: Snapshot::of(asked),
        baseline: Vec::new(),
        editor: None,
        planned_at: Timestamp::UNIX_EPOCH,
        progress: Progress::Planned,
    }
}

fn made() -> impl Iterator<Item = Kind> {
    Kind::ALL
        .into_iter()
        .filter(|kind| kind.spec().operations.create)
}

#[test]
fn every_kind_that_can_be_made_is_known_again() {
    for kind in made() {
        let asked = sample(kind);
        assert_eq!(
            likeness(&asked, &intent(&asked)),
            Likeness::Same,
            "{kind:?}"
        );
    }
}

#[test]
fn whatever_tells_a_record_apart_makes_it_another_and_its_absence_leaves_it_unsure() {
    for kind in made() {
        let asked = sample(kind);
        let intent = intent(&asked);
        for field in telling(kind) {
            let mut other = asked.clone();
            other.set(
                *field,
                match asked.get(*field) {
                    Some(Value::Link(_)) => Value::Link(link("8")),
                    Some(Value::Date(day)) => Value::Date(day.tomorrow().expect("a day")),
                    Some(Value::Money(_)) => Value::Money(money("581")),
                    Some(Value::Number(_)) => Value::Number(8.into()),
                    _ => Value::Text("Otro".into()),
                },
            );
            assert_eq!(
                likeness(&other, &intent),
                Likeness::Other,
                "{kind:?} {field:?}"
            );
            let mut silent = asked.clone();
            silent.unset(*field);
            assert_eq!(
                likeness(&silent, &intent),
                Likeness::Unsure,
                "{kind:?} {field:?}"
            );
        }
    }
}

#[test]
fn rows_tell_apart_and_unknown_rows_leave_it_unsure() {
    let asked = sample(Kind::Bills);
    let mut on_account = asked.clone();
    on_account.lines[0].account = on_account.lines[0].item.take();
    assert_eq!(likeness(&on_account, &intent(&asked)), Likeness::Other);
    let asked = sample(Kind::Payments);
    let mut other = asked.clone();
    other.allocations[0].amount = Some(money("579.99"));
    assert_eq!(likeness(&other, &intent(&asked)), Likeness::Other);
    other.allocations.clear();
    assert_eq!(likeness(&other, &intent(&asked)), Likeness::Unsure);
    let asked = sample(Kind::JournalEntries);
    let mut other = asked.clone();
    other.postings[0].side = Some(Side::Credit);
    assert_eq!(likeness(&other, &intent(&asked)), Likeness::Other);
}

#[test]
fn a_total_may_differ_by_what_rounding_does() {
    let asked = sample(Kind::Invoices);
    for (total, likely) in [("580.10", Likeness::Same), ("580.11", Likeness::Other)] {
        let mut other = asked.clone();
        other.set(Field::Total, Value::Money(money(total)));
        assert_eq!(likeness(&other, &intent(&asked)), likely, "{total}");
    }
}
