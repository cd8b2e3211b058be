//! Bank accounts: tills, accounts at a bank, credit cards. What they hold is not told by either road.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::clock;
use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money;
use super::super::records::{BankAccount, Extra, Purse};
use super::super::world::World;
use super::lists::{self, Pairs};
use super::resource::Resource;
use super::{
    Body, amount, date, keep_extra, postable, require, set, set_status, status_word, text,
    with_extra,
};

const KNOWN: [&str; 9] = [
    "id",
    "name",
    "type",
    "number",
    "description",
    "status",
    "initialBalance",
    "initialBalanceDate",
    "category",
];

/// `/bank-accounts`.
pub const RESOURCE: Resource = Resource {
    path: "bank-accounts",
    gone: "La cuenta de banco",
    missing,
    list,
    one: |world, id| {
        let account = world.bank_accounts.get(id)?;
        Some(native(world, account))
    },
    create,
    update,
    delete: Some(delete),
};

/// Alegra's word for a kind.
pub fn word(kind: Purse) -> &'static str {
    match kind {
        Purse::Cash => "cash",
        Purse::Bank => "bank",
        Purse::CreditCard => "credit-card",
    }
}

pub fn native(world: &World, account: &BankAccount) -> Value {
    let category = account.category.and_then(|id| world.accounts.get(id));
    let record = json!({
        "id": money::quirky_id(account.id, account.id),
        "name": account.name,
        "number": account.number,
        "description": account.description,
        "type": word(account.kind),
        "status": status_word(account.active),
        "initialBalance": money::quirky(account.opening_balance, account.id),
        "initialBalanceDate": account.opened_on.to_string(),
        "category": category.map(|one| json!({"id": one.id.to_string(), "name": one.name})),
    });
    with_extra(record, &account.extra)
}

fn list(world: &World, query: &Pairs) -> Result<Value, NativeError> {
    lists::list(&world.bank_accounts, query, None, |account| {
        native(world, account)
    })
}

fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    require(body, &["name", "type", "initialBalance"])?;
    let now = world.clock.now();
    let mut account = BankAccount {
        id: world.bank_accounts.next_id(),
        name: "".into(),
        kind: Purse::Bank,
        number: "".into(),
        description: "".into(),
        active: true,
        category: None,
        opening_balance: Decimal::ZERO,
        opened_on: clock::local(now).date(),
        created: now,
        updated: now,
        extra: Extra::new(),
    };
    write(world, &mut account, body)?;
    let id = account.id;
    world.commit(vec![Change::BankAccount(Box::new(account))])?;
    Ok(id)
}

fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut account = world.bank_accounts.get(id).cloned().ok_or_else(missing)?;
    write(world, &mut account, body)?;
    account.updated = world.clock.now();
    world.commit(vec![Change::BankAccount(Box::new(account))])
}

/// Takes an account out, unless a payment went through it.
fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    world.bank_accounts.get(id).ok_or_else(missing)?;
    if world.payments.iter().any(|one| one.account == Some(id)) {
        return Err(NativeError::invalid(
            "La cuenta de banco tiene movimientos y no se puede eliminar",
        ));
    }
    world.commit(vec![Change::Gone(Held::BankAccount, id)])
}

fn missing() -> NativeError {
    NativeError::not_found("La cuenta de banco no existe")
}

fn write(world: &World, account: &mut BankAccount, body: &Body) -> Result<(), NativeError> {
    set(body, "name", &mut account.name)?;
    if account.name.trim().is_empty() {
        return Err(NativeError::invalid(
            "El nombre de la cuenta de banco es obligatorio",
        ));
    }
    if let Some(kind) = text(body, "type")? {
        account.kind = [Purse::Cash, Purse::Bank, Purse::CreditCard]
            .into_iter()
            .find(|known| word(*known) == kind)
            .ok_or_else(|| {
                NativeError::invalid("El tipo de cuenta debe ser cash, bank o credit-card")
            })?;
    }
    set(body, "number", &mut account.number)?;
    if account.kind != Purse::Bank {
        // Only accounts at a bank have a number (contract F 3.8).
        account.number = "".into();
    }
    set(body, "description", &mut account.description)?;
    if let Some(balance) = amount(body, "initialBalance")? {
        account.opening_balance = balance;
    }
    if let Some(day) = date(body, "initialBalanceDate")? {
        account.opened_on = day;
    }
    match body.get("category") {
        None => {}
        Some(Value::Null) => account.category = None,
        Some(value) => account.category = Some(postable(world, value)?),
    }
    set_status(body, &mut account.active)?;
    keep_extra(body, &KNOWN, &mut account.extra);
    Ok(())
}
