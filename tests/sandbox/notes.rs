//! Credit notes and quotes.

use serde_json::{Value, json};

use crate::support::{Sandbox, good_draft, owed_invoice, stamped_draft, with, with_native};

fn note() -> Value {
    json!({
        "customer": {"id": "1"}, "date_issued": "2026-06-03T00:00:00.000Z", "total_amount": 580, "note": "Devolución",
        "line_items": [{"item": {"id": "37"}, "quantity": 1, "unit_price": 500, "tax_rate": {"id": "1"}}],
        "pass_through": [{"service_id": "alegra", "extend_object": {
            "paymentType": "PUE", "paymentMethod": "transfer", "cfdiUse": "G02", "regimeClient": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW"}}],
    })
}

fn quote() -> Value {
    json!({"customer": {"id": "7"}, "quote_date": "2026-05-30", "expiry_date": "2026-06-14",
           "line_items": [{"item": {"id": "12"}, "quantity": 3, "unit_price": 500}]})
}

fn stamp() -> Value {
    json!({"stamp": {"generateStamp": true}})
}

#[tokio::test]
async fn an_unstamped_credit_note_is_open_has_its_own_field_names_and_changes_until_it_is_stamped()
{
    let sandbox = Sandbox::start().await;
    let folios = sandbox.folios().await;
    let id = sandbox.add("credit-notes", note()).await;
    let path = format!("/accounting/credit-notes/{id}");
    let record = sandbox.one("credit-notes", &id).await;
    assert_eq!(record["status"], json!("authorised"));
    assert_eq!(record["total_amount"], json!(580));
    assert!(record.get("total").is_none() && record.get("updated_at").is_none());
    assert_eq!(record["date_issued"], json!("2026-06-03T00:00:00.000Z"));
    assert_eq!(record["allocations"], json!([]));
    let native = sandbox
        .proxy_get(&format!("/credit-notes/{id}"))
        .await
        .json();
    assert_eq!(native["status"], json!("open"));
    sandbox
        .patch(&path, json!({"note": "otra"}))
        .await
        .expect(200);
    assert_eq!(sandbox.folios().await, folios);

    sandbox
        .proxy_put(&format!("/credit-notes/{id}"), stamp())
        .await
        .expect(200);
    assert_eq!(sandbox.folios().await, folios + 1);
    let raw = sandbox.get(&format!("{path}?raw=true")).await.data();
    assert!(raw["_raw"]["stamp"]["uuid"].is_string());
    sandbox
        .patch(&path, json!({"note": "tarde"}))
        .await
        .expect(400);
    sandbox.delete(&path).await.expect(400);
    sandbox
        .proxy_put(&format!("/credit-notes/{id}"), stamp())
        .await
        .expect(400);
    assert_eq!(sandbox.folios().await, folios + 1);
}

#[tokio::test]
async fn f_1_2_a_credit_note_is_stamped_on_create_and_its_files_can_be_had() {
    let sandbox = Sandbox::start().await;
    let id = sandbox
        .add("credit-notes", with_native(note(), stamp()))
        .await;
    let native = sandbox
        .proxy_get(&format!("/credit-notes/{id}?fields=pdf,xml"))
        .await
        .json();
    let uuid = native["stamp"]["uuid"].as_str().expect("a UUID").to_owned();
    let address = native["xml"].as_str().expect("an address");
    let path = address.strip_prefix(sandbox.running.url()).expect("ours");
    let xml = sandbox.get(path).await.expect(200).text;
    assert!(xml.contains(&uuid) && xml.contains("TipoDeComprobante=\"E\""));
    let refused = with_native(
        note(),
        json!({"stamp": {"generateStamp": true}, "cfdiUse": "X99"}),
    );
    let answer = sandbox
        .post("/accounting/credit-notes", refused)
        .await
        .expect(400)
        .json();
    assert_eq!(answer["downstream_errors"][0]["code"], json!("3051"));
    let kept = answer["detail"]["creditNote"]["id"].to_string();
    let kept = kept.trim_matches('"');
    assert_eq!(
        sandbox.one("credit-notes", kept).await["status"],
        json!("authorised")
    );
}

#[tokio::test]
async fn a_credit_note_takes_its_amount_off_an_invoice_and_gives_it_back_when_it_goes() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let applied = |amount: Value| {
        with_native(
            note(),
            json!({"invoices": [{"id": invoice, "amount": amount}]}),
        )
    };
    sandbox
        .refused("credit-notes", applied(json!(580.01)))
        .await;
    let id = sandbox.add("credit-notes", applied(json!(300))).await;
    let record = sandbox.one("credit-notes", &id).await;
    assert_eq!(
        (
            &record["balance"],
            &record["remaining_credit"],
            &record["status"]
        ),
        (&json!(280), &json!(280), &json!("partially_paid"))
    );
    assert_eq!(record["allocations"], json!([]), "never filled");
    assert_eq!(
        sandbox.one("invoices", &invoice).await["balance"],
        json!(860)
    );
    let native = sandbox
        .proxy_get(&format!("/credit-notes/{id}"))
        .await
        .json();
    assert_eq!(native["invoices"][0]["id"], json!(invoice));
    sandbox
        .delete(&format!("/accounting/credit-notes/{id}"))
        .await
        .expect(200);
    assert_eq!(
        sandbox.one("invoices", &invoice).await["balance"],
        json!(1160)
    );
}

/// The CFDI of a stamped credit note.
async fn cfdi(sandbox: &Sandbox, id: &str) -> String {
    let path = format!("/sandbox/files/credit-notes/{id}.xml");
    sandbox.get(&path).await.expect(200).text
}

#[tokio::test]
async fn f_10_2_a_credit_note_keeps_what_it_is_related_to_and_its_cfdi_says_so() {
    let sandbox = Sandbox::start().await;
    let uuid = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";
    let related = json!([{"relationType": "03", "uuid": uuid}]);
    let native = json!({"relatedDocuments": related, "stamp": {"generateStamp": true}});
    let id = sandbox
        .add("credit-notes", with_native(note(), native))
        .await;
    let kept = sandbox
        .proxy_get(&format!("/credit-notes/{id}"))
        .await
        .json();
    assert_eq!(kept["relatedDocuments"], related);
    let node = format!(
        "<cfdi:CfdiRelacionados TipoRelacion=\"03\"><cfdi:CfdiRelacionado UUID=\"{uuid}\"/></cfdi:CfdiRelacionados>"
    );
    assert!(cfdi(&sandbox, &id).await.contains(&node));
}

#[tokio::test]
async fn a_credit_note_that_says_nothing_is_related_to_the_stamped_invoices_it_was_applied_to() {
    let sandbox = Sandbox::start().await;
    let invoice = sandbox.create(stamped_draft()).await;
    let native = sandbox.raw(&invoice).await;
    let uuid = native["stamp"]["uuid"].as_str().expect("a UUID").to_owned();
    let customer = native["client"]["id"].to_string();
    let body = with(
        note(),
        json!({"customer": {"id": customer.trim_matches('"')}}),
    );
    let applied =
        json!({"invoices": [{"id": invoice, "amount": 100}], "stamp": {"generateStamp": true}});
    let id = sandbox
        .add("credit-notes", with_native(body.clone(), applied))
        .await;
    let xml = cfdi(&sandbox, &id).await;
    assert!(xml.contains("TipoRelacion=\"01\"") && xml.contains(&format!("UUID=\"{uuid}\"/>")));
    let alone = sandbox
        .add("credit-notes", with_native(body, stamp()))
        .await;
    assert!(!cfdi(&sandbox, &alone).await.contains("CfdiRelacionados"));
}

#[tokio::test]
async fn credit_notes_need_their_total_and_their_lines_items() {
    let sandbox = Sandbox::start().await;
    let mut without = note();
    without
        .as_object_mut()
        .expect("an object")
        .remove("total_amount");
    let answer = sandbox
        .post("/accounting/credit-notes", without)
        .await
        .expect(400);
    assert_eq!(answer.kind(), "RequestValidationError");
    for (resource, body) in [
        ("credit-notes", note()),
        ("quotes", quote()),
        ("invoices", good_draft()),
    ] {
        // f 4.4: sales are of catalogue items only.
        let account = json!({"ledger_account": {"id": "5063"}, "quantity": 1, "unit_price": 1});
        sandbox
            .refused(resource, with(body, json!({"line_items": [account]})))
            .await;
    }
}

#[tokio::test]
async fn f_2_3_every_state_of_a_credit_note_has_its_word() {
    let sandbox = Sandbox::start().await;
    let words: Vec<Value> = sandbox
        .all("credit-notes", "")
        .await
        .into_iter()
        .map(|one| one["status"].clone())
        .collect();
    for word in ["authorised", "paid", "voided", "partially_paid"] {
        assert!(words.contains(&json!(word)), "{word} in {words:?}");
    }
}

#[tokio::test]
async fn quotes_are_made_changed_deleted_and_turned_into_invoices() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.add("quotes", quote()).await;
    let path = format!("/accounting/quotes/{id}");
    sandbox
        .patch(&path, json!({"customer_memo": "vigente"}))
        .await
        .expect(200);
    let record = sandbox.one("quotes", &id).await;
    assert_eq!(
        (
            &record["status"],
            &record["total"],
            &record["customer_memo"]
        ),
        (&json!("sent"), &json!(1500), &json!("vigente"))
    );
    let native = sandbox
        .proxy_get(&format!("/estimates/{id}"))
        .await
        .expect(200)
        .json();
    assert!(native.get("stamp").is_none());
    let invoice = sandbox
        .create(with_native(good_draft(), json!({"estimate": {"id": id}})))
        .await;
    let record = sandbox.one("quotes", &id).await;
    assert_eq!(
        (&record["status"], &record["invoice_id"]),
        (&json!("converted"), &json!(invoice))
    );
    sandbox
        .patch(&path, json!({"customer_memo": "tarde"}))
        .await
        .expect(400);
    let id = sandbox.add("quotes", quote()).await;
    sandbox
        .delete(&format!("/accounting/quotes/{id}"))
        .await
        .expect(200);
    for query in ["filter[number]=1", "filter[customer_id]=7"] {
        let answer = sandbox
            .get(&format!("/accounting/quotes?{query}"))
            .await
            .expect(400);
        assert_eq!(answer.kind(), "UnsupportedFiltersError");
    }
    let answer = sandbox
        .get("/accounting/quotes?sort[by]=created_at")
        .await
        .expect(400);
    assert_eq!(answer.kind(), "UnsupportedSortFieldError");
}
