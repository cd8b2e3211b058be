//! Invoices, credit notes and quotes: commercial data only; what the SAT wants travels by `pass_through`
//! and comes back in the native record (contract B.8, B.9, B.15).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::errors::{NativeError, Refusal};
use super::super::money::number;
use super::super::native::sales::full_number;
use super::super::native::{self, Body};
use super::super::object::object;
use super::super::query::{Declared, ListQuery};
use super::super::records::{Sale, SaleKind, State};
use super::super::status;
use super::super::world::{Debt, World, share_for};
use super::parts::{self, SOLD};
use super::resource::Resource;
use super::{Manner, Page, declared, renamed};

pub const INVOICES: Resource = Resource {
    name: "invoices",
    paged: true,
    sorted: true,
    filters: &[],
    declared: Declared {
        filters: "id_since updated_since created_since number supplier_id subsidiary_id customer_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: true,
    shape: &declared::INVOICE,
    native: &native::drafting::INVOICES,
    list: |world, asked, manner| list(world, SaleKind::Invoice, asked, manner),
    one: |world, id, manner| one(world, SaleKind::Invoice, id, manner),
    to_native: invoice_to_native,
};

pub const CREDIT_NOTES: Resource = Resource {
    name: "credit-notes",
    paged: true,
    sorted: true,
    filters: &[],
    declared: Declared {
        filters: "id_since updated_since created_since number subsidiary_id customer_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: true,
    shape: &declared::CREDIT_NOTE,
    native: &native::drafting::CREDIT_NOTES,
    list: |world, asked, manner| list(world, SaleKind::CreditNote, asked, manner),
    one: |world, id, manner| one(world, SaleKind::CreditNote, id, manner),
    to_native: note_to_native,
};

pub const QUOTES: Resource = Resource {
    name: "quotes",
    paged: true,
    sorted: false,
    filters: &[],
    declared: Declared {
        filters: "updated_since created_since number customer_id",
        filters_of_one: "",
        sorts: false,
    },
    projected: false,
    shape: &declared::QUOTE,
    native: &native::drafting::QUOTES,
    list: |world, asked, manner| list(world, SaleKind::Quote, asked, manner),
    one: |world, id, manner| one(world, SaleKind::Quote, id, manner),
    to_native: quote_to_native,
};

fn list(
    world: &World,
    kind: SaleKind,
    asked: &ListQuery,
    manner: &Manner,
) -> Result<Page, Refusal> {
    parts::documents(world, world.sales(kind), None, asked, |sale| {
        record(world, sale, manner.strict)
    })
}

fn one(world: &World, kind: SaleKind, id: u32, manner: &Manner) -> Option<Value> {
    let sale = world.sales(kind).get(id)?;
    Some(record(world, sale, manner.strict))
}

fn record(world: &World, sale: &Sale, strict: bool) -> Value {
    match sale.kind {
        SaleKind::Invoice => invoice(world, sale, strict),
        SaleKind::CreditNote => note(world, sale),
        SaleKind::Quote => quote(world, sale, strict),
    }
}

fn lines(world: &World, sale: &Sale) -> Vec<Value> {
    (1..)
        .zip(&sale.lines)
        .map(|line| parts::line(world, sale.id, &sale.currency, SOLD, line))
        .collect()
}

fn invoice(world: &World, sale: &Sale, strict: bool) -> Value {
    let id = sale.id.to_string();
    let balance = world.balance(sale);
    let debt = Debt::Invoice(sale.id);
    let allocations: Vec<Value> = world
        .payments_of(debt)
        .map(|payment| {
            object!({
                "id": payment.id.to_string(),
                "allocated_amount": number(share_for(&payment.shares, sale.id)),
                "date": parts::midnight(payment.date),
            })
        })
        .collect();
    object!({
        "id": &*id,
        "downstream_id": &*id,
        "display_id": &*id,
        "type": "standard",
        "number": full_number(sale),
        "customer": parts::contact(world, sale.contact),
        "department_id": sale.department.map(|id| id.to_string()),
        "invoice_date": sale.date.to_string(),
        "due_date": sale.due.to_string(),
        "terms": &*sale.terms,
        "status": status::derived(sale.state, sale.sums.total, balance, strict),
        "currency": &*sale.currency,
        "currency_rate": number(sale.rate),
        "sub_total": number(sale.sums.subtotal),
        "total_tax": number(sale.sums.tax),
        "discount_amount": number(sale.sums.discount),
        "total": number(sale.sums.total),
        "balance": number(balance),
        "deposit": number(world.settled(debt)),
        "customer_memo": &*sale.memo,
        "payment_method": &*sale.payment_method,
        "payment_allocations": allocations,
        "line_items": lines(world, sale),
        "source_document_url": Value::Null,
        "created_at": clock::iso(sale.created),
        "updated_at": clock::iso(sale.updated),
    })
}

/// A credit note: its total has another name, its date an hour, and what it was applied to stays empty.
fn note(world: &World, sale: &Sale) -> Value {
    let balance = world.balance(sale);
    // Its void word is the same in both sources (contract B.9).
    let status = status::derived(sale.state, sale.sums.total, balance, false);
    object!({
        "id": sale.id.to_string(),
        "number": full_number(sale),
        "customer": parts::contact(world, sale.contact),
        "department_id": sale.department.map(|id| id.to_string()),
        "date_issued": parts::midnight(sale.date),
        "type": "accounts_receivable_credit",
        "status": status,
        "currency": &*sale.currency,
        "currency_rate": number(sale.rate),
        "sub_total": number(sale.sums.subtotal),
        "total_tax": number(sale.sums.tax),
        "total_amount": number(sale.sums.total),
        "balance": number(balance),
        "remaining_credit": number(balance),
        "allocations": Value::Array(Vec::new()),
        "note": &*sale.memo,
        "terms": &*sale.terms,
        "line_items": lines(world, sale),
        "created_at": clock::iso(sale.created),
    })
}

fn quote(world: &World, sale: &Sale, strict: bool) -> Value {
    let id = sale.id.to_string();
    let mut quote = object!({
        "id": &*id,
        "downstream_id": &*id,
        "number": full_number(sale),
        "customer": parts::contact(world, sale.contact),
        "department_id": sale.department.map(|id| id.to_string()),
        "quote_date": sale.date.to_string(),
        "expiry_date": sale.due.to_string(),
        "terms": &*sale.terms,
        "status": match sale.state {
            State::Draft => "draft",
            State::Open => "sent",
            State::Closed => "converted",
            State::Void if strict => "void",
            State::Void => "voided",
        },
        "currency": &*sale.currency,
        "currency_rate": number(sale.rate),
        "sub_total": number(sale.sums.subtotal),
        "total_tax": number(sale.sums.tax),
        "discount_amount": number(sale.sums.discount),
        "total": number(sale.sums.total),
        "customer_memo": &*sale.memo,
        "line_items": lines(world, sale),
        "created_at": clock::iso(sale.created),
        "updated_at": clock::iso(sale.updated),
    });
    // Declared as a text and never null: a quote that was not invoiced has none.
    if let (Some(invoice), Some(fields)) = (sale.partner, quote.as_object_mut()) {
        fields.insert("invoice_id".to_owned(), json!(invoice.to_string()));
    }
    quote
}

fn invoice_to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let names = [
        ("invoice_date", "date"),
        ("due_date", "dueDate"),
        ("terms", "termsConditions"),
        ("customer_memo", "observations"),
        ("payment_method", "paymentMethod"),
    ];
    Ok(sale_to_native(body, &names))
}

fn quote_to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let names = [
        ("quote_date", "date"),
        ("expiry_date", "dueDate"),
        ("terms", "termsConditions"),
        ("customer_memo", "observations"),
    ];
    Ok(sale_to_native(body, &names))
}

fn note_to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let names = [("note", "observations"), ("terms", "termsConditions")];
    let mut native = sale_to_native(body, &names);
    if let Some(date) = body.get("date_issued") {
        native.insert("date".to_owned(), parts::day_of(date));
    }
    if let Some(allocations) = body.get("allocations").and_then(Value::as_array) {
        let invoices = allocations
            .iter()
            .map(applied)
            .collect::<Result<Vec<_>, Refusal>>()?;
        if !invoices.is_empty() {
            native.insert("invoices".to_owned(), Value::Array(invoices));
        }
    }
    Ok(native)
}

/// An allocation of a credit note goes to an invoice and to nothing else.
fn applied(allocation: &Value) -> Result<Value, Refusal> {
    let said = allocation.get("type").filter(|said| !said.is_null());
    if said.is_some_and(|said| said.as_str() != Some("invoice")) {
        return Err(NativeError::invalid(
            "Una nota de crédito solo se aplica a facturas (invoice)",
        )
        .into());
    }
    Ok(json!({"id": allocation.get("id"), "amount": allocation.get("amount")}))
}

fn sale_to_native(body: &Map<String, Value>, names: &[(&str, &str)]) -> Body {
    let mut native = renamed(body, names);
    native.extend(renamed(body, &[("customer", "client")]));
    parts::common_to_native(body, &mut native);
    if let Some(lines) = body.get("line_items").and_then(Value::as_array) {
        native.insert(
            "items".to_owned(),
            lines.iter().map(line_to_native).collect(),
        );
    }
    native
}

fn line_to_native(line: &Value) -> Value {
    let Some(line) = line.as_object() else {
        return Value::Null;
    };
    let mut native = parts::line_to_native(line);
    if let Some(id) = line.get("item").and_then(|item| item.get("id")) {
        native.insert("id".to_owned(), id.clone());
    }
    Value::Object(native)
}
