//! The walk over a kind: page by page into the cache, behind everything else.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use tokio::sync::mpsc;

use crate::api::{Books, Cause, Fetched};
use crate::app::msg::{Fact, Trouble};
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::store::StoreError;
use crate::store::cache::{Cache, Page, WalkState};

use super::reads::row;
use super::{Shared, judging, locked, trouble};

/// How often a walk that lost its place begins again before it gives up.
const RESTARTS: u8 = 2;

/// How long a refresh may stop at what it knows. Then everything is walked again, because only a whole walk notices
/// what was deleted.
const WHOLE_WALK_AFTER: SignedDuration = SignedDuration::from_hours(12);

/// So far the clocks of the two sides may be apart.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(10);

/// So many pages may be pulled before they are written. What has come is written in one transaction, so that a page of
/// an index that many of them touch goes to the disk once; more of them would only fill the memory.
const PAGES_AHEAD: usize = 8;

/// How often somebody is told how far a walk has come. Whoever is told counts the books anew: told of every page, the
/// reader of the cache took a third of the processor.
const TOLD_EVERY: Duration = Duration::from_millis(250);

/// A walk that is under way, until this is dropped, also by a break.
struct UnderWay<'a, B> {
    shared: &'a Shared<B>,
    kind: Kind,
}

impl<B> Drop for UnderWay<'_, B> {
    fn drop(&mut self) {
        locked(&self.shared.walking).remove(&self.kind);
    }
}

/// Walks over a kind, unless it is being walked already, and reports after every page.
pub async fn walk<B: Books + 'static>(shared: &Arc<Shared<B>>, kind: Kind) {
    if !locked(&shared.walking).insert(kind) {
        return;
    }
    let under_way = UnderWay { shared, kind };
    // Nobody ever closes the turns; without one the walk would only be less polite.
    let turn = shared.turns.acquire().await;
    let trouble = whole(shared, kind).await.err();
    if let Some(trouble) = &trouble {
        shared.doubt_if_offline(trouble);
    }
    drop(turn);
    drop(under_way);
    tell(shared, kind, false, trouble).await;
    judging::if_due(shared).await;
}

/// What a walk from the front met.
struct Met {
    /// Whether it came to the end of the list.
    end: bool,
    /// Whether the list stands in the order of the last change.
    latest_first: bool,
    /// Rows that no record could be made of.
    skipped: usize,
    /// Pages that were read.
    pages: usize,
}

async fn whole<B: Books + 'static>(shared: &Arc<Shared<B>>, kind: Kind) -> Result<(), Trouble> {
    let began = shared.now();
    let before = state(shared, kind).await?.complete_at;
    let known = before.filter(|at| began.duration_since(*at) < WHOLE_WALK_AFTER);
    let met = front(shared, kind, known).await?;
    if let Some(known) = known
        && !met.end
    {
        return complete(shared, kind, None, known, 0).await;
    }
    let mut skipped = met.skipped;
    if met.latest_first && met.pages > 1 {
        // What somebody changed meanwhile jumped to the front, behind the back of the walk.
        skipped += front(shared, kind, Some(began)).await?.skipped;
    }
    complete(shared, kind, Some(began), shared.now(), skipped).await
}

/// A page on its way into the cache.
struct Pulled {
    rows: Vec<Fetched>,
    began: Timestamp,
    /// How far the walk is behind it; nothing for the last page, after which the walk is complete.
    state: Option<WalkState>,
}

/// Page by page from the front: to the end, or to what has not changed since `known`, where the order tells.
///
/// While the next page is on its way the ones before it are written: the first at once, because somebody looks at the
/// list, and then as many together as have come meanwhile.
async fn front<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    known: Option<Timestamp>,
) -> Result<Met, Trouble> {
    let (pulled, pages) = mpsc::channel(PAGES_AHEAD);
    let (met, stored) = tokio::join!(
        pull(shared, kind, known, pulled),
        store(shared, kind, pages)
    );
    // A cache that cannot be written stops the pulling, and is what has to be told.
    stored?;
    met
}

async fn pull<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    known: Option<Timestamp>,
    pulled: mpsc::Sender<Pulled>,
) -> Result<Met, Trouble> {
    let known = known.and_then(|at| at.checked_sub(CLOCKS_APART).ok());
    let mut restarts = 0;
    let mut skipped = 0;
    let mut pages = 0;
    let mut cursor = None;
    loop {
        shared.road.give_way().await;
        let books = shared.books().await?;
        let began = shared.now();
        let page = match books.page(kind, None, cursor.as_ref()).await {
            Ok(page) => page,
            // The place in the list was lost: only a walk from the beginning meets everything.
            Err(error) if error.cause == Cause::InvalidCursor && restarts < RESTARTS => {
                restarts += 1;
                skipped = 0;
                cursor = None;
                continue;
            }
            Err(error) => return Err(trouble::of_api(&error)),
        };
        skipped += page.skipped;
        pages += 1;
        let latest_first = page.latest_first;
        let oldest = page
            .rows
            .last()
            .and_then(|row| row.record.instant(Field::UpdatedAt));
        let next = page.next.filter(|next| Some(next) != cursor.as_ref());
        let end = next.is_none();
        let is_known =
            latest_first && known.is_some_and(|known| oldest.is_some_and(|oldest| oldest < known));
        let state = (!end && !is_known).then(|| WalkState {
            cursor: next.as_ref().map(|next| next.0.clone()),
            total: page.total,
            complete_at: None,
        });
        let page = Pulled {
            rows: page.rows,
            began,
            state,
        };
        if pulled.send(page).await.is_err() || end || is_known {
            return Ok(Met {
                end,
                latest_first,
                skipped,
                pages,
            });
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
        let goes_on = batch.last().is_some_and(|page| page.state.is_some());
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

/// The walk came to its end, and now the number of all is known. What a whole walk did not meet since it began is gone,
/// unless it could not read all that it met.
async fn complete<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    began: Option<Timestamp>,
    complete_at: Timestamp,
    skipped: usize,
) -> Result<(), Trouble> {
    let company = shared.company.clone();
    let counted = shared
        .writer
        .ask(move |cache| {
            if let (Some(began), 0) = (began, skipped) {
                cache.forget_unread_since(&company, kind, began)?;
            }
            let total = cache.coverage(&company, kind)?.cached + skipped;
            cache.note_walk(
                &company,
                kind,
                &WalkState {
                    cursor: None,
                    total: Some(total),
                    complete_at: Some(complete_at),
                },
            )?;
            cache.rest()
        })
        .await
        .map_err(trouble::of_desk)?;
    counted.map_err(|error| trouble::of_store(&error))
}

async fn state<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
) -> Result<WalkState, Trouble> {
    let company = shared.company.clone();
    shared
        .writer
        .ask(move |cache| cache.walk(&company, kind))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

async fn tell<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    running: bool,
    trouble: Option<Trouble>,
) {
    let company = shared.company.clone();
    let coverage: Coverage = match shared
        .writer
        .ask(move |cache| cache.coverage(&company, kind))
        .await
    {
        Ok(Ok(coverage)) => coverage,
        Ok(Err(error)) => {
            shared.tell(None, Fact::Failed(super::trouble::of_store(&error)));
            return;
        }
        Err(_) => return,
    };
    shared.tell(
        None,
        Fact::Walked {
            kind,
            coverage,
            running,
            trouble,
        },
    );
}
