//! A new document that is made and stamped in one request: one document and one folio, whatever becomes of the answer.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use timbra::domain::audit::AuditLine;
use timbra::domain::intent::READ_BACKS;
use timbra::sandbox::Idempotency;
use timbra::store::durable::Durable;

use crate::editing::fill_in;
use crate::forms::{line, on_page};
use crate::harness::{Manner, Office, Run, good_draft};
use crate::law_one::seconds;

/// The customer whose régimen the tax authority knows better, as the picker finds her.
const OTHER_REGIME: &str = "jimena";
const UNKNOWN: &str = "Puede estar guardada y timbrada";

/// A connector that knows no keys and says nothing about them: what is sent is sent once.
fn office() -> Office {
    Office::with(|options| options.idempotency = Idempotency::Ignore)
}

/// What the sandbox holds: invoices and folios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Books {
    invoices: u64,
    folios: u64,
}

impl Books {
    fn of(office: &Office) -> Self {
        let state = office.state();
        let number = |key: &str| state[key].as_u64().expect("a number");
        Self {
            invoices: number("invoices"),
            folios: number("folios_used"),
        }
    }

    fn and(self, invoices: u64, folios: u64) -> Self {
        Self {
            invoices: self.invoices + invoices,
            folios: self.folios + folios,
        }
    }
}

/// A fault at the request that makes and stamps.
fn at_the_create(mut fault: Value) -> Value {
    let fields = fault.as_object_mut().expect("a fault");
    fields.insert("method".into(), "POST".into());
    fields.insert("path".into(), "/accounting/invoices".into());
    fault
}

fn posts(office: &Office, resource: &str) -> usize {
    let path = format!("/accounting/{resource}");
    office.requests(|request| request["method"] == "POST" && request["path"] == path)
}

/// An invoice for a customer, typed in: two drills at 500.
fn typed_in(run: &mut Run, customer: &str) {
    run.keys("g f n <F3>").types(customer).keys("<Enter>");
    line(run, "taladro", "2 <Tab> 500");
}

/// The card over that form, with its yes selected.
fn at_the_question(run: &mut Run, customer: &str) {
    typed_in(run, customer);
    run.keys("<F12> s").shows(&["[ Sí, timbrar ]"]);
}

/// The id of the newest invoice.
fn newest(office: &Office) -> String {
    let ids = office.invoices().into_iter().map(|invoice| {
        let id = invoice["id"].as_str().expect("an id");
        id.parse::<u64>().expect("a number")
    });
    ids.max().expect("an invoice").to_string()
}

#[test]
fn f_1_11_and_1_12_a_new_invoice_is_made_and_stamped_in_one_request() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    run.keys("g f n");
    fill_in(&mut run);
    run.shows(&["F8 guardar", "F12 guardar y timbrar"]);
    run.keys("<F12>").shows(&[
        "ESCUELA KEMPER URGATE · EKU9003173C9",
        "nueva, sin guardar · 03/06/2026",
        "XENON INDUSTRIAL ARTICLES · XIA190128J61 · CP 76343",
        "601 General de Ley Personas Morales",
        "G03 Gastos en general",
        "$1,160.00 MXN",
        "0 hoy, 0 este mes",
        "Se gasta un folio fiscal y no se puede deshacer. ¿Timbrar?",
        "[ No ]",
    ]);
    run.keys("s <Enter>").shows(&["Timbrada."]);
    let id = newest(&office);
    let uuid = office.uuid(&id);
    run.shows(&[&uuid]).keys("y");
    assert_eq!(run.copied(), std::slice::from_ref(&uuid));
    assert_eq!(Books::of(&office), before.and(1, 1));
    assert_eq!(posts(&office, "invoices"), 1);
    run.keys("<Esc>").shows(&["◆ TIMBRADA", &uuid]);
    assert_eq!(on_page(&run), id);
    run.keys("g h").lacks(&["continuar", "por verificar"]);
    // It is counted as spent, and written down from its beginning to its end.
    run.keys("g f n");
    fill_in(&mut run);
    run.keys("<F12>").shows(&["1 hoy, 1 este mes"]);
    let company = run.model().company_id;
    let durable = Durable::open(&office.folder().join("durable.db")).expect("the file");
    let log = durable.audit_tail(&company, 10).expect("the log");
    let mut events: Vec<&str> = log
        .iter()
        .filter_map(AuditLine::entry)
        .map(|row| row.entry.event.as_str())
        .collect();
    events.sort_unstable();
    assert_eq!(events, ["issue-adopted", "issue-sent", "issue-unknown"]);
}

#[test]
fn no_paste_no_held_key_no_click_and_no_enter_again_and_again_makes_it() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    typed_in(&mut run, "xenon");
    run.still_hold("<F12>", 40).lacks(&["¿Timbrar?"]);
    run.hold("<F12>", 40).shows(&["¿Timbrar?", "[ No ]"]);
    run.paste("s\n").shows(&["[ No ]"]);
    run.keys("s").paste("\n").shows(&["[ Sí, timbrar ]"]);
    run.click("[ Sí, timbrar ]").shows(&["[ Sí, timbrar ]"]);
    run.keys("<Esc> <F12> <Enter>").lacks(&["¿Timbrar?"]);
    run.shows(&["Nueva factura", "1,160.00", "sin guardar"]);
    run.click("F12 guardar y timbrar").shows(&["[ No ]"]);
    run.keys("<Enter>");
    assert_eq!(Books::of(&office), before);
    assert_eq!(posts(&office, "invoices"), 0);
}

#[test]
fn what_cannot_be_saved_or_stamped_is_said_before_anything_leaves() {
    let office = office();
    let draft = office.create(good_draft());
    let mut run = office.run();
    run.keys("g f n <F12>")
        .shows(&["No se guardó. Por corregir"])
        .lacks(&["¿Timbrar?"]);
    run.keys("<Esc> s <Enter>");
    run.open(&draft).keys("e <F12>");
    run.shows(&["Ya está guardada"]).lacks(&["¿Timbrar?"]);
    run.keys("<Esc> g q n <F12>")
        .shows(&["Sólo se timbran facturas y notas de crédito."]);
    assert_eq!(posts(&office, "quotes"), 0);
}

#[test]
fn a_large_total_is_typed_before_there_is_a_yes() {
    let office = office();
    let mut run = office.run_as(Manner {
        type_total_from: "1000".parse().ok(),
        ..Manner::default()
    });
    typed_in(&mut run, "xenon");
    run.keys("<F12> s").shows(&["[ No ]"]).types("1160.0");
    run.types("1").keys("s").shows(&["[ No ]"]);
    assert_eq!(posts(&office, "invoices"), 0);
    run.keys("<Backspace> s").shows(&["[ Sí, timbrar ]"]);
    run.keys("<Enter>").shows(&["Timbrada."]);
}

#[test]
fn a_receiver_that_changes_between_question_and_yes_is_shown_and_asked_again() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    at_the_question(&mut run, "xenon");
    office.patch(
        "customers",
        "1",
        json!({"addresses": [{"type": "primary", "postal_code": "76000", "country": "MX"}]}),
    );
    run.keys("<Enter>")
        .shows(&["Cambió desde que se mostró", "76343 → 76000", "[ No ]"]);
    assert_eq!(Books::of(&office), before);
}

#[test]
fn a_document_whose_answer_is_lost_is_found_stamped_and_never_made_again() {
    let html = "<html><body>502 Bad Gateway</body></html>";
    for fault in [
        json!({"when": "after", "do": "drop"}),
        json!({"when": "after", "do": "cut"}),
        json!({"when": "after", "do": "hang"}),
        json!({"when": "body", "do": "hang"}),
        json!({"when": "body", "do": "status", "body": html}),
        json!({"when": "body", "do": "status", "body": ""}),
        json!({"when": "body", "do": "status", "body": {}}),
        json!({"when": "after", "do": "status", "status": 409, "body": {"message": "conflict"}}),
        json!({"when": "after", "do": "status", "status": 500}),
        json!({"when": "after", "do": "status", "status": 502, "body": html}),
        json!({"when": "after", "do": "status", "status": 504, "body": ""}),
        json!({"when": "after", "do": "status", "status": 429, "retry_after": "1"}),
        json!({"when": "after", "do": "status", "status": 401, "body": {"type_name": "UnauthorizedError", "message": "no"}}),
        json!({"when": "after", "do": "status", "status": 402, "body": {"type_name": "RequestLimitError", "message": "no"}}),
        json!({"when": "after", "do": "status", "status": 400, "body": {"code": 3051, "message": "no"}}),
    ] {
        println!("{fault}");
        let is_refusal = [400, 401, 402]
            .iter()
            .any(|status| fault["status"] == *status);
        let office = office();
        let before = Books::of(&office);
        let mut run = office.run_as(Manner::default().hasty());
        at_the_question(&mut run, "xenon");
        office.fault(at_the_create(fault));
        run.keys("<Enter>");
        assert_eq!(Books::of(&office), before.and(1, 1));
        let id = newest(&office);
        let uuid = office.uuid(&id);
        if !is_refusal {
            run.shows(&[UNKNOWN]).keys("<Esc>");
            run.shows(&[UNKNOWN, "guardando"]).keys("<F8> <F12>");
            run.shows(&["Se está guardando"]);
            run.pass(&office, seconds(0));
        }
        if is_refusal {
            run.shows(&["Timbrada."]).keys("<Esc>");
        }
        run.shows(&["◆ TIMBRADA", &uuid]);
        for _ in READ_BACKS {
            run.pass(&office, Duration::from_secs(60));
        }
        assert_eq!(posts(&office, "invoices"), 1);
        assert_eq!(Books::of(&office), before.and(1, 1));
        run.keys("g h").lacks(&["continuar", "por verificar"]);
    }
}

#[test]
fn what_was_never_done_is_released_after_the_last_read_with_everything_typed_still_there() {
    for fault in [
        json!({"when": "before", "do": "drop"}),
        json!({"when": "before", "do": "hang"}),
        json!({"when": "before", "do": "status", "status": 409, "body": {"message": "conflict"}}),
        json!({"when": "before", "do": "status", "status": 500}),
        json!({"when": "before", "do": "status", "status": 502, "body": "<html>"}),
        json!({"when": "before", "do": "status", "status": 429, "retry_after": "1"}),
    ] {
        println!("{fault}");
        let office = office();
        let before = Books::of(&office);
        let mut run = office.run_as(Manner::default().hasty());
        at_the_question(&mut run, "xenon");
        office.fault(at_the_create(fault));
        run.keys("<Enter>").shows(&[UNKNOWN]);
        let mut passed = Duration::ZERO;
        for (place, _) in READ_BACKS.iter().enumerate() {
            run.shows(&[UNKNOWN]);
            run.pass(&office, seconds(place) - passed);
            passed = seconds(place);
        }
        run.shows(&["no se guardó ni se timbró"]).keys("<Esc>");
        run.shows(&[
            "Nueva factura",
            "XENON",
            "1,160.00",
            "No se guardó ni se timbró",
        ]);
        assert_eq!(Books::of(&office), before);
        run.keys("<F12> s <Enter>").shows(&["Timbrada."]);
        assert_eq!(Books::of(&office), before.and(1, 1));
        assert_eq!(posts(&office, "invoices"), 2);
    }
}

#[test]
fn a_clear_no_that_left_nothing_behind_leaves_the_form_with_the_servers_words() {
    for (status, word) in [
        (401, "UnauthorizedError"),
        (402, "RequestLimitError"),
        (400, "ConnectorExecutionError"),
    ] {
        let office = office();
        let before = Books::of(&office);
        let mut run = office.run();
        at_the_question(&mut run, "xenon");
        office.fault(at_the_create(
            json!({"when": "before", "do": "status", "status": status,
            "body": {"status_code": status, "type_name": word, "message": "hoy no"}}),
        ));
        run.keys("<Enter>")
            .shows(&["No se guardó ni se timbró", "hoy no"]);
        run.keys("<Esc>")
            .shows(&["Nueva factura", "1,160.00", "hoy no"]);
        assert_eq!(Books::of(&office), before);
        run.keys("<F12> s <Enter>").shows(&["Timbrada."]);
        assert_eq!(Books::of(&office), before.and(1, 1));
    }
}

#[test]
fn f_1_20_a_refused_stamp_leads_into_the_draft_that_was_kept_at_the_field_at_fault() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    at_the_question(&mut run, OTHER_REGIME);
    run.keys("<Enter>");
    let id = newest(&office);
    run.shows(&[
        &format!("No se timbró. Quedó como borrador {id}; no se gastó folio."),
        "3051",
        "CFDI40157",
        "Corregir en la factura: Régimen fiscal.",
        "[ Corregir ]",
    ]);
    assert_eq!(Books::of(&office), before.and(1, 0));
    let errors = run.pressed();
    run.shows(&[&format!("borrador {id}")])
        .lacks(&["sin número"]);
    run.keys("<Enter>").shows(&[
        &format!("Editar factura borrador {id}"),
        &format!("quedó guardada sin timbrar ({id})"),
        "CFDI40157",
    ]);
    run.keys("<F3>").types("626").keys("<Enter> <F8>");
    run.shows(&["Cambios guardados."]).keys("T s <Enter>");
    run.shows(&["Timbrada.", &office.uuid(&id)]);
    assert!(run.pressed() - errors <= 12, "{}", run.pressed() - errors);
    assert_eq!(Books::of(&office), before.and(1, 1));
    assert_eq!(posts(&office, "invoices"), 1);
    run.keys("<Esc> g h").lacks(&["continuar"]);
}

#[test]
fn the_draft_of_a_refusal_is_found_although_the_answer_does_not_name_it() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    at_the_question(&mut run, OTHER_REGIME);
    office.fault(at_the_create(
        json!({"when": "after", "do": "status", "status": 400,
        "body": {"code": 3051, "message": "CFDI40157: otro régimen"}}),
    ));
    run.keys("<Enter>");
    let id = newest(&office);
    run.shows(&[&format!("Quedó como borrador {id}"), "CFDI40157"]);
    run.keys("<Enter> <F3>").types("626").keys("<Enter> <F8>");
    run.keys("T s <Enter>")
        .shows(&["Timbrada.", &office.uuid(&id)]);
    assert_eq!(Books::of(&office), before.and(1, 1));
    assert_eq!(posts(&office, "invoices"), 1);
}

#[test]
fn a_finding_bars_the_stamp_and_not_the_draft() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    run.keys("g f n").types("xenon").keys("<Enter>");
    // Too old for the SAT.
    run.types("01/05/2026").keys("<Tab>");
    line(&mut run, "taladro", "2 <Tab> 500");
    run.keys("<F12> s").shows(&[
        "No se puede timbrar hasta corregir lo marcado con ✖",
        "[ No ]",
    ]);
    run.keys("<Enter>").shows(&["Nueva factura"]);
    assert_eq!(Books::of(&office), before);
    run.keys("<F8>").shows(&["Guardado como borrador"]);
    assert_eq!(Books::of(&office), before.and(1, 0));
}

#[test]
fn an_id_in_a_refusal_that_is_another_document_is_not_believed() {
    let office = office();
    let other = office.create(good_draft());
    let before = Books::of(&office);
    let mut run = office.run();
    at_the_question(&mut run, OTHER_REGIME);
    office.fault(at_the_create(
        json!({"when": "after", "do": "status", "status": 400,
        "body": {"code": 3051, "message": "CFDI40157: otro régimen", "detail": {"id": other}}}),
    ));
    run.keys("<Enter>");
    let id = newest(&office);
    assert_ne!(id, other);
    run.shows(&[&format!("Quedó como borrador {id}")]);
    assert_eq!(Books::of(&office), before.and(1, 0));
}

#[test]
fn a_draft_without_its_stamp_stays_unknown_until_the_limit_and_is_then_led_into() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run_as(Manner::default().hasty());
    at_the_question(&mut run, OTHER_REGIME);
    office.fault(at_the_create(json!({"when": "after", "do": "drop"})));
    run.keys("<Enter>").shows(&[UNKNOWN]);
    let id = newest(&office);
    assert_eq!(Books::of(&office), before.and(1, 0));
    run.pass(&office, seconds(4))
        .shows(&[UNKNOWN])
        .keys("<Esc>");
    // Meanwhile nothing is done to it from its page either.
    run.keys("<Esc> s <Enter> r").open(&id);
    run.shows(&["? POR VERIFICAR"]);
    for key in ["T", "e", "D"] {
        run.keys(key).shows(&["por verificar"]);
    }
    assert_eq!(office.stamp_requests(&id), 0);
    run.pass(&office, seconds(5) - seconds(4));
    run.shows(&[&format!("Guardada ({id}), sin timbrar"), "◇ SIN TIMBRAR"]);
    run.keys("g h").lacks(&["continuar", "por verificar"]);
    run.open(&id).keys("T").shows(&["¿Timbrar?"]);
    assert_eq!(posts(&office, "invoices"), 1);
}

#[test]
fn the_card_that_waits_leads_into_the_draft_when_it_is_known_to_have_no_stamp() {
    let office = office();
    let mut run = office.run_as(Manner::default().hasty());
    at_the_question(&mut run, OTHER_REGIME);
    office.fault(at_the_create(json!({"when": "after", "do": "drop"})));
    run.keys("<Enter>").pass(&office, seconds(5));
    let id = newest(&office);
    run.shows(&[&format!("quedó guardada ({id}) y sin timbrar")]);
    run.keys("<Enter>").shows(&["◇ SIN TIMBRAR"]);
    assert_eq!(on_page(&run), id);
}

#[test]
fn where_two_documents_could_be_the_one_a_person_decides() {
    let office = office();
    let mut run = office.run_as(Manner::default().hasty());
    at_the_question(&mut run, "xenon");
    office.fault(at_the_create(json!({"when": "after", "do": "drop"})));
    run.keys("<Enter>").shows(&[UNKNOWN]);
    let id = newest(&office);
    office.create(good_draft());
    let before = Books::of(&office);
    run.pass(&office, seconds(4)).shows(&[UNKNOWN]);
    run.pass(&office, seconds(5) - seconds(4)).keys("R");
    run.shows(&["¿Cuál es?", "◆ TIMBRADA", "Ninguno es el mío"]);
    // The one that is stamped is ours.
    run.keys("<Down>");
    if !run
        .screen()
        .lines()
        .any(|row| row.contains('▶') && row.contains("TIMBRADA"))
    {
        run.keys("<Down>");
    }
    run.keys("<Enter>").keys("<Esc>").shows(&["◆ TIMBRADA"]);
    assert_eq!(on_page(&run), id);
    assert_eq!(Books::of(&office), before);
    // What a person decided on was spent all the same.
    run.keys("g f n");
    fill_in(&mut run);
    run.keys("<F12>").shows(&["1 hoy, 1 este mes"]);
}

#[test]
fn a_program_killed_after_the_server_did_it_finds_it_stamped_when_it_starts_again() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    at_the_question(&mut run, "xenon");
    office.fault(at_the_create(json!({"when": "after", "do": "hang"})));
    run.press("<Enter>");
    office.until(|state| state["folios_used"] == before.folios + 1);
    run.kill();
    let mut run = office.run();
    run.lacks(&["continuar", "por verificar"]);
    run.open(&newest(&office)).shows(&["◆ TIMBRADA"]);
    assert_eq!(Books::of(&office), before.and(1, 1));
    assert_eq!(posts(&office, "invoices"), 1);
}

#[test]
fn a_program_killed_before_the_server_heard_it_keeps_what_was_typed_and_releases_it() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run();
    at_the_question(&mut run, "xenon");
    office.fault(at_the_create(json!({"when": "before", "do": "hang"})));
    run.press("<Enter>");
    office.until(|state| {
        let requests = state["requests"].as_array().expect("requests");
        requests.iter().any(|request| request["method"] == "POST")
    });
    run.kill();
    let mut run = office.run();
    run.shows(&["por verificar", "continuar"]);
    run.keys("<Home> <Down> <Enter>")
        .shows(&["Nueva factura", UNKNOWN]);
    run.keys("<F12>").shows(&["Se está guardando"]);
    run.pass(&office, seconds(5));
    run.shows(&["Nueva factura", "1,000.00", "No se guardó ni se timbró"]);
    run.keys("<F12> s <Enter>").shows(&["Timbrada."]);
    assert_eq!(Books::of(&office), before.and(1, 1));
}

#[test]
fn an_act_that_is_done_long_after_its_answer_was_lost_is_one_document_and_one_folio() {
    let office = office();
    let before = Books::of(&office);
    let mut run = office.run_as(Manner::default().hasty());
    at_the_question(&mut run, "xenon");
    office.fault(at_the_create(
        json!({"when": "late", "do": "drop", "delay_ms": 300}),
    ));
    run.keys("<Enter>").shows(&[UNKNOWN]);
    office.until(|state| state["folios_used"] == before.folios + 1);
    run.pass(&office, seconds(1)).shows(&["Timbrada."]);
    assert_eq!(Books::of(&office), before.and(1, 1));
}

#[test]
fn another_window_does_not_stamp_the_document_that_this_one_may_be_stamping() {
    let office = office();
    let manner = Manner::default().hasty();
    let mut one = office.run_as(manner);
    let mut other = office.run_as(manner);
    at_the_question(&mut one, OTHER_REGIME);
    office.fault(at_the_create(json!({"when": "after", "do": "drop"})));
    one.keys("<Enter>").shows(&[UNKNOWN]);
    let id = newest(&office);
    office.edit_elsewhere(&id, json!({"regimeClient": "REGIME_OF_TRUST"}));
    other.keys("g f r").open(&id).keys("T s <Enter>");
    other.shows(&["Otra ventana"]);
    assert_eq!(office.stamp_requests(&id), 0);
}

/// An invoice that is stamped and owed.
fn owed(office: &Office) -> String {
    let invoices = office.invoices().into_iter().rev();
    let mut owed = invoices.filter(|invoice| {
        invoice["_raw"]["stamp"]["uuid"].is_string() && invoice["status"] == "authorised"
    });
    let invoice = owed.next().expect("an invoice that is owed");
    invoice["id"].as_str().expect("an id").to_owned()
}

fn notes(office: &Office) -> Vec<Value> {
    let mut all = Vec::new();
    let mut place = String::new();
    loop {
        let path = format!("/accounting/credit-notes?limit=30&raw=true{place}");
        let page = office.done(Method::GET, &path, None);
        all.extend(page["data"].as_array().expect("rows").iter().cloned());
        match page["meta"]["cursors"]["next"].as_str() {
            Some(next) => place = format!("&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn f_1_2_a_credit_note_is_made_and_stamped_in_one_request() {
    for fault in [None, Some(json!({"when": "after", "do": "drop"}))] {
        println!("{fault:?}");
        let office = office();
        let (folios, before) = (office.folios(), notes(&office).len());
        let invoice = owed(&office);
        let mut run = office.run_as(Manner::default().hasty());
        run.open(&invoice)
            .keys("c")
            .shows(&["Nueva nota de crédito"]);
        run.keys("<F12> s")
            .shows(&["Nota de crédito", "[ Sí, timbrar ]"]);
        if let Some(mut fault) = fault.clone() {
            fault["method"] = "POST".into();
            fault["path"] = "/accounting/credit-notes".into();
            office.fault(fault);
        }
        run.keys("<Enter>");
        if fault.is_some() {
            run.shows(&[UNKNOWN]).pass(&office, seconds(0));
        }
        run.shows(&["Timbrada."])
            .keys("<Esc>")
            .shows(&["◆ TIMBRADA"]);
        let note = office.record("credit-notes", &on_page(&run));
        let uuid = note["_raw"]["stamp"]["uuid"].as_str().expect("a UUID");
        run.shows(&[uuid]);
        assert_eq!(office.folios(), folios + 1);
        assert_eq!(notes(&office).len(), before + 1);
        assert_eq!(posts(&office, "credit-notes"), 1);
        assert_eq!(office.record("invoices", &invoice)["status"], "paid");
    }
}

#[test]
fn f_1_21_a_credit_note_whose_stamp_is_refused_is_corrected_and_stamped_under_its_own_id() {
    let office = office();
    let (folios, before) = (office.folios(), notes(&office).len());
    let mut run = office.run();
    run.keys("g n n <F3>").types(OTHER_REGIME).keys("<Enter>");
    line(&mut run, "taladro", "2 <Tab> 500");
    run.keys("<F12> s <Enter>").shows(&[
        "No se timbró. Quedó guardada sin timbrar",
        "CFDI40157",
        "Corregir en la nota de crédito: Régimen fiscal.",
    ]);
    assert_eq!(notes(&office).len(), before + 1);
    run.keys("<Enter> <F3>").types("626").keys("<Enter> <F8>");
    run.shows(&["Cambios guardados."]);
    let note = on_page(&run);
    run.keys("T s <Enter>").shows(&["Timbrada."]);
    let note = office.record("credit-notes", &note);
    assert!(note["_raw"]["stamp"]["uuid"].is_string(), "{note}");
    assert_eq!(office.folios(), folios + 1);
    assert_eq!(notes(&office).len(), before + 1);
    assert_eq!(posts(&office, "credit-notes"), 1);
}

#[test]
fn what_may_be_stamped_by_now_is_not_counted_as_unstamped() {
    let office = office();
    let mut run = office.run_as(Manner::default().hasty());
    run.keys("g h");
    let before = run.number("Facturas sin timbrar");
    at_the_question(&mut run, OTHER_REGIME);
    office.fault(at_the_create(json!({"when": "after", "do": "drop"})));
    run.keys("<Enter>").shows(&[UNKNOWN]);
    run.pass(&office, seconds(4)).keys("<Esc>");
    // Its form goes, and the books are walked again: the twin is here, and no claim is made of it.
    run.keys("<Esc> s <Enter> r g h").shows(&["por verificar"]);
    assert_eq!(run.number("Facturas sin timbrar"), before);
    run.pass(&office, seconds(5) - seconds(4));
    let after: usize = before.parse::<usize>().expect("a number") + 1;
    assert_eq!(run.number("Facturas sin timbrar"), after.to_string());
}
