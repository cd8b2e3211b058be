//! Answers to questions: from the cache at once, from the server where it is asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::api::{Books, Fetched};
use crate::app::msg::{Fact, Folios, Freshness, Request, Source, Ticket, Trouble, TroubleSort};
use crate::domain::company::CompanyId;
use crate::domain::intent::IntentId;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Filter, ListQuery, Window};
use crate::domain::record::{Id, Record};
use crate::domain::spec::CatalogueName;
use crate::sat::EDITION;
use crate::sat::catalogs::Catalogs;
use crate::sat::standing;
use crate::search::language;
use crate::store::StoreError;
use crate::store::cache::{AsOf, Reader, Row, RowId, Slips};

use super::{
    Shared, cancelling, everywhere, judging, lately, ledger, locked, owed, package, related,
    surroundings, trouble, views,
};

/// The cache as it is read, with the order of the list on screen.
pub struct Shelf {
    reader: Reader,
    /// The rows of the list that was asked for last, so that its end is as near as its start. Forgotten when the
    /// cache was written, here or by another window of this program.
    held: Option<Held>,
}

struct Held {
    query: ListQuery,
    today: Date,
    /// The moment, where it decides which rows are in the list.
    now: Option<Timestamp>,
    /// The cache when it was ordered.
    version: i64,
    rows: Vec<RowId>,
}

impl Shelf {
    /// Over this connection.
    pub fn new(reader: Reader) -> Self {
        Self { reader, held: None }
    }

    /// The connection itself, for what has no order.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    fn order(
        &mut self,
        company: &CompanyId,
        query: &ListQuery,
        as_of: AsOf<'_>,
    ) -> Result<&[RowId], StoreError> {
        let version = self.reader.version()?;
        let today = as_of.today;
        // Verdicts end with the clock, in the middle of a day.
        let now = matches!(query.filter, Filter::Standing(_)).then_some(as_of.now);
        let kept = self.held.take().filter(|held| {
            held.query == *query
                && (held.today, held.now) == (today, now)
                && held.version == version
        });
        let held = match kept {
            Some(held) => held,
            None => Held {
                query: query.clone(),
                today,
                now,
                version,
                rows: self.reader.ordered_ids(company, query, as_of)?,
            },
        };
        Ok(&self.held.insert(held).rows)
    }

    fn window(
        &mut self,
        company: &CompanyId,
        query: &ListQuery,
        as_of: AsOf<'_>,
        offset: usize,
        len: usize,
    ) -> Result<Window, StoreError> {
        // The first rows are had without ordering the rest: a list opens at once, however long it is.
        if offset == 0 {
            return self.reader.window(company, query, as_of, 0, len);
        }
        let mut ordered_anew = self.held.is_none();
        loop {
            let rows = self.order(company, query, as_of)?;
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
                judged: BTreeMap::new(),
                receipts: self.reader.receipts_due(&stretch)?,
            });
        }
    }

    /// What is open with a contact, and how much of the kind is here.
    pub fn open_documents(
        &self,
        company: &CompanyId,
        kind: Kind,
        contact: &Id,
        also: &[Id],
    ) -> Result<(Vec<Record>, Coverage), StoreError> {
        self.reader.open_documents(company, kind, contact, also)
    }

    fn around(
        &mut self,
        company: &CompanyId,
        query: &ListQuery,
        as_of: AsOf<'_>,
        id: &Id,
        len: usize,
    ) -> Result<Window, StoreError> {
        let position = match self.reader.row_id(company, query.kind, id)? {
            Some(row) => self
                .order(company, query, as_of)?
                .iter()
                .position(|other| *other == row),
            None => None,
        };
        let offset = position.unwrap_or(0).saturating_sub(len / 2);
        self.window(company, query, as_of, offset, len)
    }
}

/// Inflates the catalogues and reports them.
pub async fn catalogs<B: Books + 'static>(shared: &Arc<Shared<B>>) {
    let loaded = tokio::task::spawn_blocking(Catalogs::shared).await;
    match loaded {
        Ok(Ok(catalogs)) => {
            *locked(&shared.catalogs) = Some(catalogs.clone());
            shared.tell(None, Fact::Catalogs(catalogs));
            locked(&shared.judging).want();
            judging::if_due(shared).await;
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the catalogues could not be inflated");
            shared.tell(None, Fact::Broken(error.to_string()));
        }
        Err(error) => {
            tracing::error!(%error, "the catalogues could not be inflated");
            shared.tell(None, Fact::Broken(error.to_string()));
        }
    }
}

/// Answers a question.
pub async fn answer<B: Books + 'static>(shared: &Arc<Shared<B>>, ticket: Ticket, request: Request) {
    let first = shared.road.person();
    let now = shared.now();
    let result = match request {
        Request::Company => shared.who().await.map(Fact::Company),
        Request::Window { query, offset, len } => {
            cached(shared, move |shelf, company, as_of| {
                let window = shelf.window(company, &query, as_of, offset, len)?;
                judging::of_window(shelf.reader(), company, window, now).map(Fact::Window)
            })
            .await
        }
        Request::WindowAround { query, id, len } => {
            cached(shared, move |shelf, company, as_of| {
                let window = shelf.around(company, &query, as_of, &id, len)?;
                judging::of_window(shelf.reader(), company, window, now).map(Fact::Window)
            })
            .await
        }
        Request::Overview => overview(shared).await,
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
        Request::Package { period, issuer } => package::plan(shared, period, &issuer).await,
        Request::Folios => folios(shared).await,
        Request::Audit { query, offset, len } => {
            ledger::stretch(shared, ticket, query, offset, len).await
        }
        Request::AuditChain => ledger::chain(shared).await,
        Request::Cancelling { id, substitute } => {
            cancelling::surroundings(shared, id, substitute).await
        }
        Request::Lately => lately::all(shared).await,
        Request::Views => views::all(shared).await,
        Request::Threads => cancelling::threads(shared).await,
        Request::Acts(ids) => acts(shared, ids).await,
        Request::NamedBy { kind, id } => {
            cached(shared, move |shelf, company, as_of| {
                let named = shelf.reader.named_by(company, kind, &id)?;
                let of = (kind, &id);
                let related = related::invoices(&shelf.reader, company, of, as_of.today)?;
                Ok(Fact::NamedBy { id, named, related })
            })
            .await
        }
        Request::Ids(query) => {
            cached(shared, move |shelf, company, as_of| {
                let rows = shelf.order(company, &query, as_of)?.to_vec();
                let ids = shelf.reader.ids(&rows)?;
                Ok(Fact::Ids { query, ids })
            })
            .await
        }
        Request::Native { kind, id } => native(shared, ticket, kind, id).await,
        Request::Find { text, kinds, limit } => {
            cached(shared, move |shelf, company, as_of| {
                let query = language::parse(&text, as_of.today);
                let found = shelf
                    .reader
                    .find(company, &query, &kinds, limit, Slips::Forgiven)?;
                Ok(Fact::Found {
                    hits: found.hits,
                    more: found.more,
                    coverage: shelf.reader.coverage(company, Kind::Invoices)?,
                })
            })
            .await
        }
        Request::FindEverywhere {
            text,
            kinds,
            limit,
            others,
        } => everywhere::find(shared, text, kinds, limit, others).await,
        Request::Habits => {
            cached(shared, move |shelf, company, as_of| {
                shelf.reader.habits(company, as_of.today).map(Fact::Habits)
            })
            .await
        }
        Request::Catalogue {
            name,
            text,
            usual,
            limit,
        } => Ok(catalogue(shared, name, &text, &usual, limit)),
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
        Request::Surroundings {
            kind,
            ids,
            freshness,
        } => surroundings::surroundings(shared, kind, ids, freshness).await,
        Request::OpenDocuments {
            kind,
            contact,
            also,
        } => owed::open_documents(shared, ticket, kind, contact, also).await,
    };
    let fact = result.unwrap_or_else(|trouble| {
        shared.doubt_if_offline(&trouble);
        Fact::Failed(trouble)
    });
    shared.tell(Some(ticket), fact);
    // Nobody waits for what follows.
    drop(first);
    judging::if_due(shared).await;
}

/// The clock of the issue place, as far as the cache knows the company.
pub(super) fn clock(
    reader: &Reader,
    company: &CompanyId,
    catalogs: Option<&Catalogs>,
) -> Result<TimeZone, StoreError> {
    Ok(standing::clock_of(
        reader.company(company)?.as_ref(),
        catalogs,
    ))
}

/// A question that the cache alone answers.
async fn cached<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ask: impl FnOnce(&mut Shelf, &CompanyId, AsOf<'static>) -> Result<Fact, StoreError> + Send + 'static,
) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    let catalogs = locked(&shared.catalogs).clone();
    let now = shared.now();
    shared
        .reader
        .ask(move |shelf| {
            let clock = clock(shelf.reader(), &company, catalogs.as_deref())?;
            let as_of = AsOf {
                today: now.to_zoned(clock).date(),
                now,
                edition: EDITION,
            };
            ask(shelf, &company, as_of)
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

/// The numbers of the home page. Documents that may be stamped by now are counted by no verdict (law 4).
async fn overview<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    let catalogs = locked(&shared.catalogs).clone();
    let open = shared
        .durable
        .ask(move |durable| durable.open_intents(&company))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    cached(shared, move |shelf, company, as_of| {
        let mut overview = shelf.reader.overview(company, as_of)?;
        let clock = clock(shelf.reader(), company, catalogs.as_deref())?;
        overview.until = as_of
            .today
            .tomorrow()
            .and_then(|day| day.to_zoned(clock))
            .map(|midnight| midnight.timestamp())
            .ok();
        let stamping = judging::stamping(shelf.reader(), company, &open, as_of)?;
        judging::of_overview(shelf.reader(), company, overview, &stamping, as_of)
            .map(Fact::Overview)
    })
    .await
}

fn catalogue<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    name: CatalogueName,
    text: &str,
    usual: &[String],
    limit: usize,
) -> Fact {
    let catalogs = locked(&shared.catalogs).clone();
    let hits = match (catalogs, name) {
        (Some(catalogs), CatalogueName::ProductKey) => catalogs.search_products(text, usual, limit),
        (Some(catalogs), CatalogueName::Unit) => catalogs.search_units(text, usual, limit),
        // The small ones are in the model; nobody asks for them here.
        _ => Vec::new(),
    };
    Fact::CatalogueFound(hits)
}

/// Acts of this company as they stand in the outbox.
async fn acts<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ids: Vec<IntentId>,
) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    shared
        .durable
        .ask(move |durable| {
            let mut acts = Vec::new();
            for id in ids {
                acts.extend(durable.intent(&id)?.filter(|act| act.company == company));
            }
            Ok::<_, StoreError>(acts)
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
        .map(Fact::Acts)
}

/// What the audit log says of the folios that this program spent, by the days of the issue place.
async fn folios<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    let catalogs = locked(&shared.catalogs).clone();
    let clock = shared
        .reader
        .ask({
            let company = company.clone();
            move |shelf| clock(shelf.reader(), &company, catalogs.as_deref())
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    let today = shared.now().to_zoned(clock.clone()).date();
    let begin = |day: Date| {
        day.to_zoned(clock.clone())
            .map_or(Timestamp::MIN, |midnight| midnight.timestamp())
    };
    let (day, month) = (begin(today), begin(today.first_of_month()));
    let counted = shared
        .durable
        .ask(move |durable| {
            let spent = |since| durable.stamped_since(&company, since);
            Ok::<_, StoreError>(Folios {
                today: spent(day)?,
                month: spent(month)?,
            })
        })
        .await
        .map_err(trouble::of_desk)?;
    counted
        .map(Fact::Folios)
        .map_err(|error| trouble::of_store(&error))
}

async fn record<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ticket: Ticket,
    kind: Kind,
    id: Id,
    freshness: Freshness,
) -> Result<Fact, Trouble> {
    if freshness == Freshness::CacheFirst {
        if let Some(mut record) = from_cache(shared, kind, &id).await? {
            owed::name_documents(shared, &mut record).await?;
            shared.tell(
                Some(ticket),
                Fact::Record {
                    record: Box::new(record),
                    source: Source::Cache,
                },
            );
        }
        let books = shared.books().await?;
        let began = shared.now();
        match books.one(kind, &id, false).await {
            Ok(fetched) => {
                let source = if kind.has_native() {
                    Source::Commercial
                } else {
                    Source::Native
                };
                let mut record = Box::new(fetched.record.clone());
                keep(shared, vec![fetched], began).await?;
                owed::name_documents(shared, &mut record).await?;
                let fact = Fact::Record { record, source };
                if !kind.has_native() {
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
    let books = shared.books().await?;
    let began = shared.now();
    match books.one(kind, &id, true).await {
        Ok(fetched) => {
            let mut record = Box::new(fetched.record.clone());
            keep(shared, vec![fetched], began).await?;
            owed::name_documents(shared, &mut record).await?;
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
        .ask(move |shelf| shelf.reader.held(&company, kind, &wanted))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    if let Some(held) = kept
        && let Some(raw) = held.raw
    {
        shared.tell(
            Some(ticket),
            Fact::Native {
                id: id.clone(),
                raw,
                read_at: held.read_at,
                fresh: false,
            },
        );
    }
    let books = shared.books().await?;
    let began = shared.now();
    match books.one(kind, &id, true).await {
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
        let books = shared.books().await?;
        let began = shared.now();
        let fetched = books
            .one(kind, &id, kind.has_native())
            .await
            .map_err(|error| trouble::of_api(&error))?;
        records.push(fetched.record.clone());
        keep(shared, vec![fetched], began).await?;
    }
    Ok(Fact::Records(records))
}

/// A record as the cache has it.
pub async fn from_cache<B: Books + 'static>(
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
    let news = shared
        .writer
        .ask(move |cache| {
            let rows: Vec<Row<'_>> = fetched.iter().map(row).collect();
            cache.upsert(&company, &rows, began)
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    if news > 0 {
        locked(&shared.judging).want();
    }
    Ok(())
}

/// What was fetched, as the cache takes it.
pub fn row(fetched: &Fetched) -> Row<'_> {
    Row {
        record: &fetched.record,
        raw: fetched.raw.as_deref(),
    }
}

/// Forgets a record that the server no longer has.
pub async fn forget<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    id: Id,
) -> Result<(), Trouble> {
    let (company, at) = (shared.company.clone(), shared.now());
    shared
        .writer
        .ask(move |cache| cache.forget(&company, kind, &id, at))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    Ok(())
}
