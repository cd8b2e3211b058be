//! A record that changed elsewhere since it was opened in a form: what it was, what it is there now, what stands here.
//!
//! Only told, never merged: which of the two is right is for a person to say. Times of change are no differences.

use crate::domain::field::{Field, Value};
use crate::domain::record::Record;

use super::list::{Step, keep_visible};
use super::model::{Layer, Model};

/// Rows of the layer that are no differences: its title and the heads of its columns.
pub const HEAD_ROWS: usize = 2;

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A value.
    Value(Field),
    /// The lines, as a whole (contract B.0: they are replaced whole).
    Lines,
    /// The allocations, as a whole.
    Allocations,
    /// The debits and credits, as a whole.
    Postings,
}

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
    let mut fields: Vec<Field> = opened
        .values()
        .chain(theirs.values())
        .map(|(field, _)| field)
        .filter(|field| !matches!(field, Field::UpdatedAt | Field::CreatedAt))
        .collect();
    fields.sort();
    fields.dedup();
    let mut found: Vec<Difference> = fields
        .into_iter()
        .filter(|field| theirs.get(*field) != opened.get(*field))
        .filter(|field| theirs.get(*field) != mine.get(*field))
        .map(|field| Difference {
            part: Part::Value(field),
            theirs: theirs.get(field).cloned(),
            mine: mine.get(field).cloned(),
            both: mine.get(field) != opened.get(field),
        })
        .collect();
    let whole = [
        (
            Part::Lines,
            theirs.lines != opened.lines && theirs.lines != mine.lines,
            mine.lines != opened.lines,
        ),
        (
            Part::Allocations,
            theirs.allocations != opened.allocations && theirs.allocations != mine.allocations,
            mine.allocations != opened.allocations,
        ),
        (
            Part::Postings,
            theirs.postings != opened.postings && theirs.postings != mine.postings,
            mine.postings != opened.postings,
        ),
    ];
    for (part, changed, both) in whole {
        if changed {
            found.push(Difference {
                part,
                theirs: None,
                mine: None,
                both,
            });
        }
    }
    found
}

/// Shows the two sides above the form; whether there was anything to show.
pub fn open(model: &mut Model, opened: &Record, theirs: Record, mine: Record) -> bool {
    let differences = differences(opened, &theirs, &mine);
    let any = !differences.is_empty();
    if any {
        model.layers.push(Layer::Compare(Box::new(Compare {
            theirs,
            mine,
            differences,
            selected: 0,
            top: 0,
        })));
    }
    any
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
    use crate::domain::kind::Kind;
    use crate::domain::record::{Id, Line};

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
