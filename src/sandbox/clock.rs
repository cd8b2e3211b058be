//! The sandbox's own clock: it starts where the world says and then runs on with real time.
//!
//! Deadlines, the 72 hours of a stamp and the `Date` header all come from here, so that a test can
//! move the day and a demo does not age while it is not running. It never reads the machine's calendar.

use std::time::Instant;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::options::SandboxError;

/// The farthest that one order may move the clock: ten years, well inside what a timestamp holds.
const FARTHEST: i64 = 10 * 366 * 24 * 3600;

pub struct Clock {
    base: Timestamp,
    started: Instant,
    advanced: SignedDuration,
}

impl Clock {
    /// A clock that shows `base` now.
    pub fn starting_at(base: Timestamp) -> Self {
        Self {
            base,
            started: Instant::now(),
            advanced: SignedDuration::ZERO,
        }
    }

    /// The present moment, to the millisecond: what the wire can say is all that is ever kept.
    pub fn now(&self) -> Timestamp {
        let elapsed =
            SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::ZERO);
        let moment = self
            .base
            .saturating_add(elapsed.saturating_add(self.advanced))
            .unwrap_or(self.base);
        Timestamp::from_millisecond(moment.as_millisecond()).unwrap_or(moment)
    }

    /// Moves the clock; false when the step is too large to mean anything.
    pub fn advance(&mut self, seconds: i64) -> bool {
        let within = (-FARTHEST..=FARTHEST).contains(&seconds);
        if within {
            self.advanced = self
                .advanced
                .saturating_add(SignedDuration::from_secs(seconds));
        }
        within
    }
}

/// Mexico's central time, in which CFDI hours are written (no summer time since 2022).
pub fn mexico() -> TimeZone {
    TimeZone::get("America/Mexico_City").unwrap_or_else(|_| TimeZone::fixed(Offset::constant(-6)))
}

/// The moment on Mexico's wall clocks.
pub fn local(moment: Timestamp) -> DateTime {
    mexico().to_datetime(moment)
}

/// The moment that a Mexican wall clock names.
pub fn moment(wall: DateTime) -> Result<Timestamp, SandboxError> {
    mexico()
        .to_timestamp(wall)
        .map_err(|_| SandboxError::Day(wall.date()))
}

/// Ten in the morning of a day, when the demo's working day starts.
pub fn opening_of(day: Date) -> Result<Timestamp, SandboxError> {
    moment(day.at(10, 0, 0, 0))
}

/// `2026-05-31T18:04:09.000Z`, as Unify writes date-times.
pub fn iso(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// `2026-05-31 12:04:09`, as Alegra writes them, on Mexico's wall clock.
pub fn alegra(moment: Timestamp) -> String {
    local(moment).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// `Sun, 31 May 2026 18:04:09 GMT`, as HTTP writes them.
pub fn http(moment: Timestamp) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
