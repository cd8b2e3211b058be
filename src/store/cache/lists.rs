//! Lists: how long they are, which rows they have in which order, and windows of them.
//!
//! SQL is put together from the constant fragments below and nothing else; what is asked for goes in as parameters.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, ToSql};

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::states::Narrow;
use super::{FRAME, Reader, count, entry, find, overview, owner_of, receipts, unlike};
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Direction, Filter, ListQuery, Standing, Window};
use crate::domain::record::{Id, Record};
use crate::search::language::{self, Query};

/// Rows of a list in its order. The label is not read unless the order names it: SQLite leaves such a join out.
const ROWS: &str = "SELECT e.key FROM entry AS e";
const NAMED: &str = " LEFT JOIN label AS l ON l.key = e.label";
const OF_LIST: &str = " WHERE e.key BETWEEN ?1 AND ?2";
const COUNTED: &str = "SELECT count(*) FROM entry AS e";
const ON_STATUS: &str = " AND e.status = ?4";
const ON_STAMP: &str = " AND e.stamp = ?5";
const OVERDUE: &str = " AND e.owing = 1 AND e.due < ?3";
const NAMING: &str = " AND e.key IN (SELECT t.key FROM tie AS t WHERE t.owner = ?6 AND t.id = ?7)";
const FOUND: &str = " AND e.key IN (SELECT j.value FROM json_each(?8) AS j)";
/// What is asked for by columns; the same as a [`Narrow`] is in a search.
const ASKED: &str = " AND (?11 = -1 OR e.status = ?11) AND (?12 = -1 OR e.stamp = ?12) \
                      AND (?13 = -1 OR e.policy = ?13) \
                      AND (?14 IS NULL OR (e.owing = 1 AND e.due >= ?14)) \
                      AND (?15 IS NULL OR (e.owing = 1 AND e.due <= ?15)) \
                      AND (?16 IS NULL OR e.total >= ?16) AND (?17 IS NULL OR e.total <= ?17) \
                      AND (?18 IS NULL OR e.balance >= ?18) AND (?19 IS NULL OR e.balance <= ?19) \
                      AND (?20 IS NULL OR e.serie = ?20)";
/// Behind every list, so that all its parameters are named.
const STRETCH: &str = " LIMIT ?21 OFFSET ?22";
/// For a whole list: SQLite knows no OFFSET without a LIMIT, and -1 is none.
const NO_LIMIT: i64 = -1;

/// Unstamped, and with a verdict that holds and is of a level.
macro_rules! judged {
    ($level:literal) => {
        concat!(
            " AND e.stamp = 1 AND EXISTS (SELECT 1 FROM verdict AS v WHERE v.key = e.key AND v.edition = ?10",
            " AND v.at <= ?9 AND ?9 < v.until AND v.level = ",
            $level,
            ")"
        )
    };
}
const UNJUDGED: &str = " AND e.stamp = 1 AND NOT EXISTS (SELECT 1 FROM verdict AS v WHERE v.key = e.key \
                        AND v.edition = ?10 AND v.at <= ?9 AND ?9 < v.until)";

/// For when a list is made: what is overdue, how old a document is, and which verdicts hold.
#[derive(Clone, Copy, Debug)]
pub struct AsOf<'a> {
    /// The day at the issue place.
    pub today: Date,
    /// The moment.
    pub now: Timestamp,
    /// Of the rules and catalogues: verdicts of another one do not count.
    pub edition: &'a str,
}

/// By the day alone: no verdict holds.
impl From<Date> for AsOf<'static> {
    fn from(today: Date) -> Self {
        Self {
            today,
            now: Timestamp::MIN,
            edition: "",
        }
    }
}

impl Reader {
    /// A stretch of a list, of `len` rows from the `offset`th on. Fast at both ends of any list in its natural order.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read; the same holds for every function below.
    pub fn window<'a>(
        &self,
        company: &CompanyId,
        query: &ListQuery,
        as_of: impl Into<AsOf<'a>>,
        offset: usize,
        len: usize,
    ) -> Result<Window, StoreError> {
        let as_of = as_of.into();
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, query.kind)? else {
                return Ok(Window {
                    query: query.clone(),
                    offset: 0,
                    rows: Vec::new(),
                    total: 0,
                    coverage: Coverage::default(),
                    judged: BTreeMap::new(),
                    receipts: BTreeMap::new(),
                });
            };
            let list = List::new(tx, owner, query, as_of)?;
            let total = list.len(tx)?;
            let offset = offset.min(total);
            let keys = list.stretch(tx, total, offset, len)?;
            Ok(Window {
                query: query.clone(),
                offset,
                rows: self.records(tx, &keys)?,
                total,
                coverage: overview::coverage(tx, owner)?,
                judged: BTreeMap::new(),
                receipts: receipts::due(tx, &keys)?,
            })
        })
    }

    /// The rows of a whole list, in order: eight bytes each, to be held by whoever shows the list.
    pub fn ordered_ids<'a>(
        &self,
        company: &CompanyId,
        query: &ListQuery,
        as_of: impl Into<AsOf<'a>>,
    ) -> Result<Vec<RowId>, StoreError> {
        let as_of = as_of.into();
        self.reading(|tx| match owner_of(tx, company, query.kind)? {
            Some(owner) => List::new(tx, owner, query, as_of)?.rows(tx, Ends::First, NO_LIMIT, 0),
            None => Ok(Vec::new()),
        })
    }

    /// The ids of these rows, in the same order.
    pub fn ids(&self, rows: &[RowId]) -> Result<Vec<Id>, StoreError> {
        self.reading(|tx| {
            let mut statement = tx.prepare_cached("SELECT id FROM entry WHERE key = ?1")?;
            let mut ids = Vec::with_capacity(rows.len());
            for row in rows {
                let mut found = statement.query([row.0])?;
                if let Some(found) = found.next()? {
                    ids.push(Id(found.get(0)?));
                }
            }
            Ok(ids)
        })
    }

    /// The stamped documents of a kind between two days, the newest first, and those of which nobody can say whether
    /// they are stamped. What tells no day may be of any.
    pub fn stamped_between(
        &self,
        company: &CompanyId,
        kind: Kind,
        (from, to): (Date, Date),
    ) -> Result<(Vec<RowId>, Vec<RowId>), StoreError> {
        self.reading(|tx| {
            let (mut stamped, mut unread) = (Vec::new(), Vec::new());
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok((stamped, unread));
            };
            let mut statement = tx.prepare_cached(
                "SELECT key, stamp FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC",
            )?;
            for range in [key::between(owner, from, to), key::without_day(owner)] {
                let mut rows = statement.query((range.start(), range.end()))?;
                while let Some(row) = rows.next()? {
                    let (key, stamp) = (RowId(row.get(0)?), row.get(1)?);
                    match entry::has_uuid(stamp) {
                        true => stamped.push(key),
                        false if stamp == entry::NOT_READ => unread.push(key),
                        false => {}
                    }
                }
            }
            Ok((stamped, unread))
        })
    }

    /// Until when receipts of payments are due, of these rows.
    pub fn receipts_due(&self, rows: &[RowId]) -> Result<BTreeMap<Id, Date>, StoreError> {
        self.reading(|tx| receipts::due(tx, rows))
    }

    /// The records of these rows, in the same order. A row that is gone meanwhile is left out.
    pub fn rows(&self, rows: &[RowId]) -> Result<Vec<Record>, StoreError> {
        self.reading(|tx| self.records(tx, rows))
    }

    /// How many rows of a list stand before this record; `None` where it is not in the list.
    pub fn position_of<'a>(
        &self,
        company: &CompanyId,
        query: &ListQuery,
        as_of: impl Into<AsOf<'a>>,
        id: &Id,
    ) -> Result<Option<usize>, StoreError> {
        let Some(row) = self.row_id(company, query.kind, id)? else {
            return Ok(None);
        };
        let rows = self.ordered_ids(company, query, as_of)?;
        Ok(rows.iter().position(|other| *other == row))
    }

    pub(super) fn records(&self, conn: &Connection, rows: &[RowId]) -> Result<Vec<Record>, Fault> {
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            records.extend(self.record_at(conn, *row)?);
        }
        Ok(records)
    }

    /// The record of a row, where it is there.
    pub(super) fn record_at(&self, conn: &Connection, row: RowId) -> Result<Option<Record>, Fault> {
        let mut statement = conn.prepare_cached(FRAME)?;
        let mut found = statement.query([row.0])?;
        let Some(found) = found.next()? else {
            return Ok(None);
        };
        let frame = found.get_ref(0)?.as_blob().map_err(unlike)?;
        Ok(Some(self.unpacker.borrow_mut().record(frame)?))
    }
}

/// One list of one company.
struct List<'a> {
    owner: i64,
    query: &'a ListQuery,
    as_of: AsOf<'a>,
    /// What of the typed text has to be looked up.
    typed: Typed,
}

/// What the typed text asks of a list.
enum Typed {
    /// Nothing.
    Nothing,
    /// What columns and days alone can tell.
    Columns(Query),
    /// The keys of what it finds, as a JSON list.
    Found(String),
}

/// From which end of the list rows are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    First,
    Last,
}

impl<'a> List<'a> {
    fn new(
        conn: &Connection,
        owner: i64,
        query: &'a ListQuery,
        as_of: AsOf<'a>,
    ) -> Result<Self, Fault> {
        let asked = language::parse(&query.only.text, as_of.today);
        let typed = if asked.is_empty() {
            Typed::Nothing
        } else if asked.puzzles.is_empty() && Narrow::whole(&asked, query.kind).is_some() {
            Typed::Columns(asked)
        } else {
            let keys: Vec<String> = find::rows_of(conn, owner, &asked)?
                .iter()
                .map(|row| row.0.to_string())
                .collect();
            Typed::Found(format!("[{}]", keys.join(",")))
        };
        Ok(Self {
            owner,
            query,
            as_of,
            typed,
        })
    }

    fn len(&self, conn: &Connection) -> Result<usize, Fault> {
        let tallied = |sql: &str, number: i64| -> Result<i64, Fault> {
            Ok(conn
                .prepare_cached(sql)?
                .query_row([self.owner, number], |row| row.get(0))?)
        };
        let on_stamp = "SELECT ifnull(sum(n), 0) FROM tally WHERE owner = ?1 AND stamp = ?2";
        let rows: i64 = match self.query.filter {
            _ if !self.query.only.is_everything() => self.counted(conn)?,
            Filter::All => conn
                .prepare_cached("SELECT ifnull(sum(n), 0) FROM tally WHERE owner = ?1")?
                .query_row([self.owner], |row| row.get(0))?,
            Filter::Unstamped => tallied(on_stamp, entry::UNSTAMPED)?,
            Filter::NotRead => tallied(on_stamp, entry::NOT_READ)?,
            Filter::PartiallyPaid => tallied(
                "SELECT ifnull(sum(n), 0) FROM tally WHERE owner = ?1 AND status = ?2",
                entry::PARTIALLY_PAID,
            )?,
            Filter::Aged(_) | Filter::Issued | Filter::Standing(_) | Filter::WithoutReceipt => {
                self.counted(conn)?
            }
            // As below: without INDEXED BY every invoice is looked at.
            Filter::Owing => {
                let range = key::all_of(self.owner);
                conn.prepare_cached(
                    "SELECT count(*) FROM entry INDEXED BY entry_owing
                     WHERE owing = 1 AND key BETWEEN ?1 AND ?2",
                )?
                .query_row((range.start(), range.end()), |row| row.get(0))?
            }
            Filter::Overdue => conn
                .prepare_cached(
                    "SELECT count(*) FROM entry INDEXED BY entry_owing
                     WHERE owing = 1 AND due < ?3 AND key BETWEEN ?1 AND ?2",
                )?
                .query_row(
                    (
                        key::all_of(self.owner).start(),
                        key::all_of(self.owner).end(),
                        key::day_number(Some(self.as_of.today)),
                    ),
                    |row| row.get(0),
                )?,
        };
        Ok(count(rows))
    }

    /// The length of a list that no tally knows.
    fn counted(&self, conn: &Connection) -> Result<i64, Fault> {
        let [status, stamp, overdue, naming, typed] = self.narrowed();
        let sql = [
            COUNTED,
            OF_LIST,
            filter(self.query.filter),
            status,
            stamp,
            overdue,
            naming,
            typed,
            STRETCH,
        ]
        .concat();
        let mut statement = conn.prepare_cached(&sql)?;
        self.with_parameters(1, 0, |parameters| {
            Ok(statement.query_row(parameters, |row| row.get(0))?)
        })
    }

    /// What the list is narrowed to, as fragments.
    fn narrowed(&self) -> [&'static str; 5] {
        let only = &self.query.only;
        [
            only.status.map_or("", |_| ON_STATUS),
            only.stamp.map_or("", |_| ON_STAMP),
            if only.overdue { OVERDUE } else { "" },
            only.naming.as_ref().map_or("", |_| NAMING),
            match self.typed {
                Typed::Nothing => "",
                Typed::Columns(_) => ASKED,
                Typed::Found(_) => FOUND,
            },
        ]
    }

    /// Everything that the fragments of a list name, in their order.
    fn with_parameters<T>(
        &self,
        limit: i64,
        offset: i64,
        run: impl FnOnce(&[&dyn ToSql]) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let only = &self.query.only;
        let (asked, days) = match &self.typed {
            Typed::Columns(query) => Narrow::whole(query, self.query.kind),
            Typed::Nothing | Typed::Found(_) => None,
        }
        .unwrap_or_default();
        // The day is in the key: an age and a period are ranges of days.
        let range = match self.query.filter {
            Filter::Aged(age) => match age.days(self.as_of.today) {
                Some((from, to)) => key::between(self.owner, from, to),
                None => return Err(Fault::Unreadable("a day out of the calendar".to_owned())),
            },
            _ => key::all_of(self.owner),
        };
        let period = days.map_or_else(
            || range.clone(),
            |(from, to)| key::between(self.owner, from, to),
        );
        let (first, last) = (
            *range.start().max(period.start()),
            *range.end().min(period.end()),
        );
        let found = match &self.typed {
            Typed::Found(keys) => Some(keys),
            Typed::Nothing | Typed::Columns(_) => None,
        };
        let company = self.owner >> key::KIND_BITS;
        let naming = only
            .naming
            .as_ref()
            .map(|(kind, id)| (key::owner(company, *kind), id.as_str()));
        let status = only.status.map(entry::status_number);
        let stamp = only.stamp.map(entry::stamp_is_number);
        let (today, now) = (
            key::day_number(Some(self.as_of.today)),
            self.as_of.now.as_millisecond(),
        );
        let (named, named_id) = (naming.map(|(owner, _)| owner), naming.map(|(_, id)| id));
        let mut all: Vec<&dyn ToSql> = vec![
            &first,
            &last,
            &today,
            &status,
            &stamp,
            &named,
            &named_id,
            &found,
            &now,
            &self.as_of.edition,
        ];
        all.extend(asked.parameters());
        all.extend([&limit as &dyn ToSql, &offset]);
        run(&all)
    }

    /// A stretch of a list of this length, read from the nearer end.
    fn stretch(
        &self,
        conn: &Connection,
        total: usize,
        offset: usize,
        len: usize,
    ) -> Result<Vec<RowId>, Fault> {
        let len = len.min(total - offset.min(total));
        let after = total - offset.min(total) - len;
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        if offset <= after {
            self.rows(conn, Ends::First, number(len), number(offset))
        } else {
            let mut rows = self.rows(conn, Ends::Last, number(len), number(after))?;
            rows.reverse();
            Ok(rows)
        }
    }

    fn rows(
        &self,
        conn: &Connection,
        from: Ends,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<RowId>, Fault> {
        let order = order(self.query.sort);
        let [status, stamp, overdue, naming, typed] = self.narrowed();
        let sql = [
            ROWS,
            order.join,
            OF_LIST,
            filter(self.query.filter),
            status,
            stamp,
            overdue,
            naming,
            typed,
            order.clause(self.query.direction, from),
            STRETCH,
        ]
        .concat();
        let mut statement = conn.prepare_cached(&sql)?;
        self.with_parameters(limit, offset, |parameters| {
            let mut found = statement.query(parameters)?;
            let mut rows = Vec::with_capacity(count(limit));
            while let Some(row) = found.next()? {
                rows.push(RowId(row.get(0)?));
            }
            Ok(rows)
        })
    }
}

fn filter(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "",
        Filter::Unstamped | Filter::Aged(_) => " AND e.stamp = 1",
        Filter::Issued => " AND e.stamp = 1 AND e.status <> 0",
        Filter::Standing(Standing::Ready) => judged!("0"),
        Filter::Standing(Standing::Warnings) => judged!("1"),
        Filter::Standing(Standing::Errors) => judged!("2"),
        Filter::Standing(Standing::Unjudged) => UNJUDGED,
        Filter::NotRead => " AND e.stamp = 0",
        Filter::Owing => " AND e.owing = 1",
        Filter::Overdue => OVERDUE,
        Filter::PartiallyPaid => " AND e.status = 2",
        Filter::WithoutReceipt => {
            " AND e.key IN (SELECT a.key FROM awaiting AS a WHERE a.key BETWEEN ?1 AND ?2)"
        }
    }
}

/// How SQLite sorts by a field. Ties are broken by the key, newest first, whatever the direction.
struct Order {
    join: &'static str,
    rising: &'static str,
    rising_from_last: &'static str,
    falling: &'static str,
    falling_from_last: &'static str,
}

impl Order {
    fn clause(&self, direction: Direction, from: Ends) -> &'static str {
        match (direction, from) {
            (Direction::Ascending, Ends::First) => self.rising,
            (Direction::Ascending, Ends::Last) => self.rising_from_last,
            (Direction::Descending, Ends::First) => self.falling,
            (Direction::Descending, Ends::Last) => self.falling_from_last,
        }
    }
}

/// Both directions of an order from both ends: seen from its last row, a list is sorted the other way round.
macro_rules! order_by {
    ($join:expr, $column:literal) => {
        Order {
            join: $join,
            rising: concat!(" ORDER BY ", $column, " ASC, e.key DESC"),
            rising_from_last: concat!(" ORDER BY ", $column, " DESC, e.key ASC"),
            falling: concat!(" ORDER BY ", $column, " DESC, e.key DESC"),
            falling_from_last: concat!(" ORDER BY ", $column, " ASC, e.key ASC"),
        }
    };
}

/// The order for a field; a field that has no column of its own gives the newest first, or the oldest.
fn order(field: Field) -> Order {
    match field {
        Field::Number => Order {
            join: "",
            rising: " ORDER BY e.serie ASC, e.folio ASC, e.key DESC",
            rising_from_last: " ORDER BY e.serie DESC, e.folio DESC, e.key ASC",
            falling: " ORDER BY e.serie DESC, e.folio DESC, e.key DESC",
            falling_from_last: " ORDER BY e.serie ASC, e.folio ASC, e.key ASC",
        },
        Field::Name | Field::Contact => order_by!(NAMED, "l.name"),
        Field::Rfc => order_by!(NAMED, "l.rfc"),
        Field::Code | Field::NominalCode | Field::ProductKey => order_by!(NAMED, "l.code"),
        Field::DueDate => order_by!("", "e.due"),
        Field::Total => order_by!("", "e.total"),
        Field::Balance => order_by!("", "e.balance"),
        Field::Status => order_by!("", "e.status"),
        Field::UpdatedAt => order_by!("", "e.updated"),
        // The day is the highest part of the key, so that falling needs no sorting at all.
        _ => Order {
            join: "",
            rising: " ORDER BY (e.key >> 27) ASC, e.key DESC",
            rising_from_last: " ORDER BY (e.key >> 27) DESC, e.key ASC",
            falling: " ORDER BY e.key DESC",
            falling_from_last: " ORDER BY e.key ASC",
        },
    }
}

/// Kinds of a company of which anything is here.
pub(super) fn kinds_present(conn: &Connection, company: i64) -> Result<Vec<Kind>, Fault> {
    let mut kinds = Vec::new();
    let mut statement = conn.prepare_cached(
        "SELECT owner FROM tally WHERE owner BETWEEN ?1 AND ?2 GROUP BY owner HAVING sum(n) > 0",
    )?;
    let (first, last) = (
        key::owner(company, Kind::Invoices),
        key::owner(company, Kind::CompanyInfo),
    );
    let mut rows = statement.query((first, last))?;
    while let Some(row) = rows.next()? {
        kinds.extend(key::kind_of(row.get(0)?));
    }
    Ok(kinds)
}
