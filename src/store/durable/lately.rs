//! What was looked for lately, of each company: typed by hand, so that it is not lost with the cache.

use rusqlite::Transaction;

use super::super::error::{Fault, StoreError};
use super::Durable;
use crate::domain::company::CompanyId;
use crate::domain::lately::Lately;

impl Durable {
    /// Notes a question that led to something, and gives all that are kept then: another window may have noted some.
    ///
    /// # Errors
    /// Any [`StoreError`]; what is kept is as before then. The same holds for the function below.
    pub fn note_question(&mut self, company: &CompanyId, text: &str) -> Result<Lately, StoreError> {
        self.writing(|tx| -> Result<Lately, Fault> {
            let before = of(tx, company)?;
            let mut lately = before.clone();
            lately.note(text);
            if lately != before {
                tx.prepare_cached(
                    "INSERT INTO lately (company, body) VALUES (?1, ?2)
                     ON CONFLICT (company) DO UPDATE SET body = excluded.body",
                )?
                .execute((&company.0, serde_json::to_string(&lately)?))?;
            }
            Ok(lately)
        })
        .map_err(|fault| fault.at(&self.path))
    }

    /// What was looked for lately in these books.
    pub fn lately(&self, company: &CompanyId) -> Result<Lately, StoreError> {
        self.reading(|tx| of(tx, company))
    }
}

/// One that a newer program kept otherwise counts for none.
fn of(tx: &Transaction<'_>, company: &CompanyId) -> Result<Lately, Fault> {
    let mut statement = tx.prepare_cached("SELECT body FROM lately WHERE company = ?1")?;
    let mut rows = statement.query([&company.0])?;
    let Some(row) = rows.next()? else {
        return Ok(Lately::default());
    };
    let body: String = row.get(0)?;
    Ok(serde_json::from_str(&body).unwrap_or_default())
}
