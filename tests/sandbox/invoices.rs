//! Drafts: what makes one, what changes one, what is refused (table F, 1.3 to 1.14 and 1.26).

use serde_json::{Value, json};
use timbra::sandbox::Options;

use crate::support::{Sandbox, TODAY, good_draft, options, with, with_native};

#[tokio::test]
async fn f_1_4_create_makes_an_unstamped_draft() {
    let sandbox = Sandbox::start().await;
    let before = sandbox.folios().await;
    let answer = sandbox
        .post("/accounting/invoices", good_draft())
        .await
        .expect(201)
        .json();
    assert_eq!(answer["operation"], json!("add"));
    assert_eq!(answer["status"], json!("Created"));
    let id = answer["data"]["id"].as_str().expect("an id");
    assert_eq!(
        answer["data"],
        json!({"id": id, "downstream_id": id}),
        "only the id comes back"
    );
    let record = sandbox
        .get(&format!("/accounting/invoices/{id}?raw=true"))
        .await
        .data();
    assert_eq!(record["status"], json!("draft"));
    assert_eq!(record["number"], Value::Null);
    assert!(record["_raw"]["stamp"].get("uuid").is_none());
    assert_eq!(sandbox.folios().await, before);
}

#[tokio::test]
async fn amounts_are_exact_decimals_on_the_wire() {
    let sandbox = Sandbox::start().await;
    let lines = json!([{"item": {"id": "37"}, "quantity": 3, "unit_price": 33.33, "tax_rate": {"id": "1"}}]);
    let id = sandbox
        .create(with(good_draft(), json!({ "line_items": lines })))
        .await;
    let text = sandbox
        .get(&format!("/accounting/invoices/{id}"))
        .await
        .text;
    for piece in [
        "\"sub_total\":99.99",
        "\"total_tax\":16,",
        "\"total\":115.99",
        "\"balance\":115.99",
    ] {
        assert!(text.contains(piece), "{piece} in {text}");
    }
    let huge = json!([{"item": {"id": "37"}, "quantity": 1_000_000, "unit_price": 123_456_789.123_456, "tax_rate": null}]);
    let body = with(good_draft(), json!({ "line_items": huge }))
        .to_string()
        .replace("123456789.123456", "123456789.123457");
    let request = sandbox
        .request(reqwest::Method::POST, "/accounting/invoices")
        .header("content-type", "application/json")
        .body(body);
    let data = sandbox.send(request).await.expect(201).data();
    let text = sandbox
        .get(&format!(
            "/accounting/invoices/{}",
            data["id"].as_str().expect("an id")
        ))
        .await
        .text;
    assert!(text.contains("\"total\":123456789123457"), "{text}");
}

#[tokio::test]
async fn f_1_5_an_item_without_product_key_bars_the_create_and_is_named() {
    let sandbox = Sandbox::start().await;
    let before = sandbox.state().await["invoices"].clone();
    let lines = json!([
        {"item": {"id": "37"}, "quantity": 1, "unit_price": 500},
        {"item": {"id": "51"}, "quantity": 1, "unit_price": 780},
        {"item": {"id": "52"}, "quantity": 1, "unit_price": 275},
    ]);
    let answer = sandbox
        .post(
            "/accounting/invoices",
            with(good_draft(), json!({ "line_items": lines })),
        )
        .await
        .expect(400);
    assert_eq!(answer.kind(), "ConnectorExecutionError");
    let details = answer.json()["detail"]["details"]["items"].clone();
    let ids: Vec<&str> = details
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect();
    assert_eq!(ids, ["51", "52"]);
    assert!(
        answer.json()["downstream_errors"][0]["message"]
            .as_str()
            .is_some_and(|text| text.contains("productKey"))
    );
    assert_eq!(sandbox.state().await["invoices"], before);
}

#[tokio::test]
async fn f_1_10_means_and_policy_default_to_cash_and_pue() {
    let sandbox = Sandbox::start().await;
    let mut body = good_draft();
    let fields = body.as_object_mut().expect("an object");
    fields.remove("payment_method");
    fields.remove("pass_through");
    let id = sandbox.create(body).await;
    let raw = sandbox.raw(&id).await;
    assert_eq!(
        (&raw["paymentMethod"], &raw["paymentType"]),
        (&json!("cash"), &json!("PUE"))
    );
}

#[tokio::test]
async fn f_1_13_a_numeric_means_of_payment_is_refused() {
    let sandbox = Sandbox::start().await;
    let before = sandbox.state().await["invoices"].clone();
    for (method, kind) in [
        (json!("01"), "ConnectorExecutionError"),
        (json!("wire"), "ConnectorExecutionError"),
        (json!(1), "RequestValidationError"),
    ] {
        let answer = sandbox
            .post(
                "/accounting/invoices",
                with(good_draft(), json!({"payment_method": method})),
            )
            .await
            .expect(400);
        assert_eq!(answer.kind(), kind);
    }
    let inside = with_native(good_draft(), json!({"paymentMethod": 3}));
    sandbox
        .post("/accounting/invoices", inside)
        .await
        .expect(400);
    assert_eq!(sandbox.state().await["invoices"], before);
}

#[tokio::test]
async fn f_4_4_a_line_without_item_is_refused() {
    let sandbox = Sandbox::start().await;
    for line in [
        json!({"description": "Varios", "quantity": 1, "unit_price": 5}),
        json!({"ledger_account": {"id": "5063"}, "quantity": 1, "unit_price": 5}),
        json!({"item": {"id": "9999"}, "quantity": 1, "unit_price": 5}),
    ] {
        let answer = sandbox
            .post(
                "/accounting/invoices",
                with(good_draft(), json!({"line_items": [line]})),
            )
            .await
            .expect(400);
        assert_eq!(answer.kind(), "ConnectorExecutionError");
    }
    for fields in [
        json!({"line_items": []}),
        json!({"customer": {"id": "9999"}}),
        json!({"due_date": "2026-02-30"}),
        json!({"due_date": "2020-01-01"}),
    ] {
        sandbox
            .post("/accounting/invoices", with(good_draft(), fields))
            .await
            .expect(400);
    }
}

#[tokio::test]
async fn a_patch_merges_scalars_and_replaces_lines() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create(good_draft()).await;
    let path = format!("/accounting/invoices/{id}");
    let answer = sandbox
        .patch(&path, json!({"customer_memo": "Entregar en recepción"}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&answer["operation"], &answer["data"]["id"]),
        (&json!("update"), &json!(id))
    );
    let record = sandbox.get(&path).await.data();
    assert_eq!(record["customer_memo"], json!("Entregar en recepción"));
    assert_eq!(record["total"], json!(1160));
    assert_eq!(record["payment_method"], json!("transfer"));
    let lines =
        json!([{"item": {"id": "12"}, "quantity": 1, "unit_price": 100, "tax_rate": {"id": "1"}}]);
    sandbox
        .patch(&path, json!({ "line_items": lines }))
        .await
        .expect(200);
    let record = sandbox.get(&path).await.data();
    assert_eq!(record["line_items"].as_array().map(Vec::len), Some(1));
    assert_eq!(record["total"], json!(116));
    assert_eq!(record["customer_memo"], json!("Entregar en recepción"));
    let raw = sandbox.raw(&id).await;
    assert_eq!(raw["cfdiUse"], json!("G03"));
}

#[tokio::test]
async fn f_1_26_only_drafts_are_changed_and_deleted() {
    let sandbox = Sandbox::start().await;
    let list = sandbox.state().await["documents"].clone();
    let of = |status: &str| {
        let documents = list.as_array().expect("documents");
        documents
            .iter()
            .find(|one| one["status"] == json!(status))
            .and_then(|one| one["id"].as_str())
            .map(str::to_owned)
    };
    for status in ["open", "closed", "void"] {
        let id = of(status).unwrap_or_else(|| panic!("the books have no {status} invoice"));
        let path = format!("/accounting/invoices/{id}");
        let before = sandbox.get(&path).await.data();
        assert_eq!(
            sandbox
                .patch(&path, json!({"customer_memo": "x"}))
                .await
                .expect(400)
                .kind(),
            "ConnectorExecutionError"
        );
        assert_eq!(
            sandbox.delete(&path).await.expect(400).kind(),
            "ConnectorExecutionError"
        );
        let native = sandbox
            .proxy_put(&format!("/invoices/{id}"), json!({"observations": "x"}))
            .await
            .expect(400);
        assert_eq!(native.header("x-apideck-downstream-error"), "true");
        assert_eq!(sandbox.get(&path).await.data(), before);
    }
    let id = sandbox.create(good_draft()).await;
    let path = format!("/accounting/invoices/{id}");
    let answer = sandbox.delete(&path).await.expect(200).json();
    assert_eq!(
        (&answer["operation"], &answer["data"]["id"]),
        (&json!("delete"), &json!(id))
    );
    assert_eq!(
        sandbox.get(&path).await.expect(404).kind(),
        "EntityNotFoundError"
    );
    let next = sandbox.create(good_draft()).await;
    assert_ne!(next, id, "an id is never given out twice");
}

#[tokio::test]
async fn f_2_3_the_status_is_derived_when_it_is_read() {
    for strict in [false, true] {
        let sandbox = Sandbox::with(Options {
            strict,
            ..options()
        })
        .await;
        let mut seen = std::collections::BTreeSet::new();
        let mut cursor = String::new();
        loop {
            let page = sandbox
                .get(&format!(
                    "/accounting/invoices?raw=true&limit=30&cursor={cursor}"
                ))
                .await
                .expect(200)
                .json();
            for (place, record) in page["data"].as_array().expect("data").iter().enumerate() {
                let native = if strict {
                    &page["_raw"]["data"][place]
                } else {
                    &record["_raw"]
                };
                let (total, balance) = (&record["total"], &record["balance"]);
                let amount = |value: &Value| {
                    value
                        .to_string()
                        .parse::<rust_decimal::Decimal>()
                        .expect("an amount")
                };
                let (total, balance) = (amount(total), amount(balance));
                let expected = match native["status"].as_str().expect("a status") {
                    "draft" => "draft",
                    "void" if strict => "void",
                    "void" => "voided",
                    "closed" => "paid",
                    _ if balance.is_zero() => "paid",
                    _ if balance < total => "partially_paid",
                    _ => "authorised",
                };
                assert_eq!(record["status"], json!(expected));
                seen.insert(expected);
            }
            match page["meta"]["cursors"]["next"].as_str() {
                Some(next) => cursor = next.replace('=', "%3D"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 5, "the books hold every state: {seen:?}");
    }
}

#[tokio::test]
async fn f_1_22_the_unified_record_has_no_fiscal_keys() {
    let sandbox = Sandbox::start().await;
    let record = sandbox.get("/accounting/invoices/5").await.data();
    for key in [
        "stamp",
        "uuid",
        "cfdiUse",
        "paymentType",
        "regimeClient",
        "pass_through",
        "_raw",
    ] {
        assert!(record.get(key).is_none(), "{key}");
    }
}

#[tokio::test]
async fn a_pass_through_of_the_wrong_shape_is_refused() {
    let sandbox = Sandbox::start().await;
    let part = json!({"service_id": "alegra", "extend_object": {"cfdiUse": "G03"}});
    let answer = sandbox
        .post(
            "/accounting/invoices",
            with(good_draft(), json!({ "pass_through": part })),
        )
        .await
        .expect(400);
    assert_eq!(answer.kind(), "RequestValidationError");
    let paths = json!([{"service_id": "alegra", "extend_paths": [{"path": "$.items[0].unit", "value": "SET"}]}]);
    let id = sandbox
        .create(with(good_draft(), json!({ "pass_through": paths })))
        .await;
    assert_eq!(sandbox.raw(&id).await["items"][0]["unit"], json!("SET"));
}

#[tokio::test]
async fn the_books_hold_what_the_program_must_be_able_to_show() {
    let sandbox = Sandbox::with(Options {
        invoices: 1_240,
        ..options()
    })
    .await;
    let state = sandbox.state().await;
    assert_eq!(state["invoices"], json!(1_240));
    assert!(state["customers"].as_u64().is_some_and(|count| count >= 60));
    let documents = state["documents"].as_array().expect("documents");
    let stamped = documents
        .iter()
        .filter(|one| one["stamps"] == json!(1))
        .count();
    assert!(stamped > 1_000, "most are stamped: {stamped}");
    let notes = sandbox.all("credit-notes", "raw=true").await;
    let stamped_notes = notes
        .iter()
        .filter(|one| one["_raw"]["stamp"]["uuid"].is_string())
        .count();
    assert_eq!(json!(stamped + stamped_notes), state["folios_used"]);
    let unstamped = documents
        .iter()
        .filter(|one| one["status"] == json!("open") && one["uuid"].is_null())
        .count();
    assert!(unstamped > 5, "some are open and unstamped: {unstamped}");
    let newest = sandbox
        .proxy_get("/invoices?order_field=date&order_direction=DESC&limit=1")
        .await
        .json();
    assert_eq!(newest[0]["date"], json!(TODAY));
    let oldest = sandbox
        .proxy_get("/invoices?order_field=date&limit=1")
        .await
        .json();
    assert_eq!(oldest[0]["date"], json!("2025-06-04"));
}
