//! Changes to a record that exists (PATCH): sent once, and where no clear answer came the record is read again.
//!
//! Nothing here spends or creates, so nothing goes through the outbox; and nothing is sent a second time by itself.

use std::sync::Arc;

use crate::api::{Books, Cause};
use crate::app::msg::Fact;
use crate::domain::edit::Edit;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};

use super::reads::keep;
use super::{Shared, owed, trouble};

/// Sends the changes and reports what became of them. An edit without an id changes nothing and is not sent.
pub async fn update<B: Books + 'static>(shared: &Arc<Shared<B>>, edit: Edit) {
    let (kind, Some(id)) = (edit.kind, edit.id.clone()) else {
        return;
    };
    let books = match shared.books().await {
        Ok(books) => books,
        // Whose books answer is not known: nothing was sent.
        Err(trouble) => return shared.tell(None, Fact::NotUpdated { kind, id, trouble }),
    };
    let _first = shared.road.person();
    let touched = owed::touched_by_edit(shared, &edit).await;
    let fact = match books.update(&edit).await {
        Ok(()) => {
            // The list and the page behind the form show the change at once; failing here changes nothing about the
            // update itself, and the next walk reads it all the same.
            let _ = read(shared, kind, &id).await;
            owed::read_again(shared, touched).await;
            Fact::Updated { kind, id }
        }
        Err(error) => {
            let trouble = trouble::of_api(&error);
            // Whoever answers the read that follows may be another server than the one that was sent to.
            shared.doubt_if_offline(&trouble);
            match is_clear(error.cause) {
                true => Fact::NotUpdated { kind, id, trouble },
                false => Fact::UpdateUnclear {
                    kind,
                    now: read(shared, kind, &id).await.map(Box::new),
                    id,
                    trouble,
                },
            }
        }
    };
    shared.tell(None, fact);
}

/// The record as the server has it now, also for the cache; none where it cannot be read.
async fn read<B: Books + 'static>(shared: &Arc<Shared<B>>, kind: Kind, id: &Id) -> Option<Record> {
    let books = shared.books().await.ok()?;
    let began = shared.now();
    let fetched = books.one(kind, id, kind.has_native()).await.ok()?;
    let record = fetched.record.clone();
    // The cache may fail; what was read was read.
    let _ = keep(shared, vec![fetched], began).await;
    if let Some(kind) = other_role(&record)
        && let Ok(fetched) = books.one(kind, id, true).await
    {
        let _ = keep(shared, vec![fetched], began).await;
    }
    Some(record)
}

/// The other list in which a contact stands too (contract 8.2).
fn other_role(contact: &Record) -> Option<Kind> {
    match contact.kind {
        Kind::Customers if contact.flag(Field::IsSupplier) => Some(Kind::Suppliers),
        Kind::Suppliers if contact.flag(Field::IsCustomer) => Some(Kind::Customers),
        _ => None,
    }
}

/// Whether this says for certain that nothing was changed: the request never left, or somebody understood it and said no.
fn is_clear(cause: Cause) -> bool {
    !matches!(
        cause,
        Cause::NoAnswer
            | Cause::Unreadable
            | Cause::TooLarge
            | Cause::Outage
            | Cause::Mapping
            | Cause::RateLimited
    )
}
