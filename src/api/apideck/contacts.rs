//! Customers and suppliers: one Alegra contact behind both (contract B.2).
//!
//! E-mail, telephone, zip and country are lists on the wire. A list is replaced whole when it is written, so a change keeps
//! every entry, and every other part of an entry, that nobody touched.

use serde_json::{Map, Value as Json, json};

use super::super::error::ApiError;
use super::super::json::{list_at, text, text_at};
use super::country;
use super::wire::{Order, Resource, Row, both, native, read};
use super::writing::unsayable;
use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::record::Record;

/// Both kinds of contact.
pub(super) const CONTACTS: Resource = Resource {
    rows: ROWS,
    paged: true,
    order: Order::Times,
    raw: true,
    native: "contacts",
};

const ROWS: &[Row] = &[
    read(Field::Name, &["display_name", "company_name"])
        .or_native(&["name"])
        .written_as("display_name"),
    both(Field::Rfc, &["tax_number"]).or_native(&["identification", "identification.number"]),
    both(Field::Individual, &["individual"]),
    native(Field::Regime, &["regime"]),
    native(Field::CfdiUse, &["cfdiUse"]),
    both(Field::PaymentMethod, &["payment_method"]).or_native(&["paymentMethod"]),
    both(Field::Terms, &["terms"]).or_native(&["term.name"]),
    both(Field::Memo, &["notes"]).or_native(&["observations"]),
    read(Field::LedgerAccount, &["account"]),
    both(Field::Status, &["status"]),
    read(Field::CreatedAt, &["created_at"]),
    read(Field::UpdatedAt, &["updated_at"]),
];

/// The list that outlives its members: an address without a zip is still an address.
const ADDRESSES: &str = "addresses";

/// A field that is one member of the entries of a list.
struct Listed {
    field: Field,
    list: &'static str,
    member: &'static str,
}

const LISTED: [Listed; 4] = [
    Listed {
        field: Field::Email,
        list: "emails",
        member: "email",
    },
    Listed {
        field: Field::Phone,
        list: "phone_numbers",
        member: "number",
    },
    Listed {
        field: Field::Zip,
        list: ADDRESSES,
        member: "postal_code",
    },
    Listed {
        field: Field::Country,
        list: ADDRESSES,
        member: "country",
    },
];

/// Where the native record has what the lists of the unified one lack.
const NATIVE: [(Field, &str); 5] = [
    (Field::Email, "email"),
    (Field::Phone, "phonePrimary"),
    (Field::Phone, "mobile"),
    (Field::Zip, "address.zipCode"),
    (Field::Country, "address.country"),
];

/// Reads e-mail, telephone, zip and country: the primary entry, else the first that tells.
pub(super) fn read_lists(record: &mut Record, unified: &Json, native: Option<&Json>) {
    for listed in &LISTED {
        let entries = list_at(unified, listed.list);
        let told = chosen(entries, listed.member)
            .and_then(|idx| entries.get(idx))
            .and_then(|entry| text_at(entry, listed.member))
            .or_else(|| {
                NATIVE
                    .iter()
                    .filter(|(field, _)| *field == listed.field)
                    .find_map(|(_, path)| text_at(native?, path))
            });
        let told = match listed.field {
            Field::Country => told.map(|told| country::code(&told)),
            _ => told,
        };
        record.set_some(listed.field, told.map(Value::Text));
    }
    if let Some(native) = native {
        read_roles(record, native);
    }
}

/// Whether the contact buys, sells, or both (contract 8.1): one word, or a list of words.
fn read_roles(record: &mut Record, native: &Json) {
    let words: Vec<String> = match native.get("type") {
        Some(Json::Array(list)) => list.iter().filter_map(text).collect(),
        Some(word) => text(word).into_iter().collect(),
        None => Vec::new(),
    };
    if words.is_empty() {
        return;
    }
    for (field, role) in [
        (Field::IsCustomer, "client"),
        (Field::IsSupplier, "provider"),
    ] {
        let has = words.iter().any(|word| word.trim() == role);
        record.set(field, Value::Flag(has));
    }
}

/// Whether this edit touches a list, so that the record as it stands has to be read first.
pub(super) fn touches_lists(edit: &Edit) -> bool {
    LISTED
        .iter()
        .any(|listed| edit.values.contains_key(&listed.field))
}

/// Writes the lists that an edit touches, with the entries that stand in `current`.
///
/// # Errors
/// Where a country has no code on this wire.
pub(super) fn write_lists(
    edit: &Edit,
    current: Option<&Json>,
    body: &mut Map<String, Json>,
) -> Result<(), ApiError> {
    for listed in &LISTED {
        let Some(wanted) = edit.values.get(&listed.field) else {
            continue;
        };
        // A list that another field was written into already goes on from there.
        let mut entries = match (body.get(listed.list), current) {
            (Some(Json::Array(written)), _) => written.clone(),
            (_, Some(current)) => list_at(current, listed.list).to_vec(),
            (_, None) => Vec::new(),
        };
        let place = chosen(&entries, listed.member);
        match (wanted, place) {
            (Some(Value::Text(text)), place) => {
                let text = said(listed.field, text)?;
                let place = place.or_else(|| place_for(&entries));
                match place
                    .and_then(|idx| entries.get_mut(idx))
                    .and_then(Json::as_object_mut)
                {
                    Some(entry) => {
                        entry.insert(listed.member.to_owned(), Json::from(text));
                    }
                    None => entries.push(json!({"type": "primary", listed.member: text})),
                }
            }
            // An e-mail without an e-mail is nothing.
            (_, Some(idx)) if listed.list == ADDRESSES => {
                if let Some(entry) = entries.get_mut(idx).and_then(Json::as_object_mut) {
                    entry.insert(listed.member.to_owned(), Json::Null);
                }
            }
            (_, Some(idx)) => {
                entries.remove(idx);
            }
            (_, None) => continue,
        }
        body.insert(listed.list.to_owned(), Json::Array(entries));
    }
    Ok(())
}

/// A text as this wire says it.
fn said(field: Field, text: &str) -> Result<&str, ApiError> {
    match field {
        Field::Country => {
            country::word(text).ok_or_else(|| unsayable(format!("{text} is no code of a country")))
        }
        _ => Ok(text),
    }
}

/// The entry that a field stands for: the primary one that tells, else the first that tells.
fn chosen(entries: &[Json], member: &str) -> Option<usize> {
    let tells = |entry: &Json| text_at(entry, member).is_some();
    entries
        .iter()
        .position(|entry| is_primary(entry) && tells(entry))
        .or_else(|| entries.iter().position(tells))
}

/// Where a value goes that no entry has yet: into the primary entry, else the first.
fn place_for(entries: &[Json]) -> Option<usize> {
    entries
        .iter()
        .position(is_primary)
        .or_else(|| entries.iter().position(Json::is_object))
}

fn is_primary(entry: &Json) -> bool {
    text_at(entry, "type").is_some_and(|kind| kind == "primary")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Kind;
    use crate::domain::record::Id;

    fn current() -> Json {
        json!({"id": "7",
            "emails": [{"email": "otro@xenon.example", "type": "work"},
                       {"email": "pagos@xenon.example", "type": "primary"}],
            "addresses": [{"type": "primary", "line1": "Av. Juárez 12", "city": "Puebla",
                           "postal_code": "72000", "country": "MX"}]})
    }

    fn written(field: Field, value: Option<&str>, current: Option<&Json>) -> Json {
        let mut edit = Edit::new(Kind::Customers, Some(Id::from("7")));
        edit.values
            .insert(field, value.map(|text| Value::Text(text.to_owned())));
        let mut body = Map::new();
        write_lists(&edit, current, &mut body).expect("sayable");
        Json::Object(body)
    }

    #[test]
    fn the_primary_entry_is_the_one_that_is_read() {
        let mut record = Record::new(Kind::Customers, Id::from("7"));
        read_lists(&mut record, &current(), None);
        assert_eq!(record.text(Field::Email), "pagos@xenon.example");
        assert_eq!(record.text(Field::Zip), "72000");
        assert_eq!(record.get(Field::Phone), None);
        let native = json!({"phonePrimary": "", "mobile": 2221234567_u64});
        read_lists(&mut record, &current(), Some(&native));
        assert_eq!(record.text(Field::Phone), "2221234567");
    }

    #[test]
    fn a_new_zip_keeps_the_street_and_a_new_email_keeps_the_others() {
        assert_eq!(
            written(Field::Zip, Some("76343"), Some(&current())),
            json!({"addresses": [{"type": "primary", "line1": "Av. Juárez 12", "city": "Puebla",
                                  "postal_code": "76343", "country": "MX"}]})
        );
        assert_eq!(
            written(Field::Email, Some("n@x.example"), Some(&current())),
            json!({"emails": [{"email": "otro@xenon.example", "type": "work"},
                              {"email": "n@x.example", "type": "primary"}]})
        );
        assert_eq!(
            written(Field::Phone, Some("222"), Some(&current())),
            json!({"phone_numbers": [{"number": "222", "type": "primary"}]})
        );
    }

    #[test]
    fn zip_and_country_go_into_one_address() {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let mut edit = Edit::new(Kind::Customers, Some(Id::from("7")));
        edit.values.insert(Field::Zip, text("10001"));
        edit.values.insert(Field::Country, text("USA"));
        for (current, expected) in [
            (
                Some(current()),
                json!({"addresses": [{"type": "primary", "line1": "Av. Juárez 12", "city": "Puebla",
                                      "postal_code": "10001", "country": "US"}]}),
            ),
            (
                None,
                json!({"addresses": [{"type": "primary", "postal_code": "10001", "country": "US"}]}),
            ),
        ] {
            let mut body = Map::new();
            write_lists(&edit, current.as_ref(), &mut body).expect("sayable");
            assert_eq!(Json::Object(body), expected);
        }
        edit.values.insert(Field::Country, text("ZZZ"));
        assert!(write_lists(&edit, None, &mut Map::new()).is_err());
        let mut record = Record::new(Kind::Customers, Id::from("7"));
        read_lists(&mut record, &current(), None);
        assert_eq!(record.text(Field::Country), "MEX");
    }

    #[test]
    fn the_roles_of_a_contact_are_known_only_where_they_are_told() {
        for (told, roles) in [
            (
                json!({"type": ["client", "provider"]}),
                [Some(true), Some(true)],
            ),
            (json!({"type": ["client"]}), [Some(true), Some(false)]),
            (json!({"type": "provider"}), [Some(false), Some(true)]),
            (json!({"type": []}), [None, None]),
            (json!({}), [None, None]),
        ] {
            let mut record = Record::new(Kind::Customers, Id::from("7"));
            read_lists(&mut record, &json!({}), Some(&told));
            let read =
                [Field::IsCustomer, Field::IsSupplier].map(|field| match record.get(field) {
                    Some(Value::Flag(flag)) => Some(*flag),
                    _ => None,
                });
            assert_eq!(read, roles, "{told}");
        }
    }

    #[test]
    fn clearing_takes_one_entry_and_leaves_an_address_standing() {
        assert_eq!(
            written(Field::Email, None, Some(&current())),
            json!({"emails": [{"email": "otro@xenon.example", "type": "work"}]})
        );
        assert_eq!(
            written(Field::Zip, None, Some(&current())),
            json!({"addresses": [{"type": "primary", "line1": "Av. Juárez 12", "city": "Puebla",
                                  "postal_code": null, "country": "MX"}]})
        );
        assert_eq!(written(Field::Phone, None, Some(&current())), json!({}));
    }
}
