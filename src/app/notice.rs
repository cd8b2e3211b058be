//! Short messages to the person: a key of the words and values, never a sentence.

use jiff::Timestamp;

/// What a notice means, told by more than its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Info,
    /// Something to beware of.
    Warning,
    /// Something failed.
    Error,
}

/// A message that the words render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Key of the text.
    pub words: &'static str,
    /// Its values by name.
    pub values: Vec<(&'static str, String)>,
    /// What it means.
    pub tone: Tone,
}

impl Notice {
    /// A notice without values.
    pub fn new(tone: Tone, words: &'static str) -> Self {
        Self {
            words,
            values: Vec::new(),
            tone,
        }
    }

    /// The same with one more value.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

/// A notice on screen until its time has come or a key is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub notice: Notice,
    /// When it goes.
    pub until: Timestamp,
}
