//! Documents by the accounts that they name: there are few accounts, so that all of them are looked at; the documents of
//! those that are meant stand in an index.

use std::cmp::Reverse;

use super::super::super::error::Fault;
use super::super::key::{self, RowId};
use super::{ALL_CANDIDATES, Ranges, Search};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::search::facts::{Account, Facts};
use crate::search::language::{AccountPart, Reading};

/// Rows of an account that one variant may propose in the box: each is judged by itself.
const MOST_JUDGED: usize = 3_000;

/// What may be called an account: those of the chart, and those of a bank.
const ACCOUNTS: [Kind; 2] = [Kind::LedgerAccounts, Kind::BankAccounts];

impl Search<'_> {
    /// Finds the accounts that are asked for, and the newest rows that name each of them.
    pub(super) fn find_accounts(&mut self) -> Result<(), Fault> {
        let terms = self.query.terms.iter();
        let asked: Vec<&Reading> = terms
            .flat_map(|term| &term.readings)
            .filter(|reading| matches!(reading, Reading::Account(_)))
            .collect();
        for kind in ACCOUNTS {
            let owner = key::owner(self.company, kind);
            for (id, account) in self.accounts_of(owner)? {
                let of_it = Facts {
                    accounts: vec![account.clone()],
                    ..Facts::default()
                };
                if asked.iter().any(|reading| reading.holds(&of_it)) {
                    self.accounts.push(account);
                    self.note_naming(owner, &id)?;
                }
            }
        }
        Ok(())
    }

    /// All accounts of an owner.
    fn accounts_of(&self, owner: i64) -> Result<Vec<(Id, Account)>, Fault> {
        let range = key::all_of(owner);
        let mut statement = self.conn.prepare_cached(
            "SELECT e.id, l.name, l.code FROM entry AS e JOIN label AS l ON l.key = e.label
             WHERE e.key BETWEEN ?1 AND ?2 LIMIT ?3",
        )?;
        let mut found = statement.query((range.start(), range.end(), self.most()))?;
        let mut accounts = Vec::new();
        while let Some(row) = found.next()? {
            let account = Account {
                name: row.get(1)?,
                codes: row.get(2)?,
            };
            accounts.push((Id(row.get(0)?), account));
        }
        Ok(accounts)
    }

    /// Notes which rows name the account that was found last.
    fn note_naming(&mut self, owner: i64, id: &Id) -> Result<(), Fault> {
        let which = self.accounts.len().saturating_sub(1);
        let mut statement = self.conn.prepare_cached(
            "SELECT key FROM tie WHERE owner = ?1 AND id = ?2 AND key BETWEEN ?3 AND ?4
             ORDER BY key DESC LIMIT ?5",
        )?;
        for by in &self.owners {
            // That one account stands below another is in the chart, and is no use of it.
            if key::kind_of(*by) == Some(Kind::LedgerAccounts) {
                continue;
            }
            let range = key::all_of(*by);
            let most = self.most();
            let mut found =
                statement.query((owner, id.as_str(), range.start(), range.end(), most))?;
            let mut seen = 0;
            while let Some(row) = found.next()? {
                self.naming
                    .entry(RowId(row.get(0)?))
                    .or_default()
                    .push(which);
                seen += 1;
            }
            if seen == most || self.naming.len() > self.reach {
                self.more = true;
                break;
            }
        }
        Ok(())
    }

    /// The rows in these ranges that name such an account; in the box the newest of them, where a keystroke cannot judge
    /// them all.
    pub(super) fn by_account(&mut self, part: &AccountPart, ranges: &Ranges) -> Vec<RowId> {
        let meant: Vec<bool> = self
            .accounts
            .iter()
            .map(|account| part.is_of(account))
            .collect();
        let is_meant = |named: &[usize]| {
            named
                .iter()
                .any(|idx| meant.get(*idx).copied().unwrap_or(false))
        };
        let mut rows: Vec<RowId> = self
            .naming
            .iter()
            .filter(|(row, named)| {
                is_meant(named) && ranges.iter().any(|range| range.contains(&row.0))
            })
            .map(|(row, _)| *row)
            .collect();
        if self.reach != ALL_CANDIDATES && rows.len() > MOST_JUDGED {
            rows.sort_unstable_by_key(|row| Reverse(row.recency()));
            rows.truncate(MOST_JUDGED);
            self.more = true;
        }
        rows
    }

    /// The accounts among those that are asked for that a row names.
    pub(super) fn accounts_named_by(&self, row: RowId) -> Vec<Account> {
        let named = self.naming.get(&row);
        named
            .into_iter()
            .flatten()
            .filter_map(|idx| self.accounts.get(*idx).cloned())
            .collect()
    }
}
