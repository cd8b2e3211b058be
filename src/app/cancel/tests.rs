//! The dialog as `update` drives it: what is sent when, and what takes a yes back.

use super::*;
use crate::app::detail::Detail;
use crate::app::form::fixture::{draft, keys, model, money, reply};
use crate::app::model::Screen;
use crate::app::msg::{Fact, Source, Ticket};
use crate::domain::cancellation::Hanging;
use crate::domain::field::Value;
use crate::domain::stamp::Uuid;
use crate::domain::substitution::{Substitution, Thread};

fn uuid(last: char) -> Uuid {
    format!("5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5{last}")
        .parse()
        .expect("a UUID")
}

fn invoice() -> Record {
    let mut invoice = draft();
    invoice.stamp = Stamp::Stamped(uuid('A'));
    invoice.set(Field::Status, Value::Status(Status::Authorised));
    invoice.set(Field::Number, Value::Text("A-101".into()));
    invoice
}

fn around(record: Record) -> Surroundings {
    Surroundings {
        record,
        hanging: Vec::new(),
        all_notes: true,
        tries: 0,
        others: Vec::new(),
        substitute: None,
    }
}

/// The page of a record.
fn page_of(record: Record) -> Model {
    let mut model = model();
    let mut detail = Detail::showing(record.clone());
    detail.arrived(record, Source::Native);
    model.screens.push(Screen::Detail(detail));
    model
}

/// The ticket of the question about the cancellation.
fn asked(effects: &[Effect]) -> Ticket {
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Ask {
            ticket,
            request: Request::Cancelling { .. },
        } => Some(*ticket),
        _ => None,
    });
    ticket.expect("a question")
}

fn told(model: &mut Model, effects: &[Effect], around: Surroundings) -> Vec<Effect> {
    let fact = Fact::Cancelling(Box::new(around));
    reply(model, Some(asked(effects)), fact)
}

fn committed(effects: &[Effect]) -> Option<&Intent> {
    effects.iter().find_map(|effect| match effect {
        Effect::Commit(intent) => Some(intent.as_ref()),
        _ => None,
    })
}

/// The dialog with a yes under the finger, and the questions of that yes.
fn said_yes() -> (Model, Vec<Effect>) {
    let mut model = page_of(invoice());
    let effects = keys(&mut model, &["X"]);
    told(&mut model, &effects, around(invoice()));
    let effects = keys(&mut model, &["2", "a-101", "Tab", "Enter"]);
    assert_eq!(committed(&effects), None, "a reading comes before");
    (model, effects)
}

fn dialog_of(model: &Model) -> &CancelDialog {
    on_top(model).expect("a dialog")
}

#[test]
fn an_intent_is_written_only_after_a_second_reading_that_says_the_same() {
    let (mut model, effects) = said_yes();
    assert_eq!(dialog_of(&model).phase, Phase::Verifying);
    let effects = told(&mut model, &effects, around(invoice()));
    let intent = committed(&effects).expect("an intent");
    let expected = Act::Cancel {
        id: invoice().id,
        motive: Motive::Errors,
    };
    assert_eq!(
        (&intent.act, &intent.progress),
        (&expected, &Progress::Planned)
    );
    assert!(is_shown(&model, &intent.id));
}

#[test]
fn whatever_differs_in_the_second_reading_takes_the_yes_and_what_was_typed_back() {
    let mut paid = invoice();
    paid.set(Field::Balance, Value::Money(money("1")));
    let hanging = Hanging {
        kind: Kind::Payments,
        id: Id::from("9"),
        number: String::new(),
        amount: None,
        is_stamped: false,
    };
    for now in [
        around(paid),
        Surroundings {
            hanging: vec![hanging],
            ..around(invoice())
        },
    ] {
        let (mut model, effects) = said_yes();
        let effects = told(&mut model, &effects, now);
        assert_eq!(committed(&effects), None);
        let dialog = dialog_of(&model);
        assert_eq!((&dialog.phase, dialog.yes), (&Phase::Ready, false));
        assert!(!dialog.changed.is_empty() || dialog.else_changed);
        assert_eq!(dialog.typed.text(), "");
    }
}

#[test]
fn what_was_cancelled_or_cannot_be_read_in_between_sends_nothing() {
    let mut gone = invoice();
    gone.stamp = Stamp::Cancelled(uuid('A'));
    let (mut model, effects) = said_yes();
    let effects = told(&mut model, &effects, around(gone));
    assert_eq!(committed(&effects), None);
    assert!(matches!(dialog_of(&model).phase, Phase::Barred(_)));
    let (mut model, effects) = said_yes();
    let effects = reply(&mut model, Some(asked(&effects)), Fact::Gone);
    assert_eq!(committed(&effects), None);
    assert!(matches!(dialog_of(&model).phase, Phase::Unreadable(_)));
}

#[test]
fn a_dialog_that_was_closed_hears_nothing_of_its_reading() {
    let (mut model, effects) = said_yes();
    let ticket = asked(&effects);
    keys(&mut model, &["Esc"]);
    let fact = Fact::Cancelling(Box::new(around(invoice())));
    let effects = reply(&mut model, Some(ticket), fact);
    assert_eq!(committed(&effects), None);
    assert!(model.intents.is_empty());
}

#[test]
fn a_substitute_that_is_not_stamped_any_more_bars_the_yes() {
    let mut model = page_of(invoice());
    let effects = keys(&mut model, &["X"]);
    let mut new = invoice();
    new.id = Id::from("42");
    new.stamp = Stamp::Stamped(uuid('B'));
    let others = vec![new.clone()];
    let with_others = Surroundings {
        others,
        ..around(invoice())
    };
    told(&mut model, &effects, with_others.clone());
    let effects = keys(&mut model, &["1", "2", "A-101", "Tab", "Enter"]);
    new.stamp = Stamp::Cancelled(uuid('B'));
    let now = Surroundings {
        substitute: Some(new),
        ..with_others
    };
    let effects = told(&mut model, &effects, now);
    assert_eq!(committed(&effects), None);
    let objection = dialog_of(&model).objection();
    assert_eq!(objection, Some(Objection::ReplacementUnknown));
    keys(&mut model, &["A-101", "Tab"]);
    assert!(!dialog_of(&model).yes);
}

#[test]
fn the_substitute_of_a_thread_is_read_with_the_rest_whatever_is_known_of_its_stamp() {
    let mut new = draft();
    new.id = Id::from("42");
    let mut model = page_of(invoice());
    let mut what = Substitution::of(&invoice(), model.now).expect("a thread");
    what.substitute = Some(new.id.clone());
    model.threads.push(Thread {
        what,
        replaced: Some(invoice()),
        // As it was before it was stamped, a moment ago.
        substitute: Some(new.clone()),
    });
    let effects = keys(&mut model, &["X"]);
    let asks = |effect: &Effect| match effect {
        Effect::Ask {
            request: Request::Cancelling { substitute, .. },
            ..
        } => substitute.as_ref() == Some(&new.id),
        _ => false,
    };
    assert!(effects.iter().any(asks), "{effects:?}");
    let mut stamped = new.clone();
    stamped.stamp = Stamp::Stamped(uuid('B'));
    let now = Surroundings {
        substitute: Some(stamped),
        ..around(invoice())
    };
    told(&mut model, &effects, now);
    let dialog = dialog_of(&model);
    assert_eq!(dialog.phase, Phase::Ready);
    assert_eq!(dialog.cause, Some(Cause::Replaced));
}

#[test]
fn only_a_stamped_invoice_can_be_cancelled_and_all_else_says_why() {
    let model = model();
    let reason = |record: &Record| barred(&model, record).map(|notice| notice.words);
    assert_eq!(reason(&invoice()), None);
    for (stamp, words) in [
        (Stamp::NotRead, "reason-not-read"),
        (Stamp::Unstamped, "reason-draft-not-cancelled"),
        (Stamp::CancelPending(uuid('A')), "reason-cancel-pending"),
        (Stamp::Cancelled(uuid('A')), "reason-cancelled"),
    ] {
        let mut record = draft();
        record.stamp = stamp;
        assert_eq!(reason(&record), Some(words));
    }
    let mut open = draft();
    open.set(Field::Status, Value::Status(Status::Authorised));
    assert_eq!(reason(&open), Some("reason-unstamped-not-cancelled"));
    for (kind, words) in [
        (Kind::CreditNotes, "reason-notes-not-cancelled"),
        (Kind::Bills, "reason-never-cancelled"),
    ] {
        let mut record = Record::new(kind, Id::from("1"));
        record.stamp = Stamp::Stamped(uuid('A'));
        assert_eq!(reason(&record), Some(words));
    }
}
