//! The connection as it is shown, ways back, sizes, other windows, the palette, and leaving with something typed.

use super::*;

#[test]
fn whatever_the_server_answers_shows_that_the_connection_stands() {
    let facts = [
        native(draft()),
        Fact::Gone,
        Fact::Failed(Trouble::new(TroubleSort::NotFound, "")),
        Fact::Failed(Trouble::new(TroubleSort::Refused, "RFC inválido")),
    ];
    for fact in facts {
        let (mut model, ticket) = page();
        let (mut model, ticket) = match press(&mut model, letter('r')).first() {
            Some(Effect::Ask { ticket, .. }) => (model, *ticket),
            _ => (model, ticket),
        };
        model.offline = Some(offline());
        reply(&mut model, Some(ticket), fact.clone());
        assert_eq!(model.offline, None, "{fact:?}");
    }
    let (mut model, intent) = stamping();
    model.offline = Some(offline());
    answered(&mut model, &intent, unclear());
    assert!(model.offline.is_some(), "nobody answered");
    sighted(&mut model, &intent, Sighting::NotDone);
    assert_eq!(model.offline, None);
}

#[test]
fn what_the_cache_answers_shows_nothing_of_the_connection() {
    let (mut model, ticket) = list();
    model.offline = Some(offline());
    reply(&mut model, Some(ticket), Fact::Window(window(3)));
    assert!(model.offline.is_some());
}

#[test]
fn without_a_connection_the_server_is_asked_now_and_then_until_it_answers() {
    let (mut model, ticket) = page();
    press(&mut model, letter('r'));
    let _ = ticket;
    let probe = Fact::Failed(offline());
    reply(&mut model, None, probe.clone());
    for _ in 0..3 {
        model.toast = None;
        let due = model.next_deadline().expect("a deadline");
        let effects = update(&mut model, Msg::Woke, due);
        let (ticket, request) = asked(&effects, Slot::Company).expect("a question");
        assert_eq!(request, Request::Company);
        assert_eq!(model.next_deadline(), None, "one question at a time");
        reply(&mut model, Some(ticket), probe.clone());
    }
    let due = model.next_deadline().expect("a deadline");
    let effects = update(&mut model, Msg::Woke, due);
    let (ticket, _) = asked(&effects, Slot::Company).expect("a question");
    let company = model.company.value().expect("a company").clone();
    reply(&mut model, Some(ticket), Fact::Company(company));
    assert_eq!(model.offline, None);
    assert_eq!(
        model.next_deadline(),
        None,
        "nothing is left to wake up for"
    );
}

/// Presses a key whose questions this test answers itself.
fn type_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let at = model.now;
    update(model, Msg::Key(key), at)
}

/// The box with two hits, the second one chosen.
fn box_with_hits() -> Model {
    let mut model = model();
    type_key(&mut model, letter('/'));
    type_key(&mut model, letter('x'));
    let ticket = ticket(&type_key(&mut model, letter('e')), Slot::Find);
    let hit = |id: &str| crate::domain::list::Hit {
        books: None,
        record: Record::new(Kind::Invoices, Id::from(id)),
        why: Vec::new(),
    };
    let found = Fact::Found {
        hits: vec![hit("1"), hit("2")],
        more: false,
        coverage: Coverage::default(),
    };
    reply(&mut model, Some(ticket), found);
    type_key(&mut model, Key::plain(Code::Down));
    model
}

#[test]
fn an_opened_hit_goes_back_to_the_box_as_it_was_and_then_to_where_it_was_opened() {
    let mut model = box_with_hits();
    type_key(&mut model, Key::plain(Code::Enter));
    assert!(model.layers.is_empty());
    assert!(matches!(model.screen(), Some(Screen::Detail(_))));
    let effects = type_key(&mut model, Key::plain(Code::Esc));
    match model.layers.last() {
        Some(Layer::Find(find)) => {
            assert_eq!(find.line.text(), "xe");
            assert_eq!(find.selected, 1);
        }
        other => panic!("no box but {other:?}"),
    }
    assert!(
        asked(&effects, Slot::Find).is_some(),
        "hits may have changed"
    );
    type_key(&mut model, Key::plain(Code::Esc));
    assert!(model.layers.is_empty());
    assert!(matches!(model.screen(), Some(Screen::Home(_))));
}

#[test]
fn going_elsewhere_from_an_opened_hit_leaves_no_box_behind() {
    let mut model = box_with_hits();
    press(&mut model, Key::plain(Code::Enter));
    press(&mut model, letter('g'));
    press(&mut model, letter('f'));
    press(&mut model, Key::plain(Code::Esc));
    assert!(model.layers.is_empty());
    assert!(matches!(model.screen(), Some(Screen::Home(_))));
}

#[test]
fn a_new_size_under_a_layer_orders_the_rows_that_the_list_shows_now() {
    let (mut model, ticket) = list();
    let mut long = window(63);
    long.total = 500;
    reply(&mut model, Some(ticket), Fact::Window(long));
    press(&mut model, letter('?'));
    let at = model.now;
    let size = Msg::Resize {
        width: 120,
        height: 90,
    };
    let effects = update(&mut model, size, at);
    assert!(
        matches!(
            asked(&effects, Slot::Window),
            Some((_, Request::Window { len, .. })) if len >= 86
        ),
        "{effects:?}"
    );
}

#[test]
fn a_smaller_size_keeps_the_selected_row_in_view_below_a_layer() {
    let (mut model, ticket) = list();
    reply(&mut model, Some(ticket), Fact::Window(window(60)));
    for _ in 0..18 {
        press(&mut model, letter('j'));
    }
    press(&mut model, letter(':'));
    let at = model.now;
    let size = Msg::Resize {
        width: 60,
        height: 15,
    };
    update(&mut model, size, at);
    match model.screen() {
        Some(Screen::List(list)) => {
            assert!(list.top + model.list_rows() > list.selected, "{}", list.top);
        }
        other => panic!("no list but {other:?}"),
    }
}

#[test]
fn the_end_of_a_page_is_where_it_was_laid_out_and_the_first_key_up_moves() {
    let (mut model, _) = page();
    let top = |model: &Model| match model.screen() {
        Some(Screen::Detail(detail)) => detail.top,
        other => panic!("no page but {other:?}"),
    };
    press(&mut model, Key::plain(Code::End));
    let at = model.now;
    update(&mut model, Msg::Laid { last_top: 87 }, at);
    assert_eq!(top(&model), 87);
    press(&mut model, letter('k'));
    assert_eq!(top(&model), 86);
    press(&mut model, letter('?'));
    update(&mut model, Msg::Laid { last_top: 2 }, at);
    assert_eq!(top(&model), 86, "that was about the help above it");
}

#[test]
fn what_another_window_changed_is_read_again_after_a_rest_and_the_cursor_stays_on_its_record() {
    let (mut model, ticket) = list();
    reply(&mut model, Some(ticket), Fact::Window(window(5)));
    press(&mut model, letter('j'));
    let soon = after(&model, 1);
    let effects = update(&mut model, Msg::Key(letter('j')), soon);
    assert_eq!(effects, [], "a moving hand orders nothing");
    let later = after(&model, 2);
    let effects = update(&mut model, Msg::Key(letter('k')), later);
    let (ticket, request) = asked(&effects, Slot::Window).expect("a question");
    assert!(
        matches!(request, Request::WindowAround { .. }),
        "{request:?}"
    );
    let mut changed = window(5);
    changed
        .rows
        .insert(0, Record::new(Kind::Invoices, Id::from("new")));
    changed.total = 6;
    reply(&mut model, Some(ticket), Fact::Window(changed));
    match model.screen() {
        Some(Screen::List(list)) => {
            assert_eq!(list.selection().map(|record| record.id.as_str()), Some("1"));
            assert_eq!(list.total(), 6);
        }
        other => panic!("no list but {other:?}"),
    }
}

#[test]
fn a_notice_of_the_worker_reads_the_list_again_behind_any_layer() {
    let (mut model, ticket) = list();
    reply(&mut model, Some(ticket), Fact::Window(window(5)));
    press(&mut model, letter('/'));
    let changed = Box::new(Record::new(Kind::Invoices, Id::from("1")));
    let effects = reply(&mut model, None, Fact::Changed(changed));
    assert!(asked(&effects, Slot::Window).is_some(), "{effects:?}");
    assert!(asked(&effects, Slot::Overview).is_some(), "{effects:?}");
}

#[test]
fn a_barred_row_of_the_palette_says_why_and_stays() {
    let mut model = model();
    press(&mut model, letter(':'));
    for key in "quitar partida".chars() {
        press(&mut model, letter(key));
    }
    let effects = press(&mut model, Key::plain(Code::Enter));
    assert_eq!(effects, []);
    assert_eq!(words(&model), Some("reason-only-in-forms"));
    assert!(matches!(model.layers.last(), Some(Layer::Palette(_))));
}

#[test]
fn a_row_of_the_palette_does_what_it_says() {
    let mut model = crate::app::form::fixture::editing();
    press(&mut model, Key::ctrl('p'));
    for key in "partida agregar".chars() {
        press(&mut model, letter(key));
    }
    press(&mut model, Key::plain(Code::Enter));
    assert!(model.layers.is_empty());
    assert_eq!(
        crate::app::form::fixture::form(&model).content.rows.len(),
        2
    );
}

#[test]
fn quitting_a_form_with_unsaved_text_asks_first_and_keeps_it() {
    let mut model = crate::app::form::fixture::editing();
    press(&mut model, Key::ctrl('n'));
    assert_eq!(press(&mut model, Key::ctrl('c')), []);
    assert!(matches!(
        model.layers.last(),
        Some(Layer::Confirm(question))
            if !question.yes && question.notice.words == "confirm-quit-unsaved"
    ));
    press(&mut model, Key::plain(Code::Esc));
    press(&mut model, Key::ctrl('c'));
    let effects = press(&mut model, Key::ctrl('c'));
    assert!(effects.contains(&Effect::Quit));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::KeepEdit { .. })),
        "{effects:?}"
    );
    let mut untouched = crate::app::form::fixture::editing();
    assert_eq!(press(&mut untouched, Key::ctrl('c')), [Effect::Quit]);
}

#[test]
fn forms_that_were_left_are_told_at_the_next_start() {
    let mut model = model();
    let left = [("invoices:new:a".to_owned(), "{}".to_owned())].into();
    reply(&mut model, None, Fact::Unfinished(left));
    assert_eq!(words(&model), Some("notice-unfinished"));
}

#[test]
fn going_elsewhere_from_a_form_says_that_what_was_typed_is_kept() {
    let mut model = crate::app::form::fixture::editing();
    press(&mut model, Key::ctrl('n'));
    press(&mut model, Key::ctrl('p'));
    for key in "ir al inicio".chars() {
        press(&mut model, letter(key));
    }
    press(&mut model, Key::plain(Code::Enter));
    assert_eq!(words(&model), Some("notice-form-kept"));
    assert_eq!(model.unfinished.len(), 1);
}
