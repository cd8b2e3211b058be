//! Rows 3 and 7 of table F on screen: payments of both directions, bank accounts, pólizas.

use reqwest::Method;
use serde_json::Value;
use timbra::app::model::{Layer, Screen};
use timbra::domain::kind::Kind;

use crate::forms::{on_page, stand_on};
use crate::harness::{Office, Run};

fn rows(office: &Office, resource: &str) -> Vec<Value> {
    let path = format!("/accounting/{resource}?limit=30");
    let page = office.done(Method::GET, &path, None);
    page["data"].as_array().expect("rows").clone()
}

fn record(office: &Office, resource: &str, id: &str) -> Value {
    let path = format!("/accounting/{resource}/{id}");
    office.done(Method::GET, &path, None)["data"].clone()
}

fn list(run: &Run) -> (Kind, usize) {
    match run.model().screens.last() {
        Some(Screen::List(list)) => (list.query.kind, list.total()),
        other => panic!("no list but {other:?}"),
    }
}

/// The six words that a payment can be made with (contract 3.5), with the SAT's key of each.
const MEANS: [(&str, &str); 6] = [
    ("cash", "01"),
    ("transfer", "03"),
    ("check", "02"),
    ("deposit", "03"),
    ("credit-card", "04"),
    ("debit-card", "28"),
];

#[test]
fn f_3_1_what_comes_in_and_what_goes_out_are_two_lists() {
    let office = Office::open();
    let mut run = office.run();
    for (chord, kind, resource, place) in [
        (
            "g i",
            Kind::Payments,
            "payments",
            "Ventas › Pagos recibidos",
        ),
        (
            "g e",
            Kind::BillPayments,
            "bill-payments",
            "Compras › Pagos a proveedores",
        ),
    ] {
        run.keys("<Esc> <Esc> <Esc>").keys(chord).shows(&[place]);
        let path = format!("/accounting/{resource}?limit=200");
        let (mut count, mut page) = (0, office.done(Method::GET, &path, None));
        loop {
            count += page["data"].as_array().map_or(0, Vec::len);
            let Some(next) = page["meta"]["cursors"]["next"].as_str() else {
                break;
            };
            let path = format!("/accounting/{resource}?limit=200&cursor={next}");
            page = office.done(Method::GET, &path, None);
        }
        assert_eq!(list(&run), (kind, count));
    }
}

#[test]
fn f_3_2_and_3_4_a_payment_shows_what_it_paid_and_deleting_it_gives_the_balance_back() {
    let office = Office::open();
    for (chord, resource, documents, word) in [
        ("g i", "payments", "invoices", "factura"),
        ("g e", "bill-payments", "bills", "factura"),
    ] {
        let payments = rows(&office, resource);
        let (payment, share) = payments
            .iter()
            .filter(|payment| payment["status"] == "authorised")
            .find_map(
                |payment| match payment["allocations"].as_array()?.as_slice() {
                    [share] => Some((payment, share)),
                    _ => None,
                },
            )
            .expect("a payment of one document");
        let id = payment["id"].as_str().expect("an id");
        let document = share["id"].as_str().expect("an id");
        let paid = share["amount"]
            .to_string()
            .parse::<f64>()
            .expect("an amount");
        let balance = |office: &Office| {
            let told = record(office, documents, document)["balance"].to_string();
            told.parse::<f64>().expect("a balance")
        };
        let before = balance(&office);
        let mut run = office.run();
        stand_on(&mut run, chord, id);
        run.keys("<Enter>").shows(&["Aplicado", word]);
        let shown = run
            .model()
            .subject()
            .and_then(|payment| payment.allocations.first()?.amount);
        let shown = shown.expect("what went to it").to_string();
        assert_eq!(shown.replace(',', "").parse::<f64>(), Ok(paid));
        run.shows(&[&shown]);
        run.keys("D s <Enter>").shows(&["Eliminado"]);
        let path = format!("/accounting/{resource}/{id}");
        assert_eq!(office.ask(Method::GET, &path, None).0, 404);
        assert!(
            (balance(&office) - before - paid).abs() < 0.005,
            "{resource}"
        );
    }
}

#[test]
fn f_3_5_a_payment_is_made_with_one_of_six_means_and_the_word_is_sent() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g i n <Tab> <Tab> <Tab> <F3>");
    let offered = match run.model().layers.last() {
        Some(Layer::Picker(picker)) => picker.choices.len(),
        other => panic!("no picker but {other:?}"),
    };
    assert_eq!(offered, MEANS.len(), "{}", run.screen());
    let screen = run.screen();
    for (word, key) in MEANS {
        assert!(
            screen.lines().any(|line| {
                line.trim_end().ends_with(word) && line.contains(&format!(" {key} "))
            }),
            "{word} {key}:\n{screen}"
        );
    }
}

#[test]
fn f_3_6_to_3_8_bank_accounts_tell_their_sort_their_number_and_nothing_that_alegra_never_tells() {
    let office = Office::open();
    let mut run = office.run();
    let accounts = rows(&office, "bank-accounts");
    let mut sorts = std::collections::BTreeSet::new();
    for account in &accounts {
        let id = account["id"].as_str().expect("an id");
        let sort = account["account_type"].as_str().expect("a sort");
        sorts.insert(sort.to_owned());
        let called = match sort {
            "checking" => "Banco",
            "cash" => "Efectivo",
            "credit_card" => "Tarjeta de crédito",
            other => panic!("{other}"),
        };
        stand_on(&mut run, "g k", id);
        run.keys("<Enter>");
        let mut shows = |label: &str, value: &str| {
            run.shows(&[&format!("{label:<22}{value}")]);
        };
        shows("Tipo de cuenta", called);
        shows(
            "Número de cuenta",
            account["account_number"].as_str().unwrap_or("—"),
        );
        assert_eq!(account["account_number"].is_string(), sort == "checking");
        for never in ["Saldo", "Moneda", "IBAN", "BIC (SWIFT)", "Clave de plaza"] {
            shows(never, "—");
        }
        run.lacks(&["0.00"]);
    }
    assert_eq!(sorts.len(), 3);
}

#[test]
fn f_7_3_a_poliza_has_no_number_and_no_times_and_stands_by_its_day() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g j");
    let heads = run.screen().lines().nth(2).expect("heads").to_owned();
    assert!(
        !heads.contains("Folio") && !heads.contains("Número"),
        "{heads}"
    );
    let entries = rows(&office, "journal-entries");
    let mut days: Vec<&str> = entries
        .iter()
        .filter_map(|entry| entry["posted_at"].as_str())
        .collect();
    days.sort_unstable();
    run.keys("<Home>");
    for day in days.iter().rev() {
        let id = on_page(&run);
        let entry = record(&office, "journal-entries", &id);
        assert_eq!(entry["posted_at"].as_str(), Some(*day));
        assert!(entry["number"].is_null());
        run.keys("<Enter>");
        for never in ["Serie y folio", "Creado", "Modificado"] {
            run.shows(&[&format!("{never:<22}—")]);
        }
        run.keys("<Esc> j");
    }
}
