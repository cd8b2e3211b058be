//! How names and RFCs of contacts are spelled: the words of the names, each once, so that a slip is looked for among a
//! few thousand words and never among the documents.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction};

use super::super::error::Fault;
use super::key::RowId;
use super::unlike;
use crate::domain::kind::Kind;
use crate::search::facts::Facts;
use crate::search::language::Meanings;
use crate::search::slips::{self, Typed};

/// Words that are compared at a keystroke: three times what the largest of companies has.
const MOST_WORDS: i64 = 60_000;
/// Words that one word may have been meant for, the nearest of them.
const MOST_MEANT: usize = 12;

/// Notes the words of a contact's name.
pub(super) fn note(tx: &Transaction<'_>, row: RowId, facts: &Facts) -> Result<(), Fault> {
    if !matches!(facts.kind, Some(Kind::Customers | Kind::Suppliers)) {
        return Ok(());
    }
    let mut statement =
        tx.prepare_cached("INSERT OR IGNORE INTO spelling (company, word) VALUES (?1, ?2)")?;
    for word in facts
        .name
        .split(' ')
        .filter(|word| slips::is_compared(word))
    {
        statement.execute((row.company(), word))?;
    }
    Ok(())
}

/// For each of these words the words of names that may have been meant, the nearest first, each with its slips; and
/// whether there were more than are told.
pub(super) fn meant(
    conn: &Connection,
    company: i64,
    typed: &[Typed],
) -> Result<(Meanings, bool), Fault> {
    let mut statement =
        conn.prepare_cached("SELECT word FROM spelling WHERE company = ?1 LIMIT ?2")?;
    let mut rows = statement.query((company, MOST_WORDS))?;
    let (mut meant, mut compared) = (Meanings::new(), 0);
    while let Some(row) = rows.next()? {
        compared += 1;
        let word = row.get_ref(0)?.as_str().map_err(unlike)?;
        for typed in typed {
            if let Some(slips) = typed.slips(word) {
                let of_it = meant.entry(typed.word().to_owned()).or_default();
                of_it.push((word.to_owned(), slips));
            }
        }
    }
    let mut more = compared == MOST_WORDS;
    for words in meant.values_mut() {
        words.sort_by_key(|(_, slips)| *slips);
        more |= words.len() > MOST_MEANT;
        words.truncate(MOST_MEANT);
    }
    Ok((meant, more))
}

/// For each of these RFCs those that are one slip away, none where it is one of the books itself; and whether there were
/// more than could be compared.
pub(super) fn near(
    conn: &Connection,
    company: i64,
    typed: &BTreeSet<String>,
) -> Result<(Meanings, bool), Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT rfc FROM label WHERE key BETWEEN ?1 << 40 AND ((?1 + 1) << 40) - 1 AND rfc <> '' LIMIT ?2",
    )?;
    let mut rows = statement.query((company, MOST_WORDS))?;
    let (mut near, mut compared) = (Meanings::new(), 0);
    let mut right = BTreeSet::new();
    while let Some(row) = rows.next()? {
        compared += 1;
        let rfc = row.get_ref(0)?.as_str().map_err(unlike)?;
        for typed in typed {
            if typed == rfc {
                right.insert(typed);
            } else if slips::is_slip_of_rfc(typed, rfc) {
                let of_it = near.entry(typed.clone()).or_default();
                of_it.push((rfc.to_owned(), 1));
            }
        }
    }
    near.retain(|typed, rfcs| {
        // A party has a label for each way in which its name is written.
        rfcs.sort_unstable();
        rfcs.dedup();
        !right.contains(typed)
    });
    let more = compared == MOST_WORDS || near.values().any(|rfcs| rfcs.len() > MOST_MEANT);
    near.values_mut().for_each(|rfcs| rfcs.truncate(MOST_MEANT));
    Ok((near, more))
}
