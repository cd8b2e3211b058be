//! What is to be said about a form while it is filled in: texts that cannot be read, what the server will demand
//! (contract B.16), and the findings of the fiscal rules, each at its place.
//!
//! A draft with fiscal findings can be saved; only what the server would not take bars saving.

use std::collections::BTreeMap;

use crate::app::stamp::judge;
use crate::domain::field::{Field, Shape};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::spec::native::Owner;
use crate::domain::spec::{Cell, Editor, Grid, GridColumn, Pool};
use crate::sat::finding::{self, Finding, LineField, Path};

use super::super::model::Model;
use super::super::notice::{Notice, Tone};
use super::rows::{LineRow, On};
use super::spot::Spot;
use super::sums::Sums;
use super::{Form, balancing, others, paying, relating};

/// Where the value is that a finding is about, when it is not in the form itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// In the form.
    Form,
    /// In the receiver's contact.
    Contact,
    /// In the item of the line.
    Item,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// By a fiscal rule.
    Finding(Finding, Inside),
    /// By the form itself, or by the server.
    Notice(Notice),
    /// That a place of the native record belongs to somebody else.
    Owned(Owner),
}

/// Something said about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which place; none for the whole.
    pub spot: Option<Spot>,
    /// What.
    pub said: Said,
    /// Whether the form cannot be saved because of it.
    pub bars_saving: bool,
}

impl Mark {
    /// Something that bars saving, about a place.
    pub(super) fn of(spot: Spot, notice: Notice) -> Self {
        Self {
            spot: Some(spot),
            said: Said::Notice(notice),
            bars_saving: true,
        }
    }

    /// Something that bars saving, about the whole form.
    pub(super) fn of_all(notice: Notice) -> Self {
        Self {
            spot: None,
            said: Said::Notice(notice),
            bars_saving: true,
        }
    }

    /// How grave it is: an error or a warning.
    pub fn tone(&self) -> Tone {
        let error = match &self.said {
            Said::Finding(finding, _) => finding.is_error(),
            Said::Notice(notice) => notice.tone == Tone::Error,
            Said::Owned(_) => true,
        };
        if error { Tone::Error } else { Tone::Warning }
    }
}

/// What a weighing comes to.
pub(super) struct Weighed {
    pub(super) marks: Vec<Mark>,
    pub(super) sums: Sums,
}

/// Weighs a form. While the catalogues are not here the rules keep silent, and the totals are not known.
pub(super) fn weigh(model: &Model, form: &Form) -> Weighed {
    let mut marks = Vec::new();
    if let Some((notice, Some(spot))) = &form.alert {
        marks.push(Mark {
            bars_saving: false,
            ..Mark::of(*spot, notice.clone())
        });
    }
    fields(form, &mut marks);
    relating::judge(form, &mut marks);
    others::judge(form, &mut marks);
    let grid = form.kind.spec().form.grid;
    match grid {
        Grid::Nothing => {}
        Grid::Lines(_) => lines(model, form, &mut marks),
        Grid::Allocations(_) => paying::judge(model, form, &mut marks),
        Grid::Postings(_) => balancing::judge(model, form, &mut marks),
    }
    let mut weighed = Weighed {
        marks,
        sums: Sums::unknown(grid, form.content.rows.len()),
    };
    match grid {
        Grid::Lines(_) if form.kind.is_stamped() => document(model, form, &mut weighed),
        Grid::Lines(_) => {
            if let Some(sums) = Sums::reckoned(model, form) {
                weighed.sums = sums;
            }
        }
        Grid::Nothing if matches!(form.kind, Kind::Customers | Kind::Suppliers) => {
            contact(model, form, &mut weighed);
            alike(form, &mut weighed.marks);
        }
        Grid::Nothing if form.kind == Kind::InvoiceItems => item(form, &mut weighed.marks),
        Grid::Nothing => {}
        Grid::Allocations(_) => weighed.sums = Sums::of_payment(form),
        Grid::Postings(_) => weighed.sums = Sums::of_postings(form),
    }
    weighed
        .marks
        .sort_by_key(|mark| (mark.spot.is_none(), mark.spot, mark.tone() != Tone::Error));
    weighed
}

/// The words for the absence of a field that the server demands.
fn missing(kind: Kind, field: Field) -> &'static str {
    match field {
        Field::Contact
            if matches!(
                kind,
                Kind::Bills | Kind::PurchaseOrders | Kind::BillPayments
            ) =>
        {
            "form-missing-supplier"
        }
        Field::Contact => "form-missing-contact",
        Field::Date => "form-missing-date",
        Field::DueDate => "form-missing-due-date",
        Field::DeliveryDate => "form-missing-delivery-date",
        Field::Name => "form-missing-name",
        Field::Total => "form-missing-amount",
        Field::BankAccount => "form-missing-bank-account",
        Field::Parent => "form-missing-parent",
        Field::UnitPrice => "form-missing-price",
        Field::Rate => "form-missing-rate",
        Field::TaxType | Field::AccountType => "form-missing-type",
        _ => "form-missing",
    }
}

fn fields(form: &Form, marks: &mut Vec<Mark>) {
    for (idx, entry) in form.content.fields.iter().enumerate() {
        if entry.value(form.base.as_ref(), form.day).is_err() {
            let words = match entry.field.shape() {
                Shape::Date => "form-unreadable-date",
                _ => "form-unreadable-amount",
            };
            let text = form.content.text_of(entry.field);
            let notice = Notice::new(Tone::Error, words).with("text", text);
            marks.push(Mark::of(Spot::Field(idx), notice));
        }
    }
    if form.tried {
        let fields = form.kind.spec().form.fields.iter().enumerate();
        for (idx, row) in fields.filter(|(_, row)| row.demanded) {
            if form.content.is_empty_at(Spot::Field(idx)) {
                let notice = Notice::new(Tone::Error, missing(form.kind, row.field));
                marks.push(Mark::of(Spot::Field(idx), notice));
            }
        }
    }
}

fn lines(model: &Model, form: &Form, marks: &mut Vec<Mark>) {
    let columns = form.kind.spec().form.grid.columns();
    let mut any = false;
    for (number, row) in form.content.rows.lines().iter().enumerate() {
        if row.is_blank() {
            continue;
        }
        any = true;
        for column in columns {
            let cell = column.cell;
            if let Some(notice) = line_fault(model, form, number, row, column) {
                marks.push(Mark::of(Spot::Cell { row: number, cell }, notice));
            }
        }
    }
    if !any && form.tried {
        let notice = Notice::new(Tone::Error, "form-missing-lines");
        marks.push(first_row(form, notice));
    }
}

/// Something that is said about the rows as a whole, at the first of them.
fn first_row(form: &Form, notice: Notice) -> Mark {
    Mark {
        spot: form.extent().row(0),
        said: Said::Notice(notice),
        bars_saving: true,
    }
}

fn line_fault(
    model: &Model,
    form: &Form,
    number: usize,
    row: &LineRow,
    column: &GridColumn,
) -> Option<Notice> {
    let error = |words| Some(Notice::new(Tone::Error, words));
    let cell = column.cell;
    if !form.is_readable(number, cell) {
        let text = row.text(cell).cloned().unwrap_or_default();
        return Some(Notice::new(Tone::Error, "form-unreadable-amount").with("text", text));
    }
    let is_empty = row.text(cell).is_some_and(|text| text.trim().is_empty());
    let purchase = column.editor == Editor::Pick(Pool::Purchasable);
    match (cell, &row.on) {
        (Cell::Item, None) if !form.tried => None,
        (Cell::Item, None) if purchase => error("form-missing-item-or-account"),
        (Cell::Item, None) => error("form-missing-item"),
        (Cell::Item, Some(On::Account(link))) => {
            let header = model.account(&link.id)?.flag(Field::Header);
            header.then(|| {
                Notice::new(Tone::Error, "form-header-account").with("account", link.name.clone())
            })
        }
        (Cell::Item, Some(On::Item(_))) if purchase => None,
        (Cell::Item, Some(On::Item(link))) => {
            let item = form.items.get(&link.id)?;
            let lacks_key = item.native_read && item.text(Field::ProductKey).is_empty();
            lacks_key.then(|| {
                Notice::new(Tone::Error, "form-no-product-key").with("item", link.name.clone())
            })
        }
        (Cell::Quantity, _) if is_empty && form.tried => error("form-missing-quantity"),
        (Cell::Price, _) if is_empty && form.tried => error("form-missing-price"),
        _ => None,
    }
}

/// Judges a document that the SAT stamps, with all that the rules know.
fn document(model: &Model, form: &Form, weighed: &mut Weighed) {
    let Some(judgement) = judge(model, &form.judged(), form.receiver.as_ref(), &form.items) else {
        return;
    };
    weighed.sums = Sums::of_lines(form, &judgement.draft, judgement.totals);
    let numbers: Vec<usize> = form.content.rows.filled().collect();
    // The issuer is read in the background; until it is whole nothing can be said against it.
    let issuer_known = model
        .company
        .value()
        .is_some_and(|company| company.regime.is_some() && company.zip.is_some());
    for finding in judgement.findings {
        if is_of_issuer(&finding.path) && !issuer_known {
            continue;
        }
        let (spot, inside) = place(form, &finding.path, &numbers);
        weighed.push(form, spot, finding, inside);
    }
}

/// Judges a contact as the receiver of an invoice, and keeps what is said about the receiver.
fn contact(model: &Model, form: &Form, weighed: &mut Weighed) {
    let contact = form.record();
    let mut invoice = Record::new(Kind::Invoices, Id(String::new()));
    for field in [Field::Regime, Field::CfdiUse] {
        invoice.set_some(field, contact.get(field).cloned());
    }
    let Some(judgement) = judge(model, &invoice, Some(&contact), &BTreeMap::new()) else {
        return;
    };
    for finding in judgement.findings {
        let Some(field) = contact_field(&finding.path) else {
            continue;
        };
        // A contact may be kept without its fiscal data; they are needed when something is stamped.
        if let Some(spot) = form.content.position(field).map(Spot::Field)
            && !form.content.is_empty_at(spot)
        {
            weighed.push(form, Some(spot), finding, Inside::Form);
        }
    }
}

/// The field of a contact that a path of the draft speaks of.
pub(super) fn contact_field(path: &Path) -> Option<Field> {
    Some(match path {
        Path::Field(finding::Field::ReceiverRfc) => Field::Rfc,
        Path::Field(finding::Field::ReceiverName) => Field::Name,
        Path::Field(finding::Field::ReceiverZip) => Field::Zip,
        Path::Field(finding::Field::ReceiverRegime) => Field::Regime,
        Path::Field(finding::Field::CfdiUse) => Field::CfdiUse,
        _ => return None,
    })
}

/// Points at another contact with the same RFC: one more would part his documents in two.
fn alike(form: &Form, marks: &mut Vec<Mark>) {
    if let (Some(other), Some(idx)) = (form.alike.first(), form.content.position(Field::Rfc)) {
        let notice = Notice::new(Tone::Warning, "form-rfc-twice").with("name", other.title());
        marks.push(Mark {
            bars_saving: false,
            ..Mark::of(Spot::Field(idx), notice)
        });
    }
}

/// An item can be kept without its SAT key, but no line on it is taken by Alegra (contract 1.5).
fn item(form: &Form, marks: &mut Vec<Mark>) {
    let spot = form.content.position(Field::ProductKey).map(Spot::Field);
    if let Some(spot) = spot.filter(|spot| form.content.is_empty_at(*spot) && form.is_changed()) {
        let notice = Notice::new(Tone::Warning, "form-item-without-key");
        marks.push(Mark {
            bars_saving: false,
            ..Mark::of(spot, notice)
        });
    }
}

impl Weighed {
    /// Adds a finding, unless the place is still to be filled in, or is known to be unreadable or missing already.
    fn push(&mut self, form: &Form, spot: Option<Spot>, finding: Finding, inside: Inside) {
        let untouched = form.base.is_none() && !form.tried;
        let waits = |spot: Spot| untouched && form.content.is_empty_at(spot);
        let said = |spot: Spot| {
            self.marks
                .iter()
                .any(|mark| mark.spot == Some(spot) && mark.bars_saving)
        };
        if spot.is_some_and(|spot| waits(spot) || said(spot)) {
            return;
        }
        self.marks.push(Mark {
            spot,
            said: Said::Finding(finding, inside),
            bars_saving: false,
        });
    }
}

fn is_of_issuer(path: &Path) -> bool {
    use finding::Field::{IssuerName, IssuerRegime, IssuerRfc, IssuerZip};
    matches!(
        path,
        Path::Field(IssuerRfc | IssuerName | IssuerRegime | IssuerZip)
    )
}

/// The place in the form that a path of its draft speaks of.
pub(super) fn spot_of(form: &Form, path: &Path) -> Option<Spot> {
    let numbers: Vec<usize> = form.content.rows.filled().collect();
    place(form, path, &numbers).0
}

/// From the place in the draft to the place in the form; none where the form has no such place.
fn place(form: &Form, path: &Path, numbers: &[usize]) -> (Option<Spot>, Inside) {
    let field = |field: Field| form.content.position(field).map(Spot::Field);
    let cell = |line: usize, cell: Cell| {
        numbers
            .get(line)
            .map(|number| Spot::Cell { row: *number, cell })
    };
    match path {
        Path::Field(at) => match at {
            finding::Field::ReceiverRfc
            | finding::Field::ReceiverName
            | finding::Field::ReceiverZip => (field(Field::Contact), Inside::Contact),
            finding::Field::ReceiverRegime => (field(Field::Regime), Inside::Form),
            finding::Field::CfdiUse => (field(Field::CfdiUse), Inside::Form),
            finding::Field::PaymentType => (field(Field::PaymentType), Inside::Form),
            finding::Field::PaymentMethod => (field(Field::PaymentMethod), Inside::Form),
            finding::Field::Date => (field(Field::Date), Inside::Form),
            finding::Field::DueDate => (field(Field::DueDate), Inside::Form),
            finding::Field::Terms => (field(Field::Terms), Inside::Form),
            finding::Field::Currency => (field(Field::Currency), Inside::Form),
            finding::Field::ExchangeRate => (field(Field::ExchangeRate), Inside::Form),
            finding::Field::Relations => (field(Field::Related), Inside::Form),
            finding::Field::Lines => (form.extent().row(0), Inside::Form),
            finding::Field::DocType
            | finding::Field::IssuerRfc
            | finding::Field::IssuerName
            | finding::Field::IssuerRegime
            | finding::Field::IssuerZip
            | finding::Field::Exportation
            | finding::Field::ServerTotal
            | finding::Field::GlobalInfo
            | finding::Field::GlobalPeriodicity
            | finding::Field::GlobalMonths
            | finding::Field::GlobalYear => (None, Inside::Form),
        },
        Path::Line(line, at) => match at {
            LineField::ProductKey | LineField::UnitKey | LineField::Code => {
                (cell(*line, Cell::Item), Inside::Item)
            }
            LineField::Description => (cell(*line, Cell::Description), Inside::Form),
            LineField::Quantity => (cell(*line, Cell::Quantity), Inside::Form),
            LineField::Price => (cell(*line, Cell::Price), Inside::Form),
            LineField::DiscountPct => (cell(*line, Cell::Discount), Inside::Form),
            LineField::TaxObject | LineField::Taxes => (cell(*line, Cell::Taxes), Inside::Form),
        },
        Path::Tax(line, _) => (cell(*line, Cell::Taxes), Inside::Form),
        Path::RelationType(_) => (field(Field::Relation), Inside::Form),
        Path::RelationUuids(_) | Path::RelationUuid(..) => (field(Field::Related), Inside::Form),
        Path::GroupingCode | Path::Unknown(_) => (None, Inside::Form),
    }
}
