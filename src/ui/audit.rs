//! The audit log: an entry per row, when, what, of which document, what was answered or whom it is for, and who did it.

use ratatui::layout::Rect;

use crate::app::audit::{self, Audit};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::audit::{AuditLine, AuditRow, Verdict};
use crate::words;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of what has a width of its own, a blank between two of them. The answer takes what is left.
const WHEN: u16 = 11;
const WHAT: u16 = 26;
const DOCUMENT: u16 = 9;
const WHO: u16 = 8;

/// From so many columns on there is room for the longest name of an event, and for machine and profile.
const WIDE_FROM: u16 = 110;
const WIDE_WHAT: u16 = 30;
const WIDE_DOCUMENT: u16 = 12;
const WIDE_WHO: u16 = 24;

/// Paints the page.
pub fn draw(painter: &mut Painter<'_, '_>, audit: &Audit, area: Rect) {
    let words = painter.model.words.clone();
    let heads = [
        words.text("audit-when"),
        words.text("audit-what"),
        words.text("audit-document"),
        words.text("audit-answer"),
        words.text("audit-who"),
    ];
    cells(painter, row_of(area, 0), &heads, [Role::Title; 5]);
    let height = usize::from(area.height.saturating_sub(1));
    if audit.total() == 0 {
        let (text, role) = empty(painter.model, audit);
        painter.put(row_of(area, 2), &format!(" {text}"), role);
        return;
    }
    for (y, idx) in (audit.top..audit.total()).take(height).enumerate() {
        let line = row_of(area, u16::try_from(y + 1).unwrap_or(u16::MAX));
        match audit.row(idx) {
            Some(AuditLine::Entry(row)) => entry(painter, row, line),
            Some(AuditLine::Unreadable { seq }) => {
                let number = seq.to_string();
                let values = [("entry", number.as_str().into())];
                let text = words.with("audit-unreadable", &values);
                painter.put(line, &format!(" {text}"), Role::Error);
            }
            // A gap is not an end: the row is there, it only has not arrived yet.
            None => {
                painter.put(line, " ·", Role::Dim);
            }
        }
        if idx == audit.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Row(idx));
    }
}

fn entry(painter: &mut Painter<'_, '_>, row: &AuditRow, line: Rect) {
    let model = painter.model;
    let local = model.local(row.entry.at);
    let told = audit::told(&model.words, row);
    let who = match line.width {
        WIDE_FROM.. => {
            let parts = [&told.user, &told.host, &told.profile];
            let parts: Vec<&str> = parts.into_iter().map(String::as_str).collect();
            let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            told.join(" · ")
        }
        _ => told.user,
    };
    let day = local.date();
    // A day of another year needs its year more than its hour.
    let when = match day.year() == model.today().year() {
        true => format!("{:02}/{:02} {}", day.day(), day.month(), words::hour(local)),
        false => words::day(day),
    };
    let what = audit::event(&row.entry.event, &model.words);
    let role = match row.entry.event.rsplit('-').next() {
        Some("adopted") => Role::Good,
        Some("refused" | "declined") => Role::Error,
        Some("unknown" | "unsent" | "unstamped") => Role::Warning,
        _ => Role::Dim,
    };
    let texts = [when, what, told.document, told.answer, who];
    let roles = [Role::Dim, role, Role::Text, Role::Text, Role::Text];
    cells(painter, line, &texts, roles);
}

fn cells(painter: &mut Painter<'_, '_>, line: Rect, texts: &[String; 5], roles: [Role; 5]) {
    let (what, document, who) = match line.width {
        WIDE_FROM.. => (WIDE_WHAT, WIDE_DOCUMENT, WIDE_WHO),
        _ => (WHAT, DOCUMENT, WHO),
    };
    // Blanks: before, between and behind.
    let answer = line.width.saturating_sub(WHEN + what + document + who + 6);
    let end = line.x.saturating_add(line.width.saturating_sub(1));
    let mut x = line.x.saturating_add(1);
    let widths = [WHEN, what, document, answer, who];
    for ((text, role), width) in texts.iter().zip(roles).zip(widths) {
        let cell = Rect {
            x,
            width: width.min(end.saturating_sub(x)),
            ..line
        };
        painter.put(cell, text, role);
        x = x.saturating_add(width + 1);
    }
}

fn empty(model: &Model, audit: &Audit) -> (String, Role) {
    if let Some(trouble) = &audit.trouble {
        return (super::trouble_text(model, trouble), Role::Error);
    }
    let is_whole = audit
        .window
        .as_ref()
        .is_some_and(|window| window.is_whole());
    let key = match is_whole {
        false => "loading",
        true if audit.is_narrowed() => "audit-nothing",
        true => "audit-empty",
    };
    (model.words.text(key), Role::Dim)
}

/// Of whom, by what it is narrowed, and how many entries there are; while the log is gone through, how many so far.
pub fn crumbs(model: &Model, audit: &Audit) -> String {
    let words = &model.words;
    let mut left = words.text("place-audit");
    if !audit.about.is_empty() {
        left.push_str(&format!(" › {}", audit.about));
    }
    if !audit.typed.is_empty() {
        left.push_str(&format!(" › «{}»", audit.typed));
    }
    format!("{left} · {}", count(model, audit))
}

/// «n de m», or how many so far (law 4).
pub fn count(model: &Model, audit: &Audit) -> String {
    let words = &model.words;
    let Some(window) = audit.window.as_ref().filter(|w| w.query == audit.query) else {
        return words.text("loading");
    };
    let found = words::count(window.found);
    match window.is_whole() {
        false => words.with("n-so-far", &[("n", found.as_str().into())]),
        true => words.with(
            "n-of-m",
            &[
                ("n", found.as_str().into()),
                ("m", words::count(window.all).as_str().into()),
            ],
        ),
    }
}

/// Whether the log is whole, and whether that is being checked.
pub fn chain(model: &Model, audit: &Audit) -> (String, Role) {
    let words = &model.words;
    if audit.chain.is_loading() {
        return (words.text("audit-checking"), Role::Dim);
    }
    match (audit.chain.trouble(), audit.chain.value()) {
        (Some(_), _) => (words.text("audit-unchecked"), Role::Error),
        (None, Some(Verdict::Whole { .. })) => (words.text("audit-whole"), Role::Dim),
        (None, Some(Verdict::Broken { at })) => {
            let at = at.to_string();
            let text = words.with("audit-broken", &[("entry", at.as_str().into())]);
            (text, Role::Error)
        }
        (None, None) => (String::new(), Role::Dim),
    }
}
