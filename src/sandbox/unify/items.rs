//! Invoice items: `code` is the company's own code; the SAT key is not in the unified model (contract B.7).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::errors::Refusal;
use super::super::money::number;
use super::super::native::lists::folded;
use super::super::native::{self, Body};
use super::super::query::{Declared, ListQuery};
use super::super::records::Item;
use super::super::world::World;
use super::resource::Resource;
use super::{Page, declared, parts, renamed};

pub const RESOURCE: Resource = Resource {
    name: "invoice-items",
    paged: true,
    sorted: true,
    filters: &["name"],
    declared: Declared {
        filters: "updated_since ids name type transaction_type subsidiary_id",
        filters_of_one: "type transaction_type",
        sorts: true,
    },
    projected: true,
    shape: &declared::INVOICE_ITEM,
    native: &native::items::RESOURCE,
    list: |world, asked, _| Ok(list(world, asked)),
    one: |world, id, _| {
        let item = world.items.get(id)?;
        Some(unified(world, item))
    },
    to_native,
};

/// Filtered by a part of the name, without accents and case.
fn list(world: &World, asked: &ListQuery) -> Page {
    let wanted = asked.filter("name").map(folded);
    let named = |item: &Item| {
        wanted
            .as_ref()
            .is_none_or(|wanted| folded(&item.name).contains(wanted))
    };
    parts::page(&world.items, Some(&named), asked, |item| {
        unified(world, item)
    })
}

fn unified(world: &World, item: &Item) -> Value {
    let id = item.id.to_string();
    let tax = item.taxes.first().and_then(|id| world.taxes.get(*id));
    // The tax is declared as an object and never null: an item may be without.
    let mut details = json!({
        "unit_price": number(item.price),
        "unit_of_measure": item.unit,
    });
    if let (Some(tax), Some(details)) = (tax, details.as_object_mut()) {
        let tax = json!({
            "id": tax.id.to_string(),
            "code": tax.code,
            "name": tax.name,
            "rate": number(tax.percentage),
        });
        details.insert("tax_rate".to_owned(), tax);
    }
    json!({
        "id": id,
        "display_id": id,
        "name": item.name,
        "description": item.description,
        "code": item.reference,
        "unit_price": number(item.price),
        "type": if item.service { "service" } else { "inventory" },
        "active": item.active,
        "sold": true,
        "purchased": !item.service,
        "tracked": !item.service,
        "taxable": !item.taxes.is_empty(),
        "sales_details": details,
        "created_at": clock::iso(item.created),
        "updated_at": clock::iso(item.updated),
    })
}

fn to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let mut native = renamed(
        body,
        &[
            ("name", "name"),
            ("description", "description"),
            ("code", "reference"),
            ("unit_price", "price"),
        ],
    );
    if let Some(kind) = body.get("type").and_then(Value::as_str) {
        native.insert(
            "type".to_owned(),
            json!(if kind == "service" {
                "service"
            } else {
                "product"
            }),
        );
    }
    if let Some(active) = body.get("active").and_then(Value::as_bool) {
        native.insert("status".to_owned(), json!(native::status_word(active)));
    }
    Ok(native)
}
