//! Replacements that were begun: from the cancellation to the form of the substitute, to its stamp, and back.
//!
//! What comes next is read off the documents (see [`Thread::step`]); here it is only led to. A thread ends when its old
//! invoice is cancelled, by whomever, or when a person gives it up.

use crate::domain::field::{Field, Value};
use crate::domain::intent::{Act, Intent, Progress};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::substitution::{Step, Substitution, Thread, replaces};

use super::super::form;
use super::super::model::{Layer, Model};
use super::super::msg::{Effect, Request, Slot};
use super::super::notice::{Notice, Tone};
use super::super::update;

/// Makes the substitute: a copy as a draft, related to the invoice of the dialog on top. Where its form was left
/// unfinished, that comes back.
pub fn make(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Cancel(dialog)) = model.layers.last() else {
        return Vec::new();
    };
    let Some(record) = dialog.record().cloned() else {
        return Vec::new();
    };
    if record.lines.is_empty() {
        model.say(Notice::new(Tone::Warning, "reason-lines-not-read"));
        return Vec::new();
    }
    model.layers.pop();
    let mut effects = begin(model, &record, None);
    let slot = form::replacing_slot(&record.id);
    effects.extend(match model.unfinished.contains_key(&slot) {
        true => form::reopen(model, &slot),
        false => form::replace(model, &record),
    });
    effects
}

/// An invoice that is stamped already was chosen as the substitute of the one in the dialog on top.
pub fn chosen(model: &mut Model, substitute: Id) -> Vec<Effect> {
    let Some(Layer::Cancel(dialog)) = model.layers.last() else {
        return Vec::new();
    };
    let begun = dialog.record().cloned();
    // What is only chosen is chosen again with one key; a thread that was begun goes on with it.
    match begun.filter(|record| model.thread_of(&record.id).is_some()) {
        Some(record) => begin(model, &record, Some(substitute)),
        None => Vec::new(),
    }
}

fn begin(model: &mut Model, replaced: &Record, substitute: Option<Id>) -> Vec<Effect> {
    let now = model.now;
    let begun = model
        .thread_of(&replaced.id)
        .map(|thread| thread.what.begun_at);
    let Some(mut what) = Substitution::of(replaced, begun.unwrap_or(now)) else {
        return Vec::new();
    };
    what.substitute = substitute;
    keep(model, what)
}

fn keep(model: &mut Model, what: Substitution) -> Vec<Effect> {
    vec![
        Effect::KeepThread(Box::new(what)),
        model.ask(Slot::Threads, Request::Threads),
    ]
}

/// The replacement of this invoice is given up; a draft that was made for it stays.
pub fn forget(model: &mut Model, replaced: &Id) -> Vec<Effect> {
    model
        .threads
        .retain(|thread| thread.what.replaced != *replaced);
    vec![Effect::DropThread(replaced.clone())]
}

/// The threads were read. Those that are done are forgotten.
pub fn arrived(model: &mut Model, threads: Vec<Thread>) -> Vec<Effect> {
    let (done, open): (Vec<Thread>, Vec<Thread>) = threads
        .into_iter()
        .partition(|thread| thread.step() == Step::Done);
    model.threads = open;
    done.into_iter()
        .map(|thread| Effect::DropThread(thread.what.replaced))
        .collect()
}

/// An act came to its end: where it made the substitute of a thread, that is noted; where it cancelled the old invoice,
/// the thread is done.
pub fn settled(model: &mut Model, intent: &Intent) -> Vec<Effect> {
    if intent.kind != Kind::Invoices {
        return Vec::new();
    }
    match (&intent.act, &intent.progress) {
        (Act::Cancel { id, .. }, Progress::Adopted { .. }) => forget(model, id),
        (act, progress) if act.makes().is_some() => {
            let begun = made_for(model, act).map(|thread| thread.what.clone());
            let (Some(mut what), Some(made)) = (begun, progress.made()) else {
                return Vec::new();
            };
            what.substitute = Some(made.clone());
            let known = model.threads.iter_mut();
            for thread in known.filter(|thread| thread.what.replaced == what.replaced) {
                thread.what = what.clone();
            }
            keep(model, what)
        }
        _ if model.threads.is_empty() => Vec::new(),
        _ => vec![model.ask(Slot::Threads, Request::Threads)],
    }
}

/// The thread whose substitute this intent stamped, so that the old invoice can be cancelled now.
pub fn goes_on<'a>(model: &'a Model, intent: &Intent) -> Option<&'a Thread> {
    let (Progress::Adopted { id, .. }, true) = (&intent.progress, intent.act.stamps()) else {
        return None;
    };
    made_for(model, &intent.act).or_else(|| {
        let mut threads = model.threads.iter();
        threads.find(|thread| thread.what.substitute.as_ref() == Some(id))
    })
}

/// The thread whose substitute this act makes.
fn made_for<'a>(model: &'a Model, act: &Act) -> Option<&'a Thread> {
    let Some(Some(Value::Text(named))) = act.makes()?.values.get(&Field::Related) else {
        return None;
    };
    let mut threads = model.threads.iter();
    threads.find(|thread| replaces(named, &thread.what.uuid))
}

/// Goes on with a thread where it stopped.
pub fn go_on(model: &mut Model, replaced: &Id) -> Vec<Effect> {
    let Some(thread) = model.thread_of(replaced) else {
        return Vec::new();
    };
    let (step, substitute) = (thread.step(), thread.what.substitute.clone());
    let slot = form::replacing_slot(replaced);
    match (step, substitute) {
        (Step::Make, _) if model.unfinished.contains_key(&slot) => form::reopen(model, &slot),
        (Step::Stamp | Step::Look, Some(id)) => {
            let effects = update::show_id(model, Kind::Invoices, id);
            model.say(Notice::new(Tone::Info, "thread-stamp-next"));
            effects
        }
        (Step::Wait | Step::Done, _) => update::show_id(model, Kind::Invoices, replaced.clone()),
        (Step::Make | Step::Cancel | Step::Stamp | Step::Look, _) => cancel(model, replaced),
    }
}

/// To the page of the old invoice, with the dialog of its cancellation on it.
pub fn cancel(model: &mut Model, replaced: &Id) -> Vec<Effect> {
    let mut effects = match model.subject() {
        Some(record) if record.kind == Kind::Invoices && record.id == *replaced => Vec::new(),
        _ => update::show_id(model, Kind::Invoices, replaced.clone()),
    };
    effects.extend(super::open_for(model, replaced.clone()));
    effects
}
