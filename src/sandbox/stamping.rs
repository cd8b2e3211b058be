//! What spends a folio and what cancels one: the sandbox's PAC and SAT in one (contract D.3).
//!
//! A stamp is judged like a PAC does it: the first thing that is wrong is the answer. It knows the
//! register, which the books do not. A stamp is given once for each invoice, never twice.

use jiff::SignedDuration;
use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::clock;
use super::errors::NativeError;
use super::journal::Change;
use super::native::sales as rendered;
use super::native::{Body, drafting, id_of};
use super::records::{Contact, Legal, Payment, Sale, SaleKind, Share, Stamp, State};
use super::rfc::{self, Person};
use super::world::{Debt, World};
use super::{regimes, taxes};

/// How old an issue date may be (SAT, PAC error 401).
const WINDOW: SignedDuration = SignedDuration::from_hours(72);
/// How many invoices one bulk call takes.
const LARGEST_BULK: usize = 10;
/// After this many reads a cancellation that waits for its receiver is taken as accepted.
const READS_TO_ACCEPT: u8 = 3;

/// Gives a document that leaves the state of a draft its number. A note that is used up stays closed.
pub fn number(world: &World, sale: &mut Sale) {
    if sale.state != State::Closed {
        sale.state = State::Open;
    }
    if sale.number.is_none() {
        sale.number = Some(world.next_number(sale.kind));
    }
}

fn missing() -> NativeError {
    drafting::missing(SaleKind::Invoice)
}

/// Stamps one invoice or credit note, or says why not; the document then stays as it was.
pub fn stamp(world: &mut World, kind: SaleKind, id: u32) -> Result<(), NativeError> {
    let sale = world.sales(kind).get(id).cloned();
    let mut invoice = sale.ok_or_else(|| drafting::missing(kind))?;
    match (&invoice.stamp, invoice.state) {
        (Some(_), _) if !world.stamps_again => {
            return Err(NativeError::invalid("307: El documento ya está timbrado"));
        }
        (_, State::Void) => {
            return Err(NativeError::invalid(
                "El documento está anulado y no se puede timbrar",
            ));
        }
        _ => {}
    }
    if let Err(reason) = judge(world, &invoice) {
        let mut error = NativeError::stamp_refused(reason);
        let key = match kind {
            SaleKind::CreditNote => "creditNote",
            SaleKind::Invoice | SaleKind::Quote => "invoice",
        };
        error.kept = Some((key, rendered::native(world, &invoice)));
        return Err(error);
    }
    let now = world.clock.now();
    number(world, &mut invoice);
    invoice.stamp = Some(Stamp {
        serial: world.folios + 1,
        at: clock::local(now),
        legal: Legal::Stamped,
    });
    invoice.updated = now;
    world.commit(vec![Change::Sale(Box::new(invoice))])
}

/// `POST /invoices/{id}/open`: with `stamp.generateStamp` it stamps, without it only opens a draft.
pub fn open(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut invoice = world.invoices.get(id).cloned().ok_or_else(missing)?;
    if drafting::wants_stamp(SaleKind::Invoice, body)? {
        return stamp(world, SaleKind::Invoice, id);
    }
    match (invoice.state, &invoice.stamp) {
        (State::Draft, None) | (State::Void, None) => {
            number(world, &mut invoice);
            invoice.updated = world.clock.now();
            world.commit(vec![Change::Sale(Box::new(invoice))])
        }
        (State::Void, Some(_)) => Err(NativeError::invalid(
            "Una factura cancelada ante el SAT no se puede reabrir",
        )),
        _ => Err(NativeError::invalid("La factura ya está abierta")),
    }
}

/// `POST /invoices/stamp`: each id has its own result, and one refusal does not undo the others.
pub fn bulk(world: &mut World, body: &Body) -> Result<Value, NativeError> {
    let ids = body
        .get("ids")
        .and_then(Value::as_array)
        .filter(|ids| (1..=LARGEST_BULK).contains(&ids.len()))
        .ok_or_else(|| NativeError::invalid("ids debe ser un arreglo de 1 a 10 facturas"))?;
    let mut results = Vec::with_capacity(ids.len());
    for value in ids {
        let id = id_of(value).filter(|_| !value.is_object());
        let outcome = id.ok_or_else(missing).and_then(|id| {
            stamp(world, SaleKind::Invoice, id)?;
            Ok(id)
        });
        results.push(match outcome {
            Ok(id) => json!({
                "id": id.to_string(),
                "success": true,
                "message": "Factura timbrada",
                "stamp": world
                    .invoices
                    .get(id)
                    .and_then(|invoice| Some(rendered::stamped(world, id, invoice.stamp.as_ref()?))),
            }),
            Err(error) => json!({
                "id": id.map_or_else(|| value.clone(), |id| Value::String(id.to_string())),
                "success": false,
                "code": error.code,
                "message": error.message,
            }),
        });
    }
    Ok(Value::Array(results))
}

/// `POST /invoices/{id}/void`: cancels at the SAT, at once or when the receiver accepts.
pub fn void(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut invoice = world.invoices.get(id).cloned().ok_or_else(missing)?;
    let cause = body
        .get("cause")
        .and_then(Value::as_str)
        .filter(|cause| matches!(*cause, "01" | "02" | "03" | "04"))
        .ok_or_else(|| {
            NativeError::invalid("El motivo de cancelación (cause) debe ser 01, 02, 03 o 04")
        })?;
    match (
        invoice.state,
        invoice.stamp.as_ref().map(|stamp| stamp.legal),
    ) {
        (State::Draft, _) => {
            return Err(NativeError::invalid(
                "Un borrador no se puede cancelar; elimínelo",
            ));
        }
        (State::Void, _) | (_, Some(Legal::Cancelled)) => {
            return Err(NativeError::invalid("La factura ya está cancelada"));
        }
        (_, Some(Legal::Pending { .. })) => {
            return Err(NativeError::invalid("La cancelación ya está en proceso"));
        }
        _ => {}
    }
    if cause == "01" {
        replacement(world, &invoice, body)?;
    }
    let now = world.clock.now();
    let must_ask = asks_receiver(world, &invoice, clock::local(now).date());
    let mut changes = Vec::new();
    match &mut invoice.stamp {
        Some(stamp) if must_ask => stamp.legal = Legal::Pending { reads: 0 },
        _ => changes = cancel(world, &mut invoice),
    }
    invoice.updated = now;
    changes.push(Change::Sale(Box::new(invoice)));
    world.commit(changes)
}

/// Cause 01 needs the folio fiscal of the invoice that replaces this one.
fn replacement(world: &World, invoice: &Sale, body: &Body) -> Result<(), NativeError> {
    let folio = body
        .get("relatedFolio")
        .and_then(Value::as_str)
        .filter(|folio| !folio.is_empty())
        .ok_or_else(|| {
            NativeError::invalid(
                "El motivo 01 requiere el folio fiscal que sustituye (relatedFolio)",
            )
        })?;
    let replacing = world.stamped_as(folio).ok_or_else(|| {
        NativeError::invalid("El folio fiscal relacionado no corresponde a una factura timbrada")
    })?;
    if replacing.id == invoice.id {
        return Err(NativeError::invalid(
            "Una factura no puede sustituirse a sí misma",
        ));
    }
    Ok(())
}

/// Whether the receiver has to accept the cancellation (RMF 2.7.1.34 and 35).
fn asks_receiver(world: &World, invoice: &Sale, today: Date) -> bool {
    let Some(stamp) = &invoice.stamp else {
        return false;
    };
    let generic = world
        .contacts
        .get(invoice.contact)
        .is_some_and(|contact| contact.rfc == rfc::GENERIC || contact.rfc == rfc::FOREIGN);
    let pesos = invoice
        .sums
        .total
        .checked_mul(invoice.rate)
        .unwrap_or(Decimal::MAX);
    let fresh = today <= next_working_day(stamp.at.date());
    !(generic || fresh || pesos <= Decimal::ONE_THOUSAND)
}

fn next_working_day(day: Date) -> Date {
    let mut next = day;
    loop {
        next = next.saturating_add(jiff::Span::new().days(1));
        if !matches!(next.weekday(), Weekday::Saturday | Weekday::Sunday) || next == Date::MAX {
            return next;
        }
    }
}

/// Makes an invoice void, and detaches what was paid and credited on it.
fn cancel(world: &World, invoice: &mut Sale) -> Vec<Change> {
    invoice.state = State::Void;
    if let Some(stamp) = &mut invoice.stamp {
        stamp.legal = Legal::Cancelled;
    }
    let id = invoice.id;
    let rest = |shares: &[Share]| -> Vec<Share> {
        let others = shares.iter().filter(|share| share.id != id);
        others.copied().collect()
    };
    let payments = world.payments_of(Debt::Invoice(id)).map(|payment| {
        Change::Payment(Box::new(Payment {
            shares: rest(&payment.shares),
            ..payment.clone()
        }))
    });
    let notes = world.notes_of(id).map(|note| {
        Change::Sale(Box::new(Sale {
            applied: rest(&note.applied),
            state: State::Open,
            ..note.clone()
        }))
    });
    payments.chain(notes).collect()
}

/// Settles a cancellation that waits for its receiver; false when none waits.
pub fn settle_cancellation(
    world: &mut World,
    id: u32,
    accepted: bool,
) -> Result<bool, NativeError> {
    let Some(mut invoice) = world.invoices.get(id).cloned() else {
        return Ok(false);
    };
    match &mut invoice.stamp {
        Some(stamp) if matches!(stamp.legal, Legal::Pending { .. }) => stamp.legal = Legal::Stamped,
        _ => return Ok(false),
    }
    let mut changes = Vec::new();
    if accepted {
        changes = cancel(world, &mut invoice);
    }
    invoice.updated = world.clock.now();
    changes.push(Change::Sale(Box::new(invoice)));
    world.commit(changes)?;
    Ok(true)
}

/// Counts a read of an invoice whose cancellation waits; the third one finds it accepted.
pub fn note_read(world: &mut World, id: u32) -> Result<(), NativeError> {
    let waiting = world
        .invoices
        .get(id)
        .and_then(|invoice| match invoice.stamp.as_ref()?.legal {
            Legal::Pending { reads } => Some(reads + 1),
            _ => None,
        });
    match waiting {
        None => Ok(()),
        Some(reads) if reads >= READS_TO_ACCEPT => settle_cancellation(world, id, true).map(|_| ()),
        Some(reads) => {
            let Some(mut invoice) = world.invoices.get(id).cloned() else {
                return Ok(());
            };
            if let Some(stamp) = &mut invoice.stamp {
                stamp.legal = Legal::Pending { reads };
            }
            world.commit_untold(vec![Change::Sale(Box::new(invoice))])
        }
    }
}

/// The first reason why a PAC would refuse this invoice.
fn judge(world: &World, invoice: &Sale) -> Result<(), String> {
    let contact = world
        .contacts
        .get(invoice.contact)
        .ok_or("El cliente de la factura no existe")?;
    judge_date(world, invoice)?;
    let (person, key) = judge_receiver(world, invoice, contact)?;
    judge_use(invoice, contact, person, key)?;
    judge_payment(invoice)?;
    judge_lines(world, invoice)
}

fn judge_date(world: &World, invoice: &Sale) -> Result<(), String> {
    let now = world.clock.now();
    if invoice.date > clock::local(now).date() {
        return Err("401: La fecha de emisión es posterior a la fecha de certificación".to_owned());
    }
    // Alegra adds the hour, so the day counts as a whole: its last second is what grows old.
    let last = clock::moment(invoice.date.at(23, 59, 59, 0)).map_err(|_| "401: Fecha no válida")?;
    if now.duration_since(last) > WINDOW {
        return Err(
            "401: La fecha de emisión no está dentro de las 72 horas que admite el PAC".to_owned(),
        );
    }
    Ok(())
}

fn judge_receiver(
    world: &World,
    invoice: &Sale,
    contact: &Contact,
) -> Result<(Person, &'static str), String> {
    let person = rfc::person(&contact.rfc).ok_or_else(|| {
        format!(
            "CFDI40143: El RFC del receptor «{}» no tiene una estructura válida",
            contact.rfc
        )
    })?;
    if invoice.regime_client.is_empty() {
        return Err("CFDI40157: Falta el régimen fiscal del receptor (regimeClient)".to_owned());
    }
    let key = regimes::key_of(&invoice.regime_client).ok_or_else(|| {
        format!(
            "CFDI40157: El régimen fiscal del receptor «{}» no es válido",
            invoice.regime_client
        )
    })?;
    let generic = contact.rfc == rfc::GENERIC || contact.rfc == rfc::FOREIGN;
    if generic {
        if key != "616" {
            return Err(
                "CFDI40159: Con un RFC genérico el régimen fiscal del receptor debe ser 616"
                    .to_owned(),
            );
        }
        if contact.address.zip != world.tenant.company().zip {
            return Err(format!(
                "CFDI40149: Con un RFC genérico el domicilio fiscal del receptor debe ser el lugar de expedición ({})",
                world.tenant.company().zip
            ));
        }
        let public = contact.name == "PUBLICO EN GENERAL";
        if public && contact.rfc == rfc::GENERIC && !has_global_data(invoice) {
            return Err(
                "CFDI40130: Falta la información de la factura global (periodicidad, mes y año)"
                    .to_owned(),
            );
        }
    }
    if contact.name == "PUBLICO EN GENERAL" && contact.rfc != rfc::GENERIC {
        return Err(
            "CFDI40146: PUBLICO EN GENERAL solo se usa con el RFC XAXX010101000".to_owned(),
        );
    }
    if !regimes::fits_person(key, person) {
        return Err(format!(
            "CFDI40158: El régimen fiscal {key} no corresponde al tipo de persona del receptor"
        ));
    }
    if !generic {
        judge_against_register(world, contact, key)?;
    }
    Ok((person, key))
}

fn has_global_data(invoice: &Sale) -> bool {
    invoice
        .extra
        .get("globalSale")
        .is_some_and(Value::is_object)
}

fn judge_against_register(world: &World, contact: &Contact, key: &str) -> Result<(), String> {
    let taxpayer = world.register.find(&contact.rfc).ok_or_else(|| {
        format!(
            "CFDI40143: El RFC del receptor {} no está en la lista de RFC inscritos no cancelados en el SAT",
            contact.rfc
        )
    })?;
    if taxpayer.name != contact.name {
        return Err(
            "CFDI40145: El nombre del receptor no corresponde al registrado en el SAT para ese RFC"
                .to_owned(),
        );
    }
    if taxpayer.zip != contact.address.zip {
        return Err(format!(
            "CFDI40147: El domicilio fiscal del receptor ({}) no corresponde al registrado en el SAT para ese RFC",
            contact.address.zip
        ));
    }
    if !taxpayer.regimes.contains(&key) {
        return Err(format!(
            "CFDI40157: El régimen fiscal del receptor ({key}) no corresponde al registrado en el SAT para ese RFC"
        ));
    }
    Ok(())
}

fn judge_use(invoice: &Sale, contact: &Contact, person: Person, key: &str) -> Result<(), String> {
    let code = invoice.cfdi_use.as_ref();
    if code.is_empty() {
        return Err("CFDI40160: Falta el uso del CFDI (cfdiUse)".to_owned());
    }
    if !regimes::is_use(code) {
        return Err(format!(
            "CFDI40160: El uso del CFDI «{code}» no está en el catálogo c_UsoCFDI"
        ));
    }
    let generic = contact.rfc == rfc::GENERIC || contact.rfc == rfc::FOREIGN;
    if !regimes::use_fits(code, key, person) || (generic && code != "S01") {
        return Err(format!(
            "CFDI40161: El uso del CFDI {code} no corresponde al tipo de persona o al régimen {key} del receptor"
        ));
    }
    Ok(())
}

fn judge_payment(invoice: &Sale) -> Result<(), String> {
    if invoice.payment_type == "PPD" && invoice.payment_method != "other" {
        return Err(
            "CFDI40105: Con método de pago PPD la forma de pago debe ser 99 (other)".to_owned(),
        );
    }
    if invoice.currency == "MXN" && invoice.rate != Decimal::ONE {
        return Err("CFDI40114: Con moneda MXN el tipo de cambio debe ser 1".to_owned());
    }
    Ok(())
}

fn judge_lines(world: &World, invoice: &Sale) -> Result<(), String> {
    if invoice.lines.is_empty() {
        return Err("301: La factura no tiene conceptos".to_owned());
    }
    for (place, line) in invoice.lines.iter().enumerate() {
        let place = place + 1;
        let item = line.subject.item().and_then(|id| world.items.get(id));
        let keyed = line.extra.contains_key("productKey")
            || item.is_some_and(|item| item.product_key.is_some());
        if !keyed {
            return Err(format!(
                "CFDI40162: El concepto {place} no tiene ClaveProdServ"
            ));
        }
        if line.price <= Decimal::ZERO {
            return Err(format!(
                "CFDI40166: El valor unitario del concepto {place} debe ser mayor que 0"
            ));
        }
        let base = taxes::line(line, &world.taxes, taxes::decimals_of(&invoice.currency))
            .map(|sums| sums.amount - sums.discount);
        if !line.taxes.is_empty() && base.is_none_or(|base| base <= Decimal::ZERO) {
            return Err(format!(
                "CFDI40174: La base del impuesto del concepto {place} debe ser mayor que 0"
            ));
        }
    }
    if invoice.sums.total < Decimal::ZERO {
        return Err("CFDI40119: El total no puede ser negativo".to_owned());
    }
    Ok(())
}
