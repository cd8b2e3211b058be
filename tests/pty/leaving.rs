//! The terminal is given back exactly as it was, whatever ends the program.

use std::fs;

use tempfile::TempDir;

use crate::terminal::{Modes, Terminal, stage};

const SIZE: (u16, u16) = (80, 24);

fn on_stage(home: &TempDir) -> Terminal {
    let mut terminal = Terminal::start(&stage(), &[], home.path(), SIZE);
    terminal.wait_for_text("on stage:");
    terminal
}

/// Where in the stream something was written last.
fn last(terminal: &Terminal, text: &str) -> usize {
    let text = text.as_bytes();
    terminal
        .stream
        .windows(text.len())
        .rposition(|bytes| bytes == text)
        .unwrap()
}

#[test]
fn quitting_leaves_the_terminal_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    assert!(terminal.screen().alternate_screen());
    terminal.send("abcq");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_as_it_was();
    assert_eq!(terminal.text().trim(), "", "nothing is left on the screen");
}

#[test]
fn no_mode_is_set_that_wakes_the_program_for_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    terminal.send("q");
    terminal.wait_for_end();
    let modes: Vec<String> = Modes::of(&terminal.stream).ever.into_iter().collect();
    // Buttons and their notation, alternate screen, paste, synchronized output. No motion, no focus.
    assert_eq!(modes, ["1000", "1006", "1049", "2004", "2026"]);
}

#[test]
fn a_panic_gives_the_terminal_back_first_and_reports_then() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    terminal.send("p");
    assert_eq!(terminal.wait_for_end(), 101);
    terminal.assert_as_it_was();
    assert!(
        terminal.text().contains("the lights went out"),
        "{}",
        terminal.text()
    );
    assert!(last(&terminal, "\x1b[?1049l") < last(&terminal, "the lights went out"));
    let report = fs::read_to_string(home.path().join("data/crash.txt")).unwrap();
    assert!(
        report.contains("the lights went out") && !report.contains('\x1b'),
        "{report}"
    );
}

#[test]
fn a_panic_of_another_thread_leaves_the_screen_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    terminal.send("w");
    terminal.wait_for_text("on stage: w");
    terminal.send("x");
    terminal.wait_for_text("on stage: wx");
    assert!(terminal.screen().alternate_screen());
    assert_eq!(terminal.written("a stage hand fell"), 0);
    let report = fs::read_to_string(home.path().join("data/crash.txt")).unwrap();
    assert!(report.contains("a stage hand fell"), "{report}");
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_as_it_was();
}

#[test]
fn signals_end_the_program_in_order() {
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = on_stage(&home);
        terminal.signal(name);
        assert_eq!(terminal.wait_for_end(), code, "{name}");
        terminal.assert_as_it_was();
    }
}

#[test]
fn suspended_it_gives_the_shell_its_terminal_and_takes_it_again_on_fg() {
    let home = tempfile::tempdir().unwrap();
    let bash = std::path::Path::new("bash");
    let mut shell = Terminal::start(bash, &["--norc", "--noprofile", "-i"], home.path(), SIZE);
    // The answers of the shell are computed, so that the echo of a line is not taken for its end.
    shell.send("stty -g > before; echo ready-$((6 * 7))\n");
    shell.wait_for_text("ready-42");
    shell.send(&format!("{}\n", stage().display()));
    shell.wait_for_text("on stage:");
    for (round, stop) in ["z", "z"].into_iter().enumerate() {
        shell.send(stop);
        shell.wait_for("the shell's screen", |screen| !screen.alternate_screen());
        shell.send(&format!("stty -g > during; echo away-$(({round} + 70))\n"));
        shell.wait_for_text(&format!("away-{}", round + 70));
        assert!(!shell.screen().hide_cursor());
        assert_eq!(
            fs::read_to_string(home.path().join("before")).unwrap(),
            fs::read_to_string(home.path().join("during")).unwrap(),
        );
        let modes = Modes::of(&shell.stream);
        assert!(
            !modes.on.contains("1000") && !modes.on.contains("1049"),
            "{modes:?}"
        );
        shell.send("fg\n");
        shell.wait_for("the program's screen", |screen| {
            screen.alternate_screen() && screen.contents().contains("on stage: z")
        });
    }
    shell.send("q");
    shell.wait_for("the shell's screen", |screen| !screen.alternate_screen());
    shell.send("stty -g > after; echo back-$((6 * 8))\n");
    shell.wait_for_text("back-48");
    assert_eq!(
        fs::read_to_string(home.path().join("before")).unwrap(),
        fs::read_to_string(home.path().join("after")).unwrap(),
    );
    shell.send("exit\n");
    shell.wait_for_end();
}

#[test]
fn stopped_from_outside_it_paints_everything_again() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = on_stage(&home);
    terminal.send("abc");
    terminal.wait_for_text("on stage: abc");
    terminal.signal("STOP");
    terminal.signal("CONT");
    terminal.wait_until("the second taking", |terminal| {
        terminal.written("\x1b[?1049h") == 2
    });
    terminal.wait_for("the whole picture", |screen| {
        screen.contents().contains("on stage: abc") && screen.contents().contains("80x24")
    });
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_as_it_was();
}
