//! Which records a record names, and of which kinds are those that may name it: customer and documents, payment and
//! what it paid, account and where it is used.
//!
//! A record knows only what it names itself; who names it is for the store to find. Nothing here is a claim that the
//! other record still exists.

use super::field::{Field, Shape};
use super::kind::Kind;
use super::list::Coverage;
use super::money::Money;
use super::record::{Id, Link, Record};

/// Another record that a record names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Of which resource it is.
    pub kind: Kind,
    /// Which one.
    pub id: Id,
    /// Its name or number when this was read; may be empty.
    pub name: String,
    /// The value that names it; none where it is named by a line, an allocation or a posting.
    pub field: Option<Field>,
    /// How much of a payment or credit went there, or came from there.
    pub amount: Option<Money>,
}

/// How many records of a kind name a certain record, and over how many that was counted (law 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBy {
    /// Of which resource they are.
    pub kind: Kind,
    /// How many.
    pub count: usize,
    /// How much of that kind is here.
    pub coverage: Coverage,
}

/// The kinds whose records may name one of this kind, in the order in which they are shown.
pub fn named_by(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::Customers => &[
            Kind::Invoices,
            Kind::CreditNotes,
            Kind::Quotes,
            Kind::Payments,
            Kind::JournalEntries,
        ],
        Kind::Suppliers => &[
            Kind::Bills,
            Kind::PurchaseOrders,
            Kind::BillPayments,
            Kind::JournalEntries,
        ],
        Kind::Invoices => &[Kind::Payments, Kind::CreditNotes, Kind::Quotes],
        Kind::Bills => &[Kind::BillPayments, Kind::PurchaseOrders],
        Kind::PurchaseOrders => &[Kind::Bills],
        Kind::LedgerAccounts => &[
            Kind::JournalEntries,
            Kind::Bills,
            Kind::PurchaseOrders,
            Kind::InvoiceItems,
            Kind::TaxRates,
            Kind::BankAccounts,
            Kind::Customers,
            Kind::Suppliers,
            Kind::LedgerAccounts,
        ],
        Kind::InvoiceItems => &[
            Kind::Invoices,
            Kind::CreditNotes,
            Kind::Quotes,
            Kind::Bills,
            Kind::PurchaseOrders,
        ],
        Kind::TaxRates => &[
            Kind::Invoices,
            Kind::CreditNotes,
            Kind::Quotes,
            Kind::Bills,
            Kind::PurchaseOrders,
            Kind::InvoiceItems,
        ],
        Kind::BankAccounts => &[Kind::Payments, Kind::BillPayments],
        Kind::Departments => &[
            Kind::Invoices,
            Kind::CreditNotes,
            Kind::Quotes,
            Kind::Bills,
            Kind::PurchaseOrders,
            Kind::JournalEntries,
            Kind::Departments,
        ],
        Kind::Payments => &[Kind::Invoices],
        Kind::BillPayments => &[Kind::Bills],
        Kind::CreditNotes => &[Kind::Invoices],
        Kind::Quotes | Kind::JournalEntries | Kind::CompanyInfo => &[],
    }
}

/// The records that this one names, each once, in the order of its values, lines, allocations and postings.
pub fn of(record: &Record) -> Vec<Tie> {
    let mut ties = Ties(Vec::new());
    ties.each(
        Kind::Customers,
        &other_role(record, Kind::Suppliers, Field::IsCustomer),
    );
    ties.each(
        Kind::Suppliers,
        &other_role(record, Kind::Customers, Field::IsSupplier),
    );
    for (field, _) in record.values() {
        if let (Some(kind), Some(link)) = (named_kind(record.kind, field), record.link(field)) {
            ties.add(kind, link, Some(field), None);
        }
    }
    for line in &record.lines {
        ties.each(Kind::InvoiceItems, &line.item);
        ties.each(Kind::LedgerAccounts, &line.account);
        ties.each(Kind::TaxRates, &line.taxes);
        ties.each(Kind::Departments, &line.department);
        ties.each(Kind::PurchaseOrders, &line.order);
    }
    ties.each(Kind::TaxRates, &record.usual_taxes);
    for allocation in &record.allocations {
        if let (Some(kind), Some(document)) = (allocation.kind, &allocation.document) {
            ties.add(kind, document, None, allocation.amount);
        }
    }
    for posting in &record.postings {
        ties.each(Kind::LedgerAccounts, &posting.account);
        ties.each(Kind::Customers, &posting.customer);
        ties.each(Kind::Suppliers, &posting.supplier);
        ties.each(Kind::Departments, &posting.department);
    }
    ties.0
}

/// The contact itself in its other role, where it has both: one record in two lists under one id (contract 8.1, 8.2).
fn other_role(record: &Record, kind: Kind, role: Field) -> Option<Link> {
    (record.kind == kind && record.flag(role)).then(|| Link {
        id: record.id.clone(),
        name: record.text(Field::Name).to_owned(),
    })
}

/// The kind of the record that a field of a record of some kind names; none for a field that names none.
fn named_kind(of: Kind, field: Field) -> Option<Kind> {
    if field.shape() != Shape::Link {
        return None;
    }
    match field {
        Field::Contact => Some(match of {
            Kind::Bills | Kind::PurchaseOrders | Kind::BillPayments => Kind::Suppliers,
            _ => Kind::Customers,
        }),
        Field::Parent => Some(of),
        Field::Department => Some(Kind::Departments),
        Field::Invoice => Some(Kind::Invoices),
        Field::BankAccount => Some(Kind::BankAccounts),
        Field::LedgerAccount | Field::TaxPayableAccount | Field::TaxFavorableAccount => {
            Some(Kind::LedgerAccounts)
        }
        _ => None,
    }
}

struct Ties(Vec<Tie>);

impl Ties {
    fn each<'a>(&mut self, kind: Kind, links: impl IntoIterator<Item = &'a Link>) {
        for link in links {
            self.add(kind, link, None, None);
        }
    }

    fn add(&mut self, kind: Kind, link: &Link, field: Option<Field>, amount: Option<Money>) {
        let known = self
            .0
            .iter()
            .any(|tie| tie.kind == kind && tie.id == link.id);
        if !known && !link.id.as_str().is_empty() {
            self.0.push(Tie {
                kind,
                id: link.id.clone(),
                name: link.name.clone(),
                field,
                amount,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::record::{Allocation, Line};

    fn link(id: &str) -> Link {
        Link {
            id: Id::from(id),
            name: format!("name of {id}"),
        }
    }

    fn names(record: &Record) -> Vec<(Kind, String)> {
        of(record)
            .into_iter()
            .map(|tie| (tie.kind, tie.id.0))
            .collect()
    }

    #[test]
    fn a_contact_is_a_customer_of_what_is_sold_and_a_supplier_of_what_is_bought() {
        for (kind, expected) in [
            (Kind::Invoices, Kind::Customers),
            (Kind::Payments, Kind::Customers),
            (Kind::Bills, Kind::Suppliers),
            (Kind::BillPayments, Kind::Suppliers),
        ] {
            let mut record = Record::new(kind, Id::from("1"));
            record.set(Field::Contact, Value::Link(link("7")));
            assert_eq!(names(&record), [(expected, "7".to_owned())], "{kind:?}");
        }
    }

    #[test]
    fn a_contact_with_two_roles_leads_to_itself_in_the_other_list() {
        for (kind, role, other) in [
            (Kind::Customers, Field::IsSupplier, Kind::Suppliers),
            (Kind::Suppliers, Field::IsCustomer, Kind::Customers),
        ] {
            let mut contact = Record::new(kind, Id::from("7"));
            contact.set(role, Value::Flag(false));
            assert_eq!(names(&contact), []);
            contact.set(role, Value::Flag(true));
            assert_eq!(names(&contact), [(other, "7".to_owned())]);
        }
    }

    #[test]
    fn what_is_named_twice_is_told_once() {
        let mut record = Record::new(Kind::Bills, Id::from("1"));
        let line = Line {
            account: Some(link("50")),
            taxes: vec![link("1")],
            ..Line::default()
        };
        record.lines = vec![line.clone(), line];
        record.allocations = vec![Allocation {
            document: Some(link("9")),
            kind: Some(Kind::BillPayments),
            amount: Some(Money::ZERO),
        }];
        assert_eq!(
            names(&record),
            [
                (Kind::LedgerAccounts, "50".to_owned()),
                (Kind::TaxRates, "1".to_owned()),
                (Kind::BillPayments, "9".to_owned()),
            ]
        );
    }

    #[test]
    fn whatever_can_be_named_knows_of_the_kinds_that_name_it() {
        for kind in Kind::ALL {
            for (field, value) in [
                Field::Contact,
                Field::Department,
                Field::Invoice,
                Field::BankAccount,
                Field::LedgerAccount,
                Field::TaxPayableAccount,
            ]
            .map(|field| (field, Value::Link(link("1"))))
            {
                if !kind.spec().detail.contains(&field) {
                    continue;
                }
                let mut record = Record::new(kind, Id::from("2"));
                record.set(field, value);
                for tie in of(&record) {
                    assert!(
                        named_by(tie.kind).contains(&kind),
                        "{kind:?} names {:?} by {field:?}",
                        tie.kind
                    );
                }
            }
        }
    }
}
