//! Invoices: commercial data only; what the SAT wants travels by `pass_through` and comes back in the
//! native record (contract B.8).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::money::number;
use super::super::native::{self, Body};
use super::super::records::{Invoice, Line};
use super::super::world::World;
use super::super::{status, taxes};
use super::{Record, renamed};

pub fn record(world: &World, invoice: &Invoice, strict: bool) -> Record {
    Record {
        unified: unified(world, invoice, strict),
        native: native::invoices::native(world, invoice),
    }
}

fn unified(world: &World, invoice: &Invoice, strict: bool) -> Value {
    let id = invoice.id.to_string();
    let balance = invoice.balance();
    let customer = world.contacts.get(invoice.contact);
    let allocations: Vec<Value> = invoice
        .receipts
        .iter()
        .map(|receipt| {
            json!({
                "id": receipt.id.to_string(),
                "allocated_amount": number(receipt.amount),
                "date": format!("{}T00:00:00.000Z", receipt.date),
            })
        })
        .collect();
    json!({
        "id": id,
        "downstream_id": id,
        "display_id": id,
        "type": "standard",
        "number": native::invoices::full_number(invoice),
        "customer": {
            "id": invoice.contact.to_string(),
            "display_id": invoice.contact.to_string(),
            "display_name": customer.map(|contact| contact.name.as_ref()),
            "company_name": customer.map(|contact| contact.name.as_ref()),
            "email": customer.map(|contact| contact.email.as_ref()),
        },
        "invoice_date": invoice.date.to_string(),
        "due_date": invoice.due.to_string(),
        "terms": invoice.terms,
        "status": status::derived(invoice.state, invoice.total, balance, strict),
        "currency": invoice.currency,
        "currency_rate": number(invoice.rate),
        "sub_total": number(invoice.subtotal),
        "total_tax": number(invoice.tax),
        "discount_amount": number(invoice.discount),
        "total": number(invoice.total),
        "balance": number(balance),
        "deposit": number(invoice.paid()),
        "customer_memo": invoice.memo,
        "payment_method": invoice.payment_method,
        "payment_allocations": allocations,
        "line_items": (1..).zip(&invoice.lines).map(|(place, one)| line(world, invoice, place, one)).collect::<Vec<_>>(),
        "source_document_url": null,
        "created_at": clock::iso(invoice.created),
        "updated_at": clock::iso(invoice.updated),
    })
}

fn line(world: &World, invoice: &Invoice, place: usize, line: &Line) -> Value {
    let item = world.items.get(line.item);
    let sums = taxes::line(line, &world.taxes, taxes::decimals_of(&invoice.currency));
    let tax = line.taxes.first().map(|applied| {
        let tax = world.taxes.get(applied.id);
        json!({
            "id": applied.id.to_string(),
            "code": tax.map(|tax| tax.code.as_ref()),
            "name": tax.map(|tax| tax.name.as_ref()),
            "rate": number(applied.percentage),
        })
    });
    let unit = line
        .extra
        .get("unit")
        .and_then(Value::as_str)
        .or(item.map(|item| item.unit.as_ref()));
    json!({
        "id": format!("{}-{place}", invoice.id),
        "row_id": place.to_string(),
        "line_number": place,
        "description": line.description,
        "type": "sales_item",
        "quantity": number(line.quantity),
        "unit_price": number(line.price),
        "unit_of_measure": unit,
        "discount_percentage": number(line.discount),
        "discount_amount": sums.map(|sums| number(sums.discount)),
        "tax_amount": sums.map(|sums| number(sums.tax)),
        "total_amount": sums.map(|sums| number(sums.total)),
        "item": {
            "id": line.item.to_string(),
            "code": item.map(|item| item.reference.as_ref()),
            "name": item.map(|item| item.name.as_ref()),
        },
        "tax_rate": tax,
    })
}

pub fn to_native(body: &Map<String, Value>) -> Body {
    let mut native = renamed(
        body,
        &[
            ("customer", "client"),
            ("invoice_date", "date"),
            ("due_date", "dueDate"),
            ("terms", "termsConditions"),
            ("customer_memo", "observations"),
            ("payment_method", "paymentMethod"),
        ],
    );
    if let Some(department) = body.get("department_id").filter(|id| !id.is_null()) {
        native.insert("costCenter".to_owned(), json!({ "id": department }));
    }
    let currency = renamed(
        body,
        &[("currency", "code"), ("currency_rate", "exchangeRate")],
    );
    if !currency.is_empty() {
        native.insert("currency".to_owned(), Value::Object(currency));
    }
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
    let mut native = renamed(
        line,
        &[
            ("description", "description"),
            ("unit_price", "price"),
            ("quantity", "quantity"),
            ("discount_percentage", "discount"),
        ],
    );
    if let Some(unit) = line.get("unit_of_measure").filter(|unit| !unit.is_null()) {
        native.insert("unit".to_owned(), unit.clone());
    }
    if let Some(id) = line.get("item").and_then(|item| item.get("id")) {
        native.insert("id".to_owned(), id.clone());
    }
    let tax = line.get("tax_rate").and_then(|tax| tax.get("id"));
    native.insert(
        "tax".to_owned(),
        tax.map_or(json!([]), |id| json!([{ "id": id }])),
    );
    Value::Object(native)
}
