//! The home page: the numbers of the books and where they lead.

use ratatui::layout::Rect;

use crate::app::home::{Entry, Home};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Filter, Overview};
use crate::domain::verdict::Readiness;
use crate::words;

use super::chrome;
use super::painter::{Painter, row_of};
use super::theme::Role;

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
    let kinds = entries.iter().filter(|entry| is_kind(**entry)).count();
    let column = u16::try_from(kinds.div_ceil(2)).unwrap_or(u16::MAX);
    let mut first_kind = None;
    for (idx, entry) in entries.iter().enumerate() {
        let line = if is_kind(*entry) {
            // The kinds stand in two columns, so that all of them and the numbers have room at 24 rows.
            let (from, place) = *first_kind.get_or_insert((y + 1, idx));
            let place = u16::try_from(idx - place).unwrap_or(u16::MAX);
            half(row_of(area, from + place % column), place / column)
        } else {
            y += 1;
            row_of(area, y - 1)
        };
        draw_entry(painter, line, *entry, idx == home.selected);
        painter.hit(line, Target::Row(idx));
    }
    details(painter, area, y + column + 2);
}

fn is_kind(entry: Entry) -> bool {
    matches!(entry, Entry::List(_, Filter::All))
}

/// The left or the right half of a row.
fn half(line: Rect, column: u16) -> Rect {
    let left = line.width / 2;
    match column {
        0 => Rect {
            width: left,
            ..line
        },
        _ => Rect {
            x: line.x.saturating_add(left),
            width: line.width - left,
            ..line
        },
    }
}

fn draw_entry(painter: &mut Painter<'_, '_>, line: Rect, entry: Entry, selected: bool) {
    let inside = Rect {
        x: line.x.saturating_add(2),
        width: line.width.saturating_sub(4),
        ..line
    };
    let (label, number, role) = describe(painter.model, entry);
    let used = painter.put(inside, &label, role);
    let rest = Rect {
        x: inside.x.saturating_add(used + 1),
        width: inside.width.saturating_sub(used + 1),
        ..inside
    };
    painter.put_right(rest, &number, role);
    if selected {
        painter.tint(line, Role::Selected);
    }
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
            words.kind(kind),
            overview.map_or_else(
                || "—".to_owned(),
                |overview| coverage(model, overview, kind),
            ),
            Role::Text,
        ),
        Entry::List(_, Filter::Unstamped) => {
            let number = sum(model, |overview| {
                words::count(overview.drafts_unstamped + overview.open_unstamped)
            });
            (words.text("home-unstamped"), number, Role::Text)
        }
        Entry::List(_, filter) => {
            let number = sum(model, |overview| overdue(model, overview));
            (words.text(home_filter(filter)), number, Role::Text)
        }
    }
}

/// A number over the invoices: a dash before any was read, and what it covers while not all are here (law 4).
fn sum(model: &Model, number: impl Fn(&Overview) -> String) -> String {
    let known = model.overview.value().and_then(|overview| {
        let (_, coverage) = overview
            .kinds
            .iter()
            .find(|(kind, _)| *kind == Kind::Invoices)?;
        (coverage.read_at.is_some() || coverage.complete_at.is_some())
            .then_some((overview, coverage))
    });
    match known {
        None => "—".to_owned(),
        Some((overview, coverage)) if coverage.complete_at.is_some() => number(overview),
        Some((overview, _)) => model
            .words
            .with("n-so-far", &[("n", number(overview).as_str().into())]),
    }
}

/// How many, and what is owed on them. The sum is over the company's own currency and says which that is.
fn overdue(model: &Model, overview: &Overview) -> String {
    let currency = model
        .company
        .value()
        .map_or("MXN", |company| company.currency.as_str());
    format!(
        "{} · ${} {currency}",
        words::count(overview.overdue),
        overview.overdue_balance
    )
}

fn home_filter(filter: Filter) -> &'static str {
    match filter {
        Filter::Overdue => "home-overdue",
        other => chrome::filter_key(other),
    }
}

/// A number says what it covers (law 4).
fn coverage(model: &Model, overview: &Overview, kind: Kind) -> String {
    let known = overview
        .kinds
        .iter()
        .find(|(known, _)| *known == kind)
        .map(|(_, coverage)| coverage.clone())
        .unwrap_or_default();
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

/// How the unstamped documents of a kind stand before the fiscal rules; nothing where there are none. Verdicts that the
/// clock has overtaken are no claim.
fn ready(model: &Model, kind: Kind, readiness: &Readiness) -> Option<String> {
    let held = Readiness {
        unjudged: readiness.unstamped(),
        ..Readiness::default()
    };
    let shown = if readiness.holds(model.now) {
        readiness
    } else {
        &held
    };
    if shown.unstamped() == 0 {
        return None;
    }
    let counted = |n: usize| words::count(n);
    let values = [
        ("kind", model.words.kind(kind)),
        ("ready", counted(shown.ready)),
        ("warnings", counted(shown.warnings)),
        ("errors", counted(shown.errors)),
        ("unjudged", counted(shown.unjudged)),
    ];
    let key = match (shown.unjudged, shown.unstamped()) {
        (0, _) => "home-ready",
        (unjudged, all) if unjudged == all => "home-ready-unknown",
        _ => "home-ready-partly",
    };
    let values = values.each_ref().map(|(name, value)| (*name, value.into()));
    Some(model.words.with(key, &values))
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
            ("drafts", overview.drafts_unstamped.into()),
            ("open", overview.open_unstamped.into()),
            ("old", overview.old_unstamped.into()),
        ],
    ));
    texts.extend(
        overview
            .readiness
            .iter()
            .filter_map(|(kind, readiness)| ready(model, *kind, readiness)),
    );
    if overview.not_read > 0 {
        texts.push(words.with("home-not-read", &[("count", overview.not_read.into())]));
    }
    texts.push(
        words.with(
            "home-open-balance",
            &[(
                "amount",
                sum(model, |overview| format!("${}", overview.open_balance))
                    .as_str()
                    .into(),
            )],
        ),
    );
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
