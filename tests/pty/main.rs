//! The program on a pseudo-terminal: what only a real terminal can show.

mod companies;
mod doctor;
#[path = "../flows/harness/keyless.rs"]
mod keyless;
mod killed;
mod leaving;
mod left;
mod offline;
mod program;
mod secrets;
mod staying;
mod terminal;
mod walk;
mod walks;
