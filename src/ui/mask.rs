//! What is hidden while the screen is shared with others: amounts everywhere, names and whatever else a record says
//! where records are shown. The room that a text takes stays the same, so that nothing jumps.

use crate::words::points;

use super::theme::Role;

/// How much of what is painted is hidden while the mask is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Veil {
    /// Amounts alone.
    #[default]
    Amounts,
    /// Values; labels and badges stay.
    Values,
    /// Everything but the names of keys.
    All,
}

/// A text as others may see it.
pub fn hidden(text: &str, role: Role, veil: Veil) -> String {
    let is_value = matches!(
        role,
        Role::Text | Role::Title | Role::Match | Role::Marked | Role::Focus | Role::Selected
    );
    match veil {
        Veil::All if !matches!(role, Role::Key | Role::Frame) => points(text),
        Veil::Values if is_value => points(text),
        _ => without_amounts(text),
    }
}

/// Digits of numbers with two decimals or more as points: `$11,600.00`, but neither `1,240` nor `2026-03-15`.
fn without_amounts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut number = String::new();
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_digit() || matches!(letter, ',' | '.') {
            number.push(letter);
            continue;
        }
        out.push_str(&match is_amount(&number) {
            true => points(&number),
            false => std::mem::take(&mut number),
        });
        number.clear();
        out.push(letter);
    }
    out.pop();
    out
}

fn is_amount(number: &str) -> bool {
    let number = number.trim_end_matches([',', '.']);
    number.rsplit_once('.').is_some_and(|(whole, decimals)| {
        decimals.len() >= 2
            && decimals.bytes().all(|byte| byte.is_ascii_digit())
            && whole.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_hidden_and_counts_dates_and_folios_are_not() {
        for (text, seen) in [
            ("Total $11,600.00 MXN", "Total $••,•••.•• MXN"),
            ("11,600.00", "••,•••.••"),
            ("1,240 de 1,240", "1,240 de 1,240"),
            ("2026-03-15 · A-101 · 14:32", "2026-03-15 · A-101 · 14:32"),
            ("vence en 3. Total: 5.50.", "vence en 3. Total: •.••."),
            ("", ""),
        ] {
            assert_eq!(hidden(text, Role::Dim, Veil::Amounts), seen);
        }
    }

    #[test]
    fn a_veil_hides_values_and_leaves_labels_and_keys() {
        let name = "ÑANDU & Cía.";
        assert_eq!(hidden(name, Role::Text, Veil::Values), "••••• & •••.");
        assert_eq!(hidden(name, Role::Dim, Veil::Values), name);
        assert_eq!(hidden(name, Role::Dim, Veil::All), "••••• & •••.");
        assert_eq!(hidden("Esc", Role::Key, Veil::All), "Esc");
        assert_eq!(
            hidden("EKU9003173C9", Role::Frame, Veil::All),
            "EKU9003173C9"
        );
    }
}
