//! Tax rates: either of two fields carries the percentage on a write (contract B.3).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::errors::Refusal;
use super::super::money::number;
use super::super::native::{self, Body, status_word};
use super::super::query::Declared;
use super::super::records::Tax;
use super::resource::Resource;
use super::{declared, parts, renamed};

pub const RESOURCE: Resource = Resource {
    name: "tax-rates",
    paged: true,
    sorted: false,
    filters: &[],
    declared: Declared {
        filters: "assets equity expenses liabilities revenue status",
        filters_of_one: "",
        sorts: false,
    },
    projected: true,
    shape: &declared::TAX_RATE,
    native: &native::taxes::RESOURCE,
    list: |world, asked, _| Ok(parts::page(&world.taxes, None, asked, unified)),
    one: |world, id, _| {
        let tax = world.taxes.get(id)?;
        Some(unified(tax))
    },
    to_native,
};

fn unified(tax: &Tax) -> Value {
    let id = tax.id.to_string();
    json!({
        "id": id,
        "display_id": id,
        "name": tax.name,
        "type": tax.kind,
        "code": tax.code,
        "description": tax.description,
        "total_tax_rate": number(tax.percentage),
        "effective_tax_rate": number(tax.percentage),
        "status": status_word(tax.active),
        "tax_payable_account_id": tax.payable.map(|id| id.to_string()),
        "tax_remitted_account_id": tax.favorable.map(|id| id.to_string()),
        "components": [],
        "created_at": clock::iso(tax.created),
        "updated_at": clock::iso(tax.updated),
    })
}

fn to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    Ok(renamed(
        body,
        &[
            ("name", "name"),
            ("type", "type"),
            ("code", "code"),
            ("description", "description"),
            ("status", "status"),
            ("effective_tax_rate", "percentage"),
            // The total wins where both are sent.
            ("total_tax_rate", "percentage"),
            ("tax_payable_account_id", "categoryToBePaid"),
            ("tax_remitted_account_id", "categoryFavorable"),
        ],
    ))
}
