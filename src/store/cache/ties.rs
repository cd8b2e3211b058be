//! Which rows name which record, so that "of this customer" and "where is this account used" are looked up and never
//! gone through for.

use rusqlite::{Connection, Transaction};

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::{Reader, company_number, count, overview};
use crate::domain::company::CompanyId;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::ties::{self, NamedBy};

impl Reader {
    /// How many records of each kind that may name this one do, also where none does.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn named_by(
        &self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
    ) -> Result<Vec<NamedBy>, StoreError> {
        self.reading(|tx| {
            let Some(number) = company_number(tx, company)? else {
                return Ok(Vec::new());
            };
            let named = key::owner(number, kind);
            ties::named_by(kind)
                .iter()
                .map(|by| {
                    let owner = key::owner(number, *by);
                    Ok(NamedBy {
                        kind: *by,
                        count: naming(tx, named, id, owner)?,
                        coverage: overview::coverage(tx, owner)?,
                    })
                })
                .collect()
        })
    }
}

/// How many rows of an owner name a record.
fn naming(conn: &Connection, named: i64, id: &Id, owner: i64) -> Result<usize, Fault> {
    let range = key::all_of(owner);
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM tie WHERE owner = ?1 AND id = ?2 AND key BETWEEN ?3 AND ?4",
        )?
        .query_row((named, id.as_str(), range.start(), range.end()), |row| {
            row.get(0).map(count)
        })?)
}

/// Notes what a row names.
pub(super) fn note(tx: &Transaction<'_>, row: RowId, record: &Record) -> Result<(), Fault> {
    let mut statement =
        tx.prepare_cached("INSERT OR IGNORE INTO tie (owner, id, key) VALUES (?1, ?2, ?3)")?;
    for tie in ties::of(record) {
        let owner = key::owner(row.company(), tie.kind);
        statement.execute((owner, tie.id.as_str(), row.0))?;
    }
    Ok(())
}

/// Takes back what [`note`] noted of the record that the row had.
pub(super) fn forget(tx: &Transaction<'_>, row: RowId, record: &Record) -> Result<(), Fault> {
    let mut statement =
        tx.prepare_cached("DELETE FROM tie WHERE owner = ?1 AND id = ?2 AND key = ?3")?;
    for tie in ties::of(record) {
        let owner = key::owner(row.company(), tie.kind);
        statement.execute((owner, tie.id.as_str(), row.0))?;
    }
    Ok(())
}
