//! The chart of accounts as a tree: own code, name, SAT grouping code; headers and postable accounts told apart.

use ratatui::layout::Rect;

use crate::app::accounts::{Accounts, Node};
use crate::app::model::Model;
use crate::app::msg::Target;
use crate::domain::field::Field;

use super::mask::Veil;
use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns of the own code.
const CODE: u16 = 14;
/// Columns of the SAT's grouping code.
const GROUPING: u16 = 8;
/// Columns of the word that tells headers and postable accounts apart.
const SORT: u16 = 11;

/// What the chart is narrowed to, for the line of the place; empty for a whole one.
pub fn narrowed(model: &Model, accounts: &Accounts) -> String {
    let words = &model.words;
    let mut text = String::new();
    if accounts.only.uncoded {
        text.push_str(" › ");
        text.push_str(&words.text("accounts-uncoded"));
    }
    if !accounts.only.text.trim().is_empty() {
        let typed = super::seen(model, accounts.only.text.trim());
        text.push_str(&format!(" › «{typed}»"));
    }
    if accounts.is_narrowed() {
        let fitting = crate::words::count(accounts.fitting());
        text.push_str(&format!(" · {fitting}"));
    }
    text
}

/// Paints the tree.
pub fn draw(painter: &mut Painter<'_, '_>, accounts: &Accounts, area: Rect) {
    let Some(tree) = accounts.tree.value() else {
        let text = match accounts.tree.trouble() {
            Some(trouble) => super::trouble_text(painter.model, trouble),
            None => painter.model.words.text("loading"),
        };
        painter.put(row_of(area, 1), &format!(" {text}"), Role::Dim);
        return;
    };
    if let Some(puzzle) = accounts.only.puzzle() {
        let text = painter.model.words.puzzle(puzzle);
        painter.put(row_of(area, 1), &format!(" {text}"), Role::Warning);
        return;
    }
    let cells = |row: Rect| {
        let inside = Rect {
            x: row.x.saturating_add(1),
            width: row.width.saturating_sub(2),
            ..row
        };
        let right = CODE + GROUPING + SORT + 3;
        let name = inside.width.saturating_sub(right);
        let at = |x: u16, width: u16| Rect {
            x: inside.x.saturating_add(x.min(inside.width)),
            width: width.min(inside.width.saturating_sub(x)),
            ..inside
        };
        (
            at(0, name),
            at(name + 1, CODE),
            at(name + CODE + 2, GROUPING),
            at(name + CODE + GROUPING + 3, SORT),
        )
    };
    let (name, code, grouping, sort) = cells(row_of(area, 0));
    let words = &painter.model.words;
    let heads = [
        (name, words.column(Field::Name)),
        (code, words.column(Field::Code)),
        (grouping, words.column(Field::NominalCode)),
        (sort, words.text("account-sort")),
    ];
    for (cell, head) in heads {
        painter.put(cell, &head, Role::Dim);
    }
    let height = usize::from(area.height.saturating_sub(1));
    for (y, (idx, node)) in (accounts.top..accounts.rows.len())
        .filter_map(|idx| accounts.node(idx).map(|node| (idx, node)))
        .take(height)
        .enumerate()
    {
        let line = row_of(area, u16::try_from(y + 1).unwrap_or(u16::MAX));
        let (name, code, grouping, sort) = cells(line);
        let header = node.record.flag(Field::Header);
        // What only leads to an account that is looked for steps back behind it.
        let role = match header {
            _ if accounts.is_narrowed() && !accounts.only.fits(&node.record) => Role::Dim,
            true => Role::Title,
            false => Role::Text,
        };
        let before = painter.veil(Veil::All);
        painter.put(name, &label(accounts, node), role);
        painter.veil(before);
        painter.put(code, node.record.text(Field::Code), role);
        painter.put(grouping, node.record.text(Field::NominalCode), Role::Dim);
        let word = painter.model.words.text(if header {
            "account-header"
        } else {
            "account-postable"
        });
        painter.put(sort, &word, Role::Dim);
        if idx == accounts.selected {
            painter.tint(line, Role::Selected);
        }
        painter.hit(line, Target::Row(idx));
    }
    if tree.nodes.is_empty() {
        let text = painter.model.words.text("list-empty");
        painter.put(row_of(area, 2), &format!(" {text}"), Role::Dim);
    }
}

/// Depth by two blanks a level, a sign for what can be unfolded, the name.
fn label(accounts: &Accounts, node: &Node) -> String {
    let sign = match (
        node.children.is_empty(),
        accounts.is_narrowed() || accounts.open.contains(&node.record.id),
    ) {
        (true, _) => "·",
        (false, true) => "▾",
        (false, false) => "▸",
    };
    let indent = "  ".repeat(usize::from(node.depth.saturating_sub(1)));
    format!("{indent}{sign} {}", node.record.text(Field::Name))
}
