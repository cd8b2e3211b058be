//! The box that finds: two lines a hit, so that each tells itself apart at eighty columns.

use ratatui::layout::Rect;

use crate::app::find::{Find, ROWS_PER_HIT};
use crate::app::msg::Target;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Hit, Likeness};
use crate::domain::profile::ProfileName;
use crate::domain::record::Record;
use crate::words;

use super::grid;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns from which a hit shows the RFC too.
const RFC_FROM: u16 = 72;

/// Rows above what was looked for lately: field, hint, title.
const LATELY_HEAD: u16 = 3;

/// Paints the box over the whole page.
pub fn draw(painter: &mut Painter<'_, '_>, find: &Find, area: Rect) {
    painter.fill(area, Role::Text);
    let line = row_of(area, 0);
    let prompt = format!(
        " {} ",
        painter.model.words.text(match find.everywhere {
            true => "find-prompt-everywhere",
            false => "find-prompt",
        })
    );
    let used = painter.put(line, &prompt, Role::Key);
    painter.field(
        Rect {
            x: line.x.saturating_add(used),
            width: line.width.saturating_sub(used + 1),
            ..line
        },
        &find.line,
        true,
    );
    let (status, role) = status(painter, find);
    painter.put(row_of(area, 1), &format!(" {status}"), role);
    if find.is_empty() {
        return lately(painter, find, area);
    }
    let rows = usize::from(area.height.saturating_sub(2)) / ROWS_PER_HIT;
    for (place, (idx, hit)) in find
        .hits
        .iter()
        .enumerate()
        .skip(find.top)
        .take(rows)
        .enumerate()
    {
        let y = u16::try_from(2 + place * ROWS_PER_HIT).unwrap_or(u16::MAX);
        let both = Rect {
            height: 2,
            ..row_of(area, y)
        };
        first_line(painter, hit, row_of(area, y));
        if find.everywhere {
            company(painter, hit, row_of(area, y + 1));
        }
        second_line(painter, hit, row_of(area, y + 1));
        if idx == find.selected {
            painter.tint(both, Role::Selected);
        }
        painter.hit(both, Target::Choice(idx));
    }
}

/// What was looked for lately, below its title, while nothing is typed.
fn lately(painter: &mut Painter<'_, '_>, find: &Find, area: Rect) {
    let texts = find.lately.texts();
    if texts.is_empty() {
        return;
    }
    let title = painter.model.words.text("find-lately");
    painter.put(row_of(area, 2), &format!(" {title}"), Role::Title);
    let rows = usize::from(area.height.saturating_sub(LATELY_HEAD));
    let shown = texts.iter().enumerate().skip(find.top).take(rows);
    for (place, (idx, text)) in shown.enumerate() {
        let y = u16::try_from(place).map_or(u16::MAX, |place| place.saturating_add(LATELY_HEAD));
        let line = row_of(area, y);
        painter.put(line, &format!("   {text}"), Role::Text);
        if idx == find.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Choice(idx));
    }
}

fn status(painter: &Painter<'_, '_>, find: &Find) -> (String, Role) {
    let words = &painter.model.words;
    if let Some(trouble) = &find.trouble {
        return (super::trouble_text(painter.model, trouble), Role::Error);
    }
    if let Some(puzzle) = &find.puzzle {
        return (words.puzzle(puzzle), Role::Warning);
    }
    let Some(coverage) = &find.coverage else {
        let key = if find.searching {
            "find-searching"
        } else {
            "find-hint"
        };
        return (words.text(key), Role::Dim);
    };
    let searched = covered(painter, coverage);
    let text = if find.hits.is_empty() {
        words.with("find-nothing", &[("searched", searched.as_str().into())])
    } else {
        words.with(
            match (Likeness::of(&find.hits), find.more) {
                (None, true) => "find-more",
                (None, false) => "find-hits",
                (Some(Likeness::Names), true) => "find-similar-more",
                (Some(Likeness::Names), false) => "find-similar",
                (Some(Likeness::Rfcs), true) => "find-similar-rfc-more",
                (Some(Likeness::Rfcs), false) => "find-similar-rfc",
            },
            &[
                ("count", find.hits.len().into()),
                ("searched", searched.as_str().into()),
            ],
        )
    };
    (among(painter, find, text), Role::Dim)
}

/// What was found, with what it leaves out before it and in how many companies that was behind it (law 4).
fn among(painter: &Painter<'_, '_>, find: &Find, found: String) -> String {
    if !find.everywhere {
        return found;
    }
    let words = &painter.model.words;
    let companies = words.with("find-among", &[("count", find.companies.into())]);
    let unread: Vec<&str> = find.unread.iter().map(ProfileName::as_str).collect();
    let unread = match unread.is_empty() {
        true => String::new(),
        false => {
            let names = unread.join(", ");
            words.with("find-unread", &[("names", names.as_str().into())]) + " · "
        }
    };
    format!("{unread}{found} · {companies}")
}

/// How much was searched (law 4).
fn covered(painter: &Painter<'_, '_>, coverage: &Coverage) -> String {
    let words = &painter.model.words;
    let cached = words::count(coverage.cached);
    match coverage.total {
        Some(total) => words.with(
            "n-of-m",
            &[
                ("n", cached.as_str().into()),
                ("m", words::count(total).as_str().into()),
            ],
        ),
        None => words.with("n-so-far", &[("n", cached.as_str().into())]),
    }
}

/// What it is, when, who.
fn first_line(painter: &mut Painter<'_, '_>, hit: &Hit, area: Rect) {
    let model = painter.model;
    let record = &hit.record;
    let mut x = area.x.saturating_add(1);
    let end = area.x.saturating_add(area.width);
    let mut cell = |painter: &mut Painter<'_, '_>, width: u16, text: &str, role: Role| {
        let room = width.min(end.saturating_sub(x));
        painter.put(
            Rect {
                x,
                width: room,
                ..area
            },
            text,
            role,
        );
        x = x.saturating_add(width + 1);
    };
    if is_document(record) {
        cell(painter, 12, &model.title_of(record), Role::Title);
        let day = grid::value_text(model, record, Field::Date, false);
        cell(painter, 10, &day, Role::Text);
        let contact = grid::value_text(model, record, Field::Contact, false);
        // The RFC tells namesakes apart; where it would leave nothing of the name, the name tells more.
        if area.width < RFC_FROM {
            cell(painter, area.width.saturating_sub(40), &contact, Role::Text);
        } else {
            cell(painter, area.width.saturating_sub(54), &contact, Role::Text);
            cell(painter, 13, record.text(Field::Rfc), Role::Dim);
        }
        let total = grid::value_text(model, record, Field::Total, false);
        painter.put_right(
            Rect {
                x: end.saturating_sub(15),
                width: 14.min(area.width),
                ..area
            },
            &total,
            Role::Text,
        );
    } else {
        cell(painter, 12, &model.words.kind_one(record.kind), Role::Dim);
        cell(
            painter,
            area.width.saturating_sub(16),
            record.title(),
            Role::Title,
        );
    }
}

/// Whose it is, below its number: as much of the name as tells companies of one office apart.
fn company(painter: &mut Painter<'_, '_>, hit: &Hit, area: Rect) {
    let model = painter.model;
    let name = match &hit.books {
        None => model.identity().0.to_owned(),
        Some(profile) => {
            let mut choices = model.companies.iter();
            let choice = choices.find(|choice| choice.profile.name == *profile);
            let name = choice.map_or("", |choice| choice.profile.company.as_str());
            match name {
                "" => profile.to_string(),
                name => name.to_owned(),
            }
        }
    };
    let cell = Rect {
        x: area.x.saturating_add(1),
        width: 12.min(area.width.saturating_sub(1)),
        ..area
    };
    painter.put(cell, &name, Role::Dim);
}

/// Why it was found, both badges, the end of the folio fiscal.
fn second_line(painter: &mut Painter<'_, '_>, hit: &Hit, area: Rect) {
    let model = painter.model;
    let record = &hit.record;
    let mut parts: Vec<(String, Role)> = Vec::new();
    if is_document(record) {
        if record.kind != Kind::Invoices {
            parts.push((model.words.kind_one(record.kind), Role::Text));
        }
        parts.push(grid::status_badge(model, record));
        if record.kind.is_stamped() {
            parts.push(grid::stamp_badge(model, record));
        }
        if let Some(tail) = grid::uuid_tail(record) {
            parts.push((format!("…{tail}"), Role::Dim));
        }
    } else {
        let facts = [Field::Rfc, Field::Code, Field::ProductKey, Field::Zip]
            .into_iter()
            .map(|field| record.text(field))
            .filter(|text| !text.is_empty());
        parts.extend(facts.map(|text| (text.to_owned(), Role::Text)));
    }
    let mut x = area.x.saturating_add(14);
    let end = area.x.saturating_add(area.width);
    for (text, role) in parts {
        x += painter.put(
            Rect {
                x,
                width: end.saturating_sub(x),
                ..area
            },
            &text,
            role,
        ) + 2;
    }
    let why: Vec<String> = hit
        .why
        .iter()
        .map(|reason| model.words.why(*reason))
        .collect();
    painter.put_right(
        Rect {
            x,
            width: end.saturating_sub(x + 1),
            ..area
        },
        &why.join(", "),
        Role::Match,
    );
}

/// Whether it is told apart by day, contact and amount.
fn is_document(record: &Record) -> bool {
    record.date(Field::Date).is_some()
}
