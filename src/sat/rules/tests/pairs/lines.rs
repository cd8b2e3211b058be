//! Pairs of the rules on lines and their taxes.

use super::*;

pub(super) fn pairs() -> Vec<(&'static str, Pair)> {
    vec![
        ("xsd-lines", Drafts(|d| d.lines.clear(), as_it_is)),
        (
            "cfdi40162",
            Drafts(
                |d| line(d).product_key = "80000000".into(),
                |d| line(d).product_key = "80101500".into(),
            ),
        ),
        (
            "cfdi40162-schema",
            Drafts(
                |d| line(d).product_key = "11131601".into(),
                |d| line(d).product_key = "11131602".into(),
            ),
        ),
        (
            "local-0101",
            Drafts(|d| line(d).product_key = "01010101".into(), global),
        ),
        (
            "cfdi40163",
            Drafts(
                |d| line(d).product_key = "15101505".into(),
                |d| line(d).product_key = "15121500".into(),
            ),
        ),
        (
            "cfdi40165",
            Drafts(
                |d| line(d).unit_key = "h87".into(),
                |d| line(d).unit_key = "Gd".into(),
            ),
        ),
        (
            "xsd-qty",
            Drafts(
                |d| line(d).quantity = Some(dec("1.0000001")),
                |d| line(d).quantity = Some(dec("1.000001")),
            ),
        ),
        (
            "cfdi40166",
            Drafts(
                |d| line(d).price = Some(dec("0")),
                |d| line(d).price = Some(dec("0.000001")),
            ),
        ),
        (
            "xsd-price",
            Drafts(
                |d| line(d).price = Some(dec("5.0000001")),
                |d| line(d).price = Some(dec("5.000001")),
            ),
        ),
        (
            "cfdi40169",
            Drafts(
                |d| line(d).discount_pct = dec("100.01"),
                |d| line(d).discount_pct = dec("100"),
            ),
        ),
        (
            "xsd-desc",
            Drafts(
                |d| line(d).description = "ñ".repeat(1001),
                |d| line(d).description = "ñ".repeat(1000),
            ),
        ),
        (
            "xsd-sku",
            Drafts(
                |d| line(d).code = Some("ñ".repeat(101)),
                |d| line(d).code = Some("ñ".repeat(100)),
            ),
        ),
        (
            "cfdi40170",
            Drafts(
                |d| taxed(d, "09", Vec::new()),
                |d| taxed(d, "08", Vec::new()),
            ),
        ),
        (
            "cfdi40171",
            Drafts(
                |d| taxed(d, "02", Vec::new()),
                |d| taxed(d, "04", Vec::new()),
            ),
        ),
        (
            "cfdi40172",
            Drafts(
                |d| taxed(d, "01", vec![transfer(Tax::Iva, "0")]),
                |d| taxed(d, "02", vec![transfer(Tax::Iva, "0")]),
            ),
        ),
        (
            "cfdi140226",
            Drafts(
                |d| taxed(d, "08", vec![withheld(Tax::Iva, "4")]),
                |d| taxed(d, "08", vec![withheld(Tax::Isr, "10")]),
            ),
        ),
        (
            "cfdi140227-iva",
            Drafts(
                |d| {
                    taxed(
                        d,
                        "07",
                        vec![transfer(Tax::Ieps, "8"), transfer(Tax::Iva, "0")],
                    )
                },
                |d| {
                    taxed(
                        d,
                        "07",
                        vec![transfer(Tax::Ieps, "8"), withheld(Tax::Isr, "10")],
                    )
                },
            ),
        ),
        (
            "cfdi140227-ieps",
            Drafts(
                |d| taxed(d, "07", vec![withheld(Tax::Ieps, "8")]),
                |d| taxed(d, "07", vec![transfer(Tax::Ieps, "8")]),
            ),
        ),
        (
            "cfdi40174",
            Drafts(
                |d| line(d).discount_pct = dec("100"),
                |d| line(d).discount_pct = dec("99.99"),
            ),
        ),
        (
            "cfdi40181",
            Drafts(
                |d| {
                    taxed(d, "02", vec![withheld(Tax::Isr, "10")]);
                    line(d).discount_pct = dec("100")
                },
                |d| {
                    taxed(d, "02", vec![withheld(Tax::Isr, "10")]);
                    line(d).discount_pct = dec("99.99")
                },
            ),
        ),
        (
            "cfdi40179",
            Drafts(
                |d| taxed(d, "02", vec![transfer(Tax::Iva, "16.00001")]),
                |d| taxed(d, "02", vec![transfer(Tax::Iva, "16.00000")]),
            ),
        ),
        (
            "cfdi40179-isr",
            Drafts(
                |d| taxed(d, "02", vec![transfer(Tax::Isr, "10")]),
                |d| taxed(d, "02", vec![withheld(Tax::Isr, "10")]),
            ),
        ),
        (
            "cfdi40179-ieps",
            Drafts(
                |d| taxed(d, "02", vec![transfer(Tax::Ieps, "7.5")]),
                |d| taxed(d, "02", vec![transfer(Tax::Ieps, "7")]),
            ),
        ),
        (
            "cfdi40179-ieps-dated",
            Drafts(
                |d| {
                    last_year(d);
                    taxed(d, "02", vec![transfer(Tax::Ieps, "7.5")])
                },
                |d| {
                    last_year(d);
                    taxed(d, "02", vec![transfer(Tax::Ieps, "7")])
                },
            ),
        ),
        (
            "cfdi40185",
            Drafts(
                |d| taxed(d, "02", vec![withheld(Tax::Isr, "35.0001")]),
                |d| taxed(d, "02", vec![withheld(Tax::Isr, "35")]),
            ),
        ),
        (
            "cfdi40185-ieps",
            Drafts(
                |d| taxed(d, "02", vec![withheld(Tax::Ieps, "3")]),
                |d| taxed(d, "02", vec![withheld(Tax::Ieps, "6")]),
            ),
        ),
        (
            "cfdi40185-ieps-dated",
            Drafts(
                |d| {
                    last_year(d);
                    taxed(d, "02", vec![withheld(Tax::Ieps, "3")])
                },
                |d| {
                    last_year(d);
                    taxed(d, "02", vec![withheld(Tax::Ieps, "6")])
                },
            ),
        ),
        (
            "cfdi40184",
            Drafts(
                |d| taxed(d, "02", vec![exempt(Tax::Iva, TaxKind::Withholding)]),
                |d| taxed(d, "02", vec![exempt(Tax::Iva, TaxKind::Transfer)]),
            ),
        ),
        (
            "local-iva8",
            Drafts(
                |d| taxed(d, "02", vec![transfer(Tax::Iva, "8")]),
                |d| {
                    taxed(d, "02", vec![transfer(Tax::Iva, "8")]);
                    d.issuer.zip = "22000".into()
                },
            ),
        ),
        (
            "local-iva8-reg",
            Known(
                |d| taxed(d, "02", vec![transfer(Tax::Iva, "8")]),
                knowing(None, Some(false)),
                knowing(None, Some(true)),
            ),
        ),
        (
            "cfdi140225",
            Drafts(
                |d| {
                    resico(d);
                    line(d).taxes.push(withheld(Tax::Isr, "1.26"))
                },
                |d| {
                    resico(d);
                    line(d).taxes.push(withheld(Tax::Isr, "1.25"))
                },
            ),
        ),
        (
            "cfdi140224",
            Drafts(
                |d| {
                    resico(d);
                    line(d).taxes.push(withheld(Tax::Isr, "1.25"))
                },
                |d| {
                    resico(d);
                    line(d).taxes.push(withheld(Tax::Isr, "1.26"))
                },
            ),
        ),
        (
            "local-mix-line",
            Drafts(
                |d| line(d).taxes.push(transfer(Tax::Iva, "0")),
                |d| line(d).taxes.push(withheld(Tax::Iva, "4")),
            ),
        ),
        (
            "local-mix",
            Drafts(
                |d| {
                    let mut twin = line(d).clone();
                    twin.taxes = vec![transfer(Tax::Iva, "8")];
                    d.lines.push(twin)
                },
                |d| {
                    let mut twin = line(d).clone();
                    twin.taxes = vec![transfer(Tax::Iva, "0")];
                    d.lines.push(twin)
                },
            ),
        ),
    ]
}
