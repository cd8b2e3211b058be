//! The audit log as it is asked and read: entries, which of them are wanted, and whether their chain is whole.
//!
//! How it is kept, and sealed, is the store's; nothing here writes an entry.

use jiff::Timestamp;

use super::company::CompanyId;
use super::intent::IntentId;
use super::kind::Kind;
use super::record::Id;

/// Bytes of the hash of an entry (SHA-256).
pub const HASH: usize = 32;

/// What can stand in the log: each act, by what became of it. Screens name them, so that they are found by those words.
pub const EVENTS: [&str; 38] = [
    "stamp-sent",
    "stamp-unknown",
    "stamp-adopted",
    "stamp-refused",
    "stamp-unsent",
    "stamp-released",
    "stamp-decided",
    "issue-sent",
    "issue-unknown",
    "issue-adopted",
    "issue-unstamped",
    "issue-refused",
    "issue-unsent",
    "issue-released",
    "issue-decided",
    "create-sent",
    "create-unknown",
    "create-adopted",
    "create-refused",
    "create-unsent",
    "create-released",
    "create-decided",
    "delete-sent",
    "delete-unknown",
    "delete-adopted",
    "delete-refused",
    "delete-unsent",
    "delete-released",
    "delete-decided",
    "cancel-sent",
    "cancel-unknown",
    "cancel-awaiting",
    "cancel-adopted",
    "cancel-declined",
    "cancel-refused",
    "cancel-unsent",
    "cancel-released",
    "cancel-decided",
];

/// Something that was done, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// In whose books.
    pub company: CompanyId,
    /// When.
    pub at: Timestamp,
    /// What, as a stable word (`stamp-sent`).
    pub event: String,
    /// Of which act, where it is of one.
    pub intent: Option<IntentId>,
    /// Everything else, as JSON text; never a secret.
    pub detail: String,
}

/// An entry as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number within the company, from 1 on.
    pub seq: u32,
    /// What it says.
    pub entry: AuditEntry,
    /// Hash over it and all before it.
    pub hash: [u8; HASH],
}

/// What stands at a place of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditLine {
    /// An entry.
    Entry(AuditRow),
    /// An entry that somebody damaged, so that nothing of it can be told but its number.
    Unreadable {
        /// Its number within the company.
        seq: u32,
    },
}

impl AuditLine {
    /// Its number within the company.
    pub fn seq(&self) -> u32 {
        match self {
            Self::Entry(row) => row.seq,
            Self::Unreadable { seq } => *seq,
        }
    }

    /// The entry, where it can be read.
    pub fn entry(&self) -> Option<&AuditRow> {
        match self {
            Self::Entry(row) => Some(row),
            Self::Unreadable { .. } => None,
        }
    }
}

/// Which entries are looked for. One that cannot be read is among them always: nobody knows what it said.
/// What is empty leaves everything in; the rest must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Not before this moment.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// With this beginning of the event (`stamp`, `stamp-refused`).
    pub event: String,
    /// Of the document with this id, or this serie and folio.
    pub document: String,
    /// Of this record, with the entries of the act that made it.
    pub of: Option<(Kind, Id)>,
    /// With all these words in it.
    pub words: Vec<Said>,
}

/// A word that an entry says: in its own text, or by what its event is called on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The word, folded.
    pub word: String,
    /// Events in whose name it stands.
    pub events: Vec<&'static str>,
}

impl AuditQuery {
    /// Whether it leaves everything in.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// A stretch of the entries that a query leaves in, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditWindow {
    /// Which entries.
    pub query: AuditQuery,
    /// Index of the first of these rows among those found.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<AuditLine>,
    /// How many were found so far.
    pub found: usize,
    /// How many were looked at.
    pub looked: usize,
    /// How many the log has.
    pub all: usize,
}

impl AuditWindow {
    /// Whether all of the log was looked at, so that `found` is the whole number.
    pub fn is_whole(&self) -> bool {
        self.looked >= self.all
    }

    /// The row at this index of the whole list, where it is here.
    pub fn row(&self, idx: usize) -> Option<&AuditLine> {
        self.rows.get(idx.checked_sub(self.offset)?)
    }
}

/// What a verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The log is whole.
    Whole {
        /// How many entries it has.
        entries: u32,
        /// Hash of the last one; all zeros for an empty log.
        head: [u8; HASH],
    },
    /// The log was tampered with.
    Broken {
        /// Number of the first entry that is not what it should be.
        at: u32,
    },
}
