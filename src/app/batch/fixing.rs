//! The queue of what has to be corrected after a batch: one key goes from each refused or unready document to the next,
//! each opened at the field at fault.
//!
//! What is opened is read again first, because the one before may have mended it: a customer has more than one invoice.

use std::collections::BTreeMap;

use crate::domain::draft::Draft;
use crate::domain::field::Field;
use crate::domain::intent::{Progress, Refusal};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::sat::finding::{self, Finding, LineField, Path};

use super::super::model::{Layer, Model};
use super::super::msg::{Effect, Freshness, Request, Slot, Surrounded};
use super::super::notice::{Notice, Tone};
use super::super::{form, stamp, update};
use super::desk::{self, Lot};
use super::{Bar, Row, Seen, Stage, Standing};

/// How many documents there are to correct; none while the batch goes on.
pub fn left(model: &Model) -> usize {
    match &model.batch {
        Some(lot) if lot.batch.stage() == Stage::Over => lot
            .batch
            .rows()
            .iter()
            .filter(|row| row.is_to_fix())
            .count(),
        _ => 0,
    }
}

/// The documents of the queue: those that were to be corrected, corrected or not, and what of a queue that was stamped
/// again never left; none while the batch goes on.
pub fn to_stamp_again(model: &Model) -> Vec<Id> {
    let Some(lot) = &model.batch else {
        return Vec::new();
    };
    if lot.batch.stage() != Stage::Over {
        return Vec::new();
    }
    let rows = lot.batch.rows().iter();
    rows.filter(|row| {
        row.is_to_fix()
            || row.standing == Standing::Mended
            || (lot.is_again && row.was_left_behind())
    })
    .map(|row| row.id.clone())
    .collect()
}

/// Opens the batch again for the documents of the queue. What was refused and says the very same as then is told apart
/// as not corrected and not offered; the number of the others is typed, as always.
pub fn stamp_again(model: &mut Model) -> Vec<Effect> {
    let ids = to_stamp_again(model);
    let Some(refused) = model.batch.as_ref().map(Lot::refused_drafts) else {
        return Vec::new();
    };
    model.layers.push(Layer::Batch(desk::Dialog::default()));
    let mut effects = desk::begin(model, ids, Freshness::CacheFirst);
    if let Some(lot) = &mut model.batch {
        lot.is_again = true;
        lot.refused = refused;
    }
    effects.push(model.ask(Slot::Folios, Request::Folios));
    effects
}

/// Whether the batch is the queue of the one before it.
pub fn is_again(model: &Model) -> bool {
    model.batch.as_ref().is_some_and(|lot| lot.is_again)
}

/// Nothing of the queue is ready: that is said, and the queue stays.
pub fn nothing_corrected(model: &mut Model) {
    if matches!(model.layers.last(), Some(Layer::Batch(_))) {
        model.layers.pop();
    }
    desk::give_up(model);
    let notice = Notice::new(Tone::Info, "batch-nothing-corrected");
    model.say(notice.with("count", left(model).to_string()));
}

impl Lot {
    /// What the documents said that were refused, here or in the batch before this one, and why they were.
    fn refused_drafts(&self) -> BTreeMap<Id, (Draft, Refusal)> {
        let mut refused = self.refused.clone();
        for row in self.batch.rows() {
            if let (Some(refusal), Some(judgement)) = (row.refusal(), &row.judgement) {
                refused.insert(row.id.clone(), (judgement.draft.clone(), refusal.clone()));
            }
        }
        refused
    }
}

/// The one after the one that was opened last; the first again when all were.
fn after(lot: &Lot) -> Option<&Row> {
    let mut rows = lot.batch.rows().iter();
    if let Some(last) = &lot.fixing {
        rows.by_ref().find(|row| row.id == *last);
    }
    rows.find(|row| row.is_to_fix())
}

/// Opens the next document that has to be corrected.
pub fn next(model: &mut Model) -> Vec<Effect> {
    if matches!(model.layers.last(), Some(Layer::Batch(_))) {
        model.layers.pop();
    }
    let Some(lot) = &mut model.batch else {
        return Vec::new();
    };
    let Some(id) = after(lot).map(|row| row.id.clone()) else {
        lot.fixing = None;
        model.say(Notice::new(Tone::Info, "batch-all-visited"));
        return Vec::new();
    };
    lot.fixing = Some(id.clone());
    let request = Request::Surroundings {
        kind: Kind::Invoices,
        ids: vec![id],
        freshness: Freshness::CacheFirst,
    };
    vec![model.ask(Slot::Fix, request)]
}

/// The document was read: it opens where it is at fault. Where the rules find nothing any more the next one follows.
pub fn arrived(model: &mut Model, read: Vec<(Id, Surrounded)>) -> Vec<Effect> {
    let Some((id, read)) = read.into_iter().next() else {
        return Vec::new();
    };
    let row = model.batch.as_ref().and_then(|lot| lot.batch.row(&id));
    let Some(standing) = row.map(|row| row.standing.clone()) else {
        return Vec::new();
    };
    let Surrounded::Here {
        document,
        receiver,
        items,
    } = &read
    else {
        return skip(model);
    };
    if document.is_immutable() {
        return skip(model);
    }
    match standing {
        Standing::Acting {
            progress: Progress::Refused(refusal),
            ..
        }
        | Standing::NotReady(Bar::Uncorrected(refusal)) => {
            refused(model, &refusal, document, receiver.as_deref())
        }
        Standing::NotReady(_) => match desk::seen(model, &read) {
            Seen::Judged { judgement, .. } => {
                match judgement.findings.iter().find(|finding| finding.is_error()) {
                    Some(error) => {
                        let error = error.clone();
                        at_finding(model, &error, document, receiver.as_deref(), items)
                    }
                    None => {
                        if let Some(lot) = &mut model.batch {
                            lot.batch.mended(&id);
                        }
                        next(model)
                    }
                }
            }
            Seen::Barred(..) => skip(model),
        },
        _ => update::show_id(model, Kind::Invoices, id),
    }
}

/// What is not there any more, or is stamped by now, needs no correction.
fn skip(model: &mut Model) -> Vec<Effect> {
    next(model)
}

fn refused(
    model: &mut Model,
    refusal: &Refusal,
    document: &Record,
    receiver: Option<&Record>,
) -> Vec<Effect> {
    stamp::open_at_fault(model, refusal, Some(document.clone()), receiver.cloned())
}

/// Opens the record that has to be corrected, at the place that the finding is about.
fn at_finding(
    model: &mut Model,
    finding: &Finding,
    document: &Record,
    receiver: Option<&Record>,
    items: &BTreeMap<Id, Record>,
) -> Vec<Effect> {
    let of_receiver = match finding.path {
        Path::Field(finding::Field::ReceiverRfc) => Some(Field::Rfc),
        Path::Field(finding::Field::ReceiverName) => Some(Field::Name),
        Path::Field(finding::Field::ReceiverZip) => Some(Field::Zip),
        _ => None,
    };
    if let (Some(field), Some(receiver)) = (of_receiver, receiver) {
        return form::open_edit(model, receiver.clone(), Some(field));
    }
    let of_item = match finding.path {
        Path::Line(line, LineField::ProductKey) => Some((line, Field::ProductKey)),
        Path::Line(line, LineField::UnitKey) => Some((line, Field::Unit)),
        _ => None,
    };
    if let Some((line, field)) = of_item {
        let link = document.lines.get(line).and_then(|line| line.item.as_ref());
        if let Some(item) = link.and_then(|link| items.get(&link.id)) {
            return form::open_edit(model, item.clone(), Some(field));
        }
    }
    let effects = form::open_edit(model, document.clone(), None);
    form::focus_on_path(model, &finding.path);
    effects
}
