//! Dates and amounts as the screen writes them. No zone, no rounding.

use jiff::civil::{Date, DateTime};

use crate::domain::money::Money;

/// `31/03/2026`.
pub fn date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `31/03/25`, where there is no room for more.
pub fn day(date: Date) -> String {
    let year = date.year().rem_euclid(100);
    format!("{:02}/{:02}/{year:02}", date.day(), date.month())
}

/// `31/03/2026 14:32:05` of a moment that is kept as the text of its ISO form, without a zone of its own; nothing for
/// any other text.
pub fn moment(iso: &str) -> Option<String> {
    let at: DateTime = iso.parse().ok()?;
    Some(format!(
        "{} {}:{:02}",
        date(at.date()),
        hour(at),
        at.second()
    ))
}

/// `14:32`.
pub fn hour(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `11,600.00`, or a dash for what is not known.
pub fn amount(money: Option<Money>) -> String {
    money.map_or_else(|| "—".to_owned(), |money| money.to_string())
}

/// `1,240`.
pub fn count(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What stands for a letter or a digit that is hidden.
const POINT: char = '•';

/// Every letter and digit as a point, so that a text that is hidden keeps its room and its shape.
pub fn points(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                POINT
            } else {
                letter
            }
        })
        .collect()
}
