//! Both languages say the same things, and everything that the program says is there to be said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;

use timbra::app::keymap::Action;
use timbra::domain::kind::Kind;
use timbra::words::{Lang, Words};

/// Texts that are the same in both languages because they are terms of the tax authority, names, or signs.
const SAME_IN_BOTH: &[&str] = &[
    "batch-row-hours",
    "cli-check-error",
    "column-uuid",
    "export-id",
    "export-uuid",
    "field-bic",
    "field-cfdi-certificate.column",
    "field-iban",
    "field-rfc",
    "no",
    "venue-demo",
    "venue-live",
    "venue-loopback",
    "why-rfc",
];

/// The files of a language.
fn files(lang: Lang) -> Vec<String> {
    let folder = match lang {
        Lang::Es => "assets/i18n/es-MX",
        Lang::En => "assets/i18n/en",
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| fs::read_to_string(entry.path()).expect("a file of texts"))
        .collect()
}

/// A text or an attribute of one.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    text: String,
    variables: BTreeSet<String>,
}

/// What a language says, by `key` and `key.attribute`.
fn said(lang: Lang) -> BTreeMap<String, Said> {
    let mut all: BTreeMap<String, Said> = BTreeMap::new();
    for source in files(lang) {
        let mut key = String::new();
        let mut at = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let (name, text) = line.split_once('=').unwrap_or(("", line));
            let name = name.trim_end();
            let is_key = !name.is_empty()
                && name.starts_with(|letter: char| letter.is_ascii_lowercase())
                && name
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
            let attribute = name
                .trim_start()
                .strip_prefix('.')
                .filter(|_| name.starts_with(' '));
            let text = if is_key {
                key = name.to_owned();
                at = key.clone();
                assert!(!all.contains_key(&at), "{at} is said twice in {lang:?}");
                text
            } else if let Some(attribute) = attribute {
                at = format!("{key}.{attribute}");
                text
            } else {
                line
            };
            if at.is_empty() {
                continue;
            }
            let entry = all.entry(at.clone()).or_default();
            entry.text.push_str(text.trim());
            entry.text.push('\n');
            for piece in text.split("{ $").skip(1) {
                let variable = piece.split([' ', '}']).next().unwrap_or_default();
                entry.variables.insert(variable.to_owned());
            }
        }
    }
    all
}

/// All source files below a folder of `src`.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(path: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(path).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && path.file_name().is_some_and(|name| name != "tests.rs")
            {
                let text = fs::read_to_string(&path).expect("a source");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(folder),
        &mut found,
    );
    found
}

/// String literals of a source that have the form of a key, up to its tests.
fn key_like(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.split('"')
        .skip(1)
        .step_by(2)
        .filter(|literal| {
            literal.contains('-')
                && !literal.ends_with('-')
                && literal.starts_with(|letter: char| letter.is_ascii_lowercase())
                && literal.chars().all(|letter| {
                    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
                })
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_file_parses_strictly() {
    for lang in [Lang::Es, Lang::En] {
        for source in files(lang) {
            let parsed = FluentResource::try_new(source);
            assert!(
                parsed.is_ok(),
                "{lang:?}: {:?}",
                parsed.err().map(|(_, errors)| errors)
            );
        }
    }
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_values() {
    let (spanish, english) = (said(Lang::Es), said(Lang::En));
    let missing = |of: &BTreeMap<String, Said>, than: &BTreeMap<String, Said>| -> Vec<String> {
        than.keys()
            // Where a name is short already, it needs no shorter one.
            .filter(|key| !key.ends_with(".column") && !key.ends_with(".short"))
            .filter(|key| !of.contains_key(*key))
            .cloned()
            .collect()
    };
    assert_eq!(
        missing(&english, &spanish),
        Vec::<String>::new(),
        "only in Spanish"
    );
    assert_eq!(
        missing(&spanish, &english),
        Vec::<String>::new(),
        "only in English"
    );
    for (key, text) in &spanish {
        if let Some(other) = english.get(key) {
            assert_eq!(text.variables, other.variables, "{key}");
        }
    }
}

#[test]
fn a_text_that_is_equal_in_both_is_a_fiscal_term() {
    let (spanish, english) = (said(Lang::Es), said(Lang::En));
    let equal: Vec<&str> = spanish
        .iter()
        .filter(|(key, text)| {
            english
                .get(*key)
                .is_some_and(|other| other.text == text.text)
        })
        .filter(|(_, text)| text.text.chars().any(char::is_alphabetic))
        .map(|(key, _)| key.as_str())
        .collect();
    let expected: Vec<&str> = SAME_IN_BOTH.to_vec();
    assert_eq!(equal, expected);
}

#[test]
fn every_key_in_the_code_is_said_in_both_languages() {
    let known = said(Lang::Es);
    let prefixes: BTreeSet<&str> = known
        .keys()
        .filter_map(|key| key.split('-').next())
        .collect();
    let mut unknown = Vec::new();
    let mut used = BTreeSet::new();
    for folder in ["app", "ui", "cli", "words", "worker"] {
        for (path, text) in sources(folder) {
            for key in key_like(&text) {
                let prefix = key.split('-').next().unwrap_or_default();
                if known.contains_key(&key) {
                    used.insert(key);
                } else if prefixes.contains(prefix) {
                    unknown.push(format!("{} in {}", key, path.display()));
                }
            }
        }
    }
    assert_eq!(unknown, Vec::<String>::new());
    assert!(
        used.len() > 200,
        "{} keys were found in the code",
        used.len()
    );
}

#[test]
fn every_action_has_a_name_and_no_two_have_the_same() {
    for lang in [Lang::Es, Lang::En] {
        let words = Words::new(lang);
        let mut names = BTreeSet::new();
        for action in Action::all() {
            assert!(words.has(action.words_key()), "{action:?} in {lang:?}");
            let name = words.action(action.words_key(), action.number());
            assert!(
                names.insert(name.clone()),
                "«{name}» names two actions in {lang:?}"
            );
        }
    }
}

#[test]
fn every_kind_has_its_names_and_columns() {
    for lang in [Lang::Es, Lang::En] {
        let words = Words::new(lang);
        for kind in Kind::ALL {
            assert!(
                words.has(&format!("kind-{}", kind.slug())),
                "{kind:?} in {lang:?}"
            );
            assert_ne!(words.kind_one(kind), "", "{kind:?} in {lang:?}");
        }
    }
}

#[test]
fn a_text_that_is_missing_shows_its_key_and_breaks_nothing() {
    let words = Words::new(Lang::Es);
    assert_eq!(words.text("no-such-text"), "no-such-text");
    assert_eq!(words.attribute("no-such-text", "one"), "");
    assert!(
        words.with("n-of-m", &[]).contains('n'),
        "a value that was not given is seen"
    );
}

#[test]
fn plurals_follow_the_count() {
    let words = Words::new(Lang::Es);
    assert_eq!(words.with("marked", &[("count", 1.into())]), "1 marcada");
    assert_eq!(words.with("marked", &[("count", 2.into())]), "2 marcadas");
}
