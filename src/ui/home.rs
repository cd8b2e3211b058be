//! The home page: the numbers of the books and where they lead.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::form::glance::glance;
use crate::app::home::{Entry, Home};
use crate::app::list::keep_visible;
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::intent::Progress;
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Filter, Overview};
use crate::domain::substitution::{Step, Thread};
use crate::domain::verdict::Readiness;
use crate::words::{self, wrapped};

use super::chrome;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// A line of the page, ready to be painted.
enum Line {
    /// One entry over the whole width, or one or two kinds beside each other.
    Entries(Vec<usize>),
    Text(String, Role),
}

/// Paints the page. Where it is higher than its room, the selected entry stays in view; the texts below go first.
pub fn draw(painter: &mut Painter<'_, '_>, home: &Home, area: Rect) {
    let model = painter.model;
    let entries = Home::entries(model);
    let lines = lines(model, &entries, area);
    let selected = lines
        .iter()
        .position(|line| matches!(line, Line::Entries(here) if here.contains(&home.selected)))
        .unwrap_or(0);
    let top = keep_visible(0, selected, usize::from(area.height));
    let shown = lines.iter().skip(top).take(usize::from(area.height));
    for (y, line) in shown.enumerate() {
        let row = row_of(area, u16::try_from(y).unwrap_or(u16::MAX));
        match line {
            Line::Text(text, role) => {
                painter.put(inside(row), text, *role);
            }
            Line::Entries(here) => {
                for (column, idx) in here.iter().enumerate() {
                    let Some(entry) = entries.get(*idx) else {
                        continue;
                    };
                    let cell = match entry {
                        kind if is_kind(*kind) => half(row, column),
                        _ => row,
                    };
                    draw_entry(painter, cell, *entry, *idx == home.selected);
                    painter.hit(cell, Target::Row(*idx));
                }
            }
        }
    }
}

fn lines(model: &Model, entries: &[Entry], area: Rect) -> Vec<Line> {
    let width = usize::from(area.width.saturating_sub(4));
    let texts = |text: &str, role| {
        wrapped(text, width)
            .into_iter()
            .map(move |row| Line::Text(row, role))
    };
    let gap = || Line::Text(String::new(), Role::Text);
    let mut lines = Vec::new();
    if let Some(trouble) = &model.offline {
        lines.extend(texts(&super::trouble_text(model, trouble), Role::Error));
    }
    let kinds = entries.iter().filter(|entry| is_kind(**entry)).count();
    let first_kind = entries.len().saturating_sub(kinds);
    lines.extend((0..first_kind).map(|idx| Line::Entries(vec![idx])));
    lines.push(gap());
    // The kinds stand in two columns, so that all of them and the numbers have room at 24 rows.
    let rows = kinds.div_ceil(2);
    lines.extend((0..rows).map(|row| {
        let beside = [row, row + rows].into_iter().filter(|place| *place < kinds);
        Line::Entries(beside.map(|place| first_kind + place).collect())
    }));
    let details = details(model);
    let needed: usize = details
        .iter()
        .map(|text| wrapped(text, width).len())
        .sum::<usize>()
        + lines.len();
    // Air above and between, where there is room for it.
    if needed + 2 <= usize::from(area.height) {
        lines.insert(0, gap());
        lines.push(gap());
    }
    for text in &details {
        let rows: Vec<Line> = texts(text, Role::Dim).collect();
        // Half a sentence would say something else.
        if lines.len() + rows.len() <= usize::from(area.height) {
            lines.extend(rows);
        }
    }
    lines
}

fn is_kind(entry: Entry) -> bool {
    matches!(entry, Entry::List(_, Filter::All))
}

fn inside(line: Rect) -> Rect {
    Rect {
        x: line.x.saturating_add(2),
        width: line.width.saturating_sub(4),
        ..line
    }
}

/// The left or the right half of a row.
fn half(line: Rect, column: usize) -> Rect {
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
    let inside = inside(line);
    let (label, number, role) = describe(painter.model, entry);
    let room = inside.width.saturating_sub(columns(&number) + 1);
    let used = painter.put(
        Rect {
            width: room,
            ..inside
        },
        &label,
        role,
    );
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
            let decidable = open
                .get(idx)
                .is_some_and(|intent| intent.progress.to_decide().is_some());
            let awaiting = open
                .get(idx)
                .is_some_and(|intent| matches!(intent.progress, Progress::Awaiting { .. }));
            let (label, state) = match (awaiting, decidable) {
                (true, _) => ("home-cancelling", "home-awaiting"),
                (false, true) => ("home-unsettled", "home-decide"),
                (false, false) => ("home-unsettled", "stamp-unknown"),
            };
            (
                words.with(label, &[("name", name.trim().into())]),
                words.text(state),
                Role::Warning,
            )
        }
        Entry::Thread(idx) => (
            model
                .waiting_threads()
                .get(idx)
                .map_or_else(String::new, |thread| replacing(model, thread)),
            words.text("home-continue"),
            Role::Warning,
        ),
        Entry::Unfinished(idx) => (
            unfinished(model, idx),
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

/// Which invoice is being replaced, and what is missing.
fn replacing(model: &Model, thread: &Thread) -> String {
    let words = &model.words;
    let (old, new) = (
        thread.what.number.as_str(),
        thread
            .substitute
            .as_ref()
            .map_or_else(String::new, |record| model.title_of(record)),
    );
    let key = match thread.step() {
        Step::Make => "home-thread-make",
        Step::Look => "home-thread-look",
        Step::Stamp => "home-thread-stamp",
        Step::Cancel | Step::Wait | Step::Done => "home-thread-cancel",
    };
    words.with(key, &[("old", old.into()), ("new", new.as_str().into())])
}

/// What an unfinished form is about; forms that would read the same are numbered.
fn unfinished(model: &Model, idx: usize) -> String {
    let labels: Vec<String> = model
        .left_forms()
        .iter()
        .take(idx + 1)
        .map(|(_, body)| unfinished_label(model, body))
        .collect();
    let Some((label, before)) = labels.split_last() else {
        return String::new();
    };
    match before.iter().filter(|other| *other == label).count() {
        0 => label.clone(),
        same => format!("{label} ({})", same + 1),
    }
}

fn unfinished_label(model: &Model, body: &str) -> String {
    let words = &model.words;
    let Some(glance) = glance(body) else {
        return words.text("home-unfinished");
    };
    let what = match &glance.base {
        None => words.with("form-new", &[("kind", glance.kind.slug().into())]),
        Some(base) => words.with(
            "form-edit",
            &[
                ("one", words.kind_one(glance.kind).as_str().into()),
                ("title", model.title_of(base).as_str().into()),
            ],
        ),
    };
    let line = match glance.more_lines {
        0 => glance.line,
        more => format!("{} +{more}", glance.line),
    };
    [what, glance.name, line]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
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

/// What the numbers mean, below them, the most important first.
fn details(model: &Model) -> Vec<String> {
    let Some(overview) = model.overview.value() else {
        return Vec::new();
    };
    let words = &model.words;
    let mut texts = vec![words.with(
        "home-unstamped-detail",
        &[
            ("drafts", overview.drafts_unstamped.into()),
            ("open", overview.open_unstamped.into()),
            ("closing", overview.old_unstamped.into()),
            ("expired", overview.expired_unstamped.into()),
        ],
    )];
    texts.extend(
        overview
            .readiness
            .iter()
            .filter_map(|(kind, readiness)| ready(model, *kind, readiness)),
    );
    if overview.not_read > 0 {
        texts.push(words.with("home-not-read", &[("count", overview.not_read.into())]));
    }
    let balance = sum(model, |overview| format!("${}", overview.open_balance));
    texts.push(words.with("home-open-balance", &[("amount", balance.as_str().into())]));
    texts.push(words.text("home-hint"));
    texts
}

fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}
