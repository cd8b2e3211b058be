//! The pages of a kind, pulled one after the other and written while the next one is on its way.

use std::cmp::Ordering;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::api::{Books, Cause, Cursor, Fetched, Page as Told};
use crate::app::msg::Trouble;
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::headway::{Headway, Meter};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::store::StoreError;
use crate::store::cache::{Cache, News, Page, Unfinished, WalkState};

use super::super::reads::row;
use super::super::{Shared, locked, trouble};
use super::{CLOCKS_APART, Stage, tell};

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
pub(super) const TOLD_EVERY: Duration = Duration::from_millis(250);

/// Which pages are wanted.
pub(super) struct Wanted {
    /// The walk that is gone on with; the front of the list where nothing is said.
    pub from: Option<Unfinished>,
    /// Where they end.
    pub until: Until,
    /// When the walk began that may have to be gone on with, and what is known of the kind; nothing is noted of one that
    /// only looks at the front.
    pub noted: Option<(Timestamp, WalkState)>,
    /// When somebody ordered it.
    pub ordered_at: Timestamp,
}

/// Where the pages end that are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
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
    /// Whether nothing can have been passed by where a walk was gone on with.
    pub joined: bool,
    /// Rows that no record could be made of, those of the part before among them.
    pub skipped: usize,
    /// Rows, with those.
    pub rows: usize,
    /// Pages that were read.
    pub pages: usize,
    /// What of it was news.
    pub news: News,
    /// When the first page was asked for, by the server's clock where it told: what changed later may not be there.
    pub looked_at: Timestamp,
}

/// A page on its way into the cache.
struct Pulled {
    rows: Vec<Fetched>,
    /// Names of rows of it that could not be read.
    named: Vec<Id>,
    began: Timestamp,
    /// How far the walk is behind it; nothing for the last page, after which the walk is complete.
    state: Option<WalkState>,
    /// How it gets ahead, where it goes to the end of the list.
    headway: Option<Headway>,
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
    let news = stored?;
    met.map(|met| Met { news, ..met })
}

/// The last change of a row, by the server's clock.
fn changed(row: &Fetched) -> Option<Timestamp> {
    row.record.instant(Field::UpdatedAt)
}

/// Whether the rows stand in the order that the list is said to have: a server that sorts by something else without a
/// word would let a walk stop too early.
fn is_latest_first(page: &Told) -> bool {
    let changes = || page.rows.iter().filter_map(changed);
    page.latest_first
        && changes()
            .zip(changes().skip(1))
            .all(|(one, next)| one >= next)
}

/// Whether a walk that had come so far misses nothing when it goes on with this page: the page begins before the place
/// that was reached. `Less` where it begins behind it, because rows slid to before the page when others there were
/// deleted; nothing where the order, or records of one moment, cannot tell.
fn joins(page: &Told, latest_first: bool, left: &Unfinished) -> Option<Ordering> {
    let first = page.rows.iter().find_map(changed)?;
    let joins = first.cmp(&left.reached_at?);
    Some(joins).filter(|joins| latest_first && joins.is_ne())
}

async fn pull<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    wanted: Wanted,
    pulled: mpsc::Sender<Pulled>,
) -> Result<Met, Trouble> {
    let mut restarts = 0;
    let mut refusals = 0;
    let mut left = wanted.from;
    let mut met = Met {
        end: false,
        latest_first: false,
        joined: true,
        skipped: left.as_ref().map_or(0, |left| left.skipped),
        rows: left.as_ref().map_or(0, |left| left.passed),
        pages: 0,
        news: News::default(),
        looked_at: left
            .as_ref()
            .map_or_else(|| shared.now(), |left| left.looked_at),
    };
    let goes_on_from = left.is_some();
    let mut most_rows = 0;
    let mut cursor = left.as_ref().map(|left| Cursor(left.cursor.clone()));
    let mut meter = Meter::begin(shared.now(), met.rows);
    loop {
        shared.turn(Some(wanted.ordered_at)).await?;
        // Asked after the wait: meanwhile the connection may have come to lead to other books.
        let books = shared.books().await?;
        let began = shared.now();
        let page = match books.page(kind, None, cursor.as_ref()).await {
            Ok(page) => page,
            // The place in the list was lost: only a walk from the beginning meets everything.
            Err(error) if error.cause == Cause::InvalidCursor && left.is_some() => {
                met.joined = false;
                return Ok(met);
            }
            Err(error) if error.cause == Cause::InvalidCursor && restarts < RESTARTS => {
                restarts += 1;
                (met.skipped, met.rows) = (0, 0);
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
        if met.pages == 0 && !goes_on_from {
            met.looked_at = shared.server_date().unwrap_or(began);
        }
        met.pages += 1;
        // One page in another order is enough to show that the list has none.
        met.latest_first = is_latest_first(&page) && (met.pages == 1 || met.latest_first);
        if let Some(left) = left.take() {
            let joins = joins(&page, met.latest_first, &left);
            met.joined = joins == Some(Ordering::Greater);
            if joins == Some(Ordering::Less) {
                return Ok(met);
            }
        }
        let (passed, unread) = (met.rows, met.skipped);
        let rows = page.rows.len() + page.skipped;
        // One whose name is known is asked for by it, and counted by it.
        met.skipped += page.skipped.saturating_sub(page.named.len());
        met.rows += rows;
        most_rows = most_rows.max(rows);
        let oldest = page.rows.last().and_then(changed);
        let is_older = |known: Timestamp| {
            let known = known.checked_sub(CLOCKS_APART).ok();
            let (oldest, known) = (oldest.filter(|_| met.latest_first), known);
            oldest.is_some_and(|oldest| known.is_some_and(|known| oldest < known))
        };
        let next = page.next.filter(|next| Some(next) != cursor.as_ref());
        met.end = next.is_none();
        let is_far_enough = match wanted.until {
            Until::End => false,
            Until::Known(known) => is_older(known),
            Until::KnownOrFirst(known) => !met.latest_first || is_older(known),
        };
        let goes_on = !met.end && !is_far_enough;
        let noted = wanted.noted.as_ref().filter(|_| goes_on);
        let total = page.total.or(noted.and_then(|(_, before)| before.total));
        let state = noted.map(|(began_at, before)| WalkState {
            unfinished: cursor.as_ref().map(|cursor| Unfinished {
                cursor: cursor.0.clone(),
                began_at: *began_at,
                looked_at: met.looked_at,
                reached_at: oldest,
                passed,
                skipped: unread,
            }),
            total,
            ..before.clone()
        });
        let is_whole = wanted.until == Until::End;
        meter.limit(shared.turns_a_minute().map(|turns| turns * most_rows));
        let headway = is_whole.then(|| meter.reached(shared.now(), met.rows, total));
        let page = Pulled {
            rows: page.rows,
            named: page.named,
            began,
            state,
            headway,
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
) -> Result<News, Trouble> {
    let mut told: Option<Instant> = None;
    let mut all = News::default();
    while let Some(first) = pages.recv().await {
        let mut batch = vec![first];
        while let Ok(page) = pages.try_recv() {
            batch.push(page);
        }
        let goes_on = batch.last().is_some_and(|page| page.goes_on);
        let headway = batch.last().and_then(|page| page.headway);
        let company = shared.company.clone();
        let news = shared
            .writer
            .ask(move |cache| take(cache, &company, kind, &batch))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        all.add(news);
        if news.count > 0 {
            locked(&shared.judging).want();
        }
        // The last page is told when the walk is complete.
        if goes_on && told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            told = Some(Instant::now());
            tell(shared, kind, Stage::Running(headway)).await;
        }
    }
    Ok(all)
}

fn take(
    cache: &mut Cache,
    company: &CompanyId,
    kind: Kind,
    batch: &[Pulled],
) -> Result<News, StoreError> {
    let pages: Vec<Page<'_>> = batch
        .iter()
        .map(|page| Page {
            rows: page.rows.iter().map(row).collect(),
            unreadable: &page.named,
            read_at: page.began,
        })
        .collect();
    let state = batch.last().and_then(|page| page.state.as_ref());
    cache.upsert_pages(company, kind, &pages, state)
}
