//! Contacts: customers and suppliers are one record, told apart by its type.

use serde_json::{Value, json};

use super::super::call::param;
use super::super::clock;
use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money;
use super::super::object::object;
use super::super::records::{Address, Contact, Extra, JournalEntry, Text};
use super::super::rfc;
use super::super::world::World;
use super::lists::{self, Filter, Pairs};
use super::resource::Resource;
use super::{Body, keep_extra, set, set_status, status_word, text, with_extra};

/// Keys that have a field of their own, or that a caller cannot set.
const KNOWN: [&str; 22] = [
    "id",
    "name",
    "identification",
    "kindOfPerson",
    "email",
    "emailSecondary",
    "phonePrimary",
    "phoneSecondary",
    "mobile",
    "fax",
    "address",
    "type",
    "status",
    "regime",
    "regimeObject",
    "cfdiUse",
    "paymentMethod",
    "observations",
    "term",
    "accounting",
    "created_at",
    "updated_at",
];

/// `/contacts`.
pub const RESOURCE: Resource = Resource {
    path: "contacts",
    gone: "El contacto",
    missing,
    list,
    one: |world, id| world.contacts.get(id).map(native),
    create,
    update,
    delete: Some(delete),
};

pub fn native(contact: &Contact) -> Value {
    let kinds: Vec<&str> = [("client", contact.client), ("provider", contact.provider)]
        .into_iter()
        .filter_map(|(word, is)| is.then_some(word))
        .collect();
    // One in five carries a bare string, as Alegra's older records do.
    let kind = match kinds.as_slice() {
        [only] if contact.id % 5 == 2 => json!(only),
        _ => json!(kinds),
    };
    let regimes: Vec<&str> = if contact.regime.is_empty() {
        Vec::new()
    } else {
        vec![&contact.regime]
    };
    let record = object!({
        "id": money::quirky_id(contact.id, contact.id),
        "name": &*contact.name,
        "identification": &*contact.rfc,
        "email": &*contact.email,
        "emailSecondary": &*contact.second_email,
        "phonePrimary": &*contact.phone,
        "phoneSecondary": &*contact.second_phone,
        "mobile": &*contact.mobile,
        "fax": &*contact.fax,
        "status": status_word(contact.active),
        "type": kind,
        "kindOfPerson": kind_of_person(contact),
        "regime": &*contact.regime,
        "regimeObject": regimes,
        "cfdiUse": &*contact.cfdi_use,
        "paymentMethod": &*contact.payment_method,
        "address": address(&contact.address),
        "observations": &*contact.notes,
        "term": if contact.terms.is_empty() { Value::Null } else { object!({"name": &*contact.terms}) },
        "seller": Value::Null,
        "priceList": Value::Null,
        "internalContacts": Value::Array(Vec::new()),
        "accounting": json!({}),
        "created_at": clock::alegra(contact.created),
        "updated_at": clock::alegra(contact.updated),
    });
    with_extra(record, &contact.extra)
}

fn kind_of_person(contact: &Contact) -> &'static str {
    if contact.person {
        "INDIVIDUAL"
    } else {
        "LEGAL_ENTITY"
    }
}

/// The address as it stands in contacts and on invoices.
pub fn address(address: &Address) -> Value {
    object!({
        "street": &*address.street,
        "exteriorNumber": &*address.exterior,
        "interiorNumber": &*address.interior,
        "colony": &*address.colony,
        "neighborhood": &*address.colony,
        "municipality": &*address.city,
        "city": &*address.city,
        "state": &*address.state,
        "zipCode": &*address.zip,
        "country": &*address.country,
    })
}

fn list(world: &World, query: &Pairs) -> Result<Value, NativeError> {
    let keep: Option<Filter<'_, Contact>> = match param(query, "type") {
        Some("client") => Some(Box::new(|contact| contact.client)),
        Some("provider") => Some(Box::new(|contact| contact.provider)),
        _ => None,
    };
    lists::list(&world.contacts, query, keep, native)
}

/// Makes a contact from a native body and gives its id.
pub fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    let now = world.clock.now();
    let empty = || Text::Borrowed("");
    let mut contact = Contact {
        id: world.contacts.next_id(),
        name: empty(),
        rfc: empty(),
        person: false,
        email: empty(),
        second_email: empty(),
        phone: empty(),
        second_phone: empty(),
        mobile: empty(),
        fax: empty(),
        address: Address::default(),
        client: false,
        provider: false,
        active: true,
        regime: empty(),
        cfdi_use: empty(),
        payment_method: empty(),
        terms: empty(),
        notes: empty(),
        created: now,
        updated: now,
        extra: Extra::new(),
    };
    write(&mut contact, body)?;
    if !contact.client && !contact.provider {
        contact.client = true;
    }
    let id = contact.id;
    world.commit(vec![Change::Contact(Box::new(contact))])?;
    Ok(id)
}

/// Changes what a native body names and nothing else.
pub fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut contact = world.contacts.get(id).cloned().ok_or_else(missing)?;
    write(&mut contact, body)?;
    contact.updated = world.clock.now();
    world.commit(vec![Change::Contact(Box::new(contact))])
}

/// Takes a contact out, unless a document names it.
pub fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    world.contacts.get(id).ok_or_else(missing)?;
    if has_documents(world, id) {
        return Err(NativeError::invalid(
            "El contacto tiene documentos asociados y no se puede eliminar",
        ));
    }
    world.commit(vec![Change::Gone(Held::Contact, id)])
}

fn has_documents(world: &World, id: u32) -> bool {
    let posted = |entry: &JournalEntry| {
        entry
            .postings
            .iter()
            .any(|posting| posting.customer == Some(id) || posting.supplier == Some(id))
    };
    world.all_sales().any(|sale| sale.contact == id)
        || world.all_purchases().any(|bought| bought.contact == id)
        || world.payments.iter().any(|payment| payment.contact == id)
        || world.journal_entries.iter().any(posted)
}

pub fn missing() -> NativeError {
    NativeError::not_found("El contacto no existe")
}

fn write(contact: &mut Contact, body: &Body) -> Result<(), NativeError> {
    set(body, "name", &mut contact.name)?;
    if contact.name.trim().is_empty() {
        return Err(NativeError::invalid(
            "El nombre del contacto es obligatorio",
        ));
    }
    if let Some(identification) = identification(body)? {
        contact.rfc = identification;
        contact.person = rfc::person(&contact.rfc) == Some(rfc::Person::Natural);
    }
    match text(body, "kindOfPerson")?.as_deref() {
        None | Some("") => {}
        Some("INDIVIDUAL") => contact.person = true,
        Some("LEGAL_ENTITY") => contact.person = false,
        Some(_) => {
            return Err(NativeError::invalid(
                "kindOfPerson debe ser INDIVIDUAL o LEGAL_ENTITY",
            ));
        }
    }
    for (key, field) in [
        ("email", &mut contact.email),
        ("emailSecondary", &mut contact.second_email),
        ("phonePrimary", &mut contact.phone),
        ("phoneSecondary", &mut contact.second_phone),
        ("mobile", &mut contact.mobile),
        ("fax", &mut contact.fax),
        ("regime", &mut contact.regime),
        ("cfdiUse", &mut contact.cfdi_use),
        ("paymentMethod", &mut contact.payment_method),
        ("observations", &mut contact.notes),
    ] {
        set(body, key, field)?;
    }
    match body.get("term") {
        None => {}
        Some(Value::Object(term)) => set(term, "name", &mut contact.terms)?,
        Some(_) => set(body, "term", &mut contact.terms)?,
    }
    match body.get("address") {
        None | Some(Value::Null) => {}
        Some(Value::Object(address)) => write_address(&mut contact.address, address)?,
        Some(_) => return Err(NativeError::invalid("El campo address debe ser un objeto")),
    }
    write_kinds(contact, body)?;
    set_status(body, &mut contact.active)?;
    keep_extra(body, &KNOWN, &mut contact.extra);
    Ok(())
}

/// The RFC: a text, or an object of type and number.
fn identification(body: &Body) -> Result<Option<Text>, NativeError> {
    match body.get("identification") {
        Some(Value::Object(object)) => text(object, "number"),
        _ => text(body, "identification"),
    }
}

fn write_address(address: &mut Address, body: &Body) -> Result<(), NativeError> {
    for (key, field) in [
        ("street", &mut address.street),
        ("exteriorNumber", &mut address.exterior),
        ("interiorNumber", &mut address.interior),
        ("neighborhood", &mut address.colony),
        ("municipality", &mut address.city),
        ("state", &mut address.state),
        ("zipCode", &mut address.zip),
        ("country", &mut address.country),
    ] {
        set(body, key, field)?;
    }
    set(body, "colony", &mut address.colony)?;
    set(body, "city", &mut address.city)
}

fn write_kinds(contact: &mut Contact, body: &Body) -> Result<(), NativeError> {
    let words: Vec<&Value> = match body.get("type") {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Array(words)) => words.iter().collect(),
        Some(word) => vec![word],
    };
    let is = |wanted: &str| words.iter().any(|word| word.as_str() == Some(wanted));
    if words
        .iter()
        .any(|word| !matches!(word.as_str(), Some("client" | "provider")))
    {
        return Err(NativeError::invalid(
            "El tipo de contacto debe ser client o provider",
        ));
    }
    if words.is_empty() {
        return Err(NativeError::invalid(
            "El tipo de contacto debe ser client o provider",
        ));
    }
    (contact.client, contact.provider) = (is("client"), is("provider"));
    Ok(())
}
