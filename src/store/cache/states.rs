//! States as conditions of a statement, so that rows in other states are never judged one by one.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use rusqlite::ToSql;

use super::entry;
use super::key;
use crate::domain::kind::Kind;
use crate::domain::list::StampIs;
use crate::domain::status::Status;
use crate::search::language::{Cents, Query, Reading, State};

/// Both ends of what is not asked for.
const OPEN: (&dyn ToSql, &dyn ToSql) = (&None::<i64>, &None::<i64>);

/// Both ends as a statement takes them.
fn ends(cents: &Option<Cents>) -> (&dyn ToSql, &dyn ToSql) {
    match cents {
        Some(cents) => (&cents.from, &cents.to),
        None => OPEN,
    }
}

/// The amounts that are in both.
fn overlap(before: Option<Cents>, cents: Cents) -> Cents {
    let before = before.unwrap_or(cents);
    Cents {
        from: before.from.max(cents.from),
        to: before.to.min(cents.to),
    }
}

/// What a condition that is not asked for is bound to.
const ANY: i64 = -1;

/// What a variant demands of single columns, as a statement is bound to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Narrow<'q> {
    pub status: i64,
    pub stamp: i64,
    pub policy: i64,
    /// Something is owed, and was due between the days of these numbers.
    pub owed: Option<(i64, i64)>,
    /// Least and most of the total, in cents.
    pub total: Option<Cents>,
    /// Least and most of the balance, in cents.
    pub balance: Option<Cents>,
    pub serie: Option<&'q str>,
}

/// A statement that takes a [`Narrow`] as its parameters 3 to 12, between what it begins and ends with.
macro_rules! narrowed {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " (?3 = -1 OR status = ?3) AND (?4 = -1 OR stamp = ?4) \
              AND (?5 = -1 OR policy = ?5) \
              AND (?6 IS NULL OR (owing = 1 AND due >= ?6)) AND (?7 IS NULL OR (owing = 1 AND due <= ?7)) \
              AND (?8 IS NULL OR total >= ?8) AND (?9 IS NULL OR total <= ?9) \
              AND (?10 IS NULL OR balance >= ?10) AND (?11 IS NULL OR balance <= ?11) \
              AND (?12 IS NULL OR serie = ?12)",
            $after
        )
    };
}

/// Statuses that few documents are in; the index over them names the same.
const RARE: [Status; 3] = [Status::Draft, Status::PartiallyPaid, Status::Voided];

/// Stamps that few documents have; the index over them names the same.
const CANCELLED: [StampIs; 2] = [StampIs::CancelPending, StampIs::Cancelled];

/// What one index can tell of what is demanded, without a look at any row.
pub(super) struct Part<'q> {
    /// The statement that lists it. It takes the first and the last key, the ends, and how many are enough.
    pub sql: &'static str,
    /// The least and the most of the indexed value.
    pub ends: (i64, i64),
    /// Whether it is quick for the keys of a kind; else it knows no kinds, and is asked for all at once.
    pub is_by_kind: bool,
    /// That alone.
    pub narrow: Narrow<'q>,
}

impl Part<'_> {
    const TOTALS: &'static str = "SELECT key FROM entry INDEXED BY entry_by_total \
                                  WHERE total >= ?3 AND total <= ?4 AND key BETWEEN ?1 AND ?2 LIMIT ?5";
    const BALANCES: &'static str = "SELECT key FROM entry INDEXED BY entry_by_balance \
                                    WHERE balance <> 0 AND balance >= ?3 AND balance <= ?4 \
                                    AND key BETWEEN ?1 AND ?2 LIMIT ?5";
    const OWED: &'static str = "SELECT key FROM entry INDEXED BY entry_owing \
                                WHERE owing = 1 AND due >= ?3 AND due <= ?4 AND key BETWEEN ?1 AND ?2 LIMIT ?5";
    const UNSTAMPED: &'static str = "SELECT key FROM entry INDEXED BY entry_unstamped \
                                     WHERE stamp = 1 AND ?3 = ?4 AND key BETWEEN ?1 AND ?2 LIMIT ?5";
    const CANCELLED: &'static str = "SELECT key FROM entry INDEXED BY entry_cancelled \
                                     WHERE stamp IN (3, 4) AND stamp = ?3 AND ?3 = ?4 \
                                     AND key BETWEEN ?1 AND ?2 LIMIT ?5";
    const RARE: &'static str = "SELECT key FROM entry INDEXED BY entry_rare \
                                WHERE status IN (0, 2, 4) AND status = ?3 AND ?3 = ?4 \
                                AND key BETWEEN ?1 AND ?2 LIMIT ?5";
}

/// An index over states that few documents are in.
enum Listed {
    Unstamped,
    Cancelled,
    Rare,
}

impl Default for Narrow<'_> {
    fn default() -> Self {
        Self::NOTHING
    }
}

impl<'q> Narrow<'q> {
    const NOTHING: Self = Self {
        status: ANY,
        stamp: ANY,
        policy: ANY,
        owed: None,
        total: None,
        balance: None,
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
            Reading::State(State::OverdueOn(day)) => {
                self.owe((0, key::day_number(Some(*day)) - 1));
            }
            Reading::Due { from, to } => {
                self.owe((key::day_number(Some(*from)), key::day_number(Some(*to))));
            }
            Reading::State(State::Policy(policy)) => self.policy = entry::policy_number(*policy),
            Reading::Between(cents) => self.total = Some(overlap(self.total, *cents)),
            Reading::Balance(cents) => self.balance = Some(overlap(self.balance, *cents)),
            Reading::Serie(serie) => self.serie = Some(serie),
            _ => return false,
        }
        true
    }

    /// Something is owed, and was due between these days; and between those that were demanded before.
    fn owe(&mut self, (from, to): (i64, i64)) {
        let (first, last) = self.owed.unwrap_or((from, to));
        self.owed = Some((first.max(from), last.min(to)));
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
    pub fn parameters(&self) -> [&dyn ToSql; 10] {
        let due = match &self.owed {
            Some((from, to)) => (from as &dyn ToSql, to as &dyn ToSql),
            None => OPEN,
        };
        let (total, balance) = (ends(&self.total), ends(&self.balance));
        [
            &self.status,
            &self.stamp,
            &self.policy,
            due.0,
            due.1,
            total.0,
            total.1,
            balance.0,
            balance.1,
            &self.serie,
        ]
    }

    /// Whether it demands nothing.
    pub fn is_any(self) -> bool {
        self == Self::NOTHING
    }

    /// Whether a status or a stamp is demanded.
    pub fn is_of_a_state(self) -> bool {
        self.status != ANY || self.stamp != ANY
    }

    /// Whether something must be owed.
    pub fn is_owing(self) -> bool {
        self.owed.is_some()
    }

    /// What single indexes can tell of what is demanded, each by itself.
    pub fn parts(self) -> Vec<Part<'q>> {
        let of_cents = |sql, cents: Cents, narrow| Part {
            sql,
            ends: (cents.from, cents.to),
            is_by_kind: false,
            narrow,
        };
        let total = self.total.map(|total| {
            let narrow = Narrow {
                total: Some(total),
                ..Self::NOTHING
            };
            of_cents(Part::TOTALS, total, narrow)
        });
        // Of what owes nothing there is no index.
        let balance = self.balance.filter(|balance| !balance.hold(0));
        let balance = balance.map(|balance| {
            let narrow = Narrow {
                balance: Some(balance),
                ..Self::NOTHING
            };
            of_cents(Part::BALANCES, balance, narrow)
        });
        let owed = self.owed.map(|owed| Part {
            sql: Part::OWED,
            ends: owed,
            is_by_kind: false,
            narrow: Narrow {
                owed: Some(owed),
                ..Self::NOTHING
            },
        });
        let state = self.listed_by().map(|by| {
            let (sql, state) = match by {
                Listed::Unstamped => (Part::UNSTAMPED, self.stamp),
                Listed::Cancelled => (Part::CANCELLED, self.stamp),
                Listed::Rare => (Part::RARE, self.status),
            };
            Part {
                sql,
                ends: (state, state),
                is_by_kind: true,
                narrow: self.of_state(&by),
            }
        });
        let amounts = total.into_iter().chain(balance);
        amounts.chain(owed).chain(state).collect()
    }

    /// The state alone that an index lists.
    fn of_state(self, by: &Listed) -> Self {
        let (status, stamp) = match by {
            Listed::Unstamped | Listed::Cancelled => (ANY, self.stamp),
            Listed::Rare => (self.status, ANY),
        };
        Narrow {
            status,
            stamp,
            ..Self::NOTHING
        }
    }

    /// The index that lists what is in one of these states.
    fn listed_by(self) -> Option<Listed> {
        if self.stamp == entry::UNSTAMPED {
            Some(Listed::Unstamped)
        } else if CANCELLED.map(entry::stamp_is_number).contains(&self.stamp) {
            Some(Listed::Cancelled)
        } else if RARE.map(entry::status_number).contains(&self.status) {
            Some(Listed::Rare)
        } else {
            None
        }
    }

    /// The statement that goes through the newest rows between two keys that are in a state that few are in, with their
    /// labels, and the state alone; none where [`Narrow::IN_ORDER`] goes through all. Its last parameter is how many are
    /// looked at.
    pub fn gone_through(self) -> Option<(&'static str, Self)> {
        let by = self.listed_by()?;
        let state = self.of_state(&by);
        let sql = match by {
            Listed::Unstamped => narrowed!(
                "SELECT key, label FROM (SELECT key, label, status, stamp, owing, due, policy, total, balance, serie \
                                         FROM entry INDEXED BY entry_unstamped \
                                         WHERE stamp = 1 AND key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?13) WHERE",
                ""
            ),
            Listed::Cancelled => narrowed!(
                "SELECT key, label FROM (SELECT key, label, status, stamp, owing, due, policy, total, balance, serie \
                                         FROM entry INDEXED BY entry_cancelled \
                                         WHERE stamp IN (3, 4) AND stamp = ?4 AND key BETWEEN ?1 AND ?2 \
                                         ORDER BY key DESC LIMIT ?13) WHERE",
                ""
            ),
            Listed::Rare => narrowed!(
                "SELECT key, label FROM (SELECT key, label, status, stamp, owing, due, policy, total, balance, serie \
                                         FROM entry INDEXED BY entry_rare \
                                         WHERE status IN (0, 2, 4) AND status = ?3 AND key BETWEEN ?1 AND ?2 \
                                         ORDER BY key DESC LIMIT ?13) WHERE",
                ""
            ),
        };
        Some((sql, state))
    }

    /// The statement that has a row where the one row that lies between two keys is as it is demanded.
    pub const OF_ROW: &'static str =
        narrowed!("SELECT 1 FROM entry WHERE key BETWEEN ?1 AND ?2 AND", "");

    /// The statement that goes through the newest rows between two keys, with their labels. Its last parameter is how
    /// many are looked at.
    pub const IN_ORDER: &'static str = narrowed!(
        "SELECT key, label FROM (SELECT key, label, status, stamp, owing, due, policy, total, balance, serie \
                                 FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT ?13) WHERE",
        ""
    );

    /// The statement that goes through what is owed by the day on which it was due, the latest first, with labels. Its
    /// last parameter is how many are looked at.
    pub const LATEST_DUE: &'static str = narrowed!(
        "SELECT key, label FROM (SELECT key, label, status, stamp, owing, due, policy, total, balance, serie \
                                 FROM entry INDEXED BY entry_owing \
                                 WHERE owing = 1 AND due >= ?6 AND due <= ?7 AND key BETWEEN ?1 AND ?2 \
                                 ORDER BY due DESC LIMIT ?13) WHERE",
        ""
    );

    /// The statement that lists what has a total between two, where few have.
    pub const OF_TOTALS: &'static str = narrowed!(
        "SELECT key FROM entry INDEXED BY entry_by_total \
         WHERE total >= ?8 AND total <= ?9 AND key BETWEEN ?1 AND ?2 AND",
        " LIMIT ?13"
    );

    /// The same of balances, of which those that owe nothing are not listed.
    pub const OF_BALANCES: &'static str = narrowed!(
        "SELECT key FROM entry INDEXED BY entry_by_balance \
         WHERE balance <> 0 AND balance >= ?10 AND balance <= ?11 AND key BETWEEN ?1 AND ?2 AND",
        " LIMIT ?13"
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
        let schema = include_str!("cancelled.sql");
        let numbers = CANCELLED.map(|stamp| entry::stamp_is_number(stamp).to_string());
        assert!(schema.contains(&format!("stamp IN ({})", numbers.join(", "))));
    }
}
