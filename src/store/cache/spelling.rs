//! How the names of contacts are spelled: their words, each once, so that a slip is looked for among a few thousand
//! words and never among the documents.

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
    let mut meant = Meanings::new();
    while let Some(row) = rows.next()? {
        let word = row.get_ref(0)?.as_str().map_err(unlike)?;
        for typed in typed {
            if let Some(slips) = typed.slips(word) {
                let of_it = meant.entry(typed.word().to_owned()).or_default();
                of_it.push((word.to_owned(), slips));
            }
        }
    }
    let mut more = false;
    for words in meant.values_mut() {
        words.sort_by_key(|(_, slips)| *slips);
        more |= words.len() > MOST_MEANT;
        words.truncate(MOST_MEANT);
    }
    Ok((meant, more))
}
