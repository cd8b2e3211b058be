//! What holds for every draft, however wild.

use proptest::prelude::*;

use super::*;

/// Mostly values that mean something, now and then any text.
fn text(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(known).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        3 => (0i64..1_000_000, 0u32..7).prop_map(|(number, scale)| Decimal::new(number, scale)),
        1 => (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0u32..29)
            .prop_map(|(low, middle, high, minus, scale)| Decimal::from_parts(low, middle, high, minus, scale)),
    ]
}

prop_compose! {
    fn any_tax()(
        tax in prop::sample::select(&[Tax::Iva, Tax::Ieps, Tax::Isr][..]),
        kind in prop::sample::select(&[TaxKind::Transfer, TaxKind::Withholding][..]),
        rate in prop_oneof![
            number().prop_map(TaxRate::Percent),
            number().prop_map(TaxRate::PerUnit),
            Just(TaxRate::Exempt),
            Just(TaxRate::Percent(Decimal::from(16))),
            Just(TaxRate::Percent(Decimal::from(8))),
        ],
    ) -> LineTax {
        LineTax { tax, kind, rate }
    }
}

prop_compose! {
    fn any_line()(
        product_key in text(&["43211503", "01010101", "11131601", "15101514", ""]),
        unit_key in text(&["H87", "ACT", "PZA", "h87"]),
        description in text(&["Venta", "Servicio", "a|b"]),
        code in prop::option::of(text(&["A1"])),
        quantity in prop::option::of(number()),
        price in prop::option::of(number()),
        discount_pct in number(),
        tax_object in text(&["01", "02", "06", "07"]),
        taxes in prop::collection::vec(any_tax(), 0..4),
    ) -> DraftLine {
        DraftLine { product_key, unit_key, description, code, quantity, price, discount_pct, tax_object, taxes }
    }
}

prop_compose! {
    fn any_party()(
        rfc in text(&["EKU9003173C9", "URE180429TM6", "CACX7605101P8", "XAXX010101000", "XEXX010101000"]),
        name in text(&["ACME SA DE CV", "PUBLICO EN GENERAL", "Público general"]),
        regime in text(&["601", "612", "616", "626", "609"]),
        zip in text(&["42501", "22000", "00999", "6000"]),
    ) -> Party {
        Party { rfc, name, regime, zip }
    }
}

prop_compose! {
    pub fn any_draft()(
        parties in (any_party(), any_party()),
        cfdi_use in text(&["G03", "S01", "D01", "CP01", "G02"]),
        payment in (text(&["PUE", "PPD"]), text(&["cash", "other", "transfer", "03"])),
        currency in (text(&["MXN", "USD", "JPY", "XXX"]), prop::option::of(number())),
        exportation in text(&["01", "02"]),
        credit in any::<bool>(),
        day in 0i64..20,
        terms in prop::option::of(any::<String>()),
        global in prop::option::of((text(&["04", "05"]), text(&["03", "14"]), text(&["2026", "2020"]))),
        relations in prop::collection::vec((text(&["01", "04"]), prop::collection::vec(any::<String>(), 0..3)), 0..3),
        server_total in prop::option::of(number()),
        lines in prop::collection::vec(any_line(), 0..6),
    ) -> Draft {
        Draft {
            id: None,
            doc_type: if credit { DocType::Credit } else { DocType::Income },
            date: date(2026, 3, 8)
                .checked_add(jiff::SignedDuration::from_hours(24 * day))
                .map_or(IssueDate::Unreadable, IssueDate::Day),
            issuer: parties.0,
            receiver: parties.1,
            cfdi_use,
            payment_type: payment.0,
            payment_method: payment.1,
            currency: currency.0,
            exchange_rate: currency.1,
            exportation,
            terms,
            due_date: Some(date(2026, 4, 1)),
            server_total,
            global_info: global.map(|(periodicity, months, year)| GlobalInfo { periodicity, months, year }),
            relations: relations.into_iter().map(|(kind, uuids)| Relation { kind, uuids }).collect(),
            lines,
        }
    }
}

/// Findings of one line by its rule, wherever the line stands.
fn of_line(draft: &Draft, wanted: usize) -> Vec<&'static str> {
    validate(draft, &CATALOGS, NOW, &Knowledge::default())
        .into_iter()
        .filter(|finding| finding.path.line() == Some(wanted))
        // These speak of the document at the first line that shows it.
        .filter(|finding| {
            !["LOCAL-iva8", "LOCAL-mix", "GUIA-global", "LOCAL-overflow"].contains(&finding.code())
        })
        .map(|finding| finding.rule.id)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_same_draft_always_gets_the_same_findings(draft in any_draft()) {
        let first = validate(&draft, &CATALOGS, NOW, &Knowledge::default());
        prop_assert_eq!(&first, &validate(&draft, &CATALOGS, NOW, &Knowledge::default()));
        for finding in &first {
            let names: Vec<&str> = finding.values.iter().map(|(name, _)| *name).collect();
            prop_assert_eq!(names, finding.rule.values.to_vec());
        }
    }

    #[test]
    fn no_finding_is_told_twice_at_one_place(draft in any_draft()) {
        let found = judged(&draft, NOW, &Knowledge::default());
        let distinct: BTreeSet<&String> = found.iter().collect();
        // Object 06 may refuse IVA and IEPS on one line: two taxes, one place.
        let repeats = found.iter().filter(|finding| finding.starts_with("cfdi140226")).count() / 2;
        prop_assert!(distinct.len() + repeats >= found.len());
    }

    #[test]
    fn a_line_is_judged_alike_wherever_it_stands(draft in any_draft()) {
        let mut turned = draft.clone();
        turned.lines.reverse();
        let count = draft.lines.len();
        let sound_sums = arithmetic::totals(&draft, &CATALOGS).is_ok();
        for idx in 0..count {
            let (here, there) = (of_line(&draft, idx), of_line(&turned, count - 1 - idx));
            // An overflow somewhere silences the bases of every line.
            prop_assert!(!sound_sums || here == there, "{:?} {:?}", here, there);
        }
    }
}
