//! What an invoice adds up to, in exact decimals.
//!
//! Lines are kept to six decimals; a tax is summed over the lines and rounded once, to the decimals of
//! the currency; the total is made of the rounded sums (SAT matrix CFDI40108 to CFDI40119). IVA is
//! charged on the amount and its IEPS.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::money::round;
use super::records::{Line, LineTax, Sums, Tax};
use super::table::Table;

/// Decimals that a line amount may have.
const LINE_DECIMALS: u32 = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTotals {
    /// Quantity × price.
    pub amount: Decimal,
    pub discount: Decimal,
    /// Transfers less withholdings, rounded to the currency for the screen only.
    pub tax: Decimal,
    /// Amount less discount plus tax.
    pub total: Decimal,
}

/// One tax of a line.
#[derive(Debug, Clone, Copy)]
pub struct Charge {
    pub applied: LineTax,
    pub base: Decimal,
    /// To six decimals; a withholding is negative.
    pub value: Decimal,
}

/// Decimals of a currency: the yen and its like have none.
pub fn decimals_of(currency: &str) -> u32 {
    match currency {
        "JPY" | "CLP" | "KRW" | "PYG" | "VND" | "XAF" | "XOF" | "XPF" => 0,
        _ => 2,
    }
}

/// The sums of one line; `None` when they cannot be held.
pub fn line(line: &Line, taxes: &Table<Tax>, decimals: u32) -> Option<LineTotals> {
    let (amount, discount) = amount_of(line)?;
    let mut tax = Decimal::ZERO;
    for charge in charges(line, taxes)? {
        tax = tax.checked_add(charge.value)?;
    }
    let tax = round(tax, decimals);
    let total = round(amount.checked_sub(discount)?, decimals).checked_add(tax)?;
    Some(LineTotals {
        amount: round(amount, decimals),
        discount: round(discount, decimals),
        tax,
        total,
    })
}

/// The sums of a document; `None` when they cannot be held.
pub fn totals(lines: &[Line], taxes: &Table<Tax>, currency: &str) -> Option<Sums> {
    let decimals = decimals_of(currency);
    let mut subtotal = Decimal::ZERO;
    let mut discount = Decimal::ZERO;
    let mut groups: BTreeMap<u32, Decimal> = BTreeMap::new();
    for line in lines {
        let (amount, less) = amount_of(line)?;
        subtotal = subtotal.checked_add(amount)?;
        discount = discount.checked_add(less)?;
        for charge in charges(line, taxes)? {
            let sum = groups.entry(charge.applied.id).or_default();
            *sum = sum.checked_add(charge.value)?;
        }
    }
    let mut added = Decimal::ZERO;
    let mut withheld = Decimal::ZERO;
    for value in groups.into_values().map(|sum| round(sum, decimals)) {
        if value.is_sign_negative() {
            withheld = withheld.checked_sub(value)?;
        } else {
            added = added.checked_add(value)?;
        }
    }
    let subtotal = round(subtotal, decimals);
    let discount = round(discount, decimals);
    let tax = added.checked_sub(withheld)?;
    Some(Sums {
        subtotal,
        discount,
        tax,
        total: subtotal.checked_sub(discount)?.checked_add(tax)?,
    })
}

fn amount_of(line: &Line) -> Option<(Decimal, Decimal)> {
    let amount = round(line.quantity.checked_mul(line.price)?, LINE_DECIMALS);
    let discount = amount
        .checked_mul(line.discount)?
        .checked_div(Decimal::ONE_HUNDRED)?;
    Some((amount, round(discount, LINE_DECIMALS)))
}

/// Each tax of a line; `None` when an amount cannot be held.
pub fn charges(line: &Line, taxes: &Table<Tax>) -> Option<Vec<Charge>> {
    let (amount, discount) = amount_of(line)?;
    let base = amount.checked_sub(discount)?;
    let percent = |base: Decimal, tax: &LineTax| -> Option<Decimal> {
        let value = base
            .checked_mul(tax.percentage)?
            .checked_div(Decimal::ONE_HUNDRED)?;
        Some(round(value, LINE_DECIMALS))
    };
    let kind_is =
        |tax: &LineTax, kind: &str| taxes.get(tax.id).is_some_and(|known| known.kind == kind);
    let mut ieps = Decimal::ZERO;
    for tax in line.taxes.iter().filter(|tax| kind_is(tax, "IEPS")) {
        ieps = ieps.checked_add(percent(base, tax)?)?;
    }
    line.taxes
        .iter()
        .map(|tax| {
            let base = if kind_is(tax, "IVA") {
                base.checked_add(ieps)?
            } else {
                base
            };
            let value = percent(base, tax)?;
            let withheld = taxes.get(tax.id).is_some_and(Tax::withheld);
            Some(Charge {
                applied: *tax,
                base,
                value: if withheld { -value } else { value },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::records::{Extra, Subject};
    use super::*;
    use jiff::Timestamp;

    fn tax(id: u32, kind: &'static str, percentage: &str) -> Tax {
        Tax {
            id,
            name: kind.into(),
            kind: kind.into(),
            percentage: percentage.parse().expect("a rate"),
            description: "".into(),
            code: "".into(),
            active: true,
            payable: None,
            favorable: None,
            created: Timestamp::UNIX_EPOCH,
            updated: Timestamp::UNIX_EPOCH,
            extra: Extra::new(),
        }
    }

    fn sum(quantity: &str, price: &str, discount: &str, rates: &[Tax]) -> Sums {
        let line = Line {
            subject: Subject::Item(1),
            description: "".into(),
            price: price.parse().expect("a price"),
            quantity: quantity.parse().expect("a quantity"),
            discount: discount.parse().expect("a discount"),
            taxes: rates
                .iter()
                .map(|tax| LineTax {
                    id: tax.id,
                    percentage: tax.percentage,
                })
                .collect(),
            extra: Extra::new(),
        };
        totals(&[line], &Table::from_rows(rates.to_vec()), "MXN").expect("sums")
    }

    fn said(totals: Sums) -> [String; 4] {
        [totals.subtotal, totals.discount, totals.tax, totals.total]
            .map(|amount| format!("{amount:.2}"))
    }

    #[test]
    fn the_worked_examples_of_the_arithmetic_come_out() {
        let iva = tax(1, "IVA", "16");
        let fees = [
            iva.clone(),
            tax(2, "RETENCION_ISR", "10"),
            tax(3, "RETENCION_IVA", "10.6667"),
        ];
        assert_eq!(
            said(sum("1", "10000", "0", &fees)),
            ["10000.00", "0.00", "-466.67", "9533.33"]
        );
        let ieps = [tax(4, "IEPS", "8"), iva.clone()];
        assert_eq!(
            said(sum("1", "15000", "0", &ieps)),
            ["15000.00", "0.00", "3792.00", "18792.00"]
        );
        let plain = [iva];
        assert_eq!(
            said(sum("2", "749.99", "15", &plain)),
            ["1499.98", "225.00", "204.00", "1478.98"]
        );
        assert_eq!(
            said(sum("2.345678", "987.65", "0", &plain)),
            ["2316.71", "0.00", "370.67", "2687.38"]
        );
        assert_eq!(
            said(sum("3", "33.33", "0", &plain)),
            ["99.99", "0.00", "16.00", "115.99"]
        );
    }
}
