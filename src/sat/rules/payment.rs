//! Forma and método of payment (SAT rules §5).

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::catalogs::payment;
use super::super::finding::{Field, Finding, Value};
use super::{Case, table};
use crate::domain::draft::IssueDate;

/// Above it, cash is not deductible for the client (LISR 27-III), in pesos.
const CASH_LIMIT: Decimal = Decimal::from_parts(2000, 0, 0, false, 0);

/// Judges forma, método and what they say together.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    let word = case.draft.payment_method.as_str();
    let code = payment::code(word);
    if code.is_none() {
        let meant = payment::word(word);
        let state = match (word.trim(), meant) {
            ("", _) => "missing",
            (_, Some(_)) => "key",
            (_, None) => "wrong",
        };
        found.push(
            Finding::new(&table::FORMA, Field::PaymentMethod)
                .with_state(state, word)
                .with("expected", meant.unwrap_or_default()),
        );
    }
    if word == payment::DEPOSIT {
        found.push(Finding::new(&table::FORMA_DEPOSIT, Field::PaymentMethod));
    }
    match case.draft.payment_type.as_str() {
        "PPD" => {
            if code.is_some_and(|code| code != payment::TO_BE_DEFINED) {
                found.push(
                    Finding::new(&table::PPD_FORMA, Field::PaymentMethod).with("found", word),
                );
            }
        }
        "PUE" => paid_at_once(case, code, found),
        other => found.push(Finding::new(&table::METODO, Field::PaymentType).with_found(other)),
    }
    if code == Some(payment::CASH)
        && let Some(pesos) = total_in_pesos(case)
        && pesos > CASH_LIMIT
    {
        found.push(
            Finding::new(&table::CASH, Field::PaymentMethod).with("found", Value::Amount(pesos)),
        );
    }
}

fn paid_at_once(case: &Case, code: Option<&str>, found: &mut Vec<Finding>) {
    if code == Some(payment::TO_BE_DEFINED) {
        found.push(Finding::new(&table::PUE_UNDEFINED, Field::PaymentMethod));
    }
    if let (Some(due), Some(issued)) = (case.draft.due_date, issue_day(case.draft.date))
        && (due.year(), due.month()) > (issued.year(), issued.month())
    {
        found.push(Finding::new(&table::PUE_DUE, Field::PaymentType).with("found", due));
    }
}

fn issue_day(date: IssueDate) -> Option<Date> {
    match date {
        IssueDate::Day(day) => Some(day),
        IssueDate::Instant(instant) => Some(instant.date()),
        IssueDate::Unreadable => None,
    }
}

/// Nothing where the rate of a foreign currency is not known.
fn total_in_pesos(case: &Case) -> Option<Decimal> {
    let total = case.total()?;
    if case.draft.currency == "MXN" {
        Some(total)
    } else {
        total.checked_mul(case.draft.exchange_rate?)
    }
}
