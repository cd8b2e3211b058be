//! Several stamps in one request (contract D.3): written down together, sent once, each answered and settled by itself.
//!
//! What holds for one act holds here for each (law 1). An act whose document has another one open stays behind; the
//! others leave without it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use jiff::SignedDuration;

use crate::api::{Books, Bulk};
use crate::app::msg::Fact;
use crate::domain::audit::AuditEntry;
use crate::domain::intent::{Act, Answer, Intent, IntentId};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::store::durable::{Placed, PlanError, ProgressError};

use super::acts::{missed, nobody, not_stamped_meanwhile, not_written, tell_open};
use super::log::{asked, entry};
use super::reads::keep;
use super::{Shared, locked};

/// Writes the intents down, then sends their request, once.
pub async fn commit_many<B: Books + 'static>(shared: &Arc<Shared<B>>, intents: Vec<Intent>) {
    let _first = shared.road.person();
    let names: Vec<IntentId> = intents.iter().map(|intent| intent.id.clone()).collect();
    let (sent, books) = match ready(shared, intents).await {
        Ok(ready) => ready,
        Err(unsent) => {
            for intent in names {
                let answer = unsent.clone();
                shared.tell(None, Fact::Answered { intent, answer });
            }
            return;
        }
    };
    let Some(first) = sent.first().map(|(intent, _)| intent.clone()) else {
        return;
    };
    for (intent, _) in &sent {
        locked(&shared.sent).insert(intent.clone(), Instant::now());
        shared.tell(None, Fact::Sent(intent.clone()));
    }
    let ids: Vec<Id> = sent.iter().map(|(_, id)| id.clone()).collect();
    let bulk = books.stamp_many(&ids).await;
    if bulk.whole && bulk.answers.iter().any(|(_, answer)| is_lost(answer)) {
        // Whoever answers the reads that follow may be another server than the one that was sent to.
        shared.doubt();
    }
    let done: BTreeSet<Id> = bulk
        .answers
        .iter()
        .filter(|(_, answer)| matches!(answer, Answer::Done { .. }))
        .map(|(id, _)| id.clone())
        .collect();
    tell_answers(shared, first, &sent, bulk);
    read_done(shared, done).await;
}

fn is_lost(answer: &Answer) -> bool {
    matches!(answer, Answer::Unclear { .. } | Answer::NotSent { .. })
}

fn tell_answers<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    first: IntentId,
    sent: &[(IntentId, Id)],
    bulk: Bulk,
) {
    let wait = bulk
        .wait
        .map(|wait| SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX));
    shared.tell(
        None,
        Fact::ChunkAnswered {
            intent: first,
            whole: bulk.whole,
            wait,
        },
    );
    for (intent, id) in sent {
        let answer = bulk.answers.iter().find(|(about, _)| about == id);
        let answer = answer.map_or_else(
            || Answer::Unclear {
                cause: String::new(),
            },
            |(_, answer)| answer.clone(),
        );
        if let Answer::Refused(refusal) = &answer {
            missed(refusal);
        }
        let intent = intent.clone();
        shared.tell(None, Fact::Answered { intent, answer });
    }
}

/// Everything that has to be certain, and on disk, before the request leaves: which acts leave, on which documents, and
/// the books that they leave for. Between the writing that they leave and the request nothing is waited for.
async fn ready<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intents: Vec<Intent>,
) -> Result<(Vec<(IntentId, Id)>, &B), Answer> {
    let is_stamp =
        |intent: &Intent| intent.kind == Kind::Invoices && matches!(intent.act, Act::Stamp(_));
    if !intents.iter().all(is_stamp) {
        // Nobody orders that; it is here so that no other act can ever slip into this road.
        return Err(Answer::NotSent {
            cause: String::new(),
        });
    }
    let books = shared.books().await.map_err(nobody)?;
    let mut leaving = Vec::new();
    for (intent, placed) in planned(shared, intents).await? {
        let answer = match placed {
            Placed::First => Ok(()),
            Placed::ActedBefore => not_stamped_meanwhile(books, &intent).await,
            Placed::Behind(_) => Err(Answer::AlreadyOpen),
        };
        match answer {
            Ok(()) => leaving.push(intent),
            Err(answer) => shared.tell(
                None,
                Fact::Answered {
                    intent: intent.id,
                    answer,
                },
            ),
        }
    }
    let (at, signer) = (shared.now(), shared.clone());
    let sent = shared
        .durable
        .ask(move |durable| {
            let profile = signer.road.profile();
            let acts: Vec<(IntentId, AuditEntry)> = leaving
                .iter()
                .map(|intent| {
                    let entry = entry(intent, "sent", at, asked(intent, profile));
                    (intent.id.clone(), entry)
                })
                .collect();
            durable.send_all(&acts, at)?;
            let sent = leaving.into_iter().filter_map(|intent| {
                let id = intent.target().cloned()?;
                Some((intent.id, id))
            });
            Ok::<_, ProgressError>(sent.collect())
        })
        .await
        .map_err(|closed| not_written(closed.to_string()))?
        .map_err(|error| not_written(error.to_string()))?;
    Ok((sent, books))
}

/// Writes the intents down: from then on no window of this program acts on the same documents. Those that another act
/// keeps back are told of it, and what became of each comes back.
async fn planned<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    intents: Vec<Intent>,
) -> Result<Vec<(Intent, Placed)>, Answer> {
    let (teller, company) = (shared.clone(), shared.company.clone());
    shared
        .durable
        .ask(move |durable| {
            let open = durable.open_intents(&company)?;
            let mut placed = Vec::with_capacity(intents.len());
            let mut free = Vec::with_capacity(intents.len());
            for intent in intents {
                let same = |other: &&Intent| other.may_be_stamping(intent.kind, &intent.snapshot);
                match open.iter().find(same) {
                    Some(other) => {
                        tell_open(&teller, other.clone());
                        placed.push((intent, Placed::Behind(other.id.clone())));
                    }
                    None => free.push(intent),
                }
            }
            let of_free = durable.plan_all(&free)?;
            for placed in &of_free {
                if let Placed::Behind(other) = placed
                    && let Ok(Some(other)) = durable.intent(other)
                {
                    tell_open(&teller, other);
                }
            }
            placed.extend(free.into_iter().zip(of_free));
            Ok::<_, PlanError>(placed)
        })
        .await
        .map_err(|closed| not_written(closed.to_string()))?
        .map_err(|error| not_written(error.to_string()))
}

/// Reads again what was stamped, for the lists behind: the latest page has most of it, because it was changed last.
async fn read_done<B: Books + 'static>(shared: &Arc<Shared<B>>, mut done: BTreeSet<Id>) {
    let kind = Kind::Invoices;
    if done.is_empty() {
        return;
    }
    let Ok(books) = shared.books().await else {
        return;
    };
    let began = shared.now();
    let mut fetched = Vec::new();
    if done.len() > 1
        && let Ok(page) = books.page(kind, None, None).await
    {
        for row in page.rows {
            if row.record.stamp.uuid().is_some() && done.remove(&row.record.id) {
                fetched.push(row);
            }
        }
    }
    for id in done {
        if let Ok(row) = books.one(kind, &id, true).await {
            fetched.push(row);
        }
    }
    let last = fetched.last().map(|row| Box::new(row.record.clone()));
    // The cache may fail; what was read was read.
    let _ = keep(shared, fetched, began).await;
    // What is shown of all of them is read from the cache again: one telling serves for all.
    if let Some(record) = last {
        shared.tell(None, Fact::Changed(record));
    }
}
