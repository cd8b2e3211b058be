//! Pairs of the rules on receiver, issuer, régimen and use.

use super::*;

pub(super) fn pairs() -> Vec<(&'static str, Pair)> {
    vec![
        ("local-format", Pair::Reader),
        (
            "xsd-rfc",
            Drafts(
                |d| d.receiver.rfc = "URE180429TM".into(),
                |d| d.receiver.rfc = "H&E951128469".into(),
            ),
        ),
        (
            "cfdi40143-day",
            Drafts(
                |d| d.receiver.rfc = "URE180230TM6".into(),
                |d| d.receiver.rfc = "OÑO000229RX3".into(),
            ),
        ),
        (
            "cfdi40143-digit",
            Drafts(
                |d| d.receiver.rfc = "URE180429TM5".into(),
                |d| d.receiver.rfc = "ABC970528UHA".into(),
            ),
        ),
        (
            "local-rfc-word",
            Drafts(
                |d| {
                    to_person(d);
                    d.receiver.rfc = "BUEI800101AB9".into()
                },
                |d| {
                    to_person(d);
                    d.receiver.rfc = "BUEX800101AB9".into()
                },
            ),
        ),
        (
            "local-rfc-self",
            Drafts(
                |d| d.receiver.rfc = d.issuer.rfc.clone(),
                |d| d.receiver.rfc = "XIA190128J61".into(),
            ),
        ),
        (
            "alegra-xaxx",
            Drafts(to_public, |d| {
                to_public(d);
                d.receiver.rfc = "XEXX010101000".into()
            }),
        ),
        (
            "xsd-name",
            Drafts(
                |d| d.receiver.name = "Ñ".repeat(301),
                |d| d.receiver.name = "Ñ".repeat(300),
            ),
        ),
        (
            "cfdi40145-suffix",
            Drafts(
                |d| d.receiver.name = "UNIVERSIDAD SA".into(),
                |d| d.receiver.name = "UNIVERSIDAD CASA".into(),
            ),
        ),
        (
            "cfdi40145-form",
            Drafts(
                |d| d.receiver.name = "LA  Ñ & \"Ó\"".into(),
                |d| d.receiver.name = "LA Ñ & \"Ó\"".into(),
            ),
        ),
        (
            "cfdi40146",
            Drafts(
                |d| d.receiver.name = PUBLIC_NAME.into(),
                |d| d.receiver.name = "PUBLICO EN GENERALES".into(),
            ),
        ),
        (
            "local-pub",
            Drafts(
                |d| {
                    to_public(d);
                    d.receiver.name = "PUBLICO GENERAL".into()
                },
                |d| {
                    to_public(d);
                    d.receiver.name = "GENERAL PUBLICO".into()
                },
            ),
        ),
        (
            "xsd-zip",
            Drafts(
                |d| d.receiver.zip = "8699".into(),
                |d| d.receiver.zip = "01000".into(),
            ),
        ),
        (
            "cfdi40148",
            Drafts(
                |d| d.receiver.zip = "00999".into(),
                |d| d.receiver.zip = "01000".into(),
            ),
        ),
        (
            "cfdi40149",
            Drafts(
                |d| {
                    to_public(d);
                    d.receiver.zip = "86991".into()
                },
                to_public,
            ),
        ),
        (
            "cfdi40126",
            Drafts(
                |d| d.issuer.zip = "00999".into(),
                |d| d.issuer.zip = "01000".into(),
            ),
        ),
        (
            "cfdi40157",
            Drafts(
                |d| d.receiver.regime = "609".into(),
                |d| d.receiver.regime = "610".into(),
            ),
        ),
        (
            "cfdi40158",
            Drafts(
                |d| d.receiver.regime = "612".into(),
                |d| d.receiver.regime = "626".into(),
            ),
        ),
        (
            "cfdi40159",
            Drafts(
                |d| {
                    to_public(d);
                    d.receiver.regime = "612".into()
                },
                to_public,
            ),
        ),
        (
            "alegra-regime",
            Drafts(
                |d| d.receiver.regime = "610".into(),
                |d| d.receiver.regime = "620".into(),
            ),
        ),
        (
            "cfdi40160",
            Drafts(
                |d| d.cfdi_use = "P01".into(),
                |d| d.cfdi_use = "CP01".into(),
            ),
        ),
        (
            "cfdi40161",
            Drafts(
                |d| d.cfdi_use = "D01".into(),
                |d| {
                    to_person(d);
                    d.cfdi_use = "D01".into()
                },
            ),
        ),
        (
            "guia-use",
            Drafts(
                |d| {
                    to_public(d);
                    d.cfdi_use = "G03".into()
                },
                to_public,
            ),
        ),
        (
            "guia-use-g02",
            Drafts(
                |d| {
                    to_public(d);
                    d.cfdi_use = "G02".into()
                },
                |d| {
                    to_public(d);
                    credit_note(d)
                },
            ),
        ),
        (
            "guia-cp01",
            Drafts(
                |d| d.cfdi_use = "CP01".into(),
                |d| d.cfdi_use = "S01".into(),
            ),
        ),
        (
            "cfdi40140",
            Drafts(
                |d| d.issuer.regime = "609".into(),
                |d| d.issuer.regime = "610".into(),
            ),
        ),
        (
            "cfdi40141",
            Drafts(
                |d| d.issuer.regime = "612".into(),
                |d| d.issuer.regime = "626".into(),
            ),
        ),
    ]
}
