//! Journal entries: what is debited is credited, on accounts that can be posted to (contract B.14).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money::{quirky, quirky_id};
use super::super::object::object;
use super::super::records::{Extra, JournalEntry, Posting, State};
use super::super::world::World;
use super::lists::{self, Pairs};
use super::resource::Resource;
use super::{
    Body, amount, date, department, id_of, keep_extra, postable, require, set, text, with_extra,
};

/// `/journals`.
pub const RESOURCE: Resource = Resource {
    path: "journals",
    gone: "El comprobante",
    missing,
    list,
    one: |world, id| {
        let entry = world.journal_entries.get(id)?;
        Some(native(world, entry))
    },
    create,
    update,
    delete: Some(delete),
};

/// The most lines that one entry takes.
const MOST_POSTINGS: usize = 1_000;

const KNOWN: [&str; 9] = [
    "id",
    "date",
    "observations",
    "reference",
    "status",
    "entries",
    "currency",
    "number",
    "total",
];

pub fn native(world: &World, entry: &JournalEntry) -> Value {
    let postings: Vec<Value> = entry
        .postings
        .iter()
        .map(|posting| {
            let account = world.accounts.get(posting.account);
            let link = |id: Option<u32>| id.map(|id| object!({"id": id.to_string()}));
            object!({
                "id": posting.account.to_string(),
                "name": account.map(|account| account.name.as_ref()),
                "code": account.map(|account| account.code.as_ref()),
                "debit": quirky(posting.debit, entry.id),
                "credit": quirky(posting.credit, entry.id + 1),
                "observations": &*posting.description,
                "client": link(posting.customer),
                "provider": link(posting.supplier),
                "costCenter": link(posting.department),
            })
        })
        .collect();
    let total: Decimal = entry.postings.iter().map(|posting| posting.debit).sum();
    let record = object!({
        "id": quirky_id(entry.id, entry.id),
        "date": entry.date.to_string(),
        "observations": &*entry.memo,
        "reference": &*entry.reference,
        "status": entry.state.word(),
        "currency": json!({"code": &*entry.currency, "symbol": "$"}),
        "total": quirky(total, entry.id + 2),
        "entries": postings,
    });
    with_extra(record, &entry.extra)
}

fn list(world: &World, query: &Pairs) -> Result<Value, NativeError> {
    lists::documents(world, &world.journal_entries, query, None, |entry| {
        native(world, entry)
    })
}

fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    require(body, &["date", "entries"])?;
    let now = world.clock.now();
    let mut entry = JournalEntry {
        id: world.journal_entries.next_id(),
        state: State::Open,
        date: Date::ZERO,
        reference: "".into(),
        memo: "".into(),
        currency: "MXN".into(),
        postings: Vec::new(),
        created: now,
        updated: now,
        extra: Extra::new(),
    };
    write(world, &mut entry, body)?;
    let id = entry.id;
    world.commit(vec![Change::JournalEntry(Box::new(entry))])?;
    Ok(id)
}

fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let known = world.journal_entries.get(id).cloned();
    let mut entry = known.ok_or_else(missing)?;
    if entry.state == State::Void && text(body, "status")?.as_deref() != Some("open") {
        return Err(NativeError::invalid(
            "El comprobante está anulado y no se puede modificar",
        ));
    }
    write(world, &mut entry, body)?;
    entry.updated = world.clock.now();
    world.commit(vec![Change::JournalEntry(Box::new(entry))])
}

fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    world.journal_entries.get(id).ok_or_else(missing)?;
    world.commit(vec![Change::Gone(Held::JournalEntry, id)])
}

fn missing() -> NativeError {
    NativeError::not_found("El comprobante no existe")
}

fn write(world: &World, entry: &mut JournalEntry, body: &Body) -> Result<(), NativeError> {
    if let Some(day) = date(body, "date")? {
        entry.date = day;
    }
    set(body, "observations", &mut entry.memo)?;
    set(body, "reference", &mut entry.reference)?;
    let mut rate = Decimal::ONE;
    super::set_currency(body, &mut entry.currency, &mut rate)?;
    match text(body, "status")?.as_deref() {
        None | Some("") => {}
        Some("open") => entry.state = State::Open,
        Some("void") => entry.state = State::Void,
        Some("draft") => entry.state = State::Draft,
        Some(_) => return Err(NativeError::invalid("status debe ser draft, open o void")),
    }
    if let Some(postings) = body.get("entries") {
        entry.postings = read(world, postings)?;
    }
    keep_extra(body, &KNOWN, &mut entry.extra);
    Ok(())
}

/// Reads the lines; together they must balance to the last cent (contract F 7.1).
fn read(world: &World, value: &Value) -> Result<Vec<Posting>, NativeError> {
    let postings = value
        .as_array()
        .filter(|postings| (2..=MOST_POSTINGS).contains(&postings.len()))
        .ok_or_else(|| {
            NativeError::invalid("El comprobante debe tener entre 2 y 1000 movimientos")
        })?;
    let postings = postings
        .iter()
        .map(|posting| one(world, posting))
        .collect::<Result<Vec<_>, _>>()?;
    let debits: Decimal = postings.iter().map(|posting| posting.debit).sum();
    let credits: Decimal = postings.iter().map(|posting| posting.credit).sum();
    if debits != credits {
        return Err(NativeError::invalid(format!(
            "El comprobante no está cuadrado: débitos {debits}, créditos {credits}"
        )));
    }
    Ok(postings)
}

fn one(world: &World, value: &Value) -> Result<Posting, NativeError> {
    let body = value
        .as_object()
        .ok_or_else(|| NativeError::invalid("Cada movimiento debe ser un objeto"))?;
    let account = postable(world, value)?;
    let debit = amount(body, "debit")?.unwrap_or(Decimal::ZERO);
    let credit = amount(body, "credit")?.unwrap_or(Decimal::ZERO);
    let one_side =
        (debit > Decimal::ZERO && credit.is_zero()) || (credit > Decimal::ZERO && debit.is_zero());
    if !one_side || (debit + credit).normalize().scale() > 2 {
        return Err(NativeError::invalid(
            "Cada movimiento debe llevar un débito o un crédito, mayor que 0 y de dos decimales a lo más",
        ));
    }
    let contact = |key: &str| match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => id_of(value)
            .filter(|id| world.contacts.get(*id).is_some())
            .map(Some)
            .ok_or_else(|| NativeError::invalid("El contacto del movimiento no existe")),
    };
    Ok(Posting {
        account,
        debit,
        credit,
        description: text(body, "observations")?.unwrap_or_default(),
        customer: contact("client")?,
        supplier: contact("provider")?,
        department: department(world, body)?.flatten(),
    })
}
