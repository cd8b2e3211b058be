//! Rows by id, with the orders in which lists are asked for kept ready.
//!
//! Pages are cut by offset, as Alegra does it, so the n-th row must be found at once even in a hundred
//! thousand: each order is a sorted vector, of the whole table and of each part of it that there are lists of. Ids are
//! never given out twice, also after a delete.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// A record that a table can hold.
pub trait Row {
    fn id(&self) -> u32;
    fn created(&self) -> Timestamp;
    fn updated(&self) -> Timestamp;
    /// The number of the part of its table that it belongs to, where there are lists of single parts.
    fn part(&self) -> Option<usize> {
        None
    }
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
    whole: Orders,
    parts: BTreeMap<usize, Orders>,
    next: u32,
}

/// Which rows a page is cut out of.
pub struct Asked<'a, R> {
    /// The part of the table; all of it where there is none.
    pub part: Option<usize>,
    pub order: Order,
    pub descending: bool,
    /// What else rows must be.
    pub keep: Option<&'a dyn Fn(&R) -> bool>,
}

/// Ids in every order.
#[derive(Default)]
struct Orders {
    by_id: Vec<u32>,
    by_created: Vec<(Timestamp, u32)>,
    by_updated: Vec<(Timestamp, u32)>,
}

impl Orders {
    /// Adds a row behind all others; [`Orders::sort`] puts it in its place.
    fn push(&mut self, row: &impl Row) {
        self.by_id.push(row.id());
        self.by_created.push((row.created(), row.id()));
        self.by_updated.push((row.updated(), row.id()));
    }

    fn sort(&mut self) {
        self.by_id.sort_unstable();
        self.by_created.sort_unstable();
        self.by_updated.sort_unstable();
    }

    fn insert(&mut self, row: &impl Row) {
        insert(&mut self.by_id, row.id());
        insert(&mut self.by_created, (row.created(), row.id()));
        insert(&mut self.by_updated, (row.updated(), row.id()));
    }

    fn withdraw(&mut self, row: &impl Row) {
        withdraw(&mut self.by_id, &row.id());
        withdraw(&mut self.by_created, &(row.created(), row.id()));
        withdraw(&mut self.by_updated, &(row.updated(), row.id()));
    }

    /// The id at a place of an order.
    fn id_at(&self, order: Order, place: usize) -> Option<u32> {
        match order {
            Order::Id => self.by_id.get(place).copied(),
            Order::Created => self.by_created.get(place).map(|(_, id)| *id),
            Order::Updated => self.by_updated.get(place).map(|(_, id)| *id),
        }
    }
}

impl<R: Row> Table<R> {
    /// A table from rows in any order.
    pub fn from_rows(rows: impl IntoIterator<Item = R>) -> Self {
        let mut table = Self {
            rows: Vec::new(),
            whole: Orders::default(),
            parts: BTreeMap::new(),
            next: 1,
        };
        for row in rows {
            set(&mut table.rows, row);
        }
        for row in table.rows.iter().flatten() {
            table.whole.push(row);
            if let Some(part) = row.part() {
                table.parts.entry(part).or_default().push(row);
            }
        }
        table.whole.sort();
        table.parts.values_mut().for_each(Orders::sort);
        if let Some(last) = table.whole.by_id.last() {
            table.next = last.saturating_add(1);
        }
        table
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
        self.whole.by_id.len()
    }

    /// Adds the row, or puts it in the place of the one with the same id.
    pub fn put(&mut self, row: R) {
        self.remove(row.id());
        self.whole.insert(&row);
        if let Some(part) = row.part() {
            self.parts.entry(part).or_default().insert(&row);
        }
        self.next = self.next.max(row.id().saturating_add(1));
        set(&mut self.rows, row);
    }

    /// Takes the row out, if it is there.
    pub fn remove(&mut self, id: u32) {
        if let Some(row) = self.rows.get_mut(place(id)).and_then(Option::take) {
            self.whole.withdraw(&row);
            if let Some(orders) = row.part().and_then(|part| self.parts.get_mut(&part)) {
                orders.withdraw(&row);
            }
        }
    }

    /// The rows of a page, at most `take` after the first `skip` of those that are asked for, and whether more follow.
    pub fn page(&self, asked: &Asked<'_, R>, skip: usize, take: usize) -> (Vec<&R>, bool) {
        let none = Orders::default();
        let orders = match asked.part {
            None => &self.whole,
            Some(part) => self.parts.get(&part).unwrap_or(&none),
        };
        let count = orders.by_id.len();
        let row_at = |place: usize| {
            let place = match asked.descending {
                true => count.checked_sub(place + 1)?,
                false => place,
            };
            self.get(orders.id_at(asked.order, place)?)
        };
        let mut page: Vec<&R> = match asked.keep {
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

#[cfg(test)]
mod tests {
    use super::*;

    struct Coin {
        id: u32,
        side: usize,
        seconds: i64,
    }

    impl Row for Coin {
        fn id(&self) -> u32 {
            self.id
        }
        fn created(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
        fn updated(&self) -> Timestamp {
            Timestamp::from_second(self.seconds).expect("a moment")
        }
        fn part(&self) -> Option<usize> {
            Some(self.side)
        }
    }

    fn latest(table: &Table<Coin>, part: Option<usize>, skip: usize) -> (Vec<u32>, bool) {
        let asked = Asked {
            part,
            order: Order::Updated,
            descending: true,
            keep: None,
        };
        let (rows, more) = table.page(&asked, skip, 2);
        (rows.into_iter().map(Row::id).collect(), more)
    }

    #[test]
    fn a_part_is_paged_like_a_table_of_its_own() {
        let coin = |id: u32, side: usize, seconds: i64| Coin { id, side, seconds };
        let mut table = Table::from_rows((1..=9).map(|id| coin(id, id as usize % 2, id.into())));
        assert_eq!(latest(&table, None, 0), (vec![9, 8], true));
        assert_eq!(latest(&table, Some(1), 0), (vec![9, 7], true));
        assert_eq!(latest(&table, Some(0), 2), (vec![4, 2], false));
        assert_eq!(latest(&table, Some(2), 0), (vec![], false));
        // One turns over, one goes, one comes.
        table.put(coin(8, 1, 20));
        table.remove(7);
        table.put(coin(10, 0, 5));
        assert_eq!(latest(&table, Some(1), 0), (vec![8, 9], true));
        assert_eq!(latest(&table, Some(1), 2), (vec![5, 3], true));
        assert_eq!(latest(&table, Some(0), 0), (vec![6, 10], true));
        assert_eq!(latest(&table, None, 0), (vec![8, 9], true));
        assert_eq!(table.len(), 9);
    }
}
