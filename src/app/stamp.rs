//! The pre-flight card of a stamp: reads the record again, judges it, asks, and follows the intent to its end. Over the
//! form of a new document it judges what stands there, and a yes makes and stamps it in one request.
//!
//! It sends nothing by itself: confirming makes an intent, and [`super::outbox`] moves that. The card can be closed at
//! any moment; the intent goes on without it.

mod barred;
mod creation;
mod judge;
mod recheck;
mod refusal;
mod settled;
pub mod sheet;
mod typing;

use std::collections::BTreeMap;

use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent, IntentId, Progress, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::sat::assembly::items_of;

use super::companies;
use super::keymap::Action;
use super::line::Line;
use super::list::Step;
use super::model::{Layer, Model};
use super::msg::{Effect, Folios, Freshness, Request, Slot, Source, Trouble, TroubleSort};
use super::notice::{Notice, Tone};
use recheck::Again;
use sheet::Sheet;

pub use barred::barred;
pub use creation::open_new;
pub use judge::{Judgement, judge};
pub use recheck::{Change, Whose, of_document as changed};
pub use refusal::{Fault, fault};
use settled::correct;
pub use settled::{open_at_fault, settled};
pub use typing::{Asked, type_in};

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

/// What is to be stamped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// The document with this id.
    Saved(Id),
    /// What stands in the form below; it is made in the same request.
    Form,
}

/// State of the card.
#[derive(Clone, Debug)]
pub struct StampDialog {
    /// Of which resource.
    pub kind: Kind,
    /// Which document; once the one of a form was made, that one.
    pub of: Of,
    /// The document as shown; replaced when it was read again.
    pub record: Option<Record>,
    /// What differs from what was shown before the last reading.
    pub changed: Vec<Change>,
    /// The receiver's contact.
    pub receiver: Option<Record>,
    /// The items of the lines; none until they were read.
    pub items: Option<BTreeMap<Id, Record>>,
    /// What the second reading brought so far; none before a yes.
    again: Option<Again>,
    /// What the rules say; none until everything is here.
    pub judgement: Option<Judgement>,
    /// How far.
    pub phase: Phase,
    /// What this program spent so far; none until its log was read.
    pub folios: Option<Folios>,
    /// The total as somebody types it, where it is large enough to be typed; none where it is not.
    pub typed_total: Option<Line>,
    /// The end of the RFC as somebody types it, where other books were gone over to; none where it is not asked.
    pub typed_rfc: Option<Line>,
    /// Whether Yes is selected. No is where it begins, and where it falls back to after every reading.
    pub yes: bool,
    /// The first row of the findings on screen.
    pub top: usize,
}

impl StampDialog {
    fn new(kind: Kind, of: Of) -> Self {
        Self {
            kind,
            of,
            record: None,
            changed: Vec::new(),
            receiver: None,
            items: None,
            again: None,
            judgement: None,
            phase: Phase::Reading,
            folios: None,
            typed_total: None,
            typed_rfc: None,
            yes: false,
            top: 0,
        }
    }

    /// Whether it is about this document.
    fn is_about(&self, record: &Record) -> bool {
        self.kind == record.kind && self.of == Of::Saved(record.id.clone())
    }

    /// Whether nothing but the room on screen and what stands in the model can bar a yes.
    fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
            && self.total_is_typed()
            && self
                .judgement
                .as_ref()
                .is_some_and(|judgement| judgement.errors() == 0)
    }
}

/// Serie and folio of the document of a card, or that it is not saved yet.
pub fn title(model: &Model, card: &StampDialog, record: &Record) -> String {
    match card.of {
        Of::Saved(_) => model.title_of(record),
        Of::Form => model.words.text("stamp-not-saved-yet"),
    }
}

/// Whether a yes would be taken: everything is here and in order, and everything that has to be seen has room.
pub fn can_confirm(model: &Model, card: &StampDialog) -> bool {
    let typed = card.typed_rfc.as_ref().map_or("", Line::text);
    card.is_ready()
        && !model.masked
        && companies::is_rfc_typed(model, typed)
        && Sheet::of(model, card).is_some_and(|sheet| sheet.fits(model.size))
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
    let card = StampDialog::new(record.kind, Of::Saved(record.id.clone()));
    model.layers.push(Layer::Stamp(Box::new(card)));
    vec![
        read(model, record.kind, record.id),
        model.ask(Slot::Folios, Request::Folios),
    ]
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
    if card(model).is_some_and(|card| matches!(card.phase, Phase::Acting(_))) {
        return Vec::new();
    }
    let Some(card) = card(model).filter(|card| card.is_about(&record)) else {
        return Vec::new();
    };
    if let Some(notice) = bar {
        card.yes = false;
        card.phase = Phase::Barred(notice);
        card.record = Some(record);
        return super::update::refresh_behind(model);
    }
    if card.phase == Phase::Verifying
        && card
            .record
            .as_ref()
            .is_some_and(|shown| recheck::refers_alike(shown, &record))
    {
        card.again.get_or_insert_default().record = Some(record);
        return verified(model);
    }
    card.changed = card
        .record
        .as_ref()
        .map(|shown| recheck::of_document(shown, &record))
        .unwrap_or_default();
    card.yes = false;
    card.phase = Phase::Reading;
    card.judgement = None;
    card.receiver = None;
    card.items = None;
    card.again = None;
    card.record = Some(record.clone());
    read_around(model, &record)
}

/// Asks for what the document refers to: its receiver and the items of its lines.
fn read_around(model: &mut Model, record: &Record) -> Vec<Effect> {
    let receiver = record.link(Field::Contact).map(|link| link.id.clone());
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
                ids: items_of(record),
                freshness: Freshness::Server,
            },
        ),
    ]
}

/// The log of what this program spent was read.
pub fn folios_arrived(model: &mut Model, folios: Folios) {
    if let Some(card) = card(model) {
        card.folios = Some(folios);
    }
}

/// The receiver's contact was read.
pub fn receiver_arrived(model: &mut Model, records: &[Record]) -> Vec<Effect> {
    let Some(card) = card(model) else {
        return Vec::new();
    };
    let Some(receiver) = records.first().cloned() else {
        // A document whose receiver cannot be told is never stamped.
        failed(model, Trouble::new(TroubleSort::NotFound, ""));
        return Vec::new();
    };
    if card.phase == Phase::Verifying {
        card.again.get_or_insert_default().receiver = Some(receiver);
        return verified(model);
    }
    card.receiver = Some(receiver);
    weigh(model);
    Vec::new()
}

/// The items were read.
pub fn items_arrived(model: &mut Model, records: &[Record]) -> Vec<Effect> {
    let Some(card) = card(model) else {
        return Vec::new();
    };
    let items = records
        .iter()
        .map(|record| (record.id.clone(), record.clone()))
        .collect();
    if card.phase == Phase::Verifying {
        card.again.get_or_insert_default().items = Some(items);
        return verified(model);
    }
    card.items = Some(items);
    weigh(model);
    Vec::new()
}

/// The second reading, once all of it is here: where the judgement rests on the very same, the intent is written; else
/// the card says what changed and asks again.
fn verified(model: &mut Model) -> Vec<Effect> {
    let Some((record, receiver, items)) = card(model).and_then(|card| card.again.as_ref()?.whole())
    else {
        return Vec::new();
    };
    // Of a form nothing is read again: what stands there now is what would be sent.
    let record = creation::stands_there(model).unwrap_or(record);
    let judgement = judge(model, &record, Some(&receiver), &items);
    let Some(card) = card(model) else {
        return Vec::new();
    };
    card.again = None;
    let same =
        card.record.as_ref() == Some(&record) && judgement.is_some() && judgement == card.judgement;
    if same {
        return commit(model);
    }
    card.changed = recheck::changes(card, &record, &receiver, &items);
    card.yes = false;
    card.phase = Phase::Reading;
    card.judgement = None;
    card.record = Some(record);
    card.receiver = Some(receiver);
    card.items = Some(items);
    weigh(model);
    Vec::new()
}

/// Whether the issuer and every tax on the lines are known, so that nothing is judged that is only half here.
pub fn is_surveyed(model: &Model, record: &Record) -> bool {
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
    let asks_rfc = companies::rfc_to_type(model).is_some();
    if let Some(card) = card(model)
        && matches!(card.phase, Phase::Reading | Phase::Ready)
        && let Some(judgement) = judgement
        && card.judgement.as_ref() != Some(&judgement)
    {
        card.yes = false;
        let total = judgement.totals.as_ref().map(|totals| totals.total);
        let is_large = threshold.is_some_and(|from| total.is_none_or(|total| total >= from));
        card.typed_total = is_large.then(Line::default);
        card.typed_rfc = asks_rfc.then(Line::default);
        card.judgement = Some(judgement);
        card.phase = Phase::Ready;
        card.top = 0;
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

/// Enter: does what the selected button says.
pub fn confirm(model: &mut Model) -> Vec<Effect> {
    let yes = on_top(model).is_some_and(|card| card.yes && can_confirm(model, card));
    let Some(card) = card(model) else {
        return Vec::new();
    };
    match card.phase.clone() {
        Phase::Ready if yes => {
            card.phase = Phase::Verifying;
            let (kind, of) = (card.kind, card.of.clone());
            let shown = card.record.clone();
            card.again = Some(match of {
                Of::Saved(_) => Again::default(),
                Of::Form => Again::over(shown.clone()),
            });
            // All that the judgement rests on is read once more, at the same time.
            let mut effects = Vec::new();
            if let Of::Saved(id) = of {
                effects.push(read(model, kind, id));
            }
            if let Some(shown) = shown {
                effects.extend(read_around(model, &shown));
            }
            effects
        }
        Phase::Acting(intent) if card.yes => go_on(model, &intent),
        Phase::Verifying => Vec::new(),
        // What was typed is not lost by an Enter too many.
        Phase::Ready if card.has_typed() => {
            model.say(Notice::new(Tone::Info, "choose-yes"));
            Vec::new()
        }
        _ => {
            model.layers.pop();
            Vec::new()
        }
    }
}

/// Tab and its like: the other button.
pub fn next_button(model: &mut Model) {
    let possible = refused_intent(model).is_some()
        || replacing(model).is_some()
        || on_top(model).is_some_and(|card| can_confirm(model, card));
    let is_asked_for = on_top(model).is_some_and(|card| {
        card.phase == Phase::Ready && (card.typed_total.is_some() || card.typed_rfc.is_some())
    });
    if let Some(card) = card(model) {
        card.yes = !card.yes && possible;
    }
    if is_asked_for && !possible {
        model.say(Notice::new(Tone::Info, "stamp-type-first"));
    }
}

fn on_top(model: &Model) -> Option<&StampDialog> {
    match model.layers.last() {
        Some(Layer::Stamp(card)) => Some(card),
        _ => None,
    }
}

/// The names of the two buttons of the card on top, as keys of the words; none where there is but one.
pub fn buttons(model: &Model) -> Option<[&'static str; 2]> {
    let card = on_top(model)?;
    match card.phase {
        Phase::Ready => Some(["button-no", "button-stamp"]),
        Phase::Acting(_) if refused_intent(model).is_some() => {
            Some(["button-close", "button-correct"])
        }
        Phase::Acting(_) if replacing(model).is_some() => {
            Some(["button-close", "button-cancel-replaced"])
        }
        _ => None,
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

/// The invoice that is to be cancelled next, where the card shows that its substitute was stamped.
pub fn replacing(model: &Model) -> Option<&Id> {
    let Phase::Acting(id) = &on_top(model)?.phase else {
        return None;
    };
    let thread = super::cancel::thread::goes_on(model, model.intents.get(id)?)?;
    Some(&thread.what.replaced)
}

/// The button that goes on: to what has to be corrected, or to the invoice that was replaced.
fn go_on(model: &mut Model, intent: &IntentId) -> Vec<Effect> {
    match replacing(model).cloned() {
        Some(replaced) => {
            model.layers.pop();
            super::cancel::thread::cancel(model, &replaced)
        }
        None => correct(model, intent),
    }
}

fn commit(model: &mut Model) -> Vec<Effect> {
    let target = match card(model).map(|card| card.of.clone()) {
        Some(Of::Saved(id)) => id,
        Some(Of::Form) => return creation::commit(model),
        None => return Vec::new(),
    };
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
        act: Act::Stamp(target),
        snapshot,
        baseline: Vec::new(),
        editor: None,
        planned_at: now,
        progress: Progress::Planned,
    };
    card.phase = Phase::Acting(id.clone());
    card.yes = false;
    companies::rfc_given(model);
    model.intents.insert(id, intent.clone());
    vec![Effect::Commit(Box::new(intent))]
}

/// The findings of the card move up or down.
pub fn scroll(model: &mut Model, step: Step) {
    let last = on_top(model)
        .and_then(|card| Sheet::of(model, card))
        .map_or(0, |sheet| sheet.last_top(model.size));
    if let Some(card) = card(model) {
        card.top = step.apply(card.top.min(last), last + 1);
    }
}

/// Rows of findings that are on screen at once.
pub fn findings_rows(model: &Model) -> usize {
    on_top(model)
        .and_then(|card| Sheet::of(model, card))
        .map_or(1, |sheet| sheet.visible(model.size))
}

/// A record was read behind the card that follows its act: it shows what it is now.
pub fn reread(model: &mut Model, record: &Record) {
    if let Some(card) = card(model)
        && matches!(card.phase, Phase::Acting(_))
        && card.is_about(record)
    {
        card.record = Some(record.clone());
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
        Phase::Ready if !can_confirm(model, card) => vec![Action::Confirm, Action::Back],
        Phase::Ready => vec![Action::NextButton, Action::Confirm, Action::Back],
        Phase::Acting(id) => match model.intents.get(id).map(|intent| &intent.progress) {
            Some(Progress::Adopted { .. }) if replacing(model).is_some() => vec![
                Action::Confirm,
                Action::NextButton,
                Action::CopyUuid,
                Action::Back,
            ],
            Some(Progress::Adopted { .. }) => vec![Action::CopyUuid, Action::Back],
            Some(Progress::Refused(_)) => vec![Action::Confirm, Action::NextButton, Action::Back],
            Some(progress) if progress.to_decide().is_some() => {
                vec![Action::Decide, Action::VerifyNow, Action::Back]
            }
            Some(Progress::Unknown { .. }) => vec![Action::VerifyNow, Action::Back],
            _ => vec![Action::Back],
        },
    }
}
