//! What has no field of its own: rows of a path into the native record, and of what is to be written there (contract C.1,
//! 10.1).
//!
//! They are judged while they are typed, and kept on disk like everything typed. A value that reads as JSON is that JSON,
//! everything else is a text. What a field is for, the stamp, and what the server makes cannot be told this way.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::domain::kind::Kind;
use crate::domain::native::{NativePath, NativeValue, Step};
use crate::domain::spec::native::{Owner, has_pass_through, owner, row_of};

use super::super::notice::{Notice, Tone};
use super::marks::{Mark, Said};
use super::rows::{On, Rows};
use super::spot::{Part, Spot};
use super::{Form, content::Content};

/// A row as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherRow {
    /// Where in the native record.
    pub path: String,
    /// What is to be there.
    pub value: String,
}

/// Why a row says nothing that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is a value and no path.
    NoPath,
    /// The path is none.
    UnreadablePath,
    /// The place belongs to something else.
    Owned(Owner),
    /// Another row writes there too, or around it.
    Twice,
    /// The path leads into a line that is not there; so many there are.
    NoRow(usize),
    /// There is a path and no value.
    NoValue,
    /// What begins like JSON is none.
    UnreadableJson,
    /// A line break or another control character is in it.
    Control,
}

impl OtherRow {
    /// One of its two texts.
    pub fn text(&self, part: Part) -> &String {
        match part {
            Part::Path => &self.path,
            Part::Value => &self.value,
        }
    }

    /// One of its two texts, to be changed.
    pub fn text_mut(&mut self, part: Part) -> &mut String {
        match part {
            Part::Path => &mut self.path,
            Part::Value => &mut self.value,
        }
    }

    /// Whether nothing is in it, so that it says nothing.
    pub fn is_blank(&self) -> bool {
        self.path.trim().is_empty() && self.value.trim().is_empty()
    }
}

/// Whether a text, or anything inside a JSON, has a control character.
pub fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

fn holds_control(json: &Json) -> bool {
    match json {
        Json::String(text) => has_control(text),
        Json::Array(rows) => rows.iter().any(holds_control),
        Json::Object(members) => members
            .iter()
            .any(|(name, value)| has_control(name) || holds_control(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// What is to be written, as a JSON text: what was typed where that is JSON, else that as a text.
///
/// # Errors
/// The fault of a value.
fn read_value(typed: &str) -> Result<String, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Fault::NoValue);
    }
    if has_control(typed) {
        return Err(Fault::Control);
    }
    match serde_json::from_str::<Json>(typed) {
        Ok(json) if holds_control(&json) => Err(Fault::Control),
        Ok(_) => Ok(typed.to_owned()),
        Err(_) if typed.starts_with(['{', '[', '"']) => Err(Fault::UnreadableJson),
        Err(_) => Ok(Json::from(typed).to_string()),
    }
}

fn read_path(kind: Kind, content: &Content, typed: &str) -> Result<NativePath, Fault> {
    if typed.trim().is_empty() {
        return Err(Fault::NoPath);
    }
    let path: NativePath = typed.parse().map_err(|_| Fault::UnreadablePath)?;
    if let Some(owner) = owner(kind, &path) {
        return Err(Fault::Owned(owner));
    }
    if let Some(row) = row_of(kind, &path) {
        let rows = rows_beside(&content.rows, &path);
        if row >= rows {
            return Err(Fault::NoRow(rows));
        }
    }
    Ok(path)
}

/// How many rows there are in the list that a path leads into: Alegra keeps lines on items and lines on accounts of a
/// purchase apart.
fn rows_beside(rows: &Rows, path: &NativePath) -> usize {
    let on = |wanted: fn(&On) -> bool| {
        (rows.lines().iter())
            .filter(|row| row.on.as_ref().is_some_and(wanted))
            .count()
    };
    match path.steps().get(1) {
        Some(Step::Key(list)) if list == "items" => on(|on| matches!(on, On::Item(_))),
        Some(Step::Key(list)) if list == "categories" => on(|on| matches!(on, On::Account(_))),
        _ => rows.filled().count(),
    }
}

/// Each row that is not blank, by its number: what it writes, or its first fault and at which of its two texts.
fn read(
    kind: Kind,
    content: &Content,
) -> impl Iterator<Item = (usize, Result<NativeValue, (Part, Fault)>)> {
    let paths: Vec<Option<NativePath>> = (content.others.iter())
        .map(|row| row.path.parse().ok())
        .collect();
    let rows = content.others.iter().enumerate();
    rows.filter(|(_, row)| !row.is_blank())
        .map(move |(number, row)| {
            let path = read_path(kind, content, &row.path).map_err(|fault| (Part::Path, fault));
            let read = path.and_then(|path| {
                let before = paths.iter().take(number).flatten();
                if before.into_iter().any(|other| other.touches(&path)) {
                    return Err((Part::Path, Fault::Twice));
                }
                let json = read_value(&row.value).map_err(|fault| (Part::Value, fault))?;
                Ok(NativeValue { path, json })
            });
            (number, read)
        })
}

/// What the rows write; those with a fault write nothing.
pub(super) fn natives(kind: Kind, content: &Content) -> Vec<NativeValue> {
    read(kind, content)
        .filter_map(|(_, read)| read.ok())
        .collect()
}

/// Says what is wrong with the rows. What is still missing is said once saving was tried.
pub(super) fn judge(form: &Form, marks: &mut Vec<Mark>) {
    for (row, read) in read(form.kind, &form.content) {
        let Err((part, fault)) = read else {
            continue;
        };
        if matches!(fault, Fault::NoPath | Fault::NoValue) && !form.tried {
            continue;
        }
        marks.push(Mark {
            spot: Some(Spot::Other { row, part }),
            said: said(fault),
            bars_saving: true,
        });
    }
}

fn said(fault: Fault) -> Said {
    let words = match fault {
        Fault::Owned(owner) => return Said::Owned(owner),
        Fault::NoPath => "form-other-no-path",
        Fault::UnreadablePath => "form-other-unreadable-path",
        Fault::Twice => "form-other-twice",
        Fault::NoRow(_) => "form-other-no-row",
        Fault::NoValue => "form-other-no-value",
        Fault::UnreadableJson => "form-other-unreadable-json",
        Fault::Control => "form-other-control",
    };
    let notice = Notice::new(Tone::Error, words);
    Said::Notice(match fault {
        Fault::NoRow(rows) => notice.with("count", rows.to_string()),
        _ => notice,
    })
}

impl Form {
    /// Whether it can write what has no field.
    pub fn takes_others(&self) -> bool {
        has_pass_through(self.kind)
    }

    /// What the row with the focus writes: its path and its JSON; none while it has a fault.
    pub fn other_in_focus(&self) -> Option<NativeValue> {
        let Spot::Other { row, .. } = self.focus else {
            return None;
        };
        read(self.kind, &self.content)
            .find(|(number, _)| *number == row)
            .and_then(|(_, read)| read.ok())
    }

    /// Goes to a row that is still blank, or adds one at the end.
    pub(super) fn add_other(&mut self) {
        let blank = self.content.others.iter().position(OtherRow::is_blank);
        let row = blank.unwrap_or_else(|| {
            self.tidy();
            self.remember();
            self.content.others.push(OtherRow::default());
            self.content.others.len() - 1
        });
        self.focus_on(Spot::Other {
            row,
            part: Part::Path,
        });
    }

    /// Deletes a row; the focus stays near it.
    pub(super) fn delete_other(&mut self, row: usize) -> bool {
        if row >= self.content.others.len() {
            return false;
        }
        self.remember();
        self.content.others.remove(row);
        let near = Spot::Other {
            row: row.saturating_sub(1),
            part: Part::Path,
        };
        // What had the focus is gone; nothing of it is to be written in full.
        self.refocus(near);
        true
    }
}
