//! Pairs of the rules on payment, currency, date, terms and export.

use super::*;

pub(super) fn pairs() -> Vec<(&'static str, Pair)> {
    vec![
        (
            "alegra-forma",
            Drafts(|d| d.payment_method = "99".into(), as_it_is),
        ),
        (
            "alegra-deposit",
            Drafts(|d| at_once(d, "deposit"), |d| at_once(d, "transfer")),
        ),
        (
            "cfdi40124",
            Drafts(
                |d| d.payment_type = "pue".into(),
                |d| at_once(d, "transfer"),
            ),
        ),
        (
            "cfdi40105",
            Drafts(|d| d.payment_method = "transfer".into(), as_it_is),
        ),
        ("guia-pue99", Drafts(|d| at_once(d, "other"), as_it_is)),
        (
            "local-pue-due",
            Drafts(
                |d| {
                    at_once(d, "transfer");
                    d.due_date = Some(date(2026, 4, 1))
                },
                |d| {
                    at_once(d, "transfer");
                    d.due_date = Some(date(2026, 3, 31))
                },
            ),
        ),
        (
            "local-cash",
            Drafts(
                |d| {
                    at_once(d, "cash");
                    exactly(d, "2000.01")
                },
                |d| {
                    at_once(d, "cash");
                    exactly(d, "2000")
                },
            ),
        ),
        (
            "cfdi40113",
            Drafts(
                |d| in_currency(d, "mxn", None),
                |d| in_currency(d, "USD", Some("18")),
            ),
        ),
        (
            "cfdi40114",
            Drafts(
                |d| d.exchange_rate = Some(dec("1.01")),
                |d| d.exchange_rate = Some(dec("1.00")),
            ),
        ),
        (
            "cfdi40115",
            Drafts(
                |d| in_currency(d, "JPY", None),
                |d| in_currency(d, "JPY", Some("0.12")),
            ),
        ),
        (
            "cfdi40117",
            Drafts(
                |d| in_currency(d, "USD", Some("18.1234567")),
                |d| in_currency(d, "USD", Some("18.123456")),
            ),
        ),
        (
            "cfdi40118",
            Known(
                |d| in_currency(d, "USD", Some("18.90")),
                knowing(Some("17.99"), None),
                knowing(Some("18"), None),
            ),
        ),
        (
            "local-xxx",
            Drafts(
                |d| in_currency(d, "XXX", None),
                |d| in_currency(d, "XAU", Some("70000")),
            ),
        ),
        (
            "cfdi40101",
            Drafts(|d| d.date = IssueDate::Unreadable, as_it_is),
        ),
        (
            "pac-401-old",
            Drafts(|d| issued(d, 15, 11, 59, 59), |d| issued(d, 15, 12, 0, 0)),
        ),
        (
            "pac-401-future",
            Drafts(|d| issued(d, 18, 12, 0, 1), |d| issued(d, 18, 12, 0, 0)),
        ),
        (
            "pac-401-closing",
            Drafts(|d| issued(d, 16, 12, 0, 0), |d| issued(d, 16, 12, 0, 1)),
        ),
        (
            "pac-401-hour",
            Drafts(
                |d| {
                    issued(d, 15, 11, 0, 0);
                    d.issuer.zip = "32000".into()
                },
                |d| {
                    issued(d, 15, 10, 59, 59);
                    d.issuer.zip = "32000".into()
                },
            ),
        ),
        (
            "xsd-terms",
            Drafts(
                |d| d.terms = Some("ñ".repeat(1001)),
                |d| d.terms = Some("ñ".repeat(1000)),
            ),
        ),
        (
            "cfdi40123",
            Drafts(
                |d| d.exportation = "05".into(),
                |d| d.exportation = "04".into(),
            ),
        ),
        (
            "cfdi40122",
            Drafts(
                |d| d.exportation = "02".into(),
                |d| d.exportation = "03".into(),
            ),
        ),
    ]
}
