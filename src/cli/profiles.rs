//! `timbra profiles`: the companies of the config. Asks no server, reads no key.

use color_eyre::eyre;
use serde_json::{Value as Json, json};

use super::arguments::ProfilesArguments;
use super::check::report::plain;
use super::connection::{self, Way};
use super::{Exit, Place, variable};
use crate::credentials::Source;
use crate::domain::profile::{Hue, Profile};
use crate::words::Words;

/// Carries out the verb.
///
/// # Errors
/// What is wrong with the config, in words.
pub(super) fn run(arguments: &ProfilesArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let (_, loaded) = place.known()?;
    let config = &loaded.config;
    let meant = place.way_if_any()?;
    let mut ways: Vec<Way> = config
        .profiles
        .iter()
        .map(|(name, section)| connection::of_profile(name, section, config, variable))
        .collect();
    if let Some(way) = meant.as_ref().filter(|way| way.profile.is_none()) {
        ways.insert(0, way.clone());
    }
    if ways.is_empty() && !arguments.json {
        return Err(place.told(Exit::Findings, words.text("cli-profiles-none")));
    }
    let text: String = ways
        .iter()
        .map(|way| {
            let is_meant = Some(way) == meant.as_ref();
            match arguments.json {
                true => format!("{}\n", as_json(way, is_meant)),
                false => format!("{}\n", for_people(way, is_meant, words)),
            }
        })
        .collect();
    super::print(text.as_bytes())?;
    Ok(match ways.is_empty() {
        true => Exit::Findings,
        false => Exit::Done,
    })
}

fn as_json(way: &Way, is_meant: bool) -> Json {
    let profile = way.profile.as_ref();
    let of = |text: fn(&Profile) -> &String| profile.map(text).filter(|text| !text.is_empty());
    json!({
        "profile": profile.map(|profile| profile.name.as_str()),
        "company": of(|profile| &profile.company),
        "rfc": of(|profile| &profile.rfc),
        "color": profile.and_then(|profile| profile.hue).map(Hue::as_str),
        "app_id": way.app_id,
        "consumer_id": way.consumer_id,
        "api_url": way.base,
        "key": sort(&way.source),
        "default": is_meant,
    })
}

/// Where the key is, in one word that scripts can rely on.
pub(super) fn sort(source: &Source) -> &'static str {
    match source {
        Source::Environment(_) => "environment",
        Source::Command(_) => "command",
        Source::Keyring(_) => "keyring",
    }
}

fn for_people(way: &Way, is_meant: bool, words: &Words) -> String {
    let mark = if is_meant { "▸" } else { " " };
    let key = words.text(&format!("cli-key-in-{}", sort(&way.source)));
    let (name, company) = match &way.profile {
        Some(profile) => (
            profile.name.to_string(),
            format!("{} · {}", plain(&profile.company), plain(&profile.rfc)),
        ),
        None => (
            words.text("cli-profiles-environment"),
            plain(&way.consumer_id),
        ),
    };
    format!("{mark} {name:<26} {company} · {key}")
}
