//! What the SAT room may cost: a check of a draft, a key press in a catalogue, the first load.
//!
//! Budgets: 1 ms for a draft of 50 lines, 5 ms for a key press, 30 ms for the load. Each bench asserts what it
//! computed, so that a fast wrong answer fails.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{date, datetime};
use rust_decimal::Decimal;
use timbra::domain::draft::{
    DocType, Draft, DraftLine, IssueDate, LineTax, Party, Tax, TaxKind, TaxRate,
};
use timbra::sat::{Catalogs, Knowledge, totals, validate};

fn line(number: u32) -> DraftLine {
    let tax = |tax, kind, percent| LineTax {
        tax,
        kind,
        rate: TaxRate::Percent(percent),
    };
    DraftLine {
        product_key: "43211503".to_owned(),
        unit_key: "H87".to_owned(),
        description: format!("Computadora portátil, modelo {number}"),
        code: Some(format!("LAP-{number}")),
        quantity: Some(Decimal::new(1234567, 6)),
        price: Some(Decimal::new(12500 + i64::from(number), 2)),
        discount_pct: Decimal::from(5),
        tax_object: "02".to_owned(),
        taxes: vec![
            tax(Tax::Iva, TaxKind::Transfer, Decimal::from(16)),
            tax(Tax::Iva, TaxKind::Withholding, Decimal::new(106667, 4)),
            tax(Tax::Isr, TaxKind::Withholding, Decimal::from(10)),
        ],
    }
}

fn draft() -> Draft {
    let party = |rfc: &str, name: &str, zip: &str| Party {
        rfc: rfc.to_owned(),
        name: name.to_owned(),
        regime: "601".to_owned(),
        zip: zip.to_owned(),
    };
    Draft {
        id: None,
        doc_type: DocType::Income,
        date: IssueDate::Day(date(2026, 3, 18)),
        issuer: party("EKU9003173C9", "ESCUELA KEMPER URGATE", "42501"),
        receiver: party("URE180429TM6", "UNIVERSIDAD ROBOTICA ESPAÑOLA", "86991"),
        // One slip, so that the check does not pass for having nothing to do.
        cfdi_use: "D01".to_owned(),
        payment_type: "PPD".to_owned(),
        payment_method: "other".to_owned(),
        currency: "MXN".to_owned(),
        exchange_rate: None,
        exportation: "01".to_owned(),
        terms: None,
        due_date: None,
        server_total: None,
        global_info: None,
        relations: Vec::new(),
        lines: (0..50).map(line).collect(),
    }
}

fn check(criterion: &mut Criterion) {
    let catalogs = Catalogs::load().expect("sound assets");
    let draft = draft();
    let now = datetime(2026, 3, 18, 12, 0, 0, 0);
    let knowledge = Knowledge::default();
    let codes: Vec<_> = validate(&draft, &catalogs, now, &knowledge)
        .iter()
        .map(|finding| finding.code())
        .collect();
    assert_eq!(codes, ["CFDI40161"]);
    criterion.bench_function("check a draft of 50 lines", |bencher| {
        bencher.iter(|| validate(black_box(&draft), &catalogs, now, &knowledge));
    });
    criterion.bench_function("totals of 50 lines", |bencher| {
        bencher.iter(|| totals(black_box(&draft), &catalogs));
    });
}

fn search(criterion: &mut Criterion) {
    let catalogs = Catalogs::load().expect("sound assets");
    let recent = ["84111506", "80101500"].map(str::to_owned);
    // As it is typed: the first letters cost most, because almost everything has them.
    for (query, expected) in [
        ("s", 50),
        ("se", 50),
        ("servicios", 50),
        ("servicios de lim", 10),
        ("de la", 50),
        ("comput note", 4),
        ("laptop", 1),
        ("4321", 50),
        ("zzzz", 0),
    ] {
        let hits = catalogs.search_products(query, &recent, 50).len();
        assert!(
            if expected == 0 {
                hits == 0
            } else {
                hits >= expected
            },
            "{query}: {hits}"
        );
        criterion.bench_function(&format!("search products: {query}"), |bencher| {
            bencher.iter(|| catalogs.search_products(black_box(query), &recent, 50));
        });
    }
}

fn load(criterion: &mut Criterion) {
    criterion.bench_function("load the catalogues", |bencher| {
        bencher.iter(|| Catalogs::load().expect("sound assets"));
    });
    criterion.bench_function("load the catalogues and search them", |bencher| {
        bencher.iter(|| {
            let catalogs = Catalogs::load().expect("sound assets");
            assert_eq!(catalogs.search_products("laptop", &[], 1).len(), 1);
        });
    });
}

criterion_group!(benches, check, search, load);
criterion_main!(benches);
