//! Acts that spend or create: written down, sent once, read back (law 1). And what an editor must not lose (law 2).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::api::{Books, Fetched};
use crate::app::msg::Fact;
use crate::domain::field::Field;
use crate::domain::intent::{Act, Answer, Intent, IntentId, Progress, Sighting};
use crate::domain::money::Money;
use crate::domain::record::{Id, Record};
use crate::store::durable::{AuditEntry, PlanError};

use super::busy::Busy;
use super::reads::keep;
use super::{Shared, trouble};

/// So many of the newest records are looked through for the twin of a create.
const NEWEST: usize = 30;

/// Reports what an earlier run left open.
pub async fn left_open<B: Books + 'static>(shared: &Arc<Shared<B>>) {
    let company = shared.company.clone();
    let left = shared
        .durable
        .ask(move |durable| {
            let intents = durable.open_intents(&company)?;
            let edits = durable.edits(&company)?;
            Ok::<_, crate::store::StoreError>((intents, edits))
        })
        .await;
    match left {
        Ok(Ok((intents, edits))) => {
            let edits: BTreeMap<String, String> = edits
                .into_iter()
                .map(|edit| (edit.slot, edit.body))
                .collect();
            shared.tell(None, Fact::Unfinished(edits));
            shared.tell(None, Fact::OpenIntents(intents));
        }
        Ok(Err(error)) => shared.tell(None, Fact::Failed(trouble::of_store(&error))),
        Err(closed) => shared.tell(None, Fact::Failed(trouble::of_desk(closed))),
    }
}

/// Writes the intent down, then sends its request, once.
pub async fn commit<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: Intent) {
    let (id, kind) = (intent.id.clone(), intent.kind);
    let answer = match ready(shared, intent).await {
        Ok(intent) => {
            shared.tell(None, Fact::Sent(id.clone()));
            send(shared, &intent).await
        }
        Err(unsent) => unsent,
    };
    // The cache learns of a success at once, so that nothing on screen offers a stamped document for stamping. Failing
    // here changes nothing about the act; the next reading tells.
    if let Answer::Done { id: record, .. } = &answer
        && let Ok(fetched) = shared.books.one(kind, record, true).await
    {
        let _ = keep(shared, vec![fetched]).await;
    }
    shared.tell(None, Fact::Answered { intent: id, answer });
}

/// Everything that has to be on disk before the request leaves.
async fn ready<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    mut intent: Intent,
) -> Result<Intent, Answer> {
    let not_sent = |cause: String| Answer::NotSent { cause };
    if matches!(intent.act, Act::Create(_)) {
        let newest = shared
            .books
            .newest(intent.kind, NEWEST)
            .await
            .map_err(|error| not_sent(error.to_string()))?;
        intent.baseline = newest.into_iter().map(|row| row.record.id).collect();
    }
    let at = shared.now();
    shared
        .durable
        .ask(move |durable| {
            durable.plan(&intent).map_err(|error| match error {
                PlanError::AlreadyOpen(_) => Answer::AlreadyOpen,
                other => not_sent(other.to_string()),
            })?;
            durable
                .audit(&entry(&intent, "sent", at, String::new()))
                .map_err(|error| not_sent(error.to_string()))?;
            durable
                .progress(&intent.id, &Progress::Sent { at }, at)
                .map_err(|error| not_sent(error.to_string()))?;
            Ok(intent)
        })
        .await
        .map_err(|closed| not_sent(closed.to_string()))?
}

async fn send<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: &Intent) -> Answer {
    match &intent.act {
        Act::Create(edit) => shared.books.create(edit, &intent.id).await,
        Act::Stamp(id) => shared.books.stamp(intent.kind, id).await,
    }
}

/// Looks whether the act of an intent was done.
pub async fn read_back<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: Intent) {
    let sighting = match &intent.act {
        Act::Stamp(id) => stamped(shared, &intent, id).await,
        Act::Create(_) => created(shared, &intent).await,
    };
    shared.tell(
        None,
        Fact::Sighted {
            intent: intent.id,
            sighting,
        },
    );
}

async fn stamped<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
    id: &Id,
) -> Sighting {
    match shared.books.one(intent.kind, id, true).await {
        Ok(fetched) => {
            let uuid = fetched.record.stamp.uuid().cloned();
            let _ = keep(shared, vec![fetched]).await;
            match uuid {
                Some(uuid) => Sighting::Done {
                    id: id.clone(),
                    uuid: Some(uuid),
                },
                None => Sighting::NotDone,
            }
        }
        Err(error) => Sighting::Unreadable {
            cause: error.to_string(),
        },
    }
}

async fn created<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: &Intent) -> Sighting {
    let newest = match shared.books.newest(intent.kind, NEWEST).await {
        Ok(newest) => newest,
        Err(error) => {
            return Sighting::Unreadable {
                cause: error.to_string(),
            };
        }
    };
    let twins: Vec<Fetched> = newest
        .into_iter()
        .filter(|row| !intent.baseline.contains(&row.record.id))
        .filter(|row| is_twin(&row.record, intent))
        .collect();
    let ids: Vec<Id> = twins.iter().map(|row| row.record.id.clone()).collect();
    match ids.as_slice() {
        [] => Sighting::NotDone,
        [id] => {
            let id = id.clone();
            let _ = keep(shared, twins).await;
            Sighting::Done { id, uuid: None }
        }
        _ => Sighting::Ambiguous(ids),
    }
}

/// Whether a record that was not there before may be the one that was asked for: same contact, day and total, or for
/// records without these the same name and RFC.
fn is_twin(record: &Record, intent: &Intent) -> bool {
    let asked = &intent.snapshot;
    let contact = record.link(Field::Contact).map(|link| &link.id);
    if contact.is_some() || asked.contact_id.is_some() {
        return contact == asked.contact_id.as_ref()
            && record.date(Field::Date) == asked.date
            && near(record.money(Field::Total), asked.total);
    }
    record.text(Field::Name) == asked.contact && record.text(Field::Rfc) == asked.rfc
}

/// Whether two totals are the same but for cents that the server may round otherwise. Unknown is near everything:
/// it cannot tell twins apart.
fn near(one: Option<Money>, other: Option<Money>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            let (more, less) = (one.max(other), one.min(other));
            (more - less).cents().is_some_and(|cents| cents <= 10)
        }
        _ => true,
    }
}

/// Writes down how far an intent has come. In the order in which it is ordered.
pub fn record<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    busy: &Busy,
    intent: IntentId,
    progress: Progress,
) {
    let (at, begun, shared_too) = (shared.now(), busy.begin(), shared.clone());
    let _ = shared.durable.order(move |durable| {
        let _begun = begun;
        // An act that could not even be planned has nothing to be written down.
        let Ok(Some(known)) = durable.intent(&intent) else {
            return;
        };
        let event = match &progress {
            Progress::Planned | Progress::Sent { .. } => "sent",
            Progress::Unknown { .. } => "unknown",
            Progress::Adopted { .. } => "adopted",
            Progress::Refused(_) => "refused",
            Progress::Unsent(_) => "unsent",
            Progress::Released => "released",
        };
        let detail = serde_json::to_string(&progress).unwrap_or_default();
        let written = durable
            .progress(&intent, &progress, at)
            .map_err(|error| error.to_string())
            .and_then(|_| {
                durable
                    .audit(&entry(&known, event, at, detail))
                    .map_err(|error| error.to_string())
            });
        if let Err(text) = written {
            let sort = crate::app::msg::TroubleSort::Storage;
            shared_too.tell(
                None,
                Fact::Failed(crate::app::msg::Trouble::new(sort, &text)),
            );
        }
    });
}

fn entry(intent: &Intent, event: &str, at: jiff::Timestamp, detail: String) -> AuditEntry {
    let act = match intent.act {
        Act::Create(_) => "create",
        Act::Stamp(_) => "stamp",
    };
    AuditEntry {
        company: intent.company.clone(),
        at,
        event: format!("{act}-{event}"),
        intent: Some(intent.id.clone()),
        detail,
    }
}

/// Keeps what is in an editor.
pub fn keep_edit<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    busy: &Busy,
    slot: String,
    body: String,
) {
    let (company, at) = (shared.company.clone(), shared.now());
    let (begun, shared_too) = (busy.begin(), shared.clone());
    let _ = shared.durable.order(move |durable| {
        let _begun = begun;
        if let Err(error) = durable.keep_edit(&company, &slot, &body, at) {
            shared_too.tell(None, Fact::Failed(trouble::of_store(&error)));
        }
    });
}

/// Forgets what was in an editor.
pub fn drop_edit<B: Books + 'static>(shared: &Arc<Shared<B>>, busy: &Busy, slot: String) {
    let company = shared.company.clone();
    let (begun, shared_too) = (busy.begin(), shared.clone());
    let _ = shared.durable.order(move |durable| {
        let _begun = begun;
        if let Err(error) = durable.drop_edit(&company, &slot) {
            shared_too.tell(None, Fact::Failed(trouble::of_store(&error)));
        }
    });
}
