//! Invoices, credit notes and quotes as Alegra writes them, with the fiscal fields that Unify lacks.

use serde_json::{Value, json};

use super::super::books::COMPANY;
use super::super::clock;
use super::super::money::{quirky, quirky_id};
use super::super::object::object;
use super::super::records::{Legal, Payment, Sale, SaleKind, Stamp};
use super::super::world::{Debt, World, mixed, share_for, used};
use super::{contacts, currency, lines, with_extra};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The number of the PAC's certificate and of the company's: twenty digits each.
const SAT_CERTIFICATE: &str = "30001000000500003456";
const COMPANY_CERTIFICATE: &str = "30001000000500003416";
/// The PAC that stamps in the sandbox: the SAT's own test PAC.
pub const PAC_RFC: &str = "SPR190613I52";

/// What stands before the number of a kind of document.
pub fn series(kind: SaleKind) -> &'static str {
    match kind {
        SaleKind::Invoice => COMPANY.series,
        SaleKind::CreditNote => "NC-",
        SaleKind::Quote => "COT-",
    }
}

/// The folio as people read it; absent while the document is a draft.
pub fn full_number(sale: &Sale) -> Option<String> {
    sale.number
        .map(|number| format!("{}{number}", series(sale.kind)))
}

/// The document as Alegra writes it: what all three kinds have, then what only this kind has.
pub fn native(world: &World, sale: &Sale) -> Value {
    let id = sale.id;
    let mut record = object!({
        "id": quirky_id(id, id / 3),
        "date": sale.date.to_string(),
        "dueDate": sale.due.to_string(),
        "datetime": clock::alegra(sale.created),
        "status": sale.state.word(),
        "observations": &*sale.memo,
        "anotation": Value::Null,
        "termsConditions": &*sale.terms,
        "client": client(world, sale),
        "items": lines_of(world, sale),
        "currency": currency(&sale.currency, sale.rate),
        "subtotal": quirky(sale.sums.subtotal, id),
        "discount": quirky(sale.sums.discount, id + 1),
        "tax": quirky(sale.sums.tax, id + 2),
        "total": quirky(sale.sums.total, id + 3),
        "decimalPrecision": if id.is_multiple_of(2) { json!("2") } else { json!(2) },
        "priceList": Value::Null,
        "seller": Value::Null,
        "warehouse": json!({"id": "1", "name": "Principal"}),
        "costCenter": cost_center(world, sale.department, id),
    });
    let mut own = match sale.kind {
        SaleKind::Invoice => of_invoice(world, sale),
        SaleKind::CreditNote => of_note(world, sale),
        SaleKind::Quote => of_quote(sale),
    };
    if let (Some(record), Some(own)) = (record.as_object_mut(), own.as_object_mut()) {
        record.append(own);
    }
    with_extra(record, &sale.extra)
}

fn lines_of(world: &World, sale: &Sale) -> Vec<Value> {
    sale.lines
        .iter()
        .map(|line| lines::native(world, sale.id, &sale.currency, line))
        .collect()
}

/// A cost centre on a document; without one, one of the two ways in which Alegra says so.
pub fn cost_center(world: &World, department: Option<u32>, document: u32) -> Value {
    match department.and_then(|id| world.departments.get(id)) {
        Some(one) => object!({"id": one.id.to_string(), "name": &*one.name, "code": &*one.code}),
        None if document.is_multiple_of(3) => json!([]),
        None => Value::Null,
    }
}

fn of_invoice(world: &World, sale: &Sale) -> Value {
    let id = sale.id;
    let debt = Debt::Invoice(id);
    let payments: Vec<Value> = world
        .payments_of(debt)
        .map(|payment| payment_on(payment, id))
        .collect();
    let template = template(sale);
    let mut record = fiscal(world, sale);
    if let Some(fields) = record.as_object_mut() {
        let mut own = object!({
            "numberTemplate": if id % 11 == 5 { json!([template]) } else { template },
            "totalPaid": quirky(world.settled(debt), id + 1),
            "balance": quirky(world.balance(sale), id + 4),
            "payments": payments,
            "estimate": sale.partner.map(|quote| object!({"id": quote.to_string()})),
        });
        if let Some(own) = own.as_object_mut() {
            fields.append(own);
        }
    }
    record
}

/// A payment as it stands on the documents that it pays.
pub fn payment_on(payment: &Payment, document: u32) -> Value {
    object!({
        "id": payment.id.to_string(),
        "number": payment.id.to_string(),
        "date": payment.date.to_string(),
        "amount": quirky(share_for(&payment.shares, document), document),
        "paymentMethod": &*payment.method,
        "status": payment.state.word(),
    })
}

fn of_note(world: &World, sale: &Sale) -> Value {
    let id = sale.id;
    let invoices: Vec<Value> = sale
        .applied
        .iter()
        .filter_map(|share| {
            let invoice = world.invoices.get(share.id)?;
            Some(object!({
                "id": invoice.id.to_string(),
                "number": full_number(invoice),
                "amount": quirky(share.amount, id),
                "total": quirky(invoice.sums.total, id + 1),
                "balance": quirky(world.balance(invoice), id + 2),
            }))
        })
        .collect();
    let mut record = fiscal(world, sale);
    if let Some(fields) = record.as_object_mut() {
        let mut own = object!({
            "numberTemplate": template(sale),
            "type": "NOTE",
            "totalApplied": quirky(used(sale), id + 1),
            "balance": quirky(world.balance(sale), id + 4),
            "invoices": invoices,
            "refunds": Value::Array(Vec::new()),
        });
        if let Some(own) = own.as_object_mut() {
            fields.append(own);
        }
    }
    record
}

fn of_quote(sale: &Sale) -> Value {
    object!({
        "number": sale.number.map(|number| number.to_string()),
        "fullNumber": full_number(sale),
        "invoice": sale.partner.map(|invoice| object!({"id": invoice.to_string()})),
    })
}

/// What the SAT wants of a document, and its stamp.
fn fiscal(world: &World, sale: &Sale) -> Value {
    object!({
        "paymentMethod": &*sale.payment_method,
        "paymentType": &*sale.payment_type,
        "cfdiUse": &*sale.cfdi_use,
        "regimeClient": &*sale.regime_client,
        "operationType": Value::Null,
        "retentions": Value::Array(Vec::new()),
        "stamp": stamp(world, sale),
    })
}

fn template(sale: &Sale) -> Value {
    let (id, word) = match sale.kind {
        SaleKind::Invoice => ("1", "invoice"),
        SaleKind::CreditNote => ("2", "creditNote"),
        SaleKind::Quote => ("3", "estimate"),
    };
    object!({
        "id": id,
        "prefix": series(sale.kind),
        "number": sale.number.map(|number| number.to_string()),
        "fullNumber": full_number(sale),
        "isElectronic": sale.kind != SaleKind::Quote,
        "documentType": word,
    })
}

fn client(world: &World, sale: &Sale) -> Value {
    match world.contacts.get(sale.contact) {
        None => object!({"id": sale.contact.to_string()}),
        // Alegra names the client of some credit notes only by its name (contract D.5).
        Some(contact) if sale.kind == SaleKind::CreditNote && sale.id % 7 == 4 => {
            json!(contact.name)
        }
        Some(contact) => object!({
            "id": quirky_id(contact.id, sale.id),
            "name": &*contact.name,
            "identification": &*contact.rfc,
            "email": &*contact.email,
            "phonePrimary": &*contact.phone,
            "address": contacts::address(&contact.address),
            "cfdiUse": &*contact.cfdi_use,
            "regime": &*contact.regime,
        }),
    }
}

/// The stamp; without one, one of the four ways in which Alegra says that there is none.
fn stamp(world: &World, invoice: &Sale) -> Value {
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
    object!({
        "generateStamp": true,
        "version": "1.1",
        "uuid": &*uuid,
        "date": &*at,
        "originalString": format!("||1.1|{uuid}|{at}|{PAC_RFC}|{cfdi_sign}|{SAT_CERTIFICATE}||"),
        "cfdiSign": cfdi_sign,
        "satSign": sat_sign,
        "satCertificateNumber": SAT_CERTIFICATE,
        "certificateNumber": COMPANY_CERTIFICATE,
        "legalStatus": legal(stamp),
    })
}

fn legal(stamp: &Stamp) -> &'static str {
    match stamp.legal {
        Legal::Stamped => "STAMPED",
        Legal::Pending { .. } => "CANCEL_PENDING",
        Legal::Cancelled => "CANCELLED",
    }
}

/// The stamp object of a payment: that of its receipt (contract D.6).
pub fn received(world: &World, stamp: &Stamp) -> Value {
    object!({
        "uuid": world.uuid(stamp),
        "date": stamp.at.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        "version": "1.1",
        "satCertificateNumber": SAT_CERTIFICATE,
        "legalStatus": legal(stamp),
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
