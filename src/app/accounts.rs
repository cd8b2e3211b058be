//! The chart of accounts: a tree from the flat list of accounts, folded and unfolded.
//!
//! Orphans become roots, and an account that is its own ancestor is cut loose, so that every account is shown once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::field::Field;
use crate::domain::list::Coverage;
use crate::domain::question::Puzzle;
use crate::domain::record::{Id, Record};
use crate::search::facts::{self, Facts};
use crate::search::fold;
use crate::search::language::{self, Query};

use super::list::{Step, keep_visible};
use super::remote::Remote;

/// An account in its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The account.
    pub record: Record,
    /// How deep; roots are 1.
    pub depth: u8,
    /// Positions of its children in [`Tree::nodes`].
    pub children: Vec<usize>,
    /// Position of its parent.
    pub parent: Option<usize>,
}

/// All accounts, parents before their children, in the order of their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The accounts in the order in which an unfolded tree shows them.
    pub nodes: Vec<Node>,
    /// How much of the chart is here.
    pub coverage: Coverage,
}

/// What a chart is narrowed to. Those above an account that fits are shown with it, so that its place is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartOnly {
    /// As typed: a SAT grouping code (`101.01`), the beginning of an own code, words of a name, or a question as any
    /// list takes it.
    pub text: String,
    /// The text as a question; follows from it.
    asked: Query,
    /// Only postable accounts without a SAT grouping code.
    pub uncoded: bool,
}

impl ChartOnly {
    /// Narrows the chart to what answers this text, besides what it is narrowed to otherwise.
    pub fn ask(&mut self, text: &str, today: Date) {
        text.clone_into(&mut self.text);
        self.asked = language::parse(text, today);
    }

    /// What of the text is not understood: then nothing fits.
    pub fn puzzle(&self) -> Option<&Puzzle> {
        self.asked.puzzles.first()
    }

    /// Whether an account is one of those that are looked for.
    pub fn fits(&self, account: &Record) -> bool {
        let coded = !account.text(Field::NominalCode).is_empty();
        if self.uncoded && (coded || account.flag(Field::Header)) {
            return false;
        }
        let text = self.text.trim();
        if text.is_empty() {
            return true;
        }
        let sat = account.text(Field::NominalCode);
        // With its point it can be nothing but a SAT code: own codes that look alike are other accounts.
        if text.contains('.') && text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return sat.starts_with(text);
        }
        if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            let typed = fold::squeezed(text);
            let own = fold::squeezed(account.text(Field::Code));
            return own.starts_with(&typed) || sat.starts_with(text);
        }
        if self.puzzle().is_some() {
            return false;
        }
        // Accounts are called by the names of months and states (`IVA por cobrar`), which mean nothing else here.
        let name = fold::words(account.text(Field::Name));
        let mut typed = fold::words(text);
        if typed.is_empty() {
            typed.push_str(text);
        }
        let is_named = typed
            .split_whitespace()
            .all(|typed| name.split(' ').any(|word| word.starts_with(typed)));
        is_named || self.answers(account)
    }

    /// Whether an account answers the text as a question; it is one of those that it names itself.
    fn answers(&self, account: &Record) -> bool {
        let mut facts = Facts::of(account);
        facts.accounts.push(facts::Account {
            name: facts.name.clone(),
            codes: facts.codes.clone(),
        });
        !self.asked.is_empty() && self.asked.explain(&facts).is_some()
    }
}

/// State of the page.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    /// The chart; replaced whole when it was read again.
    pub tree: Remote<Tree>,
    /// What the chart is narrowed to; changed by typing and by a key.
    pub only: ChartOnly,
    /// Accounts whose children are shown; without meaning while the chart is narrowed.
    pub open: BTreeSet<Id>,
    /// Positions in the tree of the rows that are visible, from the top; follows from `tree` and `open`.
    pub rows: Vec<usize>,
    /// Index of the selected row.
    pub selected: usize,
    /// Index of the first row on screen.
    pub top: usize,
}

impl Tree {
    /// The tree that these accounts make.
    pub fn new(mut accounts: Vec<Record>, coverage: Coverage) -> Self {
        accounts.sort_by(|a, b| (a.text(Field::Code), &a.id).cmp(&(b.text(Field::Code), &b.id)));
        let ids: BTreeSet<&Id> = accounts.iter().map(|account| &account.id).collect();
        let mut children: BTreeMap<Option<Id>, Vec<usize>> = BTreeMap::new();
        for (idx, account) in accounts.iter().enumerate() {
            let parent = account
                .link(Field::Parent)
                .map(|link| link.id.clone())
                .filter(|parent| ids.contains(parent) && *parent != account.id);
            children.entry(parent).or_default().push(idx);
        }
        let mut tree = Self {
            nodes: Vec::with_capacity(accounts.len()),
            coverage,
        };
        let mut placed = vec![false; accounts.len()];
        for root in children.get(&None).cloned().unwrap_or_default() {
            tree.place(&accounts, &children, &mut placed, root, None);
        }
        // Whoever hangs in a circle has no root above: cut the circle at its first account.
        for idx in 0..accounts.len() {
            tree.place(&accounts, &children, &mut placed, idx, None);
        }
        tree
    }

    /// Puts an account and all below it behind what is there. With a stack of its own: a chart may be as deep as
    /// somebody made it.
    fn place(
        &mut self,
        accounts: &[Record],
        children: &BTreeMap<Option<Id>, Vec<usize>>,
        placed: &mut [bool],
        root: usize,
        parent: Option<usize>,
    ) {
        let mut waiting = vec![(root, parent)];
        while let Some((idx, parent)) = waiting.pop() {
            let (Some(account), Some(done)) = (accounts.get(idx), placed.get_mut(idx)) else {
                continue;
            };
            if std::mem::replace(done, true) {
                continue;
            }
            let position = self.nodes.len();
            let depth = parent
                .and_then(|parent| self.nodes.get(parent))
                .map_or(1, |parent| parent.depth.saturating_add(1));
            if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
                parent.children.push(position);
            }
            self.nodes.push(Node {
                record: account.clone(),
                depth,
                children: Vec::new(),
                parent,
            });
            let below = children.get(&Some(account.id.clone()));
            waiting.extend(
                below
                    .into_iter()
                    .flatten()
                    .rev()
                    .map(|child| (*child, Some(position))),
            );
        }
    }

    /// How deep the deepest account is.
    pub fn depth(&self) -> u8 {
        self.nodes.iter().map(|node| node.depth).max().unwrap_or(0)
    }
}

impl Accounts {
    /// The chart was read.
    pub fn arrived(&mut self, tree: Tree, height: usize) {
        let first = self.tree.value().is_none();
        let kept = self.selection().map(|node| node.record.id.clone());
        if first {
            self.open = tree
                .nodes
                .iter()
                .filter(|node| node.depth < 2)
                .map(|node| node.record.id.clone())
                .collect();
        }
        self.tree = Remote::Ready(tree);
        self.reflow(kept, height);
    }

    /// Whether anything narrows the chart.
    pub fn is_narrowed(&self) -> bool {
        self.only.uncoded || !self.only.text.trim().is_empty()
    }

    /// Accounts that fit what the chart is narrowed to.
    pub fn fitting(&self) -> usize {
        self.tree.value().map_or(0, |tree| {
            tree.nodes
                .iter()
                .filter(|node| self.only.fits(&node.record))
                .count()
        })
    }

    /// What narrows the chart changed: the selection goes to the first account that fits, or stays where all are shown.
    pub fn narrow(&mut self, height: usize) {
        let first = self
            .tree
            .value()
            .filter(|_| self.is_narrowed())
            .and_then(|tree| {
                tree.nodes
                    .iter()
                    .find(|node| self.only.fits(&node.record))
                    .map(|node| node.record.id.clone())
            });
        let kept = first.or_else(|| self.selection().map(|node| node.record.id.clone()));
        if !self.is_narrowed() {
            self.open_above(kept.as_ref());
        }
        self.reflow(kept, height);
    }

    /// Unfolds whatever is above an account, so that it is visible.
    fn open_above(&mut self, id: Option<&Id>) {
        let Some(tree) = self.tree.value() else {
            return;
        };
        let node = tree.nodes.iter().find(|node| Some(&node.record.id) == id);
        let mut above = node.and_then(|node| node.parent);
        while let Some(parent) = above.and_then(|idx| tree.nodes.get(idx)) {
            self.open.insert(parent.record.id.clone());
            above = parent.parent;
        }
    }

    /// Moves the selection to the next account that fits, past those that are only above one.
    fn step_fitting(&mut self, rows: i64, height: usize) {
        let before = self.selected;
        let distance = usize::try_from(rows.unsigned_abs()).unwrap_or(usize::MAX);
        let fitting: Vec<usize> = (0..self.rows.len())
            .filter(|row| {
                self.node(*row)
                    .is_some_and(|node| self.only.fits(&node.record))
            })
            .collect();
        let next = if rows < 0 {
            let above = fitting.iter().rev().filter(|row| **row < before);
            above.take(distance).last()
        } else {
            let below = fitting.iter().filter(|row| **row > before);
            below.take(distance).last()
        };
        self.selected = next.copied().unwrap_or(before);
        self.top = keep_visible(self.top, self.selected, height);
    }

    /// The account of a visible row.
    pub fn node(&self, row: usize) -> Option<&Node> {
        let tree = self.tree.value()?;
        self.rows.get(row).and_then(|idx| tree.nodes.get(*idx))
    }

    /// The selected account.
    pub fn selection(&self) -> Option<&Node> {
        self.node(self.selected)
    }

    /// Moves over visible rows.
    pub fn step(&mut self, step: Step, height: usize) {
        if let (Step::By(rows @ (1.. | ..=-1)), true) = (step, self.is_narrowed()) {
            self.step_fitting(rows, height);
            return;
        }
        self.selected = step.apply(self.selected, self.rows.len());
        self.top = keep_visible(self.top, self.selected, height);
    }

    /// Shows the children of the selected account; whether there were any to show.
    pub fn unfold(&mut self, height: usize) -> bool {
        let Some(node) = self.selection().filter(|node| !node.children.is_empty()) else {
            return false;
        };
        let id = node.record.id.clone();
        let opened = self.open.insert(id.clone());
        self.reflow(Some(id), height);
        opened
    }

    /// Hides the children of the selected account, or goes to its parent; whether there was either.
    pub fn fold(&mut self, height: usize) -> bool {
        let Some(node) = self.selection() else {
            return false;
        };
        let id = node.record.id.clone();
        let (has_children, parent) = (!node.children.is_empty(), node.parent);
        if has_children && self.open.remove(&id) {
            self.reflow(Some(id), height);
            return true;
        }
        let parent = parent
            .and_then(|idx| self.tree.value()?.nodes.get(idx))
            .map(|parent| parent.record.id.clone());
        match parent {
            Some(parent) => {
                self.select(&parent, height);
                true
            }
            None => false,
        }
    }

    /// Shows the tree down to this depth and no deeper.
    pub fn show_depth(&mut self, depth: u8, height: usize) {
        let Some(tree) = self.tree.value() else {
            return;
        };
        self.open = tree
            .nodes
            .iter()
            .filter(|node| node.depth < depth && !node.children.is_empty())
            .map(|node| node.record.id.clone())
            .collect();
        let kept = self.ancestor_within(depth);
        self.reflow(kept, height);
    }

    /// Selects an account that is visible.
    fn select(&mut self, id: &Id, height: usize) {
        let row = self.tree.value().and_then(|tree| {
            self.rows.iter().position(|idx| {
                tree.nodes
                    .get(*idx)
                    .is_some_and(|node| node.record.id == *id)
            })
        });
        if let Some(row) = row {
            self.selected = row;
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        self.top = keep_visible(self.top, self.selected, height);
    }

    /// The selected account, or the ancestor of it that this depth still shows.
    fn ancestor_within(&self, depth: u8) -> Option<Id> {
        let tree = self.tree.value()?;
        let mut node = self.selection()?;
        while node.depth > depth {
            node = tree.nodes.get(node.parent?)?;
        }
        Some(node.record.id.clone())
    }

    /// The accounts that fit, each with those above it.
    fn narrowed(&self, tree: &Tree) -> Vec<usize> {
        let mut shown = vec![false; tree.nodes.len()];
        for (idx, node) in tree.nodes.iter().enumerate() {
            if !self.only.fits(&node.record) {
                continue;
            }
            let mut at = Some(idx);
            while let Some(flag) = at.and_then(|idx| shown.get_mut(idx)) {
                if std::mem::replace(flag, true) {
                    break;
                }
                at = at.and_then(|idx| tree.nodes.get(idx)?.parent);
            }
        }
        let shown = shown.iter().enumerate();
        shown
            .filter(|(_, shown)| **shown)
            .map(|(idx, _)| idx)
            .collect()
    }

    fn reflow(&mut self, kept: Option<Id>, height: usize) {
        let Some(tree) = self.tree.value() else {
            return;
        };
        if self.is_narrowed() {
            self.rows = self.narrowed(tree);
            match kept {
                Some(id) => self.select(&id, height),
                None => self.step(Step::By(0), height),
            }
            return;
        }
        let mut shown = vec![false; tree.nodes.len()];
        let mut rows = Vec::new();
        for (idx, node) in tree.nodes.iter().enumerate() {
            let visible = match node.parent {
                None => true,
                Some(parent) => {
                    shown.get(parent).copied().unwrap_or(false)
                        && tree
                            .nodes
                            .get(parent)
                            .is_some_and(|parent| self.open.contains(&parent.record.id))
                }
            };
            if visible {
                if let Some(flag) = shown.get_mut(idx) {
                    *flag = true;
                }
                rows.push(idx);
            }
        }
        self.rows = rows;
        match kept {
            Some(id) => self.select(&id, height),
            None => self.step(Step::By(0), height),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::kind::Kind;
    use crate::domain::record::Link;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 5, 20);

    fn account(id: &str, code: &str, parent: Option<&str>) -> Record {
        let mut record = Record::new(Kind::LedgerAccounts, Id::from(id));
        record.set(Field::Code, Value::Text(code.into()));
        record.set_some(
            Field::Parent,
            parent.map(|id| {
                Value::Link(Link {
                    id: Id::from(id),
                    name: String::new(),
                })
            }),
        );
        record
    }

    fn chart() -> Accounts {
        let mut page = Accounts::default();
        let records = vec![
            account("5", "101-01-001", Some("4")),
            account("1", "100", None),
            account("4", "101-01", Some("2")),
            account("2", "101", Some("1")),
            account("9", "200", None),
        ];
        page.arrived(Tree::new(records, Coverage::default()), 10);
        page
    }

    fn codes(page: &Accounts) -> Vec<String> {
        (0..page.rows.len())
            .filter_map(|row| page.node(row))
            .map(|node| node.record.text(Field::Code).to_owned())
            .collect()
    }

    #[test]
    fn a_sat_code_is_answered_with_all_accounts_that_share_it_under_their_parents() {
        let mut page = Accounts::default();
        let coded = |id: &str, code: &str, parent: Option<&str>, sat: &str| {
            let mut record = account(id, code, parent);
            record.set(Field::NominalCode, Value::Text(sat.into()));
            record
        };
        let records = vec![
            coded("1", "100", None, "100"),
            coded("2", "101", Some("1"), "101"),
            coded("3", "101-01-001", Some("2"), "101.01"),
            coded("4", "101-01-002", Some("2"), "102.01"),
            coded("5", "999-00", Some("1"), "101.01"),
            account("6", "888", None),
        ];
        page.arrived(Tree::new(records, Coverage::default()), 10);
        page.only.ask("101.01", TODAY);
        page.narrow(10);
        assert_eq!(codes(&page), ["100", "101", "101-01-001", "999-00"]);
        assert_eq!(page.fitting(), 2);
        let selected = |page: &Accounts| {
            page.selection()
                .map(|node| node.record.text(Field::Code).to_owned())
        };
        assert_eq!(selected(&page).as_deref(), Some("101-01-001"));
        page.step(Step::By(1), 10);
        assert_eq!(selected(&page).as_deref(), Some("999-00"));
        page.step(Step::By(1), 10);
        assert_eq!(selected(&page).as_deref(), Some("999-00"));
        page.only = ChartOnly {
            uncoded: true,
            ..ChartOnly::default()
        };
        page.narrow(10);
        assert_eq!(codes(&page), ["888"]);
        page.only = ChartOnly::default();
        page.narrow(10);
        assert!(codes(&page).contains(&"888".to_owned()));
    }

    #[test]
    fn the_chart_is_asked_in_the_language_of_every_list_and_by_names_that_sound_like_a_state() {
        let named = |id: &str, code: &str, name: &str, sat: &str| {
            let mut record = account(id, code, None);
            record.set(Field::Name, Value::Text(name.into()));
            record.set(Field::NominalCode, Value::Text(sat.into()));
            record
        };
        let records = [
            named("1", "101-01", "Caja y efectivo", "101.01"),
            named("2", "102-01", "Banamex 4711", "102.01"),
            named("3", "118-01", "IVA por cobrar", "118.01"),
            named("4", "201-01", "Pagos de marzo", "201.01"),
        ];
        for (text, expected) in [
            ("caja", &["1"][..]),
            ("efec caja", &["1"]),
            ("banamex 4711", &["2"]),
            ("codigo:102", &["2"]),
            ("codigo:102.01", &["2"]),
            ("cuenta:banamex", &["2"]),
            ("cuenta:101-01 caja", &["1"]),
            ("tipo:cuenta iva", &["3"]),
            ("iva por cobrar", &["3"]),
            ("por cobrar", &["3"]),
            ("pagos marzo", &["4"]),
            ("101", &["1"]),
            ("118.01", &["3"]),
            ("tipo:pago", &[]),
            ("cliente:caja", &[]),
            (">100", &[]),
            ("clinte:caja", &[]),
            ("codigo:", &[]),
            ("🦆", &[]),
        ] {
            let mut only = ChartOnly::default();
            only.ask(text, TODAY);
            let fitting: Vec<&str> = records
                .iter()
                .filter(|account| only.fits(account))
                .map(|account| account.id.as_str())
                .collect();
            assert_eq!(fitting, expected, "{text}");
            let is_puzzle = matches!(text, "clinte:caja" | "codigo:");
            assert_eq!(only.puzzle().is_some(), is_puzzle, "{text}");
        }
    }

    #[test]
    fn a_digit_sets_the_depth() {
        let mut page = chart();
        assert_eq!(codes(&page), ["100", "101", "200"]);
        page.show_depth(1, 10);
        assert_eq!(codes(&page), ["100", "200"]);
        page.show_depth(5, 10);
        assert_eq!(codes(&page), ["100", "101", "101-01", "101-01-001", "200"]);
    }

    #[test]
    fn folding_twice_leads_to_the_parent() {
        let mut page = chart();
        page.show_depth(5, 10);
        page.step(Step::By(2), 10);
        assert!(page.fold(10));
        assert_eq!(codes(&page), ["100", "101", "101-01", "200"]);
        assert!(page.fold(10));
        assert_eq!(page.selected, 1);
    }

    #[test]
    fn orphans_and_circles_are_shown_once() {
        let records = vec![
            account("1", "1", Some("nowhere")),
            account("2", "2", Some("3")),
            account("3", "3", Some("2")),
            account("4", "4", Some("4")),
        ];
        let tree = Tree::new(records, Coverage::default());
        assert_eq!(tree.nodes.len(), 4);
        assert_eq!(tree.depth(), 2);
    }

    #[test]
    fn a_smaller_depth_keeps_the_selection_on_the_branch() {
        let mut page = chart();
        page.show_depth(5, 10);
        page.step(Step::By(3), 10);
        page.show_depth(2, 10);
        assert_eq!(
            page.selection().map(|n| n.record.text(Field::Code)),
            Some("101")
        );
    }
}
