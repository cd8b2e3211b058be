//! Books of any size, made straight into a file of the store, and what a bookkeeper does with them: open, scroll to the
//! end, jump, filter, search. The bench does it with a million documents, the test with ten thousand.
//!
//! How many answers there are to each question is counted while the books are made, by the judge of the search and
//! without any index. Every question is asked through [`Books`], which compares what it got with that.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde::{Deserialize, Serialize};
use timbra::domain::field::Field;
use timbra::domain::kind::Kind;
use timbra::domain::list::{Direction, Filter, ListQuery, MOST_FOUND, Only};
use timbra::domain::record::Record;
use timbra::search::facts::Facts;
use timbra::search::language::parse;
use timbra::store::cache::{Cache, Reader, Row, RowId, Slips};

use super::books::{self, Page, TODAY, company, read_at};

/// Rows of three screens of forty lines.
pub const WINDOW: usize = 120;
/// Hits that the box asks for.
pub const HITS: usize = 50;
/// Customers of the books.
const CUSTOMERS: u32 = 2_000;
/// Invoices that are written at once.
const AT_ONCE: usize = 1_000;

/// Lists narrowed by a filter, and the words that ask for the same.
pub const FILTERS: [(Filter, &str); 3] = [
    (Filter::Unstamped, "sin timbrar"),
    (Filter::Overdue, "vencida"),
    (Filter::PartiallyPaid, "parcialmente pagada"),
];

/// Lists narrowed by what columns and days can tell: they are whole, however long they are.
pub const COLUMNS: [&str; 4] = [
    "1000..1010 2026-01..2026-03",
    "2026-01..2026-03",
    "serie:zz",
    ">40000 <41000",
];

/// Lists narrowed by names, and by words that may be names as well: they stop at [`MOST_FOUND`].
pub const NAMES: [&str; 4] = [
    "cliente:univ >10000",
    "martinez marzo",
    ">30000 ppd",
    "pagada",
];

/// A file of the store with so many invoices, and what is known of them.
pub struct Books {
    path: PathBuf,
    invoices: u32,
    known: Known,
}

/// What is noted beside the file, so that it is made once.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// What the file was made by. One that was made by anything else is made anew.
    edition: u64,
    /// How many invoices answer each question.
    answers: BTreeMap<String, usize>,
}

/// The nth invoice of so many; each has luck of its own, so that any one of them can be told without the others.
fn invoice(n: u32, of: u32) -> Page {
    books::invoice(&mut Rng::with_seed(u64::from(n)), n, of, CUSTOMERS)
}

/// A stamped invoice in the middle of so many.
fn sample(of: u32) -> Record {
    (1..=of / 2)
        .rev()
        .map(|n| invoice(n, of).record)
        .find(|record| record.stamp.uuid().is_some())
        .expect("a stamped invoice")
}

/// What is typed into the box, in every shape that it knows.
pub fn shapes(invoices: u32) -> Vec<String> {
    let sample = sample(invoices);
    let uuid = sample
        .stamp
        .uuid()
        .map(ToString::to_string)
        .unwrap_or_default();
    let total = sample.money(Field::Total).expect("a total").decimal();
    let rfc = sample.text(Field::Rfc);
    let mut shapes: Vec<String> = [
        "u",
        "univ",
        "universidad robotica",
        "mar",
        "11600 mar",
        "univ mar",
        "comer azteca dic 2025",
        "101",
        "A-4711",
        "xyzzy",
        "borrador",
        "univ borrador",
        "sin timbrar",
        "vencida",
        "vencida univ ppd",
        "pagada",
        "cancelada mar",
        "facturas univ",
        "cliente:univ >10000",
        "> 10000",
        ">90000000",
        "1000..1010 2026-01..2026-03",
        "<0.01 ppd",
        "serie:zz",
        ">9000 serie:zz",
        ">9000 serie:zz univ",
        ">57000 ppd borrador",
        "2026-01..2026-03 vencida",
        "cuenta:banamex",
    ]
    .map(str::to_owned)
    .to_vec();
    shapes.extend([
        uuid.clone(),
        uuid.chars().skip(32).collect(),
        uuid.chars().skip(9).take(9).collect(),
        total.to_string(),
        format!("{total} {rfc}"),
    ]);
    shapes
}

/// Everything that is asked of these books.
fn questions(invoices: u32) -> Vec<String> {
    let fixed = FILTERS
        .iter()
        .map(|(_, words)| *words)
        .chain(COLUMNS)
        .chain(NAMES);
    let mut all = shapes(invoices);
    all.extend(fixed.map(str::to_owned));
    all.sort();
    all.dedup();
    all
}

impl Books {
    /// The books in this folder, made where they are not there or were made by anything else than what is here now.
    pub fn made(folder: &Path, invoices: u32) -> Self {
        fs::create_dir_all(folder).expect("a folder");
        let path = folder.join(format!("{invoices}.db"));
        let note = folder.join(format!("{invoices}.json"));
        let edition = edition(invoices);
        let noted = fs::read(&note)
            .ok()
            .and_then(|text| serde_json::from_slice::<Known>(&text).ok())
            .filter(|known| known.edition == edition);
        let known = noted.unwrap_or_else(|| {
            for old in [".db", ".db-wal", ".db-shm", ".json"] {
                // What is not there needs no removing.
                let _ = fs::remove_file(folder.join(format!("{invoices}{old}")));
            }
            let known = Known {
                edition,
                answers: fill(&path, invoices),
            };
            // Last of all: books that were left half made are made anew.
            let text = serde_json::to_vec_pretty(&known).expect("JSON");
            fs::write(&note, text).expect("a note");
            known
        });
        Self {
            path,
            invoices,
            known,
        }
    }

    /// Rows of the whole list.
    pub fn len(&self) -> usize {
        self.invoices as usize
    }

    /// Bytes that an invoice takes on the disk.
    pub fn bytes_each(&self) -> u64 {
        let file = fs::metadata(&self.path).expect("a file");
        file.len() / u64::from(self.invoices)
    }

    /// How many invoices answer a question.
    fn answers(&self, text: &str) -> usize {
        *self.known.answers.get(text).expect("a question")
    }

    /// Opens the books as the program does, and reads the first window.
    pub fn open(&self) -> Reader {
        drop(Cache::open(&self.path).expect("a cache"));
        let reader = Cache::open_reader(&self.path).expect("a reader");
        self.jump(&reader, 0);
        reader
    }

    /// The window from this row on.
    pub fn jump(&self, reader: &Reader, offset: usize) {
        let window = reader
            .window(&company(), &all(), TODAY, offset, WINDOW)
            .expect("a window");
        assert_eq!(window.total, self.len());
        self.check_rows(offset, &window.rows);
    }

    /// The last invoice is the first row, and so on: days rise with the numbers.
    fn check_rows(&self, offset: usize, rows: &[Record]) {
        let expected = offset..(offset + WINDOW).min(self.len());
        assert_eq!(rows.len(), expected.len());
        for (place, row) in expected.zip(rows) {
            assert_eq!(row.id.as_str(), (self.len() - place).to_string());
        }
    }

    /// The rows of a whole list, as the worker keeps them.
    fn order(&self, reader: &Reader, query: &ListQuery) -> Vec<RowId> {
        let order = reader
            .ordered_ids(&company(), query, TODAY)
            .expect("an order");
        assert_eq!(order.len(), self.len());
        order
    }

    /// Scrolls from the first row to the last as the worker serves it, window by window, and gives the slowest one.
    pub fn scroll_to_the_end(&self, reader: &Reader) -> Duration {
        let order = self.order(reader, &all());
        let mut slowest = Duration::ZERO;
        for (page, keys) in order.chunks(WINDOW).enumerate() {
            let began = Instant::now();
            let rows = reader.rows(keys).expect("rows");
            slowest = slowest.max(began.elapsed());
            self.check_rows(page * WINDOW, &rows);
        }
        slowest
    }

    /// A list narrowed by a filter: its first window and its last.
    pub fn filter(&self, reader: &Reader, filter: Filter, words: &str) {
        let query = ListQuery { filter, ..all() };
        let total = self.answers(words);
        for offset in [0, total.saturating_sub(WINDOW)] {
            let window = reader
                .window(&company(), &query, TODAY, offset, WINDOW)
                .expect("a window");
            assert_eq!(window.total, total, "{words}");
            assert_eq!(window.rows.len(), total.min(WINDOW), "{words}");
            self.judge(words, &window.rows);
        }
    }

    /// A list narrowed by what was typed over it.
    pub fn narrow(&self, reader: &Reader, text: &str) {
        let only = Only {
            text: text.to_owned(),
            ..Only::default()
        };
        let query = ListQuery { only, ..all() };
        let window = reader
            .window(&company(), &query, TODAY, 0, WINDOW)
            .expect("a window");
        let answers = self.answers(text);
        let total = match COLUMNS.contains(&text) {
            true => answers,
            false => answers.min(MOST_FOUND),
        };
        assert_eq!(window.total, total, "{text}");
        assert_eq!(window.rows.len(), total.min(WINDOW), "{text}");
        self.judge(text, &window.rows);
    }

    /// The list with the largest amounts first.
    pub fn largest_first(&self, reader: &Reader) {
        let query = ListQuery {
            sort: Field::Total,
            direction: Direction::Descending,
            ..all()
        };
        let order = self.order(reader, &query);
        let ends = [order.first(), order.last()].map(|key| *key.expect("a row"));
        let totals: Vec<_> = reader
            .rows(&ends)
            .expect("rows")
            .iter()
            .map(|row| row.money(Field::Total).expect("a total").decimal())
            .collect();
        assert!(totals.first() > totals.last(), "{totals:?}");
    }

    /// Types this into the box.
    pub fn find(&self, reader: &Reader, text: &str) {
        let found = reader
            .find(
                &company(),
                &parse(text, TODAY),
                &Kind::ALL,
                HITS,
                Slips::Refused,
            )
            .expect("found");
        let answers = self.answers(text);
        // A search that gave up says so.
        let is_whole = found.hits.len() == answers.min(HITS);
        assert!(is_whole || found.more, "{text}: {}", found.hits.len());
        assert!(answers <= HITS || found.more, "{text}");
        let rows: Vec<Record> = found.hits.into_iter().map(|hit| hit.record).collect();
        self.judge(text, &rows);
    }

    /// Every row is an answer to what was asked.
    fn judge(&self, text: &str, rows: &[Record]) {
        let query = parse(text, TODAY);
        for row in rows {
            assert!(query.explain(&Facts::of(row)).is_some(), "{text}: {row:?}");
        }
    }
}

/// The invoices, in the order of a new file.
fn all() -> ListQuery {
    ListQuery::natural(Kind::Invoices)
}

/// Writes the invoices, and counts the answers to each question.
fn fill(path: &Path, invoices: u32) -> BTreeMap<String, usize> {
    let mut cache = Cache::open(path).expect("a cache");
    let mut questions: Vec<_> = questions(invoices)
        .into_iter()
        .map(|text| (parse(&text, TODAY), text, 0))
        .collect();
    let numbers: Vec<u32> = (1..=invoices).collect();
    for numbers in numbers.chunks(AT_ONCE) {
        let pages: Vec<Page> = numbers.iter().map(|n| invoice(*n, invoices)).collect();
        for page in &pages {
            let facts = Facts::of(&page.record);
            for (query, _, answers) in &mut questions {
                *answers += usize::from(query.explain(&facts).is_some());
            }
        }
        let rows: Vec<Row<'_>> = pages
            .iter()
            .map(|page| Row {
                record: &page.record,
                raw: page.raw.as_deref(),
            })
            .collect();
        cache.upsert(&company(), &rows, read_at()).expect("written");
    }
    questions
        .into_iter()
        .map(|(_, text, answers)| (text, answers))
        .collect()
}

/// What such books are made by: the maker, the questions, the layout of the file, and what columns are filled from.
fn edition(invoices: u32) -> u64 {
    let mut hasher = DefaultHasher::new();
    include_str!("books.rs").hash(&mut hasher);
    include_str!("many.rs").hash(&mut hasher);
    include_str!("../../src/search/facts.rs").hash(&mut hasher);
    include_str!("../../src/store/cache/entry.rs").hash(&mut hasher);
    include_str!("../../src/store/cache/frame.rs").hash(&mut hasher);
    layout().hash(&mut hasher);
    questions(invoices).hash(&mut hasher);
    hasher.finish()
}

/// All that a new file of the store is made of, as SQLite itself tells it.
fn layout() -> Vec<Option<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    drop(Cache::open(&path).expect("a cache"));
    let file = rusqlite::Connection::open(&path).expect("the same file");
    let mut statement = file
        .prepare("SELECT sql FROM sqlite_schema ORDER BY rowid")
        .expect("a statement");
    let parts = statement.query_map([], |row| row.get(0)).expect("a layout");
    parts.map(|part| part.expect("a part")).collect()
}
