//! The pre-flight card of a stamp: reads the record again, judges it, asks, and follows the intent to its end.
//!
//! It sends nothing by itself: confirming makes an intent, and [`super::outbox`] moves that. The card can be closed at
//! any moment; the intent goes on without it.

mod judge;
mod refusal;

use std::collections::BTreeMap;

use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent, IntentId, Progress, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::sat::assembly::items_of;

use super::key::Key;
use super::keymap::Action;
use super::line::Line;
use super::model::{Layer, Model};
use super::msg::{Effect, Freshness, Request, Slot, Source, Trouble, TroubleSort};
use super::notice::{Notice, Tone};

pub use judge::{Judgement, judge};
pub use refusal::{Fault, fault};

/// How far the card has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The record and what it refers to are being read.
    Reading,
    /// They could not be read: nothing can be stamped.
    Unreadable(Trouble),
    /// The server's record says that it cannot be stamped (any more), and this is why.
    Barred(Notice),
    /// All is here; a person decides.
    Ready,
    /// Decided; the record is read once more before anything is sent.
    Verifying,
    /// An intent was written; its progress tells the rest.
    Acting(IntentId),
}

/// State of the card.
#[derive(Clone, Debug)]
pub struct StampDialog {
    /// Of which resource.
    pub kind: Kind,
    /// Which document.
    pub id: Id,
    /// The document as shown; replaced when it was read again.
    pub record: Option<Record>,
    /// What differs from what was shown before the last reading.
    pub changed: Vec<Field>,
    /// The receiver's contact.
    pub receiver: Option<Record>,
    /// The items of the lines; none until they were read.
    pub items: Option<BTreeMap<Id, Record>>,
    /// What the rules say; none until everything is here.
    pub judgement: Option<Judgement>,
    /// How far.
    pub phase: Phase,
    /// The total as somebody types it, where it is large enough to be typed; none where it is not.
    pub typed_total: Option<Line>,
    /// Whether Yes is selected. No is where it begins, and where it falls back to after every reading.
    pub yes: bool,
}

impl StampDialog {
    fn new(record: &Record) -> Self {
        Self {
            kind: record.kind,
            id: record.id.clone(),
            record: None,
            changed: Vec::new(),
            receiver: None,
            items: None,
            judgement: None,
            phase: Phase::Reading,
            typed_total: None,
            yes: false,
        }
    }

    /// Whether the total was typed as it is shown, where it has to be.
    fn total_is_typed(&self) -> bool {
        let Some(typed) = &self.typed_total else {
            return true;
        };
        let shown = self
            .judgement
            .as_ref()
            .and_then(|judgement| judgement.totals.as_ref())
            .map(|totals| totals.total);
        shown.is_some() && shown == typed.text().replace([',', '$', ' '], "").parse().ok()
    }

    /// Whether a yes would be taken.
    pub fn can_confirm(&self) -> bool {
        self.phase == Phase::Ready
            && self.total_is_typed()
            && self
                .judgement
                .as_ref()
                .is_some_and(|judgement| judgement.errors() == 0)
    }
}

fn card(model: &mut Model) -> Option<&mut StampDialog> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Stamp(card) => Some(card.as_mut()),
        _ => None,
    })
}

/// Opens the card for the record that the page is about.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(record) = model.subject().cloned() else {
        return Vec::new();
    };
    model
        .layers
        .push(Layer::Stamp(Box::new(StampDialog::new(&record))));
    vec![read(model, record.kind, record.id)]
}

fn read(model: &mut Model, kind: Kind, id: Id) -> Effect {
    model.ask(
        Slot::Fresh,
        Request::Record {
            kind,
            id,
            freshness: Freshness::Server,
        },
    )
}

/// The record was read from the server.
pub fn fresh(model: &mut Model, record: Record, source: Source) -> Vec<Effect> {
    if source != Source::Native {
        return Vec::new();
    }
    // Somebody else may have stamped or voided it since the page was read.
    let bar = barred(model, &record);
    let Some(card) = card(model).filter(|card| card.kind == record.kind && card.id == record.id)
    else {
        return Vec::new();
    };
    if let Some(notice) = bar {
        card.yes = false;
        card.phase = Phase::Barred(notice);
        card.record = Some(record);
        return super::update::refresh_behind(model);
    }
    let verifying = card.phase == Phase::Verifying;
    let same = card.record.as_ref().is_some_and(|shown| *shown == record);
    if verifying && same {
        return commit(model);
    }
    card.changed = card
        .record
        .as_ref()
        .map(|shown| differences(shown, &record))
        .unwrap_or_default();
    card.yes = false;
    card.phase = Phase::Reading;
    card.judgement = None;
    card.receiver = None;
    card.items = None;
    let receiver = record.link(Field::Contact).map(|link| link.id.clone());
    let items = items_of(&record);
    card.record = Some(record);
    vec![
        model.ask(
            Slot::CardReceiver,
            Request::Records {
                kind: Kind::Customers,
                ids: receiver.into_iter().collect(),
                freshness: Freshness::Server,
            },
        ),
        model.ask(
            Slot::CardItems,
            Request::Records {
                kind: Kind::InvoiceItems,
                ids: items,
                freshness: Freshness::Server,
            },
        ),
    ]
}

/// The receiver's contact was read.
pub fn receiver_arrived(model: &mut Model, records: &[Record]) {
    match (card(model), records.first()) {
        (Some(card), Some(receiver)) => card.receiver = Some(receiver.clone()),
        // A document whose receiver cannot be told is never stamped.
        (Some(_), None) => failed(model, Trouble::new(TroubleSort::NotFound, "")),
        (None, _) => {}
    }
    weigh(model);
}

/// The items were read.
pub fn items_arrived(model: &mut Model, records: &[Record]) {
    if let Some(card) = card(model) {
        card.items = Some(
            records
                .iter()
                .map(|record| (record.id.clone(), record.clone()))
                .collect(),
        );
    }
    weigh(model);
}

/// Whether the issuer and every tax on the lines are known, so that nothing is judged that is only half here.
fn is_surveyed(model: &Model, record: &Record) -> bool {
    let mut taxes = record.lines.iter().flat_map(|line| &line.taxes);
    model.company.value().is_some() && taxes.all(|tax| model.tax(&tax.id).is_some())
}

/// Judges the document when everything that the rules need is here, and again when any of it changes.
pub fn weigh(model: &mut Model) {
    let shown = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Stamp(card) => Some(card.as_ref()),
        _ => None,
    });
    let judgement = match shown {
        Some(StampDialog {
            record: Some(record),
            receiver: Some(receiver),
            items: Some(items),
            ..
        }) if is_surveyed(model, record) => judge(model, record, Some(receiver), items),
        _ => None,
    };
    let threshold = model.type_total_from;
    if let Some(card) = card(model)
        && matches!(card.phase, Phase::Reading | Phase::Ready)
        && let Some(judgement) = judgement
        && card.judgement.as_ref() != Some(&judgement)
    {
        card.yes = false;
        let total = judgement.totals.as_ref().map(|totals| totals.total);
        let is_large = threshold.is_some_and(|from| total.is_none_or(|total| total >= from));
        card.typed_total = is_large.then(Line::default);
        card.judgement = Some(judgement);
        card.phase = Phase::Ready;
    }
}

/// Something that the card waits for could not be read.
pub fn failed(model: &mut Model, trouble: Trouble) {
    if let Some(card) = card(model)
        && matches!(card.phase, Phase::Reading | Phase::Verifying)
    {
        card.phase = Phase::Unreadable(trouble);
        card.yes = false;
    }
}

/// A key that is no action: a digit of the total, where it has to be typed. Whether the card took it.
pub fn type_total(model: &mut Model, key: Key) -> bool {
    let Some(card) = card(model).filter(|card| card.phase == Phase::Ready) else {
        return false;
    };
    let taken = card
        .typed_total
        .as_mut()
        .is_some_and(|typed| typed.key(key));
    if taken {
        card.yes = false;
    }
    taken
}

/// Enter: does what the selected button says.
pub fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(card) = card(model) else {
        return Vec::new();
    };
    match card.phase.clone() {
        Phase::Ready if card.yes && card.can_confirm() => {
            card.phase = Phase::Verifying;
            let (kind, id) = (card.kind, card.id.clone());
            vec![read(model, kind, id)]
        }
        Phase::Acting(intent) if card.yes => correct(model, &intent),
        Phase::Verifying => Vec::new(),
        _ => {
            model.layers.pop();
            Vec::new()
        }
    }
}

/// Tab and its like: the other button.
pub fn next_button(model: &mut Model) {
    let refused = refused_intent(model).is_some();
    if let Some(card) = card(model) {
        card.yes = !card.yes && (card.can_confirm() || refused);
    }
}

/// Whether the card on top follows this intent.
pub fn is_shown(model: &Model, intent: &IntentId) -> bool {
    matches!(
        model.layers.last(),
        Some(Layer::Stamp(card)) if card.phase == Phase::Acting(intent.clone())
    )
}

/// The refusal that the card shows, if it does.
pub fn refused_intent(model: &Model) -> Option<&Intent> {
    let Some(Layer::Stamp(card)) = model.layers.last() else {
        return None;
    };
    let Phase::Acting(id) = &card.phase else {
        return None;
    };
    model
        .intents
        .get(id)
        .filter(|intent| matches!(intent.progress, Progress::Refused(_)))
}

fn commit(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let id = model.name_intent();
    let company = model.company_id.clone();
    let Some(card) = card(model) else {
        return Vec::new();
    };
    let Some(record) = &card.record else {
        return Vec::new();
    };
    let mut snapshot = Snapshot::of(record);
    if let Some(receiver) = &card.receiver {
        snapshot.rfc = receiver.text(Field::Rfc).to_owned();
    }
    let intent = Intent {
        id: id.clone(),
        company,
        kind: card.kind,
        act: Act::Stamp(card.id.clone()),
        snapshot,
        baseline: Vec::new(),
        planned_at: now,
        progress: Progress::Planned,
    };
    card.phase = Phase::Acting(id.clone());
    card.yes = false;
    model.intents.insert(id, intent.clone());
    vec![Effect::Commit(Box::new(intent))]
}

/// The intent of the card was settled: the button that goes on is selected where going on is harmless.
pub fn settled(model: &mut Model, intent: &IntentId) {
    let refused = model
        .intents
        .get(intent)
        .is_some_and(|intent| matches!(intent.progress, Progress::Refused(_)));
    if let Some(card) = card(model)
        && card.phase == Phase::Acting(intent.clone())
    {
        card.yes = refused;
    }
}

/// Opens what has to be corrected after a refusal, at the field at fault.
fn correct(model: &mut Model, intent: &IntentId) -> Vec<Effect> {
    let Some(Progress::Refused(refusal)) = model
        .intents
        .get(intent)
        .map(|intent| intent.progress.clone())
    else {
        return Vec::new();
    };
    let Some(Layer::Stamp(card)) = model.layers.pop() else {
        return Vec::new();
    };
    let fault = fault(&refusal);
    match (fault, card.record, card.receiver) {
        (Some(Fault::Receiver(field)), _, Some(receiver)) => {
            super::form::open_edit(model, receiver, Some(field))
        }
        (Some(Fault::Document(field)), Some(record), _) => {
            super::form::open_edit(model, record, Some(field))
        }
        (_, Some(record), _) => super::form::open_edit(model, record, None),
        _ => Vec::new(),
    }
}

fn differences(shown: &Record, now: &Record) -> Vec<Field> {
    let edit = crate::domain::edit::Edit::between(shown, now);
    let mut fields: Vec<Field> = edit.values.into_keys().collect();
    // That it was changed goes without saying where what was changed is said.
    if fields.len() > 1 {
        fields.retain(|field| *field != Field::UpdatedAt);
    }
    fields
}

/// Why the record on the page cannot be stamped; none when it can.
pub fn barred(model: &Model, record: &Record) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    if !record.kind.is_stamped() {
        return no("reason-never-stamped");
    }
    if model.read_only {
        return no("reason-read-only");
    }
    match model.stamp_of(record) {
        super::model::StampShown::NotRead => no("reason-not-read"),
        super::model::StampShown::Sending => no("reason-sending"),
        super::model::StampShown::Unknown => no("reason-unknown"),
        super::model::StampShown::Stamped
        | super::model::StampShown::CancelPending
        | super::model::StampShown::Cancelled => no("reason-stamped-already"),
        super::model::StampShown::Unstamped | super::model::StampShown::Refused => {
            match record.status() {
                crate::domain::status::Status::Voided => no("reason-voided"),
                _ => None,
            }
        }
    }
}

/// The actions that this card has keys for, so that its footer names them.
pub fn card_actions(model: &Model) -> Vec<Action> {
    let Some(Layer::Stamp(card)) = model.layers.last() else {
        return Vec::new();
    };
    match &card.phase {
        Phase::Reading | Phase::Verifying | Phase::Unreadable(_) | Phase::Barred(_) => {
            vec![Action::Back]
        }
        Phase::Ready => vec![Action::NextButton, Action::Confirm, Action::Back],
        Phase::Acting(id) => match model.intents.get(id).map(|intent| &intent.progress) {
            Some(Progress::Adopted { .. }) => vec![Action::CopyUuid, Action::Back],
            Some(Progress::Refused(_)) => vec![Action::Confirm, Action::NextButton, Action::Back],
            Some(Progress::Unknown { .. }) => vec![Action::VerifyNow, Action::Back],
            _ => vec![Action::Back],
        },
    }
}
