//! The records of the world, as Alegra holds them. No behaviour, no wire form.
//!
//! Texts that the generated books share are borrowed, so that a hundred thousand invoices stay small;
//! what a request writes is owned. Each record can be written to the kept world and read back.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::table::Row;

pub type Text = Cow<'static, str>;

/// Native fields that were written through `pass_through` or the Proxy and that the world only keeps.
pub type Extra = Map<String, Value>;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Address {
    pub street: Text,
    pub exterior: Text,
    pub interior: Text,
    pub colony: Text,
    pub city: Text,
    pub state: Text,
    pub zip: Text,
    pub country: Text,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contact {
    pub id: u32,
    pub name: Text,
    pub rfc: Text,
    /// A person (persona física), not a company.
    pub person: bool,
    pub email: Text,
    pub second_email: Text,
    pub phone: Text,
    pub second_phone: Text,
    pub mobile: Text,
    pub fax: Text,
    pub address: Address,
    /// It stands in the list of customers.
    pub client: bool,
    /// It stands in the list of suppliers.
    pub provider: bool,
    pub active: bool,
    /// Alegra's word for the régimen; empty when none was set.
    pub regime: Text,
    pub cfdi_use: Text,
    pub payment_method: Text,
    pub terms: Text,
    pub notes: Text,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub extra: Extra,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Item {
    pub id: u32,
    pub name: Text,
    pub description: Text,
    /// The company's own code (SKU); not the SAT key.
    pub reference: Text,
    pub price: Decimal,
    /// A service, not goods.
    pub service: bool,
    /// SAT key of the unit.
    pub unit: Text,
    /// SAT key of the product; an invoice needs it.
    pub product_key: Option<Text>,
    pub taxes: Vec<u32>,
    pub active: bool,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub extra: Extra,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tax {
    pub id: u32,
    pub name: Text,
    /// `IVA`, `IEPS`, `EXENTO`, `RETENCION_ISR`, `RETENCION_IVA` or whatever a user wrote.
    pub kind: Text,
    /// Percent: 16 is 16 %.
    pub percentage: Decimal,
    pub description: Text,
    pub code: Text,
    pub active: bool,
    /// The account where the tax is owed.
    pub payable: Option<u32>,
    /// The account where the tax is in our favour.
    pub favorable: Option<u32>,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub extra: Extra,
}

impl Tax {
    /// Taken off the total instead of added to it.
    pub fn withheld(&self) -> bool {
        self.kind.to_uppercase().starts_with("RET")
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    pub id: u32,
    pub parent: Option<u32>,
    pub children: Vec<u32>,
    /// The company's own code.
    pub code: Text,
    /// The SAT's grouping code; several accounts share one.
    pub nominal: Text,
    pub name: Text,
    pub description: Text,
    /// 1 at the root, 5 at most.
    pub level: u8,
    pub classification: Text,
    pub kind: Text,
    /// `debit` or `credit`.
    pub nature: Text,
    pub active: bool,
    pub opened: Timestamp,
    pub extra: Extra,
}

/// What Alegra itself says about a document; what Unify says is derived when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Draft,
    Open,
    Closed,
    Void,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Void => "void",
        }
    }
}

/// A tax on a line, with the rate it had when the line was written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct LineTax {
    pub id: u32,
    pub percentage: Decimal,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    pub item: u32,
    pub description: Text,
    pub price: Decimal,
    pub quantity: Decimal,
    /// Percent of quantity × price.
    pub discount: Decimal,
    pub taxes: Vec<LineTax>,
    pub extra: Extra,
}

/// Money received against an invoice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Receipt {
    pub id: u32,
    pub date: Date,
    pub amount: Decimal,
    pub method: Text,
}

/// What became of a stamp at the SAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Legal {
    Stamped,
    /// The receiver was asked; `reads` counts how often the invoice was read since.
    Pending {
        reads: u8,
    },
    Cancelled,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stamp {
    /// Which stamp of this world it is, from 1; the UUID and the seals follow from it and the seed.
    pub serial: u64,
    /// Mexico's wall clock.
    pub at: DateTime,
    pub legal: Legal,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invoice {
    pub id: u32,
    pub state: State,
    /// Given when the invoice leaves the state of a draft.
    pub number: Option<u32>,
    pub contact: u32,
    pub date: Date,
    pub due: Date,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub currency: Text,
    pub rate: Decimal,
    pub lines: Vec<Line>,
    /// Alegra's word for the forma de pago.
    pub payment_method: Text,
    /// `PUE` or `PPD`.
    pub payment_type: Text,
    pub cfdi_use: Text,
    /// Alegra's word for the receiver's régimen.
    pub regime_client: Text,
    pub memo: Text,
    pub terms: Text,
    pub subtotal: Decimal,
    pub discount: Decimal,
    /// Transfers less withholdings.
    pub tax: Decimal,
    pub total: Decimal,
    pub receipts: Vec<Receipt>,
    pub stamp: Option<Stamp>,
    pub extra: Extra,
}

impl Invoice {
    /// What was received so far.
    pub fn paid(&self) -> Decimal {
        self.receipts.iter().map(|receipt| receipt.amount).sum()
    }

    /// What is still owed; a cancelled invoice owes nothing.
    pub fn balance(&self) -> Decimal {
        match self.state {
            State::Void => Decimal::ZERO,
            _ => self.total - self.paid(),
        }
    }
}

macro_rules! row {
    ($record:ty, $created:ident, $updated:ident) => {
        impl Row for $record {
            fn id(&self) -> u32 {
                self.id
            }
            fn created(&self) -> Timestamp {
                self.$created
            }
            fn updated(&self) -> Timestamp {
                self.$updated
            }
        }
    };
}

row!(Contact, created, updated);
row!(Item, created, updated);
row!(Tax, created, updated);
row!(Account, opened, opened);
row!(Invoice, created, updated);
