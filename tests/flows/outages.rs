//! The other side goes away in the middle of something, and comes back.

use std::time::Duration;

use serde_json::json;
use timbra::domain::kind::Kind;
use timbra::sandbox::Idempotency;

use crate::harness::{Manner, Office, Run, good_draft};

#[test]
fn the_server_killed_in_the_middle_of_a_list_leaves_what_was_read_and_comes_back() {
    let mut office = Office::open();
    office.fault(json!({"path": "/accounting/invoices", "nth": 2, "do": "hang"}));
    let mut run = Run::start_restless(&office, Manner::default());
    run.press("g f").wait_for("30 hasta ahora");
    office.close();
    run.settle()
        .shows(&["30 hasta ahora", "sin conexión", "BORRADOR", "EKU9003173C9"]);
    run.keys("j j <Enter>")
        .shows(&["Sin conexión con el servidor"]);
    run.keys("<Esc> r")
        .shows(&["sin conexión", "30 hasta ahora"]);
    office.reopen();
    run.keys("r").shows(&["90 de 90"]).lacks(&["sin conexión"]);
}

#[test]
fn a_server_in_trouble_says_so_and_the_list_recovers_on_asking_again() {
    let office = Office::open();
    office.fault(json!({"path": "/accounting/invoices", "nth": 0, "status": 503}));
    let mut run = office.run();
    run.keys("g f").shows(&["El servidor tiene problemas"]);
    office.clear_faults();
    run.keys("r").shows(&["90 de 90"]).lacks(&["problemas"]);
}

#[test]
fn refused_credentials_are_named_on_screen() {
    let office = Office::open();
    office.fault(json!({
        "nth": 0, "status": 401,
        "body": {"status_code": 401, "error": "Unauthorized", "type_name": "UnauthorizedError",
                 "message": "Unauthorized Request", "detail": "", "ref": ""},
    }));
    let mut run = office.run();
    run.shows(&["conexión rechazada"]);
    run.keys("g f").shows(&["TIMBRA_API_KEY"]);
}

#[test]
fn the_server_killed_in_the_middle_of_a_stamp_loses_nothing_and_it_is_found_on_return() {
    let mut office = Office::open();
    let id = office.create(good_draft());
    let folios = office.folios();
    let mut run = office.run();
    run.open(&id).keys("T s");
    office.fault(
        json!({"method": "POST", "path": "/invoices/*/open", "when": "after", "do": "hang"}),
    );
    run.press("<Enter>");
    office.until(|state| state["folios_used"] == folios + 1);
    office.close();
    run.settle()
        .shows(&["No llegó respuesta clara. Puede estar timbrada."]);
    run.pass(&office, Duration::from_secs(2))
        .shows(&["Puede estar timbrada"]);
    run.pass(&office, Duration::from_secs(200))
        .shows(&["Puede estar timbrada"]);
    run.keys("<Esc> T")
        .shows(&["no timbrar ni editar hasta saberlo"]);
    office.reopen();
    run.keys("v").shows(&[&office.uuid(&id)]);
    assert_eq!(office.folios(), folios + 1);
    run.keys("g f").lacks(&["sin conexión"]);
}

#[test]
fn the_server_killed_in_the_middle_of_a_save_makes_no_second_invoice() {
    // This connector takes a key and does nothing with it.
    let mut office = Office::with(|options| options.idempotency = Idempotency::Ignore);
    let mut run = office.run();
    run.keys("g f n");
    crate::editing::fill_in(&mut run);
    let before = office.state()["invoices"].as_u64().expect("a number");
    office.fault(json!({"method": "POST", "path": "/accounting/invoices", "when": "after", "do": "hang", "nth": 0}));
    run.press("<F8>");
    office.until(|state| state["invoices"] == before + 1);
    office.close();
    run.settle()
        .shows(&["No llegó respuesta. Puede estar guardada."]);
    run.keys("<F8>").pass(&office, Duration::from_secs(10));
    run.shows(&["Puede estar guardada"]);
    office.reopen();
    office.clear_faults();
    run.pass(&office, Duration::from_secs(90));
    run.shows(&["XENON INDUSTRIAL ARTICLES", "◇ SIN TIMBRAR"]);
    assert_eq!(office.state()["invoices"], before + 1);
}

#[test]
fn the_connection_that_comes_back_looks_at_what_is_open_by_itself() {
    let mut office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&id).keys("T s");
    office.fault(
        json!({"method": "POST", "path": "/invoices/*/open", "when": "after", "do": "drop"}),
    );
    run.keys("<Enter> <Esc>");
    office.close();
    run.keys("g f r").shows(&["sin conexión"]);
    office.reopen();
    run.keys("r").lacks(&["sin conexión"]);
    run.open(&id).shows(&["◆ TIMBRADA", &office.uuid(&id)]);
}

#[test]
fn other_books_behind_the_same_connection_are_kept_apart_and_settle_nothing() {
    const OTHER: &str = "La conexión lleva ahora a otra empresa: ESCUELA KEMPER URGATE";
    let mut office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner::default().hasty());
    let folios = office.folios();
    run.lacks(&[OTHER]).open(&id).keys("T s");
    office.fault(
        json!({"method": "POST", "path": "/invoices/*/open", "when": "after", "do": "hang"}),
    );
    run.press("<Enter>");
    office.until(|state| state["folios_used"].as_u64() > Some(folios));
    run.kill();
    let uuid = office.uuid(&id);

    office.replace(8);
    let mut run = office.run();
    run.shows(&[OTHER]);
    assert!(run.model().intents.is_empty());
    run.pass(&office, Duration::from_secs(600));
    assert_eq!(office.reads(&id), 0);
    let cached = run.model().walks[&Kind::Invoices].coverage.cached;
    assert_eq!(cached, office.invoices().len());
    run.kill();

    // Nothing new is said to somebody who knows already.
    let mut run = office.run();
    run.lacks(&[OTHER]);
    run.kill();

    office.replace(7);
    let mut run = office.run();
    run.open(&id).shows(&["◆ TIMBRADA", &uuid]);
    assert_eq!(office.stamp_requests(&id), 0);
}

/// What libraries say about a connection that is not there.
const TECHNICAL: &[&str] = &[
    "NotSent", "NoAnswer", "error ", "request", "connect", "HTTP", "sqlite",
];

#[test]
fn without_a_server_every_page_says_so_in_our_words_and_of_when_its_data_are() {
    let mut office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.keys("g f").lacks(&["sin conexión"]);
    office.close();
    run.keys("r").shows(&["⚠ sin conexión · datos de las"]);
    run.lacks(TECHNICAL);
    run.keys("g h").shows(&["Sin conexión con el servidor."]);
    run.lacks(TECHNICAL);
    run.open(&id).lacks(TECHNICAL);
    run.keys("T").shows(&["No se pudo leer"]).lacks(TECHNICAL);
    run.keys("<Esc> e <F3>").lacks(TECHNICAL);
    run.keys("<Esc>").types("x");
    run.keys("<F8>").lacks(TECHNICAL);
}

#[test]
fn a_create_that_could_not_be_sent_says_why_in_our_words() {
    let mut office = Office::open();
    let mut run = office.run();
    run.keys("g f n");
    crate::editing::fill_in(&mut run);
    office.close();
    run.keys("<F8>").shows(&["no hay conexión con el servidor"]);
    run.lacks(TECHNICAL);
}

#[test]
fn a_connection_that_is_back_is_noticed_though_nobody_asks() {
    let mut office = Office::open();
    let mut run = office.run();
    run.keys("g f");
    office.close();
    run.keys("r").shows(&["sin conexión"]);
    office.reopen();
    run.pass(&office, Duration::from_secs(30))
        .lacks(&["sin conexión"]);
}

#[test]
fn other_books_that_appear_while_an_act_is_open_do_not_settle_it() {
    let mut office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&id).keys("T s");
    let folios = office.folios();
    office.fault(
        json!({"method": "POST", "path": "/invoices/*/open", "when": "after", "do": "hang"}),
    );
    run.press("<Enter>");
    office.until(|state| state["folios_used"].as_u64() > Some(folios));
    let uuid = office.uuid(&id);
    office.replace(8);
    run.settle().pass(&office, Duration::from_secs(600));
    assert_eq!(office.reads(&id), 0);
    assert!(run.model().intents.is_empty());
    run.kill();
    office.replace(7);
    let mut run = office.run();
    run.open(&id).shows(&["◆ TIMBRADA", &uuid]);
}
