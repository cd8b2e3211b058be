//! The audit log on screen: what was done, newest first, narrowed, opened whole, and led back to the document.

use timbra::domain::audit::AuditEntry;
use timbra::domain::intent::IntentId;
use timbra::store::durable::Durable;

use crate::harness::{Manner, Office, Run, good_draft};

/// An invoice that was stamped by the program.
fn stamped(office: &Office, run: &mut Run) -> String {
    let id = office.create(good_draft());
    run.keys("g f r <Home> T s <Enter>").shows(&["Timbrada."]);
    run.keys("<Esc>");
    id
}

#[test]
fn what_was_done_stands_on_a_page_of_its_own_the_newest_first() {
    let office = Office::open();
    let mut run = office.run();
    let id = stamped(&office, &mut run);
    let uuid = office.uuid(&id);
    run.keys("g t").shows(&[
        "Bitácora · 2 de 2",
        "cadena completa",
        "Timbrado: hecho",
        "Timbrado: se mandó",
        &uuid[28..],
    ]);
    let screen = run.screen();
    let (done, sent) = (screen.find("Timbrado: hecho"), screen.find("se mandó"));
    assert!(done < sent, "{screen}");
    run.keys("<Enter>").shows(&[
        "Asiento 2 · Timbrado: hecho",
        "usuario",
        "perfil",
        &uuid,
        "huella",
    ]);
    // Searched as one types, and any value copied.
    run.types("folio fiscal").keys("<Enter>");
    assert_eq!(run.copied(), std::slice::from_ref(&uuid));
    // The document opens by a key; Esc comes back to the page.
    run.keys("<C-o>").shows(&["Ventas › Facturas", "TIMBRADA"]);
    run.keys("<Esc>").shows(&["Bitácora · 2 de 2"]);
    run.keys("<Esc>").shows(&["Inicio"]);
}

#[test]
fn the_log_is_narrowed_by_words_days_and_documents() {
    let office = Office::open();
    let mut run = office.run();
    stamped(&office, &mut run);
    stamped(&office, &mut run);
    run.keys("g t").shows(&["Bitácora · 4 de 4"]);
    run.keys("f")
        .types("hecho")
        .shows(&["2 de 4"])
        .keys("<Tab>");
    run.shows(&["Bitácora › «hecho» · 2 de 4"]);
    run.lacks(&["Timbrado: se mandó"]);
    run.keys("f")
        .types(" 1999")
        .shows(&["0 de 4", "Ningún asiento dice eso."]);
    // Esc takes the narrowing away before it leaves the page.
    run.keys("<Esc>").shows(&["Bitácora · 4 de 4"]);
    run.keys("f").types("hoy").shows(&["4 de 4"]);
}

#[test]
fn an_invoice_shows_what_was_done_to_it_and_nothing_else() {
    let office = Office::open();
    let mut run = office.run();
    stamped(&office, &mut run);
    let id = stamped(&office, &mut run);
    let uuid = office.uuid(&id);
    run.keys("g f <Enter> t");
    run.shows(&["2 de 4", &uuid[28..]]);
    run.keys("f").types("se mando").shows(&["1 de 4"]);
    run.keys("<Esc> <Esc>").shows(&["Ventas › Facturas"]);
}

#[test]
fn a_record_shows_the_act_that_made_it_too() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g c n").types("ÑANDU DEL SUR");
    run.keys("<F8>").settle();
    run.keys("t")
        .shows(&["Creación: hecha", "Creación: se mandó", "2 de 2"]);
}

/// So many entries.
fn log_of(office: &Office, count: usize) {
    let path = office.folder().join("durable.db");
    let mut durable = Durable::open(&path).expect("a file");
    let company = durable
        .books_of(&office.connection().books())
        .expect("whose books");
    for n in 1..=count {
        let entry = AuditEntry {
            company: company.clone(),
            // Always the same moment, so that the hashes are, too.
            at: "2026-06-03T16:00:00Z".parse().expect("a moment"),
            event: "stamp-adopted".into(),
            intent: Some(IntentId(format!("act {n}"))),
            detail: format!(
                r#"{{"kind":"invoices","id":"{n}","number":"A-{n}","user":"ana","before":{{"contact":"XENON {n}"}}}}"#
            ),
        };
        durable.audit(&entry).expect("written");
    }
}

#[test]
fn a_long_log_is_paged_to_its_first_entry() {
    let office = Office::open();
    log_of(&office, 1_200);
    let mut run = office.run();
    run.keys("g t")
        .shows(&["Bitácora · 1,200 de 1,200", "XENON 1200"]);
    run.keys("G").shows(&["A-1 ", "XENON 1 "]);
    run.keys("<PageUp> <Home>").shows(&["XENON 1200"]);
    // Found near the end of the log, and counted to it.
    run.keys("f")
        .types("A-17")
        .shows(&["1 de 1,200", "XENON 17 "]);
}

/// Changes the second entry, as whoever has the file can.
fn forge(office: &Office, change: &str) {
    let orders = format!(
        "DROP TRIGGER audit_is_not_changed;
         UPDATE audit SET {change} WHERE seq = 2"
    );
    rusqlite::Connection::open(office.folder().join("durable.db"))
        .and_then(|file| file.execute_batch(&orders))
        .expect("forged");
}

#[test]
fn a_log_that_was_tampered_with_says_so() {
    let office = Office::open();
    log_of(&office, 3);
    forge(&office, "detail = '{}'");
    let mut run = office.run();
    run.keys("g t").shows(&["▲ ALTERADA en el asiento 2"]);
}

#[test]
fn a_damaged_entry_is_shown_as_one_and_the_others_are_read() {
    let office = Office::open();
    log_of(&office, 3);
    forge(&office, "at = 'never'");
    let mut run = office.run();
    run.keys("g t").shows(&[
        "Bitácora · 3 de 3",
        "XENON 3",
        "▲ El asiento 2 no se puede leer: lo dañaron",
        "XENON 1",
        "▲ ALTERADA en el asiento 2",
    ]);
    run.keys("<Down> <Enter>")
        .shows(&["El asiento 2 está dañado", "audit verify"]);
    run.keys("<Down> <Enter>").shows(&["Asiento 1"]);
}

#[test]
fn the_log_is_read_in_english_and_behind_the_mask() {
    let office = Office::open();
    log_of(&office, 3);
    let mut run = office.run_as(Manner {
        lang: timbra::words::Lang::En,
        ..Manner::default()
    });
    run.keys("g t")
        .shows(&["Audit log · 3 of 3", "Stamp: done", "chain whole"]);
    run.keys("m").lacks(&["XENON 3"]).shows(&["Stamp: done"]);
    run.keys("<Enter>").shows(&["•••"]).lacks(&["XENON 3"]);
}

#[test]
fn the_log_and_an_entry_look_as_they_did() {
    let office = Office::open();
    log_of(&office, 30);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    let mut run = office.run();
    run.keys("g t").shows(&["cadena completa"]);
    insta::assert_snapshot!("log-80x24-colour", run.styled());
    run.keys("<Enter>");
    insta::assert_snapshot!("entry-80x24-colour", run.styled());
}
