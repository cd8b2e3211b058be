//! Every page, at every size, with every text: nothing panics, and the frame stays whole.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use crate::app::accounts::{Accounts, Tree};
use crate::app::compare;
use crate::app::detail::Detail;
use crate::app::find::Find;
use crate::app::form::fixture::{answer, draft, drill, model, press, reply, xenon};
use crate::app::key::{Code, Key};
use crate::app::list::List;
use crate::app::model::{Layer, Model, Screen};
use crate::app::msg::{Effect, Fact, Source, Trouble, TroubleSort};
use crate::app::remote::Remote;
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, Hit, ListQuery, Match, Overview, Window};
use crate::domain::record::{Allocation, Id, Posting, Record, Side};

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
        not_read: 3,
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
    let effects = press(&mut native, Key::char('i'));
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
