//! Rows 1, 2, 9 and 11 of table F on screen: who is stamped, what a badge says, what is narrowed where.

use reqwest::Method;
use serde_json::{Value, json};
use timbra::app::model::Screen;
use timbra::domain::kind::Kind;

use crate::forms::{on_page, stand_on};
use crate::harness::{Manner, Office, Run, good_draft};

/// All records of a resource, as Unify gives them.
fn all(office: &Office, resource: &str, filter: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/accounting/{resource}?limit=30{filter}{cursor}");
        let page = office.done(Method::GET, &path, None);
        all.extend(page["data"].as_array().expect("rows").iter().cloned());
        match page["meta"]["cursors"]["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn total(run: &Run) -> usize {
    match run.model().screens.last() {
        Some(Screen::List(list)) => list.total(),
        other => panic!("no list but {other:?}"),
    }
}

/// The id of a record of the wire.
fn id_of(record: &Value) -> &str {
    record["id"].as_str().expect("an id")
}

#[test]
fn f_1_2_and_1_3_the_stamp_is_offered_for_invoices_and_credit_notes_only() {
    let office = Office::open();
    let mut run = office.run_as(Manner::sized(140, 40));
    for (chord, kind) in [
        ("g f", Kind::Invoices),
        ("g n", Kind::CreditNotes),
        ("g q", Kind::Quotes),
        ("g i", Kind::Payments),
        ("g b", Kind::Bills),
        ("g o", Kind::PurchaseOrders),
        ("g e", Kind::BillPayments),
        ("g j", Kind::JournalEntries),
        ("g c", Kind::Customers),
        ("g p", Kind::InvoiceItems),
    ] {
        let stamped = matches!(kind, Kind::Invoices | Kind::CreditNotes);
        run.keys("<Esc> <Esc> <Esc>").keys(chord);
        let heads = run.screen().lines().nth(2).expect("heads").to_owned();
        assert_eq!(heads.contains("Timbre"), stamped, "{kind:?}: {heads}");
        run.keys("T");
        let refused = run
            .screen()
            .contains("Sólo se timbran facturas y notas de crédito.");
        assert_eq!(refused, !stamped, "{kind:?}:\n{}", run.screen());
    }
    let asked = office.requests(|seen| seen["method"] != "GET");
    assert_eq!(asked, 0);
}

#[test]
fn f_1_2_a_credit_note_opens_the_card_of_the_stamp() {
    let office = Office::open();
    let notes = all(&office, "credit-notes", "&raw=true");
    let unstamped = notes
        .iter()
        .find(|note| note["_raw"]["stamp"]["uuid"].is_null() && note["status"] == "authorised")
        .expect("a credit note without folio");
    let mut run = office.run();
    stand_on(&mut run, "g n", id_of(unstamped));
    run.keys("<Enter>").shows(&["T timbrar"]).keys("T");
    run.shows(&["EKU9003173C9"])
        .lacks(&["Sólo se timbran facturas"]);
}

#[test]
fn a_stamped_credit_note_is_offered_nothing_that_is_only_for_invoices() {
    let office = Office::open();
    let notes = all(&office, "credit-notes", "&raw=true");
    let stamped = notes
        .iter()
        .find(|note| note["_raw"]["stamp"]["uuid"].is_string() && note["status"] != "voided")
        .expect("a credit note with a folio");
    let mut run = office.run();
    stand_on(&mut run, "g n", id_of(stamped));
    run.keys("<Enter>")
        .shows(&["◆ TIMBRADA", "Una nota de crédito timbrada"])
        .lacks(&["Opciones: nota de crédito"]);
    for key in ["e", "D"] {
        run.keys(key)
            .shows(&["Una nota de crédito timbrada"])
            .lacks(&["Opciones: nota de crédito"]);
    }
}

#[test]
fn f_1_3_a_purchase_is_edited_while_it_is_open_and_says_when_it_is_closed() {
    let office = Office::open();
    for (chord, resource, title) in [
        ("g b", "bills", "Editar factura de proveedor"),
        ("g o", "purchase-orders", "Editar orden de compra"),
    ] {
        let records = all(&office, resource, "");
        let of = |wanted: &[&str]| {
            let found = records
                .iter()
                .find(|record| wanted.iter().any(|status| record["status"] == *status));
            id_of(found.expect("one of each state")).to_owned()
        };
        let open = of(&["authorised", "unpaid", "open"]);
        let closed = of(&["paid", "voided", "closed"]);
        let mut run = office.run();
        stand_on(&mut run, chord, &closed);
        run.keys("e").shows(&["Ya está cerrada: no se edita."]);
        stand_on(&mut run, chord, &open);
        run.keys("e").shows(&[title]);
    }
}

#[test]
fn f_1_9_the_sat_key_of_an_item_is_read_natively_and_shown() {
    let office = Office::open();
    let mut run = office.run();
    stand_on(&mut run, "g p", "37");
    let body = json!({"pass_through": [{"service_id": "alegra",
        "extend_object": {"productKey": "43211503"}}]});
    office.patch("invoice-items", "37", body);
    let unified = office.done(Method::GET, "/accounting/invoice-items/37", None);
    assert!(!unified.to_string().contains("43211503"), "{unified}");
    run.keys("<Enter>").shows(&["Clave SAT", "43211503"]);
}

#[test]
fn f_1_8_a_sat_key_is_one_of_the_catalogue_and_nothing_else_is_taken() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g p n").types("Cable").keys("<Tab> <Tab>");
    run.types("10").keys("<Tab>").types("4321150399");
    run.shows(&["Nada encontrado"]).keys("<Enter> <Esc> <F8>");
    let id = on_page(&run);
    assert!(office.record("invoice-items", &id)["_raw"]["productKey"].is_null());
    run.keys("e <Tab> <Tab> <Tab>").types("43211503");
    run.keys("<Enter> <F8>").shows(&["Cambios guardados."]);
    let key = office.record("invoice-items", &id)["_raw"]["productKey"].clone();
    assert_eq!(key, json!("43211503"), "a string of eight digits");
}

#[test]
fn f_1_31_the_id_and_the_selection_stay_when_a_draft_is_stamped() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.select(&id).keys("T s <Enter>").shows(&["Timbrada."]);
    run.keys("<Esc>").shows(&["◆ TIMBRADA"]);
    assert_eq!(on_page(&run), id);
    assert_eq!(office.document(&id)["stamps"], 1);
    run.keys("<Enter>").shows(&[&office.uuid(&id)]);
    assert_eq!(on_page(&run), id);
}

#[test]
fn f_2_2_to_2_4_the_badge_of_every_document_says_what_its_balance_says() {
    let office = Office::open();
    for (chord, resource, owed) in [
        ("g f", "invoices", "POR COBRAR"),
        ("g b", "bills", "POR PAGAR"),
        ("g n", "credit-notes", "POR COBRAR"),
    ] {
        let documents = all(&office, resource, "");
        let mut run = office.run();
        for (status, badge) in [
            ("draft", "BORRADOR"),
            ("authorised", owed),
            ("partially_paid", "PARCIAL"),
            ("paid", "PAGADA"),
            ("voided", "ANULADA"),
        ] {
            let found = documents
                .iter()
                .rev()
                .find(|document| document["status"] == status);
            let Some(document) = found else {
                let never = resource == "credit-notes" && status == "draft";
                assert!(never, "no {resource} is {status}");
                continue;
            };
            stand_on(&mut run, chord, id_of(document));
            // What is owed after its day is called overdue, which is ours.
            let due = document["due_date"].as_str().unwrap_or("9999");
            let is_overdue =
                matches!(status, "authorised" | "partially_paid") && due < crate::harness::TODAY;
            let badge = if is_overdue { "VENCIDA" } else { badge };
            run.keys("<Enter>")
                .shows(&[&format!("{:<22}{badge}", "Estado")]);
        }
    }
}

#[test]
fn f_2_5_and_2_6_a_status_is_narrowed_as_the_server_would_and_a_part_payment_here() {
    let office = Office::open();
    let mut run = office.run();
    let bills = all(&office, "bills", "");
    let (refused, _) = office.ask(
        Method::GET,
        "/accounting/bills?filter[status]=partially_paid",
        None,
    );
    assert!(refused >= 400, "the server cannot do it");
    let parts = bills
        .iter()
        .filter(|bill| bill["status"] == "partially_paid")
        .count();
    let paid = all(&office, "bills", "&filter[status]=paid").len();
    assert!(parts > 0 && paid > 0);
    let filtered = |office: &Office| {
        office.requests(|seen| {
            seen["query"]
                .as_str()
                .is_some_and(|query| query.contains("filter"))
        })
    };
    let before = filtered(&office);
    run.keys("g b f").types("parcial");
    run.shows(&[&format!("{parts} de {}", bills.len())]);
    run.keys("<C-u>").types("pagada");
    run.shows(&[&format!("{paid} de {}", bills.len())]);
    assert_eq!(total(&run), paid);
    run.keys("<C-u>").types("anulada");
    let voided = bills.iter().filter(|bill| bill["status"] == "voided");
    assert_eq!(total(&run), voided.count());

    let payments = all(&office, "payments", "");
    let voided = all(&office, "payments", "&filter[status]=voided").len();
    run.keys("<Esc> g i f").types("anulada");
    assert_eq!(total(&run), voided, "{}", run.screen());
    run.shows(&[&format!("de {}", payments.len())]);
    // Every row is here already: nothing is asked for that the connector would refuse.
    assert_eq!(filtered(&office), before + 1, "but for this test's own");
}

#[test]
fn f_9_7_lists_without_filters_are_narrowed_here_and_say_over_how_many() {
    let office = Office::open();
    for (chord, resource, word, status) in [
        ("g f", "invoices", "borrador", "draft"),
        ("g n", "credit-notes", "pagada", "paid"),
        ("g q", "quotes", "facturada", "converted"),
    ] {
        let path = format!("/accounting/{resource}?filter[status]={status}");
        let (refused, _) = office.ask(Method::GET, &path, None);
        assert!(refused >= 400, "{resource} has no filter");
        let records = all(&office, resource, "");
        let wanted = records
            .iter()
            .filter(|record| record["status"] == status)
            .count();
        assert!(wanted > 0 && wanted < records.len(), "{resource}: {wanted}");
        let mut run = office.run();
        run.keys(chord).keys("f").types(word).keys("<Tab>");
        run.shows(&[&format!("{wanted} entre {}", records.len())]);
        assert_eq!(total(&run), wanted);
    }
}

#[test]
fn f_11_3_what_emits_no_events_is_read_again_by_a_key_and_the_hour_says_so() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g k")
        .shows(&["BBVA operativa", "datos de las 10:00"]);
    let bank = all(&office, "bank-accounts", "");
    let bbva = bank
        .iter()
        .find(|account| account["name"] == "BBVA operativa")
        .expect("the account");
    office.patch("bank-accounts", id_of(bbva), json!({"name": "BBVA nueva"}));
    let events = office.state()["events"].to_string();
    assert!(!events.contains("bank"), "{events}");
    run.settle().shows(&["BBVA operativa"]);
    run.pass(&office, std::time::Duration::from_secs(120));
    run.keys("r").shows(&["BBVA nueva", "datos de las 10:02"]);
}
