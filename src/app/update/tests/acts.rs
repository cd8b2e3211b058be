//! Acts beside each other on one record, and what becomes of them when the books are others.

use super::*;
use crate::app::model::StampShown;
use crate::domain::company::Company;
use crate::domain::intent::{Act, IntentId, Snapshot};

fn act(name: &str, act: Act, progress: Progress, model: &Model) -> Intent {
    Intent {
        id: IntentId(name.to_owned()),
        company: model.company_id.clone(),
        kind: Kind::Invoices,
        act,
        snapshot: Snapshot::of(&draft()),
        baseline: Vec::new(),
        editor: None,
        planned_at: model.now,
        progress,
    }
}

fn company(id: &str) -> Company {
    Company {
        id: CompanyId(id.to_owned()),
        number: None,
        name: "OTRA".into(),
        rfc: "XIA190128J61".into(),
        regime: None,
        zip: None,
        currency: "MXN".into(),
    }
}

fn put(model: &mut Model, intent: Intent) {
    model.intents.insert(intent.id.clone(), intent);
}

#[test]
fn what_may_be_deleted_by_now_is_not_stamped() {
    let (mut model, _) = page();
    assert_eq!(model.disabled(Action::Stamp), None);
    let sent = Progress::Sent { at: model.now };
    let delete = act("one", Act::Delete(draft().id), sent, &model);
    put(&mut model, delete);
    let reason = model.disabled(Action::Stamp).map(|notice| notice.words);
    assert_eq!(reason, Some("reason-unknown"));
}

#[test]
fn what_was_stamped_a_moment_ago_is_neither_deleted_nor_shown_otherwise_for_a_delete() {
    let (mut model, _) = page();
    let adopted = Progress::Adopted {
        id: draft().id,
        uuid: Some(uuid()),
    };
    let stamp = act("one", Act::Stamp(draft().id), adopted, &model);
    put(&mut model, stamp);
    let reason = model.disabled(Action::Delete).map(|notice| notice.words);
    assert_eq!(reason, Some("reason-stamped-not-deleted"));
    let mut delete = act("two", Act::Delete(draft().id), Progress::Released, &model);
    delete.planned_at = model.now + SignedDuration::from_secs(5);
    put(&mut model, delete);
    assert_eq!(model.stamp_of(&draft()), StampShown::Stamped);
}

#[test]
fn nothing_that_was_on_its_way_to_the_old_books_is_waited_for_in_the_new_ones() {
    let (mut model, _) = page();
    model.saves.insert((Kind::Invoices, draft().id));
    model
        .chart
        .push(Record::new(Kind::LedgerAccounts, Id::from("1")));
    model.probe_at = Some(model.now);
    reply(&mut model, None, Fact::OtherBooks(company("demo#2")));
    assert!(model.saves.is_empty() && model.chart.is_empty());
    assert_eq!(model.probe_at, None);
    let effects = press(&mut model, letter('q'));
    assert!(effects.contains(&Effect::Quit), "{effects:?}");
}

#[test]
fn an_act_that_the_books_were_turned_away_from_and_back_is_settled_by_its_answer() {
    let (mut model, _) = page();
    let known = act("one", Act::Stamp(draft().id), Progress::Planned, &model);
    let (mine, id) = (model.company_id.0.clone(), known.id.clone());
    put(&mut model, known.clone());
    model.turn_to(company("demo#2"));
    assert!(model.intents.is_empty());
    model.turn_to(company(&mine));
    reply(&mut model, None, Fact::Begun(Box::new(known)));
    reply(&mut model, None, Fact::Sent(id.clone()));
    let done = Answer::Done {
        id: draft().id,
        uuid: Some(uuid()),
    };
    let answered = Fact::Answered {
        intent: id.clone(),
        answer: done,
    };
    let effects = reply(&mut model, None, answered);
    let is_written = effects.iter().any(|effect| {
        matches!(effect, Effect::Record { intent, progress: Progress::Adopted { .. } } if *intent == id)
    });
    assert!(is_written, "{effects:?}");
    assert_eq!(model.stamp_of(&draft()), StampShown::Stamped);
}
