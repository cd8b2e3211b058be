//! The search for what was typed with a slip: the same question once more, with the words that may have been meant.

use std::collections::{BTreeSet, HashSet};

use super::super::super::error::Fault;
use super::super::key::{self, RowId};
use super::super::spelling;
use super::Search;
use crate::domain::kind::Kind;
use crate::search::language::Meanings;
use crate::search::slips::{Beside, Typed};

/// From so many hits on nothing is guessed: what was meant is likely among them.
const GOOD: usize = 10;

impl Search<'_> {
    /// Adds what may have been meant, where what was typed found next to nothing: contacts first, then their documents
    /// as far as there is room. `exact` is how many hits there are as it was typed.
    pub(super) fn run_forgiving(&mut self, exact: usize) -> Result<(), Fault> {
        if exact >= GOOD {
            return Ok(());
        }
        let beside = match exact {
            0 => Beside::Nothing,
            _ => Beside::Something,
        };
        let words = self.query.forgivable();
        let typed: Vec<Typed> = words.filter_map(|word| Typed::new(word, beside)).collect();
        let rfcs: BTreeSet<String> = match beside {
            Beside::Nothing => self.query.forgivable_rfcs().collect(),
            Beside::Something => BTreeSet::new(),
        };
        let (mut meant, mut more) = (Meanings::new(), false);
        if !typed.is_empty() {
            (meant, more) = spelling::meant(self.conn, self.company, &typed)?;
        }
        if !rfcs.is_empty() {
            let (near, not_all) = spelling::near(self.conn, self.company, &rfcs)?;
            meant.extend(near);
            more |= not_all;
        }
        let Some(query) = self.query.forgiving(&meant) else {
            return Ok(());
        };
        self.more |= more;
        let is_contact = |owner: &i64| {
            matches!(
                key::kind_of(*owner),
                Some(Kind::Customers | Kind::Suppliers)
            )
        };
        let (contacts, documents): (Vec<i64>, Vec<i64>) =
            self.owners.iter().partition(|owner| is_contact(owner));
        // What is no answer as it was typed may be one now; what is one is not told twice.
        let told: HashSet<RowId> = self.standings.iter().map(|(_, row, _)| *row).collect();
        for owners in [contacts, documents] {
            let room = self.limit.saturating_sub(self.standings.len());
            let mut search = Search {
                owners,
                judged: told.clone(),
                labels: std::mem::take(&mut self.labels),
                ..Search::new(self.conn, self.company, &query, room, self.reach)
            };
            search.run_all()?;
            self.more |= search.more;
            self.standings.extend(search.standings);
            self.labels = search.labels;
        }
        Ok(())
    }
}
