//! The road to the books: what the program needs from a provider, in the nouns of the trade, and the one provider
//! that there is, Apideck's Unify API and Proxy with Alegra México behind them.
//!
//! Wire formats end here: nobody above sees JSON, a header or a status line. Only reading is ever repeated by itself;
//! a request that creates, stamps, changes or deletes leaves at most once per call (law 1). This room never writes a
//! file, never decides that an act may be tried again, and never lets a key out of [`Secret`](crate::domain::secret::Secret) except into the
//! `Authorization` header of the one configured host.

mod answer;
mod apideck;
mod connection;
mod error;
mod http;
mod json;
mod papers;
mod refusal;
mod webhook;

use jiff::Timestamp;
use std::time::Duration;

use crate::domain::cancellation::Motive;
use crate::domain::company::Company;
use crate::domain::edit::Edit;
use crate::domain::intent::{Answer, IntentId};
use crate::domain::kind::Kind;
use crate::domain::paper::Form;
use crate::domain::record::{Id, Record};
use crate::domain::status::Status;

pub use apideck::Apideck;
pub use connection::{Connection, ConnectionError};
pub use error::{ApiError, Cause, Told};
pub use http::{Rate, Timing};
pub use papers::Papers;
pub use webhook::{Delivery, Subscription, Unbelieved};

/// What the program needs from a provider of books. Implementations are used by static dispatch only.
pub trait Books: Send + Sync {
    /// Whose books these are; also the test of a connection. Régimen and place of issue stay unknown where the
    /// native record cannot be had.
    fn company(&self) -> impl Future<Output = Result<Company, ApiError>> + Send;

    /// One page of a kind, the first without a cursor. Where the server sorts by change, the latest change is first.
    /// A narrowing goes unchanged through a whole walk; where the server cannot do it, all rows come and
    /// [`Page::narrowed`] says so.
    fn page(
        &self,
        kind: Kind,
        narrowing: Option<&Narrowing>,
        cursor: Option<&Cursor>,
    ) -> impl Future<Output = Result<Page, ApiError>> + Send;

    /// One record: its commercial data only, or with `native` also what only the native record tells. With `native`
    /// an answer either has the native record or is an error.
    fn one(
        &self,
        kind: Kind,
        id: &Id,
        native: bool,
    ) -> impl Future<Output = Result<Fetched, ApiError>> + Send;

    /// Makes a new record. Sent at most once; anything but [`Answer::Done`] and [`Answer::NotSent`] has to be
    /// settled by reading.
    fn create(&self, edit: &Edit, intent: &IntentId) -> impl Future<Output = Answer> + Send;

    /// Makes a new document and stamps it in the same request: spends a folio. Sent at most once. Its success names the
    /// record and never the UUID, so that every answer but [`Answer::NotSent`] has to be settled by reading.
    fn create_stamped(&self, edit: &Edit, intent: &IntentId)
    -> impl Future<Output = Answer> + Send;

    /// Changes a record: only what the edit holds is sent, once.
    fn update(&self, edit: &Edit) -> impl Future<Output = Result<(), ApiError>> + Send;

    /// Deletes a record. Sent at most once; anything but [`Answer::Done`] and [`Answer::NotSent`] has to be settled by
    /// reading.
    fn delete(&self, kind: Kind, id: &Id) -> impl Future<Output = Answer> + Send;

    /// Stamps an existing draft: spends a folio. Sent at most once; [`Answer::Done`] always carries the UUID.
    fn stamp(&self, kind: Kind, id: &Id) -> impl Future<Output = Answer> + Send;

    /// Stamps several invoices in one request (contract D.3): spends a folio for each. Sent at most once; each document
    /// has its own answer, and one that the reply says nothing of is unclear.
    fn stamp_many(&self, ids: &[Id]) -> impl Future<Output = Bulk> + Send;

    /// Cancels a stamped invoice at the SAT. Sent at most once; [`Answer::Done`] only where the answer itself says that
    /// it is void, [`Answer::Pending`] where it says that the cancellation is in process.
    fn cancel(&self, kind: Kind, id: &Id, motive: &Motive) -> impl Future<Output = Answer> + Send;

    /// At least the `count` records made last, to look for the twin of a create. Where the server cannot sort by
    /// creation, all records of the kind.
    fn newest(
        &self,
        kind: Kind,
        count: usize,
    ) -> impl Future<Output = Result<Vec<Fetched>, ApiError>> + Send;

    /// The files of a stamped document, of these forms only (contract D.2). One of them that cannot be had does not
    /// keep the others back.
    fn papers(
        &self,
        kind: Kind,
        id: &Id,
        forms: &[Form],
    ) -> impl Future<Output = Result<Papers, ApiError>> + Send;

    /// What the other side tells by itself, where it is signed and about these books (contract E.3).
    fn believed(&self, body: &[u8], signature: &str) -> Result<Delivery, Unbelieved>;

    /// All subscriptions of the application, whoever made them.
    fn subscriptions(&self) -> impl Future<Output = Result<Vec<Subscription>, ApiError>> + Send;

    /// Subscribes this address to all that is told. It is tried before the answer comes: one that does not answer well
    /// leaves a subscription that is switched off.
    fn subscribe(&self, url: &str) -> impl Future<Output = Result<Subscription, ApiError>> + Send;

    /// Switches a subscription on again.
    fn revive(&self, id: &str) -> impl Future<Output = Result<Subscription, ApiError>> + Send;

    /// Removes a subscription; one that is gone already is no error.
    fn unsubscribe(&self, id: &str) -> impl Future<Output = Result<(), ApiError>> + Send;

    /// The server's clock as the last reply told it.
    fn server_date(&self) -> Option<Timestamp>;

    /// The server's name for the last request that it answered.
    fn last_request_id(&self) -> Option<String>;

    /// How long the server wants to be left alone, where it said so. Reading waits by itself; an act that is begun
    /// meanwhile is not sent.
    fn pause(&self) -> Option<Duration>;

    /// How much of what the server allows is used, as far as this connection knows.
    fn standing(&self) -> Standing;
}

/// How a connection stands with the server (contract A.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Requests a minute that the server takes from all windows together, told or presumed; none where nothing limits.
    pub limit: Option<u32>,
    /// The server's own count of what is left runs low.
    pub low: bool,
    /// How many requests left over this connection so far.
    pub sent: u64,
    /// Whether the last answer said that the plan's quota is used up (402); none before there was one.
    pub used_up: Option<bool>,
    /// How many answers said that it is, or that it is not.
    pub told: u64,
}

/// A record as it was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// In our nouns.
    pub record: Record,
    /// The native record as JSON text, where it came along.
    pub raw: Option<String>,
}

/// What a stamp in bulk came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// An answer for each document that was asked for, in the order of the asking.
    pub answers: Vec<(Id, Answer)>,
    /// Whether nothing was said of any single document: all the answers are that to the request as a whole.
    pub whole: bool,
    /// How long to leave the server alone, where it said that there were too many requests (contract A.5).
    pub wait: Option<Duration>,
}

/// Where the next page begins: opaque, and only good for the kind that it came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor(pub String);

/// Which rows of a list are wanted, as far as the server can leave others out (contract B.0). A convenience: the
/// caller still has to look at what comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Narrowing {
    /// Bills, payments both ways, journal entries.
    Status(Status),
    /// Payments, and perhaps journal entries, of this customer.
    Customer(Id),
    /// Payments to, and perhaps journal entries of, this supplier.
    Supplier(Id),
    /// Items whose name has this in it.
    Name(String),
}

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows that could be read, in the server's order.
    pub rows: Vec<Fetched>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
    /// How many there are in all, where the server told; not to be relied on.
    pub total: Option<usize>,
    /// Whether the rows stand in the order of their last change, the latest first.
    pub latest_first: bool,
    /// Whether the server left out what the narrowing does not want; else these are rows of the whole list.
    pub narrowed: bool,
    /// Rows without an id, which no record can be made of.
    pub skipped: usize,
    /// Of these, the ones whose native record tells the id: they can be asked for by it.
    pub named: Vec<Id>,
    /// What the server warned of, in its own words: the page may be incomplete.
    pub warnings: Vec<String>,
}
