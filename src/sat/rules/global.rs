//! The global invoice to público en general (SAT rules §10).

use super::super::catalogs::small::Table;
use super::super::finding::{Field, Finding, LineField, Path, Value};
use super::{Case, table};
use crate::domain::draft::{DraftLine, GlobalInfo, IssueDate, TaxKind};

/// Two-monthly, which only issuers of régimen 621 may use.
const TWO_MONTHLY: &str = "05";
/// Régimen de incorporación fiscal.
const INCORPORATION: &str = "621";
/// The first of the keys that stand for two months.
const FIRST_PAIR: &str = "13";
/// How many years back the SAT admits; the guide wants no more than one.
const YEARS_BACK: i16 = 5;

/// What the guide asks of a line: the field, the word for the message, and whether a line misses it.
type Part = (LineField, &'static str, fn(&DraftLine) -> bool);

/// Judges the period data, and what the guide wants of the rest.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    match (&case.draft.global_info, case.is_global()) {
        (None, true) => found.push(Finding::new(&table::GLOBAL_MISSING, Field::GlobalInfo)),
        (Some(_), false) => found.push(Finding::new(&table::GLOBAL_STRAY, Field::GlobalInfo)),
        _ => {}
    }
    if let Some(info) = &case.draft.global_info {
        periodicity(case, info, found);
        months(case, info, found);
        year(case, info, found);
    }
    if case.is_global() {
        guide(case, found);
    }
}

fn periodicity(case: &Case, info: &GlobalInfo, found: &mut Vec<Finding>) {
    let at = Field::GlobalPeriodicity;
    let periodicity = info.periodicity.as_str();
    if case
        .catalogs
        .name(Table::Periodicity, periodicity)
        .is_none()
    {
        found.push(Finding::new(&table::GLOBAL_PERIODICITY, at).with_found(periodicity));
    } else if periodicity == TWO_MONTHLY && case.draft.issuer.regime != INCORPORATION {
        found.push(
            Finding::new(&table::GLOBAL_TWO_MONTHLY, at)
                .with("regime", case.draft.issuer.regime.as_str()),
        );
    }
}

fn months(case: &Case, info: &GlobalInfo, found: &mut Vec<Finding>) {
    let months = info.months.as_str();
    let two_monthly = info.periodicity == TWO_MONTHLY;
    let known = case.catalogs.name(Table::Months, months).is_some();
    // All keys have two digits, so that their order as texts is their order as numbers.
    let pair = months >= FIRST_PAIR;
    let rule = match (known, two_monthly, pair) {
        (false, ..) => {
            found.push(Finding::new(&table::GLOBAL_MONTHS, Field::GlobalMonths).with_found(months));
            return;
        }
        (true, true, false) => &table::GLOBAL_MONTHS_PAIR,
        (true, false, true) => &table::GLOBAL_MONTHS_SINGLE,
        (true, true, true) | (true, false, false) => return,
    };
    found.push(Finding::new(rule, Field::GlobalMonths).with("found", months));
}

fn year(case: &Case, info: &GlobalInfo, found: &mut Vec<Finding>) {
    let issued = match case.draft.date {
        IssueDate::Day(day) => day.year(),
        IssueDate::Instant(instant) => instant.year(),
        IssueDate::Unreadable => case.now.year(),
    };
    let year =
        info.year.parse::<i16>().ok().filter(|_| {
            info.year.len() == 4 && info.year.bytes().all(|digit| digit.is_ascii_digit())
        });
    match year {
        Some(year) if (issued - 1..=issued).contains(&year) => {}
        Some(year) if (issued - YEARS_BACK..issued).contains(&year) => found.push(
            Finding::new(&table::GLOBAL_YEAR_OLD, Field::GlobalYear)
                .with("found", info.year.as_str()),
        ),
        _ => found.push(
            Finding::new(&table::GLOBAL_YEAR, Field::GlobalYear)
                .with_found(&info.year)
                .with("expected", issued.to_string()),
        ),
    }
}

/// What the guide wants: each part once, at the first line where it is missed.
fn guide(case: &Case, found: &mut Vec<Finding>) {
    let mut say = |at: Path, part| {
        found.push(Finding::new(&table::GLOBAL_GUIDE, at).with("part", Value::Choice(part)));
    };
    if case.draft.payment_type == "PPD" {
        say(Field::PaymentType.into(), "metodo");
    }
    if case
        .draft
        .terms
        .as_deref()
        .is_some_and(|terms| !terms.trim().is_empty())
    {
        say(Field::Terms.into(), "terms");
    }
    let parts: [Part; 4] = [
        (LineField::ProductKey, "product", |line| {
            line.product_key != "01010101"
        }),
        (LineField::UnitKey, "unit", |line| line.unit_key != "ACT"),
        (LineField::Description, "description", |line| {
            line.description != "Venta"
        }),
        (LineField::Taxes, "withholding", withholds),
    ];
    for (field, part, missed) in parts {
        if let Some(idx) = case.draft.lines.iter().position(missed) {
            say(Path::Line(idx, field), part);
        }
    }
}

fn withholds(line: &DraftLine) -> bool {
    line.taxes
        .iter()
        .any(|tax| tax.kind == TaxKind::Withholding)
}
