//! Dialogs: the pre-flight card of a stamp, the cancellation, and questions with No as their default.

pub mod batch;
pub mod cancel;
pub mod card;
pub mod decide;

use ratatui::layout::Rect;

use crate::app::line::Line;
use crate::app::model::Confirm;
use crate::app::msg::Target;
use crate::app::stamp::sheet::{LABEL, WIDEST};

use super::painter::{Painter, row_of};
use super::theme::Role;

/// A page to write on from the top.
pub(super) struct Page<'p, 'a, 'f> {
    pub painter: &'p mut Painter<'a, 'f>,
    pub area: Rect,
    /// The next row.
    pub y: u16,
}

impl Page<'_, '_, '_> {
    pub fn line(&mut self, text: &str, role: Role) {
        let rest = Rect {
            y: self.area.y.saturating_add(self.y),
            height: self.area.height.saturating_sub(self.y),
            ..self.area
        };
        self.y += self.painter.wrap(rest, text, role).max(1);
    }

    /// A line that begins so many columns further right, as do all that it is broken into.
    fn indented(&mut self, columns: u16, text: &str, role: Role) {
        let rest = Rect {
            x: self.area.x.saturating_add(columns),
            y: self.area.y.saturating_add(self.y),
            width: self.area.width.saturating_sub(columns),
            height: self.area.height.saturating_sub(self.y),
        };
        self.y += self.painter.wrap(rest, text, role).max(1);
    }

    pub fn pair(&mut self, label: &str, text: &str, role: Role) {
        let row = row_of(self.area, self.y);
        self.painter.put(
            Rect {
                width: LABEL.saturating_sub(1).min(row.width),
                ..row
            },
            label,
            Role::Dim,
        );
        let rest = Rect {
            x: row.x.saturating_add(LABEL),
            width: row.width.saturating_sub(LABEL),
            height: self.area.height.saturating_sub(self.y),
            ..row
        };
        self.y += self.painter.wrap(rest, text, role).max(1);
    }

    /// A field to be typed into, with its question before it.
    fn ask(&mut self, question: &str, typed: &Line, focus: bool) {
        let row = row_of(self.area, self.y);
        let used = self.painter.put(row, question, Role::Warning);
        let field = Rect {
            x: row.x.saturating_add(used + 1),
            width: row.width.saturating_sub(used + 1).min(20),
            ..row
        };
        self.painter.field(field, typed, focus);
        self.y += 1;
    }

    pub fn gap(&mut self) {
        self.y += 1;
    }
}

/// A card in the middle of an area; the area inside.
fn frame(painter: &mut Painter<'_, '_>, area: Rect, height: u16, title: &str) -> Rect {
    let height = height.min(area.height);
    let middle = Rect {
        y: area.y + (area.height - height) / 2,
        height,
        ..area
    };
    framed(painter, middle, title)
}

/// A card over the whole height of an area, in the middle of its width; the area inside.
pub(super) fn framed(painter: &mut Painter<'_, '_>, area: Rect, title: &str) -> Rect {
    let width = area.width.min(WIDEST);
    let card = Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    };
    painter.fill(card, Role::Text);
    let rule = "─".repeat(usize::from(card.width));
    painter.put(row_of(card, 0), &rule, Role::Title);
    // Over the whole width the edge of the screen is border enough; in the middle of a page it needs one.
    let has_sides = card.width < area.width;
    if has_sides {
        sides(painter, card);
    }
    painter.put(
        Rect {
            x: card.x + 2,
            ..row_of(card, 0)
        },
        &format!(" {title} "),
        Role::Title,
    );
    let foot = row_of(card, card.height.saturating_sub(1));
    painter.put(foot, &rule, Role::Dim);
    if has_sides {
        corners(painter, row_of(card, 0), ["┌", "┐"], Role::Title);
        corners(painter, foot, ["└", "┘"], Role::Dim);
    }
    Rect {
        x: card.x.saturating_add(2),
        y: card.y.saturating_add(1),
        width: card.width.saturating_sub(4),
        height: card.height.saturating_sub(2),
    }
}

/// The left and the right edge of a card.
fn sides(painter: &mut Painter<'_, '_>, card: Rect) {
    for y in 1..card.height.saturating_sub(1) {
        corners(painter, row_of(card, y), ["│", "│"], Role::Dim);
    }
}

/// What stands in the first and in the last cell of a row.
fn corners(painter: &mut Painter<'_, '_>, row: Rect, [left, right]: [&str; 2], role: Role) {
    let last = row.x.saturating_add(row.width.saturating_sub(1));
    painter.put(Rect { width: 1, ..row }, left, role);
    painter.put(
        Rect {
            x: last,
            width: 1,
            ..row
        },
        right,
        role,
    );
}

/// Paints a question.
pub fn confirm(painter: &mut Painter<'_, '_>, question: &Confirm, area: Rect) {
    let title = painter.model.words.text("confirm-title");
    let inside = frame(painter, area, 7, &title);
    let text = super::notice_text(painter.model, &question.notice);
    let mut page = Page {
        painter,
        area: inside,
        y: 0,
    };
    page.line(&text, Role::Text);
    buttons(
        painter,
        row_of(inside, inside.height.saturating_sub(1)),
        "button-no",
        Some("button-yes"),
        question.yes,
        true,
    );
}

/// One or two buttons; the left one is where it begins.
fn buttons(
    painter: &mut Painter<'_, '_>,
    area: Rect,
    left: &str,
    right: Option<&str>,
    right_selected: bool,
    right_possible: bool,
) {
    let mut x = area.x;
    let right = right.map(|key| (key, right_selected, right_possible));
    for (idx, (key, selected, possible)) in [(left, !right_selected, true)]
        .into_iter()
        .chain(right)
        .enumerate()
    {
        let name = painter.model.words.text(key);
        // Brackets tell the selected one apart without colour.
        let text = if selected {
            format!("[ {name} ]")
        } else {
            format!("  {name}  ")
        };
        let cell = Rect {
            x,
            width: area.x.saturating_add(area.width).saturating_sub(x),
            ..area
        };
        let used = painter.put(cell, &text, if possible { Role::Title } else { Role::Dim });
        let button = Rect {
            width: used,
            ..cell
        };
        if selected {
            painter.tint(button, Role::Selected);
        }
        painter.hit(button, Target::Button(idx));
        x = x.saturating_add(used + 2);
    }
}
