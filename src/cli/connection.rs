//! Which books are meant, how they are reached, and the clock that goes with them.
//!
//! A profile that is named wins over the three variables, and they win over the config's own choice. A profile brings
//! its ids from the config alone: an id that lies about in the environment must not lead to another company.

use std::ffi::OsString;

use jiff::Timestamp;

use super::{Exit, Told};
use crate::api::{Connection, ConnectionError};
use crate::config::Config;
use crate::config::profiles::Section;
use crate::credentials::{KEY_VARIABLE, KeyError, Source, Terminal};
use crate::domain::company::CompanyId;
use crate::domain::profile::{Profile, ProfileName};
use crate::domain::secret::Secret;
use crate::words::Words;

/// Where the real service is.
pub const APIDECK: &str = "https://unify.apideck.com";

/// The variables without which nobody can be asked, where no profile is there.
const NEEDED: [&str; 3] = [KEY_VARIABLE, "TIMBRA_APP_ID", "TIMBRA_CONSUMER_ID"];

/// How the books of a company are reached, before anybody was asked for the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What the config says of the company; none where the environment alone describes the connection.
    pub profile: Option<Profile>,
    /// One base for Unify and Proxy.
    pub base: String,
    /// `x-apideck-app-id`
    pub app_id: String,
    /// `x-apideck-consumer-id`
    pub consumer_id: String,
    /// Where the key is to be had.
    pub source: Source,
}

impl Way {
    /// The name of the connection, by which its books are kept.
    pub fn books(&self) -> CompanyId {
        self.with(Secret::new("")).books()
    }

    /// Whether the other side is on this machine.
    pub fn is_loopback(&self) -> bool {
        self.with(Secret::new("")).is_loopback()
    }

    /// The connection, key and all. May wait for a person or a command, see [`Source::key`].
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn connect(&self, terminal: Terminal) -> Result<Connection, KeyError> {
        Ok(self.with(self.source.key(terminal)?))
    }

    fn with(&self, key: Secret) -> Connection {
        Connection {
            base: self.base.clone(),
            key,
            app_id: self.app_id.clone(),
            consumer_id: self.consumer_id.clone(),
        }
    }
}

/// The way to the books that are meant: the profile that is named, else the three variables, else the config's own
/// choice. None where nothing at all was said.
///
/// # Errors
/// A profile that there is none of, or variables that describe a connection by halves, in words.
pub fn choose(
    named: Option<&ProfileName>,
    config: &Config,
    variable: impl Fn(&str) -> Option<OsString>,
    words: &Words,
) -> Result<Option<Way>, Told> {
    let text = |name: &str| text_of(&variable, name);
    let from_variable = match text("TIMBRA_PROFILE") {
        Some(name) => Some(ProfileName::new(&name).ok_or_else(|| unknown(&name, config, words))?),
        None => None,
    };
    if let Some(name) = named.or(from_variable.as_ref()) {
        return match config.profiles.get(name) {
            Some(section) => Ok(Some(of_profile(name, section, config, &variable))),
            None => Err(unknown(name.as_str(), config, words)),
        };
    }
    let values = NEEDED.map(text);
    if let [Some(key), Some(app_id), Some(consumer_id)] = values {
        return Ok(Some(Way {
            profile: None,
            base: text("TIMBRA_API_URL").unwrap_or_else(|| APIDECK.to_owned()),
            app_id,
            consumer_id,
            source: Source::Environment(Secret::new(key)),
        }));
    }
    let chosen = config
        .profile
        .as_ref()
        .or_else(|| config.profiles.keys().next());
    match chosen {
        Some(name) => match config.profiles.get(name) {
            Some(section) => Ok(Some(of_profile(name, section, config, &variable))),
            None => Err(unknown(name.as_str(), config, words)),
        },
        None if values.iter().all(Option::is_none) => Ok(None),
        None => Err(not_connected(&values, words)),
    }
}

/// The way to the books of a profile. Its key: the command of its own section, the environment, the command of the
/// whole file, the keyring.
pub fn of_profile(
    name: &ProfileName,
    section: &Section,
    config: &Config,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Way {
    let text = |name: &str| text_of(&variable, name);
    let mut way = Way {
        profile: Some(section.profile(name)),
        base: section
            .api_url
            .clone()
            .or_else(|| text("TIMBRA_API_URL"))
            .unwrap_or_else(|| APIDECK.to_owned()),
        app_id: section.app_id.clone(),
        consumer_id: section.consumer_id.clone(),
        source: Source::Keyring(String::new()),
    };
    way.source = source(section.key_command.as_ref(), config, variable, || {
        way.with(Secret::new("")).account()
    });
    way
}

/// Where a key is looked for that stands in no section's own words.
pub fn source(
    own_command: Option<&String>,
    config: &Config,
    variable: impl Fn(&str) -> Option<OsString>,
    account: impl FnOnce() -> String,
) -> Source {
    let own = own_command.map(|command| Source::Command(command.clone()));
    let given =
        || text_of(&variable, KEY_VARIABLE).map(|key| Source::Environment(Secret::new(key)));
    let common = || (config.key_command.as_ref()).map(|command| Source::Command(command.clone()));
    own.or_else(given)
        .or_else(common)
        .unwrap_or_else(|| Source::Keyring(account()))
}

/// That nobody is connected, and what can be done about it.
pub fn nobody(words: &Words) -> Told {
    not_connected(&[const { None }; 3], words)
}

fn not_connected(values: &[Option<String>; 3], words: &Words) -> Told {
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .zip(values)
        .filter_map(|(name, value)| value.is_none().then_some(name))
        .collect();
    let names = missing.join(", ");
    Told {
        exit: Exit::NotConnected,
        text: words.with("cli-not-connected", &[("missing", names.as_str().into())]),
    }
}

fn unknown(name: &str, config: &Config, words: &Words) -> Told {
    let known: Vec<&str> = config.profiles.keys().map(ProfileName::as_str).collect();
    let key = match known.is_empty() {
        true => "cli-no-profiles",
        false => "cli-profile-unknown",
    };
    let known = known.join(", ");
    let values = [("name", name.into()), ("known", known.as_str().into())];
    Told {
        exit: Exit::Usage,
        text: words.with(key, &values),
    }
}

fn text_of(variable: &impl Fn(&str) -> Option<OsString>, name: &str) -> Option<String> {
    let value = variable(name)?.into_string().ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Why there is no key, and how one is given: the environment, a command, the keyring.
pub fn without_key(error: &KeyError, words: &Words) -> Told {
    let key = match error {
        KeyError::NotKept => "cli-key-not-kept",
        KeyError::Keyring(_) => "cli-key-no-keyring",
        KeyError::Command(_) => "cli-key-command",
    };
    let reason = match error {
        KeyError::Keyring(error) => error.reason().to_owned(),
        other => super::with_causes(other),
    };
    Told {
        exit: Exit::NotConnected,
        text: words.with(key, &[("reason", reason.as_str().into())]),
    }
}

/// The instant of `TIMBRA_NOW`, where the program's clock starts.
///
/// # Errors
///
/// When it is no instant, or the server is not on this machine: a wrong clock there would send wrong dates to the
/// tax authority.
pub fn clock_start(
    variable: impl Fn(&str) -> Option<OsString>,
    loopback: bool,
    words: &Words,
) -> Result<Option<Timestamp>, Told> {
    let Some(value) = variable("TIMBRA_NOW").filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let usage = |key| Told {
        exit: Exit::Usage,
        text: words.text(key),
    };
    if !loopback {
        return Err(usage("cli-now-is-for-loopback"));
    }
    value
        .to_str()
        .and_then(|text| text.parse().ok())
        .map(Some)
        .ok_or_else(|| usage("cli-now-is-no-instant"))
}

/// Why a connection cannot even be tried, as a text: its key, for whoever has words of their own for the rest.
pub(super) fn unsendable_key(error: &ConnectionError) -> &'static str {
    match error {
        ConnectionError::NotABase => "unsendable-base",
        ConnectionError::PlainHttp => "unsendable-plain-http",
        ConnectionError::Key => "unsendable-key",
        ConnectionError::AppId => "unsendable-app-id",
        ConnectionError::ConsumerId => "unsendable-consumer-id",
        ConnectionError::Tls(_) => "unsendable-tls",
    }
}

/// The same in words, with what the system said where it said something.
pub(super) fn unsendable(error: &ConnectionError, words: &Words) -> String {
    let text = match error {
        ConnectionError::Tls(text) => text.as_str(),
        _ => "",
    };
    words.with(unsendable_key(error), &[("text", text.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    const THREE: &[(&str, &str)] = &[
        ("TIMBRA_API_KEY", " sk_live "),
        ("TIMBRA_APP_ID", "app"),
        ("TIMBRA_CONSUMER_ID", "despacho-001"),
    ];

    fn set(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
        move |name| {
            let (_, value) = pairs.iter().find(|(key, _)| *key == name)?;
            Some(OsString::from(value))
        }
    }

    fn name(text: &str) -> ProfileName {
        ProfileName::new(text).expect("a name")
    }

    /// Two companies of one application, the second the default.
    fn office() -> Config {
        let section = |consumer: &str| Section {
            consumer_id: consumer.to_owned(),
            app_id: "app-1".to_owned(),
            name: String::new(),
            rfc: String::new(),
            color: None,
            api_url: None,
            key_command: None,
        };
        Config {
            profile: Some(name("xenon")),
            profiles: [("kemper", "one"), ("xenon", "two")]
                .map(|(profile, consumer)| (name(profile), section(consumer)))
                .into(),
            ..Config::default()
        }
    }

    fn chosen(named: Option<&str>, config: &Config, pairs: &'static [(&str, &str)]) -> Way {
        let named = named.map(name);
        choose(named.as_ref(), config, set(pairs), &Words::new(Lang::Es))
            .expect("no refusal")
            .expect("a way")
    }

    #[test]
    fn three_variables_make_a_connection_to_the_real_service() {
        let way = chosen(None, &Config::default(), THREE);
        let connection = way.connect(Terminal::Taken).unwrap();
        assert_eq!(connection.base, APIDECK);
        assert_eq!(connection.key, Secret::new("sk_live"));
        assert_eq!(connection.consumer_id, "despacho-001");
        assert_eq!(way.books(), connection.books());
    }

    #[test]
    fn a_named_profile_wins_over_the_variables_and_they_win_over_the_default() {
        let office = office();
        assert_eq!(chosen(Some("kemper"), &office, THREE).consumer_id, "one");
        assert_eq!(chosen(None, &office, THREE).consumer_id, "despacho-001");
        assert_eq!(chosen(None, &office, &[]).consumer_id, "two");
        let by_variable = &[("TIMBRA_PROFILE", "kemper")];
        assert_eq!(chosen(None, &office, by_variable).consumer_id, "one");
        assert_eq!(
            chosen(Some("xenon"), &office, by_variable).consumer_id,
            "two"
        );
    }

    #[test]
    fn a_profile_takes_no_id_from_the_environment() {
        let way = chosen(Some("kemper"), &office(), THREE);
        assert_eq!(
            (way.app_id.as_str(), way.consumer_id.as_str()),
            ("app-1", "one")
        );
        assert_eq!(way.source, Source::Environment(Secret::new("sk_live")));
    }

    #[test]
    fn the_key_is_looked_for_nearest_first() {
        let mut office = office();
        let account = "app-1@unify.apideck.com".to_owned();
        assert_eq!(chosen(None, &office, &[]).source, Source::Keyring(account));
        office.key_command = Some("pass show timbra".to_owned());
        let common = Source::Command("pass show timbra".to_owned());
        assert_eq!(chosen(None, &office, &[]).source, common);
        let key = &[("TIMBRA_API_KEY", "sk_live")];
        let given = Source::Environment(Secret::new("sk_live"));
        assert_eq!(chosen(None, &office, key).source, given);
        let own = "pass show xenon".to_owned();
        if let Some(section) = office.profiles.get_mut(&name("xenon")) {
            section.key_command = Some(own.clone());
        }
        assert_eq!(chosen(None, &office, key).source, Source::Command(own));
    }

    #[test]
    fn what_is_missing_is_not_connected_and_no_key_is_told() {
        let words = Words::new(Lang::Es);
        let environment = set(&[("TIMBRA_API_KEY", "sk_live"), ("TIMBRA_APP_ID", "")]);
        let told = choose(None, &Config::default(), environment, &words).unwrap_err();
        assert_eq!(told.exit, Exit::NotConnected);
        assert!(told.text.contains("TIMBRA_CONSUMER_ID"), "{}", told.text);
        assert!(!format!("{told:?}").contains("sk_live"));
        let nothing = choose(None, &Config::default(), set(&[]), &words);
        assert!(matches!(nothing, Ok(None)));
    }

    #[test]
    fn a_profile_that_is_not_there_is_refused_with_those_that_are() {
        let words = Words::new(Lang::Es);
        let ghost = name("ghost");
        for told in [
            choose(Some(&ghost), &office(), set(&[]), &words),
            choose(None, &office(), set(&[("TIMBRA_PROFILE", "ghost")]), &words),
        ] {
            let told = told.unwrap_err();
            assert_eq!(told.exit, Exit::Usage);
            assert!(told.text.contains("kemper, xenon"), "{}", told.text);
        }
    }

    #[test]
    fn a_chosen_clock_is_for_this_machine_only() {
        let words = Words::new(Lang::Es);
        let chosen = set(&[("TIMBRA_NOW", "2026-03-15T10:00:00-06:00")]);
        assert_eq!(
            clock_start(&chosen, true, &words).unwrap(),
            Some("2026-03-15T16:00:00Z".parse().unwrap())
        );
        assert_eq!(
            clock_start(&chosen, false, &words).unwrap_err().exit,
            Exit::Usage
        );
        let nonsense = set(&[("TIMBRA_NOW", "mañana")]);
        assert_eq!(
            clock_start(nonsense, true, &words).unwrap_err().exit,
            Exit::Usage
        );
        assert_eq!(clock_start(set(&[]), false, &words).unwrap(), None);
    }
}
