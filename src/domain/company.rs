//! Whose books these are.

use serde::{Deserialize, Serialize};

/// Key of a company's books in every stored row, request and reply: the name of the connection that leads to them, with
/// a number behind it where that connection has led to other books before.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CompanyId(pub String);

/// The issuer, as company-info and the native `/company` tell it (contract B.1, D.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Which connection it belongs to.
    pub id: CompanyId,
    /// The server's own number of the company; unknown where it tells none.
    #[serde(default)]
    pub number: Option<String>,
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
