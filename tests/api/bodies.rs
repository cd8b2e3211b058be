//! Pieces of edits and records, and how they are sent and read, for the tests of single resources.

use serde_json::{Value as Json, json};
use timbra::api::{Books, Cause};
use timbra::domain::edit::Edit;
use timbra::domain::field::Value;
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Allocation, Id, Line, Record};

use super::server::{Server, answer};
use super::writing::link;

pub fn day(year: i16, month: i8, day: i8) -> Option<Value> {
    Some(Value::Date(jiff::civil::date(year, month, day)))
}

pub fn amount(text: &str) -> Option<Value> {
    text.parse().ok().map(Value::Money)
}

pub fn to(id: &str) -> Option<Value> {
    Some(Value::Link(link(id)))
}

pub fn sold(item: &str, quantity: u8, price: &str) -> Line {
    Line {
        item: Some(link(item)),
        quantity: Some(quantity.into()),
        price: price.parse().ok(),
        ..Line::default()
    }
}

pub fn allocated(id: &str, kind: Kind, amount: &str) -> Allocation {
    Allocation {
        document: Some(link(id)),
        kind: Some(kind),
        amount: amount.parse().ok(),
    }
}

/// JSON with its numbers digit by digit, which the macro would take for floats.
pub fn exact(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

pub async fn read(kind: Kind, data: Json) -> Record {
    let id = Id(data["id"].as_str().expect("an id").to_owned());
    let server = Server::new([answer(200, json!({ "data": data }))]);
    let read = server.client().one(kind, &id, false).await;
    read.expect("a record").record
}

/// That nothing of this leaves, neither as a create nor as a change.
pub async fn unsayable(edit: Edit) {
    let server = Server::new([answer(200, json!({"data": {"id": "1"}}))]);
    let client = server.client();
    let created = client.create(&edit, &IntentId("a".into())).await;
    assert!(matches!(created, Answer::NotSent { .. }), "{created:?}");
    let change = Edit {
        id: Some(Id::from("1")),
        ..edit
    };
    let outcome = client.update(&change).await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::NotSendable));
    assert!(server.seen().is_empty());
}
