//! Rows 4, 5, 6 and 8 of table F on screen: what lines are on, the chart of accounts, taxes, contacts with two roles.

use reqwest::Method;
use serde_json::Value;

use crate::forms::{on_page, stand_on};
use crate::harness::Office;

fn accounts(office: &Office) -> Vec<Value> {
    let page = office.done(Method::GET, "/accounting/ledger-accounts", None);
    page["data"].as_array().expect("accounts").clone()
}

fn coded<'a>(accounts: &'a [Value], code: &str) -> &'a Value {
    accounts
        .iter()
        .find(|account| account["code"] == code)
        .expect("an account with this code")
}

#[test]
fn f_4_4_a_line_of_a_sale_is_on_a_catalogue_item_and_no_account_is_offered() {
    let office = Office::open();
    for chord in ["g f n", "g n n", "g q n"] {
        let mut run = office.run();
        run.keys(chord).keys("<F6>").types("601-72");
        run.shows(&["Nada encontrado con «601-72»"]);
        run.keys("<C-u>").types("tal").shows(&["Taladro"]);
    }
    // A purchase finds it: the words are right.
    let mut run = office.run();
    run.keys("g b n <F6>").types("601-72").shows(&["Fletes"]);
}

#[test]
fn f_5_2_the_path_of_an_account_stands_above_the_chart_and_its_parent_on_its_page() {
    let office = Office::open();
    let chart = accounts(&office);
    let caja = coded(&chart, "101-01-002");
    let parent = caja["parent_account"]["name"].as_str().expect("a parent");
    let mut run = office.run();
    run.keys("g a f").types("101-01-002").keys("<Tab>");
    let head = run.screen().lines().nth(1).expect("a place").to_owned();
    run.resize(160, 24);
    let wide = run.screen().lines().nth(1).expect("a place").to_owned();
    assert!(wide.contains(&format!(" › {parent}")), "{head}\n{wide}");
    run.resize(80, 24)
        .keys("/")
        .types("101-01-002")
        .keys("<Enter>");
    run.shows(&[&format!("{:<22}{parent}", "Cuenta padre")]);
}

#[test]
fn f_5_4_and_5_5_own_code_and_sat_code_are_two_columns_and_one_sat_code_groups_many() {
    let office = Office::open();
    let chart = accounts(&office);
    let carrying: Vec<&Value> = chart
        .iter()
        .filter(|account| account["nominal_code"] == "101.01")
        .collect();
    assert!(carrying.len() > 3);
    let mut run = office.run();
    run.keys("g a");
    let heads = run.screen().lines().nth(2).expect("heads").to_owned();
    assert!(
        heads.contains("Código") && heads.contains("Agrup."),
        "{heads}"
    );
    run.keys("f").types("101.01").keys("<Tab>");
    run.shows(&[&format!("· {} ", carrying.len())]);
    let screen = run.screen();
    for account in carrying {
        let code = account["code"].as_str().expect("a code");
        assert!(
            screen.lines().any(|line| {
                let cells: Vec<&str> = line.split_whitespace().collect();
                cells.contains(&code) && cells.contains(&"101.01")
            }),
            "{code}:\n{screen}"
        );
    }
}

#[test]
fn f_5_6_an_account_without_a_parent_never_leaves_the_form() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g a _ <Home> n <F3>")
        .types("ninguna así")
        .keys("<Enter> <Esc>");
    let has_parent = !run.screen().contains("Cuenta padre   elegir");
    if has_parent {
        run.keys("<Delete>");
    }
    run.shows(&["Cuenta padre   elegir"]);
    run.keys("<Tab>").types("Huérfana").keys("<F8>");
    run.shows(&["No se guardó", "Falta la cuenta padre"]);
    assert_eq!(office.requests(|seen| seen["method"] == "POST"), 0);
}

#[test]
fn f_5_8_what_an_account_inherits_is_shown_and_never_sent() {
    let office = Office::open();
    let chart = accounts(&office);
    let parent = coded(&chart, "601-84");
    let mut run = office.run();
    run.keys("g a n <F3>").types("601-84").keys("<Enter>");
    run.shows(&["Clasificación  Gasto · heredada", "Tipo de cuenta"]);
    // From the code on, the focus never stops at what is inherited.
    run.types("Fletes por mar").keys("<Tab> <Tab>");
    run.types("por barco").keys("<F8>");
    let id = on_page(&run);
    let made = office.record("ledger-accounts", &id);
    assert_eq!(made["description"], "por barco");
    for field in ["classification", "type"] {
        assert_eq!(made[field], parent[field], "{field}");
    }
}

#[test]
fn f_6_1_a_tax_shows_both_its_accounts_by_name() {
    let office = Office::open();
    let chart = accounts(&office);
    let tax = office.record("tax-rates", "1");
    let mut run = office.run();
    stand_on(&mut run, "g x", "1");
    run.keys("<Enter>");
    for (label, key) in [
        ("Cuenta por pagar", "tax_payable_account_id"),
        ("Cuenta a favor", "tax_remitted_account_id"),
    ] {
        let account = chart
            .iter()
            .find(|account| account["id"] == tax[key])
            .expect("its account");
        let code = account["code"].as_str().expect("a code");
        run.shows(&[&format!("{label:<22}{code} ")]);
    }
}

#[test]
fn f_8_1_and_8_2_a_contact_with_two_roles_says_so_and_leads_to_its_other_page() {
    let office = Office::open();
    let page = office.done(Method::GET, "/accounting/suppliers?limit=30&raw=true", None);
    let both = page["data"].as_array().expect("rows").iter().find(|one| {
        one["_raw"]["type"]
            .as_array()
            .is_some_and(|roles| roles.len() == 2)
    });
    let id = both.expect("one with two roles")["id"]
        .as_str()
        .expect("an id");
    let mut run = office.run();
    stand_on(&mut run, "g c", id);
    run.keys("<Enter>").shows(&[
        &format!("{:<22}sí", "Es cliente"),
        &format!("{:<22}sí", "Es proveedor"),
    ]);
    run.keys("o <Home> <Enter>")
        .shows(&["Contactos › Proveedores ›"]);
    assert_eq!(on_page(&run), id, "one record under one id");
    run.keys("o <Home> <Enter>")
        .shows(&["Contactos › Clientes ›"]);
    assert_eq!(on_page(&run), id);
}
