//! The walk over a kind: page by page into the cache, behind everything else.
//!
//! A list is cut by offset. What is made or changed while it is walked comes to its front and is met by looking there once
//! more. What is deleted meanwhile moves the rest forward, over the edge between two pages: so no record is forgotten
//! because one walk did not meet it. The server is asked for it by name, or the list is walked a second time, and where a
//! record turns out to have been passed by, so may have been others that nobody knows of yet.
//!
//! A walk that was stopped is gone on with, and is a whole one only where the order of the list shows that nothing was
//! passed by in between; else all is walked once more. It never calls complete what it cannot know to be.
//!
//! Two clocks: what this program read is dated by its own, what changed over there by the server's, wherever it tells it.

pub(super) mod fiscal;
mod pages;
mod single;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::api::Books;
use crate::app::msg::{Fact, Trouble};
use crate::domain::headway::Headway;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::record::Id;
use crate::store::cache::{Unfinished, WalkState};

use super::reads::keep;
use super::{Shared, judging, locked, trouble};
use pages::{Met, Until, Wanted};
use single::{Sought, sought};

/// How long a refresh may stop at what it knows. Then everything is walked again, because only a whole walk notices
/// what was deleted. An unfinished walk is gone on with for as long.
const WHOLE_WALK_AFTER: SignedDuration = SignedDuration::from_hours(12);

/// So far the clocks of the two sides may be apart, where the server does not tell its own.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(10);

/// So many rows that could not be read are asked for by name behind each walk and each refresh.
const NAMED: usize = 5;

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
    let ordered_at = shared.now();
    let walk = Walk {
        shared,
        kind,
        ordered_at,
    };
    // Nobody ever closes the turns; without one the walk would only be less polite.
    let turn = shared.turns.acquire().await;
    let trouble = walk.go().await.err();
    if let Some(trouble) = &trouble {
        shared.doubt_if_offline(trouble);
    }
    drop(turn);
    drop(under_way);
    tell(shared, kind, Stage::Ended(trouble)).await;
    judging::if_due(shared).await;
    fiscal::if_due(shared, ordered_at).await;
}

/// A walk over a kind.
struct Walk<'a, B> {
    shared: &'a Arc<Shared<B>>,
    kind: Kind,
    ordered_at: Timestamp,
}

impl<B: Books + 'static> Walk<'_, B> {
    async fn go(&self) -> Result<(), Trouble> {
        self.read_the_list().await?;
        self.ask_by_name().await
    }

    async fn read_the_list(&self) -> Result<(), Trouble> {
        // Whoever answers tells the hour over there.
        self.shared.books().await?;
        let now = self.shared.now();
        let before = self.state().await?;
        // What a clock wrote that was set back since is worth nothing.
        let is_recent = |at: &Timestamp| {
            let ago = now.duration_since(*at);
            ago < WHOLE_WALK_AFTER && ago > -CLOCKS_APART
        };
        let was_walked = before.complete_at.as_ref().is_some_and(is_recent);
        let told = self.shared.server_date().unwrap_or(now);
        let is_past = |known: &Timestamp| told.duration_since(*known) > -CLOCKS_APART;
        if let Some(known) = before.known_at.filter(is_past).filter(|_| was_walked) {
            return self.refresh(now, known, &before).await;
        }
        let left = before.unfinished.clone();
        match left.filter(|left| is_recent(&left.began_at)) {
            Some(left) => self.go_on(now, left, &before).await,
            None => self.anew(&before).await,
        }
    }

    /// Reads what changed since all was known.
    async fn refresh(
        &self,
        now: Timestamp,
        known: Timestamp,
        before: &WalkState,
    ) -> Result<(), Trouble> {
        let met = self.read(None, Until::Known(known), None).await?;
        let looked = met.looked_at;
        if met.end {
            return self.settle((now, looked), met, before).await;
        }
        let (known_at, met_at) = match met.pages {
            // On one page nothing can slide.
            0 | 1 => (looked, None),
            _ => {
                let confirms = |at: &Timestamp| {
                    let from = at.checked_sub(CLOCKS_APART).unwrap_or(*at);
                    *at <= looked && met.news.oldest.is_none_or(|oldest| oldest >= from)
                };
                let known = before.met_at.filter(confirms).unwrap_or(known);
                (known, Some(looked))
            }
        };
        let more = met.skipped.saturating_sub(before.skipped);
        let state = WalkState {
            known_at: Some(known_at),
            met_at,
            skipped: before.skipped + more,
            absent: before.absent + more,
            ..before.clone()
        };
        self.complete(state).await
    }

    /// Goes on with a walk that was not brought to its end: the news first, then from where it was left.
    async fn go_on(
        &self,
        now: Timestamp,
        left: Unfinished,
        before: &WalkState,
    ) -> Result<(), Trouble> {
        let (began, looked) = (left.began_at, left.looked_at);
        let until = Until::KnownOrFirst(looked);
        let front = self.read(None, until, None).await?;
        if front.end {
            return self.settle((now, front.looked_at), front, before).await;
        }
        let rest = self.read(Some(left), Until::End, Some((began, before.clone())));
        let rest = rest.await?;
        // What was made or deleted meanwhile may have moved others to where nobody looks any more.
        if !rest.joined {
            return self.anew(before).await;
        }
        // So it may have been on the pages at the front, where there are many: they are looked at once more.
        let looked = match front.pages {
            0 | 1 => front.looked_at,
            _ => looked,
        };
        let met = Met {
            skipped: rest.skipped.max(front.skipped),
            pages: rest.pages + front.pages,
            ..rest
        };
        self.settle((began, looked), met, before).await
    }

    /// Walks over all of it from the beginning.
    async fn anew(&self, before: &WalkState) -> Result<(), Trouble> {
        let now = self.shared.now();
        let met = self.whole(now, before).await?;
        self.settle((now, met.looked_at), met, before).await
    }

    async fn read(
        &self,
        from: Option<Unfinished>,
        until: Until,
        noted: Option<(Timestamp, WalkState)>,
    ) -> Result<Met, Trouble> {
        let wanted = Wanted {
            from,
            until,
            noted,
            ordered_at: self.ordered_at,
        };
        pages::read(self.shared, self.kind, wanted).await
    }

    /// What the walk before this one found stays known while it goes on.
    async fn whole(&self, began: Timestamp, before: &WalkState) -> Result<Met, Trouble> {
        self.read(None, Until::End, Some((began, before.clone())))
            .await
    }

    /// The list was walked to its end, in parts that began then, and what changed up to the second moment, by the server's
    /// clock, was met. Meets what came to the front since, and forgets what is gone.
    async fn settle(
        &self,
        (began, looked): (Timestamp, Timestamp),
        met: Met,
        before: &WalkState,
    ) -> Result<(), Trouble> {
        let mut walked = self.meet_the_front(began, looked, met).await?;
        let missed = self.missed(&walked).await?;
        let mut kept = missed.there.len() + missed.unasked;
        // More of them are there than rows could not be read: the walk passed them by, and perhaps others.
        if missed.there.len() > walked.skipped {
            let again = self.shared.now();
            let met = self.whole(again, before).await?;
            walked = self.meet_the_front(again, met.looked_at, met).await?;
            if walked.skipped == 0 {
                // What two walks did not meet is not in this list any more, whatever else it is. A clock that was set back
                // meanwhile makes nothing look unread that was just read.
                self.forget(missed.there, began.min(again)).await?;
                kept = 0;
            } else {
                kept = self.unread(again).await?.len();
            }
        }
        let state = WalkState {
            unfinished: None,
            total: None,
            complete_at: Some(walked.began),
            known_at: Some(walked.known_at),
            met_at: walked.met_at,
            skipped: walked.skipped,
            absent: walked.skipped.saturating_sub(kept),
        };
        self.complete(state).await
    }

    /// What somebody changed during a walk jumped to the front, behind its back.
    async fn meet_the_front(
        &self,
        began: Timestamp,
        looked: Timestamp,
        met: Met,
    ) -> Result<Walked, Trouble> {
        let walked = Walked {
            began,
            known_at: looked,
            met_at: None,
            skipped: met.skipped,
            pages: met.pages,
        };
        if !met.latest_first || met.pages < 2 {
            return Ok(walked);
        }
        let front = self.read(None, Until::Known(looked), None).await?;
        let (known_at, met_at) = match front.pages {
            0 | 1 => (front.looked_at, None),
            _ => (looked, Some(front.looked_at)),
        };
        Ok(Walked {
            known_at,
            met_at,
            // It met the same rows that the walk met.
            skipped: met.skipped.max(front.skipped),
            ..walked
        })
    }

    /// Forgets what the server no longer has of the records that a walk did not meet, and gives the others.
    async fn missed(&self, walked: &Walked) -> Result<Missed, Trouble> {
        let mut missed = Missed::default();
        let mut unread = self.unread(walked.began).await?;
        // To ask for each of many would cost more than to walk again. Where rows could not be read another walk would
        // not tell which they are: then as many are asked for as there are pages, and the others the next time.
        if unread.len() > walked.pages {
            if walked.skipped == 0 {
                missed.there = unread;
                return Ok(missed);
            }
            missed.unasked = unread.len() - walked.pages;
            unread.truncate(walked.pages);
        }
        let (mut gone, mut read) = (Vec::new(), Vec::new());
        let asked_at = self.shared.now();
        for id in unread {
            match sought(self.shared, (self.kind, &id), self.ordered_at).await? {
                Sought::Gone => gone.push(id),
                Sought::Unreadable => missed.there.push(id),
                Sought::There(fetched) => {
                    missed.there.push(id);
                    read.push(*fetched);
                }
            }
        }
        self.forget(gone, walked.began).await?;
        if missed.there.len() <= walked.skipped {
            // No list brings it; and the next time it is the turn of another one.
            keep(self.shared, read, asked_at).await?;
        }
        Ok(missed)
    }

    /// Asks for some of the rows that no list could be read at, by their names: they may be readable by themselves, or be
    /// so by now without having changed, and then no refresh brings them.
    async fn ask_by_name(&self) -> Result<(), Trouble> {
        let (company, kind) = (self.shared.company.clone(), self.kind);
        let names = self
            .shared
            .writer
            .ask(move |cache| cache.unreadable(&company, kind, NAMED))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        if names.is_empty() {
            return Ok(());
        }
        let asked_at = self.shared.now();
        let (mut read, mut gone) = (Vec::new(), Vec::new());
        for id in &names {
            match sought(self.shared, (kind, id), self.ordered_at).await? {
                Sought::There(fetched) => read.push(*fetched),
                Sought::Gone => gone.push(id.clone()),
                Sought::Unreadable => {}
            }
        }
        keep(self.shared, read, asked_at).await?;
        let company = self.shared.company.clone();
        let noted = self
            .shared
            .writer
            .ask(move |cache| {
                for id in &gone {
                    cache.forget(&company, kind, id, asked_at)?;
                }
                cache.note_asked(&company, kind, &names, asked_at)
            })
            .await
            .map_err(trouble::of_desk)?;
        noted.map_err(|error| trouble::of_store(&error))?;
        // What came, and what is gone, is counted anew.
        let state = self.state().await?;
        self.complete(state).await
    }

    /// The records that no walk since then has met.
    async fn unread(&self, began: Timestamp) -> Result<Vec<Id>, Trouble> {
        let (company, kind, now) = (self.shared.company.clone(), self.kind, self.shared.now());
        self.shared
            .writer
            .ask(move |cache| cache.unread_since(&company, kind, began, now))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))
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

    /// All changes up to the moment that the state names are here, and the number of all is known.
    async fn complete(&self, state: WalkState) -> Result<(), Trouble> {
        let (company, kind) = (self.shared.company.clone(), self.kind);
        let counted = self
            .shared
            .writer
            .ask(move |cache| {
                let named = cache.unreadable_absent(&company, kind)?;
                let total = cache.coverage(&company, kind)?.cached + state.absent + named;
                let state = WalkState {
                    total: Some(total),
                    ..state
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

/// A walk that met all that the list has.
struct Walked {
    /// When it began.
    began: Timestamp,
    /// Up to when all changes were met, by the server's clock where it told.
    known_at: Timestamp,
    /// See [`WalkState::met_at`].
    met_at: Option<Timestamp>,
    /// Rows that no record could be made of.
    skipped: usize,
    /// Pages that it read.
    pages: usize,
}

/// What is here, and a walk did not meet it, and the server may have it.
#[derive(Default)]
struct Missed {
    /// That it has.
    there: Vec<Id>,
    /// That it was not asked for.
    unasked: usize,
}

/// How a walk stands.
enum Stage {
    /// It goes on; how it gets ahead is known of one that goes to the end of the list.
    Running(Option<Headway>),
    /// It ended, early where there was trouble.
    Ended(Option<Trouble>),
}

async fn tell<B: Books + 'static>(shared: &Arc<Shared<B>>, kind: Kind, stage: Stage) {
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
    let (running, headway, trouble) = match stage {
        Stage::Running(headway) => (true, headway, None),
        Stage::Ended(trouble) => (false, None, trouble),
    };
    shared.tell(
        None,
        Fact::Walked {
            kind,
            coverage,
            running,
            headway,
            trouble,
        },
    );
}
