//! The numbers of the home page and the lists behind them say the same, and the same as going through all records.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan};
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::list::{Age, Filter, ListQuery, Overview, Standing};
use timbra::domain::record::{Allocation, Id, Link, Record};
use timbra::domain::stamp::Stamp;
use timbra::domain::status::Status;
use timbra::domain::verdict::{Judged, Verdict};
use timbra::store::cache::{AsOf, Cache, Opinion, Row};

use crate::books::{TODAY, company, fill, read_at};
use crate::cache::{cache, some_invoices};

const EDITION: &str = "1";

fn as_of() -> AsOf<'static> {
    AsOf {
        today: TODAY,
        now: read_at() + SignedDuration::from_hours(1),
        edition: EDITION,
    }
}

fn query(filter: Filter) -> ListQuery {
    ListQuery {
        filter,
        ..ListQuery::natural(Kind::Invoices)
    }
}

/// The ids of a list, by all three ways in which one is read.
fn listed(cache: &Cache, filter: Filter) -> Vec<String> {
    let query = query(filter);
    let window = cache
        .window(&company(), &query, as_of(), 0, 1_000)
        .expect("read");
    let rows = cache
        .ordered_ids(&company(), &query, as_of())
        .expect("read");
    let ids: Vec<String> = window.rows.iter().map(|row| row.id.to_string()).collect();
    let ordered = cache.ids(&rows).expect("read");
    assert_eq!(window.total, ids.len(), "{filter:?}");
    assert_eq!(ordered.len(), ids.len(), "{filter:?}");
    assert!(
        ordered
            .iter()
            .map(ToString::to_string)
            .eq(ids.iter().cloned())
    );
    ids
}

fn overview(cache: &Cache) -> Overview {
    cache.overview(&company(), as_of()).expect("read")
}

fn put(cache: &mut Cache, record: &Record) {
    let row = Row { record, raw: None };
    cache
        .upsert(&company(), &[row], read_at())
        .expect("written");
}

fn unstamped(id: &str, day: Date, status: Status) -> Record {
    let mut record = Record::new(Kind::Invoices, Id::from(id));
    record.set(Field::Date, Value::Date(day));
    record.set(Field::Status, Value::Status(status));
    record.set(Field::PaymentType, Value::Text("PPD".into()));
    record.stamp = Stamp::Unstamped;
    record.native_read = true;
    record
}

fn stamped(id: &str, policy: &str) -> Record {
    let mut record = unstamped(id, date(2026, 3, 2), Status::Paid);
    record.set(Field::PaymentType, Value::Text(policy.into()));
    let uuid = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";
    record.stamp = Stamp::Stamped(uuid.parse().expect("a UUID"));
    record
}

/// A payment that went to these invoices, and whose native record says this about its receipt.
fn payment(id: &str, day: Date, invoices: &[&str], stamp: Stamp) -> Record {
    let mut record = Record::new(Kind::Payments, Id::from(id));
    record.set(Field::Date, Value::Date(day));
    record.set(Field::Status, Value::Status(Status::Posted));
    record.allocations = invoices
        .iter()
        .map(|invoice| Allocation {
            document: Some(Link {
                id: Id::from(*invoice),
                name: String::new(),
            }),
            kind: Some(Kind::Invoices),
            amount: None,
        })
        .collect();
    record.native_read = stamp != Stamp::NotRead;
    record.stamp = stamp;
    record
}

#[test]
fn every_number_is_the_length_of_its_list_and_of_what_a_walk_over_all_records_finds() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &some_invoices(400));
    for (idx, status) in [Status::Draft, Status::Authorised].into_iter().enumerate() {
        for back in 0..6_i64 {
            let day = TODAY.checked_sub(back.days()).expect("a day");
            let id = format!("x{idx}{back}");
            put(&mut cache, &unstamped(&id, day, status));
        }
    }
    let all = cache.all(&company(), Kind::Invoices).expect("read");
    let found = |keep: &dyn Fn(&Record) -> bool| {
        let mut ids: Vec<String> = all
            .iter()
            .filter(|record| keep(record))
            .map(|record| record.id.to_string())
            .collect();
        ids.sort();
        ids
    };
    let same = |filter: Filter, keep: &dyn Fn(&Record) -> bool| {
        let mut ids = listed(&cache, filter);
        ids.sort();
        let found = found(keep);
        assert_eq!(ids, found, "{filter:?}");
        found.len()
    };
    let is_unstamped =
        |record: &Record| record.stamp == Stamp::Unstamped && record.status() != Status::Voided;
    let overview = overview(&cache);
    let numbers = overview.unstamped_of(Kind::Invoices);
    assert_eq!(numbers.all(), same(Filter::Unstamped, &is_unstamped));
    assert_eq!(
        numbers.issued,
        same(Filter::Issued, &|record| is_unstamped(record)
            && record.status() != Status::Draft)
    );
    for age in Age::ALL {
        let aged = same(Filter::Aged(age), &|record| {
            let day = record.date(Field::Date);
            is_unstamped(record) && day.and_then(|day| Age::of(day, TODAY)) == Some(age)
        });
        assert!(aged >= 2, "{age:?}");
        assert_eq!(numbers.ages[&age], aged, "{age:?}");
    }
    assert_eq!(
        numbers.not_read,
        same(Filter::NotRead, &|record| record.stamp == Stamp::NotRead)
    );
    assert_eq!(
        overview.owing,
        same(Filter::Owing, &|record| {
            let balance = record.money(Field::Balance);
            record.status().is_open()
                && balance.is_none_or(|balance| balance > timbra::domain::money::Money::ZERO)
        })
    );
    assert_eq!(
        overview.overdue,
        same(Filter::Overdue, &|record| record.is_overdue(TODAY))
    );
}

#[test]
fn lists_of_verdicts_hold_what_the_counts_say_and_empty_when_the_verdicts_end() {
    let (_folder, mut cache) = cache();
    let issuer = timbra::domain::company::Company {
        id: company(),
        number: None,
        name: "ESCUELA KEMPER URGATE".to_owned(),
        rfc: "EKU9003173C9".to_owned(),
        regime: Some("601".to_owned()),
        zip: Some("42501".to_owned()),
        currency: "MXN".to_owned(),
    };
    cache.put_company(&issuer).expect("written");
    for id in ["1", "2", "3", "4"] {
        put(&mut cache, &unstamped(id, TODAY, Status::Draft));
    }
    let now = as_of().now;
    let cases = cache
        .unjudged(&company(), Kind::Invoices, (now, EDITION), None, 10)
        .expect("read");
    let verdicts = [
        ("1", Verdict::Ok),
        ("2", Verdict::Warning),
        ("3", Verdict::Error),
    ];
    let opinions: Vec<Opinion> = verdicts
        .iter()
        .map(|(id, verdict)| {
            let case = cases.iter().find(|case| case.record.id.as_str() == *id);
            Opinion {
                basis: case.expect("a case").basis.clone(),
                judged: Judged {
                    verdict: *verdict,
                    until: now + SignedDuration::from_hours(2),
                },
            }
        })
        .collect();
    cache
        .put_opinions(&issuer, &opinions, (now, EDITION))
        .expect("written");
    let standing = |standing| listed(&cache, Filter::Standing(standing));
    assert_eq!(standing(Standing::Ready), ["1"]);
    assert_eq!(standing(Standing::Warnings), ["2"]);
    assert_eq!(standing(Standing::Errors), ["3"]);
    assert_eq!(standing(Standing::Unjudged), ["4"]);
    let readiness = overview(&cache).unstamped_of(Kind::Invoices).readiness;
    assert_eq!(
        (
            readiness.ready,
            readiness.warnings,
            readiness.errors,
            readiness.unjudged
        ),
        (1, 1, 1, 1)
    );
    let later = AsOf {
        now: now + SignedDuration::from_hours(3),
        ..as_of()
    };
    let other = AsOf {
        edition: "2",
        ..as_of()
    };
    for as_of in [later, other, TODAY.into()] {
        let total = |standing| {
            cache
                .window(&company(), &query(Filter::Standing(standing)), as_of, 0, 9)
                .expect("read")
                .total
        };
        assert_eq!(total(Standing::Ready), 0, "{as_of:?}");
        assert_eq!(total(Standing::Unjudged), 4, "{as_of:?}");
    }
}

#[test]
fn a_deferred_invoice_waits_for_the_receipt_of_each_payment_whichever_is_read_first() {
    let received = || stamped("9", "PPD").stamp;
    for payments_first in [true, false] {
        let (_folder, mut cache) = cache();
        let invoices = [
            stamped("1", "PPD"),
            stamped("2", "PUE"),
            stamped("3", "PPD"),
            unstamped("4", TODAY, Status::Authorised),
        ];
        let mut payments = [
            payment("11", date(2026, 4, 30), &["1"], Stamp::Unstamped),
            payment("12", date(2026, 3, 31), &["1", "2"], Stamp::Unstamped),
            payment("13", date(2026, 3, 31), &["3"], received()),
            payment("14", date(2026, 3, 31), &["3", "4"], Stamp::NotRead),
        ];
        if payments_first {
            payments.iter().for_each(|one| put(&mut cache, one));
            invoices.iter().for_each(|one| put(&mut cache, one));
        } else {
            invoices.iter().for_each(|one| put(&mut cache, one));
            payments.iter().for_each(|one| put(&mut cache, one));
        }
        let receipts = |cache: &Cache| {
            let receipts = overview(cache).receipts;
            let window = cache
                .window(&company(), &query(Filter::WithoutReceipt), as_of(), 0, 10)
                .expect("read");
            assert_eq!(receipts.missing, window.total);
            let ids = listed(cache, Filter::WithoutReceipt);
            let due: Vec<Option<Date>> = ids
                .iter()
                .map(|id| window.receipts.get(id.as_str()).copied())
                .collect();
            assert_eq!(receipts.due, due.iter().flatten().min().copied());
            (ids.join(" "), due, receipts.unread)
        };
        let april = Some(date(2026, 4, 5));
        assert_eq!(receipts(&cache), ("1".into(), vec![april], 1));
        // The older of the two gets its receipt: the next one is due later.
        payments[1].stamp = received();
        put(&mut cache, &payments[1]);
        let may = Some(date(2026, 5, 5));
        assert_eq!(receipts(&cache), ("1".into(), vec![may], 1));
        // The one that was not read turns out to have none.
        payments[3].stamp = Stamp::Unstamped;
        payments[3].native_read = true;
        put(&mut cache, &payments[3]);
        assert_eq!(receipts(&cache), ("3 1".into(), vec![april, may], 0));
        // A voided payment asks for nothing, nor does one that is gone.
        payments[3].set(Field::Status, Value::Status(Status::Voided));
        put(&mut cache, &payments[3]);
        cache
            .forget(&company(), Kind::Payments, &Id::from("11"), read_at())
            .expect("forgotten");
        assert_eq!(receipts(&cache), (String::new(), vec![], 0));
        // A receipt that was cancelled is none; an invoice that is, asks for none.
        payments[2].stamp = Stamp::Cancelled(
            "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
                .parse()
                .expect("a UUID"),
        );
        put(&mut cache, &payments[2]);
        assert_eq!(receipts(&cache), ("3".into(), vec![april], 0));
        let mut cancelled = stamped("3", "PPD");
        cancelled.stamp = payments[2].stamp.clone();
        put(&mut cache, &cancelled);
        assert_eq!(receipts(&cache), (String::new(), vec![], 0));
    }
}
