//! The layer of a package: what keys order, and when nothing is ordered.

use super::*;
use crate::app::form::fixture::model;
use crate::app::key::Code;
use crate::app::model::Screen;
use crate::app::msg::{Fact, Msg, Reply};
use crate::app::update;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;

fn press(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keys {
        let at = model.now;
        effects = update(model, Msg::Key(*key), at);
    }
    effects
}

fn typed(model: &mut Model, text: &str) -> Vec<Effect> {
    let keys: Vec<Key> = text.chars().map(Key::char).collect();
    press(model, &keys)
}

fn told(model: &mut Model, fact: Fact) -> Vec<Effect> {
    let reply = Reply {
        company: model.company_id.clone(),
        ticket: None,
        fact,
    };
    let at = model.now;
    update(model, Msg::Worker(Box::new(reply)), at)
}

/// The period that is asked about.
fn asked(effects: &[Effect]) -> Option<String> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask {
            request: Request::Package { period, .. },
            ..
        } => Some(period.to_string()),
        _ => None,
    })
}

fn plan(model: &mut Model, documents: usize) {
    let period = top(model).period(model.today()).expect("a period");
    planned(
        model,
        Plan {
            period,
            documents,
            unread: 0,
            looked: vec![(Kind::Invoices, Coverage::default())],
            folder: "/papers/2026-02".into(),
        },
    );
}

fn top(model: &Model) -> &Package {
    match model.layers.last() {
        Some(Layer::Package(package)) => package,
        other => panic!("no package but {other:?}"),
    }
}

fn opened() -> Model {
    let mut model = model();
    let effects = press(&mut model, &[Key::char('p')]);
    assert_eq!(asked(&effects).as_deref(), Some("2026-02"), "{effects:?}");
    model
}

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);

#[test]
fn the_period_is_read_as_people_say_it_and_asked_about_as_it_changes() {
    let mut model = opened();
    assert_eq!(asked(&typed(&mut model, "mar")).as_deref(), Some("2026-03"));
    assert_eq!(asked(&typed(&mut model, "zo")), None, "the same period");
    assert_eq!(
        asked(&typed(&mut model, " 2025")).as_deref(),
        Some("2025-03")
    );
    typed(&mut model, " zz");
    assert_eq!(top(&model).period(model.today()), None);
    assert!(press(&mut model, &[ENTER]).is_empty());
    assert!(matches!(top(&model).phase, Phase::Asking));
}

#[test]
fn nothing_is_fetched_before_it_is_known_what_there_is_nor_where_there_is_nothing() {
    let mut model = opened();
    assert!(press(&mut model, &[ENTER]).is_empty());
    plan(&mut model, 0);
    assert!(press(&mut model, &[ENTER]).is_empty());
    plan(&mut model, 3);
    press(&mut model, &[Key::plain(Code::Tab)]);
    let effects = press(&mut model, &[ENTER]);
    let [
        Effect::Pack {
            period,
            forms,
            issuer,
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}");
    };
    assert_eq!(period.to_string(), "2026-02");
    assert_eq!(forms, &[Form::Xml]);
    assert_eq!(issuer, model.rfc());
    assert!(press(&mut model, &[ENTER]).is_empty(), "once");
    assert!(typed(&mut model, "abril").is_empty(), "the period stands");
}

#[test]
fn esc_stops_once_and_then_leaves_and_the_end_is_told_all_the_same() {
    let mut model = opened();
    plan(&mut model, 3);
    press(&mut model, &[ENTER]);
    told(&mut model, Fact::Packing { done: 1, all: 3 });
    assert_eq!(press(&mut model, &[ESC]), [Effect::StopPacking]);
    assert!(matches!(
        top(&model).phase,
        Phase::Going {
            done: 1,
            all: 3,
            stopping: true
        }
    ));
    assert!(press(&mut model, &[ESC]).is_empty());
    assert!(model.layers.is_empty());
    assert!(matches!(model.screens.last(), Some(Screen::Home(_))));
    let mut packed = Packed::broken(Period::between(model.today(), model.today()));
    packed.folder = "/papers/x".into();
    let effects = told(&mut model, Fact::Packed(Box::new(packed)));
    assert!(
        matches!(effects.as_slice(), [Effect::KeepIndex { folder, files }]
            if folder == "/papers/x" && files.len() == 2),
        "{effects:?}"
    );
    assert_eq!(
        model.toast.as_ref().map(|toast| toast.notice.words),
        Some("notice-packed")
    );
}
