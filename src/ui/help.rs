//! The keys of a place, with the reason where one cannot be used just now, and behind them how old the SAT's catalogues
//! are.

use ratatui::layout::Rect;

use crate::app::key::Key;
use crate::app::keymap::{BINDINGS, Chord, Place};
use crate::app::model::Model;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of the keys; fewer where the names would have no room.
const KEYS: u16 = 24;
const FEW_KEYS: u16 = 16;

/// Columns from which the keys have all of theirs.
const KEYS_FROM: u16 = 72;

/// Paints the help page.
pub fn draw(painter: &mut Painter<'_, '_>, of: Place, top: usize, area: Rect) {
    painter.fill(area, Role::Text);
    let model = painter.model;
    let head = model.words.text("help-title");
    painter.put(row_of(area, 0), &format!(" {head}"), Role::Title);
    let edition = format!("{} ", model.words.catalogs_edition());
    painter.put_right(row_of(area, 0), &edition, Role::Dim);
    let facts = model.words.catalogs();
    let rows: Vec<_> = BINDINGS
        .iter()
        .filter(|binding| {
            let amounts = of == Place::Form && binding.places.contains(&Place::Amount);
            binding.places.contains(&of) || amounts
        })
        .collect();
    let height = usize::from(area.height.saturating_sub(1));
    let columns = match area.width {
        KEYS_FROM.. => KEYS,
        _ => FEW_KEYS,
    };
    // An empty row parts the keys from the facts.
    let total = rows.len() + 1 + facts.len();
    let top = painter.held(top, total, area.height.saturating_sub(1));
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
                width: columns.min(line.width),
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
                x: line.x.saturating_add(columns + 2),
                width: line.width.saturating_sub(columns + 3),
                ..line
            },
            &text,
            Role::Text,
        );
    }
    for (idx, fact) in facts.iter().enumerate() {
        let y = (rows.len() + 2 + idx).checked_sub(top);
        if let Some(y) = y.filter(|y| (1..=height).contains(y)) {
            let line = row_of(area, u16::try_from(y).unwrap_or(u16::MAX));
            painter.put(line, &format!("  {fact}"), Role::Dim);
        }
    }
    if total > top + height {
        painter.put_right(row_of(area, area.height.saturating_sub(1)), "▼", Role::Dim);
    }
}

/// Columns of a second key with its name.
const SECOND: u16 = 20;

/// Paints the second keys that a first key can be followed by, over the foot of the page, while it waits.
pub fn second_keys(painter: &mut Painter<'_, '_>, first: Key, area: Rect) {
    let seconds = seconds(painter.model, first);
    let across = (area.width / SECOND).max(1);
    let count = u16::try_from(seconds.len()).unwrap_or(u16::MAX);
    let height = (count.div_ceil(across) + 1).min(area.height);
    let board = Rect {
        y: area.y.saturating_add(area.height - height),
        height,
        ..area
    };
    painter.fill(board, Role::Text);
    let rule = "─".repeat(usize::from(board.width));
    painter.put(row_of(board, 0), &rule, Role::Dim);
    let mut x = 0;
    let mut y = 1;
    for (key, name) in seconds {
        let cell = Rect {
            x: board.x.saturating_add(x * SECOND + 1),
            width: SECOND - 2,
            ..row_of(board, y)
        };
        let used = painter.put(cell, &key, Role::Key);
        painter.put(
            Rect {
                x: cell.x.saturating_add(used + 1),
                width: cell.width.saturating_sub(used + 1),
                ..cell
            },
            &name,
            Role::Text,
        );
        x += 1;
        if x == across {
            x = 0;
            y += 1;
        }
    }
}

/// The second keys with the short names of what they order here.
fn seconds(model: &Model, first: Key) -> Vec<(String, String)> {
    let place = model.place();
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
            (key.label(&model.words), name)
        })
        .collect()
}
