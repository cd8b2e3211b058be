//! States as conditions of a statement, so that rows in other states are never judged one by one.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use rusqlite::ToSql;

use super::entry;
use super::key;
use crate::domain::kind::Kind;
use crate::domain::status::Status;
use crate::search::language::{Cents, Query, Reading, State};

/// What a condition that is not asked for is bound to.
const ANY: i64 = -1;

/// What a variant demands of single columns, as a statement is bound to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Narrow<'q> {
    pub status: i64,
    pub stamp: i64,
    /// Something is owed, and was due before the day of this number.
    pub owed_before: i64,
    pub policy: i64,
    /// Least and most of the total, in cents.
    pub total: Option<Cents>,
    pub serie: Option<&'q str>,
}

/// A statement that takes a [`Narrow`] as its parameters 3 to 9, between what it begins and ends with.
macro_rules! narrowed {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " (?3 = -1 OR status = ?3) AND (?4 = -1 OR stamp = ?4) \
              AND (?5 = -1 OR (owing = 1 AND due < ?5)) AND (?6 = -1 OR policy = ?6) \
              AND (?7 IS NULL OR total >= ?7) AND (?8 IS NULL OR total <= ?8) AND (?9 IS NULL OR serie = ?9)",
            $after
        )
    };
}
pub(super) use narrowed;

/// Statuses that few documents are in; the index over them names the same.
const RARE: [Status; 3] = [Status::Draft, Status::PartiallyPaid, Status::Voided];

impl Default for Narrow<'_> {
    fn default() -> Self {
        Self::NOTHING
    }
}

impl<'q> Narrow<'q> {
    const NOTHING: Self = Self {
        status: ANY,
        stamp: ANY,
        owed_before: ANY,
        policy: ANY,
        total: None,
        serie: None,
    };

    /// What the readings of a variant demand; of two that exclude each other the last, because no row is in both.
    pub fn of(variant: &[&'q Reading]) -> Self {
        variant.iter().fold(Self::NOTHING, |mut narrow, reading| {
            narrow.take(reading);
            narrow
        })
    }

    /// Takes on what a reading demands; whether it demands something of columns at all.
    fn take(&mut self, reading: &'q Reading) -> bool {
        match reading {
            Reading::State(State::Status(status)) => self.status = entry::status_number(*status),
            Reading::State(State::Stamp(stamp)) => self.stamp = entry::stamp_is_number(*stamp),
            Reading::State(State::OverdueOn(day)) => self.owed_before = key::day_number(Some(*day)),
            Reading::State(State::Policy(policy)) => self.policy = entry::policy_number(*policy),
            Reading::Between(cents) => {
                let (from, to) = self.total.map_or((i64::MIN, i64::MAX), |c| (c.from, c.to));
                self.total = Some(Cents {
                    from: from.max(cents.from),
                    to: to.min(cents.to),
                });
            }
            Reading::Serie(serie) => self.serie = Some(serie),
            _ => return false,
        }
        true
    }

    /// All that a question asks of the records of a kind, where columns and days alone can tell: then a list is had
    /// by its condition, whole, however long it is. `None` where an index has to be asked, or one column for two values.
    pub fn whole(query: &'q Query, kind: Kind) -> Option<(Self, Option<(Date, Date)>)> {
        let (mut narrow, mut days) = (Self::NOTHING, None::<(Date, Date)>);
        for term in &query.terms {
            let [reading] = term.readings.as_slice() else {
                return None;
            };
            let before = narrow;
            match reading {
                Reading::Period { from, to } => {
                    let (first, last) = days.unwrap_or((*from, *to));
                    days = Some((first.max(*from), last.min(*to)));
                }
                Reading::Kind(kinds) if kinds.contains(&kind) => {}
                // No other kind has a stamp or a método de pago.
                Reading::State(State::Stamp(_) | State::Policy(_)) if !kind.is_stamped() => {
                    return None;
                }
                reading if narrow.take(reading) => {}
                _ => return None,
            }
            let is_twice = |old: i64, new: i64| old != ANY && old != new;
            if is_twice(before.status, narrow.status)
                || is_twice(before.stamp, narrow.stamp)
                || is_twice(before.owed_before, narrow.owed_before)
                || is_twice(before.policy, narrow.policy)
                || (before.serie.is_some() && before.serie != narrow.serie)
            {
                return None;
            }
        }
        Some((narrow, days))
    }

    /// The parameters of a statement: first and last key, what is demanded, and what else it takes.
    pub fn bound<'p>(
        &'p self,
        range: &'p RangeInclusive<i64>,
        rest: &[&'p dyn ToSql],
    ) -> Vec<&'p dyn ToSql> {
        let mut all: Vec<&dyn ToSql> = vec![range.start(), range.end()];
        all.extend(self.parameters());
        all.extend(rest);
        all
    }

    /// What is demanded, in the order of the statements.
    pub fn parameters(&self) -> [&dyn ToSql; 7] {
        const NULL: Option<i64> = None;
        let (from, to): (&dyn ToSql, &dyn ToSql) = match &self.total {
            Some(total) => (&total.from, &total.to),
            None => (&NULL, &NULL),
        };
        [
            &self.status,
            &self.stamp,
            &self.owed_before,
            &self.policy,
            from,
            to,
            &self.serie,
        ]
    }

    /// Whether it demands nothing.
    pub fn is_any(self) -> bool {
        self == Self::NOTHING
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
                " ORDER BY key DESC LIMIT ?10"
            ))
        } else if rare.contains(&self.status) {
            Some(narrowed!(
                "SELECT key FROM entry INDEXED BY entry_rare \
                 WHERE status IN (0, 2, 4) AND status = ?3 AND key BETWEEN ?1 AND ?2 AND",
                " ORDER BY key DESC LIMIT ?10"
            ))
        } else {
            None
        }
    }

    /// The statement that lists what has a total between two, where few have.
    pub const OF_TOTALS: &'static str = narrowed!(
        "SELECT key FROM entry INDEXED BY entry_by_total \
         WHERE total >= ?7 AND total <= ?8 AND key BETWEEN ?1 AND ?2 AND",
        " LIMIT ?10"
    );

    /// The statement that lists what is owed by the day on which it was due, the latest first.
    pub const OWING: &'static str = narrowed!(
        "SELECT key FROM entry INDEXED BY entry_owing \
         WHERE owing = 1 AND due < ?5 AND key BETWEEN ?1 AND ?2 AND",
        " ORDER BY due DESC LIMIT ?10"
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
