//! Columns and cells: how a record stands in a row.

use ratatui::layout::Rect;

use crate::app::model::{Model, StampShown};
use crate::domain::field::{Field, Shape, Value};
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::spec::{Column, ColumnField};
use crate::domain::status::Status;
use crate::domain::verdict::Verdict;
use crate::words;

use super::painter::Painter;
use super::theme::Role;

/// Below so many columns a day is shown without its year.
const FULL_DATES_FROM: u16 = 90;

/// Width of a day without its year.
const SHORT_DATE: u16 = 5;

/// Least width that a growing column keeps.
const LEAST: u16 = 8;

/// A column with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What it shows.
    pub column: Column,
    /// Offset from the left edge of the list.
    pub x: u16,
    /// Cells.
    pub width: u16,
}

/// The columns that have room in so many cells, from the left, one blank between them.
pub fn place(columns: &[Column], width: u16) -> Vec<Placed> {
    let shown: Vec<Column> = columns
        .iter()
        .filter(|column| column.from <= width)
        .copied()
        .collect();
    let needed: u16 = shown
        .iter()
        .map(|column| least(column, width) + 1)
        .sum::<u16>()
        .saturating_sub(1);
    let spare = i32::from(width) - i32::from(needed);
    let mut x = 0;
    shown
        .into_iter()
        .map(|column| {
            let least = least(&column, width);
            let own = if column.grows {
                u16::try_from((i32::from(least) + spare).max(i32::from(LEAST))).unwrap_or(least)
            } else {
                least
            };
            let placed = Placed {
                column,
                x,
                width: own,
            };
            x = x.saturating_add(own + 1);
            placed
        })
        .collect()
}

fn least(column: &Column, width: u16) -> u16 {
    match column.field {
        ColumnField::Value(field) if field.shape() == Shape::Date && width < FULL_DATES_FROM => {
            SHORT_DATE
        }
        _ => column.width,
    }
}

/// Paints the heads of the columns.
pub fn heads(painter: &mut Painter<'_, '_>, area: Rect, kind: Kind, columns: &[Placed]) {
    for placed in columns {
        let cell = cell_of(area, placed);
        let words = &painter.model.words;
        let (head, right) = match placed.column.field {
            ColumnField::Value(field) => (
                words.column_of(kind, field),
                matches!(field.shape(), Shape::Money | Shape::Number),
            ),
            ColumnField::Stamp => (words.text("column-stamp"), false),
            ColumnField::UuidTail => (words.text("column-uuid"), false),
        };
        if right {
            painter.put_right(cell, &head, Role::Dim);
        } else {
            painter.put(cell, &head, Role::Dim);
        }
    }
}

/// Paints a record as a row, with what the fiscal rules say of it where that is known.
pub fn row(
    painter: &mut Painter<'_, '_>,
    area: Rect,
    columns: &[Placed],
    record: &Record,
    verdict: Option<Verdict>,
) {
    for placed in columns {
        let cell = cell_of(area, placed);
        let model = painter.model;
        match placed.column.field {
            ColumnField::Value(Field::Status) => {
                let (text, role) = status_badge(model, record);
                painter.put(cell, &text, role);
            }
            ColumnField::Value(field) => {
                let text = value_text(model, record, field, placed.width <= SHORT_DATE);
                if matches!(field.shape(), Shape::Money | Shape::Number) {
                    painter.put_right(cell, &text, Role::Text);
                } else {
                    painter.put(cell, &text, Role::Text);
                }
            }
            ColumnField::Stamp => {
                let (text, role) = match verdict {
                    Some(verdict) => verdict_badge(model, verdict),
                    None => stamp_badge(model, record),
                };
                painter.put(cell, &text, role);
            }
            ColumnField::UuidTail => {
                let tail = uuid_tail(record).unwrap_or("—");
                painter.put(cell, tail, Role::Dim);
            }
        }
    }
}

/// The last eight characters of the folio fiscal, by which people tell documents apart on the phone.
pub fn uuid_tail(record: &Record) -> Option<&str> {
    let uuid = record.stamp.uuid()?.as_str();
    uuid.get(uuid.len().saturating_sub(8)..)
}

fn cell_of(area: Rect, placed: &Placed) -> Rect {
    let left = placed.x.min(area.width);
    Rect {
        x: area.x.saturating_add(left),
        width: placed.width.min(area.width - left),
        ..area
    }
}

/// The badge of the first axis; «vencida» is ours.
pub fn status_badge(model: &Model, record: &Record) -> (String, Role) {
    if record.is_overdue(model.today()) {
        return (model.words.text("status-overdue"), Role::Error);
    }
    let status = record.status();
    let role = match status {
        Status::Paid | Status::Accepted | Status::Billed => Role::Good,
        Status::PartiallyPaid | Status::Rejected | Status::Expired => Role::Warning,
        Status::Draft
        | Status::Voided
        | Status::Inactive
        | Status::Closed
        | Status::Deleted
        | Status::Unknown => Role::Dim,
        Status::Authorised | Status::Active | Status::Open | Status::Posted => Role::Text,
    };
    (model.words.status(record.kind, status), role)
}

/// The badge of the second axis, with a sign that tells it apart without colour.
pub fn stamp_badge(model: &Model, record: &Record) -> (String, Role) {
    let shown = model.stamp_of(record);
    let role = match shown {
        StampShown::NotRead | StampShown::Cancelled => Role::Dim,
        StampShown::Unstamped => Role::Text,
        StampShown::Sending => Role::Busy,
        StampShown::Unknown | StampShown::CancelPending => Role::Warning,
        StampShown::Refused => Role::Error,
        StampShown::Stamped => Role::Good,
    };
    (model.words.text(shown.words_key()), role)
}

/// The badge of an unstamped document that was judged: the open sign of what has no folio fiscal, and how it stands.
fn verdict_badge(model: &Model, verdict: Verdict) -> (String, Role) {
    let (key, role) = match verdict {
        Verdict::Ok => ("verdict-ready", Role::Text),
        Verdict::Warning => ("verdict-warnings", Role::Warning),
        Verdict::Error => ("verdict-errors", Role::Error),
    };
    (model.words.text(key), role)
}

/// A value as text; a dash for what is not known, and for fiscal data a sign while they are on their way.
pub fn value_text(model: &Model, record: &Record, field: Field, short: bool) -> String {
    let Some(value) = record.get(field) else {
        return "—".to_owned();
    };
    match value {
        Value::Text(text) => model.words.choice(field, text),
        Value::Money(money) => money.to_string(),
        Value::Number(number) => match field {
            Field::Rate => format!("{} %", number.normalize()),
            _ => number.normalize().to_string(),
        },
        Value::Date(date) if short => format!("{:02}/{:02}", date.day(), date.month()),
        Value::Date(date) => words::date(*date),
        Value::Instant(at) => {
            let local = at.to_zoned(model.zone.clone()).datetime();
            format!("{} {}", words::date(local.date()), words::hour(local))
        }
        Value::Flag(flag) => model.words.text(if *flag { "yes" } else { "no" }),
        Value::Status(status) => model.words.status(record.kind, *status),
        Value::Link(link) if link.name.is_empty() => link.id.to_string(),
        Value::Link(link) => link.name.clone(),
    }
}
