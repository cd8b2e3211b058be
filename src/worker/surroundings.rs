//! Documents with all that a judgement of them rests on: native records of their own, of their receivers and of the
//! items of their lines.
//!
//! A document of which something is missing does not keep the others back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::task::JoinSet;

use crate::api::{Books, Fetched};
use crate::app::msg::{Fact, Freshness, Surrounded, Trouble, TroubleSort};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::sat::assembly::items_of;

use super::reads::{forget, from_cache, keep};
use super::{Shared, trouble};

/// Records that are asked for at the same time.
const AT_ONCE: usize = 4;

type Reads = BTreeMap<(Kind, Id), Result<Record, Trouble>>;

/// Reads them.
pub async fn surroundings<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    ids: Vec<Id>,
    freshness: Freshness,
) -> Result<Fact, Trouble> {
    let wanted = ids.iter().map(|id| (kind, id.clone())).collect();
    let documents = read(shared, wanted, freshness).await?;
    let mut around = BTreeSet::new();
    for document in documents.values().flatten() {
        let receiver = document.link(Field::Contact);
        around.extend(receiver.map(|link| (Kind::Customers, link.id.clone())));
        let items = items_of(document).into_iter();
        around.extend(items.map(|id| (Kind::InvoiceItems, id)));
    }
    let around = read(shared, around, freshness).await?;
    let told = ids
        .into_iter()
        .map(|id| {
            let surrounded = match documents.get(&(kind, id.clone())) {
                Some(Ok(document)) => surrounded(document, &around),
                Some(Err(why)) if why.sort == TroubleSort::NotFound => Surrounded::Gone,
                Some(Err(why)) => Surrounded::Failed(why.clone()),
                None => Surrounded::Failed(Trouble::new(TroubleSort::Unreadable, "")),
            };
            (id, surrounded)
        })
        .collect();
    Ok(Fact::Surroundings(told))
}

/// A document with what was read around it. An item that is gone is left out, and the rules say so.
fn surrounded(document: &Record, around: &Reads) -> Surrounded {
    let mut items = BTreeMap::new();
    for id in items_of(document) {
        match around.get(&(Kind::InvoiceItems, id.clone())) {
            Some(Ok(item)) => {
                items.insert(id, item.clone());
            }
            Some(Err(why)) if why.sort != TroubleSort::NotFound => {
                return Surrounded::Failed(why.clone());
            }
            _ => {}
        }
    }
    let receiver = document
        .link(Field::Contact)
        .and_then(|link| around.get(&(Kind::Customers, link.id.clone())));
    match receiver {
        Some(Err(why)) => Surrounded::Failed(why.clone()),
        Some(Ok(receiver)) => Surrounded::Here {
            document: Box::new(document.clone()),
            receiver: Some(Box::new(receiver.clone())),
            items,
        },
        None => Surrounded::Here {
            document: Box::new(document.clone()),
            receiver: None,
            items,
        },
    }
}

/// Reads records with their native ones, a few at a time.
async fn read<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    wanted: BTreeSet<(Kind, Id)>,
    freshness: Freshness,
) -> Result<Reads, Trouble> {
    let mut reads = Reads::new();
    let mut missing = Vec::new();
    for (kind, id) in wanted {
        let cached = match freshness {
            Freshness::CacheFirst => from_cache(shared, kind, &id).await?,
            Freshness::Server => None,
        };
        match cached.filter(|record| record.native_read) {
            Some(record) => {
                reads.insert((kind, id), Ok(record));
            }
            None => missing.push((kind, id)),
        }
    }
    let began = shared.now();
    let mut fetched = Vec::new();
    for some in missing.chunks(AT_ONCE) {
        let mut asked = JoinSet::new();
        for (kind, id) in some.iter().cloned() {
            let shared = shared.clone();
            asked.spawn(async move {
                let outcome = one(&shared, kind, &id).await;
                (kind, id, outcome)
            });
        }
        // What a task that broke was asked for stays unread.
        while let Some(answer) = asked.join_next().await {
            let Ok((kind, id, outcome)) = answer else {
                continue;
            };
            let read = match outcome {
                Ok(row) => {
                    let record = row.record.clone();
                    fetched.push(row);
                    Ok(record)
                }
                Err(why) => {
                    if why.sort == TroubleSort::NotFound {
                        forget(shared, kind, id.clone()).await?;
                    }
                    shared.doubt_if_offline(&why);
                    Err(why)
                }
            };
            reads.insert((kind, id), read);
        }
    }
    if !fetched.is_empty() {
        // The cache may fail; what was read was read.
        let _ = keep(shared, fetched, began).await;
    }
    Ok(reads)
}

async fn one<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    id: &Id,
) -> Result<Fetched, Trouble> {
    let books = shared.books().await?;
    let fetched = books.one(kind, id, kind.has_native()).await;
    fetched.map_err(|error| trouble::of_api(&error))
}
