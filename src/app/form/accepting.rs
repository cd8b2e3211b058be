//! One key sets right what can be nothing else: the value that a rule suggests is written at its place, or the contact
//! or item that it is about is opened with the value in it, to be looked at and saved.
//!
//! Nothing is sent here, and nothing is guessed: where a rule knows no value, the record is opened at the field.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::sat::finding::{self, LineField, Path};

use super::super::model::Model;
use super::super::msg::Effect;
use super::super::notice::{Notice, Tone};
use super::content::Held;
use super::editing::changed;
use super::marks::{self, Inside, Said};
use super::opening::{ask_items, ask_receiver, open_edit};
use super::spot::Spot;
use super::{Form, defaults, on_top};

/// What the key would do at the place with the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The field it is about; of the form, or of the record that is opened.
    pub field: Field,
    /// Its new value, empty to leave it without one; none where no rule knows it.
    pub text: Option<String>,
    /// Whose field it is.
    pub inside: Inside,
    /// The place with the focus, for the item of a line.
    at: Spot,
}

impl Form {
    /// What the key would do at the place with the focus; nothing where it would do nothing.
    pub fn offer(&self) -> Option<Offer> {
        let whole = self.marks.iter().filter(|mark| mark.spot.is_none());
        let marks = self.marks_at(self.focus).chain(whole);
        let offers: Vec<Offer> = marks
            .filter_map(|mark| match &mark.said {
                Said::Finding(finding, inside) => Some((finding, *inside)),
                Said::Notice(_) | Said::Owned(_) => None,
            })
            .filter_map(|(finding, inside)| {
                let suggestion = finding.suggestion();
                let path = suggestion.as_ref().map_or(&finding.path, |one| &one.path);
                Some(Offer {
                    field: self.field_of(path, inside)?,
                    text: suggestion.map(|one| one.text),
                    inside,
                    at: self.focus,
                })
            })
            .collect();
        let known = offers.iter().find(|offer| offer.text.is_some());
        known.or(offers.first()).cloned()
    }

    /// The field that a path names, where the key can lead there.
    fn field_of(&self, path: &Path, inside: Inside) -> Option<Field> {
        let field = match (path, inside) {
            (Path::Line(_, LineField::UnitKey), Inside::Item) => Field::Unit,
            (Path::Line(_, LineField::ProductKey), Inside::Item) => Field::ProductKey,
            (path, Inside::Contact) => return marks::contact_field(path),
            (path, _) if matches!(self.kind, Kind::Customers | Kind::Suppliers) => {
                marks::contact_field(path)?
            }
            (Path::Field(finding::Field::ReceiverRegime), _) => Field::Regime,
            (Path::Field(finding::Field::CfdiUse), _) => Field::CfdiUse,
            (Path::Field(finding::Field::PaymentMethod), _) => Field::PaymentMethod,
            (Path::Field(finding::Field::ExchangeRate), _) => Field::ExchangeRate,
            _ => return None,
        };
        Some(field)
    }

    /// Writes a value into a field as if a person had.
    fn write(&mut self, field: Field, text: &str) {
        let Some(idx) = self.content.position(field) else {
            return;
        };
        self.remember();
        let spot = Spot::Field(idx);
        match self.content.text(spot) {
            Some(_) => self.content.set_text(spot, text),
            None => self.content.put(idx, Held::Key(text.to_owned())),
        }
        if field == Field::PaymentType {
            defaults::after_payment_type(&mut self.content);
        }
        self.refocus(spot);
        self.all_selected = false;
    }

    /// Whether a value can be written here: the form has the field, and nobody knows better than a person.
    fn takes(&self, offer: &Offer) -> bool {
        offer.text.is_some() && self.content.position(offer.field).is_some()
    }

    /// The contact or the item that an offer leads to.
    fn behind(&self, offer: &Offer) -> Option<&Record> {
        match (offer.inside, offer.at) {
            (Inside::Contact, _) => self.receiver.as_ref(),
            (Inside::Item, Spot::Cell { row, .. }) => {
                let id = self.content.rows.lines().get(row)?.item_id()?;
                self.items.get(id)
            }
            (Inside::Form | Inside::Item, _) => None,
        }
    }
}

/// Why the key does nothing just now; none where it does something.
pub fn acceptance_barred(model: &Model, form: &Form) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    let Some(offer) = form.offer() else {
        return no("reason-no-suggestion");
    };
    if form.is_locked() {
        return no("form-locked");
    }
    if offer.inside == Inside::Form {
        return match form.takes(&offer) {
            true => None,
            false => no("reason-no-suggestion"),
        };
    }
    match form.behind(&offer) {
        None => no("reason-not-read"),
        Some(_) if model.read_only => no("reason-read-only"),
        Some(record) if model.saves.contains(&(record.kind, record.id.clone())) => {
            no("reason-saving")
        }
        Some(_) => None,
    }
}

/// Accepts what is suggested at the place with the focus.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let Some(offer) = form.offer() else {
        return Vec::new();
    };
    if offer.inside == Inside::Form {
        if let Some(text) = &offer.text {
            form.write(offer.field, text);
        }
        return changed(model);
    }
    let Some(record) = form.behind(&offer).cloned() else {
        return Vec::new();
    };
    let (kind, id) = (record.kind, record.id.clone());
    let mut effects = open_edit(model, record, Some(offer.field));
    if let (Some(form), Some(text)) = (
        on_top(model).filter(|form| form.is_of(kind, &id) && !form.is_locked()),
        &offer.text,
    ) {
        form.write(offer.field, text);
        effects.extend(changed(model));
    }
    effects
}

/// A contact or an item was changed: the form that refers to it reads it again.
pub(super) fn refers_to(model: &mut Model, kind: Kind, id: &Id) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    let is_item = kind == Kind::InvoiceItems && form.items.remove(id).is_some();
    let is_receiver = matches!(kind, Kind::Customers | Kind::Suppliers)
        && (form.content.link(Field::Contact)).is_some_and(|link| link.id == *id);
    if is_item {
        effects.extend(ask_items(model));
    }
    if is_receiver {
        effects.extend(ask_receiver(model, id.clone()));
    }
    effects
}
