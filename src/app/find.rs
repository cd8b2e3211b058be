//! The box that finds: what is typed, and the hits so far. Hits arrive while typing and never move the cursor.

use jiff::civil::Date;

use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Hit};
use crate::domain::profile::ProfileName;
use crate::domain::question::Puzzle;
use crate::search::language;

use super::line::Line;
use super::list::{Step, keep_visible};
use super::msg::{Request, Trouble};

/// Hits that are asked for at once. A person reads a screen of them, then types another word.
pub const HITS: usize = 50;

/// Kinds that the box looks through.
pub const SEARCHED: [Kind; 12] = [
    Kind::Invoices,
    Kind::CreditNotes,
    Kind::Quotes,
    Kind::Payments,
    Kind::Bills,
    Kind::PurchaseOrders,
    Kind::BillPayments,
    Kind::JournalEntries,
    Kind::Customers,
    Kind::Suppliers,
    Kind::InvoiceItems,
    Kind::LedgerAccounts,
];

/// Rows of the screen that a hit takes.
pub const ROWS_PER_HIT: usize = 2;

/// State of the box.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What is typed.
    pub line: Line,
    /// Best first; those of the text before stay until the new ones arrive.
    pub hits: Vec<Hit>,
    /// Whether there may be more than these.
    pub more: bool,
    /// How much was searched.
    pub coverage: Option<Coverage>,
    /// Index of the selected hit.
    pub selected: usize,
    /// Index of the first hit on screen.
    pub top: usize,
    /// Whether the books of all companies are looked through; changed by a key in the box.
    pub everywhere: bool,
    /// How many companies were looked through, where it was more than these books.
    pub companies: usize,
    /// Those of which nothing was ever read on this machine.
    pub unread: Vec<ProfileName>,
    /// Whether the hits are those of an older text.
    pub searching: bool,
    /// Whether Enter was pressed before the hits of this text were here: the first of them is opened when they come.
    pub eager: bool,
    /// Why the search failed.
    pub trouble: Option<Trouble>,
    /// What of the text was not understood: then nothing is looked for.
    pub puzzle: Option<Puzzle>,
}

impl Find {
    /// What to ask for the text as it is now; nothing for an empty box, or for a text that is not understood.
    /// `others` are the profiles of the other companies.
    pub fn request(&mut self, today: Date, others: &[ProfileName]) -> Option<Request> {
        self.eager = false;
        let text = self.line.text().trim();
        self.puzzle = language::parse(text, today).puzzles.into_iter().next();
        if text.is_empty() || self.puzzle.is_some() {
            self.hits.clear();
            self.more = false;
            self.coverage = None;
            self.trouble = None;
            self.searching = false;
            self.selected = 0;
            return None;
        }
        self.searching = true;
        let (text, kinds, limit) = (text.to_owned(), SEARCHED.to_vec(), HITS);
        Some(match self.everywhere {
            true => Request::FindEverywhere {
                text,
                kinds,
                limit,
                others: others.to_vec(),
            },
            false => Request::Find { text, kinds, limit },
        })
    }

    /// Hits arrived. The selection stays on its record where that is still among them.
    pub fn arrived(&mut self, hits: Vec<Hit>, more: bool, coverage: Coverage, height: usize) {
        let kept = self.selection().and_then(|old| {
            hits.iter().position(|hit| {
                let same = |hit: &Hit| (hit.record.kind, hit.record.id.clone(), hit.books.clone());
                same(hit) == same(old)
            })
        });
        self.selected = if self.selected == 0 {
            0
        } else {
            kept.unwrap_or(0)
        };
        self.hits = hits;
        self.more = more;
        self.coverage = Some(coverage);
        self.searching = false;
        self.trouble = None;
        self.top = keep_visible(0, self.selected, height);
    }

    /// The selected hit.
    pub fn selection(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }

    /// Moves the selection; `height` in hits.
    pub fn step(&mut self, step: Step, height: usize) {
        self.selected = step.apply(self.selected, self.hits.len());
        self.top = keep_visible(self.top, self.selected, height);
    }
}
