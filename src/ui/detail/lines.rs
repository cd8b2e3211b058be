//! The rows of a document: what it bills, what it was applied to, what it is posted to. In a narrow page a line takes
//! two rows, so that neither its text nor its amounts are cut.

use unicode_width::UnicodeWidthStr;

use crate::app::form::balancing;
use crate::app::form::sums::net_of;
use crate::app::model::Model;
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Allocation, Line, Link, Posting, Record, Side};
use crate::words;

use super::super::painter::fit;
use super::super::theme::Role;
use super::Row;

/// Columns of quantity, price, discount and amount beside the text of a line.
const AMOUNTS: usize = 44;

/// Least columns of the text of a line that stands in one row.
const TEXT: usize = 22;

/// Columns of an amount.
const AMOUNT: usize = 14;

/// All rows of a record that are no single values; a blank row before each sort of them.
pub fn rows(model: &Model, record: &Record, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    if !record.lines.is_empty() {
        rows.push(Row::plain(String::new(), Role::Text));
        if width < AMOUNTS + TEXT {
            rows.extend(
                record
                    .lines
                    .iter()
                    .flat_map(|line| narrow(model, line, width)),
            );
        } else {
            rows.extend(wide(model, record, width));
        }
    }
    if !record.allocations.is_empty() {
        rows.push(Row::plain(String::new(), Role::Text));
        rows.push(match record.kind {
            Kind::PurchaseOrders => Row::plain(model.words.text("detail-billed"), Role::Dim),
            _ => head(model, "detail-applied", "detail-amount", width),
        });
        rows.extend(
            record
                .allocations
                .iter()
                .map(|allocation| applied(model, allocation, width)),
        );
    }
    if !record.postings.is_empty() {
        rows.push(Row::plain(String::new(), Role::Text));
        let amounts = format!(
            "{:>AMOUNT$} {:>AMOUNT$}",
            model.words.text("detail-debit"),
            model.words.text("detail-credit")
        );
        rows.push(Row::plain(
            beside(&model.words.text("detail-account"), &amounts, width),
            Role::Dim,
        ));
        let posted = |posting| posted(model, posting, width);
        rows.extend(record.postings.iter().map(posted));
        rows.push(balanced(&record.postings, width));
    }
    rows
}

/// What a line is called: its own text, else its item or account.
pub fn line_name(line: &Line) -> String {
    let item = line
        .item
        .as_ref()
        .or(line.account.as_ref())
        .map_or("", |link| link.name.as_str());
    match line.description.as_str() {
        "" => item.to_owned(),
        text => text.to_owned(),
    }
}

fn quantity(line: &Line) -> String {
    line.quantity.map_or_else(
        || "—".to_owned(),
        |quantity| quantity.normalize().to_string(),
    )
}

fn discount(line: &Line) -> String {
    line.discount_pct
        .filter(|discount| !discount.is_zero())
        .map_or_else(String::new, |discount| {
            format!("{} %", discount.normalize())
        })
}

fn wide(model: &Model, record: &Record, width: usize) -> Vec<Row> {
    let room = width.saturating_sub(AMOUNTS);
    let mut rows = vec![Row::plain(
        format!(
            "{:<room$} {:>9} {:>13} {:>6} {:>12}",
            model.words.text("line-description"),
            model.words.text("line-quantity"),
            model.words.text("line-price"),
            model.words.text("line-discount"),
            model.words.text("line-total"),
        ),
        Role::Dim,
    )];
    for line in &record.lines {
        rows.push(Row::plain(
            format!(
                "{} {:>9} {:>13} {:>6} {:>12}",
                padded(&line_name(line), room),
                quantity(line),
                words::amount(line.price),
                discount(line),
                words::amount(net_of(line)),
            ),
            Role::Text,
        ));
        rows.extend(keys_and_taxes(model, line));
    }
    rows
}

/// The text over the whole width, the amounts against the right edge of the next row.
fn narrow(model: &Model, line: &Line, width: usize) -> Vec<Row> {
    let mut sum = format!("{} × {}", quantity(line), words::amount(line.price));
    let discount = discount(line);
    if !discount.is_empty() {
        sum.push_str(" − ");
        sum.push_str(&discount);
    }
    let mut rows = vec![
        Row::plain(fit(&line_name(line), width), Role::Text),
        Row::plain(
            beside(&format!("  {sum}"), &words::amount(net_of(line)), width),
            Role::Text,
        ),
    ];
    rows.extend(keys_and_taxes(model, line));
    rows
}

fn keys_and_taxes(model: &Model, line: &Line) -> Option<Row> {
    let taxes: Vec<&str> = line.taxes.iter().map(|tax| tax.name.as_str()).collect();
    let keys: Vec<&str> = [line.product_key.as_deref(), line.unit.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let order = line.order.as_ref().map_or_else(String::new, |order| {
        let one = model.words.kind_one(Kind::PurchaseOrders);
        format!("{one} {}", called(model, Some(order)))
    });
    let parts = [
        keys.join(" "),
        taxes.join(", "),
        department(model, line),
        order,
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| Row::plain(format!("  {}", parts.join(" · ")), Role::Dim))
}

/// The department of a line by its name; by its id while the departments are not here.
fn department(model: &Model, line: &Line) -> String {
    let Some(link) = &line.department else {
        return String::new();
    };
    match model.department(&link.id) {
        Some(department) => department.title().to_owned(),
        None => called(model, Some(link)),
    }
}

fn head(model: &Model, left: &str, right: &str, width: usize) -> Row {
    let text = beside(&model.words.text(left), &model.words.text(right), width);
    Row::plain(text, Role::Dim)
}

fn applied(model: &Model, allocation: &Allocation, width: usize) -> Row {
    let kind = allocation
        .kind
        .map_or_else(String::new, |kind| model.words.kind_one(kind));
    let name = called(model, allocation.document.as_ref());
    let left = format!("{kind} {name}");
    Row::plain(
        beside(left.trim(), &words::amount(allocation.amount), width),
        Role::Text,
    )
}

fn posted(model: &Model, posting: &Posting, width: usize) -> Row {
    let link = posting.account.as_ref();
    let account = match link.and_then(|link| model.account(&link.id)) {
        Some(account) => balancing::label(account),
        None => called(model, link),
    };
    let amount = words::amount(posting.amount);
    let amounts = match posting.side {
        Some(Side::Debit) => format!("{amount:>AMOUNT$} {:>AMOUNT$}", ""),
        Some(Side::Credit) => format!("{:>AMOUNT$} {amount:>AMOUNT$}", ""),
        None => format!("{amount:>AMOUNT$} {:>AMOUNT$}", "?"),
    };
    let left = match posting.description.as_str() {
        "" => account,
        text => format!("{account} · {text}"),
    };
    Row::plain(beside(&left, &amounts, width), Role::Text)
}

/// What is told of another record. An id is called one, so that nobody takes it for a folio.
fn called(model: &Model, link: Option<&Link>) -> String {
    match link {
        None => "—".to_owned(),
        Some(link) if link.name.is_empty() => {
            let id = link.id.as_str();
            model.words.with("record-id", &[("id", id.into())])
        }
        Some(link) => link.name.clone(),
    }
}

/// What debits and credits come to; unknown where one of the amounts is.
fn balanced(postings: &[Posting], width: usize) -> Row {
    let sum = |side| {
        let of_side = postings.iter().filter(|one| one.side == Some(side));
        let sum: Option<Money> = of_side.map(|posting| posting.amount).sum();
        words::amount(sum)
    };
    let (debits, credits) = (sum(Side::Debit), sum(Side::Credit));
    let amounts = format!("{debits:>AMOUNT$} {credits:>AMOUNT$}");
    Row::plain(beside("", &amounts, width), Role::Title)
}

/// A text and what stands against the right edge; the text is cut where both do not fit.
fn beside(left: &str, right: &str, width: usize) -> String {
    let room = width.saturating_sub(right.width() + 1);
    format!("{} {right}", padded(left, room))
}

/// A text in exactly so many columns.
fn padded(text: &str, width: usize) -> String {
    let mut text = fit(text, width);
    let fill = width.saturating_sub(text.width());
    text.push_str(&" ".repeat(fill));
    text
}
