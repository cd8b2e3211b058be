//! What is sold and the sales documents beside invoices (contract B.7, B.9, B.15).

use super::wire::{Order, Resource, both, native, read, told};
use crate::domain::field::Field;

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
    native: Some("items"),
    written: true,
};

/// Notas de crédito. Read only so far.
pub(super) const CREDIT_NOTES: Resource = Resource {
    rows: &[
        read(Field::Number, &["number"]).or_native(&["numberTemplate.fullNumber"]),
        read(Field::Contact, &["customer"]),
        told(
            Field::Rfc,
            &["client.identification", "client.identification.number"],
        ),
        read(Field::Date, &["date_issued"]),
        read(Field::Currency, &["currency"]),
        read(Field::SubTotal, &["sub_total"]),
        read(Field::Total, &["total_amount", "total"]),
        read(Field::Balance, &["balance", "remaining_credit"]),
        read(Field::Status, &["status"]),
        read(Field::Memo, &["note"]),
        told(Field::PaymentMethod, &["paymentMethod"]),
        told(Field::PaymentType, &["paymentType"]),
        told(Field::CfdiUse, &["cfdiUse"]),
        told(Field::Regime, &["regimeClient"]),
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
    native: Some("credit-notes"),
    written: false,
};

/// Cotizaciones: no sort, never stamped. Read only so far.
pub(super) const QUOTES: Resource = Resource {
    rows: &[
        read(Field::Number, &["number"]),
        read(Field::Contact, &["customer"]),
        read(Field::Date, &["quote_date"]),
        read(Field::DueDate, &["expiry_date"]),
        read(Field::Currency, &["currency"]),
        read(Field::SubTotal, &["sub_total"]),
        read(Field::Discount, &["discount_amount"]),
        read(Field::TotalTax, &["total_tax"]),
        read(Field::Total, &["total"]),
        read(Field::Status, &["status"]),
        read(Field::Terms, &["terms"]),
        read(Field::Memo, &["customer_memo"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::None,
    raw: false,
    native: None,
    written: false,
};
