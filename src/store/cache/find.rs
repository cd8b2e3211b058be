//! The search: candidates from the indexes, judged by [`crate::search`].
//!
//! A query is taken apart into variants, one reading per word, because every variant has one index that answers it
//! best: `11600 mar` is "total of 11,600 in March", "folio 11600 in March", "total of 11,600 of somebody named Mar…".
//! An index only proposes. Whether a row is an answer, and why, is said by [`Query::explain`] alone, so that no index
//! can bring a wrong row up.

mod asking;
mod forgiving;
mod naming;
mod queries;

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use rusqlite::{Connection, ToSql};

use super::super::error::Fault;
use super::entry;
use super::key::{self, RowId};
use super::newest::Newest;
use super::states::{Narrow, narrowed};
use crate::domain::kind::Kind;
use crate::domain::list::{MOST_FOUND, Match};
use crate::search::facts::{Account, Facts, Folio};
use crate::search::language::{Cents, Query, Reading, State, UuidPart};
use crate::search::ranking::{Standing, rank};
pub use asking::{Found, FoundAmong, Slips};
use queries::{
    BY_PRETAX, BY_SUBTOTAL, BY_TOTAL, WIDE_BALANCES, WIDE_TOTALS, blocks_of, label_query,
};

/// Variants of one query; words beyond are only judged, not looked up.
const MOST_VARIANTS: usize = 40;
/// Rows that one variant may propose in the box before it gives up: what bounds a keystroke.
const MOST_CANDIDATES: usize = 10_000;
/// In a list nothing that answers may be missing, so that all rows are looked at where no index names them.
const ALL_CANDIDATES: usize = usize::MAX;
/// Names whose documents are looked up one name after the other; where more match, the newest documents are gone
/// through instead, because so many names are borne by many of them.
const MOST_LABELS: usize = 256;

/// The rows of one owner that answer a query, in no order: all of them, or the first [`MOST_FOUND`] and a few.
pub(super) fn rows_of(conn: &Connection, owner: i64, query: &Query) -> Result<Vec<RowId>, Fault> {
    let company = owner >> key::KIND_BITS;
    let mut search = Search {
        owners: vec![owner],
        ..Search::new(conn, company, query, MOST_FOUND, ALL_CANDIDATES)
    };
    search.run_all()?;
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
        Reading::Account(_) => 4,
        Reading::Rfc(_) => 5,
        Reading::Code(_) => 6,
        Reading::Name(_) => 7,
        Reading::Like(_) => 8,
        Reading::Between(_) => 9,
        Reading::Balance(_) => 10,
        Reading::Due { .. } => 11,
        Reading::State(_) => 12,
        Reading::Serie(_) => 13,
        Reading::Period { .. } => 14,
        Reading::Kind(_) => 15,
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
    /// Rows that a variant may propose.
    reach: usize,
    labels: HashMap<i64, Label>,
    /// The accounts that are asked for.
    accounts: Vec<Account>,
    /// The rows that name one of them, and which.
    naming: HashMap<RowId, Vec<usize>>,
    judged: HashSet<RowId>,
    standings: Vec<(Standing, RowId, Vec<Match>)>,
    more: bool,
}

impl<'a> Search<'a> {
    /// A search through nothing yet.
    fn new(
        conn: &'a Connection,
        company: i64,
        query: &'a Query,
        limit: usize,
        reach: usize,
    ) -> Self {
        Self {
            conn,
            company,
            owners: Vec::new(),
            query,
            limit,
            reach,
            labels: HashMap::new(),
            accounts: Vec::new(),
            naming: HashMap::new(),
            judged: HashSet::new(),
            standings: Vec::new(),
            more: false,
        }
    }
}

impl Search<'_> {
    /// Looks up every variant of the question; none where something of it was not understood.
    fn run_all(&mut self) -> Result<(), Fault> {
        if !self.query.puzzles.is_empty() {
            return Ok(());
        }
        if self.query.asks_for_accounts() {
            self.find_accounts()?;
        }
        for variant in variants(self.query) {
            self.run(&variant)?;
        }
        Ok(())
    }

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
            self.reach
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
            Reading::Rfc(_) | Reading::Code(_) | Reading::Name(_) | Reading::Like(_) => {
                self.by_labels(variant, &ranges, enough)?
            }
            Reading::Account(part) => self.by_account(part, &ranges),
            Reading::Between(cents) => {
                let by = (WIDE_TOTALS, Narrow::OF_TOTALS);
                self.by_wide_amount(by, *cents, variant, &ranges, enough)?
            }
            // Of what owes nothing there is no index: most documents do not.
            Reading::Balance(cents) if !cents.hold(0) => {
                let by = (WIDE_BALANCES, Narrow::OF_BALANCES);
                self.by_wide_amount(by, *cents, variant, &ranges, enough)?
            }
            Reading::Balance(_)
            | Reading::Due { .. }
            | Reading::Serie(_)
            | Reading::State(_)
            | Reading::Period { .. }
            | Reading::Kind(_) => self.newest(&ranges, enough, Narrow::of(variant))?,
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
                let standing = Standing::new(&why, facts.kind, facts.day, row.sequence())
                    .after_slips(self.query.slips(&facts));
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
            &[&blocks, all.start(), all.end(), &self.most()],
            ranges,
        )
    }

    fn by_folio(&mut self, folio: &Folio, ranges: &Ranges) -> Result<Vec<RowId>, Fault> {
        let all = key::all_of_company(self.company);
        self.keys(
            "SELECT key FROM entry INDEXED BY entry_by_folio \
             WHERE folio = ?1 AND key BETWEEN ?2 AND ?3 ORDER BY key DESC LIMIT ?4",
            &[&folio.number, all.start(), all.end(), &self.most()],
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
        let most = self.most();
        let params: [&dyn ToSql; 5] = [&cents.from, &cents.to, all.start(), all.end(), &most];
        self.keys(sql, &params, ranges)
    }

    /// What a variant may propose, as SQLite counts.
    fn most(&self) -> i64 {
        as_limit(self.reach)
    }

    /// Rows that a statement proposes and that lie in the ranges. It selects a key, and its last parameter is
    /// [`Search::most`].
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
        self.more |= seen == self.most();
        Ok(rows)
    }

    /// The newest rows of each range that are in these states.
    fn newest(
        &mut self,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow<'_>,
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
            let mut found = statement.query((range.start(), range.end(), as_limit(enough)))?;
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
        narrow: Narrow<'_>,
    ) -> Result<Vec<RowId>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = Vec::new();
        for range in ranges {
            let mut found = statement.query(&*narrow.bound(range, &[&as_limit(enough)]))?;
            while let Some(row) = found.next()? {
                rows.push(RowId(row.get(0)?));
            }
        }
        Ok(rows)
    }

    /// What is owed and was due before a day: its index knows no kinds.
    fn owing(&mut self, ranges: &Ranges, narrow: Narrow<'_>) -> Result<Vec<RowId>, Fault> {
        let (all, most) = (key::all_of_company(self.company), self.most());
        self.keys(Narrow::OWING, &narrow.bound(&all, &[&most]), ranges)
    }

    /// Rows whose total or balance lies between amounts that may be far apart, by the statements that count and list
    /// them. Where they hold more than a keystroke can look at, the newest rows are gone through instead: many of those are answers, too.
    fn by_wide_amount(
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

    /// Goes through the newest rows of each range for those in states that many are in, and says where it gave up.
    fn through_states(
        &mut self,
        ranges: &Ranges,
        enough: usize,
        narrow: Narrow<'_>,
    ) -> Result<Vec<RowId>, Fault> {
        let mut statement = self.conn.prepare_cached(narrowed!(
            "SELECT key FROM (SELECT key, status, stamp, owing, due, policy, total, balance, serie FROM entry \
                              WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?14) WHERE",
            " LIMIT ?13"
        ))?;
        let share = self.reach / ranges.len().max(1);
        let mut rows = Vec::new();
        for range in ranges {
            let before = rows.len();
            let mut found =
                statement.query(&*narrow.bound(range, &[&as_limit(enough), &as_limit(share)]))?;
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
        Ok(statement.exists((range.start(), range.end(), as_limit(rows)))?)
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
        // In a list that was all of them.
        let is_done = many && (newest.is_full() || self.reach == ALL_CANDIDATES);
        if !is_done {
            self.more |= many;
            let labels = labels.get(..MOST_LABELS).unwrap_or(&labels);
            // Where a state is rare among many documents, the newest of each name have to do.
            let share = as_limit((self.reach / labels.len().max(1)).max(enough));
            self.more |= !narrow.is_any() && self.any_has_more_than(labels, ranges, share)?;
            let mut statement = self.conn.prepare_cached(narrowed!(
                "SELECT key FROM (SELECT key, status, stamp, owing, due, policy, total, balance, serie \
                                  FROM entry INDEXED BY entry_by_label \
                                  WHERE label = ?13 AND label > 0 AND key BETWEEN ?1 AND ?2 \
                                  ORDER BY key DESC LIMIT ?14) WHERE",
                " ORDER BY key DESC"
            ))?;
            for label in labels {
                for range in ranges {
                    let bound = narrow.bound(range, &[label, &share]);
                    let mut found = statement.query(&*bound)?;
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

    /// Whether one of these labels is borne by more rows than these in one of the ranges.
    fn any_has_more_than(&self, labels: &[i64], ranges: &Ranges, rows: i64) -> Result<bool, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT 1 FROM entry INDEXED BY entry_by_label \
             WHERE label = ?1 AND label > 0 AND key BETWEEN ?2 AND ?3 LIMIT 1 OFFSET ?4",
        )?;
        for label in labels {
            for range in ranges {
                let params = (label, range.start(), range.end(), rows);
                if statement.exists(params)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Goes through the newest rows of each range and takes those whose label fits.
    fn go_through(
        &mut self,
        variant: &[&Reading],
        ranges: &Ranges,
        narrow: Narrow<'_>,
        newest: &mut Newest,
    ) -> Result<(), Fault> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached(narrowed!(
            "SELECT key, label FROM (SELECT key, label, status, stamp, owing, due, policy, total, balance, serie FROM entry \
                                     WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?13) WHERE",
            " ORDER BY key DESC"
        ))?;
        let share = self.reach / ranges.len().max(1);
        let mut fitting: HashMap<i64, bool> = HashMap::new();
        for range in ranges {
            let mut found = statement.query(&*narrow.bound(range, &[&as_limit(share)]))?;
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
        facts.accounts = self.accounts_named_by(row);
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

/// A number of rows as SQLite counts.
fn as_limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn is_of_label(reading: &Reading) -> bool {
    matches!(
        reading,
        Reading::Rfc(_) | Reading::Code(_) | Reading::Name(_) | Reading::Like(_)
    )
}
