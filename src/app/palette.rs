//! The palette: every action by its name, the ones that cannot be done just now with their reason.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::words::Words;

use super::keymap::Action;
use super::line::Line;
use super::list::Step;

/// State of the palette.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is typed.
    pub line: Line,
    /// The actions that match, best first.
    pub matches: Vec<Action>,
    /// Index of the selected action.
    pub selected: usize,
}

/// Moving is done with keys; as orders in a list they would only be in the way.
fn is_offered(action: Action) -> bool {
    !matches!(
        action,
        Action::Palette
            | Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last
            | Action::NextField
            | Action::PreviousField
            | Action::NextButton
            | Action::Confirm
            | Action::Choose
            | Action::KeepNarrowed
            | Action::CopyValue
            | Action::Undo
    )
}

impl Palette {
    /// The palette with nothing typed.
    pub fn new(words: &Words) -> Self {
        let mut palette = Self {
            line: Line::default(),
            matches: Vec::new(),
            selected: 0,
        };
        palette.narrow(words);
        palette
    }

    /// Matches again after typing.
    pub fn narrow(&mut self, words: &Words) {
        let offered = Action::all()
            .into_iter()
            .filter(|action| is_offered(*action));
        let pattern = Pattern::new(
            self.line.text(),
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Fuzzy,
        );
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, Action)> = offered
            .filter_map(|action| {
                let name = words.action(action.words_key(), action.number());
                let haystack = Utf32Str::new(&name, &mut buffer);
                pattern
                    .score(haystack, &mut matcher)
                    .map(|score| (score, action))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.matches = scored.into_iter().map(|(_, action)| action).collect();
        self.selected = 0;
    }

    /// The selected action.
    pub fn selection(&self) -> Option<Action> {
        self.matches.get(self.selected).copied()
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        self.selected = step.apply(self.selected, self.matches.len());
    }
}
