//! Payments for which no receipt (complemento de pago, REP) was issued, and the invoices that ask for one.
//!
//! What an invoice asks for stands in its entry, what a payment lacks in a table of its own; `receipts.sql` brings the
//! two together. A payment whose native record was not read says nothing here, and is counted as unread.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::super::error::Fault;
use super::key::{self, RowId};
use super::{count, entry};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::{Receipts, receipt_due};
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;
use jiff::civil::Date;

/// How an invoice says that it is paid in parts or later.
const DEFERRED: &str = "PPD";

/// Whether a document asks for a receipt of each payment: deferred, and alive at the SAT.
pub(super) fn asks_for(record: &Record) -> bool {
    record.kind == Kind::Invoices
        && record.text(Field::PaymentType) == DEFERRED
        && matches!(record.stamp, Stamp::Stamped(_) | Stamp::CancelPending(_))
        && record.status() != Status::Voided
}

/// Whether a payment stands in the books and has no receipt, as far as its native record tells.
fn lacks(record: &Record) -> bool {
    record.kind == Kind::Payments
        && matches!(record.stamp, Stamp::Unstamped | Stamp::Cancelled(_))
        && !matches!(
            record.status(),
            Status::Draft | Status::Voided | Status::Deleted | Status::Rejected
        )
}

/// Notes the receipts that a payment lacks. The schema forgets them with the row.
pub(super) fn note(tx: &Transaction<'_>, row: RowId, record: &Record) -> Result<(), Fault> {
    if !lacks(record) {
        return Ok(());
    }
    let due = key::day_number(record.date(Field::Date).and_then(receipt_due));
    let mut statement = tx.prepare_cached(
        "INSERT OR IGNORE INTO receipt (owner, id, key, due) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let owner = key::owner(row.company(), Kind::Invoices);
    let invoices = record
        .allocations
        .iter()
        .filter(|allocation| allocation.kind == Some(Kind::Invoices))
        .filter_map(|allocation| allocation.document.as_ref());
    for invoice in invoices {
        statement.execute((owner, invoice.id.as_str(), row.0, due))?;
    }
    Ok(())
}

/// How many invoices wait for a receipt, and until when the first is due.
pub(super) fn tally(conn: &Connection, company: i64) -> Result<Receipts, Fault> {
    let range = key::all_of(key::owner(company, Kind::Invoices));
    // A payment without a day is no reason to name a day before all others.
    let (missing, due): (i64, Option<i64>) = conn
        .prepare_cached(
            "SELECT count(*), min(nullif(due, 0)) FROM awaiting WHERE key BETWEEN ?1 AND ?2",
        )?
        .query_row((range.start(), range.end()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let unread = conn
        .prepare_cached("SELECT ifnull(sum(n), 0) FROM tally WHERE owner = ?1 AND stamp = ?2")?
        .query_row(
            (key::owner(company, Kind::Payments), entry::RECEIPT_UNREAD),
            |row| row.get(0).map(count),
        )?;
    Ok(Receipts {
        missing: count(missing),
        due: due.and_then(key::day_of),
        unread,
    })
}

/// Until when the first missing receipt of each of these rows is due, by the row's id.
pub(super) fn due(conn: &Connection, rows: &[RowId]) -> Result<BTreeMap<Id, Date>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT e.id, a.due FROM awaiting AS a JOIN entry AS e ON e.key = a.key WHERE a.key = ?1",
    )?;
    let mut due = BTreeMap::new();
    for row in rows {
        let found: Option<(String, i64)> = statement
            .query_row([row.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((id, day)) = found
            && let Some(day) = key::day_of(day)
        {
            due.insert(Id(id), day);
        }
    }
    Ok(due)
}
