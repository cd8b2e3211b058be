//! Bills and purchase orders: each line is about an item or about a ledger account, and its type says
//! which (contract B.10, B.11, F 4.1 to 4.3).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::errors::Refusal;
use super::super::money::number;
use super::super::native::lists::Filter;
use super::super::native::{self, Body, id_of, ordering};
use super::super::object::object;
use super::super::query::{Declared, ListQuery, wrong};
use super::super::records::{Purchase, State};
use super::super::status;
use super::super::world::{Debt, World, share_for};
use super::parts::{self, BOUGHT, LineKinds, SOLD};
use super::payments::unsupported_status;
use super::resource::Resource;
use super::{Manner, Page, declared, renamed};

pub const BILLS: Resource = Resource {
    name: "bills",
    paged: true,
    sorted: true,
    filters: &["status"],
    declared: Declared {
        filters: "id_since updated_since billed_since due_since status subsidiary_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: true,
    shape: &declared::BILL,
    native: &native::purchases::BILLS,
    list: list_bills,
    one: |world, id, manner| {
        let bill = world.bills.get(id)?;
        Some(bill_record(world, bill, manner))
    },
    to_native: bill_to_native,
};

pub const ORDERS: Resource = Resource {
    name: "purchase-orders",
    paged: true,
    sorted: true,
    filters: &[],
    declared: Declared {
        filters: "updated_since supplier_id subsidiary_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: false,
    shape: &declared::PURCHASE_ORDER,
    native: &native::purchases::ORDERS,
    list: |world, asked, manner| {
        parts::documents(world, &world.orders, None, asked, |order| {
            order_record(world, order, manner)
        })
    },
    one: |world, id, manner| {
        let order = world.orders.get(id)?;
        Some(order_record(world, order, manner))
    },
    to_native: order_to_native,
};

fn list_bills(world: &World, asked: &ListQuery, manner: &Manner) -> Result<Page, Refusal> {
    let paid = match asked.filter("status") {
        None | Some("") => None,
        Some("paid") => Some(true),
        // Alegra filters by its own states: what is open is unpaid, also when a part was paid.
        Some("unpaid") => Some(false),
        Some(word @ ("partially_paid" | "authorised" | "voided" | "void" | "draft")) => {
            return Err(unsupported_status(word));
        }
        Some(_) => return Err(wrong("filter[status]", "paid or unpaid")),
    };
    let keep: Option<Filter<'_, Purchase>> = paid.map(|paid| -> Filter<'_, Purchase> {
        Box::new(move |bill| match bill.state {
            State::Closed => paid,
            State::Open => paid == (world.owed(bill).is_zero() && !bill.sums.total.is_zero()),
            State::Draft | State::Void => false,
        })
    });
    parts::documents(world, &world.bills, keep, asked, |bill| {
        bill_record(world, bill, manner)
    })
}

fn bill_record(world: &World, bill: &Purchase, manner: &Manner) -> Value {
    let debt = Debt::Bill(bill.id);
    let balance = world.owed(bill);
    let allocations: Vec<Value> = world
        .payments_of(debt)
        .map(|payment| {
            object!({
                "id": payment.id.to_string(),
                "allocated_amount": number(share_for(&payment.shares, bill.id)),
                "date": parts::midnight(payment.date),
            })
        })
        .collect();
    let own = object!({
        "bill_number": &*bill.number,
        "bill_date": bill.date.to_string(),
        "due_date": bill.due.to_string(),
        "status": status::derived(bill.state, bill.sums.total, balance, manner.strict),
        "balance": number(balance),
        "deposit": number(world.settled(debt)),
        "notes": &*bill.notes,
        "payment_allocations": allocations,
    });
    record(world, bill, BOUGHT, own)
}

fn order_record(world: &World, order: &Purchase, manner: &Manner) -> Value {
    // The published document gives orders the lines of invoices, and so their words.
    let kinds = if manner.strict { SOLD } else { BOUGHT };
    let own = object!({
        "po_number": &*order.number,
        "issued_date": order.date.to_string(),
        "delivery_date": order.due.to_string(),
        "expected_arrival_date": order.due.to_string(),
        "status": match order.state {
            State::Draft => "draft",
            State::Open => "open",
            State::Closed if order.bills.is_empty() => "closed",
            State::Closed => "billed",
            // An order has no word for void.
            State::Void => "other",
        },
        "notes": &*order.notes,
        "memo": Value::Null,
    });
    record(world, order, kinds, own)
}

/// What both have, and what is this one's own.
fn record(world: &World, purchase: &Purchase, kinds: LineKinds, mut own: Value) -> Value {
    let id = purchase.id.to_string();
    let lines: Vec<Value> = (1..)
        .zip(&purchase.lines)
        .map(|line| {
            let mut told = parts::line(world, purchase.id, &purchase.currency, kinds, line);
            let order = ordering::named(line.1).and_then(id_of);
            if let (Some(order), Some(fields)) = (order, told.as_object_mut()) {
                fields.insert(
                    "purchase_order".to_owned(),
                    object!({"id": order.to_string()}),
                );
            }
            told
        })
        .collect();
    let mut unified = object!({
        "id": &*id,
        "downstream_id": &*id,
        "display_id": &*id,
        "supplier": parts::supplier(world, purchase.contact),
        "department_id": purchase.department.map(|id| id.to_string()),
        "currency": &*purchase.currency,
        "currency_rate": number(purchase.rate),
        "terms": &*purchase.terms,
        "sub_total": number(purchase.sums.subtotal),
        "total_tax": number(purchase.sums.tax),
        "total": number(purchase.sums.total),
        "line_items": lines,
        "created_at": clock::iso(purchase.created),
        "updated_at": clock::iso(purchase.updated),
    });
    if let (Some(fields), Some(own)) = (unified.as_object_mut(), own.as_object_mut()) {
        fields.append(own);
    }
    unified
}

fn bill_to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let mut native = renamed(
        body,
        &[
            ("bill_date", "date"),
            ("due_date", "dueDate"),
            ("notes", "observations"),
        ],
    );
    if let Some(number) = body.get("bill_number") {
        native.insert("numberTemplate".to_owned(), json!({ "number": number }));
    }
    purchase_to_native(body, native)
}

fn order_to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let mut native = renamed(
        body,
        &[
            ("issued_date", "date"),
            ("delivery_date", "deliveryDate"),
            ("memo", "observations"),
            // The notes win where both are sent.
            ("notes", "observations"),
        ],
    );
    if body.get("status").and_then(Value::as_str) == Some("closed") {
        native.insert("status".to_owned(), json!("closed"));
    }
    purchase_to_native(body, native)
}

fn purchase_to_native(body: &Map<String, Value>, mut native: Body) -> Result<Body, Refusal> {
    native.extend(renamed(
        body,
        &[("supplier", "provider"), ("terms", "termsConditions")],
    ));
    parts::common_to_native(body, &mut native);
    if let Some(lines) = body.get("line_items").and_then(Value::as_array) {
        let (mut items, mut categories) = (Vec::new(), Vec::new());
        for (place, line) in lines.iter().enumerate() {
            let (is_item, line) = line_to_native(line)
                .ok_or_else(|| wrong(&format!("line_items[{place}]"), LINE_RULE))?;
            let list = if is_item { &mut items } else { &mut categories };
            list.push(line);
        }
        native.insert(
            "purchases".to_owned(),
            json!({"items": items, "categories": categories}),
        );
    }
    Ok(native)
}

const LINE_RULE: &str = "expense_item with item.id, or expense_account with ledger_account.id";

/// Whether a line is about an item, and the line; `None` when its type and its references do not agree.
fn line_to_native(line: &Value) -> Option<(bool, Value)> {
    let line = line.as_object()?;
    let reference = |key: &str| line.get(key)?.get("id").filter(|id| !id.is_null());
    let (is_item, id) = match (reference("item"), reference("ledger_account")) {
        (Some(item), None) => (true, item),
        (None, Some(account)) => (false, account),
        _ => return None,
    };
    match line.get("type").and_then(Value::as_str) {
        Some("expense_item") if !is_item => return None,
        Some("expense_account") if is_item => return None,
        _ => {}
    }
    let mut native = parts::line_to_native(line);
    native.insert("id".to_owned(), id.clone());
    if let Some(order) = reference("purchase_order") {
        native.insert(ordering::KEY.to_owned(), json!({ "id": order }));
    }
    Some((is_item, Value::Object(native)))
}
