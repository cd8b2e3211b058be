//! What a form shows, and that it survives every size.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::app::form::fixture::*;
use crate::app::model::Model;
use crate::app::msg::Target;

use super::{LABEL, in_sight, label};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::words::{Lang, Words};

/// The screen as rows of text.
fn screen(model: &mut Model, width: u16, height: u16) -> Vec<String> {
    model.size = (width, height);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    terminal
        .draw(|frame| {
            crate::ui::view(model, frame);
        })
        .expect("a frame");
    let buffer = terminal.backend().buffer();
    (0..height)
        .map(|y| {
            (0..width)
                .filter_map(|x| buffer.cell((x, y)).map(|cell| cell.symbol()))
                .collect()
        })
        .collect()
}

fn shows(rows: &[String], text: &str) -> bool {
    rows.iter().any(|row| row.contains(text))
}

#[test]
fn no_label_of_a_field_is_cut_in_any_form_and_language() {
    for lang in [Lang::Es, Lang::En] {
        let mut model = model();
        model.words = Words::new(lang);
        for kind in Kind::ALL {
            for row in kind.spec().form.fields {
                let label = label(&model, kind, row.field);
                let width = label.chars().count();
                assert!(width < usize::from(LABEL), "{kind:?} {label}");
            }
        }
    }
}

#[test]
fn what_a_department_is_part_of_is_called_no_account() {
    let words = model().words;
    let of = |kind| words.field_of(kind, Field::Parent);
    assert_ne!(of(Kind::Departments), of(Kind::LedgerAccounts));
}

#[test]
fn an_invoice_shows_fields_lines_and_totals_at_eighty_columns() {
    let mut model = editing();
    let rows = screen(&mut model, 80, 24);
    for text in [
        "XENON INDUSTRIAL ARTICLES · XIA190128J61",
        "18/03/2026",
        "PUE",
        "G03 Gastos en",
        "TAL-12",
        "500.00",
        "IVA 16%",
        "1,000.00",
        "1,160.00",
    ] {
        assert!(shows(&rows, text), "{text}\n{}", rows.join("\n"));
    }
}

#[test]
fn the_line_with_the_focus_is_in_sight_among_fifty() {
    let mut model = editing();
    for _ in 0..50 {
        keys(&mut model, &["F6", "tal", "Enter", "3"]);
    }
    for (width, height) in [(80, 24), (80, 12), (120, 40)] {
        let rows = screen(&mut model, width, height);
        assert!(shows(&rows, " 51 "), "{}", rows.join("\n"));
    }
    keys(&mut model, &["F7", "F7"]);
    let rows = screen(&mut model, 80, 24);
    assert!(shows(&rows, " 49 "), "{}", rows.join("\n"));
}

#[test]
fn what_is_said_about_the_place_with_the_focus_is_on_screen() {
    let mut model = new_invoice();
    keys(&mut model, &["F8"]);
    let rows = screen(&mut model, 80, 24);
    assert!(shows(&rows, "Falta el cliente."), "{}", rows.join("\n"));
    assert!(shows(&rows, "✖"));
}

#[test]
fn a_picker_shows_its_rows_and_the_field_that_it_is_for() {
    let mut model = editing();
    keys(&mut model, &["x"]);
    let rows = screen(&mut model, 80, 24);
    assert!(shows(&rows, "XOCHILT CASAS CHAVEZ"), "{}", rows.join("\n"));
    assert!(shows(&rows, "Cliente"));
}

#[test]
fn every_field_and_cell_can_be_pointed_at() {
    let mut model = editing();
    model.size = (80, 24);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a terminal");
    let mut hits = None;
    terminal
        .draw(|frame| hits = Some(crate::ui::view(&model, frame)))
        .expect("a frame");
    let hits = hits.expect("a hit map");
    let mut seen: Vec<usize> = (0..24)
        .flat_map(|y| (0..80).map(move |x| (x, y)))
        .filter_map(|(x, y)| match hits.at(x, y) {
            Some(Target::Field(idx)) => Some(idx),
            _ => None,
        })
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, (0..20).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_form_survives_every_size(
        width in 0u16..=200,
        height in 0u16..=50,
        picking in any::<bool>(),
        place in 0usize..16,
    ) {
        let mut model = editing();
        crate::app::form::point_at(&mut model, place);
        if picking {
            keys(&mut model, &["F3"]);
        }
        screen(&mut model, width, height);
    }
}

#[test]
fn a_small_window_shows_lines_below_the_fields_and_fields_above_the_lines() {
    let fields = in_sight(9, 4, 0, 8);
    assert_eq!(fields, [0, 1, 2, 3, 4, 8, 9, 10]);
    let lines = in_sight(9, 4, 12, 8);
    assert_eq!(lines, [5, 6, 7, 8, 9, 10, 11, 12]);
    let many = in_sight(9, 50, 40, 8);
    assert_eq!(many, [7, 8, 35, 36, 37, 38, 39, 40]);
    let tall = in_sight(6, 50, 40, 14);
    assert_eq!(tall, [0, 1, 2, 3, 4, 5, 33, 34, 35, 36, 37, 38, 39, 40]);
}
