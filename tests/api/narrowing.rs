//! What the server is asked to leave out, and what happens where it will not (contract B.0, table F 2.5 to 9.9).

use serde_json::json;
use timbra::api::{Books, Cause, Cursor, Narrowing};
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use timbra::domain::status::Status;

use super::server::{Server, answer};

const TIMES: &str = "&sort%5Bby%5D=updated_at&sort%5Bdirection%5D=desc";

/// What is asked of the server for this, and whether the answer counts as narrowed.
async fn asked(kind: Kind, narrowing: &Narrowing) -> (String, bool) {
    let server = Server::new([answer(200, json!({"data": [{"id": "1"}]}))]);
    let page = server
        .client()
        .page(kind, Some(narrowing), None)
        .await
        .expect("a page");
    (server.only().target, page.narrowed)
}

fn customer() -> Narrowing {
    Narrowing::Customer(Id::from("7"))
}

fn supplier() -> Narrowing {
    Narrowing::Supplier(Id::from("9"))
}

#[tokio::test]
async fn f_2_6_and_9_6_status_and_contact_are_asked_of_the_resources_that_filter_by_them() {
    let status = |word: &str| format!("filter%5Bstatus%5D={word}");
    for (kind, narrowing, filter) in [
        (Kind::Bills, Narrowing::Status(Status::Paid), status("paid")),
        (
            Kind::Bills,
            Narrowing::Status(Status::Authorised),
            status("unpaid"),
        ),
        (
            Kind::Payments,
            Narrowing::Status(Status::Posted),
            status("authorised"),
        ),
        (
            Kind::Payments,
            Narrowing::Status(Status::Voided),
            status("voided"),
        ),
        (
            Kind::BillPayments,
            Narrowing::Status(Status::Paid),
            status("paid"),
        ),
        (
            Kind::Payments,
            customer(),
            "filter%5Bcustomer_id%5D=7".to_owned(),
        ),
        (
            Kind::BillPayments,
            supplier(),
            "filter%5Bsupplier_id%5D=9".to_owned(),
        ),
    ] {
        let raw = match kind {
            Kind::Payments => "&raw=true",
            _ => "",
        };
        let expected = format!("/accounting/{}?limit=30&{filter}{TIMES}{raw}", kind.slug());
        assert_eq!(asked(kind, &narrowing).await, (expected, true), "{kind:?}");
    }
    assert_eq!(
        asked(Kind::JournalEntries, &Narrowing::Status(Status::Voided)).await,
        (
            format!("/accounting/journal-entries?limit=30&{}", status("voided")),
            true
        )
    );
}

#[tokio::test]
async fn f_9_8_items_are_asked_for_by_name() {
    let name = Narrowing::Name(" Tornillo & tuerca ñ".into());
    let (target, narrowed) = asked(Kind::InvoiceItems, &name).await;
    assert!(narrowed);
    assert_eq!(
        target,
        format!(
            "/accounting/invoice-items?limit=30&filter%5Bname%5D=Tornillo%20%26%20tuerca%20%C3%B1{TIMES}&raw=true"
        )
    );
}

#[tokio::test]
async fn f_2_5_and_9_7_what_the_server_cannot_filter_is_never_asked_of_it() {
    let partial = Narrowing::Status(Status::PartiallyPaid);
    for (kind, narrowing) in [
        (Kind::Bills, partial.clone()),
        (Kind::Bills, Narrowing::Status(Status::Voided)),
        (Kind::Payments, partial.clone()),
        (Kind::Payments, supplier()),
        (Kind::BillPayments, customer()),
        (Kind::JournalEntries, Narrowing::Status(Status::Posted)),
        (Kind::InvoiceItems, Narrowing::Name("  ".into())),
        (Kind::Customers, Narrowing::Name("Xenon".into())),
        (Kind::PurchaseOrders, supplier()),
    ] {
        let (target, narrowed) = asked(kind, &narrowing).await;
        assert!(!narrowed, "{kind:?} {narrowing:?}");
        assert!(!target.contains("filter"), "{target}");
    }
    for kind in [Kind::Invoices, Kind::CreditNotes, Kind::Quotes] {
        for narrowing in [Narrowing::Status(Status::Paid), customer(), supplier()] {
            let (target, narrowed) = asked(kind, &narrowing).await;
            assert!(!narrowed && !target.contains("filter"), "{target}");
        }
    }
}

#[tokio::test]
async fn f_9_6_a_refused_filter_is_given_up_and_not_tried_again() {
    for type_name in ["UnsupportedFiltersError", "RequestValidationError"] {
        let refusal = json!({"status_code": 400, "error": "Bad Request", "type_name": type_name,
            "message": "filter[customer_id]"});
        let server = Server::new([
            answer(400, refusal),
            answer(200, json!({"data": [{"id": "1"}]})),
        ]);
        let client = server.client();
        for _ in 0..2 {
            let page = client
                .page(Kind::JournalEntries, Some(&customer()), None)
                .await
                .expect("a page");
            assert!(!page.narrowed);
            assert_eq!(page.rows.len(), 1);
        }
        let targets: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
        assert_eq!(
            targets,
            [
                "/accounting/journal-entries?limit=30&filter%5Bcustomer_id%5D=7",
                "/accounting/journal-entries?limit=30",
                "/accounting/journal-entries?limit=30",
            ],
            "{type_name}"
        );
        // Another filter of the same kind is another question.
        let status = Narrowing::Status(Status::Voided);
        let page = client.page(Kind::JournalEntries, Some(&status), None).await;
        assert!(page.expect("a page").narrowed);
    }
}

#[tokio::test]
async fn a_walk_that_is_under_way_is_never_asked_otherwise() {
    let refusal =
        json!({"status_code": 400, "type_name": "UnsupportedFiltersError", "message": "status"});
    let server = Server::new([answer(400, refusal)]);
    let cursor = Cursor("c".into());
    let page = server
        .client()
        .page(
            Kind::Bills,
            Some(&Narrowing::Status(Status::Paid)),
            Some(&cursor),
        )
        .await;
    assert_eq!(page.map_err(|e| e.cause), Err(Cause::UnsupportedFilter));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_request_that_is_wrong_without_a_filter_stays_an_error() {
    let refusal =
        json!({"status_code": 400, "type_name": "RequestValidationError", "message": "limit"});
    let server = Server::new([answer(400, refusal)]);
    let page = server.client().page(Kind::Bills, None, None).await;
    assert_eq!(page.map_err(|e| e.cause), Err(Cause::InvalidRequest));
    assert_eq!(server.seen().len(), 1);
}
