//! A document becomes another: what is filled in, what is linked, and what the sandbox holds afterwards.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::forms::{line, on_page};
use crate::harness::{Office, Run, good_draft, with_native};

/// An amount whatever its zeros.
fn amount(told: &Value) -> Option<Decimal> {
    told.to_string().trim_matches('"').parse().ok()
}

/// A quote of two drills for XENON, on its page.
fn quote(run: &mut Run) -> String {
    run.keys("g q n").types("xenon").keys("<Enter>");
    line(run, "taladro", "2 <Tab> 500");
    run.shows(&["1,160.00"]).keys("<F8>");
    run.shows(&["XENON INDUSTRIAL ARTICLES", "1,160.00"]);
    on_page(run)
}

#[test]
fn a_quote_becomes_an_invoice_draft_that_keeps_the_link() {
    let office = Office::open();
    let mut run = office.run();
    let quote = quote(&mut run);
    run.keys("i")
        .shows(&["Nueva factura", "De la cotización", "1,160.00", "G03"]);
    run.keys("<F8>")
        .shows(&["◇ SIN TIMBRAR", "XENON INDUSTRIAL ARTICLES"]);
    let id = on_page(&run);
    let invoice = office.record("invoices", &id);
    assert_eq!(invoice["_raw"]["estimate"], json!({"id": quote}));
    assert_eq!(amount(&invoice["total"]), "1160".parse().ok());
    let invoiced = office.record("quotes", &quote);
    assert_eq!(invoiced["status"], "converted");
    assert_eq!(invoiced["invoice_id"], json!(id));
}

#[test]
fn a_quote_that_is_changed_keeps_what_nobody_touched() {
    let office = Office::open();
    let mut run = office.run();
    let quote = quote(&mut run);
    run.keys("e").shows(&["Editar cotización"]);
    office.patch("quotes", &quote, json!({"terms": "de la colega"}));
    run.keys("<Tab> <Tab>").types("20/06/2026").keys("<F8>");
    run.shows(&["Cambios guardados."]);
    let now = office.record("quotes", &quote);
    assert_eq!(now["expiry_date"], "2026-06-20");
    assert_eq!(now["terms"], "de la colega");
}

#[test]
fn a_credit_note_has_the_lines_of_its_invoice_and_goes_to_it() {
    let office = Office::open();
    let invoice = office.invoices().into_iter().rev().find(|invoice| {
        invoice["_raw"]["stamp"]["uuid"].is_string() && invoice["status"] == "authorised"
    });
    let invoice = invoice.expect("an invoice that is owed");
    let id = invoice["id"].as_str().expect("an id").to_owned();
    let mut run = office.run();
    run.open(&id)
        .keys("c")
        .shows(&["Nueva nota de crédito", "G02"]);
    run.keys("<F8>");
    let note = on_page(&run);
    let made = office.record("credit-notes", &note);
    assert_eq!(made["customer"]["id"], invoice["customer"]["id"]);
    assert_eq!(amount(&made["total_amount"]), amount(&invoice["total"]));
    let lines = |record: &Value| record["line_items"].as_array().map(Vec::len);
    assert_eq!(lines(&made), lines(&invoice));
    let applied = made["_raw"]["invoices"][0]["id"].to_string();
    assert_eq!(applied.trim_matches('"'), id);
    assert_eq!(office.record("invoices", &id)["status"], "paid");
}

/// A stamped invoice for which this holds: its id and folio fiscal.
fn stamped(office: &Office, wanted: impl Fn(&Value) -> bool) -> (String, String) {
    let invoice = office.invoices().into_iter().rev().find(|invoice| {
        let stamp = &invoice["_raw"]["stamp"];
        stamp["uuid"].is_string() && stamp["legalStatus"] == "STAMPED" && wanted(invoice)
    });
    let invoice = invoice.expect("such an invoice");
    let text = |told: &Value| told.as_str().expect("a text").to_owned();
    (
        text(&invoice["id"]),
        text(&invoice["_raw"]["stamp"]["uuid"]),
    )
}

#[test]
fn f_10_2_a_credit_note_says_natively_that_it_credits_its_invoice_or_takes_goods_back() {
    let office = Office::open();
    let (id, uuid) = stamped(&office, |invoice| invoice["status"] == "authorised");
    let mut run = office.run();
    run.open(&id).keys("c").shows(&[
        "Nueva nota de crédito",
        "Se aplica a",
        "01 Nota de crédito",
        &uuid,
    ]);
    // The picker offers what can be said of a credit note, and why the rest cannot.
    run.keys("<Tab> <Tab> <Tab> <F3>").shows(&[
        "Devolución de mercancía",
        "Sustitución de los CFDI previos",
        "Traslados de mercancías facturad… — es de otro tipo de CFDI",
    ]);
    run.types("devol").keys("<Enter>").shows(&["03 Devolución"]);
    run.keys("<F8>").shows(&["03 Devolución", &uuid]);
    let note = on_page(&run);
    let native = office.record("credit-notes", &note)["_raw"].clone();
    let related = json!([{"relationType": "03", "uuid": uuid}]);
    assert_eq!(native["relatedDocuments"], related);

    run.keys("T").shows(&["03 Devolución", &uuid]);
    run.keys("s <Enter>").shows(&["Timbrada."]);
    let xml = office.xml("credit-notes", &note);
    let node = format!(
        "<cfdi:CfdiRelacionados TipoRelacion=\"03\"><cfdi:CfdiRelacionado UUID=\"{uuid}\"/></cfdi:CfdiRelacionados>"
    );
    assert!(xml.contains(&node), "{xml}");
}

#[test]
fn a_credit_note_on_a_paid_invoice_is_related_to_it_and_applied_to_nothing() {
    let office = Office::open();
    let (id, uuid) = stamped(&office, |invoice| {
        invoice["status"] == "paid" && amount(&invoice["balance"]) == "0".parse().ok()
    });
    let mut run = office.run();
    run.open(&id)
        .keys("c")
        .shows(&["ya no debe nada", "01 Nota de crédito", &uuid]);
    run.keys("<F8>").shows(&["01 Nota de crédito", &uuid]);
    let native = office.record("credit-notes", &on_page(&run))["_raw"].clone();
    let related = json!([{"relationType": "01", "uuid": uuid}]);
    assert_eq!(native["relatedDocuments"], related);
    assert_eq!(native["invoices"], json!([]));
    // By its folio alone the note leads to the invoice.
    run.keys("o").shows(&["CFDI relacionado"]);
    run.keys("G <Enter>").shows(&[&uuid]);
    assert_eq!(on_page(&run), id);
}

#[test]
fn a_relation_is_whole_or_not_sent_and_is_not_written_by_its_path() {
    let office = Office::open();
    let (id, uuid) = stamped(&office, |invoice| invoice["status"] == "authorised");
    let mut run = office.run();
    run.open(&id).keys("c <Tab> <Tab> <Tab> <Tab> <C-u>");
    run.keys("<F8>")
        .shows(&["Falta el folio fiscal relacionado"]);
    run.types("5F3C").shows(&["«5F3C» no es un"]);
    run.keys("<C-u>")
        .paste(&format!("{}\n", uuid.to_lowercase()));
    run.keys("<C-d>").types("relatedDocuments[0].uuid");
    run.keys("<Tab>").types("x").keys("<F8>");
    run.shows(&["CFDI relacionado"]).keys("<F7> <F8>");
    let native = office.record("credit-notes", &on_page(&run))["_raw"].clone();
    let related = json!([{"relationType": "01", "uuid": uuid}]);
    assert_eq!(native["relatedDocuments"], related);
    // What was written is read back, and taken away again.
    run.keys("e").shows(&["Editar nota de crédito", &uuid]);
    run.keys("<Tab> <Tab> <Tab> <Backspace> <Tab> <C-u> <F8>");
    run.shows(&["Cambios guardados."]);
    let native = office.record("credit-notes", &on_page(&run))["_raw"].clone();
    assert_eq!(native["relatedDocuments"], Value::Null);
}

#[test]
fn relations_of_several_types_are_said_and_kept_while_nobody_writes_there() {
    let office = Office::open();
    let one = "5F3C4A10-0000-4000-8000-000000000001";
    let other = "5F3C4A10-0000-4000-8000-000000000002";
    let related = json!([
        {"relationType": "01", "uuid": one},
        {"relationType": "04", "uuid": other},
    ]);
    let id = office.create(with_native(
        good_draft(),
        json!({"relatedDocuments": related}),
    ));
    let mut run = office.run();
    run.open(&id).keys("e").shows(&["Editar factura"]);
    run.keys("<C-g>");
    run.shows(&["CFDI relacionados de", "se conservan"]);
    run.keys("<Tab> <Tab>").types("Urge").keys("<F8>");
    run.shows(&["Cambios guardados."]);
    let native = office.record("invoices", &id)["_raw"].clone();
    assert_eq!(native["observations"], "Urge");
    assert_eq!(native["relatedDocuments"], related);
}

#[test]
fn a_draft_is_edited_and_not_credited_and_the_key_says_so() {
    let office = Office::open();
    let id = office.draft_of("JIMENA MUÑOZ ÁVILA");
    let mut run = office.run();
    run.open(&id).keys("c").shows(&["Es borrador"]);
    run.keys("i").shows(&["Sólo una cotización se factura."]);
}

#[test]
fn an_invoice_is_duplicated_to_a_new_draft_of_today() {
    let office = Office::open();
    let stamped = office.some_stamped();
    let id = stamped["id"].as_str().expect("an id").to_owned();
    let mut run = office.run();
    run.open(&id)
        .keys("d")
        .shows(&["Nueva factura", "03/06/2026"]);
    run.keys("<F8>").shows(&["◇ SIN TIMBRAR"]);
    let copy = on_page(&run);
    assert_ne!(copy, id);
    let made = office.record("invoices", &copy);
    assert_eq!(made["status"], "draft");
    assert_eq!(amount(&made["total"]), amount(&stamped["total"]));
    assert_eq!(made["invoice_date"], "2026-06-03");
    assert_eq!(office.document(&id)["stamps"], 1);
}
