//! The newest of many rows that are offered in any order, some of them perhaps twice, without keeping the others.

use std::collections::BTreeSet;

use super::key::RowId;

/// The newest rows of all that are offered.
pub(super) struct Newest {
    enough: usize,
    rows: BTreeSet<(i64, i64)>,
}

impl Newest {
    pub fn new(enough: usize) -> Self {
        Self {
            enough,
            rows: BTreeSet::new(),
        }
    }

    pub fn is_full(&self) -> bool {
        self.rows.len() >= self.enough
    }

    /// Takes a row if it is among the newest. `false` says that an older one need not be offered.
    pub fn offer(&mut self, row: RowId) -> bool {
        let offered = (row.recency(), row.0);
        if self.is_full() && self.rows.first().is_none_or(|oldest| offered < *oldest) {
            return false;
        }
        self.rows.insert(offered);
        if self.rows.len() > self.enough {
            self.rows.pop_first();
        }
        true
    }

    pub fn into_rows(self) -> Vec<RowId> {
        self.rows.into_iter().map(|(_, key)| RowId(key)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_offered_twice_takes_the_place_of_no_other() {
        let mut newest = Newest::new(3);
        for key in [5, 9, 5, 7, 9] {
            assert!(newest.offer(RowId(key)), "{key}");
        }
        assert!(newest.is_full());
        assert!(!newest.offer(RowId(4)));
        assert!(newest.offer(RowId(6)));
        assert_eq!(newest.into_rows(), [6, 7, 9].map(RowId));
    }
}
