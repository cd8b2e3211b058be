//! The grid of purchases, and what the engine does at its edges.

use super::*;
use crate::app::form::rows::On;

/// A new bill with an account that takes postings and its header.
fn new_bill() -> Model {
    let mut model = super::fixture::model();
    model.chart = vec![
        account("60", "601-84", true),
        account("63", "601-84-001", false),
    ];
    open_new(&mut model, Kind::Bills);
    model
}

fn account(id: &str, code: &str, header: bool) -> Record {
    let mut account = Record::new(Kind::LedgerAccounts, Id::from(id));
    for (field, text) in [(Field::Name, "Fletes"), (Field::Code, code)] {
        account.set(field, Value::Text(text.into()));
    }
    account.set(Field::Header, Value::Flag(header));
    account
}

/// A bill with a drill and a freight.
fn mixed() -> Model {
    let mut model = new_bill();
    keys(&mut model, &["F6", "tal", "Enter", "10", "Tab", "310"]);
    keys(&mut model, &["F6", "601-84-001", "Enter", "450"]);
    model
}

fn on(model: &Model) -> Vec<&'static str> {
    let lines = form(model).content.rows.lines().iter();
    lines
        .map(|row| match &row.on {
            Some(On::Item(_)) => "item",
            Some(On::Account(_)) => "account",
            None => "nothing",
        })
        .collect()
}

#[test]
fn lines_of_a_purchase_are_on_items_and_accounts_mixed() {
    let model = mixed();
    assert_eq!(on(&model), ["item", "account"]);
    let record = form(&model).record();
    let ids = |link: &Option<crate::domain::record::Link>| {
        link.as_ref().map(|link| link.id.as_str().to_owned())
    };
    assert_eq!(ids(&record.lines[0].item).as_deref(), Some("12"));
    assert_eq!(record.lines[0].account, None);
    assert_eq!(ids(&record.lines[1].account).as_deref(), Some("63"));
    assert_eq!(record.lines[1].item, None);
    assert_eq!(form(&model).sums.net(0), Some(money("3100")));
    assert_eq!(form(&model).sums.net(1), Some(money("450")));
}

#[test]
fn our_own_price_is_not_the_suppliers() {
    let mut model = new_bill();
    keys(&mut model, &["F6", "tal", "Enter"]);
    let row = &form(&model).content.rows.lines()[0];
    assert_eq!((row.price.as_str(), row.quantity.as_str()), ("", "1"));
}

#[test]
fn a_line_that_goes_from_an_item_to_an_account_and_back_undone_is_as_before() {
    let mut model = mixed();
    let before = form(&model).content.clone();
    let spot = Spot::Cell {
        row: 0,
        cell: Cell::Item,
    };
    on_top(&mut model).expect("a form").focus_on(spot);
    keys(&mut model, &["601-84-001", "Enter"]);
    assert_eq!(on(&model), ["account", "account"]);
    keys(&mut model, &["Ctrl+Z"]);
    assert_eq!(form(&model).content, before);
}

#[test]
fn a_header_account_is_not_taken_and_the_picker_says_why() {
    let mut model = new_bill();
    model.chart.truncate(1);
    keys(&mut model, &["F6", "601-84", "Enter"]);
    assert!(has_picker(&model));
    let said = model.toast.as_ref().map(|toast| toast.notice.words);
    assert_eq!(said, Some("form-barred-header"));
}

#[test]
fn an_unfinished_purchase_comes_back_with_its_accounts() {
    let mut model = mixed();
    let effects = keep_now(&mut model);
    let (slot, body) = kept(&effects).expect("kept");
    let mut next = super::fixture::model();
    next.unfinished.insert(slot.to_owned(), body.to_owned());
    reopen(&mut next, slot);
    assert_eq!(form(&next).content, form(&model).content);
    assert_eq!(form(&next).focus, form(&model).focus);
}

#[test]
fn enter_at_the_end_makes_a_line_or_stays_and_names_the_key_that_saves() {
    let mut model = mixed();
    let last = Spot::Cell {
        row: 1,
        cell: Cell::Taxes,
    };
    on_top(&mut model).expect("a form").focus_on(last);
    keys(&mut model, &["Enter"]);
    let third = Spot::Cell {
        row: 2,
        cell: Cell::Item,
    };
    assert_eq!(form(&model).focus, third);
    let mut model = super::fixture::model();
    open_new(&mut model, Kind::Departments);
    keys(&mut model, &["Centro", "Enter", "C-1", "Enter"]);
    assert_eq!(form(&model).focus, Spot::Field(1));
    let said = model.toast.as_ref().map(|toast| toast.notice.words);
    assert_eq!(said, Some("form-at-end"));
}

#[test]
fn a_day_typed_as_iso_is_shown_as_people_write_it() {
    let mut model = new_bill();
    update_focus(&mut model, Field::DueDate);
    keys(&mut model, &["Tab", "BackTab", "2026-04-30", "Tab"]);
    assert_eq!(form(&model).content.text_of(Field::DueDate), "30/04/2026");
}

#[test]
fn an_account_under_another_shows_what_it_inherits_and_does_not_send_it() {
    let mut model = super::fixture::model();
    let mut header = account("60", "601-84", true);
    header.set(Field::Nature, Value::Text("debit".into()));
    model.chart = vec![header];
    open_new(&mut model, Kind::LedgerAccounts);
    keys(&mut model, &["601", "Enter", "Fletes urgentes", "F8"]);
    let shown = form(&model)
        .shown_from(&model)
        .map(|record| record.id.clone());
    assert_eq!(shown, Some(Id::from("60")));
    let edit = form(&model).edit();
    let fields: Vec<Field> = edit.values.keys().copied().collect();
    assert_eq!(fields, [Field::Name, Field::Parent]);
}

#[test]
fn an_rfc_tells_the_kind_of_person_until_somebody_says_otherwise() {
    let mut model = super::fixture::model();
    open_new(&mut model, Kind::Customers);
    update_focus(&mut model, Field::Rfc);
    keys(&mut model, &["CACX7605101P8", "Tab"]);
    assert_eq!(form(&model).content.key(Field::Individual), "yes");
    assert_eq!(
        form(&model).record().get(Field::Individual),
        Some(&Value::Flag(true))
    );
}
