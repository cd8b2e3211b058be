//! Payments: the open documents of the contact, how much goes to each, and what is left.
//!
//! What is owed is read from the cache at once and again from the server, and never typed or undone; only what goes to
//! a document is the form's own. More than is owed, more than there is, and a rest that goes nowhere are told before
//! anything is sent.

pub mod shares;

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::money::Money;
use crate::domain::record::{Id, Record};
use crate::domain::spec::{Cell, Grid};

use super::super::keymap::Action;
use super::super::model::Model;
use super::super::msg::{Effect, Request, Slot};
use super::super::notice::{Notice, Tone};
use super::editing::changed;
use super::marks::Mark;
use super::rows::{AllocationRow, Rows, lined_up};
use super::spot::Spot;
use super::{Form, nearest, on_top, reading, weigh};

use shares::Set;

/// What is owed by or to the contact of a payment, as it was read last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenDocuments {
    /// Whose.
    pub contact: Option<Id>,
    /// The documents, the oldest first; those that the payment went to before among them.
    pub documents: Vec<Record>,
    /// How much of all invoices or bills was looked through; none before anything arrived.
    pub coverage: Option<Coverage>,
}

impl OpenDocuments {
    /// A document, where it was read.
    pub fn document(&self, id: &Id) -> Option<&Record> {
        self.documents.iter().find(|document| document.id == *id)
    }
}

/// The kind of documents that a payment goes to; none for what is no payment.
pub fn documents_of(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Payments => Some(Kind::Invoices),
        Kind::BillPayments => Some(Kind::Bills),
        _ => None,
    }
}

impl Form {
    /// The whole amount of the payment; none where nothing that is an amount stands there.
    pub fn paid(&self) -> Option<Money> {
        let amount = reading::amount(self.content.text_of(Field::Total));
        amount.ok().flatten().map(Money::new)
    }

    /// What goes to the documents in all; none where a text is no amount.
    pub fn applied(&self) -> Option<Money> {
        let readable = |row: &&AllocationRow| reading::amount(&row.apply).is_ok();
        let rows = self.content.rows.allocations();
        let all = rows.iter().all(|row| readable(&row));
        all.then(|| rows.iter().filter_map(AllocationRow::amount).sum())
    }

    /// Whether neither the amount of a payment that was opened nor what it goes to is changed, so that neither is sent.
    fn money_is_as_it_came(&self) -> bool {
        self.base.as_ref().is_some_and(|base| {
            let now = self.record();
            now.allocations == base.allocations
                && now.money(Field::Total) == base.money(Field::Total)
        })
    }

    /// What can go to a document: what is owed on it, and what this payment gave it before. None where that is not known.
    pub fn owed_on(&self, row: &AllocationRow) -> Option<Money> {
        let document = self.open.document(&row.document.id)?;
        Some(document.money(Field::Balance)? + row.had())
    }

    /// The rows are those of the contact that stands in the form. What has the focus keeps it.
    pub(super) fn line_up(&mut self) {
        if documents_of(self.kind).is_none() {
            return;
        }
        let contact =
            |content: &super::Content| content.link(Field::Contact).map(|link| link.id.clone());
        let at = match self.focus {
            Spot::Cell { row, cell } => {
                let row = self.content.rows.allocations().get(row);
                row.map(|row| (row.document.id.clone(), cell))
            }
            Spot::Field(_) | Spot::Other { .. } => None,
        };
        let base = self
            .base
            .as_ref()
            .and_then(|base| base.link(Field::Contact));
        let base = base.map(|link| link.id.clone());
        for content in [&mut self.content, &mut self.opened] {
            let who = contact(content);
            if let Rows::Allocations(rows) = &mut content.rows {
                if who.is_some() && who == self.open.contact {
                    lined_up(rows, &self.open.documents);
                } else if who.is_none() || (who != base && self.open.contact.is_some()) {
                    // What another contact owes cannot be paid for this one.
                    rows.clear();
                }
            }
        }
        if let Some((id, cell)) = at {
            let rows = self.content.rows.allocations();
            let row = rows.iter().position(|row| row.document.id == id);
            let spot = row.map_or(Spot::Field(0), |row| Spot::Cell { row, cell });
            if spot != self.focus {
                self.focus = spot.within(self.extent());
            }
        }
    }

    /// Why a way of giving the money to the documents cannot be gone now; none where it can.
    pub fn apply_barred(&self, action: Action) -> Option<&'static str> {
        let rows = self.content.rows.allocations();
        match action {
            _ if rows.is_empty() => Some("form-no-open-documents"),
            Action::DistributeOldest | Action::FindExact if self.paid().is_none() => {
                Some("form-missing-amount")
            }
            Action::Fill if !matches!(self.focus, Spot::Cell { .. }) => Some("form-fill-where"),
            Action::ClearApplied if rows.iter().all(AllocationRow::is_blank) => {
                Some("form-nothing-applied")
            }
            _ => None,
        }
    }

    /// Gives a document what is owed on it, as far as the money goes.
    fn fill_row(&mut self, number: usize) -> bool {
        let rows = self.content.rows.allocations();
        let Some(owed) = rows.get(number).and_then(|row| self.owed_on(row)) else {
            return false;
        };
        let others = rows.iter().enumerate().filter(|(idx, _)| *idx != number);
        let others: Money = others.filter_map(|(_, row)| row.amount()).sum();
        let share = match self.paid() {
            Some(paid) => owed.min(paid - others),
            None => owed,
        };
        if share <= Money::ZERO {
            return false;
        }
        self.give(|idx| (idx == number).then_some(Some(share)));
        true
    }

    /// Gives documents their shares; the ones for which nothing is told keep theirs. One step of undo.
    fn give(&mut self, share: impl Fn(usize) -> Option<Option<Money>>) {
        self.remember();
        for (idx, row) in self.content.rows.allocations_mut().iter_mut().enumerate() {
            if let Some(amount) = share(idx) {
                row.give(amount);
            }
        }
        self.focus_on(self.focus);
    }

    /// What can go to each document; nothing where it is not known, or not in the currency of the payment.
    fn balances(&self, currency: &str) -> Vec<Money> {
        let rows = self.content.rows.allocations().iter();
        rows.map(|row| {
            let foreign = self.is_foreign(row, currency);
            let owed = self.owed_on(row).filter(|_| !foreign);
            owed.unwrap_or(Money::ZERO)
        })
        .collect()
    }

    /// Whether a document is in another currency than the payment.
    fn is_foreign(&self, row: &AllocationRow, currency: &str) -> bool {
        let own = self
            .base
            .as_ref()
            .map_or("", |base| base.text(Field::Currency));
        let own = if own.is_empty() { currency } else { own };
        let document = self.open.document(&row.document.id);
        let told = document.map_or("", |document| document.text(Field::Currency));
        !told.is_empty() && !own.is_empty() && told != own
    }
}

/// Asks what the contact of the form owes, where it is a payment.
pub(super) fn ask_documents(model: &mut Model) -> Option<Effect> {
    let form = nearest(model)?;
    let kind = documents_of(form.kind)?;
    let contact = form.content.link(Field::Contact)?.id.clone();
    let paid = form.content.rows.allocations().iter();
    let also = paid
        .filter(|row| row.origin.is_some())
        .map(|row| row.document.id.clone())
        .collect();
    Some(model.ask(
        Slot::OpenDocuments,
        Request::OpenDocuments {
            kind,
            contact,
            also,
        },
    ))
}

/// What a contact owes was read.
pub fn documents_arrived(
    model: &mut Model,
    contact: Id,
    documents: Vec<Record>,
    coverage: Coverage,
) {
    if let Some(form) = nearest(model) {
        form.unread = None;
        form.open = OpenDocuments {
            contact: Some(contact),
            documents,
            coverage: Some(coverage),
        };
    }
    weigh(model);
}

/// An action on the money of the payment on top.
pub(super) fn order(model: &mut Model, action: Action) -> Vec<Effect> {
    let currency = currency(model);
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let says = match (action, form.focus) {
        (Action::Fill, Spot::Cell { row, .. }) => match form.fill_row(row) {
            true => {
                let next = form.focus.next(form.extent());
                form.focus_on(next.unwrap_or(form.focus));
                None
            }
            false => Some(Notice::new(Tone::Info, "form-nothing-to-fill")),
        },
        (Action::DistributeOldest, _) => {
            let given = shares::oldest_first(
                form.paid().unwrap_or(Money::ZERO),
                &form.balances(&currency),
            );
            form.give(|idx| given.get(idx).copied());
            None
        }
        (Action::FindExact, _) => find_exact(form, &currency),
        (Action::ClearApplied, _) => {
            form.give(|_| Some(None));
            None
        }
        _ => None,
    };
    changed(model);
    if let Some(notice) = says {
        model.say(notice);
    }
    Vec::new()
}

/// The documents whose balances come to the payment exactly are paid, and no other. What came of the search.
fn find_exact(form: &mut Form, currency: &str) -> Option<Notice> {
    let paid = form.paid()?;
    let balances = form.balances(currency);
    match shares::exact_set(paid, &balances, shares::STEPS) {
        Set::Found(set) => {
            let of = |idx: usize| {
                set.contains(&idx)
                    .then(|| balances.get(idx).copied())
                    .flatten()
            };
            form.give(|idx| Some(of(idx)));
            let count = set.len().to_string();
            Some(Notice::new(Tone::Done, "form-exact-found").with("count", count))
        }
        Set::None => {
            Some(Notice::new(Tone::Warning, "form-exact-none").with("amount", paid.to_string()))
        }
        Set::GaveUp => Some(Notice::new(Tone::Warning, "form-exact-gave-up")),
    }
}

/// The currency of the books.
fn currency(model: &Model) -> String {
    let company = model.company.value();
    company.map_or_else(String::new, |company| company.currency.clone())
}

/// What is to be said about the money of a payment.
pub(super) fn judge(model: &Model, form: &Form, marks: &mut Vec<Mark>) {
    let currency = currency(model);
    for (number, row) in form.content.rows.allocations().iter().enumerate() {
        if let Some(notice) = row_fault(form, row, &currency) {
            let cell = Cell::Apply;
            marks.push(Mark::of(Spot::Cell { row: number, cell }, notice));
        }
    }
    let Some(total) = form.content.position(Field::Total).map(Spot::Field) else {
        return;
    };
    let mut at_total = |words, amount: Option<Money>| {
        let notice = Notice::new(Tone::Error, words);
        marks.push(Mark::of(
            total,
            match amount {
                Some(amount) => notice.with("amount", amount.to_string()),
                None => notice,
            },
        ));
    };
    let paid = form.paid();
    match paid {
        Some(paid) if paid <= Money::ZERO => return at_total("form-not-positive", None),
        Some(paid) if paid != paid.rounded(2) => return at_total("form-cents", None),
        _ => {}
    }
    let (Some(applied), Some(paid)) = (form.applied(), paid) else {
        return;
    };
    if applied > paid {
        at_total("form-over-applied", Some(applied - paid));
    } else if applied < paid && form.money_is_as_it_came() {
        // Made elsewhere: what it says besides can be changed, and its money is not sent.
        let notice = match applied.is_zero() {
            true => Notice::new(Tone::Warning, "form-came-unapplied"),
            false => Notice::new(Tone::Warning, "form-came-left-to-apply")
                .with("amount", (paid - applied).to_string()),
        };
        marks.push(Mark {
            bars_saving: false,
            ..Mark::of(total, notice)
        });
    } else if form.tried && applied.is_zero() {
        at_total("form-unapplied", None);
    } else if form.tried && applied < paid {
        at_total("form-left-to-apply", Some(paid - applied));
    }
}

fn row_fault(form: &Form, row: &AllocationRow, currency: &str) -> Option<Notice> {
    if row.is_blank() {
        return None;
    }
    let error = |words| Notice::new(Tone::Error, words);
    let Ok(Some(amount)) = reading::amount(&row.apply) else {
        return Some(error("form-unreadable-amount").with("text", row.apply.clone()));
    };
    let amount = Money::new(amount);
    if amount < Money::ZERO {
        return Some(error("form-not-positive"));
    }
    if amount != amount.rounded(2) {
        return Some(error("form-cents"));
    }
    if form.is_foreign(row, currency) {
        return Some(error("form-other-currency"));
    }
    let owed = form.owed_on(row)?;
    (amount > owed).then(|| {
        error("form-over-document")
            .with("document", row.document.name.clone())
            .with("amount", owed.to_string())
    })
}

/// Whether a form is one of a payment.
pub fn is_payment(form: &Form) -> bool {
    matches!(form.kind.spec().form.grid, Grid::Allocations(_))
}
