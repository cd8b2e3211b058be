//! Money accounts and the payments through them (contract B.6, B.12, B.13). What they never tell (contract 3.7) is
//! read all the same, so that it is unknown because they said so.

use super::wire::{Order, Resource, both, midnight, read};
use crate::domain::field::Field;

/// Bank accounts, cash and cards. The only written resource without `pass_through`: no row here may be native.
pub(super) const BANK_ACCOUNTS: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::AccountType, &["account_type"]).never_cleared(),
        both(Field::AccountNumber, &["account_number"]).or_native(&["number"]),
        both(Field::Description, &["description"]).or_native(&["description"]),
        both(Field::LedgerAccount, &["ledger_account"]).or_native(&["category"]),
        both(Field::Status, &["status"]),
        read(Field::Balance, &["balance"]),
        read(Field::Currency, &["currency"]),
        read(Field::Iban, &["iban"]),
        read(Field::Bic, &["bic"]),
        read(Field::RoutingNumber, &["routing_number"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::Times,
    raw: false,
    native: "bank-accounts",
};

/// Receipts. Refused without an allocation (contract 3.3). The native record tells whether the complement (REP) was
/// issued.
pub(super) const PAYMENTS: Resource = Resource {
    rows: &[
        read(Field::Number, &["number", "reference"]).or_native(&["number"]),
        both(Field::Reference, &["reference"]),
        both(Field::Contact, &["customer"]).or_native(&["client"]),
        midnight(Field::Date, &["transaction_date"])
            .or_native(&["date"])
            .never_cleared(),
        both(Field::Currency, &["currency"]),
        both(Field::ExchangeRate, &["currency_rate"]),
        both(Field::Total, &["total_amount"])
            .or_native(&["amount"])
            .never_cleared(),
        read(Field::Status, &["status"]),
        both(Field::PaymentMethod, &["payment_method"]).or_native(&["paymentMethod"]),
        both(Field::BankAccount, &["account"]).or_native(&["bankAccount"]),
        both(Field::Memo, &["note"]).or_native(&["observations", "anotation"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    paged: true,
    order: Order::Times,
    raw: true,
    native: "payments",
};

/// Payments to suppliers; the same wire but for the contact.
pub(super) const BILL_PAYMENTS: Resource = Resource {
    rows: &[
        read(Field::Number, &["number", "reference"]).or_native(&["number"]),
        both(Field::Reference, &["reference"]),
        both(Field::Contact, &["supplier"]).or_native(&["provider", "client"]),
        midnight(Field::Date, &["transaction_date"])
            .or_native(&["date"])
            .never_cleared(),
        both(Field::Currency, &["currency"]),
        both(Field::ExchangeRate, &["currency_rate"]),
        both(Field::Total, &["total_amount"])
            .or_native(&["amount"])
            .never_cleared(),
        read(Field::Status, &["status"]),
        both(Field::PaymentMethod, &["payment_method"]).or_native(&["paymentMethod"]),
        both(Field::BankAccount, &["account"]).or_native(&["bankAccount"]),
        both(Field::Memo, &["note"]).or_native(&["observations", "anotation"]),
        read(Field::CreatedAt, &["created_at"]),
        read(Field::UpdatedAt, &["updated_at"]),
    ],
    raw: false,
    ..PAYMENTS
};
