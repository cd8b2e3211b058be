//! A list on screen: its query, the window of it that is here, and the selected row.
//!
//! Moving inside the window is pure; nearing an edge orders the next stretch, and the old rows stay until it
//! arrives. The selection follows its record when rows move.

use std::collections::BTreeSet;

use crate::domain::field::Field;
use crate::domain::list::{Direction, ListQuery, Only, Window};
use crate::domain::question::Puzzle;
use crate::domain::record::{Id, Record};

use super::msg::{Request, Trouble};

/// Screens of rows that a window holds.
const SCREENS_PER_WINDOW: usize = 3;

/// A list of records.
#[derive(Clone, Debug)]
pub struct List {
    /// What it shows.
    pub query: ListQuery,
    /// The stretch that is here; replaced whole when another arrives.
    pub window: Option<Window>,
    /// Index of the selected row in the whole list; changed by moving and when rows moved under it.
    pub selected: usize,
    /// Index of the first row on screen; kept so that the selected row is visible.
    pub top: usize,
    /// Marked records, whichever rows they are on.
    pub marked: BTreeSet<Id>,
    /// Why the last stretch did not come.
    pub trouble: Option<Trouble>,
    /// What was typed to narrow it, badges included.
    pub typed: String,
    /// What of that was not understood: then the list shows nothing.
    pub puzzle: Option<Puzzle>,
    /// The name of the record that all rows name, where the list was opened from one.
    pub about: String,
    /// Whether what comes next is another list, on whose first row the selection begins.
    anew: bool,
    /// The stretch that is on its way, so that it is ordered once.
    asked: Option<(usize, usize)>,
}

/// A step over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many rows; negative is up.
    By(i64),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    /// Where this step leads from a row among so many.
    pub fn apply(self, from: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Step::First => 0,
            Step::Last => last,
            Step::By(rows) => {
                let distance = usize::try_from(rows.unsigned_abs()).unwrap_or(usize::MAX);
                if rows < 0 {
                    from.saturating_sub(distance)
                } else {
                    from.saturating_add(distance).min(last)
                }
            }
        }
    }
}

/// The first row on screen, so that the selected one is among `height` visible rows; moves as little as it can.
pub fn keep_visible(top: usize, selected: usize, height: usize) -> usize {
    let height = height.max(1);
    if selected < top {
        selected
    } else if selected >= top.saturating_add(height) {
        selected + 1 - height
    } else {
        top
    }
}

impl List {
    /// A list of which nothing is here yet.
    pub fn new(query: ListQuery) -> Self {
        Self {
            query,
            window: None,
            selected: 0,
            top: 0,
            marked: BTreeSet::new(),
            trouble: None,
            typed: String::new(),
            puzzle: None,
            about: String::new(),
            anew: false,
            asked: None,
        }
    }

    /// Shows only what this narrowing leaves in, from the first row on. The old rows stay until the new ones arrive;
    /// marks stay, and so does the filter that it was opened with: narrowing only takes away from it.
    pub fn narrow(&mut self, only: Only, height: usize) -> Option<Request> {
        if self.query.only == only {
            return None;
        }
        self.query.only = only;
        self.selected = 0;
        self.top = 0;
        self.anew = true;
        let offset = 0;
        let len = height.max(1) * SCREENS_PER_WINDOW;
        self.asked = Some((offset, len));
        Some(Request::Window {
            query: self.query.clone(),
            offset,
            len,
        })
    }

    /// Whether a text or a badge narrows it.
    pub fn is_narrowed(&self) -> bool {
        let Only {
            text,
            status,
            stamp,
            overdue,
            naming: _,
        } = &self.query.only;
        !text.is_empty() || status.is_some() || stamp.is_some() || *overdue
    }

    /// Sorts the whole list by a field; the selection stays on its record.
    pub fn sort(&mut self, field: Field, direction: Direction, height: usize) -> Request {
        self.query.sort = field;
        self.query.direction = direction;
        self.reload(height)
    }

    /// Marks all these records, or none.
    pub fn mark(&mut self, ids: impl IntoIterator<Item = Id>) {
        self.marked = ids.into_iter().collect();
    }

    /// Rows of the whole list in the cache.
    pub fn total(&self) -> usize {
        self.window.as_ref().map_or(0, |window| window.total)
    }

    /// The row at this index, where it is here. A row that is not here yet is a gap, not an end.
    pub fn row(&self, idx: usize) -> Option<&Record> {
        self.window.as_ref().and_then(|window| window.row(idx))
    }

    /// The selected record, where it is here.
    pub fn selection(&self) -> Option<&Record> {
        self.row(self.selected)
    }

    /// Moves the selection. What has to be ordered so that the rows around it are here.
    pub fn step(&mut self, step: Step, height: usize) -> Option<Request> {
        self.selected = step.apply(self.selected, self.total());
        self.top = keep_visible(self.top, self.selected, height);
        self.next_stretch(height)
    }

    /// Puts the selection on a row that somebody pointed at.
    pub fn point_at(&mut self, idx: usize, height: usize) -> Option<Request> {
        if idx < self.total() {
            self.selected = idx;
        }
        self.step(Step::By(0), height)
    }

    /// Marks the selected record, or takes its mark away.
    pub fn toggle_mark(&mut self) {
        if let Some(id) = self.selection().map(|record| record.id.clone())
            && !self.marked.remove(&id)
        {
            self.marked.insert(id);
        }
    }

    /// The whole stretch again, around the selected record: when rows may have moved.
    pub fn reload(&mut self, height: usize) -> Request {
        let len = height.max(1) * SCREENS_PER_WINDOW;
        self.asked = None;
        match self.selection() {
            // At the very top the newest rows are wanted, whatever is inserted there.
            Some(record) if self.selected > 0 => Request::WindowAround {
                query: self.query.clone(),
                id: record.id.clone(),
                len,
            },
            _ => Request::Window {
                query: self.query.clone(),
                offset: self.top.saturating_sub(height),
                len,
            },
        }
    }

    /// A stretch arrived. What has to be ordered next, where it does not reach the rows on screen.
    pub fn arrived(&mut self, window: Window, height: usize) -> Option<Request> {
        if window.query != self.query {
            return None;
        }
        self.asked = None;
        self.trouble = None;
        let on_screen = self.selected.saturating_sub(self.top);
        let follows = !std::mem::take(&mut self.anew);
        let moved = self
            .selection()
            .filter(|_| follows)
            .map(|record| record.id.clone())
            .and_then(|id| {
                window
                    .rows
                    .iter()
                    .position(|record| record.id == id)
                    .map(|inside| window.offset + inside)
            });
        let total = window.total;
        self.window = Some(window);
        if let Some(idx) = moved
            && idx != self.selected
        {
            self.selected = idx;
            self.top = idx.saturating_sub(on_screen);
        }
        self.selected = self.selected.min(total.saturating_sub(1));
        self.top = keep_visible(self.top, self.selected, height);
        self.next_stretch(height)
    }

    /// The stretch did not come.
    pub fn failed(&mut self, trouble: Trouble) {
        self.asked = None;
        self.trouble = Some(trouble);
    }

    /// The stretch to be ordered when the rows on screen come near an edge of what is here.
    pub fn next_stretch(&mut self, height: usize) -> Option<Request> {
        let here = self.window.as_ref();
        let here = here.map(|w| (w.offset, w.offset + w.rows.len(), w.total));
        let (offset, len) = wanted(self.top, height, here)?;
        if self.asked == Some((offset, len)) {
            return None;
        }
        self.asked = Some((offset, len));
        Some(Request::Window {
            query: self.query.clone(),
            offset,
            len,
        })
    }
}

/// The stretch that is wanted around the rows on screen, where what is `here` (from a row, up to a row, of so many) ends
/// near them: from which row, and how many.
pub fn wanted(
    top: usize,
    height: usize,
    here: Option<(usize, usize, usize)>,
) -> Option<(usize, usize)> {
    let height = height.max(1);
    if let Some((from, to, total)) = here {
        let wanted_from = top.saturating_sub(height / 2);
        let wanted_to = (top + height + height / 2).min(total);
        if wanted_from >= from && wanted_to <= to {
            return None;
        }
    }
    Some((top.saturating_sub(height), height * SCREENS_PER_WINDOW))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::kind::Kind;
    use crate::domain::list::Coverage;

    fn window(offset: usize, len: usize, total: usize) -> Window {
        Window {
            query: ListQuery::natural(Kind::Invoices),
            offset,
            rows: (offset..(offset + len).min(total))
                .map(|n| Record::new(Kind::Invoices, Id(n.to_string())))
                .collect(),
            total,
            coverage: Coverage::default(),
            judged: BTreeMap::new(),
            receipts: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn nearing_an_edge_orders_the_next_stretch_once() {
        let mut list = List::new(ListQuery::natural(Kind::Invoices));
        assert!(list.next_stretch(20).is_some());
        assert_eq!(list.next_stretch(20), None);
        assert_eq!(list.arrived(window(0, 60, 1000), 20), None);
        assert_eq!(list.step(Step::By(20), 20), None);
        let next = list.step(Step::By(30), 20);
        assert!(
            matches!(
                next,
                Some(Request::Window {
                    offset: 11,
                    len: 60,
                    ..
                })
            ),
            "{next:?}"
        );
        assert_eq!(list.step(Step::By(0), 20), None);
        assert_eq!(
            list.row(50).map(|r| r.id.as_str().to_owned()),
            Some("50".into())
        );
    }

    #[test]
    fn the_last_row_of_a_hundred_thousand_is_one_step_away() {
        let mut list = List::new(ListQuery::natural(Kind::Invoices));
        list.arrived(window(0, 60, 100_000), 20);
        let next = list.step(Step::Last, 20);
        assert!(
            matches!(next, Some(Request::Window { offset: 99_960, .. })),
            "{next:?}"
        );
        assert_eq!(list.selection(), None);
        list.arrived(window(99_960, 60, 100_000), 20);
        assert_eq!(list.selection().map(|r| r.id.as_str()), Some("99999"));
    }

    #[test]
    fn the_selection_follows_its_record_when_rows_are_inserted_above() {
        let mut list = List::new(ListQuery::natural(Kind::Invoices));
        list.arrived(window(0, 60, 100), 20);
        list.step(Step::By(5), 20);
        let mut shifted = window(0, 60, 103);
        for n in 0..3 {
            shifted
                .rows
                .insert(0, Record::new(Kind::Invoices, Id(format!("new{n}"))));
        }
        list.arrived(shifted, 20);
        assert_eq!(list.selected, 8);
        assert_eq!(list.selection().map(|r| r.id.as_str()), Some("5"));
    }

    #[test]
    fn a_narrowed_list_begins_on_its_first_row_and_keeps_its_marks() {
        let mut list = List::new(ListQuery::natural(Kind::Invoices));
        list.arrived(window(0, 60, 100), 20);
        list.toggle_mark();
        list.step(Step::By(5), 20);
        let only = Only {
            text: "xenon".into(),
            ..Only::default()
        };
        let asked = list.narrow(only.clone(), 20);
        assert!(
            matches!(&asked, Some(Request::Window { query, offset: 0, .. }) if query.only == only),
            "{asked:?}"
        );
        assert_eq!(
            list.total(),
            100,
            "the old rows stay until the new ones come"
        );
        assert_eq!(list.narrow(only, 20), None);
        assert_eq!(list.arrived(window(0, 60, 100), 20), None, "an older list");
        let mut narrowed = window(0, 8, 8);
        narrowed.query = list.query.clone();
        list.arrived(narrowed, 20);
        assert_eq!((list.selected, list.total()), (0, 8));
        assert_eq!(list.marked.len(), 1);
        assert!(list.is_narrowed());
    }

    #[test]
    fn steps_never_leave_the_list() {
        let mut list = List::new(ListQuery::natural(Kind::Invoices));
        list.step(Step::By(-3), 0);
        list.step(Step::Last, 0);
        assert_eq!(list.selected, 0);
        list.arrived(window(0, 3, 3), 1);
        list.step(Step::By(i64::MAX), 1);
        assert_eq!(list.selected, 2);
        list.step(Step::By(i64::MIN), 1);
        assert_eq!(list.selected, 0);
    }
}
