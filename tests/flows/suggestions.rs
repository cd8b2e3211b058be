//! One key accepts what a rule suggests at the field.

use serde_json::json;

use crate::harness::{Office, good_draft};

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
