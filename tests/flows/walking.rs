//! What the screen says while the books are read: how much, how fast, and how long it still takes.

use std::time::Duration;

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
