//! What the other side told by itself, the last of it.

use jiff::Timestamp;

use super::super::error::{Fault, StoreError};
use super::write::company_number;
use super::{Cache, Reader};
use crate::domain::company::CompanyId;

/// How many are kept of a company: more than come within the day after which nothing is repeated any more, in books
/// that a person keeps.
const KEPT: i64 = 20_000;

/// Something that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Name of the event; the same in every repetition.
    pub event: String,
    /// What happened (`accounting.invoice.updated`).
    pub name: String,
    /// Id of the record; empty for a probe.
    pub id: String,
    /// When it was heard.
    pub at: Timestamp,
}

impl Cache {
    /// Notes something that was told, and says whether it is new: a repetition is not.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing was noted then.
    pub fn note_delivery(&mut self, company: &CompanyId, told: &Told) -> Result<bool, StoreError> {
        self.writing(|_, tx| {
            let number = company_number(tx, company)?;
            let new = tx
                .prepare_cached(
                    "INSERT INTO delivery (company, event, name, id, at) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (company, event) DO NOTHING",
                )?
                .execute((
                    number,
                    &told.event,
                    &told.name,
                    &told.id,
                    told.at.as_millisecond(),
                ))?;
            tx.prepare_cached(
                "DELETE FROM delivery WHERE company = ?1 AND number <=
                   (SELECT max(number) FROM delivery WHERE company = ?1) - ?2",
            )?
            .execute((number, KEPT))?;
            Ok(new == 1)
        })
    }
}

impl Reader {
    /// What was told last, the newest first.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn deliveries(&self, company: &CompanyId, limit: usize) -> Result<Vec<Told>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.reading(|tx| {
            let Some(number) = super::company_number(tx, company)? else {
                return Ok(Vec::new());
            };
            let mut statement = tx.prepare_cached(
                "SELECT event, name, id, at FROM delivery WHERE company = ?1
                 ORDER BY number DESC LIMIT ?2",
            )?;
            let mut rows = statement.query((number, limit))?;
            let mut told = Vec::new();
            while let Some(row) = rows.next()? {
                let at = Timestamp::from_millisecond(row.get(3)?)
                    .map_err(|error| Fault::Unreadable(error.to_string()))?;
                told.push(Told {
                    event: row.get(0)?,
                    name: row.get(1)?,
                    id: row.get(2)?,
                    at,
                });
            }
            Ok(told)
        })
    }
}
