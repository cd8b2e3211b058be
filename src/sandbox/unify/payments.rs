//! Payments of customers and payments to suppliers: one kind of record, two resources (contract B.12).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::errors::{NativeError, Refusal};
use super::super::money::number;
use super::super::native::lists::{Filter, both};
use super::super::native::{self, Body};
use super::super::object::object;
use super::super::query::{Declared, ListQuery, wrong};
use super::super::records::{Direction, Payment, State};
use super::super::world::World;
use super::parts::{self, contact_filter};
use super::resource::Resource;
use super::{Page, declared, renamed};

/// Filters that the published document declares for both.
const DECLARED: Declared = Declared {
    filters: "updated_since invoice_id bill_id supplier_id customer_id type status subsidiary_id",
    filters_of_one: "",
    sorts: true,
};

pub const RECEIPTS: Resource = Resource {
    name: "payments",
    paged: true,
    sorted: true,
    filters: &["status", "customer_id"],
    declared: DECLARED,
    projected: true,
    shape: &declared::PAYMENT,
    native: &native::payments::RESOURCE,
    list: |world, asked, _| list(world, Direction::In, asked),
    one: |world, id, _| one(world, Direction::In, id),
    to_native: |body, creating| to_native(Direction::In, body, creating),
};

pub const BILL_PAYMENTS: Resource = Resource {
    name: "bill-payments",
    paged: true,
    sorted: true,
    filters: &["status", "supplier_id"],
    declared: DECLARED,
    projected: true,
    shape: &declared::BILL_PAYMENT,
    native: &native::payments::RESOURCE,
    list: |world, asked, _| list(world, Direction::Out, asked),
    one: |world, id, _| one(world, Direction::Out, id),
    to_native: |body, creating| to_native(Direction::Out, body, creating),
};

/// The words for one direction: contact, allocations, type.
fn words(direction: Direction) -> (&'static str, &'static str, &'static str) {
    match direction {
        Direction::In => ("customer", "invoice", "accounts_receivable"),
        Direction::Out => ("supplier", "bill", "accounts_payable"),
    }
}

fn list(world: &World, direction: Direction, asked: &ListQuery) -> Result<Page, Refusal> {
    let states = match asked.filter("status") {
        None | Some("") => None,
        Some("authorised" | "unpaid") => Some(vec![State::Open]),
        Some("voided" | "void") => Some(vec![State::Void]),
        Some("draft") => Some(vec![State::Draft]),
        // Declared words for states that Alegra's payments never have.
        Some("paid" | "rejected" | "deleted") => Some(Vec::new()),
        Some("partially_paid") => {
            return Err(unsupported_status("partially_paid"));
        }
        Some(_) => return Err(wrong("filter[status]", "status of a payment")),
    };
    let name = match direction {
        Direction::In => "customer_id",
        Direction::Out => "supplier_id",
    };
    let contact = contact_filter(asked, name)?;
    let of_contact = contact.map(|contact| -> Filter<'_, Payment> {
        Box::new(move |payment| payment.contact == contact)
    });
    let in_state = states.map(|states| -> Filter<'_, Payment> {
        Box::new(move |payment| states.contains(&payment.state))
    });
    let payments = (&world.payments, Some(direction.part()));
    parts::documents_of(world, payments, both(of_contact, in_state), asked, |one| {
        unified(world, one)
    })
}

/// 400 for a status that is a word of Unify's and no filter of Alegra's (contract F 2.5).
pub fn unsupported_status(word: &str) -> Refusal {
    Refusal::new(
        400,
        "UnsupportedFiltersError",
        format!("Filter status={word} is not supported by connector alegra"),
    )
    .with_detail(json!({ "unsupported_filters": ["status"] }))
}

fn one(world: &World, direction: Direction, id: u32) -> Option<Value> {
    let payment = world.payments.get(id)?;
    (payment.direction == direction).then(|| unified(world, payment))
}

fn unified(world: &World, payment: &Payment) -> Value {
    let id = payment.id.to_string();
    let (contact, kind, ledger) = words(payment.direction);
    let account = payment.account.and_then(|id| world.bank_accounts.get(id));
    let allocations: Vec<Value> = (1..)
        .zip(&payment.shares)
        .map(|(place, share): (u32, _)| {
            object!({
                "id": share.id.to_string(),
                "type": kind,
                "amount": number(share.amount),
                "allocation_id": format!("{id}-{place}"),
            })
        })
        .collect();
    let linked = match payment.direction {
        Direction::In => parts::contact(world, payment.contact),
        Direction::Out => parts::supplier(world, payment.contact),
    };
    object!({
        "id": &*id,
        "downstream_id": &*id,
        "display_id": &*id,
        "number": &*id,
        "currency": &*payment.currency,
        "currency_rate": number(payment.rate),
        "total_amount": number(payment.amount),
        "reference": &*payment.reference,
        "note": &*payment.note,
        "payment_method": &*payment.method,
        "account": account.map(|one| object!({"id": one.id.to_string(), "name": &*one.name})),
        "transaction_date": parts::midnight(payment.date),
        contact: linked,
        "status": match payment.state {
            State::Void => "voided",
            State::Draft => "draft",
            State::Open | State::Closed => "authorised",
        },
        "type": ledger,
        "allocations": allocations,
        "created_at": clock::iso(payment.created),
        "updated_at": clock::iso(payment.updated),
    })
}

fn to_native(
    direction: Direction,
    body: &Map<String, Value>,
    creating: bool,
) -> Result<Body, Refusal> {
    let (contact, kind, _) = words(direction);
    let mut native = renamed(
        body,
        &[
            ("total_amount", "amount"),
            ("payment_method", "paymentMethod"),
            ("account", "bankAccount"),
            ("reference", "reference"),
            ("note", "observations"),
            (contact, "client"),
        ],
    );
    if let Some(date) = body.get("transaction_date") {
        native.insert("date".to_owned(), parts::day_of(date));
    }
    if let Some(status) = body.get("status").filter(|status| !status.is_null()) {
        let word = match status.as_str() {
            Some("voided" | "void") => json!("void"),
            Some("authorised" | "paid") => json!("open"),
            _ => status.clone(),
        };
        native.insert("status".to_owned(), word);
    }
    parts::common_to_native(body, &mut native);
    if let Some(allocations) = body.get("allocations").and_then(Value::as_array) {
        let (word, documents) = match direction {
            Direction::In => ("in", "invoices"),
            Direction::Out => ("out", "bills"),
        };
        let shares = allocations
            .iter()
            .map(|one| share(one, kind))
            .collect::<Result<Value, _>>()?;
        native.insert(documents.to_owned(), shares);
        if creating {
            native.insert("type".to_owned(), json!(word));
        }
    } else if creating {
        return Err(NativeError::invalid("El pago debe aplicarse al menos a un documento").into());
    }
    Ok(native)
}

/// One allocation; Alegra applies payments to invoices or bills and to nothing else.
fn share(allocation: &Value, kind: &str) -> Result<Value, Refusal> {
    let said = allocation.get("type").filter(|said| !said.is_null());
    if said.is_some_and(|said| said.as_str() != Some(kind)) {
        return Err(NativeError::invalid(format!(
            "Cada aplicación (allocations) debe ser de tipo {kind}"
        ))
        .into());
    }
    Ok(json!({"id": allocation.get("id"), "amount": allocation.get("amount")}))
}
