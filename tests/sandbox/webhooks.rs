//! Subscriptions, signed deliveries, retries.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use timbra::sandbox::{Options, Tenant};
use tokio::sync::Notify;

use crate::support::{Sandbox, bill, good_draft, options, stamped_draft};

/// What a subscriber was sent.
#[derive(Debug, Clone)]
struct Received {
    headers: HeaderMap,
    text: String,
}

impl Received {
    fn payload(&self) -> Value {
        let body: Value = serde_json::from_str(&self.text).expect("json");
        body["payload"].clone()
    }
}

/// A subscriber on loopback that answers with a status that can be changed.
struct Subscriber {
    url: String,
    status: Arc<Mutex<u16>>,
    received: Arc<Mutex<Vec<Received>>>,
    bell: Arc<Notify>,
}

impl Subscriber {
    async fn start() -> Self {
        let status = Arc::new(Mutex::new(204));
        let received = Arc::new(Mutex::new(Vec::new()));
        let bell = Arc::new(Notify::new());
        let (at_status, at_received, at_bell) = (status.clone(), received.clone(), bell.clone());
        let router = Router::new().fallback(move |headers: HeaderMap, body: Bytes| {
            let text = String::from_utf8(body.to_vec()).expect("text");
            at_received
                .lock()
                .expect("a lock")
                .push(Received { headers, text });
            at_bell.notify_one();
            let status = *at_status.lock().expect("a lock");
            async move { StatusCode::from_u16(status).expect("a status") }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!(
            "http://{}/hooks",
            listener.local_addr().expect("an address")
        );
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url,
            status,
            received,
            bell,
        }
    }

    fn answers(&self, status: u16) {
        *self.status.lock().expect("a lock") = status;
    }

    /// Waits until so many posts came in, probes included.
    async fn wait_for(&self, count: usize) -> Vec<Received> {
        loop {
            let heard = self.bell.notified();
            let received = self.received.lock().expect("a lock").clone();
            if received.len() >= count {
                return received;
            }
            heard.await;
        }
    }

    fn count(&self) -> usize {
        self.received.lock().expect("a lock").len()
    }
}

fn subscription(url: &str, events: Value) -> Value {
    json!({"delivery_url": url, "status": "enabled", "unified_api": "accounting", "events": events})
}

async fn subscribe(sandbox: &Sandbox, url: &str, events: Value) -> Value {
    let body = subscription(url, events);
    sandbox
        .post("/webhook/webhooks", body)
        .await
        .expect(201)
        .data()
}

/// HMAC-SHA-256 written out once more, for a key shorter than a block.
fn hmac(key: &str, message: &str) -> String {
    let pad = |pad: u8| {
        let mut block = [pad; 64];
        for (place, byte) in key.bytes().enumerate() {
            block[place] ^= byte;
        }
        block
    };
    let inner = Sha256::digest([&pad(0x36)[..], message.as_bytes()].concat());
    let outer = Sha256::digest([&pad(0x5c)[..], &inner[..]].concat());
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn f_11_1_a_write_is_told_signed_over_the_sorted_body() {
    let sandbox = Sandbox::start().await;
    let subscriber = Subscriber::start().await;
    let record = subscribe(
        &sandbox,
        &subscriber.url,
        json!(["accounting.invoice.created"]),
    )
    .await;
    assert_eq!(
        (&record["status"], &record["disabled_reason"]),
        (&json!("enabled"), &json!("none"))
    );
    let id = sandbox.create(good_draft()).await;
    let received = subscriber.wait_for(2).await;
    let told = received.last().expect("a delivery");
    let payload = told.payload();
    assert_eq!(payload["event_type"], json!("accounting.invoice.created"));
    assert_eq!(payload["entity_id"], json!(id));
    assert_eq!(payload["entity_type"], json!("invoice"));
    assert_eq!(payload["execution_attempt"], json!(1));
    let address = format!("{}/accounting/invoices/{id}", sandbox.running.url());
    assert_eq!(payload["entity_url"], json!(address));
    let header = |name: &str| told.headers[name].to_str().expect("text").to_owned();
    assert_eq!(header("x-apideck-event-type"), "accounting.invoice.created");
    assert_eq!(
        json!(header("x-apideck-idempotency-key")),
        payload["event_id"]
    );
    let sorted = json!({ "payload": payload }).to_string();
    assert_ne!(
        told.text, sorted,
        "the bytes as sent are not the signed ones"
    );
    assert_eq!(
        header("x-apideck-signature"),
        hmac(sandbox.running.api_key(), &sorted)
    );
}

#[tokio::test]
async fn deliveries_and_their_log_name_the_company_whose_sandbox_it_is() {
    for (tenant, consumer) in [
        (Tenant::First, "despacho-001"),
        (Tenant::Second, "despacho-002"),
    ] {
        let sandbox = Sandbox::with(Options {
            tenant,
            ..options()
        })
        .await;
        assert_eq!(sandbox.running.consumer_id(), consumer);
        let subscriber = Subscriber::start().await;
        subscribe(
            &sandbox,
            &subscriber.url,
            json!(["accounting.customer.updated"]),
        )
        .await;
        sandbox
            .patch("/accounting/customers/1", json!({"notes": "x"}))
            .await
            .expect(200);
        let received = subscriber.wait_for(2).await;
        for told in &received {
            assert_eq!(told.payload()["consumer_id"], json!(consumer));
        }
        let log = sandbox.get("/webhook/logs").await.expect(200).data();
        let log = log.as_array().expect("a list").clone();
        assert!(!log.is_empty(), "the probe at least");
        for attempt in log {
            assert_eq!(attempt["consumer_id"], json!(consumer));
        }
    }
}

#[tokio::test]
async fn f_11_2_and_11_3_a_contact_is_told_twice_and_other_resources_never() {
    let sandbox = Sandbox::start().await;
    let quiet = ["departments", "quotes", "journal-entries"];
    assert_eq!(sandbox.state().await["events"], json!([]));
    sandbox.add(quiet[0], json!({"name": "Norte"})).await;
    sandbox
        .patch("/accounting/tax-rates/1", json!({"name": "IVA dieciséis"}))
        .await
        .expect(200);
    sandbox
        .patch("/accounting/ledger-accounts/5005", json!({"name": "Caja"}))
        .await
        .expect(200);
    assert_eq!(sandbox.state().await["events"], json!([]));
    let names = |state: Value| -> Vec<String> {
        let events = state["events"].as_array().expect("events").clone();
        let types = events.iter().filter_map(|event| event["type"].as_str());
        types.map(str::to_owned).collect()
    };
    sandbox
        .patch("/accounting/customers/1", json!({"notes": "x"}))
        .await
        .expect(200);
    let mut expected = vec!["accounting.customer.updated", "accounting.supplier.updated"];
    assert_eq!(names(sandbox.state().await), expected);
    let item = sandbox
        .add("invoice-items", json!({"name": "X", "unit_price": 1}))
        .await;
    sandbox
        .delete(&format!("/accounting/invoice-items/{item}"))
        .await
        .expect(200);
    sandbox.add("bills", bill()).await;
    expected.extend([
        "accounting.invoice_item.created",
        "accounting.invoice_item.deleted",
        "accounting.bill.created",
    ]);
    assert_eq!(names(sandbox.state().await), expected);
    // Refused writes and reads are no events.
    sandbox
        .post("/accounting/customers", json!({}))
        .await
        .expect(400);
    sandbox.get("/accounting/invoices/1").await.expect(200);
    assert_eq!(names(sandbox.state().await), expected);
    sandbox.create(stamped_draft()).await;
    expected.extend(["accounting.invoice.created", "accounting.invoice.updated"]);
    assert_eq!(names(sandbox.state().await), expected);
}

#[tokio::test]
async fn an_address_that_does_not_answer_its_probe_is_disabled_and_still_created() {
    let sandbox = Sandbox::start().await;
    let subscriber = Subscriber::start().await;
    subscriber.answers(500);
    for url in [
        subscriber.url.as_str(),
        "https://example.com/hooks",
        "http://10.0.0.1/hooks",
    ] {
        let record = subscribe(&sandbox, url, json!(["*"])).await;
        assert_eq!(
            (&record["status"], &record["disabled_reason"]),
            (&json!("disabled"), &json!("delivery_url_validation_failed")),
            "{url}"
        );
    }
    sandbox.create(good_draft()).await;
    assert_eq!(subscriber.count(), 1, "the probe and nothing else");
    subscriber.answers(200);
    let record = sandbox
        .patch(
            "/webhook/webhooks/2",
            json!({"delivery_url": subscriber.url, "status": "enabled"}),
        )
        .await
        .expect(200)
        .data();
    assert_eq!(record["status"], json!("enabled"));
    assert_eq!(subscriber.count(), 2);
}

#[tokio::test]
async fn a_delivery_that_fails_is_tried_again_by_the_sandboxs_clock_and_then_given_up() {
    let sandbox = Sandbox::start().await;
    let subscriber = Subscriber::start().await;
    subscribe(
        &sandbox,
        &subscriber.url,
        json!(["accounting.bill.created"]),
    )
    .await;
    subscriber.answers(503);
    sandbox.add("bills", bill()).await;
    subscriber.wait_for(2).await;
    let mut tried = 1;
    for minutes in [3, 5, 10, 30, 60, 120, 240, 480] {
        settled(&sandbox, tried).await;
        let body = json!({"advance_seconds": minutes * 60});
        sandbox.post("/sandbox/clock", body).await.expect(200);
        let received = subscriber.wait_for(tried + 2).await;
        tried += 1;
        let last = received.last().expect("a delivery").payload();
        assert_eq!(last["execution_attempt"], json!(tried));
        assert_eq!(last["event_id"], received[1].payload()["event_id"]);
    }
    // The ninth retry would come after the day that an event lives.
    settled(&sandbox, tried).await;
    let record = sandbox.get("/webhook/webhooks/1").await.expect(200).data();
    assert_eq!(
        (&record["status"], &record["disabled_reason"]),
        (&json!("disabled"), &json!("retry_limit"))
    );
    let logs = sandbox
        .get("/webhook/logs?limit=30&filter[success]=false&filter[event_type]=accounting.bill.created")
        .await
        .expect(200)
        .data();
    let logs = logs.as_array().expect("logs");
    assert_eq!(logs.len(), tried);
    assert_eq!(logs[0]["retry_scheduled"], json!(false));
    assert_eq!(logs[1]["status_code"], json!(503));
}

/// Waits until the sandbox has noted so many attempts at bills.
async fn settled(sandbox: &Sandbox, attempts: usize) {
    loop {
        let path = "/webhook/logs?limit=30&filter[event_type]=accounting.bill.created";
        let logs = sandbox.get(path).await.expect(200).data();
        if logs.as_array().map(Vec::len) == Some(attempts) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_subscription_api_asks_for_no_consumer_and_refuses_what_is_not_declared() {
    let sandbox = Sandbox::start().await;
    let subscriber = Subscriber::start().await;
    let path = "/webhook/webhooks";
    let url = format!("{}{path}", sandbox.running.url());
    let plain = sandbox
        .client
        .get(&url)
        .bearer_auth(sandbox.running.api_key())
        .header("x-apideck-app-id", sandbox.running.app_id());
    let answer = sandbox.send(plain).await.expect(200).json();
    assert_eq!(answer["data"], json!([]));
    assert!(answer.get("service").is_none());
    sandbox.send(sandbox.client.get(&url)).await.expect(401);
    let nobody = sandbox
        .client
        .get(&url)
        .bearer_auth(sandbox.running.api_key());
    assert_eq!(
        sandbox.send(nobody).await.expect(400).kind(),
        "RequestHeadersValidationError"
    );
    let good = subscription(&subscriber.url, json!(["accounting.quote.updated"]));
    for (key, wrong) in [
        ("delivery_url", json!("ftp://127.0.0.1")),
        ("delivery_url", Value::Null),
        ("status", json!("on")),
        ("events", json!([])),
        ("events", json!(["accounting.journal_entry.created"])),
        ("events", json!("*")),
        ("unified_api", json!("crm")),
        ("secret", json!("x")),
    ] {
        let mut body = good.clone();
        body[key] = wrong;
        let answer = sandbox.post(path, body).await.expect(400);
        assert_eq!(answer.kind(), "RequestValidationError", "{key}");
    }
    sandbox.post(path, good).await.expect(201);
    let list = sandbox.get(path).await.expect(200).json();
    assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
    sandbox.delete("/webhook/webhooks/1").await.expect(200);
    sandbox.get("/webhook/webhooks/1").await.expect(404);
    sandbox
        .patch("/webhook/webhooks/1", json!({}))
        .await
        .expect(404);
    sandbox.get("/webhook/nothing").await.expect(404);
}
