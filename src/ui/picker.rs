//! The picker over its form. It stands away from the place that it is for, so that both are in sight.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::form::spot::Spot;
use crate::app::model::Screen;
use crate::app::msg::Target;
use crate::app::picker::{self, BOX_ROWS, Choice, Picker};

use super::dialog::framed;
use super::form;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of the codes.
const CODE: u16 = 14;
/// Columns of what else tells a row apart.
const NOTE: u16 = 16;

/// Paints the picker.
pub fn draw(painter: &mut Painter<'_, '_>, picker: &Picker, area: Rect) {
    let rows = picker::rows(painter.model.size);
    let height = u16::try_from(rows).unwrap_or(0).saturating_add(BOX_ROWS);
    let height = height.min(area.height);
    let y = match picker.spot {
        // Fields are above, lines below the middle.
        Spot::Field(_) => area.y.saturating_add(area.height - height),
        Spot::Cell { .. } | Spot::Other { .. } => area.y,
    };
    let card = Rect { y, height, ..area };
    let title = title(painter, picker);
    let inside = framed(painter, card, &title);
    let line = row_of(inside, 0);
    let prompt = painter.model.words.text("picker-prompt");
    let used = painter.put(line, &format!("{prompt} "), Role::Key);
    let box_area = Rect {
        x: line.x.saturating_add(used),
        width: line.width.saturating_sub(used),
        ..line
    };
    painter.field(box_area, &picker.line, true);
    let list = Rect {
        y: inside.y.saturating_add(1),
        height: inside.height.saturating_sub(1),
        ..inside
    };
    if let Some((text, role)) = status(painter, picker) {
        // Old rows stay in sight while the new ones are on their way.
        match picker.choices.is_empty() {
            true => painter.wrap(list, &text, role),
            false => {
                painter.put_right(box_area, &text, role);
                0
            }
        };
    }
    let shown = picker.choices.iter().enumerate().skip(picker.top);
    for (place, (idx, choice)) in shown.take(usize::from(list.height)).enumerate() {
        let row = row_of(list, u16::try_from(place).unwrap_or(u16::MAX));
        paint(painter, choice, row);
        if idx == picker.selected {
            painter.tint(row, Role::Selected);
        }
        painter.hit(row, Target::Choice(idx));
    }
}

fn title(painter: &Painter<'_, '_>, picker: &Picker) -> String {
    let model = painter.model;
    let Some(Screen::Form(form)) = model.screen() else {
        return String::new();
    };
    match picker.spot {
        Spot::Field(_) => form
            .field_at(picker.spot)
            .map_or_else(String::new, |field| model.words.field_of(form.kind, field)),
        Spot::Cell { cell, .. } => form::grid::title(form, cell, &model.words),
        Spot::Other { .. } => String::new(),
    }
}

fn status(painter: &Painter<'_, '_>, picker: &Picker) -> Option<(String, Role)> {
    let model = painter.model;
    let words = &model.words;
    if let Some(trouble) = &picker.trouble {
        return Some((super::trouble_text(model, trouble), Role::Error));
    }
    if picker::waits_for_catalogs(model, picker) {
        return Some((words.text("form-catalogs-pending"), Role::Busy));
    }
    if picker.searching {
        return Some((words.text("picker-searching"), Role::Busy));
    }
    if !picker.choices.is_empty() {
        return None;
    }
    let partial = picker
        .coverage
        .as_ref()
        .is_some_and(|coverage| coverage.total != Some(coverage.cached));
    let key = if partial {
        "picker-nothing-so-far"
    } else {
        "picker-nothing"
    };
    let text = picker.line.text();
    Some((words.with(key, &[("text", text.into())]), Role::Warning))
}

/// Columns that a text takes.
fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

fn paint(painter: &mut Painter<'_, '_>, choice: &Choice, row: Rect) {
    let held = if choice.held { "✔" } else { " " };
    let role = match choice.barred {
        Some(_) => Role::Dim,
        None => Role::Text,
    };
    painter.put(row, held, Role::Good);
    let code = Rect {
        x: row.x.saturating_add(2),
        width: CODE.min(row.width.saturating_sub(2)),
        ..row
    };
    painter.put(code, &choice.code, role);
    let name = Rect {
        x: code.x.saturating_add(CODE + 1),
        width: row.width.saturating_sub(CODE + 3),
        ..row
    };
    match &choice.barred {
        Some(reason) => {
            // A long name gives way to the reason, for whose sake the row is there.
            let reason = format!(" — {}", super::notice_text(painter.model, reason));
            let room = name
                .width
                .saturating_sub(columns(&reason))
                .max(name.width / 3);
            let used = painter.put(
                Rect {
                    width: room,
                    ..name
                },
                &choice.name,
                role,
            );
            let behind = Rect {
                x: name.x.saturating_add(used),
                width: name.width.saturating_sub(used),
                ..name
            };
            painter.put(behind, &reason, role);
        }
        None => {
            painter.put_right(name, &choice.note, Role::Dim);
            let room = if choice.note.is_empty() { 0 } else { NOTE };
            painter.put(
                Rect {
                    width: name.width.saturating_sub(room),
                    ..name
                },
                &choice.name,
                role,
            );
        }
    }
}
