//! Between the machine of a batch and the model: from records to what was seen, from orders to effects, and the dialog.
//!
//! The batch goes on while its dialog is open; Esc lets the chunk under way come to its end and sends nothing more. The
//! dialog begins on No, a yes needs the number of documents typed, and neither a paste nor a held key writes into it.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use crate::domain::draft::Draft;
use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent, IntentId, Progress, Refusal, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::Id;

use super::super::companies;
use super::super::key::Key;
use super::super::keymap::Action;
use super::super::line::Line;
use super::super::list::{Step, keep_visible};
use super::super::model::{Layer, Model, Screen};
use super::super::msg::{
    Effect, Folios, Freshness, Request, Slot, Surrounded, Trouble, TroubleSort,
};
use super::super::notice::{Notice, Tone};
use super::super::{stamp, update};
use super::sheet::Sheet;
use super::{Bar, Batch, Event, Order, Seen, Stage, Standing, fixing};

/// The batch of this run: the one that is under way, or the last one, whose documents may have to be corrected.
#[derive(Clone, Debug)]
pub struct Lot {
    /// The machine.
    pub batch: Batch,
    /// How fresh the first look has to be; the look before a chunk always asks the server.
    first_look: Freshness,
    /// What is being looked at.
    looking: Vec<Id>,
    /// What was read while something that the rules need was not here yet.
    unjudged: Vec<(Id, Surrounded)>,
    /// What this program spent before; none until its log was read.
    pub folios: Option<Folios>,
    /// The document that was opened last to be corrected.
    pub fixing: Option<Id>,
    /// Whether it is the queue of the batch before it, opened to stamp what was corrected.
    pub(super) is_again: bool,
    /// The batch before it, which comes back where this one is given up before its yes: its queue is not lost by a look.
    before: Option<Box<Lot>>,
    /// What documents said when they were refused: one that says the same is not offered again.
    pub(super) refused: BTreeMap<Id, (Draft, Refusal)>,
}

/// State of the dialog.
#[derive(Clone, Debug, Default)]
pub struct Dialog {
    /// The number of documents, as somebody types it.
    pub typed: Line,
    /// Whether the right button is selected. No is where it begins.
    pub yes: bool,
    /// The document that is pointed at: of it everything is told.
    pub selected: usize,
    /// The first document on screen.
    pub top: usize,
    /// Whether somebody moved over the documents: then the dialog follows the batch no more.
    held: bool,
}

/// Why the marked documents cannot be stamped together; none when they can.
pub fn barred(model: &Model, kind: Kind) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    if model.read_only {
        return no("reason-read-only");
    }
    match kind {
        Kind::Invoices => None,
        Kind::CreditNotes => no("reason-notes-one-by-one"),
        _ => no("reason-never-stamped"),
    }
}

/// Whether documents of the list on screen are marked.
pub fn has_marks(model: &Model) -> bool {
    matches!(model.screens.last(), Some(Screen::List(list)) if !list.marked.is_empty())
}

/// Whether something of a batch may still be sent.
pub fn is_going(model: &Model) -> bool {
    model.batch.as_ref().is_some_and(|lot| lot.batch.is_going())
}

/// Opens the dialog for the marked documents of the list; while a batch goes on, for that one.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(Screen::List(list)) = model.screens.last() else {
        return Vec::new();
    };
    let ids: Vec<Id> = list.marked.iter().cloned().collect();
    model.layers.push(Layer::Batch(Dialog::default()));
    if model.batch.as_ref().is_some_and(|lot| lot.batch.is_going()) {
        return Vec::new();
    }
    let mut effects = begin(model, ids, Freshness::CacheFirst);
    effects.push(model.ask(Slot::Folios, Request::Folios));
    effects
}

/// Begins a batch of these invoices: they are read, as fresh as is said, and judged; nothing more.
pub fn begin(model: &mut Model, ids: Vec<Id>, first_look: Freshness) -> Vec<Effect> {
    let (batch, orders) = Batch::new(ids);
    let before = model.batch.take().map(|before| {
        Box::new(Lot {
            before: None,
            ..before
        })
    });
    model.batch = Some(Lot {
        batch,
        first_look,
        looking: Vec::new(),
        unjudged: Vec::new(),
        folios: None,
        fixing: None,
        is_again: false,
        before,
        refused: BTreeMap::new(),
    });
    carry_out(model, orders)
}

/// The batch is told, and what it orders is ordered.
fn step(model: &mut Model, event: Event) -> Vec<Effect> {
    let now = model.now;
    let Some(lot) = &mut model.batch else {
        return Vec::new();
    };
    let (stage, was_sending) = (lot.batch.stage(), lot.batch.is_sending());
    let orders = lot.batch.step(event, now);
    let (after, sending) = (lot.batch.stage(), lot.batch.is_sending());
    let mut effects = carry_out(model, orders);
    if was_sending && !sending {
        effects.extend(update::refresh_behind(model));
    }
    if stage != after && after == Stage::Over {
        over(model);
        // It was never more than a look: what is there to say needs no dialog.
        if stage == Stage::Reading && fixing::is_again(model) {
            fixing::nothing_corrected(model);
        }
    }
    follow(model);
    effects
}

fn carry_out(model: &mut Model, orders: Vec<Order>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for order in orders {
        match order {
            Order::Look { ids, from_server } => {
                let Some(lot) = &mut model.batch else {
                    continue;
                };
                lot.looking.clone_from(&ids);
                let freshness = match from_server {
                    true => Freshness::Server,
                    false => lot.first_look,
                };
                let request = Request::Surroundings {
                    kind: Kind::Invoices,
                    ids,
                    freshness,
                };
                effects.push(model.ask(Slot::Batch, request));
            }
            Order::Send(ids) => effects.extend(send(model, &ids)),
        }
    }
    effects
}

/// Writes an intent for each document of a chunk and hands them to the worker, which writes them down before it sends.
fn send(model: &mut Model, ids: &[Id]) -> Option<Effect> {
    let mut intents = Vec::with_capacity(ids.len());
    for id in ids {
        let name = model.name_intent();
        let row = model.batch.as_ref()?.batch.row(id)?;
        let mut snapshot = row.record.as_deref().map(Snapshot::of)?;
        if let Some(receiver) = &row.receiver {
            receiver.text(Field::Rfc).clone_into(&mut snapshot.rfc);
        }
        intents.push(Intent {
            id: name,
            company: model.company_id.clone(),
            kind: Kind::Invoices,
            act: Act::Stamp(id.clone()),
            snapshot,
            baseline: Vec::new(),
            editor: None,
            planned_at: model.now,
            progress: Progress::Planned,
        });
    }
    let names = ids
        .iter()
        .cloned()
        .zip(intents.iter().map(|intent| intent.id.clone()));
    model.batch.as_mut()?.batch.sent_as(names);
    for intent in &intents {
        model.intents.insert(intent.id.clone(), intent.clone());
    }
    Some(Effect::CommitMany(intents))
}

/// Documents were read.
pub fn arrived(model: &mut Model, read: Vec<(Id, Surrounded)>) -> Vec<Effect> {
    if let Some(lot) = &mut model.batch {
        lot.looking.clear();
        lot.unjudged = read;
    }
    weigh(model)
}

/// None of the documents could be read.
pub fn failed(model: &mut Model, trouble: &Trouble) -> Vec<Effect> {
    let Some(lot) = &mut model.batch else {
        return Vec::new();
    };
    let ids = std::mem::take(&mut lot.looking).into_iter();
    let read = ids
        .map(|id| (id, Surrounded::Failed(trouble.clone())))
        .collect();
    arrived(model, read)
}

/// Judges what was read, once everything that the rules need is here.
pub fn weigh(model: &mut Model) -> Vec<Effect> {
    let Some(lot) = &model.batch else {
        return Vec::new();
    };
    if lot.unjudged.is_empty() || lot.unjudged.iter().any(|(_, read)| waits(model, read)) {
        return Vec::new();
    }
    let seen = lot
        .unjudged
        .iter()
        .map(|(id, read)| (id.clone(), seen(model, read)))
        .collect();
    if let Some(lot) = &mut model.batch {
        lot.unjudged.clear();
    }
    step(model, Event::Seen(seen))
}

/// Whether something that the rules need is still on its way.
fn waits(model: &Model, read: &Surrounded) -> bool {
    let Surrounded::Here { document, .. } = read else {
        return false;
    };
    let walking = |kind| model.walks.get(&kind).is_none_or(|walk| walk.running);
    let taxes_come = walking(Kind::TaxRates) || model.tickets.is_awaited(Slot::Taxes);
    model.catalogs.is_none()
        || model.company.value().is_none()
        || (taxes_come && !stamp::is_surveyed(model, document))
}

/// What a document that was read amounts to.
pub(super) fn seen(model: &Model, read: &Surrounded) -> Seen {
    let (document, receiver, items) = match read {
        Surrounded::Here {
            document,
            receiver,
            items,
        } => (document, receiver, items),
        Surrounded::Gone => return Seen::Barred(None, Bar::Gone),
        Surrounded::Failed(trouble) => return Seen::Barred(None, Bar::Unread(trouble.clone())),
    };
    let barred = |bar| Seen::Barred(Some(document.clone()), bar);
    if let Some(uuid) = document.stamp.uuid() {
        return barred(Bar::Stamped(uuid.clone()));
    }
    if let Some(notice) = stamp::barred(model, document) {
        return barred(Bar::Notice(notice));
    }
    // A document whose receiver cannot be told is never stamped, nor one of which a tax is not known.
    let unknown = || Bar::Unread(Trouble::new(TroubleSort::NotFound, ""));
    let Some(receiver) = receiver
        .as_ref()
        .filter(|_| stamp::is_surveyed(model, document))
    else {
        return barred(unknown());
    };
    match stamp::judge(model, document, Some(receiver), items) {
        Some(judgement) => match refused_as_it_is(model, &document.id, &judgement) {
            Some(refusal) => barred(Bar::Uncorrected(refusal)),
            None => Seen::Judged {
                record: document.clone(),
                receiver: receiver.clone(),
                judgement: Box::new(judgement),
            },
        },
        None => barred(unknown()),
    }
}

/// Why a document was refused that says the very same as then.
fn refused_as_it_is(model: &Model, id: &Id, judgement: &stamp::Judgement) -> Option<Refusal> {
    let (draft, refusal) = model.batch.as_ref()?.refused.get(id)?;
    (judgement.errors() == 0 && *draft == judgement.draft).then(|| refusal.clone())
}

/// An intent moved; it may be one of the batch. What is done to a document, here or from its own page, ends its mark.
pub fn moved(model: &mut Model, intent: &Intent) -> Vec<Effect> {
    if let (Kind::Invoices, Progress::Adopted { .. }, Some(id)) =
        (intent.kind, &intent.progress, intent.target())
    {
        unmark(model, id);
    }
    let event = Event::Moved {
        intent: intent.id.clone(),
        progress: intent.progress.clone(),
        reading: model.reading_back.contains(&intent.id),
    };
    let (now, lot) = (model.now, model.batch.as_mut());
    match lot {
        Some(lot) if lot.batch.has(&intent.id) => {}
        Some(lot) => {
            // It may come back; nothing of it is sent any more.
            if let Some(before) = &mut lot.before {
                before.batch.step(event, now);
            }
            return Vec::new();
        }
        None => return Vec::new(),
    }
    step(model, event)
}

/// What is stamped is no longer marked to be.
fn unmark(model: &mut Model, id: &Id) {
    for screen in &mut model.screens {
        if let Screen::List(list) = screen
            && list.query.kind == Kind::Invoices
        {
            list.marked.remove(id);
        }
    }
}

/// The request of a chunk was answered.
pub fn answered(
    model: &mut Model,
    intent: &IntentId,
    whole: bool,
    wait: Option<SignedDuration>,
) -> Vec<Effect> {
    match &model.batch {
        Some(lot) if lot.batch.has(intent) => step(model, Event::Answered { whole, wait }),
        _ => Vec::new(),
    }
}

/// Time has passed.
pub fn woke(model: &mut Model) -> Vec<Effect> {
    step(model, Event::Woke)
}

/// The log of what this program spent was read.
pub fn folios_arrived(model: &mut Model, folios: Folios) {
    if let Some(lot) = &mut model.batch {
        lot.folios = Some(folios);
    }
}

/// Nothing more will be sent: the button that goes on is selected where going on is harmless.
fn over(model: &mut Model) {
    let mut to_fix = None;
    if let Some(lot) = &model.batch {
        to_fix = lot.batch.rows().iter().position(super::Row::is_to_fix);
        let elsewhere = lot.batch.rows().iter();
        let elsewhere = elsewhere.filter(|row| matches!(row.standing, Standing::Elsewhere(_)));
        let elsewhere: Vec<Id> = elsewhere.map(|row| row.id.clone()).collect();
        for id in elsewhere {
            unmark(model, &id);
        }
    }
    let mut held = false;
    if let Some(dialog) = dialog(model) {
        dialog.yes = to_fix.is_some();
        held = dialog.held;
    }
    // The first that has to be corrected says why, unless somebody reads another one.
    if let Some(row) = to_fix.filter(|_| !held) {
        point_at(model, row);
    }
}

/// Whether the dialog is on top and shows this intent.
pub fn is_shown(model: &Model, intent: &IntentId) -> bool {
    let has = |lot: &Lot| lot.batch.has(intent);
    matches!(model.layers.last(), Some(Layer::Batch(_))) && model.batch.as_ref().is_some_and(has)
}

/// Whether a chunk is on its way of which this intent is one: what it changed is read again when all of it is answered.
pub fn is_under_way(model: &Model, intent: &IntentId) -> bool {
    let lot = model.batch.as_ref();
    lot.is_some_and(|lot| lot.batch.is_sending() && lot.batch.has(intent))
}

fn dialog(model: &mut Model) -> Option<&mut Dialog> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Batch(dialog) => Some(dialog),
        _ => None,
    })
}

fn on_top(model: &Model) -> Option<(&Lot, &Dialog)> {
    match (model.layers.last(), &model.batch) {
        (Some(Layer::Batch(dialog)), Some(lot)) => Some((lot, dialog)),
        _ => None,
    }
}

/// Whether a yes would be taken: the number is typed as it is shown, and everything that has to be seen has room.
pub fn can_confirm(model: &Model) -> bool {
    on_top(model).is_some_and(|(lot, dialog)| {
        let ready = lot.batch.tally().ready;
        lot.batch.stage() == Stage::Asking
            && is_said(dialog.typed.text(), &to_type(model, ready))
            && model.company.value().is_some()
            && Sheet::of(model, lot).fits(model.size)
    })
}

/// What has to be typed: how many are stamped, and after a switch of the company the end of its RFC (walk 9).
pub fn to_type(model: &Model, ready: usize) -> String {
    match companies::rfc_to_type(model) {
        Some(end) => format!("{ready} {end}"),
        None => ready.to_string(),
    }
}

/// Case and blanks around count for nothing; all else does.
fn is_said(typed: &str, asked: &str) -> bool {
    typed.trim().to_uppercase() == asked
}

/// Whether letters belong to what has to be typed, and are no orders.
pub fn asks_for_letters(model: &Model) -> bool {
    let is_asking = model
        .batch
        .as_ref()
        .is_some_and(|lot| lot.batch.stage() == Stage::Asking);
    is_asking && companies::rfc_to_type(model).is_some()
}

/// A key that is no action: a digit of the number. Whether the dialog took it.
pub fn type_count(model: &mut Model, key: Key) -> bool {
    let asking = on_top(model).is_some_and(|(lot, _)| lot.batch.stage() == Stage::Asking);
    let Some(dialog) = dialog(model).filter(|_| asking) else {
        return false;
    };
    // A key that was held is no number that somebody meant.
    let taken = !key.repeat && dialog.typed.key(key);
    if taken {
        dialog.yes = false;
    }
    taken
}

/// Tab and its like: the other button.
pub fn next_button(model: &mut Model) {
    let possible = match buttons(model) {
        Some(["button-no", _]) => can_confirm(model),
        Some(_) => true,
        None => false,
    };
    let asking = on_top(model).is_some_and(|(lot, _)| lot.batch.stage() == Stage::Asking);
    if asking && !possible {
        model.say(Notice::new(Tone::Info, "batch-type-first"));
    }
    if let Some(dialog) = dialog(model) {
        dialog.yes = !dialog.yes && possible;
    }
}

/// The names of the two buttons of the dialog on top, as keys of the words; none where there is but one.
pub fn buttons(model: &Model) -> Option<[&'static str; 2]> {
    let (lot, _) = on_top(model)?;
    let to_fix = || lot.batch.rows().iter().any(super::Row::is_to_fix);
    match lot.batch.stage() {
        Stage::Asking => Some(["button-no", "button-stamp-all"]),
        Stage::Over if to_fix() => Some(["button-close", "button-correct"]),
        _ => None,
    }
}

/// Enter: does what the selected button says.
pub fn confirm(model: &mut Model) -> Vec<Effect> {
    let possible = can_confirm(model);
    let Some((lot, dialog)) = on_top(model) else {
        return Vec::new();
    };
    match (lot.batch.stage(), dialog.yes) {
        (Stage::Asking, true) if possible => {
            if let Some(dialog) = self::dialog(model) {
                dialog.yes = false;
                dialog.held = false;
            }
            companies::rfc_given(model);
            step(model, Event::Confirmed)
        }
        // What was typed is not lost by an Enter too many.
        (Stage::Asking, false) if !dialog.typed.text().is_empty() => {
            model.say(Notice::new(Tone::Info, "choose-yes"));
            Vec::new()
        }
        (Stage::Over, true) => super::fixing::next(model),
        (Stage::Going, _) => Vec::new(),
        _ => back(model),
    }
}

/// Says yes without a dialog, for whoever has had the number confirmed elsewhere.
pub fn confirmed(model: &mut Model) -> Vec<Effect> {
    step(model, Event::Confirmed)
}

/// Nothing more is sent once the chunk under way has come to its end.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    let effects = step(model, Event::Stopped);
    if !model
        .batch
        .as_ref()
        .is_some_and(|lot| lot.batch.is_sending())
    {
        model.tickets.withdraw(Slot::Batch);
    }
    effects
}

/// Esc: gives up before the yes, stops after it, closes at the end.
pub fn back(model: &mut Model) -> Vec<Effect> {
    let stage = model.batch.as_ref().map(|lot| lot.batch.stage());
    let stopping = model
        .batch
        .as_ref()
        .is_some_and(|lot| lot.batch.stop().is_some());
    match stage {
        Some(Stage::Going) if !stopping => return stop(model),
        Some(Stage::Reading | Stage::Asking) => {
            model.tickets.withdraw(Slot::Batch);
            give_up(model);
        }
        // A look at what cannot be stamped: it takes the place of no queue.
        Some(Stage::Over) if was_only_looked_at(model) => give_up(model),
        _ => {}
    }
    model.layers.pop();
    Vec::new()
}

/// Whether nothing of the batch could be asked for, and there is one before it.
fn was_only_looked_at(model: &Model) -> bool {
    let barred = |row: &super::Row| matches!(row.standing, Standing::NotReady(_));
    let lot = model.batch.as_ref();
    lot.is_some_and(|lot| lot.before.is_some() && lot.batch.rows().iter().all(barred))
}

/// The batch is not wanted after all: the one before it is the last one again.
pub(super) fn give_up(model: &mut Model) {
    let before = model.batch.take().and_then(|lot| lot.before);
    model.batch = before.map(|before| *before);
}

/// Moves over the documents.
pub fn scroll(model: &mut Model, step: Step) {
    let Some((lot, dialog)) = on_top(model) else {
        return;
    };
    let selected = step.apply(dialog.selected, lot.batch.rows().len());
    point_at(model, selected);
    if let Some(dialog) = self::dialog(model) {
        dialog.held = true;
    }
}

/// Points at a document and brings it into sight.
pub fn point_at(model: &mut Model, row: usize) {
    let Some((lot, _)) = on_top(model) else {
        return;
    };
    let last = lot.batch.rows().len().saturating_sub(1);
    let visible = Sheet::of(model, lot).visible(model.size);
    if let Some(dialog) = dialog(model) {
        dialog.selected = row.min(last);
        dialog.top = keep_visible(dialog.top, dialog.selected, visible);
    }
}

/// The screen has another size: what is pointed at stays in sight.
pub fn resized(model: &mut Model) {
    if let Some(selected) = on_top(model).map(|(_, dialog)| dialog.selected) {
        point_at(model, selected);
    }
}

/// Documents that are on screen at once.
pub fn rows_on_screen(model: &Model) -> usize {
    on_top(model).map_or(1, |(lot, _)| Sheet::of(model, lot).visible(model.size))
}

/// The documents that are on their way are kept in sight, unless somebody looks elsewhere.
fn follow(model: &mut Model) {
    let Some((lot, dialog)) = on_top(model) else {
        return;
    };
    let under_way = |standing: &Standing| match standing {
        Standing::Checking => true,
        Standing::Acting { progress, .. } => {
            matches!(progress, Progress::Planned | Progress::Sent { .. })
        }
        _ => false,
    };
    let rows = lot.batch.rows();
    let Some(first) = rows.iter().position(|row| under_way(&row.standing)) else {
        return;
    };
    if !dialog.held {
        point_at(model, first);
    }
}

/// The actions that this dialog has keys for, so that its footer names them.
pub fn dialog_actions(model: &Model) -> Vec<Action> {
    let Some((lot, _)) = on_top(model) else {
        return Vec::new();
    };
    match lot.batch.stage() {
        Stage::Asking => vec![Action::NextButton, Action::Confirm, Action::Back],
        Stage::Over if buttons(model).is_some() => {
            vec![Action::Confirm, Action::NextButton, Action::Back]
        }
        Stage::Reading | Stage::Going | Stage::Over => vec![Action::Back],
    }
}

/// What Esc does here, as a key of the words.
pub fn back_words(model: &Model) -> &'static str {
    let Some(lot) = &model.batch else {
        return "button-close";
    };
    match (lot.batch.stage(), lot.batch.stop()) {
        (Stage::Going, None) => "batch-esc-stops",
        _ => "button-close",
    }
}
