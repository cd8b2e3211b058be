//! `timbra check --drafts` and `timbra show` against a sandbox: what is unstamped in the connected company.

use std::process::{Command, Output};

use serde_json::Value;
use timbra::sandbox::{self, Fault, Options, Running};
use tokio::runtime::Runtime;

use crate::keyless::assert_keyless;
use crate::run::{check, text};

/// A sandbox with small books, and a folder for whatever the program keeps.
pub struct Office {
    runtime: Runtime,
    running: Option<Running>,
    url: String,
    pub home: tempfile::TempDir,
}

impl Office {
    pub fn open() -> Self {
        Self::with(Vec::new())
    }

    /// The same with faults planted from the start.
    pub fn with(faults: Vec<Fault>) -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            invoices: 90,
            today: Some(jiff::civil::date(2026, 6, 3)),
            faults,
            ..Options::default()
        };
        let running = runtime.block_on(sandbox::start(options)).unwrap();
        Self {
            runtime,
            url: running.url().to_owned(),
            running: Some(running),
            home: tempfile::tempdir().unwrap(),
        }
    }

    /// The server is gone; what was read of it stays.
    pub fn close(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }

    /// Whose account it is.
    pub fn consumer(&self) -> &'static str {
        sandbox::CONSUMER_ID
    }

    pub fn run_as(&self, key: &str, arguments: &[&str]) -> Output {
        self.command_as(key, arguments).output().unwrap()
    }

    /// The program, not begun yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_as(sandbox::API_KEY, arguments)
    }

    fn command_as(&self, key: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_timbra"));
        command
            .args(arguments)
            .env_clear()
            .env("TIMBRA_CONFIG_DIR", self.home.path().join("config"))
            .env("TIMBRA_DATA_DIR", self.home.path().join("data"))
            .env("TIMBRA_API_URL", &self.url)
            .env("TIMBRA_API_KEY", key)
            .env("TIMBRA_APP_ID", sandbox::APP_ID)
            .env("TIMBRA_CONSUMER_ID", sandbox::CONSUMER_ID);
        command
    }

    /// Waits until the sandbox was asked to stamp several.
    pub fn until_stamp_was_asked(&self) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let url = format!("{}/sandbox/state?documents=false", self.url);
        let asked = async || {
            let state = reqwest::get(&url).await.unwrap().text().await.unwrap();
            state.contains("/invoices/stamp")
        };
        self.runtime.block_on(async {
            while !asked().await {
                tokio::task::yield_now().await;
            }
        });
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_as(sandbox::API_KEY, arguments)
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.close();
        assert_keyless(self.home.path());
    }
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    out(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn all_unstamped_documents_are_judged_as_their_drafts_are() {
    let office = Office::open();
    let all = office.run(&["check", "--drafts", "--json"]);
    assert_eq!(all.status.code(), Some(3), "{all:?}");
    let results = lines(&all);
    assert!(results.len() > 10, "{}", results.len());
    let verdicts: Vec<&str> = results.iter().map(|one| text(&one["verdict"])).collect();
    for verdict in ["ok", "warning", "error"] {
        assert!(verdicts.contains(&verdict), "{verdicts:?}");
    }
    // The first are invoices, the newest first; each is what its own draft gets.
    for result in results.iter().take(3) {
        let draft = office.run(&["show", "invoice", text(&result["id"]), "--draft", "--json"]);
        assert_eq!(draft.status.code(), Some(0), "{draft:?}");
        let again = check(
            &["-", "--json", "--now", "2026-06-03T10:00:00"],
            out(&draft),
        );
        assert_eq!(again.results()[0], *result);
    }
    let told = office.run(&["check", "--drafts", "--lang", "es"]);
    let told = out(&told);
    assert!(told.contains("Se leyeron todas · Facturas: 9"), "{told}");
    let count = format!("sin timbrar: {}", results.len());
    assert!(told.contains(&count), "{told}");
}

#[test]
fn a_record_is_shown_whole_raw_and_as_json_and_what_is_not_there_is_told() {
    let office = Office::open();
    let json = office.run(&["show", "invoices", "1", "--json"]);
    let record: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(record["kind"], "invoices");
    assert_eq!(record["id"], "1");
    assert!(record["fields"]["total"].is_string(), "{record}");
    let raw = office.run(&["show", "invoice", "1", "--raw"]);
    let raw: Value = serde_json::from_slice(&raw.stdout).unwrap();
    assert!(raw["client"].is_object(), "{raw}");
    let shown = out(&office.run(&["show", "invoice", "1", "--lang", "es"]));
    assert!(
        shown.contains(text(&record["fields"]["contact"]["name"])),
        "{shown}"
    );
    for (arguments, code) in [
        (["show", "invoice", "999999"].as_slice(), 3),
        (&["show", "customer", "1", "--draft"], 2),
        (&["show", "recibo", "1"], 2),
    ] {
        let output = office.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn without_a_connection_or_with_a_wrong_key_the_code_is_four() {
    let office = Office::open();
    let wrong = office.run_as("sk_wrong", &["check", "--drafts"]);
    assert_eq!(wrong.status.code(), Some(4), "{wrong:?}");
    assert!(!String::from_utf8_lossy(&wrong.stderr).contains("sk_wrong"));
    let none = check(&["--drafts"], "");
    assert_eq!(none.code, 4);
    assert!(none.err.contains("TIMBRA_API_KEY"), "{}", none.err);
}
