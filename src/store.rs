//! What is kept on this machine: two SQLite files in the folder of the data.
//!
//! | file | holds | may it be lost? |
//! |---|---|---|
//! | `cache.db` ([`cache`]) | what was read from the server, and its search index | yes, it is read again |
//! | `durable.db` ([`durable`]) | the outbox, unfinished edits, the audit log | never: it is not even moved when damaged |
//!
//! Beside them [`papers`]: the folders into which files of documents are put for people.
//!
//! Everything in the two is keyed by company. All functions are synchronous and belong to whoever holds the connection: one
//! writer and one reader per file, in threads of the caller's. Times are arguments; nothing here reads a clock, asks a
//! server, or knows a wire format: the raw record is an opaque text.

pub mod cache;
pub mod durable;
mod error;
mod file;
mod health;
pub mod papers;

pub use error::StoreError;
pub use health::{Health, examine};
