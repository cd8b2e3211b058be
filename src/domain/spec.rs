//! What each kind can do and show, as data: one list, one detail and one form are driven by it.
//!
//! The operations are the connector's (contract B.0), none more.

mod form;
pub mod native;

use super::field::Field;
use super::kind::Kind;
use super::list::Direction;

pub use form::{
    CatalogueName, Cell, ColumnWidth, Editor, FormField, FormSpec, Grid, GridColumn, NO, Pool, YES,
};

/// What can be done with records of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operations {
    /// New ones can be made.
    pub create: bool,
    /// They can be changed.
    pub update: bool,
    /// They can be deleted.
    pub delete: bool,
}

/// A column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it shows.
    pub field: ColumnField,
    /// Least width in cells.
    pub width: u16,
    /// Whether it takes what is left over.
    pub grows: bool,
    /// Shown only when the list is at least so wide.
    pub from: u16,
}

/// What a column shows: a field, or one of the two things about a record that are no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnField {
    /// A value of the record.
    Value(Field),
    /// The badge of the second axis.
    Stamp,
    /// The last characters of the UUID.
    UuidTail,
}

/// All that the general screens need to know of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The operations of the connector.
    pub operations: Operations,
    /// Columns of the list, from the left.
    pub columns: &'static [Column],
    /// Rows of the detail pane, in order.
    pub detail: &'static [Field],
    /// The form; without fields when there is none yet.
    pub form: FormSpec,
    /// Order of a list that nobody sorted.
    pub natural_order: (Field, Direction),
}

const CRUD: Operations = Operations {
    create: true,
    update: true,
    delete: true,
};

const fn column(field: Field, width: u16) -> Column {
    Column {
        field: ColumnField::Value(field),
        width,
        grows: false,
        from: 0,
    }
}

const fn growing(field: Field, width: u16) -> Column {
    Column {
        field: ColumnField::Value(field),
        width,
        grows: true,
        from: 0,
    }
}

const fn wide(field: Field, width: u16, from: u16) -> Column {
    Column {
        field: ColumnField::Value(field),
        width,
        grows: false,
        from,
    }
}

const STAMP: Column = Column {
    field: ColumnField::Stamp,
    width: 15,
    grows: false,
    from: 0,
};

const UUID_TAIL: Column = Column {
    field: ColumnField::UuidTail,
    width: 8,
    grows: false,
    from: 110,
};

const INVOICES: Spec = Spec {
    operations: CRUD,
    columns: &[
        column(Field::Number, 8),
        column(Field::Date, 10),
        growing(Field::Contact, 16),
        wide(Field::Rfc, 13, 100),
        wide(Field::DueDate, 10, 130),
        column(Field::Total, 13),
        wide(Field::Balance, 13, 120),
        column(Field::Status, 10),
        STAMP,
        UUID_TAIL,
    ],
    detail: &[
        Field::Number,
        Field::Contact,
        Field::Rfc,
        Field::Date,
        Field::DueDate,
        Field::PaymentMethod,
        Field::PaymentType,
        Field::CfdiUse,
        Field::Regime,
        Field::Zip,
        Field::Currency,
        Field::ExchangeRate,
        Field::Terms,
        Field::Memo,
        Field::SubTotal,
        Field::Discount,
        Field::TotalTax,
        Field::Total,
        Field::Balance,
        Field::StampedAt,
        Field::CfdiCertificate,
        Field::SatCertificate,
        Field::CfdiSeal,
        Field::SatSeal,
        Field::OriginalString,
    ],
    form: form::INVOICES,
    natural_order: (Field::Date, Direction::Descending),
};

const CUSTOMERS: Spec = Spec {
    operations: CRUD,
    columns: &[
        growing(Field::Name, 24),
        column(Field::Rfc, 13),
        column(Field::Zip, 5),
        column(Field::Regime, 4),
        wide(Field::CfdiUse, 4, 100),
        wide(Field::Email, 24, 110),
        column(Field::Status, 9),
    ],
    detail: &[
        Field::Name,
        Field::Rfc,
        Field::Individual,
        Field::IsCustomer,
        Field::IsSupplier,
        Field::Regime,
        Field::CfdiUse,
        Field::Zip,
        Field::Country,
        Field::Email,
        Field::Phone,
        Field::PaymentMethod,
        Field::Terms,
        Field::LedgerAccount,
        Field::Memo,
        Field::Status,
    ],
    form: form::CONTACTS,
    natural_order: (Field::Name, Direction::Ascending),
};

const ITEMS: Spec = Spec {
    operations: CRUD,
    columns: &[
        column(Field::Code, 12),
        growing(Field::Name, 24),
        column(Field::ProductKey, 8),
        column(Field::Unit, 4),
        column(Field::UnitPrice, 13),
        column(Field::Status, 9),
    ],
    detail: &[
        Field::Code,
        Field::Name,
        Field::Description,
        Field::ProductKey,
        Field::Unit,
        Field::UnitPrice,
        Field::ItemType,
        Field::Status,
    ],
    form: form::ITEMS,
    natural_order: (Field::Name, Direction::Ascending),
};

const ACCOUNTS: Spec = Spec {
    operations: Operations {
        create: true,
        update: true,
        delete: false,
    },
    columns: &[
        growing(Field::Name, 30),
        column(Field::Code, 14),
        column(Field::NominalCode, 8),
        wide(Field::Nature, 9, 100),
        column(Field::Status, 9),
    ],
    detail: &[
        Field::Code,
        Field::Name,
        Field::NominalCode,
        Field::Parent,
        Field::Level,
        Field::Header,
        Field::Classification,
        Field::AccountType,
        Field::Description,
        Field::Status,
    ],
    form: form::ACCOUNTS,
    natural_order: (Field::Code, Direction::Ascending),
};

const TAXES: Spec = Spec {
    operations: CRUD,
    columns: &[
        growing(Field::Name, 20),
        column(Field::TaxType, 10),
        column(Field::Rate, 9),
        column(Field::Status, 9),
    ],
    detail: &[
        Field::Name,
        Field::TaxType,
        Field::Rate,
        Field::TaxPayableAccount,
        Field::TaxFavorableAccount,
        Field::Description,
        Field::Status,
    ],
    form: form::TAXES,
    natural_order: (Field::Name, Direction::Ascending),
};

const COMPANY: Spec = Spec {
    operations: Operations {
        create: false,
        update: false,
        delete: false,
    },
    columns: &[growing(Field::Name, 20), column(Field::Rfc, 13)],
    detail: &[
        Field::Name,
        Field::Rfc,
        Field::Regime,
        Field::Zip,
        Field::Currency,
    ],
    form: form::NONE,
    natural_order: (Field::Name, Direction::Ascending),
};

/// A kind that can do everything.
const fn plain(
    form: FormSpec,
    columns: &'static [Column],
    detail: &'static [Field],
    natural_order: (Field, Direction),
) -> Spec {
    Spec {
        operations: CRUD,
        columns,
        detail,
        form,
        natural_order,
    }
}

/// Documents stand with the latest on top.
const LATEST: (Field, Direction) = (Field::Date, Direction::Descending);

/// Everything that has a name stands in the order of the alphabet.
const BY_NAME: (Field, Direction) = (Field::Name, Direction::Ascending);

const CREDIT_NOTES: Spec = plain(
    form::CREDIT_NOTES,
    &[
        column(Field::Number, 8),
        column(Field::Date, 10),
        growing(Field::Contact, 16),
        wide(Field::Rfc, 13, 100),
        column(Field::Total, 13),
        wide(Field::Balance, 13, 120),
        column(Field::Status, 10),
        STAMP,
        UUID_TAIL,
    ],
    &[
        Field::Number,
        Field::Contact,
        Field::Rfc,
        Field::Date,
        Field::Currency,
        Field::ExchangeRate,
        Field::PaymentMethod,
        Field::PaymentType,
        Field::CfdiUse,
        Field::Regime,
        Field::Zip,
        Field::Department,
        Field::Memo,
        Field::SubTotal,
        Field::TotalTax,
        Field::Total,
        Field::Balance,
        Field::Status,
        Field::StampedAt,
        Field::CfdiCertificate,
        Field::SatCertificate,
        Field::CfdiSeal,
        Field::SatSeal,
        Field::OriginalString,
    ],
    LATEST,
);

const QUOTES: Spec = plain(
    form::QUOTES,
    &[
        column(Field::Number, 10),
        column(Field::Date, 10),
        growing(Field::Contact, 20),
        wide(Field::DueDate, 10, 100),
        column(Field::Total, 13),
        column(Field::Status, 10),
    ],
    &[
        Field::Number,
        Field::Contact,
        Field::Date,
        Field::DueDate,
        Field::Currency,
        Field::ExchangeRate,
        Field::Terms,
        Field::Memo,
        Field::Department,
        Field::SubTotal,
        Field::Discount,
        Field::TotalTax,
        Field::Total,
        Field::Invoice,
        Field::Status,
    ],
    LATEST,
);

const BILLS: Spec = plain(
    form::BILLS,
    &[
        column(Field::Number, 10),
        column(Field::Date, 10),
        growing(Field::Contact, 20),
        wide(Field::DueDate, 10, 100),
        column(Field::Total, 13),
        wide(Field::Balance, 13, 110),
        column(Field::Status, 10),
    ],
    &[
        Field::Number,
        Field::Contact,
        Field::Date,
        Field::DueDate,
        Field::Currency,
        Field::ExchangeRate,
        Field::Department,
        Field::SubTotal,
        Field::TotalTax,
        Field::Total,
        Field::Balance,
        Field::Status,
    ],
    LATEST,
);

const PURCHASE_ORDERS: Spec = plain(
    form::PURCHASE_ORDERS,
    &[
        column(Field::Number, 10),
        column(Field::Date, 10),
        growing(Field::Contact, 20),
        wide(Field::DeliveryDate, 10, 100),
        column(Field::Total, 13),
        column(Field::Status, 10),
    ],
    &[
        Field::Number,
        Field::Contact,
        Field::Date,
        Field::DeliveryDate,
        Field::DueDate,
        Field::Currency,
        Field::ExchangeRate,
        Field::Department,
        Field::Memo,
        Field::SubTotal,
        Field::TotalTax,
        Field::Total,
        Field::Status,
    ],
    LATEST,
);

/// Receipts.
const PAYMENTS: Spec = plain(
    form::PAYMENTS,
    &[
        column(Field::Number, 10),
        column(Field::Date, 10),
        growing(Field::Contact, 20),
        wide(Field::PaymentMethod, 11, 100),
        wide(Field::BankAccount, 18, 120),
        column(Field::Total, 13),
        column(Field::Status, 10),
    ],
    &[
        Field::Number,
        Field::Reference,
        Field::Contact,
        Field::Date,
        Field::PaymentMethod,
        Field::BankAccount,
        Field::Currency,
        Field::ExchangeRate,
        Field::Total,
        Field::Memo,
        Field::Status,
    ],
    LATEST,
);

/// Payments to suppliers; only their form asks for another contact.
const BILL_PAYMENTS: Spec = Spec {
    form: form::BILL_PAYMENTS,
    ..PAYMENTS
};

/// Neither number nor times are ever told (contract 7.3): the page says so with a dash, the list has no column for them.
const JOURNAL_ENTRIES: Spec = plain(
    form::JOURNAL_ENTRIES,
    &[
        column(Field::Date, 10),
        growing(Field::Name, 24),
        wide(Field::Memo, 30, 110),
        column(Field::Total, 13),
        column(Field::Status, 10),
    ],
    &[
        Field::Name,
        Field::Date,
        Field::Memo,
        Field::Currency,
        Field::Total,
        Field::Status,
        Field::Number,
        Field::CreatedAt,
        Field::UpdatedAt,
    ],
    LATEST,
);

/// Balance, IBAN, BIC and routing number are never told (contract 3.7): the page says so with a dash, the list has no
/// columns for them.
const BANK_ACCOUNTS: Spec = plain(
    form::BANK_ACCOUNTS,
    &[
        growing(Field::Name, 24),
        column(Field::AccountType, 12),
        column(Field::AccountNumber, 18),
        wide(Field::LedgerAccount, 24, 110),
        column(Field::Status, 9),
    ],
    &[
        Field::Name,
        Field::AccountType,
        Field::AccountNumber,
        Field::LedgerAccount,
        Field::Description,
        Field::Balance,
        Field::Currency,
        Field::Iban,
        Field::Bic,
        Field::RoutingNumber,
        Field::Status,
    ],
    BY_NAME,
);

const DEPARTMENTS: Spec = plain(
    form::DEPARTMENTS,
    &[
        growing(Field::Name, 24),
        column(Field::Code, 12),
        column(Field::Status, 9),
    ],
    &[
        Field::Name,
        Field::Code,
        Field::Parent,
        Field::Description,
        Field::Status,
    ],
    BY_NAME,
);

impl Kind {
    /// What this kind can do and show.
    pub fn spec(self) -> &'static Spec {
        match self {
            Kind::Invoices => &INVOICES,
            Kind::CreditNotes => &CREDIT_NOTES,
            Kind::Quotes => &QUOTES,
            Kind::Payments => &PAYMENTS,
            Kind::BillPayments => &BILL_PAYMENTS,
            Kind::Bills => &BILLS,
            Kind::PurchaseOrders => &PURCHASE_ORDERS,
            Kind::JournalEntries => &JOURNAL_ENTRIES,
            Kind::Customers | Kind::Suppliers => &CUSTOMERS,
            Kind::InvoiceItems => &ITEMS,
            Kind::LedgerAccounts => &ACCOUNTS,
            Kind::TaxRates => &TAXES,
            Kind::BankAccounts => &BANK_ACCOUNTS,
            Kind::Departments => &DEPARTMENTS,
            Kind::CompanyInfo => &COMPANY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operations_are_those_of_the_support_matrix() {
        for kind in Kind::ALL {
            let operations = kind.spec().operations;
            assert_eq!(operations.create, kind != Kind::CompanyInfo, "{kind:?}");
            assert_eq!(operations.update, kind != Kind::CompanyInfo, "{kind:?}");
            assert_eq!(
                operations.delete,
                !matches!(kind, Kind::CompanyInfo | Kind::LedgerAccounts),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn the_columns_that_are_always_shown_fit_into_eighty_cells() {
        for kind in Kind::ALL {
            let width: u16 = kind
                .spec()
                .columns
                .iter()
                .filter(|column| column.from <= 80)
                .map(|column| column.width + 1)
                .sum();
            assert!(width <= 80, "{kind:?} needs {width}");
        }
    }

    #[test]
    fn exactly_one_column_of_a_list_grows() {
        for kind in Kind::ALL {
            let growing = kind.spec().columns.iter().filter(|c| c.grows).count();
            assert_eq!(growing, 1, "{kind:?}");
        }
    }
}
