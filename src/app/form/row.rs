//! A line of a document under edit: texts as typed, and what the line was when it was read.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::record::{self, Id, Link};

use super::super::line;
use super::reading;
use super::spot::Cell;

/// What an item put into its line, to be told from what a person typed there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Description.
    pub description: String,
    /// Price.
    pub price: String,
    /// Taxes.
    pub taxes: Vec<Link>,
    /// Whether it had its say about the quantity.
    #[serde(default)]
    pub quantity: bool,
}

/// A line under edit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The catalogue item.
    pub item: Option<Link>,
    /// As typed.
    pub description: String,
    /// As typed.
    pub quantity: String,
    /// As typed.
    pub price: String,
    /// As typed, in percent.
    pub discount: String,
    /// Tax rates, in the order in which they were chosen.
    pub taxes: Vec<Link>,
    /// What the item put in.
    #[serde(default)]
    pub filled: Filled,
    /// Whether the item was chosen here, so that a newer reading of it may fill in more.
    #[serde(default)]
    pub picked: bool,
    /// The line as it was read.
    #[serde(default)]
    pub origin: Option<record::Line>,
}

impl Row {
    /// Another item was chosen: what stands empty may be filled in again.
    pub fn ask_to_be_filled(&mut self) {
        if self.description.trim().is_empty() {
            self.filled.description.clone_from(&self.description);
        }
        if self.price.trim().is_empty() {
            self.filled.price.clone_from(&self.price);
        }
        self.filled.quantity = !self.quantity.trim().is_empty();
    }

    /// A line as the form shows it.
    pub fn of(line: &record::Line) -> Self {
        let description = line::one_line(&line.description);
        let price = line
            .price
            .map_or_else(String::new, |price| plain(price.decimal(), 2));
        Self {
            item: line.item.clone(),
            quantity: line
                .quantity
                .map_or_else(String::new, |number| plain(number, 0)),
            discount: line
                .discount_pct
                .filter(|percent| !percent.is_zero())
                .map_or_else(String::new, |number| plain(number, 0)),
            taxes: line.taxes.clone(),
            filled: Filled {
                description: description.clone(),
                price: price.clone(),
                taxes: line.taxes.clone(),
                quantity: true,
            },
            description,
            price,
            picked: false,
            origin: Some(line.clone()),
        }
    }

    /// Whether nothing is in it; such a line is no line of the document.
    pub fn is_blank(&self) -> bool {
        self.item.is_none()
            && self.taxes.is_empty()
            && [
                &self.description,
                &self.quantity,
                &self.price,
                &self.discount,
            ]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// The line that it stands for; what cannot be read is absent. What was not touched is the line as it was read.
    pub fn line(&self) -> record::Line {
        let Some(origin) = &self.origin else {
            return self.written(&record::Line::default());
        };
        let read = Row::of(origin);
        let touched = read.item_id() != self.item_id()
            || read.description != self.description
            || read.quantity != self.quantity
            || read.price != self.price
            || read.discount != self.discount
            || read.taxes != self.taxes;
        if !touched {
            return origin.clone();
        }
        let mut line = self.written(origin);
        if read.description == self.description {
            line.description.clone_from(&origin.description);
        }
        if read.item_id() == self.item_id() {
            line.unit.clone_from(&origin.unit);
            line.product_key.clone_from(&origin.product_key);
        }
        line
    }

    fn written(&self, origin: &record::Line) -> record::Line {
        record::Line {
            item: self.item.clone(),
            account: origin.account.clone(),
            description: self.description.trim().to_owned(),
            quantity: reading::amount(&self.quantity).ok().flatten(),
            price: reading::amount(&self.price).ok().flatten().map(Money::new),
            discount_pct: reading::percent(&self.discount).ok().flatten(),
            taxes: self.taxes.clone(),
            total: None,
            unit: None,
            product_key: None,
            department: origin.department.clone(),
        }
    }

    /// The id of its item.
    pub fn item_id(&self) -> Option<&Id> {
        self.item.as_ref().map(|link| &link.id)
    }

    /// The text of a cell; nothing for cells whose content is chosen.
    pub fn text(&self, cell: Cell) -> Option<&String> {
        match cell {
            Cell::Description => Some(&self.description),
            Cell::Quantity => Some(&self.quantity),
            Cell::Price => Some(&self.price),
            Cell::Discount => Some(&self.discount),
            Cell::Item | Cell::Taxes => None,
        }
    }

    pub(super) fn text_mut(&mut self, cell: Cell) -> Option<&mut String> {
        match cell {
            Cell::Description => Some(&mut self.description),
            Cell::Quantity => Some(&mut self.quantity),
            Cell::Price => Some(&mut self.price),
            Cell::Discount => Some(&mut self.discount),
            Cell::Item | Cell::Taxes => None,
        }
    }

    /// Whether all its texts can be read.
    pub fn is_readable_whole(&self) -> bool {
        Cell::ALL.iter().all(|cell| self.is_readable(*cell))
    }

    /// Whether the text of a cell can be read; always where it is free.
    pub fn is_readable(&self, cell: Cell) -> bool {
        match cell {
            Cell::Quantity => reading::amount(&self.quantity).is_ok(),
            Cell::Price => reading::amount(&self.price).is_ok(),
            Cell::Discount => reading::percent(&self.discount).is_ok(),
            Cell::Item | Cell::Description | Cell::Taxes => true,
        }
    }
}

/// A number to be edited: no commas, at least so many decimals, none lost.
pub fn plain(number: Decimal, decimals: usize) -> String {
    let number = number.normalize();
    let decimals = decimals.max(number.scale() as usize);
    format!("{number:.decimals$}")
}
