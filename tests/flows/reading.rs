//! One document on screen.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Manner, Office, Run, good_draft, with_native};

#[test]
fn commercial_data_are_there_at_once_and_fiscal_data_follow() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut manner = Manner::default();
    manner.timing.read = Duration::from_secs(3);
    // A list without native records, as a connector may give it.
    let path = "/accounting/invoices?limit=1&sort[by]=updated_at&sort[direction]=desc";
    let mut page = office.done(Method::GET, path, None);
    page["meta"]["cursors"]["next"] = Value::Null;
    page["links"]["next"] = Value::Null;
    // So old that nobody reads its fiscal data before it is opened.
    page["data"][0]["invoice_date"] = "2025-01-15".into();
    office.fault(json!({"path": "/accounting/invoices", "status": 200, "body": page}));
    office.fault(json!({
        "method": "GET", "path": format!("/accounting/invoices/{id}"), "nth": 2, "do": "hang",
    }));
    let mut run = office.run_as(manner);
    run.select(&id).settle().press("<Enter>");
    run.wait_for("Taladro 1/2");
    run.shows(&[
        "XENON INDUSTRIAL ARTICLES",
        "1,160.00",
        "leyendo datos fiscales…",
    ]);
    run.press("T")
        .shows(&["Aún no se leen sus datos fiscales."]);
    run.settle().lacks(&["leyendo"]);
    run.shows(&["G03 Gastos en general", "PUE", "601"]);
}

#[test]
fn a_stamped_invoice_shows_folio_fiscal_and_seals() {
    let office = Office::open();
    let invoice = office.some_stamped();
    let id = invoice["id"].as_str().expect("an id");
    let uuid = invoice["_raw"]["stamp"]["uuid"].as_str().expect("a UUID");
    let mut run = office.run_as(Manner::sized(120, 60));
    run.open(id).shows(&[
        uuid,
        "◆ TIMBRADA",
        "Sello del SAT",
        "Sello del CFDI",
        "Cadena original",
    ]);
}

#[test]
fn a_stamped_invoice_is_read_only_and_says_why() {
    let office = Office::open();
    let invoice = office.some_stamped();
    let id = invoice["id"].as_str().expect("an id");
    let folios = office.folios();
    let mut run = office.run();
    run.open(id).shows(&["Timbrada: ya no se edita."]);
    run.keys("e")
        .shows(&["Timbrada: ya no se edita. Opciones: nota de crédito"]);
    run.keys("T").shows(&["Ya está timbrada."]);
    assert_eq!(office.folios(), folios);
    assert_eq!(office.stamp_requests(id), 0);
}

#[test]
fn a_document_that_is_gone_says_so_and_leaves_the_list() {
    let office = Office::open();
    let mut run = office.run();
    let id = office.create(good_draft());
    run.keys("g f r").select(&id).settle();
    office.done(Method::DELETE, &format!("/accounting/invoices/{id}"), None);
    run.keys("<Enter>").shows(&["ya no existe", "90 de 90"]);
}

#[test]
fn names_with_markup_and_emoji_are_shown_as_they_are() {
    let office = Office::open();
    let memo = "<b>\"Ñandú\"</b> & hijos 🧾\u{1b}[31m";
    let mut run = office.run_as(Manner::sized(120, 50));
    let id = office.create(with_native(good_draft(), json!({"observations": memo})));
    run.keys("g f r").open(&id);
    run.shows(&["<b>\"Ñandú\"</b> & hijos 🧾"]);
    assert!(!run.screen().contains('\u{1b}'));
    run.keys("g c /").types("h&e951128469");
    run.shows(&["HERRERIA & ELECTRICOS"]);
}

#[test]
fn what_was_read_stays_on_screen_while_it_is_read_again() {
    let office = Office::open();
    let invoice = office.some_stamped();
    let id = invoice["id"].as_str().expect("an id");
    let uuid = invoice["_raw"]["stamp"]["uuid"].as_str().expect("a UUID");
    let mut manner = Manner::default();
    manner.timing.read = Duration::from_millis(500);
    let mut run: Run = office.run_as(manner);
    run.open(id);
    office.fault(json!({"path": format!("/accounting/invoices/{id}"), "nth": 0, "do": "hang"}));
    run.press("r").shows(&[uuid]).settle();
    run.shows(&[uuid, "no se pudo leer de nuevo"]);
    office.clear_faults();
    run.keys("r").shows(&[uuid]).lacks(&["no se pudo"]);
}
