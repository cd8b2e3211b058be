//! Each rule, broken and nearly broken, and what holds for all of them together.
//!
//! A case changes a sound draft and names every finding that follows, so that a rule which speaks too often
//! fails as well as one which keeps silent.

mod head;
mod lines;
mod pairs;
mod parties;
pub mod properties;
mod rest;
mod tables;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::{DateTime, date, datetime};
use rust_decimal::Decimal;

use super::*;
use crate::domain::draft::{
    DraftLine, GlobalInfo, IssueDate, LineTax, Party, Relation, Tax, TaxKind, TaxRate,
};
use crate::domain::money::exact_decimal;
use crate::domain::verdict::Verdict;
use crate::sat::finding::{Basis, Level};

pub static CATALOGS: LazyLock<Catalogs> = LazyLock::new(|| Catalogs::load().expect("sound assets"));

/// What is changed, how, and the findings that follow as `id@path`.
type Broken = (&'static str, fn(&mut Draft), &'static [&'static str]);

/// The time at which all cases are judged.
pub const NOW: DateTime = datetime(2026, 3, 18, 12, 0, 0, 0);

fn dec(text: &str) -> Decimal {
    exact_decimal(text).expect("a decimal")
}

fn party(rfc: &str, name: &str, regime: &str, zip: &str) -> Party {
    Party {
        rfc: rfc.to_owned(),
        name: name.to_owned(),
        regime: regime.to_owned(),
        zip: zip.to_owned(),
    }
}

fn tax(tax: Tax, kind: TaxKind, percent: &str) -> LineTax {
    LineTax {
        tax,
        kind,
        rate: TaxRate::Percent(dec(percent)),
    }
}

fn transfer(of: Tax, percent: &str) -> LineTax {
    tax(of, TaxKind::Transfer, percent)
}

fn withheld(of: Tax, percent: &str) -> LineTax {
    tax(of, TaxKind::Withholding, percent)
}

fn exempt(of: Tax, kind: TaxKind) -> LineTax {
    LineTax {
        tax: of,
        kind,
        rate: TaxRate::Exempt,
    }
}

fn sound_line() -> DraftLine {
    DraftLine {
        product_key: "43211503".to_owned(),
        unit_key: "H87".to_owned(),
        description: "Computadora portátil".to_owned(),
        code: None,
        quantity: Some(dec("2")),
        price: Some(dec("12500.00")),
        discount_pct: dec("5"),
        tax_object: "02".to_owned(),
        taxes: vec![transfer(Tax::Iva, "16")],
    }
}

/// A draft on which no rule has anything to say.
pub fn sound() -> Draft {
    Draft {
        id: None,
        doc_type: DocType::Income,
        date: IssueDate::Day(date(2026, 3, 18)),
        issuer: party("EKU9003173C9", "ESCUELA KEMPER URGATE", "601", "42501"),
        receiver: party(
            "URE180429TM6",
            "UNIVERSIDAD ROBOTICA ESPAÑOLA",
            "601",
            "86991",
        ),
        cfdi_use: "G03".to_owned(),
        payment_type: "PPD".to_owned(),
        payment_method: "other".to_owned(),
        currency: "MXN".to_owned(),
        exchange_rate: None,
        exportation: "01".to_owned(),
        terms: Some("30 días".to_owned()),
        due_date: Some(date(2026, 4, 17)),
        server_total: None,
        global_info: None,
        relations: Vec::new(),
        lines: vec![sound_line()],
    }
}

/// The customer is a natural person.
fn to_person(draft: &mut Draft) {
    draft.receiver = party("CACX7605101P8", "XOCHILT CASAS CHAVEZ", "612", "36257");
}

/// A single sale to a buyer without an RFC.
fn to_public(draft: &mut Draft) {
    draft.receiver = party("XAXX010101000", "JUAN PEREZ", "616", "42501");
    draft.cfdi_use = "S01".to_owned();
}

/// A global invoice on which only the generic RFC is remarked.
fn global(draft: &mut Draft) {
    to_public(draft);
    draft.receiver.name = PUBLIC_NAME.to_owned();
    draft.payment_type = "PUE".to_owned();
    draft.payment_method = "cash".to_owned();
    draft.terms = None;
    draft.due_date = None;
    draft.global_info = Some(GlobalInfo {
        periodicity: "04".to_owned(),
        months: "03".to_owned(),
        year: "2026".to_owned(),
    });
    let line = DraftLine {
        product_key: "01010101".to_owned(),
        unit_key: "ACT".to_owned(),
        description: "Venta".to_owned(),
        code: Some("T-1".to_owned()),
        quantity: Some(dec("1")),
        price: Some(dec("500")),
        discount_pct: dec("0"),
        ..sound_line()
    };
    draft.lines = vec![line];
}

/// A credit note for goods returned.
fn credit_note(draft: &mut Draft) {
    draft.doc_type = DocType::Credit;
    draft.cfdi_use = "G02".to_owned();
    draft.relations = vec![Relation {
        kind: "01".to_owned(),
        uuids: vec!["5FB2822E-396D-4725-8521-CDC4BDD20CCF".to_owned()],
    }];
}

fn line(draft: &mut Draft) -> &mut DraftLine {
    draft.lines.first_mut().expect("a line")
}

fn judged(draft: &Draft, now: DateTime, knowledge: &Knowledge) -> Vec<String> {
    validate(draft, &CATALOGS, now, knowledge)
        .iter()
        .map(|finding| format!("{}@{}", finding.rule.id, finding.path))
        .collect()
}

fn hold(cases: &[Broken]) {
    for (name, change, expected) in cases {
        let mut draft = sound();
        change(&mut draft);
        let found = judged(&draft, NOW, &Knowledge::default());
        assert_eq!(found, *expected, "{name}");
    }
}

/// The drafts of all cases with their names, for those who do something else with drafts.
pub fn drafts() -> Vec<(&'static str, Draft)> {
    [parties::CASES, head::CASES, lines::CASES, rest::CASES]
        .concat()
        .into_iter()
        .map(|(name, change, _)| {
            let mut draft = sound();
            change(&mut draft);
            (name, draft)
        })
        .collect()
}

#[test]
fn nothing_is_said_about_a_sound_draft() {
    assert_eq!(
        judged(&sound(), NOW, &Knowledge::default()),
        Vec::<String>::new()
    );
    assert_eq!(Verdict::of(&[]), Verdict::Ok);
}

#[test]
fn every_rule_is_broken_by_a_case() {
    let broken: BTreeSet<&str> = [parties::CASES, head::CASES, lines::CASES, rest::CASES]
        .concat()
        .into_iter()
        .flat_map(|(.., expected)| expected)
        .map(|finding| finding.split('@').next().unwrap_or_default())
        .collect();
    // Judged outside the drafts of the cases: by the reader, with knowledge, or at another time.
    let elsewhere = [
        "local-format",
        "cfdi40118",
        "local-iva8-reg",
        "local-agrup",
        "local-agrup-group",
        "local-agrup-parent",
        "local-agrup-none",
        "pac-401-hour",
    ];
    for rule in RULES {
        assert_ne!(
            broken.contains(rule.id),
            elsewhere.contains(&rule.id),
            "{}",
            rule.id
        );
    }
}

#[test]
fn ids_are_unique_and_follow_from_the_codes() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        let code = rule.code.to_lowercase();
        let rest = rule.id.strip_prefix(&code).expect(rule.id);
        assert!(rest.is_empty() || rest.starts_with('-'), "{}", rule.id);
    }
}

/// Level and basis of every rule, written out once more: a flipped cell of the table must not pass, nor a rule that is
/// gone.
#[test]
fn each_rule_has_the_level_and_the_basis_of_the_sat_rules() {
    let mut listed = 0;
    for (level, basis, ids) in [
        (
            Level::Error,
            Basis::Schema,
            "local-format xsd-rfc xsd-name xsd-zip xsd-terms xsd-lines xsd-qty xsd-price xsd-desc \
             xsd-sku local-overflow xsd-uuid",
        ),
        (
            Level::Error,
            Basis::Matrix,
            "cfdi40143-day cfdi40146 cfdi40149 cfdi40126 cfdi40157 cfdi40158 cfdi40159 cfdi40160 \
             cfdi40161 cfdi40140 cfdi40141 alegra-forma cfdi40124 cfdi40105 cfdi40113 cfdi40114 \
             cfdi40115 cfdi40117 cfdi40101 pac-401-old pac-401-future cfdi40123 cfdi40122 \
             cfdi40162 cfdi40165 cfdi40166 cfdi40169 cfdi40170 cfdi40171 cfdi40172 cfdi140226 \
             cfdi140227-iva cfdi140227-ieps cfdi40174 cfdi40181 cfdi40179 cfdi40179-isr cfdi40185 \
             cfdi40184 cfdi40130 cfdi40131 cfdi40132 cfdi40133 cfdi40134 cfdi40135 cfdi40136 \
             cfdi40137",
        ),
        (
            Level::Warning,
            Basis::Matrix,
            "cfdi40143-digit cfdi40145-suffix cfdi40145-form cfdi40148 cfdi40118 pac-401-closing \
             pac-401-hour cfdi40162-schema cfdi40163 cfdi140225 cfdi140224",
        ),
        (
            Level::Warning,
            Basis::Assumed,
            "local-rfc-word local-rfc-self alegra-xaxx local-pub alegra-regime alegra-deposit \
             local-pue-due local-0101 local-mix-line local-mix local-zero local-total-near \
             local-agrup local-agrup-group local-agrup-parent local-agrup-none",
        ),
        (Level::Error, Basis::Guide, "guia-use"),
        (
            Level::Warning,
            Basis::Guide,
            "guia-use-g02 guia-cp01 guia-pue99 cfdi40136-old guia-global guia-global-stray \
             guia-rel guia-rel-none",
        ),
        (
            Level::Warning,
            Basis::Law,
            "local-cash local-iva8 local-iva8-reg",
        ),
        (Level::Error, Basis::Assumed, "local-xxx local-total"),
        (
            Level::Error,
            Basis::DatedTable,
            "cfdi40179-ieps cfdi40185-ieps",
        ),
        (
            Level::Warning,
            Basis::DatedTable,
            "cfdi40179-ieps-dated cfdi40185-ieps-dated",
        ),
    ] {
        for id in ids.split(' ') {
            let rule = RULES.iter().find(|rule| rule.id == id).expect(id);
            assert_eq!((rule.level, rule.basis), (level, basis), "{id}");
            listed += 1;
        }
    }
    assert_eq!(listed, RULES.len());
}

#[test]
fn only_what_the_matrix_and_the_schema_say_cannot_be_overruled() {
    let by_id = |id: &str| RULES.iter().find(|rule| rule.id == id).expect("a rule");
    assert!(!by_id("cfdi40161").overrulable());
    assert!(!by_id("xsd-rfc").overrulable());
    assert!(by_id("guia-use").overrulable());
    assert!(by_id("local-total").overrulable());
    assert!(by_id("cfdi40179-ieps").overrulable());
    let mut draft = sound();
    draft.cfdi_use = "G02".to_owned();
    to_public(&mut draft);
    let warnings = validate(&draft, &CATALOGS, NOW, &Knowledge::default());
    assert!(
        warnings
            .iter()
            .all(|finding| finding.level() == Level::Warning && !finding.overrulable())
    );
}

/// Each rule must bring the values that its texts use, in both languages.
#[test]
fn texts_use_the_values_that_rules_bring() {
    for text in [
        include_str!("../../../assets/i18n/es-MX/findings.ftl"),
        include_str!("../../../assets/i18n/en/findings.ftl"),
    ] {
        let mut messages = 0;
        for message in text.split("\nfinding-").skip(1) {
            let id = message.split(' ').next().unwrap_or_default();
            let rule = RULES.iter().find(|rule| rule.id == id).expect(id);
            assert!(message.contains("\n    .hint = "), "{id}");
            let used: BTreeSet<&str> = message
                .split('$')
                .skip(1)
                .filter_map(|rest| rest.split([' ', '}']).next())
                // A price in pesos is no variable.
                .filter(|name| name.starts_with(|letter: char| letter.is_ascii_lowercase()))
                .collect();
            for name in used {
                assert!(rule.values.contains(&name), "{id}: {name}");
            }
            messages += 1;
        }
        assert_eq!(messages, RULES.len());
    }
}

#[test]
fn findings_bring_the_values_that_their_rule_names() {
    for (name, change, _) in [parties::CASES, head::CASES, lines::CASES, rest::CASES].concat() {
        let mut draft = sound();
        change(&mut draft);
        for finding in validate(&draft, &CATALOGS, NOW, &Knowledge::default()) {
            let names: Vec<&str> = finding.values.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, finding.rule.values, "{name}: {}", finding.rule.id);
        }
    }
}
