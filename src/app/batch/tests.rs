//! The machine of a batch, without a screen, a server or a clock.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::app::form::fixture;
use crate::app::msg::TroubleSort;
use crate::app::notice::Tone;
use crate::app::stamp::judge;
use crate::domain::field::{Field, Value};
use crate::domain::intent::{Refusal, Unsent};
use crate::domain::kind::Kind;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).expect("a moment")
}

fn id(number: usize) -> Id {
    Id(number.to_string())
}

fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<Id> {
    numbers.into_iter().map(id).collect()
}

fn uuid() -> Uuid {
    "5fb2822e-396d-4725-8521-cdc4bdd20ccf"
        .parse()
        .expect("a UUID")
}

/// What a look at a document of this day and total brings, where the rules find nothing.
fn good_of(number: usize, day: i8, total: &str) -> Seen {
    let model = fixture::model();
    let mut record = Record::new(Kind::Invoices, id(number));
    record.set(Field::Date, Value::Date(jiff::civil::date(2026, 6, day)));
    let mut judgement = judge(&model, &record, None, &BTreeMap::new()).expect("a judgement");
    judgement.findings.clear();
    if let Some(totals) = &mut judgement.totals {
        totals.total = total.parse().expect("an amount");
        totals.left_out.clear();
    }
    Seen::Judged {
        receiver: Box::new(Record::new(Kind::Customers, Id::from("1"))),
        record: Box::new(record),
        judgement: Box::new(judgement),
    }
}

fn good(number: usize) -> Seen {
    good_of(number, 1, "100.00")
}

/// The same with what the rules find in an empty invoice.
fn bad(number: usize) -> Seen {
    let model = fixture::model();
    let record = Record::new(Kind::Invoices, id(number));
    let judgement = judge(&model, &record, None, &BTreeMap::new()).expect("a judgement");
    assert!(judgement.errors() > 0);
    Seen::Judged {
        receiver: Box::new(Record::new(Kind::Customers, Id::from("1"))),
        record: Box::new(record),
        judgement: Box::new(judgement),
    }
}

fn barred(number: usize) -> Seen {
    let notice = Notice::new(Tone::Warning, "reason-voided");
    let record = Record::new(Kind::Invoices, id(number));
    Seen::Barred(Some(Box::new(record)), Bar::Notice(notice))
}

fn refusal(status: u16) -> Refusal {
    Refusal {
        status,
        code: "400".to_owned(),
        text: "no".to_owned(),
        draft: None,
    }
}

/// A driver that plays worker and outbox.
struct Play {
    batch: Batch,
    now: Timestamp,
    /// What left, request by request.
    sent: Vec<Vec<usize>>,
    orders: Vec<Order>,
    names: usize,
}

impl Play {
    /// A batch of so many good documents, confirmed; its first chunk is being looked at.
    fn confirmed(count: usize) -> Self {
        let mut play = Self::asking((1..=count).map(|number| (number, good(number))));
        play.tell(Event::Confirmed);
        play
    }

    fn asking(seen: impl IntoIterator<Item = (usize, Seen)>) -> Self {
        let seen: BTreeMap<Id, Seen> = seen.into_iter().map(|(n, seen)| (id(n), seen)).collect();
        let (batch, mut orders) = Batch::new(seen.keys().cloned());
        let mut play = Self {
            batch,
            now: at(0),
            sent: Vec::new(),
            orders: Vec::new(),
            names: 0,
        };
        while let Some(Order::Look { ids, from_server }) = orders.pop() {
            assert!(!from_server);
            let looked = ids.into_iter().map(|id| {
                let seen = seen.get(&id).expect("one of them").clone();
                (id, seen)
            });
            orders = play.batch.step(Event::Seen(looked.collect()), play.now);
        }
        play
    }

    fn tell(&mut self, event: Event) {
        let orders = self.batch.step(event, self.now);
        self.orders.extend(orders);
    }

    /// The look before a chunk: everything as it was.
    fn look(&mut self) {
        self.look_and(|_| None);
    }

    /// The same, where some are not what they were.
    fn look_and(&mut self, other: impl Fn(usize) -> Option<Seen>) {
        let Some(Order::Look { ids, from_server }) = self.orders.pop() else {
            panic!("no look was ordered: {:?}", self.orders);
        };
        assert!(from_server, "what is sent was read from the server");
        let seen = ids.into_iter().map(|id| {
            let number = number(&id);
            let seen = other(number).unwrap_or_else(|| good(number));
            (id, seen)
        });
        let seen = seen.collect();
        self.tell(Event::Seen(seen));
        self.leave();
    }

    /// A chunk that was ordered leaves.
    fn leave(&mut self) {
        if let Some(Order::Send(_)) = self.orders.last()
            && let Some(Order::Send(ids)) = self.orders.pop()
        {
            self.sent.push(ids.iter().map(number).collect());
            let names: Vec<(Id, IntentId)> = ids
                .into_iter()
                .map(|id| {
                    self.names += 1;
                    (id, IntentId(format!("i{}", self.names)))
                })
                .collect();
            self.batch.sent_as(names);
        }
    }

    fn last_chunk(&self) -> Vec<(usize, IntentId)> {
        let chunk = self.sent.last().expect("a chunk");
        chunk
            .iter()
            .map(
                |number| match &self.batch.row(&id(*number)).expect("a row").standing {
                    Standing::Acting { intent, .. } => (*number, intent.clone()),
                    other => panic!("{number} is {other:?}"),
                },
            )
            .collect()
    }

    /// The outbox says this of every document of the chunk.
    fn moved(&mut self, progress: impl Fn(usize) -> Progress, reading: bool) {
        for (number, intent) in self.last_chunk() {
            let progress = progress(number);
            let reading = reading && progress.is_open();
            self.tell(Event::Moved {
                intent,
                progress,
                reading,
            });
        }
    }

    fn answered(&mut self, whole: bool, wait: Option<i64>) {
        let wait = wait.map(SignedDuration::from_secs);
        self.tell(Event::Answered { whole, wait });
    }

    fn stamped(&mut self) {
        self.answered(false, None);
        self.moved(adopted, false);
    }

    /// Refused as a whole; the read that follows finds nothing done.
    fn refused_whole(&mut self, status: u16) {
        self.answered(true, None);
        let verifying = |_| Progress::Unknown {
            at: at(0),
            reads: 0,
            cause: String::new(),
            refusal: Some(refusal(status)),
            doubt: None,
            record: None,
        };
        self.moved(verifying, true);
        self.moved(|_| Progress::Refused(refusal(status)), false);
    }

    fn standing(&self, number: usize) -> &Standing {
        &self.batch.row(&id(number)).expect("a row").standing
    }
}

fn number(id: &Id) -> usize {
    id.as_str().parse().expect("a number")
}

fn adopted(number: usize) -> Progress {
    Progress::Adopted {
        id: id(number),
        uuid: Some(uuid()),
    }
}

fn unclear(_: usize) -> Progress {
    Progress::Unknown {
        at: at(0),
        reads: 0,
        cause: String::new(),
        refusal: None,
        doubt: None,
        record: None,
    }
}

#[test]
fn all_are_judged_before_anything_is_asked_and_the_oldest_come_first() {
    let days = [(1, 3), (2, 1), (3, 2)];
    let play = Play::asking(days.map(|(number, day)| (number, good_of(number, day, "10.50"))));
    assert_eq!(play.batch.stage(), Stage::Asking);
    let order: Vec<usize> = play
        .batch
        .rows()
        .iter()
        .map(|row| number(&row.id))
        .collect();
    assert_eq!(order, [2, 3, 1]);
    let tally = play.batch.tally();
    assert_eq!((tally.ready, tally.not_ready), (3, 0));
    assert_eq!(tally.totals["MXN"].to_string(), "31.50");
}

#[test]
fn what_is_not_ready_is_told_apart_and_never_sent() {
    let mut play = Play::asking([(1, good(1)), (2, bad(2)), (3, barred(3))]);
    let tally = play.batch.tally();
    assert_eq!((tally.ready, tally.not_ready), (1, 2));
    play.tell(Event::Confirmed);
    play.look();
    play.stamped();
    assert_eq!(play.sent, [[1]]);
    assert_eq!(play.batch.stage(), Stage::Over);
    assert!(play.batch.row(&id(2)).expect("a row").is_to_fix());
}

#[test]
fn where_nothing_is_ready_nothing_is_asked() {
    let mut play = Play::asking([(1, bad(1))]);
    assert_eq!(play.batch.stage(), Stage::Over);
    play.tell(Event::Confirmed);
    assert_eq!(play.orders, []);
}

#[test]
fn chunks_of_ten_leave_one_after_the_other() {
    let mut play = Play::confirmed(25);
    for _ in 0..3 {
        assert!(!play.batch.is_sending());
        play.look();
        assert!(play.batch.is_sending());
        play.stamped();
    }
    let sizes: Vec<usize> = play.sent.iter().map(Vec::len).collect();
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(play.batch.stage(), Stage::Over);
    assert_eq!(play.batch.results().stamped, 25);
}

#[test]
fn the_next_chunk_waits_until_every_refusal_was_read_back() {
    let mut play = Play::confirmed(12);
    play.look();
    play.answered(false, None);
    let first = play.last_chunk();
    for (number, intent) in &first {
        let (progress, reading) = match number {
            3 => {
                let mut progress = unclear(3);
                if let Progress::Unknown { refusal: told, .. } = &mut progress {
                    *told = Some(refusal(200));
                }
                (progress, true)
            }
            number => (adopted(*number), false),
        };
        let intent = intent.clone();
        play.tell(Event::Moved {
            intent,
            progress,
            reading,
        });
    }
    assert_eq!(play.orders, [], "one refusal is not read back yet");
    let intent = first
        .iter()
        .find(|(number, _)| *number == 3)
        .expect("it")
        .1
        .clone();
    play.tell(Event::Moved {
        intent,
        progress: Progress::Refused(refusal(200)),
        reading: false,
    });
    play.look();
    assert_eq!(play.sent.len(), 2);
    assert!(play.batch.row(&id(3)).expect("a row").is_to_fix());
}

#[test]
fn a_chunk_without_an_answer_stays_unknown_and_the_others_go_on() {
    let mut play = Play::confirmed(20);
    play.look();
    play.answered(true, None);
    play.moved(unclear, false);
    play.look();
    play.stamped();
    assert_eq!(play.batch.stage(), Stage::Over);
    let results = play.batch.results();
    assert_eq!((results.stamped, results.unknown), (10, 10));
    // Released later, nothing is sent again by itself.
    let name = match play.standing(play.sent[0][0]) {
        Standing::Acting { intent, .. } => intent.clone(),
        other => panic!("{other:?}"),
    };
    play.tell(Event::Moved {
        intent: name,
        progress: Progress::Released,
        reading: false,
    });
    assert_eq!(play.orders, []);
    assert_eq!(play.sent.len(), 2);
}

#[test]
fn two_chunks_in_a_row_without_an_answer_stop_the_batch() {
    let mut play = Play::confirmed(30);
    for _ in 0..2 {
        play.look();
        play.answered(true, None);
        play.moved(unclear, false);
    }
    assert_eq!(play.batch.stop(), Some(&Stop::Unclear));
    assert_eq!(play.batch.stage(), Stage::Over);
    assert_eq!(play.batch.results().left, 10);
}

#[test]
fn a_chunk_that_was_refused_as_a_whole_is_divided_down_to_the_one_at_fault() {
    let mut play = Play::confirmed(4);
    play.look();
    play.refused_whole(400);
    play.look();
    play.refused_whole(400);
    play.look();
    play.refused_whole(400);
    play.look();
    play.stamped();
    play.look();
    play.stamped();
    let sent: Vec<&[usize]> = play.sent.iter().map(Vec::as_slice).collect();
    assert_eq!(sent, [&[1, 2, 3, 4][..], &[1, 2], &[1], &[2], &[3, 4]]);
    assert_eq!(play.batch.stage(), Stage::Over);
    let results = play.batch.results();
    assert_eq!((results.stamped, results.refused), (3, 1));
}

#[test]
fn what_the_reading_found_done_is_not_in_the_halves() {
    let mut play = Play::confirmed(4);
    play.look();
    play.answered(true, None);
    play.moved(
        |number| match number {
            2 => adopted(2),
            _ => Progress::Refused(refusal(400)),
        },
        false,
    );
    play.look();
    play.stamped();
    play.look();
    play.stamped();
    assert_eq!(play.sent, [vec![1, 2, 3, 4], vec![1, 3], vec![4]]);
}

#[test]
fn a_refusal_of_the_connection_stops_the_batch_and_divides_nothing() {
    for status in [401, 402, 403, 404] {
        let mut play = Play::confirmed(12);
        play.look();
        play.refused_whole(status);
        assert_eq!(play.batch.stage(), Stage::Over, "{status}");
        assert_eq!(play.batch.stop(), Some(&Stop::Refused(refusal(status))));
        assert_eq!(play.batch.results().left, 12);
        assert_eq!(play.sent.len(), 1);
    }
}

#[test]
fn a_429_waits_as_told_goes_on_and_tries_again_only_what_was_released() {
    let mut play = Play::confirmed(12);
    play.look();
    play.answered(true, Some(7));
    play.moved(unclear, false);
    assert_eq!(play.batch.pause(), Some(at(7)));
    assert_eq!(
        play.batch.deadline(at(0)),
        Some(at(1)),
        "it is counted down"
    );
    play.now = at(6);
    play.tell(Event::Woke);
    assert_eq!(play.orders, []);
    let first = play.last_chunk();
    play.now = at(7);
    play.tell(Event::Woke);
    play.look();
    play.stamped();
    assert_eq!(
        play.batch.stage(),
        Stage::Going,
        "what is not known yet is awaited"
    );
    assert!(play.batch.is_awaiting());
    for (place, (number, intent)) in first.into_iter().enumerate() {
        assert_eq!(play.orders, [], "only when all of them are known");
        let progress = match place {
            0 => adopted(number),
            _ => Progress::Released,
        };
        play.tell(Event::Moved {
            intent,
            progress,
            reading: false,
        });
    }
    play.look();
    assert_eq!(play.sent[2].len(), 9);
    play.stamped();
    assert_eq!(play.batch.stage(), Stage::Over);
    assert_eq!(play.batch.results().stamped, 12);
}

#[test]
fn what_certainly_never_left_waits_and_leaves_after_the_pause() {
    let mut play = Play::confirmed(3);
    play.look();
    play.answered(true, Some(2));
    play.moved(
        |_| Progress::Unsent(Unsent::Failed("Paused: wait".to_owned())),
        false,
    );
    assert_eq!(play.orders, []);
    play.now = at(2);
    play.tell(Event::Woke);
    play.look();
    play.stamped();
    assert_eq!(play.sent, [[1, 2, 3], [1, 2, 3]]);
}

#[test]
fn a_request_that_cannot_leave_stops_the_batch() {
    let mut play = Play::confirmed(11);
    play.look();
    play.moved(
        |_| Progress::Unsent(Unsent::Failed("NotSent: refused".to_owned())),
        false,
    );
    assert!(matches!(play.batch.stop(), Some(Stop::Unsent(_))));
    assert_eq!(play.batch.stage(), Stage::Over);
}

#[test]
fn one_that_another_window_sends_stays_behind_and_the_rest_goes_on() {
    let mut play = Play::confirmed(11);
    play.look();
    play.answered(false, None);
    play.moved(
        |number| match number {
            1 => Progress::Unsent(Unsent::AlreadyOpen),
            number => adopted(number),
        },
        false,
    );
    play.look();
    play.stamped();
    assert_eq!(play.batch.results().stamped, 10);
}

#[test]
fn what_a_colleague_did_meanwhile_drops_out_before_the_chunk_leaves() {
    let mut play = Play::confirmed(5);
    play.look_and(|number| match number {
        1 => Some(Seen::Barred(None, Bar::Stamped(uuid()))),
        2 => Some(good_of(2, 1, "99.00")),
        3 => Some(bad(3)),
        4 => Some(Seen::Barred(None, Bar::Gone)),
        _ => None,
    });
    assert_eq!(play.sent, [[5]]);
    assert_eq!(play.standing(1), &Standing::Elsewhere(uuid()));
    assert_eq!(play.standing(2), &Standing::Changed);
    assert_eq!(play.standing(3), &Standing::Changed);
    assert_eq!(play.standing(4), &Standing::NotReady(Bar::Gone));
}

#[test]
fn books_that_cannot_be_read_stop_the_batch_and_one_document_does_not() {
    let unread = |sort| Seen::Barred(None, Bar::Unread(Trouble::new(sort, "")));
    let mut play = Play::confirmed(11);
    play.look_and(|number| (number == 2).then(|| unread(TroubleSort::Unreadable)));
    assert_eq!(play.sent[0].len(), 9);
    play.stamped();
    play.look_and(|_| Some(unread(TroubleSort::Offline)));
    assert_eq!(play.sent.len(), 1);
    assert!(matches!(play.batch.stop(), Some(Stop::Trouble(_))));
}

#[test]
fn a_document_that_no_answer_of_the_look_names_is_not_sent() {
    let mut play = Play::confirmed(2);
    let Some(Order::Look { .. }) = play.orders.pop() else {
        panic!("no look");
    };
    play.tell(Event::Seen(vec![(id(1), good(1))]));
    play.leave();
    assert_eq!(play.sent, [[1]]);
    play.stamped();
    assert_eq!(play.standing(2), &Standing::Left);
}

#[test]
fn a_stop_lets_the_chunk_under_way_end_and_sends_nothing_more() {
    let mut play = Play::confirmed(25);
    play.look();
    play.tell(Event::Stopped);
    assert_eq!(play.batch.stage(), Stage::Going);
    play.stamped();
    assert_eq!(play.batch.stage(), Stage::Over);
    assert_eq!(play.orders, []);
    let results = play.batch.results();
    assert_eq!((results.stamped, results.left), (10, 15));
}

#[test]
fn a_stop_while_a_chunk_is_looked_at_sends_nothing_of_it() {
    let mut play = Play::confirmed(3);
    play.tell(Event::Stopped);
    assert_eq!(play.batch.stage(), Stage::Over);
    let late = ids(1..=3).into_iter().map(|one| {
        let number = number(&one);
        (one, good(number))
    });
    let late = late.collect();
    play.orders.clear();
    play.tell(Event::Seen(late));
    play.leave();
    assert_eq!(play.sent, Vec::<Vec<usize>>::new());
    assert_eq!(play.batch.results().left, 3);
}

#[test]
fn a_stop_while_it_waits_for_the_server_ends_at_once() {
    let mut play = Play::confirmed(12);
    play.look();
    play.answered(true, Some(30));
    play.moved(unclear, false);
    play.tell(Event::Stopped);
    assert_eq!(play.batch.stage(), Stage::Over);
    assert_eq!(play.batch.deadline(play.now), None);
    let results = play.batch.results();
    assert_eq!((results.unknown, results.left), (10, 2));
}

#[test]
fn a_document_is_in_a_batch_once() {
    let (batch, _) = Batch::new(ids([1, 2, 1]));
    assert_eq!(batch.rows().len(), 2);
}
