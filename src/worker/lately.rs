//! What was looked for lately, as it is kept on this machine.

use std::sync::Arc;

use crate::api::Books;
use crate::app::msg::{Fact, Trouble};

use super::{Busy, Shared, trouble};

/// What was looked for lately in the books of the company.
pub async fn all<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<Fact, Trouble> {
    let company = shared.company.clone();
    shared
        .durable
        .ask(move |durable| durable.lately(&company))
        .await
        .map_err(trouble::of_desk)?
        .map(Fact::Lately)
        .map_err(|error| trouble::of_store(&error))
}

/// Notes a question. That it could not be kept stops nobody in what was found by it, and is only logged.
pub fn note<B: Books + 'static>(shared: &Arc<Shared<B>>, busy: &Busy, text: String) {
    let company = shared.company.clone();
    let (begun, shared_too) = (busy.begin(), shared.clone());
    let _ = shared.durable.order(move |durable| {
        let _begun = begun;
        match durable.note_question(&company, &text) {
            Ok(lately) => shared_too.tell(None, Fact::Lately(lately)),
            Err(error) => tracing::warn!(%error, "a question was not kept"),
        }
    });
}
