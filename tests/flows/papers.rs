//! What a stamped document gives to keep: the QR and link of the SAT's page, XML and PDF in the folder.

use std::fs;

use timbra::app::model::Layer;

use crate::harness::{Manner, Office};

#[test]
fn the_code_and_the_link_of_a_stamped_invoice_are_shown_at_80_by_24_and_the_link_is_copied() {
    let office = Office::open();
    let stamped = office.some_stamped();
    let id = stamped["id"].as_str().expect("an id").to_owned();
    let mut run = office.run_as(Manner::sized(80, 24));
    run.keys("g f").open(&id).keys("s");
    let model = run.model();
    let Some(Layer::Qr(qr)) = model.layers.last() else {
        panic!("no code: {}", run.screen());
    };
    let uuid = office.uuid(&id);
    assert!(
        qr.url.contains(&format!("?id={uuid}&re=EKU9003173C9&rr=")),
        "{}",
        qr.url
    );
    assert!(qr.has_seal, "{}", qr.url);
    // The whole code, with company and RFC beside it, and the keys below.
    run.shows(&["▄▄▄▄▄", "EKU9003173C9", "copiar enlace"]);
    run.lacks(&["no cabe"]);
    run.keys("y");
    assert_eq!(run.copied(), std::slice::from_ref(&qr.url));
    run.keys("<Esc>").lacks(&["▄▄▄▄▄"]);
    run.resize(60, 12).keys("s").shows(&["no cabe"]);
}

#[test]
fn xml_and_pdf_of_a_stamped_invoice_are_saved_and_it_is_said_where() {
    let office = Office::open();
    let stamped = office.some_stamped();
    let id = stamped["id"].as_str().expect("an id").to_owned();
    let mut run = office.run_as(Manner::sized(200, 50));
    run.keys("g f")
        .open(&id)
        .keys("p")
        .shows(&["papers", ".xml", ".pdf"]);
    let uuid = office.uuid(&id);
    let mut names: Vec<String> = fs::read_dir(office.folder().join("papers"))
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(
        names[0].ends_with(&format!("_{}.pdf", &uuid[..8])),
        "{names:?}"
    );
    assert!(
        names[1].ends_with(&format!("_{}.xml", &uuid[..8])),
        "{names:?}"
    );
}

#[test]
fn a_draft_has_neither_and_says_why() {
    let office = Office::open();
    let id = office.create(crate::harness::good_draft());
    let mut run = office.run();
    run.keys("g f r").open(&id);
    run.keys("s").shows(&["No tiene folio fiscal."]);
    run.keys("p").shows(&["No tiene folio fiscal."]);
}
