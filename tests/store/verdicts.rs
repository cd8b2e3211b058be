//! Verdicts on unstamped documents: kept while what they lean on stays, gone with any of it, and never out of their time.

use jiff::{SignedDuration, Timestamp};
use timbra::domain::company::Company;
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Line, Link, Record};
use timbra::domain::stamp::Stamp;
use timbra::domain::verdict::{Judged, Readiness, Verdict};
use timbra::store::cache::{Cache, Case, Opinion, Row};

use crate::books::{company, read_at};
use crate::cache::cache;

const EDITION: &str = "1";

fn link(id: &str) -> Link {
    Link {
        id: Id::from(id),
        name: String::new(),
    }
}

fn named(kind: Kind, id: &str, name: &str) -> Record {
    let mut record = Record::new(kind, Id::from(id));
    record.set(Field::Name, Value::Text(name.to_owned()));
    record.native_read = true;
    record
}

fn invoice(memo: &str) -> Record {
    let mut record = Record::new(Kind::Invoices, Id::from("6"));
    record.set(Field::Contact, Value::Link(link("7")));
    record.set(Field::Memo, Value::Text(memo.to_owned()));
    record.lines = vec![Line {
        item: Some(link("3")),
        taxes: vec![link("1")],
        ..Line::default()
    }];
    record.stamp = Stamp::Unstamped;
    record.native_read = true;
    record
}

fn put(cache: &mut Cache, record: &Record) {
    let row = Row { record, raw: None };
    cache
        .upsert(&company(), &[row], read_at())
        .expect("written");
}

fn issuer() -> Company {
    Company {
        id: company(),
        number: None,
        name: "ESCUELA KEMPER URGATE".to_owned(),
        rfc: "EKU9003173C9".to_owned(),
        regime: Some("601".to_owned()),
        zip: Some("42501".to_owned()),
        currency: "MXN".to_owned(),
    }
}

fn now() -> Timestamp {
    read_at() + SignedDuration::from_hours(1)
}

fn until() -> Timestamp {
    now() + SignedDuration::from_hours(5)
}

fn unjudged(cache: &Cache, at: Timestamp, edition: &str) -> Vec<Case> {
    cache
        .unjudged(&company(), Kind::Invoices, (at, edition), None, 10)
        .expect("read")
}

fn opinion(case: &Case, verdict: Verdict) -> Opinion {
    Opinion {
        basis: case.basis.clone(),
        judged: Judged {
            verdict,
            until: until(),
        },
    }
}

fn keep(cache: &mut Cache, opinions: &[Opinion]) -> usize {
    cache
        .put_opinions(&issuer(), opinions, (now(), EDITION))
        .expect("written")
}

fn readiness(cache: &Cache, at: Timestamp, edition: &str) -> Readiness {
    cache
        .readiness(&company(), Kind::Invoices, (at, edition))
        .expect("read")
}

fn verdict(cache: &Cache, at: Timestamp, edition: &str) -> Option<Verdict> {
    let id = Id::from("6");
    let judged = cache
        .judged(&company(), Kind::Invoices, &[&id], (at, edition))
        .expect("read");
    judged.get(&id).map(|judged| judged.verdict)
}

/// A cache with an unstamped invoice and all that it refers to, judged as it is.
fn judged() -> (tempfile::TempDir, Cache) {
    let (folder, mut cache) = cache();
    cache.put_company(&issuer()).expect("written");
    put(&mut cache, &named(Kind::Customers, "7", "XENON"));
    put(&mut cache, &named(Kind::InvoiceItems, "3", "Caja"));
    put(&mut cache, &named(Kind::TaxRates, "1", "IVA"));
    put(&mut cache, &named(Kind::TaxRates, "2", "IEPS"));
    put(&mut cache, &invoice("a"));
    let cases = unjudged(&cache, now(), EDITION);
    assert_eq!(cases.len(), 1);
    let [case] = cases.as_slice() else {
        return (folder, cache);
    };
    assert_eq!(case.record, invoice("a"));
    assert_eq!(
        case.receiver
            .as_ref()
            .map(|contact| contact.text(Field::Name)),
        Some("XENON")
    );
    assert_eq!(case.items.len(), 1);
    assert_eq!(keep(&mut cache, &[opinion(case, Verdict::Warning)]), 1);
    (folder, cache)
}

#[test]
fn a_verdict_is_kept_and_counted_and_its_document_is_not_judged_again() {
    let (_folder, cache) = judged();
    assert_eq!(verdict(&cache, now(), EDITION), Some(Verdict::Warning));
    assert!(unjudged(&cache, now(), EDITION).is_empty());
    assert_eq!(
        readiness(&cache, now(), EDITION),
        Readiness {
            warnings: 1,
            until: Some(until()),
            ..Readiness::default()
        }
    );
    let none = cache.judged(
        &company(),
        Kind::CreditNotes,
        &[&Id::from("6")],
        (now(), EDITION),
    );
    assert!(none.expect("read").is_empty());
}

#[test]
fn a_verdict_says_nothing_outside_its_time_or_under_other_rules() {
    let (_folder, cache) = judged();
    let moment = SignedDuration::from_millis(1);
    for (at, edition) in [(until(), EDITION), (now() - moment, EDITION), (now(), "2")] {
        assert_eq!(verdict(&cache, at, edition), None);
        assert_eq!(unjudged(&cache, at, edition).len(), 1);
        let counted = readiness(&cache, at, edition);
        assert_eq!((counted.unjudged, counted.unstamped()), (1, 1));
        assert_eq!(counted.until, None);
    }
    assert_eq!(
        verdict(&cache, until() - moment, EDITION),
        Some(Verdict::Warning)
    );
}

#[test]
fn a_verdict_goes_with_whatever_it_leans_on() {
    type Change = fn(&mut Cache);
    let changes: [(&str, Change); 8] = [
        ("the document", |cache| put(cache, &invoice("b"))),
        ("its receiver", |cache| {
            put(cache, &named(Kind::Customers, "7", "XENON SA"))
        }),
        ("its item", |cache| {
            put(cache, &named(Kind::InvoiceItems, "3", "Bolsa"))
        }),
        ("its tax", |cache| {
            put(cache, &named(Kind::TaxRates, "1", "IVA 8%"))
        }),
        ("no receiver", |cache| {
            cache
                .forget(&company(), Kind::Customers, &Id::from("7"), read_at())
                .expect("written");
        }),
        ("no item", |cache| {
            let later = read_at() + SignedDuration::from_secs(1);
            let unread = cache
                .unread_since(&company(), Kind::InvoiceItems, later, later)
                .expect("read");
            cache
                .forget_unread(&company(), Kind::InvoiceItems, &unread, later, later)
                .expect("written");
        }),
        ("the issuer", |cache| {
            let moved = Company {
                zip: Some("22000".to_owned()),
                ..issuer()
            };
            cache.put_company(&moved).expect("written");
        }),
        ("the stamp", |cache| {
            let mut stamped = invoice("a");
            let uuid = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";
            stamped.stamp = Stamp::Stamped(uuid.parse().expect("a UUID"));
            put(cache, &stamped);
        }),
    ];
    for (what, change) in changes {
        let (_folder, mut cache) = judged();
        change(&mut cache);
        assert_eq!(verdict(&cache, now(), EDITION), None, "{what}");
        assert_eq!(readiness(&cache, now(), EDITION).warnings, 0, "{what}");
    }
}

#[test]
fn a_verdict_stays_when_something_else_changes_or_the_same_is_read_again() {
    let (_folder, mut cache) = judged();
    put(&mut cache, &named(Kind::TaxRates, "2", "IEPS 8%"));
    put(&mut cache, &named(Kind::Customers, "8", "OTRO"));
    put(&mut cache, &named(Kind::Customers, "7", "XENON"));
    put(&mut cache, &invoice("a"));
    cache.put_company(&issuer()).expect("written");
    assert_eq!(verdict(&cache, now(), EDITION), Some(Verdict::Warning));
}

#[test]
fn an_opinion_on_what_has_changed_meanwhile_is_dropped() {
    type Change = fn(&mut Cache);
    let changes: [Change; 4] = [
        |cache| put(cache, &invoice("b")),
        |cache| put(cache, &named(Kind::Customers, "7", "XENON SA")),
        |cache| {
            cache
                .forget(&company(), Kind::InvoiceItems, &Id::from("3"), read_at())
                .expect("written");
        },
        |cache| {
            let moved = Company {
                regime: None,
                ..issuer()
            };
            cache.put_company(&moved).expect("written");
        },
    ];
    for change in changes {
        let (_folder, mut cache) = judged();
        let later = until();
        let cases = unjudged(&cache, later, EDITION);
        change(&mut cache);
        let kept = keep(&mut cache, &[opinion(&cases[0], Verdict::Ok)]);
        assert_eq!(kept, 0);
        assert_ne!(verdict(&cache, now(), EDITION), Some(Verdict::Ok));
    }
}

#[test]
fn cases_come_newest_first_and_in_stretches() {
    let (_folder, mut cache) = cache();
    for id in 1..=5 {
        let mut record = invoice("a");
        record.id = Id(id.to_string());
        put(&mut cache, &record);
    }
    let mut ids = Vec::new();
    let mut before = None;
    loop {
        let at = (now(), EDITION);
        let cases = cache
            .unjudged(&company(), Kind::Invoices, at, before, 2)
            .expect("read");
        let Some(last) = cases.last() else { break };
        before = Some(last.basis.row());
        ids.extend(cases.iter().map(|case| case.record.id.0.clone()));
    }
    assert_eq!(ids, ["5", "4", "3", "2", "1"]);
}
