//! From a form to the server and back.

use super::*;

fn sees(model: &mut Model, intent: &Intent, sighting: Sighting) -> Vec<Effect> {
    let fact = Fact::Sighted {
        intent: intent.id.clone(),
        sighting,
        began: model.now,
    };
    reply(model, None, fact)
}

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
    assert_eq!(form(&model).content.rows.lines()[0].quantity, "2");
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
        Effect::Update { edit, .. } => Some(edit),
        _ => None,
    });
    assert_eq!(
        update.and_then(|edit| edit.id.clone()),
        Some(Id::from("77"))
    );
}

/// The filled form with its card, and the create that stamps which a yes made of it.
fn stamped_at_once() -> (Model, Intent) {
    let mut model = filled();
    for script in [&["F12"][..], &["s", "Enter"][..]] {
        let effects = keys(&mut model, script);
        answer(&mut model, &effects);
    }
    let mut intents = model.intents.values();
    let intent = intents.next().cloned().expect("an intent");
    assert!(matches!(intent.act, Act::CreateAndStamp(_)));
    (model, intent)
}

#[test]
fn a_draft_that_a_person_tells_to_be_the_refused_one_is_opened_at_the_field_at_fault() {
    let (mut model, intent) = stamped_at_once();
    let refusal = Refusal {
        status: 400,
        code: "40161".into(),
        text: "UsoCFDI".into(),
        draft: None,
    };
    happens(&mut model, &intent, Answer::Refused(refusal));
    let twin = |id: &str| {
        let mut record = form(&model).record();
        record.id = Id::from(id);
        Candidate::of(&record)
    };
    let seen = Riddle::Twins(vec![twin("77"), twin("78")]);
    sees(&mut model, &intent, Sighting::Doubtful(seen));
    // The server is done with the request: nobody has to wait for the limit.
    let mine = Decision::Mine(Id::from("78"));
    let effects = update::decide(&mut model, &intent.id, mine.clone());
    assert!(matches!(&effects[..], [Effect::Record { progress, .. }]
        if *progress == Progress::Decided(mine.clone())));
    let written = Intent {
        progress: Progress::Decided(mine),
        ..intent
    };
    reply(&mut model, None, Fact::Settled(Box::new(written)));
    let base = form(&model).base.as_ref().map(|base| base.id.clone());
    assert_eq!(base, Some(Id::from("78")));
    assert_eq!(form(&model).focus, spot_of(&model, Field::CfdiUse));
    assert!(!form(&model).is_locked());
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
            Effect::Update { edit, .. } => Some(edit),
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

/// The invoice 41 with other terms, on their way.
fn saving_terms() -> Model {
    let mut model = editing();
    update_focus(&mut model, Field::Terms);
    keys(&mut model, &["30 días"]);
    let effects = keys(&mut model, &["F8"]);
    let sent = |effect: &Effect| matches!(effect, Effect::Update { edit, .. } if edit.id == Some(Id::from("41")));
    assert!(effects.iter().any(sent), "{effects:?}");
    assert!(form(&model).is_locked());
    model
}

fn updated_41() -> Fact {
    Fact::Updated {
        kind: Kind::Invoices,
        id: Id::from("41"),
    }
}

fn refused_41() -> Fact {
    Fact::NotUpdated {
        kind: Kind::Invoices,
        id: Id::from("41"),
        trouble: Trouble::new(TroubleSort::Refused, "no"),
    }
}

fn unclear_41(now: Option<Record>) -> Fact {
    Fact::UpdateUnclear {
        kind: Kind::Invoices,
        id: Id::from("41"),
        trouble: Trouble::new(TroubleSort::Offline, "cut"),
        now: now.map(Box::new),
    }
}

fn alert(model: &Model) -> Option<&'static str> {
    form(model).alert.as_ref().map(|(notice, _)| notice.words)
}

#[test]
fn taken_changes_close_the_form_and_refused_ones_leave_it() {
    let mut model = saving_terms();
    let effects = reply(&mut model, None, updated_41());
    assert!(dropped(&effects));
    assert!(matches!(model.screen(), Some(Screen::Home(_))));
    assert_eq!(model.saves.len(), 0);

    let mut model = saving_terms();
    let effects = reply(&mut model, None, refused_41());
    assert_eq!(form(&model).content.text_of(Field::Terms), "30 días");
    assert_eq!(alert(&model), Some("form-refused"));
    assert!(!form(&model).is_locked());
    assert_eq!(model.saves.len(), 0);
    let (_, body) = kept(&effects).expect("kept anew");
    assert!(body.contains("\"updating\":false"), "{body}");
}

#[test]
fn changes_that_are_taken_after_their_form_was_left_leave_nothing_unfinished() {
    let mut model = saving_terms();
    keys(&mut model, &["Esc", "s", "Enter"]);
    assert_eq!(model.unfinished.len(), 1);
    let effects = reply(&mut model, None, updated_41());
    assert!(dropped(&effects));
    assert_eq!(model.unfinished.len(), 0);
}

#[test]
fn changes_that_are_refused_after_their_form_was_left_are_told_and_kept() {
    let mut model = saving_terms();
    keys(&mut model, &["Esc", "s", "Enter"]);
    reply(&mut model, None, refused_41());
    assert_eq!(
        model.toast.as_ref().map(|toast| toast.notice.words),
        Some("form-left-unsaved")
    );
    assert_eq!(model.unfinished.len(), 1);
}

#[test]
fn two_forms_are_saved_at_once_and_each_hears_its_own_answer() {
    let mut model = saving_terms();
    let mut other = draft();
    other.id = Id::from("42");
    open_edit(&mut model, other, None);
    update_focus(&mut model, Field::Terms);
    keys(&mut model, &["60 días"]);
    let effects = keys(&mut model, &["F8"]);
    assert!(effects.iter().any(
        |effect| matches!(effect, Effect::Update { edit, .. } if edit.id == Some(Id::from("42")))
    ));
    assert_eq!(model.saves.len(), 2);
    let locked = |model: &Model, id: &str| {
        model.screens.iter().any(|screen| {
            matches!(screen, Screen::Form(form) if form.is_locked()
                && form.base.as_ref().is_some_and(|base| base.id == Id::from(id)))
        })
    };
    reply(&mut model, None, refused_41());
    assert!(!locked(&model, "41") && locked(&model, "42"));
    let mut taken = updated_41();
    if let Fact::Updated { id, .. } = &mut taken {
        *id = Id::from("42");
    }
    reply(&mut model, None, taken);
    assert_eq!(model.saves.len(), 0);
    assert_eq!(
        form(&model).base.as_ref().map(|base| base.id.clone()),
        Some(Id::from("41"))
    );
    assert_eq!(form(&model).content.text_of(Field::Terms), "30 días");
}

#[test]
fn without_a_clear_answer_the_record_that_was_read_again_says_what_holds() {
    let mut taken = draft();
    taken.set(Field::Terms, Value::Text("30 días".into()));
    taken.set(Field::Memo, Value::Text("of a colleague".into()));
    let mut model = saving_terms();
    let effects = reply(&mut model, None, unclear_41(Some(taken)));
    assert!(dropped(&effects), "it was taken");
    assert!(matches!(model.screen(), Some(Screen::Home(_))));

    let mut other = draft();
    other.set(Field::Terms, Value::Text("15 días".into()));
    for (now, words) in [
        (Some(draft()), "form-unclear-nothing"),
        (None, "form-unclear-unread"),
        (Some(other), "form-unclear-nothing"),
    ] {
        let mut model = saving_terms();
        reply(&mut model, None, unclear_41(now));
        assert_eq!(alert(&model), Some(words));
        assert!(!form(&model).is_locked());
        assert_eq!(form(&model).content.text_of(Field::Terms), "30 días");
    }
}

#[test]
fn while_changes_are_on_their_way_the_record_is_neither_edited_nor_stamped() {
    let mut model = saving_terms();
    keys(&mut model, &["Esc", "s", "Enter"]);
    model
        .screens
        .push(Screen::Detail(crate::app::detail::Detail::showing(draft())));
    for action in [Action::Stamp, Action::Edit] {
        let reason = model.disabled(action).map(|notice| notice.words);
        assert_eq!(reason, Some("reason-saving"), "{action:?}");
    }
    reply(&mut model, None, refused_41());
    assert_eq!(model.disabled(Action::Edit), None);
    assert_eq!(model.disabled(Action::Stamp), None);
}

#[test]
fn nothing_is_saved_in_a_run_that_only_reads() {
    let mut model = filled();
    model.read_only = true;
    assert_eq!(keys(&mut model, &["F8"]), []);
    assert!(!form(&model).is_locked());
}

#[test]
fn a_request_that_never_left_says_so_and_may_be_sent_again() {
    let mut model = filled();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let cause = "no route".to_owned();
    happens(&mut model, &intent, Answer::NotSent { cause });
    let alert = form(&model).alert.as_ref().map(|(notice, _)| notice.words);
    assert_eq!(alert, Some("notice-unsent"));
    let again = intent_of(&keys(&mut model, &["F8"]));
    assert_ne!(again.id, intent.id);
}
