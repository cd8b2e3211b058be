//! A stamped CFDI as its XML tells it, and in what it differs from the record of the books (SAT rules §13).
//!
//! Read with a reader of XML and by namespaces, never by looking for words: what stands in an addenda or a description
//! is nobody's total. An XML that ends too early is none.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::domain::field::Field;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::stamp::Uuid;

/// The namespaces of a CFDI: 4.0, and 3.3 for what was stamped before.
const CFDI: [&str; 2] = ["http://www.sat.gob.mx/cfd/4", "http://www.sat.gob.mx/cfd/3"];
/// The namespace of the stamp.
const STAMP: &str = "http://www.sat.gob.mx/TimbreFiscalDigital";

/// What is read of a stamped CFDI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Folio fiscal.
    pub uuid: Uuid,
    /// RFC of the issuer.
    pub issuer: String,
    /// RFC of the receiver.
    pub receiver: String,
    /// Total.
    pub total: Money,
}

/// Why bytes are no stamped CFDI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAVoucher {
    /// They are no whole XML in UTF-8.
    #[error("no whole XML")]
    NotXml,
    /// It is an XML of something else, or one without issuer, receiver or total.
    #[error("no CFDI")]
    NotACfdi,
    /// It has no stamp with a well-formed UUID.
    #[error("a CFDI without a stamp")]
    NotStamped,
}

/// In what an XML differs from the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In what.
    pub part: Part,
    /// What the record says; empty where it says nothing.
    pub record: String,
    /// What the XML says.
    pub xml: String,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The folio fiscal: with another one it is another document.
    Uuid,
    /// RFC of the issuer.
    Issuer,
    /// RFC of the receiver.
    Receiver,
    /// Total.
    Total,
}

impl Part {
    /// Its name for programs; its words have the key `part-` and this.
    pub fn name(self) -> &'static str {
        match self {
            Part::Uuid => "uuid",
            Part::Issuer => "issuer",
            Part::Receiver => "receiver",
            Part::Total => "total",
        }
    }
}

/// What was met on the way through an XML.
#[derive(Default)]
struct Met {
    total: Option<String>,
    issuer: Option<String>,
    receiver: Option<String>,
    uuid: Option<String>,
}

/// Reads a stamped CFDI.
///
/// # Errors
/// [`NotAVoucher`]: what these bytes are not.
pub fn read(bytes: &[u8]) -> Result<Voucher, NotAVoucher> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotAVoucher::NotXml)?;
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
    let mut met = Met::default();
    // Names of the open elements; one in a namespace of nobody we know has none.
    let mut open: Vec<&'static str> = Vec::new();
    let mut is_closed = false;
    loop {
        let (namespace, event) = reader
            .read_resolved_event()
            .map_err(|_| NotAVoucher::NotXml)?;
        match event {
            Event::Start(element) => {
                let name = known(&namespace, &element);
                met.element(&open, name, &element)?;
                open.push(name);
            }
            Event::Empty(element) => {
                let name = known(&namespace, &element);
                met.element(&open, name, &element)?;
                is_closed |= open.is_empty();
            }
            Event::End(_) => {
                open.pop();
                is_closed |= open.is_empty();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !open.is_empty() || !is_closed {
        return Err(NotAVoucher::NotXml);
    }
    met.voucher()
}

/// The name of an element that matters; empty for all others.
fn known(namespace: &ResolveResult<'_>, element: &BytesStart<'_>) -> &'static str {
    let ResolveResult::Bound(Namespace(namespace)) = namespace else {
        return "";
    };
    let local = element.local_name();
    let local: &str = local.as_ref();
    let names: &[&'static str] = if CFDI.contains(namespace) {
        &["Comprobante", "Emisor", "Receptor", "Complemento"]
    } else if *namespace == STAMP {
        &["TimbreFiscalDigital"]
    } else {
        &[]
    };
    names
        .iter()
        .copied()
        .find(|name| *name == local)
        .unwrap_or_default()
}

impl Met {
    fn element(
        &mut self,
        open: &[&'static str],
        name: &str,
        element: &BytesStart<'_>,
    ) -> Result<(), NotAVoucher> {
        let (place, attribute) = match (open, name) {
            ([], "Comprobante") => (&mut self.total, "Total"),
            (["Comprobante"], "Emisor") => (&mut self.issuer, "Rfc"),
            (["Comprobante"], "Receptor") => (&mut self.receiver, "Rfc"),
            (["Comprobante", "Complemento"], "TimbreFiscalDigital") => (&mut self.uuid, "UUID"),
            _ => return Ok(()),
        };
        let found = element
            .try_get_attribute(attribute)
            .map_err(|_| NotAVoucher::NotXml)?;
        if let Some(found) = found {
            let value = found
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|_| NotAVoucher::NotXml)?;
            *place = Some(value.into_owned());
        }
        Ok(())
    }

    fn voucher(self) -> Result<Voucher, NotAVoucher> {
        let told = |text: Option<String>| text.ok_or(NotAVoucher::NotACfdi);
        let total = told(self.total)?
            .parse()
            .map_err(|_| NotAVoucher::NotACfdi)?;
        Ok(Voucher {
            issuer: told(self.issuer)?,
            receiver: told(self.receiver)?,
            total,
            uuid: self
                .uuid
                .and_then(|uuid| uuid.parse().ok())
                .ok_or(NotAVoucher::NotStamped)?,
        })
    }
}

impl Voucher {
    /// In what it differs from the record, whose issuer has this RFC. What the record does not tell is a difference,
    /// too: nobody could say that the two agree.
    pub fn differences(&self, record: &Record, issuer: &str) -> Vec<Difference> {
        let uuid = record.stamp.uuid().map(Uuid::as_str).unwrap_or_default();
        let total = record.money(Field::Total);
        let same = |a: &str, b: &str| a.trim().to_uppercase() == b.trim().to_uppercase();
        let mut differences = Vec::new();
        let mut compare = |part, is_same: bool, record: &str, xml: &str| {
            if !is_same {
                differences.push(Difference {
                    part,
                    record: record.to_owned(),
                    xml: xml.to_owned(),
                });
            }
        };
        compare(
            Part::Uuid,
            uuid == self.uuid.as_str(),
            uuid,
            self.uuid.as_str(),
        );
        compare(
            Part::Issuer,
            same(issuer, &self.issuer),
            issuer,
            &self.issuer,
        );
        let receiver = record.text(Field::Rfc);
        compare(
            Part::Receiver,
            same(receiver, &self.receiver),
            receiver,
            &self.receiver,
        );
        let told = total.map(|total| total.decimal().to_string());
        compare(
            Part::Total,
            total == Some(self.total),
            &told.unwrap_or_default(),
            &self.total.decimal().to_string(),
        );
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::kind::Kind;
    use crate::domain::record::Id;
    use crate::domain::stamp::Stamp;

    const UUID: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";

    fn xml() -> String {
        format!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Total=\"1\" -->\
             <x:Comprobante xmlns:x=\"http://www.sat.gob.mx/cfd/4\" SubTotal=\"1000\" Total=\"1160.10\">\
             <x:Emisor Rfc=\"H&amp;E951128469\" Nombre='Rfc=\"OTRO\"'/><x:Receptor Rfc=\"XIA190128J61\"/>\
             <x:Complemento><t:TimbreFiscalDigital xmlns:t=\"http://www.sat.gob.mx/TimbreFiscalDigital\" UUID=\"{}\"/></x:Complemento>\
             <x:Addenda><Comprobante Total=\"9\"><Emisor Rfc=\"NO\"/></Comprobante></x:Addenda></x:Comprobante>",
            UUID.to_lowercase()
        )
    }

    fn record() -> Record {
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        record.stamp = Stamp::Stamped(UUID.parse().expect("a UUID"));
        record.set(Field::Rfc, Value::Text("XIA190128J61".into()));
        record.set(
            Field::Total,
            Value::Money("1160.1".parse().expect("an amount")),
        );
        record
    }

    #[test]
    fn a_cfdi_is_read_by_its_namespaces_and_no_addenda_is_taken_for_it() {
        let voucher = read(xml().as_bytes()).expect("a CFDI");
        assert_eq!(voucher.uuid.as_str(), UUID);
        assert_eq!(voucher.issuer, "H&E951128469");
        assert_eq!(voucher.receiver, "XIA190128J61");
        assert_eq!(voucher.differences(&record(), "H&E951128469"), []);
    }

    #[test]
    fn what_differs_is_named_with_both_sides() {
        let voucher = read(xml().as_bytes()).expect("a CFDI");
        let mut other = record();
        other.set(Field::Total, Value::Money("1160".parse().expect("one")));
        other.unset(Field::Rfc);
        let differences = voucher.differences(&other, "EKU9003173C9");
        let told: Vec<(&str, &str, &str)> = differences
            .iter()
            .map(|one| (one.part.name(), one.record.as_str(), one.xml.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("issuer", "EKU9003173C9", "H&E951128469"),
                ("receiver", "", "XIA190128J61"),
                ("total", "1160", "1160.10"),
            ]
        );
    }

    #[test]
    fn what_is_cut_foreign_or_unstamped_is_no_voucher() {
        let whole = xml();
        for end in [whole.len() - 1, whole.len() / 2, 60, 0] {
            let cut = &whole.as_bytes()[..end];
            assert_eq!(read(cut), Err(NotAVoucher::NotXml), "{end}");
        }
        let unstamped = whole.replace("UUID=", "Uuid=");
        assert_eq!(read(unstamped.as_bytes()), Err(NotAVoucher::NotStamped));
        let foreign = whole.replace("cfd/4", "cfd/5");
        assert_eq!(read(foreign.as_bytes()), Err(NotAVoucher::NotACfdi));
        let html = b"<html><body>502</body></html>";
        assert_eq!(read(html), Err(NotAVoucher::NotACfdi));
        assert_eq!(read(b"\xff\xfe"), Err(NotAVoucher::NotXml));
    }
}
