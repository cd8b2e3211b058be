//! Lists as data: what is asked for, and the window of it that is here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::field::Field;
use super::kind::Kind;
use super::money::Money;
use super::record::{Id, Record};
use super::status::Status;
use super::verdict::{Judged, Readiness};

/// Rising or falling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// Which records of a kind, beyond "all".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Read and without a UUID, whatever their balance; not the ones that were not read yet.
    Unstamped,
    /// Something owed although the day has passed.
    Overdue,
    /// Something paid, something left.
    PartiallyPaid,
}

/// What a stamp says about a document, without the folio fiscal itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampIs {
    /// The native record is not here.
    NotRead,
    /// Read, and without a UUID.
    Unstamped,
    /// With a UUID.
    Stamped,
    /// A cancellation is asked for.
    CancelPending,
    /// Cancelled at the SAT.
    Cancelled,
}

/// What somebody narrowed a list to, beyond its [`Filter`]. All of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Only {
    /// As typed, in the language of the search box; empty says nothing.
    pub text: String,
    /// On this status.
    pub status: Option<Status>,
    /// With this stamp.
    pub stamp: Option<StampIs>,
    /// Naming this record: of that customer, on that account.
    pub naming: Option<(Kind, Id)>,
}

impl Only {
    /// Whether it leaves everything in.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a list of so many rows may be shorter than it should be, because it stops at [`MOST_FOUND`].
    pub fn may_leave_out(&self, total: usize) -> bool {
        !self.text.is_empty() && total >= MOST_FOUND
    }

    /// Those that name a record.
    pub fn naming(kind: Kind, id: Id) -> Self {
        Self {
            naming: Some((kind, id)),
            ..Self::default()
        }
    }
}

/// A list that is narrowed by text holds no more than so many rows; it may then be longer than it says.
pub const MOST_FOUND: usize = 10_000;

/// The fields by which a list can be sorted; by any other it stands in the order of its days.
pub fn sorts_by(field: Field) -> bool {
    matches!(
        field,
        Field::Number
            | Field::Name
            | Field::Contact
            | Field::Rfc
            | Field::Code
            | Field::Date
            | Field::DueDate
            | Field::Total
            | Field::Balance
            | Field::Status
    )
}

/// What a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    /// Of which resource.
    pub kind: Kind,
    /// Which of them.
    pub filter: Filter,
    /// By what; ties by id, newest id first.
    pub sort: Field,
    /// Rising or falling.
    pub direction: Direction,
    /// What it is narrowed to.
    #[serde(default)]
    pub only: Only,
}

impl ListQuery {
    /// All records of a kind in the order that its spec calls natural.
    pub fn natural(kind: Kind) -> Self {
        let (sort, direction) = kind.spec().natural_order;
        Self {
            kind,
            filter: Filter::All,
            sort,
            direction,
            only: Only::default(),
        }
    }
}

/// How much of a kind is here, and from when (law 4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Records in the cache.
    pub cached: usize,
    /// How many the server has, where it told or a walk came to its end.
    pub total: Option<usize>,
    /// When the last whole walk ended.
    pub complete_at: Option<Timestamp>,
    /// When anything of this kind was last read.
    pub read_at: Option<Timestamp>,
}

/// A stretch of a list that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Of which list.
    pub query: ListQuery,
    /// Index of the first row in the whole list.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<Record>,
    /// Rows of the whole list in the cache.
    pub total: usize,
    /// How much of the kind is here at all.
    pub coverage: Coverage,
    /// What the fiscal rules say of its unstamped documents. One that is missing here was not judged yet.
    pub judged: BTreeMap<Id, Judged>,
}

impl Window {
    /// The row at this index of the whole list, where it is inside the window.
    pub fn row(&self, idx: usize) -> Option<&Record> {
        idx.checked_sub(self.offset)
            .and_then(|inside| self.rows.get(inside))
    }
}

/// Days after which a document is about to leave the 72 hours, whatever the hour at which it is stamped.
pub const LEAVING_AFTER: i64 = 2;

/// Days after which it has left them, even if it was issued in the last second of its day.
pub const EXPIRED_AFTER: i64 = 4;

/// The numbers of the home page, over what is in the cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// How much of each kind is here.
    pub kinds: Vec<(Kind, Coverage)>,
    /// Invoices that are drafts without a stamp.
    pub drafts_unstamped: usize,
    /// Invoices that are no drafts any more and have no stamp.
    pub open_unstamped: usize,
    /// Unstamped invoices whose day of issue is about to leave the 72 hours.
    pub old_unstamped: usize,
    /// Unstamped invoices whose day of issue has left them: even its last second is too old (SAT matrix CFDI40101).
    pub expired_unstamped: usize,
    /// Invoices whose native record was not read yet: no claim about their stamp.
    pub not_read: usize,
    /// Invoices with something owed after their day.
    pub overdue: usize,
    /// What those owe, in the company's currency.
    pub overdue_balance: Money,
    /// What is owed in all, in the company's currency.
    pub open_balance: Money,
    /// How the unstamped documents stand before the fiscal rules, for each kind that is stamped.
    pub readiness: BTreeMap<Kind, Readiness>,
}

impl Overview {
    /// Leaves an invoice that was read as unstamped out of the unstamped ones, because it may be stamped by now.
    pub fn leave_out(&mut self, invoice: &Record, today: Date) {
        let count = match invoice.status() {
            Status::Draft => &mut self.drafts_unstamped,
            _ => &mut self.open_unstamped,
        };
        *count = count.saturating_sub(1);
        let is_past = |days: i64| {
            let day = invoice.date(Field::Date);
            day.and_then(|day| day.checked_add(days.days()).ok())
                .is_some_and(|limit| limit <= today)
        };
        let aged = if is_past(EXPIRED_AFTER) {
            &mut self.expired_unstamped
        } else if is_past(LEAVING_AFTER) {
            &mut self.old_unstamped
        } else {
            return;
        };
        *aged = aged.saturating_sub(1);
    }
}

/// Why a record was found: which of its values matched what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// Serie and folio.
    Number,
    /// The UUID or a part of it.
    Uuid,
    /// Name of the record or of its contact.
    Name,
    /// RFC.
    Rfc,
    /// The total.
    Total,
    /// The total less tax.
    BeforeTax,
    /// The own code or a key.
    Code,
    /// The day or the period.
    Date,
}

/// A record that was found, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub record: Record,
    /// Which of its values matched, most telling first.
    pub why: Vec<Match>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;

    #[test]
    fn an_invoice_that_may_be_stamped_leaves_the_numbers_that_it_was_counted_in() {
        let today = jiff::civil::date(2026, 6, 10);
        let all = Overview {
            drafts_unstamped: 5,
            open_unstamped: 5,
            old_unstamped: 5,
            expired_unstamped: 5,
            ..Overview::default()
        };
        let numbers = |overview: &Overview| {
            [
                overview.drafts_unstamped,
                overview.open_unstamped,
                overview.old_unstamped,
                overview.expired_unstamped,
            ]
        };
        for (status, day, left) in [
            (Status::Draft, 9, [4, 5, 5, 5]),
            (Status::Draft, 8, [4, 5, 4, 5]),
            (Status::Authorised, 7, [5, 4, 4, 5]),
            (Status::Paid, 6, [5, 4, 5, 4]),
        ] {
            let mut invoice = Record::new(Kind::Invoices, Id::from("1"));
            invoice.set(Field::Status, Value::Status(status));
            let date = jiff::civil::date(2026, 6, day);
            invoice.set(Field::Date, Value::Date(date));
            let mut overview = all.clone();
            overview.leave_out(&invoice, today);
            assert_eq!(numbers(&overview), left, "{status:?} of the {day}th");
        }
    }
}
