//! The walk over a kind: page by page into the cache, behind everything else.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::api::{Books, Cause};
use crate::app::msg::{Fact, Trouble};
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::store::cache::WalkState;

use super::reads::{keep, written};
use super::{Shared, locked, trouble};

/// How often a walk that lost its place begins again before it gives up.
const RESTARTS: u8 = 2;

/// How long a refresh may stop at what it knows. Then everything is walked again, because only a whole walk notices
/// what was deleted.
const WHOLE_WALK_AFTER: SignedDuration = SignedDuration::from_hours(12);

/// Walks over a kind, unless it is being walked already, and reports after every page.
pub async fn walk<B: Books + 'static>(shared: &Arc<Shared<B>>, kind: Kind) {
    if !locked(&shared.walking).insert(kind) {
        return;
    }
    // Nobody ever closes the turns; without one the walk would only be less polite.
    let turn = shared.turns.acquire().await;
    let trouble = whole(shared, kind).await.err();
    drop(turn);
    locked(&shared.walking).remove(&kind);
    tell(shared, kind, false, trouble).await;
}

async fn whole<B: Books + 'static>(shared: &Arc<Shared<B>>, kind: Kind) -> Result<(), Trouble> {
    let mut restarts = 0;
    let mut began = shared.now();
    let before = state(shared, kind).await?;
    let whole_at = before
        .complete_at
        .filter(|at| began.duration_since(*at) < WHOLE_WALK_AFTER);
    let mut cursor = None;
    loop {
        let page = match shared.books.page(kind, None, cursor.as_ref()).await {
            Ok(page) => page,
            // The place in the list was lost: only a walk from the beginning is whole.
            Err(error) if error.cause == Cause::InvalidCursor && restarts < RESTARTS => {
                restarts += 1;
                began = shared.now();
                cursor = None;
                continue;
            }
            Err(error) => return Err(trouble::of_api(&error)),
        };
        let total = page.total;
        let next = page.next.filter(|next| Some(next) != cursor.as_ref());
        let news = keep(shared, page.rows).await?;
        if next.is_none() {
            return complete(shared, kind, Some(began), shared.now()).await;
        }
        // Everything behind a page without news changed even earlier, and is known from the last whole walk.
        if let Some(whole_at) = whole_at
            && page.latest_first
            && news == 0
        {
            return complete(shared, kind, None, whole_at).await;
        }
        note(
            shared,
            kind,
            WalkState {
                cursor: next.as_ref().map(|next| next.0.clone()),
                total,
                complete_at: None,
            },
        )
        .await?;
        tell(shared, kind, true, None).await;
        cursor = next;
    }
}

/// The walk came to its end, and now the number of all is known. What a whole walk did not meet since it began is gone.
async fn complete<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    began: Option<Timestamp>,
    complete_at: Timestamp,
) -> Result<(), Trouble> {
    let company = shared.company.clone();
    let counted = shared
        .writer
        .ask(move |cache| {
            if let Some(began) = began {
                cache.forget_unread_since(&company, kind, began)?;
            }
            let total = cache.coverage(&company, kind)?.cached;
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
