//! Lists that were given a name, of each company: what a person made by hand is not lost with the cache.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::super::error::{Fault, StoreError};
use super::Durable;
use crate::domain::company::CompanyId;
use crate::domain::view::{View, ViewChange, ViewName};

impl Durable {
    /// Changes the views of a company.
    ///
    /// # Errors
    /// Any [`StoreError`]; the views are as before then. The same holds for every function below.
    pub fn change_views(
        &mut self,
        company: &CompanyId,
        change: &ViewChange,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.writing(|tx| -> Result<(), Fault> {
            match change {
                ViewChange::Keep(view) => keep(tx, company, view, at),
                ViewChange::Drop(name) => drop(tx, company, name),
                ViewChange::Rename { from, to } => {
                    let Some(view) = named(tx, company, from)? else {
                        return Ok(());
                    };
                    drop(tx, company, from)?;
                    let name = to.clone();
                    keep(tx, company, &View { name, ..view }, at)
                }
            }
        })
        .map_err(|fault| fault.at(&self.path))
    }

    /// The views of a company, by their names. One that this program cannot read, because a newer one kept it, stays
    /// where it is and is left out.
    pub fn views(&self, company: &CompanyId) -> Result<Vec<View>, StoreError> {
        self.reading(|tx| {
            let mut statement =
                tx.prepare_cached("SELECT body FROM view WHERE company = ?1 ORDER BY key")?;
            let mut rows = statement.query([&company.0])?;
            let mut views = Vec::new();
            while let Some(row) = rows.next()? {
                let body: String = row.get(0)?;
                views.extend(serde_json::from_str(&body).ok());
            }
            Ok(views)
        })
    }

    /// The view of this name.
    pub fn view(&self, company: &CompanyId, name: &ViewName) -> Result<Option<View>, StoreError> {
        self.reading(|tx| named(tx, company, name))
    }
}

fn named(
    tx: &Transaction<'_>,
    company: &CompanyId,
    name: &ViewName,
) -> Result<Option<View>, Fault> {
    let mut statement =
        tx.prepare_cached("SELECT body FROM view WHERE company = ?1 AND key = ?2")?;
    let mut rows = statement.query((&company.0, name.key()))?;
    match rows.next()? {
        Some(row) => {
            let body: String = row.get(0)?;
            Ok(Some(serde_json::from_str(&body)?))
        }
        None => Ok(None),
    }
}

fn keep(
    tx: &Transaction<'_>,
    company: &CompanyId,
    view: &View,
    at: Timestamp,
) -> Result<(), Fault> {
    tx.prepare_cached(
        "INSERT INTO view (company, key, body, at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (company, key) DO UPDATE SET body = excluded.body, at = excluded.at",
    )?
    .execute((
        &company.0,
        view.name.key(),
        serde_json::to_string(view)?,
        at.to_string(),
    ))?;
    Ok(())
}

fn drop(tx: &Transaction<'_>, company: &CompanyId, name: &ViewName) -> Result<(), Fault> {
    tx.prepare_cached("DELETE FROM view WHERE company = ?1 AND key = ?2")?
        .execute((&company.0, name.key()))?;
    Ok(())
}
