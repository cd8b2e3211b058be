//! `timbra sync`, `find` and `export`: from nothing to a table, and on without a connection.

use std::process::Output;

use serde_json::Value;
use timbra::api::Connection;
use timbra::domain::field::Field;
use timbra::domain::kind::Kind;
use timbra::domain::list::{Direction, ListQuery, Only};
use timbra::domain::secret::Secret;
use timbra::domain::view::{View, ViewChange, ViewName};
use timbra::store::durable::Durable;

use crate::run::text;
use crate::unstamped::{Office, out};

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The records of a run with one JSON a line.
fn records(output: &Output) -> Vec<Value> {
    out(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn total(record: &Value) -> f64 {
    let total = record["fields"]["total"].to_string();
    total.trim_matches('"').parse().unwrap()
}

#[test]
fn before_a_sync_nothing_is_found_and_no_file_is_made() {
    let office = Office::open();
    for arguments in [
        &["find", "jimena"][..],
        &["export", "invoices", "--format", "csv"],
    ] {
        let output = office.run(arguments);
        assert_eq!(code(&output), 3, "{}", err(&output));
        assert!(err(&output).contains("timbra sync"));
        assert_eq!(out(&output), "");
    }
    assert!(!office.home.path().join("data").exists());
}

#[test]
fn a_sync_reads_every_kind_and_what_it_read_is_found_and_exported_without_a_connection() {
    let mut office = Office::open();
    let synced = office.run(&["sync", "--json"]);
    assert_eq!(code(&synced), 0, "{}", err(&synced));
    let told = &records(&synced)[0];
    assert_eq!(told["kinds"]["invoices"]["records"], 90);
    assert_eq!(told["kinds"].as_object().unwrap().len(), 16);
    assert_eq!(told["kinds"]["ledger-accounts"]["records"], 466);
    office.close();

    let all = records(&office.run(&["export", "invoices", "--format", "json"]));
    assert_eq!(all.len(), 90);
    let invoice = all
        .iter()
        .find(|invoice| invoice["stamp"] == "stamped")
        .unwrap();
    let uuid = text(&invoice["uuid"]);

    let found = office.run(&["find", uuid]);
    assert_eq!(code(&found), 0);
    assert_eq!(out(&found).lines().count(), 1);
    assert!(out(&found).contains(uuid) && out(&found).contains("[folio fiscal]"));
    assert!(err(&found).contains("EKU9003173C9") && err(&found).contains("90 de 90"));
    let hits = records(&office.run(&["find", uuid.get(28..).unwrap(), "--json"]));
    assert_eq!(hits[0]["uuid"], invoice["uuid"]);
    assert_eq!(hits[0]["why"], serde_json::json!(["uuid"]));

    let nothing = office.run(&["find", "nadie", "se", "llama", "asi"]);
    assert_eq!((code(&nothing), out(&nothing).as_str()), (3, ""));

    let csv = out(&office.run(&["export", "invoices", "--format", "csv"]));
    assert!(csv.starts_with('\u{feff}'), "the mark of UTF-8");
    assert_eq!(csv.matches("\r\n").count(), 91);
    assert!(csv.contains(uuid));
    let line = csv.lines().find(|line| line.contains(uuid)).unwrap();
    let total = text(&invoice["fields"]["total"]);
    let (whole, _) = total.split_once('.').unwrap_or((total, ""));
    assert!(line.contains(&format!(",{whole}.")), "no thousands: {line}");
    assert!(
        line.contains("PUE Pago en una") || line.contains("PPD Pago en parc"),
        "{line}"
    );

    let offline = office.run(&["sync"]);
    assert_eq!(code(&offline), 4, "{}", out(&offline));
}

#[test]
fn a_workbook_has_one_row_a_record_and_is_written_whole_or_not_at_all() {
    let office = Office::open();
    assert_eq!(code(&office.run(&["sync"])), 0);
    let file = office.home.path().join("clientes.xlsx");
    let name = file.to_str().unwrap();
    let output = office.run(&["export", "customers", "--format", "xlsx", "--out", name]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("73 registros"), "{}", err(&output));
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"PK"), "a workbook is a zip");
    assert!(!office.home.path().join("clientes.xlsx.part").exists());

    let nowhere = office.home.path().join("no/such/folder.csv");
    let nowhere = nowhere.to_str().unwrap();
    let failed = office.run(&["export", "customers", "--format", "csv", "--out", nowhere]);
    assert_eq!(code(&failed), 1);
}

#[test]
fn a_query_exports_what_it_finds_of_every_kind() {
    let office = Office::open();
    assert_eq!(code(&office.run(&["sync"])), 0);
    let found = records(&office.run(&["export", "--query", "xenon", "--format", "json"]));
    let kinds: std::collections::BTreeSet<&str> =
        found.iter().map(|record| text(&record["kind"])).collect();
    assert!(kinds.contains("invoices") && kinds.contains("customers"));
    let csv = out(&office.run(&["export", "--query", "xenon", "--format", "csv"]));
    assert_eq!(csv.lines().count(), found.len() + 1);
    let of_one = office.run(&["export", "invoices", "--query", "xenon", "--format", "json"]);
    assert!(
        records(&of_one)
            .iter()
            .all(|record| record["kind"] == "invoices")
    );
}

#[test]
fn operators_narrow_what_is_found_and_one_that_is_not_understood_is_a_mistake_of_the_command() {
    let mut office = Office::open();
    office.run(&["sync"]);
    office.close();
    let all = records(&office.run(&["export", "invoices", "--format", "json"]));
    let large = office.run(&[
        "export", "invoices", "--query", ">10000", "--format", "json",
    ]);
    let large = records(&large);
    assert!(!large.is_empty() && large.len() < all.len());
    for invoice in &large {
        assert!(total(invoice) > 10_000.0, "{invoice}");
    }
    let hits = records(&office.run(&["find", "cliente:xenon", ">1000", "--json"]));
    assert!(!hits.is_empty());
    for hit in &hits {
        assert_eq!(hit["why"], serde_json::json!(["total", "name"]), "{hit}");
    }
    for arguments in [
        &["find", "clinte:xenon"][..],
        &[
            "export",
            "invoices",
            "--query",
            "clinte:xenon",
            "--format",
            "csv",
        ],
        &["export", "--query", "clinte:xenon", "--format", "csv"],
        &["find", "clinte:xenon", "--all-companies"],
    ] {
        let output = office.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains("«clinte:xenon»"), "{}", err(&output));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn a_view_is_found_and_exported_by_its_name_in_its_own_order() {
    let mut office = Office::open();
    office.run(&["sync"]);
    office.close();
    let none = office.run(&["find", "--view", "grandes"]);
    assert_eq!(code(&none), 3);
    assert!(
        err(&none).contains("No hay una vista «grandes»"),
        "{}",
        err(&none)
    );
    let mut durable = Durable::open(&office.home.path().join("data/durable.db")).expect("a file");
    let connection = Connection {
        base: "http://127.0.0.1:1".to_owned(),
        key: Secret::new(""),
        app_id: String::new(),
        consumer_id: timbra::sandbox::CONSUMER_ID.to_owned(),
    };
    let company = durable.books_of(&connection.books()).expect("whose books");
    let view = View {
        name: ViewName::new("Grandes").expect("a name"),
        query: ListQuery {
            sort: Field::Total,
            direction: Direction::Descending,
            only: Only {
                text: ">10000".to_owned(),
                ..Only::default()
            },
            ..ListQuery::natural(Kind::Invoices)
        },
        typed: ">10000".to_owned(),
        about: String::new(),
    };
    let change = ViewChange::Keep(Box::new(view));
    durable
        .change_views(&company, &change, jiff::Timestamp::UNIX_EPOCH)
        .expect("kept");
    drop(durable);
    let output = office.run(&["export", "--view", "grandes", "--format", "json"]);
    let totals: Vec<f64> = records(&output).iter().map(total).collect();
    assert!(totals.len() > 3 && totals.iter().all(|total| *total > 10_000.0));
    assert!(totals.is_sorted_by(|a, b| a >= b), "{totals:?}");
    let found = office.run(&["find", "--view", "GRANDES", "--limit", "2", "--json"]);
    assert_eq!(records(&found).len(), 2, "{}", err(&found));
    let first = total(&records(&found)[0]);
    assert!((first - totals[0]).abs() < 0.001);
    assert!(
        err(&found).contains("Solo los primeros 2"),
        "{}",
        err(&found)
    );
    // A name and a query of its own say two things.
    let both = office.run(&["find", "--view", "grandes", "xenon"]);
    assert_eq!(code(&both), 2);
}
