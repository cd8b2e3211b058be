//! What reads behind everything else takes its turns from one budget for all windows of this program; the rest is paid
//! for afterwards, so that nobody waits for it (contract A.5). Where the plan's quota is used up, background work ends
//! in every window at once: turns that were granted before are withdrawn.

use std::time::Duration;

use jiff::Timestamp;

use crate::api::{Books, Standing};
use crate::app::msg::{Trouble, TroubleSort};
use crate::store::cache::{Allowance, Asking, Finding, Turns};

use super::{Shared, locked, trouble};

/// So many turns are taken at once where there are so many: fewer questions to the file.
const BATCH: u32 = 10;

/// Above so many requests a minute nothing is counted: no machine walks as fast.
const BOUNDLESS: u32 = 20_000;

/// How often a clock is looked at that does not run by itself.
const LOOK: Duration = Duration::from_millis(1);

/// What this window has of the budget of a connection, and what it owes.
#[derive(Debug, Default)]
pub struct Pace {
    /// Turns that were granted and not used.
    granted: u32,
    /// How many replies had told about the quota when they were granted: a refusal since then withdraws them.
    granted_after: u64,
    /// Requests that are paid for, by turns or afterwards.
    paid: u64,
    /// What the other windows were told last about the quota.
    used_up: Option<bool>,
    /// How many replies had told about the quota when a turn was granted in doubt of it: the next one is news to the
    /// others, whatever it says.
    in_doubt_since: Option<u64>,
}

fn allowance(standing: Standing) -> Option<Allowance> {
    let limit = standing.limit.filter(|limit| *limit < BOUNDLESS)?;
    Some(Allowance {
        limit,
        low: standing.low,
    })
}

impl<B: Books + 'static> Shared<B> {
    /// The server's clock as the last reply told it; nothing where nobody was asked yet or it tells none.
    pub fn server_date(&self) -> Option<Timestamp> {
        self.road.provider().and_then(Books::server_date)
    }

    /// Requests a minute that all background work together may make in the long run; none where nothing limits it.
    pub fn turns_a_minute(&self) -> Option<usize> {
        let standing = self.road.provider().map(Books::standing)?;
        allowance(standing).map(Allowance::a_minute)
    }

    /// Waits until background work that somebody ordered at that moment may ask the server once; what nobody ordered
    /// has none. Whatever a person of this window asks goes first.
    ///
    /// # Errors
    /// The plan's quota was used up since; what keeps the cache from being read; as [`Shared::books`] where nothing was
    /// asked of the server yet.
    pub async fn turn(&self, ordered_at: Option<Timestamp>) -> Result<(), Trouble> {
        if self.road.provider().is_none() {
            // What the server allows is known over a connection only.
            self.books().await?;
        }
        loop {
            self.road.give_way().await;
            let standing = self
                .road
                .provider()
                .map(Books::standing)
                .unwrap_or_default();
            if self.has_turns(standing) {
                if self.is_refused_elsewhere(standing, ordered_at).await? {
                    locked(&self.road.pace).granted = 0;
                    return Err(Trouble::new(TroubleSort::Quota, ""));
                }
                if self.use_turn() {
                    return Ok(());
                }
            }
            self.settle_requests();
            let (connection, now) = (self.road.connection().clone(), self.now());
            let asking = Asking {
                wanted: BATCH,
                ordered_at,
                at: now,
            };
            let turns = match allowance(standing) {
                Some(allowance) => self
                    .writer
                    .ask(move |cache| cache.take_turns(&connection, allowance, asking))
                    .await
                    .map_err(trouble::of_desk)?
                    .map_err(|error| trouble::of_store(&error))?,
                None => self.boundless(asking).await?,
            };
            match turns {
                Turns::Granted { count, in_doubt } => {
                    let mut pace = locked(&self.road.pace);
                    pace.granted += count;
                    pace.granted_after = standing.told;
                    if in_doubt {
                        pace.in_doubt_since = Some(standing.told);
                    }
                }
                Turns::Wait(wait) => self.wait(now, wait).await,
                Turns::UsedUp => return Err(Trouble::new(TroubleSort::Quota, "")),
            }
        }
    }

    /// Whether a granted turn is at hand. None is any more once this window was told that the quota is used up.
    fn has_turns(&self, standing: Standing) -> bool {
        let mut pace = locked(&self.road.pace);
        if standing.used_up == Some(true) && standing.told > pace.granted_after {
            pace.granted = 0;
        }
        pace.granted > 0
    }

    /// Uses a granted turn; not where somebody else of this window took the last one.
    fn use_turn(&self) -> bool {
        let mut pace = locked(&self.road.pace);
        let Some(left) = pace.granted.checked_sub(1) else {
            return false;
        };
        pace.granted = left;
        pace.paid += 1;
        true
    }

    /// Whether another window was told since that was ordered that the quota is used up. Asked before each turn where the
    /// server limits us: so few leave then that the question to the file costs nothing.
    async fn is_refused_elsewhere(
        &self,
        standing: Standing,
        ordered_at: Option<Timestamp>,
    ) -> Result<bool, Trouble> {
        if allowance(standing).is_none() {
            return Ok(false);
        }
        let used_up_at = self.used_up_at().await?;
        Ok(used_up_at.is_some_and(|at| ordered_at.is_none_or(|ordered_at| ordered_at < at)))
    }

    /// When some window was told that the quota is used up.
    async fn used_up_at(&self) -> Result<Option<Timestamp>, Trouble> {
        let connection = self.road.connection().clone();
        self.reader
            .ask(move |shelf| shelf.reader().used_up_at(&connection))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))
    }

    /// Turns where nothing limits them but the quota.
    async fn boundless(&self, asking: Asking) -> Result<Turns, Trouble> {
        let used_up_at = self.used_up_at().await?;
        Ok(match used_up_at {
            Some(at) if asking.ordered_at.is_none_or(|ordered_at| ordered_at < at) => Turns::UsedUp,
            _ => Turns::Granted {
                count: asking.wanted,
                in_doubt: used_up_at.is_some(),
            },
        })
    }

    /// Tells the other windows what this one asked without a turn, and what it was told. Waits for nothing.
    pub fn settle_requests(&self) {
        let Some(books) = self.road.provider() else {
            return;
        };
        let standing = books.standing();
        let allowance = allowance(standing);
        let mut pace = locked(&self.road.pace);
        // A turn that was taken and whose request has not left yet is paid for already.
        let owed = standing.sent.saturating_sub(pace.paid);
        let is_settled = |since: u64| standing.told > since;
        let resolves = pace.in_doubt_since.is_some_and(is_settled);
        let news = standing
            .used_up
            .filter(|_| resolves || standing.used_up != pace.used_up);
        if resolves {
            pace.in_doubt_since = None;
        }
        let finding = Finding {
            spent: allowance.map_or(0, |_| u32::try_from(owed).unwrap_or(u32::MAX)),
            pause: allowance.and_then(|_| books.pause()),
            used_up: news,
        };
        pace.paid += owed;
        pace.used_up = standing.used_up;
        drop(pace);
        if finding == Finding::default() {
            return;
        }
        let (connection, now) = (self.road.connection().clone(), self.now());
        // A desk that is closed belongs to a program that ends.
        let _ = self.writer.order(move |cache| {
            if let Err(error) = cache.note_finding(&connection, allowance, finding, now) {
                tracing::warn!(%error, "what was asked could not be noted");
            }
        });
    }

    /// Waits until the program's clock has gone on by so much.
    async fn wait(&self, from: Timestamp, wait: Duration) {
        if self.clock_is_steady {
            return tokio::time::sleep(wait).await;
        }
        let until = from.checked_add(wait).unwrap_or(from);
        while self.now() < until {
            tokio::time::sleep(LOOK).await;
        }
    }
}
