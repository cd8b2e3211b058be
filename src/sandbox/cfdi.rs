//! The files of a stamped invoice: a CFDI 4.0 in XML, and a page in PDF.
//!
//! They are samples to be read back and compared with the record, not documents with fiscal effect.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::native::sales::{PAC_RFC, full_number, series, stamped};
use super::records::{Line, Sale, SaleKind};
use super::world::World;
use super::{money, regimes, related, taxes};

/// What stands for the company's certificate: nobody's.
const CERTIFICATE: &str = "Q0VSVElGSUNBRE8gREUgUFJVRUJBIERFTCBTQU5EQk9Y";

/// The CFDI of a stamped invoice; `None` without a stamp or a receiver.
pub fn xml(world: &World, invoice: &Sale) -> Option<String> {
    let stamp = stamped(world, invoice.id, invoice.stamp.as_ref()?);
    let text = |key: &str| {
        stamp
            .get(key)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let contact = world.contacts.get(invoice.contact)?;
    let decimals = taxes::decimals_of(&invoice.currency);
    let voucher = match invoice.kind {
        SaleKind::CreditNote => "E",
        SaleKind::Invoice | SaleKind::Quote => "I",
    };
    let mut out = String::with_capacity(4_096);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    element(
        &mut out,
        "cfdi:Comprobante",
        &[
            ("xmlns:cfdi", "http://www.sat.gob.mx/cfd/4"),
            ("xmlns:tfd", "http://www.sat.gob.mx/TimbreFiscalDigital"),
            ("Version", "4.0"),
            ("Serie", series(invoice.kind).trim_end_matches('-')),
            (
                "Folio",
                &invoice
                    .number
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
            ),
            ("Fecha", &text("date")),
            ("Sello", &text("cfdiSign")),
            ("FormaPago", forma(&invoice.payment_method)),
            ("NoCertificado", &text("certificateNumber")),
            ("Certificado", CERTIFICATE),
            ("SubTotal", &money::fixed(invoice.sums.subtotal, decimals)),
            ("Descuento", &money::fixed(invoice.sums.discount, decimals)),
            ("Moneda", &invoice.currency),
            ("TipoCambio", &invoice.rate.normalize().to_string()),
            ("Total", &money::fixed(invoice.sums.total, decimals)),
            ("TipoDeComprobante", voucher),
            ("Exportacion", "01"),
            ("MetodoPago", &invoice.payment_type),
            ("LugarExpedicion", world.tenant.company().zip),
        ],
        false,
    );
    for (kind, uuids) in related::of(world, invoice) {
        element(
            &mut out,
            "cfdi:CfdiRelacionados",
            &[("TipoRelacion", kind)],
            false,
        );
        for uuid in uuids {
            element(&mut out, "cfdi:CfdiRelacionado", &[("UUID", &uuid)], true);
        }
        out.push_str("</cfdi:CfdiRelacionados>");
    }
    // Alegra has no word for some régimen: then it is the one under which the receiver is enrolled.
    let enrolled = world.register.find(&contact.rfc);
    let regime = regimes::key_of(&invoice.regime_client)
        .or_else(|| enrolled?.regimes.first().copied())
        .unwrap_or("616");
    let issuer_regime = regimes::key_of(world.tenant.company().regime).unwrap_or_default();
    element(
        &mut out,
        "cfdi:Emisor",
        &[
            ("Rfc", world.tenant.company().rfc),
            ("Nombre", world.tenant.company().name),
            ("RegimenFiscal", issuer_regime),
        ],
        true,
    );
    element(
        &mut out,
        "cfdi:Receptor",
        &[
            ("Rfc", &contact.rfc),
            ("Nombre", &contact.name),
            ("DomicilioFiscalReceptor", &contact.address.zip),
            ("RegimenFiscalReceptor", regime),
            ("UsoCFDI", &invoice.cfdi_use),
        ],
        true,
    );
    out.push_str("<cfdi:Conceptos>");
    for line in &invoice.lines {
        concept(&mut out, world, line, decimals);
    }
    out.push_str("</cfdi:Conceptos>");
    summary(&mut out, world, invoice, decimals);
    out.push_str("<cfdi:Complemento>");
    element(
        &mut out,
        "tfd:TimbreFiscalDigital",
        &[
            ("Version", "1.1"),
            ("UUID", &text("uuid")),
            ("FechaTimbrado", &text("date")),
            ("RfcProvCertif", PAC_RFC),
            ("SelloCFD", &text("cfdiSign")),
            ("NoCertificadoSAT", &text("satCertificateNumber")),
            ("SelloSAT", &text("satSign")),
        ],
        true,
    );
    out.push_str("</cfdi:Complemento></cfdi:Comprobante>\n");
    Some(out)
}

fn concept(out: &mut String, world: &World, line: &Line, decimals: u32) {
    let item = line.subject.item().and_then(|id| world.items.get(id));
    let own = |key: &str| line.extra.get(key).and_then(|value| value.as_str());
    let key = own("productKey")
        .or(item.and_then(|item| item.product_key.as_deref()))
        .unwrap_or_default();
    let unit = own("unit")
        .or(item.map(|item| item.unit.as_ref()))
        .unwrap_or_default();
    let sums = taxes::line(line, &world.taxes, decimals);
    let amount = sums.map(|sums| sums.amount).unwrap_or_default();
    let discount = sums.map(|sums| sums.discount).unwrap_or_default();
    let taxes = charged(world, line);
    let subject = if taxes.is_empty() { "01" } else { "02" };
    element(
        out,
        "cfdi:Concepto",
        &[
            ("ClaveProdServ", key),
            ("Cantidad", &line.quantity.normalize().to_string()),
            ("ClaveUnidad", unit),
            ("Descripcion", &line.description),
            ("ValorUnitario", &line.price.normalize().to_string()),
            ("Importe", &money::fixed(amount, decimals)),
            ("Descuento", &money::fixed(discount, decimals)),
            ("ObjetoImp", subject),
        ],
        taxes.is_empty(),
    );
    if taxes.is_empty() {
        return;
    }
    out.push_str("<cfdi:Impuestos>");
    for (list, node, withheld) in [
        ("cfdi:Traslados", "cfdi:Traslado", false),
        ("cfdi:Retenciones", "cfdi:Retencion", true),
    ] {
        let own = taxes.iter().filter(|(rate, _)| rate.withheld == withheld);
        let rows: Vec<String> = own
            .map(|(rate, sum)| rate.element(node, *sum, LINE_DECIMALS))
            .collect();
        nested(out, list, &rows);
    }
    out.push_str("</cfdi:Impuestos></cfdi:Concepto>");
}

/// Decimals of the taxes of a line, so that their sums come out (SAT matrix CFDI40119).
const LINE_DECIMALS: u32 = 6;

/// A tax as the SAT tells taxes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rate {
    withheld: bool,
    code: &'static str,
    /// Without one it is exempt.
    rate: Option<Decimal>,
}

/// What a tax is reckoned on, and what it comes to.
#[derive(Debug, Clone, Copy, Default)]
struct Taxed {
    base: Decimal,
    amount: Decimal,
}

impl Rate {
    fn element(self, node: &str, sum: Taxed, decimals: u32) -> String {
        let base = money::fixed(sum.base, decimals);
        let mut out = String::new();
        match self.rate {
            None => element(
                &mut out,
                node,
                &[
                    ("Base", &base),
                    ("Impuesto", self.code),
                    ("TipoFactor", "Exento"),
                ],
                true,
            ),
            Some(rate) => element(
                &mut out,
                node,
                &[
                    ("Base", &base),
                    ("Impuesto", self.code),
                    ("TipoFactor", "Tasa"),
                    ("TasaOCuota", &money::fixed(rate, LINE_DECIMALS)),
                    ("Importe", &money::fixed(sum.amount, decimals)),
                ],
                true,
            ),
        }
        out
    }
}

/// The taxes of a line.
fn charged(world: &World, line: &Line) -> Vec<(Rate, Taxed)> {
    let charges = taxes::charges(line, &world.taxes).unwrap_or_default();
    let told = charges.into_iter().filter_map(|charge| {
        let tax = world.taxes.get(charge.applied.id)?;
        let code = match tax.kind.as_ref() {
            "IEPS" => "003",
            kind if kind.contains("ISR") => "001",
            _ => "002",
        };
        let rate = charge.applied.percentage / Decimal::ONE_HUNDRED;
        let rate = Rate {
            withheld: tax.withheld(),
            code,
            rate: (tax.kind != "EXENTO").then_some(rate),
        };
        let sum = Taxed {
            base: charge.base,
            amount: charge.value.abs(),
        };
        Some((rate, sum))
    });
    told.collect()
}

/// The taxes of the whole document: what is charged by rate, what is withheld by tax.
fn summary(out: &mut String, world: &World, invoice: &Sale, decimals: u32) {
    let mut charges: BTreeMap<Rate, Taxed> = BTreeMap::new();
    let mut withheld: BTreeMap<&str, Decimal> = BTreeMap::new();
    for (rate, sum) in invoice.lines.iter().flat_map(|line| charged(world, line)) {
        if rate.withheld {
            *withheld.entry(rate.code).or_default() += sum.amount;
        } else {
            let all = charges.entry(rate).or_default();
            all.base += sum.base;
            all.amount += sum.amount;
        }
    }
    if charges.is_empty() && withheld.is_empty() {
        return;
    }
    let total = |amounts: &mut dyn Iterator<Item = Decimal>| {
        let rounded: Decimal = amounts.map(|amount| money::round(amount, decimals)).sum();
        money::fixed(rounded, decimals)
    };
    let mut totals = Vec::new();
    if !withheld.is_empty() {
        totals.push((
            "TotalImpuestosRetenidos",
            total(&mut withheld.values().copied()),
        ));
    }
    if charges.keys().any(|rate| rate.rate.is_some()) {
        let mut amounts = charges.values().map(|sum| sum.amount);
        totals.push(("TotalImpuestosTrasladados", total(&mut amounts)));
    }
    let totals: Vec<(&str, &str)> = totals
        .iter()
        .map(|(key, sum)| (*key, sum.as_str()))
        .collect();
    element(out, "cfdi:Impuestos", &totals, false);
    let rows: Vec<String> = withheld
        .iter()
        .map(|(code, amount)| {
            let mut row = String::new();
            let amount = money::fixed(*amount, decimals);
            element(
                &mut row,
                "cfdi:Retencion",
                &[("Impuesto", code), ("Importe", &amount)],
                true,
            );
            row
        })
        .collect();
    nested(out, "cfdi:Retenciones", &rows);
    let rows: Vec<String> = charges
        .iter()
        .map(|(rate, sum)| rate.element("cfdi:Traslado", *sum, decimals))
        .collect();
    nested(out, "cfdi:Traslados", &rows);
    out.push_str("</cfdi:Impuestos>");
}

/// Elements inside another one, which is left out when there are none.
fn nested(out: &mut String, name: &str, elements: &[String]) {
    if !elements.is_empty() {
        out.push_str(&format!("<{name}>{}</{name}>", elements.concat()));
    }
}

fn forma(word: &str) -> &'static str {
    match word {
        "cash" => "01",
        "check" | "nominative" => "02",
        "transfer" | "deposit" => "03",
        "credit-card" => "04",
        "debit-card" => "28",
        _ => "99",
    }
}

fn element(out: &mut String, name: &str, attributes: &[(&str, &str)], empty: bool) {
    out.push('<');
    out.push_str(name);
    for (key, value) in attributes {
        out.push_str(&format!(" {key}=\""));
        for letter in value.chars() {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                // Other controls cannot stand in XML at all.
                letter if letter.is_control() => out.push(' '),
                letter => out.push(letter),
            }
        }
        out.push('"');
    }
    out.push_str(if empty { "/>" } else { ">" });
}

/// A one-page PDF that says what was stamped; `None` without a stamp.
pub fn pdf(world: &World, invoice: &Sale) -> Option<Vec<u8>> {
    let stamp = invoice.stamp.as_ref()?;
    let rows = [
        format!(
            "{} {}",
            world.tenant.company().name,
            world.tenant.company().rfc
        ),
        format!(
            "Factura {} del {}",
            full_number(invoice).unwrap_or_default(),
            invoice.date
        ),
        format!(
            "Total {} {}",
            money::fixed(invoice.sums.total, 2),
            invoice.currency
        ),
        format!("Folio fiscal {}", world.uuid(stamp)),
        "Documento de prueba, sin efectos fiscales".to_owned(),
    ];
    let mut page = String::from("BT /F1 12 Tf 60 760 Td 18 TL\n");
    for row in &rows {
        // The built-in font knows no more than this; brackets and slashes would end the string.
        let plain: String = row
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() || " -.,&".contains(letter) {
                    letter
                } else {
                    ' '
                }
            })
            .collect();
        page.push_str(&format!("({plain}) Tj T*\n"));
    }
    page.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{page}endstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::with_capacity(objects.len());
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = file.len();
    file.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    Some(file.into_bytes())
}
