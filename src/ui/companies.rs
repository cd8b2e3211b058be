//! Paints the companies of the office, to go over to one of them.

use ratatui::layout::Rect;

use crate::app::companies::{self, Choice, Chooser, HEAD_ROWS};
use crate::app::msg::Target;

use super::mask::Veil;
use super::painter::{Painter, row_of};
use super::theme::{self, Role};

/// Columns of a profile's name.
const NAME: u16 = 26;

/// Paints the chooser over the upper part of the page.
pub fn draw(painter: &mut Painter<'_, '_>, chooser: &Chooser, area: Rect) {
    let model = painter.model;
    let head = u16::try_from(HEAD_ROWS).unwrap_or(0);
    let rows = u16::try_from(model.companies.len()).unwrap_or(u16::MAX);
    let area = Rect {
        height: area.height.min(rows.saturating_add(head + 1)),
        ..area
    };
    painter.fill(area, Role::Text);
    let title = format!(" {}", model.words.text("companies-title"));
    painter.put(row_of(area, 0), &title, Role::Title);
    let height = usize::from(area.height.saturating_sub(head));
    let shown = model
        .companies
        .iter()
        .enumerate()
        .skip(chooser.top)
        .take(height);
    for (y, (idx, choice)) in shown.enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX).saturating_add(head);
        let line = row_of(area, y);
        row(painter, choice, line);
        if idx == chooser.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Choice(idx));
    }
}

/// Its colour, its name, the company with its RFC, and whether it is the one on screen or out of reach.
fn row(painter: &mut Painter<'_, '_>, choice: &Choice, line: Rect) {
    let model = painter.model;
    let cell = |x: u16| Rect {
        x: line.x.saturating_add(x),
        width: line.width.saturating_sub(x),
        ..line
    };
    if let Some(colour) = choice
        .profile
        .hue
        .and_then(|hue| theme::hue(model.colours, hue))
    {
        painter.mark(cell(1), theme::COMPANY, colour);
    }
    let role = if choice.within_reach {
        Role::Text
    } else {
        Role::Dim
    };
    let name = Rect {
        width: NAME.min(line.width.saturating_sub(3)),
        ..cell(3)
    };
    painter.put(name, choice.profile.name.as_str(), Role::Dim);
    let state = match choice {
        here if companies::is_here(model, here) => "companies-here",
        Choice {
            within_reach: false,
            ..
        } => "companies-out-of-reach",
        _ => "",
    };
    let state = match state {
        "" => String::new(),
        key => model.words.text(key),
    };
    let rest = cell(NAME + 4);
    let text = format!("{} · {}", choice.profile.company, choice.profile.rfc);
    // Whose books these are is always on screen; whose else are kept here is nobody's business.
    let veil = match companies::is_here(model, choice) {
        true => Veil::Amounts,
        false => Veil::All,
    };
    let before = painter.veil(veil);
    let used = painter.put(rest, &text, role);
    painter.veil(before);
    painter.put_right(
        Rect {
            x: rest.x.saturating_add(used + 1),
            width: rest.width.saturating_sub(used + 1),
            ..rest
        },
        &format!("{state} "),
        Role::Dim,
    );
}
