//! Paints the model. Reads, never changes; returns where a mouse can point.

mod accounts;
mod audit;
mod chrome;
mod companies;
mod compare;
mod detail;
mod dialog;
mod find;
mod form;
mod grid;
mod headway;
mod help;
mod home;
mod links;
mod list;
mod live;
mod mask;
mod narrow;
mod native;
mod package;
pub mod painter;
mod palette;
mod picker;
mod qr;
pub mod theme;
mod views;
pub mod welcome;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::app::model::{Layer, Screen};
use crate::app::msg::{Target, Trouble};
use crate::app::names::seen;
use crate::app::notice::Notice;
use crate::words::{Arg, points};
use mask::Veil;
use theme::Role;

pub use painter::Painter;

/// What is where on the screen that was just painted, for the mouse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitMap {
    areas: Vec<(Rect, Target)>,
    last_top: Option<usize>,
}

impl HitMap {
    /// Something that can be pointed at. What is painted later lies above.
    pub fn add(&mut self, area: Rect, target: Target) {
        self.areas.push((area, target));
    }

    /// What is on top can be moved no further than to this row; none where it is not moved by rows of text.
    pub fn last_top(&self) -> Option<usize> {
        self.last_top
    }

    /// Whatever lies at this cell; nothing outside of all areas.
    pub fn at(&self, column: u16, row: u16) -> Option<Target> {
        let cell = ratatui::layout::Position::new(column, row);
        self.areas
            .iter()
            .rev()
            .find(|(area, _)| area.contains(cell))
            .map(|(_, target)| *target)
    }
}

/// Below this size nothing of a page can be read.
const LEAST: (u16, u16) = (40, 8);

/// A terminal that is too small says so and how large it has to be; keys go on meaning what they mean.
fn too_small(painter: &mut Painter<'_, '_>) {
    let (screen, model) = (painter.screen(), painter.model);
    painter.fill(screen, Role::Text);
    let size = |(width, height): (u16, u16)| format!("{width}×{height}");
    let text = model.words.with(
        "too-small",
        &[
            ("size", size((screen.width, screen.height)).as_str().into()),
            ("least", size(LEAST).as_str().into()),
        ],
    );
    let used = painter.wrap(screen, model.rfc(), Role::Frame);
    let below = Rect {
        y: screen.y.saturating_add(used),
        height: screen.height.saturating_sub(used),
        ..screen
    };
    painter.wrap(below, &text, Role::Warning);
}

/// Paints the whole view.
pub fn view(model: &Model, frame: &mut Frame<'_>) -> HitMap {
    let mut painter = Painter::new(model, frame);
    // What is added later lies above: the screen itself lies below everything.
    let screen = painter.screen();
    painter.hit(screen, Target::Screen);
    if screen.width < LEAST.0 || screen.height < LEAST.1 {
        too_small(&mut painter);
        return painter.finish();
    }
    let page = chrome::draw(&mut painter);
    painter.veil(match model.screen() {
        Some(Screen::Detail(_) | Screen::Form(_) | Screen::Audit(_)) => Veil::Values,
        // What they hide they know by row and column.
        _ => Veil::Amounts,
    });
    match model.screen() {
        Some(Screen::Home(home)) => home::draw(&mut painter, home, page),
        Some(Screen::List(list)) => list::draw(&mut painter, list, page),
        Some(Screen::Accounts(accounts)) => accounts::draw(&mut painter, accounts, page),
        Some(Screen::Detail(detail)) => detail::draw(&mut painter, detail, page),
        Some(Screen::Form(form)) => form::draw(&mut painter, form, page),
        Some(Screen::Audit(audit)) => audit::draw(&mut painter, audit, page),
        None => {}
    }
    for layer in &model.layers {
        painter.covered();
        painter.veil(match layer {
            Layer::Find(_) | Layer::Native(_) | Layer::Picker(_) | Layer::Compare(_) => Veil::All,
            Layer::Stamp(_) | Layer::Cancel(_) | Layer::Decide(_) | Layer::Links(_) => Veil::Values,
            // What is typed may name anybody.
            Layer::Narrow(_) | Layer::Naming(_) => Veil::Values,
            _ => Veil::Amounts,
        });
        match layer {
            Layer::Find(find) => find::draw(&mut painter, find, page),
            Layer::Palette(palette) => palette::draw(&mut painter, palette, page),
            Layer::Help { of, top } => help::draw(&mut painter, *of, *top, page),
            Layer::Stamp(card) => dialog::card::draw(&mut painter, card, page),
            Layer::Batch(dialog) => dialog::batch::draw(&mut painter, dialog, page),
            Layer::Cancel(card) => dialog::cancel::draw(&mut painter, card, page),
            Layer::Confirm(question) => dialog::confirm(&mut painter, question, page),
            Layer::Decide(decide) => dialog::decide::draw(&mut painter, decide, page),
            Layer::Picker(picker) => picker::draw(&mut painter, picker, page),
            Layer::Native(native) => native::draw(&mut painter, native, page),
            Layer::Links(links) => links::draw(&mut painter, links, page),
            Layer::Sorting(sorting) => {
                if let Some(Screen::List(list)) = model.screen() {
                    links::sorting(&mut painter, sorting, list.query.kind, page);
                }
            }
            Layer::Companies(chooser) => companies::draw(&mut painter, chooser, page),
            Layer::Compare(compare) => compare::draw(&mut painter, compare, page),
            Layer::Narrow(narrow) => narrow::draw(&mut painter, narrow),
            Layer::Qr(qr) => qr::draw(&mut painter, qr, page),
            Layer::Package(package) => package::draw(&mut painter, package, page),
            Layer::Live => live::draw(&mut painter, page),
            Layer::Views(choice) => views::draw(&mut painter, choice, page),
            Layer::Naming(field) => views::naming(&mut painter, field),
        }
    }
    painter.veil(Veil::Amounts);
    chrome::toast(&mut painter);
    if let Some(first) = model.pending {
        help::second_keys(&mut painter, first, page);
    }
    painter.finish()
}

/// A notice in words.
fn notice_text(model: &Model, notice: &Notice) -> String {
    let hidden: Vec<(&str, String)>;
    let values = match model.masked {
        false => &notice.values,
        true => {
            let seen = |name: &str| matches!(name, "count" | "key" | "profile" | "n" | "m");
            hidden = notice
                .values
                .iter()
                .map(|(name, value)| match seen(name) {
                    true => (*name, value.clone()),
                    false => (*name, points(value)),
                })
                .collect();
            &hidden
        }
    };
    let said: Vec<(&str, String)> = values
        .iter()
        .map(|(name, value)| match *name {
            "cause" => ("cause", model.words.unsent(value)),
            name => (name, value.clone()),
        })
        .collect();
    let values: Vec<(&str, Arg<'_>)> = said
        .iter()
        .map(|(name, value)| match (*name, value.parse()) {
            // Counted, so that the text chooses its plural.
            ("count", Ok(count)) => (*name, Arg::Count(count)),
            _ => (*name, Arg::from(value)),
        })
        .collect();
    model.words.with(notice.words, &values)
}

/// A trouble in words: what happened and what to do, then the server's own words and code.
fn trouble_text(model: &Model, trouble: &Trouble) -> String {
    let mut text = model.words.text(trouble.sort.words_key());
    // The server's own words may quote the record.
    for part in [
        &trouble.code,
        &seen(model, &trouble.text),
        &trouble.request_id,
    ] {
        if !part.is_empty() {
            text.push_str(" · ");
            text.push_str(part);
        }
    }
    text
}

#[cfg(test)]
mod tests;
