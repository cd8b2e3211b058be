//! What a frame shows, as text and with its styles.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The rows of a frame, without the blanks at their ends.
pub fn text(buffer: &Buffer) -> String {
    let rows: Vec<String> = rows(buffer)
        .map(|row| {
            let text: String = row.iter().map(|cell| cell.symbol()).collect();
            text.trim_end().to_owned()
        })
        .collect();
    rows.join("\n")
}

/// The rows of a frame with the styles of their cells: below each row that has any, its runs as `from-to style`.
pub fn styled(buffer: &Buffer) -> String {
    let mut out = String::new();
    for row in rows(buffer) {
        let text: String = row.iter().map(|cell| cell.symbol()).collect();
        out.push_str(text.trim_end());
        out.push('\n');
        let runs = runs(&row);
        if !runs.is_empty() {
            out.push_str("    ~ ");
            out.push_str(&runs.join(" · "));
            out.push('\n');
        }
    }
    out
}

/// The cells of each row; what a wide character covers is left out.
fn rows(buffer: &Buffer) -> impl Iterator<Item = Vec<&Cell>> {
    (0..buffer.area.height).map(|y| {
        let mut row = Vec::new();
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            x += u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            row.push(cell);
        }
        row
    })
}

fn runs(row: &[&Cell]) -> Vec<String> {
    let mut runs: Vec<(usize, usize, String)> = Vec::new();
    for (x, cell) in row.iter().enumerate() {
        let style = style(cell);
        match runs.last_mut() {
            Some((_, end, last)) if *last == style => *end = x,
            _ => runs.push((x, x, style)),
        }
    }
    runs.retain(|(_, _, style)| !style.is_empty());
    runs.into_iter()
        .map(|(from, to, style)| format!("{from}-{to} {style}"))
        .collect()
}

fn style(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != Color::Reset {
        parts.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        parts.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::ITALIC, "italic"),
        (Modifier::SLOW_BLINK, "blink"),
    ] {
        if cell.modifier.contains(modifier) {
            parts.push(name.to_owned());
        }
    }
    parts.join("+")
}

/// Whether any cell has a colour of its own.
pub fn has_colour(buffer: &Buffer) -> bool {
    buffer
        .content
        .iter()
        .any(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset)
}
