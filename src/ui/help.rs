//! The keys of a place, with the reason where one cannot be used just now.

use ratatui::layout::Rect;

use crate::app::key::Key;
use crate::app::keymap::{BINDINGS, Chord, Place};
use crate::app::model::Model;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of the keys.
const KEYS: u16 = 24;

/// Paints the help page.
pub fn draw(painter: &mut Painter<'_, '_>, of: Place, top: usize, area: Rect) {
    painter.fill(area, Role::Text);
    let model = painter.model;
    let head = model.words.text("help-title");
    painter.put(row_of(area, 0), &format!(" {head}"), Role::Title);
    let rows: Vec<_> = BINDINGS
        .iter()
        .filter(|binding| binding.places.contains(&of))
        .collect();
    let height = usize::from(area.height.saturating_sub(1));
    let top = top.min(rows.len().saturating_sub(height));
    for (y, binding) in rows.iter().skip(top).take(height).enumerate() {
        let line = row_of(area, u16::try_from(y + 1).unwrap_or(u16::MAX));
        let keys: Vec<String> = binding
            .chords
            .iter()
            .map(|chord| chord.label(&model.words))
            .collect();
        painter.put(
            Rect {
                x: line.x.saturating_add(2),
                width: KEYS.min(line.width),
                ..line
            },
            &keys.join("  "),
            Role::Key,
        );
        let action = binding.action;
        let name = model.words.action(action.words_key(), action.number());
        let text = match model.disabled(action) {
            None => name,
            Some(reason) => format!("{name} — {}", super::notice_text(model, &reason)),
        };
        painter.put(
            Rect {
                x: line.x.saturating_add(KEYS + 2),
                width: line.width.saturating_sub(KEYS + 3),
                ..line
            },
            &text,
            Role::Text,
        );
    }
    if rows.len() > top + height {
        painter.put_right(row_of(area, area.height.saturating_sub(1)), "▼", Role::Dim);
    }
}

/// The second keys that a first key can be followed by, for the footer while it waits.
pub fn second_keys(model: &Model, place: Place, first: Key) -> String {
    BINDINGS
        .iter()
        .filter(|binding| binding.places.contains(&place))
        .flat_map(|binding| {
            binding.chords.iter().filter_map(move |chord| match chord {
                Chord::Two(one, two) if first.is(*one) => Some((*two, binding.action)),
                _ => None,
            })
        })
        .map(|(key, action)| {
            let name = match model.words.attribute(action.words_key(), "short") {
                short if short.is_empty() => {
                    model.words.action(action.words_key(), action.number())
                }
                short => short,
            };
            format!("{} {name}", key.label(&model.words))
        })
        .collect::<Vec<_>>()
        .join("   ")
}
