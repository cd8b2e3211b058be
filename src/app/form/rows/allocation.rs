//! A document that a payment can go to: how much of the payment goes to it, as typed. What the document itself says
//! (day, total, balance) is not in here: it is read again and again, and never undone.

use serde::{Deserialize, Serialize};

use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Allocation, Id, Link, Record};
use crate::domain::spec::Cell;

use super::super::reading::{self, plain};

/// A document under a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationRow {
    /// Which document, with its number.
    pub document: Link,
    /// An invoice or a bill.
    pub kind: Kind,
    /// How much goes to it, as typed.
    pub apply: String,
    /// What the payment gave it when it was opened.
    #[serde(default)]
    pub origin: Option<Allocation>,
}

impl AllocationRow {
    /// A document to which nothing goes yet.
    pub fn of_document(document: &Record) -> Self {
        Self {
            document: Link {
                id: document.id.clone(),
                name: document.title().to_owned(),
            },
            kind: document.kind,
            apply: String::new(),
            origin: None,
        }
    }

    /// What a payment says that went to a document; nothing where it does not say to which one.
    pub fn of(allocation: &Allocation) -> Option<Self> {
        Some(Self {
            document: allocation.document.clone()?,
            kind: allocation.kind?,
            apply: shown(allocation.amount),
            origin: Some(allocation.clone()),
        })
    }

    /// The allocation that it stands for; none where nothing goes to the document, or where the text is no amount.
    /// What was not touched is the allocation as it was read.
    pub fn allocation(&self) -> Option<Allocation> {
        if let Some(origin) = &self.origin
            && shown(origin.amount) == self.apply
        {
            return Some(origin.clone());
        }
        Some(Allocation {
            document: Some(self.document.clone()),
            kind: Some(self.kind),
            amount: Some(self.amount().filter(|amount| !amount.is_zero())?),
        })
    }

    /// How much goes to it; none where nothing does, or where the text is no amount.
    pub fn amount(&self) -> Option<Money> {
        reading::amount(&self.apply).ok().flatten().map(Money::new)
    }

    /// What it had of this payment before: so much may be given to it again.
    pub fn had(&self) -> Money {
        let had = self.origin.as_ref().and_then(|origin| origin.amount);
        had.unwrap_or(Money::ZERO)
    }

    /// Gives it so much.
    pub fn give(&mut self, amount: Option<Money>) {
        self.apply = shown(amount);
    }

    /// Whether nothing goes to it.
    pub fn is_blank(&self) -> bool {
        self.apply.trim().is_empty()
    }

    /// The text of a cell; nothing for what the document says.
    pub fn text(&self, cell: Cell) -> Option<&String> {
        (cell == Cell::Apply).then_some(&self.apply)
    }

    /// The text of a cell, to be changed.
    pub fn text_mut(&mut self, cell: Cell) -> Option<&mut String> {
        (cell == Cell::Apply).then_some(&mut self.apply)
    }
}

fn shown(amount: Option<Money>) -> String {
    amount.map_or_else(String::new, |amount| plain(amount.decimal(), 2))
}

/// The allocations of a payment as the rows say them, over those that it had: what had one stays in its order, and
/// new ones follow.
pub fn written(rows: &[AllocationRow], had: &[Allocation]) -> Vec<Allocation> {
    let row_of = |id: &Id| rows.iter().find(|row| row.document.id == *id);
    let mut written = Vec::new();
    for allocation in had {
        match allocation
            .document
            .as_ref()
            .and_then(|link| row_of(&link.id))
        {
            Some(row) => written.extend(row.allocation()),
            // What says of no document that it is one has no row, and is not to vanish from the books.
            None if AllocationRow::of(allocation).is_none() => written.push(allocation.clone()),
            None => {}
        }
    }
    let fresh = rows.iter().filter(|row| {
        let known = |allocation: &Allocation| {
            (allocation.document.as_ref()).is_some_and(|link| link.id == row.document.id)
        };
        !had.iter().any(known)
    });
    written.extend(fresh.filter_map(AllocationRow::allocation));
    written
}

/// The rows for these documents, in their order, with what was typed for them; a row whose document is not among them
/// stays behind them while something is in it.
pub fn lined_up(rows: &mut Vec<AllocationRow>, documents: &[Record]) {
    let mut left = std::mem::take(rows);
    for document in documents {
        match left.iter().position(|row| row.document.id == document.id) {
            Some(idx) => {
                let mut row = left.remove(idx);
                row.document.name = document.title().to_owned();
                rows.push(row);
            }
            None => rows.push(AllocationRow::of_document(document)),
        }
    }
    left.retain(|row| !row.is_blank() || row.origin.is_some());
    rows.append(&mut left);
}
