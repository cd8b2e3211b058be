//! The machine that moves an intent (law 1). It has no screen, no clock and no wire.
//!
//! Intent and event go in; the next progress and what has to be done come out. The stamp dialog, the verb without a
//! screen and the recovery at start drive this same machine. It never orders a request to be sent a second time.

use jiff::Timestamp;

use crate::domain::intent::{
    Act, Answer, Decision, Doubt, FOLLOW_UPS, Intent, Progress, READ_BACKS, RELEASE_AFTER, Riddle,
    Sighting, Unsent,
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
        // Written down and never sent: the write comes before the request.
        (Progress::Planned, Event::Recovered) => (Progress::Released, Next::Wait),
        (Progress::Sent { at: sent }, Event::Recovered) => (
            Progress::Unknown {
                at: *sent,
                reads: 0,
                cause: String::new(),
                refusal: None,
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
                doubt,
            },
            Event::Sighted(sighting, began),
        ) => match sighting {
            Sighting::Done { id, uuid } => (Progress::Adopted { id, uuid }, Next::Wait),
            Sighting::Pending => (awaiting(*sent, at), Next::Wait),
            Sighting::NotDone => match refusal {
                Some(refusal) => (Progress::Refused(refusal.clone()), Next::Wait),
                None if began.duration_since(*sent) >= RELEASE_AFTER => {
                    (Progress::Released, Next::Wait)
                }
                None => (looked_again(*sent, *reads, cause, at), Next::Wait),
            },
            Sighting::Doubtful(_) | Sighting::Unreadable { .. } => (
                Progress::Unknown {
                    at: *sent,
                    reads: reads_made(*sent, *reads, at),
                    cause: cause.clone(),
                    refusal: refusal.clone(),
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
        Sighting::Pending | Sighting::Doubtful(_) | Sighting::Unreadable { .. } => {
            Progress::Awaiting {
                at: sent,
                looked: now,
                looks: looks.saturating_add(1),
            }
        }
    }
}

fn answered(intent: &Intent, sent: Timestamp, answer: Answer, now: Timestamp) -> (Progress, Next) {
    let unknown = |cause: String, refusal| Progress::Unknown {
        at: sent,
        reads: 0,
        cause,
        refusal,
        doubt: None,
    };
    match answer {
        Answer::Done { id, uuid: None } if matches!(intent.act, Act::Stamp(_)) => {
            // A success without a folio fiscal proves nothing yet: the record has to tell.
            let cause = format!("{id}");
            (unknown(cause, None), Next::ReadBack)
        }
        Answer::Done { id, uuid } => (Progress::Adopted { id, uuid }, Next::Wait),
        Answer::Pending => (awaiting(sent, now), Next::Wait),
        Answer::Refused(refusal) => (unknown(refusal.text.clone(), Some(refusal)), Next::ReadBack),
        Answer::Unclear { cause } => (unknown(cause, None), Next::Wait),
        Answer::AlreadyOpen => (Progress::Unsent(Unsent::AlreadyOpen), Next::Wait),
        Answer::NotSent { cause } => (Progress::Unsent(Unsent::Failed(cause)), Next::Wait),
    }
}

fn looked_again(sent: Timestamp, reads: u8, cause: &str, at: Timestamp) -> Progress {
    Progress::Unknown {
        at: sent,
        reads: reads_made(sent, reads, at),
        cause: cause.to_owned(),
        refusal: None,
        doubt: None,
    }
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
