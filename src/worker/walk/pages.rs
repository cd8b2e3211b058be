//! The pages of a kind, pulled one after the other and written while the next one is on its way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::api::{Books, Cause, Cursor, Fetched};
use crate::app::msg::Trouble;
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::store::StoreError;
use crate::store::cache::{Cache, Page, WalkState};

use super::super::reads::row;
use super::super::{Shared, locked, trouble};
use super::{CLOCKS_APART, tell};

/// How often a walk that lost its place begins again before it gives up.
const RESTARTS: u8 = 2;

/// How often the same page is asked for after the server said that there were too many requests; between two of them lies
/// the wait that it asked for.
pub(super) const PATIENCE: u8 = 5;

/// So many pages may be pulled before they are written. What has come is written in one transaction, so that a page of
/// an index that many of them touch goes to the disk once; more of them would only fill the memory.
const PAGES_AHEAD: usize = 8;

/// How often somebody is told how far a walk has come. Whoever is told counts the books anew: told of every page, the
/// reader of the cache took a third of the processor.
const TOLD_EVERY: Duration = Duration::from_millis(250);

/// Which pages are wanted.
pub(super) struct Wanted {
    /// Where they begin; the front of the list where nothing is said.
    pub from: Option<Cursor>,
    /// Where they end.
    pub until: Until,
    /// What is noted of a walk that may have to be gone on with; nothing is noted of one that only looks at the front.
    pub noted: Option<WalkState>,
    /// When somebody ordered it.
    pub ordered_at: Timestamp,
}

/// Where the pages end that are wanted.
#[derive(Clone, Copy)]
pub(super) enum Until {
    /// Where the list ends.
    End,
    /// At what has not changed since, where the order tells, else where the list ends.
    Known(Timestamp),
    /// The same, else behind the first page.
    KnownOrFirst(Timestamp),
}

/// What was met.
#[derive(Clone, Copy)]
pub(super) struct Met {
    /// Whether they came to the end of the list.
    pub end: bool,
    /// Whether the list stands in the order of the last change.
    pub latest_first: bool,
    /// Rows that no record could be made of.
    pub skipped: usize,
    /// Pages that were read.
    pub pages: usize,
}

/// A page on its way into the cache.
struct Pulled {
    rows: Vec<Fetched>,
    began: Timestamp,
    /// How far the walk is behind it; nothing for the last page, after which the walk is complete.
    state: Option<WalkState>,
    /// Whether more follow.
    goes_on: bool,
}

/// Reads pages into the cache.
///
/// While the next page is on its way the ones before it are written: the first at once, because somebody looks at the
/// list, and then as many together as have come meanwhile.
pub(super) async fn read<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    wanted: Wanted,
) -> Result<Met, Trouble> {
    let (pulled, pages) = mpsc::channel(PAGES_AHEAD);
    let (met, stored) = tokio::join!(
        pull(shared, kind, wanted, pulled),
        store(shared, kind, pages)
    );
    // A cache that cannot be written stops the pulling, and is what has to be told.
    stored?;
    met
}

async fn pull<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    wanted: Wanted,
    pulled: mpsc::Sender<Pulled>,
) -> Result<Met, Trouble> {
    let mut restarts = 0;
    let mut refusals = 0;
    let mut met = Met {
        end: false,
        latest_first: false,
        skipped: 0,
        pages: 0,
    };
    let mut cursor = wanted.from;
    loop {
        shared.turn(Some(wanted.ordered_at)).await?;
        // Asked after the wait: meanwhile the connection may have come to lead to other books.
        let books = shared.books().await?;
        let began = shared.now();
        let page = match books.page(kind, None, cursor.as_ref()).await {
            Ok(page) => page,
            // The place in the list was lost: only a walk from the beginning meets everything.
            Err(error) if error.cause == Cause::InvalidCursor && restarts < RESTARTS => {
                restarts += 1;
                met.skipped = 0;
                cursor = None;
                continue;
            }
            // The next turn comes when the server wants to be asked again.
            Err(error) if error.cause == Cause::RateLimited && refusals < PATIENCE => {
                refusals += 1;
                shared.settle_requests();
                continue;
            }
            Err(error) => return Err(trouble::of_api(&error)),
        };
        refusals = 0;
        met.skipped += page.skipped;
        met.pages += 1;
        met.latest_first = page.latest_first;
        let oldest = page
            .rows
            .last()
            .and_then(|row| row.record.instant(Field::UpdatedAt));
        let is_older = |known: Timestamp| {
            let known = known.checked_sub(CLOCKS_APART).ok();
            let (oldest, known) = (oldest.filter(|_| page.latest_first), known);
            oldest.is_some_and(|oldest| known.is_some_and(|known| oldest < known))
        };
        let next = page.next.filter(|next| Some(next) != cursor.as_ref());
        met.end = next.is_none();
        let is_far_enough = match wanted.until {
            Until::End => false,
            Until::Known(known) => is_older(known),
            Until::KnownOrFirst(known) => !page.latest_first || is_older(known),
        };
        let goes_on = !met.end && !is_far_enough;
        let state = wanted
            .noted
            .as_ref()
            .filter(|_| goes_on)
            .map(|noted| WalkState {
                cursor: next.as_ref().map(|next| next.0.clone()),
                total: page.total.or(noted.total),
                ..noted.clone()
            });
        let page = Pulled {
            rows: page.rows,
            began,
            state,
            goes_on,
        };
        if pulled.send(page).await.is_err() || !goes_on {
            return Ok(met);
        }
        cursor = next;
    }
}

async fn store<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    mut pages: mpsc::Receiver<Pulled>,
) -> Result<(), Trouble> {
    let mut told: Option<Instant> = None;
    while let Some(first) = pages.recv().await {
        let mut batch = vec![first];
        while let Ok(page) = pages.try_recv() {
            batch.push(page);
        }
        let goes_on = batch.last().is_some_and(|page| page.goes_on);
        let company = shared.company.clone();
        let news = shared
            .writer
            .ask(move |cache| take(cache, &company, kind, &batch))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        if news > 0 {
            locked(&shared.judging).want();
        }
        // The last page is told when the walk is complete.
        if goes_on && told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            told = Some(Instant::now());
            tell(shared, kind, true, None).await;
        }
    }
    Ok(())
}

fn take(
    cache: &mut Cache,
    company: &CompanyId,
    kind: Kind,
    batch: &[Pulled],
) -> Result<usize, StoreError> {
    let pages: Vec<Page<'_>> = batch
        .iter()
        .map(|page| Page {
            rows: page.rows.iter().map(row).collect(),
            read_at: page.began,
        })
        .collect();
    let state = batch.last().and_then(|page| page.state.as_ref());
    cache.upsert_pages(company, kind, &pages, state)
}
