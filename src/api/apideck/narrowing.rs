//! The few filters that the connector honours (contract B.0, B.17): everything else is for the caller to sift.
//!
//! Only values that both sources of the contract allow are ever sent.

use super::super::Narrowing;
use crate::domain::kind::Kind;
use crate::domain::status::Status;

/// The query parameter for this, where the server can do it.
pub(super) fn parameter(kind: Kind, narrowing: &Narrowing) -> Option<(&'static str, String)> {
    let (key, value) = match (kind, narrowing) {
        (Kind::Bills, Narrowing::Status(status)) => ("filter[status]", of_bills(*status)?),
        (Kind::Payments | Kind::BillPayments, Narrowing::Status(status)) => {
            ("filter[status]", of_payments(*status)?)
        }
        (Kind::JournalEntries, Narrowing::Status(Status::Voided)) => ("filter[status]", "voided"),
        // For journal entries named by the guide alone: tried, and given up where it is refused.
        (Kind::Payments | Kind::JournalEntries, Narrowing::Customer(id)) => {
            ("filter[customer_id]", id.as_str())
        }
        (Kind::BillPayments | Kind::JournalEntries, Narrowing::Supplier(id)) => {
            ("filter[supplier_id]", id.as_str())
        }
        (Kind::InvoiceItems, Narrowing::Name(text)) => ("filter[name]", text.as_str()),
        _ => return None,
    };
    let value = value.trim();
    (!value.is_empty()).then(|| (key, value.to_owned()))
}

fn of_bills(status: Status) -> Option<&'static str> {
    match status {
        Status::Paid => Some("paid"),
        Status::Authorised => Some("unpaid"),
        _ => None,
    }
}

fn of_payments(status: Status) -> Option<&'static str> {
    match status {
        Status::Paid => Some("paid"),
        Status::Posted => Some("authorised"),
        Status::Voided => Some("voided"),
        _ => None,
    }
}
