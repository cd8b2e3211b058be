//! Paints the dialog of a batch: what is asked above and below, a row for each document between.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::batch::desk::{self, Dialog};
use crate::app::batch::sheet::{self, Sheet, TOLD};
use crate::app::batch::{Row, Stage};
use crate::app::msg::Target;
use crate::app::stamp::sheet::{Ink, Row as Line};
use crate::domain::field::Field;
use crate::words;

use super::card::role;
use super::{Page, buttons, frame};
use crate::ui::mask::Veil;
use crate::ui::painter::{Painter, fit, row_of};
use crate::ui::theme::Role;

/// Columns of serie and folio, of the day, and of the total.
const NUMBER: u16 = 9;
const DAY: u16 = 6;
const TOTAL: u16 = 13;

/// Columns between the total and what is said of it, and those that most of what is said needs.
const GAP: u16 = 2;
const OUTCOME: u16 = 28;

/// Columns of the customer, at least and at most.
const CONTACT: (u16, u16) = (16, 34);

/// Paints it.
pub fn draw(painter: &mut Painter<'_, '_>, dialog: &Dialog, area: Rect) {
    let model = painter.model;
    let Some(lot) = &model.batch else {
        return;
    };
    let words = &model.words;
    let inside = frame(painter, area, area.height, &words.text("batch-title"));
    let sheet = Sheet::of(model, lot);
    let fits = sheet.fits(model.size);
    let too_small = [Line {
        label: String::new(),
        text: words.text("stamp-too-small"),
        ink: Ink::Error,
    }];
    let asking = lot.batch.stage() == Stage::Asking;
    let tail = if fits || !asking {
        sheet.tail.as_slice()
    } else {
        &too_small
    };
    let mut page = Page {
        painter,
        area: inside,
        y: 0,
    };
    for row in &sheet.head {
        page.row(row);
    }
    let from = page.y + 1;
    let columns = usize::from(inside.width);
    let tail_rows: usize = tail.iter().map(|row| row.height(columns)).sum();
    let question = sheet.question.as_ref().filter(|_| fits);
    let tail_rows = tail_rows + usize::from(question.is_some()) + 1 + usize::from(TOLD);
    let below = u16::try_from(tail_rows).unwrap_or(u16::MAX);
    let room = inside.height.saturating_sub(from).saturating_sub(below);
    let documents = Rect {
        y: inside.y.saturating_add(from),
        height: room,
        ..inside
    };
    rows(page.painter, dialog, lot.batch.rows(), documents);
    let mut rest = Rect {
        y: inside.y.saturating_add(from).saturating_add(room),
        height: below.min(inside.height),
        ..inside
    };
    if let Some(row) = lot.batch.rows().get(dialog.selected) {
        let told = Rect {
            height: TOLD.min(rest.height),
            ..rest
        };
        painter.wrap(told, &sheet::told(model, row), Role::Dim);
    }
    rest.y = rest.y.saturating_add(TOLD);
    rest.height = rest.height.saturating_sub(TOLD);
    let mut page = Page {
        painter,
        area: rest,
        y: 0,
    };
    for row in tail {
        page.row(row);
    }
    if let Some(question) = question {
        page.ask(question, &dialog.typed, true);
    }
    foot(
        painter,
        dialog,
        row_of(inside, inside.height.saturating_sub(1)),
    );
}

fn foot(painter: &mut Painter<'_, '_>, dialog: &Dialog, area: Rect) {
    let model = painter.model;
    let going = model.batch.as_ref().is_some_and(|lot| lot.batch.is_going());
    match desk::buttons(model) {
        Some([left, right]) => {
            let possible = left != "button-no" || desk::can_confirm(model);
            buttons(painter, area, left, Some(right), dialog.yes, possible);
        }
        None if going => {
            painter.put(area, &model.words.text("batch-esc"), Role::Dim);
        }
        None => buttons(painter, area, "button-close", None, false, false),
    }
}

/// The documents that have room. The last row tells of those that have none.
fn rows(painter: &mut Painter<'_, '_>, dialog: &Dialog, rows: &[Row], area: Rect) {
    let room = usize::from(area.height);
    let top = dialog.top.min(rows.len().saturating_sub(room));
    for (y, row) in rows.iter().skip(top).take(room).enumerate() {
        let at = row_of(area, u16::try_from(y).unwrap_or(u16::MAX));
        document(painter, row, at);
        if top + y == dialog.selected {
            painter.tint(at, Role::Selected);
        }
        painter.hit(at, Target::Choice(top + y));
    }
    if rows.len() > room {
        let text = painter.model.words.with(
            "batch-rows",
            &[
                ("from", (top + 1).into()),
                ("to", (top + room).min(rows.len()).into()),
                ("all", rows.len().into()),
            ],
        );
        // The blank row above the documents has room for it.
        let above = Rect {
            y: area.y.saturating_sub(1),
            height: 1,
            ..area
        };
        painter.put_right(above, &text, Role::Key);
    }
}

fn document(painter: &mut Painter<'_, '_>, row: &Row, area: Rect) {
    let model = painter.model;
    let mut x = area.x;
    let end = area.x.saturating_add(area.width);
    let mut cell = |width: u16| {
        let at = Rect {
            x,
            width: width.min(end.saturating_sub(x)),
            ..area
        };
        x = x.saturating_add(width);
        at
    };
    let spare = area
        .width
        .saturating_sub(NUMBER + DAY + TOTAL + GAP + OUTCOME);
    let contact = spare.clamp(CONTACT.0, CONTACT.1);
    let record = row.record.as_deref();
    let number = record.map_or_else(
        || row.id.to_string(),
        |record| match record.title() {
            "" => model.words.unnumbered(record.status(), record.id.as_str()),
            title => title.to_owned(),
        },
    );
    put(painter, cell(NUMBER), &number, Role::Text);
    let day = record
        .and_then(|record| record.date(Field::Date))
        .map_or_else(
            || "—".to_owned(),
            |day| format!("{:02}/{:02}", day.day(), day.month()),
        );
    put(painter, cell(DAY), &day, Role::Text);
    let name = record.map_or("", |record| record.text(Field::Contact));
    let before = painter.veil(Veil::All);
    put(painter, cell(contact), name, Role::Text);
    painter.veil(before);
    let total = record.map_or_else(String::new, |record| {
        words::amount(record.money(Field::Total))
    });
    let amount = cell(TOTAL);
    painter.put_right(amount, &total, Role::Text);
    let _ = cell(GAP);
    let (text, ink) = sheet::said(model, row);
    let rest = cell(end);
    put(painter, rest, &text, role(ink));
}

/// A text in a cell, cut where it is too long, with a blank behind it.
fn put(painter: &mut Painter<'_, '_>, cell: Rect, text: &str, role: Role) {
    let width = usize::from(cell.width);
    let text = match text.width() < width {
        true => text.to_owned(),
        false => fit(text, width.saturating_sub(1)),
    };
    painter.put(cell, &text, role);
}
