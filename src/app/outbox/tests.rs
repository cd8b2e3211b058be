//! The machine, arm by arm.

use jiff::SignedDuration;

use super::*;
use crate::domain::cancellation::Motive;
use crate::domain::company::CompanyId;
use crate::domain::edit::Edit;
use crate::domain::intent::{Candidate, IntentId, Refusal, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Uuid;

fn sent() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn after(seconds: i64) -> Timestamp {
    sent()
        .checked_add(SignedDuration::from_secs(seconds))
        .expect("a time")
}

fn intent(progress: Progress) -> Intent {
    Intent {
        id: IntentId("1".into()),
        company: CompanyId("c".into()),
        kind: Kind::Invoices,
        act: Act::Stamp(Id::from("41")),
        snapshot: Snapshot::of(&Record::new(Kind::Invoices, Id::from("41"))),
        baseline: Vec::new(),
        editor: None,
        planned_at: sent(),
        progress,
    }
}

fn uuid() -> Uuid {
    "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
        .parse()
        .expect("a UUID")
}

fn refusal() -> Refusal {
    Refusal {
        status: 400,
        code: "3051".into(),
        text: "no".into(),
        draft: None,
    }
}

fn unknown(reads: u8) -> Progress {
    Progress::Unknown {
        at: sent(),
        reads,
        cause: "cut".into(),
        refusal: None,
        record: None,
        doubt: None,
    }
}

#[test]
fn a_clear_success_with_a_folio_is_adopted_at_once() {
    let done = Answer::Done {
        id: Id::from("41"),
        uuid: Some(uuid()),
    };
    let (progress, next) = step(
        &intent(Progress::Sent { at: sent() }),
        Event::Answered(done),
        after(1),
    );
    assert!(matches!(progress, Progress::Adopted { uuid: Some(_), .. }));
    assert_eq!(next, Next::Wait);
}

#[test]
fn a_success_without_a_folio_is_read_back_before_it_is_believed() {
    let done = Answer::Done {
        id: Id::from("41"),
        uuid: None,
    };
    let (progress, next) = step(
        &intent(Progress::Sent { at: sent() }),
        Event::Answered(done),
        after(1),
    );
    assert!(matches!(progress, Progress::Unknown { .. }));
    assert_eq!(next, Next::ReadBack);
}

#[test]
fn a_refusal_is_believed_only_after_a_read_that_found_nothing_done() {
    let refused = Event::Answered(Answer::Refused(refusal()));
    let (progress, next) = step(&intent(Progress::Sent { at: sent() }), refused, after(1));
    assert_eq!(next, Next::ReadBack);
    let open = intent(progress);
    let (settled, _) = step(&open, Event::Sighted(Sighting::NotDone, after(1)), after(1));
    assert_eq!(settled, Progress::Refused(refusal()));
    let seen = Sighting::Done {
        id: Id::from("41"),
        uuid: Some(uuid()),
    };
    let (settled, _) = step(&open, Event::Sighted(seen, after(1)), after(1));
    assert!(matches!(settled, Progress::Adopted { .. }));
}

#[test]
fn an_unknown_result_is_released_only_after_ninety_seconds_and_a_later_read() {
    let mut open = intent(unknown(0));
    for seconds in [2, 5, 10, 20, 45] {
        assert_eq!(due(&open), Some(after(seconds)));
        let (progress, _) = step(
            &open,
            Event::Sighted(Sighting::NotDone, after(seconds)),
            after(seconds),
        );
        assert!(progress.is_open(), "released after {seconds} s");
        open.progress = progress;
    }
    assert_eq!(due(&open), Some(after(95)));
    let (progress, _) = step(
        &open,
        Event::Sighted(Sighting::NotDone, after(89)),
        after(89),
    );
    assert!(progress.is_open());
    let (progress, _) = step(
        &open,
        Event::Sighted(Sighting::NotDone, after(95)),
        after(95),
    );
    assert_eq!(progress, Progress::Released);
}

#[test]
fn a_slow_read_that_began_before_the_limit_releases_nothing() {
    let slow = Event::Sighted(Sighting::NotDone, after(62));
    let (progress, _) = step(&intent(unknown(4)), slow, after(91));
    assert!(progress.is_open());
}

#[test]
fn a_failed_read_never_releases_however_late() {
    let failed = Sighting::Unreadable {
        cause: "offline".into(),
    };
    let (progress, _) = step(
        &intent(unknown(5)),
        Event::Sighted(failed, after(10_000)),
        after(10_000),
    );
    assert!(progress.is_open());
    let still = intent(progress);
    assert_eq!(due(&still), None, "nothing left but to look on demand");
    let (_, next) = step(&still, Event::LookNow, after(10_001));
    assert_eq!(next, Next::ReadBack);
}

fn candidate(id: &str) -> Candidate {
    Candidate::of(&Record::new(Kind::Invoices, Id::from(id)))
}

fn twins() -> Riddle {
    Riddle::Twins(vec![candidate("1"), candidate("2")])
}

/// A create of which a read that began so many seconds after sending could not tell.
fn doubtful(seconds: i64) -> Intent {
    let mut create = intent(unknown(0));
    create.act = Act::Create(Box::new(Edit::new(Kind::Invoices, None)));
    let seen = Event::Sighted(Sighting::Doubtful(twins()), after(seconds));
    let (progress, next) = step(&create, seen, after(seconds));
    assert_eq!(next, Next::Wait);
    create.progress = progress;
    create
}

#[test]
fn a_twin_that_cannot_be_told_apart_stays_open_for_a_person() {
    let create = doubtful(200);
    assert!(create.progress.is_open());
    assert_eq!(create.progress.to_decide(), Some(&twins()));
    for (decision, record) in [
        (Decision::Mine(Id::from("2")), Some(Id::from("2"))),
        (Decision::NotDone, None),
    ] {
        let (progress, next) = step(&create, Event::Decided(decision.clone()), after(300));
        assert_eq!(
            (&progress, next),
            (&Progress::Decided(decision), Next::Wait)
        );
        assert!(!progress.is_open());
        assert_eq!(progress.record().cloned(), record);
    }
}

#[test]
fn nothing_is_decided_before_a_read_after_the_limit_could_not_tell() {
    let early = doubtful(89);
    assert_eq!(early.progress.to_decide(), None);
    let (progress, _) = step(&early, Event::Decided(Decision::NotDone), after(1000));
    assert_eq!(progress, early.progress);
    let never_read = intent(unknown(5));
    let (progress, _) = step(&never_read, Event::Decided(Decision::NotDone), after(1000));
    assert_eq!(progress, never_read.progress);
}

#[test]
fn a_record_that_was_not_among_those_seen_is_never_taken_for_the_one() {
    let create = doubtful(95);
    let (progress, _) = step(
        &create,
        Event::Decided(Decision::Mine(Id::from("3"))),
        after(100),
    );
    assert!(progress.is_open());
}

#[test]
fn a_failed_read_takes_nothing_back_and_one_that_can_tell_settles() {
    let mut create = doubtful(95);
    let failed = Sighting::Unreadable {
        cause: "offline".into(),
    };
    let (progress, _) = step(&create, Event::Sighted(failed, after(120)), after(120));
    assert_eq!(progress.to_decide(), Some(&twins()));
    create.progress = progress;
    let none = Event::Sighted(Sighting::NotDone, after(130));
    assert_eq!(step(&create, none, after(130)).0, Progress::Released);
}

#[test]
fn a_document_that_is_gone_can_only_be_given_up_and_not_before_the_limit() {
    for (seconds, settled) in [(45, false), (95, true)] {
        let gone = Event::Sighted(Sighting::Doubtful(Riddle::Gone), after(seconds));
        let (progress, _) = step(&intent(unknown(4)), gone, after(seconds));
        assert!(progress.is_open(), "reading alone settles nothing");
        let (decided, _) = step(
            &intent(progress),
            Event::Decided(Decision::NotDone),
            after(seconds),
        );
        assert_eq!(!decided.is_open(), settled, "{seconds} s");
    }
}

#[test]
fn what_somebody_has_only_planned_is_left_to_whoever_planned_it() {
    let (progress, next) = step(&intent(Progress::Planned), Event::Recovered, after(5));
    assert_eq!((progress, next), (Progress::Planned, Next::Wait));
}

#[test]
fn what_was_sent_when_the_program_died_is_read_back_at_the_next_start() {
    let (progress, next) = step(
        &intent(Progress::Sent { at: sent() }),
        Event::Recovered,
        after(3600),
    );
    assert!(matches!(progress, Progress::Unknown { at, .. } if at == sent()));
    assert_eq!(next, Next::ReadBack);
}

#[test]
fn a_settled_intent_never_moves_again() {
    for settled in [
        Progress::Released,
        Progress::Refused(refusal()),
        Progress::Adopted {
            id: Id::from("41"),
            uuid: Some(uuid()),
        },
    ] {
        let (progress, next) = step(&intent(settled.clone()), Event::LookNow, after(1));
        assert_eq!((progress, next), (settled, Next::Wait));
    }
}

#[test]
fn a_request_that_never_left_is_settled_at_once_and_says_why() {
    let not_sent = Answer::NotSent {
        cause: "refused".into(),
    };
    let (progress, _) = step(
        &intent(Progress::Sent { at: sent() }),
        Event::Answered(not_sent),
        after(0),
    );
    assert_eq!(progress, Progress::Unsent(Unsent::Failed("refused".into())));
}

/// A create that stamps, whose answer was unclear, or was this.
fn making(answer: Option<Answer>) -> Intent {
    let mut making = intent(unknown(0));
    making.act = Act::CreateAndStamp(Box::new(Edit::new(Kind::Invoices, None)));
    if let Some(answer) = answer {
        making.progress = Progress::Sent { at: sent() };
        let (progress, _) = step(&making, Event::Answered(answer), after(1));
        making.progress = progress;
    }
    making
}

fn made() -> Id {
    Id::from("41")
}

#[test]
fn a_success_that_names_a_document_is_believed_once_its_folio_is_read() {
    let done = Answer::Done {
        id: made(),
        uuid: None,
    };
    let making = making(Some(done));
    assert!(
        matches!(&making.progress, Progress::Unknown { record: Some(id), .. } if *id == made())
    );
    for sighting in [
        Sighting::Unstamped(made()),
        Sighting::Unreadable { cause: "no".into() },
    ] {
        let (still, _) = step(&making, Event::Sighted(sighting, after(2)), after(2));
        assert!(
            matches!(&still, Progress::Unknown { record: Some(id), reads: 1, .. } if *id == made()),
            "the name is kept: {still:?}"
        );
    }
    let seen = Sighting::Done {
        id: made(),
        uuid: Some(uuid()),
    };
    let (settled, _) = step(&making, Event::Sighted(seen, after(2)), after(2));
    assert!(matches!(settled, Progress::Adopted { uuid: Some(_), .. }));
}

#[test]
fn a_document_without_its_stamp_is_concluded_only_when_none_can_be_on_the_way() {
    let making = making(None);
    for (seconds, open) in [(2, true), (89, true), (90, false)] {
        let seen = Event::Sighted(Sighting::Unstamped(made()), after(seconds));
        let (progress, _) = step(&making, seen, after(seconds));
        assert_eq!(progress.is_open(), open, "after {seconds} s");
        if !open {
            assert_eq!(progress, Progress::Unstamped(made()));
            assert_eq!(progress.record(), Some(&made()));
        }
    }
}

#[test]
fn a_refusal_takes_the_draft_that_is_there_and_forgets_one_that_is_not() {
    let told = Refusal {
        draft: Some(Id::from("7")),
        ..refusal()
    };
    let making = making(Some(Answer::Refused(told)));
    let draft_of = |sighting| {
        let (progress, _) = step(&making, Event::Sighted(sighting, after(1)), after(1));
        match progress {
            Progress::Refused(refusal) => refusal.draft,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(draft_of(Sighting::Unstamped(made())), Some(made()));
    assert_eq!(draft_of(Sighting::NotDone), None);
}

#[test]
fn after_a_refusal_a_person_need_not_wait_for_the_limit() {
    let making = making(Some(Answer::Refused(refusal())));
    let seen = Event::Sighted(Sighting::Doubtful(twins()), after(1));
    let (progress, _) = step(&making, seen, after(1));
    assert_eq!(progress.to_decide(), Some(&twins()));
}

fn cancelling(progress: Progress) -> Intent {
    Intent {
        act: Act::Cancel {
            id: Id::from("41"),
            motive: Motive::Errors,
        },
        ..intent(progress)
    }
}

fn awaiting(looked: i64, looks: u8) -> Progress {
    Progress::Awaiting {
        at: sent(),
        looked: after(looked),
        looks,
    }
}

fn cancelled() -> Sighting {
    Sighting::Done {
        id: Id::from("41"),
        uuid: None,
    }
}

#[test]
fn a_cancellation_is_adopted_when_the_answer_says_void_and_waits_when_it_says_pending() {
    let sent = cancelling(Progress::Sent { at: sent() });
    let void = Answer::Done {
        id: Id::from("41"),
        uuid: None,
    };
    let (progress, next) = step(&sent, Event::Answered(void), after(1));
    assert!(matches!(progress, Progress::Adopted { .. }));
    assert_eq!(next, Next::Wait);
    let (progress, next) = step(&sent, Event::Answered(Answer::Pending), after(1));
    assert_eq!((progress, next), (awaiting(1, 0), Next::Wait));
}

#[test]
fn a_cancellation_in_process_is_looked_at_less_and_less_often_and_for_ever() {
    let mut progress = awaiting(0, 0);
    for minutes in [1, 6, 21, 51, 81, 111] {
        let waiting = cancelling(progress);
        assert_eq!(due(&waiting), Some(after(minutes * 60)));
        let (_, next) = step(&waiting, Event::Due, after(minutes * 60));
        assert_eq!(next, Next::ReadBack);
        let seen = Event::Sighted(Sighting::Pending, after(minutes * 60));
        progress = step(&waiting, seen, after(minutes * 60)).0;
        assert!(progress.is_open());
    }
}

#[test]
fn a_cancellation_in_process_ends_as_the_record_says_and_a_failed_read_ends_nothing() {
    let waiting = cancelling(awaiting(0, 0));
    let after_read = |sighting| step(&waiting, Event::Sighted(sighting, after(300)), after(300)).0;
    assert!(matches!(after_read(cancelled()), Progress::Adopted { .. }));
    assert_eq!(after_read(Sighting::NotDone), Progress::Declined);
    let cause = String::new();
    assert_eq!(after_read(Sighting::Unreadable { cause }), awaiting(300, 1));
    for event in [Event::Recovered, Event::LookNow] {
        let (progress, next) = step(&waiting, event, after(300));
        assert_eq!((progress, next), (awaiting(0, 0), Next::ReadBack));
    }
}

#[test]
fn a_lost_answer_of_a_cancellation_is_told_by_the_record_in_all_three_ways() {
    let lost = cancelling(unknown(0));
    let read = |sighting, at| step(&lost, Event::Sighted(sighting, after(at)), after(at)).0;
    assert!(matches!(read(cancelled(), 2), Progress::Adopted { .. }));
    assert_eq!(read(Sighting::Pending, 2), awaiting(2, 0));
    assert!(matches!(
        read(Sighting::NotDone, 89),
        Progress::Unknown { .. }
    ));
    assert_eq!(read(Sighting::NotDone, 90), Progress::Released);
}
