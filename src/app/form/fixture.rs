//! Books for the tests of forms and pickers: one company, its taxes, a few customers and items.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;

use crate::app::key::{Code, Key};
use crate::app::model::{Beginning, Colours, Layer, Model, Screen, Venue};
use crate::app::msg::{Effect, Fact, Msg, Reply, Request, Slot, Ticket};
use crate::app::update;
use crate::domain::company::{Company, CompanyId};
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Hit};
use crate::domain::money::Money;
use crate::domain::record::{Id, Line, Link, Record};
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;
use crate::sat::catalogs::Catalogs;
use crate::words::{Lang, Words};

use super::{Form, open_edit, open_new};

static CATALOGS: LazyLock<Arc<Catalogs>> =
    LazyLock::new(|| Arc::new(Catalogs::load().expect("sound assets")));

/// Noon of 18 March 2026 in Mexico City.
pub(crate) fn noon() -> Timestamp {
    "2026-03-18T18:00:00Z".parse().expect("a time")
}

/// A model with catalogues, company and taxes.
pub(crate) fn model() -> Model {
    let mut model = Model::new(Beginning {
        size: (80, 24),
        now: noon(),
        words: Words::new(Lang::Es),
        colours: Colours::default(),
        venue: Venue::Demo,
        company_id: CompanyId("demo".into()),
        company: Some(Company {
            id: CompanyId("demo".into()),
            number: None,
            name: "ESCUELA KEMPER URGATE".into(),
            rfc: "EKU9003173C9".into(),
            regime: Some("601".into()),
            zip: Some("42501".into()),
            currency: "MXN".into(),
        }),
        companies: Vec::new(),
        profile: None,
        read_only: false,
        type_total_from: None,
        session: "run".into(),
    });
    model.catalogs = Some(CATALOGS.clone());
    model.taxes = vec![
        tax("3", "IVA 16%", "IVA", 16),
        tax("4", "IVA 0%", "IVA", 0),
        tax("8", "Ret. ISR 10%", "ISR", 10),
    ];
    model
}

pub(crate) fn tax(id: &str, name: &str, sort: &str, percent: i64) -> Record {
    let mut tax = Record::new(Kind::TaxRates, Id::from(id));
    tax.set(Field::Name, Value::Text(name.into()));
    tax.set(Field::TaxType, Value::Text(sort.into()));
    tax.set(Field::Rate, Value::Number(percent.into()));
    tax
}

/// A company in régimen 601 that takes G03.
pub(crate) fn xenon() -> Record {
    contact(
        "7",
        "XENON INDUSTRIAL ARTICLES",
        "XIA190128J61",
        "601",
        "G03",
        "76343",
    )
}

/// A person in régimen 612 that takes D01.
pub(crate) fn xochilt() -> Record {
    contact(
        "9",
        "XOCHILT CASAS CHAVEZ",
        "CACX7605101P8",
        "612",
        "D01",
        "36257",
    )
}

fn contact(id: &str, name: &str, rfc: &str, regime: &str, cfdi_use: &str, zip: &str) -> Record {
    let mut contact = Record::new(Kind::Customers, Id::from(id));
    contact.native_read = true;
    for (field, text) in [
        (Field::Name, name),
        (Field::Rfc, rfc),
        (Field::Regime, regime),
        (Field::CfdiUse, cfdi_use),
        (Field::Zip, zip),
    ] {
        contact.set(field, Value::Text(text.into()));
    }
    contact
}

/// A drill, 500.00, with its SAT keys.
pub(crate) fn drill() -> Record {
    let mut item = Record::new(Kind::InvoiceItems, Id::from("12"));
    item.native_read = true;
    for (field, text) in [
        (Field::Name, "Taladro 1/2"),
        (Field::Code, "TAL-12"),
        (Field::ProductKey, "27112703"),
        (Field::Unit, "H87"),
    ] {
        item.set(field, Value::Text(text.into()));
    }
    item.set(Field::UnitPrice, Value::Money(money("500")));
    item
}

/// An item that has no SAT key.
pub(crate) fn keyless() -> Record {
    let mut item = Record::new(Kind::InvoiceItems, Id::from("13"));
    item.native_read = true;
    item.set(Field::Name, Value::Text("Varios".into()));
    item.set(Field::UnitPrice, Value::Money(money("10")));
    item
}

/// An account at a bank.
pub(crate) fn bank() -> Record {
    let mut bank = Record::new(Kind::BankAccounts, Id::from("2"));
    bank.set(Field::Name, Value::Text("BBVA operativa".into()));
    bank
}

/// What Xenon owes: three invoices, the oldest first, the second one paid in part.
pub(crate) fn owed() -> Vec<Record> {
    [
        ("61", "A61", 3, "1000", "1000"),
        ("62", "A62", 5, "2320", "500.50"),
        ("63", "A63", 9, "4000", "4000"),
    ]
    .into_iter()
    .map(|(id, number, day, total, balance)| {
        let mut invoice = Record::new(Kind::Invoices, Id::from(id));
        invoice.set(Field::Number, Value::Text(number.into()));
        let day = jiff::civil::date(2026, 2, day);
        invoice.set(Field::Date, Value::Date(day));
        invoice.set(Field::DueDate, Value::Date(day));
        invoice.set(Field::Currency, Value::Text("MXN".into()));
        invoice.set(Field::Total, Value::Money(money(total)));
        invoice.set(Field::Balance, Value::Money(money(balance)));
        invoice.set(Field::Status, Value::Status(Status::Authorised));
        invoice
    })
    .collect()
}

/// A few accounts: a header with two postable ones below it, and two of another branch.
pub(crate) fn chart() -> Vec<Record> {
    [
        ("10", "102", "Bancos", true),
        ("11", "102-01-001", "BBVA México 0451", false),
        ("12", "102-01-002", "Banorte 7782", false),
        ("50", "613-05", "Depreciación de equipo de cómputo", false),
        ("51", "171-05", "Depreciación acumulada de cómputo", false),
    ]
    .into_iter()
    .map(|(id, code, name, header)| {
        let mut account = Record::new(Kind::LedgerAccounts, Id::from(id));
        account.set(Field::Code, Value::Text(code.into()));
        account.set(Field::Name, Value::Text(name.into()));
        account.set(Field::Header, Value::Flag(header));
        account
    })
    .collect()
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// A draft of two drills for Xenon.
pub(crate) fn draft() -> Record {
    let mut draft = Record::new(Kind::Invoices, Id::from("41"));
    draft.native_read = true;
    draft.stamp = Stamp::Unstamped;
    draft.set(Field::Status, Value::Status(Status::Draft));
    draft.set(
        Field::Contact,
        Value::Link(Link {
            id: Id::from("7"),
            name: "XENON INDUSTRIAL ARTICLES".into(),
        }),
    );
    let day = jiff::civil::date(2026, 3, 18);
    draft.set(Field::Date, Value::Date(day));
    draft.set(Field::DueDate, Value::Date(day));
    for (field, text) in [
        (Field::PaymentType, "PUE"),
        (Field::PaymentMethod, "transfer"),
        (Field::Regime, "601"),
        (Field::CfdiUse, "G03"),
        (Field::Memo, "dos renglones\nde notas"),
    ] {
        draft.set(field, Value::Text(text.into()));
    }
    draft.set(Field::Total, Value::Money(money("1160")));
    draft.lines = vec![Line {
        item: Some(Link {
            id: Id::from("12"),
            name: "Taladro 1/2".into(),
        }),
        description: "Taladro 1/2".into(),
        quantity: Some(2.into()),
        price: Some(money("500")),
        discount_pct: Some(0.into()),
        taxes: vec![Link {
            id: Id::from("3"),
            name: "IVA 16%".into(),
        }],
        total: Some(money("1160")),
        unit: Some("H87".into()),
        department: None,
        product_key: Some("27112703".into()),
        ..Line::default()
    }];
    draft
}

/// A new invoice on top.
pub(crate) fn new_invoice() -> Model {
    let mut model = model();
    open_new(&mut model, Kind::Invoices);
    model
}

/// The draft in its form, with receiver and items read.
pub(crate) fn editing() -> Model {
    let mut model = model();
    let effects = open_edit(&mut model, draft(), None);
    answer(&mut model, &effects);
    model
}

/// The form on top.
pub(crate) fn form(model: &Model) -> &Form {
    match model.screen() {
        Some(Screen::Form(form)) => form,
        other => panic!("no form but {other:?}"),
    }
}

pub(crate) fn has_picker(model: &Model) -> bool {
    matches!(model.layers.last(), Some(Layer::Picker(_)))
}

/// Presses a key; the questions that follow are answered from the books of this file.
pub(crate) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let at = model.now;
    let effects = update(model, Msg::Key(key), at);
    answer(model, &effects);
    effects
}

/// Presses several keys, each written as help writes it (`F8`, `Tab`, `Ctrl+Z`), the rest as letters.
pub(crate) fn keys(model: &mut Model, script: &[&str]) -> Vec<Effect> {
    script
        .iter()
        .flat_map(|word| match named(word) {
            Some(key) => press(model, key),
            None => word
                .chars()
                .flat_map(|letter| press(model, Key::char(letter)))
                .collect(),
        })
        .collect()
}

fn named(word: &str) -> Option<Key> {
    Some(match word {
        "Enter" => Key::plain(Code::Enter),
        "Esc" => Key::plain(Code::Esc),
        "Tab" => Key::plain(Code::Tab),
        "BackTab" => Key::plain(Code::BackTab),
        "Up" => Key::plain(Code::Up),
        "Down" => Key::plain(Code::Down),
        "Left" => Key::plain(Code::Left),
        "Backspace" => Key::plain(Code::Backspace),
        "F3" => Key::plain(Code::F(3)),
        "F4" => Key::plain(Code::F(4)),
        "F5" => Key::plain(Code::F(5)),
        "F6" => Key::plain(Code::F(6)),
        "F7" => Key::plain(Code::F(7)),
        "F8" => Key::plain(Code::F(8)),
        "Ctrl+D" => Key::ctrl('d'),
        "F12" => Key::plain(Code::F(12)),
        "Ctrl+G" => Key::ctrl('g'),
        "Ctrl+U" => Key::ctrl('u'),
        "Ctrl+Z" => Key::ctrl('z'),
        _ => return None,
    })
}

/// Answers every question among these effects that is about contacts, items or the picker.
pub(crate) fn answer(model: &mut Model, effects: &[Effect]) {
    for effect in effects {
        let Effect::Ask { ticket, request } = effect else {
            continue;
        };
        let fact = match request {
            Request::Records { ids, .. } => Fact::Records(
                books()
                    .into_iter()
                    .filter(|record| ids.contains(&record.id))
                    .collect(),
            ),
            Request::Find { text, kinds, .. } => found(text, kinds),
            Request::OpenDocuments { contact, .. } => Fact::OpenDocuments {
                contact: contact.clone(),
                documents: owed(),
                coverage: Coverage {
                    cached: 1240,
                    total: Some(1240),
                    ..Coverage::default()
                },
            },
            Request::Window { query, .. } if ticket.slot == Slot::Picker => {
                found("", &[query.kind])
            }
            _ => continue,
        };
        let follows = reply(model, Some(*ticket), fact);
        answer(model, &follows);
    }
}

/// Reports a fact as the worker does.
pub(crate) fn reply(model: &mut Model, ticket: Option<Ticket>, fact: Fact) -> Vec<Effect> {
    let (company, at) = (model.company_id.clone(), model.now);
    let reply = Reply {
        company,
        ticket,
        fact,
    };
    update(model, Msg::Worker(Box::new(reply)), at)
}

fn books() -> Vec<Record> {
    vec![xenon(), xochilt(), drill(), keyless(), bank()]
}

fn found(text: &str, kinds: &[Kind]) -> Fact {
    let typed = text.to_lowercase();
    let hits = books()
        .into_iter()
        .filter(|record| kinds.contains(&record.kind))
        .filter(|record| record.title().to_lowercase().contains(&typed))
        .map(|record| Hit {
            books: None,
            record,
            why: Vec::new(),
        })
        .collect();
    Fact::Found {
        more: false,
        hits,
        coverage: Coverage::default(),
    }
}
