//! The home page: the numbers of the books, and the places that they lead to.
//!
//! Every number is a row, and every row opens the very records that it counts.

use std::ops::Range;

use crate::domain::kind::Kind;
use crate::domain::list::{Age, Filter, Standing, Unstamped};

use super::list::Step;
use super::model::Model;

/// A row of the home page that leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A list, or the chart of accounts.
    List(Kind, Filter),
    /// An intent whose outcome is not known yet, by its position among the open ones.
    Unsettled(usize),
    /// A replacement that was begun, by its position among those that wait for a person.
    Thread(usize),
    /// A form that was not finished, by its position among them.
    Unfinished(usize),
}

/// State of the home page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// Index of the selected entry; changed by moving.
    pub selected: usize,
}

/// What the invoices are counted by, always shown: without a stamp, then what is ready and what is owed.
const INVOICES: [Filter; 14] = [
    Filter::Unstamped,
    Filter::Aged(Age::Expired),
    Filter::Aged(Age::LastDay),
    Filter::Aged(Age::TwoDays),
    Filter::Aged(Age::ThreeDays),
    Filter::Issued,
    Filter::NotRead,
    Filter::Standing(Standing::Ready),
    Filter::Standing(Standing::Warnings),
    Filter::Standing(Standing::Errors),
    Filter::Standing(Standing::Unjudged),
    Filter::WithoutReceipt,
    Filter::Overdue,
    Filter::Owing,
];

/// What the credit notes are counted by, shown where there are any: they are seldom unstamped, and never drafts.
const NOTES: [Filter; 10] = [
    Filter::Unstamped,
    Filter::Aged(Age::Expired),
    Filter::Aged(Age::LastDay),
    Filter::Aged(Age::TwoDays),
    Filter::Aged(Age::ThreeDays),
    Filter::Standing(Standing::Ready),
    Filter::Standing(Standing::Warnings),
    Filter::Standing(Standing::Errors),
    Filter::Standing(Standing::Unjudged),
    Filter::NotRead,
];

/// The entries of the page, in the blocks in which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries {
    /// All of them, in the order in which they are gone through.
    pub all: Vec<Entry>,
    /// Intents, replacements and forms that are open: a row each, over the whole width.
    pub open: Range<usize>,
    /// Numbers of the invoices.
    pub invoices: Range<usize>,
    /// Numbers of the credit notes.
    pub notes: Range<usize>,
    /// The kinds.
    pub kinds: Range<usize>,
}

impl Entries {
    /// Those of the page as the model has it.
    pub fn of(model: &Model) -> Self {
        let mut all: Vec<Entry> = (0..model.unsettled().len()).map(Entry::Unsettled).collect();
        all.extend((0..model.waiting_threads().len()).map(Entry::Thread));
        all.extend((0..model.left_forms().len()).map(Entry::Unfinished));
        let open = 0..all.len();
        all.extend(INVOICES.map(|filter| Entry::List(Kind::Invoices, filter)));
        let invoices = open.end..all.len();
        let unstamped = model
            .overview
            .value()
            .map(|overview| overview.unstamped_of(Kind::CreditNotes))
            .unwrap_or_default();
        let counted = NOTES
            .iter()
            .filter(|filter| counted(&unstamped, **filter) > 0);
        all.extend(counted.map(|filter| Entry::List(Kind::CreditNotes, *filter)));
        let notes = invoices.end..all.len();
        all.extend(Kind::ALL.map(|kind| Entry::List(kind, Filter::All)));
        let kinds = notes.end..all.len();
        Self {
            all,
            open,
            invoices,
            notes,
            kinds,
        }
    }
}

/// How many of the unstamped documents of a kind a filter leaves in; none for one that is not about them.
pub fn counted(unstamped: &Unstamped, filter: Filter) -> usize {
    let readiness = &unstamped.readiness;
    match filter {
        Filter::Unstamped => unstamped.all(),
        Filter::Aged(age) => unstamped.ages.get(&age).copied().unwrap_or_default(),
        Filter::Issued => unstamped.issued,
        Filter::NotRead => unstamped.not_read,
        Filter::Standing(Standing::Ready) => readiness.ready,
        Filter::Standing(Standing::Warnings) => readiness.warnings,
        Filter::Standing(Standing::Errors) => readiness.errors,
        Filter::Standing(Standing::Unjudged) => readiness.unjudged,
        Filter::All
        | Filter::Owing
        | Filter::Overdue
        | Filter::PartiallyPaid
        | Filter::WithoutReceipt => 0,
    }
}

impl Home {
    /// Moves the selection among so many entries.
    pub fn step(&mut self, step: Step, count: usize) {
        self.selected = step.apply(self.selected, count);
    }

    /// Keeps the selection on its entry when rows came or went around it.
    pub fn follow(&mut self, before: &Entries, after: &Entries) {
        let entry = before.all.get(self.selected);
        if let Some(idx) = entry.and_then(|entry| after.all.iter().position(|now| now == entry)) {
            self.selected = idx;
        }
    }
}
