//! Writing what was read. One transaction per call: all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::walks::{self, OVERTAKEN, WalkState};
use super::{Cache, entry, native, receipts, row_of, spelling, ties, unreadable};
use crate::domain::company::{Company, CompanyId};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::search::facts::Facts;

/// A record as it was just read.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its values.
    pub record: &'a Record,
    /// The raw native record that came with it, as its JSON text.
    pub raw: Option<&'a str>,
}

/// Records of one reply.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// In the server's order.
    pub rows: Vec<Row<'a>>,
    /// Names of rows of it that no record could be made of.
    pub unreadable: &'a [Id],
    /// When they were asked for.
    pub read_at: Timestamp,
}

/// What of many records was news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// How many records.
    pub count: usize,
    /// The last change of the one that changed longest ago, by the server's clock; the beginning of time where one does
    /// not tell it.
    pub oldest: Option<Timestamp>,
}

impl News {
    fn of(record: &Record) -> Self {
        let changed = record.instant(Field::UpdatedAt);
        Self {
            count: 1,
            oldest: Some(changed.unwrap_or(Timestamp::MIN)),
        }
    }

    /// Together with these.
    pub fn add(&mut self, more: Self) {
        self.count += more.count;
        self.oldest = [self.oldest, more.oldest].into_iter().flatten().min();
    }
}

impl Cache {
    /// Writes records that the server told at `read_at`, and gives how many of them were news.
    ///
    /// A record without native data keeps the native data that is here, as long as its `updated_at` has not moved. A
    /// record that was read before the one that is here is dropped: answers may overtake each other.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing of the call is written then.
    pub fn upsert(
        &mut self,
        company: &CompanyId,
        rows: &[Row<'_>],
        read_at: Timestamp,
    ) -> Result<usize, StoreError> {
        self.writing(|cache, tx| {
            let number = company_number(tx, company)?;
            Ok(cache.put_all(tx, number, rows, read_at)?.count)
        })
    }

    /// Writes pages of a walk over a kind, in the order in which they were read, and notes how far the walk is behind
    /// the last of them. `None` leaves what is noted: the walk's end is noted by [`Cache::note_walk`]. Gives what of it
    /// was news.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing of the call is written then.
    pub fn upsert_pages(
        &mut self,
        company: &CompanyId,
        kind: Kind,
        pages: &[Page<'_>],
        state: Option<&WalkState>,
    ) -> Result<News, StoreError> {
        self.writing(|cache, tx| {
            let number = company_number(tx, company)?;
            let mut news = News::default();
            for page in pages {
                let at = page.read_at.as_millisecond();
                unreadable::note(tx, key::owner(number, kind), page.unreadable, at)?;
                news.add(cache.put_all(tx, number, &page.rows, page.read_at)?);
            }
            if let Some(state) = state {
                walks::note(tx, key::owner(number, kind), state)?;
            }
            Ok(news)
        })
    }

    /// Forgets a record of which it was known at `at` that the server no longer has it. What was read earlier and comes
    /// later, as the page of a walk may, does not bring it back.
    ///
    /// # Errors
    /// Any [`StoreError`]; the same holds for every function below.
    pub fn forget(
        &mut self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.writing(|cache, tx| {
            let owner = key::owner(company_number(tx, company)?, kind);
            cache.gone.insert((owner, id.clone()), at.as_millisecond());
            unreadable::settle(tx, owner, id)?;
            if let Some(row) = super::find_row(tx, company, kind, id)? {
                cache.remove(tx, row)?;
                // It was counted among all that there are, and is not there any more.
                tx.prepare_cached(
                    "UPDATE walk SET total = total - 1 WHERE owner = ?1 AND total > 0",
                )?
                .execute((owner,))?;
            }
            Ok(())
        })
    }

    /// Gives back the memory that much writing took: it is not needed for a while.
    pub fn rest(&self) -> Result<(), StoreError> {
        self.reader
            .conn
            .execute_batch("PRAGMA shrink_memory")
            .map_err(|error| self.reader.failed(error.into()))
    }

    /// Keeps what the company's own record said.
    pub fn put_company(&mut self, company: &Company) -> Result<(), StoreError> {
        self.writing(|_, tx| {
            let number = company_number(tx, &company.id)?;
            tx.prepare_cached("UPDATE company SET body = ?2 WHERE number = ?1")?
                .execute((number, serde_json::to_string(company)?))?;
            Ok(())
        })
    }

    pub(super) fn writing<T>(
        &mut self,
        write: impl FnOnce(&mut Writing<'_>, &Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let Self {
            reader,
            packer,
            gone,
        } = self;
        let conn = &mut reader.conn;
        let mut unpacker = reader.unpacker.borrow_mut();
        let unpacker = &mut *unpacker;
        let write = || {
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut writing = Writing {
                packer,
                unpacker,
                gone,
                words: BTreeMap::new(),
            };
            let result = write(&mut writing, &tx)?;
            writing.index(&tx)?;
            tx.commit()?;
            Ok(result)
        };
        let written = write();
        written.map_err(|fault: Fault| reader.failed(fault))
    }
}

/// What writing needs beside the transaction.
pub(super) struct Writing<'a> {
    packer: &'a mut super::Packer,
    unpacker: &'a mut super::Unpacker,
    pub(super) gone: &'a mut BTreeMap<(i64, Id), i64>,
    /// The words of the UUIDs that were written and are not in their index yet. Each statement that could fail halfway
    /// makes a full-text index write out what it holds: between two entries that would be a piece of its own for each.
    words: BTreeMap<RowId, String>,
}

impl Writing<'_> {
    /// Writes records that were read at one moment, and says what of them was news.
    fn put_all(
        &mut self,
        tx: &Transaction<'_>,
        company: i64,
        rows: &[Row<'_>],
        read_at: Timestamp,
    ) -> Result<News, Fault> {
        let at = read_at.as_millisecond();
        let mut news = News::default();
        let mut owners = BTreeSet::new();
        for row in rows {
            let owner = key::owner(company, row.record.kind);
            if self.put(tx, owner, row, at)? {
                news.add(News::of(row.record));
            }
            owners.insert(owner);
        }
        for owner in owners {
            if unreadable::has_any(tx, owner)? {
                let of_owner = |row: &&Row<'_>| key::owner(company, row.record.kind) == owner;
                for row in rows.iter().filter(of_owner) {
                    unreadable::settle(tx, owner, &row.record.id)?;
                }
            }
            tx.prepare_cached(
                "INSERT INTO walk (owner, read_at) VALUES (?1, ?2)
                 ON CONFLICT (owner) DO UPDATE
                 SET read_at = iif(read_at > ?2 AND read_at <= ?2 + ?3, read_at, ?2)",
            )?
            .execute((owner, at, OVERTAKEN))?;
        }
        Ok(news)
    }

    /// Writes one record, and says whether it was news.
    fn put(
        &mut self,
        tx: &Transaction<'_>,
        owner: i64,
        row: &Row<'_>,
        read_at: i64,
    ) -> Result<bool, Fault> {
        let before = row_of(tx, owner, &row.record.id)?;
        let Some(old) = before else {
            if !self.gone.is_empty() {
                let gone = (owner, row.record.id.clone());
                if self
                    .gone
                    .get(&gone)
                    .is_some_and(|at| is_overtaken(read_at, *at))
                {
                    return Ok(false);
                }
                self.gone.remove(&gone);
            }
            self.insert(tx, owner, None, row.record, row.raw, read_at)?;
            return Ok(true);
        };
        if is_overtaken(read_at, last_read(tx, old)?) {
            return Ok(false);
        }
        let (body, frame) = frame_of(tx, old)?;
        let (old_record, old_raw) = self.unpacker.both(&frame)?;
        let kept = native::still_holds(row.record, &old_record)
            .then(|| native::keep(row.record, &old_record));
        let record = kept.as_ref().unwrap_or(row.record);
        let raw = row.raw.or(kept.as_ref().and(old_raw.as_deref()));
        if *record == old_record && raw == old_raw.as_deref() {
            tx.prepare_cached("UPDATE entry SET read_at = ?2 WHERE key = ?1")?
                .execute((old.0, read_at))?;
            return Ok(false);
        }
        delete(tx, old, &old_record)?;
        self.words.remove(&old);
        self.insert(tx, owner, Some((old, body)), record, raw, read_at)?;
        Ok(true)
    }

    fn insert(
        &mut self,
        tx: &Transaction<'_>,
        owner: i64,
        old: Option<(RowId, i64)>,
        record: &Record,
        raw: Option<&str>,
        read_at: i64,
    ) -> Result<(), Fault> {
        let facts = Facts::of(record);
        let row = place(tx, owner, old.map(|(row, _)| row), record)?;
        let label = label_of(tx, row.company(), &facts)?;
        // Where there was one before, its place is free now; else the last one.
        let number = old.map(|(_, body)| body);
        let body = tx
            .prepare_cached("INSERT INTO body (number, frame) VALUES (?1, ?2)")?
            .insert((number, self.packer.pack(record, raw)?))?;
        if let Some(words) = entry::insert(tx, row, record, &facts, label, body, read_at)? {
            self.words.insert(row, words);
        }
        receipts::note(tx, row, record)?;
        spelling::note(tx, row, &facts)?;
        ties::note(tx, row, record)
    }

    /// Removes a row, whatever record it has.
    pub(super) fn remove(&mut self, tx: &Transaction<'_>, row: RowId) -> Result<(), Fault> {
        let (_, frame) = frame_of(tx, row)?;
        let record = self.unpacker.record(&frame)?;
        delete(tx, row, &record)
    }

    /// Puts what was written into the full-text index of UUIDs.
    fn index(&mut self, tx: &Transaction<'_>) -> Result<(), Fault> {
        for (row, words) in std::mem::take(&mut self.words) {
            entry::index(tx, row, &words)?;
        }
        Ok(())
    }
}

/// Removes the entry of a record and what that names; the schema removes its body and the words of its UUID with it.
fn delete(tx: &Transaction<'_>, row: RowId, record: &Record) -> Result<(), Fault> {
    ties::forget(tx, row, record)?;
    tx.prepare_cached("DELETE FROM entry WHERE key = ?1")?
        .execute([row.0])?;
    Ok(())
}

/// Whether what was read then came later than something that was read after it.
fn is_overtaken(read_at: i64, by: i64) -> bool {
    by > read_at && by - read_at <= OVERTAKEN
}

/// When a row was read, in milliseconds since 1970.
pub(super) fn last_read(conn: &Connection, row: RowId) -> Result<i64, Fault> {
    Ok(conn
        .prepare_cached("SELECT read_at FROM entry WHERE key = ?1")?
        .query_row([row.0], |row| row.get(0))?)
}

/// Number and frame of a row's body.
fn frame_of(conn: &Connection, row: RowId) -> Result<(i64, Vec<u8>), Fault> {
    Ok(conn
        .prepare_cached(
            "SELECT b.number, b.frame FROM entry AS e JOIN body AS b ON b.number = e.body WHERE e.key = ?1",
        )?
        .query_row([row.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The key of a record: the one it had, where its day is the same, else a free one.
fn place(
    tx: &Transaction<'_>,
    owner: i64,
    old: Option<RowId>,
    record: &Record,
) -> Result<RowId, Fault> {
    let day = record.date(Field::Date);
    if let Some(sequence) = key::sequence_of(record.id.as_str()) {
        return Ok(RowId::new(owner, day, sequence));
    }
    if let Some(old) = old.filter(|old| old.day_number() == key::day_number(day)) {
        return Ok(old);
    }
    let first = RowId::new(owner, day, 0);
    let last = RowId::new(owner, day, key::FIRST_NUMBERED - 1);
    let highest: Option<i64> = tx
        .prepare_cached("SELECT max(key) FROM entry WHERE key BETWEEN ?1 AND ?2")?
        .query_row((first.0, last.0), |row| row.get(0))?;
    match highest {
        None => Ok(first),
        Some(highest) if highest < last.0 => Ok(RowId(highest + 1)),
        Some(_) => Err(Fault::Crowded("record of this day")),
    }
}

/// The label of these names and codes, made where it is new; 0 where there are none.
fn label_of(tx: &Transaction<'_>, company: i64, facts: &Facts) -> Result<i64, Fault> {
    let Facts {
        name, rfc, codes, ..
    } = facts;
    if name.is_empty() && rfc.is_empty() && codes.is_empty() {
        return Ok(0);
    }
    let known = tx
        .prepare_cached(
            "SELECT key FROM label WHERE name = ?1 AND rfc = ?2 AND code = ?3 AND (key >> 40) = ?4",
        )?
        .query_row((name, rfc, codes, company), |row| row.get(0))
        .optional()?;
    if let Some(label) = known {
        return Ok(label);
    }
    let label: i64 = tx
        .prepare_cached(
            "INSERT INTO label (key, name, rfc, code)
             VALUES ((SELECT ifnull(max(key), ?1 << 40) + 1 FROM label
                      WHERE key BETWEEN ?1 << 40 AND ((?1 + 1) << 40) - 1), ?2, ?3, ?4)
             RETURNING key",
        )?
        .query_row((company, name, rfc, codes), |row| row.get(0))?;
    tx.prepare_cached("INSERT INTO word (rowid, name, rfc, code) VALUES (?1, ?2, ?3, ?4)")?
        .execute((label, name, rfc, codes))?;
    Ok(label)
}

/// The number of a company, which it gets when something of it is written for the first time.
pub(super) fn company_number(tx: &Transaction<'_>, company: &CompanyId) -> Result<i64, Fault> {
    if let Some(number) = super::company_number(tx, company)? {
        return Ok(number);
    }
    let number: i64 = tx
        .prepare_cached(
            "INSERT INTO company (number, id)
             VALUES ((SELECT ifnull(max(number), 0) + 1 FROM company), ?1) RETURNING number",
        )?
        .query_row([&company.0], |row| row.get(0))?;
    if number > key::LAST_COMPANY {
        return Err(Fault::Crowded("company"));
    }
    Ok(number)
}
