//! The machinery that every mapping uses: rows that say where a field stands on the wire, and the reading of them.
//!
//! Reads both records of a thing, the unified first. Unknown keys, other types and missing values leave a field
//! absent; nothing is guessed and nothing fails.

use serde_json::Value as Json;

use super::super::json;
use super::{company, contacts, invoices, ledger, lines, purchases, regime, sales, treasury};
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
    /// Native path for the Proxy, where the native record tells more.
    pub native: Option<&'static str>,
    /// Whether this program writes it.
    pub written: bool,
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
}

/// Where a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// Nowhere: the server makes it.
    Never,
    /// Under this key of the unified body.
    Unified(&'static str),
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
    }
}

/// A field that is only read.
pub(super) const fn read(field: Field, unified: &'static [&'static str]) -> Row {
    Row {
        field,
        unified,
        native: &[],
        write: Write::Never,
    }
}

/// A field that only the native record tells and that is never written.
pub(super) const fn told(field: Field, native: &'static [&'static str]) -> Row {
    Row {
        field,
        unified: &[],
        native,
        write: Write::Never,
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
    }
}

impl Row {
    /// The same, also looked for in the native record.
    pub(super) const fn or_native(mut self, native: &'static [&'static str]) -> Self {
        self.native = native;
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
                .find_map(|path| json::at(part, path).and_then(|told| value(row.field, told)))
        };
        let told =
            from(unified, row.unified).or_else(|| native.and_then(|part| from(part, row.native)));
        record.set_some(row.field, told);
    }
    match kind {
        Kind::Customers | Kind::Suppliers => contacts::read_lists(&mut record, unified, native),
        Kind::Invoices | Kind::CreditNotes => {
            record.lines = lines::read(unified, native);
            if let Some(native) = native {
                record.stamp = invoices::stamp(native);
            }
        }
        Kind::Quotes | Kind::Bills | Kind::PurchaseOrders => {
            record.lines = lines::read(unified, None);
        }
        // The same word ends the life of a document and of a bank account.
        Kind::BankAccounts if record.status() == Status::Paid => {
            record.set(Field::Status, Value::Status(Status::Inactive));
        }
        _ => {}
    }
    record.native_read = native.is_some();
    Some(record)
}

/// The id of a record; that of the one company may be missing (contract B.1).
pub(super) fn id(kind: Kind, unified: &Json) -> Option<String> {
    json::id_at(unified, "id")
        .or_else(|| (kind == Kind::CompanyInfo).then(|| kind.slug().to_owned()))
}

/// What this JSON says for a field, by the field's shape.
fn value(field: Field, told: &Json) -> Option<Value> {
    if field == Field::Regime {
        return json::text(told)
            .and_then(|word| regime::code(&word))
            .map(Value::Text);
    }
    match field.shape() {
        Shape::Text => json::text(told).map(Value::Text),
        Shape::Money => json::decimal(told).map(|amount| Value::Money(Money::new(amount))),
        Shape::Number => json::decimal(told).map(Value::Number),
        Shape::Date => json::date(told).map(Value::Date),
        Shape::Instant => json::instant(told).map(Value::Instant),
        Shape::Flag => json::flag(told).map(Value::Flag),
        Shape::Status => status(told).map(Value::Status),
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

/// A status word in either spelling (contract B.17), or the flag that stands for one.
fn status(told: &Json) -> Option<Status> {
    if let Json::Bool(active) = told {
        return Some(if *active {
            Status::Active
        } else {
            Status::Inactive
        });
    }
    let word = json::text(told)?;
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "draft" => Status::Draft,
        "authorised" | "authorized" | "unpaid" | "open" => Status::Authorised,
        "partially_paid" => Status::PartiallyPaid,
        "paid" | "closed" => Status::Paid,
        "void" | "voided" => Status::Voided,
        "active" => Status::Active,
        "inactive" | "archived" => Status::Inactive,
        _ => Status::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
            assert_eq!(status(&word), expected, "{word}");
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
