//! Why an action cannot be done just now. One function per rule, one place for all of them.

use crate::domain::kind::Kind;
use crate::domain::list::{Filter, ListQuery};
use crate::domain::record::Record;
use crate::domain::spec::Grid;
use crate::domain::status::Status;

use super::audit;
use super::batch;
use super::cancel;
use super::companies;
use super::decide;
use super::delete;
use super::detail::Detail;
use super::form::{self, paying};
use super::keymap::{Action, Place};
use super::list::List;
use super::live;
use super::model::{Layer, Model, Screen};
use super::notice::{Notice, Tone};
use super::package;
use super::qr;
use super::stamp;
use super::views;

/// The reason that bars an action here and now; none when it can be done.
pub fn reason(model: &Model, action: Action) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    if model.masked && changes_something(model, action) {
        return no("reason-masked");
    }
    if model.going_to.is_some() && changes_something(model, action) {
        return no("reason-going-over");
    }
    match action {
        Action::New => match creatable(model) {
            _ if model.read_only => no("reason-read-only"),
            None => no("reason-no-form"),
            Some(_) => None,
        },
        Action::Edit => {
            let Some(record) = model.subject() else {
                return no("reason-nothing-selected");
            };
            if model.read_only {
                no("reason-read-only")
            } else if !record.kind.spec().operations.update {
                no("reason-never-edited")
            } else if record.kind.spec().form.fields.is_empty() {
                no("reason-no-form")
            } else if record.is_immutable() {
                no("reason-stamped").map(|notice| notice.with("kind", record.kind.slug()))
            } else if is_closed(record) {
                no("reason-closed")
            } else if model.saves.contains(&(record.kind, record.id.clone())) {
                no("reason-saving")
            } else if model
                .intent_on(record.kind, &record.id)
                .is_some_and(|intent| intent.progress.is_open())
                || model.being_stamped(record).is_some()
            {
                no("reason-unknown")
            } else {
                None
            }
        }
        Action::Duplicate | Action::MakeInvoice | Action::MakeCreditNote | Action::MakeBill => {
            match model.subject() {
                _ if model.read_only => no("reason-read-only"),
                None => no("reason-nothing-selected"),
                Some(record) => form::barred(action, record),
            }
        }
        Action::StampFixed if model.read_only => no("reason-read-only"),
        Action::StampFixed => match batch::fixing::to_stamp_again(model).is_empty() {
            true => no("reason-nothing-to-fix"),
            false => None,
        },
        Action::NextWaiting => match form::waiting_slots(model).is_empty() {
            true => no("reason-nothing-waits"),
            false => None,
        },
        Action::NextToFix => match batch::fixing::left(model) {
            0 => no("reason-nothing-to-fix"),
            _ => None,
        },
        // Stamped already: what is missing there is no stamp of ours.
        Action::Stamp if is_about_receipts(model) => no("reason-receipt"),
        // One key too early, and another document than those that were meant would be asked about.
        Action::Stamp if is_marking(model) => no("reason-marking"),
        Action::Stamp => match (marked(model), model.subject()) {
            (Some(kind), _) => batch::desk::barred(model, kind),
            (None, Some(record)) => stamp::barred(model, record),
            (None, None) => no("reason-nothing-selected"),
        },
        Action::Cancel => match model.subject() {
            Some(record) => cancel::barred(model, record),
            None => no("reason-nothing-selected"),
        },
        Action::SaveAndStamp => match model.screens.last() {
            _ if model.read_only => no("reason-read-only"),
            Some(Screen::Form(form)) if !form.kind.is_stamped() => no("reason-never-stamped"),
            Some(Screen::Form(form)) if form.base.is_some() => no("reason-stamped-from-page"),
            _ => None,
        },
        Action::Delete if model.screen_place() == Place::Home => form::drop_barred(model),
        Action::Delete => match model.subject() {
            Some(record) => delete::barred(model, record),
            None => no("reason-nothing-selected"),
        },
        Action::OpenDocument => match audit::selected_document(model) {
            Some(_) => None,
            None => no("reason-no-document"),
        },
        Action::Native | Action::Links | Action::History => match model.subject() {
            Some(_) => None,
            None => no("reason-nothing-selected"),
        },
        Action::SavePapers => match model.subject() {
            // The receipt of a payment is issued and kept at Alegra.
            Some(record) if !record.kind.is_stamped() || record.stamp.uuid().is_none() => {
                no("reason-no-uuid")
            }
            Some(_) if model.rfc().is_empty() => no("reason-qr-incomplete"),
            Some(_) => None,
            None => no("reason-nothing-selected"),
        },
        Action::Package if model.rfc().is_empty() => no("reason-company-unknown"),
        Action::Pack => package::barred(model),
        Action::ShowQr => match model.subject() {
            Some(record) => qr::barred(model, record),
            None => no("reason-nothing-selected"),
        },
        Action::Subscribe => live::barred(model, false),
        Action::Unsubscribe => live::barred(model, true),
        Action::CopyValue => match model.layers.last() {
            Some(Layer::Native(native))
                if native
                    .selection()
                    .is_some_and(|entry| entry.value.is_some()) =>
            {
                None
            }
            _ => no("reason-no-value"),
        },
        Action::CopyUuid => match copyable(model) {
            Some(_) => None,
            None => no("reason-no-uuid"),
        },
        Action::SwitchCompany | Action::FindEverywhere => companies::barred(model),
        Action::SaveView => views::barred(model),
        Action::RenameView | Action::DeleteView => match views::selection(model) {
            Some(_) => None,
            None => no("reason-nothing-selected"),
        },
        Action::Decide => decide::barred(model),
        Action::Accept => match model.screens.last() {
            Some(Screen::Form(form)) => form::acceptance_barred(model, form),
            _ => no("reason-no-suggestion"),
        },
        Action::Fill | Action::DistributeOldest | Action::FindExact | Action::ClearApplied => {
            let Some(Screen::Form(form)) = model.screens.last() else {
                return no("reason-no-amounts");
            };
            match form.kind.spec().form.grid {
                Grid::Allocations(_) => form.apply_barred(action).and_then(no),
                Grid::Postings(_) if action == Action::Fill && form.inner_place().is_some() => None,
                Grid::Postings(_) | Grid::Lines(_) | Grid::Nothing => no("reason-no-amounts"),
            }
        }
        Action::VerifyNow => match model.unsettled().is_empty() {
            true => no("reason-nothing-unknown"),
            false => None,
        },
        _ => None,
    }
}

/// Whether it writes or spends: nobody does so without seeing what the mask hides, nor on the way to other books. Copying goes on: the clipboard is not on screen.
fn changes_something(model: &Model, action: Action) -> bool {
    if action == Action::Confirm {
        return matches!(
            model.layers.last(),
            Some(Layer::Stamp(_) | Layer::Batch(_) | Layer::Cancel(_))
        );
    }
    matches!(
        action,
        Action::New
            | Action::Edit
            | Action::Duplicate
            | Action::MakeInvoice
            | Action::MakeCreditNote
            | Action::MakeBill
            | Action::Stamp
            | Action::StampFixed
            | Action::NextWaiting
            | Action::Cancel
            | Action::Delete
            | Action::Decide
            | Action::ShowQr
            | Action::Save
            | Action::SaveAndStamp
    )
}

/// Whether all rows of the list on screen are just being marked.
fn is_marking(model: &Model) -> bool {
    matches!(model.screens.last(), Some(Screen::List(list)) if list.marking)
}

/// The kind of the documents that are marked on the list on screen; none where none are.
fn marked(model: &Model) -> Option<Kind> {
    match model.screens.last() {
        Some(Screen::List(list)) if !list.marked.is_empty() => Some(list.query.kind),
        _ => None,
    }
}

/// Whether the list on screen shows what waits for the receipt of a payment.
fn is_about_receipts(model: &Model) -> bool {
    match model.screens.last() {
        Some(Screen::List(list)) => list.query.filter == Filter::WithoutReceipt,
        _ => false,
    }
}

/// Whether a purchase or a quote is done with, so that the server changes it no more (contract 1.3).
fn is_closed(record: &Record) -> bool {
    match record.kind {
        Kind::Bills => matches!(record.status(), Status::Paid | Status::Voided),
        Kind::PurchaseOrders => {
            matches!(
                record.status(),
                Status::Closed | Status::Billed | Status::Deleted
            )
        }
        Kind::Quotes => matches!(record.status(), Status::Billed | Status::Voided),
        _ => false,
    }
}

/// Whether the footer names an action: it makes sense with what is on screen, and can be done just now. Help and palette
/// name the others all the same, with their reasons.
pub fn applies(model: &Model, action: Action) -> bool {
    makes_sense(model, action) && reason(model, action).is_none()
}

fn makes_sense(model: &Model, action: Action) -> bool {
    if matches!(model.layers.last(), Some(Layer::Confirm(_))) && action == Action::CopyUuid {
        return false;
    }
    match (action, model.screens.last()) {
        (Action::Decide, _) => {
            decide::subject(model).is_some()
                && !matches!(model.layers.last(), Some(Layer::Decide(_)))
        }
        // While there is no connection nothing is gained by going through them.
        (Action::NextWaiting, _) => {
            model.offline.is_none() && !form::waiting_slots(model).is_empty()
        }
        (Action::Delete, Some(Screen::Home(_))) => form::drop_barred(model).is_none(),
        (Action::NextToFix, _) => batch::fixing::left(model) > 0,
        (Action::StampFixed, _) => !batch::fixing::to_stamp_again(model).is_empty(),
        (Action::OpenDocument, _) => audit::selected_document(model).is_some(),
        (Action::CopyUuid, _)
            if matches!(
                model.layers.last(),
                Some(Layer::Batch(_) | Layer::Decide(_) | Layer::Confirm(_))
            ) =>
        {
            false
        }
        (Action::Stamp | Action::Cancel | Action::CopyUuid, Some(Screen::List(list))) => {
            list.query.kind.is_stamped()
        }
        (Action::Stamp | Action::Cancel | Action::CopyUuid, Some(Screen::Detail(detail))) => {
            detail.kind.is_stamped()
        }
        (Action::ShowQr | Action::SavePapers, Some(Screen::Detail(detail))) => {
            detail.kind.is_stamped()
        }
        (Action::SaveAndStamp, Some(Screen::Form(form))) => form.kind.is_stamped(),
        (Action::AddLine | Action::DeleteLine, Some(Screen::Form(form))) => {
            form.content.rows.can_grow()
        }
        (Action::AddNative, Some(Screen::Form(form))) => form.takes_others(),
        (Action::Fill, Some(Screen::Form(form))) => form.inner_place().is_some(),
        (Action::DistributeOldest | Action::FindExact, Some(Screen::Form(form))) => {
            paying::is_payment(form)
        }
        (Action::FilterUnstamped | Action::Package, Some(Screen::List(list))) => {
            list.query.kind.is_stamped()
        }
        (
            Action::Duplicate | Action::MakeInvoice | Action::MakeCreditNote | Action::MakeBill,
            Some(
                Screen::List(List {
                    query: ListQuery { kind, .. },
                    ..
                })
                | Screen::Detail(Detail { kind, .. }),
            ),
        ) => form::becomes(action, *kind).is_some(),
        _ => true,
    }
}

/// The kind that a new record would have here.
pub fn creatable(model: &Model) -> Option<Kind> {
    let kind = match model.screens.last()? {
        Screen::Home(_) => Kind::Invoices,
        Screen::List(list) => list.query.kind,
        Screen::Accounts(_) => Kind::LedgerAccounts,
        Screen::Detail(_) | Screen::Form(_) | Screen::Audit(_) => return None,
    };
    let spec = kind.spec();
    (spec.operations.create && !spec.form.fields.is_empty()).then_some(kind)
}

/// The folio fiscal that a copy would take.
pub fn copyable(model: &Model) -> Option<String> {
    if let Some(Layer::Stamp(card)) = model.layers.last() {
        let stamp::Phase::Acting(id) = &card.phase else {
            return None;
        };
        return match &model.intents.get(id)?.progress {
            crate::domain::intent::Progress::Adopted { uuid, .. } => {
                uuid.as_ref().map(|uuid| uuid.as_str().to_owned())
            }
            _ => None,
        };
    }
    if let Some(Layer::Cancel(_)) = model.layers.last() {
        return None;
    }
    if let Some(Layer::Find(find)) = model.layers.last() {
        let record = &find.selection()?.record;
        return record.stamp.uuid().map(|uuid| uuid.as_str().to_owned());
    }
    model
        .subject()?
        .stamp
        .uuid()
        .map(|uuid| uuid.as_str().to_owned())
}
