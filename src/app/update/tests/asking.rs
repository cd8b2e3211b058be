//! What is asked before something is sent or opened, and what the answers change.

use super::*;

/// A key whose questions nobody has answered yet.
fn unanswered(model: &mut Model, key: Key) -> Vec<Effect> {
    let at = model.now;
    update(model, Msg::Key(key), at)
}

/// A yes on the card: what is asked once more.
fn yes(model: &mut Model) -> Vec<Effect> {
    press(model, letter('s'));
    unanswered(model, Key::plain(Code::Enter))
}

#[test]
fn a_receiver_that_changed_asks_again_with_old_and_new() {
    let mut moved = xenon();
    moved.set(Field::Zip, Value::Text("76000".into()));
    let mut renamed = xenon();
    renamed.set(Field::Name, Value::Text("XENON ARTICLES".into()));
    for (receiver, field, after) in [
        (moved, Field::Zip, "76000"),
        (renamed, Field::Name, "XENON ARTICLES"),
    ] {
        let mut model = card();
        let asked = yes(&mut model);
        let effects = verified(&mut model, &asked, draft(), receiver, drill());
        assert_eq!(commits(&effects), 0, "{field:?}");
        let Some(Layer::Stamp(card)) = model.layers.last() else {
            panic!("no card");
        };
        assert!(!card.yes);
        let [change] = card.changed.as_slice() else {
            panic!("{:?}", card.changed);
        };
        assert_eq!(change.field, Some(field));
        assert_eq!(change.after, Some(Value::Text(after.into())));
        assert_ne!(change.before, change.after);
    }
}

#[test]
fn what_the_cfdi_does_not_say_may_change_without_a_word() {
    let mut busy = xenon();
    busy.set(Field::Phone, Value::Text("55 1234 5678".into()));
    let mut model = card();
    let asked = yes(&mut model);
    let effects = verified(&mut model, &asked, draft(), busy, drill());
    assert_eq!(commits(&effects), 1);
}

#[test]
fn nothing_is_sent_before_document_receiver_and_items_were_all_read_again() {
    let mut model = card();
    let asked = yes(&mut model);
    let fresh = ticket(&asked, Slot::Fresh);
    assert_eq!(commits(&reply(&mut model, Some(fresh), native(draft()))), 0);
    let receiver = ticket(&asked, Slot::CardReceiver);
    let read = Fact::Records(vec![xenon()]);
    assert_eq!(commits(&reply(&mut model, Some(receiver), read)), 0);
    let items = ticket(&asked, Slot::CardItems);
    let failed = Fact::Failed(offline());
    assert_eq!(commits(&reply(&mut model, Some(items), failed)), 0);
    assert!(matches!(phase(&model), Some(Phase::Unreadable(_))));
}

#[test]
fn on_a_screen_that_cannot_show_what_is_declared_there_is_no_yes() {
    let mut model = card();
    model.size = (80, 12);
    press(&mut model, letter('s'));
    assert!(matches!(model.layers.last(), Some(Layer::Stamp(card)) if !card.yes));
    model.size = (80, 24);
    press(&mut model, letter('s'));
    assert!(matches!(model.layers.last(), Some(Layer::Stamp(card)) if card.yes));
    model.size = (80, 12);
    assert_eq!(commits(&press(&mut model, Key::plain(Code::Enter))), 0);
}

#[test]
fn enter_before_the_hits_are_here_opens_the_first_of_those_that_come() {
    let (mut model, _) = list();
    press(&mut model, letter('/'));
    let old = ticket(&unanswered(&mut model, letter('x')), Slot::Find);
    let newest = ticket(&unanswered(&mut model, letter('e')), Slot::Find);
    assert_eq!(press(&mut model, Key::plain(Code::Enter)), []);
    let found = |id: &str| Fact::Found {
        hits: vec![crate::domain::list::Hit {
            books: None,
            record: Record::new(Kind::Invoices, Id::from(id)),
            why: Vec::new(),
        }],
        more: false,
        coverage: Coverage::default(),
    };
    reply(&mut model, Some(old), found("1"));
    assert!(matches!(model.layers.last(), Some(Layer::Find(_))));
    reply(&mut model, Some(newest), found("2"));
    assert_eq!(model.layers.len(), 0);
    assert!(
        matches!(model.screen(), Some(Screen::Detail(page)) if page.id == Id::from("2")),
        "{:?}",
        model.screen()
    );
}

#[test]
fn a_letter_after_enter_takes_the_enter_back() {
    let (mut model, _) = list();
    press(&mut model, letter('/'));
    unanswered(&mut model, letter('x'));
    press(&mut model, Key::plain(Code::Enter));
    let newest = ticket(&unanswered(&mut model, letter('e')), Slot::Find);
    let found = Fact::Found {
        hits: vec![crate::domain::list::Hit {
            books: None,
            record: Record::new(Kind::Invoices, Id::from("2")),
            why: Vec::new(),
        }],
        more: false,
        coverage: Coverage::default(),
    };
    reply(&mut model, Some(newest), found);
    assert!(matches!(model.layers.last(), Some(Layer::Find(_))));
}
