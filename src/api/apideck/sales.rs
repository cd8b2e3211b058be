//! What is sold and the sales documents beside invoices (contract B.7, B.9, B.15).

use serde_json::Value;

use super::super::json::at;
use super::lines;
use super::related;
use super::wire::{Order, Resource, both, link, midnight, native, read, told};
use crate::domain::field::Field;
use crate::domain::record::Link;

/// Products and services. Own code and SAT key are two fields: `code` is the SKU, `productKey` is native only.
pub(super) const ITEMS: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::Description, &["description"]),
        both(Field::Code, &["code"]).or_native(&["reference"]),
        both(Field::UnitPrice, &["unit_price"]).or_native(&["price.price"]),
        both(Field::ItemType, &["type"]),
        native(Field::ProductKey, &["productKey"]),
        native(Field::Unit, &["unit"]).or_native(&["unit", "inventory.unit"]),
        read(Field::Status, &["status", "active"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::Times,
    raw: true,
    native: "items",
};

/// The taxes that an item is usually billed with: all of them as the native record tells, the one that Unify has
/// room for where there is none.
pub(super) fn usual_taxes(unified: &Value, native: Option<&Value>) -> Vec<Link> {
    native.and_then(lines::taxes).unwrap_or_else(|| {
        at(unified, "sales_details.tax_rate")
            .and_then(link)
            .into_iter()
            .collect()
    })
}

/// Notas de crédito. What they go to is written natively, like their fiscal fields; they are dated with a date-time.
pub(super) const CREDIT_NOTES: Resource = Resource {
    rows: &[
        read(Field::Number, &["number"]).or_native(&["numberTemplate.fullNumber"]),
        both(Field::Contact, &["customer"]).or_native(&["client"]),
        told(
            Field::Rfc,
            &["client.identification", "client.identification.number"],
        ),
        midnight(Field::Date, &["date_issued"])
            .or_native(&["date"])
            .never_cleared(),
        both(Field::Department, &["department_id"]).or_native(&["costCenter"]),
        both(Field::Currency, &["currency"]).or_native(&["currency.code"]),
        both(Field::ExchangeRate, &["currency_rate"]).or_native(&["currency.exchangeRate"]),
        read(Field::SubTotal, &["sub_total"]),
        read(Field::TotalTax, &["total_tax"]),
        read(Field::Total, &["total_amount", "total"])
            .written_as("total_amount")
            .never_cleared(),
        read(Field::Balance, &["balance", "remaining_credit"]),
        read(Field::Status, &["status"]),
        both(Field::Memo, &["note"]).or_native(&["observations"]),
        native(Field::PaymentMethod, &["paymentMethod"]),
        native(Field::PaymentType, &["paymentType"]),
        native(Field::CfdiUse, &["cfdiUse"]),
        native(Field::Regime, &["regimeClient"]),
        native(Field::Related, &[related::KEY]),
        told(Field::Zip, &["client.address.zipCode"]),
        told(Field::StampedAt, &["stamp.date"]),
        told(Field::SatSeal, &["stamp.satSign"]),
        told(Field::CfdiSeal, &["stamp.cfdiSign"]),
        told(Field::SatCertificate, &["stamp.satCertificateNumber"]),
        told(Field::CfdiCertificate, &["stamp.certificateNumber"]),
        told(Field::OriginalString, &["stamp.originalString"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::Times,
    raw: true,
    native: "credit-notes",
};

/// Cotizaciones: no sort, never stamped.
pub(super) const QUOTES: Resource = Resource {
    rows: &[
        read(Field::Number, &["number"]),
        both(Field::Contact, &["customer"]).or_native(&["client"]),
        both(Field::Date, &["quote_date"]).or_native(&["date"]),
        both(Field::DueDate, &["expiry_date"]).or_native(&["dueDate"]),
        both(Field::Department, &["department_id"]).or_native(&["costCenter"]),
        both(Field::Currency, &["currency"]).or_native(&["currency.code"]),
        both(Field::ExchangeRate, &["currency_rate"]).or_native(&["currency.exchangeRate"]),
        read(Field::SubTotal, &["sub_total"]),
        read(Field::Discount, &["discount_amount"]),
        read(Field::TotalTax, &["total_tax"]),
        read(Field::Total, &["total"]),
        read(Field::Status, &["status"]),
        both(Field::Terms, &["terms"]),
        both(Field::Memo, &["customer_memo"]).or_native(&["observations", "anotation"]),
        read(Field::Invoice, &["invoice_id"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::None,
    raw: false,
    native: "estimates",
};
