//! What the home page says about the books of a company.

use std::collections::BTreeMap;

use super::kind::Kind;
use super::list::Coverage;
use super::money::Money;

/// The state of the books as far as they are here (law 4): the coverage says how far that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Invoices and credit notes that were read, have no UUID and are drafts.
    pub unstamped_drafts: usize,
    /// Invoices and credit notes that were read, have no UUID and are issued all the same.
    pub unstamped_issued: usize,
    /// Invoices and credit notes whose native record was not read yet: no claim about their stamp.
    pub not_read: usize,
    /// Invoices of which something is owed although the day has passed.
    pub overdue: Overdue,
    /// How much of each kind is here; kinds that were never read are absent.
    pub coverage: BTreeMap<Kind, Coverage>,
}

/// What is overdue, per currency because different currencies do not add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overdue {
    /// How many documents.
    pub documents: usize,
    /// What is owed on them, by ISO currency; empty text where the currency is unknown.
    pub owed: BTreeMap<String, Money>,
    /// How many of the documents are in no sum because their balance is unknown.
    pub without_balance: usize,
}
