//! The terminal is given back exactly as it was, whatever ends the program.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::terminal::{Modes, Terminal, stage};

const SIZE: (u16, u16) = (80, 24);

fn on_stage(home: &TempDir) -> Terminal {
    let mut terminal = Terminal::start(&stage(), &[], home.path(), SIZE);
    terminal.wait_for_text("on stage:");
    terminal
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
    assert!(terminal.last("\x1b[?1049l") < terminal.last("the lights went out"));
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

/// Waits until the shell has its terminal again and says so. What is typed before may still be the program's.
fn wait_for_prompt(shell: &mut Terminal) {
    shell.wait_until("the prompt of the shell", |shell| {
        !shell.screen().alternate_screen() && shell.last("shell> ") > shell.last("\x1b[?1049l")
    });
}

/// What `stty` tells the shell; the word is to be new each time.
fn stty(shell: &mut Terminal, home: &TempDir, word: &str) -> String {
    // The end is told in capitals, so that the echo of the line is not taken for it.
    shell.send(&format!("stty -g > {word}; echo {word} | tr a-z A-Z\n"));
    shell.wait_for_text(&word.to_uppercase());
    fs::read_to_string(home.path().join(word)).unwrap()
}

#[test]
fn suspended_it_gives_the_shell_its_terminal_and_takes_it_again_on_fg() {
    let home = tempfile::tempdir().unwrap();
    let bash = Path::new("bash");
    let mut shell = Terminal::start(bash, &["--norc", "--noprofile", "-i"], home.path(), SIZE);
    shell.send("PS1='shell> '\n");
    wait_for_prompt(&mut shell);
    let before = stty(&mut shell, &home, "before");
    shell.send(&format!("{}\n", stage().display()));
    shell.wait_for_text("on stage:");
    for word in ["once", "twice"] {
        shell.send("z");
        wait_for_prompt(&mut shell);
        assert_eq!(stty(&mut shell, &home, word), before);
        assert!(!shell.screen().hide_cursor());
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
    wait_for_prompt(&mut shell);
    assert_eq!(stty(&mut shell, &home, "after"), before);
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
