//! Alegra México as both roads reach it: its records as it writes them, its writes as it takes them.
//!
//! A write reads a native body, refuses with Alegra's own errors, and commits. A record is rendered with
//! Alegra's oddities (contract D.5): ids and amounts are text here and numbers there, always the same
//! way for the same record.

pub mod categories;
pub mod company;
pub mod contacts;
pub mod drafting;
pub mod invoices;
pub mod items;
pub mod lists;
pub mod taxes;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::errors::NativeError;
use super::money;
use super::records::{Extra, Text};

/// The longest text that a field takes.
const LONGEST: usize = 5_000;

/// A native body.
pub type Body = Map<String, Value>;

/// A text field: absent is `None`, null is empty, anything but text is refused.
pub fn text(body: &Body, key: &str) -> Result<Option<Text>, NativeError> {
    match body.get(key) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some("".into())),
        Some(Value::String(text)) if text.chars().count() <= LONGEST => {
            Ok(Some(text.clone().into()))
        }
        Some(Value::String(_)) => Err(NativeError::invalid(format!(
            "El campo {key} es demasiado largo"
        ))),
        Some(_) => Err(NativeError::invalid(format!(
            "El campo {key} debe ser texto"
        ))),
    }
}

/// Puts a text field where it belongs, if it was sent.
pub fn set(body: &Body, key: &str, field: &mut Text) -> Result<(), NativeError> {
    if let Some(text) = text(body, key)? {
        *field = text;
    }
    Ok(())
}

/// An amount: absent and null are `None`; what cannot be read exactly is refused.
pub fn amount(body: &Body, key: &str) -> Result<Option<Decimal>, NativeError> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => money::read(value).map(Some).ok_or_else(|| {
            NativeError::invalid(format!("El campo {key} debe ser un número válido"))
        }),
    }
}

/// An id as text, as a number, or inside an object.
pub fn id_of(value: &Value) -> Option<u32> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().and_then(|id| u32::try_from(id).ok()),
        Value::Object(object) => object
            .get("id")
            .filter(|id| !id.is_object())
            .and_then(id_of),
        _ => None,
    }
}

/// `active` or `inactive`, if it was sent.
pub fn set_status(body: &Body, active: &mut bool) -> Result<(), NativeError> {
    match text(body, "status")?.as_deref() {
        None => {}
        Some("active") => *active = true,
        Some("inactive") => *active = false,
        Some(_) => return Err(NativeError::invalid("El estado debe ser active o inactive")),
    }
    Ok(())
}

/// The word for an active or blocked record.
pub fn status_word(active: bool) -> &'static str {
    if active { "active" } else { "inactive" }
}

/// Keeps what was sent and has no field of its own; a null takes it out again.
pub fn keep_extra(body: &Body, known: &[&str], extra: &mut Extra) {
    for (key, value) in body
        .iter()
        .filter(|(key, _)| !known.contains(&key.as_str()))
    {
        if value.is_null() {
            extra.remove(key);
        } else {
            extra.insert(key.clone(), value.clone());
        }
    }
}

/// Adds the kept fields to a rendered record; a field of the record's own wins.
pub fn with_extra(mut record: Value, extra: &Extra) -> Value {
    if let Some(fields) = record.as_object_mut() {
        for (key, value) in extra {
            fields.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    record
}
