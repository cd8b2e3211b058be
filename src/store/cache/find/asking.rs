//! What is asked of a search from outside, and what it gives back: the books of one company or of several, with slips
//! forgiven or not.

use rusqlite::Transaction;

use super::super::super::error::{Fault, StoreError};
use super::super::key::{self, RowId};
use super::super::{Reader, company_number, lists};
use super::{MOST_CANDIDATES, Search};
use crate::domain::company::CompanyId;
use crate::domain::kind::Kind;
use crate::domain::list::{Hit, Match};
use crate::search::language::Query;
use crate::search::ranking::Standing;

/// What a search through several books found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundAmong {
    /// The hits, the most telling and newest first, each with the place of its books among those that were asked.
    pub hits: Vec<(usize, Hit)>,
    /// Whether there may be more than these.
    pub more: bool,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The hits, the most telling and newest first.
    pub hits: Vec<Hit>,
    /// Whether there may be more than these.
    pub more: bool,
}

/// Whether names that were typed with slips are looked for as well. A person sees why a hit is one; what is counted,
/// exported or compared has to be as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slips {
    /// Where hardly anything is called as it was typed, what may have been meant stands below.
    Forgiven,
    /// Only what was typed.
    Refused,
}

/// A row that was found, in whose books, and why.
struct Ranked {
    standing: Standing,
    place: usize,
    row: RowId,
    why: Vec<Match>,
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
        slips: Slips,
    ) -> Result<Found, StoreError> {
        let found = self.find_among(&[(company, query)], kinds, limit, slips)?;
        Ok(Found {
            hits: found.hits.into_iter().map(|(_, hit)| hit).collect(),
            more: found.more,
        })
    }

    /// Finds what was typed in the books of several companies, at most `limit` of all. Each is asked in its own words,
    /// because days are told by its own clock.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn find_among(
        &self,
        asked: &[(&CompanyId, &Query)],
        kinds: &[Kind],
        limit: usize,
        slips: Slips,
    ) -> Result<FoundAmong, StoreError> {
        self.reading(|tx| {
            let mut searches: Vec<(usize, Search<'_>)> = Vec::new();
            for (place, (company, query)) in asked.iter().enumerate() {
                let Some(number) = company_number(tx, company)? else {
                    continue;
                };
                if query.is_empty() || limit == 0 {
                    continue;
                }
                let mut owners = lists::kinds_present(tx, number)?;
                owners.retain(|kind| kinds.contains(kind));
                let owners: Vec<i64> = owners
                    .into_iter()
                    .map(|kind| key::owner(number, kind))
                    .collect();
                let mut search = Search {
                    owners,
                    ..Search::new(tx, number, query, limit, MOST_CANDIDATES)
                };
                search.run_all()?;
                searches.push((place, search));
            }
            let exact = searches
                .iter()
                .map(|(_, search)| search.standings.len())
                .sum();
            let mut ranked: Vec<Ranked> = Vec::new();
            let mut more = searches.iter().any(|(_, search)| search.more);
            let forgives = slips == Slips::Forgiven && !more;
            for (place, mut search) in searches {
                if forgives {
                    search.run_forgiving(exact)?;
                }
                more |= search.more;
                let standings = search.standings.into_iter();
                ranked.extend(standings.map(|(standing, row, why)| Ranked {
                    standing,
                    place,
                    row,
                    why,
                }));
            }
            ranked.sort_unstable_by_key(|one| (one.standing, one.place));
            more |= ranked.len() > limit;
            ranked.truncate(limit);
            let asked_for = ranked.len();
            let hits = self.hits(tx, ranked)?;
            more |= hits.len() < asked_for;
            Ok(FoundAmong { hits, more })
        })
    }

    /// Reads what was found, each record by its own row: one that is not there leaves nothing to the next.
    fn hits(&self, tx: &Transaction<'_>, ranked: Vec<Ranked>) -> Result<Vec<(usize, Hit)>, Fault> {
        let mut hits = Vec::with_capacity(ranked.len());
        for Ranked {
            place, row, why, ..
        } in ranked
        {
            let record = self.record_at(tx, row)?;
            hits.extend(record.map(|record| {
                let books = None;
                (place, Hit { record, why, books })
            }));
        }
        Ok(hits)
    }
}
