//! Items: `reference` is the company's own code, `productKey` the SAT's.

use serde_json::{Value, json};

use super::super::clock;
use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money;
use super::super::records::{Extra, Item, Subject, Text};
use super::super::world::World;
use super::lists::{self, Pairs};
use super::resource::Resource;
use super::{Body, id_of, keep_extra, set, set_status, status_word, text, with_extra};

const KNOWN: [&str; 13] = [
    "id",
    "name",
    "description",
    "reference",
    "price",
    "type",
    "unit",
    "inventory",
    "productKey",
    "tax",
    "status",
    "created_at",
    "updated_at",
];

/// `/items`.
pub const RESOURCE: Resource = Resource {
    path: "items",
    gone: "El producto",
    missing,
    list,
    one: |world, id| world.items.get(id).map(|one| native(world, one)),
    create,
    update,
    delete: Some(delete),
};

pub fn native(world: &World, item: &Item) -> Value {
    let taxes: Vec<Value> = item
        .taxes
        .iter()
        .filter_map(|id| world.taxes.get(*id))
        .map(|tax| {
            json!({
                "id": tax.id.to_string(),
                "name": tax.name,
                "percentage": money::quirky(tax.percentage, item.id),
                "type": tax.kind,
            })
        })
        .collect();
    let mut record = json!({
        "id": money::quirky_id(item.id, item.id),
        "name": item.name,
        "description": item.description,
        "reference": item.reference,
        "status": status_word(item.active),
        "type": if item.service { "service" } else { "product" },
        "price": [{"idPriceList": "1", "name": "General", "price": money::quirky(item.price, item.id)}],
        "tax": taxes,
        "category": {"id": "5063", "name": "Ventas"},
        "inventory": {"unit": item.unit},
        "unit": item.unit,
        "customFields": [],
        "created_at": clock::alegra(item.created),
        "updated_at": clock::alegra(item.updated),
    });
    if let (Some(key), Some(fields)) = (&item.product_key, record.as_object_mut()) {
        fields.insert("productKey".to_owned(), json!(key));
    }
    with_extra(record, &item.extra)
}

fn list(world: &World, query: &Pairs) -> Result<Value, NativeError> {
    lists::list(&world.items, query, None, |item| native(world, item))
}

pub fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    let now = world.clock.now();
    let mut item = Item {
        id: world.items.next_id(),
        name: "".into(),
        description: "".into(),
        reference: "".into(),
        price: rust_decimal::Decimal::ZERO,
        service: false,
        unit: "H87".into(),
        product_key: None,
        taxes: Vec::new(),
        active: true,
        created: now,
        updated: now,
        extra: Extra::new(),
    };
    write(world, &mut item, body)?;
    let id = item.id;
    world.commit(vec![Change::Item(Box::new(item))])?;
    Ok(id)
}

pub fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut item = world.items.get(id).cloned().ok_or_else(missing)?;
    write(world, &mut item, body)?;
    item.updated = world.clock.now();
    world.commit(vec![Change::Item(Box::new(item))])
}

pub fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    world.items.get(id).ok_or_else(missing)?;
    let used = world
        .all_lines()
        .any(|line| line.subject == Subject::Item(id));
    if used {
        return Err(NativeError::invalid(
            "El producto está en uso y no se puede eliminar",
        ));
    }
    world.commit(vec![Change::Gone(Held::Item, id)])
}

pub fn missing() -> NativeError {
    NativeError::not_found("El producto no existe")
}

/// A SAT key as a string of eight digits; a number or anything else is refused (contract F 1.8).
pub fn product_key(value: &Value) -> Result<Text, NativeError> {
    match value {
        Value::String(key) if key.len() == 8 && key.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(key.clone().into())
        }
        _ => Err(NativeError::invalid(
            "La clave de producto (productKey) debe ser una cadena de 8 dígitos del catálogo del SAT",
        )),
    }
}

/// A SAT unit: two or three capitals or digits.
pub fn unit(value: Text) -> Result<Text, NativeError> {
    let good = (2..=3).contains(&value.len())
        && value
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if good {
        Ok(value)
    } else {
        Err(NativeError::invalid(
            "La unidad debe ser una clave del SAT, por ejemplo H87",
        ))
    }
}

fn write(world: &World, item: &mut Item, body: &Body) -> Result<(), NativeError> {
    set(body, "name", &mut item.name)?;
    if item.name.trim().is_empty() {
        return Err(NativeError::invalid(
            "El nombre del producto es obligatorio",
        ));
    }
    set(body, "description", &mut item.description)?;
    set(body, "reference", &mut item.reference)?;
    if let Some(price) = price(body)? {
        item.price = price;
    }
    match text(body, "type")?.as_deref() {
        None | Some("") => {}
        Some("service") => item.service = true,
        Some("product" | "kit") => item.service = false,
        Some(_) => return Err(NativeError::invalid("El tipo debe ser product o service")),
    }
    let nested = body.get("inventory").and_then(Value::as_object);
    for holder in [nested, Some(body)].into_iter().flatten() {
        if let Some(value) = text(holder, "unit")? {
            item.unit = unit(value)?;
        }
    }
    if let Some(value) = body.get("productKey") {
        item.product_key = Some(product_key(value)?);
    }
    if let Some(value) = body.get("tax") {
        item.taxes = taxes(world, value)?;
    }
    set_status(body, &mut item.active)?;
    keep_extra(body, &KNOWN, &mut item.extra);
    Ok(())
}

/// A plain price, or the first of a list of prices.
fn price(body: &Body) -> Result<Option<rust_decimal::Decimal>, NativeError> {
    let value = match body.get("price") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(prices)) => prices
            .first()
            .and_then(|price| price.get("price"))
            .unwrap_or(&Value::Null),
        Some(value) => value,
    };
    money::read(value)
        .filter(|price| !price.is_sign_negative())
        .map(Some)
        .ok_or_else(|| NativeError::invalid("El precio debe ser un número mayor o igual que 0"))
}

/// The taxes that a list of ids or of objects with ids names; each must exist.
pub fn taxes(world: &World, value: &Value) -> Result<Vec<u32>, NativeError> {
    let named: Vec<&Value> = match value {
        Value::Null => Vec::new(),
        Value::Array(named) => named.iter().collect(),
        one => vec![one],
    };
    named
        .into_iter()
        .map(|value| {
            id_of(value)
                .filter(|id| world.taxes.get(*id).is_some())
                .ok_or_else(|| NativeError::invalid("El impuesto indicado no existe"))
        })
        .collect()
}
