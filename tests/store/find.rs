//! The search finds what the language says, all of it and nothing else.

use fastrand::Rng;
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::list::{ListQuery, MOST_FOUND, Match, Only};
use timbra::domain::record::{Id, Record};
use timbra::domain::status::Status;
use timbra::search::facts::Facts;
use timbra::search::language::parse;
use timbra::store::cache::{Cache, Row, Slips};

use crate::books::{self, Page, TODAY, company, fill};
use crate::cache::cache;
use crate::{day, link, money, page, text};

fn found(cache: &Cache, text: &str, limit: usize) -> Vec<(Kind, Id, Vec<Match>)> {
    let query = parse(text, TODAY);
    let found = cache
        .find(&company(), &query, &Kind::ALL, limit, Slips::Refused)
        .expect("found");
    found
        .hits
        .into_iter()
        .map(|hit| (hit.record.kind, hit.record.id, hit.why))
        .collect()
}

/// Books with everything that can be found in them: invoices, their customers, items and accounts.
fn everything(invoices: u32) -> Vec<Page> {
    let mut rng = Rng::with_seed(11);
    let customers = 300;
    let mut pages: Vec<Page> = (1..=invoices)
        .map(|n| books::invoice(&mut rng, n, invoices, books::one_of(customers)))
        .collect();
    for n in 0..customers {
        let (name, rfc) = books::customer(n);
        let fields = vec![(Field::Name, text(&name)), (Field::Rfc, text(&rfc))];
        pages.push(page(Kind::Customers, &n.to_string(), fields));
    }
    for n in 0..60 {
        let fields = vec![
            (Field::Name, text(&format!("Caja chica {n}"))),
            (Field::Code, text(&format!("101-01-{n:03}"))),
            (Field::NominalCode, text(&format!("101.{:02}", n % 3 + 1))),
        ];
        pages.push(page(Kind::LedgerAccounts, &n.to_string(), fields));
    }
    pages
}

/// A list with this typed over it.
fn typed_over(kind: Kind, text: &str) -> ListQuery {
    let only = Only {
        text: text.to_owned(),
        ..Only::default()
    };
    ListQuery {
        only,
        ..ListQuery::natural(kind)
    }
}

/// What the answer must be, told by reading every record.
fn expected(pages: &[Page], text: &str) -> Vec<(Kind, Id, Vec<Match>)> {
    let query = parse(text, TODAY);
    pages
        .iter()
        .filter_map(|page| {
            let Record { kind, id, .. } = &page.record;
            let why = query.explain(&Facts::of(&page.record))?;
            Some((*kind, id.clone(), why))
        })
        .collect()
}

#[test]
fn the_indexes_find_exactly_what_reading_everything_finds() {
    let (_folder, mut cache) = cache();
    let pages = everything(2_000);
    fill(&mut cache, &company(), &pages);
    let sample = &pages[1_200].record;
    let total = sample
        .money(Field::Total)
        .expect("a total")
        .decimal()
        .to_string();
    let net = sample
        .money(Field::SubTotal)
        .expect("a subtotal")
        .decimal()
        .to_string();
    let uuid = sample.stamp.uuid().expect("a stamp").to_string();
    let mut texts: Vec<String> = [
        "A-101",
        "a101",
        "101",
        "1201",
        "B-101",
        "univ",
        "universidad robot",
        "u",
        "mar",
        "marzo",
        "mar 2026",
        "univ mar",
        "mar univ",
        "este mes",
        "2026-03",
        "12/03/2026",
        "ñandu",
        "nandu esp",
        "cafe",
        "101.01",
        "101-01-007",
        "caja",
        "2000",
        "7",
        "A-101 mar",
        "xyz",
        "uni90",
        "UNI900101000",
        "com marti abr",
        "s.c.",
        "grupo azteca 2026 dic",
        "hoy",
        "este",
        "martinez martinez",
        "borrador",
        "borra univ",
        "univ borrador 2026",
        "sin timbrar",
        "sin timbrar univ mar",
        "vencida",
        "vencida univ",
        "overdue ppd",
        "pagada",
        "paid univ",
        "pagada mar",
        "parcialmente pagada",
        "por cobrar univ",
        "cancelada",
        "cancelada univ",
        "timbrada",
        "ppd",
        "ppd vencida univ",
        "pue sin timbrar",
        "facturas univ",
        "clientes univ",
        "clientes",
        "cuentas caja",
        "nota",
        "pagada borrador",
        "vencida borrador",
        "cliente:univ",
        "customer:\"univ robot\" >10000",
        "proveedor:univ",
        "contacto:univ 2026-01..2026-03",
        "rfc:uni9",
        "serie:A",
        "serie:a univ",
        "serie:zz",
        ">10000",
        "> 10,000 univ",
        "<500",
        "1000..2000 mar",
        "1000..2000",
        ">1000 <1500",
        "total:>=100000",
        "2026-01..2026-03",
        "..2025",
        "2026-05.. univ",
        "fecha:mar",
        "estado:vencida univ",
        "ppd >1000",
        "estado:pagada estado:borrador",
        "tipo:factura >5000 serie:a",
        "folio:101",
        "clinte:univ",
        "univ 2000..1000",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend([
        total.clone(),
        net.clone(),
        format!("${total}"),
        format!("{total} {}", sample.text(Field::Rfc)),
        format!("{net} 2026"),
        uuid.clone(),
        uuid.to_lowercase(),
        uuid[..5].to_owned(),
        uuid[32..].to_owned(),
        uuid[28..].to_owned(),
        uuid[9..13].to_owned(),
        uuid[10..22].to_owned(),
        uuid.replace('-', "")[3..12].to_owned(),
        format!("{} {}", &uuid[32..], sample.text(Field::Contact)),
        sample.text(Field::Rfc).to_lowercase(),
        sample.text(Field::Contact).to_owned(),
    ]);
    for text in texts {
        let mut expected = expected(&pages, &text);
        let mut found = found(&cache, &text, 100_000);
        let by_id = |hit: &(Kind, Id, Vec<Match>)| (hit.0, hit.1.clone());
        expected.sort_by_key(by_id);
        found.sort_by_key(by_id);
        assert_eq!(found.len(), expected.len(), "{text}");
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_list_that_is_narrowed_holds_every_answer_and_nothing_else() {
    let (_folder, mut cache) = cache();
    let pages = everything(12_000);
    fill(&mut cache, &company(), &pages);
    for text in [
        ">10000",
        "<=10000",
        "1000..20000 univ",
        ">1000 <20000",
        "2026-01..2026-03",
        "2026-01..2026-03 >1000 ppd",
        "..2025",
        "cliente:univ",
        "cliente:univ >10000",
        "proveedor:univ",
        "serie:A",
        "serie:nada",
        "pagadas",
        "pagadas >500",
        "estado:pagada estado:borrador",
        "estado:pagada mar",
        "ppd",
        "vencidas",
        "u >500",
        "clinte:univ",
        ">100 2000..1000",
    ] {
        let query = typed_over(Kind::Invoices, text);
        let mut expected: Vec<Id> = expected(&pages, text)
            .into_iter()
            .filter(|(kind, ..)| *kind == Kind::Invoices)
            .map(|(_, id, _)| id)
            .collect();
        let rows = cache
            .ordered_ids(&company(), &query, TODAY)
            .expect("an order");
        let mut listed = cache.ids(&rows).expect("ids");
        let window = cache
            .window(&company(), &query, TODAY, 0, 10)
            .expect("a window");
        // What many answer is cut where an index had to be asked, and never elsewhere.
        let is_cut = listed.len() > expected.len().min(MOST_FOUND - 1);
        assert!(
            listed.len() == expected.len() || is_cut,
            "{text}: {}",
            listed.len()
        );
        assert_eq!(window.total, listed.len(), "{text}");
        if listed.len() == expected.len() {
            listed.sort();
            expected.sort();
            assert_eq!(listed, expected, "{text}");
        }
    }
}

#[test]
fn a_list_by_amounts_and_days_is_whole_however_long_it_is() {
    let (_folder, mut cache) = cache();
    let pages: Vec<Page> = (1..=MOST_FOUND as u32 + 500)
        .map(|id| {
            let fields = vec![
                (Field::Date, day("2026-03-01")),
                (Field::Total, money("580")),
            ];
            page(Kind::Invoices, &id.to_string(), fields)
        })
        .collect();
    fill(&mut cache, &company(), &pages);
    for (text, rows) in [
        (">500", pages.len()),
        ("2026-03..", pages.len()),
        (">500 2026-03..2026-04", pages.len()),
        (">580", 0),
        ("..2026-02", 0),
    ] {
        let query = typed_over(Kind::Invoices, text);
        let window = cache
            .window(&company(), &query, TODAY, 0, 10)
            .expect("a window");
        assert_eq!(window.total, rows, "{text}");
    }
}

#[test]
fn what_names_an_account_is_found_by_its_code_and_its_name() {
    let (_folder, mut cache) = cache();
    let account = |kind: Kind, id: &str, code: &str, name: &str| {
        let fields = vec![(Field::Code, text(code)), (Field::Name, text(name))];
        page(kind, id, fields)
    };
    let payment = |id: &str, bank: &str, total: &str| {
        let fields = vec![
            (Field::Date, day("2026-03-01")),
            (Field::Total, money(total)),
            (Field::BankAccount, link(bank, "")),
        ];
        page(Kind::Payments, id, fields)
    };
    fill(
        &mut cache,
        &company(),
        &[
            account(Kind::BankAccounts, "1", "", "Banamex Cuenta 123"),
            account(Kind::BankAccounts, "2", "", "Caja chica"),
            account(Kind::LedgerAccounts, "1", "101-01-001", "Caja y efectivo"),
            payment("7", "1", "100"),
            payment("8", "2", "900"),
        ],
    );
    let ids = |text: &str| -> Vec<(String, Vec<Match>)> {
        found(&cache, text, 10)
            .into_iter()
            .map(|(_, id, why)| (id.0, why))
            .collect()
    };
    assert_eq!(ids("cuenta:banamex"), [("7".into(), vec![Match::Account])]);
    assert_eq!(ids("account:caja"), [("8".into(), vec![Match::Account])]);
    assert_eq!(
        ids("cuenta:\"caja chica\" >500"),
        [("8".into(), vec![Match::Total, Match::Account])]
    );
    assert_eq!(ids("cuenta:caja <500"), []);
    assert_eq!(ids("cuenta:101-01"), []);
    let query = typed_over(Kind::Payments, "cuenta:banamex");
    let window = cache
        .window(&company(), &query, TODAY, 0, 10)
        .expect("a window");
    assert_eq!(window.total, 1);
}

#[test]
fn the_phone_walk_is_answered_in_order() {
    let (_folder, mut cache) = cache();
    let document = |id: &str, number: &str, of: &str, total: &str, tax: &str| {
        let fields = vec![
            (Field::Number, text(number)),
            (Field::Date, day(of)),
            (Field::Total, money(total)),
            (Field::TotalTax, money(tax)),
        ];
        page(Kind::Invoices, id, fields)
    };
    let pages = [
        document("1", "A-1", "2026-02-10", "11600", "1600"),
        document("2", "A-2", "2026-03-10", "11600", "1600"),
        document("3", "A-3", "2026-03-12", "11600.00", "1600"),
        document("4", "A-4", "2026-03-31", "13456", "1856"),
        document("5", "A-5", "2026-03-20", "11600.50", "1600"),
        document("6", "B-11600", "2026-03-01", "5", "0"),
    ];
    fill(&mut cache, &company(), &pages);
    let ids = |text: &str| -> Vec<String> {
        found(&cache, text, 10)
            .into_iter()
            .map(|(_, id, _)| id.0)
            .collect()
    };
    // The amount itself, then what it is before tax, then what has cents besides.
    assert_eq!(ids("11600 mar"), ["6", "3", "2", "4", "5"]);
    assert_eq!(ids("$11,600 mar"), ["3", "2", "4", "5"]);
    assert_eq!(ids("$11,600"), ["3", "2", "1", "4", "5"]);
    assert_eq!(ids("$11,600.00"), ["3", "2", "1", "4"]);
    assert_eq!(ids("11600.51"), ["5"]);
    assert!(ids("11600.52").is_empty());
    let reasons: Vec<Vec<Match>> = found(&cache, "$11,600 mar", 10)
        .into_iter()
        .map(|hit| hit.2)
        .collect();
    assert_eq!(reasons[0], [Match::Total, Match::Date]);
    assert_eq!(reasons[2], [Match::BeforeTax, Match::Date]);
}

#[test]
fn the_limit_keeps_the_best_and_says_that_there_is_more() {
    let (_folder, mut cache) = cache();
    let pages = everything(500);
    fill(&mut cache, &company(), &pages);
    for text in ["u", "mar", "2026", "universidad"] {
        let all = found(&cache, text, 100_000);
        assert!(all.len() > 20, "{text}");
        assert_eq!(found(&cache, text, 20), all[..20], "{text}");
        let query = parse(text, TODAY);
        let few = cache
            .find(&company(), &query, &Kind::ALL, 20, Slips::Refused)
            .expect("found");
        assert!(few.more, "{text}");
        let whole = cache
            .find(&company(), &query, &Kind::ALL, 100_000, Slips::Refused)
            .expect("found");
        assert!(!whole.more, "{text}");
    }
}

#[test]
fn of_one_amount_payments_do_not_drown_the_invoice() {
    let (_folder, mut cache) = cache();
    let document = |kind: Kind, id: u32, of: &str| {
        let fields = vec![(Field::Date, day(of)), (Field::Total, money("580"))];
        page(kind, &id.to_string(), fields)
    };
    let mut pages = vec![document(Kind::Invoices, 1, "2025-01-01")];
    pages.extend((2..80).map(|id| document(Kind::Payments, id, "2026-05-01")));
    fill(&mut cache, &company(), &pages);
    let hits = found(&cache, "580", 20);
    assert_eq!(hits[0].0, Kind::Invoices);
    assert_eq!(hits.len(), 20);
}

#[test]
fn what_is_in_a_rare_state_is_found_however_old_it_is() {
    let (_folder, mut cache) = cache();
    let mut pages = everything(12_000);
    let old = pages
        .iter_mut()
        .filter(|page| page.record.kind == Kind::Invoices)
        .take(3);
    for page in old {
        page.record
            .set(Field::Status, Value::Status(Status::PartiallyPaid));
        page.record.set(Field::Contact, link("x", "ZZYZX"));
    }
    fill(&mut cache, &company(), &pages);
    assert_eq!(found(&cache, "parcialmente pagada zzyzx", 10).len(), 3);
    let of = |text: &str| {
        let query = parse(text, TODAY);
        cache
            .find(&company(), &query, &Kind::ALL, 100_000, Slips::Refused)
            .expect("found")
    };
    let drafts = of("borrador").hits.len();
    assert_eq!(drafts, expected(&pages, "borrador").len());
    // Where it gives up it says so.
    let paid = of("pagada");
    assert!(paid.more || paid.hits.len() == expected(&pages, "pagada").len());
}

#[test]
fn only_the_kinds_that_were_asked_for_are_found() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &everything(100));
    let query = parse("universidad", TODAY);
    let found = cache
        .find(
            &company(),
            &query,
            &[Kind::Customers],
            1_000,
            Slips::Refused,
        )
        .expect("found");
    assert!(!found.hits.is_empty());
    assert!(
        found
            .hits
            .iter()
            .all(|hit| hit.record.kind == Kind::Customers)
    );
}

#[test]
fn anything_may_be_looked_for() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &everything(50));
    for text in [
        "",
        "\"",
        "' OR 1=1 --",
        "a\" OR \"b",
        "NEAR(a b)",
        "*",
        "name:x",
        "Ⓐ ² ß ſ",
        "🦆🦆",
        "%_",
        "$",
        "-----",
    ] {
        found(&cache, text, 10);
    }
}

#[test]
fn a_stamped_document_that_comes_twice_in_one_writing_is_found_once() {
    let (_folder, mut cache) = cache();
    let first = books::invoice(&mut Rng::with_seed(1), 1, 2, books::one_of(40));
    let second = books::invoice(&mut Rng::with_seed(3), 2, 2, books::one_of(40));
    let mut again = first.record.clone();
    again.set(Field::Memo, Value::Text("Corregida".to_owned()));
    let mut moved = again.clone();
    moved.set(Field::Date, Value::Date(TODAY));
    for records in [
        vec![&first.record, &again, &second.record],
        vec![&moved, &again, &moved],
    ] {
        let rows: Vec<Row<'_>> = records
            .iter()
            .map(|record| Row { record, raw: None })
            .collect();
        cache
            .upsert(&company(), &rows, books::read_at())
            .expect("written");
        let uuid = first.record.stamp.uuid().expect("a stamp").to_string();
        for part in [&uuid[..], &uuid[28..], &uuid[..8]] {
            let ids: Vec<Id> = found(&cache, part, 10)
                .into_iter()
                .map(|(_, id, _)| id)
                .collect();
            assert_eq!(ids, [Id::from("1")], "{part}");
        }
    }
}
