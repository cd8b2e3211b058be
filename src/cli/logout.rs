//! `timbra logout`: takes a company out of the config, and its key out of the keyring where no other company uses it.
//!
//! What was read of its books stays on this machine until somebody deletes it; the verb says where that is.

use color_eyre::eyre;

use super::connection::{self, Way};
use super::{Exit, Place, variable};
use crate::config::Config;
use crate::config::profiles;
use crate::credentials::{Keyring, Source};
use crate::domain::profile::ProfileName;

/// Carries out the verb.
///
/// # Errors
/// Where no company of the config is meant, or the config cannot be written, in words.
pub(super) fn run(place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let (folders, loaded) = place.known()?;
    let Some(way) = place.way_if_any()? else {
        return Err(place.told(Exit::Findings, words.text("cli-logout-nobody")));
    };
    let Some(name) = way.profile.as_ref().map(|profile| profile.name.clone()) else {
        return Err(place.told(Exit::Usage, words.text("cli-logout-environment")));
    };
    profiles::remove(&folders.config, &name)?;
    let others = sharing(&loaded.config, &name, &way);
    let key = match &way.source {
        Source::Keyring(account) if others.is_empty() => {
            match Keyring::open().and_then(|keyring| keyring.forget(account)) {
                Ok(true) => words.text("cli-logout-key-forgotten"),
                Ok(false) => words.text("cli-logout-no-key"),
                Err(error) => {
                    words.with("cli-logout-key-left", &[("reason", error.reason().into())])
                }
            }
        }
        Source::Keyring(_) => {
            let names = others.join(", ");
            words.with("cli-logout-key-shared", &[("names", names.as_str().into())])
        }
        Source::Environment(_) | Source::Command(_) => words.text("cli-logout-key-elsewhere"),
    };
    let folder = folders.data.display().to_string();
    let values = [
        ("profile", name.as_str().into()),
        ("folder", folder.as_str().into()),
    ];
    let text = words.with("cli-logout-done", &values);
    super::print(format!("{text}\n{key}\n").as_bytes())
}

/// The other companies whose key is the same one of the keyring.
fn sharing(config: &Config, gone: &ProfileName, way: &Way) -> Vec<String> {
    let others = config.profiles.iter().filter(|(name, _)| *name != gone);
    others
        .filter(|(name, section)| {
            connection::of_profile(name, section, config, variable).source == way.source
        })
        .map(|(name, _)| name.to_string())
        .collect()
}
