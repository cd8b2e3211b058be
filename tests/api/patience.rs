//! Reading is tried again, a few times and only where it may help; the pace is the server's.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;
use timbra::api::{Apideck, Books, Cause, Timing};
use timbra::domain::intent::Answer;
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;

use super::server::{Script, Server, answer, connection, hasty};

fn good() -> Script {
    answer(200, json!({"data": {"id": "6"}}))
}

#[tokio::test]
async fn reading_is_tried_again_where_the_failure_may_pass() {
    let cut = Script::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"data\"".to_vec());
    for failing in [
        answer(408, "{}"),
        answer(429, "{}").with("retry-after", "0"),
        answer(500, "{}"),
        answer(502, "<html>"),
        answer(503, "").with("retry-after", "0"),
        answer(504, "{}"),
        Script::Drop,
        Script::Bytes(b"not http at all\r\n\r\n".to_vec()),
        cut,
    ] {
        let server = Server::new([failing.clone(), failing.clone(), good()]);
        let outcome = server
            .client()
            .one(Kind::Invoices, &Id::from("6"), false)
            .await;
        assert!(outcome.is_ok(), "{failing:?}: {outcome:?}");
        assert_eq!(server.count("GET"), 3, "{failing:?}");

        let server = Server::new([failing.clone()]);
        let outcome = server
            .client()
            .one(Kind::Invoices, &Id::from("6"), false)
            .await;
        assert!(outcome.is_err(), "{failing:?}");
        assert_eq!(server.count("GET"), 3, "a few tries: {failing:?}");
    }
}

#[tokio::test]
async fn reading_is_not_tried_again_where_it_cannot_help() {
    for status in [400, 401, 402, 403, 404, 409, 422, 501, 301] {
        let server = Server::new([answer(status, "{}")]);
        let outcome = server
            .client()
            .one(Kind::Invoices, &Id::from("6"), false)
            .await;
        assert!(outcome.is_err());
        assert_eq!(server.count("GET"), 1, "{status}");
    }
    for garbage in ["", "<html>", "{\"data\":", "[]", "null"] {
        let server = Server::new([answer(200, garbage)]);
        let outcome = server
            .client()
            .one(Kind::Invoices, &Id::from("6"), false)
            .await;
        assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::Unreadable));
        assert_eq!(server.count("GET"), 1, "{garbage}");
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let server = Server::new([Script::Hang]);
    let timing = Timing {
        read: Duration::from_millis(50),
        ..hasty()
    };
    let client = Apideck::with_timing(&server.connection(), timing).expect("a client");
    let outcome = client.one(Kind::Invoices, &Id::from("6"), false).await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::NoAnswer));
    assert_eq!(server.count("GET"), 3);
}

#[tokio::test]
async fn a_closed_door_is_told_apart_from_silence() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", port.local_addr().expect("an address"));
    drop(port);
    let client = Apideck::with_timing(&connection(&base), hasty()).expect("a client");
    let outcome = client.one(Kind::Invoices, &Id::from("6"), false).await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::NotSent));
    let answer = client.stamp(Kind::Invoices, &Id::from("6")).await;
    assert!(matches!(answer, Answer::NotSent { .. }), "{answer:?}");
}

#[tokio::test]
async fn a_told_pause_is_kept_by_acts_which_are_not_even_sent() {
    let server = Server::new([answer(429, "{}").with("retry-after", "30")]);
    let client = server.client();
    let stamped = client.stamp(Kind::Invoices, &Id::from("6")).await;
    assert!(matches!(stamped, Answer::Unclear { .. }), "{stamped:?}");
    let pause = client.pause().expect("a pause");
    assert!(pause <= Duration::from_secs(30) && pause > Duration::from_secs(20));
    let again = client.stamp(Kind::Invoices, &Id::from("7")).await;
    assert!(matches!(again, Answer::NotSent { .. }), "{again:?}");
    let deleted = client.delete(Kind::Invoices, &Id::from("7")).await;
    assert!(matches!(deleted, Answer::NotSent { .. }), "{deleted:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_exhausted_limit_pauses_before_the_server_has_to_refuse() {
    let server = Server::new([good()
        .with("x-downstream-ratelimit-limit", 150)
        .with("x-downstream-ratelimit-remaining", 0)
        .with("x-downstream-ratelimit-reset", 25)]);
    let client = server.client();
    assert_eq!(client.pause(), None);
    let outcome = client.one(Kind::Invoices, &Id::from("6"), false).await;
    assert!(outcome.is_ok());
    assert!(
        client
            .pause()
            .is_some_and(|pause| pause > Duration::from_secs(20))
    );
}

#[tokio::test]
async fn without_a_word_about_it_a_refusal_for_speed_pauses_a_minute_at_most() {
    for header in ["", "soon", "86400"] {
        let server = Server::new([answer(429, "{}").with("retry-after", header)]);
        let client = server.client();
        let _ = client.stamp(Kind::Invoices, &Id::from("6")).await;
        let pause = client.pause().expect("a pause");
        assert!(pause > Duration::from_secs(50) && pause <= Duration::from_secs(60));
    }
}

#[tokio::test]
async fn reading_keeps_its_connection_and_acts_take_a_new_one_each() {
    let server = Server::new([good()]);
    let client = server.client();
    for _ in 0..3 {
        let outcome = client.one(Kind::Invoices, &Id::from("6"), false).await;
        assert!(outcome.is_ok());
    }
    for _ in 0..3 {
        let deleted = client.delete(Kind::Invoices, &Id::from("6")).await;
        assert!(matches!(deleted, Answer::Done { .. }), "{deleted:?}");
    }
    let connections = |method: &str| {
        let mut numbers: Vec<_> = server
            .seen()
            .iter()
            .filter(|seen| seen.method == method)
            .map(|seen| seen.connection)
            .collect();
        numbers.dedup();
        numbers.len()
    };
    assert_eq!(connections("GET"), 1);
    assert_eq!(connections("DELETE"), 3);
}
