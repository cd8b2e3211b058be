//! The card over the form of a new document, that is made and stamped in one request (contract C.1).
//!
//! What is judged is what stands in the form; receiver and items are read as for any other card. It never saves a form
//! that could not be saved without a stamp.

use crate::domain::record::Record;

use super::super::form;
use super::super::model::{Layer, Model, Screen};
use super::super::msg::{Effect, Request, Slot};
use super::{Of, Phase, StampDialog, card, read_around};

/// Opens the card over the form on top, or says what bars it from being saved.
pub fn open_new(model: &mut Model) -> Vec<Effect> {
    if !form::may_be_saved(model) {
        return Vec::new();
    }
    let Some(record) = on_top(model) else {
        return Vec::new();
    };
    let mut card = StampDialog::new(record.kind, Of::Form);
    card.record = Some(record.clone());
    model.layers.push(Layer::Stamp(Box::new(card)));
    let mut effects = read_around(model, &record);
    effects.push(model.ask(Slot::Folios, Request::Folios));
    effects
}

/// What stands in the form below the card; none where the card is about a document that is there already.
pub(super) fn stands_there(model: &mut Model) -> Option<Record> {
    card(model).filter(|card| card.of == Of::Form)?;
    on_top(model)
}

fn on_top(model: &Model) -> Option<Record> {
    match model.screens.last() {
        Some(Screen::Form(form)) if form.base.is_none() => Some(form.judged()),
        _ => None,
    }
}

/// A yes: the form waits for the end of its intent, as for that of any other create.
pub(super) fn commit(model: &mut Model) -> Vec<Effect> {
    let Some((intent, effects)) = form::create_stamped(model) else {
        return Vec::new();
    };
    if let Some(card) = card(model) {
        card.phase = Phase::Acting(intent);
        card.yes = false;
    }
    effects
}
