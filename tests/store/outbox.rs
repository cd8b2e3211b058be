//! The outbox: one open act a document, one sending an act, whatever programs there are.

use timbra::domain::audit::AuditEntry;
use timbra::domain::company::CompanyId;
use timbra::domain::edit::Edit;
use timbra::domain::intent::{Act, Decision, Intent, IntentId, Progress};
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use timbra::store::durable::{Durable, Placed, PlanError, ProgressError};

use crate::books::{company, read_at};
use crate::durable::{adopted, durable, entry, later, other_company, sent_at, stamping};

fn creating(name: &str) -> Intent {
    Intent {
        act: Act::Create(Box::new(Edit::new(Kind::Invoices, None))),
        ..stamping(name, "none")
    }
}

fn sent() -> Progress {
    Progress::Sent { at: later(1) }
}

#[test]
fn an_act_is_there_after_a_restart_as_far_as_it_had_come() {
    let (_folder, path, mut durable) = durable();
    let intent = stamping("one", "6");
    durable.plan(&intent).expect("planned");
    durable
        .progress(&intent.id, &sent(), later(1))
        .expect("sent");
    drop(durable);
    let durable = Durable::open(&path).expect("the same file");
    let expected = Intent {
        progress: sent(),
        ..intent
    };
    assert_eq!(
        durable.open_intents(&company()).expect("read"),
        std::slice::from_ref(&expected)
    );
    assert_eq!(durable.intent(&expected.id).expect("read"), Some(expected));
    assert_eq!(durable.open_intents(&other_company()).expect("read"), []);
}

#[test]
fn a_second_act_on_a_document_is_refused_while_the_first_is_open_even_elsewhere() {
    let (_folder, path, mut durable) = durable();
    let mut elsewhere = Durable::open(&path).expect("the same file");
    durable.plan(&stamping("one", "6")).expect("planned");
    for window in [&mut durable, &mut elsewhere] {
        match window.plan(&stamping("two", "6")) {
            Err(PlanError::AlreadyOpen(open)) => assert_eq!(open, IntentId("one".into())),
            other => panic!("{other:?}"),
        }
        assert_eq!(window.intent(&IntentId("two".into())).expect("read"), None);
    }
    elsewhere
        .plan(&stamping("three", "7"))
        .expect("another document");
    let theirs = Intent {
        company: other_company(),
        ..stamping("four", "6")
    };
    elsewhere.plan(&theirs).expect("another company's document");
    let note = Intent {
        kind: Kind::CreditNotes,
        ..stamping("five", "6")
    };
    elsewhere.plan(&note).expect("another kind's document");
    let one = IntentId("one".into());
    elsewhere.progress(&one, &sent(), later(1)).expect("sent");
    elsewhere
        .progress(&one, &Progress::Released, later(95))
        .expect("released");
    durable.plan(&stamping("two", "6")).expect("free again");
}

#[test]
fn creates_do_not_bar_each_other_but_a_name_is_used_once() {
    let (_folder, _path, mut durable) = durable();
    durable.plan(&creating("one")).expect("planned");
    durable.plan(&creating("two")).expect("planned");
    assert!(matches!(
        durable.plan(&creating("two")),
        Err(PlanError::AlreadyPlanned(_))
    ));
    let begun = Intent {
        progress: sent(),
        ..creating("three")
    };
    assert!(matches!(durable.plan(&begun), Err(PlanError::NotNew(_))));
}

#[test]
fn the_record_of_one_create_is_not_that_of_another() {
    let (_folder, path, mut durable) = durable();
    let mut elsewhere = Durable::open(&path).expect("the same file");
    for name in ["one", "two", "three"] {
        durable.plan(&creating(name)).expect("planned");
        let id = IntentId(name.into());
        durable.progress(&id, &sent(), later(1)).expect("sent");
    }
    let unknown = |record: Option<&str>| Progress::Unknown {
        at: later(1),
        reads: 1,
        cause: "no answer".into(),
        refusal: None,
        record: record.map(Id::from),
        doubt: None,
    };
    let (one, two, three) = (
        IntentId("one".into()),
        IntentId("two".into()),
        IntentId("three".into()),
    );
    let made = |id: &str| Progress::Adopted {
        id: Id::from(id),
        uuid: None,
    };
    durable
        .progress(&one, &made("6"), later(2))
        .expect("its own");
    for id in [&two, &three] {
        elsewhere
            .progress(id, &unknown(None), later(2))
            .expect("unknown");
    }
    let rivals = elsewhere.rivals(&creating("two")).expect("read");
    assert!(rivals.taken.contains(&Id::from("6")));
    let open: Vec<&IntentId> = rivals.open.iter().map(|other| &other.id).collect();
    assert_eq!(open, [&three]);
    for taken in [made("6"), Progress::Decided(Decision::Mine(Id::from("6")))] {
        let refused = elsewhere.progress(&two, &taken, later(3));
        assert!(
            matches!(&refused, Err(ProgressError::Taken(id)) if *id == Id::from("6")),
            "{refused:?}"
        );
    }
    elsewhere
        .progress(&two, &made("7"), later(3))
        .expect("another record");
    // What the answer itself named is certain, whoever else says so.
    elsewhere
        .progress(&three, &unknown(Some("6")), later(3))
        .expect("unknown");
    elsewhere
        .progress(&three, &made("6"), later(4))
        .expect("named by the server");
    // What came to its end before was not made by a later one.
    let later_one = Intent {
        planned_at: later(10),
        ..creating("four")
    };
    let rivals = elsewhere.rivals(&later_one).expect("read");
    assert!(rivals.taken.is_empty() && rivals.open.is_empty());
}

#[test]
fn of_all_that_try_one_may_send() {
    let (_folder, path, mut durable) = durable();
    let mut elsewhere = Durable::open(&path).expect("the same file");
    let id = IntentId("one".into());
    durable.plan(&stamping("one", "6")).expect("planned");
    elsewhere
        .progress(&id, &sent(), later(1))
        .expect("the claim");
    for window in [&mut durable, &mut elsewhere] {
        let refused = window.progress(&id, &sent(), later(2));
        assert!(
            matches!(refused, Err(ProgressError::AlreadySent(_))),
            "{refused:?}"
        );
    }
    let unknown = Progress::Unknown {
        at: later(1),
        reads: 1,
        cause: "no answer".into(),
        refusal: None,
        record: None,
        doubt: None,
    };
    durable.progress(&id, &unknown, later(3)).expect("unknown");
    let refused = durable.progress(&id, &sent(), later(4));
    assert!(
        matches!(refused, Err(ProgressError::AlreadySent(_))),
        "{refused:?}"
    );
    let refused = durable.progress(&id, &Progress::Planned, later(4));
    assert!(
        matches!(refused, Err(ProgressError::Backwards(_))),
        "{refused:?}"
    );
}

#[test]
fn what_is_settled_stays_settled() {
    let (_folder, _path, mut durable) = durable();
    let id = IntentId("one".into());
    durable.plan(&stamping("one", "6")).expect("planned");
    let adopted = Progress::Adopted {
        id: Id::from("6"),
        uuid: None,
    };
    durable.progress(&id, &adopted, later(1)).expect("adopted");
    for progress in [
        sent(),
        Progress::Planned,
        Progress::Released,
        adopted.clone(),
    ] {
        let refused = durable.progress(&id, &progress, later(2));
        assert!(
            matches!(refused, Err(ProgressError::Settled(_))),
            "{refused:?}"
        );
    }
    assert_eq!(durable.open_intents(&company()).expect("read"), []);
    let kept = durable
        .intent(&id)
        .expect("read")
        .map(|intent| intent.progress);
    assert_eq!(kept, Some(adopted));
    let nobody = durable.progress(&IntentId("nobody".into()), &sent(), later(1));
    assert!(
        matches!(nobody, Err(ProgressError::NoSuchAct(_))),
        "{nobody:?}"
    );
}

#[test]
fn the_latest_acts_come_first_and_the_oldest_open_one_is_settled_first() {
    let (_folder, _path, mut durable) = durable();
    for (name, at) in [("a", later(5)), ("b", later(0)), ("c", later(9))] {
        let intent = Intent {
            planned_at: at,
            ..stamping(name, name)
        };
        durable.plan(&intent).expect("planned");
    }
    let names =
        |intents: Vec<Intent>| -> Vec<String> { intents.into_iter().map(|i| i.id.0).collect() };
    assert_eq!(
        names(durable.open_intents(&company()).expect("read")),
        ["b", "a", "c"]
    );
    assert_eq!(
        names(durable.intents(&company(), 2).expect("read")),
        ["c", "a"]
    );
}

#[test]
fn acts_of_one_request_are_written_down_together_and_one_in_the_way_keeps_only_its_own_back() {
    let (_folder, path, mut durable) = durable();
    let other = stamping("other", "2");
    durable.plan(&other).expect("the file");
    let before = stamping("before", "3");
    durable.plan(&before).expect("the file");
    durable
        .progress(&before.id, &Progress::Released, later(0))
        .expect("the file");
    let intents = ["1", "2", "3"].map(|document| stamping(&format!("act-{document}"), document));
    let placed = durable.plan_all(&intents).expect("the file");
    assert_eq!(
        placed,
        [
            Placed::First,
            Placed::Behind(other.id.clone()),
            Placed::ActedBefore
        ]
    );
    let leaving = |names: &[&str]| -> Vec<(IntentId, AuditEntry)> {
        let acts = names.iter().map(|name| {
            let intent = IntentId((*name).into());
            let entry = AuditEntry {
                intent: Some(intent.clone()),
                ..entry(1)
            };
            (intent, entry)
        });
        acts.collect()
    };
    durable
        .send_all(&leaving(&["act-1", "act-3"]), later(1))
        .expect("the file");
    drop(durable);
    let mut durable = Durable::open(&path).expect("the file");
    let open = durable.open_intents(&company()).expect("the file");
    let sent = open
        .iter()
        .filter(|intent| intent.progress == sent_at(1))
        .map(|intent| intent.id.0.as_str());
    assert_eq!(sent.collect::<Vec<_>>(), ["act-1", "act-3"]);
    assert_eq!(
        durable.intent(&IntentId("act-2".into())).expect("the file"),
        None
    );
    let written = |durable: &Durable| durable.audit_tail(&company(), 9).expect("the file").len();
    assert_eq!(written(&durable), 2);
    // One of a request that was sent already keeps all of it here, and the log says nothing of any.
    durable.plan_all(&[stamping("new", "9")]).expect("the file");
    let again = durable.send_all(&leaving(&["new", "act-1"]), later(2));
    assert!(matches!(again, Err(ProgressError::AlreadySent(_))));
    let new = durable.intent(&IntentId("new".into())).expect("the file");
    assert_eq!(new.expect("the act").progress, Progress::Planned);
    assert_eq!(written(&durable), 2);
    let mut begun = stamping("begun", "8");
    begun.progress = sent_at(2);
    assert!(durable.plan_all(&[begun]).is_err());
}

#[test]
fn what_was_planned_is_given_up_after_a_while_and_what_was_sent_meanwhile_never_is() {
    let (_folder, _, mut durable) = durable();
    let [planned, sent] = [stamping("planned", "1"), stamping("sent", "2")];
    durable.plan(&planned).expect("the file");
    durable.plan(&sent).expect("the file");
    assert_eq!(
        durable.give_up(&company(), later(59)).expect("the file"),
        []
    );
    durable
        .progress(&sent.id, &sent_at(59), later(59))
        .expect("the file");
    let given_up = durable.give_up(&company(), later(60)).expect("the file");
    let told: Vec<_> = given_up
        .iter()
        .map(|act| (&act.id, &act.progress))
        .collect();
    assert_eq!(told, [(&planned.id, &Progress::Released)]);
    // Whoever planned it after all must not send it.
    let late = durable.progress(&planned.id, &sent_at(61), later(61));
    assert!(matches!(late, Err(ProgressError::Settled(_))));
    let open = durable.open_intents(&company()).expect("the file");
    assert_eq!(open.len(), 1);
}

#[test]
fn an_act_that_nobody_sent_for_a_while_is_in_nobodys_way() {
    let (_folder, _, mut durable) = durable();
    let former = stamping("former", "1");
    durable.plan(&former).expect("the file");
    let next = |name: &str, seconds: i64| Intent {
        planned_at: later(seconds),
        ..stamping(name, "1")
    };
    let early = durable.plan(&next("early", 59));
    assert!(matches!(early, Err(PlanError::AlreadyOpen(_))));
    let acted_before = durable.plan(&next("late", 60)).expect("the file");
    assert!(acted_before, "it is read again before it is sent");
    let former = durable.intent(&former.id).expect("the file");
    assert_eq!(former.expect("the act").progress, Progress::Released);
}

#[test]
fn the_acts_on_a_document_are_told_in_their_order() {
    let (_folder, _path, mut durable) = durable();
    for (name, document) in [("one", "6"), ("other", "7")] {
        durable.plan(&stamping(name, document)).expect("planned");
    }
    let acts = durable.intents_on(&company(), Kind::Invoices, &Id::from("6"));
    let names: Vec<String> = acts
        .expect("read")
        .into_iter()
        .map(|act| act.id.0)
        .collect();
    assert_eq!(names, ["one"]);
}

/// A create of what stands in this editor.
fn saving(name: &str, editor: &str) -> Intent {
    Intent {
        editor: Some(editor.to_owned()),
        ..creating(name)
    }
}

#[test]
fn what_stands_in_an_editor_is_saved_by_one_window_and_never_again() {
    let (_folder, path, mut durable) = durable();
    let mut window = Durable::open(&path).expect("a second window");
    durable.plan(&saving("one", "form")).expect("planned");
    assert!(matches!(
        window.plan(&saving("two", "form")),
        Err(PlanError::AlreadyOpen(IntentId(name))) if name == "one"
    ));
    window
        .plan(&saving("three", "other"))
        .expect("another editor");
    durable
        .progress(&IntentId("one".into()), &adopted("7"), later(2))
        .expect("written");
    assert!(matches!(
        window.plan(&saving("four", "form")),
        Err(PlanError::AlreadySaved(IntentId(name))) if name == "one"
    ));
}

#[test]
fn what_was_not_saved_may_be_saved_again_from_the_same_editor() {
    let (_folder, _path, mut durable) = durable();
    assert!(!durable.plan(&saving("one", "form")).expect("planned"));
    durable
        .progress(&IntentId("one".into()), &Progress::Released, later(2))
        .expect("written");
    assert!(durable.plan(&saving("two", "form")).expect("planned again"));
}

#[test]
fn a_record_that_is_there_takes_along_what_was_typed_for_it_and_no_more() {
    let (_folder, _path, mut durable) = durable();
    for editor in ["form", "other"] {
        durable
            .keep_edit(&company(), editor, "typed", read_at())
            .expect("kept");
    }
    durable
        .keep_edit(&other_company(), "form", "theirs", read_at())
        .expect("kept");
    durable.plan(&saving("one", "form")).expect("planned");
    durable.plan(&saving("two", "other")).expect("planned");
    let refused = Progress::Released;
    durable
        .progress(&IntentId("two".into()), &refused, later(2))
        .expect("written");
    durable
        .progress(&IntentId("one".into()), &adopted("7"), later(2))
        .expect("written");
    let left = |durable: &Durable, company: &CompanyId| {
        let edits = durable.edits(company).expect("read");
        let slots = edits.into_iter().map(|edit| edit.slot);
        slots.collect::<Vec<_>>()
    };
    assert_eq!(left(&durable, &company()), ["other"]);
    assert_eq!(left(&durable, &other_company()), ["form"]);
    let awaited = durable.awaited_intents(&company()).expect("read");
    let names: Vec<&str> = awaited.iter().map(|intent| intent.id.0.as_str()).collect();
    assert_eq!(names, ["two"], "what the editor that is left waits for");
}
