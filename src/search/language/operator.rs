//! Operators, for those who like to say what a word is: `cliente:xenon`, `>10000`, `1000..2000`, `2026-01..2026-03`.
//!
//! Whatever has the shape of an operator is one: it is understood, or it is said what is wrong with it. A word that only
//! happens to have a colon, dots or a sign at its end is left to the rest of the language.

use jiff::ToSpan;
use jiff::civil::Date;

use super::amount::{self, Cents};
use super::forgiving::DEALT;
use super::period::{self, Around, Days};
use super::{AccountPart, Reading, Term, UuidPart, identity, state, tokens};
use crate::domain::kind::Kind;
use crate::domain::question::PuzzleSort;
use crate::search::fold;

/// What was understood, and how many words it took; or what is wrong, and with how many of them.
type Understood = Result<(Vec<Term>, usize), (PuzzleSort, usize)>;

/// What an operator says that its value is.
#[derive(Clone, Copy)]
enum Operator {
    /// Name or RFC of who stands on the other side of these kinds.
    Party(&'static [Kind]),
    Rfc,
    Serie,
    Number,
    Uuid,
    Amount,
    Balance,
    Day,
    Due,
    State,
    Kind,
    Code,
    Account,
}

/// What a customer stands on.
const SOLD: &[Kind] = &[
    Kind::Invoices,
    Kind::CreditNotes,
    Kind::Quotes,
    Kind::Payments,
    Kind::Customers,
];
/// What a supplier stands on.
const BOUGHT: &[Kind] = &[
    Kind::Bills,
    Kind::PurchaseOrders,
    Kind::BillPayments,
    Kind::Suppliers,
];

/// The names of the operators in both languages, folded.
const NAMES: &[(&str, Operator)] = &[
    ("cliente", Operator::Party(SOLD)),
    ("customer", Operator::Party(SOLD)),
    ("proveedor", Operator::Party(BOUGHT)),
    ("supplier", Operator::Party(BOUGHT)),
    ("vendor", Operator::Party(BOUGHT)),
    ("contacto", Operator::Party(DEALT)),
    ("contact", Operator::Party(DEALT)),
    ("rfc", Operator::Rfc),
    ("serie", Operator::Serie),
    ("series", Operator::Serie),
    ("folio", Operator::Number),
    ("numero", Operator::Number),
    ("number", Operator::Number),
    ("uuid", Operator::Uuid),
    ("total", Operator::Amount),
    ("importe", Operator::Amount),
    ("monto", Operator::Amount),
    ("amount", Operator::Amount),
    ("saldo", Operator::Balance),
    ("balance", Operator::Balance),
    ("vence", Operator::Due),
    ("vencimiento", Operator::Due),
    ("due", Operator::Due),
    ("fecha", Operator::Day),
    ("date", Operator::Day),
    ("estado", Operator::State),
    ("status", Operator::State),
    ("timbre", Operator::State),
    ("stamp", Operator::State),
    ("tipo", Operator::Kind),
    ("kind", Operator::Kind),
    ("type", Operator::Kind),
    ("codigo", Operator::Code),
    ("code", Operator::Code),
    ("clave", Operator::Code),
    ("key", Operator::Code),
    ("cuenta", Operator::Account),
    ("account", Operator::Account),
];

/// The operator with which these words begin, as they were typed; `None` where they begin with none.
pub(super) fn read(words: &[&str], today: Date) -> Option<Understood> {
    let first = words.first()?;
    named(words, first, today)
        .or_else(|| compared(words, first, today))
        .or_else(|| stretched(words, first, today))
}

/// `cliente:xenon`, `cliente: xenon`.
fn named(words: &[&str], first: &str, today: Date) -> Option<Understood> {
    let (name, value) = first.split_once(':')?;
    if !tokens::is_name(name) || value.starts_with("//") {
        return None;
    }
    let name = fold::words(name);
    let known = NAMES.iter().find(|(known, _)| *known == name);
    let Some((_, operator)) = known else {
        // A colon at the end of a word is what a sentence has before a list.
        return (!value.is_empty()).then_some(Err((PuzzleSort::Operator, 1)));
    };
    let (mut value, mut used) = (value.to_owned(), 1);
    // A sign may stand apart from its number, and a value from its operator.
    while value.is_empty() || (is_comparison(&value) && operator.is_compared()) {
        let Some(next) = words.get(used) else {
            return Some(Err((PuzzleSort::Missing, used)));
        };
        value.push_str(next);
        used += 1;
    }
    let value = tokens::unquoted(&value).trim();
    Some(match operator.terms(value, today) {
        Ok(terms) => Ok((terms, used)),
        Err(sort) => Err((sort, used)),
    })
}

fn is_comparison(value: &str) -> bool {
    comparison(value).is_some_and(|(_, rest)| rest.is_empty())
}

impl Operator {
    /// Whether its value may be compared (`saldo: > 1000`).
    fn is_compared(self) -> bool {
        matches!(
            self,
            Operator::Amount | Operator::Balance | Operator::Day | Operator::Due
        )
    }

    fn terms(self, value: &str, today: Date) -> Result<Vec<Term>, PuzzleSort> {
        if value.is_empty() {
            return Err(PuzzleSort::Missing);
        }
        let one = |reading: Option<Reading>| {
            let reading = reading.ok_or(PuzzleSort::Value)?;
            Ok(vec![Term::new(vec![reading])])
        };
        match self {
            Operator::Party(kinds) => {
                let name = super::name(value).map(Reading::Name);
                let rfc = identity::rfc(value).map(Reading::Rfc);
                let readings: Vec<Reading> = rfc.into_iter().chain(name).collect();
                if readings.is_empty() {
                    return Err(PuzzleSort::Value);
                }
                let mut among = Term::new(vec![Reading::Kind(kinds)]);
                among.goes_along = true;
                Ok(vec![Term::new(readings), among])
            }
            Operator::Rfc => one(Some(fold::squeezed(value))
                .filter(|rfc| !rfc.is_empty())
                .map(Reading::Rfc)),
            Operator::Serie => one(Some(fold::squeezed(value))
                .filter(|serie| !serie.is_empty())
                .map(Reading::Serie)),
            Operator::Number => one(identity::folio(value).map(Reading::Folio)),
            Operator::Uuid => one(UuidPart::of(value).map(Reading::Uuid)),
            Operator::Code => one(Some(fold::squeezed(value))
                .filter(|code| !code.is_empty())
                .map(Reading::Code)),
            Operator::Account => one(account(value)),
            Operator::Amount => amounts(value).map(of_one),
            Operator::Balance => amounts(value).map(balance).map(of_one),
            Operator::Day => days(value, today.into()).map(of_one),
            Operator::Due => days(value, Around::nearest(today)).map(due).map(of_one),
            Operator::State | Operator::Kind => {
                let parted = value.replace(['-', '_'], " ");
                let words: Vec<&str> = parted.split_whitespace().collect();
                let phrase = state::phrase(&words, today)
                    .filter(|phrase| phrase.words == words.len())
                    .ok_or(PuzzleSort::Value)?;
                let is_meant = |reading: &Reading| match reading {
                    Reading::State(_) => matches!(self, Operator::State),
                    Reading::Kind(_) => matches!(self, Operator::Kind),
                    _ => false,
                };
                match phrase.readings.iter().all(is_meant) {
                    true => Ok(vec![Term::new(phrase.readings)]),
                    false => Err(PuzzleSort::Value),
                }
            }
        }
    }
}

/// Amounts of the total as amounts of what is left to be paid.
fn balance(reading: Reading) -> Reading {
    match reading {
        Reading::Total(cents) | Reading::Between(cents) => Reading::Balance(cents),
        other => other,
    }
}

/// Days of a document as days by which it has to be paid.
fn due(reading: Reading) -> Reading {
    match reading {
        Reading::Period { from, to } => Reading::Due { from, to },
        other => other,
    }
}

fn of_one(reading: Reading) -> Vec<Term> {
    vec![Term::new(vec![reading])]
}

fn account(value: &str) -> Option<Reading> {
    let name: Vec<String> = fold::words(value)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let code = value
        .contains(|c: char| c.is_ascii_digit())
        .then(|| fold::squeezed(value));
    (!name.is_empty()).then_some(Reading::Account(AccountPart { code, name }))
}

/// An amount, one that is compared, or a stretch of them.
fn amounts(value: &str) -> Result<Reading, PuzzleSort> {
    if let Some((sign, typed)) = comparison(value) {
        return above_or_below(sign, typed).ok_or(PuzzleSort::Amount);
    }
    match ends(value) {
        Some(ends) => between(ends).ok_or(PuzzleSort::Amount)?,
        None => amount::read(value)
            .map(|amount| Reading::Total(amount.cents))
            .ok_or(PuzzleSort::Amount),
    }
}

/// A period, one that is compared, or a stretch from one to another.
fn days(value: &str, around: Around) -> Result<Reading, PuzzleSort> {
    if let Some((sign, typed)) = comparison(value) {
        return before_or_after(sign, typed, around).ok_or(PuzzleSort::Day)?;
    }
    match ends(value) {
        Some(ends) => from_to(ends, around).ok_or(PuzzleSort::Day)?,
        None => {
            let (from, to) = period::of_value(value, around).ok_or(PuzzleSort::Day)?;
            Ok(Reading::Period { from, to })
        }
    }
}

/// How a value is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Above,
    AtLeast,
    Below,
    AtMost,
    Exactly,
}

/// The sign with which a word begins, and what follows it.
fn comparison(word: &str) -> Option<(Sign, &str)> {
    const SIGNS: [(&str, Sign); 9] = [
        (">=", Sign::AtLeast),
        ("=>", Sign::AtLeast),
        ("<=", Sign::AtMost),
        ("=<", Sign::AtMost),
        ("≥", Sign::AtLeast),
        ("≤", Sign::AtMost),
        (">", Sign::Above),
        ("<", Sign::Below),
        ("=", Sign::Exactly),
    ];
    SIGNS
        .iter()
        .find_map(|(sign, how)| word.strip_prefix(sign).map(|rest| (*how, rest)))
}

/// `>10000`, `>= $10,000.00`, `<2026-03`: amounts, and days that can be nothing else.
fn compared(words: &[&str], first: &str, today: Date) -> Option<Understood> {
    let (sign, mut typed) = comparison(first)?;
    let mut used = 1;
    if typed.is_empty() {
        typed = match words.get(1) {
            Some(next) => next,
            None => return Some(Err((PuzzleSort::Missing, 1))),
        };
        used = 2;
    }
    let reading = (above_or_below(sign, typed).map(Ok))
        .or_else(|| before_or_after(sign, typed, today.into()))
        .unwrap_or(Err(PuzzleSort::AmountOrDay));
    Some(match reading {
        Ok(reading) => Ok((of_one(reading), used)),
        Err(sort) => Err((sort, used)),
    })
}

fn above_or_below(sign: Sign, typed: &str) -> Option<Reading> {
    let amount = amount::read(typed)?;
    let at = amount.typed;
    let (from, to) = match sign {
        Sign::Above => (at + 1, i64::MAX),
        Sign::AtLeast => (at, i64::MAX),
        Sign::Below => (i64::MIN, at - 1),
        Sign::AtMost => (i64::MIN, at),
        Sign::Exactly => return Some(Reading::Total(amount.cents)),
    };
    Some(Reading::Between(Cents { from, to }))
}

/// Days before or after a period; `None` where it is none.
fn before_or_after(sign: Sign, typed: &str, around: Around) -> Option<Result<Reading, PuzzleSort>> {
    if sign != Sign::Exactly && period::is_leap_day_of_before(typed, around) {
        return Some(Err(PuzzleSort::NoSuchDay));
    }
    let (first, last) = period::of_value(typed, around)?;
    let (from, to) = match sign {
        Sign::Above => (last.tomorrow().ok()?, Date::MAX),
        Sign::AtLeast => (first, Date::MAX),
        Sign::Below => (Date::ZERO, first.yesterday().ok()?),
        Sign::AtMost => (Date::ZERO, last),
        Sign::Exactly => (first, last),
    };
    Some(Ok(Reading::Period { from, to }))
}

/// The two ends of a stretch (`1000..2000`); either may be open, not both.
fn ends(word: &str) -> Option<(&str, &str)> {
    let (from, to) = word
        .split_once("..")
        .or_else(|| word.split_once('…'))
        .map(|(from, to)| (from.trim(), to.trim_start_matches(['.', '…']).trim()))?;
    (!from.is_empty() || !to.is_empty()).then_some((from, to))
}

/// `1000..2000`, `2026-01..`, `.. 2000`; a sentence may end in dots as well.
fn stretched(words: &[&str], first: &str, today: Date) -> Option<Understood> {
    let is_gap = |word: &str| matches!(word, ".." | "..." | "…");
    let joined = match words {
        [from, gap, to, ..] if is_gap(gap) => Some((format!("{from}..{to}"), 3)),
        [from, gap] if is_gap(gap) => Some((format!("{from}.."), 2)),
        [gap, to, ..] if is_gap(gap) => Some((format!("..{to}"), 2)),
        _ => None,
    };
    let (word, used) = match &joined {
        Some((word, used)) => (word.as_str(), *used),
        None => (first, 1),
    };
    let (from, to) = ends(word)?;
    let is_end =
        |end: &str| amount::read(end).is_some() || period::named(end, today.into()).is_some();
    let is_open = from.is_empty() || to.is_empty();
    if is_open && !is_end(from) && !is_end(to) {
        return None;
    }
    let (mut held, mut wrong) = (Vec::new(), PuzzleSort::AmountOrDay);
    let days = from_to((from, to), today.into());
    for understood in between((from, to)).into_iter().chain(days) {
        match understood {
            Ok(reading) => held.push(reading),
            Err(sort) => wrong = sort,
        }
    }
    Some(match held.is_empty() {
        true => Err((wrong, used)),
        false => Ok((vec![Term::new(held)], used)),
    })
}

/// Amounts from one end to the other; `None` where an end is none.
fn between((from, to): (&str, &str)) -> Option<Result<Reading, PuzzleSort>> {
    let end = |typed: &str, open: i64| match typed {
        "" => Some(open),
        typed => amount::read(typed).map(|amount| amount.typed),
    };
    let cents = Cents {
        from: end(from, i64::MIN)?,
        to: end(to, i64::MAX)?,
    };
    Some(match cents.from <= cents.to {
        true => Ok(Reading::Between(cents)),
        false => Err(PuzzleSort::Backwards),
    })
}

/// Days from the first of one end to the last of the other; `None` where an end is none. Of a month that is only named
/// the last one is meant that lies before the other end.
fn from_to((from, to): (&str, &str), around: Around) -> Option<Result<Reading, PuzzleSort>> {
    let is_of_before = |end: &&str| period::is_leap_day_of_before(end, around);
    if [from, to].iter().any(is_of_before) {
        return Some(Err(PuzzleSort::NoSuchDay));
    }
    let end = |typed: &str, open: Days| match typed {
        "" => Some((open, false)),
        typed => period::named(typed, around),
    };
    let ((mut first, _), floats) = end(from, (Date::ZERO, Date::ZERO))?;
    let ((_, last), _) = end(to, (Date::MAX, Date::MAX))?;
    if first > last && floats {
        first = first.checked_sub(1.year()).ok()?;
    }
    Some(match first <= last {
        true => Ok(Reading::Period {
            from: first,
            to: last,
        }),
        false => Err(PuzzleSort::Backwards),
    })
}

#[cfg(test)]
mod tests;
