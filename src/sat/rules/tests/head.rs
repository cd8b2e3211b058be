//! Payment, currency, date, terms, export.

use super::*;

pub(super) const CASES: &[Broken] = &[
    (
        "no forma",
        |d| d.payment_method.clear(),
        &["alegra-forma@paymentMethod"],
    ),
    (
        "key instead of word",
        |d| d.payment_method = "99".into(),
        &["alegra-forma@paymentMethod"],
    ),
    (
        "unknown word",
        |d| d.payment_method = "bitcoin".into(),
        &["alegra-forma@paymentMethod"],
    ),
    (
        "deposit",
        |d| {
            d.payment_type = "PUE".into();
            d.payment_method = "deposit".into();
            d.due_date = None;
        },
        &["alegra-deposit@paymentMethod"],
    ),
    (
        "no método",
        |d| d.payment_type.clear(),
        &["cfdi40124@paymentType"],
    ),
    (
        "small método",
        |d| d.payment_type = "ppd".into(),
        &["cfdi40124@paymentType"],
    ),
    (
        "PPD with a means",
        |d| d.payment_method = "transfer".into(),
        &["cfdi40105@paymentMethod"],
    ),
    (
        "PUE without a means",
        |d| {
            d.payment_type = "PUE".into();
            d.due_date = None;
        },
        &["guia-pue99@paymentMethod"],
    ),
    (
        "PUE due next month",
        |d| {
            d.payment_type = "PUE".into();
            d.payment_method = "transfer".into();
            d.due_date = Some(date(2026, 4, 1));
        },
        &["local-pue-due@paymentType"],
    ),
    (
        "PUE due on the last of the month",
        |d| {
            d.payment_type = "PUE".into();
            d.payment_method = "transfer".into();
            d.due_date = Some(date(2026, 3, 31));
        },
        &[],
    ),
    (
        "PUE due next January",
        |d| {
            d.payment_type = "PUE".into();
            d.payment_method = "transfer".into();
            d.due_date = Some(date(2027, 1, 1));
        },
        &["local-pue-due@paymentType"],
    ),
    (
        "much cash",
        |d| cash(d, "1724.15"),
        &["local-cash@paymentMethod"],
    ),
    ("2,000.00 in cash", |d| cash(d, "1724.14"), &[]),
    (
        "cash in dollars",
        |d| {
            cash(d, "100");
            d.currency = "USD".into();
            d.exchange_rate = Some(dec("18.5"));
        },
        &["local-cash@paymentMethod"],
    ),
    (
        "unknown currency",
        |d| d.currency = "MXP".into(),
        &["cfdi40113@currency"],
    ),
    (
        "no currency",
        |d| d.currency.clear(),
        &["cfdi40113@currency"],
    ),
    ("pesos at 1", |d| d.exchange_rate = Some(dec("1.00")), &[]),
    (
        "pesos at 2",
        |d| d.exchange_rate = Some(dec("2")),
        &["cfdi40114@exchangeRate"],
    ),
    (
        "dollars without a rate",
        |d| d.currency = "USD".into(),
        &["cfdi40115@exchangeRate"],
    ),
    (
        "dollars at 0",
        |d| dollars(d, "0"),
        &["cfdi40117@exchangeRate"],
    ),
    (
        "dollars below 0",
        |d| dollars(d, "-18"),
        &["cfdi40117@exchangeRate"],
    ),
    (
        "a rate of seven decimals",
        |d| dollars(d, "18.1234567"),
        &["cfdi40117@exchangeRate"],
    ),
    (
        "a rate of six decimals and a useless zero",
        |d| dollars(d, "18.1234560"),
        &[],
    ),
    (
        "no currency at all",
        |d| d.currency = "XXX".into(),
        &["local-xxx@currency"],
    ),
    (
        "unreadable date",
        |d| d.date = IssueDate::Unreadable,
        &["cfdi40101@date"],
    ),
    (
        "four days ago",
        |d| d.date = IssueDate::Day(date(2026, 3, 14)),
        &["pac-401-old@date"],
    ),
    (
        "three days ago",
        |d| d.date = IssueDate::Day(date(2026, 3, 15)),
        &["pac-401-closing@date"],
    ),
    (
        "two days ago",
        |d| d.date = IssueDate::Day(date(2026, 3, 16)),
        &[],
    ),
    (
        "tomorrow",
        |d| d.date = IssueDate::Day(date(2026, 3, 19)),
        &["pac-401-future@date"],
    ),
    (
        "72 hours ago",
        |d| d.date = IssueDate::Instant(datetime(2026, 3, 15, 12, 0, 0, 0)),
        &["pac-401-closing@date"],
    ),
    (
        "a second more",
        |d| d.date = IssueDate::Instant(datetime(2026, 3, 15, 11, 59, 59, 0)),
        &["pac-401-old@date"],
    ),
    (
        "48 hours ago",
        |d| d.date = IssueDate::Instant(datetime(2026, 3, 16, 12, 0, 0, 0)),
        &["pac-401-closing@date"],
    ),
    (
        "a second less",
        |d| d.date = IssueDate::Instant(datetime(2026, 3, 16, 12, 0, 1, 0)),
        &[],
    ),
    ("now", |d| d.date = IssueDate::Instant(NOW), &[]),
    (
        "in a second",
        |d| d.date = IssueDate::Instant(datetime(2026, 3, 18, 12, 0, 1, 0)),
        &["pac-401-future@date"],
    ),
    (
        "long terms",
        |d| d.terms = Some("é".repeat(1001)),
        &["xsd-terms@terms"],
    ),
    ("terms of 1000", |d| d.terms = Some("é".repeat(1000)), &[]),
    (
        "terms with a bar",
        |d| d.terms = Some("30|60".into()),
        &["xsd-terms@terms"],
    ),
    (
        "terms with what XML cannot carry",
        |d| d.terms = Some("30\u{0}días".into()),
        &["xsd-terms@terms"],
    ),
    ("empty terms", |d| d.terms = Some(String::new()), &[]),
    ("no terms", |d| d.terms = None, &[]),
    (
        "no export key",
        |d| d.exportation.clear(),
        &["cfdi40123@exportation"],
    ),
    (
        "export 05",
        |d| d.exportation = "05".into(),
        &["cfdi40123@exportation"],
    ),
    (
        "export A1",
        |d| d.exportation = "02".into(),
        &["cfdi40122@exportation"],
    ),
    ("export 04", |d| d.exportation = "04".into(), &[]),
];

/// One piece at this price, paid in cash.
fn cash(draft: &mut Draft, price: &str) {
    draft.payment_type = "PUE".to_owned();
    draft.payment_method = "cash".to_owned();
    draft.due_date = None;
    line(draft).quantity = Some(dec("1"));
    line(draft).price = Some(dec(price));
    line(draft).discount_pct = dec("0");
}

fn dollars(draft: &mut Draft, rate: &str) {
    draft.currency = "USD".to_owned();
    draft.exchange_rate = Some(dec(rate));
}

#[test]
fn payment_currency_date_terms_and_export() {
    hold(CASES);
}

#[test]
fn every_pairing_of_metodo_and_forma_is_judged_by_the_code_behind_the_word() {
    for means in CATALOGS.payment_means() {
        let mut draft = sound();
        draft.payment_method = means.word.to_owned();
        let barred = judged(&draft, NOW, &Knowledge::default())
            .contains(&"cfdi40105@paymentMethod".to_owned());
        assert_eq!(barred, means.code != "99", "{}", means.word);
    }
}

#[test]
fn the_hours_left_are_whole_and_counted_from_the_end_of_the_day() {
    let hours = |date, now| {
        let mut draft = sound();
        draft.date = date;
        let findings = validate(&draft, &CATALOGS, now, &Knowledge::default());
        findings
            .first()
            .and_then(|finding| finding.value("hours").cloned())
    };
    let third = IssueDate::Day(date(2026, 3, 15));
    assert_eq!(hours(third, NOW), Some(crate::sat::Value::Count(11)));
    assert_eq!(
        hours(third, datetime(2026, 3, 18, 23, 30, 0, 0)),
        Some(crate::sat::Value::Count(0))
    );
    assert_eq!(hours(third, datetime(2026, 3, 17, 23, 0, 0, 0)), None);
}

#[test]
fn along_the_border_one_hour_does_not_bar_a_stamp() {
    let at_border = |date, now| {
        let mut draft = sound();
        draft.issuer.zip = "22000".to_owned();
        draft.date = date;
        judged(&draft, now, &Knowledge::default())
    };
    let day = IssueDate::Day(date(2026, 3, 18));
    assert_eq!(
        at_border(day, datetime(2026, 3, 17, 23, 0, 0, 0)),
        ["pac-401-hour@date"]
    );
    assert_eq!(
        at_border(day, datetime(2026, 3, 17, 22, 59, 59, 0)),
        ["pac-401-future@date"]
    );
    assert_eq!(
        at_border(day, datetime(2026, 3, 22, 0, 59, 59, 0)),
        ["pac-401-hour@date"]
    );
    assert_eq!(
        at_border(day, datetime(2026, 3, 22, 1, 0, 0, 0)),
        ["pac-401-old@date"]
    );
    let mut inland = sound();
    inland.date = day;
    assert_eq!(
        judged(
            &inland,
            datetime(2026, 3, 22, 0, 0, 0, 0),
            &Knowledge::default()
        ),
        ["pac-401-old@date"]
    );
    assert_eq!(
        judged(
            &inland,
            datetime(2026, 3, 21, 23, 59, 59, 0),
            &Knowledge::default()
        ),
        ["pac-401-closing@date"]
    );
}

#[test]
fn a_rate_is_held_against_the_reference_where_one_is_known() {
    let knowledge = Knowledge {
        reference_rate: Some(dec("20")),
        ..Knowledge::default()
    };
    for (rate, expected) in [
        ("21", &[][..]),
        ("19", &[]),
        ("21.000001", &["cfdi40118@exchangeRate"]),
        ("18.999999", &["cfdi40118@exchangeRate"]),
    ] {
        let mut draft = sound();
        dollars(&mut draft, rate);
        assert_eq!(judged(&draft, NOW, &knowledge), expected, "{rate}");
        assert_eq!(
            judged(&draft, NOW, &Knowledge::default()),
            Vec::<String>::new(),
            "{rate}"
        );
    }
}
