//! The field that narrows a list or the chart, in the line of the place: the rows below it stay in sight.

use ratatui::layout::Rect;

use crate::app::model::{Model, Screen};
use crate::app::narrow::{self, Narrow};
use crate::words;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns for the number of rows that are left.
const COUNT: u16 = 24;

/// Paints the field over the line of the place.
pub fn draw(painter: &mut Painter<'_, '_>, narrow: &Narrow) {
    let line = row_of(painter.screen(), 1);
    painter.fill(line, Role::Text);
    let prompt = format!(" {} ", painter.model.words.text("narrow-prompt"));
    let used = painter.put(line, &prompt, Role::Key);
    let right = left_over(painter.model);
    let room = COUNT.min(line.width / 3);
    painter.field(
        Rect {
            x: line.x.saturating_add(used),
            width: line.width.saturating_sub(used + room + 1),
            ..line
        },
        &narrow.line,
        true,
    );
    let examples = match painter.model.screen() {
        _ if !narrow.line.text().is_empty() => None,
        Some(Screen::List(list)) => {
            Some(narrow::examples(&painter.model.words, list.query.kind).join(" · "))
        }
        Some(Screen::Audit(_)) => Some(painter.model.words.text("audit-examples")),
        _ => None,
    };
    if let Some(examples) = examples {
        let rest = Rect {
            x: line.x.saturating_add(used + 1),
            width: line.width.saturating_sub(used + room + 2),
            ..line
        };
        painter.put(rest, &examples, Role::Dim);
    }
    painter.put_right(
        Rect {
            x: line.x.saturating_add(line.width.saturating_sub(room)),
            width: room,
            ..line
        },
        &format!("{right} "),
        Role::Dim,
    );
}

/// How many rows are left, of how many.
fn left_over(model: &Model) -> String {
    let mut stops = false;
    let (left, all) = match model.screen() {
        Some(Screen::List(list)) => match &list.window {
            Some(window) if window.query == list.query => {
                stops = list.query.only.may_leave_out(window.total);
                (window.total, window.coverage.cached)
            }
            _ => return model.words.text("loading"),
        },
        Some(Screen::Accounts(accounts)) => (
            accounts.fitting(),
            accounts.tree.value().map_or(0, |tree| tree.nodes.len()),
        ),
        Some(Screen::Audit(audit)) => return super::audit::count(model, audit),
        _ => return String::new(),
    };
    model.words.with(
        "n-of-m",
        &[
            (
                "n",
                super::chrome::counted(model, left, stops).as_str().into(),
            ),
            ("m", words::count(all).as_str().into()),
        ],
    )
}
