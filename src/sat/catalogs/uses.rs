//! Uses of the CFDI: which régimen and which kind of person admits each (SAT rules §4.2).

use super::super::rfc::Person;
use super::regimes;
use super::regimes::Persons;
use crate::domain::draft::DocType;

/// Régimenes of the uses for a business: goods, expenses, investments.
const BUSINESS: &[&str] = &[
    "601", "603", "606", "612", "620", "621", "622", "623", "624", "625", "626",
];
/// The same and 616, for returns and discounts.
const RETURNS: &[&str] = &[
    "601", "603", "606", "612", "616", "620", "621", "622", "623", "624", "625", "626",
];
/// Régimenes of the personal deductions.
const DEDUCTIONS: &[&str] = &[
    "605", "606", "607", "608", "611", "612", "614", "615", "625",
];
/// All nineteen.
const ALL: &[&str] = &[
    "601", "603", "605", "606", "607", "608", "610", "611", "612", "614", "615", "616", "620",
    "621", "622", "623", "624", "625", "626",
];
/// Régimen of the payroll receipt.
const PAYROLL: &[&str] = &["605"];

/// Key, persons, régimenes.
const USES: [(&str, Persons, &[&str]); 24] = [
    ("CN01", Persons::Fisica, PAYROLL),
    ("CP01", Persons::Both, ALL),
    ("D01", Persons::Fisica, DEDUCTIONS),
    ("D02", Persons::Fisica, DEDUCTIONS),
    ("D03", Persons::Fisica, DEDUCTIONS),
    ("D04", Persons::Fisica, DEDUCTIONS),
    ("D05", Persons::Fisica, DEDUCTIONS),
    ("D06", Persons::Fisica, DEDUCTIONS),
    ("D07", Persons::Fisica, DEDUCTIONS),
    ("D08", Persons::Fisica, DEDUCTIONS),
    ("D09", Persons::Fisica, DEDUCTIONS),
    ("D10", Persons::Fisica, DEDUCTIONS),
    ("G01", Persons::Both, BUSINESS),
    ("G02", Persons::Both, RETURNS),
    ("G03", Persons::Both, BUSINESS),
    ("I01", Persons::Both, BUSINESS),
    ("I02", Persons::Both, BUSINESS),
    ("I03", Persons::Both, BUSINESS),
    ("I04", Persons::Both, BUSINESS),
    ("I05", Persons::Both, BUSINESS),
    ("I06", Persons::Both, BUSINESS),
    ("I07", Persons::Both, BUSINESS),
    ("I08", Persons::Both, BUSINESS),
    ("S01", Persons::Both, ALL),
];

/// Keys of the catalogue of CFDI 4.0, in order. P01 ended with 3.3 and is not among them.
pub fn keys() -> impl Iterator<Item = &'static str> {
    USES.iter().map(|(key, ..)| *key)
}

/// Whether the key is in the catalogue of CFDI 4.0.
pub fn exists(cfdi_use: &str) -> bool {
    keys().any(|key| key == cfdi_use)
}

/// Whether the SAT admits the use for this régimen and, where it is known, this kind of person
/// (SAT matrix CFDI40161).
pub fn admits(cfdi_use: &str, regime: &str, person: Option<Person>) -> bool {
    USES.iter().any(|(key, persons, regimes)| {
        *key == cfdi_use
            && regimes.contains(&regime)
            && person.is_none_or(|person| persons.include(person))
    })
}

/// Whether to offer the use: admitted, and meant for a document of this type.
pub fn offered(cfdi_use: &str, regime: &str, person: Person, doc_type: DocType) -> bool {
    let meant = match cfdi_use {
        // Payment receipts and payroll are CFDI of other types.
        "CP01" | "CN01" => false,
        // Who has no fiscal obligations deducts nothing; only a return can be his.
        "G02" if regime == "616" => doc_type == DocType::Credit,
        _ => true,
    };
    meant && regimes::exists(regime) && admits(cfdi_use, regime, Some(person))
}
