//! What is written is read again, in the right order, in the right books, and no staler than it must be.

use std::path::PathBuf;

use fastrand::Rng;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use timbra::domain::company::{Company, CompanyId};
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::list::{Age, Direction, Filter, ListQuery, Only};
use timbra::domain::money::Money;
use timbra::domain::record::{Id, Line, Link, Record};
use timbra::domain::stamp::Stamp;
use timbra::domain::status::Status;
use timbra::search::facts::Facts;
use timbra::store::cache::{Cache, Row, RowId, Slips, Unfinished, WalkState};

use crate::books::{self, Page, TODAY, company, fill, read_at};
use crate::money;

pub fn cache() -> (TempDir, Cache) {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = Cache::open(&path(&folder)).expect("a cache");
    (folder, cache)
}

/// Where [`cache`] lies.
pub fn path(folder: &TempDir) -> PathBuf {
    folder.path().join("data/cache.db")
}

/// The same file, past the program.
pub fn file(folder: &TempDir) -> rusqlite::Connection {
    rusqlite::Connection::open(path(folder)).expect("the file")
}

fn put(cache: &mut Cache, record: &Record, raw: Option<&str>, at: Timestamp) -> usize {
    cache
        .upsert(&company(), &[Row { record, raw }], at)
        .expect("written")
}

fn later(seconds: i64) -> Timestamp {
    read_at() + SignedDuration::from_secs(seconds)
}

pub fn some_invoices(n: u32) -> Vec<Page> {
    let mut rng = Rng::with_seed(7);
    (1..=n)
        .map(|id| books::invoice(&mut rng, id, n, books::one_of(40)))
        .collect()
}

#[test]
fn what_was_written_is_read_again_after_a_restart() {
    let (folder, mut cache) = cache();
    let pages = some_invoices(50);
    fill(&mut cache, &company(), &pages);
    drop(cache);
    let cache = Cache::open(&path(&folder)).expect("the same cache");
    for page in &pages {
        let Record { kind, id, .. } = &page.record;
        let record = cache.record(&company(), *kind, id).expect("read");
        assert_eq!(record.as_ref(), Some(&page.record));
        let raw = cache.raw(&company(), *kind, id).expect("read");
        assert_eq!(raw, page.raw);
    }
    assert_eq!(
        cache.all(&company(), Kind::Invoices).expect("read").len(),
        50
    );
}

#[test]
fn a_reader_sees_what_the_writer_commits_and_cannot_write() {
    let (folder, mut cache) = cache();
    let reader = Cache::open_reader(&path(&folder)).expect("a reader");
    let page = &some_invoices(1)[0];
    assert_eq!(
        reader
            .record(&company(), Kind::Invoices, &page.record.id)
            .expect("read"),
        None
    );
    fill(&mut cache, &company(), std::slice::from_ref(page));
    let record = reader
        .record(&company(), Kind::Invoices, &page.record.id)
        .expect("read");
    assert_eq!(record.as_ref(), Some(&page.record));
    assert!(Cache::open_reader(&folder.path().join("nothing.db")).is_err());
}

#[test]
fn a_plain_record_keeps_the_native_data_until_the_document_is_changed() {
    let (_folder, mut cache) = cache();
    let mut native = Record::new(Kind::Invoices, Id::from("6"));
    native.set(Field::Terms, Value::Text("30 días".into()));
    native.set(Field::UpdatedAt, Value::Instant(later(-3600)));
    let mut plain = native.clone();
    let line = |key: Option<&str>| Line {
        item: Some(Link {
            id: Id::from("12"),
            name: String::new(),
        }),
        product_key: key.map(str::to_owned),
        ..Line::default()
    };
    native.set(Field::CfdiUse, Value::Text("G03".into()));
    native.lines = vec![line(Some("84111506"))];
    native.stamp = Stamp::Unstamped;
    native.native_read = true;
    put(&mut cache, &native, Some("{}"), later(0));

    plain.set(Field::Terms, Value::Text("60 días".into()));
    plain.lines = vec![line(None)];
    assert_eq!(put(&mut cache, &plain, None, later(1)), 1);
    let read = |cache: &Cache| {
        let record = cache
            .record(&company(), Kind::Invoices, &Id::from("6"))
            .expect("read");
        let raw = cache
            .raw(&company(), Kind::Invoices, &Id::from("6"))
            .expect("read");
        (record.expect("a record"), raw)
    };
    let (kept, raw) = read(&cache);
    assert_eq!(kept.text(Field::Terms), "60 días");
    assert_eq!(kept.text(Field::CfdiUse), "G03");
    assert_eq!(kept.lines, native.lines);
    assert_eq!((kept.stamp, kept.native_read), (Stamp::Unstamped, true));
    assert_eq!(raw.as_deref(), Some("{}"));

    plain.set(Field::UpdatedAt, Value::Instant(later(2)));
    put(&mut cache, &plain, None, later(3));
    assert_eq!(read(&cache), (plain, None));
}

#[test]
fn an_answer_that_was_overtaken_is_dropped() {
    let (_folder, mut cache) = cache();
    let mut record = Record::new(Kind::Customers, Id::from("7"));
    record.set(Field::Name, Value::Text("Nuevo".into()));
    assert_eq!(put(&mut cache, &record, None, later(10)), 1);
    let mut old = record.clone();
    old.set(Field::Name, Value::Text("Viejo".into()));
    assert_eq!(put(&mut cache, &old, None, later(5)), 0);
    assert_eq!(put(&mut cache, &record, None, later(20)), 0);
    let read = cache
        .record(&company(), Kind::Customers, &Id::from("7"))
        .expect("read");
    assert_eq!(read, Some(record));
}

#[test]
fn a_page_that_was_read_before_a_record_was_deleted_does_not_bring_it_back() {
    let (_folder, mut cache) = cache();
    let record = Record::new(Kind::Customers, Id::from("7"));
    put(&mut cache, &record, None, later(0));
    cache
        .forget(&company(), Kind::Customers, &record.id, later(10))
        .expect("forgotten");
    assert_eq!(put(&mut cache, &record, None, later(5)), 0);
    let read = |cache: &Cache| {
        cache
            .record(&company(), Kind::Customers, &Id::from("7"))
            .expect("read")
    };
    assert_eq!(read(&cache), None);
    assert_eq!(
        put(&mut cache, &record, None, later(11)),
        1,
        "it is there again"
    );
    assert_eq!(read(&cache), Some(record));
}

#[test]
fn a_document_whose_day_changes_moves_in_its_list_and_is_there_once() {
    let (_folder, mut cache) = cache();
    let pages = some_invoices(20);
    fill(&mut cache, &company(), &pages);
    let query = ListQuery::natural(Kind::Invoices);
    let mut moved = pages[4].record.clone();
    moved.set(Field::Date, Value::Date(date(2030, 1, 1)));
    put(&mut cache, &moved, None, later(1));
    let window = cache
        .window(&company(), &query, TODAY, 0, 100)
        .expect("a window");
    assert_eq!((window.total, window.rows.len()), (20, 20));
    assert_eq!(window.rows[0], moved);
    let opaque = |id: &str, day| {
        let mut record = Record::new(Kind::Invoices, Id::from(id));
        record.set(Field::Date, Value::Date(day));
        record
    };
    for record in [
        opaque("b", date(2031, 1, 1)),
        opaque("a", date(2031, 1, 1)),
        opaque("b", date(2032, 1, 1)),
        opaque("c", date(2032, 1, 1)),
        opaque("c", date(2032, 1, 1)),
    ] {
        put(&mut cache, &record, None, later(2));
    }
    let window = cache
        .window(&company(), &query, TODAY, 0, 4)
        .expect("a window");
    let ids: Vec<&str> = window
        .rows
        .iter()
        .map(|record| record.id.as_str())
        .collect();
    assert_eq!((window.total, ids), (23, vec!["c", "b", "a", "5"]));
}

/// What a list must show, told without the store.
fn expected(pages: &[Page], query: &ListQuery) -> Vec<Id> {
    let mut records: Vec<&Record> = pages
        .iter()
        .map(|page| &page.record)
        .filter(|record| match query.filter {
            Filter::All => true,
            Filter::Unstamped => {
                record.stamp == Stamp::Unstamped && record.status() != Status::Voided
            }
            Filter::Overdue => record.is_overdue(TODAY),
            Filter::PartiallyPaid => record.status() == Status::PartiallyPaid,
            other => panic!("{other:?} is told by the radar"),
        })
        .collect();
    let newest = |record: &Record| (record.date(Field::Date), record.id.0.parse::<i64>().ok());
    records.sort_by_key(|record| std::cmp::Reverse(newest(record)));
    let key = |record: &Record| match query.sort {
        Field::Number => {
            let folio = Facts::of(record).folio;
            (folio.serie, folio.number.map(i128::from))
        }
        Field::Contact => (Facts::of(record).name, None),
        Field::Total | Field::Balance => {
            let cents = record.money(query.sort).and_then(Money::cents);
            (String::new(), cents.map(i128::from))
        }
        Field::Date | Field::DueDate => {
            let day = record.date(query.sort).map(|day| day.to_string());
            (day.unwrap_or_default(), None)
        }
        other => panic!("no key for {other:?}"),
    };
    match query.direction {
        Direction::Ascending => records.sort_by_key(|record| key(record)),
        Direction::Descending => records.sort_by_key(|record| std::cmp::Reverse(key(record))),
    }
    records.iter().map(|record| record.id.clone()).collect()
}

#[test]
fn every_list_has_its_rows_in_its_order_from_both_ends() {
    let (_folder, mut cache) = cache();
    let pages = some_invoices(300);
    fill(&mut cache, &company(), &pages);
    let ids = |records: Vec<Record>| -> Vec<Id> { records.into_iter().map(|r| r.id).collect() };
    for filter in [
        Filter::All,
        Filter::Unstamped,
        Filter::Overdue,
        Filter::PartiallyPaid,
    ] {
        for sort in [
            Field::Date,
            Field::Number,
            Field::Contact,
            Field::Total,
            Field::Balance,
            Field::DueDate,
        ] {
            for direction in [Direction::Ascending, Direction::Descending] {
                let query = ListQuery {
                    kind: Kind::Invoices,
                    filter,
                    sort,
                    direction,
                    only: Only::default(),
                };
                let expected = expected(&pages, &query);
                assert!(!expected.is_empty(), "{query:?}");
                let order = cache
                    .ordered_ids(&company(), &query, TODAY)
                    .expect("an order");
                assert_eq!(
                    ids(cache.rows(&order).expect("rows")),
                    expected,
                    "{query:?}"
                );
                for offset in [
                    0,
                    3,
                    expected.len() / 2 + 1,
                    expected.len() - 1,
                    expected.len() + 5,
                ] {
                    let window = cache
                        .window(&company(), &query, TODAY, offset, 7)
                        .expect("a window");
                    let from = offset.min(expected.len());
                    let to = (from + 7).min(expected.len());
                    assert_eq!((window.offset, window.total), (from, expected.len()));
                    assert_eq!(
                        ids(window.rows),
                        expected[from..to],
                        "{query:?} at {offset}"
                    );
                }
                let last = expected.len() - 1;
                let position = cache.position_of(&company(), &query, TODAY, &expected[last]);
                assert_eq!(position.expect("a position"), Some(last));
            }
        }
    }
}

#[test]
fn nothing_crosses_from_one_company_to_another() {
    let (_folder, mut cache) = cache();
    let ours = company();
    let theirs = CompanyId("other-consumer".into());
    let pages = some_invoices(30);
    fill(&mut cache, &ours, &pages);
    let mut stranger = Record::new(Kind::Invoices, Id::from("3"));
    stranger.set(Field::Number, Value::Text("A-3".into()));
    stranger.set(
        Field::Contact,
        pages[2]
            .record
            .get(Field::Contact)
            .expect("a contact")
            .clone(),
    );
    stranger.set(Field::Total, money("11600"));
    stranger.set(Field::Date, Value::Date(date(2026, 3, 1)));
    let row = Row {
        record: &stranger,
        raw: None,
    };
    cache.upsert(&theirs, &[row], later(0)).expect("written");

    let query = ListQuery::natural(Kind::Invoices);
    let window = cache
        .window(&theirs, &query, TODAY, 0, 100)
        .expect("a window");
    assert_eq!(window.rows, vec![stranger.clone()]);
    assert_eq!(
        cache
            .coverage(&theirs, Kind::Invoices)
            .expect("read")
            .cached,
        1
    );
    assert_eq!(
        cache.coverage(&ours, Kind::Invoices).expect("read").cached,
        30
    );
    let found = |company: &CompanyId, text: &str| -> Vec<Record> {
        let query = timbra::search::language::parse(text, TODAY);
        let found = cache
            .find(company, &query, &Kind::ALL, 100, Slips::Refused)
            .expect("found");
        found.hits.into_iter().map(|hit| hit.record).collect()
    };
    let name = stranger.text(Field::Contact);
    for text in ["A-3", "11600", "2026", name] {
        assert_eq!(found(&theirs, text), vec![stranger.clone()], "{text}");
        assert!(!found(&ours, text).contains(&stranger), "{text}");
    }
    let uuid = pages[0].record.stamp.uuid().expect("a stamp").to_string();
    assert_eq!(found(&ours, &uuid).len(), 1);
    assert_eq!(found(&theirs, &uuid), vec![]);
    let overview = cache.overview(&theirs, TODAY).expect("an overview");
    let unstamped = overview.unstamped_of(Kind::Invoices);
    assert_eq!((unstamped.not_read, unstamped.drafts), (1, 0));

    cache
        .forget(&ours, Kind::Invoices, &Id::from("3"), read_at())
        .expect("forgotten");
    assert_eq!(
        cache
            .coverage(&theirs, Kind::Invoices)
            .expect("read")
            .cached,
        1
    );
    let walk = WalkState {
        total: Some(30),
        ..WalkState::default()
    };
    cache
        .note_walk(&ours, Kind::Invoices, &walk)
        .expect("noted");
    assert_eq!(
        cache.walk(&theirs, Kind::Invoices).expect("read"),
        WalkState::default()
    );
    let unread = cache
        .unread_since(&ours, Kind::Invoices, later(100), later(100))
        .expect("read");
    let gone = cache
        .forget_unread(&ours, Kind::Invoices, &unread, later(100), later(100))
        .expect("forgotten");
    assert_eq!(gone, 29);
    assert_eq!(
        cache
            .coverage(&theirs, Kind::Invoices)
            .expect("read")
            .cached,
        1
    );
}

#[test]
fn the_overview_counts_what_is_here_and_sums_up_exactly() {
    let (_folder, mut cache) = cache();
    let document = |id: &str, status, stamp: Stamp, balance: Option<&str>, currency: &str| {
        let mut record = Record::new(Kind::Invoices, Id::from(id));
        record.set(Field::Status, Value::Status(status));
        record.set(Field::DueDate, Value::Date(date(2026, 5, 19)));
        record.set(Field::Currency, Value::Text(currency.into()));
        record.set_some(Field::Balance, balance.map(money));
        record.stamp = stamp;
        Page { record, raw: None }
    };
    use Status::{Authorised, Draft, Paid, PartiallyPaid, Voided};
    let later_due = |id: &str, balance: &str| {
        let mut page = document(id, Authorised, Stamp::NotRead, Some(balance), "MXN");
        page.record.set(Field::DueDate, Value::Date(TODAY));
        page
    };
    let old_draft = |id: &str| {
        let mut page = document(id, Draft, Stamp::Unstamped, None, "MXN");
        page.record.set(Field::Date, Value::Date(date(2026, 5, 18)));
        page
    };
    let pages = [
        document("1", Draft, Stamp::Unstamped, Some("5"), "MXN"),
        document("2", Draft, Stamp::NotRead, Some("5"), "MXN"),
        document("3", Authorised, Stamp::Unstamped, Some("10.10"), "MXN"),
        document("4", PartiallyPaid, Stamp::NotRead, Some("0.005"), "MXN"),
        document("5", PartiallyPaid, Stamp::NotRead, Some("0.004"), "MXN"),
        document("6", Authorised, Stamp::NotRead, None, "MXN"),
        document("7", Authorised, Stamp::NotRead, Some("3"), "USD"),
        document("8", Authorised, Stamp::NotRead, Some("0"), "MXN"),
        document("9", Paid, Stamp::NotRead, Some("7"), "MXN"),
        document("10", Voided, Stamp::Unstamped, Some("7"), "MXN"),
        later_due("11", "50"),
        old_draft("12"),
    ];
    fill(&mut cache, &company(), &pages);
    let overview = cache.overview(&company(), TODAY).expect("an overview");
    let unstamped = overview.unstamped_of(Kind::Invoices);
    assert_eq!((unstamped.drafts, unstamped.issued), (2, 1));
    assert_eq!(unstamped.not_read, 8);
    let hours = |day| {
        let seen = cache
            .overview(&company(), date(2026, 5, day))
            .expect("an overview");
        let ages = seen.unstamped_of(Kind::Invoices).ages;
        Age::ALL.map(|age| ages[&age])
    };
    assert_eq!(
        [18, 19, 20, 21, 22].map(hours),
        [
            [0, 0, 0, 0],
            [0, 0, 0, 1],
            [0, 0, 1, 0],
            [0, 1, 0, 0],
            [1, 0, 0, 0]
        ]
    );
    assert_eq!(overview.owing, 6);
    assert_eq!(overview.overdue, 5);
    assert_eq!(overview.overdue_balance.to_string(), "10.109");
    assert_eq!(overview.open_balance.to_string(), "60.109");
    let kinds: Vec<(Kind, usize)> = overview
        .kinds
        .iter()
        .map(|(kind, here)| (*kind, here.cached))
        .collect();
    assert_eq!(kinds, [(Kind::Invoices, 12)]);
    let day_before = cache
        .overview(&company(), date(2026, 5, 19))
        .expect("an overview");
    assert_eq!(
        (day_before.overdue, day_before.overdue_balance),
        (0, Money::ZERO)
    );

    let dollars = Company {
        id: company(),
        number: None,
        name: String::new(),
        rfc: String::new(),
        regime: None,
        zip: None,
        currency: "USD".into(),
    };
    cache.put_company(&dollars).expect("written");
    let overview = cache.overview(&company(), TODAY).expect("an overview");
    assert_eq!(overview.open_balance.to_string(), "3.00");

    for id in ["1", "3", "4", "7"] {
        cache
            .forget(&company(), Kind::Invoices, &Id::from(id), read_at())
            .expect("forgotten");
    }
    let overview = cache.overview(&company(), TODAY).expect("an overview");
    let unstamped = overview.unstamped_of(Kind::Invoices);
    assert_eq!(
        (unstamped.drafts, unstamped.issued, overview.overdue),
        (1, 0, 2)
    );
    assert_eq!(overview.open_balance, Money::ZERO);
}

#[test]
fn a_walk_goes_on_where_it_was_left_and_its_end_is_known() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &some_invoices(3));
    let state = WalkState {
        unfinished: Some(Unfinished {
            cursor: "em9u".into(),
            began_at: later(9),
            looked_at: later(6),
            reached_at: Some(later(2)),
            passed: 300,
            skipped: 1,
        }),
        total: Some(1240),
        complete_at: Some(later(7)),
        known_at: Some(later(8)),
        met_at: Some(later(9)),
        skipped: 3,
        absent: 2,
    };
    cache
        .note_walk(&company(), Kind::Invoices, &state)
        .expect("noted");
    assert_eq!(cache.walk(&company(), Kind::Invoices).expect("read"), state);
    let coverage = cache.coverage(&company(), Kind::Invoices).expect("read");
    assert_eq!((coverage.cached, coverage.total), (3, Some(1240)));
    assert_eq!(
        (coverage.complete_at, coverage.read_at),
        (Some(later(7)), Some(later(0)))
    );
}

#[test]
fn the_company_keeps_what_its_own_record_said() {
    let (_folder, mut cache) = cache();
    assert_eq!(cache.company(&company()).expect("read"), None);
    fill(&mut cache, &company(), &some_invoices(1));
    assert_eq!(cache.company(&company()).expect("read"), None);
    let kemper = Company {
        id: company(),
        number: None,
        name: "ESCUELA KEMPER URGATE".into(),
        rfc: "EKU9003173C9".into(),
        regime: Some("601".into()),
        zip: None,
        currency: "MXN".into(),
    };
    cache.put_company(&kemper).expect("written");
    assert_eq!(cache.company(&company()).expect("read"), Some(kemper));
}

#[test]
fn a_row_that_is_gone_is_left_out() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &some_invoices(3));
    let query = ListQuery::natural(Kind::Invoices);
    let order: Vec<RowId> = cache
        .ordered_ids(&company(), &query, TODAY)
        .expect("an order");
    cache
        .forget(&company(), Kind::Invoices, &Id::from("2"), read_at())
        .expect("forgotten");
    let left: Vec<Id> = cache
        .rows(&order)
        .expect("rows")
        .into_iter()
        .map(|r| r.id)
        .collect();
    assert_eq!(left, [Id::from("3"), Id::from("1")]);
    assert_eq!(
        cache
            .row_id(&company(), Kind::Invoices, &Id::from("2"))
            .expect("read"),
        None
    );
}
