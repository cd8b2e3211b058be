//! Drives the machine of the outbox: one intent, one event, and what follows on screen.

use jiff::Timestamp;

use crate::domain::intent::{Act, Intent, IntentId, Progress, Unsent};
use crate::domain::kind::Kind;

use super::super::delete;
use super::super::form;
use super::super::model::{Model, Screen};
use super::super::msg::{Effect, Freshness, Request, Slot};
use super::super::notice::{Notice, Tone};
use super::super::outbox::{self, Event, Next};
use super::super::stamp;

/// Hands a new intent to the worker, which writes it down before it sends it.
pub fn commit(model: &mut Model, intent: Intent) -> Vec<Effect> {
    model.intents.insert(intent.id.clone(), intent.clone());
    vec![Effect::Commit(Box::new(intent))]
}

/// Something happened to an intent.
pub fn happened(model: &mut Model, id: &IntentId, event: Event) -> Vec<Effect> {
    let now = model.now;
    let Some(intent) = model.intents.get_mut(id) else {
        return Vec::new();
    };
    let was_open = intent.progress.is_open();
    let (progress, next) = outbox::step(intent, event, now);
    let changed = progress != intent.progress;
    intent.progress = progress.clone();
    let intent = intent.clone();
    let mut effects = Vec::new();
    // That it was sent is on disk before anybody is told; all else is written down now.
    if changed && !matches!(progress, Progress::Sent { .. }) {
        effects.push(Effect::Record {
            intent: id.clone(),
            progress,
        });
    }
    if next == Next::ReadBack && !model.reading_back.contains(id) {
        model.reading_back.push(id.clone());
        effects.push(Effect::ReadBack(Box::new(intent.clone())));
    }
    if was_open && !intent.progress.is_open() {
        effects.extend(settled(model, &intent));
    }
    effects
}

/// Read-backs whose time has come.
pub fn due(model: &mut Model) -> Vec<Effect> {
    let now: Timestamp = model.now;
    let due: Vec<IntentId> = model
        .intents
        .values()
        .filter(|intent| outbox::due(intent).is_some_and(|at| at <= now))
        .map(|intent| intent.id.clone())
        .collect();
    due.iter()
        .flat_map(|id| happened(model, id, Event::Due))
        .collect()
}

/// A person asks to look now, or the connection is back: every open intent is read.
pub fn look_now(model: &mut Model) -> Vec<Effect> {
    let open: Vec<IntentId> = model
        .unsettled()
        .iter()
        .map(|intent| intent.id.clone())
        .collect();
    open.iter()
        .flat_map(|id| happened(model, id, Event::LookNow))
        .collect()
}

/// Intents that an earlier run left open.
pub fn recover(model: &mut Model, open: Vec<Intent>) -> Vec<Effect> {
    let ids: Vec<IntentId> = open.iter().map(|intent| intent.id.clone()).collect();
    for intent in open {
        model.intents.entry(intent.id.clone()).or_insert(intent);
    }
    ids.iter()
        .flat_map(|id| happened(model, id, Event::Recovered))
        .collect()
}

/// An intent came to its end: says so, and reads again what it changed.
fn settled(model: &mut Model, intent: &Intent) -> Vec<Effect> {
    stamp::settled(model, &intent.id);
    delete::settled(model, intent);
    let mut effects = form::settled(model, intent);
    if let Some(notice) = notice_of(model, intent) {
        model.say(notice);
    }
    effects.extend(refresh_behind(model));
    effects
}

/// Lists, page and numbers behind whatever is on top are read again.
pub fn refresh_behind(model: &mut Model) -> Vec<Effect> {
    let height = model.list_rows();
    let mut effects = vec![model.ask(Slot::Overview, Request::Overview)];
    match model.screens.last_mut() {
        Some(Screen::List(list)) => {
            let request = list.reload(height);
            effects.push(model.ask(Slot::Window, request));
        }
        Some(Screen::Accounts(_)) => {
            effects.push(model.ask(Slot::Accounts, Request::All(Kind::LedgerAccounts)));
        }
        Some(Screen::Detail(detail)) => {
            let request = detail.request(Freshness::CacheFirst);
            effects.push(model.ask(Slot::Detail, request));
        }
        _ => {}
    }
    effects
}

/// What is said about an intent that came to its end; none where the card says it already.
pub fn notice_of(model: &Model, intent: &Intent) -> Option<Notice> {
    let name = match intent.snapshot.number.as_str() {
        "" => intent.snapshot.contact.clone(),
        number => number.to_owned(),
    };
    if matches!(intent.act, Act::Delete(_))
        && let Some(notice) = delete::notice_of(&intent.progress)
    {
        return Some(notice.with("name", name));
    }
    let stamp = matches!(intent.act, Act::Stamp(_));
    let notice = match (&intent.progress, stamp) {
        (
            Progress::Adopted {
                uuid: Some(uuid), ..
            },
            true,
        ) => Notice::new(Tone::Done, "notice-stamped").with("uuid", uuid.as_str()),
        (Progress::Adopted { id, .. }, false) => {
            Notice::new(Tone::Done, "notice-created").with("id", id.as_str())
        }
        (Progress::Refused(refusal), _) => Notice::new(
            Tone::Error,
            if stamp {
                "notice-stamp-refused"
            } else {
                "notice-create-refused"
            },
        )
        .with("code", refusal.code.clone())
        .with("text", refusal.text.clone()),
        (Progress::Unsent(why), _) => match why {
            Unsent::AlreadyOpen => Notice::new(Tone::Warning, "notice-already-open"),
            Unsent::Failed(cause) => {
                Notice::new(Tone::Error, "notice-unsent").with("cause", cause.clone())
            }
        },
        (Progress::Released, true) => Notice::new(Tone::Warning, "notice-stamp-released"),
        (Progress::Released, false) => Notice::new(Tone::Warning, "notice-create-released"),
        _ => return None,
    };
    // The card says it itself, larger.
    let said_already = stamp::is_shown(model, &intent.id);
    (!said_already).then(|| notice.with("name", name))
}
