//! Journal entries.

use serde_json::{Value, json};

use crate::support::{Sandbox, with};

async fn entry(sandbox: &Sandbox, debit: Value, credit: Value) -> Value {
    let (depreciation, accumulated) = (
        sandbox.account("613-05").await,
        sandbox.account("171-05").await,
    );
    json!({"title": "Depreciación mayo", "memo": "mensual", "posted_at": "2026-05-31T00:00:00.000Z", "line_items": [
        {"type": "debit", "total_amount": debit, "ledger_account": {"id": depreciation}, "description": "cargo"},
        {"type": "credit", "total_amount": credit, "ledger_account": {"id": accumulated}},
    ]})
}

#[tokio::test]
async fn f_7_1_an_entry_balances_as_decimals_or_is_refused() {
    let sandbox = Sandbox::start().await;
    // Ten times 0.1 is 1 in decimals; binary floats would not have it so.
    let account = sandbox.account("613-05").await;
    let credit = sandbox.account("171-05").await;
    let mut lines: Vec<Value> = (0..10)
        .map(|_| json!({"type": "debit", "total_amount": 0.1, "ledger_account": {"id": account}}))
        .collect();
    lines.push(json!({"type": "credit", "total_amount": 1, "ledger_account": {"id": credit}}));
    let body = json!({"posted_at": "2026-05-31T00:00:00.000Z", "line_items": lines});
    sandbox.add("journal-entries", body).await;
    let refused = sandbox
        .refused(
            "journal-entries",
            entry(&sandbox, json!(900), json!(899.99)).await,
        )
        .await;
    let said = refused["detail"]["message"].as_str().expect("a message");
    assert!(said.contains("900") && said.contains("899.99"), "{said}");
}

#[tokio::test]
async fn f_7_2_each_line_is_one_debit_or_one_credit_on_an_account_that_can_be_posted_to() {
    let sandbox = Sandbox::start().await;
    let good = entry(&sandbox, json!(900), json!(900)).await;
    let header = sandbox.account("601-84").await;
    for (key, wrong) in [
        ("type", json!("transfer")),
        ("total_amount", json!(-900)),
        ("total_amount", json!(0)),
        ("total_amount", json!(900.001)),
        ("ledger_account", json!({"id": header})),
        ("ledger_account", json!({"id": "1"})),
        ("customer", json!({"id": "9999"})),
        ("department_id", json!("99")),
    ] {
        let mut body = good.clone();
        body["line_items"][0][key] = wrong;
        sandbox.refused("journal-entries", body).await;
    }
    for key in ["type", "ledger_account"] {
        let mut body = good.clone();
        body["line_items"][0]
            .as_object_mut()
            .expect("a line")
            .remove(key);
        let answer = sandbox
            .post("/accounting/journal-entries", body)
            .await
            .expect(400);
        assert_eq!(answer.kind(), "RequestValidationError", "{key}");
    }
    let single = with(good.clone(), json!({"line_items": [good["line_items"][0]]}));
    sandbox.refused("journal-entries", single).await;
    let id = sandbox.add("journal-entries", good).await;
    let native = sandbox.proxy_get(&format!("/journals/{id}")).await.json();
    assert_eq!(native["date"], json!("2026-05-31"));
    assert_eq!(native["entries"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn f_7_3_an_entry_has_no_number_and_no_times() {
    let sandbox = Sandbox::start().await;
    for record in sandbox.all("journal-entries", "").await {
        assert_eq!(record["number"], Value::Null);
        assert!(record.get("created_at").is_none() && record.get("updated_at").is_none());
        assert!(
            record["posted_at"]
                .as_str()
                .is_some_and(|at| at.ends_with("T00:00:00.000Z"))
        );
    }
    let answer = sandbox
        .get("/accounting/journal-entries?sort[by]=created_at")
        .await
        .expect(400);
    assert_eq!(answer.kind(), "UnsupportedSortFieldError");
}

#[tokio::test]
async fn f_9_6_entries_filter_by_status_and_by_the_contacts_of_their_lines() {
    let sandbox = Sandbox::start().await;
    let mut body = entry(&sandbox, json!(900), json!(900)).await;
    body["line_items"][0]["customer"] = json!({"id": "5"});
    body["line_items"][1]["supplier"] = json!({"id": "74"});
    let id = sandbox.add("journal-entries", body).await;
    for (query, found) in [
        ("filter[customer_id]=5", true),
        ("filter[supplier_id]=74", true),
        ("filter[customer_id]=74", false),
        ("filter[status]=posted", true),
        ("filter[status]=voided", false),
        ("filter[status]=posted&filter[customer_id]=5", true),
    ] {
        let list = sandbox.all("journal-entries", query).await;
        assert_eq!(
            list.iter().any(|one| one["id"] == json!(id)),
            found,
            "{query}"
        );
    }
    let path = format!("/accounting/journal-entries/{id}");
    sandbox
        .patch(&path, json!({"memo": "otra"}))
        .await
        .expect(200);
    sandbox
        .patch(&path, json!({"status": "voided"}))
        .await
        .expect(200);
    assert_eq!(
        sandbox.one("journal-entries", &id).await["status"],
        json!("voided")
    );
    sandbox
        .patch(&path, json!({"memo": "tarde"}))
        .await
        .expect(400);
    sandbox.delete(&path).await.expect(200);
    sandbox.get(&path).await.expect(404);
}
