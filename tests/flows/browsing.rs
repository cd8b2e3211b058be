//! Home, the tree of accounts, and the lists.

use std::time::Duration;

use serde_json::json;
use timbra::app::model::Screen;

use crate::harness::{Manner, Office, Run, good_draft};

/// Rows of the list or tree that are on screen between frame and footer.
fn rows(run: &Run) -> usize {
    run.screen().lines().count() - 4
}

#[test]
fn the_first_frame_names_the_company_and_home_counts_the_books() {
    let office = Office::open();
    let mut run = office.run();
    run.shows(&[
        "ESCUELA KEMPER URGATE",
        "EKU9003173C9",
        "Inicio",
        "Facturas",
    ]);
    let invoices = office.invoices();
    let unstamped = invoices
        .iter()
        .filter(|invoice| !invoice["_raw"]["stamp"]["uuid"].is_string())
        .count();
    let drafts = invoices
        .iter()
        .filter(|invoice| invoice["status"] == "draft")
        .count();
    assert_eq!(run.number("Facturas sin timbrar"), unstamped.to_string());
    assert_eq!(
        run.number("ya emitidas (no borradores)"),
        (unstamped - drafts).to_string()
    );
    let line = run
        .screen()
        .lines()
        .find(|line| line.starts_with("  Facturas  "))
        .expect("the line")
        .to_owned();
    let count = line.split_whitespace().nth(1).map(str::to_owned);
    assert_eq!(count, Some(invoices.len().to_string()), "{line}");
}

#[test]
fn a_second_start_shows_whose_books_these_are_before_anything_is_read() {
    let mut office = Office::open();
    drop(office.run());
    office.close();
    let mut run = Run::start_restless(&office, Manner::default());
    run.shows(&["ESCUELA KEMPER URGATE", "EKU9003173C9"]);
    run.settle();
    run.shows(&["EKU9003173C9", "sin conexión"]).keys("g f");
    run.shows(&["90 de 90"]);
}

#[test]
fn the_chart_of_accounts_has_five_levels_and_digits_set_the_depth() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g a")
        .shows(&["466 cuentas", "acumulativa", "Agrup."]);
    let shown = |run: &Run| match run.model().screens.last() {
        Some(Screen::Accounts(accounts)) => accounts.rows.len(),
        other => panic!("{other:?}"),
    };
    run.keys("1");
    let roots = shown(&run);
    let mut last = roots;
    for depth in ["2", "3", "4", "5"] {
        run.keys(depth);
        assert!(shown(&run) > last, "depth {depth} shows {}", shown(&run));
        last = shown(&run);
    }
    assert_eq!(last, 466);
    run.shows(&["afectable"]).keys("<End>");
    run.keys("_");
    assert_eq!(shown(&run), roots);
    run.keys("*");
    assert_eq!(shown(&run), 466);
}

#[test]
fn folding_keeps_the_place_in_the_tree_and_enter_opens_an_account() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g a 1 <Right> j <Right> j <Right> j");
    let selected = |run: &Run| run.model().subject().map(|record| record.id.clone());
    let deep = selected(&run);
    assert!(
        run.screen().contains("› "),
        "the path of the selection:\n{}",
        run.screen()
    );
    run.keys("<Left>");
    assert_ne!(selected(&run), deep, "left goes to the parent");
    run.keys("5 <End> <Enter>")
        .shows(&["Código agrupador", "Cuenta padre"]);
    run.keys("<Esc>").shows(&["466 cuentas"]);
}

#[test]
fn the_first_page_is_there_at_once_and_keys_answer_while_the_rest_is_on_its_way() {
    let office = Office::open();
    office.fault(json!({
        "method": "GET", "path": "/accounting/invoices", "nth": 2, "do": "hang",
    }));
    let mut manner = Manner::default();
    manner.timing.read = std::time::Duration::from_secs(3);
    let mut run = Run::start_restless(&office, manner);
    run.press("g f")
        .wait_for("30 hasta ahora")
        .wait_for("leyendo");
    run.press("j j j");
    let selected = match run.model().screens.last() {
        Some(Screen::List(list)) => list.selected,
        other => panic!("{other:?}"),
    };
    assert_eq!(selected, 3);
    run.press("? <Esc> G");
    run.wait_for("30 hasta ahora").wait_for("90 de 90").settle();
    run.lacks(&["leyendo"]).keys("G");
    let last = match run.model().screens.last() {
        Some(Screen::List(list)) => (list.selected, list.selection().is_some()),
        other => panic!("{other:?}"),
    };
    assert_eq!(last, (89, true));
}

#[test]
fn every_list_has_its_badges_and_scrolls_to_its_last_row() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f")
        .shows(&["Ventas › Facturas · 90 de 90", "BORRADOR"])
        .shows(&["◈ LISTA", "▲ CON AVISOS", "✗ CON ERRORES"]);
    run.keys("G").shows(&["◆ TIMBRADA"]);
    run.keys("g c")
        .shows(&["Contactos › Clientes · 73 de 73", "activo"]);
    run.keys("G");
    assert!(rows(&run) >= 19);
    run.keys("g p")
        .shows(&["Catálogos › Productos y servicios · 52 de 52", "ClaveSAT"]);
    run.keys("u")
        .shows(&["sin timbrar", "◈ LISTA"])
        .lacks(&["◆ TIMBRADA"]);
}

#[test]
fn esc_comes_back_to_the_list_with_its_selection() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f j j j j");
    let before = run.model().subject().map(|record| record.id.clone());
    run.keys("<Enter> <Esc>");
    assert_eq!(
        run.model().subject().map(|record| record.id.clone()),
        before
    );
    run.keys("<Esc>").shows(&["Inicio"]);
    run.keys("<Esc> <Esc>").shows(&["Inicio"]);
}

#[test]
fn the_wheel_and_a_click_move_the_selection() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f");
    let third = run
        .screen()
        .lines()
        .nth(5)
        .expect("a row")
        .trim_end()
        .to_owned();
    let name: String = third.chars().skip(12).take(20).collect();
    run.click(name.trim());
    match run.model().screens.last() {
        Some(Screen::List(list)) => assert!(list.selected <= 2, "{}", list.selected),
        other => panic!("{other:?}"),
    }
    run.resize(120, 40).shows(&["90 de 90"]);
    run.resize(20, 5).resize(80, 24).shows(&["90 de 90"]);
}

#[test]
fn what_another_window_read_shows_in_the_list_after_a_rest_and_the_cursor_stays() {
    let office = Office::open();
    let mut here = office.run();
    here.keys("g f j j j").shows(&["90 de 90"]);
    let selected = |run: &Run| match run.model().screens.last() {
        Some(Screen::List(list)) => list.selection().map(|record| record.id.clone()),
        other => panic!("no list but {other:?}"),
    };
    let before = selected(&here);
    office.create(good_draft());
    let mut there = office.run();
    there.keys("g f r").shows(&["91 de 91"]);
    here.shows(&["90 de 90"]);
    here.pass(&office, Duration::from_secs(3));
    here.keys("<C-y>").shows(&["91 de 91"]);
    assert_eq!(selected(&here), before);
}
