//! The home page: the numbers of the books and where they lead.

use std::ops::Range;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::form::glance::glance;
use crate::app::home::{Entries, Entry, Home, counted};
use crate::app::list::keep_visible;
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::intent::Progress;
use crate::domain::kind::Kind;
use crate::domain::list::{Age, Coverage, Filter, Overview, Standing};
use crate::domain::money::Money;
use crate::domain::substitution::{Step, Thread};
use crate::words::{self, wrapped};

use super::chrome;
use super::mask::Veil;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// From so many columns on entries stand in two columns: the longest label and its number have room in one.
const TWO_COLUMNS_FROM: u16 = 76;

/// A line of the page, ready to be painted.
enum Line {
    /// One entry over the whole width, or one or two kinds beside each other.
    Entries(Vec<usize>),
    Text(String, Role),
}

/// Paints the page. Where it is higher than its room, the selected entry stays in view; the texts below go first.
pub fn draw(painter: &mut Painter<'_, '_>, home: &Home, area: Rect) {
    let model = painter.model;
    let entries = Entries::of(model);
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
                    let Some(entry) = entries.all.get(*idx) else {
                        continue;
                    };
                    let cell = match entries.open.contains(idx) || !is_wide(area) {
                        true => row,
                        false => half(row, column),
                    };
                    draw_entry(painter, cell, *entry, *idx == home.selected);
                    painter.hit(cell, Target::Row(*idx));
                }
            }
        }
    }
}

fn is_wide(area: Rect) -> bool {
    area.width >= TWO_COLUMNS_FROM
}

fn lines(model: &Model, entries: &Entries, area: Rect) -> Vec<Line> {
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
    lines.extend(entries.open.clone().map(|idx| Line::Entries(vec![idx])));
    // Numbers and kinds stand in two columns, so that all of them have room at 24 rows.
    let columns = if is_wide(area) { 2 } else { 1 };
    let block = |block: &Range<usize>| {
        let rows = block.len().div_ceil(columns);
        let (first, end) = (block.start, block.end);
        (0..rows).map(move |row| {
            let beside = (0..columns).map(|column| first + row + column * rows);
            Line::Entries(beside.filter(|idx| *idx < end).collect())
        })
    };
    lines.extend(block(&entries.invoices));
    lines.extend(block(&entries.notes));
    lines.push(gap());
    lines.extend(block(&entries.kinds));
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
    let veil = match entry {
        Entry::Unsettled(_) | Entry::Unfinished(_) | Entry::Thread(_) => Veil::All,
        Entry::List(..) => Veil::Amounts,
    };
    let before = painter.veil(veil);
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
    painter.veil(before);
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
        Entry::List(kind, filter) => number(model, kind, filter),
    }
}

/// A number of the books, what it counts, and how urgent it is.
fn number(model: &Model, kind: Kind, filter: Filter) -> (String, String, Role) {
    let words = &model.words;
    let label = words.text(label_key(filter));
    let label = match (kind, filter) {
        (Kind::Invoices, _) => label,
        (_, Filter::Unstamped) => words.with(
            "home-unstamped-of",
            &[("kind", words.kind(kind).as_str().into())],
        ),
        _ => words.with("home-of-notes", &[("what", label.as_str().into())]),
    };
    let Some(overview) = model.overview.value() else {
        return (label, "—".to_owned(), Role::Text);
    };
    let unstamped = overview.unstamped_of(kind);
    let many = match filter {
        Filter::Owing => overview.owing,
        Filter::Overdue => overview.overdue,
        Filter::WithoutReceipt => overview.receipts.missing,
        _ => counted(&unstamped, filter),
    };
    let text = match filter {
        Filter::Owing => owed(model, many, overview.open_balance),
        Filter::Overdue => owed(model, many, overview.overdue_balance),
        Filter::WithoutReceipt => receipts(model, overview),
        // What the clock has overtaken is no claim.
        Filter::Standing(_) if !unstamped.readiness.holds(model.now) => "—".to_owned(),
        _ => words::count(many),
    };
    let role = match many {
        0 => Role::Dim,
        _ => urgency(model, filter, overview),
    };
    (label, covering(model, overview, kind, filter, text), role)
}

fn label_key(filter: Filter) -> &'static str {
    match filter {
        Filter::Unstamped => "home-unstamped",
        Filter::Aged(Age::Expired) => "home-expired",
        Filter::Aged(Age::LastDay) => "home-last-day",
        Filter::Aged(Age::TwoDays) => "home-two-days",
        Filter::Aged(Age::ThreeDays) => "home-three-days",
        Filter::Issued => "home-issued",
        Filter::NotRead => "home-not-read",
        Filter::Standing(Standing::Ready) => "home-ready",
        Filter::Standing(Standing::Warnings) => "home-warnings",
        Filter::Standing(Standing::Errors) => "home-errors",
        Filter::Standing(Standing::Unjudged) => "home-unjudged",
        Filter::WithoutReceipt => "home-without-receipt",
        Filter::Overdue => "home-overdue",
        Filter::Owing => "home-owing",
        Filter::All | Filter::PartiallyPaid => chrome::filter_key(filter),
    }
}

fn urgency(model: &Model, filter: Filter, overview: &Overview) -> Role {
    match filter {
        Filter::Aged(Age::Expired) => Role::Error,
        Filter::Aged(Age::LastDay) => Role::Warning,
        Filter::WithoutReceipt => match overview.receipts.due {
            Some(due) if due < model.today() => Role::Error,
            _ => Role::Warning,
        },
        _ => Role::Text,
    }
}

/// A number with what it covers: a dash before anything was read, and "so far" while not all is here (law 4).
fn covering(
    model: &Model,
    overview: &Overview,
    kind: Kind,
    filter: Filter,
    number: String,
) -> String {
    let known = |kind| {
        let coverage = overview.coverage_of(kind);
        (
            coverage.read_at.is_some() || coverage.complete_at.is_some(),
            coverage.complete_at.is_some(),
        )
    };
    let (mut begun, mut complete) = known(kind);
    if filter == Filter::WithoutReceipt {
        let payments = known(Kind::Payments);
        begun &= payments.0;
        complete &= payments.1 && overview.receipts.unread == 0;
    }
    match (begun, complete) {
        (false, _) => "—".to_owned(),
        (true, true) => number,
        (true, false) => model
            .words
            .with("n-so-far", &[("n", number.as_str().into())]),
    }
}

/// How many invoices wait for a receipt, and until when the first is due.
fn receipts(model: &Model, overview: &Overview) -> String {
    let missing = words::count(overview.receipts.missing);
    match overview.receipts.due {
        Some(due) => model.words.with(
            "home-receipts-due",
            &[
                ("n", missing.as_str().into()),
                ("day", words::date(due).as_str().into()),
            ],
        ),
        None => missing,
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

/// How many, and what is owed on them. The sum is over the company's own currency and says which that is.
fn owed(model: &Model, documents: usize, balance: Money) -> String {
    let currency = model
        .company
        .value()
        .map_or("MXN", |company| company.currency.as_str());
    format!("{} · ${balance} {currency}", words::count(documents))
}

/// A number says what it covers (law 4).
fn coverage(model: &Model, overview: &Overview, kind: Kind) -> String {
    let known = overview.coverage_of(kind);
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

/// What the numbers mean, below them, the most important first.
fn details(model: &Model) -> Vec<String> {
    let Some(overview) = model.overview.value() else {
        return Vec::new();
    };
    let words = &model.words;
    let mut texts = Vec::new();
    texts.extend(super::headway::slow_way(model));
    if overview.receipts.missing > 0 {
        texts.push(words.text("home-receipts"));
    }
    texts.push(words.text("home-hint"));
    texts
}

fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}
