//! What the server holds, against what the store holds.

use std::collections::{BTreeMap, BTreeSet};

use timbra::api::{Books, Fetched};
use timbra::domain::company::CompanyId;
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Record};
use timbra::store::cache::{Cache, Reader};

use crate::program::CACHE;
use crate::site::Site;

/// Compares every record of these kinds, field by field; what differs.
pub fn compare(site: &Site<'_>, company: &CompanyId, kinds: &[Kind]) -> Result<(), String> {
    let cache =
        Cache::open_reader(&site.folder().join(CACHE)).map_err(|error| error.to_string())?;
    for kind in kinds {
        let told = told(site, *kind)?;
        same(&cache, company, (*kind, site), &told)
            .map_err(|why| format!("{}: {why}", kind.slug()))?;
    }
    Ok(())
}

/// The records of a kind that the store has, where there is one.
pub fn kept(site: &Site<'_>, company: &CompanyId, kind: Kind) -> Result<BTreeSet<Id>, String> {
    let path = site.folder().join(CACHE);
    if !path.exists() {
        return Ok(BTreeSet::new());
    }
    let records = Cache::open_reader(&path).and_then(|cache| cache.all(company, kind));
    let records = records.map_err(|error| error.to_string())?;
    Ok(records.into_iter().map(|record| record.id).collect())
}

/// Whether the store still has what it had before, as far as the server has it still.
pub fn keeps(
    site: &Site<'_>,
    company: &CompanyId,
    kind: Kind,
    before: &BTreeSet<Id>,
) -> Result<(), String> {
    let now = kept(site, company, kind)?;
    if before.is_subset(&now) {
        return Ok(());
    }
    let told = told(site, kind)?;
    let lost = before.difference(&now).find(|id| told.contains_key(*id));
    match lost {
        Some(id) => Err(format!("{}: {id} was lost on the way", kind.slug())),
        None => Ok(()),
    }
}

/// Whether the store has all of these, as far as a client can read them in a list.
pub fn has(site: &Site<'_>, company: &CompanyId, kind: Kind, wanted: &[Id]) -> Result<(), String> {
    let kept = kept(site, company, kind)?;
    let is_missing = |id: &&Id| !kept.contains(*id) && !site.oddity.hides(id);
    match wanted.iter().find(is_missing) {
        Some(id) => Err(format!(
            "{}: {id} is not here, and the walk is said to be complete",
            kind.slug()
        )),
        None => Ok(()),
    }
}

/// How many records of a kind there are.
pub fn count(site: &Site<'_>, kind: Kind) -> usize {
    told(site, kind).expect("the witness").len()
}

/// The ids of a kind.
pub fn ids(site: &Site<'_>, kind: Kind) -> Vec<Id> {
    told(site, kind).expect("the witness").into_keys().collect()
}

/// All records of a kind as a client reads them that starts anew.
fn told(site: &Site<'_>, kind: Kind) -> Result<BTreeMap<Id, Fetched>, String> {
    let books = site.books();
    let mut told = BTreeMap::new();
    let mut cursor = None;
    loop {
        let page = site
            .wait(books.page(kind, None, cursor.as_ref()))
            .map_err(|error| format!("the witness cannot be asked: {error}"))?;
        for row in page.rows {
            let id = row.record.id.clone();
            if told.insert(id.clone(), row).is_some() {
                return Err(format!("the witness lists {id} twice"));
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(told);
        }
    }
}

/// A record of a kind with its native part, as a client reads it that asks for it by its name.
fn alone(site: &Site<'_>, kind: Kind, id: &Id) -> Result<Fetched, String> {
    site.wait(site.books().one(kind, id, true))
        .map_err(|error| format!("the witness cannot be asked for {id}: {error}"))
}

fn same(
    cache: &Reader,
    company: &CompanyId,
    (kind, site): (Kind, &Site<'_>),
    told: &BTreeMap<Id, Fetched>,
) -> Result<(), String> {
    let oddity = site.oddity;
    let of_store = |error: timbra::store::StoreError| error.to_string();
    let kept: Vec<Record> = cache.all(company, kind).map_err(of_store)?;
    let mut ids: Vec<&Id> = kept.iter().map(|record| &record.id).collect();
    ids.sort_unstable();
    let left: Vec<_> = ids.iter().filter(|id| !told.contains_key(**id)).collect();
    // What can be asked for by its name is here, although the list has no readable row of it.
    let is_lost = |id: &&Id| !ids.contains(id) && (!oddity.hides(id) || oddity.names(id));
    let lost: Vec<_> = told.keys().filter(is_lost).collect();
    if !left.is_empty() || !lost.is_empty() {
        return Err(format!("left {left:?}, lost {lost:?}"));
    }
    ids.dedup();
    if kept.len() != ids.len() {
        return Err(format!("{} rows for {} records", kept.len(), ids.len()));
    }
    // Of a record of which the list has an unreadable row nobody knows more than what was read before.
    for record in kept.iter().filter(|record| !oddity.hides(&record.id)) {
        let Some(listed) = told.get(&record.id) else {
            continue;
        };
        // What was asked for by its name is here with what only its native record tells, as no list of this kind has it.
        let fetched = match record.native_read && !listed.record.native_read {
            true => &alone(site, kind, &record.id)?,
            false => listed,
        };
        if *record != fetched.record {
            return Err(format!("kept {record:?}\ntold {:?}", fetched.record));
        }
        let raw = cache.raw(company, kind, &record.id).map_err(of_store)?;
        if raw != fetched.raw {
            return Err(format!("kept {raw:?}\ntold {:?}", fetched.raw));
        }
    }
    let coverage = cache.coverage(company, kind).map_err(of_store)?;
    let counted = (coverage.cached, coverage.total);
    if counted != (kept.len(), Some(told.len())) || coverage.complete_at.is_none() {
        return Err(format!("it says {coverage:?} of {}", told.len()));
    }
    Ok(())
}
