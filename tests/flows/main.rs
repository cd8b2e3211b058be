//! Flows: the whole program without a terminal, against the sandbox over HTTP. Keys go in, the screen is read, and
//! afterwards the sandbox is asked what it holds.

mod harness;

mod browsing;
mod finding;
mod reading;
mod stamping;
