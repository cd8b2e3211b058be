//! The native record of anything, whole: one row per value, named by its path, searched as one types, any value copied.
//! An entry of the audit log is shown in the same way.
//!
//! It shows what the server wrote, character by character: no value is read as a number, a day or a status here.

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::search::fold;

use super::key::Key;
use super::line::Line;
use super::list::{Step, keep_visible};
use super::model::{Layer, Model};
use super::msg::{Effect, Request, Slot, Trouble};
use super::notice::{Notice, Tone};
use super::remote::Remote;

/// Rows of the layer that are no values: the text field, and what is said about the whole.
pub const HEAD_ROWS: usize = 2;

/// One value of a native record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands: `client.identification`, `items[0].productKey`.
    pub path: String,
    /// As the server wrote it, texts without their quotes; none for null and for an empty list or object.
    pub value: Option<String>,
}

/// What is shown whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// The native record of this one.
    Record(Kind, Id),
    /// An entry of the audit log, about this record where that is known.
    Entry(Option<(Kind, Id)>),
}

/// State of the layer.
#[derive(Clone, Debug)]
pub struct Native {
    /// What is shown.
    pub of: Of,
    /// What a person calls it.
    pub title: String,
    /// What is typed.
    pub line: Line,
    /// All values, in the order of their paths; replaced whole when a newer reading arrives.
    pub entries: Remote<Vec<Entry>>,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// The entries that hold what is typed; follows from `line` and `entries`.
    pub shown: Vec<usize>,
    /// Index of the selected one among those.
    pub selected: usize,
    /// Index of the first one on screen.
    pub top: usize,
}

/// Opens the native record of what is selected.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(record) = model.subject() else {
        return Vec::new();
    };
    let (kind, id) = (record.kind, record.id.clone());
    let title = model.title_of(record);
    let of = Of::Record(kind, id.clone());
    model
        .layers
        .push(Layer::Native(Native::new(of, title, Remote::Loading(None))));
    vec![model.ask(Slot::Native, Request::Native { kind, id })]
}

/// A key that is no order goes into the text field.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    edit(model, |line| {
        line.key(key);
    })
}

/// A paste goes into the text field.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    edit(model, |line| line.paste(text))
}

fn edit(model: &mut Model, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    let height = rows(model);
    if let Some(Layer::Native(native)) = model.layers.last_mut() {
        change(&mut native.line);
        native.narrow(height);
    }
    Vec::new()
}

/// Rows of values that the layer shows.
pub fn rows(model: &Model) -> usize {
    model.page_rows().saturating_sub(HEAD_ROWS)
}

/// A reading arrived.
pub fn arrived(model: &mut Model, id: &Id, raw: &str, read_at: Option<Timestamp>, fresh: bool) {
    let height = rows(model);
    let Some(native) =
        layer(model).filter(|native| matches!(&native.of, Of::Record(_, of) if of == id))
    else {
        return;
    };
    let entries = flatten(raw);
    native.entries = match fresh {
        true => Remote::Ready(entries),
        false => Remote::Loading(Some(entries)),
    };
    native.read_at = read_at;
    native.narrow(height);
}

/// It could not be read; what was kept stays.
pub fn failed(model: &mut Model, trouble: Trouble) {
    if let Some(native) = layer(model) {
        native.entries.fail(trouble);
    }
}

fn layer(model: &mut Model) -> Option<&mut Native> {
    model.layers.iter_mut().find_map(|layer| match layer {
        Layer::Native(native) => Some(native),
        _ => None,
    })
}

/// Copies the value of the selected row.
pub fn copy(model: &mut Model) -> Vec<Effect> {
    let selected = match model.layers.last() {
        Some(Layer::Native(native)) => native.selection(),
        _ => None,
    };
    let Some(value) = selected.and_then(|entry| entry.value.clone()) else {
        return Vec::new();
    };
    model.say(Notice::new(Tone::Done, "notice-copied").with("text", value.clone()));
    vec![Effect::Copy(value)]
}

impl Native {
    fn new(of: Of, title: String, entries: Remote<Vec<Entry>>) -> Self {
        Self {
            of,
            title,
            line: Line::default(),
            entries,
            read_at: None,
            shown: Vec::new(),
            selected: 0,
            top: 0,
        }
    }

    /// What is here already, whole; `height` in rows of values.
    pub fn of_entries(of: Of, title: String, entries: Vec<Entry>, height: usize) -> Self {
        let mut native = Self::new(of, title, Remote::Ready(entries));
        native.narrow(height);
        native
    }

    /// The selected value.
    pub fn selection(&self) -> Option<&Entry> {
        let idx = self.shown.get(self.selected)?;
        self.entries.value()?.get(*idx)
    }

    /// How many values there are, and how many of them are empty.
    pub fn counts(&self) -> (usize, usize) {
        let entries = self.entries.value().map_or(&[][..], Vec::as_slice);
        let empty = entries.iter().filter(|entry| entry.value.is_none()).count();
        (entries.len(), empty)
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, height: usize) {
        self.selected = step.apply(self.selected, self.shown.len());
        self.top = keep_visible(self.top, self.selected, height);
    }

    /// Which entries hold all words that are typed, in path or value. The selection stays on its path where it can.
    fn narrow(&mut self, height: usize) {
        let kept = self.selection().map(|entry| entry.path.clone());
        let typed = fold::words(self.line.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let entries = self.entries.value().map_or(&[][..], Vec::as_slice);
        self.shown = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| {
                let value = entry.value.as_deref().unwrap_or_default();
                let held = fold::words(&format!("{} {value}", entry.path));
                words.iter().all(|word| held.contains(word))
            })
            .map(|(idx, _)| idx)
            .collect();
        self.selected = kept
            .and_then(|path| {
                self.shown
                    .iter()
                    .position(|idx| entries.get(*idx).is_some_and(|entry| entry.path == path))
            })
            .unwrap_or(0);
        self.top = keep_visible(0, self.selected, height);
    }
}

/// The values of a JSON text by their paths; a text that is no JSON is one value without a path.
pub fn flatten(raw: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    match serde_json::from_str::<Value>(raw) {
        Ok(value) => collect(&value, String::new(), &mut entries),
        Err(_) if raw.is_empty() => {}
        Err(_) => entries.push(Entry {
            path: String::new(),
            value: Some(raw.to_owned()),
        }),
    }
    entries
}

/// Nesting is bounded by the reader of JSON itself (128 levels).
fn collect(value: &Value, path: String, entries: &mut Vec<Entry>) {
    let value = match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                let path = match path.as_str() {
                    "" => name.clone(),
                    above => format!("{above}.{name}"),
                };
                collect(member, path, entries);
            }
            return;
        }
        Value::Array(rows) if !rows.is_empty() => {
            for (idx, row) in rows.iter().enumerate() {
                collect(row, format!("{path}[{idx}]"), entries);
            }
            return;
        }
        Value::Null | Value::Object(_) | Value::Array(_) => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
    };
    entries.push(Entry { path, value });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, value: Option<&str>) -> Entry {
        Entry {
            path: path.to_owned(),
            value: value.map(str::to_owned),
        }
    }

    #[test]
    fn every_value_has_its_path_and_no_digit_is_lost() {
        let raw = r#"{"total":1160.10,"stamp":null,"client":{"name":"ÑANDÚ","emails":[]},
                      "items":[{"id":37,"tax":[{"percentage":16.000000000000000001}]}]}"#;
        let mut entries = flatten(raw);
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        assert_eq!(
            entries,
            [
                entry("client.emails", None),
                entry("client.name", Some("ÑANDÚ")),
                entry("items[0].id", Some("37")),
                entry("items[0].tax[0].percentage", Some("16.000000000000000001")),
                entry("stamp", None),
                entry("total", Some("1160.10")),
            ]
        );
    }

    #[test]
    fn what_is_no_json_is_shown_as_it_is() {
        assert_eq!(flatten("<html>"), [entry("", Some("<html>"))]);
        assert_eq!(flatten(""), []);
    }
}
