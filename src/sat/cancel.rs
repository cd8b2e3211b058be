//! What the SAT asks of a cancellation (SAT rules §11).
//!
//! Judges a request before it leaves. Whether the receiver accepts, only the SAT can say.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::rfc;
use crate::domain::cancellation::Cause;
use crate::domain::draft::DocType;
use crate::domain::stamp::Uuid;

/// Up to this total, in pesos, the receiver is not asked (RMF 2.7.1.35).
const SMALL_TOTAL: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);

/// Why a cancellation must not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Objection {
    /// Cause 01 names the UUID of the replacement.
    ReplacementMissing,
    /// The replacement is no stamped document that is known: stamp it first, with relation 04.
    ReplacementUnknown,
    /// A document does not replace itself.
    ReplacementIsItself,
    /// Only cause 01 names a replacement.
    ReplacementUnwanted,
}

impl Objection {
    /// All of them.
    pub const ALL: [Objection; 4] = [
        Objection::ReplacementMissing,
        Objection::ReplacementUnknown,
        Objection::ReplacementIsItself,
        Objection::ReplacementUnwanted,
    ];

    /// The key of its words; its attribute `hint` says what to do.
    pub fn words_key(self) -> &'static str {
        match self {
            Objection::ReplacementMissing => "objection-replacement-missing",
            Objection::ReplacementUnknown => "objection-replacement-unknown",
            Objection::ReplacementIsItself => "objection-replacement-is-itself",
            Objection::ReplacementUnwanted => "objection-replacement-unwanted",
        }
    }
}

/// What can be said against cancelling the document of this UUID for this cause.
///
/// `is_stamped` answers whether a UUID is that of a live, stamped document of the company.
pub fn judge(
    own: &Uuid,
    cause: Cause,
    replacement: Option<&Uuid>,
    is_stamped: impl FnOnce(&Uuid) -> bool,
) -> Option<Objection> {
    match (cause, replacement) {
        (Cause::Replaced, None) => Some(Objection::ReplacementMissing),
        (Cause::Replaced, Some(other)) if other == own => Some(Objection::ReplacementIsItself),
        (Cause::Replaced, Some(other)) if !is_stamped(other) => Some(Objection::ReplacementUnknown),
        (Cause::Replaced, Some(_)) | (_, None) => None,
        (_, Some(_)) => Some(Objection::ReplacementUnwanted),
    }
}

/// What decides whether the receiver is asked.
#[derive(Clone, Copy, Debug)]
pub struct Cancelled<'a> {
    /// Invoice or credit note.
    pub doc_type: DocType,
    /// RFC of the receiver.
    pub receiver: &'a str,
    /// Total in pesos; nothing where it is not known.
    pub pesos: Option<Decimal>,
    /// Day of issue.
    pub issued: Date,
}

/// Whether the receiver may have to accept: the rule, less the exceptions that can be seen from here.
///
/// The exception of the next working day is judged without holidays, so on the safe side.
pub fn may_need_acceptance(cancelled: Cancelled, today: Date) -> bool {
    let small = cancelled.pesos.is_some_and(|pesos| pesos <= SMALL_TOTAL);
    cancelled.doc_type != DocType::Credit
        && !rfc::is_generic(cancelled.receiver)
        && !small
        && today > next_working_day(cancelled.issued)
}

/// The first day from Monday to Friday after this one.
fn next_working_day(day: Date) -> Date {
    use jiff::civil::Weekday::{Saturday, Sunday};
    let mut next = day;
    loop {
        // At the end of the calendar there is no next day; the day itself is the safe answer.
        let Ok(tomorrow) = next.tomorrow() else {
            return day;
        };
        next = tomorrow;
        if !matches!(next.weekday(), Saturday | Sunday) {
            return next;
        }
    }
}

/// Last day to cancel a document of this year: the month in which the annual return is due.
pub fn deadline(issued: Date, issuer: rfc::Person) -> Option<Date> {
    let (month, day) = match issuer {
        rfc::Person::Moral => (3, 31),
        rfc::Person::Fisica => (4, 30),
    };
    Date::new(issued.year().checked_add(1)?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn uuid(last: char) -> Uuid {
        format!("5FB2822E-396D-4725-8521-CDC4BDD20CC{last}")
            .parse()
            .expect("a UUID")
    }

    #[test]
    fn each_objection_has_its_own_words() {
        let keys = Objection::ALL.map(Objection::words_key);
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
        assert!(keys.iter().all(|key| key.starts_with("objection-")));
    }

    #[test]
    fn only_cause_01_names_a_replacement_and_it_must_be_stamped() {
        let own = uuid('A');
        let (other, unknown) = (uuid('B'), uuid('C'));
        for (cause, replacement, expected) in [
            (Cause::Replaced, Some(&other), None),
            (Cause::Replaced, None, Some(Objection::ReplacementMissing)),
            (
                Cause::Replaced,
                Some(&own),
                Some(Objection::ReplacementIsItself),
            ),
            (
                Cause::Replaced,
                Some(&unknown),
                Some(Objection::ReplacementUnknown),
            ),
            (Cause::Errors, None, None),
            (
                Cause::NotDone,
                Some(&other),
                Some(Objection::ReplacementUnwanted),
            ),
        ] {
            let found = judge(&own, cause, replacement, |uuid| *uuid == other);
            assert_eq!(found, expected, "{cause:?}");
        }
    }

    #[test]
    fn the_receiver_is_asked_but_for_the_exceptions() {
        let invoice = Cancelled {
            doc_type: DocType::Income,
            receiver: "URE180429TM6",
            pesos: Some(Decimal::from(1001)),
            // A Friday.
            issued: date(2026, 3, 13),
        };
        let later = date(2026, 3, 17);
        assert!(may_need_acceptance(invoice, later));
        for exception in [
            Cancelled {
                doc_type: DocType::Credit,
                ..invoice
            },
            Cancelled {
                receiver: rfc::GENERIC_FOREIGN,
                ..invoice
            },
            Cancelled {
                pesos: Some(Decimal::from(1000)),
                ..invoice
            },
        ] {
            assert!(!may_need_acceptance(exception, later), "{exception:?}");
        }
        assert!(!may_need_acceptance(invoice, date(2026, 3, 16)));
        let unknown = Cancelled {
            pesos: None,
            ..invoice
        };
        assert!(may_need_acceptance(unknown, later));
    }

    #[test]
    fn the_deadline_is_that_of_the_annual_return() {
        let issued = date(2026, 12, 31);
        assert_eq!(
            deadline(issued, rfc::Person::Moral),
            Some(date(2027, 3, 31))
        );
        assert_eq!(
            deadline(issued, rfc::Person::Fisica),
            Some(date(2027, 4, 30))
        );
        assert_eq!(deadline(date(9999, 1, 1), rfc::Person::Moral), None);
    }
}
