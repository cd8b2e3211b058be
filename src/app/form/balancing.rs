//! Pólizas: accounts understood from what is typed, and what is missing to make debits and credits equal.
//!
//! An account is understood while it is typed: the exact code, else the best of what matches; and what it was understood
//! as is always in sight. A header account is refused at once, with its reason.

use crate::domain::field::Field;
use crate::domain::money::Money;
use crate::domain::record::{Link, Record, Side};
use crate::domain::spec::Cell;
use crate::domain::status::Status;
use crate::search::fold;

use super::super::keymap::Action;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::notice::{Notice, Tone};
use super::editing::changed;
use super::marks::Mark;
use super::rows::PostingRow;
use super::spot::Spot;
use super::{Form, on_top, reading};

/// What a typed text says about the chart of accounts.
#[derive(Clone, Debug, PartialEq)]
pub enum Understood<'a> {
    /// Nothing was typed.
    Nothing,
    /// These accounts take postings and match, the best first.
    Accounts(Vec<&'a Record>),
    /// Only a header account is meant.
    Header(&'a Record),
    /// No account matches.
    Unknown,
}

/// How an account is called where it is typed: its own code and its name.
pub fn label(account: &Record) -> String {
    match account.text(Field::Code) {
        "" => account.title().to_owned(),
        code => format!("{code} {}", account.title()),
    }
}

/// Whether an account takes postings (contract 5.3).
pub fn is_postable(account: &Record) -> bool {
    !account.flag(Field::Header) && account.status() != Status::Inactive
}

/// What a typed text says: who types a whole code means that account and no other.
pub fn understand<'a>(chart: &'a [Record], typed: &str) -> Understood<'a> {
    let code = fold::squeezed(typed);
    if code.is_empty() {
        return Understood::Nothing;
    }
    let code_of = |account: &Record| fold::squeezed(account.text(Field::Code));
    if let Some(meant) = chart.iter().find(|account| code_of(account) == code) {
        return match is_postable(meant) {
            true => Understood::Accounts(vec![meant]),
            false => Understood::Header(meant),
        };
    }
    let words = fold::words(typed);
    let mut matches: Vec<(u8, &Record)> = chart
        .iter()
        .filter_map(|account| Some((rank(account, &code_of(account), &code, &words)?, account)))
        .collect();
    // Equal ones stay in the order of the chart.
    matches.sort_by_key(|(rank, _)| *rank);
    let (open, barred): (Vec<_>, Vec<_>) = matches
        .into_iter()
        .map(|(_, account)| account)
        .partition(|account| is_postable(account));
    match (open.is_empty(), barred.first()) {
        (false, _) => Understood::Accounts(open),
        (true, Some(header)) => Understood::Header(header),
        (true, None) => Understood::Unknown,
    }
}

/// How well an account matches; the lower, the better. None where it does not.
fn rank(account: &Record, own: &str, code: &str, words: &str) -> Option<u8> {
    let name = fold::words(account.text(Field::Name));
    let begins = |word: &str| name.split(' ').any(|own| own.starts_with(word));
    if !own.is_empty() && own.starts_with(code) {
        Some(0)
    } else if name == words {
        Some(1)
    } else if name.starts_with(words) {
        Some(2)
    } else if words.split(' ').all(begins) {
        Some(3)
    } else if words.split(' ').all(|word| name.contains(word)) {
        Some(4)
    } else {
        None
    }
}

impl Form {
    /// Understands the accounts that were typed since the last time.
    pub(super) fn understand_accounts(&mut self, chart: &[Record]) {
        for row in self.content.rows.postings_mut() {
            match row.is_settled() {
                true => name_in_full(row, chart),
                false => understand_row(row, chart),
            }
        }
        for row in self.opened.rows.postings_mut() {
            name_in_full(row, chart);
        }
    }

    /// What the postings come to on both sides; none where a text is no amount.
    pub(super) fn sides(&self) -> Option<(Money, Money)> {
        let rows = self.content.rows.postings();
        let readable = |text: &str| reading::amount(text).is_ok();
        if !(rows.iter()).all(|row| readable(&row.debit) && readable(&row.credit)) {
            return None;
        }
        let sum = |side| rows.iter().filter_map(|row| row.amount(side)).sum();
        Some((sum(Side::Debit), sum(Side::Credit)))
    }

    /// On which side something is missing, and how much; none where both are equal, or where an amount is unknown.
    pub fn missing_side(&self) -> Option<(Side, Money)> {
        lacking(self.sides()?)
    }

    /// Puts what is missing into a row, on the side where it is missing. What the row held counts as not there yet.
    fn balance_row(&mut self, number: usize) -> bool {
        let Some((debits, credits)) = self.sides() else {
            return false;
        };
        let Some(row) = self.content.rows.postings().get(number) else {
            return false;
        };
        let own = |side| row.amount(side).unwrap_or(Money::ZERO);
        let without = (debits - own(Side::Debit), credits - own(Side::Credit));
        let Some((side, amount)) = lacking(without) else {
            return false;
        };
        self.remember();
        if let Some(row) = self.content.rows.postings_mut().get_mut(number) {
            row.put(side, amount);
        }
        self.focus_on(Spot::Cell {
            row: number,
            cell: cell_of(side),
        });
        true
    }

    /// Where the amount of a row is to be typed: on the side on which it is missing.
    pub(super) fn amount_spot(&self, row: usize) -> Spot {
        let held = self.content.rows.postings().get(row);
        let side = match held {
            Some(held) if !held.debit.trim().is_empty() => Side::Debit,
            Some(held) if !held.credit.trim().is_empty() => Side::Credit,
            _ => self.missing_side().map_or(Side::Debit, |(side, _)| side),
        };
        Spot::Cell {
            row,
            cell: cell_of(side),
        }
    }
}

/// The side on which something is missing, and how much.
pub fn lacking((debits, credits): (Money, Money)) -> Option<(Side, Money)> {
    match debits.cmp(&credits) {
        std::cmp::Ordering::Less => Some((Side::Debit, credits - debits)),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some((Side::Credit, debits - credits)),
    }
}

fn cell_of(side: Side) -> Cell {
    match side {
        Side::Debit => Cell::Debit,
        Side::Credit => Cell::Credit,
    }
}

fn understand_row(row: &mut PostingRow, chart: &[Record]) {
    let account = match understand(chart, &row.typed) {
        Understood::Accounts(accounts) => accounts.first().copied(),
        Understood::Nothing | Understood::Header(_) | Understood::Unknown => None,
    };
    row.account = account.map(link_of);
    row.label = account.map_or_else(String::new, label);
}

fn link_of(account: &Record) -> Link {
    Link {
        id: account.id.clone(),
        name: account.title().to_owned(),
    }
}

/// An account that was read with the póliza is called as the chart calls it.
fn name_in_full(row: &mut PostingRow, chart: &[Record]) {
    let Some(link) = row.account.clone().filter(|_| row.is_settled()) else {
        return;
    };
    if let Some(account) = chart.iter().find(|account| account.id == link.id) {
        row.put_account(link, label(account));
    }
}

/// `=`: fills what balances.
pub(super) fn order(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let filled = match (action, form.focus) {
        (Action::Fill, Spot::Cell { row, .. }) => form.balance_row(row),
        _ => false,
    };
    changed(model);
    if !filled {
        model.say(Notice::new(Tone::Info, "form-nothing-to-balance"));
    }
    Vec::new()
}

/// What is to be said about a póliza.
pub(super) fn judge(model: &Model, form: &Form, marks: &mut Vec<Mark>) {
    let rows = form.content.rows.postings();
    let filled = || form.content.rows.filled();
    for number in filled() {
        let Some(row) = rows.get(number) else {
            continue;
        };
        if let Some(notice) = account_fault(model, form, row) {
            let cell = Cell::Account;
            marks.push(Mark::of(Spot::Cell { row: number, cell }, notice));
        }
        if let Some((cell, notice)) = amount_fault(form, row) {
            marks.push(Mark::of(Spot::Cell { row: number, cell }, notice));
        }
    }
    if !form.tried {
        return;
    }
    if filled().count() < 2 {
        marks.push(Mark::of_all(Notice::new(Tone::Error, "form-two-postings")));
    } else if let Some((side, amount)) = form.missing_side() {
        let side = match side {
            Side::Debit => "debits",
            Side::Credit => "credits",
        };
        let notice = Notice::new(Tone::Error, "form-unbalanced")
            .with("amount", amount.to_string())
            .with("side", side);
        marks.push(Mark::of_all(notice));
    }
}

fn account_fault(model: &Model, form: &Form, row: &PostingRow) -> Option<Notice> {
    let error = |words| Notice::new(Tone::Error, words);
    if row.is_settled() {
        let account = model.account(&row.account.as_ref()?.id)?;
        let header = account.flag(Field::Header);
        return header.then(|| error("form-header-chosen").with("account", row.label.clone()));
    }
    if model.chart.is_empty() {
        return Some(error("form-chart-pending"));
    }
    match understand(&model.chart, &row.typed) {
        Understood::Nothing => form.tried.then(|| error("form-missing-account")),
        Understood::Accounts(_) => None,
        Understood::Header(account) if account.flag(Field::Header) => {
            Some(error("form-header-chosen").with("account", label(account)))
        }
        Understood::Header(account) => {
            Some(error("form-account-inactive").with("account", label(account)))
        }
        Understood::Unknown => Some(error("form-unknown-account").with("text", row.typed.clone())),
    }
}

fn amount_fault(form: &Form, row: &PostingRow) -> Option<(Cell, Notice)> {
    let error = |words| Notice::new(Tone::Error, words);
    for (cell, text) in [(Cell::Debit, &row.debit), (Cell::Credit, &row.credit)] {
        match reading::amount(text).map(|amount| amount.map(Money::new)) {
            Err(reading::Unreadable) => {
                let notice = error("form-unreadable-amount").with("text", text.clone());
                return Some((cell, notice));
            }
            Ok(Some(amount)) if amount <= Money::ZERO => {
                return Some((cell, error("form-not-positive")));
            }
            Ok(Some(amount)) if amount != amount.rounded(2) => {
                return Some((cell, error("form-cents")));
            }
            Ok(_) => {}
        }
    }
    if row.has_both_sides() {
        return Some((Cell::Credit, error("form-both-sides")));
    }
    let empty = row.debit.trim().is_empty() && row.credit.trim().is_empty();
    (empty && form.tried).then(|| (Cell::Debit, error("form-missing-side")))
}
