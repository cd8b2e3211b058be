//! Applying money to documents: the shares of payments and credit notes, and what they do to debts.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::Value;

use super::super::errors::NativeError;
use super::super::journal::Change;
use super::super::money;
use super::super::records::{Share, State};
use super::super::world::{Debt, World, share_for};
use super::id_of;

/// The most documents that one payment takes.
const MOST_SHARES: usize = 1_000;

/// Reads `[{id, amount}]`. An amount that is null or absent stands for `whole`.
pub fn shares(value: &Value, whole: Option<Decimal>) -> Result<Vec<Share>, NativeError> {
    let shares = value
        .as_array()
        .filter(|shares| shares.len() <= MOST_SHARES)
        .ok_or_else(|| {
            NativeError::invalid("Los documentos aplicados deben ser un arreglo de hasta 1000")
        })?;
    shares
        .iter()
        .map(|share| {
            let id = id_of(share)
                .ok_or_else(|| NativeError::invalid("Cada aplicación debe indicar un documento"))?;
            let amount = match share.get("amount") {
                None | Some(Value::Null) => whole,
                Some(value) => money::read(value),
            };
            let amount = amount
                .filter(|amount| *amount > Decimal::ZERO && amount.normalize().scale() <= 2)
                .ok_or_else(|| {
                    NativeError::invalid(
                        "El importe aplicado debe ser mayor que 0 y de dos decimales a lo más",
                    )
                })?;
            Ok(Share { id, amount })
        })
        .collect()
}

/// The sum of shares; each amount was bounded when it was read.
pub fn sum(shares: &[Share]) -> Decimal {
    shares.iter().map(|share| share.amount).sum()
}

/// What becomes of the documents when the shares of one payment or note change. Refuses shares of
/// documents that owe nothing, less than the share, or to somebody else.
pub fn changes(
    world: &World,
    debt: impl Fn(u32) -> Debt,
    contact: u32,
    before: &[Share],
    after: &[Share],
    now: Timestamp,
) -> Result<Vec<Change>, NativeError> {
    let ids: BTreeSet<u32> = before.iter().chain(after).map(|share| share.id).collect();
    ids.into_iter()
        .map(|id| {
            let (was, will) = (share_for(before, id), share_for(after, id));
            let settled = world.settled(debt(id)) - was + will;
            let terms = Terms {
                contact,
                settled,
                grows: will > was,
            };
            match debt(id) {
                Debt::Invoice(id) => {
                    let mut invoice = world.invoices.get(id).cloned().ok_or_else(missing)?;
                    invoice.state =
                        terms.judge(invoice.state, invoice.contact, invoice.sums.total)?;
                    invoice.updated = now;
                    Ok(Change::Sale(Box::new(invoice)))
                }
                Debt::Bill(id) => {
                    let mut bill = world.bills.get(id).cloned().ok_or_else(missing)?;
                    bill.state = terms.judge(bill.state, bill.contact, bill.sums.total)?;
                    bill.updated = now;
                    Ok(Change::Purchase(Box::new(bill)))
                }
            }
        })
        .collect()
}

fn missing() -> NativeError {
    NativeError::invalid("El documento aplicado no existe")
}

/// What a document would have to bear.
struct Terms {
    contact: u32,
    settled: Decimal,
    /// More of it is to be settled than before; taking back is always possible.
    grows: bool,
}

impl Terms {
    /// The state that the document then has.
    fn judge(&self, state: State, contact: u32, total: Decimal) -> Result<State, NativeError> {
        if self.grows {
            match state {
                State::Draft => {
                    return Err(NativeError::invalid(
                        "No se puede aplicar un pago a un borrador",
                    ));
                }
                State::Void => {
                    return Err(NativeError::invalid(
                        "No se puede aplicar un pago a un documento anulado",
                    ));
                }
                State::Open | State::Closed => {}
            }
            if contact != self.contact {
                return Err(NativeError::invalid(
                    "El documento aplicado es de otro contacto",
                ));
            }
            if self.settled > total {
                return Err(NativeError::invalid(
                    "El importe aplicado es mayor que el saldo del documento",
                ));
            }
        }
        Ok(settled_state(state, total, self.settled))
    }
}

/// Open until all is settled, then closed. Drafts and void documents stay what they are.
pub fn settled_state(state: State, total: Decimal, settled: Decimal) -> State {
    match state {
        State::Open if total > Decimal::ZERO && settled >= total => State::Closed,
        State::Closed if settled < total => State::Open,
        other => other,
    }
}
