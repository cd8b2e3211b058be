//! A line of a document under edit: texts as typed, and what the line was when it was read.

use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::record::{self, Id, Link};
use crate::domain::spec::Cell;

use super::super::super::line;
use super::super::reading::{self, plain};

/// What a line is on; never both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// A catalogue item.
    Item(Link),
    /// An expense account, on purchases only.
    Account(Link),
}

impl On {
    /// The item or account.
    pub fn link(&self) -> &Link {
        match self {
            On::Item(link) | On::Account(link) => link,
        }
    }
}

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
pub struct LineRow {
    /// What it is on.
    pub on: Option<On>,
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

impl LineRow {
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
        let item = line.item.clone().map(On::Item);
        Self {
            on: item.or_else(|| line.account.clone().map(On::Account)),
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

    /// The same line as one of a new document: what it is on and says, without its place on the server.
    pub fn copy_of(line: &record::Line) -> Self {
        Self {
            origin: Some(record::Line {
                total: None,
                order: None,
                ..line.clone()
            }),
            ..Self::of(line)
        }
    }

    /// The line was ordered with this purchase order.
    pub fn put_order(&mut self, order: &Link) {
        if let Some(origin) = &mut self.origin {
            origin.order = Some(order.clone());
        }
    }

    /// Whether nothing is in it; such a line is no line of the document.
    pub fn is_blank(&self) -> bool {
        self.on.is_none()
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
        let read = LineRow::of(origin);
        let touched = !read.is_on_same(self)
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
        if read.is_on_same(self) {
            line.unit.clone_from(&origin.unit);
            line.product_key.clone_from(&origin.product_key);
        }
        line
    }

    fn written(&self, origin: &record::Line) -> record::Line {
        let (item, account) = match self.on.clone() {
            Some(On::Item(item)) => (Some(item), None),
            Some(On::Account(account)) => (None, Some(account)),
            None => (None, None),
        };
        record::Line {
            item,
            account,
            description: self.description.trim().to_owned(),
            quantity: reading::amount(&self.quantity).ok().flatten(),
            price: reading::amount(&self.price).ok().flatten().map(Money::new),
            discount_pct: reading::percent(&self.discount).ok().flatten(),
            taxes: self.taxes.clone(),
            total: None,
            unit: None,
            product_key: None,
            department: origin.department.clone(),
            order: origin.order.clone(),
        }
    }

    /// Whether both are on the same item or account, whatever names it had.
    fn is_on_same(&self, other: &Self) -> bool {
        let id = |row: &Self| match &row.on {
            Some(On::Item(link)) => Some((true, link.id.clone())),
            Some(On::Account(link)) => Some((false, link.id.clone())),
            None => None,
        };
        id(self) == id(other)
    }

    /// The id of its item.
    pub fn item_id(&self) -> Option<&Id> {
        match &self.on {
            Some(On::Item(link)) => Some(&link.id),
            Some(On::Account(_)) | None => None,
        }
    }

    /// The text of a cell; nothing for cells whose content is chosen or reckoned.
    pub fn text(&self, cell: Cell) -> Option<&String> {
        match cell {
            Cell::Description => Some(&self.description),
            Cell::Quantity => Some(&self.quantity),
            Cell::Price => Some(&self.price),
            Cell::Discount => Some(&self.discount),
            _ => None,
        }
    }

    /// The text of a cell, to be changed.
    pub fn text_mut(&mut self, cell: Cell) -> Option<&mut String> {
        match cell {
            Cell::Description => Some(&mut self.description),
            Cell::Quantity => Some(&mut self.quantity),
            Cell::Price => Some(&mut self.price),
            Cell::Discount => Some(&mut self.discount),
            _ => None,
        }
    }

    /// The records that a cell holds; none where it is typed into.
    pub fn links(&self, cell: Cell) -> &[Link] {
        match cell {
            Cell::Item => match &self.on {
                Some(on) => std::slice::from_ref(on.link()),
                None => &[],
            },
            Cell::Taxes => &self.taxes,
            _ => &[],
        }
    }

    /// Empties a cell whose content is chosen.
    pub fn unlink(&mut self, cell: Cell) {
        match cell {
            Cell::Item => self.on = None,
            Cell::Taxes => self.taxes.clear(),
            _ => {}
        }
    }
}
