//! Amounts as people type them.

/// Amounts from one to another, both included, in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cents {
    /// Smallest.
    pub from: i64,
    /// Largest.
    pub to: i64,
}

impl Cents {
    /// Whether this amount is one of them.
    pub fn hold(self, cents: i64) -> bool {
        self.from <= cents && cents <= self.to
    }
}

/// An amount that was typed.
pub(super) struct Amount {
    /// What it stands for.
    pub cents: Cents,
    /// What it may stand for as well: one cent more or less, because a price with tax rarely divides evenly, and where no
    /// cents were typed any, because on the phone nobody says them.
    pub near: Cents,
    /// What was typed, to the cent.
    pub typed: i64,
    /// Whether it can be nothing else: it has the sign of money, or commas.
    pub certain: bool,
}

/// Longest whole part that is read: far more than any invoice, far less than what overflows.
const MOST_DIGITS: usize = 13;

/// `11600`, `$11,600.00`, `11600.5`. Where no cents were typed, one cent more or less is the same amount.
pub(super) fn read(word: &str) -> Option<Amount> {
    let bare = word.strip_prefix('$').unwrap_or(word);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let digits = without_commas(whole)?;
    let pesos: i64 = digits.parse().ok()?;
    let typed: i64 = match fraction.as_bytes() {
        [] => 0,
        [tenths] => digit(*tenths)? * 10,
        [tenths, cents] => digit(*tenths)? * 10 + digit(*cents)?,
        _ => return None,
    };
    let cents = pesos * 100 + typed;
    let (slack, last) = if fraction.is_empty() { (1, 99) } else { (0, 1) };
    Some(Amount {
        cents: Cents {
            from: cents - slack,
            to: cents + slack,
        },
        near: Cents {
            from: cents - 1,
            to: cents + last,
        },
        typed: cents,
        certain: bare.len() != word.len() || whole.contains(','),
    })
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

/// The digits of a whole part, where its commas, if any, part thousands.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let parted = groups.clone().next().is_some();
    let well_formed = if parted {
        (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
    } else {
        true
    };
    let digits: String = whole.chars().filter(|c| *c != ',').collect();
    (well_formed
        && (1..=MOST_DIGITS).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit()))
    .then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(word: &str) -> Option<(i64, i64)> {
        read(word).map(|amount| (amount.cents.from, amount.cents.to))
    }

    #[test]
    fn an_amount_without_cents_is_meant_within_one_cent() {
        assert_eq!(cents("11600"), Some((1_159_999, 1_160_001)));
        assert_eq!(cents("$11,600"), Some((1_159_999, 1_160_001)));
        assert_eq!(cents("11600."), Some((1_159_999, 1_160_001)));
    }

    #[test]
    fn an_amount_with_cents_is_meant_exactly() {
        assert_eq!(cents("11600.5"), Some((1_160_050, 1_160_050)));
        assert_eq!(cents("$11,600.00"), Some((1_160_000, 1_160_000)));
        assert_eq!(cents("1,234,567.89"), Some((123_456_789, 123_456_789)));
    }

    #[test]
    fn what_is_near_is_within_one_cent_or_has_other_cents_than_none() {
        let near = |word| read(word).map(|amount| (amount.near.from, amount.near.to));
        assert_eq!(near("11600.50"), Some((1_160_049, 1_160_051)));
        assert_eq!(near("$11,600.00"), Some((1_159_999, 1_160_001)));
        assert_eq!(near("11600"), Some((1_159_999, 1_160_099)));
    }

    #[test]
    fn what_is_no_amount_is_not_made_one() {
        for word in [
            "",
            "$",
            ".",
            "11,60",
            "1,1600",
            "11600.555",
            "1.2.3",
            "12a",
            "-5",
            "99999999999999",
        ] {
            assert_eq!(cents(word), None, "{word}");
        }
    }
}
