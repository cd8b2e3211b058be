//! What a form fills in by itself: always shown, always in place of nothing, never over what a person typed.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::domain::draft::{LineTax, Tax, TaxKind, TaxRate};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Link, Record};
use crate::domain::spec::{NO, YES};
use crate::domain::status::Status;
use crate::sat::assembly::line_tax;
use crate::sat::rfc::{self, Person};
use crate::words;

use super::content::{Content, Held};
use super::paying;
use super::reading::{self, plain};
use super::rows::LineRow;

/// Alegra's word for forma 99, the only one that PPD admits (SAT matrix CFDI40105).
pub const TO_BE_DEFINED: &str = "other";
/// The forma of a new document, where the contact says nothing.
const USUAL_FORMA: &str = "transfer";
/// Payment in parts or later.
pub const DEFERRED: &str = "PPD";
/// Payment at once.
const AT_ONCE: &str = "PUE";
/// The currency of Mexico, and of a new document.
const PESOS: &str = "MXN";
/// Régimen and use of the generic RFC (SAT matrix CFDI40159).
const GENERIC: (&str, &str) = ("616", "S01");

/// A new form with what can be said beforehand: the day, and payment at once.
pub fn blank(kind: Kind, today: Date) -> Content {
    let mut content = Content::empty(kind);
    let day = Held::Text(words::date(today));
    content.suggest(Field::Date, day.clone());
    content.suggest(Field::DueDate, day);
    if paying::documents_of(kind).is_some() {
        content.suggest(Field::PaymentMethod, Held::Key(USUAL_FORMA.to_owned()));
    }
    if kind.is_stamped() {
        content.suggest(Field::PaymentType, Held::Key(AT_ONCE.to_owned()));
        content.suggest(Field::Currency, Held::Key(PESOS.to_owned()));
        content.suggest(Field::PaymentMethod, Held::Key(USUAL_FORMA.to_owned()));
    }
    content
}

/// What the receiver's contact says becomes the default of the document.
pub fn from_contact(content: &mut Content, contact: &Record) {
    let generic = rfc::is_generic(contact.text(Field::Rfc));
    let or = |field: Field, generic_key: &str| match contact.text(field) {
        "" if generic => generic_key.to_owned(),
        key => key.to_owned(),
    };
    content.suggest(Field::Regime, Held::Key(or(Field::Regime, GENERIC.0)));
    content.suggest(Field::CfdiUse, Held::Key(or(Field::CfdiUse, GENERIC.1)));
    let forma = contact.text(Field::PaymentMethod);
    // A payment says how it was made; only a document says how it is to be paid.
    let is_document = content.entry(Field::PaymentType).is_some();
    if is_document && !forma.is_empty() && !is_forma_locked(content) {
        content.suggest(Field::PaymentMethod, Held::Key(forma.to_owned()));
    }
}

/// An RFC tells of what kind the person is.
pub fn from_rfc(content: &mut Content, rfc: &str) {
    let key = match rfc::person(rfc) {
        Some(Person::Fisica) => YES,
        Some(Person::Moral) => NO,
        None => return,
    };
    content.suggest(Field::Individual, Held::Key(key.to_owned()));
}

/// The método was chosen: PPD takes forma 99 with it, and gives the former one back when it goes.
pub fn after_payment_type(content: &mut Content) {
    let forma = content.key(Field::PaymentMethod).to_owned();
    if is_forma_locked(content) {
        if content.set_aside.is_none() {
            content.set_aside = Some(forma);
        }
        content.demand(Field::PaymentMethod, TO_BE_DEFINED);
    } else if let Some(before) = content.set_aside.take() {
        let before = match before.as_str() {
            TO_BE_DEFINED => USUAL_FORMA,
            word => word,
        };
        content.demand(Field::PaymentMethod, before);
    }
}

/// Whether the forma cannot be chosen, because PPD demands 99.
pub fn is_forma_locked(content: &Content) -> bool {
    content.key(Field::PaymentType) == DEFERRED
}

/// The currency was chosen: pesos have the rate 1, and no other currency has that of the pesos.
pub fn after_currency(content: &mut Content) {
    let rate = content.text_of(Field::ExchangeRate).trim();
    match (is_in_pesos(content), is_one(rate)) {
        (true, false) if !rate.is_empty() => content.demand_text(Field::ExchangeRate, "1"),
        (false, true) => content.demand_text(Field::ExchangeRate, ""),
        (true | false, _) => {}
    }
}

/// Whether the exchange rate cannot be typed, because pesos have none but 1 (SAT matrix CFDI40114). A wrong one that is
/// there already can be put right.
pub fn is_rate_locked(content: &Content) -> bool {
    let rate = content.text_of(Field::ExchangeRate).trim();
    content.entry(Field::Currency).is_some()
        && is_in_pesos(content)
        && (rate.is_empty() || is_one(rate))
}

/// Alegra takes what says no currency for pesos (contract B.8).
fn is_in_pesos(content: &Content) -> bool {
    matches!(content.key(Field::Currency), "" | PESOS)
}

fn is_one(rate: &str) -> bool {
    reading::amount(rate) == Ok(Some(Decimal::ONE))
}

/// Which way goods and money go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trade {
    /// To a customer: an item has its price.
    Sale,
    /// From a supplier: the price of an item is ours, not his.
    Purchase,
}

impl Trade {
    /// That of the documents of a kind.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Bills | Kind::PurchaseOrders => Trade::Purchase,
            _ => Trade::Sale,
        }
    }
}

/// Fills a line from its item: what nobody touched since an item filled it in. What somebody emptied stays empty.
pub fn from_item(row: &mut LineRow, item: &Record, rates: &[Record], trade: Trade) {
    let description = match item.text(Field::Description) {
        "" => item.text(Field::Name),
        text => text,
    };
    let description = super::super::line::one_line(description);
    let price = item
        .money(Field::UnitPrice)
        .filter(|_| trade == Trade::Sale)
        .map_or_else(String::new, |price| plain(price.decimal(), 2));
    let taxes = match item.usual_taxes.as_slice() {
        [] => usual_taxes(rates),
        taxes => taxes.to_vec(),
    };
    replace(
        &mut row.description,
        &mut row.filled.description,
        description,
    );
    replace(&mut row.price, &mut row.filled.price, price);
    if row.taxes == row.filled.taxes {
        row.taxes.clone_from(&taxes);
    }
    row.filled.taxes = taxes;
    fill_quantity(row);
}

/// Fills a line from its expense account. Which taxes it carries no account says.
pub fn from_account(row: &mut LineRow, account: &Record) {
    let name = super::super::line::one_line(account.text(Field::Name));
    replace(&mut row.description, &mut row.filled.description, name);
    if row.taxes == row.filled.taxes {
        row.taxes.clear();
    }
    row.filled.taxes.clear();
    fill_quantity(row);
}

fn fill_quantity(row: &mut LineRow) {
    if !row.filled.quantity && row.quantity.trim().is_empty() {
        row.quantity = "1".to_owned();
    }
    row.filled.quantity = true;
}

fn replace(text: &mut String, filled: &mut String, new: String) {
    if text == filled {
        text.clone_from(&new);
    }
    *filled = new;
}

/// A line whose item says nothing of its taxes begins with IVA at 16 % where the company has it.
fn usual_taxes(rates: &[Record]) -> Vec<Link> {
    let usual = LineTax {
        tax: Tax::Iva,
        kind: TaxKind::Transfer,
        rate: TaxRate::Percent(16.into()),
    };
    rates
        .iter()
        .find(|rate| rate.status() != Status::Inactive && line_tax(rate) == Some(usual))
        .map(link_of)
        .into_iter()
        .collect()
}

/// A link to a record.
pub fn link_of(record: &Record) -> Link {
    Link {
        id: record.id.clone(),
        name: record.title().to_owned(),
    }
}

/// Puts a tax on a line, or takes it off. One that is reckoned like another of the same kind takes its place: a line
/// has one IVA transferred, and may have IVA and ISR withheld besides.
pub fn toggle_tax(taxes: &mut Vec<Link>, chosen: &Record, rates: &[Record]) {
    if let Some(idx) = taxes.iter().position(|link| link.id == chosen.id) {
        taxes.remove(idx);
        return;
    }
    let sort = |id: &crate::domain::record::Id| {
        rates
            .iter()
            .find(|rate| rate.id == *id)
            .and_then(line_tax)
            .map(|tax| (tax.tax, tax.kind))
    };
    let same = sort(&chosen.id);
    taxes.retain(|link| same.is_none() || sort(&link.id) != same);
    taxes.push(link_of(chosen));
}
