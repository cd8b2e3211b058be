//! Edits as bodies (contract B.8, B.16, C.1): unified fields, Alegra's own in `pass_through`, only what the edit holds.
//!
//! What the server makes (totals, status, stamp) is left out. Never writes `generateStamp`: saving never stamps.

use rust_decimal::Decimal;
use serde_json::{Map, Number, Value as Json, json};

use super::super::error::{ApiError, Cause};
use super::wire::{self, Write};
use super::{contacts, regime};
use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::record::Line;
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

    fn path(&mut self, path: String, value: Json) {
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
    fill(&edit, None)
}

/// The body of a change. `current` is the unified record as it stands, needed where [`needs_current`] says so.
pub(super) fn update(edit: &Edit, current: Option<&Json>) -> Result<Body, ApiError> {
    if !edit.kind.spec().operations.update {
        return Err(not_offered());
    }
    let body = fill(edit, current)?;
    if body.is_empty() && !edit.is_empty() {
        return Err(ApiError::new(
            Cause::NotSendable,
            "none of the changed fields can be written",
        ));
    }
    Ok(body)
}

/// Whether a change has to know the record as it stands.
pub(super) fn needs_current(edit: &Edit) -> bool {
    matches!(edit.kind, Kind::Customers | Kind::Suppliers) && contacts::touches_lists(edit)
}

fn not_offered() -> ApiError {
    ApiError::new(Cause::NotOffered, "records of this kind are not written")
}

fn fill(edit: &Edit, current: Option<&Json>) -> Result<Body, ApiError> {
    let resource = wire::resource(edit.kind);
    if !resource.written {
        return Err(not_offered());
    }
    let mut body = Body::default();
    for row in resource.rows {
        let Some(wanted) = edit.values.get(&row.field) else {
            continue;
        };
        let told = |key: &str| match wanted {
            Some(value) => json_of(row.field, key, value),
            None => Ok(Json::Null),
        };
        match row.write {
            Write::Never => {}
            Write::Unified(key) => {
                body.unified.insert(key.to_owned(), told(key)?);
            }
            Write::Native(key) => {
                body.native.insert(key.to_owned(), told(key)?);
            }
        }
    }
    if matches!(edit.kind, Kind::Customers | Kind::Suppliers) {
        contacts::write_lists(edit, current, &mut body.unified);
    }
    if edit.kind == Kind::Invoices
        && let Some(lines) = &edit.lines
    {
        write_lines(lines, &mut body)?;
    }
    Ok(body)
}

/// All lines, in order: they replace the ones that are there (contract B.0).
fn write_lines(lines: &[Line], body: &mut Body) -> Result<(), ApiError> {
    let mut items = Vec::with_capacity(lines.len());
    for (idx, line) in lines.iter().enumerate() {
        let mut item = Map::new();
        let mut put = |name: &str, value: Option<Json>| {
            if let Some(value) = value {
                item.insert(name.to_owned(), value);
            }
        };
        let id = line
            .item
            .as_ref()
            .map(|link| json!({"id": link.id.as_str()}));
        put("item", id);
        let text = line.description.as_str();
        put("description", (!text.is_empty()).then(|| Json::from(text)));
        put("quantity", line.quantity.map(number).transpose()?);
        let price = line.price.map(|price| number(price.decimal()));
        put("unit_price", price.transpose()?);
        let discount = line.discount_pct.map(number).transpose()?;
        put("discount_percentage", discount);
        let tax = line.taxes.first().map(|tax| json!({"id": tax.id.as_str()}));
        put("tax_rate", tax);
        items.push(Json::Object(item));

        // Unify has one tax a line and no SAT keys; the native body has all of them (contract C.1).
        if line.taxes.len() > 1 {
            let all: Vec<Json> = line
                .taxes
                .iter()
                .map(|tax| json!({"id": tax.id.as_str()}))
                .collect();
            body.path(format!("$.items[{idx}].tax"), Json::from(all));
        }
        if let Some(unit) = &line.unit {
            body.path(format!("$.items[{idx}].unit"), Json::from(unit.as_str()));
        }
        if let Some(key) = &line.product_key {
            body.path(
                format!("$.items[{idx}].productKey"),
                Json::from(key.as_str()),
            );
        }
    }
    body.unified
        .insert("line_items".to_owned(), Json::Array(items));
    Ok(())
}

/// A value as the wire wants it under this key.
fn json_of(field: Field, key: &str, value: &Value) -> Result<Json, ApiError> {
    Ok(match value {
        Value::Text(code) if field == Field::Regime => {
            let word = regime::word(code).ok_or_else(|| {
                ApiError::new(
                    Cause::NotSendable,
                    format!("Alegra has no word for régimen {code}"),
                )
            })?;
            Json::from(word)
        }
        Value::Text(text) => Json::from(text.as_str()),
        Value::Money(money) => number(money.decimal())?,
        Value::Number(decimal) => number(*decimal)?,
        Value::Date(date) => Json::from(date.to_string()),
        Value::Instant(instant) => Json::from(instant.to_string()),
        Value::Flag(flag) => Json::from(*flag),
        Value::Link(link) if key.ends_with("_id") => Json::from(link.id.as_str()),
        Value::Link(link) => json!({"id": link.id.as_str()}),
        Value::Status(Status::Active) => Json::from("active"),
        Value::Status(Status::Inactive) => Json::from("inactive"),
        Value::Status(other) => {
            return Err(ApiError::new(
                Cause::NotSendable,
                format!("{other:?} is no status that can be given"),
            ));
        }
    })
}

/// An exact number, digit by digit.
fn number(decimal: Decimal) -> Result<Json, ApiError> {
    decimal
        .to_string()
        .parse::<Number>()
        .map(Json::Number)
        .map_err(|error| ApiError::new(Cause::NotSendable, error.to_string()))
}
