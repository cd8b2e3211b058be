//! The Proxy: verbatim native replies, files, oddities (contract D).

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Sandbox, good_draft, stamped_draft};

#[tokio::test]
async fn f_1_25_the_target_stands_in_a_header_and_must_be_alegras() {
    let sandbox = Sandbox::start().await;
    let missing = sandbox.get("/proxy").await.expect(400);
    assert_eq!(missing.kind(), "RequestHeadersValidationError");
    assert_eq!(
        missing.json()["detail"],
        json!({"missing": [{"x-apideck-downstream-url": "required"}]})
    );
    for url in [
        "https://example.com/api/v1/company",
        "https://api.alegra.com/api/v1evil/company",
        "file:///etc/passwd",
        "x",
    ] {
        let request = sandbox
            .request(Method::GET, "/proxy")
            .header("x-apideck-downstream-url", url);
        let answer = sandbox.send(request).await.expect(400);
        assert_eq!(answer.kind(), "RequestValidationError", "{url}");
        assert_eq!(answer.header("x-apideck-downstream-error"), "");
    }
    let unknown = sandbox.proxy_get("/nothing").await.expect(404);
    assert_eq!(unknown.header("x-apideck-downstream-error"), "true");
    assert_eq!(unknown.json()["code"], json!(404));
}

#[tokio::test]
async fn the_company_has_its_regime_and_place_of_issue() {
    let sandbox = Sandbox::start().await;
    let company = sandbox.proxy_get("/company").await.expect(200).json();
    assert_eq!(company["name"], json!("ESCUELA KEMPER URGATE"));
    assert_eq!(company["identification"], json!("EKU9003173C9"));
    assert_eq!(
        company["regime"],
        json!("GENERAL_REGIME_OF_MORAL_PEOPLE_LAW")
    );
    assert_eq!(company["address"]["zipCode"], json!("42501"));
    assert_eq!(company["applicationVersion"], json!("mexico"));
}

#[tokio::test]
async fn f_1_9_the_product_key_is_native_only_and_can_be_set_later() {
    let sandbox = Sandbox::start().await;
    let item = sandbox.proxy_get("/items/37").await.expect(200).json();
    assert_eq!(item["productKey"], json!("27112700"));
    assert!(
        sandbox
            .get("/accounting/invoice-items/37")
            .await
            .data()
            .get("productKey")
            .is_none()
    );
    assert!(
        sandbox
            .proxy_get("/items/51")
            .await
            .json()
            .get("productKey")
            .is_none()
    );
    for wrong in [
        json!(43211503),
        json!("4321150"),
        json!("4321150X"),
        json!("432115033"),
        json!(null),
    ] {
        sandbox
            .proxy_put("/items/51", json!({ "productKey": wrong }))
            .await
            .expect(400);
    }
    let item = sandbox
        .proxy_put("/items/51", json!({"productKey": "72101500"}))
        .await
        .expect(200)
        .json();
    assert_eq!(item["productKey"], json!("72101500"));
}

#[tokio::test]
async fn f_1_24_the_files_of_a_stamped_invoice_agree_with_its_record() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create(stamped_draft()).await;
    let record = sandbox
        .proxy_get(&format!("/invoices/{id}?fields=pdf,xml"))
        .await
        .expect(200)
        .json();
    let xml = sandbox
        .client
        .get(record["xml"].as_str().expect("an address"))
        .send()
        .await
        .expect("an answer");
    let xml = xml.text().await.expect("text");
    let uuid = record["stamp"]["uuid"].as_str().expect("a uuid");
    for piece in [
        &format!("UUID=\"{uuid}\""),
        "Total=\"1160.00\"",
        "TotalImpuestosTrasladados=\"160.00\"",
        "Rfc=\"XIA190128J61\"",
        "UsoCFDI=\"G03\"",
        "Rfc=\"EKU9003173C9\"",
    ] {
        assert!(xml.contains(piece), "{piece} in {xml}");
    }
    let pdf = sandbox
        .client
        .get(record["pdf"].as_str().expect("an address"))
        .send()
        .await
        .expect("an answer");
    assert!(pdf.bytes().await.expect("bytes").starts_with(b"%PDF-"));
    let drafts = sandbox
        .proxy_get("/invoices?status=draft&limit=1&fields=xml")
        .await
        .json();
    assert_eq!(drafts[0]["xml"], Value::Null);
}

#[tokio::test]
async fn native_scalars_come_in_all_of_alegras_forms_and_always_the_same() {
    let sandbox = Sandbox::start().await;
    let first = sandbox.proxy_get("/invoices?limit=30").await.expect(200);
    let again = sandbox.proxy_get("/invoices?limit=30").await.expect(200);
    assert_eq!(first.text, again.text);
    let list = first.json();
    let list = list.as_array().expect("a bare array");
    let forms = |of: fn(&Value) -> &Value| -> BTreeSet<&str> {
        list.iter()
            .map(|one| match of(one) {
                Value::String(_) => "text",
                Value::Number(_) => "number",
                Value::Array(_) => "array",
                Value::Object(_) => "object",
                _ => "none",
            })
            .collect()
    };
    assert_eq!(forms(|one| &one["id"]), BTreeSet::from(["number", "text"]));
    assert_eq!(
        forms(|one| &one["total"]),
        BTreeSet::from(["number", "text"])
    );
    assert_eq!(
        forms(|one| &one["numberTemplate"]),
        BTreeSet::from(["array", "object"])
    );
    let contacts = sandbox.proxy_get("/contacts").await.json();
    let kinds: BTreeSet<bool> = contacts
        .as_array()
        .expect("contacts")
        .iter()
        .map(|one| one["type"].is_array())
        .collect();
    assert_eq!(kinds.len(), 2);
}

#[tokio::test]
async fn a_native_list_is_cut_filtered_and_counted() {
    let sandbox = Sandbox::start().await;
    let list = sandbox
        .proxy_get("/invoices?start=85&limit=30&metadata=true")
        .await
        .expect(200)
        .json();
    assert_eq!(list["metadata"]["total"], json!(90));
    assert_eq!(list["data"].as_array().map(Vec::len), Some(5));
    let clients = sandbox
        .proxy_get("/invoices?client_id=1&metadata=true")
        .await
        .json();
    for invoice in clients["data"].as_array().expect("data") {
        assert_eq!(invoice["client"]["identification"], json!("XIA190128J61"));
    }
    for query in [
        "limit=31",
        "limit=0",
        "start=-1",
        "status=paid",
        "order_field=x",
        "order_direction=x",
        "client_id=x",
        "date=x",
    ] {
        let answer = sandbox
            .proxy_get(&format!("/invoices?{query}"))
            .await
            .expect(400);
        assert_eq!(
            answer.header("x-apideck-downstream-error"),
            "true",
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_body_of_more_than_two_megabytes_is_parked_and_given_to_whoever_comes_bare() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create(good_draft()).await;
    let small = sandbox
        .proxy_get(&format!("/invoices/{id}"))
        .await
        .expect(200);
    assert_eq!(small.header("location"), "");
    let long = "x".repeat(2_097_000);
    let edit = json!({"id": id, "fields": {"anexo": long}});
    let edited = sandbox.post("/sandbox/edit-elsewhere", edit).await;
    edited.expect(200);
    let sent_on = sandbox
        .proxy_get(&format!("/invoices/{id}"))
        .await
        .expect(301);
    let location = sent_on.header("location").to_owned();
    assert!(location.contains("/sandbox/temporary/"), "{location}");
    let bare = reqwest::get(&location).await.unwrap();
    assert_eq!(bare.status(), 200);
    let record: Value = serde_json::from_str(&bare.text().await.unwrap()).unwrap();
    assert_eq!(record["id"], json!(id));
    // Whoever shows the key there has given it away.
    let client = reqwest::Client::new();
    let shown = client
        .get(&location)
        .bearer_auth("sk")
        .send()
        .await
        .unwrap();
    assert_eq!(shown.status(), 403);
    let state = sandbox.get("/sandbox/state").await.expect(200).json();
    assert_eq!(state["credentials_shown"], json!(1));
    let gone = client.get(format!("{location}9")).send().await.unwrap();
    assert_eq!(gone.status(), 404);
}
