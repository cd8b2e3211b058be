//! One row of a kind as last read: its values, its lines, allocations or postings, its stamp.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::field::{Field, Value};
use super::kind::Kind;
use super::money::Money;
use super::stamp::Stamp;
use super::status::Status;

/// The server's id of a record: an opaque text, unique within kind and company.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub String);

impl Id {
    /// The id as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Another record, with the name that it had when this was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Which one.
    pub id: Id,
    /// For people; empty when the server did not tell.
    pub name: String,
}

/// A line (partida) of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The catalogue item it bills.
    pub item: Option<Link>,
    /// The expense account, on purchases only.
    pub account: Option<Link>,
    /// Descripción.
    pub description: String,
    /// Cantidad.
    pub quantity: Option<Decimal>,
    /// Unit price before discount and taxes.
    pub price: Option<Money>,
    /// Percent of quantity × price.
    pub discount_pct: Option<Decimal>,
    /// The tax rates on it, as records of [`Kind::TaxRates`].
    pub taxes: Vec<Link>,
    /// Total of the line as the server computed it.
    pub total: Option<Money>,
    /// SAT unit key; only the native record tells.
    pub unit: Option<String>,
    /// SAT product key; only the native record tells.
    pub product_key: Option<String>,
    /// The cost centre of this line alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<Link>,
    /// Of a bill: the purchase order that this line was ordered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Link>,
}

/// How much of a payment or credit went to which document. Seen from the document: which payment gave how much.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The record at the other end, with its number where it was told.
    pub document: Option<Link>,
    /// Of which resource that is; none for a word that this program does not know.
    pub kind: Option<Kind>,
    /// The amount, in the currency of the payment.
    pub amount: Option<Money>,
}

/// The two sides of a póliza.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Cargo.
    Debit,
    /// Abono.
    Credit,
}

/// A line of a journal entry (movimiento de póliza).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The ledger account; a header account takes none.
    pub account: Option<Link>,
    /// Debit or credit.
    pub side: Option<Side>,
    /// The amount, never with a sign of its own: the side is the sign.
    pub amount: Option<Money>,
    /// Concepto.
    pub description: String,
    /// The customer that it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Link>,
    /// The supplier that it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Link>,
    /// Its cost centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<Link>,
}

/// One row of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Of which resource.
    pub kind: Kind,
    /// The server's id; does not change on stamping (contract 1.31).
    pub id: Id,
    values: BTreeMap<Field, Value>,
    /// Partidas; empty for kinds without lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Of payments and credit notes: the documents they went to. Of invoices and bills: the payments that came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocations: Vec<Allocation>,
    /// Debits and credits of a journal entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postings: Vec<Posting>,
    /// The taxes that an item is usually billed with, as records of [`Kind::TaxRates`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usual_taxes: Vec<Link>,
    /// The second axis; of a payment that of its receipt (REP). Stays [`Stamp::NotRead`] on kinds that the SAT never
    /// stamps.
    #[serde(default)]
    pub stamp: Stamp,
    /// Whether the native record was read, so that an absent fiscal field is really absent.
    #[serde(default)]
    pub native_read: bool,
}

impl Record {
    /// A record about which only kind and id are known.
    pub fn new(kind: Kind, id: Id) -> Self {
        Self {
            kind,
            id,
            values: BTreeMap::new(),
            lines: Vec::new(),
            allocations: Vec::new(),
            postings: Vec::new(),
            usual_taxes: Vec::new(),
            stamp: Stamp::NotRead,
            native_read: false,
        }
    }

    /// Sets a value. One whose shape is not the field's is dropped, so that a field always holds what it says.
    pub fn set(&mut self, field: Field, value: Value) {
        if value.shape() == field.shape() {
            self.values.insert(field, value);
        }
    }

    /// Sets a value where there is one, and leaves the record alone otherwise.
    pub fn set_some(&mut self, field: Field, value: Option<Value>) {
        if let Some(value) = value {
            self.set(field, value);
        }
    }

    /// Forgets a value.
    pub fn unset(&mut self, field: Field) {
        self.values.remove(&field);
    }

    /// The value of a field, where known.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.values.get(&field)
    }

    /// All that is known, in the order of the fields.
    pub fn values(&self) -> impl Iterator<Item = (Field, &Value)> {
        self.values.iter().map(|(field, value)| (*field, value))
    }

    /// A text; empty when unknown.
    pub fn text(&self, field: Field) -> &str {
        match self.get(field) {
            Some(Value::Text(text)) => text,
            Some(Value::Link(link)) => &link.name,
            _ => "",
        }
    }

    /// An amount, where known.
    pub fn money(&self, field: Field) -> Option<Money> {
        match self.get(field) {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// A number, where known.
    pub fn number(&self, field: Field) -> Option<Decimal> {
        match self.get(field) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A day, where known.
    pub fn date(&self, field: Field) -> Option<Date> {
        match self.get(field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// A moment, where known.
    pub fn instant(&self, field: Field) -> Option<Timestamp> {
        match self.get(field) {
            Some(Value::Instant(instant)) => Some(*instant),
            _ => None,
        }
    }

    /// A flag; unknown is `false`.
    pub fn flag(&self, field: Field) -> bool {
        matches!(self.get(field), Some(Value::Flag(true)))
    }

    /// A link to another record, where known.
    pub fn link(&self, field: Field) -> Option<&Link> {
        match self.get(field) {
            Some(Value::Link(link)) => Some(link),
            _ => None,
        }
    }

    /// The first axis; [`Status::Unknown`] when nothing was told.
    pub fn status(&self) -> Status {
        match self.get(Field::Status) {
            Some(Value::Status(status)) => *status,
            _ => Status::Unknown,
        }
    }

    /// The document as the server keeps it under this id when its stamp was refused: an invoice is a draft then (contract
    /// A.4), and is called so.
    pub fn kept_unstamped(mut self, id: Id) -> Self {
        self.id = id;
        if self.kind == Kind::Invoices {
            self.set(Field::Status, Value::Status(Status::Draft));
        }
        self
    }

    /// Whether something is still owed although the day has passed (vencida). Ours, not the server's.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.status().is_open()
            && self
                .money(Field::Balance)
                .is_none_or(|balance| balance > Money::ZERO)
            && self.date(Field::DueDate).is_some_and(|due| due < today)
    }

    /// Whether it may be edited and deleted: drafts, and whatever the SAT never stamps (contract 1.3, 1.26).
    pub fn is_immutable(&self) -> bool {
        self.kind.is_stamped() && (self.stamp.uuid().is_some() || self.status() == Status::Voided)
    }

    /// Serie and folio, or the name; what a person would call it. Empty for a draft without number.
    pub fn title(&self) -> &str {
        match self.text(Field::Number) {
            "" => self.text(Field::Name),
            number => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_shape_is_not_kept() {
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        record.set(Field::Total, Value::Text("1160".into()));
        assert_eq!(record.get(Field::Total), None);
        record.set(Field::Total, Value::Money(Money::ZERO));
        assert_eq!(record.money(Field::Total), Some(Money::ZERO));
    }

    #[test]
    fn what_is_paid_is_never_overdue() {
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        let due = jiff::civil::date(2026, 3, 31);
        let day_after = jiff::civil::date(2026, 4, 1);
        record.set(Field::DueDate, Value::Date(due));
        record.set(Field::Status, Value::Status(Status::Authorised));
        assert!(record.is_overdue(day_after));
        assert!(!record.is_overdue(due));
        record.set(Field::Status, Value::Status(Status::Paid));
        assert!(!record.is_overdue(day_after));
    }
}
