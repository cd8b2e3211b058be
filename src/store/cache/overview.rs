//! Counts and sums over all of a company's books, without reading all of them.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::{
    AsOf, Reader, company_number, company_of, count, entry, lists, moment, receipts, verdicts,
};
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::{Age, Coverage, Overview, Unstamped};
use crate::domain::money::Money;
use crate::domain::record::Record;

impl Reader {
    /// The state of a company's books at a moment, as far as they are here.
    ///
    /// Sums are over documents in the company's currency whose balance is known; before the company's own record was
    /// read that currency is the Mexican peso (contract B.8).
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn overview<'a>(
        &self,
        company: &CompanyId,
        as_of: impl Into<AsOf<'a>>,
    ) -> Result<Overview, StoreError> {
        let as_of = as_of.into();
        let today = as_of.today;
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
                let owner = key::owner(number, kind);
                overview.kinds.push((kind, coverage(tx, owner)?));
                if kind.is_stamped() {
                    let unstamped = unstamped(tx, owner, as_of)?;
                    overview.unstamped.insert(kind, unstamped);
                }
            }
            let invoices = key::owner(number, Kind::Invoices);
            overview.open_balance = open_balance(tx, invoices, &currency)?;
            take_owing(tx, invoices, &currency, today, &mut overview)?;
            for record in self.inexact(tx, invoices)? {
                take_inexact(&record, &currency, today, &mut overview);
            }
            overview.receipts = receipts::tally(tx, number)?;
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

/// The unstamped documents of a kind, by their state, their age and what the rules say of them.
fn unstamped(conn: &Connection, owner: i64, as_of: AsOf<'_>) -> Result<Unstamped, Fault> {
    let mut found = Unstamped::default();
    let mut statement = conn.prepare_cached(
        "SELECT status, stamp, sum(n) FROM tally WHERE owner = ?1 GROUP BY status, stamp",
    )?;
    let mut rows = statement.query([owner])?;
    while let Some(row) = rows.next()? {
        let (status, stamp): (i64, i64) = (row.get(0)?, row.get(1)?);
        let n = count(row.get(2)?);
        match (stamp, status) {
            (entry::NOT_READ, _) => found.not_read += n,
            (entry::UNSTAMPED, entry::DRAFT) => found.drafts += n,
            (entry::UNSTAMPED, _) => found.issued += n,
            _ => {}
        }
    }
    for age in Age::ALL {
        if let Some((from, to)) = age.days(as_of.today) {
            let range = key::between(owner, from, to);
            let n = conn
                .prepare_cached(
                    "SELECT count(*) FROM entry WHERE stamp = 1 AND key BETWEEN ?1 AND ?2",
                )?
                .query_row((range.start(), range.end()), |row| row.get(0).map(count))?;
            found.ages.insert(age, n);
        }
    }
    found.readiness = verdicts::standing(conn, owner, (as_of.now, as_of.edition))?;
    Ok(found)
}

fn open_balance(conn: &Connection, owner: i64, currency: &str) -> Result<Money, Fault> {
    let owed = conn
        .prepare_cached(
            "SELECT ifnull(sum(iif(currency = ?2, owed, 0)), 0) FROM tally WHERE owner = ?1",
        )?
        .query_row((owner, currency), |row| row.get(0))?;
    Ok(cents(owed))
}

fn take_owing(
    conn: &Connection,
    owner: i64,
    currency: &str,
    today: Date,
    overview: &mut Overview,
) -> Result<(), Fault> {
    let range = key::all_of(owner);
    // Without INDEXED BY the planner, which knows no statistics, takes the range of keys and reads every invoice.
    let (owing, documents, owed): (i64, i64, i64) = conn
        .prepare_cached(
            "SELECT count(*), ifnull(sum(due < ?3), 0),
                    ifnull(sum(iif(due < ?3 AND exact AND currency = ?4, balance, 0)), 0)
             FROM entry INDEXED BY entry_owing
             WHERE owing = 1 AND key BETWEEN ?1 AND ?2",
        )?
        .query_row(
            (
                range.start(),
                range.end(),
                key::day_number(Some(today)),
                currency,
            ),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
    overview.owing = count(owing);
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
