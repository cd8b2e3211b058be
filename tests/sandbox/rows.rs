//! Rows of table F that belong to no single resource, or that say what is not there.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    SUPPLIER, Sandbox, bill, good_draft, owed_invoice, receipt, stamped_draft, with, with_native,
};

#[tokio::test]
async fn f_0_1_nobody_is_asked_for_credentials_of_alegra() {
    let sandbox = Sandbox::start().await;
    sandbox.get("/accounting/invoices").await.expect(200);
    sandbox.proxy_get("/invoices").await.expect(200);
    let strange = sandbox
        .client
        .get(format!("{}/accounting/invoices", sandbox.running.url()));
    let refused = sandbox.send(strange).await.expect(401);
    assert_eq!(refused.kind(), "UnauthorizedError");
    // A browser would ask a person for name and password.
    assert!(refused.headers.get("www-authenticate").is_none());
}

#[tokio::test]
async fn f_1_12_only_a_true_generate_stamp_stamps() {
    let sandbox = Sandbox::start().await;
    for stamp in [
        json!({"generateStamp": false}),
        json!({}),
        json!(null),
        json!({"generateStamp": "no"}),
    ] {
        let folios = sandbox.folios().await;
        let body = with_native(good_draft(), json!({ "stamp": stamp }));
        let answer = sandbox.post("/accounting/invoices", body).await;
        if answer.status == 201 {
            let id = answer.data()["id"].as_str().expect("an id").to_owned();
            assert_eq!(sandbox.one("invoices", &id).await["status"], json!("draft"));
        } else {
            assert_eq!(answer.status, 400, "{}", answer.text);
        }
        assert_eq!(sandbox.folios().await, folios, "{stamp}");
    }
}

#[tokio::test]
async fn f_1_17_no_flag_makes_a_stamp_a_rehearsal() {
    let sandbox = Sandbox::start().await;
    for flag in ["dryRun", "dry_run", "test", "validate", "preview"] {
        let folios = sandbox.folios().await;
        let body = with_native(
            with_native(stamped_draft(), json!({ flag: true })),
            json!({"stamp": {"generateStamp": true, flag: true}}),
        );
        let answer = sandbox
            .post(&format!("/accounting/invoices?{flag}=true"), body)
            .await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        assert_eq!(sandbox.folios().await, folios + 1, "{flag}");
    }
}

#[tokio::test]
async fn f_1_31_an_invoice_keeps_its_id_when_it_is_stamped_and_cancelled() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create(good_draft()).await;
    let before = sandbox.one("invoices", &id).await;
    let stamp = json!({"stamp": {"generateStamp": true}});
    let open = sandbox
        .proxy_post(&format!("/invoices/{id}/open"), stamp)
        .await
        .expect(200)
        .json();
    assert_eq!(open["id"].to_string().trim_matches('"'), id);
    let after = sandbox.one("invoices", &id).await;
    assert_eq!(
        (&before["id"], &before["total"], &before["customer"]["id"]),
        (&after["id"], &after["total"], &after["customer"]["id"])
    );
    let void = sandbox
        .proxy_post(&format!("/invoices/{id}/void"), json!({"cause": "02"}))
        .await
        .expect(200)
        .json();
    assert_eq!(void["id"].to_string().trim_matches('"'), id);
    sandbox.one("invoices", &id).await;
}

#[tokio::test]
async fn f_2_1_and_2_2_and_2_4_four_native_states_and_the_balance_make_the_unified_ones() {
    let sandbox = Sandbox::start().await;
    for resource in ["invoices", "bills", "credit-notes"] {
        let mut states = BTreeSet::new();
        for record in sandbox.all(resource, "raw=true").await {
            let state = record["_raw"]["status"]
                .as_str()
                .expect("a state")
                .to_owned();
            let total = if resource == "credit-notes" {
                &record["total_amount"]
            } else {
                &record["total"]
            };
            let (total, balance) = (
                total.as_f64().expect("a total"),
                record["balance"].as_f64().expect("a balance"),
            );
            let unified = match state.as_str() {
                "draft" => "draft",
                "void" => "voided",
                "closed" => "paid",
                "open" if balance == 0.0 && total > 0.0 => "paid",
                "open" if balance < total => "partially_paid",
                "open" => "authorised",
                other => panic!("{other} is no state of Alegra's"),
            };
            assert_eq!(record["status"], json!(unified), "{resource} {record}");
            states.insert(state);
        }
        assert!(states.len() >= 3, "{resource} {states:?}");
    }
}

#[tokio::test]
async fn f_3_1_receipts_and_payments_to_suppliers_are_two_lists_and_one_of_alegras() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let debt = sandbox.add("bills", bill()).await;
    let taken = sandbox.add("payments", receipt(&invoice, json!(10))).await;
    let given = with(
        receipt(&debt, json!(10)),
        json!({"supplier": {"id": SUPPLIER}, "customer": null,
            "allocations": [{"id": debt, "type": "bill", "amount": 10}]}),
    );
    let given = sandbox.add("bill-payments", given).await;
    for (resource, kind, own, others) in [
        ("payments", "in", &taken, &given),
        ("bill-payments", "out", &given, &taken),
    ] {
        let ids: Vec<Value> = sandbox
            .all(resource, "")
            .await
            .iter()
            .map(|one| one["id"].clone())
            .collect();
        assert!(
            ids.contains(&json!(own)) && !ids.contains(&json!(others)),
            "{resource}"
        );
        sandbox
            .get(&format!("/accounting/{resource}/{others}"))
            .await
            .expect(404);
        let native = sandbox
            .proxy_get(&format!("/payments/{own}"))
            .await
            .expect(200)
            .json();
        assert_eq!(native["type"], json!(kind));
        let listed = sandbox
            .proxy_get(&format!("/payments?type={kind}&limit=30"))
            .await
            .json();
        assert!(
            listed
                .as_array()
                .expect("a list")
                .iter()
                .all(|one| one["type"] == json!(kind))
        );
    }
}

#[tokio::test]
async fn f_10_1_to_10_3_mexican_fields_are_written_by_pass_through_and_read_natively_only() {
    let sandbox = Sandbox::start().await;
    let body = with_native(
        stamped_draft(),
        json!({"cfdiUse": "G01", "operationType": "x", "ownField": {"a": [1]}}),
    );
    let id = sandbox.create(body).await;
    let unified = sandbox.one("invoices", &id).await;
    for key in [
        "stamp",
        "cfdiUse",
        "paymentType",
        "regimeClient",
        "ownField",
        "pass_through",
    ] {
        assert!(unified.get(key).is_none(), "{key}");
    }
    let raw = sandbox.raw(&id).await;
    let native = sandbox
        .send(sandbox.native(Method::GET, &format!("/invoices/{id}"), None))
        .await
        .expect(200)
        .json();
    for record in [&raw, &native] {
        assert_eq!(record["cfdiUse"], json!("G01"));
        assert_eq!(
            record["regimeClient"],
            json!("GENERAL_REGIME_OF_MORAL_PEOPLE_LAW")
        );
        assert_eq!(record["stamp"]["uuid"].as_str().map(str::len), Some(36));
    }
    assert_eq!(raw["stamp"]["uuid"], native["stamp"]["uuid"]);
}
