//! Paints the choice among the views, and the field that a name is typed into.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::msg::Target;
use crate::app::views::{HEAD_ROWS, Named, Naming, Views};
use crate::domain::list::Filter;
use crate::domain::view::{View, ViewName};

use super::chrome;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of a view's name.
const NAME: u16 = 28;

/// Paints the choice over the upper part of the page.
pub fn draw(painter: &mut Painter<'_, '_>, views: &Views, area: Rect) {
    let model = painter.model;
    let head = u16::try_from(HEAD_ROWS).unwrap_or(0);
    let kept = model.views.value().map_or(&[][..], Vec::as_slice);
    let rows = u16::try_from(kept.len().max(1)).unwrap_or(u16::MAX);
    let area = Rect {
        height: area.height.min(rows.saturating_add(head + 1)),
        ..area
    };
    painter.fill(area, Role::Text);
    let title = format!(" {}", model.words.text("views-title"));
    painter.put(row_of(area, 0), &title, Role::Title);
    if kept.is_empty() {
        let (text, role) = match model.views.trouble() {
            Some(trouble) => (super::trouble_text(model, trouble), Role::Error),
            None if model.views.is_loading() => (model.words.text("loading"), Role::Dim),
            None => (model.words.text("views-none"), Role::Dim),
        };
        painter.put(row_of(area, head), &format!("   {text}"), role);
        return;
    }
    let height = usize::from(area.height.saturating_sub(head));
    let shown = kept.iter().enumerate().skip(views.top).take(height);
    for (y, (idx, view)) in shown.enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX).saturating_add(head);
        let line = row_of(area, y);
        row(painter, view, line);
        if idx == views.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Choice(idx));
    }
}

/// Its name, and what it shows.
fn row(painter: &mut Painter<'_, '_>, view: &View, line: Rect) {
    let name = Rect {
        x: line.x.saturating_add(3),
        width: NAME.min(line.width.saturating_sub(3)),
        ..line
    };
    let shown = super::seen(painter.model, view.name.as_str());
    painter.put(name, &shown, Role::Text);
    let rest = Rect {
        x: name.x.saturating_add(NAME + 1),
        width: line.width.saturating_sub(NAME + 5),
        ..line
    };
    let shows = shows(painter.model, view);
    painter.put(rest, &shows, Role::Dim);
}

/// What a view shows: of which kind, which of them, and what was typed.
fn shows(model: &Model, view: &View) -> String {
    let words = &model.words;
    let mut text = words.kind(view.query.kind);
    if view.query.filter != Filter::All {
        text.push_str(" › ");
        text.push_str(&words.text(chrome::filter_key(view.query.filter)));
    }
    if !view.about.is_empty() {
        text.push_str(" › ");
        text.push_str(&words.with(
            "list-of",
            &[("name", super::seen(model, &view.about).as_str().into())],
        ));
    }
    if !view.typed.is_empty() {
        text.push_str(&format!(" › «{}»", super::seen(model, &view.typed)));
    }
    text
}

/// Paints the field over the line of the place: the list that gets the name stays in sight.
pub fn naming(painter: &mut Painter<'_, '_>, naming: &Naming) {
    let line = row_of(painter.screen(), 1);
    painter.fill(line, Role::Text);
    let key = match naming.what {
        Named::ListBelow => "view-name-new",
        Named::View(_) => "view-name-other",
    };
    let prompt = format!(" {} ", painter.model.words.text(key));
    let used = painter.put(line, &prompt, Role::Key);
    let typed = naming.line.text().chars().count();
    let count = format!("{typed}/{} ", ViewName::LONGEST);
    let role = match typed > ViewName::LONGEST {
        true => Role::Warning,
        false => Role::Dim,
    };
    let room = u16::try_from(count.len()).unwrap_or(u16::MAX);
    painter.field(
        Rect {
            x: line.x.saturating_add(used),
            width: line.width.saturating_sub(used.saturating_add(room) + 1),
            ..line
        },
        &naming.line,
        true,
    );
    painter.put_right(
        Rect {
            x: line.x.saturating_add(line.width.saturating_sub(room)),
            width: room.min(line.width),
            ..line
        },
        &count,
        role,
    );
}
