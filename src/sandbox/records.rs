//! The records of the world, as Alegra holds them. No behaviour, no wire form.
//!
//! Texts that the generated books share are borrowed, so that a hundred thousand invoices stay small;
//! what a request writes is owned. Each record can be written to the kept world and read back.

mod documents;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::table::Row;

pub use documents::{
    Direction, JournalEntry, Legal, Line, LineTax, Payment, Posting, Purchase, PurchaseKind, Sale,
    SaleKind, Share, Stamp, State, Subject, Sums,
};

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

/// A cost centre.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Department {
    pub id: u32,
    pub name: Text,
    pub code: Text,
    pub description: Text,
    pub active: bool,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub extra: Extra,
}

/// What a bank account is, in Alegra's three kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purse {
    Cash,
    Bank,
    CreditCard,
}

/// Where money lies: a till, an account at a bank, a card.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BankAccount {
    pub id: u32,
    pub name: Text,
    pub kind: Purse,
    /// Only accounts at a bank have one.
    pub number: Text,
    pub description: Text,
    pub active: bool,
    /// The ledger account that it is kept under.
    pub category: Option<u32>,
    pub opening_balance: Decimal,
    pub opened_on: Date,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub extra: Extra,
}

macro_rules! row {
    ($record:ty, $created:ident, $updated:ident $(, $part:expr)?) => {
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
            $(fn part(&self) -> Option<usize> {
                let part: fn(&Self) -> usize = $part;
                Some(part(self))
            })?
        }
    };
}

row!(Contact, created, updated);
row!(Item, created, updated);
row!(Tax, created, updated);
row!(Account, opened, opened);
row!(Department, created, updated);
row!(BankAccount, created, updated);
row!(Sale, created, updated);
row!(Purchase, created, updated);
row!(Payment, created, updated, |payment| payment
    .direction
    .part());
row!(JournalEntry, created, updated);
