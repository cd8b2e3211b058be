//! Rows by what their columns say: by the index of a column where few rows are as it says, else the newest rows, one
//! after the other, until there are enough.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::slice;

use super::super::super::error::Fault;
use super::super::key::{self, RowId};
use super::super::newest::Newest;
use super::super::states::{Narrow, Part};
use super::labels::Fitting;
use super::queries::{WIDE_BALANCES, WIDE_DUE, WIDE_TOTALS};
use super::{ALL_CANDIDATES, FEW, MOST_CANDIDATES, MOST_LOOKED_UP, Ranges, Search, as_limit};
use crate::search::language::{Cents, Reading};

/// Rows that are gone through in their order, in the box: they lie side by side, so that four of them are had while one
/// is looked up by itself.
const MOST_GONE_THROUGH: usize = 40_000;
/// Rows that are read from an index alone, to be compared with those of another.
const MOST_COMPARED: usize = 60_000;

impl Search<'_> {
    /// Rows of an owner that are in the states that are demanded, counted by the tallies.
    pub(super) fn tallied(&self, owner: i64, narrow: Narrow<'_>) -> Result<usize, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ifnull(sum(n), 0) FROM tally \
             WHERE owner = ?1 AND (?2 = -1 OR status = ?2) AND (?3 = -1 OR stamp = ?3)",
        )?;
        let rows: i64 =
            statement.query_row((owner, narrow.status, narrow.stamp), |row| row.get(0))?;
        Ok(usize::try_from(rows).unwrap_or(0))
    }

    /// Rows that may be gone through in their order.
    pub(super) fn far_reach(&self) -> usize {
        match self.reach {
            ALL_CANDIDATES => ALL_CANDIDATES,
            _ => MOST_GONE_THROUGH,
        }
    }

    /// The ranges, those of the kinds first that have the fewest rows in a state, each with its share of so many rows:
    /// what a small one does not need is left to those behind it.
    pub(super) fn shares<'r>(
        &self,
        ranges: &'r Ranges,
        state: Narrow<'_>,
        rows: usize,
    ) -> Result<Vec<(&'r RangeInclusive<i64>, usize)>, Fault> {
        let mut sized = Vec::with_capacity(ranges.len());
        for range in ranges {
            let owner = RowId(*range.start()).owner();
            sized.push((self.tallied(owner, state)?, range));
        }
        sized.sort_by_key(|(held, _)| *held);
        let (mut left, mut ranges_left) = (rows, sized.len());
        let share = |(held, range): (usize, &'r RangeInclusive<i64>)| {
            let share = left / ranges_left.max(1);
            left -= share.min(held);
            ranges_left -= 1;
            (range, share)
        };
        Ok(sized.into_iter().map(share).collect())
    }

    /// The newest rows of each range that are as the columns demand.
    pub(super) fn newest(
        &mut self,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow<'_>,
    ) -> Result<Vec<RowId>, Fault> {
        if !narrow.is_any() {
            let (newest, is_all) = self.narrowed(None, ranges, narrow, enough)?;
            self.more |= !is_all;
            return Ok(newest.into_rows());
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT key FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?3",
        )?;
        let mut rows = Vec::new();
        for range in ranges {
            let mut found = statement.query((range.start(), range.end(), as_limit(enough)))?;
            while let Some(row) = found.next()? {
                rows.push(RowId(row.get(0)?));
            }
        }
        Ok(rows)
    }

    /// The newest rows that are as the columns demand, of labels that fit where any are asked for; and whether there
    /// are no others, or enough of them.
    pub(super) fn narrowed(
        &mut self,
        mut fitting: Option<&mut Fitting<'_>>,
        ranges: &Ranges,
        narrow: Narrow<'_>,
        enough: usize,
    ) -> Result<(Newest, bool), Fault> {
        let mut newest = Newest::new(enough);
        if let Some(rows) = self.few_by_columns(ranges, narrow)? {
            self.offer_fitting(fitting, &rows, &mut newest)?;
            return Ok((newest, true));
        }
        let was_all = self.go_through(fitting.as_deref_mut(), ranges, narrow, &mut newest)?;
        if was_all || newest.is_full() {
            return Ok((newest, true));
        }
        if let Some(rows) = self.common_by_columns(ranges, narrow)? {
            self.offer_fitting(fitting, &rows, &mut newest)?;
            return Ok((newest, true));
        }
        if narrow.is_owing() {
            for (row, label) in self.latest_due(ranges, narrow)? {
                if self.fits(fitting.as_deref_mut(), label)? {
                    newest.offer(row);
                }
            }
        }
        Ok((newest, false))
    }

    /// Offers those of the rows whose label fits.
    pub(super) fn offer_fitting(
        &mut self,
        mut fitting: Option<&mut Fitting<'_>>,
        rows: &[RowId],
        newest: &mut Newest,
    ) -> Result<(), Fault> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached("SELECT label FROM entry WHERE key = ?1")?;
        for row in rows {
            let fits = match fitting.as_deref_mut() {
                None => true,
                fitting => {
                    let label = statement.query_row([row.0], |found| found.get(0))?;
                    self.fits(fitting, label)?
                }
            };
            if fits {
                newest.offer(*row);
            }
        }
        Ok(())
    }

    /// Goes through the newest rows of each range for those that are as the columns demand and whose label fits. Says
    /// whether there were no others to go through.
    fn go_through(
        &mut self,
        mut fitting: Option<&mut Fitting<'_>>,
        ranges: &Ranges,
        narrow: Narrow<'_>,
        newest: &mut Newest,
    ) -> Result<bool, Fault> {
        let conn = self.conn;
        let (sql, state, reach) = match narrow.gone_through() {
            Some((sql, state)) => (sql, state, self.reach),
            None => (Narrow::IN_ORDER, Narrow::default(), self.far_reach()),
        };
        let mut was_all = true;
        let mut statement = conn.prepare_cached(sql)?;
        for (range, share) in self.shares(ranges, state, reach)? {
            let mut gone = range.clone();
            if let Some((_, due)) = narrow.owed
                && self.holds_more_than(range, state, share)?
            {
                // What has to be paid by a day was hardly written after it.
                let last = key::last_of_day(RowId(*range.start()).owner(), due);
                gone = *range.start()..=last.min(*range.end());
                was_all = false;
            }
            let mut found = statement.query(&*narrow.bound(&gone, &[&as_limit(share)]))?;
            while let Some(row) = found.next()? {
                let fits = self.fits(fitting.as_deref_mut(), row.get(1)?)?;
                if fits && !newest.offer(RowId(row.get(0)?)) {
                    break;
                }
            }
            if was_all && !newest.is_full() {
                was_all = !self.holds_more_than(range, state, share)?;
            }
        }
        Ok(was_all)
    }

    /// All rows that are as the columns demand, where an index knows that few are as one of them does; `None` where
    /// none knows.
    pub(super) fn few_by_columns(
        &self,
        ranges: &Ranges,
        narrow: Narrow<'_>,
    ) -> Result<Option<Vec<RowId>>, Fault> {
        for part in narrow.parts() {
            let is_few = match part.narrow {
                Narrow {
                    total: Some(cents), ..
                } => self.holds_few(WIDE_TOTALS, (cents.from, cents.to))?,
                Narrow {
                    balance: Some(cents),
                    ..
                } => self.holds_few(WIDE_BALANCES, (cents.from, cents.to))?,
                Narrow {
                    owed: Some(days), ..
                } => self.holds_few(WIDE_DUE, days)?,
                state => {
                    let mut held = 0;
                    for range in ranges {
                        held += self.tallied(RowId(*range.start()).owner(), state)?;
                    }
                    held < FEW
                }
            };
            if is_few {
                let (rows, _) = self.rows_of(&part, ranges, FEW)?;
                return Ok(Some(match part.narrow == narrow {
                    true => rows,
                    false => self.those_of(rows, narrow)?,
                }));
            }
        }
        Ok(None)
    }

    /// All rows that are as the columns demand, where each index of two or more lists not too many, and those that stand
    /// in all of them are few: they are brought together without looking up a row.
    fn common_by_columns(
        &self,
        ranges: &Ranges,
        narrow: Narrow<'_>,
    ) -> Result<Option<Vec<RowId>>, Fault> {
        let parts = narrow.parts();
        if parts.len() < 2 {
            return Ok(None);
        }
        let (mut common, mut lists) = (HashSet::new(), 0);
        for part in parts {
            let (rows, is_whole) = self.rows_of(&part, ranges, MOST_COMPARED)?;
            if !is_whole {
                continue;
            }
            lists += 1;
            common = match lists {
                1 => rows.into_iter().collect(),
                _ => rows
                    .into_iter()
                    .filter(|row| common.contains(row))
                    .collect(),
            };
        }
        if lists < 2 || common.len() > FEW {
            return Ok(None);
        }
        Ok(Some(self.those_of(common.into_iter().collect(), narrow)?))
    }

    /// Those of the rows that are as the columns demand.
    fn those_of(&self, mut rows: Vec<RowId>, narrow: Narrow<'_>) -> Result<Vec<RowId>, Fault> {
        // Neighbours lie on one page.
        rows.sort_unstable_by_key(|row| row.0);
        let mut statement = self.conn.prepare_cached(Narrow::OF_ROW)?;
        let mut those = Vec::new();
        for row in rows {
            if statement.exists(&*narrow.bound(&(row.0..=row.0), &[]))? {
                those.push(row);
            }
        }
        Ok(those)
    }

    /// Whether fewer rows than are many lie between two values of an indexed column, in the books of all companies.
    fn holds_few(&self, counted: &'static str, (from, to): (i64, i64)) -> Result<bool, Fault> {
        let mut statement = self.conn.prepare_cached(counted)?;
        let held: i64 = statement.query_row((from, to, as_limit(FEW)), |row| row.get(0))?;
        Ok(held < as_limit(FEW))
    }

    /// The rows of the ranges that an index lists; and whether they are all, because it lists fewer than so many.
    fn rows_of(
        &self,
        part: &Part<'_>,
        ranges: &Ranges,
        most: usize,
    ) -> Result<(Vec<RowId>, bool), Fault> {
        let all = [key::all_of_company(self.company)];
        let mut statement = self.conn.prepare_cached(part.sql)?;
        let (mut rows, mut listed) = (Vec::new(), 0);
        for range in if part.is_by_kind { ranges } else { &all } {
            let left = most.saturating_sub(listed);
            let (from, to) = part.ends;
            let bound = (range.start(), range.end(), from, to, as_limit(left));
            let mut found = statement.query(bound)?;
            while let Some(row) = found.next()? {
                let key = row.get(0)?;
                listed += 1;
                if ranges.iter().any(|range| range.contains(&key)) {
                    rows.push(RowId(key));
                }
            }
        }
        Ok((rows, listed < most))
    }

    /// What is owed and was due latest, of the ranges, as far as may be looked up, each with its label.
    pub(super) fn latest_due(
        &self,
        ranges: &Ranges,
        narrow: Narrow<'_>,
    ) -> Result<Vec<(RowId, i64)>, Fault> {
        // The index of what is owed knows no kinds.
        let all = key::all_of_company(self.company);
        let mut statement = self.conn.prepare_cached(Narrow::LATEST_DUE)?;
        let mut found = statement.query(&*narrow.bound(&all, &[&as_limit(MOST_LOOKED_UP)]))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let key = row.get(0)?;
            if ranges.iter().any(|range| range.contains(&key)) {
                rows.push((RowId(key), row.get(1)?));
            }
        }
        Ok(rows)
    }

    /// Rows whose total or balance lies between amounts that may be far apart. Where they hold more than a keystroke can
    /// look at, the newest rows are gone through instead: many of those are answers, too.
    pub(super) fn by_wide_amount(
        &mut self,
        (counted, listed): (&'static str, &'static str),
        cents: Cents,
        variant: &[&Reading],
        ranges: &Ranges,
        enough: usize,
    ) -> Result<Vec<RowId>, Fault> {
        let narrow = Narrow::of(variant);
        // Also in a list: to go through all rows in their order is quicker than to look many of them up.
        let few = as_limit(MOST_CANDIDATES);
        let held: i64 = self
            .conn
            .prepare_cached(counted)?
            .query_row((cents.from, cents.to, few), |row| row.get(0))?;
        if held >= few {
            return self.newest(ranges, enough, narrow);
        }
        let (all, most) = (key::all_of_company(self.company), self.most());
        self.keys(listed, &narrow.bound(&all, &[&most]), ranges)
    }

    /// Whether a range has more rows in a state than these.
    fn holds_more_than(
        &self,
        range: &RangeInclusive<i64>,
        state: Narrow<'_>,
        rows: usize,
    ) -> Result<bool, Fault> {
        let owner = RowId(*range.start()).owner();
        if self.tallied(owner, state)? <= rows {
            return Ok(false);
        }
        if *range == key::all_of(owner) {
            return Ok(true);
        }
        if let Some(part) = state.parts().first() {
            let (_, is_whole) = self.rows_of(part, slice::from_ref(range), rows + 1)?;
            return Ok(!is_whole);
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT 1 FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1 OFFSET ?3",
        )?;
        Ok(statement.exists((range.start(), range.end(), as_limit(rows)))?)
    }
}
