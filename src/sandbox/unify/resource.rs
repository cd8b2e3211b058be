//! The support matrix (contract B.0): what Unify can do with each resource, and how it is mapped.

use axum::http::Method;
use serde_json::{Map, Value};

use super::super::call::Call;
use super::super::errors::Refusal;
use super::super::native;
use super::super::query::{self, Abilities, Declared, ListQuery, Scope};
use super::super::world::World;
use super::shape::Shape;
use super::{
    Manner, Page, accounts, bank_accounts, contacts, departments, items, journals, payments,
    purchases, sales, tax_rates,
};

/// One resource of the accounting API.
pub struct Resource {
    /// Its path under `/accounting`.
    pub name: &'static str,
    pub paged: bool,
    pub sorted: bool,
    /// The filters that work with Alegra.
    pub filters: &'static [&'static str],
    /// What the published document declares for the list, whether it works or not.
    pub declared: Declared,
    /// Whether `fields` is declared.
    pub projected: bool,
    pub shape: &'static Shape,
    /// What Alegra does behind it.
    pub native: &'static native::resource::Resource,
    pub list: fn(&World, &ListQuery, &Manner) -> Result<Page, Refusal>,
    /// A record as Unify has it; as Alegra has it, it is asked of `native`.
    pub one: fn(&World, u32, &Manner) -> Option<Value>,
    /// Maps a body to Alegra's; the flag tells a create from an update.
    pub to_native: fn(&Map<String, Value>, bool) -> Result<native::Body, Refusal>,
}

/// All of them but the company, which is a single record.
pub const RESOURCES: [&Resource; 15] = [
    &contacts::CUSTOMERS,
    &contacts::SUPPLIERS,
    &tax_rates::RESOURCE,
    &accounts::RESOURCE,
    &departments::RESOURCE,
    &bank_accounts::RESOURCE,
    &items::RESOURCE,
    &sales::INVOICES,
    &sales::CREDIT_NOTES,
    &sales::QUOTES,
    &purchases::BILLS,
    &purchases::ORDERS,
    &payments::RECEIPTS,
    &payments::BILL_PAYMENTS,
    &journals::RESOURCE,
];

impl Resource {
    pub fn named(name: &str) -> Option<&'static Self> {
        RESOURCES.into_iter().find(|resource| resource.name == name)
    }

    /// What its list can be asked for.
    pub fn abilities(&self) -> Abilities {
        Abilities {
            resource: self.name,
            paged: self.paged,
            sorted: self.sorted,
            filters: self.filters,
        }
    }

    /// Refuses query keys that the published document does not declare for this operation.
    pub fn check_query(&self, call: &Call, of_one: bool) -> Result<(), Refusal> {
        let reads = call.method == Method::GET;
        let plain: &[&str] = if reads && self.projected {
            &["raw", "fields"]
        } else {
            &["raw"]
        };
        let scope = match (reads, of_one) {
            (true, false) => Scope::List(self.declared),
            (true, true) => Scope::One(self.declared),
            (false, _) => Scope::Nothing,
        };
        query::only_declared(&call.query, plain, scope)
    }
}
