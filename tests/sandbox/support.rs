//! A sandbox of its own for each test, and a plain HTTP client that sends what it is told.

use std::sync::Once;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use timbra::sandbox::{self, Options, Running};

/// The day on which the tests' sandboxes start: a Wednesday.
pub use crate::bodies::TODAY;

/// Small books: enough for two pages and all lessons.
pub fn options() -> Options {
    Options {
        listen: "127.0.0.1:0".parse().expect("an address"),
        invoices: 90,
        seed: 7,
        today: Some(TODAY.parse().expect("a day")),
        ..Options::default()
    }
}

pub struct Sandbox {
    pub running: Running,
    pub client: Client,
}

/// A reply, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    /// The same, once its status is as expected.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    pub fn data(&self) -> Value {
        self.json().get("data").cloned().expect("data")
    }

    /// The `type_name` of an error of Apideck's.
    pub fn kind(&self) -> String {
        let body = self.json();
        assert_eq!(body["status_code"], json!(self.status), "{body}");
        let kind = body["type_name"].as_str().expect("type_name").to_owned();
        let reference = format!(
            "https://developers.apideck.com/errors#{}",
            kind.to_lowercase()
        );
        assert_eq!(body["ref"], json!(reference));
        kind
    }
}

impl Sandbox {
    pub async fn start() -> Self {
        Self::with(options()).await
    }

    pub async fn with(options: Options) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Another test binary's provider cannot be installed in this process.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let running = sandbox::start(options).await.expect("a sandbox");
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Self { running, client }
    }

    /// A request with the four headers and whatever else is added; bare to where no API is.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .client
            .request(method, format!("{}{path}", self.running.url()));
        if path.starts_with("/sandbox/") {
            return request;
        }
        request
            .bearer_auth(self.running.api_key())
            .header("x-apideck-app-id", self.running.app_id())
            .header("x-apideck-consumer-id", self.running.consumer_id())
            .header("x-apideck-service-id", "alegra")
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        read(request).await.expect("an answer")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.with_body(Method::POST, path, &body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.with_body(Method::PATCH, path, &body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub fn with_body(&self, method: Method, path: &str, body: &Value) -> RequestBuilder {
        self.request(method, path)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    /// A call to Alegra through the Proxy.
    pub fn native(&self, method: Method, path: &str, body: Option<&Value>) -> RequestBuilder {
        let request = self.request(method, "/proxy").header(
            "x-apideck-downstream-url",
            format!("https://api.alegra.com/api/v1{path}"),
        );
        match body {
            None => request,
            Some(body) => request
                .header("content-type", "application/json")
                .body(body.to_string()),
        }
    }

    pub async fn proxy_get(&self, path: &str) -> Answer {
        self.send(self.native(Method::GET, path, None)).await
    }

    pub async fn proxy_post(&self, path: &str, body: Value) -> Answer {
        self.send(self.native(Method::POST, path, Some(&body)))
            .await
    }

    pub async fn proxy_put(&self, path: &str, body: Value) -> Answer {
        self.send(self.native(Method::PUT, path, Some(&body))).await
    }

    /// What the sandbox says it holds.
    pub async fn state(&self) -> Value {
        self.get("/sandbox/state").await.expect(200).json()
    }

    pub async fn folios(&self) -> u64 {
        self.state().await["folios_used"].as_u64().expect("folios")
    }

    pub async fn raw(&self, id: &str) -> Value {
        self.get(&format!("/accounting/invoices/{id}?raw=true"))
            .await
            .expect(200)
            .data()["_raw"]
            .clone()
    }

    /// Makes an invoice and gives its id.
    pub async fn create(&self, body: Value) -> String {
        self.add("invoices", body).await
    }

    /// Makes a record of any resource and gives its id.
    pub async fn add(&self, resource: &str, body: Value) -> String {
        let path = format!("/accounting/{resource}");
        let data = self.post(&path, body).await.expect(201).data();
        data["id"].as_str().expect("an id").to_owned()
    }

    /// One record as Unify has it.
    pub async fn one(&self, resource: &str, id: &str) -> Value {
        let path = format!("/accounting/{resource}/{id}");
        self.get(&path).await.expect(200).data()
    }

    /// A whole list, walked by its cursors.
    pub async fn all(&self, resource: &str, query: &str) -> Vec<Value> {
        let mut records = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/accounting/{resource}?limit=30&{query}&cursor={cursor}");
            let page = self.get(&path).await.expect(200).json();
            records.extend(page["data"].as_array().expect("data").iter().cloned());
            match page["meta"]["cursors"]["next"].as_str() {
                Some(next) => cursor = next.replace('=', "%3D"),
                None => return records,
            }
        }
    }

    /// Refused by a rule of Alegra's, with nothing else wrong.
    pub async fn refused(&self, resource: &str, body: Value) -> Value {
        let path = format!("/accounting/{resource}");
        let answer = self.post(&path, body).await.expect(400);
        assert_eq!(answer.kind(), "ConnectorExecutionError", "{}", answer.text);
        answer.json()
    }

    /// The id of the ledger account with a code of the company's own.
    pub async fn account(&self, code: &str) -> String {
        let chart = self.all("ledger-accounts", "").await;
        let account = chart.iter().find(|one| one["code"] == json!(code));
        let id = account.and_then(|one| one["id"].as_str());
        id.expect("an account").to_owned()
    }
}

pub async fn read(request: RequestBuilder) -> Result<Answer, reqwest::Error> {
    let response = request.send().await?;
    Ok(Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await?,
    })
}

/// A draft that stamps well: XENON, one item, transfer.
pub fn good_draft() -> Value {
    json!({
        "customer": {"id": "1"},
        "invoice_date": TODAY,
        "due_date": TODAY,
        "payment_method": "transfer",
        "line_items": [{"item": {"id": "37"}, "description": "Taladro 1/2", "quantity": 2, "unit_price": 500,
                        "tax_rate": {"id": "1"}}],
        "pass_through": [{"service_id": "alegra", "extend_object": {
            "paymentType": "PUE", "cfdiUse": "G03", "regimeClient": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW"}}],
    })
}

/// The same, stamped on creation.
pub fn stamped_draft() -> Value {
    with_native(good_draft(), json!({"stamp": {"generateStamp": true}}))
}

/// Adds native fields to a body's first pass_through.
pub fn with_native(mut body: Value, fields: Value) -> Value {
    let object = body["pass_through"][0]["extend_object"]
        .as_object_mut()
        .expect("an object");
    object.extend(fields.as_object().expect("fields").clone());
    body
}

/// Sets fields of a body.
pub fn with(mut body: Value, fields: Value) -> Value {
    body.as_object_mut()
        .expect("an object")
        .extend(fields.as_object().expect("fields").clone());
    body
}

/// A supplier of the generated books.
pub const SUPPLIER: &str = "74";

/// A bill of 1,160 pesos.
pub fn bill() -> Value {
    json!({
        "supplier": {"id": SUPPLIER}, "bill_number": "F-889", "bill_date": "2026-05-20", "due_date": "2026-06-20",
        "line_items": [{"type": "expense_item", "item": {"id": "12"}, "quantity": 10, "unit_price": 100,
                        "tax_rate": {"id": "1"}}],
    })
}

/// An open invoice of 1,160 pesos of the first customer.
pub async fn owed_invoice(sandbox: &Sandbox) -> String {
    sandbox.create(stamped_draft()).await
}

/// A payment of a customer on one invoice.
pub fn receipt(invoice: &str, amount: Value) -> Value {
    json!({
        "total_amount": amount, "transaction_date": "2026-06-02T00:00:00.000Z", "payment_method": "transfer",
        "customer": {"id": "1"}, "account": {"id": "2"},
        "allocations": [{"id": invoice, "type": "invoice", "amount": amount}],
    })
}
