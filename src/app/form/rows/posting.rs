//! A line of a póliza under edit: an account as typed and as it was understood, and a debit or a credit.

use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::record::{Link, Posting, Side};
use crate::domain::spec::Cell;

use super::super::super::line;
use super::super::reading::{self, plain};

/// A posting under edit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostingRow {
    /// The account as typed: its code, or words of its name.
    pub typed: String,
    /// The account that this was understood as.
    pub account: Option<Link>,
    /// That account as the form writes it; what is typed is this, once the place was left.
    pub label: String,
    /// Concepto, as typed.
    pub description: String,
    /// Cargo, as typed.
    pub debit: String,
    /// Abono, as typed.
    pub credit: String,
    /// The posting as it was read.
    #[serde(default)]
    pub origin: Option<Posting>,
}

impl PostingRow {
    /// A posting as the form shows it.
    pub fn of(posting: &Posting) -> Self {
        let amount = (posting.amount).map_or_else(String::new, |amount| plain(amount.decimal(), 2));
        let (debit, credit) = match posting.side {
            Some(Side::Debit) => (amount, String::new()),
            Some(Side::Credit) => (String::new(), amount),
            None => (String::new(), String::new()),
        };
        let label = (posting.account.as_ref()).map_or_else(String::new, |link| match &*link.name {
            "" => link.id.to_string(),
            name => name.to_owned(),
        });
        Self {
            typed: label.clone(),
            account: posting.account.clone(),
            label,
            description: line::one_line(&posting.description),
            debit,
            credit,
            origin: Some(posting.clone()),
        }
    }

    /// The posting that it stands for; what was not touched is the posting as it was read.
    pub fn posting(&self) -> Posting {
        let origin = self.origin.clone().unwrap_or_default();
        if self.origin.is_some() && !self.is_touched(&origin) {
            return origin;
        }
        let amount = |side| self.amount(side).filter(|amount| !amount.is_zero());
        let (side, amount) = match (amount(Side::Debit), amount(Side::Credit)) {
            (Some(debit), None) => (Some(Side::Debit), Some(debit)),
            (None, Some(credit)) => (Some(Side::Credit), Some(credit)),
            _ => (None, None),
        };
        Posting {
            account: self.account.clone(),
            side,
            amount,
            description: self.description.trim().to_owned(),
            ..origin
        }
    }

    fn is_touched(&self, origin: &Posting) -> bool {
        let read = Self::of(origin);
        let id = |row: &Self| row.account.as_ref().map(|link| link.id.clone());
        id(&read) != id(self)
            || read.description != self.description
            || read.debit != self.debit
            || read.credit != self.credit
    }

    /// The amount on a side; none where nothing is typed there, or nothing that is an amount.
    pub fn amount(&self, side: Side) -> Option<Money> {
        let text = match side {
            Side::Debit => &self.debit,
            Side::Credit => &self.credit,
        };
        reading::amount(text).ok().flatten().map(Money::new)
    }

    /// Whether both columns hold something; a line is one debit or one credit.
    pub fn has_both_sides(&self) -> bool {
        !self.debit.trim().is_empty() && !self.credit.trim().is_empty()
    }

    /// Puts an amount on a side and empties the other one.
    pub fn put(&mut self, side: Side, amount: Money) {
        let text = plain(amount.decimal(), 2);
        (self.debit, self.credit) = match side {
            Side::Debit => (text, String::new()),
            Side::Credit => (String::new(), text),
        };
    }

    /// Puts an account in: what is typed is what the form calls it.
    pub fn put_account(&mut self, account: Link, label: String) {
        self.account = Some(account);
        self.typed.clone_from(&label);
        self.label = label;
    }

    /// Whether what is typed was understood and written in full already.
    pub fn is_settled(&self) -> bool {
        self.account.is_some() && self.typed == self.label
    }

    /// Whether nothing is in it; such a line is no line of the póliza.
    pub fn is_blank(&self) -> bool {
        [&self.typed, &self.description, &self.debit, &self.credit]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// The text of a cell.
    pub fn text(&self, cell: Cell) -> Option<&String> {
        match cell {
            Cell::Account => Some(&self.typed),
            Cell::Description => Some(&self.description),
            Cell::Debit => Some(&self.debit),
            Cell::Credit => Some(&self.credit),
            _ => None,
        }
    }

    /// The text of a cell, to be changed.
    pub fn text_mut(&mut self, cell: Cell) -> Option<&mut String> {
        match cell {
            Cell::Account => Some(&mut self.typed),
            Cell::Description => Some(&mut self.description),
            Cell::Debit => Some(&mut self.debit),
            Cell::Credit => Some(&mut self.credit),
            _ => None,
        }
    }
}
