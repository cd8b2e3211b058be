//! The row of `timbra doctor` that only a terminal can show: its size, its colours, its name.

use tempfile::TempDir;

use crate::terminal::{Terminal, timbra};

/// The row as it is written in a terminal of that size.
fn row(size: (u16, u16), variables: &[(&str, &str)], lang: &str) -> String {
    let home = TempDir::new().unwrap();
    let arguments = ["doctor", "--lang", lang];
    let mut terminal = Terminal::start_with(&timbra(), &arguments, variables, home.path(), size);
    // Nobody is connected.
    assert_eq!(terminal.wait_for_end(), 4);
    let text = String::from_utf8(terminal.stream.clone()).unwrap();
    let row = text.lines().find(|line| line.contains("TERM-NAME"));
    row.unwrap_or_else(|| panic!("no such row:\n{text}"))
        .trim_end()
        .to_owned()
}

const NAME: (&str, &str) = ("TERM", "TERM-NAME");

#[test]
fn a_terminal_with_room_is_well_and_told_with_its_size() {
    for size in [(120, 40), (80, 24)] {
        let told = row(size, &[NAME], "es");
        let (width, height) = size;
        assert_eq!(
            told,
            format!("✔ Terminal      {width}×{height} · con colores · TERM-NAME")
        );
    }
    let told = row((120, 40), &[NAME, ("NO_COLOR", "1")], "es");
    assert!(
        told.ends_with("120×40 · sin colores (NO_COLOR) · TERM-NAME"),
        "{told}"
    );
    let told = row((120, 40), &[NAME, ("TMUX", "/tmp/s,1,0")], "en");
    assert!(
        told.starts_with("✔ Screen") && told.ends_with("TERM-NAME · tmux"),
        "{told}"
    );
}

#[test]
fn a_terminal_that_is_too_small_says_what_is_needed() {
    for size in [(60, 15), (79, 24), (80, 23)] {
        for (lang, name, need) in [
            ("es", "Terminal", "se necesitan 80×24"),
            ("en", "Screen", "80×24"),
        ] {
            let told = row(size, &[NAME], lang);
            let (width, height) = size;
            assert!(told.starts_with(&format!("▲ {name}")), "{told}");
            assert!(
                told.contains(&format!("{width}×{height} · ")) && told.contains(need),
                "{told}"
            );
        }
    }
}
