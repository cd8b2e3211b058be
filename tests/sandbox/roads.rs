//! What is written by one road is read by all others: every pair is walked.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Sandbox, good_draft, with};

/// What every road must agree on, taken from whatever form it comes in.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    memo: String,
    total: String,
    balance: String,
}

fn amount(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    text.parse::<rust_decimal::Decimal>()
        .unwrap_or_else(|_| panic!("{value} is no amount"))
        .normalize()
        .to_string()
}

fn unified(record: &Value) -> Said {
    Said {
        memo: record["customer_memo"].as_str().expect("a memo").to_owned(),
        total: amount(&record["total"]),
        balance: amount(&record["balance"]),
    }
}

fn native(record: &Value) -> Said {
    Said {
        memo: record["observations"].as_str().expect("a memo").to_owned(),
        total: amount(&record["total"]),
        balance: amount(&record["balance"]),
    }
}

/// Reads an invoice by every road there is.
async fn read_everywhere(sandbox: &Sandbox, id: &str) -> Vec<(&'static str, Said)> {
    let is = |record: &&Value| record["id"].to_string().trim_matches('"') == id;
    let newest = "/accounting/invoices?limit=30&sort[by]=updated_at&sort[direction]=desc";
    let list = sandbox.get(newest).await.data();
    let raws = sandbox.get(&format!("{newest}&raw=true")).await.data();
    let natives = sandbox
        .proxy_get("/invoices?limit=30&order_direction=DESC")
        .await
        .json();
    let find = |list: &Value| {
        list.as_array()
            .expect("a list")
            .iter()
            .find(is)
            .cloned()
            .expect("on the page")
    };
    vec![
        ("list", unified(&find(&list))),
        (
            "one",
            unified(
                &sandbox
                    .get(&format!("/accounting/invoices/{id}"))
                    .await
                    .data(),
            ),
        ),
        ("raw of one", native(&sandbox.raw(id).await)),
        ("raw of list", native(&find(&raws)["_raw"])),
        (
            "proxy one",
            native(&sandbox.proxy_get(&format!("/invoices/{id}")).await.json()),
        ),
        ("proxy list", native(&find(&natives))),
    ]
}

async fn agree(sandbox: &Sandbox, written_by: &str, id: &str, memo: &str, total: &str) {
    for (road, said) in read_everywhere(sandbox, id).await {
        let expected = Said {
            memo: memo.to_owned(),
            total: total.to_owned(),
            balance: total.to_owned(),
        };
        assert_eq!(said, expected, "written by {written_by}, read by {road}");
    }
}

#[tokio::test]
async fn an_invoice_written_by_any_road_is_the_same_on_all_others() {
    let sandbox = Sandbox::start().await;
    let id = sandbox
        .create(with(good_draft(), json!({"customer_memo": "uno"})))
        .await;
    agree(&sandbox, "unify create", &id, "uno", "1160").await;

    let line = json!({"item": {"id": "37"}, "quantity": 1, "unit_price": "100.00".parse::<f64>().expect("a number"), "tax_rate": {"id": "1"}});
    sandbox
        .patch(
            &format!("/accounting/invoices/{id}"),
            json!({"customer_memo": "dos", "line_items": [line]}),
        )
        .await
        .expect(200);
    agree(&sandbox, "unify patch", &id, "dos", "116").await;

    let change = json!({"observations": "tres", "items": [{"id": 37, "price": "50.25", "quantity": "2", "tax": [{"id": "1"}]}]});
    sandbox
        .proxy_put(&format!("/invoices/{id}"), change)
        .await
        .expect(200);
    agree(&sandbox, "proxy put", &id, "tres", "116.58").await;

    sandbox
        .post(
            "/sandbox/edit-elsewhere",
            json!({"id": id, "fields": {"observations": "cuatro"}}),
        )
        .await
        .expect(200);
    agree(&sandbox, "a colleague", &id, "cuatro", "116.58").await;

    let open = sandbox.native(
        Method::POST,
        &format!("/invoices/{id}/open"),
        Some(&json!({"stamp": {"generateStamp": true}})),
    );
    sandbox.send(open).await.expect(200);
    agree(&sandbox, "proxy open", &id, "cuatro", "116.58").await;
    let uuid = sandbox.raw(&id).await["stamp"]["uuid"].clone();
    let native = sandbox.proxy_get(&format!("/invoices/{id}")).await.json();
    assert_eq!(native["stamp"]["uuid"], uuid);
    let state = sandbox.state().await;
    let document = state["documents"]
        .as_array()
        .expect("documents")
        .iter()
        .find(|one| one["id"] == json!(id));
    assert_eq!(document.map(|one| &one["uuid"]), Some(&uuid));

    let native = json!({"client": {"id": 1}, "date": "2026-06-03", "dueDate": "2026-06-03", "observations": "cinco",
                        "items": [{"id": "37", "price": 500, "quantity": 2, "tax": [{"id": 1}]}]});
    let made = sandbox
        .proxy_post("/invoices", native)
        .await
        .expect(201)
        .json();
    let id = made["id"].to_string().replace('"', "");
    agree(&sandbox, "proxy post", &id, "cinco", "1160").await;
}

#[tokio::test]
async fn a_contact_and_an_item_written_by_one_road_are_read_by_the_other() {
    let sandbox = Sandbox::start().await;
    sandbox
        .proxy_put(
            "/contacts/2",
            json!({"name": "RENOMBRADA", "cfdiUse": "I04"}),
        )
        .await
        .expect(200);
    let record = sandbox.get("/accounting/customers/2?raw=true").await.data();
    assert_eq!(
        (&record["display_name"], &record["_raw"]["cfdiUse"]),
        (&json!("RENOMBRADA"), &json!("I04"))
    );
    sandbox
        .patch(
            "/accounting/customers/2",
            json!({"tax_number": "XIA190128J61"}),
        )
        .await
        .expect(200);
    assert_eq!(
        sandbox.proxy_get("/contacts/2").await.json()["identification"],
        json!("XIA190128J61")
    );
    sandbox
        .proxy_put("/items/3", json!({"price": "19.50"}))
        .await
        .expect(200);
    assert!(
        sandbox
            .get("/accounting/invoice-items/3")
            .await
            .text
            .contains("\"unit_price\":19.5")
    );
    sandbox
        .patch("/accounting/invoice-items/3", json!({"code": "NUEVO"}))
        .await
        .expect(200);
    assert_eq!(
        sandbox.proxy_get("/items/3").await.json()["reference"],
        json!("NUEVO")
    );
}
