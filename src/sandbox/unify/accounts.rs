//! Ledger accounts: a flat list that is a tree by its parents; class and type are inherited (contract B.4).

use serde_json::{Map, Value, json};

use super::super::errors::Refusal;
use super::super::native::{self, Body, status_word};
use super::super::query::Declared;
use super::super::records::Account;
use super::super::world::World;
use super::resource::Resource;
use super::{Page, Record, declared, renamed};

pub const RESOURCE: Resource = Resource {
    name: "ledger-accounts",
    paged: false,
    sorted: false,
    filters: &[],
    declared: Declared {
        filters: "name updated_since classification status subsidiary_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: true,
    shape: &declared::LEDGER_ACCOUNT,
    native: &native::categories::RESOURCE,
    list: |world, _, _| {
        Ok(Page {
            records: world
                .accounts
                .iter()
                .map(|account| Record {
                    id: account.id,
                    unified: unified(world, account),
                })
                .collect(),
            next: None,
        })
    },
    one: |world, id, _| {
        let account = world.accounts.get(id)?;
        Some(unified(world, account))
    },
    to_native,
};

fn unified(world: &World, account: &Account) -> Value {
    let id = account.id.to_string();
    let parent = account.parent.and_then(|id| world.accounts.get(id));
    let children: Vec<Value> = account
        .children
        .iter()
        .filter_map(|id| world.accounts.get(*id))
        .map(|child| json!({"id": child.id.to_string(), "account_sub_name": child.name}))
        .collect();
    let mut unified = json!({
        "id": id,
        "display_id": id,
        "code": account.code,
        "nominal_code": if account.nominal.is_empty() { Value::Null } else { json!(account.nominal) },
        "name": account.name,
        "fully_qualified_name": path_of(world, account),
        "description": account.description,
        "classification": account.classification,
        "type": account.kind,
        "level": account.level,
        "header": !account.children.is_empty(),
        "active": account.active,
        "status": status_word(account.active),
        "sub_account": account.parent.is_some(),
        "sub_accounts": children,
    });
    // Declared as an object and never null: a root has none.
    if let (Some(parent), Some(fields)) = (parent, unified.as_object_mut()) {
        let parent = json!({
            "id": parent.id.to_string(),
            "name": parent.name,
            "display_id": parent.id.to_string(),
        });
        fields.insert("parent_account".to_owned(), parent);
    }
    unified
}

/// The names from the root down; the level bounds the climb.
fn path_of(world: &World, account: &Account) -> String {
    let mut names = vec![account.name.as_ref()];
    let mut above = account.parent;
    for _ in 0..account.level {
        let Some(parent) = above.and_then(|id| world.accounts.get(id)) else {
            break;
        };
        names.push(parent.name.as_ref());
        above = parent.parent;
    }
    names.reverse();
    names.join(":")
}

fn to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let mut native = renamed(
        body,
        &[
            ("name", "name"),
            ("code", "code"),
            ("nominal_code", "nominalCode"),
            ("description", "description"),
            ("status", "status"),
        ],
    );
    if let Some(parent) = body
        .get("parent_account")
        .and_then(|parent| parent.get("id"))
    {
        native.insert("idParent".to_owned(), parent.clone());
    }
    if let Some(active) = body.get("active").and_then(Value::as_bool) {
        native.insert("status".to_owned(), json!(status_word(active)));
    }
    Ok(native)
}
