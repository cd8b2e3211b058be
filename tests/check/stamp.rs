//! `timbra stamp` against a sandbox: the same laws without a screen.

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use timbra::sandbox::Fault;

use crate::run::text;
use crate::unstamped::{Office, out};

fn lines(output: &Output) -> Vec<Value> {
    out(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect()
}

fn results(output: &Output) -> Vec<String> {
    let lines = lines(output);
    lines
        .iter()
        .map(|line| text(&line["result"]).to_owned())
        .collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn fault(value: Value) -> Fault {
    value.to_string().parse().unwrap()
}

/// Ids of unstamped invoices against which the rules find nothing, and of some with errors.
fn drafts(office: &Office) -> (Vec<String>, Vec<String>) {
    let all = office.run(&["check", "--drafts", "--json"]);
    let judged = lines(&all);
    let of = |verdict: &str| {
        let like = judged.iter().filter(|one| one["verdict"] == verdict);
        like.map(|one| text(&one["id"]).to_owned()).collect()
    };
    (of("ok"), of("error"))
}

fn stamp(office: &Office, ids: &[&str]) -> Output {
    let count = ids.len().to_string();
    let arguments = [&["stamp"], ids, &["--confirm", &count, "--json"]].concat();
    office.run(&arguments)
}

/// Invoices that stamp well: what the tax authority knows of these customers is what the books say.
fn good(office: &Office, count: usize) -> Vec<String> {
    let (clean, _) = drafts(office);
    let names = ["JIMENA MUÑOZ ÁVILA", "ASESORES PEÑALOZA"];
    let show = |id: &String| {
        let shown = office.run(&["show", "invoice", id, "--json"]);
        serde_json::from_str::<Value>(&out(&shown)).unwrap()
    };
    clean
        .into_iter()
        .filter(|id| {
            let invoice = show(id);
            invoice["kind"] == "invoices"
                && !names.contains(&text(&invoice["fields"]["contact"]["name"]))
        })
        .take(count)
        .collect()
}

fn uuid_of(office: &Office, id: &str) -> Option<String> {
    let raw = office.run(&["show", "invoice", id, "--raw", "--json"]);
    let raw: Value = serde_json::from_str(&out(&raw)).unwrap();
    raw["stamp"]["uuid"].as_str().map(str::to_owned)
}

#[test]
fn named_invoices_are_stamped_and_told_with_their_folios_fiscales() {
    let office = Office::open();
    let ids = good(&office, 2);
    let [one, other] = [ids[0].as_str(), ids[1].as_str()];
    let output = stamp(&office, &[one, other]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(results(&output), ["stamped", "stamped"]);
    for line in lines(&output) {
        let id = text(&line["id"]);
        let told = text(&line["uuid"]).to_lowercase();
        let held = uuid_of(&office, id).expect("a UUID").to_lowercase();
        assert_eq!(told, held);
    }
    // What is stamped is never sent again, by id or by its folio.
    let again = stamp(&office, &[one]);
    assert_eq!(again.status.code(), Some(3), "{again:?}");
    assert_eq!(results(&again), ["stamped_elsewhere"]);
    let log = office.run(&["audit", "--json"]);
    let sent = lines(&log)
        .iter()
        .filter(|row| row["event"] == "stamp-sent")
        .count();
    assert_eq!(sent, 2);
}

#[test]
fn a_number_that_is_not_theirs_sends_nothing() {
    let office = Office::open();
    let ids = good(&office, 2);
    for arguments in [
        ["stamp", &ids[0], &ids[1], "--confirm", "1"],
        ["stamp", &ids[0], &ids[1], "--confirm", "3"],
        ["stamp", &ids[0], &ids[0], "--confirm", "2"],
    ] {
        let output = office.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(errors(&output).contains("No se envió nada"), "{output:?}");
    }
    assert!(ids.iter().all(|id| uuid_of(&office, id).is_none()));
    assert!(!office.home.path().join("data/durable.db").exists());
}

#[test]
fn where_one_is_not_ready_none_is_sent() {
    let office = Office::open();
    let ids = good(&office, 1);
    let (_, bad) = drafts(&office);
    let output = stamp(&office, &[&ids[0], &bad[0], "999999"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let mut told = results(&output);
    told.sort();
    assert_eq!(told, ["not_found", "not_ready", "ready"]);
    let lines = lines(&output);
    let barred = lines.iter().find(|line| line["id"] == *bad[0]).unwrap();
    assert_eq!(barred["findings"][0]["level"], "error");
    assert_eq!(uuid_of(&office, &ids[0]), None);
    let words = office.run(&["stamp", &bad[0], "--confirm", "1", "--lang", "es"]);
    assert_eq!(words.status.code(), Some(3));
    assert!(out(&words).contains('✖'), "{words:?}");
    let unknown = office.run(&["stamp", "Z-1", "--confirm", "1"]);
    assert_eq!(unknown.status.code(), Some(3), "{unknown:?}");
}

#[test]
fn a_refusal_of_the_tax_authority_is_a_failure_and_keeps_its_words() {
    let office = Office::open();
    let (clean, _) = drafts(&office);
    let refused = clean.into_iter().find(|id| {
        let shown = office.run(&["show", "invoice", id, "--json"]);
        let invoice: Value = serde_json::from_str(&out(&shown)).unwrap();
        invoice["fields"]["contact"]["name"] == "JIMENA MUÑOZ ÁVILA"
    });
    let output = stamp(&office, &[&refused.expect("a draft")]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let line = &lines(&output)[0];
    assert_eq!(line["result"], "refused");
    assert_eq!(line["code"], "3051");
    assert!(text(&line["text"]).contains("CFDI40157"), "{line}");
}

#[test]
fn a_lost_answer_is_read_back_and_found() {
    let office = Office::with(vec![fault(json!({
        "method": "POST", "path": "/invoices/stamp", "when": "after", "do": "drop",
    }))]);
    let ids = good(&office, 2);
    let output = stamp(&office, &[&ids[0], &ids[1]]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(results(&output), ["stamped", "stamped"]);
}

#[test]
fn credentials_that_are_refused_end_with_four_and_nothing_is_sent() {
    let office = Office::open();
    let output = office.run_as("wrong", &["stamp", "6", "--confirm", "1"]);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
}

#[test]
#[cfg(unix)]
fn interrupted_while_nobody_knows_it_ends_with_five() {
    let office = Office::with(vec![fault(json!({
        "method": "POST", "path": "/invoices/stamp", "when": "before", "do": "drop",
    }))]);
    let ids = good(&office, 1);
    let mut child = office
        .command(&["stamp", &ids[0], "--confirm", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
    // The folios that will be spent are told before anything is sent; the answer is lost soon after.
    let first = told.next().unwrap().unwrap();
    assert!(first.contains("EKU9003173C9"), "{first}");
    office.until_stamp_was_asked();
    let signal = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(signal.success());
    let rest: Vec<String> = told.map(Result::unwrap).collect();
    assert_eq!(child.wait().unwrap().code(), Some(5), "{rest:?}");
    assert!(
        rest.iter().any(|line| line.contains("por verificar")),
        "{rest:?}"
    );
    // The next run knows that its result is open, and sends nothing.
    let again = stamp(&office, &[&ids[0]]);
    assert_eq!(again.status.code(), Some(3), "{again:?}");
    assert_eq!(results(&again), ["not_ready"]);
}
