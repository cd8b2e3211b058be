//! The box that finds: what is typed, and the hits so far. Hits arrive while typing and never move the cursor.

use jiff::civil::Date;

use crate::domain::kind::Kind;
use crate::domain::lately::Lately;
use crate::domain::list::{Coverage, Hit};
use crate::domain::profile::ProfileName;
use crate::domain::question::Puzzle;
use crate::search::language;

use super::line::Line;
use super::list::{Step, keep_visible};
use super::model::{Layer, Model};
use super::msg::{Effect, Request, Slot, Trouble};

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
    /// Index of the selected hit; while nothing is typed, of the question that was asked lately.
    pub selected: usize,
    /// Index of the first of them on screen.
    pub top: usize,
    /// Whether somebody selected that hit; else it is the first, whichever that is.
    pub chosen: bool,
    /// What was looked for lately, the last one first: shown while nothing is typed.
    pub lately: Lately,
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
            (self.selected, self.top, self.chosen) = (0, 0, false);
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
        let kept = kept.filter(|_| self.chosen);
        self.selected = kept.unwrap_or(0);
        self.chosen = kept.is_some();
        self.hits = hits;
        self.more = more;
        self.coverage = Some(coverage);
        self.searching = false;
        self.trouble = None;
        self.top = keep_visible(0, self.selected, height);
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.line.text().trim().is_empty()
    }

    /// Types the selected one of the questions that were asked lately; `false` where there is none.
    pub fn ask_again(&mut self) -> bool {
        let Some(text) = self.lately.texts().get(self.selected).cloned() else {
            return false;
        };
        self.line.set(&text);
        (self.selected, self.top, self.chosen) = (0, 0, false);
        true
    }

    /// What is typed has led to something: it is kept.
    pub fn note(&self) -> Option<Effect> {
        let text = self.line.text().trim();
        (!text.is_empty()).then(|| Effect::NoteQuestion(text.to_owned()))
    }

    /// The selected hit.
    pub fn selection(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }

    /// Moves the selection; `height` in hits.
    pub fn step(&mut self, step: Step, height: usize) {
        let (count, height) = match self.is_empty() {
            // One row each, below a title.
            true => {
                let rows = (height * ROWS_PER_HIT).saturating_sub(1);
                (self.lately.texts().len(), rows)
            }
            false => (self.hits.len(), height),
        };
        let before = self.selected;
        self.selected = step.apply(before, count);
        self.top = keep_visible(self.top, self.selected, height);
        self.chosen |= step != Step::By(0);
    }

    /// Selects the one that was pointed at.
    pub fn point_at(&mut self, idx: usize) {
        let count = match self.is_empty() {
            true => self.lately.texts().len(),
            false => self.hits.len(),
        };
        self.selected = idx.min(count.saturating_sub(1));
        self.chosen = true;
    }
}

/// Opens the box, with what was looked for lately as far as it is known.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.layers.push(Layer::Find(Find {
        lately: model.lately.clone(),
        ..Find::default()
    }));
    vec![model.ask(Slot::Lately, Request::Lately)]
}

/// What was looked for lately is known. In a box where somebody has begun to choose among it, or to type, nothing moves.
pub fn remember(model: &mut Model, lately: Lately) {
    model.lately = lately;
    for layer in &mut model.layers {
        if let Layer::Find(find) = layer
            && !(find.is_empty() && find.chosen)
        {
            find.lately = model.lately.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::{Id, Record};

    fn hits(ids: &[&str]) -> Vec<Hit> {
        let hit = |id: &&str| Hit {
            record: Record::new(Kind::Invoices, Id::from(*id)),
            why: Vec::new(),
            books: None,
        };
        ids.iter().map(hit).collect()
    }

    fn selected(find: &Find) -> &str {
        find.selection().map_or("", |hit| hit.record.id.as_str())
    }

    #[test]
    fn hits_that_arrive_leave_the_row_that_somebody_chose_even_the_first() {
        let mut find = Find::default();
        find.line.paste("xenon");
        find.arrived(hits(&["a", "b"]), false, Coverage::default(), 10);
        find.arrived(hits(&["c", "a", "b"]), false, Coverage::default(), 10);
        assert_eq!(selected(&find), "c", "nobody chose: the best stands first");
        find.step(Step::By(1), 10);
        find.step(Step::By(-1), 10);
        find.arrived(hits(&["d", "e", "c"]), false, Coverage::default(), 1);
        assert_eq!((selected(&find), find.top), ("c", 2));
        find.point_at(1);
        find.arrived(hits(&["e", "d"]), false, Coverage::default(), 10);
        assert_eq!(selected(&find), "e");
        find.arrived(hits(&["x", "y"]), false, Coverage::default(), 10);
        assert_eq!(selected(&find), "x", "what was chosen is no hit any more");
        find.arrived(hits(&["z", "x"]), false, Coverage::default(), 10);
        assert_eq!(selected(&find), "z");
    }

    #[test]
    fn in_an_empty_box_the_last_questions_are_chosen_and_asked_again() {
        let mut find = Find::default();
        assert!(!find.ask_again());
        for text in ["jimena", "11600 mar", "A-101"] {
            find.lately.note(text);
        }
        find.step(Step::By(1), 1);
        assert_eq!((find.selected, find.top), (1, 1));
        find.step(Step::Last, 10);
        find.step(Step::By(5), 10);
        assert_eq!(find.selected, 2);
        find.point_at(1);
        assert!(find.ask_again());
        assert_eq!(find.line.text(), "11600 mar");
        assert_eq!(find.selected, 0);
        assert_eq!(find.note(), Some(Effect::NoteQuestion("11600 mar".into())));
        find.line.set("  ");
        assert_eq!(find.note(), None);
    }
}
