//! `timbra doctor`, row by row: each in both languages, when all is well and when it is not.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Output;

use rusqlite::Connection;
use serde_json::Value;

use crate::companies::{Machine, code, said};
use crate::unstamped::out;

/// The rows, and the name of each for people in both languages.
const ROWS: [(&str, &str, &str); 13] = [
    ("config", "Configuración", "Config"),
    ("profile", "Empresa", "Company"),
    ("key", "Llave", "Key"),
    ("network", "Red", "Network"),
    ("credentials", "Credenciales", "Credentials"),
    ("limit", "Límite", "Limit"),
    ("clock", "Reloj", "Clock"),
    ("catalogues", "Catálogos", "Catalogues"),
    ("cache", "Caché", "Cache"),
    ("durable", "Registro", "Record"),
    ("webhooks", "Avisos", "Webhooks"),
    ("audit", "Bitácora", "Audit"),
    ("terminal", "Terminal", "Screen"),
];

/// A machine on which a company is connected, and whose files are there.
fn connected() -> Machine {
    let machine = Machine::new();
    let login = said(machine.timbra(&["login"]), &machine.values());
    assert_eq!(code(&login), Some(0), "{login:?}");
    let synced = with_key(&machine, &["sync"]);
    assert_eq!(code(&synced), Some(0), "{synced:?}");
    machine
}

/// Runs a verb with the key in the environment.
fn with_key(machine: &Machine, arguments: &[&str]) -> Output {
    let mut command = machine.timbra(arguments);
    command.env("TIMBRA_API_KEY", machine.running().api_key());
    said(command, "")
}

/// State and text of a row as a script sees it.
fn row(output: &Output, what: &str) -> (String, String) {
    let told = out(output);
    let rows = told
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found = rows.into_iter().find(|row| row["check"] == what);
    let found = found.unwrap_or_else(|| panic!("no row {what}:\n{told}"));
    let text = |key: &str| found[key].as_str().unwrap().to_owned();
    (text("state"), text("text"))
}

/// The row in both languages: its state, the same in both, and its texts, which are not.
fn both(machine: &Machine, what: &str) -> (String, [String; 2]) {
    let [es, en] = ["es", "en"].map(|lang| {
        row(
            &with_key(machine, &["doctor", "--json", "--lang", lang]),
            what,
        )
    });
    assert_eq!(es.0, en.0);
    (es.0, [es.1, en.1])
}

fn state(machine: &Machine, what: &str) -> String {
    both(machine, what).0
}

fn rewrite(machine: &Machine, change: impl FnOnce(String) -> String) {
    let path = machine.home.path().join("config/config.toml");
    std::fs::write(path, change(machine.config())).unwrap();
}

fn listens(machine: &Machine, address: &str) {
    rewrite(machine, |config| {
        format!("{config}\n[webhooks]\nlisten = \"{address}\"\n")
    });
}

#[test]
fn every_row_has_its_name_in_both_languages() {
    let machine = connected();
    listens(&machine, "127.0.0.1:0");
    for (lang, pick) in [("es", 0), ("en", 1)] {
        let told = out(&with_key(&machine, &["doctor", "--lang", lang]));
        for (what, es, en) in ROWS {
            let name = [es, en][pick];
            let row = told.lines().find(|line| {
                let mut words = line.split_whitespace().skip(1);
                words.next() == Some(name)
            });
            let row = row.unwrap_or_else(|| panic!("no row «{name}» ({what}):\n{told}"));
            // A sign, the name, and what was found.
            assert!(row.split_whitespace().count() > 2, "{row}");
            assert!(!row.contains("doctor-"), "{row}");
        }
        assert_eq!(told.lines().count(), ROWS.len(), "{told}");
    }
}

#[test]
fn config_is_well_or_names_what_it_does_not_know() {
    let machine = connected();
    assert_eq!(state(&machine, "config"), "ok");
    rewrite(&machine, |config| format!("colour = 1\n{config}"));
    let (state_then, texts) = both(&machine, "config");
    assert_eq!(state_then, "warning");
    assert!(
        texts.iter().all(|text| text.contains("colour")),
        "{texts:?}"
    );
    rewrite(&machine, |_| "profile = [".to_owned());
    assert_eq!(state(&machine, "config"), "error");
}

#[test]
fn profile_names_the_company_or_says_how_one_is_connected() {
    let machine = connected();
    let (is, texts) = both(&machine, "profile");
    assert_eq!(is, "ok");
    assert!(texts[0].contains("ESCUELA KEMPER URGATE"));
    let nobody = Machine::new();
    let (is, texts) = both(&nobody, "profile");
    assert_eq!(is, "error");
    assert!(texts.iter().all(|text| text.contains("timbra login")));
    assert_ne!(texts[0], texts[1]);
    for rest in ["key", "network", "credentials", "limit", "clock"] {
        assert_eq!(state(&nobody, rest), "unknown", "{rest}");
    }
}

#[test]
fn key_says_where_it_comes_from_or_why_there_is_none() {
    let machine = connected();
    let (is, texts) = both(&machine, "key");
    assert_eq!(is, "ok");
    assert_ne!(texts[0], texts[1]);
    // Neither variable nor keyring nor command.
    let mut texts = Vec::new();
    for lang in ["es", "en"] {
        let without = said(machine.timbra(&["doctor", "--json", "--lang", lang]), "");
        assert_eq!(code(&without), Some(4));
        let (is, text) = row(&without, "key");
        assert_eq!(is, "error", "{text}");
        assert_eq!(row(&without, "network").0, "unknown");
        texts.push(text);
    }
    assert_ne!(texts[0], texts[1]);
    assert!(
        texts.iter().all(|text| text.contains("key_command")),
        "{texts:?}"
    );
    // A command that fails, and one that says it.
    let commanded = |command: &str| {
        rewrite(&machine, |config| {
            let kept: Vec<&str> = config
                .lines()
                .filter(|line| !line.starts_with("key_command"))
                .collect();
            format!("key_command = \"{command}\"\n{}\n", kept.join("\n"))
        });
        let told = said(machine.timbra(&["doctor", "--json"]), "");
        row(&told, "key").0
    };
    assert_eq!(commanded("false"), "error");
    assert_eq!(commanded("true"), "error", "it says nothing");
    let (_kept, says_it) = machine.keep_elsewhere();
    assert_eq!(commanded(&says_it), "ok");
}

#[test]
fn network_and_credentials_are_told_apart() {
    let machine = connected();
    assert_eq!(state(&machine, "network"), "ok");
    assert_eq!(state(&machine, "credentials"), "ok");
    // The books of another company behind the ids of this profile.
    rewrite(&machine, |config| {
        config.replace("EKU9003173C9", "XAMA620210DQ5")
    });
    let (is, texts) = both(&machine, "credentials");
    assert_eq!(is, "error");
    assert!(texts.iter().all(|text| text.contains("EKU9003173C9")));
    assert_ne!(texts[0], texts[1]);
    for lang in ["es", "en"] {
        let mut refused = machine.timbra(&["doctor", "--json", "--lang", lang]);
        refused.env("TIMBRA_API_KEY", "sk_of_somebody_else");
        let refused = said(refused, "");
        assert_eq!(row(&refused, "network").0, "ok");
        assert_eq!(row(&refused, "credentials").0, "error");
    }
    let url = machine.running().url().to_owned();
    rewrite(&machine, |config| {
        config.replace(&url, "http://127.0.0.1:9")
    });
    let (is, texts) = both(&machine, "network");
    assert_eq!(is, "error");
    assert_ne!(texts[0], texts[1]);
}

#[test]
fn limit_tells_what_is_left_and_warns_when_nothing_is() {
    let machine = connected();
    assert_eq!(state(&machine, "limit"), "ok");
    let tight = Machine::with(|options| options.rate_limit = Some(2));
    let login = said(tight.timbra(&["login"]), &tight.values());
    assert_eq!(code(&login), Some(0), "{login:?}");
    let told = with_key(&tight, &["doctor", "--json"]);
    let (is, text) = row(&told, "limit");
    assert_eq!(is, "warning", "{text}");
    // Nobody is kept waiting for the minute to pass, and what was not seen is not judged.
    assert!(text.contains("esperar"), "{text}");
    assert_eq!(row(&told, "network").0, "ok");
    assert_eq!(row(&told, "credentials").0, "unknown");
}

#[test]
fn cache_and_record_are_whole_absent_or_ailing() {
    let machine = connected();
    for what in ["cache", "durable"] {
        assert_eq!(state(&machine, what), "ok");
    }
    for (file, what, is) in [
        ("cache.db", "cache", "warning"),
        ("durable.db", "durable", "error"),
    ] {
        let path = machine.home.path().join("data").join(file);
        let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        file.write_all(b"no database at all, and long enough to be read")
            .unwrap();
        let (found, texts) = both(&machine, what);
        assert_eq!(found, is, "{texts:?}");
    }
    let fresh = Machine::new();
    for what in ["cache", "durable"] {
        let (is, texts) = both(&fresh, what);
        assert_eq!(is, "ok");
        assert_ne!(texts[0], texts[1], "there is none yet");
    }
}

#[test]
fn webhooks_say_where_they_are_listened_to_and_when_nobody_can() {
    let machine = connected();
    let told = with_key(&machine, &["doctor", "--json"]);
    assert!(!out(&told).contains("\"webhooks\""), "nobody listens");
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    listens(&machine, &address);
    // Another window may be the one that listens: nothing is wrong with that.
    let (is, texts) = both(&machine, "webhooks");
    assert_eq!(is, "unknown");
    assert!(texts.iter().all(|text| text.contains(&address)));
    assert_ne!(texts[0], texts[1]);
    drop(free);
    let data = machine.home.path().join("data/cache.db");
    let written = Connection::open(&data)
        .unwrap()
        .execute(
            "INSERT INTO delivery (company, event, name, id, at)
             SELECT number, 'e1', 'accounting.invoice.updated', '6', 1780000000000 FROM company",
            [],
        )
        .unwrap();
    assert_eq!(written, 1);
    let (is, texts) = both(&machine, "webhooks");
    assert_eq!(is, "ok", "{texts:?}");
    assert!(
        texts
            .iter()
            .all(|text| text.contains("accounting.invoice.updated"))
    );
    // An address of a machine that is not this one.
    rewrite(&machine, |config| {
        config.replace(&address, "192.0.2.1:8790")
    });
    let (is, texts) = both(&machine, "webhooks");
    assert_eq!(is, "error", "{texts:?}");
    assert_ne!(texts[0], texts[1]);
}

#[test]
fn audit_is_whole_or_names_the_entry_that_was_changed() {
    let machine = connected();
    assert_eq!(state(&machine, "audit"), "ok");
    let judged = out(&with_key(&machine, &["check", "--drafts", "--json"]));
    let ready = judged.lines().find_map(|line| {
        let one: Value = serde_json::from_str(line).unwrap();
        (one["verdict"] == "ok").then(|| one["id"].as_str().unwrap().to_owned())
    });
    let mut stamp = machine.timbra(&["stamp", &ready.expect("a draft"), "--confirm", "1"]);
    stamp
        .env("TIMBRA_API_KEY", machine.running().api_key())
        .env("TIMBRA_NOW", "2026-06-03T16:00:00Z");
    said(stamp, "");
    let (is, texts) = both(&machine, "audit");
    assert_eq!(is, "ok", "{texts:?}");
    // Whoever has the file can do what the program cannot.
    Connection::open(machine.home.path().join("data/durable.db"))
        .unwrap()
        .execute_batch(
            "DROP TRIGGER audit_is_not_changed; UPDATE audit SET event = 'nothing' WHERE seq = 1;",
        )
        .unwrap();
    let (is, texts) = both(&machine, "audit");
    assert_eq!(is, "error", "{texts:?}");
    assert_ne!(texts[0], texts[1]);
}

/// The clock's row, with an hour that was chosen.
fn clock(machine: &Machine, now: Option<&str>) -> (String, [String; 2]) {
    let [es, en] = ["es", "en"].map(|lang| {
        let mut command = machine.timbra(&["doctor", "--json", "--lang", lang]);
        command.env("TIMBRA_API_KEY", machine.running().api_key());
        command.envs(now.map(|now| ("TIMBRA_NOW", now)));
        row(&said(command, ""), "clock")
    });
    assert_eq!(es.0, en.0);
    (es.0, [es.1, en.1])
}

#[test]
fn the_clock_is_that_of_the_local_server_unless_another_hour_was_chosen() {
    let machine = connected();
    // The sandbox lives on a day of its own, and the program with it.
    let day = machine.running().now().to_string();
    let day = day.get(..4).unwrap();
    let (is, texts) = clock(&machine, None);
    assert_eq!(is, "ok");
    assert!(texts.iter().all(|text| text.contains(day)), "{texts:?}");
    assert_ne!(texts[0], texts[1]);
    let chosen = |hours: i64| {
        let at = machine.running().now() + jiff::SignedDuration::from_hours(hours);
        clock(&machine, Some(&at.to_string()))
    };
    assert_eq!(chosen(0).0, "ok");
    for (hours, sign) in [(1, " +3"), (-1, " -3")] {
        let (is, texts) = chosen(hours);
        assert_eq!(is, "warning", "{texts:?}");
        for text in texts {
            assert!(text.contains("TIMBRA_NOW") && text.contains(sign), "{text}");
        }
    }
    let (is, texts) = clock(&machine, Some("mañana"));
    assert_eq!(is, "error", "{texts:?}");
    assert_ne!(texts[0], texts[1]);
}

/// Listens for one who asks after another, and passes everything on to the sandbox; of the answers it keeps the hour.
fn without_date(machine: &Machine) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let sandbox = machine.running().url().replace("http://", "");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut asked), Ok(mut other)) = (stream, TcpStream::connect(&sandbox)) else {
                return;
            };
            let mut request = Vec::new();
            let mut piece = [0; 4096];
            while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                match asked.read(&mut piece) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => request.extend_from_slice(&piece[..count]),
                }
            }
            // One answer for each connection, so that its end is the end of the answer.
            let request = String::from_utf8_lossy(&request)
                .replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
            other.write_all(request.as_bytes()).unwrap();
            let mut answer = Vec::new();
            other.read_to_end(&mut answer).unwrap();
            let answer = String::from_utf8(answer).unwrap();
            let kept: Vec<&str> = answer
                .split("\r\n")
                .filter(|line| !line.to_lowercase().starts_with("date: "))
                .collect();
            let _ = asked.write_all(kept.join("\r\n").as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn the_clock_is_unknown_where_the_server_tells_no_hour() {
    let machine = connected();
    let (url, quiet) = (machine.running().url().to_owned(), without_date(&machine));
    rewrite(&machine, |config| config.replace(&url, &quiet));
    let told = with_key(&machine, &["doctor", "--json"]);
    assert_eq!(row(&told, "credentials").0, "ok");
    let (is, texts) = clock(&machine, None);
    assert_eq!(is, "unknown", "{texts:?}");
    assert_ne!(texts[0], texts[1]);
}

#[test]
fn catalogues_are_told_and_a_pipe_is_no_terminal() {
    let machine = connected();
    assert_eq!(state(&machine, "catalogues"), "ok");
    let (is, texts) = both(&machine, "terminal");
    assert_eq!(is, "unknown");
    assert_ne!(texts[0], texts[1]);
}
