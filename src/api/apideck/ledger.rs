//! Chart of accounts, taxes, cost centres and journal entries (contract B.3, B.4, B.5, B.14).

use super::wire::{Order, Resource, both, midnight, read, told};
use crate::domain::field::Field;

/// The whole tree in one answer: no pages, no sort, no delete. Classification and type are inherited, never sent.
pub(super) const ACCOUNTS: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::Code, &["code"]),
        both(Field::NominalCode, &["nominal_code"]),
        both(Field::Description, &["description"]),
        read(Field::Parent, &["parent_account", "parent_id"])
            .written_as("parent_account")
            .never_cleared(),
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
    native: "categories",
};

/// The ledger accounts of a tax are never sent: the connector keeps them (contract 6.4).
pub(super) const TAX_RATES: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]).never_cleared(),
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
    native: "taxes",
};

/// Cost centres. Neither times nor a sort.
pub(super) const DEPARTMENTS: Resource = Resource {
    rows: &[
        both(Field::Name, &["name"]),
        both(Field::Code, &["code"]).cleared_as_text(),
        both(Field::Parent, &["parent_id"]),
        told(Field::Description, &["description"]),
        both(Field::Status, &["status"]).never_cleared(),
    ],
    paged: true,
    order: Order::None,
    raw: false,
    native: "cost-centers",
};

/// Pólizas: no number, no times, no sort (contract 7.3). What they are over is summed up from the postings.
pub(super) const JOURNAL_ENTRIES: Resource = Resource {
    rows: &[
        both(Field::Name, &["title"]).or_native(&["reference"]),
        both(Field::Memo, &["memo"]).or_native(&["observations"]),
        midnight(Field::Date, &["posted_at"])
            .or_native(&["date"])
            .never_cleared(),
        both(Field::Currency, &["currency"]),
        read(Field::Status, &["status"]),
    ],
    paged: true,
    order: Order::None,
    raw: false,
    native: "journals",
};
