//! The Proxy: Alegra's own paths, with Alegra's own replies (contract D.1, D.2).
//!
//! The target stands in a header and is only ever read: no connection leaves the machine.

use axum::http::Method;
use serde_json::{Value, json};

use super::call::{Call, Reply, query_pairs, segments};
use super::cfdi;
use super::errors::{NativeError, Refusal};
use super::native::{Body, categories, company, contacts, drafting, invoices, items, lists, taxes};
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
    let unknown = || NativeError::not_found("El recurso solicitado no existe");
    match (&call.method, path.as_slice()) {
        (&Method::GET, ["company"]) => Ok((200, company::native())),
        (&Method::GET, ["number-templates"]) => {
            Ok((200, company::number_templates(world.next_number)))
        }
        (&Method::GET, ["contacts"]) => {
            let kind = super::call::param(query, "type").map(str::to_owned);
            let keep: Option<lists::Filter<'_, _>> = kind.map(|kind| -> lists::Filter<'_, _> {
                Box::new(
                    move |contact: &super::records::Contact| match kind.as_str() {
                        "client" => contact.client,
                        "provider" => contact.provider,
                        _ => true,
                    },
                )
            });
            Ok((
                200,
                lists::list(&world.contacts, query, keep, contacts::native)?,
            ))
        }
        (&Method::GET, ["items"]) => Ok((
            200,
            lists::list(&world.items, query, None, |item| items::native(world, item))?,
        )),
        (&Method::GET, ["taxes"]) => Ok((
            200,
            lists::list(&world.taxes, query, None, |tax| taxes::native(world, tax))?,
        )),
        (&Method::GET, ["categories"]) => Ok((
            200,
            world
                .accounts
                .iter()
                .map(|account| categories::native(world, account))
                .collect(),
        )),
        (&Method::GET, ["invoices"]) => {
            let files = Files::asked(query);
            Ok((
                200,
                lists::invoices(world, query, |invoice| {
                    files.add(invoices::native(world, invoice), invoice.id, base_url)
                })?,
            ))
        }
        (&Method::POST, ["contacts"]) => {
            let id = contacts::create(world, &body(call)?)?;
            Ok((201, contact(world, id)?))
        }
        (&Method::POST, ["items"]) => {
            let id = items::create(world, &body(call)?)?;
            Ok((201, item(world, id)?))
        }
        (&Method::POST, ["invoices"]) => {
            let id = drafting::create(world, &body(call)?)?;
            Ok((201, invoice(world, id)?))
        }
        (&Method::POST, ["invoices", "stamp"]) => Ok((200, stamping::bulk(world, &body(call)?)?)),
        (method, [resource, id]) => one(world, call, method, resource, id, query, base_url),
        (&Method::POST, ["invoices", id, act @ ("open" | "void")]) => {
            let id = id.parse().map_err(|_| drafting::missing())?;
            match *act {
                "open" => stamping::open(world, id, &body(call)?)?,
                _ => stamping::void(world, id, &body(call)?)?,
            }
            Ok((200, invoice(world, id)?))
        }
        _ => Err(unknown()),
    }
}

fn one(
    world: &mut World,
    call: &Call,
    method: &Method,
    resource: &str,
    id: &str,
    query: &[(String, String)],
    base_url: &str,
) -> Result<(u16, Value), NativeError> {
    let id: u32 = id
        .parse()
        .map_err(|_| NativeError::not_found("El recurso solicitado no existe"))?;
    let gone = |word: &str| {
        (
            200,
            json!({"code": 200, "message": format!("{word} se eliminó correctamente")}),
        )
    };
    match (method, resource) {
        (&Method::GET, "contacts") => Ok((200, contact(world, id)?)),
        (&Method::PUT, "contacts") => {
            contacts::update(world, id, &body(call)?)?;
            Ok((200, contact(world, id)?))
        }
        (&Method::DELETE, "contacts") => contacts::delete(world, id).map(|()| gone("El contacto")),
        (&Method::GET, "items") => Ok((200, item(world, id)?)),
        (&Method::PUT, "items") => {
            items::update(world, id, &body(call)?)?;
            Ok((200, item(world, id)?))
        }
        (&Method::DELETE, "items") => items::delete(world, id).map(|()| gone("El producto")),
        (&Method::GET, "taxes") => {
            let tax = world.taxes.get(id).ok_or_else(taxes::missing)?;
            Ok((200, taxes::native(world, tax)))
        }
        (&Method::GET, "categories") => {
            let account = world.accounts.get(id).ok_or_else(categories::missing)?;
            Ok((200, categories::native(world, account)))
        }
        (&Method::GET, "invoices") => {
            stamping::note_read(world, id)?;
            Ok((
                200,
                Files::asked(query).add(invoice(world, id)?, id, base_url),
            ))
        }
        (&Method::PUT, "invoices") => {
            drafting::update(world, id, &body(call)?)?;
            Ok((200, invoice(world, id)?))
        }
        (&Method::DELETE, "invoices") => drafting::delete(world, id).map(|()| gone("La factura")),
        _ => Err(NativeError::not_found("El recurso solicitado no existe")),
    }
}

fn contact(world: &World, id: u32) -> Result<Value, NativeError> {
    world
        .contacts
        .get(id)
        .map(contacts::native)
        .ok_or_else(contacts::missing)
}

fn item(world: &World, id: u32) -> Result<Value, NativeError> {
    world
        .items
        .get(id)
        .map(|item| items::native(world, item))
        .ok_or_else(items::missing)
}

fn invoice(world: &World, id: u32) -> Result<Value, NativeError> {
    world
        .invoices
        .get(id)
        .map(|invoice| invoices::native(world, invoice))
        .ok_or_else(drafting::missing)
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

/// Which files were asked for with `fields=pdf,xml`.
struct Files {
    pdf: bool,
    xml: bool,
}

impl Files {
    fn asked(query: &[(String, String)]) -> Self {
        let fields = super::call::param(query, "fields").unwrap_or_default();
        let has = |name: &str| fields.split(',').any(|field| field.trim() == name);
        Self {
            pdf: has("pdf"),
            xml: has("xml"),
        }
    }

    /// Adds the addresses of the files to a rendered invoice; null while there is no stamp.
    fn add(&self, mut record: Value, id: u32, base_url: &str) -> Value {
        let stamped = record.pointer("/stamp/uuid").is_some_and(Value::is_string);
        if let Some(fields) = record.as_object_mut() {
            for (name, wanted) in [("pdf", self.pdf), ("xml", self.xml)] {
                if wanted {
                    let url =
                        stamped.then(|| format!("{base_url}/sandbox/files/invoices/{id}.{name}"));
                    fields.insert(name.to_owned(), json!(url));
                }
            }
        }
        record
    }
}

/// The file behind an address that [`Files`] gave out, with its type.
pub fn file(world: &World, name: &str) -> Option<(&'static str, Vec<u8>)> {
    let (id, kind) = name.split_once('.')?;
    let invoice = world.invoices.get(id.parse().ok()?)?;
    match kind {
        "xml" => Some((
            "application/xml; charset=utf-8",
            cfdi::xml(world, invoice)?.into_bytes(),
        )),
        "pdf" => Some(("application/pdf", cfdi::pdf(world, invoice)?)),
        _ => None,
    }
}
