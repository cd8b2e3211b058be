//! Reads what people type as amounts and days: exactly, or not at all. Never guesses and never rounds. And writes a
//! number back as it is edited.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::domain::money::exact_decimal;

/// The text is no amount, or no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// An amount: `1250.5`, `1,250.50`, `$1,250.50`. Commas only where they part thousands: whether `1,25` means 1.25 or
/// 125 nobody can know. Nothing for an empty text.
pub fn amount(text: &str) -> Result<Option<Decimal>, Unreadable> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let text = text.strip_prefix('$').map_or(text, str::trim_start);
    if text.is_empty() {
        return if negative { Err(Unreadable) } else { Ok(None) };
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = without_commas(whole).ok_or(Unreadable)?;
    if (whole.is_empty() && fraction.is_empty()) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Unreadable);
    }
    let sign = if negative { "-" } else { "" };
    let number = if fraction.is_empty() {
        format!("{sign}0{whole}")
    } else {
        format!("{sign}0{whole}.{fraction}")
    };
    exact_decimal(&number)
        .map(|number| Some(number.normalize()))
        .ok_or(Unreadable)
}

/// A percentage: an amount, with or without `%` behind it.
pub fn percent(text: &str) -> Result<Option<Decimal>, Unreadable> {
    let text = text.trim();
    amount(text.strip_suffix('%').unwrap_or(text))
}

fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    if !whole.contains(',') {
        return digits(first).then(|| first.to_owned());
    }
    let right = (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group));
    right.then(|| whole.replace(',', ""))
}

/// A day: `31/03/2026`, `31/3/26`, `31/3` of the year of `today`, `31` of its month, `2026-03-31`. Slash, hyphen and dot
/// are the same. Nothing for an empty text.
pub fn date(text: &str, today: Date) -> Result<Option<Date>, Unreadable> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*day, Some(*month), Some(*year)),
        [day, month, year] => (*day, Some(*month), Some(*year)),
        [day, month] => (*day, Some(*month), None),
        [day] => (*day, None, None),
        _ => return Err(Unreadable),
    };
    let month = match month {
        Some(month) => number(month, 2)?,
        None => i16::from(today.month()),
    };
    let year = match year {
        Some(year) if year.len() == 2 => 2000 + number(year, 2)?,
        Some(year) if year.len() == 4 => number(year, 4)?,
        Some(_) => return Err(Unreadable),
        None => today.year(),
    };
    let day = i8::try_from(number(day, 2)?).map_err(|_| Unreadable)?;
    let month = i8::try_from(month).map_err(|_| Unreadable)?;
    Date::new(year, month, day)
        .map(Some)
        .map_err(|_| Unreadable)
}

fn number(digits: &str, most: usize) -> Result<i16, Unreadable> {
    if digits.is_empty() || digits.len() > most || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Unreadable);
    }
    digits.parse().map_err(|_| Unreadable)
}

/// A number to be edited: no commas, at least so many decimals, none lost.
pub fn plain(number: Decimal, decimals: usize) -> String {
    let number = number.normalize();
    let decimals = decimals.max(number.scale() as usize);
    format!("{number:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        amount(text)
            .expect("readable")
            .map(|number| number.to_string())
    }

    #[test]
    fn amounts_are_read_as_mexicans_write_them() {
        assert_eq!(read("1250.5").as_deref(), Some("1250.5"));
        assert_eq!(read(" $1,250.50 ").as_deref(), Some("1250.5"));
        assert_eq!(read("1,234,567").as_deref(), Some("1234567"));
        assert_eq!(read(".5").as_deref(), Some("0.5"));
        assert_eq!(read("5.").as_deref(), Some("5"));
        assert_eq!(read("-3").as_deref(), Some("-3"));
        assert_eq!(read("  "), None);
        assert_eq!(percent("16 %"), Ok(Some(Decimal::from(16))));
    }

    #[test]
    fn what_could_mean_two_amounts_is_no_amount() {
        for text in [
            "1,25",
            "1250,50",
            "1,2500",
            ",250",
            "1.250,00",
            "1.2.3",
            "1e3",
            "12a",
            "-",
            ".",
            "1 000",
            "١٢",
            "0.00000000000000000000000000000000001",
            "99999999999999999999999999999999999999",
        ] {
            assert_eq!(amount(text), Err(Unreadable), "{text}");
        }
    }

    #[test]
    fn a_day_may_be_shortened_to_what_today_completes() {
        let today = jiff::civil::date(2026, 3, 18);
        let march = jiff::civil::date(2026, 3, 31);
        for text in [
            "31/03/2026",
            "31/3/26",
            "31/3",
            "31",
            "2026-03-31",
            "31-3-2026",
            " 31.3 ",
        ] {
            assert_eq!(date(text, today), Ok(Some(march)), "{text}");
        }
        assert_eq!(date("", today), Ok(None));
        for text in [
            "32",
            "31/2",
            "31/13",
            "2026-3",
            "31/3/026",
            "hoy",
            "31/3/2026/1",
            "-31",
        ] {
            assert_eq!(date(text, today), Err(Unreadable), "{text}");
        }
    }
}
