//! Given a form and messages, then its content and the effects.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::content::Held;
use super::fixture::*;
use super::*;
use crate::app::key::{Code, Key};
use crate::app::model::Layer;
use crate::app::msg::{Effect, Fact, Msg, Request, Slot, TroubleSort};
use crate::app::update;
use crate::domain::field::Value;
use crate::domain::intent::{Act, Answer, Intent, Refusal, Sighting};

/// A new invoice for Xenon with one drill, everything typed.
fn filled() -> Model {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter", "F6", "tal", "Enter", "2"]);
    model
}

fn intent_of(effects: &[Effect]) -> Intent {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Commit(intent) => Some((**intent).clone()),
            _ => None,
        })
        .expect("an intent")
}

fn happens(model: &mut Model, intent: &Intent, answer: Answer) -> Vec<Effect> {
    let fact = Fact::Answered {
        intent: intent.id.clone(),
        answer,
    };
    reply(model, None, fact)
}

fn sees(model: &mut Model, intent: &Intent, sighting: Sighting) -> Vec<Effect> {
    let fact = Fact::Sighted {
        intent: intent.id.clone(),
        sighting,
    };
    reply(model, None, fact)
}

fn dropped(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::DropEdit { .. }))
}

fn kept(effects: &[Effect]) -> Option<(&str, &str)> {
    effects.iter().find_map(|effect| match effect {
        Effect::KeepEdit { slot, body } => Some((slot.as_str(), body.as_str())),
        _ => None,
    })
}

fn words_at(model: &Model, spot: Spot) -> Vec<&'static str> {
    form(model)
        .marks_at(spot)
        .filter_map(|mark| match &mark.said {
            Said::Notice(notice) => Some(notice.words),
            Said::Finding(..) => None,
        })
        .collect()
}

fn codes(model: &Model) -> Vec<&'static str> {
    form(model)
        .marks
        .iter()
        .filter_map(|mark| match &mark.said {
            Said::Finding(finding, _) => Some(finding.code()),
            Said::Notice(_) => None,
        })
        .collect()
}

fn spot_of(model: &Model, field: Field) -> Spot {
    Spot::Field(form(model).content.position(field).expect("a field"))
}

fn cell(cell: Cell) -> Spot {
    Spot::Cell { row: 0, cell }
}

#[test]
fn a_new_invoice_begins_with_today_and_payment_at_once_and_says_nothing_yet() {
    let model = new_invoice();
    let form = form(&model);
    assert_eq!(form.content.text_of(Field::Date), "18/03/2026");
    assert_eq!(form.content.key(Field::PaymentType), "PUE");
    assert_eq!(form.focus, spot_of(&model, Field::Contact));
    assert_eq!(form.marks, []);
    assert!(!form.is_changed());
    assert_eq!(model.next_deadline(), None);
}

#[test]
fn the_customer_brings_its_regime_and_use() {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter"]);
    let form = form(&model);
    assert_eq!(
        form.content
            .link(Field::Contact)
            .map(|link| link.id.as_str()),
        Some("7")
    );
    assert_eq!(form.content.key(Field::Regime), "601");
    assert_eq!(form.content.key(Field::CfdiUse), "G03");
    assert!(form.receiver.is_some());
}

#[test]
fn what_a_person_chose_is_not_replaced_by_the_customers_default() {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter"]);
    update_focus(&mut model, Field::CfdiUse);
    keys(&mut model, &["G01", "Enter"]);
    update_focus(&mut model, Field::Contact);
    keys(&mut model, &["xochilt", "Enter"]);
    let form = form(&model);
    assert_eq!(form.content.key(Field::Regime), "612");
    assert_eq!(form.content.key(Field::CfdiUse), "G01");
}

fn update_focus(model: &mut Model, field: Field) {
    let idx = spot_of(model, field).number(form(model).content.extent());
    let at = model.now;
    update(model, Msg::Click(crate::app::msg::Target::Field(idx)), at);
}

#[test]
fn an_item_fills_its_line_and_the_usual_tax_is_shown() {
    let model = filled();
    let form = form(&model);
    let row = &form.content.rows[0];
    assert_eq!(row.description, "Taladro 1/2");
    assert_eq!(row.price, "500.00");
    assert_eq!(row.quantity, "2");
    assert_eq!(row.taxes[0].name, "IVA 16%");
    let totals = form.totals.as_ref().expect("totals");
    assert_eq!(totals.subtotal, money("1000"));
    assert_eq!(totals.total, money("1160"));
    assert_eq!(form.nets, [Some(money("1000"))]);
}

#[test]
fn a_typed_price_survives_another_item() {
    let mut model = new_invoice();
    keys(&mut model, &["F6", "Tab", "Tab", "Tab", "350"]);
    keys(
        &mut model,
        &["BackTab", "BackTab", "BackTab", "tal", "Enter"],
    );
    assert_eq!(form(&model).content.rows[0].price, "350");
    keys(&mut model, &["BackTab", "BackTab", "varios", "Enter"]);
    let row = &form(&model).content.rows[0];
    assert_eq!(row.price, "350");
    assert_eq!(row.description, "Varios");
}

#[test]
fn the_first_digit_replaces_a_number_and_the_second_does_not() {
    let model = filled();
    assert_eq!(form(&model).content.rows[0].quantity, "2");
    let mut model = filled();
    keys(&mut model, &["5"]);
    assert_eq!(form(&model).content.rows[0].quantity, "25");
}

#[test]
fn ppd_takes_forma_99_and_gives_the_former_one_back() {
    let mut model = new_invoice();
    update_focus(&mut model, Field::PaymentMethod);
    keys(&mut model, &["cheque", "Enter"]);
    assert_eq!(form(&model).content.key(Field::PaymentMethod), "check");
    update_focus(&mut model, Field::PaymentType);
    keys(&mut model, &["ppd", "Enter"]);
    assert_eq!(form(&model).content.key(Field::PaymentMethod), "other");
    update_focus(&mut model, Field::PaymentMethod);
    keys(&mut model, &["F3"]);
    assert!(!has_picker(&model));
    assert_eq!(
        model.toast.as_ref().map(|toast| toast.notice.words),
        Some("form-forma-locked")
    );
    update_focus(&mut model, Field::PaymentType);
    keys(&mut model, &["pue", "Enter"]);
    assert_eq!(form(&model).content.key(Field::PaymentMethod), "check");
}

#[test]
fn a_day_that_is_left_is_written_in_full() {
    let mut model = new_invoice();
    update_focus(&mut model, Field::DueDate);
    keys(&mut model, &["Tab", "BackTab", "31", "Tab"]);
    assert_eq!(form(&model).content.text_of(Field::DueDate), "31/03/2026");
}

#[test]
fn a_text_that_cannot_be_read_stays_and_bars_saving() {
    let mut model = filled();
    keys(&mut model, &["Tab", "12,5"]);
    let spot = cell(Cell::Price);
    assert_eq!(words_at(&model, spot), ["form-unreadable-amount"]);
    assert_eq!(form(&model).totals, None, "no sum without that line");
    let effects = keys(&mut model, &["F8"]);
    assert_eq!(effects, []);
    assert_eq!(form(&model).content.text(spot), Some("12,5"));
    assert_eq!(form(&model).focus, spot);
}

#[test]
fn saving_an_empty_invoice_says_what_is_missing_and_sends_nothing() {
    let mut model = new_invoice();
    assert_eq!(keys(&mut model, &["F8"]), []);
    assert_eq!(
        words_at(&model, spot_of(&model, Field::Contact)),
        ["form-missing-contact"]
    );
    assert_eq!(words_at(&model, cell(Cell::Item)), ["form-missing-lines"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::Contact));
}

#[test]
fn an_item_without_a_sat_key_is_named_before_the_server_refuses_it() {
    let mut model = filled();
    keys(&mut model, &["F6", "varios", "Enter", "F8"]);
    let spot = Spot::Cell {
        row: 1,
        cell: Cell::Item,
    };
    assert_eq!(words_at(&model, spot), ["form-no-product-key"]);
    assert_eq!(form(&model).saving, Saving::Idle);
}

#[test]
fn a_use_that_does_not_go_with_the_regime_is_found_at_its_field_while_typing() {
    let mut model = editing();
    assert!(!codes(&model).contains(&"CFDI40161"));
    update_focus(&mut model, Field::Contact);
    keys(&mut model, &["xochilt", "Enter"]);
    update_focus(&mut model, Field::Regime);
    keys(&mut model, &["626", "Enter"]);
    assert!(codes(&model).contains(&"CFDI40161"), "{:?}", codes(&model));
    keys(&mut model, &["Up", "Ctrl+G"]);
    let tone = form(&model).tone_at(spot_of(&model, Field::CfdiUse));
    assert_eq!(tone, Some(Tone::Error));
}

#[test]
fn the_next_finding_is_one_key_away_and_the_last_leads_to_the_first() {
    let mut model = new_invoice();
    keys(&mut model, &["F8"]);
    let spots: Vec<Spot> = form(&model).marks.iter().filter_map(|m| m.spot).collect();
    let (first, last) = (spots[0], spots[spots.len() - 1]);
    keys(&mut model, &["Ctrl+G"]);
    assert!(form(&model).focus > first);
    while form(&model).focus != last {
        keys(&mut model, &["Ctrl+G"]);
    }
    keys(&mut model, &["Ctrl+G"]);
    assert_eq!(form(&model).focus, first);
}

#[test]
fn a_new_record_goes_through_the_outbox_and_is_on_disk_before() {
    let mut model = filled();
    let effects = keys(&mut model, &["F8"]);
    let intent = intent_of(&effects);
    let (slot, body) = kept(&effects[..1]).expect("kept first");
    assert!(slot.starts_with("invoices:new:"));
    assert!(body.contains(&intent.id.0));
    let Act::Create(edit) = &intent.act else {
        panic!("no create")
    };
    assert_eq!(edit.id, None);
    assert_eq!(
        edit.values.get(&Field::CfdiUse),
        Some(&Some(Value::Text("G03".into())))
    );
    assert_eq!(edit.values.get(&Field::Total), None);
    assert_eq!(edit.lines.as_ref().map(Vec::len), Some(1));
    assert_eq!(intent.snapshot.rfc, "XIA190128J61");
    assert_eq!(intent.snapshot.total, Some(money("1160")));
    assert!(form(&model).is_locked());
    assert_eq!(keys(&mut model, &["F8"]), [], "once is enough");
    keys(&mut model, &["7"]);
    assert_eq!(form(&model).content.rows[0].quantity, "2");
}

#[test]
fn a_saved_record_takes_the_place_of_its_form() {
    let mut model = filled();
    let effects = keys(&mut model, &["F8"]);
    let intent = intent_of(&effects);
    let done = Answer::Done {
        id: Id::from("77"),
        uuid: None,
    };
    let effects = happens(&mut model, &intent, done);
    assert!(dropped(&effects));
    assert_eq!(model.unfinished.len(), 0);
    assert!(
        matches!(model.screen(), Some(Screen::Detail(page)) if page.id == Id::from("77")),
        "{:?}",
        model.screen()
    );
    assert_eq!(model.screens.len(), 2);
}

#[test]
fn a_refused_create_leaves_the_form_as_it_is_with_the_cause_at_the_field() {
    let mut model = filled();
    let before = form(&model).content.clone();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let refusal = Refusal {
        status: 400,
        code: "40161".into(),
        text: "UsoCFDI".into(),
        draft: None,
    };
    happens(&mut model, &intent, Answer::Refused(refusal));
    assert!(form(&model).is_locked(), "a refusal is read back first");
    let effects = sees(&mut model, &intent, Sighting::NotDone);
    assert!(!dropped(&effects));
    assert_eq!(form(&model).content, before);
    assert!(!form(&model).is_locked());
    let spot = spot_of(&model, Field::CfdiUse);
    assert_eq!(form(&model).focus, spot);
    assert!(words_at(&model, spot).contains(&"form-refused-code"));
    let again = intent_of(&keys(&mut model, &["F8"]));
    assert_ne!(again.id, intent.id);
}

#[test]
fn a_draft_that_a_refusal_left_behind_is_changed_and_not_made_twice() {
    let mut model = filled();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let refused = Intent {
        progress: Progress::Refused(Refusal {
            status: 400,
            code: "3051".into(),
            text: "no".into(),
            draft: Some(Id::from("77")),
        }),
        ..intent
    };
    settled(&mut model, &refused);
    keys(&mut model, &["3"]);
    let effects = keys(&mut model, &["F8"]);
    let update = effects.iter().find_map(|effect| match effect {
        Effect::Ask {
            request: Request::Update(edit),
            ..
        } => Some(edit),
        _ => None,
    });
    assert_eq!(
        update.and_then(|edit| edit.id.clone()),
        Some(Id::from("77"))
    );
}

#[test]
fn an_unknown_result_keeps_the_form_locked() {
    let mut model = filled();
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let cause = "cut".to_owned();
    happens(&mut model, &intent, Answer::Unclear { cause });
    assert!(form(&model).is_locked());
    assert!(matches!(
        progress(&model, form(&model)),
        Some(Progress::Unknown { .. })
    ));
    assert_eq!(keys(&mut model, &["F8"]), []);
}

#[test]
fn an_untouched_record_has_nothing_to_send() {
    let mut model = editing();
    assert!(form(&model).edit().is_empty());
    assert!(!form(&model).is_changed());
    assert_eq!(keys(&mut model, &["Tab", "Tab", "Down", "Down", "F8"]), []);
    assert_eq!(
        model.toast.as_ref().map(|toast| toast.notice.words),
        Some("form-nothing-changed")
    );
}

#[test]
fn only_what_changed_is_sent() {
    let mut model = editing();
    update_focus(&mut model, Field::CfdiUse);
    keys(&mut model, &["G01", "Enter"]);
    let effects = keys(&mut model, &["F8"]);
    let edit = effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Ask {
                ticket,
                request: Request::Update(edit),
            } if ticket.slot == Slot::Save => Some(edit),
            _ => None,
        })
        .expect("an update");
    assert_eq!(edit.id, Some(Id::from("41")));
    assert_eq!(
        edit.values.clone().into_iter().collect::<Vec<_>>(),
        [(Field::CfdiUse, Some(Value::Text("G01".into())))]
    );
    assert_eq!(edit.lines, None);
}

#[test]
fn a_changed_line_sends_all_lines_and_keeps_what_the_form_does_not_show() {
    let mut model = editing();
    keys(&mut model, &["F6", "varios", "Enter"]);
    let lines = form(&model).edit().lines.expect("lines");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], draft().lines[0]);
    assert_eq!(
        lines[1].item.as_ref().map(|item| item.id.as_str()),
        Some("13")
    );
    assert_eq!(lines[1].total, None);
}

#[test]
fn taken_changes_close_the_form_and_refused_ones_leave_it() {
    for refused in [false, true] {
        let mut model = editing();
        update_focus(&mut model, Field::Terms);
        keys(&mut model, &["30 días"]);
        let effects = keys(&mut model, &["F8"]);
        let ticket = effects
            .iter()
            .find_map(|effect| match effect {
                Effect::Ask { ticket, .. } if ticket.slot == Slot::Save => Some(*ticket),
                _ => None,
            })
            .expect("a question");
        let fact = match refused {
            true => Fact::Failed(Trouble::new(TroubleSort::Refused, "no")),
            false => Fact::Updated(Id::from("41")),
        };
        let effects = reply(&mut model, Some(ticket), fact);
        if refused {
            assert_eq!(form(&model).content.text_of(Field::Terms), "30 días");
            assert!(form(&model).alert.is_some());
            assert!(!form(&model).is_locked());
        } else {
            assert!(dropped(&effects));
            assert!(matches!(model.screen(), Some(Screen::Home(_))));
        }
    }
}

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
        form(&model).content.rows[0].quantity,
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

#[test]
fn lines_are_added_behind_the_last_cell_and_a_deleted_one_comes_back() {
    let mut model = filled();
    keys(&mut model, &["Tab", "Tab", "Tab", "Enter"]);
    assert_eq!(form(&model).content.rows.len(), 2);
    assert_eq!(form(&model).focus, Spot::row(1));
    keys(&mut model, &["Up", "F7"]);
    assert_eq!(form(&model).content.rows.len(), 1);
    assert!(form(&model).content.rows[0].is_blank());
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(form(&model).content.rows.len(), 2);
    assert_eq!(form(&model).content.rows[0].description, "Taladro 1/2");
    assert_eq!(form(&model).record().lines.len(), 1);
}

#[test]
fn a_tax_takes_the_place_of_its_like_and_stands_beside_others() {
    let mut model = filled();
    let names = |model: &Model| -> Vec<String> {
        form(model).content.rows[0]
            .taxes
            .iter()
            .map(|link| link.name.clone())
            .collect()
    };
    keys(&mut model, &["Tab", "Tab", "Tab", "isr", "Enter"]);
    assert_eq!(names(&model), ["IVA 16%", "Ret. ISR 10%"]);
    keys(&mut model, &["F3", "iva 0", "Enter"]);
    assert_eq!(names(&model), ["Ret. ISR 10%", "IVA 0%"]);
    keys(&mut model, &["F3", "isr", "Enter"]);
    assert_eq!(names(&model), ["IVA 0%"]);
    keys(&mut model, &["Backspace"]);
    assert!(names(&model).is_empty());
}

#[test]
fn undo_takes_back_a_choice_with_all_that_it_brought() {
    let mut model = new_invoice();
    keys(&mut model, &["xenon", "Enter", "Ctrl+Z"]);
    let form = form(&model);
    assert_eq!(form.content.link(Field::Contact), None);
    assert_eq!(form.content.key(Field::Regime), "");
    assert!(!form.is_changed());
}

#[test]
fn a_paste_of_ten_thousand_characters_with_line_breaks_is_one_long_line() {
    let mut model = filled();
    keys(&mut model, &["BackTab"]);
    let text = "Ñandú 🧾\r\n".repeat(1250);
    let at = model.now;
    update(&mut model, Msg::Paste(text), at);
    let row = &form(&model).content.rows[0];
    assert!(row.description.chars().count() > 10_000);
    assert!(!row.description.contains(['\r', '\n']));
    assert!(codes(&model).contains(&"XSD-desc"));
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(form(&model).content.rows[0].description, "Taladro 1/2");
}

#[test]
fn absurd_amounts_are_findings_and_never_totals() {
    let mut model = filled();
    keys(
        &mut model,
        &["9".repeat(28).as_str(), "Tab", &"9".repeat(28)],
    );
    assert!(form(&model).totals.is_none());
    assert_eq!(form(&model).nets, [None]);
    assert!(form(&model).count(Tone::Error) > 0);
}

#[test]
fn a_contact_is_judged_as_a_receiver_and_its_rfc_is_written_in_capitals() {
    let mut model = super::fixture::model();
    open_new(&mut model, Kind::Customers);
    keys(
        &mut model,
        &["Xenon S.A. de C.V.", "Tab", "xia-190128 j61", "Tab", "7634"],
    );
    let form = form(&model);
    assert_eq!(form.content.text_of(Field::Rfc), "XIA190128J61");
    assert!(codes(&model).contains(&"CFDI40145"));
    assert!(codes(&model).contains(&"XSD-zip"));
    assert!(
        !codes(&model).contains(&"CFDI40157"),
        "nothing typed, nothing said"
    );
    let intent = intent_of(&keys(&mut model, &["F8"]));
    assert_eq!(intent.kind, Kind::Customers);
    assert_eq!(intent.snapshot.contact, "Xenon S.A. de C.V.");
}

#[test]
fn a_document_whose_fiscal_data_were_not_read_is_not_edited() {
    let mut model = super::fixture::model();
    let mut record = draft();
    record.native_read = false;
    open_edit(&mut model, record, None);
    assert_eq!(model.screens.len(), 1);
    assert_eq!(
        model.toast.as_ref().map(|toast| toast.notice.words),
        Some("reason-not-read")
    );
}

#[test]
fn without_the_catalogues_nothing_is_judged_and_no_total_is_claimed() {
    let mut model = super::fixture::model();
    let catalogs = model.catalogs.take();
    open_new(&mut model, Kind::Invoices);
    keys(&mut model, &["xenon", "Enter", "F6", "tal", "Enter"]);
    assert!(form(&model).totals.is_none());
    assert!(codes(&model).is_empty());
    let fact = Fact::Catalogs(catalogs.expect("catalogues"));
    reply(&mut model, None, fact);
    assert!(form(&model).totals.is_some());
}

#[test]
fn the_arrows_move_as_the_fields_stand() {
    let mut model = new_invoice();
    keys(&mut model, &["Down"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::Date));
    keys(&mut model, &["Tab", "Down"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::PaymentMethod));
    keys(&mut model, &["Down", "Down", "Down", "Down"]);
    assert_eq!(form(&model).focus, Spot::row(0));
    keys(&mut model, &["Up"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::Memo));
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
fn a_default_never_replaces_what_is_held_as_ones_own() {
    let mut content = Content::empty(Kind::Invoices);
    let idx = content.position(Field::Regime).expect("a field");
    content.put(idx, Held::Key("612".into()));
    content.suggest(Field::Regime, Held::Key("601".into()));
    assert_eq!(content.key(Field::Regime), "612");
}
