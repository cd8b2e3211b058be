//! Whose books a connection leads to. Kept here and not in the cache, because the outbox hangs on it: an act begun in
//! the books of one company must never be settled by looking into those of another.

use rusqlite::{Connection, Transaction};

use super::super::error::{Fault, StoreError};
use super::Durable;
use crate::domain::company::{Company, CompanyId};

impl Durable {
    /// The books that a connection led to when it was asked last; before that, the ones of its own name.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read.
    pub fn books_of(&self, connection: &CompanyId) -> Result<CompanyId, StoreError> {
        self.reading(|tx| {
            let known = known(tx, connection)?;
            Ok(known
                .into_iter()
                .find(|books| books.current)
                .map_or_else(|| connection.clone(), |books| books.company))
        })
    }

    /// Notes which company the server says that it is, and gives the key of that company's books: the one that they
    /// had, or a new one. The first books of a connection bear its name.
    ///
    /// Two companies are the same where neither number nor RFC contradict each other; what one of them does not tell
    /// contradicts nothing.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing was noted then.
    pub fn meet(
        &mut self,
        connection: &CompanyId,
        company: &Company,
    ) -> Result<CompanyId, StoreError> {
        self.writing(|tx| meet(tx, connection, company))
            .map_err(|fault| fault.at(&self.path))
    }
}

struct Books {
    number: String,
    rfc: String,
    company: CompanyId,
    current: bool,
}

fn known(conn: &Connection, connection: &CompanyId) -> Result<Vec<Books>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT number, rfc, company, current FROM books WHERE connection = ?1
         ORDER BY current DESC, rowid",
    )?;
    let rows = statement.query_map([&connection.0], |row| {
        Ok(Books {
            number: row.get(0)?,
            rfc: row.get(1)?,
            company: CompanyId(row.get(2)?),
            current: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn meet(
    tx: &Transaction<'_>,
    connection: &CompanyId,
    company: &Company,
) -> Result<CompanyId, Fault> {
    let number = company.number.as_deref().unwrap_or_default().trim();
    let rfc = company.rfc.trim();
    let known = known(tx, connection)?;
    let agrees = |one: &str, other: &str| one.is_empty() || other.is_empty() || one == other;
    let met = known
        .iter()
        .find(|books| agrees(&books.number, number) && agrees(&books.rfc, rfc));
    let key = match (met, known.len()) {
        (Some(books), _) => books.company.clone(),
        (None, 0) => connection.clone(),
        (None, before) => CompanyId(format!("{}#{}", connection.0, before + 1)),
    };
    tx.prepare_cached("UPDATE books SET current = 0 WHERE connection = ?1 AND company <> ?2")?
        .execute((&connection.0, &key.0))?;
    // What the server told once it need not tell again.
    tx.prepare_cached(
        "INSERT INTO books (connection, number, rfc, company, current) VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (company) DO UPDATE SET current = 1,
           number = iif(number = '', excluded.number, number), rfc = iif(rfc = '', excluded.rfc, rfc)",
    )?
    .execute((&connection.0, number, rfc, &key.0))?;
    Ok(key)
}
