//! Routes outside of the API, for tests and for whoever teaches: what the sandbox holds and has seen,
//! planted faults, the clock, and what a colleague does elsewhere meanwhile.

use std::collections::VecDeque;

use axum::http::Method;
use serde_json::{Value, json};

use super::call::{Call, Content, Reply, segments};
use super::claim::Claim;
use super::clock;
use super::desk::State;
use super::errors::NativeError;
use super::faults::Fault;
use super::native::{Body, drafting, id_of};
use super::parking::FOLDER;
use super::proxy;
use super::records::{Sale, SaleKind, State as Status};
use super::stamping;
use super::world::World;

/// How many requests are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 20_000;

/// One request of the API as it was answered.
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub native: Option<String>,
    /// The status that was sent; absent when the answer was lost on purpose.
    pub status: Option<u16>,
}

#[derive(Default)]
pub struct Log(VecDeque<Seen>);

impl Log {
    pub fn add(&mut self, seen: Seen) {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(seen);
    }
}

/// Answers a call under `/sandbox`.
pub fn answer(state: &mut State, call: &Call) -> Reply {
    let path = segments(&call.path);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let result = match (&call.method, path.as_slice()) {
        (&Method::GET, ["sandbox", "state"]) => {
            Ok(report(state, call.param("documents") != Some("false")))
        }
        (&Method::GET, ["sandbox", "claim"]) => {
            Ok(json!({"claim": state.claim.as_ref().map(Claim::token)}))
        }
        (&Method::GET, ["sandbox", "files", folder, name]) => {
            let file = proxy::file(&state.world, folder, name);
            return lying(state, call, file);
        }
        (&Method::GET, ["sandbox", FOLDER, name]) => {
            let parked = state.parking.fetch(name);
            return lying(state, call, parked);
        }
        (&Method::POST, ["sandbox", "faults"]) => plant(state, call),
        (&Method::DELETE, ["sandbox", "faults"]) => {
            state.faults.clear();
            Ok(json!({"cleared": true}))
        }
        (&Method::POST, ["sandbox", "clock"]) => advance(state, call),
        (&Method::POST, ["sandbox", "stamp-elsewhere"]) => {
            elsewhere(state, call, |world, id, _| {
                stamping::stamp(world, SaleKind::Invoice, id)
            })
        }
        (&Method::POST, ["sandbox", "edit-elsewhere"]) => {
            elsewhere(state, call, |world, id, body| {
                let fields = body.get("fields").and_then(Value::as_object);
                let fields =
                    fields.ok_or_else(|| NativeError::invalid("fields must be an object"))?;
                drafting::update(world, SaleKind::Invoice, id, fields)
            })
        }
        (&Method::POST, ["sandbox", "settle-cancellation"]) => {
            elsewhere(state, call, |world, id, body| {
                let accepted = body
                    .get("accepted")
                    .and_then(Value::as_bool)
                    .unwrap_or(true);
                match stamping::settle_cancellation(world, id, accepted)? {
                    true => Ok(()),
                    false => Err(NativeError::invalid(
                        "no cancellation waits for this invoice",
                    )),
                }
            })
        }
        _ => return Reply::json(404, json!({"error": "No such route of the sandbox"})),
    };
    match result {
        Ok(body) => Reply::json(200, body),
        Err(error) => Reply::json(error.status, error.body()),
    }
}

/// A file or a parked body, to whoever comes bare: it lies where in the real world other servers are.
fn lying(state: &mut State, call: &Call, found: Option<(&'static str, Vec<u8>)>) -> Reply {
    match found {
        _ if !state.parking.comes_bare(call) => {
            Reply::json(403, json!({"error": "Credentials do not belong here"}))
        }
        Some((content_type, bytes)) => Reply {
            status: 200,
            content: Content::File {
                content_type,
                bytes,
            },
            downstream_error: false,
            location: None,
        },
        None => Reply::json(404, json!({"error": "No such file"})),
    }
}

/// What the sandbox holds: the witness that tests ask.
fn report(state: &State, documents: bool) -> Value {
    let world = &state.world;
    let drafts = world
        .invoices
        .iter()
        .filter(|invoice| invoice.state == Status::Draft)
        .count();
    let listed = |kind: SaleKind| -> Vec<Value> {
        let sales = world.sales(kind);
        let listed = sales.iter().filter(|_| documents);
        listed.map(|sale| held(world, sale)).collect()
    };
    let requests: Vec<Value> = state
        .log
        .0
        .iter()
        .map(|seen| {
            json!({
                "method": seen.method,
                "path": seen.path,
                "query": seen.query,
                "native": seen.native,
                "status": seen.status,
            })
        })
        .collect();
    let events: Vec<Value> = state
        .webhooks
        .feed()
        .map(|event| json!({"type": event.name(), "id": event.id.to_string()}))
        .collect();
    json!({
        "now": clock::iso(world.clock.now()),
        "folios_used": world.folios,
        "credentials_shown": state.parking.leaks,
        "invoices": world.invoices.len(),
        "customers": world.contacts.iter().filter(|contact| contact.client).count(),
        "items": world.items.len(),
        "suppliers": world.contacts.iter().filter(|contact| contact.provider).count(),
        "bills": world.bills.len(),
        "purchase_orders": world.orders.len(),
        "payments": world.payments.len(),
        "credit_notes": world.credit_notes.len(),
        "quotes": world.quotes.len(),
        "journal_entries": world.journal_entries.len(),
        "drafts": drafts,
        "documents": listed(SaleKind::Invoice),
        "notes": listed(SaleKind::CreditNote),
        "requests": requests,
        "events": events,
    })
}

/// What the sandbox holds of one document that is stamped.
fn held(world: &World, sale: &Sale) -> Value {
    json!({
        "id": sale.id.to_string(),
        "status": sale.state.word(),
        "uuid": sale.stamp.as_ref().map(|stamp| world.uuid(stamp)),
        "stamps": world.folios_of(sale),
    })
}

fn plant(state: &mut State, call: &Call) -> Result<Value, NativeError> {
    let text = String::from_utf8_lossy(&call.body);
    let text = text.trim();
    let faults = if text.starts_with('[') {
        serde_json::from_str::<Vec<Fault>>(text).map_err(|error| error.to_string())
    } else {
        Fault::parse_lines(text).map_err(|error| error.to_string())
    };
    let faults = faults.map_err(NativeError::invalid)?;
    let planted = faults.len();
    state.faults.plant(faults);
    Ok(json!({ "planted": planted }))
}

fn advance(state: &mut State, call: &Call) -> Result<Value, NativeError> {
    let body = body(call)?;
    let seconds = body.get("advance_seconds").and_then(Value::as_i64);
    let moved = seconds.is_some_and(|seconds| state.world.clock.advance(seconds));
    if !moved {
        return Err(NativeError::invalid(
            "advance_seconds must be a whole number of at most ten years",
        ));
    }
    state.world.keep_time()?;
    Ok(json!({"now": clock::iso(state.world.clock.now())}))
}

/// Something that a colleague does to an invoice through another program.
fn elsewhere(
    state: &mut State,
    call: &Call,
    act: impl FnOnce(&mut World, u32, &Body) -> Result<(), NativeError>,
) -> Result<Value, NativeError> {
    let body = body(call)?;
    let id = body.get("id").and_then(id_of).ok_or_else(missing)?;
    act(&mut state.world, id, &body)?;
    let invoice = state.world.invoices.get(id).ok_or_else(missing)?;
    Ok(json!({
        "id": id.to_string(),
        "status": invoice.state.word(),
        "uuid": invoice.stamp.as_ref().map(|stamp| state.world.uuid(stamp)),
    }))
}

fn missing() -> NativeError {
    drafting::missing(SaleKind::Invoice)
}

fn body(call: &Call) -> Result<Body, NativeError> {
    serde_json::from_slice(&call.body)
        .map_err(|_| NativeError::invalid("the body must be a JSON object"))
}
