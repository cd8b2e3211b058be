//! Bodies of documents as a colleague sends them.

use serde_json::{Value, json};

/// The day on which the sandbox begins, a Wednesday; its clock starts at ten in Mexico City.
pub const TODAY: &str = "2026-06-03";

/// A draft that stamps well: XENON, one item, transfer.
pub fn good_draft() -> Value {
    json!({
        "customer": {"id": "1"},
        "invoice_date": TODAY,
        "due_date": TODAY,
        "payment_method": "transfer",
        "line_items": [{
            "item": {"id": "37"},
            "description": "Taladro 1/2",
            "quantity": 2,
            "unit_price": 500,
            "tax_rate": {"id": "1"},
        }],
        "pass_through": [{"service_id": "alegra", "extend_object": {
            "paymentType": "PUE",
            "cfdiUse": "G03",
            "regimeClient": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW",
        }}],
    })
}

/// Adds native fields to a body's first `pass_through`.
pub fn with_native(mut body: Value, fields: Value) -> Value {
    body["pass_through"][0]["extend_object"]
        .as_object_mut()
        .expect("an object")
        .extend(fields.as_object().expect("fields").clone());
    body
}
