//! What is done with a million documents in the bench is right: the same, with ten thousand.

use std::time::{Duration, Instant};

use crate::many::{self, Books};

const INVOICES: u32 = 10_000;

/// Three times what a keystroke may take with a million documents, because nothing is optimised here; the best of some
/// tries, because others share the machine.
const SLOWEST: Duration = Duration::from_millis(90);
const TRIES: usize = 8;

#[test]
fn ten_thousand_documents_are_opened_scrolled_jumped_through_filtered_and_searched() {
    let folder = tempfile::tempdir().expect("a folder");
    let books = Books::made(folder.path(), INVOICES);
    // Two seals of random bytes in each, which nothing makes smaller.
    assert!(books.bytes_each() < 2_048, "{}", books.bytes_each());
    let reader = books.open();
    books.scroll_to_the_end(&reader);
    for offset in [books.len() - many::WINDOW, books.len() / 2, 0] {
        books.jump(&reader, offset);
    }
    for (filter, words) in many::FILTERS {
        books.filter(&reader, filter, words);
    }
    for text in many::COLUMNS.into_iter().chain(many::NAMES) {
        books.narrow(&reader, text);
    }
    books.largest_first(&reader);
    for text in many::shapes(INVOICES) {
        let quick = (0..TRIES).any(|_| {
            let began = Instant::now();
            books.find(&reader, &text);
            began.elapsed() <= SLOWEST
        });
        assert!(quick, "{text}");
    }
}

#[test]
fn books_are_made_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let changed = || {
        let file = std::fs::metadata(folder.path().join("300.json")).expect("a note");
        file.modified().expect("a time")
    };
    drop(Books::made(folder.path(), 300));
    let first = changed();
    Books::made(folder.path(), 300).open();
    assert_eq!(changed(), first);
    std::fs::write(
        folder.path().join("300.json"),
        r#"{"edition":0,"answers":{}}"#,
    )
    .expect("written");
    Books::made(folder.path(), 300).open();
    assert_ne!(changed(), first);
}
