//! The search: candidates from the indexes, judged by [`crate::search`].
//!
//! A query is taken apart into variants, one reading per word, because every variant has one index that answers it
//! best: `11600 mar` is "total of 11,600 in March", "folio 11600 in March", "total of 11,600 of somebody named Mar…".
//! An index only proposes. Whether a row is an answer, and why, is said by [`Query::explain`] alone, so that no index
//! can bring a wrong row up.

mod asking;
mod columns;
mod forgiving;
mod labels;
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
use super::states::Narrow;
use crate::domain::kind::Kind;
use crate::domain::list::{MOST_FOUND, Match};
use crate::search::facts::{Account, Facts, Folio};
use crate::search::language::{Cents, Query, Reading, State, UuidPart};
use crate::search::ranking::{Standing, rank};
pub use asking::{Found, FoundAmong, Slips};
use queries::{BY_PRETAX, BY_SUBTOTAL, BY_TOTAL, WIDE_BALANCES, WIDE_TOTALS, blocks_of};

/// Variants of one query; words beyond are only judged, not looked up.
const MOST_VARIANTS: usize = 40;
/// Rows that one variant may propose in the box before it gives up: what bounds a keystroke.
const MOST_CANDIDATES: usize = 10_000;
/// In a list nothing that answers may be missing, so that all rows are looked at where no index names them.
const ALL_CANDIDATES: usize = usize::MAX;
/// Rows that are few enough to look up and to judge all of them.
const FEW: usize = 3_000;
/// Rows here and there that are looked up for a column, in the box: each is on a page of its own.
const MOST_LOOKED_UP: usize = 5_000;

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
        Reading::Near(_) => 4,
        Reading::Account(_) => 5,
        Reading::Rfc(_) => 6,
        Reading::Code(_) => 7,
        Reading::Name(_) => 8,
        Reading::Like(_) | Reading::NearRfc(_) => 9,
        Reading::Between(_) => 10,
        Reading::Balance(_) => 11,
        Reading::Due { .. } => 12,
        Reading::State(_) => 13,
        Reading::Serie(_) => 14,
        Reading::Period { .. } => 15,
        Reading::Kind(_) => 16,
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
        let Some(mut ranges) = self.ranges(variant) else {
            return Ok(());
        };
        let narrow = Narrow::of(variant);
        if narrow.is_of_a_state() {
            let mut in_state = Vec::with_capacity(ranges.len());
            for range in ranges {
                if self.tallied(RowId(*range.start()).owner(), narrow)? > 0 {
                    in_state.push(range);
                }
            }
            ranges = in_state;
        }
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
                self.by_any_cents(&[BY_PRETAX, BY_SUBTOTAL], *cents, &ranges)?
            }
            Reading::Near(cents) => {
                let amounts = [BY_TOTAL, BY_PRETAX, BY_SUBTOTAL];
                self.by_any_cents(&amounts, *cents, &ranges)?
            }
            Reading::Rfc(_)
            | Reading::Code(_)
            | Reading::Name(_)
            | Reading::Like(_)
            | Reading::NearRfc(_) => self.by_labels(variant, &ranges, enough)?,
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
            | Reading::Kind(_) => self.newest(&ranges, enough, narrow)?,
        };
        // What a number or an amount means is judged first where it is likely meant, so that the limit takes nothing
        // of it away.
        let likely = |row: &RowId| match lead {
            Reading::Folio(_) | Reading::Total(_) | Reading::BeforeTax(_) | Reading::Near(_) => {
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
                // Contacts owe by their documents.
                Reading::State(State::OverdueOn(_))
                | Reading::Due { .. }
                | Reading::Balance(_)
                | Reading::Between(_)
                | Reading::Serie(_) => !matches!(
                    key::kind_of(**owner),
                    Some(Kind::Customers | Kind::Suppliers)
                ),
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

    /// The same by several amounts of a row.
    fn by_any_cents(
        &mut self,
        statements: &[&'static str],
        cents: Cents,
        ranges: &Ranges,
    ) -> Result<Vec<RowId>, Fault> {
        let mut rows = Vec::new();
        for sql in statements {
            rows.extend(self.by_cents(sql, cents, ranges)?);
        }
        Ok(rows)
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
