//! Bills and purchase orders: their lines are about items or accounts (contract B.10, B.11, table F 4).

use serde_json::json;
use timbra::domain::edit::Edit;
use timbra::domain::field::Field;
use timbra::domain::kind::Kind;
use timbra::domain::record::{Line, Link};

use super::bodies::{day, read, sold, to, unsayable};
use super::writing::{changed, created, edit, link, text};

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
async fn f_4_1_lines_of_a_bill_name_the_order_they_come_from_and_an_order_its_bills() {
    let mut made = bill();
    let lines = made.lines.as_mut().expect("lines");
    lines[0].order = Some(link("7"));
    let sent = created(&made).await;
    assert_eq!(sent["line_items"][0]["purchase_order"], json!({"id": "7"}));
    assert_eq!(sent["line_items"][1].get("purchase_order"), None);

    let named = json!({"id": "7", "line_id": "7-1", "line_number": 1});
    let bill = read(
        Kind::Bills,
        json!({"id": "31", "line_items": [
            {"type": "expense_item", "item": {"id": "12"}, "purchase_order": named},
            {"type": "expense_item", "item": {"id": "12"}, "purchase_order": null}]}),
    )
    .await;
    let orders: Vec<_> = bill.lines.iter().map(|line| &line.order).collect();
    assert_eq!(orders[0].as_ref().map(|order| order.id.as_str()), Some("7"));
    assert_eq!(orders[1], &None);

    let order = read(
        Kind::PurchaseOrders,
        json!({"id": "7", "status": "billed", "_raw": {"id": "7", "bills": [{"id": 31, "number": "F-889"}]}}),
    )
    .await;
    let bills: Vec<_> = order
        .allocations
        .iter()
        .map(|bill| {
            (
                bill.kind,
                bill.document.as_ref().map(|link| link.name.as_str()),
            )
        })
        .collect();
    assert_eq!(bills, [(Some(Kind::Bills), Some("F-889"))]);
}
