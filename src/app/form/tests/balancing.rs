//! Pólizas: accounts typed in place, and both sides equal before anything is sent.

use crate::app::form::balancing::{Understood, lacking, understand};
use crate::domain::kind::Kind;
use crate::domain::record::Side;

use super::*;

/// A new póliza; the focus is at the first account.
fn entry() -> Model {
    let mut model = model();
    model.chart = chart();
    open_new(&mut model, Kind::JournalEntries);
    keys(&mut model, &["Ajuste", "Enter", "Enter", "Enter"]);
    model
}

fn cell(row: usize, cell: Cell) -> Spot {
    Spot::Cell { row, cell }
}

fn names(understood: &Understood<'_>) -> Vec<String> {
    match understood {
        Understood::Accounts(accounts) => (accounts.iter())
            .map(|account| account.text(Field::Code).to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn an_account_is_understood_by_code_or_by_words_without_accents_or_hyphens() {
    let chart = chart();
    let codes = |typed: &str| names(&understand(&chart, typed));
    assert_eq!(codes("102-01-001"), ["102-01-001"]);
    assert_eq!(codes("10201001"), ["102-01-001"]);
    assert_eq!(codes("102-01"), ["102-01-001", "102-01-002"]);
    assert_eq!(codes("banor"), ["102-01-002"]);
    assert_eq!(codes("deprec acum"), ["171-05"]);
    assert_eq!(codes("DEPRECIACION"), ["613-05", "171-05"]);
    assert_eq!(understand(&chart, "xyz"), Understood::Unknown);
    assert_eq!(understand(&chart, " - "), Understood::Nothing);
}

#[test]
fn a_whole_code_means_that_account_even_where_it_takes_no_postings() {
    let chart = chart();
    let bancos = chart.first().expect("a header");
    assert_eq!(understand(&chart, "102"), Understood::Header(bancos));
    assert_eq!(understand(&chart, "bancos"), Understood::Header(bancos));
}

#[test]
fn a_header_account_is_refused_while_typing() {
    let mut model = entry();
    keys(&mut model, &["102"]);
    let at = cell(0, Cell::Account);
    assert_eq!(words_at(&model, at), ["form-header-chosen"]);
    keys(&mut model, &["-01-001"]);
    assert!(words_at(&model, at).is_empty());
    keys(&mut model, &["Enter"]);
    let row = &form(&model).content.rows.postings()[0];
    assert_eq!(row.typed, "102-01-001 BBVA México 0451");
    assert_eq!(form(&model).focus, cell(0, Cell::Debit));
}

#[test]
fn the_equals_sign_fills_what_balances_on_the_side_where_it_is_missing() {
    let mut model = entry();
    keys(&mut model, &["613-05", "Enter", "900", "Enter"]);
    assert_eq!(form(&model).focus, cell(1, Cell::Account));
    assert_eq!(
        form(&model).missing_side(),
        Some((Side::Credit, money("900")))
    );
    keys(&mut model, &["171", "Enter"]);
    assert_eq!(form(&model).focus, cell(1, Cell::Credit));
    keys(&mut model, &["="]);
    assert_eq!(form(&model).missing_side(), None);
    let intent = intent_of(&keys(&mut model, &["F8"]));
    let Act::Create(edit) = &intent.act else {
        panic!("{intent:?}")
    };
    let postings = edit.postings.clone().unwrap_or_default();
    let told: Vec<_> = (postings.iter())
        .map(|posting| {
            let account = posting.account.as_ref().expect("an account");
            (account.id.as_str(), posting.side, posting.amount)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("50", Some(Side::Debit), Some(money("900"))),
            ("51", Some(Side::Credit), Some(money("900"))),
        ]
    );
    assert_eq!(intent.snapshot.total, Some(money("900")));
}

#[test]
fn a_poliza_that_does_not_balance_is_not_sent_and_says_by_how_much() {
    let mut model = entry();
    keys(&mut model, &["613-05", "Enter", "900", "Enter"]);
    assert!(intents(&keys(&mut model, &["F8"])).is_empty());
    let whole = |model: &Model| -> Vec<&'static str> {
        let marks = form(model).marks.iter().filter(|mark| mark.spot.is_none());
        marks
            .filter_map(|mark| match &mark.said {
                Said::Notice(notice) => Some(notice.words),
                Said::Finding(..) | Said::Owned(_) => None,
            })
            .collect()
    };
    assert_eq!(whole(&model), ["form-two-postings"]);
    keys(&mut model, &["171-05", "Enter", "899.99"]);
    assert_eq!(whole(&model), ["form-unbalanced"]);
    assert!(intents(&keys(&mut model, &["F8"])).is_empty());
    keys(&mut model, &["="]);
    assert!(whole(&model).is_empty());
}

#[test]
fn a_line_with_both_sides_is_refused() {
    let mut model = entry();
    keys(&mut model, &["613-05", "Enter", "900", "Tab", "900"]);
    assert_eq!(words_at(&model, cell(0, Cell::Credit)), ["form-both-sides"]);
}

#[test]
fn behind_the_amount_of_the_last_line_enter_adds_another() {
    let mut model = entry();
    keys(&mut model, &["613-05", "Enter", "900", "Enter"]);
    keys(&mut model, &["171-05", "Enter", "500", "Enter"]);
    assert_eq!(form(&model).content.rows.len(), 3);
    assert_eq!(form(&model).focus, cell(2, Cell::Account));
}

#[test]
fn what_is_typed_for_an_account_survives_a_restart() {
    let mut model = entry();
    keys(&mut model, &["banor"]);
    let body = form(&model).body();
    let (restored, _) = Form::from_body("slot", &body).expect("readable");
    assert_eq!(restored.content, form(&model).content);
    assert_eq!(restored.line.text(), "banor");
}

#[test]
fn the_catalogue_is_searched_for_what_was_typed() {
    let mut model = entry();
    keys(&mut model, &["deprec", "F3"]);
    let Some(Layer::Picker(picker)) = model.layers.last() else {
        panic!("no picker")
    };
    assert_eq!(picker.choices.len(), 2);
    keys(&mut model, &["Enter"]);
    assert_eq!(form(&model).focus, cell(0, Cell::Debit));
    let row = &form(&model).content.rows.postings()[0];
    assert!(row.is_settled());
}

#[test]
fn what_is_lacking_is_told_with_its_side() {
    let of = |debits, credits| lacking((money(debits), money(credits)));
    assert_eq!(of("10", "10.00"), None);
    assert_eq!(of("10", "9.99"), Some((Side::Credit, money("0.01"))));
    assert_eq!(of("0", "7"), Some((Side::Debit, money("7"))));
}
