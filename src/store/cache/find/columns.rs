//! Rows by what their columns say: by the index of a column where few rows are as it says, else the newest rows, one
//! after the other, until there are enough.

use std::ops::RangeInclusive;

use super::super::super::error::Fault;
use super::super::key::{self, RowId};
use super::super::states::Narrow;
use super::queries::{WIDE_BALANCES, WIDE_DUE, WIDE_TOTALS};
use super::{ALL_CANDIDATES, FEW, MOST_CANDIDATES, Ranges, Search, as_limit};
use crate::search::language::{Cents, Reading};

/// Rows that are gone through in their order, in the box: they lie side by side, so that four of them are had while one
/// is looked up by itself.
const MOST_GONE_THROUGH: usize = 40_000;

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

    /// The ranges, those of the smallest kinds first, each with its share of so many rows: what a small one does not
    /// need is left to those behind it.
    pub(super) fn shares<'r>(
        &self,
        ranges: &'r Ranges,
        rows: usize,
    ) -> Result<Vec<(&'r RangeInclusive<i64>, usize)>, Fault> {
        let mut sized = Vec::with_capacity(ranges.len());
        for range in ranges {
            let owner = RowId(*range.start()).owner();
            sized.push((self.tallied(owner, Narrow::default())?, range));
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
        if let Some(rows) = self.few_by_columns(ranges, narrow)? {
            return Ok(rows);
        }
        if let Some(sql) = narrow.listed() {
            return self.listed(sql, ranges, enough, narrow);
        }
        if !narrow.is_any() {
            return self.through_columns(ranges, enough, narrow);
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

    /// All rows that are as the columns demand, where an index knows that they are few; `None` where none does.
    pub(super) fn few_by_columns(
        &self,
        ranges: &Ranges,
        narrow: Narrow<'_>,
    ) -> Result<Option<Vec<RowId>>, Fault> {
        let all = key::all_of_company(self.company);
        let mut by_all = None;
        if let Some(cents) = narrow.total
            && self.holds_few(WIDE_TOTALS, (cents.from, cents.to))?
        {
            by_all = Some(Narrow::OF_TOTALS);
        } else if let Some(cents) = narrow.balance.filter(|cents| !cents.hold(0))
            && self.holds_few(WIDE_BALANCES, (cents.from, cents.to))?
        {
            by_all = Some(Narrow::OF_BALANCES);
        } else if let Some(days) = narrow.owed
            && self.holds_few(WIDE_DUE, days)?
        {
            by_all = Some(Narrow::OWING);
        }
        if let Some(sql) = by_all {
            let mut rows = self.rows_between(sql, &all, narrow, FEW)?;
            rows.retain(|row| ranges.iter().any(|range| range.contains(&row.0)));
            return Ok(Some(rows));
        }
        let Some(sql) = narrow.listed() else {
            return Ok(None);
        };
        let mut held = 0;
        for range in ranges {
            held += self.tallied(RowId(*range.start()).owner(), narrow)?;
        }
        if held > FEW {
            return Ok(None);
        }
        let mut rows = Vec::new();
        for range in ranges {
            rows.extend(self.rows_between(sql, range, narrow, FEW)?);
        }
        Ok(Some(rows))
    }

    /// Whether fewer rows than are many lie between two values of an indexed column, in the books of all companies.
    fn holds_few(&self, counted: &'static str, (from, to): (i64, i64)) -> Result<bool, Fault> {
        let mut statement = self.conn.prepare_cached(counted)?;
        let held: i64 = statement.query_row((from, to, as_limit(FEW)), |row| row.get(0))?;
        Ok(held < as_limit(FEW))
    }

    /// Rows between two keys that a statement lists.
    fn rows_between(
        &self,
        sql: &'static str,
        range: &RangeInclusive<i64>,
        narrow: Narrow<'_>,
        most: usize,
    ) -> Result<Vec<RowId>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut found = statement.query(&*narrow.bound(range, &[&as_limit(most)]))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(RowId(row.get(0)?));
        }
        Ok(rows)
    }

    /// The newest rows of each range in a state that few are in, by the index that lists them.
    fn listed(
        &self,
        sql: &'static str,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow<'_>,
    ) -> Result<Vec<RowId>, Fault> {
        let mut rows = Vec::new();
        for range in ranges {
            rows.extend(self.rows_between(sql, range, narrow, enough)?);
        }
        Ok(rows)
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
        let mut found = statement.query(&*narrow.bound(&all, &[&as_limit(MOST_CANDIDATES)]))?;
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

    /// Goes through the newest rows of each range for those that are as the columns demand, and says where it gave up.
    fn through_columns(
        &mut self,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow<'_>,
    ) -> Result<Vec<RowId>, Fault> {
        let mut statement = self.conn.prepare_cached(Narrow::IN_ORDER)?;
        let (mut rows, mut gave_up) = (Vec::new(), false);
        for (range, share) in self.shares(ranges, self.far_reach())? {
            let before = rows.len();
            let mut found = statement.query(&*narrow.bound(range, &[&as_limit(share)]))?;
            while rows.len() - before < enough
                && let Some(row) = found.next()?
            {
                rows.push(RowId(row.get(0)?));
            }
            if rows.len() - before < enough {
                gave_up |= self.holds_more_than(range, share)?;
            }
        }
        if gave_up && narrow.is_owing() {
            let due = self.latest_due(ranges, narrow)?;
            rows.extend(due.into_iter().map(|(row, _)| row));
        }
        self.more |= gave_up;
        Ok(rows)
    }

    /// Whether a range has more rows than these.
    fn holds_more_than(&self, range: &RangeInclusive<i64>, rows: usize) -> Result<bool, Fault> {
        let owner = RowId(*range.start()).owner();
        if self.tallied(owner, Narrow::default())? <= rows {
            return Ok(false);
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT 1 FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1 OFFSET ?3",
        )?;
        Ok(statement.exists((range.start(), range.end(), as_limit(rows)))?)
    }
}
