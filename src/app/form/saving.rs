//! From a form to the server and back: what bars a save, the intent of a new record, the changes of an old one.
//!
//! A new record is made by the outbox alone, so that it is made once (law 1); the form stays locked until its intent is
//! settled. Every no leaves the form as it is, with the cause at the field (law 2).

use crate::domain::edit::Edit;
use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent, IntentId, Progress, Refusal, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::spec::Cell;

use super::super::model::{Model, Screen};
use super::super::msg::{Effect, Trouble, TroubleSort};
use super::super::notice::{Notice, Tone};
use super::super::stamp::{Fault, fault};
use super::super::update;
use super::accepting::refers_to;
use super::held::{Held, held};
use super::keeping::{Awaited, awaited};
use super::spot::Spot;
use super::sums::Sums;
use super::waiting::wait;
use super::{Form, Saving, forget, forms, keep, on_top, weigh};

/// Saves the form on top, or says what bars it.
pub fn save(model: &mut Model) -> Vec<Effect> {
    if !may_be_saved(model) {
        return Vec::new();
    }
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    if form.base.is_none() {
        return create(model, Act::Create).map_or_else(Vec::new, |(_, effects)| effects);
    }
    let edit = form.edit();
    if edit.is_empty() {
        model.say(Notice::new(Tone::Info, "form-nothing-changed"));
        return Vec::new();
    }
    let Some(id) = edit.id.clone() else {
        return Vec::new();
    };
    let Some(opened) = form.base.clone() else {
        return Vec::new();
    };
    form.saving = Saving::Updating;
    form.waits = false;
    let slot = form.slot.clone();
    let mut effects = keep(model, |form| form.slot == slot);
    model.saves.insert((edit.kind, id));
    effects.push(Effect::Update {
        edit: Box::new(edit),
        opened: Box::new(opened),
    });
    effects
}

/// Whether the form on top could be saved as it stands. Where it could not, what bars it is said, and the focus goes to
/// the first place at fault.
pub fn may_be_saved(model: &mut Model) -> bool {
    // A form that was not finished may come back in a run that changes nothing.
    if model.read_only {
        model.say(Notice::new(Tone::Warning, "reason-read-only"));
        return false;
    }
    let Some(form) = on_top(model) else {
        return false;
    };
    if form.is_locked() {
        model.say(Notice::new(Tone::Warning, "form-locked"));
        return false;
    }
    form.tidy();
    form.tried = true;
    form.alert = None;
    weigh(model);
    let Some(form) = on_top(model) else {
        return false;
    };
    let barring: Vec<Option<Spot>> = form
        .marks
        .iter()
        .filter(|mark| mark.bars_saving)
        .map(|mark| mark.spot)
        .collect();
    let Some(first) = barring.first() else {
        return true;
    };
    if let Some(spot) = first {
        form.focus_on(*spot);
    }
    let count = barring.len().to_string();
    model.say(Notice::new(Tone::Error, "form-not-saved").with("count", count));
    false
}

/// Makes the document of the form on top and stamps it in the same request, as the card above it was told to.
pub fn create_stamped(model: &mut Model) -> Option<(IntentId, Vec<Effect>)> {
    create(model, Act::CreateAndStamp)
}

fn create(model: &mut Model, act: fn(Box<Edit>) -> Act) -> Option<(IntentId, Vec<Effect>)> {
    let id = model.name_intent();
    let (company, now) = (model.company_id.clone(), model.now);
    let form = on_top(model)?;
    form.saving = Saving::Creating(id.clone());
    form.waits = false;
    let intent = Intent {
        id: id.clone(),
        company,
        kind: form.kind,
        act: act(Box::new(form.edit())),
        snapshot: snapshot(form),
        baseline: Vec::new(),
        editor: Some(form.slot.clone()),
        planned_at: now,
        progress: Progress::Planned,
    };
    let slot = form.slot.clone();
    // On disk with the name of its intent before that is sent, so that a crash in between shows no second form.
    let mut effects = keep(model, |form| form.slot == slot);
    effects.extend(update::commit(model, intent));
    Some((id, effects))
}

/// What the new record looks like, to know it when it is seen again.
fn snapshot(form: &Form) -> Snapshot {
    let record = form.record();
    let mut snapshot = Snapshot::of(&record);
    if snapshot.contact.is_empty() {
        snapshot.contact = record.text(Field::Name).to_owned();
    }
    if let Some(receiver) = &form.receiver {
        snapshot.rfc = receiver.text(Field::Rfc).to_owned();
    }
    // Of a payment a field says what it is over; of all else only what it comes to.
    if !matches!(form.sums, Sums::Applied { .. }) {
        snapshot.total = form.sums.over();
    }
    snapshot
}

/// The changes to a record were taken by the server.
pub fn updated(model: &mut Model, kind: Kind, id: &Id) -> Vec<Effect> {
    model.saves.remove(&(kind, id.clone()));
    let mut effects = match close(model, |form| is_updating(form, kind, id)) {
        // Below a form that began as a new record there is no page of it yet.
        Some(closed) if closed.was_on_top && closed.began_new => {
            let mut effects = closed.effects;
            effects.extend(update::show_id(model, kind, id.clone()));
            effects
        }
        Some(closed) => closed.effects,
        None => forget_left(model, |awaited| {
            *awaited == Awaited::Update(kind, id.clone())
        }),
    };
    effects.extend(update::refresh_behind(model));
    effects.extend(update::refresh_choices(model));
    effects.extend(refers_to(model, kind, id));
    model.say(Notice::new(Tone::Done, "form-updated"));
    effects
}

pub(super) fn is_updating(form: &Form, kind: Kind, id: &Id) -> bool {
    form.saving == Saving::Updating
        && form.kind == kind
        && form.base.as_ref().is_some_and(|base| base.id == *id)
}

/// A form that was closed because it is saved.
struct Closed {
    /// What has to be done.
    effects: Vec<Effect>,
    /// Whether it was the page on top.
    was_on_top: bool,
    /// Whether it was opened for a record that was not there yet.
    began_new: bool,
}

fn close(model: &mut Model, which: impl Fn(&Form) -> bool) -> Option<Closed> {
    let (idx, slot, began_new) =
        model
            .screens
            .iter()
            .enumerate()
            .find_map(|(idx, screen)| match screen {
                Screen::Form(form) if which(form) => {
                    Some((idx, form.slot.clone(), form.began_new()))
                }
                _ => None,
            })?;
    let mut effects = forget(model, slot);
    let was_on_top = idx + 1 == model.screens.len();
    if was_on_top {
        effects.extend(update::leave(model));
    } else {
        model.screens.remove(idx);
    }
    Some(Closed {
        effects,
        was_on_top,
        began_new,
    })
}

/// The changes to a record were not taken: its form stays as it is, or waits on Home where it was left.
pub fn not_updated(model: &mut Model, kind: Kind, id: &Id, trouble: Trouble) -> Vec<Effect> {
    model.saves.remove(&(kind, id.clone()));
    if trouble.sort == TroubleSort::Offline {
        let left = Awaited::Update(kind, id.clone());
        return wait(model, |form| is_updating(form, kind, id), &left);
    }
    let refusal = (trouble.sort == TroubleSort::Refused).then(|| Refusal {
        status: 0,
        code: trouble.code.clone(),
        text: trouble.text.clone(),
        draft: None,
    });
    let notice = Notice::new(Tone::Error, trouble.sort.words_key()).with("text", trouble.text);
    let Some(form) = forms(model).find(|form| is_updating(form, kind, id)) else {
        model.say(Notice::new(Tone::Error, "form-left-unsaved"));
        return Vec::new();
    };
    match refusal {
        Some(refusal) => form.refuse(&refusal),
        None => form.alert = Some((notice, None)),
    }
    unlock(model, kind, id)
}

/// No clear answer came to the changes of a record. What was read afterwards says what holds.
pub fn update_unclear(
    model: &mut Model,
    kind: Kind,
    id: &Id,
    trouble: Trouble,
    now: Option<&Record>,
) -> Vec<Effect> {
    let held = left_form(model, kind, id).map(|form| match (now, &form.base) {
        // What has no field is not among what is compared; it was sent with the rest, or alone.
        (Some(now), Some(base)) => match (held(base, &form.record(), now), form.edit()) {
            (Held::All, edit) if edit.tells_only_natives() => Held::Unknown,
            (held, _) => held,
        },
        _ => Held::Unknown,
    });
    if held == Some(Held::All) {
        return updated(model, kind, id);
    }
    model.saves.remove(&(kind, id.clone()));
    let words = match held {
        Some(Held::Nothing) => "form-unclear-nothing",
        Some(Held::Some) => "form-unclear-some",
        Some(Held::All | Held::Unknown) | None => "form-unclear-unread",
    };
    let notice = Notice::new(Tone::Warning, words).with("text", trouble.text);
    let form = forms(model).find(|form| is_updating(form, kind, id));
    let Some(form) = form else {
        model.say(notice);
        return Vec::new();
    };
    form.alert = Some((notice, None));
    unlock(model, kind, id)
}

/// The form whose changes these were: on its page, or as it was kept when it was left.
fn left_form(model: &mut Model, kind: Kind, id: &Id) -> Option<Form> {
    if let Some(form) = forms(model).find(|form| is_updating(form, kind, id)) {
        return Some(form.clone());
    }
    let wanted = Awaited::Update(kind, id.clone());
    let (slot, body) = model
        .unfinished
        .iter()
        .find(|(_, body)| awaited(body).as_ref() == Some(&wanted))?;
    Form::from_body(slot, body).map(|(form, _)| form)
}

/// Nothing is on its way for this form any more: it can be typed into, and what is on disk says so too.
pub(super) fn unlock(model: &mut Model, kind: Kind, id: &Id) -> Vec<Effect> {
    let Some(form) = forms(model).find(|form| is_updating(form, kind, id)) else {
        return Vec::new();
    };
    form.saving = Saving::Idle;
    let slot = form.slot.clone();
    weigh(model);
    keep(model, |form| form.slot == slot)
}

/// The form on top was opened to correct what a stamp was refused for: it says so, at the field.
pub fn show_stamp_refusal(model: &mut Model, refusal: &Refusal) {
    if let Some(form) = on_top(model) {
        form.say_refusal("form-stamp-refused", refusal);
        weigh(model);
    }
}

/// An intent came to its end; it may be the create of this form.
pub fn settled(model: &mut Model, intent: &Intent) -> Vec<Effect> {
    if intent.act.makes().is_none() {
        return Vec::new();
    }
    let ours = |form: &Form| form.saving == Saving::Creating(intent.id.clone());
    if let Some(id) = intent.progress.record() {
        return match close(model, ours) {
            Some(closed) if closed.was_on_top => {
                let mut effects = closed.effects;
                effects.extend(update::show_id(model, intent.kind, id.clone()));
                effects
            }
            Some(closed) => closed.effects,
            None => forget_left(model, |awaited| {
                *awaited == Awaited::Create(intent.id.clone())
            }),
        };
    }
    if let (Progress::Unsent(unsent), Act::Create(_)) = (&intent.progress, &intent.act)
        && unsent.is_without_connection()
    {
        update::nobody_answers(model);
        return wait(model, ours, &Awaited::Create(intent.id.clone()));
    }
    let notice = update::notice_of(intent);
    let Some(form) = forms(model).find(|form| ours(form)) else {
        return Vec::new();
    };
    form.saving = Saving::Idle;
    match &intent.progress {
        Progress::Refused(refusal) => {
            match (intent.act.stamps(), &refusal.draft) {
                (true, Some(_)) => form.say_refusal("form-stamp-refused-kept", refusal),
                (true, None) => form.say_refusal("form-create-stamp-refused", refusal),
                (false, _) => form.refuse(refusal),
            }
            // The server kept a draft all the same: from now on this form changes that one and makes no second.
            if let Some(id) = &refusal.draft {
                let mut kept = form.record().kept_unstamped(id.clone());
                kept.native_read = true;
                form.base = Some(kept);
            }
        }
        // Given up, or never sent: it may be saved again.
        _ => form.alert = notice.map(|notice| (notice, None)),
    }
    let slot = form.slot.clone();
    weigh(model);
    // What is on disk must not wait for this intent any more.
    keep(model, |form| form.slot == slot)
}

/// The form was left before its save was settled: nothing of it is needed any more.
fn forget_left(model: &mut Model, settled: impl Fn(&Awaited) -> bool) -> Vec<Effect> {
    let slot = model
        .unfinished
        .iter()
        .find(|(_, body)| awaited(body).is_some_and(|awaited| settled(&awaited)))
        .map(|(slot, _)| slot.clone());
    match slot {
        Some(slot) => forget(model, slot),
        None => Vec::new(),
    }
}

impl Form {
    /// The server's own words, at the field that its code names.
    fn refuse(&mut self, refusal: &Refusal) {
        let words = if refusal.code.is_empty() {
            "form-refused"
        } else {
            "form-refused-code"
        };
        self.say_refusal(words, refusal);
    }

    fn say_refusal(&mut self, words: &'static str, refusal: &Refusal) {
        let at = |field| self.content.position(field).map(Spot::Field);
        let spot = match fault(refusal) {
            Some(Fault::Document(field)) => at(field),
            Some(Fault::Receiver(field)) => at(field).or_else(|| at(Field::Contact)),
            Some(Fault::Lines(cell)) => self.first_line(cell),
            None => None,
        };
        let notice = Notice::new(Tone::Error, words)
            .with("code", refusal.code.clone())
            .with("text", refusal.text.clone())
            .with("id", refusal.draft.as_ref().map_or("", Id::as_str));
        self.alert = Some((notice, spot));
        if let Some(spot) = spot {
            self.focus_on(spot);
        }
    }

    /// The place of this column in the first line that is filled in.
    fn first_line(&self, cell: Cell) -> Option<Spot> {
        let row = self.content.rows.filled().next()?;
        let columns = self.kind.spec().form.grid;
        columns.column(cell).map(|_| Spot::Cell { row, cell })
    }

    /// The record of the form once more, as the rules judge it: totals of the server count only while they are of
    /// these very lines.
    pub fn judged(&self) -> Record {
        let mut record = self.record();
        let same = self.base.as_ref().is_some_and(|base| *base == record);
        if !same {
            record.unset(Field::Total);
        }
        record
    }
}
