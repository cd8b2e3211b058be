//! Forms that wait on Home. Those that were to be saved while there was no connection: nothing of them left, and they
//! wait on disk for the same order once more. And how any form that was left is given up there.
//!
//! Nothing here sends anything: whoever is back online opens them one after the other and saves them by the same key
//! as ever. What stamps never waits; its card was refused, and its form is one that is not finished.

use serde::Deserialize;

use super::super::home::{Entries, Entry};
use super::super::model::{Confirm, Confirmed, Layer, Model, Screen};
use super::super::msg::Effect;
use super::super::notice::{Notice, Tone};
use super::keeping::{Awaited, awaited};
use super::opening::reopen;
use super::{Form, Saving, forget, keep, on_top, weigh};

/// The one member that tells; the others are passed over unread.
#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    waits: bool,
}

/// Whether a kept form waits.
pub fn is_waiting(body: &str) -> bool {
    serde_json::from_str(body).is_ok_and(|kept: Kept| kept.waits)
}

/// The names of the kept forms that wait.
pub fn waiting_slots(model: &Model) -> Vec<&str> {
    let kept = model.unfinished.iter();
    kept.filter(|(_, body)| is_waiting(body))
        .map(|(slot, _)| slot.as_str())
        .collect()
}

/// Opens the first of those that wait and are not on a page already.
pub fn next_waiting(model: &mut Model) -> Vec<Effect> {
    let is_open = |slot: &str| {
        let mut screens = model.screens.iter();
        screens.any(|screen| matches!(screen, Screen::Form(form) if form.slot == slot))
    };
    let next = waiting_slots(model)
        .into_iter()
        .find(|slot| !is_open(slot))
        .map(str::to_owned);
    match next {
        Some(slot) => reopen(model, &slot),
        None => Vec::new(),
    }
}

/// A save came to nothing because nobody was there to take it: the form on whatever page, or as it was kept when it was
/// left, waits from now on. Whoever looks is told what becomes of it.
pub(super) fn wait(model: &mut Model, ours: impl Fn(&Form) -> bool, left: &Awaited) -> Vec<Effect> {
    let notice = Notice::new(Tone::Warning, "form-waits");
    let open = super::forms(model).find(|form| ours(form));
    if let Some(form) = open {
        form.saving = Saving::Idle;
        form.waits = true;
        form.alert = Some((notice, None));
        let slot = form.slot.clone();
        weigh(model);
        return keep(model, |form| form.slot == slot);
    }
    let mut kept = model.unfinished.iter();
    let found = kept.find(|(_, body)| awaited(body).as_ref() == Some(left));
    let Some((slot, mut form)) =
        found.and_then(|(slot, body)| Some((slot.clone(), Form::from_body(slot, body)?.0)))
    else {
        return Vec::new();
    };
    form.waits = true;
    let body = form.body();
    model.unfinished.insert(slot.clone(), body.clone());
    model.say(Notice::new(Tone::Warning, "form-left-waiting"));
    vec![Effect::KeepEdit { slot, body }]
}

/// What is said of the form that was just brought back.
pub(super) fn welcome(model: &mut Model) -> Notice {
    let is_offline = model.offline.is_some();
    let words = match on_top(model) {
        Some(form) if form.waits && is_offline => "form-waits",
        Some(form) if form.waits => "form-waited",
        _ => return Notice::new(Tone::Info, "form-restored"),
    };
    Notice::new(Tone::Warning, words)
}

/// The kept form that is selected on Home.
fn selected(model: &Model) -> Option<(&str, &str)> {
    let Some(Screen::Home(home)) = model.screens.last() else {
        return None;
    };
    match Entries::of(model).all.get(home.selected) {
        Some(Entry::Unfinished(idx)) => model.left_forms().get(*idx).copied(),
        _ => None,
    }
}

/// Why what is selected on Home cannot be given up; none when it can. What is on its way may still be refused.
pub fn drop_barred(model: &Model) -> Option<Notice> {
    let words = match selected(model) {
        None => "reason-only-left-forms",
        Some((_, body)) => match awaited(body) {
            Some(Awaited::Create(intent))
                if (model.intents.get(&intent)).is_some_and(|act| act.progress.is_open()) =>
            {
                "reason-saving"
            }
            Some(Awaited::Update(kind, id)) if model.saves.contains(&(kind, id.clone())) => {
                "reason-saving"
            }
            _ => return None,
        },
    };
    Some(Notice::new(Tone::Warning, words))
}

/// Asks whether the form that is selected on Home is to be given up.
pub fn ask_to_drop(model: &mut Model) -> Vec<Effect> {
    if let Some((slot, _)) = selected(model) {
        let then = Confirmed::DropKept(slot.to_owned());
        model.layers.push(Layer::Confirm(Confirm {
            notice: Notice::new(Tone::Warning, "confirm-drop-kept"),
            then,
            yes: false,
        }));
    }
    Vec::new()
}

/// Gives up what is kept of a form.
pub fn drop_kept(model: &mut Model, slot: String) -> Vec<Effect> {
    let effects = forget(model, slot);
    let last = Entries::of(model).all.len().saturating_sub(1);
    if let Some(Screen::Home(home)) = model.screens.last_mut() {
        home.selected = home.selected.min(last);
    }
    effects
}
