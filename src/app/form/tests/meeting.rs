//! A record that somebody else changed while it stood in its form.

use super::*;
use crate::app::compare::differences;
use crate::domain::changes::Part;
use crate::domain::edit::Edit;
use crate::domain::stamp::{Stamp, Uuid};

fn text_of(record: &mut Record, field: Field, text: &str) {
    record.set(field, Value::Text(text.into()));
}

/// The draft with the terms typed, its save ordered and held back by what they wrote.
fn held_back(theirs: impl FnOnce(&mut Record)) -> Model {
    let mut model = editing();
    form_at(&mut model, spot_of(&editing(), Field::Terms));
    keys(&mut model, &["30 mios", "F8"]);
    assert_eq!(model.saves.len(), 1);
    let mut now = draft();
    theirs(&mut now);
    let now = Box::new(now);
    reply(&mut model, None, Fact::ChangedElsewhere { now });
    model
}

fn both(record: &mut Record) {
    text_of(record, Field::Terms, "60 suyos");
    text_of(record, Field::CfdiUse, "G01");
}

fn update_of(effects: &[Effect]) -> Option<(Edit, Record)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Update { edit, opened } => Some(((**edit).clone(), (**opened).clone())),
        _ => None,
    })
}

#[test]
fn nothing_is_overwritten_unasked_and_both_sides_are_shown() {
    let mut model = held_back(both);
    let Some(Layer::Compare(compare)) = model.layers.last() else {
        panic!("no comparison: {:?}", model.layers)
    };
    let told: Vec<(Part, bool)> = (compare.differences.iter())
        .map(|one| (one.part, one.both))
        .collect();
    assert!(
        told.contains(&(Part::Value(Field::Terms), true)),
        "{told:?}"
    );
    assert!(
        told.contains(&(Part::Value(Field::CfdiUse), false)),
        "{told:?}"
    );
    assert!(compare.differences[compare.selected].both);
    assert!(model.saves.is_empty());
    // Enter is what a hurried hand presses: it sends nothing.
    let effects = keys(&mut model, &["Enter"]);
    assert_eq!(update_of(&effects), None);
    assert!(model.layers.is_empty());
    assert_eq!(form(&model).content.text_of(Field::Terms), "30 mios");
    assert!(!form(&model).is_locked());
}

#[test]
fn mine_is_sent_over_theirs_and_what_only_they_changed_is_kept() {
    let mut model = held_back(both);
    let (edit, opened) = update_of(&keys(&mut model, &["m"])).expect("a save");
    assert_eq!(
        edit.values.into_iter().collect::<Vec<_>>(),
        [(Field::Terms, Some(Value::Text("30 mios".into())))]
    );
    assert_eq!(opened.text(Field::Terms), "60 suyos");
    assert_eq!(form(&model).content.key(Field::CfdiUse), "G01");
    assert!(form(&model).is_locked());
}

#[test]
fn theirs_is_taken_into_the_form_and_my_other_changes_stay() {
    let mut model = editing();
    form_at(&mut model, spot_of(&editing(), Field::Memo));
    keys(&mut model, &["mi nota "]);
    form_at(&mut model, spot_of(&editing(), Field::Terms));
    keys(&mut model, &["30 mios", "F8"]);
    let mut now = draft();
    both(&mut now);
    now.lines[0].quantity = Some(9.into());
    let now = Box::new(now);
    reply(&mut model, None, Fact::ChangedElsewhere { now });
    assert_eq!(update_of(&keys(&mut model, &["t"])), None);
    let content = &form(&model).content;
    assert_eq!(content.text_of(Field::Terms), "60 suyos");
    assert_eq!(content.rows.lines()[0].quantity, "9");
    assert!(content.text_of(Field::Memo).contains("mi nota"));
    let edit = form(&model).edit();
    assert_eq!(edit.values.keys().collect::<Vec<_>>(), [&Field::Memo]);
    assert_eq!(edit.lines, None);
}

#[test]
fn a_document_stamped_meanwhile_says_so_and_offers_no_overwriting() {
    let uuid: Uuid = "5A0D2BC1-6FD9-4B5C-9C0B-1F2E3D4C5B6A"
        .parse()
        .expect("a folio fiscal");
    let model = held_back(|record| {
        record.stamp = Stamp::Stamped(uuid.clone());
    });
    assert!(model.layers.is_empty());
    let alert = form(&model).alert.as_ref().map(|(notice, _)| notice.words);
    assert_eq!(alert, Some("form-stamped-meanwhile"));
    assert!(!form(&model).is_locked());
}

#[test]
fn what_changed_only_here_or_the_same_on_both_sides_is_no_difference() {
    let opened = draft();
    let mut mine = draft();
    text_of(&mut mine, Field::Terms, "30");
    assert_eq!(differences(&opened, &opened, &mine), []);
    assert_eq!(differences(&opened, &mine, &mine), []);
}
