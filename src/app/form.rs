//! Forms: one engine for all kinds that can be created or changed, driven by [`Spec::form`].
//!
//! A form holds what was typed and chosen ([`Content`]), what the rules say of it ([`Mark`]), and how far its saving has
//! come. It never sends anything itself: a new record becomes an intent in the outbox, changes to an existing one a
//! question in a slot of its own for saving. A refused save leaves the form as it is (law 2).
//!
//! [`Spec::form`]: crate::domain::spec::Spec::form

mod accepting;
pub mod balancing;
pub mod content;
mod converting;
mod crediting;
mod defaults;
mod editing;
pub mod glance;
mod held;
mod keeping;
pub mod layout;
mod marks;
mod meeting;
mod opening;
pub mod others;
pub mod paying;
pub mod reading;
mod relating;
pub mod rows;
mod saving;
pub mod spot;
pub mod sums;
mod taking;
mod waiting;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::edit::Edit;
use crate::domain::field::{Field, Value};
use crate::domain::intent::{IntentId, Progress};
use crate::domain::kind::Kind;
use crate::domain::list::Hit;
use crate::domain::record::{Id, Record};
use crate::domain::relation;
use crate::domain::spec::native::row_of;
use crate::domain::spec::{Cell, Editor};
use crate::sat::arithmetic::Totals;
use crate::sat::finding::Path;
use crate::sat::rfc;

use super::keymap::Place;
use super::line::Line;
use super::model::{Model, Screen};
use super::msg::{Effect, Trouble};
use super::notice::{Notice, Tone};

use content::Content;
use paying::OpenDocuments;
use spot::{Extent, Spot};
use sums::Sums;

pub use accepting::{Offer, acceptance_barred};
pub use converting::{barred, becomes, convert, replace, replacing_slot};
pub use editing::{key, order, paste, point_at};
pub use keeping::awaited_acts;
pub use marks::{Inside, Mark, Said};
pub use meeting::{Side, held_back, rebase};
pub use opening::{open_edit, open_new, reopen, shown_arrived};
pub use saving::{
    create_stamped, may_be_saved, not_updated, settled, show_stamp_refusal, update_unclear, updated,
};
pub use taking::take;
pub use waiting::{ask_to_drop, drop_barred, drop_kept, is_waiting, next_waiting, waiting_slots};

/// What was typed is on disk within a second (law 2); so long it waits for more.
const KEEP_AFTER: jiff::SignedDuration = jiff::SignedDuration::from_millis(700);

/// How far the saving of a form has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Nothing is on its way.
    Idle,
    /// The create of this form is in the outbox; the form waits for its end.
    Creating(IntentId),
    /// The changes are on their way.
    Updating,
}

/// What kind of content a place has, and so how keys work there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Free text.
    Text,
    /// An amount, a quantity, a percentage.
    Amount,
    /// A day.
    Date,
    /// Chosen from records or from a catalogue.
    Choice,
    /// A ledger account, typed by code or by name.
    Account,
}

/// A state that Ctrl+Z goes back to.
#[derive(Clone, Debug)]
struct Former {
    content: Content,
    focus: Spot,
    cursor: usize,
}

/// State of a form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Of which resource.
    pub kind: Kind,
    /// The record as it was opened; none for a new one. Replaced only when a refused save left one behind.
    pub base: Option<Record>,
    /// The name under which it is kept.
    pub slot: String,
    /// What it holds; changed by typing, choosing, undoing and defaults.
    pub content: Content,
    /// Where keys go.
    pub focus: Spot,
    /// The editor of the place with the focus; replaced when the focus moves. Of no use where content is chosen.
    pub line: Line,
    /// Whether the whole text of the place is selected, so that the first letter replaces it.
    pub all_selected: bool,
    /// The receiver's contact; replaced when another is chosen, and when it was read.
    pub receiver: Option<Record>,
    /// The items that its lines bill.
    pub items: BTreeMap<Id, Record>,
    /// What the contact of a payment owes; replaced when it was read.
    pub open: OpenDocuments,
    /// Other contacts with the RFC of this one; replaced when it was looked for.
    pub alike: Vec<Record>,
    /// What is to be said about its places, in their order; replaced by every weighing.
    pub marks: Vec<Mark>,
    /// What its rows come to; replaced by every weighing.
    pub sums: Sums,
    /// How far its saving has come.
    pub saving: Saving,
    /// Whether it was ordered to be saved and nothing left, because there was no connection: it waits for the same order
    /// once more. Set and taken back by the end of a save, taken back by the next one.
    pub waits: bool,
    /// What is to be said about the whole, and the place that it is about: a refusal, a failed reading.
    pub alert: Option<(Notice, Option<Spot>)>,
    /// Why contact or items could not be read; none once they were.
    pub unread: Option<Trouble>,
    /// The content as it was opened, to tell whether anything changed.
    opened: Content,
    /// The day by which shortened dates are read; that of the opening, so that a kept `31` keeps its meaning.
    day: Date,
    /// Whether saving was tried, so that what is missing is said.
    tried: bool,
    /// Whether the receiver was chosen here, so that it brings its defaults.
    takes_defaults: bool,
    /// The RFC whose like was looked for last.
    compared: String,
    former: Vec<Former>,
    /// The place of a run of letters that is undone as one.
    run: Option<Spot>,
    /// When what was typed has to be on disk.
    keep_at: Option<Timestamp>,
    /// Whether something of it is on disk.
    on_disk: bool,
}

impl Form {
    fn new(kind: Kind, slot: String, base: Option<Record>, content: Content, day: Date) -> Self {
        let mut form = Self {
            kind,
            base,
            slot,
            opened: content.clone(),
            content,
            focus: Spot::Field(0),
            line: Line::default(),
            all_selected: false,
            receiver: None,
            items: BTreeMap::new(),
            open: OpenDocuments::default(),
            alike: Vec::new(),
            marks: Vec::new(),
            sums: Sums::default(),
            saving: Saving::Idle,
            waits: false,
            alert: None,
            unread: None,
            day,
            tried: false,
            takes_defaults: false,
            compared: String::new(),
            former: Vec::new(),
            run: None,
            keep_at: None,
            on_disk: false,
        };
        form.focus_on(Spot::Field(0));
        form
    }

    /// Whether something was typed that is not saved.
    pub fn is_changed(&self) -> bool {
        self.on_disk || self.content != self.opened
    }

    /// Whether it was opened for a record that was not there yet, although there may be one by now.
    fn began_new(&self) -> bool {
        let base = self.base.as_ref();
        base.is_none_or(|base| self.slot != opening::slot_of(base))
    }

    /// When what was typed has to be on disk.
    pub fn keep_at(&self) -> Option<Timestamp> {
        self.keep_at
    }

    /// Whether nothing can be typed, because a save is under way.
    pub fn is_locked(&self) -> bool {
        self.saving != Saving::Idle
    }

    /// Whether the forma de pago cannot be chosen, because PPD demands 99.
    pub fn is_forma_locked(&self) -> bool {
        defaults::is_forma_locked(&self.content)
    }

    /// Whether the exchange rate cannot be typed, because the document is in pesos.
    pub fn is_rate_locked(&self) -> bool {
        defaults::is_rate_locked(&self.content)
    }

    /// What kind of content a place has.
    pub fn sort(&self, spot: Spot) -> Sort {
        match self.extent().editor(spot) {
            Some(Editor::Amount | Editor::Percent) => Sort::Amount,
            Some(Editor::Date) => Sort::Date,
            Some(Editor::Pick(_) | Editor::Catalogue(_) | Editor::Choice(_)) => Sort::Choice,
            Some(Editor::Account) => Sort::Account,
            Some(Editor::Text | Editor::Shown) | None => Sort::Text,
        }
    }

    /// The place of the keymap that its focus is in, where that is one of its own: an amount of a payment or a póliza.
    pub fn inner_place(&self) -> Option<Place> {
        let Spot::Cell { cell, .. } = self.focus else {
            return None;
        };
        matches!(cell, Cell::Apply | Cell::Debit | Cell::Credit).then_some(Place::Amount)
    }

    /// Which places it has.
    pub fn extent(&self) -> Extent {
        Extent {
            kind: self.kind,
            rows: self.content.rows.len(),
            is_new: self.base.is_none(),
            others: self.content.others.len(),
        }
    }

    /// The record that tells what is shown only: the one that is changed, or for a new account its parent.
    pub fn shown_from<'a>(&'a self, model: &'a Model) -> Option<&'a Record> {
        let parent = || model.account(&self.content.link(Field::Parent)?.id);
        self.base.as_ref().or_else(parent)
    }

    /// Something about the record that whoever changes it has to know.
    pub fn remark(&self) -> Option<Notice> {
        if let Some(Value::Link(quote)) = self.content.carried.get(&Field::Quote) {
            let notice = Notice::new(Tone::Info, "form-from-quote");
            return Some(notice.with("quote", quote.name.clone()));
        }
        let Some(base) = self.base.as_ref() else {
            return self.beginning();
        };
        let words = match self.kind {
            Kind::Customers if base.flag(Field::IsSupplier) => "form-also-supplier",
            Kind::Suppliers if base.flag(Field::IsCustomer) => "form-also-customer",
            _ => return None,
        };
        Some(Notice::new(Tone::Info, words))
    }

    /// What a new document began as, and what becomes of that.
    fn beginning(&self) -> Option<Notice> {
        let content = &self.content;
        let said = |words, name, value: &str| {
            Some(Notice::new(Tone::Info, words).with(name, value.to_owned()))
        };
        match (self.kind, content.link(Field::Invoice), &content.origin) {
            (Kind::Invoices, ..) if content.key(Field::Relation) == relation::REPLACES => {
                said("form-replaces", "uuid", content.text_of(Field::Related))
            }
            (Kind::CreditNotes, Some(invoice), _) => {
                said("form-credit-applied", "invoice", &invoice.name)
            }
            (Kind::CreditNotes, None, Some(invoice)) => {
                said("form-credit-only-related", "invoice", invoice)
            }
            (Kind::Bills, _, Some(order)) => said("form-from-order", "order", order),
            _ => None,
        }
    }

    /// Whether the text of a cell can be read; always where it is free, or where the content is chosen.
    pub fn is_readable(&self, row: usize, cell: Cell) -> bool {
        let text = self.content.rows.text(row, cell).map_or("", String::as_str);
        match self.extent().editor(Spot::Cell { row, cell }) {
            Some(Editor::Amount) => reading::amount(text).is_ok(),
            Some(Editor::Percent) => reading::percent(text).is_ok(),
            Some(Editor::Date) => reading::date(text, self.day).is_ok(),
            _ => true,
        }
    }

    /// Whether all texts of a row can be read.
    pub fn is_row_readable(&self, row: usize) -> bool {
        let columns = self.kind.spec().form.grid.columns();
        (columns.iter()).all(|column| self.is_readable(row, column.cell))
    }

    /// The totals of a document; none where the rows are no lines, or while the totals cannot be reckoned.
    pub fn totals(&self) -> Option<&Totals> {
        match &self.sums {
            Sums::Lines { totals, .. } => totals.as_ref(),
            Sums::Nothing | Sums::Applied { .. } | Sums::Postings { .. } => None,
        }
    }

    /// The field at a place; none in the lines.
    pub fn field_at(&self, spot: Spot) -> Option<Field> {
        match spot {
            Spot::Field(idx) => self.content.fields.get(idx).map(|entry| entry.field),
            Spot::Cell { .. } | Spot::Other { .. } => None,
        }
    }

    /// The record that it stands for now. What cannot be read is absent from it.
    pub fn record(&self) -> Record {
        let mut record = self.content.record(self.kind, self.base.as_ref(), self.day);
        if self.kind == Kind::CreditNotes {
            self.apply_credit(&mut record);
        }
        record
    }

    /// What would be sent.
    pub fn edit(&self) -> Edit {
        let now = self.record();
        let mut edit = match &self.base {
            Some(base) => Edit::between(base, &now),
            None => Edit::creating(&now),
        };
        edit.natives = others::natives(self.kind, &self.content);
        // A part of a row can only be told with all rows: the server replaces them whole (contract B.0).
        if edit
            .natives
            .iter()
            .any(|native| row_of(self.kind, &native.path).is_some())
        {
            if !now.lines.is_empty() {
                edit.lines.get_or_insert(now.lines);
            }
            if !now.postings.is_empty() {
                edit.postings.get_or_insert(now.postings);
            }
        }
        edit
    }

    /// The gravest that is said about a place: an error, a warning, or nothing.
    pub fn tone_at(&self, spot: Spot) -> Option<Tone> {
        let mut tones = self.marks_at(spot).map(Mark::tone);
        let first = tones.next()?;
        let error = first == Tone::Error || tones.any(|tone| tone == Tone::Error);
        Some(if error { Tone::Error } else { Tone::Warning })
    }

    /// What is said about a place.
    pub fn marks_at(&self, spot: Spot) -> impl Iterator<Item = &Mark> {
        self.marks
            .iter()
            .filter(move |mark| mark.spot == Some(spot))
    }

    /// How many errors, or how many warnings, there are.
    pub fn count(&self, tone: Tone) -> usize {
        self.marks.iter().filter(|mark| mark.tone() == tone).count()
    }

    /// Orders that the form be kept soon, if it is not ordered already.
    fn keep_soon(&mut self, now: Timestamp) {
        if self.keep_at.is_none() && self.is_changed() {
            self.keep_at = Some(now.checked_add(KEEP_AFTER).unwrap_or(now));
        }
    }
}

/// The form on the page on top.
fn on_top(model: &mut Model) -> Option<&mut Form> {
    match model.screens.last_mut() {
        Some(Screen::Form(form)) => Some(form.as_mut()),
        _ => None,
    }
}

/// The form that is nearest to the top.
fn nearest(model: &mut Model) -> Option<&mut Form> {
    forms(model).next_back()
}

fn forms(model: &mut Model) -> impl DoubleEndedIterator<Item = &mut Form> {
    model.screens.iter_mut().filter_map(|screen| match screen {
        Screen::Form(form) => Some(form.as_mut()),
        _ => None,
    })
}

/// A deadline came: what was typed is kept.
pub fn woke(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    keep(model, |form| form.keep_at.is_some_and(|at| at <= now))
}

/// Keeps what was typed at once, because the program ends or the form is left.
pub fn keep_now(model: &mut Model) -> Vec<Effect> {
    keep(model, |form| form.keep_at.is_some())
}

fn keep(model: &mut Model, due: impl Fn(&Form) -> bool) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut bodies = Vec::new();
    for form in forms(model).filter(|form| due(form)) {
        form.keep_at = None;
        if form.content == form.opened && !form.is_locked() {
            form.on_disk = false;
            bodies.push((form.slot.clone(), None));
        } else {
            form.on_disk = true;
            bodies.push((form.slot.clone(), Some(form.body())));
        }
    }
    for (slot, body) in bodies {
        match body {
            Some(body) => {
                model.unfinished.insert(slot.clone(), body.clone());
                effects.push(Effect::KeepEdit { slot, body });
            }
            None => effects.extend(forget(model, slot)),
        }
    }
    effects
}

/// Nothing of this form is to be kept any more.
fn forget(model: &mut Model, slot: String) -> Vec<Effect> {
    match model.unfinished.remove(&slot) {
        Some(_) => vec![Effect::DropEdit { slot }],
        None => Vec::new(),
    }
}

/// The person gives up what is in the form.
pub fn abandon(model: &mut Model) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    if form.is_locked() {
        // What is on its way may still be refused; then the form has to come back.
        model.say(Notice::new(Tone::Info, "form-left-saving"));
    } else {
        let slot = form.slot.clone();
        effects.extend(forget(model, slot));
    }
    effects.extend(super::update::leave(model));
    effects
}

/// Catalogues, company or taxes arrived, or the content changed: the rules speak again.
pub fn weigh(model: &mut Model) {
    let Model {
        screens,
        taxes,
        chart,
        ..
    } = &mut *model;
    for screen in screens {
        if let Screen::Form(form) = screen {
            form.line_up();
            form.understand_accounts(chart);
            form.refill(taxes);
        }
    }
    for idx in 0..model.screens.len() {
        let Some(Screen::Form(form)) = model.screens.get(idx) else {
            continue;
        };
        let weighed = marks::weigh(model, form);
        if let Some(Screen::Form(form)) = model.screens.get_mut(idx) {
            form.marks = weighed.marks;
            form.sums = weighed.sums;
        }
    }
    super::picker::refresh(model);
}

/// Puts the focus of the form on top on the place that a finding is about, where the form has it.
pub fn focus_on_path(model: &mut Model, path: &Path) {
    let Some(form) = on_top(model) else {
        return;
    };
    if let Some(spot) = marks::spot_of(form, path) {
        form.focus_on(spot);
    }
}

/// The receiver's contact was read.
pub fn receiver_arrived(model: &mut Model, records: &[Record]) {
    let now = model.now;
    if let Some(form) = nearest(model) {
        let wanted = form.content.link(Field::Contact).map(|link| &link.id);
        if let Some(record) = records.iter().find(|record| Some(&record.id) == wanted) {
            form.receiver = Some(record.clone());
            form.unread = None;
            if form.takes_defaults {
                defaults::from_contact(&mut form.content, record);
            }
            form.keep_soon(now);
        }
    }
    weigh(model);
}

/// The items of the lines were read.
pub fn items_arrived(model: &mut Model, records: &[Record]) {
    let now = model.now;
    if let Some(form) = nearest(model) {
        form.unread = None;
        for record in records {
            form.items.insert(record.id.clone(), record.clone());
        }
        form.keep_soon(now);
    }
    weigh(model);
}

/// Contacts with a certain RFC were found.
pub fn alike_arrived(model: &mut Model, hits: Vec<Hit>) {
    if let Some(form) = nearest(model) {
        let own = form.base.as_ref().map(|base| base.id.clone());
        let records = hits.into_iter().map(|hit| hit.record);
        form.alike = records
            .filter(|record| {
                Some(&record.id) != own.as_ref()
                    && rfc::clean(record.text(Field::Rfc)) == form.compared
            })
            .collect();
    }
    weigh(model);
}

/// What the form refers to could not be read.
pub fn reading_failed(model: &mut Model, trouble: Trouble) {
    if let Some(form) = nearest(model) {
        form.unread = Some(trouble);
    }
}

/// The create of a form that is on its way; none while none is.
pub fn creating(form: &Form) -> Option<&IntentId> {
    match &form.saving {
        Saving::Creating(id) => Some(id),
        Saving::Idle | Saving::Updating => None,
    }
}

/// How far the create of a form has come, as its outbox says; none while nothing is on its way.
pub fn progress<'a>(model: &'a Model, form: &Form) -> Option<&'a Progress> {
    let intent = model.intents.get(creating(form)?)?;
    Some(&intent.progress)
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
