//! The order of what was found: what tells most first, then what is newest.

use std::cmp::{Ordering, Reverse};

use jiff::civil::Date;

use crate::domain::kind::Kind;
use crate::domain::list::Match;

/// How much a match tells about what was meant; smaller tells more.
///
/// A folio that is typed is nearly always meant as one, and a UUID cannot be typed by chance; a period only narrows.
pub fn weight(reason: Match) -> u8 {
    match reason {
        Match::Number => 0,
        Match::Uuid => 1,
        Match::Rfc => 2,
        Match::Total => 3,
        Match::BeforeTax => 4,
        Match::Near => 5,
        Match::Code => 6,
        Match::Name | Match::Account => 7,
        Match::Similar | Match::SimilarRfc => 8,
        Match::Date | Match::Balance | Match::Due => 9,
        Match::Kind | Match::Status | Match::Stamp | Match::Policy => 10,
    }
}

/// Kinds in the order in which a number or an amount is likely to mean them: a document before what was paid on it,
/// which is nearly always over the same amount.
pub fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Invoices => 0,
        Kind::CreditNotes | Kind::Quotes | Kind::Bills | Kind::PurchaseOrders => 1,
        Kind::Payments | Kind::BillPayments | Kind::JournalEntries => 2,
        _ => 3,
    }
}

/// Where a hit stands among the others; the least stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How many slips were forgiven; what was typed right stands before all that was not.
    pub slips: u8,
    /// Weight of the most telling match.
    pub weight: u8,
    /// Rank of the kind, where the match says nothing about what was meant.
    pub rank: u8,
    /// The day of the document; what has no day stands after what has one.
    pub day: Option<Date>,
    /// Within a day, the higher is the newer.
    pub sequence: i64,
    /// Rank of the kind, for two that all else leaves equal: the document before what was paid on it.
    pub kind: u8,
}

impl Standing {
    /// The standing of a hit that was found for these reasons.
    pub fn new(why: &[Match], kind: Option<Kind>, day: Option<Date>, sequence: i64) -> Self {
        let weight = why.iter().copied().map(weight).min().unwrap_or(u8::MAX);
        let says_no_kind = why.iter().any(|reason| {
            matches!(
                reason,
                Match::Number | Match::Total | Match::BeforeTax | Match::Near
            )
        });
        Self {
            slips: 0,
            weight,
            rank: kind.filter(|_| says_no_kind).map_or(0, rank),
            day,
            sequence,
            kind: kind.map_or(u8::MAX, rank),
        }
    }

    /// The same behind what was typed right. Of what was not, the contacts stand first and their documents behind them:
    /// which of them was meant is not known.
    pub fn after_slips(self, slips: u8) -> Self {
        match slips {
            0 => self,
            slips => Self {
                slips,
                rank: u8::from(self.day.is_some()),
                ..self
            },
        }
    }
}

impl Ord for Standing {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = |s: &Self| {
            let newest = (Reverse(s.day), Reverse(s.sequence), s.kind);
            match s.slips {
                0 => (0, s.weight, s.rank, newest),
                slips => (1, s.rank, slips, newest),
            }
        };
        order(self).cmp(&order(other))
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_tells_most_stands_first_and_then_what_is_newest() {
        let folio = Standing::new(&[Match::Number], None, Some(date(2025, 1, 1)), 1);
        let total = Standing::new(
            &[Match::Date, Match::Total],
            None,
            Some(date(2026, 3, 1)),
            2,
        );
        let newer = Standing::new(&[Match::Total], None, Some(date(2026, 3, 2)), 3);
        let same_day = Standing::new(&[Match::Total], None, Some(date(2026, 3, 2)), 4);
        let undated = Standing::new(&[Match::Total], None, None, 9);
        let untaxed = Standing::new(&[Match::BeforeTax], None, Some(date(2026, 4, 1)), 5);
        let mut all = [untaxed, total, undated, newer, same_day, folio];
        all.sort_unstable();
        assert_eq!(all, [folio, same_day, newer, total, undated, untaxed]);
    }

    #[test]
    fn what_was_typed_with_slips_stands_behind_and_of_it_the_contacts_first() {
        let of = |day, slips| Standing::new(&[Match::Similar], None, day, 1).after_slips(slips);
        let exact = Standing::new(&[Match::Kind], None, None, 1);
        let contact = of(None, 1);
        let farther = of(None, 2);
        let newest = of(Some(date(2026, 5, 1)), 1);
        let older = of(Some(date(2026, 4, 1)), 1);
        let guessed = of(Some(date(2026, 5, 2)), 2);
        let mut all = [guessed, older, newest, farther, contact, exact];
        all.sort_unstable();
        assert_eq!(all, [exact, contact, farther, newest, older, guessed]);
    }

    #[test]
    fn of_one_amount_the_invoice_stands_before_what_was_paid_on_it() {
        let of = |kind, why, day| Standing::new(&[why], Some(kind), Some(date(2026, 3, day)), 1);
        let invoice = of(Kind::Invoices, Match::Total, 1);
        let bill = of(Kind::Bills, Match::Total, 30);
        let payment = of(Kind::Payments, Match::Total, 31);
        assert!(invoice < bill && bill < payment);
        // A name says who is meant; then what is newest counts.
        let invoice = of(Kind::Invoices, Match::Name, 1);
        assert!(of(Kind::Payments, Match::Name, 31) < invoice);
    }
}
