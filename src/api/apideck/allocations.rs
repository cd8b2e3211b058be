//! What was paid with what (contract B.8, B.9, B.12): the documents that a payment or a credit note went to, and
//! seen from a document the payments that came. Of a purchase order the bills that were made from it (contract B.11).
//!
//! Only payments and credit notes write them, whole like lines; so none is dropped while reading, and one that could
//! not be read bars the writing instead of vanishing from the books.

use serde_json::{Map, Value, json};

use super::super::error::ApiError;
use super::super::json::{at, decimal, id_at, list_at, text_at};
use super::wire::link;
use super::writing::{Body, number, unsayable};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Allocation, Link};

/// Where the allocations of a kind stand.
struct Place {
    /// The list in the unified record.
    unified: &'static str,
    /// The amount in its entries.
    amount: &'static str,
    /// The list in the native record.
    native: &'static str,
    /// What is at the other end where no type is told.
    other: Kind,
}

fn place(kind: Kind) -> Option<Place> {
    let paying = |native, other| Place {
        unified: "allocations",
        amount: "amount",
        native,
        other,
    };
    let paid = |other| Place {
        unified: "payment_allocations",
        amount: "allocated_amount",
        native: "payments",
        other,
    };
    match kind {
        // A credit note's own list is never filled; the native one tells (contract B.9).
        Kind::Payments | Kind::CreditNotes => Some(paying("invoices", Kind::Invoices)),
        Kind::BillPayments => Some(paying("bills", Kind::Bills)),
        Kind::Invoices => Some(paid(Kind::Payments)),
        Kind::Bills => Some(paid(Kind::BillPayments)),
        // Only the native record tells them, and without amounts.
        Kind::PurchaseOrders => Some(paying("bills", Kind::Bills)),
        _ => None,
    }
}

/// The words of Unify for what is at the other end.
const TYPES: [(&str, Kind); 5] = [
    ("invoice", Kind::Invoices),
    ("bill", Kind::Bills),
    ("credit_memo", Kind::CreditNotes),
    ("order", Kind::PurchaseOrders),
    ("journal_entry", Kind::JournalEntries),
];

/// The allocations as both records tell them. `total` is what the payment is over: an allocation without an amount
/// stands for all of it, where it is the only one (contract B.12).
pub(super) fn read(
    kind: Kind,
    unified: &Value,
    native: Option<&Value>,
    total: Option<Money>,
) -> Vec<Allocation> {
    let Some(place) = place(kind) else {
        return Vec::new();
    };
    let fiscal = native.map_or(&[][..], |native| list_at(native, place.native));
    let told = list_at(unified, place.unified);
    if told.is_empty() {
        return fiscal
            .iter()
            .map(|entry| allocation(entry, "amount", place.other))
            .collect();
    }
    let mut allocations: Vec<Allocation> = told
        .iter()
        .map(|entry| {
            let mut allocation = allocation(entry, place.amount, place.other);
            if let Some(link) = &mut allocation.document
                && link.name.is_empty()
            {
                link.name = number_of(link, fiscal).unwrap_or_default();
            }
            allocation
        })
        .collect();
    if let ([one], [told]) = (allocations.as_mut_slice(), told)
        && told.get(place.amount).is_some_and(Value::is_null)
    {
        one.amount = total;
    }
    allocations
}

fn allocation(entry: &Value, amount: &str, other: Kind) -> Allocation {
    let kind = match text_at(entry, "type") {
        None => Some(other),
        Some(word) => TYPES
            .iter()
            .find(|(known, _)| *known == word.trim())
            .map(|(_, kind)| *kind),
    };
    let document = entry.is_object().then(|| link(entry)).flatten();
    Allocation {
        document: document.map(|link| Link {
            name: text_at(entry, "number").unwrap_or(link.name),
            ..link
        }),
        kind,
        amount: at(entry, amount).and_then(decimal).map(Money::new),
    }
}

/// The number that the native record has for this document.
fn number_of(link: &Link, fiscal: &[Value]) -> Option<String> {
    fiscal
        .iter()
        .find(|entry| id_at(entry, "id").is_some_and(|id| id == link.id.as_str()))
        .and_then(|entry| text_at(entry, "number"))
}

/// All allocations of a payment: at least one, or Alegra refuses it (contract 3.3).
pub(super) fn write_payment(allocations: &[Allocation], body: &mut Body) -> Result<(), ApiError> {
    if allocations.is_empty() {
        return Err(unsayable("a payment has to go to at least one document"));
    }
    let mut written = Vec::with_capacity(allocations.len());
    for allocation in allocations {
        let mut entry = Map::new();
        let word = allocation
            .kind
            .and_then(|kind| TYPES.iter().find(|(_, known)| *known == kind))
            .map(|(word, _)| *word)
            .ok_or_else(|| unsayable("an allocation to a document of an unknown type"))?;
        let (id, amount) = ends(allocation)?;
        entry.insert("id".to_owned(), Value::from(id));
        entry.insert("type".to_owned(), Value::from(word));
        entry.insert("amount".to_owned(), amount);
        written.push(Value::Object(entry));
    }
    body.put("allocations", Value::Array(written));
    Ok(())
}

/// All invoices that a credit note goes to. Unify's own list is not read by Alegra, so the native one is written.
pub(super) fn write_credit(allocations: &[Allocation], body: &mut Body) -> Result<(), ApiError> {
    let mut written = Vec::with_capacity(allocations.len());
    for allocation in allocations {
        if allocation.kind != Some(Kind::Invoices) {
            return Err(unsayable("a credit note goes to invoices"));
        }
        let (id, amount) = ends(allocation)?;
        written.push(json!({"id": id, "amount": amount}));
    }
    body.put_native("invoices", Value::Array(written));
    Ok(())
}

/// Which document, and how much: without both an allocation says something else than was meant.
fn ends(allocation: &Allocation) -> Result<(&str, Value), ApiError> {
    match (&allocation.document, allocation.amount) {
        (Some(link), Some(amount)) => Ok((link.id.as_str(), number(amount.decimal())?)),
        _ => Err(unsayable("an allocation without a document or an amount")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_left_open_is_the_whole_payment_only_where_there_is_no_other_allocation() {
        let total: Option<Money> = "580".parse().ok();
        let read = |allocations: Value| -> Vec<Option<Money>> {
            let unified = json!({"allocations": allocations});
            read(Kind::Payments, &unified, None, total)
                .iter()
                .map(|allocation| allocation.amount)
                .collect()
        };
        assert_eq!(read(json!([{"id": "6", "amount": null}])), [total]);
        assert_eq!(read(json!([{"id": "6"}])), [None]);
        assert_eq!(read(json!([{"id": "6", "amount": "much"}])), [None]);
        assert_eq!(
            read(json!([{"id": "6", "amount": null}, {"id": "7", "amount": 80}])),
            [None, "80".parse().ok()]
        );
    }

    #[test]
    fn an_unknown_type_is_not_taken_for_an_invoice_and_nothing_is_dropped() {
        let unified = json!({"allocations": [
            {"id": "6", "type": "invoice", "amount": 1, "code": "A6"}, {"id": "7", "amount": 2},
            {"id": "8", "type": "over_payment", "amount": 3}, 9, {"amount": 4}]});
        let native = json!({"invoices": [{"id": 7, "number": "A7"}]});
        let read = read(Kind::Payments, &unified, Some(&native), None);
        let kinds: Vec<_> = read.iter().map(|allocation| allocation.kind).collect();
        let invoice = Some(Kind::Invoices);
        assert_eq!(kinds, [invoice, invoice, None, invoice, invoice]);
        let names: Vec<_> = read
            .iter()
            .map(|allocation| allocation.document.as_ref().map(|link| link.name.as_str()))
            .collect();
        assert_eq!(names, [Some("A6"), Some("A7"), Some(""), None, None]);
        let mut body = Body::default();
        assert!(write_payment(&read, &mut body).is_err());
        assert!(body.is_empty());
    }
}
