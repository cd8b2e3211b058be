//! The brush of the view: text into cells, never outside its area, whatever the size and whatever the text.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::Model;
use crate::app::line::Line;
use crate::app::msg::Target;
use crate::words::{cut, wrapped};

use super::HitMap;
use super::theme::{Role, style};

/// Paints into one frame and collects what can be pointed at.
pub struct Painter<'a, 'f> {
    /// What is painted.
    pub model: &'a Model,
    frame: &'a mut Frame<'f>,
    hits: HitMap,
}

impl<'a, 'f> Painter<'a, 'f> {
    /// A brush for this frame.
    pub fn new(model: &'a Model, frame: &'a mut Frame<'f>) -> Self {
        Self {
            model,
            frame,
            hits: HitMap::default(),
        }
    }

    /// What can be pointed at.
    pub fn finish(self) -> HitMap {
        self.hits
    }

    /// The whole screen.
    pub fn screen(&self) -> Rect {
        self.frame.area()
    }

    fn buffer(&mut self) -> &mut Buffer {
        self.frame.buffer_mut()
    }

    /// Fills an area with the background of a role.
    pub fn fill(&mut self, area: Rect, role: Role) {
        let style = style(self.model.colours, role);
        let area = area.intersection(self.screen());
        let buffer = self.buffer();
        for position in area.positions() {
            if let Some(cell) = buffer.cell_mut(position) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Lays the style of a role over what is painted there.
    pub fn tint(&mut self, area: Rect, role: Role) {
        let style = style(self.model.colours, role);
        let area = area.intersection(self.screen());
        self.buffer().set_style(area, style);
    }

    /// Writes a text into the first row of an area, cut with «…» where it is too long. Columns used.
    pub fn put(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let area = area.intersection(self.screen());
        if area.is_empty() {
            return 0;
        }
        let text = fit(text, usize::from(area.width));
        let style = style(self.model.colours, role);
        let (end, _) =
            self.buffer()
                .set_stringn(area.x, area.y, &text, usize::from(area.width), style);
        end.saturating_sub(area.x)
    }

    /// Puts a mark into the first cell of an area; what lies below keeps its ground.
    pub fn mark(&mut self, area: Rect, mark: char, colour: Color) {
        let at = Position::new(area.x, area.y);
        if let Some(cell) = self.buffer().cell_mut(at).filter(|_| !area.is_empty()) {
            cell.set_char(mark);
            cell.set_fg(colour);
        }
    }

    /// Writes a text against the right edge of an area; a text that is too long is cut on its right.
    pub fn put_right(&mut self, area: Rect, text: &str, role: Role) {
        let text = fit(text, usize::from(area.width));
        let width = u16::try_from(text.width()).unwrap_or(area.width);
        let left = area.width.saturating_sub(width);
        self.put(
            Rect {
                x: area.x.saturating_add(left),
                width: area.width.saturating_sub(left),
                ..area
            },
            &text,
            role,
        );
    }

    /// Writes a text over as many rows as it needs, broken at blanks. Rows used.
    pub fn wrap(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let mut used = 0;
        for line in wrapped(text, usize::from(area.width)) {
            if used == area.height {
                break;
            }
            self.put(row_of(area, used), &line, role);
            used += 1;
        }
        used
    }

    /// Paints a text field; with the focus it also places the cursor.
    pub fn field(&mut self, area: Rect, line: &Line, focused: bool) {
        let width = usize::from(area.width).max(1);
        let scroll = line.scroll(width - 1);
        let shown = skip_columns(line.text(), scroll);
        self.fill(Rect { height: 1, ..area }, Role::Text);
        let role = if focused { Role::Focus } else { Role::Text };
        let cut = cut(&shown, width);
        self.put(area, &cut, role);
        if focused {
            let column = line.cursor_column().saturating_sub(scroll).min(width - 1);
            let column = u16::try_from(column).unwrap_or(0);
            self.cursor(area.x.saturating_add(column), area.y);
        }
    }

    /// Places the cursor of the terminal.
    pub fn cursor(&mut self, column: u16, row: u16) {
        let position = Position::new(column, row);
        if self.screen().contains(position) {
            self.frame.set_cursor_position(position);
        }
    }

    /// Where a page of text that begins at row `top` begins indeed: never so late that rows at its end stay empty.
    /// The model is told the same, so that it never stands behind the last row. What is painted later counts.
    pub fn held(&mut self, top: usize, rows: usize, height: u16) -> usize {
        let last_top = rows.saturating_sub(usize::from(height));
        self.hits.last_top = Some(last_top);
        top.min(last_top)
    }

    /// Something is painted above: what lies below is not moved.
    pub fn covered(&mut self) {
        self.hits.last_top = None;
    }

    /// Something that a mouse can point at.
    pub fn hit(&mut self, area: Rect, target: Target) {
        self.hits.add(area.intersection(self.screen()), target);
    }
}

/// The row of an area with this number; empty where the area has no such row.
pub fn row_of(area: Rect, row: u16) -> Rect {
    if row >= area.height {
        return Rect {
            width: 0,
            height: 0,
            ..area
        };
    }
    Rect {
        y: area.y.saturating_add(row),
        height: 1,
        ..area
    }
}

/// The text without control characters, and cut to so many columns with «…» where it is longer.
pub fn fit(text: &str, width: usize) -> String {
    let clean: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if clean.width() <= width {
        return clean;
    }
    let mut short = cut(&clean, width.saturating_sub(1));
    if width > 0 {
        short.push('…');
    }
    short
}

/// The text behind so many columns.
fn skip_columns(text: &str, columns: usize) -> String {
    let mut skipped = 0;
    text.graphemes(true)
        .skip_while(|grapheme| {
            let skip = skipped < columns;
            skipped += grapheme.width();
            skip
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_columns_and_never_inside_a_character() {
        assert_eq!(fit("UNIVERSIDAD", 6), "UNIVE…");
        assert_eq!(fit("日本語", 5), "日本…");
        assert_eq!(fit("a\tb\u{1b}c", 10), "a b c");
        assert_eq!(fit("abc", 0), "");
        assert_eq!(cut("🤦🏼‍♂️x", 1), "");
    }

    #[test]
    fn wrapping_breaks_at_blanks_and_cuts_what_is_too_long() {
        assert_eq!(wrapped("uno dos tres", 7), ["uno dos", "tres"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
    }
}
