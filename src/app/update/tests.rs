//! Given a model and a message, then the model and what it orders.

mod acts;
mod asking;
mod companies;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::app::detail::Detail;
use crate::app::form::fixture::{answer, draft, drill, model, press, reply, xenon};
use crate::app::msg::{Fact, Freshness, Reply, Source, Ticket, Trouble, TroubleSort};
use crate::app::remote::Remote;
use crate::app::stamp::Phase;
use crate::domain::company::CompanyId;
use crate::domain::field::{Field, Value};
use crate::domain::intent::{Answer, Intent, Progress, Refusal, Sighting};
use crate::domain::list::{Coverage, Filter, ListQuery, Window};
use crate::domain::record::{Id, Record};
use crate::domain::stamp::{Stamp, Uuid};

mod screen;

fn letter(letter: char) -> Key {
    Key::char(letter)
}

fn uuid() -> Uuid {
    "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
        .parse()
        .expect("a UUID")
}

fn offline() -> Trouble {
    Trouble::new(TroubleSort::Offline, "connection refused")
}

/// The question in a slot among these effects.
fn asked(effects: &[Effect], slot: Slot) -> Option<(Ticket, Request)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask { ticket, request } if ticket.slot == slot => Some((*ticket, request.clone())),
        _ => None,
    })
}

fn ticket(effects: &[Effect], slot: Slot) -> Ticket {
    asked(effects, slot).expect("a question").0
}

fn window(rows: usize) -> Window {
    Window {
        query: ListQuery::natural(Kind::Invoices),
        offset: 0,
        rows: (0..rows)
            .map(|n| Record::new(Kind::Invoices, Id(n.to_string())))
            .collect(),
        total: rows,
        coverage: Coverage::default(),
        judged: BTreeMap::new(),
        receipts: std::collections::BTreeMap::new(),
    }
}

/// The list of invoices, with its question.
fn list() -> (Model, Ticket) {
    let mut model = model();
    press(&mut model, letter('g'));
    let effects = press(&mut model, letter('f'));
    let ticket = ticket(&effects, Slot::Window);
    (model, ticket)
}

fn rows(model: &Model) -> usize {
    match model.screen() {
        Some(Screen::List(list)) => list.total(),
        other => panic!("no list but {other:?}"),
    }
}

/// The draft on its page, with its question.
fn page() -> (Model, Ticket) {
    let mut model = model();
    model.screens.push(Screen::Detail(Detail::showing(draft())));
    let effects = press(&mut model, letter('r'));
    let ticket = ticket(&effects, Slot::Detail);
    reply(&mut model, Some(ticket), native(draft()));
    (model, ticket)
}

fn native(record: Record) -> Fact {
    Fact::Record {
        record: Box::new(record),
        source: Source::Native,
    }
}

/// The card of the draft, read and judged.
fn card() -> Model {
    let (mut model, _) = page();
    let effects = press(&mut model, letter('T'));
    let fresh = ticket(&effects, Slot::Fresh);
    let effects = reply(&mut model, Some(fresh), native(draft()));
    answer(&mut model, &effects);
    assert_eq!(phase(&model), Some(&Phase::Ready));
    model
}

fn phase(model: &Model) -> Option<&Phase> {
    match model.layers.last() {
        Some(Layer::Stamp(card)) => Some(&card.phase),
        _ => None,
    }
}

/// The second reading, as it was asked for by these effects, brings this.
fn verified(
    model: &mut Model,
    asked: &[Effect],
    document: Record,
    receiver: Record,
    item: Record,
) -> Vec<Effect> {
    let (fresh, around) = (
        ticket(asked, Slot::Fresh),
        [
            (ticket(asked, Slot::CardReceiver), receiver),
            (ticket(asked, Slot::CardItems), item),
        ],
    );
    let mut effects = reply(model, Some(fresh), native(document));
    for (ticket, record) in around {
        effects.extend(reply(model, Some(ticket), Fact::Records(vec![record])));
    }
    effects
}

/// The draft after a yes, with its intent on the way.
fn stamping() -> (Model, Intent) {
    let mut model = card();
    press(&mut model, letter('s'));
    let effects = press(&mut model, Key::plain(Code::Enter));
    let effects = verified(&mut model, &effects, draft(), xenon(), drill());
    let [Effect::Commit(intent)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let intent = (**intent).clone();
    reply(&mut model, None, Fact::Sent(intent.id.clone()));
    (model, intent)
}

fn answered(model: &mut Model, intent: &Intent, answer: Answer) -> Vec<Effect> {
    let intent = intent.id.clone();
    reply(model, None, Fact::Answered { intent, answer })
}

fn sighted(model: &mut Model, intent: &Intent, sighting: Sighting) -> Vec<Effect> {
    let intent = intent.id.clone();
    let began = model.now;
    reply(
        model,
        None,
        Fact::Sighted {
            intent,
            sighting,
            began,
        },
    )
}

fn unclear() -> Answer {
    Answer::Unclear {
        cause: "no answer".into(),
    }
}

fn progress<'a>(model: &'a Model, intent: &Intent) -> &'a Progress {
    &model.intents.get(&intent.id).expect("the intent").progress
}

fn words(model: &Model) -> Option<&'static str> {
    model.toast.as_ref().map(|toast| toast.notice.words)
}

fn after(model: &Model, seconds: i64) -> Timestamp {
    let later = SignedDuration::from_secs(seconds);
    model.now.checked_add(later).expect("an instant")
}

fn commits(effects: &[Effect]) -> usize {
    let sent = |effect: &&Effect| matches!(effect, Effect::Commit(_));
    effects.iter().filter(sent).count()
}

#[test]
fn a_late_reply_for_an_older_question_is_dropped() {
    let (mut model, first) = list();
    let effects = press(&mut model, letter('g'));
    assert_eq!(effects, []);
    press(&mut model, letter('f'));
    reply(&mut model, Some(first), Fact::Window(window(9)));
    assert_eq!(rows(&model), 0);
}

#[test]
fn a_reply_about_other_books_is_dropped_with_or_without_a_ticket() {
    let (mut model, ticket) = list();
    let company = CompanyId("another".into());
    let at = model.now;
    for (ticket, fact) in [
        (Some(ticket), Fact::Window(window(9))),
        (None, Fact::Failed(offline())),
    ] {
        let reply = Reply {
            company: company.clone(),
            ticket,
            fact,
        };
        assert_eq!(update(&mut model, Msg::Worker(Box::new(reply)), at), []);
    }
    assert_eq!(rows(&model), 0);
    assert_eq!(model.offline, None);
}

#[test]
fn what_the_box_found_after_it_was_closed_is_dropped() {
    let mut model = model();
    press(&mut model, letter('/'));
    let effects = press(&mut model, letter('x'));
    let ticket = ticket(&effects, Slot::Find);
    press(&mut model, Key::plain(Code::Esc));
    press(&mut model, letter('/'));
    let fact = Fact::Found {
        more: false,
        hits: Vec::new(),
        coverage: Coverage::default(),
    };
    reply(&mut model, Some(ticket), fact);
    let Some(Layer::Find(find)) = model.layers.last() else {
        panic!("no box");
    };
    assert_eq!(find.coverage, None);
}

#[test]
fn every_letter_in_the_box_asks_anew_and_an_empty_box_asks_nothing() {
    let mut model = model();
    press(&mut model, letter('/'));
    for typed in ["1", "11"] {
        let effects = press(&mut model, letter('1'));
        let Some((_, Request::Find { text, .. })) = asked(&effects, Slot::Find) else {
            panic!("{effects:?}");
        };
        assert_eq!(text, typed);
    }
    press(&mut model, Key::plain(Code::Backspace));
    assert_eq!(press(&mut model, Key::plain(Code::Backspace)), []);
}

#[test]
fn a_page_of_the_walk_reloads_the_list_that_it_belongs_to_and_the_numbers() {
    let (mut model, first) = list();
    let fact = |kind| Fact::Walked {
        kind,
        coverage: Coverage::default(),
        running: true,
        headway: None,
        trouble: None,
    };
    // While an answer is on its way it is awaited, and only then asked for anew.
    let effects = reply(&mut model, None, fact(Kind::Invoices));
    assert_eq!(asked(&effects, Slot::Window), None);
    let effects = reply(&mut model, Some(first), Fact::Window(window(9)));
    let second = ticket(&effects, Slot::Window);
    assert_eq!(reply(&mut model, Some(second), Fact::Window(window(9))), []);
    let effects = reply(&mut model, None, fact(Kind::Invoices));
    assert!(asked(&effects, Slot::Window).is_some());
    let effects = reply(&mut model, None, fact(Kind::Customers));
    assert_eq!(asked(&effects, Slot::Window), None);
}

#[test]
fn while_all_rows_are_being_marked_no_other_document_is_asked_about() {
    let (mut model, shown) = list();
    let mut rows = window(3);
    for row in &mut rows.rows {
        row.stamp = Stamp::Unstamped;
    }
    reply(&mut model, Some(shown), Fact::Window(rows));
    let effects = press(&mut model, letter('a'));
    let (marks, _) = asked(&effects, Slot::Marks).expect("a question");
    press(&mut model, letter('T'));
    assert!(model.layers.is_empty());
    // What the answer is about may not be on top any more.
    press(&mut model, letter('?'));
    let query = ListQuery::natural(Kind::Invoices);
    let ids = ["0", "1", "2"].map(Id::from).to_vec();
    reply(&mut model, Some(marks), Fact::Ids { query, ids });
    press(&mut model, Key::plain(Code::Esc));
    press(&mut model, letter('T'));
    assert!(matches!(model.layers.last(), Some(Layer::Batch(_))));
}

#[test]
fn a_list_that_could_not_be_read_keeps_its_rows_and_says_why() {
    let (mut model, ticket) = list();
    reply(&mut model, Some(ticket), Fact::Window(window(9)));
    let walked = Fact::Walked {
        kind: Kind::Invoices,
        coverage: Coverage::default(),
        running: true,
        headway: None,
        trouble: None,
    };
    let effects = reply(&mut model, None, walked);
    let again = self::ticket(&effects, Slot::Window);
    reply(&mut model, Some(again), Fact::Failed(offline()));
    assert_eq!(rows(&model), 9);
    assert_eq!(model.offline, Some(offline()));
}

#[test]
fn a_record_that_is_gone_closes_its_page_and_says_so() {
    let (mut model, _) = page();
    let effects = press(&mut model, letter('r'));
    let ticket = ticket(&effects, Slot::Detail);
    reply(&mut model, Some(ticket), Fact::Gone);
    assert!(matches!(model.screen(), Some(Screen::Home(_))));
    assert_eq!(words(&model), Some("notice-gone"));
}

#[test]
fn a_page_that_cannot_be_read_again_keeps_what_it_shows() {
    let (mut model, _) = page();
    let effects = press(&mut model, letter('r'));
    let ticket = ticket(&effects, Slot::Detail);
    reply(&mut model, Some(ticket), Fact::Failed(offline()));
    let Some(Screen::Detail(detail)) = model.screen() else {
        panic!("no page");
    };
    assert_eq!(detail.record.value(), Some(&draft()));
    assert!(matches!(detail.record, Remote::Failed(..)));
}

#[test]
fn a_held_key_moves_and_orders_nothing_else() {
    let (mut model, ticket) = list();
    reply(&mut model, Some(ticket), Fact::Window(window(9)));
    let held = |key: Key| Key {
        repeat: true,
        ..key
    };
    press(&mut model, held(letter('j')));
    assert!(matches!(model.screen(), Some(Screen::List(list)) if list.selected == 1));
    for key in [
        letter('T'),
        letter('n'),
        letter('q'),
        Key::plain(Code::Enter),
    ] {
        assert_eq!(press(&mut model, held(key)), [], "{key:?}");
    }
    assert_eq!(model.layers.len(), 0);
}

#[test]
fn a_paste_between_the_keys_of_a_chord_breaks_it() {
    let mut model = model();
    press(&mut model, letter('g'));
    let at = model.now;
    update(&mut model, Msg::Paste("f".into()), at);
    press(&mut model, letter('f'));
    assert!(matches!(model.screen(), Some(Screen::Home(_))));
}

#[test]
fn a_click_on_the_footer_orders_what_it_names_but_never_confirms_a_stamp() {
    let (mut model, _) = list();
    let at = model.now;
    let find = Msg::Click(Target::Footer(Action::Find));
    update(&mut model, find, at);
    assert!(matches!(model.layers.last(), Some(Layer::Find(_))));
    let mut model = card();
    press(&mut model, letter('s'));
    let confirm = Msg::Click(Target::Footer(Action::Confirm));
    assert_eq!(update(&mut model, confirm, at), []);
    assert_eq!(phase(&model), Some(&Phase::Ready));
}

#[test]
fn switching_the_language_keeps_the_place() {
    let (mut model, _) = list();
    let before = model.words.text("kind-invoices");
    press(&mut model, Key::plain(Code::F(9)));
    assert_ne!(model.words.text("kind-invoices"), before);
    assert!(matches!(model.screen(), Some(Screen::List(_))));
}

#[test]
fn the_filter_of_unstamped_is_switched_on_and_off_by_one_key() {
    let (mut model, _) = list();
    let filter = |model: &Model| match model.screen() {
        Some(Screen::List(list)) => list.query.filter,
        other => panic!("no list but {other:?}"),
    };
    press(&mut model, letter('u'));
    assert_eq!(filter(&model), Filter::Unstamped);
    press(&mut model, letter('u'));
    assert_eq!(filter(&model), Filter::All);
}

#[test]
fn the_card_reads_everything_from_the_server_before_it_asks() {
    let (mut model, _) = page();
    let effects = press(&mut model, letter('T'));
    let Some((fresh, Request::Record { freshness, .. })) = asked(&effects, Slot::Fresh) else {
        panic!("{effects:?}");
    };
    assert_eq!(freshness, Freshness::Server);
    assert_eq!(phase(&model), Some(&Phase::Reading));
    let effects = reply(&mut model, Some(fresh), native(draft()));
    assert!(
        asked(&effects, Slot::CardReceiver).is_some() && asked(&effects, Slot::CardItems).is_some()
    );
}

#[test]
fn without_the_catalogues_the_card_waits_and_takes_no_yes() {
    let (mut model, _) = page();
    let catalogs = model.catalogs.take().expect("catalogues");
    let effects = press(&mut model, letter('T'));
    let fresh = ticket(&effects, Slot::Fresh);
    let effects = reply(&mut model, Some(fresh), native(draft()));
    answer(&mut model, &effects);
    assert_eq!(phase(&model), Some(&Phase::Reading));
    press(&mut model, letter('s'));
    assert!(matches!(model.layers.last(), Some(Layer::Stamp(card)) if !card.yes));
    reply(&mut model, None, Fact::Catalogs(catalogs));
    assert_eq!(phase(&model), Some(&Phase::Ready));
}

#[test]
fn a_document_that_is_stamped_by_now_is_not_asked_about() {
    let mut stamped = draft();
    stamped.stamp = Stamp::Stamped(uuid());
    let mut model = card();
    press(&mut model, letter('s'));
    let effects = press(&mut model, Key::plain(Code::Enter));
    let fresh = ticket(&effects, Slot::Fresh);
    let effects = reply(&mut model, Some(fresh), native(stamped));
    assert_eq!(commits(&effects), 0);
    assert!(
        matches!(phase(&model), Some(Phase::Barred(notice)) if notice.words == "reason-stamped-already")
    );
    press(&mut model, letter('s'));
    assert_eq!(commits(&press(&mut model, Key::plain(Code::Enter))), 0);
}

#[test]
fn a_document_that_changed_falls_back_to_no_and_names_the_fields() {
    let mut changed = draft();
    changed.set(
        crate::domain::field::Field::PaymentMethod,
        crate::domain::field::Value::Text("cash".into()),
    );
    let mut model = card();
    press(&mut model, letter('s'));
    let effects = press(&mut model, Key::plain(Code::Enter));
    let effects = verified(&mut model, &effects, changed, xenon(), drill());
    assert_eq!(commits(&effects), 0);
    let Some(Layer::Stamp(card)) = model.layers.last() else {
        panic!("no card");
    };
    assert!(!card.yes);
    assert_eq!(card.phase, Phase::Ready);
    let fields: Vec<_> = card.changed.iter().map(|change| change.field).collect();
    assert_eq!(fields, [Some(Field::PaymentMethod)]);
}

#[test]
fn enter_while_it_verifies_neither_sends_twice_nor_closes() {
    let mut model = card();
    press(&mut model, letter('s'));
    let effects = press(&mut model, Key::plain(Code::Enter));
    assert_eq!(press(&mut model, Key::plain(Code::Enter)), []);
    let sent = verified(&mut model, &effects, draft(), xenon(), drill());
    assert_eq!(commits(&sent), 1);
    let late = verified(&mut model, &effects, draft(), xenon(), drill());
    assert_eq!(commits(&late), 0);
}

#[test]
fn a_yes_that_was_closed_before_it_was_verified_sends_nothing() {
    let mut model = card();
    press(&mut model, letter('s'));
    let effects = press(&mut model, Key::plain(Code::Enter));
    let fresh = ticket(&effects, Slot::Fresh);
    press(&mut model, Key::plain(Code::Esc));
    assert_eq!(reply(&mut model, Some(fresh), native(draft())), []);
    assert!(model.intents.is_empty());
}

#[test]
fn a_clear_success_is_written_down_and_what_is_behind_is_read_again() {
    let (mut model, intent) = stamping();
    let done = Answer::Done {
        id: Id::from("41"),
        uuid: Some(uuid()),
    };
    let effects = answered(&mut model, &intent, done);
    assert!(matches!(
        progress(&model, &intent),
        Progress::Adopted { .. }
    ));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Record { .. }))
    );
    assert!(asked(&effects, Slot::Detail).is_some() && asked(&effects, Slot::Overview).is_some());
    assert_eq!(model.next_deadline(), None);
}

#[test]
fn a_success_without_a_folio_is_no_success_yet() {
    let (mut model, intent) = stamping();
    let done = Answer::Done {
        id: Id::from("41"),
        uuid: None,
    };
    let effects = answered(&mut model, &intent, done);
    assert!(matches!(
        progress(&model, &intent),
        Progress::Unknown { .. }
    ));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::ReadBack(_)))
    );
}

#[test]
fn a_refusal_is_believed_only_after_a_read() {
    let (mut model, intent) = stamping();
    let refusal = Refusal {
        status: 400,
        code: "3051".into(),
        text: "CFDI40157".into(),
        draft: None,
    };
    let effects = answered(&mut model, &intent, Answer::Refused(refusal.clone()));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::ReadBack(_)))
    );
    assert!(progress(&model, &intent).is_open());
    sighted(&mut model, &intent, Sighting::NotDone);
    assert_eq!(progress(&model, &intent), &Progress::Refused(refusal));
}

#[test]
fn while_the_outcome_is_unknown_nothing_can_be_ordered_for_the_document() {
    let (mut model, intent) = stamping();
    answered(&mut model, &intent, unclear());
    press(&mut model, Key::plain(Code::Esc));
    for key in ['T', 'e'] {
        press(&mut model, letter(key));
        assert_eq!(words(&model), Some("reason-unknown"), "{key:?}");
        assert_eq!(model.layers.len(), 0);
    }
}

#[test]
fn a_read_back_is_ordered_when_it_is_due_and_once() {
    let (mut model, intent) = stamping();
    answered(&mut model, &intent, unclear());
    let due = model.next_deadline().expect("a deadline");
    assert_eq!(due, after(&model, 2));
    let ordered = |effects: &[Effect]| {
        effects
            .iter()
            .filter(|effect| matches!(effect, Effect::ReadBack(_)))
            .count()
    };
    let effects = update(&mut model, Msg::Woke, due);
    assert_eq!(ordered(&effects), 1);
    assert_eq!(ordered(&update(&mut model, Msg::Woke, due)), 0);
    assert_eq!(ordered(&press(&mut model, letter('v'))), 0);
    sighted(&mut model, &intent, Sighting::NotDone);
    assert_eq!(ordered(&press(&mut model, letter('v'))), 1);
}

#[test]
fn what_an_earlier_run_left_open_is_read_back_and_bars_the_document() {
    let (_, mut intent) = stamping();
    let mut model = page().0;
    intent.progress = Progress::Sent { at: model.now };
    let effects = reply(&mut model, None, Fact::OpenIntents(vec![intent.clone()]));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::ReadBack(_)))
    );
    press(&mut model, letter('T'));
    assert_eq!(words(&model), Some("reason-unknown"));
    sighted(
        &mut model,
        &intent,
        Sighting::Done {
            id: Id::from("41"),
            uuid: Some(uuid()),
        },
    );
    assert_eq!(words(&model), Some("notice-stamped"));
}

#[test]
fn the_connection_that_is_back_looks_at_every_open_intent() {
    let (mut model, intent) = stamping();
    answered(&mut model, &intent, unclear());
    model.offline = Some(offline());
    let fact = Fact::Walked {
        kind: Kind::Customers,
        coverage: Coverage::default(),
        running: false,
        headway: None,
        trouble: None,
    };
    let effects = reply(&mut model, None, fact);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::ReadBack(_)))
    );
    assert_eq!(model.offline, None);
}

#[test]
fn quitting_asks_only_while_something_is_on_its_way() {
    let mut idle = model();
    assert_eq!(press(&mut idle, letter('q')), [Effect::Quit]);
    let (mut model, intent) = stamping();
    assert_eq!(press(&mut model, Key::ctrl('q')), []);
    assert!(matches!(model.layers.last(), Some(Layer::Confirm(question)) if !question.yes));
    press(&mut model, Key::plain(Code::Esc));
    answered(&mut model, &intent, unclear());
    assert_eq!(press(&mut model, Key::ctrl('q')), [Effect::Quit]);
}

#[test]
fn a_message_goes_when_its_time_has_come_or_a_key_is_pressed() {
    let mut model = model();
    press(&mut model, letter('z'));
    assert_eq!(words(&model), Some("notice-unknown-key"));
    let until = model.next_deadline().expect("a deadline");
    update(&mut model, Msg::Woke, until);
    assert_eq!(words(&model), None);
    assert_eq!(
        model.next_deadline(),
        None,
        "nothing is left to wake up for"
    );
}

#[test]
fn a_part_that_broke_is_told_and_the_rest_goes_on() {
    let mut model = model();
    reply(&mut model, None, Fact::Broken("index out of range".into()));
    assert_eq!(words(&model), Some("notice-broken"));
    press(&mut model, letter('g'));
    assert!(asked(&press(&mut model, letter('f')), Slot::Window).is_some());
}
