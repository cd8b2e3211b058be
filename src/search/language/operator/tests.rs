//! Operators, read and refused.

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
    use PuzzleSort::{
        Amount, AmountOrDay, Backwards, Day, Missing, NoSuchDay, Operator, TooMany, Value,
    };
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
        // Of the last leap year these would be two years more, or less, than anybody means.
        ("29/02..15/03", "29/02..15/03", NoSuchDay),
        ("01/02 .. 29/02", "01/02 .. 29/02", NoSuchDay),
        (">29/02", ">29/02", NoSuchDay),
        ("fecha:<= 29/02", "fecha:<= 29/02", NoSuchDay),
        ("vence:..29/02", "vence:..29/02", NoSuchDay),
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
