//! Counts and sums over all of a company's books, without reading all of them.

use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::{Reader, company_number, company_of, count, entry, lists, moment};
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, EXPIRED_AFTER, LEAVING_AFTER, Overview};
use crate::domain::money::Money;
use crate::domain::record::Record;

impl Reader {
    /// The state of a company's books on a day, as far as they are here.
    ///
    /// Sums are over documents in the company's currency whose balance is known; before the company's own record was
    /// read that currency is the Mexican peso (contract B.8).
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn overview(&self, company: &CompanyId, today: Date) -> Result<Overview, StoreError> {
        self.reading(|tx| {
            let Some(number) = company_number(tx, company)? else {
                return Ok(Overview::default());
            };
            let currency = match company_of(tx, company)? {
                Some(company) => company.currency,
                None => "MXN".to_owned(),
            };
            let mut overview = Overview::default();
            for kind in lists::kinds_present(tx, number)? {
                let coverage = coverage(tx, key::owner(number, kind))?;
                overview.kinds.push((kind, coverage));
            }
            let invoices = key::owner(number, Kind::Invoices);
            take_tally(tx, invoices, &currency, &mut overview)?;
            let aged = |days| unstamped_for(tx, invoices, today, days);
            overview.expired_unstamped = aged(EXPIRED_AFTER)?;
            overview.old_unstamped =
                aged(LEAVING_AFTER)?.saturating_sub(overview.expired_unstamped);
            take_overdue(tx, invoices, &currency, today, &mut overview)?;
            for record in self.inexact(tx, invoices)? {
                take_inexact(&record, &currency, today, &mut overview);
            }
            Ok(overview)
        })
    }

    /// Records whose balance has digits below the cent: few, and the only ones whose bodies are needed for a sum.
    fn inexact(&self, conn: &Connection, owner: i64) -> Result<Vec<Record>, Fault> {
        let range = key::all_of(owner);
        let mut statement = conn.prepare_cached(
            "SELECT key FROM entry INDEXED BY entry_inexact WHERE exact = 0 AND key BETWEEN ?1 AND ?2",
        )?;
        let mut rows = statement.query((range.start(), range.end()))?;
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            keys.push(RowId(row.get(0)?));
        }
        self.records(conn, &keys)
    }
}

fn cents(cents: i64) -> Money {
    Money::new(Decimal::new(cents, 2))
}

fn take_tally(
    conn: &Connection,
    owner: i64,
    currency: &str,
    overview: &mut Overview,
) -> Result<(), Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT status, stamp, sum(n), sum(iif(currency = ?2, owed, 0)) FROM tally
         WHERE owner = ?1 GROUP BY status, stamp",
    )?;
    let mut rows = statement.query((owner, currency))?;
    while let Some(row) = rows.next()? {
        let (status, stamp): (i64, i64) = (row.get(0)?, row.get(1)?);
        let n = count(row.get(2)?);
        match (stamp, status) {
            (entry::NOT_READ, _) => overview.not_read += n,
            (entry::UNSTAMPED, entry::DRAFT) => overview.drafts_unstamped += n,
            (entry::UNSTAMPED, _) => overview.open_unstamped += n,
            _ => {}
        }
        overview.open_balance = overview.open_balance + cents(row.get(3)?);
    }
    Ok(())
}

fn take_overdue(
    conn: &Connection,
    owner: i64,
    currency: &str,
    today: Date,
    overview: &mut Overview,
) -> Result<(), Fault> {
    let range = key::all_of(owner);
    // Without INDEXED BY the planner, which knows no statistics, takes the range of keys and reads every invoice.
    let (documents, owed): (i64, i64) = conn
        .prepare_cached(
            "SELECT count(*), ifnull(sum(iif(exact AND currency = ?4, balance, 0)), 0)
             FROM entry INDEXED BY entry_owing
             WHERE owing = 1 AND due < ?3 AND key BETWEEN ?1 AND ?2",
        )?
        .query_row(
            (
                range.start(),
                range.end(),
                key::day_number(Some(today)),
                currency,
            ),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
    overview.overdue = count(documents);
    overview.overdue_balance = cents(owed);
    Ok(())
}

fn take_inexact(record: &Record, currency: &str, today: Date, overview: &mut Overview) {
    let balance = record.money(Field::Balance).unwrap_or_default();
    if !record.status().is_open()
        || balance <= Money::ZERO
        || record.text(Field::Currency) != currency
    {
        return;
    }
    overview.open_balance = overview.open_balance + balance;
    if record.is_overdue(today) {
        overview.overdue_balance = overview.overdue_balance + balance;
    }
}

/// Unstamped documents of so many days ago and before.
fn unstamped_for(conn: &Connection, owner: i64, today: Date, days: i64) -> Result<usize, Fault> {
    let Ok(last) = today.checked_sub(days.days()) else {
        return Ok(0);
    };
    let range = key::between(owner, Date::ZERO, last);
    let old = conn
        .prepare_cached("SELECT count(*) FROM entry WHERE stamp = 1 AND key BETWEEN ?1 AND ?2")?
        .query_row((range.start(), range.end()), |row| row.get(0).map(count))?;
    Ok(old)
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
                // Records made since the last walk are among all, though no walk has counted them yet.
                total: row
                    .get::<_, Option<i64>>(0)?
                    .map(|total| count(total).max(cached)),
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
