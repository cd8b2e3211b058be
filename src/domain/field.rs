//! The named values of records. One list, one detail and one form serve all kinds because a field knows its shape.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::record::Link;
use super::status::Status;

/// Every value that a record of any kind may have. Adding one touches this list, the spec, the mapping and the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    // What it is called.
    Number,
    Reference,
    Name,
    Code,
    Description,
    // Who.
    Contact,
    Rfc,
    Email,
    Phone,
    Individual,
    IsCustomer,
    IsSupplier,
    // When.
    Date,
    DueDate,
    DeliveryDate,
    CreatedAt,
    UpdatedAt,
    // How much.
    Currency,
    ExchangeRate,
    SubTotal,
    Discount,
    TotalTax,
    Total,
    Balance,
    // How and why.
    Status,
    PaymentMethod,
    BankAccount,
    Terms,
    Memo,
    Department,
    Invoice,
    Quote,
    /// c_TipoRelacion as a form asks for it; a record has it inside [`Field::Related`].
    Relation,
    /// Related CFDI, as [`super::relation`] writes them: types of relation, each before its folios fiscales.
    #[serde(alias = "replaces")]
    Related,
    // Fiscal, from the native record.
    Regime,
    CfdiUse,
    PaymentType,
    Zip,
    Country,
    StampedAt,
    SatSeal,
    CfdiSeal,
    SatCertificate,
    CfdiCertificate,
    OriginalString,
    // Items.
    UnitPrice,
    ItemType,
    ProductKey,
    Unit,
    // Accounts.
    NominalCode,
    LedgerAccount,
    Parent,
    Level,
    Header,
    AccountType,
    Classification,
    Nature,
    // Taxes.
    TaxType,
    Rate,
    TaxPayableAccount,
    TaxFavorableAccount,
    // Bank accounts.
    AccountNumber,
    Iban,
    Bic,
    RoutingNumber,
}

/// What kind of value a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// [`Value::Text`]
    Text,
    /// [`Value::Money`]
    Money,
    /// [`Value::Number`]
    Number,
    /// [`Value::Date`]
    Date,
    /// [`Value::Instant`]
    Instant,
    /// [`Value::Flag`]
    Flag,
    /// [`Value::Status`]
    Status,
    /// [`Value::Link`]
    Link,
}

/// A value that is known. What is unknown is absent from its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words, codes and keys; codes are never numbers.
    Text(String),
    /// An amount in the currency of the record.
    Money(Money),
    /// A rate, a quantity, a level.
    Number(Decimal),
    /// A day of the books, never shifted by a zone.
    Date(Date),
    /// A moment told by the server.
    Instant(Timestamp),
    /// Yes or no.
    Flag(bool),
    /// The first axis.
    Status(Status),
    /// Another record.
    Link(Link),
}

impl Field {
    /// What this field holds in every record that has it.
    pub fn shape(self) -> Shape {
        use Field::*;
        match self {
            SubTotal | Discount | TotalTax | Total | Balance | UnitPrice => Shape::Money,
            ExchangeRate | Rate | Level => Shape::Number,
            Date | DueDate | DeliveryDate => Shape::Date,
            CreatedAt | UpdatedAt => Shape::Instant,
            Individual | IsCustomer | IsSupplier | Header => Shape::Flag,
            Status => Shape::Status,
            Contact | Parent | Department | Invoice | Quote | BankAccount | LedgerAccount
            | TaxPayableAccount | TaxFavorableAccount => Shape::Link,
            Number | Reference | Name | Code | Description | Rfc | Email | Phone | Currency
            | PaymentMethod | Terms | Memo | Relation | Related | Regime | CfdiUse
            | PaymentType | Zip | Country | StampedAt | SatSeal | CfdiSeal | SatCertificate
            | CfdiCertificate | OriginalString | ItemType | ProductKey | Unit | NominalCode
            | AccountType | Classification | Nature | TaxType | AccountNumber | Iban | Bic
            | RoutingNumber => Shape::Text,
        }
    }

    /// Whether only the native record tells it (contract 1.22): absent means "not read yet" until then.
    pub fn is_native(self) -> bool {
        use Field::*;
        matches!(
            self,
            IsCustomer
                | IsSupplier
                | Quote
                | Related
                | Regime
                | CfdiUse
                | PaymentType
                | StampedAt
                | SatSeal
                | CfdiSeal
                | SatCertificate
                | CfdiCertificate
                | OriginalString
                | ProductKey
                | Unit
                | Nature
        )
    }
}

impl Value {
    /// The shape that this value has.
    pub fn shape(&self) -> Shape {
        match self {
            Value::Text(_) => Shape::Text,
            Value::Money(_) => Shape::Money,
            Value::Number(_) => Shape::Number,
            Value::Date(_) => Shape::Date,
            Value::Instant(_) => Shape::Instant,
            Value::Flag(_) => Shape::Flag,
            Value::Status(_) => Shape::Status,
            Value::Link(_) => Shape::Link,
        }
    }
}
