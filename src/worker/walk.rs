//! The walk over a kind: page by page into the cache, behind everything else.
//!
//! A list is cut by offset. What is made or changed while it is walked comes to its front and is met by looking there once
//! more. What is deleted meanwhile moves the rest forward, over the edge between two pages: so no record is forgotten
//! because one walk did not meet it. The server is asked for it by name, or the list is walked a second time, and where a
//! record turns out to have been passed by, so may have been others that nobody knows of yet.

mod pages;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::api::{Books, Cause, Cursor};
use crate::app::msg::{Fact, Trouble, TroubleSort};
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::record::Id;
use crate::store::cache::WalkState;

use super::{Shared, judging, locked, trouble};
use pages::{Met, PATIENCE, Until, Wanted};

/// How long a refresh may stop at what it knows. Then everything is walked again, because only a whole walk notices
/// what was deleted. An unfinished walk is gone on with for as long.
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

/// Walks over a kind, unless it is being walked already, and reports now and then.
pub async fn walk<B: Books + 'static>(shared: &Arc<Shared<B>>, kind: Kind) {
    if !locked(&shared.walking).insert(kind) {
        return;
    }
    let under_way = UnderWay { shared, kind };
    let walk = Walk {
        shared,
        kind,
        ordered_at: shared.now(),
    };
    // Nobody ever closes the turns; without one the walk would only be less polite.
    let turn = shared.turns.acquire().await;
    let trouble = walk.go().await.err();
    if let Some(trouble) = &trouble {
        shared.doubt_if_offline(trouble);
    }
    drop(turn);
    drop(under_way);
    tell(shared, kind, false, trouble).await;
    judging::if_due(shared).await;
}

/// A walk over a kind.
struct Walk<'a, B> {
    shared: &'a Arc<Shared<B>>,
    kind: Kind,
    ordered_at: Timestamp,
}

impl<B: Books + 'static> Walk<'_, B> {
    async fn go(&self) -> Result<(), Trouble> {
        let now = self.shared.now();
        let before = self.state().await?;
        // What a clock wrote that was set back since is worth nothing.
        let is_recent = |at: &Timestamp| {
            let ago = now.duration_since(*at);
            ago < WHOLE_WALK_AFTER && ago > -CLOCKS_APART
        };
        if let Some(known) = before.complete_at.filter(is_recent) {
            let met = self.read(None, Until::Known(known), None).await?;
            return match met.end {
                true => self.settle(now, now, met, &before).await,
                false => self.complete(known, 0).await,
            };
        }
        let unfinished = before.began_at.filter(is_recent).zip(before.cursor.clone());
        let Some((began, cursor)) = unfinished else {
            let met = self.whole(now, &before).await?;
            return self.settle(now, now, met, &before).await;
        };
        // The news first; then the walk goes on where it was left.
        let met = self.read(None, Until::KnownOrFirst(began), None).await?;
        if met.end {
            return self.settle(now, now, met, &before).await;
        }
        let noted = noted(began, &before);
        let rest = self
            .read(Some(Cursor(cursor)), Until::End, Some(noted))
            .await?;
        let met = Met {
            skipped: met.skipped + rest.skipped,
            pages: met.pages + rest.pages,
            ..rest
        };
        self.settle(began, now, met, &before).await
    }

    async fn read(
        &self,
        from: Option<Cursor>,
        until: Until,
        noted: Option<WalkState>,
    ) -> Result<Met, Trouble> {
        let wanted = Wanted {
            from,
            until,
            noted,
            ordered_at: self.ordered_at,
        };
        pages::read(self.shared, self.kind, wanted).await
    }

    async fn whole(&self, began: Timestamp, before: &WalkState) -> Result<Met, Trouble> {
        self.read(None, Until::End, Some(noted(began, before)))
            .await
    }

    /// The list was walked to its end, in parts that began at `began`, the last of them at `resumed`. Meets what came to
    /// the front meanwhile, and forgets what is gone.
    async fn settle(
        &self,
        began: Timestamp,
        resumed: Timestamp,
        met: Met,
        before: &WalkState,
    ) -> Result<(), Trouble> {
        let (mut known, mut skipped) = self.meet_the_front(resumed, met).await?;
        // Where a row could not be read, nobody can tell which record it is.
        if skipped == 0
            && let Some(passed_by) = self.passed_by(began, met.pages).await?
        {
            let again = self.shared.now();
            let met = self.whole(began, before).await?;
            (known, skipped) = self.meet_the_front(again, met).await?;
            if skipped == 0 {
                // What two walks did not meet is not in this list any more, whatever else it is. A clock that was set back
                // meanwhile makes nothing look unread that was just read.
                self.forget(passed_by, began.min(again)).await?;
            }
        }
        self.complete(known, skipped).await
    }

    /// What somebody changed during a walk jumped to the front, behind its back. Gives up to when all changes were met,
    /// and how many rows could not be read.
    async fn meet_the_front(
        &self,
        walked: Timestamp,
        met: Met,
    ) -> Result<(Timestamp, usize), Trouble> {
        if !met.latest_first || met.pages < 2 {
            return Ok((walked, met.skipped));
        }
        let known = self.shared.now();
        let front = self.read(None, Until::Known(walked), None).await?;
        Ok((known, met.skipped + front.skipped))
    }

    /// Forgets what the server no longer has of the records that a walk did not meet. Gives those that it does have, or
    /// may have, where there are any: then the walk passed them by, and perhaps others that nobody knows of.
    async fn passed_by(&self, began: Timestamp, pages: usize) -> Result<Option<Vec<Id>>, Trouble> {
        let (company, kind) = (self.shared.company.clone(), self.kind);
        let unread = self
            .shared
            .writer
            .ask(move |cache| cache.unread_since(&company, kind, began))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        // To ask for each of many would cost more than to walk again.
        if unread.len() > pages {
            return Ok(Some(unread));
        }
        let (mut gone, mut there) = (Vec::new(), Vec::new());
        for id in unread {
            match self.is_there(&id).await? {
                true => there.push(id),
                false => gone.push(id),
            }
        }
        self.forget(gone, began).await?;
        Ok(Some(there).filter(|there| !there.is_empty()))
    }

    /// Whether the server has this record, or may have it: where it answers that it is there but cannot be read, or with
    /// another one, only the list can tell.
    async fn is_there(&self, id: &Id) -> Result<bool, Trouble> {
        let mut refusals = 0;
        loop {
            self.shared.turn(Some(self.ordered_at)).await?;
            // Asked after the wait: meanwhile the connection may have come to lead to other books.
            let books = self.shared.books().await?;
            let error = match books.one(self.kind, id, false).await {
                Ok(_) => return Ok(true),
                Err(error) if error.cause == Cause::NotFound => return Ok(false),
                Err(error) => error,
            };
            let trouble = trouble::of_api(&error);
            match trouble.sort {
                TroubleSort::RateLimit if refusals < PATIENCE => {
                    refusals += 1;
                    self.shared.settle_requests();
                }
                TroubleSort::Offline
                | TroubleSort::Credentials
                | TroubleSort::Quota
                | TroubleSort::RateLimit => return Err(trouble),
                _ => return Ok(true),
            }
        }
    }

    /// Forgets records that were not read since the walk began.
    async fn forget(&self, gone: Vec<Id>, began: Timestamp) -> Result<(), Trouble> {
        if gone.is_empty() {
            return Ok(());
        }
        let (company, kind, at) = (self.shared.company.clone(), self.kind, self.shared.now());
        self.shared
            .writer
            .ask(move |cache| cache.forget_unread(&company, kind, &gone, began, at))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        Ok(())
    }

    /// The walk came to its end: all changes up to this moment are here, and the number of all is known.
    async fn complete(&self, known: Timestamp, skipped: usize) -> Result<(), Trouble> {
        let (company, kind) = (self.shared.company.clone(), self.kind);
        let counted = self
            .shared
            .writer
            .ask(move |cache| {
                let total = cache.coverage(&company, kind)?.cached + skipped;
                let state = WalkState {
                    total: Some(total),
                    complete_at: Some(known),
                    ..WalkState::default()
                };
                cache.note_walk(&company, kind, &state)?;
                cache.rest()
            })
            .await
            .map_err(trouble::of_desk)?;
        counted.map_err(|error| trouble::of_store(&error))
    }

    async fn state(&self) -> Result<WalkState, Trouble> {
        let (company, kind) = (self.shared.company.clone(), self.kind);
        self.shared
            .writer
            .ask(move |cache| cache.walk(&company, kind))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))
    }
}

/// What is noted of a walk that began then, while it goes on. What the one before it found stays known.
fn noted(began: Timestamp, before: &WalkState) -> WalkState {
    WalkState {
        cursor: None,
        began_at: Some(began),
        ..before.clone()
    }
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
            shared.tell(None, Fact::Failed(trouble::of_store(&error)));
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
