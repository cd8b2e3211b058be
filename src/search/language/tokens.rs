//! The words of a question: what stands between blanks, but for the value of an operator that was put in quotes.

/// The words as they were typed.
pub(super) fn of(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = quoted_end(rest)
            .or_else(|| rest.find(char::is_whitespace))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// The pairs of quotes that may stand around a value.
const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('«', '»'), ('\'', '\'')];

/// Where a word ends whose value is in quotes (`cliente:"xenon industrial"`): behind the closing one, or at the end of
/// the text while that was not typed yet.
fn quoted_end(text: &str) -> Option<usize> {
    // Of the rest of a page that was pasted nothing is looked at here.
    let word = text.split(char::is_whitespace).next()?;
    let at = word.find(':')?;
    let (name, value) = (text.get(..at)?, text.get(at + 1..)?);
    if !is_name(name) {
        return None;
    }
    let close = closing(value)?;
    let open = value.chars().next().map_or(0, char::len_utf8);
    let inside = value.get(open..)?;
    let before = name.len() + 1 + open;
    Some(match inside.find(close) {
        Some(at) => before + at + close.len_utf8(),
        None => text.len(),
    })
}

fn closing(value: &str) -> Option<char> {
    let first = value.chars().next()?;
    QUOTES
        .iter()
        .find(|(open, _)| *open == first)
        .map(|(_, close)| *close)
}

/// Whether an operator could be called so.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(char::is_alphabetic)
}

/// The value without the quotes around it.
pub(super) fn unquoted(value: &str) -> &str {
    let Some(close) = closing(value) else {
        return value;
    };
    let open = value.chars().next().map_or(0, char::len_utf8);
    let inside = value.get(open..).unwrap_or_default();
    inside.strip_suffix(close).unwrap_or(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_in_quotes_keeps_its_blanks() {
        assert_eq!(
            of("  cliente:\"xenon industrial\" mar  "),
            ["cliente:\"xenon industrial\"", "mar"]
        );
        assert_eq!(of("cliente:«a b»>10"), ["cliente:«a b»", ">10"]);
        assert_eq!(of("cliente:\"xenon ind"), ["cliente:\"xenon ind"]);
        assert_eq!(of("dijo: \"a b\""), ["dijo:", "\"a", "b\""]);
        assert_eq!(of(""), Vec::<&str>::new());
    }

    #[test]
    fn quotes_are_taken_off_whether_they_are_closed_or_not() {
        for typed in ["\"a b\"", "\"a b", "“a b”", "«a b", "'a b'", "a b"] {
            assert_eq!(unquoted(typed), "a b", "{typed}");
        }
        assert_eq!(unquoted("\""), "");
        assert_eq!(unquoted(""), "");
    }
}
