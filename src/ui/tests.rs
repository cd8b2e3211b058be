//! Every page, at every size, with every text: nothing panics, and the frame stays whole.

mod going;

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use crate::app::accounts::{Accounts, Tree};
use crate::app::batch::Stage;
use crate::app::batch::desk::{self, Dialog};
use crate::app::compare;
use crate::app::detail::Detail;
use crate::app::find::Find;
use crate::app::form::fixture::{answer, draft, drill, model, press, reply, xenon};
use crate::app::key::{Code, Key};
use crate::app::list::List;
use crate::app::model::{Layer, Model, Screen};
use crate::app::msg::{Effect, Fact, Freshness, Source, Surrounded, Target, Trouble, TroubleSort};
use crate::app::remote::Remote;
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::list::{
    Age, Coverage, Hit, ListQuery, Match, Overview, Receipts, Unstamped, Window,
};
use crate::domain::record::{Allocation, Id, Posting, Record, Side};
use crate::domain::verdict::Readiness;

use super::HitMap;

/// Texts that other programs choke on.
const HOSTILE: &[&str] = &[
    "",
    "Ñandú & <hijos> \"de\" RL",
    "\u{1b}[2J\u{7}\r\n\tborra",
    "شركة التجارة العامة",
    "\u{202e}oicifarg\u{202c}",
    "日本語の会社名はとても長い名前です",
    "👩‍👩‍👧‍👦🧾🇲🇽",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{200b}\u{feff}\u{200d}",
    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
];

fn paint(model: &mut Model, width: u16, height: u16) -> (Buffer, HitMap) {
    model.size = (width, height);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let mut hits = HitMap::default();
    terminal
        .draw(|frame| hits = super::view(model, frame))
        .expect("a frame");
    (terminal.backend().buffer().clone(), hits)
}

/// No cell holds what would move the cursor, and no wide character hangs over the edge.
fn is_whole(buffer: &Buffer) {
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let symbol = buffer.cell((x, y)).expect("a cell").symbol();
            assert!(
                !symbol.chars().any(char::is_control),
                "{symbol:?} at {x},{y}"
            );
            let end = x + u16::try_from(symbol.width()).expect("a width").max(1);
            assert!(end <= buffer.area.width, "{symbol:?} at {x},{y}");
        }
    }
}

/// A record of which every text is this.
fn named(mut record: Record, text: &str) -> Record {
    for field in [
        Field::Name,
        Field::Number,
        Field::Rfc,
        Field::Code,
        Field::Memo,
        Field::Email,
        Field::Terms,
        Field::CfdiUse,
        Field::Regime,
    ] {
        record.set(field, Value::Text(text.into()));
    }
    if let Some(link) = record.link(Field::Contact).cloned() {
        record.set(
            Field::Contact,
            Value::Link(crate::domain::record::Link {
                name: text.into(),
                ..link
            }),
        );
    }
    for line in &mut record.lines {
        line.description = text.into();
    }
    record
}

fn coverage() -> Coverage {
    Coverage {
        cached: 3,
        total: Some(1_000_000),
        ..Coverage::default()
    }
}

fn list(rows: &[Record]) -> Screen {
    let mut list = List::new(ListQuery::natural(rows[0].kind));
    list.arrived(
        Window {
            query: list.query.clone(),
            offset: 0,
            rows: rows.to_vec(),
            total: rows.len() + 5,
            coverage: coverage(),
            judged: BTreeMap::new(),
            receipts: std::collections::BTreeMap::new(),
        },
        20,
    );
    Screen::List(list)
}

fn tree(text: &str) -> Screen {
    let account = |id: &str, parent: Option<&str>| {
        let mut account = named(Record::new(Kind::LedgerAccounts, Id::from(id)), text);
        account.set_some(
            Field::Parent,
            parent.map(|parent| {
                Value::Link(crate::domain::record::Link {
                    id: Id::from(parent),
                    name: text.into(),
                })
            }),
        );
        account
    };
    let mut accounts = Accounts::default();
    let records = vec![
        account("1", None),
        account("2", Some("1")),
        account("3", Some("2")),
    ];
    accounts.arrived(Tree::new(records, coverage()), 20);
    accounts.show_depth(u8::MAX, 20);
    Screen::Accounts(accounts)
}

/// A record with allocations and postings.
fn settled(text: &str) -> Record {
    let link = crate::domain::record::Link {
        id: Id::from("1"),
        name: text.into(),
    };
    let mut record = Record::new(Kind::JournalEntries, Id::from("9"));
    record.allocations = vec![Allocation {
        document: Some(link.clone()),
        kind: Some(Kind::Invoices),
        amount: None,
    }];
    record.postings = vec![Posting {
        account: Some(link),
        side: Some(Side::Credit),
        description: text.into(),
        ..Posting::default()
    }];
    record
}

fn ticket(effects: &[Effect]) -> crate::app::msg::Ticket {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Ask { ticket, .. } => Some(*ticket),
            _ => None,
        })
        .expect("a question")
}

/// Models that between them show every page and every layer, with this text wherever a text comes from outside.
fn models(text: &str) -> Vec<Model> {
    let invoice = named(draft(), text);
    let mut home = model();
    home.overview = Remote::Ready(Overview {
        kinds: vec![(Kind::Invoices, coverage())],
        unstamped: [(
            Kind::Invoices,
            Unstamped {
                not_read: 3,
                ..Unstamped::default()
            },
        )]
        .into(),
        ..Overview::default()
    });
    home.offline = Some(Trouble::new(TroubleSort::Offline, text));
    let mut models = vec![home];
    let mut page = |screen: Screen| {
        let mut model = model();
        if let Remote::Ready(company) = &mut model.company {
            company.name = text.into();
        }
        model.screens.push(screen);
        models.push(model);
    };
    page(list(&[invoice.clone(), draft(), invoice.clone()]));
    page(list(&[named(xenon(), text), xenon()]));
    page(list(&[named(drill(), text)]));
    page(Screen::List(List::new(ListQuery::natural(Kind::Invoices))));
    page(tree(text));
    page(Screen::Detail(Detail::new(Kind::Invoices, Id::from("1"))));
    let mut failed = Detail::showing(invoice.clone());
    failed.record.fail(Trouble::new(TroubleSort::Server, text));
    page(Screen::Detail(failed));
    page(Screen::Detail(Detail::showing(invoice.clone())));
    page(Screen::Detail(Detail::showing(settled(text))));
    let below = models[1].clone();
    for key in [Key::char('?'), Key::char(':')] {
        let mut layered = below.clone();
        press(&mut layered, key);
        models.push(layered);
    }
    for key in ['s', 'f', 'o', 'D'] {
        let mut layered = below.clone();
        press(&mut layered, Key::char(key));
        models.push(layered);
    }
    let mut native = below.clone();
    let effects = press(&mut native, Key::char('w'));
    let fact = Fact::Native {
        id: invoice.id.clone(),
        raw: serde_json::json!({ text: [text, null, { text: 1160.10 }] }).to_string(),
        read_at: Some(native.now),
        fresh: true,
    };
    reply(&mut native, Some(ticket(&effects)), fact);
    models.push(native);
    let mut compared = below.clone();
    compare::open(&mut compared, &draft(), invoice.clone(), draft());
    models.push(compared);
    let mut find = Find {
        coverage: Some(coverage()),
        hits: [invoice.clone(), named(xenon(), text), named(drill(), text)]
            .into_iter()
            .map(|record| Hit {
                books: None,
                record,
                why: vec![Match::Name, Match::BeforeTax],
            })
            .collect(),
        ..Find::default()
    };
    find.line.paste(text);
    let mut finding = below.clone();
    finding.layers.push(Layer::Find(find));
    models.push(finding);
    let mut card = below.clone();
    card.screens
        .push(Screen::Detail(Detail::showing(invoice.clone())));
    let effects = press(&mut card, Key::char('T'));
    let fresh = ticket(&effects);
    models.push(card.clone());
    let fact = Fact::Record {
        record: Box::new(invoice.clone()),
        source: Source::Native,
    };
    let effects = reply(&mut card, Some(fresh), fact);
    answer(&mut card, &effects);
    models.push(card);
    let mut batch = below.clone();
    batch.layers.push(Layer::Batch(Dialog::default()));
    let (id, first) = (invoice.id.clone(), Freshness::Server);
    let effects = desk::begin(&mut batch, vec![id.clone()], first);
    models.push(batch.clone());
    let read = Surrounded::Here {
        document: Box::new(invoice.clone()),
        receiver: Some(Box::new(named(xenon(), text))),
        items: BTreeMap::new(),
    };
    let fact = Fact::Surroundings(vec![(id, read)]);
    reply(&mut batch, Some(ticket(&effects)), fact);
    assert!(
        batch
            .batch
            .as_ref()
            .is_some_and(|lot| lot.batch.stage() != Stage::Reading)
    );
    models.push(batch);
    let mut form = below;
    form.screens.push(Screen::Detail(Detail::showing(invoice)));
    let effects = press(&mut form, Key::char('e'));
    answer(&mut form, &effects);
    models.push(form.clone());
    press(&mut form, Key::plain(Code::F(3)));
    models.push(form);
    models
}

#[test]
fn every_page_survives_every_size_with_every_text() {
    let widths = [
        0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 79, 80, 99, 100, 120, 160, 200,
    ];
    let heights = [0, 1, 2, 3, 4, 5, 7, 10, 16, 24, 40, 60];
    for text in HOSTILE {
        for mut model in models(text) {
            for (width, height) in widths.iter().flat_map(|w| heights.map(|h| (*w, h))) {
                let (buffer, _) = paint(&mut model, width, height);
                is_whole(&buffer);
            }
        }
    }
}

#[test]
fn behind_the_mask_no_page_or_layer_shows_an_amount_or_the_name_of_a_customer() {
    for mut model in models("A-7") {
        let shown = rows(&mut model, 120, 40).join("\n");
        model.masked = true;
        let masked = rows(&mut model, 120, 40).join("\n");
        for name in ["XENON", "XIA190128J61"] {
            assert!(!masked.contains(name), "{name}:\n{masked}");
        }
        let letters: Vec<char> = masked.chars().collect();
        let amount = letters.windows(4).find(|four| {
            matches!(four, [whole, '.', tens, units]
                if [whole, tens, units].iter().all(|digit| digit.is_ascii_digit()))
        });
        assert_eq!(amount, None, "{masked}");
        // Whose books these are, and that something is hidden, stay in the frame (law 5).
        let frame = masked.lines().next().unwrap_or_default();
        assert!(
            frame.contains("EKU9003173C9") && frame.contains("OCULTO"),
            "{frame}"
        );
        assert_eq!(shown.lines().count(), masked.lines().count());
    }
}

#[test]
fn the_rfc_and_the_footer_stay_whatever_the_names_are() {
    for text in HOSTILE {
        for mut model in models(text) {
            let (buffer, _) = paint(&mut model, 80, 24);
            let row = |y: u16| -> String {
                (0..80)
                    .filter_map(|x| buffer.cell((x, y)).map(|cell| cell.symbol()))
                    .collect()
            };
            assert!(row(0).contains("EKU9003173C9"), "{text:?}: {}", row(0));
            assert_ne!(row(23).trim(), "", "{text:?}");
        }
    }
}

/// The rows of a screen as text.
fn rows(model: &mut Model, width: u16, height: u16) -> Vec<String> {
    let (buffer, _) = paint(model, width, height);
    (0..height)
        .map(|y| {
            (0..width)
                .filter_map(|x| buffer.cell((x, y)).map(|cell| cell.symbol()))
                .collect::<String>()
        })
        .collect()
}

/// Unstamped documents of every age and standing.
fn numbers(each: usize) -> Unstamped {
    Unstamped {
        drafts: each,
        issued: each,
        ages: Age::ALL.map(|age| (age, each)).into(),
        readiness: Readiness {
            ready: each,
            warnings: each,
            errors: each,
            unjudged: each,
            until: None,
        },
        not_read: each,
    }
}

/// Home with its numbers read at noon.
fn home() -> Model {
    let mut home = model();
    let read = Coverage {
        read_at: Some(home.now),
        complete_at: Some(home.now),
        cached: 1240,
        total: Some(1240),
    };
    home.overview = Remote::Ready(Overview {
        kinds: vec![(Kind::Invoices, read)],
        unstamped: [
            (Kind::Invoices, numbers(1_204)),
            (Kind::CreditNotes, numbers(2)),
        ]
        .into(),
        receipts: Receipts {
            missing: 1_007,
            due: Some(date(2026, 4, 5)),
            unread: 0,
        },
        ..Overview::default()
    });
    home
}

#[test]
fn without_a_connection_the_hour_of_the_data_stays_at_every_width() {
    let mut model = home();
    model.offline = Some(Trouble::new(TroubleSort::Offline, ""));
    for (width, shown) in [
        (120, "sandbox · ⚠ sin conexión · datos de las 12:00"),
        (80, "sandbox · ⚠ sin conexión · datos de las 12:00"),
        (60, "⚠ sin conexión · 12:00"),
    ] {
        let title = rows(&mut model, width, 24).remove(0);
        assert!(title.contains(shown), "{title}");
        assert!(title.contains("EKU9003173C9"), "{title}");
        assert!(title.contains("ESCUELA KEM"), "{title}");
    }
}

#[test]
fn home_tells_the_ages_the_standings_and_the_receipts_apart_at_80_by_24() {
    let page = rows(&mut home(), 80, 24);
    for (label, number) in [
        ("Facturas sin timbrar", "2,408"),
        ("─ fuera de las 72 h", "1,204"),
        ("─ quedan menos de 24 h", "1,204"),
        ("─ quedan de 24 a 48 h", "1,204"),
        ("─ quedan de 48 a 72 h", "1,204"),
        ("─ ya emitidas (no borradores)", "1,204"),
        ("Sin leer sus datos fiscales", "1,204"),
        ("Listas para timbrar", "1,204"),
        ("Con avisos", "1,204"),
        ("Con errores", "1,204"),
        ("Sin revisar", "1,204"),
        // The payments were not walked to their end: nobody can say how many.
        ("PPD sin REP", "—"),
        ("Notas de crédito sin timbrar", "—"),
        ("NC · Con errores", "—"),
    ] {
        assert!(
            page.iter().any(|line| {
                line.find(label).is_some_and(|at| {
                    let after = line.get(at + label.len()..).unwrap_or_default();
                    after.split_whitespace().next() == Some(number)
                })
            }),
            "{label} {number}:\n{}",
            page.join("\n")
        );
    }
}

#[test]
fn unfinished_forms_name_their_record_and_are_told_apart() {
    use crate::app::form::fixture::{editing, form, new_invoice};
    let mut model = home();
    let edit = form(&editing()).body();
    let fresh = form(&new_invoice()).body();
    for (slot, body) in [("a", &edit), ("b", &fresh), ("c", &fresh)] {
        model.unfinished.insert(slot.into(), body.clone());
    }
    for (width, height) in [(80, 24), (120, 40), (60, 15)] {
        let page = rows(&mut model, width, height).join("\n");
        for label in ["XENON INDUSTRIAL", "Nueva factura ", "Nueva factura (2)"] {
            assert!(page.contains(label), "{label} at {width}×{height}:\n{page}");
        }
    }
}

#[test]
fn the_selected_entry_of_home_is_in_view_however_low_the_screen_is() {
    let mut model = home();
    for _ in 0..41 {
        press(&mut model, Key::plain(Code::Down));
        let (_, hits) = paint(&mut model, 60, 9);
        let selected = match model.screen() {
            Some(Screen::Home(home)) => home.selected,
            other => panic!("no home but {other:?}"),
        };
        let seen = hits
            .areas
            .iter()
            .any(|(area, target)| !area.is_empty() && *target == Target::Row(selected));
        assert!(seen, "{selected}");
    }
}

#[test]
fn a_terminal_that_is_too_small_says_so_and_keys_go_on() {
    let mut model = home();
    let page = rows(&mut model, 30, 6).join("\n");
    assert!(
        page.contains("30×6") && page.contains("EKU9003173C9"),
        "{page}"
    );
    press(&mut model, Key::char('g'));
    press(&mut model, Key::char('a'));
    assert!(matches!(model.screen(), Some(Screen::Accounts(_))));
    assert!(!rows(&mut model, 80, 24).join("\n").contains("pequeña"));
}

#[test]
fn a_hit_at_sixty_columns_still_tells_itself_apart() {
    let mut model = home();
    let mut record = draft();
    record.set(Field::Number, Value::Text("A-101".into()));
    let mut find = Find {
        coverage: Some(coverage()),
        hits: vec![Hit {
            books: None,
            record,
            why: vec![Match::Total, Match::Date],
        }],
        ..Find::default()
    };
    find.line.set("1160 mar");
    model.layers.push(Layer::Find(find));
    let page = rows(&mut model, 60, 15).join("\n");
    for part in [
        "A-101",
        "18/03/2026",
        "XENON INDUSTRIAL AR",
        "1,160.00",
        "BORRADOR",
        "total, fecha",
    ] {
        assert!(page.contains(part), "{part}:\n{page}");
    }
}

#[test]
fn where_all_is_alike_and_there_is_more_both_are_said_at_eighty_columns() {
    for (why, more, told) in [
        (
            Match::Similar,
            true,
            "Nada se llama así · 50 parecidos, hay más",
        ),
        (Match::Similar, false, "Nada se llama así · 50 parecidos ·"),
        (
            Match::SimilarRfc,
            true,
            "Nadie tiene ese RFC · 50 parecidos, hay más",
        ),
        (
            Match::SimilarRfc,
            false,
            "Nadie tiene ese RFC · 50 parecidos ·",
        ),
        (Match::Name, true, "Los primeros 50, hay más: acotar"),
        (Match::Name, false, "50 resultados"),
    ] {
        let mut model = home();
        let hit = Hit {
            books: None,
            record: draft(),
            why: vec![why],
        };
        let million = Coverage {
            cached: 1_000_000,
            total: Some(1_000_000),
            ..coverage()
        };
        let find = Find {
            coverage: Some(million),
            hits: vec![hit; 50],
            more,
            ..Find::default()
        };
        model.layers.push(Layer::Find(find));
        let page = rows(&mut model, 80, 24).join("\n");
        assert!(page.contains(told), "{told}:\n{page}");
        assert!(
            page.contains("1,000,000 de 1,000,000 facturas"),
            "{told}:\n{page}"
        );
    }
}

#[test]
fn the_end_of_a_long_page_can_be_reached_and_left_at_every_size() {
    let mut long = draft();
    long.set(Field::OriginalString, Value::Text("x".repeat(20_000)));
    for (width, height) in [(80, 24), (60, 15), (200, 50)] {
        let mut model = model();
        model.size = (width, height);
        model
            .screens
            .push(Screen::Detail(Detail::showing(long.clone())));
        press(&mut model, Key::plain(Code::End));
        let (_, hits) = paint(&mut model, width, height);
        let last_top = hits.last_top().expect("a page of text");
        assert!(last_top > 10);
        let at = model.now;
        crate::app::update(&mut model, crate::app::msg::Msg::Laid { last_top }, at);
        let end = rows(&mut model, width, height);
        press(&mut model, Key::plain(Code::Up));
        assert_ne!(
            rows(&mut model, width, height),
            end,
            "the first key up moves"
        );
    }
}

#[test]
fn whatever_can_be_pointed_at_lies_on_the_screen() {
    for mut model in models("XENON") {
        for (width, height) in [(0, 0), (20, 5), (80, 24), (200, 60)] {
            let (_, hits) = paint(&mut model, width, height);
            for (area, target) in hits.areas.iter().filter(|(area, _)| !area.is_empty()) {
                assert!(
                    area.right() <= width && area.bottom() <= height,
                    "{target:?} at {area:?} on {width}x{height}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_at_any_size_leaves_the_frame_whole(
        text in "\\PC{0,60}",
        width in 0u16..=200,
        height in 0u16..=60,
    ) {
        for mut model in models(&text) {
            is_whole(&paint(&mut model, width, height).0);
        }
    }
}
