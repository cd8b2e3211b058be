//! Stamping many: one folio for each document, whatever becomes of the chunks they leave in.

use crate::harness::{Office, Run, good_draft};

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
        run.shows(&[&uuid[24..]]);
    }
    assert_eq!(office.folios(), folios + 3);
    assert_eq!(chunks(&office), 1);
    run.keys("<Esc>")
        .lacks(&["marcadas", "BORRADOR   ◆"])
        .keys("<Home> T")
        .shows(&["Ya está timbrada."]);
}
