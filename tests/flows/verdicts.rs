//! How unstamped documents stand, on the lists and at home.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Office, good_draft, with_native};

/// The row of the list that shows this customer's newest document.
fn row(screen: &str, customer: &str) -> String {
    screen
        .lines()
        .find(|line| line.contains(customer))
        .unwrap_or_else(|| panic!("no row of {customer}:\n{screen}"))
        .to_owned()
}

#[test]
fn a_mark_follows_the_document_that_somebody_corrects() {
    let office = Office::open();
    let id = office.create(with_native(good_draft(), json!({"cfdiUse": "D01"})));
    let mut run = office.run();
    run.keys("g f");
    assert!(
        row(&run.screen(), "XENON").contains("✗ CON ERRORES"),
        "{}",
        run.screen()
    );
    office.edit_elsewhere(&id, json!({"cfdiUse": "G03"}));
    run.open(&id).keys("<Esc>").settle();
    assert!(
        row(&run.screen(), "XENON").contains("◈ LISTA"),
        "{}",
        run.screen()
    );
}

#[test]
fn a_mark_turns_with_the_clock_and_never_outlives_its_time() {
    let office = Office::open();
    office.create(good_draft());
    let mut run = office.run();
    run.keys("g f");
    assert!(
        row(&run.screen(), "XENON").contains("◈ LISTA"),
        "{}",
        run.screen()
    );
    run.pass(&office, Duration::from_secs(4 * 86_400))
        .keys("j k");
    assert!(
        row(&run.screen(), "XENON").contains("✗ CON ERRORES"),
        "{}",
        run.screen()
    );
}

#[test]
fn home_counts_every_unstamped_invoice_once() {
    let office = Office::open();
    let run = office.run();
    let number = |label: &str| -> usize { run.number(label).parse().expect("a number") };
    let standing = [
        "Listas para timbrar",
        "Con avisos",
        "Con errores",
        "Sin revisar",
    ];
    assert_eq!(
        standing.into_iter().map(number).sum::<usize>(),
        number("Facturas sin timbrar"),
        "{}",
        run.screen()
    );
}
