//! Where a request is taken in and answered, without any network: world, faults, limits, keys and log.

use jiff::{SignedDuration, Timestamp};

use super::call::{Call, Content, Reply};
use super::claim::Claim;
use super::control::{self, Log, Seen};
use super::errors::Refusal;
use super::faults::{Fault, Faults};
use super::headers::{self, Allowance, Limiter, Road};
use super::idempotency::{Keys, Verdict};
use super::options::{Options, SandboxError};
use super::parking::Parking;
use super::proxy;
use super::unify::{self, Manner};
use super::webhooks::{self, Webhooks};
use super::world::World;

/// Everything that requests can change.
pub struct State {
    pub world: World,
    pub faults: Faults,
    pub log: Log,
    limiter: Limiter,
    keys: Keys,
    pub webhooks: Webhooks,
    /// Replies of the Proxy that wait elsewhere.
    pub parking: Parking,
    /// Acts whose answer was already given or lost, and that are done at their time.
    late: Vec<(Timestamp, Call)>,
    manner: Manner,
    requests: u64,
    /// What keeps other sandboxes off the kept world.
    pub claim: Option<Claim>,
}

/// A request that was taken in and not yet answered.
pub struct Taken {
    pub road: Option<Road>,
    pub allowance: Allowance,
    pub fault: Option<Fault>,
    pub now: Timestamp,
    /// Counts the requests from 1; part of the reply's `Request-Id`.
    pub number: u64,
}

impl State {
    pub fn open(
        options: &Options,
        base_url: String,
        claim: Option<Claim>,
    ) -> Result<Self, SandboxError> {
        let mut faults = Faults::default();
        faults.plant(options.faults.iter().cloned());
        let mut world = World::open(options)?;
        world.stamps_again = options.stamps_again;
        Ok(Self {
            webhooks: Webhooks::new(base_url.clone(), world.tenant.consumer_id(), world.seed),
            world,
            faults,
            log: Log::default(),
            limiter: Limiter::new(options.rate_limit),
            keys: Keys::new(options.idempotency),
            parking: Parking::default(),
            late: Vec::new(),
            manner: Manner {
                strict: options.strict,
                raw: options.raw,
                base_url,
            },
            requests: 0,
            claim,
        })
    }

    /// Takes a request in: the minute, the planted fault and the acts that are due by now.
    pub fn take(&mut self, call: &Call) -> Taken {
        let now = self.world.clock.now();
        self.do_late_acts(now);
        self.requests += 1;
        let road = road_of(&call.path);
        let fault = road.and_then(|_| {
            self.faults.strike(
                call.method.as_str(),
                &call.path,
                proxy::native_path(call).as_deref(),
            )
        });
        Taken {
            road,
            allowance: match road {
                Some(_) => self.limiter.count(now),
                None => Allowance {
                    limit: 0,
                    remaining: 0,
                    reset: 0,
                    exceeded: false,
                },
            },
            fault,
            now,
            number: self.requests,
        }
    }

    /// Answers a request, whatever becomes of the answer.
    pub fn answer(&mut self, call: &Call) -> Reply {
        let reply = self.route(call);
        let now = self.world.clock.now();
        self.webhooks.hear(self.world.events.drain(..), now);
        reply
    }

    fn route(&mut self, call: &Call) -> Reply {
        match road_of(&call.path) {
            Some(Road::Unify) => {
                match headers::check(call, Road::Unify, self.world.tenant.consumer_id()) {
                    Ok(()) => self.unify(call),
                    Err(refusal) => refusal.reply(),
                }
            }
            Some(Road::Proxy) => {
                match headers::check(call, Road::Proxy, self.world.tenant.consumer_id()) {
                    Ok(()) => {
                        let reply = proxy::answer(&mut self.world, call, &self.manner.base_url);
                        self.parking.hand_out(reply, &self.manner.base_url)
                    }
                    Err(refusal) => refusal.reply(),
                }
            }
            None if call.path.starts_with("/webhook/") => match headers::check_application(call) {
                Ok(()) => {
                    let now = self.world.clock.now();
                    webhooks::answer(&mut self.webhooks, call, now)
                }
                Err(refusal) => refusal.reply(),
            },
            None if call.path.starts_with("/sandbox/") => control::answer(self, call),
            None => Refusal::not_found(format!(
                "No route was found for {} {}",
                call.method, call.path
            ))
            .reply(),
        }
    }

    fn unify(&mut self, call: &Call) -> Reply {
        if !unify::takes_keys(call) {
            return unify::answer(&mut self.world, call, &self.manner);
        }
        let now = self.world.clock.now();
        match self.keys.judge(call, now) {
            Verdict::Plain => unify::answer(&mut self.world, call, &self.manner),
            Verdict::Answer(reply) => reply,
            Verdict::Remember(key) => {
                let reply = unify::answer(&mut self.world, call, &self.manner);
                self.keys.remember(key, call, &reply, now);
                reply
            }
        }
    }

    /// Puts an act off: its answer is lost now, it is done after the delay by the sandbox's clock.
    pub fn put_off(&mut self, call: Call, delay_ms: u64) {
        let delay = SignedDuration::from_millis(i64::try_from(delay_ms).unwrap_or(i64::MAX));
        if let Ok(due) = self.world.clock.now().checked_add(delay) {
            self.late.push((due, call));
        }
    }

    fn do_late_acts(&mut self, now: Timestamp) {
        let mut at = 0;
        while let Some((due, _)) = self.late.get(at) {
            if *due > now {
                at += 1;
                continue;
            }
            let (_, call) = self.late.remove(at);
            let reply = self.answer(&call);
            self.note(&call, Some(reply.status));
        }
    }

    /// Writes a request of the API into the log.
    pub fn note(&mut self, call: &Call, status: Option<u16>) {
        if road_of(&call.path).is_none() {
            return;
        }
        let query: Vec<String> = call
            .query
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        self.log.add(Seen {
            method: call.method.to_string(),
            path: call.path.clone(),
            query: query.join("&"),
            native: call.header("x-apideck-downstream-url").map(str::to_owned),
            status,
        });
    }
}

/// The road that a path belongs to; none for the sandbox's own routes and for unknown ones.
pub fn road_of(path: &str) -> Option<Road> {
    if path == "/proxy" || path == "/proxy/" {
        Some(Road::Proxy)
    } else if path.starts_with("/accounting/") || path == "/accounting" {
        Some(Road::Unify)
    } else {
        None
    }
}

/// What a fault sends instead of a proper answer.
pub fn faulty_reply(fault: &Fault) -> Reply {
    let content = match &fault.body {
        Some(serde_json::Value::String(text)) => Content::Garbage(text.clone()),
        Some(body) => Content::Json(body.clone()),
        None => Content::Garbage("<html><body>upstream error</body></html>".to_owned()),
    };
    Reply {
        status: fault.status,
        content,
        downstream_error: false,
        location: None,
    }
}
