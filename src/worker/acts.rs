//! Acts that spend or create: written down, sent once, read back (law 1). And what an editor must not lose (law 2).

mod new_one;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use serde_json::json;

use crate::api::{ApiError, Books, Cause, Fetched};
use crate::app::msg::{Fact, Trouble, TroubleSort};
use crate::domain::intent::{Act, Answer, Intent, IntentId, Progress, Refusal, Riddle, Sighting};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;
use crate::sat::rules::named_in;
use crate::store::durable::{PlanError, ProgressError, Rivals};

use super::busy::Busy;
use super::log::{asked, entry, sign};
use super::reads::{forget, keep};
use super::twins::{self, Twins};
use super::{Shared, locked, made, owed, trouble};
use new_one::{arrivals, named_the_new_one};

/// Reports what an earlier run left open.
pub async fn left_open<B: Books + 'static>(shared: &Arc<Shared<B>>) {
    let (company, at, teller) = (shared.company.clone(), shared.now(), shared.clone());
    let left = shared
        .durable
        .ask(move |durable| {
            for given_up in durable.give_up(&company, at)? {
                let mut detail = json!({ "progress": given_up.progress });
                sign(&mut detail, &given_up, teller.road.profile());
                durable.audit(&entry(&given_up, "released", at, detail.to_string()))?;
                teller.tell(None, Fact::Settled(Box::new(given_up)));
            }
            let mut intents = durable.open_intents(&company)?;
            // Whoever planned these a moment ago is about to send them.
            intents.retain(|intent| intent.progress != Progress::Planned);
            intents.extend(durable.awaited_intents(&company)?);
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
    let _first = shared.road.person();
    let (id, kind) = (intent.id.clone(), intent.kind);
    let touched = owed::touched(shared, &intent).await;
    let target = intent.target().cloned();
    let is_delete = matches!(intent.act, Act::Delete(_));
    // Of this one only the read-back that follows can tell what became of it.
    let is_read_back = matches!(intent.act, Act::CreateAndStamp(_));
    let begun = Fact::Begun(Box::new(intent.clone()));
    let here = match intent.act.makes() {
        Some(_) => arrivals(shared).await,
        None => None,
    };
    let ready = ready(shared, intent).await;
    shared.tell(None, begun);
    let answer = match ready {
        Ok((intent, books)) => {
            locked(&shared.sent).insert(id.clone(), Instant::now());
            shared.tell(None, Fact::Sent(id.clone()));
            let answer = send(books, &intent).await;
            named_the_new_one(shared, &intent, here, answer).await
        }
        Err(unsent) => unsent,
    };
    let changed = match &answer {
        Answer::Done { .. } if is_read_back => None,
        Answer::Done { id: record, .. } => Some(record.clone()),
        Answer::Unclear { .. } | Answer::NotSent { .. } => {
            // Whoever answers the read that follows may be another server than the one that was sent to.
            shared.doubt();
            None
        }
        // Another window acted on it: what is shown here is old. What is in process shows that from now on.
        Answer::AlreadyOpen | Answer::Pending => target,
        _ => None,
    };
    // What was deleted is gone from the lists before they are read again.
    if let (true, Answer::Done { id: record, .. }) = (is_delete, &answer) {
        let _ = forget_everywhere(shared, kind, record).await;
    }
    // The person is told at once; what is behind the card follows.
    let is_done = matches!(answer, Answer::Done { .. });
    shared.tell(None, Fact::Answered { intent: id, answer });
    if is_delete {
        if is_done {
            settle_documents(shared, touched).await;
        }
        return;
    }
    let began = shared.now();
    if let Some(record) = changed
        && let Ok(books) = shared.books().await
        && let Ok(fetched) = books.one(kind, &record, true).await
    {
        let record = Box::new(fetched.record.clone());
        // The cache may fail; what was read was read.
        let _ = keep(shared, vec![fetched], began).await;
        owed::read_again(shared, touched).await;
        shared.tell(None, Fact::Changed(record));
    }
}

/// Reads again the documents that a payment which is gone went to, and says so to the page that may show one of them.
async fn settle_documents<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    touched: BTreeSet<(Kind, Id)>,
) {
    for record in owed::read_again(shared, touched).await {
        shared.tell(None, Fact::Changed(Box::new(record)));
    }
}

/// Everything that has to be certain, and on disk, before the request leaves; and the books that it leaves for. Nothing
/// is waited for between the two: what an unknown result is released by is counted from the moment that is written
/// down here (law 1).
async fn ready<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    mut intent: Intent,
) -> Result<(Intent, &B), Answer> {
    // A machine word first, as the causes of the wire have it: the screen has words for it, the rest is for the log.
    let not_sent = |cause: String| Answer::NotSent { cause };
    if intent.act.makes().is_some() {
        let books = shared.books().await.map_err(nobody)?;
        intent.baseline = twins::baseline(books, intent.kind)
            .await
            .map_err(|error| not_sent(error.to_string()))?;
    }
    // Asked last: the connection may have been lost while the newest records were read.
    let books = shared.books().await.map_err(nobody)?;
    let (intent, acted_before) = planned(shared, intent).await?;
    if acted_before {
        not_stamped_meanwhile(books, &intent).await?;
    }
    let at = shared.now();
    let asked = asked(&intent, shared.road.profile());
    shared
        .durable
        .ask(move |durable| {
            durable
                .audit(&entry(&intent, "sent", at, asked))
                .map_err(|error| not_written(error.to_string()))?;
            durable
                .progress(&intent.id, &Progress::Sent { at }, at)
                .map_err(|error| not_written(error.to_string()))?;
            Ok(intent)
        })
        .await
        .map_err(|closed| not_written(closed.to_string()))?
        .map(|intent| (intent, books))
}

/// Nothing was sent, because this could not be written down.
pub(super) fn not_written(error: String) -> Answer {
    Answer::NotSent {
        cause: format!("Storage: {error}"),
    }
}

/// Writes an intent down. From then on no window of this program acts on the same document or editor; whether one did
/// before comes back.
async fn planned<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: Intent,
) -> Result<(Intent, bool), Answer> {
    let teller = shared.clone();
    shared
        .durable
        .ask(move |durable| {
            let already_open = |other: Intent| {
                tell_open(&teller, other);
                Answer::AlreadyOpen
            };
            if matches!(intent.act, Act::Stamp(_)) {
                let open = durable.open_intents(&intent.company);
                let open = open.map_err(|error| not_written(error.to_string()))?;
                let same = |other: &Intent| other.may_be_stamping(intent.kind, &intent.snapshot);
                if let Some(other) = open.into_iter().find(same) {
                    return Err(already_open(other));
                }
            }
            match durable.plan(&intent) {
                Ok(acted_before) => Ok((intent, acted_before)),
                Err(PlanError::AlreadyOpen(other)) => Err(match durable.intent(&other) {
                    Ok(Some(other)) => already_open(other),
                    _ => Answer::AlreadyOpen,
                }),
                // Where this window shows what the other one saved, it is saved here as well. Else what was typed here
                // since must not be taken for saved: it stays.
                Err(PlanError::AlreadySaved(other)) => Err(match durable.intent(&other) {
                    Ok(Some(other)) if other.act == intent.act => saved_by(&other),
                    _ => Answer::AlreadyOpen,
                }),
                Err(other) => Err(not_written(other.to_string())),
            }
        })
        .await
        .map_err(|closed| not_written(closed.to_string()))?
}

/// The answer to an act that another one, whose outcome is known, has done already.
fn saved_by(other: &Intent) -> Answer {
    match &other.progress {
        Progress::Adopted { id, uuid } => Answer::Done {
            id: id.clone(),
            uuid: uuid.clone(),
        },
        _ => Answer::AlreadyOpen,
    }
}

/// Another window acted on the same document, perhaps after this one had read it: now that no other one can, it is read
/// once more, and what is stamped is not sent.
pub(super) async fn not_stamped_meanwhile<B: Books>(
    books: &B,
    intent: &Intent,
) -> Result<(), Answer> {
    let Act::Stamp(id) = &intent.act else {
        return Ok(());
    };
    match books.one(intent.kind, id, true).await {
        Ok(fetched) if fetched.record.stamp == Stamp::Unstamped => Ok(()),
        Ok(_) => Err(Answer::AlreadyOpen),
        Err(error) => Err(Answer::NotSent {
            cause: error.to_string(),
        }),
    }
}

/// An act of another window is followed here too, so that this window bars the document as long as the other one does.
/// What is only planned there is not: to a recovery it would look given up.
pub fn tell_open<B: Books + 'static>(teller: &Arc<Shared<B>>, other: Intent) {
    if other.progress.is_open() && other.progress != Progress::Planned {
        teller.tell(None, Fact::OpenIntents(vec![other]));
    }
}

/// Why nothing leaves while it is not known whose books answer; by the machine words that the screen has words for.
pub fn nobody(trouble: Trouble) -> Answer {
    let word = match trouble.sort {
        TroubleSort::Offline => "NotSent",
        TroubleSort::RateLimit => "Paused",
        TroubleSort::Server => "HTTP",
        TroubleSort::Storage
        | TroubleSort::DiskFull
        | TroubleSort::FileLocked
        | TroubleSort::FileReadOnly
        | TroubleSort::FileDamaged => "Storage",
        _ => "",
    };
    Answer::NotSent {
        cause: format!("{word}: {}", trouble.text),
    }
}

async fn send<B: Books>(books: &B, intent: &Intent) -> Answer {
    let answer = match &intent.act {
        Act::Create(edit) => books.create(edit, &intent.id).await,
        Act::CreateAndStamp(edit) => books.create_stamped(edit, &intent.id).await,
        Act::Stamp(id) => books.stamp(intent.kind, id).await,
        Act::Delete(id) => books.delete(intent.kind, id).await,
        Act::Cancel { id, motive } => books.cancel(intent.kind, id, motive).await,
    };
    if let (true, Answer::Refused(refusal)) = (intent.act.stamps(), &answer) {
        missed(refusal);
    }
    answer
}

/// Names in the log the rules that let a document pass which was refused, so that they can be looked at.
pub fn missed(refusal: &Refusal) {
    let mut rules = named_in(&refusal.code);
    rules.extend(named_in(&refusal.text));
    if rules.is_empty() {
        tracing::warn!(code = %refusal.code, text = %refusal.text, "a stamp was refused for which there is no rule");
    } else {
        tracing::warn!(?rules, code = %refusal.code, text = %refusal.text, "a stamp was refused that these rules let pass");
    }
}

/// Looks whether the act of an intent was done.
pub async fn read_back<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: Intent) {
    let _first = shared.road.person();
    // What stands in the books of another company is no answer, neither way (law 5).
    let books = shared.books().await.map_err(|trouble| {
        shared.doubt_if_offline(&trouble);
        trouble.text
    });
    // Only a read that began after the gateway's limit can release; when its answer arrives says nothing.
    let began = began(shared, &intent);
    let known = intent.progress.clone();
    let sighting = match (books, written_down(shared, &intent).await) {
        // The write comes before the request: what broke before it was written down was never sent.
        (_, Ok(None)) => {
            let unsent = Answer::NotSent {
                cause: String::new(),
            };
            let id = intent.id.clone();
            shared.tell(
                None,
                Fact::Answered {
                    intent: id,
                    answer: unsent,
                },
            );
            Sighting::Unreadable {
                cause: String::new(),
            }
        }
        (Ok(books), Ok(Some(intent))) => match &intent.act {
            Act::Stamp(id) => stamped(shared, books, &intent, id).await,
            Act::Create(_) => created(shared, books, &intent).await,
            Act::CreateAndStamp(_) => made::look(shared, books, &intent, &known).await,
            Act::Delete(id) => deleted(shared, books, &intent, id).await,
            Act::Cancel { id, .. } => cancelled(shared, books, &intent, id).await,
        },
        (Err(cause), _) | (_, Err(cause)) => Sighting::Unreadable { cause },
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

/// The intent as it stands in the outbox: only there is what was known just before it was sent. None where it was never
/// written down.
async fn written_down<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
) -> Result<Option<Intent>, String> {
    let id = intent.id.clone();
    let known = shared
        .durable
        .ask(move |durable| durable.intent(&id))
        .await
        .map_err(|closed| closed.to_string())?
        .map_err(|error| error.to_string())?;
    match known {
        Some(known) if known.company != shared.company => Err(intent.id.to_string()),
        known => Ok(known),
    }
}

async fn stamped<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    books: &B,
    intent: &Intent,
    id: &Id,
) -> Sighting {
    let began = shared.now();
    match books.one(intent.kind, id, true).await {
        Ok(fetched) => match stamp_seen(shared, fetched, began).await {
            Sighting::Unstamped(_) => Sighting::NotDone,
            seen => seen,
        },
        // Neither done nor not done: somebody deleted it, or it was never where we look.
        Err(error) if error.cause == Cause::NotFound => Sighting::Doubtful(Riddle::Gone),
        Err(error) => unreadable(shared, &error),
    }
}

/// What a document that was read with its native record says about its stamp. Kept in the cache, and told where it is
/// stamped.
pub(super) async fn stamp_seen<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    fetched: Fetched,
    began: Timestamp,
) -> Sighting {
    let record = Box::new(fetched.record.clone());
    // The cache may fail; what was seen was seen.
    let _ = keep(shared, vec![fetched], began).await;
    let id = record.id.clone();
    let seen = match record.stamp.clone() {
        Stamp::Unstamped => return Sighting::Unstamped(id),
        // Something that looks like a stamp and cannot be read is no proof either way.
        Stamp::NotRead => {
            return Sighting::Unreadable {
                cause: String::new(),
            };
        }
        Stamp::Stamped(uuid) | Stamp::CancelPending(uuid) | Stamp::Cancelled(uuid) => {
            Sighting::Done {
                id,
                uuid: Some(uuid),
            }
        }
    };
    shared.tell(None, Fact::Changed(record));
    seen
}

/// A read that was not answered, or not in a way that tells anything.
pub(super) fn unreadable<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    error: &ApiError,
) -> Sighting {
    shared.doubt_if_offline(&trouble::of_api(error));
    Sighting::Unreadable {
        cause: error.to_string(),
    }
}

/// What became of a cancellation: done only where the record itself says that it is cancelled.
async fn cancelled<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    books: &B,
    intent: &Intent,
    id: &Id,
) -> Sighting {
    let began = shared.now();
    let fetched = match books.one(intent.kind, id, true).await {
        Ok(fetched) => fetched,
        Err(error) if error.cause == Cause::NotFound => return Sighting::Doubtful(Riddle::Gone),
        Err(error) => return unreadable(shared, &error),
    };
    let sighting = match &fetched.record.stamp {
        Stamp::Cancelled(_) => Sighting::Done {
            id: id.clone(),
            uuid: None,
        },
        Stamp::CancelPending(_) => Sighting::Pending,
        Stamp::Stamped(_) => Sighting::NotDone,
        // A document that was stamped and now seems not to be is no proof either way.
        Stamp::Unstamped | Stamp::NotRead => Sighting::Unreadable {
            cause: String::new(),
        },
    };
    let record = Box::new(fetched.record.clone());
    // As long as the cache has the record as it was.
    let touched = owed::touched(shared, intent).await;
    // The cache may fail; what was seen was seen.
    let _ = keep(shared, vec![fetched], began).await;
    if matches!(sighting, Sighting::Done { .. }) {
        owed::read_again(shared, touched).await;
    }
    shared.tell(None, Fact::Changed(record));
    sighting
}

/// Whether a record is gone: only a clear "not there" says so.
async fn deleted<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    books: &B,
    intent: &Intent,
    id: &Id,
) -> Sighting {
    let began = shared.now();
    let done = || Sighting::Done {
        id: id.clone(),
        uuid: None,
    };
    match books.one(intent.kind, id, false).await {
        Ok(fetched) if fetched.record.status() == Status::Deleted => {
            gone(shared, intent, id).await;
            done()
        }
        Ok(fetched) => {
            let _ = keep(shared, vec![fetched], began).await;
            Sighting::NotDone
        }
        Err(error) if error.cause == Cause::NotFound => {
            gone(shared, intent, id).await;
            done()
        }
        Err(error) => unreadable(shared, &error),
    }
}

/// A record that was to be deleted is gone: so it goes here, and what it was applied to is read again.
async fn gone<B: Books + 'static>(shared: &Arc<Shared<B>>, intent: &Intent, id: &Id) {
    let touched = owed::touched(shared, intent).await;
    // The cache may fail; what was seen was seen.
    let _ = forget_everywhere(shared, intent.kind, id).await;
    settle_documents(shared, touched).await;
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

/// What other creates say of the records that this one may have made.
pub(super) async fn rivals<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intent: &Intent,
) -> Result<Rivals, String> {
    let intent = intent.clone();
    shared
        .durable
        .ask(move |durable| durable.rivals(&intent))
        .await
        .map_err(|closed| closed.to_string())?
        .map_err(|error| error.to_string())
}

async fn created<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    books: &B,
    intent: &Intent,
) -> Sighting {
    let rivals = match rivals(shared, intent).await {
        Ok(rivals) => rivals,
        Err(cause) => return Sighting::Unreadable { cause },
    };
    let began = shared.now();
    match twins::find(books, intent, &rivals).await {
        Ok(Twins::None) => Sighting::NotDone,
        Ok(Twins::One(fetched)) => {
            let id = fetched.record.id.clone();
            let _ = keep(shared, vec![*fetched], began).await;
            owed::read_again(shared, owed::touched(shared, intent).await).await;
            Sighting::Done { id, uuid: None }
        }
        Ok(Twins::Doubtful(seen)) => Sighting::Doubtful(Riddle::Twins(seen)),
        Err(error) => unreadable(shared, &error),
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
    if !progress.is_open() {
        // Nobody reads it back any more.
        locked(&shared.sent).remove(&intent);
    }
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
            Progress::Awaiting { .. } => "awaiting",
            Progress::Adopted { .. } => "adopted",
            Progress::Declined => "declined",
            Progress::Unstamped(_) => "unstamped",
            Progress::Refused(_) => "refused",
            Progress::Unsent(_) => "unsent",
            Progress::Released => "released",
            Progress::Decided(_) => "decided",
        };
        let mut detail = json!({ "progress": progress });
        sign(&mut detail, &known, shared_too.road.profile());
        // What a person says was made and stamped spent a folio, as what was read back does.
        if let (Act::CreateAndStamp(_), Some(uuid)) =
            (&known.act, known.progress.decided_uuid(&progress))
            && let Some(detail) = detail.as_object_mut()
        {
            detail.insert("uuid".to_owned(), uuid.as_str().into());
        }
        let detail = detail.to_string();
        let written = match durable.progress(&intent, &progress, at) {
            // Another window of this program was first. What it found out holds, here too.
            Err(ProgressError::Settled(_)) => {
                if let Ok(Some(settled)) = durable.intent(&intent)
                    && settled.progress != progress
                {
                    shared_too.tell(None, Fact::Settled(Box::new(settled)));
                }
                return;
            }
            // Somebody was first to say that this record is that of another create: it is looked for again.
            Err(ProgressError::Taken(_)) => {
                shared_too.tell(None, Fact::Taken(intent));
                return;
            }
            other => other.map_err(|error| error.to_string()),
        };
        let written = written.and_then(|_| {
            durable
                .audit(&entry(&known, event, at, detail))
                .map_err(|error| error.to_string())
        });
        // A decision counts once it is on disk, because it lets the same thing be sent again.
        if written.is_ok() && matches!(progress, Progress::Decided(_)) {
            let settled = Intent { progress, ..known };
            shared_too.tell(None, Fact::Settled(Box::new(settled)));
        }
        if let Err(error) = written {
            tracing::error!(error, "how far an act has come could not be written down");
            let trouble = Trouble::new(TroubleSort::Storage, "");
            shared_too.tell(None, Fact::Failed(trouble));
        }
    });
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
