//! Columns and cells: how a record stands in a row.

use jiff::civil::Date;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::model::{Model, StampShown};
use crate::domain::field::{Field, Shape, Value};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::spec::{Column, ColumnField};
use crate::domain::status::Status;
use crate::domain::verdict::Verdict;
use crate::words;

use super::painter::Painter;
use super::theme::Role;

/// Below so many columns a day is shown without its year.
const FULL_DATES_FROM: u16 = 90;

/// Width of a day without its year, and with the last two digits of it.
const SHORT_DATE: u16 = 5;
const DATE_WITH_YEAR: u16 = 8;

/// What the growing column keeps before anything that is not always shown may stand beside it.
const FAIR: u16 = 22;

/// Below this a name is no name any more: columns go before it gets narrower.
const READABLE: u16 = 12;

/// The badge of the stamp in few words, and its sign alone.
const SHORT_STAMP: u16 = 13;
const SIGN: u16 = 1;

/// An amount below ten million.
const SHORT_MONEY: u16 = 12;

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
///
/// The growing column, which tells rows apart, comes first: what is optional stands beside it only where it keeps its
/// fair width, and where even the others leave it too little they are shortened, then left out, amounts last. Short days
/// have room for their year where one of them is not of this year.
pub fn place(columns: &[Column], width: u16, with_years: bool) -> Vec<Placed> {
    let sized: Vec<Column> = columns
        .iter()
        .map(|column| Column {
            width: least(column, width, with_years),
            ..*column
        })
        .collect();
    let always: Vec<Column> = sized.iter().filter(|c| c.from == 0).copied().collect();
    let mut spare = room(&always, width).saturating_sub(FAIR);
    let mut shown: Vec<Column> = sized
        .into_iter()
        .filter(|column| {
            let needed = column.width + 1;
            let fits = column.from == 0 || (column.from <= width && needed <= spare);
            if fits && column.from > 0 {
                spare -= needed;
            }
            fits
        })
        .collect();
    squeeze(&mut shown, width);
    let growing = room(&shown, width);
    let mut x = 0;
    shown
        .into_iter()
        .map(|column| {
            let own = if column.grows { growing } else { column.width };
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

/// What the growing column has beside the others.
fn room(columns: &[Column], width: u16) -> u16 {
    let others: u16 = columns
        .iter()
        .filter(|column| !column.grows)
        .map(|column| column.width + 1)
        .sum();
    width.saturating_sub(others)
}

/// Shortens what can be shorter, and leaves out what can be missed, until the growing column can be read.
fn squeeze(columns: &mut Vec<Column>, width: u16) {
    for (field, short) in [
        (Squeezed::Stamp, SHORT_STAMP),
        (Squeezed::Money, SHORT_MONEY),
    ] {
        if room(columns, width) < FAIR {
            shorten(columns, field, short);
        }
    }
    if room(columns, width) < READABLE {
        shorten(columns, Squeezed::Stamp, SIGN);
    }
    for sort in [Squeezed::Rest, Squeezed::Money, Squeezed::Stamp] {
        while room(columns, width) < READABLE {
            let last = columns
                .iter()
                .rposition(|column| !column.grows && squeezed(column) == sort);
            match last {
                Some(idx) => columns.remove(idx),
                None => break,
            };
        }
    }
}

/// What a column is when there is little room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Squeezed {
    Stamp,
    Money,
    Rest,
}

fn squeezed(column: &Column) -> Squeezed {
    match column.field {
        ColumnField::Stamp => Squeezed::Stamp,
        ColumnField::Value(field) if field.shape() == Shape::Money => Squeezed::Money,
        ColumnField::Value(_) | ColumnField::UuidTail => Squeezed::Rest,
    }
}

fn shorten(columns: &mut [Column], sort: Squeezed, short: u16) {
    for column in columns.iter_mut().filter(|column| squeezed(column) == sort) {
        column.width = column.width.min(short);
    }
}

fn least(column: &Column, width: u16, with_years: bool) -> u16 {
    match column.field {
        ColumnField::Value(field) if field.shape() == Shape::Date && width < FULL_DATES_FROM => {
            if with_years {
                DATE_WITH_YEAR
            } else {
                SHORT_DATE
            }
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
            // One cell has no room for a head; the signs explain themselves on every page of a record.
            ColumnField::Stamp if placed.width == SIGN => continue,
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

/// Paints a record as a row, in place of its stamp with a mark that says more, where there is one.
pub fn row(
    painter: &mut Painter<'_, '_>,
    area: Rect,
    columns: &[Placed],
    record: &Record,
    mark: Option<Badge>,
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
                let text = value_text(model, record, field, placed.width <= DATE_WITH_YEAR);
                if matches!(field.shape(), Shape::Money | Shape::Number) {
                    painter.put_right(cell, &text, Role::Text);
                } else {
                    painter.put(cell, &text, Role::Text);
                }
            }
            ColumnField::Stamp => {
                let badge = mark.unwrap_or_else(|| Badge::of_stamp(model, record));
                painter.put(cell, &badge.within(model, placed.width), badge.role);
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
    (model.words.text(shown.words_key()), stamp_role(shown))
}

fn stamp_role(shown: StampShown) -> Role {
    match shown {
        StampShown::NotRead | StampShown::Cancelled => Role::Dim,
        StampShown::Unstamped => Role::Text,
        StampShown::Sending | StampShown::CancelSending => Role::Busy,
        StampShown::Unknown | StampShown::CancelPending => Role::Warning,
        StampShown::Refused => Role::Error,
        StampShown::Stamped => Role::Good,
    }
}

/// What stands in the column of the stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The key of its words.
    words: &'static str,
    /// The day that they name, where they do.
    day: Option<Date>,
    role: Role,
}

impl Badge {
    const fn new(words: &'static str, role: Role) -> Self {
        Self {
            words,
            day: None,
            role,
        }
    }

    fn of_stamp(model: &Model, record: &Record) -> Self {
        let shown = model.stamp_of(record);
        Self::new(shown.words_key(), stamp_role(shown))
    }

    /// Of an unstamped document that was judged: each verdict has a sign of its own, which is all that a narrow window
    /// shows.
    pub fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ok => Self::new("verdict-ready", Role::Text),
            Verdict::Warning => Self::new("verdict-warnings", Role::Warning),
            Verdict::Error => Self::new("verdict-errors", Role::Error),
        }
    }

    /// Of an invoice that waits for the receipt of a payment: until when it is due.
    pub fn of_receipt(model: &Model, due: Date) -> Self {
        let badge = match due < model.today() {
            true => Self::new("receipt-late", Role::Error),
            false => Self::new("receipt-due", Role::Warning),
        };
        Self {
            day: Some(due),
            ..badge
        }
    }

    /// In so many cells: whole, in fewer words, or its sign alone, which tells it apart as well.
    fn within(self, model: &Model, width: u16) -> String {
        let width = usize::from(width);
        let day = self
            .day
            .map(|day| format!("{:02}/{:02}", day.day(), day.month()));
        let values = day.as_ref().map(|day| ("day", day.as_str().into()));
        let text = model.words.with(self.words, values.as_slice());
        if text.width() <= width {
            return text;
        }
        if width == usize::from(SIGN) {
            return text.chars().take(1).collect();
        }
        match model.words.attribute(self.words, "short") {
            short if short.is_empty() => text,
            short => short,
        }
    }
}

/// A value as text; a dash for what is not known, and for fiscal data a sign while they are on their way.
pub fn value_text(model: &Model, record: &Record, field: Field, short: bool) -> String {
    let Some(value) = record.get(field) else {
        return match field {
            Field::Number => model.words.unnumbered(record.status(), record.id.as_str()),
            _ => "—".to_owned(),
        };
    };
    match value {
        Value::Text(text) if field == Field::StampedAt => {
            words::moment(text).unwrap_or_else(|| text.clone())
        }
        Value::Text(text) => model.words.choice(field, text),
        Value::Money(money) => money.to_string(),
        Value::Number(number) => match field {
            Field::Rate => format!("{} %", number.normalize()),
            _ => number.normalize().to_string(),
        },
        Value::Date(date) if short && date.year() != model.today().year() => words::day(*date),
        Value::Date(date) if short => format!("{:02}/{:02}", date.day(), date.month()),
        Value::Date(date) => words::date(*date),
        Value::Instant(at) => {
            let local = model.local(*at);
            format!("{} {}", words::date(local.date()), words::hour(local))
        }
        Value::Flag(flag) => model.words.text(if *flag { "yes" } else { "no" }),
        Value::Status(status) => model.words.status(record.kind, *status),
        Value::Link(link) if link.name.is_empty() => {
            name_of(model, field, &link.id).unwrap_or_else(|| link.id.to_string())
        }
        Value::Link(link) => link.name.clone(),
    }
}

/// What a ledger account or a department is called that is named by its id alone (contract B.3, B.10); none while it is
/// not here.
fn name_of(model: &Model, field: Field, id: &Id) -> Option<String> {
    match field {
        Field::Department => Some(model.department(id)?.title().to_owned()),
        Field::LedgerAccount | Field::TaxPayableAccount | Field::TaxFavorableAccount => {
            let account = model.account(id)?;
            let (code, name) = (account.text(Field::Code), account.text(Field::Name));
            Some(format!("{code} {name}").trim().to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(kind: Kind, width: u16) -> Vec<(ColumnField, u16)> {
        place(kind.spec().columns, width, false)
            .iter()
            .map(|placed| (placed.column.field, placed.width))
            .collect()
    }

    fn growing(kind: Kind, width: u16) -> u16 {
        place(kind.spec().columns, width, false)
            .iter()
            .find(|placed| placed.column.grows)
            .expect("a growing column")
            .width
    }

    #[test]
    fn a_wider_list_never_has_a_narrower_name() {
        for kind in Kind::ALL {
            let at_eighty = growing(kind, 78);
            for width in 78..220 {
                assert!(
                    growing(kind, width) >= FAIR.min(at_eighty),
                    "{kind:?} at {width}: {}",
                    growing(kind, width)
                );
            }
        }
    }

    #[test]
    fn columns_never_stand_outside_of_their_list() {
        for kind in Kind::ALL {
            for (width, with_years) in
                (READABLE..200).flat_map(|width| [(width, false), (width, true)])
            {
                let placed = place(kind.spec().columns, width, with_years);
                let last = placed.last().expect("a column");
                assert!(last.x + last.width <= width, "{kind:?} at {width}");
                assert!(growing(kind, width) >= READABLE, "{kind:?} at {width}");
            }
        }
    }

    #[test]
    fn a_day_of_another_year_shows_it_and_none_is_cut() {
        for width in READABLE..FULL_DATES_FROM {
            let placed = place(Kind::Invoices.spec().columns, width, true);
            let day = placed
                .iter()
                .find(|placed| placed.column.field == ColumnField::Value(Field::Date));
            assert!(day.is_none_or(|day| day.width == DATE_WITH_YEAR), "{width}");
        }
        let model = crate::app::form::fixture::model();
        let mut record = Record::new(Kind::Invoices, Id::from("1"));
        let mut shown = |year: i16| {
            record.set(Field::Date, Value::Date(jiff::civil::date(year, 3, 9)));
            value_text(&model, &record, Field::Date, true)
        };
        assert_eq!(shown(model.today().year()), "09/03");
        assert_eq!(shown(2019), "09/03/19");
    }

    #[test]
    fn every_badge_has_a_sign_of_its_own_where_only_that_is_shown() {
        use crate::words::{Lang, Words};
        let verdicts =
            [Verdict::Ok, Verdict::Warning, Verdict::Error].map(|one| Badge::of_verdict(one).words);
        let all = verdicts
            .into_iter()
            .chain(["stamp-unstamped", "stamp-stamped", "stamp-unknown"]);
        for lang in [Lang::Es, Lang::En] {
            let words = Words::new(lang);
            let mut signs: Vec<char> = all
                .clone()
                .filter_map(|key| words.text(key).chars().next())
                .collect();
            let count = signs.len();
            signs.sort();
            signs.dedup();
            assert_eq!((signs.len(), count), (6, 6), "{lang:?} {signs:?}");
        }
    }

    #[test]
    fn in_a_narrow_list_amount_and_stamp_stay_and_badges_lose_their_words() {
        let narrow = widths(Kind::Invoices, 38);
        assert!(narrow.contains(&(ColumnField::Stamp, SIGN)), "{narrow:?}");
        assert!(
            narrow
                .iter()
                .any(|(field, _)| *field == ColumnField::Value(Field::Total)),
            "{narrow:?}"
        );
        assert!(
            widths(Kind::Invoices, 78).contains(&(ColumnField::Stamp, 15)),
            "the longest badge that is not about cancelling fits at eighty columns"
        );
    }
}
