//! After a batch: what was corrected is stamped by one key, what was not is told apart, and the hours left are in sight.

use serde_json::json;

use crate::harness::{Office, Run, good_draft, with_native};

/// The list with these marked, and the dialog open.
fn batch_of(run: &mut Run, ids: &[&str]) {
    for id in ids {
        run.select_only(id).keys("<Space>");
    }
    run.keys("T");
}

fn stamps(office: &Office, id: &str) -> u64 {
    office.document(id)["stamps"].as_u64().expect("a number")
}

#[test]
fn the_corrected_ones_are_stamped_again_by_one_key_and_the_others_wait() {
    let office = Office::open();
    let refused = office.draft_of("JIMENA MUÑOZ ÁVILA");
    let unready = office.create(with_native(good_draft(), json!({"cfdiUse": ""})));
    let good = office.create(good_draft());
    let mut run = office.run();
    run.keys("g f");
    batch_of(&mut run, &[&refused, &unready, &good]);
    run.keys("2 s <Enter>")
        .shows(&["1 timbrada · 1 rechazada · 1 no lista", "[ Corregir ]"]);
    // Nothing was corrected yet: nothing is offered, and nothing is sent.
    run.keys("<Esc> V")
        .shows(&["Ninguna de las 2 por corregir está lista todavía."]);
    run.lacks(&["Escribir", "Sí, timbrar"]);
    // The queue is still there, and leads to each at its fault.
    run.keys("<Tab>").shows(&["Editar factura"]);
    if run.screen().contains("CFDI40157") {
        run.keys("<F3>").types("626").keys("<Enter> <F8>");
    } else {
        run.keys("<Esc>");
    }
    run.keys("<Tab>").shows(&["Editar factura"]);
    if run.screen().contains("CFDI40157") {
        run.keys("<F3>").types("626").keys("<Enter> <F8>");
    } else {
        run.keys("<Esc>");
    }
    // A look that is given up loses nothing.
    run.keys("V").shows(&["1 lista"]).keys("<Esc>");
    run.keys("V")
        .shows(&["1 lista", "Escribir 1", "[ No ]", "Falta el uso del CFDI"]);
    run.keys("1 s <Enter>").shows(&["1 timbrada"]);
    assert_eq!(stamps(&office, &refused), 1);
    assert_eq!(stamps(&office, &good), 1);
    assert_eq!(stamps(&office, &unready), 0);
}

#[test]
fn without_a_queue_the_key_says_so_and_read_only_bars_it() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("V")
        .shows(&["No quedó nada por corregir de un timbrado masivo."]);
}

#[test]
fn each_document_of_a_batch_says_how_many_hours_it_has_left() {
    let office = Office::open();
    let today = office.create(good_draft());
    let mut older = good_draft();
    older["invoice_date"] = json!("2026-06-01");
    let older = office.create(older);
    let mut run = office.run();
    run.keys("g f");
    batch_of(&mut run, &[&today, &older]);
    // Ten in the morning: of the day itself what is left of it, and 72 hours more.
    run.shows(&["lista · 85 h", "lista · 37 h"]);
    run.shows(&["Quedan 37 horas para timbrarla."]);
    let screen = run.screen();
    let (first, second) = (screen.find("· 37 h"), screen.find("· 85 h"));
    assert!(
        first < second,
        "what runs out first stands first:\n{screen}"
    );
}
