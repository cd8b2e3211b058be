//! A frame, and a key with the frame that answers it. Each bench asserts what it painted.
//!
//! Run with `cargo bench --bench screen`. Budgets: 2 ms from key to frame in the median (docs/benches.md).

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use jiff::civil::date;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use timbra::app::key::{Code, Key};
use timbra::app::model::{Beginning, Colours, Venue};
use timbra::app::msg::{Effect, Fact, Reply, Request};
use timbra::app::{self, Model, Msg};
use timbra::domain::company::{Company, CompanyId};
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::list::{Coverage, Window};
use timbra::domain::record::{Id, Link, Record};
use timbra::domain::stamp::Stamp;
use timbra::domain::status::Status;
use timbra::store::cache::{Cache, Row};
use timbra::words::{Lang, Words};

const ALL: usize = 100_000;

fn company() -> Company {
    Company {
        id: CompanyId("bench".into()),
        number: None,
        name: "ESCUELA KEMPER URGATE".into(),
        rfc: "EKU9003173C9".into(),
        regime: Some("601".into()),
        zip: Some("42501".into()),
        currency: "MXN".into(),
    }
}

fn model(words: Arc<Words>) -> Model {
    Model::new(Beginning {
        size: (200, 50),
        now: Timestamp::UNIX_EPOCH,
        words,
        colours: Colours::Dark,
        venue: Venue::Demo,
        company_id: company().id,
        company: Some(company()),
        companies: Vec::new(),
        profile: None,
        read_only: false,
        type_total_from: None,
        session: "bench".into(),
    })
}

fn invoice(number: usize) -> Record {
    let mut record = Record::new(Kind::Invoices, Id(number.to_string()));
    let text = |text: String| Value::Text(text);
    record.set(Field::Number, text(format!("A-{number}")));
    record.set(
        Field::Contact,
        Value::Link(Link {
            id: Id::from("7"),
            name: "XENON INDUSTRIAL ARTICLES".into(),
        }),
    );
    record.set(Field::Rfc, text("XIA190128J61".into()));
    let day = i8::try_from(number % 28).unwrap_or(0) + 1;
    record.set(Field::Date, Value::Date(date(2026, 3, day)));
    record.set(Field::DueDate, Value::Date(date(2026, 4, day)));
    let total = rust_decimal::Decimal::new(1_160_000 + i64::try_from(number).unwrap_or(0), 2);
    record.set(Field::Total, Value::Money(total.into()));
    record.set(Field::Balance, Value::Money(total.into()));
    record.set(Field::Status, Value::Status(Status::Authorised));
    record.native_read = true;
    let uuid = format!("5F3C1A90-7B2E-4D11-9C55-{number:012X}");
    record.stamp = uuid.parse().map_or(Stamp::Unstamped, Stamp::Stamped);
    record
}

/// Answers what a list asks for, as the worker would.
fn answer(model: &mut Model, effects: Vec<Effect>) {
    for effect in effects {
        let Effect::Ask {
            ticket,
            request: Request::Window { query, offset, len },
        } = effect
        else {
            continue;
        };
        let window = Window {
            query,
            offset,
            rows: (offset..(offset + len).min(ALL)).map(invoice).collect(),
            total: ALL,
            coverage: Coverage {
                cached: ALL,
                total: Some(ALL),
                complete_at: None,
                read_at: Some(Timestamp::UNIX_EPOCH),
            },
            judged: BTreeMap::new(),
            receipts: BTreeMap::new(),
        };
        let reply = Reply {
            company: company().id,
            ticket: Some(ticket),
            fact: Fact::Window(window),
        };
        let more = app::update(model, Msg::Worker(Box::new(reply)), Timestamp::UNIX_EPOCH);
        answer(model, more);
    }
}

fn press(model: &mut Model, key: Key) {
    let effects = app::update(model, Msg::Key(key), Timestamp::UNIX_EPOCH);
    answer(model, effects);
}

fn painted(terminal: &Terminal<TestBackend>) -> String {
    let buffer = terminal.backend().buffer();
    buffer.content().iter().map(|cell| cell.symbol()).collect()
}

fn frames(bench: &mut Criterion) {
    let mut model = model(Words::new(Lang::Es));
    press(&mut model, Key::char('g'));
    press(&mut model, Key::char('f'));
    let mut terminal = Terminal::new(TestBackend::new(200, 50)).expect("a screen in memory");
    bench.bench_function("frame of a list of 100,000 at 200x50", |b| {
        b.iter(|| {
            terminal
                .draw(|frame| {
                    black_box(timbra::ui::view(&model, frame));
                })
                .map(|_| ())
        });
    });
    assert!(painted(&terminal).contains("100,000 de 100,000"));
    bench.bench_function("key to painted frame in a list of 100,000", |b| {
        b.iter(|| {
            press(&mut model, Key::plain(Code::Down));
            terminal
                .draw(|frame| {
                    black_box(timbra::ui::view(&model, frame));
                })
                .map(|_| ())
        });
    });
    assert!(painted(&terminal).contains("XENON INDUSTRIAL ARTICLES"));
}

/// What a start does before its first complete frame: open the cache, read the company, paint the list's first rows.
fn first_frame(bench: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    let mut cache = Cache::open(&path).expect("a cache");
    cache.put_company(&company()).expect("the company");
    for from in (0..ALL).step_by(10_000) {
        let records: Vec<Record> = (from..from + 10_000).map(invoice).collect();
        let rows: Vec<Row<'_>> = records
            .iter()
            .map(|record| Row { record, raw: None })
            .collect();
        cache
            .upsert(&company().id, &rows, Timestamp::UNIX_EPOCH)
            .expect("the rows");
    }
    drop(cache);
    bench.bench_function("first frame with 100,000 cached invoices", |b| {
        b.iter(|| {
            let reader = Cache::open_reader(&path).expect("a reader");
            let mut model = model(Words::new(Lang::Es));
            let company = reader.company(&model.company_id).expect("a read");
            assert!(company.is_some());
            press(&mut model, Key::char('g'));
            let effects = app::update(&mut model, Msg::Key(Key::char('f')), Timestamp::UNIX_EPOCH);
            for effect in effects {
                if let Effect::Ask {
                    ticket,
                    request: Request::Window { query, offset, len },
                } = effect
                {
                    let window = reader
                        .window(&model.company_id, &query, date(2026, 3, 31), offset, len)
                        .expect("a window");
                    let reply = Reply {
                        company: model.company_id.clone(),
                        ticket: Some(ticket),
                        fact: Fact::Window(window),
                    };
                    app::update(
                        &mut model,
                        Msg::Worker(Box::new(reply)),
                        Timestamp::UNIX_EPOCH,
                    );
                }
            }
            let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a screen");
            terminal
                .draw(|frame| {
                    timbra::ui::view(&model, frame);
                })
                .expect("a frame");
            assert!(painted(&terminal).contains("100,000"));
        });
    });
}

criterion_group! {
    name = screen;
    config = Criterion::default().sample_size(30);
    targets = frames, first_frame
}
criterion_main!(screen);
