//! Places inside a form: its fields in order, then the cells of its rows, row by row.

use serde::{Deserialize, Serialize};

use crate::domain::kind::Kind;
use crate::domain::spec::{Cell, Editor, FormField, GridColumn};

/// A place that can have the focus, and that a finding can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// The field with this number in the form of its kind.
    Field(usize),
    /// A cell of the grid.
    Cell {
        /// Number of the row, from 0.
        row: usize,
        /// Which column.
        cell: Cell,
    },
    /// One of the two texts of a row that writes into the native record.
    Other {
        /// Number of the row, from 0.
        row: usize,
        /// Which of the two.
        part: Part,
    },
}

/// The two texts of a row that writes into the native record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Where.
    Path,
    /// What.
    Value,
}

impl Part {
    /// Both, from the left.
    pub const ALL: [Part; 2] = [Part::Path, Part::Value];
}

/// Which places a form has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Of which kind it is: that tells fields and columns.
    pub kind: Kind,
    /// Rows; 0 for kinds without a grid.
    pub rows: usize,
    /// Whether the record is made here: then what is told once can be told.
    pub is_new: bool,
    /// Rows that write into the native record, behind all else.
    pub others: usize,
}

impl Extent {
    fn fields(self) -> &'static [FormField] {
        self.kind.spec().form.fields
    }

    fn columns(self) -> &'static [GridColumn] {
        self.kind.spec().form.grid.columns()
    }

    /// How a place is edited; nothing where there is no such place.
    pub fn editor(self, spot: Spot) -> Option<Editor> {
        match spot {
            Spot::Field(idx) => {
                let row = self.fields().get(idx)?;
                Some(match row.once && !self.is_new {
                    true => Editor::Shown,
                    false => row.editor,
                })
            }
            Spot::Cell { row, cell } if row < self.rows => {
                Some(self.kind.spec().form.grid.column(cell)?.editor)
            }
            Spot::Cell { .. } => None,
            Spot::Other { row, .. } => (row < self.others).then_some(Editor::Text),
        }
    }

    /// Whether a place can have the focus: it is there, and not shown only.
    pub fn takes_focus(self, spot: Spot) -> bool {
        self.editor(spot)
            .is_some_and(|editor| editor != Editor::Shown)
    }

    /// The first place of a row that takes the focus.
    pub fn row(self, row: usize) -> Option<Spot> {
        self.columns()
            .iter()
            .map(|column| Spot::Cell {
                row,
                cell: column.cell,
            })
            .find(|spot| self.takes_focus(*spot))
    }

    /// A text of a row that writes into the native record; none where there is no such row.
    pub fn other(self, row: usize, part: Part) -> Option<Spot> {
        (row < self.others).then_some(Spot::Other { row, part })
    }

    /// The number of the first place behind fields and rows.
    fn first_other(self) -> usize {
        self.fields().len() + self.rows * self.columns().len()
    }

    fn count(self) -> usize {
        self.first_other() + self.others * Part::ALL.len()
    }
}

impl Spot {
    /// Its number among all places, as the mouse names it.
    pub fn number(self, extent: Extent) -> usize {
        match self {
            Spot::Field(idx) => idx,
            Spot::Cell { row, cell } => {
                let columns = extent.columns();
                let column = columns.iter().position(|column| column.cell == cell);
                extent.fields().len() + row * columns.len() + column.unwrap_or(0)
            }
            Spot::Other { row, part } => {
                let column = Part::ALL.iter().position(|other| *other == part);
                extent.first_other() + row * Part::ALL.len() + column.unwrap_or(0)
            }
        }
    }

    /// The place with this number; nothing where there is none.
    pub fn numbered(number: usize, extent: Extent) -> Option<Self> {
        let Some(inside) = number.checked_sub(extent.fields().len()) else {
            return Some(Spot::Field(number));
        };
        if let Some(behind) = number.checked_sub(extent.first_other()) {
            let row = behind / Part::ALL.len();
            let part = *Part::ALL.get(behind % Part::ALL.len())?;
            return (row < extent.others).then_some(Spot::Other { row, part });
        }
        let columns = extent.columns();
        let row = inside.checked_div(columns.len())?;
        let cell = columns.get(inside % columns.len())?.cell;
        (row < extent.rows).then_some(Spot::Cell { row, cell })
    }

    /// The next place that takes the focus; none behind the last one.
    pub fn next(self, extent: Extent) -> Option<Self> {
        (self.number(extent) + 1..extent.count())
            .filter_map(|number| Spot::numbered(number, extent))
            .find(|spot| extent.takes_focus(*spot))
    }

    /// The place before that takes the focus; none before the first one.
    pub fn previous(self, extent: Extent) -> Option<Self> {
        (0..self.number(extent))
            .rev()
            .filter_map(|number| Spot::numbered(number, extent))
            .find(|spot| extent.takes_focus(*spot))
    }

    /// The next place; behind the last one comes the first.
    pub fn cycled(self, extent: Extent) -> Self {
        let first = || Spot::Field(0).within(extent);
        self.next(extent).unwrap_or_else(first)
    }

    /// The place before; before the first one comes the last.
    pub fn cycled_back(self, extent: Extent) -> Self {
        let last = || {
            (0..extent.count())
                .rev()
                .filter_map(|number| Spot::numbered(number, extent))
                .find(|spot| extent.takes_focus(*spot))
        };
        self.previous(extent).or_else(last).unwrap_or(self)
    }

    /// This place where it takes the focus, else the nearest that does.
    pub fn within(self, extent: Extent) -> Self {
        let there = match self {
            Spot::Field(idx) => Spot::Field(idx.min(extent.fields().len().saturating_sub(1))),
            Spot::Cell { .. } if extent.rows == 0 => Spot::Field(0),
            Spot::Cell { row, cell } => Spot::Cell {
                row: row.min(extent.rows - 1),
                cell,
            },
            Spot::Other { .. } if extent.others == 0 => Spot::Field(0),
            Spot::Other { row, part } => Spot::Other {
                row: row.min(extent.others - 1),
                part,
            },
        };
        if extent.takes_focus(there) {
            return there;
        }
        let in_row = match there {
            Spot::Field(_) | Spot::Other { .. } => None,
            Spot::Cell { row, .. } => extent.row(row),
        };
        in_row
            .or_else(|| there.next(extent))
            .or_else(|| there.previous(extent))
            .unwrap_or(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent {
        kind: Kind::Invoices,
        rows: 2,
        is_new: true,
        others: 1,
    };

    fn cell(row: usize, cell: Cell) -> Spot {
        Spot::Cell { row, cell }
    }

    #[test]
    fn every_place_has_one_number() {
        for number in 0..29 {
            let spot = Spot::numbered(number, EXTENT).expect("a place");
            assert_eq!(spot.number(EXTENT), number);
        }
        assert_eq!(Spot::numbered(29, EXTENT), None);
    }

    #[test]
    fn behind_the_last_place_comes_the_first() {
        let last = Spot::Other {
            row: 0,
            part: Part::Value,
        };
        assert_eq!(last.next(EXTENT), None);
        let path = Spot::Other {
            row: 0,
            part: Part::Path,
        };
        assert_eq!(cell(1, Cell::Taxes).next(EXTENT), Some(path));
        assert_eq!(last.cycled(EXTENT), Spot::Field(0));
        assert_eq!(Spot::Field(0).cycled_back(EXTENT), last);
        assert_eq!(Spot::Field(12).cycled(EXTENT), cell(0, Cell::Item));
    }

    #[test]
    fn the_parent_of_an_account_is_told_once() {
        let of = |is_new| Extent {
            kind: Kind::LedgerAccounts,
            rows: 0,
            is_new,
            others: 0,
        };
        assert!(of(true).takes_focus(Spot::Field(0)));
        assert_eq!(Spot::Field(0).within(of(false)), Spot::Field(1));
    }

    #[test]
    fn what_is_shown_only_never_has_the_focus() {
        assert!(!EXTENT.takes_focus(cell(0, Cell::Net)));
        assert_eq!(
            cell(0, Cell::Taxes).cycled(EXTENT),
            cell(1, Cell::Item),
            "the sum is passed over"
        );
        assert_eq!(cell(0, Cell::Net).within(EXTENT), cell(0, Cell::Item));
        assert_eq!(cell(7, Cell::Price).within(EXTENT), cell(1, Cell::Price));
        let mut seen = 1;
        let mut spot = Spot::Field(0);
        while let Some(next) = spot.next(EXTENT) {
            assert_eq!(next.previous(EXTENT), Some(spot));
            (spot, seen) = (next, seen + 1);
        }
        assert_eq!(seen, 13 + 2 * 6 + 2);
    }
}
