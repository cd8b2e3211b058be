//! Dialogs: the pre-flight card of a stamp, and questions with No as their default.

use ratatui::layout::Rect;

use crate::app::line::Line;
use crate::app::model::{Confirm, Model};
use crate::app::msg::Target;
use crate::app::names;
use crate::app::stamp::{Judgement, Phase, StampDialog};
use crate::domain::draft::Draft;
use crate::domain::field::Field;
use crate::domain::intent::{Progress, Unsent};
use crate::domain::record::Record;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Most columns that a dialog takes: longer rows are hard to read.
const WIDEST: u16 = 100;

/// Columns of the labels.
const LABEL: u16 = 21;

/// A page to write on from the top.
struct Page<'p, 'a, 'f> {
    painter: &'p mut Painter<'a, 'f>,
    area: Rect,
    y: u16,
}

impl Page<'_, '_, '_> {
    fn line(&mut self, text: &str, role: Role) {
        let rest = Rect {
            y: self.area.y.saturating_add(self.y),
            height: self.area.height.saturating_sub(self.y),
            ..self.area
        };
        self.y += self.painter.wrap(rest, text, role).max(1);
    }

    fn pair(&mut self, label: &str, text: &str, role: Role) {
        let row = row_of(self.area, self.y);
        self.painter.put(
            Rect {
                width: LABEL.min(row.width),
                ..row
            },
            label,
            Role::Dim,
        );
        let rest = Rect {
            x: row.x.saturating_add(LABEL),
            width: row.width.saturating_sub(LABEL),
            height: self.area.height.saturating_sub(self.y),
            ..row
        };
        self.y += self.painter.wrap(rest, text, role).max(1);
    }

    /// A field to be typed into, with its question before it.
    fn ask(&mut self, question: &str, typed: &Line) {
        let row = row_of(self.area, self.y);
        let used = self.painter.put(row, question, Role::Warning);
        let field = Rect {
            x: row.x.saturating_add(used + 1),
            width: row.width.saturating_sub(used + 1).min(20),
            ..row
        };
        self.painter.field(field, typed, true);
        self.y += 1;
    }

    fn gap(&mut self) {
        self.y += 1;
    }
}

/// A card in the middle of an area; the area inside.
fn frame(painter: &mut Painter<'_, '_>, area: Rect, height: u16, title: &str) -> Rect {
    let height = height.min(area.height);
    let middle = Rect {
        y: area.y + (area.height - height) / 2,
        height,
        ..area
    };
    framed(painter, middle, title)
}

/// A card over the whole height of an area, in the middle of its width; the area inside.
pub(super) fn framed(painter: &mut Painter<'_, '_>, area: Rect, title: &str) -> Rect {
    let width = area.width.min(WIDEST);
    let card = Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    };
    painter.fill(card, Role::Text);
    let rule = "─".repeat(usize::from(card.width));
    painter.put(row_of(card, 0), &rule, Role::Title);
    painter.put(
        Rect {
            x: card.x + 2,
            ..row_of(card, 0)
        },
        &format!(" {title} "),
        Role::Title,
    );
    painter.put(
        row_of(card, card.height.saturating_sub(1)),
        &rule,
        Role::Dim,
    );
    Rect {
        x: card.x.saturating_add(2),
        y: card.y.saturating_add(1),
        width: card.width.saturating_sub(4),
        height: card.height.saturating_sub(2),
    }
}

/// Paints a question.
pub fn confirm(painter: &mut Painter<'_, '_>, question: &Confirm, area: Rect) {
    let title = painter.model.words.text("confirm-title");
    let inside = frame(painter, area, 7, &title);
    let text = super::notice_text(painter.model, &question.notice);
    let mut page = Page {
        painter,
        area: inside,
        y: 0,
    };
    page.line(&text, Role::Text);
    buttons(
        painter,
        row_of(inside, inside.height.saturating_sub(1)),
        "button-no",
        Some("button-yes"),
        question.yes,
        true,
    );
}

/// One or two buttons; the left one is where it begins.
fn buttons(
    painter: &mut Painter<'_, '_>,
    area: Rect,
    left: &str,
    right: Option<&str>,
    right_selected: bool,
    right_possible: bool,
) {
    let mut x = area.x;
    let right = right.map(|key| (key, right_selected, right_possible));
    for (idx, (key, selected, possible)) in [(left, !right_selected, true)]
        .into_iter()
        .chain(right)
        .enumerate()
    {
        let name = painter.model.words.text(key);
        // Brackets tell the selected one apart without colour.
        let text = if selected {
            format!("[ {name} ]")
        } else {
            format!("  {name}  ")
        };
        let cell = Rect {
            x,
            width: area.x.saturating_add(area.width).saturating_sub(x),
            ..area
        };
        let used = painter.put(cell, &text, if possible { Role::Title } else { Role::Dim });
        let button = Rect {
            width: used,
            ..cell
        };
        if selected {
            painter.tint(button, Role::Selected);
        }
        painter.hit(button, Target::Button(idx));
        x = x.saturating_add(used + 2);
    }
}

/// Paints the pre-flight card.
pub fn stamp(painter: &mut Painter<'_, '_>, card: &StampDialog, area: Rect) {
    let model = painter.model;
    let title = model.words.text("stamp-title");
    let inside = frame(painter, area, area.height, &title);
    let foot = row_of(inside, inside.height.saturating_sub(1));
    let body = Rect {
        height: inside.height.saturating_sub(2),
        ..inside
    };
    let mut page = Page {
        painter,
        area: body,
        y: 0,
    };
    let words = &model.words;
    match &card.phase {
        Phase::Reading => page.line(&words.text("stamp-reading"), Role::Busy),
        Phase::Unreadable(trouble) => {
            page.line(&words.text("stamp-unreadable"), Role::Error);
            page.line(&super::trouble_text(model, trouble), Role::Text);
        }
        Phase::Barred(notice) => {
            if let Some(record) = &card.record {
                page.pair(
                    &words.field(Field::Number),
                    &model.title_of(record),
                    Role::Title,
                );
                page.gap();
            }
            page.line(&super::notice_text(model, notice), Role::Warning);
            page.line(&words.text("stamp-nothing-sent"), Role::Text);
            let uuid = card.record.as_ref().and_then(|record| record.stamp.uuid());
            if let Some(uuid) = uuid {
                page.gap();
                page.pair(&words.text("field-uuid"), uuid.as_str(), Role::Title);
            }
        }
        Phase::Ready | Phase::Verifying => {
            if let (Some(record), Some(judgement)) = (&card.record, &card.judgement) {
                preflight(&mut page, model, card, record, judgement);
            }
        }
        Phase::Acting(id) => {
            if let Some(intent) = model.intents.get(id) {
                if let Some(record) = &card.record {
                    page.pair(
                        &words.field(Field::Number),
                        &model.title_of(record),
                        Role::Title,
                    );
                }
                page.pair(
                    &words.text("stamp-receiver"),
                    &format!("{} · {}", intent.snapshot.contact, intent.snapshot.rfc),
                    Role::Text,
                );
                page.pair(
                    &words.field(Field::Total),
                    &format!("${}", crate::words::amount(intent.snapshot.total)),
                    Role::Text,
                );
                page.gap();
                outcome(&mut page, model, &intent.progress);
            }
        }
    }
    foot_of(painter, card, foot);
}

fn foot_of(painter: &mut Painter<'_, '_>, card: &StampDialog, foot: Rect) {
    let refused = crate::app::stamp::refused_intent(painter.model).is_some();
    match &card.phase {
        Phase::Ready => buttons(
            painter,
            foot,
            "button-no",
            Some("button-stamp"),
            card.yes,
            card.can_confirm(),
        ),
        Phase::Verifying => {
            let text = painter.model.words.text("stamp-verifying");
            painter.put(foot, &text, Role::Busy);
        }
        Phase::Acting(_) if refused => buttons(
            painter,
            foot,
            "button-close",
            Some("button-correct"),
            card.yes,
            true,
        ),
        Phase::Reading | Phase::Unreadable(_) | Phase::Barred(_) | Phase::Acting(_) => {
            buttons(painter, foot, "button-close", None, false, false);
        }
    }
}

fn preflight(
    page: &mut Page<'_, '_, '_>,
    model: &Model,
    card: &StampDialog,
    record: &Record,
    judgement: &Judgement,
) {
    let words = &model.words;
    let draft = &judgement.draft;
    if !card.changed.is_empty() {
        let names: Vec<String> = card
            .changed
            .iter()
            .map(|field| words.field(*field))
            .collect();
        page.line(
            &words.with(
                "stamp-changed",
                &[("fields", names.join(", ").as_str().into())],
            ),
            Role::Warning,
        );
    }
    let company = model.company.value().map_or_else(String::new, |company| {
        format!("{} · {}", company.name, company.rfc)
    });
    page.pair(&words.text("stamp-issuer"), &company, Role::Text);
    page.pair(
        &words.text("stamp-document"),
        &format!(
            "{} · {}",
            model.title_of(record),
            super::grid::value_text(model, record, Field::Date, false)
        ),
        Role::Text,
    );
    page.pair(
        &words.text("stamp-receiver"),
        &format!(
            "{} · {} · CP {}",
            draft.receiver.name, draft.receiver.rfc, draft.receiver.zip
        ),
        Role::Text,
    );
    for (field, code) in fiscal(draft) {
        let text = names::coded(model, field, code).unwrap_or_else(|| code.to_owned());
        page.pair(&words.field(field), &text, Role::Text);
    }
    amounts(page, model, judgement, &draft.currency);
    page.gap();
    for finding in &judgement.findings {
        let (sign, role) = if finding.is_error() {
            ("✖", Role::Error)
        } else {
            ("▲", Role::Warning)
        };
        page.line(&format!("{sign} {}", words.finding(finding)), role);
    }
    if judgement.errors() > 0 {
        page.line(&words.text("stamp-barred"), Role::Error);
        return;
    }
    page.line(&words.text("stamp-only-sat-knows"), Role::Dim);
    page.line(&words.text("stamp-cost"), Role::Title);
    if let Some(typed) = &card.typed_total {
        page.gap();
        page.ask(&words.text("stamp-type-total"), typed);
    }
}

fn fiscal(draft: &Draft) -> [(Field, &str); 4] {
    [
        (Field::Regime, draft.receiver.regime.as_str()),
        (Field::CfdiUse, draft.cfdi_use.as_str()),
        (Field::PaymentMethod, draft.payment_method.as_str()),
        (Field::PaymentType, draft.payment_type.as_str()),
    ]
}

fn amounts(page: &mut Page<'_, '_, '_>, model: &Model, judgement: &Judgement, currency: &str) {
    let words = &model.words;
    let Some(totals) = &judgement.totals else {
        return;
    };
    let mut parts = vec![format!(
        "{} {}",
        words.field(Field::SubTotal),
        totals.subtotal
    )];
    if !totals.discount.is_zero() {
        parts.push(format!(
            "− {} {}",
            words.field(Field::Discount),
            totals.discount
        ));
    }
    parts.push(format!(
        "+ {} {}",
        words.text("total-transferred"),
        totals.transferred
    ));
    if !totals.withheld.is_zero() {
        parts.push(format!(
            "− {} {}",
            words.text("total-withheld"),
            totals.withheld
        ));
    }
    page.pair(&words.text("stamp-amounts"), &parts.join(" "), Role::Text);
    page.pair(
        &words.field(Field::Total),
        &format!("${} {currency}", totals.total),
        Role::Title,
    );
}

fn outcome(page: &mut Page<'_, '_, '_>, model: &Model, progress: &Progress) {
    let words = &model.words;
    match progress {
        Progress::Planned | Progress::Sent { .. } => {
            page.line(&words.text("stamp-sending-long"), Role::Busy);
        }
        Progress::Unknown {
            refusal: Some(refusal),
            ..
        } => {
            page.line(&words.text("stamp-refused-verifying"), Role::Busy);
            page.line(&refusal.text, Role::Dim);
        }
        Progress::Unknown { reads, .. } => {
            page.line(&words.text("stamp-unknown-long"), Role::Warning);
            page.line(
                &words.with(
                    "stamp-unknown-reads",
                    &[("count", usize::from(*reads).into())],
                ),
                Role::Text,
            );
        }
        Progress::Adopted { uuid, .. } => {
            page.line(&words.text("stamp-done"), Role::Good);
            if let Some(uuid) = uuid {
                page.gap();
                page.pair(&words.text("field-uuid"), uuid.as_str(), Role::Title);
                page.gap();
                page.line(&words.text("stamp-copy-hint"), Role::Dim);
            }
        }
        Progress::Refused(refusal) => {
            page.line(&words.text("stamp-refused-long"), Role::Error);
            page.gap();
            page.pair(&words.text("stamp-code"), &refusal.code, Role::Text);
            page.pair(&words.text("stamp-server-words"), &refusal.text, Role::Text);
            page.gap();
            let reading = match crate::app::stamp::fault(refusal) {
                Some(crate::app::stamp::Fault::Document(field)) => words.with(
                    "stamp-fault-document",
                    &[("field", words.field(field).as_str().into())],
                ),
                Some(crate::app::stamp::Fault::Receiver(field)) => words.with(
                    "stamp-fault-receiver",
                    &[("field", words.field(field).as_str().into())],
                ),
                None => words.text("stamp-fault-unknown"),
            };
            page.line(&reading, Role::Text);
        }
        Progress::Unsent(why) => {
            match why {
                // What the other window did is not known here.
                Unsent::AlreadyOpen => page.line(&words.text("unsent-already-open"), Role::Warning),
                Unsent::Failed(cause) => {
                    page.line(&words.text("stamp-unsent-long"), Role::Warning);
                    page.line(&words.unsent(cause), Role::Text);
                }
            }
        }
        Progress::Released => page.line(&words.text("stamp-released-long"), Role::Warning),
    }
}
