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

/// How Alegra happens to write an amount in one place: it mixes all of these forms (contract D.5).
/// Which form stands where is fixed by `place`, so that the same record is the same bytes each time.
pub fn quirky(amount: Decimal, place: u32) -> Value {
    match place % 5 {
        0 => Value::String(format!("{:.2}", round(amount, 2))),
        1 => Value::String(format!("{:.10}", amount)),
        2 => {
            Number::from_str(&format!("{:.2}", round(amount, 2))).map_or(Value::Null, Value::Number)
        }
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
