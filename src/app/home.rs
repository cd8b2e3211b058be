//! The home page: the numbers of the books, and the places that they lead to.

use crate::domain::kind::Kind;
use crate::domain::list::Filter;

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

impl Home {
    /// The entries of the page, by what this model has open.
    pub fn entries(model: &Model) -> Vec<Entry> {
        let mut entries: Vec<Entry> = (0..model.unsettled().len()).map(Entry::Unsettled).collect();
        entries.extend((0..model.waiting_threads().len()).map(Entry::Thread));
        entries.extend((0..model.left_forms().len()).map(Entry::Unfinished));
        entries.extend([
            Entry::List(Kind::Invoices, Filter::Unstamped),
            Entry::List(Kind::Invoices, Filter::Overdue),
        ]);
        entries.extend(Kind::ALL.map(|kind| Entry::List(kind, Filter::All)));
        entries
    }

    /// Moves the selection among so many entries.
    pub fn step(&mut self, step: Step, count: usize) {
        self.selected = step.apply(self.selected, count);
    }
}
