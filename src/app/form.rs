//! Forms: one engine for all kinds that can be created or changed.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::field::Field;
use crate::domain::intent::Intent;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};

use super::key::Key;
use super::keymap::Action;
use super::model::Model;
use super::msg::{Effect, Trouble};

/// State of a form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Of which resource.
    pub kind: Kind,
    /// The record as it was opened; none for a new one.
    pub base: Option<Record>,
    /// The items that its lines bill.
    pub items: BTreeMap<Id, Record>,
}

impl Form {
    /// Whether something was typed that is not saved.
    pub fn is_changed(&self) -> bool {
        false
    }

    /// When what was typed has to be on disk.
    pub fn keep_at(&self) -> Option<Timestamp> {
        None
    }
}

/// Opens an empty form.
pub fn open_new(_model: &mut Model, _kind: Kind) -> Vec<Effect> {
    Vec::new()
}

/// Opens a record in its form, at a field where one is named.
pub fn open_edit(_model: &mut Model, _record: Record, _focus: Option<Field>) -> Vec<Effect> {
    Vec::new()
}

/// Opens a form that was not finished.
pub fn reopen(_model: &mut Model, _slot: &str) -> Vec<Effect> {
    Vec::new()
}

/// A key that is no action.
pub fn key(_model: &mut Model, _key: Key) -> Vec<Effect> {
    Vec::new()
}

/// A pasted text.
pub fn paste(_model: &mut Model, _text: &str) -> Vec<Effect> {
    Vec::new()
}

/// An action that belongs to forms.
pub fn order(_model: &mut Model, _action: Action) -> Vec<Effect> {
    Vec::new()
}

/// A field was clicked.
pub fn point_at(_model: &mut Model, _idx: usize) -> Vec<Effect> {
    Vec::new()
}

/// A deadline came: what was typed is kept.
pub fn woke(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Keeps what was typed at once, because the program ends.
pub fn keep_now(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// The person gives up what is in the form.
pub fn abandon(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Catalogues, company or taxes arrived: the rules may have more to say.
pub fn weigh(_model: &mut Model) {}

/// The receiver's contact was read.
pub fn receiver_arrived(_model: &mut Model, _records: &[Record]) {}

/// The items of the lines were read.
pub fn items_arrived(_model: &mut Model, _records: &[Record]) {}

/// What the form refers to could not be read.
pub fn reading_failed(_model: &mut Model, _trouble: Trouble) {}

/// The changes were taken by the server.
pub fn updated(_model: &mut Model, _id: &Id) -> Vec<Effect> {
    Vec::new()
}

/// The changes were not taken: the form stays as it is.
pub fn save_failed(_model: &mut Model, _trouble: Trouble) {}

/// An intent came to its end; it may be the create of this form.
pub fn settled(_model: &mut Model, _intent: &Intent) -> Vec<Effect> {
    Vec::new()
}
