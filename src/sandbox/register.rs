//! The tax authority's register: who is enrolled, under which name, zip and régimen.
//!
//! It stands apart from the contacts, because that is what makes a refusal that nobody can foresee: the
//! books say one thing and the SAT another. It is made with the books and does not change.

use std::collections::BTreeMap;

use super::records::Text;

/// One taxpayer as the SAT knows it.
#[derive(Debug, Clone)]
pub struct Taxpayer {
    pub rfc: Text,
    pub name: Text,
    pub zip: Text,
    /// The SAT's keys; a person may have several.
    pub regimes: Vec<&'static str>,
}

#[derive(Default)]
pub struct Register {
    taxpayers: BTreeMap<Text, Taxpayer>,
}

impl Register {
    pub fn from_taxpayers(taxpayers: impl IntoIterator<Item = Taxpayer>) -> Self {
        Self {
            taxpayers: taxpayers
                .into_iter()
                .map(|taxpayer| (taxpayer.rfc.clone(), taxpayer))
                .collect(),
        }
    }

    pub fn find(&self, rfc: &str) -> Option<&Taxpayer> {
        self.taxpayers.get(rfc)
    }
}
