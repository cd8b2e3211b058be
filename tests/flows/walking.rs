//! What the screen says while the books are read: how much, how fast, and how long it still takes.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Manner, Office, Run};

/// Long enough to be looked at while a request hangs.
const LOOKED_AT: Duration = Duration::from_secs(2);

fn patient() -> Manner {
    let mut manner = Manner::default();
    manner.timing.read = LOOKED_AT;
    manner
}

/// The second and the third page of the invoices each hang once.
fn hold_up(office: &Office) {
    for nth in [2, 4] {
        office.fault(json!({
            "method": "GET", "path": "/accounting/invoices", "nth": nth, "do": "hang",
        }));
    }
}

/// The second page comes ten seconds after the first.
fn ten_seconds_later(office: &Office, run: &mut Run) {
    run.wait_for("leyendo facturas 30");
    office.advance(Duration::from_secs(10));
}

#[test]
fn a_first_walk_says_its_rows_and_rate_and_no_time_that_nobody_knows() {
    let office = Office::open();
    hold_up(&office);
    let mut run = Run::start_restless(&office, patient());
    ten_seconds_later(&office, &mut run);
    run.wait_for("leyendo facturas 60 · 360 por min");
    run.lacks(&["faltan"]);
    run.settle().lacks(&["leyendo", "por min"]);
}

#[test]
fn from_the_second_whole_walk_on_the_time_that_is_left_is_known() {
    let office = Office::open();
    let mut run = office.run_as(patient());
    run.keys("g f").shows(&["90 de 90"]);
    office.advance(Duration::from_secs(13 * 3_600));
    hold_up(&office);
    run.press("r");
    ten_seconds_later(&office, &mut run);
    // There are thirty left, at six a second.
    run.wait_for("leyendo facturas · 360 por min · faltan 5 s");
    run.settle().shows(&["90 de 90"]).lacks(&["leyendo"]);
}

#[test]
fn fiscal_data_that_no_list_brought_come_one_by_one_and_the_screen_says_that_it_is_the_slow_way() {
    let office = Office::open();
    // A list without native records, as a connector may give it.
    let path = "/accounting/invoices?limit=3&sort[by]=updated_at&sort[direction]=desc";
    let mut page = office.done(reqwest::Method::GET, path, None);
    page["meta"]["cursors"]["next"] = Value::Null;
    page["links"]["next"] = Value::Null;
    for (row, day) in ["2026-06-02", "2026-05-31", "2025-01-15"]
        .iter()
        .enumerate()
    {
        page["data"][row]["invoice_date"] = json!(day);
    }
    let ids: Vec<String> = (0..3)
        .map(|row| page["data"][row]["id"].as_str().expect("an id").to_owned())
        .collect();
    office.fault(json!({"path": "/accounting/invoices", "status": 200, "body": page}));
    office.fault(json!({
        "method": "GET", "path": format!("/accounting/invoices/{}", ids[0]), "do": "hang",
    }));
    let mut run = Run::start_restless(&office, patient());
    run.wait_for("datos fiscales uno por uno: 0 de 2");
    run.wait_for("es la vía lenta: 0 de 2");
    run.settle().lacks(&["uno por uno", "vía lenta"]);
    // The newest first and each once; the third is so old that nobody reads it before it is opened.
    let reads: Vec<usize> = ids.iter().map(|id| office.reads(id)).collect();
    assert_eq!(reads, [2, 1, 0], "the first was asked for again");
    run.keys("g f").shows(&["3 de 3"]);
    run.open(&ids[2]).settle();
    assert!(office.reads(&ids[2]) > 0);
}

/// A page of the list of invoices as the program asks for it, counted from the front.
fn page_of_invoices(office: &Office, number: usize) -> Value {
    let mut place = String::new();
    for _ in 1..number {
        let page = office.done(Method::GET, &front(&place), None);
        let next = page["meta"]["cursors"]["next"]
            .as_str()
            .expect("a next page");
        place = format!("&cursor={next}");
    }
    office.done(Method::GET, &front(&place), None)
}

fn front(place: &str) -> String {
    let sorted = "sort%5Bby%5D=updated_at&sort%5Bdirection%5D=desc";
    format!("/accounting/invoices?limit=30&raw=true&{sorted}{place}")
}

#[test]
fn a_row_that_came_without_its_id_is_asked_for_by_the_name_that_its_native_record_tells() {
    let office = Office::open();
    let mut page = page_of_invoices(&office, 3);
    let row = &mut page["data"][4];
    let id = row["id"].as_str().expect("an id").to_owned();
    assert_eq!(row["_raw"]["id"].as_str(), Some(id.as_str()), "{row}");
    row["id"] = Value::Null;
    office.fault(json!({
        "method": "GET", "path": "/accounting/invoices", "nth": 3, "do": "status", "status": 200,
        "body": page,
    }));
    office.fault(json!({
        "method": "GET", "path": format!("/accounting/invoices/{id}"), "nth": 0,
        "do": "status", "status": 501,
    }));
    let mut run = office.run();
    run.keys("g f").shows(&["Facturas · 89 de 90"]);
    run.keys("r").shows(&["Facturas · 89 de 90"]);
    // It did not change, so that no list brings it: the next refresh asks for it all the same.
    office.clear_faults();
    let pages = |office: &Office| {
        office.requests(|seen| seen["method"] == "GET" && seen["path"] == "/accounting/invoices")
    };
    let before = pages(&office);
    run.keys("r").shows(&["Facturas · 90 de 90"]);
    assert!(pages(&office) - before <= 2, "not all was walked again");
    run.open(&id);
}
