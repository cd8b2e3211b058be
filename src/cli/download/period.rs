//! The period of a download: a month or a year, as ISO writes them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Date,
    is_year: bool,
}

/// Never seen: the command line says it in its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a period is written as 2026-03 or 2026")]
pub struct NotAPeriod;

impl Period {
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
            is_year: month.is_none(),
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.from.year(), self.from.month());
        match self.is_year {
            true => write!(f, "{year:04}"),
            false => write!(f, "{year:04}-{month:02}"),
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
}
