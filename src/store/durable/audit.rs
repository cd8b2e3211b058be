//! The audit log: what was done in whose books, entry after entry, each sealed with a hash over all before it.
//!
//! A changed, removed or inserted entry is found by [`Durable::verify_audit`]. What is cut off at the end is not found
//! by the log alone: that is why the hash of the last entry can be read and kept elsewhere.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction};
use sha2::{Digest, Sha256};

use super::super::error::{Fault, StoreError};
use super::Durable;
use super::scan::AuditScan;
use crate::domain::audit::{AuditEntry, AuditLine, AuditQuery, AuditRow, HASH, Verdict};
use crate::domain::company::CompanyId;
use crate::domain::intent::IntentId;

/// Entries that are read in one go where all are wanted.
const STRETCH: usize = 2_000;

/// How far a verification has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// So many entries are what they should be; more follow.
    SoFar {
        /// How many.
        entries: u32,
        /// Hash of the last of them.
        head: [u8; HASH],
    },
    /// There is no more.
    Over(Verdict),
}

impl Durable {
    /// Appends an entry, and gives it as it stands in the log.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing was appended then.
    pub fn audit(&mut self, entry: &AuditEntry) -> Result<AuditRow, StoreError> {
        self.writing(|tx| append(tx, entry))
            .map_err(|fault| fault.at(&self.path))
    }

    /// The latest entries of a company, newest first.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn audit_tail(
        &self,
        company: &CompanyId,
        limit: usize,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT company, seq, at, event, intent, detail, hash FROM audit
                 WHERE company = ?1 ORDER BY seq DESC LIMIT ?2",
            )?;
            let mut rows = statement.query((&company.0, limit))?;
            let mut tail = Vec::new();
            while let Some(row) = rows.next()? {
                tail.push(line(row)?);
            }
            Ok(tail)
        })
    }

    /// The entries of a company that a query leaves in, newest first, at most so many.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn audit_find(
        &self,
        company: &CompanyId,
        query: &AuditQuery,
        limit: usize,
    ) -> Result<Vec<AuditLine>, StoreError> {
        let mut scan = AuditScan::begin(self, company, query.clone())?;
        while !scan.is_over() && scan.found() < limit {
            scan.advance(self, STRETCH)?;
        }
        scan.rows(self, 0, limit)
    }

    /// How many stamps that this program asked for were given since a moment: what it spent.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn stamped_since(
        &self,
        company: &CompanyId,
        since: Timestamp,
    ) -> Result<usize, StoreError> {
        // Without the sign of the zone behind it, so that what has a fraction of that very second comes after it too.
        let since = since.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        self.reading(|tx| {
            let count: i64 = tx
                .prepare_cached(
                    "SELECT count(*) FROM audit
                     WHERE company = ?1 AND at >= ?2
                       AND (event IN ('stamp-adopted', 'issue-adopted')
                         OR (event = 'issue-decided' AND detail ->> 'uuid' IS NOT NULL))",
                )?
                .query_row((&company.0, since), |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or(0))
        })
    }

    /// Checks the whole log of a company, entry by entry.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read. A log that is not whole is no error but a [`Verdict`].
    pub fn verify_audit(&self, company: &CompanyId) -> Result<Verdict, StoreError> {
        let (mut entries, mut head) = (0, [0; HASH]);
        loop {
            match self.verify_some(company, entries, head, STRETCH)? {
                Checked::SoFar {
                    entries: checked,
                    head: last,
                } => (entries, head) = (checked, last),
                Checked::Over(verdict) => return Ok(verdict),
            }
        }
    }

    /// Checks so many entries more, behind those that are known to be whole: a long log is checked in stretches, so that
    /// nothing that has to be written waits for it.
    ///
    /// # Errors
    /// As [`Durable::verify_audit`].
    pub fn verify_some(
        &self,
        company: &CompanyId,
        entries: u32,
        head: [u8; HASH],
        at_most: usize,
    ) -> Result<Checked, StoreError> {
        let limit = i64::try_from(at_most).unwrap_or(i64::MAX);
        self.reading(|tx| {
            // Nothing stands before the first entry; what somebody put there is found, too.
            let mut statement = tx.prepare_cached(
                "SELECT company, seq, at, event, intent, detail, hash FROM audit
                 WHERE company = ?1 AND (seq > ?2 OR ?2 = 0) ORDER BY seq LIMIT ?3",
            )?;
            let mut rows = statement.query((&company.0, entries, limit))?;
            let (mut entries, mut head, mut seen) = (entries, head, 0);
            while let Some(row) = rows.next()? {
                let due = entries + 1;
                let broken = Checked::Over(Verdict::Broken { at: due });
                let Ok(row) = read(row) else {
                    return Ok(broken);
                };
                if row.seq != due || row.hash != seal(&head, row.seq, &row.entry) {
                    return Ok(broken);
                }
                (entries, head, seen) = (due, row.hash, seen + 1);
            }
            Ok(match seen < at_most {
                true => Checked::Over(Verdict::Whole { entries, head }),
                false => Checked::SoFar { entries, head },
            })
        })
    }
}

/// Appends an entry within a change that is under way.
pub(super) fn append(tx: &Transaction<'_>, entry: &AuditEntry) -> Result<AuditRow, Fault> {
    let last = tx
        .prepare_cached("SELECT seq, hash FROM audit WHERE company = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([&entry.company.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (last_seq, last_hash): (u32, [u8; HASH]) = last.unwrap_or((0, [0; HASH]));
    let seq = last_seq + 1;
    let hash = seal(&last_hash, seq, entry);
    tx.prepare_cached(
        "INSERT INTO audit (company, seq, at, event, intent, detail, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        &entry.company.0,
        seq,
        entry.at.to_string(),
        &entry.event,
        entry.intent.as_ref().map(|id| &id.0),
        &entry.detail,
        hash,
    ))?;
    Ok(AuditRow {
        seq,
        entry: entry.clone(),
        hash,
    })
}

/// What stands at a place. What was damaged there is no error: the rest of the log is read all the same.
pub(super) fn line(row: &Row<'_>) -> Result<AuditLine, Fault> {
    Ok(match read(row) {
        Ok(entry) => AuditLine::Entry(entry),
        Err(_) => AuditLine::Unreadable { seq: row.get(1)? },
    })
}

fn read(row: &Row<'_>) -> Result<AuditRow, Fault> {
    let at: String = row.get(2)?;
    let at = at
        .parse()
        .map_err(|error: jiff::Error| Fault::Unreadable(error.to_string()))?;
    Ok(AuditRow {
        seq: row.get(1)?,
        entry: AuditEntry {
            company: CompanyId(row.get(0)?),
            at,
            event: row.get(3)?,
            intent: row.get::<_, Option<String>>(4)?.map(IntentId),
            detail: row.get(5)?,
        },
        hash: row.get(6)?,
    })
}

/// The hash of an entry that follows one with the hash `before`. Each part goes in with its length, so that nothing
/// can move from one to the next unseen.
fn seal(before: &[u8; HASH], seq: u32, entry: &AuditEntry) -> [u8; HASH] {
    let at = entry.at.to_string();
    let intent = entry.intent.as_ref().map_or("", |id| id.0.as_str());
    let parts = [&entry.company.0, &at, &entry.event, intent, &entry.detail];
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(seq.to_le_bytes());
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}
