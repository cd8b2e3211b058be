//! The foot of a form: what is said about the place with the focus, how much is said in all, and the totals.

use ratatui::layout::Rect;

use crate::app::form::balancing::{self, Understood};
use crate::app::form::paying;
use crate::app::form::spot::Spot;
use crate::app::form::sums::Sums;
use crate::app::form::{Form, Inside, Mark, Said, acceptance_barred};
use crate::app::keymap::Action;
use crate::app::model::Model;
use crate::app::names;
use crate::app::notice::Tone;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::Side;
use crate::domain::spec::Cell;
use crate::words::{self, Words};

use super::super::painter::{Painter, row_of};
use super::super::theme::Role;
use super::rows_of;

/// Columns of the totals.
const TOTALS: u16 = 30;
/// Rows of the totals, and so of the foot.
const ROWS: u16 = 5;
/// With fewer rows than these only the total is shown, with fewer still nothing.
const FULL_FROM: u16 = 15;
const SHORT_FROM: u16 = 6;

/// Rows of the foot in this area.
pub(super) fn rows(form: &Form, area: Rect) -> u16 {
    let full = match form.sums {
        Sums::Nothing => ROWS.min(area.height / 3),
        Sums::Lines { .. } | Sums::Applied { .. } | Sums::Postings { .. } => ROWS,
    };
    match area.height {
        height if height >= FULL_FROM => full,
        // What is said about the place with the focus needs more than a row.
        height if height >= SHORT_FROM => 2 + u16::from(form.marks_at(form.focus).next().is_some()),
        _ => 0,
    }
}

/// Paints the foot.
pub(super) fn draw(painter: &mut Painter<'_, '_>, form: &Form, area: Rect) {
    if area.is_empty() {
        return;
    }
    let has_totals = form.sums != Sums::Nothing;
    let totals_width = if has_totals {
        TOTALS.min(area.width)
    } else {
        0
    };
    if has_totals {
        totals(
            painter,
            form,
            Rect {
                x: area.x + (area.width - totals_width),
                width: totals_width,
                ..area
            },
        );
    }
    said(
        painter,
        form,
        Rect {
            x: area.x.saturating_add(1),
            width: area.width.saturating_sub(2),
            ..area
        },
        totals_width,
    );
}

/// The sums of the rows: what each is called, how much it is, and the role of the amount. The last one counts most.
fn sums(form: &Form, words: &Words) -> Vec<(String, Option<Money>, Role)> {
    match &form.sums {
        Sums::Nothing => Vec::new(),
        Sums::Applied { paid, applied } => {
            let left = paid.zip(*applied).map(|(paid, applied)| paid - applied);
            vec![
                (words.text("form-paid"), *paid, Role::Text),
                (words.text("form-applied"), *applied, Role::Text),
                (words.text("form-to-apply"), left, rest_role(left)),
            ]
        }
        Sums::Postings { sides } => {
            let lacking = sides.and_then(balancing::lacking);
            let (name, rest) = match lacking {
                Some((Side::Debit, rest)) => ("form-lacking-debits", Some(rest)),
                Some((Side::Credit, rest)) => ("form-lacking-credits", Some(rest)),
                None => ("form-difference", sides.map(|_| Money::ZERO)),
            };
            vec![
                (
                    words.text("form-debits"),
                    sides.map(|sides| sides.0),
                    Role::Text,
                ),
                (
                    words.text("form-credits"),
                    sides.map(|sides| sides.1),
                    Role::Text,
                ),
                (words.text(name), rest, rest_role(rest)),
            ]
        }
        Sums::Lines { totals, .. } => {
            let totals = totals.as_ref();
            vec![
                (
                    words.field(Field::SubTotal),
                    totals.map(|totals| totals.subtotal),
                    Role::Text,
                ),
                (
                    words.field(Field::Discount),
                    totals.map(|totals| totals.discount),
                    Role::Text,
                ),
                (
                    words.text("form-transferred"),
                    totals.map(|totals| totals.transferred),
                    Role::Text,
                ),
                (
                    words.text("form-withheld"),
                    totals.map(|totals| totals.withheld),
                    Role::Text,
                ),
                (
                    words.field(Field::Total),
                    totals.map(|totals| totals.total),
                    Role::Title,
                ),
            ]
        }
    }
}

/// A rest that is nothing is as it should be.
fn rest_role(rest: Option<Money>) -> Role {
    match rest {
        Some(rest) if rest.is_zero() => Role::Title,
        Some(_) | None => Role::Warning,
    }
}

fn totals(painter: &mut Painter<'_, '_>, form: &Form, area: Rect) {
    let mut lines = sums(form, &painter.model.words);
    if area.height < ROWS {
        lines.drain(..lines.len().saturating_sub(1));
    }
    for (row, (label, amount, role)) in (0..).zip(lines) {
        let row = row_of(area, row);
        painter.put(row, &label, Role::Dim);
        painter.put_right(
            Rect {
                width: row.width.saturating_sub(1),
                ..row
            },
            &words::amount(amount),
            role,
        );
    }
}

/// Beside the totals; below them where there are few rows and the totals take only the first.
fn said(painter: &mut Painter<'_, '_>, form: &Form, area: Rect, totals_width: u16) {
    let model = painter.model;
    let beside = Rect {
        width: area.width.saturating_sub(totals_width),
        ..area
    };
    let (text, role) = counts(model, form);
    painter.put(row_of(beside, 0), &text, role);
    let area = if area.height < ROWS { area } else { beside };
    let whole = form.marks.iter().filter(|mark| mark.spot.is_none());
    let mut used = 1;
    for (text, role) in aside(model, form) {
        let rest = super::below(area, used);
        if rows_of(&text, rest.width) > 1 {
            used += painter.wrap(rest, &text, role);
        } else {
            // Wrapping would take away what sets the later candidates in.
            painter.put(row_of(rest, 0), &text, role);
            used += 1;
        }
    }
    if let Some(text) = offered(model, form) {
        used += painter.wrap(super::below(area, used), &text, Role::Key);
    }
    for mark in form.marks_at(form.focus).chain(whole) {
        let (symbol, role) = super::sign(mark.tone());
        let text = format!("{symbol} {}", text_of(model, form, mark));
        used += painter.wrap(super::below(area, used), &text, role);
        let hint = hint_of(model, mark);
        let rest = super::below(area, used);
        if !hint.is_empty() && rows_of(&hint, rest.width) <= rest.height {
            used += painter.wrap(rest, &hint, Role::Dim);
        }
    }
}

/// What the key that accepts would do at the place with the focus: the value that it writes, or where it leads.
fn offered(model: &Model, form: &Form) -> Option<String> {
    let words = &model.words;
    if acceptance_barred(model, form).is_some() {
        return None;
    }
    let offer = form.offer()?;
    let key = super::key_of(Action::Accept, words);
    let kind = match offer.inside {
        Inside::Form => form.kind,
        Inside::Contact => Kind::Customers,
        Inside::Item => Kind::InvoiceItems,
    };
    let value = match offer.text.as_deref() {
        None => words.field_of(kind, offer.field),
        Some("") => words.text("form-suggested-nothing"),
        Some(text) => {
            let value = names::coded(model, offer.field, text)
                .unwrap_or_else(|| words.choice(offer.field, text));
            names::seen(model, &value)
        }
    };
    let text = match (offer.inside, &offer.text) {
        (Inside::Form, _) => "form-suggested",
        (Inside::Contact, Some(_)) => "form-suggested-contact",
        (Inside::Contact, None) => "form-leads-contact",
        (Inside::Item, Some(_)) => "form-suggested-item",
        (Inside::Item, None) => "form-leads-item",
    };
    let values = [("value", (&value).into()), ("key", (&key).into())];
    Some(words.with(text, &values))
}

/// Candidates of an account that are named at most.
const CANDIDATES: usize = 3;

/// What helps to fill in the place with the focus: the accounts that a typed text may mean, the documents looked through.
fn aside(model: &Model, form: &Form) -> Vec<(String, Role)> {
    match form.focus {
        Spot::Cell {
            row,
            cell: Cell::Account,
        } => {
            let row = form.content.rows.postings().get(row);
            let Some(row) = row.filter(|row| !row.is_settled()) else {
                return Vec::new();
            };
            let Understood::Accounts(accounts) = balancing::understand(&model.chart, &row.typed)
            else {
                return Vec::new();
            };
            let shown = accounts.iter().take(CANDIDATES).enumerate();
            let label = |account| names::seen(model, &balancing::label(account));
            shown
                .map(|(idx, account)| match idx {
                    0 => (format!("→ {}", label(account)), Role::Key),
                    _ => (format!("  {}", label(account)), Role::Dim),
                })
                .collect()
        }
        Spot::Other { .. } => vec![(super::others::aside(model, form), Role::Key)],
        _ if paying::is_payment(form) => vec![(looked_through(model, form), Role::Dim)],
        _ => Vec::new(),
    }
}

/// How many open documents there are, and among how many that were read.
fn looked_through(model: &Model, form: &Form) -> String {
    let words = &model.words;
    let known = (form.open.contact.is_some())
        .then_some(form.open.coverage.as_ref())
        .flatten();
    let Some(coverage) = known else {
        let chosen = form.content.link(Field::Contact).is_some();
        return words.text(match chosen {
            true => "form-open-reading",
            false => "form-open-choose",
        });
    };
    let open = form.content.rows.len();
    let cached = words::count(coverage.cached);
    let (key, total) = match coverage.total {
        Some(total) if total != coverage.cached => ("form-open-partial", words::count(total)),
        Some(total) => ("form-open-of", words::count(total)),
        None => ("form-open-so-far", String::new()),
    };
    words.with(
        key,
        &[
            ("open", open.into()),
            ("cached", (&cached).into()),
            ("total", (&total).into()),
        ],
    )
}

/// How much is said in all.
fn counts(model: &Model, form: &Form) -> (String, Role) {
    let words = &model.words;
    let judged = form.kind.is_stamped();
    if judged && model.catalogs.is_none() {
        return (words.text("form-catalogs-pending"), Role::Busy);
    }
    let (errors, warnings) = (form.count(Tone::Error), form.count(Tone::Warning));
    let mut parts = Vec::new();
    if errors > 0 {
        let text = words.with("form-errors", &[("count", errors.into())]);
        parts.push(format!("✖ {text}"));
    }
    if warnings > 0 {
        let text = words.with("form-warnings", &[("count", warnings.into())]);
        parts.push(format!("▲ {text}"));
    }
    if parts.is_empty() {
        return (String::new(), Role::Dim);
    }
    let key = super::key_of(Action::NextFinding, words);
    parts.push(words.with("form-next", &[("key", (&key).into())]));
    let role = if errors > 0 {
        Role::Error
    } else {
        Role::Warning
    };
    (parts.join(" · "), role)
}

/// What a mark says, and where the value is that it speaks of.
fn text_of(model: &Model, form: &Form, mark: &Mark) -> String {
    let words = &model.words;
    match &mark.said {
        Said::Notice(notice) => super::super::notice_text(model, notice),
        Said::Owned(owner) => super::others::owned(model, form, *owner),
        Said::Finding(finding, inside) => {
            let text = names::finding(model, finding);
            let key = match inside {
                Inside::Form => return text,
                Inside::Contact => "form-inside-contact",
                Inside::Item => "form-inside-item",
            };
            words.with(key, &[("text", (&text).into())])
        }
    }
}

fn hint_of(model: &Model, mark: &Mark) -> String {
    match &mark.said {
        Said::Finding(finding, _) => names::hint(model, finding),
        Said::Notice(_) | Said::Owned(_) => String::new(),
    }
}
