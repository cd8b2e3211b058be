//! Table B of the contract on screen, resource by operation: every operation that the connector has is a road that
//! keys can go, and one that it lacks says so.
//!
//! The table stands here as the contract prints it, and is not asked of the program.

use reqwest::Method;
use serde_json::Value;
use timbra::app::model::{Layer, Screen};
use timbra::domain::kind::Kind;

use crate::forms::{line, on_page};
use crate::harness::{Office, Run};

/// What keys fill in a form.
type Filling = fn(&mut Run, &Office);

/// A resource: its operations, the chord that leads to its list, what fills in its form and what changes it again.
struct Road {
    slug: &'static str,
    operations: &'static str,
    chord: &'static str,
    fill: Filling,
    change: Filling,
}

/// The support matrix of contract B.0.
const TABLE: [Road; 16] = [
    road("company-info", "R", "g w", nothing, nothing),
    road("customers", "CRUD", "g c", named, renamed),
    road("suppliers", "CRUD", "g v", named, renamed),
    road("tax-rates", "CRUD", "g x", tax, renamed),
    road("ledger-accounts", "CRU", "g a", account, renamed),
    road("departments", "CRUD", "g d", named, renamed),
    road("bank-accounts", "CRUD", "g k", bank_account, renamed),
    road("invoice-items", "CRUD", "g p", item, renamed),
    road("invoices", "CRUD", "g f", sale, dated),
    road("credit-notes", "CRUD", "g n", sale, dated),
    road("bills", "CRUD", "g b", purchase, numbered),
    road("purchase-orders", "CRUD", "g o", order, dated),
    road("payments", "CRUD", "g i", receipt, payment_dated),
    road(
        "bill-payments",
        "CRUD",
        "g e",
        supplier_payment,
        payment_dated,
    ),
    road("journal-entries", "CRUD", "g j", entry, renamed),
    road("quotes", "CRUD", "g q", sale, dated),
];

const fn road(
    slug: &'static str,
    operations: &'static str,
    chord: &'static str,
    fill: Filling,
    change: Filling,
) -> Road {
    Road {
        slug,
        operations,
        chord,
        fill,
        change,
    }
}

impl Road {
    fn kind(&self) -> Kind {
        Kind::from_slug(self.slug).expect("a kind")
    }

    fn has(&self, operation: char) -> bool {
        self.operations.contains(operation)
    }

    fn path(&self, id: &str) -> String {
        format!("/accounting/{}/{id}", self.slug)
    }
}

fn nothing(_: &mut Run, _: &Office) {}

fn named(run: &mut Run, _: &Office) {
    run.types("PRUEBA DE LA TABLA");
}

fn renamed(run: &mut Run, _: &Office) {
    run.keys("<C-u>").types("CAMBIADA POR LA TABLA");
}

fn tax(run: &mut Run, office: &Office) {
    named(run, office);
    run.keys("<Tab>").types("iva").keys("<Enter>").types("16");
}

fn account(run: &mut Run, office: &Office) {
    run.keys("<F3>").types("601-84").keys("<Enter>");
    named(run, office);
    run.keys("<Tab>").types("601-84-099");
}

fn bank_account(run: &mut Run, office: &Office) {
    named(run, office);
    run.keys("<Tab>").types("banco").keys("<Enter>");
}

fn item(run: &mut Run, office: &Office) {
    named(run, office);
    run.keys("<Tab> <Tab>").types("99.50");
}

fn sale(run: &mut Run, _: &Office) {
    run.types("xenon").keys("<Enter>");
    line(run, "taladro", "2 <Tab> 500");
}

fn dated(run: &mut Run, _: &Office) {
    run.keys("<Tab> <C-u>").types("02/06/2026");
}

fn purchase(run: &mut Run, _: &Office) {
    run.types("pap").keys("<Enter>");
    line(run, "601-72", "450");
}

fn numbered(run: &mut Run, _: &Office) {
    run.keys("<Tab> <C-u>").types("F-TABLA");
}

fn order(run: &mut Run, office: &Office) {
    purchase(run, office);
    run.keys("<F8>").shows(&["Falta la fecha de entrega."]);
    run.types("10");
}

fn receipt(run: &mut Run, office: &Office) {
    let invoices = office.invoices();
    let owed = invoices
        .iter()
        .find(|invoice| invoice["status"] == "authorised")
        .expect("an invoice that is owed");
    pays(run, &owed["customer"]);
}

fn supplier_payment(run: &mut Run, office: &Office) {
    let bills = office.done(Method::GET, "/accounting/bills?filter[status]=unpaid", None);
    pays(run, &bills["data"][0]["supplier"]);
}

/// A peso of this contact's oldest document, through the bank.
fn pays(run: &mut Run, contact: &Value) {
    let name = contact["display_name"].as_str().expect("a name");
    run.types(name).keys("<Enter>").types("1.00");
    run.keys("<Tab> <Tab> <Tab>").types("bbva");
    run.keys("<Enter> <F5>");
}

fn payment_dated(run: &mut Run, _: &Office) {
    run.keys("<Tab> <Tab> <C-u>").types("02/06/2026");
}

fn entry(run: &mut Run, _: &Office) {
    run.types("Ajuste").keys("<Enter> <Enter> <Enter>");
    run.types("60101")
        .keys("<Enter>")
        .types("900")
        .keys("<Enter>");
    run.types("caja g").keys("<Enter> =");
}

/// The kind whose form is open, and whether it is for a new record.
fn form(run: &Run) -> Option<(Kind, bool)> {
    match run.model().screens.last() {
        Some(Screen::Form(form)) => Some((form.kind, form.base.is_none())),
        _ => None,
    }
}

/// What the foot of the screen says in refusing an order: one row, or two where it is long.
fn reason(run: &Run) -> Option<String> {
    let screen = run.screen();
    let foot = screen.lines().rev().take(2);
    let mut said = foot.filter_map(|line| line.trim_start().strip_prefix("▲ "));
    said.next().map(str::to_owned)
}

/// How many rows the list or the chart has.
fn rows(run: &Run) -> usize {
    match run.model().screens.last() {
        Some(Screen::List(list)) => list.total(),
        Some(Screen::Accounts(accounts)) => accounts.rows.len(),
        other => panic!("no list but {other:?}"),
    }
}

/// Goes down the list until an order is carried out; each row on which it is not says why. Whether there was one.
fn first_that(run: &mut Run, road: &Road, key: &str, is_done: fn(&Run) -> bool) -> bool {
    run.keys("<Home>");
    for _ in 0..rows(run) {
        run.keys(key);
        if is_done(run) {
            return true;
        }
        let why = reason(run);
        assert!(
            why.is_some(),
            "{} {key} neither does anything nor says why:\n{}",
            road.slug,
            run.screen()
        );
        run.keys("j");
    }
    false
}

fn asks(run: &Run) -> bool {
    matches!(run.model().layers.last(), Some(Layer::Confirm(_)))
}

#[test]
fn every_kind_of_the_table_is_there_once() {
    let mut kinds: Vec<Kind> = TABLE.iter().map(Road::kind).collect();
    kinds.sort();
    assert_eq!(kinds, Kind::ALL);
}

#[test]
fn f_0_3_to_0_5_every_operation_has_a_key_and_every_one_that_is_lacking_a_reason() {
    let office = Office::open();
    let mut run = office.run();
    for road in &TABLE {
        let (slug, kind) = (road.slug, road.kind());
        run.keys("<Esc> <Esc> <Esc>").keys(road.chord);
        let there = match run.model().screens.last() {
            Some(Screen::List(list)) => list.query.kind,
            Some(Screen::Accounts(_)) => Kind::LedgerAccounts,
            other => panic!("{slug}: no list but {other:?}"),
        };
        assert_eq!(there, kind);
        assert!(rows(&run) > 0, "{slug} shows nothing:\n{}", run.screen());

        run.keys("<Enter>");
        let id = on_page(&run);
        assert!(
            matches!(run.model().screens.last(), Some(Screen::Detail(detail)) if detail.kind == kind),
            "{slug}:\n{}",
            run.screen()
        );
        if kind != Kind::CompanyInfo {
            let path = road.path(&id);
            let read = office.requests(|seen| seen["method"] == "GET" && seen["path"] == path);
            assert!(read > 0, "{slug} {id} was not read by itself");
        }
        run.keys("<Esc>");

        run.keys("n");
        if road.has('C') {
            assert_eq!(form(&run), Some((kind, true)), "{slug}\n{}", run.screen());
            run.keys("<Esc>");
        } else {
            assert_eq!(form(&run), None);
            assert!(reason(&run).is_some(), "{slug}");
        }

        let edits = first_that(&mut run, road, "e", |run| form(run).is_some());
        assert_eq!(edits, road.has('U'), "{slug} is edited");
        if edits {
            assert_eq!(form(&run), Some((kind, false)));
            run.keys("<Esc>");
        }

        let deletes = first_that(&mut run, road, "D", asks);
        assert_eq!(deletes, road.has('D'), "{slug} is deleted");
        if deletes {
            run.shows(&["¿Eliminar?", "EKU9003173C9", "[ No ]"])
                .keys("<Enter>");
        }
    }
    let written = office.requests(|seen| seen["method"] != "GET");
    assert_eq!(written, 0, "looking and asking change nothing");
}

#[test]
fn f_0_4_every_operation_that_writes_is_sent_once_and_done() {
    for road in TABLE.iter().filter(|road| road.has('C')) {
        let slug = road.slug;
        println!("{slug}");
        let office = Office::open();
        let mut run = office.run();
        run.keys(road.chord).keys("n");
        (road.fill)(&mut run, &office);
        run.keys("<F8>");
        assert_eq!(form(&run), None, "{slug} is not made:\n{}", run.screen());
        let id = on_page(&run);
        let path = road.path(&id);
        // A request whose idempotency key is refused did nothing, and goes again without one.
        let done = |method: &str, path: &str| {
            office.requests(|seen| {
                seen["method"] == method
                    && seen["path"] == path
                    && seen["status"].as_u64().is_some_and(|status| status < 300)
            })
        };
        assert_eq!(done("POST", &format!("/accounting/{slug}")), 1, "{slug}");
        let made = office.record(slug, &id);

        run.keys("e");
        assert_eq!(form(&run), Some((road.kind(), false)), "{}", run.screen());
        (road.change)(&mut run, &office);
        run.keys("<F8>").shows(&["Cambios guardados."]);
        assert_eq!(done("PATCH", &path), 1, "{slug}");
        assert_ne!(office.record(slug, &id), made, "{slug} is as it was");

        run.keys("D");
        if !road.has('D') {
            assert!(!asks(&run) && reason(&run).is_some(), "{slug}");
            assert_eq!(done("DELETE", &path), 0);
            continue;
        }
        run.keys("s <Enter>").shows(&["Eliminado"]);
        assert_eq!(done("DELETE", &path), 1, "{slug}");
        assert_eq!(office.ask(Method::GET, &path, None).0, 404, "{slug}");
    }
}
