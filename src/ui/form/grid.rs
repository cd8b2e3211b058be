//! The grid of a form: its columns are those of the spec, whatever its rows are.

use ratatui::layout::Rect;

use crate::app::form::Form;
use crate::app::form::rows::On;
use crate::app::form::spot::Spot;
use crate::app::msg::Target;
use crate::app::notice::Tone;
use crate::domain::field::Field;
use crate::domain::spec::{Cell, ColumnWidth, Editor, GridColumn, Pool};
use crate::words::{self, Words};

use super::super::painter::Painter;
use super::super::theme::Role;

/// Columns of the number of a row, with the symbol before it.
const NUMBER: u16 = 4;
/// Blanks between columns.
const GAP: u16 = 1;
/// Below so many columns the code of an item or account stands for its name.
const NAMES_FROM: u16 = 110;

/// What a row can be told apart without, the least needed first; nothing of it is typed.
const SPARED: [Cell; 4] = [Cell::Total, Cell::Issued, Cell::Due, Cell::Net];
/// Columns for what has no width of its own; with fewer, a column that is spared makes room.
const LEAST_REST: u16 = 10;

/// Columns that these need whatever is in the others, and the shares of the rest.
fn needs(columns: &[&'static GridColumn]) -> (u16, u16) {
    let (mut fixed, mut parts) = (NUMBER, 0);
    for column in columns {
        match column.width {
            ColumnWidth::Cells(cells) => fixed += cells + GAP,
            ColumnWidth::Parts(share) => {
                fixed += GAP;
                parts += share;
            }
        }
    }
    (fixed, parts)
}

/// The columns that there is room for.
fn fitting(form: &Form, width: u16) -> Vec<&'static GridColumn> {
    let mut columns: Vec<&'static GridColumn> =
        form.kind.spec().form.grid.columns().iter().collect();
    for spared in SPARED {
        let (fixed, _) = needs(&columns);
        if fixed + LEAST_REST <= width {
            break;
        }
        columns.retain(|column| column.cell != spared);
    }
    columns
}

/// The columns of a form, each with where it stands.
fn places(form: &Form, area: Rect) -> Vec<(&'static GridColumn, Rect)> {
    let columns = fitting(form, area.width);
    let (fixed, parts) = needs(&columns);
    let rest = area.width.saturating_sub(fixed);
    let (mut x, mut given, mut left) = (NUMBER, 0, parts);
    columns
        .into_iter()
        .map(|column| {
            let width = match column.width {
                ColumnWidth::Cells(cells) => cells,
                ColumnWidth::Parts(share) => {
                    left -= share;
                    // The last one takes what rounding left over.
                    let own = if left == 0 {
                        rest - given
                    } else {
                        rest * share / parts
                    };
                    given += own;
                    own
                }
            };
            let place = Rect {
                x: area.x.saturating_add(x),
                width: width.min(area.width.saturating_sub(x)),
                ..area
            };
            x = x.saturating_add(width + GAP);
            (column, place)
        })
        .collect()
}

/// Whether a column stands at the right, as numbers do.
fn is_number(column: &GridColumn) -> bool {
    let reckoned = matches!(column.cell, Cell::Net | Cell::Total | Cell::Balance);
    reckoned || matches!(column.editor, Editor::Amount | Editor::Percent)
}

/// The head of a column.
fn head(words: &Words, column: &GridColumn) -> String {
    match column.cell {
        Cell::Item if column.editor == Editor::Pick(Pool::Purchasable) => {
            words.text("form-line-item-or-account")
        }
        cell => name(words, cell),
    }
}

/// What a column is called on documents of sale.
pub(in crate::ui) fn name(words: &Words, cell: Cell) -> String {
    match cell {
        Cell::Item => words.text("form-line-item"),
        Cell::Description => words.field(Field::Description),
        Cell::Quantity => words.text("line-quantity"),
        Cell::Price => words.text("line-price"),
        Cell::Discount => words.text("line-discount"),
        Cell::Taxes => words.field(Field::TotalTax),
        Cell::Net => words.text("line-total"),
        Cell::Account => words.field(Field::LedgerAccount),
        Cell::Document => words.text("form-document"),
        Cell::Issued => words.field(Field::Date),
        Cell::Due => words.column(Field::DueDate),
        Cell::Total => words.field(Field::Total),
        Cell::Balance => words.field(Field::Balance),
        Cell::Apply => words.text("form-apply"),
        Cell::Debit => words.text("form-debit"),
        Cell::Credit => words.text("form-credit"),
    }
}

/// Paints the heads.
pub(super) fn heads(painter: &mut Painter<'_, '_>, form: &Form, area: Rect) {
    let words = &painter.model.words;
    for (column, place) in places(form, area) {
        let name = head(words, column);
        if is_number(column) {
            painter.put_right(place, &name, Role::Title);
        } else {
            painter.put(place, &name, Role::Title);
        }
    }
}

/// What a picker for this cell is titled.
pub(in crate::ui) fn title(form: &Form, cell: Cell, words: &Words) -> String {
    let column = form.kind.spec().form.grid.column(cell);
    column.map_or_else(String::new, |column| head(words, column))
}

/// Paints a row.
pub(super) fn row(painter: &mut Painter<'_, '_>, form: &Form, number: usize, area: Rect) {
    painter.put(area, &format!(" {:>2}", number + 1), Role::Dim);
    let columns = places(form, area);
    let tones = || {
        let spots = columns.iter().map(|(column, _)| Spot::Cell {
            row: number,
            cell: column.cell,
        });
        spots.filter_map(|spot| form.tone_at(spot))
    };
    if let Some(tone) = tones().find(|tone| *tone == Tone::Error).or(tones().next()) {
        let (symbol, role) = super::sign(tone);
        painter.put(Rect { width: 1, ..area }, symbol, role);
    }
    let extent = form.extent();
    for (column, place) in columns {
        let spot = Spot::Cell {
            row: number,
            cell: column.cell,
        };
        if !super::edited(painter, form, spot, place) {
            paint(painter, form, spot, column, place);
        }
        if form.tone_at(spot).is_some() && form.focus != spot {
            painter.tint(place, Role::Warning);
        }
        super::mark_focus(painter, form, spot, place);
        painter.hit(place, Target::Field(spot.number(extent)));
    }
}

fn paint(painter: &mut Painter<'_, '_>, form: &Form, spot: Spot, column: &GridColumn, place: Rect) {
    let Spot::Cell { row, cell } = spot else {
        return;
    };
    let text = text(painter, form, row, cell);
    if text.is_empty() {
        let chosen = matches!(column.editor, Editor::Pick(_) | Editor::Catalogue(_));
        let first = form.extent().row(row) == Some(spot);
        if chosen && (form.focus == spot || first) {
            let hint = super::placeholder(painter.model, form, spot);
            painter.put(place, &hint, Role::Dim);
        }
    } else if is_number(column) {
        painter.put_right(place, &text, Role::Text);
    } else {
        painter.put(place, &text, Role::Text);
    }
}

/// A cell as it is read.
fn text(painter: &Painter<'_, '_>, form: &Form, row: usize, cell: Cell) -> String {
    let rows = &form.content.rows;
    match cell {
        Cell::Net if rows.is_blank(row) => String::new(),
        Cell::Net => words::amount(form.sums.net(row)),
        Cell::Item => on(painter, form, row),
        Cell::Document | Cell::Issued | Cell::Due | Cell::Total | Cell::Balance => {
            document(painter, form, row, cell)
        }
        Cell::Price | Cell::Apply | Cell::Debit | Cell::Credit => {
            super::amount(rows.text(row, cell).map_or("", String::as_str))
        }
        _ => match rows.text(row, cell) {
            Some(text) => text.clone(),
            None => (rows.links(row, cell).iter())
                .map(|link| link.name.as_str())
                .collect::<Vec<_>>()
                .join(" + "),
        },
    }
}

/// What the document of a payment says, as it was read last.
fn document(painter: &Painter<'_, '_>, form: &Form, row: usize, cell: Cell) -> String {
    let Some(row) = form.content.rows.allocations().get(row) else {
        return String::new();
    };
    let document = form.open.document(&row.document.id);
    let day = |field| document.and_then(|document| document.date(field));
    let shown = |day: Option<jiff::civil::Date>| day.map_or_else(|| "—".to_owned(), words::date);
    match cell {
        Cell::Document => match (document, row.document.name.as_str()) {
            (Some(document), _) => painter.model.title_of(document),
            (None, "") => row.document.id.to_string(),
            (None, number) => number.to_owned(),
        },
        Cell::Issued => shown(day(Field::Date)),
        Cell::Due => shown(day(Field::DueDate)),
        Cell::Total => words::amount(document.and_then(|document| document.money(Field::Total))),
        _ => words::amount(form.owed_on(row)),
    }
}

/// The item or account by its own code where there is little room, because the description tells its name already.
fn on(painter: &Painter<'_, '_>, form: &Form, row: usize) -> String {
    let Some(on) = form
        .content
        .rows
        .lines()
        .get(row)
        .and_then(|row| row.on.as_ref())
    else {
        return String::new();
    };
    let known = match on {
        On::Item(link) => form.items.get(&link.id),
        On::Account(link) => painter.model.account(&link.id),
    };
    let code = known.map_or("", |record| record.text(Field::Code));
    if code.is_empty() || painter.screen().width >= NAMES_FROM {
        on.link().name.clone()
    } else {
        code.to_owned()
    }
}
