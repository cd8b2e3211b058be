//! The rules and their texts together: every finding can be said, in both languages.

use fluent_bundle::FluentResource;
use timbra::sat::cancel::Objection;
use timbra::sat::finding::{Finding, Path, Rule, Value};
use timbra::sat::offer::Barred;
use timbra::sat::rules::{RULES, table};
use timbra::words::{Lang, Words};

/// The choices that a value may take; a single text for the others.
fn samples(name: &str) -> Vec<Value> {
    let choices = |words: &[&'static str]| words.iter().map(|word| Value::Choice(word)).collect();
    match name {
        "state" => choices(&["missing", "wrong", "key", "meant", "unknown", "twice"]),
        "reason" => choices(&["missing", "bar", "control", "long"]),
        "person" => choices(&["fisica", "moral"]),
        "doc" => choices(&["invoice", "credit-note"]),
        "part" => choices(&[
            "metodo",
            "terms",
            "product",
            "unit",
            "description",
            "withholding",
        ]),
        "hours" => vec![Value::Count(0), Value::Count(1), Value::Count(23)],
        "allowed" => vec![Value::Codes(vec!["G03".to_owned(), "S01".to_owned()])],
        _ => vec![Value::Text("¿v?".to_owned())],
    }
}

/// Findings of a rule that take every choice of every value at least once.
fn findings(rule: &'static Rule) -> Vec<Finding> {
    let most = rule
        .values
        .iter()
        .map(|name| samples(name).len())
        .max()
        .unwrap_or(1);
    (0..most)
        .map(|turn| {
            rule.values.iter().fold(
                Finding::new(rule, Path::Unknown(String::new())),
                |finding, name| {
                    let values = samples(name);
                    let value = values[turn.min(values.len() - 1)].clone();
                    Finding {
                        values: [finding.values, vec![(*name, value)]].concat(),
                        ..finding
                    }
                },
            )
        })
        .collect()
}

#[test]
fn every_finding_can_be_said_in_both_languages() {
    let languages = [Words::new(Lang::Es), Words::new(Lang::En)];
    for rule in RULES {
        for finding in findings(rule) {
            let [spanish, english] = languages.each_ref().map(|words| {
                let (message, hint) = (words.finding(&finding), words.finding_hint(&finding));
                for text in [&message, &hint] {
                    assert!(!text.contains("finding-"), "{}: {text}", rule.id);
                    assert!(!text.contains(['{', '}']), "{}: {text}", rule.id);
                    assert!(text.trim().chars().count() > 3, "{}: {text}", rule.id);
                }
                assert!(message.ends_with(&format!("[{}]", rule.code)), "{message}");
                (message, hint)
            });
            assert_ne!(spanish.0, english.0, "{}", rule.id);
            assert_ne!(spanish.1, english.1, "{}", rule.id);
        }
    }
}

#[test]
fn the_texts_are_sound_fluent() {
    for text in [
        include_str!("../../assets/i18n/es-MX/findings.ftl"),
        include_str!("../../assets/i18n/en/findings.ftl"),
    ] {
        let errors = FluentResource::try_new(text.to_owned())
            .err()
            .map(|(_, errors)| errors);
        assert_eq!(errors, None);
    }
}

#[test]
fn a_finding_reads_as_a_bookkeeper_would_say_it() {
    let words = Words::new(Lang::Es);
    let rule = |id: &str| *RULES.iter().find(|rule| rule.id == id).expect("a rule");
    let finding = Finding::new(rule("cfdi40161"), Path::Unknown(String::new()))
        .with("found", "D01")
        .with("regime", "601")
        .with(
            "allowed",
            Value::Codes(vec!["G01".to_owned(), "G03".to_owned()]),
        );
    assert_eq!(
        words.finding(&finding),
        "El uso D01 no va con el régimen 601 del cliente [CFDI40161]"
    );
    assert_eq!(words.finding_hint(&finding), "Se puede: G01, G03");
    let closing = |hours| {
        let finding = Finding::new(rule("pac-401-closing"), Path::Unknown(String::new()))
            .with("found", "2026-03-15")
            .with("hours", Value::Count(hours));
        words.finding(&finding)
    };
    assert_eq!(
        closing(0),
        "Queda menos de una hora para timbrar con fecha 2026-03-15 [PAC-401]"
    );
    assert_eq!(
        closing(1),
        "Queda 1 hora para timbrar con fecha 2026-03-15 [PAC-401]"
    );
    assert_eq!(
        closing(11),
        "Quedan 11 horas para timbrar con fecha 2026-03-15 [PAC-401]"
    );
}

#[test]
fn every_objection_to_a_cancellation_says_what_and_what_to_do_in_both_languages() {
    for lang in [Lang::Es, Lang::En] {
        let words = Words::new(lang);
        for objection in Objection::ALL {
            let key = objection.words_key();
            assert!(words.has(key), "{lang:?} {key}");
            assert!(!words.attribute(key, "hint").is_empty(), "{lang:?} {key}");
        }
    }
}

#[test]
fn every_reason_why_a_key_is_not_offered_is_said_in_both_languages() {
    for lang in [Lang::Es, Lang::En] {
        let words = Words::new(lang);
        for barred in Barred::ALL {
            let key = barred.words_key();
            assert!(words.has(key), "{lang:?} {key}");
        }
    }
}

#[test]
fn days_hours_and_amounts_are_said_as_bookkeepers_write_them() {
    let words = Words::new(Lang::Es);
    let finding =
        |rule, value: Value| Finding::new(rule, Path::Unknown(String::new())).with("found", value);
    let day = jiff::civil::date(2026, 3, 5);
    let old = finding(&table::DATE_OLD, day.into());
    assert!(
        words.finding_message(&old).contains("05/03/2026"),
        "{old:?}"
    );
    let hour = finding(&table::DATE_OLD, day.at(9, 7, 30, 0).into());
    assert!(words.finding_message(&hour).contains("05/03/2026 09:07"));
    let total = finding(
        &table::TOTAL,
        Value::Amount("1234567.5".parse().expect("a decimal")),
    )
    .with("expected", Value::Amount("-3".parse().expect("a decimal")));
    let said = words.finding_message(&total);
    assert!(
        said.contains("1,234,567.50") && said.contains("-3.00"),
        "{said}"
    );
}
