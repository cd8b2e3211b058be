//! Headers, error bodies, limits: what holds on every road.

use reqwest::Method;
use serde_json::json;
use timbra::sandbox::{self, Options, SandboxError};

use crate::support::{Sandbox, options};

#[tokio::test]
async fn f_0_2_a_missing_or_wrong_bearer_is_401() {
    let sandbox = Sandbox::start().await;
    for key in [
        None,
        Some("Bearer wrong"),
        Some("Basic abc"),
        Some(sandbox.running.api_key()),
    ] {
        let mut request = sandbox
            .client
            .get(format!("{}/accounting/company-info", sandbox.running.url()))
            .header("x-apideck-app-id", sandbox.running.app_id())
            .header("x-apideck-consumer-id", sandbox.running.consumer_id());
        if let Some(key) = key {
            request = request.header("authorization", key);
        }
        let answer = sandbox.send(request).await.expect(401);
        assert_eq!(answer.kind(), "UnauthorizedError");
    }
}

#[tokio::test]
async fn f_0_2_a_missing_apideck_header_is_400_and_named() {
    let sandbox = Sandbox::start().await;
    let request = sandbox
        .client
        .get(format!("{}/accounting/company-info", sandbox.running.url()))
        .bearer_auth(sandbox.running.api_key())
        .header("x-apideck-app-id", sandbox.running.app_id());
    let answer = sandbox.send(request).await.expect(400);
    assert_eq!(answer.kind(), "RequestHeadersValidationError");
    assert_eq!(
        answer.json()["detail"],
        json!({"missing": [{"x-apideck-consumer-id": "required"}]})
    );
}

#[tokio::test]
async fn f_0_2_another_service_consumer_or_application_is_404() {
    let sandbox = Sandbox::start().await;
    for (name, kind) in [
        ("x-apideck-service-id", "ConnectorNotFoundError"),
        ("x-apideck-app-id", "IntegrationNotFoundError"),
        ("x-apideck-consumer-id", "ConnectionNotFoundError"),
    ] {
        let mut request = sandbox
            .request(Method::GET, "/accounting/company-info")
            .build()
            .expect("a request");
        request
            .headers_mut()
            .insert(name, "other".parse().expect("a value"));
        let response = sandbox.client.execute(request).await.expect("an answer");
        assert_eq!(response.status().as_u16(), 404, "{name}");
        let body: serde_json::Value =
            serde_json::from_str(&response.text().await.expect("text")).expect("json");
        assert_eq!(body["type_name"], json!(kind));
    }
}

#[tokio::test]
async fn an_unknown_route_is_not_found() {
    let sandbox = Sandbox::start().await;
    for path in [
        "/",
        "/accounting",
        "/accounting/nothing",
        "/accounting/invoices/1/open",
        "/crm/contacts",
    ] {
        let answer = sandbox.get(path).await.expect(404);
        assert_eq!(answer.kind(), "EntityNotFoundError", "{path}");
    }
    let put = sandbox.with_body(Method::PUT, "/accounting/invoices/1", &json!({}));
    sandbox.send(put).await.expect(404);
}

#[tokio::test]
async fn the_date_of_a_reply_is_the_sandboxes_own() {
    let sandbox = Sandbox::start().await;
    let answer = sandbox.get("/accounting/company-info").await.expect(200);
    assert!(
        answer.header("date").starts_with("Wed, 03 Jun 2026 16:00:"),
        "{}",
        answer.header("date")
    );
    sandbox
        .post("/sandbox/clock", json!({"advance_seconds": 86_400}))
        .await
        .expect(200);
    let answer = sandbox.get("/accounting/company-info").await.expect(200);
    assert!(
        answer.header("date").starts_with("Thu, 04 Jun 2026 16:00:"),
        "{}",
        answer.header("date")
    );
}

#[tokio::test]
async fn every_reply_of_the_api_counts_down_the_limit() {
    let sandbox = Sandbox::with(Options {
        rate_limit: Some(3),
        ..options()
    })
    .await;
    for left in ["2", "1", "0"] {
        let answer = sandbox.get("/accounting/company-info").await.expect(200);
        assert_eq!(answer.header("x-downstream-ratelimit-limit"), "3");
        assert_eq!(answer.header("x-downstream-ratelimit-remaining"), left);
        assert!(!answer.header("x-downstream-ratelimit-reset").is_empty());
    }
    let refused = sandbox.get("/accounting/company-info").await.expect(429);
    assert_eq!(refused.kind(), "ConnectorRateLimitError");
    assert!(refused.json()["detail"]["context"].is_string());
    let native = sandbox.proxy_get("/company").await.expect(429);
    assert_eq!(native.header("x-apideck-downstream-error"), "true");
    assert_eq!(native.header("x-rate-limit-remaining"), "0");
    assert_eq!(native.json()["code"], json!(429));
    sandbox
        .post("/sandbox/clock", json!({"advance_seconds": 60}))
        .await
        .expect(200);
    sandbox.get("/accounting/company-info").await.expect(200);
}

#[tokio::test]
async fn a_body_over_two_megabytes_is_refused() {
    let sandbox = Sandbox::start().await;
    let large = json!({"display_name": "x".repeat(3_000_000)});
    let answer = sandbox
        .post("/accounting/customers", large)
        .await
        .expect(413);
    assert_eq!(answer.kind(), "RequestValidationError");
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    let open = Options {
        listen: "0.0.0.0:0".parse().expect("an address"),
        ..options()
    };
    assert!(matches!(
        sandbox::start(open).await,
        Err(SandboxError::NotLoopback(_))
    ));
}
