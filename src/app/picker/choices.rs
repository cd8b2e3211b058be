//! The rows of the picker: what can be taken, what cannot and why, and the order for what is typed.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::form::Form;
use crate::app::form::reading::plain;
use crate::app::form::spot::Spot;
use crate::app::notice::{Notice, Tone};
use crate::domain::draft::{DocType, TaxRate};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::spec::{CatalogueName, Cell, Pool};
use crate::domain::status::Status;
use crate::sat::assembly::line_tax;
use crate::sat::catalogs::Catalogs;
use crate::sat::catalogs::lexicon::{Hit, Rank};
use crate::sat::catalogs::small::{Entry, Table};
use crate::sat::offer::{self, Barred};
use crate::sat::rfc;
use crate::search::fold;
use crate::words::{self, Words};

use super::{Choice, Taken};

fn bar(words: &'static str) -> Notice {
    Notice::new(Tone::Info, words)
}

/// A record as a row: customers by RFC, items by their own code and price.
pub(super) fn of_record(record: Record, held: Option<&Id>) -> Choice {
    let (code, note) = match record.kind {
        Kind::InvoiceItems => (
            record.text(Field::Code).to_owned(),
            words::amount(record.money(Field::UnitPrice)),
        ),
        Kind::Customers | Kind::Suppliers => (
            record.text(Field::Rfc).to_owned(),
            record.text(Field::Regime).to_owned(),
        ),
        Kind::Invoices => (
            record.title().to_owned(),
            words::amount(record.money(Field::Balance)),
        ),
        Kind::LedgerAccounts => (
            record.text(Field::Code).to_owned(),
            record.text(Field::NominalCode).to_owned(),
        ),
        _ => (record.text(Field::Code).to_owned(), String::new()),
    };
    // A folio tells little; who it was for tells it apart.
    let name = match record.kind {
        Kind::Invoices => record.text(Field::Contact),
        _ => record.title(),
    };
    Choice {
        code,
        note,
        name: name.to_owned(),
        barred: (record.status() == Status::Inactive).then(|| bar("form-barred-inactive")),
        held: held == Some(&record.id),
        taken: Taken::Record(Box::new(record)),
    }
}

/// The chart of accounts, with the reason why some cannot be taken: a header account takes no postings, and only under
/// one others stand (contract 5.3, 5.6).
pub(super) fn accounts(chart: &[Record], pool: Pool, held: Option<&Id>) -> Vec<Choice> {
    chart
        .iter()
        .map(|account| {
            let choice = of_record(account.clone(), held);
            let header = account.flag(Field::Header);
            let wrong = match pool {
                Pool::Headers => (!header).then_some("form-barred-no-header"),
                _ => header.then_some("form-barred-header"),
            };
            Choice {
                barred: wrong.map(bar).or(choice.barred),
                ..choice
            }
        })
        .collect()
}

/// A few words of the wire, as people call them.
pub(super) fn words(form: &Form, spot: Spot, keys: &[&str], words: &Words) -> Vec<Choice> {
    let Some(field) = form.field_at(spot) else {
        return Vec::new();
    };
    keys.iter()
        .map(|key| Choice {
            code: String::new(),
            name: words.choice(field, key),
            note: String::new(),
            barred: None,
            held: form.content.key(field) == *key,
            taken: Taken::Key((*key).to_owned()),
        })
        .collect()
}

/// Items that were found, with the accounts that the text names behind them; before them where the text is a code of
/// the chart, because items have other codes.
pub(super) fn with_accounts(
    items: Vec<Choice>,
    chart: &[Record],
    held: Option<&Id>,
    text: &str,
) -> Vec<Choice> {
    let accounts = narrowed(accounts(chart, Pool::Purchasable, held), text, &[]);
    let by_code = text.starts_with(|first: char| first.is_ascii_digit());
    let (mut first, second) = if by_code {
        (accounts, items)
    } else {
        (items, accounts)
    };
    first.extend(second);
    first
}

/// The record that a place of the form holds.
pub(super) fn held_id(form: &Form, spot: Spot) -> Option<Id> {
    match spot {
        Spot::Field(idx) => {
            let field = form.content.fields.get(idx)?.field;
            form.content.link(field).map(|link| link.id.clone())
        }
        Spot::Cell {
            row,
            cell: Cell::Account,
        } => {
            let row = form.content.rows.postings().get(row)?;
            row.account.as_ref().map(|link| link.id.clone())
        }
        Spot::Cell { row, cell } => {
            let held = form.content.rows.links(row, cell).first()?;
            Some(held.id.clone())
        }
        Spot::Other { .. } => None,
    }
}

/// A key of a large catalogue as a row.
pub(super) fn of_catalogue(hit: Hit, words: &Words) -> Choice {
    let usual = hit.rank == Rank::Recent;
    Choice {
        taken: Taken::Key(hit.key.clone()),
        code: hit.key,
        name: hit.name,
        note: match usual {
            true => words.text("picker-usual"),
            false => String::new(),
        },
        barred: None,
        held: false,
    }
}

/// The tax rates for a line; those on it are held.
pub(super) fn taxes(form: &Form, spot: Spot, rates: &[Record]) -> Vec<Choice> {
    let on_line = match spot {
        Spot::Cell {
            row,
            cell: Cell::Taxes,
        } => form.content.rows.links(row, Cell::Taxes),
        _ => &[],
    };
    rates
        .iter()
        .map(|rate| Choice {
            code: say_rate(rate),
            name: rate.title().to_owned(),
            note: rate.text(Field::TaxType).to_owned(),
            barred: (rate.status() == Status::Inactive).then(|| bar("form-barred-inactive")),
            held: on_line.iter().any(|link| link.id == rate.id),
            taken: Taken::Record(Box::new(rate.clone())),
        })
        .collect()
}

/// The percentage of a tax rate as people read it; empty for Exento and where none is known.
fn say_rate(rate: &Record) -> String {
    match (line_tax(rate).map(|tax| tax.rate), rate.number(Field::Rate)) {
        (Some(TaxRate::Exempt), _) | (_, None) => String::new(),
        (_, Some(percent)) => format!("{} %", plain(percent, 0)),
    }
}

/// The rows of a small catalogue for this form, with the reason why some cannot be taken.
pub(super) fn small(form: &Form, name: CatalogueName, catalogs: &Catalogs) -> Vec<Choice> {
    let rfc = rfc_of(form);
    let regime = form.content.key(Field::Regime);
    let said = |barred: Option<Barred>| {
        barred.map(|barred| bar(barred.words_key()).with("regime", regime))
    };
    match name {
        CatalogueName::CfdiUse => rows(form, Field::CfdiUse, catalogs.table(Table::Use), |key| {
            said(offer::cfdi_use(key, regime, &rfc, doc_type(form.kind)))
        }),
        CatalogueName::Regime => rows(form, Field::Regime, catalogs.table(Table::Regime), |key| {
            said(offer::regime(key, &rfc))
        }),
        CatalogueName::PaymentType => {
            let table = catalogs.table(Table::PaymentMethod);
            rows(form, Field::PaymentType, table, |_| None)
        }
        CatalogueName::Currency => {
            let table = catalogs.table(Table::Currency);
            rows(form, Field::Currency, table, |key| {
                said(offer::currency(key))
            })
        }
        CatalogueName::Country => {
            let table = catalogs.table(Table::Country);
            rows(form, Field::Country, table, |key| {
                said(offer::country(key, &rfc))
            })
        }
        CatalogueName::Relation => {
            let table = catalogs.table(Table::Relation);
            rows(form, Field::Relation, table, |key| {
                said(offer::relation(key, doc_type(form.kind)))
            })
        }
        CatalogueName::PaymentMethod | CatalogueName::PaidWith => catalogs
            .payment_means()
            .into_iter()
            .filter(|means| name == CatalogueName::PaymentMethod || pays(means.word))
            .map(|means| Choice {
                code: means.code.to_owned(),
                name: means.name.to_owned(),
                note: means.word.to_owned(),
                barred: None,
                held: form.content.key(Field::PaymentMethod) == means.word,
                taken: Taken::Key(means.word.to_owned()),
            })
            .collect(),
        CatalogueName::ProductKey | CatalogueName::Unit => Vec::new(),
    }
}

fn rows(
    form: &Form,
    field: Field,
    table: &[Entry],
    bar: impl Fn(&str) -> Option<Notice>,
) -> Vec<Choice> {
    table
        .iter()
        .map(|entry| Choice {
            code: entry.key.clone(),
            name: entry.name.clone(),
            note: String::new(),
            barred: bar(&entry.key),
            held: form.content.key(field) == entry.key,
            taken: Taken::Key(entry.key.clone()),
        })
        .collect()
}

/// The words that a payment can be made with (contract B.12).
const PAID_WITH: [&str; 6] = [
    "cash",
    "transfer",
    "check",
    "deposit",
    "credit-card",
    "debit-card",
];

/// Whether a payment can be made with this word.
fn pays(word: &str) -> bool {
    PAID_WITH.contains(&word)
}

/// The receiver's RFC: that of the chosen contact, or the one under edit. Empty when unknown.
fn rfc_of(form: &Form) -> String {
    match &form.receiver {
        Some(contact) => contact.text(Field::Rfc).to_owned(),
        None => rfc::clean(form.content.text_of(Field::Rfc)),
    }
}

fn doc_type(kind: Kind) -> DocType {
    match kind {
        Kind::CreditNotes => DocType::Credit,
        _ => DocType::Income,
    }
}

/// Records that were found, those first whose code or name begins with what is typed, then those in which a word does,
/// then those that have it in the middle of one. Otherwise in the order in which they were found.
pub(super) fn ranked(mut choices: Vec<Choice>, text: &str) -> Vec<Choice> {
    let typed = fold::words(text);
    if typed.is_empty() {
        return choices;
    }
    choices.sort_by_cached_key(|choice| distance(choice, &typed));
    choices
}

/// How far a row is from what is typed, in folded words: it is that, begins with it, has it where a word begins, or
/// elsewhere.
fn distance(choice: &Choice, typed: &str) -> u8 {
    let name = fold::words(&choice.name);
    let code = fold::words(&choice.code);
    if name == typed || code == typed {
        0
    } else if name.starts_with(typed) || code.starts_with(typed) {
        1
    } else if format!(" {name}").contains(&format!(" {typed}")) {
        2
    } else {
        3
    }
}

/// Puts the usual keys before the others, the most used first, and says that they are usual. What cannot be taken here
/// stays where it is.
pub(super) fn favour(choices: &mut [Choice], usual: &[String], words: &Words) {
    choices.sort_by_key(|choice| place(choice, usual));
    for choice in choices.iter_mut() {
        if place(choice, usual) < usual.len() && choice.note.is_empty() {
            choice.note = words.text("picker-usual");
        }
    }
}

/// Which of the usual keys a row is; behind all of them where it is none, or cannot be taken.
fn place(choice: &Choice, usual: &[String]) -> usize {
    let Taken::Key(key) = &choice.taken else {
        return usual.len();
    };
    let is_it = |known: &String| known == key && choice.barred.is_none();
    usual.iter().position(is_it).unwrap_or(usual.len())
}

/// The rows in which every typed word is found: what is typed itself, then the usual ones, then the best; all of them in
/// their own order while nothing is typed.
pub(super) fn narrowed(choices: Vec<Choice>, text: &str, usual: &[String]) -> Vec<Choice> {
    if text.is_empty() {
        return choices;
    }
    let pattern = Pattern::new(
        text,
        CaseMatching::Ignore,
        Normalization::Smart,
        AtomKind::Substring,
    );
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let typed = fold::words(text);
    let mut scored: Vec<((bool, usize, u8), u32, Choice)> = choices
        .into_iter()
        .filter_map(|choice| {
            let haystack = format!("{} {} {}", choice.code, choice.name, choice.note);
            let score = pattern.score(Utf32Str::new(&haystack, &mut buffer), &mut matcher)?;
            // Who types a key means that key.
            let distance = distance(&choice, &typed);
            let rank = (distance > 0, place(&choice, usual), distance);
            Some((rank, score, choice))
        })
        .collect();
    scored.sort_by_key(|(rank, score, _)| (*rank, std::cmp::Reverse(*score)));
    scored.into_iter().map(|(.., choice)| choice).collect()
}
