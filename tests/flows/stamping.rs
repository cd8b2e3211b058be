//! The stamp, as it goes when the other side answers.

use reqwest::Method;
use serde_json::json;

use crate::harness::{Manner, Office, good_draft, with_native};

/// The customer whose régimen the tax authority knows better.
const OTHER_REGIME: &str = "JIMENA MUÑOZ ÁVILA";
/// The customer whose zip the tax authority knows better.
const OTHER_ZIP: &str = "ASESORES PEÑALOZA";

#[test]
fn the_card_shows_everything_that_is_declared_and_its_default_is_no() {
    let office = Office::open();
    let id = office.create(good_draft());
    let folios = office.folios();
    let mut run = office.run();
    run.open(&id).keys("T").shows(&[
        "ESCUELA KEMPER URGATE · EKU9003173C9",
        "XENON INDUSTRIAL ARTICLES · XIA190128J61 · CP 76343",
        "601 General de Ley Personas Morales",
        "G03 Gastos en general",
        "PUE",
        "03 Transferencia",
        "$1,160.00 MXN",
        "Se gasta un folio fiscal y no se puede deshacer. ¿Timbrar?",
        "[ No ]",
    ]);
    run.keys("<Enter>").lacks(&["¿Timbrar?"]);
    assert_eq!(office.stamp_requests(&id), 0);
    assert_eq!(office.folios(), folios);
    run.shows(&["◇ SIN TIMBRAR"]);
}

#[test]
fn a_yes_stamps_once_and_the_folio_fiscal_on_screen_is_the_one_that_was_given() {
    let office = Office::open();
    let id = office.create(good_draft());
    let folios = office.folios();
    let mut run = office.run();
    run.open(&id).keys("T s").shows(&["[ Sí, timbrar ]"]);
    run.keys("<Enter>")
        .shows(&["Timbrada.", "Folio fiscal (UUID)"]);
    let uuid = office.uuid(&id);
    run.shows(&[&uuid]).keys("y");
    assert_eq!(run.copied(), std::slice::from_ref(&uuid));
    assert_eq!(office.folios(), folios + 1);
    assert_eq!(office.stamp_requests(&id), 1);
    run.keys("<Esc>").shows(&[&uuid, "◆ TIMBRADA"]);
    run.keys("T").shows(&["Ya está timbrada."]);
    run.keys("<Esc>").shows(&["◆ TIMBRADA"]);
    assert_eq!(office.stamp_requests(&id), 1);
}

#[test]
fn a_refusal_names_code_words_and_field_and_the_corrected_draft_stamps() {
    let office = Office::open();
    let id = office.draft_of(OTHER_REGIME);
    let folios = office.folios();
    let mut run = office.run();
    run.open(&id).keys("T s <Enter>").shows(&[
        "No se timbró. Quedó como borrador; no se gastó folio.",
        "3051",
        "CFDI40157",
        "Corregir en la factura: Régimen fiscal.",
        "[ Corregir ]",
    ]);
    assert_eq!(office.folios(), folios);
    assert_eq!(office.document(&id)["status"], "draft");
    run.keys("<Esc>").shows(&["✖ RECHAZADA"]);
    office.edit_elsewhere(&id, json!({"regimeClient": "REGIME_OF_TRUST"}));
    run.keys("T").shows(&["626"]).keys("s <Enter>");
    let uuid = office.uuid(&id);
    run.shows(&["Timbrada.", &uuid]);
    assert_eq!(office.folios(), folios + 1);
    assert_eq!(office.stamp_requests(&id), 2);
}

#[test]
fn a_refusal_about_the_customer_points_at_the_customer() {
    let office = Office::open();
    let id = office.draft_of(OTHER_ZIP);
    let mut run = office.run();
    run.open(&id).keys("T s <Enter>").shows(&[
        "3051",
        "CFDI40147",
        "Corregir en el cliente: Código postal.",
    ]);
    run.keys("<Esc>");
    let customer = office
        .invoices()
        .into_iter()
        .find(|invoice| invoice["id"] == *id)
        .expect("the draft")["customer"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    office.done(
        Method::PATCH,
        &format!("/accounting/customers/{customer}"),
        Some(json!({"addresses": [{"type": "primary", "postal_code": "11560", "country": "MX"}]})),
    );
    run.keys("T").shows(&["CP 11560"]).keys("s <Enter>");
    run.shows(&["Timbrada.", &office.uuid(&id)]);
}

#[test]
fn findings_bar_the_stamp_and_say_what_is_wrong() {
    let office = Office::open();
    let wrong = with_native(good_draft(), json!({"paymentType": "PPD"}));
    let id = office.create(wrong);
    let mut run = office.run();
    run.open(&id)
        .keys("T")
        .shows(&["✖", "No se puede timbrar hasta corregir lo marcado con ✖."]);
    run.keys("s").lacks(&["[ Sí, timbrar ]"]).keys("<Enter>");
    assert_eq!(office.stamp_requests(&id), 0);
}

#[test]
fn nothing_is_stamped_in_read_only_mode() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner {
        read_only: true,
        ..Manner::default()
    });
    run.open(&id).keys("T").shows(&["Modo de sólo lectura"]);
    run.keys("e").shows(&["Modo de sólo lectura"]);
    assert_eq!(office.stamp_requests(&id), 0);
}

#[test]
fn the_card_shows_the_folio_that_the_invoice_was_given() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id)
        .keys("T")
        .shows(&["borrador"])
        .keys("s <Enter>");
    let invoice = office
        .invoices()
        .into_iter()
        .find(|invoice| invoice["id"] == *id)
        .expect("the invoice");
    let number = invoice["number"].as_str().expect("a folio");
    run.shows(&["Timbrada.", number]).lacks(&["borrador"]);
}

#[test]
fn a_terminal_that_is_too_small_for_what_is_declared_takes_no_yes() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("T").resize(80, 14);
    run.shows(&["La terminal es muy pequeña", "[ No ]"])
        .lacks(&["¿Timbrar?"])
        .keys("s")
        .lacks(&["[ Sí, timbrar ]"]);
    run.resize(80, 24)
        .keys("s")
        .shows(&["[ Sí, timbrar ]", "¿Timbrar?", "$1,160.00 MXN"]);
    run.resize(120, 40).shows(&["┌─ Timbrar", "│"]);
    assert_eq!(office.stamp_requests(&id), 0);
}

#[test]
fn the_footer_names_the_buttons_as_they_are() {
    let office = Office::open();
    let id = office.draft_of(OTHER_REGIME);
    let mut run = office.run();
    run.open(&id).keys("T").shows(&["Tab No / Sí, timbrar"]);
    run.keys("s <Enter>").shows(&["Tab Cerrar / Corregir"]);
}

#[test]
fn the_card_counts_the_folios_that_this_program_spent() {
    let office = Office::open();
    let ids = [office.create(good_draft()), office.create(good_draft())];
    let mut run = office.run();
    let spent =
        |today: u8| format!("Folios gastados por este programa: {today} hoy, {today} este mes.");
    for (before, id) in (0..).zip(&ids) {
        run.open(id).keys("T").shows(&[&spent(before)]);
        run.keys("s <Enter>").shows(&["Timbrada."]);
    }
    let id = office.create(good_draft());
    run.kill();
    let mut run = office.run();
    run.open(&id).keys("T").shows(&[&spent(2)]);
}
