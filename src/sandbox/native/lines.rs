//! The lines of documents: read from native bodies, and written back into them.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::super::errors::NativeError;
use super::super::money::{quirky, quirky_id};
use super::super::object::object;
use super::super::records::{Extra, Item, Line, LineTax, Subject, Sums, Text};
use super::super::taxes;
use super::super::world::World;
use super::{Body, amount, id_of, items, keep_extra, postable, text};

/// An amount in a CFDI has at most 18 digits before the point.
const LARGEST_SUM: Decimal = Decimal::from_parts(2_808_348_671, 232_830_643, 0, false, 0);

/// The most lines that one document takes.
const MOST_LINES: usize = 1_000;

const KNOWN: [&str; 10] = [
    "id",
    "name",
    "reference",
    "description",
    "observations",
    "price",
    "quantity",
    "discount",
    "tax",
    "total",
];

/// The sums of lines, if they can be held at all.
pub fn sums(world: &World, lines: &[Line], currency: &str) -> Result<Sums, NativeError> {
    taxes::totals(lines, &world.taxes, currency)
        .filter(|sums| sums.subtotal.abs() <= LARGEST_SUM)
        .ok_or_else(|| NativeError::invalid("Los importes del documento son demasiado grandes"))
}

/// The lines of a sales document: catalogue items only (contract F 4.4). With `keyed` each needs the
/// SAT's product key, its own or its item's (contract F 1.5).
pub fn sold(world: &World, lines: &Value, keyed: bool) -> Result<Vec<Line>, NativeError> {
    let lines = array(lines)?;
    if lines.is_empty() {
        return Err(none());
    }
    let mut read = Vec::with_capacity(lines.len());
    let mut keyless = Vec::new();
    for line in lines {
        let body = object(line)?;
        let item = item_of(world, line)?;
        let own_key = body
            .get("productKey")
            .filter(|key| !key.is_null())
            .map(items::product_key)
            .transpose()?;
        if keyed && own_key.is_none() && item.product_key.is_none() {
            keyless.push(json!({"id": item.id.to_string(), "name": item.name}));
        }
        read.push(of_item(world, item, body)?);
    }
    if keyless.is_empty() {
        return Ok(read);
    }
    let names: Vec<&str> = keyless
        .iter()
        .filter_map(|item| item.get("name").and_then(Value::as_str))
        .collect();
    let mut error = NativeError::invalid(format!(
        "Los siguientes productos no tienen clave de producto del SAT (productKey): {}",
        names.join(", ")
    ));
    error.details = Some(json!({ "items": keyless }));
    Err(error)
}

/// The lines of a purchase document, `{items: […], categories: […]}`: either or both.
pub fn bought(world: &World, purchases: &Value) -> Result<Vec<Line>, NativeError> {
    let body = purchases
        .as_object()
        .ok_or_else(|| NativeError::invalid("El campo purchases debe ser un objeto"))?;
    let part = |key: &str| match body.get(key) {
        None | Some(Value::Null) => Ok(&[][..]),
        Some(lines) => array(lines),
    };
    let (items, categories) = (part("items")?, part("categories")?);
    if items.is_empty() && categories.is_empty() {
        return Err(none());
    }
    if items.len() + categories.len() > MOST_LINES {
        return Err(too_many());
    }
    let of_items = items
        .iter()
        .map(|line| of_item(world, item_of(world, line)?, object(line)?));
    let of_accounts = categories.iter().map(|line| {
        let account = postable(world, line)?;
        let name = world.accounts.get(account).map(|account| &account.name);
        let fallback = name.cloned().unwrap_or_default();
        line_of(
            world,
            Subject::Account(account),
            fallback,
            None,
            object(line)?,
        )
    });
    of_items.chain(of_accounts).collect()
}

fn array(lines: &Value) -> Result<&[Value], NativeError> {
    let lines = lines
        .as_array()
        .ok_or_else(|| NativeError::invalid("Las partidas deben ser un arreglo"))?;
    if lines.len() > MOST_LINES {
        return Err(too_many());
    }
    Ok(lines)
}

fn none() -> NativeError {
    NativeError::invalid("El documento debe tener al menos una partida")
}

fn too_many() -> NativeError {
    NativeError::invalid("El documento admite hasta 1000 partidas")
}

fn object(line: &Value) -> Result<&Body, NativeError> {
    line.as_object()
        .ok_or_else(|| NativeError::invalid("Cada partida debe ser un objeto"))
}

fn item_of<'a>(world: &'a World, line: &Value) -> Result<&'a Item, NativeError> {
    id_of(line)
        .and_then(|id| world.items.get(id))
        .ok_or_else(|| {
            NativeError::invalid("Cada partida debe indicar un producto existente (item)")
        })
}

fn of_item(world: &World, item: &Item, body: &Body) -> Result<Line, NativeError> {
    line_of(
        world,
        Subject::Item(item.id),
        item.name.clone(),
        Some(item.price),
        body,
    )
}

fn line_of(
    world: &World,
    subject: Subject,
    fallback: Text,
    usual_price: Option<Decimal>,
    body: &Body,
) -> Result<Line, NativeError> {
    let price = amount(body, "price")?.or(usual_price).ok_or_else(|| {
        NativeError::invalid("Cada partida de una cuenta contable debe indicar su precio")
    })?;
    let quantity = amount(body, "quantity")?.unwrap_or(Decimal::ONE);
    let discount = amount(body, "discount")?.unwrap_or(Decimal::ZERO);
    if price.is_sign_negative() || quantity <= Decimal::ZERO {
        return Err(NativeError::invalid(
            "El precio no puede ser negativo y la cantidad debe ser mayor que 0",
        ));
    }
    if discount.is_sign_negative() || discount > Decimal::ONE_HUNDRED {
        return Err(NativeError::invalid(
            "El descuento debe estar entre 0 y 100 por ciento",
        ));
    }
    let taxes = match body.get("tax") {
        Some(value) => items::taxes(world, value)?,
        None => Vec::new(),
    };
    // Alegra calls the text of an account line its observations.
    let mut description = None;
    for key in ["observations", "description"] {
        description = text(body, key)?
            .filter(|text| !text.is_empty())
            .or(description);
    }
    if let Some(unit) = text(body, "unit")? {
        items::unit(unit)?;
    }
    let mut extra = Extra::new();
    keep_extra(body, &KNOWN, &mut extra);
    Ok(Line {
        subject,
        description: description.unwrap_or(fallback),
        price,
        quantity,
        discount,
        taxes: taxes
            .into_iter()
            .filter_map(|id| world.taxes.get(id))
            .map(|tax| LineTax {
                id: tax.id,
                percentage: tax.percentage,
            })
            .collect(),
        extra,
    })
}

/// A line as Alegra writes it; `document` picks the forms of its ids and amounts.
pub fn native(world: &World, document: u32, currency: &str, line: &Line) -> Value {
    let sums = taxes::line(line, &world.taxes, taxes::decimals_of(currency));
    let taxes: Vec<Value> = line
        .taxes
        .iter()
        .filter_map(|applied| {
            let tax = world.taxes.get(applied.id)?;
            Some(object!({
                "id": tax.id.to_string(),
                "name": &*tax.name,
                "percentage": quirky(applied.percentage, document),
                "type": &*tax.kind,
            }))
        })
        .collect();
    let mut record = Map::new();
    // What was written on the line itself stands before what its item says.
    record.extend(line.extra.clone());
    let mut own = object!({
        "price": quirky(line.price, document),
        "quantity": quirky(line.quantity, document + 3),
        "discount": quirky(line.discount, document),
        "tax": taxes,
        "total": sums.map(|sums| quirky(sums.total, document + 3)),
    });
    if let Some(own) = own.as_object_mut() {
        record.append(own);
    }
    match line.subject {
        Subject::Item(id) => about_item(world.items.get(id), id, document, line, &mut record),
        Subject::Account(id) => {
            let account = world.accounts.get(id);
            record.insert("id".to_owned(), json!(id.to_string()));
            record.insert(
                "name".to_owned(),
                json!(account.map(|account| account.name.as_ref())),
            );
            record.insert("observations".to_owned(), json!(line.description));
        }
    }
    Value::Object(record)
}

fn about_item(item: Option<&Item>, id: u32, document: u32, line: &Line, record: &mut Body) {
    record.insert("id".to_owned(), quirky_id(id, document + 1));
    record.insert(
        "name".to_owned(),
        json!(item.map(|item| item.name.as_ref())),
    );
    record.insert("description".to_owned(), json!(line.description));
    record.insert(
        "reference".to_owned(),
        json!(item.map(|item| item.reference.as_ref())),
    );
    if let Some(item) = item {
        record.entry("unit").or_insert_with(|| json!(item.unit));
        if let Some(key) = &item.product_key {
            record.entry("productKey").or_insert_with(|| json!(key));
        }
    }
}
