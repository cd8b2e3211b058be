//! Whether the record that a create's answer names is the one that was made. Sends and writes nothing.

use std::sync::Arc;

use crate::api::Books;
use crate::domain::intent::{Answer, Intent};
use crate::store::cache::Arrivals;

use super::super::Shared;

/// What was in the cache before a create was sent; nothing where that cannot be told.
pub(super) async fn arrivals<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Option<Arrivals> {
    let asked = shared.reader.ask(|shelf| shelf.reader().arrivals()).await;
    asked.ok()?.ok()
}

/// A record that was there before is not the one that was made, whatever the answer says: it is somebody else's answer,
/// and reading has to tell. One that came meanwhile may well be: a delivery tells of what is made before the answer does.
pub(super) async fn named_the_new_one<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
    here: Option<Arrivals>,
    answer: Answer,
) -> Answer {
    let (Some(_), Answer::Done { id, .. }) = (intent.act.makes(), &answer) else {
        return answer;
    };
    let (company, kind, named) = (intent.company.clone(), intent.kind, id.clone());
    let known = shared
        .reader
        .ask(move |shelf| match here {
            Some(here) => shelf.reader().was_here(&company, kind, &named, here),
            None => shelf
                .reader()
                .row_id(&company, kind, &named)
                .map(|row| row.is_some()),
        })
        .await;
    match intent.baseline.contains(id) || matches!(known, Ok(Ok(true))) {
        true => Answer::Unclear {
            cause: format!("{id}"),
        },
        false => answer,
    }
}
