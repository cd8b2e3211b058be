//! The books through Apideck: Unify for the commercial record, its `_raw` or the Proxy for the native one.
//!
//! One mapping per resource lies in the files below; the machinery here is the same for all. Reads liberally: a row
//! that cannot be understood costs a count, never a page. Never stamps on the way: no body from here carries
//! `generateStamp` except that of [`Books::stamp`], and none is sent twice, save a create whose idempotency key the
//! connector refused before it did anything (contract A.6).

mod allocations;
mod company;
mod contacts;
mod country;
mod envelope;
#[cfg(test)]
mod hostile;
mod invoices;
mod ledger;
mod lines;
mod narrowing;
mod postings;
mod purchases;
mod regime;
mod related;
mod sales;
mod treasury;
mod wire;
mod writing;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::Method;
use serde_json::Value;

use super::answer;
use super::connection::{Connection, ConnectionError};
use super::error::{ApiError, Cause};
use super::http::{Act, Http, Rate, Target, Timing, encoded};
use super::papers::{self, Sheet};
use super::{Books, Bulk, Cursor, Fetched, Narrowing, Page, Papers, Standing};
use super::{Delivery, Subscription, Unbelieved, json, refusal, webhook};
use crate::domain::cancellation::Motive;
use crate::domain::company::{Company, CompanyId};
use crate::domain::edit::Edit;
use crate::domain::intent::{Answer, IntentId};
use crate::domain::kind::Kind;
use crate::domain::paper::Form;
use crate::domain::record::Id;
use envelope::{Found, List};
use wire::Order;
use writing::Body;

/// Where the native API lives; the Proxy is asked for no other host (contract D.1).
const NATIVE: &str = "https://api.alegra.com/api/v1";

/// What is said of an answer about a record that nobody asked for.
const OTHER_RECORD: &str = "the server gave another record";

/// Alegra gives no more rows a page (contract 9.1).
const PAGE_ROWS: usize = 30;

/// The one body that spends a folio (contract D.2).
const STAMP: &str = r#"{"stamp":{"generateStamp":true}}"#;

/// The query parameter that sorts.
const SORT: &str = "sort[by]";

/// How many pages are looked through for a twin where the server cannot sort: thirty thousand records.
const MOST_PAGES: usize = 1000;

/// The books of one company behind Apideck. Clones share the connection, its budget and what it has learned.
#[derive(Clone)]
pub struct Apideck {
    inner: Arc<Inner>,
}

struct Inner {
    http: Http,
    timing: Timing,
    company: CompanyId,
    /// The connector refused an idempotency key once: it gets no more of them.
    keys_refused: AtomicBool,
    /// Query parameters that a kind refused although the contract says that it knows them.
    refused: Mutex<BTreeSet<(Kind, &'static str)>>,
}

impl Apideck {
    /// Prepares a connection; sends nothing.
    pub fn new(connection: &Connection) -> Result<Self, ConnectionError> {
        Self::with_timing(connection, Timing::default())
    }

    /// The same with other time limits.
    pub fn with_timing(connection: &Connection, timing: Timing) -> Result<Self, ConnectionError> {
        Ok(Self {
            inner: Arc::new(Inner {
                http: Http::new(connection, timing)?,
                timing,
                company: connection.books(),
                keys_refused: AtomicBool::new(false),
                refused: Mutex::default(),
            }),
        })
    }

    /// The name of the connection; whose books it leads to is known when it was asked.
    pub fn company_id(&self) -> &CompanyId {
        &self.inner.company
    }

    /// What the server told of its limit with its last replies, if it did.
    pub fn rate(&self) -> Option<Rate> {
        self.http().rate()
    }

    fn http(&self) -> &Http {
        &self.inner.http
    }

    async fn unify(
        &self,
        path: String,
        query: Vec<(&'static str, String)>,
    ) -> Result<Value, ApiError> {
        let body = self.http().get(&Target::Unify { path, query }).await?;
        refusal::json(&body)
    }

    /// The native record of a path below [`NATIVE`].
    async fn native(&self, path: &str) -> Result<Value, ApiError> {
        let target = Target::Proxy(format!("{NATIVE}/{path}"));
        let body = self.http().get(&target).await?;
        let value = refusal::json(&body)?;
        if value.is_object() {
            Ok(value)
        } else {
            Err(ApiError::new(Cause::Unreadable, "no native record"))
        }
    }

    /// A record as Unify has it, with the native one where it came along.
    async fn found(&self, kind: Kind, id: &Id, raw: bool) -> Result<Found, ApiError> {
        let path = match kind {
            Kind::CompanyInfo => collection(kind),
            _ => format!("{}/{}", collection(kind), segment(id)?),
        };
        let query = if raw {
            vec![("raw", "true".to_owned())]
        } else {
            Vec::new()
        };
        let found = envelope::one(self.unify(path, query).await?)?;
        match found.id(kind) {
            Some(told) if kind != Kind::CompanyInfo && told != id.as_str() => {
                Err(ApiError::new(Cause::Unreadable, OTHER_RECORD))
            }
            _ => Ok(found),
        }
    }

    async fn list(&self, kind: Kind, asked: &Asked<'_>) -> Result<List, ApiError> {
        let resource = wire::resource(kind);
        let mut query = Vec::new();
        if resource.paged {
            query.push(("limit", asked.rows.clamp(1, PAGE_ROWS).to_string()));
            if let Some(cursor) = asked.cursor {
                query.push(("cursor", cursor.0.clone()));
            }
        }
        if let Some((key, value)) = &asked.filter {
            query.push((*key, value.clone()));
        }
        if let Some(field) = asked.order {
            query.push((SORT, field.to_owned()));
            query.push(("sort[direction]", "desc".to_owned()));
        }
        if resource.raw {
            query.push(("raw", "true".to_owned()));
        }
        let body = self.unify(collection(kind), query).await?;
        if kind == Kind::CompanyInfo {
            return envelope::one(body).map(List::of_one);
        }
        let list = envelope::list(body)?;
        // A cursor that does not move would walk for ever; taken for an end it would hide the rest (law 4).
        let before = asked.cursor.map(|cursor| cursor.0.as_str());
        if list.next.is_some() && list.next.as_deref() == before {
            return Err(ApiError::new(
                Cause::Unreadable,
                "the next page is the same page",
            ));
        }
        Ok(list)
    }

    /// A page as it was asked for, or with less asked where the server turns out not to sort or filter this kind by
    /// that. Gives what was asked in the end.
    async fn willing<'a>(
        &self,
        kind: Kind,
        mut asked: Asked<'a>,
    ) -> Result<(List, Asked<'a>), ApiError> {
        asked.order = asked.order.filter(|_| !self.has_refused(kind, SORT));
        asked.filter = asked.filter.filter(|(key, _)| !self.has_refused(kind, key));
        loop {
            let error = match self.list(kind, &asked).await {
                Ok(list) => return Ok((list, asked)),
                Err(error) => error,
            };
            let given_up = match error.cause {
                // Only at the beginning: in the middle of a walk another question would skip and repeat rows.
                _ if asked.cursor.is_some() => None,
                Cause::UnsupportedSort => asked.order.take().map(|_| SORT),
                // One that the published documents do not declare may be refused as no valid request at all.
                Cause::UnsupportedFilter | Cause::InvalidRequest => {
                    asked.filter.take().map(|(key, _)| key)
                }
                _ => None,
            };
            let Some(key) = given_up else {
                return Err(error);
            };
            self.refused().insert((kind, key));
        }
    }

    fn has_refused(&self, kind: Kind, key: &'static str) -> bool {
        self.refused().contains(&(kind, key))
    }

    fn refused(&self) -> std::sync::MutexGuard<'_, BTreeSet<(Kind, &'static str)>> {
        self.inner
            .refused
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Rows as records, how many could not be made one, and the names of these, where one is told.
    fn rows(kind: Kind, list: Vec<Found>) -> (Vec<Fetched>, usize, Vec<Id>) {
        let told = list.len();
        let unreadable = list.iter().filter(|found| found.id(kind).is_none());
        let named = unreadable.filter_map(Found::native_id).collect();
        let rows: Vec<Fetched> = list
            .into_iter()
            .filter_map(|found| found.fetched(kind))
            .collect();
        let skipped = told - rows.len();
        (rows, skipped, named)
    }

    /// Sends a create once; a second time only where the first was refused for its key, and so did nothing.
    async fn make(&self, body: &Body, kind: Kind, intent: &IntentId) -> Answer {
        let begun = Instant::now();
        let refused = &self.inner.keys_refused;
        let key = Some(intent.0.as_str())
            .filter(|key| takes_key(kind) && is_key(key) && !refused.load(Ordering::Relaxed));
        let mut outcome = self.send_create(body, kind, key).await;
        if let (Some(_), Err(error)) = (key, &outcome)
            && answer::refuses_key(error)
        {
            refused.store(true, Ordering::Relaxed);
            if begun.elapsed() > self.inner.timing.again_within {
                return Answer::NotSent {
                    cause: error.to_string(),
                };
            }
            outcome = self.send_create(body, kind, None).await;
        }
        answer::created(outcome)
    }

    async fn send_create(&self, body: &Body, kind: Kind, key: Option<&str>) -> SendOutcome {
        self.http()
            .act(Act {
                method: Method::POST,
                target: Target::Unify {
                    path: collection(kind),
                    query: Vec::new(),
                },
                body: Some(body.to_json().to_string()),
                idempotency_key: key,
            })
            .await
    }
}

/// What a page is asked for.
struct Asked<'a> {
    cursor: Option<&'a Cursor>,
    /// To be sorted by, the latest first.
    order: Option<&'static str>,
    /// A query parameter that leaves rows out.
    filter: Option<(&'static str, String)>,
    rows: usize,
}

type SendOutcome = Result<Vec<u8>, ApiError>;

impl Books for Apideck {
    async fn company(&self) -> Result<Company, ApiError> {
        let info = self
            .unify(collection(Kind::CompanyInfo), Vec::new())
            .await?;
        let info = envelope::one(info)?;
        // The unified record is the test of the connection; without the native one the company is known, only less.
        let native = self.native("company").await.inspect_err(|error| {
            tracing::warn!(%error, "the native company could not be read");
        });
        Ok(company::read_company(
            self.inner.company.clone(),
            &info.unified,
            native.ok().as_ref(),
        ))
    }

    async fn page(
        &self,
        kind: Kind,
        narrowing: Option<&Narrowing>,
        cursor: Option<&Cursor>,
    ) -> Result<Page, ApiError> {
        let asked = Asked {
            cursor,
            order: wire::resource(kind).order.by_change(),
            filter: narrowing.and_then(|narrowing| narrowing::parameter(kind, narrowing)),
            rows: PAGE_ROWS,
        };
        let (list, asked) = self.willing(kind, asked).await?;
        let (rows, skipped, named) = Self::rows(kind, list.rows);
        Ok(Page {
            rows,
            next: list.next.map(Cursor),
            total: list.total,
            latest_first: asked.order.is_some(),
            narrowed: asked.filter.is_some(),
            skipped,
            named,
            warnings: list
                .warnings
                .iter()
                .map(|warning| self.http().without_key(warning))
                .collect(),
        })
    }

    async fn one(&self, kind: Kind, id: &Id, native: bool) -> Result<Fetched, ApiError> {
        let mut found = self.found(kind, id, native).await?;
        if native && found.native.is_none() {
            let path = wire::resource(kind).native;
            let path = match kind {
                Kind::CompanyInfo => path.to_owned(),
                _ => format!("{path}/{}", segment(id)?),
            };
            let told = self.native(&path).await?;
            if json::id_at(&told, "id").is_some_and(|told| told != id.as_str())
                && kind != Kind::CompanyInfo
            {
                return Err(ApiError::new(Cause::Unreadable, OTHER_RECORD));
            }
            found.native = Some(told);
        }
        found
            .fetched(kind)
            .ok_or_else(|| ApiError::new(Cause::Unreadable, "a record without an id"))
    }

    async fn create(&self, edit: &Edit, intent: &IntentId) -> Answer {
        match writing::create(edit) {
            Ok(body) => self.make(&body, edit.kind, intent).await,
            Err(error) => answer::failed(&error),
        }
    }

    async fn create_stamped(&self, edit: &Edit, intent: &IntentId) -> Answer {
        match writing::create_stamped(edit) {
            Ok(body) => self.make(&body, edit.kind, intent).await,
            Err(error) => answer::failed(&error),
        }
    }

    async fn update(&self, edit: &Edit) -> Result<(), ApiError> {
        let Some(id) = &edit.id else {
            return Err(ApiError::new(Cause::NotSendable, "a change of no record"));
        };
        // What is a list on the wire is replaced whole, so the part that nobody touched has to be sent again.
        let current = if writing::needs_current(edit) {
            // What cannot be said is not worth a question.
            writing::sayable(edit)?;
            Some(self.found(edit.kind, id, false).await?.unified)
        } else {
            None
        };
        let body = writing::update(edit, current.as_ref())?;
        if body.is_empty() {
            return Ok(());
        }
        let outcome = self
            .http()
            .act(Act {
                method: Method::PATCH,
                target: Target::Unify {
                    path: format!("{}/{}", collection(edit.kind), segment(id)?),
                    query: Vec::new(),
                },
                body: Some(body.to_json().to_string()),
                idempotency_key: None,
            })
            .await?;
        refusal::json(&outcome).map(drop)
    }

    async fn delete(&self, kind: Kind, id: &Id) -> Answer {
        if !kind.spec().operations.delete {
            return answer::failed(&ApiError::new(Cause::NotOffered, "cannot be deleted"));
        }
        let path = match segment(id) {
            Ok(segment) => format!("{}/{segment}", collection(kind)),
            Err(error) => return answer::failed(&error),
        };
        let outcome = self
            .http()
            .act(Act {
                method: Method::DELETE,
                target: Target::Unify {
                    path,
                    query: Vec::new(),
                },
                body: None,
                idempotency_key: None,
            })
            .await;
        answer::deleted(id, outcome)
    }

    async fn stamp(&self, kind: Kind, id: &Id) -> Answer {
        let segment = match segment(id) {
            Ok(segment) => segment,
            Err(error) => return answer::failed(&error),
        };
        let (method, path) = match kind {
            Kind::Invoices => (Method::POST, format!("invoices/{segment}/open")),
            // No road of its own is published for a credit note: it is changed, and stamped with that.
            Kind::CreditNotes => (Method::PUT, format!("credit-notes/{segment}")),
            _ => {
                return answer::failed(&ApiError::new(
                    Cause::NotOffered,
                    "only invoices and credit notes are stamped",
                ));
            }
        };
        let outcome = self
            .http()
            .act(Act {
                method,
                target: Target::Proxy(format!("{NATIVE}/{path}")),
                body: Some(STAMP.to_owned()),
                idempotency_key: None,
            })
            .await;
        answer::stamped(id, outcome)
    }

    async fn stamp_many(&self, ids: &[Id]) -> Bulk {
        let body = serde_json::json!({ "ids": ids.iter().map(native_id).collect::<Vec<_>>() });
        let outcome = self
            .http()
            .act(Act {
                method: Method::POST,
                target: Target::Proxy(format!("{NATIVE}/invoices/stamp")),
                body: Some(body.to_string()),
                idempotency_key: None,
            })
            .await;
        answer::stamped_many(ids, outcome)
    }

    async fn cancel(&self, kind: Kind, id: &Id, motive: &Motive) -> Answer {
        if kind != Kind::Invoices {
            return answer::failed(&ApiError::new(
                Cause::NotOffered,
                "only invoices can be cancelled",
            ));
        }
        let url = match segment(id) {
            Ok(segment) => format!("{NATIVE}/invoices/{segment}/void"),
            Err(error) => return answer::failed(&error),
        };
        let outcome = self
            .http()
            .act(Act {
                method: Method::POST,
                target: Target::Proxy(url),
                body: Some(writing::cancel(motive).to_string()),
                idempotency_key: None,
            })
            .await;
        answer::cancelled(id, outcome, invoices::stamp)
    }

    async fn newest(&self, kind: Kind, count: usize) -> Result<Vec<Fetched>, ApiError> {
        let order = wire::resource(kind).order.by_creation();
        let mut newest = Vec::new();
        let mut cursor: Option<Cursor> = None;
        for _ in 0..MOST_PAGES {
            let asked = Asked {
                cursor: cursor.as_ref(),
                order,
                filter: None,
                rows: count.max(1),
            };
            let (list, asked) = self.willing(kind, asked).await?;
            let sorted = asked.order.is_some();
            newest.extend(Self::rows(kind, list.rows).0);
            cursor = list.next.map(Cursor);
            if cursor.is_none() || (sorted && newest.len() >= count) {
                return Ok(newest);
            }
        }
        Err(ApiError::new(
            Cause::TooLarge,
            "too many records to look through",
        ))
    }

    async fn papers(&self, kind: Kind, id: &Id, forms: &[Form]) -> Result<Papers, ApiError> {
        if !kind.is_stamped() {
            return Err(ApiError::new(
                Cause::NotOffered,
                "only what is stamped has files",
            ));
        }
        let names: Vec<&str> = forms.iter().map(|form| form.name()).collect();
        let told = self
            .native(&format!(
                "{}/{}?fields={}",
                wire::resource(kind).native,
                segment(id)?,
                names.join(",")
            ))
            .await?;
        if json::id_at(&told, "id").is_some_and(|told| told != id.as_str()) {
            return Err(ApiError::new(Cause::Unreadable, OTHER_RECORD));
        }
        let mut papers = Papers::default();
        for form in forms {
            let bytes = match papers::read(&told, *form) {
                Some(Sheet::At(address)) => self.http().fetch(&address).await,
                Some(Sheet::Here(bytes)) => Ok(bytes),
                None => continue,
            };
            papers.put(*form, bytes.and_then(|bytes| papers::checked(*form, bytes)));
        }
        Ok(papers)
    }

    fn believed(&self, body: &[u8], signature: &str) -> Result<Delivery, Unbelieved> {
        self.http().believed(body, signature)
    }

    async fn subscriptions(&self) -> Result<Vec<Subscription>, ApiError> {
        webhook::subscriptions(self.http()).await
    }

    async fn subscribe(&self, url: &str) -> Result<Subscription, ApiError> {
        webhook::subscribe(self.http(), url).await
    }

    async fn revive(&self, id: &str) -> Result<Subscription, ApiError> {
        webhook::revive(self.http(), id).await
    }

    async fn unsubscribe(&self, id: &str) -> Result<(), ApiError> {
        webhook::unsubscribe(self.http(), id).await
    }

    fn server_date(&self) -> Option<Timestamp> {
        self.http().server_date()
    }

    fn last_request_id(&self) -> Option<String> {
        self.http().last_request_id()
    }

    fn pause(&self) -> Option<Duration> {
        self.http().pause()
    }

    fn standing(&self) -> Standing {
        self.http().standing()
    }
}

impl Order {
    /// What to sort by so that the latest change is first.
    fn by_change(self) -> Option<&'static str> {
        (self == Order::Times).then_some("updated_at")
    }

    /// What to sort by so that the newest is first.
    fn by_creation(self) -> Option<&'static str> {
        (self == Order::Times).then_some("created_at")
    }
}

/// The collection path of a kind (contract B.0).
fn collection(kind: Kind) -> String {
    format!("/accounting/{}", kind.slug())
}

/// An id as one path segment. Dots alone would lead out of the collection, however they are encoded.
fn segment(id: &Id) -> Result<String, ApiError> {
    if id.as_str().bytes().all(|byte| byte == b'.') {
        Err(ApiError::new(Cause::NotSendable, "an id that is no name"))
    } else {
        Ok(encoded(id.as_str()))
    }
}

/// An id as Alegra's own bodies have it: a number where it is one (contract D.2).
fn native_id(id: &Id) -> Value {
    let number: Option<u64> = id.as_str().parse().ok();
    match number.filter(|number| number.to_string() == id.as_str()) {
        Some(number) => Value::from(number),
        None => Value::from(id.as_str()),
    }
}

/// Whether creates of this kind know an idempotency key (contract A.6).
fn takes_key(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Invoices | Kind::CreditNotes | Kind::Bills | Kind::JournalEntries
    )
}

/// Whether this may stand in `idempotency-key`: 1–255 printable ASCII (contract A.6).
fn is_key(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}
