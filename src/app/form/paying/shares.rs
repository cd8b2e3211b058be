//! How an amount goes to documents: oldest first, or to the set of them that comes to it exactly. Exact, pure, bounded.

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::domain::money::Money;

/// Steps of the search for a set, so that it is over before anybody notices. Ten documents need a thousand at most.
pub const STEPS: usize = 40_000;
/// Documents that are searched through at most: the search goes as deep as there are documents.
const DEEPEST: usize = 1_000;

/// What the search for a set came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    /// These balances, by their index, come to the amount exactly.
    Found(Vec<usize>),
    /// No set of them does.
    None,
    /// There are too many sets to try them all, and none of those tried does.
    GaveUp,
}

/// Each document gets what is owed on it until nothing is left; the last one perhaps less. None for a document that gets
/// nothing.
pub fn oldest_first(amount: Money, balances: &[Money]) -> Vec<Option<Money>> {
    let mut left = amount;
    balances
        .iter()
        .map(|balance| {
            let share = left.min(*balance);
            if share <= Money::ZERO {
                return None;
            }
            left = left - share;
            Some(share)
        })
        .collect()
}

/// The set of balances that comes to an amount exactly: the one with the oldest documents, where there are several.
/// What is not owed at all is in no set.
pub fn exact_set(amount: Money, balances: &[Money], steps: usize) -> Set {
    let mut search = Search {
        balances,
        behind: behind(balances),
        hopeless: HashSet::new(),
        steps,
        chosen: Vec::new(),
    };
    if amount <= Money::ZERO {
        return Set::None;
    }
    if balances.len() > DEEPEST {
        return Set::GaveUp;
    }
    match search.from(0, amount) {
        Some(true) => Set::Found(search.chosen),
        Some(false) => Set::None,
        None => Set::GaveUp,
    }
}

/// What all balances from each index on come to.
fn behind(balances: &[Money]) -> Vec<Money> {
    let mut sums = vec![Money::ZERO; balances.len() + 1];
    let mut sum = Money::ZERO;
    for (idx, balance) in balances.iter().enumerate().rev() {
        sum = sum + (*balance).max(Money::ZERO);
        if let Some(place) = sums.get_mut(idx) {
            *place = sum;
        }
    }
    sums
}

struct Search<'a> {
    balances: &'a [Money],
    behind: Vec<Money>,
    /// From which index on which rest is known not to be come to. Numbers that are equal have the same scale here.
    hopeless: HashSet<(usize, Decimal)>,
    steps: usize,
    chosen: Vec<usize>,
}

impl Search<'_> {
    /// Whether the balances from an index on can come to a rest; none when the steps are used up.
    fn from(&mut self, idx: usize, rest: Money) -> Option<bool> {
        if rest.is_zero() {
            return Some(true);
        }
        let all = self.behind.get(idx).copied().unwrap_or(Money::ZERO);
        if rest < Money::ZERO || rest > all {
            return Some(false);
        }
        let state = (idx, rest.decimal().normalize());
        if self.hopeless.contains(&state) {
            return Some(false);
        }
        self.steps = self.steps.checked_sub(1)?;
        let balance = self.balances.get(idx).copied().unwrap_or(Money::ZERO);
        if balance > Money::ZERO && balance <= rest {
            self.chosen.push(idx);
            if self.from(idx + 1, rest - balance)? {
                return Some(true);
            }
            self.chosen.pop();
        }
        if self.from(idx + 1, rest)? {
            return Some(true);
        }
        self.hopeless.insert(state);
        Some(false)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cents(cents: i64) -> Money {
        Money::new(Decimal::new(cents, 2))
    }

    fn all(balances: &[i64]) -> Vec<Money> {
        balances.iter().copied().map(cents).collect()
    }

    #[test]
    fn the_oldest_are_paid_first_and_the_last_one_in_part() {
        let shares = oldest_first(cents(25_000), &all(&[10_000, 0, 12_000, 9_000, 500]));
        let given = [Some(10_000), None, Some(12_000), Some(3_000), None];
        assert_eq!(shares, given.map(|share| share.map(cents)));
    }

    #[test]
    fn of_two_sets_the_one_with_the_oldest_is_found() {
        let balances = all(&[500, 300, 200, 500]);
        assert_eq!(exact_set(cents(500), &balances, STEPS), Set::Found(vec![0]));
        assert_eq!(
            exact_set(cents(1_000), &balances, STEPS),
            Set::Found(vec![0, 1, 2])
        );
        assert_eq!(exact_set(cents(499), &balances, STEPS), Set::None);
        assert_eq!(exact_set(cents(0), &balances, STEPS), Set::None);
        assert_eq!(exact_set(cents(500), &[], STEPS), Set::None);
    }

    #[test]
    fn it_says_that_it_gave_up_rather_than_that_there_is_none() {
        // Only even balances, and an odd amount: every set would have to be tried.
        let balances: Vec<Money> = (0..60)
            .map(|n| cents(1_000_000 + (1 << (n % 30)) * 2))
            .collect();
        assert_eq!(exact_set(cents(30_000_001), &balances, STEPS), Set::GaveUp);
    }

    #[test]
    fn a_hundred_documents_of_a_day_to_day_size_are_searched_through() {
        let balances: Vec<Money> = (1..=100).map(|n| cents(n * 11_600)).collect();
        let Set::Found(set) = exact_set(cents(11_600 * 77), &balances, STEPS) else {
            panic!("there are many sets");
        };
        let sum: Money = set.iter().map(|idx| balances[*idx]).sum();
        assert_eq!(sum, cents(11_600 * 77));
    }

    proptest! {
        #[test]
        fn shares_never_come_to_more_than_the_amount_or_a_balance(
            amount in 0_i64..1_000_000, balances in prop::collection::vec(-100_i64..300_000, 0..20),
        ) {
            let balances = all(&balances);
            let shares = oldest_first(cents(amount), &balances);
            let given: Money = shares.iter().flatten().copied().sum();
            let owed: Money = balances.iter().copied().filter(|b| *b > Money::ZERO).sum();
            prop_assert_eq!(given, cents(amount).min(owed));
            for (share, balance) in shares.iter().zip(&balances) {
                prop_assert!(share.is_none_or(|share| share > Money::ZERO && share <= *balance));
            }
        }

        #[test]
        fn a_set_is_found_exactly_where_trying_all_of_them_finds_one(
            amount in 1_i64..400, balances in prop::collection::vec(-5_i64..90, 0..11),
        ) {
            let sum = |set: u32| -> i64 {
                let chosen = balances.iter().enumerate().filter(|(idx, _)| set >> idx & 1 == 1);
                chosen.map(|(_, balance)| *balance).sum()
            };
            let owed = |set: u32| {
                (0..balances.len()).all(|idx| set >> idx & 1 == 0 || balances[idx] > 0)
            };
            let sets = || (0..1_u32 << balances.len()).filter(|set| owed(*set));
            let there_is_one = sets().any(|set| sum(set) == amount);
            match exact_set(cents(amount), &all(&balances), STEPS) {
                Set::Found(set) => {
                    let found: i64 = set.iter().map(|idx| balances[*idx]).sum();
                    prop_assert_eq!(found, amount);
                    prop_assert!(set.is_sorted() && set.iter().all(|idx| balances[*idx] > 0));
                }
                Set::None => prop_assert!(!there_is_one),
                Set::GaveUp => prop_assert!(false, "so few sets are tried in no time"),
            }
        }

        #[test]
        fn however_few_the_steps_it_never_claims_that_there_is_none(
            steps in 0_usize..30, balances in prop::collection::vec(1_i64..90, 1..14),
        ) {
            let amount: i64 = balances.iter().step_by(2).sum();
            prop_assert_ne!(exact_set(cents(amount), &all(&balances), steps), Set::None);
        }
    }
}
