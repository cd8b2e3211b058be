//! What is known of the deliveries by which the other side tells of changes.

use jiff::Timestamp;

use super::Trouble;

/// How the listening for what the other side tells by itself goes (contract E).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// Where it is listened, or should be.
    pub address: String,
    /// Whether somebody else, perhaps another window, listens there.
    pub is_taken: bool,
    /// Where the other side is told to deliver; empty where no public address is configured.
    pub url: String,
    /// How it stands with the subscription.
    pub subscription: Subscribed,
    /// How many were about other books than these since they were opened: nothing was read for them.
    pub foreign: usize,
    /// What was heard last, the newest first.
    pub heard: Vec<Heard>,
}

/// How it stands with the subscription to what the other side tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Subscribed {
    /// There is none, or nobody asked yet.
    #[default]
    No,
    /// Deliveries come.
    Yes,
    /// It is there and switched off, and this is why, as a machine word.
    Off(String),
    /// Nobody could be asked.
    Unknown(Trouble),
}

/// Something that the other side told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// When it was heard.
    pub at: Timestamp,
    /// What happened (`accounting.invoice.updated`).
    pub name: String,
    /// To which record; empty for a probe.
    pub id: String,
}
