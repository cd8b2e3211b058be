//! The Unify accounting API: envelopes, lists, and the mapping to Alegra and back (contract A.2, B).

mod accounts;
mod customers;
mod envelope;
mod invoices;
mod items;
mod shape;
mod tax_rates;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::books::COMPANY;
use super::call::{Call, Reply, segments};
use super::errors::{NativeError, Refusal};
use super::native;
use super::options::RawPlace;
use super::pass_through;
use super::query::{self, Abilities, ListQuery};
use super::records::{Contact, Item};
use super::stamping;
use super::table::{Order, Row, Table};
use super::world::World;
use envelope::Envelope;

/// How the sandbox was asked to answer.
pub struct Manner {
    pub strict: bool,
    pub raw: RawPlace,
    pub base_url: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resource {
    CompanyInfo,
    Customers,
    LedgerAccounts,
    TaxRates,
    InvoiceItems,
    Invoices,
}

impl Resource {
    fn named(name: &str) -> Option<Self> {
        [
            Self::CompanyInfo,
            Self::Customers,
            Self::LedgerAccounts,
            Self::TaxRates,
            Self::InvoiceItems,
            Self::Invoices,
        ]
        .into_iter()
        .find(|resource| resource.abilities().resource == name)
    }

    /// The support matrix (contract B.0).
    fn abilities(self) -> Abilities {
        let (resource, paged, sorted, filters): (_, _, _, &'static [&'static str]) = match self {
            Self::CompanyInfo => ("company-info", false, false, &[]),
            Self::Customers => ("customers", true, true, &[]),
            Self::LedgerAccounts => ("ledger-accounts", false, false, &[]),
            Self::TaxRates => ("tax-rates", true, false, &[]),
            Self::InvoiceItems => ("invoice-items", true, true, &["name"]),
            Self::Invoices => ("invoices", true, true, &[]),
        };
        Abilities {
            resource,
            paged,
            sorted,
            filters,
        }
    }

    fn fields(self) -> &'static [shape::Field] {
        match self {
            Self::CompanyInfo => &[],
            Self::Customers => shape::CUSTOMER,
            Self::LedgerAccounts => shape::LEDGER_ACCOUNT,
            Self::TaxRates => shape::TAX_RATE,
            Self::InvoiceItems => shape::INVOICE_ITEM,
            Self::Invoices => shape::INVOICE,
        }
    }
}

/// One record, as Unify has it and as Alegra has it.
struct Record {
    unified: Value,
    native: Value,
}

/// A page of a list, and the offset of the next one.
struct Page {
    records: Vec<Record>,
    next: Option<usize>,
}

/// Whether an idempotency key means anything on this call: invoices create and update (contract A.6).
pub fn takes_keys(call: &Call) -> bool {
    let writes = call.method == Method::POST || call.method == Method::PATCH;
    writes
        && segments(&call.path)
            .get(1)
            .is_some_and(|resource| resource == "invoices")
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
    let (resource, id) = match path.as_slice() {
        [_, resource] => (resource, None),
        [_, resource, id] => (resource, Some(id.as_str())),
        _ => return Err(unknown()),
    };
    let resource = Resource::named(resource).ok_or_else(unknown)?;
    let raw = query::wants_raw(&call.query)?;
    if manner.strict {
        let list = id.is_none() && call.method == Method::GET && resource != Resource::CompanyInfo;
        query::only_declared(&call.query, list)?;
    }
    let envelope = Envelope {
        resource,
        raw,
        call,
        manner,
    };
    match (&call.method, id) {
        (&Method::GET, None) if resource == Resource::CompanyInfo => Ok(envelope.one(company())),
        (_, _) if resource == Resource::CompanyInfo => Err(unknown()),
        (&Method::GET, None) => {
            let asked = query::read(&call.query, &resource.abilities())?;
            Ok(envelope.list(list(world, resource, &asked, manner)?, &asked))
        }
        (&Method::GET, Some(id)) => {
            let id = known_id(id)?;
            if resource == Resource::Invoices {
                stamping::note_read(world, id)?;
            }
            Ok(envelope.one(one(world, resource, id, manner)?))
        }
        (&Method::POST, None) => {
            let body = envelope.body()?;
            let id = create(world, resource, &body)?;
            Ok(envelope.written(201, "add", id, world))
        }
        (&Method::PATCH, Some(id)) => {
            let id = known_id(id)?;
            one(world, resource, id, manner)?;
            let body = envelope.body()?;
            update(world, resource, id, &body)?;
            Ok(envelope.written(200, "update", id, world))
        }
        (&Method::DELETE, Some(_)) if resource == Resource::LedgerAccounts => Err(
            Refusal::unsupported("Delete is not supported for ledger-accounts by connector alegra"),
        ),
        (&Method::DELETE, Some(id)) => {
            let id = known_id(id)?;
            one(world, resource, id, manner)?;
            delete(world, resource, id)?;
            Ok(envelope.written(200, "delete", id, world))
        }
        _ => Err(unknown()),
    }
}

fn known_id(id: &str) -> Result<u32, Refusal> {
    id.parse()
        .map_err(|_| Refusal::not_found("The requested entity was not found"))
}

fn company() -> Record {
    let unified = json!({
        "id": COMPANY.id,
        "company_name": COMPANY.name,
        "legal_name": COMPANY.name,
        "status": "active",
        "country": "MX",
        "sales_tax_number": COMPANY.rfc,
        "currency": "MXN",
        "addresses": [{
            "type": "primary",
            "line1": COMPANY.street,
            "street_number": COMPANY.exterior,
            "line2": COMPANY.colony,
            "city": COMPANY.city,
            "state": COMPANY.state,
            "postal_code": COMPANY.zip,
            "country": "MX",
        }],
        "phone_numbers": [{"number": COMPANY.phone, "type": "primary"}],
        "emails": [{"email": COMPANY.email, "type": "primary"}],
    });
    Record {
        unified,
        native: native::company::native(),
    }
}

fn list(
    world: &World,
    resource: Resource,
    asked: &ListQuery,
    manner: &Manner,
) -> Result<Page, Refusal> {
    Ok(match resource {
        Resource::CompanyInfo => Page {
            records: vec![company()],
            next: None,
        },
        Resource::Customers => cut(
            &world.contacts,
            Some(&|contact: &Contact| contact.client),
            asked,
            |contact| Record {
                unified: customers::unified(contact),
                native: native::contacts::native(contact),
            },
        ),
        Resource::LedgerAccounts => {
            let (accounts, _) = world
                .accounts
                .page(Order::Id, false, None, 0, usize::MAX - 1);
            Page {
                records: accounts
                    .into_iter()
                    .map(|account| accounts::record(world, account))
                    .collect(),
                next: None,
            }
        }
        Resource::TaxRates => cut(&world.taxes, None, asked, |tax| Record {
            unified: tax_rates::unified(tax),
            native: native::taxes::native(world, tax),
        }),
        Resource::InvoiceItems => {
            let wanted = asked.filters.iter().find(|(name, _)| name == "name");
            let wanted = wanted.map(|(_, value)| native::lists::folded(value));
            let named = |item: &Item| {
                wanted
                    .as_ref()
                    .is_none_or(|wanted| native::lists::folded(&item.name).contains(wanted))
            };
            cut(&world.items, Some(&named), asked, |item| {
                items::record(world, item)
            })
        }
        Resource::Invoices => {
            let keep =
                native::lists::invoice_filter(world, &asked.native).map_err(Refusal::from)?;
            cut(&world.invoices, keep.as_deref(), asked, |invoice| {
                invoices::record(world, invoice, manner.strict)
            })
        }
    })
}

/// Cuts the page that was asked for out of a table.
fn cut<R: Row>(
    table: &Table<R>,
    keep: Option<&dyn Fn(&R) -> bool>,
    asked: &ListQuery,
    record: impl Fn(&R) -> Record,
) -> Page {
    let (rows, more) = table.page(
        asked.order,
        asked.descending,
        keep,
        asked.moved_to.unwrap_or(asked.offset),
        asked.limit,
    );
    Page {
        next: more.then_some(asked.offset.saturating_add(asked.limit)),
        records: rows.into_iter().map(record).collect(),
    }
}

fn one(world: &World, resource: Resource, id: u32, manner: &Manner) -> Result<Record, Refusal> {
    let found = match resource {
        Resource::CompanyInfo => Some(company()),
        Resource::Customers => {
            world
                .contacts
                .get(id)
                .filter(|contact| contact.client)
                .map(|contact| Record {
                    unified: customers::unified(contact),
                    native: native::contacts::native(contact),
                })
        }
        Resource::LedgerAccounts => world
            .accounts
            .get(id)
            .map(|account| accounts::record(world, account)),
        Resource::TaxRates => world.taxes.get(id).map(|tax| Record {
            unified: tax_rates::unified(tax),
            native: native::taxes::native(world, tax),
        }),
        Resource::InvoiceItems => world.items.get(id).map(|item| items::record(world, item)),
        Resource::Invoices => world
            .invoices
            .get(id)
            .map(|invoice| invoices::record(world, invoice, manner.strict)),
    };
    found.ok_or_else(|| Refusal::not_found("The requested entity was not found"))
}

fn create(
    world: &mut World,
    resource: Resource,
    body: &Map<String, Value>,
) -> Result<u32, Refusal> {
    let native_body = to_native(resource, body)?;
    let created = match resource {
        Resource::CompanyInfo => Err(NativeError::not_found("")),
        Resource::Customers => {
            let mut native_body = native_body;
            native_body
                .entry("type")
                .or_insert_with(|| json!(["client"]));
            native::contacts::create(world, &native_body)
        }
        Resource::LedgerAccounts => native::categories::create(world, &native_body),
        Resource::TaxRates => native::taxes::create(world, &native_body),
        Resource::InvoiceItems => native::items::create(world, &native_body),
        Resource::Invoices => native::drafting::create(world, &native_body),
    };
    Ok(created?)
}

fn update(
    world: &mut World,
    resource: Resource,
    id: u32,
    body: &Map<String, Value>,
) -> Result<(), Refusal> {
    let native_body = to_native(resource, body)?;
    let updated = match resource {
        Resource::CompanyInfo => Ok(()),
        Resource::Customers => native::contacts::update(world, id, &native_body),
        Resource::LedgerAccounts => native::categories::update(world, id, &native_body),
        Resource::TaxRates => native::taxes::update(world, id, &native_body),
        Resource::InvoiceItems => native::items::update(world, id, &native_body),
        Resource::Invoices => native::drafting::update(world, id, &native_body),
    };
    Ok(updated?)
}

fn delete(world: &mut World, resource: Resource, id: u32) -> Result<(), Refusal> {
    let deleted = match resource {
        Resource::CompanyInfo | Resource::LedgerAccounts => Ok(()),
        Resource::Customers => native::contacts::delete(world, id),
        Resource::TaxRates => native::taxes::delete(world, id),
        Resource::InvoiceItems => native::items::delete(world, id),
        Resource::Invoices => native::drafting::delete(world, id),
    };
    Ok(deleted?)
}

/// Maps a Unify body to Alegra's and merges its `pass_through`.
fn to_native(resource: Resource, body: &Map<String, Value>) -> Result<native::Body, Refusal> {
    let mapped = match resource {
        Resource::CompanyInfo => native::Body::new(),
        Resource::Customers => customers::to_native(body),
        Resource::LedgerAccounts => accounts::to_native(body),
        Resource::TaxRates => tax_rates::to_native(body),
        Resource::InvoiceItems => items::to_native(body),
        Resource::Invoices => invoices::to_native(body),
    };
    let mut native_body = Value::Object(mapped);
    pass_through::merge(body, &mut native_body)?;
    match native_body {
        Value::Object(native_body) => Ok(native_body),
        // A merge of objects into an object leaves an object.
        _ => Ok(native::Body::new()),
    }
}

/// Copies fields that differ only in their name; what was not sent is not made up.
fn renamed(body: &Map<String, Value>, names: &[(&str, &str)]) -> native::Body {
    names
        .iter()
        .filter_map(|(unified, native)| Some(((*native).to_owned(), body.get(*unified)?.clone())))
        .collect()
}
