//! Table F of the contract, and the tests that prove its rows. Printed by
//! `cargo test --test table_f -- --nocapture`; fails on a row that a side owes.
//!
//! A test belongs to a row when its name begins with it: `f_4_4_a_line_without_item_is_refused`. Several rows are
//! joined (`f_0_5_and_5_6_to_5_9_…`). The side is told by where the test stands: the sandbox's in `tests/sandbox`, the
//! client's in `tests/api`, the screen's anywhere else. Tests of the screen that are not named so stand in [`SCREEN`].

mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rows::{OWED, ROWS, SCREEN};

/// Who has to prove a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Sandbox,
    Client,
    Screen,
}

const SIDES: [(char, Side); 3] = [
    ('S', Side::Sandbox),
    ('C', Side::Client),
    ('P', Side::Screen),
];

/// A row, as a pair that sorts as the table does.
type Row = (u8, u8);

fn row(text: &str) -> Option<Row> {
    let (group, place) = text.split_once('.')?;
    Some((group.parse().ok()?, place.parse().ok()?))
}

/// The rows that a name begins with.
fn rows_of(name: &str) -> Vec<Row> {
    let mut words = name
        .strip_prefix("f_")
        .unwrap_or_default()
        .split('_')
        .peekable();
    let pair = |words: &mut std::iter::Peekable<std::str::Split<'_, char>>| -> Option<Row> {
        let group = words.next_if(|word| word.parse::<u8>().is_ok())?;
        let place = words.next_if(|word| word.parse::<u8>().is_ok())?;
        Some((group.parse().ok()?, place.parse().ok()?))
    };
    let mut found: Vec<Row> = pair(&mut words).into_iter().collect();
    loop {
        // A word that joins is one only where a row follows; else it is the beginning of the sentence.
        let joining = words.next();
        match (joining, pair(&mut words)) {
            (Some("and"), Some(next)) => found.push(next),
            (Some("to"), Some(last)) => {
                let first = found.last().copied().unwrap_or(last);
                assert_eq!(first.0, last.0, "{name} spans groups");
                found.extend((first.1 + 1..=last.1).map(|place| (first.0, place)));
            }
            _ => return found,
        }
    }
}

/// Names of all tests of a file: functions right behind an attribute that says so.
fn tests_of(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") || line.starts_with("///") {
            is_test |= line.contains("test]") || line.contains("tokio::test(");
            continue;
        }
        let function = line
            .strip_prefix("async ")
            .unwrap_or(line)
            .strip_prefix("fn ");
        if let (true, Some(function)) = (is_test, function) {
            names.extend(function.split('(').next().map(str::to_owned));
        }
        is_test = false;
    }
    names
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every test of the project with the side that its place tells.
fn tests() -> Vec<(Side, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        sources(&root.join(folder), &mut files);
    }
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let place = file
            .strip_prefix(root)
            .expect("inside")
            .to_string_lossy()
            .into_owned();
        let side = if place.starts_with("tests/sandbox/") || place.starts_with("src/sandbox") {
            Side::Sandbox
        } else if place.starts_with("tests/api/") || place.starts_with("src/api") {
            Side::Client
        } else {
            Side::Screen
        };
        let text = fs::read_to_string(&file).expect("a file");
        found.extend(tests_of(&text).into_iter().map(|name| (side, name)));
    }
    found
}

#[test]
fn every_row_has_a_test_on_every_side_that_it_binds() {
    let tests = tests();
    let names: BTreeSet<&str> = tests.iter().map(|(_, name)| name.as_str()).collect();
    let mut proofs: BTreeMap<(Row, Side), BTreeSet<&str>> = BTreeMap::new();
    for (side, name) in tests.iter().filter(|(_, name)| name.starts_with("f_")) {
        for row in rows_of(name) {
            proofs.entry((row, *side)).or_default().insert(name);
        }
    }
    let mut faults = Vec::new();
    for (number, proof) in SCREEN {
        let row = row(number).expect("a row");
        if names.contains(proof) {
            proofs.entry((row, Side::Screen)).or_default().insert(proof);
        } else {
            faults.push(format!("{number}: there is no test {proof}"));
        }
    }
    let known: BTreeSet<Row> = ROWS
        .iter()
        .filter_map(|(number, _, _)| row(number))
        .collect();
    assert_eq!(known.len(), ROWS.len(), "each row stands once");
    for ((row, _), names) in &proofs {
        if !known.contains(row) {
            faults.push(format!(
                "{names:?} are named after a row that does not exist"
            ));
        }
    }
    let owed: BTreeSet<&str> = OWED.iter().copied().collect();
    for (number, sides, says) in ROWS {
        println!("{number:>5}  {says}");
        let row = row(number).expect("a row");
        for (letter, side) in SIDES {
            let found = proofs.get(&(row, side));
            for name in found.into_iter().flatten() {
                println!("       {side:?}: {name}");
            }
            let is_owed = side == Side::Screen && owed.contains(number);
            if sides.contains(letter) && found.is_none() {
                println!("       {side:?}: none");
                if !is_owed {
                    faults.push(format!("{number} ({says}) has no test of the {side:?}"));
                }
            } else if is_owed {
                faults.push(format!("{number} is not owed by the screen any more"));
            }
        }
    }
    let count = |side: char| {
        ROWS.iter()
            .filter(|(_, sides, _)| sides.contains(side))
            .count()
    };
    println!(
        "{} rows: {} of the sandbox, {} of the client, {} of the screen less {} owed",
        ROWS.len(),
        count('S'),
        count('C'),
        count('P'),
        OWED.len()
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rows_are_read_off_a_name() {
    assert_eq!(rows_of("f_4_4_a_line_without_item_is_refused"), [(4, 4)]);
    assert_eq!(
        rows_of("f_0_5_and_5_6_to_5_8_an_account"),
        [(0, 5), (5, 6), (5, 7), (5, 8)]
    );
    assert_eq!(rows_of("f_9_1_and_other_things"), [(9, 1)]);
    assert_eq!(rows_of("f_1_2_to_me_3_4"), [(1, 2)]);
    assert_eq!(rows_of("f_plain"), []);
    let file = "#[test]\nfn one() {}\n\nfn two() {}\n    #[tokio::test]\n    /// x\n    async fn three() {}";
    assert_eq!(tests_of(file), ["one", "three"]);
}
