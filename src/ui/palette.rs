//! The palette: every action by name, the barred ones with their reason.

use ratatui::layout::Rect;

use crate::app::msg::Target;
use crate::app::palette::{self, Palette};

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Paints the palette over the upper part of the page.
pub fn draw(painter: &mut Painter<'_, '_>, palette: &Palette, area: Rect) {
    let rows = u16::try_from(palette.matches.len().max(1)).unwrap_or(u16::MAX);
    let area = Rect {
        height: area.height.min(rows.saturating_add(2)),
        ..area
    };
    painter.fill(area, Role::Text);
    let line = row_of(area, 0);
    let used = painter.put(line, " : ", Role::Key);
    painter.field(
        Rect {
            x: line.x.saturating_add(used),
            width: line.width.saturating_sub(used + 1),
            ..line
        },
        &palette.line,
        true,
    );
    let place = painter.model.screen_place();
    let height = usize::from(area.height.saturating_sub(2));
    let top = crate::app::list::keep_visible(0, palette.selected, height);
    for (y, (idx, action)) in palette
        .matches
        .iter()
        .enumerate()
        .skip(top)
        .take(height)
        .enumerate()
    {
        let line = row_of(area, u16::try_from(y + 1).unwrap_or(u16::MAX));
        let model = painter.model;
        let name = model.words.action(action.words_key(), action.number());
        let reason = palette::reason(model, *action);
        let key = action
            .chord_in(place)
            .map_or_else(String::new, |chord| chord.label(&model.words));
        let inside = Rect {
            x: line.x.saturating_add(3),
            width: line.width.saturating_sub(4),
            ..line
        };
        let role = if reason.is_some() {
            Role::Dim
        } else {
            Role::Text
        };
        let used = painter.put(inside, &name, role);
        if let Some(reason) = reason {
            let text = super::notice_text(model, &reason);
            painter.put(
                Rect {
                    x: inside.x.saturating_add(used + 2),
                    width: inside.width.saturating_sub(used + 14),
                    ..inside
                },
                &text,
                Role::Dim,
            );
        }
        painter.put_right(inside, &key, Role::Key);
        if idx == palette.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Choice(idx));
    }
    if palette.matches.is_empty() {
        let text = painter.model.words.text("palette-nothing");
        painter.put(row_of(area, 1), &format!("   {text}"), Role::Dim);
    }
}
