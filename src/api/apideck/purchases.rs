//! Bills and purchase orders (contract B.10, B.11). Read only so far; the SAT never stamps them.

use super::wire::{Order, Resource, read};
use crate::domain::field::Field;

/// Facturas de proveedor.
pub(super) const BILLS: Resource = Resource {
    rows: &[
        read(Field::Number, &["bill_number"]),
        read(Field::Contact, &["supplier"]),
        read(Field::Date, &["bill_date"]),
        read(Field::DueDate, &["due_date"]),
        read(Field::Department, &["department_id"]),
        read(Field::Currency, &["currency"]),
        read(Field::SubTotal, &["sub_total"]),
        read(Field::TotalTax, &["total_tax"]),
        read(Field::Total, &["total"]),
        read(Field::Balance, &["balance"]),
        read(Field::Status, &["status"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::Times,
    raw: false,
    native: None,
    written: false,
};

/// Órdenes de compra.
pub(super) const PURCHASE_ORDERS: Resource = Resource {
    rows: &[
        read(Field::Number, &["po_number"]),
        read(Field::Contact, &["supplier"]),
        read(Field::Date, &["issued_date"]),
        read(Field::DueDate, &["delivery_date", "due_date"]),
        read(Field::Department, &["department_id"]),
        read(Field::Currency, &["currency"]),
        read(Field::SubTotal, &["sub_total"]),
        read(Field::TotalTax, &["total_tax"]),
        read(Field::Total, &["total"]),
        read(Field::Status, &["status"]),
        read(Field::Memo, &["notes", "memo"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    ..BILLS
};
