//! Alegra México as both roads reach it: its records as it writes them, its writes as it takes them.
//!
//! A write reads a native body, refuses with Alegra's own errors, and commits. A record is rendered with
//! Alegra's oddities (contract D.5): ids and amounts are text here and numbers there, always the same
//! way for the same record.

pub mod bank_accounts;
pub mod categories;
pub mod company;
pub mod contacts;
pub mod departments;
pub mod drafting;
pub mod items;
pub mod journals;
pub mod lines;
pub mod lists;
pub mod ordering;
pub mod payments;
pub mod purchases;
pub mod resource;
pub mod sales;
pub mod settling;
pub mod taxes;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::errors::NativeError;
use super::money;
use super::object::object;
use super::records::{Extra, Text};
use super::world::World;

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

/// A plain day, `AAAA-MM-DD`: absent is `None`. An hour or a zone could move it, so neither is taken.
pub fn date(body: &Body, key: &str) -> Result<Option<Date>, NativeError> {
    let Some(text) = text(body, key)? else {
        return Ok(None);
    };
    let plain = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    let day = text
        .parse::<Date>()
        .ok()
        .filter(|day| plain && (1900..=2100).contains(&day.year()));
    day.map(Some).ok_or_else(|| {
        NativeError::invalid(format!("El campo {key} debe ser una fecha AAAA-MM-DD"))
    })
}

/// Code and rate of a currency: an object, or the plain code.
pub fn set_currency(body: &Body, code: &mut Text, rate: &mut Decimal) -> Result<(), NativeError> {
    let (named, changed) = match body.get("currency") {
        Some(Value::Object(currency)) => {
            (text(currency, "code")?, amount(currency, "exchangeRate")?)
        }
        _ => (text(body, "currency")?, None),
    };
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        if named.len() != 3 || !named.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(NativeError::invalid(
                "La moneda debe ser una clave ISO de 3 letras",
            ));
        }
        *code = named;
    }
    if let Some(changed) = changed {
        if changed <= Decimal::ZERO {
            return Err(NativeError::invalid(
                "El tipo de cambio debe ser mayor que 0",
            ));
        }
        *rate = changed;
    }
    Ok(())
}

/// A currency as Alegra writes it on documents.
pub fn currency(code: &str, rate: Decimal) -> Value {
    let rate = if rate == Decimal::ONE {
        json!("1.00")
    } else {
        money::number(rate)
    };
    object!({"code": code, "symbol": "$", "exchangeRate": rate})
}

/// The cost centre that a body names: absent is `None`, null is none.
pub fn department(world: &World, body: &Body) -> Result<Option<Option<u32>>, NativeError> {
    match body.get("costCenter") {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(value) => id_of(value)
            .filter(|id| world.departments.get(*id).is_some())
            .map(|id| Some(Some(id)))
            .ok_or_else(|| NativeError::invalid("El centro de costo indicado no existe")),
    }
}

/// An account that can be posted to: it exists, is active, and groups no others (contract F 5.3).
pub fn postable(world: &World, value: &Value) -> Result<u32, NativeError> {
    let account = id_of(value)
        .and_then(|id| world.accounts.get(id))
        .ok_or_else(|| NativeError::invalid("La cuenta contable indicada no existe"))?;
    if !account.children.is_empty() {
        return Err(NativeError::invalid(format!(
            "La cuenta {} {} es acumulativa y no admite movimientos",
            account.code, account.name
        )));
    }
    if !account.active {
        return Err(NativeError::invalid(format!(
            "La cuenta {} {} está bloqueada",
            account.code, account.name
        )));
    }
    Ok(account.id)
}

/// Refuses a body that lacks what a new record needs.
pub fn require(body: &Body, keys: &[&str]) -> Result<(), NativeError> {
    match keys
        .iter()
        .find(|key| body.get(**key).is_none_or(Value::is_null))
    {
        None => Ok(()),
        Some(key) => Err(NativeError::invalid(format!(
            "El campo {key} es obligatorio"
        ))),
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
            let known = fields.entry(key.clone()).or_insert(Value::Null);
            if known.is_null() {
                known.clone_from(value);
            }
        }
    }
    record
}
