//! Texts in columns: how many a text takes, and where it is cut or broken. Never inside a character.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// As much of a text as has room in so many columns.
pub fn cut(text: &str, width: usize) -> String {
    let mut used = 0;
    let mut short = String::new();
    for grapheme in text.graphemes(true) {
        let columns = grapheme.width();
        if used + columns > width {
            break;
        }
        used += columns;
        short.push_str(grapheme);
    }
    short
}

/// A text broken at blanks into rows of so many columns; a word longer than a row is cut.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut rows = Vec::new();
    for paragraph in text.lines() {
        let mut row = String::new();
        for word in paragraph.split_whitespace() {
            let mut word = word.to_owned();
            if !row.is_empty() && row.width() + 1 + word.width() > width {
                rows.push(std::mem::take(&mut row));
            }
            while word.width() > width {
                let head = cut(&word, width);
                if head.is_empty() {
                    break;
                }
                word = word.split_off(head.len());
                rows.push(head);
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(&word);
        }
        rows.push(row);
    }
    rows
}
