//! A record that a colleague changes while it stands in a form here: shown side by side, never overwritten unasked.

use serde_json::json;

use crate::harness::{Office, Run, good_draft};

/// The field Condiciones of an invoice, from the first field on.
const TO_TERMS: &str = "<Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Tab>";

/// A draft in its form, with terms typed here and other terms and another use written by a colleague.
fn meeting(office: &Office) -> (Run, String) {
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("e").keys(TO_TERMS).types("30 mios");
    office.patch(
        "invoices",
        &id,
        json!({
            "terms": "60 suyos",
            "pass_through": [{"service_id": "alegra", "extend_object": {"cfdiUse": "G01"}}],
        }),
    );
    (run, id)
}

/// Changes of an invoice that the sandbox has seen.
fn patches(office: &Office) -> usize {
    office.requests(|request| request["method"] == "PATCH")
}

#[test]
fn a_field_changed_on_both_sides_is_shown_before_anything_is_sent() {
    let office = Office::open();
    let (mut run, id) = meeting(&office);
    let before = patches(&office);
    run.keys("<F8>");
    run.shows(&["cambió en otro lado", "30 mios", "60 suyos", "G01"]);
    assert_eq!(patches(&office), before);
    // Enter goes back to the form and sends nothing.
    run.keys("<Enter>").shows(&["Editar factura", "30 mios"]);
    assert_eq!(patches(&office), before);
    assert_eq!(office.record("invoices", &id)["terms"], "60 suyos");
}

#[test]
fn what_stands_here_is_sent_over_theirs_and_their_other_changes_stay() {
    let office = Office::open();
    let (mut run, id) = meeting(&office);
    run.keys("<F8> m").shows(&["Cambios guardados."]);
    let saved = office.record("invoices", &id);
    assert_eq!(saved["terms"], "30 mios");
    assert_eq!(saved["_raw"]["cfdiUse"], "G01");
}

#[test]
fn theirs_comes_into_the_form_and_is_not_sent_back() {
    let office = Office::open();
    let (mut run, id) = meeting(&office);
    let before = patches(&office);
    run.keys("<F8> t");
    run.shows(&[
        "Editar factura",
        "60 suyos",
        "Lo de allá está en la captura",
    ]);
    run.keys("<F8>")
        .shows(&["Nada que guardar: no hay cambios"]);
    assert_eq!(patches(&office), before);
    assert_eq!(office.record("invoices", &id)["terms"], "60 suyos");
}

#[test]
fn what_they_changed_elsewhere_in_the_record_is_in_nobodys_way() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("e").keys(TO_TERMS).types("30 mios");
    office.edit_elsewhere(&id, json!({"cfdiUse": "G01"}));
    run.keys("<F8>").shows(&["Cambios guardados."]);
    let saved = office.record("invoices", &id);
    assert_eq!(saved["terms"], "30 mios");
    assert_eq!(saved["_raw"]["cfdiUse"], "G01");
}

#[test]
fn a_document_stamped_meanwhile_says_so_and_is_not_changed() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("e").keys(TO_TERMS).types("30 mios");
    office.stamp_elsewhere(&id);
    let before = patches(&office);
    run.keys("<F8>");
    let uuid = office.uuid(&id);
    run.shows(&[
        "Se timbró en otro lado",
        uuid.split('-').next().unwrap_or(""),
    ]);
    assert_eq!(patches(&office), before);
}
