//! The worked cases of SAT rules §9, and the edges around them.

use std::sync::LazyLock;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::domain::draft::{DocType, IssueDate, Party};
use crate::domain::money::exact_decimal;

static CATALOGS: LazyLock<Catalogs> = LazyLock::new(|| Catalogs::load().expect("sound assets"));

fn dec(text: &str) -> Decimal {
    exact_decimal(text).expect("a decimal")
}

fn money(text: &str) -> Money {
    Money::new(dec(text))
}

fn tax(tax: Tax, kind: TaxKind, percent: &str) -> LineTax {
    LineTax {
        tax,
        kind,
        rate: TaxRate::Percent(dec(percent)),
    }
}

fn iva() -> LineTax {
    tax(Tax::Iva, TaxKind::Transfer, "16")
}

fn line(quantity: &str, price: &str, discount: &str, taxes: &[LineTax]) -> DraftLine {
    DraftLine {
        quantity: Some(dec(quantity)),
        price: Some(dec(price)),
        discount_pct: dec(discount),
        taxes: taxes.to_vec(),
        ..DraftLine::default()
    }
}

fn draft(currency: &str, lines: Vec<DraftLine>) -> Draft {
    Draft {
        id: None,
        doc_type: DocType::Income,
        date: IssueDate::Unreadable,
        issuer: Party::default(),
        receiver: Party::default(),
        cfdi_use: String::new(),
        payment_type: String::new(),
        payment_method: String::new(),
        currency: currency.to_owned(),
        exchange_rate: None,
        exportation: String::new(),
        terms: None,
        due_date: None,
        server_total: None,
        global_info: None,
        relations: Vec::new(),
        lines,
    }
}

/// Subtotal, discount, transfers, withheld, total.
fn sums_of(currency: &str, lines: Vec<DraftLine>) -> [Money; 5] {
    let totals = totals(&draft(currency, lines), &CATALOGS).expect("amounts that fit");
    [
        totals.subtotal,
        totals.discount,
        totals.transferred,
        totals.withheld,
        totals.total,
    ]
}

#[test]
fn the_worked_cases_come_out_to_the_cent() {
    let fees = [
        iva(),
        tax(Tax::Isr, TaxKind::Withholding, "10"),
        tax(Tax::Iva, TaxKind::Withholding, "10.6667"),
    ];
    let commission = [tax(Tax::Ieps, TaxKind::Transfer, "8"), iva()];
    for (name, currency, lines, sums) in [
        (
            "fees",
            "MXN",
            vec![line("1", "10000", "0", &fees)],
            ["10000.00", "0", "1600.00", "2066.67", "9533.33"],
        ),
        (
            "commission with IEPS inside the base of IVA",
            "MXN",
            vec![line("1", "15000", "0", &commission)],
            ["15000.00", "0", "3792.00", "0", "18792.00"],
        ),
        (
            "discount",
            "MXN",
            vec![line("2", "749.99", "15", &[iva()])],
            ["1499.98", "225.00", "204.00", "0", "1478.98"],
        ),
        (
            "six decimals",
            "MXN",
            vec![line("2.345678", "987.65", "0", &[iva()])],
            ["2316.71", "0", "370.67", "0", "2687.38"],
        ),
        (
            "yen",
            "JPY",
            vec![line("3", "1200", "0", &[iva()])],
            ["3600", "0", "576", "0", "4176"],
        ),
        (
            "one line of three",
            "MXN",
            vec![line("3", "33.33", "0", &[iva()])],
            ["99.99", "0", "16.00", "0", "115.99"],
        ),
        (
            "three lines of one: only the sum is rounded",
            "MXN",
            vec![line("1", "33.33", "0", &[iva()]); 3],
            ["99.99", "0", "16.00", "0", "115.99"],
        ),
    ] {
        assert_eq!(sums_of(currency, lines), sums.map(money), "{name}");
    }
}

#[test]
fn a_discount_on_a_round_amount_keeps_its_cents() {
    assert_eq!(
        sums_of("MXN", vec![line("1", "100", "7.25", &[])]),
        ["100", "7.25", "0", "0", "92.75"].map(money)
    );
}

#[test]
fn transfers_are_grouped_by_rate_and_withholdings_by_tax() {
    let exempt = LineTax {
        tax: Tax::Iva,
        kind: TaxKind::Transfer,
        rate: TaxRate::Exempt,
    };
    let totals = totals(
        &draft(
            "MXN",
            vec![
                line(
                    "1",
                    "100",
                    "0",
                    &[iva(), tax(Tax::Isr, TaxKind::Withholding, "10")],
                ),
                line(
                    "1",
                    "50",
                    "0",
                    &[iva(), tax(Tax::Isr, TaxKind::Withholding, "1.25")],
                ),
                line("1", "25", "0", &[exempt]),
            ],
        ),
        &CATALOGS,
    )
    .expect("amounts that fit");
    let nodes: Vec<_> = totals
        .groups
        .iter()
        .map(|group| (group.kind, group.tax, group.rate, group.base, group.amount))
        .collect();
    assert_eq!(
        nodes,
        [
            (
                TaxKind::Transfer,
                Tax::Iva,
                Some(TaxRate::Percent(dec("16"))),
                money("150"),
                Some(money("24"))
            ),
            (
                TaxKind::Transfer,
                Tax::Iva,
                Some(TaxRate::Exempt),
                money("25"),
                None
            ),
            (
                TaxKind::Withholding,
                Tax::Isr,
                None,
                money("150"),
                Some(money("10.63"))
            ),
        ]
    );
    assert!(totals.has_transferred());
}

#[test]
fn a_tax_per_unit_is_reckoned_on_the_quantity_and_enters_the_base_of_iva() {
    let quota = LineTax {
        tax: Tax::Ieps,
        kind: TaxKind::Transfer,
        rate: TaxRate::PerUnit(dec("1.5")),
    };
    assert_eq!(
        sums_of("MXN", vec![line("10", "20", "0", &[quota, iva()])]),
        ["200", "0", "49.40", "0", "249.40"].map(money)
    );
}

#[test]
fn a_document_without_transfers_but_exempt_ones_has_no_total_of_transfers() {
    let exempt = LineTax {
        tax: Tax::Iva,
        kind: TaxKind::Transfer,
        rate: TaxRate::Exempt,
    };
    let totals = totals(
        &draft("MXN", vec![line("1", "10", "0", &[exempt])]),
        &CATALOGS,
    );
    assert!(!totals.expect("amounts that fit").has_transferred());
}

#[test]
fn a_missing_price_is_left_out_and_named_not_taken_for_zero() {
    let mut open = line("1", "10", "0", &[]);
    open.price = None;
    let totals = totals(
        &draft("MXN", vec![line("1", "10", "0", &[]), open]),
        &CATALOGS,
    )
    .expect("amounts that fit");
    assert_eq!(totals.left_out, [1]);
    assert_eq!(totals.total, money("10"));
}

#[test]
fn an_amount_too_large_names_its_line() {
    let huge = line("999999999999", "999999999999", "0", &[]);
    let overflow = totals(
        &draft("MXN", vec![line("1", "1", "0", &[]), huge]),
        &CATALOGS,
    );
    assert_eq!(overflow, Err(Overflow { line: Some(1) }));
    let large = line("1", "999999999999999999", "0", &[]);
    let overflow = totals(&draft("MXN", vec![large.clone(), large]), &CATALOGS);
    assert_eq!(overflow, Err(Overflow { line: None }));
}

#[test]
fn the_bounds_of_a_line_are_those_of_the_sat() {
    assert_eq!(
        amount_bounds(dec("14.16"), dec("13.66"), 2),
        Ok((dec("193.28"), dec("193.57")))
    );
    assert_eq!(
        tax_bounds(dec("99.99"), dec("0.16"), 2),
        Ok((dec("15.99"), dec("16.00")))
    );
}

prop_compose! {
    fn any_line()(quantity in 0i64..10_000_000, scale in 0u32..7, price in 0i64..1_000_000_000, discount in 0i64..101, taxes in 0usize..4) -> DraftLine {
        let all = [
            tax(Tax::Ieps, TaxKind::Transfer, "8"),
            iva(),
            tax(Tax::Isr, TaxKind::Withholding, "10"),
        ];
        DraftLine {
            quantity: Some(Decimal::new(quantity, scale)),
            price: Some(Decimal::new(price, 4)),
            discount_pct: Decimal::from(discount),
            taxes: all.into_iter().take(taxes).collect(),
            ..DraftLine::default()
        }
    }
}

proptest! {
    #[test]
    fn the_total_is_exactly_what_its_parts_say(lines in prop::collection::vec(any_line(), 1..20)) {
        let totals = totals(&draft("MXN", lines), &CATALOGS).expect("amounts that fit");
        prop_assert_eq!(
            totals.total,
            totals.subtotal - totals.discount + totals.transferred - totals.withheld
        );
        prop_assert!(totals.total.decimal().scale() <= 2);
    }

    #[test]
    fn the_order_of_lines_changes_nothing(lines in prop::collection::vec(any_line(), 1..20)) {
        let mut turned = lines.clone();
        turned.reverse();
        prop_assert_eq!(totals(&draft("MXN", lines), &CATALOGS), totals(&draft("MXN", turned), &CATALOGS));
    }

    #[test]
    fn no_number_makes_it_panic(quantity in any::<[u8; 12]>(), price in any::<[u8; 12]>(), discount in any::<i64>(), scales in (0u32..29, 0u32..29)) {
        let wild = |bytes: [u8; 12], scale| {
            let part = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
            Decimal::from_parts(part(0), part(4), part(8), bytes[0] > 127, scale)
        };
        let line = DraftLine {
            quantity: Some(wild(quantity, scales.0)),
            price: Some(wild(price, scales.1)),
            discount_pct: Decimal::from(discount),
            taxes: vec![tax(Tax::Ieps, TaxKind::Transfer, "8"), iva()],
            ..DraftLine::default()
        };
        let _ = totals(&draft("MXN", vec![line]), &CATALOGS);
        let _ = amount_bounds(wild(quantity, scales.0), wild(price, scales.1), 6);
    }
}

#[test]
fn an_amount_at_the_limit_of_the_schema_is_too_large() {
    let cent = Decimal::new(1, 2);
    assert!(within(Some(AMOUNT_LIMIT)).is_err());
    assert!(within(Some(-AMOUNT_LIMIT)).is_err());
    assert!(within(Some(AMOUNT_LIMIT - cent)).is_ok());
    assert!(within(None).is_err());
}

/// The limits themselves, at their edges: six decimals of a line and of a rate, eighteen integer digits, the decimals of
/// a currency that nobody knows.
#[test]
fn the_limits_of_amounts_lie_where_the_schema_has_them() {
    let amounts = |quantity, price| line_amounts(&line(quantity, price, "0", &[]), 2);
    let amount = amounts("0.333333", "0.333333")
        .expect("small")
        .expect("read");
    assert_eq!(amount.amount, dec("0.111111"));
    assert_eq!(fraction_of_percent(dec("10.66667")), Ok(dec("0.106667")));
    assert!(amounts("10", "100000000000000000").is_err());
    assert!(amounts("9", "100000000000000000").is_ok());
    assert_eq!(decimals(&draft("mxn", Vec::new()), &CATALOGS), 2);
}
