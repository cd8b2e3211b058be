//! The files of a stamped invoice: a CFDI 4.0 in XML, and a page in PDF.
//!
//! They are samples to be read back and compared with the record, not documents with fiscal effect.

use super::books::COMPANY;
use super::native::sales::{PAC_RFC, full_number, series, stamped};
use super::records::{Line, Sale, SaleKind};
use super::world::World;
use super::{money, regimes, taxes};

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
            ("SubTotal", &money::fixed(invoice.sums.subtotal, decimals)),
            ("Descuento", &money::fixed(invoice.sums.discount, decimals)),
            ("Moneda", &invoice.currency),
            ("TipoCambio", &invoice.rate.normalize().to_string()),
            ("Total", &money::fixed(invoice.sums.total, decimals)),
            ("TipoDeComprobante", voucher),
            ("Exportacion", "01"),
            ("MetodoPago", &invoice.payment_type),
            ("LugarExpedicion", COMPANY.zip),
        ],
        false,
    );
    let issuer_regime = regimes::key_of(COMPANY.regime).unwrap_or_default();
    element(
        &mut out,
        "cfdi:Emisor",
        &[
            ("Rfc", COMPANY.rfc),
            ("Nombre", COMPANY.name),
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
            (
                "RegimenFiscalReceptor",
                regimes::key_of(&invoice.regime_client).unwrap_or_default(),
            ),
            ("UsoCFDI", &invoice.cfdi_use),
        ],
        true,
    );
    out.push_str("<cfdi:Conceptos>");
    for line in &invoice.lines {
        concept(&mut out, world, line, decimals);
    }
    out.push_str("</cfdi:Conceptos><cfdi:Complemento>");
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
    let subject = if line.taxes.is_empty() { "01" } else { "02" };
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
        line.taxes.is_empty(),
    );
    if line.taxes.is_empty() {
        return;
    }
    out.push_str("<cfdi:Impuestos>");
    for (list, node, withheld) in [
        ("cfdi:Traslados", "cfdi:Traslado", false),
        ("cfdi:Retenciones", "cfdi:Retencion", true),
    ] {
        let mut taxes = line
            .taxes
            .iter()
            .filter_map(|applied| Some((applied, world.taxes.get(applied.id)?)))
            .filter(|(_, tax)| tax.withheld() == withheld)
            .peekable();
        if taxes.peek().is_none() {
            continue;
        }
        out.push_str(&format!("<{list}>"));
        for (applied, tax) in taxes {
            let base = amount - discount;
            let rate = applied.percentage / rust_decimal::Decimal::ONE_HUNDRED;
            let code = match tax.kind.as_ref() {
                "IEPS" => "003",
                kind if kind.contains("ISR") => "001",
                _ => "002",
            };
            let base_text = money::fixed(base, decimals);
            if tax.kind == "EXENTO" {
                element(
                    out,
                    node,
                    &[
                        ("Base", &base_text),
                        ("Impuesto", code),
                        ("TipoFactor", "Exento"),
                    ],
                    true,
                );
            } else {
                let amount = money::round(base * rate, 2);
                element(
                    out,
                    node,
                    &[
                        ("Base", &base_text),
                        ("Impuesto", code),
                        ("TipoFactor", "Tasa"),
                        ("TasaOCuota", &money::fixed(rate, 6)),
                        ("Importe", &money::fixed(amount, decimals)),
                    ],
                    true,
                );
            }
        }
        out.push_str(&format!("</{list}>"));
    }
    out.push_str("</cfdi:Impuestos></cfdi:Concepto>");
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
        format!("{} {}", COMPANY.name, COMPANY.rfc),
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
