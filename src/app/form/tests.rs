//! Given a form and messages, then its content and the effects.

use jiff::SignedDuration;

mod accepting;
mod balancing;
mod grids;
mod keeping;
mod meeting;
mod others;
mod paying;
mod relating;
mod saving;

use super::content::Held;
use super::fixture::*;
use super::spot::Part;
use super::*;
use crate::app::key::{Code, Key};
use crate::app::keymap::Action;
use crate::app::model::Layer;
use crate::app::msg::{Effect, Fact, Msg, Request, TroubleSort};
use crate::app::update;
use crate::domain::field::Value;
use crate::domain::intent::{Act, Answer, Candidate, Decision, Intent, Refusal, Riddle, Sighting};

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

/// The creates that were ordered.
fn intents(effects: &[Effect]) -> Vec<&Intent> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Commit(intent) => Some(&**intent),
            _ => None,
        })
        .collect()
}

/// Moves the focus of the form on top.
fn form_at(model: &mut Model, spot: Spot) {
    on_top(model).expect("a form").focus_on(spot);
}

fn happens(model: &mut Model, intent: &Intent, answer: Answer) -> Vec<Effect> {
    let fact = Fact::Answered {
        intent: intent.id.clone(),
        answer,
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
            Said::Finding(..) | Said::Owned(_) => None,
        })
        .collect()
}

fn codes(model: &Model) -> Vec<&'static str> {
    form(model)
        .marks
        .iter()
        .filter_map(|mark| match &mark.said {
            Said::Finding(finding, _) => Some(finding.code()),
            Said::Notice(_) | Said::Owned(_) => None,
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
    let idx = spot_of(model, field).number(form(model).extent());
    let at = model.now;
    update(model, Msg::Click(crate::app::msg::Target::Field(idx)), at);
}

#[test]
fn an_item_fills_its_line_and_the_usual_tax_is_shown() {
    let model = filled();
    let form = form(&model);
    let row = &form.content.rows.lines()[0];
    assert_eq!(row.description, "Taladro 1/2");
    assert_eq!(row.price, "500.00");
    assert_eq!(row.quantity, "2");
    assert_eq!(row.taxes[0].name, "IVA 16%");
    let totals = form.totals().expect("totals");
    assert_eq!(totals.subtotal, money("1000"));
    assert_eq!(totals.total, money("1160"));
    assert_eq!(form.sums.net(0), Some(money("1000")));
}

#[test]
fn a_typed_price_survives_another_item() {
    let mut model = new_invoice();
    keys(&mut model, &["F6", "Tab", "Tab", "Tab", "350"]);
    keys(
        &mut model,
        &["BackTab", "BackTab", "BackTab", "tal", "Enter"],
    );
    assert_eq!(form(&model).content.rows.lines()[0].price, "350");
    keys(&mut model, &["BackTab", "BackTab", "varios", "Enter"]);
    let row = &form(&model).content.rows.lines()[0];
    assert_eq!(row.price, "350");
    assert_eq!(row.description, "Varios");
}

#[test]
fn what_somebody_emptied_stays_empty_until_it_is_typed_or_another_item_is_chosen() {
    let mut model = filled();
    for (place, typed) in [(Cell::Quantity, "7"), (Cell::Price, "5")] {
        let spot = cell(place);
        on_top(&mut model).expect("a form").focus_on(spot);
        keys(&mut model, &["Ctrl+U"]);
        assert_eq!(form(&model).content.text(spot), Some(""));
        keys(&mut model, &[typed]);
        assert_eq!(form(&model).content.text(spot), Some(typed));
    }
}

#[test]
fn the_first_digit_replaces_a_number_and_the_second_does_not() {
    let model = filled();
    assert_eq!(form(&model).content.rows.lines()[0].quantity, "2");
    let mut model = filled();
    keys(&mut model, &["5"]);
    assert_eq!(form(&model).content.rows.lines()[0].quantity, "25");
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
    assert_eq!(form(&model).totals(), None, "no sum without that line");
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
fn lines_are_added_behind_the_last_cell_and_a_deleted_one_comes_back() {
    let mut model = filled();
    keys(&mut model, &["Tab", "Tab", "Tab", "Enter"]);
    assert_eq!(form(&model).content.rows.len(), 2);
    assert_eq!(
        form(&model).focus,
        Spot::Cell {
            row: 1,
            cell: Cell::Item,
        }
    );
    keys(&mut model, &["Up", "F7"]);
    assert_eq!(form(&model).content.rows.len(), 1);
    assert!(form(&model).content.rows.lines()[0].is_blank());
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(form(&model).content.rows.len(), 2);
    assert_eq!(
        form(&model).content.rows.lines()[0].description,
        "Taladro 1/2"
    );
    assert_eq!(form(&model).record().lines.len(), 1);
}

#[test]
fn a_tax_takes_the_place_of_its_like_and_stands_beside_others() {
    let mut model = filled();
    let names = |model: &Model| -> Vec<String> {
        form(model).content.rows.lines()[0]
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
    let row = &form(&model).content.rows.lines()[0];
    assert!(row.description.chars().count() > 10_000);
    assert!(!row.description.contains(['\r', '\n']));
    assert!(codes(&model).contains(&"XSD-desc"));
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(
        form(&model).content.rows.lines()[0].description,
        "Taladro 1/2"
    );
}

#[test]
fn absurd_amounts_are_findings_and_never_totals() {
    let mut model = filled();
    keys(
        &mut model,
        &["9".repeat(28).as_str(), "Tab", &"9".repeat(28)],
    );
    assert!(form(&model).totals().is_none());
    assert_eq!(form(&model).sums.net(0), None);
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
    assert!(form(&model).totals().is_none());
    assert!(codes(&model).is_empty());
    let fact = Fact::Catalogs(catalogs.expect("catalogues"));
    reply(&mut model, None, fact);
    assert!(form(&model).totals().is_some());
}

#[test]
fn the_arrows_move_as_the_fields_stand() {
    let mut model = new_invoice();
    keys(&mut model, &["Down"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::Date));
    keys(&mut model, &["Tab", "Down"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::PaymentMethod));
    keys(&mut model, &["Down", "Down"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::Relation));
    keys(&mut model, &["Down", "Down", "Down", "Down"]);
    assert_eq!(form(&model).focus, cell(Cell::Item));
    keys(&mut model, &["Up"]);
    assert_eq!(form(&model).focus, spot_of(&model, Field::Currency));
}

#[test]
fn a_default_never_replaces_what_is_held_as_ones_own() {
    let mut content = Content::empty(Kind::Invoices);
    let idx = content.position(Field::Regime).expect("a field");
    content.put(idx, Held::Key("612".into()));
    content.suggest(Field::Regime, Held::Key("601".into()));
    assert_eq!(content.key(Field::Regime), "612");
}
