//! One record, asked for by its name behind everything else.

use std::sync::Arc;

use jiff::Timestamp;

use crate::api::{Books, Cause, Fetched};
use crate::app::msg::{Trouble, TroubleSort};
use crate::domain::kind::Kind;
use crate::domain::record::Id;

use super::super::{Shared, trouble};
use super::pages::PATIENCE;

/// What became of a record that was asked for by its name.
pub(super) enum Sought {
    /// The server no longer has it.
    Gone,
    /// It has it.
    There(Box<Fetched>),
    /// It answers that it is there but cannot be read, or with another one.
    Unreadable,
}

/// Asks the server for a record with all that it has of it, when it is the turn of what was ordered then.
///
/// # Errors
/// What keeps it from being asked at all.
pub(super) async fn sought<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    (kind, id): (Kind, &Id),
    ordered_at: Timestamp,
) -> Result<Sought, Trouble> {
    let mut refusals = 0;
    loop {
        shared.turn(Some(ordered_at)).await?;
        // Asked after the wait: meanwhile the connection may have come to lead to other books.
        let books = shared.books().await?;
        let error = match books.one(kind, id, kind.has_native()).await {
            Ok(fetched) => return Ok(Sought::There(Box::new(fetched))),
            Err(error) if error.cause == Cause::NotFound => return Ok(Sought::Gone),
            Err(error) => error,
        };
        let trouble = trouble::of_api(&error);
        match trouble.sort {
            TroubleSort::RateLimit if refusals < PATIENCE => {
                refusals += 1;
                shared.settle_requests();
            }
            TroubleSort::Offline
            | TroubleSort::Credentials
            | TroubleSort::Quota
            | TroubleSort::RateLimit => return Err(trouble),
            _ => return Ok(Sought::Unreadable),
        }
    }
}
