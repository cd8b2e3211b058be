//! Places inside a form: its fields in order, then the cells of its lines, row by row.

use serde::{Deserialize, Serialize};

/// A column of the lines grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The catalogue item that the line bills.
    Item,
    /// Descripción.
    Description,
    /// Cantidad.
    Quantity,
    /// Unit price.
    Price,
    /// Discount in percent.
    Discount,
    /// Taxes.
    Taxes,
}

impl Cell {
    /// All of them, from the left.
    pub const ALL: [Cell; 6] = [
        Cell::Item,
        Cell::Description,
        Cell::Quantity,
        Cell::Price,
        Cell::Discount,
        Cell::Taxes,
    ];

    fn idx(self) -> usize {
        Cell::ALL.iter().position(|cell| *cell == self).unwrap_or(0)
    }
}

/// A place that can have the focus, and that a finding can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// The field with this number in the form of its kind.
    Field(usize),
    /// A cell of the lines.
    Cell {
        /// Number of the line, from 0.
        row: usize,
        /// Which column.
        cell: Cell,
    },
}

/// How many places a form has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Fields.
    pub fields: usize,
    /// Lines; 0 for kinds without lines.
    pub rows: usize,
}

impl Spot {
    /// The first cell of a line.
    pub fn row(row: usize) -> Self {
        Spot::Cell {
            row,
            cell: Cell::Item,
        }
    }

    /// Its number among all places, as the mouse names it.
    pub fn number(self, extent: Extent) -> usize {
        match self {
            Spot::Field(idx) => idx,
            Spot::Cell { row, cell } => extent.fields + row * Cell::ALL.len() + cell.idx(),
        }
    }

    /// The place with this number; nothing where there is none.
    pub fn numbered(number: usize, extent: Extent) -> Option<Self> {
        let Some(inside) = number.checked_sub(extent.fields) else {
            return Some(Spot::Field(number));
        };
        let row = inside / Cell::ALL.len();
        let cell = *Cell::ALL.get(inside % Cell::ALL.len())?;
        (row < extent.rows).then_some(Spot::Cell { row, cell })
    }

    /// The place that comes after so many others; from the last one on to the first.
    pub fn after(self, places: i64, extent: Extent) -> Self {
        let count = extent.fields + extent.rows * Cell::ALL.len();
        let (Ok(count), Ok(number)) = (i64::try_from(count), i64::try_from(self.number(extent)))
        else {
            return self;
        };
        if count == 0 {
            return self;
        }
        let number = (number + places).rem_euclid(count);
        usize::try_from(number)
            .ok()
            .and_then(|number| Spot::numbered(number, extent))
            .unwrap_or(self)
    }

    /// This place where the form has it, else the nearest that it has.
    pub fn within(self, extent: Extent) -> Self {
        match self {
            Spot::Field(idx) => Spot::Field(idx.min(extent.fields.saturating_sub(1))),
            Spot::Cell { .. } if extent.rows == 0 => Spot::Field(0),
            Spot::Cell { row, cell } => Spot::Cell {
                row: row.min(extent.rows - 1),
                cell,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent { fields: 9, rows: 2 };

    #[test]
    fn every_place_has_one_number() {
        for number in 0..21 {
            let spot = Spot::numbered(number, EXTENT).expect("a place");
            assert_eq!(spot.number(EXTENT), number);
        }
        assert_eq!(Spot::numbered(21, EXTENT), None);
    }

    #[test]
    fn behind_the_last_place_comes_the_first() {
        let last = Spot::Cell {
            row: 1,
            cell: Cell::Taxes,
        };
        assert_eq!(last.after(1, EXTENT), Spot::Field(0));
        assert_eq!(Spot::Field(0).after(-1, EXTENT), last);
        assert_eq!(Spot::Field(8).after(1, EXTENT), Spot::row(0));
    }
}
