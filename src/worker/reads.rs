//! Answers to questions: from the cache at once, from the server where it is asked for.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::api::{Books, Fetched};
use crate::app::msg::{Fact, Freshness, Request, Source, Ticket, Trouble, TroubleSort};
use crate::domain::company::CompanyId;
use crate::domain::kind::Kind;
use crate::domain::list::{ListQuery, Window};
use crate::domain::record::{Id, Record};
use crate::domain::spec::CatalogueName;
use crate::sat::catalogs::Catalogs;
use crate::search::language;
use crate::store::StoreError;
use crate::store::cache::{Reader, Row, RowId};

use super::{Shared, locked, trouble};

/// The cache as it is read, with the order of the list on screen.
pub struct Shelf {
    reader: Reader,
    /// The rows of the list that was asked for last, so that its end is as near as its start. Forgotten when the
    /// cache was written.
    held: Option<Held>,
    written: u64,
}

struct Held {
    query: ListQuery,
    today: Date,
    written: u64,
    rows: Vec<RowId>,
}

impl Shelf {
    /// Over this connection.
    pub fn new(reader: Reader) -> Self {
        Self {
            reader,
            held: None,
            written: 0,
        }
    }

    fn order(
        &mut self,
        company: &CompanyId,
        query: &ListQuery,
        today: Date,
    ) -> Result<&[RowId], StoreError> {
        let written = self.written;
        let kept = self
            .held
            .take()
            .filter(|held| held.query == *query && held.today == today && held.written == written);
        let held = match kept {
            Some(held) => held,
            None => Held {
                query: query.clone(),
                today,
                written,
                rows: self.reader.ordered_ids(company, query, today)?,
            },
        };
        Ok(&self.held.insert(held).rows)
    }

    fn window(
        &mut self,
        company: &CompanyId,
        query: &ListQuery,
        today: Date,
        offset: usize,
        len: usize,
    ) -> Result<Window, StoreError> {
        // The first rows are had without ordering the rest: a list opens at once, however long it is.
        if offset == 0 {
            return self.reader.window(company, query, today, 0, len);
        }
        let mut ordered_anew = self.held.is_none();
        loop {
            let rows = self.order(company, query, today)?;
            let total = rows.len();
            let offset = offset.min(total);
            let stretch: Vec<RowId> = rows.iter().skip(offset).take(len).copied().collect();
            let rows = self.reader.rows(&stretch)?;
            // Rows that are gone were taken by another window of this program: the order is older than the cache.
            if rows.len() < stretch.len() && !ordered_anew {
                ordered_anew = true;
                self.held = None;
                continue;
            }
            return Ok(Window {
                query: query.clone(),
                offset,
                rows,
                total,
                coverage: self.reader.coverage(company, query.kind)?,
            });
        }
    }

    fn around(
        &mut self,
        company: &CompanyId,
        query: &ListQuery,
        today: Date,
        id: &Id,
        len: usize,
    ) -> Result<Window, StoreError> {
        let position = match self.reader.row_id(company, query.kind, id)? {
            Some(row) => self
                .order(company, query, today)?
                .iter()
                .position(|other| *other == row),
            None => None,
        };
        let offset = position.unwrap_or(0).saturating_sub(len / 2);
        self.window(company, query, today, offset, len)
    }
}

/// Inflates the catalogues and reports them.
pub async fn catalogs<B: Books + 'static>(shared: &Arc<Shared<B>>) {
    let loaded = tokio::task::spawn_blocking(Catalogs::load).await;
    match loaded {
        Ok(Ok(catalogs)) => {
            let catalogs = Arc::new(catalogs);
            *locked(&shared.catalogs) = Some(catalogs.clone());
            shared.tell(None, Fact::Catalogs(catalogs));
        }
        Ok(Err(error)) => shared.tell(None, Fact::Broken(error.to_string())),
        Err(error) => shared.tell(None, Fact::Broken(error.to_string())),
    }
}

/// Answers a question.
pub async fn answer<B: Books + 'static>(shared: &Arc<Shared<B>>, ticket: Ticket, request: Request) {
    let result = match request {
        Request::Company => company(shared).await,
        Request::Window { query, offset, len } => {
            cached(shared, move |shelf, company, today| {
                shelf
                    .window(company, &query, today, offset, len)
                    .map(Fact::Window)
            })
            .await
        }
        Request::WindowAround { query, id, len } => {
            cached(shared, move |shelf, company, today| {
                shelf
                    .around(company, &query, today, &id, len)
                    .map(Fact::Window)
            })
            .await
        }
        Request::Overview => {
            cached(shared, |shelf, company, today| {
                shelf.reader.overview(company, today).map(Fact::Overview)
            })
            .await
        }
        Request::All(kind) => {
            cached(shared, move |shelf, company, _| {
                Ok(Fact::All {
                    kind,
                    records: shelf.reader.all(company, kind)?,
                    coverage: shelf.reader.coverage(company, kind)?,
                })
            })
            .await
        }
        Request::NamedBy { kind, id } => {
            cached(shared, move |shelf, company, _| {
                let named = shelf.reader.named_by(company, kind, &id)?;
                Ok(Fact::NamedBy { id, named })
            })
            .await
        }
        Request::Ids(query) => {
            cached(shared, move |shelf, company, today| {
                let rows = shelf.order(company, &query, today)?.to_vec();
                let ids = shelf.reader.ids(&rows)?;
                Ok(Fact::Ids { query, ids })
            })
            .await
        }
        Request::Native { kind, id } => native(shared, ticket, kind, id).await,
        Request::Find { text, kinds, limit } => {
            cached(shared, move |shelf, company, today| {
                let query = language::parse(&text, today);
                let found = shelf.reader.find(company, &query, &kinds, limit)?;
                Ok(Fact::Found {
                    hits: found.hits,
                    more: found.more,
                    coverage: shelf.reader.coverage(company, Kind::Invoices)?,
                })
            })
            .await
        }
        Request::Catalogue { name, text, limit } => Ok(catalogue(shared, name, &text, limit)),
        Request::Record {
            kind,
            id,
            freshness,
        } => record(shared, ticket, kind, id, freshness).await,
        Request::Records {
            kind,
            ids,
            freshness,
        } => records(shared, kind, ids, freshness).await,
        Request::Update(edit) => match shared.books.update(&edit).await {
            Ok(()) => {
                let id = edit.id.clone().unwrap_or_else(|| Id::from(""));
                // The list and the page behind the form show the change at once; failing here changes nothing about
                // the update itself, and the next walk reads it all the same.
                let began = shared.now();
                if let Ok(fetched) = shared
                    .books
                    .one(edit.kind, &id, has_native(edit.kind))
                    .await
                {
                    let _ = keep(shared, vec![fetched], began).await;
                }
                Ok(Fact::Updated(id))
            }
            Err(error) => Err(trouble::of_api(&error)),
        },
    };
    let fact = result.unwrap_or_else(Fact::Failed);
    shared.tell(Some(ticket), fact);
}

/// A question that the cache alone answers.
async fn cached<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ask: impl FnOnce(&mut Shelf, &CompanyId, Date) -> Result<Fact, StoreError> + Send + 'static,
) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    let today = shared.today();
    shared
        .reader
        .ask(move |shelf| ask(shelf, &company, today))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

async fn company<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<Fact, Trouble> {
    let company = shared
        .books
        .company()
        .await
        .map_err(|error| trouble::of_api(&error))?;
    let kept = company.clone();
    shared
        .writer
        .ask(move |cache| cache.put_company(&kept))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    Ok(Fact::Company(company))
}

fn catalogue<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    name: CatalogueName,
    text: &str,
    limit: usize,
) -> Fact {
    let catalogs = locked(&shared.catalogs).clone();
    let hits = match (catalogs, name) {
        (Some(catalogs), CatalogueName::ProductKey) => catalogs.search_products(text, &[], limit),
        (Some(catalogs), CatalogueName::Unit) => catalogs.search_units(text, &[], limit),
        // The small ones are in the model; nobody asks for them here.
        _ => Vec::new(),
    };
    Fact::CatalogueFound(hits)
}

/// Kinds of which the native record tells more than the unified one.
fn has_native(kind: Kind) -> bool {
    kind.is_stamped() || matches!(kind, Kind::Customers | Kind::Suppliers | Kind::InvoiceItems)
}

async fn record<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ticket: Ticket,
    kind: Kind,
    id: Id,
    freshness: Freshness,
) -> Result<Fact, Trouble> {
    if freshness == Freshness::CacheFirst {
        if let Some(record) = from_cache(shared, kind, &id).await? {
            shared.tell(
                Some(ticket),
                Fact::Record {
                    record: Box::new(record),
                    source: Source::Cache,
                },
            );
        }
        let began = shared.now();
        match shared.books.one(kind, &id, false).await {
            Ok(fetched) => {
                let source = if has_native(kind) {
                    Source::Commercial
                } else {
                    Source::Native
                };
                let record = Box::new(fetched.record.clone());
                keep(shared, vec![fetched], began).await?;
                let fact = Fact::Record { record, source };
                if !has_native(kind) {
                    return Ok(fact);
                }
                shared.tell(Some(ticket), fact);
            }
            Err(error) if trouble::of_api(&error).sort == TroubleSort::NotFound => {
                forget(shared, kind, id).await?;
                return Ok(Fact::Gone);
            }
            Err(error) => return Err(trouble::of_api(&error)),
        }
    }
    let began = shared.now();
    match shared.books.one(kind, &id, true).await {
        Ok(fetched) => {
            let record = Box::new(fetched.record.clone());
            keep(shared, vec![fetched], began).await?;
            Ok(Fact::Record {
                record,
                source: Source::Native,
            })
        }
        Err(error) if trouble::of_api(&error).sort == TroubleSort::NotFound => {
            forget(shared, kind, id).await?;
            Ok(Fact::Gone)
        }
        Err(error) => Err(trouble::of_api(&error)),
    }
}

/// The native record: as it is kept, at once, then as the server has it.
async fn native<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ticket: Ticket,
    kind: Kind,
    id: Id,
) -> Result<Fact, Trouble> {
    let (company, wanted) = (shared.company.clone(), id.clone());
    let kept = shared
        .reader
        .ask(move |shelf| shelf.reader.raw_at(&company, kind, &wanted))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    if let Some((raw, read_at)) = kept {
        shared.tell(
            Some(ticket),
            Fact::Native {
                id: id.clone(),
                raw,
                read_at,
                fresh: false,
            },
        );
    }
    let began = shared.now();
    match shared.books.one(kind, &id, true).await {
        Ok(fetched) => {
            let raw = fetched.raw.clone().unwrap_or_default();
            keep(shared, vec![fetched], began).await?;
            Ok(Fact::Native {
                id,
                raw,
                read_at: Some(began),
                fresh: true,
            })
        }
        Err(error) if trouble::of_api(&error).sort == TroubleSort::NotFound => {
            forget(shared, kind, id).await?;
            Ok(Fact::Gone)
        }
        Err(error) => Err(trouble::of_api(&error)),
    }
}

async fn records<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    ids: Vec<Id>,
    freshness: Freshness,
) -> Result<Fact, Trouble> {
    let mut records = Vec::with_capacity(ids.len());
    for id in ids {
        if freshness == Freshness::CacheFirst
            && let Some(record) = from_cache(shared, kind, &id).await?
            && record.native_read
        {
            records.push(record);
            continue;
        }
        let began = shared.now();
        let fetched = shared
            .books
            .one(kind, &id, has_native(kind))
            .await
            .map_err(|error| trouble::of_api(&error))?;
        records.push(fetched.record.clone());
        keep(shared, vec![fetched], began).await?;
    }
    Ok(Fact::Records(records))
}

async fn from_cache<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    id: &Id,
) -> Result<Option<Record>, Trouble> {
    let (company, id) = (shared.company.clone(), id.clone());
    shared
        .reader
        .ask(move |shelf| shelf.reader.record(&company, kind, &id))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

/// Writes what was read into the cache. `began` is when it was asked for: an answer that was overtaken by a newer one
/// changes nothing.
pub async fn keep<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    fetched: Vec<Fetched>,
    began: Timestamp,
) -> Result<(), Trouble> {
    let company = shared.company.clone();
    shared
        .writer
        .ask(move |cache| {
            let rows: Vec<Row<'_>> = fetched
                .iter()
                .map(|fetched| Row {
                    record: &fetched.record,
                    raw: fetched.raw.as_deref(),
                })
                .collect();
            cache.upsert(&company, &rows, began)
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    written(shared);
    Ok(())
}

/// Forgets a record that the server no longer has.
pub async fn forget<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    id: Id,
) -> Result<(), Trouble> {
    let company = shared.company.clone();
    shared
        .writer
        .ask(move |cache| cache.forget(&company, kind, &id))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    written(shared);
    Ok(())
}

/// The cache was written: the order of the list on screen may be another.
pub fn written<B>(shared: &Arc<Shared<B>>) {
    // A desk that is closed has no order to forget.
    let _ = shared.reader.order(|shelf| shelf.written += 1);
}
