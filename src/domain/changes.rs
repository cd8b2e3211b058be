//! What of a record changed between two readings, as a person would call it, and where two people changed the same.
//!
//! Only told, never merged. What the server computes or fills in by itself is no change: totals of lines, times, the
//! name of a linked record, and what only the native record tells of a line.

use super::edit::Edit;
use super::field::{Field, Value};
use super::record::{Allocation, Id, Line, Link, Posting, Record};

/// A part of a record that is changed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A value.
    Value(Field),
    /// The lines, as a whole (contract B.0: they are replaced whole).
    Lines,
    /// The allocations, as a whole.
    Allocations,
    /// The debits and credits, as a whole.
    Postings,
}

impl Part {
    /// Whether two records say the same here.
    pub fn same(self, one: &Record, other: &Record) -> bool {
        match self {
            Part::Value(field) => same_value(one.get(field), other.get(field)),
            Part::Lines => same_rows(&one.lines, &other.lines, same_line),
            Part::Allocations => same_rows(&one.allocations, &other.allocations, same_allocation),
            Part::Postings => same_rows(&one.postings, &other.postings, same_posting),
        }
    }
}

/// What changed between two readings: values in the order of the fields, then the rows.
pub fn changed(before: &Record, after: &Record) -> Vec<Part> {
    let mut fields: Vec<Field> = before
        .values()
        .chain(after.values())
        .map(|(field, _)| field)
        .filter(|field| !matches!(field, Field::UpdatedAt | Field::CreatedAt))
        .collect();
    fields.sort();
    fields.dedup();
    let rows = [Part::Lines, Part::Allocations, Part::Postings];
    fields
        .into_iter()
        .map(Part::Value)
        .chain(rows)
        .filter(|part| !part.same(before, after))
        .collect()
}

/// Whether changes would overwrite what somebody else changed since the record was read: the same part, to something
/// else. Parts that only one of the two changed are in nobody's way.
pub fn collides(edit: &Edit, opened: &Record, now: &Record) -> bool {
    let mine = |part: &Part| match part {
        Part::Value(field) => edit
            .values
            .get(field)
            .is_some_and(|mine| !same_value(mine.as_ref(), now.get(*field))),
        Part::Lines => differs(edit.lines.as_deref(), &now.lines, same_line),
        Part::Allocations => differs(
            edit.allocations.as_deref(),
            &now.allocations,
            same_allocation,
        ),
        Part::Postings => differs(edit.postings.as_deref(), &now.postings, same_posting),
    };
    changed(opened, now).iter().any(mine)
}

fn differs<T>(mine: Option<&[T]>, now: &[T], same: fn(&T, &T) -> bool) -> bool {
    mine.is_some_and(|mine| !same_rows(mine, now, same))
}

fn same_value(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (Some(Value::Link(one)), Some(Value::Link(other))) => one.id == other.id,
        (one, other) => one == other,
    }
}

fn same_rows<T>(one: &[T], other: &[T], same: fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

fn id_of(link: &Option<Link>) -> Option<&Id> {
    link.as_ref().map(|link| &link.id)
}

fn same_line(one: &Line, other: &Line) -> bool {
    let percent = |line: &Line| line.discount_pct.filter(|percent| !percent.is_zero());
    let taxes = |line: &Line| -> Vec<Id> { line.taxes.iter().map(|tax| tax.id.clone()).collect() };
    // Where none is given the server takes that of the item.
    let described = |line: &Line| !line.description.is_empty();
    id_of(&one.item) == id_of(&other.item)
        && id_of(&one.account) == id_of(&other.account)
        && (one.quantity, one.price) == (other.quantity, other.price)
        && percent(one) == percent(other)
        && taxes(one) == taxes(other)
        && (one.description == other.description || !described(one) || !described(other))
}

fn same_allocation(one: &Allocation, other: &Allocation) -> bool {
    id_of(&one.document) == id_of(&other.document) && one.amount == other.amount
}

fn same_posting(one: &Posting, other: &Posting) -> bool {
    id_of(&one.account) == id_of(&other.account)
        && (one.side, one.amount) == (other.side, other.amount)
        && one.description == other.description
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Kind;

    fn record(memo: &str, terms: Option<&str>) -> Record {
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        record.set(Field::Memo, Value::Text(memo.into()));
        record.set_some(Field::Terms, terms.map(|text| Value::Text(text.into())));
        record
    }

    fn billed(quantity: i64) -> Record {
        let mut record = record("a", None);
        record.lines = vec![Line {
            quantity: Some(quantity.into()),
            ..Line::default()
        }];
        record
    }

    #[test]
    fn the_same_field_changed_on_both_sides_to_something_else_collides() {
        let opened = record("a", Some("30 días"));
        let edit = Edit::between(&opened, &record("b", Some("30 días")));
        assert!(collides(&edit, &opened, &record("c", Some("30 días"))));
        assert!(!collides(&edit, &opened, &record("b", Some("30 días"))));
        assert!(!collides(&edit, &opened, &record("a", None)));
        assert!(!collides(&edit, &opened, &opened));
        let cleared = Edit::between(&opened, &record("a", None));
        assert!(collides(&cleared, &opened, &record("a", Some("contado"))));
    }

    #[test]
    fn lines_collide_as_a_whole_and_only_where_something_else_is_billed() {
        let opened = billed(1);
        let edit = Edit::between(&opened, &billed(2));
        assert!(collides(&edit, &opened, &billed(3)));
        assert!(!collides(&edit, &opened, &billed(2)));
        // What only the server fills in is nobody's change.
        let mut filled = billed(1);
        filled.lines[0].unit = Some("H87".into());
        filled.lines[0].description = "Taladro".into();
        assert!(!collides(&edit, &opened, &filled));
        assert_eq!(changed(&opened, &filled), []);
    }

    #[test]
    fn another_name_for_the_same_contact_is_no_change() {
        let named = |id: &str, name: &str| {
            let mut record = record("a", None);
            let link = Link {
                id: Id::from(id),
                name: name.into(),
            };
            record.set(Field::Contact, Value::Link(link));
            record
        };
        assert_eq!(changed(&named("7", "XENON"), &named("7", "Xenon")), []);
        assert_eq!(
            changed(&named("7", "XENON"), &named("8", "XENON")),
            [Part::Value(Field::Contact)]
        );
    }
}
