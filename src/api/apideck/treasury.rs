//! Money accounts and the payments through them (contract B.6, B.12, B.13). IBAN and balance are never told.

use super::wire::{Order, Resource, both, read};
use crate::domain::field::Field;

/// Bank accounts, cash and cards.
pub(super) const BANK_ACCOUNTS: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::AccountType, &["account_type"]),
        both(Field::AccountNumber, &["account_number"]),
        both(Field::Description, &["description"]),
        both(Field::Status, &["status"]),
    ],
    paged: true,
    order: Order::Times,
    raw: false,
    native: None,
    written: true,
};

/// Receipts. Read only so far: allocations have no place in a record yet, and one without them is refused (3.3).
pub(super) const PAYMENTS: Resource = Resource {
    rows: &[
        read(Field::Number, &["number", "reference"]),
        read(Field::Contact, &["customer"]),
        read(Field::Date, &["transaction_date"]),
        read(Field::Currency, &["currency"]),
        read(Field::ExchangeRate, &["currency_rate"]),
        read(Field::Total, &["total_amount"]),
        read(Field::Status, &["status"]),
        read(Field::PaymentMethod, &["payment_method"]),
        read(Field::Memo, &["note"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::Times,
    raw: false,
    native: None,
    written: false,
};

/// Payments to suppliers; the same wire but for the contact.
pub(super) const BILL_PAYMENTS: Resource = Resource {
    rows: &[
        read(Field::Number, &["number", "reference"]),
        read(Field::Contact, &["supplier"]),
        read(Field::Date, &["transaction_date"]),
        read(Field::Currency, &["currency"]),
        read(Field::ExchangeRate, &["currency_rate"]),
        read(Field::Total, &["total_amount"]),
        read(Field::Status, &["status"]),
        read(Field::PaymentMethod, &["payment_method"]),
        read(Field::Memo, &["note"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    ..PAYMENTS
};
