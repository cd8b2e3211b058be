//! Deleting: asked for by name, sent once, and read back where no clear answer came (law 1).

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Manner, Office, good_draft};

fn path(id: &str) -> String {
    format!("/accounting/invoices/{id}")
}

fn exists(office: &Office, id: &str) -> bool {
    office.ask(Method::GET, &path(id), None).0 == 200
}

fn deletes(office: &Office) -> usize {
    office.requests(|request| request["method"] == "DELETE")
}

#[test]
fn a_draft_is_deleted_only_after_a_yes_that_is_not_the_key_that_asked() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("D").shows(&[
        &format!("borrador {id}"),
        "XENON INDUSTRIAL ARTICLES",
        "EKU9003173C9",
        "[ No ]",
    ]);
    run.keys("D").shows(&["[ No ]"]);
    run.keys("<Enter>").lacks(&["[ No ]"]);
    assert!(exists(&office, &id));
    assert_eq!(deletes(&office), 0);

    run.keys("D s <Enter>");
    run.shows(&["Eliminado", "Facturas · 90 de 90"])
        .lacks(&[&format!("b{id}")]);
    assert!(!exists(&office, &id));
    assert_eq!(deletes(&office), 1);
    run.keys("/").types("1160").lacks(&[&format!("b{id}")]);
}

#[test]
fn a_held_key_and_a_click_delete_nothing() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("D");
    run.click("Sí");
    run.still_hold("<Enter>", 5);
    assert!(exists(&office, &id));
    assert_eq!(deletes(&office), 0);
}

#[test]
fn a_delete_whose_answer_is_lost_is_found_by_reading_and_never_sent_again() {
    for fault in [
        json!({"when": "after", "do": "drop"}),
        json!({"when": "after", "do": "hang"}),
        json!({"when": "after", "do": "status", "status": 500}),
        json!({"when": "body", "do": "status", "body": "<html>502</html>"}),
    ] {
        println!("{fault}");
        let (office, id, mut run) = answered_badly(fault);
        run.pass(&office, Duration::from_secs(3));
        run.shows(&["Eliminado"]);
        assert!(!exists(&office, &id));
        assert_eq!(deletes(&office), 1);
        run.keys("<Esc> <Esc> <Esc> g f").shows(&["90 de 90"]);
    }
}

#[test]
fn a_delete_that_never_arrived_is_barred_until_a_late_reading_finds_the_record() {
    let (office, id, mut run) = answered_badly(json!({"when": "before", "do": "drop"}));
    run.keys("D")
        .shows(&["Resultado por verificar: no timbrar ni editar hasta saberlo."]);
    run.pass(&office, Duration::from_secs(50));
    run.keys("D").shows(&["Resultado por verificar"]);
    assert_eq!(deletes(&office), 1);
    run.pass(&office, Duration::from_secs(50));
    run.shows(&["sigue en Alegra"]);
    assert!(exists(&office, &id));
    office.clear_faults();
    run.keys("D s <Enter>").shows(&["Eliminado"]);
    assert!(!exists(&office, &id));
    assert_eq!(deletes(&office), 2);
}

#[test]
fn a_program_that_died_after_sending_a_delete_settles_it_at_its_next_start() {
    let (office, id, run) = answered_badly(json!({"when": "after", "do": "hang"}));
    run.kill();
    office.clear_faults();
    let mut run = office.run();
    run.keys("g f")
        .shows(&["90 de 90"])
        .lacks(&[&format!("b{id}")]);
    assert_eq!(deletes(&office), 1);
    assert!(run.model().unsettled().is_empty());
}

fn answered_badly(mut fault: Value) -> (Office, String, crate::harness::Run) {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&id).keys("D s");
    let fields = fault.as_object_mut().expect("a fault");
    fields.insert("method".into(), "DELETE".into());
    fields.insert("path".into(), path(&id).into());
    office.fault(fault);
    run.keys("<Enter>");
    (office, id, run)
}

#[test]
fn what_cannot_be_deleted_says_why() {
    let office = Office::open();
    let mut run = office.run();
    let stamped = office.some_stamped();
    run.open(stamped["id"].as_str().expect("an id"))
        .keys("D")
        .shows(&["Tiene folio fiscal: no se elimina"]);
    run.keys("g a D")
        .shows(&["Alegra no permite eliminar cuentas contables"]);
    run.keys("g w D").shows(&["La empresa no se elimina"]);
    let mut run = office.run_as(Manner {
        read_only: true,
        ..Manner::default()
    });
    run.keys("g c D").shows(&["sólo lectura"]);
    assert_eq!(deletes(&office), 0);
}

#[test]
fn what_the_server_refuses_to_delete_stays_with_its_reason() {
    let office = Office::open();
    let mut run = office.run();
    // A customer with documents.
    run.keys("g c f").types("xenon industrial").keys("<Enter>");
    office.fault(json!({
        "method": "DELETE", "path": "/accounting/customers/1", "do": "status", "status": 400,
        "when": "before", "body": {"code": 905, "message": "El cliente tiene documentos"},
    }));
    run.keys("D s <Enter>")
        .shows(&["No se eliminó XENON", "El cliente tiene documentos"]);
    assert_eq!(
        office.ask(Method::GET, "/accounting/customers/1", None).0,
        200
    );
    assert_eq!(deletes(&office), 1);
}
