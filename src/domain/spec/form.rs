//! The form of each kind, as data: its fields, and the columns of the grid below them.
//!
//! One engine drives all of them. What is demanded is what the server demands of a new record (contract B.16).

use crate::domain::field::Field;
use crate::domain::kind::Kind;

/// How a place of a form is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    /// Free text.
    Text,
    /// An exact amount, or a quantity.
    Amount,
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A record, or several.
    Pick(Pool),
    /// A key of a catalogue.
    Catalogue(CatalogueName),
    /// A ledger account that takes postings, typed by code or by name in the place itself.
    Account,
    /// One of these few words of the wire.
    Choice(&'static [&'static str]),
    /// Nothing: it is shown only, and never has the focus.
    Shown,
}

/// What records a place is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// All records of a kind.
    Records(Kind),
    /// Ledger accounts that can be posted to; header accounts are refused (contract 5.3).
    Postable,
    /// Header accounts, under which others stand (contract 5.6).
    Headers,
    /// Catalogue items, and ledger accounts that can be posted to.
    Purchasable,
    /// The company's tax rates, several at once.
    Taxes,
}

/// The catalogues that a form can choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CatalogueName {
    /// c_UsoCFDI.
    CfdiUse,
    /// c_RegimenFiscal.
    Regime,
    /// c_FormaPago by Alegra's word.
    PaymentMethod,
    /// c_MetodoPago.
    PaymentType,
    /// c_ClaveProdServ.
    ProductKey,
    /// c_ClaveUnidad.
    Unit,
    /// The six words that a payment can be made with (contract B.12); 99 is not among them.
    PaidWith,
    /// c_Moneda.
    Currency,
    /// c_Pais.
    Country,
    /// c_TipoRelacion.
    Relation,
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    /// What it edits.
    pub field: Field,
    /// How.
    pub editor: Editor,
    /// Whether a new record is not taken without it.
    pub demanded: bool,
    /// Whether it is told once, when the record is made, and only shown later.
    pub once: bool,
}

/// A column of a grid, by what stands in it. Their order here is their order in every grid, so that places sort as they
/// stand on screen.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// What a line is on: the catalogue item that it bills; on purchases an item or an expense account.
    Item,
    /// The ledger account of a posting.
    Account,
    /// Descripción.
    Description,
    /// Cantidad.
    Quantity,
    /// Unit price.
    Price,
    /// Discount in percent.
    Discount,
    /// Taxes.
    Taxes,
    /// What a line comes to before taxes; reckoned.
    Net,
    /// The document that a payment goes to, by its number.
    Document,
    /// The day of that document.
    Issued,
    /// The day on which it is due.
    Due,
    /// What it is over.
    Total,
    /// What is owed on it.
    Balance,
    /// How much of the payment goes to it.
    Apply,
    /// Cargo.
    Debit,
    /// Abono.
    Credit,
}

/// A column of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridColumn {
    /// What stands in it.
    pub cell: Cell,
    /// How it is edited.
    pub editor: Editor,
    /// Its width.
    pub width: ColumnWidth,
}

/// The width of a grid's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnWidth {
    /// So many cells.
    Cells(u16),
    /// So many parts of what the others leave over.
    Parts(u16),
}

/// The rows below the fields of a form: of which sort they are, and their columns from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// None.
    Nothing,
    /// Lines of a document.
    Lines(&'static [GridColumn]),
    /// The documents that a payment can go to, and how much of it goes to each.
    Allocations(&'static [GridColumn]),
    /// Debits and credits of a póliza.
    Postings(&'static [GridColumn]),
}

impl Grid {
    /// Its columns, from the left.
    pub fn columns(self) -> &'static [GridColumn] {
        match self {
            Grid::Nothing => &[],
            Grid::Lines(columns) | Grid::Allocations(columns) | Grid::Postings(columns) => columns,
        }
    }

    /// The column of a cell; none where the grid has no such column.
    pub fn column(self, cell: Cell) -> Option<&'static GridColumn> {
        self.columns().iter().find(|column| column.cell == cell)
    }
}

/// The form of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormSpec {
    /// Its fields, in order; empty where there is no form.
    pub fields: &'static [FormField],
    /// The rows below them.
    pub grid: Grid,
}

/// The words that stand for a flag in a choice.
pub const YES: &str = "yes";
/// See [`YES`].
pub const NO: &str = "no";

/// Nothing to be filled in.
pub(super) const NONE: FormSpec = FormSpec {
    fields: &[],
    grid: Grid::Nothing,
};

const fn field(field: Field, editor: Editor) -> FormField {
    FormField {
        field,
        editor,
        demanded: false,
        once: false,
    }
}

const fn demanded(field: Field, editor: Editor) -> FormField {
    FormField {
        field,
        editor,
        demanded: true,
        once: false,
    }
}

const fn shown(field: Field) -> FormField {
    FormField {
        field,
        editor: Editor::Shown,
        demanded: false,
        once: false,
    }
}

const fn key(field: Field, name: CatalogueName) -> FormField {
    FormField {
        field,
        editor: Editor::Catalogue(name),
        demanded: false,
        once: false,
    }
}

const fn fixed(cell: Cell, editor: Editor, cells: u16) -> GridColumn {
    GridColumn {
        cell,
        editor,
        width: ColumnWidth::Cells(cells),
    }
}

const fn parts(cell: Cell, editor: Editor, parts: u16) -> GridColumn {
    GridColumn {
        cell,
        editor,
        width: ColumnWidth::Parts(parts),
    }
}

/// The columns of lines; what they are on is the only thing in which sales and purchases differ.
const fn lines(on: Pool) -> [GridColumn; 7] {
    [
        parts(Cell::Item, Editor::Pick(on), 2),
        parts(Cell::Description, Editor::Text, 3),
        fixed(Cell::Quantity, Editor::Amount, 8),
        fixed(Cell::Price, Editor::Amount, 11),
        fixed(Cell::Discount, Editor::Percent, 5),
        fixed(Cell::Taxes, Editor::Pick(Pool::Taxes), 10),
        fixed(Cell::Net, Editor::Shown, 12),
    ]
}

/// The open documents of a contact: only how much goes to each is typed.
const ALLOCATIONS: Grid = Grid::Allocations(&[
    parts(Cell::Document, Editor::Shown, 1),
    fixed(Cell::Issued, Editor::Shown, 10),
    fixed(Cell::Due, Editor::Shown, 10),
    fixed(Cell::Total, Editor::Shown, 12),
    fixed(Cell::Balance, Editor::Shown, 12),
    fixed(Cell::Apply, Editor::Amount, 12),
]);

/// A posting is one debit or one credit on a postable account (contract B.14).
const POSTINGS: Grid = Grid::Postings(&[
    parts(Cell::Account, Editor::Account, 3),
    parts(Cell::Description, Editor::Text, 2),
    fixed(Cell::Debit, Editor::Amount, 12),
    fixed(Cell::Credit, Editor::Amount, 12),
]);

/// Sales bill catalogue items only (contract 4.4).
const SALES_LINES: Grid = Grid::Lines(&lines(Pool::Records(Kind::InvoiceItems)));

/// Purchases: an item or an expense account in each line, mixed in one document (contract 4.1).
const PURCHASE_LINES: Grid = Grid::Lines(&lines(Pool::Purchasable));

const CUSTOMER: FormField = demanded(Field::Contact, Editor::Pick(Pool::Records(Kind::Customers)));

const SUPPLIER: FormField = demanded(Field::Contact, Editor::Pick(Pool::Records(Kind::Suppliers)));

const DEPARTMENT: FormField = field(
    Field::Department,
    Editor::Pick(Pool::Records(Kind::Departments)),
);

/// Which other CFDI a sales document is related to, and how (SAT rules §11).
const RELATION: FormField = key(Field::Relation, CatalogueName::Relation);

/// See [`RELATION`].
const RELATED: FormField = field(Field::Related, Editor::Text);

pub(super) const INVOICES: FormSpec = FormSpec {
    fields: &[
        CUSTOMER,
        demanded(Field::Date, Editor::Date),
        demanded(Field::DueDate, Editor::Date),
        key(Field::PaymentType, CatalogueName::PaymentType),
        key(Field::PaymentMethod, CatalogueName::PaymentMethod),
        key(Field::Regime, CatalogueName::Regime),
        key(Field::CfdiUse, CatalogueName::CfdiUse),
        field(Field::Terms, Editor::Text),
        RELATION,
        RELATED,
        field(Field::Memo, Editor::Text),
        key(Field::Currency, CatalogueName::Currency),
        field(Field::ExchangeRate, Editor::Amount),
    ],
    grid: SALES_LINES,
};

pub(super) const CREDIT_NOTES: FormSpec = FormSpec {
    fields: &[
        CUSTOMER,
        demanded(Field::Date, Editor::Date),
        field(Field::Invoice, Editor::Pick(Pool::Records(Kind::Invoices))),
        RELATION,
        RELATED,
        key(Field::PaymentType, CatalogueName::PaymentType),
        key(Field::PaymentMethod, CatalogueName::PaymentMethod),
        key(Field::Regime, CatalogueName::Regime),
        key(Field::CfdiUse, CatalogueName::CfdiUse),
        field(Field::Memo, Editor::Text),
        key(Field::Currency, CatalogueName::Currency),
        field(Field::ExchangeRate, Editor::Amount),
    ],
    grid: SALES_LINES,
};

pub(super) const QUOTES: FormSpec = FormSpec {
    fields: &[
        CUSTOMER,
        demanded(Field::Date, Editor::Date),
        demanded(Field::DueDate, Editor::Date),
        field(Field::Terms, Editor::Text),
        DEPARTMENT,
        field(Field::Memo, Editor::Text),
    ],
    grid: SALES_LINES,
};

pub(super) const BILLS: FormSpec = FormSpec {
    fields: &[
        SUPPLIER,
        field(Field::Number, Editor::Text),
        demanded(Field::Date, Editor::Date),
        demanded(Field::DueDate, Editor::Date),
        DEPARTMENT,
    ],
    grid: PURCHASE_LINES,
};

pub(super) const PURCHASE_ORDERS: FormSpec = FormSpec {
    fields: &[
        SUPPLIER,
        demanded(Field::Date, Editor::Date),
        demanded(Field::DeliveryDate, Editor::Date),
        DEPARTMENT,
        field(Field::Memo, Editor::Text),
    ],
    grid: PURCHASE_LINES,
};

/// Customers and suppliers: one contact behind both (contract 8.1).
pub(super) const CONTACTS: FormSpec = FormSpec {
    fields: &[
        demanded(Field::Name, Editor::Text),
        field(Field::Rfc, Editor::Text),
        field(Field::Zip, Editor::Text),
        key(Field::Regime, CatalogueName::Regime),
        key(Field::CfdiUse, CatalogueName::CfdiUse),
        field(Field::Individual, Editor::Choice(&[YES, NO])),
        key(Field::PaymentMethod, CatalogueName::PaymentMethod),
        field(Field::Email, Editor::Text),
        field(Field::Phone, Editor::Text),
        field(Field::Terms, Editor::Text),
        field(Field::Memo, Editor::Text),
        key(Field::Country, CatalogueName::Country),
    ],
    grid: Grid::Nothing,
};

/// What payments of both directions ask for below their contact. The account that the money goes through is demanded:
/// Alegra would choose one by itself.
const fn payment(contact: FormField) -> [FormField; 7] {
    [
        contact,
        demanded(Field::Total, Editor::Amount),
        demanded(Field::Date, Editor::Date),
        demanded(
            Field::PaymentMethod,
            Editor::Catalogue(CatalogueName::PaidWith),
        ),
        demanded(
            Field::BankAccount,
            Editor::Pick(Pool::Records(Kind::BankAccounts)),
        ),
        field(Field::Reference, Editor::Text),
        field(Field::Memo, Editor::Text),
    ]
}

pub(super) const PAYMENTS: FormSpec = FormSpec {
    fields: &payment(CUSTOMER),
    grid: ALLOCATIONS,
};

pub(super) const BILL_PAYMENTS: FormSpec = FormSpec {
    fields: &payment(SUPPLIER),
    grid: ALLOCATIONS,
};

/// The number is shown as what it is: Alegra never tells one (contract 7.3).
pub(super) const JOURNAL_ENTRIES: FormSpec = FormSpec {
    fields: &[
        field(Field::Name, Editor::Text),
        demanded(Field::Date, Editor::Date),
        shown(Field::Number),
        field(Field::Memo, Editor::Text),
    ],
    grid: POSTINGS,
};

/// Own code and SAT key are two fields (contract 1.6). Stock, accounts and taxes are managed in Alegra (contract B.7).
pub(super) const ITEMS: FormSpec = FormSpec {
    fields: &[
        demanded(Field::Name, Editor::Text),
        field(Field::Code, Editor::Text),
        demanded(Field::UnitPrice, Editor::Amount),
        key(Field::ProductKey, CatalogueName::ProductKey),
        key(Field::Unit, CatalogueName::Unit),
        field(
            Field::ItemType,
            Editor::Choice(&["service", "inventory", "non_inventory"]),
        ),
        field(Field::Description, Editor::Text),
    ],
    grid: Grid::Nothing,
};

/// What an account is, it has from its parent (contract 5.8).
pub(super) const ACCOUNTS: FormSpec = FormSpec {
    fields: &[
        FormField {
            field: Field::Parent,
            editor: Editor::Pick(Pool::Headers),
            demanded: true,
            once: true,
        },
        demanded(Field::Name, Editor::Text),
        field(Field::Code, Editor::Text),
        shown(Field::NominalCode),
        field(Field::Description, Editor::Text),
        shown(Field::Classification),
        shown(Field::AccountType),
        shown(Field::Nature),
    ],
    grid: Grid::Nothing,
};

/// The accounts of a tax are Alegra's to keep (contract 6.4): shown, never sent.
pub(super) const TAXES: FormSpec = FormSpec {
    fields: &[
        demanded(Field::Name, Editor::Text),
        demanded(
            Field::TaxType,
            Editor::Choice(&[
                "IVA",
                "IEPS",
                "ISR",
                "EXENTO",
                "RETENCION_ISR",
                "RETENCION_IVA",
            ]),
        ),
        demanded(Field::Rate, Editor::Percent),
        field(Field::Description, Editor::Text),
        shown(Field::TaxPayableAccount),
        shown(Field::TaxFavorableAccount),
    ],
    grid: Grid::Nothing,
};

/// Only accounts at a bank have a number (contract 3.8).
pub(super) const BANK_ACCOUNTS: FormSpec = FormSpec {
    fields: &[
        demanded(Field::Name, Editor::Text),
        demanded(
            Field::AccountType,
            Editor::Choice(&["checking", "cash", "credit_card"]),
        ),
        field(Field::AccountNumber, Editor::Text),
        field(Field::LedgerAccount, Editor::Pick(Pool::Postable)),
        field(Field::Description, Editor::Text),
    ],
    grid: Grid::Nothing,
};

pub(super) const DEPARTMENTS: FormSpec = FormSpec {
    fields: &[
        demanded(Field::Name, Editor::Text),
        field(Field::Code, Editor::Text),
    ],
    grid: Grid::Nothing,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_every_grid_stand_in_the_order_of_their_cells() {
        for kind in Kind::ALL {
            let cells: Vec<Cell> = (kind.spec().form.grid.columns().iter())
                .map(|column| column.cell)
                .collect();
            assert!(cells.is_sorted(), "{kind:?}: {cells:?}");
        }
    }

    #[test]
    fn the_columns_of_every_grid_leave_room_for_text_at_eighty_cells() {
        for kind in Kind::ALL {
            let fixed: u16 = (kind.spec().form.grid.columns().iter())
                .map(|column| match column.width {
                    ColumnWidth::Cells(cells) => cells + 1,
                    ColumnWidth::Parts(_) => 1,
                })
                .sum();
            assert!(fixed <= 62, "{kind:?} leaves {}", 80 - fixed.min(80));
        }
    }

    #[test]
    fn only_purchases_have_lines_on_accounts() {
        for kind in Kind::ALL {
            let Some(column) = kind.spec().form.grid.column(Cell::Item) else {
                continue;
            };
            let purchase = matches!(kind, Kind::Bills | Kind::PurchaseOrders);
            assert_eq!(column.editor == Editor::Pick(Pool::Purchasable), purchase);
        }
    }
}
