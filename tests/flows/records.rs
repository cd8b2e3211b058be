//! What can be done with a list and a record besides editing: sort, filter, mark, related records, the native record.

use reqwest::Method;
use serde_json::{Value, json};
use timbra::app::model::Screen;
use unicode_width::UnicodeWidthStr;

use crate::forms::stand_on;
use crate::harness::{Manner, Office, Run, good_draft};

fn list_of(run: &Run) -> timbra::app::list::List {
    match run.model().screens.last() {
        Some(Screen::List(list)) => list.clone(),
        other => panic!("no list but {other:?}"),
    }
}

fn totals(invoices: &[Value]) -> Vec<f64> {
    invoices
        .iter()
        .filter_map(|invoice| invoice["total"].as_f64())
        .collect()
}

#[test]
fn a_list_is_sorted_whole_by_a_column_that_is_chosen() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f s").shows(&["Ordenar por", "↓ Total"]);
    let choices = match run.model().layers.last() {
        Some(timbra::app::model::Layer::Sorting(sorting)) => sorting.clone(),
        other => panic!("{other:?}"),
    };
    use timbra::domain::field::Field;
    use timbra::domain::list::Direction;
    let wanted = (Field::Total, Direction::Descending);
    let to = choices
        .choices
        .iter()
        .position(|choice| *choice == wanted)
        .expect("by total");
    let moves = to as i64 - choices.selected as i64;
    for _ in 0..moves.abs() {
        run.keys(if moves > 0 { "j" } else { "k" });
    }
    run.keys("<Enter> <Home>").shows(&["↓ Total", "90 de 90"]);
    let highest = totals(&office.invoices()).into_iter().fold(0.0, f64::max);
    let first = list_of(&run).selection().cloned().expect("a row");
    let shown = first.money(Field::Total).expect("a total").to_string();
    assert_eq!(shown.replace(',', ""), format!("{highest:.2}"));
    run.keys("G");
    let last = list_of(&run).selection().cloned().expect("a row");
    let lowest = totals(&office.invoices())
        .into_iter()
        .fold(f64::MAX, f64::min);
    let shown = last.money(Field::Total).expect("a total").to_string();
    assert_eq!(shown.replace(',', ""), format!("{lowest:.2}"));
}

#[test]
fn a_list_is_narrowed_by_badge_and_text_and_esc_takes_it_away() {
    let office = Office::open();
    let mut run = office.run();
    let drafts = office
        .invoices()
        .iter()
        .filter(|invoice| invoice["status"] == "draft")
        .count();
    run.keys("g f f").types("borrador");
    run.shows(&["Filtrar borrador", &format!("{drafts} de 90")]);
    assert_eq!(list_of(&run).total(), drafts);
    let xenon = office
        .invoices()
        .iter()
        .filter(|invoice| {
            invoice["status"] == "draft"
                && invoice["customer"]["display_name"] == "XENON INDUSTRIAL ARTICLES"
        })
        .count();
    run.types(" xenon").keys("<Tab>");
    run.shows(&["«borrador xenon»", &format!("{xenon} entre 90")])
        .lacks(&["Filtrar"]);
    assert_eq!(list_of(&run).total(), xenon);
    run.keys("<Esc>").shows(&["90 de 90"]);
    run.keys("<Esc>").shows(&["Inicio"]);
}

#[test]
fn marks_are_kept_while_the_list_is_narrowed_and_a_marks_all_or_none() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g f <Space> <Space>").shows(&["2 marcadas"]);
    run.keys("f").types("timbrada").keys("<Tab>");
    run.shows(&["2 marcadas"]).keys("a").lacks(&["marcadas"]);
    let stamped = list_of(&run).total();
    run.keys("a").shows(&[&format!("{stamped} marcadas")]);
    assert!(stamped > 24, "more than the screen shows");
    run.keys("<Esc>").shows(&[&format!("{stamped} marcadas")]);
}

#[test]
fn a_customer_leads_to_its_documents_and_a_document_to_its_customer() {
    let office = Office::open();
    let mut run = office.run();
    let of_xenon = office
        .invoices()
        .iter()
        .filter(|invoice| invoice["customer"]["id"] == "1")
        .count();
    run.keys("g c f").types("xenon industrial").keys("<Enter>");
    run.shows(&["Clientes › XENON INDUSTRIAL ARTICLES", "Documentos"]);
    run.keys("o")
        .shows(&["Relacionados con cliente XENON", "entre 90"]);
    run.keys("<Enter>");
    run.shows(&["Facturas › de XENON", &format!("{of_xenon} entre 90")]);
    let rows = list_of(&run);
    assert_eq!(rows.total(), of_xenon);
    run.keys("<Enter> o")
        .shows(&["Cliente", "XENON INDUSTRIAL"]);
    run.keys("<Enter>")
        .shows(&["Clientes › XENON INDUSTRIAL ARTICLES"]);
    run.keys("<Esc> <Esc>")
        .shows(&[&format!("{of_xenon} entre 90")]);
}

#[test]
fn a_payment_leads_to_what_it_paid_and_the_invoice_to_its_payments() {
    let office = Office::open();
    let mut run = office.run();
    let payments = office.done(Method::GET, "/accounting/payments?limit=30", None);
    let paid = payments["data"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["allocations"].is_array()))
        .and_then(|row| row["allocations"][0]["id"].as_str())
        .expect("a payment of an invoice")
        .to_owned();
    run.open(&paid).keys("o").shows(&["Pagos recibidos"]);
    let screen = run.screen();
    let down = screen
        .lines()
        .skip(3)
        .position(|line| line.contains("Pagos recibidos"))
        .expect("the payments");
    for _ in 0..down {
        run.keys("j");
    }
    run.keys("<Enter> <Enter>").shows(&["Aplicado"]);
    run.keys("o").shows(&["Factura", "A-"]);
}

#[test]
fn the_native_record_is_searched_as_one_types_and_any_value_copied() {
    let office = Office::open();
    let mut run = office.run();
    let stamped = office.some_stamped();
    let id = stamped["id"].as_str().expect("an id");
    let uuid = stamped["_raw"]["stamp"]["uuid"].as_str().expect("a UUID");
    run.open(id)
        .keys("w")
        .shows(&["Registro nativo", "valores", "leído 03/06/2026"]);
    run.types("stamp uuid").shows(&["stamp.uuid", uuid]);
    run.keys("<Enter>");
    assert_eq!(run.copied(), [uuid]);
    run.keys("<C-u>").types("regime").shows(&["regimeClient"]);
    run.keys("<Esc>").shows(&["Folio fiscal"]);
}

#[test]
fn what_the_lists_do_not_bring_along_is_read_when_it_is_asked_for() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g b w").shows(&["Registro nativo", "leído"]);
    run.types("provider").shows(&["provider."]);
    let reads = office.requests(|request| {
        request["path"]
            .as_str()
            .is_some_and(|path| path.starts_with("/accounting/bills/"))
    });
    assert_eq!(reads, 1);
}

#[test]
fn which_accounts_carry_a_sat_code_is_one_question_and_enter_says_where_one_is_used() {
    let office = Office::open();
    let mut run = office.run();
    let accounts = office.done(Method::GET, "/accounting/ledger-accounts", None);
    let carrying: Vec<&str> = accounts["data"]
        .as_array()
        .expect("accounts")
        .iter()
        .filter(|account| account["nominal_code"] == "101.01")
        .filter_map(|account| account["code"].as_str())
        .collect();
    assert!(carrying.len() > 3);
    // Nine keys to the answer, the tenth shows the use.
    run.keys("g a f 101.01");
    run.shows(&carrying).shows(&[
        "Activo a corto plazo",
        &format!("{} de 466", carrying.len()),
    ]);
    run.keys("<Enter>").shows(&["101.01", "Se usa en"]);
    run.keys("<Esc>").shows(&["«101.01»"]);
    run.keys("<Esc>")
        .shows(&["466 cuentas"])
        .lacks(&["«101.01»"]);
}

#[test]
fn accounts_without_a_sat_code_are_listed_and_the_box_finds_accounts_by_code() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g a u").shows(&["sin código agrupador"]);
    run.keys("<Esc>").lacks(&["sin código agrupador"]);
    run.keys("/").types("101-01-002");
    run.shows(&["Caja chica oficina central"]).keys("<Enter>");
    run.shows(&["Caja chica oficina central", "Código agrupador"]);
    run.keys("g h /").types("101.01");
    run.shows(&["Caja general"]);
}

#[test]
fn a_draft_is_told_apart_by_its_mark_and_closed_values_are_words() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.keys("g f").shows(&[&format!("b{id}")]);
    run.keys("g k <Enter>").lacks(&["checking", "credit_card"]);
    run.keys("g p <Enter>").lacks(&["inventory"]);
    run.keys("g a 5 <End> <Enter>")
        .shows(&["Clasificación"])
        .lacks(&["costs_of_sales", "expense", "other"]);
    run.keys("<F9>").lacks(&["costs_of_sales", "other_"]);
}

#[test]
fn a_narrow_window_still_tells_names_and_amounts() {
    let office = Office::open();
    let mut run = office.run_as(Manner::sized(60, 15));
    run.keys("g f");
    let row = run.screen().lines().nth(3).expect("a row").to_owned();
    assert!(row.width() <= 60, "{row}");
    let record = list_of(&run).selection().cloned().expect("a row");
    let name: String = record
        .text(timbra::domain::field::Field::Contact)
        .chars()
        .take(11)
        .collect();
    let total = record
        .money(timbra::domain::field::Field::Total)
        .expect("a total")
        .to_string();
    assert!(row.contains(name.trim()) && row.contains(&total), "{row}");
    run.keys("<Enter>").shows(&["×"]);
    run.resize(40, 15).keys("<Esc>").shows(&[&total]);
}

#[test]
fn the_side_pane_has_its_values_in_one_column_and_days_as_people_write_them() {
    let office = Office::open();
    let stamped = office.some_stamped();
    let id = stamped["id"].as_str().expect("an id").to_owned();
    let mut run = office.run_as(Manner::sized(120, 40));
    run.select(&id).settle();
    let screen = run.screen();
    let starts: Vec<usize> = ["Cliente", "RFC", "Fecha", "Moneda"]
        .iter()
        .map(|label| {
            let line = screen
                .lines()
                .filter_map(|line| line.rsplit_once("│ ").map(|(_, pane)| pane))
                .find(|pane| pane.starts_with(label))
                .unwrap_or_else(|| panic!("no {label}:\n{screen}"));
            let after: String = line.chars().skip(label.chars().count()).collect();
            label.chars().count() + after.chars().take_while(|c| *c == ' ').count()
        })
        .collect();
    assert!(starts.iter().all(|start| *start == starts[0]), "{starts:?}");
    let stamped_on = screen
        .lines()
        .find(|line| line.contains("Timbrada "))
        .expect("when it was stamped");
    assert!(!stamped_on.contains("2026-"), "{stamped_on}");
}

#[test]
fn the_footer_names_only_what_can_be_done() {
    let office = Office::open();
    let id = office.create(good_draft());
    let stamped = office.some_stamped();
    let mut run = office.run();
    run.open(&id)
        .shows(&["T timbrar", "e editar"])
        .lacks(&["y copiar"]);
    run.open(stamped["id"].as_str().expect("an id"))
        .shows(&["y copiar"])
        .lacks(&["T timbrar", "e editar"]);
    run.keys("?").shows(&["Timbrar — "]);
    run.keys("<PageDown>").shows(&["Eliminar — "]);
}

#[test]
fn a_department_is_named_wherever_a_record_names_it() {
    let office = Office::open();
    let body = json!({
        "supplier": {"id": "74"}, "bill_date": "2026-06-02", "due_date": "2026-06-30", "bill_number": "F-77",
        "department_id": "1",
        "line_items": [{"type": "expense_item", "item": {"id": "37"}, "quantity": 2, "unit_price": 50,
            "discount_percentage": 10, "department_id": "1"}],
    });
    let made = office.done(Method::POST, "/accounting/bills", Some(body));
    let id = made["data"]["id"].as_str().expect("an id").to_owned();
    let department = office.record("departments", "1")["name"]
        .as_str()
        .expect("a name")
        .to_owned();
    let mut run = office.run();
    stand_on(&mut run, "g b", &id);
    run.keys("<Enter>").settle();
    let screen = run.screen();
    let named = screen.matches(department.as_str()).count();
    assert!(named >= 1, "{department}:\n{screen}");
    // What a line comes to is after its discount, on the page as in the form.
    run.shows(&["90.00"]).keys("e").shows(&["90.00"]);
}
