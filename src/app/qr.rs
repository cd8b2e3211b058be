//! The link by which anybody checks a stamped document at the SAT, as a QR code and to be copied.
//!
//! The link is the SAT's own (SAT rules §13); nothing in it is invented, and nothing is asked of anybody to show it.

use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::sat::cfdi::{Verifiable, verification_url};

use super::model::{Layer, Model};
use super::msg::Effect;
use super::notice::{Notice, Tone};

/// State of the layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// What a person calls the document.
    pub title: String,
    /// The folio fiscal.
    pub uuid: String,
    /// The link.
    pub url: String,
    /// Whether the issuer's seal is known. Without it the SAT's page may ask for it.
    pub has_seal: bool,
}

/// Why the link of a record cannot be made; none where it can.
pub fn barred(model: &Model, record: &Record) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    if record.stamp.uuid().is_none() {
        no("reason-no-uuid")
    } else if url(model, record).is_none() {
        no("reason-qr-incomplete")
    } else {
        None
    }
}

/// Opens the layer for what is selected.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(record) = model.subject() else {
        return Vec::new();
    };
    let (Some(url), Some(uuid)) = (url(model, record), record.stamp.uuid()) else {
        return Vec::new();
    };
    let qr = Qr {
        title: model.title_of(record),
        uuid: uuid.as_str().to_owned(),
        has_seal: url.contains("&fe="),
        url,
    };
    model.layers.push(Layer::Qr(Box::new(qr)));
    Vec::new()
}

/// Copies the link.
pub fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Qr(qr)) = model.layers.last() else {
        return Vec::new();
    };
    let url = qr.url.clone();
    model.say(Notice::new(Tone::Done, "notice-copied").with("text", url.clone()));
    vec![Effect::Copy(url)]
}

/// The link; none while company, receiver or total are not known.
fn url(model: &Model, record: &Record) -> Option<String> {
    let (issuer, receiver) = (model.rfc(), record.text(Field::Rfc));
    if issuer.is_empty() || receiver.is_empty() {
        return None;
    }
    let seal = Some(record.text(Field::CfdiSeal)).filter(|seal| !seal.is_empty());
    Some(verification_url(Verifiable {
        uuid: record.stamp.uuid()?,
        issuer,
        receiver,
        total: record.money(Field::Total)?,
        seal,
    }))
}

impl Qr {
    /// The link as the code carries it: the same address, in letters that take the least room. Scheme and host know no
    /// case, and a query may have `=` and `/` as they are (RFC 3986); every row counts on a screen of 24.
    pub fn payload(&self) -> String {
        let text = self.url.replace("%3D", "=").replace("%2F", "/");
        let path = text
            .find("://")
            .and_then(|at| text.get(at + 3..)?.find('/').map(|slash| at + 3 + slash))
            .unwrap_or(0);
        match (text.get(..path), text.get(path..)) {
            (Some(host), Some(rest)) => host.to_ascii_uppercase() + rest,
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_carries_the_same_address_in_fewer_letters() {
        let qr = Qr {
            title: String::new(),
            uuid: String::new(),
            url: "https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=5FB2&re=H%26E951128469&fe=DEF%2F%2Bw%3D%3D".into(),
            has_seal: true,
        };
        assert_eq!(
            qr.payload(),
            "HTTPS://VERIFICACFDI.FACTURAELECTRONICA.SAT.GOB.MX/default.aspx?id=5FB2&re=H%26E951128469&fe=DEF/%2Bw=="
        );
    }
}
