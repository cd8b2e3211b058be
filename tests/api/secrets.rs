//! The key is in one header, to one host, and nowhere else (law 6).

use serde_json::json;
use timbra::api::{Apideck, Books, Cause, ConnectionError};
use timbra::domain::edit::Edit;
use timbra::domain::field::{Field, Value};
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;

use super::server::{KEY, Seen, Server, answer, connection};

/// Nothing of the connection is in this request.
fn is_bare(seen: &Seen) -> bool {
    seen.headers.iter().all(|(name, value)| {
        !name.eq_ignore_ascii_case("authorization")
            && !name.to_ascii_lowercase().starts_with("x-apideck")
            && !name.eq_ignore_ascii_case("referer")
            && !value.contains(KEY)
    })
}

#[tokio::test]
async fn a_large_body_is_fetched_from_elsewhere_without_credentials() {
    let elsewhere = Server::new([answer(200, json!({"id": "12", "productKey": "27112700"}))]);
    let server = Server::new([
        answer(200, json!({"data": {"id": "12"}})),
        answer(301, "").with(
            "location",
            format!("{}/temporary?signature=abc", elsewhere.url),
        ),
    ]);
    let fetched = server
        .client()
        .one(Kind::InvoiceItems, &Id::from("12"), true)
        .await
        .expect("an item");
    assert_eq!(fetched.record.text(Field::ProductKey), "27112700");
    let request = elsewhere.only();
    assert_eq!(request.method, "GET");
    assert_eq!(request.target, "/temporary?signature=abc");
    assert!(is_bare(&request), "{request:?}");
}

#[tokio::test]
async fn clocks_and_limits_of_that_other_place_are_not_ours() {
    let elsewhere = Server::new([answer(200, json!({"id": "12"}))
        .with("x-downstream-ratelimit-limit", 1)
        .with("x-downstream-ratelimit-remaining", 0)
        .with("date", "Sun, 31 May 2026 18:00:00 GMT")]);
    let server = Server::new([
        answer(200, json!({"data": {"id": "12"}})),
        answer(301, "").with("location", &elsewhere.url),
    ]);
    let client = server.client();
    let outcome = client.one(Kind::InvoiceItems, &Id::from("12"), true).await;
    assert!(outcome.is_ok());
    assert_eq!(client.pause(), None);
    assert_eq!(client.server_date(), None);
}

#[tokio::test]
async fn redirects_to_where_nobody_should_go_are_errors() {
    for location in [
        "http://files.example/plain",
        "ftp://files.example/",
        "file:///etc/passwd",
        "/relative",
        "",
        "https://user:word@files.example/",
    ] {
        let server = Server::new([
            answer(200, json!({"data": {"id": "12"}})),
            answer(301, "").with("location", location),
        ]);
        let outcome = server
            .client()
            .one(Kind::InvoiceItems, &Id::from("12"), true)
            .await;
        assert_eq!(
            outcome.map_err(|e| e.cause),
            Err(Cause::Unreadable),
            "{location}"
        );
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_ring_of_redirects_ends() {
    let ring = Server::at(|url| [answer(301, "").with("location", format!("{url}/again"))]);
    let server = Server::new([
        answer(200, json!({"data": {"id": "12"}})),
        answer(301, "").with("location", &ring.url),
    ]);
    let outcome = server
        .client()
        .one(Kind::InvoiceItems, &Id::from("12"), true)
        .await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::Unreadable));
    assert_eq!(ring.seen().len(), 3);
    assert!(ring.seen().iter().all(is_bare));
}

#[tokio::test]
async fn unify_and_acts_are_never_redirected() {
    let elsewhere = Server::new([answer(200, json!({"data": {"id": "6"}}))]);
    let server = Server::new([answer(301, "").with("location", &elsewhere.url)]);
    let client = server.client();
    let read = client.one(Kind::Invoices, &Id::from("6"), false).await;
    assert_eq!(read.map_err(|e| e.cause), Err(Cause::Unreadable));
    let stamped = client.stamp(Kind::Invoices, &Id::from("6")).await;
    assert!(matches!(stamped, Answer::Unclear { .. }));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn a_key_that_the_server_echoes_is_in_no_error_answer_or_warning() {
    let echo = json!({"status_code": 400, "type_name": KEY, "message": format!("bad key {KEY}"), "code": KEY,
        "detail": {"header": format!("Bearer {KEY}"), KEY: "name"}});
    for status in [400, 401, 500] {
        let server = Server::new([answer(status, &echo).with("request-id", KEY)]);
        let client = server.client();
        let error = client
            .one(Kind::Invoices, &Id::from("6"), false)
            .await
            .expect_err("a failure");
        for text in [format!("{error}"), format!("{error:?}")] {
            assert!(!text.contains(KEY), "{text}");
        }
        let mut edit = Edit::new(Kind::Invoices, None);
        edit.values
            .insert(Field::Terms, Some(Value::Text("x".into())));
        let answer = client.create(&edit, &IntentId("a".into())).await;
        assert!(!format!("{answer:?}").contains(KEY), "{answer:?}");
        assert!(!format!("{:?}", client.last_request_id()).contains(KEY));
    }
    let warning = json!({"data": [], "meta": {"warnings": [{"message": format!("for {KEY}")}]}});
    let server = Server::new([answer(200, warning)]);
    let page = server.client().page(Kind::TaxRates, None, None).await;
    assert!(!format!("{page:?}").contains(KEY));
}

#[test]
fn a_connection_never_prints_its_key() {
    let connection = connection("https://unify.apideck.com");
    assert!(!format!("{connection:?}").contains(KEY));
    let mut plain = connection.clone();
    plain.base = "http://unify.apideck.com".into();
    let refused = Apideck::new(&plain).err();
    assert_eq!(refused, Some(ConnectionError::PlainHttp));
    assert!(!format!("{refused:?}").contains(KEY));
}
