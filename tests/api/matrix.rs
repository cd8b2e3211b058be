//! Table B of the contract, resource by operation: what the connector has is offered, and nothing else ever leaves.

use serde_json::json;
use timbra::api::{Books, Cause};
use timbra::domain::edit::Edit;
use timbra::domain::field::{Field, Value};
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Allocation, Id, Line, Posting, Side};

use super::server::{Server, answer};
use super::writing::{edit, link, text};

/// The support matrix of contract B.0, as it is printed there, with the native path of each resource.
const TABLE: [(&str, &str, &str); 16] = [
    ("company-info", "R", "company"),
    ("customers", "CRUD", "contacts/1"),
    ("suppliers", "CRUD", "contacts/1"),
    ("tax-rates", "CRUD", "taxes/1"),
    ("ledger-accounts", "CRU", "categories/1"),
    ("departments", "CRUD", "cost-centers/1"),
    ("bank-accounts", "CRUD", "bank-accounts/1"),
    ("invoice-items", "CRUD", "items/1"),
    ("invoices", "CRUD", "invoices/1"),
    ("credit-notes", "CRUD", "credit-notes/1"),
    ("bills", "CRUD", "bills/1"),
    ("purchase-orders", "CRUD", "purchase-orders/1"),
    ("payments", "CRUD", "payments/1"),
    ("bill-payments", "CRUD", "payments/1"),
    ("journal-entries", "CRUD", "journals/1"),
    ("quotes", "CRUD", "estimates/1"),
];

/// Something of every kind that can be written: what contract B.16 demands at least, as far as it is one field.
pub fn sample(kind: Kind, id: Option<&str>) -> Edit {
    let (field, value) = match kind {
        Kind::Invoices | Kind::CreditNotes | Kind::Quotes | Kind::Bills | Kind::PurchaseOrders => {
            (Field::Contact, Some(Value::Link(link("7"))))
        }
        Kind::Payments | Kind::BillPayments => (Field::PaymentMethod, text("cash")),
        _ => (Field::Name, text("Ñandú & Cía")),
    };
    let mut edit = edit(kind, id, &[(field, value)]);
    match kind {
        Kind::Invoices | Kind::CreditNotes | Kind::Quotes | Kind::Bills | Kind::PurchaseOrders => {
            edit.lines = Some(vec![Line {
                item: Some(link("12")),
                ..Line::default()
            }]);
        }
        Kind::Payments | Kind::BillPayments => {
            edit.allocations = Some(vec![Allocation {
                document: Some(link("6")),
                kind: Some(Kind::Invoices),
                amount: "1".parse().ok(),
            }]);
        }
        Kind::JournalEntries => {
            let posting = |side| Posting {
                account: Some(link("5101")),
                side: Some(side),
                amount: "1".parse().ok(),
                ..Posting::default()
            };
            edit.postings = Some(vec![posting(Side::Debit), posting(Side::Credit)]);
        }
        _ => {}
    }
    edit
}

#[tokio::test]
async fn f_0_3_to_0_5_every_operation_of_the_table_is_offered_and_none_besides() {
    let mut kinds: Vec<Kind> = TABLE
        .iter()
        .filter_map(|(slug, _, _)| Kind::from_slug(slug))
        .collect();
    kinds.sort();
    assert_eq!(kinds, Kind::ALL, "the table has every kind once");

    let id = Id::from("1");
    for (slug, operations, native) in TABLE {
        let kind = Kind::from_slug(slug).expect("a kind");
        let single = kind == Kind::CompanyInfo;
        let collection = format!("/accounting/{slug}");
        let item = if single {
            collection.clone()
        } else {
            format!("{collection}/1")
        };

        // R: list, one, and the native record where Unify does not bring it.
        let list = if single {
            json!({"data": {"id": "1"}})
        } else {
            json!({"data": [{"id": "1"}]})
        };
        let server = Server::new([answer(200, list)]);
        let page = server
            .client()
            .page(kind, None, None)
            .await
            .expect("a page");
        assert_eq!(page.rows.len(), 1, "{slug}");
        let target = server.only().target;
        assert_eq!(target.split('?').next(), Some(collection.as_str()));

        let server = Server::new([
            answer(200, json!({"data": {"id": "1"}})),
            answer(200, json!({"id": 1, "name": "native"})),
        ]);
        let one = server.client().one(kind, &id, true).await.expect("one");
        assert!(one.record.native_read, "{slug}");
        let seen = server.seen();
        assert_eq!(seen[0].target, format!("{item}?raw=true"));
        assert_eq!(
            seen[1].header("x-apideck-downstream-url"),
            Some(format!("https://api.alegra.com/api/v1/{native}").as_str())
        );

        // C, U, D.
        let server = Server::new([answer(201, json!({"data": {"id": "1"}}))]);
        let client = server.client();
        let created = client
            .create(&sample(kind, None), &IntentId("a".into()))
            .await;
        let updated = client.update(&sample(kind, Some("1"))).await;
        let deleted = client.delete(kind, &id).await;
        let mut sent = Vec::new();
        for (letter, offered, method, target) in [
            (
                'C',
                matches!(created, Answer::Done { .. }),
                "POST",
                &collection,
            ),
            ('U', updated.is_ok(), "PATCH", &item),
            ('D', matches!(deleted, Answer::Done { .. }), "DELETE", &item),
        ] {
            assert_eq!(offered, operations.contains(letter), "{slug} {letter}");
            if offered {
                sent.push((method.to_owned(), target.clone()));
            }
        }
        if let Err(error) = updated {
            assert_eq!(error.cause, Cause::NotOffered, "{slug}");
        }
        assert!(
            matches!(deleted, Answer::Done { .. } | Answer::NotSent { .. }),
            "{slug}: {deleted:?}"
        );
        // What a change has to know beforehand is read, and is no act.
        let seen: Vec<_> = server
            .seen()
            .into_iter()
            .filter(|seen| seen.method != "GET")
            .map(|seen| (seen.method, seen.target))
            .collect();
        assert_eq!(seen, sent, "{slug}: what was not offered was not sent");

        let spec = kind.spec().operations;
        for (letter, offered) in [('C', spec.create), ('U', spec.update), ('D', spec.delete)] {
            assert_eq!(offered, operations.contains(letter), "{slug} {letter}");
        }
    }
}

#[tokio::test]
async fn every_field_of_every_kind_may_be_missing_null_or_of_another_type() {
    let names = [
        "number",
        "name",
        "title",
        "display_name",
        "status",
        "customer",
        "supplier",
        "account",
        "ledger_account",
        "date_issued",
        "quote_date",
        "expiry_date",
        "transaction_date",
        "posted_at",
        "bill_date",
        "issued_date",
        "delivery_date",
        "total",
        "total_amount",
        "balance",
        "currency_rate",
        "line_items",
        "allocations",
        "payment_allocations",
        "emails",
        "addresses",
        "parent_id",
        "parent_account",
        "sales_details",
        "account_type",
    ];
    let wrong = [
        json!(null),
        json!(""),
        json!(7),
        json!(true),
        json!("\u{0}ñ🦆"),
        json!([]),
        json!([null, 7, "x", [], {}, {"id": null}]),
        json!({}),
        json!({"id": {}}),
        json!({"id": "1", "name": 7, "amount": "x", "type": {}}),
    ];
    for kind in Kind::ALL {
        let mut rows = Vec::new();
        for (idx, value) in wrong.iter().enumerate() {
            let mut row = serde_json::Map::new();
            for name in names {
                row.insert(name.to_owned(), value.clone());
            }
            row.insert("id".to_owned(), json!(idx.to_string()));
            let raw = row.clone();
            row.insert("_raw".to_owned(), raw.into());
            rows.push(serde_json::Value::Object(row));
        }
        let body = if kind == Kind::CompanyInfo {
            json!({ "data": rows[0] })
        } else {
            json!({ "data": rows })
        };
        let server = Server::new([answer(200, body)]);
        let page = server
            .client()
            .page(kind, None, None)
            .await
            .expect("a page");
        assert_eq!(page.skipped, 0, "{kind:?}");
        let expected = if kind == Kind::CompanyInfo {
            1
        } else {
            wrong.len()
        };
        assert_eq!(page.rows.len(), expected, "{kind:?}");
    }
}

#[tokio::test]
async fn a_list_of_none_and_a_list_of_ten_thousand_are_both_whole() {
    for count in [0_usize, 10_000] {
        let rows: Vec<_> = (0..count)
            .map(|n| json!({"id": n.to_string(), "total_amount": 1, "allocations": [{"id": "6", "amount": 1}]}))
            .collect();
        let server = Server::new([answer(200, json!({ "data": rows }))]);
        let page = server.client().page(Kind::Payments, None, None).await;
        let page = page.expect("a page");
        assert_eq!((page.rows.len(), page.skipped), (count, 0));
        assert_eq!(page.next, None);
    }
}
