//! Law 1: at most one folio per document, whatever becomes of the answer.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use timbra::domain::intent::{Progress, READ_BACKS};
use timbra::domain::kind::Kind;
use timbra::sandbox::Idempotency;

use crate::harness::{Manner, Office, Run, good_draft};

const BARRED: &str = "Resultado por verificar: no timbrar ni editar hasta saberlo.";

/// A fault at the request that stamps.
fn at_the_stamp(mut fault: Value) -> Value {
    let fields = fault.as_object_mut().expect("a fault");
    fields.insert("method".into(), "POST".into());
    fields.insert("path".into(), "/invoices/*/open".into());
    fault
}

/// A draft, a fault at its stamp, and the program with its card after a yes.
fn answered_badly(fault: Value) -> (Office, String, Run) {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&id).keys("T s");
    office.fault(at_the_stamp(fault));
    run.keys("<Enter>");
    (office, id, run)
}

/// Neither T nor e does anything but say why.
fn is_barred(run: &mut Run) {
    run.keys("<Esc>").shows(&["? POR VERIFICAR"]);
    run.keys("T").shows(&[BARRED]).keys("e").shows(&[BARRED]);
}

pub fn seconds(place: usize) -> Duration {
    let after = READ_BACKS.get(place).expect("a read-back");
    Duration::try_from(*after).expect("a length of time")
}

#[test]
fn a_stamp_whose_answer_is_lost_is_found_by_reading_and_never_sent_again() {
    let html = "<html><body>502 Bad Gateway</body></html>";
    for fault in [
        json!({"when": "after", "do": "drop"}),
        json!({"when": "after", "do": "cut"}),
        json!({"when": "after", "do": "hang"}),
        json!({"when": "body", "do": "hang"}),
        json!({"when": "body", "do": "status", "body": html}),
        json!({"when": "body", "do": "status", "body": ""}),
        json!({"when": "body", "do": "status", "body": {}}),
        json!({"when": "after", "do": "status", "status": 500}),
        json!({"when": "after", "do": "status", "status": 502, "body": html}),
        json!({"when": "after", "do": "status", "status": 504, "body": ""}),
        json!({"when": "after", "do": "status", "status": 429, "retry_after": "1"}),
        json!({"when": "after", "do": "status", "status": 408}),
        json!({"when": "after", "do": "status", "status": 400, "body": {"code": 3051, "message": "no"}}),
    ] {
        println!("{fault}");
        let refused = fault["status"] == 400;
        let (office, id, mut run) = answered_badly(fault);
        assert_eq!(office.stamp_requests(&id), 1);
        let uuid = office.uuid(&id);
        if !refused {
            run.shows(&["No llegó respuesta clara. Puede estar timbrada."]);
            is_barred(&mut run);
            run.pass(&office, seconds(0));
        }
        run.shows(&[&uuid])
            .keys("<Esc> <Esc>")
            .open(&id)
            .shows(&["◆ TIMBRADA", &uuid]);
        run.keys("T").shows(&["Ya está timbrada."]);
        for _ in READ_BACKS {
            run.pass(&office, Duration::from_secs(60));
        }
        assert_eq!(office.stamp_requests(&id), 1);
        assert_eq!(office.document(&id)["stamps"], 1);
    }
}

#[test]
fn a_stamp_that_was_never_done_is_released_after_the_last_read_and_not_sooner() {
    for fault in [
        json!({"when": "before", "do": "drop"}),
        json!({"when": "before", "do": "status", "status": 500}),
        json!({"when": "before", "do": "status", "status": 502, "body": "<html>"}),
        json!({"when": "before", "do": "status", "status": 429, "retry_after": "1"}),
    ] {
        println!("{fault}");
        let (office, id, mut run) = answered_badly(fault);
        is_barred(&mut run);
        let mut passed = Duration::ZERO;
        for (place, _) in READ_BACKS.iter().enumerate() {
            let before = office.reads(&id);
            let due = seconds(place);
            run.pass(&office, due - passed - Duration::from_millis(1));
            assert_eq!(office.reads(&id), before, "nothing is read before {due:?}");
            run.keys("T").shows(&[BARRED]);
            run.pass(&office, Duration::from_millis(1));
            assert!(office.reads(&id) > before, "read at {due:?}");
            passed = due;
        }
        run.shows(&["◇ SIN TIMBRAR"]).keys("T s <Enter>");
        run.shows(&["Timbrada.", &office.uuid(&id)]);
        assert_eq!(office.stamp_requests(&id), 2);
    }
}

#[test]
fn an_act_that_is_done_long_after_its_answer_was_lost_is_still_one_folio() {
    let (office, id, mut run) =
        answered_badly(json!({"when": "late", "do": "drop", "delay_ms": 50_000}));
    assert_eq!(office.document(&id)["stamps"], 0);
    is_barred(&mut run);
    for due in [2, 3, 5, 10, 25] {
        run.pass(&office, Duration::from_secs(due));
        run.keys("T").shows(&[BARRED]);
    }
    assert_eq!(office.document(&id)["stamps"], 0);
    run.pass(&office, Duration::from_secs(50));
    run.shows(&[&office.uuid(&id), "◆ TIMBRADA"]);
    // The log has it twice: when it came, without an answer, and when it was done.
    assert_eq!(office.stamp_requests(&id), 2);
}

#[test]
fn looking_now_reads_at_once_and_does_not_release_early() {
    let (office, id, mut run) = answered_badly(json!({"when": "before", "do": "drop"}));
    for _ in 0..3 {
        let before = office.reads(&id);
        run.keys("v");
        assert_eq!(office.reads(&id), before + 1);
        run.shows(&["Puede estar timbrada"]);
    }
    is_barred(&mut run);
    office.stamp_elsewhere(&id);
    run.keys("v").shows(&[&office.uuid(&id)]);
}

#[test]
fn a_program_killed_between_sending_and_answer_finds_the_stamp_when_it_starts_again() {
    let office = Office::open();
    let id = office.create(good_draft());
    let folios = office.folios();
    office.fault(at_the_stamp(json!({"when": "after", "do": "hang"})));
    let mut run = office.run();
    run.open(&id).keys("T s").press("<Enter>");
    office.until(|state| state["folios_used"] == folios + 1);
    run.kill();
    let uuid = office.uuid(&id);
    let mut run = office.run();
    run.shows(&[&uuid]);
    run.open(&id).shows(&["◆ TIMBRADA", &uuid]);
    assert_eq!(office.stamp_requests(&id), 1);
    assert_eq!(office.folios(), folios + 1);
}

#[test]
fn a_program_killed_before_the_server_heard_it_waits_out_the_limit_and_releases() {
    let office = Office::open();
    let id = office.create(good_draft());
    office.fault(at_the_stamp(json!({"when": "before", "do": "hang"})));
    let mut run = office.run();
    run.open(&id).keys("T s").press("<Enter>");
    office.until(|state| {
        let requests = state["requests"].as_array().expect("requests");
        requests.iter().any(|request| {
            request["native"]
                .as_str()
                .is_some_and(|native| native.ends_with("/open"))
        })
    });
    run.kill();
    for _ in 0..2 {
        let mut run = office.run();
        run.shows(&["Resultado por verificar", "? POR VERIFICAR"]);
        run.open(&id).keys("T").shows(&[BARRED]);
        run.kill();
    }
    let mut run = office.run();
    run.pass(&office, Duration::from_secs(95));
    run.keys("g h").lacks(&["Resultado por verificar"]);
    run.open(&id)
        .keys("T s <Enter>")
        .shows(&[&office.uuid(&id)]);
    assert_eq!(office.stamp_requests(&id), 2);
}

#[test]
fn two_windows_send_one_request() {
    let office = Office::open();
    let id = office.create(good_draft());
    let manner = Manner::default().hasty();
    let mut one = office.run_as(manner);
    let mut other = office.run_as(manner);
    one.open(&id).keys("T s");
    other.open(&id).keys("T s");
    office.fault(at_the_stamp(json!({"when": "before", "do": "drop"})));
    one.keys("<Enter>").shows(&["Puede estar timbrada"]);
    other.keys("<Enter>");
    assert_eq!(office.stamp_requests(&id), 1);
    other.lacks(&["Timbrada."]);
}

#[test]
fn quitting_with_a_request_on_its_way_asks_first() {
    let office = Office::open();
    let id = office.create(good_draft());
    office.fault(at_the_stamp(json!({"when": "after", "do": "hang"})));
    let mut run = office.run_as(Manner::default());
    run.open(&id).keys("T s").press("<Enter>");
    office.until(|state| {
        let documents = state["documents"].as_array().expect("documents");
        documents
            .iter()
            .any(|document| document["id"] == *id && document["stamps"] == 1)
    });
    run.press("<C-q>").shows(&["¿Salir?", "[ No ]"]);
    run.press("<Enter>").lacks(&["¿Salir?"]);
    run.quits("<C-q> <Tab> <Enter>");
    let uuid = office.uuid(&id);
    office.run().shows(&[&uuid]);
}

/// A new invoice whose answer was lost, and one just like it that a colleague made at the same time.
pub fn two_alike() -> (Office, Run, u64) {
    let office = Office::with(|options| options.idempotency = Idempotency::Ignore);
    let mut run = office.run();
    run.keys("g f n");
    crate::editing::fill_in(&mut run);
    office.fault(json!({
        "method": "POST", "path": "/accounting/invoices", "when": "after", "do": "drop",
    }));
    run.keys("<F8>").shows(&["Puede estar guardada"]);
    office.create(good_draft());
    let count = invoices(&office);
    (office, run, count)
}

fn invoices(office: &Office) -> u64 {
    office.state()["invoices"].as_u64().expect("a number")
}

#[test]
fn where_two_invoices_could_be_the_one_a_person_decides_and_not_before_the_limit() {
    let (office, mut run, count) = two_alike();
    run.pass(&office, seconds(0)).keys("<C-r>");
    run.shows(&["Nada que decidir", "Puede estar guardada"]);
    run.pass(&office, seconds(5) - seconds(0));
    run.shows(&["F2 decidir"]).keys("<F2>").shows(&[
        "Lo que se envió",
        "encuentra más de un",
        "▶ Todavía no",
        "03/06/2026 · $1,160.00 · XENON INDUSTRIAL",
        "Ninguno es el mío",
    ]);
    // Enter again and again decides nothing.
    run.keys("<Enter>").shows(&["Puede estar guardada"]);
    run.keys("<F2> <Down> <Enter>")
        .shows(&["Decidido: es el registro", "◇ SIN TIMBRAR"]);
    run.keys("g h")
        .lacks(&["por verificar", "Captura sin terminar"]);
    assert_eq!(invoices(&office), count);
    run.kill();
    office
        .run()
        .lacks(&["por verificar", "Captura sin terminar"]);
}

#[test]
fn an_invoice_that_a_person_says_is_not_there_may_be_saved_again() {
    let (office, mut run, count) = two_alike();
    run.pass(&office, seconds(5));
    run.keys("<Esc> s <Enter> g h")
        .shows(&["decidir"])
        .keys("<Home> <Enter>");
    run.shows(&["Ninguno es el mío"])
        .keys("<Down> <Down> <Down> <Enter>");
    run.shows(&["no se hizo"]);
    assert_eq!(invoices(&office), count);
    run.keys("<Home> <Enter>")
        .shows(&["Nueva factura"])
        .keys("<F8>");
    run.shows(&["Guardado como borrador"]);
    assert_eq!(invoices(&office), count + 1);
}

#[test]
fn one_record_is_never_taken_for_what_two_equal_creates_made() {
    let office = Office::with(|options| options.idempotency = Idempotency::Ignore);
    let before = invoices(&office);
    let mut run = office.run();
    for when in ["before", "after"] {
        run.keys("g f n");
        crate::editing::fill_in(&mut run);
        office.fault(json!({
            "method": "POST", "path": "/accounting/invoices", "when": when, "do": "drop",
        }));
        run.keys("<F8>").shows(&["Puede estar guardada"]);
        run.keys("<Esc> s <Enter>");
    }
    assert_eq!(invoices(&office), before + 1);
    run.pass(&office, seconds(4)).keys("g h");
    let open = |run: &Run| run.model().unsettled().len();
    assert_eq!(open(&run), 2, "either could have made it");
    run.pass(&office, seconds(5) - seconds(4));
    assert_eq!(open(&run), 2);
    // What a person gave to one cannot be given to the other, and of that nothing is left to be found.
    run.keys("<Home> <Enter>")
        .shows(&["▶ Todavía no"])
        .keys("<Down> <Enter>");
    run.shows(&["Decidido: es el registro"]).keys("g h");
    assert_eq!(open(&run), 1);
    run.keys("<Home> <Enter>")
        .shows(&["▶ Todavía no"])
        .keys("<Down> <Enter>");
    run.lacks(&["Decidido: es el registro"]).keys("g h");
    assert_eq!(open(&run), 0);
    let released = run
        .model()
        .intents
        .values()
        .filter(|intent| intent.progress == Progress::Released)
        .count();
    assert_eq!(released, 1);
    assert_eq!(run.model().unfinished.len(), 1);
    assert_eq!(invoices(&office), before + 1);
}

#[test]
fn a_document_that_is_gone_after_an_unclear_stamp_stays_open_until_a_person_decides() {
    let (office, id, mut run) = answered_badly(json!({"when": "before", "do": "drop"}));
    office.done(Method::DELETE, &format!("/accounting/invoices/{id}"), None);
    run.pass(&office, seconds(2))
        .keys("R")
        .shows(&["Nada que decidir"]);
    run.pass(&office, seconds(5) - seconds(2));
    run.keys("<Esc> g h")
        .shows(&["Resultado por verificar", "decidir"]);
    run.keys("<Home> <Enter>")
        .shows(&["el documento ya no está en Alegra", "▶ Todavía no"]);
    run.keys("<Down> <Enter>")
        .shows(&["Decidido"])
        .lacks(&["Resultado por verificar"]);
    assert_eq!(office.stamp_requests(&id), 1);
}

#[test]
fn what_may_be_stamped_by_now_is_not_counted_as_unstamped() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&id);
    let drafts = |run: &Run| {
        let model = run.model();
        let overview = model.overview.value().expect("the numbers");
        let unstamped = overview.unstamped_of(Kind::Invoices);
        (unstamped.drafts, unstamped.readiness.unstamped())
    };
    let before = drafts(&run);
    run.keys("T s");
    office.fault(at_the_stamp(json!({"when": "before", "do": "drop"})));
    run.keys("<Enter>")
        .shows(&["Aún no se ha leído de nuevo."])
        .keys("<Esc> g h");
    assert_eq!(drafts(&run), (before.0 - 1, before.1 - 1));
    run.pass(&office, seconds(5)).keys("g f g h");
    assert_eq!(
        drafts(&run),
        before,
        "released, it is unstamped for certain"
    );
}

#[test]
fn the_window_that_came_second_follows_what_the_first_one_sent() {
    let office = Office::open();
    let id = office.create(good_draft());
    let manner = Manner::default().hasty();
    let mut one = office.run_as(manner);
    let mut other = office.run_as(manner);
    one.open(&id).keys("T s");
    other.open(&id).keys("T s");
    office.fault(at_the_stamp(json!({"when": "before", "do": "drop"})));
    one.keys("<Enter>").shows(&["Puede estar timbrada"]);
    other
        .keys("<Enter>")
        .shows(&["Otra ventana"])
        .keys("<Esc>")
        .shows(&["? POR VERIFICAR"])
        .keys("T")
        .shows(&[BARRED]);
}
