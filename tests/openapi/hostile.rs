//! Every field that is published, on both sides: missing, null, of another type, with a word that nobody knows, a number
//! as a text. No panic, no 500, nothing else lost, and all of it within a bound.

use std::time::Duration;

use serde_json::{Value, json};
use timbra::api::Books;
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;

use crate::bodies::{filled, writes};
use crate::published::Published;
use crate::recorder::Recorder;
use crate::strict::Strict;

/// What one resource may take; far more than it does.
const BOUND: Duration = Duration::from_secs(60);

/// Places with more steps than this are parts of parts.
const DEEP: usize = 2;

/// What may stand where something else belongs.
fn odd() -> Vec<Value> {
    let number = |text: &str| -> Value { serde_json::from_str(text).expect("a number") };
    vec![
        Value::Null,
        json!(true),
        json!(7),
        number("-1e999"),
        number("0.1234567890123456789012345678901234567890"),
        json!("1160.50"),
        json!("no-such-word"),
        json!(""),
        json!("\u{0}ñ🦆"),
        json!("2026-13-45"),
        json!([]),
        json!([null, 7, "x", [], {}, {"id": null}]),
        json!({}),
        json!({"id": {}}),
    ]
}

/// Pointers to everything inside a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let step = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                found.push(step(name));
                places(value, &step(name), found);
            }
        }
        Value::Array(elements) => {
            for (place, value) in elements.iter().enumerate() {
                found.push(step(&place.to_string()));
                places(value, &step(&place.to_string()), found);
            }
        }
        _ => {}
    }
}

/// The same without what stands there.
fn without(value: &Value, at: &str) -> Value {
    let mut value = value.clone();
    let (holder, name) = at.rsplit_once('/').expect("a place");
    match value.pointer_mut(holder) {
        Some(Value::Object(members)) => drop(members.remove(name)),
        Some(Value::Array(elements)) => elements.clear(),
        _ => {}
    }
    value
}

/// The same with something else there.
fn with(value: &Value, at: &str, odd: &Value) -> Value {
    let mut value = value.clone();
    if let Some(place) = value.pointer_mut(at) {
        *place = odd.clone();
    }
    value
}

/// Every way of spoiling one place of a value.
fn spoilt(value: &Value) -> impl Iterator<Item = Value> {
    let mut found = Vec::new();
    places(value, "", &mut found);
    let odd = odd();
    found.into_iter().flat_map(move |at| {
        let missing = std::iter::once(without(value, &at));
        // Deep inside, nothing and something else will do.
        let many = if at.matches('/').count() > DEEP {
            4
        } else {
            odd.len()
        };
        let others: Vec<Value> = odd
            .iter()
            .take(many)
            .map(|odd| with(value, &at, odd))
            .collect();
        missing.chain(others)
    })
}

#[tokio::test]
async fn the_client_reads_every_published_record_whatever_is_wrong_with_one_of_its_fields() {
    let Some(published) = Published::load("accounting-alegra.yml") else {
        return;
    };
    let server = Recorder::start().await;
    let client = server.client();
    for kind in Kind::ALL {
        let path = format!("/accounting/{}", kind.slug());
        let whole = published.sample("GET", &path);
        let single = kind == Kind::CompanyInfo;
        let record = if single {
            &whole["data"]
        } else {
            &whole["data"][0]
        };
        let mut rows: Vec<Value> = spoilt(record).collect();
        // The native record may be just as wrong.
        for row in rows.iter_mut().step_by(5) {
            row["_raw"] = row.clone();
        }
        assert!(rows.len() > 50, "{kind:?}");
        let judged = tokio::time::timeout(BOUND, async {
            if single {
                for row in rows.iter().take(400) {
                    server.say(json!({ "data": row }));
                    let _ = client.company().await;
                }
                return;
            }
            let mut read = 0;
            for page in rows.chunks(5_000) {
                server.say(json!({ "data": page }));
                let page = client.page(kind, None, None).await.expect("a page");
                read += page.rows.len() + page.skipped;
            }
            assert_eq!(read, rows.len(), "{kind:?}");
            for row in rows.iter().step_by(97) {
                server.say(json!({ "data": row }));
                let _ = client.one(kind, &Id::from("7"), true).await;
            }
        });
        judged
            .await
            .unwrap_or_else(|_| panic!("{kind:?} took longer than {BOUND:?}"));

        // What stands around the records may be wrong too.
        let around = json!({"data": [{"id": "7"}], "meta": whole["meta"], "links": whole["links"]});
        for answer in spoilt(&around) {
            server.say(answer);
            let _ = client.page(kind, None, None).await;
        }
    }
}

#[tokio::test]
async fn the_sandbox_answers_every_published_body_whatever_is_wrong_with_one_of_its_fields() {
    let Some(published) = Published::load("accounting-alegra.yml") else {
        return;
    };
    let sandbox = Strict::start().await;
    for (resource, create, _) in writes() {
        let list = format!("/accounting/{resource}");
        let mut body = filled(&create, &[("OWED", "30"), ("DEBT", "3"), ("LEAF", "5010")]);
        let (names, _) = published.body_names("POST", &list).expect("a body");
        for name in names {
            // Where nothing good stands there is a place for something odd all the same.
            if body.get(&name).is_none() {
                body[name] = Value::Null;
            }
        }
        let judged = tokio::time::timeout(BOUND, async {
            for (place, spoilt) in spoilt(&body).enumerate() {
                judge(&sandbox, "POST", &list, &spoilt).await;
                // A change goes through the same reader: some of them will do.
                if place % 7 == 0 {
                    judge(&sandbox, "PATCH", &format!("{list}/2"), &spoilt).await;
                }
            }
        });
        judged
            .await
            .unwrap_or_else(|_| panic!("{resource} took longer than {BOUND:?}"));
    }
}

async fn judge(sandbox: &Strict, method: &str, path: &str, body: &Value) {
    let (status, answer) = sandbox.call(method, path, Some(body)).await;
    assert!(
        (200..500).contains(&status),
        "{method} {path} {body}: {answer}"
    );
    assert_eq!(
        answer["status_code"],
        json!(status),
        "{method} {path} {body}"
    );
}
