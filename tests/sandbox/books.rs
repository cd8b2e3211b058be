//! The generated books: every resource is there, in every state, and everything agrees.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::support::Sandbox;

fn amount(value: &Value) -> Decimal {
    value
        .to_string()
        .trim_matches('"')
        .parse()
        .expect("an amount")
}

#[tokio::test]
async fn every_resource_has_records_in_the_states_that_it_can_have() {
    let sandbox = Sandbox::start().await;
    for (resource, wanted) in [
        (
            "invoices",
            &["draft", "authorised", "partially_paid", "paid", "voided"][..],
        ),
        (
            "bills",
            &["draft", "authorised", "partially_paid", "paid", "voided"][..],
        ),
        (
            "credit-notes",
            &["authorised", "paid", "voided", "partially_paid"][..],
        ),
        ("quotes", &["sent", "converted", "voided"][..]),
        ("purchase-orders", &["open", "closed"][..]),
        ("payments", &["authorised", "voided"][..]),
        ("bill-payments", &["authorised", "voided"][..]),
        ("journal-entries", &["posted"][..]),
        ("suppliers", &["active", "inactive"][..]),
        ("departments", &["active", "inactive"][..]),
        ("bank-accounts", &["active"][..]),
    ] {
        let records = sandbox.all(resource, "").await;
        let words: BTreeSet<&str> = records
            .iter()
            .filter_map(|one| one["status"].as_str())
            .collect();
        for word in wanted {
            assert!(
                words.contains(word),
                "no {word} among {resource}: {words:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_owed_is_the_total_less_what_was_paid_and_credited() {
    let sandbox = Sandbox::start().await;
    for (resource, payments) in [("invoices", "payments"), ("bills", "bill-payments")] {
        let mut paid: BTreeMap<String, Decimal> = BTreeMap::new();
        for payment in sandbox.all(payments, "filter[status]=authorised").await {
            let mut shared = Decimal::ZERO;
            for share in payment["allocations"].as_array().expect("allocations") {
                shared += amount(&share["amount"]);
                let id = share["id"].as_str().expect("an id").to_owned();
                *paid.entry(id).or_default() += amount(&share["amount"]);
            }
            assert!(shared <= amount(&payment["total_amount"]));
        }
        if resource == "invoices" {
            for note in sandbox.all("credit-notes", "raw=true").await {
                for share in note["_raw"]["invoices"].as_array().expect("invoices") {
                    let id = share["id"].as_str().expect("an id").to_owned();
                    *paid.entry(id).or_default() += amount(&share["amount"]);
                }
            }
        }
        for document in sandbox.all(resource, "").await {
            let id = document["id"].as_str().expect("an id");
            let (total, balance) = (amount(&document["total"]), amount(&document["balance"]));
            let settled = paid.get(id).copied().unwrap_or_default();
            let owed = if document["status"] == json!("voided") {
                Decimal::ZERO
            } else {
                total - settled
            };
            assert_eq!(balance, owed, "{resource} {id}");
            assert!(balance >= Decimal::ZERO, "{resource} {id}");
        }
    }
}

#[tokio::test]
async fn every_link_of_a_record_leads_to_a_record() {
    let sandbox = Sandbox::start().await;
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for resource in [
        "customers",
        "suppliers",
        "invoices",
        "bills",
        "bank-accounts",
        "departments",
        "ledger-accounts",
        "invoice-items",
    ] {
        let all = sandbox.all(resource, "").await;
        let known = all.iter().filter_map(|one| one["id"].as_str());
        ids.insert(resource, known.map(str::to_owned).collect());
    }
    let known = |resource: &str, value: &Value| match value.as_str() {
        None => assert!(value.is_null(), "{value}"),
        Some(id) => assert!(ids[resource].contains(id), "{resource} {id}"),
    };
    for (resource, party, list) in [
        ("payments", "customer", "customers"),
        ("bill-payments", "supplier", "suppliers"),
        ("bills", "supplier", "suppliers"),
        ("purchase-orders", "supplier", "suppliers"),
        ("quotes", "customer", "customers"),
        ("credit-notes", "customer", "customers"),
    ] {
        for record in sandbox.all(resource, "").await {
            known(list, &record[party]["id"]);
            known("departments", &record["department_id"]);
            known("bank-accounts", &record["account"]["id"]);
            known("invoices", &record["invoice_id"]);
            for line in record["line_items"].as_array().into_iter().flatten() {
                known("invoice-items", &line["item"]["id"]);
                known("ledger-accounts", &line["ledger_account"]["id"]);
            }
        }
    }
}

#[tokio::test]
async fn books_grow_with_the_number_of_invoices() {
    let counts = |state: &Value| {
        [
            "bills",
            "payments",
            "quotes",
            "credit_notes",
            "journal_entries",
            "purchase_orders",
        ]
        .map(|key| state[key].as_u64().expect("a count"))
    };
    let small = counts(&Sandbox::start().await.state().await);
    let large = Sandbox::with(timbra::sandbox::Options {
        invoices: 900,
        ..crate::support::options()
    })
    .await;
    let large = counts(&large.state().await);
    for (small, large) in small.into_iter().zip(large) {
        assert!(small > 0 && large > 5 * small, "{small} {large}");
    }
}

#[tokio::test]
async fn every_books_have_the_invoices_that_a_caller_asks_for_by_amount_and_month() {
    for (seed, invoices, today, year) in [
        (1, 1_240, "2026-11-23", "2026"),
        (7, 90, "2026-06-03", "2026"),
        (2, 60, "2026-04-01", "2026"),
        (3, 90, "2026-03-31", "2025"),
        (4, 90, "2026-03-02", "2025"),
        (5, 300, "2026-01-01", "2025"),
        (6, 40, "2024-02-29", "2023"),
    ] {
        let sandbox = Sandbox::with(timbra::sandbox::Options {
            seed,
            invoices,
            today: Some(today.parse().expect("a day")),
            ..crate::support::options()
        })
        .await;
        let all = sandbox.all("invoices", "raw=true").await;
        assert_eq!(all.len(), invoices as usize, "{today}");
        let wanted: Decimal = "11600".parse().expect("an amount");
        let of = |month: &str, is: &dyn Fn(&Value) -> bool| -> Vec<Value> {
            let month = format!("{year}-{month}-");
            let found = all.iter().filter(|one| {
                let day = one["invoice_date"].as_str().expect("a day");
                day.starts_with(&month) && is(one)
            });
            found.cloned().collect()
        };
        let total = |one: &Value| amount(&one["total"]) == wanted;
        let subtotal = |one: &Value| amount(&one["sub_total"]) == wanted;
        let before_tax = |one: &Value| {
            !subtotal(one) && amount(&one["total"]) - amount(&one["total_tax"]) == wanted
        };
        let (march, february) = (of("03", &total), of("02", &total));
        let (plain, discounted) = (of("03", &subtotal), of("03", &before_tax));
        let counts = [&march, &february, &plain, &discounted].map(Vec::len);
        assert_eq!(counts, [2, 1, 1, 1], "seed {seed}, {today}");
        let mut customers = BTreeSet::new();
        for invoice in [march, february, plain, discounted].concat() {
            let uuid = invoice["_raw"]["stamp"]["uuid"].as_str();
            assert!(uuid.is_some_and(|uuid| uuid.len() == 36), "{invoice}");
            assert_ne!(invoice["status"], json!("voided"));
            assert!(customers.insert(invoice["customer"]["id"].to_string()));
        }
    }
}
