//! Webhooks: who subscribed to what, what has to be told to whom, and what came of it (contract E).
//!
//! Subscriptions and deliveries live in memory only: a subscriber's address means nothing tomorrow.
//! This decides what is sent and when, by the sandbox's clock; [`delivery`] sends it.

mod api;
pub mod delivery;
mod signature;

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use super::world::{Event, unique_id};
use super::{API_KEY, clock};

pub use api::answer;

/// Minutes from one attempt to the next.
const RETRY_AFTER: [i64; 9] = [3, 5, 10, 30, 60, 120, 240, 480, 720];
/// After this long an event is given up, and its subscription is disabled.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// How many events and attempts are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 20_000;

/// One subscription, as the webhook API keeps it.
#[derive(Debug, Clone)]
struct Subscription {
    description: Value,
    url: String,
    enabled: bool,
    disabled_reason: &'static str,
    events: Vec<String>,
    created: Timestamp,
    updated: Timestamp,
}

impl Subscription {
    fn hears(&self, event_type: &str) -> bool {
        let names = |event: &String| event == "*" || event == event_type;
        self.enabled && self.events.iter().any(names)
    }
}

/// What is told about an event, in the order in which Apideck writes it: not the signed order.
#[derive(Debug, Clone, Serialize)]
struct Payload {
    event_id: String,
    event_type: String,
    unified_api: &'static str,
    service_id: &'static str,
    consumer_id: &'static str,
    entity_id: String,
    entity_type: String,
    entity_url: String,
    execution_attempt: usize,
    occurred_at: String,
}

/// One event on its way to one subscriber.
#[derive(Debug, Clone)]
struct Parcel {
    subscription: u32,
    payload: Payload,
    first: Timestamp,
    due: Timestamp,
}

/// What is to be posted now.
pub struct Post {
    parcel: Parcel,
    pub url: String,
    pub event_type: String,
    pub key: String,
    pub signature: String,
    pub body: String,
}

/// One attempt, for the log.
struct Attempt {
    id: u64,
    at: Timestamp,
    url: String,
    payload: Payload,
    body: String,
    status: Option<u16>,
    retried: bool,
}

impl Attempt {
    fn succeeded(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }
}

pub struct Webhooks {
    base_url: String,
    /// The company that deliveries and log name.
    consumer_id: &'static str,
    seed: u64,
    subscriptions: BTreeMap<u32, Subscription>,
    next: u32,
    parcels: Vec<Parcel>,
    attempts: VecDeque<Attempt>,
    feed: VecDeque<Event>,
    events: u64,
    /// A subscription whose address has to be tried before its answer goes out.
    unproved: Option<u32>,
}

impl Webhooks {
    /// Of the company with this consumer id.
    pub fn new(base_url: String, consumer_id: &'static str, seed: u64) -> Self {
        Self {
            base_url,
            consumer_id,
            seed,
            subscriptions: BTreeMap::new(),
            next: 1,
            parcels: Vec::new(),
            attempts: VecDeque::new(),
            feed: VecDeque::new(),
            events: 0,
            unproved: None,
        }
    }

    /// Takes in what happened, and addresses it to whoever subscribed.
    pub fn hear(&mut self, events: impl IntoIterator<Item = Event>, now: Timestamp) {
        for event in events {
            let payload = self.payload(&event.name(), event.entity, event.id, now);
            for (id, subscription) in &self.subscriptions {
                if subscription.hears(&payload.event_type) {
                    self.parcels.push(Parcel {
                        subscription: *id,
                        payload: payload.clone(),
                        first: now,
                        due: now,
                    });
                }
            }
            if self.feed.len() == REMEMBERED {
                self.feed.pop_front();
            }
            self.feed.push_back(event);
        }
    }

    /// Everything that happened, oldest first, whether anybody subscribed or not.
    pub fn feed(&self) -> impl Iterator<Item = &Event> {
        self.feed.iter()
    }

    fn payload(&mut self, event_type: &str, entity: &str, id: u32, now: Timestamp) -> Payload {
        self.events += 1;
        let resource = format!("{}s", entity.replace('_', "-"));
        Payload {
            event_id: unique_id(self.seed, self.events.rotate_left(40)).to_lowercase(),
            event_type: event_type.to_owned(),
            unified_api: "accounting",
            service_id: "alegra",
            consumer_id: self.consumer_id,
            entity_id: id.to_string(),
            entity_type: entity.to_owned(),
            entity_url: format!("{}/accounting/{resource}/{id}", self.base_url),
            execution_attempt: 1,
            occurred_at: clock::iso(now),
        }
    }

    /// Takes what is due by now, and tells when the next is.
    pub fn take_due(&mut self, now: Timestamp) -> (Vec<Post>, Option<Timestamp>) {
        let (due, waiting) = std::mem::take(&mut self.parcels)
            .into_iter()
            .partition(|parcel| parcel.due <= now);
        self.parcels = waiting;
        let due: Vec<Parcel> = due;
        let posts = due.into_iter().filter_map(|parcel| {
            let subscription = self.subscriptions.get(&parcel.subscription)?;
            let wanted = subscription.enabled;
            wanted.then(|| post(parcel, subscription.url.clone()))
        });
        let posts = posts.collect();
        (posts, self.parcels.iter().map(|parcel| parcel.due).min())
    }

    /// Notes what came of a post: done, to be tried again, or given up.
    pub fn settle(&mut self, post: Post, status: Option<u16>, now: Timestamp) {
        let mut parcel = post.parcel;
        let mut attempt = Attempt {
            id: 0,
            at: now,
            url: post.url,
            payload: parcel.payload.clone(),
            body: post.body,
            status,
            retried: false,
        };
        if !attempt.succeeded() {
            let tried = parcel.payload.execution_attempt;
            let wait = RETRY_AFTER.get(tried - 1).copied();
            let due = wait.and_then(|minutes| {
                let due = now.checked_add(SignedDuration::from_mins(minutes)).ok()?;
                (due.duration_since(parcel.first) <= LIFETIME).then_some(due)
            });
            match due {
                Some(due) => {
                    parcel.due = due;
                    parcel.payload.execution_attempt += 1;
                    attempt.retried = true;
                    self.parcels.push(parcel);
                }
                None => self.disable(parcel.subscription, "retry_limit", now),
            }
        }
        self.log(attempt);
    }

    fn log(&mut self, mut attempt: Attempt) {
        attempt.id = self
            .attempts
            .back()
            .map_or(1, |last| last.id.saturating_add(1));
        if self.attempts.len() == REMEMBERED {
            self.attempts.pop_front();
        }
        self.attempts.push_back(attempt);
    }

    fn disable(&mut self, id: u32, reason: &'static str, now: Timestamp) {
        if let Some(subscription) = self.subscriptions.get_mut(&id) {
            subscription.enabled = false;
            subscription.disabled_reason = reason;
            subscription.updated = now;
        }
        self.parcels.retain(|parcel| parcel.subscription != id);
    }

    /// The probe that a new address has to answer, if there is one (contract E.4).
    pub fn take_probe(&mut self, now: Timestamp) -> Option<Post> {
        let id = self.unproved.take()?;
        let url = self.subscriptions.get(&id)?.url.clone();
        let mut payload = self.payload("*", "webhook", id, now);
        payload.entity_url = format!("{}/webhook/webhooks/{id}", self.base_url);
        let parcel = Parcel {
            subscription: id,
            payload,
            first: now,
            due: now,
        };
        Some(post(parcel, url))
    }

    /// Notes how a probe was answered, and gives the subscription as it then is.
    pub fn probed(&mut self, probe: Post, status: Option<u16>, now: Timestamp) -> Value {
        let id = probe.parcel.subscription;
        let attempt = Attempt {
            id: 0,
            at: now,
            url: probe.url,
            payload: probe.parcel.payload,
            body: probe.body,
            status,
            retried: false,
        };
        if !attempt.succeeded() {
            self.disable(id, "delivery_url_validation_failed", now);
        }
        self.log(attempt);
        self.record(id).unwrap_or(Value::Null)
    }

    /// A subscription as the webhook API writes it.
    fn record(&self, id: u32) -> Option<Value> {
        let one = self.subscriptions.get(&id)?;
        Some(json!({
            "id": id.to_string(),
            "description": one.description,
            "unified_api": "accounting",
            "status": if one.enabled { "enabled" } else { "disabled" },
            "disabled_reason": one.disabled_reason,
            "delivery_url": one.url,
            "execute_base_url": format!("{}/webhook/webhooks/{id}/execute", self.base_url),
            "events": one.events,
            "created_at": clock::iso(one.created),
            "updated_at": clock::iso(one.updated),
        }))
    }
}

fn post(parcel: Parcel, url: String) -> Post {
    #[derive(Serialize)]
    struct Body<'a> {
        payload: &'a Payload,
    }
    let body = Body {
        payload: &parcel.payload,
    };
    // A struct of texts and a number always has a JSON form.
    let sent = serde_json::to_string(&body).unwrap_or_default();
    let signed = serde_json::to_value(&body).unwrap_or_default();
    Post {
        url,
        event_type: parcel.payload.event_type.clone(),
        key: parcel.payload.event_id.clone(),
        signature: signature::sign(&signed, API_KEY),
        body: sent,
        parcel,
    }
}
