//! Payments of customers and to suppliers: allocations, balances, derived statuses.

use serde_json::{Value, json};

use crate::support::{SUPPLIER, Sandbox, bill, good_draft, owed_invoice, receipt, with};

/// Balance and status of a document.
async fn stands(sandbox: &Sandbox, resource: &str, id: &str) -> (String, String) {
    let record = sandbox.one(resource, id).await;
    let status = record["status"].as_str().expect("a status").to_owned();
    (record["balance"].to_string(), status)
}

fn is(balance: &str, status: &str) -> (String, String) {
    (balance.to_owned(), status.to_owned())
}

fn paid_out(bill: &str, amount: Value) -> Value {
    json!({
        "total_amount": amount, "transaction_date": "2026-06-03T00:00:00.000Z", "payment_method": "check",
        "supplier": {"id": SUPPLIER}, "account": {"id": "2"},
        "allocations": [{"id": bill, "type": "bill", "amount": amount}],
    })
}

#[tokio::test]
async fn f_3_2_balances_and_statuses_follow_payments_made_changed_voided_and_deleted() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let look = || stands(&sandbox, "invoices", &invoice);
    assert_eq!(look().await, is("1160", "authorised"));
    let first = sandbox.add("payments", receipt(&invoice, json!(580))).await;
    assert_eq!(look().await, is("580", "partially_paid"));
    let second = sandbox.add("payments", receipt(&invoice, json!(580))).await;
    assert_eq!(look().await, is("0", "paid"));
    assert_eq!(sandbox.raw(&invoice).await["status"], json!("closed"));

    let path = format!("/accounting/payments/{first}");
    let less = json!({"total_amount": 100.5, "allocations": [{"id": invoice, "type": "invoice", "amount": 100.5}]});
    sandbox.patch(&path, less).await.expect(200);
    assert_eq!(look().await, is("479.5", "partially_paid"));
    sandbox
        .patch(&path, json!({"status": "voided"}))
        .await
        .expect(200);
    assert_eq!(look().await, is("580", "partially_paid"));
    assert_eq!(
        sandbox.one("payments", &first).await["status"],
        json!("voided")
    );
    sandbox
        .patch(&path, json!({"note": "tarde"}))
        .await
        .expect(400);
    sandbox
        .delete(&format!("/accounting/payments/{second}"))
        .await
        .expect(200);
    assert_eq!(look().await, is("1160", "authorised"));
    assert_eq!(sandbox.raw(&invoice).await["status"], json!("open"));
    sandbox.delete(&path).await.expect(200);
    assert_eq!(look().await, is("1160", "authorised"));
}

#[tokio::test]
async fn f_3_2_a_payment_voided_by_the_proxy_gives_the_balance_back() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let id = sandbox
        .add("payments", receipt(&invoice, json!(1160)))
        .await;
    let path = format!("/payments/{id}/void");
    let voided = sandbox
        .proxy_post(&path, json!({}))
        .await
        .expect(200)
        .json();
    assert_eq!(voided["status"], json!("void"));
    assert_eq!(
        stands(&sandbox, "invoices", &invoice).await,
        is("1160", "authorised")
    );
    sandbox.proxy_post(&path, json!({})).await.expect(400);
}

#[tokio::test]
async fn f_3_3_an_unapplied_payment_is_refused() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let good = receipt(&invoice, json!(580));
    for allocations in [json!([]), Value::Null] {
        sandbox
            .refused(
                "payments",
                with(good.clone(), json!({"allocations": allocations})),
            )
            .await;
    }
    let mut without = good.clone();
    without
        .as_object_mut()
        .expect("an object")
        .remove("allocations");
    sandbox.refused("payments", without.clone()).await;
    sandbox.refused("bill-payments", without).await;
    for path in ["/payments"] {
        let native = json!({"date": "2026-06-02", "paymentMethod": "cash", "amount": 10, "client": {"id": "1"}});
        sandbox.proxy_post(path, native).await.expect(400);
    }
    assert_eq!(
        stands(&sandbox, "invoices", &invoice).await,
        is("1160", "authorised")
    );
}

#[tokio::test]
async fn what_is_more_than_owed_or_more_than_paid_is_refused() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let wrong = [
        receipt(&invoice, json!(1160.01)),
        with(
            receipt(&invoice, json!(500)),
            json!({"total_amount": 499.99}),
        ),
        receipt(&invoice, json!(-1)),
        receipt(&invoice, json!(0)),
        receipt(&invoice, json!(0.001)),
        receipt("99999", json!(1)),
        with(
            receipt(&invoice, json!(1)),
            json!({"customer": {"id": "2"}}),
        ),
        with(
            receipt(&invoice, json!(1)),
            json!({"account": {"id": "99"}}),
        ),
        with(
            receipt(&invoice, json!(1)),
            json!({"allocations": [{"id": invoice, "type": "bill", "amount": 1}]}),
        ),
    ];
    for body in wrong {
        sandbox.refused("payments", body).await;
    }
    // Two allocations of the same invoice count together.
    let twice = json!([{"id": invoice, "type": "invoice", "amount": 600}, {"id": invoice, "type": "invoice", "amount": 600}]);
    let body = with(
        receipt(&invoice, json!(1200)),
        json!({"allocations": twice}),
    );
    sandbox.refused("payments", body).await;
    let draft = sandbox.create(good_draft()).await;
    sandbox.refused("payments", receipt(&draft, json!(1))).await;
    assert_eq!(
        stands(&sandbox, "invoices", &invoice).await,
        is("1160", "authorised")
    );
    for missing in ["total_amount", "transaction_date"] {
        let mut body = receipt(&invoice, json!(1));
        body.as_object_mut().expect("an object").remove(missing);
        let answer = sandbox.post("/accounting/payments", body).await.expect(400);
        assert_eq!(answer.kind(), "RequestValidationError", "{missing}");
    }
}

#[tokio::test]
async fn an_amount_of_null_means_all_of_the_payment() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let whole = json!({"allocations": [{"id": invoice, "type": "invoice", "amount": null}]});
    let id = sandbox
        .add("payments", with(receipt(&invoice, json!(700)), whole))
        .await;
    assert_eq!(
        sandbox.one("payments", &id).await["allocations"][0]["amount"],
        json!(700)
    );
    assert_eq!(
        stands(&sandbox, "invoices", &invoice).await,
        is("460", "partially_paid")
    );
}

#[tokio::test]
async fn f_3_4_documents_come_back_in_allocations_and_payments_on_documents() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let id = sandbox.add("payments", receipt(&invoice, json!(580))).await;
    let payment = sandbox.one("payments", &id).await;
    assert_eq!(payment["allocations"][0]["id"], json!(invoice));
    assert_eq!(payment["allocations"][0]["type"], json!("invoice"));
    assert_eq!(payment["allocations"][0]["amount"], json!(580));
    assert_eq!(
        payment["transaction_date"],
        json!("2026-06-02T00:00:00.000Z")
    );
    assert_eq!(payment["customer"]["id"], json!("1"));
    let record = sandbox.one("invoices", &invoice).await;
    assert_eq!(record["payment_allocations"][0]["id"], json!(id));
    assert_eq!(record["deposit"], json!(580));
    let native = sandbox.proxy_get(&format!("/payments/{id}")).await.json();
    assert_eq!(native["invoices"][0]["id"], json!(invoice));
    assert_eq!(native["type"], json!("in"));
    assert_eq!(sandbox.raw(&invoice).await["payments"][0]["id"], json!(id));

    let bill = sandbox.add("bills", bill()).await;
    let out = sandbox
        .add("bill-payments", paid_out(&bill, json!(1160)))
        .await;
    let payment = sandbox.one("bill-payments", &out).await;
    assert_eq!(payment["allocations"][0]["type"], json!("bill"));
    assert_eq!(payment["type"], json!("accounts_payable"));
    assert_eq!(stands(&sandbox, "bills", &bill).await, is("0", "paid"));
    // The two lists are two, though the records behind are of one kind.
    for (resource, other) in [("payments", &out), ("bill-payments", &id)] {
        sandbox
            .get(&format!("/accounting/{resource}/{other}"))
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn f_3_5_a_payment_knows_six_words_and_no_other() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    for word in [
        "cash",
        "transfer",
        "check",
        "deposit",
        "credit-card",
        "debit-card",
    ] {
        let body = with(receipt(&invoice, json!(1)), json!({"payment_method": word}));
        sandbox.add("payments", body).await;
    }
    for word in ["other", "03", "Cash", "", "wire"] {
        let body = with(receipt(&invoice, json!(1)), json!({"payment_method": word}));
        sandbox.refused("payments", body).await;
    }
}

#[tokio::test]
async fn f_9_6_payments_filter_by_status_and_contact() {
    let sandbox = Sandbox::start().await;
    for (resource, contact, key) in [
        ("payments", "customer", "customer_id"),
        ("bill-payments", "supplier", "supplier_id"),
    ] {
        let all = sandbox.all(resource, "").await;
        let with_status = |word: &str| {
            all.iter()
                .filter(|one| one["status"] == json!(word))
                .count()
        };
        for word in ["authorised", "voided"] {
            let found = sandbox
                .all(resource, &format!("filter[status]={word}"))
                .await;
            assert_eq!(found.len(), with_status(word), "{resource} {word}");
            assert!(!found.is_empty(), "{resource} {word}");
        }
        let id = all[0][contact]["id"].as_str().expect("a contact");
        let found = sandbox.all(resource, &format!("filter[{key}]={id}")).await;
        let expected = all
            .iter()
            .filter(|one| one[contact]["id"] == json!(id))
            .count();
        assert_eq!(found.len(), expected);
        let both = sandbox
            .all(
                resource,
                &format!("filter[{key}]={id}&filter[status]=voided"),
            )
            .await;
        assert!(both.len() <= found.len());
        for (query, kind) in [
            ("filter[status]=partially_paid", "UnsupportedFiltersError"),
            (
                "filter[type]=accounts_receivable",
                "UnsupportedFiltersError",
            ),
            ("filter[status]=nonsense", "RequestValidationError"),
        ] {
            let answer = sandbox
                .get(&format!("/accounting/{resource}?{query}"))
                .await
                .expect(400);
            assert_eq!(answer.kind(), kind, "{resource} {query}");
        }
    }
}

#[tokio::test]
async fn a_cancelled_invoice_lets_its_payments_go() {
    let sandbox = Sandbox::start().await;
    let invoice = owed_invoice(&sandbox).await;
    let id = sandbox
        .add("payments", receipt(&invoice, json!(1160)))
        .await;
    sandbox
        .proxy_post(&format!("/invoices/{invoice}/void"), json!({"cause": "02"}))
        .await
        .expect(200);
    let payment = sandbox.one("payments", &id).await;
    assert_eq!(payment["allocations"], json!([]));
    assert_eq!(payment["total_amount"], json!(1160));

    let path = format!("/accounting/payments/{id}");
    let body = json!({"reference": "SPEI 77", "total_amount": 1160});
    sandbox.patch(&path, body).await.expect(200);
    assert_eq!(
        sandbox.one("payments", &id).await["reference"],
        json!("SPEI 77")
    );
    sandbox
        .patch(&path, json!({"allocations": []}))
        .await
        .expect(400);
}
