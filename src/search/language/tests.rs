//! What people type, and what is understood.

use jiff::civil::date;

use super::*;
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Id, Link, Record};
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;

const TODAY: Date = date(2026, 5, 20);

fn money(text: &str) -> Value {
    Value::Money(text.parse::<Money>().expect("an amount"))
}

fn invoice() -> Record {
    let mut record = Record::new(Kind::Invoices, Id::from("6"));
    record.set(Field::Number, Value::Text("A-101".into()));
    record.set(Field::Date, Value::Date(date(2026, 3, 12)));
    record.set(Field::Rfc, Value::Text("XIA190128J61".into()));
    record.set(
        Field::Contact,
        Value::Link(Link {
            id: Id::from("7"),
            name: "XENÓN Industrial, S.A.".into(),
        }),
    );
    record.set(Field::SubTotal, money("10500"));
    record.set(Field::TotalTax, money("1600"));
    record.set(Field::Total, money("11600"));
    record.stamp = Stamp::Stamped(
        "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
            .parse()
            .expect("a UUID"),
    );
    record
}

fn why(text: &str) -> Option<Vec<Match>> {
    parse(text, TODAY).explain(&Facts::of(&invoice()))
}

#[test]
fn an_invoice_is_found_by_all_that_tells_it_apart() {
    for (text, reasons) in [
        ("A-101", vec![Match::Number]),
        ("a101", vec![Match::Number]),
        ("101", vec![Match::Number]),
        ("5f3c1a90-7b2e-4d11-9c55-0a1b2c3d4e5f", vec![Match::Uuid]),
        ("4e5f", vec![Match::Uuid]),
        ("xia190128j61", vec![Match::Rfc]),
        ("xia19", vec![Match::Rfc]),
        ("xenon", vec![Match::Name]),
        ("indus", vec![Match::Name]),
        ("11600", vec![Match::Total]),
        ("$11,600.00", vec![Match::Total]),
        ("11600.00", vec![Match::Total]),
        ("10000", vec![Match::BeforeTax]),
        ("10,500", vec![Match::BeforeTax]),
        ("11600.01", vec![Match::Near]),
        ("$11,599.99", vec![Match::Near]),
        ("10000.01", vec![Match::Near]),
        ("marzo", vec![Match::Date]),
        ("2026-03", vec![Match::Date]),
        ("12/03/2026", vec![Match::Date]),
        ("11600 mar", vec![Match::Total, Match::Date]),
        ("mar 11600", vec![Match::Total, Match::Date]),
        ("cliente:xenon", vec![Match::Name]),
        ("customer:xia190128j61", vec![Match::Rfc]),
        ("rfc:xia19 >10000", vec![Match::Rfc, Match::Total]),
        ("serie:a", vec![Match::Number]),
        ("folio:101 11000..12000", vec![Match::Number, Match::Total]),
        (
            "2026-01..2026-03 <11600.01",
            vec![Match::Total, Match::Date],
        ),
        (
            "xenon 101 11600 2026",
            vec![Match::Number, Match::Total, Match::Name, Match::Date],
        ),
    ] {
        assert_eq!(why(text), Some(reasons), "{text}");
    }
}

#[test]
fn every_word_must_hold() {
    for text in [
        "11600 feb",
        "B-101",
        "102",
        "11600.02",
        "xenon robotica",
        "5f3d",
        "este mes",
        "11601.5",
        ">11600",
        "total:10000",
        "proveedor:xenon",
        "cliente:robotica",
        "2026-04..",
        "..2026-02",
        "serie:b",
        "xenon clinte:xenon",
        "cuenta:xenon",
    ] {
        assert_eq!(why(text), None, "{text}");
    }
}

#[test]
fn a_word_of_several_shapes_keeps_them_all() {
    let reasons = |text: &str| -> Vec<Match> {
        let query = parse(text, TODAY);
        assert_eq!(query.terms.len(), 1, "{text}");
        query.terms[0]
            .readings
            .iter()
            .map(Reading::reason)
            .collect()
    };
    let amount = [Match::Total, Match::BeforeTax, Match::Near];
    let with = |before: &[Match], after: &[Match]| [before, &amount, after].concat();
    assert_eq!(
        reasons("101"),
        with(&[Match::Number], &[Match::Code, Match::Name])
    );
    assert_eq!(
        reasons("1160"),
        with(&[Match::Number, Match::Uuid], &[Match::Code, Match::Name])
    );
    assert_eq!(reasons("101.01"), with(&[], &[Match::Code, Match::Name]));
    assert_eq!(reasons("$101.01"), amount.to_vec());
    assert_eq!(reasons("mar"), vec![Match::Date, Match::Rfc, Match::Name]);
    assert_eq!(reasons("cafe"), vec![Match::Uuid, Match::Rfc, Match::Name]);
    assert_eq!(reasons("universidad"), vec![Match::Name]);
    assert_eq!(reasons("este mes"), vec![Match::Date]);
}

#[test]
fn a_whole_uuid_says_all_whatever_was_copied_with_it() {
    assert_eq!(
        why("Folio fiscal: 5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F."),
        Some(vec![Match::Uuid])
    );
}

#[test]
fn what_would_be_taken_for_something_else_is_said_and_not_looked_for() {
    for (text, sort) in [
        ("-cancelada", PuzzleSort::Negation),
        ("xenon -pagada", PuzzleSort::Negation),
        ("!vencida", PuzzleSort::Negation),
        ("-cliente:xenon", PuzzleSort::Negation),
        ("31/02", PuzzleSort::NoSuchDay),
        ("xenon 31/02/2026", PuzzleSort::NoSuchDay),
        ("2026-02-30 11600", PuzzleSort::NoSuchDay),
    ] {
        let query = parse(text, TODAY);
        assert_eq!(query.puzzles.len(), 1, "{text}");
        assert_eq!(query.puzzles[0].sort, sort, "{text}");
        assert_eq!(why(text), None, "{text}");
    }
    for text in [
        "- xenon", "A-101", "-4e5f", "xenon!", "¡xenon!", "45/2026", "12/03",
    ] {
        assert_eq!(parse(text, TODAY).puzzles, [], "{text}");
    }
}

#[test]
fn odd_questions_neither_panic_nor_take_their_time() {
    let page = |piece: &str| piece.repeat(10_000 / piece.len().max(1) + 1);
    for text in [
        page("a"),
        page("a "),
        page("1"),
        page("1 "),
        page("cliente:"),
        page("cliente:a "),
        page("\""),
        page("::"),
        page(">"),
        page(".. "),
        page("🦆"),
        page("\u{202e}"),
        page("\0"),
        page("- "),
        page("é\u{301}"),
        page("x:\""),
        page("31/02 "),
        page("5f3c"),
        page("מזל "),
        page("\t\n"),
        page("$1,"),
        page("vence:"),
        page("«"),
    ] {
        let query = parse(&text, TODAY);
        assert!(query.terms.len() <= MOST_TERMS + 1);
        query.explain(&Facts::of(&invoice()));
        assert!(query.forgivable().count() <= 10_001);
        for puzzle in &query.puzzles {
            assert!(puzzle.word.chars().count() <= 33, "{}", puzzle.word);
        }
    }
}

#[test]
fn nothing_typed_asks_for_nothing() {
    for text in ["", "   ", "«» , ;", "🦆", "&"] {
        assert!(parse(text, TODAY).is_empty(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn anything_may_be_typed(text in "\\PC{0,40}") {
        let query = parse(&text, TODAY);
        query.explain(&Facts::of(&invoice()));
    }

    /// Made of the pieces that mean something, because chance alone makes no operator.
    #[test]
    fn operators_may_be_broken_in_any_way(
        pieces in proptest::collection::vec("cliente:|fecha:|saldo:|vence:|total:|estado:|cuenta:|x:|>|<=|=|\\.\\.|…|\"|«|»| |2026-03|31/02/2026|\\$1,0|9{1,20}|ene|hoy|\\PC{0,3}", 0..60)
    ) {
        let text = pieces.concat();
        let query = parse(&text, TODAY);
        proptest::prop_assert!(query.terms.len() <= MOST_TERMS + 1);
        let found = query.explain(&Facts::of(&invoice()));
        proptest::prop_assert!(query.puzzles.is_empty() || found.is_none());
        for term in &query.terms {
            proptest::prop_assert!(!term.readings.is_empty());
            for reading in &term.readings {
                if let Reading::Period { from, to } = reading {
                    proptest::prop_assert!(from <= to);
                }
            }
        }
    }
}

fn draft(change: impl FnOnce(&mut Record)) -> Record {
    let mut record = invoice();
    record.set(Field::Status, Value::Status(Status::Draft));
    record.stamp = Stamp::Unstamped;
    change(&mut record);
    record
}

fn of(text: &str, record: &Record) -> Option<Vec<Match>> {
    parse(text, TODAY).explain(&Facts::of(record))
}

#[test]
fn states_are_named_in_both_languages_and_with_other_words() {
    let mut owed = invoice();
    owed.set(Field::Status, Value::Status(Status::Authorised));
    owed.set(Field::DueDate, Value::Date(date(2026, 4, 12)));
    owed.set(Field::Balance, money("11600"));
    owed.set(Field::PaymentType, Value::Text("PPD".into()));
    let mut paid = owed.clone();
    paid.set(Field::Status, Value::Status(Status::Paid));
    paid.set(Field::Balance, money("0"));
    let mut voided = paid.clone();
    voided.set(Field::Status, Value::Status(Status::Voided));
    let mut cancelled = paid.clone();
    cancelled.stamp = Stamp::Cancelled(
        "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
            .parse()
            .expect("a UUID"),
    );
    let draft = draft(|_| {});
    for (text, record, reasons) in [
        ("borrador", &draft, Some(vec![Match::Status])),
        ("borra", &draft, Some(vec![Match::Status])),
        ("drafts", &draft, Some(vec![Match::Status])),
        (
            "xenon borrador",
            &draft,
            Some(vec![Match::Name, Match::Status]),
        ),
        (
            "borrador 11600 mar",
            &draft,
            Some(vec![Match::Total, Match::Date, Match::Status]),
        ),
        ("borrador", &owed, None),
        ("sin timbrar", &draft, Some(vec![Match::Stamp])),
        ("sin timb", &draft, Some(vec![Match::Stamp])),
        (
            "unstamped xenon",
            &draft,
            Some(vec![Match::Name, Match::Stamp]),
        ),
        ("sin timbrar", &owed, None),
        ("timbrada", &owed, Some(vec![Match::Stamp])),
        ("vencida", &owed, Some(vec![Match::Status])),
        ("overdue", &owed, Some(vec![Match::Status])),
        (
            "Vencidas ppd",
            &owed,
            Some(vec![Match::Status, Match::Policy]),
        ),
        ("vencida", &paid, None),
        ("por cobrar", &owed, Some(vec![Match::Status])),
        ("pagada", &paid, Some(vec![Match::Status])),
        ("paid", &paid, Some(vec![Match::Status])),
        ("paid", &owed, None),
        ("cancelada", &voided, Some(vec![Match::Status])),
        ("cancelada", &cancelled, Some(vec![Match::Stamp])),
        ("anulado", &voided, Some(vec![Match::Status])),
        ("ppd", &owed, Some(vec![Match::Policy])),
        ("pue", &owed, None),
        ("factura xenon", &owed, Some(vec![Match::Name, Match::Kind])),
        ("invoice", &owed, Some(vec![Match::Kind])),
        ("nota de crédito", &owed, None),
        ("pago", &owed, None),
    ] {
        assert_eq!(of(text, record), reasons, "{text}");
    }
}

#[test]
fn a_kind_is_named_by_its_word_and_a_name_may_begin_like_one() {
    for (text, kind) in [
        ("pago", Kind::Payments),
        ("pagos", Kind::BillPayments),
        ("nota", Kind::CreditNotes),
        ("credit note", Kind::CreditNotes),
        ("cotización", Kind::Quotes),
        ("quotes", Kind::Quotes),
        ("orden de compra", Kind::PurchaseOrders),
        ("factura de proveedor", Kind::Bills),
        ("póliza", Kind::JournalEntries),
        ("journal entry", Kind::JournalEntries),
        ("clientes", Kind::Customers),
        ("proveedor", Kind::Suppliers),
    ] {
        let record = Record::new(kind, Id::from("1"));
        assert_eq!(of(text, &record), Some(vec![Match::Kind]), "{text}");
    }
    let mut notary = Record::new(Kind::Customers, Id::from("1"));
    notary.set(Field::Name, Value::Text("Notaría Pública 14".into()));
    assert_eq!(of("nota", &notary), Some(vec![Match::Name]));
}
