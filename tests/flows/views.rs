//! Lists narrowed by a question, and kept under a name: they outlive the program and its cache.

use timbra::app::model::Screen;
use timbra::domain::list::Filter;

use crate::harness::{Manner, Office, Run};

/// The rows and the question of the list on screen.
fn list(run: &Run) -> (usize, String) {
    match run.model().screens.last() {
        Some(Screen::List(list)) => (list.total(), list.typed.clone()),
        other => panic!("{other:?}"),
    }
}

/// The views that are kept: name, and what was typed.
fn kept(run: &Run) -> Vec<(String, String)> {
    let model = run.model();
    let views = model.views.value().expect("views").iter();
    views
        .map(|view| (view.name.to_string(), view.typed.clone()))
        .collect()
}

fn pair(name: &str, typed: &str) -> (String, String) {
    (name.to_owned(), typed.to_owned())
}

/// Narrows the list of invoices and gives it a name.
fn keep(run: &mut Run, typed: &str, name: &str) {
    run.keys("g f f").types(typed);
    run.keys("<Tab> <F8>").types(name);
    run.keys("<Enter>");
}

#[test]
fn a_list_is_narrowed_by_operators_and_says_over_how_many() {
    let office = Office::open();
    let over = office
        .invoices()
        .iter()
        .filter(|invoice| {
            invoice["total"]
                .as_f64()
                .is_some_and(|total| total > 10_000.0)
        })
        .count();
    assert!((1..90).contains(&over), "{over}");
    let mut run = office.run();
    run.keys("g f f").types(">10000");
    run.keys("<Tab>");
    run.shows(&[&format!("«>10000» · {over} entre 90")]);
    let xenon = office
        .invoices()
        .iter()
        .filter(|invoice| {
            invoice["customer"]["display_name"] == "XENON INDUSTRIAL ARTICLES"
                && invoice["total"]
                    .as_f64()
                    .is_some_and(|total| total > 10_000.0)
        })
        .count();
    run.keys("f").types(" cliente:xenon");
    run.keys("<Tab>");
    assert_eq!(list(&run).0, xenon, "{}", run.screen());
    run.keys("<Esc>");
    assert_eq!(list(&run).0, 90);
}

#[test]
fn an_operator_that_is_not_understood_is_told_and_shows_nothing() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f f").types("clinte:xenon");
    run.shows(&["No se entiende «clinte:xenon»: no hay operador con ese nombre."]);
    assert_eq!(list(&run).0, 0);
    // It cannot be kept either.
    run.keys("<F8>")
        .shows(&["El filtro no se entiende todavía"]);
    run.keys("<Esc> <Esc>");
    run.keys("/").types(">mucho");
    run.shows(&["No se entiende «>mucho»: se espera un importe o una fecha."]);
    run.keys("<Esc> /").types("2026-06..2026-01");
    run.shows(&["«2026-06..2026-01» va al revés"]);
}

#[test]
fn a_view_outlives_the_program_and_its_cache_and_is_open_with_few_keys() {
    let mut office = Office::open();
    let mut run = office.run();
    keep(&mut run, "cliente:xenon >1000", "Xenón grandes");
    run.shows(&["Vista «Xenón grandes» guardada"]);
    let kept = list(&run);
    assert!(kept.0 > 0);
    run.quits("<C-q>");
    office.close();
    std::fs::remove_file(office.folder().join("cache.db")).expect("a cache");
    office.reopen();
    let mut run = office.run();
    run.keys("g s").shows(&[
        "Vistas guardadas",
        "Xenón grandes",
        "Facturas › «cliente:xenon >1000»",
    ]);
    run.keys("<Enter>").shows(&["«cliente:xenon >1000»"]);
    assert_eq!(list(&run), kept);
}

#[test]
fn a_view_keeps_filter_and_order_and_the_record_that_its_rows_name() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("u s <Down> <Enter> <F8>").types("por timbrar");
    run.keys("<Enter>").shows(&["guardada"]);
    let query = |run: &Run| match run.model().screens.last() {
        Some(Screen::List(list)) => list.query.clone(),
        other => panic!("{other:?}"),
    };
    let kept = query(&run);
    assert_eq!(kept.filter, Filter::Unstamped);
    run.keys("g h g s <Enter>");
    assert_eq!(query(&run), kept);
    run.shows(&["sin timbrar"]);
}

#[test]
fn a_name_that_is_taken_is_asked_about_and_no_is_the_default() {
    let office = Office::open();
    let mut run = office.run();
    keep(&mut run, "xenon", "Mía");
    keep(&mut run, ">10000", "mía");
    run.shows(&["Ya hay una vista «mía»", "¿Reemplazarla?"]);
    run.keys("<Enter>").shows(&["Guardar la vista como"]);
    run.keys("<Esc> g s").shows(&["Mía", "«xenon»"]);
    assert_eq!(kept(&run), [pair("Mía", "xenon")]);
    run.keys("<Esc>");
    keep(&mut run, ">10000", "MÍA");
    run.keys("s <Enter>").shows(&["Vista «MÍA» guardada"]);
    run.keys("g s").shows(&["MÍA", "«>10000»"]);
    assert_eq!(kept(&run), [pair("MÍA", ">10000")]);
}

#[test]
fn views_are_renamed_and_deleted_after_a_question() {
    let office = Office::open();
    let mut run = office.run();
    keep(&mut run, "xenon", "uno");
    keep(&mut run, ">10000", "dos");
    run.keys("g s").shows(&["dos", "uno"]);
    // «dos» becomes the name that «uno» has: asked, and answered with no.
    run.keys("e").shows(&["Nuevo nombre de la vista"]);
    run.keys("<Backspace> <Backspace> <Backspace>").types("uno");
    run.keys("<Enter>").shows(&["Ya hay una vista «uno»"]);
    run.keys("<Esc>");
    run.keys("<Backspace> <Backspace> <Backspace>")
        .types("grandes");
    run.keys("<Enter>")
        .shows(&["La vista se llama ahora «grandes»", "uno", "«>10000»"]);
    run.keys("D").shows(&["Se eliminará la vista «grandes»"]);
    run.keys("<Enter>").shows(&["grandes"]);
    run.keys("D s <Enter>")
        .shows(&["Vista «grandes» eliminada"]);
    assert_eq!(kept(&run), [pair("uno", "xenon")]);
    run.keys("D s <Enter>").shows(&["Ninguna todavía"]);
    // What is not there is neither renamed nor deleted, and that is said.
    run.keys("e").shows(&["nada seleccionado"]);
}

#[test]
fn hostile_and_long_names_are_names_or_told() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f <F8> <Enter>")
        .shows(&["Falta el nombre de la vista."]);
    run.types(&"ñ".repeat(41));
    run.keys("<Enter>").shows(&["caben 40 letras"]);
    run.keys("<Backspace> <Enter>").shows(&["guardada"]);
    run.keys("<F8>")
        .paste("'; DROP TABLE view; --\u{1b}[2J\u{202e}");
    run.keys("<Enter>").shows(&["'; DROP TABLE view; -- [2J"]);
    run.keys("g s")
        .shows(&["'; DROP TABLE view; -- [2J", &"ñ".repeat(27)]);
}

#[test]
fn an_empty_choice_says_how_a_view_is_made_and_the_palette_says_where() {
    let office = Office::open();
    let mut run = office.run_as(Manner {
        lang: timbra::words::Lang::En,
        ..Manner::default()
    });
    run.keys("g s").shows(&[
        "Saved views",
        "None yet. In a list, F8 saves the one on screen.",
    ]);
    run.keys("<Esc> :").types("save the list");
    run.shows(&["Only a list is saved as"]);
    run.keys("<Enter>")
        .shows(&["Only a list is saved as a view."]);
    run.keys("<Esc> g f :").types("save the list");
    run.keys("<Enter>").shows(&["Save the view as"]);
}

#[test]
fn a_long_question_leaves_room_for_how_much_of_the_books_was_asked() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f f")
        .types("cliente:xenon >1000 <90000 2026-01.. timbrada facturas");
    run.keys("<Tab>")
        .shows(&["«cliente:xenon >1000", "entre 90"]);
    let line = run.screen().lines().nth(1).map(str::to_owned);
    assert!(
        line.is_some_and(|line| line.contains("…»")),
        "{}",
        run.screen()
    );
}
