//! The newest of many rows that are offered in any order, without keeping the others.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::key::RowId;

/// The newest rows of all that are offered.
pub(super) struct Newest {
    enough: usize,
    rows: BinaryHeap<Reverse<(i64, i64)>>,
}

impl Newest {
    pub fn new(enough: usize) -> Self {
        Self {
            enough,
            rows: BinaryHeap::new(),
        }
    }

    pub fn is_full(&self) -> bool {
        self.rows.len() >= self.enough
    }

    /// Takes a row if it is among the newest. `false` says that an older one need not be offered.
    pub fn offer(&mut self, row: RowId) -> bool {
        let offered = Reverse((row.recency(), row.0));
        if self.is_full() {
            if self.rows.peek().is_none_or(|oldest| offered >= *oldest) {
                return false;
            }
            self.rows.pop();
        }
        self.rows.push(offered);
        true
    }

    pub fn into_rows(self) -> Vec<RowId> {
        self.rows
            .into_iter()
            .map(|Reverse((_, key))| RowId(key))
            .collect()
    }
}
