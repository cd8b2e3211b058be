//! Exact amounts. Never a float, never rounded unless a caller asks for it by name.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An exact amount in the currency that its record names; the sign is kept.
///
/// Adding never rounds. [`Money::rounded`] rounds as the SAT does: half away from zero.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(Decimal);

/// The text is no decimal number, or has more digits than can be kept exactly.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no exact decimal amount")]
pub struct NotAnAmount(pub String);

impl Money {
    /// Nothing at all. Not the same as an amount that is unknown, which is `None` everywhere.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// The amount that this decimal is, digit by digit.
    pub fn new(amount: Decimal) -> Self {
        Self(amount)
    }

    /// Whole cents, as the search index keeps them. Sub-cent digits are rounded half away from zero;
    /// `None` where the amount does not fit.
    pub fn cents(self) -> Option<i64> {
        use rust_decimal::prelude::ToPrimitive;
        self.rounded(2)
            .0
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|cents| cents.to_i64())
    }

    /// The amount behind the newtype.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Rounded to so many decimals, half away from zero (SAT rules §9).
    pub fn rounded(self, decimals: u32) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero),
        )
    }

    /// Whether it is exactly zero, whatever its sign or number of decimals.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl From<Decimal> for Money {
    fn from(amount: Decimal) -> Self {
        Self(amount)
    }
}

impl FromStr for Money {
    type Err = NotAnAmount;

    /// Reads plain decimals and the exponent form that JSON allows; nothing else, and exactly or not at all.
    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        exact_decimal(text)
            .map(Self)
            .ok_or_else(|| NotAnAmount(text.to_owned()))
    }
}

/// The decimal that this text is, exactly, or nothing where it is no number or does not fit.
pub fn exact_decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    if let Some((digits, _)) = text.split_once(['e', 'E']) {
        // The reader of exponents rounds digits that do not fit.
        Decimal::from_str_exact(digits).ok()?;
        Decimal::from_scientific(text).ok()
    } else {
        Decimal::from_str_exact(text).ok()
    }
}

impl Add for Money {
    type Output = Money;

    /// Saturates at the largest amount instead of panicking: no real document comes near it.
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Money;

    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Money;

    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    /// As people read it: thousands with commas, at least two decimals, more only where they are there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let normal = self.0.normalize();
        // Padded by hand: formatting a decimal to a precision breaks on amounts of very many digits.
        let text = normal.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
        let mut grouped = String::with_capacity(text.len() + whole.len() / 3 + 1);
        if normal.is_sign_negative() && !normal.is_zero() {
            grouped.push('-');
        }
        for (idx, digit) in whole.chars().enumerate() {
            if idx > 0 && (whole.len() - idx) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped.push('.');
        grouped.push_str(fraction);
        for _ in fraction.len()..2 {
            grouped.push('0');
        }
        f.pad(&grouped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().expect("an amount")
    }

    #[test]
    fn amounts_are_shown_with_commas_and_at_least_two_decimals() {
        assert_eq!(money("11600").to_string(), "11,600.00");
        assert_eq!(money("0.5").to_string(), "0.50");
        assert_eq!(money("-1234567.891").to_string(), "-1,234,567.891");
        assert_eq!(money("999").to_string(), "999.00");
        assert_eq!(money("0.0000000000").to_string(), "0.00");
        let longest = Money::new(Decimal::MAX).to_string();
        assert!(longest.ends_with("543,950,335.00"), "{longest}");
    }

    #[test]
    fn half_a_cent_rounds_away_from_zero() {
        assert_eq!(money("2.345").rounded(2), money("2.35"));
        assert_eq!(money("-2.345").rounded(2), money("-2.35"));
        assert_eq!(money("2.344999").rounded(2), money("2.34"));
    }

    #[test]
    fn what_is_not_exact_is_refused_rather_than_cut() {
        assert!("1e999".parse::<Money>().is_err());
        assert!(
            "0.00000000000000000000000000000000001"
                .parse::<Money>()
                .is_err()
        );
        assert!(
            "0.12345678901234567890123456789012345e1"
                .parse::<Money>()
                .is_err()
        );
        assert!("1,000".parse::<Money>().is_err());
        assert!("".parse::<Money>().is_err());
        assert_eq!(money("1.16e3").to_string(), "1,160.00");
    }

    #[test]
    fn cents_are_whole() {
        assert_eq!(money("11600").cents(), Some(1_160_000));
        assert_eq!(money("0.005").cents(), Some(1));
    }
}
