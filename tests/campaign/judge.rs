//! What must hold after a case, whatever happened in it.

use std::collections::BTreeSet;

use timbra::domain::audit::Verdict;
use timbra::domain::intent::{Act, Intent, Progress};
use timbra::domain::record::Id;
use timbra::domain::stamp::Uuid;
use timbra::store::StoreError;
use timbra::store::durable::Durable;

use crate::acts::{self, Matter, document};
use crate::seat::Seat;
use crate::site::Site;
use crate::template::TEMPLATE;

/// How often an act was done, by the witness's own count: once at most, whoever did it and however often it was tried.
pub fn at_most_once(act: &acts::Act, site: &Site<'_>, matter: &Matter) -> Result<u64, String> {
    match (act.count)(site, matter) {
        done @ 0..=1 => Ok(done),
        done => Err(format!("it was done {done} times")),
    }
}

/// What the outbox says of the acts of this folder: nothing is open, and whatever is said to be done is.
pub fn outbox_is_true(seat: &Seat, site: &Site<'_>) -> Result<(), String> {
    let mut adopted = BTreeSet::new();
    for intent in outbox(seat, site)? {
        match &intent.progress {
            open if open.is_open() => return Err(format!("still open after everything: {open:?}")),
            Progress::Adopted { id, uuid } => {
                is_true(site, &intent, id, uuid.as_ref(), &mut adopted)?
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_true(
    site: &Site<'_>,
    intent: &Intent,
    id: &Id,
    uuid: Option<&Uuid>,
    adopted: &mut BTreeSet<Id>,
) -> Result<(), String> {
    let path = format!("/accounting/{}/{id}", intent.kind.slug());
    if intent.act.stamps() {
        let state = site.state();
        let held = document(&state, intent.kind, id.as_str());
        let truth = held.and_then(|document| document["uuid"].as_str());
        let told = uuid.map(Uuid::as_str);
        if told != truth || truth.is_none() {
            return Err(format!(
                "the outbox says {told:?} of {id}, true is {truth:?}"
            ));
        }
    }
    if matches!(intent.act, Act::Delete(_)) && site.has(&path) {
        return Err(format!("{path} is said to be deleted"));
    }
    if matches!(intent.act, Act::Cancel { .. }) {
        let state = site.state();
        let held = document(&state, intent.kind, id.as_str());
        if held.is_none_or(|document| document["status"] != "void") {
            return Err(format!("{path} is said to be cancelled"));
        }
    }
    if intent.act.makes().is_none() {
        return Ok(());
    }
    match () {
        () if !site.has(&path) => Err(format!("adopted, and there is no {path}")),
        () if TEMPLATE.had(intent.kind, id) => Err(format!(
            "{path} is taken for the new one, and was there before"
        )),
        () if !adopted.insert(id.clone()) => Err(format!("{path} is adopted twice")),
        () => Ok(()),
    }
}

/// What stands in the outbox, whose log must be whole.
fn outbox(seat: &Seat, site: &Site<'_>) -> Result<Vec<Intent>, String> {
    let read = || {
        let durable = Durable::open(&site.folder().join("durable.db"))?;
        let company = &seat.model.company_id;
        Ok::<_, StoreError>((
            durable.intents(company, 100)?,
            durable.verify_audit(company)?,
        ))
    };
    match read() {
        Ok((intents, Verdict::Whole { .. })) => Ok(intents),
        Ok((_, verdict)) => Err(format!("the audit log is not whole: {verdict:?}")),
        Err(error) => Err(format!("the outbox cannot be read: {error}")),
    }
}
