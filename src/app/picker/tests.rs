//! Given a picker and messages, then its rows and what is taken.

use super::*;
use crate::app::form::fixture::*;
use crate::app::key::Code;
use crate::app::msg::{Msg, TroubleSort};
use crate::app::update;
use crate::domain::field::Field;

fn open_picker(model: &Model) -> &Picker {
    match model.layers.last() {
        Some(Layer::Picker(picker)) => picker,
        other => panic!("no picker but {other:?}"),
    }
}

fn press_only(model: &mut Model, key: Key) -> Vec<Effect> {
    let at = model.now;
    update(model, Msg::Key(key), at)
}

fn enter() -> Key {
    Key::plain(Code::Enter)
}

fn focus(model: &mut Model, field: Field) {
    let idx = form(model).content.position(field).expect("a field");
    form::point_at(model, idx);
}

#[test]
fn a_letter_opens_the_picker_with_that_letter_typed() {
    let mut model = new_invoice();
    keys(&mut model, &["x"]);
    let picker = open_picker(&model);
    assert_eq!(picker.line.text(), "x");
    assert_eq!(picker.choices.len(), 2);
}

#[test]
fn escape_leaves_the_field_as_it_was() {
    let mut model = editing();
    let before = form(&model).content.clone();
    keys(&mut model, &["xochilt", "Esc"]);
    assert!(!has_picker(&model));
    assert_eq!(form(&model).content, before);
}

#[test]
fn nothing_found_takes_nothing() {
    let mut model = new_invoice();
    keys(&mut model, &["zzz", "Enter"]);
    assert!(has_picker(&model));
    assert_eq!(open_picker(&model).choices, []);
    assert_eq!(form(&model).content.link(Field::Contact), None);
}

#[test]
fn enter_before_the_rows_takes_the_first_of_what_was_typed_and_not_of_what_was_there() {
    let mut model = new_invoice();
    keys(&mut model, &["x"]);
    let first = open_picker(&model).choices[0].name.clone();
    assert_eq!(first, "XENON INDUSTRIAL ARTICLES");
    let asked = press_only(&mut model, Key::char('o'));
    press_only(&mut model, enter());
    assert!(has_picker(&model), "the rows are those of an older text");
    answer(&mut model, &asked);
    assert!(!has_picker(&model));
    assert_eq!(
        form(&model)
            .content
            .link(Field::Contact)
            .map(|link| link.name.as_str()),
        Some("XOCHILT CASAS CHAVEZ")
    );
}

#[test]
fn rows_of_an_older_text_are_dropped() {
    let mut model = new_invoice();
    let old = press_only(&mut model, Key::char('x'));
    press_only(&mut model, Key::char('e'));
    answer(&mut model, &old);
    assert!(open_picker(&model).searching);
    assert_eq!(open_picker(&model).choices, []);
}

#[test]
fn a_use_that_does_not_go_with_the_regime_stands_below_with_its_reason_and_is_not_taken() {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter"]);
    focus(&mut model, Field::CfdiUse);
    keys(&mut model, &["F3"]);
    let choices = &open_picker(&model).choices;
    let barred: Vec<bool> = choices.iter().map(|c| c.barred.is_some()).collect();
    assert!(barred.is_sorted(), "what can be taken comes first");
    assert!(choices.iter().any(|c| c.code == "G03" && c.held));
    keys(&mut model, &["d01", "Enter"]);
    assert!(has_picker(&model));
    assert_eq!(
        model.toast.as_ref().map(|toast| toast.notice.words),
        Some("form-barred-use")
    );
    assert_eq!(form(&model).content.key(Field::CfdiUse), "G03");
}

#[test]
fn a_company_is_offered_no_regime_of_persons() {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter"]);
    focus(&mut model, Field::Regime);
    keys(&mut model, &["F3"]);
    let picker = open_picker(&model);
    let of = |code: &str| picker.choices.iter().find(|c| c.code == code);
    assert!(of("601").is_some_and(|choice| choice.barred.is_none()));
    assert_eq!(
        of("612").and_then(|choice| choice.barred.as_ref().map(|reason| reason.words)),
        Some("form-barred-fisica-only")
    );
}

#[test]
fn who_types_a_key_gets_that_key() {
    let mut model = new_invoice();
    focus(&mut model, Field::PaymentMethod);
    keys(&mut model, &["28", "Enter"]);
    assert_eq!(form(&model).content.key(Field::PaymentMethod), "debit-card");
}

#[test]
fn words_are_found_without_their_accents() {
    let mut model = new_invoice();
    focus(&mut model, Field::PaymentMethod);
    keys(&mut model, &["electronica", "Enter"]);
    assert_eq!(form(&model).content.key(Field::PaymentMethod), "transfer");
}

#[test]
fn a_small_catalogue_waits_for_the_catalogues_and_fills_when_they_come() {
    let mut model = new_invoice();
    let catalogs = model.catalogs.take().expect("catalogues");
    focus(&mut model, Field::PaymentType);
    keys(&mut model, &["F3"]);
    assert_eq!(open_picker(&model).choices, []);
    assert!(waits_for_catalogs(&model, open_picker(&model)));
    reply(&mut model, None, Fact::Catalogs(catalogs));
    let codes: Vec<_> = open_picker(&model)
        .choices
        .iter()
        .map(|c| c.code.as_str())
        .collect();
    assert_eq!(codes, ["PPD", "PUE"]);
}

#[test]
fn a_failed_search_is_said_and_takes_nothing() {
    let mut model = new_invoice();
    let asked = press_only(&mut model, Key::char('x'));
    press_only(&mut model, enter());
    let ticket = asked.iter().find_map(|effect| match effect {
        Effect::Ask { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let trouble = Trouble::new(TroubleSort::Storage, "disk");
    reply(&mut model, ticket, Fact::Failed(trouble));
    assert!(open_picker(&model).trouble.is_some());
    assert!(!open_picker(&model).searching);
}

#[test]
fn a_click_selects_a_row_and_a_second_one_takes_it() {
    let mut model = new_invoice();
    keys(&mut model, &["F3"]);
    point_at(&mut model, 1);
    assert!(has_picker(&model));
    point_at(&mut model, 1);
    assert!(!has_picker(&model));
    assert!(form(&model).content.link(Field::Contact).is_some());
}

#[test]
fn the_selected_row_stays_in_sight() {
    let mut model = new_invoice();
    focus(&mut model, Field::CfdiUse);
    keys(&mut model, &["F3"]);
    for _ in 0..40 {
        keys(&mut model, &["Down"]);
        let picker = open_picker(&model);
        let rows = rows(model.size);
        assert!((picker.top..picker.top + rows).contains(&picker.selected));
    }
}

#[test]
fn what_begins_with_the_typed_text_stands_before_what_has_it_in_the_middle() {
    let choice = |name: &str, code: &str| Choice {
        code: code.to_owned(),
        name: name.to_owned(),
        note: String::new(),
        barred: None,
        held: false,
        taken: Taken::Key(String::new()),
    };
    let found = vec![
        choice("Aire acondicionado", "AIR"),
        choice("Lápiz para concurso", "LAP"),
        choice("Consultoría", "SER"),
        choice("Silla", "CON-1"),
        choice("Con", ""),
    ];
    let ranked = super::choices::ranked(found, "CON");
    let names: Vec<&str> = ranked.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Con",
            "Consultoría",
            "Silla",
            "Lápiz para concurso",
            "Aire acondicionado"
        ]
    );
}

fn with_habits(model: &mut Model, name: CatalogueName, keys: &[&str]) {
    for key in keys {
        model.habits.note(name, key);
    }
}

#[test]
fn what_the_company_usually_takes_stands_first_and_is_called_usual() {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter"]);
    with_habits(
        &mut model,
        CatalogueName::CfdiUse,
        &["I04", "G03", "I04", "D01"],
    );
    focus(&mut model, Field::CfdiUse);
    keys(&mut model, &["F3"]);
    let usual = model.words.text("picker-usual");
    let notes: Vec<(&str, &str)> = open_picker(&model)
        .choices
        .iter()
        .take(3)
        .map(|choice| (choice.code.as_str(), choice.note.as_str()))
        .collect();
    assert_eq!(
        notes,
        [("I04", usual.as_str()), ("G03", &usual), ("G01", "")]
    );
    // A company has no D01, however often it was taken for others: it stays below, with its reason.
    let barred = open_picker(&model).choices.iter().find(|c| c.code == "D01");
    assert!(barred.is_some_and(|choice| choice.barred.is_some() && choice.note.is_empty()));
    keys(&mut model, &["equipo"]);
    assert_eq!(open_picker(&model).choices[0].code, "I04");
}

#[test]
fn a_typed_key_comes_before_what_is_usual() {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter"]);
    with_habits(&mut model, CatalogueName::CfdiUse, &["I03"]);
    focus(&mut model, Field::CfdiUse);
    keys(&mut model, &["equipo"]);
    assert_eq!(open_picker(&model).choices[0].code, "I03");
    keys(&mut model, &["Ctrl+U", "i02"]);
    assert_eq!(open_picker(&model).choices[0].code, "I02");
}

#[test]
fn a_large_catalogue_is_asked_with_the_usual_keys() {
    let mut model = model();
    form::open_new(&mut model, Kind::InvoiceItems);
    with_habits(
        &mut model,
        CatalogueName::ProductKey,
        &["84111506", "43211503"],
    );
    focus(&mut model, Field::ProductKey);
    let asked = press_only(&mut model, Key::char('s'));
    let request = asked.iter().find_map(|effect| match effect {
        Effect::Ask { request, .. } => Some(request),
        _ => None,
    });
    assert_eq!(
        request,
        Some(&Request::Catalogue {
            name: CatalogueName::ProductKey,
            text: "s".into(),
            usual: vec!["84111506".into(), "43211503".into()],
            limit: ROWS,
        })
    );
}

#[test]
fn a_form_with_catalogues_asks_what_is_usual() {
    let mut model = model();
    let asks = |effects: &[Effect]| {
        effects.iter().any(
            |effect| matches!(effect, Effect::Ask { request, .. } if *request == Request::Habits),
        )
    };
    let effects = form::open_new(&mut model, Kind::Invoices);
    assert!(asks(&effects));
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Ask { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let mut habits = crate::domain::habits::Habits::default();
    habits.note(CatalogueName::CfdiUse, "G03");
    reply(&mut model, ticket, Fact::Habits(habits.clone()));
    assert_eq!(model.habits, habits);
    let mut model = super::super::form::fixture::model();
    assert!(!asks(&form::open_new(&mut model, Kind::Departments)));
}
