//! The package of a period on screen (walk 8): which days, how far, what is missing; resumed, and nothing fetched twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use serde_json::{Value, json};
use timbra::app::model::Layer;

use crate::harness::{Manner, Office, Run};

/// The folder of a period of the company of the sandbox.
fn folder(office: &Office, period: &str) -> PathBuf {
    office
        .folder()
        .join("papers")
        .join("EKU9003173C9")
        .join(period)
}

/// The files of a folder and when they were written.
fn files(office: &Office, period: &str) -> BTreeMap<String, SystemTime> {
    let Ok(entries) = fs::read_dir(folder(office, period)) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| {
            let entry = entry.expect("a file");
            let name = entry.file_name().into_string().expect("a name");
            let written = entry.metadata().and_then(|about| about.modified());
            (name, written.expect("a moment"))
        })
        .collect()
}

/// The folios fiscales of what the server has stamped in a month.
fn stamped(office: &Office, month: &str) -> BTreeSet<String> {
    ["invoices", "credit-notes"]
        .into_iter()
        .flat_map(|resource| office.natives(resource))
        .filter(|one| {
            one["date"]
                .as_str()
                .is_some_and(|day| day.starts_with(month))
        })
        .filter_map(|one| one["stamp"]["uuid"].as_str().map(str::to_owned))
        .collect()
}

fn index(office: &Office, period: &str) -> Value {
    let text = fs::read_to_string(folder(office, period).join("index.json")).expect("an index");
    serde_json::from_str(&text).expect("JSON")
}

/// How often files were asked for.
fn asked(office: &Office) -> usize {
    office.requests(|seen| {
        let native = seen["native"].as_str().unwrap_or_default();
        native.contains("fields=")
    })
}

fn ended(run: &Run) -> bool {
    run.screen().contains("index.csv")
}

#[test]
fn walk_8_a_month_is_packed_in_few_keys_and_the_second_time_nothing_is_fetched() {
    let office = Office::open();
    let uuids = stamped(&office, "2026-05");
    assert!(uuids.len() > 3, "{uuids:?}");
    let mut run = office.run_as(Manner::sized(80, 24));
    let before = run.pressed();
    run.keys("g f p").types("mayo").shows(&[
        "2026-05 · 01/05/2026 – 31/05/2026",
        &format!("Timbradas            {}", uuids.len()),
        "ESCUELA KEMPER URGATE · EKU9003173C9",
    ]);
    run.keys("<Enter>");
    assert!(
        run.pressed() - before <= 14,
        "{} keys",
        run.pressed() - before
    );
    assert!(ended(&run), "{}", run.screen());
    let all = format!("{0} de {0} en la carpeta, {0} nuevos", uuids.len());
    run.shows(&["XML", "PDF", &all, "No falta nada."]);
    let index = index(&office, "2026-05");
    let documents = index["documents"].as_array().expect("documents");
    let told: BTreeSet<String> = documents
        .iter()
        .map(|one| one["uuid"].as_str().expect("a UUID").to_owned())
        .collect();
    assert_eq!(told, uuids);
    assert_eq!(index["gaps"], json!(0));
    for one in documents {
        let name = one["xml"].as_str().expect("a name");
        let uuid = one["uuid"].as_str().expect("a UUID");
        let xml = fs::read_to_string(folder(&office, "2026-05").join(name)).expect("a file");
        assert!(xml.contains(uuid), "{name}");
    }
    let held = files(&office, "2026-05");
    assert_eq!(held.len(), uuids.len() * 2 + 2, "{held:?}");
    let (fetched, nothing) = (
        asked(&office),
        format!("{0} de {0} en la carpeta, 0 nuevos", uuids.len()),
    );
    assert_eq!(fetched, uuids.len());
    run.keys("<Enter> p")
        .types("2026-05")
        .keys("<Enter>")
        .shows(&[&nothing]);
    assert_eq!(asked(&office), fetched, "nothing is asked for twice");
    for (name, written) in files(&office, "2026-05") {
        if !name.starts_with("index") {
            assert_eq!(held.get(&name), Some(&written), "{name}");
        }
    }
    assert_eq!(office.state()["credentials_shown"], json!(0));
    assert_eq!(office.requests(|seen| seen["method"] != "GET"), 0);
}

#[test]
fn esc_stops_after_the_document_under_way_and_the_next_run_brings_the_rest() {
    let office = Office::open();
    let all = stamped(&office, "2026-05").len();
    let mut run = office.run();
    run.keys("p").shows(&["2026-05 ·"]);
    // The first document answers late, so that there is something to stop.
    office
        .fault(json!({"method": "GET", "path": "/proxy", "nth": 1, "do": "hang", "delay_ms": 300}));
    run.press("<Enter>").press("<Esc>");
    run.wait_for("index.csv").settle();
    run.shows(&["por descargar: se detuvo"]);
    let first = files(&office, "2026-05");
    assert!(first.len() < all * 2 + 2, "{first:?}");
    let gaps = index(&office, "2026-05")["gaps"]
        .as_u64()
        .expect("a number");
    assert_eq!(
        first.len() - 2 + usize::try_from(gaps).expect("a count"),
        all * 2
    );
    run.keys("<Esc> p <Enter>").shows(&["No falta nada."]);
    let second = files(&office, "2026-05");
    assert_eq!(second.len(), all * 2 + 2);
    for (name, written) in first.iter().filter(|(name, _)| !name.starts_with("index")) {
        assert_eq!(second.get(name), Some(written), "{name} was fetched once");
    }
}

#[test]
fn what_cannot_be_had_is_named_and_only_the_xml_can_be_wanted() {
    let office = Office::open();
    let mut run = office.run_as(Manner::sized(120, 40));
    let lost = json!({"code": 404, "message": "no"});
    office.fault(json!({"method": "GET", "path": "/invoices/*", "nth": 0, "do": "status", "status": 404, "body": lost}));
    run.keys("p <Tab>").shows(&["sólo XML"]).keys("<Enter>");
    run.shows(&["Falta", "No se pudo descargar el XML"])
        .lacks(&["PDF  "]);
    office.clear_faults();
    run.keys("<Esc> p <Tab> <Enter>").shows(&["No falta nada."]);
    assert!(
        files(&office, "2026-05")
            .keys()
            .all(|name| !name.ends_with(".pdf"))
    );
}

#[test]
fn a_period_that_is_none_and_one_without_documents_order_nothing() {
    let office = Office::open();
    let mut run = office.run_as(Manner::sized(60, 15));
    run.keys("p")
        .types("nunca")
        .shows(&["No se entiende el periodo"]);
    run.keys("<Enter>");
    run.keys("<C-u>")
        .types("1/1/2001")
        .keys("<Enter>")
        .shows(&["No hay nada timbrado"]);
    assert_eq!(asked(&office), 0);
    run.keys("<Esc>");
    assert!(
        !run.model()
            .layers
            .iter()
            .any(|layer| matches!(layer, Layer::Package(_)))
    );
}

#[test]
fn a_reply_too_large_for_the_proxy_is_fetched_elsewhere_and_the_key_stays_home() {
    let office = Office::open();
    let id = office.some_stamped()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    // What is kept with the record makes it larger than two megabytes.
    let long = "x".repeat(2_097_000);
    let draft = office.create(crate::harness::good_draft());
    office.edit_elsewhere(&draft, json!({"anexo": long}));
    office.stamp_elsewhere(&draft);
    let mut run = office.run();
    run.open(&draft).keys("p").shows(&[".xml", ".pdf"]);
    assert_eq!(office.state()["credentials_shown"], json!(0));
    assert!(
        office.requests(|seen| seen["status"] == 301) > 0,
        "it was too large"
    );
    run.open(&id).keys("p").shows(&[".xml"]);
}
