//! Bills and purchase orders: lines on items or on ledger accounts, mixed as one likes; never a stamp.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::clock;
use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money::{quirky, quirky_id};
use super::super::object::object;
use super::super::records::{Extra, Line, Purchase, PurchaseKind, State, Subject, Sums};
use super::super::world::{Debt, World};
use super::lists::{self, Pairs};
use super::resource::Resource;
use super::sales::{cost_center, payment_on};
use super::{
    Body, contacts, currency, date, department, id_of, keep_extra, lines, ordering, require, set,
    set_currency, settling, text, with_extra,
};

/// `/bills`.
pub const BILLS: Resource = Resource {
    path: "bills",
    gone: "La factura de proveedor",
    missing: || missing(PurchaseKind::Bill),
    list: |world, query| list(world, PurchaseKind::Bill, query),
    one: |world, id| one(world, PurchaseKind::Bill, id),
    create: |world, body| create(world, PurchaseKind::Bill, body),
    update: |world, id, body| update(world, PurchaseKind::Bill, id, body),
    delete: Some(|world, id| delete(world, PurchaseKind::Bill, id)),
};

/// `/purchase-orders`.
pub const ORDERS: Resource = Resource {
    path: "purchase-orders",
    gone: "La orden de compra",
    missing: || missing(PurchaseKind::Order),
    list: |world, query| list(world, PurchaseKind::Order, query),
    one: |world, id| one(world, PurchaseKind::Order, id),
    create: |world, body| create(world, PurchaseKind::Order, body),
    update: |world, id, body| update(world, PurchaseKind::Order, id, body),
    delete: Some(|world, id| delete(world, PurchaseKind::Order, id)),
};

const KNOWN: [&str; 22] = [
    "id",
    "date",
    "dueDate",
    "deliveryDate",
    "datetime",
    "status",
    "observations",
    "termsConditions",
    "provider",
    "purchases",
    "numberTemplate",
    "number",
    "fullNumber",
    "currency",
    "subtotal",
    "discount",
    "tax",
    "total",
    "totalPaid",
    "balance",
    "payments",
    "costCenter",
];

pub fn native(world: &World, purchase: &Purchase) -> Value {
    let id = purchase.id;
    let lines = |of_items: bool| -> Vec<Value> {
        purchase
            .lines
            .iter()
            .filter(|line| matches!(line.subject, Subject::Item(_)) == of_items)
            .map(|line| lines::native(world, id, &purchase.currency, line))
            .collect()
    };
    let mut record = object!({
        "id": quirky_id(id, id / 2),
        "date": purchase.date.to_string(),
        "datetime": clock::alegra(purchase.created),
        "status": purchase.state.word(),
        "observations": &*purchase.notes,
        "termsConditions": &*purchase.terms,
        "provider": provider(world, purchase),
        "purchases": object!({"items": lines(true), "categories": lines(false)}),
        "currency": currency(&purchase.currency, purchase.rate),
        "subtotal": quirky(purchase.sums.subtotal, id),
        "discount": quirky(purchase.sums.discount, id + 1),
        "tax": quirky(purchase.sums.tax, id + 2),
        "total": quirky(purchase.sums.total, id + 3),
        "decimalPrecision": if id.is_multiple_of(2) { json!("2") } else { json!(2) },
        "costCenter": cost_center(world, purchase.department, id),
    });
    let mut own = match purchase.kind {
        PurchaseKind::Bill => of_bill(world, purchase),
        PurchaseKind::Order => object!({
            "number": id.to_string(),
            "fullNumber": &*purchase.number,
            "deliveryDate": purchase.due.to_string(),
            "bills": bills_of(world, purchase),
        }),
    };
    if let (Some(record), Some(own)) = (record.as_object_mut(), own.as_object_mut()) {
        record.append(own);
    }
    with_extra(record, &purchase.extra)
}

/// The bills that were made from an order.
fn bills_of(world: &World, order: &Purchase) -> Vec<Value> {
    let made = order.bills.iter().filter_map(|id| world.bills.get(*id));
    made.map(|bill| {
        object!({
            "id": quirky_id(bill.id, order.id),
            "number": &*bill.number,
            "date": bill.date.to_string(),
            "total": quirky(bill.sums.total, order.id),
        })
    })
    .collect()
}

fn of_bill(world: &World, bill: &Purchase) -> Value {
    let debt = Debt::Bill(bill.id);
    let payments: Vec<Value> = world
        .payments_of(debt)
        .map(|payment| payment_on(payment, bill.id))
        .collect();
    let template = object!({"number": &*bill.number, "fullNumber": &*bill.number});
    object!({
        "dueDate": bill.due.to_string(),
        "numberTemplate": if bill.id % 9 == 5 { json!([template]) } else { template },
        "totalPaid": quirky(world.settled(debt), bill.id + 1),
        "balance": quirky(world.owed(bill), bill.id + 4),
        "payments": payments,
        "retentions": Value::Array(Vec::new()),
    })
}

fn provider(world: &World, purchase: &Purchase) -> Value {
    match world.contacts.get(purchase.contact) {
        None => object!({"id": purchase.contact.to_string()}),
        Some(contact) => object!({
            "id": quirky_id(contact.id, purchase.id),
            "name": &*contact.name,
            "identification": &*contact.rfc,
            "email": &*contact.email,
            "phonePrimary": &*contact.phone,
            "address": contacts::address(&contact.address),
        }),
    }
}

fn list(world: &World, kind: PurchaseKind, query: &Pairs) -> Result<Value, NativeError> {
    lists::documents(world, world.purchases(kind), query, None, |purchase| {
        native(world, purchase)
    })
}

fn one(world: &World, kind: PurchaseKind, id: u32) -> Option<Value> {
    let purchase = world.purchases(kind).get(id)?;
    Some(native(world, purchase))
}

fn create(world: &mut World, kind: PurchaseKind, body: &Body) -> Result<u32, NativeError> {
    let needed: &[&str] = match kind {
        PurchaseKind::Bill => &["provider", "date", "dueDate", "purchases"],
        PurchaseKind::Order => &["provider", "date", "purchases"],
    };
    require(body, needed)?;
    let now = world.clock.now();
    let id = world.purchases(kind).next_id();
    let mut purchase = Purchase {
        kind,
        id,
        state: State::Open,
        number: match kind {
            PurchaseKind::Bill => "".into(),
            PurchaseKind::Order => format!("OC-{id}").into(),
        },
        contact: 0,
        date: Date::ZERO,
        due: Date::ZERO,
        created: now,
        updated: now,
        currency: "MXN".into(),
        rate: Decimal::ONE,
        lines: Vec::new(),
        notes: "".into(),
        terms: "".into(),
        department: None,
        sums: Sums::default(),
        bills: Vec::new(),
        extra: Extra::new(),
    };
    if text(body, "status")?.as_deref() == Some("draft") {
        purchase.state = State::Draft;
    }
    write(world, &mut purchase, body)?;
    let mut changes = ordering::changes(world, id, &[], ordered(&purchase))?;
    changes.push(Change::Purchase(Box::new(purchase)));
    world.commit(changes)?;
    Ok(id)
}

/// Changes what a body names, while the document is open.
fn update(world: &mut World, kind: PurchaseKind, id: u32, body: &Body) -> Result<(), NativeError> {
    let purchase = world.purchases(kind).get(id).cloned();
    let mut purchase = purchase.ok_or_else(|| missing(kind))?;
    changeable(&purchase)?;
    let before = ordered(&purchase).to_vec();
    write(world, &mut purchase, body)?;
    if kind == PurchaseKind::Bill {
        let settled = world.settled(Debt::Bill(id));
        if settled > purchase.sums.total {
            return Err(NativeError::invalid(
                "El nuevo total es menor que lo ya pagado",
            ));
        }
        purchase.state = settling::settled_state(purchase.state, purchase.sums.total, settled);
    }
    if text(body, "status")?.as_deref() == Some("void") {
        unpaid(world, &purchase)?;
        purchase.state = State::Void;
    }
    if kind == PurchaseKind::Order && text(body, "status")?.as_deref() == Some("closed") {
        purchase.state = State::Closed;
    }
    purchase.updated = world.clock.now();
    let mut changes = ordering::changes(world, id, &before, ordered(&purchase))?;
    changes.push(Change::Purchase(Box::new(purchase)));
    world.commit(changes)
}

fn delete(world: &mut World, kind: PurchaseKind, id: u32) -> Result<(), NativeError> {
    let purchase = world.purchases(kind).get(id).ok_or_else(|| missing(kind))?;
    changeable(purchase)?;
    unpaid(world, purchase)?;
    let mut changes = ordering::changes(world, id, ordered(purchase), &[])?;
    changes.push(Change::Gone(Held::Purchase(kind), id));
    world.commit(changes)
}

/// The lines by which a purchase document holds on to orders: those of a bill that is not void.
fn ordered(purchase: &Purchase) -> &[Line] {
    match (purchase.kind, purchase.state) {
        (PurchaseKind::Order, _) | (PurchaseKind::Bill, State::Void) => &[],
        (PurchaseKind::Bill, _) => &purchase.lines,
    }
}

fn missing(kind: PurchaseKind) -> NativeError {
    NativeError::not_found(match kind {
        PurchaseKind::Bill => "La factura de proveedor no existe",
        PurchaseKind::Order => "La orden de compra no existe",
    })
}

fn changeable(purchase: &Purchase) -> Result<(), NativeError> {
    match purchase.state {
        State::Draft | State::Open => Ok(()),
        State::Closed => Err(NativeError::invalid(
            "El documento está cerrado y no se puede modificar ni eliminar",
        )),
        State::Void => Err(NativeError::invalid(
            "El documento está anulado y no se puede modificar ni eliminar",
        )),
    }
}

/// Refuses a document that payments stand on.
fn unpaid(world: &World, purchase: &Purchase) -> Result<(), NativeError> {
    let paid = purchase.kind == PurchaseKind::Bill
        && world.payments_of(Debt::Bill(purchase.id)).next().is_some();
    if paid {
        return Err(NativeError::invalid(
            "El documento tiene pagos aplicados; elimínelos primero",
        ));
    }
    Ok(())
}

fn write(world: &World, purchase: &mut Purchase, body: &Body) -> Result<(), NativeError> {
    if let Some(provider) = body.get("provider") {
        let known = id_of(provider).filter(|id| {
            let contact = world.contacts.get(*id);
            contact.is_some_and(|contact| contact.provider)
        });
        let known = known.ok_or_else(|| NativeError::invalid("El proveedor indicado no existe"))?;
        let moved = known != purchase.contact && purchase.contact != 0;
        if moved {
            unpaid(world, purchase)?;
        }
        purchase.contact = known;
    }
    write_dates(purchase, body)?;
    set_currency(body, &mut purchase.currency, &mut purchase.rate)?;
    set(body, "observations", &mut purchase.notes)?;
    set(body, "termsConditions", &mut purchase.terms)?;
    if purchase.kind == PurchaseKind::Bill {
        match body.get("numberTemplate") {
            Some(Value::Object(template)) => set(template, "number", &mut purchase.number)?,
            _ => set(body, "number", &mut purchase.number)?,
        }
    }
    if let Some(department) = department(world, body)? {
        purchase.department = department;
    }
    if let Some(bought) = body.get("purchases") {
        purchase.lines = lines::bought(world, bought)?;
    }
    keep_extra(body, &KNOWN, &mut purchase.extra);
    purchase.sums = lines::sums(world, &purchase.lines, &purchase.currency)?;
    Ok(())
}

fn write_dates(purchase: &mut Purchase, body: &Body) -> Result<(), NativeError> {
    let key = match purchase.kind {
        PurchaseKind::Bill => "dueDate",
        PurchaseKind::Order => "deliveryDate",
    };
    let due = date(body, key)?;
    if let Some(day) = date(body, "date")? {
        // An order without a day of delivery is delivered when it is made.
        if purchase.due == Date::ZERO {
            purchase.due = day;
        }
        purchase.date = day;
    }
    purchase.due = due.unwrap_or(purchase.due);
    if purchase.due < purchase.date {
        return Err(NativeError::invalid(format!(
            "El campo {key} es anterior a la fecha del documento"
        )));
    }
    Ok(())
}
