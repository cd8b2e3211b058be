//! The rows below the fields of a form, whatever they are rows of.
//!
//! The engine moves over them, types into them, undoes and keeps them by row and [`Cell`] alone; only here and in the
//! rows themselves is told apart what they are. A text that cannot be read stays as it was typed.

mod allocation;
mod line;
mod posting;

use serde::{Deserialize, Serialize};

use crate::domain::record::{Link, Record};
use crate::domain::spec::{Cell, Grid};

pub use allocation::{AllocationRow, lined_up};
pub use line::{LineRow, On};
pub use posting::PostingRow;

/// The rows of a form, all of one sort.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// The kind has none.
    #[default]
    Nothing,
    /// Lines of a document; at least one, which may be blank.
    Lines(Vec<LineRow>),
    /// The documents that a payment can go to; none before its contact is known.
    Allocations(Vec<AllocationRow>),
    /// Debits and credits of a póliza; at least one, which may be blank.
    Postings(Vec<PostingRow>),
}

impl Rows {
    /// The rows of a new record with this grid.
    pub fn blank(grid: Grid) -> Self {
        match grid {
            Grid::Nothing => Rows::Nothing,
            Grid::Lines(_) => Rows::Lines(vec![LineRow::default()]),
            Grid::Allocations(_) => Rows::Allocations(Vec::new()),
            // A póliza has at least two.
            Grid::Postings(_) => Rows::Postings(vec![PostingRow::default(); 2]),
        }
    }

    /// The rows of this record.
    pub fn of(record: &Record) -> Self {
        match record.kind.spec().form.grid {
            Grid::Lines(_) if !record.lines.is_empty() => {
                Rows::Lines(record.lines.iter().map(LineRow::of).collect())
            }
            Grid::Allocations(_) => {
                let rows = record.allocations.iter().filter_map(AllocationRow::of);
                Rows::Allocations(rows.collect())
            }
            Grid::Postings(_) if !record.postings.is_empty() => {
                Rows::Postings(record.postings.iter().map(PostingRow::of).collect())
            }
            grid => Rows::blank(grid),
        }
    }

    /// The rows of a new record that begins as a copy of this one.
    pub fn copy_of(record: &Record) -> Self {
        match record.kind.spec().form.grid {
            Grid::Lines(_) if !record.lines.is_empty() => {
                Rows::Lines(record.lines.iter().map(LineRow::copy_of).collect())
            }
            grid => Rows::blank(grid),
        }
    }

    /// Writes them into a record.
    pub fn write(&self, record: &mut Record) {
        match self {
            Rows::Nothing => {}
            Rows::Lines(rows) => {
                let filled = rows.iter().filter(|row| !row.is_blank());
                record.lines = filled.map(LineRow::line).collect();
            }
            Rows::Allocations(rows) => {
                record.allocations = allocation::written(rows, &record.allocations);
            }
            Rows::Postings(rows) => {
                let filled = rows.iter().filter(|row| !row.is_blank());
                record.postings = filled.map(PostingRow::posting).collect();
            }
        }
    }

    /// How many there are, blank ones too.
    pub fn len(&self) -> usize {
        match self {
            Rows::Nothing => 0,
            Rows::Lines(rows) => rows.len(),
            Rows::Allocations(rows) => rows.len(),
            Rows::Postings(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a person adds and deletes rows.
    pub fn can_grow(&self) -> bool {
        match self {
            Rows::Nothing | Rows::Allocations(_) => false,
            Rows::Lines(_) | Rows::Postings(_) => true,
        }
    }

    /// The lines; none where the rows are something else.
    pub fn lines(&self) -> &[LineRow] {
        match self {
            Rows::Lines(rows) => rows,
            _ => &[],
        }
    }

    /// The lines, to be changed.
    pub fn lines_mut(&mut self) -> &mut [LineRow] {
        match self {
            Rows::Lines(rows) => rows,
            _ => &mut [],
        }
    }

    /// The documents of a payment; none where the rows are something else.
    pub fn allocations(&self) -> &[AllocationRow] {
        match self {
            Rows::Allocations(rows) => rows,
            _ => &[],
        }
    }

    /// The documents of a payment, to be changed.
    pub fn allocations_mut(&mut self) -> &mut [AllocationRow] {
        match self {
            Rows::Allocations(rows) => rows,
            _ => &mut [],
        }
    }

    /// The postings of a póliza; none where the rows are something else.
    pub fn postings(&self) -> &[PostingRow] {
        match self {
            Rows::Postings(rows) => rows,
            _ => &[],
        }
    }

    /// The postings of a póliza, to be changed.
    pub fn postings_mut(&mut self) -> &mut [PostingRow] {
        match self {
            Rows::Postings(rows) => rows,
            _ => &mut [],
        }
    }

    /// Whether nothing is in a row, so that it is no row of the record.
    pub fn is_blank(&self, row: usize) -> bool {
        match self {
            Rows::Nothing => true,
            Rows::Lines(rows) => rows.get(row).is_none_or(LineRow::is_blank),
            Rows::Allocations(rows) => rows.get(row).is_none_or(AllocationRow::is_blank),
            Rows::Postings(rows) => rows.get(row).is_none_or(PostingRow::is_blank),
        }
    }

    /// The numbers of the rows that are rows of the record.
    pub fn filled(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(|row| !self.is_blank(*row))
    }

    /// Adds a blank row at the end.
    pub fn push_blank(&mut self) {
        match self {
            Rows::Nothing | Rows::Allocations(_) => {}
            Rows::Lines(rows) => rows.push(LineRow::default()),
            Rows::Postings(rows) => rows.push(PostingRow::default()),
        }
    }

    /// Deletes a row; a blank one stays where it was the last.
    pub fn remove(&mut self, row: usize) {
        match self {
            Rows::Lines(rows) if row < rows.len() => {
                rows.remove(row);
            }
            Rows::Postings(rows) if row < rows.len() => {
                rows.remove(row);
            }
            Rows::Nothing | Rows::Allocations(_) | Rows::Lines(_) | Rows::Postings(_) => {}
        }
        if self.is_empty() {
            self.push_blank();
        }
    }

    /// The text of a cell; nothing where the content is chosen or reckoned, or where there is no such cell.
    pub fn text(&self, row: usize, cell: Cell) -> Option<&String> {
        match self {
            Rows::Nothing => None,
            Rows::Lines(rows) => rows.get(row)?.text(cell),
            Rows::Allocations(rows) => rows.get(row)?.text(cell),
            Rows::Postings(rows) => rows.get(row)?.text(cell),
        }
    }

    /// The text of a cell, to be changed.
    pub fn text_mut(&mut self, row: usize, cell: Cell) -> Option<&mut String> {
        match self {
            Rows::Nothing => None,
            Rows::Lines(rows) => rows.get_mut(row)?.text_mut(cell),
            Rows::Allocations(rows) => rows.get_mut(row)?.text_mut(cell),
            Rows::Postings(rows) => rows.get_mut(row)?.text_mut(cell),
        }
    }

    /// The records that a cell holds; none where it is typed into.
    pub fn links(&self, row: usize, cell: Cell) -> &[Link] {
        match self {
            Rows::Lines(rows) => rows.get(row).map_or(&[], |row| row.links(cell)),
            Rows::Nothing | Rows::Allocations(_) | Rows::Postings(_) => &[],
        }
    }

    /// Whether nothing is in a cell.
    pub fn is_empty_at(&self, row: usize, cell: Cell) -> bool {
        match self.text(row, cell) {
            Some(text) => text.trim().is_empty(),
            None => self.links(row, cell).is_empty(),
        }
    }

    /// Empties a cell.
    pub fn clear(&mut self, row: usize, cell: Cell) {
        if let Some(text) = self.text_mut(row, cell) {
            text.clear();
            return;
        }
        if let Some(row) = self.lines_mut().get_mut(row) {
            row.unlink(cell);
        }
    }

    /// These rows where they are of the sort that the grid has, else blank ones.
    pub fn fitted(self, grid: Grid) -> Self {
        match (&self, grid) {
            (Rows::Lines(rows), Grid::Lines(_)) if !rows.is_empty() => self,
            (Rows::Postings(rows), Grid::Postings(_)) if !rows.is_empty() => self,
            (Rows::Allocations(_), Grid::Allocations(_)) => self,
            (_, grid) => Rows::blank(grid),
        }
    }
}
