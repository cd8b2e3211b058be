//! Bills and purchase orders (contract B.10, B.11): on items and expense accounts alike. The SAT never stamps them.

use super::wire::{Order, Resource, both, read};
use crate::domain::field::Field;

/// Facturas de proveedor. Their number is the supplier's.
pub(super) const BILLS: Resource = Resource {
    rows: &[
        both(Field::Number, &["bill_number"]),
        both(Field::Contact, &["supplier"]).or_native(&["provider"]),
        both(Field::Date, &["bill_date"]).or_native(&["date"]),
        both(Field::DueDate, &["due_date"]).or_native(&["dueDate"]),
        both(Field::Department, &["department_id"]).or_native(&["costCenter"]),
        both(Field::Currency, &["currency"]).or_native(&["currency.code"]),
        both(Field::ExchangeRate, &["currency_rate"]).or_native(&["currency.exchangeRate"]),
        read(Field::SubTotal, &["sub_total"]).or_native(&["subtotal"]),
        read(Field::TotalTax, &["total_tax"]).or_native(&["tax"]),
        read(Field::Total, &["total"]).or_native(&["total"]),
        read(Field::Balance, &["balance"]).or_native(&["balance"]),
        read(Field::Status, &["status"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::Times,
    raw: false,
    native: "bills",
};

/// Órdenes de compra. Alegra numbers them itself.
pub(super) const PURCHASE_ORDERS: Resource = Resource {
    rows: &[
        read(Field::Number, &["po_number"]).or_native(&["fullNumber", "number"]),
        both(Field::Contact, &["supplier"]).or_native(&["provider"]),
        both(Field::Date, &["issued_date"]).or_native(&["date"]),
        read(
            Field::DeliveryDate,
            &["delivery_date", "expected_arrival_date"],
        )
        .or_native(&["deliveryDate"])
        .written_as("delivery_date"),
        both(Field::DueDate, &["due_date"]),
        both(Field::Department, &["department_id"]).or_native(&["costCenter"]),
        both(Field::Currency, &["currency"]).or_native(&["currency.code"]),
        both(Field::ExchangeRate, &["currency_rate"]).or_native(&["currency.exchangeRate"]),
        read(Field::SubTotal, &["sub_total"]).or_native(&["subtotal"]),
        read(Field::TotalTax, &["total_tax"]).or_native(&["tax"]),
        read(Field::Total, &["total"]).or_native(&["total"]),
        read(Field::Status, &["status"]),
        read(Field::Memo, &["notes", "memo"]).written_as("notes"),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    native: "purchase-orders",
    ..BILLS
};
