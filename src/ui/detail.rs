//! One record: its fields, its fiscal data, its lines.

mod money;

use ratatui::layout::Rect;

use crate::app::detail::Detail;
use crate::app::model::Model;
use crate::app::names;
use crate::domain::field::{Field, Shape};
use crate::domain::money::Money;
use crate::domain::record::{Line, Record};

use super::grid;
use super::painter::{Painter, row_of};
use super::theme::Role;
use crate::words::wrapped;

/// Columns of the labels.
const LABEL: u16 = 22;

/// A row of text, ready to be painted.
struct Row {
    label: String,
    text: String,
    role: Role,
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
    rows.extend(head(painter.model, record));
    rows.extend(lines(painter.model, record, usize::from(area.width)));
    rows.extend(money::allocations(
        painter.model,
        record,
        usize::from(area.width),
    ));
    rows.extend(money::postings(
        painter.model,
        record,
        usize::from(area.width),
    ));
    rows.extend(fields(painter.model, record, usize::from(area.width)));
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

/// Paints the most telling fields beside a list.
pub fn summary(painter: &mut Painter<'_, '_>, record: &Record, area: Rect) {
    let mut y = 0;
    let title = painter.model.title_of(record);
    painter.put(row_of(area, y), &title, Role::Title);
    y += 1;
    for row in badges(painter.model, record) {
        painter.put(row_of(area, y), &row.text, row.role);
        y += 1;
    }
    y += 1;
    let rows = record.kind.spec().detail.iter().filter(|field| {
        !matches!(
            field,
            Field::CfdiSeal
                | Field::SatSeal
                | Field::OriginalString
                | Field::Status
                | Field::Number
        )
    });
    for field in rows {
        let text = field_text(painter.model, record, *field);
        if text == "—" && !field.is_native() {
            continue;
        }
        let label = painter.model.words.column_of(record.kind, *field);
        let used = painter.put(row_of(area, y), &label, Role::Dim);
        let line = row_of(area, y);
        let value = Rect {
            x: line.x.saturating_add(used + 1),
            width: line.width.saturating_sub(used + 1),
            ..line
        };
        if matches!(field.shape(), Shape::Money) {
            painter.put_right(value, &text, Role::Text);
        } else {
            painter.put(value, &text, Role::Text);
        }
        y += 1;
    }
    for line in &record.lines {
        y += 1;
        painter.put(row_of(area, y), &line_name(line), Role::Text);
    }
}

fn paint(painter: &mut Painter<'_, '_>, area: Rect, row: &Row) {
    if row.label.is_empty() {
        painter.put(area, &row.text, row.role);
        return;
    }
    painter.put(
        Rect {
            width: LABEL.min(area.width),
            ..area
        },
        &row.label,
        Role::Dim,
    );
    painter.put(
        Rect {
            x: area.x.saturating_add(LABEL),
            width: area.width.saturating_sub(LABEL),
            ..area
        },
        &row.text,
        row.role,
    );
}

fn badges(model: &Model, record: &Record) -> Vec<Row> {
    let mut rows = Vec::new();
    let (text, role) = grid::status_badge(model, record);
    rows.push(Row {
        label: String::new(),
        text,
        role,
    });
    if record.kind.is_stamped() {
        let (text, role) = grid::stamp_badge(model, record);
        rows.push(Row {
            label: String::new(),
            text,
            role,
        });
    }
    if let Some(uuid) = record.stamp.uuid() {
        rows.push(Row {
            label: String::new(),
            text: uuid.to_string(),
            role: Role::Title,
        });
    }
    rows
}

fn head(model: &Model, record: &Record) -> Vec<Row> {
    let words = &model.words;
    let (status, status_role) = grid::status_badge(model, record);
    let mut rows = vec![Row {
        label: words.field(Field::Status),
        text: status,
        role: status_role,
    }];
    // What is asked on the phone stands on the first screen of any size.
    if let Some(total) = record.money(Field::Total) {
        let balance = crate::words::amount(record.money(Field::Balance));
        rows.push(Row {
            label: words.field(Field::Total),
            text: format!(
                "{total} {} · {} {balance}",
                record.text(Field::Currency),
                words.field(Field::Balance),
            ),
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
        if record.is_immutable() {
            rows.push(Row {
                label: String::new(),
                text: words.text("stamped-is-immutable"),
                role: Role::Warning,
            });
        }
    }
    rows
}

fn field_text(model: &Model, record: &Record, field: Field) -> String {
    let text = grid::value_text(model, record, field, false);
    names::coded(model, field, &text).unwrap_or(text)
}

fn fields(model: &Model, record: &Record, width: usize) -> Vec<Row> {
    let room = width.saturating_sub(usize::from(LABEL)).max(1);
    let mut rows = vec![Row {
        label: String::new(),
        text: String::new(),
        role: Role::Text,
    }];
    for field in record.kind.spec().detail {
        if matches!(field, Field::Status | Field::Total | Field::Balance) {
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

fn line_name(line: &Line) -> String {
    let item = line
        .item
        .as_ref()
        .or(line.account.as_ref())
        .map_or("", |link| link.name.as_str());
    match line.description.as_str() {
        "" => item.to_owned(),
        text => text.to_owned(),
    }
}

/// Importe as the CFDI has it: quantity by price, before discount and taxes. Unknown where it does not fit.
fn importe(line: &Line) -> Option<Money> {
    let amount = line.quantity?.checked_mul(line.price?.decimal())?;
    Some(Money::new(amount))
}

fn lines(model: &Model, record: &Record, width: usize) -> Vec<Row> {
    if record.lines.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Row {
        label: String::new(),
        text: String::new(),
        role: Role::Text,
    }];
    let amounts = 44;
    let room = width.saturating_sub(amounts).max(10);
    rows.push(Row {
        label: String::new(),
        text: format!(
            "{:<room$} {:>9} {:>13} {:>6} {:>12}",
            model.words.text("line-description"),
            model.words.text("line-quantity"),
            model.words.text("line-price"),
            model.words.text("line-discount"),
            model.words.text("line-total"),
        ),
        role: Role::Dim,
    });
    for line in &record.lines {
        let dash = || "—".to_owned();
        let name = super::painter::fit(&line_name(line), room);
        let fill = room.saturating_sub(unicode_width::UnicodeWidthStr::width(name.as_str()));
        rows.push(Row {
            label: String::new(),
            text: format!(
                "{name}{} {:>9} {:>13} {:>6} {:>12}",
                " ".repeat(fill),
                line.quantity
                    .map_or_else(dash, |quantity| quantity.normalize().to_string()),
                crate::words::amount(line.price),
                line.discount_pct
                    .filter(|discount| !discount.is_zero())
                    .map_or_else(String::new, |discount| format!(
                        "{} %",
                        discount.normalize()
                    )),
                crate::words::amount(importe(line)),
            ),
            role: Role::Text,
        });
        let taxes: Vec<&str> = line.taxes.iter().map(|tax| tax.name.as_str()).collect();
        let keys: Vec<&str> = [line.product_key.as_deref(), line.unit.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        if !taxes.is_empty() || !keys.is_empty() {
            rows.push(Row {
                label: String::new(),
                text: format!("  {} · {}", keys.join(" "), taxes.join(", ")),
                role: Role::Dim,
            });
        }
    }
    rows
}
