//! The CFDI itself: what a stamped one carries for the world to check, the link to the SAT and the stamp's original
//! chain (SAT rules §13); in [`voucher`] what the XML of one says;
//! and in [`preview`] the one that a draft would become.
//!
//! Never invents a part: a link without the issuer's seal is given without it.

pub mod preview;
pub mod voucher;
mod xml;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::money::Money;
use crate::domain::stamp::Uuid;

/// The SAT's page of verification.
const VERIFICATION: &str = "https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx";
/// How many characters of the issuer's seal the link carries.
const SEAL_TAIL: usize = 8;
/// Decimals that the link may carry.
const TOTAL_DECIMALS: u32 = 6;
/// What a query may carry as it is (RFC 3986, unreserved).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What the link of verification is made of.
#[derive(Clone, Copy, Debug)]
pub struct Verifiable<'a> {
    /// Folio fiscal.
    pub uuid: &'a Uuid,
    /// RFC of the issuer.
    pub issuer: &'a str,
    /// RFC of the receiver.
    pub receiver: &'a str,
    /// Total of the CFDI.
    pub total: Money,
    /// SelloCFD, the issuer's seal; nothing where the record has none.
    pub seal: Option<&'a str>,
}

/// The link that the QR shows. Without a seal the SAT's page asks for it.
pub fn verification_url(cfdi: Verifiable) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, QUERY).to_string();
    let mut url = format!(
        "{VERIFICATION}?id={}&re={}&rr={}&tt={}",
        cfdi.uuid,
        encoded(cfdi.issuer),
        encoded(cfdi.receiver),
        cfdi.total.rounded(TOTAL_DECIMALS).decimal().normalize(),
    );
    if let Some(tail) = cfdi.seal.and_then(seal_tail) {
        url.push_str("&fe=");
        url.push_str(&encoded(tail));
    }
    url
}

/// The last characters of a seal; nothing where it is too short to be one.
fn seal_tail(seal: &str) -> Option<&str> {
    let (at, _) = seal.char_indices().rev().nth(SEAL_TAIL - 1)?;
    seal.get(at..)
}

/// The attributes of a TimbreFiscalDigital 1.1.
#[derive(Clone, Copy, Debug)]
pub struct Tfd<'a> {
    /// UUID
    pub uuid: &'a str,
    /// FechaTimbrado, as stamped: `AAAA-MM-DDThh:mm:ss`.
    pub stamped_at: &'a str,
    /// RfcProvCertif
    pub certifier: &'a str,
    /// Leyenda
    pub legend: Option<&'a str>,
    /// SelloCFD
    pub seal: &'a str,
    /// NoCertificadoSAT
    pub certificate: &'a str,
}

/// The cadena original of the stamp: what the SAT's seal signs.
pub fn original_chain(tfd: Tfd) -> String {
    let attributes = [
        Some("1.1"),
        Some(tfd.uuid),
        Some(tfd.stamped_at),
        Some(tfd.certifier),
        tfd.legend,
        Some(tfd.seal),
        Some(tfd.certificate),
    ];
    let collapsed: Vec<String> = attributes
        .into_iter()
        .flatten()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
        .collect();
    format!("||{}||", collapsed.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(issuer: &str, total: &str, seal: Option<&str>) -> String {
        let uuid = "5fb2822e-396d-4725-8521-cdc4bdd20ccf"
            .parse()
            .expect("a UUID");
        verification_url(Verifiable {
            uuid: &uuid,
            issuer,
            receiver: "OÑO120726RX3",
            total: total.parse().expect("an amount"),
            seal,
        })
    }

    #[test]
    fn the_link_is_that_of_the_sat() {
        assert_eq!(
            url("H&E951128469", "11600.50", Some("abcDEF/+w==")),
            "https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx\
             ?id=5FB2822E-396D-4725-8521-CDC4BDD20CCF&re=H%26E951128469&rr=O%C3%91O120726RX3\
             &tt=11600.5&fe=DEF%2F%2Bw%3D%3D"
        );
    }

    #[test]
    fn totals_have_no_useless_zeros_and_no_exponent() {
        assert!(url("EKU9003173C9", "1000000", None).ends_with("&tt=1000000"));
        assert!(url("EKU9003173C9", "0.000001", None).ends_with("&tt=0.000001"));
        assert!(url("EKU9003173C9", "1.1234567", None).ends_with("&tt=1.123457"));
    }

    #[test]
    fn a_seal_that_is_missing_or_too_short_is_left_out() {
        assert!(!url("EKU9003173C9", "1", None).contains("fe="));
        assert!(!url("EKU9003173C9", "1", Some("short")).contains("fe="));
        assert!(url("EKU9003173C9", "1", Some("ñ2345678")).contains("fe=%C3%B12345678"));
    }

    #[test]
    fn the_chain_has_the_legend_only_where_there_is_one() {
        let tfd = Tfd {
            uuid: "5FB2822E-396D-4725-8521-CDC4BDD20CCF",
            stamped_at: "2026-03-18T12:00:00",
            certifier: "SPR190613I52",
            legend: None,
            seal: "abc==",
            certificate: "30001000000500003456",
        };
        assert_eq!(
            original_chain(tfd),
            "||1.1|5FB2822E-396D-4725-8521-CDC4BDD20CCF|2026-03-18T12:00:00|SPR190613I52|abc==|30001000000500003456||"
        );
        let with = Tfd {
            legend: Some(" una  leyenda "),
            ..tfd
        };
        assert!(original_chain(with).contains("|SPR190613I52|una leyenda|abc==|"));
    }
}
