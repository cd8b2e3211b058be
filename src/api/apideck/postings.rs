//! Debits and credits of journal entries (contract B.14, D.6): the unified lines, or the native entries where there
//! are none.
//!
//! A posting is never dropped, because they are written back whole; one that could not be read bars the writing.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::super::error::ApiError;
use super::super::json::{at, decimal, list_at, text_at};
use super::wire::{link, linked};
use super::writing::{Body, number, unsayable};
use crate::domain::money::Money;
use crate::domain::record::{Posting, Side};

/// The postings as the records tell them.
pub(super) fn read(unified: &Value, native: Option<&Value>) -> Vec<Posting> {
    let told = list_at(unified, "line_items");
    if told.is_empty() {
        let entries = native.map_or(&[][..], |native| list_at(native, "entries"));
        return entries.iter().map(native_posting).collect();
    }
    told.iter().map(unified_posting).collect()
}

fn unified_posting(told: &Value) -> Posting {
    let linked_at = |name| at(told, name).and_then(link);
    Posting {
        account: linked_at("ledger_account"),
        side: text_at(told, "type").and_then(|word| side(&word)),
        amount: at(told, "total_amount").and_then(decimal).map(Money::new),
        description: text_at(told, "description").unwrap_or_default(),
        customer: linked_at("customer"),
        supplier: linked_at("supplier"),
        department: linked_at("department_id"),
    }
}

/// Alegra has a column for each side, and a zero in the other one. Whether its client is a customer or a supplier is
/// not told, so it is left out.
fn native_posting(told: &Value) -> Posting {
    let column = |name| {
        at(told, name)
            .and_then(decimal)
            .filter(|amount: &Decimal| !amount.is_zero())
    };
    let (side, amount) = match (column("debit"), column("credit")) {
        (Some(debit), None) => (Some(Side::Debit), Some(debit)),
        (None, Some(credit)) => (Some(Side::Credit), Some(credit)),
        _ => (None, None),
    };
    Posting {
        account: at(told, "account")
            .and_then(link)
            .or_else(|| link(told).filter(|_| told.is_object())),
        side,
        amount: amount.map(Money::new),
        description: text_at(told, "description")
            .or_else(|| text_at(told, "observations"))
            .unwrap_or_default(),
        department: at(told, "costCenter").and_then(link),
        ..Posting::default()
    }
}

fn side(word: &str) -> Option<Side> {
    match word.trim().to_ascii_lowercase().as_str() {
        "debit" => Some(Side::Debit),
        "credit" => Some(Side::Credit),
        _ => None,
    }
}

fn word(side: Side) -> &'static str {
    match side {
        Side::Debit => "debit",
        Side::Credit => "credit",
    }
}

/// What the entry is over, where every posting could be read and both sides are equal: the server tells no total.
pub(super) fn total(postings: &[Posting]) -> Option<Money> {
    let mut sides = [Money::ZERO, Money::ZERO];
    for posting in postings {
        let [debits, credits] = &mut sides;
        let sum = match posting.side? {
            Side::Debit => debits,
            Side::Credit => credits,
        };
        *sum = *sum + posting.amount?;
    }
    let [debits, credits] = sides;
    (!postings.is_empty() && debits == credits).then_some(debits)
}

/// All postings: equal on both sides, or Alegra refuses them (contract 7.1).
pub(super) fn write(postings: &[Posting], body: &mut Body) -> Result<(), ApiError> {
    let mut written = Vec::with_capacity(postings.len());
    for posting in postings {
        let (Some(account), Some(side), Some(amount)) =
            (&posting.account, posting.side, posting.amount)
        else {
            return Err(unsayable("a posting without account, side or amount"));
        };
        if amount < Money::ZERO {
            return Err(unsayable("a posting below zero: the side is its sign"));
        }
        let mut row = Map::new();
        let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
        put("type", Value::from(word(side)));
        put("total_amount", number(amount.decimal())?);
        put("ledger_account", linked(account));
        if !posting.description.is_empty() {
            put("description", Value::from(posting.description.as_str()));
        }
        if let Some(customer) = &posting.customer {
            put("customer", linked(customer));
        }
        if let Some(supplier) = &posting.supplier {
            put("supplier", linked(supplier));
        }
        if let Some(department) = &posting.department {
            put("department_id", Value::from(department.id.as_str()));
        }
        written.push(Value::Object(row));
    }
    if total(postings).is_none() {
        return Err(unsayable("debits and credits are not equal"));
    }
    body.put("line_items", Value::Array(written));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn native_entries_stand_in_where_unify_has_no_lines() {
        let native = json!({"id": 3, "entries": [
            {"id": "5101", "name": "Depreciaciones", "debit": "900.00", "credit": "0.00", "costCenter": []},
            {"account": {"id": 5044}, "debit": 0, "credit": 900},
            {"id": "5045", "debit": 1, "credit": 1}]});
        let postings = read(&json!({"id": "3", "line_items": []}), Some(&native));
        let sides: Vec<_> = postings.iter().map(|posting| posting.side).collect();
        assert_eq!(sides, [Some(Side::Debit), Some(Side::Credit), None]);
        assert_eq!(postings[0].amount, "900".parse().ok());
        assert_eq!(
            postings[1].account.as_ref().map(|link| link.id.as_str()),
            Some("5044")
        );
        assert_eq!(total(&postings), None);
        assert_eq!(total(&postings[..2]), "900".parse().ok());
    }

    #[test]
    fn a_total_is_claimed_only_where_both_sides_are_known_and_equal() {
        let posting = |side, amount: &str| Posting {
            side,
            amount: amount.parse().ok(),
            ..Posting::default()
        };
        let (debit, credit) = (Some(Side::Debit), Some(Side::Credit));
        assert_eq!(total(&[]), None);
        assert_eq!(
            total(&[
                posting(debit, "0.1"),
                posting(debit, "0.2"),
                posting(credit, "0.3")
            ]),
            "0.3".parse().ok()
        );
        assert_eq!(
            total(&[posting(debit, "900"), posting(credit, "900.01")]),
            None
        );
        assert_eq!(total(&[posting(debit, "900"), posting(None, "900")]), None);
        assert_eq!(total(&[posting(debit, "900"), posting(credit, "?")]), None);
    }
}
