//! The SAT's catalogues, inflated once from the assets and then only read.
//!
//! [`Catalogs::load`] takes some milliseconds and belongs in the worker; [`Catalogs::shared`] does it once. Lookups
//! compare keys exactly, as the SAT does: keys are texts, never numbers, and the case of a unit matters.
//! Facts that the SAT publishes as columns and the asset lacks (kinds of person, use × régimen) are tables in
//! [`regimes`], [`uses`] and [`payment`]; the tests hold them against the assets.

pub mod ieps;
pub mod lexicon;
pub mod payment;
pub mod regimes;
pub mod small;
pub mod uses;
mod version;
pub mod zips;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::draft::DocType;

use ieps::Ieps;
use lexicon::{Hit, Lexicon, Synonyms};
use payment::PaymentMeans;
use small::{Entry, SmallTables, Table};
use zips::{Zip, ZipRuns};

use super::rfc::Person;

pub use version::{Version, version};

static PRODUCTS: &[u8] = include_bytes!("../../assets/catalogs/prodserv.tsv.zst");
static SCHEMA_ONLY: &str = include_str!("../../assets/catalogs/prodserv-schema-only.txt");
static UNITS: &[u8] = include_bytes!("../../assets/catalogs/units.tsv.zst");
static GROUPING: &[u8] = include_bytes!("../../assets/catalogs/agrupador.tsv.zst");
static SMALL: &[u8] = include_bytes!("../../assets/catalogs/small.tsv.zst");
static ZIPS: &str = include_str!("../../assets/catalogs/zips.tsv");
static IEPS: &str = include_str!("../../assets/catalogs/ieps.tsv");
static SYNONYMS: &str = include_str!("../../assets/catalogs/synonyms.tsv");

/// An asset is damaged: the program was built wrong.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The compressed file does not inflate to a text.
    #[error("catalogue asset {asset} does not inflate")]
    Inflate {
        /// Name of the asset.
        asset: &'static str,
        /// What the decompressor said.
        #[source]
        source: std::io::Error,
    },
    /// A row has not the fields that its table needs.
    #[error("catalogue asset {asset}, row {row}: not as expected")]
    Row {
        /// Name of the asset.
        asset: &'static str,
        /// Row, counted from 1.
        row: usize,
    },
}

/// All catalogues. Immutable after loading.
#[derive(Debug)]
pub struct Catalogs {
    products: Lexicon,
    units: Lexicon,
    grouping: BTreeMap<String, String>,
    small: SmallTables,
    zips: ZipRuns,
    ieps: Ieps,
    synonyms: Synonyms,
}

impl Catalogs {
    /// Inflates the assets and indexes them.
    ///
    /// # Errors
    /// Only when an asset in the binary is damaged.
    pub fn load() -> Result<Self, CatalogError> {
        let grouping = inflate("agrupador", GROUPING)?;
        Ok(Self {
            products: Lexicon::new("prodserv", inflate("prodserv", PRODUCTS)?)?,
            units: Lexicon::new("units", inflate("units", UNITS)?)?,
            grouping: pairs("agrupador", &grouping)?,
            small: SmallTables::read(&inflate("small", SMALL)?)?,
            zips: ZipRuns::read(ZIPS)?,
            ieps: Ieps::read(IEPS)?,
            synonyms: Synonyms::read(SYNONYMS)?,
        })
    }

    /// The catalogues of this process, inflated when somebody asks for the first time and never again.
    ///
    /// # Errors
    /// Only when an asset in the binary is damaged.
    pub fn shared() -> Result<Arc<Self>, CatalogError> {
        static SHARED: Mutex<Option<Arc<Catalogs>>> = Mutex::new(None);
        // What the lock guards is whole at every moment, whoever held it.
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        match shared.as_ref() {
            Some(catalogs) => Ok(catalogs.clone()),
            None => Ok(shared.insert(Arc::new(Self::load()?)).clone()),
        }
    }

    /// Name of a product or service (c_ClaveProdServ).
    pub fn product_name(&self, key: &str) -> Option<&str> {
        self.products.name(key)
    }

    /// Whether the key stands in the schema but no longer in the table: perhaps retired.
    pub fn is_schema_only_product(&self, key: &str) -> bool {
        key.len() == 8 && SCHEMA_ONLY.lines().any(|known| known == key)
    }

    /// Name of a unit (c_ClaveUnidad). The case of the key matters.
    pub fn unit_name(&self, key: &str) -> Option<&str> {
        self.units.name(key)
    }

    /// Name of a código agrupador (Anexo 24).
    pub fn grouping_name(&self, code: &str) -> Option<&str> {
        self.grouping.get(code).map(String::as_str)
    }

    /// State, border flag and zone of a código postal of five digits.
    pub fn zip(&self, code: &str) -> Option<Zip> {
        self.zips.find(code)
    }

    /// Rows of one of the small tables, sorted by key.
    pub fn table(&self, table: Table) -> &[Entry] {
        self.small.rows(table)
    }

    /// Name of a key of one of the small tables, as the SAT writes it.
    pub fn name(&self, table: Table, key: &str) -> Option<&str> {
        self.small.find(table, key).map(|entry| entry.name.as_str())
    }

    /// Decimals that the SAT gives a currency (c_Moneda).
    pub fn currency_decimals(&self, currency: &str) -> Option<u32> {
        self.small
            .find(Table::Currency, currency)
            .and_then(|entry| entry.decimals)
    }

    /// Rates and quotas of IEPS of one fiscal year.
    pub fn ieps(&self) -> &Ieps {
        &self.ieps
    }

    /// Régimenes that a person of this kind can have, with their names.
    pub fn regimes_for(&self, person: Person) -> Vec<&Entry> {
        self.table(Table::Regime)
            .iter()
            .filter(|entry| regimes::admits(&entry.key, person))
            .collect()
    }

    /// Uses to offer for a receiver of this régimen and kind of person on a document of this type.
    ///
    /// Narrower than what the rules admit: CP01 and CN01 belong to other types of CFDI and are never offered.
    pub fn uses_for(&self, regime: &str, person: Person, doc_type: DocType) -> Vec<&Entry> {
        self.table(Table::Use)
            .iter()
            .filter(|entry| uses::offered(&entry.key, regime, person, doc_type))
            .collect()
    }

    /// Means of payment to offer: Alegra's word, the SAT's key, the SAT's name.
    pub fn payment_means(&self) -> Vec<PaymentMeans<'_>> {
        payment::OFFERED
            .iter()
            .filter_map(|word| {
                let code = payment::code(word)?;
                Some(PaymentMeans {
                    word,
                    code,
                    name: self.name(Table::PaymentForm, code)?,
                })
            })
            .collect()
    }

    /// Products whose key or name has every typed word as the start of a word; the best first.
    ///
    /// `recent` are keys that this company used lately, the latest first: they come on top where they match,
    /// and alone where nothing is typed.
    pub fn search_products(&self, query: &str, recent: &[String], limit: usize) -> Vec<Hit> {
        self.products
            .search(query, recent, Some(&self.synonyms), limit)
    }

    /// The same for units, without synonyms.
    pub fn search_units(&self, query: &str, recent: &[String], limit: usize) -> Vec<Hit> {
        self.units.search(query, recent, None, limit)
    }
}

/// The text of a compressed asset.
fn inflate(asset: &'static str, packed: &[u8]) -> Result<String, CatalogError> {
    zstd::decode_all(packed)
        .and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other))
        .map_err(|source| CatalogError::Inflate { asset, source })
}

/// A small text of two fields a row as a map.
fn pairs(asset: &'static str, text: &str) -> Result<BTreeMap<String, String>, CatalogError> {
    text.lines()
        .enumerate()
        .map(|(row, line)| {
            line.split_once('\t')
                .map(|(key, name)| (key.to_owned(), name.to_owned()))
                .ok_or(CatalogError::Row {
                    asset,
                    row: row + 1,
                })
        })
        .collect()
}

#[cfg(test)]
mod tests;
