//! What must never be lost: unfinished edits, the audit log, whose books these are.

use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::thread;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use tempfile::TempDir;
use timbra::domain::audit::{AuditEntry, AuditLine, Verdict};
use timbra::domain::company::{Company, CompanyId};
use timbra::domain::edit::Edit;
use timbra::domain::field::{Field, Value};
use timbra::domain::intent::{Act, Intent, IntentId, Progress, Snapshot};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Record};
use timbra::domain::relation;
use timbra::domain::stamp::{Stamp, Uuid};
use timbra::domain::substitution::Substitution;
use timbra::store::durable::{Durable, UnfinishedEdit};

use crate::books::{company, read_at};

pub fn durable() -> (TempDir, PathBuf, Durable) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data/durable.db");
    let durable = Durable::open(&path).expect("a file");
    (folder, path, durable)
}

pub fn later(seconds: i64) -> Timestamp {
    read_at() + SignedDuration::from_secs(seconds)
}

pub fn other_company() -> CompanyId {
    CompanyId("other-consumer".into())
}

pub fn stamping(name: &str, document: &str) -> Intent {
    Intent {
        id: IntentId(name.into()),
        company: company(),
        kind: Kind::Invoices,
        act: Act::Stamp(Id::from(document)),
        snapshot: Snapshot::of(&Record::new(Kind::Invoices, Id::from(document))),
        baseline: Vec::new(),
        editor: None,
        planned_at: read_at(),
        progress: Progress::Planned,
    }
}

#[test]
fn what_was_typed_is_there_until_it_is_dropped() {
    let (_folder, path, mut durable) = durable();
    durable
        .keep_edit(&company(), "invoice:6", "{\"a\":1}", later(0))
        .expect("kept");
    durable
        .keep_edit(&company(), "invoice:6", "{\"a\":2}", later(1))
        .expect("kept");
    durable
        .keep_edit(&company(), "customer:new", "Ñ\"🦆", later(2))
        .expect("kept");
    durable
        .keep_edit(&other_company(), "invoice:6", "theirs", later(3))
        .expect("kept");
    drop(durable);
    let mut durable = Durable::open(&path).expect("the same file");
    let edit = |slot: &str, body: &str, at| UnfinishedEdit {
        slot: slot.into(),
        body: body.into(),
        at,
    };
    let duck = edit("customer:new", "Ñ\"🦆", later(2));
    assert_eq!(
        durable.edits(&company()).expect("read"),
        [duck.clone(), edit("invoice:6", "{\"a\":2}", later(1))]
    );
    durable.drop_edit(&company(), "invoice:6").expect("dropped");
    assert_eq!(durable.edits(&company()).expect("read"), [duck]);
    assert_eq!(durable.edits(&other_company()).expect("read").len(), 1);
}

pub fn entry(n: i64) -> AuditEntry {
    AuditEntry {
        company: company(),
        at: later(n),
        event: "stamp-sent".into(),
        intent: Some(IntentId(format!("act {n}"))),
        detail: "{\"total\":\"11600.00\"}".into(),
    }
}

#[test]
fn the_audit_log_is_a_chain_per_company() {
    let (_folder, _path, mut durable) = durable();
    let first = durable.audit(&entry(1)).expect("appended");
    let theirs = AuditEntry {
        company: other_company(),
        ..entry(2)
    };
    durable.audit(&theirs).expect("appended");
    let second = durable.audit(&entry(3)).expect("appended");
    assert_eq!((first.seq, second.seq), (1, 2));
    let whole = |entries, head| Verdict::Whole { entries, head };
    assert_eq!(
        durable.verify_audit(&company()).expect("read"),
        whole(2, second.hash)
    );
    assert_eq!(
        durable.audit_tail(&company(), 1).expect("read"),
        [AuditLine::Entry(second.clone())]
    );
    assert_eq!(
        durable.audit_tail(&company(), 9).expect("read"),
        [second, first].map(AuditLine::Entry)
    );
    let nobody = CompanyId("nobody".into());
    assert_eq!(
        durable.verify_audit(&nobody).expect("read"),
        whole(0, [0; 32])
    );
}

#[test]
fn every_change_of_the_audit_log_is_found() {
    let tamper = |path: &Path, sql: &str| {
        let conn = Connection::open(path).expect("the same file");
        assert!(
            conn.execute_batch(sql).is_err() || sql.starts_with("INSERT"),
            "{sql}"
        );
        conn.execute_batch(
            "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened;",
        )
        .and_then(|()| conn.execute_batch(sql))
        .expect("tampered");
    };
    for (sql, at) in [
        (
            "UPDATE audit SET detail = '{\"total\":\"1.00\"}' WHERE seq = 2",
            2,
        ),
        (
            "UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE seq = 3",
            3,
        ),
        ("UPDATE audit SET at = 'never' WHERE seq = 3", 3),
        ("UPDATE audit SET intent = NULL WHERE seq = 1", 1),
        ("UPDATE audit SET hash = zeroblob(32) WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("UPDATE audit SET seq = seq - 1 WHERE seq > 0", 1),
    ] {
        let (_folder, path, mut durable) = durable();
        for n in 1..=4 {
            durable.audit(&entry(n)).expect("appended");
        }
        tamper(&path, sql);
        let verdict = durable.verify_audit(&company()).expect("read");
        assert_eq!(verdict, Verdict::Broken { at }, "{sql}");
    }
}

#[test]
fn an_edit_from_before_there_were_allocations_can_still_be_read() {
    let old = r#"{"kind":"invoices","id":"6","values":{},"lines":null}"#;
    let edit: Edit = serde_json::from_str(old).expect("an edit");
    assert_eq!(edit, Edit::new(Kind::Invoices, Some(Id::from("6"))));
}

fn met(number: &str, rfc: &str) -> Company {
    Company {
        id: company(),
        number: Some(number.to_owned()).filter(|number| !number.is_empty()),
        name: String::new(),
        rfc: rfc.to_owned(),
        regime: None,
        zip: None,
        currency: "MXN".to_owned(),
    }
}

#[test]
fn another_company_behind_the_same_connection_has_books_of_its_own() {
    let (_folder, path, mut durable) = durable();
    assert_eq!(durable.books_of(&company()).expect("read"), company());
    let first = durable
        .meet(&company(), &met("1", "EKU9003173C9"))
        .expect("met");
    assert_eq!(first, company());
    durable.plan(&stamping("one", "6")).expect("planned");
    let number = durable
        .meet(&company(), &met("2", "EKU9003173C9"))
        .expect("met");
    let rfc = durable
        .meet(&company(), &met("1", "XIA190128J61"))
        .expect("met");
    assert!(number != first && rfc != first && number != rfc);
    assert_eq!(durable.open_intents(&rfc).expect("read"), []);
    drop(durable);
    let mut durable = Durable::open(&path).expect("a file");
    assert_eq!(durable.books_of(&company()).expect("read"), rfc);
    // Back at the first: its act is open still.
    assert_eq!(
        durable
            .meet(&company(), &met("1", "EKU9003173C9"))
            .expect("met"),
        first
    );
    assert_eq!(durable.books_of(&company()).expect("read"), first);
    assert_eq!(durable.open_intents(&first).expect("read").len(), 1);
}

#[test]
fn what_the_server_does_not_tell_contradicts_nothing() {
    let (_folder, _path, mut durable) = durable();
    let mut meet = |number, rfc| durable.meet(&company(), &met(number, rfc)).expect("met");
    let first = meet("", "EKU9003173C9");
    assert_eq!(meet("1", ""), first);
    // Told once, it is known for good.
    assert_ne!(meet("2", "EKU9003173C9"), first);
    assert_eq!(meet("1", "EKU9003173C9"), first);
}

#[test]
fn connections_do_not_share_books() {
    let (_folder, _path, mut durable) = durable();
    let here = durable
        .meet(&company(), &met("1", "EKU9003173C9"))
        .expect("met");
    let there = durable
        .meet(&other_company(), &met("1", "EKU9003173C9"))
        .expect("met");
    assert_ne!(here, there);
}

#[test]
fn programs_that_make_the_file_in_the_same_moment_all_get_it() {
    for _ in 0..8 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("durable.db");
        let start = Barrier::new(4);
        thread::scope(|scope| {
            let programs: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        Durable::open(&path).map(drop)
                    })
                })
                .collect();
            for program in programs {
                program.join().expect("no panic").expect("a file");
            }
        });
    }
}

pub fn sent_at(seconds: i64) -> Progress {
    Progress::Sent { at: later(seconds) }
}

fn uuid(last: char) -> Uuid {
    format!("5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5{last}")
        .parse()
        .expect("a UUID")
}

fn replacing(document: &str, last: char) -> Substitution {
    let mut old = Record::new(Kind::Invoices, Id::from(document));
    old.stamp = Stamp::Stamped(uuid(last));
    Substitution::of(&old, later(10)).expect("a replacement")
}

/// A create of what takes the place of the invoice of this folio fiscal.
fn substitute(name: &str, last: char, planned: i64) -> Intent {
    let mut edit = Edit::new(Kind::Invoices, None);
    let named = Value::Text(relation::to(relation::REPLACES, &uuid(last)));
    edit.values.insert(Field::Related, Some(named));
    Intent {
        act: Act::Create(Box::new(edit)),
        planned_at: later(planned),
        ..stamping(name, "none")
    }
}

#[test]
fn a_replacement_is_there_after_a_restart_until_it_is_dropped() {
    let (_folder, path, mut durable) = durable();
    let mut what = replacing("6", 'A');
    durable.keep_substitution(&company(), &what).expect("kept");
    what.substitute = Some(Id::from("9"));
    durable.keep_substitution(&company(), &what).expect("kept");
    drop(durable);
    let mut durable = Durable::open(&path).expect("the same file");
    let kept = durable.substitutions(&company()).expect("read");
    assert_eq!(kept, std::slice::from_ref(&what));
    assert_eq!(durable.substitutions(&other_company()).expect("read"), []);
    durable
        .drop_substitution(&other_company(), &what.replaced)
        .expect("dropped");
    assert_eq!(durable.substitutions(&company()).expect("read").len(), 1);
    durable
        .drop_substitution(&company(), &what.replaced)
        .expect("dropped");
    assert_eq!(durable.substitutions(&company()).expect("read"), []);
}

#[test]
fn a_substitute_that_nobody_noted_is_found_in_the_outbox() {
    let (_folder, _path, mut durable) = durable();
    let what = replacing("6", 'A');
    durable.keep_substitution(&company(), &what).expect("kept");
    let adopted = |id: &str| Progress::Adopted {
        id: Id::from(id),
        uuid: None,
    };
    for (name, of, planned, made) in [
        ("before", 'A', 9, Some("7")),
        ("of another", 'B', 11, Some("8")),
        ("refused", 'A', 12, None),
        ("made", 'A', 13, Some("9")),
    ] {
        let intent = substitute(name, of, planned);
        durable.plan(&intent).expect("planned");
        let progress = made.map_or(Progress::Released, &adopted);
        durable
            .progress(&intent.id, &progress, later(20))
            .expect("settled");
    }
    let found = durable.substitutions(&company()).expect("read");
    assert_eq!(found[0].substitute, Some(Id::from("9")));
}

pub fn adopted(id: &str) -> Progress {
    Progress::Adopted {
        id: Id::from(id),
        uuid: None,
    }
}
