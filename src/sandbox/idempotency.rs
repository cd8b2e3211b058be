//! Idempotency keys, on the operations that the official client sends them with (contract A.6).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::call::{Call, Content, Reply};
use super::errors::Refusal;
use super::options::Idempotency;

/// How long a key is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// The keys seen so far, with the first request and the first answer of each.
pub struct Keys {
    behaviour: Idempotency,
    seen: HashMap<String, First>,
}

struct First {
    at: Timestamp,
    request: (String, String, Vec<u8>),
    status: u16,
    body: Value,
}

/// What a request's key leads to.
pub enum Verdict {
    /// Carry it out as if there were no key.
    Plain,
    /// Carry it out and remember the answer under this key.
    Remember(String),
    /// Do nothing; this is the answer.
    Answer(Reply),
}

impl Keys {
    pub fn new(behaviour: Idempotency) -> Self {
        Self {
            behaviour,
            seen: HashMap::new(),
        }
    }

    /// Judges the key of a request, if it has one.
    pub fn judge(&mut self, call: &Call, now: Timestamp) -> Verdict {
        let Some(key) = call.header("idempotency-key") else {
            return Verdict::Plain;
        };
        match self.behaviour {
            Idempotency::Ignore => return Verdict::Plain,
            Idempotency::Refuse => {
                return Verdict::Answer(
                    Refusal::invalid(
                        "idempotency-key is not supported by connector alegra; nothing was written",
                    )
                    .reply(),
                );
            }
            Idempotency::Honour => {}
        }
        let key = key.trim_matches('"').to_owned();
        if key.is_empty()
            || key.len() > 255
            || !key
                .bytes()
                .all(|byte| byte.is_ascii_graphic() || byte == b' ')
        {
            return Verdict::Answer(
                Refusal::invalid("idempotency-key must be 1 to 255 printable characters").reply(),
            );
        }
        self.seen
            .retain(|_, first| now.duration_since(first.at) <= REMEMBERED);
        match self.seen.get(&key) {
            None => Verdict::Remember(key),
            Some(first) if first.request == request_of(call) => {
                Verdict::Answer(Reply::json(first.status, first.body.clone()))
            }
            Some(_) => Verdict::Answer(
                Refusal::new(
                    422,
                    "InvalidStateError",
                    "This idempotency-key was used for another request",
                )
                .reply(),
            ),
        }
    }

    /// Keeps the first answer under its key, also when it was a refusal.
    pub fn remember(&mut self, key: String, call: &Call, reply: &Reply, now: Timestamp) {
        if let Content::Json(body) = &reply.content {
            let first = First {
                at: now,
                request: request_of(call),
                status: reply.status,
                body: body.clone(),
            };
            self.seen.insert(key, first);
        }
    }
}

fn request_of(call: &Call) -> (String, String, Vec<u8>) {
    (
        call.method.to_string(),
        call.path.clone(),
        call.body.to_vec(),
    )
}
