//! Keys, paste, mouse and sizes on their way from a real terminal into the program.

use std::process::Command;

use tempfile::TempDir;

use crate::terminal::{Terminal, stage};

fn on_stage(home: &TempDir) -> Terminal {
    let mut terminal = Terminal::start(&stage(), &[], home.path(), (80, 24));
    terminal.wait_for_text("on stage:");
    terminal
}

#[test]
fn letters_of_every_kind_arrive_and_the_cursor_follows() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    let took = terminal.time("Ñandú&", "the letters", |screen| {
        screen.contents().contains("Ñandú&")
    });
    assert_eq!(terminal.screen().cursor_position(), (0, 16));
    assert!(!terminal.screen().hide_cursor());
    // Not a budget: that it comes within a second at all shows that no key waits for a tick.
    assert!(took.as_secs() < 1, "{took:?}");
}

#[test]
fn a_paste_is_text_and_never_a_command() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    terminal.send("\x1b[200~quiz\x1b[201~!");
    terminal.wait_for_text("on stage: quiz!");
}

#[test]
fn clicks_and_the_wheel_find_what_is_under_them() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    // Press and release on the first row, a press where nothing is, the wheel down and up.
    terminal.send("\x1b[<0;5;1M\x1b[<0;5;1m\x1b[<0;5;9M\x1b[<65;5;1M\x1b[<64;5;1M");
    terminal.wait_for_text("on stage: [click][scroll 3][scroll -3]");
}

#[test]
fn a_new_size_is_painted_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    for (columns, rows) in [(120, 40), (40, 10), (80, 24)] {
        terminal.resize(columns, rows);
        terminal.wait_for_text(&format!("{columns}x{rows}"));
        assert!(terminal.text().contains("on stage:"));
    }
}

#[test]
fn a_key_that_comes_with_a_new_size_is_heard_at_once() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    let mut typed = String::new();
    for turn in 0..40 {
        let columns = 80 + turn % 2;
        typed.push('a');
        if turn % 3 == 0 {
            terminal.send("a");
            terminal.resize(columns, 24);
        } else {
            terminal.resize(columns, 24);
            terminal.send("a");
        }
        terminal.wait_for_text(&format!("on stage: {typed}"));
    }
}

#[test]
fn a_copy_goes_to_the_clipboard_of_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    terminal.send("y");
    terminal.wait_for_text("on stage: y");
    assert_eq!(terminal.written("\x1b]52;c;QS0xMDE=\x1b\\"), 1);
}

#[test]
fn without_a_terminal_nothing_is_written_to_the_output() {
    let output = Command::new(stage()).output().unwrap();
    assert!(!output.status.success());
    assert_eq!(output.stdout, b"");
    assert!(String::from_utf8_lossy(&output.stderr).contains("must be a terminal"));
}
