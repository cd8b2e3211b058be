//! The Unify accounting API: envelopes, lists, and the mapping to Alegra and back (contract A.2, B).

mod accounts;
mod bank_accounts;
mod contacts;
mod declared;
mod departments;
mod envelope;
mod items;
mod journals;
mod parts;
mod payments;
mod purchases;
mod resource;
mod sales;
mod shape;
mod tax_rates;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::call::{Call, Reply, segments};
use super::errors::Refusal;
use super::native;
use super::options::RawPlace;
use super::pass_through;
use super::query::{self, Scope};
use super::stamping;
use super::world::World;
use envelope::Envelope;
use resource::Resource;
use shape::Rigour;

/// How the sandbox was asked to answer.
pub struct Manner {
    pub strict: bool,
    pub raw: RawPlace,
    pub base_url: String,
}

/// One record of a list, as Unify has it. As Alegra has it, it is made by its id where somebody wants it so.
struct Record {
    id: u32,
    unified: Value,
}

/// A page of a list, and the offset of the next one.
struct Page {
    records: Vec<Record>,
    next: Option<usize>,
}

/// Whether an idempotency key means anything on this call (contract A.6).
pub fn takes_keys(call: &Call) -> bool {
    let path = segments(&call.path);
    let resource = path.get(1).map(String::as_str);
    match call.method {
        Method::POST => matches!(
            resource,
            Some("invoices" | "credit-notes" | "bills" | "journal-entries")
        ),
        Method::PATCH => resource == Some("invoices"),
        _ => false,
    }
}

/// Answers a call under `/accounting` whose headers were found to be good.
pub fn answer(world: &mut World, call: &Call, manner: &Manner) -> Reply {
    route(world, call, manner).unwrap_or_else(Refusal::reply)
}

fn route(world: &mut World, call: &Call, manner: &Manner) -> Result<Reply, Refusal> {
    let path = segments(&call.path);
    let unknown = || {
        Refusal::not_found(format!(
            "No route was found for {} {}",
            call.method, call.path
        ))
    };
    let (name, id) = match path.as_slice() {
        [_, resource] => (resource.as_str(), None),
        [_, resource, id] => (resource.as_str(), Some(id.as_str())),
        _ => return Err(unknown()),
    };
    let raw = query::wants_raw(&call.query)?;
    let envelope = |name| Envelope {
        resource: name,
        raw,
        call,
        manner,
    };
    if name == COMPANY_INFO {
        if (&call.method, id) != (&Method::GET, None) {
            return Err(unknown());
        }
        if manner.strict {
            query::only_declared(&call.query, &["raw", "fields"], Scope::Nothing)?;
        }
        let native = || Some(native::company::native(world));
        return Ok(envelope(COMPANY_INFO).one(company(world), native));
    }
    let resource = Resource::named(name).ok_or_else(unknown)?;
    if manner.strict {
        resource.check_query(call, id.is_some())?;
    }
    let envelope = envelope(resource.name);
    let native = resource.native;
    let existing = |world: &World, id: &str| -> Result<u32, Refusal> {
        let id = known_id(id)?;
        (resource.one)(world, id, manner).ok_or_else(no_entity)?;
        Ok(id)
    };
    match (&call.method, id) {
        (&Method::GET, None) => {
            let asked = query::read(&call.query, &resource.abilities())?;
            let page = (resource.list)(world, &asked, manner)?;
            Ok(envelope.list(page, &asked, |id| (native.one)(world, id)))
        }
        (&Method::GET, Some(id)) => {
            let id = known_id(id)?;
            // Only the native record tells of a cancellation: what does not show it counts for nothing.
            if resource.name == "invoices" && raw {
                stamping::note_read(world, id)?;
            }
            let record = (resource.one)(world, id, manner).ok_or_else(no_entity)?;
            Ok(envelope.one(record, || (native.one)(world, id)))
        }
        (&Method::POST, None) => {
            let body = native_body(resource, &envelope, true)?;
            let id = (native.create)(world, &body)?;
            Ok(envelope.written(201, "add", id, (native.one)(world, id)))
        }
        (&Method::PATCH, Some(id)) => {
            let id = existing(world, id)?;
            let body = native_body(resource, &envelope, false)?;
            (native.update)(world, id, &body)?;
            Ok(envelope.written(200, "update", id, (native.one)(world, id)))
        }
        (&Method::DELETE, Some(id)) => {
            let delete = native.delete.ok_or_else(|| {
                Refusal::unsupported(format!(
                    "Delete is not supported for {name} by connector alegra"
                ))
            })?;
            let id = existing(world, id)?;
            delete(world, id)?;
            Ok(envelope.written(200, "delete", id, None))
        }
        _ => Err(unknown()),
    }
}

/// The one resource that is a single record and can only be read.
const COMPANY_INFO: &str = "company-info";

fn no_entity() -> Refusal {
    Refusal::not_found("The requested entity was not found")
}

/// Reads a body, maps it to Alegra's and merges its `pass_through`.
fn native_body(
    resource: &Resource,
    envelope: &Envelope<'_>,
    creating: bool,
) -> Result<native::Body, Refusal> {
    let rigour = Rigour {
        creating,
        strict: envelope.manner.strict,
    };
    let body = envelope.body(resource.shape, rigour)?;
    let mut native_body = Value::Object((resource.to_native)(&body, creating)?);
    pass_through::merge(&body, &mut native_body)?;
    match native_body {
        Value::Object(native_body) => Ok(native_body),
        // A merge of objects into an object leaves an object.
        _ => Ok(native::Body::new()),
    }
}

fn known_id(id: &str) -> Result<u32, Refusal> {
    id.parse().map_err(|_| no_entity())
}

fn company(world: &World) -> Value {
    json!({
        "id": world.company,
        "company_name": world.tenant.company().name,
        "legal_name": world.tenant.company().name,
        "status": "active",
        "country": "MX",
        "sales_tax_number": world.tenant.company().rfc,
        "currency": "MXN",
        "addresses": [{
            "type": "primary",
            "line1": world.tenant.company().street,
            "street_number": world.tenant.company().exterior,
            "line2": world.tenant.company().colony,
            "city": world.tenant.company().city,
            "state": world.tenant.company().state,
            "postal_code": world.tenant.company().zip,
            "country": "MX",
        }],
        "phone_numbers": [{"number": world.tenant.company().phone, "type": "primary"}],
        "emails": [{"email": world.tenant.company().email, "type": "primary"}],
    })
}

/// Copies fields that differ only in their name; what was not sent is not made up.
fn renamed(body: &Map<String, Value>, names: &[(&str, &str)]) -> native::Body {
    names
        .iter()
        .filter_map(|(unified, native)| Some(((*native).to_owned(), body.get(*unified)?.clone())))
        .collect()
}
