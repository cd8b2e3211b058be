//! Checking a Unify body against its declared shape: which fields there are, and what each takes.

use serde_json::{Map, Value, json};

use super::super::errors::Refusal;

/// What a field takes; null is always taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Flag,
    /// An object with the id of another record.
    Link,
    List,
}

/// Fields with what each takes.
pub type Fields = &'static [(&'static str, Kind)];

/// The declared shape of a body or of a line in it.
pub struct Shape {
    /// What the connector reads: what it shares with others, and its own.
    pub read: &'static [Fields],
    /// What a create must bring, and in strict mode a change too, as the published document says.
    pub required: &'static [&'static str],
    /// What is declared besides, and what the connector does nothing with; blanks between.
    pub declared: &'static str,
    /// The shape of the elements of `line_items`.
    pub line: Option<&'static Shape>,
}

/// The checks that a body goes through.
#[derive(Debug, Clone, Copy)]
pub struct Rigour {
    /// What is required must be there.
    pub creating: bool,
    /// What is not declared is refused, and what is required is so of changes too.
    pub strict: bool,
}

/// Refuses a body that does not fit its shape, and names every field that is at fault.
pub fn check(body: &Map<String, Value>, shape: &Shape, rigour: Rigour) -> Result<(), Refusal> {
    let mut wrong = Map::new();
    judge_object(&mut wrong, "", body, shape, rigour);
    if let (Some(line), Some(Value::Array(lines))) = (shape.line, body.get("line_items")) {
        for (place, one) in lines.iter().enumerate() {
            let path = format!("line_items[{place}]");
            match one.as_object() {
                None => note(&mut wrong, &path, "must be an object"),
                Some(one) => judge_object(&mut wrong, &format!("{path}."), one, line, rigour),
            }
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Refusal::invalid("Request validation failed").with_detail(Value::Object(wrong)))
}

fn judge_object(
    wrong: &mut Map<String, Value>,
    within: &str,
    body: &Map<String, Value>,
    shape: &Shape,
    rigour: Rigour,
) {
    for (name, value) in body {
        let path = format!("{within}{name}");
        let mut read = shape.read.iter().copied().flatten();
        match read.find(|(field, _)| field == name) {
            Some((_, kind)) => judge(wrong, &path, *kind, value),
            None if rigour.strict && !shape.declared.split(' ').any(|known| known == name) => {
                note(wrong, &path, "is not declared");
            }
            None => {}
        }
    }
    for name in shape
        .required
        .iter()
        .filter(|_| rigour.creating || rigour.strict)
    {
        if body.get(*name).is_none_or(Value::is_null) {
            note(wrong, &format!("{within}{name}"), "is required");
        }
    }
}

fn judge(wrong: &mut Map<String, Value>, path: &str, kind: Kind, value: &Value) {
    let (good, expected) = match kind {
        Kind::Text => (value.is_string(), "must be a string"),
        Kind::Number => (value.is_number(), "must be a number"),
        Kind::Flag => (value.is_boolean(), "must be a boolean"),
        Kind::List => (value.is_array(), "must be an array"),
        Kind::Link => (
            value.get("id").is_some_and(Value::is_string),
            "must be an object with an id of type string",
        ),
    };
    if !good && !value.is_null() {
        note(wrong, path, expected);
    }
}

fn note(wrong: &mut Map<String, Value>, path: &str, what: &str) {
    wrong.insert(path.to_owned(), json!(what));
}
