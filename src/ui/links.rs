//! Short lists to choose from: the records that belong to one, and the orders of a list.

use ratatui::layout::Rect;

use crate::app::links::{HEAD_ROWS, LinkRow, Links};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::app::sorting::Sorting;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Direction};
use crate::domain::ties::{NamedBy, Tie};
use crate::words;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of what a related record is.
const WHAT: u16 = 24;

/// Paints the records that belong to one over the page.
pub fn draw(painter: &mut Painter<'_, '_>, links: &Links, area: Rect) {
    painter.fill(area, Role::Text);
    let words = &painter.model.words;
    let title = format!(
        " {} {} {}",
        words.text("links-of"),
        words.kind_one(links.kind),
        links.title
    );
    painter.put(row_of(area, 0), &title, Role::Title);
    let state = match &links.named {
        named if named.trouble().is_some() => painter.model.words.text("reading-failed"),
        named if named.is_loading() => painter.model.words.text("reading"),
        _ => String::new(),
    };
    painter.put_right(row_of(area, 0), &format!("{state} "), Role::Dim);
    let rows = links.rows();
    let head = u16::try_from(HEAD_ROWS).unwrap_or(0);
    let height = usize::from(area.height.saturating_sub(head));
    for (y, (idx, row)) in rows
        .iter()
        .enumerate()
        .skip(links.top)
        .take(height)
        .enumerate()
    {
        let line = row_of(
            area,
            u16::try_from(y).unwrap_or(u16::MAX).saturating_add(head),
        );
        let (what, text, right) = match row {
            LinkRow::Tie(tie) => of_tie(painter.model, links, tie),
            LinkRow::Named(named) => of_named(painter.model, named),
        };
        painter.put(
            Rect {
                x: line.x.saturating_add(2),
                width: WHAT.min(line.width).saturating_sub(1),
                ..line
            },
            &what,
            Role::Dim,
        );
        let inside = Rect {
            x: line.x.saturating_add(WHAT + 2),
            width: line.width.saturating_sub(WHAT + 3),
            ..line
        };
        let used = painter.put(inside, &text, Role::Text);
        painter.put_right(
            Rect {
                x: inside.x.saturating_add(used + 1),
                width: inside.width.saturating_sub(used + 1),
                ..inside
            },
            &right,
            Role::Dim,
        );
        if idx == links.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Choice(idx));
    }
    if rows.is_empty() && !links.named.is_loading() {
        let text = painter.model.words.text("links-none");
        painter.put(row_of(area, head), &format!("  {text}"), Role::Dim);
    }
}

/// What it is, its name, and how much of a payment went there.
fn of_tie(model: &Model, links: &Links, tie: &Tie) -> (String, String, String) {
    let what = match tie.field {
        Some(field) => model.words.field_of(links.kind, field),
        None => capitalized(&model.words.kind_one(tie.kind)),
    };
    // An id is called one, so that nobody takes it for a folio.
    let name = match tie.name.as_str() {
        "" => model
            .words
            .with("record-id", &[("id", tie.id.as_str().into())]),
        name => name.to_owned(),
    };
    let amount = tie
        .amount
        .map_or_else(String::new, |amount| amount.to_string());
    (what, name, amount)
}

/// With its first letter in capitals, as the names of fields beside it are.
fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The kind, how many name it, and over how many that was counted.
fn of_named(model: &Model, named: &NamedBy) -> (String, String, String) {
    (
        model.words.kind(named.kind),
        words::count(named.count),
        over(model, &named.coverage),
    )
}

/// «Facturas 12 · entre 1,240»: a number with what it covers (law 4).
pub fn counted(model: &Model, named: &NamedBy) -> String {
    format!(
        "{} · {}",
        words::count(named.count),
        over(model, &named.coverage)
    )
}

fn over(model: &Model, coverage: &Coverage) -> String {
    match coverage.total {
        Some(total) if coverage.cached >= total => model
            .words
            .with("over-all", &[("m", words::count(total).as_str().into())]),
        _ => model.words.with(
            "over-cached",
            &[("m", words::count(coverage.cached).as_str().into())],
        ),
    }
}

/// Paints the orders that a list can have over the upper part of the page.
pub fn sorting(painter: &mut Painter<'_, '_>, sorting: &Sorting, kind: Kind, area: Rect) {
    let rows = u16::try_from(sorting.choices.len()).unwrap_or(u16::MAX);
    let area = Rect {
        height: area.height.min(rows.saturating_add(2)),
        ..area
    };
    painter.fill(area, Role::Text);
    let title = painter.model.words.text("sort-by");
    painter.put(row_of(area, 0), &format!(" {title}"), Role::Title);
    let height = usize::from(area.height.saturating_sub(1));
    let top = crate::app::list::keep_visible(0, sorting.selected, height);
    for (y, (idx, (field, direction))) in sorting
        .choices
        .iter()
        .enumerate()
        .skip(top)
        .take(height)
        .enumerate()
    {
        let line = row_of(area, u16::try_from(y + 1).unwrap_or(u16::MAX));
        let words = &painter.model.words;
        let text = format!(
            "   {} {} {}",
            arrow(*direction),
            words.field_of(kind, *field),
            words.text(match direction {
                Direction::Ascending => "sort-rising",
                Direction::Descending => "sort-falling",
            })
        );
        painter.put(line, &text, Role::Text);
        if idx == sorting.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Choice(idx));
    }
}

/// The sign of a direction.
pub fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "↑",
        Direction::Descending => "↓",
    }
}
