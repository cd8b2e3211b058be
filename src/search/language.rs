//! The language of the search box: every word is read by its shape, and a word of several shapes keeps them all.
//!
//! `101` may be a folio, an amount, a code or a part of a name; `mar` is March or the beginning of a name. A record is
//! found when each [`Term`] holds in at least one of its readings. A word that is like nothing known is looked for in
//! names. Who wants to be exact says what a word is by an operator (`cliente:`, `>10000`, `2026-01..2026-03`); one that
//! is not understood is a [`Puzzle`], never a word: such a question finds nothing until it is mended.

mod amount;
mod forgiving;
mod identity;
mod operator;
mod period;
mod state;
mod tokens;

use jiff::civil::Date;

use super::facts::{Account, Facts, Folio};
use super::fold::words;
use super::ranking::weight;
use crate::domain::kind::Kind;
use crate::domain::list::Match;
use crate::domain::question::{Puzzle, PuzzleSort};

use amount::Amount;
pub use amount::Cents;
pub use forgiving::{Meanings, Meant};
pub use identity::UuidPart;
pub use state::State;

/// What was typed into the box, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them must hold.
    pub terms: Vec<Term>,
    /// What was not understood, in the order in which it was typed; where there is any, nothing is found.
    pub puzzles: Vec<Puzzle>,
}

/// One word, or a phrase that says one thing (`este mes`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it may mean; at least one must hold.
    pub readings: Vec<Reading>,
    /// Whether it only goes along with another one, as the kinds do that have a customer: then it is no reason that
    /// anybody is told.
    pub goes_along: bool,
}

impl Term {
    fn new(readings: Vec<Reading>) -> Self {
        Self {
            readings,
            goes_along: false,
        }
    }
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
    /// One of these amounts is near this.
    Near(Cents),
    /// The total lies between these, ends included.
    Between(Cents),
    /// What is left to be paid lies between these, ends included.
    Balance(Cents),
    /// Something is owed, and has to be paid by one of these days, both ends included.
    Due {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// The serie, folded, whatever the number.
    Serie(String),
    /// A line, a posting or the payment itself names such an account.
    Account(AccountPart),
    /// The beginning of a code, folded.
    Code(String),
    /// Beginnings of words of a name, folded; all must be there, in any order.
    Name(Vec<String>),
    /// Words of a contact's name that were typed with slips; all must be there, and one of them is not as it was typed.
    Like(Vec<Meant>),
    /// RFCs of contacts, folded, that are one slip away from what was typed; one of them.
    NearRfc(Vec<String>),
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

/// What of an account was typed, by its code or its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPart {
    /// The beginning of its own code or its grouping code, folded; none where nothing like a code was typed.
    pub code: Option<String>,
    /// Beginnings of words of its name, folded; all must be there.
    pub name: Vec<String>,
}

impl AccountPart {
    /// Whether it is a part of this account.
    pub fn is_of(&self, account: &Account) -> bool {
        let by_code = (self.code.as_ref()).is_some_and(|code| begins_a_word(&account.codes, code));
        by_code
            || self
                .name
                .iter()
                .all(|start| begins_a_word(&account.name, start))
    }
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
            Reading::Near(cents) => [facts.total, facts.before_tax, facts.sub_total]
                .into_iter()
                .flatten()
                .any(|amount| cents.hold(amount)),
            Reading::Between(cents) => facts.total.is_some_and(|total| cents.hold(total)),
            Reading::Balance(cents) => facts.balance.is_some_and(|balance| cents.hold(balance)),
            Reading::Due { from, to } => {
                facts.owed_by.is_some_and(|due| *from <= due && due <= *to)
            }
            Reading::Serie(serie) => facts.folio.serie == *serie,
            Reading::Account(part) => facts.accounts.iter().any(|account| part.is_of(account)),
            Reading::Code(start) => begins_a_word(&facts.codes, start),
            Reading::Name(starts) => starts.iter().all(|start| begins_a_word(&facts.name, start)),
            Reading::Like(words) => forgiving::slips(words, facts).is_some(),
            Reading::NearRfc(rfcs) => forgiving::has_rfc(rfcs, facts),
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
            Reading::Folio(_) | Reading::Serie(_) => Match::Number,
            Reading::Uuid(_) => Match::Uuid,
            Reading::Rfc(_) => Match::Rfc,
            Reading::Total(_) | Reading::Between(_) => Match::Total,
            Reading::Account(_) => Match::Account,
            Reading::BeforeTax(_) => Match::BeforeTax,
            Reading::Near(_) => Match::Near,
            Reading::Balance(_) => Match::Balance,
            Reading::Due { .. } => Match::Due,
            Reading::Code(_) => Match::Code,
            Reading::Name(_) => Match::Name,
            Reading::Like(_) => Match::Similar,
            Reading::NearRfc(_) => Match::SimilarRfc,
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
        self.terms.is_empty() && self.puzzles.is_empty()
    }

    /// Whether it has to be known which accounts a record names.
    pub fn asks_for_accounts(&self) -> bool {
        let mut readings = self.terms.iter().flat_map(|term| &term.readings);
        readings.any(|reading| matches!(reading, Reading::Account(_)))
    }

    /// Why a record is an answer, most telling first; `None` when it is none.
    ///
    /// Of an amount only the best match is told: that it is the total, is met before tax, is near.
    pub fn explain(&self, facts: &Facts) -> Option<Vec<Match>> {
        if !self.puzzles.is_empty() {
            return None;
        }
        let mut why = Vec::new();
        for term in &self.terms {
            let mut holds = false;
            for reading in term.readings.iter().filter(|reading| reading.holds(facts)) {
                holds = true;
                if !term.goes_along {
                    why.push(reading.reason());
                }
            }
            if !holds {
                return None;
            }
        }
        why.sort_unstable_by_key(|reason| weight(*reason));
        why.dedup();
        let amounts = [Match::Total, Match::BeforeTax, Match::Near];
        if let Some(best) = amounts.into_iter().find(|amount| why.contains(amount)) {
            why.retain(|reason| *reason == best || !amounts.contains(reason));
        }
        Some(why)
    }
}

/// More than anybody types; what a page that is pasted holds beyond is said not to have been read.
const MOST_TERMS: usize = 24;

/// The days that a text names, where it names a period and nothing else.
pub fn period_of(text: &str, today: Date) -> Option<(Date, Date)> {
    let typed: Vec<&str> = text.split_whitespace().collect();
    let phrase =
        period::phrase(&typed, today.into()).filter(|phrase| phrase.words == typed.len())?;
    Some(phrase.days())
}

/// Reads what stands in the box. `today` decides what "this month" is and which March "marzo" means: the last one
/// that has begun.
pub fn parse(text: &str, today: Date) -> Query {
    let typed = tokens::of(text);
    let bare: Vec<&str> = typed
        .iter()
        .map(|word| word.trim_matches(is_wrapping))
        .collect();
    if let Some(uuid) = only_uuid(&bare) {
        return Query {
            terms: vec![Term::new(vec![Reading::Uuid(uuid)])],
            puzzles: Vec::new(),
        };
    }
    let mut query = Query::default();
    let mut at = 0;
    while let (Some(rest), Some(words)) = (typed.get(at..), bare.get(at..))
        && let Some(first) = words.first()
    {
        if query.terms.len() + query.puzzles.len() >= MOST_TERMS {
            query.puzzles.push(Puzzle::new(first, PuzzleSort::TooMany));
            break;
        }
        let as_typed = rest.first().copied().unwrap_or_default();
        if let Some(sort) = misread(as_typed, first, today) {
            query.puzzles.push(Puzzle::new(as_typed, sort));
            at += 1;
            continue;
        }
        at += match operator::read(rest, today) {
            Some(Ok((terms, used))) => {
                query.terms.extend(terms);
                used
            }
            Some(Err((sort, used))) => {
                let word = rest.get(..used).unwrap_or(rest).join(" ");
                query.puzzles.push(Puzzle::new(&word, sort));
                used
            }
            None => {
                let (readings, used) = plain(words, first, today);
                if !readings.is_empty() {
                    query.terms.push(Term::new(readings));
                }
                used
            }
        };
    }
    query
}

/// What is wrong with a word that would be taken for something else than was meant: `-cancelada` for the state, and
/// `31/02` for a folio.
fn misread(typed: &str, bare: &str, today: Date) -> Option<PuzzleSort> {
    let negated = typed.strip_prefix(['-', '−', '!']);
    if negated.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        && UuidPart::of(bare).is_none()
    {
        return Some(PuzzleSort::Negation);
    }
    period::is_no_day(bare, today).then_some(PuzzleSort::NoSuchDay)
}

/// What the words from here on mean without an operator, and how many of them that takes.
fn plain(words: &[&str], first: &str, today: Date) -> (Vec<Reading>, usize) {
    if first.is_empty() {
        return (Vec::new(), 1);
    }
    let (mut readings, used, may_be_a_name) =
        if let Some(phrase) = period::phrase(words, today.into()) {
            let (used, may_be) = (phrase.words, phrase.may_be_a_name);
            (vec![phrase.reading()], used, may_be)
        } else if let Some(phrase) = state::phrase(words, today) {
            (phrase.readings, phrase.words, phrase.may_be_a_name)
        } else {
            return (by_shape(first), 1);
        };
    if may_be_a_name {
        readings.extend(by_shape(first));
    }
    (readings, used.max(1))
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
    let amounts = |amount: &Amount| {
        [
            Reading::Total(amount.cents),
            Reading::BeforeTax(amount.cents),
            Reading::Near(amount.near),
        ]
    };
    let mut readings = Vec::new();
    if let Some(amount) = &amount
        && amount.certain
    {
        readings.extend(amounts(amount));
        return readings;
    }
    readings.extend(identity::folio(word).map(Reading::Folio));
    readings.extend(UuidPart::of(word).map(Reading::Uuid));
    readings.extend(identity::rfc(word).map(Reading::Rfc));
    readings.extend(amount.iter().flat_map(amounts));
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
