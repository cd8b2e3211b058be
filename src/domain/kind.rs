//! The sixteen resources of the connector.

use serde::{Deserialize, Serialize};

/// One of the sixteen resources, in the order in which the menu shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Facturas de venta.
    Invoices,
    /// Notas de crédito.
    CreditNotes,
    /// Cotizaciones.
    Quotes,
    /// Pagos recibidos.
    Payments,
    /// Facturas de proveedor.
    Bills,
    /// Órdenes de compra.
    PurchaseOrders,
    /// Pagos a proveedores.
    BillPayments,
    /// Pólizas.
    JournalEntries,
    /// Clientes.
    Customers,
    /// Proveedores.
    Suppliers,
    /// Productos y servicios.
    InvoiceItems,
    /// Catálogo de cuentas.
    LedgerAccounts,
    /// Impuestos.
    TaxRates,
    /// Cuentas bancarias.
    BankAccounts,
    /// Centros de costo.
    Departments,
    /// La empresa; one record.
    CompanyInfo,
}

impl Kind {
    /// All of them, in menu order.
    pub const ALL: [Kind; 16] = [
        Kind::Invoices,
        Kind::CreditNotes,
        Kind::Quotes,
        Kind::Payments,
        Kind::Bills,
        Kind::PurchaseOrders,
        Kind::BillPayments,
        Kind::JournalEntries,
        Kind::Customers,
        Kind::Suppliers,
        Kind::InvoiceItems,
        Kind::LedgerAccounts,
        Kind::TaxRates,
        Kind::BankAccounts,
        Kind::Departments,
        Kind::CompanyInfo,
    ];

    /// The name of the resource in paths, files and the command line (`invoice-items`).
    pub fn slug(self) -> &'static str {
        match self {
            Kind::Invoices => "invoices",
            Kind::CreditNotes => "credit-notes",
            Kind::Quotes => "quotes",
            Kind::Payments => "payments",
            Kind::Bills => "bills",
            Kind::PurchaseOrders => "purchase-orders",
            Kind::BillPayments => "bill-payments",
            Kind::JournalEntries => "journal-entries",
            Kind::Customers => "customers",
            Kind::Suppliers => "suppliers",
            Kind::InvoiceItems => "invoice-items",
            Kind::LedgerAccounts => "ledger-accounts",
            Kind::TaxRates => "tax-rates",
            Kind::BankAccounts => "bank-accounts",
            Kind::Departments => "departments",
            Kind::CompanyInfo => "company-info",
        }
    }

    /// The kind whose [`Kind::slug`] this is, or its singular (`invoice`).
    pub fn from_slug(slug: &str) -> Option<Kind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.slug() == slug || kind.slug().strip_suffix('s') == Some(slug))
    }

    /// Whether the native record tells more than the unified one (contract 1.22).
    pub fn has_native(self) -> bool {
        self.is_stamped()
            || matches!(
                self,
                Kind::Customers
                    | Kind::Suppliers
                    | Kind::InvoiceItems
                    | Kind::Payments
                    | Kind::PurchaseOrders
                    | Kind::CompanyInfo
            )
    }

    /// Whether the SAT stamps documents of this kind (contract F 1.2): invoices and credit notes only.
    pub fn is_stamped(self) -> bool {
        matches!(self, Kind::Invoices | Kind::CreditNotes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slug_names_its_kind_and_no_other() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_slug(kind.slug()), Some(kind));
        }
        assert_eq!(Kind::from_slug("invoice"), Some(Kind::Invoices));
        assert_eq!(Kind::from_slug("nothing"), None);
    }
}
