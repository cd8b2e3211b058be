//! Lines and their taxes.

use super::*;

pub(super) const CASES: &[Broken] = &[
    ("no lines", |d| d.lines.clear(), &["xsd-lines@lines"]),
    (
        "no product key",
        |d| line(d).product_key.clear(),
        &["cfdi40162@lines[0].productKey"],
    ),
    (
        "a family is no key",
        |d| line(d).product_key = "80000000".into(),
        &["cfdi40162@lines[0].productKey"],
    ),
    (
        "a class is a key",
        |d| line(d).product_key = "43211500".into(),
        &[],
    ),
    (
        "a key that lost its 0",
        |d| line(d).product_key = "1010101".into(),
        &["cfdi40162@lines[0].productKey"],
    ),
    (
        "the second line",
        |d| {
            d.lines.push(sound_line());
            if let Some(second) = d.lines.get_mut(1) {
                second.product_key = "00000000".into();
            }
        },
        &["cfdi40162@lines[1].productKey"],
    ),
    (
        "key of the schema only",
        |d| line(d).product_key = "11131601".into(),
        &["cfdi40162-schema@lines[0].productKey"],
    ),
    (
        "no key in the catalogue",
        |d| line(d).product_key = "01010101".into(),
        &["local-0101@lines[0].productKey"],
    ),
    (
        "petrol",
        |d| line(d).product_key = "15101514".into(),
        &["cfdi40163@lines[0].productKey"],
    ),
    (
        "crude oil is no fuel",
        |d| line(d).product_key = "15101508".into(),
        &[],
    ),
    (
        "no unit",
        |d| line(d).unit_key.clear(),
        &["cfdi40165@lines[0].unitKey"],
    ),
    (
        "small unit",
        |d| line(d).unit_key = "h87".into(),
        &["cfdi40165@lines[0].unitKey"],
    ),
    (
        "a piece as people write it",
        |d| line(d).unit_key = "PZA".into(),
        &["cfdi40165@lines[0].unitKey"],
    ),
    (
        "unit that the schema refuses",
        |d| line(d).unit_key = "Dx".into(),
        &["cfdi40165@lines[0].unitKey"],
    ),
    (
        "unit of mixed case",
        |d| line(d).unit_key = "Xyv".into(),
        &[],
    ),
    (
        "no quantity",
        |d| line(d).quantity = None,
        &["xsd-qty@lines[0].quantity"],
    ),
    (
        "quantity 0",
        |d| line(d).quantity = Some(dec("0")),
        &["xsd-qty@lines[0].quantity", "local-zero@lines"],
    ),
    (
        "quantity below 0",
        |d| line(d).quantity = Some(dec("-1")),
        &["xsd-qty@lines[0].quantity"],
    ),
    (
        "quantity of seven decimals",
        |d| line(d).quantity = Some(dec("1.0000001")),
        &["xsd-qty@lines[0].quantity"],
    ),
    (
        "quantity of six decimals",
        |d| line(d).quantity = Some(dec("0.000001")),
        &[],
    ),
    (
        "no price",
        |d| line(d).price = None,
        &["cfdi40166@lines[0].price"],
    ),
    (
        "price 0",
        |d| line(d).price = Some(dec("0.00")),
        &["cfdi40166@lines[0].price", "local-zero@lines"],
    ),
    (
        "price below 0",
        |d| line(d).price = Some(dec("-5")),
        &["cfdi40166@lines[0].price"],
    ),
    (
        "price of seven decimals",
        |d| line(d).price = Some(dec("5.0000001")),
        &["xsd-price@lines[0].price"],
    ),
    (
        "price of 19 digits",
        |d| line(d).price = Some(dec("1000000000000000000")),
        &["xsd-price@lines[0].price", "local-overflow@lines[0].price"],
    ),
    (
        "discount above 100 %",
        |d| line(d).discount_pct = dec("100.01"),
        &["cfdi40169@lines[0].discountPct"],
    ),
    (
        "discount below 0",
        |d| line(d).discount_pct = dec("-1"),
        &["cfdi40169@lines[0].discountPct"],
    ),
    (
        "description with what XML cannot carry",
        |d| line(d).description = "Caja\u{1b}[1m".into(),
        &["xsd-desc@lines[0].description"],
    ),
    (
        "description over two lines",
        |d| line(d).description = "Caja\nde\t12\r".into(),
        &[],
    ),
    (
        "description with rare letters",
        |d| line(d).description = "Caja \u{7f}\u{9f}\u{e000}\u{fffd}🧾".into(),
        &[],
    ),
    (
        "own code with what XML cannot carry",
        |d| line(d).code = Some("A\u{ffff}".into()),
        &["xsd-sku@lines[0].code"],
    ),
    (
        "no description",
        |d| line(d).description = " ".into(),
        &["xsd-desc@lines[0].description"],
    ),
    (
        "description of 1001",
        |d| line(d).description = "🦀".repeat(1001),
        &["xsd-desc@lines[0].description"],
    ),
    (
        "description of 1000",
        |d| line(d).description = "🦀".repeat(1000),
        &[],
    ),
    (
        "description with a bar",
        |d| line(d).description = "a|b".into(),
        &["xsd-desc@lines[0].description"],
    ),
    (
        "own code of 101",
        |d| line(d).code = Some("x".repeat(101)),
        &["xsd-sku@lines[0].code"],
    ),
    (
        "own code of 100",
        |d| line(d).code = Some("x".repeat(100)),
        &[],
    ),
    (
        "own code with a bar",
        |d| line(d).code = Some("|".into()),
        &["xsd-sku@lines[0].code"],
    ),
    (
        "no object",
        |d| line(d).tax_object.clear(),
        &["cfdi40170@lines[0].objetoImp"],
    ),
    (
        "object 09",
        |d| line(d).tax_object = "09".into(),
        &["cfdi40170@lines[0].objetoImp"],
    ),
    (
        "subject without a tax",
        |d| line(d).taxes.clear(),
        &["cfdi40171@lines[0].taxes"],
    ),
    (
        "IVA at 0 is a tax",
        |d| line(d).taxes = vec![transfer(Tax::Iva, "0")],
        &[],
    ),
    (
        "IVA exempt is a tax",
        |d| line(d).taxes = vec![exempt(Tax::Iva, TaxKind::Transfer)],
        &[],
    ),
    (
        "not subject, with a tax",
        |d| line(d).tax_object = "01".into(),
        &["cfdi40172@lines[0].taxes"],
    ),
    (
        "PODEBI, with a tax",
        |d| line(d).tax_object = "05".into(),
        &["cfdi40172@lines[0].taxes"],
    ),
    ("not subject, without a tax", |d| untaxed(d, "01"), &[]),
    ("not caused, without a tax", |d| untaxed(d, "04"), &[]),
    (
        "object 06 with IVA",
        |d| line(d).tax_object = "06".into(),
        &["cfdi140226@lines[0].taxes"],
    ),
    (
        "object 08 with IEPS",
        |d| {
            line(d).tax_object = "08".into();
            line(d).taxes = vec![transfer(Tax::Ieps, "8")];
        },
        &["cfdi140226@lines[0].taxes"],
    ),
    (
        "object 06 with ISR withheld",
        |d| {
            line(d).tax_object = "06".into();
            line(d).taxes = vec![withheld(Tax::Isr, "10")];
        },
        &[],
    ),
    (
        "object 07 with IVA instead of IEPS",
        |d| line(d).tax_object = "07".into(),
        &[
            "cfdi140227-iva@lines[0].taxes",
            "cfdi140227-ieps@lines[0].taxes",
        ],
    ),
    (
        "object 07 with IEPS",
        |d| {
            line(d).tax_object = "07".into();
            line(d).taxes = vec![transfer(Tax::Ieps, "8")];
        },
        &[],
    ),
    (
        "everything discounted",
        |d| {
            line(d).discount_pct = dec("100");
            line(d).taxes.push(withheld(Tax::Isr, "10"));
        },
        &[
            "cfdi40174@lines[0].taxes[0]",
            "cfdi40181@lines[0].taxes[1]",
            "local-zero@lines",
        ],
    ),
    (
        "IVA at 15",
        |d| line(d).taxes = vec![transfer(Tax::Iva, "15")],
        &["cfdi40179@lines[0].taxes[0]"],
    ),
    (
        "IVA at 0.16",
        |d| line(d).taxes = vec![transfer(Tax::Iva, "0.16")],
        &["cfdi40179@lines[0].taxes[0]"],
    ),
    (
        "IVA per unit",
        |d| {
            line(d).taxes = vec![LineTax {
                rate: TaxRate::PerUnit(dec("16")),
                ..transfer(Tax::Iva, "16")
            }]
        },
        &["cfdi40179@lines[0].taxes[0]"],
    ),
    (
        "ISR transferred",
        |d| line(d).taxes = vec![transfer(Tax::Isr, "10")],
        &["cfdi40179-isr@lines[0].taxes[0]"],
    ),
    (
        "IEPS at 26.5",
        |d| line(d).taxes = vec![transfer(Tax::Ieps, "26.5")],
        &[],
    ),
    (
        "IEPS at 27",
        |d| line(d).taxes = vec![transfer(Tax::Ieps, "27")],
        &["cfdi40179-ieps@lines[0].taxes[0]"],
    ),
    (
        "IEPS withheld at 3",
        |d| line(d).taxes = vec![withheld(Tax::Ieps, "3")],
        &["cfdi40185-ieps@lines[0].taxes[0]"],
    ),
    ("IEPS at the highest quota", |d| per_unit(d, "72.1605"), &[]),
    (
        "IEPS above the highest quota",
        |d| per_unit(d, "72.1606"),
        &["cfdi40179-ieps@lines[0].taxes[0]"],
    ),
    (
        "IEPS of another year",
        |d| {
            d.date = IssueDate::Unreadable;
            line(d).taxes = vec![transfer(Tax::Ieps, "27")];
        },
        &["cfdi40101@date", "cfdi40179-ieps@lines[0].taxes[0]"],
    ),
    (
        "IEPS on a document of the year before",
        |d| {
            d.date = IssueDate::Day(date(2025, 12, 31));
            line(d).taxes = vec![transfer(Tax::Ieps, "27"), withheld(Tax::Ieps, "27")];
        },
        &[
            "pac-401-old@date",
            "cfdi40179-ieps-dated@lines[0].taxes[0]",
            "cfdi40185-ieps-dated@lines[0].taxes[1]",
        ],
    ),
    (
        "two thirds of IVA withheld",
        |d| line(d).taxes.push(withheld(Tax::Iva, "10.6667")),
        &[],
    ),
    (
        "IVA withheld at 16",
        |d| line(d).taxes.push(withheld(Tax::Iva, "16")),
        &[],
    ),
    (
        "IVA withheld at 16.0001",
        |d| line(d).taxes.push(withheld(Tax::Iva, "16.0001")),
        &["cfdi40185@lines[0].taxes[1]"],
    ),
    (
        "ISR withheld at 35",
        |d| line(d).taxes.push(withheld(Tax::Isr, "35")),
        &[],
    ),
    (
        "ISR withheld at 36",
        |d| line(d).taxes.push(withheld(Tax::Isr, "36")),
        &["cfdi40185@lines[0].taxes[1]"],
    ),
    (
        "ISR withheld below 0",
        |d| line(d).taxes.push(withheld(Tax::Isr, "-1")),
        &["cfdi40185@lines[0].taxes[1]"],
    ),
    (
        "exempt withholding",
        |d| line(d).taxes.push(exempt(Tax::Isr, TaxKind::Withholding)),
        &["cfdi40184@lines[0].taxes[1]"],
    ),
    (
        "8 % inland",
        |d| line(d).taxes = vec![transfer(Tax::Iva, "8")],
        &["local-iva8@lines[0].taxes[0]"],
    ),
    (
        "8 % at the border",
        |d| {
            d.issuer.zip = "22000".into();
            line(d).taxes = vec![transfer(Tax::Iva, "8")];
        },
        &[],
    ),
    (
        "8 % and 16 %",
        |d| {
            d.issuer.zip = "22000".into();
            d.lines.push(sound_line());
            line(d).taxes = vec![transfer(Tax::Iva, "8")];
        },
        &["local-mix@lines[0].taxes[0]"],
    ),
    (
        "0 % and 16 %",
        |d| {
            d.lines.push(sound_line());
            line(d).taxes = vec![transfer(Tax::Iva, "0")];
        },
        &[],
    ),
    (
        "IVA twice",
        |d| line(d).taxes.push(transfer(Tax::Iva, "16")),
        &["local-mix-line@lines[0].taxes[1]"],
    ),
    (
        "IEPS by rate, twice",
        |d| {
            line(d).taxes = vec![transfer(Tax::Ieps, "8"), transfer(Tax::Ieps, "8")];
        },
        &["local-mix-line@lines[0].taxes[1]"],
    ),
    (
        "IEPS by rate and by unit",
        |d| {
            per_unit(d, "1");
            line(d).taxes.push(transfer(Tax::Ieps, "160"));
        },
        &[],
    ),
    (
        "RESICO to a company",
        |d| resico(d, &[]),
        &["cfdi140225@lines"],
    ),
    (
        "RESICO to a company, 10 % withheld",
        |d| resico(d, &["10"]),
        &["cfdi140225@lines"],
    ),
    (
        "RESICO to a company, 1.25 % withheld",
        |d| resico(d, &["1.25"]),
        &["cfdi140224@lines"],
    ),
    (
        "RESICO to a person",
        |d| {
            resico(d, &[]);
            to_person(d);
            d.receiver.rfc = "XOJI740919U48".into();
        },
        &[],
    ),
];

fn untaxed(draft: &mut Draft, object: &str) {
    line(draft).tax_object = object.to_owned();
    line(draft).taxes.clear();
}

fn per_unit(draft: &mut Draft, quota: &str) {
    line(draft).taxes = vec![LineTax {
        rate: TaxRate::PerUnit(dec(quota)),
        ..transfer(Tax::Ieps, "8")
    }];
}

/// The issuer is a person in RESICO; ISR is withheld at these rates.
fn resico(draft: &mut Draft, rates: &[&str]) {
    draft.issuer = party("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "626", "42501");
    for rate in rates {
        line(draft).taxes.push(withheld(Tax::Isr, rate));
    }
}

#[test]
fn lines_and_their_taxes() {
    hold(CASES);
}

#[test]
fn a_usual_unit_is_answered_with_the_key_that_was_meant() {
    for (written, meant) in [
        ("PZA", "H87"),
        ("kg", "KGM"),
        ("e48", "E48"),
        ("pza.", "H87"),
        ("???", ""),
    ] {
        let mut draft = sound();
        line(&mut draft).unit_key = written.to_owned();
        let findings = validate(&draft, &CATALOGS, NOW, &Knowledge::default());
        let expected = findings
            .first()
            .and_then(|finding| finding.value("expected"));
        assert_eq!(expected, Some(&crate::sat::Value::from(meant)), "{written}");
    }
}

#[test]
fn every_usual_unit_means_a_unit_of_the_catalogue() {
    for (usual, key) in super::super::lines::USUAL_UNITS {
        assert!(CATALOGS.unit_name(key).is_some(), "{key}");
        assert!(
            CATALOGS.unit_name(usual).is_none(),
            "{usual} needs no advice"
        );
    }
}

#[test]
fn every_fuel_is_a_key_of_the_catalogue_and_asks_for_its_complement() {
    for key in super::super::lines::FUELS {
        assert!(CATALOGS.product_name(key).is_some(), "{key}");
        let mut draft = sound();
        line(&mut draft).product_key = key.to_owned();
        let found = judged(&draft, NOW, &Knowledge::default());
        assert_eq!(found, ["cfdi40163@lines[0].productKey"], "{key}");
    }
}

#[test]
fn the_first_border_rate_of_a_company_is_asked_about() {
    let mut draft = sound();
    draft.issuer.zip = "22000".to_owned();
    line(&mut draft).taxes = vec![transfer(Tax::Iva, "8")];
    for (used, expected) in [
        (None, &[][..]),
        (Some(true), &[]),
        (Some(false), &["local-iva8-reg@lines[0].taxes[0]"]),
    ] {
        let knowledge = Knowledge {
            border_rate_used: used,
            ..Knowledge::default()
        };
        assert_eq!(judged(&draft, NOW, &knowledge), expected, "{used:?}");
    }
}
