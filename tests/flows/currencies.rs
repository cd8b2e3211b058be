//! Invoices in foreign currencies and customers abroad: what their pickers offer, what they bar and why, and what of it
//! reaches the sandbox.

use crate::forms::on_page;
use crate::harness::{Office, Run, good_draft};

/// Goes so many fields on.
fn tab_to(run: &mut Run, presses: usize) {
    for _ in 0..presses {
        run.keys("<Tab>");
    }
}

#[test]
fn an_invoice_is_made_in_dollars_found_by_a_word_without_its_accent() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id)
        .keys("e")
        .shows(&["Moneda", "MXN Peso Mexicano", "Tipo de cambio"]);
    tab_to(&mut run, 11);
    // XXX belongs to payment receipts.
    run.types("xxx")
        .shows(&["es de otro tipo de CFDI"])
        .keys("<Enter>");
    run.shows(&["es de otro tipo de CFDI"]).keys("<C-u>");
    run.types("dolar americ")
        .shows(&["USD", "Dólar"])
        .keys("<Enter>");
    run.shows(&["USD Dólar americano", "Falta el tipo de cambio de USD"]);
    run.types("18.5432")
        .keys("<F8>")
        .shows(&["Cambios guardados."]);
    let made = office.record("invoices", &id);
    assert_eq!(made["currency"], "USD");
    assert_eq!(made["currency_rate"].to_string(), "18.5432");
    assert_eq!(made["_raw"]["currency"]["code"], "USD");

    // Pesos have the rate 1, and no other can be typed.
    run.keys("e");
    tab_to(&mut run, 11);
    run.types("MXN")
        .keys("<Enter>")
        .shows(&["MXN Peso Mexicano"]);
    run.types("2")
        .shows(&["En pesos (MXN) el tipo de cambio es 1."]);
    run.keys("<F8>").shows(&["Cambios guardados."]);
    let now = office.record("invoices", &id);
    assert_eq!(now["currency"], "MXN");
    assert_eq!(now["currency_rate"].to_string(), "1");
}

#[test]
fn yen_have_no_cents_in_the_totals_of_the_form() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.open(&id).keys("e");
    tab_to(&mut run, 11);
    run.types("yen").keys("<Enter>").types("0.12");
    run.keys("<F8>").shows(&["Cambios guardados."]);
    let made = office.record("invoices", &id);
    assert_eq!(made["currency"], "JPY");
    let total = made["total"].to_string();
    assert!(!total.contains('.') || total.ends_with(".0"), "{total}");
}

#[test]
fn who_has_a_mexican_rfc_lives_in_mexico_and_the_generic_foreigner_does_not() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g c n").types("ACME TRADING LLC").keys("<Tab>");
    run.types("XEXX010101000").keys("<Tab>");
    tab_to(&mut run, 9);
    run.types("mexico")
        .shows(&["el cliente reside en el extranjero"]);
    run.keys("<Enter>")
        .shows(&["el cliente reside en el extranjero"]);
    run.keys("<C-u>").types("estados unidos").keys("<Enter>");
    run.shows(&["USA Estados Unidos"]).keys("<F8>");
    let id = on_page(&run);
    let made = office.record("customers", &id);
    assert_eq!(made["addresses"][0]["country"], "US");

    run.keys("g c n")
        .types("UNIVERSIDAD ROBOTICA")
        .keys("<Tab>");
    run.types("URE180429TM6").keys("<Tab>");
    tab_to(&mut run, 9);
    run.types("estados unidos").shows(&["el RFC es mexicano"]);
}
