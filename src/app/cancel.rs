//! The dialog of a cancellation: reads the invoice and what hangs on it, asks for the cause, for cause 01 for what takes
//! its place, and follows the intent to its end.
//!
//! It sends nothing by itself: confirming makes an intent, and [`super::outbox`] moves that. Closing the dialog stops
//! nothing and loses nothing: what was begun for cause 01 is kept as a [`Thread`](crate::domain::substitution::Thread).

pub mod offers;
mod refusal;
pub mod sheet;
pub mod thread;

use crate::domain::cancellation::{Cause, Motive, Surroundings};
use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent, IntentId, Progress, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;
use crate::sat::cancel::{Objection, judge};

use super::key::Key;
use super::keymap::{Action, Place};
use super::line::Line;
use super::list::Step;
use super::model::{Layer, Model, StampShown};
use super::msg::{Effect, Request, Slot, Trouble, TroubleSort};
use super::notice::{Notice, Tone};
use super::stamp::Change;
use super::stamp::sheet::Sheet;
use super::update;
use offers::Offer;

pub use refusal::reading;

/// How far the dialog has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The invoice and what hangs on it are being read.
    Reading,
    /// They could not be read: nothing can be cancelled.
    Unreadable(Trouble),
    /// The server's record says that it cannot be cancelled (any more), and this is why.
    Barred(Notice),
    /// A person chooses the cause.
    Cause,
    /// Cause 01: a person chooses what takes its place.
    Substitute,
    /// All is here; a person decides.
    Ready,
    /// Decided; everything is read once more before anything is sent.
    Verifying,
    /// An intent was written; its progress tells the rest.
    Acting(IntentId),
}

/// State of the dialog.
#[derive(Clone, Debug)]
pub struct CancelDialog {
    /// Which invoice.
    pub id: Id,
    /// What was read around it; replaced by every reading.
    pub around: Option<Surroundings>,
    /// What of the invoice differs from what was shown before the last reading.
    pub changed: Vec<Change>,
    /// Whether what hangs on it, or what takes its place, differs from what was shown before.
    pub else_changed: bool,
    /// How far.
    pub phase: Phase,
    /// The selected row, where something is chosen.
    pub selected: usize,
    /// The cause, once it was chosen.
    pub cause: Option<Cause>,
    /// The invoice that takes its place, once it was chosen.
    pub substitute: Option<Record>,
    /// Serie and folio as somebody types them.
    pub typed: Line,
    /// Whether Yes is selected. No is where it begins, and where it falls back to after every reading and key.
    pub yes: bool,
    /// The first row of the warnings on screen.
    pub top: usize,
}

impl CancelDialog {
    fn new(id: Id) -> Self {
        Self {
            id,
            around: None,
            changed: Vec::new(),
            else_changed: false,
            phase: Phase::Reading,
            selected: 0,
            cause: None,
            substitute: None,
            typed: Line::default(),
            yes: false,
            top: 0,
        }
    }

    /// The invoice as it was read last.
    pub fn record(&self) -> Option<&Record> {
        Some(&self.around.as_ref()?.record)
    }

    /// What has to be typed: serie and folio, or for want of them the folio fiscal.
    pub fn expected(&self) -> Option<&str> {
        let record = self.record()?;
        match record.title() {
            "" => record.stamp.uuid().map(|uuid| uuid.as_str()),
            number => Some(number),
        }
    }

    /// Whether that was typed. Case and blanks around it count for nothing; all else does.
    fn is_typed(&self) -> bool {
        let typed = self.typed.text().trim().to_uppercase();
        self.expected()
            .is_some_and(|expected| expected.trim().to_uppercase() == typed)
    }

    /// What the SAT would object to.
    pub fn objection(&self) -> Option<Objection> {
        let own = self.record()?.stamp.uuid()?;
        let substitute = self.substitute.as_ref();
        judge(
            own,
            self.cause?,
            substitute.and_then(|record| record.stamp.uuid()),
            |_| substitute.is_some_and(|record| matches!(record.stamp, Stamp::Stamped(_))),
        )
    }

    fn motive(&self) -> Option<Motive> {
        let replacement = self.substitute.as_ref().and_then(|new| new.stamp.uuid());
        Motive::of(self.cause?, replacement.cloned())
    }

    /// The place whose keys it takes.
    pub fn place(&self) -> Place {
        match self.phase {
            Phase::Cause | Phase::Substitute => Place::Causes,
            Phase::Ready => Place::Signing,
            _ => Place::Dialog,
        }
    }
}

fn dialog(model: &mut Model) -> Option<&mut CancelDialog> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Cancel(dialog) => Some(dialog.as_mut()),
        _ => None,
    })
}

fn on_top(model: &Model) -> Option<&CancelDialog> {
    match model.layers.last() {
        Some(Layer::Cancel(dialog)) => Some(dialog),
        _ => None,
    }
}

/// Why a record cannot be cancelled; none when it can.
pub fn barred(model: &Model, record: &Record) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    match record.kind {
        Kind::Invoices => {}
        Kind::CreditNotes => return no("reason-notes-not-cancelled"),
        _ => return no("reason-never-cancelled"),
    }
    if model.read_only {
        return no("reason-read-only");
    }
    match model.stamp_of(record) {
        StampShown::NotRead => no("reason-not-read"),
        StampShown::Unstamped | StampShown::Refused => match record.status() {
            Status::Draft => no("reason-draft-not-cancelled"),
            _ => no("reason-unstamped-not-cancelled"),
        },
        StampShown::Sending | StampShown::CancelSending => no("reason-sending"),
        StampShown::Unknown => no("reason-unknown"),
        StampShown::CancelPending => no("reason-cancel-pending"),
        StampShown::Cancelled => no("reason-cancelled"),
        StampShown::Stamped => match model
            .intent_on(record.kind, &record.id)
            .is_some_and(|intent| intent.progress.is_open())
        {
            true => no("reason-unknown"),
            false => None,
        },
    }
}

/// Opens the dialog for the invoice that the page is about.
pub fn open(model: &mut Model) -> Vec<Effect> {
    match model.subject().map(|record| record.id.clone()) {
        Some(id) => open_for(model, id),
        None => Vec::new(),
    }
}

/// Opens the dialog for an invoice. Where its replacement was begun, it goes on from there. Whether the substitute is
/// stamped is read with the rest: what is known of it here may be older than its stamp.
fn open_for(model: &mut Model, id: Id) -> Vec<Effect> {
    let substitute = model
        .thread_of(&id)
        .and_then(|thread| thread.what.substitute.clone());
    model
        .layers
        .push(Layer::Cancel(Box::new(CancelDialog::new(id.clone()))));
    vec![model.ask(Slot::Cancelling, Request::Cancelling { id, substitute })]
}

/// The invoice was read, with everything around it.
pub fn arrived(model: &mut Model, around: Surroundings) -> Vec<Effect> {
    let bar = barred(model, &around.record);
    let begun = model
        .thread_of(&around.record.id)
        .map(|thread| thread.step());
    let Some(dialog) = dialog(model).filter(|dialog| {
        dialog.id == around.record.id && !matches!(dialog.phase, Phase::Acting(_))
    }) else {
        return Vec::new();
    };
    dialog.yes = false;
    if let Some(notice) = bar {
        dialog.phase = Phase::Barred(notice);
        dialog.around = Some(around);
        return update::refresh_behind(model);
    }
    if dialog.phase == Phase::Verifying {
        return verified(model, around);
    }
    match (&around.substitute, begun) {
        (Some(substitute), _) if matches!(substitute.stamp, Stamp::Stamped(_)) => {
            dialog.cause = Some(Cause::Replaced);
            dialog.substitute = Some(substitute.clone());
            dialog.phase = Phase::Ready;
        }
        (_, Some(_)) => {
            dialog.cause = Some(Cause::Replaced);
            dialog.phase = Phase::Substitute;
        }
        _ => dialog.phase = Phase::Cause,
    }
    dialog.selected = 0;
    dialog.around = Some(around);
    Vec::new()
}

/// The second reading: where everything is as it was shown, the intent is written; else the dialog says what changed and
/// asks again.
fn verified(model: &mut Model, now: Surroundings) -> Vec<Effect> {
    let Some(dialog) = dialog(model) else {
        return Vec::new();
    };
    let Some(shown) = dialog.around.take() else {
        return Vec::new();
    };
    dialog.changed = super::stamp::changed(&shown.record, &now.record);
    dialog.else_changed = shown.hanging != now.hanging
        || dialog.substitute.as_ref().map(|record| &record.stamp)
            != now.substitute.as_ref().map(|record| &record.stamp);
    if now.substitute.is_some() {
        dialog.substitute.clone_from(&now.substitute);
    }
    let same = shown.record == now.record && !dialog.else_changed;
    dialog.around = Some(now);
    if same && dialog.objection().is_none() {
        return commit(model);
    }
    dialog.phase = Phase::Ready;
    dialog.typed = Line::default();
    dialog.top = 0;
    Vec::new()
}

fn commit(model: &mut Model) -> Vec<Effect> {
    let id = model.name_intent();
    let (company, now) = (model.company_id.clone(), model.now);
    let Some(dialog) = dialog(model) else {
        return Vec::new();
    };
    let (Some(record), Some(motive)) = (dialog.record(), dialog.motive()) else {
        return Vec::new();
    };
    let intent = Intent {
        id: id.clone(),
        company,
        kind: Kind::Invoices,
        act: Act::Cancel {
            id: dialog.id.clone(),
            motive,
        },
        snapshot: Snapshot::of(record),
        baseline: Vec::new(),
        editor: None,
        planned_at: now,
        progress: Progress::Planned,
    };
    dialog.phase = Phase::Acting(id);
    dialog.yes = false;
    update::commit(model, intent)
}

/// Something that the dialog waits for could not be read.
pub fn failed(model: &mut Model, trouble: Trouble) {
    if let Some(dialog) = dialog(model)
        && matches!(dialog.phase, Phase::Reading | Phase::Verifying)
    {
        dialog.phase = Phase::Unreadable(trouble);
        dialog.yes = false;
    }
}

/// The invoice is not there any more.
pub fn gone(model: &mut Model) {
    failed(model, Trouble::new(TroubleSort::NotFound, ""));
}

/// Rows to choose from.
pub fn rows(model: &Model) -> usize {
    match on_top(model).map(|dialog| &dialog.phase) {
        Some(Phase::Cause) => Cause::ALL.len(),
        Some(Phase::Substitute) => offers::of(model).len(),
        _ => 0,
    }
}

/// Moves over the rows to choose from, or over the warnings.
pub fn step(model: &mut Model, step: Step) {
    let count = rows(model);
    let last = on_top(model)
        .and_then(|dialog| sheet::of(model, dialog))
        .map_or(0, |sheet| sheet.last_top(model.size));
    if let Some(dialog) = dialog(model) {
        match dialog.phase {
            Phase::Cause | Phase::Substitute => {
                dialog.selected = step.apply(dialog.selected, count);
            }
            _ => dialog.top = step.apply(dialog.top.min(last), last + 1),
        }
    }
}

/// A row was pointed at: selected, never chosen.
pub fn point_at(model: &mut Model, row: usize) {
    let count = rows(model);
    if let Some(dialog) = dialog(model).filter(|_| row < count) {
        dialog.selected = row;
    }
}

/// The row with this number is chosen.
pub fn pick(model: &mut Model, number: u8) -> Vec<Effect> {
    let row = usize::from(number).saturating_sub(1);
    if row >= rows(model) {
        return Vec::new();
    }
    point_at(model, row);
    choose(model)
}

/// Enter on a row.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(top) = on_top(model) else {
        return Vec::new();
    };
    match top.phase {
        Phase::Cause => choose_cause(model),
        Phase::Substitute => {
            let offer = offers::of(model).into_iter().nth(top.selected);
            match offer {
                Some(offer) => take(model, offer),
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn choose_cause(model: &mut Model) -> Vec<Effect> {
    let Some(cause) = on_top(model).and_then(|top| Cause::ALL.get(top.selected).copied()) else {
        return Vec::new();
    };
    if let Some(reason) = on_top(model).and_then(|top| sheet::cause_barred(top, cause)) {
        model.say(Notice::new(Tone::Warning, reason.words_key()));
        return Vec::new();
    }
    if let Some(dialog) = dialog(model) {
        dialog.cause = Some(cause);
        dialog.selected = 0;
        dialog.top = 0;
        dialog.substitute = None;
        dialog.phase = match cause {
            Cause::Replaced => Phase::Substitute,
            Cause::Errors | Cause::NotDone | Cause::InGlobal => Phase::Ready,
        };
    }
    Vec::new()
}

/// Takes an offer for cause 01.
fn take(model: &mut Model, offer: Offer) -> Vec<Effect> {
    match offer {
        Offer::Take(record) => {
            let id = record.id.clone();
            if let Some(dialog) = dialog(model) {
                dialog.substitute = Some(*record);
                dialog.phase = Phase::Ready;
                dialog.selected = 0;
            }
            thread::chosen(model, id)
        }
        Offer::GoOn(record) => {
            model.layers.pop();
            update::show_id(model, Kind::Invoices, record.id)
        }
        Offer::Make => thread::make(model),
        Offer::Forget => {
            let replaced = dialog(model).map(|dialog| dialog.id.clone());
            if let Some(dialog) = dialog(model) {
                dialog.phase = Phase::Cause;
                dialog.cause = None;
                dialog.selected = 0;
            }
            match replaced {
                Some(replaced) => thread::forget(model, &replaced),
                None => Vec::new(),
            }
        }
    }
}

/// Esc: one step back. Whether the dialog closes.
pub fn back(dialog: &mut CancelDialog) -> bool {
    let before = match (&dialog.phase, dialog.cause) {
        (Phase::Ready, Some(Cause::Replaced)) => Phase::Substitute,
        (Phase::Ready | Phase::Substitute, _) => Phase::Cause,
        _ => return true,
    };
    dialog.selected = match (&before, dialog.cause) {
        (Phase::Cause, Some(cause)) => Cause::ALL
            .iter()
            .position(|other| *other == cause)
            .unwrap_or(0),
        _ => 0,
    };
    dialog.phase = before;
    dialog.typed = Line::default();
    dialog.yes = false;
    dialog.changed.clear();
    dialog.else_changed = false;
    false
}

/// Whether a yes would be taken: everything is here and in order, typed, and on screen.
pub fn can_confirm(model: &Model, dialog: &CancelDialog) -> bool {
    dialog.phase == Phase::Ready
        && dialog.is_typed()
        && dialog.objection().is_none()
        && sheet::of(model, dialog).is_some_and(|sheet: Sheet| sheet.fits(model.size))
}

/// A key that is no action goes into the field. Whether it took it.
pub fn key(model: &mut Model, key: Key) -> bool {
    let Some(dialog) = dialog(model).filter(|dialog| dialog.phase == Phase::Ready) else {
        return false;
    };
    dialog.yes = false;
    dialog.typed.key(key)
}

/// Tab: the other button.
pub fn next_button(model: &mut Model) {
    let possible = on_top(model).is_some_and(|top| can_confirm(model, top));
    if let Some(dialog) = dialog(model) {
        dialog.yes = !dialog.yes && possible;
    }
    if !possible && on_top(model).is_some_and(|top| top.phase == Phase::Ready) {
        model.say(Notice::new(Tone::Warning, "cancel-type-first"));
    }
}

/// Enter: does what the selected button says.
pub fn confirm(model: &mut Model) -> Vec<Effect> {
    let yes = on_top(model).is_some_and(|top| top.yes && can_confirm(model, top));
    let Some(top) = dialog(model) else {
        return Vec::new();
    };
    match top.phase {
        Phase::Ready if yes => {
            top.phase = Phase::Verifying;
            let id = top.id.clone();
            let substitute = top.substitute.as_ref().map(|record| record.id.clone());
            vec![model.ask(Slot::Cancelling, Request::Cancelling { id, substitute })]
        }
        Phase::Verifying => Vec::new(),
        // What was typed is not lost by an Enter too many.
        Phase::Ready if !top.typed.text().is_empty() => {
            model.say(Notice::new(Tone::Info, "choose-yes"));
            Vec::new()
        }
        _ => {
            model.layers.pop();
            Vec::new()
        }
    }
}

/// The names of the two buttons of the dialog on top, as keys of the words; none where there is but one.
pub fn buttons(model: &Model) -> Option<[&'static str; 2]> {
    matches!(on_top(model)?.phase, Phase::Ready).then_some(["button-no", "button-cancel"])
}

/// Whether the dialog on top follows this intent.
pub fn is_shown(model: &Model, intent: &IntentId) -> bool {
    on_top(model).is_some_and(|top| top.phase == Phase::Acting(intent.clone()))
}

/// The intent that the dialog on top follows.
pub fn followed(model: &Model) -> Option<&Intent> {
    match &on_top(model)?.phase {
        Phase::Acting(id) => model.intents.get(id),
        _ => None,
    }
}

/// The actions that the dialog has keys for, so that its footer names them.
pub fn dialog_actions(model: &Model) -> Vec<Action> {
    match on_top(model).map(|top| &top.phase) {
        Some(Phase::Cause | Phase::Substitute) => {
            vec![Action::Choose, Action::Back]
        }
        Some(Phase::Ready) => vec![Action::NextButton, Action::Confirm, Action::Back],
        Some(Phase::Acting(_)) => match followed(model).map(|intent| &intent.progress) {
            Some(progress) if progress.to_decide().is_some() => {
                vec![Action::Decide, Action::VerifyNow, Action::Back]
            }
            Some(Progress::Unknown { .. } | Progress::Awaiting { .. }) => {
                vec![Action::VerifyNow, Action::Back]
            }
            _ => vec![Action::Back],
        },
        _ => vec![Action::Back],
    }
}

/// What is said about a cancellation that moved on; none where that is said as of any act.
pub fn notice_of(progress: &Progress) -> Option<Notice> {
    Some(match progress {
        Progress::Adopted { .. } => Notice::new(Tone::Done, "notice-cancelled"),
        Progress::Awaiting { .. } => Notice::new(Tone::Warning, "notice-cancel-pending"),
        Progress::Declined => Notice::new(Tone::Warning, "notice-cancel-declined"),
        Progress::Refused(refusal) => Notice::new(Tone::Error, "notice-cancel-refused")
            .with("code", refusal.code.clone())
            .with("text", refusal.text.clone()),
        Progress::Released => Notice::new(Tone::Warning, "notice-cancel-released"),
        _ => return None,
    })
}

/// Company and RFC of the books, as they stand in the dialog.
pub fn company(model: &Model) -> String {
    model.company.value().map_or_else(String::new, |company| {
        format!("{} · {}", company.name, company.rfc)
    })
}

/// Receiver and RFC of an invoice.
pub fn receiver(record: &Record) -> String {
    format!(
        "{} · {}",
        record.text(Field::Contact),
        record.text(Field::Rfc)
    )
}

#[cfg(test)]
mod tests;
