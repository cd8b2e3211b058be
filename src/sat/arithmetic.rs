//! The amounts of a document, computed and rounded as the SAT does (SAT rules §9).
//!
//! Lines keep up to six decimals; only the sums are rounded to those of the currency, half away from zero,
//! and the total is made of the rounded sums. Every operation is checked: an amount that cannot be kept
//! exactly is an [`Overflow`], never a wrong number. Missing quantities and prices are not taken for zero:
//! their lines are left out and named.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::catalogs::Catalogs;
use crate::domain::draft::{Draft, DraftLine, LineTax, Tax, TaxKind, TaxRate};
use crate::domain::money::Money;

/// Decimals of a currency that is not in the catalogue; the rules report it.
const USUAL_DECIMALS: u32 = 2;
/// Decimals that a line's amounts may have.
const LINE_DECIMALS: u32 = 6;
/// Decimals of a rate in the CFDI: 10.6667 % is 0.106667.
const RATE_DECIMALS: u32 = 6;
/// The schema admits amounts of 18 integer digits: all below this one.
const AMOUNT_LIMIT: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

/// An amount is too large for a CFDI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount is too large for a CFDI")]
pub struct Overflow {
    /// The line where it happens; nothing where only the sums are too large.
    pub line: Option<usize>,
}

/// The amounts of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineAmounts {
    /// Importe: quantity × price.
    pub amount: Decimal,
    /// Descuento, with no more decimals than the amount.
    pub discount: Decimal,
    /// Amount less discount.
    pub net: Decimal,
    /// One for each tax of the line, in its order.
    pub taxes: Vec<TaxAmount>,
}

/// A tax of a line with what it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxAmount {
    /// The tax.
    pub tax: LineTax,
    /// What it is reckoned on.
    pub base: Decimal,
    /// Nothing for Exento.
    pub amount: Option<Decimal>,
}

/// A node of the summary of taxes: transfers by tax, factor and rate; withholdings by tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxGroup {
    /// Which tax.
    pub tax: Tax,
    /// Transferred or withheld.
    pub kind: TaxKind,
    /// Factor and rate; nothing for withholdings, which are grouped by tax alone.
    pub rate: Option<TaxRate>,
    /// Rounded sum of the bases.
    pub base: Money,
    /// Rounded sum of the amounts; nothing for Exento.
    pub amount: Option<Money>,
}

/// The amounts of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Decimals of the currency.
    pub decimals: u32,
    /// SubTotal: before discounts and taxes.
    pub subtotal: Money,
    /// Descuento.
    pub discount: Money,
    /// Sum of the rounded transfers.
    pub transferred: Money,
    /// Sum of the rounded withholdings.
    pub withheld: Money,
    /// Total.
    pub total: Money,
    /// Transfers first, each kind in the order of tax and rate.
    pub groups: Vec<TaxGroup>,
    /// Lines without a readable quantity or price: the sums do not contain them.
    pub left_out: Vec<usize>,
}

impl Totals {
    /// Whether the CFDI says TotalImpuestosTrasladados at all: not where every transfer is Exento.
    pub fn has_transferred(&self) -> bool {
        self.groups
            .iter()
            .any(|group| group.kind == TaxKind::Transfer && group.amount.is_some())
    }
}

/// Decimals of the draft's currency; the usual ones where the catalogue does not know it.
pub fn decimals(draft: &Draft, catalogs: &Catalogs) -> u32 {
    catalogs
        .currency_decimals(&draft.currency)
        .unwrap_or(USUAL_DECIMALS)
}

/// The amounts of the whole draft.
///
/// # Errors
/// [`Overflow`] where an amount does not fit a CFDI.
pub fn totals(draft: &Draft, catalogs: &Catalogs) -> Result<Totals, Overflow> {
    let decimals = decimals(draft, catalogs);
    let mut lines = Vec::with_capacity(draft.lines.len());
    let mut left_out = Vec::new();
    for (idx, line) in draft.lines.iter().enumerate() {
        match line_amounts(line, decimals) {
            Ok(Some(amounts)) => lines.push(amounts),
            Ok(None) => left_out.push(idx),
            Err(TooLarge) => return Err(Overflow { line: Some(idx) }),
        }
    }
    sums(&lines, decimals, left_out).map_err(|TooLarge| Overflow { line: None })
}

/// The amounts of one line in a currency of so many decimals; nothing where quantity or price is missing.
///
/// # Errors
/// [`TooLarge`] where an amount does not fit a CFDI.
pub fn line_amounts(line: &DraftLine, decimals: u32) -> Result<Option<LineAmounts>, TooLarge> {
    let (Some(quantity), Some(price)) = (line.quantity, line.price) else {
        return Ok(None);
    };
    let amount = product(quantity, price, LINE_DECIMALS)?;
    // A discount has no more decimals than the amount, which is written with at least those of the currency.
    let places = amount.normalize().scale().max(decimals);
    let discount = product(amount, fraction(line.discount_pct)?, places)?;
    let net = within(amount.checked_sub(discount))?;
    let mut ieps = Decimal::ZERO;
    for tax in line.taxes.iter().filter(|tax| transfers_ieps(tax)) {
        let amount = tax_amount(*tax, net, quantity)?;
        ieps = within(ieps.checked_add(amount.amount.unwrap_or_default()))?;
    }
    let with_ieps = within(net.checked_add(ieps))?;
    let taxes = line
        .taxes
        .iter()
        .map(|tax| {
            let value = if tax.tax == Tax::Iva { with_ieps } else { net };
            tax_amount(*tax, value, quantity)
        })
        .collect::<Result<_, _>>()?;
    Ok(Some(LineAmounts {
        amount,
        discount,
        net,
        taxes,
    }))
}

/// An amount is not below 10¹⁸, or cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// A percentage as the fraction that the CFDI carries, of six decimals.
///
/// # Errors
/// [`TooLarge`] never for a percentage that a person would type.
pub fn fraction_of_percent(percent: Decimal) -> Result<Decimal, TooLarge> {
    fraction(percent).map(|fraction| rounded(fraction, RATE_DECIMALS))
}

/// Bounds that the SAT sets for an amount of a line, given the decimals of quantity and price (SAT matrix
/// CFDI40167) and those in use for the amount. Both bounds are inside.
///
/// # Errors
/// [`TooLarge`] where a bound does not fit a CFDI.
pub fn amount_bounds(
    quantity: Decimal,
    price: Decimal,
    decimals: u32,
) -> Result<(Decimal, Decimal), TooLarge> {
    let (least_quantity, most_quantity) = reach(quantity)?;
    let (least_price, most_price) = reach(price)?;
    bounds(
        least_quantity.checked_mul(least_price),
        most_quantity.checked_mul(most_price),
        decimals,
    )
}

/// Bounds that the SAT sets for a tax of a line, given its base and the fraction of the rate (SAT matrix
/// CFDI40180, CFDI40186).
///
/// # Errors
/// [`TooLarge`] where a bound does not fit a CFDI.
pub fn tax_bounds(
    base: Decimal,
    rate: Decimal,
    decimals: u32,
) -> Result<(Decimal, Decimal), TooLarge> {
    let (least, most) = reach(base)?;
    bounds(least.checked_mul(rate), most.checked_mul(rate), decimals)
}

/// The least and the most that a written number may stand for: half a unit of its last decimal either way.
fn reach(number: Decimal) -> Result<(Decimal, Decimal), TooLarge> {
    let half = Decimal::try_new(5, number.scale() + 1).map_err(|_| TooLarge)?;
    let speck = Decimal::try_new(1, 12).map_err(|_| TooLarge)?;
    let least = number.checked_sub(half).ok_or(TooLarge)?;
    let most = number
        .checked_add(half)
        .and_then(|most| most.checked_sub(speck))
        .ok_or(TooLarge)?;
    Ok((least, most))
}

fn bounds(
    least: Option<Decimal>,
    most: Option<Decimal>,
    decimals: u32,
) -> Result<(Decimal, Decimal), TooLarge> {
    let (least, most) = (within(least)?, within(most)?);
    Ok((
        least.round_dp_with_strategy(decimals, RoundingStrategy::ToZero),
        most.round_dp_with_strategy(decimals, RoundingStrategy::AwayFromZero),
    ))
}

fn transfers_ieps(tax: &LineTax) -> bool {
    tax.tax == Tax::Ieps && tax.kind == TaxKind::Transfer
}

/// One tax on this value; a tax per unit takes the quantity for its base.
fn tax_amount(tax: LineTax, value: Decimal, quantity: Decimal) -> Result<TaxAmount, TooLarge> {
    let (base, amount) = match tax.rate {
        TaxRate::Percent(percent) => (
            value,
            Some(product(
                value,
                fraction_of_percent(percent)?,
                LINE_DECIMALS,
            )?),
        ),
        TaxRate::PerUnit(quota) => (quantity, Some(product(quantity, quota, LINE_DECIMALS)?)),
        TaxRate::Exempt => (value, None),
    };
    Ok(TaxAmount { tax, base, amount })
}

fn sums(lines: &[LineAmounts], decimals: u32, left_out: Vec<usize>) -> Result<Totals, TooLarge> {
    let subtotal = rounded(sum(lines.iter().map(|line| line.amount))?, decimals);
    let discount = rounded(sum(lines.iter().map(|line| line.discount))?, decimals);
    let groups = groups(lines, decimals)?;
    let of_kind = |kind| {
        sum(groups
            .iter()
            .filter(|group| group.kind == kind)
            .filter_map(|group| group.amount)
            .map(Money::decimal))
    };
    let transferred = of_kind(TaxKind::Transfer)?;
    let withheld = of_kind(TaxKind::Withholding)?;
    let total = within(
        subtotal
            .checked_sub(discount)
            .and_then(|net| net.checked_add(transferred))
            .and_then(|gross| gross.checked_sub(withheld)),
    )?;
    Ok(Totals {
        decimals,
        subtotal: subtotal.into(),
        discount: discount.into(),
        transferred: transferred.into(),
        withheld: withheld.into(),
        total: total.into(),
        groups,
        left_out,
    })
}

/// Adds up the taxes of the lines by node of the summary, then rounds each node.
fn groups(lines: &[LineAmounts], decimals: u32) -> Result<Vec<TaxGroup>, TooLarge> {
    let mut nodes: BTreeMap<_, (Decimal, Option<Decimal>)> = BTreeMap::new();
    for taxed in lines.iter().flat_map(|line| &line.taxes) {
        let LineTax { tax, kind, rate } = taxed.tax;
        let rate = (kind == TaxKind::Transfer).then_some(rate);
        let (base, amount) = nodes.entry((kind, tax, rate)).or_default();
        *base = within(base.checked_add(taxed.base))?;
        if let Some(more) = taxed.amount {
            *amount = Some(within(amount.unwrap_or_default().checked_add(more))?);
        }
    }
    Ok(nodes
        .into_iter()
        .map(|((kind, tax, rate), (base, amount))| TaxGroup {
            tax,
            kind,
            rate,
            base: rounded(base, decimals).into(),
            amount: amount.map(|amount| rounded(amount, decimals).into()),
        })
        .collect())
}

fn sum(mut amounts: impl Iterator<Item = Decimal>) -> Result<Decimal, TooLarge> {
    amounts.try_fold(Decimal::ZERO, |sum, amount| within(sum.checked_add(amount)))
}

/// A product, rounded to so many decimals.
fn product(a: Decimal, b: Decimal, decimals: u32) -> Result<Decimal, TooLarge> {
    within(a.checked_mul(b)).map(|product| rounded(product, decimals))
}

fn fraction(percent: Decimal) -> Result<Decimal, TooLarge> {
    percent.checked_div(Decimal::ONE_HUNDRED).ok_or(TooLarge)
}

/// Half away from zero, not bankers'.
fn rounded(amount: Decimal, decimals: u32) -> Decimal {
    Money::new(amount).rounded(decimals).decimal()
}

/// The amount if it was computed and fits the schema.
fn within(amount: Option<Decimal>) -> Result<Decimal, TooLarge> {
    amount
        .filter(|amount| amount.abs() < AMOUNT_LIMIT)
        .ok_or(TooLarge)
}

#[cfg(test)]
mod tests;
