//! Days, months and years as people name them, in Spanish and in English.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Reading;
use crate::search::fold;

/// A period that was typed.
pub(super) struct Phrase {
    from: Date,
    to: Date,
    /// How many words it takes.
    pub words: usize,
    /// Whether its one word may as well mean something else.
    pub may_be_a_name: bool,
}

impl Phrase {
    /// Its first and its last day.
    pub fn days(&self) -> Days {
        (self.from, self.to)
    }

    /// The period as a reading.
    pub fn reading(&self) -> Reading {
        Reading::Period {
            from: self.from,
            to: self.to,
        }
    }
}

/// The days from which a period is told that names no year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// From which `este mes` and `ayer` are told.
    pub today: Date,
    /// The last day that `marzo` or `12/03` may mean: of those that have come, the last one.
    last: Date,
}

/// Documents are of days that have come.
impl From<Date> for Around {
    fn from(today: Date) -> Self {
        Self { today, last: today }
    }
}

impl Around {
    /// For days that lie ahead as well as behind: the nearest of their name, half a year to either side.
    pub fn nearest(today: Date) -> Self {
        let last = today.checked_add(6.months()).unwrap_or(today);
        Self { today, last }
    }
}

/// The period with which these words begin, the longest one.
pub(super) fn phrase(words: &[&str], around: Around) -> Option<Phrase> {
    let folded: Vec<String> = words
        .iter()
        .take(LONGEST)
        .map(|word| fold::words(word))
        .collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    let certain = |((from, to), words)| Phrase {
        from,
        to,
        words,
        may_be_a_name: false,
    };
    day_of_month(&folded, around.last)
        .or_else(|| month_of_year(&folded))
        .or_else(|| relative(&folded, around.today))
        .map(certain)
        .or_else(|| {
            let first = words.first()?;
            numeric(first, around.last).map(|range| certain((range, 1)))
        })
        .or_else(|| {
            // With the sign of money it is no year.
            let bare = folded
                .first()
                .filter(|_| words.first().is_some_and(|word| !word.starts_with('$')))?;
            let (from, to) = ambiguous(bare, around)?;
            Some(Phrase {
                from,
                to,
                words: 1,
                may_be_a_name: true,
            })
        })
}

/// The period that one word names, and whether it goes by the last of its name that has begun, so that the one before
/// may as well be meant.
pub(super) fn named(word: &str, around: Around) -> Option<(Days, bool)> {
    let phrase = phrase(&[word], around)?;
    let has_digit = word.bytes().any(|b| b.is_ascii_digit());
    Some((phrase.days(), !has_digit))
}

/// The days of the value of an operator, all of it: there a single word says enough (`semana`, `mes`), and hyphens stand
/// for blanks (`este-mes`).
pub(super) fn of_value(value: &str, around: Around) -> Option<Days> {
    let whole = |value: &str| {
        let words: Vec<&str> = value.split_whitespace().collect();
        let phrase = phrase(&words, around).filter(|phrase| phrase.words == words.len())?;
        Some(phrase.days())
    };
    whole(value)
        .or_else(|| whole(&value.replace(['-', '_'], " ")))
        .or_else(|| match fold::words(value).as_str() {
            "semana" | "week" => week_around(around.today),
            "mes" | "month" => Some(month_around(around.today)),
            "ano" | "year" => whole_year(around.today.year()),
            _ => None,
        })
}

/// Words of the longest phrase: `12 de marzo de 2026`.
const LONGEST: usize = 5;

/// First and last day.
pub(super) type Days = (Date, Date);

/// `12 de marzo`, `12 de marzo de 2026`, and how many words it took.
fn day_of_month(words: &[&str], today: Date) -> Option<(Days, usize)> {
    let [day, "de", name, rest @ ..] = words else {
        return None;
    };
    let day: i8 = day.parse().ok()?;
    let month = month(name)?;
    let (date, used) = match rest {
        ["de" | "del", typed, ..] if year(typed).is_some() => {
            (Date::new(year(typed)?, month, day).ok()?, 5)
        }
        _ => (last_such_day(month, day, today)?, 3),
    };
    Some(((date, date), used))
}

/// `mar 2026`, `marzo de 2026`, and how many words it took.
fn month_of_year(words: &[&str]) -> Option<(Days, usize)> {
    match words {
        [name, "de" | "del", typed, ..] => Some((whole_month(year(typed)?, month(name)?)?, 3)),
        [name, typed, ..] => Some((whole_month(year(typed)?, month(name)?)?, 2)),
        _ => None,
    }
}

/// `este mes`, `last week`, and how many words it took.
fn relative(words: &[&str], today: Date) -> Option<(Days, usize)> {
    let days = match words {
        ["este", "mes", ..] | ["this", "month", ..] => month_around(today),
        ["mes", "pasado", ..] | ["last", "month", ..] => {
            month_around(today.checked_sub(1.month()).ok()?)
        }
        ["proximo", "mes", ..] | ["mes", "proximo", ..] | ["next", "month", ..] => {
            month_around(today.checked_add(1.month()).ok()?)
        }
        ["proxima", "semana", ..] | ["semana", "proxima", ..] | ["next", "week", ..] => {
            week_around(today.checked_add(1.week()).ok()?)?
        }
        ["esta", "semana", ..] | ["this", "week", ..] => week_around(today)?,
        ["semana", "pasada", ..] | ["last", "week", ..] => {
            week_around(today.checked_sub(1.week()).ok()?)?
        }
        ["este", "ano", ..] | ["this", "year", ..] => whole_year(today.year())?,
        ["ano", "pasado", ..] | ["last", "year", ..] => whole_year(today.year() - 1)?,
        _ => return None,
    };
    Some((days, 2))
}

/// One word that may be a period or the beginning of something else.
fn ambiguous(word: &str, Around { today, last }: Around) -> Option<Days> {
    match word {
        "manana" | "tomorrow" => today.tomorrow().ok().map(|day| (day, day)),
        "hoy" | "today" => Some((today, today)),
        "ayer" | "yesterday" => today.yesterday().ok().map(|day| (day, day)),
        _ => match year(word) {
            Some(year) => whole_year(year),
            None => last_such_month(month(word)?, last),
        },
    }
}

/// `2026-03`, `2026-03-12`, `12/03/2026`, `12/03/26`, `12-03-2026`, `03/2026`, `12/03`: the day stands before the
/// month, as in Mexico.
fn numeric(word: &str, today: Date) -> Option<Days> {
    let slashes: Vec<&str> = word.split('/').collect();
    let hyphens: Vec<&str> = word.split('-').collect();
    let day = |date: Date| (date, date);
    match (slashes.as_slice(), hyphens.as_slice()) {
        (_, [typed, month]) if year(typed).is_some() && month.len() == 2 => {
            whole_month(year(typed)?, month.parse().ok()?)
        }
        (_, [typed, month, of]) if year(typed).is_some() => {
            Date::new(year(typed)?, month.parse().ok()?, of.parse().ok()?)
                .ok()
                .map(day)
        }
        ([of, month, typed], _) | (_, [of, month, typed]) => {
            let year = year(typed).or_else(|| short_year(typed))?;
            Date::new(year, month.parse().ok()?, of.parse().ok()?)
                .ok()
                .map(day)
        }
        ([month, typed], _) if year(typed).is_some() => {
            whole_month(year(typed)?, month.parse().ok()?)
        }
        ([of, month], _) => last_such_day(month.parse().ok()?, of.parse().ok()?, today).map(day),
        _ => None,
    }
}

/// Whether a word has all that a day has (`31/02`, `31/02/2026`, `2026-02-31`), and is none.
pub(super) fn is_no_day(word: &str, today: Date) -> bool {
    let parts = |sign: char| -> Option<Vec<u32>> {
        let digits = |part: &str| {
            let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| is_number && part.len() <= 4)
        };
        word.split(sign).take(4).map(digits).collect()
    };
    let slashes = parts('/').unwrap_or_default();
    let hyphens = parts('-').unwrap_or_default();
    let has_a_day = match (slashes.as_slice(), hyphens.as_slice()) {
        ([day, month] | [day, month, _], _) | (_, [_, month, day]) => {
            (1..=31).contains(day) && (1..=12).contains(month)
        }
        _ => false,
    };
    let has_a_year = match hyphens.as_slice() {
        [year, ..] => (2000..2100).contains(year),
        [] => true,
    };
    has_a_day && has_a_year && numeric(word, today).is_none()
}

/// Whether a word is a 29 February without a year (`29/02`) and the last February had none. Alone it is that of the
/// last leap year; as an end of several days it would be off by years.
pub(super) fn is_leap_day_of_before(word: &str, around: Around) -> bool {
    let parts: Vec<Option<i8>> = word.split('/').map(|part| part.parse().ok()).collect();
    let year = |day| last_such_day(2, day, around.last).map(Date::year);
    parts == [Some(29), Some(2)] && year(29) != year(28)
}

/// Four digits that can be a year of these books.
fn year(word: &str) -> Option<i16> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (2000..2100).contains(&year).then_some(year)
}

/// `26`.
fn short_year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
    (0..100).contains(&year).then_some(2000 + year)
}

/// The month that a word names, whole or by three letters or more.
fn month(word: &str) -> Option<i8> {
    const NAMES: [(&str, &str); 12] = [
        ("enero", "january"),
        ("febrero", "february"),
        ("marzo", "march"),
        ("abril", "april"),
        ("mayo", "may"),
        ("junio", "june"),
        ("julio", "july"),
        ("agosto", "august"),
        ("septiembre", "september"),
        ("octubre", "october"),
        ("noviembre", "november"),
        ("diciembre", "december"),
    ];
    const LEAST: usize = 3;
    (1..)
        .zip(NAMES)
        .find(|(_, (spanish, english))| {
            word.len() >= LEAST && (spanish.starts_with(word) || english.starts_with(word))
        })
        .map(|(number, _)| number)
}

fn month_around(day: Date) -> Days {
    (day.first_of_month(), day.last_of_month())
}

fn whole_month(year: i16, month: i8) -> Option<Days> {
    Date::new(year, month, 1).ok().map(month_around)
}

fn whole_year(year: i16) -> Option<Days> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, first.last_of_year()))
}

/// Monday to Sunday.
fn week_around(day: Date) -> Option<Days> {
    let since_monday = i64::from(day.weekday().to_monday_zero_offset());
    let monday = day.checked_sub(since_monday.days()).ok()?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// The last month of this name that has begun.
fn last_such_month(month: i8, today: Date) -> Option<Days> {
    let year = if month <= today.month() {
        today.year()
    } else {
        today.year() - 1
    };
    whole_month(year, month)
}

/// Years from one 29 February to the next, at most: 1896 and 1904 have one, 1900 has none.
const FROM_LEAP_TO_LEAP: i16 = 8;

/// The last day of this name that has come; of a 29 February that of the last leap year.
fn last_such_day(month: i8, day: i8, today: Date) -> Option<Date> {
    (0..=FROM_LEAP_TO_LEAP)
        .filter_map(|back| Date::new(today.year() - back, month, day).ok())
        .find(|date| *date <= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 5, 20);

    fn days(text: &str) -> Option<(Date, Date, usize, bool)> {
        let words: Vec<&str> = text.split_whitespace().collect();
        phrase(&words, TODAY.into()).map(|p| (p.from, p.to, p.words, p.may_be_a_name))
    }

    #[test]
    fn a_month_without_a_year_is_the_last_one_that_has_begun() {
        let march = (date(2026, 3, 1), date(2026, 3, 31), 1, true);
        for text in ["mar", "marzo", "MARZ", "march"] {
            assert_eq!(days(text), Some(march), "{text}");
        }
        let december = (date(2025, 12, 1), date(2025, 12, 31), 1, true);
        assert_eq!(days("dic"), Some(december));
        assert_eq!(days("ma"), None);
        assert_eq!(days("marzola"), None);
    }

    #[test]
    fn a_month_with_its_year_is_nothing_but_a_period() {
        let march = |words| Some((date(2025, 3, 1), date(2025, 3, 31), words, false));
        assert_eq!(days("marzo 2025"), march(2));
        assert_eq!(days("mar de 2025 11600"), march(3));
        assert_eq!(days("2025-03"), march(1));
        assert_eq!(days("03/2025"), march(1));
    }

    #[test]
    fn a_day_is_written_day_first_or_as_iso() {
        let day = |words| Some((date(2026, 3, 12), date(2026, 3, 12), words, false));
        for text in [
            "2026-03-12",
            "12/03/2026",
            "12/03/26",
            "12-03-2026",
            "12/03",
            "12/3",
        ] {
            assert_eq!(days(text), day(1), "{text}");
        }
        assert_eq!(days("12 de marzo"), day(3));
        assert_eq!(days("12 de marzo de 2026"), day(5));
        assert_eq!(
            days("31/12"),
            Some((date(2025, 12, 31), date(2025, 12, 31), 1, false))
        );
        for text in [
            "31/02/2026",
            "12/13/2026",
            "1/2/3/4",
            "A-101",
            "12-3",
            "11600",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn what_lies_ahead_goes_by_the_nearest_of_its_name() {
        let due = |text: &str| of_value(text, Around::nearest(TODAY));
        let day = |day| Some((day, day));
        for (text, expected) in [
            ("mayo", Some((date(2026, 5, 1), date(2026, 5, 31)))),
            ("junio", Some((date(2026, 6, 1), date(2026, 6, 30)))),
            ("nov", Some((date(2026, 11, 1), date(2026, 11, 30)))),
            ("dic", Some((date(2025, 12, 1), date(2025, 12, 31)))),
            ("15/06", day(date(2026, 6, 15))),
            ("21/11", day(date(2025, 11, 21))),
            ("15 de junio", day(date(2026, 6, 15))),
            ("hoy", day(TODAY)),
            ("mañana", day(date(2026, 5, 21))),
            ("semana", Some((date(2026, 5, 18), date(2026, 5, 24)))),
            (
                "proxima-semana",
                Some((date(2026, 5, 25), date(2026, 5, 31))),
            ),
            ("próximo mes", Some((date(2026, 6, 1), date(2026, 6, 30)))),
            ("este_mes", Some((date(2026, 5, 1), date(2026, 5, 31)))),
            ("mes", Some((date(2026, 5, 1), date(2026, 5, 31)))),
            ("year", Some((date(2026, 1, 1), date(2026, 12, 31)))),
            ("2026-06", Some((date(2026, 6, 1), date(2026, 6, 30)))),
            ("31/02", None),
            ("31/02/2026", None),
            ("semana 5", None),
            ("pronto", None),
            ("", None),
        ] {
            assert_eq!(due(text), expected, "{text}");
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_told_apart_from_a_folio() {
        for word in [
            "31/02",
            "30/2",
            "31/04/2026",
            "31/02/26",
            "2026-02-31",
            "29/02/2025",
        ] {
            assert!(is_no_day(word, TODAY), "{word}");
        }
        for word in [
            "12/03",
            "29/02/2024",
            "2026-02-28",
            "45/2026",
            "12/13",
            "A-101",
            "101",
            "2026-99",
            "1-2-3",
            "03/2026",
            "a/b",
            "/",
            "1/2/3/4",
            "31/",
            "12345/02",
            "0/1",
            "",
        ] {
            assert!(!is_no_day(word, TODAY), "{word}");
        }
    }

    #[test]
    fn a_29_february_without_a_year_is_the_last_there_was() {
        for (today, year) in [
            (TODAY, 2024),
            (date(2024, 2, 28), 2020),
            (date(2024, 2, 29), 2024),
            (date(2027, 12, 31), 2024),
            (date(2028, 3, 1), 2028),
            // a century that is no leap year lies between
            (date(2103, 1, 1), 2096),
        ] {
            for word in ["29/02", "29/2"] {
                let day = (date(year, 2, 29), date(year, 2, 29));
                let found = phrase(&[word], today.into()).map(|phrase| phrase.days());
                assert_eq!(found, Some(day), "{word} on {today}");
                assert!(!is_no_day(word, today), "{word} on {today}");
            }
            let words = ["29", "de", "febrero"];
            let found = phrase(&words, today.into()).map(|phrase| phrase.days());
            assert_eq!(found, Some((date(year, 2, 29), date(year, 2, 29))));
        }
        // What lies ahead is known where it is near.
        let due = of_value("29/02", Around::nearest(date(2027, 10, 1)));
        assert_eq!(due, Some((date(2028, 2, 29), date(2028, 2, 29))));
        assert!(is_leap_day_of_before("29/02", TODAY.into()));
        for word in ["28/02", "29/03", "29/02/2024", "2024-02-29", "29/02/24", ""] {
            assert!(!is_leap_day_of_before(word, TODAY.into()), "{word}");
        }
        assert!(!is_leap_day_of_before("29/02", date(2024, 5, 20).into()));
    }

    #[test]
    fn periods_around_today_have_names() {
        let period = |from, to| Some((from, to, 2, false));
        assert_eq!(
            days("este mes"),
            period(date(2026, 5, 1), date(2026, 5, 31))
        );
        assert_eq!(
            days("mes pasado"),
            period(date(2026, 4, 1), date(2026, 4, 30))
        );
        assert_eq!(
            days("last week"),
            period(date(2026, 5, 11), date(2026, 5, 17))
        );
        assert_eq!(
            days("este año"),
            period(date(2026, 1, 1), date(2026, 12, 31))
        );
        assert_eq!(
            days("ayer"),
            Some((date(2026, 5, 19), date(2026, 5, 19), 1, true))
        );
        assert_eq!(
            days("2026"),
            Some((date(2026, 1, 1), date(2026, 12, 31), 1, true))
        );
        assert_eq!(days("este"), None);
    }
}
