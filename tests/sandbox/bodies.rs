//! One good body for each resource, and one good change, as the contract has them (B.18).

use serde_json::{Value, json};

/// A day of the tests' books.
pub const TODAY: &str = "2026-06-03";

fn sold() -> Value {
    json!([{"item": {"id": "37"}, "quantity": 2, "unit_price": 500, "tax_rate": {"id": "1"}}])
}

/// A body that makes a record of each resource, and one that changes it. `DEBT` and `OWED` stand for documents made
/// before.
pub fn writes() -> Vec<(&'static str, Value, Value)> {
    let instant = "2026-06-02T00:00:00.000Z";
    vec![
        (
            "customers",
            json!({"display_name": "NUEVO", "tax_number": "XIA190128J61", "emails": [{"email": "a@b.mx"}]}),
            json!({"notes": "x"}),
        ),
        (
            "suppliers",
            json!({"display_name": "NUEVO"}),
            json!({"notes": "x"}),
        ),
        (
            "tax-rates",
            json!({"name": "IVA 16", "type": "IVA", "total_tax_rate": 16}),
            json!({"name": "IVA"}),
        ),
        (
            "ledger-accounts",
            json!({"name": "Fletes", "code": "601-84-003", "parent_account": {"id": "5060"}}),
            json!({"description": "x"}),
        ),
        (
            "departments",
            json!({"name": "Puebla", "code": "PUE"}),
            json!({"name": "Centro"}),
        ),
        (
            "bank-accounts",
            json!({"name": "BBVA", "account_type": "checking", "account_number": "0123456789"}),
            json!({"name": "BBVA 2"}),
        ),
        (
            "invoice-items",
            json!({"name": "Taladro", "code": "T-1", "unit_price": 500, "type": "inventory",
            "pass_through": [{"service_id": "alegra", "extend_object": {"productKey": "27112700"}}]}),
            json!({"unit_price": 501.5}),
        ),
        (
            "invoices",
            json!({"customer": {"id": "1"}, "invoice_date": TODAY, "due_date": TODAY,
            "payment_method": "transfer", "line_items": sold()}),
            json!({"customer_memo": "x"}),
        ),
        (
            "credit-notes",
            json!({"customer": {"id": "1"}, "date_issued": instant, "total_amount": 1160,
            "line_items": sold()}),
            json!({"total_amount": 1160, "note": "x"}),
        ),
        (
            "quotes",
            json!({"customer": {"id": "1"}, "quote_date": TODAY, "expiry_date": TODAY, "line_items": sold()}),
            json!({"customer_memo": "x"}),
        ),
        (
            "bills",
            json!({"supplier": {"id": "74"}, "bill_date": TODAY, "due_date": TODAY, "bill_number": "F-1",
            "line_items": [{"type": "expense_item", "item": {"id": "12"}, "quantity": 1, "unit_price": 310}]}),
            json!({"notes": "x"}),
        ),
        (
            "purchase-orders",
            json!({"supplier": {"id": "74"}, "issued_date": TODAY, "delivery_date": TODAY,
            "line_items": [{"item": {"id": "12"}, "quantity": 1, "unit_price": 310},
                {"ledger_account": {"id": "LEAF"}, "quantity": 1, "unit_price": 31}]}),
            json!({"notes": "x"}),
        ),
        (
            "payments",
            json!({"total_amount": 100, "transaction_date": instant, "payment_method": "cash",
            "customer": {"id": "1"}, "account": {"id": "1"},
            "allocations": [{"id": "OWED", "type": "invoice", "amount": 100}]}),
            json!({"total_amount": 100, "transaction_date": instant, "note": "x"}),
        ),
        (
            "bill-payments",
            json!({"total_amount": 10, "transaction_date": instant, "payment_method": "check",
            "supplier": {"id": "74"}, "account": {"id": "2"},
            "allocations": [{"id": "DEBT", "type": "bill", "amount": 10}]}),
            json!({"total_amount": 10, "transaction_date": instant, "note": "x"}),
        ),
        (
            "journal-entries",
            json!({"title": "Mayo", "posted_at": instant, "line_items": [
            {"type": "debit", "total_amount": 900, "ledger_account": {"id": "LEAF"}},
            {"type": "credit", "total_amount": 900, "ledger_account": {"id": "LEAF"}}]}),
            json!({"memo": "x"}),
        ),
    ]
}

/// A body with ids for the names that stand in it.
pub fn filled(body: &Value, names: &[(&str, &str)]) -> Value {
    let text = names
        .iter()
        .fold(body.to_string(), |text, (name, id)| text.replace(name, id));
    serde_json::from_str(&text).expect("JSON")
}
