//! JSON as the input writes it, read value by value so that a file of any length needs the memory of one draft.
//!
//! Keys keep their order and their repeats, and numbers their digits: what a map or a float would lose is what the
//! reader of drafts has to judge. Nothing here knows what a draft is.

use std::fmt;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

/// How deep a value is kept. A draft is five deep; what lies deeper is passed over, however deep it goes.
const DEPTH: u8 = 8;
/// Under this key `serde_json` hands over a number, unless it is a small whole one, as the text that it is.
const NUMBER: &str = "$serde_json::private::Number";
/// What some programs put before a text to mark it as UTF-8.
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number with the digits that were written; the exponent always has its sign.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, with keys as often and in the order as they stand there.
    Object(Vec<(String, Json)>),
}

/// Why the input could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// It has no value at all.
    #[error("line 1, column 1: there is nothing")]
    Empty,
    /// It is no JSON.
    #[error("line {line}, column {column}: {cause}")]
    Malformed {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// What the reader of JSON says.
        cause: String,
    },
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(io::Error),
}

impl From<serde_json::Error> for InputError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() {
            return Self::Unreadable(error.into());
        }
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let place = format!(" at line {line} column {column}");
        Self::Malformed {
            line,
            // At the end of the input, after a line break, it counts from 0.
            column: column.max(1),
            cause: text.strip_suffix(&place).unwrap_or(&text).to_owned(),
        }
    }
}

/// Hands on each value of the input in order, until the input ends or `take` breaks off: one value, several one after
/// the other (JSON lines), and for an array its elements.
///
/// # Errors
/// [`InputError`], after everything before the fault was handed on.
pub fn each(
    mut input: impl BufRead,
    take: &mut dyn FnMut(Json) -> ControlFlow<()>,
) -> Result<(), InputError> {
    if input
        .fill_buf()
        .map_err(InputError::Unreadable)?
        .starts_with(BYTE_ORDER_MARK)
    {
        input.consume(BYTE_ORDER_MARK.len());
    }
    let mut reader = serde_json::Deserializer::from_reader(input);
    let mut values = 0_usize;
    let mut stopped = false;
    loop {
        match reader.end() {
            Ok(()) if values == 0 => return Err(InputError::Empty),
            Ok(()) => return Ok(()),
            Err(error) if error.is_io() => return Err(error.into()),
            // Not at the end: there is another value, or at least something.
            Err(_) => {}
        }
        let top = Top {
            take: &mut *take,
            stopped: &mut stopped,
        };
        match top.deserialize(&mut reader) {
            _ if stopped => return Ok(()),
            read => read?,
        }
        values += 1;
    }
}

/// A value at the top: handed on whole, or element by element where it is an array.
struct Top<'a> {
    take: &'a mut dyn FnMut(Json) -> ControlFlow<()>,
    stopped: &'a mut bool,
}

impl Top<'_> {
    fn hand_on<E: Error>(&mut self, value: Json) -> Result<(), E> {
        match (self.take)(value) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => {
                *self.stopped = true;
                Err(E::custom("stopped"))
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Top<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Nested(DEPTH).expecting(f)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        while let Some(value) = elements.next_element_seed(Nested(DEPTH))? {
            self.hand_on(value)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, entries: A) -> Result<(), A::Error> {
        let value = Nested(DEPTH).visit_map(entries)?;
        self.hand_on(value)
    }

    fn visit_unit<E: Error>(mut self) -> Result<(), E> {
        self.hand_on(Json::Null)
    }

    fn visit_bool<E: Error>(mut self, value: bool) -> Result<(), E> {
        self.hand_on(Json::Bool(value))
    }

    fn visit_u64<E: Error>(mut self, value: u64) -> Result<(), E> {
        self.hand_on(Json::Number(value.to_string()))
    }

    fn visit_i64<E: Error>(mut self, value: i64) -> Result<(), E> {
        self.hand_on(Json::Number(value.to_string()))
    }

    fn visit_str<E: Error>(mut self, value: &str) -> Result<(), E> {
        self.hand_on(Json::Text(value.to_owned()))
    }
}

/// A value that is kept so many levels deep.
#[derive(Clone, Copy)]
struct Nested(u8);

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Json, A::Error> {
        let mut kept = Vec::new();
        if let Some(inside) = self.0.checked_sub(1) {
            while let Some(value) = elements.next_element_seed(Nested(inside))? {
                kept.push(value);
            }
        } else {
            // Passed over without recursion, so that no depth is too much.
            while elements.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(Json::List(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut kept = Vec::new();
        if let Some(inside) = self.0.checked_sub(1) {
            while let Some(key) = entries.next_key::<String>()? {
                let value = entries.next_value_seed(Nested(inside))?;
                kept.push((key, value));
            }
        } else {
            while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        }
        Ok(match <[_; 1]>::try_from(kept) {
            Ok([(key, Json::Text(number))]) if key == NUMBER => Json::Number(number),
            Ok(one) => Json::Object(one.into()),
            Err(kept) => Json::Object(kept),
        })
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Number(digits) => digits
                .parse::<serde_json::Number>()
                .map_err(S::Error::custom)?
                .serialize(serializer),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(values) => serializer.collect_seq(values),
            Json::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &[u8]) -> (Vec<Json>, Result<(), InputError>) {
        let mut values = Vec::new();
        let end = each(input, &mut |value| {
            values.push(value);
            ControlFlow::Continue(())
        });
        (values, end)
    }

    fn number(digits: &str) -> Json {
        Json::Number(digits.to_owned())
    }

    #[test]
    fn one_value_several_and_arrays_are_handed_on_in_order() {
        for input in [
            "[1,2,3]",
            "1 2 3",
            "1\n2\r\n3\n",
            "[1,2] 3",
            " [1] [] [2,3] ",
            "\u{feff}[1,2,3]",
        ] {
            let (values, end) = read(input.as_bytes());
            assert_eq!(values, ["1", "2", "3"].map(number), "{input}");
            assert!(end.is_ok(), "{input}: {end:?}");
        }
    }

    #[test]
    fn an_array_inside_an_array_is_one_value() {
        let (values, _) = read(b"[[1]]");
        assert_eq!(values, [Json::List(vec![number("1")])]);
    }

    #[test]
    fn digits_order_and_repeats_are_kept() {
        let (values, _) = read(br#"{"b":1.50,"a":1e999,"b":-0.10}"#);
        let pair = |key: &str, digits| (key.to_owned(), number(digits));
        assert_eq!(
            values,
            [Json::Object(vec![
                pair("b", "1.50"),
                pair("a", "1e+999"),
                pair("b", "-0.10")
            ])]
        );
        assert_eq!(
            serde_json::to_string(&values).unwrap(),
            r#"[{"b":1.50,"a":1e+999,"b":-0.10}]"#
        );
    }

    #[test]
    fn what_is_no_json_is_named_by_line_and_column_after_what_came_before() {
        for (input, before, place) in [
            ("hola", 0, (1, 1)),
            ("{\"id\":\"a\"}\n{\"id\":}", 1, (2, 7)),
            ("[1, 2,", 2, (1, 6)),
            ("[1]\n]", 1, (2, 1)),
            ("[1,\n", 1, (2, 1)),
            ("{'id': 1}", 0, (1, 2)),
        ] {
            let (values, end) = read(input.as_bytes());
            assert_eq!(values.len(), before, "{input}");
            match end {
                Err(InputError::Malformed {
                    line,
                    column,
                    cause,
                }) => {
                    assert_eq!((line, column), place, "{input}");
                    assert!(!cause.contains("line"), "{cause}");
                }
                other => panic!("{input}: {other:?}"),
            }
        }
        assert!(matches!(read(b" \n ").1, Err(InputError::Empty)));
        assert!(matches!(
            read(b"{\"id\":\"\xff\"}").1,
            Err(InputError::Malformed { line: 1, .. })
        ));
    }

    #[test]
    fn no_depth_is_too_much() {
        let deep = |open: &str, close: &str| {
            format!(
                "{{\"x\":{}1{}}}",
                open.repeat(100_000),
                close.repeat(100_000)
            )
        };
        for input in [deep("[", "]"), deep("{\"a\":", "}")] {
            let (values, end) = read(input.as_bytes());
            assert_eq!((values.len(), end.is_ok()), (1, true));
        }
    }

    #[test]
    fn who_breaks_off_gets_no_more() {
        let mut taken = 0;
        let end = each(&b"[1,2,3"[..], &mut |_| {
            taken += 1;
            ControlFlow::Break(())
        });
        assert!(end.is_ok());
        assert_eq!(taken, 1);
    }
}
