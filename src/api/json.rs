//! Liberal reading of JSON (contract D.5): numbers or texts, null, empty and missing, objects or lists of one.
//!
//! Nothing here fails: what cannot be read is absent. Amounts are read through the text of the number, never through
//! a float. Never decides what a field means.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::domain::money::exact_decimal;

/// The value at a dotted path (`client.address.zipCode`). A list on the way stands for its first element, because
/// Alegra writes some objects as lists of one.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| match value {
        Value::Array(list) => list.first().and_then(|first| first.get(name)),
        _ => value.get(name),
    })
}

/// A text; a number as it is written. Empty is absent.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text at a path.
pub(super) fn text_at(value: &Value, path: &str) -> Option<String> {
    at(value, path).and_then(text)
}

/// The list at a path; none for everything that is no list.
pub(super) fn list_at<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// An id: a text or a whole number.
pub(super) fn id_at(value: &Value, path: &str) -> Option<String> {
    text_at(value, path).map(|id| id.trim().to_owned())
}

/// A decimal, from a number or a numeric text; exactly or not at all.
pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => exact_decimal(&number.to_string()),
        Value::String(text) => exact_decimal(text),
        _ => None,
    }
}

/// A day: the first ten characters, never shifted by a zone (contract A.2).
pub(super) fn date(value: &Value) -> Option<Date> {
    let text = value.as_str()?.trim();
    let day = text.get(..10)?;
    let shape = day.bytes().enumerate().all(|(idx, byte)| match idx {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    // A longer text has to go on with a time, or it is something else.
    let time = matches!(text.as_bytes().get(10), None | Some(b'T' | b't' | b' '));
    (shape && time).then(|| day.parse().ok()).flatten()
}

/// A moment with its zone.
pub(super) fn instant(value: &Value) -> Option<Timestamp> {
    value.as_str()?.trim().parse().ok()
}

/// Yes or no, also as a word or a digit.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(_) | Value::Number(_) => match text(value)?.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_an_amount_is_read_exactly() {
        let exact = |text: &str| exact_decimal(text);
        for (json, expected) in [
            ("19928.00", "19928.00"),
            ("\"19928.00\"", "19928.00"),
            ("\"0.0000000000\"", "0.0000000000"),
            ("1160.10", "1160.10"),
            ("1e3", "1000"),
            ("0.1", "0.1"),
        ] {
            let value: Value = serde_json::from_str(json).expect("JSON");
            assert_eq!(decimal(&value), exact(expected), "{json}");
        }
        for json in ["null", "\"\"", "[]", "{}", "true", "\"1,000\"", "1e400"] {
            let value: Value = serde_json::from_str(json).expect("JSON");
            assert_eq!(decimal(&value), None, "{json}");
        }
    }

    #[test]
    fn a_day_is_the_first_ten_characters_whatever_the_zone_says() {
        let day = Some(jiff::civil::date(2026, 6, 5));
        for text in [
            "2026-06-05",
            "2026-06-05T00:00:00.000Z",
            "2026-06-05T23:30:00-06:00",
            "2026-06-05 12:04:09",
        ] {
            assert_eq!(date(&json!(text)), day, "{text}");
        }
        for text in [
            "2026-13-05",
            "05/06/2026",
            "2026-6-5",
            "2026-06-051",
            "Ñ026-06-05",
            "",
        ] {
            assert_eq!(date(&json!(text)), None, "{text}");
        }
    }

    #[test]
    fn lists_of_one_read_like_objects() {
        let listed = json!({"numberTemplate": [{"fullNumber": "A6"}], "costCenter": []});
        assert_eq!(
            text_at(&listed, "numberTemplate.fullNumber").as_deref(),
            Some("A6")
        );
        assert_eq!(text_at(&listed, "costCenter.id"), None);
        assert_eq!(id_at(&json!({"id": 12}), "id").as_deref(), Some("12"));
        assert_eq!(id_at(&json!({"id": "  "}), "id"), None);
    }
}
