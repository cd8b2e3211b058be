//! What has no field of its own, told by path and value in the forms (contract C.1, 10.1).

use serde_json::json;

use crate::forms::on_page;
use crate::harness::{Office, Run, good_draft};

/// Adds a row to the form on top.
fn add(run: &mut Run, path: &str, value: &str) {
    run.keys("<C-d>").types(path).keys("<Tab>").types(value);
}

#[test]
fn f_10_1_other_native_fields_are_typed_as_path_and_value_and_read_back_natively() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id)
        .keys("e")
        .shows(&["Otros campos nativos · Ctrl+D"]);
    add(&mut run, "anotation", "urge antes del 30");
    run.shows(&[r#"→ $.anotation = "urge antes del 30""#]);
    add(&mut run, "$.items[0].unit", "E48");
    add(&mut run, "ownNumber", "007");
    run.shows(&[r#"→ $.ownNumber = "007""#]);
    run.keys("<Backspace>")
        .keys("<Backspace>")
        .keys("<Backspace>");
    run.types("7").shows(&["→ $.ownNumber = 7"]);
    run.keys("<F8>").shows(&["Cambios guardados."]);
    let raw = office.record("invoices", &id);
    assert_eq!(
        raw["_raw"]["anotation"],
        json!("urge antes del 30"),
        "{raw}"
    );
    assert_eq!(raw["_raw"]["items"][0]["unit"], json!("E48"));
    assert_eq!(
        raw["_raw"]["items"][0]["quantity"]
            .to_string()
            .replace('"', "")
            .parse::<f64>(),
        Ok(2.0)
    );
    assert_eq!(raw["_raw"]["ownNumber"], json!(7));
    assert!(raw["_raw"]["stamp"]["uuid"].is_null());
    run.keys("w")
        .types("anotation")
        .shows(&["urge antes del 30"]);
}

#[test]
fn f_10_1_a_new_supplier_takes_what_no_field_has() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g v n").types("FLETES DEL NORTE");
    add(&mut run, "address.street", "Av. Juárez & 5 de Mayo");
    add(&mut run, "customFields", r#"[{"key":"zona","value":3.10}]"#);
    run.keys("<F8>").shows(&["FLETES DEL NORTE"]);
    let made = office.record("suppliers", &on_page(&run));
    assert_eq!(made["_raw"]["address"]["street"], "Av. Juárez & 5 de Mayo");
    assert_eq!(made["_raw"]["customFields"][0]["value"].to_string(), "3.10");
}

#[test]
fn what_belongs_to_a_field_or_cannot_be_read_is_refused_while_it_is_typed() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("e <C-d>");
    let mut says = |typed: &str, text: &str| {
        run.keys("<C-u>").types(typed).shows(&[text]);
    };
    says("$.observations", "Tiene su propio campo: Notas");
    says("items[0].price", "Tiene su propio campo: Precio");
    says("items", "Los renglones se capturan en la tabla");
    says("items[1].unit", "No existe ese renglón");
    says("stamp.generateStamp", "guardar nunca timbra");
    says("total", "Lo pone Alegra");
    says("seller.password", "no van claves");
    says("a b", "No es una ruta");
    run.keys("<C-u>").types("seller").keys("<Enter>");
    run.types(r#"{"id":"#).shows(&["El JSON no está completo"]);
    run.keys("<F8>").shows(&["No se guardó"]);
    run.types(r#""3"}"#).shows(&[r#"→ $.seller = {"id":"3"}"#]);
    run.keys("<C-u>")
        .paste("uno\r\ndos")
        .shows(&["saltos de línea"]);
    run.types("uno")
        .keys("<C-d>")
        .types("seller.id")
        .shows(&["Otra fila ya escribe ahí"]);
    // The row is taken away again, and the rest is saved.
    run.keys("<F7> <F8>").shows(&["Cambios guardados."]);
    assert_eq!(
        office.record("invoices", &id)["_raw"]["seller"],
        json!("uno")
    );
}

#[test]
fn what_was_typed_for_other_fields_comes_back_after_a_crash() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g d n").types("Puebla");
    add(&mut run, "$.ownField", "medio escr");
    run.pass(&office, std::time::Duration::from_secs(2));
    run.kill();
    let mut run = office.run();
    run.keys("g h <Home> <Enter>")
        .shows(&["Puebla", "ownField", "medio escr"]);
}

#[test]
fn bank_accounts_say_why_they_take_no_other_fields() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g k n").lacks(&["Otros campos nativos"]);
    run.keys("<C-d>")
        .shows(&["Las cuentas bancarias no aceptan otros campos nativos."]);
}
