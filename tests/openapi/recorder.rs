//! A server that agrees to everything and remembers what it was asked.

use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::Response;
use axum::routing::any;
use serde_json::{Value, json};
use timbra::api::{Apideck, Connection};
use timbra::domain::secret::Secret;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

#[derive(Clone)]
pub struct Recorder {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    /// What every request gets instead of agreement.
    said: Arc<Mutex<Option<Value>>>,
}

impl Recorder {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let recorder = Self {
            url,
            seen: Arc::default(),
            said: Arc::default(),
        };
        let own = recorder.clone();
        let router = axum::Router::new().fallback(any(move |request| own.clone().agree(request)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        recorder
    }

    /// What was asked since the last time.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.seen.lock().expect("the requests"))
    }

    /// Answers everything with this from now on.
    pub fn say(&self, body: Value) {
        *self.said.lock().expect("what is said") = Some(body);
    }

    /// A client of this server.
    pub fn client(&self) -> Apideck {
        Apideck::new(&Connection {
            base: self.url.as_str().into(),
            key: Secret::new("sk_test_alegra_demo"),
            app_id: "app-1".into(),
            consumer_id: "despacho-001".into(),
        })
        .expect("a client")
    }

    async fn agree(self, request: Request) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.expect("a body");
        let path = parts.uri.path().to_owned();
        let query = parts.uri.query().unwrap_or_default();
        let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            (name.to_string(), value.to_str().expect("a text").to_owned())
        };
        let decoded = |text: &str| {
            percent_encoding::percent_decode_str(text)
                .decode_utf8_lossy()
                .into_owned()
        };
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (status, answer) = match (parts.method.as_str(), path.as_str()) {
            ("POST", "/proxy") => (
                200,
                json!({"id": 1, "stamp": {"uuid": "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"}}),
            ),
            (_, "/proxy") => (
                200,
                json!({"id": 1, "name": "native", "address": {"street": "x"}}),
            ),
            ("POST", _) => (201, json!({"data": {"id": "1"}})),
            ("GET", path) if path.matches('/').count() == 2 && !path.ends_with("company-info") => (
                200,
                json!({"data": [{"id": "1"}], "meta": {"cursors": {"next": null}}}),
            ),
            _ => (
                200,
                json!({"data": {"id": "1", "total_amount": 580.5,
                "transaction_date": "2026-06-02T00:00:00.000Z"}}),
            ),
        };
        let said = self.said.lock().expect("what is said").clone();
        let (status, answer) = said.map_or((status, answer), |said| (200, said));
        self.seen.lock().expect("the requests").push(Seen {
            method: parts.method.to_string(),
            query: pairs
                .map(|(key, value)| (decoded(key), decoded(value)))
                .collect(),
            headers: parts.headers.iter().map(header).collect(),
            body: (!bytes.is_empty()).then(|| serde_json::from_slice(&bytes).expect("JSON")),
            path,
        });
        let response = Response::builder()
            .status(status)
            .header("content-type", "application/json");
        response
            .body(Body::from(answer.to_string()))
            .expect("an answer")
    }
}
