//! The companies that the config names: how each is reached, and how its section is written.
//!
//! A section holds names and ids, never a key. Writing changes the one section and leaves every other line as the
//! person wrote it, comments included.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Table, value};

use super::{CONFIG_FILE, ConfigError};
use crate::domain::profile::{Hue, Profile, ProfileName};

/// How a company is reached: `[profiles.NAME]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Section {
    /// `x-apideck-consumer-id`: whose Alegra account.
    pub consumer_id: String,
    /// `x-apideck-app-id`
    pub app_id: String,
    /// Razón social when it was connected.
    #[serde(default)]
    pub name: String,
    /// RFC when it was connected.
    #[serde(default)]
    pub rfc: String,
    /// Its colour in the frame.
    #[serde(default)]
    pub color: Option<Hue>,
    /// The API, where it is not the usual one.
    #[serde(default)]
    pub api_url: Option<String>,
    /// What writes the key to its output, where it is another than the one of the whole file.
    #[serde(default)]
    pub key_command: Option<String>,
}

/// The keys of a section.
pub const KEYS: [&str; 7] = [
    "consumer_id",
    "app_id",
    "name",
    "rfc",
    "color",
    "api_url",
    "key_command",
];

impl Section {
    /// What the rest of the program may know of it.
    pub fn profile(&self, name: &ProfileName) -> Profile {
        Profile {
            name: name.clone(),
            company: self.name.clone(),
            rfc: self.rfc.clone(),
            hue: self.color,
        }
    }
}

/// Writes the section of a company into the config of this folder, in place of an older one of that name. The first
/// company of a config becomes its default.
///
/// # Errors
/// [`ConfigError::Unreadable`] and [`ConfigError::NotUnderstood`] as when reading, [`ConfigError::NotWritten`].
pub fn write(folder: &Path, name: &ProfileName, section: &Section) -> Result<(), ConfigError> {
    change(folder, |document| {
        let is_first = document
            .get("profiles")
            .and_then(Item::as_table_like)
            .is_none_or(|table| table.is_empty());
        if is_first && !document.contains_key("profile") {
            document.insert("profile", value(name.as_str()));
        }
        let Some(profiles) = table(document.as_table_mut(), "profiles", true) else {
            return;
        };
        let Some(table) = table(profiles, name.as_str(), false) else {
            return;
        };
        let color = section.color.map(Hue::as_str);
        let pairs = [
            ("consumer_id", Some(section.consumer_id.as_str())),
            ("app_id", Some(section.app_id.as_str())),
            ("name", Some(section.name.as_str())),
            ("rfc", Some(section.rfc.as_str())),
            ("color", color),
            ("api_url", section.api_url.as_deref()),
            ("key_command", section.key_command.as_deref()),
        ];
        for (key, text) in pairs {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                table.insert(key, value(text));
            } else {
                table.remove(key);
            }
        }
    })
}

/// Takes a company out of the config. Whether it was there. A default that named it names the next one, if any.
///
/// # Errors
/// As [`write()`].
pub fn remove(folder: &Path, name: &ProfileName) -> Result<bool, ConfigError> {
    let mut was_there = false;
    change(folder, |document| {
        let Some(profiles) = document
            .get_mut("profiles")
            .and_then(Item::as_table_like_mut)
        else {
            return;
        };
        was_there = profiles.remove(name.as_str()).is_some();
        let next = profiles.iter().next().map(|(name, _)| name.to_owned());
        if document.get("profile").and_then(Item::as_str) == Some(name.as_str()) {
            match next {
                Some(next) => document.insert("profile", value(next)),
                None => document.remove("profile"),
            };
        }
    })?;
    Ok(was_there)
}

/// The table under a key, made where there is none; nothing where something else stands there.
fn table<'t>(parent: &'t mut Table, key: &str, implicit: bool) -> Option<&'t mut Table> {
    parent
        .entry(key)
        .or_insert_with(|| {
            let mut made = Table::new();
            made.set_implicit(implicit);
            Item::Table(made)
        })
        .as_table_mut()
}

fn change(folder: &Path, edit: impl FnOnce(&mut DocumentMut)) -> Result<(), ConfigError> {
    let path = folder.join(CONFIG_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(ConfigError::Unreadable { path, source }),
    };
    let mut document: DocumentMut =
        text.parse()
            .map_err(|error: toml_edit::TomlError| ConfigError::NotUnderstood {
                path: path.clone(),
                line: super::line_of(&text, error.span()),
                reason: error.message().to_owned(),
            })?;
    edit(&mut document);
    let changed = document.to_string();
    if changed == text {
        return Ok(());
    }
    put(&path, &changed).map_err(|source| ConfigError::NotWritten { path, source })
}

/// Whole or not at all: a config that was cut off in the middle would be none. A link stays a link.
fn put(path: &Path, text: &str) -> std::io::Result<()> {
    let real: PathBuf = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = real.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let part = real.with_extension("toml.part");
    std::fs::write(&part, text)?;
    if let Ok(old) = std::fs::metadata(&real) {
        std::fs::set_permissions(&part, old.permissions())?;
    }
    std::fs::rename(&part, &real)
}

#[cfg(test)]
mod tests {
    use super::super::Loaded;
    use super::*;

    fn section(consumer: &str) -> Section {
        Section {
            consumer_id: consumer.to_owned(),
            app_id: "app-1".to_owned(),
            name: "ESCUELA KEMPER URGATE".to_owned(),
            rfc: "EKU9003173C9".to_owned(),
            color: Some(Hue::Green),
            api_url: None,
            key_command: None,
        }
    }

    fn name(text: &str) -> ProfileName {
        ProfileName::new(text).expect("a name")
    }

    #[test]
    fn what_is_written_is_read_and_every_other_line_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CONFIG_FILE);
        let mine = "# mine\nlang = \"en\" # for the boss\n\n[papers]\nfolder = \"cfdi\"\n";
        std::fs::write(&path, mine).unwrap();
        write(folder.path(), &name("kemper"), &section("despacho-001")).unwrap();
        write(folder.path(), &name("xenon"), &section("despacho-002")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for line in mine.lines() {
            assert!(text.contains(line), "{line}\n{text}");
        }
        let loaded = Loaded::read(folder.path()).unwrap();
        assert!(loaded.unknown.is_empty(), "{:?}", loaded.unknown);
        assert_eq!(loaded.config.profile, Some(name("kemper")));
        assert_eq!(
            loaded.config.profiles.get(&name("xenon")),
            Some(&section("despacho-002"))
        );
        assert!(!folder.path().join("config.toml.part").exists());
    }

    #[test]
    fn a_section_is_replaced_without_touching_its_neighbour() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &name("a"), &section("one")).unwrap();
        write(folder.path(), &name("b"), &section("two")).unwrap();
        let other = Section {
            color: None,
            ..section("three")
        };
        write(folder.path(), &name("a"), &other).unwrap();
        let config = Loaded::read(folder.path()).unwrap().config;
        assert_eq!(config.profiles.get(&name("a")), Some(&other));
        assert_eq!(config.profiles.get(&name("b")), Some(&section("two")));
    }

    #[test]
    fn the_last_company_takes_the_default_with_it_and_one_that_is_not_there_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!remove(folder.path(), &name("a")).unwrap());
        assert!(!folder.path().join(CONFIG_FILE).exists());
        write(folder.path(), &name("a"), &section("one")).unwrap();
        write(folder.path(), &name("b"), &section("two")).unwrap();
        assert!(remove(folder.path(), &name("a")).unwrap());
        let config = Loaded::read(folder.path()).unwrap().config;
        assert_eq!(config.profile, Some(name("b")));
        assert!(remove(folder.path(), &name("b")).unwrap());
        assert_eq!(Loaded::read(folder.path()).unwrap().config.profile, None);
    }
}
