//! The worker with books of the test's own making: what it promises about acts and walks, whatever the wire does.

mod quota;
mod told;
mod walks;
mod whose;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use tempfile::TempDir;

use super::*;
use crate::api::{
    ApiError, Bulk, Cause, Cursor, Delivery, Fetched, Narrowing, Page, Papers, Standing,
    Subscription, Told, Unbelieved,
};
use crate::domain::audit::AuditLine;
use crate::domain::cancellation::Motive;
use crate::domain::company::Company;
use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::intent::{Act, Intent, Progress, RELEASE_AFTER, Snapshot};
use crate::domain::money::Money;
use crate::domain::paper::Form;
use crate::domain::record::{Allocation, Id, Line, Link, Record};
use crate::store::durable::Durable;

/// Longer than anything here may take; not waited for when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the other side does, as a test sets it.
#[derive(Default)]
struct Script {
    newest: Vec<Record>,
    pages: Vec<Page>,
    /// The places that pages were read at.
    places: Vec<usize>,
    /// How the pages are once a single record was asked for.
    pages_then: Option<Vec<Page>>,
    breaks: bool,
    /// Whether looking for the newest records breaks.
    breaks_before: bool,
    /// Whether acts are answered by a clear success.
    obeys: bool,
    /// Where the company issues, as its native record tells.
    zip: Option<String>,
    /// Whether the company's own record cannot be read.
    is_gone: bool,
    /// What the server told of its limits.
    standing: Standing,
    /// Records that were deleted.
    deleted: Vec<&'static str>,
    /// The record that a create makes, where it is answered by a clear success.
    made: Option<&'static str>,
    /// What happens while one is being made.
    on_create: Option<Happening>,
    /// Records that cannot be read by themselves.
    broken: Vec<&'static str>,
    /// The server's clock, where it tells one.
    date: Option<Timestamp>,
    /// What happens when this page is asked for.
    on_page: Option<(usize, Happening)>,
}

type Happening = Box<dyn FnOnce() + Send>;

/// Books that answer by a script.
#[derive(Clone, Default)]
struct Scripted {
    script: Arc<Mutex<Script>>,
    pages_read: Arc<AtomicUsize>,
    companies_read: Arc<AtomicUsize>,
}

impl Scripted {
    fn set(&self, change: impl FnOnce(&mut Script)) {
        change(&mut locked(&self.script));
    }
}

fn fetched(record: Record) -> Fetched {
    Fetched { record, raw: None }
}

fn no_answer() -> ApiError {
    ApiError {
        cause: Cause::NoAnswer,
        told: Box::new(Told::default()),
    }
}

impl Books for Scripted {
    async fn company(&self) -> Result<Company, ApiError> {
        self.companies_read.fetch_add(1, Ordering::SeqCst);
        // Others may come while it is on the way.
        tokio::task::yield_now().await;
        if locked(&self.script).is_gone {
            return Err(no_answer());
        }
        Ok(Company {
            id: CompanyId("demo".into()),
            number: None,
            name: "ESCUELA KEMPER URGATE".into(),
            rfc: "EKU9003173C9".into(),
            regime: None,
            zip: locked(&self.script).zip.clone(),
            currency: "MXN".into(),
        })
    }

    async fn page(
        &self,
        _: Kind,
        _: Option<&Narrowing>,
        cursor: Option<&Cursor>,
    ) -> Result<Page, ApiError> {
        self.pages_read.fetch_add(1, Ordering::SeqCst);
        let idx = cursor.map_or(0, |cursor| cursor.0.parse().expect("a place"));
        let mut script = locked(&self.script);
        script.places.push(idx);
        if let Some((_, happens)) = script.on_page.take_if(|(page, _)| *page == idx) {
            happens();
        }
        let page = script.pages.get(idx).cloned().ok_or_else(no_answer)?;
        // Somebody changes the last record while its page is on the way: it jumps to the front.
        if idx == 1 && page.latest_first && script.pages.len() == 2 {
            let changed = changed_at(record("9"), "2026-06-03T17:00:00Z");
            script.pages[0].rows.insert(0, fetched(changed));
        }
        Ok(page)
    }

    async fn one(&self, kind: Kind, id: &Id, _: bool) -> Result<Fetched, ApiError> {
        let mut script = locked(&self.script);
        if let Some(pages) = script.pages_then.take() {
            script.pages = pages;
        }
        if script.deleted.contains(&id.as_str()) {
            return Err(ApiError {
                cause: Cause::NotFound,
                ..no_answer()
            });
        }
        if script.broken.contains(&id.as_str()) {
            return Err(ApiError {
                cause: Cause::Unreadable,
                ..no_answer()
            });
        }
        Ok(fetched(Record::new(kind, id.clone())))
    }

    async fn create(&self, _: &Edit, _: &IntentId) -> Answer {
        let (happens, made) = {
            let mut script = locked(&self.script);
            (script.on_create.take(), script.made)
        };
        if let Some(happens) = happens {
            happens();
        }
        made.map_or_else(
            || self.act(),
            |id| Answer::Done {
                id: Id::from(id),
                uuid: None,
            },
        )
    }

    async fn create_stamped(&self, _: &Edit, _: &IntentId) -> Answer {
        self.act()
    }

    async fn update(&self, _: &Edit) -> Result<(), ApiError> {
        Err(no_answer())
    }

    async fn delete(&self, _: Kind, id: &Id) -> Answer {
        match locked(&self.script).obeys {
            true => Answer::Done {
                id: id.clone(),
                uuid: None,
            },
            false => self.act(),
        }
    }

    async fn stamp(&self, _: Kind, _: &Id) -> Answer {
        self.act()
    }

    async fn stamp_many(&self, ids: &[Id]) -> Bulk {
        let answer = self.act();
        Bulk {
            answers: ids.iter().map(|id| (id.clone(), answer.clone())).collect(),
            whole: true,
            wait: None,
        }
    }

    async fn cancel(&self, _: Kind, _: &Id, _: &Motive) -> Answer {
        self.act()
    }

    fn believed(&self, _: &[u8], _: &str) -> Result<Delivery, Unbelieved> {
        Err(Unbelieved::Forged)
    }

    async fn subscriptions(&self) -> Result<Vec<Subscription>, ApiError> {
        Err(no_answer())
    }

    async fn subscribe(&self, _: &str) -> Result<Subscription, ApiError> {
        Err(no_answer())
    }

    async fn revive(&self, _: &str) -> Result<Subscription, ApiError> {
        Err(no_answer())
    }

    async fn unsubscribe(&self, _: &str) -> Result<(), ApiError> {
        Err(no_answer())
    }

    async fn papers(&self, _: Kind, _: &Id, _: &[Form]) -> Result<Papers, ApiError> {
        Err(no_answer())
    }

    async fn newest(&self, _: Kind, _: usize) -> Result<Vec<Fetched>, ApiError> {
        assert!(!locked(&self.script).breaks_before, "planted");
        let newest = locked(&self.script).newest.clone();
        Ok(newest.into_iter().map(fetched).collect())
    }

    fn server_date(&self) -> Option<Timestamp> {
        locked(&self.script).date
    }

    fn last_request_id(&self) -> Option<String> {
        None
    }

    fn pause(&self) -> Option<Duration> {
        None
    }

    fn standing(&self) -> Standing {
        locked(&self.script).standing
    }
}

impl Scripted {
    fn act(&self) -> Answer {
        assert!(!locked(&self.script).breaks, "planted");
        Answer::Unclear {
            cause: "cut".into(),
        }
    }
}

/// A worker on a folder of its own, with a clock that the test sets.
struct Bench {
    worker: Worker<Scripted>,
    books: Scripted,
    clock: Arc<Mutex<Timestamp>>,
    facts: Arc<Mutex<Vec<Fact>>>,
    folder: TempDir,
}

impl Bench {
    fn new(clock_is_steady: bool) -> Self {
        let folder = TempDir::new().expect("a folder");
        let books = Scripted::default();
        let clock = Arc::new(Mutex::new(noon()));
        let facts = Arc::new(Mutex::new(Vec::new()));
        let (told, read) = (facts.clone(), clock.clone());
        let setup = Setup {
            door: Door::open(CompanyId("demo".into()), books.clone()),
            doors: Arc::new(|_| None),
            cache: folder.path().join("cache.db"),
            durable: Durable::open(&folder.path().join("durable.db")).expect("a file"),
            clock: Arc::new(move || *locked(&read)),
            clock_is_steady,
            papers: folder.path().to_owned(),
            listening: None,
        };
        let worker = Worker::start(setup, move |reply: Reply| locked(&told).push(reply.fact))
            .expect("a worker");
        let bench = Self {
            worker,
            books,
            clock,
            facts,
            folder,
        };
        bench.rest();
        bench
    }

    fn rest(&self) {
        assert!(self.worker.busy().wait(PATIENCE), "it never came to rest");
    }

    /// Orders something and gives the facts that came of it.
    fn run(&mut self, effect: Effect) -> Vec<Fact> {
        locked(&self.facts).clear();
        self.worker.run(effect);
        self.rest();
        std::mem::take(&mut *locked(&self.facts))
    }

    fn pass(&self, by: SignedDuration) {
        let mut clock = locked(&self.clock);
        *clock = clock.checked_add(by).expect("a time");
    }

    /// The intent as somebody who waits for its answer has it.
    fn sent(&mut self, intent: &Intent) -> Intent {
        let facts = self.run(Effect::Commit(Box::new(intent.clone())));
        let sent = facts.iter().any(|fact| matches!(fact, Fact::Sent(_)));
        assert!(sent, "{facts:?}");
        let at = *locked(&self.clock);
        Intent {
            progress: Progress::Unknown {
                at,
                reads: 0,
                cause: "cut".into(),
                refusal: None,
                record: None,
                doubt: None,
            },
            ..intent.clone()
        }
    }

    fn sighted(&mut self, intent: &Intent) -> (Sighting, Timestamp) {
        let facts = self.run(Effect::ReadBack(Box::new(intent.clone())));
        facts
            .into_iter()
            .find_map(|fact| match fact {
                Fact::Sighted {
                    sighting, began, ..
                } => Some((sighting, began)),
                _ => None,
            })
            .expect("a sighting")
    }

    fn walk(&mut self) -> crate::domain::list::Coverage {
        let facts = self.run(Effect::Walk(vec![Kind::Invoices]));
        facts
            .into_iter()
            .rev()
            .find_map(|fact| match fact {
                Fact::Walked {
                    coverage,
                    running: false,
                    trouble: None,
                    ..
                } => Some(coverage),
                _ => None,
            })
            .expect("the end of a walk")
    }
}

fn noon() -> Timestamp {
    "2026-06-03T18:00:00Z".parse().expect("a time")
}

fn record(id: &str) -> Record {
    Record::new(Kind::Invoices, Id::from(id))
}

fn changed_at(mut record: Record, at: &str) -> Record {
    let at = at.parse().expect("a time");
    record.set(Field::UpdatedAt, Value::Instant(at));
    record
}

/// An invoice of two drills for contact 7, as the server would give it.
fn invoice(id: &str) -> Record {
    let mut record = record(id);
    let money = Money::new(1160.into());
    record.set(
        Field::Contact,
        Value::Link(Link {
            id: Id::from("7"),
            name: "XENON".into(),
        }),
    );
    record.set(Field::Date, Value::Date(jiff::civil::date(2026, 6, 3)));
    record.set(Field::Total, Value::Money(money));
    record.lines = vec![Line {
        item: Some(Link {
            id: Id::from("12"),
            name: "Taladro".into(),
        }),
        quantity: Some(2.into()),
        ..Line::default()
    }];
    record
}

fn intent(name: &str, act: Act) -> Intent {
    Intent {
        id: IntentId(name.into()),
        company: CompanyId("demo".into()),
        kind: Kind::Invoices,
        act,
        snapshot: Snapshot::of(&invoice("")),
        baseline: Vec::new(),
        editor: None,
        planned_at: noon(),
        progress: Progress::Planned,
    }
}

fn create(name: &str) -> Intent {
    intent(name, Act::Create(Box::new(Edit::creating(&invoice("")))))
}

#[test]
fn an_act_that_breaks_on_the_way_is_told_as_one_without_an_answer() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| script.breaks = true);
    let act = intent("one", Act::Stamp(Id::from("41")));
    let facts = bench.run(Effect::Commit(Box::new(act)));
    assert!(
        facts
            .iter()
            .any(|fact| matches!(fact, Fact::Broken(text) if text.contains("planted"))),
        "{facts:?}"
    );
    assert!(
        facts.iter().any(|fact| matches!(
            fact,
            Fact::Answered {
                intent: IntentId(name),
                answer: Answer::Unclear { .. }
            } if name == "one"
        )),
        "{facts:?}"
    );
}

#[test]
fn an_equal_invoice_that_was_there_before_is_never_taken_for_the_new_one() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| script.newest = vec![invoice("1")]);
    let lost = bench.sent(&create("one"));
    let (sighting, _) = bench.sighted(&lost);
    assert_eq!(sighting, Sighting::NotDone);
    bench
        .books
        .set(|script| script.newest = vec![invoice("2"), invoice("1")]);
    let (sighting, _) = bench.sighted(&lost);
    assert_eq!(
        sighting,
        Sighting::Done {
            id: Id::from("2"),
            uuid: None
        }
    );
    bench
        .books
        .set(|script| script.newest = vec![invoice("3"), invoice("2"), invoice("1")]);
    let (sighting, _) = bench.sighted(&lost);
    let Sighting::Doubtful(crate::domain::intent::Riddle::Twins(seen)) = sighting else {
        panic!("{sighting:?}");
    };
    let ids: Vec<&str> = seen.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["3", "2"]);
    assert_eq!(seen[0].seen.total, Some(Money::new(1160.into())));
}

#[test]
fn a_clock_that_somebody_sets_releases_nothing_early() {
    let hour = SignedDuration::from_hours(1);
    for (moved, steady) in [(hour, true), (-hour, true), (hour, false)] {
        let mut bench = Bench::new(steady);
        let lost = bench.sent(&intent("one", Act::Stamp(Id::from("41"))));
        let sent = *locked(&bench.clock);
        bench.pass(moved);
        let (_, began) = bench.sighted(&lost);
        let late = began.duration_since(sent) >= RELEASE_AFTER;
        assert_eq!(late, !steady, "moved by {moved:?}, steady {steady}");
    }
}

#[test]
fn when_an_act_was_sent_is_forgotten_once_it_is_settled() {
    let mut bench = Bench::new(true);
    let lost = bench.sent(&intent("one", Act::Stamp(Id::from("41"))));
    bench.run(Effect::Record {
        intent: lost.id.clone(),
        progress: lost.progress.clone(),
    });
    assert_eq!(locked(&bench.worker.shared.sent).len(), 1);
    bench.run(Effect::Record {
        intent: lost.id.clone(),
        progress: Progress::Released,
    });
    assert_eq!(locked(&bench.worker.shared.sent).len(), 0);
}

#[test]
fn a_decision_of_a_person_stands_in_outbox_and_log_with_who_it_was() {
    let mut bench = Bench::new(true);
    let lost = bench.sent(&create("one"));
    let decided = Progress::Decided(crate::domain::intent::Decision::NotDone);
    let facts = bench.run(Effect::Record {
        intent: lost.id.clone(),
        progress: decided.clone(),
    });
    assert!(
        facts
            .iter()
            .any(|fact| matches!(fact, Fact::Settled(settled) if settled.progress == decided)),
        "{facts:?}"
    );
    let path = bench.folder.path().join("durable.db");
    let durable = Durable::open(&path).expect("the file");
    let kept = durable.intent(&lost.id).expect("a read").expect("the act");
    assert_eq!(kept.progress, decided);
    let tail = durable.audit_tail(&lost.company, 1).expect("a read");
    let row = tail.first().and_then(AuditLine::entry);
    let entry = &row.expect("an entry").entry;
    assert_eq!(entry.event, "create-decided");
    assert!(entry.detail.contains("\"by\":\""), "{}", entry.detail);
    assert!(entry.detail.contains('@'), "{}", entry.detail);
}

#[test]
fn what_another_window_settled_first_is_told_and_stays() {
    let mut bench = Bench::new(true);
    let lost = bench.sent(&create("one"));
    let adopted = Progress::Adopted {
        id: Id::from("2"),
        uuid: None,
    };
    let path = bench.folder.path().join("durable.db");
    let mut elsewhere = Durable::open(&path).expect("the file");
    elsewhere
        .progress(&lost.id, &adopted, noon())
        .expect("the other window");
    let facts = bench.run(Effect::Record {
        intent: lost.id.clone(),
        progress: Progress::Decided(crate::domain::intent::Decision::NotDone),
    });
    assert!(
        facts
            .iter()
            .any(|fact| matches!(fact, Fact::Settled(settled) if settled.progress == adopted)),
        "{facts:?}"
    );
}

#[test]
fn changes_without_an_answer_are_told_with_the_record_as_it_is_now() {
    let mut bench = Bench::new(true);
    let edit = Edit::new(Kind::Invoices, Some(Id::from("41")));
    let facts = bench.run(Effect::Update {
        edit: Box::new(edit),
        opened: Box::new(Record::new(Kind::Invoices, Id::from("41"))),
    });
    assert!(
        facts.iter().any(|fact| matches!(
            fact,
            Fact::UpdateUnclear { id, now: Some(now), .. } if *id == now.id
        )),
        "{facts:?}"
    );
}

fn page(ids: &[&str], next: Option<&str>) -> Page {
    Page {
        rows: ids
            .iter()
            .map(|id| fetched(changed_at(record(id), "2026-06-03T16:00:00Z")))
            .collect(),
        next: next.map(|next| Cursor(next.to_owned())),
        latest_first: true,
        ..Page::default()
    }
}

#[test]
fn the_invoices_of_a_payment_that_was_deleted_are_read_again() {
    let mut bench = Bench::new(true);
    let mut payment = Record::new(Kind::Payments, Id::from("5"));
    payment.allocations = vec![Allocation {
        document: Some(Link {
            id: Id::from("41"),
            name: String::new(),
        }),
        kind: Some(Kind::Invoices),
        amount: Some(Money::new(1160.into())),
    }];
    bench.books.set(|script| {
        script.obeys = true;
        script.pages = vec![Page {
            rows: vec![fetched(payment)],
            ..Page::default()
        }];
    });
    bench.run(Effect::Walk(vec![Kind::Payments]));
    let act = Intent {
        kind: Kind::Payments,
        ..intent("one", Act::Delete(Id::from("5")))
    };
    let facts = bench.run(Effect::Commit(Box::new(act)));
    let told = facts.iter().any(|fact| {
        matches!(fact, Fact::Changed(record)
            if record.kind == Kind::Invoices && record.id.as_str() == "41")
    });
    assert!(told, "{facts:?}");
}

#[test]
fn an_act_that_cannot_leave_for_want_of_a_server_says_so_in_the_word_that_the_screen_knows() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| script.is_gone = true);
    let act = intent("one", Act::Stamp(Id::from("41")));
    let facts = bench.run(Effect::Commit(Box::new(act)));
    let told = facts.iter().any(|fact| {
        matches!(fact, Fact::Answered { answer: Answer::NotSent { cause }, .. }
            if cause.starts_with("NotSent:"))
    });
    assert!(told, "{facts:?}");
}

#[test]
fn a_create_that_breaks_before_it_is_written_down_was_not_sent() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| script.breaks_before = true);
    let act = create("one");
    let facts = bench.run(Effect::Commit(Box::new(act.clone())));
    assert!(!facts.iter().any(|fact| matches!(fact, Fact::Sent(_))));
    let facts = bench.run(Effect::ReadBack(Box::new(act)));
    let told = facts.iter().any(|fact| {
        matches!(
            fact,
            Fact::Answered {
                answer: Answer::NotSent { .. },
                ..
            }
        )
    });
    assert!(told, "{facts:?}");
}
