//! The headers of both roads: what a request must carry (contract A.1), what a reply says (A.5).

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::errors::{NativeError, Refusal};
use super::{API_KEY, APP_ID, CONSUMER_ID};

/// Which of the two roads a request came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Road {
    Unify,
    Proxy,
}

/// Checks who asks, and for which connection.
pub fn check(call: &Call, road: Road) -> Result<(), Refusal> {
    let bearer = call
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    if bearer.map(str::trim) != Some(API_KEY) {
        return Err(Refusal::new(
            401,
            "UnauthorizedError",
            "Unauthorized: the API key is missing or not valid",
        ));
    }
    let mut needed = vec!["x-apideck-app-id", "x-apideck-consumer-id"];
    if road == Road::Proxy {
        needed.extend(["x-apideck-service-id", "x-apideck-downstream-url"]);
    }
    let missing: Vec<Value> = needed
        .into_iter()
        .filter(|name| call.header(name).is_none())
        .map(|name| json!({ name: "required" }))
        .collect();
    if !missing.is_empty() {
        let names: Vec<String> = missing
            .iter()
            .filter_map(|one| Some(one.as_object()?.keys().next()?.clone()))
            .collect();
        return Err(Refusal::new(
            400,
            "RequestHeadersValidationError",
            format!("Missing required headers: {}", names.join(", ")),
        )
        .with_detail(json!({ "missing": missing })));
    }
    if call
        .header("x-apideck-service-id")
        .is_some_and(|service| service != "alegra")
    {
        return Err(Refusal::new(
            404,
            "ConnectorNotFoundError",
            "No connector was found for this service id",
        ));
    }
    let ours = |name: &str, wanted: &str| call.header(name) == Some(wanted);
    if !ours("x-apideck-app-id", APP_ID) {
        return Err(Refusal::new(
            404,
            "IntegrationNotFoundError",
            "No integration was found for this application id",
        ));
    }
    if !ours("x-apideck-consumer-id", CONSUMER_ID) {
        return Err(Refusal::new(
            404,
            "ConnectionNotFoundError",
            "No connection was found for this consumer id",
        ));
    }
    Ok(())
}

/// What is said when no limit was asked for: high enough that no client slows down for it.
const UNLIMITED: u32 = 1_000_000;

/// The count of requests in the running minute.
pub struct Limiter {
    limit: Option<u32>,
    minute: i64,
    used: u32,
}

/// Where a request stands in its minute.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until the minute ends.
    pub reset: i64,
    pub exceeded: bool,
}

impl Limiter {
    pub fn new(limit: Option<u32>) -> Self {
        Self {
            limit,
            minute: i64::MIN,
            used: 0,
        }
    }

    /// Counts a request.
    pub fn count(&mut self, now: Timestamp) -> Allowance {
        let second = now.as_second();
        let minute = second.div_euclid(60);
        if minute != self.minute {
            (self.minute, self.used) = (minute, 0);
        }
        self.used = self.used.saturating_add(1);
        let limit = self.limit.unwrap_or(UNLIMITED);
        Allowance {
            limit,
            remaining: limit.saturating_sub(self.used),
            reset: 60 - second.rem_euclid(60),
            exceeded: self.limit.is_some_and(|limit| self.used > limit),
        }
    }
}

/// The reply to a request over the limit: wrapped by Unify, Alegra's own through the Proxy.
pub fn too_many(road: Road, allowance: &Allowance) -> Reply {
    match road {
        Road::Unify => Refusal::new(429, "ConnectorRateLimitError", "Too many requests to connector alegra")
            .with_detail(json!({
                "context": format!("{} requests a minute, {} seconds left", allowance.limit, allowance.reset),
                "error": "Too Many Requests",
            }))
            .reply(),
        Road::Proxy => NativeError::new(429, 429, "Ha excedido el número de solicitudes por minuto").proxied(),
    }
}

/// The headers that every reply of the API carries.
pub fn write(headers: &mut HeaderMap, road: Road, allowance: &Allowance) {
    let mut put = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    put("x-downstream-ratelimit-limit", allowance.limit.to_string());
    put(
        "x-downstream-ratelimit-remaining",
        allowance.remaining.to_string(),
    );
    put("x-downstream-ratelimit-reset", allowance.reset.to_string());
    if road == Road::Proxy {
        put("x-rate-limit-limit", allowance.limit.to_string());
        put("x-rate-limit-remaining", allowance.remaining.to_string());
        put("x-rate-limit-reset", allowance.reset.to_string());
    }
    if allowance.exceeded {
        put("retry-after", allowance.reset.to_string());
    }
}
