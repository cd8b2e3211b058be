//! A record as the columns of its entry say it.

use rusqlite::{Row, Transaction};

use super::super::error::Fault;
use super::key::{self, RowId};
use super::receipts;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::StampIs;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::stamp::{Stamp, Uuid};
use crate::domain::status::Status;
use crate::search::facts::{Facts, Folio, Policy};

/// Number of [`Stamp::NotRead`] on disk.
pub(super) const NOT_READ: i64 = 0;
/// Number of [`Stamp::Unstamped`] on disk; the schema names it too.
pub(super) const UNSTAMPED: i64 = 1;
/// Of a payment of which nobody can say whether it has a receipt: its native record was not read.
pub(super) const RECEIPT_UNREAD: i64 = 6;
/// Number of [`Status::Draft`] on disk.
pub(super) const DRAFT: i64 = 0;
/// Number of [`Status::PartiallyPaid`] on disk; the schema names it too.
pub(super) const PARTIALLY_PAID: i64 = 2;

pub(super) fn status_number(status: Status) -> i64 {
    match status {
        Status::Draft => DRAFT,
        Status::Authorised => 1,
        Status::PartiallyPaid => PARTIALLY_PAID,
        Status::Paid => 3,
        Status::Voided => 4,
        Status::Active => 5,
        Status::Inactive => 6,
        Status::Unknown => 7,
        Status::Open => 8,
        Status::Accepted => 9,
        Status::Rejected => 10,
        Status::Expired => 11,
        Status::Billed => 12,
        Status::Closed => 13,
        Status::Posted => 14,
        Status::Deleted => 15,
    }
}

/// Every status, to read its number back.
const STATUSES: [Status; 16] = [
    Status::Draft,
    Status::Authorised,
    Status::PartiallyPaid,
    Status::Paid,
    Status::Voided,
    Status::Active,
    Status::Inactive,
    Status::Unknown,
    Status::Open,
    Status::Accepted,
    Status::Rejected,
    Status::Expired,
    Status::Billed,
    Status::Closed,
    Status::Posted,
    Status::Deleted,
];

fn status_of(number: i64) -> Option<Status> {
    STATUSES
        .into_iter()
        .find(|status| status_number(*status) == number)
}

fn stamp_of(number: i64) -> Option<StampIs> {
    use StampIs::{CancelPending, Cancelled, NotRead, Stamped, Unstamped};
    [NotRead, Unstamped, Stamped, CancelPending, Cancelled]
        .into_iter()
        .find(|stamp| stamp_is_number(*stamp) == number)
}

/// Number of a método de pago on disk; 0 where it is not known.
pub(super) fn policy_number(policy: Policy) -> i64 {
    match policy {
        Policy::AtOnce => 1,
        Policy::Later => 2,
    }
}

/// Number of a stamp on disk, by which lists are narrowed.
pub(super) fn stamp_is_number(stamp: StampIs) -> i64 {
    match stamp {
        StampIs::NotRead => NOT_READ,
        StampIs::Unstamped => UNSTAMPED,
        StampIs::Stamped => 2,
        StampIs::CancelPending => 3,
        StampIs::Cancelled => 4,
    }
}

/// Whether this number says that there is a folio fiscal.
pub(super) fn has_uuid(stamp: i64) -> bool {
    [StampIs::Stamped, StampIs::CancelPending, StampIs::Cancelled]
        .into_iter()
        .any(|is| stamp_is_number(is) == stamp)
}

/// Number of what the SAT never stamps, and of what was voided without a stamp.
const NEVER_STAMPED: i64 = 5;

/// How far a record's stamp is known, as it is narrowed and counted by.
pub(super) fn stamp_number(record: &Record, facts: &Facts) -> i64 {
    match (record.kind, &record.stamp) {
        (Kind::Payments, Stamp::NotRead) => RECEIPT_UNREAD,
        _ => facts.stamp.map_or(NEVER_STAMPED, stamp_is_number),
    }
}

/// The balance as it is summed up and sorted by.
pub(super) struct Balance {
    pub cents: Option<i64>,
    /// Whether those cents are all of it.
    pub exact: bool,
    /// Whether something is owed, as far as is known.
    pub owing: bool,
}

impl Balance {
    pub(super) fn of(record: &Record) -> Self {
        let balance = record.money(Field::Balance);
        let cents = balance.and_then(Money::cents);
        Self {
            cents,
            exact: balance.is_none_or(|balance| balance == balance.rounded(2)),
            owing: record.status().is_open() && balance.is_none_or(|balance| balance > Money::ZERO),
        }
    }
}

/// Writes the entry of a record under a key that is free. Gives the words of its UUID, where it has one: whoever
/// writes many entries has them indexed at the end, by [`index`].
pub(super) fn insert(
    tx: &Transaction<'_>,
    row: RowId,
    record: &Record,
    facts: &Facts,
    label: i64,
    body: i64,
    read_at: i64,
) -> Result<Option<String>, Fault> {
    let balance = Balance::of(record);
    let uuid = facts.uuid.as_ref().map(digits);
    tx.prepare_cached(
        "INSERT INTO entry (key, owner, id, label, serie, folio, due, total, pretax, subtotal, balance, exact,
                            currency, status, stamp, owing, uuid, updated, read_at, body, policy, deferred)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    )?
    .execute(rusqlite::params![
        row.0,
        row.owner(),
        record.id.as_str(),
        label,
        facts.folio.serie,
        facts.folio.number,
        record.date(Field::DueDate).map(|day| key::day_number(Some(day))),
        facts.total,
        facts.before_tax,
        facts.sub_total.filter(|amount| facts.before_tax != Some(*amount)),
        balance.cents,
        balance.exact,
        record.text(Field::Currency),
        status_number(record.status()),
        stamp_number(record, facts),
        balance.owing,
        uuid.as_deref().map(bytes),
        record.instant(Field::UpdatedAt).map(|at| at.as_millisecond()),
        read_at,
        body,
        facts.policy.map_or(0, policy_number),
        receipts::asks_for(record),
    ])?;
    Ok(uuid.as_deref().map(blocks))
}

/// Puts the words of a UUID into their index.
pub(super) fn index(tx: &Transaction<'_>, row: RowId, words: &str) -> Result<(), Fault> {
    tx.prepare_cached("INSERT INTO block (rowid, digits) VALUES (?1, ?2)")?
        .execute((row.0, words))?;
    Ok(())
}

/// The columns that [`facts`] reads, in its order, of an entry called `e`.
pub(super) const FACTS: &str = "SELECT e.serie, e.folio, e.total, e.pretax, e.subtotal, e.uuid, e.label, \
                                e.status, e.stamp, iif(e.owing, e.due, NULL), e.policy, e.balance \
                                FROM entry AS e WHERE e.key = ?1";

/// What can be found of a record by its entry alone, and its label; names and codes are the label's. The day is left
/// out: it is in the key.
pub(super) fn facts(row: &Row<'_>) -> Result<(Facts, i64), Fault> {
    let uuid: Option<Vec<u8>> = row.get(5)?;
    let facts = Facts {
        folio: Folio {
            serie: row.get(0)?,
            number: row.get(1)?,
        },
        total: row.get(2)?,
        before_tax: row.get(3)?,
        sub_total: row.get(4)?,
        uuid: uuid.as_deref().and_then(uuid_of),
        status: status_of(row.get(7)?),
        stamp: stamp_of(row.get(8)?),
        owed_by: row.get::<_, Option<i64>>(9)?.and_then(key::day_of),
        policy: match row.get(10)? {
            1_i64 => Some(Policy::AtOnce),
            2 => Some(Policy::Later),
            _ => None,
        },
        balance: row.get(11)?,
        ..Facts::default()
    };
    Ok((facts, row.get(6)?))
}

fn digits(uuid: &Uuid) -> String {
    uuid.as_str().chars().filter(|c| *c != '-').collect()
}

/// The sixteen bytes that these digits are.
fn bytes(digits: &str) -> Vec<u8> {
    let value = |c: char| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let values: Vec<u8> = digits.chars().filter_map(value).collect();
    values
        .chunks_exact(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
        .collect()
}

/// The UUID that these bytes are; nothing where they are not sixteen.
fn uuid_of(bytes: &[u8]) -> Option<Uuid> {
    use std::fmt::Write;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        write!(text, "{byte:02X}").ok()?;
    }
    text.parse().ok()
}

/// The groups of four that the search index keeps, parted by spaces.
fn blocks(digits: &str) -> String {
    let mut blocks = String::with_capacity(digits.len() + digits.len() / 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            blocks.push(' ');
        }
        blocks.push(digit);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_survives_its_sixteen_bytes() {
        let uuid: Uuid = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
            .parse()
            .expect("a UUID");
        let packed = bytes(&digits(&uuid));
        assert_eq!(packed.len(), 16);
        assert_eq!(uuid_of(&packed), Some(uuid.clone()));
        assert_eq!(uuid_of(&packed[1..]), None);
        assert_eq!(
            blocks(&digits(&uuid)),
            "5F3C 1A90 7B2E 4D11 9C55 0A1B 2C3D 4E5F"
        );
    }
}
