//! Which places of the native record a form has a field for, or nobody may write: what is left over can be told by path
//! and value (contract C.1, 10.1).

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::native::{NativePath, Step};

use super::form::Cell;

/// To whom a place of the native record belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A field of the form.
    Field(Field),
    /// A column of the grid.
    Cell(Cell),
    /// All rows of the grid, or one of them whole.
    Rows,
    /// The stamp: saving never stamps.
    Stamp,
    /// The server, or the program itself: numbers it makes, states, links between documents.
    Server,
    /// Nobody: what is typed is kept on disk, and a password has no business there.
    Secret,
}

/// A place and its owner; `[]` stands for every row.
type Row = (&'static str, Owner);

const fn of(path: &'static str, field: Field) -> Row {
    (path, Owner::Field(field))
}

const fn made(path: &'static str) -> Row {
    (path, Owner::Server)
}

/// What the server makes in a document.
const MADE: &[Row] = &[
    made("id"),
    made("status"),
    made("datetime"),
    made("subtotal"),
    made("discount"),
    made("tax"),
    made("total"),
    made("totalPaid"),
    made("totalApplied"),
    made("balance"),
    made("payments"),
    made("estimate"),
    made("pdf"),
    made("xml"),
    made("url"),
    made("pdfUrl"),
];

const SALE_LINES: &[Row] = &[
    ("items[].id", Owner::Cell(Cell::Item)),
    ("items[].name", Owner::Cell(Cell::Item)),
    ("items[].description", Owner::Cell(Cell::Description)),
    ("items[].quantity", Owner::Cell(Cell::Quantity)),
    ("items[].price", Owner::Cell(Cell::Price)),
    ("items[].discount", Owner::Cell(Cell::Discount)),
    ("items[].tax", Owner::Cell(Cell::Taxes)),
    made("items[].total"),
    made("items[].subtotal"),
];

const FISCAL: &[Row] = &[
    of("paymentType", Field::PaymentType),
    of("paymentMethod", Field::PaymentMethod),
    of("regimeClient", Field::Regime),
    of("cfdiUse", Field::CfdiUse),
    of("relatedDocuments", Field::Related),
    of("relatedDocuments[].relationType", Field::Relation),
];

const CURRENCY: &[Row] = &[
    of("currency.code", Field::Currency),
    of("currency.exchangeRate", Field::ExchangeRate),
    of("exchangeRate", Field::ExchangeRate),
];

const INVOICE: &[Row] = &[
    of("client", Field::Contact),
    of("date", Field::Date),
    of("dueDate", Field::DueDate),
    of("termsConditions", Field::Terms),
    of("observations", Field::Memo),
];

const CREDIT_NOTE: &[Row] = &[
    of("client", Field::Contact),
    of("date", Field::Date),
    of("invoices", Field::Invoice),
    of("observations", Field::Memo),
    made("refunds"),
];

const QUOTE: &[Row] = &[
    of("client", Field::Contact),
    of("date", Field::Date),
    of("dueDate", Field::DueDate),
    of("termsConditions", Field::Terms),
    of("costCenter", Field::Department),
    of("observations", Field::Memo),
];

const PURCHASE_LINES: &[Row] = &[
    ("purchases.items[].id", Owner::Cell(Cell::Item)),
    ("purchases.items[].name", Owner::Cell(Cell::Item)),
    (
        "purchases.items[].description",
        Owner::Cell(Cell::Description),
    ),
    (
        "purchases.items[].observations",
        Owner::Cell(Cell::Description),
    ),
    ("purchases.items[].quantity", Owner::Cell(Cell::Quantity)),
    ("purchases.items[].price", Owner::Cell(Cell::Price)),
    ("purchases.items[].discount", Owner::Cell(Cell::Discount)),
    ("purchases.items[].tax", Owner::Cell(Cell::Taxes)),
    made("purchases.items[].total"),
    ("purchases.categories[].id", Owner::Cell(Cell::Item)),
    ("purchases.categories[].name", Owner::Cell(Cell::Item)),
    (
        "purchases.categories[].description",
        Owner::Cell(Cell::Description),
    ),
    (
        "purchases.categories[].observations",
        Owner::Cell(Cell::Description),
    ),
    (
        "purchases.categories[].quantity",
        Owner::Cell(Cell::Quantity),
    ),
    ("purchases.categories[].price", Owner::Cell(Cell::Price)),
    (
        "purchases.categories[].discount",
        Owner::Cell(Cell::Discount),
    ),
    ("purchases.categories[].tax", Owner::Cell(Cell::Taxes)),
    made("purchases.categories[].total"),
];

const BILL: &[Row] = &[
    of("provider", Field::Contact),
    of("numberTemplate.number", Field::Number),
    of("date", Field::Date),
    of("dueDate", Field::DueDate),
    of("costCenter", Field::Department),
];

const PURCHASE_ORDER: &[Row] = &[
    of("provider", Field::Contact),
    of("date", Field::Date),
    of("deliveryDate", Field::DeliveryDate),
    of("costCenter", Field::Department),
    of("observations", Field::Memo),
    made("bills"),
];

const PAYMENT: &[Row] = &[
    made("id"),
    made("status"),
    made("type"),
    of("client", Field::Contact),
    of("provider", Field::Contact),
    of("amount", Field::Total),
    of("date", Field::Date),
    of("paymentMethod", Field::PaymentMethod),
    of("bankAccount", Field::BankAccount),
    of("number", Field::Reference),
    of("observations", Field::Memo),
    ("invoices", Owner::Rows),
    ("bills", Owner::Rows),
];

const JOURNAL: &[Row] = &[
    made("id"),
    made("status"),
    of("reference", Field::Name),
    of("date", Field::Date),
    of("observations", Field::Memo),
    ("entries[].id", Owner::Cell(Cell::Account)),
    ("entries[].debit", Owner::Cell(Cell::Debit)),
    ("entries[].credit", Owner::Cell(Cell::Credit)),
    ("entries[].observations", Owner::Cell(Cell::Description)),
    ("entries[].description", Owner::Cell(Cell::Description)),
];

const CONTACT: &[Row] = &[
    made("id"),
    of("name", Field::Name),
    of("identification", Field::Rfc),
    of("rfc", Field::Rfc),
    of("address.zipCode", Field::Zip),
    of("address.country", Field::Country),
    of("regime", Field::Regime),
    of("regimeObject", Field::Regime),
    of("cfdiUse", Field::CfdiUse),
    of("kindOfPerson", Field::Individual),
    of("paymentMethod", Field::PaymentMethod),
    of("email", Field::Email),
    of("phonePrimary", Field::Phone),
    of("term", Field::Terms),
    of("observations", Field::Memo),
];

const ITEM: &[Row] = &[
    made("id"),
    of("name", Field::Name),
    of("reference", Field::Code),
    of("price", Field::UnitPrice),
    of("productKey", Field::ProductKey),
    of("unit", Field::Unit),
    of("inventory.unit", Field::Unit),
    of("type", Field::ItemType),
    of("description", Field::Description),
];

const ACCOUNT: &[Row] = &[
    made("id"),
    of("idParent", Field::Parent),
    of("categoryParent", Field::Parent),
    of("name", Field::Name),
    of("code", Field::Code),
    of("description", Field::Description),
    // What an account has from its parent (contract 5.8).
    made("type"),
    made("nature"),
    made("classification"),
];

const TAX: &[Row] = &[
    made("id"),
    of("name", Field::Name),
    of("type", Field::TaxType),
    of("percentage", Field::Rate),
    of("rate", Field::Rate),
    of("description", Field::Description),
    // A tax keeps its accounts (contract 6.4).
    made("categoryFavorable"),
    made("categoryToBePaid"),
];

const DEPARTMENT: &[Row] = &[made("id"), of("name", Field::Name), of("code", Field::Code)];

/// The places of a kind that are spoken for; none where its bodies have no `pass_through` (contract C.1).
fn places(kind: Kind) -> Option<&'static [&'static [Row]]> {
    Some(match kind {
        Kind::Invoices => &[INVOICE, CURRENCY, FISCAL, MADE, SALE_LINES],
        Kind::CreditNotes => &[CREDIT_NOTE, CURRENCY, FISCAL, MADE, SALE_LINES],
        Kind::Quotes => &[QUOTE, MADE, SALE_LINES],
        Kind::Bills => &[BILL, MADE, PURCHASE_LINES],
        Kind::PurchaseOrders => &[PURCHASE_ORDER, MADE, PURCHASE_LINES],
        Kind::Payments | Kind::BillPayments => &[PAYMENT],
        Kind::JournalEntries => &[JOURNAL],
        Kind::Customers | Kind::Suppliers => &[CONTACT],
        Kind::InvoiceItems => &[ITEM],
        Kind::LedgerAccounts => &[ACCOUNT],
        Kind::TaxRates => &[TAX],
        Kind::Departments => &[DEPARTMENT],
        Kind::BankAccounts | Kind::CompanyInfo => return None,
    })
}

/// Whether bodies of a kind have a `pass_through`: all but bank accounts, and the company, which is never written.
pub fn has_pass_through(kind: Kind) -> bool {
    places(kind).is_some()
}

/// The rows of the native record that a place is in, where it is in rows of the grid: a change of such a place sends
/// all rows, because the server replaces them whole.
pub fn row_of(kind: Kind, path: &NativePath) -> Option<usize> {
    let [Step::Key(first), rest @ ..] = path.steps() else {
        return None;
    };
    match (kind, first.as_str(), rest) {
        (Kind::Invoices | Kind::CreditNotes | Kind::Quotes, "items", [Step::Index(row), ..])
        | (Kind::JournalEntries, "entries", [Step::Index(row), ..])
        | (Kind::Bills | Kind::PurchaseOrders, "purchases", [Step::Key(_), Step::Index(row), ..]) => {
            Some(*row)
        }
        _ => None,
    }
}

/// Names under which no value is ever kept.
const SECRETS: [&str; 7] = [
    "password",
    "token",
    "secret",
    "apikey",
    "authorization",
    "privatekey",
    "credentials",
];

/// To whom a place belongs; none where it can be told by path and value.
pub fn owner(kind: Kind, path: &NativePath) -> Option<Owner> {
    let mut names = path.steps().iter().filter_map(|step| match step {
        Step::Key(name) => Some(name.to_ascii_lowercase().replace('_', "")),
        Step::Index(_) => None,
    });
    if names.any(|name| SECRETS.iter().any(|secret| name.contains(secret))) {
        return Some(Owner::Secret);
    }
    if path.steps().first() == Some(&Step::Key("stamp".to_owned())) {
        return Some(Owner::Stamp);
    }
    let rows = places(kind)?.iter().copied().flatten();
    let mut met = rows.filter_map(|(place, owner)| match meet(place, path) {
        Meeting::Apart => None,
        Meeting::Inside => Some(*owner),
        // Who writes what the rows stand in writes the rows.
        Meeting::Around if place.contains("[]") => Some(Owner::Rows),
        Meeting::Around => Some(*owner),
    });
    met.next()
}

/// How a path lies to a place that is spoken for.
enum Meeting {
    /// Neither touches the other.
    Apart,
    /// It is the place, or leads into it.
    Inside,
    /// The place is inside what it names.
    Around,
}

fn meet(place: &str, path: &NativePath) -> Meeting {
    let mut steps = path.steps().iter();
    for part in place.split('.') {
        let (name, has_rows) = match part.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (part, false),
        };
        match steps.next() {
            None => return Meeting::Around,
            Some(Step::Key(key)) if key == name => {}

            Some(_) => return Meeting::Apart,
        }
        if has_rows {
            match steps.next() {
                None => return Meeting::Around,
                Some(Step::Index(_)) => {}
                Some(Step::Key(_)) => return Meeting::Apart,
            }
        }
    }
    Meeting::Inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::spec::Editor;

    fn owner_of(kind: Kind, path: &str) -> Option<Owner> {
        owner(kind, &path.parse().expect("a path"))
    }

    #[test]
    fn what_has_a_field_is_that_fields_and_what_has_none_is_free() {
        for (kind, path, expected) in [
            (
                Kind::Invoices,
                "observations",
                Some(Owner::Field(Field::Memo)),
            ),
            (Kind::Bills, "observations", None),
            (Kind::Invoices, "anotation", None),
            (Kind::Invoices, "seller.id", None),
            (
                Kind::Invoices,
                "client.id",
                Some(Owner::Field(Field::Contact)),
            ),
            (
                Kind::CreditNotes,
                "relatedDocuments[0].uuid",
                Some(Owner::Field(Field::Related)),
            ),
            (Kind::Quotes, "relatedDocuments", None),
            (Kind::Invoices, "items[0].unit", None),
            (
                Kind::Invoices,
                "items[0].price",
                Some(Owner::Cell(Cell::Price)),
            ),
            (
                Kind::Invoices,
                "items[0].tax[1].id",
                Some(Owner::Cell(Cell::Taxes)),
            ),
            (Kind::Invoices, "items[0]", Some(Owner::Rows)),
            (Kind::Invoices, "items", Some(Owner::Rows)),
            (Kind::Payments, "invoices[0].amount", Some(Owner::Rows)),
            (Kind::Bills, "purchases", Some(Owner::Rows)),
            (Kind::Invoices, "stamp.generateStamp", Some(Owner::Stamp)),
            (Kind::Bills, "stamp", Some(Owner::Stamp)),
            (Kind::Invoices, "status", Some(Owner::Server)),
            (Kind::Customers, "status", None),
            (Kind::Customers, "address.street", None),
            (Kind::Customers, "address", Some(Owner::Field(Field::Zip))),
            (Kind::Customers, "customFields.apiKey", Some(Owner::Secret)),
            (Kind::Customers, "access_token", Some(Owner::Secret)),
        ] {
            assert_eq!(owner_of(kind, path), expected, "{kind:?} {path}");
        }
    }

    #[test]
    fn every_field_that_a_form_edits_has_its_place_so_that_none_is_written_twice() {
        for kind in Kind::ALL {
            let Some(places) = places(kind) else {
                continue;
            };
            for row in kind.spec().form.fields {
                let owned = (places.iter().copied().flatten())
                    .any(|(_, owner)| *owner == Owner::Field(row.field));
                assert!(
                    owned || row.editor == Editor::Shown,
                    "{kind:?} {:?} can be written by its path too",
                    row.field
                );
            }
        }
    }

    #[test]
    fn every_place_reads_as_a_path() {
        for kind in Kind::ALL {
            for (place, _) in places(kind).into_iter().flatten().copied().flatten() {
                let path = place.replace("[]", "[0]");
                assert!(path.parse::<NativePath>().is_ok(), "{place}");
            }
        }
    }

    #[test]
    fn only_bank_accounts_and_the_company_have_no_pass_through() {
        let without: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| !has_pass_through(*kind))
            .collect();
        assert_eq!(without, [Kind::BankAccounts, Kind::CompanyInfo]);
    }
}
