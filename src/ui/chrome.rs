//! The frame around every page: whose books, which place, and the keys of this place.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::accounts::Accounts;
use crate::app::enabled;
use crate::app::keymap::{Action, BINDINGS, Place};
use crate::app::model::{FRAME_ROWS, Layer, Model, Screen, Venue};
use crate::app::msg::Target;
use crate::app::notice::Tone;
use crate::domain::kind::Kind;
use crate::domain::list::{Age, Coverage, Filter, ListQuery, Standing};
use crate::words;

use super::mask;
use super::painter::{Painter, fit, row_of};
use super::theme::{self, Role};

/// Blanks between two keys of the footer.
const GAP: u16 = 3;

/// Paints the frame; the area that is left for the page.
pub fn draw(painter: &mut Painter<'_, '_>) -> Rect {
    let screen = painter.screen();
    painter.fill(screen, Role::Text);
    title(painter, row_of(screen, 0));
    place(painter, row_of(screen, 1));
    if screen.height > 2 {
        footer(painter, row_of(screen, screen.height - 1));
    }
    Rect {
        y: screen.y.saturating_add(2),
        height: screen.height.saturating_sub(FRAME_ROWS),
        ..screen
    }
}

/// Least columns of what a list is narrowed by: enough to know the question again.
const LEAST_TYPED: usize = 8;

/// Least columns of a company's name: what is left of it still tells it from the others of one office.
const LEAST_NAME: usize = 12;

/// Company and RFC are on screen at every moment (law 5). Where there is little room the program's own name goes
/// first, then the end of the company's, then the words around the hour, then where the other side is.
fn title(painter: &mut Painter<'_, '_>, area: Rect) {
    let model = painter.model;
    painter.fill(area, Role::Frame);
    let words = &model.words;
    let (company, rfc) = model.identity();
    if company.is_empty() && rfc.is_empty() {
        let unknown = format!(" Timbra · {}", words.text("company-unknown"));
        let [whole, ..] = states(model);
        put_both(painter, area, &unknown, &whole);
        return;
    }
    let width = usize::from(area.width);
    let rfc = format!(" · {rfc}");
    // Blanks: before, between and behind.
    let room = |right: &str| width.saturating_sub(rfc.width() + right.width() + 3);
    let least = company.width().min(LEAST_NAME);
    let states = states(model);
    let right = states
        .iter()
        .find(|right| room(right) >= least)
        .map_or("", String::as_str);
    let whole = format!("Timbra · {company}");
    let name = if whole.width() <= room(right) {
        whole
    } else {
        fit(company, room(right).max(1))
    };
    put_both(painter, area, &format!(" {name}{rfc}"), right);
    let hue = model.own_profile().and_then(|profile| profile.hue);
    if let Some(colour) = hue.and_then(|hue| theme::hue(model.colours, hue)) {
        painter.mark(area, theme::COMPANY, colour);
    }
}

/// Where the other side is, whether it answers, and of when the data are: from all of it to the least that helps.
fn states(model: &Model) -> [String; 4] {
    let words = &model.words;
    let venue = words.text(match model.venue {
        Venue::Demo => "venue-demo",
        Venue::Loopback => "venue-loopback",
        Venue::Live => "venue-live",
    });
    let trouble = model.offline.as_ref().map(|trouble| {
        let short = words.text(&format!("{}-short", trouble.sort.words_key()));
        format!("⚠ {short}")
    });
    let hour = age(model);
    let data = hour
        .as_ref()
        .map(|hour| words.with("data-of", &[("hour", hour.into())]));
    let masked = model.masked.then(|| words.text("masked"));
    let join = |parts: [Option<&String>; 3]| {
        let parts = masked
            .as_ref()
            .into_iter()
            .chain(parts.into_iter().flatten());
        parts.map(String::as_str).collect::<Vec<_>>().join(" · ")
    };
    let (venue, trouble) = (Some(&venue), trouble.as_ref());
    [
        join([venue, trouble, data.as_ref()]),
        join([venue, trouble, hour.as_ref()]),
        join([None, trouble, hour.as_ref()]),
        join([None, trouble, None]),
    ]
}

fn put_both(painter: &mut Painter<'_, '_>, area: Rect, left: &str, right: &str) {
    let used = painter.put(area, left, Role::Frame);
    let rest = Rect {
        x: area.x.saturating_add(used + 1),
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    painter.put_right(rest, &format!("{right} "), Role::Frame);
}

/// When the data on the page were read, as a clock time: it does not change while nothing happens.
fn age(model: &Model) -> Option<String> {
    let coverage = coverage(model)?;
    let read = coverage.read_at?;
    Some(words::hour(model.local(read)))
}

fn coverage(model: &Model) -> Option<&Coverage> {
    match model.screen()? {
        Screen::List(list) => model
            .walks
            .get(&list.query.kind)
            .map(|walk| &walk.coverage)
            .or(list.window.as_ref().map(|window| &window.coverage)),
        Screen::Accounts(accounts) => accounts.tree.value().map(|tree| &tree.coverage),
        // It is this machine's own.
        Screen::Audit(_) => None,
        Screen::Home(_) | Screen::Form(_) | Screen::Detail(_) => model
            .walks
            .get(&Kind::Invoices)
            .map(|walk| &walk.coverage)
            .or_else(|| {
                let overview = model.overview.value()?;
                overview
                    .kinds
                    .iter()
                    .find(|(kind, _)| *kind == Kind::Invoices)
                    .map(|(_, coverage)| coverage)
            }),
    }
}

fn place(painter: &mut Painter<'_, '_>, area: Rect) {
    let model = painter.model;
    let (left, right) = crumbs(model);
    let role = match model.screen() {
        Some(Screen::Audit(audit)) => super::audit::chain(model, audit).1,
        _ => Role::Dim,
    };
    let used = painter.put(area, &format!(" {left}"), Role::Title);
    let rest = Rect {
        x: area.x.saturating_add(used + 1),
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    painter.put_right(rest, &format!("{right} "), role);
}

fn crumbs(model: &Model) -> (String, String) {
    let words = &model.words;
    match model.screen() {
        None | Some(Screen::Home(_)) => {
            let left = words.text("place-home");
            let right = super::headway::going(model);
            let right = super::headway::fitting(&right, beside(model, &left)).to_owned();
            (left, right)
        }
        Some(Screen::List(list)) => {
            let mut left = format!(
                "{} › {}",
                words.text(group_key(list.query.kind)),
                words.kind(list.query.kind)
            );
            // A badge that was typed stands in what was typed.
            if list.query.filter != Filter::All {
                left.push_str(" › ");
                left.push_str(&words.text(filter_key(list.query.filter)));
            }
            let covered = list.window.as_ref().map_or_else(
                || words.text("loading"),
                |window| covered(model, window.total, &list.query, &window.coverage),
            );
            let marked = match list.marked.len() {
                0 => String::new(),
                count => words.with("marked", &[("count", count.into())]),
            };
            // How much of the books that is comes before the end of a long question (law 4).
            let line = |room| {
                let narrowed = super::list::narrowed(model, list, room);
                format!("{left}{narrowed} · {covered}")
            };
            let typed = list.typed.width();
            let over = (line(typed).width() + 2).saturating_sub(usize::from(model.size.0));
            let left = line(typed.saturating_sub(over).max(LEAST_TYPED));
            let room = beside(model, &left);
            (left, behind(model, marked, room))
        }
        Some(Screen::Accounts(accounts)) => {
            let count = accounts.tree.value().map_or(0, |tree| tree.nodes.len());
            let left = format!(
                "{} › {}{} · {}",
                words.text("group-books"),
                words.kind(Kind::LedgerAccounts),
                super::accounts::narrowed(model, accounts),
                words.with("accounts-count", &[("count", count.into())]),
            );
            (left, path(accounts))
        }
        Some(Screen::Detail(detail)) => {
            let mut title = detail
                .record
                .value()
                .map_or_else(|| detail.id.to_string(), |record| model.title_of(record));
            if model.masked && !detail.kind.is_stamped() {
                title = mask::points(&title);
            }
            let left = format!(
                "{} › {} › {title}",
                words.text(group_key(detail.kind)),
                words.kind(detail.kind),
            );
            let right = match (&detail.record, detail.source) {
                (remote, _) if remote.trouble().is_some() => words.text("reading-failed"),
                (remote, _) if remote.is_loading() => words.text("reading"),
                _ => String::new(),
            };
            (left, right)
        }
        Some(Screen::Form(form)) => {
            let left = format!(
                "{} › {}",
                words.text(group_key(form.kind)),
                words.kind(form.kind),
            );
            (left, String::new())
        }
        Some(Screen::Audit(audit)) => (
            super::audit::crumbs(model, audit),
            super::audit::chain(model, audit).0,
        ),
    }
}

/// The columns that are left on the line of the place: blanks before, between and behind.
fn beside(model: &Model, left: &str) -> usize {
    usize::from(model.size.0).saturating_sub(left.width() + 3)
}

/// What is marked and what is unstamped in a list, and how far its reading is. While it is read that says more than how
/// many of the rows so far are unstamped.
fn behind(model: &Model, marked: String, room: usize) -> String {
    let join = |parts: [&str; 3]| {
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    };
    let unstamped = unstamped(model);
    let texts = super::headway::going(model);
    let all = texts.first().map_or("", String::as_str);
    let all = join([&marked, &unstamped, all]);
    if all.width() <= room || texts.is_empty() {
        return all;
    }
    let taken = if marked.is_empty() {
        0
    } else {
        marked.width() + 3
    };
    let going = super::headway::fitting(&texts, room.saturating_sub(taken));
    join([&marked, "", going])
}

/// A number of rows; where the list may go on behind the last of them it says so (law 4).
pub(super) fn counted(model: &Model, rows: usize, stops: bool) -> String {
    let rows = words::count(rows);
    match stops {
        true => model
            .words
            .with("n-or-more", &[("n", rows.as_str().into())]),
        false => rows,
    }
}

/// «n de m», or what is known of it (law 4).
fn covered(model: &Model, total: usize, query: &ListQuery, coverage: &Coverage) -> String {
    let words = &model.words;
    let is_whole = query.filter == Filter::All && query.only.is_everything();
    let rows = counted(model, total, query.only.may_leave_out(total));
    let all = coverage.total.map(words::count);
    match (is_whole, all) {
        (true, Some(all)) => words.with(
            "n-of-m",
            &[("n", rows.as_str().into()), ("m", all.as_str().into())],
        ),
        (true, None) => words.with("n-so-far", &[("n", rows.as_str().into())]),
        (false, all) => {
            let over = match all {
                Some(all) if coverage.cached >= coverage.total.unwrap_or(0) => {
                    words.with("over-all", &[("m", all.as_str().into())])
                }
                _ => words.with(
                    "over-cached",
                    &[("m", words::count(coverage.cached).as_str().into())],
                ),
            };
            format!("{rows} {over}")
        }
    }
}

fn unstamped(model: &Model) -> String {
    match model.overview.value() {
        Some(overview) => {
            let count = overview.unstamped_of(Kind::Invoices).all();
            model
                .words
                .with("unstamped-count", &[("count", count.into())])
        }
        None => String::new(),
    }
}

fn path(accounts: &Accounts) -> String {
    let Some(tree) = accounts.tree.value() else {
        return String::new();
    };
    let mut names = Vec::new();
    let mut at = accounts.selection().and_then(|node| node.parent);
    while let Some(node) = at.and_then(|idx| tree.nodes.get(idx)) {
        names.push(node.record.title().to_owned());
        at = node.parent;
    }
    names.reverse();
    names.join(" › ")
}

/// Rows of a toast at most.
const TOAST_ROWS: u16 = 2;

/// What was just done or refused, in place of the footer. A text that is too long for one row takes the rows above too,
/// for which it comes after the page.
pub(super) fn toast(painter: &mut Painter<'_, '_>) {
    let (model, screen) = (painter.model, painter.screen());
    let Some(toast) = &model.toast else {
        return;
    };
    let (sign, role) = match toast.notice.tone {
        Tone::Done => ("✔", Role::Good),
        Tone::Info => ("·", Role::Text),
        Tone::Warning => ("▲", Role::Warning),
        Tone::Error => ("✖", Role::Error),
    };
    let text = format!("{sign} {}", super::notice_text(model, &toast.notice));
    let width = screen.width.saturating_sub(2);
    let rows = words::wrapped(&text, usize::from(width)).len();
    let rows = u16::try_from(rows).map_or(TOAST_ROWS, |rows| rows.min(TOAST_ROWS));
    let area = Rect {
        y: screen.y.saturating_add(screen.height.saturating_sub(rows)),
        height: rows.min(screen.height),
        ..screen
    };
    painter.fill(area, Role::Text);
    let inside = Rect {
        x: area.x.saturating_add(1),
        width,
        ..area
    };
    painter.wrap(inside, &text, role);
}

fn footer(painter: &mut Painter<'_, '_>, area: Rect) {
    let model = painter.model;
    if model.toast.is_some() {
        return;
    }
    let place = model.place();
    if let Some(first) = model.pending {
        painter.put(
            area,
            &format!(" {} …", first.label(&model.words)),
            Role::Key,
        );
        return;
    }
    let end = area.x.saturating_add(area.width);
    let mut x = area.x.saturating_add(1);
    for (action, key) in fitting(model, place, usize::from(area.width)) {
        let cell = |x: u16| Rect {
            x,
            width: end.saturating_sub(x),
            ..area
        };
        let role = if model.disabled(action).is_some() {
            Role::Dim
        } else {
            Role::Key
        };
        let start = x;
        x += painter.put(cell(x), &key, role) + 1;
        x += painter.put(cell(x), &short_label(model, action), Role::Dim) + GAP;
        painter.hit(
            Rect {
                x: start,
                width: x.saturating_sub(start + GAP),
                ..area
            },
            Target::Footer(action),
        );
    }
    if place == Place::Native {
        let rest = Rect {
            x,
            width: end.saturating_sub(x.saturating_add(1)),
            ..area
        };
        let text = model.words.text("native-typing");
        if text.width() <= usize::from(rest.width) {
            painter.put_right(rest, &text, Role::Dim);
        }
    }
}

/// The actions of the footer that have room, in their order. Help goes in first: it is the way to all the others.
fn fitting(model: &Model, place: Place, width: usize) -> Vec<(Action, String)> {
    let all = footer_actions(model, place);
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|idx| {
        all.get(*idx)
            .is_none_or(|(action, _)| !matches!(action, Action::Help | Action::Palette))
    });
    let mut room = width.saturating_sub(1);
    let mut kept = vec![false; all.len()];
    for idx in order {
        let (Some((action, key)), Some(keep)) = (all.get(idx), kept.get_mut(idx)) else {
            continue;
        };
        let needed = key.width() + 1 + short_label(model, *action).width() + usize::from(GAP);
        // The last one needs no gap behind it.
        if needed <= room + usize::from(GAP) {
            room = room.saturating_sub(needed);
            *keep = true;
        }
    }
    all.into_iter()
        .zip(kept)
        .filter_map(|(entry, keep)| keep.then_some(entry))
        .collect()
}

fn short_label(model: &Model, action: Action) -> String {
    if action == Action::NextButton {
        match model.layers.last() {
            Some(Layer::Decide(_)) => return model.words.text("decide-next"),
            Some(Layer::Stamp(_)) => {
                if let Some([left, right]) = crate::app::stamp::buttons(model) {
                    return format!("{} / {}", model.words.text(left), model.words.text(right));
                }
            }
            Some(Layer::Batch(_)) => {
                if let Some([left, right]) = crate::app::batch::desk::buttons(model) {
                    return format!("{} / {}", model.words.text(left), model.words.text(right));
                }
            }
            Some(Layer::Cancel(_)) => {
                if let Some([left, right]) = crate::app::cancel::buttons(model) {
                    return format!("{} / {}", model.words.text(left), model.words.text(right));
                }
            }
            _ => {}
        }
    }
    if action == Action::Back && matches!(model.layers.last(), Some(Layer::Batch(_))) {
        return model.words.text(crate::app::batch::desk::back_words(model));
    }
    match model.words.attribute(action.words_key(), "short") {
        short if short.is_empty() => model.words.action(action.words_key(), action.number()),
        short => short,
    }
}

/// The actions that the footer names here, with their first keys.
fn footer_actions(model: &Model, place: Place) -> Vec<(Action, String)> {
    let of_dialog = match model.layers.last() {
        Some(Layer::Stamp(_)) => Some(crate::app::stamp::card_actions(model)),
        Some(Layer::Batch(_)) => Some(crate::app::batch::desk::dialog_actions(model)),
        Some(Layer::Cancel(_)) => Some(crate::app::cancel::dialog_actions(model)),
        _ => None,
    };
    if let Some(actions) = of_dialog {
        return actions
            .into_iter()
            .filter_map(|action| {
                action
                    .chord_in(place)
                    .map(|chord| (action, chord.label(&model.words)))
            })
            .collect();
    }
    let mut rows: Vec<(u8, Action, String)> = BINDINGS
        .iter()
        .filter(|binding| {
            let inner = model.inner_place();
            let here = |at: &Place| *at == place || Some(*at) == inner;
            binding.places.iter().any(here)
        })
        .filter(|binding| enabled::applies(model, binding.action))
        .filter_map(|binding| {
            let order = binding.footer?;
            let chord = binding.chords.first()?;
            Some((order, binding.action, chord.label(&model.words)))
        })
        .collect();
    rows.sort_by_key(|(order, _, _)| *order);
    rows.into_iter()
        .map(|(_, action, key)| (action, key))
        .collect()
}

/// The group of the menu that a kind belongs to.
pub fn group_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Invoices | Kind::CreditNotes | Kind::Quotes | Kind::Payments => "group-sales",
        Kind::Bills | Kind::PurchaseOrders | Kind::BillPayments => "group-purchases",
        Kind::Customers | Kind::Suppliers => "group-contacts",
        Kind::JournalEntries | Kind::LedgerAccounts => "group-ledger",
        Kind::InvoiceItems | Kind::TaxRates | Kind::BankAccounts | Kind::Departments => {
            "group-books"
        }
        Kind::CompanyInfo => "group-company",
    }
}

/// The words of a filter.
pub fn filter_key(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "filter-all",
        Filter::Unstamped => "filter-unstamped",
        Filter::Aged(Age::Expired) => "filter-expired",
        Filter::Aged(Age::LastDay) => "filter-last-day",
        Filter::Aged(Age::TwoDays) => "filter-two-days",
        Filter::Aged(Age::ThreeDays) => "filter-three-days",
        Filter::Issued => "filter-issued",
        Filter::Standing(Standing::Ready) => "filter-ready",
        Filter::Standing(Standing::Warnings) => "filter-warnings",
        Filter::Standing(Standing::Errors) => "filter-errors",
        Filter::Standing(Standing::Unjudged) => "filter-unjudged",
        Filter::NotRead => "filter-not-read",
        Filter::Owing => "filter-owing",
        Filter::WithoutReceipt => "filter-without-receipt",
        Filter::Overdue => "filter-overdue",
        Filter::PartiallyPaid => "filter-partially-paid",
    }
}
