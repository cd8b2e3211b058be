//! A year of bills in every state, their payments, and the purchase orders before them.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::money;
use super::super::options::SandboxError;
use super::super::records::{
    Account, Contact, Direction, Extra, Item, Line, LineTax, Payment, Purchase, PurchaseKind,
    Share, State, Subject,
};
use super::super::{clock, taxes};
use super::{Later, next_id, purses};

/// One bill comes on so many invoices.
const INVOICES_TO_A_BILL: u32 = 3;
/// One purchase order comes on so many invoices.
const INVOICES_TO_AN_ORDER: u32 = 18;

/// What is bought on account: own code, what it says on the line, from and to how many pesos.
const EXPENSES: [(&str, &str, u32, u32); 9] = [
    ("601-84-001", "Flete", 350, 1_800),
    ("601-48-001", "Gasolina", 800, 4_500),
    ("601-50-003", "Internet del mes", 899, 1_499),
    ("601-52", "Energía eléctrica", 2_400, 9_800),
    ("601-53", "Vigilancia", 8_500, 8_500),
    ("601-54", "Limpieza de aulas", 4_200, 6_800),
    ("601-55-001", "Papelería", 180, 2_600),
    ("601-34-001", "Honorarios del mes", 6_000, 12_000),
    ("601-56-002", "Mantenimiento de equipo", 900, 7_200),
];

/// What becomes of a bill.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Paid,
    /// Paid, but left open, as Alegra does now and then.
    PaidOpen,
    /// Paid in two parts.
    PaidTwice,
    PartlyPaid,
    Unpaid,
    Void,
    Draft,
    /// A payment was made, and taken back.
    Bounced,
}

/// The fates in their order; each run of bills goes through all of them.
const FATES: [Fate; 16] = [
    Fate::Paid,
    Fate::Paid,
    Fate::Unpaid,
    Fate::PartlyPaid,
    Fate::Paid,
    Fate::PaidTwice,
    Fate::Paid,
    Fate::Void,
    Fate::Unpaid,
    Fate::Paid,
    Fate::Bounced,
    Fate::PaidOpen,
    Fate::Paid,
    Fate::Draft,
    Fate::Paid,
    Fate::Unpaid,
];

/// Makes bills and purchase orders, oldest first, and adds what was paid on the bills to the payments.
pub fn purchases(
    later: &mut Later<'_>,
    contacts: &[Contact],
    items: &[Item],
    accounts: &[Account],
    payments: &mut Vec<Payment>,
) -> Result<(Vec<Purchase>, Vec<Purchase>), SandboxError> {
    let suppliers: Vec<u32> = contacts
        .iter()
        .filter(|contact| contact.provider && contact.active)
        .map(|contact| contact.id)
        .collect();
    let mut buyer = Buyer {
        later,
        suppliers: &suppliers,
        items,
        accounts,
    };
    let count = buyer.later.one_in(INVOICES_TO_A_BILL);
    let mut bills = Vec::with_capacity(count as usize);
    for (place, fate) in (0..count).zip(FATES.into_iter().cycle()) {
        let mut bill = buyer.document(PurchaseKind::Bill, place, count)?;
        buyer.live_through(&mut bill, fate, payments)?;
        bills.push(bill);
    }
    let count = buyer.later.one_in(INVOICES_TO_AN_ORDER);
    let mut orders = Vec::with_capacity(count as usize);
    for place in 0..count {
        let mut order = buyer.document(PurchaseKind::Order, place, count)?;
        order.state = match place % 8 {
            3 | 6 => State::Open,
            7 => State::Draft,
            _ if place + 2 >= count => State::Open,
            _ => State::Closed,
        };
        orders.push(order);
    }
    Ok((bills, orders))
}

struct Buyer<'a, 'b> {
    later: &'a mut Later<'b>,
    suppliers: &'a [u32],
    items: &'a [Item],
    accounts: &'a [Account],
}

impl Buyer<'_, '_> {
    fn document(
        &mut self,
        kind: PurchaseKind,
        place: u32,
        count: u32,
    ) -> Result<Purchase, SandboxError> {
        let id = place + 1;
        let day = self.later.day(place, count)?;
        let created = self.later.moment(day)?;
        let lines = self.lines(place);
        let supplier = self.later.random.usize(0..self.suppliers.len().max(1));
        let sums = taxes::totals(&lines, &self.later.taxes, "MXN").unwrap_or_default();
        let (number, days) = match kind {
            PurchaseKind::Bill => {
                let letter = self.later.random.choice(["F", "FA", "B", "CFDI"]);
                let letter = letter.unwrap_or("F");
                let number = self.later.random.u32(100..9_999);
                (format!("{letter}-{number}"), 30)
            }
            PurchaseKind::Order => (format!("OC-{id}"), 7),
        };
        Ok(Purchase {
            kind,
            id,
            state: State::Open,
            number: number.into(),
            contact: self.suppliers.get(supplier).copied().unwrap_or_default(),
            date: day,
            due: day.saturating_add(jiff::Span::new().days(days)),
            created,
            updated: created,
            currency: "MXN".into(),
            rate: Decimal::ONE,
            lines,
            notes: "".into(),
            terms: "30 días".into(),
            department: (place % 4 == 1).then_some(place % 3 + 1),
            sums,
            bills: Vec::new(),
            extra: Extra::new(),
        })
    }

    /// One to three lines: on items, on accounts, or on both.
    fn lines(&mut self, place: u32) -> Vec<Line> {
        let mut lines = Vec::new();
        if place % 3 != 1 {
            let id = self.later.random.u32(1..20);
            let item = self.items.iter().find(|item| item.id == id);
            lines.extend(item.map(|item| {
                let quantity = Decimal::from(self.later.random.u32(1..=20));
                let price = money::round(item.price * Decimal::new(62, 2), 2);
                self.line(Subject::Item(item.id), &item.name, price, quantity)
            }));
        }
        if !place.is_multiple_of(3) {
            let chosen = self.later.random.usize(0..EXPENSES.len());
            let expense = EXPENSES.get(chosen).copied();
            lines.extend(expense.and_then(|(code, text, from, to)| {
                let account = self.accounts.iter().find(|one| one.code == code)?;
                let price = Decimal::from(self.later.random.u32(from..=to));
                Some(self.line(Subject::Account(account.id), text, price, Decimal::ONE))
            }));
        }
        lines
    }

    fn line(&self, subject: Subject, text: &str, price: Decimal, quantity: Decimal) -> Line {
        Line {
            subject,
            description: text.to_owned().into(),
            price,
            quantity,
            discount: Decimal::ZERO,
            // What this company buys bears the general rate.
            taxes: self
                .later
                .taxes
                .get(1)
                .map(|tax| LineTax {
                    id: tax.id,
                    percentage: tax.percentage,
                })
                .into_iter()
                .collect(),
            extra: Extra::new(),
        }
    }

    fn live_through(
        &mut self,
        bill: &mut Purchase,
        fate: Fate,
        payments: &mut Vec<Payment>,
    ) -> Result<(), SandboxError> {
        let total = bill.sums.total;
        let half = money::round(total / Decimal::from(2), 2);
        let days = self.later.random.i64(3..32);
        match fate {
            Fate::Unpaid => {}
            Fate::Draft => bill.state = State::Draft,
            Fate::Void => bill.state = State::Void,
            Fate::PaidOpen => self.pay(bill, total, days, payments)?,
            Fate::PartlyPaid => self.pay(bill, half, days, payments)?,
            Fate::Bounced => {
                self.pay(bill, total, days, payments)?;
                if let Some(payment) = payments.last_mut() {
                    payment.state = State::Void;
                    payment.note = "Cheque devuelto".into();
                }
            }
            Fate::Paid => {
                self.pay(bill, total, days, payments)?;
                bill.state = State::Closed;
            }
            Fate::PaidTwice => {
                self.pay(bill, half, days, payments)?;
                self.pay(bill, total - half, days + 9, payments)?;
                bill.state = State::Closed;
            }
        }
        Ok(())
    }

    fn pay(
        &mut self,
        bill: &mut Purchase,
        amount: Decimal,
        days: i64,
        payments: &mut Vec<Payment>,
    ) -> Result<(), SandboxError> {
        let day: Date = self.later.days_after(bill.date, days);
        let moment = self.later.moment(day)?;
        bill.updated = moment.max(bill.updated);
        let method = match bill.id % 7 {
            2 => "check",
            5 => "credit-card",
            _ => "transfer",
        };
        payments.push(Payment {
            id: next_id(payments.len()),
            direction: Direction::Out,
            state: State::Open,
            contact: bill.contact,
            account: Some(purses::account_for(method)),
            date: clock::local(moment).date(),
            amount,
            currency: bill.currency.clone(),
            rate: bill.rate,
            method: method.into(),
            reference: bill.number.clone(),
            note: "".into(),
            shares: vec![Share {
                id: bill.id,
                amount,
            }],
            stamp: None,
            created: moment,
            updated: moment,
            extra: Extra::new(),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_state_of_a_bill_is_among_the_first_sixteen() {
        let words: HashSet<_> = FATES.map(|fate| fate as u8).into_iter().collect();
        assert_eq!(words.len(), 8);
    }
}
