//! The program itself, as it is started and left by people and scripts.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::terminal::{Modes, Terminal, send_signal, timbra};

fn demo(home: &TempDir, size: (u16, u16)) -> Terminal {
    let arguments = ["demo", "--invoices", "40", "--today", "2026-03-15"];
    let mut terminal = Terminal::start(&timbra(), &arguments, home.path(), size);
    terminal.wait_for_text("ESCUELA KEMPER URGATE");
    terminal
}

/// The program without a terminal and without a variable of ours but those of its folders.
fn piped(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(timbra());
    command
        .args(arguments)
        .env_clear()
        .env("TIMBRA_CONFIG_DIR", home.join("config"))
        .env("TIMBRA_DATA_DIR", home.join("data"))
        .env("LANG", "es_MX.UTF-8");
    command
}

#[test]
fn the_demo_says_whose_books_these_are_and_leaves_the_terminal_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = demo(&home, (80, 24));
    assert!(
        terminal.text().contains("EKU9003173C9"),
        "{}",
        terminal.text()
    );
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_as_it_was();
}

#[test]
fn signals_end_the_demo_in_order() {
    for (name, code) in [("TERM", 143), ("HUP", 129)] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = demo(&home, (120, 40));
        terminal.signal(name);
        assert_eq!(terminal.wait_for_end(), code, "{name}");
        terminal.assert_as_it_was();
    }
}

#[test]
fn no_colour_is_painted_where_none_is_wanted() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("config")).unwrap();
    std::fs::write(home.path().join("config/config.toml"), "theme = \"none\"\n").unwrap();
    let mut terminal = demo(&home, (80, 24));
    let screen = terminal.screen();
    let colours: BTreeSet<String> = (0..24)
        .flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)))
        .flat_map(|cell| [cell.fgcolor(), cell.bgcolor()])
        .map(|colour| format!("{colour:?}"))
        .collect();
    assert_eq!(colours, BTreeSet::from(["Default".to_owned()]));
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn unknown_keys_of_the_config_are_named_once_the_terminal_is_back() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("config")).unwrap();
    std::fs::write(home.path().join("config/config.toml"), "colour = 1\n").unwrap();
    let mut terminal = demo(&home, (80, 24));
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(terminal.text().contains("colour"), "{}", terminal.text());
    assert_eq!(Modes::of(&terminal.stream).on, BTreeSet::new());
}

#[test]
fn a_config_that_cannot_be_meant_is_told_with_its_line() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("config")).unwrap();
    std::fs::write(home.path().join("config/config.toml"), "\ntheme = 5\n").unwrap();
    let mut terminal = Terminal::start(&timbra(), &["demo"], home.path(), (80, 24));
    assert_eq!(terminal.wait_for_end(), 2);
    assert!(terminal.text().contains("línea 2"), "{}", terminal.text());
    assert_eq!(terminal.written("\x1b[?1049h"), 0);
}

#[test]
fn without_a_terminal_the_program_says_so_and_starts_nothing() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [&["demo"][..], &[]] {
        let output = piped(home.path(), arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(output.stdout, b"");
        assert!(String::from_utf8_lossy(&output.stderr).contains("terminal"));
    }
    assert!(!home.path().join("data").exists());
}

#[test]
fn without_a_connection_the_first_page_offers_the_demo_and_a_verb_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(&timbra(), &[], home.path(), (80, 24));
    terminal.wait_for_text("Conectar una empresa");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_as_it_was();
    let mut terminal = Terminal::start(&timbra(), &["audit"], home.path(), (80, 24));
    assert_eq!(terminal.wait_for_end(), 4);
    for hint in ["timbra demo", "timbra login", "TIMBRA_CONSUMER_ID"] {
        assert!(
            terminal.text().contains(hint),
            "{hint}:\n{}",
            terminal.text()
        );
    }
}

#[test]
fn the_demo_opens_from_the_first_page_with_every_key_that_is_pressed() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(&timbra(), &[], home.path(), (80, 24));
    terminal.wait_for_text("Conectar una empresa");
    terminal.send("\r");
    terminal.wait_for_text("EKU9003173C9");
    // The very first key after the change of pages is not swallowed.
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_as_it_was();
}

#[test]
fn help_goes_to_the_output_and_nonsense_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let help = piped(home.path(), &["--help"]).output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&help.stdout).contains("sandbox"));
    assert_eq!(help.stderr, b"");
    let nonsense = piped(home.path(), &["dmeo"]).output().unwrap();
    assert_eq!(nonsense.status.code(), Some(2));
    assert_eq!(nonsense.stdout, b"");
}

#[test]
fn the_sandbox_tells_scripts_one_line_and_people_what_to_paste() {
    let home = tempfile::tempdir().unwrap();
    let mut server = piped(
        home.path(),
        &["sandbox", "--listen", "127.0.0.1:0", "--invoices", "5"],
    )
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let url = line.strip_prefix("listening on ").unwrap().trim_end();
    assert!(
        url.starts_with("http://127.0.0.1:") && !url.ends_with(":0"),
        "{line}"
    );
    send_signal(server.id(), "TERM");
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    let mut errors = String::new();
    server
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
    assert_eq!(rest, "");
    let exports: Vec<&str> = errors
        .lines()
        .map(|line| line.split_once('=').unwrap().0)
        .collect();
    assert_eq!(
        exports,
        [
            "export TIMBRA_API_URL",
            "export TIMBRA_API_KEY",
            "export TIMBRA_APP_ID",
            "export TIMBRA_CONSUMER_ID"
        ]
    );
    assert!(errors.contains(url));
}

#[test]
fn the_sandbox_lets_no_other_machine_in() {
    let home = tempfile::tempdir().unwrap();
    let refused = piped(home.path(), &["sandbox", "--listen", "0.0.0.0:0"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(refused.stdout, b"");
}
