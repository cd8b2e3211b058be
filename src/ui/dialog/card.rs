//! Paints the card of a stamp: what is declared before it, and how it goes after a yes.

use ratatui::layout::Rect;

use crate::app::line::Line;
use crate::app::model::Model;
use crate::app::stamp::sheet::{Ink, Row, Sheet};
use crate::app::stamp::{self, Phase, StampDialog};
use crate::domain::field::Field;
use crate::domain::intent::{Intent, Progress, Unsent};

use super::{Page, buttons, frame};
use crate::ui::painter::{Painter, row_of};
use crate::ui::theme::Role;

/// Paints the pre-flight card.
pub fn draw(painter: &mut Painter<'_, '_>, card: &StampDialog, area: Rect) {
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
            page.line(&crate::ui::trouble_text(model, trouble), Role::Text);
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
            page.line(&crate::ui::notice_text(model, notice), Role::Warning);
            page.line(&words.text("stamp-nothing-sent"), Role::Text);
            let uuid = card.record.as_ref().and_then(|record| record.stamp.uuid());
            if let Some(uuid) = uuid {
                page.gap();
                page.pair(&words.text("field-uuid"), uuid.as_str(), Role::Title);
            }
        }
        Phase::Ready | Phase::Verifying => {
            if let Some(sheet) = Sheet::of(model, card) {
                let asked = Asked {
                    top: card.top,
                    typed: &card.fields(),
                };
                preflight(painter, asked, &sheet, inside);
            }
        }
        Phase::Acting(id) => {
            if let Some(intent) = model.intents.get(id) {
                if let Some(record) = &card.record {
                    page.pair(
                        &words.field(Field::Number),
                        &stamp::title(model, card, record),
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
                outcome(&mut page, model, intent);
            }
        }
    }
    foot_of(painter, card, foot);
}

fn foot_of(painter: &mut Painter<'_, '_>, card: &StampDialog, foot: Rect) {
    let model = painter.model;
    if card.phase == Phase::Verifying {
        painter.put(foot, &model.words.text("stamp-verifying"), Role::Busy);
        return;
    }
    let Some([left, right]) = stamp::buttons(model) else {
        buttons(painter, foot, "button-close", None, false, false);
        return;
    };
    let possible = card.phase != Phase::Ready || stamp::can_confirm(model, card);
    buttons(painter, foot, left, Some(right), card.yes, possible);
}

/// What a dialog with a sheet was told by its person.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The first row of the findings on screen.
    pub top: usize,
    /// What stands in each field, in the order of their questions, and whether the next key goes into it.
    pub typed: &'a [(&'a Line, bool)],
}

/// The three parts of a sheet: what is declared on top, what it costs above the buttons, and the findings in the room
/// between them.
pub(super) fn preflight(
    painter: &mut Painter<'_, '_>,
    asked: Asked<'_>,
    sheet: &Sheet,
    inside: Rect,
) {
    let model = painter.model;
    let words = &model.words;
    let fits = sheet.fits(model.size);
    let too_small = Row {
        label: String::new(),
        text: words.text("stamp-too-small"),
        ink: Ink::Error,
    };
    let tail = if fits {
        sheet.tail.as_slice()
    } else {
        std::slice::from_ref(&too_small)
    };
    let columns = usize::from(inside.width);
    let questions = if fits {
        sheet.questions.as_slice()
    } else {
        &[]
    };
    let fields = u16::try_from(questions.len()).unwrap_or(u16::MAX);
    let tail_rows = rows_of(tail, columns).saturating_add(fields);
    // The buttons have the last row. Where there is room to spare, air goes above them and above the findings.
    let room = inside.height.saturating_sub(tail_rows + 1);
    let needed = rows_of(&sheet.head, columns) + rows_of(&sheet.findings, columns);
    let spare = room.saturating_sub(needed);
    let tail_from = room - u16::from(spare > 1);
    let mut page = Page {
        painter,
        area: Rect {
            height: tail_from,
            ..inside
        },
        y: 0,
    };
    for row in &sheet.head {
        page.row(row);
    }
    let from = (page.y + u16::from(spare > 0)).min(tail_from);
    findings(
        page.painter,
        asked.top,
        sheet,
        Rect {
            y: inside.y.saturating_add(from),
            height: tail_from - from,
            ..inside
        },
    );
    let mut page = Page {
        painter,
        area: Rect {
            y: inside.y.saturating_add(tail_from),
            height: tail_rows.min(inside.height),
            ..inside
        },
        y: 0,
    };
    for row in tail {
        page.row(row);
    }
    for (question, (typed, focus)) in questions.iter().zip(asked.typed) {
        page.ask(question, typed, *focus);
    }
}

fn rows_of(rows: &[Row], columns: usize) -> u16 {
    let rows: usize = rows.iter().map(|row| row.height(columns)).sum();
    u16::try_from(rows).unwrap_or(u16::MAX)
}

/// As many findings as have room, and how many more there are.
fn findings(painter: &mut Painter<'_, '_>, top: usize, sheet: &Sheet, area: Rect) {
    let lines = sheet.lines(usize::from(area.width));
    let room = usize::from(area.height);
    let shown = match lines.len() > room {
        true => room.saturating_sub(1),
        false => lines.len(),
    };
    let top = top.min(lines.len().saturating_sub(shown));
    for (y, (text, ink)) in lines.iter().skip(top).take(shown).enumerate() {
        let row = row_of(area, u16::try_from(y).unwrap_or(u16::MAX));
        painter.put(row, text, role(*ink));
    }
    if lines.len() > room {
        let text = painter.model.words.with(
            "stamp-more",
            &[
                ("above", top.into()),
                ("below", (lines.len() - top - shown).into()),
            ],
        );
        painter.put(
            row_of(area, area.height.saturating_sub(1)),
            &text,
            Role::Key,
        );
    }
}

pub(super) fn role(ink: Ink) -> Role {
    match ink {
        Ink::Plain => Role::Text,
        Ink::Faint => Role::Dim,
        Ink::Strong => Role::Title,
        Ink::Warning => Role::Warning,
        Ink::Error => Role::Error,
    }
}

impl Page<'_, '_, '_> {
    pub(super) fn row(&mut self, row: &Row) {
        match row.label.as_str() {
            "" => self.line(&row.text, role(row.ink)),
            label => self.pair(label, &row.text, role(row.ink)),
        }
    }
}

fn outcome(page: &mut Page<'_, '_, '_>, model: &Model, intent: &Intent) {
    let words = &model.words;
    let makes = intent.act.makes().is_some();
    match &intent.progress {
        Progress::Planned | Progress::Sent { .. } => {
            page.line(&words.text("stamp-sending-long"), Role::Busy);
        }
        Progress::Unknown {
            refusal: Some(refusal),
            ..
        } => {
            let (text, role) = match intent.progress.to_decide() {
                Some(_) => ("stamp-refused-decide", Role::Warning),
                None => ("stamp-refused-verifying", Role::Busy),
            };
            page.line(&words.text(text), role);
            page.line(&refusal.text, Role::Text);
        }
        Progress::Unknown {
            record: Some(id),
            reads: 0,
            ..
        } => {
            let text = words.with("stamp-made-reading", &[("id", id.as_str().into())]);
            page.line(&text, Role::Busy);
        }
        Progress::Unknown { reads, .. } => {
            let text = match makes {
                true => "create-stamp-unknown-long",
                false => "stamp-unknown-long",
            };
            page.line(&words.text(text), Role::Warning);
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
        Progress::Unstamped(id) => {
            let text = words.with("stamp-made-unstamped", &[("id", id.as_str().into())]);
            page.line(&text, Role::Warning);
        }
        Progress::Refused(refusal) => {
            let text = match (makes, &refusal.draft) {
                (true, Some(id)) => words.with(
                    "stamp-refused-kept",
                    &[
                        ("kind", intent.kind.slug().into()),
                        ("id", id.as_str().into()),
                    ],
                ),
                (true, None) => words.text("create-stamp-refused-long"),
                (false, _) => {
                    words.with("stamp-refused-long", &[("kind", intent.kind.slug().into())])
                }
            };
            page.line(&text, Role::Error);
            page.gap();
            page.pair(&words.text("stamp-code"), &refusal.code, Role::Text);
            page.pair(&words.text("stamp-server-words"), &refusal.text, Role::Text);
            page.gap();
            let reading = match crate::app::stamp::fault(refusal) {
                Some(crate::app::stamp::Fault::Document(field)) => words.with(
                    "stamp-fault-document",
                    &[
                        ("kind", intent.kind.slug().into()),
                        ("field", words.field(field).as_str().into()),
                    ],
                ),
                Some(crate::app::stamp::Fault::Receiver(field)) => words.with(
                    "stamp-fault-receiver",
                    &[("field", words.field(field).as_str().into())],
                ),
                Some(crate::app::stamp::Fault::Lines(cell)) => words.with(
                    "stamp-fault-lines",
                    &[(
                        "column",
                        crate::ui::form::grid::name(words, cell).as_str().into(),
                    )],
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
        Progress::Released => {
            let text = match makes {
                true => "create-stamp-released-long",
                false => "stamp-released-long",
            };
            page.line(&words.text(text), Role::Warning);
        }
        Progress::Decided(_) => page.line(&words.text("stamp-decided-not-done"), Role::Warning),
        // A stamp waits for nobody.
        Progress::Awaiting { .. } | Progress::Declined => {}
    }
}
