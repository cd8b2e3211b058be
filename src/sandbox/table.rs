//! Rows by id, with the orders in which lists are asked for kept ready.
//!
//! Pages are cut by offset, as Alegra does it, so the n-th row must be found at once even in a hundred
//! thousand: each order is a sorted vector. Ids are never given out twice, also after a delete.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// A record that a table can hold.
pub trait Row {
    fn id(&self) -> u32;
    fn created(&self) -> Timestamp;
    fn updated(&self) -> Timestamp;
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    Id,
    Created,
    Updated,
}

pub struct Table<R> {
    rows: BTreeMap<u32, R>,
    by_id: Vec<u32>,
    by_created: Vec<(Timestamp, u32)>,
    by_updated: Vec<(Timestamp, u32)>,
    next: u32,
}

impl<R: Row> Table<R> {
    /// A table from rows in any order.
    pub fn from_rows(rows: impl IntoIterator<Item = R>) -> Self {
        let rows: BTreeMap<u32, R> = rows.into_iter().map(|row| (row.id(), row)).collect();
        let mut by_created: Vec<_> = rows.values().map(|row| (row.created(), row.id())).collect();
        let mut by_updated: Vec<_> = rows.values().map(|row| (row.updated(), row.id())).collect();
        by_created.sort_unstable();
        by_updated.sort_unstable();
        Self {
            by_id: rows.keys().copied().collect(),
            next: rows
                .keys()
                .next_back()
                .map_or(1, |last| last.saturating_add(1)),
            rows,
            by_created,
            by_updated,
        }
    }

    /// The id that the next new row gets.
    pub fn next_id(&self) -> u32 {
        self.next
    }

    pub fn get(&self, id: u32) -> Option<&R> {
        self.rows.get(&id)
    }

    /// All rows by id.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.rows.values()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds the row, or puts it in the place of the one with the same id.
    pub fn put(&mut self, row: R) {
        self.remove(row.id());
        let id = row.id();
        insert(&mut self.by_id, id);
        insert(&mut self.by_created, (row.created(), id));
        insert(&mut self.by_updated, (row.updated(), id));
        self.next = self.next.max(id.saturating_add(1));
        self.rows.insert(id, row);
    }

    /// Takes the row out, if it is there.
    pub fn remove(&mut self, id: u32) {
        if let Some(row) = self.rows.remove(&id) {
            withdraw(&mut self.by_id, &id);
            withdraw(&mut self.by_created, &(row.created(), id));
            withdraw(&mut self.by_updated, &(row.updated(), id));
        }
    }

    /// The rows of a page, at most `take` after the first `skip` that `keep` lets through, and whether
    /// more follow.
    pub fn page(
        &self,
        order: Order,
        descending: bool,
        keep: Option<&dyn Fn(&R) -> bool>,
        skip: usize,
        take: usize,
    ) -> (Vec<&R>, bool) {
        let count = self.by_id.len();
        let row_at = |position: usize| {
            let position = if descending {
                count.checked_sub(position + 1)?
            } else {
                position
            };
            let id = match order {
                Order::Id => *self.by_id.get(position)?,
                Order::Created => self.by_created.get(position)?.1,
                Order::Updated => self.by_updated.get(position)?.1,
            };
            self.rows.get(&id)
        };
        let mut page: Vec<&R> = match keep {
            None => (skip.min(count)..count)
                .map_while(row_at)
                .take(take.saturating_add(1))
                .collect(),
            Some(keep) => (0..count)
                .map_while(row_at)
                .filter(|row| keep(row))
                .skip(skip)
                .take(take.saturating_add(1))
                .collect(),
        };
        let more = page.len() > take;
        page.truncate(take);
        (page, more)
    }
}

fn insert<K: Ord>(sorted: &mut Vec<K>, key: K) {
    let place = sorted.binary_search(&key).unwrap_or_else(|place| place);
    sorted.insert(place, key);
}

fn withdraw<K: Ord>(sorted: &mut Vec<K>, key: &K) {
    if let Ok(place) = sorted.binary_search(key) {
        sorted.remove(place);
    }
}
