//! How fast we may ask (contract A.5): one budget for Unify and Proxy of a connection.
//!
//! Reading waits for its turn. Acts do not wait, because the wait would pass between the intent's time of sending and
//! the sending itself; they take from the fifth that reading leaves. What reads behind everything else takes its turns
//! from the budget of all windows before it comes here, and runs less far ahead: a person finds room here whatever the
//! background does. Knows no clock: every call is told the time.

use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);

/// Alegra's documented limit a minute, taken for the real host until its headers tell: 120 a minute are used of it.
const UNTOLD_LIMIT: u32 = 150;

/// A bucket that leaks one request an interval, kept as the time at which it will be empty.
#[derive(Debug)]
pub(super) struct Budget {
    /// Requests a minute that the server takes, told or presumed; `None` while nothing limits us.
    limit: Option<u32>,
    /// Time between two requests in the long run; `None` while nothing limits us.
    interval: Option<Duration>,
    /// How far ahead of that pace we may run.
    burst: Duration,
    /// When the requests made so far will have been paid for.
    paid_at: Instant,
    /// Nothing may be asked before, because the server said so.
    blocked_until: Option<Instant>,
    /// The server's own count runs low: half the pace.
    low: bool,
}

impl Budget {
    /// Open on loopback, 120 a minute elsewhere, until a reply tells more.
    pub fn new(loopback: bool, now: Instant) -> Self {
        let mut budget = Self {
            limit: None,
            interval: None,
            burst: Duration::ZERO,
            paid_at: now,
            blocked_until: None,
            low: false,
        };
        if !loopback {
            budget.set_limit(UNTOLD_LIMIT);
        }
        budget
    }

    /// A turn to read, or how long to wait before asking for one again.
    pub fn turn(&mut self, now: Instant) -> Result<(), Duration> {
        if let Some(wait) = self.pause(now) {
            return Err(wait);
        }
        let ahead = self.paid_at.saturating_duration_since(now);
        if self.interval.is_some() && ahead > self.burst {
            return Err(ahead - self.burst);
        }
        self.take(now);
        Ok(())
    }

    /// Counts a request that does not wait.
    pub fn take(&mut self, now: Instant) {
        if let Some(interval) = self.interval {
            let pace = if self.low { interval * 2 } else { interval };
            self.paid_at = self.paid_at.max(now) + pace;
        }
    }

    /// How long the server wants to be left alone.
    pub fn pause(&self, now: Instant) -> Option<Duration> {
        self.blocked_until
            .map(|until| until.saturating_duration_since(now))
            .filter(|wait| !wait.is_zero())
    }

    /// Requests a minute that the server takes, and whether its own count runs low.
    pub fn limit(&self) -> (Option<u32>, bool) {
        (self.limit, self.low)
    }

    /// The server said to wait.
    pub fn block(&mut self, now: Instant, wait: Duration) {
        let until = now + wait;
        self.blocked_until = Some(self.blocked_until.map_or(until, |old| old.max(until)));
    }

    /// What a reply told of the limit: requests a minute, how many are left, and when the count begins anew.
    pub fn learn(
        &mut self,
        now: Instant,
        limit: Option<u32>,
        remaining: Option<u32>,
        reset: Duration,
    ) {
        let Some(limit) = limit.filter(|limit| *limit > 0) else {
            return;
        };
        self.set_limit(limit);
        if let Some(remaining) = remaining {
            self.low = remaining < limit / 5;
            if remaining == 0 {
                self.block(now, reset);
            }
        }
    }

    fn set_limit(&mut self, limit: u32) {
        // Four fifths of the limit a minute, the other fifth at once.
        let interval = MINUTE * 5 / 4 / limit;
        self.limit = Some(limit);
        self.interval = Some(interval);
        self.burst = interval * (limit / 5).saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many requests get a turn within this time, asked for as soon as may be.
    fn turns_within(budget: &mut Budget, start: Instant, span: Duration) -> u32 {
        let mut now = start;
        let mut turns = 0;
        while now < start + span && turns < 10_000 {
            match budget.turn(now) {
                Ok(()) => turns += 1,
                Err(wait) => now += wait,
            }
        }
        turns
    }

    #[test]
    fn loopback_is_open_until_a_limit_is_told() {
        let start = Instant::now();
        let mut budget = Budget::new(true, start);
        assert_eq!(turns_within(&mut budget, start, MINUTE), 10_000);
        budget.learn(start, Some(150), Some(149), MINUTE);
        assert!(turns_within(&mut budget, start, MINUTE) <= 150);
    }

    #[test]
    fn the_real_host_sees_four_fifths_of_its_limit() {
        let start = Instant::now();
        let mut budget = Budget::new(false, start);
        let first = turns_within(&mut budget, start, MINUTE);
        assert!((120..=150).contains(&first), "{first}");
        let later = turns_within(&mut budget, start + MINUTE, MINUTE);
        assert_eq!(later, 120);
    }

    #[test]
    fn a_low_count_halves_the_pace_and_none_left_stops_it() {
        let start = Instant::now();
        let mut budget = Budget::new(false, start);
        turns_within(&mut budget, start, MINUTE);
        let second = start + MINUTE;
        budget.learn(second, Some(150), Some(29), MINUTE);
        assert_eq!(turns_within(&mut budget, second, MINUTE), 60);
        let third = second + MINUTE;
        budget.learn(third, Some(150), Some(0), Duration::from_secs(20));
        assert_eq!(budget.pause(third), Some(Duration::from_secs(20)));
        assert_eq!(budget.turn(third), Err(Duration::from_secs(20)));
        assert_eq!(budget.pause(third + Duration::from_secs(20)), None);
    }

    #[test]
    fn a_shorter_pause_does_not_end_a_longer_one() {
        let start = Instant::now();
        let mut budget = Budget::new(true, start);
        budget.block(start, Duration::from_secs(30));
        budget.block(start, Duration::from_secs(2));
        assert_eq!(budget.pause(start), Some(Duration::from_secs(30)));
    }

    #[test]
    fn an_act_does_not_wait_but_reading_after_it_does() {
        let start = Instant::now();
        let mut budget = Budget::new(false, start);
        while budget.turn(start).is_ok() {}
        let before = budget.turn(start);
        budget.take(start);
        assert!(budget.turn(start) > before);
    }
}
