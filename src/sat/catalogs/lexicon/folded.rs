//! The text of a catalogue as it is searched: small letters, no accents, each word after a single blank.

/// The folded rows of a catalogue, each with its end of line.
#[derive(Debug)]
pub(super) struct Folded {
    text: String,
    starts: Vec<usize>,
}

impl Folded {
    /// Folds a text, row by row.
    pub(super) fn new(text: &str) -> Self {
        let count = text.lines().count();
        let mut folded = Self {
            text: String::with_capacity(text.len() + count),
            starts: Vec::with_capacity(count),
        };
        for line in text.lines() {
            folded.starts.push(folded.text.len());
            fold_into(&mut folded.text, line);
            folded.text.push('\n');
        }
        folded
    }

    /// A row by its place.
    pub(super) fn row(&self, idx: usize) -> Option<&str> {
        self.text.get(*self.starts.get(idx)?..self.end(idx))
    }

    fn end(&self, idx: usize) -> usize {
        self.starts.get(idx + 1).copied().unwrap_or(self.text.len())
    }

    /// Calls back once for each row that has this text in it, in order of rows.
    pub(super) fn each_with<'a>(&'a self, needle: &str, mut found: impl FnMut(usize, &'a str)) {
        let mut idx = 0;
        let mut end = 0;
        for (at, _) in self.text.match_indices(needle) {
            if at < end {
                continue;
            }
            while self.starts.get(idx + 1).is_some_and(|next| *next <= at) {
                idx += 1;
            }
            let Some(row) = self.row(idx) else {
                return;
            };
            end = self.end(idx);
            found(idx, row);
        }
    }
}

/// Adds the words of a text in small letters and without accents, each after one blank. Ñ counts as N:
/// many keyboards lack it.
pub(in crate::sat::catalogs) fn fold_into(folded: &mut String, text: &str) {
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
