//! The one place where the model changes. Synchronous and total.

mod answers;
mod facts;
mod intents;
mod moving;
mod opening;
mod orders;

use jiff::{SignedDuration, Timestamp};

use crate::domain::kind::Kind;

use super::audit;
use super::batch;
use super::cancel;
use super::companies;
use super::decide;
use super::form;
use super::key::{Code, Key};
use super::keymap::{Action, Meaning, Place, meaning};
use super::list::Step;
use super::model::{Layer, Model, Screen};
use super::msg::{Effect, Msg, Request, Slot, Target};
use super::narrow;
use super::native;
use super::notice::{Notice, Tone};
use super::package;
use super::picker;
use super::stamp;
use super::views;

pub use facts::nobody_answers;
pub use intents::{commit, decide, notice_of, refresh_behind, refresh_choices};
pub use opening::show_id;
pub use orders::{go_list, keep_forms, leave};

/// Kinds that are walked behind everything else, in this order: what lines and forms need first.
pub const WALKED: [Kind; 16] = [
    Kind::LedgerAccounts,
    Kind::TaxRates,
    Kind::Invoices,
    Kind::Customers,
    Kind::InvoiceItems,
    Kind::CreditNotes,
    Kind::Payments,
    Kind::Bills,
    Kind::Suppliers,
    Kind::BillPayments,
    Kind::PurchaseOrders,
    Kind::Quotes,
    Kind::JournalEntries,
    Kind::BankAccounts,
    Kind::Departments,
    Kind::CompanyInfo,
];

/// After a rest of so long the first key also looks whether the list on screen has changed behind its back.
const LOOK_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(2);

/// What a program that has just begun asks for.
pub fn start(model: &mut Model) -> Vec<Effect> {
    model.overview.ask();
    model.company.ask();
    vec![
        model.ask(Slot::Overview, Request::Overview),
        model.ask(Slot::Taxes, Request::All(Kind::TaxRates)),
        model.ask(Slot::Departments, Request::All(Kind::Departments)),
        model.ask(Slot::Chart, Request::All(Kind::LedgerAccounts)),
        model.ask(Slot::Company, Request::Company),
        model.ask(Slot::Threads, Request::Threads),
        Effect::Walk(WALKED.to_vec()),
    ]
}

/// Changes the model as the message says; what has to be done in the world follows.
pub fn update(model: &mut Model, msg: Msg, at: Timestamp) -> Vec<Effect> {
    // It is about the frame that was just painted: it changes nothing that is seen, and no time passes with it.
    if let Msg::Laid { last_top } = msg {
        moving::laid(model, last_top);
        return Vec::new();
    }
    let rested = at.duration_since(std::mem::replace(&mut model.now, at)) >= LOOK_AGAIN_AFTER;
    if model.toast.as_ref().is_some_and(|toast| toast.until <= at) {
        model.toast = None;
    }
    let outlived = model.verdicts_until().is_some_and(|until| until <= at);
    let mut effects = match msg {
        Msg::Key(key) => {
            let mut effects = on_key(model, key);
            // Another window of this program may have written meanwhile; nobody is woken up to look.
            if rested {
                effects.extend(facts::look_again(model));
            }
            effects
        }
        Msg::Paste(text) => on_paste(model, &text),
        Msg::Click(target) => on_click(model, target),
        Msg::Scroll { target, rows } => on_scroll(model, target, rows),
        Msg::Resize { width, height } => {
            model.size = (width, height);
            moving::resized(model)
        }
        Msg::Laid { .. } => Vec::new(),
        Msg::Woke => {
            let mut effects = intents::due(model);
            effects.extend(batch::desk::woke(model));
            effects.extend(form::woke(model));
            effects.extend(facts::probe(model));
            effects
        }
        Msg::Ending => form::keep_now(model),
        Msg::Worker(reply) => return facts::on_reply(model, *reply),
    };
    if outlived {
        effects.extend(facts::ask_for_verdicts(model));
    }
    effects
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    model.toast = None;
    let place = model.place();
    let pending = model.pending.take();
    let inner = (model.inner_place()).map(|inner| meaning(inner, pending, key));
    let means = match inner {
        None | Some(Meaning::Nothing) => meaning(place, pending, key),
        Some(means) => means,
    };
    match means {
        // A held key may move, but it never orders anything that spends, creates, or leaves a question.
        Meaning::Order(action) if key.repeat && !is_harmless(action) => Vec::new(),
        Meaning::Order(action) => orders::order(model, action),
        Meaning::First(key) => {
            model.pending = Some(key);
            Vec::new()
        }
        Meaning::Nothing => typed(model, place, key),
    }
}

/// Whether an action may be repeated by holding its key.
fn is_harmless(action: Action) -> bool {
    matches!(
        action,
        Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last
            | Action::NextField
            | Action::PreviousField
            | Action::Undo
            | Action::Fold
            | Action::Unfold
    )
}

/// A key that is no order here goes into the field that has the focus.
fn typed(model: &mut Model, place: Place, key: Key) -> Vec<Effect> {
    match place {
        Place::Find => {
            if let Some(Layer::Find(find)) = model.layers.last_mut() {
                let before = find.line.text().to_owned();
                find.line.key(key);
                if find.line.text() != before {
                    return search(model);
                }
            }
            Vec::new()
        }
        Place::Palette => {
            let words = model.words.clone();
            if let Some(Layer::Palette(palette)) = model.layers.last_mut() {
                let before = palette.line.text().to_owned();
                palette.line.key(key);
                if palette.line.text() != before {
                    palette.narrow(&words);
                }
            }
            Vec::new()
        }
        Place::Picker => picker::key(model, key),
        Place::Form | Place::Amount => form::key(model, key),
        Place::Dialog | Place::Signing if stamp::type_in(model, key) => Vec::new(),
        Place::Dialog | Place::Signing if batch::desk::type_count(model, key) => Vec::new(),
        Place::Signing => {
            cancel::key(model, key);
            Vec::new()
        }
        Place::Native => native::key(model, key),
        Place::Narrow => narrow::key(model, key),
        Place::Package => package::key(model, key),
        Place::Naming => views::key(model, key),
        Place::Home
        | Place::List
        | Place::Accounts
        | Place::Detail
        | Place::Audit
        | Place::Dialog
        | Place::Causes
        | Place::Menu
        | Place::Compare
        | Place::Qr
        | Place::Live
        | Place::Views
        | Place::Help => {
            if matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt {
                model.say(
                    Notice::new(Tone::Info, "notice-unknown-key")
                        .with("key", key.label(&model.words)),
                );
            }
            Vec::new()
        }
    }
}

/// A paste is text for the field that has the focus; where there is none it is dropped, and never read as keys.
fn on_paste(model: &mut Model, text: &str) -> Vec<Effect> {
    model.pending = None;
    match model.place() {
        Place::Find => {
            if let Some(Layer::Find(find)) = model.layers.last_mut() {
                find.line.paste(text);
            }
            search(model)
        }
        Place::Palette => {
            let words = model.words.clone();
            if let Some(Layer::Palette(palette)) = model.layers.last_mut() {
                palette.line.paste(text);
                palette.narrow(&words);
            }
            Vec::new()
        }
        Place::Picker => picker::paste(model, text),
        Place::Form | Place::Amount => form::paste(model, text),
        Place::Native => native::paste(model, text),
        Place::Narrow => narrow::paste(model, text),
        Place::Package => package::paste(model, text),
        Place::Naming => views::paste(model, text),
        Place::Home
        | Place::List
        | Place::Accounts
        | Place::Detail
        | Place::Audit
        | Place::Dialog
        | Place::Causes
        | Place::Signing
        | Place::Menu
        | Place::Compare
        | Place::Qr
        | Place::Live
        | Place::Views
        | Place::Help => {
            model.say(Notice::new(Tone::Info, "notice-paste-dropped"));
            Vec::new()
        }
    }
}

/// Searches again after the text of the box changed.
fn search(model: &mut Model) -> Vec<Effect> {
    let (today, others) = (model.today(), companies::others(model));
    let Some(Layer::Find(find)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match find.request(today, &others) {
        Some(request) => vec![model.ask(Slot::Find, request)],
        None => {
            model.tickets.withdraw(Slot::Find);
            Vec::new()
        }
    }
}

fn on_click(model: &mut Model, target: Target) -> Vec<Effect> {
    let list_rows = model.list_rows();
    let page_rows = model.page_rows();
    match (model.layers.last_mut(), target) {
        // Nor does the footer press it in the key's stead.
        (
            Some(Layer::Stamp(_) | Layer::Batch(_) | Layer::Cancel(_) | Layer::Decide(_)),
            Target::Footer(Action::Confirm),
        ) => Vec::new(),
        (_, Target::Footer(action)) => orders::order(model, action),
        (Some(Layer::Find(find)), Target::Choice(idx)) => {
            find.point_at(idx);
            Vec::new()
        }
        (Some(Layer::Palette(palette)), Target::Choice(idx)) => {
            palette.selected = idx.min(palette.matches.len().saturating_sub(1));
            Vec::new()
        }
        (Some(Layer::Picker(_)), Target::Choice(idx)) => picker::point_at(model, idx),
        (Some(Layer::Native(native)), Target::Choice(idx)) => {
            native.selected = idx.min(native.shown.len().saturating_sub(1));
            Vec::new()
        }
        (Some(Layer::Links(links)), Target::Choice(idx)) => {
            links.selected = idx.min(links.rows().len().saturating_sub(1));
            Vec::new()
        }
        (Some(Layer::Sorting(sorting)), Target::Choice(idx)) => {
            sorting.selected = idx.min(sorting.choices.len().saturating_sub(1));
            Vec::new()
        }
        (Some(Layer::Companies(chooser)), Target::Choice(idx)) => {
            chooser.selected = idx.min(model.companies.len().saturating_sub(1));
            Vec::new()
        }
        (Some(Layer::Views(choice)), Target::Choice(idx)) => {
            let last = model.views.value().map_or(0, Vec::len).saturating_sub(1);
            choice.selected = idx.min(last);
            Vec::new()
        }
        (Some(Layer::Compare(compare)), Target::Choice(idx)) => {
            compare.selected = idx.min(compare.differences.len().saturating_sub(1));
            Vec::new()
        }
        // A click selects a button and never presses it: a stamp needs a key.
        (Some(Layer::Stamp(_)), Target::Button(idx)) => {
            select_button(model, idx);
            Vec::new()
        }
        (Some(Layer::Batch(_)), Target::Choice(row)) => {
            batch::desk::point_at(model, row);
            Vec::new()
        }
        (Some(Layer::Batch(dialog)), Target::Button(idx)) => {
            if dialog.yes != (idx == 1) {
                batch::desk::next_button(model);
            }
            Vec::new()
        }
        (Some(Layer::Cancel(dialog)), Target::Button(idx)) => {
            if dialog.yes != (idx == 1) {
                cancel::next_button(model);
            }
            Vec::new()
        }
        (Some(Layer::Cancel(_)), Target::Choice(row)) => {
            cancel::point_at(model, row);
            Vec::new()
        }
        (Some(Layer::Confirm(confirm)), Target::Button(idx)) => {
            confirm.yes = idx == 1;
            Vec::new()
        }
        (Some(Layer::Decide(_)), Target::Choice(row)) => {
            decide::point_at(model, row);
            Vec::new()
        }
        (Some(_), _) => Vec::new(),
        (None, target) => match (model.screens.last_mut(), target) {
            (Some(Screen::List(list)), Target::Row(idx)) => {
                let request = list.point_at(idx, list_rows);
                orders::window(model, request)
            }
            (Some(Screen::Accounts(accounts)), Target::Row(idx)) => {
                if idx < accounts.rows.len() {
                    accounts.selected = idx;
                    accounts.step(Step::By(0), page_rows.saturating_sub(1));
                }
                Vec::new()
            }
            (Some(Screen::Home(home)), Target::Row(idx)) => {
                home.selected = idx;
                moving::step(model, Step::By(0))
            }
            (Some(Screen::Audit(_)), Target::Row(idx)) => audit::point_at(model, idx),
            (Some(Screen::Form(_)), Target::Field(idx)) => form::point_at(model, idx),
            _ => Vec::new(),
        },
    }
}

fn select_button(model: &mut Model, idx: usize) {
    if let Some(Layer::Stamp(card)) = model.layers.last()
        && card.yes != (idx == 1)
    {
        stamp::next_button(model);
    }
}

fn on_scroll(model: &mut Model, target: Target, rows: i32) -> Vec<Effect> {
    match target {
        Target::Footer(_) | Target::Button(_) => Vec::new(),
        _ => moving::step(model, Step::By(i64::from(rows))),
    }
}

#[cfg(test)]
mod tests;
