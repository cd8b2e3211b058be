//! What somebody was typing, kept while it is typed (law 2). The body is the app's own text; nothing here reads it.

use jiff::Timestamp;

use super::super::error::{Fault, StoreError};
use super::Durable;
use crate::domain::company::CompanyId;

/// The content of an editor that was not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedEdit {
    /// Which editor; the app's name for it.
    pub slot: String,
    /// What stands in it, as the app wrote it.
    pub body: String,
    /// When it was kept last.
    pub at: Timestamp,
}

impl Durable {
    /// Keeps what stands in an editor, in place of what stood there.
    ///
    /// # Errors
    /// Any [`StoreError`]; what was kept before is still there then. The same holds for every function below.
    pub fn keep_edit(
        &mut self,
        company: &CompanyId,
        slot: &str,
        body: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.writing(|tx| -> Result<(), Fault> {
            tx.prepare_cached(
                "INSERT INTO edit (company, slot, body, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (company, slot) DO UPDATE SET body = excluded.body, at = excluded.at",
            )?
            .execute((&company.0, slot, body, at.to_string()))?;
            Ok(())
        })
        .map_err(|fault| fault.at(&self.path))
    }

    /// All unfinished edits of a company, by the name of their editor.
    pub fn edits(&self, company: &CompanyId) -> Result<Vec<UnfinishedEdit>, StoreError> {
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT slot, body, at FROM edit WHERE company = ?1 ORDER BY slot",
            )?;
            let mut rows = statement.query([&company.0])?;
            let mut edits = Vec::new();
            while let Some(row) = rows.next()? {
                let at: String = row.get(2)?;
                edits.push(UnfinishedEdit {
                    slot: row.get(0)?,
                    body: row.get(1)?,
                    at: at
                        .parse()
                        .map_err(|error: jiff::Error| Fault::Unreadable(error.to_string()))?,
                });
            }
            Ok(edits)
        })
    }

    /// Forgets an edit that was saved, or given up by whoever typed it.
    pub fn drop_edit(&mut self, company: &CompanyId, slot: &str) -> Result<(), StoreError> {
        self.writing(|tx| -> Result<(), Fault> {
            tx.prepare_cached("DELETE FROM edit WHERE company = ?1 AND slot = ?2")?
                .execute((&company.0, slot))?;
            Ok(())
        })
        .map_err(|fault| fault.at(&self.path))
    }
}
