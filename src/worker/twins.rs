//! Finding the record that a create may have made: among what is newer than the newest records before it was sent.

use std::collections::BTreeSet;

use crate::api::{ApiError, Books, Fetched};
use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::intent::{Candidate, Intent, ROUNDING_CENTS};
use crate::domain::kind::Kind;
use crate::domain::record::{Allocation, Id, Line, Link, Posting, Record, Side};
use crate::store::durable::Rivals;

/// So many of the newest records are remembered before a create is sent.
const REMEMBERED: usize = 30;

/// How many of the newest records are looked through, one step after the other, until one is met that was there before.
const DEPTHS: [usize; 3] = [REMEMBERED, 300, 3000];

/// What looking for the record of a create found.
pub enum Twins {
    /// None of the records made since could be it.
    None,
    /// Exactly one could be it.
    One(Box<Fetched>),
    /// Several could be it, or one of which too little is known: a person decides.
    /// Where so many were made since that not all could be looked through, those that were, perhaps none.
    Doubtful(Vec<Candidate>),
}

/// The ids of the newest records of a kind, to be remembered before a create is sent.
pub async fn baseline<B: Books + 'static>(books: &B, kind: Kind) -> Result<Vec<Id>, ApiError> {
    let newest = books.newest(kind, REMEMBERED).await?;
    Ok(newest.into_iter().map(|row| row.record.id).collect())
}

/// Looks for the record of a create. One that is known to be of another create is none of its twins; and while another
/// create that could have made the same is open too, a person decides which of them it is.
pub async fn find<B: Books + 'static>(
    books: &B,
    intent: &Intent,
    rivals: &Rivals,
) -> Result<Twins, ApiError> {
    let is_contested = rivals.open.iter().any(|other| is_alike(other, intent));
    let twins = look_through(books, intent, &rivals.taken).await?;
    Ok(match twins {
        Twins::One(row) if is_contested => Twins::Doubtful(vec![Candidate::of(&row.record)]),
        twins => twins,
    })
}

/// Whether two creates could have made the same record.
fn is_alike(one: &Intent, other: &Intent) -> bool {
    let Some(edit) = one.act.makes() else {
        return false;
    };
    let mut record = Record::new(edit.kind, Id(String::new()));
    for (field, value) in &edit.values {
        record.set_some(*field, value.clone());
    }
    if let (Some(lines), Some(total)) = (&edit.lines, one.snapshot.total) {
        record.lines.clone_from(lines);
        record.set(Field::Total, Value::Money(total));
    }
    record.allocations = edit.allocations.clone().unwrap_or_default();
    record.postings = edit.postings.clone().unwrap_or_default();
    likeness(&record, other) != Likeness::Other
}

async fn look_through<B: Books + 'static>(
    books: &B,
    intent: &Intent,
    taken: &BTreeSet<Id>,
) -> Result<Twins, ApiError> {
    let mut newest = Vec::new();
    for depth in DEPTHS {
        newest = books.newest(intent.kind, depth).await?;
        let is_whole = newest.len() < depth
            || newest
                .iter()
                .any(|row| intent.baseline.contains(&row.record.id));
        if is_whole {
            return Ok(among(newest, intent, taken));
        }
    }
    Ok(match among(newest, intent, taken) {
        Twins::None => Twins::Doubtful(Vec::new()),
        Twins::One(row) => Twins::Doubtful(vec![Candidate::of(&row.record)]),
        doubtful => doubtful,
    })
}

fn among(newest: Vec<Fetched>, intent: &Intent, taken: &BTreeSet<Id>) -> Twins {
    let mut sure = Vec::new();
    let mut doubtful = Vec::new();
    for row in newest {
        if intent.baseline.contains(&row.record.id) || taken.contains(&row.record.id) {
            continue;
        }
        match likeness(&row.record, intent) {
            Likeness::Other => {}
            Likeness::Same => sure.push(row),
            Likeness::Unsure => doubtful.push(Candidate::of(&row.record)),
        }
    }
    match (sure.len(), doubtful.len()) {
        (0, 0) => Twins::None,
        (1, 0) => sure
            .pop()
            .map_or(Twins::None, |row| Twins::One(Box::new(row))),
        _ => {
            doubtful.extend(sure.iter().map(|row| Candidate::of(&row.record)));
            Twins::Doubtful(doubtful)
        }
    }
}

/// Whether a record that an answer named could be the one that was asked for.
pub fn could_be(record: &Record, intent: &Intent) -> bool {
    likeness(record, intent) != Likeness::Other
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    Other,
    Same,
    Unsure,
}

/// The values by which a record of a kind is known again, besides its total, lines, allocations and postings. Those
/// that the server makes, shortens or completes by itself are not among them.
fn telling(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Invoices | Kind::CreditNotes | Kind::Quotes => &[Field::Contact, Field::Date],
        Kind::Bills => &[Field::Contact, Field::Date, Field::Number],
        Kind::PurchaseOrders => &[Field::Contact, Field::Date, Field::DeliveryDate],
        Kind::Payments | Kind::BillPayments => &[
            Field::Contact,
            Field::Date,
            Field::Total,
            Field::BankAccount,
            Field::PaymentMethod,
        ],
        Kind::JournalEntries => &[Field::Date, Field::Name],
        Kind::Customers | Kind::Suppliers => &[Field::Name, Field::Rfc],
        Kind::InvoiceItems => &[Field::Name, Field::Code, Field::UnitPrice],
        Kind::LedgerAccounts => &[Field::Parent, Field::Name, Field::Code],
        Kind::TaxRates => &[Field::Name, Field::TaxType, Field::Rate],
        Kind::BankAccounts => &[Field::Name, Field::AccountType, Field::AccountNumber],
        Kind::Departments => &[Field::Name, Field::Code],
        Kind::CompanyInfo => &[],
    }
}

/// Whether a record could be the one that was asked for. What one side does not know leaves it unsure, never the same.
fn likeness(record: &Record, intent: &Intent) -> Likeness {
    let Some(edit) = intent.act.makes() else {
        return Likeness::Other;
    };
    let values = telling(intent.kind).iter().map(|field| {
        let asked = edit.values.get(field).and_then(Option::as_ref);
        same_value(asked, record.get(*field))
    });
    let rows = [
        same_total(intent, record),
        same_lines(edit, record),
        same_allocations(edit, record),
        same_postings(edit, record),
    ];
    let mut likeness = Likeness::Same;
    for same in values.chain(rows) {
        match same {
            Some(true) => {}
            Some(false) => return Likeness::Other,
            None => likeness = Likeness::Unsure,
        }
    }
    likeness
}

/// Whether a value is the one that was asked for; nothing where the record does not tell. What was not asked for the
/// server may have filled in as it likes.
fn same_value(asked: Option<&Value>, told: Option<&Value>) -> Option<bool> {
    let Some(asked) = asked else {
        return Some(true);
    };
    Some(match (asked, told?) {
        (Value::Link(asked), Value::Link(told)) => asked.id == told.id,
        (Value::Text(asked), Value::Text(told)) => asked.trim() == told.trim(),
        (asked, told) => asked == told,
    })
}

/// Whether two totals are the same but for ten cents, because the server may round otherwise. Only the totals of lines
/// are reckoned; that of a payment is asked for and compared as it is.
fn same_total(intent: &Intent, record: &Record) -> Option<bool> {
    let (Some(edit), Some(asked)) = (intent.act.makes(), intent.snapshot.total) else {
        return Some(true);
    };
    if edit.lines.is_none() {
        return Some(true);
    }
    let told = record.money(Field::Total)?;
    let (more, less) = (asked.max(told), asked.min(told));
    let cents = (more - less).cents();
    Some(cents.is_some_and(|cents| cents <= ROUNDING_CENTS))
}

/// Whether the same items or accounts stand there in the same quantities; nothing where lines are unknown.
fn same_lines(edit: &Edit, record: &Record) -> Option<bool> {
    let id = |link: &Option<Link>| link.as_ref().map(|link| link.id.clone());
    let what = |line: &Line| (id(&line.item), id(&line.account), line.quantity);
    same_rows(edit.lines.as_deref(), &record.lines, what)
}

/// Whether it goes to the same documents with the same amounts.
fn same_allocations(edit: &Edit, record: &Record) -> Option<bool> {
    let what = |allocation: &Allocation| {
        let document = allocation.document.as_ref();
        (document.map(|link| link.id.clone()), allocation.amount)
    };
    same_rows(edit.allocations.as_deref(), &record.allocations, what)
}

/// Whether the same accounts are debited and credited with the same amounts.
fn same_postings(edit: &Edit, record: &Record) -> Option<bool> {
    let what = |posting: &Posting| {
        let account = posting.account.as_ref();
        (
            account.map(|link| link.id.clone()),
            posting.side == Some(Side::Debit),
            posting.amount,
        )
    };
    same_rows(edit.postings.as_deref(), &record.postings, what)
}

/// In whatever order: nobody promises to keep it, and a payment that is not known again would be made twice.
fn same_rows<Row, What: Ord>(
    asked: Option<&[Row]>,
    told: &[Row],
    what: impl Fn(&Row) -> What,
) -> Option<bool> {
    let asked = asked.unwrap_or_default();
    if asked.is_empty() {
        return Some(true);
    }
    if told.is_empty() {
        return None;
    }
    let sorted = |rows: &[Row]| {
        let mut rows: Vec<What> = rows.iter().map(&what).collect();
        rows.sort();
        rows
    };
    Some(sorted(asked) == sorted(told))
}

#[cfg(test)]
mod tests;
