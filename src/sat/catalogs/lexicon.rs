//! A large catalogue as one text: lookup by key, and search by the starts of words.
//!
//! The SAT's text is kept with the offsets of its rows: no allocation per row. The folded one that is searched is made
//! by the first search: who only judges documents looks keys up, and has no use for it. A search walks the folded text
//! once; it keeps no state between key presses and never guesses at misspelled words.

pub(super) mod folded;

use std::sync::OnceLock;

use super::CatalogError;
use folded::{Folded, fold_into};

/// Letters that must be typed before synonyms speak: one or two would put unrelated keys on top.
const SYNONYM_FROM: usize = 3;

/// Rows of `key, name`, sorted by key.
#[derive(Debug)]
pub(super) struct Lexicon {
    text: String,
    rows: Vec<u32>,
    folded: OnceLock<Folded>,
}

/// A row that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Key as the SAT writes it.
    pub key: String,
    /// Name as the SAT writes it.
    pub name: String,
    /// Why it is where it is.
    pub rank: Rank,
}

/// The order of hits, the best first. Within a rank the shorter name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Used lately by this company.
    Recent,
    /// The key begins with what was typed.
    Key,
    /// An everyday word stands for it.
    Synonym,
    /// The name begins with a typed word.
    FirstWord,
    /// The words are further inside.
    Inside,
}

impl Lexicon {
    /// Indexes rows of `key, name`.
    pub(super) fn new(asset: &'static str, text: String) -> Result<Self, CatalogError> {
        let mut rows = Vec::with_capacity(text.len() / 40);
        let mut start = 0;
        for (row, line) in text.split_inclusive('\n').enumerate() {
            let damaged = || CatalogError::Row {
                asset,
                row: row + 1,
            };
            if !line.contains('\t') || !line.ends_with('\n') {
                return Err(damaged());
            }
            rows.push(u32::try_from(start).map_err(|_| damaged())?);
            start += line.len();
        }
        Ok(Self {
            text,
            rows,
            folded: OnceLock::new(),
        })
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&self.text))
    }

    /// How many rows there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The text that was indexed.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The name of exactly this key.
    pub(super) fn name(&self, key: &str) -> Option<&str> {
        self.find(key)
            .and_then(|idx| self.row(idx))
            .map(|(_, name)| name)
    }

    fn find(&self, key: &str) -> Option<usize> {
        let idx = self
            .rows
            .partition_point(|start| key_at(&self.text, *start) < key);
        self.row(idx)
            .filter(|(found, _)| *found == key)
            .map(|_| idx)
    }

    fn row(&self, idx: usize) -> Option<(&str, &str)> {
        let start = *self.rows.get(idx)? as usize;
        let end = self
            .rows
            .get(idx + 1)
            .map_or(self.text.len(), |next| *next as usize);
        self.text.get(start..end)?.trim_end().split_once('\t')
    }

    fn hit(&self, idx: usize, rank: Rank) -> Option<Hit> {
        let (key, name) = self.row(idx)?;
        Some(Hit {
            key: key.to_owned(),
            name: name.to_owned(),
            rank,
        })
    }

    /// See [`super::Catalogs::search_products`].
    pub(super) fn search(
        &self,
        query: &str,
        recent: &[String],
        synonyms: Option<&Synonyms>,
        limit: usize,
    ) -> Vec<Hit> {
        let words = Words::read(query);
        if words.is_empty() {
            return recent
                .iter()
                .filter_map(|key| self.find(key))
                .take(limit)
                .filter_map(|idx| self.hit(idx, Rank::Recent))
                .collect();
        }
        let recent: Vec<usize> = recent.iter().filter_map(|key| self.find(key)).collect();
        let meant: Vec<usize> = synonyms
            .map(|synonyms| {
                synonyms
                    .keys(&words)
                    .filter_map(|key| self.find(key))
                    .collect()
            })
            .unwrap_or_default();
        let mut found: Vec<Ranked> = Vec::new();
        let folded = self.folded();
        // The longest word is looked for in the whole text, the others only in the rows where it is: this is what keeps
        // a key press below its budget.
        folded.each_with(words.longest(), |idx, row| {
            if words.match_others(row) && !recent.contains(&idx) && !meant.contains(&idx) {
                found.push(Ranked {
                    rank: words.rank(row),
                    weight: row.len(),
                    idx,
                });
            }
        });
        let placed = |rank, list: &[usize], found: &mut Vec<Ranked>| {
            found.extend(list.iter().enumerate().map(|(weight, idx)| Ranked {
                rank,
                weight,
                idx: *idx,
            }));
        };
        let meant_anew: Vec<usize> = meant
            .into_iter()
            .filter(|idx| !recent.contains(idx))
            .collect();
        let recent_matching: Vec<usize> = recent
            .into_iter()
            .filter(|idx| folded.row(*idx).is_some_and(|row| words.match_row(row)))
            .collect();
        placed(Rank::Recent, &recent_matching, &mut found);
        placed(Rank::Synonym, &meant_anew, &mut found);
        if found.len() > limit {
            found.select_nth_unstable(limit);
            found.truncate(limit);
        }
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .filter_map(|ranked| self.hit(ranked.idx, ranked.rank))
            .collect()
    }
}

/// The key of the row that starts here.
fn key_at(text: &str, start: u32) -> &str {
    text.get(start as usize..)
        .and_then(|rest| rest.split('\t').next())
        .unwrap_or_default()
}

/// A match with what orders it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    rank: Rank,
    weight: usize,
    idx: usize,
}

/// The typed words, folded, each with a blank before it: found so, it is the start of a word.
struct Words {
    needles: Vec<String>,
    longest: usize,
    letters: usize,
}

impl Words {
    fn read(query: &str) -> Self {
        let mut folded = String::new();
        fold_into(&mut folded, query);
        let needles: Vec<String> = folded
            .split_whitespace()
            .map(|word| format!(" {word}"))
            .collect();
        let longest = (0..needles.len())
            .max_by_key(|idx| needles.get(*idx).map_or(0, String::len))
            .unwrap_or_default();
        let letters = needles.iter().map(|needle| needle.len() - 1).sum();
        Self {
            needles,
            longest,
            letters,
        }
    }

    fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    fn longest(&self) -> &str {
        self.needles.get(self.longest).map_or("", String::as_str)
    }

    /// Whether the folded row, which has the longest word, has the others too.
    fn match_others(&self, row: &str) -> bool {
        self.needles
            .iter()
            .enumerate()
            .all(|(idx, needle)| idx == self.longest || row.contains(needle.as_str()))
    }

    /// Whether the folded row has every word.
    fn match_row(&self, row: &str) -> bool {
        self.needles
            .iter()
            .all(|needle| row.contains(needle.as_str()))
    }

    fn rank(&self, row: &str) -> Rank {
        let after_key = row
            .get(1..)
            .and_then(|row| row.find(' ').and_then(|blank| row.get(blank..)))
            .unwrap_or_default();
        let any_starts = |text: &str| {
            self.needles
                .iter()
                .any(|needle| text.starts_with(needle.as_str()))
        };
        if any_starts(row) {
            Rank::Key
        } else if any_starts(after_key) {
            Rank::FirstWord
        } else {
            Rank::Inside
        }
    }
}

/// Everyday words for products whose official name nobody would type.
#[derive(Debug)]
pub(super) struct Synonyms {
    rows: Vec<(String, Vec<&'static str>)>,
}

impl Synonyms {
    /// Reads rows of a phrase and its keys, parted by commas, the likeliest first.
    pub(super) fn read(text: &'static str) -> Result<Self, CatalogError> {
        text.lines()
            .enumerate()
            .map(|(row, line)| {
                let (phrase, keys) = line.split_once('\t').ok_or(CatalogError::Row {
                    asset: "synonyms",
                    row: row + 1,
                })?;
                let mut folded = String::new();
                fold_into(&mut folded, phrase);
                Ok((folded, keys.split(',').collect()))
            })
            .collect::<Result<_, _>>()
            .map(|rows| Self { rows })
    }

    /// Keys of the phrases that have every typed word, without repeats.
    fn keys(&self, words: &Words) -> impl Iterator<Item = &'static str> {
        let mut keys = Vec::new();
        if words.letters >= SYNONYM_FROM {
            for (phrase, meant) in &self.rows {
                if words.match_row(phrase) {
                    for key in meant {
                        if !keys.contains(key) {
                            keys.push(*key);
                        }
                    }
                }
            }
        }
        keys.into_iter()
    }

    /// All keys, to be held against the catalogue.
    #[cfg(test)]
    pub(super) fn all_keys(&self) -> impl Iterator<Item = &'static str> {
        self.rows.iter().flat_map(|(_, keys)| keys.iter().copied())
    }
}
