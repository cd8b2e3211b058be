//! What a form holds: texts as typed and choices as made. Plain data, so that it can be compared, undone and kept.
//!
//! Nothing is lost in here: a text that cannot be read stays as it was typed. What was not touched goes back into the
//! record exactly as it was read, however the form shows it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::field::{Field, Shape, Value};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Allocation, Id, Link, Record};
use crate::domain::spec::{Editor, FormField, NO, YES};
use crate::words;

use super::super::line;
use super::others::OtherRow;
use super::reading::{self, Unreadable, plain};
use super::relating;
use super::rows::Rows;
use super::spot::Spot;

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// A text as typed; amounts and days too.
    Text(String),
    /// Another record, or none yet.
    Link(Option<Link>),
    /// A key of a catalogue; empty when none was chosen.
    Key(String),
    /// Nothing of its own: what the record says is shown.
    Shown,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which field.
    pub field: Field,
    /// What it holds.
    pub held: Held,
    /// Whether a person typed or chose it here, so that no default replaces it.
    #[serde(default)]
    pub own: bool,
}

/// Everything that a form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The fields, in the order of the spec.
    pub fields: Vec<Entry>,
    /// The rows of the grid.
    #[serde(default)]
    pub rows: Rows,
    /// The forma de pago that PPD took the place of.
    #[serde(default)]
    pub set_aside: Option<String>,
    /// What the record says and no field shows: where it comes from.
    #[serde(default)]
    pub carried: BTreeMap<Field, Value>,
    /// What a new document began as, as people call it: the order of a bill, the invoice of a credit note.
    #[serde(default, alias = "order")]
    pub origin: Option<String>,
    /// Of a credit note: what its invoice still owes, and so the most that it can take.
    #[serde(default)]
    pub room: Option<Money>,
    /// What has no field of its own: places of the native record, and what is to be there.
    #[serde(default)]
    pub others: Vec<OtherRow>,
}

impl Entry {
    fn empty(row: &FormField) -> Self {
        Self {
            field: row.field,
            held: match row.editor {
                Editor::Text
                | Editor::Amount
                | Editor::Percent
                | Editor::Date
                | Editor::Account => Held::Text(String::new()),
                Editor::Pick(_) => Held::Link(None),
                Editor::Catalogue(_) | Editor::Choice(_) => Held::Key(String::new()),
                Editor::Shown => Held::Shown,
            },
            own: false,
        }
    }

    /// The same field with what this record says.
    fn read(row: &FormField, record: &Record) -> Self {
        Self::empty(row).told_by(record)
    }

    /// This field with what a record says; left as it is where that says nothing.
    pub(super) fn told_by(&self, record: &Record) -> Self {
        let mut entry = self.clone();
        if matches!(self.field, Field::Relation | Field::Related) {
            match (&mut entry.held, relating::told(record)) {
                (Held::Key(held), Some((kind, _))) => *held = kind,
                (Held::Text(held), Some((_, folios))) => *held = folios,
                _ => {}
            }
            return entry;
        }
        let credited = credited(record).map(|allocation| allocation.document.clone());
        match (&mut entry.held, record.get(self.field)) {
            (Held::Link(held), None) if self.field == Field::Invoice => {
                *held = credited.flatten();
            }
            (Held::Link(held), Some(Value::Link(link))) => *held = Some(link.clone()),
            (Held::Key(key), Some(Value::Text(text))) => key.clone_from(text),
            (Held::Key(key), Some(Value::Flag(flag))) => {
                *key = if *flag { YES } else { NO }.to_owned();
            }
            (Held::Text(held), Some(value)) => *held = shown(value),
            _ => {}
        }
        entry
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        match &self.held {
            Held::Text(text) => text.trim().is_empty(),
            Held::Link(link) => link.is_none(),
            Held::Key(key) => key.is_empty(),
            Held::Shown => false,
        }
    }

    /// The value that it stands for, none when empty. What still shows the value of `base` is that value.
    ///
    /// # Errors
    /// [`Unreadable`] where the text is no amount or day.
    pub fn value(&self, base: Option<&Record>, today: Date) -> Result<Option<Value>, Unreadable> {
        let known = base.and_then(|record| record.get(self.field));
        Ok(match (&self.held, known) {
            (Held::Shown, _) => known.cloned(),
            (Held::Link(None), _) => None,
            (Held::Link(Some(link)), Some(Value::Link(old))) if old.id == link.id => known.cloned(),
            (Held::Link(Some(link)), _) => Some(Value::Link(link.clone())),
            (Held::Key(key), _) if key.is_empty() => None,
            (Held::Key(key), _) if self.field.shape() == Shape::Flag => {
                Some(Value::Flag(key == YES))
            }
            (Held::Key(key), _) => Some(Value::Text(key.clone())),
            (Held::Text(text), Some(value)) if shown(value) == *text => Some(value.clone()),
            (Held::Text(text), _) => match self.field.shape() {
                Shape::Date => reading::date(text, today)?.map(Value::Date),
                Shape::Money => reading::amount(text)?.map(|amount| Value::Money(amount.into())),
                Shape::Number => reading::percent(text)?.map(Value::Number),
                _ => Some(text.trim())
                    .filter(|text| !text.is_empty())
                    .map(|text| Value::Text(text.to_owned())),
            },
        })
    }
}

/// The one invoice that a credit note goes to; none where there are more, or none.
pub(super) fn credited(record: &Record) -> Option<&Allocation> {
    match (record.kind, record.allocations.as_slice()) {
        (Kind::CreditNotes, [one]) => Some(one),
        _ => None,
    }
}

/// A value as a text field shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => line::one_line(text),
        Value::Money(money) => plain(money.decimal(), 2),
        Value::Number(number) => plain(*number, 0),
        Value::Date(date) => words::date(*date),
        Value::Link(link) => link.name.clone(),
        Value::Instant(_) | Value::Flag(_) | Value::Status(_) => String::new(),
    }
}

impl Content {
    /// An empty form of this kind.
    pub fn empty(kind: Kind) -> Self {
        let form = kind.spec().form;
        Self {
            fields: form.fields.iter().map(Entry::empty).collect(),
            rows: Rows::blank(form.grid),
            ..Self::default()
        }
    }

    /// The form of this record.
    pub fn of(record: &Record) -> Self {
        let fields = record.kind.spec().form.fields;
        Self {
            fields: fields.iter().map(|row| Entry::read(row, record)).collect(),
            rows: Rows::of(record),
            ..Self::default()
        }
    }

    /// The record that it stands for, over the one that was opened. What cannot be read is absent.
    pub fn record(&self, kind: Kind, base: Option<&Record>, today: Date) -> Record {
        let mut record = base
            .cloned()
            .unwrap_or_else(|| Record::new(kind, Id(String::new())));
        for (field, value) in &self.carried {
            record.set(*field, value.clone());
        }
        let is_value = |field| match field {
            // What a credit note goes to is no value of it but an allocation; how much, its total tells.
            Field::Invoice => kind != Kind::CreditNotes,
            // Two fields, one value: it is written whole below.
            Field::Relation | Field::Related => false,
            _ => true,
        };
        for entry in self.fields.iter().filter(|entry| is_value(entry.field)) {
            match entry.value(base, today) {
                Ok(Some(value)) => record.set(entry.field, value),
                Ok(None) | Err(Unreadable) => record.unset(entry.field),
            }
        }
        relating::write(self, base, &mut record);
        self.rows.write(&mut record);
        record
    }

    /// The number of a field in the form.
    pub fn position(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|entry| entry.field == field)
    }

    /// What a field holds.
    pub fn entry(&self, field: Field) -> Option<&Entry> {
        self.fields.iter().find(|entry| entry.field == field)
    }

    /// The key of a catalogue field; empty where none was chosen, or where there is no such field.
    pub fn key(&self, field: Field) -> &str {
        match self.entry(field).map(|entry| &entry.held) {
            Some(Held::Key(key)) => key,
            _ => "",
        }
    }

    /// The text of a text field; empty where there is none.
    pub fn text_of(&self, field: Field) -> &str {
        match self.entry(field).map(|entry| &entry.held) {
            Some(Held::Text(text)) => text,
            _ => "",
        }
    }

    /// The record that a field names.
    pub fn link(&self, field: Field) -> Option<&Link> {
        match self.entry(field).map(|entry| &entry.held) {
            Some(Held::Link(link)) => link.as_ref(),
            _ => None,
        }
    }

    /// Puts a person's own choice or text into a field.
    pub fn put(&mut self, idx: usize, held: Held) {
        if let Some(entry) = self.fields.get_mut(idx) {
            entry.held = held;
            entry.own = true;
        }
    }

    /// Puts a default into a field, unless a person has something of his own there.
    pub fn suggest(&mut self, field: Field, held: Held) {
        if let Some(entry) = self
            .fields
            .iter_mut()
            .find(|entry| entry.field == field && !entry.own)
        {
            entry.held = held;
        }
    }

    /// Puts a key into a field whoever had something there, because another field demands it.
    pub fn demand(&mut self, field: Field, key: &str) {
        if let Some(entry) = self.fields.iter_mut().find(|entry| entry.field == field) {
            entry.held = Held::Key(key.to_owned());
        }
    }

    /// Puts a text into a field whoever had something there, because another field demands it.
    pub fn demand_text(&mut self, field: Field, text: &str) {
        if let Some(entry) = self.fields.iter_mut().find(|entry| entry.field == field) {
            entry.held = Held::Text(text.to_owned());
        }
    }

    /// The text at a place; nothing where the content is chosen, or where there is no such place.
    pub fn text(&self, spot: Spot) -> Option<&str> {
        match spot {
            Spot::Field(idx) => match &self.fields.get(idx)?.held {
                Held::Text(text) => Some(text),
                Held::Link(_) | Held::Key(_) | Held::Shown => None,
            },
            Spot::Cell { row, cell } => self.rows.text(row, cell).map(String::as_str),
            Spot::Other { row, part } => Some(self.others.get(row)?.text(part)),
        }
    }

    /// Replaces the text at a place; a place whose content is chosen is left alone.
    pub fn set_text(&mut self, spot: Spot, text: &str) {
        match spot {
            Spot::Field(idx) => {
                if let Some(Entry {
                    held: Held::Text(held),
                    own,
                    ..
                }) = self.fields.get_mut(idx)
                    && held != text
                {
                    text.clone_into(held);
                    *own = true;
                }
            }
            Spot::Cell { row, cell } => {
                if let Some(held) = self.rows.text_mut(row, cell) {
                    text.clone_into(held);
                }
            }
            Spot::Other { row, part } => {
                if let Some(other) = self.others.get_mut(row) {
                    text.clone_into(other.text_mut(part));
                }
            }
        }
    }

    /// Whether nothing is at a place.
    pub fn is_empty_at(&self, spot: Spot) -> bool {
        match spot {
            Spot::Field(idx) => self.fields.get(idx).is_none_or(Entry::is_empty),
            Spot::Cell { row, cell } => self.rows.is_empty_at(row, cell),
            Spot::Other { .. } => self.text(spot).is_none_or(|text| text.trim().is_empty()),
        }
    }

    /// Empties a place.
    pub fn clear(&mut self, spot: Spot) {
        match spot {
            Spot::Field(idx) => {
                let held = match self.fields.get(idx).map(|entry| &entry.held) {
                    Some(Held::Text(_)) => Held::Text(String::new()),
                    Some(Held::Link(_)) => Held::Link(None),
                    Some(Held::Key(_)) => Held::Key(String::new()),
                    Some(Held::Shown) | None => return,
                };
                self.put(idx, held);
            }
            Spot::Cell { row, cell } => self.rows.clear(row, cell),
            Spot::Other { .. } => self.set_text(spot, ""),
        }
    }

    /// This content over the form as the spec has it now: fields that are gone are dropped, new ones are empty.
    pub fn fitted(self, kind: Kind) -> Self {
        let mut fitted = Self::empty(kind);
        for entry in &mut fitted.fields {
            let same = |kept: &Entry| {
                kept.field == entry.field
                    && std::mem::discriminant(&kept.held) == std::mem::discriminant(&entry.held)
            };
            if let Some(kept) = self.fields.iter().find(|kept| same(kept)) {
                *entry = kept.clone();
            }
        }
        fitted.rows = self.rows.fitted(kind.spec().form.grid);
        fitted.set_aside = self.set_aside;
        fitted.carried = self.carried;
        fitted.room = self.room;
        fitted.origin = self.origin;
        fitted.others = self.others;
        fitted
    }
}
