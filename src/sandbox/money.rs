//! Exact decimals between JSON and the world. A number never passes through a binary float.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Number, Value};

/// The largest price, quantity or rate that a request may carry: beyond it sums could overflow.
const LARGEST: i64 = 1_000_000_000_000;
/// More decimals than this have no meaning in a CFDI.
const MOST_DECIMALS: u32 = 6;

/// Half up at the given number of decimals, as the SAT rounds.
pub fn round(amount: Decimal, decimals: u32) -> Decimal {
    amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// A JSON number with exactly the digits of the decimal, less its idle zeros.
pub fn number(amount: Decimal) -> Value {
    Number::from_str(&amount.normalize().to_string()).map_or(Value::Null, Value::Number)
}

/// A number or a numeric string, read through its text; `None` when it is neither, too large, or finer
/// than six decimals.
pub fn read(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    // An exponent is legal JSON; its size is checked before anything is computed from it.
    let amount = if text.contains(['e', 'E']) {
        Decimal::from_scientific(&text).ok()?
    } else {
        Decimal::from_str_exact(&text).ok()?
    };
    let amount = amount.normalize();
    let fits = amount.abs() <= Decimal::from(LARGEST) && amount.scale() <= MOST_DECIMALS;
    fits.then_some(amount)
}

/// Exactly so many decimals, half up. The library's own padding cannot hold the longest amounts.
pub fn fixed(amount: Decimal, decimals: u32) -> String {
    let mut text = round(amount, decimals).normalize().to_string();
    let have = text.split_once('.').map_or(0, |(_, behind)| behind.len());
    let missing = (decimals as usize).saturating_sub(have);
    if have == 0 && missing > 0 {
        text.push('.');
    }
    text.extend(std::iter::repeat_n('0', missing));
    text
}

/// How Alegra happens to write an amount in one place: it mixes all of these forms (contract D.5).
/// Which form stands where is fixed by `place`, so that the same record is the same bytes each time.
pub fn quirky(amount: Decimal, place: u32) -> Value {
    match place % 5 {
        0 => Value::String(fixed(amount, 2)),
        1 => Value::String(fixed(amount, 10)),
        2 => Number::from_str(&fixed(amount, 2)).map_or(Value::Null, Value::Number),
        _ => number(amount),
    }
}

/// An id as Alegra happens to write it: mostly text, now and then a number (contract D.5).
pub fn quirky_id(id: u32, place: u32) -> Value {
    if place % 4 == 3 {
        Value::from(id)
    } else {
        Value::String(id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_longest_amount_can_be_written_in_every_form() {
        for place in 0..5 {
            for amount in [
                Decimal::MAX,
                Decimal::MIN,
                Decimal::ZERO,
                Decimal::new(-5, 3),
            ] {
                assert!(!quirky(amount, place).is_null(), "{amount}");
            }
        }
        assert_eq!(fixed(Decimal::new(1_234_565, 5), 2), "12.35");
        assert_eq!(fixed(Decimal::new(116, 0), 2), "116.00");
        assert_eq!(fixed(Decimal::ZERO, 10), "0.0000000000");
        assert_eq!(fixed(Decimal::new(116, 0), 0), "116");
    }

    #[test]
    fn a_number_is_read_through_its_text_or_not_at_all() {
        let number = |text: &str| serde_json::from_str::<Value>(text).expect("json");
        assert_eq!(read(&number("0.1")), Some(Decimal::new(1, 1)));
        assert_eq!(read(&number("1.5e3")), Some(Decimal::from(1_500)));
        assert_eq!(read(&json!(" 19928.00 ")), Some(Decimal::from(19_928)));
        for wrong in [
            "1e999",
            "0.0000001",
            "1000000000001",
            "null",
            "[]",
            "\"x\"",
            "\"\"",
        ] {
            assert_eq!(read(&number(wrong)), None, "{wrong}");
        }
    }
}
