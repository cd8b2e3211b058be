//! How a form comes on screen: empty, of a record, or brought back from disk.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Link, Record};
use crate::domain::spec::{Editor, FormField, Pool};

use super::super::model::{Model, Screen};
use super::super::msg::{Effect, Freshness, Request, Slot};
use super::super::notice::{Notice, Tone};
use super::content::{Content, Held};
use super::paying::ask_documents;
use super::rows::LineRow;
use super::waiting::welcome;
use super::{Form, Saving, defaults, nearest, on_top, settled, weigh};

/// Opens an empty form.
pub fn open_new(model: &mut Model, kind: Kind) -> Vec<Effect> {
    if kind.spec().form.fields.is_empty() {
        return Vec::new();
    }
    let slot = format!("{}:new:{}", kind.slug(), model.name_intent());
    let today = model.today();
    let mut content = defaults::blank(kind, today);
    if let Some(parent) = parent_at_hand(model) {
        content.suggest(Field::Parent, Held::Link(Some(parent)));
    }
    let form = Form::new(kind, slot, None, content, today);
    model.screens.push(Screen::Form(Box::new(form)));
    weigh(model);
    let habits = ask_habits(model, kind);
    ask_shown(model).into_iter().chain(habits).collect()
}

/// Asks what the company usually chooses, where the form chooses from catalogues at all.
fn ask_habits(model: &mut Model, kind: Kind) -> Option<Effect> {
    let mut fields = kind.spec().form.fields.iter();
    fields
        .any(|row| matches!(row.editor, Editor::Catalogue(_)))
        .then(|| model.ask(Slot::Habits, Request::Habits))
}

/// The header account that is selected in the chart, or the one above the selected account.
fn parent_at_hand(model: &Model) -> Option<Link> {
    let Some(Screen::Accounts(accounts)) = model.screens.last() else {
        return None;
    };
    let selected = &accounts.selection()?.record;
    match selected.flag(Field::Header) {
        true => Some(defaults::link_of(selected)),
        false => selected.link(Field::Parent).cloned(),
    }
}

/// The name under which the form of a record is kept.
pub(super) fn slot_of(record: &Record) -> String {
    format!("{}:{}", record.kind.slug(), record.id)
}

/// Opens a record in its form, at a field where one is named.
pub fn open_edit(model: &mut Model, record: Record, focus: Option<Field>) -> Vec<Effect> {
    if record.kind.spec().form.fields.is_empty() {
        return Vec::new();
    }
    // What the native record says would look empty, and be taken for empty.
    let mut fields = record.kind.spec().form.fields.iter();
    let is_edited = |row: &FormField| row.editor != Editor::Shown && row.field.is_native();
    if !record.native_read && fields.any(is_edited) {
        model.say(Notice::new(Tone::Warning, "reason-not-read"));
        return Vec::new();
    }
    let slot = slot_of(&record);
    if model.unfinished.contains_key(&slot) {
        let effects = reopen(model, &slot);
        if let (Some(form), Some(field)) = (on_top(model), focus) {
            form.focus_on_field(field);
        }
        return effects;
    }
    let content = Content::of(&record);
    let today = model.today();
    let mut form = Form::new(record.kind, slot, Some(record), content, today);
    if let Some(field) = focus {
        form.focus_on_field(field);
    }
    let effects = show(model, form);
    weigh(model);
    effects
}

/// Opens a form that was not finished.
pub fn reopen(model: &mut Model, slot: &str) -> Vec<Effect> {
    let Some(body) = model.unfinished.get(slot).cloned() else {
        return Vec::new();
    };
    let Some((mut form, intent)) = Form::from_body(slot, &body) else {
        model.say(Notice::new(Tone::Error, "form-unreadable-edit").with("slot", slot));
        return Vec::new();
    };
    if let Some(base) = &form.base
        && model.saves.contains(&(form.kind, base.id.clone()))
    {
        form.saving = Saving::Updating;
    }
    let mut known = None;
    if let Some(id) = intent {
        match model.intents.get(&id) {
            Some(intent) if intent.progress.is_open() => form.saving = Saving::Creating(id),
            Some(intent) => known = Some(intent.clone()),
            // Asked for at the start; it was not answered yet, or the outbox has no such act.
            None => {
                let notice = Notice::new(Tone::Warning, "form-saved-before");
                form.alert = Some((notice, None));
            }
        }
    }
    if let Some(intent) = known {
        form.saving = Saving::Creating(intent.id.clone());
        let mut effects = show(model, form);
        effects.extend(settled(model, &intent));
        weigh(model);
        return effects;
    }
    let effects = show(model, form);
    let welcome = welcome(model);
    model.say(welcome);
    weigh(model);
    effects
}

/// Puts a form on top and asks for what it refers to.
pub(super) fn show(model: &mut Model, form: Form) -> Vec<Effect> {
    let receiver = form
        .content
        .link(Field::Contact)
        .map(|link| link.id.clone());
    let kind = form.kind;
    model.screens.push(Screen::Form(Box::new(form)));
    let mut effects: Vec<Effect> = ask_shown(model).into_iter().collect();
    effects.extend(ask_habits(model, kind));
    if let Some(id) = receiver {
        effects.extend(ask_receiver(model, id));
        effects.extend(ask_documents(model));
    }
    effects.extend(ask_items(model));
    effects
}

/// Asks for the contact of the form: a customer of sales, a supplier of purchases.
pub(super) fn ask_receiver(model: &mut Model, id: Id) -> Option<Effect> {
    let fields = nearest(model)?.kind.spec().form.fields;
    let editor = fields
        .iter()
        .find(|row| row.field == Field::Contact)?
        .editor;
    let Editor::Pick(Pool::Records(kind)) = editor else {
        return None;
    };
    Some(model.ask(
        Slot::Receiver,
        Request::Records {
            kind,
            ids: vec![id],
            freshness: Freshness::CacheFirst,
        },
    ))
}

/// Asks for the native record behind what the form only shows: lists are read without it, and a dash would be taken
/// for an answer.
pub(super) fn ask_shown(model: &mut Model) -> Option<Effect> {
    let form = on_top(model)?;
    let kind = form.kind;
    let shows = |row: &FormField| row.editor == Editor::Shown && row.field.is_native();
    if !kind.spec().form.fields.iter().any(shows) {
        return None;
    }
    let parent = form.content.link(Field::Parent).map(|link| link.id.clone());
    let id = match &form.base {
        Some(base) if base.native_read => return None,
        Some(base) => base.id.clone(),
        None => parent?,
    };
    if model
        .account(&id)
        .is_some_and(|account| account.native_read)
    {
        return None;
    }
    Some(model.ask(
        Slot::Shown,
        Request::Records {
            kind,
            ids: vec![id],
            freshness: Freshness::CacheFirst,
        },
    ))
}

/// What the form only shows was read: it comes into the record that it is shown from, and nothing else does.
pub fn shown_arrived(model: &mut Model, records: &[Record]) {
    let Some(form) = on_top(model) else {
        return;
    };
    let kind = form.kind;
    if let Some(base) = &mut form.base {
        tell_shown(kind, base, records);
    }
    for known in &mut model.chart {
        tell_shown(kind, known, records);
    }
}

fn tell_shown(kind: Kind, known: &mut Record, records: &[Record]) {
    let Some(record) = records.iter().find(|record| record.id == known.id) else {
        return;
    };
    let fields = kind.spec().form.fields.iter();
    for row in fields.filter(|row| row.editor == Editor::Shown && row.field.is_native()) {
        known.set_some(row.field, record.get(row.field).cloned());
    }
}

/// Asks for the items of the lines that were not read with their SAT keys yet.
pub(super) fn ask_items(model: &mut Model) -> Option<Effect> {
    let form = nearest(model)?;
    let mut ids: Vec<Id> = form
        .content
        .rows
        .lines()
        .iter()
        .filter_map(LineRow::item_id)
        .filter(|id| !form.items.get(*id).is_some_and(|item| item.native_read))
        .cloned()
        .collect();
    ids.sort();
    ids.dedup();
    (!ids.is_empty()).then(|| {
        model.ask(
            Slot::Items,
            Request::Records {
                kind: Kind::InvoiceItems,
                ids,
                freshness: Freshness::CacheFirst,
            },
        )
    })
}
