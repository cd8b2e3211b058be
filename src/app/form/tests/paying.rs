//! Payments: how the money goes to the documents, and what is refused before anything is sent.

use crate::app::form::paying::documents_arrived;
use crate::app::keymap::Action;
use crate::domain::kind::Kind;
use crate::domain::record::{Allocation, Link};

use super::*;

/// A new payment of Xenon over this amount through the bank; the focus is at the reference.
fn payment(amount: &str) -> Model {
    let mut model = model();
    open_new(&mut model, Kind::Payments);
    keys(&mut model, &["xenon", "Enter", amount]);
    keys(&mut model, &["Tab", "Tab", "Tab", "bbva", "Enter"]);
    model
}

/// What goes to each document, as the form shows it.
fn applied(model: &Model) -> Vec<&str> {
    let rows = form(model).content.rows.allocations().iter();
    rows.map(|row| row.apply.as_str()).collect()
}

fn apply(row: usize) -> Spot {
    Spot::Cell {
        row,
        cell: Cell::Apply,
    }
}

fn total() -> Spot {
    Spot::Field(1)
}

#[test]
fn the_documents_of_the_contact_stand_there_oldest_first_once_it_is_chosen() {
    let mut model = model();
    open_new(&mut model, Kind::Payments);
    assert_eq!(applied(&model).len(), 0);
    keys(&mut model, &["xenon", "Enter"]);
    let rows = form(&model).content.rows.allocations().iter();
    let numbers: Vec<&str> = rows.map(|row| row.document.name.as_str()).collect();
    assert_eq!(numbers, ["A61", "A62", "A63"]);
    assert_eq!(form(&model).focus, total());
}

#[test]
fn the_equals_sign_pays_a_document_as_far_as_the_money_goes_and_goes_on() {
    let mut model = payment("2000");
    keys(&mut model, &["Down", "Down"]);
    assert_eq!(form(&model).focus, apply(0));
    keys(&mut model, &["="]);
    assert_eq!(applied(&model), ["1000.00", "", ""]);
    keys(&mut model, &["=", "="]);
    assert_eq!(applied(&model), ["1000.00", "500.50", "499.50"]);
    assert_eq!(form(&model).applied(), Some(money("2000")));
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(applied(&model), ["1000.00", "500.50", ""]);
}

#[test]
fn the_oldest_are_paid_first_from_wherever_the_focus_is() {
    let mut model = payment("1200");
    keys(&mut model, &["F5"]);
    assert_eq!(applied(&model), ["1000.00", "200.00", ""]);
}

#[test]
fn the_set_that_sums_exactly_is_found_or_said_not_to_be_there() {
    let mut model = payment("4500.50");
    keys(&mut model, &["F4"]);
    assert_eq!(applied(&model), ["", "500.50", "4000.00"]);
    let mut model = payment("4500.51");
    keys(&mut model, &["F4"]);
    assert_eq!(applied(&model), ["", "", ""]);
    let said = model.toast.as_ref().map(|toast| toast.notice.words);
    assert_eq!(said, Some("form-exact-none"));
}

#[test]
fn an_order_without_an_amount_says_what_is_missing() {
    let mut model = payment("");
    keys(&mut model, &["F5"]);
    let said = model.toast.as_ref().map(|toast| toast.notice.words);
    assert_eq!(said, Some("form-missing-amount"));
}

#[test]
fn more_than_is_owed_or_than_there_is_is_told_while_typing() {
    let mut model = payment("900");
    keys(&mut model, &["Down", "Down", "1000.01"]);
    assert_eq!(words_at(&model, apply(0)), ["form-over-document"]);
    assert_eq!(words_at(&model, total()), ["form-over-applied"]);
    assert!(intents(&keys(&mut model, &["F8"])).is_empty());
}

#[test]
fn a_rest_that_goes_nowhere_bars_saving() {
    let mut model = payment("900");
    assert!(intents(&keys(&mut model, &["F8"])).is_empty());
    assert_eq!(words_at(&model, total()), ["form-unapplied"]);
    keys(&mut model, &["F5"]);
    assert!(words_at(&model, total()).is_empty());
    keys(&mut model, &["Down", "Down"]);
    form_at(&mut model, apply(0));
    keys(&mut model, &["800"]);
    assert_eq!(words_at(&model, total()), ["form-left-to-apply"]);
    assert!(intents(&keys(&mut model, &["F8"])).is_empty());
}

#[test]
fn a_create_carries_the_shares_and_nothing_else() {
    let mut model = payment("1200");
    keys(&mut model, &["F5"]);
    let intent = intent_of(&keys(&mut model, &["F8"]));
    assert_eq!(intent.snapshot.total, Some(money("1200")));
    let Act::Create(edit) = &intent.act else {
        panic!("{intent:?}")
    };
    let shares = edit.allocations.clone().unwrap_or_default();
    let shares: Vec<_> = shares
        .iter()
        .map(|share| (share.kind, share.amount))
        .collect();
    let invoice = Some(Kind::Invoices);
    assert_eq!(
        shares,
        [
            (invoice, Some(money("1000"))),
            (invoice, Some(money("200")))
        ]
    );
    assert_eq!(
        edit.values.get(&Field::PaymentMethod),
        Some(&Some(Value::Text("transfer".into())))
    );
}

#[test]
fn the_word_for_to_be_defined_is_no_way_to_pay() {
    let mut model = payment("1");
    form_at(&mut model, Spot::Field(3));
    keys(&mut model, &["F3"]);
    let Some(Layer::Picker(picker)) = model.layers.last() else {
        panic!("no picker")
    };
    let words: Vec<&str> = (picker.choices.iter())
        .map(|choice| choice.note.as_str())
        .collect();
    assert_eq!(words.len(), 6);
    assert!(!words.contains(&"other"));
}

#[test]
fn what_is_read_again_keeps_what_was_typed_and_the_focus_at_its_document() {
    let mut model = payment("700");
    form_at(&mut model, apply(1));
    keys(&mut model, &["300"]);
    let mut documents = owed();
    let mut older = documents[0].clone();
    older.id = Id::from("60");
    documents.insert(0, older);
    documents.remove(1);
    let contact = Id::from("7");
    documents_arrived(&mut model, contact, documents, Default::default());
    assert_eq!(applied(&model), ["", "300", ""]);
    assert_eq!(form(&model).focus, apply(1));
    documents_of_nobody(&mut model);
    assert_eq!(applied(&model), ["300"], "what was typed is never lost");
}

fn documents_of_nobody(model: &mut Model) {
    let contact = Id::from("7");
    documents_arrived(model, contact, Vec::new(), Default::default());
}

#[test]
fn another_contact_takes_the_documents_with_it() {
    let mut model = payment("700");
    keys(&mut model, &["F5"]);
    form_at(&mut model, Spot::Field(0));
    keys(&mut model, &["Backspace"]);
    assert_eq!(applied(&model).len(), 0);
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(applied(&model), ["700.00", "", ""]);
}

#[test]
fn a_payment_may_give_again_what_it_gave_before() {
    let mut record = Record::new(Kind::Payments, Id::from("31"));
    let link = |id: &str, name: &str| Link {
        id: Id::from(id),
        name: name.into(),
    };
    record.set(Field::Contact, Value::Link(link("7", "XENON")));
    record.set(Field::Date, Value::Date(jiff::civil::date(2026, 3, 1)));
    record.set(Field::Total, Value::Money(money("300")));
    record.set(Field::PaymentMethod, Value::Text("transfer".into()));
    record.set(Field::BankAccount, Value::Link(link("2", "BBVA")));
    record.allocations = vec![Allocation {
        document: Some(link("62", "A62")),
        kind: Some(Kind::Invoices),
        amount: Some(money("300")),
    }];
    let mut model = model();
    let effects = open_edit(&mut model, record, None);
    answer(&mut model, &effects);
    assert_eq!(applied(&model), ["", "300.00", ""]);
    assert!(
        !form(&model).is_changed(),
        "rows that arrive change nothing"
    );
    assert!(form(&model).edit().is_empty());
    // 500.50 are owed besides the 300 that it gave.
    form_at(&mut model, apply(1));
    keys(&mut model, &["800.50"]);
    assert!(words_at(&model, apply(1)).is_empty());
    let edit = form(&model).edit();
    let shares = edit.allocations.unwrap_or_default();
    assert_eq!(shares[0].amount, Some(money("800.50")));
    keys(&mut model, &["Backspace", "1"]);
    assert_eq!(words_at(&model, apply(1)), ["form-over-document"]);
}

/// A payment of 300 that was made elsewhere and goes to these documents.
fn came(shares: &[(&str, &str)]) -> Model {
    let link = |id: &str, name: &str| Link {
        id: Id::from(id),
        name: name.into(),
    };
    let mut record = Record::new(Kind::Payments, Id::from("31"));
    record.set(Field::Contact, Value::Link(link("7", "XENON")));
    record.set(Field::Date, Value::Date(jiff::civil::date(2026, 3, 1)));
    record.set(Field::Total, Value::Money(money("300")));
    record.set(Field::PaymentMethod, Value::Text("transfer".into()));
    record.set(Field::BankAccount, Value::Link(link("2", "BBVA")));
    record.allocations = shares
        .iter()
        .map(|(id, amount)| Allocation {
            document: Some(link(id, id)),
            kind: Some(Kind::Invoices),
            amount: Some(money(amount)),
        })
        .collect();
    let mut model = model();
    let effects = open_edit(&mut model, record, None);
    answer(&mut model, &effects);
    model
}

#[test]
fn a_payment_that_came_unapplied_can_be_changed_in_all_but_its_money() {
    for (shares, said) in [
        (&[][..], "form-came-unapplied"),
        (&[("62", "100")][..], "form-came-left-to-apply"),
    ] {
        let mut model = came(shares);
        assert_eq!(words_at(&model, total()), [said]);
        update_focus(&mut model, Field::Reference);
        keys(&mut model, &["SPEI 77"]);
        let effects = keys(&mut model, &["F8"]);
        let edit = effects.iter().find_map(|effect| match effect {
            Effect::Update { edit, .. } => Some(edit),
            _ => None,
        });
        let edit = edit.expect("an update");
        assert_eq!(edit.allocations, None);
        assert!(!edit.values.contains_key(&Field::Total));
    }
}

#[test]
fn a_payment_that_came_unapplied_has_to_be_applied_once_its_money_is_touched() {
    let mut model = came(&[]);
    form_at(&mut model, total());
    keys(&mut model, &["200"]);
    let effects = keys(&mut model, &["F8"]);
    let sent = |effect: &Effect| matches!(effect, Effect::Update { .. });
    assert!(!effects.iter().any(sent), "{effects:?}");
    assert_eq!(words_at(&model, total()), ["form-unapplied"]);
}

#[test]
fn orders_of_payments_say_why_they_cannot_be_given_elsewhere() {
    let invoice = new_invoice();
    let reason = invoice.disabled(Action::DistributeOldest);
    assert_eq!(reason.map(|notice| notice.words), Some("reason-no-amounts"));
    let payment = payment("5");
    assert_eq!(payment.disabled(Action::FindExact), None);
    let reason = payment.disabled(Action::ClearApplied);
    assert_eq!(
        reason.map(|notice| notice.words),
        Some("form-nothing-applied")
    );
}
