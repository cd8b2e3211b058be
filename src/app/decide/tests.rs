//! Given an act that no read could tell about, then what a person may do.

use super::*;
use crate::app::form::fixture::{model, press, reply};
use crate::app::key::{Code, Key};
use crate::app::keymap::Action;
use crate::app::msg::Fact;
use crate::domain::edit::Edit;
use crate::domain::intent::{Act, Doubt, Progress, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};

fn twin(id: &str) -> Candidate {
    Candidate::of(&Record::new(Kind::Invoices, Id::from(id)))
}

/// A model on Home with one create of which a read so many seconds after sending could not tell.
fn doubtful(seconds: i64) -> (Model, Intent) {
    let mut model = model();
    let sent = model.now;
    let after = jiff::SignedDuration::from_secs(seconds);
    let intent = Intent {
        id: IntentId("one".into()),
        company: model.company_id.clone(),
        kind: Kind::Invoices,
        act: Act::Create(Box::new(Edit::new(Kind::Invoices, None))),
        snapshot: Snapshot::of(&Record::new(Kind::Invoices, Id::from(""))),
        baseline: Vec::new(),
        editor: None,
        planned_at: sent,
        progress: Progress::Unknown {
            at: sent,
            reads: 6,
            cause: String::new(),
            refusal: None,
            record: None,
            doubt: Some(Doubt {
                began: sent.checked_add(after).expect("a time"),
                riddle: Riddle::Twins(vec![twin("1"), twin("2")]),
            }),
        },
    };
    model.intents.insert(intent.id.clone(), intent.clone());
    (model, intent)
}

fn enter() -> Key {
    Key::plain(Code::Enter)
}

fn down() -> Key {
    Key::plain(Code::Down)
}

fn decided(effects: &[Effect]) -> Option<&Progress> {
    effects.iter().find_map(|effect| match effect {
        Effect::Record { progress, .. } => Some(progress),
        _ => None,
    })
}

#[test]
fn enter_and_enter_again_decides_nothing() {
    let (mut model, _) = doubtful(95);
    assert_eq!(press(&mut model, enter()), []);
    assert!(matches!(model.layers.last(), Some(Layer::Decide(_))));
    assert_eq!(press(&mut model, enter()), []);
    assert_eq!(model.layers.len(), 0);
}

#[test]
fn what_is_chosen_counts_once_it_is_on_disk() {
    let (mut model, intent) = doubtful(95);
    press(&mut model, Key::char('R'));
    press(&mut model, down());
    press(&mut model, down());
    let effects = press(&mut model, enter());
    let progress = Progress::Decided(Decision::Mine(Id::from("2")));
    assert_eq!(decided(&effects), Some(&progress));
    assert_eq!(model.unsettled().len(), 1, "not on disk yet");
    let settled = Intent { progress, ..intent };
    reply(&mut model, None, Fact::Settled(Box::new(settled)));
    assert_eq!(model.unsettled().len(), 0);
    let said = model.toast.as_ref().map(|toast| toast.notice.words);
    assert_eq!(said, Some("notice-decided-mine"));
}

#[test]
fn the_last_row_gives_it_up() {
    let (mut model, _) = doubtful(95);
    press(&mut model, Key::char('R'));
    for _ in 0..9 {
        press(&mut model, down());
    }
    let effects = press(&mut model, enter());
    assert_eq!(
        decided(&effects),
        Some(&Progress::Decided(Decision::NotDone))
    );
}

#[test]
fn it_is_not_offered_before_a_read_after_the_limit_nor_while_it_is_read() {
    let reason = |model: &Model| model.disabled(Action::Decide).map(|notice| notice.words);
    let (mut early, _) = doubtful(89);
    assert_eq!(reason(&early), Some("reason-nothing-to-decide"));
    press(&mut early, Key::char('R'));
    assert_eq!(early.layers.len(), 0);
    let (mut reading, intent) = doubtful(95);
    assert_eq!(reason(&reading), None);
    reading.reading_back.push(intent.id);
    assert_eq!(reason(&reading), Some("reason-reading-back"));
}

#[test]
fn a_row_that_is_gone_is_not_chosen() {
    let (mut model, intent) = doubtful(95);
    press(&mut model, Key::char('R'));
    press(&mut model, down());
    let mut now = intent;
    if let Progress::Unknown {
        doubt: Some(doubt), ..
    } = &mut now.progress
    {
        doubt.riddle = Riddle::Twins(vec![twin("2"), twin("3")]);
    }
    model.intents.insert(now.id.clone(), now);
    assert_eq!(press(&mut model, enter()), []);
    assert_eq!(model.unsettled().len(), 1);
}

#[test]
fn a_held_key_or_a_click_decides_nothing() {
    let (mut model, _) = doubtful(95);
    press(&mut model, Key::char('R'));
    press(&mut model, down());
    let held = Key {
        repeat: true,
        ..enter()
    };
    assert_eq!(press(&mut model, held), []);
    assert!(matches!(model.layers.last(), Some(Layer::Decide(_))));
}
