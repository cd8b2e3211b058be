//! The audit log: what was done in whose books, entry after entry, each sealed with a hash over all before it.
//!
//! A changed, removed or inserted entry is found by [`Durable::verify_audit`]. What is cut off at the end is not found
//! by the log alone: that is why the hash of the last entry can be read and kept elsewhere.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction};
use sha2::{Digest, Sha256};

use super::super::error::{Fault, StoreError};
use super::Durable;
use crate::domain::company::CompanyId;
use crate::domain::intent::IntentId;
use crate::search::fold;

/// Something that was done, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// In whose books.
    pub company: CompanyId,
    /// When.
    pub at: Timestamp,
    /// What, as a stable word (`stamp-sent`).
    pub event: String,
    /// Of which act, where it is of one.
    pub intent: Option<IntentId>,
    /// Everything else, as JSON text; never a secret.
    pub detail: String,
}

/// An entry as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number within the company, from 1 on.
    pub seq: u32,
    /// What it says.
    pub entry: AuditEntry,
    /// Hash over it and all before it.
    pub hash: [u8; HASH],
}

/// Which entries are looked for. What is empty leaves everything in; the rest must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Not before this moment.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// With this beginning of the event (`stamp`, `stamp-refused`).
    pub event: String,
    /// Of the document with this id, or this serie and folio.
    pub document: String,
    /// With all these words anywhere in it, as people type them.
    pub text: String,
}

impl AuditQuery {
    /// Whether an entry is one of those.
    fn holds(&self, row: &AuditRow) -> bool {
        let entry = &row.entry;
        let in_time = self.since.is_none_or(|since| since <= entry.at)
            && self.until.is_none_or(|until| entry.at < until);
        let has_event = entry.event.starts_with(self.event.trim());
        in_time && has_event && self.is_of(entry) && self.says(entry)
    }

    fn is_of(&self, entry: &AuditEntry) -> bool {
        let wanted = fold::squeezed(&self.document);
        if wanted.is_empty() {
            return true;
        }
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        ["id", "number"].into_iter().any(|name| {
            let told = detail.get(name).and_then(serde_json::Value::as_str);
            told.is_some_and(|told| fold::squeezed(told) == wanted)
        })
    }

    fn says(&self, entry: &AuditEntry) -> bool {
        let wanted = fold::words(&self.text);
        if wanted.is_empty() {
            return true;
        }
        let intent = entry.intent.as_ref().map_or("", |id| id.0.as_str());
        let said = fold::words(&format!("{} {intent} {}", entry.event, entry.detail));
        wanted.split_whitespace().all(|word| said.contains(word))
    }
}

/// What a verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The log is whole.
    Whole {
        /// How many entries it has.
        entries: u32,
        /// Hash of the last one; all zeros for an empty log.
        head: [u8; HASH],
    },
    /// The log was tampered with.
    Broken {
        /// Number of the first entry that is not what it should be.
        at: u32,
    },
}

/// Bytes of a SHA-256.
const HASH: usize = 32;

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
    ) -> Result<Vec<AuditRow>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT company, seq, at, event, intent, detail, hash FROM audit
                 WHERE company = ?1 ORDER BY seq DESC LIMIT ?2",
            )?;
            let mut rows = statement.query((&company.0, limit))?;
            let mut tail = Vec::new();
            while let Some(row) = rows.next()? {
                tail.push(read(row)?);
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
    ) -> Result<Vec<AuditRow>, StoreError> {
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT company, seq, at, event, intent, detail, hash FROM audit
                 WHERE company = ?1 ORDER BY seq DESC",
            )?;
            let mut rows = statement.query([&company.0])?;
            let mut found = Vec::new();
            while found.len() < limit
                && let Some(row) = rows.next()?
            {
                let row = read(row)?;
                if query.holds(&row) {
                    found.push(row);
                }
            }
            Ok(found)
        })
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
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT company, seq, at, event, intent, detail, hash FROM audit
                 WHERE company = ?1 ORDER BY seq",
            )?;
            let mut rows = statement.query([&company.0])?;
            let (mut entries, mut head) = (0, [0; HASH]);
            while let Some(row) = rows.next()? {
                let due = entries + 1;
                let Ok(row) = read(row) else {
                    return Ok(Verdict::Broken { at: due });
                };
                if row.seq != due || row.hash != seal(&head, row.seq, &row.entry) {
                    return Ok(Verdict::Broken { at: due });
                }
                (entries, head) = (due, row.hash);
            }
            Ok(Verdict::Whole { entries, head })
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
