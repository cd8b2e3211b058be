//! Without a connection: what was read is at hand, what is written waits for a key, and nothing that stamps is queued.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::editing::fill_in;
use crate::harness::{Manner, Office, Run, good_draft};

/// How many records of a resource the sandbox was ever asked to make. A request whose idempotency key was refused was
/// none (contract A.6).
fn posts(office: &Office, resource: &str) -> usize {
    let path = format!("/accounting/{resource}");
    office.requests(|request| {
        request["method"] == "POST" && request["path"] == path && request["status"] != 400
    })
}

fn invoices(office: &Office) -> u64 {
    office.state()["invoices"].as_u64().expect("a number")
}

/// The connection is back and noticed, though nobody pressed a key.
fn back(office: &mut Office, run: &mut Run) {
    office.reopen();
    run.pass(office, Duration::from_secs(30))
        .lacks(&["sin conexión"]);
}

#[test]
fn an_invoice_written_offline_waits_through_a_kill_and_is_sent_once_by_a_key() {
    let mut office = Office::open();
    let mut run = office.run();
    run.keys("g f n");
    fill_in(&mut run);
    let before = invoices(&office);
    office.close();
    run.keys("<F8>").shows(&[
        "No se envió: no hay conexión con el servidor.",
        "F8 la envía. Nada sale solo.",
    ]);
    run.keys("<Esc>").lacks(&["¿Descartar"]);
    run.keys("g h")
        .shows(&["Nueva factura · XENON", "espera conexión"]);
    run.kill();

    // Another run, still without a connection.
    let mut run = office.run();
    run.shows(&["sin conexión", "Nueva factura · XENON", "espera conexión"]);
    run.keys("g m").shows(&["Nueva factura", "XENON"]);
    run.keys("<F8>").shows(&["No se envió: no hay conexión"]);
    run.keys("<Esc> g h").shows(&["espera conexión"]);

    back(&mut office, &mut run);
    run.shows(&["1 captura espera a enviarse: g m la abre, F8 la envía."]);
    assert_eq!(invoices(&office), before, "nothing leaves by itself");
    run.keys("g h").shows(&["por enviar"]);
    run.keys("g m").shows(&["F8 la envía"]);
    run.keys("<F8>").shows(&["◇ SIN TIMBRAR"]);
    assert_eq!(invoices(&office), before + 1);
    assert_eq!(posts(&office, "invoices"), 1);
    run.keys("g h").lacks(&["por enviar", "espera conexión"]);
    run.keys("g m")
        .shows(&["Ninguna captura espera a enviarse."]);
    assert_eq!(posts(&office, "invoices"), 1);
}

#[test]
fn forms_of_all_sorts_wait_and_are_gone_through_by_one_key() {
    let mut office = Office::open();
    let mut run = office.run();
    // What pickers choose from has to be read already.
    run.keys("g c").keys("g a").keys("g h");
    let draft = office.create(good_draft());
    run.keys("g f r").open(&draft).keys("g h");
    office.close();
    run.keys("g c n").types("TALLER DEL SUR");
    run.keys("<F8>").shows(&["No se envió"]).keys("<Esc>");
    run.keys("g j n").types("15/06").keys("<F8>");
    // A póliza that does not balance does not wait: it is not finished.
    run.lacks(&["No se envió: no hay conexión"]);
    run.keys("<Esc> <Tab> <Enter>");
    run.open(&draft).keys("e").shows(&["Editar"]);
    run.keys("<Tab> <C-u>").types("30/06/2026");
    run.keys("<F8>").shows(&["No se envió"]).keys("<Esc>");
    run.keys("g h").shows(&["Nuevo cliente · TALLER DEL SUR"]);
    let waiting = run.screen().matches("espera conexión").count();
    assert_eq!(waiting, 2, "{}", run.screen());

    back(&mut office, &mut run);
    run.shows(&["2 capturas esperan a enviarse: g m abre la siguiente"]);
    run.keys("g h");
    run.shows(&["g m enviar lo que espera"]);
    run.keys("g m <F8>").keys("g m <F8>");
    run.keys("g h")
        .lacks(&["por enviar", "enviar lo que espera"]);
    assert_eq!(posts(&office, "customers"), 1);
    let customers = office.done(
        Method::GET,
        "/accounting/customers?limit=30&sort[by]=created_at&sort[direction]=desc",
        None,
    );
    assert!(customers.to_string().contains("TALLER DEL SUR"));
    let patched = format!("/accounting/invoices/{draft}");
    let patches =
        office.requests(|request| request["method"] == "PATCH" && request["path"] == patched);
    assert_eq!(patches, 1);
}

#[test]
fn what_waits_is_discarded_on_home_and_only_after_a_yes() {
    let mut office = Office::open();
    let mut run = office.run();
    run.keys("g h D")
        .shows(&["primero elegir una"])
        .lacks(&["¿Descartarlo?"]);
    office.close();
    run.keys("g c n").types("SOBRA").keys("<F8> <Esc> g h");
    run.shows(&["Nuevo cliente · SOBRA", "espera conexión"]);
    run.keys("<Home> D").shows(&["¿Descartarlo?", "[ No ]"]);
    run.keys("<Enter>").shows(&["Nuevo cliente · SOBRA"]);
    run.keys("D <Tab> <Enter>")
        .lacks(&["SOBRA", "espera conexión"]);
    run.kill();
    let mut run = office.run();
    run.lacks(&["SOBRA", "espera conexión"]);
    back(&mut office, &mut run);
    assert_eq!(posts(&office, "customers"), 0);
}

#[test]
fn nothing_that_stamps_cancels_or_deletes_is_queued_while_there_is_no_connection() {
    let mut office = Office::open();
    let id = office.create(good_draft());
    let stamped = office.some_stamped();
    let stamped = stamped["id"].as_str().expect("an id").to_owned();
    let folios = office.folios();
    let mut run = office.run_as(Manner::default().hasty());
    run.open(&stamped).open(&id);
    office.close();
    run.keys("r").shows(&["sin conexión"]);
    // One, several, a cancellation, a delete, and a new one saved and stamped at once.
    run.keys("T").shows(&["No se pudo leer"]).keys("s <Enter>");
    run.keys("<Esc> <Esc> g f <Space> j <Space> T");
    run.keys("2 s <Enter> <Esc> <Esc>");
    run.open(&stamped).keys("X").keys("2 <Tab> <Enter>");
    run.keys("<Esc> <Esc> <Esc>");
    run.open(&id).keys("D <Tab> <Enter>");
    run.shows(&["no hay conexión con el servidor"]);
    run.keys("<Esc> g f n");
    fill_in(&mut run);
    run.keys("<F12>").keys("s <Enter> <Esc>");
    run.keys("<Esc> <Tab> <Enter> g h");
    run.lacks(&["espera conexión", "Resultado por verificar"]);
    run.kill();
    let mut run = office.run();
    run.lacks(&["espera conexión", "Resultado por verificar"]);
    back(&mut office, &mut run);
    run.pass(&office, Duration::from_secs(600));
    assert_eq!(office.folios(), folios);
    assert_eq!(office.document(&id)["stamps"], 0);
    let acts = office.requests(|request| {
        request["method"] == "DELETE"
            || request["native"].as_str().is_some_and(|native| {
                native.ends_with("/open")
                    || native.ends_with("/void")
                    || native.ends_with("/invoices/stamp")
            })
    });
    assert_eq!(acts, 0);
}

#[test]
fn what_was_read_is_read_searched_and_marked_with_its_age_without_a_server() {
    let mut office = Office::open();
    office.run().keys("g f").shows(&["90 de 90"]);
    office.close();
    // Another hour, so that the age is that of the reading.
    office.advance(Duration::from_secs(2 * 3600));
    let mut run = office.run();
    run.shows(&["sin conexión", "EKU9003173C9"]);
    for list in ["g f", "g c", "g p", "g i", "g b", "g a"] {
        run.keys(list)
            .shows(&["⚠ sin conexión · datos de las 10:"])
            .lacks(&["No hay registros"]);
    }
    run.keys("g f <Enter>").shows(&["⚠ sin conexión"]);
    run.keys("g h /").types("xenon");
    run.shows(&["XENON INDUSTRIAL ARTICLES"]);
    run.keys("<Enter>").shows(&["XENON INDUSTRIAL ARTICLES"]);
}

#[test]
fn a_form_that_was_left_while_it_was_being_sent_waits_too_where_nothing_left() {
    let mut office = Office::open();
    let mut run = office.run();
    run.keys("g c n").types("TALLER DEL SUR");
    // Whoever asks before a create gets no answer, and then nobody is there.
    office.fault(json!({"path": "/accounting/customers", "method": "GET", "nth": 0, "do": "hang"}));
    run.press("<F8> <Esc> <Tab> <Enter>");
    office.close();
    run.settle();
    run.keys("g h")
        .shows(&["TALLER DEL SUR", "espera conexión"]);
    back(&mut office, &mut run);
    run.keys("g m <F8>").shows(&["TALLER DEL SUR"]);
    assert_eq!(posts(&office, "customers"), 1);
}

#[test]
fn a_form_that_waits_says_so_in_english_too() {
    let mut office = Office::open();
    let mut run = office.run();
    office.close();
    run.keys("g c n").types("WORKSHOP").keys("<F9> <F8>");
    run.shows(&["Not sent: there is no connection", "F8 sends it."]);
    run.keys("<Esc> g h").shows(&["waits for a connection"]);
}
