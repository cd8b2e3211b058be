//! Every kind that has a form: made with keys, read back from the sandbox, changed without touching what nobody touched.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use timbra::sandbox::Idempotency;

use crate::harness::{Office, Run};

/// The id of the record on the page.
pub fn on_page(run: &Run) -> String {
    let model = run.model();
    let record = model.subject().expect("a record");
    record.id.as_str().to_owned()
}

/// Opens the list with this chord, narrows it by nothing, and stands on the record with this id.
pub fn stand_on(run: &mut Run, list: &str, id: &str) {
    run.keys("<Esc> <Esc> <Esc>").keys(list).keys("<Home>");
    for _ in 0..500 {
        let model = run.model();
        if (model.subject()).is_some_and(|record| record.id.as_str() == id) {
            return;
        }
        run.keys("j");
    }
    panic!("{id} is not in the list:\n{}", run.screen());
}

#[test]
fn a_supplier_is_made_whole_and_an_edit_sends_only_what_changed() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g v n").shows(&["Nuevo proveedor"]);
    run.types("FLETES DEL NORTE").keys("<Tab>");
    run.types("fno1503126t5").keys("<Tab>").types("64000");
    run.keys("<Tab>").types("601").keys("<Enter>");
    run.types("G03").keys("<Enter>");
    run.shows(&["Persona moral", "601 General", "G03 Gastos"]);
    run.keys("<Tab>").types("transf").keys("<Enter>");
    run.types("pagos@fletes.example").keys("<Tab>");
    run.types("8181234567").keys("<Tab> <Tab>");
    run.types("crédito 15 días").keys("<Tab>");
    run.types("mexico").shows(&["MEX", "México"]);
    run.keys("<Enter> <F8>");
    run.shows(&["FLETES DEL NORTE", "FNO1503126T5"]);
    let id = on_page(&run);
    let made = office.record("suppliers", &id);
    assert_eq!(made["tax_number"], "FNO1503126T5");
    assert_eq!(made["individual"], false);
    assert_eq!(made["payment_method"], "transfer");
    assert_eq!(made["addresses"][0]["postal_code"], "64000");
    assert_eq!(made["addresses"][0]["country"], "MX");
    assert_eq!(made["notes"], "crédito 15 días");
    assert_eq!(made["_raw"]["cfdiUse"], "G03");
    assert_eq!(made["_raw"]["regime"], "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW");
    assert_eq!(made["_raw"]["type"], json!(["provider"]));

    run.keys("e").shows(&["Editar proveedor"]);
    office.patch("suppliers", &id, json!({"notes": "de la colega"}));
    for _ in 0..7 {
        run.keys("<Tab>");
    }
    run.keys("<C-u>").types("otro@fletes.example").keys("<F8>");
    run.shows(&["Cambios guardados."]);
    let now = office.record("suppliers", &id);
    assert_eq!(now["emails"][0]["email"], "otro@fletes.example");
    assert_eq!(now["notes"], "de la colega", "nobody touched it here");
}

#[test]
fn a_second_contact_with_one_rfc_is_pointed_out_at_the_field() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g c n").types("XENON OTRA VEZ").keys("<Tab>");
    run.types("xia190128j6").lacks(&["Ya hay un contacto"]);
    run.types("1")
        .shows(&["Ya hay un contacto", "XENON INDUSTRIAL ARTICLES"]);
    run.keys("<Backspace>").lacks(&["Ya hay un contacto"]);
}

#[test]
fn an_item_has_its_sat_key_by_word_and_keeps_what_others_changed() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g p n").shows(&["Nuevo ítem", "Clave SAT"]);
    run.types("Cable HDMI 2 m");
    run.keys("<Tab>").types("CAB-HDMI").keys("<Tab>");
    run.types("99.50").keys("<Tab>").shows(&["Sin clave SAT"]);
    // Before anything is typed stand the keys that the company invoices with.
    run.keys("<F3>");
    let usual = run.screen();
    let rows = usual
        .lines()
        .filter(|line| line.trim_end().ends_with("usual"));
    assert!(rows.count() > 3, "{usual}");
    run.types("43211503").keys("<Enter>");
    run.types("pieza")
        .keys("<Enter>")
        .types("con inv")
        .keys("<Enter>");
    run.shows(&["43211503", "H87", "Producto con inventario"]);
    run.keys("<F8>").shows(&["Cable HDMI 2 m"]);
    let id = on_page(&run);
    let made = office.record("invoice-items", &id);
    assert_eq!(made["code"], "CAB-HDMI");
    assert_eq!(made["unit_price"].to_string().parse::<f64>(), Ok(99.5));
    assert_eq!(made["_raw"]["productKey"], "43211503");
    assert_eq!(made["_raw"]["unit"], "H87");

    run.keys("e").shows(&["Editar producto", "43211503"]);
    office.patch("invoice-items", &id, json!({"name": "Cable de la colega"}));
    run.keys("<Tab> <Tab>").types("120").keys("<F8>");
    run.shows(&["Cambios guardados."]);
    let now = office.record("invoice-items", &id);
    assert_eq!(now["name"], "Cable de la colega");
    assert_eq!(now["unit_price"].to_string().parse::<f64>(), Ok(120.0));
}

#[test]
fn a_tax_demands_its_type_and_an_edit_keeps_its_accounts() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g x n").types("IVA de prueba").keys("<F8>");
    run.shows(&["No se guardó", "Falta el tipo."]);
    run.types("iva").keys("<Enter>").types("16").keys("<F8>");
    run.shows(&["IVA de prueba", "16 %"]);
    let id = on_page(&run);
    let made = office.record("tax-rates", &id);
    assert_eq!(
        (&made["type"], &made["total_tax_rate"]),
        (&json!("IVA"), &json!(16))
    );

    stand_on(&mut run, "g x", "1");
    let before = office.record("tax-rates", "1");
    assert!(before["tax_payable_account_id"].is_string(), "{before}");
    run.keys("e")
        .shows(&["Por pagar", "208-01-001 IVA trasladado"]);
    run.keys("<C-u>").types("IVA dieciséis").keys("<F8>");
    run.shows(&["Cambios guardados."]);
    let now = office.record("tax-rates", "1");
    assert_eq!(now["name"], "IVA dieciséis");
    for field in [
        "tax_payable_account_id",
        "tax_remitted_account_id",
        "total_tax_rate",
        "type",
    ] {
        assert_eq!(now[field], before[field], "{field}");
    }
}

#[test]
fn an_account_is_made_under_a_header_and_inherits_what_it_is() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g a n")
        .shows(&["Nueva cuenta contable", "Cuenta padre"]);
    run.keys("<F3>").types("601-84-001");
    run.shows(&["no es acumulativa"]).keys("<Enter>");
    run.shows(&["no es acumulativa", "Buscar:"]);
    run.keys("<Esc> <F3>").types("601-84").keys("<Enter>");
    run.shows(&["Gasto · heredada"]);
    run.types("Fletes especiales").keys("<Tab>");
    run.types("601-84-009").keys("<F8>");
    run.shows(&["Fletes especiales", "601-84-009"]);
    let id = on_page(&run);
    let made = office.record("ledger-accounts", &id);
    let parent = made["parent_account"]["id"].as_str().expect("a parent");
    let above = office.record("ledger-accounts", parent);
    assert_eq!(above["code"], "601-84");
    assert_eq!(made["classification"], above["classification"]);

    run.keys("e").shows(&["Editar cuenta", "601-84-009"]);
    run.keys("<C-u>").types("Fletes urgentes").keys("<F8>");
    run.shows(&["Cambios guardados."]);
    let now = office.record("ledger-accounts", &id);
    assert_eq!(now["name"], "Fletes urgentes");
    assert_eq!(now["parent_account"]["id"], made["parent_account"]["id"]);
}

#[test]
fn a_bank_account_and_a_department_are_made_and_changed() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g k n")
        .types("Santander")
        .keys("<Tab>")
        .types("banco")
        .keys("<Enter>");
    run.types("0123456789")
        .keys("<F8>")
        .shows(&["Santander", "0123456789"]);
    let id = on_page(&run);
    let made = office.record("bank-accounts", &id);
    assert_eq!(made["account_type"], "checking");
    assert_eq!(made["account_number"], "0123456789");
    run.keys("e <C-u>")
        .types("Santander operativa")
        .keys("<F8>");
    run.shows(&["Cambios guardados."]);
    let now = office.record("bank-accounts", &id);
    assert_eq!(now["name"], "Santander operativa");
    assert_eq!(now["account_number"], "0123456789");

    run.keys("<Esc> g d n")
        .types("Sucursal Puebla")
        .keys("<Tab>")
        .types("PUE");
    run.keys("<F8>").shows(&["Sucursal Puebla"]);
    let id = on_page(&run);
    assert_eq!(office.record("departments", &id)["code"], "PUE");
    run.keys("e <C-u>")
        .types("Puebla")
        .keys("<F8>")
        .shows(&["Cambios guardados."]);
    let now = office.record("departments", &id);
    assert_eq!(
        (&now["name"], &now["code"]),
        (&json!("Puebla"), &json!("PUE"))
    );
}

/// A line on what is found with this text.
pub fn line(run: &mut Run, on: &str, typed: &str) {
    run.keys("<F6>").types(on).keys("<Enter>").keys(typed);
}

/// The types of the lines of a purchase, and what they are on.
pub fn subjects(record: &Value) -> Vec<String> {
    let lines = record["line_items"].as_array().expect("lines");
    lines
        .iter()
        .map(|line| {
            let account = line["ledger_account"]["id"].as_str();
            let item = line["item"]["id"].as_str();
            format!(
                "{} {}",
                line["type"].as_str().unwrap_or_default(),
                if item.is_some() {
                    "item"
                } else {
                    account.map_or("nothing", |_| "account")
                }
            )
        })
        .collect()
}

#[test]
fn walk_11_a_bill_has_a_line_on_an_item_and_one_on_an_account() {
    let office = Office::open();
    let mut run = office.run();
    let before = run.pressed();
    run.keys("g b n").types("pap").keys("<Enter>");
    line(&mut run, "tón", "10 <Tab> 310");
    line(&mut run, "601-72", "450");
    run.shows(&["3,100.00", "450.00", "4,046.00"]);
    run.keys("<F8>");
    let keys = run.pressed() - before;
    assert!(keys <= 45, "{keys} keys");
    run.shows(&["PAPELERA DEL PACIFICO MEXICANO"])
        .lacks(&["TIMBRAR"]);
    let id = on_page(&run);
    let made = office.record("bills", &id);
    assert_eq!(
        subjects(&made),
        ["expense_item item", "expense_account account"]
    );
    assert_eq!(made["total"].to_string().parse::<f64>(), Ok(4046.0));

    run.keys("e").shows(&["Editar factura de proveedor"]);
    office.patch("bills", &id, json!({"due_date": "2026-07-15"}));
    run.keys("<Tab>")
        .types("F-889")
        .keys("<F8>")
        .shows(&["Cambios guardados."]);
    let now = office.record("bills", &id);
    assert_eq!(now["bill_number"], "F-889");
    assert_eq!(now["due_date"], "2026-07-15");
    assert_eq!(subjects(&now), subjects(&made));
}

#[test]
fn a_header_account_is_refused_while_it_is_picked_and_says_why() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g b n")
        .types("pap")
        .keys("<Enter> <F6>")
        .types("601-72");
    run.shows(&["Fletes y acarreos"]).keys("<C-u>").types("601");
    run.shows(&["601"]).keys("<End>");
    let chart = run.model().chart.len();
    assert!(chart > 400, "{chart} accounts");
    run.keys("<C-u>").types("Gastos generales");
    run.shows(&["acumulativa: no acepta movimientos"])
        .keys("<Enter>");
    run.shows(&["acumulativa", "Buscar:"]);
}

#[test]
fn a_purchase_order_needs_a_day_of_delivery_and_becomes_a_bill() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g o n").types("pap").keys("<Enter>");
    line(&mut run, "tón", "5 <Tab> 310");
    line(&mut run, "601-72", "90");
    run.keys("<F8>").shows(&["Falta la fecha de entrega."]);
    run.types("10")
        .keys("<F8>")
        .shows(&["PAPELERA DEL PACIFICO MEXICANO"]);
    let order = on_page(&run);
    let made = office.record("purchase-orders", &order);
    assert_eq!(made["delivery_date"], "2026-06-10");
    assert_eq!(
        subjects(&made),
        ["expense_item item", "expense_account account"]
    );

    run.keys("b")
        .shows(&["Nueva factura de proveedor", "1,550.00", "90.00"]);
    run.keys("<F8>").shows(&["PAPELERA DEL PACIFICO MEXICANO"]);
    let bill = on_page(&run);
    let billed = office.record("bills", &bill);
    assert_eq!(subjects(&billed), subjects(&made));
    assert_eq!(billed["total"], made["total"]);
    let named: Vec<&Value> = (billed["line_items"].as_array().expect("lines").iter())
        .map(|line| &line["purchase_order"]["id"])
        .collect();
    assert_eq!(named, [&json!(order), &json!(order)]);

    // From the bill to its order and back.
    run.shows(&[&format!("orden de compra OC-{order}")]);
    run.keys("o").shows(&["Orden de compra"]);
    run.keys("j j j <Enter>")
        .shows(&[&format!("OC-{order}"), "FACTURADA", "Facturada en"]);
    run.keys("b").shows(&["Ya se facturó."]).keys("o");
    run.shows(&["Facturas de proveedor   1", "Factura de proveedor "]);
}

#[test]
fn walk_12_a_contact_with_two_hats_says_so_and_both_lists_show_the_change() {
    let office = Office::open();
    let contact = office.done(Method::GET, "/accounting/suppliers?limit=30&raw=true", None);
    let both = (contact["data"].as_array().expect("rows").iter())
        .find(|one| {
            one["_raw"]["type"]
                .as_array()
                .is_some_and(|roles| roles.len() == 2)
        })
        .expect("a customer who is a supplier too");
    let id = both["id"].as_str().expect("an id").to_owned();
    let mut run = office.run();
    stand_on(&mut run, "g c", &id);
    run.keys("e")
        .shows(&["también es proveedor; el cambio vale para los dos"]);
    run.keys("<Tab> <Tab> <C-u>").types("11560").keys("<F8>");
    run.shows(&["Cambios guardados."]);
    for (list, resource) in [("g c", "customers"), ("g v", "suppliers")] {
        stand_on(&mut run, list, &id);
        run.shows(&["11560"]);
        let now = office.record(resource, &id);
        assert_eq!(now["addresses"][0]["postal_code"], "11560", "{resource}");
    }
}

/// Fills in a form.
type Filling = fn(&mut Run);

#[test]
fn a_create_of_any_kind_whose_answer_is_lost_is_found_and_made_once() {
    let fill: [(&str, &str, Filling); 3] = [
        ("g d n", "departments", |run| {
            run.types("Sucursal Puebla").keys("<Tab>").types("PUE");
        }),
        ("g v n", "suppliers", |run| {
            run.types("FLETES DEL NORTE");
        }),
        ("g b n", "bills", |run| {
            run.types("pap").keys("<Enter>");
            line(run, "601-72", "450");
        }),
    ];
    for (keys, resource, fill) in fill {
        // Else the key is refused, and nothing is made that could be found.
        let office = Office::with(|options| options.idempotency = Idempotency::Ignore);
        let mut run = office.run();
        run.keys(keys);
        fill(&mut run);
        let path = format!("/accounting/{resource}");
        office.fault(json!({"method": "POST", "path": path, "when": "after", "do": "drop"}));
        run.keys("<F8>").shows(&["Puede estar guardada"]);
        run.pass(&office, Duration::from_secs(2));
        run.lacks(&["Puede estar guardada"]);
        let id = on_page(&run);
        office.record(resource, &id);
        let posts = office.requests(|seen| seen["method"] == "POST" && seen["path"] == path);
        assert_eq!(posts, 1, "{resource}");
    }
}
