//! Going over to another company in the middle of something: it is closed safely, the other books are there at once,
//! and nothing of the old ones lands in the new ones' screen.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::editing::fill_in;
use crate::harness::{Manner, Office, Run, good_draft};

const OTHER: &str = "INNOVACION VALOR Y DESARROLLO";
const OTHER_RFC: &str = "IVD920810GU2";
const OWN_RFC: &str = "EKU9003173C9";

/// An office of two companies, both of which were read.
fn office() -> Office {
    let office = Office::open().with_neighbour();
    let mut run = office.run();
    over(&mut run, OTHER);
    run.kill();
    office
}

/// Goes over, from wherever it is.
fn over<'a>(run: &'a mut Run, to: &str) -> &'a mut Run {
    run.keys("<C-e>").shows(&[to]).keys("<Enter>");
    run.shows(&[to])
}

/// The other books are on screen, and nothing of what was open above them is.
fn is_over(run: &mut Run) {
    run.shows(&[OTHER, OTHER_RFC, "Inicio"]).lacks(&[OWN_RFC]);
    let model = run.model();
    assert!(model.layers.is_empty());
    assert_eq!(model.screens.len(), 1);
    assert_eq!(model.going_to, None);
    assert!(model.intents.is_empty() && model.saves.is_empty() && model.batch.is_none());
}

#[test]
fn a_form_that_is_not_saved_stays_with_the_books_that_it_is_about() {
    let office = office();
    let mut run = office.run();
    run.keys("g f n");
    fill_in(&mut run);
    over(&mut run, OTHER);
    is_over(&mut run);
    run.lacks(&["Nueva factura", "XENON"]);
    run.pass(&office, Duration::from_secs(5)).keys("g m");
    run.lacks(&["Nueva factura"]);
    over(&mut run, OWN_RFC).shows(&["Nueva factura · XENON", "continuar"]);
    let posted = office.requests(|request| {
        request["method"] == "POST" && request["path"] == "/accounting/invoices"
    });
    assert_eq!(posted, 0);
}

#[test]
fn a_save_under_way_ends_in_the_books_that_it_began_in() {
    let office = office();
    let mut run = office.run_as(Manner::default().hasty());
    run.keys("g c n").types("TALLER DEL SUR");
    office.fault(json!({
        "method": "POST", "path": "/accounting/customers", "when": "after", "do": "hang", "delay_ms": 400,
    }));
    run.press("<F8>").press("<C-e> <Enter>");
    run.wait_for(OTHER).settle();
    is_over(&mut run);
    run.lacks(&["TALLER DEL SUR", "Guardado"]);
    run.keys("g c").lacks(&["TALLER DEL SUR"]);
    over(&mut run, OWN_RFC);
    run.keys("g c r").keys("/").types("taller del sur");
    run.shows(&["TALLER DEL SUR"]);
    let posted = office.requests(|request| {
        request["method"] == "POST" && request["path"] == "/accounting/customers"
    });
    assert_eq!(posted, 1);
}

#[test]
fn a_stamp_under_way_is_settled_in_its_own_books_and_never_shown_in_the_others() {
    let office = office();
    let id = office.create(good_draft());
    let folios = office.folios();
    let mut run = office.run();
    run.open(&id).keys("T s");
    office.fault(json!({
        "method": "POST", "path": "/invoices/*/open", "when": "after", "do": "hang", "delay_ms": 400,
    }));
    run.press("<Enter>");
    office.until(|state| state["folios_used"] == folios + 1);
    run.press("<C-e> <Enter>").wait_for(OTHER).settle();
    is_over(&mut run);
    let uuid = office.uuid(&id);
    run.lacks(&["TIMBRADA", &uuid]);
    run.pass(&office, Duration::from_secs(200)).lacks(&[&uuid]);
    over(&mut run, OWN_RFC);
    run.open(&id).shows(&["◆ TIMBRADA", &uuid]);
    assert_eq!(office.folios(), folios + 1);
    assert_eq!(office.stamp_requests(&id), 1);
}

#[test]
fn a_batch_under_way_sends_no_further_chunk_and_is_settled_in_its_own_books() {
    let office = office();
    let ids: Vec<String> = (0..12).map(|_| office.create(good_draft())).collect();
    let folios = office.folios();
    let mut run = office.run();
    run.keys("g f");
    for _ in &ids {
        run.keys("<Space>");
    }
    run.keys("T 1 2 s");
    office.fault(json!({
        "method": "POST", "path": "/invoices/stamp", "when": "after", "do": "hang", "delay_ms": 400,
    }));
    run.press("<Enter>");
    office.until(|state| state["folios_used"] == folios + 10);
    run.press("<C-e> <Enter>").wait_for(OTHER).settle();
    is_over(&mut run);
    run.pass(&office, Duration::from_secs(200))
        .lacks(&["timbradas", "TIMBRADA"]);
    assert_eq!(office.folios(), folios + 10);
    over(&mut run, OWN_RFC);
    run.pass(&office, Duration::from_secs(200))
        .lacks(&["Resultado por verificar"]);
    let stamped = ids
        .iter()
        .filter(|id| office.document(id)["stamps"] == 1)
        .count();
    assert_eq!(stamped, 10);
    assert_eq!(office.folios(), folios + 10);
}

#[test]
fn a_card_and_the_box_are_closed_and_their_answers_land_nowhere() {
    let office = office();
    let id = office.create(good_draft());
    let folios = office.folios();
    let mut run = office.run();
    run.open(&id);
    office.fault(json!({
        "method": "GET", "path": format!("/accounting/invoices/{id}"), "do": "hang", "delay_ms": 300,
    }));
    run.press("T").press("<C-e> <Enter>").wait_for(OTHER);
    run.settle();
    is_over(&mut run);
    run.keys("s <Enter>").lacks(&["¿Timbrar?"]);
    over(&mut run, OWN_RFC);
    run.open(&id).keys("T").types("3c9");
    run.keys("<Tab>").shows(&["[ Sí, timbrar ]"]);
    over(&mut run, OTHER);
    is_over(&mut run);
    run.keys("<Enter>").keys("g h");
    over(&mut run, OWN_RFC).keys("/").types("xenon");
    over(&mut run, OTHER);
    is_over(&mut run);
    run.keys("/").types("xenon industrial");
    // What the box finds in the other books is theirs.
    let model = run.model();
    assert_eq!(model.rfc(), OTHER_RFC);
    assert_eq!(office.folios(), folios);
    assert_eq!(office.stamp_requests(&id), 0);
}

#[test]
fn keys_typed_ahead_of_the_other_books_begin_nothing_in_the_old_ones() {
    let office = office();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id);
    run.press("<C-e> <Enter> T s <Enter> X").settle();
    run.shows(&[OTHER, OTHER_RFC]).lacks(&[OWN_RFC]);
    run.keys("<Esc> <Esc>");
    assert_eq!(office.stamp_requests(&id), 0);
    let deleted = office.requests(|request| request["method"] == "DELETE");
    assert_eq!(deleted, 0);
    assert_eq!(office.document(&id)["stamps"], 0);
}

#[test]
fn a_package_under_way_stops_and_its_end_is_told_to_nobody_else() {
    let office = office();
    let mut run = office.run();
    run.keys("p");
    run.types("2026-05").settle();
    office.fault(json!({
        "method": "GET", "path": "/invoices/*", "nth": 0, "do": "hang", "delay_ms": 100,
    }));
    run.press("<Enter>").wait_for("Esc detiene después");
    run.press("<C-e> <Enter>").wait_for(OTHER);
    office.clear_faults();
    run.settle();
    is_over(&mut run);
    run.lacks(&["Esc detiene", "XML y PDF de un periodo"]);
    // The other company's own package lies in a folder of its own.
    run.keys("p").types("2026-05").shows(&[OTHER_RFC]);
}

#[test]
fn a_company_that_cannot_be_asked_is_gone_over_to_all_the_same_and_says_so() {
    let mut office = office();
    let mut run = office.run();
    office.close();
    over(&mut run, OTHER);
    is_over(&mut run);
    run.lacks(&["sin conexión"]);
    over(&mut run, OWN_RFC).shows(&["sin conexión", OWN_RFC]);
    run.keys("g f").shows(&["90 de 90"]);
    let made = office.neighbour().expect("a neighbour");
    assert_ne!(made.consumer_id, office.connection().consumer_id);
    office.reopen();
    office.done(Method::GET, "/accounting/company-info", None);
}
