//! Payments: money in from customers and out to suppliers, always applied to documents (contract B.12).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::call::param;
use super::super::clock;
use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money::{quirky, quirky_id};
use super::super::object::object;
use super::super::records::{Direction, Extra, Payment, Share, State};
use super::super::world::{Debt, World};
use super::lists::{self, Filter, Pairs};
use super::resource::Resource;
use super::sales::{full_number, received};
use super::{
    Body, amount, bank_accounts, currency, date, id_of, keep_extra, require, set, set_currency,
    settling, text, with_extra,
};

/// `/payments`, both directions.
pub const RESOURCE: Resource = Resource {
    path: "payments",
    gone: "El pago",
    missing,
    list,
    one: |world, id| {
        let payment = world.payments.get(id)?;
        Some(native(world, payment))
    },
    create,
    update,
    delete: Some(delete),
};

/// Alegra's words for how a payment was made: these six and no other (contract F 3.5).
const METHODS: [&str; 6] = [
    "cash",
    "transfer",
    "check",
    "deposit",
    "credit-card",
    "debit-card",
];

const KNOWN: [&str; 18] = [
    "id",
    "date",
    "number",
    "amount",
    "type",
    "status",
    "paymentMethod",
    "observations",
    "reference",
    "client",
    "provider",
    "bankAccount",
    "invoices",
    "bills",
    "currency",
    "numberTemplate",
    "stamp",
    "datetime",
];

/// The word for a direction, and the key under which its documents stand.
fn words(direction: Direction) -> (&'static str, &'static str) {
    match direction {
        Direction::In => ("in", "invoices"),
        Direction::Out => ("out", "bills"),
    }
}

pub fn native(world: &World, payment: &Payment) -> Value {
    let id = payment.id;
    let (word, documents) = words(payment.direction);
    let contact = world.contacts.get(payment.contact);
    let account = payment.account.and_then(|id| world.bank_accounts.get(id));
    let applied: Vec<Value> = payment
        .shares
        .iter()
        .map(|share| document(world, payment, share))
        .collect();
    let record = object!({
        "id": quirky_id(id, id / 3),
        "date": payment.date.to_string(),
        "datetime": clock::alegra(payment.created),
        "number": id.to_string(),
        "amount": quirky(payment.amount, id),
        "type": word,
        "status": payment.state.word(),
        "paymentMethod": &*payment.method,
        "observations": &*payment.note,
        "anotation": Value::Null,
        "reference": &*payment.reference,
        "client": object!({"id": payment.contact.to_string(), "name": contact.map(|one| one.name.as_ref())}),
        "bankAccount": account.map(|one| object!({
            "id": one.id.to_string(),
            "name": &*one.name,
            "type": bank_accounts::word(one.kind),
        })),
        "currency": currency(&payment.currency, payment.rate),
        "numberTemplate": json!({"id": "9", "number": id.to_string(), "fullNumber": id.to_string()}),
        documents: applied,
        "stamp": payment.stamp.as_ref().map(|stamp| received(world, stamp)),
    });
    with_extra(record, &payment.extra)
}

fn document(world: &World, payment: &Payment, share: &Share) -> Value {
    let told = match payment.direction {
        Direction::In => world.invoices.get(share.id).map(|invoice| {
            let balance = world.balance(invoice);
            let number = full_number(invoice);
            (number, invoice.date, invoice.sums.total, balance)
        }),
        Direction::Out => world.bills.get(share.id).map(|bill| {
            let number = Some(bill.number.to_string());
            (number, bill.date, bill.sums.total, world.owed(bill))
        }),
    };
    let id = share.id.to_string();
    let amount = quirky(share.amount, payment.id);
    match told {
        None => object!({"id": id, "amount": amount}),
        Some((number, date, total, balance)) => object!({
            "id": id,
            "number": number,
            "date": date.to_string(),
            "total": quirky(total, payment.id + 1),
            "amount": amount,
            "balance": quirky(balance, payment.id + 2),
        }),
    }
}

fn list(world: &World, query: &Pairs) -> Result<Value, NativeError> {
    let keep: Option<Filter<'_, Payment>> = match param(query, "type") {
        None | Some("") => None,
        Some("in") => Some(Box::new(|one| one.direction == Direction::In)),
        Some("out") => Some(Box::new(|one| one.direction == Direction::Out)),
        Some(_) => return Err(NativeError::invalid("type debe ser in u out")),
    };
    lists::documents(world, &world.payments, query, keep, |payment| {
        native(world, payment)
    })
}

fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    require(body, &["date", "paymentMethod"])?;
    let direction = match text(body, "type")?.as_deref() {
        Some("out") => Direction::Out,
        None if body.contains_key("bills") => Direction::Out,
        None | Some("in" | "") => Direction::In,
        Some(_) => return Err(NativeError::invalid("type debe ser in u out")),
    };
    let now = world.clock.now();
    let mut payment = Payment {
        id: world.payments.next_id(),
        direction,
        state: State::Open,
        contact: 0,
        account: world
            .bank_accounts
            .iter()
            .find(|account| account.active)
            .map(|account| account.id),
        date: Date::ZERO,
        amount: Decimal::ZERO,
        currency: "MXN".into(),
        rate: Decimal::ONE,
        method: "".into(),
        reference: "".into(),
        note: "".into(),
        shares: Vec::new(),
        stamp: None,
        created: now,
        updated: now,
        extra: Extra::new(),
    };
    write(world, &mut payment, body)?;
    let id = payment.id;
    put(world, &[], payment)?;
    Ok(id)
}

fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let known = world.payments.get(id).cloned().ok_or_else(missing)?;
    let wanted = text(body, "status")?;
    if known.state == State::Void && wanted.as_deref() != Some("open") {
        return Err(NativeError::invalid(
            "El pago está anulado y no se puede modificar",
        ));
    }
    let before = counted(&known).to_vec();
    let mut payment = known;
    write(world, &mut payment, body)?;
    match wanted.as_deref() {
        None | Some("") => {}
        Some("open") => payment.state = State::Open,
        Some("void") => payment.state = State::Void,
        Some(_) => return Err(NativeError::invalid("status debe ser open o void")),
    }
    payment.updated = world.clock.now();
    put(world, &before, payment)
}

/// Takes a payment out; its documents owe again what it had paid.
fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    let payment = world.payments.get(id).ok_or_else(missing)?;
    let mut changes = effects(world, payment, counted(payment), &[])?;
    changes.push(Change::Gone(Held::Payment, id));
    world.commit(changes)
}

/// `POST /payments/{id}/void`.
pub fn void(world: &mut World, id: u32) -> Result<(), NativeError> {
    let payment = world.payments.get(id).cloned().ok_or_else(missing)?;
    if payment.state == State::Void {
        return Err(NativeError::invalid("El pago ya está anulado"));
    }
    let before = payment.shares.clone();
    let voided = Payment {
        state: State::Void,
        updated: world.clock.now(),
        ..payment
    };
    put(world, &before, voided)
}

pub fn missing() -> NativeError {
    NativeError::not_found("El pago no existe")
}

/// The shares that count: none of a void payment.
fn counted(payment: &Payment) -> &[Share] {
    match payment.state {
        State::Void => &[],
        _ => &payment.shares,
    }
}

fn effects(
    world: &World,
    payment: &Payment,
    before: &[Share],
    after: &[Share],
) -> Result<Vec<Change>, NativeError> {
    settling::changes(
        world,
        |id| Debt::paid_by(payment.direction, id),
        payment.contact,
        before,
        after,
        world.clock.now(),
    )
}

fn put(world: &mut World, before: &[Share], payment: Payment) -> Result<(), NativeError> {
    let mut changes = effects(world, &payment, before, counted(&payment))?;
    changes.push(Change::Payment(Box::new(payment)));
    world.commit(changes)
}

fn write(world: &World, payment: &mut Payment, body: &Body) -> Result<(), NativeError> {
    if let Some(day) = date(body, "date")? {
        payment.date = day;
    }
    if let Some(method) = text(body, "paymentMethod")? {
        let known = METHODS.into_iter().find(|known| *known == method);
        payment.method = known
            .ok_or_else(|| {
                NativeError::invalid(format!(
                    "La forma de pago debe ser una de: {}",
                    METHODS.join(", ")
                ))
            })?
            .into();
    }
    if let Some(account) = body.get("bankAccount").filter(|value| !value.is_null()) {
        let known = id_of(account).filter(|id| world.bank_accounts.get(*id).is_some());
        payment.account = Some(
            known.ok_or_else(|| NativeError::invalid("La cuenta de banco indicada no existe"))?,
        );
    }
    set_currency(body, &mut payment.currency, &mut payment.rate)?;
    set(body, "observations", &mut payment.note)?;
    set(body, "reference", &mut payment.reference)?;
    write_shares(payment, body)?;
    write_contact(world, payment, body)?;
    keep_extra(body, &KNOWN, &mut payment.extra);
    Ok(())
}

/// Amount and documents. A payment that pays nothing is refused (contract F 3.3), and so is one that
/// gives away more than it has; less is an advance that stays with the contact. One whose documents were detached
/// by a cancellation may be changed in all else.
fn write_shares(payment: &mut Payment, body: &Body) -> Result<(), NativeError> {
    let sent = amount(body, "amount")?;
    let (_, documents) = words(payment.direction);
    let named = body.get(documents).filter(|value| !value.is_null());
    let is_detached = named.is_none() && !payment.amount.is_zero();
    if let Some(named) = named {
        let whole = sent.or((!payment.amount.is_zero()).then_some(payment.amount));
        payment.shares = settling::shares(named, whole)?;
    }
    if payment.shares.is_empty() && !is_detached {
        return Err(NativeError::invalid(
            "El pago debe aplicarse al menos a un documento",
        ));
    }
    let applied = settling::sum(&payment.shares);
    if payment.amount.is_zero() {
        payment.amount = applied;
    }
    payment.amount = sent.unwrap_or(payment.amount);
    if payment.amount <= Decimal::ZERO || payment.amount.normalize().scale() > 2 {
        return Err(NativeError::invalid(
            "El importe del pago debe ser mayor que 0 y de dos decimales a lo más",
        ));
    }
    if applied > payment.amount {
        return Err(NativeError::invalid(
            "La suma aplicada es mayor que el importe del pago",
        ));
    }
    Ok(())
}

/// The contact that was sent, or the one of the first document.
fn write_contact(world: &World, payment: &mut Payment, body: &Body) -> Result<(), NativeError> {
    let sent = ["client", "provider"]
        .into_iter()
        .find_map(|key| body.get(key).filter(|value| !value.is_null()));
    if let Some(value) = sent {
        let known = id_of(value).filter(|id| world.contacts.get(*id).is_some());
        payment.contact =
            known.ok_or_else(|| NativeError::invalid("El contacto indicado no existe"))?;
    } else if payment.contact == 0 {
        let first = payment.shares.first().map_or(0, |share| share.id);
        let owner = match payment.direction {
            Direction::In => world.invoices.get(first).map(|one| one.contact),
            Direction::Out => world.bills.get(first).map(|one| one.contact),
        };
        payment.contact =
            owner.ok_or_else(|| NativeError::invalid("El documento aplicado no existe"))?;
    }
    Ok(())
}
