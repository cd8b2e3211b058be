//! Both languages, the help, and the palette.

use timbra::app::keymap::{Action, BINDINGS, Place};
use timbra::domain::kind::Kind;
use timbra::words::{Lang, Words};

use crate::harness::{Manner, Office};

#[test]
fn f9_switches_every_page_to_english_and_back() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("<F9>")
        .shows(&["Unstamped invoices", "Home"])
        .lacks(&["Facturas sin timbrar"]);
    run.keys("g f").shows(&["Invoices"]).lacks(&["Facturas"]);
    run.keys("<Enter>").shows(&["Customer"]).lacks(&["Cliente"]);
    run.keys("?")
        .lacks(&["Teclas de esta página"])
        .keys("<Esc>");
    run.keys("<F9>").shows(&["Facturas", "Cliente"]);
}

#[test]
fn the_program_starts_in_the_language_that_was_asked_for() {
    let office = Office::open();
    let mut run = office.run_as(Manner {
        lang: Lang::En,
        ..Manner::default()
    });
    run.shows(&["Unstamped invoices", "EKU9003173C9"]);
}

#[test]
fn help_names_every_key_of_the_place_and_why_one_is_barred() {
    let office = Office::open();
    let words = Words::new(Lang::Es);
    let mut run = office.run_as(Manner::sized(140, 80));
    for (path, place) in [
        ("g h", Place::Home),
        ("g f", Place::List),
        ("g f <Enter>", Place::Detail),
        ("g a", Place::Accounts),
    ] {
        run.keys(path).keys("?");
        let screen = run.screen();
        for binding in BINDINGS.iter().filter(|row| row.places.contains(&place)) {
            let name = words.action(binding.action.words_key(), binding.action.number());
            let line = screen.lines().find(|line| {
                line.contains(&name)
                    && binding
                        .chords
                        .iter()
                        .all(|chord| line.contains(&chord.label(&words)))
            });
            assert!(line.is_some(), "{name} in {place:?}:\n{screen}");
        }
        run.keys("<Esc>");
    }
    run.keys("g f ?")
        .shows(&["Copiar el folio fiscal — No tiene folio fiscal."]);
}

#[test]
fn help_scrolls_to_its_end_on_a_small_screen() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f ?")
        .shows(&["▼", "Catálogos del SAT: octubre de 2026"]);
    let top = run.screen();
    run.keys("<End>").shows(&["Salir"]);
    assert_ne!(run.screen(), top);
    run.shows(&["Catálogos del SAT: octubre de 2026 · satcfdi 26.10.1"]);
    run.shows(&["52,514 productos y servicios · 2,418 unidades · 95,749 códigos postales"]);
    run.keys("<Home>");
    assert_eq!(run.screen(), top);
}

#[test]
fn the_palette_finds_every_action_by_its_name_and_carries_it_out() {
    let office = Office::open();
    let words = Words::new(Lang::Es);
    let mut run = office.run_as(Manner::sized(120, 60));
    for action in [
        Action::Go(Kind::LedgerAccounts),
        Action::Stamp,
        Action::SwitchLanguage,
        Action::Quit,
    ] {
        let name = words.action(action.words_key(), action.number());
        run.keys("g f :").types(&name).shows(&[&name]).keys("<Esc>");
    }
    run.keys("g h :")
        .types("timbrar")
        .shows(&["Sólo en una lista o en un registro."]);
    run.keys("<Enter>")
        .shows(&["Sólo en una lista o en un registro."])
        .keys("<Esc>");
    run.keys("g f <C-p>")
        .types("catalogo de cuentas")
        .keys("<Enter>");
    run.shows(&["466 cuentas"]);
}

#[test]
fn a_key_that_means_nothing_says_so_and_a_first_key_names_the_seconds() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("z").shows(&["La tecla z no hace nada aquí."]);
    run.keys("g")
        .shows(&["f facturas", "a cuentas", "h inicio"])
        .keys("f");
    run.shows(&["Ventas › Facturas"]);
}

#[test]
fn without_colour_nothing_is_coloured_and_nothing_is_missing() {
    let office = Office::open();
    let mut plain = office.run_as(Manner {
        colours: timbra::app::model::Colours::None,
        ..Manner::default()
    });
    let mut coloured = office.run();
    for path in [
        "g h", "g f", "<Enter>", "T", "<Esc>", "g a", "?", "<Esc>", ":", "<Esc>", "/",
    ] {
        plain.keys(path);
        coloured.keys(path);
        assert!(!plain.has_colour(), "{path}");
        assert_eq!(plain.screen(), coloured.screen(), "{path}");
    }
    assert!(coloured.has_colour());
}
