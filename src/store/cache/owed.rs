//! What is open with one contact.

use super::super::error::StoreError;
use super::key::{self, RowId};
use super::{Reader, overview, owner_of, row_of};
use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::record::{Id, Record};

impl Reader {
    /// The documents of a kind on which a contact owes or is owed something, with those named besides, and how much of
    /// the kind is here. In no particular order.
    ///
    /// Goes through all that is open of the kind, because entries know contacts by name only, and names change.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn open_documents(
        &self,
        company: &CompanyId,
        kind: Kind,
        contact: &Id,
        also: &[Id],
    ) -> Result<(Vec<Record>, Coverage), StoreError> {
        self.reading(|tx| {
            let Some(owner) = owner_of(tx, company, kind)? else {
                return Ok((Vec::new(), Coverage::default()));
            };
            let range = key::all_of(owner);
            let owing: Vec<RowId> = tx
                .prepare_cached("SELECT key FROM entry WHERE owing = 1 AND key BETWEEN ?1 AND ?2")?
                .query_map((range.start(), range.end()), |row| row.get(0).map(RowId))?
                .collect::<Result<_, _>>()?;
            let mut documents = self.records(tx, &owing)?;
            documents.retain(|document| {
                let whose = document.link(Field::Contact);
                whose.is_some_and(|link| link.id == *contact)
            });
            let mut named = Vec::new();
            for id in also {
                if !documents.iter().any(|document| document.id == *id) {
                    named.extend(row_of(tx, owner, id)?);
                }
            }
            documents.extend(self.records(tx, &named)?);
            Ok((documents, overview::coverage(tx, owner)?))
        })
    }
}
