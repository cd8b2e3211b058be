//! Bills and purchase orders: mixed lines, their life, the filter.

use serde_json::{Value, json};

use crate::support::{SUPPLIER, Sandbox, bill, with};

async fn mixed(sandbox: &Sandbox) -> Value {
    let freight = sandbox.account("601-84-001").await;
    json!([
        {"type": "expense_account", "ledger_account": {"id": freight}, "description": "Flete", "quantity": 1, "unit_price": 450},
        {"type": "expense_item", "item": {"id": "12"}, "quantity": 10, "unit_price": 310},
    ])
}

fn order() -> Value {
    json!({"supplier": {"id": SUPPLIER}, "issued_date": "2026-05-18", "delivery_date": "2026-05-25",
           "line_items": [{"type": "expense_item", "item": {"id": "12"}, "quantity": 5, "unit_price": 310}]})
}

#[tokio::test]
async fn f_4_1_and_4_2_a_purchase_mixes_items_and_accounts_and_each_line_says_which_it_is() {
    let sandbox = Sandbox::start().await;
    let lines = mixed(&sandbox).await;
    for (resource, body, path) in [
        ("bills", bill(), "bills"),
        ("purchase-orders", order(), "purchase-orders"),
    ] {
        let id = sandbox
            .add(resource, with(body, json!({"line_items": lines})))
            .await;
        let record = sandbox.one(resource, &id).await;
        assert_eq!(record["total"], json!(3550), "{resource}");
        let told: Vec<(&Value, bool, bool)> = record["line_items"]
            .as_array()
            .expect("lines")
            .iter()
            .map(|line| {
                (
                    &line["type"],
                    line["item"]["id"].is_string(),
                    line["ledger_account"]["id"].is_string(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (&json!("expense_item"), true, false),
                (&json!("expense_account"), false, true)
            ]
        );
        let native = sandbox.proxy_get(&format!("/{path}/{id}")).await.json();
        assert_eq!(
            native["purchases"]["items"].as_array().map(Vec::len),
            Some(1)
        );
        assert_eq!(
            native["purchases"]["categories"][0]["observations"],
            json!("Flete")
        );
    }
}

#[tokio::test]
async fn f_4_3_type_and_reference_of_a_line_must_agree() {
    let sandbox = Sandbox::start().await;
    let item = json!({"id": "12"});
    let account = json!({"id": sandbox.account("601-84-001").await});
    for line in [
        json!({"type": "expense_item", "ledger_account": account, "quantity": 1, "unit_price": 1}),
        json!({"type": "expense_account", "item": item, "quantity": 1, "unit_price": 1}),
        json!({"type": "expense_item", "item": item, "ledger_account": account, "quantity": 1, "unit_price": 1}),
        json!({"type": "expense_item", "quantity": 1, "unit_price": 1}),
    ] {
        for (resource, body) in [("bills", bill()), ("purchase-orders", order())] {
            let body = with(body, json!({"line_items": [line]}));
            let answer = sandbox
                .post(&format!("/accounting/{resource}"), body)
                .await
                .expect(400);
            assert_eq!(answer.kind(), "RequestValidationError", "{line}");
        }
    }
}

#[tokio::test]
async fn f_5_3_a_header_account_takes_no_bill_and_no_order() {
    let sandbox = Sandbox::start().await;
    let header = sandbox.account("601-84").await;
    let line = json!([{"type": "expense_account", "ledger_account": {"id": header}, "quantity": 1, "unit_price": 1}]);
    for (resource, body) in [("bills", bill()), ("purchase-orders", order())] {
        let refused = sandbox
            .refused(resource, with(body, json!({"line_items": line})))
            .await;
        let said = refused["detail"]["message"].as_str().expect("a message");
        assert!(said.contains("acumulativa"), "{said}");
    }
}

#[tokio::test]
async fn f_1_3_bills_and_orders_change_while_open_and_are_never_stamped() {
    let sandbox = Sandbox::start().await;
    let folios = sandbox.folios().await;
    let stamping = json!({"pass_through": [{"service_id": "alegra", "extend_object": {"stamp": {"generateStamp": true}}}]});
    let id = sandbox.add("bills", with(bill(), stamping)).await;
    assert_eq!(sandbox.folios().await, folios);
    let path = format!("/accounting/bills/{id}");
    sandbox
        .patch(&path, json!({"bill_number": "F-890"}))
        .await
        .expect(200);
    let record = sandbox.one("bills", &id).await;
    assert_eq!(record["bill_number"], json!("F-890"));
    assert_eq!(record["total"], json!(1160), "what was not sent stays");

    let half = json!({
        "total_amount": 580, "transaction_date": "2026-06-03T00:00:00.000Z", "payment_method": "check",
        "allocations": [{"id": id, "type": "bill", "amount": 580}]});
    let payment = sandbox.add("bill-payments", half).await;
    let smaller = json!({"line_items": [{"type": "expense_item", "item": {"id": "12"}, "quantity": 1, "unit_price": 100}]});
    sandbox.patch(&path, smaller).await.expect(400);
    sandbox.delete(&path).await.expect(400);
    let whole =
        json!({"total_amount": 1160, "allocations": [{"id": id, "type": "bill", "amount": 1160}]});
    sandbox
        .patch(&format!("/accounting/bill-payments/{payment}"), whole)
        .await
        .expect(200);
    let closed = sandbox
        .patch(&path, json!({"notes": "tarde"}))
        .await
        .expect(400);
    assert_eq!(closed.kind(), "ConnectorExecutionError");
    sandbox
        .delete(&format!("/accounting/bill-payments/{payment}"))
        .await
        .expect(200);
    sandbox
        .patch(&path, json!({"notes": "a tiempo"}))
        .await
        .expect(200);
    sandbox.delete(&path).await.expect(200);

    let id = sandbox.add("purchase-orders", order()).await;
    let path = format!("/accounting/purchase-orders/{id}");
    sandbox
        .patch(&path, json!({"notes": "urge"}))
        .await
        .expect(200);
    sandbox
        .patch(&path, json!({"status": "closed"}))
        .await
        .expect(200);
    assert_eq!(
        sandbox.one("purchase-orders", &id).await["status"],
        json!("closed")
    );
    sandbox
        .patch(&path, json!({"notes": "tarde"}))
        .await
        .expect(400);
    sandbox.delete(&path).await.expect(400);
    sandbox
        .proxy_put(
            &format!("/purchase-orders/{id}"),
            json!({"observations": "x"}),
        )
        .await
        .expect(400);
}

#[tokio::test]
async fn what_a_purchase_needs_is_asked_for() {
    let sandbox = Sandbox::start().await;
    for (resource, body, needed) in [
        (
            "bills",
            bill(),
            &["supplier", "bill_date", "due_date", "line_items"][..],
        ),
        (
            "purchase-orders",
            order(),
            &["supplier", "issued_date", "line_items"][..],
        ),
    ] {
        for key in needed {
            let mut without = body.clone();
            without.as_object_mut().expect("an object").remove(*key);
            sandbox.refused(resource, without).await;
        }
        // A customer that is no supplier sells nothing.
        sandbox
            .refused(resource, with(body, json!({"supplier": {"id": "1"}})))
            .await;
    }
}

#[tokio::test]
async fn f_2_5_and_2_6_bills_filter_by_paid_and_unpaid_only() {
    let sandbox = Sandbox::start().await;
    let all = sandbox.all("bills", "").await;
    let count = |words: &[&str]| {
        let has = |one: &&Value| words.iter().any(|word| one["status"] == json!(word));
        all.iter().filter(has).count()
    };
    let paid = sandbox.all("bills", "filter[status]=paid").await;
    assert_eq!(paid.len(), count(&["paid"]));
    let unpaid = sandbox.all("bills", "filter[status]=unpaid").await;
    assert_eq!(unpaid.len(), count(&["authorised", "partially_paid"]));
    assert!(!paid.is_empty() && !unpaid.is_empty());
    for word in ["partially_paid", "authorised", "voided"] {
        let answer = sandbox
            .get(&format!("/accounting/bills?filter[status]={word}"))
            .await
            .expect(400);
        assert_eq!(answer.kind(), "UnsupportedFiltersError", "{word}");
    }
}

/// A bill of which the lines come from these orders.
fn of_orders(orders: &[&str]) -> Value {
    let line = |order: &&str| {
        json!({"type": "expense_item", "item": {"id": "12"}, "quantity": 1, "unit_price": 310,
               "purchase_order": {"id": order}})
    };
    let lines: Vec<Value> = orders.iter().map(line).collect();
    with(bill(), json!({"line_items": lines}))
}

#[tokio::test]
async fn f_4_1_an_order_is_billed_while_lines_of_a_bill_name_it() {
    let sandbox = Sandbox::start().await;
    let first = sandbox.add("purchase-orders", order()).await;
    let second = sandbox.add("purchase-orders", order()).await;
    let bill = sandbox.add("bills", of_orders(&[&first, &first])).await;
    let path = format!("/accounting/bills/{bill}");
    let record = sandbox.one("bills", &bill).await;
    assert_eq!(
        record["line_items"][1]["purchase_order"],
        json!({"id": first})
    );
    let status = async |id: &str| sandbox.one("purchase-orders", id).await["status"].clone();
    let bills = async |id: &str| {
        let native = sandbox
            .proxy_get(&format!("/purchase-orders/{id}"))
            .await
            .json();
        let bills = native["bills"].as_array().expect("bills").clone();
        let id = |bill: &Value| bill["id"].to_string().trim_matches('"').to_owned();
        bills.iter().map(id).collect::<Vec<String>>()
    };
    assert_eq!(status(&first).await, "billed");
    assert_eq!(bills(&first).await, [bill.as_str()]);
    let order_path = format!("/accounting/purchase-orders/{first}");
    sandbox.delete(&order_path).await.expect(400);

    let moved = json!({"line_items": of_orders(&[&second])["line_items"]});
    sandbox.patch(&path, moved).await.expect(200);
    assert_eq!(status(&first).await, "open");
    assert_eq!(bills(&first).await, [""; 0]);
    assert_eq!(status(&second).await, "billed");
    sandbox.delete(&path).await.expect(200);
    assert_eq!(status(&second).await, "open");
}

#[tokio::test]
async fn a_bill_of_an_order_that_is_not_there_is_refused() {
    let sandbox = Sandbox::start().await;
    for named in ["999999", "OC-1"] {
        sandbox.refused("bills", of_orders(&[named])).await;
    }
}
