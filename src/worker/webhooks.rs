//! Listens for what the other side tells by itself, and reads again what it tells about (contract E).
//!
//! Whoever can reach the port can post here, so nothing is done before the signature was found to be good; a delivery
//! that is too large, too slow, too old, repeated, unsigned or about other books changes nothing. Data are never taken
//! from it: the record is read from the configured host, behind everything that a person waits for.

mod guest;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::api::{Books, Cause, Delivery, Subscription, Unbelieved};
use crate::app::msg::{Fact, Heard, Live, Subscribed, Trouble};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::store::cache::Told;

use super::busy::{Begun, Busy};
use super::reads::{forget, keep};
use super::{Shared, judging, locked, trouble};
use guest::Doorkeeper;

/// The header that a delivery is signed in.
const SIGNATURE: &str = "x-apideck-signature";

/// A delivery has less than a thousand bytes.
const LARGEST: usize = 64 << 10;

/// How long a delivery may take to come in.
const SLOWEST: Duration = Duration::from_secs(10);

/// Nothing is repeated for longer than a day (contract E.2); the rest is for clocks that are apart.
const OLDEST: SignedDuration = SignedDuration::from_hours(25);
const EARLIEST: SignedDuration = SignedDuration::from_mins(10);

/// So many records may wait to be read again. Whoever tells more is asked to tell it later.
const WAITING: usize = 256;

/// So many of the last deliveries are shown.
const SHOWN: usize = 10;

/// Where it is listened, and where the other side is told to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listening {
    /// The address of this machine that is listened at.
    pub address: SocketAddr,
    /// The public address that leads there, where the person has one.
    pub url: Option<String>,
}

/// A record to be read again. What is under way is counted until it was.
type Call = (Kind, Id, Begun);

/// Listens until it is given up.
pub async fn serve<B: Books + 'static>(shared: Arc<Shared<B>>, busy: Busy, begun: Begun) {
    let Some(listening) = shared.listening.clone() else {
        return;
    };
    let listener = TcpListener::bind(listening.address).await;
    // Port 0 is whichever is free.
    let address = listener
        .as_ref()
        .ok()
        .and_then(|listener| listener.local_addr().ok())
        .unwrap_or(listening.address);
    let heard = last_heard(&shared).await;
    change(&shared, |live| {
        *live = Live {
            address: address.to_string(),
            is_taken: listener.is_err(),
            url: listening.url.clone().unwrap_or_default(),
            subscription: Subscribed::No,
            foreign: 0,
            heard,
        };
    });
    let listener = match listener {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%error, %address, "nothing can be listened to there");
            return;
        }
    };
    let (calls, waiting) = mpsc::channel(WAITING);
    let ear = shared.clone();
    let router = Router::new().fallback(move |request: Request| {
        let (ear, busy, calls) = (ear.clone(), busy.clone(), calls.clone());
        async move { hear(&ear, &busy, &calls, request).await }
    });
    let open = axum::serve(Doorkeeper::new(listener), router);
    let subscribing = async {
        let _begun = begun;
        if listening.url.is_some() {
            subscribe(&shared).await;
        }
    };
    let (_, (), ()) = tokio::join!(open, read_again(&shared, waiting), subscribing);
}

/// Takes a delivery, or refuses it.
async fn hear<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    busy: &Busy,
    calls: &mpsc::Sender<Call>,
    request: Request,
) -> StatusCode {
    let answer = match heard(shared, busy, calls, request).await {
        Ok(()) => return StatusCode::OK,
        Err(answer) => answer,
    };
    tracing::warn!(status = answer.as_u16(), "a delivery was refused");
    answer
}

async fn heard<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    busy: &Busy,
    calls: &mpsc::Sender<Call>,
    request: Request,
) -> Result<(), StatusCode> {
    if request.method() != Method::POST {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let signature = request
        .headers()
        .get(SIGNATURE)
        .and_then(|value| value.to_str().ok())
        .ok_or(StatusCode::UNAUTHORIZED)?
        .to_owned();
    let body = tokio::time::timeout(SLOWEST, to_bytes(request.into_body(), LARGEST))
        .await
        .map_err(|_| StatusCode::REQUEST_TIMEOUT)?
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let believed = shared
        .road
        .provider()
        .ok_or(StatusCode::SERVICE_UNAVAILABLE)?
        .believed(&body, &signature);
    let delivery = match believed {
        Ok(delivery) => delivery,
        Err(Unbelieved::Unreadable) => return Err(StatusCode::BAD_REQUEST),
        Err(Unbelieved::Forged) => return Err(StatusCode::UNAUTHORIZED),
        // One subscription tells of all companies of the application (contract E.4). Who refuses those that are not open
        // here has it switched off within a day, and hears of none any more.
        Err(Unbelieved::Foreign) => {
            change(shared, |live| live.foreign += 1);
            return Ok(());
        }
    };
    let age = shared.now().duration_since(delivery.at);
    if age > OLDEST || -age > EARLIEST {
        return Err(StatusCode::GONE);
    }
    // Asked for before it is noted: what was noted is not taken a second time.
    let place = calls
        .try_reserve()
        .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let is_new = note(shared, &delivery)
        .await
        .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    if !is_new {
        return Ok(());
    }
    if let Some((kind, id)) = delivery.about {
        place.send((kind, id, busy.begin()));
    }
    let heard = last_heard(shared).await;
    change(shared, |live| live.heard = heard);
    Ok(())
}

/// Notes a delivery, and says whether it is new.
async fn note<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    delivery: &Delivery,
) -> Result<bool, Trouble> {
    let company = shared.company.clone();
    let told = Told {
        event: delivery.event.clone(),
        name: delivery.name.clone(),
        id: delivery
            .about
            .as_ref()
            .map(|(_, id)| id.to_string())
            .unwrap_or_default(),
        at: shared.now(),
    };
    shared
        .writer
        .ask(move |cache| cache.note_delivery(&company, &told))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

/// Reads records again, one after the other; each once, however often it was called for.
async fn read_again<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    mut waiting: mpsc::Receiver<Call>,
) {
    while let Some(first) = waiting.recv().await {
        let mut calls = vec![first];
        while let Ok(call) = waiting.try_recv() {
            calls.push(call);
        }
        let records: BTreeSet<(Kind, Id)> = calls
            .iter()
            .map(|(kind, id, _)| (*kind, id.clone()))
            .collect();
        for (kind, id) in records {
            if let Err(trouble) = read(shared, kind, &id).await {
                // The next walk finds what was missed here.
                shared.doubt_if_offline(&trouble);
                tracing::warn!(kind = kind.slug(), %id, ?trouble, "what was told about could not be read");
            }
        }
        judging::if_due(shared).await;
    }
}

async fn read<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    kind: Kind,
    id: &Id,
) -> Result<(), Trouble> {
    shared.turn(None).await?;
    // Asked after the wait: meanwhile the connection may have come to lead to other books.
    let books = shared.books().await?;
    let began = shared.now();
    match books.one(kind, id, true).await {
        Ok(fetched) => {
            let record = Box::new(fetched.record.clone());
            keep(shared, vec![fetched], began).await?;
            shared.tell(None, Fact::Changed(record));
        }
        Err(error) if error.cause == Cause::NotFound => {
            forget(shared, kind, id.clone()).await?;
            shared.tell(
                None,
                Fact::Vanished {
                    kind,
                    id: id.clone(),
                },
            );
        }
        Err(error) => return Err(trouble::of_api(&error)),
    }
    Ok(())
}

/// Sees to it that there is a subscription for our address, and that it is switched on.
pub async fn subscribe<B: Books + 'static>(shared: &Arc<Shared<B>>) {
    let subscription = match subscribed(shared).await {
        Ok(Some(found)) if found.enabled => Subscribed::Yes,
        Ok(Some(found)) => Subscribed::Off(found.reason),
        Ok(None) => Subscribed::No,
        Err(trouble) => Subscribed::Unknown(trouble),
    };
    change(shared, |live| live.subscription = subscription);
}

async fn subscribed<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
) -> Result<Option<Subscription>, Trouble> {
    let Some(url) = address(shared) else {
        return Ok(None);
    };
    let books = shared.books().await?;
    let of_api = |error| trouble::of_api(&error);
    let found = books.subscriptions().await.map_err(of_api)?;
    let subscription = match found.into_iter().find(|found| found.url == url) {
        None => books.subscribe(&url).await,
        Some(found) if found.enabled && found.whole => Ok(found),
        Some(found) => books.revive(&found.id).await,
    };
    subscription.map(Some).map_err(of_api)
}

/// Gives up the subscription for our address.
pub async fn unsubscribe<B: Books + 'static>(shared: &Arc<Shared<B>>) {
    let subscription = match unsubscribed(shared).await {
        Ok(()) => Subscribed::No,
        Err(trouble) => Subscribed::Unknown(trouble),
    };
    change(shared, |live| live.subscription = subscription);
}

async fn unsubscribed<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<(), Trouble> {
    let Some(url) = address(shared) else {
        return Ok(());
    };
    let books = shared.books().await?;
    let of_api = |error| trouble::of_api(&error);
    let found = books.subscriptions().await.map_err(of_api)?;
    for subscription in found.iter().filter(|found| found.url == url) {
        books.unsubscribe(&subscription.id).await.map_err(of_api)?;
    }
    Ok(())
}

/// The public address that leads here.
fn address<B>(shared: &Shared<B>) -> Option<String> {
    shared.listening.as_ref()?.url.clone()
}

/// What was heard last.
async fn last_heard<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Vec<Heard> {
    let company = shared.company.clone();
    let told = shared
        .reader
        .ask(move |shelf| shelf.reader().deliveries(&company, SHOWN))
        .await;
    match told {
        Ok(Ok(told)) => told
            .into_iter()
            .map(|told| Heard {
                at: told.at,
                name: told.name,
                id: told.id,
            })
            .collect(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "what was told last cannot be read");
            Vec::new()
        }
        Err(_) => Vec::new(),
    }
}

/// Changes how the listening stands, and tells it.
fn change<B>(shared: &Shared<B>, change: impl FnOnce(&mut Live)) {
    let mut live = locked(&shared.live);
    change(&mut live);
    shared.tell(None, Fact::Live(live.clone()));
}
