//! The columns of an export, and what stands in each cell of them.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::app::names::named;
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::spec::ColumnField;
use crate::sat::catalogs::Catalogs;
use crate::words::Words;

use super::super::show::stamp_key;

/// What the documents of several kinds have in common.
const COMMON: [Field; 15] = [
    Field::Number,
    Field::Date,
    Field::DueDate,
    Field::Name,
    Field::Contact,
    Field::Rfc,
    Field::Code,
    Field::Currency,
    Field::SubTotal,
    Field::Discount,
    Field::TotalTax,
    Field::Total,
    Field::Balance,
    Field::PaymentMethod,
    Field::Status,
];

/// Long proofs of a stamp, which stand in the XML; in a table they drown the rest.
const LEFT_OUT: [Field; 3] = [Field::SatSeal, Field::CfdiSeal, Field::OriginalString];

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Of which resource.
    Kind,
    /// The id on the server.
    Id,
    /// A value of the record.
    Value(Kind, Field),
    /// The second axis.
    Stamp,
    /// The folio fiscal.
    Uuid,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Not known: nothing, and no zero (law 4).
    Nothing,
    Text(String),
    /// An amount, in the currency of its record.
    Amount(Money),
    Number(Decimal),
    Day(Date),
}

impl Column {
    /// The columns of a list of one kind, or of records of several.
    pub fn of(kind: Option<Kind>) -> Vec<Self> {
        let fields: Vec<Field> = match kind {
            None => COMMON.to_vec(),
            Some(kind) => {
                let spec = kind.spec();
                let shown = spec.columns.iter().filter_map(|column| match column.field {
                    ColumnField::Value(field) => Some(field),
                    ColumnField::Stamp | ColumnField::UuidTail => None,
                });
                let mut fields: Vec<Field> = Vec::new();
                for field in shown.chain(spec.detail.iter().copied()) {
                    if !fields.contains(&field) && !LEFT_OUT.contains(&field) {
                        fields.push(field);
                    }
                }
                fields
            }
        };
        let of = kind.unwrap_or(Kind::Invoices);
        let mut columns = vec![Self::Id];
        if kind.is_none() {
            columns.insert(0, Self::Kind);
        }
        columns.extend(fields.into_iter().map(|field| Self::Value(of, field)));
        if kind.is_none_or(Kind::is_stamped) {
            columns.extend([Self::Stamp, Self::Uuid]);
        }
        columns
    }

    /// Its head, for people.
    pub fn head(self, words: &Words) -> String {
        match self {
            Self::Kind => words.text("export-kind"),
            Self::Id => words.text("export-id"),
            Self::Value(kind, field) => words.column_of(kind, field),
            Self::Stamp => words.text("export-stamp"),
            Self::Uuid => words.text("export-uuid"),
        }
    }

    /// What a record has in it.
    pub fn cell(self, record: &Record, words: &Words, catalogs: &Catalogs) -> Cell {
        match self {
            Self::Kind => Cell::Text(words.kind_one(record.kind)),
            Self::Id => Cell::Text(record.id.to_string()),
            Self::Stamp if !record.kind.is_stamped() => Cell::Nothing,
            Self::Stamp => Cell::Text(words.text(stamp_key(&record.stamp))),
            Self::Uuid => record
                .stamp
                .uuid()
                .map_or(Cell::Nothing, |uuid| Cell::Text(uuid.as_str().to_owned())),
            Self::Value(_, field) => match record.get(field) {
                None => Cell::Nothing,
                Some(Value::Text(text)) => {
                    let named = named(catalogs, field, text);
                    Cell::Text(named.unwrap_or_else(|| words.choice(field, text)))
                }
                Some(Value::Money(money)) => Cell::Amount(*money),
                Some(Value::Number(number)) => Cell::Number(number.normalize()),
                Some(Value::Date(day)) => Cell::Day(*day),
                Some(Value::Instant(instant)) => Cell::Text(instant.to_string()),
                Some(Value::Flag(flag)) => Cell::Text(words.text(if *flag { "yes" } else { "no" })),
                Some(Value::Status(status)) => Cell::Text(words.status(record.kind, *status)),
                Some(Value::Link(link)) if link.name.is_empty() => Cell::Text(link.id.to_string()),
                Some(Value::Link(link)) => Cell::Text(link.name.clone()),
            },
        }
    }
}

impl Cell {
    /// As a text that programs read: amounts without thousands, days as ISO writes them.
    pub fn as_text(&self) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Amount(amount) => amount.to_string().replace(',', ""),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
        }
    }
}
