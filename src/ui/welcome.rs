//! Paints the first page.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::line::Line;
use crate::app::msg::Target;
use crate::app::welcome::{KEY_FIELD, Stage, Welcome};

use super::painter::{Painter, row_of};
use super::theme::Role;
use super::{HitMap, LEAST, notice_text, too_small};

/// The labels of the fields.
const LABELS: [&str; 3] = ["welcome-app-id", "welcome-consumer-id", "welcome-key"];

/// Columns of the labels.
const LABEL: u16 = 24;

/// Paints the whole page.
pub fn view(welcome: &Welcome, frame: &mut Frame<'_>) -> HitMap {
    let mut painter = Painter::new(&welcome.model, frame);
    let screen = painter.screen();
    painter.hit(screen, Target::Screen);
    if screen.width < LEAST.0 || screen.height < LEAST.1 {
        too_small(&mut painter);
        return painter.finish();
    }
    painter.fill(screen, Role::Text);
    let words = &welcome.model.words;
    painter.fill(row_of(screen, 0), Role::Frame);
    let title = format!(" Timbra · {}", words.text("welcome-title"));
    painter.put(row_of(screen, 0), &title, Role::Frame);
    let page = Rect {
        x: screen.x + 2,
        y: screen.y + 2,
        width: screen.width.saturating_sub(4),
        height: screen.height.saturating_sub(3),
    };
    let keys = match &welcome.stage {
        Stage::Choice(selected) => choice(&mut painter, *selected, page),
        Stage::Fields(_) | Stage::Trying => fields(&mut painter, welcome, page),
        Stage::Met { company, kept, .. } => {
            let met = words.with(
                "welcome-met",
                &[
                    ("name", company.0.as_str().into()),
                    ("rfc", company.1.as_str().into()),
                ],
            );
            let used = painter.wrap(page, &met, Role::Good);
            let kept = notice_text(&welcome.model, kept);
            painter.wrap(below(page, used + 1), &kept, Role::Text);
            "welcome-keys-met"
        }
    };
    let foot = row_of(screen, screen.height.saturating_sub(1));
    let keys = words.text(keys);
    painter.put(foot, &format!(" {keys}"), Role::Dim);
    painter.finish()
}

fn below(area: Rect, rows: u16) -> Rect {
    Rect {
        y: area.y.saturating_add(rows),
        height: area.height.saturating_sub(rows),
        ..area
    }
}

fn choice(painter: &mut Painter<'_, '_>, selected: usize, page: Rect) -> &'static str {
    let words = &painter.model.words;
    let mut used = painter.wrap(page, &words.text("welcome-text"), Role::Text) + 1;
    for (idx, key) in ["welcome-demo", "welcome-connect"].into_iter().enumerate() {
        let row = row_of(page, used);
        let words = &painter.model.words;
        painter.put(row, &format!(" {}", words.text(key)), Role::Title);
        if idx == selected {
            painter.tint(row, Role::Selected);
        }
        painter.hit(row, Target::Choice(idx));
        let help = painter.model.words.text(&format!("{key}-help"));
        let indented = Rect {
            x: page.x.saturating_add(1),
            width: page.width.saturating_sub(1),
            ..below(page, used + 1)
        };
        used += painter.wrap(indented, &help, Role::Dim) + 2;
    }
    "welcome-keys-choice"
}

fn fields(painter: &mut Painter<'_, '_>, welcome: &Welcome, page: Rect) -> &'static str {
    let words = &welcome.model.words;
    let mut used = painter.wrap(page, &words.text("welcome-values"), Role::Text) + 1;
    let focus = match welcome.stage {
        Stage::Fields(focus) => Some(focus),
        _ => None,
    };
    for (idx, (field, label)) in welcome.fields.iter().zip(LABELS).enumerate() {
        let row = row_of(page, used);
        let name = Rect {
            width: LABEL.min(row.width),
            ..row
        };
        painter.put(name, &words.text(label), Role::Dim);
        let cell = Rect {
            x: row.x.saturating_add(LABEL),
            width: row.width.saturating_sub(LABEL).min(50),
            ..row
        };
        let hidden = hidden(field);
        let shown = if idx == KEY_FIELD { &hidden } else { field };
        painter.field(cell, shown, focus == Some(idx));
        painter.hit(row, Target::Choice(idx));
        used += 1;
    }
    used += 1;
    if welcome.stage == Stage::Trying {
        painter.wrap(below(page, used), &words.text("welcome-trying"), Role::Busy);
    } else if let Some(trouble) = &welcome.trouble {
        let text = notice_text(&welcome.model, trouble);
        painter.wrap(below(page, used), &text, Role::Error);
    }
    "welcome-keys-fields"
}

/// As many points as the field has letters, with the cursor where it is.
fn hidden(field: &Line) -> Line {
    let points = "•".repeat(field.text().chars().count());
    Line::at(&points, field.cursor())
}
