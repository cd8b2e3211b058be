//! The tables of a few rows: uses, régimenes, formas, currencies, countries and the like.
//!
//! Names are kept as the SAT writes them; keys of CFDI 3.3 are not in the asset (`dropped.tsv` says which).

use super::CatalogError;

/// One of the small tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// c_UsoCFDI
    Use,
    /// c_RegimenFiscal
    Regime,
    /// c_FormaPago
    PaymentForm,
    /// c_MetodoPago
    PaymentMethod,
    /// c_TipoRelacion
    Relation,
    /// c_ObjetoImp
    TaxObject,
    /// c_Exportacion
    Exportation,
    /// c_Periodicidad
    Periodicity,
    /// c_Meses
    Months,
    /// c_Moneda
    Currency,
    /// c_Pais
    Country,
    /// c_Estado of Mexico
    State,
}

impl Table {
    /// All of them, each with its name in the asset.
    pub const ALL: [(Table, &'static str); 12] = [
        (Table::Use, "UsoCFDI"),
        (Table::Regime, "RegimenFiscal"),
        (Table::PaymentForm, "FormaPago"),
        (Table::PaymentMethod, "MetodoPago"),
        (Table::Relation, "TipoRelacion"),
        (Table::TaxObject, "ObjetoImp"),
        (Table::Exportation, "Exportacion"),
        (Table::Periodicity, "Periodicidad"),
        (Table::Months, "Meses"),
        (Table::Currency, "Moneda"),
        (Table::Country, "Pais"),
        (Table::State, "Estado"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(table, _)| *table)
    }
}

/// A row of a small table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Key as the SAT writes it.
    pub key: String,
    /// Name as the SAT writes it.
    pub name: String,
    /// Decimals of a currency; nothing in the other tables.
    pub decimals: Option<u32>,
}

/// All small tables, each sorted by key.
#[derive(Debug, Default)]
pub(super) struct SmallTables {
    tables: Vec<(Table, Vec<Entry>)>,
}

impl SmallTables {
    /// Reads rows of `table, key, name` and, for currencies, decimals.
    pub(super) fn read(text: &str) -> Result<Self, CatalogError> {
        let mut tables: Vec<(Table, Vec<Entry>)> = Vec::with_capacity(Table::ALL.len());
        for (row, line) in text.lines().enumerate() {
            let damaged = || CatalogError::Row {
                asset: "small",
                row: row + 1,
            };
            let mut fields = line.split('\t');
            let table = fields.next().and_then(Table::named).ok_or_else(damaged)?;
            let entry = Entry {
                key: fields.next().ok_or_else(damaged)?.to_owned(),
                name: fields.next().ok_or_else(damaged)?.to_owned(),
                decimals: fields
                    .next()
                    .map(|decimals| decimals.parse().map_err(|_| damaged()))
                    .transpose()?,
            };
            match tables.last_mut() {
                Some((last, rows)) if *last == table => rows.push(entry),
                _ => tables.push((table, vec![entry])),
            }
        }
        Ok(Self { tables })
    }

    pub(super) fn rows(&self, table: Table) -> &[Entry] {
        self.tables
            .iter()
            .find(|(known, _)| *known == table)
            .map_or(&[], |(_, rows)| rows.as_slice())
    }

    pub(super) fn find(&self, table: Table, key: &str) -> Option<&Entry> {
        let rows = self.rows(table);
        let idx = rows
            .binary_search_by(|entry| entry.key.as_str().cmp(key))
            .ok()?;
        rows.get(idx)
    }
}
