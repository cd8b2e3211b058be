//! Numbers for questions, so that a late answer to an old question is told from the newest.

use std::collections::BTreeMap;

use super::msg::{Slot, Ticket};

/// The newest question of each slot.
#[derive(Clone, Debug, Default)]
pub struct Tickets {
    newest: BTreeMap<Slot, u64>,
    last: u64,
}

impl Tickets {
    /// The number for a new question; answers to older ones in this slot are dropped from now on.
    pub fn issue(&mut self, slot: Slot) -> Ticket {
        self.last += 1;
        self.newest.insert(slot, self.last);
        Ticket {
            slot,
            serial: self.last,
        }
    }

    /// Nobody waits for an answer in this slot any more.
    pub fn withdraw(&mut self, slot: Slot) {
        self.newest.remove(&slot);
    }

    /// Whether an answer with this number is still wanted.
    pub fn is_wanted(&self, ticket: Ticket) -> bool {
        self.newest.get(&ticket.slot) == Some(&ticket.serial)
    }
}
