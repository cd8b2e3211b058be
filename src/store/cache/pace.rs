//! The budget of requests that all windows of this program share (contract A.5).
//!
//! It lies in the cache, so that it holds from window to window and outlives a kill: whoever dies with turns in hand has
//! paid for them. Only background work takes turns here and waits for them. What a person or an act asks is paid for
//! afterwards, so that nobody is kept waiting by another window, and the background of all of them slows down instead.
//! A record of the past only: never asks a clock.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction};

use super::super::error::{Fault, StoreError};
use super::{Cache, Reader};
use crate::domain::company::CompanyId;

const MINUTE: i64 = 60_000_000;

/// How much further ahead than any window runs the account may be. More was written under a clock that was set since.
const FARTHEST: i64 = 2 * MINUTE;

/// What the server lets all windows do in a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Requests a minute.
    pub limit: u32,
    /// The server's own count runs low: half the pace.
    pub low: bool,
}

impl Allowance {
    /// What one request costs, in µs: four fifths of the limit are used up by the background, the rest is left for
    /// people and acts.
    fn price(self) -> i64 {
        let price = MINUTE * 5 / 4 / i64::from(self.limit.max(1));
        if self.low { price * 2 } else { price }
    }

    /// Requests a minute that the background has in the long run.
    pub fn a_minute(self) -> usize {
        usize::try_from(MINUTE / self.price()).unwrap_or(usize::MAX)
    }

    /// How far ahead of the pace the background may run, in µs: a fifteenth of the limit at once.
    fn ahead(self) -> i64 {
        let at_once = i64::from(self.limit / 15).max(1);
        (at_once - 1) * (MINUTE * 5 / 4 / i64::from(self.limit.max(1)))
    }
}

/// What comes of asking for turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turns {
    /// Requests may leave.
    Granted {
        /// So many.
        count: u32,
        /// Although some window was told that the quota is used up, because this was ordered later.
        in_doubt: bool,
    },
    /// None before this time has passed.
    Wait(Duration),
    /// None any more: the quota was used up since this was ordered.
    UsedUp,
}

/// Who asks for turns, and for how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// At most so many.
    pub wanted: u32,
    /// When somebody ordered the work; nothing where nobody did.
    pub ordered_at: Option<Timestamp>,
    /// Now.
    pub at: Timestamp,
}

/// What a window found out about the server that the others should know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Requests that left without a turn.
    pub spent: u32,
    /// How long the server wants to be left alone.
    pub pause: Option<Duration>,
    /// Whether the quota is used up; nothing where the server did not say.
    pub used_up: Option<bool>,
}

/// The account of a connection, in µs.
#[derive(Clone, Copy, Default)]
struct Account {
    paid_at: i64,
    blocked_until: i64,
    used_up_at: Option<i64>,
}

impl Cache {
    /// Takes turns for background work over this connection.
    ///
    /// # Errors
    /// Any [`StoreError`]; no turn was taken then.
    pub fn take_turns(
        &mut self,
        connection: &CompanyId,
        allowance: Allowance,
        asking: Asking,
    ) -> Result<Turns, StoreError> {
        self.writing(|_, tx| {
            let now = asking.at.as_microsecond();
            let mut account = account(tx, connection)?.seen_at(now);
            let ordered_at = asking
                .ordered_at
                .map_or(i64::MIN, Timestamp::as_microsecond);
            if account.used_up_at.is_some_and(|at| ordered_at < at) {
                return Ok(Turns::UsedUp);
            }
            let blocked = account.blocked_until - now;
            if blocked > 0 {
                return Ok(Turns::Wait(micros(blocked)));
            }
            let room = allowance.ahead() - (account.paid_at - now);
            if room < 0 {
                return Ok(Turns::Wait(micros(-room)));
            }
            let free = room / allowance.price() + 1;
            let granted = free.min(i64::from(asking.wanted.max(1)));
            account.paid_at += granted * allowance.price();
            keep(tx, connection, account)?;
            Ok(Turns::Granted {
                count: u32::try_from(granted).unwrap_or(1),
                in_doubt: account.used_up_at.is_some(),
            })
        })
    }

    /// Notes what a window found out.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn note_finding(
        &mut self,
        connection: &CompanyId,
        allowance: Option<Allowance>,
        finding: Finding,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writing(|_, tx| {
            let now = now.as_microsecond();
            let mut account = account(tx, connection)?.seen_at(now);
            let price = allowance.map_or(0, Allowance::price);
            let paid_at = account.paid_at + i64::from(finding.spent) * price;
            account.paid_at = paid_at.min(now + FARTHEST);
            if let Some(pause) = finding.pause {
                let pause = i64::try_from(pause.as_micros()).unwrap_or(MINUTE);
                account.blocked_until = account.blocked_until.max(now + pause.min(MINUTE));
            }
            match finding.used_up {
                Some(true) => account.used_up_at = Some(now),
                Some(false) => account.used_up_at = None,
                None => {}
            }
            keep(tx, connection, account)
        })
    }
}

impl Reader {
    /// When some window was told that the quota of this connection is used up, where none was served since.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub fn used_up_at(&self, connection: &CompanyId) -> Result<Option<Timestamp>, StoreError> {
        self.reading(|tx| {
            let at = account(tx, connection)?.used_up_at;
            Ok(at.and_then(|at| Timestamp::from_microsecond(at).ok()))
        })
    }
}

impl Account {
    /// As it stands now: what was paid for is not paid back, and what lies beyond any pace was written under another
    /// clock.
    fn seen_at(self, now: i64) -> Self {
        let within = |at: i64| if at > now + FARTHEST { now } else { at };
        Self {
            paid_at: within(self.paid_at).max(now),
            blocked_until: within(self.blocked_until),
            used_up_at: self.used_up_at.filter(|at| *at <= now),
        }
    }
}

fn account(tx: &Transaction<'_>, connection: &CompanyId) -> Result<Account, Fault> {
    let account = tx
        .prepare_cached(
            "SELECT paid_at, blocked_until, used_up_at FROM pace WHERE connection = ?1",
        )?
        .query_row([&connection.0], |row| {
            Ok(Account {
                paid_at: row.get(0)?,
                blocked_until: row.get(1)?,
                used_up_at: row.get(2)?,
            })
        })
        .optional()?;
    Ok(account.unwrap_or_default())
}

fn keep(tx: &Transaction<'_>, connection: &CompanyId, account: Account) -> Result<(), Fault> {
    tx.prepare_cached(
        "INSERT INTO pace (connection, paid_at, blocked_until, used_up_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (connection) DO UPDATE
         SET paid_at = excluded.paid_at, blocked_until = excluded.blocked_until, used_up_at = excluded.used_up_at",
    )?
    .execute((
        &connection.0,
        account.paid_at,
        account.blocked_until,
        account.used_up_at,
    ))?;
    Ok(())
}

fn micros(count: i64) -> Duration {
    Duration::from_micros(u64::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use std::path::Path;
    use tempfile::TempDir;

    const REAL: Allowance = Allowance {
        limit: 150,
        low: false,
    };

    fn noon() -> Timestamp {
        "2026-06-03T18:00:00Z".parse().expect("a time")
    }

    fn after(seconds: i64) -> Timestamp {
        noon() + SignedDuration::from_secs(seconds)
    }

    fn window(folder: &TempDir) -> Cache {
        let path: &Path = folder.path();
        Cache::open(&path.join("cache.db")).expect("a cache")
    }

    fn connection() -> CompanyId {
        CompanyId("test-consumer@host".to_owned())
    }

    fn asking(wanted: u32, at: Timestamp) -> Asking {
        Asking {
            wanted,
            ordered_at: Some(noon()),
            at,
        }
    }

    fn take(cache: &mut Cache, at: Timestamp) -> u32 {
        match cache.take_turns(&connection(), REAL, asking(10, at)) {
            Ok(Turns::Granted { count, .. }) => count,
            Ok(Turns::Wait(_)) => 0,
            other => panic!("{other:?}"),
        }
    }

    /// How many turns windows get that ask in turn, ten times a second, for so long.
    fn taken(windows: &mut [Cache], from: i64, seconds: i64) -> u32 {
        let mut count = 0;
        for tenth in 0..seconds * 10 {
            let at = after(from) + SignedDuration::from_millis(tenth * 100);
            for window in windows.iter_mut() {
                count += take(window, at);
            }
        }
        count
    }

    #[test]
    fn two_windows_get_together_what_one_would_get_alone() {
        for count in [1, 2, 5] {
            let folder = TempDir::new().expect("a folder");
            let mut windows: Vec<Cache> = (0..count).map(|_| window(&folder)).collect();
            let first = taken(&mut windows, 0, 60);
            assert!((120..=130).contains(&first), "{count}: {first}");
            assert_eq!(taken(&mut windows, 60, 60), 120, "{count}");
        }
    }

    #[test]
    fn what_was_taken_is_paid_for_when_the_window_is_gone() {
        let folder = TempDir::new().expect("a folder");
        let mut first = window(&folder);
        assert_eq!(take(&mut first, noon()), 10);
        drop(first);
        let mut second = window(&folder);
        assert_eq!(take(&mut second, noon()), 0);
        assert_eq!(take(&mut second, after(1)), 2);
    }

    #[test]
    fn what_a_person_asked_slows_the_background_down_afterwards() {
        let folder = TempDir::new().expect("a folder");
        let (mut one, mut other) = (window(&folder), window(&folder));
        let finding = Finding {
            spent: 20,
            ..Finding::default()
        };
        one.note_finding(&connection(), Some(REAL), finding, noon())
            .expect("noted");
        assert_eq!(take(&mut other, after(5)), 0);
        assert_eq!(take(&mut other, after(6)), 2);
    }

    #[test]
    fn a_pause_of_one_window_is_kept_by_the_background_of_all() {
        let folder = TempDir::new().expect("a folder");
        let (mut one, mut other) = (window(&folder), window(&folder));
        let finding = Finding {
            pause: Some(Duration::from_secs(20)),
            ..Finding::default()
        };
        one.note_finding(&connection(), Some(REAL), finding, noon())
            .expect("noted");
        let turns = other.take_turns(&connection(), REAL, asking(1, after(5)));
        assert_eq!(turns.ok(), Some(Turns::Wait(Duration::from_secs(15))));
        assert_eq!(take(&mut other, after(20)), 10);
        // Another connection is another user of the other side.
        let elsewhere = CompanyId("other@host".to_owned());
        let turns = one.take_turns(&elsewhere, REAL, asking(1, noon()));
        assert!(matches!(turns, Ok(Turns::Granted { .. })), "{turns:?}");
    }

    #[test]
    fn a_quota_that_is_used_up_ends_what_was_ordered_before_in_every_window() {
        let folder = TempDir::new().expect("a folder");
        let (mut one, mut other) = (window(&folder), window(&folder));
        let told = |used_up| Finding {
            used_up: Some(used_up),
            ..Finding::default()
        };
        one.note_finding(&connection(), Some(REAL), told(true), after(5))
            .expect("noted");
        let ordered = |ordered_at| Asking {
            wanted: 1,
            ordered_at,
            at: after(6),
        };
        for before in [Some(noon()), None] {
            let turns = other.take_turns(&connection(), REAL, ordered(before));
            assert_eq!(turns.ok(), Some(Turns::UsedUp), "{before:?}");
        }
        let later = other.take_turns(&connection(), REAL, ordered(Some(after(6))));
        assert_eq!(
            later.ok(),
            Some(Turns::Granted {
                count: 1,
                in_doubt: true
            })
        );
        other
            .note_finding(&connection(), Some(REAL), told(false), after(7))
            .expect("noted");
        assert_eq!(one.used_up_at(&connection()).ok(), Some(None));
        assert!(matches!(
            one.take_turns(&connection(), REAL, ordered(None)),
            Ok(Turns::Granted { .. })
        ));
    }

    #[test]
    fn what_was_written_under_a_clock_that_ran_ahead_holds_nobody_up() {
        let folder = TempDir::new().expect("a folder");
        let mut cache = window(&folder);
        let finding = Finding {
            spent: 50,
            pause: Some(Duration::from_secs(60)),
            used_up: Some(true),
        };
        cache
            .note_finding(&connection(), Some(REAL), finding, after(86_400))
            .expect("noted");
        assert_eq!(take(&mut cache, noon()), 10);
    }

    #[test]
    fn a_low_count_halves_the_pace() {
        let folder = TempDir::new().expect("a folder");
        let mut cache = window(&folder);
        let low = Allowance { low: true, ..REAL };
        let mut count = 0;
        for second in 0..120 {
            match cache.take_turns(&connection(), low, asking(10, after(second))) {
                Ok(Turns::Granted { count: more, .. }) if second >= 60 => count += more,
                _ => {}
            }
        }
        assert_eq!(count, 60);
    }
}
