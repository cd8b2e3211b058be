//! What follows when the act of a card came to its end: what was made, and what has to be corrected.

use crate::domain::intent::{IntentId, Progress, Refusal};
use crate::domain::record::Record;

use super::super::model::{Layer, Model, Screen};
use super::super::msg::Effect;
use super::{Fault, Of, Phase, StampDialog, card, fault};

/// The intent of the card was settled: the button that goes on is selected where going on is harmless. What was made is
/// what the card is about from now on.
pub fn settled(model: &mut Model, intent: &IntentId) {
    let Some(known) = model.intents.get(intent) else {
        return;
    };
    let progress = known.progress.clone();
    let goes_on = matches!(progress, Progress::Refused(_))
        || super::super::cancel::thread::goes_on(model, known).is_some();
    if let Some(card) = card(model)
        && card.phase == Phase::Acting(intent.clone())
    {
        card.yes = goes_on;
        let made = match (&card.of, &progress) {
            (Of::Form, Progress::Refused(refusal)) => refusal.draft.as_ref(),
            _ => progress.record(),
        };
        if let Some(id) = made {
            card.of = Of::Saved(id.clone());
            card.record = card.record.take().map(|mut record| match &progress {
                Progress::Refused(_) | Progress::Unstamped(_) => record.kept_unstamped(id.clone()),
                _ => {
                    record.id = id.clone();
                    record
                }
            });
        }
    }
}

/// Whether the page below a card is the form that it was opened over.
fn is_over_its_form(model: &Model, card: &StampDialog) -> bool {
    match (model.screens.last(), &card.of) {
        (Some(Screen::Form(form)), Of::Saved(id)) => form.is_of(card.kind, id),
        (_, of) => *of == Of::Form,
    }
}

/// Opens what has to be corrected after a refusal, at the field at fault.
pub(super) fn correct(model: &mut Model, intent: &IntentId) -> Vec<Effect> {
    let Some(Progress::Refused(refusal)) = model
        .intents
        .get(intent)
        .map(|intent| intent.progress.clone())
    else {
        return Vec::new();
    };
    let Some(Layer::Stamp(card)) = model.layers.pop() else {
        return Vec::new();
    };
    let of_receiver = matches!(fault(&refusal), Some(Fault::Receiver(_)));
    // The form below is that of the draft by now, or still the new one, with the cause at its field.
    if is_over_its_form(model, &card) && !(of_receiver && card.receiver.is_some()) {
        return Vec::new();
    }
    open_at_fault(model, &refusal, card.record, card.receiver)
}

/// Opens the document of a refused stamp, or its receiver, at the field at fault.
pub fn open_at_fault(
    model: &mut Model,
    refusal: &Refusal,
    record: Option<Record>,
    receiver: Option<Record>,
) -> Vec<Effect> {
    let effects = match (fault(refusal), record, receiver) {
        (Some(Fault::Receiver(field)), _, Some(receiver)) => {
            super::super::form::open_edit(model, receiver, Some(field))
        }
        (Some(Fault::Document(field)), Some(record), _) => {
            super::super::form::open_edit(model, record, Some(field))
        }
        (_, Some(record), _) => super::super::form::open_edit(model, record, None),
        _ => Vec::new(),
    };
    super::super::form::show_stamp_refusal(model, refusal);
    effects
}
