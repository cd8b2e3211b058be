//! Deleting a record: who may be deleted, the question that names it, and what follows.
//!
//! A delete is an act like a stamp (law 1): it stands in the outbox before it leaves, it is sent once, and without a
//! clear answer the record is read before anything is said or done again.

use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent, Progress, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::status::Status;

use super::model::{Confirm, Confirmed, Layer, Model, Screen, StampShown};
use super::msg::Effect;
use super::notice::{Notice, Tone};
use super::update;

/// Why a record cannot be deleted (contract B.0, B.8, B.9); none when it can.
pub fn barred(model: &Model, record: &Record) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    if model.read_only {
        return no("reason-read-only");
    }
    match record.kind {
        Kind::LedgerAccounts => return no("reason-account-not-deleted"),
        Kind::CompanyInfo => return no("reason-company-not-deleted"),
        _ if !record.kind.spec().operations.delete => return no("reason-never-deleted"),
        _ => {}
    }
    if model
        .intent_on(record.kind, &record.id)
        .is_some_and(|intent| intent.progress.is_open())
    {
        return no("reason-unknown");
    }
    if !record.kind.is_stamped() {
        return None;
    }
    // What this program stamped a moment ago may not have been read again yet.
    match (model.stamp_of(record), record.status()) {
        (StampShown::Stamped | StampShown::CancelPending | StampShown::Cancelled, _) => {
            no("reason-stamped-not-deleted").map(|notice| notice.with("kind", record.kind.slug()))
        }
        (_, Status::Voided) => no("reason-voided"),
        (StampShown::NotRead, _) => no("reason-not-read"),
        (StampShown::Sending | StampShown::CancelSending | StampShown::Unknown, _) => {
            no("reason-unknown")
        }
        // An unstamped invoice that is no draft any more counts in the books; an unstamped credit note is always open.
        (StampShown::Unstamped | StampShown::Refused, status)
            if record.kind == Kind::Invoices && status != Status::Draft =>
        {
            no("reason-only-drafts-deleted")
        }
        (StampShown::Unstamped | StampShown::Refused, _) => None,
    }
}

/// Asks whether the selected record shall be deleted. No is selected.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    let Some(record) = model.subject() else {
        return Vec::new();
    };
    let asked = Box::new(record.clone());
    let both = record.flag(Field::IsCustomer) && record.flag(Field::IsSupplier);
    let words = if both {
        "confirm-delete-both"
    } else {
        "confirm-delete"
    };
    let company = model
        .company
        .value()
        .map_or(String::new(), |company| company.name.clone());
    let notice = Notice::new(Tone::Warning, words)
        .with("kind", model.words.kind_one(record.kind))
        .with("name", called(model, record))
        .with("company", company)
        .with("rfc", model.rfc());
    model.layers.push(Layer::Confirm(Confirm {
        notice,
        then: Confirmed::Delete(asked),
        yes: false,
    }));
    Vec::new()
}

/// Title, contact and total: what tells a record apart from its neighbours.
fn called(model: &Model, record: &Record) -> String {
    let mut parts = vec![model.title_of(record)];
    let contact = record.text(Field::Contact);
    if !contact.is_empty() {
        parts.push(contact.to_owned());
    }
    if let Some(total) = record.money(Field::Total) {
        parts.push(format!("{total} {}", record.text(Field::Currency)));
    }
    parts.join(" · ")
}

/// The yes was given: the act goes into the outbox. It is about the record that was named, wherever the selection is by
/// now.
pub fn confirmed(model: &mut Model, record: &Record) -> Vec<Effect> {
    // What was allowed when it was asked may be barred by now.
    if let Some(reason) = barred(model, record) {
        model.say(reason);
        return Vec::new();
    }
    let intent = Intent {
        id: model.name_intent(),
        company: model.company_id.clone(),
        kind: record.kind,
        act: Act::Delete(record.id.clone()),
        snapshot: Snapshot {
            number: model.title_of(record),
            ..Snapshot::of(record)
        },
        baseline: Vec::new(),
        editor: None,
        planned_at: model.now,
        progress: Progress::Planned,
    };
    update::commit(model, intent)
}

/// A delete came to its end: a page of what is gone closes, a mark on it goes.
pub fn settled(model: &mut Model, intent: &Intent) {
    let (Act::Delete(id), Progress::Adopted { .. }) = (&intent.act, &intent.progress) else {
        return;
    };
    model.screens.retain(|screen| {
        !matches!(screen, Screen::Detail(detail) if detail.kind == intent.kind && detail.id == *id)
    });
    for screen in &mut model.screens {
        if let Screen::List(list) = screen
            && list.query.kind == intent.kind
        {
            list.marked.remove(id);
        }
    }
}

/// What is said about a delete that came to its end; none while it is open.
pub fn notice_of(progress: &Progress) -> Option<Notice> {
    Some(match progress {
        Progress::Adopted { .. } => Notice::new(Tone::Done, "notice-deleted"),
        Progress::Refused(refusal) => Notice::new(Tone::Error, "notice-delete-refused")
            .with("code", refusal.code.clone())
            .with("text", refusal.text.clone()),
        Progress::Released => Notice::new(Tone::Warning, "notice-delete-released"),
        Progress::Planned
        | Progress::Sent { .. }
        | Progress::Unknown { .. }
        | Progress::Unstamped(_)
        | Progress::Unsent(_)
        // What is not there any more was deleted: a delete leaves nothing to decide, and waits for nobody.
        | Progress::Decided(_)
        | Progress::Awaiting { .. }
        | Progress::Declined => return None,
    })
}
