//! Where the money of a record went: the documents of a payment, the payments of a document, the sides of a póliza.

use unicode_width::UnicodeWidthStr;

use crate::app::model::Model;
use crate::domain::money::Money;
use crate::domain::record::{Link, Record, Side};
use crate::words;

use super::super::painter::fit;
use super::super::theme::Role;
use super::Row;

/// Columns of an amount.
const AMOUNT: usize = 14;

/// The documents that a payment or a credit note went to, or the payments that came.
pub(super) fn allocations(model: &Model, record: &Record, width: usize) -> Vec<Row> {
    if record.allocations.is_empty() {
        return Vec::new();
    }
    let room = width.saturating_sub(AMOUNT + 1).clamp(10, 40);
    let text = &model.words;
    let mut rows = vec![
        plain(String::new(), Role::Text),
        plain(
            line(
                &text.text("form-document"),
                room,
                &[text.text("form-applied")],
            ),
            Role::Dim,
        ),
    ];
    rows.extend(record.allocations.iter().map(|allocation| {
        let amount = words::amount(allocation.amount);
        let document = name(model, allocation.document.as_ref());
        plain(line(&document, room, &[amount]), Role::Text)
    }));
    rows
}

/// Debits and credits.
pub(super) fn postings(model: &Model, record: &Record, width: usize) -> Vec<Row> {
    if record.postings.is_empty() {
        return Vec::new();
    }
    let room = width.saturating_sub(2 * (AMOUNT + 1)).max(10);
    let text = &model.words;
    let heads = [text.text("form-debit"), text.text("form-credit")];
    let account = text.field(crate::domain::field::Field::LedgerAccount);
    let mut rows = vec![
        plain(String::new(), Role::Text),
        plain(line(&account, room, &heads), Role::Dim),
    ];
    for posting in &record.postings {
        let on = |side: Side| match posting.side == Some(side) {
            true => words::amount(posting.amount),
            false => String::new(),
        };
        let called = match posting
            .account
            .as_ref()
            .and_then(|link| model.account(&link.id))
        {
            Some(account) => crate::app::form::balancing::label(account),
            None => name(model, posting.account.as_ref()),
        };
        let amounts = [on(Side::Debit), on(Side::Credit)];
        rows.push(plain(line(&called, room, &amounts), Role::Text));
        if !posting.description.is_empty() {
            rows.push(plain(format!("  {}", posting.description), Role::Dim));
        }
    }
    let sum = |side| -> Option<Money> {
        let of = record.postings.iter().filter(|one| one.side == Some(side));
        of.map(|posting| posting.amount).sum::<Option<Money>>()
    };
    let sums = [
        words::amount(sum(Side::Debit)),
        words::amount(sum(Side::Credit)),
    ];
    rows.push(plain(line("", room, &sums), Role::Title));
    rows
}

/// What is told of another record. An id is called one, so that nobody takes it for a folio.
fn name(model: &Model, link: Option<&Link>) -> String {
    match link {
        None => "—".to_owned(),
        Some(link) if link.name.is_empty() => {
            let id = link.id.as_str();
            model.words.with("record-id", &[("id", id.into())])
        }
        Some(link) => link.name.clone(),
    }
}

fn plain(text: String, role: Role) -> Row {
    Row {
        label: String::new(),
        text,
        role,
    }
}

/// A name and amounts at the right, in columns.
fn line(name: &str, room: usize, amounts: &[String]) -> String {
    let name = fit(name, room);
    let fill = " ".repeat(room.saturating_sub(name.width()));
    let amounts: String = (amounts.iter())
        .map(|amount| format!(" {amount:>AMOUNT$}"))
        .collect();
    format!("{name}{fill}{amounts}")
}
