//! What of a question nobody understood. Part of what a search or a list says about itself: a question with a puzzle in
//! it finds nothing, so that no list ever shows more than was asked for.

use serde::Serialize;

/// A part of a question that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Puzzle {
    /// As typed, in one line, cut where it is long.
    pub word: String,
    /// What is wrong with it.
    pub sort: PuzzleSort,
}

/// What is wrong with a part of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PuzzleSort {
    /// No operator is called so.
    Operator,
    /// The operator has no value yet.
    Missing,
    /// The value is none of those that this operator takes.
    Value,
    /// The value is no amount.
    Amount,
    /// The value is no day, month or year.
    Day,
    /// The value is neither an amount nor a day.
    AmountOrDay,
    /// The first of two ends is behind the second.
    Backwards,
    /// It looks like a day, and no calendar has it.
    NoSuchDay,
    /// It says what is not wanted; only what is wanted can be looked for.
    Negation,
    /// There are more words than are read.
    TooMany,
}

/// Letters of a word that are kept: enough to know it again.
const LETTERS: usize = 32;

impl Puzzle {
    /// This word, and what is wrong with it.
    pub fn new(word: &str, sort: PuzzleSort) -> Self {
        let mut letters = word.chars().filter(|c| !c.is_control());
        let mut kept: String = letters.by_ref().take(LETTERS).collect();
        if letters.next().is_some() {
            kept.push('…');
        }
        Self { word: kept, sort }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_in_one_line_and_not_longer_than_helps() {
        let puzzle = |word: &str| Puzzle::new(word, PuzzleSort::Operator).word;
        assert_eq!(puzzle("clinte:\u{1b}[2Jx"), "clinte:[2Jx");
        assert_eq!(puzzle(&"a".repeat(33)), format!("{}…", "a".repeat(32)));
        assert_eq!(puzzle(&"ñ".repeat(32)), "ñ".repeat(32));
    }
}
