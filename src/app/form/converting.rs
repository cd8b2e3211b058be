//! New drafts from documents that are there: a quote becomes an invoice, an invoice a credit note, an order a bill, and
//! any document a copy of itself.
//!
//! What is opened is a form like any other: nothing is sent before it is saved, and the document that it came from is
//! never changed here.

use jiff::Span;

use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::money::Money;
use crate::domain::record::{Id, Link, Record};
use crate::domain::spec::{Cell, Grid};
use crate::domain::status::Status;
use crate::words;

use super::super::keymap::Action;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::notice::{Notice, Tone};
use super::content::{Content, Entry, Held};
use super::opening::show;
use super::rows::Rows;
use super::spot::Spot;
use super::{Form, defaults, relating, weigh};

/// Use of a credit note: returns, discounts and allowances (c_UsoCFDI).
const RETURNED: &str = "G02";
/// The one use that some receivers may have alone; it stays as the invoice had it.
const NO_FISCAL_EFFECT: &str = "S01";

/// The kind that a document of `from` becomes by this action; none where it does not become anything.
pub fn becomes(action: Action, from: Kind) -> Option<Kind> {
    match (action, from) {
        (Action::MakeInvoice, Kind::Quotes) => Some(Kind::Invoices),
        (Action::MakeCreditNote, Kind::Invoices) => Some(Kind::CreditNotes),
        (Action::MakeBill, Kind::PurchaseOrders) => Some(Kind::Bills),
        (Action::Duplicate, kind) => {
            matches!(kind.spec().form.grid, Grid::Lines(_)).then_some(kind)
        }
        _ => None,
    }
}

/// Why a document cannot become what this action makes of it; none when it can.
pub fn barred(action: Action, record: &Record) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    if becomes(action, record.kind).is_none() {
        return no(match action {
            Action::MakeInvoice => "reason-only-quotes",
            Action::MakeCreditNote => "reason-only-invoices",
            Action::MakeBill => "reason-only-orders",
            _ => "reason-no-lines",
        });
    }
    match (action, record.status()) {
        (Action::MakeInvoice | Action::MakeBill, Status::Billed) => no("reason-billed-already"),
        (Action::MakeCreditNote, Status::Draft) => no("reason-draft-is-edited"),
        (Action::Duplicate, _) if record.lines.is_empty() => no("reason-lines-not-read"),
        (Action::Duplicate, _) => None,
        (_, Status::Voided | Status::Deleted | Status::Rejected) => no("reason-voided"),
        _ if record.lines.is_empty() => no("reason-lines-not-read"),
        _ => None,
    }
}

/// Opens the form of what this document becomes.
pub fn convert(model: &mut Model, action: Action, record: &Record) -> Vec<Effect> {
    let Some(kind) = becomes(action, record.kind) else {
        return Vec::new();
    };
    let slot = format!("{}:new:{}", kind.slug(), model.name_intent());
    let mut form = copy(model, kind, slot, record);
    form.takes_defaults = kind == Kind::Invoices && record.kind != kind;
    match kind {
        Kind::CreditNotes if record.kind == Kind::Invoices => {
            form.content.origin = Some(model.title_of(record));
            credit(&mut form.content, record);
        }
        Kind::Invoices if record.kind == Kind::Quotes => {
            let quote = Value::Link(link_to(model, record));
            form.content.carried.insert(Field::Quote, quote);
        }
        Kind::Bills if record.kind == Kind::PurchaseOrders => {
            let order = link_to(model, record);
            for row in form.content.rows.lines_mut() {
                row.put_order(&order);
            }
            form.content.origin = Some(order.name);
        }
        _ => {}
    }
    let focus = form.focus;
    opened(model, form, focus)
}

/// The name under which the form of the substitute of an invoice is kept: there is never more than one.
pub fn replacing_slot(replaced: &Id) -> String {
    format!("{}:replacing:{replaced}", Kind::Invoices.slug())
}

/// Opens the form of what takes the place of a stamped invoice: a copy that is related to it (04). It begins at the first
/// price, which is what is wrong most often.
pub fn replace(model: &mut Model, record: &Record) -> Vec<Effect> {
    let Some(uuid) = record.stamp.uuid() else {
        return Vec::new();
    };
    let slot = replacing_slot(&record.id);
    let mut form = copy(model, Kind::Invoices, slot, record);
    relating::replace(&mut form.content, uuid);
    let price = Spot::Cell {
        row: 0,
        cell: Cell::Price,
    };
    opened(model, form, price)
}

/// A form of a new document with what the old one says, and as many days to pay as that gave.
fn copy(model: &Model, kind: Kind, slot: String, record: &Record) -> Form {
    let today = model.today();
    let blank = defaults::blank(kind, today);
    let mut form = Form::new(kind, slot, None, blank.clone(), today);
    form.content = copied(blank, record);
    if let Some(days) = days_between(record) {
        let due = today.checked_add(days).unwrap_or(today);
        let held = Held::Text(words::date(due));
        form.content.suggest(Field::DueDate, held);
    }
    form
}

fn opened(model: &mut Model, mut form: Form, focus: Spot) -> Vec<Effect> {
    form.focus_on(focus);
    form.keep_soon(model.now);
    let effects = show(model, form);
    weigh(model);
    effects
}

/// The fields that both kinds have, and the lines. Days, numbers and relations are a new document's own.
fn copied(mut content: Content, record: &Record) -> Content {
    for entry in &mut content.fields {
        let own = matches!(
            entry.field,
            Field::Date
                | Field::DueDate
                | Field::DeliveryDate
                | Field::Number
                | Field::Relation
                | Field::Related
        );
        let told = entry.told_by(record);
        if !own && told != *entry {
            *entry = Entry { own: true, ..told };
        }
    }
    content.rows = Rows::copy_of(record);
    content
}

/// A credit note is related to its invoice, and goes to it as far as that still owes something.
fn credit(content: &mut Content, invoice: &Record) {
    relating::follow(content, None, invoice);
    let room = invoice.money(Field::Balance);
    if room.is_some_and(|room| room > Money::ZERO) {
        let link = Link {
            id: invoice.id.clone(),
            name: invoice.title().to_owned(),
        };
        if let Some(idx) = content.position(Field::Invoice) {
            content.put(idx, Held::Link(Some(link)));
        }
        content.room = room;
    }
    if content.key(Field::CfdiUse) != NO_FISCAL_EFFECT {
        content.demand(Field::CfdiUse, RETURNED);
    }
}

fn link_to(model: &Model, record: &Record) -> Link {
    Link {
        id: record.id.clone(),
        name: model.title_of(record),
    }
}

/// The days that the customer had to pay, to give as many again.
fn days_between(record: &Record) -> Option<Span> {
    let (day, due) = (record.date(Field::Date)?, record.date(Field::DueDate)?);
    let span = day.until(due).ok()?;
    (span.get_days() > 0).then_some(span)
}
