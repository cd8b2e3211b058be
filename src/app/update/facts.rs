//! What the worker reports, and where it belongs.

use crate::domain::kind::Kind;
use crate::domain::list::Coverage;

use super::super::accounts::Tree;
use super::super::form;
use super::super::model::{Layer, Model, Screen};
use super::super::msg::{Effect, Fact, Reply, Request, Slot, Ticket, Trouble, TroubleSort};
use super::super::notice::{Notice, Tone};
use super::super::outbox::Event;
use super::super::picker;
use super::super::remote::Remote;
use super::super::stamp;
use super::{intents, orders};

/// A report. The one place where a late answer, or one about other books, is dropped.
pub fn on_reply(model: &mut Model, reply: Reply) -> Vec<Effect> {
    if reply.company != model.company_id {
        return Vec::new();
    }
    match reply.ticket {
        Some(ticket) if !model.wants(ticket) => Vec::new(),
        Some(ticket) => answered(model, ticket, reply.fact),
        None => reported(model, reply.fact),
    }
}

fn answered(model: &mut Model, ticket: Ticket, fact: Fact) -> Vec<Effect> {
    let (list_rows, page_rows, find_rows) =
        (model.list_rows(), model.page_rows(), model.find_rows());
    match (ticket.slot, fact) {
        (_, Fact::Failed(trouble)) => failed(model, ticket.slot, trouble),
        (Slot::Company, Fact::Company(company)) => {
            model.company = Remote::Ready(company);
            online(model);
            form::weigh(model);
            stamp::weigh(model);
            Vec::new()
        }
        (Slot::Overview, Fact::Overview(overview)) => {
            model.overview = Remote::Ready(overview);
            Vec::new()
        }
        (Slot::Window, Fact::Window(window)) => {
            let next = match model.screens.last_mut() {
                Some(Screen::List(list)) => list.arrived(window, list_rows),
                _ => None,
            };
            orders::window(model, next)
        }
        (
            Slot::Accounts,
            Fact::All {
                records, coverage, ..
            },
        ) => {
            if let Some(Screen::Accounts(accounts)) = model.screens.last_mut() {
                accounts.arrived(Tree::new(records, coverage), page_rows.saturating_sub(1));
            }
            Vec::new()
        }
        (Slot::Taxes, Fact::All { records, .. }) => {
            model.taxes = records;
            form::weigh(model);
            stamp::weigh(model);
            Vec::new()
        }
        (Slot::Detail, Fact::Record { record, source }) => {
            if source != super::super::msg::Source::Cache {
                online(model);
            }
            if let Some(Screen::Detail(detail)) = model.screens.last_mut() {
                detail.arrived(*record, source);
            }
            Vec::new()
        }
        (Slot::Detail, Fact::Gone) => {
            if matches!(model.screens.last(), Some(Screen::Detail(_))) {
                model.say(Notice::new(Tone::Warning, "notice-gone"));
                return orders::leave(model);
            }
            Vec::new()
        }
        (Slot::Fresh, Fact::Record { record, source }) => stamp::fresh(model, *record, source),
        (Slot::Fresh, Fact::Gone) => {
            stamp::failed(model, Trouble::new(TroubleSort::NotFound, ""));
            Vec::new()
        }
        (Slot::Receiver, Fact::Records(records)) => {
            stamp::receiver_arrived(model, &records);
            form::receiver_arrived(model, &records);
            Vec::new()
        }
        (Slot::Items, Fact::Records(records)) => {
            stamp::items_arrived(model, &records);
            form::items_arrived(model, &records);
            Vec::new()
        }
        (Slot::Find, Fact::Found { hits, coverage }) => {
            if let Some(Layer::Find(find)) = model.layers.last_mut() {
                find.arrived(hits, coverage, find_rows);
            }
            Vec::new()
        }
        (Slot::Picker, fact) => picker::arrived(model, fact),
        (Slot::Save, Fact::Updated(id)) => form::updated(model, &id),
        _ => Vec::new(),
    }
}

fn failed(model: &mut Model, slot: Slot, trouble: Trouble) -> Vec<Effect> {
    note_connection(model, &trouble);
    match slot {
        Slot::Company => model.company.fail(trouble),
        Slot::Overview => model.overview.fail(trouble),
        Slot::Window => {
            if let Some(Screen::List(list)) = model.screens.last_mut() {
                list.failed(trouble);
            }
        }
        Slot::Accounts => {
            if let Some(Screen::Accounts(accounts)) = model.screens.last_mut() {
                accounts.tree.fail(trouble);
            }
        }
        Slot::Detail => {
            if let Some(Screen::Detail(detail)) = model.screens.last_mut() {
                detail.record.fail(trouble);
            }
        }
        Slot::Find => {
            if let Some(Layer::Find(find)) = model.layers.last_mut() {
                find.searching = false;
                find.trouble = Some(trouble);
            }
        }
        Slot::Picker => picker::failed(model, trouble),
        Slot::Fresh => stamp::failed(model, trouble),
        Slot::Receiver | Slot::Items => {
            stamp::failed(model, trouble.clone());
            form::reading_failed(model, trouble);
        }
        Slot::Save => form::save_failed(model, trouble),
        Slot::Taxes => {}
    }
    Vec::new()
}

fn reported(model: &mut Model, fact: Fact) -> Vec<Effect> {
    match fact {
        Fact::Walked {
            kind,
            coverage,
            running,
            trouble,
        } => walked(model, kind, coverage, running, trouble),
        Fact::Catalogs(catalogs) => {
            model.catalogs = Some(catalogs);
            form::weigh(model);
            stamp::weigh(model);
            Vec::new()
        }
        Fact::Sent(intent) => intents::happened(model, &intent, Event::Sent),
        Fact::Answered { intent, answer } => {
            intents::happened(model, &intent, Event::Answered(answer))
        }
        Fact::Sighted { intent, sighting } => {
            model.reading_back.retain(|reading| *reading != intent);
            intents::happened(model, &intent, Event::Sighted(sighting))
        }
        Fact::OpenIntents(open) => intents::recover(model, open),
        Fact::Unfinished(unfinished) => {
            model.unfinished = unfinished;
            Vec::new()
        }
        Fact::Broken(text) => {
            model.say(Notice::new(Tone::Error, "notice-broken").with("text", text));
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

fn walked(
    model: &mut Model,
    kind: Kind,
    coverage: Coverage,
    running: bool,
    trouble: Option<Trouble>,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    match &trouble {
        Some(trouble) => note_connection(model, trouble),
        None => {
            if online(model) {
                effects.extend(intents::look_now(model));
            }
        }
    }
    let walk = model.walks.entry(kind).or_default();
    walk.coverage = coverage;
    walk.running = running;
    walk.trouble = trouble;
    // Home and the heads of the lists count with it; a number from before the walk would be a wrong one (law 4).
    effects.push(model.ask(Slot::Overview, Request::Overview));
    let height = model.list_rows();
    match model.screens.last_mut() {
        Some(Screen::List(list)) if list.query.kind == kind => {
            let request = list.reload(height);
            effects.push(model.ask(Slot::Window, request));
        }
        Some(Screen::Accounts(_)) if kind == Kind::LedgerAccounts => {
            effects.push(model.ask(Slot::Accounts, Request::All(kind)));
        }
        _ => {}
    }
    if kind == Kind::TaxRates && !running {
        effects.push(model.ask(Slot::Taxes, Request::All(kind)));
    }
    effects
}

/// An answer came: the connection stands. Whether it was down before.
fn online(model: &mut Model) -> bool {
    model.offline.take().is_some()
}

fn note_connection(model: &mut Model, trouble: &Trouble) {
    if matches!(
        trouble.sort,
        TroubleSort::Offline | TroubleSort::Credentials | TroubleSort::Quota
    ) {
        model.offline = Some(trouble.clone());
    }
}
