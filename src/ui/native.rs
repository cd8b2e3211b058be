//! The native record: a row per value, its path on the left, what was typed above, age and gaps below that.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::msg::Target;
use crate::app::native::{HEAD_ROWS, Native, Of};
use crate::words;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// The longest share of a row that a path takes.
const PATH_OF: (u16, u16) = (2, 5);

/// Paints the layer over the whole page.
pub fn draw(painter: &mut Painter<'_, '_>, native: &Native, area: Rect) {
    painter.fill(area, Role::Text);
    let line = row_of(area, 0);
    let prompt = match &native.of {
        Of::Record(..) => "native-prompt",
        Of::Entry(_) => "audit-prompt",
    };
    let prompt = format!(" {} ", painter.model.words.text(prompt));
    let used = painter.put(line, &prompt, Role::Key);
    painter.field(
        Rect {
            x: line.x.saturating_add(used),
            width: line.width.saturating_sub(used + 1),
            ..line
        },
        &native.line,
        true,
    );
    let (text, role) = about(painter.model, native);
    painter.put(row_of(area, 1), &format!(" {text}"), role);
    let Some(entries) = native.entries.value() else {
        return;
    };
    let head = u16::try_from(HEAD_ROWS).unwrap_or(0);
    let height = usize::from(area.height.saturating_sub(head));
    let path_width = area.width * PATH_OF.0 / PATH_OF.1;
    let rows = native.shown.iter().enumerate().skip(native.top);
    for (y, (position, idx)) in rows.take(height).enumerate() {
        let Some(entry) = entries.get(*idx) else {
            continue;
        };
        let row = row_of(
            area,
            u16::try_from(y).unwrap_or(u16::MAX).saturating_add(head),
        );
        let path = Rect {
            x: row.x.saturating_add(1),
            width: path_width.min(row.width).saturating_sub(2),
            ..row
        };
        // The end of a path tells more than its beginning.
        painter.put(path, &tail(&entry.path, usize::from(path.width)), Role::Dim);
        let value = Rect {
            x: row.x.saturating_add(path_width),
            width: row.width.saturating_sub(path_width + 1),
            ..row
        };
        match &entry.value {
            Some(text) => painter.put(value, text, Role::Text),
            None => painter.put(value, "—", Role::Dim),
        };
        if position == native.selected {
            painter.tint(row, Role::Selected);
        }
        painter.hit(row, Target::Choice(position));
    }
    if native.shown.is_empty() {
        let text = painter.model.words.text("native-nothing");
        painter.put(row_of(area, head), &format!(" {text}"), Role::Dim);
    }
}

/// Whose it is, how many values, how many of them empty, how old; or why it is not here.
fn about(model: &Model, native: &Native) -> (String, Role) {
    let words = &model.words;
    let (all, empty) = native.counts();
    let title = match &native.of {
        Of::Record(kind, _) => format!("{} {}", words.kind_one(*kind), native.title),
        Of::Entry(_) => words.with("audit-entry", &[("entry", native.title.as_str().into())]),
    };
    let mut parts = vec![title];
    if native.entries.value().is_some() {
        parts.push(words.with(
            "native-counts",
            &[
                ("shown", words::count(native.shown.len()).as_str().into()),
                ("all", words::count(all).as_str().into()),
                ("empty", words::count(empty).as_str().into()),
            ],
        ));
    }
    if let Some(at) = native.read_at {
        let local = model.local(at);
        let moment = format!("{} {}", words::date(local.date()), words::hour(local));
        parts.push(words.with("native-read-at", &[("at", moment.as_str().into())]));
    }
    match native.entries.trouble() {
        Some(trouble) => {
            parts.insert(0, super::trouble_text(model, trouble));
            (parts.join(" · "), Role::Error)
        }
        None => {
            if native.entries.is_loading() {
                parts.push(words.text("reading"));
            }
            (parts.join(" · "), Role::Dim)
        }
    }
}

/// The end of a text in so many columns, with «…» before it where something is left out. Paths are plain letters.
fn tail(text: &str, width: usize) -> String {
    let count = text.chars().count();
    if count <= width {
        return text.to_owned();
    }
    let kept: String = text
        .chars()
        .skip(count.saturating_sub(width.saturating_sub(1)))
        .collect();
    format!("…{kept}")
}
