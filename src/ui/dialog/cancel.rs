//! Paints the dialog of a cancellation: what hangs on the invoice, the causes, what takes its place, the question, and
//! how it goes after a yes.

use ratatui::layout::Rect;

use crate::app::cancel::offers::{self, Offer};
use crate::app::cancel::{self, CancelDialog, Phase, sheet};
use crate::app::msg::Target;
use crate::app::names::seen;
use crate::domain::cancellation::Cause;
use crate::domain::intent::{Act, Intent, Progress, Unsent};

use super::card::{Asked, preflight};
use super::{Page, buttons, frame};
use crate::ui::painter::{Painter, row_of};
use crate::ui::theme::Role;

/// Columns before the meaning of a cause: below its code.
const MEANING: u16 = 5;

/// Paints the dialog.
pub fn draw(painter: &mut Painter<'_, '_>, dialog: &CancelDialog, area: Rect) {
    let model = painter.model;
    let words = &model.words;
    let title = words.text("cancel-title");
    let inside = frame(painter, area, area.height, &title);
    let foot = row_of(inside, inside.height.saturating_sub(1));
    let body = Rect {
        height: inside.height.saturating_sub(2),
        ..inside
    };
    if matches!(dialog.phase, Phase::Ready | Phase::Verifying) {
        if let Some(sheet) = sheet::of(model, dialog) {
            let asked = Asked {
                top: dialog.top,
                typed: &[(&dialog.typed, true)],
            };
            preflight(painter, asked, &sheet, inside);
        }
        return foot_of(painter, dialog, foot);
    }
    let mut page = Page {
        painter,
        area: body,
        y: 0,
    };
    if let Some(record) = dialog.record() {
        for row in sheet::what(model, record) {
            page.row(&row);
        }
    }
    match &dialog.phase {
        Phase::Reading => page.line(&words.text("cancel-reading"), Role::Busy),
        Phase::Unreadable(trouble) => {
            page.line(&words.text("cancel-unreadable"), Role::Error);
            page.line(&crate::ui::trouble_text(model, trouble), Role::Text);
        }
        Phase::Barred(notice) => {
            page.gap();
            page.line(&crate::ui::notice_text(model, notice), Role::Warning);
            page.line(&words.text("stamp-nothing-sent"), Role::Text);
        }
        Phase::Cause => causes(&mut page, dialog),
        Phase::Substitute => substitutes(&mut page, dialog),
        Phase::Acting(id) => {
            if let Some(intent) = model.intents.get(id) {
                page.gap();
                outcome(&mut page, intent);
            }
        }
        Phase::Ready | Phase::Verifying => {}
    }
    foot_of(painter, dialog, foot);
}

fn foot_of(painter: &mut Painter<'_, '_>, dialog: &CancelDialog, foot: Rect) {
    let model = painter.model;
    match dialog.phase {
        Phase::Verifying => {
            painter.put(foot, &model.words.text("stamp-verifying"), Role::Busy);
        }
        Phase::Ready => {
            let possible = cancel::can_confirm(model, dialog);
            let [left, right] = ["button-no", "button-cancel"];
            buttons(painter, foot, left, Some(right), dialog.yes, possible);
        }
        Phase::Cause | Phase::Substitute => {}
        _ => buttons(painter, foot, "button-close", None, false, false),
    }
}

/// What hangs on the invoice, then the causes with their meaning.
fn causes(page: &mut Page<'_, '_, '_>, dialog: &CancelDialog) {
    let model = page.painter.model;
    let words = &model.words;
    if let Some(around) = &dialog.around {
        for text in sheet::hanging(model, around) {
            page.line(&text, Role::Warning);
        }
    }
    page.gap();
    page.line(&words.text("cancel-why"), Role::Text);
    for (idx, cause) in Cause::ALL.into_iter().enumerate() {
        let key = sheet::cause_key(cause);
        let barred = sheet::cause_barred(dialog, cause);
        let role = match barred {
            None => Role::Text,
            Some(_) => Role::Dim,
        };
        let help = match barred {
            None => words.attribute(key, "help"),
            Some(reason) => words.text(reason.words_key()),
        };
        choice(page, dialog, idx, &words.text(key), role);
        page.indented(MEANING, &help, Role::Dim);
    }
}

/// What can take the place of the invoice.
fn substitutes(page: &mut Page<'_, '_, '_>, dialog: &CancelDialog) {
    let model = page.painter.model;
    let words = &model.words;
    page.gap();
    page.line(&words.text("cancel-which"), Role::Text);
    for (idx, offer) in offers::of(model).into_iter().enumerate() {
        let text = match offer {
            Offer::Make => words.text("cancel-offer-make"),
            Offer::Forget => words.text("cancel-offer-forget"),
            Offer::GoOn(draft) => {
                let name = sheet::named(model, &draft);
                words.with("cancel-offer-go-on", &[("name", name.as_str().into())])
            }
            Offer::Take(record) => sheet::named(model, &record),
        };
        choice(page, dialog, idx, &text, Role::Text);
    }
    page.gap();
    page.line(&words.text("cancel-make-hint"), Role::Dim);
}

/// A row to choose, with the digit that chooses it.
fn choice(page: &mut Page<'_, '_, '_>, dialog: &CancelDialog, idx: usize, text: &str, role: Role) {
    let row = row_of(page.area, page.y);
    let is_selected = idx == dialog.selected;
    // The arrow tells the selected one apart without colour.
    let sign = if is_selected { "▶" } else { " " };
    let label = format!("{sign} {}  {text}", idx + 1);
    page.painter.put(row, &label, role);
    if is_selected {
        page.painter.tint(row, Role::Selected);
    }
    page.painter.hit(row, Target::Choice(idx));
    page.y += 1;
}

fn outcome(page: &mut Page<'_, '_, '_>, intent: &Intent) {
    let model = page.painter.model;
    let words = &model.words;
    if let Act::Cancel { motive, .. } = &intent.act {
        let cause = words.text(sheet::cause_key(motive.cause()));
        page.pair(&words.text("cancel-cause"), &cause, Role::Text);
        if let Some(uuid) = motive.replacement() {
            page.pair(&words.text("cancel-substitute"), uuid.as_str(), Role::Text);
        }
        page.gap();
    }
    match &intent.progress {
        Progress::Planned | Progress::Sent { .. } => {
            page.line(&words.text("cancel-sending-long"), Role::Busy);
        }
        Progress::Unknown {
            refusal: Some(refusal),
            ..
        } => {
            page.line(&words.text("cancel-refused-verifying"), Role::Busy);
            page.line(&seen(model, &refusal.text), Role::Dim);
        }
        Progress::Unknown { reads, .. } => {
            page.line(&words.text("cancel-unknown-long"), Role::Warning);
            let count = usize::from(*reads);
            let reads = words.with("stamp-unknown-reads", &[("count", count.into())]);
            page.line(&reads, Role::Text);
        }
        Progress::Awaiting { .. } => {
            page.line(&words.text("cancel-pending-long"), Role::Warning);
            page.line(&words.text("cancel-pending-hint"), Role::Text);
        }
        Progress::Adopted { .. } => page.line(&words.text("cancel-done"), Role::Good),
        Progress::Declined => page.line(&words.text("cancel-declined-long"), Role::Warning),
        Progress::Refused(refusal) => {
            page.line(&words.text("cancel-refused-long"), Role::Error);
            page.gap();
            page.pair(&words.text("stamp-code"), &refusal.code, Role::Text);
            page.pair(&words.text("stamp-server-words"), &refusal.text, Role::Text);
            page.gap();
            page.line(&words.text(cancel::reading(refusal)), Role::Warning);
        }
        Progress::Unsent(why) => unsent(page, why),
        Progress::Released => page.line(&words.text("cancel-released-long"), Role::Warning),
        Progress::Decided(_) => page.line(&words.text("cancel-decided-not-done"), Role::Warning),
        // Only what makes a document leaves one behind.
        Progress::Unstamped(_) => {}
    }
}

fn unsent(page: &mut Page<'_, '_, '_>, why: &Unsent) {
    let words = &page.painter.model.words;
    match why {
        Unsent::AlreadyOpen => page.line(&words.text("unsent-already-open"), Role::Warning),
        Unsent::Failed(cause) => {
            page.line(&words.text("cancel-unsent-long"), Role::Error);
            page.line(&words.unsent(cause), Role::Text);
        }
    }
}
