//! A million documents straight from the store: open, scroll to the end, jump, filter, search, with the memory that it
//! takes. So many as `TIMBRA_BENCH_INVOICES` says, a million where it says nothing; they are made once and stay under
//! `target/`. Every measurement asserts what it got.

use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../tests/store/books.rs"]
mod books;
#[path = "../tests/store/making.rs"]
mod making;
#[path = "../tests/store/many.rs"]
mod many;
#[path = "../tests/store/parties.rs"]
mod parties;

use many::{Books, WINDOW};

/// What a keystroke in the box may take with a million documents.
const LOOKUP: Duration = Duration::from_millis(30);
/// Over this many times its budget anything fails, in the best of some tries: machines are noisy.
const NOISE: u32 = 3;
const TRIES: usize = 5;
/// So much memory may come to be used between opening and the end of it all: the order of a million rows and the pages
/// of the file that are kept. In kibibytes.
const MOST_GROWTH: u64 = 32 * 1024;

fn million(criterion: &mut Criterion) {
    let invoices: u32 = std::env::var("TIMBRA_BENCH_INVOICES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(1_000_000);
    let began = Instant::now();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("million");
    let books = Books::made(&folder, invoices);
    eprintln!(
        "{invoices} invoices at hand after {:.1} s, {} bytes each",
        began.elapsed().as_secs_f64(),
        books.bytes_each()
    );
    let before = resident();

    criterion.bench_function("open and first window", |bencher| {
        bencher.iter(|| books.open());
    });
    let reader = books.open();
    tell("open", before);

    let began = Instant::now();
    let slowest = books.scroll_to_the_end(&reader);
    eprintln!(
        "scrolled from the first row to the last in {:.1} s, the slowest window in {:.2} ms",
        began.elapsed().as_secs_f64(),
        slowest.as_secs_f64() * 1000.0
    );
    tell("scrolled", before);

    for (name, offset) in [("jump to the end", books.len() - WINDOW), ("jump home", 0)] {
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| books.jump(&reader, offset));
        });
    }
    criterion.bench_function("the largest amounts first", |bencher| {
        bencher.iter(|| books.largest_first(&reader));
    });
    for (filter, words) in many::FILTERS {
        criterion.bench_function(&format!("filter «{words}»"), |bencher| {
            bencher.iter(|| books.filter(&reader, filter, words));
        });
    }
    for text in many::COLUMNS.into_iter().chain(many::NAMES) {
        criterion.bench_function(&format!("list of «{text}»"), |bencher| {
            bencher.iter(|| books.narrow(&reader, text));
        });
    }
    tell("filtered", before);

    for text in many::shapes(invoices) {
        let is_quick = (0..TRIES).any(|_| {
            let began = Instant::now();
            books.find(&reader, &text);
            began.elapsed() <= LOOKUP * NOISE
        });
        assert!(is_quick, "«{text}»");
        let (hits, newest) = books.find(&reader, &text);
        eprintln!("«{text}»: {hits} hits, the first {newest} of them the newest");
        criterion.bench_function(&format!("find «{text}»"), |bencher| {
            bencher.iter(|| books.find(&reader, &text));
        });
    }
    tell("searched", before);
}

/// Says what memory is in use, and fails where it grew too much since.
fn tell(when: &str, before: Option<u64>) {
    let Some((before, now)) = before.zip(resident()) else {
        return;
    };
    eprintln!("resident after «{when}»: {now} KiB, {before} KiB before");
    assert!(now.saturating_sub(before) <= MOST_GROWTH, "{when}");
}

/// The memory of this process that is in use, in kibibytes, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(1)).warm_up_time(Duration::from_millis(200));
    targets = million
}
criterion_main!(benches);
