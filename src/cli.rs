//! The command line: verbs, exit codes, and what is said on standard output and standard error.
//!
//! Here the rooms are put together; nothing is decided that belongs to one of them. Texts come from the room of
//! words, but for the lines that scripts read, which are the same in every language.

mod arguments;
mod audit;
pub mod check;
mod connect;
mod connected;
mod connection;
mod demo;
mod doctor;
mod doors;
mod download;
mod embedded;
mod export;
mod find;
mod headless;
mod kept;
mod login;
mod logout;
mod manual;
mod profiles;
mod program;
mod progress;
mod sandbox;
mod show;
mod speech;
mod stamp;
mod sync;
mod usage;
mod welcome;

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::FromArgMatches;
use clap::error::ErrorKind;
use color_eyre::eyre;

use crate::api::{Connection, ConnectionError};
use crate::app::model::Venue;
use crate::config::{self, Config, ConfigError, Folders, Loaded};
use crate::credentials::{Source, Terminal};
use crate::diagnostics;
use crate::domain::profile::ProfileName;
use crate::runtime::{Clock, Mailbox};
use crate::sandbox::SandboxError;
use crate::terminal;
use crate::words::{Lang, Words};

use arguments::{Arguments, DemoArguments, Verb};
use connection::Way;
use program::Start;
use welcome::Outcome;

/// How a run ended, as scripts see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Something failed.
    Failed,
    /// The command line or the place cannot be meant.
    Usage,
    /// There are findings that bar something, or nothing was found.
    Findings,
    /// There is no connection, or its credentials are refused.
    NotConnected,
    /// What became of an act is not known.
    Unknown,
    /// A signal ended it.
    Signal(i32),
}

impl Exit {
    /// The number that the shell gets. A signal is 128 and its number, as shells have it.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Findings => 3,
            Self::NotConnected => 4,
            Self::Unknown => 5,
            Self::Signal(number) => u8::try_from(number).map_or(u8::MAX, |n| n.saturating_add(128)),
        }
    }
}

/// A failure that is explained in the person's own language; nothing else has to be shown.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
struct Told {
    exit: Exit,
    text: String,
}

/// What every verb may need to know.
struct Place {
    words: Arc<Words>,
    /// Folders and choices, or why they cannot be known; verbs that need neither do not ask.
    choices: Result<(Folders, Loaded), ConfigError>,
    /// The company that the command line names.
    profile: Option<ProfileName>,
}

impl Place {
    /// Reads the config again, in which something was written since.
    fn read_again(&mut self) -> eyre::Result<()> {
        if let Ok((folders, loaded)) = &mut self.choices {
            *loaded = Loaded::read(&folders.config)?;
        }
        Ok(())
    }

    /// Folders and choices, where they can be known.
    fn known(&self) -> eyre::Result<&(Folders, Loaded)> {
        self.choices
            .as_ref()
            .map_err(|error| self.told(Exit::Usage, config_trouble(error, &self.words)))
    }

    /// The way to the books that are meant, if any are. Variables alone describe one, whatever state the config is in.
    fn way_if_any(&self) -> eyre::Result<Option<Way>> {
        let config = match &self.choices {
            Ok((_, loaded)) => &loaded.config,
            Err(error) if self.profile.is_some() => {
                return Err(self.told(Exit::Usage, config_trouble(error, &self.words)));
            }
            Err(_) => &Config::default(),
        };
        Ok(connection::choose(
            self.profile.as_ref(),
            config,
            variable,
            &self.words,
        )?)
    }

    /// The same for a verb that can do nothing without.
    fn way(&self) -> eyre::Result<Way> {
        let way = self.way_if_any()?;
        way.ok_or_else(|| connection::nobody(&self.words).into())
    }

    /// The connection behind a way, key and all. For when no screen is up: a command may ask for its passphrase.
    fn connect(&self, way: &Way) -> eyre::Result<Connection> {
        way.connect(Terminal::Free)
            .map_err(|error| connection::without_key(&error, &self.words).into())
    }

    /// Makes sure that the program can be shown, tells what in the config was passed over, and begins the log.
    /// Comes before anything is started or written.
    fn get_ready(&self) -> eyre::Result<&(Folders, Loaded)> {
        if !terminal::is_interactive() {
            return Err(self.told(Exit::Usage, self.words.text("cli-not-a-terminal")));
        }
        let choices = self.known()?;
        let (folders, loaded) = choices;
        if !loaded.unknown.is_empty() {
            let file = folders.config.join(config::CONFIG_FILE);
            let values = [
                ("file", file.display().to_string()),
                ("keys", loaded.unknown.join(", ")),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.into()));
            let text = self.words.with("cli-config-unknown", &values);
            // The warning is worth less than the program.
            let _ = writeln!(io::stderr(), "{text}");
        }
        if let Some(filter) = variable("TIMBRA_LOG").filter(|filter| !filter.is_empty()) {
            diagnostics::log_to(&folders.data, &filter.to_string_lossy())?;
        }
        Ok(choices)
    }

    fn told(&self, exit: Exit, text: String) -> eyre::Report {
        Told { exit, text }.into()
    }
}

/// Carries out a command line, the name of the program first, and gives the code to end with.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let choices = Folders::find(variable).and_then(|folders| {
        let loaded = Loaded::read(&folders.config)?;
        Ok((folders, loaded))
    });
    let chosen = match &choices {
        Ok((_, loaded)) => &loaded.config,
        Err(_) => &Config::default(),
    };
    let lang = config::choose_language(early_lang(&arguments), chosen, variable);
    let mut place = Place {
        words: Words::new(lang),
        choices,
        profile: None,
    };
    match carry_out(&arguments, &mut place) {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(report) => ExitCode::from(report_failure(&report, &place.words).code()),
    }
}

fn carry_out(arguments: &[OsString], place: &mut Place) -> eyre::Result<Exit> {
    let data = place
        .choices
        .as_ref()
        .ok()
        .map(|(folders, _)| folders.data.as_path());
    diagnostics::install(data)?;
    let mut command = speech::command(&place.words);
    let parsed = command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            if error.use_stderr() {
                if error.kind() == ErrorKind::UnknownArgument && names_login(arguments) {
                    // What was typed may be the key, and is not repeated.
                    return Err(place.told(Exit::Usage, place.words.text("cli-login-no-argument")));
                }
                let text = usage::refusal(&error, &command, &place.words);
                return Err(place.told(Exit::Usage, text));
            }
            // Help that was asked for is no failure; it goes to standard output.
            error.print()?;
            return Ok(Exit::Done);
        }
    };
    place.profile = arguments.profile;
    match arguments.verb {
        Some(Verb::Login(login)) => login::run(&login, place),
        Some(Verb::Logout) => logout::run(place),
        Some(Verb::Profiles(profiles)) => profiles::run(&profiles, place),
        Some(Verb::Doctor(doctor)) => doctor::run(&doctor, place),
        Some(Verb::Sandbox(sandbox)) => sandbox::serve(sandbox),
        Some(Verb::Check(check)) => check::run(&check, place),
        Some(Verb::Sync(sync)) => sync::run(&sync, place),
        Some(Verb::Find(find)) => find::run(&find, place),
        Some(Verb::Show(show)) => show::run(&show, place),
        Some(Verb::Stamp(stamp)) => stamp::run(&stamp, place, arguments.read_only),
        Some(Verb::Export(export)) => export::run(&export, place),
        Some(Verb::Download(download)) => download::run(&download, place),
        Some(Verb::Audit(audit)) => audit::run(&audit, place),
        Some(Verb::Completions { shell }) => print(&manual::completions(shell, &mut command)),
        Some(Verb::Man) => print(&manual::page(&command, &place.words)?),
        Some(Verb::Demo(demo)) => {
            place.get_ready()?;
            demo::run(&demo, place, &Mailbox::new(), arguments.read_only)
        }
        None => show_books(place, arguments.read_only),
    }
}

/// `timbra`: the program on the books that are meant; where none are, the first page comes before it.
fn show_books(place: &mut Place, read_only: bool) -> eyre::Result<Exit> {
    let mailbox = Mailbox::new();
    place.get_ready()?;
    let mut way = place.way_if_any()?;
    if way.is_none() {
        match welcome::run(place, &mailbox)? {
            Outcome::Left(exit) => return Ok(exit),
            Outcome::Demo => {
                return demo::run(&DemoArguments::default(), place, &mailbox, read_only);
            }
            Outcome::Connected { profile, key } => {
                place.read_again()?;
                place.profile = Some(profile);
                let mut met = place.way()?;
                // Just now it was typed and tried: nobody has to be asked for it again.
                met.source = Source::Environment(key);
                way = Some(met);
            }
        }
    }
    let Some(way) = way else {
        return Err(connection::nobody(&place.words).into());
    };
    let (folders, loaded) = place.known()?;
    let loopback = way.is_loopback();
    let (door, connection) = doors::first(&way, place)?;
    let clock = clock(&way, connection.as_ref(), place)?;
    let (doors, companies) = doors::all(&way, place)?;
    program::run(Start {
        door,
        doors,
        companies,
        profile: way.profile.map(|profile| profile.name),
        data: &folders.data,
        venue: if loopback {
            Venue::Loopback
        } else {
            Venue::Live
        },
        mailbox: &mailbox,
        clock,
        words: place.words.clone(),
        config: &loaded.config,
        read_only,
    })
}

/// The program's clock over this connection.
fn clock(way: &Way, connection: Option<&Connection>, place: &Place) -> eyre::Result<Clock> {
    let loopback = way.is_loopback();
    let chosen = connection::clock_start(variable, loopback, &place.words)?;
    // A sandbox may live on another day; a server elsewhere is never asked before the first frame.
    let told = || program::clock_of(connection.filter(|_| loopback)?);
    Ok(chosen.or_else(told).map_or(Clock::Machine, Clock::begin))
}

/// Says what failed and gives the code for it. What a person can mend is told in a sentence; what nobody foresaw is
/// told with everything that helps to find it.
fn report_failure(report: &eyre::Report, words: &Words) -> Exit {
    let (exit, text) = if let Some(told) = report.downcast_ref::<Told>() {
        (told.exit, told.text.clone())
    } else if let Some(error) = report.downcast_ref::<ConnectionError>() {
        (Exit::NotConnected, connection::unsendable(error, words))
    } else if let Some(error) = report.downcast_ref::<SandboxError>() {
        match usage::of_sandbox(error, words) {
            Some(text) => (Exit::Usage, text),
            None => (Exit::Failed, with_causes(error)),
        }
    } else {
        (Exit::Failed, format!("{report:?}"))
    };
    // A standard error that is closed leaves the exit code.
    let _ = writeln!(io::stderr(), "{text}");
    exit
}

/// Why the choices cannot be known. What system and parser said stays in their own words, behind ours.
fn config_trouble(error: &ConfigError, words: &Words) -> String {
    let (key, file, line) = match error {
        ConfigError::NoHome(_) => ("cli-config-no-home", String::new(), 0),
        ConfigError::Unreadable { path, .. } => {
            ("cli-config-unreadable", path.display().to_string(), 0)
        }
        ConfigError::NotWritten { path, .. } => {
            ("cli-config-not-written", path.display().to_string(), 0)
        }
        ConfigError::NotUnderstood { path, line, .. } => (
            "cli-config-not-understood",
            path.display().to_string(),
            *line,
        ),
    };
    let text = words.with(key, &[("file", (&file).into()), ("line", line.into())]);
    let said = match error {
        ConfigError::NoHome(source) => source.to_string(),
        ConfigError::Unreadable { source, .. } | ConfigError::NotWritten { source, .. } => {
            source.to_string()
        }
        ConfigError::NotUnderstood { reason, .. } => reason.clone(),
    };
    format!("{text}\n{said}")
}

/// An error and what led to it, in one line.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

/// Puts something on standard output. A reader who has seen enough (`| head`) is no failure.
fn print(bytes: &[u8]) -> eyre::Result<Exit> {
    let mut output = io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Exit::Done),
    }
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn names_login(arguments: &[OsString]) -> bool {
    arguments.iter().any(|argument| argument == "login")
}

/// The value of `--lang`, before the command line is understood: its own errors are in a language too.
fn early_lang(arguments: &[OsString]) -> Option<Lang> {
    let mut rest = arguments.iter().map(OsString::as_os_str);
    while let Some(argument) = rest.next() {
        let tag = match argument.to_str()?.split_once('=') {
            Some(("--lang", tag)) => Some(OsStr::new(tag)),
            None if argument == "--lang" => rest.next(),
            _ => None,
        };
        if let Some(tag) = tag {
            return tag.to_str().map(Lang::from_tag);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_that_scripts_rely_on() {
        let codes = [
            Exit::Done,
            Exit::Failed,
            Exit::Usage,
            Exit::Findings,
            Exit::NotConnected,
            Exit::Unknown,
        ];
        assert_eq!(codes.map(Exit::code), [0, 1, 2, 3, 4, 5]);
        assert_eq!(Exit::Signal(15).code(), 143);
    }

    #[test]
    fn the_language_is_known_before_the_rest_is_understood() {
        let lang = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            early_lang(&arguments)
        };
        assert_eq!(lang("timbra --lang en demo"), Some(Lang::En));
        assert_eq!(lang("timbra demo --lang=es --nonsense"), Some(Lang::Es));
        assert_eq!(lang("timbra demo"), None);
        assert_eq!(lang("timbra --lang"), None);
    }
}
