//! What changed elsewhere beside what stands here: one row a difference, three columns.

use ratatui::layout::Rect;

use crate::app::compare::{Compare, Difference, HEAD_ROWS};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::changes::Part;
use crate::domain::record::Record;
use crate::words;

use super::grid;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// Paints the layer over the whole page.
pub fn draw(painter: &mut Painter<'_, '_>, compare: &Compare, area: Rect) {
    painter.fill(area, Role::Text);
    let model = painter.model;
    let title = model.words.with(
        "compare-title",
        &[("name", model.title_of(&compare.theirs).as_str().into())],
    );
    painter.put(row_of(area, 0), &format!(" {title}"), Role::Warning);
    let explained = model.words.text("compare-explained");
    painter.put(row_of(area, 1), &format!(" {explained}"), Role::Dim);
    let heads =
        ["compare-field", "compare-theirs", "compare-mine"].map(|key| model.words.text(key));
    for (cell, head) in cells(row_of(area, 2)).into_iter().zip(&heads) {
        painter.put(cell, head, Role::Dim);
    }
    let head = u16::try_from(HEAD_ROWS).unwrap_or(0);
    let height = usize::from(area.height.saturating_sub(head));
    let rows = compare.differences.iter().enumerate().skip(compare.top);
    for (y, (idx, difference)) in rows.take(height).enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        let row = row_of(area, y.saturating_add(head));
        let texts = [
            label(model, compare, difference),
            side(model, &compare.theirs, difference.part),
            side(model, &compare.mine, difference.part),
        ];
        // What was changed on both sides gets lost on one of them.
        let role = if difference.both {
            Role::Warning
        } else {
            Role::Text
        };
        for (cell, text) in cells(row).into_iter().zip(&texts) {
            painter.put(cell, text, role);
        }
        if idx == compare.selected {
            painter.tint(row, Role::Selected);
        }
        painter.hit(row, Target::Choice(idx));
    }
}

/// The three columns of a row.
fn cells(row: Rect) -> [Rect; 3] {
    let name = row.width / 4;
    let value = row.width.saturating_sub(name) / 2;
    let at = |x: u16, width: u16| Rect {
        x: row.x.saturating_add(x + 1),
        width: width.saturating_sub(2),
        ..row
    };
    [
        at(0, name),
        at(name, value),
        at(name.saturating_add(value), value),
    ]
}

fn label(model: &Model, compare: &Compare, difference: &Difference) -> String {
    let name = match difference.part {
        Part::Value(field) => model.words.field_of(compare.mine.kind, field),
        Part::Lines => model.words.text("compare-lines"),
        Part::Allocations => model.words.text("detail-applied"),
        Part::Postings => model.words.text("compare-postings"),
    };
    // The sign says without colour that both sides changed it.
    if difference.both {
        format!("▲ {name}")
    } else {
        name
    }
}

/// A value as one side has it; for what is compared as a whole how many rows there are.
fn side(model: &Model, record: &Record, part: Part) -> String {
    let count = match part {
        Part::Value(field) => return grid::value_text(model, record, field, false),
        Part::Lines => record.lines.len(),
        Part::Allocations => record.allocations.len(),
        Part::Postings => record.postings.len(),
    };
    model.words.with(
        "compare-rows",
        &[("count", words::count(count).as_str().into())],
    )
}
