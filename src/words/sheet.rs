//! Tables as spreadsheets read them: with the mark by which they know UTF-8, and lines that end as theirs do.
//!
//! A cell is never a formula to the program that opens it: what a customer calls himself orders nothing.

use rust_decimal::Decimal;

/// The mark of UTF-8.
const MARK: char = '\u{feff}';

/// A table, line by line.
#[derive(Debug)]
pub struct Table(String);

impl Table {
    /// A table with these heads.
    pub fn new<S: AsRef<str>>(heads: impl IntoIterator<Item = S>) -> Self {
        let mut table = Self(MARK.to_string());
        table.row(heads);
        table
    }

    /// Appends a line.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.0
    }
}

/// One cell. What a spreadsheet would take for a formula gets the mark of a text before it.
fn cell(text: &str) -> String {
    let is_formula = text
        .trim_start_matches([' ', '\u{a0}', MARK])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_negative = text.starts_with('-') && text.parse::<Decimal>().is_ok();
    let text = match is_formula && !is_negative {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+52", "-1+1", "@SUM(A1)", " =x", "\t=x", "＝x"] {
            assert!(
                cell(text).trim_start_matches('"').starts_with('\''),
                "{text}"
            );
        }
        assert_eq!(cell("=HYPERLINK(\"a\",1)"), "\"'=HYPERLINK(\"\"a\"\",1)\"");
        assert_eq!(cell("A-1216"), "A-1216");
        assert_eq!(cell("Peña, S.A."), "\"Peña, S.A.\"");
    }

    #[test]
    fn a_negative_amount_stays_a_number() {
        assert_eq!(cell("-1160.00"), "-1160.00");
    }
}
