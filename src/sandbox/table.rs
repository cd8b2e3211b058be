//! Rows by id, with the orders in which lists are asked for kept ready.
//!
//! Pages are cut by offset, as Alegra does it, so the n-th row must be found at once even in a hundred
//! thousand: each order is a sorted vector. Ids are never given out twice, also after a delete.

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
    /// Each row at the place of its id. A list that leaves rows out looks at every one of them for every page: a walk
    /// down a tree for each would take longer than all the rest of the answer.
    rows: Vec<Option<R>>,
    by_id: Vec<u32>,
    by_created: Vec<(Timestamp, u32)>,
    by_updated: Vec<(Timestamp, u32)>,
    next: u32,
}

impl<R: Row> Table<R> {
    /// A table from rows in any order.
    pub fn from_rows(rows: impl IntoIterator<Item = R>) -> Self {
        let mut places = Vec::new();
        for row in rows {
            set(&mut places, row);
        }
        let there = || places.iter().flatten();
        let mut by_created: Vec<_> = there().map(|row| (row.created(), row.id())).collect();
        let mut by_updated: Vec<_> = there().map(|row| (row.updated(), row.id())).collect();
        by_created.sort_unstable();
        by_updated.sort_unstable();
        let by_id: Vec<u32> = there().map(Row::id).collect();
        Self {
            next: by_id.last().map_or(1, |last| last.saturating_add(1)),
            by_id,
            rows: places,
            by_created,
            by_updated,
        }
    }

    /// The id that the next new row gets.
    pub fn next_id(&self) -> u32 {
        self.next
    }

    pub fn get(&self, id: u32) -> Option<&R> {
        self.rows.get(place(id))?.as_ref()
    }

    /// All rows by id.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.rows.iter().flatten()
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Adds the row, or puts it in the place of the one with the same id.
    pub fn put(&mut self, row: R) {
        self.remove(row.id());
        let id = row.id();
        insert(&mut self.by_id, id);
        insert(&mut self.by_created, (row.created(), id));
        insert(&mut self.by_updated, (row.updated(), id));
        self.next = self.next.max(id.saturating_add(1));
        set(&mut self.rows, row);
    }

    /// Takes the row out, if it is there.
    pub fn remove(&mut self, id: u32) {
        if let Some(row) = self.rows.get_mut(place(id)).and_then(Option::take) {
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
            self.get(id)
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

fn place(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

fn set<R: Row>(rows: &mut Vec<Option<R>>, row: R) {
    let place = place(row.id());
    if place >= rows.len() {
        rows.resize_with(place + 1, || None);
    }
    if let Some(free) = rows.get_mut(place) {
        *free = Some(row);
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
