//! What has to be known before an invoice is cancelled, and the replacements that were begun.
//!
//! The document itself is read from the server, each time. What hangs on it and what may take its place is found in the
//! cache, and how much of it was looked through is told along. Nothing here sends a cancellation.

use std::sync::Arc;

use crate::api::{Books, Cause, Fetched};
use crate::app::msg::{Fact, Trouble, TroubleSort};
use crate::domain::cancellation::{Hanging, Surroundings};
use crate::domain::field::Field;
use crate::domain::intent::{Act, Progress};
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, ListQuery, Only};
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Stamp;
use crate::domain::substitution::{Substitution, Thread};

use super::busy::Busy;
use super::reads::{from_cache, keep as keep_record};
use super::{Shared, trouble};

/// So many rows of the cache are looked through: what is older than these is no substitute of anything.
const MOST_ROWS: usize = 300;

/// Everything about an invoice that is to be cancelled. One that is not there any more is [`Fact::Gone`].
pub async fn surroundings<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    id: Id,
    substitute: Option<Id>,
) -> Result<Fact, Trouble> {
    let record = match fresh(shared, &id).await {
        Ok(record) => record,
        Err(trouble) if trouble.sort == TroubleSort::NotFound => return Ok(Fact::Gone),
        Err(trouble) => return Err(trouble),
    };
    let substitute = match substitute {
        Some(substitute) => match fresh(shared, &substitute).await {
            Ok(substitute) => Some(substitute),
            // Somebody deleted it: another one can be made or chosen.
            Err(trouble) if trouble.sort == TroubleSort::NotFound => None,
            Err(trouble) => return Err(trouble),
        },
        None => None,
    };
    let (notes, coverage) = credits(shared, &id).await?;
    let mut hanging = payments(shared, &record).await?;
    hanging.extend(notes.iter().map(|note| credited(note, &id)));
    let others = match record.link(Field::Contact) {
        Some(receiver) => {
            let (rows, _) = naming(shared, Kind::Invoices, Kind::Customers, &receiver.id).await?;
            rows.into_iter()
                .filter(|other| other.id != id && matches!(other.stamp, Stamp::Stamped(_)))
                .collect()
        }
        None => Vec::new(),
    };
    Ok(Fact::Cancelling(Box::new(Surroundings {
        tries: tries(shared, &id).await?,
        hanging,
        all_notes: coverage.complete_at.is_some(),
        others,
        substitute,
        record,
    })))
}

/// An invoice as the server has it now, also for the cache.
async fn fresh<B: Books + 'static>(shared: &Arc<Shared<B>>, id: &Id) -> Result<Record, Trouble> {
    let books = shared.books().await?;
    let began = shared.now();
    let fetched: Fetched = books
        .one(Kind::Invoices, id, true)
        .await
        .map_err(|error| trouble::of_api(&error))?;
    let record = fetched.record.clone();
    keep_record(shared, vec![fetched], began).await?;
    Ok(record)
}

/// The payments that went to an invoice, with the names that the cache has for them.
async fn payments<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    invoice: &Record,
) -> Result<Vec<Hanging>, Trouble> {
    let mut hanging = Vec::new();
    for allocation in &invoice.allocations {
        let (Some(kind), Some(link)) = (allocation.kind, &allocation.document) else {
            continue;
        };
        let known = match link.name.is_empty() {
            true => from_cache(shared, kind, &link.id).await?,
            false => None,
        };
        hanging.push(Hanging {
            kind,
            id: link.id.clone(),
            number: known.map_or_else(|| link.name.clone(), |known| known.title().to_owned()),
            amount: allocation.amount,
            is_stamped: false,
        });
    }
    Ok(hanging)
}

fn credited(note: &Record, invoice: &Id) -> Hanging {
    let share = note.allocations.iter().find(|allocation| {
        let document = allocation.document.as_ref();
        document.is_some_and(|document| document.id == *invoice)
    });
    Hanging {
        kind: note.kind,
        id: note.id.clone(),
        number: note.title().to_owned(),
        amount: share.and_then(|share| share.amount),
        is_stamped: matches!(note.stamp, Stamp::Stamped(_) | Stamp::CancelPending(_)),
    }
}

/// The credit notes that went to an invoice, as far as the cache knows, and how much it knows.
pub async fn credits<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    invoice: &Id,
) -> Result<(Vec<Record>, Coverage), Trouble> {
    naming(shared, Kind::CreditNotes, Kind::Invoices, invoice).await
}

/// The newest records of a kind that name another one.
async fn naming<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    named: Kind,
    id: &Id,
) -> Result<(Vec<Record>, Coverage), Trouble> {
    let query = ListQuery {
        only: Only::naming(named, id.clone()),
        ..ListQuery::natural(kind)
    };
    let (company, today) = (shared.company.clone(), shared.now());
    let today = today.to_zoned(jiff::tz::TimeZone::UTC).date();
    let window = shared
        .reader
        .ask(move |shelf| shelf.reader().window(&company, &query, today, 0, MOST_ROWS))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    Ok((window.rows, window.coverage))
}

/// How often this program asked for the cancellation of an invoice: what never left the machine counts for nothing.
async fn tries<B: Books + 'static>(shared: &Arc<Shared<B>>, id: &Id) -> Result<usize, Trouble> {
    let (company, id) = (shared.company.clone(), id.clone());
    let acts = shared
        .durable
        .ask(move |durable| durable.intents_on(&company, Kind::Invoices, &id))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    Ok(acts
        .iter()
        .filter(|intent| matches!(intent.act, Act::Cancel { .. }))
        .filter(|intent| !matches!(intent.progress, Progress::Planned | Progress::Unsent(_)))
        .count())
}

/// The replacements that were begun, each with its two documents as the cache has them. A substitute that the cache
/// does not know is read; one that is not there any more has to be made again.
pub async fn threads<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    let begun = shared
        .durable
        .ask(move |durable| durable.substitutions(&company))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    let mut threads = Vec::with_capacity(begun.len());
    for mut what in begun {
        let replaced = from_cache(shared, Kind::Invoices, &what.replaced).await?;
        let substitute = match what.substitute.clone() {
            None => None,
            Some(id) => match from_cache(shared, Kind::Invoices, &id).await? {
                Some(record) if record.native_read => Some(record),
                _ => match look(shared, &id).await {
                    Look::At(record) => Some(*record),
                    Look::Gone => {
                        what.substitute = None;
                        None
                    }
                    Look::Unknown => None,
                },
            },
        };
        threads.push(Thread {
            what,
            replaced,
            substitute,
        });
    }
    Ok(Fact::Threads(threads))
}

/// What a look at the server says of an invoice.
enum Look {
    At(Box<Record>),
    Gone,
    Unknown,
}

async fn look<B: Books + 'static>(shared: &Arc<Shared<B>>, id: &Id) -> Look {
    let Ok(books) = shared.books().await else {
        return Look::Unknown;
    };
    let began = shared.now();
    match books.one(Kind::Invoices, id, true).await {
        Ok(fetched) => {
            let record = Box::new(fetched.record.clone());
            // The cache may fail; what was read was read.
            let _ = keep_record(shared, vec![fetched], began).await;
            Look::At(record)
        }
        Err(error) if error.cause == Cause::NotFound => Look::Gone,
        Err(_) => Look::Unknown,
    }
}

/// Keeps that a replacement was begun, and how far it is.
pub fn keep<B: Books + 'static>(shared: &Arc<Shared<B>>, busy: &Busy, what: Substitution) {
    let company = shared.company.clone();
    let (begun, shared_too) = (busy.begin(), shared.clone());
    let _ = shared.durable.order(move |durable| {
        let _begun = begun;
        if let Err(error) = durable.keep_substitution(&company, &what) {
            shared_too.tell(None, Fact::Failed(trouble::of_store(&error)));
        }
    });
}

/// Forgets the replacement of an invoice.
pub fn drop<B: Books + 'static>(shared: &Arc<Shared<B>>, busy: &Busy, replaced: Id) {
    let company = shared.company.clone();
    let (begun, shared_too) = (busy.begin(), shared.clone());
    let _ = shared.durable.order(move |durable| {
        let _begun = begun;
        if let Err(error) = durable.drop_substitution(&company, &replaced) {
            shared_too.tell(None, Fact::Failed(trouble::of_store(&error)));
        }
    });
}
