//! Totals: their size, and their likeness to those of the server (SAT rules §9).

use rust_decimal::Decimal;

use super::super::finding::{Field, Finding, LineField, Path, Value};
use super::{Case, table};

/// Judges the sums of the document.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    match &case.totals {
        Err(overflow) => {
            let at = overflow.line.map_or(Path::Field(Field::Lines), |line| {
                Path::Line(line, LineField::Price)
            });
            found.push(Finding::new(&table::OVERFLOW, at));
        }
        Ok(_) => {
            let Some(total) = case.total().filter(|_| !case.draft.lines.is_empty()) else {
                return;
            };
            if total.is_zero() {
                found.push(Finding::new(&table::TOTAL_ZERO, Field::Lines));
            }
            server(case, total, found);
        }
    }
}

/// Alegra computes the totals that it stamps. A cent a line may come from rounding each line.
fn server(case: &Case, total: Decimal, found: &mut Vec<Finding>) {
    let (Some(server), Ok(totals)) = (case.draft.server_total, &case.totals) else {
        return;
    };
    if server == total {
        return;
    }
    let lines = i64::try_from(case.draft.lines.len()).unwrap_or(i64::MAX);
    let tolerance = Decimal::try_new(lines, totals.decimals).unwrap_or_default();
    let near = server
        .checked_sub(total)
        .is_some_and(|distance| distance.abs() <= tolerance);
    let rule = if near {
        &table::TOTAL_NEAR
    } else {
        &table::TOTAL
    };
    found.push(
        Finding::new(rule, Field::ServerTotal)
            .with("found", Value::Amount(server))
            .with("expected", Value::Amount(total)),
    );
}
