//! Makes large books straight into a file of the store, once, and counts while it does how many answers there are to
//! each question: by the judge of the search alone, without any index.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use serde::{Deserialize, Serialize};
use timbra::domain::kind::Kind;
use timbra::search::facts::Facts;
use timbra::search::language::{Meanings, Query, parse};
use timbra::search::slips::{self, Beside, Typed};
use timbra::store::cache::Cache;

use super::books::{self, Page, TODAY, company};
use super::parties;

/// Records that are written at once.
const AT_ONCE: usize = 1_000;
/// Invoices for each contact.
const TO_EACH: u32 = 50;

/// What is noted beside the file, so that it is made once.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    /// What the file was made by. One that was made by anything else is made anew.
    edition: u64,
    answers: BTreeMap<String, Answers>,
}

/// How many records answer a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    pub invoices: usize,
    pub contacts: usize,
    /// Contacts and invoices that would, but for slips.
    pub similar: usize,
    /// The numbers of the newest invoices among them, the newest last.
    pub newest: Vec<u32>,
}

/// Newest invoices that are noted of each question.
pub const NEWEST: usize = 50;

/// How many contacts such books have.
pub fn contacts(invoices: u32) -> u32 {
    (invoices / TO_EACH).max(40)
}

/// The nth invoice of so many.
pub fn invoice(n: u32, of: u32) -> Page {
    parties::invoice(n, of, contacts(of))
}

/// The books in this file, made where they are not there or were made by anything else than what is here now.
pub fn made(path: &Path, invoices: u32, questions: &[String]) -> BTreeMap<String, Answers> {
    let note = path.with_extension("json");
    let edition = edition(invoices, questions);
    let noted = fs::read(&note)
        .ok()
        .and_then(|text| serde_json::from_slice::<Known>(&text).ok())
        .filter(|known| known.edition == edition);
    let known = noted.unwrap_or_else(|| {
        for old in ["db", "db-wal", "db-shm", "json"] {
            // What is not there needs no removing.
            let _ = fs::remove_file(path.with_extension(old));
        }
        let answers = fill(path, invoices, questions);
        let known = Known { edition, answers };
        // Last of all: books that were left half made are made anew.
        let text = serde_json::to_vec_pretty(&known).expect("JSON");
        fs::write(&note, text).expect("a note");
        known
    });
    known.answers
}

/// A question, as it was typed and with its slips forgiven.
struct Asked {
    exact: Query,
    forgiving: Option<Query>,
}

impl Asked {
    fn of(text: &str, spelled: &Spelled) -> Self {
        let exact = parse(text, TODAY);
        let forgiving = exact.forgiving(&spelled.meant_by(&exact));
        Self { exact, forgiving }
    }

    fn count(&self, facts: &Facts, answers: &mut Answers) {
        if self.exact.explain(facts).is_some() {
            match facts.kind {
                Some(Kind::Invoices) => answers.invoices += 1,
                _ => answers.contacts += 1,
            }
        } else if self
            .forgiving
            .as_ref()
            .is_some_and(|query| query.explain(facts).is_some())
        {
            answers.similar += 1;
            return;
        } else {
            return;
        }
        if let (Some(Kind::Invoices), Some(number)) = (facts.kind, facts.folio.number) {
            answers
                .newest
                .push(u32::try_from(number).expect("a number"));
            let old = answers.newest.len().saturating_sub(NEWEST);
            answers.newest.drain(..old);
        }
    }
}

/// All words of names and all RFCs of the contacts.
#[derive(Default)]
struct Spelled {
    words: BTreeSet<String>,
    rfcs: BTreeSet<String>,
}

impl Spelled {
    fn add(&mut self, facts: &Facts) {
        let words = facts
            .name
            .split(' ')
            .filter(|word| slips::is_compared(word));
        self.words.extend(words.map(str::to_owned));
        self.rfcs.insert(facts.rfc.clone());
    }

    /// What may have been meant by the words of a question, all of it.
    fn meant_by(&self, query: &Query) -> Meanings {
        let words = query.forgivable().map(str::to_owned);
        let typed = words.filter_map(|word| Typed::new(&word, Beside::Nothing));
        let near = typed.map(|typed| {
            let near = self.words.iter();
            let near = near.filter_map(|word| Some((word.clone(), typed.slips(word)?)));
            (typed.word().to_owned(), near.collect())
        });
        let rfcs = query.forgivable_rfcs().map(|typed| {
            let near = self
                .rfcs
                .iter()
                .filter(|rfc| slips::is_slip_of_rfc(&typed, rfc));
            let near = near.map(|rfc| (rfc.clone(), 1)).collect();
            (typed, near)
        });
        let meant: Vec<(String, Vec<(String, u8)>)> = near.chain(rfcs).collect();
        meant
            .into_iter()
            .filter(|(_, near)| !near.is_empty())
            .collect()
    }
}

/// Writes contacts and invoices, and counts the answers to each question.
fn fill(path: &Path, invoices: u32, questions: &[String]) -> BTreeMap<String, Answers> {
    let mut cache = Cache::open(path).expect("a cache");
    let mut spelled = Spelled::default();
    (0..contacts(invoices)).for_each(|n| spelled.add(&Facts::of(&parties::contact(n).record)));
    let mut asked: Vec<(Asked, Answers)> = questions
        .iter()
        .map(|text| (Asked::of(text, &spelled), Answers::default()))
        .collect();
    let mut write = |pages: Vec<Page>| {
        for page in &pages {
            let facts = Facts::of(&page.record);
            asked
                .iter_mut()
                .for_each(|(asked, answers)| asked.count(&facts, answers));
        }
        books::fill(&mut cache, &company(), &pages);
    };
    let in_parts = |numbers: Vec<u32>| -> Vec<Vec<u32>> {
        numbers.chunks(AT_ONCE).map(<[u32]>::to_vec).collect()
    };
    for numbers in in_parts((0..contacts(invoices)).collect()) {
        write(numbers.into_iter().map(parties::contact).collect());
    }
    for numbers in in_parts((1..=invoices).collect()) {
        write(numbers.into_iter().map(|n| invoice(n, invoices)).collect());
    }
    let answers = asked.into_iter().map(|(_, answers)| answers);
    questions.iter().cloned().zip(answers).collect()
}

/// What such books are made by: the maker, the questions, the layout of the file, and what columns are filled from.
fn edition(invoices: u32, questions: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    include_str!("books.rs").hash(&mut hasher);
    include_str!("making.rs").hash(&mut hasher);
    include_str!("parties.rs").hash(&mut hasher);
    include_str!("../../src/search/facts.rs").hash(&mut hasher);
    include_str!("../../src/search/slips.rs").hash(&mut hasher);
    include_str!("../../src/store/cache/entry.rs").hash(&mut hasher);
    include_str!("../../src/store/cache/frame.rs").hash(&mut hasher);
    layout().hash(&mut hasher);
    questions.hash(&mut hasher);
    invoices.hash(&mut hasher);
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
