//! The first axis of a document: what is owed. Never mixed with the stamp.

use serde::{Deserialize, Serialize};

/// The status that the server derives from the balance (contract B.17), and the states of records that owe nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Borrador: editable, deletable.
    Draft,
    /// Por cobrar or por pagar: nothing paid yet (`authorised`, `unpaid`).
    Authorised,
    /// Parcialmente pagada.
    PartiallyPaid,
    /// Pagada, or closed.
    Paid,
    /// Anulada (`void`, `voided`).
    Voided,
    /// Abierta: a quote that was sent, an order that was placed. Nothing is owed on it.
    Open,
    /// A quote that the customer took.
    Accepted,
    /// A quote or payment that was turned down.
    Rejected,
    /// A quote whose day has passed.
    Expired,
    /// A quote that became an invoice, an order that became a bill.
    Billed,
    /// An order that is done with.
    Closed,
    /// A payment or journal entry that counts in the books.
    Posted,
    /// Gone, but still told of.
    Deleted,
    /// Contacts, items, accounts in use.
    Active,
    /// Contacts, items, accounts out of use.
    Inactive,
    /// A word that this program does not know. Shown as unknown, never guessed.
    Unknown,
}

impl Status {
    /// Whether a balance may still be owed under this status.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Authorised | Status::PartiallyPaid)
    }
}
