//! What was asked for arrives, each answer at the place where it was asked; or why it could not be had.
//!
//! Late answers are dropped before they come here.

use crate::domain::list::{Coverage, Hit};

use super::super::accounts::Tree;
use super::super::audit;
use super::super::batch;
use super::super::cancel;
use super::super::companies;
use super::super::find;
use super::super::form;
use super::super::home::Entries;
use super::super::links;
use super::super::list::List;
use super::super::model::{Layer, Model, Screen};
use super::super::msg::{Effect, Fact, Slot, Surrounded, Ticket, Trouble, TroubleSort};
use super::super::native;
use super::super::notice::{Notice, Tone};
use super::super::package;
use super::super::picker;
use super::super::remote::Remote;
use super::super::stamp;
use super::super::views;
use super::facts::{ask_again, learned, note_connection};
use super::{intents, opening, orders};

/// An answer to the newest question of a slot.
pub(super) fn answered(model: &mut Model, ticket: Ticket, fact: Fact) -> Vec<Effect> {
    let fact = match fact {
        Fact::Failed(trouble) => return failed(model, ticket.slot, trouble),
        fact => fact,
    };
    match ticket.slot {
        Slot::Company
        | Slot::Taxes
        | Slot::Departments
        | Slot::Chart
        | Slot::Habits
        | Slot::Views
        | Slot::Lately
        | Slot::Folios
        | Slot::Threads
        | Slot::Awaited => at_hand(model, ticket, fact),
        Slot::Overview
        | Slot::Window
        | Slot::Accounts
        | Slot::Detail
        | Slot::Links
        | Slot::Marks
        | Slot::Audit
        | Slot::Chain => on_page(model, ticket, fact),
        Slot::Native | Slot::Find | Slot::Picker | Slot::Package => {
            on_layer(model, ticket.slot, fact)
        }
        Slot::Receiver | Slot::Items | Slot::OpenDocuments | Slot::Shown | Slot::Alike => {
            in_form(model, ticket.slot, fact);
            Vec::new()
        }
        Slot::Fresh
        | Slot::CardReceiver
        | Slot::CardItems
        | Slot::Batch
        | Slot::Fix
        | Slot::Cancelling => before_an_act(model, ticket.slot, fact),
    }
}

/// What is kept at hand whatever is on screen: who we are, what lines and forms choose from, what was begun.
fn at_hand(model: &mut Model, ticket: Ticket, fact: Fact) -> Vec<Effect> {
    match (ticket.slot, fact) {
        (Slot::Company, Fact::Company(company)) => {
            return learned(model, |model| companies::met(model, company));
        }
        (Slot::Taxes, Fact::All { records, .. }) => {
            model.taxes = records;
            form::weigh(model);
            stamp::weigh(model);
            model.tickets.settle(ticket);
            return batch::desk::weigh(model);
        }
        (Slot::Threads, Fact::Threads(threads)) => return cancel::thread::arrived(model, threads),
        (Slot::Awaited, Fact::Acts(acts)) => return intents::remember(model, acts),
        (Slot::Departments, Fact::All { records, .. }) => model.departments = records,
        (Slot::Views, Fact::Views { views, change }) => views::arrived(model, views, change),
        (Slot::Lately, Fact::Lately(lately)) => find::remember(model, lately),
        (Slot::Habits, Fact::Habits(habits)) => model.habits = habits,
        (Slot::Chart, Fact::All { records, .. }) => {
            model.chart = records;
            form::weigh(model);
        }
        (Slot::Folios, Fact::Folios(folios)) => {
            stamp::folios_arrived(model, folios);
            batch::desk::folios_arrived(model, folios);
        }
        _ => {}
    }
    Vec::new()
}

/// What the page on top shows.
fn on_page(model: &mut Model, ticket: Ticket, fact: Fact) -> Vec<Effect> {
    let (list_rows, page_rows) = (model.list_rows(), model.page_rows());
    match (ticket.slot, fact) {
        (Slot::Overview, Fact::Overview(overview)) => {
            let before = Entries::of(model);
            model.overview = Remote::Ready(overview);
            let after = Entries::of(model);
            if let Some(Screen::Home(home)) = model.screens.first_mut() {
                home.follow(&before, &after);
            }
            return arrived(model, ticket);
        }
        (Slot::Window, Fact::Window(window)) => {
            let next = match model.screens.last_mut() {
                Some(Screen::List(list)) => list.arrived(window, list_rows),
                _ => None,
            };
            let Some(request) = next else {
                return arrived(model, ticket);
            };
            // The rows on screen come first; what changed behind them is asked for afterwards.
            let stale = model.tickets.is_stale(Slot::Window);
            let effects = orders::window(model, Some(request));
            if stale {
                model.tickets.outdate(Slot::Window);
            }
            return effects;
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
        }
        (Slot::Detail, Fact::Record { record, source }) => {
            stamp::reread(model, &record);
            if let Some(Screen::Detail(detail)) = model.screens.last_mut() {
                detail.arrived(*record, source);
            }
        }
        (Slot::Detail, Fact::Gone) => {
            if matches!(model.screens.last(), Some(Screen::Detail(_))) {
                model.say(Notice::new(Tone::Warning, "notice-gone"));
                return orders::leave(model);
            }
        }
        (Slot::Links, Fact::NamedBy { id, named, related }) => {
            links::arrived(model, &id, named, related);
        }
        (Slot::Audit, Fact::Audit(window)) => return audit::arrived(model, window),
        (Slot::Chain, Fact::AuditChecked(verdict)) => audit::checked(model, verdict),
        (Slot::Marks, Fact::Ids { query, ids }) => {
            for list in marking(model) {
                match list.query == query {
                    true => list.mark(ids.clone()),
                    // It was narrowed meanwhile: those are not its rows.
                    false => list.marking = false,
                }
            }
        }
        _ => {}
    }
    Vec::new()
}

/// What a layer above the page shows.
fn on_layer(model: &mut Model, slot: Slot, fact: Fact) -> Vec<Effect> {
    match (slot, fact) {
        (
            Slot::Native,
            Fact::Native {
                id,
                raw,
                read_at,
                fresh,
            },
        ) => native::arrived(model, &id, &raw, read_at, fresh),
        (Slot::Native, Fact::Gone) => {
            native::failed(model, Trouble::new(TroubleSort::NotFound, ""));
        }
        (
            Slot::Find,
            Fact::Found {
                hits,
                more,
                coverage,
            },
        ) => return found(model, hits, more, coverage),
        (
            Slot::Find,
            Fact::FoundEverywhere {
                hits,
                more,
                coverage,
                companies,
                unread,
            },
        ) => {
            if let Some(Layer::Find(find)) = find_layer(model) {
                (find.companies, find.unread) = (companies, unread);
            }
            return found(model, hits, more, coverage);
        }
        (Slot::Picker, fact) => return picker::arrived(model, fact),
        (Slot::Package, Fact::PackagePlanned(plan)) => package::planned(model, plan),
        _ => {}
    }
    Vec::new()
}

/// The search box, also where something lies above it.
fn find_layer(model: &mut Model) -> Option<&mut Layer> {
    let mut layers = model.layers.iter_mut();
    layers.find(|layer| matches!(layer, Layer::Find(_)))
}

/// Hits of the search box. Where Enter came before they did, the first of them is opened.
fn found(model: &mut Model, hits: Vec<Hit>, more: bool, coverage: Coverage) -> Vec<Effect> {
    let rows = model.find_rows();
    let on_top = matches!(model.layers.last(), Some(Layer::Find(_)));
    let Some(Layer::Find(find)) = find_layer(model) else {
        return Vec::new();
    };
    find.arrived(hits, more, coverage, rows);
    match std::mem::take(&mut find.eager) && on_top {
        true => opening::open(model),
        false => Vec::new(),
    }
}

/// What the form refers to.
fn in_form(model: &mut Model, slot: Slot, fact: Fact) {
    match (slot, fact) {
        (Slot::Receiver, Fact::Records(records)) => form::receiver_arrived(model, &records),
        (Slot::Shown, Fact::Records(records)) => form::shown_arrived(model, &records),
        (Slot::Items, Fact::Records(records)) => form::items_arrived(model, &records),
        (
            Slot::OpenDocuments,
            Fact::OpenDocuments {
                contact,
                documents,
                coverage,
            },
        ) => form::paying::documents_arrived(model, contact, documents, coverage),
        (Slot::Alike, Fact::Found { hits, .. }) => form::alike_arrived(model, hits),
        _ => {}
    }
}

/// What is read again, or read beside, before something is stamped or cancelled.
fn before_an_act(model: &mut Model, slot: Slot, fact: Fact) -> Vec<Effect> {
    match (slot, fact) {
        (Slot::Fresh, Fact::Record { record, source }) => stamp::fresh(model, *record, source),
        (Slot::Fresh, Fact::Gone) => {
            stamp::failed(model, Trouble::new(TroubleSort::NotFound, ""));
            Vec::new()
        }
        (Slot::CardReceiver, Fact::Records(records)) => stamp::receiver_arrived(model, &records),
        (Slot::CardItems, Fact::Records(records)) => stamp::items_arrived(model, &records),
        (Slot::Batch, Fact::Surroundings(read)) => {
            for (_, read) in &read {
                if let Surrounded::Failed(trouble) = read {
                    note_connection(model, trouble);
                }
            }
            batch::desk::arrived(model, read)
        }
        (Slot::Fix, Fact::Surroundings(read)) => batch::fixing::arrived(model, read),
        (Slot::Cancelling, Fact::Cancelling(around)) => cancel::arrived(model, *around),
        (Slot::Cancelling, Fact::Gone) => {
            cancel::gone(model);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// An answer of the cache arrived; where it was outdated meanwhile, it is asked for anew.
fn arrived(model: &mut Model, ticket: Ticket) -> Vec<Effect> {
    match model.tickets.settle(ticket) {
        true => ask_again(model, ticket.slot),
        false => Vec::new(),
    }
}

fn failed(model: &mut Model, slot: Slot, trouble: Trouble) -> Vec<Effect> {
    note_connection(model, &trouble);
    match slot {
        Slot::Company => model.company.fail(trouble),
        Slot::Overview => {
            model.tickets.withdraw(slot);
            model.overview.fail(trouble);
        }
        Slot::Window => {
            model.tickets.withdraw(slot);
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
            if let Some(Layer::Find(find)) = find_layer(model) {
                find.searching = false;
                find.trouble = Some(trouble);
            }
        }
        Slot::Views => model.views.fail(trouble),
        Slot::Picker => picker::failed(model, trouble),
        Slot::Fresh => stamp::failed(model, trouble),
        Slot::Cancelling => cancel::failed(model, trouble),
        Slot::CardReceiver | Slot::CardItems => stamp::failed(model, trouble),
        Slot::Batch => return batch::desk::failed(model, &trouble),
        Slot::Fix => {
            model.say(Notice::new(Tone::Error, trouble.sort.words_key()).with("text", trouble.text))
        }
        Slot::Receiver | Slot::Items | Slot::OpenDocuments => form::reading_failed(model, trouble),
        // Without them the card says nothing of them, pickers keep the order of the catalogue, a form says that its
        // result is not known, and the box shows nothing while nothing is typed.
        Slot::Folios | Slot::Habits | Slot::Awaited | Slot::Lately => {}
        Slot::Native => native::failed(model, trouble),
        Slot::Audit | Slot::Chain => audit::failed(model, slot, trouble),
        Slot::Package => package::plan_failed(model, trouble),
        Slot::Links => {
            if let Some(Layer::Links(links)) = model.layers.last_mut() {
                links.named.fail(trouble);
            }
        }
        Slot::Shown
        | Slot::Threads
        | Slot::Taxes
        | Slot::Departments
        | Slot::Chart
        | Slot::Alike => {}
        Slot::Marks => marking(model).for_each(|list| list.marking = false),
    }
    Vec::new()
}

/// The lists all of whose rows are to be marked.
fn marking(model: &mut Model) -> impl Iterator<Item = &mut List> {
    let lists = model.screens.iter_mut().filter_map(|screen| match screen {
        Screen::List(list) => Some(list),
        _ => None,
    });
    lists.filter(|list| list.marking)
}
