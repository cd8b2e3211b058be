//! The machine itself: what each event does to a batch, and what has to be done next.
//!
//! It decides what leaves and in which order; what a document's own answer means is [`super::super::outbox`]'s to say.

use jiff::Timestamp;

use crate::app::msg::{Trouble, TroubleSort};
use crate::app::stamp::Judgement;
use crate::domain::field::Field;
use crate::domain::intent::{IntentId, Progress, Unsent};
use crate::domain::record::Id;

use super::{Bar, Batch, CHUNK, Chunk, Event, LOOK, Order, Row, Seen, Stage, Standing, Stop};

/// After so many chunks in a row without a clear answer nothing more is sent.
const UNCLEAR_IN_A_ROW: u8 = 2;

impl Batch {
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

    pub(super) fn stand(&mut self, id: &Id, standing: Standing) {
        let place = self.places.get(id).copied();
        if let Some(row) = place.and_then(|place| self.rows.get_mut(place)) {
            row.standing = standing;
        }
    }

    /// The next documents that nobody has looked at.
    pub(super) fn look(&mut self) -> Vec<Order> {
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

    /// Everything is judged: what is ready comes first, and of all what runs out first; what has run out is last, because
    /// nothing can be saved of it in haste. Where nothing is ready there is nothing to ask.
    fn all_judged(&mut self) {
        let deadline = |row: &Row| {
            let day = row
                .record
                .as_ref()
                .and_then(|record| record.date(Field::Date));
            let is_ready = row.standing == Standing::Ready;
            (!is_ready, row.has_run_out(), day.is_none(), day)
        };
        self.rows.sort_by_key(deadline);
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
