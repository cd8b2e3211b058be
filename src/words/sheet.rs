//! Texts as spreadsheets read them (CSV).

/// One cell. What a spreadsheet would take for a formula gets the mark of a text before it.
pub fn cell(text: &str) -> String {
    let is_formula = text
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = match is_formula {
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
        for text in ["=1+1", "+52", "-1", "@SUM(A1)", " =x", "\t=x", "＝x"] {
            assert!(
                cell(text).trim_start_matches('"').starts_with('\''),
                "{text}"
            );
        }
        assert_eq!(cell("=HYPERLINK(\"a\",1)"), "\"'=HYPERLINK(\"\"a\"\",1)\"");
        assert_eq!(cell("A-1216"), "A-1216");
        assert_eq!(cell("Peña, S.A."), "\"Peña, S.A.\"");
    }
}
