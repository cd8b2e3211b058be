//! A company is connected: its three values are tried, its key is kept in the keyring, its section is written.
//!
//! The verb `login` and the first page both do it through here. Nothing is kept or written before the server has said
//! whose books these are, and no key ever goes into a file.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use crate::api::{ApiError, Apideck, Books, Connection, ConnectionError, Timing};
use crate::config::profiles::{self, Section};
use crate::config::{Config, ConfigError};
use crate::credentials::{Keyring, KeyringError};
use crate::domain::company::Company;
use crate::domain::profile::{Hue, ProfileName};
use crate::domain::secret::Secret;

use super::connection::APIDECK;

/// Why a connection does not lead to books.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// One of the values cannot even be sent.
    #[error(transparent)]
    Unsendable(#[from] ConnectionError),
    /// The server was not reached, or said no.
    #[error("{0}")]
    Refused(ApiError),
    /// The system gives no threads or sockets.
    #[error(transparent)]
    System(#[from] std::io::Error),
}

/// Where the key of the new connection is from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In the keyring.
    Keyring,
    /// Where it was: in the environment, or with a command. Nothing had to be kept.
    Elsewhere,
    /// Nowhere: there is no keyring here.
    Nowhere(KeyringError),
}

/// Asks the server whose books these are, with little patience: somebody waits for it.
///
/// # Errors
/// See [`TrialError`].
pub fn try_out(connection: &Connection) -> Result<(Company, Apideck), TrialError> {
    let impatient = Timing {
        backoff: [Duration::ZERO; 2],
        patience: Duration::from_secs(3),
        ..Timing::default()
    };
    let books = Apideck::with_timing(connection, impatient)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let company = runtime
        .block_on(books.company())
        .map_err(TrialError::Refused)?;
    Ok((company, books))
}

/// Keeps a key that was typed, where it can be kept.
pub fn keep_key(connection: &Connection, typed: Option<&Secret>) -> Kept {
    let Some(key) = typed else {
        return Kept::Elsewhere;
    };
    let kept = Keyring::open().and_then(|keyring| keyring.keep(&connection.account(), key));
    match kept {
        Ok(()) => Kept::Keyring,
        Err(error) => Kept::Nowhere(error),
    }
}

/// Writes the section of a company that was met: over the one that leads to the same books, else under the name that
/// was wished for, else under one made of the company's. Gives the name.
///
/// # Errors
/// What keeps the config from being written.
pub fn write_section(
    folder: &Path,
    config: &Config,
    connection: &Connection,
    company: &Company,
    wished: Option<&ProfileName>,
) -> Result<ProfileName, ConfigError> {
    let same = config.profiles.iter().find(|(_, section)| {
        section.app_id == connection.app_id
            && section.consumer_id == connection.consumer_id
            && base_of(section) == connection.base
    });
    let name = match (wished, same) {
        (Some(wished), _) => wished.clone(),
        (None, Some((known, _))) => known.clone(),
        (None, None) => free_name(config, company, connection),
    };
    let old = config.profiles.get(&name);
    let section = Section {
        consumer_id: connection.consumer_id.clone(),
        app_id: connection.app_id.clone(),
        name: company.name.clone(),
        rfc: company.rfc.clone(),
        color: old.and_then(|old| old.color).or_else(|| free_hue(config)),
        api_url: (connection.base != APIDECK).then(|| connection.base.clone()),
        key_command: old.and_then(|old| old.key_command.clone()),
    };
    profiles::write(folder, &name, &section)?;
    Ok(name)
}

fn base_of(section: &Section) -> &str {
    section.api_url.as_deref().unwrap_or(APIDECK)
}

/// A name that no other company has, made of its own, its RFC or its number at Apideck.
fn free_name(config: &Config, company: &Company, connection: &Connection) -> ProfileName {
    let made = ProfileName::of_company(&company.name, &company.rfc)
        .or_else(|| ProfileName::of_company(&connection.consumer_id, ""))
        .unwrap_or_else(ProfileName::fallback);
    let mut name = made.clone();
    let mut number = 1;
    while config.profiles.contains_key(&name) {
        number += 1;
        name = made.numbered(number);
    }
    name
}

/// A colour that no other company has, while there are any.
fn free_hue(config: &Config) -> Option<Hue> {
    let taken: BTreeSet<&str> = config
        .profiles
        .values()
        .filter_map(|section| section.color.map(Hue::as_str))
        .collect();
    Hue::ALL
        .into_iter()
        .find(|hue| !taken.contains(hue.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Loaded;
    use crate::domain::company::CompanyId;

    fn connection(consumer: &str) -> Connection {
        Connection {
            base: APIDECK.to_owned(),
            key: Secret::new("sk_live_1"),
            app_id: "app-1".to_owned(),
            consumer_id: consumer.to_owned(),
        }
    }

    fn company(name: &str) -> Company {
        Company {
            id: CompanyId(String::new()),
            number: None,
            name: name.to_owned(),
            rfc: "EKU9003173C9".to_owned(),
            regime: None,
            zip: None,
            currency: "MXN".to_owned(),
        }
    }

    fn connected(folder: &Path, consumer: &str, name: &str, wished: Option<&str>) -> String {
        let config = Loaded::read(folder).unwrap().config;
        let wished = wished.and_then(ProfileName::new);
        write_section(
            folder,
            &config,
            &connection(consumer),
            &company(name),
            wished.as_ref(),
        )
        .unwrap()
        .to_string()
    }

    #[test]
    fn every_company_gets_a_name_and_a_colour_of_its_own_and_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            connected(folder.path(), "one", "ESCUELA KEMPER", None),
            connected(folder.path(), "two", "ESCUELA KEMPER", None),
            connected(folder.path(), "three", "XENON", Some("mine")),
        ];
        assert_eq!(names, ["escuela-kemper", "escuela-kemper-2", "mine"]);
        let loaded = Loaded::read(folder.path()).unwrap();
        let hues: BTreeSet<_> = loaded
            .config
            .profiles
            .values()
            .map(|section| section.color.map(Hue::as_str))
            .collect();
        assert_eq!(hues.len(), 3);
        let text = std::fs::read_to_string(folder.path().join(crate::config::CONFIG_FILE)).unwrap();
        assert!(!text.contains("sk_live_1"), "{text}");
    }

    #[test]
    fn connecting_the_same_books_again_keeps_their_name_and_what_was_chosen_for_them() {
        let folder = tempfile::tempdir().unwrap();
        let text = "[profiles.k]\nconsumer_id = \"one\"\napp_id = \"app-1\"\ncolor = \"red\"\nkey_command = \"pass\"\n";
        std::fs::write(folder.path().join(crate::config::CONFIG_FILE), text).unwrap();
        assert_eq!(connected(folder.path(), "one", "NUEVO NOMBRE", None), "k");
        let config = Loaded::read(folder.path()).unwrap().config;
        let section = config.profiles.values().next().unwrap();
        assert_eq!(section.name, "NUEVO NOMBRE");
        assert_eq!(section.color, Some(Hue::Red));
        assert_eq!(section.key_command.as_deref(), Some("pass"));
    }
}
