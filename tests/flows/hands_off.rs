//! No stamp without two separate, deliberate keys.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::harness::{Manner, Office, Run, good_draft};

/// A good draft on its page.
fn opened() -> (Office, String, Run) {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id);
    (office, id, run)
}

fn nothing_was_sent(office: &Office, id: &str) {
    assert_eq!(office.stamp_requests(id), 0);
    assert_eq!(office.document(id)["stamps"], 0);
}

#[test]
fn a_paste_never_opens_the_card_nor_confirms_it() {
    let (office, id, mut run) = opened();
    run.paste("Ts\n\n")
        .shows(&["Aquí no se pega texto."])
        .lacks(&["¿Timbrar?"]);
    run.keys("T").paste("s\n").shows(&["[ No ]"]);
    run.keys("s").paste("\n").shows(&["[ Sí, timbrar ]"]);
    run.keys("<Esc> g f").paste("T\ns\n").lacks(&["¿Timbrar?"]);
    nothing_was_sent(&office, &id);
}

#[test]
fn a_held_key_neither_opens_the_card_nor_presses_its_button() {
    let (office, id, mut run) = opened();
    run.still_hold("T", 40).lacks(&["¿Timbrar?"]);
    run.hold("T", 40).shows(&["¿Timbrar?", "[ No ]"]);
    run.still_hold("s", 41).shows(&["[ No ]"]);
    run.keys("s").shows(&["[ Sí, timbrar ]"]);
    run.still_hold("<Enter>", 40).shows(&["[ Sí, timbrar ]"]);
    nothing_was_sent(&office, &id);
}

#[test]
fn enter_pressed_again_and_again_never_stamps() {
    let (office, id, mut run) = opened();
    run.keys("T <Enter> <Enter> <Enter>").lacks(&["¿Timbrar?"]);
    run.keys("T <Enter> T <Enter> T <Enter>");
    nothing_was_sent(&office, &id);
}

#[test]
fn what_is_typed_ahead_of_the_card_does_not_confirm_what_nobody_saw() {
    let (office, id, mut run) = opened();
    office.fault(json!({
        "method": "GET", "path": format!("/accounting/invoices/{id}"), "do": "hang", "delay_ms": 300,
    }));
    run.press("T s <Enter>").settle();
    nothing_was_sent(&office, &id);
}

#[test]
fn the_mouse_alone_does_not_stamp() {
    let (office, id, mut run) = opened();
    run.click("timbrar").shows(&["¿Timbrar?", "[ No ]"]);
    run.click("Sí, timbrar").shows(&["[ Sí, timbrar ]"]);
    run.click("Sí, timbrar").click("Sí, timbrar");
    run.click("Enter aceptar");
    nothing_was_sent(&office, &id);
    run.shows(&["[ Sí, timbrar ]"]);
}

#[test]
fn a_document_that_changed_since_it_was_shown_is_shown_again_and_asked_anew() {
    let (office, id, mut run) = opened();
    run.keys("T s");
    office.edit_elsewhere(&id, json!({"paymentMethod": "cash"}));
    run.keys("<Enter>").shows(&[
        "Cambió desde que se mostró. Revisar y confirmar de nuevo:",
        "Forma de pago: 03 Transferencia electrónica de fondos → 01 Efectivo",
        "[ No ]",
    ]);
    nothing_was_sent(&office, &id);
    run.keys("s <Enter>").shows(&[&office.uuid(&id)]);
    assert_eq!(office.stamp_requests(&id), 1);
}

#[test]
fn a_receiver_that_changed_since_it_was_shown_is_shown_again_and_asked_anew() {
    let (office, id, mut run) = opened();
    run.keys("T s");
    office.done(
        Method::PATCH,
        "/accounting/customers/1",
        Some(json!({"addresses": [{"type": "primary", "postal_code": "76000", "country": "MX"}]})),
    );
    run.keys("<Enter>").shows(&[
        "Cambió desde que se mostró.",
        "Receptor · Código postal: 76343 → 76000",
        "CP 76000",
        "[ No ]",
    ]);
    nothing_was_sent(&office, &id);
}

#[test]
fn a_document_that_a_colleague_stamped_meanwhile_is_not_sent() {
    let (office, id, mut run) = opened();
    run.keys("T s");
    office.stamp_elsewhere(&id);
    let uuid = office.uuid(&id);
    run.keys("<Enter>")
        .shows(&["Ya está timbrada.", "No se envió nada.", &uuid])
        .lacks(&["¿Timbrar?"]);
    run.keys("s <Enter>").shows(&["◆ TIMBRADA", &uuid]);
    assert_eq!(office.stamp_requests(&id), 0);
}

#[test]
fn a_draft_that_a_colleague_deleted_meanwhile_is_not_sent() {
    let (office, id, mut run) = opened();
    run.keys("T s");
    office.done(Method::DELETE, &format!("/accounting/invoices/{id}"), None);
    run.keys("<Enter>")
        .shows(&["no se envió nada", "ya no existe"]);
    assert_eq!(office.stamp_requests(&id), 0);
}

#[test]
fn closing_the_card_while_it_verifies_sends_nothing_afterwards() {
    let (office, id, mut run) = opened();
    run.keys("T s");
    office.fault(json!({
        "method": "GET", "path": format!("/accounting/invoices/{id}"), "do": "hang", "delay_ms": 200,
    }));
    run.press("<Enter>").shows(&["Verificando una vez más"]);
    run.press("<Esc>").settle();
    nothing_was_sent(&office, &id);
}

#[test]
fn a_large_total_is_typed_before_yes_can_be_chosen() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner {
        type_total_from: Some("1000".parse().expect("an amount")),
        ..Manner::default()
    });
    run.open(&id).keys("T <Tab> <Enter>");
    nothing_was_sent(&office, &id);
    run.keys("T")
        .types("1161")
        .keys("<Tab>")
        .lacks(&["[ Sí, timbrar ]"]);
    run.keys("<Backspace>").types("0.00").keys("<Tab>");
    run.shows(&["[ Sí, timbrar ]"]).keys("<Enter>");
    run.shows(&[&office.uuid(&id)]);
}

#[test]
fn other_books_close_the_card_and_send_nothing() {
    let (mut office, id, mut run) = opened();
    run.keys("T s").shows(&["[ Sí, timbrar ]"]);
    office.close();
    run.keys("<Enter>").shows(&["no se envió nada"]);
    office.replace(8);
    run.pass(&office, Duration::from_secs(20))
        .shows(&["otra empresa"])
        .lacks(&["── Timbrar"]);
    run.keys("<Enter> s <Enter>");
    assert_eq!(office.stamp_requests(&id), 0);
    office.replace(7);
    nothing_was_sent(&office, &id);
}
