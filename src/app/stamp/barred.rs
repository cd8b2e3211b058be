//! Why a document cannot be stamped.

use crate::domain::intent::Act;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::status::Status;

use super::super::model::{Model, StampShown};
use super::super::notice::{Notice, Tone};

/// Why the record on the page cannot be stamped; none when it can.
pub fn barred(model: &Model, record: &Record) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    if record.kind == Kind::Payments {
        return no("reason-receipt");
    }
    if !record.kind.is_stamped() {
        return no("reason-never-stamped");
    }
    if model.read_only {
        return no("reason-read-only");
    }
    if model.is_being_saved(record) {
        return no("reason-saving");
    }
    let is_going = model
        .intent_on(record.kind, &record.id)
        .is_some_and(|intent| intent.progress.is_open() && matches!(intent.act, Act::Delete(_)));
    if is_going {
        return no("reason-unknown");
    }
    match model.stamp_of(record) {
        StampShown::NotRead => no("reason-not-read"),
        StampShown::Sending => no("reason-sending"),
        StampShown::CancelSending => no("reason-unknown"),
        StampShown::Unknown => no("reason-unknown"),
        StampShown::Stamped | StampShown::CancelPending | StampShown::Cancelled => {
            no("reason-stamped-already")
        }
        StampShown::Unstamped | StampShown::Refused => match record.status() {
            Status::Voided => no("reason-voided"),
            _ => None,
        },
    }
}
