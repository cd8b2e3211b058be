//! Which other CFDI a document is related to.

use super::*;
use crate::app::picker::Taken;
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;

const ONE: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";
const OTHER: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E50";

/// The draft in its form, where the server said that it is related like this.
fn related(text: &str) -> Model {
    let mut model = model();
    let mut draft = draft();
    draft.set(Field::Related, Value::Text(text.into()));
    let effects = open_edit(&mut model, draft, None);
    answer(&mut model, &effects);
    model
}

fn go_to(model: &mut Model, field: Field) {
    let spot = spot_of(model, field);
    form_at(model, spot);
}

fn shown(model: &Model) -> (&str, &str) {
    let content = &form(model).content;
    (
        content.key(Field::Relation),
        content.text_of(Field::Related),
    )
}

fn written(model: &Model) -> Option<Option<Value>> {
    form(model).edit().values.get(&Field::Related).cloned()
}

fn text(text: String) -> Option<Option<Value>> {
    Some(Some(Value::Text(text)))
}

#[test]
fn one_type_of_relation_is_shown_in_two_fields_and_written_as_one_value() {
    let mut model = related(&format!("04 {ONE}"));
    assert_eq!(shown(&model), ("04", ONE));
    assert_eq!(written(&model), None);
    go_to(&mut model, Field::Related);
    keys(&mut model, &[",", &OTHER.to_lowercase()]);
    assert_eq!(written(&model), text(format!("04 {ONE} {OTHER}")));
    keys(&mut model, &["Tab"]);
    assert_eq!(shown(&model).1, format!("{ONE} {OTHER}"));
}

#[test]
fn relations_of_several_types_are_kept_while_nobody_writes_over_them() {
    let both = format!("04 {ONE} 07 {OTHER}");
    let mut model = related(&both);
    assert_eq!(shown(&model), ("", ""));
    assert_eq!(written(&model), None);
    assert_eq!(form(&model).record().text(Field::Related), both);
    go_to(&mut model, Field::Relation);
    keys(&mut model, &["07", "Enter"]);
    go_to(&mut model, Field::Related);
    keys(&mut model, &[ONE]);
    assert_eq!(written(&model), text(format!("07 {ONE}")));
}

#[test]
fn half_a_relation_bars_the_save_at_the_half_that_is_missing() {
    let mut model = editing();
    go_to(&mut model, Field::Related);
    keys(&mut model, &[ONE]);
    assert!(!codes(&model).contains(&"CFDI40137"));
    keys(&mut model, &["F8"]);
    assert!(codes(&model).contains(&"CFDI40137"));
    assert_eq!(form(&model).focus, spot_of(&model, Field::Relation));
    assert_eq!(written(&model), None);
    let mut model = editing();
    go_to(&mut model, Field::Relation);
    keys(&mut model, &["07", "Enter", "F8"]);
    assert!(codes(&model).contains(&"XSD-uuid"));
    assert_eq!(form(&model).focus, spot_of(&model, Field::Related));
}

#[test]
fn a_credit_note_follows_its_invoice_and_a_copy_is_related_to_nothing() {
    let mut invoice = draft();
    invoice.set(Field::Status, Value::Status(Status::Paid));
    invoice.set(Field::Related, Value::Text(format!("04 {OTHER}")));
    invoice.stamp = Stamp::Stamped(ONE.parse().expect("a UUID"));
    let mut model = model();
    convert(&mut model, Action::MakeCreditNote, &invoice);
    assert_eq!(shown(&model), ("01", ONE));
    assert_eq!(written(&model), text(format!("01 {ONE}")));
    let mut model = self::model();
    convert(&mut model, Action::Duplicate, &invoice);
    assert_eq!(written(&model), None);
}

#[test]
fn an_invoice_that_is_chosen_brings_its_folio_and_takes_the_place_of_the_former() {
    let mut model = model();
    open_new(&mut model, Kind::CreditNotes);
    let spot = spot_of(&model, Field::Invoice);
    let mut invoice = draft();
    invoice.stamp = Stamp::Stamped(ONE.parse().expect("a UUID"));
    let choose = |model: &mut Model, invoice: &Record| {
        take(model, spot, Taken::Record(Box::new(invoice.clone())));
    };
    choose(&mut model, &invoice);
    assert_eq!(shown(&model), ("01", ONE));
    invoice.stamp = Stamp::Unstamped;
    choose(&mut model, &invoice);
    assert_eq!(shown(&model), ("", ""));
    go_to(&mut model, Field::Related);
    keys(&mut model, &[OTHER]);
    invoice.stamp = Stamp::Stamped(ONE.parse().expect("a UUID"));
    choose(&mut model, &invoice);
    assert_eq!(shown(&model), ("01", OTHER), "what a person wrote stays");
}

#[test]
fn a_relation_that_was_chosen_when_it_was_saved_stays_with_another_invoice() {
    let mut invoice = draft();
    invoice.stamp = Stamp::Stamped(OTHER.parse().expect("a UUID"));
    for (saved, then) in [
        (format!("03 {ONE}"), ("", "")),
        (format!("01 {ONE} 07 {OTHER}"), ("", "")),
        (format!("01 {ONE}"), ("01", OTHER)),
    ] {
        let mut model = model();
        open_new(&mut model, Kind::CreditNotes);
        let spot = spot_of(&model, Field::Invoice);
        let mut note = Record::new(Kind::CreditNotes, Id::from("7"));
        note.set(Field::Related, Value::Text(saved));
        if let Some(Screen::Form(form)) = model.screens.last_mut() {
            form.base = Some(note);
        }
        take(&mut model, spot, Taken::Record(Box::new(invoice.clone())));
        assert_eq!(shown(&model), then);
    }
}

#[test]
fn enter_passes_by_an_empty_relation_and_a_letter_opens_it() {
    let mut model = editing();
    go_to(&mut model, Field::Relation);
    keys(&mut model, &["Enter"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::Related));
    go_to(&mut model, Field::Relation);
    keys(&mut model, &["s"]);
    assert!(has_picker(&model));
}
