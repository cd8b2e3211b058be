//! Stamping many: one folio for each document, whatever becomes of the chunks they leave in.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use timbra::domain::intent::READ_BACKS;

use crate::harness::{Manner, Office, Run, good_draft};
use crate::law_one::seconds;

/// So many drafts that stamp well.
fn drafts(office: &Office, count: usize) -> Vec<String> {
    (0..count).map(|_| office.create(good_draft())).collect()
}

/// The newest of the list are marked, and the dialog is open.
fn marked(run: &mut Run, count: usize) {
    run.keys("g f");
    for _ in 0..count {
        run.keys("<Space>");
    }
    run.keys("T");
}

/// Requests of a stamp in bulk, answered or not.
fn chunks(office: &Office) -> usize {
    office.requests(|request| {
        request["method"] == "POST"
            && request["native"]
                .as_str()
                .is_some_and(|native| native.ends_with("/invoices/stamp"))
    })
}

#[test]
fn f_1_27_marked_drafts_are_stamped_together_and_each_shows_its_folio_fiscal() {
    let office = Office::open();
    let ids = drafts(&office, 3);
    let folios = office.folios();
    let mut run = office.run();
    marked(&mut run, 3);
    run.shows(&[
        "ESCUELA KEMPER URGATE · EKU9003173C9",
        "3 listas",
        "$3,480.00 MXN",
        "Folios gastados por este programa: 0 hoy, 0 este mes.",
        "Se gastan 3 folios fiscales. No se puede deshacer.",
        "Escribir 3",
        "[ No ]",
    ]);
    run.keys("3 s").shows(&["[ Sí, timbrar todas ]"]);
    assert_eq!(chunks(&office), 0);
    run.keys("<Enter>").shows(&["3 timbradas", "Terminado."]);
    for id in &ids {
        let uuid = office.uuid(id);
        run.shows(&[&uuid[28..]]);
    }
    assert_eq!(office.folios(), folios + 3);
    assert_eq!(chunks(&office), 1);
    run.keys("<Esc>")
        .lacks(&["marcadas", "BORRADOR   ◆"])
        .keys("<Home> T")
        .shows(&["Ya está timbrada."]);
}

/// A dialog with so many good drafts, the number typed and Yes selected.
fn ready(count: usize, manner: Manner) -> (Office, Vec<String>, Run) {
    let office = Office::open();
    let ids = drafts(&office, count);
    let mut run = office.run_as(manner);
    marked(&mut run, count);
    run.types(&count.to_string()).keys("s");
    run.shows(&["[ Sí, timbrar todas ]"]);
    (office, ids, run)
}

/// A fault at the request that stamps a chunk.
fn at_the_chunk(mut fault: Value) -> Value {
    let fields = fault.as_object_mut().expect("a fault");
    fields.insert("method".into(), "POST".into());
    fields.insert("path".into(), "/invoices/stamp".into());
    fault
}

/// How many of these were stamped; none of them more than once.
fn stamped(office: &Office, ids: &[String]) -> usize {
    let state = office.state();
    let documents = state["documents"].as_array().expect("documents");
    let stamps = documents
        .iter()
        .filter(|document| ids.iter().any(|id| document["id"] == **id))
        .map(|document| document["stamps"].as_u64().expect("a number"));
    stamps
        .map(|stamps| {
            assert!(stamps <= 1, "a document was stamped twice");
            usize::try_from(stamps).expect("a number")
        })
        .sum()
}

fn nothing_was_sent(office: &Office, ids: &[String]) {
    assert_eq!(chunks(office), 0);
    assert_eq!(stamped(office, ids), 0);
}

#[test]
fn twenty_five_documents_leave_in_three_chunks_the_oldest_first() {
    let office = Office::open();
    let folios = office.folios();
    let mut ids = Vec::new();
    for place in 0..25 {
        let mut draft = good_draft();
        // Made in an order that is not the one in which their time runs out.
        draft["invoice_date"] = json!(["2026-06-03", "2026-06-01", "2026-06-02"][place % 3]);
        ids.push(office.create(draft));
    }
    let mut run = office.run();
    run.keys("g h u f xenon <Tab> a T").shows(&["listas"]);
    let rows = |run: &Run| -> Vec<String> {
        let batch = run.model().batch.expect("a batch").batch;
        let ours = batch.rows().iter().map(|row| row.id.as_str().to_owned());
        ours.filter(|id| ids.contains(id)).collect()
    };
    let order = rows(&run);
    let day = |id: &String| {
        let place = ids.iter().position(|one| one == id).expect("one of ours");
        [3, 1, 2][place % 3]
    };
    assert_eq!(order.len(), 25);
    assert!(order.is_sorted_by_key(day), "{order:?}");
    let ready = run.model().batch.expect("a batch").batch.tally().ready;
    run.types(&ready.to_string()).keys("s <Enter>");
    run.shows(&[&format!("{ready} timbradas"), "Terminado."]);
    assert_eq!(stamped(&office, &ids), 25);
    assert_eq!(office.folios(), folios + ready as u64);
    assert_eq!(chunks(&office), ready.div_ceil(10));
    // The server numbers what it stamps: the older one has the lower folio.
    let serial = |id: &String| {
        let number = office.record("invoices", id)["number"].clone();
        let number = number.as_str().expect("a folio").to_owned();
        let (_, digits) = number.split_once('-').expect("a serie");
        digits.parse::<u32>().expect("a number")
    };
    assert!(order.is_sorted_by_key(serial));
}

#[test]
fn one_that_is_refused_does_not_keep_its_chunk_back_and_opens_at_the_field_at_fault() {
    let office = Office::open();
    let ids = drafts(&office, 2);
    let refused = office.draft_of("JIMENA MUÑOZ ÁVILA");
    let mut run = office.run();
    run.select(&refused).keys("<Space>");
    for id in &ids {
        run.select_only(id).keys("<Space>");
    }
    run.keys("T 3 s <Enter>").shows(&[
        "2 timbradas · 1 rechazada",
        "✖ 3051 CFDI40157",
        "[ Corregir ]",
    ]);
    assert_eq!(stamped(&office, &ids), 2);
    assert_eq!(chunks(&office), 1);
    run.keys("<Enter>").shows(&["Editar factura", "CFDI40157"]);
    run.keys("<F3>").types("626").keys("<Enter> <F8>");
    run.shows(&["Cambios guardados."]);
    run.keys("<Tab>").shows(&["No hay más por corregir."]);
    run.keys("T").shows(&["1 lista"]).keys("1 s <Enter>");
    run.shows(&["1 timbrada"]);
    assert_eq!(stamped(&office, &[refused]), 1);
}

#[test]
fn a_chunk_that_is_refused_as_a_whole_is_read_back_divided_and_stamped() {
    let (office, ids, mut run) = ready(4, Manner::default());
    let no = json!({"code": 400, "message": "ids debe ser un arreglo"});
    office.fault(at_the_chunk(
        json!({"do": "status", "status": 400, "body": no}),
    ));
    run.keys("<Enter>").shows(&["4 timbradas", "Terminado."]);
    assert_eq!(stamped(&office, &ids), 4);
    assert_eq!(chunks(&office), 3, "four, then two halves");
    for id in &ids {
        assert!(office.reads(id) >= 2, "read back before it was tried again");
    }
}

#[test]
fn a_refusal_that_lies_is_found_out_by_the_reading() {
    let (office, ids, mut run) = ready(3, Manner::default());
    let no = json!({"code": 400, "message": "no"});
    office.fault(at_the_chunk(
        json!({"when": "after", "do": "status", "status": 400, "body": no}),
    ));
    run.keys("<Enter>").shows(&["3 timbradas", "Terminado."]);
    assert_eq!(stamped(&office, &ids), 3);
    assert_eq!(chunks(&office), 1);
}

#[test]
fn a_chunk_whose_answer_is_lost_is_found_by_reading_and_never_sent_again() {
    let html = "<html><body>502 Bad Gateway</body></html>";
    for fault in [
        json!({"when": "after", "do": "drop"}),
        json!({"when": "after", "do": "cut"}),
        json!({"when": "after", "do": "hang"}),
        json!({"when": "body", "do": "status", "body": html}),
        json!({"when": "after", "do": "status", "status": 500}),
        json!({"when": "after", "do": "status", "status": 504, "body": ""}),
        // Nothing is said of two of them.
        json!({"when": "after", "do": "status", "status": 200, "body": []}),
    ] {
        println!("{fault}");
        let (office, ids, mut run) = ready(3, Manner::default().hasty());
        office.fault(at_the_chunk(fault));
        run.keys("<Enter>")
            .shows(&["3 por verificar", "? por verificar"]);
        run.pass(&office, seconds(0)).shows(&["3 timbradas"]);
        for _ in READ_BACKS {
            run.pass(&office, Duration::from_secs(60));
        }
        assert_eq!(stamped(&office, &ids), 3);
        assert_eq!(chunks(&office), 1);
    }
}

#[test]
fn a_chunk_that_the_server_never_heard_is_released_and_not_sent_again_by_itself() {
    let (office, ids, mut run) = ready(3, Manner::default().hasty());
    office.fault(at_the_chunk(json!({"when": "before", "do": "drop"})));
    run.keys("<Enter>").shows(&["3 por verificar"]);
    for due in [2, 3, 5, 10, 25] {
        run.pass(&office, Duration::from_secs(due))
            .shows(&["3 por verificar"]);
    }
    run.pass(&office, Duration::from_secs(50))
        .shows(&["no se timbró (verificado)"]);
    assert_eq!(chunks(&office), 1);
    assert_eq!(stamped(&office, &ids), 0);
    run.keys("<Esc> T 3 s <Enter>").shows(&["3 timbradas"]);
    assert_eq!(stamped(&office, &ids), 3);
}

#[test]
fn a_429_in_the_middle_is_counted_down_and_the_rest_goes_on() {
    for when in ["before", "after"] {
        let manner = Manner::default();
        let (office, ids, mut run) = ready(12, manner);
        office.fault(at_the_chunk(json!({
            "when": when, "nth": 1, "do": "status", "status": 429, "retry_after": "20",
        })));
        run.keys("<Enter>")
            .shows(&["10 por verificar", "El servidor pide esperar"]);
        assert_eq!(chunks(&office), 1);
        run.pass(&office, Duration::from_secs(1));
        let others = ids.len() - 10;
        assert_eq!(chunks(&office), 2, "the second chunk goes on");
        run.pass(&office, Duration::from_secs(1));
        if when == "before" {
            run.shows(&["se verifica si hizo algo"]);
            assert_eq!(stamped(&office, &ids), others);
            for due in [3, 5, 10, 25, 50] {
                assert_eq!(chunks(&office), 2);
                run.pass(&office, Duration::from_secs(due));
            }
            assert_eq!(chunks(&office), 3);
        }
        run.shows(&["12 timbradas", "Terminado."]);
        assert_eq!(stamped(&office, &ids), 12);
    }
}

#[test]
fn credentials_that_are_refused_stop_the_batch() {
    for status in [401, 402] {
        let (office, ids, mut run) = ready(12, Manner::default());
        office.fault(at_the_chunk(json!({
            "do": "status", "status": status,
            "body": {"status_code": status, "type_name": "UnauthorizedError", "message": "no"},
        })));
        run.keys("<Enter>").shows(&["Detenido", "12 sin timbrar"]);
        assert_eq!(chunks(&office), 1);
        assert_eq!(stamped(&office, &ids), 0);
    }
}

#[test]
fn a_program_killed_inside_a_chunk_finds_all_of_it_when_it_starts_again() {
    let (office, ids, mut run) = ready(12, Manner::default());
    let folios = office.folios();
    office.fault(at_the_chunk(json!({"when": "after", "do": "hang"})));
    run.press("<Enter>");
    office.until(|state| state["folios_used"] == folios + 10);
    run.kill();
    let mut run = office.run();
    run.keys("g h").lacks(&["por verificar"]);
    run.keys("g f");
    assert_eq!(chunks(&office), 1);
    assert_eq!(stamped(&office, &ids), 10);
    for id in &ids {
        run.open(id);
        let stamp = office.document(id)["stamps"] == 1;
        run.shows(&[if stamp {
            "◆ TIMBRADA"
        } else {
            "◇ SIN TIMBRAR"
        }]);
    }
}

#[test]
fn a_program_killed_between_two_chunks_leaves_the_rest_unstamped() {
    let (office, ids, mut run) = ready(12, Manner::default());
    let folios = office.folios();
    // The second chunk is being looked at.
    office.fault(json!({
        "method": "GET", "path": format!("/accounting/invoices/{}", ids[11]), "nth": 2, "do": "hang",
    }));
    run.press("<Enter>");
    office.until(|state| state["folios_used"] == folios + 10);
    run.wait_for("10 timbradas");
    run.kill();
    office.clear_faults();
    let mut run = office.run();
    run.lacks(&["por verificar"]);
    for _ in READ_BACKS {
        run.pass(&office, Duration::from_secs(60));
    }
    assert_eq!(chunks(&office), 1);
    assert_eq!(stamped(&office, &ids), 10);
}

#[test]
fn what_a_colleague_stamped_or_changed_meanwhile_is_not_sent() {
    let (office, ids, mut run) = ready(4, Manner::default());
    office.stamp_elsewhere(&ids[0]);
    office.edit_elsewhere(&ids[1], json!({"paymentMethod": "cash"}));
    office.done(
        Method::DELETE,
        &format!("/accounting/invoices/{}", ids[2]),
        None,
    );
    run.keys("<Enter>").shows(&[
        "1 timbrada · 1 timbrada por alguien más · 1 cambió · 1 no lista",
        "◆ de alguien más",
        "▲ cambió: revisarla",
        "✖ ya no existe en Alegra",
    ]);
    assert_eq!(office.document(&ids[0])["stamps"], 1);
    assert_eq!(stamped(&office, &ids[1..2]), 0);
    assert_eq!(stamped(&office, &ids[3..]), 1);
    run.keys("<Enter>").shows(&["Efectivo"]);
}

#[test]
fn esc_lets_the_chunk_under_way_end_and_stops() {
    let (office, ids, mut run) = ready(25, Manner::default());
    office.fault(at_the_chunk(
        json!({"when": "after", "do": "hang", "delay_ms": 400}),
    ));
    run.press("<Enter>").wait_for("Timbrando…");
    // Keys answer meanwhile.
    run.press("<Down> <End> <Home>");
    run.press("<Esc>")
        .shows(&["Se detiene en cuanto se conteste"]);
    run.settle();
    run.shows(&["15 sin timbrar", "Detenido: no se envió nada más."]);
    run.pass(&office, Duration::from_secs(5))
        .shows(&["10 timbradas"]);
    assert_eq!(chunks(&office), 1);
    assert_eq!(stamped(&office, &ids), 10);
    run.keys("<Esc>").shows(&["15 marcadas"]);
}

#[test]
fn a_wrong_number_confirms_nothing() {
    let office = Office::open();
    let ids = drafts(&office, 3);
    let mut run = office.run();
    marked(&mut run, 3);
    for typed in ["2", "33", "0", "3.0"] {
        run.types(typed).keys("s").lacks(&["[ Sí, timbrar todas ]"]);
        run.keys("<Enter>").shows(&["Está elegido No", "[ No ]"]);
        for _ in typed.chars() {
            run.keys("<Backspace>");
        }
    }
    nothing_was_sent(&office, &ids);
    run.keys("3 <Enter> <Enter>").shows(&["[ No ]"]);
    nothing_was_sent(&office, &ids);
}

#[test]
fn no_batch_is_confirmed_by_a_paste_a_held_key_enter_again_and_again_or_the_mouse() {
    let office = Office::open();
    let ids = drafts(&office, 3);
    let mut run = office.run();
    marked(&mut run, 3);
    run.paste("3s\n")
        .shows(&["Aquí no se pega texto.", "[ No ]"]);
    run.still_hold("3", 9)
        .keys("s")
        .lacks(&["[ Sí, timbrar todas ]"]);
    run.keys("3").still_hold("s", 8).shows(&["[ No ]"]);
    run.keys("s").shows(&["[ Sí, timbrar todas ]"]);
    run.still_hold("<Enter>", 40)
        .shows(&["[ Sí, timbrar todas ]"]);
    run.click("Sí, timbrar").click("Enter aceptar");
    nothing_was_sent(&office, &ids);
    run.keys("<Esc>");
    run.keys("T <Enter> T <Enter> T <Enter>");
    run.still_hold("T", 40);
    nothing_was_sent(&office, &ids);
}

#[test]
fn other_books_close_the_dialog_and_send_nothing() {
    let mut office = Office::open();
    let ids = drafts(&office, 3);
    let mut run = office.run();
    run.keys("g f");
    // Without a connection the dialog still opens, by what was read before.
    office.close();
    run.keys("r <Space> <Space> <Space> T 3 s");
    run.shows(&["sin conexión", "[ Sí, timbrar todas ]"]);
    office.replace(8);
    run.pass(&office, Duration::from_secs(20));
    run.shows(&["otra empresa"]).lacks(&["Timbrar varias"]);
    run.keys("<Enter> s <Enter>");
    assert_eq!(chunks(&office), 0);
    assert!(run.model().batch.is_none());
    office.replace(7);
    nothing_was_sent(&office, &ids);
}

#[test]
fn credit_notes_are_stamped_one_by_one_and_it_says_why() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g n <Space> <Space> T")
        .shows(&["Alegra no tiene timbrado masivo"])
        .lacks(&["Timbrar varias"]);
}

#[test]
fn two_windows_send_each_document_once() {
    let office = Office::open();
    let ids = drafts(&office, 3);
    let manner = Manner::default().hasty();
    let (mut one, mut other) = (office.run_as(manner), office.run_as(manner));
    marked(&mut one, 3);
    marked(&mut other, 3);
    one.keys("3 s");
    other.keys("3 s");
    office.fault(at_the_chunk(json!({"when": "before", "do": "drop"})));
    one.keys("<Enter>").shows(&["3 por verificar"]);
    other.keys("<Enter>").shows(&["otra ventana la envía"]);
    assert_eq!(chunks(&office), 1);
    assert_eq!(stamped(&office, &ids), 0);
}

#[test]
fn what_another_window_stamped_since_it_was_read_here_is_not_sent() {
    let office = Office::open();
    let ids = drafts(&office, 3);
    let (mut one, mut other) = (office.run(), office.run());
    marked(&mut other, 3);
    other.keys("3 s");
    one.keys("g f j j T").shows(&["── Timbrar"]);
    // The other one has read the oldest and waits for the newest.
    let newest = format!("/accounting/invoices/{}", ids[2]);
    let asked = |state: &Value| {
        let requests = state["requests"].as_array().expect("requests");
        requests
            .iter()
            .filter(|request| request["path"] == newest.as_str())
            .count()
    };
    let before = asked(&office.state());
    office.fault(json!({"method": "GET", "path": newest, "do": "hang", "delay_ms": 4000}));
    other.press("<Enter>");
    office.until(|state| asked(state) > before);
    one.keys("s <Enter>").shows(&["Timbrada."]);
    other.settle().shows(&["otra ventana la envía"]);
    assert_eq!(stamped(&office, &ids), 3);
    assert_eq!(office.stamp_requests(&ids[0]), 1);
}

#[test]
fn quitting_while_a_batch_goes_on_asks_first() {
    let (office, _, mut run) = ready(12, Manner::default());
    office.fault(at_the_chunk(json!({"when": "after", "do": "hang"})));
    run.press("<Enter>").wait_for("Timbrando…");
    run.press("<C-q>").shows(&["¿Salir?", "[ No ]"]);
}

#[test]
fn what_is_not_ready_is_a_queue_that_one_key_goes_through() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g h u a T").shows(&["no listas: no se envían"]);
    let tally = run.model().batch.expect("a batch").batch.tally();
    run.types(&tally.ready.to_string()).keys("s <Enter>");
    run.shows(&["[ Corregir ]"]);
    let to_fix = |run: &Run| {
        let batch = run.model().batch.expect("a batch").batch;
        batch.rows().iter().filter(|row| row.is_to_fix()).count()
    };
    let count = to_fix(&run);
    assert!(count >= tally.not_ready);
    run.keys("<Enter>").shows(&["Editar"]);
    for _ in 1..count {
        run.keys("<Esc> <Tab>").shows(&["Editar"]);
    }
    run.keys("<Esc> <Tab>").shows(&["No hay más por corregir."]);
}
