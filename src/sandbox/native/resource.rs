//! What Alegra can do with each of its records: one row a path, for both roads.

use serde_json::Value;

use super::super::errors::NativeError;
use super::super::world::World;
use super::lists::Pairs;
use super::{
    Body, bank_accounts, categories, contacts, departments, drafting, items, journals, payments,
    purchases, taxes,
};

/// Takes a record out, or says why not.
type Delete = fn(&mut World, u32) -> Result<(), NativeError>;

/// One of Alegra's collections.
pub struct Resource {
    /// The first segment of its path.
    pub path: &'static str,
    /// What is said of a record that was deleted.
    pub gone: &'static str,
    pub missing: fn() -> NativeError,
    pub list: fn(&World, &Pairs) -> Result<Value, NativeError>,
    pub one: fn(&World, u32) -> Option<Value>,
    pub create: fn(&mut World, &Body) -> Result<u32, NativeError>,
    pub update: fn(&mut World, u32, &Body) -> Result<(), NativeError>,
    /// None where Alegra keeps what there is.
    pub delete: Option<Delete>,
}

/// All of them.
pub const RESOURCES: [&Resource; 13] = [
    &contacts::RESOURCE,
    &items::RESOURCE,
    &taxes::RESOURCE,
    &categories::RESOURCE,
    &departments::RESOURCE,
    &bank_accounts::RESOURCE,
    &drafting::INVOICES,
    &drafting::CREDIT_NOTES,
    &drafting::QUOTES,
    &purchases::BILLS,
    &purchases::ORDERS,
    &payments::RESOURCE,
    &journals::RESOURCE,
];

impl Resource {
    pub fn at(path: &str) -> Option<&'static Self> {
        RESOURCES.into_iter().find(|resource| resource.path == path)
    }
}
