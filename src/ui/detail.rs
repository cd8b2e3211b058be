//! One record: its fields, its fiscal data, its lines, what it was applied to, what it is posted to.

mod lines;
mod summary;

use ratatui::layout::Rect;

use crate::app::detail::Detail;
use crate::app::model::Model;
use crate::app::names;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::relation;

use super::grid;
use super::links;
use super::painter::{Painter, row_of};
use super::theme::Role;
use crate::words::wrapped;

pub use summary::draw as summary;

/// Columns of the labels, where there is room for them.
const LABEL: u16 = 22;

/// Columns at the right edge that amounts leave to the sign that there is more below.
const SCROLL: u16 = 2;

/// Columns of the labels of a page of this width: never more than its larger third, so that values can be read.
fn label_width(width: u16) -> u16 {
    LABEL.min(width * 2 / 5)
}

/// A row of text, ready to be painted.
struct Row {
    label: String,
    text: String,
    role: Role,
}

impl Row {
    /// A row without label, over the whole width.
    fn plain(text: String, role: Role) -> Self {
        Self {
            label: String::new(),
            text,
            role,
        }
    }
}

/// Paints the page.
pub fn draw(painter: &mut Painter<'_, '_>, detail: &Detail, area: Rect) {
    let area = Rect {
        x: area.x.saturating_add(1),
        width: area.width.saturating_sub(2),
        ..area
    };
    let Some(record) = detail.record.value() else {
        let text = match detail.record.trouble() {
            Some(trouble) => super::trouble_text(painter.model, trouble),
            None => painter.model.words.text("loading"),
        };
        painter.wrap(area, &text, Role::Dim);
        return;
    };
    let mut rows = Vec::new();
    if let Some(trouble) = detail.record.trouble() {
        rows.push(Row {
            label: String::new(),
            text: super::trouble_text(painter.model, trouble),
            role: Role::Error,
        });
    }
    rows.extend(head(painter.model, record, usize::from(area.width)));
    rows.extend(used_in(painter.model, detail));
    rows.extend(lines::rows(
        painter.model,
        record,
        usize::from(area.width.saturating_sub(SCROLL)),
    ));
    rows.extend(fields(painter.model, record, area.width));
    let top = painter.held(detail.top, rows.len(), area.height);
    for (y, row) in rows
        .iter()
        .skip(top)
        .take(usize::from(area.height))
        .enumerate()
    {
        paint(
            painter,
            row_of(area, u16::try_from(y).unwrap_or(u16::MAX)),
            row,
        );
    }
    if rows.len() > top + usize::from(area.height) {
        painter.put_right(row_of(area, area.height.saturating_sub(1)), "▼", Role::Dim);
    }
}

fn paint(painter: &mut Painter<'_, '_>, area: Rect, row: &Row) {
    if row.label.is_empty() {
        painter.put(area, &row.text, row.role);
        return;
    }
    let label = label_width(area.width);
    painter.put(
        Rect {
            width: label.saturating_sub(1),
            ..area
        },
        &row.label,
        Role::Dim,
    );
    painter.put(
        Rect {
            x: area.x.saturating_add(label),
            width: area.width.saturating_sub(label),
            ..area
        },
        &row.text,
        row.role,
    );
}

fn head(model: &Model, record: &Record, width: usize) -> Vec<Row> {
    let words = &model.words;
    let (status, status_role) = grid::status_badge(model, record);
    let mut rows = vec![Row {
        label: words.field(Field::Status),
        text: status,
        role: status_role,
    }];
    // What is asked on the phone stands on the first screen of any size.
    if let Some(total) = record.money(Field::Total) {
        let mut text = format!("{total} {}", record.text(Field::Currency));
        // A payment or a póliza owes nothing, whatever is known of it.
        if record.kind.spec().detail.contains(&Field::Balance) {
            let balance = crate::words::amount(record.money(Field::Balance));
            text.push_str(&format!(" · {} {balance}", words.field(Field::Balance)));
        }
        rows.push(Row {
            label: words.field(Field::Total),
            text,
            role: Role::Title,
        });
    }
    if record.kind.is_stamped() {
        let (text, role) = grid::stamp_badge(model, record);
        rows.push(Row {
            label: words.text("field-stamp"),
            text,
            role,
        });
        let (text, role) = match record.stamp.uuid() {
            Some(uuid) => (uuid.to_string(), Role::Title),
            None if record.native_read => ("—".to_owned(), Role::Dim),
            None => (words.text("reading-fiscal"), Role::Dim),
        };
        rows.push(Row {
            label: words.text("field-uuid"),
            text,
            role,
        });
        for relation in relation::read(record.text(Field::Related)) {
            let kind = names::coded(model, Field::Relation, &relation.kind);
            rows.push(Row {
                label: words.field(Field::Relation),
                text: kind.unwrap_or(relation.kind),
                role: Role::Text,
            });
            rows.push(Row {
                label: words.field(Field::Related),
                text: relation.uuids.join(" "),
                role: Role::Text,
            });
        }
        if record.is_immutable() {
            let kind = record.kind.slug();
            let hint = words.with("stamped-is-immutable", &[("kind", kind.into())]);
            rows.extend(
                wrapped(&hint, width)
                    .into_iter()
                    .map(|part| Row::plain(part, Role::Warning)),
            );
        }
    }
    rows
}

/// Where the record is used: the kinds of which at least one names it, each with how many of how many.
fn used_in(model: &Model, detail: &Detail) -> Vec<Row> {
    if !detail.tells_use() {
        return Vec::new();
    }
    let mut label = model.words.text(match detail.kind {
        Kind::Customers | Kind::Suppliers => "detail-documents",
        _ => "detail-used-in",
    });
    let Some(named) = detail.named.value() else {
        return vec![Row {
            label,
            text: model.words.text("reading"),
            role: Role::Dim,
        }];
    };
    let mut rows: Vec<Row> = named
        .iter()
        .filter(|named| named.count > 0)
        .map(|named| Row {
            label: match std::mem::take(&mut label) {
                again if again.is_empty() => " ".to_owned(),
                first => first,
            },
            text: format!(
                "{} {}",
                model.words.kind(named.kind),
                links::counted(model, named)
            ),
            role: Role::Text,
        })
        .collect();
    if rows.is_empty() {
        rows.push(Row {
            label,
            text: model.words.text("detail-used-nowhere"),
            role: Role::Dim,
        });
    }
    rows
}

fn field_text(model: &Model, record: &Record, field: Field) -> String {
    // The mark of a draft names it in a row; on its own page its number is what it has not.
    if field == Field::Number && record.get(field).is_none() {
        return "—".to_owned();
    }
    let text = grid::value_text(model, record, field, false);
    names::coded(model, field, &text).unwrap_or(text)
}

fn fields(model: &Model, record: &Record, width: u16) -> Vec<Row> {
    let room = usize::from(width.saturating_sub(label_width(width))).max(1);
    let mut rows = vec![Row::plain(String::new(), Role::Text)];
    for field in record.kind.spec().detail {
        let in_head = match field {
            Field::Status => true,
            Field::Total | Field::Balance => record.money(Field::Total).is_some(),
            _ => false,
        };
        if in_head {
            continue;
        }
        let awaited = field.is_native() && !record.native_read && record.get(*field).is_none();
        let text = if awaited {
            model.words.text("reading-fiscal")
        } else {
            field_text(model, record, *field)
        };
        let role = if awaited { Role::Dim } else { Role::Text };
        let mut label = model.words.field_of(record.kind, *field);
        for part in wrapped(&text, room) {
            rows.push(Row {
                label: if label.is_empty() {
                    " ".to_owned()
                } else {
                    std::mem::take(&mut label)
                },
                text: part,
                role,
            });
        }
    }
    rows
}
