//! Drives the machine of the outbox: one intent, one event, and what follows on screen.

use jiff::Timestamp;

use crate::domain::intent::{Act, Decision, Intent, IntentId, Progress, Refusal, Unsent};
use crate::domain::kind::Kind;
use crate::domain::record::Id;

use super::super::batch;
use super::super::cancel;
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
    let was_awaiting = matches!(intent.progress, Progress::Awaiting { .. });
    let is_leaving = event == Event::Sent;
    let (progress, next) = outbox::step(intent, event, now);
    let changed = progress != intent.progress;
    intent.progress = progress.clone();
    let intent = intent.clone();
    let mut effects = Vec::new();
    // That it was sent is on disk before anybody is told; all else is written down now.
    // That one more look found the cancellation where it was need not be written down.
    let is_awaiting = matches!(progress, Progress::Awaiting { .. });
    let is_news = changed && !(was_awaiting && is_awaiting);
    if is_news && !matches!(progress, Progress::Sent { .. }) {
        effects.push(Effect::Record {
            intent: id.clone(),
            progress,
        });
    }
    if is_leaving {
        effects.push(model.ask(Slot::Overview, Request::Overview));
    }
    if next == Next::ReadBack && !model.reading_back.contains(id) {
        model.reading_back.push(id.clone());
        effects.push(Effect::ReadBack(Box::new(intent.clone())));
    }
    if was_open && !intent.progress.is_open() {
        effects.extend(settled(model, &intent));
    } else if is_news && is_awaiting {
        // The worker reads the record itself, and tells.
        if let Some(notice) = notice_of(&intent)
            && !is_shown(model, id)
        {
            model.say(notice);
        }
    }
    effects.extend(batch::desk::moved(model, &intent));
    effects
}

/// A person decided what no read could tell. It counts once it is on disk, because it lets the same thing be sent again;
/// until then nothing is settled here.
pub fn decide(model: &mut Model, id: &IntentId, decision: Decision) -> Vec<Effect> {
    let Some(intent) = model.intents.get(id) else {
        return Vec::new();
    };
    let (progress, _) = outbox::step(intent, Event::Decided(decision), model.now);
    match progress {
        Progress::Decided(_) => vec![Effect::Record {
            intent: id.clone(),
            progress,
        }],
        _ => Vec::new(),
    }
}

/// What stands on disk about an intent is its end, whatever this window thought.
pub fn settled_on_disk(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if intent.progress.is_open() {
        return Vec::new();
    }
    let before = model.intents.get(&intent.id).map(|known| &known.progress);
    let intent = Intent {
        progress: meaning(before, &intent),
        ..intent
    };
    model.intents.insert(intent.id.clone(), intent.clone());
    let mut effects = settled(model, &intent);
    effects.extend(batch::desk::moved(model, &intent));
    effects
}

/// Whether the dialog on top tells how an intent goes: it says so itself, larger.
fn is_shown(model: &Model, intent: &IntentId) -> bool {
    stamp::is_shown(model, intent)
        || batch::desk::is_shown(model, intent)
        || cancel::is_shown(model, intent)
}

/// What an end means here. A draft that a person told to be the one of a refused create that stamps is the draft that
/// the refusal left behind: it is opened with the cause at its field.
fn meaning(before: Option<&Progress>, intent: &Intent) -> Progress {
    match (before, &intent.progress, &intent.act) {
        (
            Some(
                known @ Progress::Unknown {
                    refusal: Some(refusal),
                    ..
                },
            ),
            decided @ Progress::Decided(Decision::Mine(id)),
            Act::CreateAndStamp(_),
        ) if known.decided_uuid(decided).is_none() => Progress::Refused(Refusal {
            draft: Some(id.clone()),
            ..refusal.clone()
        }),
        (_, progress, _) => progress.clone(),
    }
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

/// Somebody opens or reads a page again: the cancellation in process that it is about is looked at, too, or all of them
/// where it is about none.
pub fn follow(model: &mut Model, about: Option<(Kind, &Id)>) -> Vec<Effect> {
    let waiting: Vec<IntentId> = model
        .intents
        .values()
        .filter(|intent| matches!(intent.progress, Progress::Awaiting { .. }))
        .filter(|intent| {
            about.is_none_or(|(kind, id)| intent.kind == kind && intent.target() == Some(id))
        })
        .map(|intent| intent.id.clone())
        .collect();
    waiting
        .iter()
        .flat_map(|id| happened(model, id, Event::LookNow))
        .collect()
}

/// Intents that an earlier run left open.
pub fn recover(model: &mut Model, open: Vec<Intent>) -> Vec<Effect> {
    let ids: Vec<IntentId> = open.iter().map(|intent| intent.id.clone()).collect();
    for intent in open {
        model.intents.entry(intent.id.clone()).or_insert(intent);
    }
    let mut effects: Vec<Effect> = ids
        .iter()
        .flat_map(|id| happened(model, id, Event::Recovered))
        .collect();
    if !ids.is_empty() {
        effects.push(model.ask(Slot::Overview, Request::Overview));
    }
    effects
}

/// Acts that unfinished forms waited for, of earlier runs: what came to its end is told when its form is opened again,
/// and the form of what was done is not needed any more. The open ones are being settled already.
pub fn remember(model: &mut Model, acts: Vec<Intent>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for act in acts.into_iter().filter(|act| !act.progress.is_open()) {
        if !model.intents.contains_key(&act.id) {
            model.intents.insert(act.id.clone(), act.clone());
            effects.extend(form::settled(model, &act));
        }
    }
    effects
}

/// An intent came to its end: says so, and reads again what it changed.
fn settled(model: &mut Model, intent: &Intent) -> Vec<Effect> {
    stamp::settled(model, &intent.id);
    delete::settled(model, intent);
    let mut effects = form::settled(model, intent);
    effects.extend(cancel::thread::settled(model, intent));
    // The card says it itself, larger.
    if let Some(notice) = notice_of(intent)
        && !is_shown(model, &intent.id)
    {
        model.say(notice);
    }
    // Of a chunk all is read again at once, when the last of it is known.
    if !batch::desk::is_under_way(model, &intent.id) {
        effects.extend(refresh_behind(model));
    }
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

/// What forms choose from at once is read again.
pub fn refresh_choices(model: &mut Model) -> Vec<Effect> {
    vec![
        model.ask(Slot::Taxes, Request::All(Kind::TaxRates)),
        model.ask(Slot::Departments, Request::All(Kind::Departments)),
        model.ask(Slot::Chart, Request::All(Kind::LedgerAccounts)),
    ]
}

/// What is said about an intent that came to its end.
pub fn notice_of(intent: &Intent) -> Option<Notice> {
    let name = match intent.snapshot.number.as_str() {
        "" => intent.snapshot.contact.clone(),
        number => number.to_owned(),
    };
    if matches!(intent.act, Act::Delete(_))
        && let Some(notice) = delete::notice_of(&intent.progress)
    {
        return Some(notice.with("name", name));
    }
    if matches!(intent.act, Act::Cancel { .. })
        && let Some(notice) = cancel::notice_of(&intent.progress)
    {
        return Some(notice.with("name", name));
    }
    let stamps = intent.act.stamps();
    let notice = match &intent.progress {
        Progress::Adopted {
            uuid: Some(uuid), ..
        } if stamps => Notice::new(Tone::Done, "notice-stamped").with("uuid", uuid.as_str()),
        Progress::Adopted { .. } if stamps => return None,
        Progress::Adopted { id, .. } if intent.kind == Kind::Invoices => {
            Notice::new(Tone::Done, "notice-created").with("id", id.as_str())
        }
        Progress::Adopted { .. } => Notice::new(Tone::Done, "notice-saved-new"),
        Progress::Unstamped(id) => {
            Notice::new(Tone::Warning, "notice-made-unstamped").with("id", id.as_str())
        }
        Progress::Refused(refusal) => Notice::new(Tone::Error, refused(intent, refusal))
            .with("code", refusal.code.clone())
            .with("text", refusal.text.clone())
            .with("id", refusal.draft.as_ref().map_or("", Id::as_str)),
        Progress::Unsent(Unsent::AlreadyOpen) => Notice::new(Tone::Warning, "notice-already-open"),
        Progress::Unsent(Unsent::Failed(cause)) => {
            Notice::new(Tone::Error, "notice-unsent").with("cause", cause.clone())
        }
        Progress::Decided(Decision::Mine(id)) => {
            Notice::new(Tone::Done, "notice-decided-mine").with("id", id.as_str())
        }
        Progress::Decided(Decision::NotDone) => {
            Notice::new(Tone::Warning, "notice-decided-not-done")
        }
        Progress::Released => Notice::new(
            Tone::Warning,
            match intent.act {
                Act::Stamp(_) => "notice-stamp-released",
                Act::CreateAndStamp(_) => "notice-create-stamp-released",
                Act::Create(_) | Act::Delete(_) | Act::Cancel { .. } => "notice-create-released",
            },
        ),
        Progress::Planned
        | Progress::Sent { .. }
        | Progress::Unknown { .. }
        | Progress::Awaiting { .. }
        | Progress::Declined => return None,
    };
    Some(notice.with("name", name))
}

/// The words for a refusal: what was not done, and what is there all the same.
fn refused(intent: &Intent, refusal: &Refusal) -> &'static str {
    match (&intent.act, &refusal.draft) {
        (Act::CreateAndStamp(_), Some(_)) => "notice-stamp-refused-kept",
        (Act::CreateAndStamp(_), None) => "notice-create-stamp-refused",
        (Act::Stamp(_), _) => "notice-stamp-refused",
        (Act::Create(_) | Act::Delete(_) | Act::Cancel { .. }, _) => "notice-create-refused",
    }
}
