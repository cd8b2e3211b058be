//! What has no field of its own.

use super::*;
use crate::domain::native::NativeValue;

fn other(row: usize, part: Part) -> Spot {
    Spot::Other { row, part }
}

fn natives(model: &Model) -> Vec<(String, String)> {
    let tell = |native: NativeValue| (native.path.to_string(), native.json);
    form(model).edit().natives.into_iter().map(tell).collect()
}

/// The draft with one row of this path and value.
fn with_row(path: &str, value: &str) -> Model {
    let mut model = editing();
    keys(&mut model, &["Ctrl+D", path, "Tab", value]);
    model
}

#[test]
fn a_value_is_the_json_that_was_typed_or_else_a_text() {
    for (typed, json) in [
        ("urge", r#""urge""#),
        ("  3  ", "3"),
        ("1.10", "1.10"),
        ("007", r#""007""#),
        ("true", "true"),
        ("null", "null"),
        (r#""3""#, r#""3""#),
        (r#"{"a":[1.0]}"#, r#"{"a":[1.0]}"#),
        ("a \"b\" ñ", r#""a \"b\" ñ""#),
    ] {
        let model = with_row("seller", typed);
        assert_eq!(natives(&model), [("$.seller".to_owned(), json.to_owned())]);
    }
}

#[test]
fn a_row_with_a_fault_is_not_sent_and_bars_the_save() {
    for (path, value, part, words) in [
        ("a b", "1", Part::Path, "form-other-unreadable-path"),
        ("items[1].unit", "E48", Part::Path, "form-other-no-row"),
        ("seller", "[1", Part::Value, "form-other-unreadable-json"),
        (
            "seller",
            r#"["a\u0000b"]"#,
            Part::Value,
            "form-other-control",
        ),
        ("seller", r#"{"a\nb":1}"#, Part::Value, "form-other-control"),
    ] {
        let mut model = with_row(path, value);
        assert_eq!(words_at(&model, other(0, part)), [words], "{path} {value}");
        assert_eq!(natives(&model), []);
        let effects = keys(&mut model, &["F8"]);
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Update { .. }))
        );
        assert_eq!(form(&model).focus, other(0, part));
    }
}

#[test]
fn what_is_missing_is_said_when_saving_was_tried() {
    let mut model = with_row("seller", "");
    assert_eq!(words_at(&model, other(0, Part::Value)), [""; 0]);
    keys(&mut model, &["F8"]);
    assert_eq!(
        words_at(&model, other(0, Part::Value)),
        ["form-other-no-value"]
    );
}

#[test]
fn a_part_of_a_line_is_told_with_all_lines_and_a_member_of_the_record_without() {
    let lines = |path: &str| {
        form(&with_row(path, "E48"))
            .edit()
            .lines
            .map(|lines| lines.len())
    };
    assert_eq!(lines("items[0].unit"), Some(1));
    assert_eq!(lines("seller"), None);
}

#[test]
fn enter_goes_from_path_to_value_and_lines_are_still_added_behind_the_last() {
    let mut model = editing();
    keys(&mut model, &["Ctrl+D"]);
    assert_eq!(form(&model).focus, other(0, Part::Path));
    keys(&mut model, &["seller", "Enter"]);
    assert_eq!(form(&model).focus, other(0, Part::Value));
    keys(&mut model, &["Up"]);
    let lines = form(&model).content.rows.len();
    assert!(matches!(form(&model).focus, Spot::Cell { .. }));
    for _ in 0..8 {
        keys(&mut model, &["Enter"]);
        if has_picker(&model) {
            break;
        }
    }
    assert_eq!(form(&model).content.rows.len(), lines + 1);
    keys(&mut model, &["Esc", "Down"]);
    assert_eq!(form(&model).focus, other(0, Part::Path));
}

#[test]
fn a_row_is_undone_and_deleted_like_all_else() {
    let mut model = with_row("seller", "x");
    keys(&mut model, &["F7"]);
    assert!(form(&model).content.others.is_empty());
    assert!(form(&model).extent().takes_focus(form(&model).focus));
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(
        natives(&model),
        [("$.seller".to_owned(), r#""x""#.to_owned())]
    );
    // No key in the rows leaves the form without a place.
    keys(&mut model, &["F7", "F7", "Up", "Down", "Tab", "BackTab"]);
    assert!(form(&model).extent().takes_focus(form(&model).focus));
}
