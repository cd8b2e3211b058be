//! What is asked, and what becomes of the answers.

use serde_json::json;
use timbra::api::{Books, Cause, Cursor};
use timbra::domain::field::Field;
use timbra::domain::intent::Answer;
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use timbra::domain::stamp::Stamp;
use timbra::domain::status::Status;

use super::server::{KEY, Server, answer};

/// Contract C.2, with the commercial fields of B.8 and the native ones of D.6.
const INVOICE: &str = r#"{"status_code":200,"status":"OK","service":"alegra","resource":"invoices","operation":"one",
 "data":{"id":"6","number":"A6","status":"authorised","customer":{"id":"7","display_name":"XENON INDUSTRIAL ARTICLES"},
  "invoice_date":"2026-05-31","due_date":"2026-06-30","sub_total":1000.10,"total_tax":160.02,"total":1160.12,"balance":1160.12,
  "line_items":[{"item":{"id":"12","name":"Taladro 1/2"},"quantity":2,"unit_price":500.05,"tax_rate":{"id":"3"}}],
  "updated_at":"2026-05-31T18:04:09.000Z","unheard_of":{"deep":[1,2]},
  "_raw":{"id":"6","status":"open","cfdiUse":"G03","paymentType":"PUE","paymentMethod":"transfer",
   "regimeClient":"GENERAL_REGIME_OF_MORAL_PEOPLE_LAW",
   "client":{"id":"7","name":"XENON INDUSTRIAL ARTICLES","identification":"XIA190128J61","address":{"zipCode":"76343"}},
   "items":[{"id":"12","name":"Taladro 1/2","price":"500.05","quantity":2,"discount":"0.00","unit":"H87","productKey":"27112700",
     "tax":[{"id":"3","name":"IVA","percentage":"16.00","type":"IVA"}],"total":1160.12}],
   "stamp":{"uuid":"5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F","date":"2026-05-31T12:04:09","satSign":"kX9==","cfdiSign":"Zt4=="}}}}"#;

#[tokio::test]
async fn f_1_23_and_10_1_and_10_3_an_invoice_is_read_from_both_of_its_records() {
    let server = Server::new([answer(200, INVOICE)]);
    let fetched = server
        .client()
        .one(Kind::Invoices, &Id::from("6"), true)
        .await
        .expect("an invoice");
    assert_eq!(server.only().target, "/accounting/invoices/6?raw=true");
    let record = fetched.record;
    assert_eq!(record.text(Field::Number), "A6");
    assert_eq!(record.status(), Status::Authorised);
    assert_eq!(record.money(Field::Total), "1160.12".parse().ok());
    assert_eq!(
        record.date(Field::Date),
        Some(jiff::civil::date(2026, 5, 31))
    );
    assert_eq!(record.text(Field::Contact), "XENON INDUSTRIAL ARTICLES");
    assert_eq!(record.text(Field::Rfc), "XIA190128J61");
    assert_eq!(record.text(Field::Zip), "76343");
    assert_eq!(record.text(Field::Regime), "601");
    assert_eq!(record.text(Field::CfdiUse), "G03");
    assert_eq!(record.text(Field::PaymentType), "PUE");
    assert_eq!(record.text(Field::PaymentMethod), "transfer");
    assert_eq!(record.text(Field::StampedAt), "2026-05-31T12:04:09");
    assert_eq!(record.text(Field::CfdiSeal), "Zt4==");
    assert_eq!(record.lines[0].product_key.as_deref(), Some("27112700"));
    assert_eq!(record.lines[0].unit.as_deref(), Some("H87"));
    assert!(matches!(&record.stamp, Stamp::Stamped(uuid) if uuid.as_str().ends_with("4E5F")));
    assert!(record.native_read);
    let raw = fetched.raw.expect("the native record");
    assert!(
        raw.contains("500.05") && raw.contains("\"cfdiUse\":\"G03\""),
        "{raw}"
    );
}

#[tokio::test]
async fn f_1_22_commercial_data_alone_makes_no_claim_about_the_stamp() {
    let body = json!({"data": {"id": "6", "number": "A6", "total": 1160, "status": "draft"}});
    let server = Server::new([answer(200, body)]);
    let fetched = server
        .client()
        .one(Kind::Invoices, &Id::from("6"), false)
        .await
        .expect("an invoice");
    assert_eq!(server.only().target, "/accounting/invoices/6");
    assert_eq!(fetched.record.stamp, Stamp::NotRead);
    assert!(!fetched.record.native_read);
    assert_eq!(fetched.raw, None);
}

#[tokio::test]
async fn f_0_1_and_0_2_every_request_carries_the_four_headers_and_no_other_credential() {
    let server = Server::new([
        answer(200, json!({"data": {"id": "7"}})),
        answer(200, json!({"id": "7", "regime": "REGIME_OF_TRUST"})),
    ]);
    let id = Id::from("ñ 7/..");
    let refused = server.client().one(Kind::Customers, &id, true).await;
    assert_eq!(
        refused.map_err(|e| e.cause),
        Err(Cause::Unreadable),
        "another id"
    );
    let fetched = server
        .client()
        .one(Kind::Customers, &Id::from("7"), true)
        .await;
    // The script's second line answers for ever: as Unify it has no data.
    assert_eq!(fetched.map_err(|e| e.cause), Err(Cause::Unreadable));
    let seen = server.seen();
    assert_eq!(
        seen[0].target,
        "/accounting/customers/%C3%B1%207%2F..?raw=true"
    );
    for request in &seen {
        assert_eq!(
            request.header("authorization"),
            Some(format!("Bearer {KEY}").as_str())
        );
        assert_eq!(request.header("x-apideck-app-id"), Some("app-1"));
        assert_eq!(
            request.header("x-apideck-consumer-id"),
            Some("despacho-001")
        );
        assert_eq!(request.header("x-apideck-service-id"), Some("alegra"));
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.header("x-apideck-downstream-authorization"), None);
        assert_eq!(request.header("x-apideck-company-id"), None);
    }
}

#[tokio::test]
async fn f_1_9_and_1_25_where_unify_brings_no_native_record_the_proxy_is_asked() {
    let server = Server::new([
        answer(
            200,
            json!({"data": {"id": "12", "name": "Taladro", "code": "TAL-12", "unit_price": 500, "active": true}}),
        ),
        answer(
            200,
            json!({"id": 12, "productKey": "27112700", "inventory": {"unit": "H87"}}),
        ),
    ]);
    let fetched = server
        .client()
        .one(Kind::InvoiceItems, &Id::from("12"), true)
        .await
        .expect("an item");
    let proxied = &server.seen()[1];
    assert_eq!(
        (proxied.method.as_str(), proxied.target.as_str()),
        ("GET", "/proxy")
    );
    assert_eq!(
        proxied.header("x-apideck-downstream-url"),
        Some("https://api.alegra.com/api/v1/items/12")
    );
    assert_eq!(proxied.header("x-apideck-service-id"), Some("alegra"));
    let record = fetched.record;
    assert_eq!(record.text(Field::Code), "TAL-12");
    assert_eq!(record.text(Field::ProductKey), "27112700");
    assert_eq!(record.text(Field::Unit), "H87");
    assert_eq!(record.status(), Status::Active);
    assert!(record.native_read);
}

#[tokio::test]
async fn an_id_of_dots_never_leaves_the_machine() {
    let server = Server::new([answer(200, json!({"data": {"id": "6"}}))]);
    for id in ["", ".", ".."] {
        let id = Id::from(id);
        let refused = server.client().one(Kind::Invoices, &id, true).await;
        assert_eq!(refused.map_err(|e| e.cause), Err(Cause::NotSendable));
        let refused = server.client().delete(Kind::Invoices, &id).await;
        assert!(matches!(refused, Answer::NotSent { .. }), "{refused:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn f_9_1_and_9_3_to_9_5_lists_are_asked_as_their_kind_allows() {
    let server = Server::new([answer(200, json!({"data": []}))]);
    let sorted = "sort%5Bby%5D=updated_at&sort%5Bdirection%5D=desc";
    for (kind, query) in [
        (Kind::Invoices, format!("?limit=30&{sorted}&raw=true")),
        (Kind::CreditNotes, format!("?limit=30&{sorted}&raw=true")),
        (Kind::Customers, format!("?limit=30&{sorted}&raw=true")),
        (Kind::Suppliers, format!("?limit=30&{sorted}&raw=true")),
        (Kind::InvoiceItems, format!("?limit=30&{sorted}&raw=true")),
        (Kind::Bills, format!("?limit=30&{sorted}")),
        (Kind::PurchaseOrders, format!("?limit=30&{sorted}")),
        // The native record tells of a payment whether its receipt was issued.
        (Kind::Payments, format!("?limit=30&{sorted}&raw=true")),
        (Kind::BillPayments, format!("?limit=30&{sorted}")),
        (Kind::BankAccounts, format!("?limit=30&{sorted}")),
        (Kind::LedgerAccounts, String::new()),
        (Kind::TaxRates, "?limit=30".into()),
        (Kind::Departments, "?limit=30".into()),
        (Kind::JournalEntries, "?limit=30".into()),
        (Kind::Quotes, "?limit=30".into()),
    ] {
        let page = server
            .client()
            .page(kind, None, None)
            .await
            .expect("a page");
        assert_eq!(page.next, None);
        let target = server.seen().last().map(|seen| seen.target.clone());
        assert_eq!(target, Some(format!("/accounting/{}{query}", kind.slug())));
    }
}

/// Contract B.0, with rows that no record can be made of and values of every wrong type.
#[tokio::test]
async fn a_page_survives_its_worst_rows_and_says_what_it_left_out() {
    let server = Server::new([answer(
        200,
        json!({"status_code": 200, "status": "OK", "service": "alegra", "resource": "invoices", "operation": "all",
            "data": [
                {"id": "6", "number": "A6", "status": "authorised", "total": 1160.00, "balance": 1160.00},
                {"id": 7, "number": 8, "status": "sublime", "total": "5800.00", "invoice_date": "31/05/2026",
                 "customer": "9", "line_items": null, "_raw": [], "created_at": 12},
                {"number": "A8"}, null, "A9", [],
                {"id": "10", "total": {"amount": 1}, "status": [], "customer": {"name": "without id"}, "_raw": {"id": "11"}}],
            "meta": {"items_on_page": 7, "total_count": "31",
                "cursors": {"previous": null, "current": null, "next": "YWxlZ3JhOjpvZmZzZXQ6OjMw"},
                "warnings": [{"type": "partial", "status_code": 206, "message": "Se omitió un registro"}]}}),
    )]);
    let page = server
        .client()
        .page(Kind::Invoices, None, None)
        .await
        .expect("a page");
    assert_eq!(page.skipped, 4);
    assert_eq!(page.total, Some(31));
    assert_eq!(page.next, Some(Cursor("YWxlZ3JhOjpvZmZzZXQ6OjMw".into())));
    assert_eq!(page.warnings, vec!["Se omitió un registro"]);
    let records: Vec<_> = page.rows.into_iter().map(|row| row.record).collect();
    assert_eq!(records.len(), 3);
    assert_eq!(records[1].id, Id::from("7"));
    assert_eq!(records[1].text(Field::Number), "8");
    assert_eq!(records[1].status(), Status::Unknown);
    assert_eq!(records[1].money(Field::Total), "5800".parse().ok());
    assert_eq!(records[1].get(Field::Date), None);
    assert_eq!(
        records[1].link(Field::Contact).map(|link| link.id.as_str()),
        Some("9")
    );
    assert_eq!(records[2].get(Field::Total), None);
    assert_eq!(records[2].get(Field::Contact), None);
    assert!(!records[2].native_read, "the raw record of another id");
}

#[tokio::test]
async fn f_9_2_the_cursor_goes_back_as_it_came_and_has_to_move() {
    let cursor = Cursor("a+b/c=".into());
    let server = Server::new([
        answer(
            200,
            json!({"data": [{"id": "1"}], "meta": {"cursors": {"next": "d"}}}),
        ),
        answer(
            200,
            json!({"data": [{"id": "1"}], "meta": {"cursors": {"next": "a+b/c="}}}),
        ),
    ]);
    let page = server
        .client()
        .page(Kind::TaxRates, None, Some(&cursor))
        .await
        .expect("a page");
    assert_eq!(page.next, Some(Cursor("d".into())));
    assert_eq!(
        server.only().target,
        "/accounting/tax-rates?limit=30&cursor=a%2Bb%2Fc%3D"
    );
    let stuck = server
        .client()
        .page(Kind::TaxRates, None, Some(&cursor))
        .await;
    assert_eq!(stuck.map_err(|e| e.cause), Err(Cause::Unreadable));
}

#[tokio::test]
async fn a_kind_that_refuses_to_be_sorted_is_read_unsorted_from_then_on() {
    let refusal = json!({"status_code": 400, "error": "Bad Request", "type_name": "UnsupportedSortFieldError",
        "message": "updated_at", "detail": "updated_at is not sortable"});
    let server = Server::new([
        answer(400, refusal),
        answer(200, json!({"data": [{"id": "1"}]})),
    ]);
    let client = server.client();
    for _ in 0..2 {
        let page = client.page(Kind::Bills, None, None).await.expect("a page");
        assert_eq!(page.rows.len(), 1);
    }
    let targets: Vec<_> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        vec![
            "/accounting/bills?limit=30&sort%5Bby%5D=updated_at&sort%5Bdirection%5D=desc",
            "/accounting/bills?limit=30",
            "/accounting/bills?limit=30",
        ]
    );
}

#[tokio::test]
async fn the_newest_are_asked_for_by_creation() {
    let server = Server::new([answer(
        200,
        json!({"data": [{"id": "41"}, {"id": "40"}], "meta": {"cursors": {"next": "d"}}}),
    )]);
    let newest = server
        .client()
        .newest(Kind::Invoices, 2)
        .await
        .expect("the newest");
    assert_eq!(newest.len(), 2);
    assert_eq!(
        server.only().target,
        "/accounting/invoices?limit=2&sort%5Bby%5D=created_at&sort%5Bdirection%5D=desc&raw=true"
    );
}

#[tokio::test]
async fn where_nothing_sorts_the_twin_is_looked_for_everywhere() {
    let server = Server::new([
        answer(
            200,
            json!({"data": [{"id": "1"}], "meta": {"cursors": {"next": "d"}}}),
        ),
        answer(
            200,
            json!({"data": [{"id": "2"}], "meta": {"cursors": {"next": null}}}),
        ),
    ]);
    let newest = server
        .client()
        .newest(Kind::TaxRates, 1)
        .await
        .expect("all of them");
    assert_eq!(newest.len(), 2);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn the_company_is_named_by_company_info_and_completed_by_the_native_record() {
    let info = json!({"data": {"id": "1", "company_name": "ESCUELA KEMPER URGATE", "country": "MX",
        "sales_tax_number": "EKU9003173C9", "currency": "MXN"}});
    let native = json!({"name": "ESCUELA KEMPER URGATE", "identification": "EKU9003173C9",
        "regime": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW", "applicationVersion": "mexico",
        "address": {"zipCode": "42501"}, "currency": {"code": "MXN", "symbol": "$"}});
    let server = Server::new([
        answer(200, &info).with("Date", "Sun, 31 May 2026 18:00:00 GMT"),
        answer(200, native)
            .with("Date", "Sun, 31 May 2026 18:00:01 GMT")
            .with("Request-Id", "req-2"),
    ]);
    let client = server.client();
    assert_eq!(client.server_date(), None);
    let company = client.company().await.expect("a company");
    assert_eq!(company.id.0, "despacho-001@loopback");
    assert_eq!(company.rfc, "EKU9003173C9");
    assert_eq!(company.regime.as_deref(), Some("601"));
    assert_eq!(company.zip.as_deref(), Some("42501"));
    assert_eq!(client.server_date(), "2026-05-31T18:00:01Z".parse().ok());
    assert_eq!(client.last_request_id().as_deref(), Some("req-2"));

    let error = json!({"code": 403, "message": "Sin permiso"});
    let server = Server::new([
        answer(200, &info),
        answer(403, error).with("x-apideck-downstream-error", "true"),
    ]);
    let company = server.client().company().await.expect("a company");
    assert_eq!((company.regime, company.zip), (None, None));
    assert_eq!(company.name, "ESCUELA KEMPER URGATE");
}

#[tokio::test]
async fn f_5_2_to_5_4_customers_accounts_and_taxes_are_read_with_their_mexican_fields() {
    let customers = json!({"data": [{"id": "7", "display_name": "XENON INDUSTRIAL ARTICLES", "tax_number": "XIA190128J61",
        "individual": false, "status": "active",
        "emails": [{"email": "pagos@xenon.example", "type": "primary"}],
        "addresses": [{"type": "primary", "line1": "Av. Juárez 12", "postal_code": "72000", "country": "MX"}],
        "_raw": {"id": 7, "identification": {"type": "RFC", "number": "XIA190128J61"}, "cfdiUse": "G03",
                 "regime": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW", "address": {"zipCode": "76343"}}}]});
    let server = Server::new([answer(200, customers)]);
    let page = server
        .client()
        .page(Kind::Customers, None, None)
        .await
        .expect("a page");
    let record = &page.rows[0].record;
    assert_eq!(record.text(Field::Name), "XENON INDUSTRIAL ARTICLES");
    assert_eq!(record.text(Field::Rfc), "XIA190128J61");
    assert_eq!(record.text(Field::Regime), "601");
    assert_eq!(record.text(Field::CfdiUse), "G03");
    assert_eq!(record.text(Field::Zip), "72000");
    assert_eq!(record.text(Field::Email), "pagos@xenon.example");
    assert_eq!(record.status(), Status::Active);

    let accounts = json!({"data": [{"id": "5063", "code": "601-84-001", "nominal_code": "601.84", "name": "Fletes",
        "classification": "expense", "type": "expense", "level": 4, "header": false, "active": true,
        "parent_account": {"id": "5060", "name": "Gastos generales"}, "sub_accounts": []}],
        "meta": {"cursors": {"next": null}}});
    let server = Server::new([answer(200, accounts)]);
    let page = server
        .client()
        .page(Kind::LedgerAccounts, None, None)
        .await
        .expect("a page");
    let record = &page.rows[0].record;
    assert_eq!(record.text(Field::Code), "601-84-001");
    assert_eq!(record.text(Field::NominalCode), "601.84");
    assert_eq!(record.text(Field::Parent), "Gastos generales");
    assert_eq!(record.number(Field::Level), Some(4.into()));
    assert!(!record.flag(Field::Header));
    assert_eq!(record.status(), Status::Active);

    let taxes = json!({"data": [{"id": "3", "name": "IVA", "type": "IVA", "effective_tax_rate": 15, "total_tax_rate": 16.00,
        "tax_payable_account_id": "5101", "status": "active"}]});
    let server = Server::new([answer(200, taxes)]);
    let page = server
        .client()
        .page(Kind::TaxRates, None, None)
        .await
        .expect("a page");
    let record = &page.rows[0].record;
    assert_eq!(record.text(Field::TaxType), "IVA");
    assert_eq!(record.number(Field::Rate), Some(16.into()));
    assert_eq!(
        record
            .link(Field::TaxPayableAccount)
            .map(|link| link.id.as_str()),
        Some("5101")
    );
}

#[tokio::test]
async fn every_kind_is_read_by_its_own_names() {
    for (kind, row, field, text) in [
        (
            Kind::CreditNotes,
            json!({"id": "1", "number": "N1", "date_issued": "2026-06-05T00:00:00.000Z", "total_amount": 580, "status": "voided"}),
            Field::Number,
            "N1",
        ),
        (
            Kind::Bills,
            json!({"id": "1", "bill_number": "F-889", "bill_date": "2026-06-05", "total": 580, "status": "void"}),
            Field::Number,
            "F-889",
        ),
        (
            Kind::PurchaseOrders,
            json!({"id": "1", "po_number": "OC-1", "issued_date": "2026-06-05", "total": "580", "status": "draft"}),
            Field::Number,
            "OC-1",
        ),
        (
            Kind::Payments,
            json!({"id": "1", "number": "P1", "transaction_date": "2026-06-05T00:00:00.000Z", "total_amount": 580}),
            Field::Number,
            "P1",
        ),
        (
            Kind::BillPayments,
            json!({"id": "1", "reference": "E1", "transaction_date": "2026-06-05T23:59:59.000Z", "total_amount": 580}),
            Field::Number,
            "E1",
        ),
        (
            Kind::Quotes,
            json!({"id": "1", "number": "Q1", "quote_date": "2026-06-05", "total": 580}),
            Field::Number,
            "Q1",
        ),
        (
            Kind::JournalEntries,
            json!({"id": "1", "title": "Depreciación mayo", "posted_at": "2026-06-05T00:00:00.000Z"}),
            Field::Name,
            "Depreciación mayo",
        ),
    ] {
        let server = Server::new([answer(200, json!({"data": [row]}))]);
        let page = server
            .client()
            .page(kind, None, None)
            .await
            .expect("a page");
        let record = &page.rows[0].record;
        assert_eq!(record.text(field), text, "{kind:?}");
        assert_eq!(
            record.date(Field::Date),
            Some(jiff::civil::date(2026, 6, 5)),
            "{kind:?}"
        );
        if kind != Kind::JournalEntries {
            assert_eq!(record.money(Field::Total), "580".parse().ok(), "{kind:?}");
        }
    }
    for (kind, row) in [
        (
            Kind::BankAccounts,
            json!({"id": "2", "name": "BBVA operativa", "account_type": "checking", "status": "closed"}),
        ),
        (
            Kind::Departments,
            json!({"id": "2", "name": "Sucursal Puebla", "code": "PUE", "status": "inactive"}),
        ),
    ] {
        let server = Server::new([answer(200, json!({"data": [row]}))]);
        let page = server
            .client()
            .page(kind, None, None)
            .await
            .expect("a page");
        assert_eq!(page.rows[0].record.status(), Status::Inactive, "{kind:?}");
    }
    let server = Server::new([answer(
        200,
        json!({"data": {"company_name": "ESCUELA KEMPER URGATE"}}),
    )]);
    let page = server
        .client()
        .page(Kind::CompanyInfo, None, None)
        .await
        .expect("a page");
    assert_eq!(
        page.rows[0].record.text(Field::Name),
        "ESCUELA KEMPER URGATE"
    );
    assert_eq!(server.only().target, "/accounting/company-info");
}
