//! Any text in the box of the search is a question, and never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use timbra::search::language::parse;

fuzz_target!(|text: &str| {
    let question = parse(text, jiff::civil::date(2026, 6, 3));
    assert!(question.terms.iter().all(|term| !term.readings.is_empty()));
});
