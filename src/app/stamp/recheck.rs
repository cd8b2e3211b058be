//! The second reading, between yes and the request: what the judgement rests on, read once more and compared.
//!
//! It only compares. Whether anything is sent is decided by [`super::verified`].

use std::collections::BTreeMap;

use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::record::{Id, Record};

use super::{StampDialog, items_of};

/// The second reading, as far as it has come.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// The document.
    pub record: Option<Record>,
    /// Its receiver.
    pub receiver: Option<Record>,
    /// The items of its lines.
    pub items: Option<BTreeMap<Id, Record>>,
}

impl Again {
    /// A second reading of what stands around a document that is not read itself.
    pub fn over(record: Option<Record>) -> Self {
        Self {
            record,
            ..Self::default()
        }
    }

    /// All of it, once all of it is here.
    pub fn whole(&self) -> Option<(Record, Record, BTreeMap<Id, Record>)> {
        Some((
            self.record.clone()?,
            self.receiver.clone()?,
            self.items.clone()?,
        ))
    }
}

/// Whose value changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The document's own.
    Document,
    /// The receiver's.
    Receiver,
    /// Of the item with this name.
    Item(String),
    /// The lines of the document, as a whole.
    Lines,
    /// Nobody's: the rules say something else of the very same data, because a day or an hour has passed.
    Rules,
}

/// Something that is not as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub whose: Whose,
    /// Which field; none for lines and rules.
    pub field: Option<Field>,
    /// As it was shown; none where it was unknown.
    pub before: Option<Value>,
    /// As it is now.
    pub after: Option<Value>,
}

/// What of a receiver goes into a CFDI.
const OF_RECEIVER: [Field; 5] = [
    Field::Name,
    Field::Rfc,
    Field::Zip,
    Field::Regime,
    Field::CfdiUse,
];

/// What of an item goes into a CFDI.
const OF_ITEM: [Field; 3] = [Field::Name, Field::ProductKey, Field::Unit];

/// Whether both name the same receiver and items, so that what was read around one is what is around the other.
pub fn refers_alike(one: &Record, other: &Record) -> bool {
    let receiver = |record: &Record| record.link(Field::Contact).map(|link| link.id.clone());
    receiver(one) == receiver(other) && items_of(one) == items_of(other)
}

/// What differs in the document itself.
pub fn of_document(shown: &Record, now: &Record) -> Vec<Change> {
    let edit = Edit::between(shown, now);
    let mut changes: Vec<Change> = edit
        .values
        .iter()
        .map(|(field, after)| Change {
            whose: Whose::Document,
            field: Some(*field),
            before: shown.get(*field).cloned(),
            after: after.clone(),
        })
        .collect();
    if edit.lines.is_some() {
        changes.push(whole(Whose::Lines));
    }
    // That it was changed goes without saying where what was changed is said.
    if changes.len() > 1 {
        changes.retain(|change| change.field != Some(Field::UpdatedAt));
    }
    changes
}

/// What differs between what the card shows and what was read again.
pub fn changes(
    card: &StampDialog,
    record: &Record,
    receiver: &Record,
    items: &BTreeMap<Id, Record>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(shown) = &card.record {
        changes.extend(of_document(shown, record));
    }
    if let Some(shown) = &card.receiver {
        changes.extend(between(shown, receiver, &OF_RECEIVER, &Whose::Receiver));
    }
    for (id, now) in items {
        if let Some(shown) = card.items.as_ref().and_then(|items| items.get(id)) {
            let whose = Whose::Item(shown.title().to_owned());
            changes.extend(between(shown, now, &OF_ITEM, &whose));
        }
    }
    if changes.is_empty() {
        changes.push(whole(Whose::Rules));
    }
    changes
}

fn between<'a>(
    shown: &'a Record,
    now: &'a Record,
    fields: &'a [Field],
    whose: &'a Whose,
) -> impl Iterator<Item = Change> + 'a {
    fields
        .iter()
        .filter(|field| shown.get(**field) != now.get(**field))
        .map(|field| Change {
            whose: whose.clone(),
            field: Some(*field),
            before: shown.get(*field).cloned(),
            after: now.get(*field).cloned(),
        })
}

fn whole(whose: Whose) -> Change {
    Change {
        whose,
        field: None,
        before: None,
        after: None,
    }
}
