//! One key accepts what a rule suggests.

use super::*;
use crate::app::form::accepting::Offer;

/// The draft in its form, for a receiver that is changed before.
fn receiver(change: impl FnOnce(&mut Record)) -> Model {
    let mut contact = xenon();
    change(&mut contact);
    let mut model = editing();
    receiver_arrived(&mut model, &[contact]);
    let spot = spot_of(&model, Field::Contact);
    form_at(&mut model, spot);
    model
}

fn accept(model: &mut Model) -> Vec<Effect> {
    let key = Key::ctrl('a');
    press(model, key)
}

fn offer(model: &Model) -> Option<Offer> {
    form(model).offer()
}

#[test]
fn a_name_with_its_kind_of_company_is_set_right_in_the_form_of_the_contact() {
    let mut model = receiver(|contact| {
        let name = "XENON INDUSTRIAL ARTICLES SA DE CV";
        contact.set(Field::Name, Value::Text(name.into()));
    });
    let before = form(&model).record();
    let text = offer(&model).and_then(|offer| offer.text);
    assert_eq!(text.as_deref(), Some("XENON INDUSTRIAL ARTICLES"));
    accept(&mut model);
    assert_eq!(form(&model).kind, Kind::Customers);
    let name = form(&model).content.text_of(Field::Name);
    assert_eq!(name, "XENON INDUSTRIAL ARTICLES");
    let edit = form(&model).edit();
    assert_eq!(edit.values.keys().collect::<Vec<_>>(), [&Field::Name]);
    // Nothing is sent, and the document below is as it was.
    assert_eq!(model.saves.len(), 0);
    let Some(Screen::Form(below)) = model.screens.iter().rev().nth(1) else {
        panic!("no document below")
    };
    assert_eq!(below.record(), before);
}

#[test]
fn a_slip_of_the_contact_without_one_answer_leads_to_its_field() {
    let mut model = receiver(|contact| contact.set(Field::Zip, Value::Text("1234".into())));
    assert_eq!(
        offer(&model).map(|offer| (offer.field, offer.text)),
        Some((Field::Zip, None))
    );
    accept(&mut model);
    let form = form(&model);
    assert_eq!(form.kind, Kind::Customers);
    assert_eq!(form.focus, spot_of(&model, Field::Zip));
    assert!(form.edit().is_empty());
}

#[test]
fn a_suggestion_inside_the_form_is_written_at_its_place_and_can_be_undone() {
    let mut model = editing();
    let spot = spot_of(&model, Field::PaymentMethod);
    if let Some(form) = on_top(&mut model) {
        form.content.demand(Field::PaymentMethod, "03");
    }
    weigh(&mut model);
    form_at(&mut model, spot);
    assert_eq!(
        offer(&model).and_then(|offer| offer.text).as_deref(),
        Some("transfer")
    );
    accept(&mut model);
    assert_eq!(form(&model).content.key(Field::PaymentMethod), "transfer");
    assert_eq!(offer(&model), None);
    press(&mut model, Key::ctrl('z'));
    assert_eq!(form(&model).content.key(Field::PaymentMethod), "03");
}

#[test]
fn where_nothing_is_suggested_the_key_says_so() {
    let mut model = editing();
    let effects = accept(&mut model);
    assert_eq!(effects, []);
    let said = model.toast.as_ref().map(|toast| toast.notice.words);
    assert_eq!(said, Some("reason-no-suggestion"));
}

#[test]
fn the_document_reads_its_contact_again_once_that_was_saved() {
    let mut model = receiver(|contact| contact.set(Field::Zip, Value::Text("1234".into())));
    accept(&mut model);
    keys(&mut model, &["Backspace", "F8"]);
    let (kind, id) = (Kind::Customers, Id::from("7"));
    let effects = reply(&mut model, None, Fact::Updated { kind, id });
    assert_eq!(form(&model).kind, Kind::Invoices);
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Ask { ticket, .. } if ticket.slot == crate::app::msg::Slot::Receiver
    )));
}
