//! The documents beside invoices: how they are read and written, against the examples of the contract (B.9 to B.18).
//! Tests are named after the rows of table F that they prove, where there is one.

use serde_json::{Value as Json, json};
use timbra::api::{Books, Cause};
use timbra::domain::edit::Edit;
use timbra::domain::field::{Field, Value};
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::money::Money;
use timbra::domain::record::{Allocation, Id, Line, Link, Posting, Record, Side};
use timbra::domain::status::Status;

use super::server::{Server, answer};
use super::writing::{changed, created, edit, link, text};

fn day(year: i16, month: i8, day: i8) -> Option<Value> {
    Some(Value::Date(jiff::civil::date(year, month, day)))
}

fn amount(text: &str) -> Option<Value> {
    text.parse().ok().map(Value::Money)
}

fn to(id: &str) -> Option<Value> {
    Some(Value::Link(link(id)))
}

fn sold(item: &str, quantity: u8, price: &str) -> Line {
    Line {
        item: Some(link(item)),
        quantity: Some(quantity.into()),
        price: price.parse().ok(),
        ..Line::default()
    }
}

fn allocated(id: &str, kind: Kind, amount: &str) -> Allocation {
    Allocation {
        document: Some(link(id)),
        kind: Some(kind),
        amount: amount.parse().ok(),
    }
}

fn posting(side: Side, account: &str, amount: &str) -> Posting {
    Posting {
        account: Some(link(account)),
        side: Some(side),
        amount: amount.parse().ok(),
        ..Posting::default()
    }
}

async fn read(kind: Kind, data: Json) -> Record {
    let id = Id(data["id"].as_str().expect("an id").to_owned());
    let server = Server::new([answer(200, json!({ "data": data }))]);
    let read = server.client().one(kind, &id, false).await;
    read.expect("a record").record
}

/// That nothing of this leaves, neither as a create nor as a change.
async fn unsayable(edit: Edit) {
    let server = Server::new([answer(200, json!({"data": {"id": "1"}}))]);
    let client = server.client();
    let created = client.create(&edit, &IntentId("a".into())).await;
    assert!(matches!(created, Answer::NotSent { .. }), "{created:?}");
    let change = Edit {
        id: Some(Id::from("1")),
        ..edit
    };
    let outcome = client.update(&change).await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::NotSendable));
    assert!(server.seen().is_empty());
}

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

fn entry() -> Edit {
    let mut edit = edit(
        Kind::JournalEntries,
        None,
        &[
            (Field::Name, text("Depreciación mayo")),
            (Field::Date, day(2026, 5, 31)),
        ],
    );
    edit.postings = Some(vec![
        posting(Side::Debit, "5101", "900"),
        posting(Side::Credit, "5044", "900"),
    ]);
    edit
}

fn bill() -> Edit {
    let mut edit = edit(
        Kind::Bills,
        None,
        &[
            (Field::Contact, to("9")),
            (Field::Date, day(2026, 5, 20)),
            (Field::DueDate, day(2026, 6, 20)),
            (Field::Number, text("F-889")),
        ],
    );
    edit.lines = Some(vec![
        sold("12", 10, "310"),
        Line {
            account: Some(link("5063")),
            description: "Flete".into(),
            quantity: Some(1.into()),
            price: "450".parse().ok(),
            ..Line::default()
        },
    ]);
    edit
}

#[tokio::test]
async fn f_4_1_a_bill_mixes_items_and_accounts_as_in_the_contract() {
    assert_eq!(
        created(&bill()).await,
        json!({"supplier": {"id": "9"}, "bill_date": "2026-05-20", "due_date": "2026-06-20", "bill_number": "F-889",
            "line_items": [
                {"type": "expense_item", "item": {"id": "12"}, "quantity": 10, "unit_price": 310},
                {"type": "expense_account", "ledger_account": {"id": "5063"}, "description": "Flete", "quantity": 1,
                 "unit_price": 450}]})
    );
}

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
        json!({"pass_through": [{"service_id": "alegra", "extend_object": {"cfdiUse": "G02", "paymentMethod": "other",
            "invoices": [{"id": "6", "amount": "580.10".parse::<serde_json::Number>().expect("a number")}]}}]})
    );
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
    let body = changed(&moved).await.to_string();
    assert_eq!(
        body,
        r#"{"allocations":[{"id":"6","type":"invoice","amount":500.50},{"id":"8","type":"invoice","amount":79.50}]}"#
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

#[tokio::test]
async fn f_3_7_what_alegra_never_tells_of_a_bank_account_is_absent_and_not_zero() {
    let account = read(
        Kind::BankAccounts,
        json!({"id": "2", "name": "BBVA operativa", "account_type": "checking", "account_number": "0123456789",
            "iban": null, "bic": null, "routing_number": null, "balance": null, "available_balance": null,
            "currency": null, "ledger_account": {"id": "5010", "name": "Bancos"}, "status": "active"}),
    )
    .await;
    assert_eq!(account.text(Field::AccountType), "checking");
    assert_eq!(account.text(Field::AccountNumber), "0123456789");
    assert_eq!(account.text(Field::LedgerAccount), "Bancos");
    assert_eq!(account.get(Field::Balance), None);
    assert_eq!(account.get(Field::Currency), None);
}

#[tokio::test]
async fn f_4_2_type_tells_which_and_where_it_does_not_the_reference_that_is_there() {
    let bill = read(
        Kind::Bills,
        json!({"id": "31", "line_items": [
            {"type": "expense_item", "item": {"id": "12"}, "ledger_account": {"id": "5001"}},
            {"type": "expense_account", "ledger_account": {"id": "5063"}, "item": {"id": "13"}},
            {"ledger_account": {"id": "5064", "name": "Fletes"}},
            {"item": {"id": "14"}},
            {"type": "sales_item", "item": {"id": "15"}, "ledger_account": {"id": "5065"}},
            {"type": "expense_account", "item": {"id": "16"}},
            {"type": "other"}]}),
    )
    .await;
    let refs: Vec<_> = bill
        .lines
        .iter()
        .map(|line| {
            let id = |link: &Option<Link>| link.as_ref().map(|link| link.id.to_string());
            (id(&line.item), id(&line.account))
        })
        .collect();
    let item = |id: &str| (Some(id.to_owned()), None);
    let account = |id: &str| (None, Some(id.to_owned()));
    assert_eq!(
        refs,
        [
            item("12"),
            account("5063"),
            account("5064"),
            item("14"),
            item("15"),
            item("16"),
            (None, None)
        ]
    );
}

#[tokio::test]
async fn f_4_3_a_purchase_line_on_both_or_neither_is_not_sent() {
    for line in [
        Line::default(),
        Line {
            account: Some(link("5063")),
            ..sold("12", 1, "1")
        },
    ] {
        unsayable(Edit {
            lines: Some(vec![sold("12", 1, "1"), line]),
            ..bill()
        })
        .await;
    }
}

#[tokio::test]
async fn all_taxes_of_purchase_lines_go_to_the_native_list_that_they_belong_to() {
    let mut change = edit(Kind::Bills, Some("31"), &[]);
    let two = vec![link("3"), link("8")];
    let account = |id: &str, taxes: &[Link]| Line {
        account: Some(link(id)),
        taxes: taxes.to_vec(),
        department: Some(link("4")),
        ..Line::default()
    };
    change.lines = Some(vec![
        account("5063", &[]),
        account("5064", &two),
        Line {
            taxes: two.clone(),
            ..sold("12", 1, "310")
        },
    ]);
    let body = changed(&change).await;
    assert_eq!(
        body["line_items"][1],
        json!({"type": "expense_account", "ledger_account": {"id": "5064"}, "tax_rate": {"id": "3"},
            "department_id": "4"})
    );
    assert_eq!(
        body["pass_through"],
        json!([{"service_id": "alegra", "extend_paths": [
            {"path": "$.purchases.categories[1].tax", "value": [{"id": "3"}, {"id": "8"}]},
            {"path": "$.purchases.items[0].tax", "value": [{"id": "3"}, {"id": "8"}]}]}])
    );
}

#[tokio::test]
async fn f_7_1_a_journal_entry_that_is_not_balanced_is_not_sent() {
    for postings in [
        Vec::new(),
        vec![posting(Side::Debit, "5101", "900")],
        vec![
            posting(Side::Debit, "5101", "900"),
            posting(Side::Credit, "5044", "900.01"),
        ],
        vec![
            posting(Side::Debit, "5101", "-900"),
            posting(Side::Credit, "5044", "-900"),
        ],
        vec![
            Posting {
                account: None,
                ..posting(Side::Debit, "5101", "900")
            },
            posting(Side::Credit, "5044", "900"),
        ],
        vec![
            posting(Side::Debit, "5101", "900"),
            Posting {
                side: None,
                ..posting(Side::Credit, "5044", "900")
            },
        ],
    ] {
        unsayable(Edit {
            postings: Some(postings),
            ..entry()
        })
        .await;
    }
}

#[tokio::test]
async fn f_7_2_each_posting_is_one_debit_or_credit_as_in_the_contract() {
    assert_eq!(
        created(&entry()).await,
        json!({"title": "Depreciación mayo", "posted_at": "2026-05-31T00:00:00.000Z", "line_items": [
            {"type": "debit", "total_amount": 900, "ledger_account": {"id": "5101"}},
            {"type": "credit", "total_amount": 900, "ledger_account": {"id": "5044"}}]})
    );
    let mut change = edit(Kind::JournalEntries, Some("1"), &[]);
    change.postings = Some(vec![
        Posting {
            description: "Anticipo".into(),
            supplier: Some(link("9")),
            department: Some(link("4")),
            ..posting(Side::Debit, "5101", "0.10")
        },
        Posting {
            customer: Some(link("7")),
            ..posting(Side::Credit, "5044", "0.10")
        },
    ]);
    assert_eq!(
        changed(&change).await.to_string(),
        r#"{"line_items":[{"type":"debit","total_amount":0.10,"ledger_account":{"id":"5101"},"description":"Anticipo","supplier":{"id":"9"},"department_id":"4"},{"type":"credit","total_amount":0.10,"ledger_account":{"id":"5044"},"customer":{"id":"7"}}]}"#
    );
}

#[tokio::test]
async fn f_7_3_a_journal_entry_has_no_number_and_no_times() {
    let entry = read(
        Kind::JournalEntries,
        json!({"id": "1", "title": "Depreciación mayo", "memo": null, "number": null, "posted_at": "2026-05-31T00:00:00.000Z",
            "status": "posted", "line_items": [
                {"type": "debit", "total_amount": 900.10, "ledger_account": {"id": "5101", "name": "Depreciaciones"}},
                {"type": "Credit", "total_amount": "900.10", "ledger_account": {"id": "5044"}, "department_id": 4}]}),
    )
    .await;
    assert_eq!(entry.get(Field::Number), None);
    assert_eq!(entry.get(Field::CreatedAt), None);
    assert_eq!(entry.get(Field::UpdatedAt), None);
    assert_eq!(
        entry.date(Field::Date),
        Some(jiff::civil::date(2026, 5, 31))
    );
    assert_eq!(entry.status(), Status::Posted);
    assert_eq!(entry.postings[0].side, Some(Side::Debit));
    assert_eq!(entry.postings[1].side, Some(Side::Credit));
    assert_eq!(
        entry.postings[1]
            .department
            .as_ref()
            .map(|link| link.id.as_str()),
        Some("4")
    );
    // Summed up from the postings; the server tells none.
    assert_eq!(entry.money(Field::Total), "900.1".parse().ok());

    let broken = read(
        Kind::JournalEntries,
        json!({"id": "2", "line_items": [{"type": "debit", "total_amount": 900}, 7]}),
    )
    .await;
    assert_eq!(broken.postings.len(), 2);
    assert_eq!(broken.money(Field::Total), None);
}

#[tokio::test]
async fn f_2_3_void_and_voided_total_and_total_amount_are_the_same() {
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
async fn an_item_tells_the_taxes_that_it_is_usually_billed_with() {
    let ids = |record: &Record| -> Vec<String> {
        let taxes = record.usual_taxes.iter();
        taxes.map(|tax| tax.id.to_string()).collect()
    };
    let plain = read(
        Kind::InvoiceItems,
        json!({"id": "12", "sales_details": {"tax_rate": {"id": "3"}}}),
    )
    .await;
    assert_eq!(ids(&plain), ["3"]);
    let native = read(
        Kind::InvoiceItems,
        json!({"id": "12", "sales_details": {"tax_rate": {"id": "3"}},
            "_raw": {"id": 12, "tax": [{"id": 3, "name": "IVA", "percentage": "16.00"}, {"id": "8", "name": "ISR"}]}}),
    )
    .await;
    assert_eq!(ids(&native), ["3", "8"]);
    let none = read(Kind::InvoiceItems, json!({"id": "12"})).await;
    assert!(none.usual_taxes.is_empty());
}

#[tokio::test]
async fn f_8_1_a_contact_in_both_lists_says_so() {
    let both = json!({"id": "7", "display_name": "XENON", "account": {"id": "5020", "name": "Proveedores"},
        "_raw": {"id": 7, "type": ["client", "provider"]}});
    for kind in [Kind::Customers, Kind::Suppliers] {
        let contact = read(kind, both.clone()).await;
        assert!(contact.flag(Field::IsCustomer) && contact.flag(Field::IsSupplier));
        assert_eq!(contact.text(Field::LedgerAccount), "Proveedores");
    }
}

#[tokio::test]
async fn a_new_supplier_and_a_department_under_another() {
    let supplier = edit(
        Kind::Suppliers,
        None,
        &[
            (Field::Name, text("FLETES DEL SUR")),
            (Field::Rfc, text("FSU190128J61")),
        ],
    );
    assert_eq!(
        created(&supplier).await,
        json!({"display_name": "FLETES DEL SUR", "tax_number": "FSU190128J61"})
    );
    let department = edit(
        Kind::Departments,
        None,
        &[(Field::Name, text("Taller")), (Field::Parent, to("4"))],
    );
    assert_eq!(
        created(&department).await,
        json!({"name": "Taller", "parent_id": "4"})
    );
}

#[tokio::test]
async fn f_6_4_a_changed_tax_never_sends_its_accounts() {
    let change = edit(
        Kind::TaxRates,
        Some("3"),
        &[
            (Field::Rate, "8".parse().ok().map(Value::Number)),
            (Field::TaxPayableAccount, to("5101")),
            (Field::TaxFavorableAccount, to("5102")),
        ],
    );
    assert_eq!(changed(&change).await, json!({"total_tax_rate": 8}));
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
