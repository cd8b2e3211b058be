//! Totals, global invoice, relations.

use super::*;
use crate::sat::finding::Value;

pub(super) const CASES: &[Broken] = &[
    (
        "the server's total is ours",
        |d| d.server_total = Some(dec("27550")),
        &[],
    ),
    (
        "a cent off",
        |d| d.server_total = Some(dec("27550.01")),
        &["local-total-near@serverTotal"],
    ),
    (
        "two cents off with one line",
        |d| d.server_total = Some(dec("27549.98")),
        &["local-total@serverTotal"],
    ),
    (
        "three lines rounded one by one",
        |d| {
            line(d).quantity = Some(dec("1"));
            line(d).price = Some(dec("33.33"));
            line(d).discount_pct = dec("0");
            d.lines = vec![line(d).clone(); 3];
            d.server_total = Some(dec("115.98"));
        },
        &["local-total-near@serverTotal"],
    ),
    (
        "an amount too large",
        |d| {
            line(d).quantity = Some(dec("999999999999"));
            line(d).price = Some(dec("999999999999"));
        },
        &["local-overflow@lines[0].price"],
    ),
    (
        "sums too large",
        |d| {
            line(d).quantity = Some(dec("1"));
            line(d).price = Some(dec("999999999999999999"));
            line(d).discount_pct = dec("0");
            line(d).taxes = vec![transfer(Tax::Iva, "0")];
            let twin = line(d).clone();
            d.lines.push(twin);
        },
        &["local-overflow@lines"],
    ),
    ("global invoice", global, &["alegra-xaxx@receiver.rfc"]),
    (
        "global invoice without its period",
        |d| {
            global(d);
            d.global_info = None;
        },
        &["alegra-xaxx@receiver.rfc", "cfdi40130@globalInfo"],
    ),
    (
        "credit note to the public",
        |d| {
            global(d);
            d.global_info = None;
            credit_note(d);
            line(d).product_key = "84111506".into();
        },
        &["alegra-xaxx@receiver.rfc"],
    ),
    (
        "periodicity 06",
        |d| period(d, "06", "03", "2026"),
        &[
            "alegra-xaxx@receiver.rfc",
            "cfdi40131@globalInfo.periodicity",
        ],
    ),
    (
        "two-monthly without régimen 621",
        |d| period(d, "05", "14", "2026"),
        &[
            "alegra-xaxx@receiver.rfc",
            "cfdi40132@globalInfo.periodicity",
        ],
    ),
    (
        "two-monthly with régimen 621",
        |d| {
            period(d, "05", "14", "2026");
            d.issuer = party("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "621", "42501");
        },
        &["alegra-xaxx@receiver.rfc"],
    ),
    (
        "month 19",
        |d| period(d, "04", "19", "2026"),
        &["alegra-xaxx@receiver.rfc", "cfdi40133@globalInfo.months"],
    ),
    (
        "two-monthly with one month",
        |d| {
            period(d, "05", "12", "2026");
            d.issuer = party("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "621", "42501");
        },
        &["alegra-xaxx@receiver.rfc", "cfdi40134@globalInfo.months"],
    ),
    (
        "monthly with two months",
        |d| period(d, "04", "13", "2026"),
        &["alegra-xaxx@receiver.rfc", "cfdi40135@globalInfo.months"],
    ),
    (
        "last year",
        |d| period(d, "04", "12", "2025"),
        &["alegra-xaxx@receiver.rfc"],
    ),
    (
        "five years back",
        |d| period(d, "04", "12", "2021"),
        &["alegra-xaxx@receiver.rfc", "cfdi40136-old@globalInfo.year"],
    ),
    (
        "six years back",
        |d| period(d, "04", "12", "2020"),
        &["alegra-xaxx@receiver.rfc", "cfdi40136@globalInfo.year"],
    ),
    (
        "next year",
        |d| period(d, "04", "12", "2027"),
        &["alegra-xaxx@receiver.rfc", "cfdi40136@globalInfo.year"],
    ),
    (
        "no year",
        |d| period(d, "04", "12", "+026"),
        &["alegra-xaxx@receiver.rfc", "cfdi40136@globalInfo.year"],
    ),
    (
        "an ordinary line on a global invoice",
        |d| {
            global(d);
            d.lines = vec![DraftLine {
                quantity: Some(dec("1")),
                taxes: vec![transfer(Tax::Iva, "16"), withheld(Tax::Isr, "10")],
                ..sound_line()
            }];
            d.payment_type = "PPD".into();
            d.payment_method = "other".into();
            d.terms = Some("30 días".into());
        },
        &[
            "alegra-xaxx@receiver.rfc",
            "guia-global@paymentType",
            "guia-global@terms",
            "guia-global@lines[0].productKey",
            "guia-global@lines[0].unitKey",
            "guia-global@lines[0].description",
            "guia-global@lines[0].taxes",
        ],
    ),
    (
        "period data on an ordinary invoice",
        |d| {
            let mut other = sound();
            global(&mut other);
            d.global_info = other.global_info;
        },
        &["guia-global-stray@globalInfo"],
    ),
    (
        "relation 08",
        |d| relate(d, "08"),
        &["cfdi40137@relations[0].type"],
    ),
    (
        "no relation type",
        |d| relate(d, ""),
        &["cfdi40137@relations[0].type"],
    ),
    ("replacement", |d| relate(d, "04"), &[]),
    ("advance applied", |d| relate(d, "07"), &[]),
    (
        "credit-note relation on an invoice",
        |d| relate(d, "01"),
        &["guia-rel@relations[0].type"],
    ),
    (
        "transfer relation on an invoice",
        |d| relate(d, "05"),
        &["guia-rel@relations[0].type"],
    ),
    ("invoice from transfers", |d| relate(d, "06"), &[]),
    (
        "invoice from transfers on a credit note",
        |d| {
            credit_note(d);
            relate(d, "06");
        },
        &["guia-rel@relations[0].type"],
    ),
    (
        "no UUID",
        |d| {
            relate(d, "04");
            d.relations = vec![Relation {
                kind: "04".into(),
                uuids: Vec::new(),
            }];
        },
        &["xsd-uuid@relations[0].uuids"],
    ),
    (
        "a UUID of the wrong shape",
        |d| {
            d.relations = vec![Relation {
                kind: "04".into(),
                uuids: vec![
                    "5fb2822e-396d-4725-8521-cdc4bdd20ccf".into(),
                    "5FB2822E396D47258521CDC4BDD20CCF".into(),
                    "5FB2822E-396D-4725-8521-CDC4BDD20CCG".into(),
                ],
            }];
        },
        &[
            "xsd-uuid@relations[0].uuids[1]",
            "xsd-uuid@relations[0].uuids[2]",
        ],
    ),
    ("credit note", credit_note, &[]),
    (
        "credit note without a relation",
        |d| {
            credit_note(d);
            d.relations.clear();
        },
        &["guia-rel-none@relations"],
    ),
];

fn period(draft: &mut Draft, periodicity: &str, months: &str, year: &str) {
    global(draft);
    draft.global_info = Some(GlobalInfo {
        periodicity: periodicity.to_owned(),
        months: months.to_owned(),
        year: year.to_owned(),
    });
}

fn relate(draft: &mut Draft, kind: &str) {
    draft.relations = vec![Relation {
        kind: kind.to_owned(),
        uuids: vec!["5FB2822E-396D-4725-8521-CDC4BDD20CCF".to_owned()],
    }];
}

#[test]
fn totals_global_invoice_and_relations() {
    hold(CASES);
}

#[test]
fn what_xml_can_carry_is_what_its_specification_says() {
    let carried = |code: u32| char::from_u32(code).map(is_xml);
    for code in 0..=0xffff {
        let Some(found) = carried(code) else {
            continue;
        };
        // Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]
        let expected = [0x9, 0xa, 0xd].contains(&code)
            || (0x20..=0xd7ff).contains(&code)
            || (0xe000..=0xfffd).contains(&code);
        assert_eq!(found, expected, "{code:x}");
    }
    assert_eq!(carried(0x1_0000), Some(true));
    assert_eq!(carried(0x10_ffff), Some(true));
}

#[test]
fn a_year_of_five_digits_is_no_year() {
    let mut draft = sound();
    global(&mut draft);
    if let Some(info) = &mut draft.global_info {
        info.year = "02026".to_owned();
    }
    let found = validate(&draft, &CATALOGS, NOW, &Knowledge::default());
    let errors: Vec<&str> = found
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| finding.rule.id)
        .collect();
    assert_eq!(errors, ["cfdi40136"]);
}

#[test]
fn findings_carry_what_was_found() {
    let text = |slip: fn(&mut Draft), id: &str, name: &str| {
        let mut draft = sound();
        slip(&mut draft);
        let found = validate(&draft, &CATALOGS, NOW, &Knowledge::default());
        let finding = found.iter().find(|finding| finding.rule.id == id);
        finding.and_then(|finding| finding.value(name).cloned())
    };
    let expected = |text: &str| Some(Value::Text(text.to_owned()));
    let quantity = text(
        |d| line(d).quantity = Some(dec("-2.50")),
        "xsd-qty",
        "found",
    );
    assert_eq!(quantity, expected("-2.50"));
    let price = text(|d| line(d).price = Some(dec("-1")), "cfdi40166", "found");
    assert_eq!(price, expected("-1"));
    let day = text(
        |d| d.receiver.rfc = "URE180230TM6".into(),
        "cfdi40143-day",
        "day",
    );
    assert_eq!(day, expected("30/02/18"));
    let rate = |d: &mut Draft| line(d).taxes = vec![transfer(Tax::Iva, "15.00")];
    assert_eq!(text(rate, "cfdi40179", "found"), expected("15 %"));
    assert_eq!(text(rate, "cfdi40179", "tax"), expected("IVA"));
    let quota = |d: &mut Draft| {
        let mut ieps = transfer(Tax::Ieps, "8");
        ieps.rate = TaxRate::PerUnit(dec("99.50"));
        line(d).taxes = vec![transfer(Tax::Iva, "16"), ieps];
    };
    assert_eq!(text(quota, "cfdi40179-ieps", "found"), expected("99.5"));
    let related = |d: &mut Draft| {
        d.relations = vec![Relation {
            kind: if d.doc_type == DocType::Income {
                "01"
            } else {
                "06"
            }
            .to_owned(),
            uuids: vec!["5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F".to_owned()],
        }];
    };
    let mut invoice = sound();
    let mut note = sound();
    credit_note(&mut note);
    for (draft, word) in [(&mut invoice, "invoice"), (&mut note, "credit-note")] {
        related(draft);
        let found = validate(draft, &CATALOGS, NOW, &Knowledge::default());
        let finding = found.iter().find(|finding| finding.rule.id == "guia-rel");
        let doc = finding.and_then(|finding| finding.value("doc").cloned());
        assert_eq!(doc, Some(Value::Choice(word)));
    }
}

#[test]
fn no_edge_of_the_72_hours_is_slept_through() {
    let second = jiff::SignedDuration::from_secs(1);
    for (zip, issued) in [
        (
            "42501",
            IssueDate::Instant(datetime(2026, 3, 18, 10, 30, 0, 0)),
        ),
        (
            "32000",
            IssueDate::Instant(datetime(2026, 3, 18, 10, 30, 0, 0)),
        ),
        ("32000", IssueDate::Day(date(2026, 3, 18))),
    ] {
        let mut draft = sound();
        draft.issuer.zip = zip.to_owned();
        draft.date = issued;
        let said = |now| {
            let found = validate(&draft, &CATALOGS, now, &Knowledge::default());
            let mut ids: Vec<&str> = found.iter().map(|finding| finding.rule.id).collect();
            ids.dedup();
            ids
        };
        let mut now = datetime(2026, 3, 17, 0, 0, 0, 0);
        let end = datetime(2026, 3, 23, 0, 0, 0, 0);
        let mut turns = 0;
        while now < end {
            let until = holds_until(&draft, now);
            assert!(until > now, "{now}");
            // What is said at the end of a stretch, and in its middle, is what was said at its beginning.
            let middle = now.saturating_add(now.duration_until(until) / 2);
            let last = until.saturating_sub(second).max(now);
            assert_eq!(said(last), said(now), "{now} {until}");
            assert_eq!(said(middle), said(now), "{now} {until}");
            turns += usize::from(said(until) != said(now));
            now = until;
        }
        assert!(turns >= 3, "{zip} {turns}");
    }
}

/// What is said at the very edge ends a moment later, not with the hour behind it.
#[test]
fn a_limit_that_is_still_inside_ends_a_moment_later() {
    let moment = jiff::SignedDuration::from_nanos(1);
    for zip in ["42501", "22000"] {
        let mut draft = sound();
        draft.issuer.zip = zip.to_owned();
        for (date, last) in [
            (draft.date, datetime(2026, 3, 18, 23, 59, 59, 0)),
            (
                IssueDate::Instant(datetime(2026, 3, 18, 9, 0, 0, 0)),
                datetime(2026, 3, 18, 9, 0, 0, 0),
            ),
        ] {
            draft.date = date;
            for hours in [72, 73] {
                let edge = last.saturating_add(jiff::SignedDuration::from_hours(hours));
                assert_eq!(holds_until(&draft, edge), edge.saturating_add(moment));
            }
        }
    }
}

#[test]
fn a_refusal_names_the_rules_that_should_have_caught_it() {
    let text = "CFDI40147 - CFDI40161: el uso (40161) no corresponde; 140226";
    assert_eq!(named_in(text), ["CFDI140226", "CFDI40161"]);
    assert_eq!(named_in("CFDI40226: objeto 06"), ["CFDI140226"]);
    assert_eq!(named_in("CFDI40104"), ["ALEGRA-forma"]);
    for unknown in [
        "",
        "3051",
        "El RFC 40 no está",
        "440161",
        "CFDI4016",
        "140161",
    ] {
        assert_eq!(named_in(unknown), Vec::<&str>::new(), "{unknown}");
    }
}
