//! The two files of a data folder, as those who use them see them.

mod at_length;
mod books;
mod cache;
mod damage;
mod durable;
mod find;
mod habits;
mod ledger;
mod making;
mod many;
mod outbox;
mod parties;
mod radar;
mod slips;
mod ties;
mod verdicts;
mod views;

use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Link, Record};

/// An amount as a value.
fn money(text: &str) -> Value {
    Value::Money(text.parse().expect("an amount"))
}

/// A day as a value.
fn day(text: &str) -> Value {
    Value::Date(text.parse().expect("a day"))
}

/// Words as a value.
fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A link to whoever has this id and this name.
fn link(id: &str, name: &str) -> Value {
    Value::Link(Link {
        id: Id::from(id),
        name: name.to_owned(),
    })
}

/// A record that says no more than this.
fn page(kind: Kind, id: &str, fields: Vec<(Field, Value)>) -> books::Page {
    let mut record = Record::new(kind, Id::from(id));
    for (field, value) in fields {
        record.set(field, value);
    }
    books::Page { record, raw: None }
}
