//! Going through the audit log in stretches: what is found, and that nothing is read twice or left out.

use jiff::SignedDuration;
use tempfile::TempDir;
use timbra::domain::audit::{AuditEntry, AuditLine, AuditQuery, HASH, Said, Verdict};
use timbra::domain::intent::IntentId;
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use timbra::store::durable::{AuditScan, Checked, Durable};

use crate::books::{company, read_at};

fn log(details: &[(&str, &str, &str)]) -> (TempDir, Durable) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut durable = Durable::open(&folder.path().join("durable.db")).expect("a file");
    for (n, (event, act, detail)) in details.iter().enumerate() {
        let seconds = i64::try_from(n).expect("a number");
        let entry = AuditEntry {
            company: company(),
            at: read_at() + SignedDuration::from_secs(seconds),
            event: (*event).to_owned(),
            intent: Some(IntentId((*act).to_owned())),
            detail: (*detail).to_owned(),
        };
        durable.audit(&entry).expect("appended");
    }
    (folder, durable)
}

/// What a query finds, looked for in stretches of so many.
fn found(durable: &Durable, query: &AuditQuery, stretch: usize) -> Vec<u32> {
    let mut scan = AuditScan::begin(durable, &company(), query.clone()).expect("a search");
    let mut looked = 0;
    while !scan.is_over() {
        scan.advance(durable, stretch).expect("read");
        let (so_far, all) = scan.looked();
        assert!(so_far > looked && so_far <= all, "{so_far} of {all}");
        looked = so_far;
    }
    let rows = scan.rows(durable, 0, usize::MAX).expect("rows");
    assert_eq!(rows.len(), scan.found());
    rows.iter().map(AuditLine::seq).collect()
}

fn making() -> (TempDir, Durable) {
    log(&[
        ("create-sent", "a", r#"{"kind":"invoices","number":""}"#),
        ("create-sent", "b", r#"{"kind":"invoices","number":""}"#),
        (
            "create-adopted",
            "a",
            r#"{"kind":"invoices","number":"","progress":{"adopted":{"id":"7","uuid":null}}}"#,
        ),
        (
            "create-adopted",
            "c",
            r#"{"kind":"customers","number":"","progress":{"adopted":{"id":"7","uuid":null}}}"#,
        ),
        (
            "stamp-sent",
            "d",
            r#"{"kind":"invoices","id":"7","number":"A-17"}"#,
        ),
        (
            "issue-refused",
            "e",
            r#"{"kind":"invoices","progress":{"refused":{"status":400,"code":"3051","text":"no","draft":"71"}}}"#,
        ),
    ])
}

#[test]
fn a_records_entries_are_those_of_the_act_that_made_it_too_and_of_no_other_kind() {
    let (_folder, durable) = making();
    let of = |kind, id: &str| AuditQuery {
        of: Some((kind, Id::from(id))),
        ..AuditQuery::default()
    };
    for stretch in [1, 2, 100] {
        assert_eq!(
            found(&durable, &of(Kind::Invoices, "7"), stretch),
            [5, 3, 1]
        );
        assert_eq!(found(&durable, &of(Kind::Customers, "7"), stretch), [4]);
        assert_eq!(found(&durable, &of(Kind::Invoices, "71"), stretch), [6]);
        assert_eq!(found(&durable, &of(Kind::Invoices, "1"), stretch), [0; 0]);
    }
}

#[test]
fn a_document_is_found_by_its_folio_as_people_type_it() {
    let (_folder, durable) = making();
    let document = |text: &str| AuditQuery {
        document: text.to_owned(),
        ..AuditQuery::default()
    };
    assert_eq!(found(&durable, &document("a 17"), 2), [5]);
    assert_eq!(found(&durable, &document("7"), 2), [5, 4, 3, 1]);
    assert_eq!(found(&durable, &document("A-1"), 2), [0; 0]);
}

#[test]
fn a_word_is_in_the_entry_or_in_the_name_of_its_event() {
    let (_folder, durable) = making();
    let words = |word: &str, events: &[&'static str]| AuditQuery {
        words: vec![Said {
            word: word.to_owned(),
            events: events.to_vec(),
        }],
        ..AuditQuery::default()
    };
    assert_eq!(found(&durable, &words("3051", &[]), 4), [6]);
    assert_eq!(
        found(&durable, &words("hecha", &["create-adopted"]), 4),
        [4, 3]
    );
    assert_eq!(found(&durable, &words("hecha", &[]), 4), [0; 0]);
    assert_eq!(
        found(&durable, &AuditQuery::default(), 1),
        [6, 5, 4, 3, 2, 1]
    );
}

#[test]
fn a_search_answers_only_as_long_as_nothing_was_written_since() {
    let (_folder, mut durable) = making();
    let everything = AuditQuery::default();
    let scan = AuditScan::begin(&durable, &company(), everything.clone()).expect("a search");
    assert!(
        scan.answers(&durable, &company(), &everything)
            .expect("read")
    );
    let narrowed = AuditQuery {
        event: "stamp".to_owned(),
        ..AuditQuery::default()
    };
    assert!(!scan.answers(&durable, &company(), &narrowed).expect("read"));
    let entry = AuditEntry {
        company: company(),
        at: read_at(),
        event: "stamp-sent".to_owned(),
        intent: None,
        detail: "{}".to_owned(),
    };
    durable.audit(&entry).expect("appended");
    assert!(
        !scan
            .answers(&durable, &company(), &everything)
            .expect("read")
    );
    assert_eq!(found(&durable, &everything, 3).len(), 7);
}

#[test]
fn a_chain_that_is_checked_in_stretches_comes_to_the_same() {
    let (_folder, durable) = making();
    let whole = durable.verify_audit(&company()).expect("read");
    for stretch in [1, 2, 3, 6, 100] {
        let (mut entries, mut head) = (0, [0; HASH]);
        let verdict = loop {
            let checked = durable.verify_some(&company(), entries, head, stretch);
            match checked.expect("read") {
                Checked::SoFar {
                    entries: whole,
                    head: last,
                } => (entries, head) = (whole, last),
                Checked::Over(verdict) => break verdict,
            }
        };
        assert_eq!(verdict, whole);
        assert!(matches!(verdict, Verdict::Whole { entries: 6, .. }));
    }
}

#[test]
fn a_damaged_entry_stands_in_its_place_and_hides_no_other() {
    let (folder, durable) = making();
    let whole = found(&durable, &AuditQuery::default(), 2);
    let path = folder.path().join("durable.db");
    for damage in ["at = 'never'", "at = x'ff'", "hash = x'00'"] {
        rusqlite::Connection::open(&path)
            .and_then(|file| {
                file.execute_batch(&format!(
                    "DROP TRIGGER IF EXISTS audit_is_not_changed;
                     UPDATE audit SET {} WHERE seq = 2",
                    damage.replace("x'ff'", "CAST(x'ff' AS TEXT)")
                ))
            })
            .expect("damaged");
        assert_eq!(found(&durable, &AuditQuery::default(), 2), whole);
        let scan = durable.audit_find(&company(), &AuditQuery::default(), 99);
        let lines = scan.expect("read");
        let unreadable: Vec<u32> = lines
            .iter()
            .filter(|line| line.entry().is_none())
            .map(AuditLine::seq)
            .collect();
        assert_eq!(unreadable, [2], "{damage}");
        // Nobody knows what it said, so it is in every answer.
        let nothing = AuditQuery {
            words: vec![Said {
                word: "nowhere".into(),
                events: Vec::new(),
            }],
            ..AuditQuery::default()
        };
        assert_eq!(found(&durable, &nothing, 2), [2], "{damage}");
    }
}
