//! How far the reading of a kind has come, and what a whole reading did not meet.

use std::cmp::Reverse;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, Transaction};

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::write::{company_number, last_read};
use super::{Cache, Reader, count, entry, moment, owner_of, row_of};
use crate::domain::company::CompanyId;
use crate::domain::kind::Kind;
use crate::domain::record::Id;

/// Answers overtake each other by no more than this, in ms. What was written further ahead was written under a clock
/// that was set back since, and is worth nothing against the clock of now.
pub(super) const OVERTAKEN: i64 = 10 * 60 * 1000;

/// How far the reading of a kind has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkState {
    /// The walk that was not brought to its end, where there is one.
    pub unfinished: Option<Unfinished>,
    /// How many records the server has, where it told or a whole walk counted them.
    pub total: Option<usize>,
    /// When the last whole walk began: what was deleted before is not here.
    pub complete_at: Option<Timestamp>,
    /// Up to when all changes are here, by the server's clock where it told; a refresh reads what changed since.
    pub known_at: Option<Timestamp>,
    /// When, by the same clock, a refresh began that read more than one page since `known_at`: a row may have slid from
    /// one to the other. The next one, which reads the same again, confirms it.
    pub met_at: Option<Timestamp>,
    /// Rows of the last whole walk that no record could be made of, with those that a refresh found besides.
    pub skipped: usize,
    /// Of these, the ones that no record here stands for.
    pub absent: usize,
}

/// A walk that was not brought to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The page that was read last. It is read again, so that it shows when rows slid from behind it to before it.
    pub cursor: String,
    /// When the walk began.
    pub began_at: Timestamp,
    /// The same by the server's clock, where it told: what changed since then came to the front.
    pub looked_at: Timestamp,
    /// The last change of the last record on that page, by the server's clock, where it told.
    pub reached_at: Option<Timestamp>,
    /// Rows before that page.
    pub passed: usize,
    /// Of these, the ones that no record could be made of.
    pub skipped: usize,
}

impl WalkState {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let counted = |column| row.get::<_, i64>(column).map(count);
        let cursor: Option<String> = row.get("cursor")?;
        let began_at = row.get("began_at").map(moment)?;
        let unfinished = match cursor.zip(began_at) {
            Some((cursor, began_at)) => Some(Unfinished {
                cursor,
                began_at,
                looked_at: row.get("looked_at").map(moment)?.unwrap_or(began_at),
                reached_at: row.get("reached_at").map(moment)?,
                passed: counted("passed")?,
                skipped: counted("unread")?,
            }),
            None => None,
        };
        Ok(Self {
            unfinished,
            total: row.get::<_, Option<i64>>("total")?.map(count),
            complete_at: row.get("complete_at").map(moment)?,
            known_at: row.get("known_at").map(moment)?,
            met_at: row.get("met_at").map(moment)?,
            skipped: counted("skipped")?,
            absent: counted("absent")?,
        })
    }
}

impl Reader {
    /// How far the reading of a kind has come.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read; the same holds for every function below.
    pub fn walk(&self, company: &CompanyId, kind: Kind) -> Result<WalkState, StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok(WalkState::default());
            };
            let state = tx
                .prepare_cached("SELECT * FROM walk WHERE owner = ?1")?
                .query_row([owner], WalkState::of)
                .optional()?;
            Ok(state.unwrap_or_default())
        })
    }

    /// The records of a kind that were not read between `began` and `now`: a whole walk that began then did not meet
    /// them, nor an unreadable row of their name. Those that were read longest ago come first.
    pub fn unread_since(
        &self,
        company: &CompanyId,
        kind: Kind,
        began: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Id>, StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok(Vec::new());
            };
            let range = key::all_of(owner);
            let mut rows = tx.prepare_cached(
                "SELECT id FROM entry
                 WHERE key BETWEEN ?1 AND ?2 AND (read_at < ?3 OR read_at > ?4)
                   AND id NOT IN (SELECT id FROM unreadable WHERE owner = ?5 AND met_at >= ?3)
                 ORDER BY read_at",
            )?;
            let (began, now) = (began.as_millisecond(), now.as_millisecond());
            let ids = rows.query_map(
                (range.start(), range.end(), began, now + OVERTAKEN, owner),
                |row| row.get::<_, String>(0).map(Id),
            )?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }

    /// The documents of these kinds from that day on of which the native record is not here, the newest first.
    pub fn without_native(
        &self,
        company: &CompanyId,
        kinds: &[Kind],
        from: Date,
    ) -> Result<Vec<(Kind, Id)>, StoreError> {
        self.reading(|tx| {
            let mut found: Vec<(RowId, Kind, Id)> = Vec::new();
            for kind in kinds {
                let Some(owner) = owner_of(tx, company, *kind)? else {
                    return Ok(Vec::new());
                };
                let unread = match kind {
                    Kind::Payments => entry::RECEIPT_UNREAD,
                    _ => entry::NOT_READ,
                };
                // Most often there are none: that is known without going through the documents.
                let any: i64 = tx
                    .prepare_cached(
                        "SELECT ifnull(sum(n), 0) FROM tally WHERE owner = ?1 AND stamp = ?2",
                    )?
                    .query_row((owner, unread), |row| row.get(0))?;
                if any == 0 {
                    continue;
                }
                let range = key::between(owner, from, Date::MAX);
                let mut rows = tx.prepare_cached(
                    "SELECT key, id FROM entry WHERE key BETWEEN ?1 AND ?2 AND stamp = ?3",
                )?;
                let mut rows = rows.query((range.start(), range.end(), unread))?;
                while let Some(row) = rows.next()? {
                    found.push((RowId(row.get(0)?), *kind, Id(row.get(1)?)));
                }
            }
            found.sort_unstable_by_key(|(row, _, _)| Reverse(row.recency()));
            Ok(found.into_iter().map(|(_, kind, id)| (kind, id)).collect())
        })
    }
}

impl Cache {
    /// Forgets those of these records that were not read between `began` and `now`, when it was known that the server no
    /// longer has them. What was read meanwhile, by another window perhaps, stays. Gives how many are gone.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing of the call is written then. The same holds for the function below.
    pub fn forget_unread(
        &mut self,
        company: &CompanyId,
        kind: Kind,
        ids: &[Id],
        began: Timestamp,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        self.writing(|cache, tx| {
            let owner = key::owner(company_number(tx, company)?, kind);
            let (began, now) = (began.as_millisecond(), now.as_millisecond());
            let mut forgotten = 0;
            for id in ids {
                let Some(row) = row_of(tx, owner, id)? else {
                    continue;
                };
                let read_at = last_read(tx, row)?;
                if read_at < began || read_at > now + OVERTAKEN {
                    cache.remove(tx, row)?;
                    cache.gone.insert((owner, id.clone()), now);
                    forgotten += 1;
                }
            }
            Ok(forgotten)
        })
    }

    /// Notes how far the reading of a kind has come.
    pub fn note_walk(
        &mut self,
        company: &CompanyId,
        kind: Kind,
        state: &WalkState,
    ) -> Result<(), StoreError> {
        self.writing(|_, tx| {
            let owner = key::owner(company_number(tx, company)?, kind);
            note(tx, owner, state)
        })
    }
}

pub(super) fn note(tx: &Transaction<'_>, owner: i64, state: &WalkState) -> Result<(), Fault> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let at = |at: Option<Timestamp>| at.map(Timestamp::as_millisecond);
    let left = state.unfinished.as_ref();
    tx.prepare_cached(
        "INSERT INTO walk (owner, cursor, total, complete_at, began_at, known_at, met_at, skipped, absent, reached_at,
                           passed, unread, looked_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (owner) DO UPDATE
         SET cursor = excluded.cursor, total = excluded.total, complete_at = excluded.complete_at,
             began_at = excluded.began_at, known_at = excluded.known_at, met_at = excluded.met_at,
             skipped = excluded.skipped, absent = excluded.absent, reached_at = excluded.reached_at,
             passed = excluded.passed, unread = excluded.unread, looked_at = excluded.looked_at",
    )?
    .execute((
        owner,
        left.map(|left| &left.cursor),
        state.total.map(number),
        at(state.complete_at),
        at(left.map(|left| left.began_at)),
        at(state.known_at),
        at(state.met_at),
        number(state.skipped),
        number(state.absent),
        at(left.and_then(|left| left.reached_at)),
        number(left.map_or(0, |left| left.passed)),
        number(left.map_or(0, |left| left.skipped)),
        at(left.map(|left| left.looked_at)),
    ))?;
    Ok(())
}
