//! The ways to the books of all companies, as the program goes them: known at once, opened when they are needed.

use std::sync::Arc;

use color_eyre::eyre;

use super::connection::{self, Way};
use super::{Place, variable, with_causes};
use crate::api::{Apideck, Connection};
use crate::app::companies::Choice;
use crate::app::msg::{Trouble, TroubleSort};
use crate::credentials::{Source, Terminal};
use crate::domain::profile::ProfileName;
use crate::worker::{Door, Doors};

/// The way that the program begins on. Where a command may have to ask for its passphrase, or the server of this machine
/// is asked for its clock, the key is fetched now, while no screen is in the way.
///
/// # Errors
/// Why there is no key, or no connection can be made with it.
pub fn first(way: &Way, place: &Place) -> eyre::Result<(Door<Apideck>, Option<Connection>)> {
    if matches!(way.source, Source::Keyring(_)) && !way.is_loopback() {
        return Ok((behind(way), None));
    }
    let connection = place.connect(way)?;
    let books = Apideck::new(&connection)?;
    let door = Door::open(way.books(), books).named(called(way));
    Ok((door, Some(connection)))
}

/// The ways of all profiles, and what the chooser shows of them.
///
/// # Errors
/// Where the config cannot be read.
pub fn all(here: &Way, place: &Place) -> eyre::Result<(Doors<Apideck>, Vec<Choice>)> {
    // Variables alone may describe a connection while there is no config.
    let Ok((_, loaded)) = place.known() else {
        return Ok((Arc::new(|_| None), Vec::new()));
    };
    let config = loaded.config.clone();
    let is_loopback = here.is_loopback();
    let companies = config
        .profiles
        .iter()
        .map(|(name, section)| {
            let way = connection::of_profile(name, section, &config, variable);
            Choice {
                profile: section.profile(name),
                within_reach: way.is_loopback() == is_loopback,
            }
        })
        .collect();
    let doors: Doors<Apideck> = Arc::new(move |name| {
        let section = config.profiles.get(name)?;
        Some(behind(&connection::of_profile(
            name, section, &config, variable,
        )))
    });
    Ok((doors, companies))
}

/// What the person calls a way.
pub fn called(way: &Way) -> Option<ProfileName> {
    way.profile.as_ref().map(|profile| profile.name.clone())
}

/// A way whose key is fetched behind the screen.
fn behind(way: &Way) -> Door<Apideck> {
    let (connection, called) = (way.books(), called(way));
    let way = way.clone();
    Door::new(connection, move || {
        let connection = way
            .connect(Terminal::Taken)
            .map_err(|error| no_way(&error))?;
        Apideck::new(&connection).map_err(|error| no_way(&error))
    })
    .named(called)
}

/// The person is told in the words of the screen, and what the system said beside them.
fn no_way(error: &dyn std::error::Error) -> Trouble {
    tracing::warn!(%error, "no key");
    Trouble::new(TroubleSort::Credentials, &with_causes(error))
}
