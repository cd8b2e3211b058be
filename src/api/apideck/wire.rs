//! The machinery that every mapping uses: rows that say where a field stands on the wire, and the reading of them.
//!
//! Reads both records of a thing, the unified first. Unknown keys, other types and missing values leave a field
//! absent; nothing is guessed and nothing fails.

use serde_json::{Value as Json, json};

use super::super::json;
use super::{
    allocations, company, contacts, invoices, ledger, lines, postings, purchases, regime, related,
    sales, treasury,
};
use crate::domain::field::{Field, Shape, Value};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Id, Link, Record};
use crate::domain::status::Status;

/// How a resource answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resource {
    /// Where its fields stand.
    pub rows: &'static [Row],
    /// Whether it comes in pages (contract B.0).
    pub paged: bool,
    /// What it can be sorted by.
    pub order: Order,
    /// Whether its list is asked for with `raw=true` (contract C.2).
    pub raw: bool,
    /// Native path for the Proxy.
    pub native: &'static str,
}

/// What a list can be sorted by (contract B.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `created_at` and `updated_at`.
    Times,
    /// Nothing.
    None,
}

/// Where one field stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The field.
    pub field: Field,
    /// Dotted paths in the unified record, the first that tells wins.
    pub unified: &'static [&'static str],
    /// Dotted paths in the native record, asked after those.
    pub native: &'static [&'static str],
    /// Where it is written.
    pub write: Write,
    /// What is written when it is cleared.
    pub cleared: Cleared,
}

/// What clearing a field says on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cleared {
    /// Null.
    Null,
    /// An empty text, where the published documents declare no null.
    Empty,
    /// Nothing can say it: the field has a value or is not sent.
    Refused,
}

/// Where a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// Nowhere: the server makes it.
    Never,
    /// Under this key of the unified body.
    Unified(&'static str),
    /// A day under this key of the unified body, where it is a date-time: midnight UTC (contract B.12).
    Midnight(&'static str),
    /// Under this key of `extend_object`, in Alegra's own words (contract C.1).
    Native(&'static str),
}

/// A field that Unify reads and writes under one name.
pub(super) const fn both(field: Field, name: &'static [&'static str; 1]) -> Row {
    let [key] = name;
    Row {
        field,
        unified: name,
        native: &[],
        write: Write::Unified(key),
        cleared: Cleared::Null,
    }
}

/// A day that Unify reads and writes as a date-time under one name.
pub(super) const fn midnight(field: Field, name: &'static [&'static str; 1]) -> Row {
    let [key] = name;
    Row {
        field,
        unified: name,
        native: &[],
        write: Write::Midnight(key),
        cleared: Cleared::Null,
    }
}

/// A field that is only read.
pub(super) const fn read(field: Field, unified: &'static [&'static str]) -> Row {
    Row {
        field,
        unified,
        native: &[],
        write: Write::Never,
        cleared: Cleared::Null,
    }
}

/// A field that only the native record tells and that is never written.
pub(super) const fn told(field: Field, native: &'static [&'static str]) -> Row {
    Row {
        field,
        unified: &[],
        native,
        write: Write::Never,
        cleared: Cleared::Null,
    }
}

/// A field that only the native record tells, written by `pass_through`.
pub(super) const fn native(field: Field, name: &'static [&'static str; 1]) -> Row {
    let [key] = name;
    Row {
        field,
        unified: &[],
        native: name,
        write: Write::Native(key),
        cleared: Cleared::Null,
    }
}

impl Row {
    /// The same, also looked for in the native record.
    pub(super) const fn or_native(mut self, native: &'static [&'static str]) -> Self {
        self.native = native;
        self
    }

    /// The same, but an empty text where it is cleared.
    pub(super) const fn cleared_as_text(mut self) -> Self {
        self.cleared = Cleared::Empty;
        self
    }

    /// The same, but it cannot be cleared.
    pub(super) const fn never_cleared(mut self) -> Self {
        self.cleared = Cleared::Refused;
        self
    }

    /// The same, written under this key of the unified body.
    pub(super) const fn written_as(mut self, key: &'static str) -> Self {
        self.write = Write::Unified(key);
        self
    }
}

/// How a kind answers.
pub(super) fn resource(kind: Kind) -> &'static Resource {
    match kind {
        Kind::Invoices => &invoices::INVOICES,
        Kind::CreditNotes => &sales::CREDIT_NOTES,
        Kind::Quotes => &sales::QUOTES,
        Kind::Payments => &treasury::PAYMENTS,
        Kind::Bills => &purchases::BILLS,
        Kind::PurchaseOrders => &purchases::PURCHASE_ORDERS,
        Kind::BillPayments => &treasury::BILL_PAYMENTS,
        Kind::JournalEntries => &ledger::JOURNAL_ENTRIES,
        Kind::Customers | Kind::Suppliers => &contacts::CONTACTS,
        Kind::InvoiceItems => &sales::ITEMS,
        Kind::LedgerAccounts => &ledger::ACCOUNTS,
        Kind::TaxRates => &ledger::TAX_RATES,
        Kind::BankAccounts => &treasury::BANK_ACCOUNTS,
        Kind::Departments => &ledger::DEPARTMENTS,
        Kind::CompanyInfo => &company::COMPANY_INFO,
    }
}

/// A record of this kind from its two forms; `None` where it has no id.
pub(super) fn record(kind: Kind, unified: &Json, native: Option<&Json>) -> Option<Record> {
    let id = id(kind, unified)?;
    let mut record = Record::new(kind, Id(id));
    for row in resource(kind).rows {
        let from = |part: &Json, paths: &[&str]| {
            paths
                .iter()
                .find_map(|path| json::at(part, path).and_then(|told| value(kind, row.field, told)))
        };
        let told =
            from(unified, row.unified).or_else(|| native.and_then(|part| from(part, row.native)));
        record.set_some(row.field, told);
    }
    match kind {
        Kind::Customers | Kind::Suppliers => contacts::read_lists(&mut record, unified, native),
        Kind::Invoices | Kind::CreditNotes => {
            record.lines = lines::read_sales(unified, native);
            if let Some(native) = native {
                record.stamp = invoices::stamp(native);
            }
        }
        Kind::Quotes => record.lines = lines::read_sales(unified, native),
        Kind::Bills | Kind::PurchaseOrders => {
            record.lines = lines::read_purchases(unified, native);
        }
        Kind::JournalEntries => {
            record.postings = postings::read(unified, native);
            let total = postings::total(&record.postings);
            record.set_some(Field::Total, total.map(Value::Money));
        }
        // The receipt (REP) of a payment stands in the payment itself (contract D.6).
        Kind::Payments => {
            if let Some(native) = native {
                record.stamp = invoices::stamp(native);
            }
        }
        Kind::InvoiceItems => record.usual_taxes = sales::usual_taxes(unified, native),
        _ => {}
    }
    let total = record.money(Field::Total);
    record.allocations = allocations::read(kind, unified, native, total);
    record.native_read = native.is_some();
    Some(record)
}

/// The id of a record; that of the one company may be missing (contract B.1).
pub(super) fn id(kind: Kind, unified: &Json) -> Option<String> {
    json::id_at(unified, "id")
        .or_else(|| (kind == Kind::CompanyInfo).then(|| kind.slug().to_owned()))
}

/// What this JSON says for a field of this kind, by the field's shape.
fn value(kind: Kind, field: Field, told: &Json) -> Option<Value> {
    if field == Field::Regime {
        return json::text(told)
            .and_then(|word| regime::code(&word))
            .map(Value::Text);
    }
    if field == Field::Related {
        return related::read(told);
    }
    match field.shape() {
        Shape::Text => json::text(told).map(Value::Text),
        Shape::Money => json::decimal(told).map(|amount| Value::Money(Money::new(amount))),
        Shape::Number => json::decimal(told).map(Value::Number),
        Shape::Date => json::date(told).map(Value::Date),
        Shape::Instant => json::instant(told).map(Value::Instant),
        Shape::Flag => json::flag(told).map(Value::Flag),
        Shape::Status => status(kind, told).map(Value::Status),
        Shape::Link => link(told).map(Value::Link),
    }
}

/// A link: an object with an id, a list of one, or the bare id.
pub(super) fn link(told: &Json) -> Option<Link> {
    let told = match told {
        Json::Array(list) => list.first()?,
        _ => told,
    };
    if !told.is_object() {
        return json::text(told).map(|id| Link {
            id: Id(id.trim().to_owned()),
            name: String::new(),
        });
    }
    let name = ["display_name", "company_name", "name", "code"]
        .into_iter()
        .find_map(|path| json::text_at(told, path))
        .unwrap_or_default();
    json::id_at(told, "id").map(|id| Link { id: Id(id), name })
}

/// A link as it is written: its id alone (contract B.0).
pub(super) fn linked(link: &Link) -> Json {
    json!({"id": link.id.as_str()})
}

/// A status word in either spelling (contract B.17), or the flag that stands for one. The same word says of a bill
/// that it is owed and of an order that it is placed, so the kind counts.
fn status(kind: Kind, told: &Json) -> Option<Status> {
    if let Json::Bool(active) = told {
        return Some(if *active {
            Status::Active
        } else {
            Status::Inactive
        });
    }
    let word = json::text(told)?;
    let word = word.trim().to_ascii_lowercase();
    let own = match (kind, word.as_str()) {
        (Kind::Payments | Kind::BillPayments, "authorised" | "authorized" | "open") => {
            Some(Status::Posted)
        }
        (Kind::JournalEntries, "posted" | "open") => Some(Status::Posted),
        (Kind::Quotes, "sent" | "open") | (Kind::PurchaseOrders, "open") => Some(Status::Open),
        (Kind::Quotes | Kind::PurchaseOrders, "closed") => Some(Status::Closed),
        (Kind::Quotes, "converted") | (Kind::PurchaseOrders, "billed") => Some(Status::Billed),
        (Kind::Quotes, "accepted") => Some(Status::Accepted),
        (Kind::Quotes, "expired") => Some(Status::Expired),
        (Kind::BankAccounts, "closed") => Some(Status::Inactive),
        _ => None,
    };
    Some(own.unwrap_or(match word.as_str() {
        "draft" => Status::Draft,
        "authorised" | "authorized" | "unpaid" | "open" => Status::Authorised,
        "partially_paid" => Status::PartiallyPaid,
        "paid" | "closed" => Status::Paid,
        "void" | "voided" => Status::Voided,
        "active" => Status::Active,
        "inactive" | "archived" => Status::Inactive,
        "rejected" => Status::Rejected,
        "deleted" => Status::Deleted,
        _ => Status::Unknown,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_status_mean_the_same_and_others_are_not_guessed() {
        for (word, expected) in [
            (json!("void"), Some(Status::Voided)),
            (json!("voided"), Some(Status::Voided)),
            (json!("authorised"), Some(Status::Authorised)),
            (json!("unpaid"), Some(Status::Authorised)),
            (json!("closed"), Some(Status::Paid)),
            (json!("partially_paid"), Some(Status::PartiallyPaid)),
            (json!("submitted"), Some(Status::Unknown)),
            (json!(true), Some(Status::Active)),
            (json!(false), Some(Status::Inactive)),
            (json!(null), None),
            (json!([]), None),
        ] {
            assert_eq!(status(Kind::Invoices, &word), expected, "{word}");
        }
    }

    #[test]
    fn a_word_means_what_it_means_for_its_kind() {
        for (kind, word, expected) in [
            (Kind::Bills, "open", Status::Authorised),
            (Kind::CreditNotes, "closed", Status::Paid),
            (Kind::PurchaseOrders, "open", Status::Open),
            (Kind::PurchaseOrders, "closed", Status::Closed),
            (Kind::PurchaseOrders, "billed", Status::Billed),
            (Kind::PurchaseOrders, "other", Status::Unknown),
            (Kind::Quotes, "sent", Status::Open),
            (Kind::Quotes, "accepted", Status::Accepted),
            (Kind::Quotes, "rejected", Status::Rejected),
            (Kind::Quotes, "expired", Status::Expired),
            (Kind::Quotes, "converted", Status::Billed),
            (Kind::Quotes, "void", Status::Voided),
            (Kind::Payments, "authorised", Status::Posted),
            (Kind::BillPayments, "Authorised ", Status::Posted),
            (Kind::Payments, "voided", Status::Voided),
            (Kind::JournalEntries, "posted", Status::Posted),
            (Kind::JournalEntries, "pending_approval", Status::Unknown),
            (Kind::BankAccounts, "closed", Status::Inactive),
            (Kind::Quotes, "deleted", Status::Deleted),
        ] {
            assert_eq!(
                status(kind, &json!(word)),
                Some(expected),
                "{kind:?} {word}"
            );
        }
    }

    #[test]
    fn every_row_of_every_kind_stands_somewhere_and_only_once() {
        for kind in Kind::ALL {
            let rows = resource(kind).rows;
            for (idx, row) in rows.iter().enumerate() {
                assert!(
                    !row.unified.is_empty() || !row.native.is_empty(),
                    "{kind:?} {:?}",
                    row.field
                );
                assert!(
                    rows.iter()
                        .skip(idx + 1)
                        .all(|other| other.field != row.field),
                    "{kind:?} {:?}",
                    row.field
                );
            }
        }
    }
}
