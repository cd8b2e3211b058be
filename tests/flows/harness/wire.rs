//! The way to a sandbox beside the program's own: what a colleague does, and what a test asks its witness.

use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use timbra::api::Connection;
use timbra::domain::secret::Secret;
use timbra::sandbox;

/// A sandbox at an address, asked without any of the program's code.
pub struct Wire {
    client: Client,
    base: String,
}

/// A client for requests of one runtime.
pub fn client() -> Client {
    // The other binary that may have installed one is this process itself.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().expect("a client")
}

impl Wire {
    /// To the sandbox at this address.
    pub fn new(client: Client, base: &str) -> Self {
        Self {
            client,
            base: base.to_owned(),
        }
    }

    /// What the program is given to reach the same sandbox.
    pub fn connection(&self) -> Connection {
        Connection {
            base: self.base.clone(),
            key: Secret::new(sandbox::API_KEY),
            app_id: sandbox::APP_ID.to_owned(),
            consumer_id: sandbox::CONSUMER_ID.to_owned(),
        }
    }

    /// A request with the four headers, to be sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(sandbox::API_KEY)
            .header("x-apideck-app-id", sandbox::APP_ID)
            .header("x-apideck-consumer-id", sandbox::CONSUMER_ID)
            .header("x-apideck-service-id", "alegra")
    }

    /// A request with the four headers; status and body.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let text = response.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// What a request with a good outcome answers.
    pub async fn done(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.ask(method.clone(), path, body).await;
        assert!(
            (200..300).contains(&status),
            "{method} {path}: {status} {answer}"
        );
        answer
    }
}
