//! Categories: the chart of accounts. A new account hangs under another and inherits from it; none is deleted.

use serde_json::{Value, json};

use super::super::errors::NativeError;
use super::super::journal::Change;
use super::super::records::{Account, Extra};
use super::super::world::World;
use super::lists::Pairs;
use super::resource::Resource;
use super::{Body, id_of, keep_extra, set, set_status, status_word, with_extra};

/// Alegra's chart for Mexico is no deeper.
const DEEPEST: u8 = 5;

const KNOWN: [&str; 16] = [
    "id",
    "idParent",
    "name",
    "code",
    "nominalCode",
    "description",
    "type",
    "nature",
    "status",
    "blocked",
    "readOnly",
    "categoryRule",
    "children",
    "classification",
    "level",
    "header",
];

/// `/categories`.
pub const RESOURCE: Resource = Resource {
    path: "categories",
    gone: "La cuenta",
    missing,
    list,
    one: |world, id| world.accounts.get(id).map(|one| native(world, one)),
    create,
    update,
    delete: None,
};

pub fn native(world: &World, account: &Account) -> Value {
    let children: Vec<Value> = account
        .children
        .iter()
        .filter_map(|id| world.accounts.get(*id))
        .map(|child| json!({"id": child.id.to_string(), "name": child.name}))
        .collect();
    let kind = match account.classification.as_ref() {
        "revenue" | "other_income" => "income",
        "other_expense" => "expense",
        "costs_of_sales" => "cost",
        other => other,
    };
    let record = json!({
        "id": account.id.to_string(),
        "idParent": account.parent.map(|id| id.to_string()),
        "name": account.name,
        "code": account.code,
        "nominalCode": account.nominal,
        "description": account.description,
        "type": kind,
        "nature": account.nature,
        "status": status_word(account.active),
        "blocked": if account.active { "no" } else { "yes" },
        "readOnly": account.level <= 2,
        "categoryRule": null,
        "children": children,
    });
    with_extra(record, &account.extra)
}

/// The whole chart at once: Alegra does not page it.
fn list(world: &World, _: &Pairs) -> Result<Value, NativeError> {
    Ok(world
        .accounts
        .iter()
        .map(|account| native(world, account))
        .collect())
}

pub fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    let parent = body
        .get("idParent")
        .filter(|value| !value.is_null())
        .ok_or_else(|| NativeError::invalid("La cuenta padre (idParent) es obligatoria"))?;
    let mut parent = id_of(parent)
        .and_then(|id| world.accounts.get(id))
        .cloned()
        .ok_or_else(|| NativeError::invalid("La cuenta padre no existe"))?;
    if parent.level >= DEEPEST {
        return Err(NativeError::invalid("El catálogo admite hasta 5 niveles"));
    }
    let mut account = Account {
        id: world.accounts.next_id(),
        parent: Some(parent.id),
        children: Vec::new(),
        code: "".into(),
        nominal: parent.nominal.clone(),
        name: "".into(),
        description: "".into(),
        level: parent.level + 1,
        classification: parent.classification.clone(),
        kind: parent.kind.clone(),
        nature: parent.nature.clone(),
        active: true,
        opened: world.clock.now(),
        extra: Extra::new(),
    };
    write(&mut account, body)?;
    let id = account.id;
    parent.children.push(id);
    world.commit(vec![
        Change::Account(Box::new(account)),
        Change::Account(Box::new(parent)),
    ])?;
    Ok(id)
}

pub fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut account = world.accounts.get(id).cloned().ok_or_else(missing)?;
    write(&mut account, body)?;
    world.commit(vec![Change::Account(Box::new(account))])
}

pub fn missing() -> NativeError {
    NativeError::not_found("La cuenta contable no existe")
}

fn write(account: &mut Account, body: &Body) -> Result<(), NativeError> {
    set(body, "name", &mut account.name)?;
    if account.name.trim().is_empty() {
        return Err(NativeError::invalid(
            "El nombre de la cuenta es obligatorio",
        ));
    }
    set(body, "code", &mut account.code)?;
    set(body, "nominalCode", &mut account.nominal)?;
    set(body, "description", &mut account.description)?;
    set_status(body, &mut account.active)?;
    keep_extra(body, &KNOWN, &mut account.extra);
    Ok(())
}
