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

/// An amount as a value.
fn money(text: &str) -> timbra::domain::field::Value {
    timbra::domain::field::Value::Money(text.parse().expect("an amount"))
}
