//! The lines of a document in a form.

use ratatui::layout::Rect;

use crate::app::form::row::Row;
use crate::app::form::spot::{Cell, Spot};
use crate::app::form::{Form, Sort};
use crate::app::msg::Target;
use crate::app::notice::Tone;
use crate::domain::field::Field;
use crate::words;

use super::super::painter::Painter;
use super::super::theme::Role;

/// Columns of the number of a line, with the symbol before it.
const NUMBER: u16 = 4;
const QUANTITY: u16 = 8;
const PRICE: u16 = 11;
const DISCOUNT: u16 = 5;
const TAXES: u16 = 10;
const NET: u16 = 12;
/// Blanks between columns.
const GAP: u16 = 1;
/// Below so many columns the code of an item stands for its name.
const NAMES_FROM: u16 = 110;

/// Where each cell stands; what a line comes to is behind the last one.
fn places(area: Rect) -> [Rect; 7] {
    let fixed = NUMBER + QUANTITY + PRICE + DISCOUNT + TAXES + NET + 7 * GAP;
    let rest = area.width.saturating_sub(fixed);
    let item = rest * 2 / 5;
    let widths = [item, rest - item, QUANTITY, PRICE, DISCOUNT, TAXES, NET];
    let mut x = NUMBER;
    widths.map(|width| {
        let place = Rect {
            x: area.x.saturating_add(x),
            width: width.min(area.width.saturating_sub(x)),
            ..area
        };
        x = x.saturating_add(width + GAP);
        place
    })
}

/// Paints the heads.
pub(super) fn heads(painter: &mut Painter<'_, '_>, area: Rect) {
    let words = &painter.model.words;
    let names = [
        words.text("form-line-item"),
        words.field(Field::Description),
        words.text("line-quantity"),
        words.text("line-price"),
        words.text("line-discount"),
        words.field(Field::TotalTax),
        words.text("line-total"),
    ];
    for (idx, (place, name)) in places(area).into_iter().zip(names).enumerate() {
        if matches!(idx, 2 | 3 | 4 | 6) {
            painter.put_right(place, &name, Role::Title);
        } else {
            painter.put(place, &name, Role::Title);
        }
    }
}

/// Paints a line.
pub(super) fn line(painter: &mut Painter<'_, '_>, form: &Form, number: usize, area: Rect) {
    let Some(row) = form.content.rows.get(number) else {
        return;
    };
    painter.put(area, &format!(" {:>2}", number + 1), Role::Dim);
    let tones = || {
        Cell::ALL
            .into_iter()
            .filter_map(|cell| form.tone_at(Spot::Cell { row: number, cell }))
    };
    if let Some(tone) = tones().find(|tone| *tone == Tone::Error).or(tones().next()) {
        let (symbol, role) = super::sign(tone);
        painter.put(Rect { width: 1, ..area }, symbol, role);
    }
    let extent = form.content.extent();
    let places = places(area);
    for (cell, place) in Cell::ALL.into_iter().zip(places) {
        let spot = Spot::Cell { row: number, cell };
        if !super::edited(painter, form, spot, place) {
            paint(painter, form, row, spot, cell, place);
        }
        if form.tone_at(spot).is_some() && form.focus != spot {
            painter.tint(place, Role::Warning);
        }
        super::mark_focus(painter, form, spot, place);
        painter.hit(place, Target::Field(spot.number(extent)));
    }
    let net = form.nets.get(number).copied().flatten();
    if net.is_some() || !row.is_blank() {
        let [.., place] = places;
        painter.put_right(place, &words::amount(net), Role::Text);
    }
}

fn paint(
    painter: &mut Painter<'_, '_>,
    form: &Form,
    row: &Row,
    spot: Spot,
    cell: Cell,
    place: Rect,
) {
    let text = match cell {
        Cell::Item => item(painter, form, row),
        Cell::Taxes => row
            .taxes
            .iter()
            .map(|link| link.name.as_str())
            .collect::<Vec<_>>()
            .join(" + "),
        _ => row.text(cell).cloned().unwrap_or_default(),
    };
    if text.is_empty() {
        let hint = if form.focus == spot || cell == Cell::Item {
            super::placeholder(painter.model, form, spot)
        } else {
            String::new()
        };
        painter.put(place, &hint, Role::Dim);
    } else if form.sort(spot) == Sort::Amount {
        let text = match cell {
            Cell::Price => super::amount(&text),
            _ => text,
        };
        painter.put_right(place, &text, Role::Text);
    } else {
        painter.put(place, &text, Role::Text);
    }
}

/// The item by its own code where there is little room, because the description tells its name already.
fn item(painter: &Painter<'_, '_>, form: &Form, row: &Row) -> String {
    let Some(link) = &row.item else {
        return String::new();
    };
    let code = form
        .items
        .get(&link.id)
        .map_or("", |item| item.text(Field::Code));
    if code.is_empty() || painter.screen().width >= NAMES_FROM {
        link.name.clone()
    } else {
        code.to_owned()
    }
}
