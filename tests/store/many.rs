//! Books of any size, made straight into a file of the store, and what a bookkeeper does with them: open, scroll to the
//! end, jump, filter, search. The bench does it with a million documents, the test with ten thousand.
//!
//! How many answers there are to each question is counted while the books are made ([`making`]). Every question is asked
//! through [`Books`], which compares what it got with that.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use timbra::domain::field::Field;
use timbra::domain::kind::Kind;
use timbra::domain::list::{Direction, Filter, ListQuery, MOST_FOUND, Match, Only};
use timbra::domain::record::Record;
use timbra::search::facts::Facts;
use timbra::search::language::parse;
use timbra::store::cache::{Cache, Reader, RowId, Slips};

use super::books::{TODAY, company};
use super::making::{self, Answers};
use super::parties;

/// Rows of three screens of forty lines.
pub const WINDOW: usize = 120;
/// Hits that the box asks for.
pub const HITS: usize = 50;

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
    answers: BTreeMap<String, Answers>,
}

/// A stamped invoice in the middle of so many.
fn sample(of: u32) -> Record {
    (1..=of / 2)
        .rev()
        .map(|n| making::invoice(n, of).record)
        .find(|record| record.stamp.uuid().is_some())
        .expect("a stamped invoice")
}

/// Names and RFCs that were typed with slips, and one that is like nothing.
fn typed_with_slips(invoices: u32) -> Vec<String> {
    let changed = |word: &str, at: usize, with: &str| -> String {
        let (before, after) = word.split_at(at);
        let after = after.chars().skip(1).collect::<String>();
        [before, with, after.as_str()].concat()
    };
    // In the middle, where both have invoices; of four syllables, of which two slips are forgiven, and of three.
    // No name that is made has a `k` or an `x` in its own word.
    let (long, short) = (
        making::contacts(invoices) / 4 * 2 + 1,
        making::contacts(invoices) / 4 * 2,
    );
    let (word, rfc) = (parties::word(long), parties::party(long).rfc);
    let wrong = changed(&word, 3, "k");
    let missing = changed(&parties::word(short), 2, "");
    let last = rfc.len() - 1;
    vec![
        wrong.clone(),
        changed(&wrong, 5, "x"),
        missing.clone(),
        format!("{wrong} 2026"),
        format!("{missing} 2025-06..2026-05"),
        format!("cliente:{wrong} saldo:>1000"),
        format!("{wrong} {missing}"),
        changed(&rfc, last, "Z"),
        changed(&rfc, 4, ""),
        "hernandes gonsalez".to_owned(),
        "hernandes marzo".to_owned(),
        "univercidad".to_owned(),
        "wxkyqjwk".to_owned(),
        "wxkyqjwk saldo:>1000".to_owned(),
    ]
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
        "saldo:>1000",
        "saldo:57000..57010",
        "univ saldo:57000..57050",
        "cliente:univ saldo:>1000 marzo",
        "saldo:0 univ",
        "vence:hoy",
        "vence:>2026-06",
        "vence:semana",
        "vence:2025-08",
        "vence:<=2025-09 univ ppd",
        "univ vence:semana",
        "vence:este-mes saldo:>50000",
        "publico general",
        "publico general cancelada",
        "publico general vencida ppd",
        "cancelada univ",
        "cancelacion en proceso",
        "cancelacion en proceso univ",
        "garcia",
        "garcia ppd febrero",
        "garcia vencida",
        "vencida ppd",
        "aceptada univ",
        "univ 2025-06",
    ]
    .map(str::to_owned)
    .to_vec();
    shapes.extend(typed_with_slips(invoices));
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
        let answers = making::made(&path, invoices, &questions(invoices));
        Self {
            path,
            invoices,
            answers,
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

    /// How many records answer a question.
    fn answers(&self, text: &str) -> &Answers {
        self.answers.get(text).expect("a question")
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
        let total = self.answers(words).invoices;
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
        let answers = self.answers(text).invoices;
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

    /// Types this into the box. Gives how many hits there are, and how many of the invoices among them, from the first
    /// on, are the newest of all that answer.
    pub fn find(&self, reader: &Reader, text: &str) -> (usize, usize) {
        let query = parse(text, TODAY);
        let found = reader
            .find(&company(), &query, &Kind::ALL, HITS, Slips::Forgiven)
            .expect("found");
        let answers = self.answers(text);
        let exact = answers.invoices + answers.contacts;
        let all = match exact {
            0 => answers.similar,
            exact => exact,
        };
        // A search that gave up says so.
        let is_whole = found.hits.len() == all.min(HITS);
        assert!(is_whole || found.more, "{text}: {}", found.hits.len());
        assert!(all <= HITS || found.more, "{text}");
        for hit in &found.hits {
            let is_similar = [Match::Similar, Match::SimilarRfc]
                .iter()
                .any(|reason| hit.why.contains(reason));
            assert_eq!(is_similar, exact == 0, "{text}: {hit:?}");
        }
        let rows: Vec<Record> = found.hits.into_iter().map(|hit| hit.record).collect();
        if exact > 0 {
            self.judge(text, &rows);
        }
        let invoices = rows.iter().filter(|row| row.kind == Kind::Invoices);
        let newest = answers.newest.iter().rev().map(ToString::to_string);
        let are_newest = invoices
            .zip(newest)
            .take_while(|(row, id)| row.id.as_str() == id);
        (rows.len(), are_newest.count())
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
