//! Invoices as Alegra writes them, with the fiscal fields that Unify lacks.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::super::books::COMPANY;
use super::super::clock;
use super::super::money::{number, quirky, quirky_id};
use super::super::records::{Invoice, Legal, Line, Stamp};
use super::super::taxes;
use super::super::world::{World, mixed};
use super::{contacts, with_extra};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The number of the PAC's certificate and of the company's: twenty digits each.
const SAT_CERTIFICATE: &str = "30001000000500003456";
const COMPANY_CERTIFICATE: &str = "30001000000500003416";
/// The PAC that stamps in the sandbox: the SAT's own test PAC.
pub const PAC_RFC: &str = "SPR190613I52";

/// The folio as people read it; absent while the invoice is a draft.
pub fn full_number(invoice: &Invoice) -> Option<String> {
    invoice
        .number
        .map(|number| format!("{}{number}", COMPANY.series))
}

pub fn native(world: &World, invoice: &Invoice) -> Value {
    let id = invoice.id;
    let paid = invoice.paid();
    let template = json!({
        "id": "1",
        "prefix": COMPANY.series,
        "number": invoice.number.map(|number| number.to_string()),
        "fullNumber": full_number(invoice),
        "isElectronic": true,
        "documentType": "invoice",
    });
    let payments: Vec<Value> = invoice
        .receipts
        .iter()
        .map(|receipt| {
            json!({
                "id": receipt.id.to_string(),
                "number": receipt.id.to_string(),
                "date": receipt.date.to_string(),
                "amount": quirky(receipt.amount, id),
                "paymentMethod": receipt.method,
                "status": "open",
            })
        })
        .collect();
    let record = json!({
        "id": quirky_id(id, id / 3),
        "date": invoice.date.to_string(),
        "dueDate": invoice.due.to_string(),
        "datetime": clock::alegra(invoice.created),
        "status": invoice.state.word(),
        "observations": invoice.memo,
        "anotation": null,
        "termsConditions": invoice.terms,
        "client": client(world, invoice),
        "items": invoice.lines.iter().map(|one| line(world, invoice, one)).collect::<Vec<_>>(),
        "numberTemplate": if id % 11 == 5 { json!([template]) } else { template },
        "currency": {
            "code": invoice.currency,
            "symbol": "$",
            "exchangeRate": if invoice.rate == Decimal::ONE { json!("1.00") } else { number(invoice.rate) },
        },
        "subtotal": quirky(invoice.subtotal, id),
        "discount": quirky(invoice.discount, id + 1),
        "tax": quirky(invoice.tax, id + 2),
        "total": quirky(invoice.total, id + 3),
        "totalPaid": quirky(paid, id + 1),
        "balance": quirky(invoice.balance(), id + 4),
        "decimalPrecision": if id.is_multiple_of(2) { json!("2") } else { json!(2) },
        "paymentMethod": invoice.payment_method,
        "paymentType": invoice.payment_type,
        "cfdiUse": invoice.cfdi_use,
        "regimeClient": invoice.regime_client,
        "operationType": null,
        "priceList": null,
        "seller": null,
        "warehouse": {"id": "1", "name": "Principal"},
        "costCenter": if id.is_multiple_of(3) { json!([]) } else { Value::Null },
        "retentions": [],
        "stamp": stamp(world, invoice),
        "payments": payments,
    });
    with_extra(record, &invoice.extra)
}

fn client(world: &World, invoice: &Invoice) -> Value {
    match world.contacts.get(invoice.contact) {
        None => json!({"id": invoice.contact.to_string()}),
        Some(contact) => json!({
            "id": quirky_id(contact.id, invoice.id),
            "name": contact.name,
            "identification": contact.rfc,
            "email": contact.email,
            "phonePrimary": contact.phone,
            "address": contacts::address(&contact.address),
            "cfdiUse": contact.cfdi_use,
            "regime": contact.regime,
        }),
    }
}

fn line(world: &World, invoice: &Invoice, line: &Line) -> Value {
    let item = world.items.get(line.item);
    let sums = taxes::line(line, &world.taxes, taxes::decimals_of(&invoice.currency));
    let taxes: Vec<Value> = line
        .taxes
        .iter()
        .filter_map(|applied| {
            let tax = world.taxes.get(applied.id)?;
            Some(json!({
                "id": tax.id.to_string(),
                "name": tax.name,
                "percentage": quirky(applied.percentage, invoice.id),
                "type": tax.kind,
            }))
        })
        .collect();
    let mut record = Map::new();
    // What was written on the line itself stands before what its item says.
    record.extend(line.extra.clone());
    let mut own = json!({
        "id": quirky_id(line.item, invoice.id + 1),
        "name": item.map(|item| item.name.as_ref()),
        "description": line.description,
        "reference": item.map(|item| item.reference.as_ref()),
        "price": quirky(line.price, invoice.id),
        "quantity": quirky(line.quantity, invoice.id + 3),
        "discount": quirky(line.discount, invoice.id),
        "tax": taxes,
        "total": sums.map(|sums| quirky(sums.total, invoice.id + 3)),
    });
    if let Some(own) = own.as_object_mut() {
        record.append(own);
    }
    if let Some(item) = item {
        record.entry("unit").or_insert_with(|| json!(item.unit));
        if let Some(key) = &item.product_key {
            record.entry("productKey").or_insert_with(|| json!(key));
        }
    }
    Value::Object(record)
}

/// The stamp; without one, one of the four ways in which Alegra says that there is none.
fn stamp(world: &World, invoice: &Invoice) -> Value {
    match &invoice.stamp {
        Some(stamp) => stamped(world, invoice.id, stamp),
        None => match invoice.id % 4 {
            0 => Value::Null,
            1 => json!([]),
            2 => json!({"generateStamp": false}),
            _ => json!({}),
        },
    }
}

/// The stamp object of a stamped invoice (contract D.6).
pub fn stamped(world: &World, invoice: u32, stamp: &Stamp) -> Value {
    let uuid = world.uuid(stamp);
    let at = stamp.at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let cfdi_sign = seal(world.seed ^ u64::from(invoice));
    let sat_sign = seal(world.seed ^ u64::from(invoice) ^ stamp.serial.rotate_left(32));
    let legal = match stamp.legal {
        Legal::Stamped => "STAMPED",
        Legal::Pending { .. } => "CANCEL_PENDING",
        Legal::Cancelled => "CANCELLED",
    };
    json!({
        "generateStamp": true,
        "version": "1.1",
        "uuid": uuid,
        "date": at,
        "originalString": format!("||1.1|{uuid}|{at}|{PAC_RFC}|{cfdi_sign}|{SAT_CERTIFICATE}||"),
        "cfdiSign": cfdi_sign,
        "satSign": sat_sign,
        "satCertificateNumber": SAT_CERTIFICATE,
        "certificateNumber": COMPANY_CERTIFICATE,
        "legalStatus": legal,
    })
}

/// 256 bytes that look like a seal and follow from the argument.
fn seal(from: u64) -> String {
    let mut bytes = Vec::with_capacity(256);
    let mut word = from;
    for _ in 0..32 {
        word = mixed(word);
        bytes.extend_from_slice(&word.to_be_bytes());
    }
    STANDARD.encode(bytes)
}
