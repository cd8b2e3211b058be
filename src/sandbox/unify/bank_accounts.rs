//! Bank accounts: what lies on them and their international numbers are never told (contract B.6).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::errors::Refusal;
use super::super::native::{self, Body, status_word};
use super::super::query::Declared;
use super::super::records::{BankAccount, Purse};
use super::super::world::World;
use super::resource::Resource;
use super::{declared, parts, renamed};

pub const RESOURCE: Resource = Resource {
    name: "bank-accounts",
    paged: true,
    sorted: true,
    filters: &[],
    declared: Declared {
        filters: "name account_type status",
        filters_of_one: "account_type",
        sorts: true,
    },
    projected: true,
    shape: &declared::BANK_ACCOUNT,
    native: &native::bank_accounts::RESOURCE,
    list: |world, asked, _| {
        Ok(parts::page(&world.bank_accounts, None, asked, |account| {
            record(world, account)
        }))
    },
    one: |world, id, _| {
        let account = world.bank_accounts.get(id)?;
        Some(record(world, account))
    },
    to_native,
};

/// Unify's words for Alegra's kinds.
const TYPES: [(&str, Purse); 3] = [
    ("cash", Purse::Cash),
    ("checking", Purse::Bank),
    ("credit_card", Purse::CreditCard),
];

fn record(world: &World, account: &BankAccount) -> Value {
    let id = account.id.to_string();
    let kind = TYPES.iter().find(|(_, kind)| *kind == account.kind);
    let number = (!account.number.is_empty()).then_some(account.number.as_ref());
    json!({
        "id": id,
        "downstream_id": id,
        "display_id": id,
        "name": account.name,
        "account_number": number,
        "account_type": kind.map(|(word, _)| word),
        "ledger_account": account.category.map(|id| parts::account(world, id)),
        "description": account.description,
        "status": status_word(account.active),
        "currency": null,
        "balance": null,
        "available_balance": null,
        "iban": null,
        "bic": null,
        "routing_number": null,
        "created_at": clock::iso(account.created),
        "updated_at": clock::iso(account.updated),
    })
}

fn to_native(body: &Map<String, Value>, creating: bool) -> Result<Body, Refusal> {
    let mut native = renamed(
        body,
        &[
            ("name", "name"),
            ("account_number", "number"),
            ("description", "description"),
            ("status", "status"),
        ],
    );
    if let Some(kind) = body.get("account_type").filter(|kind| !kind.is_null()) {
        let known = TYPES.iter().find(|(word, _)| kind.as_str() == Some(word));
        // What Alegra does not have is left for it to refuse.
        let word = known.map(|(_, kind)| json!(native::bank_accounts::word(*kind)));
        native.insert("type".to_owned(), word.unwrap_or_else(|| kind.clone()));
    }
    if let Some(account) = body.get("ledger_account") {
        native.insert("category".to_owned(), account.clone());
    }
    if creating {
        // Alegra demands an opening balance; the connector sends what there is, or nothing at all.
        let balance = body.get("balance").filter(|balance| !balance.is_null());
        native.insert(
            "initialBalance".to_owned(),
            balance.cloned().unwrap_or(json!(0)),
        );
    }
    Ok(native)
}
