//! A search through the books of all companies, as far as they are kept on this machine. No key is fetched for it and no
//! server asked: whose books a profile leads to is known here, or nothing of them is.

use std::sync::Arc;

use crate::api::Books;
use crate::app::msg::{Fact, Trouble};
use crate::domain::company::CompanyId;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::profile::ProfileName;
use crate::search::language::{self, Query};
use crate::store::cache::Slips;

use super::{Shared, door, locked, reads, trouble};

/// Finds what was typed in these books and in those of other profiles.
pub async fn find<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    text: String,
    kinds: Vec<Kind>,
    limit: usize,
    others: Vec<ProfileName>,
) -> Result<Fact, Trouble> {
    let mut asked: Vec<(Option<ProfileName>, CompanyId)> = vec![(None, shared.company.clone())];
    for profile in others {
        let Some(way) = (shared.doors)(&profile) else {
            continue;
        };
        let id = door::books_of(shared, way.connection).await?;
        // Two profiles may lead to the same books, whose hits are not to be told twice.
        if asked.iter().all(|(_, known)| *known != id) {
            asked.push((Some(profile), id));
        }
    }
    let catalogs = locked(&shared.catalogs).clone();
    let now = shared.now();
    shared
        .reader
        .ask(move |shelf| {
            let reader = shelf.reader();
            let mut queries: Vec<(&CompanyId, Query)> = Vec::new();
            let mut coverage = Coverage {
                total: Some(0),
                ..Coverage::default()
            };
            let mut unread = Vec::new();
            for (profile, id) in &asked {
                let clock = reads::clock(reader, id, catalogs.as_deref())?;
                let today = now.to_zoned(clock).date();
                queries.push((id, language::parse(&text, today)));
                let of_it = reader.coverage(id, Kind::Invoices)?;
                let mut is_read = of_it.read_at.is_some();
                for kind in &kinds {
                    is_read |= reader.coverage(id, *kind)?.read_at.is_some();
                }
                if let Some(profile) = profile
                    && !is_read
                {
                    unread.push(profile.clone());
                    continue;
                }
                coverage.cached += of_it.cached;
                coverage.total = coverage.total.zip(of_it.total).map(|(all, its)| all + its);
            }
            let queries: Vec<(&CompanyId, &Query)> =
                queries.iter().map(|(id, query)| (*id, query)).collect();
            let found = reader.find_among(&queries, &kinds, limit, Slips::Forgiven)?;
            let hits = found.hits.into_iter().map(|(place, mut hit)| {
                hit.books = asked.get(place).and_then(|(profile, _)| profile.clone());
                hit
            });
            Ok(Fact::FoundEverywhere {
                hits: hits.collect(),
                more: found.more,
                coverage,
                companies: asked.len() - unread.len(),
                unread,
            })
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}
