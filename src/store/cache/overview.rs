//! Counts and sums over all of a company's books, without reading all of them.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::{Reader, company_number, count, entry, lists, moment};
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::money::Money;
use crate::domain::overview::{Overdue, Overview};

impl Reader {
    /// The state of a company's books on a day, as far as they are here.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn overview(&self, company: &CompanyId, today: Date) -> Result<Overview, StoreError> {
        self.reading(|tx| {
            let Some(number) = company_number(tx, company)? else {
                return Ok(Overview::default());
            };
            let mut overview = Overview {
                overdue: self.overdue(tx, number, today)?,
                ..Overview::default()
            };
            for kind in lists::kinds_present(tx, number)? {
                let owner = key::owner(number, kind);
                overview.coverage.insert(kind, coverage(tx, owner)?);
                count_stamps(tx, owner, &mut overview)?;
            }
            Ok(overview)
        })
    }

    /// Amounts are summed up in cents where cents are all of them, and from the bodies where they are not.
    fn overdue(&self, conn: &Connection, company: i64, today: Date) -> Result<Overdue, Fault> {
        let mut overdue = Overdue::default();
        let range = key::all_of(key::owner(company, Kind::Invoices));
        let mut statement = conn.prepare_cached(
            "SELECT key, currency, balance, exact FROM entry
             WHERE owing = 1 AND due < ?3 AND key BETWEEN ?1 AND ?2",
        )?;
        let today = key::day_number(Some(today));
        let mut rows = statement.query((range.start(), range.end(), today))?;
        let mut with_fractions = Vec::new();
        while let Some(row) = rows.next()? {
            overdue.documents += 1;
            let (cents, exact): (Option<i64>, bool) = (row.get(2)?, row.get(3)?);
            match cents {
                Some(cents) if exact => {
                    owe(
                        &mut overdue,
                        row.get(1)?,
                        Money::new(Decimal::new(cents, 2)),
                    );
                }
                None if exact => overdue.without_balance += 1,
                _ => with_fractions.push(RowId(row.get(0)?)),
            }
        }
        for record in self.records(conn, &with_fractions)? {
            match record.money(Field::Balance) {
                Some(balance) => owe(
                    &mut overdue,
                    record.text(Field::Currency).to_owned(),
                    balance,
                ),
                None => overdue.without_balance += 1,
            }
        }
        Ok(overdue)
    }
}

fn owe(overdue: &mut Overdue, currency: String, amount: Money) {
    let sum = overdue.owed.entry(currency).or_default();
    *sum = *sum + amount;
}

fn count_stamps(conn: &Connection, owner: i64, overview: &mut Overview) -> Result<(), Fault> {
    let mut statement =
        conn.prepare_cached("SELECT status, stamp, n FROM tally WHERE owner = ?1")?;
    let mut rows = statement.query([owner])?;
    while let Some(row) = rows.next()? {
        let (status, stamp, n): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let n = count(n);
        match (stamp, status) {
            (entry::NOT_READ, _) => overview.not_read += n,
            (entry::UNSTAMPED, entry::DRAFT) => overview.unstamped_drafts += n,
            // Voided without ever having been stamped: nothing is left to be done.
            (entry::UNSTAMPED, entry::VOIDED) => {}
            (entry::UNSTAMPED, _) => overview.unstamped_issued += n,
            _ => {}
        }
    }
    Ok(())
}

/// How much of a kind is here.
pub(super) fn coverage(conn: &Connection, owner: i64) -> Result<Coverage, Fault> {
    let cached = conn
        .prepare_cached("SELECT ifnull(sum(n), 0) FROM tally WHERE owner = ?1")?
        .query_row([owner], |row| row.get(0).map(count))?;
    let walked = conn
        .prepare_cached("SELECT total, complete_at, read_at FROM walk WHERE owner = ?1")?
        .query_row([owner], |row| {
            Ok(Coverage {
                cached,
                total: row.get::<_, Option<i64>>(0)?.map(count),
                complete_at: row.get(1).map(moment)?,
                read_at: row.get(2).map(moment)?,
            })
        })
        .optional()?;
    Ok(walked.unwrap_or(Coverage {
        cached,
        ..Coverage::default()
    }))
}
