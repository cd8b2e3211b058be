//! The bytes of creates and changes, against the examples of the contract (B.2, B.8, B.18, C.1).

use serde_json::{Value as Json, json};
use timbra::api::{Books, Cause};
use timbra::domain::edit::Edit;
use timbra::domain::field::{Field, Value};
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Line, Link};
use timbra::domain::status::Status;

use super::server::{Server, answer};

pub fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

pub fn link(id: &str) -> Link {
    Link {
        id: Id::from(id),
        name: "not sent".into(),
    }
}

pub fn edit(kind: Kind, id: Option<&str>, values: &[(Field, Option<Value>)]) -> Edit {
    let mut edit = Edit::new(kind, id.map(Id::from));
    edit.values.extend(values.iter().cloned());
    edit
}

/// The body that creates this.
pub async fn created(edit: &Edit) -> Json {
    let server = Server::new([answer(201, json!({"data": {"id": "6"}}))]);
    let answer = server.client().create(edit, &IntentId("a".into())).await;
    assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
    let request = server.only();
    assert_eq!(request.target, format!("/accounting/{}", edit.kind.slug()));
    assert_eq!(request.header("content-type"), Some("application/json"));
    request.json()
}

/// The body that changes this.
pub async fn changed(edit: &Edit) -> Json {
    let id = edit.id.as_ref().map_or("", Id::as_str);
    let server = Server::new([answer(200, json!({"data": {"id": id}}))]);
    assert_eq!(server.client().update(edit).await, Ok(()));
    assert_eq!(server.count("PATCH"), 1);
    let request = server.seen().pop().expect("a request");
    assert_eq!(request.method, "PATCH");
    request.json()
}

#[tokio::test]
async fn f_1_13_to_1_16_a_new_draft_is_the_body_of_the_contract() {
    let mut edit = edit(
        Kind::Invoices,
        None,
        &[
            (Field::Contact, Some(Value::Link(link("7")))),
            (
                Field::Date,
                Some(Value::Date(jiff::civil::date(2026, 5, 31))),
            ),
            (
                Field::DueDate,
                Some(Value::Date(jiff::civil::date(2026, 6, 30))),
            ),
            (Field::PaymentMethod, text("transfer")),
            (Field::PaymentType, text("PUE")),
            (Field::CfdiUse, text("G03")),
            (Field::Regime, text("601")),
            (Field::Memo, None),
            // The server makes these; a copied record has them.
            (Field::Total, "1160".parse().ok().map(Value::Money)),
            (Field::Number, text("A6")),
            (Field::Status, Some(Value::Status(Status::Draft))),
            (Field::SatSeal, text("kX9==")),
        ],
    );
    edit.lines = Some(vec![Line {
        item: Some(link("12")),
        description: "Taladro 1/2".into(),
        quantity: Some(2.into()),
        price: "500".parse().ok(),
        taxes: vec![link("3")],
        total: "1160".parse().ok(),
        ..Line::default()
    }]);
    assert_eq!(
        created(&edit).await,
        json!({"customer": {"id": "7"}, "invoice_date": "2026-05-31", "due_date": "2026-06-30",
            "payment_method": "transfer",
            "line_items": [{"item": {"id": "12"}, "description": "Taladro 1/2", "quantity": 2, "unit_price": 500,
                            "tax_rate": {"id": "3"}}],
            "pass_through": [{"service_id": "alegra", "extend_object": {"paymentType": "PUE", "cfdiUse": "G03",
                "regimeClient": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW"}}]})
    );
}

#[tokio::test]
async fn f_5_9_and_10_2_a_change_sends_what_changed_and_nothing_else() {
    let corrected = edit(Kind::Invoices, Some("6"), &[(Field::Regime, text("626"))]);
    assert_eq!(
        changed(&corrected).await,
        json!({"pass_through": [{"service_id": "alegra", "extend_object": {"regimeClient": "REGIME_OF_TRUST"}}]})
    );
    let plain = edit(
        Kind::Invoices,
        Some("6"),
        &[(Field::Terms, text("30 días")), (Field::Memo, None)],
    );
    assert_eq!(
        changed(&plain).await,
        json!({"terms": "30 días", "customer_memo": null})
    );
}

#[tokio::test]
async fn lines_go_whole_with_all_their_taxes_and_exact_amounts() {
    let mut edit = edit(Kind::Invoices, Some("6"), &[]);
    edit.lines = Some(vec![
        Line {
            item: Some(link("12")),
            quantity: "0.123456".parse().ok(),
            price: "1000000000000.10".parse().ok(),
            discount_pct: "5.50".parse().ok(),
            ..Line::default()
        },
        Line {
            item: Some(link("13")),
            quantity: Some(1.into()),
            price: "310.10".parse().ok(),
            taxes: vec![link("3"), link("8")],
            unit: Some("E48".into()),
            product_key: Some("01010101".into()),
            ..Line::default()
        },
    ]);
    let server = Server::new([answer(200, json!({"data": {"id": "6"}}))]);
    assert_eq!(server.client().update(&edit).await, Ok(()));
    let request = server.only();
    for exact in ["0.123456", "1000000000000.10", "5.50", "310.10"] {
        assert!(request.body.contains(exact), "{}", request.body);
    }
    let body = request.json();
    assert_eq!(body["line_items"][0]["item"], json!({"id": "12"}));
    assert_eq!(body["line_items"][0].get("tax_rate"), None);
    assert_eq!(body["line_items"][1]["tax_rate"], json!({"id": "3"}));
    assert_eq!(
        body["pass_through"],
        json!([{"service_id": "alegra", "extend_paths": [
            {"path": "$.items[1].tax", "value": [{"id": "3"}, {"id": "8"}]},
            {"path": "$.items[1].unit", "value": "E48"},
            {"path": "$.items[1].productKey", "value": "01010101"}]}])
    );
}

#[tokio::test]
async fn f_1_4_and_1_12_saving_never_stamps() {
    let mut edit = edit(Kind::Invoices, None, &[]);
    for field in [
        Field::Terms,
        Field::CfdiUse,
        Field::StampedAt,
        Field::OriginalString,
    ] {
        edit.values.insert(field, text("x"));
    }
    let body = created(&edit).await.to_string();
    assert!(!body.contains("tamp"), "{body}");
}

#[tokio::test]
async fn a_new_customer_is_the_body_of_the_contract() {
    let edit = edit(
        Kind::Customers,
        None,
        &[
            (Field::Name, text("XENON INDUSTRIAL ARTICLES")),
            (Field::Rfc, text("XIA190128J61")),
            (Field::Individual, Some(Value::Flag(false))),
            (Field::Email, text("pagos@xenon.example")),
            (Field::Zip, text("72000")),
            (Field::Regime, text("601")),
            (Field::CfdiUse, text("G03")),
        ],
    );
    assert_eq!(
        created(&edit).await,
        json!({"display_name": "XENON INDUSTRIAL ARTICLES", "tax_number": "XIA190128J61", "individual": false,
            "emails": [{"email": "pagos@xenon.example", "type": "primary"}],
            "addresses": [{"type": "primary", "postal_code": "72000"}],
            "pass_through": [{"service_id": "alegra",
                "extend_object": {"regime": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW", "cfdiUse": "G03"}}]})
    );
}

#[tokio::test]
async fn a_new_zip_reads_the_address_first_so_that_the_street_stays() {
    let server = Server::new([
        answer(
            200,
            json!({"data": {"id": "7", "addresses": [
            {"type": "billing", "line1": "Calle 5", "postal_code": ""},
            {"type": "primary", "line1": "Av. Juárez 12", "postal_code": "72000"}]}}),
        ),
        answer(200, json!({"data": {"id": "7"}})),
    ]);
    let edit = edit(Kind::Customers, Some("7"), &[(Field::Zip, text("76343"))]);
    assert_eq!(server.client().update(&edit).await, Ok(()));
    let seen = server.seen();
    assert_eq!(seen[0].method, "GET");
    assert_eq!(
        seen[1].json(),
        json!({"addresses": [{"type": "billing", "line1": "Calle 5", "postal_code": ""},
            {"type": "primary", "line1": "Av. Juárez 12", "postal_code": "76343"}]})
    );
    let server = Server::new([answer(404, "{}")]);
    let refused = server.client().update(&edit).await;
    assert_eq!(refused.map_err(|e| e.cause), Err(Cause::NotFound));
    assert_eq!(server.count("PATCH"), 0);
}

#[tokio::test]
async fn f_1_6_to_1_8_and_5_6_and_5_8_and_6_1_to_6_3_the_short_bodies_of_the_contract() {
    let number = |text: &str| text.parse().ok().map(Value::Number);
    for (edit, body) in [
        (
            edit(
                Kind::TaxRates,
                None,
                &[
                    (Field::Name, text("IVA 16")),
                    (Field::TaxType, text("IVA")),
                    (Field::Rate, number("16")),
                ],
            ),
            json!({"name": "IVA 16", "type": "IVA", "total_tax_rate": 16}),
        ),
        (
            edit(
                Kind::LedgerAccounts,
                None,
                &[
                    (Field::Name, text("Fletes locales")),
                    (Field::Code, text("601-84-003")),
                    (Field::Parent, Some(Value::Link(link("5060")))),
                    (Field::Classification, text("expense")),
                    (Field::AccountType, text("expense")),
                ],
            ),
            json!({"name": "Fletes locales", "code": "601-84-003", "parent_account": {"id": "5060"}}),
        ),
        (
            edit(
                Kind::Departments,
                None,
                &[
                    (Field::Name, text("Sucursal Puebla")),
                    (Field::Code, text("PUE")),
                ],
            ),
            json!({"name": "Sucursal Puebla", "code": "PUE"}),
        ),
        (
            edit(
                Kind::BankAccounts,
                None,
                &[
                    (Field::Name, text("BBVA operativa")),
                    (Field::AccountType, text("checking")),
                    (Field::AccountNumber, text("0123456789")),
                ],
            ),
            json!({"name": "BBVA operativa", "account_type": "checking", "account_number": "0123456789"}),
        ),
        (
            edit(
                Kind::InvoiceItems,
                None,
                &[
                    (Field::Name, text("Taladro 1/2")),
                    (Field::Code, text("TAL-12")),
                    (Field::ItemType, text("inventory")),
                    (Field::UnitPrice, "500".parse().ok().map(Value::Money)),
                    (Field::ProductKey, text("27112700")),
                ],
            ),
            json!({"name": "Taladro 1/2", "code": "TAL-12", "unit_price": 500, "type": "inventory",
                "pass_through": [{"service_id": "alegra", "extend_object": {"productKey": "27112700"}}]}),
        ),
    ] {
        assert_eq!(created(&edit).await, body);
    }
}

#[tokio::test]
async fn what_cannot_be_said_on_the_wire_is_not_sent() {
    let server = Server::new([answer(200, json!({"data": {"id": "6"}}))]);
    let client = server.client();
    for unsayable in [
        edit(Kind::Invoices, Some("6"), &[(Field::Regime, text("607"))]),
        edit(
            Kind::Customers,
            Some("6"),
            &[(Field::Status, Some(Value::Status(Status::Paid)))],
        ),
        edit(Kind::Invoices, Some("6"), &[(Field::Total, None)]),
    ] {
        let outcome = client.update(&unsayable).await;
        assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::NotSendable));
        assert!(matches!(
            client.create(&unsayable, &IntentId("a".into())).await,
            Answer::NotSent { .. } | Answer::Done { .. }
        ));
    }
    let company = edit(Kind::CompanyInfo, Some("6"), &[(Field::Memo, text("x"))]);
    let outcome = client.update(&company).await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::NotOffered));
    let nothing = client.update(&edit(Kind::Invoices, Some("6"), &[])).await;
    assert_eq!(nothing, Ok(()));
    assert!(server.seen().iter().all(|seen| seen.method == "POST"));
}
