//! Which keys of the catalogues a company uses, by its latest invoices.
//!
//! Bounded: so many invoices, the items and customers that they name, and nothing else, each found by its key. What was
//! not read yet counts for nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::error::StoreError;
use super::Reader;
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::habits::Habits;
use crate::domain::kind::Kind;
use crate::domain::list::ListQuery;
use crate::domain::record::{Id, Record};
use crate::domain::spec::CatalogueName;

/// So many invoices tell what is usual.
const LATEST: usize = 200;

/// The fields of an invoice that are keys of a catalogue.
const OF_INVOICES: [(CatalogueName, Field); 5] = [
    (CatalogueName::CfdiUse, Field::CfdiUse),
    (CatalogueName::Regime, Field::Regime),
    (CatalogueName::PaymentMethod, Field::PaymentMethod),
    (CatalogueName::PaymentType, Field::PaymentType),
    (CatalogueName::Currency, Field::Currency),
];

impl Reader {
    /// What the company's latest invoices have chosen.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn habits(&self, company: &CompanyId, today: Date) -> Result<Habits, StoreError> {
        let latest = ListQuery::natural(Kind::Invoices);
        let invoices = self.window(company, &latest, today, 0, LATEST)?.rows;
        let mut known = Known {
            reader: self,
            company,
            records: BTreeMap::new(),
        };
        let mut habits = Habits::default();
        for invoice in &invoices {
            for (name, field) in OF_INVOICES {
                habits.note(name, invoice.text(field));
            }
            if let Some(contact) = invoice.link(Field::Contact) {
                let country = known.text(Kind::Customers, &contact.id, Field::Country)?;
                habits.note(CatalogueName::Country, country);
            }
            for line in &invoice.lines {
                for (name, told, field) in [
                    (
                        CatalogueName::ProductKey,
                        &line.product_key,
                        Field::ProductKey,
                    ),
                    (CatalogueName::Unit, &line.unit, Field::Unit),
                ] {
                    match (told, &line.item) {
                        (Some(key), _) => habits.note(name, key),
                        (None, Some(item)) => {
                            let key = known.text(Kind::InvoiceItems, &item.id, field)?;
                            habits.note(name, key);
                        }
                        (None, None) => {}
                    }
                }
            }
        }
        Ok(habits)
    }
}

/// Records that invoices name, each read once.
struct Known<'a> {
    reader: &'a Reader,
    company: &'a CompanyId,
    records: BTreeMap<(Kind, Id), Option<Record>>,
}

impl Known<'_> {
    /// A text of a record; empty where it is not here.
    fn text(&mut self, kind: Kind, id: &Id, field: Field) -> Result<&str, StoreError> {
        let key = (kind, id.clone());
        if !self.records.contains_key(&key) {
            let record = self.reader.record(self.company, kind, id)?;
            self.records.insert(key.clone(), record);
        }
        let record = self.records.get(&key).and_then(Option::as_ref);
        Ok(record.map_or("", |record| record.text(field)))
    }
}
