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
pub mod sheet;

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::domain::field::Field;
use crate::domain::intent::{IntentId, Progress, Refusal, Unsent};
use crate::domain::money::Money;
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Uuid;

use super::msg::{Trouble, TroubleSort};
use super::notice::Notice;
use super::stamp::Judgement;

/// Documents of one request at most (contract D.2).
pub const CHUNK: usize = 10;

/// Documents that are looked at together before the question is asked.
const LOOK: usize = 20;

/// After so many chunks in a row without a clear answer nothing more is sent.
const UNCLEAR_IN_A_ROW: u8 = 2;

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
            Standing::NotReady(Bar::Findings) | Standing::Changed => true,
            Standing::Acting { progress, .. } => matches!(progress, Progress::Refused(_)),
            _ => false,
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
    /// A request could not leave; the text is a cause as [`Unsent::Failed`] has it.
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
                    Progress::Unsent(_) | Progress::Released | Progress::Decided(_) => {
                        &mut results.left
                    }
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

    /// Something happened. What has to be done next.
    pub fn step(&mut self, event: Event, now: Timestamp) -> Vec<Order> {
        match event {
            Event::Seen(seen) => self.seen(seen, now),
            Event::Confirmed => self.confirmed(now),
            Event::Answered { whole, wait } => {
                if let Some(chunk) = &mut self.chunk {
                    chunk.whole = whole;
                    chunk.wait = wait;
                }
                Vec::new()
            }
            Event::Moved {
                intent,
                progress,
                reading,
            } => self.moved(&intent, progress, reading, now),
            Event::Woke => match self.pause {
                Some(pause) if pause <= now => {
                    self.pause = None;
                    self.go_on(now)
                }
                _ => Vec::new(),
            },
            Event::Stopped => self.stopped(),
        }
    }

    fn stand(&mut self, id: &Id, standing: Standing) {
        let place = self.places.get(id).copied();
        if let Some(row) = place.and_then(|place| self.rows.get_mut(place)) {
            row.standing = standing;
        }
    }

    /// The next documents that nobody has looked at.
    fn look(&mut self) -> Vec<Order> {
        let unread = self
            .rows
            .iter()
            .filter(|row| row.standing == Standing::Reading);
        let ids: Vec<Id> = unread.take(LOOK).map(|row| row.id.clone()).collect();
        if ids.is_empty() {
            self.all_judged();
            return Vec::new();
        }
        vec![Order::Look {
            ids,
            from_server: false,
        }]
    }

    /// Everything is judged: what is ready comes first, and of that what runs out first. Where nothing is ready there is nothing to ask.
    fn all_judged(&mut self) {
        let deadline = |row: &Row| {
            let day = row
                .record
                .as_ref()
                .and_then(|record| record.date(Field::Date));
            (row.standing != Standing::Ready, day.is_none(), day)
        };
        self.rows
            .sort_by(|one, other| deadline(one).cmp(&deadline(other)));
        let places = self.rows.iter().enumerate();
        self.places = places.map(|(place, row)| (row.id.clone(), place)).collect();
        let any_ready = self.rows.iter().any(|row| row.standing == Standing::Ready);
        self.stage = match any_ready {
            true => Stage::Asking,
            false => Stage::Over,
        };
    }

    fn seen(&mut self, seen: Vec<(Id, Seen)>, now: Timestamp) -> Vec<Order> {
        match self.stage {
            Stage::Reading => {
                for (id, seen) in seen {
                    self.first_look(&id, seen);
                }
                self.look()
            }
            Stage::Going => self.checked(seen, now),
            Stage::Asking | Stage::Over => Vec::new(),
        }
    }

    fn first_look(&mut self, id: &Id, seen: Seen) {
        let place = self.places.get(id).copied();
        let Some(row) = place.and_then(|place| self.rows.get_mut(place)) else {
            return;
        };
        match seen {
            Seen::Judged {
                record,
                receiver,
                judgement,
            } => {
                row.standing = match judgement.errors() {
                    0 => Standing::Ready,
                    _ => Standing::NotReady(Bar::Findings),
                };
                row.record = Some(record);
                row.receiver = Some(receiver);
                row.judgement = Some(judgement);
            }
            Seen::Barred(record, bar) => {
                row.record = record;
                row.standing = Standing::NotReady(bar);
            }
        }
    }

    fn confirmed(&mut self, now: Timestamp) -> Vec<Order> {
        if self.stage != Stage::Asking {
            return Vec::new();
        }
        self.stage = Stage::Going;
        let ready: Vec<Id> = self
            .rows
            .iter()
            .filter(|row| row.standing == Standing::Ready)
            .map(|row| row.id.clone())
            .collect();
        for id in &ready {
            self.stand(id, Standing::Waiting);
        }
        self.queue = ready.chunks(CHUNK).map(<[Id]>::to_vec).collect();
        self.go_on(now)
    }

    /// The next chunk, where there is one and nothing is in its way.
    fn go_on(&mut self, now: Timestamp) -> Vec<Order> {
        if self.stage != Stage::Going || self.chunk.is_some() {
            return Vec::new();
        }
        if self.stop.is_some() {
            self.end();
            return Vec::new();
        }
        if self.pause.is_some_and(|pause| pause > now) {
            return Vec::new();
        }
        let Some(ids) = self.queue.pop_front() else {
            if self.limited.is_empty() {
                self.end();
            }
            return Vec::new();
        };
        for id in &ids {
            self.stand(id, Standing::Checking);
        }
        self.chunk = Some(Chunk {
            ids: ids.clone(),
            sent: false,
            whole: false,
            wait: None,
        });
        vec![Order::Look {
            ids,
            from_server: true,
        }]
    }

    /// Nothing more is sent.
    fn end(&mut self) {
        self.stage = Stage::Over;
        self.pause = None;
        self.queue.clear();
        self.limited.clear();
        for row in &mut self.rows {
            if matches!(row.standing, Standing::Waiting | Standing::Checking) {
                row.standing = Standing::Left;
            }
        }
    }

    /// The documents of the next chunk were looked at once more: what is as it was shown goes out.
    fn checked(&mut self, seen: Vec<(Id, Seen)>, now: Timestamp) -> Vec<Order> {
        let Some(chunk) = self.chunk.as_mut().filter(|chunk| !chunk.sent) else {
            return Vec::new();
        };
        let mut good = Vec::new();
        let mut trouble = None;
        for (id, seen) in seen {
            if !chunk.ids.contains(&id) {
                continue;
            }
            let place = self.places.get(&id).copied();
            let Some(row) = place.and_then(|place| self.rows.get_mut(place)) else {
                continue;
            };
            row.standing = match seen {
                Seen::Judged { judgement, .. }
                    if is_alike(row.judgement.as_deref(), &judgement) =>
                {
                    good.push(id);
                    Standing::Checking
                }
                Seen::Judged { .. } => Standing::Changed,
                Seen::Barred(_, Bar::Stamped(uuid)) => Standing::Elsewhere(uuid),
                Seen::Barred(_, Bar::Unread(why)) if stops(&why) => {
                    trouble = Some(why);
                    Standing::Left
                }
                Seen::Barred(_, bar) => Standing::NotReady(bar),
            };
        }
        if let Some(trouble) = trouble {
            self.stop.get_or_insert(Stop::Trouble(trouble));
        }
        if self.stop.is_some() {
            good.clear();
        }
        // What was not looked at is not sent.
        let ids = std::mem::replace(&mut chunk.ids, good.clone());
        chunk.sent = true;
        for id in ids.iter().filter(|id| !good.contains(id)) {
            if self.row(id).map(|row| &row.standing) == Some(&Standing::Checking) {
                self.stand(id, Standing::Left);
            }
        }
        if good.is_empty() {
            self.chunk = None;
            return self.go_on(now);
        }
        vec![Order::Send(good)]
    }

    fn moved(
        &mut self,
        intent: &IntentId,
        progress: Progress,
        reading: bool,
        now: Timestamp,
    ) -> Vec<Order> {
        let Some(row) = self.rows.iter_mut().find(|row| row.acts_as(intent)) else {
            return Vec::new();
        };
        row.standing = Standing::Acting {
            intent: intent.clone(),
            progress,
            reading,
        };
        self.try_again_what_was_limited();
        if self.chunk_is_answered() {
            self.settle_chunk(now);
        }
        self.go_on(now)
    }

    fn chunk_is_answered(&self) -> bool {
        let Some(chunk) = self.chunk.as_ref().filter(|chunk| chunk.sent) else {
            return false;
        };
        let mut rows = chunk.ids.iter().filter_map(|id| self.row(id));
        rows.all(Row::is_answered)
    }

    /// Once every document that came back with 429 is known, those that were found untouched after the gateway's limit
    /// form a chunk of their own.
    fn try_again_what_was_limited(&mut self) {
        let known = |id: &Id| {
            self.row(id)
                .and_then(Row::progress)
                .is_none_or(|progress| !progress.is_open())
        };
        if self.limited.is_empty() || self.stop.is_some() || !self.limited.iter().all(known) {
            return;
        }
        let released = std::mem::take(&mut self.limited).into_iter().filter(|id| {
            let progress = self.row(id).and_then(Row::progress);
            progress == Some(&Progress::Released)
        });
        let released: Vec<Id> = released.collect();
        for id in &released {
            self.stand(id, Standing::Waiting);
        }
        let chunks = released.chunks(CHUNK).map(<[Id]>::to_vec);
        self.queue.extend(chunks);
    }

    /// The chunk was answered: what follows from that for those that wait.
    fn settle_chunk(&mut self, now: Timestamp) {
        let Some(chunk) = self.chunk.take() else {
            return;
        };
        let is = |batch: &Self, like: &dyn Fn(&Progress) -> bool| -> Vec<Id> {
            let ids = chunk.ids.iter();
            ids.filter(|id| batch.row(id).and_then(Row::progress).is_some_and(like))
                .cloned()
                .collect()
        };
        let unknown = is(self, &|progress| {
            matches!(progress, Progress::Unknown { .. })
        });
        let unsent = is(self, &|progress| {
            matches!(progress, Progress::Unsent(Unsent::Failed(_)))
        });
        self.unclear = match chunk.whole && !unknown.is_empty() && chunk.wait.is_none() {
            true => self.unclear.saturating_add(1),
            false => 0,
        };
        if self.unclear >= UNCLEAR_IN_A_ROW {
            self.stop.get_or_insert(Stop::Unclear);
        }
        if let Some(wait) = chunk.wait {
            self.pause = now.checked_add(wait).ok();
            self.limited.extend(unknown);
            // What certainly never left is no second sending.
            self.wait_again(unsent);
        } else if let Some(cause) = self.cause_of(&unsent) {
            self.stop.get_or_insert(Stop::Unsent(cause));
        }
        if chunk.whole {
            self.divide(&chunk);
        }
    }

    fn wait_again(&mut self, ids: Vec<Id>) {
        if ids.is_empty() {
            return;
        }
        for id in &ids {
            self.stand(id, Standing::Waiting);
        }
        self.queue.push_front(ids);
    }

    fn cause_of(&self, unsent: &[Id]) -> Option<String> {
        match self.row(unsent.first()?)?.progress()? {
            Progress::Unsent(Unsent::Failed(cause)) => Some(cause.clone()),
            _ => None,
        }
    }

    /// A chunk that was refused as a whole, and that a reading found untouched, is tried again in halves. What no
    /// division can mend stops the batch: a refusal of the connection, of the plan, of the road itself.
    fn divide(&mut self, chunk: &Chunk) {
        let mut refused = Vec::new();
        let mut refusal = None;
        for id in &chunk.ids {
            if let Some(Progress::Refused(why)) = self.row(id).and_then(Row::progress) {
                refused.push(id.clone());
                refusal = Some(why.clone());
            }
        }
        let Some(refusal) = refusal else {
            return;
        };
        if refusal.status != 400 {
            for id in &refused {
                self.stand(id, Standing::Left);
            }
            self.stop.get_or_insert(Stop::Refused(refusal));
            return;
        }
        if chunk.ids.len() < 2 {
            return;
        }
        for id in &refused {
            self.stand(id, Standing::Waiting);
        }
        let half = chunk.ids.len().div_ceil(2);
        for part in refused.chunks(half).rev() {
            self.queue.push_front(part.to_vec());
        }
    }

    /// Nothing more is sent: a chunk that has left comes to its end first.
    fn stopped(&mut self) -> Vec<Order> {
        if self.stage != Stage::Going {
            return Vec::new();
        }
        self.stop.get_or_insert(Stop::Person);
        if !self.is_sending() {
            self.chunk = None;
            self.end();
        }
        Vec::new()
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

/// Whether the rules rest on the very same, and say the same of it.
fn is_alike(shown: Option<&Judgement>, now: &Judgement) -> bool {
    let rules = |judgement: &Judgement| -> Vec<(&'static str, String)> {
        let findings = judgement.findings.iter();
        findings
            .map(|finding| (finding.rule.id, finding.path.to_string()))
            .collect()
    };
    shown.is_some_and(|shown| {
        now.errors() == 0
            && shown.draft == now.draft
            && shown.totals == now.totals
            && rules(shown) == rules(now)
    })
}

/// Whether a trouble says something about the connection, and not about one document.
fn stops(trouble: &Trouble) -> bool {
    matches!(
        trouble.sort,
        TroubleSort::Offline | TroubleSort::Credentials | TroubleSort::Quota
    )
}

#[cfg(test)]
mod tests;
