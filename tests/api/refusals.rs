//! Every row of contract A.3 and A.4, as a cause with the server's own words.

use serde_json::{Value, json};
use timbra::api::{Books, Cause};
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;

use super::server::{Script, Server, answer};

/// What reading an invoice fails with under this answer.
async fn failure(script: Script) -> timbra::api::ApiError {
    Server::new([script])
        .client()
        .one(Kind::Invoices, &Id::from("6"), false)
        .await
        .expect_err("a failure")
}

fn body(status: u16, type_name: &str, detail: Value) -> Value {
    json!({"status_code": status, "error": "Reason", "type_name": type_name, "message": "Words",
           "detail": detail, "ref": "https://developers.apideck.com/errors#x"})
}

#[tokio::test]
async fn every_machine_word_has_its_cause() {
    for (status, type_name, cause) in [
        (400, "RequestValidationError", Cause::InvalidRequest),
        (400, "RequestHeadersValidationError", Cause::InvalidHeaders),
        (400, "UnsupportedFiltersError", Cause::UnsupportedFilter),
        (400, "UnsupportedSortFieldError", Cause::UnsupportedSort),
        (400, "InvalidCursorError", Cause::InvalidCursor),
        (
            400,
            "PaginationNotSupportedError",
            Cause::PaginationNotSupported,
        ),
        (400, "ConnectorExecutionError", Cause::Refused),
        (401, "ConnectorExecutionError", Cause::ConnectorCredentials),
        (402, "ConnectorExecutionError", Cause::QuotaUsedUp),
        (403, "ConnectorExecutionError", Cause::Forbidden),
        (404, "ConnectorExecutionError", Cause::NotFound),
        (429, "ConnectorExecutionError", Cause::RateLimited),
        (500, "ConnectorExecutionError", Cause::Outage),
        (401, "UnauthorizedError", Cause::Unauthorized),
        (
            401,
            "ConnectorCredentialsError",
            Cause::ConnectorCredentials,
        ),
        (402, "RequestLimitError", Cause::QuotaUsedUp),
        (404, "EntityNotFoundError", Cause::NotFound),
        (404, "ConnectionNotFoundError", Cause::ConnectionNotFound),
        (404, "IntegrationNotFoundError", Cause::ConnectionNotFound),
        (404, "ConnectorNotFoundError", Cause::ConnectionNotFound),
        (409, "", Cause::Conflict),
        (422, "InvalidStateError", Cause::InvalidState),
        (429, "ConnectorRateLimitError", Cause::RateLimited),
        (
            501,
            "ConnectorOperationUnsupportedError",
            Cause::UnsupportedOperation,
        ),
        (501, "MappingError", Cause::Mapping),
        (501, "ConnectorResponseMappingError", Cause::Mapping),
        (500, "SomethingNew", Cause::Outage),
        (403, "SomethingNew", Cause::Forbidden),
        (418, "SomethingNew", Cause::Rejected),
    ] {
        let script = answer(status, body(status, type_name, Value::Null))
            .with("Request-Id", "req-7")
            .with("Retry-After", 0);
        let error = failure(script).await;
        assert_eq!(error.cause, cause, "{status} {type_name}");
        assert_eq!(error.told.status, Some(status));
        assert_eq!(error.told.type_name, type_name);
        assert_eq!(error.told.text, "Words");
        assert_eq!(error.told.request_id.as_deref(), Some("req-7"));
        assert!(error.told.readable);
    }
}

#[tokio::test]
async fn without_json_only_the_status_speaks() {
    for (status, cause) in [
        (400, Cause::InvalidRequest),
        (401, Cause::Unauthorized),
        (402, Cause::QuotaUsedUp),
        (403, Cause::Forbidden),
        (404, Cause::NotFound),
        (408, Cause::NoAnswer),
        (409, Cause::Conflict),
        (422, Cause::InvalidState),
        (500, Cause::Outage),
        (502, Cause::Outage),
        (503, Cause::Outage),
        (504, Cause::Outage),
        (301, Cause::Unreadable),
    ] {
        let error = failure(answer(status, "<html><body>Bad gateway</body></html>")).await;
        assert_eq!(error.cause, cause, "{status}");
        assert!(!error.told.readable);
    }
}

#[tokio::test]
async fn the_refused_stamp_of_the_contract_is_read_whole() {
    let error = failure(answer(
        400,
        r#"{"status_code":400,"error":"Bad Request","type_name":"ConnectorExecutionError",
 "message":"No fue posible timbrar la factura","ref":"https://developers.apideck.com/errors#connectorexecutionerror",
 "detail":{"code":3051,"message":"El RFC del receptor no está inscrito en el SAT",
           "invoice":{"id":"41","status":"draft","date":"2026-05-31","total":1160,"client":{"id":"7","name":"XENON INDUSTRIAL ARTICLES"}}},
 "downstream_errors":[{"code":"3051","message":"El RFC del receptor no está inscrito en el SAT"}]}"#,
    ))
    .await;
    assert_eq!(error.cause, Cause::Refused);
    assert_eq!(error.told.code, "3051");
    assert_eq!(
        error.told.text,
        "El RFC del receptor no está inscrito en el SAT"
    );
    assert_eq!(error.told.draft, Some(Id::from("41")));
    assert_eq!(
        error.to_string(),
        "HTTP 400 [3051]: El RFC del receptor no está inscrito en el SAT"
    );
}

#[tokio::test]
async fn code_text_and_draft_are_found_wherever_they_lie() {
    let unify = |rest: Value| {
        let mut whole = body(400, "ConnectorExecutionError", Value::Null);
        for (name, part) in rest.as_object().expect("an object") {
            whole[name] = part.clone();
        }
        answer(400, whole)
    };
    let native = |body: Value| answer(400, body).with("x-apideck-downstream-error", "true");
    for (script, code, text, draft) in [
        (
            unify(
                json!({"downstream_errors": [{"code": 3051, "message": "uno"}], "detail": {"code": 1}}),
            ),
            "3051",
            "uno",
            None,
        ),
        (
            unify(json!({"downstream_errors": [{"detail": "dos"}], "detail": {"code": "3051"}})),
            "3051",
            "dos",
            None,
        ),
        (
            unify(
                json!({"detail": {"error": {"code": 3051, "message": "tres"}, "data": {"id": 41}}}),
            ),
            "3051",
            "tres",
            Some("41"),
        ),
        (
            unify(json!({"detail": {"error": "cuatro", "id": "41"}, "code": "3051"})),
            "3051",
            "cuatro",
            Some("41"),
        ),
        (
            unify(
                json!({"detail": "{\"code\":3051,\"message\":\"cinco\",\"invoice\":{\"id\":41}}"}),
            ),
            "3051",
            "cinco",
            Some("41"),
        ),
        (
            unify(json!({"detail": "no JSON at all"})),
            "",
            "Words",
            None,
        ),
        (
            native(json!({"code": 3051, "message": "seis", "invoice": {"id": "41"}})),
            "3051",
            "seis",
            Some("41"),
        ),
        (
            native(json!({"code": 400, "error": "siete"})),
            "400",
            "siete",
            None,
        ),
        (
            native(json!({"error": {"code": 400, "message": "ocho"}})),
            "400",
            "ocho",
            None,
        ),
    ] {
        let error = failure(script).await;
        assert_eq!(error.cause, Cause::Refused, "{text}");
        assert_eq!(error.told.code, code, "{text}");
        assert_eq!(error.told.text, text);
        assert_eq!(error.told.draft, draft.map(Id::from), "{text}");
    }
}

#[tokio::test]
async fn detail_becomes_readable_whatever_its_shape() {
    for (detail, lines) in [
        (
            json!("limit must be at most 200"),
            vec!["limit must be at most 200"],
        ),
        (
            json!({"missing": [{"x-apideck-consumer-id": "required"}]}),
            vec!["missing.x-apideck-consumer-id: required"],
        ),
        (
            json!({"line_items": [{"item": "required", "quantity": 0}]}),
            vec!["line_items.item: required", "line_items.quantity: 0"],
        ),
        (json!(null), vec![]),
        (json!([]), vec![]),
        (json!(7), vec!["7"]),
    ] {
        let error = failure(answer(
            400,
            body(400, "RequestValidationError", detail.clone()),
        ))
        .await;
        assert_eq!(error.told.detail, lines, "{detail}");
    }
}

#[tokio::test]
async fn texts_from_outside_are_bounded_and_on_one_line() {
    let long = format!("uno\r\n\u{1b}[31mdos{}", "x".repeat(100_000));
    let error = failure(answer(
        400,
        body(400, "RequestValidationError", json!(long)),
    ))
    .await;
    let line = &error.told.detail[0];
    assert!(line.chars().count() <= 601, "{}", line.len());
    assert!(!line.contains(char::is_control));
    let many: Vec<Value> = (0..10_000).map(|n| json!(n)).collect();
    let error = failure(answer(
        400,
        body(400, "RequestValidationError", json!(many)),
    ))
    .await;
    assert!(error.told.detail.len() <= 40);
}

#[tokio::test]
async fn deep_nesting_is_an_answer_that_cannot_be_read() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let error = failure(answer(400, &deep)).await;
    assert!(!error.told.readable);
    let error = failure(answer(200, &deep)).await;
    assert_eq!(error.cause, Cause::Unreadable);
}
