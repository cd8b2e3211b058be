//! Payments and pólizas: what the sandbox holds afterwards, and what never reaches it.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use timbra::domain::field::Field;
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use timbra::domain::status::Status;
use timbra::sandbox::{Idempotency, Options};

use crate::harness::{Office, Run};

/// What one customer owes: the name, and of each open invoice id, number and balance, the oldest first.
struct Debtor {
    name: String,
    invoices: Vec<(String, String, Decimal)>,
}

fn decimal(value: &Value) -> Decimal {
    value.to_string().parse().expect("a number")
}

/// Books large enough for somebody to owe several invoices.
fn books(change: impl FnOnce(&mut Options)) -> Office {
    Office::with(|options| {
        options.invoices = 150;
        change(options);
    })
}

/// A customer with at least three open invoices of different balances.
fn debtor(office: &Office) -> Debtor {
    let mut open: BTreeMap<String, Vec<(String, String, String, Decimal)>> = BTreeMap::new();
    for invoice in office.invoices() {
        let status = invoice["status"].as_str().unwrap_or_default();
        if !matches!(status, "authorised" | "partially_paid" | "unpaid") {
            continue;
        }
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let customer = text(&invoice["customer"]["display_name"]);
        open.entry(customer).or_default().push((
            text(&invoice["invoice_date"]),
            text(&invoice["id"]),
            text(&invoice["number"]),
            decimal(&invoice["balance"]),
        ));
    }
    let (name, mut invoices) = open
        .into_iter()
        .find(|(_, invoices)| invoices.len() >= 3)
        .expect("somebody who owes three invoices");
    invoices.sort_by_key(|(day, id, number, _)| {
        (day.clone(), number.len(), number.clone(), id.clone())
    });
    Debtor {
        name,
        invoices: invoices
            .into_iter()
            .map(|(_, id, number, balance)| (id, number, balance))
            .collect(),
    }
}

/// Opens a new payment of this customer over this amount through the bank.
fn new_payment(run: &mut Run, debtor: &Debtor, amount: Decimal) {
    run.keys("g i n").shows(&["Nuevo pago recibido"]);
    run.types(&debtor.name).keys("<Enter>");
    run.types(&amount.to_string()).keys("<Tab> <Tab> <Tab>");
    run.types("bbva").keys("<Enter>");
}

fn invoice(office: &Office, id: &str) -> Value {
    let path = format!("/accounting/invoices/{id}");
    office.done(Method::GET, &path, None)["data"].clone()
}

/// Selects an invoice in the list of all of them, from the oldest on, with every row read before the next key.
fn select(run: &mut Run, id: &str) {
    run.keys("<Esc> <Esc> <Esc> g f <End>");
    for _ in 0..150 {
        let model = run.model();
        if model.subject().is_some_and(|one| one.id.as_str() == id) {
            return;
        }
        run.keys("k");
    }
    panic!("invoice {id} is not in the list:\n{}", run.screen());
}

/// The record on the page, as Unify gives it.
fn on_page(office: &Office, run: &Run, resource: &str) -> Value {
    let model = run.model();
    let id = model.subject().expect("a record").id.clone();
    let path = format!("/accounting/{resource}/{id}");
    office.done(Method::GET, &path, None)["data"].clone()
}

fn posts(office: &Office, resource: &str) -> usize {
    let path = format!("/accounting/{resource}");
    office.requests(|request| request["method"] == "POST" && request["path"] == path)
}

#[test]
fn one_transfer_pays_three_invoices_the_last_one_in_part() {
    let office = books(|_| {});
    let debtor = debtor(&office);
    let [first, second, third, ..] = debtor.invoices.as_slice() else {
        panic!("three invoices")
    };
    let part = (third.2 / Decimal::TWO).round_dp(2);
    let amount = first.2 + second.2 + part;
    let mut run = office.run();
    new_payment(&mut run, &debtor, amount);
    run.shows(&[&first.1, &second.1, &third.1, "Por aplicar", "leídas"]);
    run.keys("<Down> <Down> = = =");
    run.keys("<F8>").shows(&["Guardado"]);

    let payment = on_page(&office, &run, "payments");
    assert_eq!(decimal(&payment["total_amount"]), amount);
    assert_eq!(payment["payment_method"], "transfer");
    assert_eq!(payment["account"]["name"], "BBVA operativa");
    let shares: Vec<(String, Decimal)> = payment["allocations"]
        .as_array()
        .expect("allocations")
        .iter()
        .map(|share| {
            let id = share["id"].as_str().expect("an id");
            (id.to_owned(), decimal(&share["amount"]))
        })
        .collect();
    let wanted = [
        (first.0.clone(), first.2),
        (second.0.clone(), second.2),
        (third.0.clone(), part),
    ];
    assert_eq!(shares, wanted);
    assert_eq!(invoice(&office, &first.0)["status"], "paid");
    assert_eq!(invoice(&office, &third.0)["status"], "partially_paid");
    assert_eq!(
        decimal(&invoice(&office, &third.0)["balance"]),
        third.2 - part
    );

    // The lists follow without anybody asking for it.
    select(&mut run, &third.0);
    let status = run.model().subject().map(|invoice| invoice.status());
    assert_eq!(status, Some(Status::PartiallyPaid));
    let shown = run
        .model()
        .subject()
        .and_then(|one| one.money(Field::Balance));
    assert_eq!(shown.map(|money| money.decimal()), Some(third.2 - part));
    select(&mut run, &first.0);
    let shown = run
        .model()
        .subject()
        .and_then(|one| one.money(Field::Balance));
    assert_eq!(shown.map(|money| money.is_zero()), Some(true));
}

#[test]
fn the_oldest_are_paid_first_and_the_set_that_sums_exactly_is_found() {
    let office = books(|_| {});
    let debtor = debtor(&office);
    let amount = debtor.invoices[0].2 + debtor.invoices[2].2;
    let mut run = office.run();
    new_payment(&mut run, &debtor, amount);
    run.keys("<F4>").shows(&["suman exactamente", "0.00"]);
    run.keys("<C-z> <F5> <F8>").shows(&["Guardado"]);
    let payment = on_page(&office, &run, "payments");
    let first = &payment["allocations"][0];
    assert_eq!(first["id"], debtor.invoices[0].0.as_str());
    assert_eq!(decimal(&first["amount"]), debtor.invoices[0].2);
}

#[test]
fn too_much_and_too_little_never_leave_the_form() {
    let office = books(|_| {});
    let debtor = debtor(&office);
    let (_, number, balance) = &debtor.invoices[0];
    let mut run = office.run();
    new_payment(&mut run, &debtor, *balance);
    run.keys("<F8>")
        .shows(&["No se guardó", "Un pago debe aplicarse al menos a un"]);
    run.keys("<F5>").lacks(&["debe aplicarse"]);
    run.keys("<Down> <Down> <Down> <Down>")
        .types(&(balance + Decimal::ONE).to_string());
    run.shows(&[&format!("En {number} sólo quedan")]);
    run.keys("<F8>").shows(&["No se guardó"]);
    run.types(&(balance - Decimal::ONE).to_string());
    assert_eq!(posts(&office, "payments"), 0);
}

#[test]
fn a_payment_whose_answer_is_lost_is_found_and_never_made_twice() {
    for keys in [Idempotency::Ignore, Idempotency::Honour] {
        let office = books(|options| options.idempotency = keys);
        let debtor = debtor(&office);
        let (id, _, balance) = &debtor.invoices[0];
        let mut run = office.run();
        new_payment(&mut run, &debtor, *balance);
        run.keys("<F5>");
        office.fault(json!({
            "method": "POST", "path": "/accounting/payments", "when": "after", "do": "drop",
        }));
        run.keys("<F8>").shows(&["Puede estar guardada"]);
        run.keys("<F8> <F8>");
        run.pass(&office, Duration::from_secs(2));
        let payment = on_page(&office, &run, "payments");
        assert_eq!(decimal(&payment["total_amount"]), *balance);
        assert_eq!(posts(&office, "payments"), 1);
        assert_eq!(invoice(&office, id)["status"], "paid");
        select(&mut run, id);
        let shown = run
            .model()
            .subject()
            .and_then(|one| one.money(Field::Balance));
        assert_eq!(shown.map(|money| money.is_zero()), Some(true));
    }
}

#[test]
fn a_refused_payment_keeps_the_form_with_the_servers_words() {
    let office = books(|_| {});
    let debtor = debtor(&office);
    let mut run = office.run();
    new_payment(&mut run, &debtor, debtor.invoices[0].2);
    run.keys("<F5>");
    office.fault(json!({
        "method": "POST", "path": "/accounting/payments", "status": 400,
        "body": {"status_code": 400, "error": "Bad Request", "type_name": "ConnectorExecutionError",
                 "message": "El periodo está cerrado", "detail": {"code": 900}, "ref": ""},
    }));
    run.keys("<F8>").shows(&[
        "No se guardó",
        "El periodo está cerrado",
        &debtor.invoices[0].1,
    ]);
    run.keys("<F8>").shows(&["Guardado"]);
}

#[test]
fn a_half_applied_payment_survives_a_crash() {
    let office = books(|_| {});
    let debtor = debtor(&office);
    let mut run = office.run();
    new_payment(&mut run, &debtor, debtor.invoices[0].2);
    run.keys("<F5>");
    run.pass(&office, Duration::from_secs(1));
    run.kill();
    let mut run = office.run();
    run.keys("<Home> <Enter>")
        .shows(&[&debtor.name, &debtor.invoices[0].1, "Se recuperó"]);
    run.keys("<F8>").shows(&["Guardado"]);
    assert_eq!(invoice(&office, &debtor.invoices[0].0)["status"], "paid");
}

#[test]
fn a_payment_is_changed_and_what_it_left_is_owed_again() {
    let office = books(|_| {});
    let debtor = debtor(&office);
    let (id, number, balance) = &debtor.invoices[0];
    let mut run = office.run();
    new_payment(&mut run, &debtor, *balance);
    run.keys("<F5> <F8>").shows(&["Guardado"]);
    run.keys("e").shows(&["Editar pago", number]);
    let less = balance - Decimal::ONE;
    run.keys("<Tab>").types(&less.to_string()).keys("<F5> <F8>");
    run.shows(&["Cambios guardados."]);
    assert_eq!(decimal(&invoice(&office, id)["balance"]), Decimal::ONE);
    select(&mut run, id);
    let shown = run
        .model()
        .subject()
        .and_then(|one| one.money(Field::Balance));
    assert_eq!(shown.map(|money| money.decimal()), Some(Decimal::ONE));
}

#[test]
fn a_bill_is_paid_to_its_supplier() {
    let office = Office::open();
    let bills = office.done(Method::GET, "/accounting/bills?filter[status]=unpaid", None);
    let bill = bills["data"][0].clone();
    let supplier = bill["supplier"]["display_name"].as_str().expect("a name");
    let mut run = office.run();
    run.keys("g e n").shows(&["Nuevo pago a proveedor"]);
    run.types(supplier).keys("<Enter>").types("1.00");
    run.keys("<Tab> <Tab> <Tab>").types("bbva");
    run.keys("<Enter> <F5> <F8>").shows(&["Guardado"]);
    let payment = on_page(&office, &run, "bill-payments");
    assert_eq!(decimal(&payment["total_amount"]), Decimal::ONE);
    assert_eq!(payment["allocations"][0]["type"], "bill");
    assert_eq!(posts(&office, "bill-payments"), 1);
}

/// A póliza of 900 from a code and a name, up to the credit.
fn half_an_entry(run: &mut Run) {
    run.keys("g j n").shows(&["Nueva póliza"]);
    run.types("Ajuste").keys("<Enter> <Enter> <Enter>");
    run.types("60101").keys("<Enter>").types("900");
    run.shows(&["601-01 Sueldos", "Faltan en abonos", "900.00"]);
    run.keys("<Enter>");
}

#[test]
fn a_poliza_is_keyed_in_by_code_and_name_and_balanced_by_a_key() {
    let office = Office::open();
    let mut run = office.run();
    half_an_entry(&mut run);
    run.types("caja g").shows(&["101-01-001 Caja general"]);
    run.keys("<Enter> =").shows(&["Diferencia"]);
    run.keys("<F8>")
        .shows(&["Guardado", "Ajuste", "601-01", "Sueldos"]);
    let entry = on_page(&office, &run, "journal-entries");
    assert_eq!(entry["title"], "Ajuste");
    assert_eq!(entry["number"], Value::Null);
    let lines: Vec<(String, Decimal, String)> = entry["line_items"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            (
                text(&line["type"]),
                decimal(&line["total_amount"]),
                text(&line["ledger_account"]["code"]),
            )
        })
        .collect();
    let amount = Decimal::from(900);
    assert_eq!(
        lines,
        [
            ("debit".to_owned(), amount, "601-01".to_owned()),
            ("credit".to_owned(), amount, "101-01-001".to_owned()),
        ]
    );
}

#[test]
fn a_header_account_and_an_unbalanced_poliza_never_leave_the_form() {
    let office = Office::open();
    let mut run = office.run();
    half_an_entry(&mut run);
    run.types("101")
        .shows(&["101 Caja es acumulativa; elegir una de sus"]);
    run.keys("<F8>").shows(&["No se guardó"]);
    run.types("101-01-001").lacks(&["acumulativa"]);
    run.keys("<Enter>").types("800").keys("<F8>");
    run.keys("<Esc> <Enter>");
    run.shows(&["La póliza no cuadra: faltan 100.00 en"]);
    assert_eq!(posts(&office, "journal-entries"), 0);
}

#[test]
fn a_poliza_whose_answer_is_lost_is_found_and_never_made_twice() {
    let office = Office::with(|options| options.idempotency = Idempotency::Ignore);
    let mut run = office.run();
    half_an_entry(&mut run);
    run.types("caja g").keys("<Enter> =");
    office.fault(json!({
        "method": "POST", "path": "/accounting/journal-entries", "when": "after", "do": "drop",
    }));
    run.keys("<F8>").shows(&["Puede estar guardada"]);
    run.pass(&office, Duration::from_secs(2));
    let entry = on_page(&office, &run, "journal-entries");
    assert_eq!(entry["title"], "Ajuste");
    assert_eq!(posts(&office, "journal-entries"), 1);
}

#[test]
fn a_poliza_is_changed_line_by_line() {
    let office = Office::open();
    let mut run = office.run();
    half_an_entry(&mut run);
    run.types("caja g")
        .keys("<Enter> = <F8>")
        .shows(&["Guardado"]);
    run.keys("e")
        .shows(&["Editar póliza", "101-01-001 Caja general"]);
    run.keys("<Down> <Down> <Down> <Tab> <Tab>").types("1000");
    run.keys("<Down> <Tab> =").shows(&["1,000.00"]);
    run.keys("<F8>").shows(&["Cambios guardados."]);
    let entry = on_page(&office, &run, "journal-entries");
    assert_eq!(
        decimal(&entry["line_items"][1]["total_amount"]),
        Decimal::from(1000)
    );
    let model = run.model();
    let subject = model.subject().expect("a póliza");
    assert_eq!(subject.kind, Kind::JournalEntries);
    assert_ne!(subject.id, Id::from(""));
}
