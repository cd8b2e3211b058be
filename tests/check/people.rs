//! What a person reads, in both languages.

use serde_json::json;

use crate::run::{NOON, check, example, with};

#[test]
fn a_person_reads_code_place_message_and_hint_in_spanish() {
    let input = format!("{}{}", example(), with("/cfdiUse", json!("D01")));
    let run = check(&["-", "--now", NOON, "--lang", "es"], input);
    assert_eq!(run.code, 3);
    assert_eq!(
        run.out,
        "b-1 · sin hallazgos · 27,550.00\n\
         b-1 · no se puede timbrar · 27,550.00\n  \
           error · cfdiUse · El uso D01 no va con el régimen 601 del cliente [CFDI40161]\n    \
             Se puede: G01, G02, G03, I01, I02, I03, I04, I05, I06, I07, I08, S01\n\
         \n\
         2 borradores: 1 con errores, 0 con avisos, 1 sin hallazgos.\n\
         Sólo el SAT puede confirmar que el RFC esté inscrito y que nombre, código postal y régimen sean los suyos.\n"
    );
}

#[test]
fn a_person_reads_it_in_english_too() {
    let mut draft = example();
    let keys = draft.as_object_mut().unwrap();
    keys.remove("id");
    keys.insert("termz".to_owned(), json!("30 días"));
    let run = check(&["-", "--now", NOON, "--lang", "en"], draft.to_string());
    assert!(
        run.out
            .starts_with("draft 1 · cannot be stamped · 27,550.00\n"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("error · termz · \"termz\" is no part of the format [LOCAL-format]\n"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("1 draft: 1 with errors, 0 with warnings, 0 with nothing found."),
        "{}",
        run.out
    );
    assert!(run.out.contains("Only the SAT can confirm"));
}

#[test]
fn what_is_not_known_is_a_dash() {
    let run = check(&["-", "--now", NOON], r#"[5, {"lines":[{}]}]"#);
    assert!(
        run.out
            .starts_with("borrador 1 · no se puede timbrar · —\n  error · — · «5»"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("borrador 2 · no se puede timbrar · —\n"),
        "{}",
        run.out
    );
}

#[test]
fn no_draft_gives_orders_to_the_terminal() {
    let mut draft = with("/id", json!("\u{1b}]0;mío\u{7}\u{202e}"));
    draft["cfdiUse"] = json!("\u{1b}[2J\r\n\u{9b}31m");
    let run = check(&["-", "--now", NOON], draft.to_string());
    assert!(run.out.contains("\\u{1b}[2J\\r\\n"), "{}", run.out);
    assert!(
        !run.out.contains(
            |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}')
        )
    );
}

#[test]
fn the_verb_is_explained() {
    let run = check(&["--help", "--lang", "en"], "");
    assert_eq!(run.code, 0);
    for piece in [
        "FILE|-",
        "--now <TIME>",
        "--json",
        "--xml <DIR>",
        "without an account",
    ] {
        assert!(run.out.contains(piece), "{piece}\n{}", run.out);
    }
}
