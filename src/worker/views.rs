//! Lists that were given a name, as they are kept on this machine.

use std::sync::Arc;

use crate::api::Books;
use crate::app::msg::{Fact, Trouble};
use crate::domain::view::ViewChange;

use super::{Busy, Shared, trouble};

/// The views of the company.
pub async fn all<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    shared
        .durable
        .ask(move |durable| durable.views(&company))
        .await
        .map_err(trouble::of_desk)?
        .map(|views| Fact::Views {
            views,
            change: None,
        })
        .map_err(|error| trouble::of_store(&error))
}

/// Changes them, in the order in which that is asked for, and tells how they are then.
pub fn change<B: Books + 'static>(shared: &Arc<Shared<B>>, busy: &Busy, change: ViewChange) {
    let (company, at) = (shared.company.clone(), shared.now());
    let (begun, shared_too) = (busy.begin(), shared.clone());
    let _ = shared.durable.order(move |durable| {
        let _begun = begun;
        let changed = durable
            .change_views(&company, &change, at)
            .and_then(|()| durable.views(&company));
        shared_too.tell(
            None,
            match changed {
                Ok(views) => Fact::Views {
                    views,
                    change: Some(change),
                },
                Err(error) => Fact::Failed(trouble::of_store(&error)),
            },
        );
    });
}
