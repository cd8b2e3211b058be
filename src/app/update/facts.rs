//! What the worker reports, and where it belongs.

use jiff::SignedDuration;

use crate::domain::company::Company;
use crate::domain::headway::Headway;
use crate::domain::intent::{Answer, Sighting};
use crate::domain::kind::Kind;

use super::super::audit;
use super::super::batch;
use super::super::companies;
use super::super::compare;
use super::super::find;
use super::super::form;
use super::super::model::{Model, Screen, Walk};
use super::super::msg::{Effect, Fact, Reply, Request, Slot, Source, Trouble, TroubleSort};
use super::super::notice::{Notice, Tone};
use super::super::outbox::Event;
use super::super::package;
use super::super::papers;
use super::super::remote::Remote;
use super::super::stamp;
use super::super::views;
use super::{answers, intents, orders, start};

/// How long after a failure the server is asked again by itself.
const PROBE_AFTER: SignedDuration = SignedDuration::from_secs(20);

/// A report. The one place where a late answer, or one about other books, is dropped.
pub fn on_reply(model: &mut Model, reply: Reply) -> Vec<Effect> {
    if reply.company != model.company_id {
        return Vec::new();
    }
    if reply.ticket.is_some_and(|ticket| !model.wants(ticket)) {
        return Vec::new();
    }
    let mut effects = match came_from_the_server(&reply.fact) {
        true => online(model),
        false => Vec::new(),
    };
    effects.extend(match reply.ticket {
        Some(ticket) => answers::answered(model, ticket, reply.fact),
        None => reported(model, reply.fact),
    });
    effects
}

/// Whether a fact can only have come over the wire, so that the connection stands. A refusal shows it as well as a
/// success does; what the cache may have answered shows nothing.
fn came_from_the_server(fact: &Fact) -> bool {
    match fact {
        Fact::Company(_) | Fact::Gone | Fact::Updated { .. } => true,
        Fact::UpdateUnclear { now, .. } => now.is_some(),
        Fact::Record { source, .. } => *source != Source::Cache,
        Fact::Native { fresh, .. } => *fresh,
        Fact::Walked { trouble, .. } => trouble.as_ref().is_none_or(is_an_answer),
        Fact::Failed(trouble) | Fact::NotUpdated { trouble, .. } => is_an_answer(trouble),
        Fact::ChangedElsewhere { .. } => true,
        Fact::Answered { answer, .. } => matches!(answer, Answer::Done { .. } | Answer::Refused(_)),
        Fact::Sighted { sighting, .. } => !matches!(sighting, Sighting::Unreadable { .. }),
        _ => false,
    }
}

/// Whether a trouble is something that the server itself said about the question.
fn is_an_answer(trouble: &Trouble) -> bool {
    match trouble.sort {
        TroubleSort::NotFound => true,
        TroubleSort::Refused => !trouble.text.is_empty(),
        _ => false,
    }
}

fn reported(model: &mut Model, fact: Fact) -> Vec<Effect> {
    match fact {
        Fact::Walked {
            kind,
            coverage,
            running,
            headway,
            trouble,
        } => {
            let walk = Walk {
                coverage,
                running,
                headway,
                trouble,
            };
            walked(model, kind, walk)
        }
        Fact::Fiscal { headway, trouble } => fiscal(model, headway, trouble.as_ref()),
        Fact::Catalogs(catalogs) => learned(model, |model| model.catalogs = Some(catalogs)),
        Fact::PapersSaved(saved) => {
            papers::saved(model, &saved);
            Vec::new()
        }
        Fact::Packing { done, all } => {
            package::went(model, done, all);
            Vec::new()
        }
        Fact::Packed(packed) => package::ended(model, *packed),
        Fact::PackageIndexed(trouble) => {
            package::indexed(model, trouble);
            Vec::new()
        }
        Fact::Views { views, change } => {
            views::arrived(model, views, change);
            Vec::new()
        }
        Fact::Lately(lately) => {
            find::remember(model, lately);
            Vec::new()
        }
        Fact::Begun(intent) => {
            model.intents.entry(intent.id.clone()).or_insert(*intent);
            Vec::new()
        }
        Fact::Sent(intent) => intents::happened(model, &intent, Event::Sent),
        Fact::Answered { intent, answer } => {
            intents::happened(model, &intent, Event::Answered(answer))
        }
        Fact::ChunkAnswered {
            intent,
            whole,
            wait,
        } => batch::desk::answered(model, &intent, whole, wait),
        Fact::Updated { kind, id } => form::updated(model, kind, &id),
        Fact::NotUpdated { kind, id, trouble } => {
            note_connection(model, &trouble);
            form::not_updated(model, kind, &id, trouble)
        }
        Fact::ChangedElsewhere { now } => {
            let (kind, id) = (now.kind, now.id.clone());
            compare::arrived(model, kind, &id, *now)
        }
        Fact::UpdateUnclear {
            kind,
            id,
            trouble,
            now,
        } => {
            if now.is_none() {
                note_connection(model, &trouble);
            }
            form::update_unclear(model, kind, &id, trouble, now.as_deref())
        }
        Fact::Taken(intent) => {
            model.say(Notice::new(Tone::Warning, "notice-taken"));
            intents::happened(model, &intent, Event::LookNow)
        }
        Fact::Settled(intent) => intents::settled_on_disk(model, *intent),
        Fact::Changed(record) => {
            stamp::reread(model, &record);
            let mut threads = threads_again(model);
            let mut effects = match model.screens.last() {
                Some(Screen::Detail(_)) => intents::refresh_behind(model),
                _ => look_again(model),
            };
            effects.extend(intents::refresh_choices(model));
            effects.append(&mut threads);
            effects
        }
        Fact::Vanished { kind, id } => {
            let is_shown = matches!(model.screens.last(),
                Some(Screen::Detail(detail)) if detail.kind == kind && detail.id == id);
            if is_shown && model.layers.is_empty() {
                model.say(Notice::new(Tone::Warning, "notice-gone"));
                return orders::leave(model);
            }
            look_again(model)
        }
        Fact::Live(live) => {
            model.live = Some(live);
            Vec::new()
        }
        Fact::Judged => ask_for_verdicts(model),
        Fact::Sighted {
            intent,
            sighting,
            began,
        } => {
            model.reading_back.retain(|reading| *reading != intent);
            intents::happened(model, &intent, Event::Sighted(sighting, began))
        }
        Fact::OtherBooks(company) => other_books(model, company),
        Fact::LookedUp {
            profile,
            id,
            company,
        } => companies::looked_up(model, profile, id, company.map(|company| *company)),
        Fact::NotLookedUp { profile, trouble } => {
            companies::not_looked_up(model, &profile, trouble);
            Vec::new()
        }
        Fact::OpenIntents(open) => intents::recover(model, open),
        Fact::Unfinished(unfinished) => {
            // What was kept since the start is newer than what was found there.
            for (slot, body) in unfinished {
                model.unfinished.entry(slot).or_insert(body);
            }
            if model.toast.is_none() {
                say_what_was_left(model);
            }
            let awaited = form::awaited_acts(model);
            match awaited.is_empty() {
                true => Vec::new(),
                false => vec![model.ask(Slot::Awaited, Request::Acts(awaited))],
            }
        }
        // What it said is in the log, for those who mend it.
        Fact::Broken(_) => {
            model.say(Notice::new(Tone::Error, "notice-broken"));
            Vec::new()
        }
        Fact::Failed(trouble) => {
            note_connection(model, &trouble);
            model
                .say(Notice::new(Tone::Error, trouble.sort.words_key()).with("text", trouble.text));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The connection leads to other books than yesterday: what is typed is kept with the books that it is about, and the
/// program begins anew on the others.
fn other_books(model: &mut Model, company: Company) -> Vec<Effect> {
    let mut effects = form::keep_now(model);
    let notice = Notice::new(Tone::Warning, "notice-other-books")
        .with("name", &company.name)
        .with("rfc", &company.rfc);
    effects.push(Effect::TurnTo(company.id.clone()));
    model.turn_to(company);
    effects.extend(start(model));
    model.say(notice);
    effects
}

fn walked(model: &mut Model, kind: Kind, walk: Walk) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(trouble) = &walk.trouble {
        note_connection(model, trouble);
    }
    let running = walk.running;
    model.walks.insert(kind, walk);
    // Home and the heads of the lists count with it; a number from before the walk would be a wrong one (law 4).
    effects.extend(ask_again(model, Slot::Overview));
    match model.screens.last() {
        Some(Screen::List(list)) if list.query.kind == kind => {
            effects.extend(ask_again(model, Slot::Window));
        }
        Some(Screen::Accounts(_)) if kind == Kind::LedgerAccounts => {
            effects.push(model.ask(Slot::Accounts, Request::All(kind)));
        }
        _ => {}
    }
    match kind {
        Kind::Invoices if !running => effects.extend(threads_again(model)),
        Kind::TaxRates if !running => {
            effects.push(model.ask(Slot::Taxes, Request::All(kind)));
        }
        Kind::Departments if !running => {
            effects.push(model.ask(Slot::Departments, Request::All(kind)));
        }
        Kind::LedgerAccounts if !running => {
            effects.push(model.ask(Slot::Chart, Request::All(kind)));
        }
        _ => {}
    }
    effects
}

/// Fiscal data came that no list had brought.
fn fiscal(model: &mut Model, headway: Option<Headway>, trouble: Option<&Trouble>) -> Vec<Effect> {
    if let Some(trouble) = trouble {
        note_connection(model, trouble);
    }
    let was_under_way = std::mem::replace(&mut model.fiscal, headway).is_some();
    match headway.is_some() || was_under_way {
        true => ask_for_verdicts(model),
        false => Vec::new(),
    }
}

/// A document of a replacement that was begun may have changed.
fn threads_again(model: &mut Model) -> Vec<Effect> {
    match model.threads.is_empty() {
        true => Vec::new(),
        false => vec![model.ask(Slot::Threads, Request::Threads)],
    }
}

/// Learns something by which documents are judged and days are told. Where it is another day at the issue place than
/// was thought, what was counted by days is read again.
pub(super) fn learned(model: &mut Model, learn: impl FnOnce(&mut Model)) -> Vec<Effect> {
    let today = model.today();
    learn(model);
    form::weigh(model);
    stamp::weigh(model);
    let mut effects = batch::desk::weigh(model);
    if model.today() != today {
        effects.extend(ask_for_verdicts(model));
    }
    effects
}

/// Asks anew for what the page shows of the verdicts: some are new, or have outlived their time.
pub(super) fn ask_for_verdicts(model: &mut Model) -> Vec<Effect> {
    let mut effects = ask_again(model, Slot::Overview);
    effects.extend(ask_again(model, Slot::Window));
    effects
}

/// Asks anew for what the page shows of the cache. Where an answer is on its way it is awaited first: a walk that stores
/// a page every few milliseconds would otherwise let none arrive.
pub(super) fn ask_again(model: &mut Model, slot: Slot) -> Vec<Effect> {
    if model.tickets.is_awaited(slot) {
        model.tickets.outdate(slot);
        return Vec::new();
    }
    let height = model.list_rows();
    let request = match (slot, model.screens.last_mut()) {
        (Slot::Overview, _) => Some(Request::Overview),
        (Slot::Window, Some(Screen::List(list))) => Some(list.reload(height)),
        _ => None,
    };
    request
        .map(|request| model.ask(slot, request))
        .into_iter()
        .collect()
}

/// Something in the cache may have changed behind the page: what the page shows of it is read again. The selection
/// stays on its record, and the server is asked nothing.
pub fn look_again(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    match model.screens.last() {
        Some(Screen::Home(_)) => effects.extend(ask_again(model, Slot::Overview)),
        Some(Screen::List(_)) => {
            effects.extend(ask_again(model, Slot::Window));
            effects.extend(ask_again(model, Slot::Overview));
        }
        Some(Screen::Accounts(_)) => {
            effects.push(model.ask(Slot::Accounts, Request::All(Kind::LedgerAccounts)));
        }
        Some(Screen::Audit(_)) => effects.extend(audit::look_again(model)),
        Some(Screen::Detail(_) | Screen::Form(_)) | None => {}
    }
    effects
}

/// What was typed before and is not saved: where it is, and how what waits goes on.
fn say_what_was_left(model: &mut Model) {
    let (left, waiting) = (model.unfinished.len(), form::waiting_slots(model).len());
    match (left, waiting) {
        (0, _) => {}
        (_, 0) => {
            let notice = Notice::new(Tone::Info, "notice-unfinished");
            model.say(notice.with("count", left.to_string()));
        }
        _ => model.say(waiting_notice(waiting)),
    }
}

/// So many forms wait for the person, now that there is a connection or may be one.
fn waiting_notice(count: usize) -> Notice {
    Notice::new(Tone::Warning, "notice-waiting").with("count", count.to_string())
}

/// An answer came: the connection stands. Where it was down, what is open is looked at, and who we are is asked again.
fn online(model: &mut Model) -> Vec<Effect> {
    model.probe_at = None;
    if model.offline.take().is_none() {
        return Vec::new();
    }
    let waiting = form::waiting_slots(model).len();
    if waiting > 0 {
        model.say(waiting_notice(waiting));
    }
    let mut effects = intents::look_now(model);
    if !matches!(model.company, Remote::Ready(_)) {
        model.company.ask();
        effects.push(model.ask(Slot::Company, Request::Company));
    }
    effects
}

/// An act found nobody to be sent to: whoever looks at the screen knows, and the server is asked again by itself.
pub fn nobody_answers(model: &mut Model) {
    note_connection(model, &Trouble::new(TroubleSort::Offline, ""));
}

pub(super) fn note_connection(model: &mut Model, trouble: &Trouble) {
    if matches!(
        trouble.sort,
        TroubleSort::Offline | TroubleSort::Credentials | TroubleSort::Quota
    ) {
        model.offline = Some(trouble.clone());
    }
    // Credentials and quota do not mend themselves.
    model.probe_at = match &model.offline {
        Some(trouble) if trouble.sort == TroubleSort::Offline => {
            Some(model.now.checked_add(PROBE_AFTER).unwrap_or(model.now))
        }
        _ => None,
    };
}

/// While there is no connection the server is asked now and then who we are: the smallest question that it answers.
pub fn probe(model: &mut Model) -> Vec<Effect> {
    if model.probe_at.is_none_or(|at| at > model.now) {
        return Vec::new();
    }
    // Set anew by the answer, whichever it is.
    model.probe_at = None;
    vec![model.ask(Slot::Company, Request::Company)]
}
