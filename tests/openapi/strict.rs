//! A strict sandbox, and plain requests to it.

use std::sync::Once;

use reqwest::{Client, Method};
use serde_json::Value;
use timbra::sandbox::{self, Options, Running};

use crate::bodies::TODAY;

pub struct Strict {
    running: Running,
    client: Client,
}

impl Strict {
    pub async fn start() -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let running = sandbox::start(Options {
            listen: "127.0.0.1:0".parse().expect("an address"),
            invoices: 90,
            today: TODAY.parse().ok(),
            strict: true,
            ..Options::default()
        });
        let client = Client::builder().no_proxy().build().expect("a client");
        Self {
            running: running.await.expect("a sandbox"),
            client,
        }
    }

    pub fn url(&self) -> &str {
        self.running.url()
    }

    /// The answer of the API with the four headers.
    pub async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.url()))
            .bearer_auth(self.running.api_key())
            .header("x-apideck-app-id", self.running.app_id())
            .header("x-apideck-consumer-id", self.running.consumer_id())
            .header("x-apideck-service-id", "alegra");
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        answer(request).await
    }

    /// The same without any header.
    pub async fn stranger(&self, path: &str) -> (u16, Value) {
        answer(self.client.get(format!("{}{path}", self.url()))).await
    }
}

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let text = response.text().await.expect("a text");
    (status, serde_json::from_str(&text).expect("JSON"))
}
