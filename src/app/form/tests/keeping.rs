//! What is on disk before it is saved, and what comes back.

use proptest::prelude::*;

use super::*;

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
        form(&model).content.rows.lines()[0].quantity,
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

/// The next run, with what the outbox says about the create that a left form waited for.
fn next_run(model: &Model, act: &Intent, progress: Progress) -> (Model, Vec<Effect>) {
    let mut next = super::fixture::model();
    let left = Fact::Unfinished(model.unfinished.clone());
    let effects = reply(&mut next, None, left);
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Ask {
            ticket,
            request: Request::Acts(ids),
        } if ids.contains(&act.id) => Some(*ticket),
        _ => None,
    });
    let act = Intent {
        progress,
        ..act.clone()
    };
    let effects = reply(&mut next, asked, Fact::Acts(vec![act]));
    (next, effects)
}

#[test]
fn a_form_that_was_left_tells_in_the_next_run_what_became_of_its_create() {
    let mut model = filled();
    let act = intent_of(&keys(&mut model, &["F8"]));
    keys(&mut model, &["Esc", "s", "Enter"]);
    let slot = model.unfinished.keys().next().expect("a form").clone();
    let refused = Progress::Refused(Refusal {
        status: 400,
        code: "40161".into(),
        text: "UsoCFDI".into(),
        draft: None,
    });
    for (progress, words) in [
        (refused, "form-refused-code"),
        (Progress::Released, "notice-create-released"),
    ] {
        let (mut next, effects) = next_run(&model, &act, progress);
        assert!(!dropped(&effects));
        reopen(&mut next, &slot);
        let alert = form(&next).alert.as_ref().map(|(notice, _)| notice.words);
        assert_eq!(alert, Some(words));
        assert!(!form(&next).is_locked());
    }
    let done = Progress::Adopted {
        id: Id::from("77"),
        uuid: None,
    };
    let (next, effects) = next_run(&model, &act, done);
    assert!(dropped(&effects));
    assert!(next.unfinished.is_empty());
    // What is open is settled by reading, and its form waits.
    let sent = Progress::Sent { at: model.now };
    let (mut next, _) = next_run(&model, &act, sent.clone());
    assert!(!next.intents.contains_key(&act.id));
    let open = Intent {
        progress: sent,
        ..act
    };
    reply(&mut next, None, Fact::OpenIntents(vec![open]));
    reopen(&mut next, &slot);
    assert!(form(&next).is_locked());
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

fn any_key() -> impl Strategy<Value = Key> {
    let plain = |code| Just(Key::plain(code));
    prop_oneof![
        4 => prop::char::ranges(vec!['a'..='z', '0'..='9', ' '..='/', 'Ñ'..='ó'].into())
            .prop_map(Key::char),
        1 => Just(Key::char('🧾')),
        2 => plain(Code::Tab),
        1 => plain(Code::BackTab),
        2 => plain(Code::Enter),
        1 => plain(Code::Up),
        1 => plain(Code::Down),
        1 => plain(Code::Left),
        1 => plain(Code::Home),
        1 => plain(Code::Backspace),
        1 => plain(Code::Delete),
        1 => plain(Code::F(3)),
        1 => plain(Code::F(6)),
        1 => plain(Code::F(7)),
        1 => Just(Key::ctrl('z')),
        1 => Just(Key::ctrl('w')),
        1 => Just(Key::ctrl('g')),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_typed_is_kept_and_comes_back_the_same(
        typed in prop::collection::vec(any_key(), 0..60),
        existing in any::<bool>(),
    ) {
        let mut model = if existing { editing() } else { new_invoice() };
        for key in typed {
            press(&mut model, key);
        }
        model.layers.clear();
        let slot = form(&model).slot.clone();
        let body = form(&model).body();
        let mut next = super::fixture::model();
        next.unfinished.insert(slot.clone(), body.clone());
        reopen(&mut next, &slot);
        prop_assert_eq!(form(&next).body(), body);
        prop_assert_eq!(&form(&next).content, &form(&model).content);
        prop_assert_eq!(form(&next).line.text(), form(&model).line.text());
    }
}

#[test]
fn what_was_typed_is_kept_when_the_system_ends_the_program() {
    let mut model = new_invoice();
    update_focus(&mut model, Field::Terms);
    keys(&mut model, &["30 días"]);
    let now = model.now;
    let effects = update(&mut model, Msg::Ending, now);
    let (_, body) = kept(&effects).expect("kept");
    assert!(body.contains("30 días"), "{body}");
    assert_eq!(update(&mut model, Msg::Ending, now), [], "once is enough");
}
