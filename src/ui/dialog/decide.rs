//! Paints the question that only a person can answer: which record is the one, or none.

use ratatui::layout::Rect;

use crate::app::decide::{self, Choice, Decide};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::intent::{Act, Candidate, Intent, Riddle, Snapshot};
use crate::words;

use super::{Page, frame};
use crate::ui::painter::{Painter, row_of};
use crate::ui::theme::Role;

/// Most rows to choose from that are on screen at once.
const ROWS: u16 = 8;

/// Paints the question.
pub fn draw(painter: &mut Painter<'_, '_>, decide: &Decide, area: Rect) {
    let model = painter.model;
    let Some(intent) = model.intents.get(&decide.intent) else {
        return;
    };
    let choices = decide::choices(intent);
    let selected = decide::selected(decide, &choices);
    let rows = u16::try_from(choices.len()).unwrap_or(ROWS).min(ROWS);
    let title = model.words.text("decide-title");
    let inside = frame(painter, area, rows + 10, &title);
    let list = Rect {
        y: inside.y + inside.height.saturating_sub(rows),
        height: rows.min(inside.height),
        ..inside
    };
    let mut page = Page {
        painter,
        area: Rect {
            height: inside.height.saturating_sub(rows + 1),
            ..inside
        },
        y: 0,
    };
    page.pair(
        &model.words.text("decide-asked"),
        &asked(&intent.snapshot),
        Role::Title,
    );
    page.line(&model.words.text(question(intent)), Role::Warning);
    page.line(&model.words.text("decide-who"), Role::Dim);
    let top = (selected + 1).saturating_sub(usize::from(list.height));
    for (y, (idx, choice)) in choices
        .iter()
        .enumerate()
        .skip(top)
        .take(usize::from(list.height))
        .enumerate()
    {
        let row = row_of(list, u16::try_from(y).unwrap_or(u16::MAX));
        let is_selected = idx == selected;
        // The arrow tells the selected one apart without colour.
        let sign = if is_selected { "▶" } else { " " };
        let text = format!("{sign} {}", label(model, intent, choice));
        painter.put(row, &text, Role::Text);
        if is_selected {
            painter.tint(row, Role::Selected);
        }
        painter.hit(row, Target::Choice(idx));
    }
}

fn question(intent: &Intent) -> &'static str {
    match (intent.progress.to_decide(), &intent.act) {
        (Some(Riddle::Twins(seen)), _) if seen.is_empty() => "decide-too-many",
        (Some(Riddle::Twins(_)), _) => "decide-twins",
        (Some(Riddle::Gone), _) => "decide-gone",
        (None, _) => "decide-nothing",
    }
}

fn label(model: &Model, intent: &Intent, choice: &Choice<'_>) -> String {
    let words = &model.words;
    match choice {
        Choice::Later => words.text("decide-later"),
        Choice::Mine(candidate) => words.with(
            "decide-mine",
            &[("record", described(model, candidate).as_str().into())],
        ),
        Choice::NotDone => words.text(match intent.act {
            Act::Create(_) | Act::CreateAndStamp(_) => "decide-none-of-them",
            Act::Stamp(_) => "decide-not-stamped",
            Act::Delete(_) => "decide-not-deleted",
            Act::Cancel { .. } => "decide-not-cancelled",
        }),
    }
}

fn described(model: &Model, candidate: &Candidate) -> String {
    let number = match candidate.seen.number.as_str() {
        "" => model
            .words
            .with("draft-number", &[("id", candidate.id.as_str().into())]),
        number => number.to_owned(),
    };
    let stamp = match &candidate.uuid {
        Some(_) => format!("{} · ", model.words.text("stamp-stamped")),
        None => String::new(),
    };
    format!("{number} · {stamp}{}", line(&candidate.seen))
}

fn asked(snapshot: &Snapshot) -> String {
    match snapshot.number.as_str() {
        "" => line(snapshot),
        number => format!("{number} · {}", line(snapshot)),
    }
}

/// Day, total and receiver of something, as far as they are known; the name last, because it is what may be cut.
fn line(seen: &Snapshot) -> String {
    let date = seen.date.map_or_else(|| "—".to_owned(), words::date);
    match seen.total {
        Some(total) => format!("{date} · ${total} · {}", seen.contact),
        None => format!("{date} · {}", seen.contact),
    }
}
