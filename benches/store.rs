//! How long the cache takes to count and to tell habits, with so many invoices as `TIMBRA_BENCH_INVOICES` says (100,000 where
//! it says nothing), and a log of 100,000 entries to be looked into. Lists and searches are measured by the bench of the
//! million. Every measurement asserts what it got.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use fastrand::Rng;
use timbra::domain::audit::{AuditQuery, Said};
use timbra::store::cache::Cache;
use timbra::store::durable::{AuditScan, Durable};

#[path = "../tests/store/books.rs"]
mod books;

use books::{Page, TODAY, company};

const CUSTOMERS: u32 = 2_000;

fn fill(path: &Path, invoices: u32) {
    let began = Instant::now();
    let mut cache = Cache::open(path).expect("a cache");
    let mut rng = Rng::with_seed(1);
    let mut ids = 1..=invoices;
    loop {
        let pages: Vec<Page> = ids
            .by_ref()
            .take(1_000)
            .map(|n| books::invoice(&mut rng, n, invoices, books::one_of(CUSTOMERS)))
            .collect();
        if pages.is_empty() {
            break;
        }
        books::fill(&mut cache, &company(), &pages);
    }
    let seconds = began.elapsed().as_secs_f64();
    drop(cache);
    let bytes = std::fs::metadata(path).expect("a file").len();
    eprintln!(
        "filled with {invoices} invoices in {seconds:.1} s (books included), {} bytes an invoice",
        bytes / u64::from(invoices)
    );
}

fn store(criterion: &mut Criterion) {
    let invoices: u32 = std::env::var("TIMBRA_BENCH_INVOICES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    fill(&path, invoices);
    let cache = Cache::open_reader(&path).expect("a reader");
    // The books of this bench have a name behind each contact and a key behind each line.
    criterion.bench_function("usual keys of the latest invoices", |bencher| {
        bencher.iter(|| {
            let habits = cache.habits(&company(), TODAY).expect("habits");
            let usual = habits.keys(timbra::domain::spec::CatalogueName::CfdiUse, 5);
            assert!(!usual.is_empty());
        });
    });
    criterion.bench_function("overview", |bencher| {
        bencher.iter(|| black_box(cache.overview(&company(), TODAY).expect("an overview")));
    });
}

/// Entries of the audit log, rows of a page of it, and entries that are looked at in one go.
const ENTRIES: u32 = 100_000;
const PAGE: usize = 60;
const STRETCH: usize = 1_000;

/// A log whose entries say about as much as real ones; its chain is not sealed, because nothing here checks it.
fn fill_log(path: &Path) {
    drop(Durable::open(path).expect("a file"));
    let mut file = rusqlite::Connection::open(path).expect("the same file");
    let change = file.transaction().expect("a change");
    for n in 1..=ENTRIES {
        let detail = format!(
            r#"{{"asked":{{"stamp":"{n}"}},"before":{{"number":"A-{n}","contact":"UNIVERSIDAD ROBÓTICA {n}","rfc":"URE180429TM6",
            "date":"2026-03-18","total":"11600.00"}},"by":"ana@caja","user":"ana","host":"caja","profile":"kemper",
            "kind":"invoices","id":"{n}","number":"A-{n}","contact":"UNIVERSIDAD ROBÓTICA {n}"}}"#
        );
        let entry = (
            &company().0,
            n,
            "2026-03-18T12:00:00Z",
            "stamp-sent",
            format!("act {n}"),
            detail,
        );
        change
            .prepare_cached("INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, zeroblob(32))")
            .and_then(|mut statement| statement.execute(entry))
            .expect("an entry");
    }
    change.commit().expect("written");
}

/// How long the audit log takes to show a page, at its begin and at its end, and to be gone through for a word.
fn log(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("durable.db");
    fill_log(&path);
    let durable = Durable::open(&path).expect("a log");
    let all = ENTRIES as usize;
    let begin = |query: &AuditQuery| {
        AuditScan::begin(&durable, &company(), query.clone()).expect("a search")
    };
    for (name, offset) in [("first", 0), ("last", all - PAGE)] {
        criterion.bench_function(&format!("log of {ENTRIES}: its {name} page"), |bencher| {
            bencher.iter(|| {
                let mut scan = begin(&AuditQuery::default());
                scan.advance(&durable, STRETCH).expect("read");
                let rows = scan.rows(&durable, offset, PAGE).expect("rows");
                assert_eq!((rows.len(), scan.found()), (PAGE, all));
            });
        });
    }
    let word = |word: &str| AuditQuery {
        words: vec![Said {
            word: word.to_owned(),
            events: Vec::new(),
        }],
        ..AuditQuery::default()
    };
    criterion.bench_function("log: one stretch of a search", |bencher| {
        let query = word("robotica");
        bencher.iter(|| {
            let mut scan = begin(&query);
            scan.advance(&durable, STRETCH).expect("read");
            assert_eq!(scan.found(), STRETCH);
        });
    });
    criterion.bench_function(
        &format!("log of {ENTRIES}: all of it for a word"),
        |bencher| {
            let query = word("robotica 17");
            bencher.iter(|| {
                let mut scan = begin(&query);
                while !scan.is_over() {
                    scan.advance(&durable, STRETCH).expect("read");
                }
                assert_eq!(scan.found(), 1_111);
            });
        },
    );
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = store
}
criterion_group! {
    name = logs;
    config = Criterion::default().sample_size(10);
    targets = log
}
criterion_main!(benches, logs);
