//! Changes to a record that exists (PATCH): sent once, and where no clear answer came the record is read again.
//!
//! Before that the record is read: what somebody else changed meanwhile in the same places is not overwritten unasked.
//!
//! Nothing here spends or creates, so nothing goes through the outbox; and nothing is sent a second time by itself.

use std::sync::Arc;

use crate::api::{Books, Cause};
use crate::app::msg::{Fact, Trouble};
use crate::domain::changes::collides;
use crate::domain::edit::Edit;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};

use super::reads::keep;
use super::{Shared, owed, trouble};

/// Sends the changes and reports what became of them. An edit without an id changes nothing and is not sent.
/// Nor is one sent that rests on a record (`opened`) which says something else there now in the same places.
pub async fn update<B: Books + 'static>(shared: &Arc<Shared<B>>, edit: Edit, opened: &Record) {
    let (kind, Some(id)) = (edit.kind, edit.id.clone()) else {
        return;
    };
    let books = match shared.books().await {
        Ok(books) => books,
        // Whose books answer is not known: nothing was sent.
        Err(trouble) => return shared.tell(None, Fact::NotUpdated { kind, id, trouble }),
    };
    let _first = shared.road.person();
    let now = match now(shared, books, kind, &id).await {
        Ok(now) => now,
        Err(trouble) => return shared.tell(None, Fact::NotUpdated { kind, id, trouble }),
    };
    let is_done_with = now.is_immutable() && !opened.is_immutable();
    if is_done_with || collides(&edit, opened, &now) {
        let now = Box::new(now);
        return shared.tell(None, Fact::ChangedElsewhere { now });
    }
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

/// The record as the server has it before anything is sent, also for the cache.
async fn now<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    books: &B,
    kind: Kind,
    id: &Id,
) -> Result<Record, Trouble> {
    let began = shared.now();
    let read = books.one(kind, id, kind.has_native()).await;
    let fetched = read.map_err(|error| trouble::of_api(&error))?;
    let record = fetched.record.clone();
    // The cache may fail; what was read was read.
    let _ = keep(shared, vec![fetched], began).await;
    Ok(record)
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
