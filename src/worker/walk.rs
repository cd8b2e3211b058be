//! The walk over a kind: page by page into the cache, behind everything else.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::api::{Books, Cause};
use crate::app::msg::{Fact, Trouble};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::store::cache::WalkState;

use super::reads::{keep, written};
use super::{Shared, judging, locked, trouble};

/// How often a walk that lost its place begins again before it gives up.
const RESTARTS: u8 = 2;

/// How long a refresh may stop at what it knows. Then everything is walked again, because only a whole walk notices
/// what was deleted.
const WHOLE_WALK_AFTER: SignedDuration = SignedDuration::from_hours(12);

/// So far the clocks of the two sides may be apart.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(10);

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

/// Page by page from the front: to the end, or to what has not changed since `known`, where the order tells.
async fn front<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    known: Option<Timestamp>,
) -> Result<Met, Trouble> {
    let known = known.and_then(|at| at.checked_sub(CLOCKS_APART).ok());
    let mut restarts = 0;
    let mut skipped = 0;
    let mut pages = 0;
    let mut cursor = None;
    loop {
        let began = shared.now();
        let page = match shared.books.page(kind, None, cursor.as_ref()).await {
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
        let (total, latest_first) = (page.total, page.latest_first);
        let oldest = page
            .rows
            .last()
            .and_then(|row| row.record.instant(Field::UpdatedAt));
        let next = page.next.filter(|next| Some(next) != cursor.as_ref());
        keep(shared, page.rows, began).await?;
        let end = next.is_none();
        let is_known =
            latest_first && known.is_some_and(|known| oldest.is_some_and(|oldest| oldest < known));
        if end || is_known {
            return Ok(Met {
                end,
                latest_first,
                skipped,
                pages,
            });
        }
        let state = WalkState {
            cursor: next.as_ref().map(|next| next.0.clone()),
            total,
            complete_at: None,
        };
        note(shared, kind, state).await?;
        tell(shared, kind, true, None).await;
        cursor = next;
    }
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
            )
        })
        .await
        .map_err(trouble::of_desk)?;
    written(shared);
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

async fn note<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    state: WalkState,
) -> Result<(), Trouble> {
    let company = shared.company.clone();
    shared
        .writer
        .ask(move |cache| cache.note_walk(&company, kind, &state))
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
