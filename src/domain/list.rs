//! Lists as data: what is asked for, and the window of it that is here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::field::Field;
use super::kind::Kind;
use super::money::Money;
use super::profile::ProfileName;
use super::record::{Id, Record};
use super::status::Status;
use super::verdict::{Judged, Readiness, Verdict};

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
    /// Of those, the ones of this age.
    Aged(Age),
    /// Of those, the ones that are no drafts any more: issued, and without a stamp.
    Issued,
    /// Of those, the ones of which the fiscal rules say this.
    Standing(Standing),
    /// The native record was not read: nobody can say whether they are stamped.
    NotRead,
    /// Something owed.
    Owing,
    /// Something owed although the day has passed.
    Overdue,
    /// Something paid, something left.
    PartiallyPaid,
    /// Stamped, to be paid in parts or later (PPD), and with a payment that has no receipt (REP) yet.
    WithoutReceipt,
}

/// How much of the 72 hours is left to an unstamped document, were it issued in the last second of its day. The hour is
/// added by Alegra, so that only whole days can be judged; a day more and even that last second is too old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Age {
    /// Nothing: the PAC refuses it with this date.
    Expired,
    /// Less than 24 hours.
    LastDay,
    /// 24 to 48 hours.
    TwoDays,
    /// 48 to 72 hours.
    ThreeDays,
}

impl Age {
    /// From the most to the least urgent.
    pub const ALL: [Age; 4] = [Age::Expired, Age::LastDay, Age::TwoDays, Age::ThreeDays];

    /// The age of a document of this day; none for one of today or of a day to come, which has all of its time.
    pub fn of(issued: Date, today: Date) -> Option<Age> {
        Self::ALL.into_iter().find(|age| {
            age.days(today)
                .is_some_and(|(from, to)| from <= issued && issued <= to)
        })
    }

    /// The first and the last day of issue of what has this age today.
    pub fn days(self, today: Date) -> Option<(Date, Date)> {
        let back = |days: i64| today.checked_sub(days.days()).ok();
        let one = |days| back(days).map(|day| (day, day));
        match self {
            Age::Expired => back(EXPIRED_AFTER).map(|last| (Date::ZERO, last)),
            Age::LastDay => one(EXPIRED_AFTER - 1),
            Age::TwoDays => one(EXPIRED_AFTER - 2),
            Age::ThreeDays => one(EXPIRED_AFTER - 3),
        }
    }
}

/// What the fiscal rules say of an unstamped document, or that they have not spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing against it.
    Ready,
    /// Warnings only.
    Warnings,
    /// Errors that bar the stamp.
    Errors,
    /// Not judged, or by what the clock has overtaken.
    Unjudged,
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
    /// Something owed although the day has passed.
    #[serde(default)]
    pub overdue: bool,
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
    /// When the last whole walk began.
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
    /// Until when a receipt of a payment is due (REP), of the rows of which one is missing.
    pub receipts: BTreeMap<Id, Date>,
}

impl Window {
    /// The row at this index of the whole list, where it is inside the window.
    pub fn row(&self, idx: usize) -> Option<&Record> {
        idx.checked_sub(self.offset)
            .and_then(|inside| self.rows.get(inside))
    }
}

/// Days after which a document has left the 72 hours, even if it was issued in the last second of its day (SAT matrix
/// CFDI40101, PAC-401).
pub const EXPIRED_AFTER: i64 = 4;

/// The last day for the receipt (REP) of a payment: the fifth natural day of the month after it.
pub fn receipt_due(paid: Date) -> Option<Date> {
    let next = paid.first_of_month().checked_add(1.month()).ok()?;
    next.checked_add(RECEIPT_DAYS_AFTER_FIRST.days()).ok()
}

/// From the first to the fifth.
const RECEIPT_DAYS_AFTER_FIRST: i64 = 4;

/// The numbers of the home page, over what is in the cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// How much of each kind is here.
    pub kinds: Vec<(Kind, Coverage)>,
    /// The unstamped documents of each kind that is stamped.
    pub unstamped: BTreeMap<Kind, Unstamped>,
    /// Invoices with something owed.
    pub owing: usize,
    /// What is owed in all, in the company's currency.
    pub open_balance: Money,
    /// Invoices with something owed after their day.
    pub overdue: usize,
    /// What those owe, in the company's currency.
    pub overdue_balance: Money,
    /// Payments without a receipt.
    pub receipts: Receipts,
    /// When the day ends at the issue place, and with it what is counted by days; none where nobody told.
    pub until: Option<Timestamp>,
}

/// The unstamped documents of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unstamped {
    /// Drafts.
    pub drafts: usize,
    /// No drafts any more, and without a stamp.
    pub issued: usize,
    /// How many of them are of which age.
    pub ages: BTreeMap<Age, usize>,
    /// How they stand before the fiscal rules.
    pub readiness: Readiness,
    /// Of which the native record was not read yet: no claim about their stamp, and counted nowhere above.
    pub not_read: usize,
}

impl Unstamped {
    /// Leaves a document that was read as unstamped, with this verdict on it, out of all that it was counted in, because
    /// it may be stamped by now.
    pub fn leave_out(&mut self, document: &Record, today: Date, verdict: Option<Verdict>) {
        let count = match document.status() {
            Status::Draft => &mut self.drafts,
            _ => &mut self.issued,
        };
        *count = count.saturating_sub(1);
        let age = document
            .date(Field::Date)
            .and_then(|day| Age::of(day, today));
        if let Some(aged) = age.and_then(|age| self.ages.get_mut(&age)) {
            *aged = aged.saturating_sub(1);
        }
        self.readiness.leave_out(verdict);
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.drafts + self.issued
    }
}

/// Invoices to be paid in parts or later (PPD) that were paid something for which no receipt (REP) was issued.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipts {
    /// How many invoices.
    pub missing: usize,
    /// The day until which the first of the receipts is due.
    pub due: Option<Date>,
    /// Payments of which nobody can say whether they have a receipt, because their native record was not read.
    pub unread: usize,
}

impl Overview {
    /// The unstamped documents of a kind, as far as any are known.
    pub fn unstamped_of(&self, kind: Kind) -> Unstamped {
        self.unstamped.get(&kind).cloned().unwrap_or_default()
    }

    /// How much of a kind is here.
    pub fn coverage_of(&self, kind: Kind) -> Coverage {
        self.kinds
            .iter()
            .find(|(known, _)| *known == kind)
            .map(|(_, coverage)| coverage.clone())
            .unwrap_or_default()
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
    /// Name of a contact that was typed with slips, or of a document's contact.
    Similar,
    /// RFC of a contact that was typed with a slip, or of a document's contact.
    SimilarRfc,
    /// RFC.
    Rfc,
    /// The total.
    Total,
    /// The total less tax.
    BeforeTax,
    /// The total or what it is before tax, nearly.
    Near,
    /// What is left to be paid.
    Balance,
    /// The day by which it has to be paid.
    Due,
    /// The own code or a key.
    Code,
    /// The day or the period.
    Date,
    /// What kind of record it is.
    Kind,
    /// The first axis, and whether it is overdue.
    Status,
    /// The second axis.
    Stamp,
    /// PUE or PPD.
    Policy,
    /// An account that a line, a posting or the payment itself names.
    Account,
}

/// A record that was found, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub record: Record,
    /// Which of its values matched, most telling first.
    pub why: Vec<Match>,
    /// In whose books it is, where other companies were looked through as well; none for those that are open.
    pub books: Option<ProfileName>,
}

/// What hits are like that are all there is: nothing was found as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They have similar names.
    Names,
    /// They have similar RFCs.
    Rfcs,
}

impl Likeness {
    /// Of all these hits; `None` where one of them is what was typed, or there is none.
    pub fn of(hits: &[Hit]) -> Option<Self> {
        let all = |reason: Match| hits.iter().all(|hit| hit.why.contains(&reason));
        let similar =
            |hit: &Hit| hit.why.contains(&Match::Similar) || hit.why.contains(&Match::SimilarRfc);
        match hits {
            [] => None,
            _ if all(Match::SimilarRfc) => Some(Likeness::Rfcs),
            _ => hits.iter().all(similar).then_some(Likeness::Names),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use jiff::civil::date;

    #[test]
    fn an_age_is_what_is_left_of_72_hours_to_the_last_second_of_a_day() {
        let today = date(2026, 3, 31);
        for (issued, age) in [
            (date(2026, 4, 1), None),
            (date(2026, 3, 31), None),
            (date(2026, 3, 30), Some(Age::ThreeDays)),
            (date(2026, 3, 29), Some(Age::TwoDays)),
            (date(2026, 3, 28), Some(Age::LastDay)),
            (date(2026, 3, 27), Some(Age::Expired)),
            (date(2024, 2, 29), Some(Age::Expired)),
        ] {
            assert_eq!(Age::of(issued, today), age, "{issued}");
        }
    }

    #[test]
    fn a_receipt_is_due_on_the_fifth_of_the_month_after_the_payment() {
        for (paid, due) in [
            (date(2026, 3, 1), date(2026, 4, 5)),
            (date(2026, 3, 31), date(2026, 4, 5)),
            (date(2026, 1, 31), date(2026, 2, 5)),
            (date(2026, 12, 5), date(2027, 1, 5)),
        ] {
            assert_eq!(receipt_due(paid), Some(due));
        }
    }

    #[test]
    fn an_invoice_that_may_be_stamped_leaves_the_numbers_that_it_was_counted_in() {
        let today = date(2026, 6, 10);
        let all = Unstamped {
            drafts: 5,
            issued: 5,
            ages: Age::ALL.map(|age| (age, 5)).into(),
            readiness: Readiness {
                ready: 5,
                unjudged: 5,
                ..Readiness::default()
            },
            not_read: 0,
        };
        let numbers = |unstamped: &Unstamped| {
            let readiness = &unstamped.readiness;
            [
                unstamped.drafts,
                unstamped.issued,
                unstamped.ages[&Age::TwoDays],
                unstamped.ages[&Age::Expired],
                readiness.ready,
                readiness.unjudged,
            ]
        };
        let ready = Some(Verdict::Ok);
        for (status, day, verdict, left) in [
            (Status::Draft, 10, ready, [4, 5, 5, 5, 4, 5]),
            (Status::Draft, 8, None, [4, 5, 4, 5, 5, 4]),
            (Status::Authorised, 8, ready, [5, 4, 4, 5, 4, 5]),
            (Status::Paid, 6, None, [5, 4, 5, 4, 5, 4]),
        ] {
            let mut invoice = Record::new(Kind::Invoices, Id::from("1"));
            invoice.set(Field::Status, Value::Status(status));
            let date = date(2026, 6, day);
            invoice.set(Field::Date, Value::Date(date));
            let mut unstamped = all.clone();
            unstamped.leave_out(&invoice, today, verdict);
            assert_eq!(numbers(&unstamped), left, "{status:?} of the {day}th");
        }
    }
}
