//! What people type into the search box, and in which order the answers stand.
//!
//! Pure: [`language`] turns text into a [`language::Query`], [`facts`] says what can be found of a record, and
//! [`ranking`] orders what was found. Whether a record matches is decided here and only here; the store merely finds
//! candidates quickly. This room never reads a file, a clock or a screen.

pub mod facts;
pub mod fold;
pub mod language;
pub mod ranking;
pub mod slips;
