//! What somebody wants: a new record, or changes to one. Only what changed is in it, and only that is sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::{Field, Value};
use super::kind::Kind;
use super::native::NativeValue;
use super::record::{Allocation, Id, Line, Posting, Record};

/// A new record, or the changes to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Of which resource.
    pub kind: Kind,
    /// The record to be changed; none for a new one.
    pub id: Option<Id>,
    /// New values; `None` clears a field.
    pub values: BTreeMap<Field, Option<Value>>,
    /// All lines, where any line changed (contract B.0: lines are replaced whole).
    pub lines: Option<Vec<Line>>,
    /// All allocations, where any changed; replaced whole like lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocations: Option<Vec<Allocation>>,
    /// All debits and credits, where any changed; replaced whole like lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postings: Option<Vec<Posting>>,
    /// What is written into the native record and has no field of its own, in the order in which it was told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub natives: Vec<NativeValue>,
}

impl Edit {
    /// Nothing changed yet.
    pub fn new(kind: Kind, id: Option<Id>) -> Self {
        Self {
            kind,
            id,
            values: BTreeMap::new(),
            lines: None,
            allocations: None,
            postings: None,
            natives: Vec::new(),
        }
    }

    /// What differs between a record as it was opened and as it stands now.
    pub fn between(before: &Record, after: &Record) -> Self {
        let mut edit = Self::new(after.kind, Some(before.id.clone()));
        for (field, value) in after.values() {
            if before.get(field) != Some(value) {
                edit.values.insert(field, Some(value.clone()));
            }
        }
        for (field, _) in before.values() {
            if after.get(field).is_none() {
                edit.values.insert(field, None);
            }
        }
        if before.lines != after.lines {
            edit.lines = Some(after.lines.clone());
        }
        if before.allocations != after.allocations {
            edit.allocations = Some(after.allocations.clone());
        }
        if before.postings != after.postings {
            edit.postings = Some(after.postings.clone());
        }
        edit
    }

    /// A new record with everything that this one says.
    pub fn creating(record: &Record) -> Self {
        Self {
            kind: record.kind,
            id: None,
            values: record
                .values()
                .map(|(field, value)| (field, Some(value.clone())))
                .collect(),
            lines: filled(&record.lines),
            allocations: filled(&record.allocations),
            postings: filled(&record.postings),
            natives: Vec::new(),
        }
    }

    /// Whether nothing that has a field of its own is in it.
    pub fn tells_only_natives(&self) -> bool {
        let rest = Self {
            natives: Vec::new(),
            ..self.clone()
        };
        !self.natives.is_empty() && rest.is_empty()
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
            && self.lines.is_none()
            && self.allocations.is_none()
            && self.postings.is_none()
            && self.natives.is_empty()
    }
}

fn filled<T: Clone>(rows: &[T]) -> Option<Vec<T>> {
    (!rows.is_empty()).then(|| rows.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;
    use crate::domain::record::Side;

    #[test]
    fn only_what_changed_is_in_an_edit() {
        let mut before = Record::new(Kind::Invoices, Id::from("6"));
        before.set(Field::CfdiUse, Value::Text("G01".into()));
        before.set(Field::Terms, Value::Text("30 días".into()));
        before.set(Field::Total, Value::Money(Money::ZERO));
        let mut after = before.clone();
        after.set(Field::CfdiUse, Value::Text("G03".into()));
        after.unset(Field::Terms);
        let edit = Edit::between(&before, &after);
        assert_eq!(edit.id, Some(Id::from("6")));
        assert_eq!(
            edit.values.into_iter().collect::<Vec<_>>(),
            vec![
                (Field::Terms, None),
                (Field::CfdiUse, Some(Value::Text("G03".into()))),
            ]
        );
        assert_eq!(edit.lines, None);
        assert!(Edit::between(&before, &before).is_empty());
    }

    #[test]
    fn allocations_and_postings_are_in_an_edit_whole_or_not_at_all() {
        let mut before = Record::new(Kind::JournalEntries, Id::from("1"));
        before.postings = vec![
            Posting {
                side: Some(Side::Debit),
                ..Posting::default()
            },
            Posting {
                side: Some(Side::Credit),
                ..Posting::default()
            },
        ];
        let mut after = before.clone();
        after.postings[1].amount = Some(Money::ZERO);
        let edit = Edit::between(&before, &after);
        assert_eq!(edit.postings, Some(after.postings.clone()));
        assert_eq!(edit.allocations, None);
        assert!(!edit.is_empty());

        let mut paid = before.clone();
        paid.allocations = vec![Allocation::default()];
        assert_eq!(Edit::between(&before, &paid).postings, None);
        assert_eq!(Edit::between(&paid, &before).allocations, Some(Vec::new()));
        assert_eq!(Edit::creating(&paid).allocations, Some(paid.allocations));
        assert_eq!(Edit::creating(&before).allocations, None);
    }
}
