//! The documents: what is sold, what is bought, what is paid, what is posted.
//!
//! A document holds its lines and sums. What is still owed is never kept: it follows from the payments
//! and credit notes that name the document.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Extra, Text};

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

    /// The state that a word of Alegra's names.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Draft, Self::Open, Self::Closed, Self::Void]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// A tax on a line, with the rate it had when the line was written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct LineTax {
    pub id: u32,
    pub percentage: Decimal,
}

/// What a line is about. Sales are of items only; purchases may also go to a ledger account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    Item(u32),
    Account(u32),
}

impl Subject {
    pub fn item(self) -> Option<u32> {
        match self {
            Self::Item(id) => Some(id),
            Self::Account(_) => None,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    pub subject: Subject,
    pub description: Text,
    pub price: Decimal,
    pub quantity: Decimal,
    /// Percent of quantity × price.
    pub discount: Decimal,
    pub taxes: Vec<LineTax>,
    pub extra: Extra,
}

/// What the lines of a document add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    pub subtotal: Decimal,
    pub discount: Decimal,
    /// Transfers less withholdings.
    pub tax: Decimal,
    pub total: Decimal,
}

/// The part of a payment or a credit note that goes to one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub id: u32,
    pub amount: Decimal,
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

/// Which of the three sales documents; each has its own table, series and rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SaleKind {
    Invoice,
    CreditNote,
    Quote,
}

/// A sales document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sale {
    pub kind: SaleKind,
    pub id: u32,
    pub state: State,
    /// Given when the document leaves the state of a draft.
    pub number: Option<u32>,
    pub contact: u32,
    pub date: Date,
    /// When it is to be paid; of a quote, how long it holds.
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
    pub department: Option<u32>,
    pub sums: Sums,
    /// Of a credit note: what went to which invoices.
    pub applied: Vec<Share>,
    /// Of a quote: the invoice that was made from it. Of an invoice: the quote it was made from.
    pub partner: Option<u32>,
    pub stamp: Option<Stamp>,
    pub extra: Extra,
}

/// A bill is owed, an order is not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PurchaseKind {
    Bill,
    Order,
}

/// A purchase document. It is never stamped.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Purchase {
    pub kind: PurchaseKind,
    pub id: u32,
    pub state: State,
    /// The supplier's own number of a bill; our number of an order.
    pub number: Text,
    pub contact: u32,
    pub date: Date,
    /// When a bill is to be paid, an order to be delivered.
    pub due: Date,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub currency: Text,
    pub rate: Decimal,
    pub lines: Vec<Line>,
    pub notes: Text,
    pub terms: Text,
    pub department: Option<u32>,
    pub sums: Sums,
    /// Of an order: the bills whose lines name it.
    #[serde(default)]
    pub bills: Vec<u32>,
    pub extra: Extra,
}

/// Whose money moves: a customer's to us, or ours to a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    In,
    Out,
}

impl Direction {
    /// The part of the table of payments: each direction is a list of its own.
    pub fn part(self) -> usize {
        match self {
            Self::In => 0,
            Self::Out => 1,
        }
    }
}

/// Money received against invoices, or paid against bills.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payment {
    pub id: u32,
    pub direction: Direction,
    /// Open or void.
    pub state: State,
    pub contact: u32,
    pub account: Option<u32>,
    pub date: Date,
    pub amount: Decimal,
    pub currency: Text,
    pub rate: Decimal,
    pub method: Text,
    pub reference: Text,
    pub note: Text,
    /// Never empty, except after an invoice was cancelled under it.
    pub shares: Vec<Share>,
    /// That of the receipt (complemento de pago), where one was issued.
    #[serde(default)]
    pub stamp: Option<Stamp>,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub extra: Extra,
}

/// One side of a journal entry on one account; exactly one of the two amounts is above zero.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Posting {
    pub account: u32,
    pub debit: Decimal,
    pub credit: Decimal,
    pub description: Text,
    pub customer: Option<u32>,
    pub supplier: Option<u32>,
    pub department: Option<u32>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JournalEntry {
    pub id: u32,
    /// Open or void.
    pub state: State,
    pub date: Date,
    pub reference: Text,
    pub memo: Text,
    pub currency: Text,
    pub postings: Vec<Posting>,
    /// For the order of the table only; neither road tells it.
    pub created: Timestamp,
    pub updated: Timestamp,
    pub extra: Extra,
}
