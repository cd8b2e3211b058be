//! `timbra login`: connects a company. Asks for what is not given: application id, consumer id and, hidden, the key.
//!
//! At a terminal the values are asked for; else they are read from standard input, one a line, in the same order. The
//! key is no argument: every program on the machine can read those.

use std::io::{self, BufRead, IsTerminal, Write};

use color_eyre::eyre;

use super::arguments::LoginArguments;
use super::connect::{self, Kept, TrialError};
use super::connected::refused;
use super::connection::{self, APIDECK};
use super::{Exit, Place, Told, variable, with_causes};
use crate::api::Connection;
use crate::config::CONFIG_FILE;
use crate::credentials::{Keyring, Source, Terminal};
use crate::domain::secret::Secret;
use crate::terminal::{Questions, Typed};
use crate::words::Words;

/// Carries out the verb.
///
/// # Errors
/// What keeps the company from being connected, in words.
pub(super) fn run(arguments: &LoginArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let (folders, loaded) = place.known()?;
    let config = &loaded.config;
    let known = place
        .profile
        .as_ref()
        .and_then(|name| config.profiles.get(name));
    let mut asker = Asker::new(words);
    let usual_app = known
        .or_else(|| config.profiles.values().next())
        .map(|section| section.app_id.clone());
    let app_id = asker.value(arguments.app_id.as_ref(), "cli-login-app-id", usual_app)?;
    let usual_consumer = known.map(|section| section.consumer_id.clone());
    let consumer_id = asker.value(
        arguments.consumer_id.as_ref(),
        "cli-login-consumer-id",
        usual_consumer,
    )?;
    let base = known
        .and_then(|section| section.api_url.clone())
        .or_else(|| variable("TIMBRA_API_URL")?.into_string().ok())
        .map(|base| base.trim().to_owned())
        .filter(|base| !base.is_empty())
        .unwrap_or_else(|| APIDECK.to_owned());
    let mut connection = Connection {
        base,
        key: Secret::new(""),
        app_id,
        consumer_id,
    };
    let own_command = known.and_then(|section| section.key_command.as_ref());
    let source = connection::source(own_command, config, variable, || connection.account());
    let typed = the_key(&mut connection, &source, &mut asker, words)?;
    asker.say(&words.text("cli-login-trying"));
    let (company, _) = connect::try_out(&connection).map_err(|error| untried(&error, words))?;
    let kept = connect::keep_key(&connection, typed.as_ref());
    let wished = place.profile.as_ref();
    let name = connect::write_section(&folders.config, config, &connection, &company, wished)?;
    let file = folders.config.join(CONFIG_FILE).display().to_string();
    let values = [
        ("name", company.name.as_str().into()),
        ("rfc", company.rfc.as_str().into()),
        ("profile", name.as_str().into()),
        ("file", file.as_str().into()),
    ];
    let mut text = words.with("cli-login-met", &values);
    text.push('\n');
    text.push_str(&told_of_key(&kept, &source, &file, words));
    super::print(format!("{text}\n").as_bytes())
}

/// Puts the key into the connection. What was typed, and not found somewhere, is what has to be kept.
fn the_key(
    connection: &mut Connection,
    source: &Source,
    asker: &mut Asker<'_>,
    words: &Words,
) -> eyre::Result<Option<Secret>> {
    let account = match source {
        Source::Keyring(account) => account,
        Source::Environment(_) | Source::Command(_) => {
            // The command may ask for a passphrase.
            asker.rest();
            connection.key = source
                .key(Terminal::Free)
                .map_err(|error| connection::without_key(&error, words))?;
            return Ok(None);
        }
    };
    let kept = Keyring::open()
        .and_then(|keyring| keyring.key(account))
        .ok()
        .flatten();
    let typed = asker.key(kept.is_some())?;
    match (typed, kept) {
        (Some(typed), _) => {
            connection.key = typed.clone();
            Ok(Some(typed))
        }
        (None, Some(kept)) => {
            connection.key = kept;
            Ok(None)
        }
        (None, None) => Err(missing(words, "cli-login-key").into()),
    }
}

/// Where the key is from now on, or how it is given where it cannot be kept.
fn told_of_key(kept: &Kept, source: &Source, file: &str, words: &Words) -> String {
    match (kept, source) {
        (Kept::Keyring, _) | (Kept::Elsewhere, Source::Keyring(_)) => {
            words.text("cli-login-in-keyring")
        }
        (Kept::Elsewhere, Source::Environment(_)) => words.text("cli-login-in-environment"),
        (Kept::Elsewhere, Source::Command(command)) => {
            words.with("cli-login-in-command", &[("command", command.into())])
        }
        (Kept::Nowhere(error), _) => {
            let values = [("reason", error.reason().into()), ("file", file.into())];
            words.with("cli-login-nowhere", &values)
        }
    }
}

/// Why the trial failed, in words.
pub(super) fn untried(error: &TrialError, words: &Words) -> Told {
    match error {
        TrialError::Refused(error) => refused(error, words),
        TrialError::Unsendable(error) => Told {
            exit: Exit::NotConnected,
            text: connection::unsendable(error, words),
        },
        other => Told {
            exit: Exit::NotConnected,
            text: with_causes(other),
        },
    }
}

fn missing(words: &Words, what: &str) -> Told {
    let name = words.text(what);
    Told {
        exit: Exit::Usage,
        text: words.with("cli-login-missing", &[("name", name.as_str().into())]),
    }
}

/// Asks a person, or reads what a script has to say.
struct Asker<'a> {
    words: &'a Words,
    is_person: bool,
    /// The terminal, from the first question to the last.
    questions: Option<Questions>,
}

impl<'a> Asker<'a> {
    fn new(words: &'a Words) -> Self {
        Self {
            words,
            is_person: io::stdin().is_terminal(),
            questions: None,
        }
    }

    /// All was asked: the terminal is as it was, for whoever asks next.
    fn rest(&mut self) {
        self.questions = None;
    }

    /// Says something to a person, once all was asked.
    fn say(&mut self, text: &str) {
        self.rest();
        if self.is_person {
            // Talk is worth less than what it is about.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// A value that everybody may see: as given, as typed, or the usual one where nothing is typed.
    fn value(
        &mut self,
        given: Option<&String>,
        question: &str,
        usual: Option<String>,
    ) -> eyre::Result<String> {
        if let Some(given) = given {
            let given = given.trim();
            return match given.is_empty() {
                true => Err(missing(self.words, question).into()),
                false => Ok(given.to_owned()),
            };
        }
        let name = self.words.text(question);
        let asked = match &usual {
            Some(usual) => format!("{name} [{usual}]: "),
            None => format!("{name}: "),
        };
        Some(self.line(&asked, Typed::Shown)?)
            .filter(|typed| !typed.is_empty())
            .or(usual)
            .ok_or_else(|| missing(self.words, question).into())
    }

    /// The key, hidden while it is typed; none where nothing is.
    fn key(&mut self, is_kept: bool) -> eyre::Result<Option<Secret>> {
        let question = match is_kept {
            true => "cli-login-key-or-kept",
            false => "cli-login-key-hidden",
        };
        let asked = format!("{}: ", self.words.text(question));
        let typed = self.line(&asked, Typed::Hidden)?;
        Ok((!typed.is_empty()).then(|| Secret::new(typed)))
    }

    /// A line of a person, or the next one of a script; without the blanks around it.
    fn line(&mut self, asked: &str, typed: Typed) -> io::Result<String> {
        if !self.is_person {
            let mut line = String::new();
            io::stdin().lock().read_line(&mut line)?;
            return Ok(line.trim().to_owned());
        }
        let questions = match &mut self.questions {
            Some(questions) => questions,
            none => none.insert(Questions::begin()?),
        };
        Ok(questions.ask(asked, typed)?.trim().to_owned())
    }
}
