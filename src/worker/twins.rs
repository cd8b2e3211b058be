//! Finding the record that a create may have made: among what is newer than the newest records before it was sent.

use std::sync::Arc;

use crate::api::{ApiError, Books, Fetched};
use crate::domain::edit::Edit;
use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Id, Line, Record};

use super::Shared;

/// So many of the newest records are remembered before a create is sent.
const REMEMBERED: usize = 30;

/// How many of the newest records are looked through, one step after the other, until one is met that was there before.
const DEPTHS: [usize; 3] = [REMEMBERED, 300, 3000];

/// What looking for the record of a create found.
pub enum Twins {
    /// None of the records made since could be it.
    None,
    /// Exactly one could be it.
    One(Box<Fetched>),
    /// Several could be it, or one of which too little is known: a person decides.
    Doubtful(Vec<Id>),
    /// So many were made since that not all of them could be looked through.
    TooMany,
}

/// The ids of the newest records of a kind, to be remembered before a create is sent.
pub async fn baseline<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
) -> Result<Vec<Id>, ApiError> {
    let newest = shared.books.newest(kind, REMEMBERED).await?;
    Ok(newest.into_iter().map(|row| row.record.id).collect())
}

/// Looks for the record of a create.
pub async fn find<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
) -> Result<Twins, ApiError> {
    for depth in DEPTHS {
        let newest = shared.books.newest(intent.kind, depth).await?;
        let is_whole = newest.len() < depth
            || newest
                .iter()
                .any(|row| intent.baseline.contains(&row.record.id));
        if is_whole {
            return Ok(among(newest, intent));
        }
    }
    Ok(Twins::TooMany)
}

fn among(newest: Vec<Fetched>, intent: &Intent) -> Twins {
    let mut sure = Vec::new();
    let mut doubtful = Vec::new();
    for row in newest {
        if intent.baseline.contains(&row.record.id) {
            continue;
        }
        match likeness(&row.record, intent) {
            Likeness::Other => {}
            Likeness::Same => sure.push(row),
            Likeness::Unsure => doubtful.push(row.record.id),
        }
    }
    match (sure.len(), doubtful.len()) {
        (0, 0) => Twins::None,
        (1, 0) => sure
            .pop()
            .map_or(Twins::None, |row| Twins::One(Box::new(row))),
        _ => {
            doubtful.extend(sure.into_iter().map(|row| row.record.id));
            Twins::Doubtful(doubtful)
        }
    }
}

enum Likeness {
    Other,
    Same,
    Unsure,
}

/// Same contact, day, total and lines; for records without a contact the same name and RFC. What one side does not know
/// leaves it unsure, never the same.
fn likeness(record: &Record, intent: &Intent) -> Likeness {
    let asked = &intent.snapshot;
    let contact = record.link(Field::Contact).map(|link| &link.id);
    if contact.is_none() && asked.contact_id.is_none() {
        return if record.text(Field::Name) == asked.contact && record.text(Field::Rfc) == asked.rfc
        {
            Likeness::Same
        } else {
            Likeness::Other
        };
    }
    if contact != asked.contact_id.as_ref() || record.date(Field::Date) != asked.date {
        return Likeness::Other;
    }
    let lines = match &intent.act {
        Act::Create(edit) => same_lines(edit, record),
        Act::Stamp(_) | Act::Delete(_) => None,
    };
    match (near(record.money(Field::Total), asked.total), lines) {
        (Some(false), _) | (_, Some(false)) => Likeness::Other,
        (Some(true), Some(true)) => Likeness::Same,
        _ => Likeness::Unsure,
    }
}

/// Whether two totals are the same but for cents that the server may round otherwise; nothing where one is unknown.
fn near(one: Option<Money>, other: Option<Money>) -> Option<bool> {
    let (one, other) = (one?, other?);
    let (more, less) = (one.max(other), one.min(other));
    Some((more - less).cents().is_some_and(|cents| cents <= 10))
}

/// Whether the same items stand there in the same quantities and order; nothing where lines are unknown.
fn same_lines(edit: &Edit, record: &Record) -> Option<bool> {
    let asked = edit.lines.as_deref().unwrap_or_default();
    if asked.is_empty() {
        return Some(true);
    }
    if record.lines.is_empty() {
        return None;
    }
    let what = |line: &Line| {
        (
            line.item.as_ref().map(|item| item.id.clone()),
            line.quantity,
        )
    };
    Some(asked.iter().map(what).eq(record.lines.iter().map(what)))
}
