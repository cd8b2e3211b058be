//! Which keys of a catalogue a document can be given, and why not the others: asked by pickers before something is
//! taken.
//!
//! Pure questions about one key. What the rules would refuse is barred, and so is what belongs to CFDI of another type;
//! what they would only warn of stays free, because it may be right. Never says that a key is in its catalogue: the rows
//! of a picker come from there. The forma is no choice under PPD, and free under PUE: forms lock it by themselves.

use super::catalogs::{regimes, uses};
use super::rfc::{self, Person};
use crate::domain::cancellation::Cause;
use crate::domain::draft::{DocType, LineTax, Tax, TaxKind};

/// The country of everybody who has an RFC of his own (c_Pais).
const MEXICO: &str = "MEX";
/// Countries that nobody declared (c_Pais): no code of an address.
const UNDECLARED: &str = "ZZZ";
/// The only régimen of a generic RFC.
const NO_OBLIGATIONS: &str = "616";
/// The currency of payment receipts, which have none of their own.
const NO_CURRENCY: &str = "XXX";

/// Why a key cannot be taken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barred {
    /// It belongs to CFDI of another type.
    Document,
    /// The receiver's régimen does not admit it.
    Regime,
    /// For personas físicas.
    FisicaOnly,
    /// For personas morales.
    MoralOnly,
    /// A generic RFC has 616 and no other régimen.
    Generic,
    /// The line has a tax that goes with no such object.
    Taxed,
    /// The line lacks the tax that such an object demands.
    Untaxed,
    /// The receiver has a Mexican RFC.
    AtHome,
    /// The receiver is a resident of another country.
    Abroad,
    /// No document replaces the one that is cancelled.
    NotReplaced,
    /// The receiver has no name of his own.
    Nameless,
    /// It stands for no country.
    NoCountry,
}

impl Barred {
    /// All of them.
    pub const ALL: [Barred; 12] = [
        Barred::Document,
        Barred::Regime,
        Barred::FisicaOnly,
        Barred::MoralOnly,
        Barred::Generic,
        Barred::Taxed,
        Barred::Untaxed,
        Barred::AtHome,
        Barred::Abroad,
        Barred::NotReplaced,
        Barred::Nameless,
        Barred::NoCountry,
    ];

    /// The key of its words. Those of [`Barred::Regime`] name the `regime`.
    pub fn words_key(self) -> &'static str {
        match self {
            Barred::Document => "form-barred-document",
            Barred::Regime => "form-barred-use",
            Barred::FisicaOnly => "form-barred-fisica-only",
            Barred::MoralOnly => "form-barred-moral-only",
            Barred::Generic => "form-barred-generic",
            Barred::Taxed => "form-barred-taxed",
            Barred::Untaxed => "form-barred-untaxed",
            Barred::AtHome => "form-barred-at-home",
            Barred::Abroad => "form-barred-abroad",
            Barred::NotReplaced => "form-barred-not-replaced",
            Barred::Nameless => "form-barred-nameless",
            Barred::NoCountry => "form-barred-no-country",
        }
    }

    /// Why somebody of this kind cannot have what is for the other kind.
    fn other_than(person: Person) -> Self {
        match person {
            Person::Fisica => Barred::MoralOnly,
            Person::Moral => Barred::FisicaOnly,
        }
    }
}

/// Why the receiver cannot have this use; nothing where he can, or where too little is known (SAT matrix CFDI40161).
pub fn cfdi_use(key: &str, regime: &str, rfc: &str, doc_type: DocType) -> Option<Barred> {
    if matches!(key, "CP01" | "CN01") {
        return Some(Barred::Document);
    }
    if !regimes::exists(regime) {
        return None;
    }
    if !uses::admits(key, regime, None) {
        return Some(Barred::Regime);
    }
    match rfc::person(rfc)? {
        person if !uses::admits(key, regime, Some(person)) => Some(Barred::other_than(person)),
        person if !uses::offered(key, regime, person, doc_type) => Some(Barred::Document),
        _ => None,
    }
}

/// Why the holder of the RFC cannot have this régimen (SAT matrix CFDI40158, CFDI40159).
pub fn regime(key: &str, rfc: &str) -> Option<Barred> {
    if rfc::is_generic(rfc) {
        return (key != NO_OBLIGATIONS).then_some(Barred::Generic);
    }
    let person = rfc::person(rfc)?;
    (!regimes::admits(key, person)).then(|| Barred::other_than(person))
}

/// Why a line with these taxes cannot have this object (SAT matrix CFDI40171, CFDI40172, CFDI140226, CFDI140227).
pub fn tax_object(key: &str, taxes: &[LineTax]) -> Option<Barred> {
    let has = |tax: Tax| taxes.iter().any(|line_tax| line_tax.tax == tax);
    let ieps = |tax: &LineTax| tax.tax == Tax::Ieps && tax.kind == TaxKind::Transfer;
    match key {
        "02" if taxes.is_empty() => Some(Barred::Untaxed),
        "01" | "03" | "04" | "05" if !taxes.is_empty() => Some(Barred::Taxed),
        "06" | "08" if has(Tax::Iva) || has(Tax::Ieps) => Some(Barred::Taxed),
        "07" if has(Tax::Iva) => Some(Barred::Taxed),
        "07" if !taxes.iter().any(ieps) => Some(Barred::Untaxed),
        _ => None,
    }
}

/// Why a document of this type has no relation of this kind. 05 belongs to transfers of goods, which are neither invoice
/// nor credit note (SAT rules §11).
pub fn relation(kind: &str, doc_type: DocType) -> Option<Barred> {
    matches!(
        (kind, doc_type),
        ("01" | "02" | "03", DocType::Income) | ("06", DocType::Credit) | ("05", _)
    )
    .then_some(Barred::Document)
}

/// Why a document cannot be cancelled for this cause (SAT rules §11). 04 is for the invoice of a buyer with a name whose
/// sale is in a global one already.
pub fn cause(cause: Cause, doc_type: DocType, receiver: &str, is_replaced: bool) -> Option<Barred> {
    match cause {
        Cause::Replaced if !is_replaced => Some(Barred::NotReplaced),
        Cause::InGlobal if doc_type == DocType::Credit => Some(Barred::Document),
        Cause::InGlobal if rfc::is_generic(receiver) => Some(Barred::Nameless),
        Cause::Replaced | Cause::Errors | Cause::NotDone | Cause::InGlobal => None,
    }
}

/// Why the holder of the RFC does not live in this country.
pub fn country(key: &str, rfc: &str) -> Option<Barred> {
    match (rfc, key) {
        (_, UNDECLARED) => Some(Barred::NoCountry),
        (rfc::GENERIC_FOREIGN, MEXICO) => Some(Barred::Abroad),
        (rfc::GENERIC_FOREIGN, _) | (_, MEXICO) => None,
        _ => rfc::person(rfc).map(|_| Barred::AtHome),
    }
}

/// Why an invoice or credit note is not in this currency (SAT rules §6).
pub fn currency(key: &str) -> Option<Barred> {
    (key == NO_CURRENCY).then_some(Barred::Document)
}

#[cfg(test)]
mod tests;
