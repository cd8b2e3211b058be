//! The room `api` against tiny servers whose bytes come from the contract, never from the sandbox.

mod acts;
mod bodies;
mod catalogues;
mod garbage;
mod journals;
mod matrix;
mod narrowing;
mod natives;
mod papers;
mod patience;
mod payments;
mod purchases;
mod reading;
mod refusals;
mod sales;
mod secrets;
mod server;
mod writing;
