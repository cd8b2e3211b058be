//! Acts that spend or create, as they stand in the outbox (law 1).
//!
//! An intent is written before its request leaves, is sent once, and is settled by reading whenever the answer is
//! not a clear success. This file only says what an intent is; the machine that moves it is in the app.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::cancellation::Motive;
use super::company::CompanyId;
use super::edit::Edit;
use super::kind::Kind;
use super::money::Money;
use super::record::{Id, Record};
use super::stamp::Uuid;

/// Name of an intent: unique for ever, made by whoever starts the act.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IntentId(pub String);

impl fmt::Display for IntentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What is asked of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A new record; for documents a draft that spends nothing.
    Create(Box<Edit>),
    /// A new document that is stamped in the same request (contract C.1, `stamp.generateStamp`).
    CreateAndStamp(Box<Edit>),
    /// Stamp an existing unstamped document (contract D.2: an invoice is opened, a credit note changed, with
    /// `generateStamp`).
    Stamp(Id),
    /// Delete a record.
    Delete(Id),
    /// Cancel a stamped document at the SAT (contract D.2, `/void`).
    Cancel {
        /// Which one.
        id: Id,
        /// Why.
        motive: Motive,
    },
}

impl Act {
    /// What is made, where something is.
    pub fn makes(&self) -> Option<&Edit> {
        match self {
            Act::Create(edit) | Act::CreateAndStamp(edit) => Some(edit),
            Act::Stamp(_) | Act::Delete(_) | Act::Cancel { .. } => None,
        }
    }

    /// Whether it spends a folio.
    pub fn stamps(&self) -> bool {
        match self {
            Act::Stamp(_) | Act::CreateAndStamp(_) => true,
            Act::Create(_) | Act::Delete(_) | Act::Cancel { .. } => false,
        }
    }
}

/// What the document looked like when somebody decided, to recognise it and its twin afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Serie and folio, where it had one.
    pub number: String,
    /// Name of the receiver; of the record itself where it has none.
    pub contact: String,
    /// Id of the receiver's contact.
    pub contact_id: Option<Id>,
    /// RFC of the receiver.
    pub rfc: String,
    /// Day of issue.
    pub date: Option<jiff::civil::Date>,
    /// Total as shown.
    pub total: Option<Money>,
}

impl Snapshot {
    /// What this record says today.
    pub fn of(record: &Record) -> Self {
        use super::field::Field;
        Self {
            number: record.text(Field::Number).to_owned(),
            contact: match record.text(Field::Contact) {
                "" => record.text(Field::Name).to_owned(),
                contact => contact.to_owned(),
            },
            contact_id: record.link(Field::Contact).map(|link| link.id.clone()),
            rfc: record.text(Field::Rfc).to_owned(),
            date: record.date(Field::Date),
            total: record.money(Field::Total),
        }
    }

    /// Whether both could be about the same document: receiver, day and total are alike, as far as they are known. The
    /// server may round otherwise by some cents.
    pub fn is_like(&self, other: &Self) -> bool {
        let differ = |one: Money, other: Money| {
            (one.max(other) - one.min(other))
                .cents()
                .is_none_or(|cents| cents > ROUNDING_CENTS)
        };
        self.contact_id == other.contact_id
            && self.date == other.date
            && !self
                .total
                .zip(other.total)
                .is_some_and(|(one, other)| differ(one, other))
    }
}

/// By so many cents the server's total of lines may differ from ours.
pub const ROUNDING_CENTS: i64 = 10;

/// Why the server said no, in its own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The innermost code that was told (`3051`), as text; empty when none was.
    pub code: String,
    /// The server's own text.
    pub text: String,
    /// The draft that was kept, where the answer named one (contract A.4).
    pub draft: Option<Id>,
}

/// Why a request never left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsent {
    /// Another act on the same document is still open, perhaps in another window.
    AlreadyOpen,
    /// No connection, no room on the disk, or whatever this says; never a secret.
    Failed(String),
}

impl Unsent {
    /// Whether there was nobody to send it to.
    pub fn is_without_connection(&self) -> bool {
        match self {
            Self::AlreadyOpen => false,
            Self::Failed(cause) => matches!(machine_word(cause), "NotSent" | "NoAnswer"),
        }
    }
}

/// The machine word that a cause begins with; what follows it is for the log.
pub fn machine_word(cause: &str) -> &str {
    cause.split(':').next().unwrap_or_default().trim()
}

/// A record that may be the one that a create made, with what a person needs to see of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Which record.
    pub id: Id,
    /// What it said when it was read.
    pub seen: Snapshot,
    /// Its folio fiscal, where it had one then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uuid: Option<Uuid>,
}

impl Candidate {
    /// This record as a candidate.
    pub fn of(record: &Record) -> Self {
        Self {
            id: record.id.clone(),
            seen: Snapshot::of(record),
            uuid: record.stamp.uuid().cloned(),
        }
    }
}

/// Why reading alone cannot tell what became of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Riddle {
    /// Any of these could be the record that was made, and perhaps none of them is.
    Twins(Vec<Candidate>),
    /// The document that was to be stamped is not there any more.
    Gone,
}

/// A read that could not tell, and when it began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// When that read began: only one that began after the gateway's limit lets a person decide.
    pub began: Timestamp,
    /// What it saw.
    pub riddle: Riddle,
}

/// What a person decided where no read could (law 1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// This record is the one that was made.
    Mine(Id),
    /// None of what was seen is: the act was not done, and may be tried again.
    NotDone,
}

/// How far an act has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Written down, not sent.
    Planned,
    /// On its way, or the program died before an answer came: to be settled by reading.
    Sent {
        /// When the request left.
        at: Timestamp,
    },
    /// No clear answer; being read back. Nothing may be sent for this document meanwhile.
    Unknown {
        /// When the request left.
        at: Timestamp,
        /// Read-backs made so far.
        reads: u8,
        /// What went wrong, for people; never a secret.
        cause: String,
        /// What the server answered, where it did answer with a refusal that a read has to confirm.
        refusal: Option<Refusal>,
        /// The record that a success named without its folio fiscal, which only a read can tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record: Option<Id>,
        /// What the last read that was answered could not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        doubt: Option<Doubt>,
    },
    /// A cancellation that was taken and waits for the receiver or the SAT. Followed up by reading; nothing else may be
    /// sent for this document meanwhile.
    Awaiting {
        /// When the request left.
        at: Timestamp,
        /// When the record was looked at last.
        looked: Timestamp,
        /// How often it was looked at since it was taken.
        looks: u8,
    },
    /// Done: the record exists, the stamp where one was asked for, and the cancellation where that was asked for.
    Adopted {
        /// The record that was created or stamped.
        id: Id,
        /// Its folio fiscal.
        uuid: Option<Uuid>,
    },
    /// Of a create that stamps: the record is there, and certainly without a folio fiscal. It may be stamped by itself.
    Unstamped(Id),
    /// The server said no, and a read confirmed that nothing was done; but for a draft, where one was kept.
    Refused(Refusal),
    /// A cancellation that was taken and came to nothing: the receiver did not accept, and the document stands.
    Declined,
    /// Its request never left, so certainly nothing was done.
    Unsent(Unsent),
    /// Given up after the gateway's time limit and a later read that found nothing: may be tried again.
    Released,
    /// No read could tell, and a person did. Who that was stands in the audit log.
    Decided(Decision),
}

impl Progress {
    /// Whether the outcome is still open, so that the document must not be touched.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Progress::Planned
                | Progress::Sent { .. }
                | Progress::Unknown { .. }
                | Progress::Awaiting { .. }
        )
    }

    /// What a person may decide by now: only where a read that began after the gateway's limit could not tell (law 1).
    /// After a refusal any read will do: the server is done with the request.
    pub fn to_decide(&self) -> Option<&Riddle> {
        match self {
            Progress::Unknown {
                at,
                refusal,
                doubt: Some(doubt),
                ..
            } if refusal.is_some() || doubt.began.duration_since(*at) >= RELEASE_AFTER => {
                Some(&doubt.riddle)
            }
            _ => None,
        }
    }

    /// The record that came of it, where one is known to have.
    pub fn record(&self) -> Option<&Id> {
        match self {
            Progress::Adopted { id, .. }
            | Progress::Unstamped(id)
            | Progress::Decided(Decision::Mine(id)) => Some(id),
            _ => None,
        }
    }

    /// The record that a create made, also where it is only the draft that was kept of it.
    pub fn made(&self) -> Option<&Id> {
        match self {
            Progress::Refused(refusal) => refusal.draft.as_ref(),
            _ => self.record(),
        }
    }

    /// The folio fiscal on the record that a person decides on by going on to `decided`, where it had one when it was
    /// read.
    pub fn decided_uuid(&self, decided: &Progress) -> Option<&Uuid> {
        let (Some(Riddle::Twins(seen)), Progress::Decided(Decision::Mine(id))) =
            (self.to_decide(), decided)
        else {
            return None;
        };
        seen.iter().find(|one| one.id == *id)?.uuid.as_ref()
    }
}

/// One act in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Unique for ever; also the idempotency key where one is sent.
    pub id: IntentId,
    /// Whose books.
    pub company: CompanyId,
    /// Of which resource.
    pub kind: Kind,
    /// What is asked.
    pub act: Act,
    /// What was on screen when it was asked.
    pub snapshot: Snapshot,
    /// For a create: the newest records of the kind just before it was sent, so that a twin found later is not one of
    /// them. Filled in by whoever sends it.
    #[serde(default)]
    pub baseline: Vec<Id>,
    /// For a create: the editor whose content it saves. Another window may show the same editor: of the two one saves
    /// it, and with the record that is made what was kept of it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub editor: Option<String>,
    /// When somebody decided.
    pub planned_at: Timestamp,
    /// How far it has come.
    pub progress: Progress,
}

impl Intent {
    /// The document that must not be touched while this is open; none for a create.
    pub fn target(&self) -> Option<&Id> {
        match &self.act {
            Act::Stamp(id) | Act::Delete(id) | Act::Cancel { id, .. } => Some(id),
            Act::Create(_) | Act::CreateAndStamp(_) => None,
        }
    }

    /// Whether a document that looks like this may be the one that this act is making and stamping right now.
    pub fn may_be_stamping(&self, kind: Kind, seen: &Snapshot) -> bool {
        matches!(self.act, Act::CreateAndStamp(_))
            && self.kind == kind
            && self.progress.is_open()
            && self.snapshot.is_like(seen)
    }
}

/// What came back for a request of an intent, before any reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A clear success that named the record, and the stamp where one was asked for.
    Done {
        /// The record.
        id: Id,
        /// Its folio fiscal, where the answer told it.
        uuid: Option<Uuid>,
    },
    /// A clear success of a cancellation that waits for the receiver or the SAT.
    Pending,
    /// The server said no. Still followed by a read.
    Refused(Refusal),
    /// No answer, a cut one, or one that says nothing about the act.
    Unclear {
        /// For people; never a secret.
        cause: String,
    },
    /// Another act on the same document is still open: nothing was sent.
    AlreadyOpen,
    /// The request never left the machine, so certainly nothing was done.
    NotSent {
        /// For people; never a secret.
        cause: String,
    },
}

/// What a read-back saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sighting {
    /// The act is done.
    Done {
        /// The record.
        id: Id,
        /// Its folio fiscal.
        uuid: Option<Uuid>,
    },
    /// The cancellation is in process.
    Pending,
    /// The document is there and untouched, or no twin of the create was found.
    NotDone,
    /// The record of a create that stamps is there, and has no folio fiscal.
    Unstamped(Id),
    /// Reading cannot tell: a person decides.
    Doubtful(Riddle),
    /// The read itself failed.
    Unreadable {
        /// For people; never a secret.
        cause: String,
    },
}

/// When read-backs are made, counted from sending (law 1, walk 3).
pub const READ_BACKS: [SignedDuration; 6] = [
    SignedDuration::from_secs(2),
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(10),
    SignedDuration::from_secs(20),
    SignedDuration::from_secs(45),
    SignedDuration::from_secs(95),
];

/// How long after each look at a cancellation in process the next one follows; the last holds from then on. The receiver
/// has three working days (SAT rules §11), so that haste serves nobody.
pub const FOLLOW_UPS: [SignedDuration; 4] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_mins(30),
];

/// How long after sending an unfound result may be released: the gateway's 60 s and 30 s more (law 1).
pub const RELEASE_AFTER: SignedDuration = SignedDuration::from_secs(90);
