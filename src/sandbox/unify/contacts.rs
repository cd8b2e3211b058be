//! Customers and suppliers: Alegra's contacts whose type names them clients or providers. One contact may
//! be both; it then has the same id in both lists (contract B.2, F 8.1).

use serde_json::{Map, Value, json};

use super::super::clock;
use super::super::native::{self, Body, status_word};
use super::super::query::Declared;
use super::super::records::Contact;
use super::resource::Resource;
use super::{declared, parts, renamed};

pub const CUSTOMERS: Resource = Resource {
    name: "customers",
    paged: true,
    sorted: true,
    filters: &[],
    declared: Declared {
        filters: "company_name display_name first_name last_name email status updated_since \
                  supplier_id subsidiary_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: true,
    shape: &declared::CUSTOMER,
    native: &native::contacts::RESOURCE,
    list: |world, asked, _| {
        let keep = |contact: &Contact| contact.client;
        Ok(parts::page(&world.contacts, Some(&keep), asked, unified))
    },
    one: |world, id, _| {
        let contact = world.contacts.get(id)?;
        contact.client.then(|| unified(contact))
    },
    to_native: |body, creating| Ok(to_native(body, creating.then_some("client"))),
};

pub const SUPPLIERS: Resource = Resource {
    name: "suppliers",
    paged: true,
    sorted: true,
    filters: &[],
    declared: Declared {
        filters: "company_name display_name first_name last_name email updated_since subsidiary_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: true,
    shape: &declared::SUPPLIER,
    native: &native::contacts::RESOURCE,
    list: |world, asked, _| {
        let keep = |contact: &Contact| contact.provider;
        Ok(parts::page(&world.contacts, Some(&keep), asked, unified))
    },
    one: |world, id, _| {
        let contact = world.contacts.get(id)?;
        contact.provider.then(|| unified(contact))
    },
    to_native: |body, creating| Ok(to_native(body, creating.then_some("provider"))),
};

fn unified(contact: &Contact) -> Value {
    let id = contact.id.to_string();
    let address = &contact.address;
    let or_null = |text: &str| {
        if text.is_empty() {
            Value::Null
        } else {
            json!(text)
        }
    };
    let emails: Vec<Value> = [
        ("primary", &contact.email),
        ("secondary", &contact.second_email),
    ]
    .into_iter()
    .filter(|(_, email)| !email.is_empty())
    .map(|(kind, email)| json!({"email": email, "type": kind}))
    .collect();
    let phones: Vec<Value> = [
        ("primary", &contact.phone),
        ("secondary", &contact.second_phone),
        ("mobile", &contact.mobile),
        ("fax", &contact.fax),
    ]
    .into_iter()
    .filter(|(_, number)| !number.is_empty())
    .map(|(kind, number)| json!({"number": number, "type": kind}))
    .collect();
    json!({
        "id": id,
        "downstream_id": id,
        "display_id": id,
        "display_name": contact.name,
        "company_name": contact.name,
        "individual": contact.person,
        "tax_number": or_null(&contact.rfc),
        "addresses": [{
            "type": "primary",
            "line1": or_null(&address.street),
            "line2": or_null(&address.colony),
            "street_number": or_null(&address.exterior),
            "city": or_null(&address.city),
            "state": or_null(&address.state),
            "postal_code": or_null(&address.zip),
            "country": or_null(&address.country),
        }],
        "phone_numbers": phones,
        "emails": emails,
        "notes": or_null(&contact.notes),
        "status": status_word(contact.active),
        "payment_method": or_null(&contact.payment_method),
        "terms": or_null(&contact.terms),
        "created_at": clock::iso(contact.created),
        "updated_at": clock::iso(contact.updated),
    })
}

/// A new contact begins with the one type of the list that it was made in.
fn to_native(body: &Map<String, Value>, kind: Option<&str>) -> Body {
    let mut native = renamed(
        body,
        &[
            ("company_name", "name"),
            // The display name wins where both are sent.
            ("display_name", "name"),
            ("notes", "observations"),
            ("status", "status"),
            ("payment_method", "paymentMethod"),
        ],
    );
    if native.get("name").is_some_and(Value::is_null) {
        native.remove("name");
    }
    if let Some(rfc) = body.get("tax_number") {
        native.insert(
            "identification".to_owned(),
            json!({"type": "RFC", "number": rfc}),
        );
    }
    if let Some(individual) = body.get("individual").and_then(Value::as_bool) {
        native.insert(
            "kindOfPerson".to_owned(),
            json!(if individual {
                "INDIVIDUAL"
            } else {
                "LEGAL_ENTITY"
            }),
        );
    }
    if let Some(terms) = body.get("terms") {
        native.insert("term".to_owned(), json!({ "name": terms }));
    }
    if let Some(kind) = kind {
        native.insert("type".to_owned(), json!([kind]));
    }
    let list = |name: &str| body.get(name).and_then(Value::as_array);
    if let Some(emails) = list("emails") {
        for (key, place) in [("email", 0), ("emailSecondary", 1)] {
            let email = emails.get(place).and_then(|email| email.get("email"));
            native.insert(key.to_owned(), email.cloned().unwrap_or(json!("")));
        }
    }
    if let Some(phones) = list("phone_numbers") {
        for (key, kind) in [
            ("phonePrimary", "primary"),
            ("phoneSecondary", "secondary"),
            ("mobile", "mobile"),
            ("fax", "fax"),
        ] {
            let is = |phone: &&Value| {
                let said = phone.get("type").and_then(Value::as_str);
                said.unwrap_or("primary") == kind
                    || (kind == "primary" && said.is_some_and(|said| !is_known_phone(said)))
            };
            let number = phones.iter().find(is).and_then(|phone| phone.get("number"));
            native.insert(key.to_owned(), number.cloned().unwrap_or(json!("")));
        }
    }
    if let Some(address) = list("addresses")
        .and_then(|addresses| addresses.first())
        .and_then(Value::as_object)
    {
        let address = renamed(
            address,
            &[
                ("line1", "street"),
                ("line2", "neighborhood"),
                ("street_number", "exteriorNumber"),
                ("city", "municipality"),
                ("state", "state"),
                ("postal_code", "zipCode"),
                ("country", "country"),
            ],
        );
        native.insert("address".to_owned(), Value::Object(address));
    }
    native
}

fn is_known_phone(kind: &str) -> bool {
    matches!(kind, "primary" | "secondary" | "mobile" | "fax")
}
