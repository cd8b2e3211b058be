//! Everything that a day of work writes is searched for the key: files, logs, crash reports, answers of the verbs, the
//! screen, and the arguments of the processes.

use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use timbra::sandbox::{self, Fault};

use crate::companies::{Server, process_list};
use crate::keyless::{assert_keyless, files, holds};
use crate::terminal::{Terminal, stage, timbra};

/// A server that tells the key it was given in what it refuses.
fn telltale() -> Server {
    let said = format!(
        r#"{{"error":"Bad Request","type_name":"RequestValidationError","message":"la llave {key} no sirve","detail":"Bearer {key}","ref":"{key}"}}"#,
        key = sandbox::API_KEY
    );
    let faults = format!(
        r#"{{"method":"GET","path":"/accounting/customers","nth":0,"do":"status","status":400,"body":{said}}}
{{"method":"GET","path":"/accounting/suppliers","nth":0,"do":"status","status":502,"body":{page}}}
{{"method":"GET","path":"/accounting/bills","nth":0,"when":"body","do":"cut"}}"#,
        page = serde_json::Value::from(format!("<html>{}</html>", sandbox::API_KEY)),
    );
    Server::with_faults(Fault::parse_lines(&faults).unwrap())
}

fn variables(url: &str) -> [(&str, &str); 5] {
    [
        ("TIMBRA_API_URL", url),
        ("TIMBRA_API_KEY", sandbox::API_KEY),
        ("TIMBRA_APP_ID", sandbox::APP_ID),
        ("TIMBRA_CONSUMER_ID", sandbox::CONSUMER_ID),
        ("TIMBRA_LOG", "trace"),
    ]
}

fn verb(home: &TempDir, url: &str, arguments: &[&str]) -> Output {
    Command::new(timbra())
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .env("TIMBRA_CONFIG_DIR", home.path().join("config"))
        .env("TIMBRA_DATA_DIR", home.path().join("data"))
        .envs(variables(url))
        .current_dir(home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What the process list shows of the arguments of a program; the environment is where the key was given here.
#[cfg(target_os = "linux")]
fn arguments(terminal: &Terminal) -> Vec<u8> {
    let pid = terminal.process_id().unwrap();
    std::fs::read(format!("/proc/{pid}/cmdline")).unwrap()
}

#[test]
fn a_day_of_work_with_errors_leaves_the_key_in_no_file_answer_screen_or_argument() {
    let server = telltale();
    let home = tempfile::tempdir().unwrap();
    let url = server.url();
    let mut terminal =
        Terminal::start_with(&timbra(), &[], &variables(&url), home.path(), (100, 30));
    terminal.wait_for_text("EKU9003173C9");
    terminal.send("gc");
    // The server's own words are shown, without the key that it put into them.
    terminal.wait_for_text("la llave");
    #[cfg(target_os = "linux")]
    {
        let shown = arguments(&terminal);
        assert!(holds(&shown, "timbra"));
        assert!(!holds(&shown, sandbox::API_KEY));
        assert!(
            holds(&process_list(&terminal), sandbox::API_KEY),
            "this search finds what is there: the environment"
        );
    }
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(!holds(&terminal.stream, sandbox::API_KEY), "on the screen");

    for arguments in [
        ["sync"].as_slice(),
        &["sync", "--json"],
        &["doctor"],
        &["find", "a-1"],
        &["show", "customers", "1"],
        &["export", "invoices", "--format", "csv"],
        &["profiles", "--json"],
        &["audit", "verify"],
    ] {
        for address in [url.as_str(), "http://127.0.0.1:1"] {
            let output = verb(&home, address, arguments);
            for said in [&output.stdout, &output.stderr] {
                assert!(!holds(said, sandbox::API_KEY), "{arguments:?} at {address}");
            }
        }
    }
    let written = files(home.path());
    for name in ["timbra.log", "cache.db", "durable.db"] {
        let there = written.iter().any(|file| file.ends_with(name));
        assert!(there, "{name}: {written:?}");
    }
    assert_keyless(home.path());
}

#[test]
fn a_crash_report_about_a_connection_holds_no_key() {
    let home = tempfile::tempdir().unwrap();
    let variables = variables("http://127.0.0.1:1");
    let mut terminal = Terminal::start_with(&stage(), &[], &variables, home.path(), (80, 24));
    terminal.wait_for_text("on stage:");
    terminal.send("X");
    assert_eq!(terminal.wait_for_end(), 101);
    let report = std::fs::read_to_string(home.path().join("data/crash.txt")).unwrap();
    assert!(report.contains("the line was cut: Connection"), "{report}");
    assert!(!holds(&terminal.stream, sandbox::API_KEY), "on the screen");
    assert_keyless(home.path());
}
