//! The Proxy: Alegra's own paths, with Alegra's own replies (contract D.1, D.2).
//!
//! The target stands in a header and is only ever read: no connection leaves the machine.

use axum::http::Method;
use serde_json::{Value, json};

use super::call::{Call, Reply, query_pairs, segments};
use super::cfdi;
use super::errors::{NativeError, Refusal};
use super::native::resource::Resource;
use super::native::{Body, company, id_of, payments};
use super::records::SaleKind;
use super::stamping;
use super::world::World;

/// Where Alegra lives; the Proxy serves nothing else.
const BASE: &str = "https://api.alegra.com/api/v1";

/// A native request, taken out of the header.
struct Target {
    path: Vec<String>,
    query: Vec<(String, String)>,
}

/// The native path that a call aims at, for logs and faults.
pub fn native_path(call: &Call) -> Option<String> {
    let url = call.header("x-apideck-downstream-url")?;
    let path = url.strip_prefix(BASE)?;
    Some(path.split('?').next().unwrap_or(path).to_owned())
}

/// Answers a call to `/proxy` whose headers were found to be good.
pub fn answer(world: &mut World, call: &Call, base_url: &str) -> Reply {
    let target = match target(call) {
        Ok(target) => target,
        Err(refusal) => return refusal.reply(),
    };
    match route(world, call, &target, base_url) {
        Ok((status, body)) => Reply::json(status, body),
        Err(error) => error.proxied(),
    }
}

fn target(call: &Call) -> Result<Target, Refusal> {
    let url = call.header("x-apideck-downstream-url").unwrap_or_default();
    let rest = url
        .strip_prefix(BASE)
        .filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        .ok_or_else(|| {
            Refusal::invalid(
                "x-apideck-downstream-url must begin with https://api.alegra.com/api/v1",
            )
        })?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    Ok(Target {
        path: segments(path),
        query: query_pairs(query),
    })
}

fn route(
    world: &mut World,
    call: &Call,
    target: &Target,
    base_url: &str,
) -> Result<(u16, Value), NativeError> {
    let path: Vec<&str> = target.path.iter().map(String::as_str).collect();
    let query = &target.query;
    match (&call.method, path.as_slice()) {
        (&Method::GET, ["company"]) => Ok((200, company::native(world))),
        (&Method::GET, ["number-templates"]) => Ok((200, company::number_templates(world))),
        (&Method::POST, ["invoices", "stamp"]) => Ok((200, stamping::bulk(world, &body(call)?)?)),
        (method, [path]) => {
            let resource = Resource::at(path).ok_or_else(unknown)?;
            match *method {
                Method::GET => {
                    let files = Files::asked(query, resource, base_url);
                    Ok((200, files.add_to_list((resource.list)(world, query)?)))
                }
                Method::POST => {
                    let id = (resource.create)(world, &body(call)?)?;
                    Ok((201, one(world, resource, id)?))
                }
                _ => Err(unknown()),
            }
        }
        (method, [path, id]) => {
            let resource = Resource::at(path).ok_or_else(unknown)?;
            let id = id.parse().map_err(|_| (resource.missing)())?;
            on_one(world, call, method, resource, id, query, base_url)
        }
        (&Method::POST, [path, id, act]) => {
            let resource = Resource::at(path).ok_or_else(unknown)?;
            let id = id.parse().map_err(|_| (resource.missing)())?;
            let body = body(call)?;
            match (*path, *act) {
                ("invoices", "open") => stamping::open(world, id, &body)?,
                ("invoices", "void") => stamping::void(world, id, &body)?,
                ("payments", "void") => payments::void(world, id)?,
                _ => return Err(unknown()),
            }
            Ok((200, one(world, resource, id)?))
        }
        _ => Err(unknown()),
    }
}

fn on_one(
    world: &mut World,
    call: &Call,
    method: &Method,
    resource: &Resource,
    id: u32,
    query: &[(String, String)],
    base_url: &str,
) -> Result<(u16, Value), NativeError> {
    match *method {
        Method::GET => {
            if resource.path == "invoices" {
                stamping::note_read(world, id)?;
            }
            let files = Files::asked(query, resource, base_url);
            Ok((200, files.add(one(world, resource, id)?)))
        }
        Method::PUT => {
            (resource.update)(world, id, &body(call)?)?;
            Ok((200, one(world, resource, id)?))
        }
        Method::DELETE => {
            (resource.delete.ok_or_else(unknown)?)(world, id)?;
            let message = format!("{} se eliminó correctamente", resource.gone);
            Ok((200, json!({"code": 200, "message": message})))
        }
        _ => Err(unknown()),
    }
}

fn one(world: &World, resource: &Resource, id: u32) -> Result<Value, NativeError> {
    (resource.one)(world, id).ok_or_else(resource.missing)
}

fn unknown() -> NativeError {
    NativeError::not_found("El recurso solicitado no existe")
}

/// The body as an object; an empty one counts as empty.
fn body(call: &Call) -> Result<Body, NativeError> {
    if call.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Body::new());
    }
    match serde_json::from_slice(&call.body) {
        Ok(Value::Object(body)) => Ok(body),
        Ok(_) => Err(NativeError::invalid(
            "El cuerpo de la solicitud debe ser un objeto JSON",
        )),
        Err(_) => Err(NativeError::invalid(
            "El cuerpo de la solicitud no es JSON válido",
        )),
    }
}

/// Which files were asked for with `fields=pdf,xml`; only what can be stamped has any.
struct Files {
    kinds: Vec<&'static str>,
    folder: String,
}

impl Files {
    fn asked(query: &[(String, String)], resource: &Resource, base_url: &str) -> Self {
        let fields = super::call::param(query, "fields").unwrap_or_default();
        let stamped = matches!(resource.path, "invoices" | "credit-notes");
        Self {
            kinds: ["pdf", "xml"]
                .into_iter()
                .filter(|kind| stamped && fields.split(',').any(|field| field.trim() == *kind))
                .collect(),
            folder: format!("{base_url}/sandbox/files/{}", resource.path),
        }
    }

    /// Adds the addresses of the files to a rendered document; null while there is no stamp.
    fn add(&self, mut record: Value) -> Value {
        let stamped = record.pointer("/stamp/uuid").is_some_and(Value::is_string);
        let id = record.get("id").and_then(id_of).unwrap_or_default();
        if let Some(fields) = record.as_object_mut() {
            for kind in &self.kinds {
                let url = stamped.then(|| format!("{}/{id}.{kind}", self.folder));
                fields.insert((*kind).to_owned(), json!(url));
            }
        }
        record
    }

    fn add_to_list(&self, list: Value) -> Value {
        let all = |rows: Vec<Value>| rows.into_iter().map(|row| self.add(row)).collect();
        match list {
            Value::Array(rows) => Value::Array(all(rows)),
            Value::Object(mut body) => {
                if let Some(Value::Array(rows)) = body.remove("data") {
                    body.insert("data".to_owned(), Value::Array(all(rows)));
                }
                Value::Object(body)
            }
            other => other,
        }
    }
}

/// The file behind an address that [`Files`] gave out, with its type.
pub fn file(world: &World, folder: &str, name: &str) -> Option<(&'static str, Vec<u8>)> {
    let kind = match folder {
        "invoices" => SaleKind::Invoice,
        "credit-notes" => SaleKind::CreditNote,
        _ => return None,
    };
    let (id, form) = name.split_once('.')?;
    let sale = world.sales(kind).get(id.parse().ok()?)?;
    match form {
        "xml" => Some((
            "application/xml; charset=utf-8",
            cfdi::xml(world, sale)?.into_bytes(),
        )),
        "pdf" => Some(("application/pdf", cfdi::pdf(world, sale)?)),
        _ => None,
    }
}
