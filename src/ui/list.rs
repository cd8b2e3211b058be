//! A list of records, and from enough columns on a pane with the selected one.

use ratatui::layout::Rect;

use crate::app::list::List;
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::field::Field;
use crate::domain::list::Filter;
use crate::domain::record::Record;

use super::detail;
use super::grid::{self, Badge};
use super::links;
use super::mask::Veil;
use super::painter::{Painter, fit, row_of};
use super::theme::Role;

/// Columns of the pane beside a list: what eighty columns of list leave over, within reason.
const PANE: std::ops::RangeInclusive<u16> = 22..=60;

/// What a list needs for itself when a pane stands beside it.
const LIST_BESIDE_PANE: u16 = 81;

/// Paints the list.
pub fn draw(painter: &mut Painter<'_, '_>, list: &List, area: Rect) {
    let (left, pane) = split(painter.model, area);
    rows(painter, list, left);
    if let Some(pane) = pane {
        for y in 0..pane.height {
            painter.put(row_of(pane, y), "│", Role::Dim);
        }
        let inside = Rect {
            x: pane.x + 2,
            width: pane.width.saturating_sub(2),
            ..pane
        };
        if let Some(record) = list.selection() {
            let before = painter.veil(Veil::Values);
            detail::summary(painter, record, inside);
            painter.veil(before);
        }
    }
}

/// What a list is narrowed to and sorted by, for the line of the place; empty for a list as it comes. What was typed
/// takes so many columns at most.
pub fn narrowed(model: &Model, list: &List, room: usize) -> String {
    let words = &model.words;
    let mut text = String::new();
    if !list.about.is_empty() {
        text.push_str(" › ");
        text.push_str(&words.with(
            "list-of",
            &[("name", super::seen(model, &list.about).as_str().into())],
        ));
    }
    if !list.typed.is_empty() {
        let typed = super::seen(model, &list.typed);
        text.push_str(&format!(" › «{}»", fit(&typed, room)));
    }
    let (sort, direction) = (list.query.sort, list.query.direction);
    if list.query.kind.spec().natural_order != (sort, direction) {
        let field = words.column_of(list.query.kind, sort);
        text.push_str(&format!(" › {} {field}", links::arrow(direction)));
    }
    text
}

fn split(model: &Model, area: Rect) -> (Rect, Option<Rect>) {
    if !model.has_side_pane() {
        return (area, None);
    }
    let pane = area
        .width
        .saturating_sub(LIST_BESIDE_PANE)
        .clamp(*PANE.start(), *PANE.end());
    let left = area.width.saturating_sub(pane);
    (
        Rect {
            width: left.saturating_sub(1),
            ..area
        },
        Some(Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        }),
    )
}

fn rows(painter: &mut Painter<'_, '_>, list: &List, area: Rect) {
    let height = usize::from(area.height.saturating_sub(1));
    let this_year = painter.model.today().year();
    let is_of_another = |record: &Record| {
        let day = record.date(Field::Date);
        day.is_some_and(|day| day.year() != this_year)
    };
    let shown = list.top..list.top.saturating_add(height);
    let with_years = shown.filter_map(|idx| list.row(idx)).any(is_of_another);
    let spec = list.query.kind.spec();
    let columns = grid::place(spec.columns, area.width.saturating_sub(2), with_years);
    let inside = |row: Rect| Rect {
        x: row.x.saturating_add(1),
        width: row.width.saturating_sub(2),
        ..row
    };
    grid::heads(painter, inside(row_of(area, 0)), list.query.kind, &columns);
    let total = list.total();
    if list.window.is_none() || total == 0 {
        empty(painter, list, row_of(area, 2));
        return;
    }
    for (y, idx) in (list.top..total).take(height).enumerate() {
        let line = row_of(area, u16::try_from(y + 1).unwrap_or(u16::MAX));
        match list.row(idx) {
            Some(record) => {
                let marked = list.marked.contains(&record.id);
                if marked {
                    painter.put(line, "●", Role::Marked);
                }
                let mark = mark(painter.model, list, record);
                grid::row(painter, inside(line), &columns, record, mark);
                if idx == list.selected {
                    painter.tint(line, Role::Selected);
                } else if marked {
                    painter.tint(line, Role::Marked);
                }
            }
            // A gap is not an end: the row is there, it only has not arrived yet.
            None => {
                painter.put(inside(line), "·", Role::Dim);
            }
        }
        painter.hit(line, Target::Row(idx));
    }
}

/// What stands in place of the stamp: until when a receipt is due where that is what the list is about, else what the
/// fiscal rules say.
fn mark(model: &Model, list: &List, record: &Record) -> Option<Badge> {
    if list.query.filter == Filter::WithoutReceipt {
        let due = list.window.as_ref()?.receipts.get(&record.id)?;
        return Some(Badge::of_receipt(model, *due));
    }
    let verdict = model.verdict_in(list, record)?;
    Some(Badge::of_verdict(verdict))
}

fn empty(painter: &mut Painter<'_, '_>, list: &List, area: Rect) {
    let model = painter.model;
    let walk = model.walks.get(&list.query.kind);
    let (text, role) = if let Some(trouble) = &list.trouble {
        (super::trouble_text(model, trouble), Role::Error)
    } else if let Some(trouble) = walk.and_then(|walk| walk.trouble.as_ref()) {
        (super::trouble_text(model, trouble), Role::Error)
    } else if let Some(puzzle) = &list.puzzle {
        (model.words.puzzle(puzzle), Role::Warning)
    } else if list.window.is_none() || walk.is_none_or(|walk| walk.running) {
        (model.words.text("loading"), Role::Dim)
    } else {
        (model.words.text("list-empty"), Role::Dim)
    };
    painter.put(
        Rect {
            x: area.x.saturating_add(1),
            width: area.width.saturating_sub(1),
            ..area
        },
        &text,
        role,
    );
}
