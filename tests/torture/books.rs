//! The road of the program with a door in it: before each request of a walk somebody is asked whether it may go on.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::mpsc::Sender;
use std::time::Duration;

use jiff::Timestamp;
use timbra::api::{
    ApiError, Apideck, Books, Bulk, Cursor, Delivery, Fetched, Narrowing, Page, Papers, Standing,
    Subscription, Unbelieved,
};
use timbra::domain::cancellation::Motive;
use timbra::domain::company::Company;
use timbra::domain::edit::Edit;
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::paper::Form;
use timbra::domain::record::Id;
use tokio::sync::oneshot;

use crate::colleague::KINDS;

/// A request that is about to leave.
pub struct Knock {
    pub kind: Kind,
    /// Whether it may; one that is never answered never leaves.
    pub may_go: oneshot::Sender<()>,
}

/// Rows on a page of a list in another order.
const ROWS: usize = 10;

/// How the other side is odd.
#[derive(Clone, Copy, Debug, Default)]
pub struct Oddity {
    /// One row of so many has no id where a client looks for it; which, and which of them tell it elsewhere, the number
    /// chooses.
    pub unreadable: Option<u64>,
    /// Lists of what a colleague works at stand in an order that has nothing to do with changes, however they are asked
    /// for.
    pub shuffled: Option<u64>,
}

/// One of so many rows is unreadable where any is.
const UNREADABLE: u64 = 12;

fn drawn(seed: u64, id: &Id) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, id.as_str()).hash(&mut hasher);
    hasher.finish()
}

impl Oddity {
    /// Whether the row of this record is unreadable.
    pub fn hides(self, id: &Id) -> bool {
        self.unreadable
            .is_some_and(|seed| drawn(seed, id).is_multiple_of(UNREADABLE))
    }

    /// Whether the row of this record tells the id elsewhere where it is unreadable: one can be asked for by it.
    pub fn names(self, id: &Id) -> bool {
        self.unreadable
            .is_some_and(|seed| drawn(!seed, id).is_multiple_of(2))
    }

    /// The page as it comes.
    fn of(self, mut page: Page) -> Page {
        let (rows, unreadable): (Vec<Fetched>, Vec<Fetched>) = page
            .rows
            .into_iter()
            .partition(|row| !self.hides(&row.record.id));
        page.rows = rows;
        page.skipped += unreadable.len();
        let ids = unreadable.into_iter().map(|row| row.record.id);
        page.named.extend(ids.filter(|id| self.names(id)));
        page
    }
}

/// Books with a door in front of them.
#[derive(Clone)]
pub struct Guarded {
    pub books: Apideck,
    /// Requests a minute that the other side is said to take, whatever it says itself.
    pub limit: Option<u32>,
    pub door: Sender<Knock>,
    pub oddity: Oddity,
}

impl Guarded {
    async fn knock(&self, kind: Kind) {
        let (may_go, answer) = oneshot::channel();
        let heard = self.door.send(Knock { kind, may_go }).is_ok();
        if !heard || answer.await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// A page of the list in another order: a new record stands anywhere in it.
    async fn shuffled(
        &self,
        seed: u64,
        kind: Kind,
        cursor: Option<&Cursor>,
    ) -> Result<Page, ApiError> {
        let (mut rows, mut next) = (Vec::new(), None);
        loop {
            let page = self.books.page(kind, None, next.as_ref()).await?;
            rows.extend(page.rows);
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        rows.sort_by_cached_key(|row| drawn(seed, &row.record.id));
        let at: usize = cursor.map_or(0, |cursor| cursor.0.parse().expect("a place"));
        let end = at + ROWS;
        Ok(Page {
            next: (end < rows.len()).then(|| Cursor(end.to_string())),
            rows: rows.into_iter().skip(at).take(ROWS).collect(),
            ..Page::default()
        })
    }
}

impl Books for Guarded {
    async fn company(&self) -> Result<Company, ApiError> {
        self.books.company().await
    }

    async fn page(
        &self,
        kind: Kind,
        narrowing: Option<&Narrowing>,
        cursor: Option<&Cursor>,
    ) -> Result<Page, ApiError> {
        self.knock(kind).await;
        let page = match self.oddity.shuffled {
            Some(seed) if KINDS.contains(&kind) => self.shuffled(seed, kind, cursor).await,
            _ => self.books.page(kind, narrowing, cursor).await,
        };
        page.map(|page| self.oddity.of(page))
    }

    async fn one(&self, kind: Kind, id: &Id, native: bool) -> Result<Fetched, ApiError> {
        self.knock(kind).await;
        self.books.one(kind, id, native).await
    }

    async fn create(&self, edit: &Edit, intent: &IntentId) -> Answer {
        self.books.create(edit, intent).await
    }

    async fn create_stamped(&self, edit: &Edit, intent: &IntentId) -> Answer {
        self.books.create_stamped(edit, intent).await
    }

    async fn update(&self, edit: &Edit) -> Result<(), ApiError> {
        self.books.update(edit).await
    }

    async fn delete(&self, kind: Kind, id: &Id) -> Answer {
        self.books.delete(kind, id).await
    }

    async fn stamp(&self, kind: Kind, id: &Id) -> Answer {
        self.books.stamp(kind, id).await
    }

    async fn stamp_many(&self, ids: &[Id]) -> Bulk {
        self.books.stamp_many(ids).await
    }

    async fn cancel(&self, kind: Kind, id: &Id, motive: &Motive) -> Answer {
        self.books.cancel(kind, id, motive).await
    }

    async fn newest(&self, kind: Kind, count: usize) -> Result<Vec<Fetched>, ApiError> {
        self.books.newest(kind, count).await
    }

    async fn papers(&self, kind: Kind, id: &Id, forms: &[Form]) -> Result<Papers, ApiError> {
        self.books.papers(kind, id, forms).await
    }

    fn believed(&self, body: &[u8], signature: &str) -> Result<Delivery, Unbelieved> {
        self.books.believed(body, signature)
    }

    async fn subscriptions(&self) -> Result<Vec<Subscription>, ApiError> {
        self.books.subscriptions().await
    }

    async fn subscribe(&self, url: &str) -> Result<Subscription, ApiError> {
        self.books.subscribe(url).await
    }

    async fn revive(&self, id: &str) -> Result<Subscription, ApiError> {
        self.books.revive(id).await
    }

    async fn unsubscribe(&self, id: &str) -> Result<(), ApiError> {
        self.books.unsubscribe(id).await
    }

    fn server_date(&self) -> Option<Timestamp> {
        self.books.server_date()
    }

    fn last_request_id(&self) -> Option<String> {
        self.books.last_request_id()
    }

    fn pause(&self) -> Option<Duration> {
        self.books.pause()
    }

    fn standing(&self) -> Standing {
        let told = self.books.standing();
        Standing {
            limit: self.limit.or(told.limit),
            ..told
        }
    }
}
