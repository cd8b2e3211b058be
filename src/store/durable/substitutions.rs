//! Replacements that were begun and not finished, so that they go on tomorrow. How far each has come is told by its
//! documents and by the outbox; here stands only that it was begun.

use super::super::error::{Fault, StoreError};
use super::Durable;
use super::outbox::{collect, sortable};
use crate::domain::company::CompanyId;
use crate::domain::field::{Field, Value};
use crate::domain::intent::Intent;
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::domain::substitution::{Substitution, replaces};

impl Durable {
    /// Keeps a replacement, in place of an earlier one of the same invoice.
    ///
    /// # Errors
    /// Any [`StoreError`]; what was kept before is still there then. The same holds for every function below.
    pub fn keep_substitution(
        &mut self,
        company: &CompanyId,
        what: &Substitution,
    ) -> Result<(), StoreError> {
        self.writing(|tx| -> Result<(), Fault> {
            tx.prepare_cached(
                "INSERT INTO substitution (company, replaced, body) VALUES (?1, ?2, ?3)
                 ON CONFLICT (company, replaced) DO UPDATE SET body = excluded.body",
            )?
            .execute((
                &company.0,
                what.replaced.as_str(),
                serde_json::to_string(what)?,
            ))?;
            Ok(())
        })
        .map_err(|fault| fault.at(&self.path))
    }

    /// Forgets the replacement of an invoice: it is done, or given up.
    pub fn drop_substitution(
        &mut self,
        company: &CompanyId,
        replaced: &Id,
    ) -> Result<(), StoreError> {
        self.writing(|tx| -> Result<(), Fault> {
            tx.prepare_cached("DELETE FROM substitution WHERE company = ?1 AND replaced = ?2")?
                .execute((&company.0, replaced.as_str()))?;
            Ok(())
        })
        .map_err(|fault| fault.at(&self.path))
    }

    /// All replacements of a company, the oldest first. Where a substitute was made and the program ended before it was
    /// noted, the outbox tells which it is.
    pub fn substitutions(&self, company: &CompanyId) -> Result<Vec<Substitution>, StoreError> {
        self.reading(|tx| {
            let mut statement =
                tx.prepare_cached("SELECT body FROM substitution WHERE company = ?1")?;
            let mut rows = statement.query([&company.0])?;
            let mut begun: Vec<Substitution> = Vec::new();
            while let Some(row) = rows.next()? {
                let body: String = row.get(0)?;
                begun.push(serde_json::from_str(&body)?);
            }
            let mut creates = tx.prepare_cached(
                "SELECT body, progress FROM intent
                 WHERE company = ?1 AND kind = ?2 AND planned_at >= ?3
                 ORDER BY planned_at",
            )?;
            for what in begun.iter_mut().filter(|what| what.substitute.is_none()) {
                let since = sortable(what.begun_at);
                let made = collect(creates.query((&company.0, Kind::Invoices.slug(), since))?)?;
                what.substitute = made
                    .iter()
                    .rev()
                    .find_map(|intent| made_in_place_of(what, intent));
            }
            begun.sort_by_key(|what| what.begun_at);
            Ok(begun)
        })
    }

    /// The acts on a record that stand in the outbox, the oldest first.
    pub fn intents_on(
        &self,
        company: &CompanyId,
        kind: Kind,
        id: &Id,
    ) -> Result<Vec<Intent>, StoreError> {
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT body, progress FROM intent WHERE company = ?1 AND kind = ?2 AND target = ?3
                 ORDER BY planned_at, id",
            )?;
            collect(statement.query((&company.0, kind.slug(), id.as_str()))?)
        })
    }
}

/// The record that came of a create, where that was to take the place of this invoice.
fn made_in_place_of(what: &Substitution, intent: &Intent) -> Option<Id> {
    match intent.act.makes()?.values.get(&Field::Related) {
        Some(Some(Value::Text(named))) if replaces(named, &what.uuid) => {
            intent.progress.made().cloned()
        }
        _ => None,
    }
}
