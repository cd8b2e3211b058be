//! States as conditions of a statement, so that rows in other states are never judged one by one.

use super::entry;
use super::key;
use crate::domain::status::Status;
use crate::search::language::{Reading, State};

/// What a condition that is not asked for is bound to.
const ANY: i64 = -1;

/// The states that a variant demands, as the numbers on disk that a statement is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Narrow {
    pub status: i64,
    pub stamp: i64,
    /// Something is owed, and was due before the day of this number.
    pub owed_before: i64,
    pub policy: i64,
}

/// A statement that takes a [`Narrow`] as its parameters 3 to 6, between what it begins and ends with.
macro_rules! narrowed {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " (?3 = -1 OR status = ?3) AND (?4 = -1 OR stamp = ?4) \
              AND (?5 = -1 OR (owing = 1 AND due < ?5)) AND (?6 = -1 OR policy = ?6)",
            $after
        )
    };
}
pub(super) use narrowed;

/// Statuses that few documents are in; the index over them names the same.
const RARE: [Status; 3] = [Status::Draft, Status::PartiallyPaid, Status::Voided];

impl Narrow {
    /// What the readings of a variant demand; of two that exclude each other the last, because no row is in both.
    pub fn of(variant: &[&Reading]) -> Self {
        let mut narrow = Self {
            status: ANY,
            stamp: ANY,
            owed_before: ANY,
            policy: ANY,
        };
        for reading in variant {
            let Reading::State(state) = reading else {
                continue;
            };
            match state {
                State::Status(status) => narrow.status = entry::status_number(*status),
                State::Stamp(stamp) => narrow.stamp = entry::stamp_is_number(*stamp),
                State::OverdueOn(day) => narrow.owed_before = key::day_number(Some(*day)),
                State::Policy(policy) => narrow.policy = entry::policy_number(*policy),
            }
        }
        narrow
    }

    /// Whether it demands nothing.
    pub fn is_any(self) -> bool {
        [self.status, self.stamp, self.owed_before, self.policy] == [ANY; 4]
    }

    /// Whether something must be owed.
    pub fn is_owing(self) -> bool {
        self.owed_before != ANY
    }

    /// The statement that lists the newest rows between two keys by an index of one of the states; none where many may
    /// be in all of them. Its last parameter is how many are enough.
    pub fn listed(self) -> Option<&'static str> {
        let rare = RARE.map(entry::status_number);
        if self.stamp == entry::UNSTAMPED {
            Some(narrowed!(
                "SELECT key FROM entry INDEXED BY entry_unstamped WHERE stamp = 1 AND key BETWEEN ?1 AND ?2 AND",
                " ORDER BY key DESC LIMIT ?7"
            ))
        } else if rare.contains(&self.status) {
            Some(narrowed!(
                "SELECT key FROM entry INDEXED BY entry_rare \
                 WHERE status IN (0, 2, 4) AND status = ?3 AND key BETWEEN ?1 AND ?2 AND",
                " ORDER BY key DESC LIMIT ?7"
            ))
        } else {
            None
        }
    }

    /// The statement that lists what is owed by the day on which it was due, the latest first.
    pub const OWING: &str = narrowed!(
        "SELECT key FROM entry INDEXED BY entry_owing \
         WHERE owing = 1 AND due < ?5 AND key BETWEEN ?1 AND ?2 AND",
        " ORDER BY due DESC LIMIT ?7"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_of_rare_states_names_those_that_are_asked_by_it() {
        let schema = include_str!("states.sql");
        let numbers = RARE.map(|status| entry::status_number(status).to_string());
        assert!(schema.contains(&format!("status IN ({})", numbers.join(", "))));
    }
}
