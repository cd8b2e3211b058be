//! The rows of a form that write into the native record: a path, and what is to be there. Paints, never decides.

use ratatui::layout::Rect;

use crate::app::form::Form;
use crate::app::form::spot::{Part, Spot};
use crate::app::keymap::Action;
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::app::names::seen;
use crate::domain::spec::native::Owner;

use super::super::painter::Painter;
use super::super::theme::Role;

/// Columns of the number of a row, with the symbol before it.
const NUMBER: u16 = 4;
/// The share of the rest that a path takes.
const PATH_OF: (u16, u16) = (2, 5);

/// Paints what the rows are, and the key that adds one.
pub(super) fn head(painter: &mut Painter<'_, '_>, area: Rect) {
    let words = &painter.model.words;
    let key = super::key_of(Action::AddNative, words);
    let text = words.with("form-others", &[("key", (&key).into())]);
    painter.put(area, &format!("  {text}"), Role::Dim);
}

/// Paints a row.
pub(super) fn row(painter: &mut Painter<'_, '_>, form: &Form, number: usize, area: Rect) {
    painter.put(area, &format!(" {:>2}", number + 1), Role::Dim);
    let rest = area.width.saturating_sub(NUMBER + 1);
    let path_width = rest * PATH_OF.0 / PATH_OF.1;
    for part in Part::ALL {
        let spot = Spot::Other { row: number, part };
        let (x, width) = match part {
            Part::Path => (NUMBER, path_width.saturating_sub(1)),
            Part::Value => (NUMBER + path_width, rest - path_width),
        };
        let place = Rect {
            x: area.x.saturating_add(x).min(area.right()),
            width,
            ..area
        };
        super::symbol(painter, form, spot, area);
        if !super::edited(painter, form, spot, place) {
            let text = form.content.text(spot).unwrap_or_default();
            let hint = match part {
                _ if !text.is_empty() => "",
                Part::Path => "form-other-path",
                Part::Value => "form-other-value",
            };
            match hint {
                "" => painter.put(place, text, Role::Text),
                hint => {
                    let hint = painter.model.words.text(hint);
                    painter.put(place, &hint, Role::Dim)
                }
            };
        }
        if form.tone_at(spot).is_some() && form.focus != spot {
            painter.tint(place, Role::Warning);
        }
        super::mark_focus(painter, form, spot, place);
        painter.hit(place, Target::Field(spot.number(form.extent())));
    }
}

/// What the row with the focus will write, exactly; while it cannot be read, what is to be typed.
pub(super) fn aside(model: &Model, form: &Form) -> String {
    match form.other_in_focus() {
        Some(native) => format!("→ {} = {}", native.path, seen(model, &native.json)),
        None => model.words.text("form-other-hint"),
    }
}

/// Why a place is not written by its path.
pub(super) fn owned(model: &Model, form: &Form, owner: Owner) -> String {
    let words = &model.words;
    let name = match owner {
        Owner::Field(field) => words.field_of(form.kind, field),
        Owner::Cell(cell) => super::grid::title(form, cell, words),
        Owner::Rows => return words.text("form-other-rows"),
        Owner::Stamp => return words.text("form-other-stamp"),
        Owner::Server => return words.text("form-other-server"),
        Owner::Secret => return words.text("form-other-secret"),
    };
    words.with("form-other-owned", &[("field", (&name).into())])
}
