//! What the fiscal rules said of unstamped documents, kept beside them for lists and counts.
//!
//! This file judges nothing. It hands out what is to be judged together with a [`Basis`], and takes an opinion only
//! while that basis is still what the cache holds: what changed meanwhile is judged again. A verdict goes with anything
//! that it leans on (see `verdicts.sql`), and counts for nothing outside its time or under other rules.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::{Cache, FRAME, Reader, company_of, count, find_row, moment, owner_of, unlike};
use crate::domain::company::{Company, CompanyId};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::verdict::{Judged, Readiness, Verdict};

/// Unstamped documents of a range of which no verdict holds, the newest first.
const UNJUDGED: &str = "SELECT e.key FROM entry AS e LEFT JOIN verdict AS v
     ON v.key = e.key AND v.edition = ?4 AND v.at <= ?3 AND ?3 < v.until
     WHERE e.stamp = 1 AND e.key >= ?1 AND e.key < ?2 AND v.key IS NULL
     ORDER BY e.key DESC LIMIT ?5";

/// An unstamped document that is to be judged, with what it refers to as far as that is here.
#[derive(Clone, Debug)]
pub struct Case {
    /// The document.
    pub record: Record,
    /// Its receiver.
    pub receiver: Option<Record>,
    /// The items of its lines.
    pub items: BTreeMap<Id, Record>,
    /// The invoices that a credit note goes to.
    pub related: BTreeMap<Id, Record>,
    /// What an opinion on it leans on.
    pub basis: Basis,
}

/// What a judgement was made from: rows, and what they held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    document: (RowId, u64),
    supports: Vec<(RowId, u64)>,
}

impl Basis {
    /// Where the search for the next cases goes on.
    pub fn row(&self) -> RowId {
        self.document.0
    }
}

/// A judgement on a case.
#[derive(Clone, Debug)]
pub struct Opinion {
    /// What it was made from.
    pub basis: Basis,
    /// What was said, and until when it holds.
    pub judged: Judged,
}

impl Reader {
    /// Unstamped documents of which no verdict of this edition holds at this moment: at most `limit`, the newest first,
    /// from below the row `before` on.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read; the same holds for every function below.
    pub fn unjudged(
        &self,
        company: &CompanyId,
        kind: Kind,
        (now, edition): (Timestamp, &str),
        before: Option<RowId>,
        limit: usize,
    ) -> Result<Vec<Case>, StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok(Vec::new());
            };
            let range = key::all_of(owner);
            let end = before.map_or(range.end() + 1, |row| row.0);
            let mut statement = tx.prepare_cached(UNJUDGED)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut found =
                statement.query((range.start(), end, now.as_millisecond(), edition, limit))?;
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                rows.push(RowId(row.get(0)?));
            }
            rows.into_iter()
                .filter_map(|row| self.case(tx, company, row).transpose())
                .collect()
        })
    }

    /// The verdicts of this edition that hold at this moment on these documents.
    pub fn judged(
        &self,
        company: &CompanyId,
        kind: Kind,
        ids: &[&Id],
        (now, edition): (Timestamp, &str),
    ) -> Result<BTreeMap<Id, Judged>, StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok(BTreeMap::new());
            };
            let mut statement = tx.prepare_cached(
                "SELECT v.level, v.until FROM entry AS e JOIN verdict AS v ON v.key = e.key
                 WHERE e.owner = ?1 AND e.id = ?2 AND v.edition = ?4 AND v.at <= ?3 AND ?3 < v.until",
            )?;
            let mut judged = BTreeMap::new();
            for id in ids {
                let found = statement
                    .query_row((owner, id.as_str(), now.as_millisecond(), edition), |row| {
                        Ok((row.get(0)?, row.get(1)?))
                    })
                    .optional()?;
                if let Some(verdict) = found.and_then(|(level, until)| read(level, until)) {
                    judged.insert((*id).clone(), verdict);
                }
            }
            Ok(judged)
        })
    }

    /// How the unstamped documents of a kind stand, by the verdicts of this edition that hold at this moment.
    pub fn readiness(
        &self,
        company: &CompanyId,
        kind: Kind,
        (now, edition): (Timestamp, &str),
    ) -> Result<Readiness, StoreError> {
        self.reading(|tx| match owner_of(tx, company, kind)? {
            Some(owner) => standing(tx, owner, (now, edition)),
            None => Ok(Readiness::default()),
        })
    }

    fn case(
        &self,
        tx: &Transaction<'_>,
        company: &CompanyId,
        row: RowId,
    ) -> Result<Option<Case>, Fault> {
        let Some((record, print)) = self.printed(tx, row)? else {
            return Ok(None);
        };
        let mut supports = Vec::new();
        let mut support = |kind, id: &Id| -> Result<Option<Record>, Fault> {
            let Some(row) = find_row(tx, company, kind, id)? else {
                return Ok(None);
            };
            let Some((found, print)) = self.printed(tx, row)? else {
                return Ok(None);
            };
            if !supports.contains(&(row, print)) {
                supports.push((row, print));
            }
            Ok(Some(found))
        };
        let receiver = match record.link(Field::Contact) {
            Some(link) => support(Kind::Customers, &link.id)?,
            None => None,
        };
        let mut items = BTreeMap::new();
        for link in record.lines.iter().filter_map(|line| line.item.as_ref()) {
            if !items.contains_key(&link.id)
                && let Some(item) = support(Kind::InvoiceItems, &link.id)?
            {
                items.insert(link.id.clone(), item);
            }
        }
        let mut related = BTreeMap::new();
        if record.kind == Kind::CreditNotes {
            for allocation in &record.allocations {
                if let (Some(Kind::Invoices), Some(link)) = (allocation.kind, &allocation.document)
                    && let Some(invoice) = support(Kind::Invoices, &link.id)?
                {
                    related.insert(link.id.clone(), invoice);
                }
            }
        }
        for tax in record.lines.iter().flat_map(|line| &line.taxes) {
            support(Kind::TaxRates, &tax.id)?;
        }
        let basis = Basis {
            document: (row, print),
            supports,
        };
        Ok(Some(Case {
            record,
            receiver,
            items,
            related,
            basis,
        }))
    }

    /// A record with a fingerprint of the frame that it was read from.
    fn printed(&self, tx: &Transaction<'_>, row: RowId) -> Result<Option<(Record, u64)>, Fault> {
        let mut statement = tx.prepare_cached(FRAME)?;
        let mut rows = statement.query([row.0])?;
        match rows.next()? {
            Some(row) => {
                let frame = row.get_ref(0)?.as_blob().map_err(unlike)?;
                let record = self.unpacker.borrow_mut().record(frame)?;
                Ok(Some((record, print_of(frame))))
            }
            None => Ok(None),
        }
    }
}

impl Cache {
    /// Keeps opinions that were formed at `at` by an edition of the rules about this issuer, and gives how many. One
    /// whose basis is not what the cache holds any more is dropped.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing of the call is written then.
    pub fn put_opinions(
        &mut self,
        company: &Company,
        opinions: &[Opinion],
        (at, edition): (Timestamp, &str),
    ) -> Result<usize, StoreError> {
        self.writing(|_, tx| {
            if company_of(tx, &company.id)?.as_ref() != Some(company) {
                return Ok(0);
            }
            let mut kept = 0;
            for opinion in opinions {
                if stands(tx, &opinion.basis)? {
                    put(tx, opinion, at, edition)?;
                    kept += 1;
                }
            }
            Ok(kept)
        })
    }
}

/// How the unstamped documents of an owner stand.
pub(super) fn standing(
    conn: &Connection,
    owner: i64,
    (now, edition): (Timestamp, &str),
) -> Result<Readiness, Fault> {
    let mut readiness = Readiness::default();
    let range = key::all_of(owner);
    let mut statement = conn.prepare_cached(
        "SELECT v.level, count(*), min(v.until) FROM entry AS e LEFT JOIN verdict AS v
         ON v.key = e.key AND v.edition = ?4 AND v.at <= ?3 AND ?3 < v.until
         WHERE e.stamp = 1 AND e.key BETWEEN ?1 AND ?2 GROUP BY v.level",
    )?;
    let now = now.as_millisecond();
    let mut rows = statement.query((range.start(), range.end(), now, edition))?;
    while let Some(row) = rows.next()? {
        let documents = count(row.get(1)?);
        match row.get::<_, Option<i64>>(0)?.and_then(verdict_of) {
            Some(Verdict::Ok) => readiness.ready += documents,
            Some(Verdict::Warning) => readiness.warnings += documents,
            Some(Verdict::Error) => readiness.errors += documents,
            None => readiness.unjudged += documents,
        }
        let until = moment(row.get(2)?);
        readiness.until = [readiness.until, until].into_iter().flatten().min();
    }
    Ok(readiness)
}

/// Whether every row of a basis still holds what was judged.
fn stands(conn: &Connection, basis: &Basis) -> Result<bool, Fault> {
    let mut statement = conn.prepare_cached(FRAME)?;
    for (row, print) in [&basis.document].into_iter().chain(&basis.supports) {
        let mut rows = statement.query([row.0])?;
        let same = match rows.next()? {
            Some(found) => print_of(found.get_ref(0)?.as_blob().map_err(unlike)?) == *print,
            None => false,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

fn put(tx: &Connection, opinion: &Opinion, at: Timestamp, edition: &str) -> Result<(), Fault> {
    let document = opinion.basis.row().0;
    tx.prepare_cached("DELETE FROM verdict WHERE key = ?1")?
        .execute([document])?;
    tx.prepare_cached(
        "INSERT INTO verdict (key, level, at, until, edition) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        document,
        level_of(opinion.judged.verdict),
        at.as_millisecond(),
        opinion.judged.until.as_millisecond(),
        edition,
    ))?;
    let mut lean = tx.prepare_cached("INSERT INTO leaning (support, key) VALUES (?1, ?2)")?;
    for (support, _) in &opinion.basis.supports {
        lean.execute((support.0, document))?;
    }
    Ok(())
}

/// Compared within one run only, so that the hash may be any.
fn print_of(frame: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    frame.hash(&mut hasher);
    hasher.finish()
}

fn level_of(verdict: Verdict) -> i64 {
    match verdict {
        Verdict::Ok => 0,
        Verdict::Warning => 1,
        Verdict::Error => 2,
    }
}

fn verdict_of(level: i64) -> Option<Verdict> {
    [Verdict::Ok, Verdict::Warning, Verdict::Error]
        .into_iter()
        .find(|verdict| level_of(*verdict) == level)
}

fn read(level: i64, until: i64) -> Option<Judged> {
    Some(Judged {
        verdict: verdict_of(level)?,
        until: moment(Some(until))?,
    })
}
