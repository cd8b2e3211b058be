//! A large catalogue as one text: lookup by key, and search by the starts of words.
//!
//! Two texts are kept, the SAT's and a folded one for the search (small letters, no accents, words parted by
//! single blanks), each with the offsets of its rows: no allocation per row. A search walks the folded text
//! once; it keeps no state between key presses and never guesses at misspelled words.

use super::CatalogError;

/// Letters that must be typed before synonyms speak: one or two would put unrelated keys on top.
const SYNONYM_FROM: usize = 3;

/// Rows of `key, name`, sorted by key.
#[derive(Debug)]
pub(super) struct Lexicon {
    text: String,
    rows: Vec<u32>,
    folded: String,
    folded_rows: Vec<u32>,
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
        let count = text.len() / 40;
        let mut rows = Vec::with_capacity(count);
        let mut folded = String::with_capacity(text.len() + count);
        let mut folded_rows = Vec::with_capacity(count);
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
            folded_rows.push(u32::try_from(folded.len()).map_err(|_| damaged())?);
            fold_into(&mut folded, line);
            folded.push('\n');
            start += line.len();
        }
        Ok(Self {
            text,
            rows,
            folded,
            folded_rows,
        })
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

    fn folded_row(&self, idx: usize) -> Option<&str> {
        let start = *self.folded_rows.get(idx)? as usize;
        let end = self
            .folded_rows
            .get(idx + 1)
            .map_or(self.folded.len(), |next| *next as usize);
        self.folded.get(start..end)
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
        self.each_match(&words, |idx, folded| {
            if !recent.contains(&idx) && !meant.contains(&idx) {
                found.push(Ranked {
                    rank: words.rank(folded),
                    weight: folded.len(),
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
            .filter(|idx| {
                self.folded_row(*idx)
                    .is_some_and(|row| words.match_row(row))
            })
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

    /// Calls back for each row that has all words, in order of rows.
    ///
    /// The longest word is looked for in the whole text, the others only in the rows where it is: this is
    /// what keeps a key press below its budget.
    fn each_match<'a>(&'a self, words: &Words, mut found: impl FnMut(usize, &'a str)) {
        let mut idx = 0;
        let mut end = 0;
        for (at, _) in self.folded.match_indices(words.longest()) {
            if at < end {
                continue;
            }
            while self
                .folded_rows
                .get(idx + 1)
                .is_some_and(|next| *next as usize <= at)
            {
                idx += 1;
            }
            let Some(row) = self.folded_row(idx) else {
                return;
            };
            end = self
                .folded_rows
                .get(idx + 1)
                .map_or(self.folded.len(), |next| *next as usize);
            if words.match_others(row) {
                found(idx, row);
            }
        }
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

/// Adds the words of a text in small letters and without accents, each after one blank. Ñ counts as N:
/// many keyboards lack it.
pub(super) fn fold_into(folded: &mut String, text: &str) {
    let mut inside = false;
    for letter in text.chars() {
        let plain = match letter {
            'a'..='z' | '0'..='9' => letter,
            'A'..='Z' => letter.to_ascii_lowercase(),
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => {
                'a'
            }
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
            'ñ' | 'Ñ' => 'n',
            'ç' | 'Ç' => 'c',
            // A combining mark belongs to the letter before it.
            '\u{300}'..='\u{36f}' => continue,
            other if other.is_alphanumeric() => other,
            _ => {
                inside = false;
                continue;
            }
        };
        if !inside {
            folded.push(' ');
            inside = true;
        }
        folded.push(plain);
    }
}
