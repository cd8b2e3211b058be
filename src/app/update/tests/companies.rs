//! Going over to another company, and what the first stamp there asks.

use super::*;
use crate::app::companies::Choice;
use crate::app::key::Code;
use crate::domain::company::Company;
use crate::domain::profile::{Profile, ProfileName};

fn name(text: &str) -> ProfileName {
    ProfileName::new(text).expect("a name")
}

fn choice(profile: &str, company: &str, rfc: &str, within_reach: bool) -> Choice {
    Choice {
        profile: Profile {
            name: name(profile),
            company: company.to_owned(),
            rfc: rfc.to_owned(),
            hue: None,
        },
        within_reach,
    }
}

/// An office of two companies and one on another server.
fn office(mut model: Model) -> Model {
    model.companies = vec![
        choice("kemper", "ESCUELA KEMPER URGATE", "EKU9003173C9", true),
        choice("xenon", "XENON INDUSTRIAL ARTICLES", "XIA190128J61", true),
        choice("elsewhere", "OTRA", "XAMA620210DQ5", false),
    ];
    model.profile = Some(name("kemper"));
    model
}

fn xenon_books() -> CompanyId {
    CompanyId("xenon@demo".into())
}

fn company(id: CompanyId, name: &str, rfc: &str) -> Company {
    Company {
        id,
        number: None,
        name: name.to_owned(),
        rfc: rfc.to_owned(),
        regime: Some("601".into()),
        zip: Some("42501".into()),
        currency: "MXN".to_owned(),
    }
}

/// The books of the other company are known on this machine.
fn looked_up(model: &mut Model) -> Vec<Effect> {
    let company = company(xenon_books(), "XENON INDUSTRIAL ARTICLES", "XIA190128J61");
    reply(
        model,
        None,
        Fact::LookedUp {
            profile: name("xenon"),
            id: xenon_books(),
            company: Some(Box::new(company)),
        },
    )
}

fn type_text(model: &mut Model, text: &str) {
    for typed in text.chars() {
        press(model, letter(typed));
    }
}

fn enter() -> Key {
    Key::plain(Code::Enter)
}

#[test]
fn going_over_with_a_card_open_closes_it_and_sends_nothing() {
    let mut model = office(card());
    press(&mut model, Key::ctrl('e'));
    assert!(matches!(model.layers.last(), Some(Layer::Companies(_))));
    let effects = press(&mut model, enter());
    assert_eq!(effects, [Effect::LookUp(name("xenon"))]);
    assert!(model.layers.is_empty());
    // Still the old books, until it is known whose the others are.
    assert_eq!(model.rfc(), "EKU9003173C9");
    let effects = looked_up(&mut model);
    let over = Effect::GoOver {
        profile: name("xenon"),
        company: xenon_books(),
    };
    assert_eq!(effects.first(), Some(&over));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Commit(_)))
    );
    assert_eq!(model.rfc(), "XIA190128J61");
    assert!(matches!(model.screens.as_slice(), [Screen::Home(_)]));
}

#[test]
fn what_still_arrives_of_the_old_company_is_dropped() {
    let (mut model, ticket) = list();
    model = office(model);
    press(&mut model, Key::ctrl('e'));
    press(&mut model, enter());
    looked_up(&mut model);
    press(&mut model, letter('g'));
    press(&mut model, letter('f'));
    let late = Msg::Worker(Box::new(Reply {
        company: CompanyId("demo".into()),
        ticket: Some(ticket),
        fact: Fact::Window(window(3)),
    }));
    let at = model.now;
    update(&mut model, late, at);
    assert_eq!(rows(&model), 0);
    let stale = Msg::Worker(Box::new(Reply {
        company: CompanyId("demo".into()),
        ticket: None,
        fact: Fact::Company(company(CompanyId("demo".into()), "OLD", "EKU9003173C9")),
    }));
    update(&mut model, stale, at);
    assert_eq!(model.rfc(), "XIA190128J61");
}

#[test]
fn what_was_typed_is_kept_with_the_books_that_it_is_about() {
    let mut model = office(crate::app::form::fixture::editing());
    press(&mut model, Key::ctrl('n'));
    press(&mut model, Key::ctrl('e'));
    let effects = press(&mut model, enter());
    let kept = effects
        .iter()
        .position(|effect| matches!(effect, Effect::KeepEdit { .. }));
    let asked = effects
        .iter()
        .position(|effect| matches!(effect, Effect::LookUp(_)));
    assert!(kept.is_some() && kept < asked, "{effects:?}");
}

#[test]
fn on_the_way_to_other_books_nothing_is_begun_until_they_are_there_or_cannot_be_told() {
    let mut model = office(model());
    model.screens.push(Screen::Detail(Detail::showing(draft())));
    press(&mut model, Key::ctrl('e'));
    press(&mut model, enter());
    for order in ['T', 'D', 'X', 'e', 'd'] {
        assert_eq!(press(&mut model, letter(order)), [], "{order}");
        let said = model.toast.as_ref().map(|toast| toast.notice.words);
        assert_eq!(said, Some("reason-going-over"), "{order}");
        assert!(model.layers.is_empty());
    }
    assert!(matches!(model.screens.last(), Some(Screen::Detail(_))));
    let failed = Fact::NotLookedUp {
        profile: name("xenon"),
        trouble: Trouble::new(TroubleSort::Storage, ""),
    };
    reply(&mut model, None, failed);
    assert_eq!(model.rfc(), "EKU9003173C9");
    press(&mut model, letter('T'));
    assert!(matches!(model.layers.last(), Some(Layer::Stamp(_))));
}

#[test]
fn a_company_on_another_server_is_named_and_not_gone_to() {
    let mut model = office(model());
    press(&mut model, Key::ctrl('e'));
    press(&mut model, Key::plain(Code::End));
    assert_eq!(press(&mut model, enter()), []);
    assert!(model.toast.is_some());
    assert!(matches!(model.layers.last(), Some(Layer::Companies(_))));
}

#[test]
fn with_one_company_there_is_nobody_to_go_over_to() {
    let mut model = model();
    assert_eq!(press(&mut model, Key::ctrl('e')), []);
    assert!(model.layers.is_empty() && model.toast.is_some());
}

/// The card of a draft in books that were gone over to.
fn card_after_switch() -> Model {
    let mut model = office(model());
    press(&mut model, Key::ctrl('e'));
    press(&mut model, enter());
    looked_up(&mut model);
    // The fixture's answers are those of its own books.
    model.company_id = CompanyId("demo".into());
    model.taxes = super::model().taxes;
    model.screens.push(Screen::Detail(Detail::showing(draft())));
    let effects = press(&mut model, letter('T'));
    let fresh = ticket(&effects, Slot::Fresh);
    let effects = reply(&mut model, Some(fresh), native(draft()));
    answer(&mut model, &effects);
    assert_eq!(phase(&model), Some(&Phase::Ready));
    model
}

fn can_stamp(model: &Model) -> bool {
    match model.layers.last() {
        Some(Layer::Stamp(card)) => crate::app::stamp::can_confirm(model, card),
        other => panic!("no card but {other:?}"),
    }
}

#[test]
fn the_first_stamp_after_going_over_asks_for_the_end_of_the_rfc() {
    let mut model = card_after_switch();
    assert!(!can_stamp(&model));
    press(&mut model, Key::plain(Code::Tab));
    assert_eq!(press(&mut model, enter()), [], "No is what is selected");
    let mut model = card_after_switch();
    // Those of the company before are not these.
    type_text(&mut model, "3c9");
    assert!(!can_stamp(&model));
    for _ in 0..3 {
        press(&mut model, Key::plain(Code::Backspace));
    }
    type_text(&mut model, "j61");
    assert!(can_stamp(&model));
    press(&mut model, Key::plain(Code::Tab));
    let effects = press(&mut model, enter());
    assert_eq!(phase(&model), Some(&Phase::Verifying));
    let effects = verified(&mut model, &effects, draft(), xenon(), drill());
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Commit(_))),
        "{effects:?}"
    );
    assert!(!model.rfc_wanted, "it is asked once");
}

#[test]
fn letters_of_the_rfc_are_no_orders() {
    let mut model = card_after_switch();
    type_text(&mut model, "sqy");
    let Some(Layer::Stamp(card)) = model.layers.last() else {
        panic!("the card is gone");
    };
    assert_eq!(
        card.typed_rfc.as_ref().map(|typed| typed.text()),
        Some("sqy")
    );
    assert!(!card.yes);
}

#[test]
fn without_going_over_the_card_asks_for_no_rfc() {
    let model = card();
    assert!(can_stamp(&model));
}

#[test]
fn a_total_that_has_to_be_typed_comes_after_the_rfc() {
    let mut model = office(model());
    model.type_total_from = "1.00".parse().ok();
    press(&mut model, Key::ctrl('e'));
    press(&mut model, enter());
    looked_up(&mut model);
    model.company_id = CompanyId("demo".into());
    model.taxes = super::model().taxes;
    model.screens.push(Screen::Detail(Detail::showing(draft())));
    let effects = press(&mut model, letter('T'));
    let fresh = ticket(&effects, Slot::Fresh);
    let effects = reply(&mut model, Some(fresh), native(draft()));
    answer(&mut model, &effects);
    let total = match model.layers.last() {
        Some(Layer::Stamp(card)) => card
            .judgement
            .as_ref()
            .and_then(|judgement| judgement.totals.as_ref())
            .map(|totals| totals.total.to_string()),
        _ => None,
    };
    let total = total.expect("a total");
    type_text(&mut model, "J61");
    assert!(!can_stamp(&model));
    type_text(&mut model, &total);
    assert!(can_stamp(&model));
    // Taking back goes on into the field before.
    for _ in 0..=total.len() {
        press(&mut model, Key::plain(Code::Backspace));
    }
    assert!(!can_stamp(&model));
    type_text(&mut model, "1");
    type_text(&mut model, &total);
    assert!(can_stamp(&model));
}

#[test]
fn a_server_that_is_another_company_than_the_profile_says_is_told() {
    let mut model = office(model());
    model.company = Remote::Loading(None);
    let effects = vec![model.ask(Slot::Company, Request::Company)];
    let asked = ticket(&effects, Slot::Company);
    let other = company(CompanyId("demo".into()), "OTRA", "XAMA620210DQ5");
    reply(&mut model, Some(asked), Fact::Company(other));
    assert!(model.toast.is_some() && model.rfc_wanted);
}

#[test]
fn in_read_only_mode_no_action_on_any_page_changes_anything() {
    let pages: [fn() -> Model; 4] = [
        || model(),
        || page().0,
        card,
        crate::app::form::fixture::editing,
    ];
    for begin in pages {
        for action in Action::all() {
            let mut model = office(begin());
            model.read_only = true;
            let mut effects = orders::order(&mut model, action);
            // Whatever is asked is answered with yes.
            effects.extend(press(&mut model, Key::plain(Code::Tab)));
            effects.extend(press(&mut model, enter()));
            let changes = effects.iter().find(|effect| {
                matches!(
                    effect,
                    Effect::Commit(_) | Effect::Update { .. } | Effect::Record { .. }
                )
            });
            assert_eq!(changes, None, "{action:?} in {:?}", begin().place());
        }
    }
}

fn hit(id: &str, books: Option<&str>) -> crate::domain::list::Hit {
    crate::domain::list::Hit {
        record: Record::new(crate::domain::kind::Kind::Invoices, Id::from(id)),
        why: vec![crate::domain::list::Match::Number],
        books: books.map(name),
    }
}

/// The box over all companies, with one hit of some company.
fn searched(books: Option<&str>) -> Model {
    let mut model = office(model());
    press(&mut model, letter('/'));
    press(&mut model, Key::plain(Code::Tab));
    let effects = press(&mut model, letter('7'));
    let asked = ticket(&effects, Slot::Find);
    let found = Fact::FoundEverywhere {
        hits: vec![hit("7", books)],
        more: false,
        coverage: Coverage::default(),
        companies: 2,
        unread: Vec::new(),
    };
    reply(&mut model, Some(asked), found);
    model
}

#[test]
fn a_hit_of_another_company_is_opened_by_going_over_and_only_there() {
    let mut model = searched(Some("xenon"));
    let effects = press(&mut model, enter());
    assert!(
        effects.contains(&Effect::LookUp(name("xenon"))),
        "{effects:?}"
    );
    assert!(model.layers.is_empty());
    assert!(!matches!(model.screens.last(), Some(Screen::Detail(_))));
    looked_up(&mut model);
    assert_eq!(model.company_id, xenon_books());
    match model.screens.last() {
        Some(Screen::Detail(detail)) => assert_eq!(detail.id.as_str(), "7"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_hit_of_a_company_out_of_reach_says_so_and_the_box_stays() {
    let mut model = searched(Some("elsewhere"));
    let effects = press(&mut model, enter());
    assert_eq!(effects, []);
    assert!(matches!(model.layers.last(), Some(Layer::Find(_))));
    assert_eq!(words(&model), Some("notice-company-out-of-reach"));
}

#[test]
fn a_hit_that_was_waited_for_is_forgotten_when_another_company_is_chosen() {
    let mut model = searched(Some("xenon"));
    press(&mut model, enter());
    press(&mut model, Key::ctrl('e'));
    press(&mut model, enter());
    looked_up(&mut model);
    assert!(!matches!(model.screens.last(), Some(Screen::Detail(_))));
}
