//! The stamp of a document as the screen shows it: what was read of the record, joined with what the outbox knows.

use crate::domain::intent::{Act, Progress};
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;

use super::{Model, newest};

/// The second axis as it is shown: what the record says joined with what the outbox says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StampShown {
    /// Not read yet: no claim.
    NotRead,
    /// Without a folio fiscal.
    Unstamped,
    /// A request is on its way.
    Sending,
    /// No clear answer yet.
    Unknown,
    /// The server said no.
    Refused,
    /// With a folio fiscal.
    Stamped,
    /// The request for its cancellation is on its way.
    CancelSending,
    /// Waiting for the SAT or the receiver.
    CancelPending,
    /// Cancelled.
    Cancelled,
}

impl StampShown {
    /// The key of its badge.
    pub fn words_key(self) -> &'static str {
        match self {
            StampShown::NotRead => "stamp-not-read",
            StampShown::Unstamped => "stamp-unstamped",
            StampShown::Sending => "stamp-sending",
            StampShown::Unknown => "stamp-unknown",
            StampShown::Refused => "stamp-refused",
            StampShown::Stamped => "stamp-stamped",
            StampShown::CancelSending => "stamp-cancel-sending",
            StampShown::CancelPending => "stamp-cancel-pending",
            StampShown::Cancelled => "stamp-cancelled",
        }
    }
}

impl Model {
    /// The second axis of a record as the screen shows it: what was read, and what this program is doing about it.
    pub fn stamp_of(&self, record: &Record) -> StampShown {
        match record.stamp {
            Stamp::Stamped(_) => return self.cancelling_of(record),
            Stamp::CancelPending(_) => return StampShown::CancelPending,
            Stamp::Cancelled(_) => return StampShown::Cancelled,
            Stamp::NotRead | Stamp::Unstamped => {}
        }
        // It may be the one that is being made and stamped right now.
        if self.being_stamped(record).is_some() {
            return StampShown::Unknown;
        }
        // A delete of the same document says nothing about its stamp, and must not hide what is known of it.
        let doing = newest(
            self.intents_on(record.kind, &record.id)
                .filter(|intent| matches!(intent.act, Act::Stamp(_))),
        );
        match doing.map(|intent| &intent.progress) {
            Some(Progress::Planned | Progress::Sent { .. }) => StampShown::Sending,
            Some(Progress::Unknown { .. }) => StampShown::Unknown,
            Some(Progress::Refused(_)) if record.stamp == Stamp::Unstamped => StampShown::Refused,
            Some(Progress::Adopted { .. }) => StampShown::Stamped,
            Some(
                Progress::Refused(_)
                | Progress::Unstamped(_)
                | Progress::Unsent(_)
                | Progress::Released
                | Progress::Awaiting { .. }
                | Progress::Declined
                | Progress::Decided(_),
            )
            | None => match record.stamp {
                Stamp::NotRead => StampShown::NotRead,
                _ => StampShown::Unstamped,
            },
        }
    }

    /// How a stamped record is shown: what this program is doing to cancel it comes before what was read.
    fn cancelling_of(&self, record: &Record) -> StampShown {
        let doing = newest(
            self.intents_on(record.kind, &record.id)
                .filter(|intent| matches!(intent.act, Act::Cancel { .. })),
        );
        match doing.map(|intent| &intent.progress) {
            Some(Progress::Planned | Progress::Sent { .. }) => StampShown::CancelSending,
            Some(Progress::Unknown { .. }) => StampShown::Unknown,
            Some(Progress::Awaiting { .. }) => StampShown::CancelPending,
            Some(Progress::Adopted { .. }) => StampShown::Cancelled,
            _ => StampShown::Stamped,
        }
    }
}
