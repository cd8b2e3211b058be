//! Tax object, taxes and rates of the lines (SAT rules §8).

use rust_decimal::Decimal;

use super::super::arithmetic::{self, LineAmounts};
use super::super::catalogs::small::Table;
use super::super::catalogs::zips::Border;
use super::super::finding::{Field, Finding, LineField, Path, Rule, Value};
use super::super::rfc::{self, Person};
use super::{Case, table};
use crate::domain::draft::{DocType, DraftLine, IssueDate, LineTax, Tax, TaxKind, TaxRate};

/// IVA in general, as a fraction.
const IVA: Decimal = Decimal::from_parts(16, 0, 0, false, 2);
/// IVA of the border stimulus.
const IVA_BORDER: Decimal = Decimal::from_parts(8, 0, 0, false, 2);
/// Highest withholding of IVA.
const IVA_WITHHELD_LIMIT: Decimal = IVA;
/// Highest withholding of ISR.
const ISR_WITHHELD_LIMIT: Decimal = Decimal::from_parts(35, 0, 0, false, 2);
/// What a company withholds from a person in RESICO.
const ISR_RESICO: Decimal = Decimal::from_parts(125, 0, 0, false, 4);
/// Régimen simplificado de confianza.
const RESICO: &str = "626";

/// Judges the taxes of each line, then those of the document.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    for (idx, line) in case.draft.lines.iter().enumerate() {
        object(case, idx, line, found);
        rates(case, idx, line, found);
        bases(case, idx, line, found);
        twice(idx, line, found);
    }
    border(case, found);
    resico(case, found);
}

fn object(case: &Case, idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    let object = line.tax_object.as_str();
    let at = |field| Path::Line(idx, field);
    let has = |tax: Tax| line.taxes.iter().any(|line_tax| line_tax.tax == tax);
    match object {
        _ if case.catalogs.name(Table::TaxObject, object).is_none() => found
            .push(Finding::new(&table::TAX_OBJECT, at(LineField::TaxObject)).with_found(object)),
        "02" if line.taxes.is_empty() => {
            found.push(Finding::new(&table::TAX_NONE, at(LineField::Taxes)));
        }
        "01" | "03" | "04" | "05" if !line.taxes.is_empty() => found
            .push(Finding::new(&table::TAX_UNWANTED, at(LineField::Taxes)).with("object", object)),
        "06" | "08" => {
            for tax in [Tax::Iva, Tax::Ieps].into_iter().filter(|tax| has(*tax)) {
                found.push(
                    Finding::new(&table::TAX_OBJECT_06, at(LineField::Taxes))
                        .with("object", object)
                        .with("tax", name(tax)),
                );
            }
        }
        "07" => {
            if has(Tax::Iva) {
                found.push(
                    Finding::new(&table::TAX_OBJECT_07_IVA, at(LineField::Taxes))
                        .with("object", object),
                );
            }
            let ieps = |tax: &LineTax| tax.tax == Tax::Ieps && tax.kind == TaxKind::Transfer;
            if !line.taxes.iter().any(ieps) {
                found.push(
                    Finding::new(&table::TAX_OBJECT_07_IEPS, at(LineField::Taxes))
                        .with("object", object),
                );
            }
        }
        _ => {}
    }
}

fn rates(case: &Case, idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    for (position, tax) in line.taxes.iter().enumerate() {
        let at = Path::Tax(idx, position);
        found.extend(match tax.kind {
            TaxKind::Transfer => transfer(case, tax, at),
            TaxKind::Withholding => withholding(case, tax, at),
        });
    }
}

fn transfer(case: &Case, tax: &LineTax, at: Path) -> Option<Finding> {
    match tax.tax {
        Tax::Isr => Some(Finding::new(&table::RATE_TRANSFER_ISR, at)),
        Tax::Iva => {
            let known = match tax.rate {
                TaxRate::Exempt => true,
                TaxRate::Percent(percent) => exact_fraction(percent)
                    .is_some_and(|rate| [IVA, IVA_BORDER, Decimal::ZERO].contains(&rate)),
                TaxRate::PerUnit(_) => false,
            };
            (!known).then(|| {
                Finding::new(&table::RATE_TRANSFER, at)
                    .with("tax", name(tax.tax))
                    .with("found", written(tax.rate))
                    .with(
                        "allowed",
                        Value::Codes(["16 %", "8 %", "0 %"].map(str::to_owned).into()),
                    )
            })
        }
        Tax::Ieps => ieps(
            case,
            tax,
            at,
            &table::RATE_TRANSFER_IEPS,
            &table::RATE_TRANSFER_IEPS_DATED,
        ),
    }
}

fn withholding(case: &Case, tax: &LineTax, at: Path) -> Option<Finding> {
    let highest = match tax.tax {
        _ if tax.rate == TaxRate::Exempt => {
            return Some(Finding::new(&table::WITHHOLDING_EXEMPT, at).with("tax", name(tax.tax)));
        }
        Tax::Ieps => {
            return ieps(
                case,
                tax,
                at,
                &table::RATE_WITHHOLDING_IEPS,
                &table::RATE_WITHHOLDING_IEPS_DATED,
            );
        }
        Tax::Iva => IVA_WITHHELD_LIMIT,
        Tax::Isr => ISR_WITHHELD_LIMIT,
    };
    let inside = match tax.rate {
        TaxRate::Percent(percent) => arithmetic::fraction_of_percent(percent)
            .is_ok_and(|rate| rate >= Decimal::ZERO && rate <= highest),
        TaxRate::PerUnit(_) | TaxRate::Exempt => false,
    };
    (!inside).then(|| {
        Finding::new(&table::RATE_WITHHOLDING, at)
            .with("tax", name(tax.tax))
            .with("found", written(tax.rate))
            .with(
                "highest",
                format!("{} %", (highest * Decimal::ONE_HUNDRED).normalize()),
            )
    })
}

/// IEPS is judged by a table of one fiscal year; on a document of another year it can only warn.
fn ieps(
    case: &Case,
    tax: &LineTax,
    at: Path,
    current: &'static Rule,
    dated: &'static Rule,
) -> Option<Finding> {
    let rates = case.catalogs.ieps();
    let known = match tax.rate {
        TaxRate::Exempt => true,
        TaxRate::Percent(percent) => {
            exact_fraction(percent).is_some_and(|rate| rates.has_rate(tax.kind, rate))
        }
        TaxRate::PerUnit(quota) => rates.has_quota(quota),
    };
    let year = match case.draft.date {
        IssueDate::Day(day) => day.year(),
        IssueDate::Instant(instant) => instant.year(),
        IssueDate::Unreadable => case.now.year(),
    };
    let rule = if year == rates.year() { current } else { dated };
    (!known).then(|| {
        Finding::new(rule, at)
            .with("found", written(tax.rate))
            .with("year", rates.year().to_string())
    })
}

/// Bases that are not positive, once per line and kind. Lines whose numbers are wrong are left to their own
/// findings.
fn bases(case: &Case, idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    let Ok(totals) = &case.totals else { return };
    let positive = |number: Option<Decimal>| number.is_some_and(|number| number > Decimal::ZERO);
    let sound = positive(line.quantity)
        && positive(line.price)
        && line.discount_pct <= Decimal::ONE_HUNDRED;
    let Ok(Some(LineAmounts { taxes, .. })) = arithmetic::line_amounts(line, totals.decimals)
    else {
        return;
    };
    if !sound {
        return;
    }
    for (kind, rule) in [
        (TaxKind::Transfer, &table::BASE_TRANSFER),
        (TaxKind::Withholding, &table::BASE_WITHHOLDING),
    ] {
        let empty = taxes
            .iter()
            .position(|taxed| taxed.tax.kind == kind && taxed.base <= Decimal::ZERO);
        if let Some((position, taxed)) =
            empty.and_then(|position| Some((position, taxes.get(position)?)))
        {
            found.push(
                Finding::new(rule, Path::Tax(idx, position)).with("tax", name(taxed.tax.tax)),
            );
        }
    }
}

/// The same tax twice on a line. IEPS may be owed by rate and by unit at once, as on cigarettes.
fn twice(idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    let per_unit = |tax: &LineTax| matches!(tax.rate, TaxRate::PerUnit(_));
    let same = |a: &LineTax, b: &LineTax| {
        (a.tax, a.kind) == (b.tax, b.kind) && (a.tax != Tax::Ieps || per_unit(a) == per_unit(b))
    };
    for (position, tax) in line.taxes.iter().enumerate() {
        let before = line
            .taxes
            .iter()
            .take(position)
            .filter(|other| same(other, tax))
            .count();
        if before == 1 {
            found.push(
                Finding::new(&table::TAX_TWICE, Path::Tax(idx, position))
                    .with("tax", name(tax.tax)),
            );
        }
    }
}

/// The border stimulus: IVA at 8 %.
fn border(case: &Case, found: &mut Vec<Finding>) {
    let has_iva = |wanted: Decimal| {
        move |line: &DraftLine| {
            line.taxes.iter().position(|tax| {
                (tax.tax, tax.kind) == (Tax::Iva, TaxKind::Transfer)
                    && matches!(tax.rate, TaxRate::Percent(percent) if exact_fraction(percent) == Some(wanted))
            })
        }
    };
    let first = |wanted: Decimal| {
        let has = has_iva(wanted);
        case.draft
            .lines
            .iter()
            .enumerate()
            .find_map(|(idx, line)| has(line).map(|tax| Path::Tax(idx, tax)))
    };
    let Some(at) = first(IVA_BORDER) else { return };
    let zip = case.draft.issuer.zip.as_str();
    if case
        .catalogs
        .zip(zip)
        .is_some_and(|zip| zip.border == Border::None)
    {
        found.push(Finding::new(&table::IVA_BORDER, at.clone()).with("zip", zip));
    }
    if case.knowledge.border_rate_used == Some(false) {
        found.push(Finding::new(&table::IVA_BORDER_FIRST, at.clone()));
    }
    if first(IVA).is_some() {
        found.push(Finding::new(&table::IVA_MIXED, at));
    }
}

/// A person in RESICO who invoices a company. Whether ISR is withheld depends on a mark that only the SAT sees,
/// so either way the bookkeeper is asked.
fn resico(case: &Case, found: &mut Vec<Finding>) {
    let issuer = &case.draft.issuer;
    let applies = case.draft.doc_type == DocType::Income
        && issuer.regime == RESICO
        && rfc::person(&issuer.rfc) == Some(Person::Fisica)
        && case.receiver == Some(Person::Moral);
    if !applies {
        return;
    }
    let mut withheld = case
        .draft
        .lines
        .iter()
        .flat_map(|line| &line.taxes)
        .filter(|tax| (tax.tax, tax.kind) == (Tax::Isr, TaxKind::Withholding));
    let usual = withheld.any(|tax| {
        matches!(tax.rate, TaxRate::Percent(percent) if exact_fraction(percent) == Some(ISR_RESICO))
    });
    let rule = if usual {
        &table::RESICO_WITHHELD
    } else {
        &table::RESICO_MISSING
    };
    found.push(Finding::new(rule, Field::Lines));
}

/// The fraction of a percentage, unrounded: 16.00001 % is not 16 %.
fn exact_fraction(percent: Decimal) -> Option<Decimal> {
    percent
        .checked_div(Decimal::ONE_HUNDRED)
        .map(|fraction| fraction.normalize())
}

/// The tax as the SAT calls it.
fn name(tax: Tax) -> &'static str {
    match tax {
        Tax::Iva => "IVA",
        Tax::Ieps => "IEPS",
        Tax::Isr => "ISR",
    }
}

/// A rate as the draft has it.
fn written(rate: TaxRate) -> String {
    match rate {
        TaxRate::Percent(percent) => format!("{} %", percent.normalize()),
        TaxRate::PerUnit(quota) => quota.normalize().to_string(),
        TaxRate::Exempt => "Exento".to_owned(),
    }
}
