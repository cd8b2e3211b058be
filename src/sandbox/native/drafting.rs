//! Writing sales documents: invoices, credit notes and quotes share their body and differ in their life.
//!
//! An invoice is a draft until it is opened or stamped; a credit note is open at once and changes until
//! it is stamped; a quote is open until an invoice is made from it. A body that asks for a stamp is
//! saved first and stamped then, so that a refused stamp loses nothing (contract A.4, F 1.20).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;

use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::records::{Extra, Sale, SaleKind, State, Sums};
use super::super::related;
use super::super::stamping;
use super::super::world::{Debt, World, used};
use super::lists::{self, Pairs};
use super::resource::Resource;
use super::{
    Body, date, department, id_of, keep_extra, lines, require, sales, set, set_currency, settling,
    text,
};

/// `/invoices`.
pub const INVOICES: Resource = Resource {
    path: "invoices",
    gone: "La factura",
    missing: || missing(SaleKind::Invoice),
    list: |world, query| list(world, SaleKind::Invoice, query),
    one: |world, id| one(world, SaleKind::Invoice, id),
    create: |world, body| create(world, SaleKind::Invoice, body),
    update: |world, id, body| update(world, SaleKind::Invoice, id, body),
    delete: Some(|world, id| delete(world, SaleKind::Invoice, id)),
};

/// `/credit-notes`.
pub const CREDIT_NOTES: Resource = Resource {
    path: "credit-notes",
    gone: "La nota de crédito",
    missing: || missing(SaleKind::CreditNote),
    list: |world, query| list(world, SaleKind::CreditNote, query),
    one: |world, id| one(world, SaleKind::CreditNote, id),
    create: |world, body| create(world, SaleKind::CreditNote, body),
    update: |world, id, body| update(world, SaleKind::CreditNote, id, body),
    delete: Some(|world, id| delete(world, SaleKind::CreditNote, id)),
};

/// `/estimates`.
pub const QUOTES: Resource = Resource {
    path: "estimates",
    gone: "La cotización",
    missing: || missing(SaleKind::Quote),
    list: |world, query| list(world, SaleKind::Quote, query),
    one: |world, id| one(world, SaleKind::Quote, id),
    create: |world, body| create(world, SaleKind::Quote, body),
    update: |world, id, body| update(world, SaleKind::Quote, id, body),
    delete: Some(|world, id| delete(world, SaleKind::Quote, id)),
};

/// Alegra's words for the means of payment (contract B.8, SAT catalogue c_FormaPago).
pub const MEANS: [&str; 23] = [
    "cash",
    "check",
    "nominative",
    "transfer",
    "deposit",
    "credit-card",
    "debit-card",
    "other",
    "electronic-wallet",
    "electronic-money",
    "grocery-voucher",
    "dation-payment",
    "subrogation-payment",
    "allocation-payment",
    "forgiveness",
    "compensation",
    "novation",
    "misunderstanding",
    "debt-remission",
    "prescription-or-expiration",
    "creditor-satisfaction",
    "service-card",
    "payment-intermediary",
];

const KNOWN: [&str; 38] = [
    "id",
    "date",
    "dueDate",
    "datetime",
    "status",
    "observations",
    "termsConditions",
    "client",
    "items",
    "numberTemplate",
    "currency",
    "exchangeRate",
    "subtotal",
    "discount",
    "tax",
    "total",
    "totalPaid",
    "balance",
    "decimalPrecision",
    "paymentMethod",
    "paymentType",
    "cfdiUse",
    "regimeClient",
    "stamp",
    "payments",
    "retentions",
    "warehouse",
    "costCenter",
    "invoices",
    "estimate",
    "invoice",
    "type",
    "number",
    "totalApplied",
    "refunds",
    "pdf",
    "xml",
    "fullNumber",
];

fn list(world: &World, kind: SaleKind, query: &Pairs) -> Result<Value, NativeError> {
    lists::documents(world, world.sales(kind), query, None, |sale| {
        sales::native(world, sale)
    })
}

fn one(world: &World, kind: SaleKind, id: u32) -> Option<Value> {
    let sale = world.sales(kind).get(id)?;
    Some(sales::native(world, sale))
}

/// Makes a document, stamped if the body asks for it, and gives its id.
fn create(world: &mut World, kind: SaleKind, body: &Body) -> Result<u32, NativeError> {
    let needed: &[&str] = match kind {
        SaleKind::CreditNote => &["client", "date", "items"],
        SaleKind::Invoice | SaleKind::Quote => &["client", "date", "dueDate", "items"],
    };
    require(body, needed)?;
    let now = world.clock.now();
    let mut sale = Sale {
        kind,
        id: world.sales(kind).next_id(),
        state: State::Draft,
        number: None,
        contact: 0,
        date: Date::ZERO,
        due: Date::ZERO,
        created: now,
        updated: now,
        currency: "MXN".into(),
        rate: Decimal::ONE,
        lines: Vec::new(),
        payment_method: "cash".into(),
        payment_type: "PUE".into(),
        cfdi_use: "".into(),
        regime_client: "".into(),
        memo: "".into(),
        terms: "".into(),
        department: None,
        sums: Sums::default(),
        applied: Vec::new(),
        partner: None,
        stamp: None,
        extra: Extra::new(),
    };
    let mut changes = write(world, &mut sale, body)?;
    let stamp = wants_stamp(kind, body)?;
    let opened = text(body, "status")?.as_deref() == Some("open");
    if kind != SaleKind::Invoice || (opened && !stamp) {
        stamping::number(world, &mut sale);
    }
    let id = sale.id;
    changes.extend(convert_quote(world, &mut sale, body)?);
    changes.push(Change::Sale(Box::new(sale)));
    world.commit(changes)?;
    if stamp {
        stamping::stamp(world, kind, id)?;
    }
    Ok(id)
}

/// Changes what a body names of a document that may still change, and stamps it if asked to.
pub fn update(world: &mut World, kind: SaleKind, id: u32, body: &Body) -> Result<(), NativeError> {
    let sale = world.sales(kind).get(id).cloned();
    let mut sale = sale.ok_or_else(|| missing(kind))?;
    changeable(&sale)?;
    let mut changes = write(world, &mut sale, body)?;
    let stamp = wants_stamp(kind, body)?;
    sale.updated = world.clock.now();
    changes.push(Change::Sale(Box::new(sale)));
    world.commit(changes)?;
    if stamp {
        stamping::stamp(world, kind, id)?;
    }
    Ok(())
}

/// Takes out a document that may still change; its id is not given out again.
fn delete(world: &mut World, kind: SaleKind, id: u32) -> Result<(), NativeError> {
    let sale = world.sales(kind).get(id).ok_or_else(|| missing(kind))?;
    changeable(sale)?;
    let mut changes = settling::changes(
        world,
        Debt::Invoice,
        sale.contact,
        &sale.applied,
        &[],
        world.clock.now(),
    )?;
    changes.push(Change::Gone(Held::Sale(kind), id));
    world.commit(changes)
}

pub fn missing(kind: SaleKind) -> NativeError {
    NativeError::not_found(match kind {
        SaleKind::Invoice => "La factura no existe",
        SaleKind::CreditNote => "La nota de crédito no existe",
        SaleKind::Quote => "La cotización no existe",
    })
}

fn changeable(sale: &Sale) -> Result<(), NativeError> {
    let stamped = sale.stamp.is_some();
    let reason = match (sale.kind, sale.state) {
        (SaleKind::Quote, State::Closed) => "La cotización ya se facturó",
        (_, State::Void) => "El documento está anulado",
        (SaleKind::Invoice, _) if stamped => "La factura está timbrada",
        (SaleKind::Invoice, State::Open | State::Closed) => "La factura no es un borrador",
        (SaleKind::CreditNote, _) if stamped => "La nota de crédito está timbrada",
        _ => return Ok(()),
    };
    Err(NativeError::invalid(format!(
        "{reason} y no se puede modificar ni eliminar"
    )))
}

/// An invoice made from a quote closes it: the quote then counts as converted.
fn convert_quote(
    world: &World,
    invoice: &mut Sale,
    body: &Body,
) -> Result<Option<Change>, NativeError> {
    let named = body.get("estimate").filter(|value| !value.is_null());
    let Some(named) = named.filter(|_| invoice.kind == SaleKind::Invoice) else {
        return Ok(None);
    };
    let quote = id_of(named).and_then(|id| world.quotes.get(id)).cloned();
    let mut quote = quote.ok_or_else(|| missing(SaleKind::Quote))?;
    changeable(&quote)?;
    quote.state = State::Closed;
    quote.partner = Some(invoice.id);
    quote.updated = world.clock.now();
    invoice.partner = Some(quote.id);
    Ok(Some(Change::Sale(Box::new(quote))))
}

/// Whether the body asks for a stamp.
pub fn wants_stamp(kind: SaleKind, body: &Body) -> Result<bool, NativeError> {
    match body.get("stamp") {
        // A quote is no fiscal document: whatever it says of a stamp means nothing.
        _ if kind == SaleKind::Quote => Ok(false),
        None | Some(Value::Null) => Ok(false),
        Some(Value::Object(stamp)) => match stamp.get("generateStamp") {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(wanted)) => Ok(*wanted),
            Some(_) => Err(NativeError::invalid(
                "stamp.generateStamp debe ser true o false",
            )),
        },
        Some(_) => Err(NativeError::invalid("El campo stamp debe ser un objeto")),
    }
}

/// Writes what a body names into a document, and gives what changes besides it.
fn write(world: &World, sale: &mut Sale, body: &Body) -> Result<Vec<Change>, NativeError> {
    if let Some(client) = body.get("client") {
        sale.contact = id_of(client)
            .filter(|id| {
                let contact = world.contacts.get(*id);
                contact.is_some_and(|contact| contact.client)
            })
            .ok_or_else(|| NativeError::invalid("El cliente indicado no existe"))?;
    }
    write_dates(sale, body)?;
    set_currency(body, &mut sale.currency, &mut sale.rate)?;
    write_payment(sale, body)?;
    for (key, field) in [
        ("cfdiUse", &mut sale.cfdi_use),
        ("regimeClient", &mut sale.regime_client),
        ("termsConditions", &mut sale.terms),
    ] {
        set(body, key, field)?;
    }
    set(body, "observations", &mut sale.memo)?;
    if let Some(department) = department(world, body)? {
        sale.department = department;
    }
    if let Some(sold) = body.get("items") {
        sale.lines = lines::sold(world, sold, sale.kind == SaleKind::Invoice)?;
    }
    related::check(body)?;
    keep_extra(body, &KNOWN, &mut sale.extra);
    sale.sums = lines::sums(world, &sale.lines, &sale.currency)?;
    match sale.kind {
        SaleKind::CreditNote => apply(world, sale, body),
        SaleKind::Invoice | SaleKind::Quote => Ok(Vec::new()),
    }
}

fn write_dates(sale: &mut Sale, body: &Body) -> Result<(), NativeError> {
    if let Some(day) = date(body, "date")? {
        sale.date = day;
        if sale.kind == SaleKind::CreditNote {
            sale.due = day;
        }
    }
    if let Some(due) = date(body, "dueDate")? {
        sale.due = due;
    }
    if sale.due < sale.date {
        return Err(NativeError::invalid(
            "La fecha de vencimiento es anterior a la fecha del documento",
        ));
    }
    Ok(())
}

/// Applies a credit note to the invoices that its body names, as far as note and invoices go.
fn apply(world: &World, note: &mut Sale, body: &Body) -> Result<Vec<Change>, NativeError> {
    let before = note.applied.clone();
    if let Some(named) = body.get("invoices").filter(|value| !value.is_null()) {
        note.applied = settling::shares(named, Some(note.sums.total))?;
    }
    if used(note) > note.sums.total {
        return Err(NativeError::invalid(
            "El importe aplicado es mayor que el total de la nota de crédito",
        ));
    }
    if note.state != State::Draft {
        note.state = settling::settled_state(note.state, note.sums.total, used(note));
    }
    settling::changes(
        world,
        Debt::Invoice,
        note.contact,
        &before,
        &note.applied,
        world.clock.now(),
    )
}

fn write_payment(sale: &mut Sale, body: &Body) -> Result<(), NativeError> {
    let refused = || {
        NativeError::invalid(
            "La forma de pago debe ser una palabra de Alegra (cash, transfer, other, …); no se admite la clave numérica del SAT",
        )
    };
    match body.get("paymentMethod") {
        None => {}
        // Unset means cash (contract F 1.10).
        Some(Value::Null) => sale.payment_method = "cash".into(),
        Some(Value::String(word)) => {
            let known = MEANS
                .into_iter()
                .find(|known| known == word)
                .ok_or_else(refused)?;
            sale.payment_method = known.into();
        }
        Some(_) => return Err(refused()),
    }
    match body.get("paymentType") {
        None => {}
        Some(Value::Null) => sale.payment_type = "PUE".into(),
        Some(Value::String(word)) if word == "PUE" => sale.payment_type = "PUE".into(),
        Some(Value::String(word)) if word == "PPD" => sale.payment_type = "PPD".into(),
        Some(_) => {
            return Err(NativeError::invalid(
                "El método de pago (paymentType) debe ser PUE o PPD",
            ));
        }
    }
    Ok(())
}
