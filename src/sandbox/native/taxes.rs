//! Taxes: the percentage, the type that a create needs, and the ledger accounts that an update keeps.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money;
use super::super::records::{Extra, Tax};
use super::super::world::World;
use super::lists::{self, Pairs};
use super::resource::Resource;
use super::{Body, amount, id_of, keep_extra, set, set_status, status_word, with_extra};

const KNOWN: [&str; 11] = [
    "id",
    "name",
    "percentage",
    "description",
    "status",
    "type",
    "rate",
    "code",
    "categoryFavorable",
    "categoryToBePaid",
    "deductible",
];

/// `/taxes`.
pub const RESOURCE: Resource = Resource {
    path: "taxes",
    gone: "El impuesto",
    missing,
    list,
    one: |world, id| world.taxes.get(id).map(|one| native(world, one)),
    create,
    update,
    delete: Some(delete),
};

pub fn native(world: &World, tax: &Tax) -> Value {
    let account = |id: Option<u32>| match id.and_then(|id| world.accounts.get(id)) {
        Some(account) => json!({"id": account.id.to_string(), "name": account.name}),
        None => Value::Null,
    };
    let record = json!({
        "id": tax.id.to_string(),
        "name": tax.name,
        "percentage": money::quirky(tax.percentage, tax.id),
        "description": tax.description,
        "status": status_word(tax.active),
        "type": tax.kind,
        "rate": if tax.kind == "EXENTO" { "Exento" } else { "Tasa" },
        "code": tax.code,
        "categoryFavorable": account(tax.favorable),
        "categoryToBePaid": account(tax.payable),
    });
    with_extra(record, &tax.extra)
}

fn list(world: &World, query: &Pairs) -> Result<Value, NativeError> {
    lists::list(&world.taxes, query, None, |tax| native(world, tax))
}

pub fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    let now = world.clock.now();
    let mut tax = Tax {
        id: world.taxes.next_id(),
        name: "".into(),
        kind: "".into(),
        percentage: Decimal::ZERO,
        description: "".into(),
        code: "".into(),
        active: true,
        payable: None,
        favorable: None,
        created: now,
        updated: now,
        extra: Extra::new(),
    };
    if body.get("percentage").is_none_or(Value::is_null) {
        return Err(NativeError::invalid(
            "El porcentaje del impuesto es obligatorio",
        ));
    }
    write(world, &mut tax, body)?;
    let id = tax.id;
    world.commit(vec![Change::Tax(Box::new(tax))])?;
    Ok(id)
}

pub fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut tax = world.taxes.get(id).cloned().ok_or_else(missing)?;
    write(world, &mut tax, body)?;
    tax.updated = world.clock.now();
    world.commit(vec![Change::Tax(Box::new(tax))])
}

pub fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    world.taxes.get(id).ok_or_else(missing)?;
    let on_items = world.items.iter().any(|item| item.taxes.contains(&id));
    let on_lines = || {
        world
            .all_lines()
            .any(|line| line.taxes.iter().any(|tax| tax.id == id))
    };
    if on_items || on_lines() {
        return Err(NativeError::invalid(
            "El impuesto está en uso y no se puede eliminar",
        ));
    }
    world.commit(vec![Change::Gone(Held::Tax, id)])
}

pub fn missing() -> NativeError {
    NativeError::not_found("El impuesto no existe")
}

fn write(world: &World, tax: &mut Tax, body: &Body) -> Result<(), NativeError> {
    set(body, "name", &mut tax.name)?;
    set(body, "type", &mut tax.kind)?;
    set(body, "description", &mut tax.description)?;
    set(body, "code", &mut tax.code)?;
    if tax.name.trim().is_empty() {
        return Err(NativeError::invalid(
            "El nombre del impuesto es obligatorio",
        ));
    }
    if tax.kind.trim().is_empty() {
        return Err(NativeError::invalid(
            "El tipo del impuesto (type) es obligatorio",
        ));
    }
    if let Some(percentage) = amount(body, "percentage")? {
        if percentage.is_sign_negative() || percentage > Decimal::from(1_000) {
            return Err(NativeError::invalid(
                "El porcentaje del impuesto está fuera de rango",
            ));
        }
        tax.percentage = percentage;
    }
    for (key, field) in [
        ("categoryToBePaid", &mut tax.payable),
        ("categoryFavorable", &mut tax.favorable),
    ] {
        if let Some(value) = body.get(key).filter(|value| !value.is_null()) {
            let known = id_of(value).filter(|id| world.accounts.get(*id).is_some());
            *field =
                Some(known.ok_or_else(|| {
                    NativeError::invalid("La cuenta contable indicada no existe")
                })?);
        }
    }
    set_status(body, &mut tax.active)?;
    keep_extra(body, &KNOWN, &mut tax.extra);
    Ok(())
}
