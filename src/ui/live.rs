//! What the other side tells by itself: where it is listened, how it stands with the subscription, what came last.

use ratatui::layout::Rect;

use crate::app::msg::{Heard, Live, Subscribed};
use crate::words;

use super::painter::{Painter, row_of};
use super::theme::Role;
use super::trouble_text;

/// Columns of the moment at which something was heard.
const MOMENT: u16 = 18;

/// Paints the layer over the page.
pub fn draw(painter: &mut Painter<'_, '_>, area: Rect) {
    painter.fill(area, Role::Text);
    let model = painter.model;
    painter.put(
        row_of(area, 0),
        &format!(" {}", model.words.text("live-title")),
        Role::Title,
    );
    let mut rest = below(area, 1);
    for (text, role) in state(painter, model.live.as_ref()) {
        let inside = Rect {
            x: rest.x.saturating_add(1),
            width: rest.width.saturating_sub(2),
            ..rest
        };
        let used = painter.wrap(inside, &text, role);
        rest = below(rest, used);
    }
    let Some(live) = &model.live else {
        return;
    };
    rest = below(rest, 1);
    if live.heard.is_empty() {
        let nothing = format!(" {}", model.words.text("live-nothing"));
        painter.put(row_of(rest, 0), &nothing, Role::Dim);
    }
    for (y, heard) in (0..rest.height).zip(&live.heard) {
        row(painter, heard, row_of(rest, y));
    }
}

/// What there is to say before what was heard.
fn state(painter: &Painter<'_, '_>, live: Option<&Live>) -> Vec<(String, Role)> {
    let words = &painter.model.words;
    let Some(live) = live else {
        return vec![(words.text("live-off"), Role::Text)];
    };
    let address = &[("address", live.address.as_str().into())];
    if live.is_taken {
        return vec![(words.with("live-taken", address), Role::Warning)];
    }
    let mut texts = vec![(words.with("live-listening", address), Role::Text)];
    if live.foreign > 0 {
        let text = words.with("live-foreign", &[("count", live.foreign.into())]);
        texts.push((text, Role::Text));
    }
    if live.url.is_empty() {
        texts.push((words.text("live-no-url"), Role::Text));
        return texts;
    }
    let url = ("url", live.url.as_str().into());
    texts.push(match &live.subscription {
        Subscribed::Yes => (words.with("live-subscribed", &[url]), Role::Good),
        Subscribed::No => (words.with("live-not-subscribed", &[url]), Role::Warning),
        Subscribed::Off(reason) => {
            let reason = words.webhook_reason(reason);
            let values = [url, ("reason", reason.as_str().into())];
            (words.with("live-switched-off", &values), Role::Warning)
        }
        Subscribed::Unknown(trouble) => (trouble_text(painter.model, trouble), Role::Warning),
    });
    texts
}

fn row(painter: &mut Painter<'_, '_>, heard: &Heard, line: Rect) {
    let model = painter.model;
    let at = model.local(heard.at);
    let at = format!("{} {}", words::date(at.date()), words::hour(at));
    painter.put(
        Rect {
            x: line.x.saturating_add(1),
            width: MOMENT.min(line.width).saturating_sub(1),
            ..line
        },
        &at,
        Role::Dim,
    );
    let what = model.words.webhook_event(&heard.name);
    painter.put(
        Rect {
            x: line.x.saturating_add(MOMENT + 1),
            width: line.width.saturating_sub(MOMENT + 2),
            ..line
        },
        &format!("{what} {}", heard.id),
        Role::Text,
    );
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y.saturating_add(rows),
        height: area.height - rows,
        ..area
    }
}
