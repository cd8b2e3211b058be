//! One key accepts what a rule suggests at the field.

use serde_json::json;

use crate::harness::{Office, good_draft, with_native};

#[test]
fn a_name_with_its_kind_of_company_is_set_right_with_one_key_and_saved() {
    let office = Office::open();
    let id = office.create(good_draft());
    let name = office.record("customers", "1")["display_name"].clone();
    let name = name.as_str().expect("a name").to_owned();
    let wrong = format!("{name} SA DE CV");
    office.patch(
        "customers",
        "1",
        json!({"display_name": wrong, "company_name": wrong}),
    );
    let mut run = office.run();
    run.open(&id).keys("e");
    run.shows(&["en el contacto", "Ctrl+A", &format!("→ {name}")]);
    run.keys("<C-a>").shows(&["Editar cliente", &name]);
    assert_eq!(office.record("customers", "1")["display_name"], wrong);
    run.keys("<F8>").shows(&["Editar factura"]);
    assert_eq!(office.record("customers", "1")["display_name"], name);
    // The document below has read its contact again.
    run.lacks(&["Ctrl+A"]);
}

#[test]
fn an_invoice_without_a_regime_is_told_so_and_takes_the_contacts_with_one_key() {
    let office = Office::open();
    let id = office.create(with_native(good_draft(), json!({"regimeClient": ""})));
    let folios = office.folios();
    let mut run = office.run();
    // The server would refuse it; the card says so before anything is sent.
    run.open(&id).keys("T").shows(&[
        "Falta el régimen fiscal del cliente en el documento; en su ficha está 601",
        "CFDI40157",
    ]);
    run.keys("s").shows(&["[ No ]"]).keys("<Esc> e <C-g>");
    run.shows(&["CFDI40157", "Ctrl+A", "→ 601"]);
    run.keys("<C-a> <F8>").shows(&["Cambios guardados."]);
    assert_eq!(
        office.record("invoices", &id)["_raw"]["regimeClient"],
        "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW"
    );
    run.keys("T s <Enter>").shows(&["Timbrada."]);
    assert_eq!(office.folios(), folios + 1);
}
