//! The sandbox over HTTP: what it promises, row by row of the contract's table F, and what no input may
//! do to it. No test knows anything of the client's own rooms.

#[path = "../../src/cli/check/tests/at_hand.rs"]
mod at_hand;
mod bodies;
mod books;
mod contacts;
mod control;
mod files;
mod hostile;
mod invoices;
mod journals;
mod lists;
mod matrix;
mod natives;
mod notes;
mod payments;
mod proxy;
mod purchases;
mod resources;
mod roads;
mod rows;
mod stamping;
mod support;
mod transport;
mod webhooks;
mod worlds;
