//! The stamp of a document as the screen shows it.
//!
//! It holds no more than names of states; what joins record and outbox to one of them is the model's.

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
