//! What happens to the four kinds of record that Alegra tells its subscribers about (contract E.1).

use super::super::journal::{Change, Held};
use super::super::records::{PurchaseKind, SaleKind};
use super::super::table::{Row, Table};
use super::World;

/// What was done to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Created,
    Updated,
    Deleted,
}

impl Deed {
    fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
        }
    }
}

/// One thing that a subscriber hears of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Apideck's word for the record: `invoice`, `bill`, `invoice_item`, `customer`, `supplier`.
    pub entity: &'static str,
    pub id: u32,
    pub deed: Deed,
}

impl Event {
    /// Apideck's name for it, such as `accounting.invoice.updated`.
    pub fn name(&self) -> String {
        format!("accounting.{}.{}", self.entity, self.deed.word())
    }
}

impl World {
    /// Notes what a change that is about to be made means to subscribers. A contact is told twice,
    /// once for each list it may stand in; other resources are never told.
    pub(super) fn notice(&mut self, change: &Change) {
        let (entities, id, deed): (&[&'static str], u32, Deed) = match change {
            Change::Contact(new) => (CONTACT, new.id, put(&self.contacts, new.as_ref())),
            Change::Item(new) => (ITEM, new.id, put(&self.items, new.as_ref())),
            Change::Sale(new) if new.kind == SaleKind::Invoice => {
                (INVOICE, new.id, put(&self.invoices, new.as_ref()))
            }
            Change::Purchase(new) if new.kind == PurchaseKind::Bill => {
                (BILL, new.id, put(&self.bills, new.as_ref()))
            }
            Change::Gone(Held::Contact, id) => (CONTACT, *id, Deed::Deleted),
            Change::Gone(Held::Item, id) => (ITEM, *id, Deed::Deleted),
            Change::Gone(Held::Sale(SaleKind::Invoice), id) => (INVOICE, *id, Deed::Deleted),
            Change::Gone(Held::Purchase(PurchaseKind::Bill), id) => (BILL, *id, Deed::Deleted),
            _ => return,
        };
        let told = entities.iter().map(|entity| Event { entity, id, deed });
        self.events.extend(told);
    }
}

const CONTACT: &[&str] = &["customer", "supplier"];
const ITEM: &[&str] = &["invoice_item"];
const INVOICE: &[&str] = &["invoice"];
const BILL: &[&str] = &["bill"];

/// What putting a row means.
fn put<R: Row>(table: &Table<R>, new: &R) -> Deed {
    match table.get(new.id()) {
        None => Deed::Created,
        Some(_) => Deed::Updated,
    }
}
