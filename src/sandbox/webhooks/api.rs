//! The webhook API: subscriptions and the log of deliveries (contract E.4).

use axum::http::Method;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::APP_ID;
use super::super::call::{Call, Cursors, Reply, segments};
use super::super::clock;
use super::super::errors::Refusal;
use super::super::query::{self, Abilities, ListQuery};
use super::{Attempt, Subscription, Webhooks};

/// What can be subscribed to by name; Alegra has only the first five to tell (contract E.1).
const ENTITIES: [&str; 12] = [
    "invoice",
    "bill",
    "invoice_item",
    "customer",
    "supplier",
    "ledger_account",
    "tax_rate",
    "payment",
    "bill_payment",
    "purchase_order",
    "credit_note",
    "quote",
];

/// Answers a call under `/webhook` whose headers were found to be good.
pub fn answer(webhooks: &mut Webhooks, call: &Call, now: Timestamp) -> Reply {
    route(webhooks, call, now).unwrap_or_else(Refusal::reply)
}

fn route(webhooks: &mut Webhooks, call: &Call, now: Timestamp) -> Result<Reply, Refusal> {
    let path = segments(&call.path);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match (&call.method, path.as_slice()) {
        (&Method::GET, ["webhook", "webhooks"]) => {
            let asked = read(call, "webhooks", &[])?;
            let ids = webhooks.subscriptions.keys().copied();
            let all = ids.filter_map(|id| webhooks.record(id)).collect();
            Ok(list(webhooks, call, all, &asked, "webhooks"))
        }
        (&Method::POST, ["webhook", "webhooks"]) => {
            let body = body(call)?;
            check(&body, &["delivery_url", "status", "events", "unified_api"])?;
            let mut subscription = Subscription {
                description: Value::Null,
                url: String::new(),
                enabled: false,
                disabled_reason: "none",
                events: Vec::new(),
                created: now,
                updated: now,
            };
            write(&mut subscription, &body);
            let id = webhooks.next;
            webhooks.next = id.saturating_add(1);
            webhooks.subscriptions.insert(id, subscription);
            webhooks.unproved = Some(id);
            Ok(one(201, webhooks.record(id)))
        }
        (&Method::GET, ["webhook", "webhooks", id]) => {
            let id = known(webhooks, id)?;
            Ok(one(200, webhooks.record(id)))
        }
        (&Method::PATCH, ["webhook", "webhooks", id]) => {
            let id = known(webhooks, id)?;
            let body = body(call)?;
            check(&body, &[])?;
            if let Some(subscription) = webhooks.subscriptions.get_mut(&id) {
                let before = subscription.url.clone();
                write(subscription, &body);
                subscription.updated = now;
                if subscription.url != before {
                    webhooks.unproved = Some(id);
                }
            }
            Ok(one(200, webhooks.record(id)))
        }
        (&Method::DELETE, ["webhook", "webhooks", id]) => {
            let id = known(webhooks, id)?;
            let record = webhooks.record(id);
            webhooks.subscriptions.remove(&id);
            webhooks.parcels.retain(|parcel| parcel.subscription != id);
            Ok(one(200, record))
        }
        (&Method::GET, ["webhook", "logs"]) => {
            let asked = read(call, "logs", LOG_FILTERS)?;
            let kept = webhooks
                .attempts
                .iter()
                .rev()
                .filter(|attempt| passes(attempt, &asked))
                .map(logged)
                .collect();
            Ok(list(webhooks, call, kept, &asked, "logs"))
        }
        _ => Err(Refusal::not_found(format!(
            "No route was found for {} {}",
            call.method, call.path
        ))),
    }
}

/// The filters of the log that are honoured.
const LOG_FILTERS: &[&str] = &[
    "event_type",
    "entity_type",
    "success",
    "start_date",
    "end_date",
];

fn read(
    call: &Call,
    resource: &'static str,
    filters: &'static [&str],
) -> Result<ListQuery, Refusal> {
    let abilities = Abilities {
        resource,
        paged: true,
        sorted: false,
        filters,
    };
    query::read(&call.query, &abilities)
}

fn known(webhooks: &Webhooks, id: &str) -> Result<u32, Refusal> {
    id.parse()
        .ok()
        .filter(|id| webhooks.subscriptions.contains_key(id))
        .ok_or_else(|| Refusal::not_found("The requested webhook was not found"))
}

fn body(call: &Call) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(&call.body) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(Refusal::invalid("The request body must be a JSON object")),
    }
}

/// Refuses a body whose values are not what the published document says, or that lacks a needed one.
fn check(body: &Map<String, Value>, needed: &[&str]) -> Result<(), Refusal> {
    for key in needed {
        if body.get(*key).is_none_or(Value::is_null) {
            return Err(query::wrong(key, "required"));
        }
    }
    for (key, value) in body {
        let (good, expected) = match key.as_str() {
            "description" => (value.is_string() || value.is_null(), "string"),
            "delivery_url" => (
                value
                    .as_str()
                    .is_some_and(|url| url.starts_with("http://") || url.starts_with("https://")),
                "http or https address",
            ),
            "status" => (
                matches!(value.as_str(), Some("enabled" | "disabled")),
                "enabled or disabled",
            ),
            "events" => (
                value.as_array().is_some_and(|events| {
                    !events.is_empty()
                        && events
                            .iter()
                            .all(|event| event.as_str().is_some_and(is_event))
                }),
                "array of event types",
            ),
            "unified_api" => (value.as_str() == Some("accounting"), "accounting"),
            _ => (false, "absent"),
        };
        if !good {
            return Err(query::wrong(key, expected));
        }
    }
    Ok(())
}

fn is_event(name: &str) -> bool {
    let known = || {
        let (entity, deed) = name.strip_prefix("accounting.")?.split_once('.')?;
        let deeds = ["created", "updated", "deleted"];
        Some(ENTITIES.contains(&entity) && deeds.contains(&deed))
    };
    name == "*" || known() == Some(true)
}

/// Writes a checked body into a subscription.
fn write(subscription: &mut Subscription, body: &Map<String, Value>) {
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    if let Some(description) = body.get("description") {
        subscription.description = description.clone();
    }
    if let Some(url) = text("delivery_url") {
        subscription.url = url.to_owned();
    }
    if let Some(status) = text("status") {
        subscription.enabled = status == "enabled";
        subscription.disabled_reason = "none";
    }
    if let Some(events) = body.get("events").and_then(Value::as_array) {
        let named = events.iter().filter_map(Value::as_str);
        subscription.events = named.map(str::to_owned).collect();
    }
}

fn passes(attempt: &Attempt, asked: &ListQuery) -> bool {
    let at = clock::iso(attempt.at);
    asked
        .filters
        .iter()
        .all(|(name, wanted)| match name.as_str() {
            "event_type" => attempt.payload.event_type == *wanted,
            "entity_type" => attempt.payload.entity_type == *wanted,
            "success" => attempt.succeeded().to_string() == *wanted,
            "start_date" => at >= *wanted,
            "end_date" => at <= *wanted,
            _ => true,
        })
}

fn logged(attempt: &Attempt) -> Value {
    json!({
        "id": attempt.id.to_string(),
        "status_code": attempt.status.unwrap_or(0),
        "success": attempt.succeeded(),
        "application_id": APP_ID,
        "consumer_id": attempt.payload.consumer_id,
        "unified_api": "accounting",
        "service": {"id": "alegra", "name": "Alegra"},
        "endpoint": attempt.url,
        "event_type": attempt.payload.event_type,
        "execution_attempt": attempt.payload.execution_attempt,
        "http_method": "POST",
        "timestamp": clock::iso(attempt.at),
        "entity_type": attempt.payload.entity_type,
        "request_body": attempt.body,
        "response_body": "",
        "retry_scheduled": attempt.retried,
        "attempts": [],
    })
}

fn one(status: u16, data: Option<Value>) -> Reply {
    let word = if status == 201 { "Created" } else { "OK" };
    Reply::json(
        status,
        json!({"status_code": status, "status": word, "data": data}),
    )
}

/// A page of what there is; the envelope of this API names no service, resource or operation.
fn list(
    webhooks: &Webhooks,
    call: &Call,
    all: Vec<Value>,
    asked: &ListQuery,
    resource: &str,
) -> Reply {
    let cursor = |offset: usize| query::cursor(resource, offset);
    let end = asked.offset.saturating_add(asked.limit);
    let cursors = Cursors {
        previous: None,
        current: asked.resumed.then(|| cursor(asked.offset)),
        next: (all.len() > end).then(|| cursor(end)),
    };
    let page: Vec<Value> = all
        .into_iter()
        .skip(asked.offset)
        .take(asked.limit)
        .collect();
    let body = json!({
        "status_code": 200,
        "status": "OK",
        "meta": {"items_on_page": page.len(), "cursors": cursors.json()},
        "links": call.links(&webhooks.base_url, &cursors),
        "data": page,
    });
    Reply::json(200, body)
}
