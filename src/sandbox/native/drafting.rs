//! Writing invoices: a draft from a native body, its changes, its removal.
//!
//! Only drafts change. A body that asks for a stamp is saved as a draft first and stamped then, so that
//! a refused stamp loses nothing (contract A.4, F 1.20).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::errors::NativeError;
use super::super::journal::Change;
use super::super::records::{Extra, Invoice, Line, LineTax, State, Text};
use super::super::stamping;
use super::super::taxes;
use super::super::world::World;
use super::{Body, amount, id_of, items, keep_extra, set, text};

/// Alegra's words for the means of payment (contract B.8, SAT catalogue c_FormaPago).
const MEANS: [&str; 23] = [
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

/// An amount in a CFDI has at most 18 digits before the point.
const LARGEST_SUM: Decimal = Decimal::from_parts(2_808_348_671, 232_830_643, 0, false, 0);

/// The most lines that one document takes.
const MOST_LINES: usize = 1_000;

const KNOWN: [&str; 30] = [
    "id",
    "date",
    "dueDate",
    "datetime",
    "status",
    "observations",
    "anotation",
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
    "pdf",
    "xml",
];

const LINE_KNOWN: [&str; 9] = [
    "id",
    "name",
    "reference",
    "description",
    "price",
    "quantity",
    "discount",
    "tax",
    "total",
];

/// Makes an invoice, stamped if the body asks for it, and gives its id.
pub fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    let now = world.clock.now();
    for key in ["client", "date", "dueDate", "items"] {
        if body.get(key).is_none_or(Value::is_null) {
            return Err(NativeError::invalid(format!(
                "El campo {key} es obligatorio"
            )));
        }
    }
    let mut invoice = Invoice {
        id: world.invoices.next_id(),
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
        subtotal: Decimal::ZERO,
        discount: Decimal::ZERO,
        tax: Decimal::ZERO,
        total: Decimal::ZERO,
        receipts: Vec::new(),
        stamp: None,
        extra: Extra::new(),
    };
    write(world, &mut invoice, body)?;
    let stamp = wants_stamp(body)?;
    if !stamp && text(body, "status")?.as_deref() == Some("open") {
        stamping::number(world, &mut invoice);
    }
    let id = invoice.id;
    world.commit(vec![Change::Invoice(Box::new(invoice))])?;
    if stamp {
        stamping::stamp(world, id)?;
    }
    Ok(id)
}

/// Changes what a body names of a draft, and stamps it if the body asks for that.
pub fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut invoice = world.invoices.get(id).cloned().ok_or_else(missing)?;
    changeable(&invoice)?;
    write(world, &mut invoice, body)?;
    let stamp = wants_stamp(body)?;
    invoice.updated = world.clock.now();
    world.commit(vec![Change::Invoice(Box::new(invoice))])?;
    if stamp {
        stamping::stamp(world, id)?;
    }
    Ok(())
}

/// Takes a draft out; its id is not given out again.
pub fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    changeable(world.invoices.get(id).ok_or_else(missing)?)?;
    world.commit(vec![Change::InvoiceGone(id)])
}

pub fn missing() -> NativeError {
    NativeError::not_found("La factura no existe")
}

fn changeable(invoice: &Invoice) -> Result<(), NativeError> {
    match (&invoice.stamp, invoice.state) {
        (_, State::Void) => Err(NativeError::invalid(
            "La factura está anulada y no se puede modificar ni eliminar",
        )),
        (Some(_), _) => Err(NativeError::invalid(
            "La factura está timbrada y no se puede modificar ni eliminar",
        )),
        (None, State::Draft) => Ok(()),
        (None, _) => Err(NativeError::invalid(
            "Solo las facturas en borrador se pueden modificar o eliminar",
        )),
    }
}

/// Whether the body asks for a stamp.
pub fn wants_stamp(body: &Body) -> Result<bool, NativeError> {
    match body.get("stamp") {
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

fn write(world: &World, invoice: &mut Invoice, body: &Body) -> Result<(), NativeError> {
    if let Some(client) = body.get("client") {
        invoice.contact = id_of(client)
            .filter(|id| {
                world
                    .contacts
                    .get(*id)
                    .is_some_and(|contact| contact.client)
            })
            .ok_or_else(|| NativeError::invalid("El cliente indicado no existe"))?;
    }
    if let Some(date) = date(body, "date")? {
        invoice.date = date;
    }
    if let Some(due) = date(body, "dueDate")? {
        invoice.due = due;
    }
    if invoice.due < invoice.date {
        return Err(NativeError::invalid(
            "La fecha de vencimiento es anterior a la fecha de la factura",
        ));
    }
    write_currency(invoice, body)?;
    write_payment(invoice, body)?;
    set(body, "cfdiUse", &mut invoice.cfdi_use)?;
    set(body, "regimeClient", &mut invoice.regime_client)?;
    set(body, "anotation", &mut invoice.memo)?;
    set(body, "observations", &mut invoice.memo)?;
    set(body, "termsConditions", &mut invoice.terms)?;
    if let Some(lines) = body.get("items") {
        invoice.lines = lines_of(world, lines)?;
    }
    keep_extra(body, &KNOWN, &mut invoice.extra);
    let sums = taxes::totals(&invoice.lines, &world.taxes, &invoice.currency)
        .ok_or_else(|| NativeError::invalid("Los importes de la factura son demasiado grandes"))?;
    if sums.subtotal.abs() > LARGEST_SUM {
        return Err(NativeError::invalid(
            "Los importes de la factura son demasiado grandes",
        ));
    }
    invoice.subtotal = sums.subtotal;
    invoice.discount = sums.discount;
    invoice.tax = sums.tax;
    invoice.total = sums.total;
    Ok(())
}

fn date(body: &Body, key: &str) -> Result<Option<Date>, NativeError> {
    match text(body, key)? {
        None => Ok(None),
        Some(text) => {
            // Only the plain day: an hour or a zone could move it.
            let plain = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
            let day = text
                .parse::<Date>()
                .ok()
                .filter(|day| plain && (1900..=2100).contains(&day.year()));
            day.map(Some).ok_or_else(|| {
                NativeError::invalid(format!("El campo {key} debe ser una fecha AAAA-MM-DD"))
            })
        }
    }
}

fn write_currency(invoice: &mut Invoice, body: &Body) -> Result<(), NativeError> {
    let (code, rate) = match body.get("currency") {
        Some(Value::Object(currency)) => {
            (text(currency, "code")?, amount(currency, "exchangeRate")?)
        }
        _ => (text(body, "currency")?, None),
    };
    if let Some(code) = code.filter(|code| !code.is_empty()) {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(NativeError::invalid(
                "La moneda debe ser una clave ISO de 3 letras",
            ));
        }
        invoice.currency = code;
    }
    if let Some(rate) = rate {
        if rate <= Decimal::ZERO {
            return Err(NativeError::invalid(
                "El tipo de cambio debe ser mayor que 0",
            ));
        }
        invoice.rate = rate;
    }
    Ok(())
}

fn write_payment(invoice: &mut Invoice, body: &Body) -> Result<(), NativeError> {
    let refused = || {
        NativeError::invalid(
            "La forma de pago debe ser una palabra de Alegra (cash, transfer, other, …); no se admite la clave numérica del SAT",
        )
    };
    match body.get("paymentMethod") {
        None => {}
        // Unset means cash (contract F 1.10).
        Some(Value::Null) => invoice.payment_method = "cash".into(),
        Some(Value::String(word)) => {
            let known = MEANS
                .into_iter()
                .find(|known| known == word)
                .ok_or_else(refused)?;
            invoice.payment_method = known.into();
        }
        Some(_) => return Err(refused()),
    }
    match body.get("paymentType") {
        None => {}
        Some(Value::Null) => invoice.payment_type = "PUE".into(),
        Some(Value::String(word)) if word == "PUE" => invoice.payment_type = "PUE".into(),
        Some(Value::String(word)) if word == "PPD" => invoice.payment_type = "PPD".into(),
        Some(_) => {
            return Err(NativeError::invalid(
                "El método de pago (paymentType) debe ser PUE o PPD",
            ));
        }
    }
    Ok(())
}

fn lines_of(world: &World, lines: &Value) -> Result<Vec<Line>, NativeError> {
    let lines = lines
        .as_array()
        .filter(|lines| !lines.is_empty() && lines.len() <= MOST_LINES)
        .ok_or_else(|| {
            NativeError::invalid("La factura debe tener entre 1 y 1000 partidas (items)")
        })?;
    let mut read = Vec::with_capacity(lines.len());
    let mut keyless = Vec::new();
    for line in lines {
        let body = line
            .as_object()
            .ok_or_else(|| NativeError::invalid("Cada partida debe ser un objeto"))?;
        let item = id_of(line)
            .and_then(|id| world.items.get(id))
            .ok_or_else(|| {
                NativeError::invalid("Cada partida debe indicar un producto existente (item)")
            })?;
        let own_key = body
            .get("productKey")
            .filter(|key| !key.is_null())
            .map(items::product_key)
            .transpose()?;
        if own_key.is_none() && item.product_key.is_none() {
            keyless.push(json!({"id": item.id.to_string(), "name": item.name}));
        }
        read.push(line_of(world, item.id, body)?);
    }
    if keyless.is_empty() {
        return Ok(read);
    }
    let names: Vec<&str> = keyless
        .iter()
        .filter_map(|item| item.get("name").and_then(Value::as_str))
        .collect();
    let mut error = NativeError::invalid(format!(
        "Los siguientes productos no tienen clave de producto del SAT (productKey): {}",
        names.join(", ")
    ));
    error.details = Some(json!({ "items": keyless }));
    Err(error)
}

fn line_of(world: &World, id: u32, body: &Body) -> Result<Line, NativeError> {
    let item = world.items.get(id).ok_or_else(items::missing)?;
    let price = amount(body, "price")?.unwrap_or(item.price);
    let quantity = amount(body, "quantity")?.unwrap_or(Decimal::ONE);
    let discount = amount(body, "discount")?.unwrap_or(Decimal::ZERO);
    if price.is_sign_negative() || quantity <= Decimal::ZERO {
        return Err(NativeError::invalid(
            "El precio no puede ser negativo y la cantidad debe ser mayor que 0",
        ));
    }
    if discount.is_sign_negative() || discount > Decimal::ONE_HUNDRED {
        return Err(NativeError::invalid(
            "El descuento debe estar entre 0 y 100 por ciento",
        ));
    }
    let taxes = match body.get("tax") {
        Some(value) => items::taxes(world, value)?,
        None => Vec::new(),
    };
    let description: Option<Text> = text(body, "description")?.filter(|text| !text.is_empty());
    if let Some(unit) = text(body, "unit")? {
        items::unit(unit)?;
    }
    let mut extra = Extra::new();
    keep_extra(body, &LINE_KNOWN, &mut extra);
    Ok(Line {
        item: item.id,
        description: description.unwrap_or_else(|| item.name.clone()),
        price,
        quantity,
        discount,
        taxes: taxes
            .into_iter()
            .filter_map(|id| world.taxes.get(id))
            .map(|tax| LineTax {
                id: tax.id,
                percentage: tax.percentage,
            })
            .collect(),
        extra,
    })
}
