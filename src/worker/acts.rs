//! Acts that spend or create: written down, sent once, read back (law 1). And what an editor must not lose (law 2).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use crate::api::{Books, Cause};
use crate::app::msg::{Fact, Trouble};
use crate::domain::intent::{Act, Answer, Intent, IntentId, Progress, Sighting};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;
use crate::store::durable::{AuditEntry, PlanError, ProgressError};

use super::busy::Busy;
use super::reads::{forget, keep};
use super::twins::{self, Twins};
use super::{Shared, locked, trouble};

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
    let is_delete = matches!(intent.act, Act::Delete(_));
    let answer = match ready(shared, intent).await {
        Ok(intent) => {
            locked(&shared.sent).insert(id.clone(), Instant::now());
            shared.tell(None, Fact::Sent(id.clone()));
            send(shared, &intent).await
        }
        Err(unsent) => unsent,
    };
    let done = match &answer {
        Answer::Done { id: record, .. } => Some(record.clone()),
        _ => None,
    };
    // What was deleted is gone from the lists before they are read again.
    if let (true, Some(record)) = (is_delete, &done) {
        let _ = forget_everywhere(shared, kind, record).await;
    }
    // The person is told at once; what is behind the card follows.
    shared.tell(None, Fact::Answered { intent: id, answer });
    if is_delete {
        return;
    }
    let began = shared.now();
    if let Some(record) = done
        && let Ok(fetched) = shared.books.one(kind, &record, true).await
        && keep(shared, vec![fetched], began).await.is_ok()
    {
        shared.tell(None, Fact::Changed);
    }
}

/// Everything that has to be on disk before the request leaves.
async fn ready<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    mut intent: Intent,
) -> Result<Intent, Answer> {
    let not_sent = |cause: String| Answer::NotSent { cause };
    if matches!(intent.act, Act::Create(_)) {
        intent.baseline = twins::baseline(shared, intent.kind)
            .await
            .map_err(|error| not_sent(error.to_string()))?;
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
        Act::Delete(id) => shared.books.delete(intent.kind, id).await,
    }
}

/// Looks whether the act of an intent was done.
pub async fn read_back<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: Intent) {
    // Only a read that began after the gateway's limit can release; when its answer arrives says nothing.
    let began = began(shared, &intent);
    let sighting = match written_down(shared, &intent).await {
        Ok(intent) => match &intent.act {
            Act::Stamp(id) => stamped(shared, &intent, id).await,
            Act::Create(_) => created(shared, &intent).await,
            Act::Delete(id) => deleted(shared, &intent, id).await,
        },
        Err(cause) => Sighting::Unreadable { cause },
    };
    shared.tell(
        None,
        Fact::Sighted {
            intent: intent.id,
            sighting,
            began,
        },
    );
}

/// When this read begins. For an act that this run sent, never later than its sending and the time that really passed
/// since: a clock that is set forward meanwhile releases nothing early.
fn began<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: &Intent) -> Timestamp {
    let now = shared.now();
    let sent = match &intent.progress {
        Progress::Sent { at } | Progress::Unknown { at, .. } => *at,
        _ => return now,
    };
    let passed = locked(&shared.sent).get(&intent.id).map(Instant::elapsed);
    match passed.and_then(|passed| sent.checked_add(passed).ok()) {
        Some(steady) if shared.clock_is_steady => now.min(steady),
        _ => now,
    }
}

/// The intent as it stands in the outbox: only there is what was known just before it was sent.
async fn written_down<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
) -> Result<Intent, String> {
    let id = intent.id.clone();
    shared
        .durable
        .ask(move |durable| durable.intent(&id))
        .await
        .map_err(|closed| closed.to_string())?
        .map_err(|error| error.to_string())?
        .ok_or_else(|| intent.id.to_string())
}

async fn stamped<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
    id: &Id,
) -> Sighting {
    let began = shared.now();
    match shared.books.one(intent.kind, id, true).await {
        Ok(fetched) => {
            let stamp = fetched.record.stamp.clone();
            // The cache may fail; what was seen was seen.
            let _ = keep(shared, vec![fetched], began).await;
            match stamp {
                Stamp::Unstamped => Sighting::NotDone,
                // Something that looks like a stamp and cannot be read is no proof either way.
                Stamp::NotRead => Sighting::Unreadable {
                    cause: String::new(),
                },
                Stamp::Stamped(uuid) | Stamp::CancelPending(uuid) | Stamp::Cancelled(uuid) => {
                    Sighting::Done {
                        id: id.clone(),
                        uuid: Some(uuid),
                    }
                }
            }
        }
        Err(error) => Sighting::Unreadable {
            cause: error.to_string(),
        },
    }
}

/// Whether a record is gone: only a clear "not there" says so.
async fn deleted<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
    id: &Id,
) -> Sighting {
    let began = shared.now();
    let done = || Sighting::Done {
        id: id.clone(),
        uuid: None,
    };
    match shared.books.one(intent.kind, id, false).await {
        Ok(fetched) if fetched.record.status() == Status::Deleted => {
            let _ = forget_everywhere(shared, intent.kind, id).await;
            done()
        }
        Ok(fetched) => {
            let _ = keep(shared, vec![fetched], began).await;
            Sighting::NotDone
        }
        Err(error) if error.cause == Cause::NotFound => {
            let _ = forget_everywhere(shared, intent.kind, id).await;
            done()
        }
        Err(error) => Sighting::Unreadable {
            cause: error.to_string(),
        },
    }
}

/// Forgets a record that was deleted; a contact in both of its lists, because it is one record (contract B.2).
async fn forget_everywhere<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    id: &Id,
) -> Result<(), Trouble> {
    forget(shared, kind, id.clone()).await?;
    match kind {
        Kind::Customers => forget(shared, Kind::Suppliers, id.clone()).await,
        Kind::Suppliers => forget(shared, Kind::Customers, id.clone()).await,
        _ => Ok(()),
    }
}

async fn created<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: &Intent) -> Sighting {
    let began = shared.now();
    match twins::find(shared, intent).await {
        Ok(Twins::None) => Sighting::NotDone,
        Ok(Twins::One(fetched)) => {
            let id = fetched.record.id.clone();
            let _ = keep(shared, vec![*fetched], began).await;
            Sighting::Done { id, uuid: None }
        }
        Ok(Twins::Doubtful(ids)) => Sighting::Ambiguous(ids),
        Ok(Twins::TooMany) => Sighting::Unreadable {
            cause: String::new(),
        },
        Err(error) => Sighting::Unreadable {
            cause: error.to_string(),
        },
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
        let known = match durable.intent(&intent) {
            Ok(Some(known)) => known,
            Ok(None) => return,
            Err(error) => {
                shared_too.tell(None, Fact::Failed(trouble::of_store(&error)));
                return;
            }
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
        let written = match durable.progress(&intent, &progress, at) {
            // Another window of this program was first, and read the same.
            Err(ProgressError::Settled(_)) => return,
            other => other.map_err(|error| error.to_string()),
        };
        let written = written.and_then(|_| {
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

fn entry(intent: &Intent, event: &str, at: Timestamp, detail: String) -> AuditEntry {
    let act = match intent.act {
        Act::Create(_) => "create",
        Act::Stamp(_) => "stamp",
        Act::Delete(_) => "delete",
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
