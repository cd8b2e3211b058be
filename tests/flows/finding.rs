//! The box that finds: `/` from anywhere.

use serde_json::Value;
use timbra::app::model::{Layer, Screen};

use crate::harness::{Office, Run};

/// What of an invoice people ask by.
struct Asked {
    folio: String,
    uuid: String,
    customer: String,
    total: String,
}

fn asked(invoice: &Value) -> Asked {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    Asked {
        folio: text(&invoice["number"]),
        uuid: text(&invoice["_raw"]["stamp"]["uuid"]),
        customer: text(&invoice["customer"]["display_name"]),
        total: invoice["total"].to_string(),
    }
}

/// Types into the box and gives its first hit.
fn first_hit(run: &mut Run, typed: &str) -> String {
    run.keys("/").types(typed);
    let screen = run.screen();
    run.keys("<Esc>");
    screen
        .lines()
        .skip(4)
        .take(2)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn an_invoice_is_found_by_folio_and_by_every_part_of_its_uuid() {
    let office = Office::open();
    let invoice = asked(&office.some_stamped());
    let mut run = office.run();
    let uuid = &invoice.uuid;
    let digits: String = invoice.folio.chars().filter(char::is_ascii_digit).collect();
    for typed in [
        invoice.folio.as_str(),
        &invoice.folio.to_lowercase().replace('-', ""),
        &digits,
        uuid,
        &uuid.to_lowercase(),
        &uuid[uuid.len() - 8..],
        &uuid[uuid.len() - 4..],
        &uuid[9..18],
    ] {
        let hit = first_hit(&mut run, typed);
        assert!(hit.contains(&invoice.folio), "{typed}:\n{hit}");
        assert!(hit.contains(&uuid[uuid.len() - 8..]), "{typed}:\n{hit}");
    }
}

#[test]
fn an_invoice_is_found_by_its_amount_however_it_is_written() {
    let office = Office::open();
    let invoice = asked(&office.some_stamped());
    let mut run = office.run();
    for typed in [invoice.total.clone(), format!("${}", invoice.total)] {
        run.keys("/").types(&typed);
        run.shows(&[&invoice.folio, "total"]).keys("<Esc>");
    }
}

#[test]
fn a_customer_is_found_without_accents_and_an_rfc_in_lower_case() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("/").types("jimena munoz avila");
    run.shows(&["JIMENA MUÑOZ ÁVILA", "nombre"]).keys("<Esc>");
    run.keys("/").types("xia190128j61");
    run.shows(&["XIA190128J61", "RFC"]);
}

#[test]
fn enter_opens_the_hit_and_esc_comes_back_to_where_the_search_began() {
    let office = Office::open();
    let invoice = asked(&office.some_stamped());
    let mut run = office.run();
    run.keys("g p j j /").types(&invoice.folio);
    run.keys("<Enter>")
        .shows(&[&invoice.folio, &invoice.uuid, &invoice.customer]);
    run.keys("y");
    assert_eq!(run.copied(), [invoice.uuid]);
    run.keys("<Esc>").shows(&["Buscar", &invoice.folio]);
    run.keys("<Esc>").shows(&["Productos y servicios"]);
    match run.model().screens.last() {
        Some(timbra::app::model::Screen::List(list)) => assert_eq!(list.selected, 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_box_says_how_much_it_searched_and_finds_nothing_honestly() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("/").types("zzzzzz");
    run.shows(&["Nada encontrado en 90 de 90 facturas."]);
}

#[test]
fn a_pasted_folio_fiscal_with_its_line_end_is_found_and_orders_nothing() {
    let office = Office::open();
    let invoice = asked(&office.some_stamped());
    let mut run = office.run();
    run.keys("/").paste(&format!("  {}\n", invoice.uuid));
    run.shows(&["Buscar", &invoice.folio]);
}

#[test]
fn a_draft_is_found_by_its_mark_by_its_state_and_by_who_it_is_for() {
    let office = Office::open();
    let id = office.draft_of("XENON INDUSTRIAL ARTICLES");
    let mut run = office.run();
    let mark = format!("b{id}");
    for typed in [mark.as_str(), &format!("/{mark}"), &mark.to_uppercase()] {
        let hit = first_hit(&mut run, typed);
        assert!(
            hit.contains(&format!("borrador {id}")) && hit.contains("folio"),
            "{typed}:\n{hit}"
        );
    }
    for (typed, why) in [
        ("xenon borrador", "nombre, estado"),
        ("xenon sin timbrar", "nombre, timbre"),
        ("draft xenon", "nombre, estado"),
    ] {
        let hit = first_hit(&mut run, typed);
        assert!(
            hit.contains("XENON") && hit.contains("BORRADOR"),
            "{typed}:\n{hit}"
        );
        assert!(hit.contains(why), "{typed}:\n{hit}");
    }
    let hit = first_hit(&mut run, "nota");
    assert!(
        hit.contains("nota de crédito") && hit.contains("tipo"),
        "{hit}"
    );
}

#[test]
fn the_box_takes_operators_in_any_mixture_and_each_hit_says_why() {
    let office = Office::open();
    let mut run = office.run();
    for (typed, why) in [
        ("cliente:xenon >1000", "total, nombre"),
        ("customer:xia190128j61 2026-01..", "RFC, fecha"),
        ("cliente:\"xenon industrial\" factura", "nombre, tipo"),
    ] {
        let hit = first_hit(&mut run, typed);
        assert!(hit.contains("XENON"), "{typed}:\n{hit}");
        assert!(hit.contains(why), "{typed}:\n{hit}");
    }
    run.keys("/").types("cuenta:b");
    run.shows(&["cuenta"]).keys("<Esc>");
    run.keys("/").types("proveedor:xenon factura");
    run.shows(&["Nada encontrado"]);
}

#[test]
fn tab_looks_through_all_companies_and_enter_goes_over_to_the_hit() {
    let office = Office::open().with_neighbour();
    let mut run = office.run();
    // Nothing of the other company was ever read here, and that is said.
    run.keys("/ <Tab>").types("factura");
    run.shows(&[
        "Buscar en todas las empresas",
        "Sin datos aquí: innovacion",
        "90 de 90",
    ]);
    run.keys("<Esc> <C-e> <Enter>").shows(&["IVD920810GU2"]);
    run.keys("<C-e> <Enter>").shows(&["EKU9003173C9"]);
    run.keys("/").types("factura").shows(&["90 de 90 facturas"]);
    run.lacks(&["INNOVACION"]);
    run.keys("<Tab>")
        .shows(&["130 de 130 facturas · en 2 empresas"]);
    run.keys("<Tab>")
        .shows(&["90 de 90 facturas"])
        .lacks(&["en 2 empresas"]);
    run.keys("<Tab>");
    let model = run.model();
    let Some(Layer::Find(find)) = model.layers.last() else {
        panic!("no box");
    };
    let other = find.hits.iter().position(|hit| hit.books.is_some());
    let other = other.expect("a hit of the other company");
    let wanted = find.hits[other].record.clone();
    for _ in 0..other {
        run.keys("<Down>");
    }
    run.shows(&["INNOVACION"]).keys("<Enter>");
    run.shows(&["IVD920810GU2", wanted.title()]);
    match run.model().screens.last() {
        Some(Screen::Detail(detail)) => assert_eq!(detail.id, wanted.id),
        other => panic!("{other:?}"),
    }
    // Going over makes the next stamp ask for the end of the RFC.
    assert!(run.model().rfc_wanted);
    run.keys("<Esc>").shows(&["IVD920810GU2", "Inicio"]);
}

#[test]
fn with_one_company_alone_there_are_no_others_to_look_through() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("/ <Tab>").lacks(&["todas las empresas"]);
    let model = run.model();
    assert!(model.toast.is_some());
}

#[test]
fn a_name_with_a_slip_finds_its_customer_and_says_that_nothing_is_called_so() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("/").types("jimena munos avila");
    run.shows(&[
        "Nada se llama así",
        "JIMENA MUÑOZ ÁVILA",
        "nombre parecido",
        "facturas",
    ]);
    // A customer stands before its documents, and a slip is forgiven in no number.
    run.keys("<Enter>").shows(&["JIMENA MUÑOZ ÁVILA"]);
    match run.model().screens.last() {
        Some(Screen::Detail(detail)) => {
            let record = detail.record.value().expect("a record");
            assert_eq!(record.kind, timbra::domain::kind::Kind::Customers);
        }
        other => panic!("{other:?}"),
    }
    run.keys("<Esc> <Esc> /").types("a-999999");
    run.shows(&["Nada encontrado"]);
    // A list keeps to what is typed.
    run.keys("<Esc> g c f").types("munos");
    run.lacks(&["JIMENA"]);
}

#[test]
fn an_rfc_with_a_slip_finds_its_customer_and_says_that_nobody_has_it() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("/").types("xia190128j16");
    run.shows(&["Nadie tiene ese RFC", "XENON", "RFC parecido", "facturas"]);
    run.keys("<C-u>").types("xia190128j61");
    run.shows(&["XENON"])
        .lacks(&["Nadie tiene ese RFC", "parecido"]);
}

#[test]
fn what_led_to_something_is_asked_again_with_two_keys_after_a_restart_and_in_the_other_language() {
    let office = Office::open();
    let invoice = asked(&office.some_stamped());
    let mut run = office.run();
    run.keys("/").lacks(&["Lo último que se buscó"]);
    run.types(&invoice.folio).keys("<Enter> <Esc> <Esc>");
    // What led to nothing, or was left, is not kept; what was copied is.
    run.keys("/").types("zzzzzz").keys("<Esc>");
    run.keys("/").types(&invoice.uuid).keys("<C-y> <Esc>");
    run.keys("/")
        .shows(&["Lo último que se buscó", &invoice.folio, &invoice.uuid])
        .lacks(&["zzzzzz"]);
    // Choosing neither writes nor asks; Enter asks.
    run.keys("<Down> <Enter>");
    run.shows(&[&invoice.folio, &invoice.uuid[28..]]);
    drop(run);

    let mut run = office.run_as(crate::harness::Manner {
        read_only: true,
        ..crate::harness::Manner::default()
    });
    run.keys("<F9> /").shows(&["Last searches", &invoice.folio]);
    run.keys("<Enter>").shows(&[&invoice.uuid[..8]]);
    run.keys("<Enter> <Esc> <Esc>");
    // Behind the mask nothing of them can be read.
    run.keys("m /").lacks(&[&invoice.folio, &invoice.uuid]);
}

#[test]
fn f8_where_nothing_can_be_saved_says_so() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("<F8>").shows(&["lista"]);
    run.keys("g f <Enter> <F8>")
        .shows(&["Aquí no se ha escrito nada"]);
    run.keys("<Esc> g a <C-s>").shows(&["lista"]);
}

#[test]
fn balances_and_due_days_are_asked_for_in_the_box_and_in_a_list() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("/").types("saldo:>0 factura");
    run.shows(&["saldo", "facturas"]).lacks(&["PAGADA"]);
    run.keys("<C-u>").types("vence:<hoy");
    run.shows(&["vencimiento"]).lacks(&["Nada encontrado"]);
    run.keys("<C-u>").types("vence:pronto");
    run.shows(&["se espera una fecha"]);
    run.keys("<C-u>").types("saldo:mucho");
    run.shows(&["se espera un importe"]);
    run.keys("<Esc> g f f").types("saldo:>0 vence:<hoy");
    run.shows(&["VENCIDA"]).lacks(&["PAGADA", "BORRADOR"]);
    run.keys("<Esc> g a f").types("clinte:caja");
    run.shows(&["no hay operador con ese nombre"]);
}
