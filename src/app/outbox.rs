//! The machine that moves an intent (law 1). It has no screen, no clock and no wire.
//!
//! Intent and event go in; the next progress and what has to be done come out. The stamp dialog, the verb without a
//! screen and the recovery at start drive this same machine. It never orders a request to be sent a second time.

use jiff::Timestamp;

use crate::domain::intent::{
    Act, Answer, Decision, Doubt, FOLLOW_UPS, Intent, Progress, READ_BACKS, RELEASE_AFTER, Refusal,
    Riddle, Sighting, Unsent,
};

/// Something that happened to an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It stands in the outbox, and its request leaves now.
    Sent,
    /// Its request was answered, or was not.
    Answered(Answer),
    /// Its record was read back by a reading that began at this moment.
    Sighted(Sighting, Timestamp),
    /// The program started and found it in the outbox.
    Recovered,
    /// A person asked to look now, or the connection is back.
    LookNow,
    /// The time of the next read-back has come.
    Due,
    /// A person decided what no read could tell. Heard only once that may be decided.
    Decided(Decision),
}

/// What has to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing; it is settled, or waits for its next deadline.
    Wait,
    /// Read it back now.
    ReadBack,
}

/// Moves an intent. What it has become, and what has to be done next.
pub fn step(intent: &Intent, event: Event, at: Timestamp) -> (Progress, Next) {
    match (&intent.progress, event) {
        (settled, _) if !settled.is_open() => (settled.clone(), Next::Wait),
        (Progress::Planned, Event::Sent) => (Progress::Sent { at }, Next::Wait),
        (Progress::Sent { at: sent }, Event::Recovered) => (
            Progress::Unknown {
                at: *sent,
                reads: 0,
                cause: String::new(),
                refusal: None,
                record: None,
                doubt: None,
            },
            Next::ReadBack,
        ),
        (
            Progress::Unknown { .. } | Progress::Awaiting { .. },
            Event::Recovered | Event::LookNow | Event::Due,
        ) => (intent.progress.clone(), Next::ReadBack),
        (
            Progress::Awaiting {
                at: sent, looks, ..
            },
            Event::Sighted(sighting, _),
        ) => (followed(*sent, *looks, sighting, at), Next::Wait),
        (progress, Event::Answered(answer)) => answered(intent, sent_at(progress, at), answer, at),
        (
            Progress::Unknown {
                at: sent,
                reads,
                cause,
                refusal,
                record,
                doubt,
            },
            Event::Sighted(sighting, began),
        ) => match sighting {
            Sighting::Done { id, uuid } => (Progress::Adopted { id, uuid }, Next::Wait),
            Sighting::Pending => (awaiting(*sent, at), Next::Wait),
            Sighting::Unstamped(id) => match refusal {
                // The draft that the refusal spoke of, or left behind without naming it.
                Some(refusal) => {
                    let draft = Some(id);
                    let refusal = refusal.clone();
                    (Progress::Refused(Refusal { draft, ..refusal }), Next::Wait)
                }
                None if began.duration_since(*sent) >= RELEASE_AFTER => {
                    (Progress::Unstamped(id), Next::Wait)
                }
                // It is there; as long as the gateway has time for it, its stamp may still be on the way.
                None => (looked_again(&intent.progress, at), Next::Wait),
            },
            Sighting::NotDone => match refusal {
                Some(refusal) => (Progress::Refused(nothing_kept(intent, refusal)), Next::Wait),
                None if began.duration_since(*sent) >= RELEASE_AFTER => {
                    (Progress::Released, Next::Wait)
                }
                None => (looked_again(&intent.progress, at), Next::Wait),
            },
            Sighting::Doubtful(_) | Sighting::Unreadable { .. } => (
                Progress::Unknown {
                    at: *sent,
                    reads: reads_made(*sent, *reads, at),
                    cause: cause.clone(),
                    refusal: refusal.clone(),
                    record: record.clone(),
                    doubt: match sighting {
                        Sighting::Doubtful(riddle) => Some(Doubt { began, riddle }),
                        // A read that failed takes back nothing of what an earlier one saw.
                        _ => doubt.clone(),
                    },
                },
                Next::Wait,
            ),
        },
        (progress, Event::Decided(decision)) => match progress.to_decide() {
            Some(riddle) if is_among(&decision, riddle) => {
                (Progress::Decided(decision), Next::Wait)
            }
            _ => (progress.clone(), Next::Wait),
        },
        (progress, _) => (progress.clone(), Next::Wait),
    }
}

/// When the next read-back is due; none when settled, or when all of them were made and only a person, a
/// reconnect or a new start looks again.
pub fn due(intent: &Intent) -> Option<Timestamp> {
    match &intent.progress {
        Progress::Unknown { at, reads, .. } => READ_BACKS
            .get(usize::from(*reads))
            .and_then(|after| at.checked_add(*after).ok()),
        Progress::Awaiting { looked, looks, .. } => FOLLOW_UPS
            .get(usize::from(*looks))
            .or(FOLLOW_UPS.last())
            .and_then(|after| looked.checked_add(*after).ok()),
        _ => None,
    }
}

/// Whether this can be decided of what was seen: only a record that was shown can be the one.
fn is_among(decision: &Decision, riddle: &Riddle) -> bool {
    match (decision, riddle) {
        (Decision::NotDone, _) => true,
        (Decision::Mine(id), Riddle::Twins(seen)) => seen.iter().any(|one| one.id == *id),
        (Decision::Mine(_), Riddle::Gone) => false,
    }
}

fn sent_at(progress: &Progress, now: Timestamp) -> Timestamp {
    match progress {
        Progress::Sent { at } | Progress::Unknown { at, .. } | Progress::Awaiting { at, .. } => *at,
        _ => now,
    }
}

/// A cancellation that was taken just now.
fn awaiting(sent: Timestamp, now: Timestamp) -> Progress {
    Progress::Awaiting {
        at: sent,
        looked: now,
        looks: 0,
    }
}

/// What a look at a cancellation in process makes of it. A document that is stamped again was not given up: whoever had
/// to accept did not.
fn followed(sent: Timestamp, looks: u8, sighting: Sighting, now: Timestamp) -> Progress {
    match sighting {
        Sighting::Done { id, uuid } => Progress::Adopted { id, uuid },
        Sighting::NotDone => Progress::Declined,
        Sighting::Pending
        | Sighting::Unstamped(_)
        | Sighting::Doubtful(_)
        | Sighting::Unreadable { .. } => Progress::Awaiting {
            at: sent,
            looked: now,
            looks: looks.saturating_add(1),
        },
    }
}

fn answered(intent: &Intent, sent: Timestamp, answer: Answer, now: Timestamp) -> (Progress, Next) {
    let unknown = |cause: String, refusal, record| Progress::Unknown {
        at: sent,
        reads: 0,
        cause,
        refusal,
        record,
        doubt: None,
    };
    match answer {
        Answer::Done { id, uuid: None } if intent.act.stamps() => {
            // A success without a folio fiscal proves nothing yet: the record has to tell.
            (unknown(id.to_string(), None, Some(id)), Next::ReadBack)
        }
        Answer::Done { id, uuid } => (Progress::Adopted { id, uuid }, Next::Wait),
        Answer::Pending => (awaiting(sent, now), Next::Wait),
        Answer::Refused(refusal) => (
            unknown(refusal.text.clone(), Some(refusal), None),
            Next::ReadBack,
        ),
        Answer::Unclear { cause } => (unknown(cause, None, None), Next::Wait),
        Answer::AlreadyOpen => (Progress::Unsent(Unsent::AlreadyOpen), Next::Wait),
        Answer::NotSent { cause } => (Progress::Unsent(Unsent::Failed(cause)), Next::Wait),
    }
}

/// A refusal after which nothing was found: of a create that stamps, also not the draft that it spoke of.
fn nothing_kept(intent: &Intent, refusal: &Refusal) -> Refusal {
    let mut refusal = refusal.clone();
    if matches!(intent.act, Act::CreateAndStamp(_)) {
        refusal.draft = None;
    }
    refusal
}

/// Still unknown after one more look, that saw nothing which would be doubtful.
fn looked_again(before: &Progress, now: Timestamp) -> Progress {
    let mut progress = before.clone();
    if let Progress::Unknown {
        at, reads, doubt, ..
    } = &mut progress
    {
        *reads = reads_made(*at, *reads, now);
        *doubt = None;
    }
    progress
}

/// Read-backs whose time has passed count as made, so that one look after a long sleep serves for all of them; at
/// least one more than before, so that the schedule always moves on.
fn reads_made(sent: Timestamp, reads: u8, at: Timestamp) -> u8 {
    let elapsed = at.duration_since(sent);
    let passed = READ_BACKS.iter().filter(|after| **after <= elapsed).count();
    u8::try_from(passed)
        .unwrap_or(u8::MAX)
        .max(reads.saturating_add(u8::from(passed > usize::from(reads))))
}

#[cfg(test)]
mod tests;
