//! The app: a model, messages that change it, and the effects that follow. Pure.
//!
//! [`update`] is synchronous and total: time, ids and randomness arrive from outside, and it never reads a clock, a
//! file or a socket. Screens and layers are values that hold state only; who has the focus is part of the model.

pub mod accounts;
pub mod audit;
pub mod batch;
pub mod cancel;
pub mod companies;
pub mod compare;
pub mod decide;
pub mod delete;
pub mod detail;
pub mod enabled;
pub mod find;
pub mod form;
pub mod home;
pub mod key;
pub mod keymap;
pub mod line;
pub mod links;
pub mod list;
pub mod live;
pub mod model;
pub mod msg;
pub mod names;
pub mod narrow;
pub mod native;
pub mod notice;
pub mod outbox;
pub mod package;
pub mod palette;
pub mod papers;
pub mod picker;
pub mod qr;
pub mod remote;
pub mod sorting;
pub mod stamp;
pub mod tickets;
mod update;
pub mod views;
pub mod welcome;

pub use model::Model;
pub use msg::{Effect, Msg};
pub use update::{WALKED, start, update};
