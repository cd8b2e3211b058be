//! What is offered is not refused, and what is barred is barred for the reason that is told.

use super::*;
use crate::domain::draft::{Draft, TaxRate};
use crate::sat::catalogs::small::Table;
use crate::sat::finding::{Basis, Level};
use crate::sat::rules::tests::{CATALOGS, NOW, sound};
use crate::sat::rules::{Knowledge, validate};

/// The codes of the rules that bar this draft and that nobody can overrule, and those about relations, which only warn.
fn against(draft: &Draft) -> Vec<&'static str> {
    validate(draft, &CATALOGS, NOW, &Knowledge::default())
        .iter()
        .filter(|finding| finding.level() == Level::Error && finding.rule.basis == Basis::Matrix)
        .map(|finding| finding.rule.code)
        .collect()
}

fn keys(table: Table) -> Vec<&'static str> {
    CATALOGS
        .table(table)
        .iter()
        .map(|entry| entry.key.as_str())
        .collect()
}

const RECEIVERS: [&str; 4] = [
    "URE180429TM6",
    "CACX7605101P8",
    rfc::GENERIC_NATIONAL,
    rfc::GENERIC_FOREIGN,
];

#[test]
fn a_use_is_offered_where_no_rule_refuses_it() {
    for rfc in RECEIVERS {
        for regime in keys(Table::Regime) {
            if super::regime(regime, rfc).is_some() {
                continue;
            }
            for key in keys(Table::Use) {
                let mut draft = sound();
                draft.receiver.rfc = rfc.to_owned();
                draft.receiver.regime = regime.to_owned();
                draft.cfdi_use = key.to_owned();
                let refused = against(&draft).contains(&"CFDI40161");
                match cfdi_use(key, regime, rfc, DocType::Income) {
                    Some(Barred::Document) => assert!(["CP01", "CN01", "G02"].contains(&key)),
                    barred => assert_eq!(barred.is_some(), refused, "{rfc} {regime} {key}"),
                }
            }
        }
    }
    let to = |regime, rfc| cfdi_use("D01", regime, rfc, DocType::Income);
    assert_eq!(to("601", "URE180429TM6"), Some(Barred::Regime));
    assert_eq!(to("606", "URE180429TM6"), Some(Barred::FisicaOnly));
    assert_eq!(to("612", "CACX7605101P8"), None);
    assert_eq!(to("609", "URE180429TM6"), None, "no régimen to judge by");
    assert_eq!(to("606", "URE"), None, "no person to judge by");
    let returns = |doc_type| cfdi_use("G02", "616", rfc::GENERIC_NATIONAL, doc_type);
    assert_eq!(returns(DocType::Income), Some(Barred::Document));
    assert_eq!(returns(DocType::Credit), None);
}

#[test]
fn a_regime_is_offered_where_no_rule_refuses_it() {
    for rfc in RECEIVERS {
        for key in keys(Table::Regime) {
            let mut draft = sound();
            draft.receiver.rfc = rfc.to_owned();
            draft.receiver.regime = key.to_owned();
            let codes = against(&draft);
            let refused = codes.contains(&"CFDI40158") || codes.contains(&"CFDI40159");
            assert_eq!(regime(key, rfc).is_some(), refused, "{rfc} {key}");
        }
    }
    assert_eq!(regime("612", "URE180429TM6"), Some(Barred::FisicaOnly));
    assert_eq!(regime("601", "CACX7605101P8"), Some(Barred::MoralOnly));
    assert_eq!(regime("601", rfc::GENERIC_FOREIGN), Some(Barred::Generic));
    assert_eq!(regime("601", ""), None, "too little is known");
}

#[test]
fn a_tax_object_is_offered_where_no_rule_refuses_it() {
    let tax = |tax, kind| LineTax {
        tax,
        kind,
        rate: TaxRate::Exempt,
    };
    let all = [
        tax(Tax::Iva, TaxKind::Transfer),
        tax(Tax::Ieps, TaxKind::Transfer),
        tax(Tax::Ieps, TaxKind::Withholding),
        tax(Tax::Isr, TaxKind::Withholding),
    ];
    for key in keys(Table::TaxObject) {
        for chosen in 0u8..16 {
            let taxes: Vec<LineTax> = all
                .iter()
                .enumerate()
                .filter(|(idx, _)| chosen & (1 << idx) != 0)
                .map(|(_, tax)| *tax)
                .collect();
            let mut draft = sound();
            for line in &mut draft.lines {
                line.tax_object = key.to_owned();
                line.taxes = taxes.clone();
            }
            let refused = against(&draft)
                .iter()
                .any(|code| ["CFDI40171", "CFDI40172", "CFDI140226", "CFDI140227"].contains(code));
            assert_eq!(
                tax_object(key, &taxes).is_some(),
                refused,
                "{key} {taxes:?}"
            );
        }
    }
    assert_eq!(tax_object("02", &[]), Some(Barred::Untaxed));
    assert_eq!(tax_object("07", &[]), Some(Barred::Untaxed));
    assert_eq!(tax_object("07", &all), Some(Barred::Taxed));
    assert_eq!(tax_object("01", &all), Some(Barred::Taxed));
}

#[test]
fn a_relation_is_offered_by_type_of_document() {
    let barred = |doc_type| {
        keys(Table::Relation)
            .into_iter()
            .filter(|kind| relation(kind, doc_type) == Some(Barred::Document))
            .collect::<Vec<_>>()
    };
    assert_eq!(barred(DocType::Income), ["01", "02", "03", "05"]);
    assert_eq!(barred(DocType::Credit), ["05", "06"]);
}

#[test]
fn a_cause_is_offered_where_it_can_be_true() {
    let buyer = "URE180429TM6";
    for (of, doc_type, receiver, is_replaced, expected) in [
        (Cause::Replaced, DocType::Income, buyer, true, None),
        (
            Cause::Replaced,
            DocType::Income,
            buyer,
            false,
            Some(Barred::NotReplaced),
        ),
        (Cause::Errors, DocType::Income, buyer, false, None),
        (Cause::NotDone, DocType::Credit, buyer, false, None),
        (Cause::InGlobal, DocType::Income, buyer, false, None),
        (
            Cause::InGlobal,
            DocType::Credit,
            buyer,
            false,
            Some(Barred::Document),
        ),
        (
            Cause::InGlobal,
            DocType::Income,
            rfc::GENERIC_NATIONAL,
            false,
            Some(Barred::Nameless),
        ),
    ] {
        assert_eq!(
            cause(of, doc_type, receiver, is_replaced),
            expected,
            "{of:?}"
        );
    }
}

#[test]
fn only_the_generic_foreigner_lives_abroad() {
    assert_eq!(country("MEX", "URE180429TM6"), None);
    assert_eq!(country("USA", "URE180429TM6"), Some(Barred::AtHome));
    assert_eq!(country("USA", rfc::GENERIC_NATIONAL), Some(Barred::AtHome));
    assert_eq!(country("USA", rfc::GENERIC_FOREIGN), None);
    assert_eq!(country("MEX", rfc::GENERIC_FOREIGN), Some(Barred::Abroad));
    assert_eq!(country("USA", ""), None, "too little is known");
    for rfc in RECEIVERS {
        assert_eq!(country("ZZZ", rfc), Some(Barred::NoCountry), "{rfc}");
    }
}

#[test]
fn every_currency_but_that_of_payments_is_offered() {
    for key in keys(Table::Currency) {
        assert_eq!(currency(key).is_some(), key == "XXX", "{key}");
    }
}

#[test]
fn every_reason_has_its_own_words() {
    let keys: std::collections::BTreeSet<_> = Barred::ALL
        .iter()
        .map(|barred| barred.words_key())
        .collect();
    assert_eq!(keys.len(), Barred::ALL.len());
    assert!(keys.iter().all(|key| key.starts_with("form-barred-")));
}
