//! The CFDI 4.0 that a draft would become, because a schema sees what rules forget.
//!
//! It is a preview: its seal and certificate say so, and it has no stamp. Texts and numbers are those of the draft,
//! right or wrong; nothing is mended, and an amount that is not known is left out, so that a draft that breaks the
//! schema does so here as well. Never says anything of serie and folio, which Alegra gives when it stamps.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::xml::Element;
use crate::domain::draft::{
    DocType, Draft, DraftLine, GlobalInfo, IssueDate, Party, Relation, Tax, TaxKind, TaxRate,
};
use crate::domain::money::Money;
use crate::sat::arithmetic::{self, LineAmounts, TaxAmount, TaxGroup, Totals};
use crate::sat::catalogs::{Catalogs, payment};

/// Stands where the seal and the certificate will be.
const NO_SEAL: &str = "VISTA PREVIA SIN SELLO";
/// Stands where the number of the certificate will be: twenty digits.
const NO_CERTIFICATE: &str = "00000000000000000000";
/// Above the document, for whoever opens the file.
const COMMENT: &str = "VISTA PREVIA SIN SELLO: no es un CFDI y no tiene efectos fiscales";
/// The namespace of CFDI 4.0.
const NAMESPACE: &str = "http://www.sat.gob.mx/cfd/4";
/// Where the SAT publishes its schema.
const SCHEMA: &str =
    "http://www.sat.gob.mx/cfd/4 http://www.sat.gob.mx/sitio_internet/cfd/4/cfdv40.xsd";
/// Decimals of TasaOCuota.
const RATE_DECIMALS: u32 = 6;

/// The XML of the draft. `now` is the civil time at the issue place; it gives the hour where the draft has only a day.
pub fn preview(draft: &Draft, catalogs: &Catalogs, now: DateTime) -> String {
    let decimals = arithmetic::decimals(draft, catalogs);
    let lines: Vec<_> = draft
        .lines
        .iter()
        .map(|line| {
            (
                line,
                arithmetic::line_amounts(line, decimals).ok().flatten(),
            )
        })
        .collect();
    // Sums that do not contain every line would be wrong numbers.
    let sums = arithmetic::totals(draft, catalogs)
        .ok()
        .filter(|totals| totals.left_out.is_empty());
    let discounted = lines
        .iter()
        .filter_map(|(_, amounts)| amounts.as_ref())
        .any(|amounts| !amounts.discount.is_zero());
    let sum = |of: fn(&Totals) -> Money| {
        sums.as_ref()
            .map(|totals| number(of(totals).decimal(), decimals))
    };
    Element::new("cfdi:Comprobante")
        .with("xmlns:cfdi", NAMESPACE)
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with("xsi:schemaLocation", SCHEMA)
        .with("Version", "4.0")
        .with_some("Fecha", issued(draft.date, now))
        .with("Sello", NO_SEAL)
        .with_some("FormaPago", payment::code(&draft.payment_method))
        .with("NoCertificado", NO_CERTIFICATE)
        .with("Certificado", NO_SEAL)
        .with_some("CondicionesDePago", said(draft.terms.as_deref()))
        .with_some("SubTotal", sum(|totals| totals.subtotal))
        .with_some(
            "Descuento",
            sum(|totals| totals.discount).filter(|_| discounted),
        )
        .with("Moneda", &draft.currency)
        .with_some(
            "TipoCambio",
            draft.exchange_rate.map(|rate| number(rate, 0)),
        )
        .with_some("Total", sum(|totals| totals.total))
        .with("TipoDeComprobante", doc_type(draft.doc_type))
        .with("Exportacion", &draft.exportation)
        .with("MetodoPago", &draft.payment_type)
        .with("LugarExpedicion", &draft.issuer.zip)
        .holding(draft.global_info.as_ref().map(global_info))
        .holding(draft.relations.iter().map(relation))
        .holding([
            issuer(&draft.issuer),
            receiver(&draft.receiver, &draft.cfdi_use),
            Element::new("cfdi:Conceptos").holding(
                lines
                    .iter()
                    .map(|(line, amounts)| concept(line, amounts.as_ref(), decimals)),
            ),
        ])
        .holding(sums.as_ref().and_then(summary))
        .document(COMMENT)
}

fn issued(date: IssueDate, now: DateTime) -> Option<String> {
    let issued = match date {
        IssueDate::Day(day) => day.to_datetime(now.time()),
        IssueDate::Instant(instant) => instant,
        IssueDate::Unreadable => return None,
    };
    Some(issued.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

fn doc_type(doc_type: DocType) -> &'static str {
    match doc_type {
        DocType::Income => "I",
        DocType::Credit => "E",
    }
}

fn global_info(info: &GlobalInfo) -> Element {
    Element::new("cfdi:InformacionGlobal")
        .with("Periodicidad", &info.periodicity)
        .with("Meses", &info.months)
        .with("Año", &info.year)
}

fn relation(relation: &Relation) -> Element {
    let related = |uuid: &String| Element::new("cfdi:CfdiRelacionado").with("UUID", uuid);
    Element::new("cfdi:CfdiRelacionados")
        .with("TipoRelacion", &relation.kind)
        .holding(relation.uuids.iter().map(related))
}

fn issuer(issuer: &Party) -> Element {
    Element::new("cfdi:Emisor")
        .with("Rfc", &issuer.rfc)
        .with("Nombre", &issuer.name)
        .with("RegimenFiscal", &issuer.regime)
}

fn receiver(receiver: &Party, cfdi_use: &str) -> Element {
    Element::new("cfdi:Receptor")
        .with("Rfc", &receiver.rfc)
        .with("Nombre", &receiver.name)
        .with("DomicilioFiscalReceptor", &receiver.zip)
        .with("RegimenFiscalReceptor", &receiver.regime)
        .with("UsoCFDI", cfdi_use)
}

/// Amounts are written with at least the decimals of the currency; a discount then has no more than the amount
/// (SAT matrix CFDI40168).
fn concept(line: &DraftLine, amounts: Option<&LineAmounts>, decimals: u32) -> Element {
    let discount = amounts.filter(|amounts| !amounts.discount.is_zero());
    Element::new("cfdi:Concepto")
        .with("ClaveProdServ", &line.product_key)
        .with_some("NoIdentificacion", said(line.code.as_deref()))
        .with_some(
            "Cantidad",
            line.quantity.map(|quantity| number(quantity, 0)),
        )
        .with("ClaveUnidad", &line.unit_key)
        .with("Descripcion", &line.description)
        .with_some(
            "ValorUnitario",
            line.price.map(|price| number(price, decimals)),
        )
        .with_some(
            "Importe",
            amounts.map(|amounts| number(amounts.amount, decimals)),
        )
        .with_some(
            "Descuento",
            discount.map(|amounts| number(amounts.discount, decimals)),
        )
        .with("ObjetoImp", &line.tax_object)
        .holding(amounts.and_then(|amounts| line_taxes(&amounts.taxes, decimals)))
}

fn line_taxes(taxes: &[TaxAmount], decimals: u32) -> Option<Element> {
    let nodes = |kind, group, node| {
        let of_kind = taxes.iter().filter(move |taxed| taxed.tax.kind == kind);
        grouped(
            group,
            of_kind.map(move |taxed| line_tax(node, taxed, decimals)),
        )
    };
    (!taxes.is_empty()).then(|| {
        Element::new("cfdi:Impuestos")
            .holding(nodes(TaxKind::Transfer, "cfdi:Traslados", "cfdi:Traslado"))
            .holding(nodes(
                TaxKind::Withholding,
                "cfdi:Retenciones",
                "cfdi:Retencion",
            ))
    })
}

fn line_tax(node: &'static str, taxed: &TaxAmount, decimals: u32) -> Element {
    Element::new(node)
        .with("Base", number(taxed.base, decimals))
        .with("Impuesto", tax_key(taxed.tax.tax))
        .with("TipoFactor", factor(taxed.tax.rate))
        .with_some("TasaOCuota", rate(taxed.tax.rate))
        .with_some(
            "Importe",
            taxed.amount.map(|amount| number(amount, decimals)),
        )
}

/// The taxes of the whole document; here, and only here, withholdings come first. Nothing where no line has a tax.
fn summary(totals: &Totals) -> Option<Element> {
    let decimals = totals.decimals;
    let of_kind = |kind| totals.groups.iter().filter(move |group| group.kind == kind);
    let amount = |group: &TaxGroup| {
        group
            .amount
            .map(|amount| number(amount.decimal(), decimals))
    };
    let withheld = grouped(
        "cfdi:Retenciones",
        of_kind(TaxKind::Withholding).map(|group| {
            Element::new("cfdi:Retencion")
                .with("Impuesto", tax_key(group.tax))
                .with_some("Importe", amount(group))
        }),
    );
    let transferred = grouped(
        "cfdi:Traslados",
        of_kind(TaxKind::Transfer).map(|group| {
            Element::new("cfdi:Traslado")
                .with("Base", number(group.base.decimal(), decimals))
                .with("Impuesto", tax_key(group.tax))
                .with_some("TipoFactor", group.rate.map(factor))
                .with_some("TasaOCuota", group.rate.and_then(rate))
                .with_some("Importe", amount(group))
        }),
    );
    let total = |of: Money, wanted: bool| wanted.then(|| number(of.decimal(), decimals));
    (!totals.groups.is_empty()).then(|| {
        Element::new("cfdi:Impuestos")
            .with_some(
                "TotalImpuestosRetenidos",
                total(totals.withheld, withheld.is_some()),
            )
            .with_some(
                "TotalImpuestosTrasladados",
                total(totals.transferred, totals.has_transferred()),
            )
            .holding(withheld)
            .holding(transferred)
    })
}

/// The nodes inside a group of this name; nothing where there are none.
fn grouped(name: &'static str, nodes: impl Iterator<Item = Element>) -> Option<Element> {
    let mut nodes = nodes.peekable();
    nodes.peek()?;
    Some(Element::new(name).holding(nodes))
}

/// The key of c_Impuesto.
fn tax_key(tax: Tax) -> &'static str {
    match tax {
        Tax::Isr => "001",
        Tax::Iva => "002",
        Tax::Ieps => "003",
    }
}

/// The word of c_TipoFactor.
fn factor(rate: TaxRate) -> &'static str {
    match rate {
        TaxRate::Percent(_) => "Tasa",
        TaxRate::PerUnit(_) => "Cuota",
        TaxRate::Exempt => "Exento",
    }
}

/// TasaOCuota, as the catalogue writes it: 16 % is 0.160000.
fn rate(rate: TaxRate) -> Option<String> {
    let value = match rate {
        TaxRate::Percent(percent) => arithmetic::fraction_of_percent(percent).ok()?,
        TaxRate::PerUnit(quota) => Money::new(quota).rounded(RATE_DECIMALS).decimal(),
        TaxRate::Exempt => return None,
    };
    Some(number(value, RATE_DECIMALS))
}

/// A text that says something; an empty one is left out of the CFDI.
fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// A number with at least so many decimals, and no useless zero beyond them.
fn number(number: Decimal, least: u32) -> String {
    let number = number.normalize();
    let mut text = number.to_string();
    if number.scale() < least {
        if number.scale() == 0 {
            text.push('.');
        }
        text.extend((number.scale()..least).map(|_| '0'));
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;
    use crate::domain::draft::LineTax;
    use crate::sat::rules::tests::{CATALOGS, NOW, sound};

    fn dec(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn tax(tax: Tax, kind: TaxKind, rate: TaxRate) -> LineTax {
        LineTax { tax, kind, rate }
    }

    fn of(change: impl FnOnce(&mut Draft)) -> String {
        let mut draft = sound();
        change(&mut draft);
        preview(&draft, &CATALOGS, NOW)
    }

    fn line(draft: &mut Draft) -> &mut DraftLine {
        draft.lines.first_mut().expect("a line")
    }

    /// The elements in order, without their attributes.
    fn shape(xml: &str) -> Vec<&str> {
        xml.lines()
            .skip(2)
            .filter_map(|line| line.trim().strip_prefix("<cfdi:"))
            .filter_map(|line| line.split([' ', '>', '/']).next())
            .collect()
    }

    #[test]
    fn the_preview_of_a_sound_draft_is_this() {
        assert_eq!(
            of(|_| {}),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- VISTA PREVIA SIN SELLO: no es un CFDI y no tiene efectos fiscales -->
<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.sat.gob.mx/cfd/4 http://www.sat.gob.mx/sitio_internet/cfd/4/cfdv40.xsd" Version="4.0" Fecha="2026-03-18T12:00:00" Sello="VISTA PREVIA SIN SELLO" FormaPago="99" NoCertificado="00000000000000000000" Certificado="VISTA PREVIA SIN SELLO" CondicionesDePago="30 días" SubTotal="25000.00" Descuento="1250.00" Moneda="MXN" Total="27550.00" TipoDeComprobante="I" Exportacion="01" MetodoPago="PPD" LugarExpedicion="42501">
  <cfdi:Emisor Rfc="EKU9003173C9" Nombre="ESCUELA KEMPER URGATE" RegimenFiscal="601"/>
  <cfdi:Receptor Rfc="URE180429TM6" Nombre="UNIVERSIDAD ROBOTICA ESPAÑOLA" DomicilioFiscalReceptor="86991" RegimenFiscalReceptor="601" UsoCFDI="G03"/>
  <cfdi:Conceptos>
    <cfdi:Concepto ClaveProdServ="43211503" Cantidad="2" ClaveUnidad="H87" Descripcion="Computadora portátil" ValorUnitario="12500.00" Importe="25000.00" Descuento="1250.00" ObjetoImp="02">
      <cfdi:Impuestos>
        <cfdi:Traslados>
          <cfdi:Traslado Base="23750.00" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="3800.00"/>
        </cfdi:Traslados>
      </cfdi:Impuestos>
    </cfdi:Concepto>
  </cfdi:Conceptos>
  <cfdi:Impuestos TotalImpuestosTrasladados="3800.00">
    <cfdi:Traslados>
      <cfdi:Traslado Base="23750.00" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="3800.00"/>
    </cfdi:Traslados>
  </cfdi:Impuestos>
</cfdi:Comprobante>
"#
        );
    }

    #[test]
    fn an_hour_of_the_draft_is_kept_and_a_bare_day_takes_that_of_the_clock() {
        let at = |date: IssueDate| of(|draft| draft.date = date);
        let own = at(IssueDate::Instant(datetime(2026, 3, 17, 8, 5, 9, 999)));
        assert!(own.contains(r#"Fecha="2026-03-17T08:05:09""#), "{own}");
        let day = at(IssueDate::Day(date(2026, 3, 16)));
        assert!(day.contains(r#"Fecha="2026-03-16T12:00:00""#), "{day}");
        assert!(!at(IssueDate::Unreadable).contains("Fecha="));
    }

    #[test]
    fn withholdings_follow_transfers_on_a_line_and_go_before_them_in_the_summary() {
        let xml = of(|draft| {
            line(draft).taxes = vec![
                tax(Tax::Isr, TaxKind::Withholding, TaxRate::Percent(dec("10"))),
                tax(Tax::Iva, TaxKind::Transfer, TaxRate::Percent(dec("16"))),
                tax(
                    Tax::Iva,
                    TaxKind::Withholding,
                    TaxRate::Percent(dec("10.6667")),
                ),
            ];
        });
        assert_eq!(
            shape(&xml)[5..],
            [
                "Impuestos",
                "Traslados",
                "Traslado",
                "Retenciones",
                "Retencion",
                "Retencion",
                "Impuestos",
                "Retenciones",
                "Retencion",
                "Retencion",
                "Traslados",
                "Traslado",
            ]
        );
        assert!(xml.contains(r#"TasaOCuota="0.106667" Importe="2533.34125"#));
        assert!(
            xml.contains(
                r#"TotalImpuestosRetenidos="4908.34" TotalImpuestosTrasladados="3800.00""#
            )
        );
    }

    #[test]
    fn an_exempt_tax_has_a_base_and_no_amount_anywhere() {
        let xml = of(|draft| {
            line(draft).taxes = vec![tax(Tax::Iva, TaxKind::Transfer, TaxRate::Exempt)];
        });
        let node = r#"<cfdi:Traslado Base="23750.00" Impuesto="002" TipoFactor="Exento"/>"#;
        assert_eq!(xml.matches(node).count(), 2, "{xml}");
        assert!(xml.contains("<cfdi:Impuestos>\n    <cfdi:Traslados>"));
        assert!(!xml.contains("TotalImpuestos"));
    }

    #[test]
    fn a_document_without_taxes_and_discounts_says_nothing_of_them() {
        let xml = of(|draft| {
            line(draft).taxes.clear();
            line(draft).tax_object = "01".to_owned();
            line(draft).discount_pct = Decimal::ZERO;
        });
        assert!(!xml.contains("Impuestos") && !xml.contains("Descuento"));
    }

    #[test]
    fn a_discount_that_vanishes_in_the_sum_still_stands_there() {
        let xml = of(|draft| {
            line(draft).price = Some(dec("0.004"));
            line(draft).quantity = Some(dec("1"));
            line(draft).discount_pct = dec("50");
        });
        assert!(
            xml.contains(r#"Importe="0.004" Descuento="0.002""#),
            "{xml}"
        );
        assert!(xml.contains(r#"SubTotal="0.00" Descuento="0.00""#), "{xml}");
    }

    #[test]
    fn numbers_have_the_decimals_of_the_currency_and_no_useless_zeros_beyond() {
        for (written, least, expected) in [
            ("2", 0, "2"),
            ("2.500000000", 0, "2.5"),
            ("12500", 2, "12500.00"),
            ("12500.1", 2, "12500.10"),
            ("0.123456", 2, "0.123456"),
            ("1200.00", 0, "1200"),
            ("-0.00", 2, "0.00"),
            (
                "79228162514264337593543950335",
                2,
                "79228162514264337593543950335.00",
            ),
        ] {
            assert_eq!(number(dec(written), least), expected, "{written}");
        }
        let yen = of(|draft| {
            draft.currency = "JPY".to_owned();
            draft.exchange_rate = Some(dec("0.1210"));
            line(draft).price = Some(dec("1200"));
            line(draft).discount_pct = Decimal::ZERO;
        });
        assert!(yen.contains(r#"SubTotal="2400" Moneda="JPY" TipoCambio="0.121" Total="2784""#));
    }

    #[test]
    fn sums_that_are_not_known_are_left_out() {
        for change in [
            (|draft| line(draft).price = None) as fn(&mut Draft),
            |draft| {
                line(draft).price = Some(dec("999999999999"));
                line(draft).quantity = Some(dec("999999999999"));
            },
        ] {
            let xml = of(change);
            assert!(
                !xml.contains("SubTotal") && !xml.contains("Total="),
                "{xml}"
            );
        }
    }
}
