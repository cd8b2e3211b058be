//! Forms: a new invoice, an edit, and what must not be lost.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Office, Run, good_draft};

/// Fills in a new invoice: XENON, two lines.
pub fn fill_in(run: &mut Run) {
    run.keys("<F3>").types("xenon").keys("<Enter>");
    run.keys("<C-n>");
    run.keys("<F3>").types("taladro").keys("<Enter>");
    run.types("2").keys("<Tab>").types("500");
}

#[test]
fn a_new_invoice_of_several_lines_is_saved_as_a_draft_and_edited_again() {
    let office = Office::open();
    let before = office.state()["invoices"].as_u64().expect("a number");
    let mut run = office.run();
    run.keys("g f n").shows(&["Nueva factura"]);
    fill_in(&mut run);
    println!("{}", run.screen());
    run.keys("<F8>");
    println!("{}", run.screen());
    assert_eq!(office.state()["invoices"], before + 1);
}

#[test]
fn a_refused_regime_is_corrected_in_the_form_and_stamped() {
    let office = Office::open();
    let id = office.draft_of("JIMENA MUÑOZ ÁVILA");
    let mut run = office.run();
    run.open(&id).keys("T s <Enter>").shows(&["[ Corregir ]"]);
    run.keys("<Enter>");
    println!("{}", run.screen());
    run.keys("<F3>").types("626").keys("<Enter>");
    println!("{}", run.screen());
    run.keys("<F8>");
    println!("{}", run.screen());
    run.keys("T s <Enter>");
    run.shows(&["Timbrada.", &office.uuid(&id)]);
    assert_eq!(office.stamp_requests(&id), 2);
}

#[test]
fn what_was_typed_survives_a_crash() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f n");
    fill_in(&mut run);
    run.pass(&office, Duration::from_secs(1));
    run.kill();
    let mut run = office.run();
    run.shows(&["Captura sin terminar"]).keys("<Enter>");
    println!("{}", run.screen());
    run.shows(&["XENON INDUSTRIAL ARTICLES"]);
    let _ = (json!({}), good_draft());
}
