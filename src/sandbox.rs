//! A faithful sandbox of the API, served over HTTP on loopback.
//!
//! It behaves as Apideck's Unify accounting API with the service `alegra`, and as Apideck's Proxy in
//! front of Alegra México: the same paths, headers, error bodies, page limits and oddities. Behind both
//! roads stands one world (`world`), so that what is written by one is read by all others.
//!
//! Inside, a Unify request is mapped to Alegra's own body, handed to the same functions that serve the
//! Proxy (`native`), and the native record is mapped back. That is how the real connector works, and
//! it leaves no second place where a rule could be kept.
//!
//! The sandbox is the independent witness of the client: it uses no other room of this crate. It has
//! its own taxes, statuses, RFC check and register of taxpayers. It never opens a connection to the
//! outside, never listens on anything but loopback, and spends no real folio.

mod books;
mod call;
mod call_out;
mod cfdi;
mod claim;
mod clock;
mod control;
mod desk;
mod errors;
mod faults;
mod headers;
mod idempotency;
mod journal;
mod line;
mod money;
mod native;
mod object;
mod options;
mod parking;
mod pass_through;
mod proxy;
mod query;
mod records;
mod regimes;
mod register;
mod related;
mod rfc;
mod server;
mod stamping;
mod status;
mod table;
mod taxes;
mod unify;
mod webhooks;
mod world;

pub use faults::{Action, Fault, When};
pub use options::{Idempotency, Options, RawPlace, SandboxError, Tenant};
pub use server::{Running, start};

/// The bearer key that the sandbox hands out and checks.
pub const API_KEY: &str = "sk_sandbox_timbra_0001";
/// The application id that the sandbox hands out and checks.
pub const APP_ID: &str = "app-sandbox-timbra";
/// The consumer id that the sandbox hands out and checks: one consumer stands for one company.
pub const CONSUMER_ID: &str = "despacho-001";
/// The consumer id of the other company of the office.
pub const OTHER_CONSUMER_ID: &str = "despacho-002";
