//! How far the walks are, on screens of every width and in both languages.

use std::time::Duration;

use super::*;
use crate::app::model::Walk;
use crate::domain::headway::Headway;
use crate::words::{Lang, Words};

/// A walk over so many of so many, at the real limit of the server.
fn walk(done: usize, all: Option<usize>) -> Walk {
    Walk {
        coverage: Coverage {
            cached: done,
            total: all,
            ..Coverage::default()
        },
        running: true,
        headway: Some(Headway {
            done,
            all,
            a_minute: Some(3_600),
            left: all.map(|all| Duration::from_secs((all as u64 - done as u64) / 60)),
        }),
        trouble: None,
    }
}

fn invoices(model: &Model, walk: &Walk) -> Screen {
    let mut list = List::new(ListQuery::natural(Kind::Invoices));
    list.arrived(
        Window {
            query: list.query.clone(),
            offset: 0,
            rows: Vec::new(),
            total: walk.coverage.cached,
            coverage: walk.coverage.clone(),
            judged: BTreeMap::new(),
            receipts: BTreeMap::new(),
        },
        model.list_rows(),
    );
    Screen::List(list)
}

fn line(model: &mut Model, width: u16) -> String {
    rows(model, width, 24).remove(1).trim_end().to_owned()
}

#[test]
fn home_says_rows_rate_and_the_time_left_as_far_as_there_is_room() {
    for (lang, all, width, told) in [
        (
            Lang::Es,
            Some(100_000),
            80,
            " Inicio     leyendo facturas 12,600 de 100,000 · 3,600 por min · faltan 25 min",
        ),
        (
            Lang::Es,
            Some(100_000),
            60,
            " Inicio  leyendo facturas · 3,600 por min · faltan 25 min",
        ),
        (
            Lang::Es,
            None,
            60,
            " Inicio               leyendo facturas 12,600 · 3,600 por min",
        ),
        (
            Lang::En,
            Some(100_000),
            80,
            " Home         reading invoices 12,600 of 100,000 · 3,600 a min · 25 min left",
        ),
        (
            Lang::En,
            Some(100_000),
            60,
            " Home     reading invoices · 3,600 a min · 25 min left",
        ),
    ] {
        let mut model = home();
        model.words = Words::new(lang);
        model.walks.insert(Kind::Invoices, walk(12_600, all));
        let line = line(&mut model, width);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeezed(&line), squeezed(told), "{width} columns");
    }
}

#[test]
fn a_list_that_is_read_says_before_all_else_how_long_that_takes() {
    for (lang, all, width, told) in [
        (
            Lang::Es,
            Some(100_000),
            140,
            "2,408 sin timbrar · leyendo facturas 12,600 de 100,000 · 3,600 por min · faltan 25 min",
        ),
        (Lang::Es, Some(100_000), 80, "3,600 por min · faltan 25 min"),
        (Lang::Es, Some(100_000), 60, "faltan 25 min"),
        (Lang::Es, None, 60, "3,600 por min"),
        (Lang::En, Some(100_000), 80, "3,600 a min · 25 min left"),
        (Lang::En, Some(100_000), 60, "25 min left"),
    ] {
        let mut model = home();
        model.words = Words::new(lang);
        let walk = walk(12_600, all);
        let screen = invoices(&model, &walk);
        model.walks.insert(Kind::Invoices, walk);
        model.screens.push(screen);
        let line = line(&mut model, width);
        assert!(line.contains("12,600"), "{line}");
        assert!(line.ends_with(told), "{width} columns: {line}");
        assert!(!line.contains('…'), "{line}");
    }
}

#[test]
fn where_several_walks_go_on_the_last_to_end_says_when_all_of_it_is_here() {
    let mut model = home();
    model
        .walks
        .insert(Kind::Invoices, walk(12_600, Some(100_000)));
    model.walks.insert(Kind::Customers, walk(60, Some(120)));
    let told = line(&mut model, 120);
    assert!(
        told.ends_with(
            "leyendo facturas 12,600 de 100,000, clientes 60 de 120 · 7,200 por min · faltan 25 min"
        ),
        "{told}"
    );
    // Where nobody knows of one of them, nobody knows of all.
    model.walks.insert(Kind::Suppliers, walk(60, None));
    assert!(!line(&mut model, 120).contains("faltan"));
}

#[test]
fn the_slow_way_of_the_fiscal_data_is_named_with_its_count_and_its_time() {
    for (lang, width, told) in [
        (
            Lang::Es,
            80,
            "datos fiscales uno por uno: 120 de 3,400 · faltan 28 min",
        ),
        (Lang::Es, 60, "fiscales: 120 de 3,400 · faltan 28 min"),
        (
            Lang::En,
            80,
            "fiscal data one by one: 120 of 3,400 · 28 min left",
        ),
    ] {
        let mut model = home();
        // Without numbers below, there is room for the sentence.
        model.overview = Remote::Ready(Overview::default());
        model.words = Words::new(lang);
        model.fiscal = Some(Headway {
            done: 120,
            all: Some(3_400),
            a_minute: Some(120),
            left: Some(Duration::from_secs(1_640)),
        });
        let screen = rows(&mut model, width, 40);
        assert!(screen[1].trim_end().ends_with(told), "{}", screen[1]);
        let screen = screen.join(" ");
        let slow = match lang {
            Lang::Es => "vía lenta",
            Lang::En => "slow way",
        };
        assert!(screen.contains(slow), "{screen}");
    }
}
