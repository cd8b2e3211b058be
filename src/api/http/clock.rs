//! What reply headers tell about time: the server's date, its limits, and how long to wait (contract A.5).
//!
//! Waits are reckoned against the server's own `Date`, never against this machine's clock.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use super::text;

/// Larger than this is a Unix time in milliseconds.
const MILLISECONDS_FROM: u64 = 1_000_000_000_000;

/// Larger than this is a Unix time in seconds; anything else are seconds left.
const SECONDS_FROM: u64 = 1_000_000_000;

/// The rate limit as a reply told it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// Requests a minute.
    pub limit: Option<u32>,
    /// How many of them are left.
    pub remaining: Option<u32>,
    /// Until the count begins anew.
    pub reset: Option<Duration>,
}

impl Limits {
    /// As Apideck passes them on, else as Alegra writes them.
    pub fn read(headers: &HeaderMap, date: Option<Timestamp>) -> Self {
        let one = |apideck, native| whole(headers, apideck).or_else(|| whole(headers, native));
        let count = |number: u64| u32::try_from(number).ok();
        Self {
            limit: one("x-downstream-ratelimit-limit", "x-rate-limit-limit").and_then(count),
            remaining: one("x-downstream-ratelimit-remaining", "x-rate-limit-remaining")
                .and_then(count),
            reset: one("x-downstream-ratelimit-reset", "x-rate-limit-reset")
                .and_then(|reset| until(reset, date)),
        }
    }
}

/// The server's date.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    text(headers, DATE.as_str()).and_then(http_date)
}

/// `Retry-After` in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap, date: Option<Timestamp>) -> Option<Duration> {
    whole(headers, RETRY_AFTER.as_str())
        .map(Duration::from_secs)
        .or_else(|| {
            let then = text(headers, RETRY_AFTER.as_str()).and_then(http_date)?;
            between(date?, then)
        })
}

fn http_date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new()
        .parse_timestamp(text.trim())
        .ok()
}

/// The whole part of a header that is a number.
fn whole(headers: &HeaderMap, name: &str) -> Option<u64> {
    let text = text(headers, name)?.trim();
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    whole.parse().ok()
}

/// Seconds left, or a Unix time whose unit shows in its size.
fn until(reset: u64, date: Option<Timestamp>) -> Option<Duration> {
    let then = if reset > MILLISECONDS_FROM {
        Timestamp::from_millisecond(i64::try_from(reset).ok()?).ok()?
    } else if reset > SECONDS_FROM {
        Timestamp::from_second(i64::try_from(reset).ok()?).ok()?
    } else {
        return Some(Duration::from_secs(reset));
    };
    between(date?, then)
}

/// Nothing where the later one is not later.
fn between(now: Timestamp, then: Timestamp) -> Option<Duration> {
    Duration::try_from(then.duration_since(now)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(value).expect("a header value"),
                )
            })
            .collect()
    }

    #[test]
    fn a_reset_is_seconds_left_or_a_unix_time_of_either_unit() {
        let date = "2026-05-31T18:00:00Z".parse().ok();
        for (reset, seconds) in [
            ("12", Some(12)),
            ("12.9", Some(12)),
            ("1780250430", Some(30)),
            ("1780250430000", Some(30)),
            ("1780250300", None),
            ("soon", None),
            ("-4", None),
            ("99999999999999999999", None),
            ("18446744073709551615", None),
        ] {
            let headers = headers(&[("x-downstream-ratelimit-reset", reset)]);
            assert_eq!(
                Limits::read(&headers, date).reset,
                seconds.map(Duration::from_secs),
                "{reset}"
            );
        }
        let headers = headers(&[("x-downstream-ratelimit-reset", "1780250430")]);
        assert_eq!(Limits::read(&headers, None).reset, None);
    }

    #[test]
    fn native_limits_are_read_where_apideck_passes_none_on() {
        let headers = headers(&[
            ("x-rate-limit-limit", "150"),
            ("x-rate-limit-remaining", "3"),
        ]);
        assert_eq!(
            Limits::read(&headers, None),
            Limits {
                limit: Some(150),
                remaining: Some(3),
                reset: None
            }
        );
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_by_the_servers_clock() {
        let both = headers(&[
            ("date", "Sun, 31 May 2026 18:00:00 GMT"),
            ("retry-after", "Sun, 31 May 2026 18:00:20 GMT"),
        ]);
        assert_eq!(
            retry_after(&both, date(&both)),
            Some(Duration::from_secs(20))
        );
        assert_eq!(retry_after(&both, None), None);
        let seconds = headers(&[("retry-after", "7")]);
        assert_eq!(retry_after(&seconds, None), Some(Duration::from_secs(7)));
    }
}
