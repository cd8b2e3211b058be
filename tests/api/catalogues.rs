//! Contacts, items, taxes, departments and bank accounts (contract B.2 to B.7, table F 3.7, 6, 8).

use serde_json::json;
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::record::Record;

use super::bodies::{read, to};
use super::writing::{changed, created, edit, text};

#[tokio::test]
async fn f_3_6_to_3_8_what_alegra_never_tells_of_a_bank_account_is_absent_and_not_zero() {
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
