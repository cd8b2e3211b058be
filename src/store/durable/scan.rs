//! Going through the audit log, the newest entry first, and keeping the numbers of those that a query leaves in.
//!
//! It goes on in stretches: a long log is never read in one go while somebody waits to write. It keeps numbers, not
//! entries, and never writes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::error::StoreError;
use super::Durable;
use super::audit::line;
use crate::domain::audit::{AuditEntry, AuditLine, AuditQuery};
use crate::domain::company::CompanyId;
use crate::domain::intent::{IntentId, Progress};
use crate::search::fold;

/// A search through the log of a company, as far as it has come.
#[derive(Clone, Debug)]
pub struct AuditScan {
    company: CompanyId,
    query: AuditQuery,
    /// The document of the query, squeezed.
    document: String,
    /// The newest entry when it began; one that came since is in no answer.
    newest: u32,
    /// Entries that the log had then.
    all: usize,
    /// The entry that was looked at last; none before the first.
    last: Option<u32>,
    looked: usize,
    /// Numbers of the entries that were found, the newest first.
    found: Vec<u32>,
    /// Acts of which a later entry says that they made the record that is asked for.
    made_by: BTreeSet<IntentId>,
}

impl AuditScan {
    /// Begins at the newest entry; nothing was looked at yet.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn begin(
        durable: &Durable,
        company: &CompanyId,
        query: AuditQuery,
    ) -> Result<Self, StoreError> {
        let (all, newest) = extent(durable, company)?;
        Ok(Self {
            company: company.clone(),
            document: fold::squeezed(&query.document),
            query,
            newest,
            all,
            last: None,
            looked: 0,
            found: Vec::new(),
            made_by: BTreeSet::new(),
        })
    }

    /// Whether it answers this query still: nothing was written into the log since it began.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn answers(
        &self,
        durable: &Durable,
        company: &CompanyId,
        query: &AuditQuery,
    ) -> Result<bool, StoreError> {
        Ok(self.company == *company
            && self.query == *query
            && extent(durable, company)? == (self.all, self.newest))
    }

    /// What it looks for.
    pub fn query(&self) -> &AuditQuery {
        &self.query
    }

    /// Whether all of the log was looked at.
    pub fn is_over(&self) -> bool {
        self.looked >= self.all
    }

    /// How many entries were found so far.
    pub fn found(&self) -> usize {
        self.found.len()
    }

    /// How many entries were looked at, of how many.
    pub fn looked(&self) -> (usize, usize) {
        (self.looked, self.all)
    }

    /// Looks at so many entries more, at most.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn advance(&mut self, durable: &Durable, at_most: usize) -> Result<(), StoreError> {
        if self.query.is_everything() {
            return self.take_all(durable);
        }
        let limit = i64::try_from(at_most).unwrap_or(i64::MAX);
        let below = self.last.map_or(i64::MAX, i64::from);
        let company = self.company.clone();
        let rows = durable.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT company, seq, at, event, intent, detail, hash FROM audit
                 WHERE company = ?1 AND seq <= ?2 AND seq < ?3 ORDER BY seq DESC LIMIT ?4",
            )?;
            let mut rows = statement.query((&company.0, self.newest, below, limit))?;
            let mut stretch = 0;
            while let Some(row) = rows.next()? {
                let line = line(row)?;
                if line.entry().is_none_or(|row| self.holds(&row.entry)) {
                    self.found.push(line.seq());
                }
                self.last = Some(line.seq());
                stretch += 1;
            }
            Ok(stretch)
        })?;
        self.looked = match rows {
            0 => self.all,
            rows => self.looked + rows,
        };
        Ok(())
    }

    /// Every entry is wanted: their numbers are read off the index.
    fn take_all(&mut self, durable: &Durable) -> Result<(), StoreError> {
        self.found = durable.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT seq FROM audit WHERE company = ?1 AND seq <= ?2 ORDER BY seq DESC",
            )?;
            let numbers = statement.query_map((&self.company.0, self.newest), |row| row.get(0))?;
            Ok(numbers.collect::<Result<Vec<u32>, _>>()?)
        })?;
        self.looked = self.all;
        Ok(())
    }

    /// A stretch of what was found, by its place among it.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn rows(
        &self,
        durable: &Durable,
        offset: usize,
        len: usize,
    ) -> Result<Vec<AuditLine>, StoreError> {
        durable.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT company, seq, at, event, intent, detail, hash FROM audit
                 WHERE company = ?1 AND seq = ?2",
            )?;
            let wanted = self.found.iter().skip(offset).take(len);
            let mut rows = Vec::new();
            for seq in wanted {
                let mut found = statement.query((&self.company.0, seq))?;
                if let Some(row) = found.next()? {
                    rows.push(line(row)?);
                }
            }
            Ok(rows)
        })
    }

    /// Whether an entry is one of those that are asked for.
    fn holds(&mut self, entry: &AuditEntry) -> bool {
        let query = &self.query;
        let in_time = query.since.is_none_or(|since| since <= entry.at)
            && query.until.is_none_or(|until| entry.at < until);
        let has_event = entry.event.starts_with(query.event.trim());
        // Asked of every entry, in time or not: a later one says which act made the record.
        self.is_of(entry) && in_time && has_event && says(&self.query, entry)
    }

    /// Whether an entry is of the document that is asked for. The act that made it did not know its id when it was
    /// sent; the entry that tells it is a later one, and was met before.
    fn is_of(&mut self, entry: &AuditEntry) -> bool {
        if self.document.is_empty() && self.query.of.is_none() {
            return true;
        }
        let is_made_by = |made_by: &BTreeSet<IntentId>| {
            let mut intent = entry.intent.iter();
            intent.any(|intent| made_by.contains(intent))
        };
        if is_made_by(&self.made_by) {
            return true;
        }
        // Reading a text is cheaper than taking it apart, and most entries are of others.
        let of = self.query.of.as_ref();
        if of.is_some_and(|(_, id)| !entry.detail.contains(id.as_str())) {
            return false;
        }
        let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let told = |name: &str| detail.get(name).and_then(Value::as_str);
        let progress = detail.get("progress").cloned();
        let made = progress.and_then(|progress| serde_json::from_value::<Progress>(progress).ok());
        let made = made.as_ref().and_then(Progress::made);
        let ids = [told("id"), made.map(|id| id.as_str())];
        let is_record = of.is_none_or(|(kind, id)| {
            told("kind") == Some(kind.slug()) && ids.contains(&Some(id.as_str()))
        });
        let is_document = self.document.is_empty()
            || [ids[0], ids[1], told("number")]
                .into_iter()
                .flatten()
                .any(|told| fold::squeezed(told) == self.document);
        let is_of = is_record && is_document;
        if is_of && let Some(intent) = entry.intent.clone() {
            self.made_by.insert(intent);
        }
        is_of
    }
}

/// How many entries there are, and the number of the newest.
fn extent(durable: &Durable, company: &CompanyId) -> Result<(usize, u32), StoreError> {
    durable.reading(|tx| {
        let (all, newest): (i64, Option<u32>) = tx
            .prepare_cached("SELECT count(*), max(seq) FROM audit WHERE company = ?1")?
            .query_row([&company.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((usize::try_from(all).unwrap_or(0), newest.unwrap_or(0)))
    })
}

/// Whether all words of a query stand in an entry, or in what its event is called.
fn says(query: &AuditQuery, entry: &AuditEntry) -> bool {
    if query.words.is_empty() {
        return true;
    }
    let intent = entry.intent.as_ref().map_or("", |id| id.0.as_str());
    let said = fold::words(&format!("{} {intent} {}", entry.event, entry.detail));
    query.words.iter().all(|wanted| {
        wanted.events.contains(&entry.event.as_str()) || said.contains(wanted.word.as_str())
    })
}
