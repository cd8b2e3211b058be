//! What can take the place of an invoice that is cancelled for cause 01.
//!
//! Offered are stamped invoices of the same receiver that say so themselves (relation 04), and later ones whose total is
//! near; which of them is right only a person knows. Nothing is taken by itself.

use rust_decimal::Decimal;

use crate::domain::cancellation::Surroundings;
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::relation;
use crate::domain::substitution::{Step, replaces};

use super::super::model::{Layer, Model};

/// Of those that only seem to be it, so many are offered.
const MOST_LIKELY: usize = 3;

/// A wrong price, quantity or customer rarely more than doubles or halves an invoice.
const NEAR: Decimal = Decimal::TWO;

/// One of the rows to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// This stamped invoice takes its place.
    Take(Box<Record>),
    /// This draft will, once it is stamped: to its page.
    GoOn(Box<Record>),
    /// A copy is made, to be corrected and stamped.
    Make,
    /// The replacement that was begun is given up; its draft stays.
    Forget,
}

/// The rows for the dialog on top.
pub fn of(model: &Model) -> Vec<Offer> {
    let Some(Layer::Cancel(dialog)) = model.layers.last() else {
        return Vec::new();
    };
    let Some(around) = &dialog.around else {
        return Vec::new();
    };
    let thread = model.thread_of(&dialog.id);
    let begun = thread.and_then(|thread| {
        let draft = thread.substitute.clone()?;
        matches!(thread.step(), Step::Stamp | Step::Look).then(|| Offer::GoOn(Box::new(draft)))
    });
    let (declared, likely) = candidates(around);
    let take = |record: &Record| Offer::Take(Box::new(record.clone()));
    let mut offers: Vec<Offer> = begun.into_iter().collect();
    offers.extend(declared.into_iter().map(take));
    offers.push(Offer::Make);
    offers.extend(likely.into_iter().map(take));
    if thread.is_some() {
        offers.push(Offer::Forget);
    }
    offers
}

/// The stamped invoices that declare to replace this one, and those that may, the nearest total first.
fn candidates(around: &Surroundings) -> (Vec<&Record>, Vec<&Record>) {
    let old = &around.record;
    let Some(uuid) = old.stamp.uuid() else {
        return (Vec::new(), Vec::new());
    };
    let (declared, others): (Vec<&Record>, Vec<&Record>) = around
        .others
        .iter()
        .partition(|other| replaces(other.text(Field::Related), uuid));
    let mut likely: Vec<(Decimal, &Record)> = others
        .into_iter()
        .filter(|other| is_later(old, other) && !replaces_another(other))
        .filter_map(|other| Some((distance(old, other)?, other)))
        .collect();
    likely.sort_by_key(|(distance, _)| *distance);
    let likely = likely.into_iter().map(|(_, other)| other);
    (declared, likely.take(MOST_LIKELY).collect())
}

/// Whether an invoice replaces some other one already.
fn replaces_another(invoice: &Record) -> bool {
    let mut relations = relation::read(invoice.text(Field::Related)).into_iter();
    relations.any(|one| one.kind == relation::REPLACES)
}

/// Whether an invoice was stamped after another one, or in the same second; a substitute cannot be the older of the two.
fn is_later(old: &Record, other: &Record) -> bool {
    let at = |record: &Record| record.text(Field::StampedAt).to_owned();
    match (at(old), at(other)) {
        (before, after) if !before.is_empty() && !after.is_empty() => after >= before,
        _ => other.date(Field::Date) >= old.date(Field::Date),
    }
}

/// How far the totals are apart; none where they are of different currencies or far apart.
fn distance(old: &Record, other: &Record) -> Option<Decimal> {
    let total = |record: &Record| record.money(Field::Total).map(|total| total.decimal());
    let (before, after) = (total(old)?, total(other)?);
    let near = after <= before.checked_mul(NEAR)? && before <= after.checked_mul(NEAR)?;
    let alike = old.text(Field::Currency) == other.text(Field::Currency);
    (near && alike).then(|| (before - after).abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::kind::Kind;
    use crate::domain::record::Id;
    use crate::domain::stamp::Stamp;

    fn invoice(id: u8, stamped: &str, total: &str) -> Record {
        let mut record = Record::new(Kind::Invoices, Id(id.to_string()));
        let uuid = format!("5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E{id:02}");
        record.stamp = Stamp::Stamped(uuid.parse().expect("a UUID"));
        record.set(Field::StampedAt, Value::Text(stamped.into()));
        record.set(Field::Total, Value::Money(total.parse().expect("money")));
        record
    }

    fn offered(others: Vec<Record>) -> (Vec<String>, Vec<String>) {
        let around = Surroundings {
            record: invoice(1, "2026-05-31T12:00:00", "1160"),
            hanging: Vec::new(),
            all_notes: true,
            tries: 0,
            others,
            substitute: None,
        };
        let ids = |records: Vec<&Record>| records.iter().map(|one| one.id.0.clone()).collect();
        let (declared, likely) = candidates(&around);
        (ids(declared), ids(likely))
    }

    #[test]
    fn what_declares_the_relation_comes_first_whatever_its_total() {
        let mut new = invoice(2, "2026-06-01T12:00:00", "99000");
        let old = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E01";
        new.set(Field::Related, Value::Text(format!("04 {old}")));
        let (declared, likely) = offered(vec![new]);
        assert_eq!((declared, likely), (vec!["2".to_owned()], Vec::new()));
    }

    #[test]
    fn others_are_likely_when_they_are_later_and_near_and_replace_nobody() {
        let mut of_another = invoice(7, "2026-06-01T12:00:00", "1160");
        let other = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E99";
        of_another.set(Field::Related, Value::Text(format!("04 {other}")));
        let mut abroad = invoice(8, "2026-06-01T12:00:00", "1160");
        abroad.set(Field::Currency, Value::Text("USD".into()));
        let (declared, likely) = offered(vec![
            invoice(2, "2026-06-01T12:00:00", "2320"),
            invoice(3, "2026-06-01T12:00:00", "1100"),
            invoice(4, "2026-06-01T12:00:00", "2320.01"),
            invoice(5, "2026-05-30T12:00:00", "1160"),
            invoice(6, "2026-06-01T12:00:00", "579.99"),
            of_another,
            abroad,
        ]);
        assert!(declared.is_empty());
        assert_eq!(likely, ["3", "2"]);
    }
}
