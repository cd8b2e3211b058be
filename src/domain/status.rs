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
