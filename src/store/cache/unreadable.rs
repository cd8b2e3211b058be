//! Rows of lists that no record could be made of and whose name is known: they can be asked for by it.
//!
//! What a list has not read correctly may be readable by itself, or be so tomorrow without having changed, and then no
//! refresh would bring it. A name leaves as soon as its record was read by whatever road, or is known to be gone. Whether
//! a record of that name is here besides is nothing to this.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::super::error::{Fault, StoreError};
use super::write::company_number;
use super::{Cache, Reader, key, owner_of, row_of};
use crate::domain::company::CompanyId;
use crate::domain::kind::Kind;
use crate::domain::record::Id;

impl Reader {
    /// The names of rows of a kind that could not be read, at most so many, those that were asked for longest ago first.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read; the same holds for the function below.
    pub fn unreadable(
        &self,
        company: &CompanyId,
        kind: Kind,
        most: usize,
    ) -> Result<Vec<Id>, StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok(Vec::new());
            };
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let mut rows = tx.prepare_cached(
                "SELECT id FROM unreadable WHERE owner = ?1 ORDER BY asked_at, id LIMIT ?2",
            )?;
            let ids = rows.query_map((owner, most), |row| row.get(0).map(Id))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
    }

    /// How many of those rows no record here stands for.
    pub fn unreadable_absent(&self, company: &CompanyId, kind: Kind) -> Result<usize, StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok(0);
            };
            let mut rows = tx.prepare_cached("SELECT id FROM unreadable WHERE owner = ?1")?;
            let mut rows = rows.query([owner])?;
            let mut absent = 0;
            while let Some(row) = rows.next()? {
                absent += usize::from(row_of(tx, owner, &Id(row.get(0)?))?.is_none());
            }
            Ok(absent)
        })
    }
}

impl Cache {
    /// Notes that these rows were asked for by name, in vain or not.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing of the call is written then.
    pub fn note_asked(
        &mut self,
        company: &CompanyId,
        kind: Kind,
        ids: &[Id],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.writing(|_, tx| {
            let owner = key::owner(company_number(tx, company)?, kind);
            for id in ids {
                tx.prepare_cached(
                    "UPDATE unreadable SET asked_at = ?3 WHERE owner = ?1 AND id = ?2",
                )?
                .execute((owner, id.as_str(), at.as_millisecond()))?;
            }
            Ok(())
        })
    }
}

/// Notes that a list had unreadable rows of these names then.
pub(super) fn note(tx: &Transaction<'_>, owner: i64, ids: &[Id], at: i64) -> Result<(), Fault> {
    for id in ids {
        tx.prepare_cached(
            "INSERT INTO unreadable (owner, id, met_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (owner, id) DO UPDATE SET met_at = excluded.met_at",
        )?
        .execute((owner, id.as_str(), at))?;
    }
    Ok(())
}

/// Whether any row of a kind is known to be unreadable: most often there is none.
pub(super) fn has_any(tx: &Transaction<'_>, owner: i64) -> Result<bool, Fault> {
    Ok(tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM unreadable WHERE owner = ?1)")?
        .query_row([owner], |row| row.get(0))?)
}

/// The record of this name was read, or is gone: nobody has to ask for it.
pub(super) fn settle(tx: &Transaction<'_>, owner: i64, id: &Id) -> Result<(), Fault> {
    tx.prepare_cached("DELETE FROM unreadable WHERE owner = ?1 AND id = ?2")?
        .execute((owner, id.as_str()))?;
    Ok(())
}
