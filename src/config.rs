//! What the person has chosen: the config file, the folders, the language.
//!
//! The file is read once, at the start. A key that is not known is named and passed over, so that a file of a newer
//! version still works; a value that cannot be meant is an error with its line, because guessing would hide it.
//! Keys of the API are never in it.

pub mod profiles;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Deserialize;

use crate::domain::money::Money;
use crate::domain::profile::ProfileName;
use crate::words::Lang;
use profiles::Section;

/// The file, in the config folder.
pub const CONFIG_FILE: &str = "config.toml";

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The language of screen and messages.
    #[serde(deserialize_with = "read_lang")]
    pub lang: Option<Lang>,
    /// The colours.
    pub theme: Theme,
    /// What the program asks before it acts.
    pub confirm: Confirm,
    /// The files of documents.
    pub papers: Papers,
    /// The company that the program opens on where nobody names one.
    #[serde(deserialize_with = "read_profile_name")]
    pub profile: Option<ProfileName>,
    /// What writes the key to its output, for every company that names none of its own.
    pub key_command: Option<String>,
    /// The companies, by the names that they are called by.
    #[serde(deserialize_with = "read_profiles")]
    pub profiles: BTreeMap<ProfileName, Section>,
    /// What the other side may tell by itself.
    pub webhooks: Webhooks,
}

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// For light letters on dark ground.
    #[default]
    Dark,
    /// For dark letters on light ground.
    Light,
    /// No colours at all, as with `NO_COLOR`.
    None,
}

/// What the program asks before it acts.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Confirm {
    /// From this total on, the total has to be typed before a stamp. Written as text, `"50000.00"`.
    #[serde(deserialize_with = "read_money")]
    pub type_total_from: Option<Money>,
}

/// The files of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Papers {
    /// Where XML and PDF are saved; the folder in which the program was started where nothing is said.
    pub folder: Option<PathBuf>,
}

/// What the other side may tell by itself. Nothing is listened to unless an address is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Webhooks {
    /// The address of this machine that is listened at, `"127.0.0.1:8790"`.
    pub listen: Option<SocketAddr>,
    /// The public address that the person's tunnel leads there.
    #[serde(deserialize_with = "read_url")]
    pub public_url: Option<String>,
}

/// A file that was read, and what in it was passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// What it says.
    pub config: Config,
    /// Keys that are not known, as `section.key`.
    pub unknown: Vec<String>,
}

/// Why the choices cannot be known.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no home folder and no variable that names another.
    #[error("no home folder: set TIMBRA_CONFIG_DIR and TIMBRA_DATA_DIR")]
    NoHome(#[from] etcetera::HomeDirError),
    /// The file is there and cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not TOML, or a value is of the wrong type. The reason names the line.
    #[error("{path}:{line} is not understood\n{reason}")]
    NotUnderstood {
        /// Which file.
        path: PathBuf,
        /// In which line, from 1.
        line: usize,
        /// What is wrong where.
        reason: String,
    },
    /// The file cannot be written.
    #[error("{path} cannot be written")]
    NotWritten {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Where the program keeps its things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The config file is here.
    pub config: PathBuf,
    /// Cache, outbox, unfinished edits, log and crash report are here.
    pub data: PathBuf,
}

impl Folders {
    /// `TIMBRA_CONFIG_DIR` and `TIMBRA_DATA_DIR`, else where this system keeps such things.
    ///
    /// # Errors
    ///
    /// [`ConfigError::NoHome`] when one is needed and there is none.
    pub fn find(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let named = |name| {
            variable(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        if let (Some(config), Some(data)) = (named("TIMBRA_CONFIG_DIR"), named("TIMBRA_DATA_DIR")) {
            return Ok(Self { config, data });
        }
        let usual = etcetera::choose_base_strategy()?;
        Ok(Self {
            config: named("TIMBRA_CONFIG_DIR").unwrap_or_else(|| usual.config_dir().join("timbra")),
            data: named("TIMBRA_DATA_DIR").unwrap_or_else(|| usual.data_dir().join("timbra")),
        })
    }
}

/// The line in which a span of a text begins, from 1.
fn line_of(text: &str, span: Option<std::ops::Range<usize>>) -> usize {
    let before = span.and_then(|span| text.get(..span.start));
    before.unwrap_or_default().matches('\n').count() + 1
}

impl Loaded {
    /// Reads the file of this folder. No file is no choice, not an error.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Unreadable`] and [`ConfigError::NotUnderstood`].
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join(CONFIG_FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map_err(|reason| ConfigError::NotUnderstood {
                path,
                line: line_of(&text, reason.span()),
                reason: reason.message().to_owned(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(ConfigError::Unreadable { path, source }),
        }
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let config = toml::from_str(text)?;
        let mut unknown = Vec::new();
        for (key, value) in toml::from_str::<toml::Table>(text)? {
            match (key.as_str(), value) {
                ("lang" | "theme" | "profile" | "key_command", _) => {}
                ("confirm", toml::Value::Table(section)) => unknown.extend(
                    section
                        .keys()
                        .filter(|key| *key != "type_total_from")
                        .map(|key| format!("confirm.{key}")),
                ),
                ("papers", toml::Value::Table(section)) => unknown.extend(
                    section
                        .keys()
                        .filter(|key| *key != "folder")
                        .map(|key| format!("papers.{key}")),
                ),
                ("profiles", toml::Value::Table(sections)) => {
                    unknown.extend(unknown_of_profiles(&sections));
                }
                ("webhooks", toml::Value::Table(section)) => unknown.extend(
                    section
                        .keys()
                        .filter(|key| !["listen", "public_url"].contains(&key.as_str()))
                        .map(|key| format!("webhooks.{key}")),
                ),
                _ => unknown.push(key),
            }
        }
        Ok(Self { config, unknown })
    }
}

fn unknown_of_profiles(sections: &toml::Table) -> Vec<String> {
    let keys = sections.iter().flat_map(|(name, section)| {
        let keys = section.as_table().into_iter().flat_map(toml::Table::keys);
        keys.filter(|key| !profiles::KEYS.contains(&key.as_str()))
            .map(move |key| format!("profiles.{name}.{key}"))
    });
    keys.collect()
}

/// The language: the flag, `TIMBRA_LANG`, the config file, the system's own (`LC_ALL`, `LC_MESSAGES`, `LANG`), in
/// this order. A system in neither of our languages gets Spanish: the law and the documents are in it.
pub fn choose_language(
    flag: Option<Lang>,
    config: &Config,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Lang {
    let named = |name| {
        let value = variable(name)?;
        let tag = value.to_str().filter(|tag| !tag.is_empty())?;
        Some(Lang::from_tag(tag))
    };
    flag.or_else(|| named("TIMBRA_LANG"))
        .or(config.lang)
        .or_else(|| {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(named)
        })
        .unwrap_or(Lang::Es)
}

fn read_lang<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Lang>, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "es" => Ok(Some(Lang::Es)),
        "en" => Ok(Some(Lang::En)),
        _ => Err(serde::de::Error::custom("lang = \"es\" | \"en\"")),
    }
}

fn profile_name<E: serde::de::Error>(name: &str) -> Result<ProfileName, E> {
    ProfileName::new(name)
        .ok_or_else(|| E::custom("the name of a profile is letters, digits, - and _"))
}

fn read_profile_name<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<ProfileName>, D::Error> {
    profile_name(&String::deserialize(deserializer)?).map(Some)
}

fn read_profiles<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<ProfileName, Section>, D::Error> {
    BTreeMap::<String, Section>::deserialize(deserializer)?
        .into_iter()
        .map(|(name, section)| Ok((profile_name(&name)?, section)))
        .collect()
}

fn read_money<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Money>, D::Error> {
    // Text, because a TOML number with a point is a binary float.
    let amount = String::deserialize(deserializer)?;
    amount
        .parse()
        .map(Some)
        .map_err(|_| serde::de::Error::custom("type_total_from = \"50000.00\""))
}

fn read_url<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let url = String::deserialize(deserializer)?;
    let url = url.trim();
    // Deliveries hold no data, and are read by everybody on the way where the address is not https.
    let is_address = [
        "https://",
        "http://127.0.0.1",
        "http://localhost",
        "http://[::1]",
    ]
    .iter()
    .any(|begin| url.len() > begin.len() && url.starts_with(begin));
    match is_address && url.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(Some(url.to_owned())),
        false => Err(serde::de::Error::custom(
            "public_url is an https address, \"https://example.com/timbra\"",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::Hue;

    fn nothing(_: &str) -> Option<OsString> {
        None
    }

    #[test]
    fn an_empty_file_chooses_nothing() {
        assert_eq!(Loaded::parse("").unwrap(), Loaded::default());
    }

    #[test]
    fn every_key_is_read() {
        let text = "lang = \"en\"\ntheme = \"light\"\n[confirm]\ntype_total_from = \"50000.10\"\n\
                    [papers]\nfolder = \"/home/ana/cfdi\"\n\
                    [webhooks]\nlisten = \"127.0.0.1:8790\"\npublic_url = \"https://timbra.example.com/\"\n";
        let loaded = Loaded::parse(text).unwrap();
        assert_eq!(
            loaded.config,
            Config {
                lang: Some(Lang::En),
                theme: Theme::Light,
                confirm: Confirm {
                    type_total_from: Some("50000.10".parse().unwrap()),
                },
                papers: Papers {
                    folder: Some("/home/ana/cfdi".into()),
                },
                webhooks: Webhooks {
                    listen: Some("127.0.0.1:8790".parse().unwrap()),
                    public_url: Some("https://timbra.example.com/".to_owned()),
                },
                ..Config::default()
            }
        );
        assert!(loaded.unknown.is_empty(), "{:?}", loaded.unknown);
    }

    #[test]
    fn companies_are_read_and_what_a_section_must_not_hold_is_named_without_its_value() {
        let text = "profile = \"kemper\"\nkey_command = \"pass show timbra\"\n[profiles.kemper]\n\
                    consumer_id = \"despacho-001\"\napp_id = \"app-1\"\ncolor = \"green\"\napi_key = \"sk_1\"\n";
        let loaded = Loaded::parse(text).unwrap();
        let name = ProfileName::new("kemper").unwrap();
        assert_eq!(loaded.config.profile, Some(name.clone()));
        assert_eq!(
            loaded.config.key_command.as_deref(),
            Some("pass show timbra")
        );
        let section = loaded.config.profiles.get(&name).unwrap();
        assert_eq!(section.consumer_id, "despacho-001");
        assert_eq!(section.color, Some(Hue::Green));
        assert_eq!(loaded.unknown, ["profiles.kemper.api_key"]);
        assert!(!format!("{loaded:?}").contains("sk_1"));
    }

    #[test]
    fn unknown_keys_are_named_and_passed_over() {
        let loaded =
            Loaded::parse("theme = \"none\"\ncolor = 1\n[confirm]\nalways = true\n").unwrap();
        assert_eq!(loaded.config.theme, Theme::None);
        assert_eq!(loaded.unknown, ["color", "confirm.always"]);
    }

    #[test]
    fn a_value_that_cannot_be_meant_is_an_error_with_its_line() {
        for text in [
            "\nlang = 3",
            "\nlang = \"fr\"",
            "\ntheme = \"dim\"",
            "\nconfirm = 5",
            "[confirm]\ntype_total_from = 50000.10",
            "[confirm]\ntype_total_from = \"mucho\"",
            "\nprofile = \"dos palabras\"",
            "\n[profiles.kemper]\napp_id = \"app-1\"",
            "[webhooks]\nlisten = \"localhost\"",
            "[webhooks]\npublic_url = \"http://timbra.example.com\"",
        ] {
            let error = Loaded::parse(text).unwrap_err().to_string();
            assert!(error.contains("line 2"), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_missing_file_is_no_error_and_an_unreadable_one_is() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Loaded::read(folder.path()).unwrap(), Loaded::default());
        std::fs::create_dir(folder.path().join(CONFIG_FILE)).unwrap();
        assert!(matches!(
            Loaded::read(folder.path()),
            Err(ConfigError::Unreadable { .. })
        ));
    }

    #[test]
    fn the_nearest_choice_of_language_wins() {
        let spanish = Config {
            lang: Some(Lang::Es),
            ..Config::default()
        };
        let english = |wanted: &'static str| {
            move |name: &str| (name == wanted).then(|| OsString::from("en_US.UTF-8"))
        };
        let flag = Some(Lang::Es);
        assert_eq!(
            choose_language(flag, &spanish, english("TIMBRA_LANG")),
            Lang::Es
        );
        assert_eq!(
            choose_language(None, &spanish, english("TIMBRA_LANG")),
            Lang::En
        );
        assert_eq!(choose_language(None, &spanish, english("LANG")), Lang::Es);
        assert_eq!(
            choose_language(None, &Config::default(), english("LANG")),
            Lang::En
        );
        assert_eq!(choose_language(None, &Config::default(), nothing), Lang::Es);
    }

    #[test]
    fn the_variables_name_the_folders() {
        let named = |name: &str| match name {
            "TIMBRA_CONFIG_DIR" => Some(OsString::from("/c")),
            "TIMBRA_DATA_DIR" => Some(OsString::from("/d")),
            _ => None,
        };
        let folders = Folders::find(named).unwrap();
        assert_eq!(folders.config, Path::new("/c"));
        assert_eq!(folders.data, Path::new("/d"));
    }
}
