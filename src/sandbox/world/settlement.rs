//! Who has paid for what: the payments and credit notes that name each document, found at once.
//!
//! The amounts stand in the payments and notes alone; this only remembers where to look.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::super::records::{Direction, Payment, Purchase, Sale, SaleKind, Share, State};
use super::World;

/// A document that can be owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Debt {
    Invoice(u32),
    Bill(u32),
}

impl Debt {
    /// What a payment of this direction pays.
    pub fn paid_by(direction: Direction, id: u32) -> Self {
        match direction {
            Direction::In => Self::Invoice(id),
            Direction::Out => Self::Bill(id),
        }
    }
}

/// What settles a debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settler {
    Payment(u32),
    CreditNote(u32),
}

#[derive(Default)]
pub struct Settlements(HashMap<Debt, Vec<Settler>>);

impl Settlements {
    pub fn link(&mut self, settler: Settler, debts: impl IntoIterator<Item = Debt>) {
        for debt in debts {
            let settlers = self.0.entry(debt).or_default();
            if !settlers.contains(&settler) {
                settlers.push(settler);
            }
        }
    }

    pub fn unlink(&mut self, settler: Settler, debts: impl IntoIterator<Item = Debt>) {
        for debt in debts {
            if let Some(settlers) = self.0.get_mut(&debt) {
                settlers.retain(|known| *known != settler);
            }
        }
    }
}

/// The debts that a payment names.
pub fn debts_of_payment(payment: &Payment) -> impl Iterator<Item = Debt> {
    payment
        .shares
        .iter()
        .map(|share| Debt::paid_by(payment.direction, share.id))
}

/// The invoices that a credit note names.
pub fn debts_of_note(note: &Sale) -> impl Iterator<Item = Debt> {
    note.applied.iter().map(|share| Debt::Invoice(share.id))
}

impl World {
    /// The payments of a document that still count.
    pub fn payments_of(&self, debt: Debt) -> impl Iterator<Item = &Payment> {
        self.settlers_of(debt).filter_map(|settler| match settler {
            Settler::Payment(id) => self.payments.get(id).filter(|one| one.state != State::Void),
            Settler::CreditNote(_) => None,
        })
    }

    /// The credit notes of an invoice that still count.
    pub fn notes_of(&self, invoice: u32) -> impl Iterator<Item = &Sale> {
        self.settlers_of(Debt::Invoice(invoice))
            .filter_map(|settler| match settler {
                Settler::CreditNote(id) => self
                    .credit_notes
                    .get(id)
                    .filter(|one| one.state != State::Void),
                Settler::Payment(_) => None,
            })
    }

    fn settlers_of(&self, debt: Debt) -> impl Iterator<Item = Settler> {
        let settlers = self.settlements.0.get(&debt);
        settlers.into_iter().flatten().copied()
    }

    /// What was paid or credited so far.
    pub fn settled(&self, debt: Debt) -> Decimal {
        let (Debt::Invoice(id) | Debt::Bill(id)) = debt;
        let by_payments: Decimal = self
            .payments_of(debt)
            .map(|payment| share_for(&payment.shares, id))
            .sum();
        let by_notes: Decimal = match debt {
            Debt::Invoice(id) => self
                .notes_of(id)
                .map(|note| share_for(&note.applied, id))
                .sum(),
            Debt::Bill(_) => Decimal::ZERO,
        };
        by_payments + by_notes
    }

    /// What is still owed on an invoice, or still to be used of a credit note.
    pub fn balance(&self, sale: &Sale) -> Decimal {
        if sale.state == State::Void {
            return Decimal::ZERO;
        }
        match sale.kind {
            SaleKind::Invoice => sale.sums.total - self.settled(Debt::Invoice(sale.id)),
            SaleKind::CreditNote => sale.sums.total - used(sale),
            SaleKind::Quote => sale.sums.total,
        }
    }

    /// What is still owed on a bill.
    pub fn owed(&self, bill: &Purchase) -> Decimal {
        match bill.state {
            State::Void => Decimal::ZERO,
            _ => bill.sums.total - self.settled(Debt::Bill(bill.id)),
        }
    }
}

/// What of a credit note was applied so far.
pub fn used(note: &Sale) -> Decimal {
    note.applied.iter().map(|share| share.amount).sum()
}

/// The amount that shares give to one document.
pub fn share_for(shares: &[Share], id: u32) -> Decimal {
    shares
        .iter()
        .filter(|share| share.id == id)
        .map(|share| share.amount)
        .sum()
}
