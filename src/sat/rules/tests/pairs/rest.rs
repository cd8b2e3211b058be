//! Pairs of the rules on totals, global invoice, ledger accounts and relations.

use super::*;

pub(super) fn pairs() -> Vec<(&'static str, Pair)> {
    vec![
        (
            "local-overflow",
            Drafts(
                |d| {
                    exactly(d, "999999999999999999");
                    line(d).quantity = Some(dec("2"))
                },
                |d| exactly(d, "999999999999999999"),
            ),
        ),
        (
            "local-zero",
            Drafts(
                |d| {
                    exactly(d, "5");
                    line(d).discount_pct = dec("100")
                },
                |d| {
                    exactly(d, "5");
                    line(d).discount_pct = dec("99")
                },
            ),
        ),
        (
            "local-total-near",
            Drafts(
                |d| d.server_total = Some(dec("27550.01")),
                |d| d.server_total = Some(dec("27550")),
            ),
        ),
        (
            "local-total",
            Drafts(
                |d| d.server_total = Some(dec("27549.98")),
                |d| d.server_total = Some(dec("27549.99")),
            ),
        ),
        (
            "cfdi40130",
            Drafts(
                |d| {
                    global(d);
                    d.global_info = None
                },
                global,
            ),
        ),
        (
            "cfdi40131",
            Drafts(
                |d| info(d, "06", "03", "2026"),
                |d| info(d, "01", "03", "2026"),
            ),
        ),
        (
            "cfdi40132",
            Drafts(
                |d| info(d, "05", "14", "2026"),
                |d| {
                    info(d, "05", "14", "2026");
                    d.issuer.regime = "621".into()
                },
            ),
        ),
        (
            "cfdi40133",
            Drafts(
                |d| info(d, "04", "19", "2026"),
                |d| info(d, "04", "18", "2026"),
            ),
        ),
        (
            "cfdi40134",
            Drafts(
                |d| info(d, "05", "12", "2026"),
                |d| info(d, "05", "13", "2026"),
            ),
        ),
        (
            "cfdi40135",
            Drafts(
                |d| info(d, "04", "13", "2026"),
                |d| info(d, "04", "12", "2026"),
            ),
        ),
        (
            "cfdi40136",
            Drafts(
                |d| info(d, "04", "03", "2020"),
                |d| info(d, "04", "03", "2021"),
            ),
        ),
        (
            "cfdi40136-old",
            Drafts(
                |d| info(d, "04", "03", "2024"),
                |d| info(d, "04", "03", "2025"),
            ),
        ),
        (
            "guia-global",
            Drafts(
                |d| {
                    global(d);
                    line(d).unit_key = "H87".into()
                },
                global,
            ),
        ),
        (
            "guia-global-stray",
            Drafts(
                |d| {
                    info(d, "04", "03", "2026");
                    d.receiver.name = "JUAN PEREZ".into()
                },
                global,
            ),
        ),
        (
            "local-agrup",
            Accounts(account(Some("101.99"), None), account(Some("101.01"), None)),
        ),
        (
            "local-agrup-group",
            Accounts(account(Some("100.01"), None), account(Some("101"), None)),
        ),
        (
            "local-agrup-parent",
            Accounts(
                account(Some("101.01"), Some("201")),
                account(Some("101.01"), Some("102")),
            ),
        ),
        (
            "local-agrup-none",
            Accounts(
                account(None, None),
                GroupedAccount {
                    postable: false,
                    ..account(None, None)
                },
            ),
        ),
        (
            "cfdi40137",
            Drafts(|d| related(d, "08", UUID), |d| related(d, "07", UUID)),
        ),
        (
            "xsd-uuid",
            Drafts(
                |d| related(d, "04", &UUID[1..]),
                |d| related(d, "04", &UUID.to_lowercase()),
            ),
        ),
        (
            "guia-rel",
            Drafts(
                |d| related(d, "03", UUID),
                |d| {
                    credit_note(d);
                    related(d, "03", UUID)
                },
            ),
        ),
        (
            "guia-rel-none",
            Drafts(
                |d| {
                    credit_note(d);
                    d.relations.clear()
                },
                credit_note,
            ),
        ),
    ]
}
