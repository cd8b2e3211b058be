//! What is typed, and what an entry says in a row.

use super::*;
use crate::domain::audit::AuditEntry;
use crate::domain::company::CompanyId;
use crate::words::Lang;

const TODAY: Date = jiff::civil::date(2026, 3, 15);

fn spanish(text: &str) -> AuditQuery {
    read(&Words::new(Lang::Es), text, TODAY, &TimeZone::UTC)
}

fn moment(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok()
}

#[test]
fn days_documents_and_words_are_told_apart() {
    let query = spanish("rechazado marzo A-101 xenon");
    assert_eq!(query.since, moment("2026-03-01T00:00:00Z"));
    assert_eq!(query.until, moment("2026-04-01T00:00:00Z"));
    assert_eq!(query.document, "A-101");
    let words: Vec<&str> = query.words.iter().map(|said| said.word.as_str()).collect();
    assert_eq!(words, ["rechazado", "xenon"]);
    let query = spanish("12 de marzo de 2026");
    assert_eq!(query.since, moment("2026-03-12T00:00:00Z"));
    assert_eq!(query.until, moment("2026-03-13T00:00:00Z"));
    assert_eq!(query.words, []);
}

#[test]
fn a_word_of_the_screen_finds_the_events_that_are_called_so() {
    let query = spanish("RECHAZADO");
    let [refused] = query.words.as_slice() else {
        panic!("{query:?}");
    };
    assert!(refused.events.contains(&"stamp-refused"));
    assert!(!refused.events.contains(&"stamp-adopted"));
    let query = read(&Words::new(Lang::En), "refused", TODAY, &TimeZone::UTC);
    assert!(query.words.iter().all(|said| said.events.len() > 3));
}

#[test]
fn everything_that_can_stand_in_the_log_has_a_name_in_both_languages() {
    for lang in [Lang::Es, Lang::En] {
        let words = Words::new(lang);
        for slug in EVENTS {
            assert_ne!(event(slug, &words), slug, "{lang:?}");
        }
    }
}

#[test]
fn a_half_typed_folio_is_a_word() {
    for text in ["A-", "-101", "2026-03x", "A101"] {
        assert_eq!(spanish(text).document, "", "{text}");
    }
}

fn row(event: &str, detail: &str) -> AuditRow {
    AuditRow {
        seq: 7,
        entry: AuditEntry {
            company: CompanyId("demo".into()),
            at: jiff::Timestamp::UNIX_EPOCH,
            event: event.into(),
            intent: None,
            detail: detail.into(),
        },
        hash: [0; 32],
    }
}

#[test]
fn a_row_tells_the_document_the_answer_and_who_it_was() {
    let words = Words::new(Lang::Es);
    let refused = r#"{"kind":"invoices","id":"6","number":"","by":"ana@caja","user":"ana","host":"caja",
        "profile":"kemper","progress":{"refused":{"status":400,"code":"3051","text":"No pasó","draft":null}}}"#;
    let said = told(&words, &row("stamp-refused", refused));
    assert_eq!(said.answer, "3051 · No pasó");
    assert_eq!(said.document, "b6");
    assert_eq!(
        (said.user.as_str(), said.profile.as_str()),
        ("ana", "kemper")
    );
    let made =
        r#"{"kind":"customers","progress":{"adopted":{"id":"9","uuid":null}},"by":"ana@caja"}"#;
    let made = row("create-adopted", made);
    assert_eq!(document(&made), Some((Kind::Customers, Id::from("9"))));
    assert_eq!(told(&words, &made).user, "ana", "entries of before");
    let foreign = row("stamp-sent", "no JSON at all");
    assert_eq!(told(&words, &foreign), Told::default());
    assert_eq!(document(&foreign), None);
}
