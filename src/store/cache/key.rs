//! The key of a row: company, kind, day and sequence in one number, from the most to the least significant bit.
//!
//! What belongs together lies together on disk, and what is asked for most (the newest invoices of a company, those of
//! March, everything of one company) is one range of keys, in the table as well as behind every index.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::domain::kind::Kind;

const SEQUENCE_BITS: u32 = 27;
const DAY_BITS: u32 = 22;
/// Bits of an owner that say the kind; above them is the company.
pub(super) const KIND_BITS: u32 = 4;
const COMPANY_BITS: u32 = 10;

/// Highest number of a company.
pub(super) const LAST_COMPANY: i64 = (1 << COMPANY_BITS) - 1;

/// Sequences from here on are ids that are plain numbers; below are those of all other ids, in the order of arrival.
pub(super) const FIRST_NUMBERED: i64 = 1 << (SEQUENCE_BITS - 1);

const DAY_SHIFT: u32 = SEQUENCE_BITS;
const KIND_SHIFT: u32 = DAY_SHIFT + DAY_BITS;
const COMPANY_SHIFT: u32 = KIND_SHIFT + KIND_BITS;

/// Names a row of the cache. It changes when the record's day does, and is worth nothing in another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(pub(super) i64);

impl RowId {
    pub(super) fn new(owner: i64, day: Option<Date>, sequence: i64) -> Self {
        Self(owner << KIND_SHIFT | day_number(day) << DAY_SHIFT | sequence)
    }

    /// Day and sequence, whatever the kind: the higher is the newer.
    pub(super) fn recency(self) -> i64 {
        self.0 & ((1 << KIND_SHIFT) - 1)
    }

    /// Company and kind.
    pub(super) fn owner(self) -> i64 {
        self.0 >> KIND_SHIFT
    }

    /// The company's number.
    pub(super) fn company(self) -> i64 {
        self.0 >> COMPANY_SHIFT
    }

    pub(super) fn sequence(self) -> i64 {
        self.0 & ((1 << SEQUENCE_BITS) - 1)
    }

    pub(super) fn day_number(self) -> i64 {
        (self.0 >> DAY_SHIFT) & ((1 << DAY_BITS) - 1)
    }
}

/// A kind of a company as one number.
pub(super) fn owner(company: i64, kind: Kind) -> i64 {
    company << KIND_BITS | number_of(kind)
}

/// Which kind an owner speaks of.
pub(super) fn kind_of(owner: i64) -> Option<Kind> {
    let number = owner & ((1 << KIND_BITS) - 1);
    Kind::ALL
        .into_iter()
        .find(|kind| number_of(*kind) == number)
}

/// Days since 0000-01-01, and never 0 for a day that is known: 0 is "no day".
pub(super) fn day_number(day: Option<Date>) -> i64 {
    day.map_or(0, |day| {
        let year = i64::from(day.year()).max(0);
        // 372 days a year keep the order without a calendar.
        1 + year * 372 + i64::from(day.month() - 1) * 31 + i64::from(day.day() - 1)
    })
}

/// The day of a number; `None` for "no day".
pub(super) fn day_of(number: i64) -> Option<Date> {
    let number = number.checked_sub(1)?;
    let part = |n: i64| i8::try_from(n).ok();
    Date::new(
        i16::try_from(number / 372).ok()?,
        part(number % 372 / 31 + 1)?,
        part(number % 31 + 1)?,
    )
    .ok()
}

/// All keys of one company and kind.
pub(super) fn all_of(owner: i64) -> RangeInclusive<i64> {
    let first = owner << KIND_SHIFT;
    first..=first + ((1 << KIND_SHIFT) - 1)
}

/// All keys of one company and kind between two days.
pub(super) fn between(owner: i64, from: Date, to: Date) -> RangeInclusive<i64> {
    let at = |day| owner << KIND_SHIFT | day_number(Some(day)) << DAY_SHIFT;
    at(from)..=at(to) + ((1 << SEQUENCE_BITS) - 1)
}

/// The last key that one company and kind can have on the day of a number.
pub(super) fn last_of_day(owner: i64, day: i64) -> i64 {
    owner << KIND_SHIFT | day << DAY_SHIFT | ((1 << SEQUENCE_BITS) - 1)
}

/// All keys of one company and kind of which no day is known.
pub(super) fn without_day(owner: i64) -> RangeInclusive<i64> {
    let first = owner << KIND_SHIFT;
    first..=first + ((1 << SEQUENCE_BITS) - 1)
}

/// All keys of one company.
pub(super) fn all_of_company(company: i64) -> RangeInclusive<i64> {
    let first = company << COMPANY_SHIFT;
    first..=first + ((1 << COMPANY_SHIFT) - 1)
}

/// The sequence of an id that is a plain number, so that newer ids stand higher.
pub(super) fn sequence_of(id: &str) -> Option<i64> {
    let number: i64 = id.parse().ok()?;
    let canonical = !id.starts_with(['0', '+', '-']) || id == "0";
    (canonical && number < FIRST_NUMBERED).then_some(FIRST_NUMBERED + number)
}

/// Numbers on disk; a kind keeps its number for ever.
fn number_of(kind: Kind) -> i64 {
    match kind {
        Kind::Invoices => 0,
        Kind::CreditNotes => 1,
        Kind::Quotes => 2,
        Kind::Payments => 3,
        Kind::Bills => 4,
        Kind::PurchaseOrders => 5,
        Kind::BillPayments => 6,
        Kind::JournalEntries => 7,
        Kind::Customers => 8,
        Kind::Suppliers => 9,
        Kind::InvoiceItems => 10,
        Kind::LedgerAccounts => 11,
        Kind::TaxRates => 12,
        Kind::BankAccounts => 13,
        Kind::Departments => 14,
        Kind::CompanyInfo => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn newer_days_and_newer_ids_have_higher_keys() {
        let key = |day, id| {
            RowId::new(
                owner(3, Kind::Bills),
                day,
                sequence_of(id).expect("a number"),
            )
        };
        let keys = [
            key(None, "99"),
            key(Some(date(2025, 12, 31)), "5"),
            key(Some(date(2026, 1, 1)), "9"),
            key(Some(date(2026, 1, 1)), "10"),
        ];
        assert!(keys.is_sorted());
        for key in keys {
            assert_eq!(key.company(), 3);
            assert_eq!(kind_of(key.owner()), Some(Kind::Bills));
            assert!(all_of(key.owner()).contains(&key.0));
            assert!(all_of_company(3).contains(&key.0));
            assert!(!all_of_company(2).contains(&key.0));
        }
    }

    #[test]
    fn the_extremes_have_room() {
        let last = RowId::new(
            owner(LAST_COMPANY, Kind::CompanyInfo),
            Some(date(9999, 12, 31)),
            (1 << SEQUENCE_BITS) - 1,
        );
        assert!(last.0 > 0);
        assert_eq!(last.company(), LAST_COMPANY);
        assert!(day_number(Some(date(9999, 12, 31))) < 1 << DAY_BITS);
        let year = owner(1, Kind::Invoices);
        assert!(
            between(year, date(2026, 1, 1), date(2026, 12, 31))
                .contains(&RowId::new(year, Some(date(2026, 12, 31)), (1 << SEQUENCE_BITS) - 1).0)
        );
    }

    #[test]
    fn a_day_comes_back_from_its_number() {
        for day in [
            date(2026, 1, 1),
            date(2026, 12, 31),
            date(2024, 2, 29),
            date(0, 1, 1),
        ] {
            assert_eq!(day_of(day_number(Some(day))), Some(day));
        }
        assert_eq!(day_of(day_number(None)), None);
    }

    #[test]
    fn only_plain_numbers_give_sequences() {
        assert_eq!(sequence_of("7"), Some(FIRST_NUMBERED + 7));
        for id in ["", "07", "+7", "-7", "7a", "99999999999"] {
            assert_eq!(sequence_of(id), None, "{id}");
        }
    }

    #[test]
    fn every_kind_has_a_number_of_its_own() {
        for kind in Kind::ALL {
            assert_eq!(kind_of(owner(1, kind)), Some(kind));
        }
    }
}
