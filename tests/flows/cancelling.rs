//! The cancellation, as it goes when the other side answers, and when it does not (law 1, walk 4).

use std::time::Duration;

use serde_json::{Value, json};
use timbra::sandbox::Idempotency;

use crate::forms::on_page;
use crate::harness::{Manner, Office, Run, good_draft, with_native};
use crate::law_one::seconds;

/// A stamped invoice that is still valid: its id and its serie and folio.
fn stamped(office: &Office) -> (String, String) {
    stamped_for(office, 500)
}

fn stamped_for(office: &Office, price: u32) -> (String, String) {
    let stamp = json!({"stamp": {"generateStamp": true}});
    let mut body = with_native(good_draft(), stamp);
    body["line_items"][0]["unit_price"] = json!(price);
    let id = office.create(body);
    let number = office.record("invoices", &id)["number"].clone();
    (id, number.as_str().expect("a folio").to_owned())
}

/// The same, ten days later: now the customer has to accept.
fn stamped_long_ago(office: &Office) -> (String, String) {
    let made = stamped(office);
    office.advance(Duration::from_secs(10 * 86_400));
    made
}

/// A fault at the request that cancels.
fn at_the_void(mut fault: Value) -> Value {
    let fields = fault.as_object_mut().expect("a fault");
    fields.insert("method".into(), "POST".into());
    fields.insert("path".into(), "/invoices/*/void".into());
    fault
}

fn void_requests(office: &Office, id: &str) -> usize {
    let path = format!("/invoices/{id}/void");
    office.requests(|request| {
        let native = request["native"].as_str().unwrap_or_default();
        request["method"] == "POST" && native.ends_with(&path)
    })
}

/// What the native record says of the stamp's life, and the state of the invoice.
fn legal(office: &Office, id: &str) -> (String, String) {
    let document = office.document(id);
    let raw = &office.record("invoices", id)["_raw"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (
        text(&raw["stamp"]["legalStatus"]),
        text(&document["status"]),
    )
}

fn is_cancelled(office: &Office, id: &str) {
    assert_eq!(legal(office, id), ("CANCELLED".into(), "void".into()));
}

fn is_valid(office: &Office, id: &str) {
    assert_eq!(legal(office, id), ("STAMPED".into(), "open".into()));
}

/// Chooses a cause, types the folio and says yes.
fn says_yes(run: &mut Run, cause: &str, number: &str) {
    run.keys("X")
        .keys(cause)
        .types(number)
        .keys("<Tab> <Enter>");
}

#[test]
fn f_1_29_each_cause_cancels_once_and_says_whose_books_what_and_to_whom() {
    for (cause, meaning) in [
        ("2", "02 Emitida con errores sin relación"),
        ("3", "03 No se llevó a cabo la operación"),
        ("4", "04 Operación nominativa"),
    ] {
        let office = Office::open();
        let (id, number) = stamped(&office);
        let uuid = office.uuid(&id);
        let mut run = office.run();
        run.open(&id).keys("X").shows(&[
            "ESCUELA KEMPER URGATE · EKU9003173C9",
            "XENON INDUSTRIAL ARTICLES · XIA190128J61",
            &number,
            "$1,160.00 MXN",
            &uuid,
            "01 Emitida con errores con relación",
            meaning,
        ]);
        run.keys(cause).shows(&[
            meaning,
            "EKU9003173C9",
            "no se puede deshacer",
            "[ No ]",
            &format!("Escribir {number}"),
        ]);
        run.types(&number)
            .keys("<Tab>")
            .shows(&["[ Sí, cancelar ]"]);
        assert_eq!(void_requests(&office, &id), 0);
        run.keys("<Enter>").shows(&["Cancelada."]);
        is_cancelled(&office, &id);
        assert_eq!(void_requests(&office, &id), 1);
        run.keys("<Esc>").shows(&["⊘ CANCELADA"]);
        run.keys("X").shows(&["Ya está cancelada."]);
        assert_eq!(void_requests(&office, &id), 1);
    }
}

#[test]
fn what_is_typed_has_to_be_serie_and_folio_and_no_is_the_default() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    let mut run = office.run();
    let loose = number.replace('-', "");
    for typed in ["", "x", loose.as_str(), &format!("{number}0")] {
        run.open(&id).keys("X 2").types(typed).keys("<Tab>");
        run.lacks(&["[ Sí, cancelar ]"]).keys("<Enter>");
        // What is typed is not lost by an Enter too many.
        match typed {
            "" => run.lacks(&["¿Cancelar?"]),
            typed => run
                .shows(&["Está elegido No.", typed])
                .keys("<Esc> <Esc>")
                .lacks(&["¿Cancelar?"]),
        };
    }
    // What is pasted is not typed, and a yes is needed besides.
    run.open(&id).keys("X 2").paste(&number).keys("<Tab>");
    run.lacks(&["[ Sí, cancelar ]"]);
    run.types(&number).keys("<Enter>");
    run.shows(&["Está elegido No."]).keys("<Esc> <Esc>");
    // A key after the yes takes it back.
    run.keys("X 2").types(&number).keys("<Tab> <Backspace>");
    run.shows(&["[ No ]"]).keys("<Esc> <Esc>");
    // Case and blanks around it count for nothing.
    run.keys("X 2").types(&number.to_lowercase()).keys("<Tab>");
    run.shows(&["[ Sí, cancelar ]"]).keys("<Esc> <Esc>");
    assert_eq!(void_requests(&office, &id), 0);
    is_valid(&office, &id);
}

#[test]
fn keys_that_are_held_and_clicks_cancel_nothing() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    let mut run = office.run();
    run.open(&id).keys("X 2").types(&number);
    run.click("Sí, cancelar").shows(&["[ Sí, cancelar ]"]);
    run.still_hold("<Enter>", 20).shows(&["[ Sí, cancelar ]"]);
    run.click("Enter").shows(&["[ Sí, cancelar ]"]);
    assert_eq!(void_requests(&office, &id), 0);
    run.keys("<Esc> <Esc>").hold("X", 30).hold("<Enter>", 30);
    assert_eq!(void_requests(&office, &id), 0);
}

#[test]
fn what_cannot_be_cancelled_says_why() {
    let office = Office::open();
    let draft = office.create(good_draft());
    let (id, _) = stamped(&office);
    let mut run = office.run();
    run.open(&draft)
        .keys("X")
        .shows(&["Es borrador: no se cancela, se elimina (D)."]);
    run.keys("<Esc> g n <Enter> X")
        .shows(&["Las notas de crédito no se cancelan por esta vía"]);
    run.kill();
    let mut run = office.run_as(Manner {
        read_only: true,
        ..Manner::default()
    });
    run.open(&id).keys("X").shows(&["Modo de sólo lectura"]);
    is_valid(&office, &id);
}

#[test]
fn a_cancellation_whose_answer_is_lost_is_found_by_reading_and_never_sent_again() {
    for fault in [
        json!({"when": "after", "do": "drop"}),
        json!({"when": "after", "do": "cut"}),
        json!({"when": "after", "do": "hang"}),
        json!({"when": "body", "do": "status", "body": {}}),
        json!({"when": "body", "do": "status", "body": {"message": "Factura anulada"}}),
        json!({"when": "after", "do": "status", "status": 504, "body": ""}),
        json!({"when": "after", "do": "status", "status": 429, "retry_after": "1"}),
    ] {
        println!("{fault}");
        let office = Office::open();
        let (id, number) = stamped(&office);
        let mut run = office.run_as(Manner::default().hasty());
        run.open(&id);
        office.fault(at_the_void(fault));
        says_yes(&mut run, "2", &number);
        run.shows(&["Puede estar cancelada. Se está verificando"]);
        run.keys("<Esc>").shows(&["? POR VERIFICAR"]);
        run.keys("X").shows(&["Resultado por verificar"]);
        run.pass(&office, seconds(0)).shows(&["⊘ CANCELADA"]);
        assert_eq!(void_requests(&office, &id), 1);
        is_cancelled(&office, &id);
    }
}

#[test]
fn a_cancellation_that_was_never_done_is_released_after_the_last_read_and_not_sooner() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&id);
    office.fault(at_the_void(json!({"when": "before", "do": "drop"})));
    says_yes(&mut run, "2", &number);
    let mut passed = Duration::ZERO;
    for place in 0..6 {
        run.shows(&["Puede estar cancelada"]);
        run.pass(&office, seconds(place) - passed);
        passed = seconds(place);
    }
    run.shows(&["No se canceló: pasó el plazo"]);
    run.keys("<Esc>").shows(&["◆ TIMBRADA"]);
    is_valid(&office, &id);
    // The next try is counted.
    run.keys("X 2").shows(&["Segundo intento"]);
    run.types(&number).keys("<Tab> <Enter>");
    run.shows(&["Cancelada."]);
    assert_eq!(void_requests(&office, &id), 2);
}

#[test]
fn a_program_killed_between_sending_and_answer_finds_the_cancellation_when_it_starts_again() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    office.fault(at_the_void(json!({"when": "after", "do": "hang"})));
    let mut run = office.run();
    run.open(&id).keys("X 3").types(&number).keys("<Tab>");
    run.press("<Enter>");
    office.until(|_| office.document(&id)["status"] == "void");
    run.kill();
    let mut run = office.run();
    run.shows(&["cancelada ante el SAT"]);
    run.open(&id).shows(&["⊘ CANCELADA"]);
    assert_eq!(void_requests(&office, &id), 1);
}

#[test]
fn a_refusal_is_told_in_the_servers_words_and_in_ours() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    let mut run = office.run();
    run.open(&id);
    let words = "204: UUID no cancelable, tiene documentos relacionados";
    office.fault(at_the_void(json!({
        "when": "before", "do": "status", "status": 400, "body": {"code": 400, "message": words},
    })));
    says_yes(&mut run, "2", &number);
    run.shows(&[
        "No se canceló. La factura sigue vigente.",
        "UUID no cancelable",
        "otro CFDI vigente la relaciona",
    ]);
    run.keys("<Esc>").shows(&["◆ TIMBRADA"]);
    is_valid(&office, &id);
    run.keys("X 2").shows(&["Segundo intento"]);
}

#[test]
fn a_cancellation_that_the_customer_has_to_accept_is_in_process_until_the_record_says_void() {
    let office = Office::open();
    let (id, number) = stamped_long_ago(&office);
    let mut run = office.run();
    run.open(&id).keys("X 2");
    run.shows(&["Puede requerir aceptación del cliente"]);
    run.types(&number).keys("<Tab> <Enter>");
    run.shows(&["Cancelación en proceso"]);
    run.keys("<Esc>").shows(&["◈ EN CANCELACIÓN"]);
    run.keys("X").shows(&["ya está en proceso"]);
    run.keys("g h")
        .shows(&["Cancelación en proceso", "en espera"]);
    office.settle_cancellation(&id, true);
    run.pass(&office, Duration::from_secs(59));
    run.shows(&["Cancelación en proceso"]);
    run.pass(&office, Duration::from_secs(1));
    run.shows(&["cancelada ante el SAT"]).lacks(&["en espera"]);
    run.open(&id).shows(&["⊘ CANCELADA"]);
    assert_eq!(void_requests(&office, &id), 1);
}

#[test]
fn a_cancellation_that_the_customer_refuses_leaves_the_invoice_stamped_and_says_so_tomorrow_too() {
    let office = Office::open();
    let (id, number) = stamped_long_ago(&office);
    let mut run = office.run();
    run.open(&id);
    says_yes(&mut run, "2", &number);
    run.shows(&["Cancelación en proceso"]);
    run.kill();
    office.settle_cancellation(&id, false);
    let mut run = office.run();
    run.shows(&["el cliente no aceptó la cancelación"]);
    run.open(&id).shows(&["◆ TIMBRADA"]);
    is_valid(&office, &id);
    run.keys("X 2").shows(&["Segundo intento"]);
}

#[test]
fn opening_the_invoice_looks_at_a_cancellation_in_process() {
    let office = Office::open();
    let (id, number) = stamped_long_ago(&office);
    let mut run = office.run();
    run.open(&id);
    says_yes(&mut run, "2", &number);
    run.keys("<Esc> <Esc>");
    office.settle_cancellation(&id, false);
    run.keys("<Enter>");
    run.shows(&["◆ TIMBRADA", "no aceptó"]);
}

#[test]
fn payments_are_named_first_and_one_that_comes_meanwhile_asks_again() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    office.pay(&id, "300");
    let mut run = office.run();
    run.open(&id).keys("X").shows(&["pago recibido", "300.00"]);
    run.keys("2").shows(&["pago recibido", "queda sin aplicar"]);
    run.types(&number).keys("<Tab>");
    office.pay(&id, "200");
    run.keys("<Enter>").shows(&[
        "Cambió desde que se mostró",
        "Saldo: $860.00 → $660.00",
        "Cambió lo que depende de la factura",
        "200.00",
        "[ No ]",
    ]);
    assert_eq!(void_requests(&office, &id), 0);
    run.types(&number).keys("<Tab> <Enter>");
    run.shows(&["Cancelada."]);
    assert_eq!(void_requests(&office, &id), 1);
}

#[test]
fn what_a_colleague_cancelled_meanwhile_is_not_cancelled_again() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    let mut run = office.run();
    run.open(&id).keys("X 2").types(&number).keys("<Tab>");
    office.void_elsewhere(&id);
    run.keys("<Enter>")
        .shows(&["Ya está cancelada.", "No se envió"]);
    run.keys("<Esc>").shows(&["⊘ CANCELADA"]);
    assert_eq!(void_requests(&office, &id), 1, "the colleague's");
}

/// From the dialog to the form of the substitute, with another price, saved.
fn makes_the_substitute(run: &mut Run) -> String {
    run.keys("X 1")
        .shows(&["Hacer la sustituta", "relación 04"]);
    run.keys("<Enter>").shows(&["Nueva factura", "relación 04"]);
    run.keys("450 <F8>").shows(&["◇ SIN TIMBRAR", "1,044.00"]);
    on_page(run)
}

#[test]
fn f_1_30_a_substitution_is_made_stamped_and_cancelled_in_one_go() {
    let office = Office::open();
    let (old, number) = stamped(&office);
    let uuid = office.uuid(&old);
    let mut run = office.run();
    run.open(&old);
    let new = makes_the_substitute(&mut run);
    run.shows(&[&uuid]);
    assert_eq!(
        office.record("invoices", &new)["_raw"]["relatedDocuments"],
        json!([{"relationType": "04", "uuid": uuid}])
    );
    run.keys("T").shows(&["04 Sustitución", &uuid]);
    run.keys("s <Enter>").shows(&["Timbrada.", "[ Seguir"]);
    run.keys("<Enter>");
    let replacing = office.uuid(&new);
    run.shows(&[
        "01 Emitida con errores con relación",
        "Sustituta",
        &replacing,
        &format!("Escribir {number}"),
        "[ No ]",
    ])
    .lacks(&["no declara la relación"]);
    run.types(&number).keys("<Tab> <Enter>");
    run.shows(&["Cancelada."]).keys("<Esc> g h");
    run.lacks(&["Sustitución de"]);
    is_cancelled(&office, &old);
    is_valid(&office, &new);
    assert_eq!(void_requests(&office, &old), 1);
    let xml = office.xml("invoices", &new);
    assert!(xml.contains("<cfdi:CfdiRelacionados TipoRelacion=\"04\">"));
    assert!(xml.contains(&format!("<cfdi:CfdiRelacionado UUID=\"{uuid}\"/>")));
}

#[test]
fn a_draft_that_lost_its_relation_says_so_before_it_is_stamped() {
    let office = Office::open();
    let (old, number) = stamped(&office);
    let mut run = office.run();
    run.open(&old);
    let new = makes_the_substitute(&mut run);
    office.edit_elsewhere(&new, json!({"relatedDocuments": null}));
    run.keys("T");
    run.shows(&[&format!("Falta la relación 04 con {number}")]);
}

#[test]
fn a_substitution_goes_on_from_home_after_the_program_was_killed_at_any_step() {
    let office = Office::open();
    let (old, number) = stamped(&office);
    let said = |what: &str| format!("Sustitución de {number}: {what}");
    let mut run = office.run();
    // Killed with the form open.
    run.open(&old).keys("X 1 <Enter> 450");
    run.pass(&office, Duration::from_secs(1));
    run.kill();
    let mut run = office.run();
    run.shows(&[&said("falta hacer la sustituta")]);
    run.lacks(&["Captura sin terminar", "Nueva factura ·"]);
    run.keys("<Home> <Enter>")
        .shows(&["Nueva factura", "1,044.00"]);
    // Killed when it is saved.
    run.keys("<F8>").shows(&["◇ SIN TIMBRAR"]);
    let new = on_page(&run);
    run.kill();
    let mut run = office.run();
    run.shows(&[&said(&format!("falta timbrar borrador {new}"))]);
    run.keys("<Home> <Enter>")
        .shows(&["Falta timbrar la sustituta"]);
    // Killed when it is stamped.
    run.keys("T s <Enter>").shows(&["Timbrada."]);
    run.kill();
    let mut run = office.run();
    run.shows(&[&said("falta cancelarla")]);
    run.keys("<Home> <Enter>");
    run.shows(&["01 Emitida", &office.uuid(&new), "[ No ]"]);
    run.types(&number).keys("<Tab> <Enter>");
    run.shows(&["Cancelada."]);
    run.kill();
    office.run().lacks(&["Sustitución de"]);
    is_cancelled(&office, &old);
    is_valid(&office, &new);
}

#[test]
fn a_substitute_whose_answer_was_lost_is_found_and_the_thread_goes_on_with_it() {
    let office = Office::with(|options| options.idempotency = Idempotency::Ignore);
    let (old, number) = stamped(&office);
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&old).keys("X 1 <Enter> 450");
    office.fault(json!({
        "method": "POST", "path": "/accounting/invoices", "when": "after", "do": "hang",
    }));
    let before = office.state()["invoices"].clone();
    run.press("<F8>");
    office.until(|state| state["invoices"] != before);
    run.kill();
    let mut run = office.run();
    run.pass(&office, seconds(0)).keys("g h");
    run.shows(&[&format!("Sustitución de {number}: falta timbrar borrador")]);
    let count = office.state()["invoices"].as_u64();
    assert_eq!(count, before.as_u64().map(|count| count + 1));
}

#[test]
fn what_is_stamped_already_is_offered_as_the_substitute_and_another_cause_stays_open() {
    let office = Office::open();
    let (old, number) = stamped(&office);
    let (near, _) = stamped_for(&office, 450);
    let (far, _) = stamped_for(&office, 90_000);
    let mut run = office.run();
    run.open(&old).keys("X 1");
    run.shows(&["Hacer la sustituta", &office.uuid(&near)]);
    run.lacks(&[&office.uuid(&far)]);
    run.keys("2").shows(&["no declara la relación 04"]);
    run.keys("<Esc> <Esc>").shows(&["¿Por qué se cancela?"]);
    run.keys("1 2").types(&number).keys("<Tab> <Enter>");
    run.shows(&["Cancelada."]);
    is_cancelled(&office, &old);
    assert_eq!(void_requests(&office, &old), 1);
}

#[test]
fn a_substitution_that_is_given_up_leaves_home_and_keeps_what_was_typed() {
    let office = Office::open();
    let (old, _) = stamped(&office);
    let mut run = office.run();
    run.open(&old).keys("X 1 <Enter> 450");
    run.pass(&office, Duration::from_secs(1))
        .keys("<Esc> <Tab>");
    run.keys("<Enter> g h").shows(&["falta hacer la sustituta"]);
    run.open(&old)
        .keys("X")
        .shows(&["Olvidar esta sustitución"]);
    run.keys("<Down> <Enter>").shows(&["¿Por qué se cancela?"]);
    run.keys("<Esc> g h").lacks(&["falta hacer la sustituta"]);
    is_valid(&office, &old);
}

#[test]
fn two_windows_cancel_once() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    let manner = Manner::default().hasty();
    let mut one = office.run_as(manner);
    let mut other = office.run_as(manner);
    for run in [&mut one, &mut other] {
        run.open(&id).keys("X 2").types(&number).keys("<Tab>");
    }
    office.fault(at_the_void(json!({"when": "before", "do": "drop"})));
    one.keys("<Enter>").shows(&["Puede estar cancelada"]);
    other.keys("<Enter>").shows(&["Otra ventana"]);
    assert_eq!(void_requests(&office, &id), 1);
}

#[test]
fn who_cancelled_what_and_why_stands_in_the_log() {
    let office = Office::open();
    let (id, number) = stamped(&office);
    let mut run = office.run();
    run.open(&id);
    says_yes(&mut run, "3", &number);
    run.shows(&["Cancelada."]);
    run.kill();
    let log = office.audit();
    let events: Vec<&str> = log.iter().map(|(event, _)| event.as_str()).collect();
    assert_eq!(events, ["cancel-adopted", "cancel-sent"]);
    let detail: Value = serde_json::from_str(&log[1].1).expect("JSON");
    assert_eq!(detail["cause"], "03");
    assert_eq!(detail["id"], id);
}
