//! Chart of accounts, taxes, cost centres and journal entries (contract B.3, B.4, B.5, B.14).

use super::wire::{Order, Resource, Row, both, read, told};
use crate::domain::field::Field;

/// The whole tree in one answer: no pages, no sort, no delete. Classification and type are inherited, never sent.
pub(super) const ACCOUNTS: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::Code, &["code"]),
        both(Field::NominalCode, &["nominal_code"]),
        both(Field::Description, &["description"]),
        read(Field::Parent, &["parent_account", "parent_id"]).written_as("parent_account"),
        read(Field::Level, &["level"]),
        read(Field::Header, &["header"]),
        read(Field::AccountType, &["type"]),
        read(Field::Classification, &["classification"]),
        told(Field::Nature, &["nature"]),
        read(Field::Status, &["status", "active"]).written_as("status"),
    ],
    paged: false,
    order: Order::None,
    raw: false,
    native: Some("categories"),
    written: true,
};

/// The ledger accounts of a tax are never sent: the connector keeps them (contract 6.4).
pub(super) const TAX_RATES: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::TaxType, &["type"]),
        read(Field::Rate, &["total_tax_rate", "effective_tax_rate"]).written_as("total_tax_rate"),
        both(Field::Description, &["description"]),
        both(Field::Code, &["code"]),
        read(Field::TaxPayableAccount, &["tax_payable_account_id"]),
        read(Field::TaxFavorableAccount, &["tax_remitted_account_id"]),
        both(Field::Status, &["status"]),
    ],
    paged: true,
    order: Order::None,
    raw: false,
    native: Some("taxes"),
    written: true,
};

/// Cost centres.
pub(super) const DEPARTMENTS: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::Code, &["code"]),
        both(Field::Status, &["status"]),
    ],
    paged: true,
    order: Order::None,
    raw: false,
    native: None,
    written: true,
};

/// Read only so far: its lines are debits and credits, which no [`crate::domain::record::Line`] says.
pub(super) const JOURNAL_ENTRIES: Resource = Resource {
    rows: ENTRY_ROWS,
    paged: true,
    order: Order::None,
    raw: false,
    native: None,
    written: false,
};

const ENTRY_ROWS: &[Row] = &[
    read(Field::Name, &["title"]),
    read(Field::Memo, &["memo"]),
    read(Field::Date, &["posted_at"]),
    read(Field::Currency, &["currency"]),
    read(Field::Status, &["status"]),
];
