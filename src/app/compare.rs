//! A record that changed elsewhere since it was opened in a form: what it was, what it is there now, what stands here.
//!
//! Only told, never merged by itself: which of the two is right is for a person to say. What only the others changed is
//! theirs in any case; what only this form changed is sent in any case; here it is about what both changed.

use crate::domain::changes::{self, Part};
use crate::domain::field::Value;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};

use super::form;
use super::list::{Step, keep_visible};
use super::model::{Layer, Model, Screen};
use super::msg::Effect;
use super::notice::{Notice, Tone};

/// Rows of the layer that are no differences: its title, what can be done, and the heads of its columns.
pub const HEAD_ROWS: usize = 3;

/// One thing that changed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub part: Part,
    /// What it is there now; none where it was cleared, and for what is compared as a whole.
    pub theirs: Option<Value>,
    /// What stands here; none where it is empty, and for what is compared as a whole.
    pub mine: Option<Value>,
    /// Whether it was changed here as well, so that one of the two gets lost.
    pub both: bool,
}

/// State of the layer.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The record as it is there now.
    pub theirs: Record,
    /// The record as it stands here.
    pub mine: Record,
    /// What changed elsewhere; never empty.
    pub differences: Vec<Difference>,
    /// Index of the selected difference.
    pub selected: usize,
    /// Index of the first one on screen.
    pub top: usize,
}

/// What changed elsewhere between the record as it was opened and as it is there now, beside what stands here.
/// Empty where nothing did, or where the same was done on both sides.
pub fn differences(opened: &Record, theirs: &Record, mine: &Record) -> Vec<Difference> {
    let value = |record: &Record, part: Part| match part {
        Part::Value(field) => record.get(field).cloned(),
        Part::Lines | Part::Allocations | Part::Postings => None,
    };
    changes::changed(opened, theirs)
        .into_iter()
        .filter(|part| !part.same(theirs, mine))
        .map(|part| Difference {
            part,
            theirs: value(theirs, part),
            mine: value(mine, part),
            both: !part.same(mine, opened),
        })
        .collect()
}

/// Nothing was sent because the record changed elsewhere: the two sides are shown above the form, or the form says why
/// its record can be changed no more. A form that is not on top says so when it is saved again.
pub fn arrived(model: &mut Model, kind: Kind, id: &Id, theirs: Record) -> Vec<Effect> {
    let effects = form::held_back(model, kind, id, &theirs);
    let mine = match model.screens.last() {
        Some(Screen::Form(form)) if model.layers.is_empty() && form.is_of(kind, id) => {
            form.base.as_ref().map(|base| (base.clone(), form.record()))
        }
        _ => None,
    };
    match mine {
        Some((opened, mine)) if !theirs.is_immutable() => open(model, &opened, theirs, mine),
        _ if theirs.is_immutable() => {}
        _ => model.say(Notice::new(Tone::Warning, "form-changed-elsewhere")),
    }
    effects
}

/// Shows the two sides above the form.
pub fn open(model: &mut Model, opened: &Record, theirs: Record, mine: Record) {
    let differences = differences(opened, &theirs, &mine);
    // What gets lost on one of the sides comes first.
    let selected = differences.iter().position(|one| one.both).unwrap_or(0);
    model.layers.push(Layer::Compare(Box::new(Compare {
        theirs,
        mine,
        differences,
        selected,
        top: 0,
    })));
}

/// A person chose a side: what stands here is sent all the same, or what they wrote takes its place in the form. What
/// only one of the two changed is kept either way.
pub fn choose(model: &mut Model, side: form::Side) -> Vec<Effect> {
    match model.layers.pop() {
        Some(Layer::Compare(compare)) => form::rebase(model, &compare.theirs, side),
        Some(other) => {
            model.layers.push(other);
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Rows of differences that the layer shows.
pub fn rows(model: &Model) -> usize {
    model.page_rows().saturating_sub(HEAD_ROWS)
}

impl Compare {
    /// Moves the selection.
    pub fn step(&mut self, step: Step, height: usize) {
        self.selected = step.apply(self.selected, self.differences.len());
        self.top = keep_visible(self.top, self.selected, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::record::Line;

    fn record(memo: &str, terms: Option<&str>) -> Record {
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        record.set(Field::Memo, Value::Text(memo.into()));
        record.set_some(Field::Terms, terms.map(|text| Value::Text(text.into())));
        record
    }

    #[test]
    fn what_changed_only_here_is_no_difference() {
        let opened = record("a", None);
        assert_eq!(differences(&opened, &opened, &record("b", Some("x"))), []);
    }

    #[test]
    fn what_changed_there_stands_beside_what_stands_here() {
        let opened = record("a", Some("30 días"));
        let mut theirs = record("b", None);
        theirs.lines = vec![Line::default()];
        let mine = record("c", Some("30 días"));
        let found = differences(&opened, &theirs, &mine);
        let told: Vec<(Part, bool)> = found.iter().map(|one| (one.part, one.both)).collect();
        assert_eq!(
            told,
            [
                (Part::Value(Field::Terms), false),
                (Part::Value(Field::Memo), true),
                (Part::Lines, false),
            ]
        );
        assert_eq!(found[1].theirs, Some(Value::Text("b".into())));
        assert_eq!(found[1].mine, Some(Value::Text("c".into())));
        assert_eq!(found[0].theirs, None);
    }

    #[test]
    fn the_same_change_on_both_sides_is_none() {
        let opened = record("a", None);
        assert_eq!(
            differences(&opened, &record("b", None), &record("b", None)),
            []
        );
    }
}
