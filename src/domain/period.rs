//! A period of the books: from one day to another, as ISO writes a month or a year where it is one.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    from: Date,
    to: Date,
}

/// Never seen: whoever reads a period says it in words of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a period is written as 2026-03 or 2026")]
pub struct NotAPeriod;

impl Period {
    /// From one day to another, whichever of the two is named first.
    pub fn between(one: Date, other: Date) -> Self {
        Self {
            from: one.min(other),
            to: one.max(other),
        }
    }

    /// The month before that of a day: what is asked for most.
    pub fn month_before(day: Date) -> Option<Self> {
        let first = day.first_of_month().checked_sub(1.month()).ok()?;
        Some(Self::between(first, first.last_of_month()))
    }

    /// The first day.
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day.
    pub fn to(self) -> Date {
        self.to
    }

    /// Whether a day is in it.
    pub fn holds(self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let digits = |text: &str, length: usize| {
            let all = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
            all.then(|| text.parse::<i16>().ok())
                .flatten()
                .ok_or(NotAPeriod)
        };
        let (year, month) = match text.split_once('-') {
            Some((year, month)) => (digits(year, 4)?, Some(digits(month, 2)?)),
            None => (digits(text, 4)?, None),
        };
        let day = |month: i16| {
            let month = i8::try_from(month).map_err(|_| NotAPeriod)?;
            Date::new(year, month, 1).map_err(|_| NotAPeriod)
        };
        Ok(Self {
            from: day(month.unwrap_or(1))?,
            to: day(month.unwrap_or(12))?.last_of_month(),
        })
    }
}

/// As a folder of its files can be called: `2026-03`, `2026`, `2026-03-05`, `2026-03-02_2026-03-08`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.from.year(), self.from.month());
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else if self.from == self.from.first_of_month() && self.to == self.from.last_of_month() {
            write!(f, "{year:04}-{month:02}")
        } else if self.from == self.from.first_of_year() && self.to == self.from.last_of_year() {
            write!(f, "{year:04}")
        } else {
            write!(f, "{}_{}", self.from, self.to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_has_its_first_and_its_last_day() {
        let february: Period = "2024-02".parse().expect("a period");
        assert!(february.holds(date(2024, 2, 1)) && february.holds(date(2024, 2, 29)));
        assert!(!february.holds(date(2024, 1, 31)) && !february.holds(date(2024, 3, 1)));
        assert_eq!(february.to_string(), "2024-02");
        let year: Period = "2026".parse().expect("a period");
        assert!(year.holds(date(2026, 1, 1)) && year.holds(date(2026, 12, 31)));
        assert!(!year.holds(date(2027, 1, 1)));
        assert_eq!(year.to_string(), "2026");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in [
            "",
            "marzo",
            "2026-13",
            "2026-00",
            "2026-3",
            "26-03",
            "2026-03-05",
            "+026",
        ] {
            assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text}");
        }
    }

    #[test]
    fn the_month_before_is_that_of_the_year_before_in_january_and_other_periods_name_their_days() {
        let before = |day| Period::month_before(day).map(|period| period.to_string());
        assert_eq!(before(date(2026, 1, 31)).as_deref(), Some("2025-12"));
        assert_eq!(before(date(2026, 3, 31)).as_deref(), Some("2026-02"));
        let (monday, sunday) = (date(2026, 3, 2), date(2026, 3, 8));
        assert_eq!(Period::between(monday, monday).to_string(), "2026-03-02");
        let week = Period::between(sunday, monday);
        assert_eq!(week.to_string(), "2026-03-02_2026-03-08");
    }
}
