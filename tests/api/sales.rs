//! Credit notes and quotes beside invoices: their bodies and their words (contract B.9, B.15, B.17, B.18).

use serde_json::json;
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::money::Money;
use timbra::domain::record::Line;
use timbra::domain::status::Status;

use super::bodies::{allocated, amount, day, exact, read, sold, to};
use super::writing::{changed, created, edit, link, text};

#[tokio::test]
async fn b_18_purchase_orders_quotes_and_credit_notes_are_the_bodies_of_the_contract() {
    let mut order = edit(
        Kind::PurchaseOrders,
        None,
        &[
            (Field::Contact, to("9")),
            (Field::Date, day(2026, 5, 18)),
            (Field::DeliveryDate, day(2026, 5, 25)),
            // Alegra numbers its orders itself.
            (Field::Number, text("OC-1")),
        ],
    );
    order.lines = Some(vec![sold("12", 5, "310")]);
    assert_eq!(
        created(&order).await,
        json!({"supplier": {"id": "9"}, "issued_date": "2026-05-18", "delivery_date": "2026-05-25",
            "line_items": [{"type": "expense_item", "item": {"id": "12"}, "quantity": 5, "unit_price": 310}]})
    );

    let mut quote = edit(
        Kind::Quotes,
        None,
        &[
            (Field::Contact, to("7")),
            (Field::Date, day(2026, 5, 30)),
            (Field::DueDate, day(2026, 6, 14)),
            (Field::Total, amount("1740")),
            (Field::Status, Some(Value::Status(Status::Open))),
        ],
    );
    quote.lines = Some(vec![sold("12", 3, "500")]);
    assert_eq!(
        created(&quote).await,
        json!({"customer": {"id": "7"}, "quote_date": "2026-05-30", "expiry_date": "2026-06-14",
            "line_items": [{"item": {"id": "12"}, "quantity": 3, "unit_price": 500}]})
    );

    let mut note = edit(
        Kind::CreditNotes,
        None,
        &[
            (Field::Contact, to("7")),
            (Field::Date, day(2026, 6, 5)),
            (Field::Total, amount("580")),
        ],
    );
    note.lines = Some(vec![Line {
        taxes: vec![link("3")],
        ..sold("12", 1, "500")
    }]);
    assert_eq!(
        created(&note).await,
        json!({"customer": {"id": "7"}, "date_issued": "2026-06-05T00:00:00.000Z", "total_amount": 580,
            "line_items": [{"item": {"id": "12"}, "quantity": 1, "unit_price": 500, "tax_rate": {"id": "3"}}]})
    );
}

#[tokio::test]
async fn a_credit_note_names_its_invoices_and_its_fiscal_fields_natively() {
    let mut note = edit(
        Kind::CreditNotes,
        Some("1"),
        &[
            (Field::CfdiUse, text("G02")),
            (Field::PaymentMethod, text("other")),
        ],
    );
    note.allocations = Some(vec![allocated("6", Kind::Invoices, "580.10")]);
    assert_eq!(
        changed(&note).await,
        exact(
            r#"{"pass_through": [{"service_id": "alegra", "extend_object": {"cfdiUse": "G02", "paymentMethod": "other",
                "invoices": [{"id": "6", "amount": 580.10}]}}]}"#
        )
    );
}

#[tokio::test]
async fn f_10_2_what_a_credit_note_is_related_to_is_written_natively_and_read_back() {
    let invoice = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";
    let related = format!("03 {invoice}");
    let mut note = edit(Kind::CreditNotes, None, &[(Field::Related, text(&related))]);
    let entry = json!({"relationType": "03", "uuid": invoice});
    let native = json!([{"service_id": "alegra", "extend_object": {"relatedDocuments": [entry]}}]);
    assert_eq!(created(&note).await["pass_through"], native);
    note.id = Some("9".into());
    note.values.insert(Field::Related, None);
    let cleared = json!([{"service_id": "alegra", "extend_object": {"relatedDocuments": null}}]);
    assert_eq!(changed(&note).await["pass_through"], cleared);

    let read = read(
        Kind::CreditNotes,
        json!({"id": "9", "total_amount": 580, "_raw": {"id": 9, "relatedDocuments": [entry]}}),
    )
    .await;
    assert_eq!(read.text(Field::Related), related);
}

#[tokio::test]
async fn saving_a_credit_note_never_stamps() {
    let mut note = edit(Kind::CreditNotes, None, &[]);
    for field in [Field::StampedAt, Field::SatSeal, Field::OriginalString] {
        note.values.insert(field, text("x"));
    }
    let body = created(&note).await.to_string();
    assert!(!body.contains("tamp"), "{body}");
}

#[tokio::test]
async fn f_2_2_to_2_4_void_and_voided_total_and_total_amount_are_the_same() {
    for (kind, word, status) in [
        (Kind::Invoices, "void", Status::Voided),
        (Kind::Bills, "voided", Status::Voided),
        (Kind::Quotes, "void", Status::Voided),
        (Kind::CreditNotes, "voided", Status::Voided),
        (Kind::Payments, "voided", Status::Voided),
        (Kind::JournalEntries, "voided", Status::Voided),
        (Kind::Bills, "partially_paid", Status::PartiallyPaid),
        (Kind::CreditNotes, "partially_paid", Status::PartiallyPaid),
        (Kind::Bills, "unpaid", Status::Authorised),
    ] {
        let record = read(kind, json!({"id": "1", "status": word})).await;
        assert_eq!(record.status(), status, "{kind:?} {word}");
    }
    for row in [
        json!({"id": "1", "total_amount": 580}),
        json!({"id": "1", "total": 580}),
    ] {
        let note = read(Kind::CreditNotes, row).await;
        assert_eq!(note.money(Field::Total), Some(Money::new(580.into())));
    }
}

#[tokio::test]
async fn f_4_4_a_sales_line_never_names_an_account() {
    for kind in [Kind::Invoices, Kind::CreditNotes, Kind::Quotes] {
        let mut sale = edit(kind, Some("1"), &[]);
        sale.lines = Some(vec![Line {
            account: Some(link("5063")),
            ..sold("12", 1, "500")
        }]);
        assert_eq!(
            changed(&sale).await["line_items"],
            json!([{"item": {"id": "12"}, "quantity": 1, "unit_price": 500}]),
            "{kind:?}"
        );
    }
}
