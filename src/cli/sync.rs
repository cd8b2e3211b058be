//! `timbra sync`: brings what is kept on this machine up to date, by the very walk that the program makes, without a
//! screen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

use color_eyre::eyre;
use serde_json::json;

use super::arguments::SyncArguments;
use super::connection::Way;
use super::progress::Progress;
use super::{Exit, Place, clock, print, program};
use crate::api::{Apideck, Connection};
use crate::app::WALKED;
use crate::app::msg::{Effect, Fact, Trouble, TroubleSort};
use crate::domain::company::Company;
use crate::domain::headway::Headway;
use crate::domain::kind::Kind;
use crate::store::durable::Durable;
use crate::words;
use crate::worker::{Door, Setup, Worker};

/// Carries out the verb.
///
/// # Errors
/// What keeps the walk from beginning, in words. What stopped the walk over a kind is told in its line.
pub(super) fn run(arguments: &SyncArguments, place: &Place) -> eyre::Result<Exit> {
    let (folders, _) = place.known()?;
    let way = place.way()?;
    let connection = place.connect(&way)?;
    std::fs::create_dir_all(&folders.data)?;
    let outcome = walk(&way, &connection, place, &folders.data)?;
    let text = match arguments.json {
        true => outcome.json() + "\n",
        false => outcome.for_people(place),
    };
    print(text.as_bytes())?;
    Ok(outcome.exit())
}

/// How the walk over a kind ended.
#[derive(Default)]
struct Ended {
    records: usize,
    /// How many there are, where all of them were counted.
    total: Option<usize>,
    trouble: Option<Trouble>,
}

/// What came of it all.
#[derive(Default)]
struct Outcome {
    kinds: BTreeMap<Kind, Ended>,
    /// What stopped the reading of fiscal data one by one.
    fiscal: Option<Trouble>,
    /// The books turned out to be of another company than the last time.
    other: Option<Company>,
    seconds: u64,
    millis: u128,
}

fn walk(
    way: &Way,
    connection: &Connection,
    place: &Place,
    data: &std::path::Path,
) -> eyre::Result<Outcome> {
    let books = Apideck::new(connection)?;
    let clock = clock(way, Some(connection), place)?;
    let (report, replies) = channel();
    let mut worker = Worker::start(
        Setup {
            door: Door::open(books.company_id().clone(), books),
            doors: Arc::new(|_| None),
            cache: data.join(program::CACHE_FILE),
            durable: Durable::open(&data.join(program::DURABLE_FILE))?,
            clock: Arc::new(move || clock.now()),
            clock_is_steady: true,
            papers: data.to_owned(),
            listening: None,
        },
        move |reply| {
            // Nobody listens any more once the last kind has ended.
            let _ = report.send(reply.fact);
        },
    )?;
    let progress = Progress::begin();
    let begun = Instant::now();
    let mut outcome = Outcome::default();
    let mut waiting: BTreeSet<Kind> = WALKED.into();
    let mut under_way = BTreeMap::new();
    // What the lists did not bring is read behind the last of them; that this has ended is told in any case.
    let mut fiscal_waits = true;
    worker.run(Effect::Walk(WALKED.to_vec()));
    while !waiting.is_empty() || fiscal_waits {
        // The worker lives as long as this loop, and with it the other end.
        let Ok(fact) = replies.recv() else {
            break;
        };
        match fact {
            Fact::Walked {
                kind,
                coverage,
                running,
                headway,
                trouble,
            } => {
                if running {
                    let done = coverage.cached;
                    let so_far = Headway {
                        done,
                        ..Headway::default()
                    };
                    under_way.insert(kind, headway.unwrap_or(so_far));
                } else {
                    under_way.remove(&kind);
                }
                if let Some((kind, headway)) = longest(&under_way) {
                    let others = under_way.len() - 1;
                    progress.going(*kind, headway, others, &place.words);
                }
                if !running && waiting.remove(&kind) {
                    fiscal_waits = true;
                    let ended = Ended {
                        records: coverage.cached,
                        total: coverage.total.filter(|_| coverage.complete_at.is_some()),
                        trouble,
                    };
                    outcome.kinds.insert(kind, ended);
                }
            }
            Fact::Fiscal { headway, trouble } => match headway {
                Some(headway) => progress.fiscal(&headway, &place.words),
                None => {
                    fiscal_waits = false;
                    outcome.fiscal = trouble;
                }
            },
            // Nothing more comes of what broke behind the lists.
            Fact::Broken(_) if waiting.is_empty() => break,
            // Everything from now on is about those books.
            Fact::OtherBooks(company) if outcome.other.as_ref() != Some(&company) => {
                outcome.other = Some(company.clone());
                outcome.kinds.clear();
                under_way.clear();
                waiting = WALKED.into();
                worker.run(Effect::TurnTo(company.id));
                worker.run(Effect::Walk(WALKED.to_vec()));
            }
            _ => {}
        }
    }
    outcome.millis = begun.elapsed().as_millis();
    outcome.seconds = begun.elapsed().as_secs();
    progress.wipe();
    Ok(outcome)
}

/// Of several lists that are read at once the one that will be at it longest, as far as that is known; else the one of
/// which most has come.
fn longest(under_way: &BTreeMap<Kind, Headway>) -> Option<(&Kind, &Headway)> {
    under_way
        .iter()
        .max_by_key(|(_, headway)| (headway.left, headway.done))
}

impl Ended {
    /// How many are here, and of how many where that is more, or not known because the walk did not come to its end.
    fn count(&self, words: &words::Words) -> String {
        let here = words::count(self.records);
        match self.total {
            Some(total) if total == self.records => here,
            Some(total) => {
                let total = words::count(total);
                let values = [("n", here.as_str().into()), ("m", total.as_str().into())];
                words.with("n-of-m", &values)
            }
            None => words.with("n-so-far", &[("n", here.as_str().into())]),
        }
    }
}

fn as_json(trouble: Option<&Trouble>) -> Option<serde_json::Value> {
    let trouble = trouble?;
    Some(json!({"sort": trouble.sort.words_key(), "code": trouble.code, "text": trouble.text}))
}

fn in_words(trouble: Option<&Trouble>, words: &words::Words) -> String {
    trouble.map_or_else(String::new, |trouble| {
        let why = words.text(trouble.sort.words_key());
        format!("  {why} {} {}", trouble.code, trouble.text)
    })
}

impl Outcome {
    fn records(&self) -> usize {
        self.kinds.values().map(|ended| ended.records).sum()
    }

    /// Whole, or why not: a connection that is refused or not there before everything else.
    fn exit(&self) -> Exit {
        let mut troubles = self
            .kinds
            .values()
            .filter_map(|ended| ended.trouble.as_ref())
            .chain(&self.fiscal);
        let is_away = |trouble: &Trouble| {
            matches!(
                trouble.sort,
                TroubleSort::Offline | TroubleSort::Credentials | TroubleSort::Quota
            )
        };
        match troubles.clone().any(is_away) {
            true => Exit::NotConnected,
            false if troubles.next().is_some() => Exit::Failed,
            false => Exit::Done,
        }
    }

    fn json(&self) -> String {
        let kinds: serde_json::Map<String, serde_json::Value> = self
            .kinds
            .iter()
            .map(|(kind, ended)| {
                let told =
                    json!({"records": ended.records, "total": ended.total, "trouble": as_json(ended.trouble.as_ref())});
                (kind.slug().to_owned(), told)
            })
            .collect();
        let other = self.other.as_ref().map(|company| &company.rfc);
        json!({
            "records": self.records(),
            "millis": self.millis,
            "kinds": kinds,
            "fiscal_trouble": as_json(self.fiscal.as_ref()),
            "other_books": other,
        })
        .to_string()
    }

    fn for_people(&self, place: &Place) -> String {
        let words = &place.words;
        let mut text = String::new();
        if let Some(company) = &self.other {
            let values = [
                ("name", company.name.as_str().into()),
                ("rfc", company.rfc.as_str().into()),
            ];
            text.push_str(&(words.with("notice-other-books", &values) + "\n"));
        }
        for (kind, ended) in &self.kinds {
            let trouble = in_words(ended.trouble.as_ref(), words);
            let line = format!("{:>9}  {}{trouble}", ended.count(words), words.kind(*kind));
            text.push_str(line.trim_end());
            text.push('\n');
        }
        if self.fiscal.is_some() {
            let trouble = in_words(self.fiscal.as_ref(), words);
            let line = format!("{:>9}  {}{trouble}", "", words.text("cli-synced-fiscal"));
            text.push_str(line.trim_end());
            text.push('\n');
        }
        let (records, seconds) = (words::count(self.records()), self.seconds.to_string());
        let values = [
            ("records", records.as_str().into()),
            ("seconds", seconds.as_str().into()),
        ];
        text + &words.with("cli-synced", &values) + "\n"
    }
}
