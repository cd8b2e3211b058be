//! Stamping many: a batch of documents and the machine that takes it to its end (law 1). No screen, no clock, no wire.
//!
//! Events go in, orders come out. The dialog and the verb without a screen drive this same machine. Each document has an
//! intent of its own in the outbox; a chunk is only a way to send several of them in one request (contract D.3). Right
//! before each chunk its documents are looked at again, and what is not as it was shown drops out. The machine never
//! sends an intent a second time. A document is tried again, as a new intent, in two cases only: the chunk as a whole was
//! refused and a reading found the document untouched; or the server said to wait (429), and a reading after the
//! gateway's limit found it untouched.

pub mod desk;
pub mod fixing;
mod machine;
pub mod sheet;

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::domain::intent::{IntentId, Progress, Refusal};
use crate::domain::money::Money;
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Uuid;
use crate::sat::rules::table::DATE_OLD;

use super::msg::Trouble;
use super::notice::Notice;
use super::stamp::Judgement;

/// Documents of one request at most (contract D.2).
pub const CHUNK: usize = 10;

/// Documents that are looked at together before the question is asked.
const LOOK: usize = 20;

/// How far the batch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its documents are being read and judged.
    Reading,
    /// All are judged; a person decides.
    Asking,
    /// Decided: chunk after chunk goes out.
    Going,
    /// Nothing more will be sent. What is not known yet is still being read back.
    Over,
}

/// Why a document cannot be stamped as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Bar {
    /// The rules found errors; the judgement has them.
    Findings,
    /// It has a folio fiscal already.
    Stamped(Uuid),
    /// It was refused, and says the very same as then.
    Uncorrected(Refusal),
    /// What the screen says of it.
    Notice(Notice),
    /// It is not there any more.
    Gone,
    /// It could not be read.
    Unread(Trouble),
}

/// How a document of the batch stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Being read.
    Reading,
    /// Judged, without an error.
    Ready,
    /// Cannot be stamped as it is.
    NotReady(Bar),
    /// Decided; its chunk has not begun.
    Waiting,
    /// Being looked at once more, before its chunk is sent.
    Checking,
    /// It was not as it had been shown: not sent.
    Changed,
    /// Somebody else had stamped it by then: not sent.
    Elsewhere(Uuid),
    /// Its intent tells the rest.
    Acting {
        /// Which intent.
        intent: IntentId,
        /// How far it has come.
        progress: Progress,
        /// Whether it is being read back just now.
        reading: bool,
    },
    /// Not sent, because the batch was stopped before.
    Left,
    /// It was not ready; after a correction the rules find nothing against it.
    Mended,
}

/// What a look at a document brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// It can be stamped as far as is known, unless the judgement has errors.
    Judged {
        /// The document.
        record: Box<Record>,
        /// Its receiver's contact.
        receiver: Box<Record>,
        /// What the rules say.
        judgement: Box<Judgement>,
    },
    /// It cannot be stamped, whatever the rules say.
    Barred(Option<Box<Record>>, Bar),
}

/// A document of the batch.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which document.
    pub id: Id,
    /// As it was shown when it was asked for; none until it was read.
    pub record: Option<Box<Record>>,
    /// Its receiver's contact, of the same reading.
    pub receiver: Option<Box<Record>>,
    /// What the rules said of that.
    pub judgement: Option<Box<Judgement>>,
    /// How it stands.
    pub standing: Standing,
}

impl Row {
    /// The total in the currency that it is in, by our own arithmetic.
    fn total(&self) -> Option<(&str, Money)> {
        let judgement = self.judgement.as_ref()?;
        let totals = judgement.totals.as_ref();
        let total = totals.filter(|totals| totals.left_out.is_empty())?.total;
        Some((judgement.draft.currency.as_str(), total))
    }

    /// The UUID that it has, whoever stamped it.
    pub fn uuid(&self) -> Option<&Uuid> {
        match &self.standing {
            Standing::Elsewhere(uuid) | Standing::NotReady(Bar::Stamped(uuid)) => Some(uuid),
            Standing::Acting {
                progress: Progress::Adopted { uuid, .. },
                ..
            } => uuid.as_ref(),
            _ => None,
        }
    }

    /// Whether a person has something to correct in it.
    pub fn is_to_fix(&self) -> bool {
        match &self.standing {
            Standing::NotReady(Bar::Findings | Bar::Uncorrected(_)) | Standing::Changed => true,
            Standing::Acting { progress, .. } => matches!(progress, Progress::Refused(_)),
            _ => false,
        }
    }

    /// Whether it was wanted and never left, for a reason that is none of its own.
    fn was_left_behind(&self) -> bool {
        match &self.standing {
            Standing::Left | Standing::NotReady(Bar::Unread(_)) => true,
            Standing::Acting { progress, .. } => matches!(progress, Progress::Unsent(_)),
            _ => false,
        }
    }

    /// Whether its 72 hours are over.
    fn has_run_out(&self) -> bool {
        let findings = self.judgement.iter().flat_map(|found| &found.findings);
        findings
            .into_iter()
            .any(|finding| finding.rule == &DATE_OLD)
    }

    /// Why the server said no to it, where it did.
    fn refusal(&self) -> Option<&Refusal> {
        match self.progress() {
            Some(Progress::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }

    fn progress(&self) -> Option<&Progress> {
        match &self.standing {
            Standing::Acting { progress, .. } => Some(progress),
            _ => None,
        }
    }

    /// Whether its request was answered as far as it will be for now: the rest is the read-backs' work.
    fn is_answered(&self) -> bool {
        match &self.standing {
            Standing::Acting {
                progress, reading, ..
            } => match progress {
                Progress::Planned | Progress::Sent { .. } => false,
                Progress::Unknown { .. } => !reading,
                _ => true,
            },
            _ => true,
        }
    }
}

/// Why nothing more is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// A person said so.
    Person,
    /// The server refuses this connection, or everything of this sort.
    Refused(Refusal),
    /// The books could not be read.
    Trouble(Trouble),
    /// A request could not leave; the text is a cause as [`Unsent::Failed`](crate::domain::intent::Unsent::Failed) has it.
    Unsent(String),
    /// Chunk after chunk came back without a clear answer.
    Unclear,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Documents were looked at.
    Seen(Vec<(Id, Seen)>),
    /// A person said yes to all that are ready.
    Confirmed,
    /// The chunk was answered as a whole; what became of each document follows.
    Answered {
        /// Whether nothing was said of any single document.
        whole: bool,
        /// How long the server wants to be left alone, where it did nothing for that reason.
        wait: Option<SignedDuration>,
    },
    /// An intent moved.
    Moved {
        /// Which.
        intent: IntentId,
        /// How far it is now.
        progress: Progress,
        /// Whether it is being read back just now.
        reading: bool,
    },
    /// Time has passed.
    Woke,
    /// A person wants it to stop.
    Stopped,
}

/// What has to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Look at these documents.
    Look {
        /// Which.
        ids: Vec<Id>,
        /// Whether only what the server says now will do.
        from_server: bool,
    },
    /// Write an intent for each of these, and send them in one request. Answered by [`Batch::sent_as`].
    Send(Vec<Id>),
}

/// The chunk under way.
#[derive(Clone, Debug)]
struct Chunk {
    ids: Vec<Id>,
    /// Whether its request has left; before that it is looked at.
    sent: bool,
    /// Whether it was answered as a whole only.
    whole: bool,
    /// How long the server wants to be left alone.
    wait: Option<SignedDuration>,
}

/// A batch.
#[derive(Clone, Debug)]
pub struct Batch {
    rows: Vec<Row>,
    places: BTreeMap<Id, usize>,
    stage: Stage,
    /// Chunks that wait, the next one first.
    queue: VecDeque<Vec<Id>>,
    chunk: Option<Chunk>,
    /// Documents whose chunk came back with 429 and that are read back now.
    limited: Vec<Id>,
    pause: Option<Timestamp>,
    stop: Option<Stop>,
    /// Chunks in a row without a clear answer.
    unclear: u8,
}

/// Ready documents, and what they come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ready to be stamped.
    pub ready: usize,
    /// Of these, with warnings.
    pub warned: usize,
    /// Not ready.
    pub not_ready: usize,
    /// Not judged yet.
    pub reading: usize,
    /// What the ready ones come to, by currency.
    pub totals: BTreeMap<String, Money>,
    /// Whether a total is not known, so that the sums are not whole.
    pub untold: bool,
}

/// What has become of the documents so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Stamped by this batch.
    pub stamped: usize,
    /// Refused.
    pub refused: usize,
    /// Not known yet.
    pub unknown: usize,
    /// Stamped by somebody else meanwhile.
    pub elsewhere: usize,
    /// Changed since they were shown.
    pub changed: usize,
    /// Not ready.
    pub not_ready: usize,
    /// Not stamped for any other reason.
    pub left: usize,
    /// On their way or waiting.
    pub pending: usize,
}

impl Batch {
    /// A batch of these documents, each once, and what has to be done first.
    pub fn new(ids: impl IntoIterator<Item = Id>) -> (Self, Vec<Order>) {
        let mut batch = Self {
            rows: Vec::new(),
            places: BTreeMap::new(),
            stage: Stage::Reading,
            queue: VecDeque::new(),
            chunk: None,
            limited: Vec::new(),
            pause: None,
            stop: None,
            unclear: 0,
        };
        for id in ids {
            if batch.places.contains_key(&id) {
                continue;
            }
            batch.places.insert(id.clone(), batch.rows.len());
            batch.rows.push(Row {
                id,
                record: None,
                receiver: None,
                judgement: None,
                standing: Standing::Reading,
            });
        }
        let orders = batch.look();
        (batch, orders)
    }

    /// Its documents; once all are judged, the ready ones come first, and of these those whose time runs out first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A document of it.
    pub fn row(&self, id: &Id) -> Option<&Row> {
        self.rows.get(*self.places.get(id)?)
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Until when the server wants to be left alone.
    pub fn pause(&self) -> Option<Timestamp> {
        self.pause
    }

    /// Why nothing more is sent; none while it goes on or came to its end by itself.
    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// Whether a document of it is on its way or still may be sent.
    pub fn is_going(&self) -> bool {
        self.stage == Stage::Going
    }

    /// Whether a chunk is on its way.
    pub fn is_sending(&self) -> bool {
        self.chunk.as_ref().is_some_and(|chunk| chunk.sent)
    }

    /// Whether it waits only for read-backs of documents that it may have to try again.
    pub fn is_awaiting(&self) -> bool {
        self.is_going() && self.chunk.is_none() && self.pause.is_none()
    }

    /// Whether it has an intent of this name.
    pub fn has(&self, intent: &IntentId) -> bool {
        self.rows.iter().any(|row| row.acts_as(intent))
    }

    /// When it wants to be woken: at the end of a pause, and at each full second of it, because it is counted down.
    pub fn deadline(&self, now: Timestamp) -> Option<Timestamp> {
        let pause = self.pause?;
        if pause <= now {
            return Some(pause);
        }
        let left = seconds_until(pause, now);
        let shown = SignedDuration::from_secs(left.saturating_sub(1));
        pause.checked_sub(shown).ok()
    }

    /// What is ready, and what it comes to.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for row in &self.rows {
            match row.standing {
                Standing::Reading => tally.reading += 1,
                Standing::NotReady(_) => tally.not_ready += 1,
                _ => {
                    tally.ready += 1;
                    let warnings = row.judgement.as_ref().map_or(0, |found| found.warnings());
                    tally.warned += usize::from(warnings > 0);
                    match row.total() {
                        Some((currency, total)) => {
                            let sum = tally.totals.entry(currency.to_owned()).or_default();
                            *sum = *sum + total;
                        }
                        None => tally.untold = true,
                    }
                }
            }
        }
        tally
    }

    /// What has become of the documents so far.
    pub fn results(&self) -> Results {
        let mut results = Results::default();
        for row in &self.rows {
            let count = match &row.standing {
                Standing::Reading | Standing::Ready | Standing::Waiting | Standing::Checking => {
                    &mut results.pending
                }
                Standing::NotReady(_) => &mut results.not_ready,
                Standing::Changed => &mut results.changed,
                Standing::Elsewhere(_) => &mut results.elsewhere,
                Standing::Left | Standing::Mended => &mut results.left,
                Standing::Acting { progress, .. } => match progress {
                    Progress::Planned | Progress::Sent { .. } => &mut results.pending,
                    Progress::Unknown { .. } => &mut results.unknown,
                    Progress::Adopted { .. } => &mut results.stamped,
                    Progress::Refused(_) => &mut results.refused,
                    Progress::Unsent(_)
                    | Progress::Released
                    | Progress::Decided(_)
                    // Of a create, and of a cancellation.
                    | Progress::Unstamped(_)
                    | Progress::Awaiting { .. }
                    | Progress::Declined => &mut results.left,
                },
            };
            *count += 1;
        }
        results
    }

    /// The intents of a chunk are written: each document is one of them from now on.
    pub fn sent_as(&mut self, names: impl IntoIterator<Item = (Id, IntentId)>) {
        for (id, intent) in names {
            self.stand(
                &id,
                Standing::Acting {
                    intent,
                    progress: Progress::Planned,
                    reading: false,
                },
            );
        }
    }

    /// A document that was not ready was corrected.
    pub fn mended(&mut self, id: &Id) {
        if self.stage == Stage::Over {
            self.stand(id, Standing::Mended);
        }
    }
}

impl Row {
    fn acts_as(&self, name: &IntentId) -> bool {
        matches!(&self.standing, Standing::Acting { intent, .. } if intent == name)
    }
}

/// Full seconds until then, a begun one counted whole.
pub fn seconds_until(then: Timestamp, now: Timestamp) -> i64 {
    let left = then.duration_since(now);
    left.as_secs() + i64::from(left.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests;
