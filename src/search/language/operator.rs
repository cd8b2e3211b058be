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
        return before_or_after(sign, typed, around).ok_or(PuzzleSort::Day);
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
    let reading =
        above_or_below(sign, typed).or_else(|| before_or_after(sign, typed, today.into()));
    Some(match reading {
        Some(reading) => Ok((of_one(reading), used)),
        None => Err((PuzzleSort::AmountOrDay, used)),
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

fn before_or_after(sign: Sign, typed: &str, around: Around) -> Option<Reading> {
    let (first, last) = period::of_value(typed, around)?;
    let (from, to) = match sign {
        Sign::Above => (last.tomorrow().ok()?, Date::MAX),
        Sign::AtLeast => (first, Date::MAX),
        Sign::Below => (Date::ZERO, first.yesterday().ok()?),
        Sign::AtMost => (Date::ZERO, last),
        Sign::Exactly => (first, last),
    };
    Some(Reading::Period { from, to })
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
    let readings: Vec<Result<Reading, PuzzleSort>> = between((from, to))
        .into_iter()
        .chain(from_to((from, to), today.into()))
        .collect();
    Some(match readings.as_slice() {
        [] => Err((PuzzleSort::AmountOrDay, used)),
        _ => {
            let held: Vec<Reading> = readings.into_iter().flatten().collect();
            match held.is_empty() {
                true => Err((PuzzleSort::Backwards, used)),
                false => Ok((vec![Term::new(held)], used)),
            }
        }
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
mod tests {
    use super::*;
    use crate::domain::status::Status;
    use crate::search::language::{Query, State, parse};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 5, 20);

    fn readings(text: &str) -> Vec<Vec<Reading>> {
        let query = parse(text, TODAY);
        assert_eq!(query.puzzles, [], "{text}");
        query.terms.into_iter().map(|term| term.readings).collect()
    }

    fn one(text: &str) -> Reading {
        let mut all: Vec<Reading> = readings(text).concat();
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all.remove(0)
    }

    fn puzzles(text: &str) -> Vec<(String, PuzzleSort)> {
        let Query { puzzles, .. } = parse(text, TODAY);
        puzzles.into_iter().map(|p| (p.word, p.sort)).collect()
    }

    fn cents(from: i64, to: i64) -> Reading {
        Reading::Between(Cents { from, to })
    }

    fn period(from: Date, to: Date) -> Reading {
        Reading::Period { from, to }
    }

    #[test]
    fn amounts_are_compared_to_the_cent_with_and_without_blanks() {
        let above = cents(1_000_001, i64::MAX);
        for text in [
            ">10000",
            "> 10000",
            ">$10,000.00",
            "> $10,000",
            "total:>10000",
            "importe: > 10000",
        ] {
            assert_eq!(one(text), above, "{text}");
        }
        let least = cents(1_000_000, i64::MAX);
        for text in [
            ">=10000",
            "=>10000",
            "≥10000",
            "10000..",
            "monto:10000..",
            "amount:>= 10000",
            "10000 ..",
        ] {
            assert_eq!(one(text), least, "{text}");
        }
        assert_eq!(one("<500.50"), cents(i64::MIN, 50_049));
        assert_eq!(one("<=500.5"), cents(i64::MIN, 50_050));
        assert_eq!(one("..500"), cents(i64::MIN, 50_000));
        for text in [
            "1000..2000.50",
            "$1,000..$2,000.50",
            "1000 .. 2000.50",
            "1000…2000.50",
            "total:1000..2000.50",
        ] {
            assert_eq!(one(text), cents(100_000, 200_050), "{text}");
        }
        for text in ["=11600", "total:11600", "total:$11,600"] {
            let total = Reading::Total(Cents {
                from: 1_159_999,
                to: 1_160_001,
            });
            assert_eq!(one(text), total, "{text}");
        }
    }

    #[test]
    fn days_are_compared_and_stretched_with_open_ends() {
        let quarter = period(date(2026, 1, 1), date(2026, 3, 31));
        for text in [
            "2026-01..2026-03",
            "01/2026..03/2026",
            "2026-01 .. 2026-03",
            "fecha:2026-01..2026-03",
            "ene..mar",
            "january..march",
            "date:2026-01-01..2026-03-31",
            "01/01/2026..31/03/2026",
        ] {
            assert_eq!(one(text), quarter, "{text}");
        }
        assert_eq!(one("2026-03.."), period(date(2026, 3, 1), Date::MAX));
        assert_eq!(one("..2026-03"), period(Date::ZERO, date(2026, 3, 31)));
        assert_eq!(one(">2026-03"), period(date(2026, 4, 1), Date::MAX));
        assert_eq!(one(">=12/03/2026"), period(date(2026, 3, 12), Date::MAX));
        assert_eq!(one("< 2026-03"), period(Date::ZERO, date(2026, 2, 28)));
        assert_eq!(one("fecha:<=2025"), period(Date::ZERO, date(2025, 12, 31)));
        assert_eq!(
            one("fecha:marzo"),
            period(date(2026, 3, 1), date(2026, 3, 31))
        );
        assert_eq!(
            one("fecha:\"este mes\""),
            period(date(2026, 5, 1), date(2026, 5, 31))
        );
        // December began last in 2025; the January before it is meant.
        assert_eq!(
            one("ene..dic"),
            period(date(2025, 1, 1), date(2025, 12, 31))
        );
        assert_eq!(
            one("nov..feb"),
            period(date(2025, 11, 1), date(2026, 2, 28))
        );
    }

    #[test]
    fn two_years_may_be_amounts_as_well() {
        assert_eq!(
            readings("2025..2026"),
            [vec![
                cents(202_500, 202_600),
                period(date(2025, 1, 1), date(2026, 12, 31))
            ]]
        );
        assert_eq!(
            one("fecha:2025..2026"),
            period(date(2025, 1, 1), date(2026, 12, 31))
        );
        assert_eq!(one("$2025..2026"), cents(202_500, 202_600));
    }

    #[test]
    fn a_customer_is_named_or_known_by_its_rfc_and_stands_on_what_was_sold() {
        let words = |words: &[&str]| Reading::Name(words.iter().map(|w| (*w).to_owned()).collect());
        for text in [
            "cliente:\"Xenón industrial\"",
            "customer:xenon-industrial",
            "CLIENTE:«xenon industrial»",
        ] {
            assert_eq!(
                readings(text),
                [
                    vec![words(&["xenon", "industrial"])],
                    vec![Reading::Kind(SOLD)]
                ],
                "{text}"
            );
        }
        assert_eq!(
            readings("proveedor: xia190128j61"),
            [
                vec![
                    Reading::Rfc("xia190128j61".into()),
                    words(&["xia190128j61"])
                ],
                vec![Reading::Kind(BOUGHT)]
            ]
        );
        assert_eq!(
            one("rfc:XIA-190128-J61"),
            Reading::Rfc("xia190128j61".into())
        );
        assert_eq!(one("serie:A"), Reading::Serie("a".into()));
        assert_eq!(
            one("estado:vencida"),
            Reading::State(State::OverdueOn(TODAY))
        );
        for text in ["estado:parcialmente-pagada", "status:\"partially paid\""] {
            assert_eq!(
                one(text),
                Reading::State(State::Status(Status::PartiallyPaid)),
                "{text}"
            );
        }
        assert_eq!(one("tipo:nota"), Reading::Kind(&[Kind::CreditNotes]));
    }

    #[test]
    fn what_is_left_to_pay_and_when_it_has_to_be_paid_are_asked_for() {
        let due = |from, to| Reading::Due { from, to };
        let balance = |from, to| Reading::Balance(Cents { from, to });
        for (text, expected) in [
            ("saldo:1000", balance(99_999, 100_001)),
            ("saldo:$1,000.50", balance(100_050, 100_050)),
            ("saldo:=1000", balance(99_999, 100_001)),
            ("saldo:>0", balance(1, i64::MAX)),
            ("balance: >= 1000", balance(100_000, i64::MAX)),
            ("saldo:<500", balance(i64::MIN, 49_999)),
            ("saldo:1000..2000", balance(100_000, 200_000)),
            ("saldo:1000..", balance(100_000, i64::MAX)),
            ("saldo:..500", balance(i64::MIN, 50_000)),
            ("vence:hoy", due(TODAY, TODAY)),
            ("vence: hoy", due(TODAY, TODAY)),
            ("vence:mañana", due(date(2026, 5, 21), date(2026, 5, 21))),
            ("vence:semana", due(date(2026, 5, 18), date(2026, 5, 24))),
            (
                "vence:\"próxima semana\"",
                due(date(2026, 5, 25), date(2026, 5, 31)),
            ),
            ("vence:este-mes", due(date(2026, 5, 1), date(2026, 5, 31))),
            ("due:june", due(date(2026, 6, 1), date(2026, 6, 30))),
            (
                "vencimiento:15/06",
                due(date(2026, 6, 15), date(2026, 6, 15)),
            ),
            (
                "vence:2026-06-15",
                due(date(2026, 6, 15), date(2026, 6, 15)),
            ),
            ("vence:<hoy", due(Date::ZERO, date(2026, 5, 19))),
            ("vence:>= hoy", due(TODAY, Date::MAX)),
            ("vence:>semana", due(date(2026, 5, 25), Date::MAX)),
            ("vence:hoy..15/06", due(TODAY, date(2026, 6, 15))),
            ("vence:..mayo", due(Date::ZERO, date(2026, 5, 31))),
            ("fecha:semana", period(date(2026, 5, 18), date(2026, 5, 24))),
            ("fecha:junio", period(date(2025, 6, 1), date(2025, 6, 30))),
        ] {
            assert_eq!(one(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told_and_never_taken_for_a_word() {
        use PuzzleSort::{Amount, AmountOrDay, Backwards, Day, Missing, Operator, TooMany, Value};
        for (text, word, sort) in [
            ("clinte:xenon", "clinte:xenon", Operator),
            ("mar clinte:xenon", "clinte:xenon", Operator),
            ("cliente:", "cliente:", Missing),
            ("cliente:\"\"", "cliente:\"\"", Missing),
            ("cliente:🦆", "cliente:🦆", Value),
            (">", ">", Missing),
            (">=", ">=", Missing),
            ("total:>", "total:>", Missing),
            (">mucho", ">mucho", AmountOrDay),
            ("> mucho", "> mucho", AmountOrDay),
            (">-5", ">-5", AmountOrDay),
            ("total:mucho", "total:mucho", Amount),
            ("total:>1o", "total:>1o", Amount),
            ("1000..mucho", "1000..mucho", AmountOrDay),
            ("uno..dos", "uno..dos", AmountOrDay),
            ("2000..1000", "2000..1000", Backwards),
            ("2026-03..2026-01", "2026-03..2026-01", Backwards),
            ("saldo:", "saldo:", Missing),
            ("saldo:>", "saldo:>", Missing),
            ("saldo:mucho", "saldo:mucho", Amount),
            ("saldo:>-5", "saldo:>-5", Amount),
            ("saldo:2000..1000", "saldo:2000..1000", Backwards),
            ("saldo:99999999999999", "saldo:99999999999999", Amount),
            ("vence:", "vence:", Missing),
            ("vence:31/02/2026", "vence:31/02/2026", Day),
            ("vence:pronto", "vence:pronto", Day),
            ("vence:>11600", "vence:>11600", Day),
            (
                "vence:2026-06..2026-05",
                "vence:2026-06..2026-05",
                Backwards,
            ),
            ("fecha:2026-13", "fecha:2026-13", Day),
            ("fecha:ayer..mucho", "fecha:ayer..mucho", Day),
            ("2026-01..31/02/2026", "2026-01..31/02/2026", AmountOrDay),
            ("folio:A", "folio:A", Value),
            ("uuid:xyz", "uuid:xyz", Value),
            ("estado:nota", "estado:nota", Value),
            ("tipo:vencida", "tipo:vencida", Value),
            ("estado:rarisima", "estado:rarisima", Value),
        ] {
            assert_eq!(puzzles(text), [(word.to_owned(), sort)], "{text}");
        }
        let many = vec!["a"; 30].join(" ");
        assert_eq!(puzzles(&many), [("a".to_owned(), TooMany)]);
    }

    #[test]
    fn a_colon_or_dots_at_the_end_of_a_word_are_no_operator() {
        for text in [
            "xenon...",
            "Atención: xenon",
            "a las 12:30",
            "https://ejemplo.mx/x",
            "...",
            "s.a..",
            "…",
        ] {
            assert_eq!(puzzles(text), [], "{text}");
        }
    }
}
