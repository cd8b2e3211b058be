//! Saving, refusing, and what is kept on disk meanwhile.

use super::*;

#[test]
fn a_new_record_goes_through_the_outbox_and_is_on_disk_before() {
    let mut model = filled();
    let effects = keys(&mut model, &["F8"]);
    let intent = intent_of(&effects);
    let (slot, body) = kept(&effects[..1]).expect("kept first");
    assert!(slot.starts_with("invoices:new:"));
    assert!(body.contains(&intent.id.0));
    let Act::Create(edit) = &intent.act else {
        panic!("no create")
    };
    assert_eq!(edit.id, None);
    assert_eq!(
        edit.values.get(&Field::CfdiUse),
        Some(&Some(Value::Text("G03".into())))
    );
    assert_eq!(edit.values.get(&Field::Total), None);
    assert_eq!(edit.lines.as_ref().map(Vec::len), Some(1));
    assert_eq!(intent.snapshot.rfc, "XIA190128J61");
    assert_eq!(intent.snapshot.total, Some(money("1160")));
    assert!(form(&model).is_locked());
    assert_eq!(keys(&mut model, &["F8"]), [], "once is enough");
    keys(&mut model, &["7"]);
    assert_eq!(form(&model).content.rows[0].quantity, "2");
}

#[test]
fn a_saved_record_takes_the_place_of_its_form() {
    let mut model = filled();
    let effects = keys(&mut model, &["F8"]);
    let intent = intent_of(&effects);
    let done = Answer::Done {
        id: Id::from("77"),
        uuid: None,
    };
    let effects = happens(&mut model, &intent, done);
    assert!(dropped(&effects));
    assert_eq!(model.unfinished.len(), 0);
    assert!(
        matches!(model.screen(), Some(Screen::Detail(page)) if page.id == Id::from("77")),
        "{:?}",
        model.screen()
    );
    assert_eq!(model.screens.len(), 2);
}

#[test]
fn a_refused_create_leaves_the_form_as_it_is_with_the_cause_at_the_field() {
    let mut model = filled();
    let before = form(&model).content.clone();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let refusal = Refusal {
        status: 400,
        code: "40161".into(),
        text: "UsoCFDI".into(),
        draft: None,
    };
    happens(&mut model, &intent, Answer::Refused(refusal));
    assert!(form(&model).is_locked(), "a refusal is read back first");
    let effects = sees(&mut model, &intent, Sighting::NotDone);
    assert!(!dropped(&effects));
    assert_eq!(form(&model).content, before);
    assert!(!form(&model).is_locked());
    let spot = spot_of(&model, Field::CfdiUse);
    assert_eq!(form(&model).focus, spot);
    assert!(words_at(&model, spot).contains(&"form-refused-code"));
    let again = intent_of(&keys(&mut model, &["F8"]));
    assert_ne!(again.id, intent.id);
}

#[test]
fn a_draft_that_a_refusal_left_behind_is_changed_and_not_made_twice() {
    let mut model = filled();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let refused = Intent {
        progress: Progress::Refused(Refusal {
            status: 400,
            code: "3051".into(),
            text: "no".into(),
            draft: Some(Id::from("77")),
        }),
        ..intent
    };
    settled(&mut model, &refused);
    keys(&mut model, &["3"]);
    let effects = keys(&mut model, &["F8"]);
    let update = effects.iter().find_map(|effect| match effect {
        Effect::Ask {
            request: Request::Update(edit),
            ..
        } => Some(edit),
        _ => None,
    });
    assert_eq!(
        update.and_then(|edit| edit.id.clone()),
        Some(Id::from("77"))
    );
}

#[test]
fn an_unknown_result_keeps_the_form_locked() {
    let mut model = filled();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let cause = "cut".to_owned();
    happens(&mut model, &intent, Answer::Unclear { cause });
    assert!(form(&model).is_locked());
    assert!(matches!(
        progress(&model, form(&model)),
        Some(Progress::Unknown { .. })
    ));
    assert_eq!(keys(&mut model, &["F8"]), []);
}

#[test]
fn an_untouched_record_has_nothing_to_send() {
    let mut model = editing();
    assert!(form(&model).edit().is_empty());
    assert!(!form(&model).is_changed());
    assert_eq!(keys(&mut model, &["Tab", "Tab", "Down", "Down", "F8"]), []);
    assert_eq!(
        model.toast.as_ref().map(|toast| toast.notice.words),
        Some("form-nothing-changed")
    );
}

#[test]
fn only_what_changed_is_sent() {
    let mut model = editing();
    update_focus(&mut model, Field::CfdiUse);
    keys(&mut model, &["G01", "Enter"]);
    let effects = keys(&mut model, &["F8"]);
    let edit = effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Ask {
                ticket,
                request: Request::Update(edit),
            } if ticket.slot == Slot::Save => Some(edit),
            _ => None,
        })
        .expect("an update");
    assert_eq!(edit.id, Some(Id::from("41")));
    assert_eq!(
        edit.values.clone().into_iter().collect::<Vec<_>>(),
        [(Field::CfdiUse, Some(Value::Text("G01".into())))]
    );
    assert_eq!(edit.lines, None);
}

#[test]
fn a_changed_line_sends_all_lines_and_keeps_what_the_form_does_not_show() {
    let mut model = editing();
    keys(&mut model, &["F6", "varios", "Enter"]);
    let lines = form(&model).edit().lines.expect("lines");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], draft().lines[0]);
    assert_eq!(
        lines[1].item.as_ref().map(|item| item.id.as_str()),
        Some("13")
    );
    assert_eq!(lines[1].total, None);
}

#[test]
fn taken_changes_close_the_form_and_refused_ones_leave_it() {
    for refused in [false, true] {
        let mut model = editing();
        update_focus(&mut model, Field::Terms);
        keys(&mut model, &["30 días"]);
        let effects = keys(&mut model, &["F8"]);
        let ticket = effects
            .iter()
            .find_map(|effect| match effect {
                Effect::Ask { ticket, .. } if ticket.slot == Slot::Save => Some(*ticket),
                _ => None,
            })
            .expect("a question");
        let fact = match refused {
            true => Fact::Failed(Trouble::new(TroubleSort::Refused, "no")),
            false => Fact::Updated(Id::from("41")),
        };
        let effects = reply(&mut model, Some(ticket), fact);
        if refused {
            assert_eq!(form(&model).content.text_of(Field::Terms), "30 días");
            assert!(form(&model).alert.is_some());
            assert!(!form(&model).is_locked());
        } else {
            assert!(dropped(&effects));
            assert!(matches!(model.screen(), Some(Screen::Home(_))));
        }
    }
}

#[test]
fn what_was_typed_is_on_disk_within_a_second() {
    let mut model = filled();
    let due = model.next_deadline().expect("a deadline");
    assert!(due.duration_since(noon()) < SignedDuration::from_secs(1));
    let effects = update(&mut model, Msg::Woke, due);
    let (slot, body) = kept(&effects).expect("kept");
    assert_eq!(model.unfinished.get(slot).map(String::as_str), Some(body));
    let rest = model.next_deadline();
    assert!(rest.is_none(), "{rest:?}");
}

#[test]
fn what_was_undone_is_no_unfinished_form() {
    let mut model = new_invoice();
    update_focus(&mut model, Field::Terms);
    keys(&mut model, &["hoy"]);
    let due = model.next_deadline().expect("a deadline");
    assert!(kept(&update(&mut model, Msg::Woke, due)).is_some());
    keys(&mut model, &["Ctrl+Z"]);
    let due = model.next_deadline().expect("a deadline");
    assert!(dropped(&update(&mut model, Msg::Woke, due)));
    assert!(!form(&model).is_changed());
}

#[test]
fn leaving_a_changed_form_asks_and_giving_it_up_forgets_it() {
    let mut model = filled();
    let due = model.next_deadline().expect("a deadline");
    update(&mut model, Msg::Woke, due);
    keys(&mut model, &["Esc"]);
    assert!(matches!(model.layers.last(), Some(Layer::Confirm(_))));
    keys(&mut model, &["Enter"]);
    assert_eq!(
        form(&model).content.rows[0].quantity,
        "2",
        "No is the default"
    );
    keys(&mut model, &["Esc", "s"]);
    let effects = keys(&mut model, &["Enter"]);
    assert!(dropped(&effects));
    assert_eq!(model.screens.len(), 1);
}

#[test]
fn an_unfinished_form_comes_back_with_its_unreadable_text_and_its_place() {
    let mut model = filled();
    keys(&mut model, &["Tab", "12,5", "Left"]);
    let effects = keep_now(&mut model);
    let (slot, body) = kept(&effects).expect("kept");
    let mut next = super::fixture::model();
    next.unfinished.insert(slot.to_owned(), body.to_owned());
    let effects = reopen(&mut next, slot);
    answer(&mut next, &effects);
    assert_eq!(form(&next).content, form(&model).content);
    assert_eq!(form(&next).focus, cell(Cell::Price));
    assert_eq!(form(&next).line.cursor(), 3);
    assert!(form(&next).is_changed());
    assert_eq!(
        words_at(&next, cell(Cell::Price)),
        ["form-unreadable-amount"]
    );
}

#[test]
fn opening_a_record_with_an_unfinished_form_brings_that_back() {
    let mut model = editing();
    update_focus(&mut model, Field::Terms);
    keys(&mut model, &["contado"]);
    let effects = keep_now(&mut model);
    let (slot, body) = kept(&effects).expect("kept");
    assert_eq!(slot, "invoices:41");
    let mut next = super::fixture::model();
    next.unfinished.insert(slot.to_owned(), body.to_owned());
    open_edit(&mut next, draft(), Some(Field::Date));
    assert_eq!(form(&next).content.text_of(Field::Terms), "contado");
    assert_eq!(form(&next).focus, spot_of(&next, Field::Date));
    assert_eq!(form(&next).edit().values.len(), 1);
}

#[test]
fn a_form_that_was_being_saved_when_the_program_died_waits_for_its_intent() {
    let mut model = filled();
    let effects = keys(&mut model, &["F8"]);
    let intent = intent_of(&effects);
    let (slot, body) = kept(&effects).expect("kept");
    let mut next = super::fixture::model();
    next.unfinished.insert(slot.to_owned(), body.to_owned());
    next.intents.insert(intent.id.clone(), intent.clone());
    reopen(&mut next, slot);
    assert!(form(&next).is_locked());
    // Without a trace of the intent nothing is claimed, and nothing is saved blindly.
    let mut later = super::fixture::model();
    later.unfinished.insert(slot.to_owned(), body.to_owned());
    reopen(&mut later, slot);
    let alert = form(&later).alert.as_ref().map(|(notice, _)| notice.words);
    assert_eq!(alert, Some("form-saved-before"));
}

#[test]
fn a_create_that_is_adopted_after_its_form_was_left_leaves_nothing_unfinished() {
    let mut model = filled();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    keys(&mut model, &["Esc", "s", "Enter"]);
    assert_eq!(model.screens.len(), 1);
    assert_eq!(model.unfinished.len(), 1);
    let done = Answer::Done {
        id: Id::from("77"),
        uuid: None,
    };
    let effects = happens(&mut model, &intent, done);
    assert!(dropped(&effects));
    assert_eq!(model.screens.len(), 1);
}
