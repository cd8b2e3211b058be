//! The home page: the numbers of the books and where they lead.

use ratatui::layout::Rect;

use crate::app::home::{Entry, Home};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Filter};
use crate::domain::overview::{Overdue, Overview};
use crate::words;

use super::chrome;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of the numbers.
const NUMBER: u16 = 40;

/// Paints the page.
pub fn draw(painter: &mut Painter<'_, '_>, home: &Home, area: Rect) {
    let model = painter.model;
    let entries = Home::entries(model.unsettled().len(), model.unfinished.len());
    let mut y = 1;
    if let Some(trouble) = &model.offline {
        let text = super::trouble_text(model, trouble);
        y += painter.wrap(
            Rect {
                x: area.x + 2,
                y: area.y + y,
                width: area.width.saturating_sub(4),
                height: area.height.saturating_sub(y),
            },
            &text,
            Role::Error,
        ) + 1;
    }
    for (idx, entry) in entries.iter().enumerate() {
        let line = row_of(area, y);
        let inside = Rect {
            x: line.x.saturating_add(2),
            width: line.width.saturating_sub(4),
            ..line
        };
        let (label, number, role) = describe(model, *entry);
        painter.put(
            Rect {
                width: inside.width.saturating_sub(NUMBER + 1),
                ..inside
            },
            &label,
            role,
        );
        let number_width = NUMBER.min(inside.width);
        painter.put_right(
            Rect {
                x: inside.x.saturating_add(inside.width - number_width),
                width: number_width,
                ..inside
            },
            &number,
            role,
        );
        if idx == home.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Row(idx));
        y += 1;
        if ends_group(*entry) {
            y += 1;
        }
    }
    details(painter, area, y + 1);
}

fn ends_group(entry: Entry) -> bool {
    matches!(entry, Entry::List(_, Filter::Overdue))
}

fn describe(model: &Model, entry: Entry) -> (String, String, Role) {
    let words = &model.words;
    let overview = model.overview.value();
    match entry {
        Entry::Unsettled(idx) => {
            let open = model.unsettled();
            let name = open.get(idx).map_or_else(String::new, |intent| {
                format!("{} {}", intent.snapshot.number, intent.snapshot.contact)
            });
            (
                words.with("home-unsettled", &[("name", name.trim().into())]),
                words.text("stamp-unknown"),
                Role::Warning,
            )
        }
        Entry::Unfinished(_) => (
            words.text("home-unfinished"),
            words.text("home-continue"),
            Role::Warning,
        ),
        Entry::List(kind, Filter::All) => (
            format!(
                "{} › {}",
                words.text(chrome::group_key(kind)),
                words.kind(kind)
            ),
            overview.map_or_else(
                || "—".to_owned(),
                |overview| coverage(model, overview, kind),
            ),
            Role::Text,
        ),
        Entry::List(_, Filter::Unstamped) => {
            let number = overview.map_or_else(
                || "—".to_owned(),
                |overview| words::count(overview.unstamped_drafts + overview.unstamped_issued),
            );
            (words.text("home-unstamped"), number, Role::Text)
        }
        Entry::List(_, filter) => {
            let number =
                overview.map_or_else(|| "—".to_owned(), |overview| overdue(&overview.overdue));
            (words.text(home_filter(filter)), number, Role::Text)
        }
        Entry::Accounts => (
            format!(
                "{} › {}",
                words.text("group-books"),
                words.kind(Kind::LedgerAccounts)
            ),
            overview.map_or_else(
                || "—".to_owned(),
                |overview| coverage(model, overview, Kind::LedgerAccounts),
            ),
            Role::Text,
        ),
    }
}

/// How many, and what is owed on them: one sum for each currency, because different currencies do not add up.
fn overdue(overdue: &Overdue) -> String {
    let mut text = words::count(overdue.documents);
    for (currency, owed) in &overdue.owed {
        text.push_str(&format!(" · ${owed} {currency}"));
    }
    text
}

fn home_filter(filter: Filter) -> &'static str {
    match filter {
        Filter::Overdue => "home-overdue",
        other => chrome::filter_key(other),
    }
}

/// A number says what it covers (law 4).
fn coverage(model: &Model, overview: &Overview, kind: Kind) -> String {
    let known = overview.coverage.get(&kind).cloned().unwrap_or_default();
    let walk = model.walks.get(&kind);
    let Coverage { cached, total, .. } = walk.map_or(known, |walk| walk.coverage.clone());
    let cached_text = words::count(cached);
    match total {
        Some(total) if total == cached => cached_text,
        Some(total) => model.words.with(
            "n-of-m",
            &[
                ("n", cached_text.as_str().into()),
                ("m", words::count(total).as_str().into()),
            ],
        ),
        None => model
            .words
            .with("n-so-far", &[("n", cached_text.as_str().into())]),
    }
}

/// What the numbers mean, below them.
fn details(painter: &mut Painter<'_, '_>, area: Rect, from: u16) {
    let model = painter.model;
    let Some(overview) = model.overview.value() else {
        return;
    };
    let words = &model.words;
    let mut texts = Vec::new();
    texts.push(words.with(
        "home-unstamped-detail",
        &[
            ("drafts", overview.unstamped_drafts.into()),
            ("open", overview.unstamped_issued.into()),
        ],
    ));
    if overview.not_read > 0 {
        texts.push(words.with("home-not-read", &[("count", overview.not_read.into())]));
    }
    if overview.overdue.without_balance > 0 {
        texts.push(words.with(
            "home-overdue-unknown",
            &[("count", overview.overdue.without_balance.into())],
        ));
    }
    texts.push(words.text("home-hint"));
    let mut y = from;
    for text in texts {
        if y >= area.height {
            break;
        }
        y += painter.wrap(
            Rect {
                x: area.x.saturating_add(2),
                y: area.y.saturating_add(y),
                width: area.width.saturating_sub(4),
                height: area.height.saturating_sub(y),
            },
            &text,
            Role::Dim,
        );
    }
}
