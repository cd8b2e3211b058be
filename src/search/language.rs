//! The language of the search box: every word is read by its shape, and a word of several shapes keeps them all.
//!
//! `101` may be a folio, an amount, a code or a part of a name; `mar` is March or the beginning of a name. A record is
//! found when each [`Term`] holds in at least one of its readings. Nothing that is typed is an error: a word that is
//! like nothing known is looked for in names.

mod amount;
mod identity;
mod period;
mod state;

use jiff::civil::Date;

use super::facts::{Facts, Folio};
use super::fold::words;
use super::ranking::weight;
use crate::domain::kind::Kind;
use crate::domain::list::Match;

pub use amount::Cents;
pub use identity::UuidPart;
pub use state::State;

/// What was typed into the box, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them must hold.
    pub terms: Vec<Term>,
}

/// One word, or a phrase that says one thing (`este mes`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it may mean; at least one must hold.
    pub readings: Vec<Reading>,
}

/// One thing that a word may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Serie and number; without serie, the number in any serie.
    Folio(Folio),
    /// A UUID or a part of it.
    Uuid(UuidPart),
    /// The beginning of an RFC, folded.
    Rfc(String),
    /// The total is about this.
    Total(Cents),
    /// The subtotal, or the total less tax, is about this.
    BeforeTax(Cents),
    /// The beginning of a code, folded.
    Code(String),
    /// Beginnings of words of a name, folded; all must be there, in any order.
    Name(Vec<String>),
    /// The day is one of these, both ends included.
    Period {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// It is one of these.
    Kind(&'static [Kind]),
    /// It is like this.
    State(State),
}

impl Reading {
    /// Whether it is true of a record.
    pub fn holds(&self, facts: &Facts) -> bool {
        match self {
            Reading::Folio(folio) => {
                facts.folio.number == folio.number
                    && (folio.serie.is_empty() || facts.folio.serie == folio.serie)
            }
            Reading::Uuid(part) => facts.uuid.as_ref().is_some_and(|uuid| part.is_of(uuid)),
            Reading::Rfc(start) => facts.rfc.starts_with(start.as_str()),
            Reading::Total(cents) => facts.total.is_some_and(|total| cents.hold(total)),
            Reading::BeforeTax(cents) => [facts.before_tax, facts.sub_total]
                .into_iter()
                .flatten()
                .any(|amount| cents.hold(amount)),
            Reading::Code(start) => begins_a_word(&facts.codes, start),
            Reading::Name(starts) => starts.iter().all(|start| begins_a_word(&facts.name, start)),
            Reading::Period { from, to } => facts.day.is_some_and(|day| *from <= day && day <= *to),
            Reading::Kind(kinds) => facts.kind.is_some_and(|kind| kinds.contains(&kind)),
            Reading::State(state) => match state {
                State::Status(status) => facts.status == Some(*status),
                State::OverdueOn(day) => facts.owed_by.is_some_and(|due| due < *day),
                State::Stamp(stamp) => facts.stamp == Some(*stamp),
                State::Policy(policy) => facts.policy == Some(*policy),
            },
        }
    }

    /// Which value of the record it speaks of.
    pub fn reason(&self) -> Match {
        match self {
            Reading::Folio(_) => Match::Number,
            Reading::Uuid(_) => Match::Uuid,
            Reading::Rfc(_) => Match::Rfc,
            Reading::Total(_) => Match::Total,
            Reading::BeforeTax(_) => Match::BeforeTax,
            Reading::Code(_) => Match::Code,
            Reading::Name(_) => Match::Name,
            Reading::Period { .. } => Match::Date,
            Reading::Kind(_) => Match::Kind,
            Reading::State(State::Status(_) | State::OverdueOn(_)) => Match::Status,
            Reading::State(State::Stamp(_)) => Match::Stamp,
            Reading::State(State::Policy(_)) => Match::Policy,
        }
    }
}

fn begins_a_word(words: &str, start: &str) -> bool {
    words.split(' ').any(|word| word.starts_with(start))
}

impl Query {
    /// Whether nothing was typed that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Why a record is an answer, most telling first; `None` when it is none.
    ///
    /// That an amount is met before tax is left out where it is the total anyway.
    pub fn explain(&self, facts: &Facts) -> Option<Vec<Match>> {
        let mut why = Vec::new();
        for term in &self.terms {
            let before = why.len();
            why.extend(
                term.readings
                    .iter()
                    .filter(|reading| reading.holds(facts))
                    .map(Reading::reason),
            );
            if why.len() == before {
                return None;
            }
        }
        why.sort_unstable_by_key(|reason| weight(*reason));
        why.dedup();
        if why.contains(&Match::Total) {
            why.retain(|reason| *reason != Match::BeforeTax);
        }
        Some(why)
    }
}

/// The days that a text names, where it names a period and nothing else.
pub fn period_of(text: &str, today: Date) -> Option<(Date, Date)> {
    let typed: Vec<&str> = text.split_whitespace().collect();
    let phrase = period::phrase(&typed, today).filter(|phrase| phrase.words == typed.len())?;
    Some(phrase.days())
}

/// Reads what stands in the box. `today` decides what "this month" is and which March "marzo" means: the last one
/// that has begun.
pub fn parse(text: &str, today: Date) -> Query {
    let typed: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(is_wrapping))
        .filter(|word| !word.is_empty())
        .collect();
    if let Some(uuid) = only_uuid(&typed) {
        let readings = vec![Reading::Uuid(uuid)];
        return Query {
            terms: vec![Term { readings }],
        };
    }
    let mut terms = Vec::new();
    let mut rest = typed.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let (readings, used) = match period::phrase(rest, today) {
            Some(phrase) => {
                let mut readings = vec![phrase.reading()];
                if phrase.may_be_a_name {
                    readings.extend(by_shape(first));
                }
                (readings, phrase.words)
            }
            None => match state::phrase(rest, today) {
                Some(phrase) => {
                    let mut readings = phrase.readings;
                    if phrase.may_be_a_name {
                        readings.extend(by_shape(first));
                    }
                    (readings, phrase.words)
                }
                None => (by_shape(first), 1),
            },
        };
        if !readings.is_empty() {
            terms.push(Term { readings });
        }
        rest = rest.get(used..).unwrap_or(others);
    }
    Query { terms }
}

/// A whole UUID says all: whatever was copied along with it (`Folio fiscal: …`) is not looked for.
fn only_uuid(typed: &[&str]) -> Option<UuidPart> {
    let mut whole = typed
        .iter()
        .filter_map(|word| UuidPart::of(word))
        .filter(UuidPart::is_whole);
    whole.next().filter(|_| whole.next().is_none())
}

/// What surrounds a word in a sentence or a copied cell, and is no part of it.
fn is_wrapping(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '\''
            | '«'
            | '»'
            | '¿'
            | '?'
            | '¡'
            | '!'
            | '#'
            | '.'
    )
}

/// All that a word may mean by its shape; empty where nothing of it can be looked for.
fn by_shape(word: &str) -> Vec<Reading> {
    let amount = amount::read(word);
    let amounts = |cents: Cents| [Reading::Total(cents), Reading::BeforeTax(cents)];
    let mut readings = Vec::new();
    if let Some(amount) = &amount
        && amount.certain
    {
        readings.extend(amounts(amount.cents));
        return readings;
    }
    readings.extend(identity::folio(word).map(Reading::Folio));
    readings.extend(UuidPart::of(word).map(Reading::Uuid));
    readings.extend(identity::rfc(word).map(Reading::Rfc));
    readings.extend(amount.into_iter().flat_map(|amount| amounts(amount.cents)));
    readings.extend(identity::code(word).map(Reading::Code));
    readings.extend(name(word).map(Reading::Name));
    readings
}

fn name(word: &str) -> Option<Vec<String>> {
    let starts: Vec<String> = words(word).split_whitespace().map(str::to_owned).collect();
    (!starts.is_empty()).then_some(starts)
}

#[cfg(test)]
mod tests;
