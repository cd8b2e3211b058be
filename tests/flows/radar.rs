//! Home as the radar: every number opens the list that it counts, days are those of the issue place, and the payments
//! without a receipt are those that the server has none for.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use timbra::app::model::Screen;
use timbra::words;

use crate::harness::{Manner, Office, Run, good_draft};

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// How many rows the list on screen has.
fn rows(run: &Run) -> usize {
    match run.model().screens.last() {
        Some(Screen::List(list)) => list.window.as_ref().map_or(0, |window| window.total),
        other => panic!("no list but {other:?}"),
    }
}

#[test]
fn every_number_of_home_opens_the_list_that_it_counts() {
    let office = Office::open();
    let mut run = office.run();
    let labels = [
        "Facturas sin timbrar",
        "─ fuera de las 72 h",
        "─ quedan menos de 24 h",
        "─ quedan de 24 a 48 h",
        "─ quedan de 48 a 72 h",
        "─ ya emitidas (no borradores)",
        "Sin leer sus datos fiscales",
        "Listas para timbrar",
        "Con avisos",
        "Con errores",
        "Sin revisar",
        "PPD sin REP",
        "Vencidas",
        "Por cobrar",
        "Notas de crédito sin timbrar",
    ];
    let mut counted = 0;
    for label in labels {
        let number = run.number(label);
        run.click(label).keys("<Enter>");
        assert_eq!(
            words::count(rows(&run)),
            number,
            "{label}\n{}",
            run.screen()
        );
        counted += rows(&run);
        run.keys("<Esc>");
    }
    assert!(counted > 100, "numbers that are not all nothing");
}

#[test]
fn deferred_invoices_without_a_receipt_are_those_of_the_server_and_nothing_is_issued_here() {
    let office = Office::open();
    let lacking: BTreeSet<String> = office
        .natives("payments")
        .iter()
        .filter(|payment| payment["type"] == "in" && payment["status"] == "open")
        .filter(|payment| !payment["stamp"]["uuid"].is_string())
        .flat_map(|payment| payment["invoices"].as_array().cloned().unwrap_or_default())
        .map(|invoice| text(&invoice["id"]))
        .collect();
    let deferred: BTreeSet<String> = office
        .natives("invoices")
        .iter()
        .filter(|invoice| invoice["paymentType"] == "PPD" && invoice["status"] != "void")
        .filter(|invoice| invoice["stamp"]["uuid"].is_string())
        .map(|invoice| text(&invoice["id"]))
        .collect();
    let expected: BTreeSet<&String> = lacking.intersection(&deferred).collect();
    assert!(expected.len() > 1, "the books have some");
    let mut run = office.run_as(Manner::sized(80, 24));
    let number = run.number("PPD sin REP");
    assert_eq!(number, expected.len().to_string());
    run.click("PPD sin REP")
        .keys("<Enter>")
        .shows(&["PPD sin REP", "REP"]);
    let model = run.model();
    let Some(Screen::List(list)) = model.screens.last() else {
        panic!("no list: {}", run.screen());
    };
    let window = list.window.as_ref().expect("the rows");
    assert_eq!(window.total, expected.len());
    for record in &window.rows {
        assert!(expected.contains(&record.id.0), "{}", record.id);
        assert!(window.receipts.contains_key(&record.id), "{}", record.id);
    }
    run.keys("T").shows(&["se emite en Alegra"]);
    assert_eq!(office.requests(|seen| seen["method"] != "GET"), 0);
}

#[test]
fn a_payment_of_a_deferred_invoice_turns_up_at_once_and_goes_with_its_receipt() {
    let office = Office::open();
    let mut run = office.run();
    let before: usize = run.number("PPD sin REP").parse().expect("a number");
    let unpaid = office
        .natives("invoices")
        .into_iter()
        .find(|invoice| {
            invoice["paymentType"] == "PPD"
                && invoice["stamp"]["uuid"].is_string()
                && invoice["status"] == "open"
                && invoice["payments"].as_array().is_some_and(Vec::is_empty)
        })
        .expect("an unpaid one");
    let today = office.clock.now().to_string()[..10].to_owned();
    office.done(
        Method::POST,
        "/accounting/payments",
        Some(json!({
            "total_amount": 1, "transaction_date": format!("{today}T00:00:00.000Z"), "payment_method": "transfer",
            "customer": {"id": text(&unpaid["client"]["id"])},
            "allocations": [{"id": text(&unpaid["id"]), "type": "invoice", "amount": 1}],
        })),
    );
    run.keys("r");
    assert_eq!(run.number("PPD sin REP"), (before + 1).to_string());
}

#[test]
fn ages_turn_at_midnight_of_the_issue_place_while_home_is_on_screen() {
    let office = Office::open();
    office.create(good_draft());
    let mut run = office.run();
    let ages = [
        "quedan de 48 a 72 h",
        "quedan de 24 a 48 h",
        "quedan menos de 24 h",
        "fuera de las 72 h",
    ];
    let numbers = |run: &Run| -> Vec<usize> {
        ages.iter()
            .map(|age| run.number(age).parse().expect("a number"))
            .collect()
    };
    let before = numbers(&run);
    run.pass(&office, Duration::from_secs(86_400));
    let after = numbers(&run);
    assert_eq!(after[1], before[0], "{}", run.screen());
    assert_eq!(after[2], before[1]);
    assert_eq!(after[3], before[3] + before[2]);
}

#[test]
fn home_can_be_used_at_60_by_15() {
    let office = Office::open();
    let mut run = office.run_as(Manner::sized(60, 15));
    run.shows(&[
        "Facturas sin timbrar",
        "quedan menos de 24 h",
        "Con errores",
    ]);
    run.keys("<End>").shows(&["Empresa"]);
    run.keys("<Home>")
        .click("Con errores")
        .keys("<Enter>")
        .shows(&["con errores"]);
}
