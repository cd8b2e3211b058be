//! Enter, and pages that open: what goes into what is selected, wherever that is.

use crate::domain::kind::Kind;
use crate::domain::list::{Hit, ListQuery};
use crate::domain::record::Id;

use super::super::audit;
use super::super::cancel;
use super::super::companies;
use super::super::decide;
use super::super::detail::Detail;
use super::super::form;
use super::super::home::{Entries, Entry};
use super::super::keymap::Action;
use super::super::links;
use super::super::model::{Layer, Model, Screen};
use super::super::msg::{Effect, Freshness, Request, Slot};
use super::super::palette;
use super::super::sorting;
use super::super::views;
use super::intents;
use super::orders::{go_accounts, go_list, order, tree};
use super::search;

/// Enter: goes into what is selected.
pub fn open(model: &mut Model) -> Vec<Effect> {
    match model.layers.last_mut() {
        // The hits on screen are those of an older text: the right ones are opened when they come.
        Some(Layer::Find(find)) if find.searching => {
            find.eager = true;
            return Vec::new();
        }
        Some(Layer::Find(find)) => {
            if find.is_empty() {
                return match find.ask_again() {
                    true => search(model),
                    false => Vec::new(),
                };
            }
            let Some(Hit { record, books, .. }) = find.selection().cloned() else {
                return Vec::new();
            };
            let asked = find.note();
            if let Some(profile) = books {
                let mut effects = companies::go_to(model, &profile, Some((record.kind, record.id)));
                // Noted in the books in which it was asked, as long as they are the ones that are open.
                if !effects.is_empty() {
                    effects.splice(0..0, asked);
                }
                return effects;
            }
            let mut effects: Vec<Effect> = asked.into_iter().collect();
            let mut detail = Detail::showing(record);
            if let Some(Layer::Find(find)) = model.layers.pop() {
                detail.found_in = Some(Box::new(find));
            }
            model.tickets.withdraw(Slot::Find);
            effects.extend(show(model, detail));
            return effects;
        }
        Some(Layer::Palette(palette)) => {
            let Some(action) = palette.selection() else {
                return Vec::new();
            };
            if let Some(reason) = palette::reason(model, action) {
                model.say(reason);
                return Vec::new();
            }
            model.layers.pop();
            // Help may lie below; what is ordered is about the page.
            model
                .layers
                .retain(|layer| !matches!(layer, Layer::Help { .. }));
            return order(model, action);
        }
        Some(Layer::Links(_)) => return links::choose(model),
        Some(Layer::Sorting(_)) => return sorting::choose(model),
        Some(Layer::Companies(_)) => return companies::choose(model),
        Some(Layer::Views(_)) => return views::choose(model),
        // What is selected below the field is what was looked for.
        Some(Layer::Narrow(_)) => {
            model.layers.pop();
        }
        Some(
            Layer::Picker(_)
            | Layer::Help { .. }
            | Layer::Native(_)
            | Layer::Compare(_)
            | Layer::Stamp(_)
            | Layer::Batch(_)
            | Layer::Cancel(_)
            | Layer::Confirm(_)
            | Layer::Qr(_)
            | Layer::Package(_)
            | Layer::Live
            | Layer::Naming(_)
            | Layer::Decide(_),
        ) => {
            return Vec::new();
        }
        None => {}
    }
    match model.screens.last() {
        Some(Screen::Home(home)) => {
            let entries = Entries::of(model).all;
            match entries.get(home.selected).copied() {
                Some(entry) => enter(model, entry),
                None => Vec::new(),
            }
        }
        Some(Screen::List(list)) => match list.selection().cloned() {
            Some(record) => show(model, Detail::showing(record)),
            None => Vec::new(),
        },
        Some(Screen::Accounts(accounts)) => match accounts.selection() {
            Some(node)
                if node.children.is_empty()
                    || accounts.is_narrowed()
                    || accounts.open.contains(&node.record.id) =>
            {
                let record = node.record.clone();
                show(model, Detail::showing(record))
            }
            Some(_) => tree(model, |accounts, height| {
                accounts.unfold(height);
            }),
            None => Vec::new(),
        },
        Some(Screen::Audit(_)) => audit::open_entry(model),
        Some(Screen::Form(_)) => form::order(model, Action::Open),
        Some(Screen::Detail(_)) | None => Vec::new(),
    }
}

fn enter(model: &mut Model, entry: Entry) -> Vec<Effect> {
    match entry {
        Entry::List(Kind::LedgerAccounts, _) => go_accounts(model),
        Entry::List(kind, filter) => go_list(
            model,
            ListQuery {
                filter,
                ..ListQuery::natural(kind)
            },
        ),
        Entry::Unsettled(_) if decide::is_here(model) => order(model, Action::Decide),
        Entry::Unsettled(idx) => {
            let target = model
                .unsettled()
                .get(idx)
                .and_then(|intent| intent.target().map(|id| (intent.kind, id.clone())));
            match target {
                Some((kind, id)) => show_id(model, kind, id),
                None => intents::look_now(model),
            }
        }
        Entry::Thread(idx) => {
            let waiting = model.waiting_threads();
            match waiting.get(idx).map(|thread| thread.what.replaced.clone()) {
                Some(replaced) => cancel::thread::go_on(model, &replaced),
                None => Vec::new(),
            }
        }
        Entry::Unfinished(idx) => match model.left_forms().get(idx).map(|form| form.0.to_owned()) {
            Some(slot) => form::reopen(model, &slot),
            None => Vec::new(),
        },
    }
}

/// Opens the page of a record by its id.
pub fn show_id(model: &mut Model, kind: Kind, id: Id) -> Vec<Effect> {
    show(model, Detail::new(kind, id))
}

fn show(model: &mut Model, detail: Detail) -> Vec<Effect> {
    let request = detail.request(Freshness::CacheFirst);
    let named = named(&detail);
    let follow = intents::follow(model, Some((detail.kind, &detail.id)));
    model.screens.push(Screen::Detail(detail));
    let mut effects = vec![model.ask(Slot::Detail, request)];
    effects.extend(follow);
    effects.extend(named.map(|request| model.ask(Slot::Links, request)));
    effects
}

/// The question where a record is used, for a page that says so.
fn named(detail: &Detail) -> Option<Request> {
    detail.tells_use().then(|| Request::NamedBy {
        kind: detail.kind,
        id: detail.id.clone(),
    })
}
