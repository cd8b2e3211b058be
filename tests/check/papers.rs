//! `timbra download` and `timbra audit` against a sandbox: what lies in the folder, and what the exit code says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;
use serde_json::Value;
use timbra::domain::audit::AuditEntry;
use timbra::domain::company::CompanyId;
use timbra::store::durable::Durable;

use crate::run::text;
use crate::unstamped::{Office, out};

/// The files of a folder and when they were written.
fn files(folder: &Path) -> BTreeMap<String, SystemTime> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, entry.metadata().unwrap().modified().unwrap())
        })
        .collect()
}

fn download(office: &Office, more: &[&str]) -> std::process::Output {
    let folder = office.home.path().join("mayo");
    let mut line = vec![
        "download",
        "--period",
        "2026-05",
        "--out",
        folder.to_str().unwrap(),
        "--lang",
        "es",
    ];
    line.extend(more);
    office.run(&line)
}

#[test]
fn walk_8_a_month_lies_in_a_folder_whole_checked_and_fetched_once() {
    let office = Office::open();
    let first = download(&office, &["--json"]);
    assert_eq!(first.status.code(), Some(0), "{first:?}");
    let folder = office.home.path().join("mayo");
    let index: Value = serde_json::from_slice(&first.stdout).unwrap();
    let documents = index["documents"].as_array().unwrap();
    assert!(documents.len() > 5, "{}", documents.len());
    assert!(index["read"]["invoices"].as_u64() >= Some(90), "{index}");
    for one in documents {
        let name = text(&one["xml"]);
        let uuid = text(&one["uuid"]);
        assert!(name.starts_with(text(&one["date"])), "{name}");
        assert!(name.ends_with(&format!("_{}.xml", &uuid[..8])), "{name}");
        assert!(text(&one["date"]).starts_with("2026-05-"), "{one}");
        let xml = fs::read_to_string(folder.join(name)).unwrap();
        assert!(xml.contains(uuid), "{xml}");
        let pdf = fs::read(folder.join(text(&one["pdf"]))).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
    }
    let held = files(&folder);
    assert_eq!(held.len(), documents.len() * 2 + 2, "{held:?}");
    assert_eq!(fs::read(folder.join("index.json")).unwrap(), first.stdout);
    let csv = fs::read_to_string(folder.join("index.csv")).unwrap();
    assert_eq!(csv.lines().count(), documents.len() + 1);

    // One file is gone and one was cut off: those two are fetched, no other.
    let (gone, cut) = (text(&documents[0]["pdf"]), text(&documents[1]["xml"]));
    fs::remove_file(folder.join(gone)).unwrap();
    let whole = fs::read(folder.join(cut)).unwrap();
    fs::write(folder.join(cut), &whole[..whole.len() / 2]).unwrap();
    let again = download(&office, &[]);
    assert_eq!(again.status.code(), Some(0), "{again:?}");
    let told = out(&again);
    assert!(told.contains("(nuevos: 1) · PDF"), "{told}");
    assert_eq!(told.matches("(nuevos: 1)").count(), 2, "{told}");
    assert_eq!(fs::read(folder.join(cut)).unwrap(), whole);
    for (name, written) in files(&folder) {
        if ![gone, cut, "index.csv", "index.json"].contains(&name.as_str()) {
            assert_eq!(held.get(&name), Some(&written), "{name}");
        }
    }
}

#[test]
fn what_cannot_be_had_is_named_and_the_next_run_brings_it() {
    let fault = r#"{"method":"GET","path":"/invoices/*","nth":0,"do":"status","status":404,"body":{"code":404,"message":"no"}}"#;
    let office = Office::with(vec![fault.parse().unwrap()]);
    let failed = download(&office, &["--json"]);
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    let index: Value = serde_json::from_slice(&failed.stdout).unwrap();
    assert!(index["gaps"].as_u64() > Some(0), "{index}");
    let said = String::from_utf8(failed.stderr).unwrap();
    assert!(said.contains("No se pudo descargar el XML"), "{said}");
    assert!(said.contains("No se pudo descargar el PDF"), "{said}");
}

#[test]
fn an_empty_period_a_wrong_key_and_no_period_have_codes_of_their_own() {
    let office = Office::open();
    let folder = office.home.path().join("vacio");
    let folder = folder.to_str().unwrap();
    let line = |period| ["download", "--period", period, "--out", folder];
    assert_eq!(office.run(&line("1999-01")).status.code(), Some(3));
    assert_eq!(office.run(&line("marzo")).status.code(), Some(2));
    let refused = office.run_as("sk_wrong", &line("2026-05"));
    assert_eq!(refused.status.code(), Some(4), "{refused:?}");
}

#[test]
fn the_log_is_listed_and_verified_and_a_forged_entry_is_found() {
    let office = Office::open();
    assert_eq!(office.run(&["audit"]).status.code(), Some(3));
    let data = office.home.path().join("data");
    fs::create_dir_all(&data).unwrap();
    let path = data.join("durable.db");
    let company = CompanyId(format!("{}@loopback", office.consumer()));
    let mut durable = Durable::open(&path).unwrap();
    for event in ["stamp-sent", "stamp-adopted"] {
        durable
            .audit(&AuditEntry {
                company: company.clone(),
                at: Timestamp::UNIX_EPOCH,
                event: event.into(),
                intent: None,
                detail: r#"{"by":"ana@caja","kind":"invoices","id":"6"}"#.into(),
            })
            .unwrap();
    }
    drop(durable);
    let told = out(&office.run(&["audit", "--lang", "es"]));
    assert!(
        told.contains("Timbrado: hecho · invoices 6 · ana@caja"),
        "{told}"
    );
    let narrowed = |line: &[&str]| {
        let told = out(&office.run(&[&["audit", "--json"], line].concat()));
        told.lines().count()
    };
    for (line, rows) in [
        (&["--event", "stamp-adopted"][..], 1),
        (&["--document", "6"], 2),
        (&["--document", "7"], 0),
        (&["--text", "ANA adopted"], 1),
        (&["--since", "1970-01-02"], 0),
        (&["--until", "1970-01-01"], 2),
    ] {
        assert_eq!(narrowed(line), rows, "{line:?}");
    }
    let sheet = out(&office.run(&["audit", "--csv", "--lang", "es"]));
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
    assert!(
        sheet.contains(",Timbrado: hecho,stamp-adopted,invoices,6,"),
        "{sheet}"
    );
    let json = out(&office.run(&["audit", "--json"]));
    let last: Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert_eq!(last["seq"], 2);
    assert_eq!(last["by"], "ana@caja");
    let whole = office.run(&["audit", "verify", "--json"]);
    assert_eq!(whole.status.code(), Some(0), "{whole:?}");
    let verdict: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(verdict["entries"], 2);
    assert_eq!(verdict["head"], last["hash"]);
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch(
            "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened;
             UPDATE audit SET detail = '{}' WHERE seq = 1",
        )
        .unwrap();
    let broken = office.run(&["audit", "verify", "--lang", "es"]);
    assert_eq!(broken.status.code(), Some(1), "{broken:?}");
    assert!(out(&broken).contains("el asiento 1 no es"), "{broken:?}");
}
