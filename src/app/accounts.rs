//! The chart of accounts: a tree from the flat list of accounts, folded and unfolded.
//!
//! Orphans become roots, and an account that is its own ancestor is cut loose, so that every account is shown once.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::field::Field;
use crate::domain::list::Coverage;
use crate::domain::record::{Id, Record};

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

/// State of the page.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    /// The chart; replaced whole when it was read again.
    pub tree: Remote<Tree>,
    /// Accounts whose children are shown.
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

    fn reflow(&mut self, kept: Option<Id>, height: usize) {
        let Some(tree) = self.tree.value() else {
            return;
        };
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
