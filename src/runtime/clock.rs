//! Where the program's time comes from.
//!
//! It is the machine's, or begins at a chosen instant and runs on at the same speed. It never stands still and is
//! never set: what is measured with it (deadlines, the 72 hours) keeps its length.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A clock.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's.
    Machine,
    /// Begun at `start` when the machine's monotonic clock was at `since`.
    Begun {
        /// Its first instant.
        start: Timestamp,
        /// When that was.
        since: Instant,
    },
}

impl Clock {
    /// A clock that says `start` now and runs on.
    pub fn begin(start: Timestamp) -> Self {
        Self::Begun {
            start,
            since: Instant::now(),
        }
    }

    /// What it says.
    pub fn now(&self) -> Timestamp {
        match *self {
            Self::Machine => Timestamp::now(),
            Self::Begun { start, since } => start
                .saturating_add(since.elapsed())
                .unwrap_or(Timestamp::MAX),
        }
    }

    /// How long until it says `instant`; zero when it has.
    pub fn until(&self, instant: Timestamp) -> Duration {
        Duration::try_from(instant.duration_since(self.now())).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_clock_starts_where_it_was_told_and_runs_on() {
        let start: Timestamp = "2026-03-15T10:00:00-06:00".parse().unwrap();
        let clock = Clock::begin(start);
        let first = clock.now();
        assert!(first >= start);
        assert!(clock.now() >= first);
        assert!(first.duration_since(start).as_secs() < 60);
    }

    #[test]
    fn what_has_passed_is_not_waited_for() {
        let start: Timestamp = "2026-03-15T10:00:00-06:00".parse().unwrap();
        let clock = Clock::begin(start);
        assert_eq!(clock.until(start), Duration::ZERO);
        let hour = start.saturating_add(Duration::from_secs(3600)).unwrap();
        let wait = clock.until(hour);
        assert!(wait <= Duration::from_secs(3600) && wait > Duration::from_secs(3500));
    }
}
