//! The search: candidates from the indexes, judged by [`crate::search`].
//!
//! A query is taken apart into variants, one reading per word, because every variant has one index that answers it
//! best: `11600 mar` is "total of 11,600 in March", "folio 11600 in March", "total of 11,600 of somebody named Mar…".
//! An index only proposes. Whether a row is an answer, and why, is said by [`Query::explain`] alone, so that no index
//! can bring a wrong row up.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use rusqlite::{Connection, ToSql};

use super::super::error::{Fault, StoreError};
use super::key::{self, RowId};
use super::newest::Newest;
use super::states::{Narrow, narrowed};
use super::{Reader, company_number, entry, lists};
use crate::domain::company::CompanyId;
use crate::domain::kind::Kind;
use crate::domain::list::{Hit, MOST_FOUND, Match};
use crate::search::facts::{Facts, Folio};
use crate::search::language::{Cents, Query, Reading, State, UuidPart};
use crate::search::ranking::{Standing, rank};

/// Variants of one query; words beyond are only judged, not looked up.
const MOST_VARIANTS: usize = 40;
/// Rows that one variant may propose before it gives up: what bounds a keystroke.
const MOST_CANDIDATES: usize = 10_000;
/// Names whose documents are looked up one name after the other; where more match, the newest documents are gone
/// through instead, because so many names are borne by many of them.
const MOST_LABELS: usize = 256;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The hits, the most telling and newest first.
    pub hits: Vec<Hit>,
    /// Whether there may be more than these.
    pub more: bool,
}

impl Reader {
    /// Finds what was typed among the records of some kinds, at most `limit` of them.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn find(
        &self,
        company: &CompanyId,
        query: &Query,
        kinds: &[Kind],
        limit: usize,
    ) -> Result<Found, StoreError> {
        self.reading(|tx| {
            let Some(number) = company_number(tx, company)? else {
                return Ok(Found::default());
            };
            if query.is_empty() || limit == 0 {
                return Ok(Found::default());
            }
            let mut present = lists::kinds_present(tx, number)?;
            present.retain(|kind| kinds.contains(kind));
            let mut search = Search {
                conn: tx,
                company: number,
                owners: present
                    .into_iter()
                    .map(|kind| key::owner(number, kind))
                    .collect(),
                query,
                limit,
                labels: HashMap::new(),
                judged: HashSet::new(),
                standings: Vec::new(),
                more: false,
            };
            for variant in variants(query) {
                search.run(&variant)?;
            }
            search
                .standings
                .sort_unstable_by_key(|(standing, ..)| *standing);
            let more = search.more || search.standings.len() > limit;
            search.standings.truncate(limit);
            let rows: Vec<RowId> = search.standings.iter().map(|(_, row, _)| *row).collect();
            let reasons = search.standings.into_iter().map(|(_, _, why)| why);
            let hits = self
                .records(tx, &rows)?
                .into_iter()
                .zip(reasons)
                .map(|(record, why)| Hit { record, why })
                .collect();
            Ok(Found { hits, more })
        })
    }
}

/// The rows of one owner that answer a query, in no order, at most [`MOST_FOUND`] of them.
pub(super) fn rows_of(conn: &Connection, owner: i64, query: &Query) -> Result<Vec<RowId>, Fault> {
    let mut search = Search {
        conn,
        company: owner >> key::KIND_BITS,
        owners: vec![owner],
        query,
        limit: MOST_FOUND,
        labels: HashMap::new(),
        judged: HashSet::new(),
        standings: Vec::new(),
        more: false,
    };
    for variant in variants(query) {
        search.run(&variant)?;
    }
    let mut rows: Vec<RowId> = search
        .standings
        .into_iter()
        .map(|(_, row, _)| row)
        .collect();
    rows.truncate(MOST_FOUND);
    Ok(rows)
}

/// One reading of each word that is looked up, the most selective first.
type Variant<'q> = Vec<&'q Reading>;

/// All combinations of readings, of as many words as give no more than [`MOST_VARIANTS`] of them.
fn variants(query: &Query) -> Vec<Variant<'_>> {
    let mut terms: Vec<&[Reading]> = query
        .terms
        .iter()
        .map(|term| term.readings.as_slice())
        .collect();
    terms.sort_by_key(|readings| readings.iter().map(breadth).max());
    let mut variants: Vec<Variant<'_>> = vec![Vec::new()];
    for readings in terms {
        if variants.len() * readings.len() > MOST_VARIANTS {
            break;
        }
        variants = variants
            .iter()
            .flat_map(|variant| {
                readings.iter().map(move |reading| {
                    let mut longer = variant.clone();
                    longer.push(reading);
                    longer
                })
            })
            .collect();
    }
    for variant in &mut variants {
        variant.sort_by_key(|reading| breadth(reading));
    }
    variants
}

/// How many rows a reading is likely to propose; the narrowest of a variant leads.
fn breadth(reading: &Reading) -> usize {
    match reading {
        Reading::Uuid(_) => 0,
        Reading::Folio(_) => 1,
        Reading::Total(_) => 2,
        Reading::BeforeTax(_) => 3,
        Reading::Rfc(_) => 4,
        Reading::Code(_) => 5,
        Reading::Name(_) => 6,
        Reading::State(_) => 7,
        Reading::Period { .. } => 8,
        Reading::Kind(_) => 9,
    }
}

/// Folded name, RFC and codes of a label.
#[derive(Clone, Default)]
struct Label {
    name: String,
    rfc: String,
    codes: String,
}

struct Search<'a> {
    conn: &'a Connection,
    company: i64,
    owners: Vec<i64>,
    query: &'a Query,
    limit: usize,
    labels: HashMap<i64, Label>,
    judged: HashSet<RowId>,
    standings: Vec<(Standing, RowId, Vec<Match>)>,
    more: bool,
}

impl Search<'_> {
    /// Proposes the rows of a variant, newest first, and judges them until there are enough.
    fn run(&mut self, variant: &[&Reading]) -> Result<(), Fault> {
        let Some((lead, _)) = variant.split_first() else {
            return Ok(());
        };
        let Some(ranges) = self.ranges(variant) else {
            return Ok(());
        };
        // Words that no variant looks up are left to the judge, who may then need many candidates for one hit.
        let enough = if variant.len() == self.query.terms.len() {
            self.limit + 1
        } else {
            MOST_CANDIDATES
        };
        let mut rows = match lead {
            Reading::Uuid(part) => self.by_uuid(part, &ranges)?,
            Reading::Folio(folio) => self.by_folio(folio, &ranges)?,
            Reading::Total(cents) => self.by_cents(BY_TOTAL, *cents, &ranges)?,
            Reading::BeforeTax(cents) => {
                let mut rows = self.by_cents(BY_PRETAX, *cents, &ranges)?;
                rows.extend(self.by_cents(BY_SUBTOTAL, *cents, &ranges)?);
                rows
            }
            Reading::Rfc(_) | Reading::Code(_) | Reading::Name(_) => {
                self.by_labels(variant, &ranges, enough)?
            }
            Reading::State(_) | Reading::Period { .. } | Reading::Kind(_) => {
                self.newest(&ranges, enough, Narrow::of(variant))?
            }
        };
        // What a number or an amount means is judged first where it is likely meant, so that the limit takes nothing
        // of it away.
        let likely = |row: &RowId| match lead {
            Reading::Folio(_) | Reading::Total(_) | Reading::BeforeTax(_) => {
                key::kind_of(row.owner()).map_or(u8::MAX, rank)
            }
            _ => 0,
        };
        rows.sort_unstable_by_key(|row| (likely(row), Reverse(row.recency())));
        let mut found = 0;
        for row in rows {
            if !self.judged.insert(row) {
                continue;
            }
            let facts = self.facts(row)?;
            if let Some(why) = self.query.explain(&facts) {
                let standing = Standing::new(&why, facts.kind, facts.day, row.sequence());
                self.standings.push((standing, row, why));
                found += 1;
                if found > self.limit {
                    self.more = true;
                    break;
                }
            }
        }
        Ok(())
    }

    /// The keys among which a variant is looked for, per kind that it may be; `None` where its periods exclude each
    /// other.
    fn ranges(&self, variant: &[&Reading]) -> Option<Vec<RangeInclusive<i64>>> {
        let mut days: Option<(Date, Date)> = None;
        for reading in variant {
            if let Reading::Period { from, to } = reading {
                let (first, last) = days.unwrap_or((*from, *to));
                days = Some((first.max(*from), last.min(*to)));
            }
        }
        if days.is_some_and(|(from, to)| from > to) {
            return None;
        }
        let range = |owner: &i64| match days {
            Some((from, to)) => key::between(*owner, from, to),
            None => key::all_of(*owner),
        };
        let is_named = |owner: &&i64| {
            variant.iter().all(|reading| match reading {
                Reading::Kind(kinds) => {
                    key::kind_of(**owner).is_some_and(|kind| kinds.contains(&kind))
                }
                // No other kind has a stamp or a método de pago.
                Reading::State(State::Stamp(_) | State::Policy(_)) => {
                    key::kind_of(**owner).is_some_and(Kind::is_stamped)
                }
                _ => true,
            })
        };
        Some(self.owners.iter().filter(is_named).map(range).collect())
    }

    fn by_uuid(&mut self, part: &UuidPart, ranges: &Ranges) -> Result<Vec<RowId>, Fault> {
        let Some(blocks) = blocks_of(part) else {
            return Ok(Vec::new());
        };
        let all = key::all_of_company(self.company);
        self.keys(
            "SELECT rowid FROM block WHERE block MATCH ?1 AND rowid BETWEEN ?2 AND ?3 \
             ORDER BY rowid DESC LIMIT ?4",
            &[&blocks, all.start(), all.end(), &MOST],
            ranges,
        )
    }

    fn by_folio(&mut self, folio: &Folio, ranges: &Ranges) -> Result<Vec<RowId>, Fault> {
        let all = key::all_of_company(self.company);
        self.keys(
            "SELECT key FROM entry INDEXED BY entry_by_folio \
             WHERE folio = ?1 AND key BETWEEN ?2 AND ?3 ORDER BY key DESC LIMIT ?4",
            &[&folio.number, all.start(), all.end(), &MOST],
            ranges,
        )
    }

    fn by_cents(
        &mut self,
        sql: &'static str,
        cents: Cents,
        ranges: &Ranges,
    ) -> Result<Vec<RowId>, Fault> {
        let all = key::all_of_company(self.company);
        let params: [&dyn ToSql; 5] = [&cents.from, &cents.to, all.start(), all.end(), &MOST];
        self.keys(sql, &params, ranges)
    }

    /// Rows that a statement proposes and that lie in the ranges. It selects a key, and its last parameter is
    /// [`MOST`].
    fn keys(
        &mut self,
        sql: &'static str,
        params: &[&dyn ToSql],
        ranges: &Ranges,
    ) -> Result<Vec<RowId>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut found = statement.query(params)?;
        let (mut rows, mut seen) = (Vec::new(), 0);
        while let Some(row) = found.next()? {
            let key = row.get(0)?;
            seen += 1;
            if ranges.iter().any(|range| range.contains(&key)) {
                rows.push(RowId(key));
            }
        }
        self.more |= seen == MOST;
        Ok(rows)
    }

    /// The newest rows of each range that are in these states.
    fn newest(
        &mut self,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow,
    ) -> Result<Vec<RowId>, Fault> {
        if let Some(sql) = narrow.listed() {
            return self.listed(sql, ranges, enough, narrow);
        }
        if narrow.is_owing() {
            return self.owing(ranges, narrow);
        }
        if !narrow.is_any() {
            return self.through_states(ranges, enough, narrow);
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT key FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?3",
        )?;
        let mut rows = Vec::new();
        for range in ranges {
            let mut found = statement.query((range.start(), range.end(), enough as i64))?;
            while let Some(row) = found.next()? {
                rows.push(RowId(row.get(0)?));
            }
        }
        Ok(rows)
    }

    /// The newest rows of each range in a state that few are in, by the index that lists them.
    fn listed(
        &mut self,
        sql: &'static str,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow,
    ) -> Result<Vec<RowId>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = Vec::new();
        for range in ranges {
            let mut found = statement.query((
                range.start(),
                range.end(),
                narrow.status,
                narrow.stamp,
                narrow.owed_before,
                narrow.policy,
                enough as i64,
            ))?;
            while let Some(row) = found.next()? {
                rows.push(RowId(row.get(0)?));
            }
        }
        Ok(rows)
    }

    /// What is owed and was due before a day: its index knows no kinds.
    fn owing(&mut self, ranges: &Ranges, narrow: Narrow) -> Result<Vec<RowId>, Fault> {
        let all = key::all_of_company(self.company);
        let params: [&dyn ToSql; 7] = [
            all.start(),
            all.end(),
            &narrow.status,
            &narrow.stamp,
            &narrow.owed_before,
            &narrow.policy,
            &MOST,
        ];
        self.keys(Narrow::OWING, &params, ranges)
    }

    /// Goes through the newest rows of each range for those in states that many are in, and says where it gave up.
    fn through_states(
        &mut self,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow,
    ) -> Result<Vec<RowId>, Fault> {
        let mut statement = self.conn.prepare_cached(narrowed!(
            "SELECT key FROM (SELECT key, status, stamp, owing, due, policy FROM entry \
                              WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?8) WHERE",
            " LIMIT ?7"
        ))?;
        let share = MOST_CANDIDATES / ranges.len().max(1);
        let mut rows = Vec::new();
        for range in ranges {
            let before = rows.len();
            let mut found = statement.query((
                range.start(),
                range.end(),
                narrow.status,
                narrow.stamp,
                narrow.owed_before,
                narrow.policy,
                enough as i64,
                share as i64,
            ))?;
            while let Some(row) = found.next()? {
                rows.push(RowId(row.get(0)?));
            }
            if rows.len() - before < enough {
                self.more |= self.holds_more_than(range, share)?;
            }
        }
        Ok(rows)
    }

    /// Whether a range has more rows than these.
    fn holds_more_than(&self, range: &RangeInclusive<i64>, rows: usize) -> Result<bool, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT 1 FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1 OFFSET ?3",
        )?;
        Ok(statement.exists((range.start(), range.end(), rows as i64))?)
    }

    /// The newest rows whose names, RFCs and codes are what the variant says.
    fn by_labels(
        &mut self,
        variant: &[&Reading],
        ranges: &Ranges,
        enough: usize,
    ) -> Result<Vec<RowId>, Fault> {
        let labels = self.labels_of(&label_query(variant))?;
        let many = labels.len() > MOST_LABELS;
        let mut newest = Newest::new(enough);
        let narrow = Narrow::of(variant);
        if many {
            self.go_through(variant, ranges, narrow, &mut newest)?;
        }
        if !many || !newest.is_full() {
            self.more |= many;
            let mut statement = self.conn.prepare_cached(narrowed!(
                "SELECT key FROM entry INDEXED BY entry_by_label \
                 WHERE label = ?7 AND label > 0 AND key BETWEEN ?1 AND ?2 AND",
                " ORDER BY key DESC"
            ))?;
            for label in labels.iter().take(MOST_LABELS) {
                for range in ranges {
                    let mut found = statement.query((
                        range.start(),
                        range.end(),
                        narrow.status,
                        narrow.stamp,
                        narrow.owed_before,
                        narrow.policy,
                        label,
                    ))?;
                    while let Some(row) = found.next()? {
                        if !newest.offer(RowId(row.get(0)?)) {
                            break;
                        }
                    }
                }
            }
        }
        Ok(newest.into_rows())
    }

    /// Goes through the newest rows of each range and takes those whose label fits.
    fn go_through(
        &mut self,
        variant: &[&Reading],
        ranges: &Ranges,
        narrow: Narrow,
        newest: &mut Newest,
    ) -> Result<(), Fault> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached(narrowed!(
            "SELECT key, label FROM (SELECT key, label, status, stamp, owing, due, policy FROM entry \
                                     WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?7) WHERE",
            " ORDER BY key DESC"
        ))?;
        let share = MOST_CANDIDATES / ranges.len().max(1);
        let mut fitting: HashMap<i64, bool> = HashMap::new();
        for range in ranges {
            let mut found = statement.query((
                range.start(),
                range.end(),
                narrow.status,
                narrow.stamp,
                narrow.owed_before,
                narrow.policy,
                share as i64,
            ))?;
            while let Some(row) = found.next()? {
                let label = row.get(1)?;
                let fits = match fitting.get(&label) {
                    Some(fits) => *fits,
                    None => {
                        let fits = self.label_fits(label, variant)?;
                        fitting.insert(label, fits);
                        fits
                    }
                };
                if fits && !newest.offer(RowId(row.get(0)?)) {
                    break;
                }
            }
        }
        Ok(())
    }

    fn label_fits(&mut self, label: i64, variant: &[&Reading]) -> Result<bool, Fault> {
        let mut facts = Facts::default();
        self.name(&mut facts, label)?;
        Ok(variant
            .iter()
            .filter(|reading| is_of_label(reading))
            .all(|reading| reading.holds(&facts)))
    }

    /// Labels that answer a full-text query, one more than are looked up.
    fn labels_of(&self, words: &str) -> Result<Vec<i64>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT rowid FROM word WHERE word MATCH ?1 AND rowid BETWEEN ?2 << 40 AND ((?2 + 1) << 40) - 1
             ORDER BY rowid DESC LIMIT ?3",
        )?;
        let mut rows = statement.query((words, self.company, MOST_LABELS as i64 + 1))?;
        let mut labels = Vec::new();
        while let Some(row) = rows.next()? {
            labels.push(row.get(0)?);
        }
        Ok(labels)
    }

    /// What can be found of a row.
    fn facts(&mut self, row: RowId) -> Result<Facts, Fault> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached(entry::FACTS)?;
        let mut rows = statement.query([row.0])?;
        let Some(found) = rows.next()? else {
            return Ok(Facts::default());
        };
        let (mut facts, label) = entry::facts(found)?;
        facts.day = key::day_of(row.day_number());
        facts.kind = key::kind_of(row.owner());
        self.name(&mut facts, label)?;
        Ok(facts)
    }

    /// Gives facts the name, the RFC and the codes of a label.
    fn name(&mut self, facts: &mut Facts, label: i64) -> Result<(), Fault> {
        if label == 0 {
            return Ok(());
        }
        let label = match self.labels.entry(label) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let mut statement = self
                    .conn
                    .prepare_cached("SELECT name, rfc, code FROM label WHERE key = ?1")?;
                let read = statement.query_row([label], |row| {
                    Ok(Label {
                        name: row.get(0)?,
                        rfc: row.get(1)?,
                        codes: row.get(2)?,
                    })
                })?;
                unknown.insert(read)
            }
        };
        facts.name.clone_from(&label.name);
        facts.rfc.clone_from(&label.rfc);
        facts.codes.clone_from(&label.codes);
        Ok(())
    }
}

/// The keys among which a variant is looked for, one range per kind.
type Ranges = [RangeInclusive<i64>];

/// [`MOST_CANDIDATES`] as SQLite counts.
const MOST: i64 = MOST_CANDIDATES as i64;

// Without INDEXED BY the planner, which knows no statistics, may prefer the range of keys and read a whole company.
const BY_TOTAL: &str = "SELECT key FROM entry INDEXED BY entry_by_total \
                        WHERE total >= ?1 AND total <= ?2 AND key BETWEEN ?3 AND ?4 LIMIT ?5";
const BY_PRETAX: &str = "SELECT key FROM entry INDEXED BY entry_by_pretax \
                         WHERE pretax >= ?1 AND pretax <= ?2 AND key BETWEEN ?3 AND ?4 LIMIT ?5";
const BY_SUBTOTAL: &str = "SELECT key FROM entry INDEXED BY entry_by_subtotal \
                           WHERE subtotal >= ?1 AND subtotal <= ?2 AND key BETWEEN ?3 AND ?4 LIMIT ?5";

fn is_of_label(reading: &Reading) -> bool {
    matches!(
        reading,
        Reading::Rfc(_) | Reading::Code(_) | Reading::Name(_)
    )
}

/// The full-text query for the labels of a variant. Its words are folded letters and digits, so that quotes suffice.
fn label_query(variant: &[&Reading]) -> String {
    let mut query = String::new();
    let mut demand = |column: &str, start: &str| {
        if !query.is_empty() {
            query.push_str(" AND ");
        }
        query.push_str(column);
        query.push_str(" : \"");
        query.push_str(start);
        query.push_str("\" *");
    };
    for reading in variant {
        match reading {
            Reading::Rfc(start) => demand("rfc", start),
            Reading::Code(start) => demand("code", start),
            Reading::Name(starts) => starts.iter().for_each(|start| demand("name", start)),
            _ => {}
        }
    }
    query
}

/// The full-text query for a part of a UUID, whose groups of four may begin at any of its first digits: each way of
/// cutting it gives groups that must all be there. `None` for less than a group.
fn blocks_of(part: &UuidPart) -> Option<String> {
    const BLOCK: usize = 4;
    let digits = part.digits();
    let from_end = digits.len().checked_sub(BLOCK)?;
    let mut query = String::new();
    for start in (0..BLOCK).chain([from_end]) {
        let mut rest = digits.get(start..).unwrap_or_default();
        let mut join = if query.is_empty() { "(" } else { " OR (" };
        while let Some((block, after)) = rest.split_at_checked(BLOCK) {
            query.push_str(join);
            query.push('"');
            query.push_str(block);
            query.push('"');
            (rest, join) = (after, " AND ");
        }
        if join == " AND " {
            query.push(')');
        }
    }
    Some(query)
}
