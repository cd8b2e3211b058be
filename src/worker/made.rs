//! Looks for the document of a create that stamps, and says whether it is stamped.
//!
//! It concludes nothing from what it does not find: whether an act is released, is decided by the machine of the outbox.

use std::sync::Arc;

use jiff::Timestamp;

use crate::api::{Books, Cause, Fetched};
use crate::domain::intent::{Intent, Progress, Riddle, Sighting};
use crate::domain::record::Id;
use crate::domain::stamp::Stamp;

use super::acts::{rivals, stamp_seen, unreadable};
use super::twins::{self, Twins};
use super::{Shared, owed};

/// A record that the answer to the create named.
enum Named<'a> {
    /// By a success: this one it is.
    Made(&'a Id),
    /// By a refusal, as the draft that was kept: believed only if it could be what was asked for.
    Kept(&'a Id),
}

/// The document, as it can be found: by the name that the answer gave it, else as the twin of what was asked for.
/// `known` is how far the act had come when this look was ordered.
pub async fn look<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    books: &B,
    intent: &Intent,
    known: &Progress,
) -> Sighting {
    let began = shared.now();
    let named = named(known).or_else(|| named(&intent.progress));
    if let Some(Named::Made(id) | Named::Kept(id)) = named {
        let is_certain = matches!(named, Some(Named::Made(_)));
        match books.one(intent.kind, id, true).await {
            Ok(fetched) if is_certain || twins::could_be(&fetched.record, intent) => {
                return found(shared, intent, fetched, began).await;
            }
            Ok(_) => {}
            Err(error) if error.cause == Cause::NotFound && is_certain => {
                return Sighting::Doubtful(Riddle::Gone);
            }
            Err(error) if error.cause == Cause::NotFound => {}
            Err(error) => return unreadable(shared, &error),
        }
    }
    let rivals = match rivals(shared, intent).await {
        Ok(rivals) => rivals,
        Err(cause) => return Sighting::Unreadable { cause },
    };
    let twin = match twins::find(books, intent, &rivals).await {
        Ok(Twins::None) => return Sighting::NotDone,
        Ok(Twins::Doubtful(seen)) => return Sighting::Doubtful(Riddle::Twins(seen)),
        Ok(Twins::One(fetched)) => *fetched,
        Err(error) => return unreadable(shared, &error),
    };
    // The list may have come without its native records.
    let fetched = match twin.record.stamp {
        Stamp::NotRead => books.one(intent.kind, &twin.record.id, true).await,
        _ => Ok(twin),
    };
    match fetched {
        Ok(fetched) => found(shared, intent, fetched, began).await,
        Err(error) => unreadable(shared, &error),
    }
}

fn named(progress: &Progress) -> Option<Named<'_>> {
    match progress {
        Progress::Unknown {
            record: Some(id), ..
        } => Some(Named::Made(id)),
        Progress::Unknown {
            refusal: Some(refusal),
            ..
        } => refusal.draft.as_ref().map(Named::Kept),
        _ => None,
    }
}

/// It is there; what it goes to is read again with it.
async fn found<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
    fetched: Fetched,
    began: Timestamp,
) -> Sighting {
    owed::read_again(shared, owed::touched(shared, intent).await).await;
    stamp_seen(shared, fetched, began).await
}
