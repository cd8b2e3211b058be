//! Documents by the name, the RFC or the code that they bear: labels from the full-text index, then the newest of their
//! documents.
//!
//! There are several ways from a name to its documents, and which is short depends on what else is asked: by each name,
//! where few documents bear it; by the other columns, where few are as they say; else through the newest documents,
//! until there are enough of these names.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::super::super::error::Fault;
use super::super::key::RowId;
use super::super::newest::Newest;
use super::super::states::Narrow;
use super::queries::label_query;
use super::{ALL_CANDIDATES, FEW, MOST_LOOKED_UP, Ranges, Search, as_limit};
use crate::domain::kind::Kind;
use crate::search::facts::Facts;
use crate::search::language::Reading;

/// Labels whose documents are looked up one label after the other; where more fit, the newest documents are gone through
/// first, because so many names are borne by many of them.
const MOST_LABELS: usize = 256;
/// Labels that are known by their numbers; of more than these each is read where a document bears it.
const MOST_KNOWN: usize = 60_000;
/// Labels of many whose newest documents are taken where the newest of all did not do.
const MOST_TAKEN: usize = 1_000;
/// The same where they have to be looked up for a column as well.
const MOST_TAKEN_NARROWED: usize = 64;

/// Labels that fit what was typed.
pub(super) struct Fitting<'v> {
    variant: &'v [&'v Reading],
    /// Their numbers, the highest first; all of them, or [`MOST_KNOWN`].
    known: Vec<i64>,
    /// Those that were read because not all are known.
    read: HashMap<i64, bool>,
}

/// The newest rows of some labels.
struct Borne {
    /// The newest first.
    rows: Vec<RowId>,
    /// From which on older ones may be missing, as [`RowId::recency`] tells it; none where they are all.
    missing: Option<i64>,
}

impl Search<'_> {
    /// The newest rows whose names, RFCs and codes are what the variant says.
    pub(super) fn by_labels(
        &mut self,
        variant: &[&Reading],
        ranges: &Ranges,
        enough: usize,
    ) -> Result<Vec<RowId>, Fault> {
        let narrow = Narrow::of(variant);
        let mut fitting = Fitting {
            variant,
            known: self.labels_of(&label_query(variant))?,
            read: HashMap::new(),
        };
        let are_few = fitting.known.len() <= MOST_LABELS;
        if are_few {
            let borne = self.borne_by(&fitting.known, ranges)?;
            if narrow.is_any() {
                // Of each label there are as many as are shown; only who judges more of them may miss one.
                self.more |= borne.missing.is_some() && enough > self.limit + 1;
                return Ok(borne.rows);
            }
            if (borne.missing.is_some() || borne.rows.len() > FEW)
                && let Some(few) = self.few_by_columns(ranges, narrow)?
            {
                let mut newest = Newest::new(enough);
                self.offer_fitting(Some(&mut fitting), &few, &mut newest)?;
                return Ok(newest.into_rows());
            }
            return self.narrowed_of(borne, narrow, enough, MOST_LOOKED_UP);
        }
        let (mut newest, is_all) = self.narrowed(Some(&mut fitting), ranges, narrow, enough)?;
        self.more |= !is_all;
        // What was due latest was looked at already.
        if !is_all && !narrow.is_owing() {
            let most = match narrow.is_any() {
                true => MOST_TAKEN,
                false => MOST_TAKEN_NARROWED,
            };
            let known = &fitting.known;
            let borne = self.borne_by(known.get(..most).unwrap_or(known), ranges)?;
            let rows = match narrow.is_any() {
                true => borne.rows,
                false => self.narrowed_of(borne, narrow, enough, MOST_LOOKED_UP / 2)?,
            };
            for row in rows {
                newest.offer(row);
            }
        }
        Ok(newest.into_rows())
    }

    /// Labels that answer a full-text query, the highest first, no more than are known by their numbers.
    fn labels_of(&self, words: &str) -> Result<Vec<i64>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT rowid FROM word WHERE word MATCH ?1 AND rowid BETWEEN ?2 << 40 AND ((?2 + 1) << 40) - 1
             ORDER BY rowid DESC LIMIT ?3",
        )?;
        let mut rows = statement.query((words, self.company, as_limit(MOST_KNOWN)))?;
        let mut labels = Vec::new();
        while let Some(row) = rows.next()? {
            labels.push(row.get(0)?);
        }
        Ok(labels)
    }

    /// The newest rows of each of these labels, by their index alone.
    fn borne_by(&self, labels: &[i64], ranges: &Ranges) -> Result<Borne, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key FROM entry INDEXED BY entry_by_label \
             WHERE label = ?1 AND label > 0 AND key BETWEEN ?2 AND ?3 ORDER BY key DESC LIMIT ?4",
        )?;
        let share = (self.reach / labels.len().max(1)).max(self.limit + 1);
        let (mut rows, mut missing) = (Vec::new(), None);
        let first = ranges.iter().map(RangeInclusive::start).min();
        let last = ranges.iter().map(RangeInclusive::end).max();
        let Some((first, last)) = first.zip(last) else {
            return Ok(Borne { rows, missing });
        };
        let mut take = |label: &i64, first: &i64, last: &i64| -> Result<Vec<RowId>, Fault> {
            let mut found = statement.query((label, first, last, as_limit(share)))?;
            let mut taken = Vec::new();
            while let Some(row) = found.next()? {
                taken.push(RowId(row.get(0)?));
            }
            Ok(taken)
        };
        for label in labels {
            // Most names are borne by few documents: those of all kinds are had at once.
            let all = take(label, first, last)?;
            if all.len() < share {
                let is_asked = |row: &RowId| ranges.iter().any(|range| range.contains(&row.0));
                rows.extend(all.into_iter().filter(is_asked));
                continue;
            }
            for range in ranges {
                let some = take(label, range.start(), range.end())?;
                if some.len() == share {
                    missing = missing.max(some.last().map(|oldest| oldest.recency()));
                }
                rows.extend(some);
            }
        }
        rows.sort_unstable_by_key(|row| Reverse((row.recency(), row.0)));
        Ok(Borne { rows, missing })
    }

    /// The first rows of these that are as the columns demand, as many as are enough, found among the first `most`.
    fn narrowed_of(
        &mut self,
        borne: Borne,
        narrow: Narrow<'_>,
        enough: usize,
        most: usize,
    ) -> Result<Vec<RowId>, Fault> {
        let most = match self.reach {
            ALL_CANDIDATES => ALL_CANDIDATES,
            _ => most,
        };
        let mut statement = self.conn.prepare_cached(Narrow::OF_ROW)?;
        let mut rows = Vec::new();
        for row in borne.rows.iter().take(most) {
            if statement.exists(&*narrow.bound(&(row.0..=row.0), &[]))? {
                rows.push(*row);
                if rows.len() == enough {
                    // What may be missing is older than all of these.
                    self.more |= borne.missing.is_some_and(|from| row.recency() < from);
                    return Ok(rows);
                }
            }
        }
        self.more |= borne.missing.is_some() || borne.rows.len() > most;
        Ok(rows)
    }

    /// Whether a label is one of those that fit; where none are asked for, each does.
    pub(super) fn fits(
        &mut self,
        fitting: Option<&mut Fitting<'_>>,
        label: i64,
    ) -> Result<bool, Fault> {
        let Some(fitting) = fitting else {
            return Ok(true);
        };
        let by_number = |known: &i64| label.cmp(known);
        if fitting.known.binary_search_by(by_number).is_ok() {
            return Ok(true);
        }
        if fitting.known.len() < MOST_KNOWN {
            return Ok(false);
        }
        if let Some(fits) = fitting.read.get(&label) {
            return Ok(*fits);
        }
        let fits = self.label_fits(label, fitting.variant)?;
        fitting.read.insert(label, fits);
        Ok(fits)
    }

    fn label_fits(&mut self, label: i64, variant: &[&Reading]) -> Result<bool, Fault> {
        // Whether the kind is one that is forgiven its slips is judged where the row is.
        let mut facts = Facts {
            kind: Some(Kind::Customers),
            ..Facts::default()
        };
        self.name(&mut facts, label)?;
        Ok(variant
            .iter()
            .filter(|reading| is_of_label(reading))
            .all(|reading| reading.holds(&facts)))
    }
}

fn is_of_label(reading: &Reading) -> bool {
    matches!(
        reading,
        Reading::Rfc(_)
            | Reading::Code(_)
            | Reading::Name(_)
            | Reading::Like(_)
            | Reading::NearRfc(_)
    )
}
