//! A form on screen: fields, lines, totals, and what is said about the place with the focus. Paints, never decides.
//!
//! The place with the focus is always in sight: what does not fit scrolls by it, so that no position has to be kept.

mod foot;
pub(super) mod grid;
mod others;

use ratatui::layout::Rect;

use crate::app::form::content::{Entry, Held};
use crate::app::form::spot::Spot;
use crate::app::form::{Form, Saving, Sort, creating, layout, progress, reading};
use crate::app::keymap::{Action, Place};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::app::names;
use crate::app::notice::Tone;
use crate::domain::field::Field;
use crate::domain::intent::Progress;
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::spec::Editor;
use crate::words::Words;

use super::painter::{Painter, row_of};
use super::theme::Role;
use crate::words::wrapped;

/// Columns of a label, with the symbol before it.
const LABEL: u16 = 17;
/// Rows of an alert at most: a server's own words may be long.
const ALERT_ROWS: u16 = 3;
/// Rows of the lines that stay in sight below the fields, their heads among them.
const LEAST_ROWS: usize = 3;
/// Fields that stay in sight above the lines.
const LEAST_FIELDS: usize = 1;
/// With fewer rows than these, fields and lines scroll together.
const LEAST_SPLIT: usize = 5;

/// A row between title and foot.
#[derive(Clone, Debug)]
enum Row {
    /// Fields side by side.
    Fields(Vec<usize>),
    /// The heads of the lines.
    Heads,
    /// A line.
    Line(usize),
    /// What the rows below it are, and how to add one.
    OthersHead,
    /// A path and a value.
    Other(usize),
}

/// Paints the form.
pub fn draw(painter: &mut Painter<'_, '_>, form: &Form, area: Rect) {
    title(painter, form, row_of(area, 0));
    let mut used = 1;
    used += alert(painter, form, below(area, used));
    let rest = below(area, used);
    let foot_rows = foot::rows(form, rest);
    let body = Rect {
        height: rest.height.saturating_sub(foot_rows),
        ..rest
    };
    paint_body(painter, form, body);
    foot::draw(painter, form, below(rest, body.height));
}

/// What is left of an area below so many rows.
fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y.saturating_add(rows),
        height: area.height - rows,
        ..area
    }
}

fn title(painter: &mut Painter<'_, '_>, form: &Form, area: Rect) {
    let model = painter.model;
    let words = &model.words;
    let text = match &form.base {
        None => words.with("form-new", &[("kind", form.kind.slug().into())]),
        Some(base) => {
            let one = words.kind_one(form.kind);
            let title = model.title_of(base);
            words.with(
                "form-edit",
                &[("one", (&one).into()), ("title", (&title).into())],
            )
        }
    };
    painter.put(area, &format!(" {text}"), Role::Title);
    let (state, role) = match &form.saving {
        Saving::Creating(_) | Saving::Updating => ("form-state-saving", Role::Busy),
        Saving::Idle if form.is_changed() => ("form-state-changed", Role::Dim),
        Saving::Idle => return,
    };
    painter.put_right(area, &format!("{} ", words.text(state)), role);
}

/// What is said about the whole. Rows used.
fn alert(painter: &mut Painter<'_, '_>, form: &Form, area: Rect) -> u16 {
    let model = painter.model;
    let unknown = matches!(progress(model, form), Some(Progress::Unknown { .. }));
    let (symbol, text, role) = if unknown {
        let text = match creating(form).and_then(|id| model.intents.get(id)) {
            Some(intent) if intent.act.stamps() => "create-stamp-unknown-long",
            _ => "form-unknown",
        };
        ("?", model.words.text(text), Role::Warning)
    } else if let Some((notice, _)) = &form.alert {
        let text = super::notice_text(model, notice);
        let (symbol, role) = sign(notice.tone);
        (symbol, text, role)
    } else if let Some(trouble) = &form.unread {
        ("▲", super::trouble_text(model, trouble), Role::Warning)
    } else if let Some(remark) = form.remark() {
        ("·", super::notice_text(model, &remark), Role::Dim)
    } else {
        return 0;
    };
    let inside = Rect {
        x: area.x.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.min(ALERT_ROWS),
        ..area
    };
    painter.wrap(inside, &format!("{symbol} {text}"), role)
}

fn paint_body(painter: &mut Painter<'_, '_>, form: &Form, area: Rect) {
    let mut rows: Vec<Row> = layout::rows(form.kind.spec().form.fields, painter.model.size.0)
        .into_iter()
        .map(Row::Fields)
        .collect();
    let lines = form.content.rows.len();
    let fixed = rows.len() + usize::from(lines > 0);
    if lines > 0 {
        rows.push(Row::Heads);
        rows.extend((0..lines).map(Row::Line));
    }
    let others = form.content.others.len();
    // A row that only says what could be added gives way to what is there.
    if others > 0 || (form.takes_others() && rows.len() < usize::from(area.height)) {
        rows.push(Row::OthersHead);
        rows.extend((0..others).map(Row::Other));
    }
    // Below lines the rest scrolls with them, else with the fields.
    let (fixed, behind) = match lines {
        0 => (rows.len(), 0),
        _ => (fixed, rows.len() - fixed),
    };
    let height = usize::from(area.height);
    let focus = rows
        .iter()
        .position(|row| holds(row, form.focus))
        .unwrap_or(0);
    let shown = in_sight(fixed, behind, focus, height);
    let shown = shown.iter().filter_map(|idx| rows.get(*idx));
    for (place, row) in shown.enumerate() {
        let row_area = row_of(area, u16::try_from(place).unwrap_or(u16::MAX));
        match row {
            Row::Fields(fields) => pair(painter, form, fields, row_area),
            Row::Heads => grid::heads(painter, form, row_area),
            Row::Line(idx) => grid::row(painter, form, *idx, row_area),
            Row::OthersHead => others::head(painter, row_area),
            Row::Other(idx) => others::row(painter, form, *idx, row_area),
        }
    }
}

fn holds(row: &Row, focus: Spot) -> bool {
    match (row, focus) {
        (Row::Fields(fields), Spot::Field(idx)) => fields.contains(&idx),
        (Row::Line(number), Spot::Cell { row, .. })
        | (Row::Other(number), Spot::Other { row, .. }) => *number == row,
        _ => false,
    }
}

/// Which rows are in sight, of `fixed` ones that are fields and heads and of the lines behind them. The heads stay with
/// their lines; some of the lines stay in sight below the fields, however few rows there are.
fn in_sight(fixed: usize, lines: usize, focus: usize, height: usize) -> Vec<usize> {
    let all = fixed + lines;
    if lines == 0 || height < LEAST_SPLIT {
        let top = first_in_sight(focus, height);
        return (top..all.min(top + height)).collect();
    }
    let fields = fixed - 1;
    let on_lines = focus >= fixed;
    // All fields stay where there is room for them and some lines; else those come first that have the focus.
    let least = if !on_lines {
        lines.min(LEAST_ROWS - 1)
    } else if height >= fixed + LEAST_ROWS {
        lines.min(LEAST_ROWS)
    } else {
        lines.min(height - LEAST_FIELDS.min(fields) - 1)
    };
    let kept = fields.min(height - 1 - least);
    let first_field = first_in_sight(focus.min(fields.saturating_sub(1)), kept);
    let room = height - 1 - kept;
    let first_line = if on_lines {
        first_in_sight(focus - fixed, room)
    } else {
        0
    };
    let heads = std::iter::once(fields);
    let shown_lines = first_line..lines.min(first_line + room);
    (first_field..first_field + kept)
        .chain(heads)
        .chain(shown_lines.map(|line| fixed + line))
        .collect()
}

/// The first row in sight, so that this one is; nothing is remembered, the last row of the screen is where it stays.
fn first_in_sight(row: usize, height: usize) -> usize {
    (row + 1).saturating_sub(height.max(1))
}

fn pair(painter: &mut Painter<'_, '_>, form: &Form, fields: &[usize], area: Rect) {
    let count = u16::try_from(fields.len().max(1)).unwrap_or(1);
    // A short field alone in its row keeps to its half, so that the labels stay in columns.
    let width = area.width / count;
    for (column, idx) in (0..count).zip(fields) {
        field(
            painter,
            form,
            *idx,
            Rect {
                x: area.x.saturating_add(column * width),
                width,
                ..area
            },
        );
    }
}

fn field(painter: &mut Painter<'_, '_>, form: &Form, idx: usize, area: Rect) {
    let Some(entry) = form.content.fields.get(idx) else {
        return;
    };
    let spot = Spot::Field(idx);
    let label = label(painter.model, form.kind, entry.field);
    painter.put(
        Rect {
            width: (LABEL - 1).min(area.width),
            ..area
        },
        &label,
        Role::Dim,
    );
    symbol(painter, form, spot, area);
    let value = Rect {
        x: area.x.saturating_add(LABEL),
        width: area.width.saturating_sub(LABEL + 1),
        ..area
    };
    let locked = match entry.field {
        Field::PaymentMethod => form.is_forma_locked(),
        Field::ExchangeRate => form.is_rate_locked(),
        _ => false,
    };
    let text = shown(painter.model, form, entry);
    if !edited(painter, form, spot, value) {
        let locked = locked || form.extent().editor(spot) == Some(Editor::Shown);
        let role = match (&text, locked) {
            (None, _) | (_, true) => Role::Dim,
            (Some(_), false) => Role::Text,
        };
        // What cannot be changed is painted as labels are, and says as much as what can.
        let text = text.map_or_else(
            || placeholder(painter.model, form, spot),
            |text| names::seen(painter.model, &text),
        );
        painter.put(value, &text, role);
    }
    mark_focus(painter, form, spot, value);
    painter.hit(area, Target::Field(spot.number(form.extent())));
}

/// The name of a field, or its short name where that is too long.
fn label(model: &Model, kind: Kind, field: Field) -> String {
    let name = model.words.field_of(kind, field);
    let name = match name.chars().count() + 2 >= usize::from(LABEL) {
        true => model.words.column_of(kind, field),
        false => name,
    };
    format!("  {name}")
}

/// The symbol of the gravest that is said about a place, at its left edge.
fn symbol(painter: &mut Painter<'_, '_>, form: &Form, spot: Spot, area: Rect) {
    if let Some(tone) = form.tone_at(spot) {
        let (symbol, role) = sign(tone);
        painter.put(Rect { width: 1, ..area }, symbol, role);
    }
}

/// The symbol of an error or a warning.
fn sign(tone: Tone) -> (&'static str, Role) {
    match tone {
        Tone::Error => ("✖", Role::Error),
        Tone::Done | Tone::Info | Tone::Warning => ("▲", Role::Warning),
    }
}

/// Paints the editor where the place has the focus and is typed into. Whether it did.
fn edited(painter: &mut Painter<'_, '_>, form: &Form, spot: Spot, area: Rect) -> bool {
    let here = form.focus == spot && form.sort(spot) != Sort::Choice && !form.is_locked();
    if here {
        painter.field(area, &form.line, painter.model.layers.is_empty());
    }
    here
}

/// Makes the place with the focus stand out; a text that is selected whole more than that.
fn mark_focus(painter: &mut Painter<'_, '_>, form: &Form, spot: Spot, area: Rect) {
    if form.focus != spot {
        return;
    }
    let chosen = form.sort(spot) == Sort::Choice;
    let role = if chosen || form.all_selected {
        Role::Selected
    } else {
        Role::Focus
    };
    painter.tint(
        Rect {
            height: area.height.min(1),
            ..area
        },
        role,
    );
    if chosen && painter.model.layers.is_empty() {
        painter.cursor(area.x, area.y);
    }
}

/// What an empty place says: how to fill it in where it is chosen.
fn placeholder(model: &Model, form: &Form, spot: Spot) -> String {
    if form.sort(spot) != Sort::Choice {
        return String::new();
    }
    let key = key_of(Action::Catalogue, &model.words);
    match spot {
        Spot::Field(_) => model.words.with("form-choose", &[("key", (&key).into())]),
        Spot::Cell { .. } | Spot::Other { .. } => key,
    }
}

/// The key of an action in a form; empty where it has none.
fn key_of(action: Action, words: &Words) -> String {
    action
        .chord_in(Place::Form)
        .map_or_else(String::new, |chord| chord.label(words))
}

/// A field as it is read; nothing when it is empty.
fn shown(model: &Model, form: &Form, entry: &Entry) -> Option<String> {
    if entry.is_empty() {
        return None;
    }
    Some(match &entry.held {
        Held::Text(text) => text.clone(),
        Held::Key(key) => names::coded(model, entry.field, key)
            .unwrap_or_else(|| model.words.choice(entry.field, key)),
        Held::Shown => inherited(model, form, entry.field),
        Held::Link(link) => {
            let link = link.as_ref()?;
            let contact = form
                .receiver
                .as_ref()
                .filter(|_| entry.field == Field::Contact);
            match contact.map(|contact| contact.text(Field::Rfc)) {
                None | Some("") => link.name.clone(),
                Some(rfc) => format!("{} · {rfc}", link.name),
            }
        }
    })
}

/// What is shown only: a dash while it is not known.
fn inherited(model: &Model, form: &Form, field: Field) -> String {
    let Some(record) = form.shown_from(model) else {
        return "—".to_owned();
    };
    let text = match record.link(field).and_then(|link| model.account(&link.id)) {
        Some(account) => format!("{} {}", account.text(Field::Code), account.title()),
        None => super::grid::value_text(model, record, field, false),
    };
    match form.base {
        Some(_) => text,
        None => model
            .words
            .with("form-inherited", &[("text", (&text).into())]),
    }
}

/// An amount as people read it where it can be read, else as it was typed.
fn amount(text: &str) -> String {
    match reading::amount(text) {
        Ok(Some(number)) => Money::new(number).to_string(),
        _ => text.to_owned(),
    }
}

/// Rows that a text takes in so many columns.
fn rows_of(text: &str, width: u16) -> u16 {
    u16::try_from(wrapped(text, usize::from(width)).len()).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
