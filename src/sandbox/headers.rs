//! The headers of both roads: what a request must carry (contract A.1), what a reply says (A.5).

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::errors::{NativeError, Refusal};
use super::{API_KEY, APP_ID};

/// Which of the two roads a request came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Road {
    Unify,
    Proxy,
}

/// Checks who asks, and for which connection.
pub fn check(call: &Call, road: Road, consumer_id: &str) -> Result<(), Refusal> {
    check_bearer(call)?;
    let proxied: &[&str] = match road {
        Road::Unify => &[],
        Road::Proxy => &["x-apideck-service-id", "x-apideck-downstream-url"],
    };
    check_present(
        call,
        &["x-apideck-app-id", "x-apideck-consumer-id"],
        proxied,
    )?;
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
    check_app_id(call)?;
    if call.header("x-apideck-consumer-id") != Some(consumer_id) {
        return Err(Refusal::new(
            404,
            "ConnectionNotFoundError",
            "No connection was found for this consumer id",
        ));
    }
    Ok(())
}

/// Checks who asks of the webhook API, which belongs to an application and to no consumer.
pub fn check_application(call: &Call) -> Result<(), Refusal> {
    check_bearer(call)?;
    check_present(call, &["x-apideck-app-id"], &[])?;
    check_app_id(call)
}

fn check_bearer(call: &Call) -> Result<(), Refusal> {
    let bearer = call
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    if bearer.map(str::trim) == Some(API_KEY) {
        return Ok(());
    }
    Err(Refusal::new(
        401,
        "UnauthorizedError",
        "Unauthorized: the API key is missing or not valid",
    ))
}

fn check_present(call: &Call, always: &[&str], also: &[&str]) -> Result<(), Refusal> {
    let missing: Vec<&str> = always
        .iter()
        .chain(also)
        .copied()
        .filter(|name| call.header(name).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail: Vec<Value> = missing
        .iter()
        .map(|name| json!({ *name: "required" }))
        .collect();
    Err(Refusal::new(
        400,
        "RequestHeadersValidationError",
        format!("Missing required headers: {}", missing.join(", ")),
    )
    .with_detail(json!({ "missing": detail })))
}

fn check_app_id(call: &Call) -> Result<(), Refusal> {
    if call.header("x-apideck-app-id") == Some(APP_ID) {
        return Ok(());
    }
    Err(Refusal::new(
        404,
        "IntegrationNotFoundError",
        "No integration was found for this application id",
    ))
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
