//! Paints the model. Reads, never changes; returns where a mouse can point.

pub mod painter;
pub mod theme;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::app::msg::Target;

pub use painter::Painter;

/// What is where on the screen that was just painted, for the mouse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitMap {
    areas: Vec<(Rect, Target)>,
}

impl HitMap {
    /// Something that can be pointed at. What is painted later lies above.
    pub fn add(&mut self, area: Rect, target: Target) {
        self.areas.push((area, target));
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

/// Paints the whole view.
pub fn view(model: &Model, frame: &mut Frame<'_>) -> HitMap {
    let painter = Painter::new(model, frame);
    painter.finish()
}
