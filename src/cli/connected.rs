//! The connected company for verbs without a screen: the road to its books, and records with all that a judgement of
//! them needs.
//!
//! Reads only, from the server alone and never from the cache, so that a verb says what is there now. What could not be
//! read is counted, never passed over.

use std::collections::{BTreeMap, BTreeSet};

use color_eyre::eyre;
use jiff::Timestamp;
use tokio::runtime::Runtime;

use super::progress::Progress;
use super::{Exit, Place, Told, clock};
use crate::api::{ApiError, Apideck, Books, Cause, Connection, Fetched};
use crate::domain::company::Company;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::runtime::Clock;
use crate::sat::assembly::{Surroundings, items_of, related_to};
use crate::words::Words;
use crate::worker::trouble_of_api;

/// How often a walk that lost its place begins again before it gives up.
const RESTARTS: u8 = 2;

/// Up to so many records are read one by one; more of them come faster page by page.
const ONE_BY_ONE: usize = 10;

/// The road to the books of the company that the command line, the environment or the config names.
pub struct Connected<'a> {
    connection: Connection,
    books: Apideck,
    clock: Clock,
    place: &'a Place,
    runtime: Runtime,
    progress: Progress,
}

/// All records of a kind, as far as they could be read.
#[derive(Debug, Default)]
pub struct All {
    /// In the server's order, each once.
    pub records: Vec<Record>,
    /// Rows that no record could be made of.
    pub skipped: usize,
    /// What the server warned of, in its own words.
    pub warnings: Vec<String>,
}

/// What documents refer to.
#[derive(Debug, Default)]
pub struct Around {
    /// The issuer.
    pub company: Option<Company>,
    /// Receivers.
    pub contacts: BTreeMap<Id, Record>,
    /// What the lines name.
    pub items: BTreeMap<Id, Record>,
    /// All of them.
    pub taxes: Vec<Record>,
    /// Documents that relations may name.
    pub related: BTreeMap<Id, Record>,
}

impl Around {
    /// What this document refers to.
    pub fn of(&self, record: &Record) -> Surroundings<'_> {
        Surroundings {
            company: self.company.as_ref(),
            receiver: record
                .link(Field::Contact)
                .and_then(|link| self.contacts.get(&link.id)),
            items: &self.items,
            taxes: &self.taxes,
            related: &self.related,
        }
    }
}

impl<'a> Connected<'a> {
    /// Prepares the connection that the command line, the environment or the config names.
    ///
    /// # Errors
    /// What is missing or cannot be meant, in words.
    pub fn open(place: &'a Place) -> eyre::Result<Self> {
        let way = place.way()?;
        let connection = place.connect(&way)?;
        let clock = clock(&way, Some(&connection), place)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            books: Apideck::new(&connection)?,
            connection,
            clock,
            place,
            runtime,
            progress: Progress::begin(),
        })
    }

    /// How to reach the books.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The program's clock over it.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// What the program's clock says.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// One record, with its native one where that tells more.
    ///
    /// # Errors
    /// Why it could not be read, in words; the same holds for every function below.
    pub fn one(&self, kind: Kind, id: &Id) -> eyre::Result<Fetched> {
        self.ask(self.books.one(kind, id, kind.has_native()))
    }

    /// All records of a kind.
    pub fn all(&self, kind: Kind) -> eyre::Result<All> {
        self.ask(all(&self.books, kind, &|read| self.tell(kind, read)))
    }

    /// What these documents refer to. Contacts and items that are not there (any more) are left out.
    pub fn around(&self, documents: &[&Record]) -> eyre::Result<Around> {
        let contacts = documents
            .iter()
            .filter_map(|document| document.link(Field::Contact))
            .map(|link| link.id.clone())
            .collect();
        let items = documents
            .iter()
            .flat_map(|document| items_of(document))
            .collect();
        let related = documents
            .iter()
            .flat_map(|document| related_to(document))
            .collect();
        let read = async |kind, wanted| {
            some(&self.books, kind, wanted, &|read| self.tell(kind, read)).await
        };
        self.ask(async {
            Ok(Around {
                company: Some(self.books.company().await?),
                contacts: read(Kind::Customers, contacts).await?,
                items: read(Kind::InvoiceItems, items).await?,
                taxes: all(&self.books, Kind::TaxRates, &|_| {}).await?.records,
                related: read(Kind::Invoices, related).await?,
            })
        })
    }

    fn tell(&self, kind: Kind, read: usize) {
        self.progress.read(kind, read, &self.place.words);
    }

    /// Whose books these are.
    pub fn company(&self) -> eyre::Result<Company> {
        self.ask(self.books.company())
    }

    /// The same, for a verb that does nothing unless somebody answers.
    ///
    /// # Errors
    /// Why nobody did, as it ends the program.
    pub fn meet(&self) -> Result<Company, Told> {
        self.runtime
            .block_on(self.books.company())
            .map_err(|error| self.failure(&error))
    }

    /// The road itself, for whoever drives it.
    pub fn books(&self) -> &Apideck {
        &self.books
    }

    /// Waits for what goes over that road. What is said next begins on a clean line.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        let done = self.runtime.block_on(work);
        self.progress.wipe();
        done
    }

    /// So many documents of so many have their files.
    pub fn tell_files(&self, done: usize, all: usize) {
        self.progress.files(done, all, &self.place.words);
    }

    /// A failed request as it ends the program.
    pub fn failure(&self, error: &ApiError) -> Told {
        match error.cause {
            Cause::NotSent | Cause::QuotaUsedUp => Told {
                exit: Exit::NotConnected,
                ..self.told(error)
            },
            _ => self.told(error),
        }
    }

    fn ask<T>(&self, question: impl Future<Output = Result<T, ApiError>>) -> eyre::Result<T> {
        self.wait(question)
            .map_err(|error| self.told(&error).into())
    }

    fn told(&self, error: &ApiError) -> Told {
        refused(error, &self.place.words)
    }
}

/// A failed request in words: what it means, and what the server said.
pub fn refused(error: &ApiError, words: &Words) -> Told {
    let trouble = trouble_of_api(error);
    let exit = match error.cause {
        cause if cause.needs_settings() => Exit::NotConnected,
        Cause::NotFound => Exit::Findings,
        _ => Exit::Failed,
    };
    let mut text = words.text(trouble.sort.words_key());
    for more in [&trouble.code, &trouble.text, &trouble.request_id] {
        if !more.is_empty() {
            text.push_str(" · ");
            text.push_str(more);
        }
    }
    Told { exit, text }
}

/// Walks over a kind. What somebody changes meanwhile jumps to the front where the server sorts by change, so the front
/// is looked at again.
async fn all<B: Books>(books: &B, kind: Kind, told: &dyn Fn(usize)) -> Result<All, ApiError> {
    let mut restarts = 0;
    let mut found = Walked::default();
    let mut cursor = None;
    loop {
        let page = match books.page(kind, None, cursor.as_ref()).await {
            Ok(page) => page,
            Err(error) if error.cause == Cause::InvalidCursor && restarts < RESTARTS => {
                restarts += 1;
                found = Walked::default();
                cursor = None;
                continue;
            }
            Err(error) => return Err(error),
        };
        let (next, latest_first) = (page.next.clone(), page.latest_first);
        found.skipped += page.skipped;
        found.warnings.extend(page.warnings.iter().cloned());
        found.take(page.rows);
        told(found.records.len());
        let first = cursor.is_none();
        cursor = next;
        if cursor.is_none() {
            if latest_first && !first {
                front(books, kind, &mut found).await?;
            }
            break;
        }
    }
    Ok(All {
        records: found.records,
        skipped: found.skipped,
        warnings: found.warnings,
    })
}

/// Reads from the front until a page holds nothing new.
async fn front<B: Books>(books: &B, kind: Kind, found: &mut Walked) -> Result<(), ApiError> {
    let mut cursor = None;
    loop {
        let page = books.page(kind, None, cursor.as_ref()).await?;
        let news = found.take(page.rows);
        cursor = page.next;
        if news == 0 || cursor.is_none() {
            return Ok(());
        }
    }
}

#[derive(Default)]
struct Walked {
    records: Vec<Record>,
    places: BTreeMap<Id, usize>,
    skipped: usize,
    warnings: Vec<String>,
}

impl Walked {
    /// Takes rows, the later reading of a record over the earlier one, and says how many were news.
    fn take(&mut self, rows: Vec<Fetched>) -> usize {
        let mut news = 0;
        for Fetched { record, .. } in rows {
            match self.places.get(&record.id).copied() {
                Some(place) => {
                    if let Some(known) = self.records.get_mut(place)
                        && *known != record
                    {
                        *known = record;
                        news += 1;
                    }
                }
                None => {
                    self.places.insert(record.id.clone(), self.records.len());
                    self.records.push(record);
                    news += 1;
                }
            }
        }
        news
    }
}

/// These records of a kind, with their native ones. One that is not there is left out.
async fn some<B: Books>(
    books: &B,
    kind: Kind,
    wanted: BTreeSet<Id>,
    told: &dyn Fn(usize),
) -> Result<BTreeMap<Id, Record>, ApiError> {
    let mut wanted = wanted;
    let mut found = BTreeMap::new();
    let mut pages = 0;
    let mut cursor = None;
    while wanted.len() > ONE_BY_ONE.max(pages) {
        let page = books.page(kind, None, cursor.as_ref()).await?;
        pages += 1;
        for Fetched { record, .. } in page.rows {
            if record.native_read && wanted.remove(&record.id) {
                found.insert(record.id.clone(), record);
            }
        }
        told(found.len());
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    for id in wanted {
        match books.one(kind, &id, true).await {
            Ok(fetched) => {
                found.insert(id, fetched.record);
                told(found.len());
            }
            Err(error) if error.cause == Cause::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
