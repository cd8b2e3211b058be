//! Properties of the readers: whatever JSON stands wherever, nothing panics and nothing is invented.

use proptest::prelude::*;
use serde_json::{Map, Number, Value};

use super::{envelope, wire, writing};
use crate::domain::edit::Edit;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::Side;
use crate::domain::stamp::Stamp;

/// Names that the readers look for, and some that they do not.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "id",
        "data",
        "_raw",
        "meta",
        "cursors",
        "next",
        "links",
        "warnings",
        "results",
        "item",
        "tax_rate",
        "line_items",
        "ledger_account",
        "allocations",
        "payment_allocations",
        "allocated_amount",
        "amount",
        "total_amount",
        "purchases",
        "categories",
        "invoices",
        "bills",
        "payments",
        "entries",
        "debit",
        "credit",
        "department_id",
        "sales_details",
        "items",
        "tax",
        "unit",
        "productKey",
        "quantity",
        "price",
        "unit_price",
        "type",
        "uuid",
        "legalStatus",
        "emails",
        "addresses",
        "phone_numbers",
        "postal_code",
        "email",
        "number",
        "$",
        "ñ",
        "",
    ]
    .map(str::to_owned)
    .to_vec();
    for kind in Kind::ALL {
        for row in wire::resource(kind).rows {
            for path in row.unified.iter().chain(row.native) {
                names.extend(path.split('.').map(str::to_owned));
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

fn json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,10})?",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number.prop_map(|text| text.parse::<Number>().map_or(Value::Null, Value::Number)),
        "\\PC{0,40}".prop_map(Value::String),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,12}".prop_map(Value::String),
        proptest::sample::select(vec![
            "debit",
            "credit",
            "expense_item",
            "expense_account",
            "invoice"
        ])
        .prop_map(|word| Value::String(word.to_owned())),
        "-?[0-9]{0,40}\\.?[0-9]{0,40}([eE]-?[0-9]{1,12})?".prop_map(Value::String),
        Just(Value::String("5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F".into())),
    ];
    let name = proptest::sample::select(names());
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec((name.clone(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_in_any_place_reads_without_a_panic(unified in json(), native in json()) {
        for kind in Kind::ALL {
            if let Some(record) = wire::record(kind, &unified, Some(&native)) {
                for (field, value) in record.values() {
                    prop_assert_eq!(field.shape(), value.shape());
                }
                prop_assert!(!record.id.as_str().is_empty());
            }
        }
    }

    #[test]
    fn no_line_allocation_or_posting_is_lost_and_a_total_is_never_made_up(unified in json(), list in json()) {
        let Value::Object(mut unified) = unified else {
            return Ok(());
        };
        unified.insert("id".to_owned(), Value::from("1"));
        for name in ["line_items", "allocations"] {
            unified.insert(name.to_owned(), list.clone());
        }
        let unified = Value::Object(unified);
        let told = list.as_array().map_or(0, Vec::len);
        for kind in [Kind::Quotes, Kind::Bills, Kind::Payments, Kind::JournalEntries] {
            let record = wire::record(kind, &unified, None).expect("a record with an id");
            let kept = match kind {
                Kind::Payments => record.allocations.len(),
                Kind::JournalEntries => record.postings.len(),
                _ => record.lines.len(),
            };
            prop_assert_eq!(kept, told, "{:?}", kind);
            if kind == Kind::JournalEntries && record.get(Field::Total).is_some() {
                let known = |side| record.postings.iter().any(|posting| posting.side == Some(side));
                prop_assert!(known(Side::Debit) || known(Side::Credit));
                prop_assert!(record.postings.iter().all(|posting| posting.amount.is_some()));
            }
        }
    }

    #[test]
    fn whatever_was_read_is_written_back_or_refused_and_never_stamps(unified in json(), native in json()) {
        for kind in Kind::ALL {
            if let Some(record) = wire::record(kind, &unified, Some(&native))
                && let Ok(body) = writing::create(&Edit::creating(&record))
            {
                let body = body.to_json();
                prop_assert!(body.get("stamp").is_none());
                prop_assert!(body.pointer("/pass_through/0/extend_object/stamp").is_none());
            }
        }
    }

    #[test]
    fn without_the_native_record_nothing_is_claimed_about_the_stamp(unified in json()) {
        if let Some(record) = wire::record(Kind::Invoices, &unified, None) {
            prop_assert_eq!(record.stamp, Stamp::NotRead);
            prop_assert!(!record.native_read);
        }
    }

    #[test]
    fn any_json_as_an_answer_is_a_page_a_record_or_an_error(body in json()) {
        let _ = envelope::one(body.clone());
        let data = body.get("data").and_then(Value::as_array).map(Vec::len);
        let list = envelope::list(body);
        prop_assert_eq!(list.ok().map(|list| list.rows.len()), data);
    }
}
