//! Payments both ways and what they are applied to (contract B.12, B.13, table F 3).

use serde_json::json;
use timbra::api::Books;
use timbra::domain::edit::Edit;
use timbra::domain::field::Field;
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Allocation, Id, Link};
use timbra::domain::status::Status;

use super::bodies::{allocated, amount, day, exact, read, to, unsayable};
use super::server::{Server, answer};
use super::writing::{changed, created, edit, text};

fn receipt() -> Edit {
    let mut edit = edit(
        Kind::Payments,
        None,
        &[
            (Field::Total, amount("580")),
            (Field::Date, day(2026, 6, 2)),
            (Field::PaymentMethod, text("transfer")),
            (Field::Contact, to("7")),
            (Field::BankAccount, to("2")),
        ],
    );
    edit.allocations = Some(vec![allocated("6", Kind::Invoices, "580")]);
    edit
}

#[tokio::test]
async fn f_3_1_receipts_and_payments_to_suppliers_are_the_bodies_of_the_contract() {
    assert_eq!(
        created(&receipt()).await,
        json!({"total_amount": 580, "transaction_date": "2026-06-02T00:00:00.000Z", "payment_method": "transfer",
            "customer": {"id": "7"}, "account": {"id": "2"},
            "allocations": [{"id": "6", "type": "invoice", "amount": 580}]})
    );
    let mut paid = edit(
        Kind::BillPayments,
        None,
        &[
            (Field::Total, amount("450")),
            (Field::Date, day(2026, 6, 10)),
            (Field::PaymentMethod, text("check")),
            (Field::Contact, to("9")),
            (Field::BankAccount, to("2")),
        ],
    );
    paid.allocations = Some(vec![allocated("31", Kind::Bills, "450")]);
    assert_eq!(
        created(&paid).await,
        json!({"total_amount": 450, "transaction_date": "2026-06-10T00:00:00.000Z", "payment_method": "check",
            "supplier": {"id": "9"}, "account": {"id": "2"},
            "allocations": [{"id": "31", "type": "bill", "amount": 450}]})
    );
}

#[tokio::test]
async fn f_3_2_a_changed_payment_sends_what_changed_and_its_allocations_whole() {
    let plain = edit(
        Kind::Payments,
        Some("1"),
        &[(Field::Memo, text("SPEI 4471")), (Field::Reference, None)],
    );
    assert_eq!(
        changed(&plain).await,
        json!({"note": "SPEI 4471", "reference": null})
    );
    let mut moved = edit(Kind::Payments, Some("1"), &[]);
    moved.allocations = Some(vec![
        allocated("6", Kind::Invoices, "500.50"),
        allocated("8", Kind::Invoices, "79.50"),
    ]);
    assert_eq!(
        changed(&moved).await,
        exact(
            r#"{"allocations":[{"id":"6","type":"invoice","amount":500.50},{"id":"8","type":"invoice","amount":79.50}]}"#
        )
    );
}

#[tokio::test]
async fn f_3_3_a_payment_that_goes_nowhere_is_not_sent() {
    for allocations in [
        Vec::new(),
        vec![Allocation {
            amount: None,
            ..allocated("6", Kind::Invoices, "1")
        }],
        vec![Allocation {
            kind: None,
            ..allocated("6", Kind::Invoices, "1")
        }],
        vec![Allocation {
            document: None,
            ..allocated("6", Kind::Invoices, "1")
        }],
        vec![allocated("6", Kind::Customers, "1")],
    ] {
        unsayable(Edit {
            allocations: Some(allocations),
            ..receipt()
        })
        .await;
    }
    let server = Server::new([answer(201, json!({"data": {"id": "1"}}))]);
    let unapplied = Edit {
        allocations: None,
        ..receipt()
    };
    let answer = server
        .client()
        .create(&unapplied, &IntentId("a".into()))
        .await;
    assert!(matches!(answer, Answer::NotSent { .. }), "{answer:?}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn f_3_4_documents_come_back_in_allocations_with_their_amounts() {
    let payment = read(
        Kind::Payments,
        json!({"id": "1", "total_amount": 580, "transaction_date": "2026-06-02T00:00:00.000Z", "status": "authorised",
            "customer": {"id": "7", "display_name": "XENON"}, "account": {"id": "2", "name": "BBVA"},
            "reference": "SPEI 1", "payment_method": "transfer",
            "allocations": [{"id": 6, "type": "invoice", "amount": "500.10", "code": "A6", "allocation_id": "1-1"},
                            {"id": "8", "type": "invoice", "amount": 79.90}]}),
    )
    .await;
    assert_eq!(payment.text(Field::BankAccount), "BBVA");
    assert_eq!(payment.text(Field::Reference), "SPEI 1");
    assert_eq!(payment.status(), Status::Posted);
    assert_eq!(
        payment.date(Field::Date),
        Some(jiff::civil::date(2026, 6, 2))
    );
    let [first, second] = payment.allocations.as_slice() else {
        panic!("two allocations: {:?}", payment.allocations);
    };
    assert_eq!(
        first,
        &Allocation {
            document: Some(Link {
                id: Id::from("6"),
                name: "A6".into()
            }),
            kind: Some(Kind::Invoices),
            amount: "500.10".parse().ok()
        }
    );
    assert_eq!(second.amount, "79.90".parse().ok());

    // Apideck's own list of fields omits them for payments to suppliers (contract B.13): absence is no error.
    let bare = read(
        Kind::BillPayments,
        json!({"id": "2", "total_amount": "450"}),
    )
    .await;
    assert_eq!(bare.allocations, Vec::new());

    let invoice = read(
        Kind::Invoices,
        json!({"id": "6", "payment_allocations": [{"id": "1", "allocated_amount": 500.10, "date": "2026-06-02"}]}),
    )
    .await;
    assert_eq!(invoice.allocations[0].kind, Some(Kind::Payments));
    assert_eq!(invoice.allocations[0].amount, "500.1".parse().ok());
}

#[tokio::test]
async fn where_unify_is_silent_about_allocations_the_native_record_tells() {
    let server = Server::new([
        answer(200, json!({"data": {"id": "2", "total_amount": "450"}})),
        answer(
            200,
            json!({"id": 2, "type": "out", "bankAccount": {"id": "3", "name": "Caja"},
            "bills": [{"id": 31, "number": "F-889", "total": "900.00", "amount": "450.00", "balance": 450}]}),
        ),
    ]);
    let payment = server
        .client()
        .one(Kind::BillPayments, &Id::from("2"), true)
        .await
        .expect("a payment")
        .record;
    assert_eq!(
        server.seen()[1].header("x-apideck-downstream-url"),
        Some("https://api.alegra.com/api/v1/payments/2")
    );
    assert_eq!(payment.text(Field::BankAccount), "Caja");
    assert_eq!(
        payment.allocations,
        [Allocation {
            document: Some(Link {
                id: Id::from("31"),
                name: "F-889".into()
            }),
            kind: Some(Kind::Bills),
            amount: "450".parse().ok()
        }]
    );
}

/// The published document demands amount and day of every body, so that they go along as they stand.
#[tokio::test]
async fn what_every_body_must_have_is_read_and_sent_again_as_it_stands() {
    let told = exact(
        r#"{"data": {"id": "1", "total_amount": 580.10, "transaction_date": "2026-06-02T00:00:00.000Z"}}"#,
    );
    for (values, sent) in [
        (
            vec![(Field::Memo, text("x"))],
            r#"{"note": "x", "total_amount": 580.10, "transaction_date": "2026-06-02T00:00:00.000Z"}"#,
        ),
        (
            vec![(Field::Total, amount("600"))],
            r#"{"total_amount": 600, "transaction_date": "2026-06-02T00:00:00.000Z"}"#,
        ),
    ] {
        let server = Server::new([answer(200, told.clone()), answer(200, "{}")]);
        let change = edit(Kind::Payments, Some("1"), &values);
        assert_eq!(server.client().update(&change).await, Ok(()));
        let seen = server.seen();
        assert_eq!((seen[0].method.as_str(), seen.len()), ("GET", 2));
        assert_eq!(seen[1].json(), exact(sent));
    }
    // Both are there: nothing has to be read.
    let both = [
        (Field::Total, amount("600")),
        (Field::Date, day(2026, 6, 2)),
    ];
    let server = Server::new([answer(200, "{}")]);
    let whole = edit(Kind::Payments, Some("1"), &both);
    assert_eq!(server.client().update(&whole).await, Ok(()));
    assert_eq!(server.only().method, "PATCH");
    let cleared = edit(
        Kind::Payments,
        Some("1"),
        &[(Field::Total, None), (Field::Date, None)],
    );
    let outcome = server.client().update(&cleared).await;
    assert_eq!(
        outcome.map_err(|e| e.cause),
        Err(timbra::api::Cause::NotSendable)
    );
}
