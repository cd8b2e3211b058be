//! Faults, keys, late acts, and what the witness reports.

use reqwest::Method;
use serde_json::{Value, json};
use timbra::sandbox::{Fault, Idempotency, Options};

use crate::support::{Sandbox, good_draft, options, read, with};

async fn planted(lines: &str) -> Sandbox {
    Sandbox::with(Options {
        faults: Fault::parse_lines(lines).expect("faults"),
        ..options()
    })
    .await
}

#[tokio::test]
async fn a_fault_before_the_act_writes_nothing() {
    let sandbox =
        planted(r#"{"method":"POST","path":"/accounting/invoices","when":"before","do":"drop"}"#)
            .await;
    let before = sandbox.state().await["invoices"].clone();
    let request = sandbox.with_body(Method::POST, "/accounting/invoices", &good_draft());
    assert!(read(request).await.is_err(), "the line is dead");
    let state = sandbox.state().await;
    assert_eq!(state["invoices"], before);
    let last = state["requests"]
        .as_array()
        .and_then(|all| all.last())
        .expect("a request")
        .clone();
    assert_eq!(
        (&last["method"], &last["path"], &last["status"]),
        (&json!("POST"), &json!("/accounting/invoices"), &Value::Null)
    );
    sandbox
        .post("/accounting/invoices", good_draft())
        .await
        .expect(201);
}

#[tokio::test]
async fn a_fault_after_the_act_loses_the_answer_only() {
    for action in ["drop", "cut"] {
        let sandbox = planted(&format!(
            r#"{{"method":"POST","path":"/invoices/*/open","when":"after","do":"{action}"}}"#
        ))
        .await;
        let id = sandbox.create(good_draft()).await;
        let folios = sandbox.folios().await;
        let open = sandbox.native(
            Method::POST,
            &format!("/invoices/{id}/open"),
            Some(&json!({"stamp": {"generateStamp": true}})),
        );
        assert!(read(open).await.is_err(), "{action}");
        assert_eq!(
            sandbox.folios().await,
            folios + 1,
            "{action}: the stamp was made"
        );
        assert!(sandbox.raw(&id).await["stamp"]["uuid"].is_string());
    }
}

#[tokio::test]
async fn a_late_act_is_done_when_its_time_comes() {
    let sandbox =
        planted(r#"{"method":"POST","path":"/invoices/*/open","when":"late","do":"status","status":504,"delay_ms":40000}"#).await;
    let id = sandbox.create(good_draft()).await;
    let folios = sandbox.folios().await;
    sandbox
        .proxy_post(
            &format!("/invoices/{id}/open"),
            json!({"stamp": {"generateStamp": true}}),
        )
        .await
        .expect(504);
    assert_eq!(sandbox.folios().await, folios, "not found is not not done");
    sandbox
        .post("/sandbox/clock", json!({"advance_seconds": 41}))
        .await
        .expect(200);
    assert!(sandbox.raw(&id).await["stamp"]["uuid"].is_string());
    assert_eq!(sandbox.folios().await, folios + 1);
}

#[tokio::test]
async fn a_fault_in_the_body_keeps_the_status_and_breaks_the_rest() {
    let sandbox =
        planted(r#"{"path":"/accounting/company-info","when":"body","do":"status"}"#).await;
    let answer = sandbox.get("/accounting/company-info").await.expect(200);
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
    sandbox
        .get("/accounting/company-info")
        .await
        .expect(200)
        .data();
    sandbox
        .post(
            "/sandbox/faults",
            json!({"path": "/accounting/*", "when": "body", "do": "cut"}),
        )
        .await
        .expect(200);
    assert!(
        read(sandbox.request(Method::GET, "/accounting/company-info"))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_status_fault_sends_its_own_status_body_and_retry_after() {
    let sandbox = Sandbox::start().await;
    let fault = json!({"path": "/accounting/customers", "nth": 2, "do": "status", "status": 503, "body": "<h1>down</h1>", "retry_after": "7"});
    sandbox.post("/sandbox/faults", fault).await.expect(200);
    sandbox.get("/accounting/customers").await.expect(200);
    let answer = sandbox.get("/accounting/customers").await.expect(503);
    assert_eq!(
        (answer.text.as_str(), answer.header("retry-after")),
        ("<h1>down</h1>", "7")
    );
    sandbox.get("/accounting/customers").await.expect(200);
    sandbox
        .post("/sandbox/faults", json!({"pth": "x"}))
        .await
        .expect(400);
}

#[tokio::test]
async fn a_hang_ends_when_its_time_is_over_or_the_sandbox_stops() {
    let sandbox = planted("{\"path\":\"/accounting/customers\",\"do\":\"hang\"}\n{\"path\":\"/accounting/tax-rates\",\"do\":\"hang\",\"delay_ms\":20}").await;
    assert!(
        read(sandbox.request(Method::GET, "/accounting/tax-rates"))
            .await
            .is_err()
    );
    let hanging = tokio::spawn(read(sandbox.request(Method::GET, "/accounting/customers")));
    while sandbox.state().await["requests"]
        .as_array()
        .is_none_or(|all| all.len() < 2)
    {
        tokio::task::yield_now().await;
    }
    sandbox.running.stop().await;
    assert!(hanging.await.expect("no panic").is_err());
}

#[tokio::test]
async fn an_idempotency_key_is_refused_honoured_or_ignored() {
    let keyed = |sandbox: &Sandbox, body: &Value| {
        sandbox
            .with_body(Method::POST, "/accounting/invoices", body)
            .header("idempotency-key", "7e4b5c1e")
    };
    let refusing = Sandbox::start().await;
    let before = refusing.state().await["invoices"].clone();
    let request = keyed(&refusing, &good_draft());
    refusing.send(request).await.expect(400);
    assert_eq!(
        refusing.state().await["invoices"],
        before,
        "nothing is written"
    );
    let customer = refusing
        .with_body(
            Method::POST,
            "/accounting/customers",
            &json!({"display_name": "X"}),
        )
        .header("idempotency-key", "k");
    refusing.send(customer).await.expect(201);

    let honouring = Sandbox::with(Options {
        idempotency: Idempotency::Honour,
        ..options()
    })
    .await;
    let request = keyed(&honouring, &good_draft());
    let first = honouring.send(request).await.expect(201);
    let request = keyed(&honouring, &good_draft());
    assert_eq!(honouring.send(request).await.expect(201).text, first.text);
    let other = with(good_draft(), json!({"customer_memo": "otra"}));
    let request = keyed(&honouring, &other);
    honouring.send(request).await.expect(422);
    assert_eq!(honouring.state().await["invoices"], json!(91));

    let ignoring = Sandbox::with(Options {
        idempotency: Idempotency::Ignore,
        ..options()
    })
    .await;
    for _ in 0..2 {
        let request = keyed(&ignoring, &good_draft());
        ignoring.send(request).await.expect(201);
    }
    assert_eq!(ignoring.state().await["invoices"], json!(92));
}

#[tokio::test]
async fn a_colleague_stamps_elsewhere_and_nobody_can_again() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create(good_draft()).await;
    let folios = sandbox.folios().await;
    let answer = sandbox
        .post("/sandbox/stamp-elsewhere", json!({ "id": id }))
        .await
        .expect(200)
        .json();
    assert!(answer["uuid"].is_string());
    sandbox
        .proxy_post(
            &format!("/invoices/{id}/open"),
            json!({"stamp": {"generateStamp": true}}),
        )
        .await
        .expect(400);
    assert_eq!(sandbox.folios().await, folios + 1);
    sandbox
        .post("/sandbox/stamp-elsewhere", json!({"id": "999999"}))
        .await
        .expect(404);
}
