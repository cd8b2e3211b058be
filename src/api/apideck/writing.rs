//! Edits as bodies (contract B, C.1): unified fields, Alegra's own in `pass_through`, only what the edit holds.
//!
//! What the server makes (totals, status, stamp) is left out, and what it certainly refuses is not sent. Only
//! [`create_stamped`] writes `generateStamp`: saving never stamps.

use rust_decimal::Decimal;
use serde_json::{Map, Number, Value as Json, json};

use super::super::error::{ApiError, Cause};
use super::wire::{self, Cleared, Write, linked};
use super::{allocations, contacts, lines, postings, regime, related};
use crate::domain::cancellation::Motive;
use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::spec::native::{has_pass_through, owner};
use crate::domain::status::Status;

/// The body of a create or an update.
#[derive(Debug, Default)]
pub(super) struct Body {
    unified: Map<String, Json>,
    native: Map<String, Json>,
    paths: Vec<Json>,
}

impl Body {
    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.unified.is_empty() && self.native.is_empty() && self.paths.is_empty()
    }

    /// As it is sent: `pass_through` is an array with one element, and absent where it would say nothing.
    pub fn to_json(&self) -> Json {
        let mut body = self.unified.clone();
        if !self.native.is_empty() || !self.paths.is_empty() {
            let mut element = Map::new();
            element.insert("service_id".to_owned(), Json::from("alegra"));
            if !self.native.is_empty() {
                element.insert("extend_object".to_owned(), self.native.clone().into());
            }
            if !self.paths.is_empty() {
                element.insert("extend_paths".to_owned(), self.paths.clone().into());
            }
            body.insert("pass_through".to_owned(), json!([element]));
        }
        Json::Object(body)
    }

    /// Sets a part of the unified body.
    pub fn put(&mut self, key: &str, value: Json) {
        self.unified.insert(key.to_owned(), value);
    }

    /// Sets a part of `extend_object`.
    pub fn put_native(&mut self, key: &str, value: Json) {
        self.native.insert(key.to_owned(), value);
    }

    /// Sets one place inside the native body, after everything else was mapped; who comes last is meant.
    pub fn path(&mut self, path: String, value: Json) {
        self.paths
            .retain(|told| told.get("path").and_then(Json::as_str) != Some(path.as_str()));
        self.paths.push(json!({"path": path, "value": value}));
    }
}

/// The body of a new record.
pub(super) fn create(edit: &Edit) -> Result<Body, ApiError> {
    if !edit.kind.spec().operations.create {
        return Err(not_offered());
    }
    let mut edit = edit.clone();
    // A value that is cleared before there is a record is no value.
    edit.values.retain(|_, value| value.is_some());
    // These cannot be made without: their absence is judged like an empty list.
    match edit.kind {
        Kind::Payments | Kind::BillPayments => drop(edit.allocations.get_or_insert_default()),
        Kind::JournalEntries => drop(edit.postings.get_or_insert_default()),
        _ => {}
    }
    fill(&edit, None)
}

/// The body of a new document that is stamped in the same request (contract C.1).
pub(super) fn create_stamped(edit: &Edit) -> Result<Body, ApiError> {
    if !edit.kind.is_stamped() {
        return Err(ApiError::new(
            Cause::NotOffered,
            "only invoices and credit notes are stamped",
        ));
    }
    let mut body = create(edit)?;
    body.put_native("stamp", json!({"generateStamp": true}));
    Ok(body)
}

/// The body of a change. `current` is the unified record as it stands, needed where [`needs_current`] says so.
pub(super) fn update(edit: &Edit, current: Option<&Json>) -> Result<Body, ApiError> {
    let mut body = offered(edit).and_then(|()| fill(edit, current))?;
    if body.is_empty() && !edit.is_empty() {
        return Err(unsayable("none of the changed fields can be written"));
    }
    if !body.is_empty() {
        for key in missing(edit) {
            let told = current.and_then(|current| current.get(key));
            if let Some(told) = told.filter(|told| !told.is_null()) {
                body.put(key, told.clone());
            }
        }
    }
    Ok(body)
}

/// The body of a cancellation (contract D.2): the cause is a text of two characters, and only 01 names a replacement.
pub(super) fn cancel(motive: &Motive) -> Json {
    let cause = motive.cause().as_str();
    match motive.replacement() {
        Some(uuid) => json!({"cause": cause, "relatedFolio": uuid.as_str()}),
        None => json!({"cause": cause}),
    }
}

/// What the published documents demand of every body of a kind, of changes too.
fn demanded(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Payments | Kind::BillPayments => &["total_amount", "transaction_date"],
        Kind::CreditNotes => &["total_amount"],
        _ => &[],
    }
}

/// What of that an edit does not bring: it is sent again as it stands.
fn missing(edit: &Edit) -> impl Iterator<Item = &'static str> {
    let rows = wire::resource(edit.kind).rows;
    let brings = move |key: &str| {
        rows.iter().any(|row| {
            let is_it =
                matches!(row.write, Write::Unified(own) | Write::Midnight(own) if own == key);
            is_it && edit.values.contains_key(&row.field)
        })
    };
    demanded(edit.kind)
        .iter()
        .copied()
        .filter(move |key| !brings(key))
}

/// Whether a change can be said at all, as far as that is known without the record as it stands.
pub(super) fn sayable(edit: &Edit) -> Result<(), ApiError> {
    offered(edit).and_then(|()| fill(edit, None)).map(drop)
}

fn offered(edit: &Edit) -> Result<(), ApiError> {
    if edit.kind.spec().operations.update {
        Ok(())
    } else {
        Err(not_offered())
    }
}

/// Whether a change has to know the record as it stands.
pub(super) fn needs_current(edit: &Edit) -> bool {
    let lists = matches!(edit.kind, Kind::Customers | Kind::Suppliers);
    (lists && contacts::touches_lists(edit)) || (!edit.is_empty() && missing(edit).next().is_some())
}

fn not_offered() -> ApiError {
    ApiError::new(Cause::NotOffered, "records of this kind are not written")
}

fn fill(edit: &Edit, current: Option<&Json>) -> Result<Body, ApiError> {
    let mut body = Body::default();
    for row in wire::resource(edit.kind).rows {
        let Some(wanted) = edit.values.get(&row.field) else {
            continue;
        };
        let told = |key: &str| match (wanted, row.cleared) {
            (Some(value), _) => json_of(row.field, key, value),
            (None, Cleared::Null) => Ok(Json::Null),
            (None, Cleared::Empty) => Ok(Json::from("")),
            (None, Cleared::Refused) => Err(unsayable(format!("{key} cannot be cleared"))),
        };
        match row.write {
            Write::Never => {}
            Write::Unified(key) => body.put(key, told(key)?),
            Write::Midnight(key) => match wanted {
                Some(day) => body.put(key, midnight(day)),
                None => body.put(key, told(key)?),
            },
            Write::Native(key) => body.put_native(key, told(key)?),
        }
    }
    if matches!(edit.kind, Kind::Customers | Kind::Suppliers) {
        contacts::write_lists(edit, current, &mut body.unified)?;
    }
    if let Some(lines) = &edit.lines {
        match edit.kind {
            Kind::Invoices | Kind::CreditNotes | Kind::Quotes => {
                lines::write_sales(lines, &mut body)?;
            }
            Kind::Bills | Kind::PurchaseOrders => lines::write_purchases(lines, &mut body)?,
            _ => {}
        }
    }
    if let Some(allocations) = &edit.allocations {
        match edit.kind {
            Kind::Payments | Kind::BillPayments => {
                allocations::write_payment(allocations, &mut body)?;
            }
            Kind::CreditNotes => allocations::write_credit(allocations, &mut body)?,
            _ => {}
        }
    }
    if let Some(postings) = &edit.postings
        && edit.kind == Kind::JournalEntries
    {
        postings::write(postings, &mut body)?;
    }
    write_natives(edit, &mut body)?;
    Ok(body)
}

/// What has no field of its own: members of the record in `extend_object`, all that is deeper in `extend_paths`, because
/// a part of a list given whole would replace the list (contract C.1).
fn write_natives(edit: &Edit, body: &mut Body) -> Result<(), ApiError> {
    if !edit.natives.is_empty() && !has_pass_through(edit.kind) {
        return Err(unsayable("records of this kind have no pass_through"));
    }
    for native in &edit.natives {
        if owner(edit.kind, &native.path).is_some() {
            let path = &native.path;
            return Err(unsayable(format!("{path} is not written by its path")));
        }
        let value: Json =
            serde_json::from_str(&native.json).map_err(|error| unsayable(error.to_string()))?;
        match native.path.member() {
            Some(name) => body.put_native(name, value),
            None => body.path(native.path.to_string(), value),
        }
    }
    Ok(())
}

/// A day as the date-time that some fields want; never shifted by a zone (contract A.2).
fn midnight(value: &Value) -> Json {
    match value {
        Value::Date(date) => Json::from(format!("{date}T00:00:00.000Z")),
        _ => Json::Null,
    }
}

/// A value as the wire wants it under this key.
fn json_of(field: Field, key: &str, value: &Value) -> Result<Json, ApiError> {
    Ok(match value {
        Value::Text(code) if field == Field::Regime => {
            let word = regime::word(code)
                .ok_or_else(|| unsayable(format!("Alegra has no word for régimen {code}")))?;
            Json::from(word)
        }
        Value::Text(named) if field == Field::Related => related::write(named),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Money(money) => number(money.decimal())?,
        Value::Number(decimal) => number(*decimal)?,
        Value::Date(date) => Json::from(date.to_string()),
        Value::Instant(instant) => Json::from(instant.to_string()),
        Value::Flag(flag) => Json::from(*flag),
        Value::Link(link) if key.ends_with("_id") => Json::from(link.id.as_str()),
        Value::Link(link) => linked(link),
        Value::Status(Status::Active) => Json::from("active"),
        Value::Status(Status::Inactive) => Json::from("inactive"),
        Value::Status(other) => {
            return Err(unsayable(format!(
                "{other:?} is no status that can be given"
            )));
        }
    })
}

/// An edit that cannot be said on this wire, or that is certainly refused.
pub(super) fn unsayable(text: impl Into<String>) -> ApiError {
    ApiError::new(Cause::NotSendable, text)
}

/// An exact number, digit by digit.
pub(super) fn number(decimal: Decimal) -> Result<Json, ApiError> {
    decimal
        .to_string()
        .parse::<Number>()
        .map(Json::Number)
        .map_err(|error| unsayable(error.to_string()))
}
