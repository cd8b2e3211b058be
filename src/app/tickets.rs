//! Numbers for questions, so that a late answer to an old question is told from the newest.

use std::collections::{BTreeMap, BTreeSet};

use super::msg::{Slot, Ticket};

/// The newest question of each slot.
#[derive(Clone, Debug, Default)]
pub struct Tickets {
    newest: BTreeMap<Slot, u64>,
    /// Slots whose answer will be old when it comes.
    stale: BTreeSet<Slot>,
    last: u64,
}

impl Tickets {
    /// The number for a new question; answers to older ones in this slot are dropped from now on.
    pub fn issue(&mut self, slot: Slot) -> Ticket {
        self.last += 1;
        self.newest.insert(slot, self.last);
        self.stale.remove(&slot);
        Ticket {
            slot,
            serial: self.last,
        }
    }

    /// Nobody waits for an answer in this slot any more.
    pub fn withdraw(&mut self, slot: Slot) {
        self.newest.remove(&slot);
        self.stale.remove(&slot);
    }

    /// Nobody waits for any answer any more.
    pub fn withdraw_all(&mut self) {
        self.newest.clear();
        self.stale.clear();
    }

    /// Whether an answer with this number is still wanted.
    pub fn is_wanted(&self, ticket: Ticket) -> bool {
        self.newest.get(&ticket.slot) == Some(&ticket.serial)
    }

    /// Whether an answer is awaited in this slot, where answers are settled when they come.
    pub fn is_awaited(&self, slot: Slot) -> bool {
        self.newest.contains_key(&slot)
    }

    /// What the awaited answer will say has changed already.
    pub fn outdate(&mut self, slot: Slot) {
        self.stale.insert(slot);
    }

    /// Whether the awaited answer will be old when it comes.
    pub fn is_stale(&self, slot: Slot) -> bool {
        self.stale.contains(&slot)
    }

    /// The last answer to this question came. Whether it was old by then.
    pub fn settle(&mut self, ticket: Ticket) -> bool {
        if self.is_wanted(ticket) {
            self.newest.remove(&ticket.slot);
        }
        self.stale.remove(&ticket.slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_was_outdated_on_its_way_says_so_once() {
        let mut tickets = Tickets::default();
        let ticket = tickets.issue(Slot::Window);
        assert!(tickets.is_awaited(Slot::Window));
        tickets.outdate(Slot::Window);
        assert!(tickets.settle(ticket));
        assert!(!tickets.is_awaited(Slot::Window));
        let ticket = tickets.issue(Slot::Window);
        assert!(!tickets.settle(ticket));
    }
}
