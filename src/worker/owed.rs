//! What is open between a contact and the company, and the documents that a payment changes.
//!
//! A balance is never reckoned here: after a payment the documents that it went to are read again.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::Books;
use crate::app::msg::{Fact, Ticket, Trouble, TroubleSort};
use crate::domain::edit::Edit;
use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Allocation, Id, Link, Record};
use crate::store::StoreError;

use super::reads::{from_cache, keep};
use super::{Shared, cancelling, trouble};

/// So many of the oldest documents are read again from the server: each is a request of a budget that all windows share.
const READ_AGAIN: usize = 12;

/// What a contact owes or is owed, from the cache; then again with what the server says now about the oldest of them.
pub async fn open_documents<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ticket: Ticket,
    kind: Kind,
    contact: Id,
    also: Vec<Id>,
) -> Result<Fact, Trouble> {
    let (company, whose, named) = (shared.company.clone(), contact.clone(), also.clone());
    let (mut documents, coverage) = shared
        .reader
        .ask(move |shelf| shelf.open_documents(&company, kind, &whose, &named))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    sort(&mut documents);
    shared.tell(
        Some(ticket),
        Fact::OpenDocuments {
            contact: contact.clone(),
            documents: documents.clone(),
            coverage: coverage.clone(),
        },
    );
    let is_here = |id: &Id| documents.iter().any(|document| document.id == *id);
    let absent = also.iter().filter(|id| !is_here(id));
    let oldest = documents.iter().take(READ_AGAIN).map(|known| &known.id);
    let wanted: Vec<Id> = absent.chain(oldest).cloned().collect();
    let books = shared.books().await?;
    for id in wanted {
        let began = shared.now();
        let fresh = match books.one(kind, &id, false).await {
            Ok(fetched) => fetched,
            Err(error) if trouble::of_api(&error).sort == TroubleSort::NotFound => {
                documents.retain(|document| document.id != id);
                continue;
            }
            Err(error) => return Err(trouble::of_api(&error)),
        };
        documents.retain(|document| document.id != id);
        if owes(&fresh.record) || also.contains(&id) {
            documents.push(fresh.record.clone());
        }
        keep(shared, vec![fresh], began).await?;
    }
    sort(&mut documents);
    Ok(Fact::OpenDocuments {
        contact,
        documents,
        coverage,
    })
}

/// Whether something can be paid on a document.
fn owes(document: &Record) -> bool {
    let balance = document.money(Field::Balance);
    document.status().is_open() && balance.is_none_or(|balance| balance > Money::ZERO)
}

/// The oldest first; those of one day by their number, the shorter before the longer.
fn sort(documents: &mut [Record]) {
    documents.sort_by_cached_key(|document| {
        let number = document.title().to_owned();
        let at = (document.date(Field::Date), document.date(Field::DueDate));
        (at, number.len(), number, document.id.clone())
    });
}

/// The documents that the act of an intent changes besides its own record. Of what is deleted only the cache can tell,
/// while it has it.
pub async fn touched<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
) -> BTreeSet<(Kind, Id)> {
    match &intent.act {
        Act::Create(edit) | Act::CreateAndStamp(edit) => {
            applied(edit.allocations.as_deref().unwrap_or_default())
        }
        Act::Delete(id) => match from_cache(shared, intent.kind, id).await {
            Ok(Some(record)) => applied(&record.allocations),
            _ => BTreeSet::new(),
        },
        // A cancelled invoice lets go of what was paid and credited on it.
        Act::Cancel { id, .. } => match from_cache(shared, intent.kind, id).await {
            Ok(Some(record)) => {
                let mut hanging = applied(&record.allocations);
                if let Ok((notes, _)) = cancelling::credits(shared, id).await {
                    hanging.extend(notes.into_iter().map(|note| (note.kind, note.id)));
                }
                hanging
            }
            _ => BTreeSet::new(),
        },
        Act::Stamp(_) => BTreeSet::new(),
    }
}

/// The documents that a change of a payment changes: those that it went to, and those that it goes to.
pub async fn touched_by_edit<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    edit: &Edit,
) -> BTreeSet<(Kind, Id)> {
    let (Some(id), Some(allocations)) = (&edit.id, &edit.allocations) else {
        return BTreeSet::new();
    };
    let mut touched = applied(allocations);
    if let Ok(Some(before)) = from_cache(shared, edit.kind, id).await {
        touched.extend(applied(&before.allocations));
    }
    touched
}

fn applied(allocations: &[Allocation]) -> BTreeSet<(Kind, Id)> {
    allocations
        .iter()
        .filter_map(|allocation| {
            let document = allocation.document.as_ref()?;
            Some((allocation.kind?, document.id.clone()))
        })
        .collect()
}

/// Gives the documents that a payment or a credit note went to, and the orders that a bill comes from, the folios by which
/// the cache knows them: the wire tells ids only (contract B.10, B.12). What the cache does not know stays without a name.
pub async fn name_documents<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let wanted: Vec<(Kind, Id)> = nameless(record)
        .map(|(kind, link)| (kind, link.id.clone()))
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let company = shared.company.clone();
    let known = shared
        .reader
        .ask(move |shelf| {
            let mut known = Vec::new();
            for (kind, id) in wanted {
                known.extend(shelf.reader().record(&company, kind, &id)?);
            }
            Ok::<_, StoreError>(known)
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))?;
    for (kind, link) in nameless(record) {
        let mut known = known.iter();
        if let Some(document) = known.find(|one| one.kind == kind && one.id == link.id) {
            document.title().clone_into(&mut link.name);
        }
    }
    Ok(())
}

/// The documents of which a record tells the id alone, and whose folio a person wants to read there.
fn nameless(record: &mut Record) -> impl Iterator<Item = (Kind, &mut Link)> {
    let goes_to = matches!(
        record.kind,
        Kind::Payments | Kind::BillPayments | Kind::CreditNotes
    );
    let documents = record
        .allocations
        .iter_mut()
        .filter(move |_| goes_to)
        .filter_map(|allocation| Some((allocation.kind?, allocation.document.as_mut()?)));
    let orders = (record.lines.iter_mut())
        .filter_map(|line| Some((Kind::PurchaseOrders, line.order.as_mut()?)));
    documents
        .chain(orders)
        .filter(|(_, link)| link.name.is_empty())
}

/// Reads documents again, and gives those that could be read. What fails changes nothing about the act itself: the next
/// walk reads them all the same.
pub async fn read_again<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    documents: BTreeSet<(Kind, Id)>,
) -> Vec<Record> {
    let mut read = Vec::new();
    let Ok(books) = shared.books().await else {
        return read;
    };
    for (kind, id) in documents {
        let began = shared.now();
        if let Ok(fetched) = books.one(kind, &id, kind.has_native()).await {
            read.push(fetched.record.clone());
            let _ = keep(shared, vec![fetched], began).await;
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::status::Status;

    fn invoice(id: &str, number: &str, day: i8) -> Record {
        let mut invoice = Record::new(Kind::Invoices, Id::from(id));
        invoice.set(Field::Number, Value::Text(number.into()));
        invoice.set(Field::Date, Value::Date(jiff::civil::date(2026, 3, day)));
        invoice.set(Field::Status, Value::Status(Status::Authorised));
        invoice
    }

    #[test]
    fn the_oldest_stand_first_and_those_of_a_day_by_number() {
        let mut documents = [
            invoice("1", "A10", 5),
            invoice("2", "A9", 5),
            invoice("3", "A99", 2),
        ];
        sort(&mut documents);
        let ids: Vec<&str> = documents.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["3", "2", "1"]);
    }

    #[test]
    fn a_document_without_a_known_balance_may_owe_and_a_paid_one_does_not() {
        let mut document = invoice("1", "A1", 1);
        assert!(owes(&document));
        document.set(Field::Balance, Value::Money(Money::ZERO));
        assert!(!owes(&document));
        document.unset(Field::Balance);
        document.set(Field::Status, Value::Status(Status::Paid));
        assert!(!owes(&document));
    }

    #[test]
    fn an_allocation_of_an_unknown_sort_names_no_document_to_read() {
        let link = Link {
            id: Id::from("6"),
            name: String::new(),
        };
        let of = |kind| Allocation {
            document: Some(link.clone()),
            kind,
            amount: None,
        };
        let known = applied(&[of(Some(Kind::Bills)), of(None), Allocation::default()]);
        assert_eq!(known.len(), 1);
    }
}
