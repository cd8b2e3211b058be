//! The room `api` against tiny servers whose bytes come from the contract, never from the sandbox.

mod acts;
mod documents;
mod garbage;
mod matrix;
mod narrowing;
mod patience;
mod reading;
mod refusals;
mod secrets;
mod server;
mod writing;
