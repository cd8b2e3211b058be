//! What is written by its native name stays on the native record of every resource that has a `pass_through`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bodies::{filled, writes};
use crate::support::{Sandbox, bill, good_draft, owed_invoice, with};

/// The native path of a resource.
fn native_path(resource: &str) -> &'static str {
    match resource {
        "customers" | "suppliers" => "contacts",
        "tax-rates" => "taxes",
        "ledger-accounts" => "categories",
        "departments" => "cost-centers",
        "invoice-items" => "items",
        "invoices" => "invoices",
        "credit-notes" => "credit-notes",
        "bills" => "bills",
        "purchase-orders" => "purchase-orders",
        "payments" | "bill-payments" => "payments",
        "journal-entries" => "journals",
        _ => "estimates",
    }
}

fn telling(body: Value, text: &str) -> Value {
    let told = json!([{"service_id": "alegra",
        "extend_object": {"anotation": text, "ownField": {"a": [1]}},
        "extend_paths": [{"path": "$.ownDeep.list[0].b", "value": text}]}]);
    let mut body = body;
    match body.pointer_mut("/pass_through") {
        // What the body tells already stays: an item its key, a note its método.
        Some(Value::Array(elements)) => {
            elements.extend(told.as_array().cloned().unwrap_or_default())
        }
        _ => body = with(body, json!({"pass_through": told})),
    }
    body
}

#[tokio::test]
async fn f_10_1_to_10_2_every_resource_keeps_what_pass_through_brings_on_create_and_update() {
    let sandbox = Sandbox::start().await;
    let owed = owed_invoice(&sandbox).await;
    let debt = sandbox.add("bills", bill()).await;
    let leaf = sandbox.account("601-84-001").await;
    let names = [("OWED", owed.as_str()), ("DEBT", &debt), ("LEAF", &leaf)];
    let mut tried = 0;
    for (resource, create, change) in writes() {
        if resource == "bank-accounts" {
            continue;
        }
        tried += 1;
        let list = format!("/accounting/{resource}");
        let made = sandbox
            .post(&list, telling(filled(&create, &names), "al crear"))
            .await
            .expect(201)
            .data();
        let id = made["id"].as_str().expect("an id").to_owned();
        for text in ["al crear", "al cambiar"] {
            if text == "al cambiar" {
                let change = telling(filled(&change, &names), text);
                sandbox
                    .patch(&format!("{list}/{id}"), change)
                    .await
                    .expect(200);
            }
            let path = format!("/{}/{id}", native_path(resource));
            let native = sandbox
                .send(sandbox.native(Method::GET, &path, None))
                .await
                .expect(200)
                .json();
            assert_eq!(native["anotation"], json!(text), "{resource}");
            assert_eq!(native["ownField"], json!({"a": [1]}), "{resource}");
            assert_eq!(
                native["ownDeep"],
                json!({"list": [{"b": text}]}),
                "{resource}"
            );
            let unified = sandbox.one(resource, &id).await;
            assert!(unified.get("anotation").is_none(), "{resource}");
        }
    }
    assert_eq!(tried, 14);
}

#[tokio::test]
async fn a_note_for_the_office_is_not_the_note_for_the_customer() {
    let sandbox = Sandbox::start().await;
    let body = with(good_draft(), json!({"customer_memo": "para el cliente"}));
    let id = sandbox.create(telling(body, "para la oficina")).await;
    let raw = sandbox.raw(&id).await;
    assert_eq!(raw["observations"], json!("para el cliente"));
    assert_eq!(raw["anotation"], json!("para la oficina"));
}
