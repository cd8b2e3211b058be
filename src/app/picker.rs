//! A choice for a field: records of a kind, or keys of a catalogue.

use super::key::Key;
use super::line::Line;
use super::list::Step;
use super::model::Model;
use super::msg::{Effect, Fact, Trouble};

/// State of the picker.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub line: Line,
}

impl Picker {
    /// Moves the selection.
    pub fn step(&mut self, _step: Step) {}
}

/// A key that is no action.
pub fn key(_model: &mut Model, _key: Key) -> Vec<Effect> {
    Vec::new()
}

/// A pasted text.
pub fn paste(_model: &mut Model, _text: &str) -> Vec<Effect> {
    Vec::new()
}

/// Enter: takes what is selected.
pub fn choose(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// A row was clicked.
pub fn point_at(_model: &mut Model, _idx: usize) -> Vec<Effect> {
    Vec::new()
}

/// What was asked for arrived.
pub fn arrived(_model: &mut Model, _fact: Fact) {}

/// What was asked for could not be read.
pub fn failed(_model: &mut Model, _trouble: Trouble) {}
