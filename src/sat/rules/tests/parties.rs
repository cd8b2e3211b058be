//! Receiver, issuer, régimen and use.

use super::*;

pub(super) const CASES: &[Broken] = &[
    (
        "no RFC",
        |d| d.receiver.rfc.clear(),
        &["xsd-rfc@receiver.rfc"],
    ),
    (
        "small letters",
        |d| d.receiver.rfc = "ure180429tm6".into(),
        &["xsd-rfc@receiver.rfc"],
    ),
    (
        "a day that does not exist",
        |d| d.receiver.rfc = "URE180230TM6".into(),
        &["cfdi40143-day@receiver.rfc"],
    ),
    (
        "check digit",
        |d| d.receiver.rfc = "URE180429TM5".into(),
        &["cfdi40143-digit@receiver.rfc"],
    ),
    (
        "letters not given out",
        |d| {
            to_person(d);
            d.receiver.rfc = "BUEI800101AB9".into();
        },
        &[
            "cfdi40143-digit@receiver.rfc",
            "local-rfc-word@receiver.rfc",
        ],
    ),
    (
        "own RFC",
        |d| d.receiver.rfc = "EKU9003173C9".into(),
        &["local-rfc-self@receiver.rfc"],
    ),
    (
        "single sale to the public",
        to_public,
        &["alegra-xaxx@receiver.rfc"],
    ),
    (
        "no name",
        |d| d.receiver.name = "  ".into(),
        &["xsd-name@receiver.name"],
    ),
    (
        "name with a bar",
        |d| d.receiver.name = "A|B".into(),
        &["xsd-name@receiver.name"],
    ),
    (
        "name with what XML cannot carry",
        |d| d.receiver.name = "UNIVERSIDAD\u{b}ROBOTICA".into(),
        &["xsd-name@receiver.name"],
    ),
    (
        "name of 301",
        |d| d.receiver.name = "Ñ".repeat(301),
        &["xsd-name@receiver.name"],
    ),
    ("name of 300", |d| d.receiver.name = "Ñ".repeat(300), &[]),
    (
        "suffix",
        |d| d.receiver.name = "UNIVERSIDAD ROBOTICA, S.A. DE C.V.".into(),
        &["cfdi40145-suffix@receiver.name"],
    ),
    (
        "suffix of a person is part of the name",
        |d| {
            to_person(d);
            d.receiver.name = "XOCHILT SA".into();
        },
        &[],
    ),
    (
        "small letters in the name",
        |d| d.receiver.name = "Universidad Robótica".into(),
        &["cfdi40145-form@receiver.name"],
    ),
    (
        "two blanks in the name",
        |d| d.receiver.name = "UNIVERSIDAD  ROBOTICA".into(),
        &["cfdi40145-form@receiver.name"],
    ),
    (
        "marks that XML escapes",
        |d| d.receiver.name = "Ñ & \"A\" < O'B".to_uppercase(),
        &[],
    ),
    (
        "PUBLICO EN GENERAL with an RFC",
        |d| d.receiver.name = PUBLIC_NAME.into(),
        &["cfdi40146@receiver.name"],
    ),
    (
        "PUBLICO EN GENERAL with a dot",
        |d| {
            to_public(d);
            d.receiver.name = "Público en géneral.".into();
        },
        &["alegra-xaxx@receiver.rfc", "local-pub@receiver.name"],
    ),
    (
        "PUBLICO EN GENERAL with an accent of its own",
        |d| {
            to_public(d);
            d.receiver.name = "PU\u{301}BLICO EN GENERAL".into();
        },
        &["alegra-xaxx@receiver.rfc", "local-pub@receiver.name"],
    ),
    (
        "nearly PUBLICO EN GENERAL",
        |d| {
            to_public(d);
            d.receiver.name = "Público en general".into();
        },
        &["alegra-xaxx@receiver.rfc", "local-pub@receiver.name"],
    ),
    (
        "no zip",
        |d| d.receiver.zip.clear(),
        &["xsd-zip@receiver.zip"],
    ),
    (
        "zip that lost its 0",
        |d| d.receiver.zip = "6000".into(),
        &["xsd-zip@receiver.zip"],
    ),
    (
        "unknown zip",
        |d| d.receiver.zip = "00999".into(),
        &["cfdi40148@receiver.zip"],
    ),
    (
        "zip at the end of a gap",
        |d| d.receiver.zip = "01000".into(),
        &[],
    ),
    (
        "generic RFC elsewhere than the place of issue",
        |d| {
            to_public(d);
            d.receiver.zip = "86991".into();
        },
        &["alegra-xaxx@receiver.rfc", "cfdi40149@receiver.zip"],
    ),
    (
        "foreign buyer",
        |d| {
            to_public(d);
            d.receiver.rfc = "XEXX010101000".into();
        },
        &[],
    ),
    (
        "no place of issue",
        |d| d.issuer.zip.clear(),
        &["cfdi40126@issuer.zip"],
    ),
    (
        "unknown place of issue",
        |d| d.issuer.zip = "52800".into(),
        &["cfdi40126@issuer.zip"],
    ),
    (
        "no issuer",
        |d| d.issuer.rfc.clear(),
        &["xsd-rfc@issuer.rfc"],
    ),
    (
        "issuer without a name",
        |d| d.issuer.name.clear(),
        &["xsd-name@issuer.name"],
    ),
    (
        "no régimen",
        |d| d.receiver.regime.clear(),
        &["cfdi40157@receiver.regime"],
    ),
    (
        "régimen of 3.3",
        |d| d.receiver.regime = "609".into(),
        &["cfdi40157@receiver.regime"],
    ),
    (
        "word for a régimen",
        |d| d.receiver.regime = "REGIME_OF_TRUST".into(),
        &["cfdi40157@receiver.regime"],
    ),
    ("RESICO company", |d| d.receiver.regime = "626".into(), &[]),
    (
        "régimen of a person",
        |d| d.receiver.regime = "612".into(),
        &["cfdi40158@receiver.regime"],
    ),
    (
        "régimen of a company, and a use of a person",
        |d| {
            to_person(d);
            d.receiver.regime = "601".into();
            d.cfdi_use = "D01".into();
        },
        &["cfdi40158@receiver.regime", "cfdi40161@cfdiUse"],
    ),
    (
        "generic RFC with a régimen",
        |d| {
            to_public(d);
            d.receiver.regime = "612".into();
        },
        &["alegra-xaxx@receiver.rfc", "cfdi40159@receiver.regime"],
    ),
    (
        "régimen without a word of Alegra's",
        |d| {
            d.receiver.regime = "610".into();
            d.cfdi_use = "S01".into();
        },
        &["alegra-regime@receiver.regime"],
    ),
    ("no use", |d| d.cfdi_use.clear(), &["cfdi40160@cfdiUse"]),
    (
        "use of 3.3",
        |d| d.cfdi_use = "P01".into(),
        &["cfdi40160@cfdiUse"],
    ),
    (
        "small letters in the use",
        |d| d.cfdi_use = "g03".into(),
        &["cfdi40160@cfdiUse"],
    ),
    (
        "personal deduction of a company",
        |d| d.cfdi_use = "D01".into(),
        &["cfdi40161@cfdiUse"],
    ),
    (
        "personal deduction of a person",
        |d| {
            to_person(d);
            d.cfdi_use = "D01".into();
        },
        &[],
    ),
    (
        "expenses of an employee",
        |d| {
            to_person(d);
            d.receiver.regime = "605".into();
        },
        &["cfdi40161@cfdiUse"],
    ),
    (
        "payroll use of an employee",
        |d| {
            to_person(d);
            d.receiver.regime = "605".into();
            d.cfdi_use = "CN01".into();
        },
        &[],
    ),
    (
        "use without a régimen to hold it against",
        |d| {
            d.receiver.regime.clear();
            d.cfdi_use = "D01".into();
        },
        &["cfdi40157@receiver.regime"],
    ),
    (
        "public with expenses",
        |d| {
            to_public(d);
            d.cfdi_use = "G03".into();
        },
        &[
            "alegra-xaxx@receiver.rfc",
            "cfdi40161@cfdiUse",
            "guia-use@cfdiUse",
        ],
    ),
    (
        "public with returns on an invoice",
        |d| {
            to_public(d);
            d.cfdi_use = "G02".into();
        },
        &["alegra-xaxx@receiver.rfc", "guia-use-g02@cfdiUse"],
    ),
    (
        "public with returns on a credit note",
        |d| {
            to_public(d);
            credit_note(d);
        },
        &["alegra-xaxx@receiver.rfc"],
    ),
    (
        "use of payment receipts",
        |d| d.cfdi_use = "CP01".into(),
        &["guia-cp01@cfdiUse"],
    ),
    (
        "issuer without régimen",
        |d| d.issuer.regime.clear(),
        &["cfdi40140@issuer.regime"],
    ),
    (
        "issuer with a régimen of persons",
        |d| d.issuer.regime = "612".into(),
        &["cfdi40141@issuer.regime"],
    ),
];

#[test]
fn parties_and_their_regime() {
    hold(CASES);
}

#[test]
fn a_use_that_does_not_fit_names_those_that_do() {
    let mut draft = sound();
    draft.cfdi_use = "D01".to_owned();
    let findings = validate(&draft, &CATALOGS, NOW, &Knowledge::default());
    let allowed = findings
        .first()
        .and_then(|finding| finding.value("allowed"));
    let Some(crate::sat::Value::Codes(codes)) = allowed else {
        panic!("codes are wanted, {allowed:?} is here");
    };
    assert!(codes.contains(&"G03".to_owned()) && !codes.contains(&"CP01".to_owned()));
}
