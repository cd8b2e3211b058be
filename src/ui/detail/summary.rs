//! The pane beside a list: the most telling fields of the selected record, labels and values in two columns.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::domain::field::{Field, Shape};
use crate::domain::record::Record;

use super::super::grid;
use super::super::painter::{Painter, row_of};
use super::super::theme::Role;
use super::field_text;
use super::lines::line_name;
use crate::words::wrapped;

/// A pane narrower than this has no room for two columns: a value that does not fit stands below its label.
const TWO_COLUMNS: u16 = 30;

/// Rows that a long value may take.
const MOST_ROWS: usize = 2;

/// Paints the pane.
pub fn draw(painter: &mut Painter<'_, '_>, record: &Record, area: Rect) {
    let mut pane = Pane { area, y: 0 };
    let title = painter.model.title_of(record);
    pane.line(painter, &title, Role::Title);
    badges(painter, record, &mut pane);
    pane.y += 1;
    let fields: Vec<(Field, String, String)> = record
        .kind
        .spec()
        .detail
        .iter()
        .filter(|field| is_telling(**field))
        .map(|field| {
            let label = painter.model.words.column_of(record.kind, *field);
            (*field, label, field_text(painter.model, record, *field))
        })
        .filter(|(field, _, text)| text != "—" || field.is_native())
        .collect();
    let label = fields
        .iter()
        .map(|(_, label, _)| label.width())
        .max()
        .unwrap_or(0);
    let label = u16::try_from(label + 1)
        .unwrap_or(u16::MAX)
        .min(area.width / 2);
    for (field, name, text) in &fields {
        let right = matches!(field.shape(), Shape::Money);
        pane.field(painter, label, name, text, right);
    }
    for line in &record.lines {
        pane.y += 1;
        painter.put(row_of(area, pane.y), &line_name(line), Role::Text);
    }
}

/// What is too long for a pane, or stands in its head already.
fn is_telling(field: Field) -> bool {
    !matches!(
        field,
        Field::CfdiSeal
            | Field::SatSeal
            | Field::OriginalString
            | Field::Status
            | Field::Number
            | Field::CfdiCertificate
            | Field::SatCertificate
    )
}

fn badges(painter: &mut Painter<'_, '_>, record: &Record, pane: &mut Pane) {
    let (text, role) = grid::status_badge(painter.model, record);
    pane.line(painter, &text, role);
    if record.kind.is_stamped() {
        let (text, role) = grid::stamp_badge(painter.model, record);
        pane.line(painter, &text, role);
    }
    if let Some(uuid) = record.stamp.uuid() {
        for part in wrapped(uuid.as_str(), usize::from(pane.area.width)) {
            pane.line(painter, &part, Role::Title);
        }
    }
}

/// Where the next row goes.
struct Pane {
    area: Rect,
    y: u16,
}

impl Pane {
    fn line(&mut self, painter: &mut Painter<'_, '_>, text: &str, role: Role) {
        painter.put(row_of(self.area, self.y), text, role);
        self.y = self.y.saturating_add(1);
    }

    fn field(
        &mut self,
        painter: &mut Painter<'_, '_>,
        label: u16,
        name: &str,
        text: &str,
        right: bool,
    ) {
        let row = row_of(self.area, self.y);
        painter.put(
            Rect {
                width: label.saturating_sub(1).min(row.width),
                ..row
            },
            name,
            Role::Dim,
        );
        let value = |row: Rect| Rect {
            x: row.x.saturating_add(label.min(row.width)),
            width: row.width.saturating_sub(label),
            ..row
        };
        let narrow = self.area.width < TWO_COLUMNS;
        let fits = text.width() <= usize::from(value(row).width);
        if right || (narrow && fits) {
            painter.put_right(value(row), text, Role::Text);
            self.y = self.y.saturating_add(1);
            return;
        }
        if narrow {
            self.y = self.y.saturating_add(1);
            let below = row_of(self.area, self.y);
            painter.put_right(below, text, Role::Text);
            self.y = self.y.saturating_add(1);
            return;
        }
        let parts = wrapped(text, usize::from(value(row).width));
        for part in parts.iter().take(MOST_ROWS) {
            painter.put(value(row_of(self.area, self.y)), part, Role::Text);
            self.y = self.y.saturating_add(1);
        }
    }
}
