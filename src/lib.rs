//! Timbra: look up, check and stamp the invoices that a Mexican company keeps in Alegra.
//!
//! The rooms and the arrows between them are described in `docs/architecture.md` and enforced by
//! `tests/architecture.rs`. The library never decides to end the process; that is the binary's.

pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod credentials;
pub mod diagnostics;
pub mod domain;
pub mod runtime;
pub mod sandbox;
pub mod sat;
pub mod search;
pub mod store;
pub mod terminal;
pub mod ui;
pub mod words;
pub mod worker;
