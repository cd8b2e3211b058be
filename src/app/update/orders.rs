//! What each action does where it is ordered.

use crate::domain::kind::Kind;
use crate::domain::list::{Filter, ListQuery};

use super::super::accounts::Accounts;
use super::super::audit;
use super::super::batch;
use super::super::cancel;
use super::super::companies;
use super::super::compare;
use super::super::decide;
use super::super::delete;
use super::super::detail::Detail;
use super::super::enabled;
use super::super::find;
use super::super::form;
use super::super::home::Home;
use super::super::keymap::{Action, Place};
use super::super::links;
use super::super::list::{List, Step};
use super::super::live;
use super::super::model::{Confirm, Confirmed, Layer, Model, Screen};
use super::super::msg::{Effect, Freshness, Request, Slot};
use super::super::narrow;
use super::super::native;
use super::super::notice::{Notice, Tone};
use super::super::package;
use super::super::palette::Palette;
use super::super::papers;
use super::super::picker;
use super::super::qr;
use super::super::sorting;
use super::super::stamp;
use super::super::views;
use super::moving::{page, step};
use super::{intents, opening};

/// Carries out an order, or says why it cannot be done.
pub fn order(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(reason) = model.disabled(action) {
        model.say(reason);
        return Vec::new();
    }
    match action {
        Action::Find
        | Action::Palette
        | Action::Help
        | Action::Native
        | Action::Links
        | Action::Sort
        | Action::Narrow
        | Action::SwitchCompany
        | Action::ShowQr
        | Action::ShowLive
        | Action::ShowViews
        | Action::SaveView
        | Action::Package => open_layer(model, action),
        Action::GoHome
        | Action::GoAudit
        | Action::History
        | Action::OpenDocument
        | Action::Go(_)
        | Action::FilterUnstamped
        | Action::Back
        | Action::Open
        | Action::Refresh => travel(model, action),
        Action::Up => step(model, Step::By(-1)),
        Action::Down => step(model, Step::By(1)),
        Action::PageUp => page(model, -1),
        Action::PageDown => page(model, 1),
        Action::First => step(model, Step::First),
        Action::Last => step(model, Step::Last),
        Action::Mark => mark(model),
        Action::MarkAll => mark_all(model),
        Action::New
        | Action::Edit
        | Action::Duplicate
        | Action::MakeInvoice
        | Action::MakeCreditNote
        | Action::MakeBill
        | Action::Delete => write(model, action),
        Action::Stamp
        | Action::NextToFix
        | Action::NextWaiting
        | Action::StampFixed
        | Action::Cancel
        | Action::SaveAndStamp
        | Action::VerifyNow
        | Action::Decide => act(model, action),
        Action::Choose
        | Action::Pick(_)
        | Action::KeepNarrowed
        | Action::FindEverywhere
        | Action::RenameView
        | Action::DeleteView
        | Action::GiveName
        | Action::CopyValue
        | Action::CopyLink
        | Action::Subscribe
        | Action::Unsubscribe
        | Action::OtherFiles
        | Action::Pack
        | Action::NextButton
        | Action::Confirm
        | Action::KeepMine
        | Action::TakeTheirs => in_layer(model, action),
        Action::CopyUuid => copy(model),
        Action::SavePapers => papers::save(model),
        Action::FilterUncoded
        | Action::Fold
        | Action::Unfold
        | Action::FoldAll
        | Action::UnfoldAll
        | Action::Depth(_) => in_tree(model, action),
        Action::Quit => quit(model),
        Action::Suspend => vec![Effect::Suspend],
        Action::SwitchLanguage => {
            model.words = model.words.other();
            Vec::new()
        }
        Action::Mask => mask(model),
        Action::Undo => match model.layers.last_mut() {
            Some(Layer::Find(find)) => {
                find.line.undo();
                super::search(model)
            }
            _ => form::order(model, action),
        },
        Action::Save
        | Action::Catalogue
        | Action::NextField
        | Action::PreviousField
        | Action::AddLine
        | Action::AddNative
        | Action::DeleteLine
        | Action::NextFinding
        | Action::Accept
        | Action::Fill
        | Action::DistributeOldest
        | Action::FindExact
        | Action::ClearApplied => form::order(model, action),
    }
}

/// Opens what lies above the page.
fn open_layer(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Find => return find::open(model),
        Action::Palette => {
            let palette = Palette::new(model);
            model.layers.push(Layer::Palette(palette));
        }
        Action::Help if model.place() != Place::Help => {
            let of = model.place();
            model.layers.push(Layer::Help { of, top: 0 });
        }
        Action::Native => return native::open(model),
        Action::Links => return links::open(model),
        Action::Sort => return sorting::open(model),
        Action::Narrow => return narrow::open(model),
        Action::SwitchCompany => return companies::open(model),
        Action::ShowQr => return qr::open(model),
        Action::ShowLive => return live::open(model),
        Action::ShowViews => return views::open(model),
        Action::SaveView => return views::save(model),
        Action::Package => return package::open(model),
        _ => {}
    }
    Vec::new()
}

/// Goes to another page, into what is selected, or back; or reads the page again.
fn travel(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::GoHome => go_home(model),
        Action::GoAudit => audit::open(model),
        Action::History => audit::history(model),
        Action::OpenDocument => audit::open_document(model),
        Action::Go(Kind::LedgerAccounts) => go_accounts(model),
        Action::Go(kind) => go_list(model, ListQuery::natural(kind)),
        Action::FilterUnstamped => filter_unstamped(model),
        Action::Back => back(model),
        Action::Open => opening::open(model),
        Action::Refresh => refresh(model),
        _ => Vec::new(),
    }
}

/// Begins a new record, or what becomes of the one under the cursor.
fn write(model: &mut Model, action: Action) -> Vec<Effect> {
    match (action, model.subject().cloned()) {
        (Action::New, _) => match enabled::creatable(model) {
            Some(kind) => form::open_new(model, kind),
            None => Vec::new(),
        },
        (Action::Edit, Some(record)) => form::open_edit(model, record, None),
        (Action::Delete, _) if model.screen_place() == Place::Home => form::ask_to_drop(model),
        (Action::Delete, _) => delete::ask(model),
        (_, Some(record)) => form::convert(model, action, &record),
        (_, None) => Vec::new(),
    }
}

/// What spends a folio or gives a document up, and what settles it afterwards.
fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Stamp if batch::desk::has_marks(model) => batch::desk::open(model),
        Action::Stamp => stamp::open(model),
        Action::SaveAndStamp => stamp::open_new(model),
        Action::NextToFix => batch::fixing::next(model),
        Action::NextWaiting => form::next_waiting(model),
        Action::StampFixed => batch::fixing::stamp_again(model),
        Action::Cancel => cancel::open(model),
        Action::VerifyNow => intents::look_now(model),
        Action::Decide => decide::open(model),
        _ => Vec::new(),
    }
}

/// What is ordered inside the layer on top.
fn in_layer(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Choose => match model.layers.last() {
            Some(Layer::Cancel(_)) => return cancel::choose(model),
            _ => return picker::choose(model),
        },
        Action::Pick(number) => return cancel::pick(model, number),
        Action::Confirm => return confirm(model),
        Action::KeepMine => return compare::choose(model, form::Side::Mine),
        Action::TakeTheirs => return compare::choose(model, form::Side::Theirs),
        Action::FindEverywhere => {
            if let Some(Layer::Find(find)) = model.layers.last_mut() {
                find.everywhere = !find.everywhere;
            }
            return super::search(model);
        }
        Action::RenameView => return views::rename(model),
        Action::DeleteView => return views::delete(model),
        Action::GiveName => return views::give_name(model),
        Action::CopyValue => return native::copy(model),
        Action::CopyLink => return qr::copy(model),
        Action::Subscribe => return live::subscribe(model),
        Action::Unsubscribe => return live::unsubscribe(model),
        Action::Pack => return package::confirm(model),
        Action::OtherFiles => package::other_files(model),
        Action::NextButton => next_button(model),
        Action::KeepNarrowed => drop(model.layers.pop()),
        _ => {}
    }
    Vec::new()
}

fn next_button(model: &mut Model) {
    match model.layers.last_mut() {
        Some(Layer::Stamp(_)) => stamp::next_button(model),
        Some(Layer::Batch(_)) => batch::desk::next_button(model),
        Some(Layer::Cancel(_)) => cancel::next_button(model),
        Some(Layer::Confirm(confirm)) => confirm.yes = !confirm.yes,
        Some(Layer::Decide(_)) => decide::step(model, Step::By(1)),
        _ => {}
    }
}

/// What is ordered in the chart of accounts.
fn in_tree(model: &mut Model, action: Action) -> Vec<Effect> {
    tree(model, |accounts, height| match action {
        Action::FilterUncoded => {
            accounts.only.uncoded = !accounts.only.uncoded;
            accounts.narrow(height);
        }
        Action::Fold => {
            accounts.fold(height);
        }
        Action::Unfold => {
            accounts.unfold(height);
        }
        Action::FoldAll => accounts.show_depth(1, height),
        Action::UnfoldAll => accounts.show_depth(u8::MAX, height),
        Action::Depth(depth) => accounts.show_depth(depth, height),
        _ => {}
    })
}

/// Hides names and amounts, or shows them again.
fn mask(model: &mut Model) -> Vec<Effect> {
    model.masked = !model.masked;
    let words = match model.masked {
        true => "notice-masked",
        false => "notice-unmasked",
    };
    model.say(Notice::new(Tone::Info, words));
    Vec::new()
}

/// Esc and its like: one layer, or one page.
fn back(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = package::stays(model) {
        return effects;
    }
    if matches!(model.layers.last(), Some(Layer::Batch(_))) {
        return batch::desk::back(model);
    }
    if let Some(Layer::Cancel(dialog)) = model.layers.last_mut()
        && !cancel::back(dialog)
    {
        return Vec::new();
    }
    if let Some(layer) = model.layers.pop() {
        match layer {
            Layer::Find(_) => model.tickets.withdraw(Slot::Find),
            Layer::Picker(_) => model.tickets.withdraw(Slot::Picker),
            Layer::Stamp(_) => model.tickets.withdraw(Slot::Fresh),
            Layer::Cancel(_) => model.tickets.withdraw(Slot::Cancelling),
            Layer::Native(_) => model.tickets.withdraw(Slot::Native),
            Layer::Links(_) => model.tickets.withdraw(Slot::Links),
            Layer::Package(_) => model.tickets.withdraw(Slot::Package),
            Layer::Narrow(_) => return narrow::remove(model).unwrap_or_default(),
            Layer::Compare(_)
            | Layer::Sorting(_)
            | Layer::Palette(_)
            | Layer::Help { .. }
            | Layer::Confirm(_)
            | Layer::Qr(_)
            | Layer::Companies(_)
            | Layer::Batch(_)
            | Layer::Live
            | Layer::Views(_)
            | Layer::Naming(_)
            | Layer::Decide(_) => {}
        }
        return Vec::new();
    }
    // What narrows the page goes before the page does.
    if let Some(effects) = narrow::remove(model) {
        return effects;
    }
    match model.screens.last_mut() {
        // Left folds before it leaves, so that a tree is walked with two keys.
        Some(Screen::Accounts(_)) => leave(model),
        // It is on disk and has its row on Home, where it is given up, too.
        Some(Screen::Form(form)) if form.waits => {
            let mut effects = form::keep_now(model);
            effects.extend(leave(model));
            model.say(Notice::new(Tone::Info, "form-left-waiting"));
            effects
        }
        Some(Screen::Form(form)) if form.is_changed() => {
            model.layers.push(Layer::Confirm(Confirm {
                notice: Notice::new(Tone::Warning, "confirm-abandon-form"),
                then: Confirmed::AbandonForm,
                yes: false,
            }));
            Vec::new()
        }
        _ => leave(model),
    }
}

/// Leaves the page on top; the home page stays. A page that was opened from the box comes back to the box.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    if model.screens.len() < 2 {
        return Vec::new();
    }
    let left = model.screens.pop();
    let mut effects = on_shown(model);
    if let Some(Screen::Detail(Detail {
        found_in: Some(find),
        ..
    })) = left
    {
        model.layers.push(Layer::Find(*find));
        // What was done on the page may show in the hits.
        effects.extend(super::search(model));
    }
    effects
}

/// The page on top came to light again: what it shows may be old.
fn on_shown(model: &mut Model) -> Vec<Effect> {
    let height = model.list_rows();
    match model.screens.last_mut() {
        Some(Screen::Home(_)) => vec![model.ask(Slot::Overview, Request::Overview)],
        Some(Screen::List(list)) => {
            let request = list.reload(height);
            vec![
                model.ask(Slot::Window, request),
                model.ask(Slot::Overview, Request::Overview),
            ]
        }
        Some(Screen::Detail(detail)) => {
            let request = detail.request(Freshness::CacheFirst);
            vec![model.ask(Slot::Detail, request)]
        }
        Some(Screen::Accounts(_)) => {
            vec![model.ask(Slot::Accounts, Request::All(Kind::LedgerAccounts))]
        }
        Some(Screen::Audit(_)) => audit::look_again(model),
        Some(Screen::Form(_)) | None => Vec::new(),
    }
}

fn quit(model: &mut Model) -> Vec<Effect> {
    let sending = model.unsettled().iter().any(|intent| {
        matches!(
            intent.progress,
            crate::domain::intent::Progress::Planned | crate::domain::intent::Progress::Sent { .. }
        )
    });
    let asked = matches!(
        model.layers.last(),
        Some(Layer::Confirm(Confirm {
            then: Confirmed::Quit,
            ..
        }))
    );
    let question = if batch::desk::is_going(model) || sending || !model.saves.is_empty() {
        Some("confirm-quit-sending")
    } else if has_unsaved(model) {
        Some("confirm-quit-unsaved")
    } else {
        None
    };
    if let Some(question) = question
        && !asked
    {
        model.layers.push(Layer::Confirm(Confirm {
            notice: Notice::new(Tone::Warning, question),
            then: Confirmed::Quit,
            yes: false,
        }));
        return Vec::new();
    }
    let mut effects = form::keep_now(model);
    effects.push(Effect::Quit);
    effects
}

/// Whether something is typed in a form on any page that is not saved.
fn has_unsaved(model: &Model) -> bool {
    model
        .screens
        .iter()
        .any(|screen| matches!(screen, Screen::Form(form) if form.is_changed()))
}

/// What was typed is kept before its form is closed without a question, and it is said where it is.
pub fn keep_forms(model: &mut Model) -> Vec<Effect> {
    if has_unsaved(model) {
        model.say(Notice::new(Tone::Info, "notice-form-kept"));
    }
    form::keep_now(model)
}

fn go_home(model: &mut Model) -> Vec<Effect> {
    let mut effects = keep_forms(model);
    model.layers.clear();
    model.screens = vec![Screen::Home(Home::default())];
    effects.extend(on_shown(model));
    effects
}

/// A list right above the home page; what was open above is closed. A form among it stays kept, and Home names it.
pub fn go_list(model: &mut Model, query: ListQuery) -> Vec<Effect> {
    let mut effects = keep_forms(model);
    model.layers.clear();
    model.screens.truncate(1);
    let mut list = List::new(query);
    let request = list.next_stretch(model.list_rows());
    model.screens.push(Screen::List(list));
    effects.extend(window(model, request));
    effects
}

pub(super) fn go_accounts(model: &mut Model) -> Vec<Effect> {
    let mut effects = keep_forms(model);
    model.layers.clear();
    model.screens.truncate(1);
    let mut accounts = Accounts::default();
    accounts.tree.ask();
    model.screens.push(Screen::Accounts(accounts));
    effects.push(model.ask(Slot::Accounts, Request::All(Kind::LedgerAccounts)));
    effects
}

/// Orders a stretch of the list on screen, where one is wanted.
pub fn window(model: &mut Model, request: Option<Request>) -> Vec<Effect> {
    request
        .map(|request| model.ask(Slot::Window, request))
        .into_iter()
        .collect()
}

/// Marks the selected row, or takes its mark away, and goes on to the next.
fn mark(model: &mut Model) -> Vec<Effect> {
    if let Some(Screen::List(list)) = model.screens.last_mut() {
        list.toggle_mark();
    }
    step(model, Step::By(1))
}

/// Marks every row of the list, also those that are not on screen; where any is marked, takes all marks away.
fn mark_all(model: &mut Model) -> Vec<Effect> {
    let Some(Screen::List(list)) = model.screens.last_mut() else {
        return Vec::new();
    };
    if !list.marked.is_empty() {
        list.marked.clear();
        return Vec::new();
    }
    list.marking = true;
    let query = list.query.clone();
    vec![model.ask(Slot::Marks, Request::Ids(query))]
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    let kinds = match model.screens.last_mut() {
        Some(Screen::List(list)) => vec![list.query.kind],
        Some(Screen::Accounts(_)) => vec![Kind::LedgerAccounts],
        Some(Screen::Detail(detail)) => {
            detail.record.ask();
            let request = detail.request(Freshness::CacheFirst);
            let (kind, id) = (detail.kind, detail.id.clone());
            let mut effects = vec![model.ask(Slot::Detail, request)];
            effects.extend(intents::follow(model, Some((kind, &id))));
            return effects;
        }
        Some(Screen::Audit(_)) => return audit::refresh(model),
        Some(Screen::Home(_) | Screen::Form(_)) | None => super::WALKED.to_vec(),
    };
    let mut effects = vec![Effect::Walk(kinds)];
    effects.extend(intents::follow(model, None));
    effects
}

fn copy(model: &mut Model) -> Vec<Effect> {
    match enabled::copyable(model) {
        Some(uuid) => {
            model.say(Notice::new(Tone::Done, "notice-copied").with("text", uuid.clone()));
            let mut effects = vec![Effect::Copy(uuid)];
            if let Some(Layer::Find(find)) = model.layers.last() {
                effects.extend(find.note());
            }
            effects
        }
        None => Vec::new(),
    }
}

fn filter_unstamped(model: &mut Model) -> Vec<Effect> {
    let filter = match model.screens.last() {
        Some(Screen::List(list)) if list.query.filter == Filter::Unstamped => Filter::All,
        _ => Filter::Unstamped,
    };
    go_list(
        model,
        ListQuery {
            filter,
            ..ListQuery::natural(Kind::Invoices)
        },
    )
}

pub(super) fn tree(model: &mut Model, change: impl FnOnce(&mut Accounts, usize)) -> Vec<Effect> {
    let height = model.page_rows().saturating_sub(1);
    if let Some(Screen::Accounts(accounts)) = model.screens.last_mut() {
        change(accounts, height);
    }
    Vec::new()
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    match model.layers.last() {
        Some(Layer::Stamp(_)) => stamp::confirm(model),
        Some(Layer::Batch(_)) => batch::desk::confirm(model),
        Some(Layer::Cancel(_)) => cancel::confirm(model),
        Some(Layer::Decide(_)) => decide::confirm(model),
        Some(Layer::Confirm(question)) => {
            let (then, yes) = (question.then.clone(), question.yes);
            model.layers.pop();
            match then {
                _ if !yes => Vec::new(),
                Confirmed::Delete(record) => delete::confirmed(model, &record),
                Confirmed::ChangeViews(change) => vec![Effect::ChangeViews(change)],
                Confirmed::AbandonForm => form::abandon(model),
                Confirmed::DropKept(slot) => form::drop_kept(model, slot),
                Confirmed::Quit => {
                    let mut effects = form::keep_now(model);
                    effects.push(Effect::Quit);
                    effects
                }
            }
        }
        _ => Vec::new(),
    }
}
