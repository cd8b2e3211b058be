//! The question that only a person can answer (law 1): which of these records is the one that a create made, or whether
//! the act was not done at all.
//!
//! It is asked only where [`Progress::to_decide`] allows it, begins on "not yet", and never decides by itself. What is
//! decided counts once the worker has it on disk.
//!
//! [`Progress::to_decide`]: crate::domain::intent::Progress::to_decide

use crate::domain::intent::{Candidate, Decision, Intent, IntentId, Riddle};

use super::form;
use super::home::{Entries, Entry};
use super::list::Step;
use super::model::{Layer, Model, Screen};
use super::msg::Effect;
use super::notice::{Notice, Tone};
use super::stamp::Phase;

/// State of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decide {
    /// About which act.
    pub intent: IntentId,
    /// What is selected; none for "not yet", where it begins, and where it falls back to when what was selected is no
    /// longer among what was seen.
    pub selected: Option<Decision>,
}

/// One of the rows to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// Nothing is decided now.
    Later,
    /// It is this record.
    Mine(&'a Candidate),
    /// It was not done.
    NotDone,
}

impl Choice<'_> {
    /// What choosing it decides.
    pub fn decision(self) -> Option<Decision> {
        match self {
            Choice::Later => None,
            Choice::Mine(candidate) => Some(Decision::Mine(candidate.id.clone())),
            Choice::NotDone => Some(Decision::NotDone),
        }
    }
}

/// The rows to choose from, as the last read saw them; only "not yet" once there is nothing to decide any more.
pub fn choices(intent: &Intent) -> Vec<Choice<'_>> {
    let mut choices = vec![Choice::Later];
    let riddle = intent.progress.to_decide();
    if let Some(Riddle::Twins(seen)) = riddle {
        choices.extend(seen.iter().map(Choice::Mine));
    }
    if riddle.is_some() {
        choices.push(Choice::NotDone);
    }
    choices
}

/// The row that is selected.
pub fn selected(decide: &Decide, choices: &[Choice<'_>]) -> usize {
    choices
        .iter()
        .position(|choice| choice.decision() == decide.selected)
        .unwrap_or(0)
}

/// The act that a person may decide here: that of the card, form, page or row, else the oldest of all.
pub fn subject(model: &Model) -> Option<&Intent> {
    here(model)
        .filter(|intent| is_open(intent))
        .or_else(|| model.unsettled().into_iter().find(|intent| is_open(intent)))
}

/// The act that the card, form, page or row on top is about, decided or not.
fn here(model: &Model) -> Option<&Intent> {
    match (model.layers.last(), model.screens.last()) {
        (Some(Layer::Stamp(card)), _) => match &card.phase {
            Phase::Acting(id) => model.intents.get(id),
            _ => None,
        },
        (Some(Layer::Cancel(_)), _) => super::cancel::followed(model),
        (None, Some(Screen::Form(form))) => {
            form::creating(form).and_then(|id| model.intents.get(id))
        }
        (None, Some(Screen::Home(home))) => {
            let open = model.unsettled();
            match Entries::of(model).all.get(home.selected) {
                Some(Entry::Unsettled(idx)) => open.get(*idx).copied(),
                _ => None,
            }
        }
        (None, _) => model
            .subject()
            .and_then(|record| model.intent_on(record.kind, &record.id)),
        _ => None,
    }
}

/// Why nothing can be decided just now; none when something can.
pub fn barred(model: &Model) -> Option<Notice> {
    let words = match subject(model) {
        None => "reason-nothing-to-decide",
        Some(_) if model.read_only => "reason-read-only",
        // What is being read now may tell by itself.
        Some(intent) if model.reading_back.contains(&intent.id) => "reason-reading-back",
        Some(_) => return None,
    };
    Some(Notice::new(Tone::Warning, words))
}

/// Opens the question.
pub fn open(model: &mut Model) -> Vec<Effect> {
    if let Some(intent) = subject(model).map(|intent| intent.id.clone()) {
        model.layers.push(Layer::Decide(Decide {
            intent,
            selected: None,
        }));
    }
    Vec::new()
}

/// Moves over the rows.
pub fn step(model: &mut Model, step: Step) {
    let Some(Layer::Decide(decide)) = model.layers.last_mut() else {
        return;
    };
    let Some(intent) = model.intents.get(&decide.intent) else {
        return;
    };
    let choices = choices(intent);
    let row = step.apply(selected(decide, &choices), choices.len());
    decide.selected = choices.get(row).and_then(|choice| choice.decision());
}

/// A row was pointed at: selected, never decided.
pub fn point_at(model: &mut Model, row: usize) {
    if let Some(Layer::Decide(decide)) = model.layers.last_mut() {
        decide.selected = model.intents.get(&decide.intent).and_then(|intent| {
            choices(intent)
                .get(row)
                .and_then(|choice| choice.decision())
        });
    }
}

/// Enter: what is selected is decided; "not yet" closes the question.
pub fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Decide(decide)) = model.layers.pop() else {
        return Vec::new();
    };
    // What was seen last is what is decided on: a row that is gone is not chosen.
    let decision = model.intents.get(&decide.intent).and_then(|intent| {
        let choices = choices(intent);
        let row = selected(&decide, &choices);
        choices.get(row).and_then(|choice| choice.decision())
    });
    match decision {
        Some(decision) if !model.reading_back.contains(&decide.intent) => {
            super::update::decide(model, &decide.intent, decision)
        }
        Some(_) => {
            model.say(Notice::new(Tone::Warning, "reason-reading-back"));
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Whether what is selected or shown here is itself an act to be decided.
pub fn is_here(model: &Model) -> bool {
    here(model).is_some_and(is_open)
}

fn is_open(intent: &Intent) -> bool {
    intent.progress.to_decide().is_some()
}

#[cfg(test)]
mod tests;
