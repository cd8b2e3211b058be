//! The verb's parts together, over the drafts with which the rules themselves are tested.

mod at_hand;
mod schema;

use proptest::prelude::*;

use super::*;
use crate::domain::draft::Draft;
use crate::domain::verdict::Verdict;
use crate::sat::finding::Finding;
use crate::sat::rules::tests::properties::any_draft;
use crate::sat::rules::tests::{CATALOGS, NOW, drafts, sound};
use crate::words::Lang;

/// The example of the guide.
const EXAMPLE: &str = r#"{"id":"b-1","docType":"I","date":"2026-03-18",
 "issuer":{"rfc":"EKU9003173C9","name":"ESCUELA KEMPER URGATE","regime":"601","zip":"42501"},
 "receiver":{"rfc":"URE180429TM6","name":"UNIVERSIDAD ROBOTICA ESPAÑOLA","regime":"601","zip":"86991"},
 "cfdiUse":"G03","paymentType":"PPD","paymentMethod":"other","currency":"MXN","exchangeRate":null,
 "exportation":"01","terms":"30 días","globalInfo":null,"relations":[],
 "lines":[{"productKey":"43211503","unitKey":"H87","description":"Computadora portátil","quantity":"2",
  "price":"12500.00","discountPct":"5","objetoImp":"02",
  "taxes":[{"type":"IVA","kind":"traslado","factor":"Tasa","rate":"16"}]}]}"#;

/// The one value of a text.
fn parse(text: &str) -> Json {
    let mut values = Vec::new();
    json::each(text.as_bytes(), &mut |value| {
        values.push(value);
        ControlFlow::Continue(())
    })
    .expect(text);
    values.pop().expect("a value")
}

fn judged(text: &str) -> Judgement {
    judge(parse(text), &CATALOGS, Now::Clock(NOW)).expect("a zone")
}

/// Findings as `code@path`.
fn found(judgement: &Judgement) -> Vec<String> {
    let told = |finding: &Finding| format!("{}@{}", finding.code(), finding.path);
    judgement.findings.iter().map(told).collect()
}

/// The example with one piece of its text replaced.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(EXAMPLE.matches(from).count(), 1, "{from}");
    EXAMPLE.replace(from, to)
}

#[test]
fn the_example_of_the_guide_is_read_judged_and_written_again() {
    let judgement = judged(EXAMPLE);
    assert_eq!(found(&judgement), Vec::<String>::new());
    let expected = Draft {
        id: Some("b-1".to_owned()),
        due_date: None,
        ..sound()
    };
    assert_eq!(judgement.draft.as_ref(), Some(&expected));
    assert_eq!(format::write(&expected), parse(EXAMPLE));
}

#[test]
fn one_slip_of_the_form_is_one_finding_at_its_place() {
    for (from, to, expected) in [
        // Keys that no draft has.
        (r#""terms""#, r#""termz""#, "LOCAL-format@termz"),
        (
            r#""unitKey""#,
            r#""x":[{"y":1}],"unitKey""#,
            "LOCAL-format@lines[0].x",
        ),
        (
            r#""regime":"601","zip":"42501""#,
            r#""regime":"601","zip":"42501","a.b[0]":1"#,
            "LOCAL-format@issuer.a.b[0]",
        ),
        (
            r#""rate""#,
            r#""base":"1","rate""#,
            "LOCAL-format@lines[0].taxes[0].base",
        ),
        // Keys that are there twice.
        (
            r#""cfdiUse""#,
            r#""cfdiUse":"G03","cfdiUse""#,
            "LOCAL-format@cfdiUse",
        ),
        (
            r#""cfdiUse""#,
            r#""terms":null,"cfdiUse""#,
            "LOCAL-format@terms",
        ),
        // Values of another type.
        (r#""b-1""#, "7", "LOCAL-format@id"),
        (
            r#""docType":"I""#,
            r#""docType":"P""#,
            "LOCAL-format@docType",
        ),
        (r#""docType":"I""#, r#""docType":1"#, "LOCAL-format@docType"),
        (r#""2026-03-18""#, "20260318", "LOCAL-format@date"),
        (r#""42501""#, "42501", "LOCAL-format@issuer.zip"),
        (r#""G03""#, r#"["G03"]"#, "LOCAL-format@cfdiUse"),
        (r#""MXN""#, "true", "LOCAL-format@currency"),
        (
            r#""exchangeRate":null"#,
            r#""exchangeRate":"uno""#,
            "LOCAL-format@exchangeRate",
        ),
        (
            r#""globalInfo":null"#,
            r#""globalInfo":"04""#,
            "LOCAL-format@globalInfo",
        ),
        (
            r#""relations":[]"#,
            r#""relations":{}"#,
            "LOCAL-format@relations",
        ),
        (
            r#""relations":[]"#,
            r#""relations":[{"type":"04","uuids":[5]}]"#,
            "LOCAL-format@relations[0].uuids[0]",
        ),
        (
            r#""terms""#,
            r#""dueDate":"17/04/2026","terms""#,
            "LOCAL-format@dueDate",
        ),
        (
            r#""terms""#,
            r#""serverTotal":"27,550.00","terms""#,
            "LOCAL-format@serverTotal",
        ),
        (
            r#""quantity":"2""#,
            r#""quantity":"dos""#,
            "LOCAL-format@lines[0].quantity",
        ),
        (r#""12500.00""#, "[]", "LOCAL-format@lines[0].price"),
        (
            r#""rate":"16""#,
            r#""rate":"16 %""#,
            "LOCAL-format@lines[0].taxes[0].rate",
        ),
        (
            r#""IVA""#,
            r#""ISH""#,
            "LOCAL-format@lines[0].taxes[0].type",
        ),
        (
            r#""Tasa""#,
            r#""Exento""#,
            "LOCAL-format@lines[0].taxes[0].rate",
        ),
        (r#""lines":["#, r#""lines":[4,"#, "LOCAL-format@lines[0]"),
        // Numbers that no CFDI and no exact decimal can hold.
        (r#""12500.00""#, "1e999", "LOCAL-overflow@lines[0].price"),
        (
            r#""quantity":"2""#,
            r#""quantity":1e-999"#,
            "LOCAL-format@lines[0].quantity",
        ),
        (r#""12500.00""#, r#""1e20""#, "XSD-price@lines[0].price"),
        // Keys that are missing and that no rule would miss.
        (r#""docType":"I","#, "", "LOCAL-format@docType"),
        (
            r#""discountPct":"5","#,
            "",
            "LOCAL-format@lines[0].discountPct",
        ),
        (
            r#""type":"IVA","#,
            "",
            "LOCAL-format@lines[0].taxes[0].type",
        ),
        (
            r#""kind":"traslado","#,
            "",
            "LOCAL-format@lines[0].taxes[0].kind",
        ),
        (
            r#""factor":"Tasa","#,
            "",
            "LOCAL-format@lines[0].taxes[0].factor",
        ),
        (r#","rate":"16""#, "", "LOCAL-format@lines[0].taxes[0].rate"),
        (
            r#""rate":"16""#,
            r#""rate":null"#,
            "LOCAL-format@lines[0].taxes[0].rate",
        ),
        // Keys that are missing and that the rule of their field misses.
        (r#""date":"2026-03-18","#, "", "CFDI40101@date"),
        (
            r#""2026-03-18""#,
            r#""2026-03-18T10:00:00-06:00""#,
            "CFDI40101@date",
        ),
        (r#""2026-03-18""#, r#""2026-02-30""#, "CFDI40101@date"),
        (r#""cfdiUse":"G03","#, "", "CFDI40160@cfdiUse"),
        (
            r#""cfdiUse":"G03","#,
            r#""cfdiUse":null,"#,
            "CFDI40160@cfdiUse",
        ),
        (r#""paymentType":"PPD","#, "", "CFDI40124@paymentType"),
        (
            r#""paymentMethod":"other","#,
            "",
            "ALEGRA-forma@paymentMethod",
        ),
        (r#""currency":"MXN","#, "", "CFDI40113@currency"),
        (
            r#""productKey":"43211503","#,
            "",
            "CFDI40162@lines[0].productKey",
        ),
        (r#""quantity":"2","#, "", "XSD-qty@lines[0].quantity"),
        (
            r#""quantity":"2","#,
            r#""quantity":"","#,
            "XSD-qty@lines[0].quantity",
        ),
        (r#""objetoImp":"02","#, "", "CFDI40170@lines[0].objetoImp"),
    ] {
        let judgement = judged(&changed(from, to));
        let codes = found(&judgement);
        // An amount beyond the schema is also an overflow of the sums.
        let rest: Vec<_> = codes
            .iter()
            .filter(|code| {
                *code != "LOCAL-overflow@lines[0].price" || expected.starts_with("LOCAL")
            })
            .collect();
        assert_eq!(rest, [expected], "{from} → {to}");
        assert_eq!(judgement.verdict(), Verdict::Error);
    }
}

#[test]
fn keys_that_may_be_missing_are_not_missed() {
    for without in [
        r#""id":"b-1","#,
        r#""exchangeRate":null,"#,
        r#""exportation":"01","#,
        r#""terms":"30 días","#,
        r#""globalInfo":null,"#,
        r#""relations":[],"#,
    ] {
        assert_eq!(
            found(&judged(&changed(without, ""))),
            Vec::<String>::new(),
            "{without}"
        );
    }
}

#[test]
fn without_its_parties_a_draft_misses_their_fields() {
    let issuer = changed(
        r#""issuer":{"rfc":"EKU9003173C9","name":"ESCUELA KEMPER URGATE","regime":"601","zip":"42501"},"#,
        "",
    );
    let fields = found(&judged(&issuer));
    for field in ["rfc", "name", "regime", "zip"] {
        assert!(
            fields
                .iter()
                .any(|found| found.ends_with(&format!("@issuer.{field}"))),
            "{field}: {fields:?}"
        );
    }
}

#[test]
fn what_is_no_object_gets_its_result_as_well() {
    for input in ["null", "5", "\"hola\"", "true", "[[]]"] {
        let judgement = judged(input);
        assert_eq!(found(&judgement), ["LOCAL-format@"], "{input}");
        assert_eq!((judgement.id, judgement.totals), (None, None), "{input}");
    }
}

#[test]
fn totals_are_told_only_where_every_amount_is_known() {
    let total = |text: &str| judged(text).totals.map(|totals| totals.total.to_string());
    assert_eq!(total(EXAMPLE).as_deref(), Some("27,550.00"));
    assert_eq!(
        total(&changed(r#""G03""#, "1")).as_deref(),
        Some("27,550.00")
    );
    for (from, to) in [
        (r#""quantity":"2","#, ""),
        (r#""12500.00""#, "true"),
        (r#""discountPct":"5","#, ""),
        (r#""rate":"16""#, r#""rate":{}"#),
        (r#""MXN""#, "5"),
        (r#""12500.00""#, "1e999"),
        (r#""12500.00""#, "999999999999999999"),
    ] {
        assert_eq!(total(&changed(from, to)), None, "{from} → {to}");
    }
}

#[test]
fn an_amount_that_could_not_be_read_is_not_compared_with_the_servers_total() {
    let text = changed(r#""rate":"16""#, r#""rate":"16 %""#)
        .replace(r#""terms""#, r#""serverTotal":"27550.00","terms""#);
    assert_eq!(
        found(&judged(&text)),
        ["LOCAL-format@lines[0].taxes[0].rate"]
    );
}

#[test]
fn a_file_is_named_by_number_and_by_what_a_file_can_be_called() {
    assert_eq!(file_name(1, Some("b-7")), "0001-b-7.xml");
    assert_eq!(file_name(12_345, None), "12345.xml");
    assert_eq!(file_name(2, Some("../../etc/ñ\n")), "0002-.._.._etc___.xml");
    assert!(file_name(3, Some(&"x".repeat(1_000))).len() < 80);
}

#[test]
fn every_case_of_the_rules_is_judged_alike_after_writing_and_reading() {
    for (name, draft) in drafts() {
        let judgement = judge(format::write(&draft), &CATALOGS, Now::Clock(NOW)).unwrap();
        let direct = crate::sat::validate(&draft, &CATALOGS, NOW, &Default::default());
        assert_eq!(judgement.findings, direct, "{name}");
    }
}

/// Any JSON at all, with the keys of a draft more often than by chance.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e-?[0-9]{1,5})?".prop_map(Json::Number),
        any::<String>().prop_map(Json::Text),
        prop::sample::select(
            &[
                "I",
                "E",
                "PPD",
                "MXN",
                "2026-03-18",
                "IVA",
                "Tasa",
                "16",
                ""
            ][..]
        )
        .prop_map(|text| Json::Text(text.to_owned())),
    ];
    let key = prop_oneof![
        8 => prop::sample::select(&[
            "id", "docType", "date", "issuer", "receiver", "rfc", "zip", "currency", "exchangeRate", "globalInfo",
            "months", "relations", "type", "uuids", "lines", "quantity", "price", "discountPct", "taxes", "kind",
            "factor", "rate", "serverTotal", "dueDate",
        ][..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    leaf.prop_recursive(6, 64, 8, move |inside| {
        prop_oneof![
            prop::collection::vec(inside.clone(), 0..4).prop_map(Json::List),
            prop::collection::vec((key.clone(), inside), 0..8).prop_map(Json::Object),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read_again_as_it_was(draft in any_draft(), id in prop::option::of(any::<String>())) {
        let draft = Draft { id, ..draft };
        let text = serde_json::to_string(&format::write(&draft)).unwrap();
        let (read, problems) = format::read(parse(&text));
        prop_assert!(problems.is_empty(), "{:?}", problems);
        prop_assert_eq!(read, Some(draft));
    }

    #[test]
    fn every_json_gets_one_result_that_can_be_told(value in any_json()) {
        let judgement = judge(value, &CATALOGS, Now::Clock(NOW)).unwrap();
        for lang in [Lang::Es, Lang::En] {
            let words = Words::new(lang);
            let line = report::json_line(&judgement, &words).unwrap();
            prop_assert!(!line.contains('\n'));
            let read: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(read["verdict"].as_str(), Some(judgement.verdict().as_str()));
            let text = report::for_people(&judgement, "1", &words);
            prop_assert!(text.lines().count() <= 1 + 2 * judgement.findings.len());
            prop_assert!(!text.contains(|letter: char| letter.is_control() && letter != '\n'));
        }
        if let Some(draft) = &judgement.draft {
            preview(draft, &CATALOGS, NOW);
        }
    }
}
