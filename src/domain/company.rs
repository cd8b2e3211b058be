//! Whose books these are.

use serde::{Deserialize, Serialize};

/// Key of a company in every stored row, request and reply: the consumer id of its connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CompanyId(pub String);

/// The issuer, as company-info and the native `/company` tell it (contract B.1, D.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Which connection it belongs to.
    pub id: CompanyId,
    /// Razón social.
    pub name: String,
    /// RFC of the issuer.
    pub rfc: String,
    /// Régimen fiscal as SAT code; unknown until the native record was read.
    pub regime: Option<String>,
    /// Place of issue, five digits; unknown until the native record was read.
    pub zip: Option<String>,
    /// ISO 4217.
    pub currency: String,
}
