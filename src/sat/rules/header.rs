//! Currency, date, terms, export (SAT rules §6).

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use super::super::catalogs::small::Table;
use super::super::finding::{Field, Finding, Value};
use super::super::offer;
use super::{Case, has_decimals_within, table, text_fault};
use crate::domain::draft::IssueDate;

/// How long after its date the PAC still stamps a document.
const WINDOW: SignedDuration = SignedDuration::from_hours(72);
/// From this age on, the time left is worth a word.
const CLOSING: SignedDuration = SignedDuration::from_hours(48);
/// By so much the catalogue's hour may be wrong along the border.
const DOUBT: SignedDuration = SignedDuration::from_hours(1);
/// Decimals of an exchange rate.
const RATE_DECIMALS: u32 = 6;
/// Longest terms that the schema admits.
const TERMS_LIMIT: usize = 1000;
/// How far from the reference a rate may lie: 5 %.
const RATE_TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// Judges the fields at the head of the document.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    currency(case, found);
    date(case, found);
    if let Some(terms) = case
        .draft
        .terms
        .as_deref()
        .filter(|terms| !terms.is_empty())
        && let Some(reason @ ("bar" | "long" | "control")) = text_fault(terms, TERMS_LIMIT)
    {
        found.push(Finding::new(&table::TERMS, Field::Terms).with("reason", Value::Choice(reason)));
    }
    export(case, found);
}

fn currency(case: &Case, found: &mut Vec<Finding>) {
    let currency = case.draft.currency.as_str();
    let rate = case.draft.exchange_rate;
    if case.catalogs.currency_decimals(currency).is_none() {
        found.push(Finding::new(&table::CURRENCY, Field::Currency).with_found(currency));
        return;
    }
    match (currency, rate) {
        _ if offer::currency(currency).is_some() => {
            found.push(Finding::new(&table::CURRENCY_NONE, Field::Currency))
        }
        ("MXN", Some(rate)) if rate != Decimal::ONE => {
            found.push(Finding::new(&table::RATE_MXN, Field::ExchangeRate).with("found", rate));
        }
        ("MXN", _) => {}
        (_, None) => found.push(
            Finding::new(&table::RATE_MISSING, Field::ExchangeRate).with("currency", currency),
        ),
        (_, Some(rate)) => foreign_rate(case, rate, found),
    }
}

fn foreign_rate(case: &Case, rate: Decimal, found: &mut Vec<Finding>) {
    if rate <= Decimal::ZERO || !has_decimals_within(rate, RATE_DECIMALS) {
        found.push(Finding::new(&table::RATE_FORM, Field::ExchangeRate).with("found", rate));
    } else if let Some(reference) = case.knowledge.reference_rate
        && is_far(rate, reference)
    {
        found.push(
            Finding::new(&table::RATE_FAR, Field::ExchangeRate)
                .with("found", rate)
                .with("expected", reference),
        );
    }
}

/// A distance that cannot be computed is far.
fn is_far(rate: Decimal, reference: Decimal) -> bool {
    let distance = rate.checked_sub(reference).map(|distance| distance.abs());
    let tolerance = reference.checked_mul(RATE_TOLERANCE);
    !matches!((distance, tolerance), (Some(distance), Some(tolerance)) if distance <= tolerance)
}

/// The 72 hours. Where only the day is known, Alegra adds the hour: the day is refused when even its last
/// second is too old, or when it has not begun.
fn date(case: &Case, found: &mut Vec<Finding>) {
    let (first, last, shown) = match case.draft.date {
        IssueDate::Unreadable => {
            found.push(Finding::new(&table::DATE, Field::Date));
            return;
        }
        IssueDate::Day(day) => (
            day.to_datetime(Time::MIN),
            day.at(23, 59, 59, 0),
            Value::Day(day),
        ),
        IssueDate::Instant(instant) => (instant, instant, Value::Moment(instant)),
    };
    let doubt = case
        .catalogs
        .zip(&case.draft.issuer.zip)
        .is_some_and(|zip| zip.hour_in_doubt());
    let age = since(last, case.now);
    let ahead = since(case.now, first);
    let rule = if age > WINDOW {
        if doubt && age <= WINDOW + DOUBT {
            &table::DATE_HOUR
        } else {
            &table::DATE_OLD
        }
    } else if ahead > SignedDuration::ZERO {
        if doubt && ahead <= DOUBT {
            &table::DATE_HOUR
        } else {
            &table::DATE_FUTURE
        }
    } else if age >= CLOSING {
        found.push(
            Finding::new(&table::DATE_CLOSING, Field::Date)
                .with("found", shown)
                .with("hours", (WINDOW - age).as_hours()),
        );
        return;
    } else {
        return;
    };
    found.push(Finding::new(rule, Field::Date).with("found", shown));
}

/// The next time on the clock of the issue place at which the clock alone may change what is said of a draft: one of
/// the edges of the 72 hours, or midnight, with which days and years begin.
pub(super) fn next_turn(date: &IssueDate, now: DateTime) -> DateTime {
    let edges = match *date {
        IssueDate::Unreadable => None,
        IssueDate::Day(day) => Some((day.to_datetime(Time::MIN), day.at(23, 59, 59, 0))),
        IssueDate::Instant(instant) => Some((instant, instant)),
    };
    let edges = edges.into_iter().flat_map(|(first, last)| {
        // A limit that is itself still inside ends a moment later.
        let moment = SignedDuration::from_nanos(1);
        [
            first.saturating_sub(DOUBT),
            first,
            last.saturating_add(CLOSING),
            last.saturating_add(WINDOW),
            last.saturating_add(WINDOW + moment),
            last.saturating_add(WINDOW + DOUBT),
            last.saturating_add(WINDOW + DOUBT + moment),
        ]
    });
    let midnight = now
        .date()
        .tomorrow()
        .map_or(DateTime::MAX, |day| day.to_datetime(Time::MIN));
    edges
        .filter(|edge| *edge > now)
        .fold(midnight, DateTime::min)
}

/// Full hours that are left of the 72 for a document of this day; none before it begins and once they are over. Only the
/// day is known, so that they are counted from its last second.
pub fn hours_left(day: Date, now: DateTime) -> Option<i64> {
    let left = WINDOW - since(day.at(23, 59, 59, 0), now);
    let has_begun = day.to_datetime(Time::MIN) <= now;
    (has_begun && left >= SignedDuration::ZERO).then(|| left.as_hours())
}

/// From the first to the second, in civil time; negative where the second comes first.
fn since(first: DateTime, second: DateTime) -> SignedDuration {
    first.duration_until(second)
}

fn export(case: &Case, found: &mut Vec<Finding>) {
    let export = case.draft.exportation.as_str();
    if case.catalogs.name(Table::Exportation, export).is_none() {
        found.push(Finding::new(&table::EXPORT, Field::Exportation).with_found(export));
    } else if export == "02" {
        found.push(Finding::new(&table::EXPORT_A1, Field::Exportation));
    }
}
