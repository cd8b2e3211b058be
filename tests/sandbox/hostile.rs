//! Whatever is sent, the answer is a proper refusal: never a 500, never a panic, never a dead line.

use proptest::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Sandbox, good_draft, with};

const WRITES: [(&str, &str); 30] = [
    ("POST", "/accounting/suppliers"),
    ("PATCH", "/accounting/suppliers/74"),
    ("POST", "/accounting/departments"),
    ("PATCH", "/accounting/departments/1"),
    ("POST", "/accounting/bank-accounts"),
    ("PATCH", "/accounting/bank-accounts/1"),
    ("POST", "/accounting/credit-notes"),
    ("PATCH", "/accounting/credit-notes/2"),
    ("POST", "/accounting/quotes"),
    ("PATCH", "/accounting/quotes/2"),
    ("POST", "/accounting/bills"),
    ("PATCH", "/accounting/bills/3"),
    ("POST", "/accounting/purchase-orders"),
    ("PATCH", "/accounting/purchase-orders/4"),
    ("POST", "/accounting/payments"),
    ("PATCH", "/accounting/payments/1"),
    ("POST", "/accounting/bill-payments"),
    ("PATCH", "/accounting/bill-payments/60"),
    ("POST", "/accounting/journal-entries"),
    ("PATCH", "/accounting/journal-entries/1"),
    ("POST", "/accounting/invoices"),
    ("PATCH", "/accounting/invoices/90"),
    ("POST", "/accounting/customers"),
    ("PATCH", "/accounting/customers/1"),
    ("POST", "/accounting/invoice-items"),
    ("PATCH", "/accounting/invoice-items/1"),
    ("POST", "/accounting/tax-rates"),
    ("PATCH", "/accounting/tax-rates/1"),
    ("POST", "/accounting/ledger-accounts"),
    ("PATCH", "/accounting/ledger-accounts/5010"),
];

const NATIVE: [(&str, &str); 21] = [
    ("POST", "/payments"),
    ("PUT", "/payments/1"),
    ("POST", "/payments/1/void"),
    ("POST", "/bills"),
    ("PUT", "/bills/3"),
    ("POST", "/purchase-orders"),
    ("POST", "/estimates"),
    ("POST", "/credit-notes"),
    ("PUT", "/credit-notes/2"),
    ("POST", "/journals"),
    ("PUT", "/journals/1"),
    ("POST", "/cost-centers"),
    ("PUT", "/bank-accounts/1"),
    ("POST", "/invoices"),
    ("PUT", "/invoices/90"),
    ("POST", "/invoices/stamp"),
    ("POST", "/invoices/90/open"),
    ("POST", "/invoices/1/void"),
    ("POST", "/contacts"),
    ("PUT", "/items/1"),
    ("PUT", "/contacts/1"),
];

async fn send_everywhere(sandbox: &Sandbox, body: &str) {
    for (method, path) in WRITES {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = sandbox
            .request(method, path)
            .header("content-type", "application/json")
            .body(body.to_owned());
        let answer = sandbox.send(request).await;
        assert!(
            (200..500).contains(&answer.status),
            "{path} {body}: {}",
            answer.text
        );
        answer.json();
    }
    for (method, path) in NATIVE {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let answer = sandbox
            .send(sandbox.native(method, path, None).body(body.to_owned()))
            .await;
        assert!(
            (200..500).contains(&answer.status),
            "{path} {body}: {}",
            answer.text
        );
        answer.json();
    }
}

#[tokio::test]
async fn broken_json_is_a_400_and_changes_nothing() {
    let sandbox = Sandbox::start().await;
    let deep = "[".repeat(5_000);
    for body in [
        "",
        "{",
        "null",
        "[]",
        "\"x\"",
        "1e999",
        "{\"a\":1,}",
        "\u{0}",
        &deep,
    ] {
        for (method, path) in WRITES {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let request = sandbox
                .request(method, path)
                .header("content-type", "application/json")
                .body(body.to_owned());
            assert_eq!(
                sandbox.send(request).await.expect(400).kind(),
                "RequestValidationError",
                "{path} {body}"
            );
        }
    }
    let request = sandbox
        .request(Method::POST, "/accounting/customers")
        .body(vec![0xff, 0xfe, 0x00]);
    sandbox.send(request).await.expect(400);
}

#[tokio::test]
async fn odd_values_in_every_place_are_refused_or_taken_but_never_break_anything() {
    let sandbox = Sandbox::start().await;
    let odd = [
        "null",
        "true",
        "-1",
        "0",
        "1e999",
        "-1e-999",
        "0.0000001",
        "99999999999999999999999999999999",
        "\"\"",
        "\"\\u0000\"",
        "\"2026-13-45\"",
        "\"-9999-01-01\"",
        "[]",
        "[null]",
        "{}",
        "{\"id\":{\"id\":\"1\"}}",
        "{\"id\":-1}",
        "\"Ñandú & <b>\"",
    ];
    let fields = [
        "customer",
        "invoice_date",
        "due_date",
        "payment_method",
        "line_items",
        "pass_through",
        "currency",
        "currency_rate",
        "display_name",
        "tax_number",
        "emails",
        "phone_numbers",
        "addresses",
        "name",
        "unit_price",
        "type",
        "total_tax_rate",
        "parent_account",
        "status",
        "client",
        "items",
        "stamp",
        "ids",
        "cause",
        "price",
        "identification",
        "term",
        "supplier",
        "bill_date",
        "allocations",
        "total_amount",
        "transaction_date",
        "posted_at",
        "date_issued",
        "account",
        "account_type",
        "provider",
        "purchases",
        "entries",
        "invoices",
        "bills",
        "bankAccount",
        "paymentMethod",
        "amount",
        "date",
        "costCenter",
        "estimate",
    ];
    let mut base = good_draft();
    for (key, value) in [
        ("supplier", json!({"id": "74"})),
        ("bill_date", json!("2026-06-01")),
        ("issued_date", json!("2026-06-01")),
        ("quote_date", json!("2026-06-01")),
        ("expiry_date", json!("2026-06-09")),
        ("date_issued", json!("2026-06-01T00:00:00.000Z")),
        ("transaction_date", json!("2026-06-01T00:00:00.000Z")),
        ("posted_at", json!("2026-06-01T00:00:00.000Z")),
        ("total_amount", json!(1)),
        ("allocations", json!([{"id": "30", "amount": 1}])),
        ("account_type", json!("cash")),
        ("client", json!({"id": "1"})),
        ("provider", json!({"id": "74"})),
        ("date", json!("2026-06-01")),
        ("dueDate", json!("2026-06-09")),
        ("paymentMethod", json!("cash")),
        ("invoices", json!([{"id": "30", "amount": "1.00"}])),
        ("items", json!([{"id": 37, "price": 10}])),
        ("purchases", json!({"items": [{"id": 12, "price": 1}]})),
        (
            "entries",
            json!([{"id": "5005", "debit": 1}, {"id": "5006", "credit": 1}]),
        ),
    ] {
        base[key] = value;
    }
    base["name"] = json!("X");
    base["display_name"] = json!("X");
    for field in fields {
        for value in odd {
            let mut body = base.clone();
            body[field] = json!("@@");
            let text = body.to_string().replace("\"@@\"", value);
            send_everywhere(&sandbox, &text).await;
        }
    }
    for value in odd {
        for key in [
            "quantity",
            "unit_price",
            "item",
            "tax_rate",
            "discount_percentage",
            "description",
            "unit_of_measure",
        ] {
            let mut body = base.clone();
            body["line_items"][0][key] = json!("@@");
            send_everywhere(&sandbox, &body.to_string().replace("\"@@\"", value)).await;
        }
    }
    sandbox
        .get("/accounting/invoices?raw=true&limit=30")
        .await
        .expect(200);
    sandbox.create(good_draft()).await;
}

#[tokio::test]
async fn odd_addresses_and_queries_are_refused_properly() {
    let sandbox = Sandbox::start().await;
    for path in [
        "/accounting/invoices/0",
        "/accounting/invoices/-1",
        "/accounting/invoices/99999999999999999999",
        "/accounting/invoices/%00",
        "/accounting/invoices/1%2F2",
        "/accounting/invoices/abc",
        "/accounting//invoices",
        "/accounting/%C3%28",
        "/accounting/invoices?limit=%F0%9F%8C%B5",
        "/accounting/invoices?sort",
        "/accounting/invoices?sort[",
        "/accounting/invoices?filter[]=",
        "/accounting/invoices?fields=....,,a.b.c.d",
        "/accounting/invoices?cursor=%25&&&=&=x",
        "/accounting/invoices?pass_through[start]=x",
        "/accounting/payments?filter[customer_id]=x",
        "/accounting/payments?filter[status]=%00",
        "/accounting/journal-entries?filter[supplier_id]=-1",
        "/accounting/bills?filter[status]=",
        "/accounting/credit-notes/0?fields=....",
        "/accounting/quotes?cursor=x",
        "/webhook/webhooks?limit=0",
        "/webhook/webhooks/99999999999999999999",
        "/webhook/logs?filter[success]=perhaps&cursor=x",
        "/webhook/",
        "/sandbox/files/invoices/x.xml",
        "/sandbox/files/invoices/1.exe",
        "/sandbox/nothing",
    ] {
        let answer = sandbox.get(path).await;
        assert!(
            (200..500).contains(&answer.status),
            "{path}: {}",
            answer.text
        );
    }
    for path in [
        "",
        "/",
        "//",
        "/invoices/%00",
        "/invoices/99999999999",
        "/invoices?limit=99999999999999999999",
        "/invoices?start=18446744073709551615",
        "/invoices/1/2/3/4",
        "/payments?type=sideways",
        "/payments/0/void",
        "/bills?order_field=nothing",
        "/journals?date=yesterday",
        "/estimates/99999999999",
    ] {
        let answer = sandbox.proxy_get(path).await;
        assert!(
            (200..500).contains(&answer.status),
            "{path}: {}",
            answer.text
        );
    }
    for (path, body) in [
        ("/sandbox/clock", json!({"advance_seconds": i64::MAX})),
        ("/sandbox/clock", json!({"advance_seconds": 1.5})),
        ("/sandbox/faults", json!([{"nth": -1}])),
        ("/sandbox/edit-elsewhere", json!({"id": "90", "fields": 3})),
    ] {
        sandbox.post(path, body).await.expect(400);
    }
}

#[tokio::test]
async fn sums_too_large_to_hold_are_refused() {
    let sandbox = Sandbox::start().await;
    let line = json!({"item": {"id": "37"}, "quantity": 1_000_000_000_000_i64, "unit_price": 1_000_000_000_000_i64, "tax_rate": {"id": "1"}});
    let lines: Vec<Value> = std::iter::repeat_n(line, 1_000).collect();
    let answer = sandbox
        .post(
            "/accounting/invoices",
            with(good_draft(), json!({ "line_items": lines })),
        )
        .await;
    assert!((200..500).contains(&answer.status), "{}", answer.text);
}

/// What a body may take that is large and no more.
const BOUND: std::time::Duration = std::time::Duration::from_secs(20);

#[tokio::test]
async fn a_body_cut_at_any_byte_or_of_another_kind_is_refused_and_writes_nothing() {
    let sandbox = Sandbox::start().await;
    let before = sandbox.state().await["invoices"].clone();
    let whole = good_draft().to_string();
    let html = "<html><body>502 Bad Gateway</body></html>".to_owned();
    let cuts = (0..whole.len()).filter_map(|cut| whole.get(..cut).map(str::to_owned));
    for body in cuts.chain([html, format!("{whole}{whole}"), format!("\u{feff}{whole}")]) {
        let request = sandbox
            .request(Method::POST, "/accounting/invoices")
            .header("content-type", "application/json")
            .body(body.clone());
        let answer = sandbox.send(request).await.expect(400);
        assert_eq!(answer.kind(), "RequestValidationError", "{body}");
        let native = sandbox.native(Method::POST, "/invoices", None).body(body);
        sandbox.send(native).await.expect(400);
    }
    assert_eq!(sandbox.state().await["invoices"], before);
}

#[tokio::test]
async fn no_line_and_ten_thousand_lines_are_answered_in_time() {
    let sandbox = Sandbox::start().await;
    for count in [0, 10_000] {
        let line = good_draft()["line_items"][0].clone();
        let lines: Vec<Value> = std::iter::repeat_n(line, count).collect();
        let body = with(good_draft(), json!({ "line_items": lines }));
        let answer = tokio::time::timeout(BOUND, sandbox.post("/accounting/invoices", body)).await;
        let answer = answer.expect("within the bound");
        assert!([201, 400].contains(&answer.status), "{}", answer.text);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("37")),
        Just(json!("2026-06-03")),
        Just(json!({"id": "1"})),
    ];
    let key = prop_oneof![
        Just("client".to_owned()),
        Just("items".to_owned()),
        Just("id".to_owned()),
        Just("price".to_owned()),
        Just("tax".to_owned()),
        Just("stamp".to_owned()),
        Just("generateStamp".to_owned()),
        Just("line_items".to_owned()),
        Just("customer".to_owned()),
        Just("address".to_owned()),
        Just("extend_object".to_owned()),
        Just("pass_through".to_owned()),
        Just("service_id".to_owned()),
        Just("name".to_owned()),
        "[a-z]{1,6}",
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn any_json_body_is_answered_properly() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let sandbox = runtime.block_on(Sandbox::start());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&any_json(), |body| {
        runtime.block_on(send_everywhere(&sandbox, &body.to_string()));
        Ok(())
    });
    outcome.expect("every body is answered");
}
