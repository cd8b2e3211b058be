//! Who names whom, and lists that are narrowed to it, to a badge, to a text.

use jiff::SignedDuration;
use timbra::domain::company::CompanyId;
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::list::{Direction, Filter, ListQuery, Only, StampIs};
use timbra::domain::record::{Id, Line, Link, Posting, Record};
use timbra::domain::status::Status;
use timbra::store::cache::{Cache, Row};

use crate::books::{TODAY, company, fill, read_at};
use crate::cache::{cache, some_invoices};

fn link(id: &str) -> Link {
    Link {
        id: Id::from(id),
        name: format!("no. {id}"),
    }
}

fn bill(id: &str, supplier: &str, account: &str) -> Record {
    let mut bill = Record::new(Kind::Bills, Id::from(id));
    bill.set(Field::Contact, Value::Link(link(supplier)));
    bill.lines = vec![Line {
        account: Some(link(account)),
        ..Line::default()
    }];
    bill
}

fn journal(id: &str, account: &str) -> Record {
    let mut journal = Record::new(Kind::JournalEntries, Id::from(id));
    journal.postings = vec![
        Posting {
            account: Some(link(account)),
            ..Posting::default()
        };
        2
    ];
    journal
}

fn put(cache: &mut Cache, company: &CompanyId, records: &[Record], seconds: i64) {
    let rows: Vec<Row<'_>> = records
        .iter()
        .map(|record| Row { record, raw: None })
        .collect();
    let at = read_at() + SignedDuration::from_secs(seconds);
    cache.upsert(company, &rows, at).expect("written");
}

fn uses(cache: &Cache, company: &CompanyId, account: &str) -> Vec<(Kind, usize)> {
    cache
        .named_by(company, Kind::LedgerAccounts, &Id::from(account))
        .expect("read")
        .into_iter()
        .filter(|named| named.count > 0)
        .map(|named| (named.kind, named.count))
        .collect()
}

fn ids(cache: &Cache, company: &CompanyId, query: &ListQuery) -> Vec<String> {
    let window = cache.window(company, query, TODAY, 0, 1000).expect("read");
    assert_eq!(window.total, window.rows.len());
    let rows = cache.ordered_ids(company, query, TODAY).expect("read");
    let ordered = cache.ids(&rows).expect("read");
    let seen: Vec<Id> = window.rows.iter().map(|row| row.id.clone()).collect();
    assert_eq!(ordered, seen);
    seen.into_iter().map(|id| id.0).collect()
}

#[test]
fn where_an_account_is_used_follows_every_change_and_stays_in_its_books() {
    let (_folder, mut cache) = cache();
    let other = CompanyId("another".to_owned());
    put(
        &mut cache,
        &company(),
        &[
            bill("1", "7", "50"),
            bill("2", "7", "51"),
            journal("1", "50"),
        ],
        0,
    );
    put(&mut cache, &other, &[bill("1", "7", "50")], 0);
    assert_eq!(
        uses(&cache, &company(), "50"),
        [(Kind::JournalEntries, 1), (Kind::Bills, 1)]
    );
    assert_eq!(uses(&cache, &other, "50"), [(Kind::Bills, 1)]);
    // The bill moves to another account.
    put(&mut cache, &company(), &[bill("1", "7", "51")], 5);
    assert_eq!(uses(&cache, &company(), "50"), [(Kind::JournalEntries, 1)]);
    assert_eq!(uses(&cache, &company(), "51"), [(Kind::Bills, 2)]);
    let naming = ListQuery {
        only: Only::naming(Kind::LedgerAccounts, Id::from("51")),
        ..ListQuery::natural(Kind::Bills)
    };
    assert_eq!(ids(&cache, &company(), &naming), ["2", "1"]);
    assert!(ids(&cache, &other, &naming).is_empty());
    cache
        .forget(&company(), Kind::Bills, &Id::from("2"), read_at())
        .expect("forgotten");
    assert_eq!(uses(&cache, &company(), "51"), [(Kind::Bills, 1)]);
    assert_eq!(ids(&cache, &company(), &naming), ["1"]);
}

#[test]
fn what_nobody_names_says_over_how_much_that_was_looked_for() {
    let (_folder, mut cache) = cache();
    put(&mut cache, &company(), &[bill("1", "7", "50")], 0);
    let named = cache
        .named_by(&company(), Kind::Suppliers, &Id::from("8"))
        .expect("read");
    let bills = named
        .iter()
        .find(|named| named.kind == Kind::Bills)
        .expect("bills");
    assert_eq!((bills.count, bills.coverage.cached), (0, 1));
    assert_eq!(bills.coverage.total, None);
}

#[test]
fn a_list_narrowed_by_badge_text_and_contact_has_what_all_of_them_leave() {
    let (_folder, mut cache) = cache();
    let pages = some_invoices(300);
    fill(&mut cache, &company(), &pages);
    let all: Vec<&Record> = pages.iter().map(|page| &page.record).collect();
    let of = |like: &dyn Fn(&Record) -> bool| {
        let mut found: Vec<String> = all
            .iter()
            .filter(|record| like(record))
            .map(|record| record.id.0.clone())
            .collect();
        found.sort();
        found
    };
    let sorted = |only: &Only| {
        let query = ListQuery {
            only: only.clone(),
            ..ListQuery::natural(Kind::Invoices)
        };
        let mut found = ids(&cache, &company(), &query);
        found.sort();
        found
    };
    let contact = all
        .iter()
        .find_map(|record| record.link(Field::Contact))
        .expect("a contact")
        .clone();
    let same = |record: &Record| {
        record
            .link(Field::Contact)
            .is_some_and(|link| link.id == contact.id)
    };
    let paid = Only {
        status: Some(Status::Paid),
        ..Only::default()
    };
    let expected = of(&|record| record.status() == Status::Paid);
    assert!(!expected.is_empty());
    assert_eq!(sorted(&paid), expected);
    let stamped = Only {
        stamp: Some(StampIs::Stamped),
        ..paid.clone()
    };
    assert_eq!(
        sorted(&stamped),
        of(&|record| record.status() == Status::Paid && record.stamp.uuid().is_some())
    );
    let naming = Only {
        naming: Some((Kind::Customers, contact.id.clone())),
        ..Only::default()
    };
    assert_eq!(sorted(&naming), of(&same));
    let typed = Only {
        text: contact.name.clone(),
        ..naming
    };
    assert_eq!(sorted(&typed), of(&same));
    let nobody = Only {
        text: "zzzz".into(),
        ..Only::default()
    };
    assert!(sorted(&nobody).is_empty());
}

#[test]
fn a_narrowed_list_keeps_its_order_and_its_filter_in_both_directions() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &some_invoices(200));
    let query = |direction| ListQuery {
        sort: Field::Total,
        direction,
        filter: Filter::Unstamped,
        only: Only {
            status: Some(Status::Draft),
            ..Only::default()
        },
        ..ListQuery::natural(Kind::Invoices)
    };
    let amounts = |direction| {
        let window = cache
            .window(&company(), &query(direction), TODAY, 0, 500)
            .expect("read");
        window
            .rows
            .iter()
            .filter_map(|row| row.money(Field::Total))
            .collect::<Vec<_>>()
    };
    let (rising, falling) = (
        amounts(Direction::Ascending),
        amounts(Direction::Descending),
    );
    assert!(rising.len() > 3);
    assert!(rising.is_sorted());
    assert!(falling.iter().rev().is_sorted());
    let last = cache
        .window(
            &company(),
            &query(Direction::Ascending),
            TODAY,
            rising.len() - 2,
            2,
        )
        .expect("read");
    assert_eq!(
        last.rows.last().and_then(|row| row.money(Field::Total)),
        rising.last().copied()
    );
}
