//! What a company usually chooses is told by its latest invoices, and by what they name.

use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Line, Link, Record};
use timbra::domain::spec::CatalogueName;

use crate::books::{Page, TODAY, company, fill};
use crate::cache::cache;

fn link(id: &str) -> Link {
    Link {
        id: Id::from(id),
        name: String::new(),
    }
}

fn record(kind: Kind, id: &str, texts: &[(Field, &str)]) -> Record {
    let mut record = Record::new(kind, Id::from(id));
    record.native_read = true;
    for (field, text) in texts {
        record.set(*field, Value::Text((*text).to_owned()));
    }
    record
}

fn invoice(id: u32, day: i8, cfdi_use: &str, lines: Vec<Line>) -> Record {
    let mut invoice = record(
        Kind::Invoices,
        &id.to_string(),
        &[(Field::CfdiUse, cfdi_use), (Field::Currency, "MXN")],
    );
    let day = jiff::civil::date(2026, 3, day);
    invoice.set(Field::Date, Value::Date(day));
    invoice.set(Field::Contact, Value::Link(link("7")));
    invoice.lines = lines;
    invoice
}

#[test]
fn the_latest_invoices_tell_which_keys_are_usual() {
    let (_folder, mut cache) = cache();
    let told = |key: &str| Line {
        product_key: Some(key.to_owned()),
        unit: Some("H87".to_owned()),
        ..Line::default()
    };
    let by_item = Line {
        item: Some(link("12")),
        ..Line::default()
    };
    let unread = Line {
        item: Some(link("99")),
        ..Line::default()
    };
    let item = [(Field::ProductKey, "84111506"), (Field::Unit, "E48")];
    let mut records = vec![
        record(Kind::InvoiceItems, "12", &item),
        record(Kind::Customers, "7", &[(Field::Country, "MEX")]),
        invoice(1, 3, "S01", vec![told("43211503"), unread]),
        invoice(2, 4, "G03", vec![by_item.clone(), by_item]),
    ];
    // So many later ones that the oldest of all is among them no more.
    records.push(invoice(3, 1, "D01", vec![told("78101800")]));
    records.extend((10..208).map(|id| invoice(id, 2, "G03", Vec::new())));
    let pages: Vec<Page> = (records.into_iter())
        .map(|record| Page { record, raw: None })
        .collect();
    fill(&mut cache, &company(), &pages);
    let habits = cache.habits(&company(), TODAY).expect("read");
    assert_eq!(habits.keys(CatalogueName::CfdiUse, 9), ["G03", "S01"]);
    assert_eq!(
        habits.keys(CatalogueName::ProductKey, 9),
        ["84111506", "43211503"]
    );
    assert_eq!(habits.keys(CatalogueName::Unit, 9), ["E48", "H87"]);
    assert_eq!(habits.keys(CatalogueName::Currency, 9), ["MXN"]);
    assert_eq!(habits.keys(CatalogueName::Country, 9), ["MEX"]);
}

#[test]
fn who_has_no_invoices_has_no_habits() {
    let (_folder, cache) = cache();
    let habits = cache.habits(&company(), TODAY).expect("read");
    assert_eq!(habits, timbra::domain::habits::Habits::default());
}
