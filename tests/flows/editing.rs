//! Forms: a new invoice, an edit, and what must not be lost.

use std::time::Duration;

use serde_json::{Value, json};
use timbra::sandbox::Idempotency;

use crate::harness::{Manner, Office, Run, good_draft};

/// Fills in a new invoice: XENON, two drills at 500.
pub fn fill_in(run: &mut Run) {
    run.keys("<F3>").types("xenon").keys("<Enter>");
    add_line(run, "taladro", "2", "500");
}

fn add_line(run: &mut Run, item: &str, quantity: &str, price: &str) {
    run.keys("<F6> <F3>").types(item).keys("<Enter>");
    run.types(quantity).keys("<Tab>").types(price);
}

/// The invoice with this id, as Unify gives it.
fn invoice(office: &Office, id: &str) -> Value {
    office
        .invoices()
        .into_iter()
        .find(|invoice| invoice["id"] == id)
        .unwrap_or_else(|| panic!("no invoice {id}"))
}

fn count(office: &Office) -> u64 {
    office.state()["invoices"].as_u64().expect("a number")
}

/// The id of the record on the page.
fn on_page(run: &Run) -> String {
    let model = run.model();
    let record = model.subject().expect("a record");
    record.id.as_str().to_owned()
}

#[test]
fn a_new_invoice_of_several_lines_is_saved_as_a_draft_and_edited_again() {
    let office = Office::open();
    let before = count(&office);
    let mut run = office.run();
    run.keys("g f n").shows(&["Nueva factura"]);
    fill_in(&mut run);
    run.shows(&["1,000.00", "160.00", "1,160.00"]);
    add_line(&mut run, "teclado", "3", "389.5");
    run.shows(&["2,168.50", "346.96", "2,515.46"]);
    run.keys("<F8>").shows(&[
        "Guardado como borrador",
        "◇ SIN TIMBRAR",
        "XENON INDUSTRIAL ARTICLES",
    ]);
    let id = on_page(&run);
    assert_eq!(count(&office), before + 1);
    let saved = invoice(&office, &id);
    assert_eq!(saved["total"].to_string(), "2515.46");
    assert_eq!(saved["line_items"].as_array().map(Vec::len), Some(2));
    assert_eq!(saved["_raw"]["stamp"]["uuid"], Value::Null);

    run.keys("e").shows(&["Editar factura"]);
    add_line(&mut run, "renta", "1", "100");
    run.keys("<F8>").shows(&["Cambios guardados."]);
    let saved = invoice(&office, &id);
    assert_eq!(saved["line_items"].as_array().map(Vec::len), Some(3));
    assert_eq!(saved["total"].to_string(), "2631.46");
    assert_eq!(count(&office), before + 1);
}

#[test]
fn findings_appear_at_the_field_while_typing_and_the_next_one_is_a_key_away() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g c n").shows(&["Nuevo cliente"]);
    run.types("PAPELERA NUEVA").keys("<Tab>").types("XIA19012");
    run.shows(&["✖", "RFC"]);
    run.types("8J61").lacks(&["no tiene la forma"]);
    run.keys("<C-g>");
    assert!(run.screen().contains("Código postal"));
}

#[test]
fn a_refused_regime_is_corrected_in_the_form_and_stamped() {
    let office = Office::open();
    let id = office.draft_of("JIMENA MUÑOZ ÁVILA");
    let folios = office.folios();
    let mut run = office.run();
    run.open(&id).keys("T s <Enter>").shows(&["[ Corregir ]"]);
    run.keys("<Enter>").shows(&[
        "Editar factura",
        "612",
        "No se timbró (3051). El servidor dice:",
        "CFDI40157",
    ]);
    // The form is open at the field at fault.
    run.keys("<F3>").types("626").keys("<Enter>");
    run.shows(&["626 Régimen"]).keys("<F8>");
    run.shows(&[
        "Cambios guardados.",
        "626 Régimen Simplificado de Confianza",
    ]);
    run.keys("T s <Enter>")
        .shows(&["Timbrada.", &office.uuid(&id)]);
    assert_eq!(office.stamp_requests(&id), 2);
    assert_eq!(office.folios(), folios + 1);
}

#[test]
fn a_refused_zip_leads_to_the_customer_and_back_to_the_stamp() {
    let office = Office::open();
    let id = office.draft_of("ASESORES PEÑALOZA");
    let mut run = office.run();
    run.open(&id).keys("T s <Enter> <Enter>");
    run.shows(&["Editar cliente ASESORES PEÑALOZA", "11000"]);
    for _ in 0..5 {
        run.keys("<Backspace>");
    }
    run.types("11560")
        .keys("<F8>")
        .shows(&["Cambios guardados."]);
    run.keys("T s <Enter>")
        .shows(&["Timbrada.", &office.uuid(&id)]);
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
    run.shows(&["Nueva factura · XENON INDUSTRIAL ARTICLES · Taladro 1/2"])
        .keys("<Home> <Enter>");
    run.shows(&[
        "XENON INDUSTRIAL ARTICLES",
        "Taladro 1/2",
        "1,160.00",
        "Se recuperó",
    ]);
    let before = count(&office);
    run.keys("<F8>").shows(&["Guardado como borrador"]);
    assert_eq!(count(&office), before + 1);
    run.keys("g h").lacks(&["Nueva factura"]);
}

#[test]
fn esc_asks_before_it_gives_up_what_was_typed() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f n").types("xenon").keys("<Enter> <Esc>");
    run.shows(&["¿Descartarlos?", "[ No ]"]).keys("<Enter>");
    run.shows(&["Nueva factura", "XENON"]);
    run.keys("<Esc> <Tab> <Enter>")
        .shows(&["Ventas › Facturas · 90 de 90"]);
    assert_eq!(count(&office), 90);
}

#[test]
fn a_save_that_is_refused_keeps_the_form_with_the_servers_words() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("e");
    office.fault(json!({
        "method": "PATCH", "path": "/accounting/invoices/*", "status": 400,
        "body": {"status_code": 400, "error": "Bad Request", "type_name": "RequestValidationError",
                 "message": "Las notas son muy largas", "detail": "", "ref": ""},
    }));
    add_line(&mut run, "teclado", "1", "10");
    run.keys("<F8>")
        .shows(&["No se guardó", "Las notas son muy largas", "Teclado"]);
    run.keys("<F8>").shows(&["Cambios guardados."]);
    let saved = invoice(&office, &id);
    assert_eq!(saved["line_items"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_create_whose_answer_is_lost_is_found_and_never_sent_again() {
    for keys in [Idempotency::Ignore, Idempotency::Honour] {
        let office = Office::with(|options| options.idempotency = keys);
        let before = count(&office);
        let mut run = office.run();
        run.keys("g f n");
        fill_in(&mut run);
        office.fault(json!({
            "method": "POST", "path": "/accounting/invoices", "when": "after", "do": "drop",
        }));
        run.keys("<F8>").shows(&["Puede estar guardada"]);
        run.keys("<F8> <F8>").shows(&["Puede estar guardada"]);
        run.pass(&office, Duration::from_secs(2));
        run.shows(&["◇ SIN TIMBRAR", "XENON INDUSTRIAL ARTICLES"]);
        assert_eq!(count(&office), before + 1);
        let posts = office.requests(|request| {
            request["method"] == "POST" && request["path"] == "/accounting/invoices"
        });
        assert_eq!(posts, 1);
    }
}

#[test]
fn a_program_killed_in_the_middle_of_a_create_makes_no_second_invoice() {
    let office = Office::with(|options| options.idempotency = Idempotency::Ignore);
    let before = count(&office);
    office.fault(json!({
        "method": "POST", "path": "/accounting/invoices", "when": "after", "do": "hang",
    }));
    let mut run = office.run();
    run.keys("g f n");
    fill_in(&mut run);
    run.press("<F8>");
    office.until(|state| state["invoices"] == before + 1);
    run.kill();
    let mut run = office.run();
    run.lacks(&["Nueva factura", "por verificar"]);
    assert_eq!(count(&office), before + 1);
    run.keys("g f").shows(&["91 de 91"]);
}

#[test]
fn a_form_that_was_left_before_its_create_was_released_says_so_in_the_next_run() {
    let office = Office::with(|options| options.idempotency = Idempotency::Ignore);
    let before = count(&office);
    let mut run = office.run_as(Manner::default().hasty());
    run.keys("g f n");
    fill_in(&mut run);
    office.fault(json!({
        "method": "POST", "path": "/accounting/invoices", "when": "before", "do": "drop",
    }));
    run.keys("<F8>").shows(&["Puede estar guardada"]);
    run.keys("<Esc> s <Enter>");
    run.pass(&office, Duration::from_secs(95)).keys("g h");
    run.lacks(&["por verificar"]).shows(&["continuar"]);
    run.kill();
    let mut run = office.run();
    run.keys("<Home> <Enter>")
        .shows(&["Nueva factura", "se verificó y no existe en Alegra"])
        .lacks(&["Se estaba guardando"]);
    assert_eq!(count(&office), before);
    run.keys("<F8>").shows(&["Guardado como borrador"]);
    assert_eq!(count(&office), before + 1);
}

#[test]
fn changes_whose_answer_is_lost_are_read_again_and_it_is_said_what_holds() {
    for taken in [true, false] {
        let office = Office::open();
        let id = office.create(good_draft());
        let mut run = office.run();
        run.open(&id).keys("e");
        add_line(&mut run, "teclado", "1", "10");
        let when = if taken { "after" } else { "before" };
        office.fault(json!({
            "method": "PATCH", "path": "/accounting/invoices/*", "when": when, "do": "drop",
        }));
        run.keys("<F8>");
        let lines = || invoice(&office, &id)["line_items"].as_array().map(Vec::len);
        if taken {
            run.shows(&["Cambios guardados.", "◇ SIN TIMBRAR"]);
        } else {
            run.shows(&["los cambios no se guardaron", "Teclado"]);
            assert_eq!(lines(), Some(1));
            run.keys("<F8>").shows(&["Cambios guardados."]);
        }
        assert_eq!(lines(), Some(2));
    }
}

#[test]
fn a_second_form_is_saved_while_the_first_is_on_its_way() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("e");
    add_line(&mut run, "teclado", "1", "10");
    office.fault(json!({
        "method": "PATCH", "path": "/accounting/invoices/*", "when": "after", "do": "hang",
        "delay_ms": 1500,
    }));
    run.press("<F8> <Esc> s <Enter>");
    run.press("T").shows(&["Se está guardando."]);
    run.press("e").shows(&["Se está guardando."]);
    run.settle();
    run.keys("g h").lacks(&["Captura sin terminar"]);
    let saved = invoice(&office, &id);
    assert_eq!(saved["line_items"].as_array().map(Vec::len), Some(2));
}
