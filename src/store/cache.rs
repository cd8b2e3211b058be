//! What was read from the server: records, how far the reading has come, and where to find them.
//!
//! The file may be deleted at any time; one that is damaged, foreign or newer than this program is moved aside and
//! made anew. It holds facts of the server only: what this program wants or does about them is in
//! [`super::durable`].

mod deliveries;
mod entry;
mod find;
mod frame;
mod habits;
mod key;
mod lists;
mod native;
mod newest;
mod overview;
mod owed;
mod pace;
mod receipts;
mod spelling;
mod states;
mod ties;
mod unreadable;
mod verdicts;
mod walks;
mod write;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};

pub use deliveries::Told;
pub use find::{Found, FoundAmong, Slips};
pub use key::RowId;
pub use lists::AsOf;
pub use pace::{Allowance, Asking, Finding, Turns};
pub use verdicts::{Basis, Case, Opinion};
pub use walks::{Unfinished, WalkState};
pub use write::{News, Page, Row};

use super::error::{Fault, StoreError};
use super::file::{self, Layout, PATIENCE};
use crate::domain::company::{Company, CompanyId};
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::record::{Id, Record};
use frame::{Packer, Unpacker};

/// `"tim2"`: what can be read again needs no steps from one layout to the next, only another name. Losing the last
/// moment of a cache to a power cut is no loss, so it is not synced at every commit. On large pages five frames of a
/// stamped invoice fit where two pages of the usual size hold four.
const LAYOUT: Layout = Layout {
    application: 0x7469_6d32,
    steps: &[
        include_str!("cache/schema.sql"),
        include_str!("cache/ties.sql"),
        include_str!("cache/verdicts.sql"),
        include_str!("cache/deliveries.sql"),
        include_str!("cache/receipts.sql"),
        include_str!("cache/states.sql"),
        include_str!("cache/walks.sql"),
        include_str!("cache/pace.sql"),
        include_str!("cache/refresh.sql"),
        include_str!("cache/untied.sql"),
        include_str!("cache/spelling.sql"),
        include_str!("cache/balances.sql"),
        include_str!("cache/unreadable.sql"),
        include_str!("cache/cancelled.sql"),
    ],
    page_size: 8192,
    care: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 2000;",
};

/// The cache as its one writer holds it; it reads as well.
pub struct Cache {
    reader: Reader,
    packer: Packer,
    /// What was forgotten since this was opened, by owner and id, and when: a reading that began earlier brings nothing
    /// of it back.
    gone: BTreeMap<(i64, Id), i64>,
}

/// The cache as somebody reads it who must not write.
pub struct Reader {
    conn: Connection,
    path: PathBuf,
    unpacker: RefCell<Unpacker>,
}

/// A record as it was last read.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The record.
    pub record: Record,
    /// Its raw native one, where that was read.
    pub raw: Option<String>,
    /// When both were read; none where nobody noted it.
    pub read_at: Option<Timestamp>,
}

/// How many records had come for the first time at some moment: whatever came later is told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrivals(i64);

/// The frame of a row.
const FRAME: &str =
    "SELECT b.frame FROM entry AS e JOIN body AS b ON b.number = e.body WHERE e.key = ?1";

impl Cache {
    /// Opens the cache for writing, and makes it where there is none.
    ///
    /// One that cannot be used (damaged, newer, not ours, or found damaged when it was used last) is moved to `….aside`
    /// beside it, over one that lay there; so is what was left of one whose database is gone.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Unreachable`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if file::was_condemned(path) || file::is_headless(path) {
            file::move_aside(path)?;
        }
        let conn = match file::open(path, &LAYOUT, PATIENCE) {
            Err(StoreError::Damaged { .. } | StoreError::Newer { .. }) => {
                file::move_aside(path)?;
                file::open(path, &LAYOUT, PATIENCE)
            }
            other => other,
        }?;
        Self::over(conn, path)
    }

    /// Opens a second connection to a cache that [`Cache::open`] has made, for reading only.
    ///
    /// # Errors
    /// As [`Cache::open`], and [`StoreError::Damaged`] or [`StoreError::Newer`]: a reader moves nothing.
    pub fn open_reader(path: &Path) -> Result<Reader, StoreError> {
        Reader::over(file::open_reader(path, &LAYOUT, PATIENCE)?, path)
    }

    fn over(conn: Connection, path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            reader: Reader::over(conn, path)?,
            packer: Packer::new().map_err(|fault| fault.at(path))?,
            gone: BTreeMap::new(),
        })
    }
}

/// A writer reads with the same words.
impl Deref for Cache {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Reader {
    fn over(conn: Connection, path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            conn,
            path: path.to_owned(),
            unpacker: RefCell::new(Unpacker::new().map_err(|fault| fault.at(path))?),
        })
    }

    /// How long a statement waits while another program holds the file. Five seconds where nobody says otherwise.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for a time that SQLite cannot count.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), StoreError> {
        self.conn
            .busy_timeout(patience)
            .map_err(|error| Fault::from(error).at(&self.path))
    }

    /// Runs reads that must agree with each other: the writer may commit between two statements, never within this.
    fn reading<T>(
        &self,
        read: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let read = || {
            let tx = self.conn.unchecked_transaction()?;
            read(&tx)
        };
        read().map_err(|fault| self.failed(fault))
    }

    /// A failure of this file. Where it is damaged, the next to open it makes it anew.
    fn failed(&self, fault: Fault) -> StoreError {
        let error = fault.at(&self.path);
        if matches!(error, StoreError::Damaged { .. }) {
            file::condemn(&self.path);
        }
        error
    }

    /// A record as last read, where it is here.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read; the same holds for every function below.
    pub fn record(
        &self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
    ) -> Result<Option<Record>, StoreError> {
        self.reading(|tx| {
            let Some(row) = find_row(tx, company, kind, id)? else {
                return Ok(None);
            };
            Ok(self.unpack(tx, row)?.map(|(record, _)| record))
        })
    }

    /// The raw native record, where it is here.
    pub fn raw(
        &self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
    ) -> Result<Option<String>, StoreError> {
        self.reading(|tx| {
            let Some(row) = find_row(tx, company, kind, id)? else {
                return Ok(None);
            };
            Ok(self.unpack(tx, row)?.and_then(|(_, raw)| raw))
        })
    }

    /// A record with its raw native one and the moment at which it was last read, where it is here.
    pub fn held(
        &self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
    ) -> Result<Option<Held>, StoreError> {
        self.reading(|tx| {
            let Some(row) = find_row(tx, company, kind, id)? else {
                return Ok(None);
            };
            let read_at = tx
                .prepare_cached("SELECT read_at FROM entry WHERE key = ?1")?
                .query_row([row.0], |row| row.get(0).map(moment))?;
            Ok(self.unpack(tx, row)?.map(|(record, raw)| Held {
                record,
                raw,
                read_at,
            }))
        })
    }

    /// What has arrived so far.
    pub fn arrivals(&self) -> Result<Arrivals, StoreError> {
        self.reading(|tx| {
            // A record keeps the number of its body as long as it is here, and a new one gets the next.
            let latest = tx
                .prepare_cached("SELECT ifnull(max(number), 0) FROM body")?
                .query_row([], |row| row.get(0))?;
            Ok(Arrivals(latest))
        })
    }

    /// Whether a record is here and was so by then.
    pub fn was_here(
        &self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
        by: Arrivals,
    ) -> Result<bool, StoreError> {
        self.reading(|tx| {
            let Some(row) = find_row(tx, company, kind, id)? else {
                return Ok(false);
            };
            let number: i64 = tx
                .prepare_cached("SELECT body FROM entry WHERE key = ?1")?
                .query_row([row.0], |row| row.get(0))?;
            Ok(number <= by.0)
        })
    }

    /// Which row a record is, to find it in an order of rows.
    pub fn row_id(
        &self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
    ) -> Result<Option<RowId>, StoreError> {
        self.reading(|tx| find_row(tx, company, kind, id))
    }

    /// All records of a kind that is small enough to be held whole: accounts, taxes.
    pub fn all(&self, company: &CompanyId, kind: Kind) -> Result<Vec<Record>, StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok(Vec::new());
            };
            let range = key::all_of(owner);
            let mut rows = tx.prepare_cached(
                "SELECT b.frame FROM entry AS e JOIN body AS b ON b.number = e.body
                 WHERE e.key BETWEEN ?1 AND ?2 ORDER BY e.key",
            )?;
            let mut rows = rows.query((range.start(), range.end()))?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                let frame = row.get_ref(0)?.as_blob().map_err(unlike)?;
                records.push(self.unpacker.borrow_mut().record(frame)?);
            }
            Ok(records)
        })
    }

    /// A number that changes when anybody else wrote to the file: this program's writer, or another window.
    pub fn version(&self) -> Result<i64, StoreError> {
        self.conn
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(|error| Fault::from(error).at(&self.path))
    }

    /// How much of a kind is here.
    pub fn coverage(&self, company: &CompanyId, kind: Kind) -> Result<Coverage, StoreError> {
        self.reading(|tx| match owner_of(tx, company, kind)? {
            Some(owner) => overview::coverage(tx, owner),
            None => Ok(Coverage::default()),
        })
    }

    /// What the company's own record said, where it was read.
    pub fn company(&self, id: &CompanyId) -> Result<Option<Company>, StoreError> {
        self.reading(|tx| company_of(tx, id))
    }

    fn unpack(
        &self,
        tx: &Transaction<'_>,
        row: RowId,
    ) -> Result<Option<(Record, Option<String>)>, Fault> {
        let mut statement = tx.prepare_cached(FRAME)?;
        let mut rows = statement.query([row.0])?;
        match rows.next()? {
            Some(row) => {
                let frame = row.get_ref(0)?.as_blob().map_err(unlike)?;
                Ok(Some(self.unpacker.borrow_mut().both(frame)?))
            }
            None => Ok(None),
        }
    }
}

fn company_number(conn: &Connection, company: &CompanyId) -> Result<Option<i64>, Fault> {
    Ok(conn
        .prepare_cached("SELECT number FROM company WHERE id = ?1")?
        .query_row([&company.0], |row| row.get(0))
        .optional()?)
}

fn company_of(conn: &Connection, company: &CompanyId) -> Result<Option<Company>, Fault> {
    let body: Option<Option<String>> = conn
        .prepare_cached("SELECT body FROM company WHERE id = ?1")?
        .query_row([&company.0], |row| row.get(0))
        .optional()?;
    Ok(match body.flatten() {
        Some(body) => Some(serde_json::from_str(&body)?),
        None => None,
    })
}

fn owner_of(conn: &Connection, company: &CompanyId, kind: Kind) -> Result<Option<i64>, Fault> {
    Ok(company_number(conn, company)?.map(|number| key::owner(number, kind)))
}

fn find_row(
    conn: &Connection,
    company: &CompanyId,
    kind: Kind,
    id: &Id,
) -> Result<Option<RowId>, Fault> {
    match owner_of(conn, company, kind)? {
        Some(owner) => row_of(conn, owner, id),
        None => Ok(None),
    }
}

fn row_of(conn: &Connection, owner: i64, id: &Id) -> Result<Option<RowId>, Fault> {
    Ok(conn
        .prepare_cached("SELECT key FROM entry WHERE owner = ?1 AND id = ?2")?
        .query_row((owner, id.as_str()), |row| row.get(0).map(RowId))
        .optional()?)
}

/// A count as it stands on disk.
fn count(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}

/// A moment from its milliseconds; what lies outside of the calendar is unknown.
fn moment(milliseconds: Option<i64>) -> Option<Timestamp> {
    milliseconds.and_then(|ms| Timestamp::from_millisecond(ms).ok())
}

/// A column that is of another type than its table says.
fn unlike(error: rusqlite::types::FromSqlError) -> Fault {
    Fault::Unreadable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::{Field, Value};

    #[test]
    fn a_cache_that_cannot_grow_keeps_what_it_has() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut cache = Cache::open(&folder.path().join("cache.db")).expect("a cache");
        let company = CompanyId("test-consumer".to_owned());
        let mut record = Record::new(Kind::Customers, Id::from("7"));
        let put = |cache: &mut Cache, record: &Record| {
            let row = Row { record, raw: None };
            cache.upsert(&company, &[row], Timestamp::UNIX_EPOCH)
        };
        put(&mut cache, &record).expect("written");
        let pages: i64 = cache
            .conn
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .expect("a number");
        cache
            .conn
            .pragma_update(None, "max_page_count", pages)
            .expect("no growth");
        let long: String = (0..40_000).map(|n| n.to_string()).collect();
        record.set(Field::Memo, Value::Text(long));
        let refused = put(&mut cache, &record);
        assert!(
            matches!(refused, Err(StoreError::Full { .. })),
            "{refused:?}"
        );
        let kept = cache
            .record(&company, Kind::Customers, &record.id)
            .expect("read");
        assert_eq!(kept, Some(Record::new(Kind::Customers, Id::from("7"))));
    }
}
